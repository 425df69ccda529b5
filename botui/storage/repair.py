"""Saving what can be read of a damaged store into a sound one, and saying what cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Final

from ..models.errors import StoreDamaged
from . import compaction
from .files import Paths, disk_errors, keep, make_folder, replace, sync_folder, write_atomic, write_beside
from .format import hexdigest, stamp, utc_now, whole_lines
from .lock import MARK, FileLock
from .log import RESTORING, Log, load, read_snapshot, refuse_exchanged
from .purge import again, erased
from .rebuild import Rebuild
from .salvage import name_of
from .sources import Source, refuse_other_versions, sources_of
from .verify import verify

REPORT: Final = "REPORT.txt"
"""The file in the folder put aside that says what could not be saved."""


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair saved, or would save.

    Attributes:
        sound: nothing was wrong, and nothing was done.
        saved: how many documents there are now.
        uncertain: documents that may not be right, each with why.
        lost: documents and lines that could not be saved, each with why.
        aside: the folder with everything that was there; None = nothing was changed.
    """

    sound: bool
    saved: int = 0
    uncertain: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    aside: Path | None = None


@dataclass(slots=True)
class _Plan:
    """What is to be written.

    Attributes:
        log: documents, generation and head to go on from; None = the snapshot and journal in place are right.
        history: generation -> the journal to be kept of it.
        marked: generations of which not all can be kept.
        outcome: what is said of it.
    """

    log: Log | None
    history: dict[int, bytes]
    marked: set[int]
    outcome: Repair


def repair(
    path: Path, *, timeout: float = 5.0, clock: Callable[[], datetime] = utc_now, dry_run: bool = False
) -> Repair:
    """Put everything of a damaged store aside and write a sound one from what can be read; leave a sound one alone.

    What digests vouch for is taken as it is: a snapshot that fits its journal, or else the history where it is
    complete, and all whole lines. Of the rest what can be read is taken, the latest of each document, and named. What
    was erased for good and is in it all the same is erased anew.

    Args:
        path: the snapshot, ``office.json``.
        timeout: how many seconds to wait for those who write.
        clock: what time it is.
        dry_run: say what would be done and do nothing.

    Raises:
        StoreDamaged: it is a store of another version or a restore was interrupted; it is not damaged.
        StoreLocked, StoreFull: as a transaction.
    """
    paths = Paths(Path(path).absolute())
    with disk_errors():
        if dry_run:
            plan = _plan(paths)
            return Repair(True) if plan is None else plan.outcome
        lock = FileLock(paths.lock)
        marked = paths.lock.exists()
        lock.acquire(timeout)
        try:
            plan = _plan(paths)
            done = Repair(True) if plan is None else _write(paths, plan, clock(), marked)
        finally:
            lock.release()
    if not done.sound:
        again(paths.snapshot, erased(paths), {}, clock)
    return done


def _plan(paths: Paths) -> _Plan | None:
    if paths.restoring() is not None and not paths.journal.exists():
        raise StoreDamaged(RESTORING)  # not damaged: halfway to what was asked for
    refuse_exchanged(paths)  # not damaged either, and nobody has to lose what is in them
    problems = verify(paths.snapshot).problems
    if not problems:
        return None
    sources = sources_of(paths)
    refuse_other_versions(sources)
    try:
        log = load(paths, read_only=True)
        # a journal that is gone together with its lock would pass for a store that was never begun
        known = log.handle is not None or not paths.generations()
    except StoreDamaged:
        known = False
    if known:
        astray = [one for one in sources if one.generation > log.generation and one.prev == log.head]
        if not astray:
            return _mend_history(paths, sources, log, problems)
    return _mend_all(paths, sources)


def _mend_history(paths: Paths, sources: list[Source], log: Log, problems: Iterable[str]) -> _Plan:
    """Plan for a store that can be opened: only its past, or its lock, is damaged."""
    past = [one for one in sources if not one.present and one.generation < log.generation]
    later = [one.name for one in sources if not one.present and one.generation >= log.generation]
    lost = [f"{name} is later than the journal in place; what it says was not taken over." for name in later]
    rebuild = Rebuild()
    for one in past:
        rebuild.journal(one.generation, one.data, one.name)
    lost += rebuild.unread
    history, marked = _history(past, log.generation)
    # what is whole in itself, but does not fit its neighbours
    for one in sources:
        if any(problem.startswith(f"{one.name} ") for problem in problems):
            marked |= {one.generation - 1, one.generation} & history.keys()
    if not marked and any(problem.startswith(f"{paths.snapshot.name} ") for problem in problems):
        marked |= history.keys()
    return _Plan(None, history, marked, Repair(False, _count(log), (), (*lost, *_absent(history, marked))))


