"""Commands about what was done: history, undo."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import islice
from typing import Any, Final

import orjson

from botui import access, areas
from botui.actions.past import heading, one_line, rows, when, who, without_record
from botui.cli.filters import find_record
from botui.cli.output import plain, terminal_width, write_csv
from botui.cli.session import Session
from botui.data import UNDO_WITHIN, Desk, Event
from botui.models import calendar
from botui.models.base import NotAllowed, Refused, clean, fit, stamp
from botui.models.calendar.basics import WEEKDAYS
from botui.models.shape import FieldSpec, fields_of
from botui.past import bare, touched
from botui.storage import NOBODY, Entry

_USUAL: Final = timedelta(days=7)
"""How far back a history goes that names neither a record nor a day."""
_AT_ONCE: Final = 200
"""Lines of CSV written together."""
NOBODY_ASKS: Final = "Say who you are first: --as with your initials."
Seen = tuple[Entry, Sequence[tuple[str, int]]]
"""What was done, and to which records as far as they may be seen; to none = it touched none."""


def history(session: Session) -> None:
    """Show what happened to a record, or what was done in some days, by one person or anybody."""
    args = session.args
    # a desk that may write keeps the index that makes the next look quick
    desk = session.desk(write=os.access(session.config.data / "office.json.journal", os.W_OK))
    if "guest" in desk.roles():
        raise NotAllowed(NOBODY_ASKS)
    record = _record(desk, args.ref) if args.ref else None
    by = None if args.by is None else _person(desk, args.by)
    since, until = _span(desk, args.since, args.until, ever=record is not None)
    entries = desk.store.journal.between(since, until, by) if record is None else _of(desk, record, since, until, by)
    found = _Found(desk, record)
    seen: Iterable[Seen] = found.seen(entries)
    if args.limit is not None:
        seen = deque(seen, maxlen=args.limit)
    if args.json:
        _write_json(session, desk, seen)
    elif args.csv:
        _write_csv(session, desk, seen)
    elif record is not None:
        _write_record(session, desk, record, seen)
    else:
        width = terminal_width(session.out)
        for entry, records in seen:
            said = one_line(desk, entry, records) if records else without_record(entry)
            text = clean("  ".join((*_head(desk, entry), said)))
            session.out.write((fit(text, width) if width else text) + "\n")
    if found.hidden:
        session.err.write(f"{found.hidden:,} change{'s'[: found.hidden > 1]} you may not see.\n")


def _record(desk: Desk, text: str) -> tuple[str, int]:
    """Return which record a text names, also one that is gone."""
    try:
        return find_record(desk, text)
    except Refused:
        gone = areas.parse_ref(text)
        # whose it was cannot be told any more: it is for those who look at all of them
        if gone is None or not 0 < gone[1] < desk.store.journal.next_id(gone[0]) or not desk.reads_all(gone[0]):
            raise
        return gone


class _Found:
    """The entries that somebody may look at, with those of their records; counts the others.

    What is in lists that they may look at nothing of is not there for them, and not counted.

    Attributes:
        hidden: how many there were of which nothing may be seen.
    """

    def __init__(self, desk: Desk, record: tuple[str, int] | None) -> None:
        self.hidden = 0
        self._desk = desk
        self._record = record
        self._lists = {one.name for one in areas.COLLECTIONS if desk.may(one.name, "read") is None}
        self._whole = {name for name in self._lists - access.QUIET if desk.reads_all(name)}
        self._sees = cache(desk.sees)
        self._audits = desk.may("settings", "audit") is None

    def seen(self, entries: Iterable[Entry]) -> Iterator[Seen]:
        for entry in entries:
            every = dict.fromkeys(touched(entry) if self._record is None else [self._record])
            there = [one for one in every if one[0] in self._lists]
            records = [one for one in there if one[0] in self._whole or self._is_told(entry, *one)]
            if records or (self._audits and not every):
                yield entry, records
            elif there:
                self.hidden += 1

    def _is_told(self, entry: Entry, collection: str, number: int) -> bool:
        return self._sees(collection, number) and self._desk.told(entry, collection, number) is not None


def _of(desk: Desk, record: tuple[str, int], since: str, until: str, by: int | None) -> Iterator[Entry]:
    for entry in desk.store.journal.history(*record):
        at = entry.header["at"]
        if at >= since and not (until and at >= until) and (by is None or (entry.header.get("by") or NOBODY) == by):
            yield entry


def _person(desk: Desk, text: str) -> int:
    word = text.strip().casefold()
    if word in ("system", "botui"):  # what it is called in the records, and what it is called where it is shown
        return NOBODY
    if word == "me":
        if desk.person is None:
            raise NotAllowed(NOBODY_ASKS)
        return desk.person
    return desk.look_up("people", text)


def _span(desk: Desk, since: str | None, until: str | None, *, ever: bool) -> tuple[str, str]:
    """Return the first moment and the first one after, as the journal's times are compared; empty = no such bound."""
    today = desk.settings.local(desk.clock()).date()
    try:
        last = _past_day(desk, until, today) if until else None
        first = _past_day(desk, since, today) if since else None if ever else (last or today) - _USUAL
        if first and last and last < first:
            raise Refused("The last day is before the first.")
        return _midnight(desk, first), _midnight(desk, last and last + timedelta(days=1))
    except (ValueError, OverflowError) as error:
        raise Refused(str(error)) from None


