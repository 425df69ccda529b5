"""Forks, waiting for the lock, and news of other processes; many at once: ``test_fault_*.py``."""

from __future__ import annotations

import os
import select
import signal
import threading
import time
from pathlib import Path

import pytest

from botui.models.errors import StoreLocked
from botui.storage import Journal
from botui.storage.lock import FileLock

from .faults import Say, add_one, children, in_child


@pytest.fixture
def path(folder: Path) -> Path:
    return folder / "office.json"


def test_a_forked_child_goes_on_with_the_handle_of_its_parent(path: Path) -> None:
    journal = Journal(path)
    add_one(journal)

    def child() -> None:
        add_one(journal)
        assert journal.get("tickets", 1) == {"n": 2}

    assert in_child(child) == 0
    add_one(journal)
    assert journal.get("tickets", 1) == {"n": 3}


def test_a_child_forked_inside_a_transaction_neither_holds_the_lock_nor_commits(path: Path) -> None:
    journal = Journal(path)
    add_one(journal)
    alive, end = os.pipe()
    ready, say = os.pipe()

    def child() -> None:
        os.close(end)
        add_one(Journal(path, timeout=30))
        os.write(say, b".")
        os.read(alive, 1)

    with journal.transaction() as tx:
        tx.put("tickets", 1, {"n": 10})
        pid = os.fork()
        if pid == 0:
            try:
                child()
            finally:
                os._exit(0)
    os.read(ready, 1)
    add_one(journal)
    os.close(end)
    os.waitpid(pid, 0)
    assert journal.get("tickets", 1) == {"n": 12}


def test_a_fork_cannot_commit_the_transaction_of_its_parent(path: Path) -> None:
    journal, parent = Journal(path), os.getpid()
    pid = 0
    try:
        with journal.transaction() as tx:
            tx.put("tickets", 1, {"n": 1})
            pid = os.fork()
    except RuntimeError as error:
        os._exit(7 if "parent" in str(error) else 1)
    finally:
        if os.getpid() != parent:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
    assert len(list(Journal(path).history())) == 1


def test_a_fork_in_the_middle_of_a_change_in_memory_reads_anew(path: Path) -> None:
    journal = Journal(path)
    add_one(journal)

    def child() -> None:
        assert journal.get("tickets", 1) == {"n": 1}
        add_one(journal)

    with journal._state:
        assert in_child(child) == 0
    add_one(journal)
    assert journal.get("tickets", 1) == {"n": 3}


def test_a_waiter_gets_its_turn_when_the_holder_is_done(path: Path) -> None:
    go, let = os.pipe()

    def hold(say: Say) -> None:
        with Journal(path).transaction() as tx:
            say(1)
            os.read(go, 1)
            tx.put("tickets", 1, {"n": 1})

    with children(hold) as (holder,):
        holder.hear()
        threading.Timer(0.05, os.write, (let, b".")).start()
        assert add_one(Journal(path)) == 2
    os.close(go)
    os.close(let)


def test_who_is_interrupted_while_waiting_does_not_keep_the_lock_when_it_comes(
    path: Path,
) -> None:
    holder, waiter = FileLock(path), FileLock(path)
    holder.acquire(1)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        with pytest.raises(KeyboardInterrupt):
            waiter.acquire(30)
    finally:
        signal.signal(signal.SIGALRM, before)
    holder.release()
    assert waiter._queue is not None
    while waiter._queue.waiting:
        time.sleep(0.01)
    holder.acquire(1)
    with pytest.raises(StoreLocked):
        waiter.acquire(0.1)
    holder.release()


def test_news_of_another_process_wakes_who_watches(path: Path) -> None:
    add_one(Journal(path))
    journal = Journal(path)
    watcher = journal.watch()
    fd = watcher.fileno()
    if fd is None:
        pytest.skip("no inotify here")
    assert not watcher.drain()
    (path.parent / "other").write_text("x")
    assert not watcher.drain()
    assert in_child(lambda: add_one(Journal(path))) == 0
    assert select.select([fd], [], [], 5)[0]
    assert watcher.drain()
    assert len(journal.refresh().entries) == 1
    assert not watcher.drain()
    Journal(path).compact()
    assert watcher.drain()
    add_one(Journal(path))
    assert watcher.drain(), "the watch must outlive the replacing of the journal"
    watcher.close()
    watcher.close()


@pytest.mark.parametrize("lacking", ["libc", "instances", "folder"])
def test_without_inotify_a_look_at_the_file_tells(path: Path, monkeypatch: pytest.MonkeyPatch, lacking: str) -> None:
    class Libc:
        def inotify_init1(self, flags: int) -> int:
            return -1

    if lacking != "folder":
        add_one(Journal(path))
        monkeypatch.setattr("ctypes.CDLL", lambda *_, **__: Libc() if lacking == "instances" else object())
    watcher = Journal(path).watch()
    assert watcher.fileno() is None
    assert not watcher.drain()
    add_one(Journal(path))
    assert watcher.drain()
    assert not watcher.drain()
    watcher.close()
