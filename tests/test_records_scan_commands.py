"""The commands of scans: taken in, written out, checked; what is private is refused and looks are written down."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.command_line import Office, found
from tests.scans import pdf, put


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = found(tmp_path / "office")
    office.environ["BOTUI_INBOX"] = str(tmp_path / "scans")
    (tmp_path / "scans").mkdir()
    return office


def test_scans_are_taken_in_shown_and_written_out(office: Office, tmp_path: Path) -> None:
    put(tmp_path / "scans", "rent.txt", b"Rent for May")
    assert office.ok("inbox", "--dry-run").out.startswith("rent.txt\n1 file can be taken in")
    assert office.ok("inbox").out == "rent.txt: D-1 Rent for May is in the inbox.\n1 scan taken in.\n"
    assert office.ok("inbox").out == "0 scans taken in.\n"
    assert "rent.txt" in office.ok("file", "D-1").out
    label = office.ok("labels", "print", "D-1").out
    assert "Rent for May" in label
    assert "D-1" in label
    target = tmp_path / "out.txt"
    office.ok("file", "D-1", "--to", str(target))
    assert target.read_bytes() == b"Rent for May"
    assert target.stat().st_mode & 0o777 == 0o600
    assert "is there already" in office.refused("file", "D-1", "--to", str(target))
    assert "cannot be written" in office.refused("file", "D-1", "--to", str(tmp_path / "no" / "x"), code=3)
    assert "which file" in office.refused("file", "D-1", "--to", str(tmp_path), "--name", "other")
    assert "no document" in office.refused("file", "P-1")
    assert "all in order" in office.ok("check").out
    digest = next((tmp_path / "office" / "files").rglob("?" * 64))
    digest.write_bytes(b"something else")
    assert "rent.txt" in office.run("check").out


def searched(office: Office) -> list[int]:
    """Return the documents in whose files "for may" stands."""
    desk = office.desk()
    try:
        text = desk.contents("documents")
        return [number for number in desk.numbers("documents") if text is not None and "for may" in text(number)]
    finally:
        desk.store.close()


def test_pdfs_that_came_before_they_could_be_read_are_read_again(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "scans", "rent.pdf", pdf("Rent for May"))
    put(tmp_path / "scans", "sick.pdf", pdf("Certificate of a doctor"))
    monkeypatch.setattr("botui.actions.scans.text_of", lambda *_: "")
    monkeypatch.setattr("botui.actions.scans.reads_pdf", lambda: False)
    office.ok("inbox")
    office.ok("do", "D-2", "file", "privacy=private")
    assert "botui[pdf]" in office.refused("inbox", "--read-again")
    assert not searched(office)
    monkeypatch.setattr("botui.actions.scans.reads_pdf", lambda: True)
    monkeypatch.setattr("botui.actions.scans.text_of", lambda *_: "Rent for May")
    said = office.ok("inbox", "--read-again").out
    assert said == (
        "rent.pdf: D-1 can be searched now.\nprivate: D-2 can be searched now.\n"
        "2 files read that could not be read before.\n"
    )
    assert searched(office) == [1, 2]
    assert office.ok("inbox", "--read-again").out == "0 files read that could not be read before.\n"


def test_what_cannot_be_taken_in_stays_and_is_said(office: Office, tmp_path: Path) -> None:
    put(tmp_path / "scans", "bill.pdf", b"\x89PNG\r\n\x1a\nx")
    done = office.run("inbox", "--as", "ML")
    assert done.code == 1
    assert done.out.startswith("bill.pdf: ")
    assert "0 scans taken in, 1 stays: bill.pdf is not what its name says: inside is a PNG" in done.out
    assert (tmp_path / "scans" / "bill.pdf").exists()
    assert "bill.pdf" in office.ok("tick").out


def test_without_an_inbox_or_its_folder_it_is_said_what_to_do(office: Office, tmp_path: Path) -> None:
    (tmp_path / "scans").rmdir()
    assert "is not there" in office.refused("inbox")
    del office.environ["BOTUI_INBOX"]
    assert "botui.toml" in office.refused("inbox")


def test_tick_takes_in_scans_and_destroys_what_a_crash_left(office: Office, tmp_path: Path) -> None:
    path = put(tmp_path / "scans", "rent.txt", b"Rent for May")
    os.utime(path, (office.now.timestamp(), office.now.timestamp()))
    assert "Rent" not in office.ok("tick").out, "somebody is still writing it"
    put(tmp_path / "scans", "rent.txt", b"Rent for May")
    assert "D-1 Rent for May is in the inbox." in office.ok("tick").out
    content = next((tmp_path / "office" / "files").rglob("?" * 64))
    office.ok("do", "D-1", "reject")
    assert not content.exists()
    content.write_bytes(b"Rent for May")
    office.ok("tick")
    assert not content.exists()


def test_a_file_of_a_private_document_is_for_those_it_is_for_and_the_look_is_told(
    office: Office, tmp_path: Path
) -> None:
    put(tmp_path / "scans", "rent.txt", b"Rent for May")
    office.ok("inbox")
    office.ok("people", "add", "Otto Other", "--roles", "clerk")
    office.ok("do", "D-1", "file", "privacy=private")
    for words in (("file", "D-1"), ("show", "D-1"), ("history", "D-1")):
        assert "D-1 is private" in office.run(*words, "--as", "OO").err
    assert "Rent" not in office.run("list", "documents", "--as", "OO").out
    office.ok("file", "D-1", "--to", str(tmp_path / "copy.txt"))
    assert "Looked at" in office.ok("history", "D-1").out
