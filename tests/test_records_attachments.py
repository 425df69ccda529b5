"""Attachments: kept by content out of the inbox alone, held against their names, searched, destroyed."""

from __future__ import annotations

import os
import zlib
from hashlib import sha256
from pathlib import Path

import pytest

from botui import config
from botui.actions.extract import text_of
from botui.models.errors import Refused, StoreDamaged
from botui.storage.attachments import SIZE_MAX, Attachments, Inbox
from tests.scans import JPEG, LONG_AGO, PNG, pdf, put

NOW = LONG_AGO + 3600.0


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    (tmp_path / "scans").mkdir()
    return Inbox(tmp_path / "scans")


@pytest.fixture
def kept(tmp_path: Path) -> Attachments:
    return Attachments(tmp_path / "office")


def test_a_scan_is_kept_by_its_content_once_for_this_account_alone(inbox: Inbox, kept: Attachments) -> None:
    data = pdf("Rent")
    put(inbox.folder, "a.pdf", data)
    put(inbox.folder, "same.PDF", data)
    first, again = kept.take(inbox, "a.pdf"), kept.take(inbox, "same.PDF")
    assert first == again
    assert (first.digest, first.size, first.media) == (sha256(data).hexdigest(), len(data), "application/pdf")
    path = kept.path(first.digest)
    assert kept.read(first.digest) == data
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [one for one in path.parent.iterdir()] == [path]
    assert (inbox.folder / "a.pdf").exists(), "it stays until a record names it"
    inbox.remove("a.pdf", "0" * 64)
    assert (inbox.folder / "a.pdf").exists(), "something else has its name by now"
    inbox.remove("a.pdf", first.digest)
    assert not (inbox.folder / "a.pdf").exists()


WRONG = [
    ("bill.pdf", PNG, "a PNG picture"),
    ("bill.png", pdf("x"), "a PDF"),
    ("photo.jpg", b"MZ\x90\0" + b"\0" * 60, "a program"),
    ("notes.txt", b"\x7fELF\2\1\1\0", "a program"),
    ("notes.txt", b"\0\1\2\3", "something else"),
    ("sheet.xlsx", b"plain words", "a text"),
    ("empty.pdf", b"", "empty"),
    ("run.exe", b"MZ", "'.exe' files are not kept"),
    ("nothing", b"words", "its name does not say"),
    ("[red]\x1b[2J.sh", b"#!/bin/sh", "'.sh' files are not kept"),
]


@pytest.mark.parametrize(("name", "data", "said"), WRONG, ids=[repr(one[0]) + one[2][:12] for one in WRONG])
def test_what_is_not_what_its_name_says_is_refused_in_words_and_not_kept(
    inbox: Inbox, kept: Attachments, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    put(inbox.folder, name, data)
    with pytest.raises(Refused, match=said):
        kept.take(inbox, name)
    assert not (tmp_path / "office").exists()


@pytest.mark.parametrize(("name", "data"), [("a.jpg", JPEG), ("a.md", "Zürich".encode()), ("a.CSV", b"a;b\r\n")])
def test_pictures_and_texts_are_kept(inbox: Inbox, kept: Attachments, name: str, data: bytes) -> None:
    put(inbox.folder, name, data)
    assert kept.read(kept.take(inbox, name).digest) == data


def test_five_hundred_megabytes_are_refused_without_reading_them(inbox: Inbox, kept: Attachments) -> None:
    path = put(inbox.folder, "film.pdf", b"%PDF-")
    os.truncate(path, 500 << 20)  # sparse: it takes no room
    with pytest.raises(Refused, match="500 MB; 50 MB are kept at most"):
        kept.take(inbox, "film.pdf")
    assert SIZE_MAX == 50 << 20


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "", "..", ".", "a\0b", "link.txt", "folder", "pipe"])
def test_nothing_outside_the_inbox_is_taken_whatever_it_is_called(inbox: Inbox, kept: Attachments, name: str) -> None:
    (inbox.folder.parent / "secret.txt").write_text("secret")
    (inbox.folder / "link.txt").symlink_to(inbox.folder.parent / "secret.txt")
    (inbox.folder / "folder").mkdir()
    os.mkfifo(inbox.folder / "pipe")
    with pytest.raises(Refused):
        kept.take(inbox, name)
    assert inbox.names(NOW) == []


