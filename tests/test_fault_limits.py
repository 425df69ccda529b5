"""Shortages: no descriptor left, no inotify left, a clock that is wrong. A clear word, nothing lost, nothing leaked."""

from __future__ import annotations

import ctypes
import gc
import itertools
import os
import random
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from botui.models.errors import StoreFull, StoreLocked
from botui.storage import Journal, Watcher, open_db, verify

from .faults import PATIENCE, Say, Size, Work, add_one, children, dice, finished, in_child, lines_ever, sizes


@pytest.fixture
def path(folder: Path) -> Path:
    return folder / "office.json"


def descriptors() -> set[int]:
    """Return the numbers of all open descriptors; what nobody refers to any more is closed first."""
    gc.collect()
    looking = os.open("/proc/self/fd", os.O_RDONLY | os.O_DIRECTORY)
    try:
        return {int(name) for name in os.listdir(looking)} - {looking}
    finally:
        os.close(looking)


def threads() -> int:
    return len(os.listdir("/proc/self/task"))


@contextmanager
def descriptors_left(count: int) -> Iterator[None]:
    """Let this process open no more than ``count`` files."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    taken = descriptors()
    free = [number for number in range(max(taken) + count + 2) if number not in taken]
    resource.setrlimit(resource.RLIMIT_NOFILE, (free[count], before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def done_with(count: int, work: Callable[[], object]) -> bool:
    """Say whether it could be done with so many descriptors; where not, it must have been refused in words."""
    refusal = ""
    with descriptors_left(count):
        try:
            work()
        except StoreFull as error:
            refusal = str(error)
    assert not refusal or "Too many files" in refusal
    return not refusal


MANY = range(12)
"""So many descriptors left: from none to more than anything needs."""


@pytest.mark.parametrize("compact_at", [1, 1 << 20])
def test_a_writer_without_descriptors_says_so_loses_nothing_and_goes_on_when_there_are_some(
    path: Path, compact_at: int
) -> None:
    def write() -> None:
        written, done = add_one(Journal(path)), []
        journal = Journal(path, compact_at=compact_at)
        for count in MANY:
            for _ in range(3):
                done.append(done_with(count, lambda: add_one(journal)))
                written += done[-1]
                # a handle that has just been opened says what really is in the files
                assert Journal(path).get("tickets", 1) == {"n": written}
                journal.refresh()
                assert journal.get("tickets", 1) == {"n": written}
            written += 1
            assert add_one(journal) == written
        assert (done[0], done[-1]) == (False, True)
        assert verify(path).problems == ()
        assert verify(path).commits == written

    assert in_child(write) == 0


def test_a_first_commit_without_descriptors_leaves_a_store_that_works(folder: Path) -> None:
    def begin() -> None:
        done = []
        for count in MANY:
            path = folder / str(count) / "office.json"
            done.append(done_with(count, lambda path=path: add_one(Journal(path))))  # type: ignore[misc]
            assert add_one(Journal(path)) == 1 + done[-1]
            assert verify(path).problems == ()
        assert (done[0], done[-1]) == (False, True)

    assert in_child(begin) == 0


def test_opening_and_following_without_descriptors_is_refused_in_words_and_works_when_there_are_some(
    path: Path,
) -> None:
    def read() -> None:
        writer, reader, done = Journal(path), Journal(path), []
        for count in MANY:
            add_one(writer)
            # two at once: the reader must load anew
            writer.compact()
            writer.compact()
            for look in (lambda: Journal(path), reader.refresh, lambda: list(reader.history())):
                done.append(done_with(count, look))
            reader.refresh()
            assert reader.get("tickets", 1) == writer.get("tickets", 1) == Journal(path).get("tickets", 1)
        assert (done[0], done[-1]) == (False, True)

    assert in_child(read) == 0


def use(path: Path) -> None:
    """Open, write, refuse, compact, read, follow and close, in all the ways there are."""
    journal, other = Journal(path, compact_at=1), Journal(path, timeout=0.001)
    add_one(journal)
    other.refresh()
    with pytest.raises(TypeError), journal.transaction() as tx:
        tx.put("tickets", 1, {"n": object()})
    journal.compact()
    journal.compact()
    assert other.refresh().reloaded
    assert list(other.history())
    assert list(journal.recent(""))
    watcher = other.watch()
    watcher.close()
    with open_db(path) as db:
        db.insert({})
    with suppress(StoreFull):
        add_one(Journal(path, read_only=True))
    assert verify(path).problems == ()
    journal.close()


def test_nothing_done_often_leaves_a_descriptor_or_a_thread_behind(path: Path) -> None:
    use(path)
    before = len(descriptors()), threads()
    for _ in range(20):
        use(path)
    # fewer there may be: what tests before this one left is going
    assert len(descriptors()) <= before[0]
    assert threads() <= before[1]


@sizes(Size(each=25), soak=Size(each=2000))
def test_writers_that_gave_up_leave_neither_threads_nor_descriptors_behind(path: Path, size: Size) -> None:
    holder, waiters = Journal(path), [Journal(path, timeout=0.001) for _ in range(2)]
    for journal in (holder, *waiters, holder, *waiters):
        add_one(journal)
    before = len(descriptors()), threads()
    with holder.transaction():
        for _ in range(size.each):
            for journal in waiters:
                with pytest.raises(StoreLocked):
                    add_one(journal)
        # one place in the queue for each handle, however often it tried
        assert len(descriptors()) <= before[0] + len(waiters)
        assert threads() <= before[1] + len(waiters)
    until = time.monotonic() + PATIENCE
    for journal, count in zip(waiters, (7, 8), strict=True):
        while time.monotonic() < until:
            with suppress(StoreLocked):
                assert add_one(journal) == count
                break
        else:
            pytest.fail("The lock was free and never came.")
    assert len(descriptors()) <= before[0]
    for journal in waiters:
        journal.close()
    while threads() > before[1] and time.monotonic() < until:
        time.sleep(0.001)
    assert threads() <= before[1]


def without_descriptors(journal: Journal) -> Watcher:
    with descriptors_left(0):
        return journal.watch()


def without_inotify(journal: Journal) -> Watcher:
    libc = ctypes.CDLL(None)
    taken = list(iter(lambda: int(libc.inotify_init1(os.O_CLOEXEC)), -1))
    watcher = journal.watch()
    for fd in taken:
        os.close(fd)
    return watcher


# the second takes every inotify of the account for a moment, which tests beside this one might need
@pytest.mark.parametrize("watch", [without_descriptors, pytest.param(without_inotify, marks=pytest.mark.soak)])
def test_where_no_inotify_is_left_looking_at_the_file_tells_of_news(
    path: Path, watch: Callable[[Journal], Watcher]
) -> None:
    def follow() -> None:
        journal = Journal(path)
        watcher = watch(journal)
        assert watcher.fileno() is None
        for _ in range(3):
            assert not watcher.drain()
            add_one(Journal(path))
            assert watcher.drain()
            assert len(journal.refresh().entries) == 1
        Journal(path).compact()
        assert watcher.drain()
        watcher.close()

    add_one(Journal(path))
    assert in_child(follow) == 0


@sizes(Size(processes=3, each=40), soak=Size(processes=8, each=2000))
def test_time_in_the_journals_never_goes_back_whatever_the_clocks_of_the_sessions_say(path: Path, size: Size) -> None:
    noon, chance = datetime(2026, 11, 22, 12, tzinfo=UTC), dice()

    def writing(seed: int) -> Work:
        def write(say: Say) -> None:
            own, turns = random.Random(seed), itertools.count()

            def clock() -> datetime:
                return noon + timedelta(milliseconds=50 * next(turns) + own.uniform(-3_000, 300))

            journal = Journal(path, compact_at=2000, clock=clock)
            for _ in range(size.each):
                add_one(journal)

        return write

    with children(*(writing(chance.randrange(1 << 32)) for _ in range(size.processes))) as family:
        finished(family)
    times = [orjson.loads(line)[1]["at"] for line in lines_ever(path)]
    assert times == sorted(times)
    assert len(set(times)) > 1
    assert Journal(path).get("tickets", 1) == {"n": size.processes * size.each}


def test_where_no_thread_can_be_started_a_writer_that_must_wait_is_told_so(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_to_spare(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    holder, other = Journal(path), Journal(path)
    add_one(holder)
    monkeypatch.setattr("_thread.start_new_thread", none_to_spare)
    with holder.transaction(), pytest.raises(StoreLocked):
        add_one(other)
    assert add_one(other) == 2
