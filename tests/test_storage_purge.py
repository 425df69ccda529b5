"""Purging records from a store: gone from every file, the chain whole, all else as it was, also after a repair."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.models.errors import StoreDamaged, StoreLocked
from botui.storage import Journal, verify
from botui.storage.backup import backup
from botui.storage.files import Paths
from botui.storage.purge import Purge, again, announce, erased, finish, pending, returned, take_away
from botui.storage.repair import repair

HUSH = "hush"
"""Stands in the records that are purged."""


def put(journal: Journal, table: str, number: int, doc: dict[str, Any] | None) -> None:
    with journal.transaction(do="x") as tx:
        if doc is not None:
            tx.put(table, number, doc)
        elif tx.exists(table, number):
            tx.remove(table, number)


def purge(journal: Journal, records: dict[str, list[int]], **stays: dict[str, Any]) -> Purge:
    what = Purge("EX-1", "2026-11-23T09:00:00.000Z", "2026-12-23", records, {"people": stays} if stays else {})
    with journal.transaction(do="erase") as tx:
        announce(Paths(journal.path), what)
        take_away(tx, what)
    done = finish(journal)
    assert done is not None
    return done


def content(journal: Journal) -> dict[str, dict[int, Any]]:
    return {table: {one: journal.get(table, one) for one in journal.ids(table)} for table in journal.tables()}


def found(folder: Path) -> list[str]:
    return [one.name for one in folder.rglob("*") if one.is_file() and HUSH.encode() in one.read_bytes()]


STEP = st.tuples(st.sampled_from(["people", "pay"]), st.integers(1, 3), st.integers(0, 3))


@settings(max_examples=8, deadline=None)
@given(steps=st.lists(st.one_of(STEP, st.just("compact")), max_size=10), gone=st.sets(st.integers(1, 3), min_size=1))
def test_whatever_was_written_a_purge_takes_that_and_nothing_else_and_all_still_verifies(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Any], gone: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("purge")
    journal = Journal(folder / "office.json")
    put(journal, "people", 1, {"name": f"{HUSH} 1" if 1 in gone else "1"})
    for step in steps:
        if step == "compact":
            journal.compact()
            continue
        table, number, value = step
        put(journal, table, number, {"name": f"{HUSH if number in gone else ''} {value}"} if value else None)
    before, commits = content(journal), len([*journal.history()])
    purge(journal, {"people": sorted(gone), "pay": sorted(gone)})
    after = {table: {one: doc for one, doc in docs.items() if one not in gone} for table, docs in before.items()}
    assert content(journal) == after
    assert found(folder) == []
    assert len([*journal.history()]) == commits + 1, "that something was done stays"
    assert verify(journal.path).problems == ()
    journal.close()

    journal.path.unlink()
    saved = repair(journal.path)
    assert (saved.lost, saved.uncertain) == ((), ()), "the journals alone still make all of it"
    assert content(Journal(journal.path)) == after
    assert verify(journal.path).problems == ()


@pytest.fixture
def journal(folder: Path) -> Journal:
    journal = Journal(folder / "office.json")
    put(journal, "people", 1, {"name": HUSH, "mobile": HUSH})
    put(journal, "people", 2, {"name": "Bob"})
    journal.compact()
    put(journal, "people", 1, {"name": HUSH})
    return journal


def test_what_stays_in_the_place_of_a_record_is_new_and_says_nothing_of_what_was(journal: Journal) -> None:
    done = purge(journal, {"people": [1]}, **{"1": {"name": "Former P-1"}})
    assert journal.get("people", 1) == {"name": "Former P-1"}
    (entry,) = journal.history("people", 1)
    (op,) = entry.ops
    assert (op.was, op.added, entry.purged) == (None, (), 1)
    assert done.struck == 3
    assert journal.next_id("people") == 3, "numbers are not given again"


def test_a_head_that_was_noted_before_is_still_in_the_chain_and_a_forged_line_still_shows(journal: Journal) -> None:
    noted = journal.head
    purge(journal, {"people": [1]})
    assert verify(journal.path, seek=noted).seen
    closed = Paths(journal.path).closed(1)
    closed.write_bytes(closed.read_bytes().replace(b"Bob", b"Rob"))
    assert verify(journal.path).problems


def test_a_table_that_was_cleared_as_a_whole_lets_go_of_it_too(journal: Journal) -> None:
    with journal.transaction(do="x") as tx:
        tx.clear("people")
    purge(journal, {"people": [1]})
    assert found(journal.path.parent) == []
    assert verify(journal.path).problems == ()


def test_what_was_announced_and_never_written_changes_nothing(journal: Journal) -> None:
    before = content(journal)
    paths = Paths(journal.path)
    announce(paths, Purge("EX-9", "2026-11-23T09:00:00.000Z", "2026-12-23", {"people": [1]}))
    assert pending(paths) is not None
    assert finish(journal) is None
    assert (pending(paths), erased(paths), content(journal)) == (None, [], before)


def test_no_backup_is_made_of_what_is_half_erased(journal: Journal, tmp_path: Path) -> None:
    what = Purge("EX-1", "2026-11-23T09:00:00.000Z", "2026-12-23", {"people": [1]})
    with journal.transaction(do="erase") as tx:
        announce(Paths(journal.path), what)
        take_away(tx, what)
    with pytest.raises(StoreLocked, match="erased"):
        backup(journal.path, tmp_path / "office.zip")
    finish(journal)
    backup(journal.path, tmp_path / "office.zip")


def test_a_note_or_a_list_that_is_damaged_is_refused_and_not_guessed(journal: Journal) -> None:
    paths = Paths(journal.path)
    paths.erasing.write_text("{")
    with pytest.raises(StoreDamaged):
        finish(journal)
    paths.erased.write_text('[{"name":1}]')
    with pytest.raises(StoreDamaged):
        erased(paths)


def test_a_copy_is_purged_of_what_it_has_of_it_and_only_once(journal: Journal, tmp_path: Path) -> None:
    import shutil
    from datetime import UTC, datetime

    journal.compact()
    copy = tmp_path / "copy"
    shutil.copytree(journal.path.parent, copy)
    purge(journal, {"people": [1]}, **{"1": {"name": "Former P-1"}})
    known = erased(Paths(journal.path))

    def clock() -> datetime:
        return datetime(2026, 12, 1, tzinfo=UTC)

    assert again(copy / "office.json", known, {"by": 1}, clock) == 1
    assert found(copy) == []
    assert content(Journal(copy / "office.json")) == content(journal)
    assert verify(copy / "office.json").problems == ()
    assert again(copy / "office.json", known, {"by": 1}, clock) == 0


@pytest.mark.parametrize("named", [True, False], ids=["stays", "nothing stays"])
def test_an_old_snapshot_that_is_taken_over_brings_nothing_back(journal: Journal, *, named: bool) -> None:
    from botui.storage.adoption import adopt

    journal.compact()
    old = journal.path.read_bytes()
    purge(journal, {"people": [1]}, **({"1": {"name": "Former P-1"}} if named else {}))
    put(journal, "people", 2, {"name": "Rob"})
    before, paths = content(journal), Paths(journal.path)
    journal.close()
    journal.path.write_bytes(old)
    found_after = adopt(journal.path)
    assert found_after.problems == ()
    assert found(journal.path.parent) == []
    after = Journal(journal.path)
    assert after.get("people", 1) == ({"name": "Former P-1"} if named else None)
    assert content(after) == before
    assert pending(paths) is None
    copies = [(one.at[:10], one.until) for one in erased(paths)]
    assert len({until for _, until in copies}) == 2, "copies made since then have as long to go as the others had"
    after.close()
    assert adopt(journal.path).head == found_after.head, "and only once"


def test_what_stayed_and_was_changed_since_is_not_taken_for_what_was_erased(journal: Journal) -> None:
    done = purge(journal, {"people": [1]}, **{"1": {"name": "Former P-1"}})
    put(journal, "people", 1, {"name": "Former P-1", "note": "came by"})
    assert returned(journal, done) == []


def test_contents_that_another_record_has_too_stay_when_a_copy_is_purged(journal: Journal, tmp_path: Path) -> None:
    import shutil
    from dataclasses import replace
    from datetime import UTC, datetime

    from botui.storage.attachments import Attachments

    files = Attachments(journal.path.parent)
    shared, own = (files.keep(name, name.encode()).digest for name in ("shared.txt", "own.txt"))
    put(journal, "people", 2, {"name": "Bob", "files": [{"digest": shared}]})
    copy = tmp_path / "copy"
    shutil.copytree(journal.path.parent, copy)
    done = replace(purge(journal, {"people": [1]}), files=(shared, own))
    again(copy / "office.json", [done], {"by": 1}, lambda: datetime(2026, 12, 1, tzinfo=UTC))
    left = {one.name for one in (copy / "files").rglob("*") if one.is_file()}
    assert any(shared in name for name in left) or any(shared[2:] in name for name in left)
    assert not any(own in name or own[2:] in name for name in left)


def test_a_repair_that_has_only_an_old_snapshot_to_go_by_brings_nothing_back(journal: Journal) -> None:
    journal.compact()
    old = journal.path.read_bytes()
    purge(journal, {"people": [1]}, **{"1": {"name": "Former P-1"}})
    paths = Paths(journal.path)
    journal.close()
    journal.path.write_bytes(old)
    for one in (paths.journal, *(paths.closed(number) for number in paths.generations())):
        one.unlink()
    repair(journal.path)
    aside = [one for one in journal.path.parent.iterdir() if one.name.startswith("damaged-")]
    assert len(aside) == 1
    outside = [one for one in journal.path.parent.rglob("*") if one.is_file() and aside[0] not in one.parents]
    assert [one.name for one in outside if HUSH.encode() in one.read_bytes()] == []
    assert Journal(journal.path).get("people", 1) == {"name": "Former P-1"}
    assert verify(journal.path).problems == ()
