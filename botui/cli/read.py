"""Commands that look: list, show, report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from botui import areas
from botui.actions.cards import card
from botui.actions.find import meeting
from botui.actions.reports import report as make_report
from botui.cli.filters import conditions, find_record, kind_of
from botui.cli.output import as_json, csv_row, shown, terminal_width, write_csv, write_json, write_table
from botui.cli.session import Session
from botui.data import Desk
from botui.models import calendar
from botui.models.base import Kind, Refused, clean
from botui.models.office.reports import Report
from botui.models.shape import FieldKind, FieldSpec, fields_of

_DESIGN_WIDTH = 80


def list_records(session: Session) -> None:
    """List the records of a collection that meet all conditions."""
    args = session.args
    kind = kind_of(args.collection)
    desk = session.desk()
    desk.require(kind.name, "read")
    within = desk.listing(kind.name, kind.view(args.view)).ids() if args.view else None
    ids = desk.numbers(kind.name) if within is None else within
    numbers = meeting(desk, kind.name, ids, conditions(kind, args.fields))
    if not args.sort:
        numbers = numbers[: args.limit]
    records = [record for number in numbers if (record := desk.peek(kind.name, number)) is not None]
    if args.sort:
        records = _sorted(desk, kind, records, args.sort)
    records = records[: args.limit]
    if args.json or args.csv:
        for record in records:
            desk.note_look(kind.name, record.id)
    if args.json:
        write_json(session.out, [as_json(record) for record in records])
    elif args.csv:
        specs = fields_of(kind.model)
        heads = ["id", "ref", *(spec.name for spec in specs)]
        write_csv(session.out, [heads, *(csv_row(desk, record, specs) for record in records)])
    else:
        _table(session, desk, kind, records)


def _table(session: Session, desk: Desk, kind: Kind[Any], records: list[Any]) -> None:
    width = terminal_width(session.out)
    specs = [spec for spec in fields_of(kind.model) if spec.ui.column and (width > _DESIGN_WIDTH or not spec.ui.wide)]
    specs.sort(key=lambda spec: kind.columns.index(spec.name) if spec.name in kind.columns else len(kind.columns))
    rows = [[record.ref, *(shown(desk, record, spec) for spec in specs)] for record in records]
    write_table(session.out, ["No.", *(spec.label for spec in specs)], rows, [0, *(spec.ui.column for spec in specs)])
    if not records and width:
        session.err.write(f"No {kind.many.lower()} like that.\n")


def _sorted(desk: Desk, kind: Kind[Any], records: list[Any], by: str) -> list[Any]:
    name, down = by.removeprefix("-"), by.startswith("-")
    specs = {spec.name: spec for spec in fields_of(kind.model)}
    if name not in specs and name != "id":
        raise Refused(f"{kind.many} cannot be sorted by '{name}'; there is: id, {', '.join(specs)}.")

    def value(record: Any) -> Any:
        found = getattr(record, name)
        spec = specs.get(name)
        if spec is not None and spec.kind not in (FieldKind.NUMBER, FieldKind.MONEY, FieldKind.WHEN, FieldKind.DATE):
            return shown(desk, record, spec).casefold() if spec.kind is not FieldKind.CHOICE else found
        return found

    filled = [record for record in records if getattr(record, name) not in (None, "", ())]
    empty = [record for record in records if getattr(record, name) in (None, "", ())]
    return sorted(filled, key=value, reverse=down) + empty


def show(session: Session) -> None:
    """Show one record and what belongs to it."""
    desk = session.desk()
    collection, number = find_record(desk, session.args.ref)
    record = desk.get(collection, number)
    belonging = _belonging(desk, collection, number)
    if session.args.json:
        parts = {name: [as_json(one) for one in records] for name, records in belonging.items()}
        write_json(session.out, as_json(record) | parts)
        return
    out, kind = session.out, areas.kind(collection)
    out.write(f"{clean(desk.headline(collection, number))}\n\n")
    specs = fields_of(kind.model)
    width = max(len(spec.label) for spec in specs)
    for spec in specs:
        _show_field(session, desk, record, spec, width)
    for label, rows in card(desk, record) if collection == "parties" else ():
        out.write(f"\n{label}\n")
        for name, text in rows:
            out.write(f"{clean(name):<{width}}  {clean(text)}\n")
    for name, records in belonging.items():
        out.write(f"\n{areas.kind(name).many}\n")
        for one in records:
            texts = (shown(desk, one, spec) for spec in fields_of(type(one)) if spec.name != areas.kind(name).parent)
            out.write(f"  {one.ref}  {'  '.join(filter(None, texts))}\n")
    verbs = [one.name for one in kind.transitions if desk.why_not(one, record) is None]
    if verbs:
        out.write(f"\nCan be done: {', '.join(verbs)}\n")


def _show_field(session: Session, desk: Desk, record: Any, spec: FieldSpec, width: int) -> None:
    value = getattr(record, spec.name)
    if not value and value == type(record).model_fields[spec.name].default:
        return
    if spec.kind is FieldKind.OTHER and isinstance(value, tuple):
        lines = [clean(getattr(one, "text", None) or str(one)) for one in value]
    elif spec.kind is FieldKind.PROSE:
        lines = clean(value, lines=True).splitlines()
    else:
        lines = [text] if (text := shown(desk, record, spec)) else []
    for place, line in enumerate(lines):
        session.out.write(f"{spec.label if place == 0 else '':<{width}}  {line}\n")


def _belonging(desk: Desk, collection: str, number: int) -> dict[str, list[Any]]:
    """Return the records that are shown inside this one, by collection."""
    found: dict[str, list[Any]] = {}
    for one in areas.COLLECTIONS:
        kind: Kind[Any] = areas.kind(one.name)
        specs = {spec.name: spec for spec in fields_of(kind.model)} if kind.parent else {}
        if kind.parent and specs[kind.parent].ui.ref == collection and desk.may(one.name, "read") is None:
            found[one.name] = desk.find(one.name, {kind.parent: (number,)})
    return {name: records for name, records in found.items() if records}


def report(session: Session) -> None:
    """Print a report on the days ``since`` to ``until``; by default the usual ones: mostly the last 30."""
    args = session.args
    desk = session.desk()
    found = make_report(desk, args.name, **_days(desk, args.fields))
    if args.json:
        rows = [[str(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in found.rows]
        write_json(session.out, [dict(zip(found.header, row, strict=True)) for row in rows])
    elif args.csv:
        write_csv(session.out, [found.header, *found.rows])
    else:
        session.out.write(f"{clean(found.title)}\n\n")
        write_table(session.out, found.header, _report_texts(found), [30, *[0] * (len(found.header) - 1)])


def _report_texts(report: Report) -> list[list[str]]:
    """Return the rows as they are read: amounts as ``1,234.50``, figures below one another."""
    columns = []
    for head, cells in zip(report.header, zip(*report.rows, strict=True), strict=False):
        texts = [f"{cell:,.2f}" if isinstance(cell, Decimal) else clean(str(cell)) for cell in cells]
        width = max(map(len, (head, *texts)))
        figures = [isinstance(cell, (int, Decimal)) for cell in cells]
        columns.append([text.rjust(width) if right else text for text, right in zip(texts, figures, strict=True)])
    return [list(row) for row in zip(*columns, strict=True)]


def _days(desk: Desk, pairs: Mapping[str, str]) -> dict[str, date]:
    today = desk.settings.local(desk.clock()).date()
    days: dict[str, date] = {}
    for name, text in pairs.items():
        if name not in ("since", "until"):
            raise Refused(f"A report has no '{name}'; there is: since, until.")
        try:
            days[name] = calendar.parse_date(text, today, desk.settings.order)
        except ValueError as error:
            raise Refused(str(error)) from None
    return days
