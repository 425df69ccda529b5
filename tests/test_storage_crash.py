"""Crashes, damage and full disks: what was acknowledged stays, and nothing is skipped in silence."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from botui.models.errors import StoreDamaged, StoreFull
from botui.storage import Journal, compaction, files, verify
from botui.storage.adoption import adopt
from botui.storage.files import Handle
from botui.storage.repair import repair

from .faults import in_child


@pytest.fixture
def path(folder: Path) -> Path:
    return folder / "office.json"


def put(journal: Journal, number: int, doc: dict[str, Any]) -> None:
    with journal.transaction() as tx:
        tx.put("tickets", number, doc)


def content(path: Path) -> dict[int, Any]:
    journal = Journal(path)
    return {number: journal.get("tickets", number) for number in journal.ids("tickets")}


def journal_of(path: Path) -> Path:
    return path.with_name("office.json.journal")


def test_a_last_line_cut_at_any_byte_is_mended_by_the_next_writer(path: Path) -> None:
    journal = Journal(path)
    put(journal, 1, {"n": 1})
    whole = journal.size
    put(journal, 1, {"n": 2})
    data = journal_of(path).read_bytes()
    journal.close()
    for cut in range(whole, len(data)):
        journal_of(path).write_bytes(data[:cut])
        shutil.rmtree(path.parent / "history", ignore_errors=True)
        assert content(path) == {1: {"n": 1}}
        assert journal_of(path).stat().st_size == cut
        again = Journal(path)
        put(again, 1, {"n": 3})
        assert content(path) == {1: {"n": 3}}
        aside = [file.read_bytes() for file in (path.parent / "history").glob("*.torn")]
        assert aside == ([data[whole:cut]] if cut > whole else [])
        assert len(again.notes) == len(aside)
        assert verify(path).problems == ()


@pytest.mark.parametrize("tail", [b"\0" * 4096, b'["abc' + b"\0" * 600 + b"\n", b"\0\n\0\n", b"garbage"], ids=ascii)
def test_blocks_that_never_reached_the_disk_are_a_torn_tail(path: Path, tail: bytes) -> None:
    journal = Journal(path)
    put(journal, 1, {"n": 1})
    with journal_of(path).open("ab") as file:
        file.write(tail)
    assert content(path) == {1: {"n": 1}}
    assert "cut off" in verify(path).notes[0]
    put(journal, 2, {"n": 2})
    assert tail[:2] in next((path.parent / "history").glob("*.torn")).read_bytes()
    assert content(path) == {1: {"n": 1}, 2: {"n": 2}}


def test_a_reader_waits_for_the_end_of_a_line(path: Path) -> None:
    journal, reader = Journal(path), Journal(path)
    put(journal, 1, {"n": 1})
    reader.refresh()
    put(journal, 1, {"n": 2})
    data = journal_of(path).read_bytes()
    for cut in (journal.size - 5, journal.size - 1):
        os.truncate(journal_of(path), cut)
        assert reader.refresh().entries == ()
        assert reader.get("tickets", 1) == {"n": 1}
    journal_of(path).write_bytes(data)
    assert len(reader.refresh().entries) == 1


def test_any_flipped_bit_is_found_never_skipped(path: Path) -> None:
    journal = Journal(path)
    for number in range(3):
        put(journal, 1, {"n": number})
    journal.compact()
    for number in range(3, 5):
        put(journal, 1, {"n": number})
    journal.close()
    damaged = [path, journal_of(path), path.parent / "history" / "office.json.000001.journal"]
    for file in damaged:
        data = file.read_bytes()
        for position in range(0, len(data), 3):
            flipped = bytearray(data)
            flipped[position] ^= 1 << position % 8
            file.write_bytes(flipped)
            report = verify(path)
            assert report.problems or report.notes, (file, position)
            if file is not damaged[2] and position < len(data) - 1:
                with pytest.raises(StoreDamaged):
                    Journal(path)
        file.write_bytes(data)
    assert verify(path).problems == ()


def test_nuls_before_good_lines_are_damage(path: Path) -> None:
    journal = Journal(path)
    for number in range(3):
        put(journal, 1, {"n": number})
    data = bytearray(journal_of(path).read_bytes())
    middle = data.index(b'{"n":1}')
    data[middle : middle + 7] = b"\0" * 7
    journal_of(path).write_bytes(data)
    with pytest.raises(StoreDamaged, match=r"office\.json\.journal"):
        Journal(path)


def test_a_running_session_notices_damage(path: Path) -> None:
    journal = Journal(path)
    put(journal, 1, {"n": 1})
    with journal_of(path).open("ab") as file:
        file.write(b'["' + b"0" * 32 + b'",{"at":"x","by":null},[]]\n')
    with pytest.raises(StoreDamaged):
        journal.refresh()
    with pytest.raises(StoreDamaged):
        put(journal, 1, {"n": 2})


@pytest.mark.parametrize("line", [b"", b"{}", b"[1,2,3]", b'["a",{"format":1},[]]', b'["a",{"format":99},[]]', b"1"])
def test_another_first_line_is_refused(path: Path, line: bytes) -> None:
    path.parent.mkdir()
    journal_of(path).write_bytes(line + b"\n")
    with pytest.raises(StoreDamaged):
        Journal(path)
    assert verify(path).problems


STEPS = ("append", "write_beside", "replace", "sync_folder", "keep", "sweep")


def crash_at(step: int) -> Callable[[], None]:
    """Make the process die before its n-th step on the disk."""
    left = step

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            nonlocal left
            if left == 0:
                os._exit(9)
            left -= 1
            return real(*arguments)

        return call

    def install() -> None:
        for module in (files, compaction):
            for name in STEPS:
                if hasattr(module, name):
                    setattr(module, name, counted(getattr(module, name)))
        for name in ("fsync", "fdatasync", "link", "replace"):
            setattr(os, name, counted(getattr(os, name)))

    return install


def test_a_crash_between_any_two_steps_of_a_compaction_loses_nothing(folder: Path, tmp_path: Path) -> None:
    path = folder / "office.json"
    journal = Journal(path)
    for number in range(1, 6):
        put(journal, number, {"n": number})
    with journal.transaction() as tx:
        tx.remove("tickets", 5)
    journal.compact()
    put(journal, 1, {"n": "changed"})
    follower_head = journal.head
    journal.close()
    expected = content(path)
    template = tmp_path / "template"
    shutil.copytree(folder, template)
    for step in range(100):
        shutil.rmtree(folder)
        shutil.copytree(template, folder)
        follower = Journal(path)

        def compact(step: int = step) -> None:
            victim = Journal(path)
            crash_at(step)()
            victim.compact()

        code = in_child(compact)
        assert content(path) == expected
        assert follower.refresh().entries == ()
        assert follower.get("tickets", 1) == {"n": "changed"}
        if step % 2:
            Journal(path).compact()
        with Journal(path).transaction() as tx:
            assert tx.next_id("tickets") == 6
            tx.put("tickets", 6, {"n": 6})
        assert content(path) == {**expected, 6: {"n": 6}}
        assert [entry.header for entry in follower.refresh().entries] == [tx.header] or follower.get("tickets", 6)
        Journal(path).compact()
        assert verify(path).problems == ()
        assert not list(folder.rglob("*.new")), step
        assert follower_head in [entry.digest for entry in Journal(path).history()]
        if code == 0:
            break
    assert code == 0
    assert step > 12


def test_a_crash_in_the_first_commit_ever_leaves_a_store_that_works(folder: Path) -> None:
    path = folder / "office.json"
    for step in range(30):
        shutil.rmtree(folder, ignore_errors=True)

        def first(step: int = step) -> None:
            crash_at(step)()
            put(Journal(path), 1, {"n": 1})

        code = in_child(first)
        assert content(path) in ({}, {1: {"n": 1}})
        put(Journal(path), 2, {"n": 2})
        assert verify(path).problems == ()
        if code == 0:
            break
    assert code == 0


def limited(room: int, work: Callable[[], None]) -> Callable[[], None]:
    """Let no file grow beyond ``room`` bytes: what a full disk does, without one."""

    def run() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        work()

    return run


def test_a_full_disk_refuses_the_write_and_leaves_the_store_as_it_was(path: Path) -> None:
    journal = Journal(path)
    put(journal, 1, {"text": "x" * 100})
    size = journal.size

    def work() -> None:
        head = journal.head
        for room in range(size, size + 200, 7):
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
            with pytest.raises(StoreFull, match="full"):
                put(journal, 2, {"text": "y" * 200})
            assert (journal.size, journal.head, journal.ids("tickets")) == (size, head, [1])
            assert journal_of(path).stat().st_size == size
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        put(journal, 2, {"text": "z"})

    assert in_child(limited(size, work)) == 0
    assert content(path)[2] == {"text": "z"}
    assert verify(path).problems == ()


def test_a_disk_too_full_to_compact_goes_on_with_the_old_journal(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    put(Journal(path), 1, {"text": "x" * 100})
    journal = Journal(path, compact_at=1)
    monkeypatch.setattr(compaction, "write_beside", full)
    put(journal, 1, {"n": 1})
    put(journal, 1, {"n": 2})
    with pytest.raises(StoreFull):
        journal.compact()
    assert (journal.generation, len(journal.notes), "compacted" in journal.notes[0]) == (1, 1, True)
    assert content(path) == {1: {"n": 2}}
    monkeypatch.undo()
    journal.compact()
    assert (journal.generation, content(path)) == (2, {1: {"n": 2}})


def test_a_compaction_without_room_for_its_last_line_gives_back_the_room_of_the_snapshot(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: Handle, size: int, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    journal = Journal(path)
    put(journal, 1, {"n": 1})
    monkeypatch.setattr(compaction, "append", full)
    with pytest.raises(StoreFull):
        journal.compact()
    assert sorted(one.name for one in path.parent.iterdir()) == ["office.json.journal", "office.json.lock"]


def test_a_snapshot_rewritten_by_another_program_is_never_written_over(path: Path) -> None:
    journal = Journal(path, compact_at=1)
    put(journal, 1, {"n": 1})
    path.write_text('{"tickets":{"1":{"n":99}}}')
    with pytest.raises(StoreDamaged, match="botui adopt"):
        journal.compact()
    put(journal, 1, {"n": 2})
    assert "botui adopt" in journal.notes[0]
    assert "99" in path.read_text()
    with pytest.raises(StoreDamaged, match="botui adopt"):
        Journal(path)


def test_a_journal_in_the_history_is_never_written_over_by_another(path: Path) -> None:
    journal = Journal(path)
    put(journal, 1, {"n": 1})
    journal.compact()
    put(journal, 1, {"n": 2})
    closed = path.parent / "history" / "office.json.000001.journal"
    newest, older = journal_of(path).read_bytes(), closed.read_bytes()
    # swapped: the older one ends in the seal of the snapshot, and so the store opens
    journal_of(path).write_bytes(older)
    closed.write_bytes(newest)
    with pytest.raises(StoreDamaged, match="botui check"):
        Journal(path).compact()
    assert closed.read_bytes() == newest
    assert "not older than" in verify(path).problems[0]
    assert repair(path).uncertain == ()
    assert content(path) == {1: {"n": 2}}


def test_adopting_refuses_a_journal_that_is_not_the_newest(path: Path) -> None:
    journal = Journal(path)
    for number in range(3):
        put(journal, 1, {"n": number})
        journal.compact()
    closed = path.parent / "history" / "office.json.000001.journal"
    journal_of(path).write_bytes(closed.read_bytes())
    path.write_text('{"tickets":{"1":{"n":99}}}')
    with pytest.raises(StoreDamaged, match="botui repair"):
        adopt(path)
    done = repair(path)
    assert content(path) == {1: {"n": 2}}
    assert "T-1: office.json has something else" in done.uncertain[0]


@pytest.mark.parametrize("lost", [False, True])
def test_an_open_session_shows_and_keeps_what_was_adopted(path: Path, tmp_path: Path, lost: bool) -> None:
    journal = Journal(path)
    put(journal, 1, {"n": 1})
    journal.compact()
    session = Journal(path)
    if lost:  # with a change in it that this session had not seen yet
        journal.compact()
        (path.parent / "office.json.journal").unlink()
    other = tmp_path / "other.json"
    other.write_text('{"tickets":{"1":{"n":99}}}')
    os.replace(other, path)
    adopt(path)
    session.refresh()
    assert session.get("tickets", 1) == {"n": 99}
    session.compact()
    assert content(path) == {1: {"n": 99}}


def test_a_flush_that_fails_is_never_called_a_success(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(path)
    put(journal, 1, {"n": 1})

    def broken(fd: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fdatasync", broken)
    with pytest.raises(StoreFull, match="may not have been kept"):
        put(journal, 1, {"n": 2})
    monkeypatch.undo()
    with pytest.raises(StoreFull, match="looked at"):
        put(journal, 1, {"n": 3})
    assert journal.get("tickets", 1) is not None
    put(Journal(path), 1, {"n": 4})


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.EROFS, "can only be read"), (errno.EACCES, "no right"), (errno.EIO, "reports an error")],
)
def test_what_the_disk_says_is_put_in_words(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(StoreFull, match=words):
        put(Journal(path), 1, {})


def test_a_history_that_knows_no_second_names_is_copied(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    journal = Journal(path)
    put(journal, 1, {"n": 1})
    journal.compact()
    assert len(list(journal.history())) == 1
    assert verify(path).problems == ()
