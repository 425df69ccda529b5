"""Many processes write at once: nothing confirmed is lost, no number is given twice, nobody waits too long."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from botui.storage import Journal, open_db, verify

from .faults import Say, Size, Work, add_one, children, finished, sizes, table

CROWDS = sizes(Size(2), Size(8), Size(50), soak=Size(50, each=2000))
SMALL = 20_000
"""A journal of so many bytes is compacted: every few dozen commits."""


@pytest.fixture
def path(folder: Path) -> Path:
    return folder / "office.json"


@CROWDS
def test_of_many_who_read_change_and_write_the_same_document_none_is_lost(path: Path, size: Size) -> None:
    def count(say: Say) -> None:
        # the patience is that of every session: it must do for each of fifty
        journal = Journal(path)
        for _ in range(size.each):
            say(add_one(journal))

    with children(*[count] * size.processes) as family:
        said = finished(family)
    total = size.processes * size.each
    assert sorted(number for one in said for (number,) in one) == list(range(1, total + 1))
    assert Journal(path).get("tickets", 1) == {"n": total}
    report = verify(path)
    assert (report.problems, report.commits) == ((), total)


def by_journal(path: Path) -> Callable[[dict[str, int]], int]:
    journal = Journal(path, compact_at=SMALL)

    def insert(doc: dict[str, int]) -> int:
        with journal.transaction() as tx:
            number = tx.next_id("rows")
            tx.put("rows", number, doc)
        return number

    return insert


def by_tinydb(path: Path) -> Callable[[dict[str, int]], int]:
    return open_db(path, create_dirs=True).table("rows").insert


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