def _past_day(desk: Desk, text: str, today: date) -> date:
    """Return the day that a text names; of a weekday the last one, for nothing was done on the coming one yet."""
    day = calendar.parse_date(text, today, desk.settings.order)
    is_weekday = text.strip().casefold()[:3] in WEEKDAYS
    return day - timedelta(days=7) if is_weekday and day > today else day


def _midnight(desk: Desk, day: date | None) -> str:
    return "" if day is None else stamp(datetime.combine(day, time(0), desk.settings.tz)).removesuffix("Z")


def _head(desk: Desk, entry: Entry) -> tuple[str, str, str]:
    at, header = datetime.fromisoformat(entry.header["at"]), entry.header
    doer = who(desk, header.get("by"), header.get("for"))
    return when(desk, at), doer, clean(str(header.get("on") or "-"))


def _write_record(session: Session, desk: Desk, record: tuple[str, int], seen: Iterable[Seen]) -> None:
    for entry, _ in seen:
        found = desk.told(entry, *record)
        if found is not None:
            session.out.write(heading(desk, found) + "\n")
            for label, text in rows(desk, areas.kind(record[0]), found):
                session.out.write(f"    {label}: {text}\n")


def _write_json(session: Session, desk: Desk, seen: Iterable[Seen]) -> None:
    """Write one JSON array, an object for each record of each change, as they come."""
    between = "[\n"
    for entry, records in seen:
        for line in _json_lines(desk, entry, records):
            session.out.write(between + _indented(line))
            between = ",\n"
    session.out.write("[]\n" if between == "[\n" else "\n]\n")


def _json_lines(desk: Desk, entry: Entry, records: Sequence[tuple[str, int]]) -> Iterator[dict[str, Any]]:
    for one in records:
        if (found := desk.told(entry, *one)) is not None:
            fields = {spec.name: spec for spec in fields_of(areas.kind(one[0]).model)}
            yield _event_json(found, fields) | {"id": one[1], "ref": areas.ref(*one)}
    if not records:
        yield _event_json(bare(entry), {}) | {"id": None, "ref": None}


def _indented(value: dict[str, Any]) -> str:
    text = orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    return "  " + text.replace("\n", "\n  ")


def _event_json(event: Event, specs: Mapping[str, FieldSpec]) -> dict[str, Any]:
    return {
        "at": stamp(event.at),
        "by": areas.ref("people", event.by) if event.by else None,
        "for": areas.ref("people", event.stood_in_for) if event.stood_in_for else None,
        "terminal": event.on,
        "action": event.action,
        "note": event.note or None,
        "changes": [
            {"field": name, "was": plain(specs.get(name), was), "now": plain(specs.get(name), now)}
            for name, was, now in event.changes
        ],
        "digest": event.digest,
    }


_CSV: Final = ("at", "by", "for", "terminal", "ref", "action", "note", "what", "digest")


def change_rows(desk: Desk, since: date | None, until: date | None, lists: Collection[str]) -> Iterator[Sequence[str]]:
    """Give what was done in some days to the records of some collections, as rows of CSV, headings first.

    Args:
        desk: of whoever looks: what they may not see is left out.
        since: the first day; None = from the beginning.
        until: the last day; None = until now.
        lists: the collections.
    """
    yield _CSV
    last = None if until is None else until + timedelta(days=1)
    found = _Found(desk, None)
    for entry, records in found.seen(desk.store.journal.between(_midnight(desk, since), _midnight(desk, last), None)):
        if named := [one for one in records if one[0] in lists]:
            yield from _csv_rows(desk, entry, named)


def _write_csv(session: Session, desk: Desk, seen: Iterable[Seen]) -> None:
    """Write a row for each record of each change, as they come."""
    write_csv(session.out, [_CSV])
    lines = (row for one in seen for row in _csv_rows(desk, *one))
    while part := list(islice(lines, _AT_ONCE)):
        write_csv(session.out, part)


def _csv_rows(desk: Desk, entry: Entry, records: Sequence[tuple[str, int]]) -> Iterator[list[str]]:
    for collection, number in records:
        found = desk.told(entry, collection, number)
        if found is not None:
            what = "; ".join(f"{label}: {text}" for label, text in rows(desk, areas.kind(collection), found))
            yield _csv_row(desk, found, areas.ref(collection, number), what)
    if not records:
        yield _csv_row(desk, bare(entry), "", without_record(entry))


def _csv_row(desk: Desk, event: Event, ref: str, what: str) -> list[str]:
    by, stood_in_for = who(desk, event.by), clean(desk.title("people", event.stood_in_for))
    return [
        stamp(event.at),
        by,
        stood_in_for,
        clean(event.on),
        ref,
        event.action,
        clean(event.note),
        what,
        event.digest,
    ]


def undo(session: Session) -> None:
    """Take back the last thing this person did at this terminal."""
    desk = session.desk(write=True)
    if desk.person is None:
        raise NotAllowed(NOBODY_ASKS)
    entry = desk.undoable(this_sitting=False)
    if entry is None:
        minutes = UNDO_WITHIN // timedelta(minutes=1)
        raise Refused(f"There is nothing to undo of what you did at this terminal in the last {minutes} minutes.")
    session.out.write(f"{clean(desk.undo(entry.digest).said)}\n")
