"""Backups that are not to be used: refused whole, the store stays as it was."""

from __future__ import annotations

import errno
import io
import json
import os
import struct
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from botui.models.errors import Refused, StoreDamaged, StoreFull
from botui.storage import Journal
from botui.storage.restore import restore
from tests.backups import HEADER, NOW, THEN, backup_of, content, old_store, rewrite_format, tree


@pytest.fixture
def path(folder: Path) -> Path:
    return old_store(folder)


@pytest.fixture
def file(path: Path, tmp_path: Path) -> Path:
    """A backup of the store, which has since gone on."""
    return backup_of(path, tmp_path)


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
