"""The caches beside closed journals: with them or without, the past is the same."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.models.errors import StoreDamaged
from botui.storage import NOBODY, Journal, history, open_db, postings, verify

from .faults import in_child

BEGUN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def store(folder: Path) -> Journal:
    """A store whose clock goes on a minute with every commit."""
    minutes = iter(range(10_000))
    return Journal(folder / "office.json", clock=lambda: BEGUN + timedelta(minutes=next(minutes)))


def put(journal: Journal, number: int, text: str, table: str = "tickets", **header: Any) -> None:
    with journal.transaction(**header) as tx:
        tx.put(table, number, {"text": text})


def digests(journal: Journal, table: str = "tickets", number: int = 1) -> list[str]:
    return [entry.digest for entry in journal.history(table, number)]


def scanned(journal: Journal, table: str = "tickets", number: int = 1) -> list[str]:
    """What a look at every line finds."""
    found = []
    for entry in journal.history():
        ops = any(op.table == table and op.id in (number, None) for op in entry.ops)
        if ops or [table, number] in entry.header.get("of", []):
            found.append(entry.digest)
    return found


def indexes(folder: Path) -> list[Path]:
    return sorted((folder / "history").glob("*.index"))


@pytest.fixture
def busy(folder: Path) -> Journal:
    """Three closed journals and an open one, with 300 documents that were changed again and again."""
    journal = store(folder)
    for turn in range(4):
        with journal.transaction(by=1) as tx:
            for number in range(1, 301):
                tx.put("tickets", number, {"text": f"{turn} {number}"})
        put(journal, 7, f"turn {turn}", by=2)
        put(journal, 1, f"{turn}", "comments", by=3, of=[["tickets", 9], ["people", 3]])
        if turn < 3:
            journal.compact()
    return journal


@pytest.mark.parametrize("number", [1, 7, 9, 254, 255, 256, 300, 301, 0, -3, 10**18, 10**30])
def test_the_past_of_a_document_is_the_same_with_its_index_and_without(
    busy: Journal, folder: Path, number: int
) -> None:
    expected = digests(Journal(folder / "office.json", read_only=True), number=number)
    assert expected == scanned(busy, number=number)
    assert indexes(folder) == []
    for _ in ("writes them", "reads them"):
        assert digests(busy, number=number) == expected
    assert len(indexes(folder)) == (3 if number < 10**18 else 0) or number > 300


def test_a_document_is_also_found_in_commits_that_say_they_are_about_it(busy: Journal) -> None:
    digests(busy)
    assert [entry.header["by"] for entry in busy.history("tickets", 9)] == [1, 3] * 4
    assert [entry.header["by"] for entry in busy.history("people", 3)] == [3] * 4
    assert list(busy.history("people")) == [], "but a commit about a person touched no person"


def test_a_table_that_was_cleared_is_in_the_past_of_each_of_its_documents(folder: Path) -> None:
    with open_db(folder / "office.json", create_dirs=True) as db:
        db.table("tickets").insert({"text": "one"})
        db.table("places").insert({"text": "two"})
        db.table("tickets").truncate()
    journal = store(folder)
    put(journal, 1, "again")
    journal.compact()
    assert digests(journal) == digests(journal) == scanned(journal)
    assert any(op.id is None for entry in journal.history("tickets", 1) for op in entry.ops)
    assert len(digests(journal, "places")) == 1


def test_who_may_only_read_writes_no_index(busy: Journal, folder: Path) -> None:
    assert digests(Journal(folder / "office.json", read_only=True)) == scanned(busy)
    assert indexes(folder) == []


def test_an_index_is_private_and_may_be_deleted(busy: Journal, folder: Path) -> None:
    expected = digests(busy)
    for path in indexes(folder):
        assert path.stat().st_mode & 0o777 == 0o600
        path.unlink()
    assert digests(busy) == expected
    assert len(indexes(folder)) == 3
    assert verify(folder / "office.json")


def test_what_a_crash_left_of_an_index_is_swept(busy: Journal, folder: Path) -> None:
    left = folder / "history" / ".office.json.000001.index.0123abcd.new"
    left.write_bytes(b"half")
    assert digests(busy) == scanned(busy)
    assert not left.exists()


def test_one_look_up_does_not_index_a_whole_archive(
    busy: Journal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "_BUILT_AT_ONCE", 1)
    for count in (1, 2, 3, 3):
        assert digests(busy) == scanned(busy)
        assert len(indexes(folder)) == count


def test_where_no_index_can_be_written_the_past_is_scanned(
    busy: Journal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(postings, "write_beside", full)
    assert digests(busy) == scanned(busy)
    assert indexes(folder) == []


def test_an_index_of_a_journal_that_was_put_in_its_place_is_not_believed(busy: Journal, folder: Path) -> None:
    expected = digests(busy, number=7)
    first, second, _ = (one.with_suffix(".journal") for one in indexes(folder))
    kept = first.read_bytes()
    first.write_bytes(second.read_bytes())
    assert digests(busy, number=7) == expected[2:4] + expected[2:]
    first.write_bytes(kept)
    assert digests(busy, number=7) == expected


@pytest.mark.parametrize("what", ["empty", "cut", "longer", "text", "zeros", "of another journal"])
def test_an_index_that_is_none_is_not_believed(busy: Journal, folder: Path, what: str) -> None:
    expected = digests(busy, number=7)
    first, second, _ = indexes(folder)
    good = first.read_bytes()
    bad = {
        "empty": b"",
        "cut": good[:5000],
        "longer": good + b"x",
        "text": b"not an index\n" * 900,
        "zeros": bytes(len(good)),
        "of another journal": second.read_bytes(),
    }
    first.write_bytes(bad[what])
    reader = Journal(folder / "office.json", read_only=True)
    assert [digests(reader, number=number) for number in (7, 300)] == [expected, scanned(busy, number=300)]
    assert digests(busy, number=7) == expected


def test_a_flipped_bit_of_an_index_changes_no_answer(busy: Journal, folder: Path) -> None:
    expected = {number: digests(busy, number=number) for number in (1, 256, 7, 300)}
    reader = Journal(folder / "office.json", read_only=True)
    path = indexes(folder)[0]
    good = path.read_bytes()
    for at in [*range(0, 120, 3), *range(4090, len(good), 613)]:
        path.write_bytes(good[:at] + bytes([good[at] ^ 4]) + good[at + 1 :])
        for number, answer in expected.items():
            assert digests(reader, number=number) == answer, (at, number)


def test_damage_of_the_journal_is_said_with_an_index_too(busy: Journal, folder: Path) -> None:
    digests(busy)
    path = indexes(folder)[1].with_suffix(".journal")
    data, stat = path.read_bytes(), path.stat()
    with path.open("r+b") as file:
        file.seek(data.index(b'"text":"turn 1"'))
        file.write(b"\x01")

    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    with pytest.raises(StoreDamaged, match=r"000002\.journal is damaged"):
        digests(busy, number=7)


@pytest.mark.parametrize("closed", [False, True])
def test_a_journal_cut_short_while_the_past_is_read_is_told_and_kills_nobody(folder: Path, closed: bool) -> None:
    journal = store(folder)
    for number in range(1, 30):
        put(journal, number, "x" * 9_000)
    if closed:
        journal.compact()
    file = folder / "history/office.json.000001.journal" if closed else folder / "office.json.journal"

    def read() -> None:
        past = journal.history()
        next(past)
        os.truncate(file, 9_000)
        with pytest.raises(StoreDamaged, match=r"cut .* short|is damaged"):
            list(past)

    assert in_child(read) == 0


@pytest.mark.parametrize("way", ["all", "document", "stretch", "recent"])
def test_a_past_that_was_changed_since_is_refused_not_shown(busy: Journal, folder: Path, way: str) -> None:
    for name in ("history/office.json.000002.journal", "office.json.journal"):
        path = folder / name
        good = path.read_bytes()
        path.write_bytes(good.replace(b'"text":"turn', b'"text":"Turn'))
        ways = {
            "all": lambda: busy.history(),
            "document": lambda: busy.history("tickets", 7),
            "stretch": lambda: busy.between("2026", by=2),
            "recent": lambda: busy.recent("2026"),
        }
        with pytest.raises(StoreDamaged, match="is damaged after byte"):
            list(ways[way]())
        path.write_bytes(good)
    assert list(ways[way]())


def test_a_closed_journal_that_was_emptied_is_told(busy: Journal, folder: Path) -> None:
    (folder / "history/office.json.000002.journal").write_bytes(b"")
    reader = Journal(folder / "office.json", read_only=True)
    with pytest.raises(StoreDamaged, match=r"000002\.journal is empty"):
        list(reader.history())


TEXTS = st.sampled_from(
    ["", 'x"},{"t":"tickets","i":2,', '["tickets",2]', "\n", "\\", "\u2028é", '"of":[["tickets",1]]']
)
STEPS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(1, 3), TEXTS, st.sampled_from(["tickets", 'a"b', "é"])), max_size=12
)


@settings(max_examples=40)
@given(STEPS)
def test_any_past_is_found_with_indexes_as_without(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("past") / "office"
    journal = store(folder)
    for what, number, text, table in steps:
        with journal.transaction(by=number, of=[["tickets", number]] if what == 3 else []) as tx:
            if what == 1 and tx.exists(table, number):
                tx.remove(table, number)
            else:
                nested = {"t": "tickets", "i": 3, "d": [text, ["tickets", 1]]}
                tx.put(table, number, {"text": text, "of": nested})
                tx.put(table, 3, {"text": text})
        if what == 2:
            journal.compact()
    journal.compact()
    reader = Journal(folder / "office.json", read_only=True)
    for table in ("tickets", 'a"b', "é", "none"):
        for number in range(4):
            expected = digests(reader, table, number) if not indexes(folder) else scanned(journal, table, number)
            assert digests(journal, table, number) == digests(journal, table, number) == expected


# --- a stretch of time ------------------------------------------------------------------------------------------------


def moments() -> Iterator[str]:
    for minutes in (-5, 1, 4, 5, 60):
        yield (BEGUN + timedelta(minutes=minutes)).isoformat().replace("+00:00", "")


@pytest.mark.parametrize("by", [None, 1, 2, 3, 4, NOBODY])
def test_what_was_done_in_a_stretch_of_time_is_found_over_all_journals(busy: Journal, by: int | None) -> None:
    with busy.transaction() as tx:
        tx.put("tickets", 1, {"text": "the clock"})
    everything = list(busy.history())
    for since in moments():
        for until in (*moments(), ""):
            expected = [
                entry.digest
                for entry in everything
                if entry.header["at"] >= since and (not until or entry.header["at"] < until)
                if by is None or (entry.header["by"] or NOBODY) == by
            ]
            assert [entry.digest for entry in busy.between(since, until, by)] == expected


def test_a_store_without_a_past_has_none(folder: Path) -> None:
    assert list(store(folder).between("2026")) == []
