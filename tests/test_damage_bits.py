"""Every bit of the files of a small store, flipped: refused or mended, and never believed or dropped in silence."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from botui.models.errors import StoreDamaged
from botui.storage import Journal, verify
from botui.storage.repair import repair

from .faults import table

State = dict[str, dict[int, dict[str, Any]]]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of three generations; spaces, so that a flip makes a NUL, and characters of several bytes."""
    path = tmp_path_factory.mktemp("sound") / "office" / "office.json"
    journal = Journal(path)
    for number in range(1, 5):
        with journal.transaction(by=1, do="tickets.add") as tx:
            tx.put("tickets", tx.next_id("tickets"), {"subject": f"No {number} \u00c0 @"})
            tx.put("people", 1, {"seen": number})
        if number in (1, 2):
            journal.compact()
    with journal.transaction() as tx:
        tx.remove("tickets", 1)
    return path


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    shutil.copytree(sound.parent, tmp_path / "office")
    return tmp_path / "office" / "office.json"


def journal_of(path: Path) -> Path:
    return path.with_name("office.json.journal")


def state(path: Path) -> State:
    journal = Journal(path, read_only=True)
    return {name: table(journal, name) for name in journal.tables()}


def flips(data: bytes, start: int, end: int, bits: int = 8) -> Iterator[tuple[int, bytes]]:
    """Give all that can become of bytes by one flipped bit; with fewer ``bits`` so many of each byte, in turn."""
    for place in range(start, end):
        for bit in range(8) if bits == 8 else [(place * 5 + turn * 3) % 8 for turn in range(bits)]:
            spoiled = bytearray(data)
            spoiled[place] ^= 1 << bit
            yield place, bytes(spoiled)


def refused(path: Path) -> bool:
    try:
        Journal(path)
    except StoreDamaged:
        return True
    return False


def test_the_last_line_flipped_at_any_bit_is_refused_never_dropped(path: Path) -> None:
    data = journal_of(path).read_bytes()
    start = data.rindex(b"\n", 0, -1) + 1
    made_nul = 0
    for place, spoiled in flips(data, start, len(data) - 1):
        journal_of(path).write_bytes(spoiled)
        made_nul += spoiled[place] == 0
        assert refused(path), (place, spoiled[start:])
        assert journal_of(path).read_bytes() == spoiled
    # a space, say: it is no block that never reached the disk, and so no torn tail
    assert made_nul


def test_a_last_newline_flipped_makes_a_torn_tail_that_is_kept_aside_and_reported(path: Path, sound: Path) -> None:
    data = journal_of(path).read_bytes()
    start = data.rindex(b"\n", 0, -1) + 1
    for _, spoiled in flips(data, len(data) - 1, len(data)):
        shutil.rmtree(path.parent)
        shutil.copytree(sound.parent, path.parent)
        journal_of(path).write_bytes(spoiled)
        # nothing tells it from a write that was cut off before its end, and so was never confirmed
        journal = Journal(path)
        assert journal.ids("tickets") == [1, 2, 3, 4]
        assert journal_of(path).read_bytes() == spoiled
        assert "cut off" in verify(path).notes[0]
        with journal.transaction() as tx:
            tx.put("tickets", 5, {})
        (aside,) = (path.parent / "history").glob("*.torn")
        assert aside.read_bytes() == spoiled[start:]
        assert aside.name in journal.notes[0]
        assert journal.ids("tickets") == [1, 2, 3, 4, 5]
        assert verify(path).problems == ()


def test_any_other_bit_of_the_journal_flipped_is_refused(path: Path) -> None:
    data = journal_of(path).read_bytes()
    for place, spoiled in flips(data, 0, data.rindex(b"\n", 0, -1) + 1, bits=2):
        journal_of(path).write_bytes(spoiled)
        assert refused(path), (place, spoiled)


def test_any_bit_of_the_snapshot_flipped_is_refused(path: Path) -> None:
    data = path.read_bytes()
    for place, spoiled in flips(data, 0, len(data)):
        path.write_bytes(spoiled)
        assert refused(path), (place, spoiled)
        assert path.read_bytes() == spoiled


@pytest.mark.parametrize("generation", [1, 2])
def test_any_bit_of_the_history_flipped_is_found_and_holds_nobody_up(path: Path, generation: int) -> None:
    file = path.parent / "history" / f"office.json.{generation:06d}.journal"
    data, right = file.read_bytes(), state(path)
    for place, spoiled in list(flips(data, 0, len(data), bits=1))[::2]:
        file.write_bytes(spoiled)
        assert file.name in verify(path).problems[0], (place, spoiled)
    assert state(path) == right


def test_any_bit_of_the_lock_flipped_is_found_holds_nobody_up_and_is_mended_by_the_next_write(path: Path) -> None:
    lock, right = path.with_name("office.json.lock"), state(path)
    data = lock.read_bytes()
    for place, spoiled in flips(data, 0, len(data), bits=1):
        lock.write_bytes(spoiled)
        assert f"from byte {place} on" in verify(path).problems[0]
    assert state(path) == right
    with Journal(path).transaction() as tx:
        tx.put("people", 2, {})
    assert lock.read_bytes() == data
    assert verify(path).problems == ()


def test_check_says_of_any_bit_in_which_line_it_is(path: Path) -> None:
    data = journal_of(path).read_bytes()
    for place, spoiled in list(flips(data, 0, len(data) - 1, bits=1))[::2]:
        journal_of(path).write_bytes(spoiled)
        line = data[:place].count(b"\n") + 1
        problems = verify(path).problems
        assert any(one.startswith(f"office.json.journal, line {line}, is damaged") for one in problems), (
            place,
            problems,
        )


def test_repair_takes_any_flipped_bit_of_a_line_back(path: Path, sound: Path) -> None:
    data, right = journal_of(path).read_bytes(), state(path)
    for place, spoiled in list(flips(data, 0, len(data) - 1, bits=1))[::19]:
        shutil.rmtree(path.parent)
        shutil.copytree(sound.parent, path.parent)
        journal_of(path).write_bytes(spoiled)
        done = repair(path)
        assert (state(path), done.uncertain, done.sound) == (right, (), False), (place, done)
        assert verify(path).problems == ()
