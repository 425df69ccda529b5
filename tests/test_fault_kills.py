"""Writers killed, stopped and forked at any moment: what was confirmed stays, and nobody is held up for ever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from botui.models.errors import StoreLocked
from botui.storage import Journal, verify

from .faults import PATIENCE, Say, Size, Work, add_one, children, dice, finished, sizes, table


@pytest.fixture
def path(folder: Path) -> Path:
    return folder / "office.json"


def writing(path: Path, me: int, compact_at: int) -> Work:
    """Write until killed, and say what was confirmed: how often, and the number of the new row.

    Each commit changes three collections: a row is added, every third time the last one is removed instead, and the
    count of the writer and the count of all go up.
    """

    def write(say: Say) -> None:
        journal = Journal(path, compact_at=compact_at)
        while True:
            with journal.transaction() as tx:
                mine = tx.get("writers", me) or {"count": 0, "last": 0}
                count, number = mine["count"] + 1, mine["last"]
                if count % 3 == 0:
                    tx.remove("rows", number)
                else:
                    number = tx.next_id("rows")
                    tx.put("rows", number, {"by": me, "count": count, "text": "x" * (count % 50)})
                tx.put("writers", me, {"count": count, "last": number})
                tx.put("all", 1, {"count": (tx.get("all", 1) or {"count": 0})["count"] + 1})
            say(count, number)

    return write


def insist(journal: Journal, confirmed: list[dict[int, int]], kills: int) -> None:
    """Everything that was confirmed is there, and of what was not at most one commit for each kill."""
    rows, writers = table(journal, "rows"), table(journal, "writers")
    for me, rows_by_count in enumerate(confirmed):
        count = writers.get(me, {"count": 0})["count"]
        assert max(rows_by_count, default=0) <= count <= len(rows_by_count) + kills
        there = {row["count"]: number for number, row in rows.items() if row["by"] == me}
        assert there.keys() == {one for one in range(1, count + 1) if one % 3 == 1 or (one % 3 == 2 and one == count)}
        assert {one: row for one, row in rows_by_count.items() if one in there}.items() <= there.items()
    assert (journal.get("all", 1) or {"count": 0})["count"] == sum(one["count"] for one in writers.values())


@sizes(Size(rounds=10), soak=Size(rounds=15, stores=20))
@pytest.mark.parametrize("compact_at", [3000, 1 << 20])
def test_what_was_confirmed_survives_kill_9_whole_in_all_collections_and_no_number_comes_back(
    tmp_path: Path, size: Size, compact_at: int
) -> None:
    chance = dice()
    for store in range(size.stores):
        path = tmp_path / str(store) / "office.json"
        follower = Journal(path)
        confirmed: list[dict[int, int]] = [{} for _ in range(size.processes)]
        for kills in range(1, size.rounds + 1):
            with children(*(writing(path, me, compact_at) for me in range(size.processes))) as family:
                for rows_by_count, child in zip(confirmed, family, strict=True):
                    rows_by_count.update((count, row) for count, row in [child.hear()])
                for child in chance.sample(family, len(family)):
                    time.sleep(chance.uniform(0, 0.03))
                    child.kill()
                for rows_by_count, child in zip(confirmed, family, strict=True):
                    rows_by_count.update((count, row) for count, row in child.rest())
            follower.refresh()
            insist(follower, confirmed, kills)
            insist(Journal(path), confirmed, kills)
            assert verify(path).problems == ()
        ops = [op for entry in follower.history("rows") for op in entry.ops if op.table == "rows"]
        numbers = [op.id for op in ops if op.was is None]
        assert len(numbers) == len(set(numbers)) > 0
        assert {row for one in confirmed for row in one.values()} <= set(numbers)
        follower.compact()
        assert not list(path.parent.rglob("*.new"))


def holding(path: Path) -> Work:
    """Take the lock, write, and stay there."""

    def hold(say: Say) -> None:
        with Journal(path).transaction() as tx:
            tx.put("tickets", 1, {"n": 100})
            say(1)
            signal.pause()

    return hold


def test_a_writer_killed_while_it_holds_the_lock_holds_nobody_up_and_leaves_nothing_half_done(path: Path) -> None:
    journal = Journal(path)
    add_one(journal)
    with children(holding(path)) as (holder,):
        holder.hear()
        threading.Timer(0.05, holder.kill).start()
        assert add_one(journal) == 2
    assert verify(path).commits == 2


def test_who_holds_the_lock_and_stands_still_keeps_writers_for_a_bounded_time_and_readers_not_at_all(
    path: Path,
) -> None:
    writer = Journal(path, timeout=0.2)
    add_one(writer)

    def stand_still(say: Say) -> None:
        with Journal(path).transaction() as tx:
            tx.put("tickets", 1, {"n": 100})
            os.kill(os.getpid(), signal.SIGSTOP)

    def wait(say: Say) -> None:
        for _ in range(3):
            with pytest.raises(StoreLocked, match="try again"), Journal(path, timeout=0.05).transaction():
                pass

    with children(stand_still) as (holder,):
        os.waitpid(holder.pid, os.WUNTRACED)
        with children(wait, wait, wait) as waiters:
            finished(waiters)
        for _ in range(3):
            with pytest.raises(StoreLocked, match="try again"):
                add_one(writer)
            assert writer.refresh().entries == ()
            assert (writer.get("tickets", 1), Journal(path).get("tickets", 1)) == ({"n": 1}, {"n": 1})
            assert len(list(writer.history())) == 1
        assert verify(path).problems == ()
        holder.kill(signal.SIGCONT)
        assert holder.end() == 0
    assert add_one(Journal(path)) == 101
    assert add_one(writer) == 102


def wait_for_queue(pid: int) -> None:
    """Wait until a process waits for a lock on a file."""
    for _ in range(20_000):
        lines = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
        if any("->" in line and str(pid) in line for line in lines):
            return
        time.sleep(0.001)
    pytest.fail("it never waited")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_a_waiter_killed_or_stopped_in_the_queue_holds_nobody_up(path: Path, number: int) -> None:
    journal = Journal(path)
    add_one(journal)
    # taken before the other begins, which is to stand in the queue and not to have written already
    with ExitStack() as held:
        held.enter_context(journal.transaction())
        with children(lambda _: add_one(Journal(path, timeout=PATIENCE))) as (waiter,):
            wait_for_queue(waiter.pid)
            waiter.kill(number)
            os.waitid(os.P_PID, waiter.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
            held.close()
            assert [add_one(journal), add_one(Journal(path))] == [2, 3]
            waiter.kill(signal.SIGCONT)
            assert waiter.end() == (0 if number == signal.SIGSTOP else -number)
    assert add_one(journal) == (5 if number == signal.SIGSTOP else 4)


def leave_behind(alive: int, say: Say) -> None:
    """Fork a child that says how often it has a lock open, and lives until nobody holds the other end of ``alive``."""
    if os.fork() == 0:
        signal.alarm(PATIENCE)
        files = [os.path.realpath(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd")]
        say(sum(name.endswith(".lock") for name in files))
        os.read(alive, 1)
        os._exit(0)


def run_a_program(alive: int, say: Say) -> None:
    """Start a program that lives as long; it inherits all that is not marked against it."""
    os.set_inheritable(alive, True)
    subprocess.Popen([sys.executable, "-S", "-c", f"import os; os.read({alive}, 1)"], close_fds=False)
    say(0)


@pytest.fixture
def alive() -> Iterator[tuple[int, int]]:
    """A pipe; what reads from it lives until the end of the test."""
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


@pytest.mark.parametrize("leave", [leave_behind, run_a_program])
def test_a_child_of_a_session_killed_while_it_writes_does_not_keep_the_lock(
    path: Path, alive: tuple[int, int], leave: Callable[[int, Say], None]
) -> None:
    def session(say: Say) -> None:
        os.close(alive[1])
        with Journal(path).transaction() as tx:
            tx.put("tickets", 1, {"n": 100})
            leave(alive[0], say)
            signal.pause()

    journal = Journal(path)
    add_one(journal)
    with children(session) as (killed,):
        assert killed.hear() == (0,)
        killed.kill()
        killed.end()
        assert add_one(journal) == 2


@pytest.mark.parametrize("then", ["gets it", "gives up", "gives up and closes the store"])
def test_a_child_forked_while_its_session_waits_for_the_lock_does_not_keep_it(
    path: Path, alive: tuple[int, int], then: str
) -> None:
    def session(say: Say) -> None:
        def write() -> None:
            with suppress(StoreLocked), journal.transaction():
                say(1)
                signal.pause()

        os.close(alive[1])
        journal = Journal(path, timeout=PATIENCE if then == "gets it" else 0.01)
        writer = threading.Thread(target=write)
        writer.start()
        wait_for_queue(os.getpid())
        if then != "gets it":
            writer.join()
        if then == "gives up and closes the store":
            journal.close()
        leave_behind(alive[0], say)
        writer.join()
        signal.pause()

    journal = Journal(path)
    add_one(journal)
    with ExitStack() as held:
        held.enter_context(journal.transaction())
        with children(session) as (killed,):
            assert killed.hear() == (0,)
            held.close()
            if then == "gets it":
                assert killed.hear() == (1,)
            else:
                add_one(journal)
            killed.kill()
            killed.end()
            add_one(journal)