def _mend_all(paths: Paths, sources: list[Source]) -> _Plan:
    """Plan for a store that is refused: everything is put together anew."""
    snapshot = read_snapshot(paths)
    name = paths.snapshot.name
    rebuild = Rebuild()
    fitting = [one for one in sources if (hexdigest(snapshot), len(snapshot)) in one.announced]
    place = (fitting or sources)[-1] if sources else None
    if place is None:
        rebuild.snapshot(snapshot, name, 0, (), {})
    for one in sources:
        if one is place:
            rebuild.snapshot(snapshot, name, one.generation, one.announced, one.marks)
        rebuild.journal(one.generation, one.data, one.name)
    last = max((max(one.generation, one.later) for one in sources), default=0)
    lost = [f"{name_of(*key)}: {why}." for key, why in sorted(rebuild.lost.items())]
    journal = any(one.present and one.data for one in sources)
    if not journal:
        lost.append(
            f"{paths.journal.name} is empty or gone: what was written after {rebuild.at or 'the snapshot'} is lost, "
            "and numbers given since then may be given again."
        )
    with suppress(FileNotFoundError):
        data = paths.journal.read_bytes()
        if tail := len(data) - whole_lines(data):
            lost.append(f"The last {tail} bytes of {paths.journal.name} are a write that was cut off before its end.")
    log = Log(tables=rebuild.tables(), generation=last, head=rebuild.head, at=rebuild.at)
    uncertain = tuple(f"{name_of(*key)}: {why}." for key, why in sorted({**rebuild.foreign, **rebuild.doubts}.items()))
    history, marked = _history(sources, last + 1)
    lost += [*rebuild.unread, *rebuild.past, *_absent(history, marked if journal else marked - {last})]
    outcome = Repair(False, _count(log), uncertain, tuple(lost))
    return _Plan(log, history, marked, outcome)


def _absent(history: dict[int, bytes], marked: set[int]) -> list[str]:
    said = "the history lacks what was done in it, and what no later snapshot has is lost"
    return [
        f"Nothing of the journal of generation {one} can be read: {said}." for one in sorted(marked - history.keys())
    ]


def _count(log: Log) -> int:
    return sum(len(docs) for docs in log.tables.docs.values())


def _history(sources: list[Source], end: int) -> tuple[dict[int, bytes], set[int]]:
    """Return what the history keeps, and the generations before ``end`` of which that is not all."""
    history: dict[int, bytes] = {}
    marked: set[int] = set()
    for one in sources:
        if one.good:
            history[one.generation] = one.good
        if not one.entire:
            marked.add(one.generation)
    for one, following in pairwise(sources):
        # cut off between two lines, it is whole in itself
        if following.generation == one.generation + 1 and following.prev not in ("", one.head):
            marked.add(one.generation)
    if history:
        marked |= {number for number in range(min(history), end) if number not in history}
    return history, marked


def _write(paths: Paths, plan: _Plan, now: datetime, marked: bool) -> Repair:
    aside = _put_aside(paths, now, marked)
    outcome = plan.outcome
    done = Repair(False, outcome.saved, outcome.uncertain, outcome.lost, aside)
    write_atomic(aside / REPORT, "\n".join([*outcome.lost, *outcome.uncertain, ""]).encode())
    if plan.log is not None:
        data = plan.log.tables.encode()
        digest = hexdigest(data)
        replace(write_beside(paths.snapshot, data), paths.snapshot)
        at = stamp(now, plan.log.at)
        compaction.begin(plan.log, paths, at, digest, len(data), adopted=digest)
    for generation in paths.generations():
        if generation not in plan.history:
            paths.closed(generation).unlink()
            paths.closed(generation).with_suffix(".index").unlink(missing_ok=True)
    for generation, data in plan.history.items():
        file = paths.closed(generation)
        if not file.exists() or file.read_bytes() != data:
            write_atomic(file, data)
            file.with_suffix(".index").unlink(missing_ok=True)
    for generation in plan.marked:
        write_atomic(paths.damaged(generation), f"{aside.name}\n".encode())
    if paths.history.is_dir():
        sync_folder(paths.history)
    if paths.lock.read_bytes() != MARK and paths.journal.exists():
        paths.lock.write_bytes(MARK)
    return done


def _put_aside(paths: Paths, now: datetime, marked: bool) -> Path:
    """Keep every file of the store, as it is, in a folder of its own, and return that folder."""
    name = f"damaged-{now:%Y%m%d-%H%M%S}"
    aside, more = paths.folder / name, 1
    while aside.exists():
        more += 1
        aside = paths.folder / f"{name}-{more}"
    make_folder(aside)
    # copies: what stays in place goes on being written, and a second name would show that, too
    for file in (paths.snapshot, paths.journal, *([paths.lock] if marked else [])):
        if file.exists():
            write_atomic(aside / file.name, file.read_bytes())
    past = sorted(paths.history.iterdir()) if paths.history.is_dir() else []
    for file in past:
        if file.is_file() and not file.name.startswith("."):
            keep(file, aside / paths.history.name / file.name)
    return aside
