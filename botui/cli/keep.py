"""Commands that look after the store: tick, check, compact."""

from __future__ import annotations

from botui import areas
from botui.cli.session import Session, has_store
from botui.data import Desk
from botui.models.base import Refused, clean
from botui.models.errors import StoreDamaged
from botui.models.shape import build, fields_of

_SHOWN = 20
"""Findings that are written out; the rest is counted."""


def tick(session: Session) -> None:
    """Do what time does: waits that fall due, what closes by itself, what recurs."""
    for said in session.desk(write=True).tick():
        session.out.write(f"{clean(said)}\n")


def compact(session: Session) -> None:
    """Fold the journal into the snapshot; the old journal goes to the history."""
    session.desk(write=True).store.journal.compact()
    session.out.write("The store is compacted.\n")


def check(session: Session) -> None:
    """Check the chain of all changes, every record by its model, and every reference."""
    from botui import storage

    path = session.config.data / "office.json"
    if not has_store(session.config.data):
        session.desk()
    found = storage.adopt(path, clock=session.clock) if session.args.adopt else storage.verify(path)
    problems = [*found.problems]
    if not problems:
        problems = _records(session.desk())
    for note in found.notes:
        session.out.write(f"{clean(note)}\n")
    for line in problems[:_SHOWN]:
        session.out.write(f"{clean(line)}\n")
    if problems:
        more = f" ({_SHOWN} are shown)" if len(problems) > _SHOWN else ""
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise StoreDamaged(f"The store in {session.config.data} has {count}{more}.")
    documents = sum(found.documents.values())
    session.out.write(f"{documents} records, {found.commits} changes: all in order.\nHead of the chain: {found.head}\n")


def _records(desk: Desk) -> list[str]:
    """Return what is wrong with records, in words."""
    problems: list[str] = []
    known = {one.name for one in areas.COLLECTIONS}
    journal = desk.store.journal
    for table in journal.tables():
        if table not in known:
            problems.append(f"There is a table '{table}' that no area knows.")
            continue
        for number in journal.ids(table):
            problems += _record(desk, table, number)
    return problems


def _record(desk: Desk, table: str, number: int) -> list[str]:
    kind, ref = areas.kind(table), areas.ref(table, number)
    doc = desk.store.journal.get(table, number) or {}
    try:
        build(kind.model, {**doc, "id": number})
    except Refused as error:
        return [f"{ref}: {error}"]
    lost = []
    for spec in fields_of(kind.model):
        value = doc.get(spec.name) if spec.ui.ref else None
        for one in value if isinstance(value, list) else [value]:
            if one is not None and desk.store.journal.raw(spec.ui.ref, one) is None:
                lost.append(f"{ref}: {spec.label}: there is no {areas.ref(spec.ui.ref, one)}.")
    return lost
