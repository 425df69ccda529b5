"""Commands that look after the store: tick, check, adopt, compact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from botui import areas
from botui.cli.session import Session, has_store
from botui.data import Desk
from botui.models.base import Refused, clean
from botui.models.errors import StoreDamaged
from botui.models.shape import build, fields_of

if TYPE_CHECKING:
    from pathlib import Path

    from botui.storage import Report

_SHOWN: Final = 20
"""Findings that are written out; the rest is counted."""


def tick(session: Session) -> None:
    """Do what time does: waits that fall due, what closes by itself, what recurs, today's backup."""
    from botui.actions.backups import daily

    desk = session.desk(write=True)
    for said in [*desk.tick(), daily(desk).make()]:
        if said:
            session.out.write(f"{clean(said)}\n")


def compact(session: Session) -> None:
    """Fold the journal into the snapshot; the old journal goes to the history."""
    session.desk(write=True).store.journal.compact()
    session.out.write("The store is compacted.\n")


def check(session: Session) -> None:
    """Check the chain of all changes, every record by its model, and every reference."""
    from botui import storage

    seek = session.args.head or ""
    found = storage.verify(_store(session), seek=seek)
    problems = [*found.problems]
    if seek and not found.seen:
        problems.append(_not_seen(seek, found))
    _conclude(session, found, problems)
    if seek:
        session.out.write(f"{seek} is in the chain: {found.seen}.\n")


def _not_seen(seek: str, found: Report) -> str:
    older = "" if found.complete else "; it may be older than the history that is kept"
    return f"{seek} is not in the chain: the past was rewritten, or it was noted of another store{older}."


def adopt(session: Session) -> None:
    """Take over what another program changed in the store."""
    from botui import storage

    found = storage.adopt(_store(session), clock=session.clock)
    _conclude(session, found, [*found.problems])


def _store(session: Session) -> Path:
    if not has_store(session.config.data):
        session.desk()  # says so, and what to do
    return session.config.data / "office.json"


def _conclude(session: Session, found: Report, problems: list[str]) -> None:
    """Write what was found, and then what is wrong with the records of a store that can be opened.

    Raises:
        StoreDamaged: there are problems.
    """
    for note in found.notes:
        session.out.write(f"{clean(note)}\n")
    remedy = " 'botui repair' saves what can be read." if found.problems else ""
    if not found.problems:
        problems += _records(session.desk())
    _write(session, problems)
    if problems:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise StoreDamaged(f"The store in {session.config.data} has {count}: {clean(problems[0])}{remedy}")
    documents = sum(found.documents.values())
    session.out.write(f"{documents} records, {found.commits} changes: all in order.\nHead of the chain: {found.head}\n")


def _write(session: Session, lines: Sequence[str]) -> None:
    for line in lines[:_SHOWN]:
        session.out.write(f"{clean(line)}\n")
    if len(lines) > _SHOWN:
        session.out.write(f"... and {len(lines) - _SHOWN} more.\n")


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
