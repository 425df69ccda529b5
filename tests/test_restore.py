"""Putting a backup back: checked first, what was there is kept, no number given twice, open desks read it anew."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from botui.models.errors import StoreDamaged, StoreLocked
from botui.storage import Journal, verify
from botui.storage.backup import backup
from botui.storage.restore import restore
from tests.backups import HEADER, NOW, THEN, backup_of, content, old_store, put, tree

from .faults import in_child


@pytest.fixture
def path(folder: Path) -> Path:
    return old_store(folder)


@pytest.fixture
def file(path: Path, tmp_path: Path) -> Path:
    """A backup of the store, which has since gone on."""
    return backup_of(path, tmp_path)


def test_the_store_is_as_it_was_and_what_was_there_is_kept_whole(path: Path, file: Path) -> None:
    before, head = tree(path.parent), verify(path).head
    done = restore(path, file, header=HEADER, clock=lambda: NOW)
    assert done.aside == path.parent / "replaced-20261123-100000"
    assert (done.replaced, done.readable) == (head, True)
    kept = tree(done.aside)
    assert kept == {name: data for name, data in before.items() if name != "office.json.lock"}
    assert content(path) == THEN
    assert (path.parent / "secrets.json").read_text() == "then"
    assert not (path.parent / "files").exists()
    assert verify(path).problems == ()
    assert content(done.aside / "office.json") == {2: {"n": 2}, 3: {"n": 3}, 4: {"n": 4}}


def test_it_is_logged_with_what_was_put_back_and_what_was_replaced(path: Path, file: Path) -> None:
    head, done = verify(path).head, restore(path, file, header=HEADER, clock=lambda: NOW)
    journal = Journal(path)
    (*past, last) = journal.history()
    assert (last.header["by"], last.header["on"], last.header["do"]) == (3, "front", "store.restore")
    assert last.header["note"] == f"b.zip, head {done.manifest.head}; replaced head {head}"
    assert (past[-1].digest, last.digest, last.ops) == (done.manifest.head, journal.head, ())


def test_numbers_given_since_the_backup_are_not_given_again(path: Path, file: Path) -> None:
    restore(path, file, header=HEADER)
    journal = Journal(path)
    assert journal.next_id("tickets") == 6
    journal.compact()
    assert Journal(path).next_id("tickets") == 6


def test_numbers_are_raised_from_a_snapshot_whose_journal_is_lost_and_it_is_told(path: Path, file: Path) -> None:
    put(Journal(path), 9, {"n": 9})
    Journal(path).compact()
    path.with_name("office.json.journal").unlink()
    done = restore(path, file, header=HEADER)
    assert (done.readable, done.replaced) == (False, "")
    assert (content(path), Journal(path).next_id("tickets")) == (THEN, 10)


def test_a_damaged_store_is_replaced_and_kept(path: Path, file: Path) -> None:
    path.with_name("office.json.journal").write_bytes(b"nonsense\n")
    done = restore(path, file, header=HEADER)
    assert not done.readable
    assert done.aside is not None
    assert (done.aside / "office.json.journal").read_bytes() == b"nonsense\n"
    assert content(path) == THEN


def test_where_there_is_no_store_yet_it_is_made(file: Path, tmp_path: Path) -> None:
    new = tmp_path / "new" / "place" / "office.json"
    done = restore(new, file, header=HEADER)
    assert (done.aside, done.replaced, done.readable) == (None, "", True)
    assert content(new) == THEN
    assert sorted(os.listdir(new.parent)) == [
        "history",
        "office.json",
        "office.json.journal",
        "office.json.lock",
        "secrets.json",
    ]
    put(Journal(new), 5, {"n": 5})
    assert verify(new).problems == ()


def test_the_backup_of_a_tinydb_file_without_a_journal_is_put_back_with_one(tmp_path: Path) -> None:
    (tmp_path / "stock.json").write_text('{"_default": {"1": {"a": 1}}}')
    backup(tmp_path / "stock.json", tmp_path / "b.zip")
    path = tmp_path / "new" / "stock.json"
    restore(path, tmp_path / "b.zip", header=HEADER)
    assert Journal(path).get("_default", 1) == {"a": 1}
    assert verify(path).commits == 1


def test_two_restores_in_one_second_keep_both(path: Path, file: Path) -> None:
    asides = [restore(path, file, header=HEADER, clock=lambda: NOW).aside for _ in range(3)]
    assert [one.name for one in asides if one] == [
        "replaced-20261123-100000",
        "replaced-20261123-100000-2",
        "replaced-20261123-100000-3",
    ]
    assert verify(path).problems == ()


# --- others have it open ------------------------------------------------------------------------------------------


def test_it_is_refused_while_somebody_has_the_store_open(path: Path, file: Path) -> None:
    reader = Journal(path, read_only=True)
    before = tree(path.parent)
    with pytest.raises(StoreLocked, match="--even-if-open"):
        restore(path, file, header=HEADER)
    assert tree(path.parent) == before
    reader.close()
    restore(path, file, header=HEADER)


def test_who_died_with_the_store_open_is_not_in_the_way(path: Path, file: Path) -> None:
    def die() -> None:
        kept = Journal(path)
        os._exit(7 if kept.count("tickets") else 8)

    assert in_child(die) == 7
    restore(path, file, header=HEADER)


def test_an_open_handle_reads_the_restored_state_anew_and_writes_on_top_of_it(path: Path, file: Path) -> None:
    reader, writer = Journal(path), Journal(path)
    restore(path, file, header=HEADER, even_if_open=True)
    assert reader.refresh().reloaded
    assert {number: reader.get("tickets", number) for number in reader.ids("tickets")} == THEN
    with writer.transaction() as tx:
        assert tx.delta.reloaded
        assert tx.get("tickets", 1) == {"n": 1}
        tx.put("tickets", tx.next_id("tickets"), {"n": "after"})
    assert content(path) == {**THEN, 6: {"n": "after"}}
    assert [entry.header for entry in reader.refresh().entries] == [tx.header]
    assert verify(path).problems == ()


def test_writers_and_readers_at_work_during_a_restore_lose_nothing_after_it(path: Path, file: Path) -> None:
    stop, acknowledged, wrong = threading.Event(), dict[int, int](), list[object]()

    def write() -> None:
        journal = Journal(path)
        number = 0
        while not stop.is_set():
            number += 1
            with journal.transaction() as tx:
                place = tx.next_id("tickets")
                tx.put("tickets", place, {"n": number})
            acknowledged[place] = number

    def read() -> None:
        reader = Journal(path)
        while not stop.is_set():
            try:
                reader.refresh()
            except StoreDamaged as error:  # between two renames there is no journal: said, and over at the next look
                if "gone" not in str(error) and "being put back" not in str(error):
                    wrong.append(error)

    threads = [threading.Thread(target=one) for one in (write, read)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(5):
            before = len(acknowledged)
            done = restore(path, file, header=HEADER, even_if_open=True, timeout=20)
            assert done.readable
            while len(acknowledged) < before + 5 and threads[0].is_alive():
                stop.wait(0.005)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert verify(path).problems == ()
    # a number is given once, whatever was put back in between
    stores = [path, *(one / "office.json" for one in path.parent.glob("replaced-*"))]
    seen: dict[int, int] = {}
    for one in stores:
        for number, doc in content(one).items():
            if number > 5:
                assert seen.setdefault(number, doc["n"]) == doc["n"]
    assert acknowledged.items() <= seen.items()


def test_a_reader_that_comes_between_two_files_of_a_restore_stays_at_one_whole_state(path: Path, file: Path) -> None:
    reader = Journal(path)
    before = {number: reader.get("tickets", number) for number in reader.ids("tickets")}
    other = path.parent / "other"
    restore(other / "office.json", file, header=HEADER)
    journal = path.with_name("office.json.journal")
    os.replace(other / "office.json.journal", journal)
    for _ in range(2):
        with pytest.raises(StoreDamaged):
            reader.refresh()
        assert {number: reader.get("tickets", number) for number in reader.ids("tickets")} == before
    os.replace(other / "office.json", path)
    assert reader.refresh().reloaded
    assert {number: reader.get("tickets", number) for number in reader.ids("tickets")} == THEN
