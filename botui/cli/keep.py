"""Commands that look after the store: tick, check, adopt, repair, compact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from botui import areas
from botui.cli.session import Session, has_store
from botui.models.base import clean
from botui.models.errors import StoreDamaged
from botui.models.soundness import problems_of
from botui.storage.files import Paths

if TYPE_CHECKING:
    from pathlib import Path

    from botui.data import Desk
    from botui.storage import Report

_SHOWN: Final = 20
"""Findings that are written out; the rest is counted."""
_REMEDIES: Final = ("run: botui", "run 'botui", "this botui reads")
"""What shows that a finding says itself what to do, or that there is nothing to repair."""


def tick(session: Session) -> None:
    """Do what time does: waits that fall due, what closes by itself, what recurs, today's backup."""
    from botui.actions.backups import daily

    desk = session.desk(write=True)
    for said in [*desk.tick(), *_scans(session, desk), daily(desk).make()]:
        if said:
            session.out.write(f"{clean(said)}\n")


def _scans(session: Session, desk: Desk) -> Iterator[str]:
    """Take in what lies in the inbox folder of this machine, and destroy the files of what is gone."""
    from botui.actions import scans

    if session.config.inbox is not None:
        for one in scans.take_in(desk, session.config.inbox, lambda: session.clock().timestamp()):
            yield f"{one.name}: {one.said}"
    scans.sweep(desk)


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
    from botui.storage.adoption import adopt as take_over

    path = _store(session)
    before = storage.verify(path)
    found = take_over(path, clock=session.clock)
    if (before.head, before.generation) == (found.head, found.generation):
        session.out.write("No other program changed the store: there is nothing to take over.\n")
    _conclude(session, found, [*found.problems])


def repair(session: Session) -> None:
    """Save what can be read of a damaged store, and list what cannot."""
    from botui.storage.repair import repair as save

    dry = session.args.dry_run
    done = save(_store(session), clock=session.clock, dry_run=dry)
    if done.sound:
        session.out.write("The store is in order: there is nothing to repair.\n")
        return
    _write(session, [*done.lost, *done.uncertain])
    losses = "1 loss" if len(done.lost) == 1 else f"{len(done.lost):,} losses"
    saved = f"{done.saved:,} records {'can be' if dry else 'are'} saved, {len(done.uncertain):,} of them uncertain"
    session.out.write(f"{saved}; {losses}.\n")
    if done.aside is None:
        session.out.write("Nothing was changed (--dry-run).\n")
        return
    session.out.write(f"What was there is in {done.aside}, with all of this in REPORT.txt.\nNow run: botui check\n")


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
    told = any(words in problem for problem in found.problems[:1] for words in _REMEDIES)
    remedy = f" {found.remedy}" if found.problems and not told else ""
    if not found.problems:
        from botui.actions.scans import missing

        desk = session.desk()
        problems += [*problems_of(desk.store.journal), *missing(desk), *_old_copies(session, desk)]
    _write(session, problems)
    if problems:
        count = "1 problem" if len(problems) == 1 else f"{len(problems):,} problems"
        raise StoreDamaged(f"The store in {session.config.data} has {count}: {clean(problems[0])}{remedy}")
    documents = sum(found.documents.values())
    session.out.write(
        f"{documents:,} records, {found.commits:,} changes: all in order.\nHead of the chain: {found.head}\n"
    )


def _old_copies(session: Session, desk: Desk) -> Iterator[str]:
    """Say what still holds what was erased for good and should be gone."""
    paths = Paths(_store(session))
    if paths.erasing.exists():
        session.out.write("Something is being erased for good: it goes on when a desk is opened, or with botui tick.\n")
    if paths.erased.exists() or paths.erasing.exists():
        from botui.storage.copies import overdue
        from botui.storage.purge import erased, returned

        yield from overdue(paths, desk.settings.local(session.clock()).date())
        for one in (one for purge in erased(paths) for one in returned(desk.store.journal, purge)):
            yield f"{areas.ref(*one)} was erased for good and is there again: botui adopt erases it anew."


def _write(session: Session, lines: Sequence[str]) -> None:
    for line in lines[:_SHOWN]:
        session.out.write(f"{clean(line)}\n")
    if len(lines) > _SHOWN:
        session.out.write(f"... and {len(lines) - _SHOWN:,} more.\n")
