"""Backup and restore on the command line and at a desk that is open."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from botui.storage import Journal, verify
from botui.storage.restore import restore
from tests.backups import HEADER, rewrite_format, tree
from tests.command_line import Office, found
from tests.kiosk import Kiosk

from .faults import in_child


@pytest.fixture
def office(folder: Path) -> Office:
    office = found(folder)
    office.ok("add", "tickets", "subject=Printer")
    return office


def test_the_command_says_where_the_backup_is_how_big_and_its_head(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    said = office.ok("backup", str(file)).out
    assert f"{file}: {file.stat().st_size:,} bytes, read back and checked." in said
    assert "3 records, 2 changes, as of 2026-11-23 10:00 UTC." in said
    assert f"Head of the chain: {verify(office.folder / 'office.json').head}" in said


def test_a_folder_in_place_of_a_file_is_said_to_be_one(office: Office, tmp_path: Path) -> None:
    assert f"{tmp_path} is a folder" in office.refused("backup", str(tmp_path))


@pytest.mark.parametrize(("words", "code"), [((), 2), (("b.zip", "--daily"), 2), (("/",), 1), (("/no/where.zip",), 1)])
def test_a_backup_that_cannot_be_is_refused(office: Office, words: tuple[str, ...], code: int) -> None:
    assert office.refused("backup", *words, code=code)


def test_there_is_no_backup_of_an_office_that_is_not_there(tmp_path: Path) -> None:
    assert "There is no office" in Office(tmp_path / "none").refused("backup", str(tmp_path / "b.zip"))
    assert os.listdir(tmp_path) == []


NEWER: list[tuple[str, ...]] = [
    ("add", "tickets", "subject=Lamp"),
    ("adopt",),
    ("backup", "--daily"),
    ("backup", "new.zip"),
    ("check",),
    ("compact",),
    ("list", "tickets"),
    ("repair",),
    ("restore", "old.zip"),
    ("show", "T-1"),
    ("tick",),
]


@pytest.mark.parametrize("words", NEWER, ids=" ".join)
def test_every_command_leaves_a_store_of_a_newer_format_untouched(
    office: Office, tmp_path: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    office.ok("backup", "old.zip")
    rewrite_format(office.folder / "office.json.journal", 2)
    result = _untouched(office, words)
    assert result.code == 3
    assert "format 2" in result.out + result.err
    assert not (tmp_path / "new.zip").exists()


def _untouched(office: Office, words: tuple[str, ...]) -> Any:
    def everything() -> dict[Path, bytes]:
        return {one: one.read_bytes() for one in office.folder.rglob("*") if one.is_file()}

    before = everything()
    result = office.run(*words)
    assert everything() == before
    return result


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
