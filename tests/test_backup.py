"""A backup in one file: consistent while others write, read back before it counts, nothing left of a failure."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import stat
import threading
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from botui.models.errors import Refused, StoreDamaged, StoreFull, StoreLocked
from botui.storage import Journal, archive, verify
from botui.storage.archive import read_manifest, unpack
from botui.storage.backup import backup
from botui.storage.restore import restore
from tests.backups import put

from .faults import in_child

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def path(folder: Path) -> Path:
    """A store of three generations with everything beside it that a store can have."""
    path = folder / "office.json"
    journal = Journal(path)
    for number in range(1, 7):
        put(journal, number, {"n": number})
        if number in (2, 4):
            journal.compact()
    journal.close()
    for name in ("drafts/1.json", "sessions/1.json", "backups/office-2026-11-20.zip", "replaced-20261120-120000/x"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("not this")
    for name in ("history/office.json.000001.index", "history/.left.new", "damaged-1", "fault.txt", ".x.12345678.new"):
        (folder / name).write_text("nor this")
    (folder / "secrets.json").write_text('{"1":"scrypt"}')
    (folder / "files" / "ab").mkdir(parents=True)
    (folder / "files" / "ab" / "abcdef").write_bytes(b"\0scan\n" * 100)
    return path


def opened(file: Path, store: str = "office.json") -> Journal:
    """Unpack a backup beside it and open the store in it."""
    folder = file.with_name(f"{file.name} unpacked")
    folder.mkdir()
    unpack(file, folder, store)
    return Journal(folder / store)


def test_a_backup_holds_the_store_its_history_and_what_belongs_to_it_and_nothing_else(
    path: Path, tmp_path: Path
) -> None:
    file = tmp_path / "b.zip"
    made = backup(path, file, clock=lambda: NOW)
    assert set(made.files) == {
        "office.json",
        "office.json.journal",
        "history/office.json.000001.journal",
        "history/office.json.000002.journal",
        "files/ab/abcdef",
        "secrets.json",
    }
    for name in made.files:
        if name != "office.json.journal":
            assert zipfile.ZipFile(file).read(name) == (path.parent / name).read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert read_manifest(file) == made


def test_the_manifest_says_what_check_says(path: Path, tmp_path: Path) -> None:
    report = verify(path)
    made = backup(path, tmp_path / "b.zip", clock=lambda: NOW)
    assert (made.head, made.generation, made.changes) == (report.head, report.generation, report.commits)
    assert (made.records, made.at, made.format, made.store) == (6, "2026-11-23T10:00:00.000Z", 1, "office.json")


def test_a_write_that_was_cut_off_is_not_in_the_backup(path: Path, tmp_path: Path) -> None:
    journal = path.with_name("office.json.journal")
    journal.write_bytes(journal.read_bytes() + b'["half a li')
    backup(path, tmp_path / "b.zip")
    assert verify(opened(tmp_path / "b.zip").path).notes == ()


def test_a_backup_of_a_store_without_a_snapshot_and_of_a_tinydb_file_without_a_journal(tmp_path: Path) -> None:
    put(Journal(tmp_path / "new.json"), 1, {"n": 1})
    assert "new.json" not in backup(tmp_path / "new.json", tmp_path / "1.zip").files
    assert opened(tmp_path / "1.zip", "new.json").get("tickets", 1) == {"n": 1}
    (tmp_path / "stock.json").write_text('{"_default": {"1": {"a": 1}}}')
    made = backup(tmp_path / "stock.json", tmp_path / "2.zip")
    assert (list(made.files), made.records, made.changes) == (["stock.json"], 1, 0)
    assert opened(tmp_path / "2.zip", "stock.json").get("_default", 1) == {"a": 1}


def test_backups_made_while_others_write_and_compact_are_whole_and_between_two_commits(
    folder: Path, tmp_path: Path
) -> None:
    path = folder / "office.json"
    put(Journal(path), 1, {"n": 0})
    stop = threading.Event()

    def write() -> None:
        journal = Journal(path, compact_at=2_000)
        number = 0
        while not stop.is_set():
            number += 1
            with journal.transaction() as tx:
                for table in ("left", "right"):
                    tx.put(table, 1 + number % 7, {"n": number, "text": "x" * (number % 90)})

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        made = [backup(path, tmp_path / f"{number}.zip") for number in range(12)]
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert len({one.generation for one in made}) > 1
    digests = [entry.digest for entry in Journal(path).history()]
    for number, one in enumerate(made):
        journal = opened(tmp_path / f"{number}.zip")
        assert verify(journal.path).problems == ()
        assert journal.head == one.head
        assert [doc for _, doc in journal.items("left")] == [doc for _, doc in journal.items("right")]
        past = [entry.digest for entry in journal.history()]
        assert past == digests[: len(past)]


def test_a_compaction_after_the_journal_was_opened_does_not_matter(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(path)
    head = journal.head
    real = archive.Writer.__init__

    def compact_first(*arguments: Any) -> None:
        put(journal, 7, {"n": 7})
        journal.compact()
        real(*arguments)

    monkeypatch.setattr(archive.Writer, "__init__", compact_first)
    made = backup(path, tmp_path / "b.zip")
    assert (made.head, made.generation, made.records) == (head, 3, 6)
    assert verify(opened(tmp_path / "b.zip").path).problems == ()
    assert Journal(path).generation == 4


def test_a_writer_does_not_wait_for_a_backup(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(path, timeout=0.0)
    real = archive.Writer.add

    def write_meanwhile(self: archive.Writer, name: str, data: bytes) -> None:
        put(journal, 100 + len(self.files), {"while": name})
        real(self, name, data)

    monkeypatch.setattr(archive.Writer, "add", write_meanwhile)
    assert backup(path, tmp_path / "b.zip").records == 6
    assert journal.count("tickets") > 6


def test_a_file_that_is_there_is_never_written_over(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear Sirs")
    with pytest.raises(Refused, match="another name"):
        backup(path, file)
    assert file.read_text() == "Dear Sirs"
    with pytest.raises(Refused, match="no folder"):
        backup(path, tmp_path / "nowhere" / "b.zip")


def test_nor_one_that_came_while_the_backup_was_made(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "b.zip"
    real = archive.Writer.finish

    def finish(*arguments: Any) -> None:
        real(*arguments)
        file.write_text("first")

    monkeypatch.setattr(archive.Writer, "finish", finish)
    with pytest.raises(Refused, match="another name"):
        backup(path, file)
    assert file.read_text() == "first"
    assert sorted(os.listdir(tmp_path)) == ["b.zip", "office"]


def test_a_file_system_without_second_names_takes_backups_too(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_: object) -> None:
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", link)
    assert backup(path, tmp_path / "b.zip") == read_manifest(tmp_path / "b.zip")


@pytest.mark.parametrize("hurt", ["office.json", "office.json.journal", "history/office.json.000001.journal"])
def test_a_damaged_store_gives_no_backup(path: Path, tmp_path: Path, hurt: str) -> None:
    data = bytearray((path.parent / hurt).read_bytes())
    data[len(data) // 2] ^= 1
    (path.parent / hurt).write_bytes(data)
    with pytest.raises(StoreDamaged):
        backup(path, tmp_path / "b.zip")
    assert os.listdir(tmp_path) == ["office"]


def test_a_disk_that_gives_back_something_else_is_noticed(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = archive.Writer.finish

    def rot(self: archive.Writer, manifest: archive.Manifest) -> None:
        real(self, manifest)
        (file,) = tmp_path.glob(".b.zip.*.work/b.zip")
        data = bytearray(file.read_bytes())
        data[200] ^= 4
        file.write_bytes(data)

    monkeypatch.setattr(archive.Writer, "finish", rot)
    with pytest.raises(StoreDamaged, match="read back"):
        backup(path, tmp_path / "b.zip")
    assert os.listdir(tmp_path) == ["office"]


def test_a_disk_without_room_to_read_it_back_leaves_no_backup(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=10))
    with pytest.raises(StoreFull, match=r"no backup was made.*room for 10"):
        backup(path, tmp_path / "b.zip")
    assert os.listdir(tmp_path) == ["office"]


def test_a_full_disk_leaves_no_half_backup_and_says_so(path: Path, tmp_path: Path) -> None:
    put(Journal(path), 8, {"noise": os.urandom(30_000).hex()})
    before = verify(path)

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        with pytest.raises(StoreFull, match="The disk is full: no backup was made"):
            backup(path, tmp_path / "b.zip")

    assert in_child(full) == 0
    assert os.listdir(tmp_path) == ["office"]
    assert verify(path) == before


def test_what_a_killed_backup_left_is_swept_by_the_next_and_not_while_it_is_at_work(path: Path, tmp_path: Path) -> None:
    def die() -> None:
        archive.Writer.finish = lambda *_: os._exit(9)  # type: ignore[method-assign]
        backup(path, tmp_path / "b.zip")

    assert in_child(die) == 9
    assert len(list(tmp_path.glob(".b.zip.*.work"))) == 1
    with archive.workplace(tmp_path, "b.zip") as busy:
        assert list(tmp_path.glob(".b.zip.*.work")) == [busy]
        backup(path, tmp_path / "b.zip")
        assert busy.is_dir()
    assert sorted(os.listdir(tmp_path)) == ["b.zip", "office"]


def test_a_file_of_stock_tinydb_is_kept_aside_before_the_first_commit_in_it(folder: Path) -> None:
    path = folder / "office.json"
    folder.mkdir()
    text = '{"_default": {"1": {"a":   1}}}'
    path.write_text(text)
    journal = Journal(path)
    with pytest.raises(ValueError, match="JSON"), journal.transaction() as tx:
        tx.put("_default", 2, {"a": float("nan")})
    assert not (folder / "history").exists()
    put(journal, 1, {"n": 1})
    journal.compact()
    assert path.read_text() != text
    original = folder / "history" / "office.json.000000.original"
    assert original.read_text() == text
    assert stat.S_IMODE(original.stat().st_mode) == 0o600
    assert verify(path).problems == ()


def test_nothing_is_begun_when_the_original_cannot_be_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from botui.storage import migrate

    path = folder / "office.json"
    folder.mkdir()
    path.write_text('{"_default": {"1": {"a": 1}}}')

    def full(*_: object) -> None:
        raise StoreFull("The disk is full: nothing was changed.")

    monkeypatch.setattr(migrate, "write_atomic", full)
    with pytest.raises(StoreFull):
        put(Journal(path), 1, {"n": 1})
    assert sorted(os.listdir(folder)) == ["office.json", "office.json.lock"]
    assert Journal(path).get("_default", 1) == {"a": 1}


def test_nothing_is_put_back_while_a_backup_is_made(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    backup(path, first)
    refused: list[str] = []
    add = archive.Writer.add

    def meanwhile(writer: archive.Writer, name: str, data: bytes) -> None:
        if not refused:
            with pytest.raises(StoreLocked) as error:
                restore(path, first, header={}, timeout=0.1)
            refused.append(str(error.value))
        add(writer, name, data)

    monkeypatch.setattr(archive.Writer, "add", meanwhile)
    backup(path, second)
    assert refused
    restore(path, second, header={})


@pytest.mark.parametrize("name", ["a**.zip", "[b].zip", "?.zip"])
def test_a_backup_may_have_any_name(path: Path, tmp_path: Path, name: str) -> None:
    backup(path, tmp_path / name)
    assert os.listdir(tmp_path).count(name) == 1
