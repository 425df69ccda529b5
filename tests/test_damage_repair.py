"""What a repair promises: everything kept aside, the newest of each record, no number twice, and every doubt said."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.models.errors import StoreDamaged, StoreLocked
from botui.storage import Journal, verify
from botui.storage.adoption import adopt
from botui.storage.repair import REPORT, repair

from .faults import table


@pytest.fixture
def path(folder: Path) -> Path:
    """A store of two generations, whose last journal has four changes."""
    path = folder / "office.json"
    write(path, {1: "one", 2: "two", 3: "three"})
    Journal(path).compact()
    write(path, {4: "four", 2: "two, changed", 5: "five", 1: "one, changed"})
    return path


def write(path: Path, texts: dict[int, str]) -> None:
    journal = Journal(path)
    for number, text in texts.items():
        with journal.transaction(do="tickets.add") as tx:
            tx.put("tickets", number, {"subject": text})


def journal_of(path: Path) -> Path:
    return path.with_name("office.json.journal")


def texts(path: Path) -> dict[int, Any]:
    return {number: doc["subject"] for number, doc in table(Journal(path), "tickets").items()}


def spoil(file: Path, old: bytes, new: bytes) -> None:
    data = file.read_bytes()
    assert data.count(old) == 1
    file.write_bytes(data.replace(old, new))


ALL = {1: "one, changed", 2: "two, changed", 3: "three", 4: "four", 5: "five"}


def test_a_sound_store_is_left_alone(path: Path) -> None:
    before = {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()}
    assert repair(path).sound
    assert repair(path, dry_run=True).sound
    assert {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()} == before


def test_changes_after_the_damage_are_saved_and_the_line_itself_is_named(path: Path) -> None:
    spoil(journal_of(path), b"two, changed", b"two, CHANGED")
    done = repair(path)
    assert texts(path) == ALL | {2: "two, CHANGED"}
    (doubt,) = done.uncertain
    assert re.fullmatch(
        r"T-2: taken from line 3 of office\.json\.journal, which is damaged \(byte \d+\): look at it\.", doubt
    )


def test_of_a_line_that_cannot_be_read_the_state_before_is_kept_and_said(path: Path) -> None:
    spoil(journal_of(path), b'{"subject":"two, changed"}', b'{"subject" ### changed"}')
    done = repair(path)
    assert texts(path) == ALL | {2: "two"}
    assert "T-2: taken from before the damage at byte" in done.uncertain[0]
    assert "of office.json.journal; later changes may be missing" in done.uncertain[0]
    assert done.lost[0].startswith("office.json.journal, line 3")
    assert (done.saved, done.aside is not None) == (5, True)


def test_a_record_that_is_nowhere_else_is_lost_and_its_number_is_not_given_again(path: Path) -> None:
    spoil(journal_of(path), b'{"subject":"five"}', b'{"subject"###five"}')
    spoil(journal_of(path), b'{"subject":"one, changed"}', b'{"subject"###e, changed"}')
    done = repair(path)
    assert texts(path) == {1: "one", 2: "two, changed", 3: "three", 4: "four"}
    assert any(re.match(r"T-5: byte \d+ of office\.json\.journal is damaged", one) for one in done.lost)
    assert Journal(path).next_id("tickets") > 5


def test_later_changes_of_a_record_take_away_the_doubt(path: Path) -> None:
    write(path, {2: "two, again"})
    spoil(journal_of(path), b'"d":{"subject":"two, changed"}', b'"d":{"subject" ### changed"}')
    done = repair(path)
    assert texts(path)[2] == "two, again"
    assert done.uncertain == ()


def test_a_snapshot_beyond_reading_is_made_again_from_a_complete_history(path: Path) -> None:
    path.write_bytes(b"\0" * 500)
    done = repair(path)
    assert (texts(path), done.uncertain) == (ALL, ())
    assert verify(path).problems == ()


def test_without_a_complete_history_the_lines_of_the_snapshot_are_taken_and_said(path: Path) -> None:
    (path.parent / "history" / "office.json.000001.journal").unlink()
    spoil(path, b'{"subject":"three"}', b'{"subject"#"three"}')
    done = repair(path)
    assert texts(path) == {number: text for number, text in ALL.items() if number != 3}
    assert "T-3: found nowhere" in " ".join(done.lost)
    assert any(re.match(r"office\.json, line 5 \(byte \d+\) cannot be read", one) for one in done.lost)
    assert done.uncertain == ()


def test_everything_there_was_is_kept_untouched_with_a_report(path: Path) -> None:
    spoil(journal_of(path), b"two, changed", b"two, CHANGED")
    before = {str(one.relative_to(path.parent)): one.read_bytes() for one in path.parent.rglob("*") if one.is_file()}
    done = repair(path)
    assert done.aside is not None
    kept = {str(one.relative_to(done.aside)): one.read_bytes() for one in done.aside.rglob("*") if one.is_file()}
    report = kept.pop(REPORT).decode()
    assert kept == before
    assert set(report.splitlines()) == {*done.lost, *done.uncertain}
    assert done.aside.stat().st_mode & 0o777 == 0o700
    Journal(path).compact()
    write(path, {9: "later"})
    again = {str(one.relative_to(done.aside)): one.read_bytes() for one in done.aside.rglob("*") if one.is_file()}
    assert again == {**kept, REPORT: report.encode()}


def test_what_was_kept_stays_as_it_was_while_the_journal_in_place_goes_on(path: Path) -> None:
    spoil(path.parent / "history/office.json.000001.journal", b'{"subject":"two"}', b'{"subject" ## "}')
    kept = repair(path).aside
    assert kept is not None
    before = (kept / "office.json.journal").read_bytes()
    write(path, {6: "six"})
    assert (kept / "office.json.journal").read_bytes() == before


def test_the_history_goes_on_from_what_is_whole_of_the_old_one(path: Path) -> None:
    generation, head = Journal(path).generation, Journal(path).head
    spoil(journal_of(path), b'{"subject":"five"}', b'{"subject"###five"}')
    repair(path)
    journal = Journal(path)
    assert journal.generation == generation + 1
    assert [op.id for entry in journal.history("tickets") for op in entry.ops] == [1, 2, 3, 4, 2]
    write(path, {6: "six"})
    journal.refresh()
    journal.compact()
    report = verify(path, seek=head)
    assert report.problems == ()
    assert "just before" in report.seen
    assert any("was damaged; all there was of it is in damaged-" in note for note in report.notes)


def test_a_past_that_was_cut_between_two_lines_is_kept_as_far_as_it_goes(path: Path) -> None:
    closed = path.parent / "history" / "office.json.000001.journal"
    closed.write_bytes(b"".join(closed.read_bytes().splitlines(keepends=True)[:3]))
    assert "does not follow" in verify(path).problems[0]
    assert repair(path).uncertain == ()
    assert verify(path).problems == ()
    assert texts(path) == ALL
    journal = Journal(path)
    assert [op.id for entry in journal.history("tickets") for op in entry.ops] == [1, 2, 4, 2, 5, 1]


def test_two_repairs_have_two_folders_and_a_crash_between_the_steps_is_mended_by_the_second(path: Path) -> None:
    spoil(journal_of(path), b'{"subject":"five"}', b'{"subject"###five"}')
    damaged = journal_of(path).read_bytes()
    repair(path)
    first = texts(path)
    # as if the process had died after the snapshot was written and before the journal was
    journal_of(path).write_bytes(damaged)
    shutil.rmtree(path.parent / "history")
    shutil.copytree(next(path.parent.glob("damaged-*")) / "history", path.parent / "history")
    repair(path)
    assert texts(path) == first
    assert len(list(path.parent.glob("damaged-*"))) == 2
    assert verify(path).problems == ()


def test_a_dry_run_changes_nothing_and_says_the_same(path: Path) -> None:
    spoil(journal_of(path), b"two, changed", b"two, CHANGED")
    before = {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()}
    told = repair(path, dry_run=True)
    assert {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()} == before
    done = repair(path)
    assert (told.saved, told.uncertain, told.lost, told.aside) == (done.saved, done.uncertain, done.lost, None)


def test_a_repair_waits_its_turn(path: Path) -> None:
    with Journal(path).transaction(), pytest.raises(StoreLocked):
        repair(path, timeout=0.02)


def test_a_session_that_is_open_goes_on_in_the_repaired_store(path: Path) -> None:
    session = Journal(path)
    spoil(journal_of(path), b'{"subject":"five"}', b'{"subject"###five"}')
    repair(path)
    assert session.refresh().reloaded
    with session.transaction() as tx:
        tx.put("tickets", tx.next_id("tickets"), {"subject": "new"})
    assert verify(path).problems == ()
    assert len(texts(path)) == 5


def test_a_repaired_store_can_be_adopted_damaged_and_repaired_again(path: Path) -> None:
    for round_ in range(3):
        write(path, {20 + round_: "text"})
        Journal(path).compact()
        write(path, {30 + round_: f"round {round_} ends"})
        spoil(journal_of(path), b"round %d ends" % round_, b"round %d ENDS" % round_)
        with pytest.raises(StoreDamaged):
            adopt(path)
        assert len(repair(path).uncertain) == 1
        assert verify(path).problems == ()
    assert texts(path) == ALL | {20 + n: "text" for n in range(3)} | {30 + n: f"round {n} ENDS" for n in range(3)}


BITES = st.tuples(st.floats(0, 1), st.integers(1, 300), st.sampled_from([b"\0", b"\n", b"#"]))


@settings(max_examples=40)
@given(bites=st.lists(st.tuples(st.integers(0, 3), BITES), min_size=1, max_size=3))
def test_whatever_is_bitten_out_of_whichever_files_a_sound_store_comes_of_it(
    tmp_path_factory: pytest.TempPathFactory, bites: list[tuple[int, tuple[float, int, bytes]]]
) -> None:
    path = tmp_path_factory.mktemp("bitten") / "office" / "office.json"
    write(path, {1: "one", 2: "two"})
    Journal(path).compact()
    write(path, {3: "three", 1: "one, changed"})
    right = texts(path)
    files = [path, journal_of(path), next((path.parent / "history").iterdir()), path.with_name("office.json.lock")]
    for which, (place, size, fill) in bites:
        data = files[which].read_bytes()
        start = int(place * len(data))
        files[which].write_bytes(data[:start] + fill * len(data[start : start + size]) + data[start + size :])
    found = verify(path)
    done = repair(path)
    assert done.sound == (not found.problems)
    assert verify(path).problems == ()
    said = " ".join(done.lost + done.uncertain)
    now = texts(path)
    for number in right:
        torn = any("cut off" in note for note in found.notes)
        assert now.get(number) == right[number] or said or torn, (number, now)
    write(path, {9: "nine"})
    Journal(path).compact()
    assert verify(path).problems == ()