def test_the_inbox_lists_what_nobody_writes_any_more(inbox: Inbox) -> None:
    for name in ("b.pdf", "a.pdf", ".hidden.pdf", "c.pdf.part", "d.tmp"):
        put(inbox.folder, name, b"x")
    os.utime(put(inbox.folder, "fresh.pdf", b"x"), (NOW, NOW))
    assert inbox.names(NOW) == ["a.pdf", "b.pdf"]
    assert Inbox(inbox.folder / "missing").names(NOW) == []


def test_a_content_that_was_changed_or_lost_is_told_of(inbox: Inbox, kept: Attachments) -> None:
    put(inbox.folder, "a.txt", b"words")
    digest = kept.take(inbox, "a.txt").digest
    said: list[str] = []
    kept.problems([("D-1", "a.txt", digest)], said.append)
    assert said == []
    kept.path(digest).write_bytes(b"other")
    kept.problems([("D-1", "a.txt", digest), ("D-2", "b.txt", "0" * 64)], said.append)
    assert ["changed" in one or "missing" in one for one in said] == [True, True]
    with pytest.raises(StoreDamaged):
        kept.read(digest)


def test_destroyed_means_that_nothing_of_it_is_left_neither_content_nor_text(inbox: Inbox, kept: Attachments) -> None:
    put(inbox.folder, "a.txt", b"words")
    digest = kept.take(inbox, "a.txt").digest
    kept.keep_text(digest, "words")
    assert kept.text(digest) == "words"
    assert kept.destroy([digest, "1" * 64]) == 1
    assert not kept.has(digest)
    assert kept.text(digest) == ""
    assert [*kept.path(digest).parent.iterdir()] == []


@pytest.mark.parametrize("digest", ["", "x", "../../etc/passwd", "A" * 64, "0" * 63])
def test_only_a_digest_leads_to_a_file(kept: Attachments, digest: str) -> None:
    with pytest.raises(Refused):
        kept.path(digest)


def test_the_text_of_a_pdf_is_read_and_one_that_is_broken_has_none(tmp_path: Path) -> None:
    pytest.importorskip("pypdf", reason="the extra 'pdf' is not installed")
    good, bad = put(tmp_path, "a.pdf", pdf("Rechnung 4711", "Stadtwerke")), put(tmp_path, "b.pdf", b"%PDF-1.7 " * 99)
    assert text_of(str(good), "application/pdf").splitlines()[:2] == ["Rechnung 4711", "Stadtwerke"]
    assert text_of(str(bad), "application/pdf") == ""


def test_a_pdf_that_swells_to_all_the_memory_there_is_has_no_text_and_harms_nobody(tmp_path: Path) -> None:
    pytest.importorskip("pypdf", reason="the extra 'pdf' is not installed")

    def swollen(times: int) -> bytes:
        stream = zlib.compress(b"BT /F1 9 Tf (x) Tj ET " * times)
        head, _, rest = pdf("x").partition(b"4 0 obj\n")
        length = b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream\nendobj\n" % (len(stream), stream)
        return head + b"4 0 obj\n" + length + rest[rest.index(b"5 0 obj") :]

    small, bomb = put(tmp_path, "small.pdf", swollen(2)), put(tmp_path, "bomb.pdf", swollen(4_000_000))
    assert "x" in text_of(str(small), "application/pdf")
    assert text_of(str(bomb), "application/pdf") == ""


def test_a_text_is_read_in_either_of_the_usual_encodings_and_a_picture_has_none(tmp_path: Path) -> None:
    for data in ("Zürich".encode(), "Zürich".encode("cp1252")):
        assert text_of(str(put(tmp_path, "a.txt", data)), "text/plain") == "Zürich"
    assert text_of(str(put(tmp_path, "a.png", PNG)), "image/png") == ""
    for media in ("text/plain", "application/pdf"):
        assert text_of(str(tmp_path / "gone"), media) == "", "its last document went meanwhile"


def test_the_inbox_is_a_setting_of_this_machine() -> None:
    assert config.load({"BOTUI_CONFIG": ""}).inbox is None
    assert config.load({"BOTUI_CONFIG": "", "BOTUI_INBOX": "/srv/scans"}).inbox == Path("/srv/scans")
    assert config.load({"BOTUI_CONFIG": "", "BOTUI_INBOX": ""}).inbox is None
