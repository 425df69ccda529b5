"""Putting a backup back: checked first, what was there is kept, no number given twice, open desks read it anew."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import struct
import threading
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from botui.models.errors import Refused, StoreDamaged, StoreFull, StoreLocked
from botui.storage import Journal, verify
from botui.storage.backup import backup
from botui.storage.files import Paths
from botui.storage.restore import finish, restore
from tests.command_line import Office, found
from tests.kiosk import Kiosk

from .faults import in_child
from .test_backup import put, rewrite_format

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
HEADER = {"by": 3, "on": "front"}


@pytest.fixture
def path(folder: Path) -> Path:
    path = folder / "office.json"
    journal = Journal(path)
    for number in range(1, 5):
        put(journal, number, {"n": number})
        if number == 2:
            journal.compact()
    journal.close()
    return path


@pytest.fixture
def file(path: Path, tmp_path: Path) -> Path:
    """A backup of the store, which has since gone on."""
    (path.parent / "secrets.json").write_text("then")
    file = tmp_path / "b.zip"
    backup(path, file, clock=lambda: NOW)
    journal = Journal(path)
    put(journal, 5, {"n": "since"})
    with journal.transaction() as tx:
        tx.remove("tickets", 5)
        tx.remove("tickets", 1)
    journal.compact()
    journal.close()
    (path.parent / "secrets.json").write_text("since")
    (path.parent / "files").mkdir()
    (path.parent / "files" / "scan").write_text("since")
    return file


def tree(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def content(path: Path) -> dict[int, Any]:
    return {number: json.loads(data) for number, data in Journal(path).items("tickets")}


THEN = {number: {"n": number} for number in range(1, 5)}


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


# --- crashes ------------------------------------------------------------------------------------------------------


def crash_at(step: int) -> None:
    """Make this process die before its n-th change of a folder."""
    left = step

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal left
            if left == 0:
                os._exit(9)
            left -= 1
            return real(*arguments, **options)

        return call

    for name in ("rename", "replace", "mkdir", "rmdir", "unlink", "ftruncate"):
        setattr(os, name, counted(getattr(os, name)))


def test_a_crash_at_any_step_leaves_the_old_store_or_the_new_or_says_how_to_go_on(
    path: Path, file: Path, tmp_path: Path
) -> None:
    template = tmp_path / "template"
    shutil.copytree(path.parent, template)
    old, outcomes = content(path), list[str]()
    for step in range(200):
        shutil.rmtree(path.parent)
        shutil.copytree(template, path.parent)

        def put_back(step: int = step) -> None:
            crash_at(step)
            restore(path, file, header=HEADER, clock=lambda: NOW)

        code = in_child(put_back)
        try:
            now = content(path)
            assert now in (old, THEN)
            outcomes.append("new" if now == THEN else "old")
            if path.parent.joinpath("restoring-20261123-100000").exists():
                assert finish(path) == (now == THEN)
        except StoreDamaged:
            with pytest.raises(StoreDamaged, match="botui restore"):
                put(Journal(path), 1, {})
            assert finish(path)
            assert content(path) == THEN
            outcomes.append("says")
        if content(path) == THEN:
            kept = path.parent / "replaced-20261123-100000"
            assert {**tree(kept)} == {name: data for name, data in tree(template).items() if "lock" not in name}
            assert Journal(path).next_id("tickets") == 6
        assert verify(path).problems == ()
        put(Journal(path), 7, {})
        restore(path, file, header=HEADER, clock=lambda: NOW)
        assert not [name for name in os.listdir(path.parent) if name.startswith((".", "restoring"))]
        if code == 0:
            break
    assert code == 0
    assert sorted(set(outcomes), key=outcomes.index) == ["old", "says", "new"]


def test_a_crash_while_finishing_is_finished_by_the_next(path: Path, file: Path, tmp_path: Path) -> None:
    def halfway() -> None:
        real, left = os.rename, 4

        def rename(*arguments: Any) -> None:
            nonlocal left
            left -= 1
            real(*arguments) if left else os._exit(9)

        os.rename = rename  # type: ignore[assignment]
        restore(path, file, header=HEADER, clock=lambda: NOW)

    assert in_child(halfway) == 9
    template = tmp_path / "template"
    shutil.copytree(path.parent, template)
    for step in range(100):
        shutil.rmtree(path.parent)
        shutil.copytree(template, path.parent)

        def go_on(step: int = step) -> None:
            crash_at(step)
            finish(path)

        if in_child(go_on) == 0:
            break
        if list(path.parent.glob("restoring-*")):
            finish(path)
        assert content(path) == THEN
        assert len(tree(path.parent / "replaced-20261123-100000")) == 6
    assert step > 5


@pytest.mark.parametrize("moved", range(5))
def test_what_cannot_be_moved_aside_leaves_the_store_where_it_was(
    path: Path, file: Path, monkeypatch: pytest.MonkeyPatch, moved: int
) -> None:
    real, before, left = os.rename, tree(path.parent), moved

    def rename(source: Path, target: Path) -> None:
        nonlocal left
        if "replaced" in str(target):
            if left == 0:
                raise OSError(errno.EBUSY, "Device or resource busy")
            left -= 1
        real(source, target)

    monkeypatch.setattr(os, "rename", rename)
    with pytest.raises(StoreFull, match="nothing was changed"):
        restore(path, file, header=HEADER)
    assert tree(path.parent) == before
    assert not [name for name in os.listdir(path.parent) if name.startswith((".", "re"))]
    put(Journal(path), 7, {})


def test_what_cannot_be_moved_in_is_told_and_finished_later(
    path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.rename

    def rename(source: Path, target: Path) -> None:
        if Path(target) == path:
            raise OSError(errno.EIO, "Input/output error")
        real(source, target)

    with monkeypatch.context() as broken:
        broken.setattr(os, "rename", rename)
        with pytest.raises(StoreDamaged, match=r"Input/output error.*'botui restore' without a file"):
            restore(path, file, header=HEADER)
    assert finish(path)
    assert content(path) == THEN


def test_an_open_session_says_that_a_restore_was_interrupted(
    path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Journal(path)

    def stop(paths: Paths, begun: Path, aside: Path) -> None:
        os.rename(paths.journal, path.parent / "aside")
        raise KeyboardInterrupt

    monkeypatch.setattr("botui.storage.restore._move_aside", stop)
    with pytest.raises(KeyboardInterrupt):
        restore(path, file, header=HEADER, even_if_open=True)
    with pytest.raises(StoreDamaged, match="A backup is being put back"):
        session.refresh()
    monkeypatch.undo()
    assert finish(path)
    session.refresh()
    assert session.head == Journal(path).head


def test_while_one_is_unfinished_no_other_is_begun(path: Path, file: Path) -> None:
    path.parent.joinpath("restoring-20261123-090000").mkdir()
    with pytest.raises(StoreDamaged, match="without a file"):
        restore(path, file, header=HEADER)
    with pytest.raises(Refused, match="say which"):
        finish(path.parent / "elsewhere" / "office.json")


# --- backups that are not to be used ------------------------------------------------------------------------------


def members(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as source:
        return {name: source.read(name) for name in source.namelist()}


def written(file: Path, parts: dict[str, bytes], *, manifest: Callable[[dict[str, Any]], object] | None = None) -> Path:
    """Write a backup anew, its manifest fitting unless it is changed."""
    said = json.loads(parts["manifest.json"])
    said["files"] = {
        name: [len(data), sha256(data).hexdigest()] for name, data in parts.items() if name != "manifest.json"
    }
    if manifest is not None:
        manifest(said)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, json.dumps(said).encode() if name == "manifest.json" else data)
    return file


def refused(path: Path, file: Path, error: type[Exception] = Refused) -> str:
    before = tree(path.parent)
    folders = sorted(os.listdir(path.parent))
    with pytest.raises(error) as caught:
        restore(path, file, header=HEADER)
    assert tree(path.parent) == before
    assert sorted(os.listdir(path.parent)) == folders
    return str(caught.value)


def test_a_backup_written_anew_with_the_same_content_is_one(path: Path, file: Path) -> None:
    restore(path, written(file, members(file)), header=HEADER)
    assert content(path) == THEN


HOSTILE_NAMES = [
    "../evil",
    "/etc/evil",
    "history/../../evil",
    "history/..",
    "history//x",
    "files\\..\\evil",
    "files/..\\evil",
    "C:\\evil",
    "office.json.lock",
    "drafts/1.json",
    "history/office.json.000001.index",
    "history/.hidden",
    "history/a\nb",
    "restoring-1/x",
    "files",
    "secrets.json/x",
]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
@pytest.mark.parametrize("listed", [True, False], ids=["in the manifest", "not in it"])
def test_names_that_no_backup_has_are_refused(path: Path, file: Path, name: str, listed: bool) -> None:
    parts = {**members(file), name: b"evil"}
    hidden = None if listed else lambda said: said["files"].pop(name)
    assert "does not belong" in refused(path, written(file, parts, manifest=hidden))
    assert not (path.parent.parent / "evil").exists()


def test_a_link_is_refused(path: Path, file: Path) -> None:
    parts = members(file)
    written(file, {**parts, "files/link": b"/etc/passwd"})
    with zipfile.ZipFile(file) as source:
        infos = source.infolist()
        bodies = [source.read(info) for info in infos]
    with zipfile.ZipFile(file, "w") as target:
        for info, data in zip(infos, bodies, strict=True):
            if info.filename == "files/link":
                info.external_attr = 0o120777 << 16
            target.writestr(info, data)
    assert "files/link" in refused(path, file)


def test_the_same_name_twice_is_refused(path: Path, file: Path) -> None:
    with zipfile.ZipFile(file, "a") as target, pytest.warns(UserWarning, match="Duplicate"):
        target.writestr("secrets.json", "other")
    assert "secrets.json" in refused(path, file)


def test_more_than_the_manifest_says_is_not_unpacked(path: Path, file: Path) -> None:
    parts = {**members(file), "files/bomb": b"\0" * 5_000_000}

    def lie(said: dict[str, Any]) -> None:
        said["files"]["files/bomb"][0] = 1000

    assert "not what the manifest says" in refused(path, written(file, parts, manifest=lie))


def test_what_takes_more_room_than_there_is_is_refused_before_it_is_unpacked(path: Path, file: Path) -> None:
    def lie(said: dict[str, Any]) -> None:
        said["files"]["files/bomb"] = [1 << 60, "0" * 64]

    parts = {**members(file), "files/bomb": b""}
    assert "has room for" in refused(path, written(file, parts, manifest=lie), StoreFull)


def test_a_backup_of_a_newer_format_is_refused_and_says_so(path: Path, file: Path) -> None:
    newer = written(file, members(file), manifest=lambda said: said.update(format=2))
    assert "newer version of botui (format 2" in refused(path, newer)


def test_a_store_of_a_newer_format_is_not_replaced(path: Path, file: Path) -> None:
    Journal(path).compact()
    rewrite_format(path.with_name("office.json.journal"), 2)
    assert "format 2" in refused(path, file, StoreDamaged)


@pytest.mark.parametrize(
    "change",
    [
        {"head": "0" * 32},
        {"records": 5},
        {"changes": 1},
        {"generation": 9},
        {"store": "other.json"},
        {"files": []},
        {"files": {"office.json": [-1, "x"]}},
        {"files": {"office.json": "no"}},
        {"format": "1"},
        {"botui": "other"},
        {"extra": 1},
    ],
    ids=str,
)
def test_a_manifest_that_is_not_true_is_refused(path: Path, file: Path, change: dict[str, Any]) -> None:
    refused(path, written(file, members(file), manifest=lambda said: said.update(change)))


def test_a_part_that_lacks_is_told(path: Path, file: Path) -> None:
    parts = members(file)
    kept = {name: data for name, data in parts.items() if name != "secrets.json"}
    assert "lacks 'secrets.json'" in refused(
        path, written(file, kept, manifest=lambda said: said["files"].update({"secrets.json": [4, "0" * 64]}))
    )


def test_a_damaged_store_inside_a_sound_archive_is_refused(path: Path, file: Path) -> None:
    parts = members(file)
    parts["office.json.journal"] = parts["office.json.journal"].replace(b'{"n":3}', b'{"n":8}')
    assert "is damaged" in refused(path, written(file, parts))


def test_any_flipped_byte_is_found_or_harmless(path: Path, file: Path) -> None:
    data = file.read_bytes()
    for position in range(0, len(data), 29):
        flipped = bytearray(data)
        flipped[position] ^= 1 << position % 8
        file.write_bytes(flipped)
        before = tree(path.parent)
        try:
            restore(path, file, header=HEADER, clock=lambda: NOW)
        except (Refused, StoreFull):
            assert tree(path.parent) == before
        else:  # a byte that says nothing, such as a time in the archive
            assert content(path) == THEN


@pytest.mark.parametrize("kept", [0, 1, 21, 100, -200, -1])
def test_a_backup_that_was_cut_off_is_refused(path: Path, file: Path, kept: int) -> None:
    file.write_bytes(file.read_bytes()[:kept])
    refused(path, file)


def _encrypted() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("manifest.json", "{}")
    data = bytearray(out.getvalue())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.index(mark) + place, 1)
    return bytes(data)


FOREIGN = {
    "empty": b"",
    "text": b"Dear Sirs",
    "JSON": b'{"tickets":{}}',
    "an archive of something else": None,
    "an encrypted one": _encrypted(),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_file_of_something_else_is_refused(path: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "foreign"
    if FOREIGN[kind] is None:
        with zipfile.ZipFile(file, "w") as target:
            target.writestr("photo.jpg", "x")
    else:
        file.write_bytes(FOREIGN[kind] or b"")
    assert "not a backup" in refused(path, file)
    assert "no file" in refused(path, tmp_path / "none")
    assert "no file" in refused(path, tmp_path)


def test_a_refused_backup_leaves_no_folder_where_none_was(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("nonsense")
    with pytest.raises(Refused):
        restore(tmp_path / "new" / "office.json", tmp_path / "b.zip", header=HEADER)
    assert os.listdir(tmp_path) == ["b.zip"]


def test_a_disk_without_room_for_it_leaves_the_store_as_it_was(
    path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "The disk is full: nothing was changed" in refused(path, file, StoreFull)


# --- on the command line and at a desk ----------------------------------------------------------------------------


@pytest.fixture
def office(folder: Path) -> Office:
    office = found(folder)
    office.ok("add", "tickets", "subject=Printer")
    return office


def test_the_command_puts_back_says_what_it_did_and_who_it_was(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    office.ok("backup", str(file))
    office.ok("add", "tickets", "subject=Lamp")
    said = office.ok("restore", str(file)).out
    assert f"{file} is put back into {office.folder}." in said
    assert f"What was there is kept in {office.folder / 'replaced-20261123-100000'}" in said
    assert office.run("show", "T-2").code == 1
    assert "T-3" in office.ok("add", "tickets", "subject=Door").out
    last = [one for one in Journal(office.folder / "office.json").history() if one.header["do"] == "store.restore"]
    assert [(one.header["by"], one.header["on"]) for one in last] == [(1, "front")]
    assert office.run("check").code == 0


def test_a_dry_run_says_what_would_be_done_and_changes_nothing(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    office.ok("backup", str(file))
    office.ok("add", "tickets", "subject=Lamp")
    before = tree(office.folder)
    said = office.ok("restore", str(file), "--dry-run").out
    assert "is whole. Nothing was changed." in said
    assert "would be moved aside" in said
    assert tree(office.folder) == before
    file.write_bytes(file.read_bytes()[:-9])
    assert "not a backup" in office.refused("restore", str(file), "--dry-run")


def test_without_a_file_the_command_only_finishes_what_was_interrupted(office: Office) -> None:
    for words in ((), ("--dry-run",), ("--even-if-open",)):
        assert "which backup" in office.refused("restore", *words)


def test_every_command_says_how_to_finish_an_interrupted_restore(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    office.ok("backup", str(file))

    def halfway() -> None:
        os.rename = lambda *_: os._exit(9)
        restore(office.folder / "office.json", file, header=HEADER)

    assert in_child(halfway) == 9
    # the first thing moved is the journal
    begun = next(office.folder.glob("restoring-*"))
    aside = office.folder / begun.name.replace("restoring", "replaced")
    os.rename(office.folder / "office.json.journal", aside / "office.json.journal")
    os.rename(office.folder / "office.json", office.folder / "gone") if (office.folder / "office.json").exists() else 0
    for words in (
        ("adopt",),
        ("list", "tickets"),
        ("tick",),
        ("check",),
        ("backup", str(tmp_path / "c.zip")),
        ("compact",),
        ("repair",),
    ):
        result = office.run(*words)
        assert result.code == 3
        assert "'botui restore' without a file" in result.out + result.err
    assert "The backup is in place." in office.run("restore").out
    assert office.ticket("T-1")["subject"] == "Printer"
    assert office.run("check").code == 0


async def test_an_open_desk_shows_what_was_put_back(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    office.ok("backup", str(file))
    office.ok("add", "tickets", "subject=Lamp")
    async with Kiosk.open(office.folder, as_="ML") as kiosk:
        await kiosk.press("1", "3")
        kiosk.sees("Printer", "Lamp")
        assert "ask them to leave" in office.refused("restore", str(file), code=3)
        office.ok("restore", str(file), "--even-if-open")
        await kiosk.until(lambda: "Lamp" not in kiosk.glass())
        kiosk.sees("Printer")
        assert "T-3" in kiosk.desk.add("tickets", {"subject": "Door sticks"}).said
    assert office.ticket("T-3")["subject"] == "Door sticks"
