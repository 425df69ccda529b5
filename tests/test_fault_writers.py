"""Many processes write at once: nothing confirmed is lost, no number is given twice, nobody waits too long."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from botui.models.errors import StoreLocked
from botui.storage import Journal, open_db, verify

from .faults import Say, Size, Work, add_one, children, finished, sizes, table

CROWDS = sizes(Size(2), Size(8), Size(50, each=40), soak=Size(50, each=1000))
WAIT = 30.0
"""Seconds after which a writer of a crowd gives up, which fails the test; a tenth of one is usual."""
SMALL = 20_000
"""A journal of so many bytes is compacted: every few dozen commits."""


@pytest.fixture
def path(folder: Path) -> Path:
    return folder / "office.json"


@CROWDS
def test_of_many_who_read_change_and_write_the_same_document_nobody_loses_a_write_or_is_passed_over(
    path: Path, size: Size
) -> None:
    def count(say: Say) -> None:
        journal = Journal(path, timeout=WAIT)
        for _ in range(size.each):
            say(add_one(journal))

    with children(*[count] * size.processes) as family:
        said = finished(family)
    total = size.processes * size.each
    assert sorted(number for one in said for (number,) in one) == list(range(1, total + 1))
    # the queue is fair: between two turns of one of many, the others have had a few each and not all of theirs
    between = (later - before for one in said for (before,), (later,) in pairwise(one))
    assert size.processes < 50 or max(between) < total / 2
    assert Journal(path).get("tickets", 1) == {"n": total}
    report = verify(path)
    assert (report.problems, report.commits) == ((), total)


def by_journal(path: Path) -> Callable[[dict[str, int]], int]:
    journal = Journal(path, compact_at=SMALL, timeout=WAIT)

    def insert(doc: dict[str, int]) -> int:
        with journal.transaction() as tx:
            number = tx.next_id("rows")
            tx.put("rows", number, doc)
        return number

    return insert


def by_tinydb(path: Path) -> Callable[[dict[str, int]], int]:
    return open_db(path, create_dirs=True, timeout=WAIT).table("rows").insert


@CROWDS
def test_every_confirmed_insert_is_there_under_a_number_of_its_own_by_whichever_way_it_came(
    path: Path, size: Size
) -> None:
    def inserting(me: int) -> Work:
        def insert_all(say: Say) -> None:
            insert = by_tinydb(path) if me % 2 else by_journal(path)
            for turn in range(size.each):
                say(insert({"by": me, "turn": turn}), turn)

        return insert_all

    with children(*map(inserting, range(size.processes))) as family:
        said = finished(family)
    expected = {number: {"by": me, "turn": turn} for me, one in enumerate(said) for number, turn in one}
    total = size.processes * size.each
    assert sorted(expected) == list(range(1, total + 1))
    assert table(Journal(path), "rows") == expected
    report = verify(path)
    assert (report.problems, report.commits, report.documents) == ((), total, {"rows": total})


@pytest.mark.parametrize("compact_at", [1000, 1 << 20])
def test_two_handles_of_one_process_see_and_keep_what_the_other_wrote(path: Path, compact_at: int) -> None:
    handles = [Journal(path, compact_at=compact_at) for _ in range(2)]
    hasty = Journal(path, timeout=0.001)
    for turn in range(1, 41):
        assert add_one(handles[turn % 2]) == turn
        other = handles[1 - turn % 2]
        if turn % 7 == 0:
            other.compact()
        with handles[turn % 2].transaction() as tx:
            tx.put("tickets", 1, {"n": -1})
            other.refresh()
            assert other.get("tickets", 1) == {"n": turn}
            with pytest.raises(StoreLocked):
                add_one(hasty)
            tx.put("tickets", 1, {"n": turn})
    assert verify(path).commits == 40


@sizes(Size(processes=2, each=15), soak=Size(processes=4, each=1000))
def test_threads_on_one_handle_and_on_many_in_several_processes_lose_nothing(path: Path, size: Size) -> None:
    def session(say: Say) -> None:
        def count(journal: Journal) -> None:
            for _ in range(size.each):
                said = add_one(journal)
                journal.refresh()
                assert (journal.get("tickets", 1) or {"n": 0})["n"] >= said
                say(said)

        shared = Journal(path, compact_at=SMALL, timeout=WAIT)
        handles = (shared, shared, shared, Journal(path, timeout=WAIT), Journal(path, timeout=WAIT))
        with ThreadPoolExecutor(len(handles)) as pool:
            list(pool.map(count, handles))

    with children(*[session] * size.processes) as family:
        said = finished(family)
    total = size.processes * 5 * size.each
    assert sorted(number for one in said for (number,) in one) == list(range(1, total + 1))
    assert Journal(path).get("tickets", 1) == {"n": total}
    assert verify(path).problems == ()
