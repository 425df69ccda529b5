"""Full disks, disks that refuse, disks that can only be read: the write is refused, and nothing is lost."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from botui.models.errors import StoreError, StoreFull
from botui.storage import Journal, verify, write_atomic
from botui.storage.repair import repair

from .disks import Disk, on_disk, refusing
from .faults import in_child, table

REAL = pytest.mark.parametrize("real", [True, False], ids=["a small disk", "a limit"])


def put(journal: Journal, number: int, **doc: Any) -> None:
    with journal.transaction() as tx:
        tx.put("tickets", number, doc)


def held(path: Path) -> dict[int, dict[str, Any]]:
    return table(Journal(path), "tickets")


def accepted(work: Callable[[], None]) -> bool:
    """Do it, and say whether the disk had room for it."""
    try:
        work()
    except StoreFull as error:
        if "full" not in str(error):
            raise
        return False
    return True


def whole(path: Path) -> bool:
    """Whether nothing is wrong, and nothing but what the next write puts aside is left over."""
    report = verify(path)
    assert report.problems == (), report
    return not report.notes


@REAL
def test_a_full_disk_refuses_the_write_and_loses_nothing(tmp_path: Path, real: bool) -> None:
    def work(disk: Disk) -> None:
        path = disk.folder / "office.json"
        journal = Journal(path)
        for number in range(1, 6):
            put(journal, number, text="x" * 300)
        kept = held(path)
        for left in range(3):
            disk.fill(left)
            refused = 0
            for size in (9_000, 40_000, 9_000):
                if accepted(partial(put, journal, 6, text="y" * size)):
                    kept = kept | {6: {"text": "y" * size}}
                else:
                    refused += 1
                assert table(journal, "tickets") == held(path) == kept
                assert whole(path)
            assert refused
        disk.free()
        with journal.transaction() as tx:
            number = tx.next_id("tickets")
            tx.put("tickets", number, {"text": "z"})
        assert held(path) == kept | {number: {"text": "z"}}
        journal.compact()
        assert held(path) == kept | {number: {"text": "z"}}
        assert whole(path)

    on_disk(tmp_path, work, real=real)


@REAL
def test_a_disk_that_fills_up_during_a_compaction_loses_nothing(tmp_path: Path, real: bool) -> None:
    def work(disk: Disk) -> None:
        path = disk.folder / "office.json"
        journal = Journal(path, compact_at=1)
        kept: dict[int, dict[str, Any]] = {}
        refused = 0
        for left in range(24):
            number = left + 1
            kept[number] = {"text": "x" * 800}
            put(Journal(path, compact_at=1 << 30), number, **kept[number])
            disk.fill(left)
            refused += not accepted(journal.compact)
            assert table(journal, "tickets") == held(path) == kept
            # due as it is, it is tried again by the next commit, which does not mind when it fails
            if accepted(partial(put, journal, 50, n=left)):
                kept[50] = {"n": left}
            assert table(journal, "tickets") == held(path) == kept
            assert whole(path)
            disk.free()
        assert refused
        put(journal, 51)
        journal.compact()
        assert held(path) == kept | {51: {}}
        assert whole(path)
        assert not list(disk.folder.glob(".*.new"))

    on_disk(tmp_path, work, real=real)


@REAL
def test_a_first_commit_on_a_full_disk_leaves_a_store_that_can_be_begun(tmp_path: Path, real: bool) -> None:
    def work(disk: Disk) -> None:
        path = disk.folder / "office.json"
        refused = 0
        for left in range(5):
            shutil.rmtree(disk.folder, ignore_errors=True)
            disk.fill(left)
            if not accepted(lambda: put(Journal(path), 1, text="x" * 600)):
                refused += 1
                assert held(path) == {}
            disk.free()
            assert whole(path)
            put(Journal(path), 1, n=left)
            assert held(path) == {1: {"n": left}}
            assert whole(path)
        assert refused

    on_disk(tmp_path, work, real=real)


@REAL
def test_a_disk_without_room_for_one_more_file_loses_nothing(tmp_path: Path, real: bool) -> None:
    def work(disk: Disk) -> None:
        path = disk.folder / "office.json"
        journal = Journal(path)
        put(journal, 1, n=1)
        others = [disk.folder.with_name(f"other{number}") for number in range(100)]
        there = [other for other in others if accepted(partial(write_atomic, other, b""))]
        assert 0 < len(there) < 100
        put(journal, 2, n=2)
        done = False
        while not done:
            done = accepted(journal.compact)
            assert table(journal, "tickets") == held(path) == {1: {"n": 1}, 2: {"n": 2}}
            assert whole(path)
            there.pop().unlink()
        assert len(there) < len(others) - 1
        for other in there:
            other.unlink()
        put(journal, 3, n=3)
        journal.compact()
        assert held(path) == {number: {"n": number} for number in (1, 2, 3)}
        assert whole(path)

    on_disk(tmp_path, work, real=real, files=16)


ERRORS = [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS]


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("what", ["first commit", "commit", "compaction"])
def test_whatever_call_the_disk_refuses_nothing_confirmed_is_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch, what: str, number: int
) -> None:
    path = folder / "office.json"
    seen: set[str] = set()
    for call in range(40):
        shutil.rmtree(folder, ignore_errors=True)
        kept: dict[int, dict[str, Any]] = {}
        if what != "first commit":
            put(Journal(path), 1, n=1)
            kept = {1: {"n": 1}}
        journal = Journal(path)
        done = False
        with refusing(monkeypatch, number, call) as refused:
            try:
                if what == "compaction":
                    journal.compact()
                else:
                    put(journal, 2, n=2)
                done = True
            except StoreFull:
                pass
        seen |= set(refused[:1])
        after = held(path)
        assert (
            after == kept | {2: {"n": 2}} if done and what != "compaction" else after in (kept, {**kept, 2: {"n": 2}})
        )
        assert verify(path).problems == ()
        # a disk that could not flush is not trusted by who saw it; a session opened anew goes on
        put(Journal(path), 3, n=3)
        Journal(path).compact()
        assert held(path) == after | {3: {"n": 3}}
        assert whole(path)
        if not refused:
            break
    assert not refused
    assert seen >= ({"write", "replace", "fsync"} if what != "commit" else {"write", "fdatasync"})


@REAL
def test_a_disk_that_can_only_be_read_is_read_and_not_written(tmp_path: Path, real: bool) -> None:
    def work(disk: Disk) -> None:
        path = disk.folder / "office.json"
        journal = Journal(path)
        put(journal, 1, n=1)
        journal.compact()
        put(journal, 2, n=2)
        del journal
        disk.read_only(True)
        with pytest.raises(StoreFull, match="can only be read"):
            Journal(path)
        session = Journal(path, read_only=True)
        assert table(session, "tickets") == {1: {"n": 1}, 2: {"n": 2}}
        for change in (partial(put, session, 3, n=3), session.compact):
            with pytest.raises(StoreFull, match="for reading only"):
                change()
        assert session.refresh().entries == ()
        assert whole(path)
        with pytest.raises(StoreFull, match="can only be read"):
            repair(path)
        disk.read_only(False)
        put(Journal(path), 3, n=3)
        assert len(held(path)) == 3
        assert whole(path)

    on_disk(tmp_path, work, real=real)


def test_a_folder_that_can_only_be_read_is_read_and_not_written() -> None:
    # not below the folder of the tests, which nobody else may enter
    home = Path(tempfile.mkdtemp())
    folder = home / "office"
    path = folder / "office.json"
    stranger = 65534

    def work() -> None:
        if os.geteuid() == 0:
            os.chown(home, stranger, stranger)
            os.setgid(stranger)
            os.setuid(stranger)
        journal = Journal(path)
        put(journal, 1, n=1)
        journal.close()
        modes = {file: stat.S_IMODE(file.stat().st_mode) for file in (folder, *folder.iterdir())}
        for file in modes:
            file.chmod(0o500 if file.is_dir() else 0o400)
        session = Journal(path, read_only=True)
        assert table(session, "tickets") == {1: {"n": 1}}
        assert whole(path)
        with pytest.raises(StoreError):
            put(Journal(path), 2, n=2)
        assert table(session, "tickets") == {1: {"n": 1}}
        # the files may be written, but nothing made beside them: commits go on, a compaction waits
        for file, mode in modes.items():
            if file != folder:
                file.chmod(mode)
        journal = Journal(path, compact_at=1)
        put(journal, 2, n=2)
        with pytest.raises(StoreFull, match="no right"):
            journal.compact()
        assert table(session, "tickets") == {1: {"n": 1}}
        session.refresh()
        assert table(session, "tickets") == held(path) == {1: {"n": 1}, 2: {"n": 2}}
        folder.chmod(modes[folder])
        journal.compact()
        assert held(path) == {1: {"n": 1}, 2: {"n": 2}}
        assert whole(path)

    try:
        assert in_child(work) == 0
    finally:
        shutil.rmtree(home)
