"""A backup a day: made by an open desk or tick, when something changed; the oldest go; a failure is said once."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from botui.data import Desk
from botui.storage import Journal, verify
from botui.storage.archive import read_manifest
from botui.storage.daily import Daily
from tests.backups import put
from tests.command_line import Office, found
from tests.kiosk import Clock, Kiosk

from .faults import in_child

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def path(folder: Path) -> Path:
    put(Journal(folder / "office.json"), 1, {"n": 1})
    return folder / "office.json"


def wanted(path: Path, day: int, *, keep: int = 3, hour: int = 10) -> Daily:
    now = MONDAY.replace(hour=hour) + timedelta(days=day)
    return Daily(path, Journal(path).head, keep, now.date(), now)


def kept(path: Path) -> list[str]:
    return sorted(one.name for one in (path.parent / "backups").glob("*.zip"))


def test_it_is_made_once_a_day_and_holds_the_store(path: Path) -> None:
    assert wanted(path, 0).make() == ""
    assert kept(path) == ["office-2026-11-23.zip"]
    assert read_manifest(path.parent / "backups" / "office-2026-11-23.zip").head == Journal(path).head
    put(Journal(path), 2, {"n": 2})
    assert not wanted(path, 0).due()
    assert wanted(path, 1).due()


def test_none_is_made_when_nothing_changed_since_the_last(path: Path) -> None:
    wanted(path, 0).make()
    assert not wanted(path, 1).due()
    Journal(path).compact()
    assert wanted(path, 2).due()


def test_the_oldest_beyond_the_number_go_and_nothing_else(path: Path) -> None:
    (path.parent / "backups").mkdir()
    others = ["office-2026-01-01.zip.bak", "office-last-year.zip", "letters.zip", "office-2026-1-1.zip"]
    for name in others:
        (path.parent / "backups" / name).write_text("mine")
    for day in range(5):
        put(Journal(path), day + 2, {"n": day})
        assert wanted(path, day).make() == ""
    made = [name for name in kept(path) if name not in others]
    assert made == ["office-2026-11-25.zip", "office-2026-11-26.zip", "office-2026-11-27.zip"]
    assert set(others) <= set(os.listdir(path.parent / "backups"))


def test_the_oldest_stay_when_the_new_one_could_not_be_made(path: Path) -> None:
    for day in range(3):
        put(Journal(path), day + 2, {"n": day})
        wanted(path, day).make()
    before = kept(path)
    put(Journal(path), 9, {"n": 9})
    data = bytearray(path.with_name("office.json.journal").read_bytes())
    job = wanted(path, 3)
    data[300] ^= 1
    path.with_name("office.json.journal").write_bytes(data)
    assert job.make()
    assert kept(path) == before


def test_none_are_made_where_none_are_wanted_or_nothing_was_ever_written(path: Path, tmp_path: Path) -> None:
    assert not wanted(path, 0, keep=0).due()
    assert wanted(path, 0, keep=0).make() == ""
    empty = wanted(tmp_path / "none" / "office.json", 0)
    assert empty.make() == ""
    assert not (path.parent / "backups").exists()
    assert not (tmp_path / "none").exists()


def test_a_newest_backup_that_cannot_be_read_is_no_reason_to_make_none(path: Path) -> None:
    wanted(path, 0).make()
    (path.parent / "backups" / "office-2026-11-23.zip").write_text("rotten")
    assert wanted(path, 1).make() == ""
    assert kept(path) == ["office-2026-11-23.zip", "office-2026-11-24.zip"]


def test_a_failure_is_said_once_a_day_and_tried_again_after_an_hour(path: Path) -> None:
    journal = path.with_name("office.json.journal")
    good = journal.read_bytes()
    job = wanted(path, 0)
    journal.write_bytes(good.replace(b'{"n":1}', b'{"n":2}'))

    def again(day: int, hour: int) -> Daily:
        now = MONDAY.replace(hour=hour) + timedelta(days=day)
        return replace(job, now=now, day=now.date())

    said = job.make()
    assert said.startswith("Today's backup: ")
    assert "damaged" in said
    assert not job.due()
    assert again(0, 11).due()
    assert again(0, 11).make() == ""
    assert not again(0, 11).due()
    assert again(1, 9).make() == said
    journal.write_bytes(good)
    assert again(1, 10).make() == ""
    assert kept(path) == ["office-2026-11-24.zip"]


def test_only_one_process_makes_it(path: Path) -> None:
    job = wanted(path, 0)
    with job._turn() as note:
        assert note is not None
        assert in_child(lambda: os._exit(3 if job.make() == "" and kept(path) == [] else 4)) == 3
    assert job.make() == ""
    assert kept(path) == ["office-2026-11-23.zip"]


# --- tick and the desk --------------------------------------------------------------------------------------------


@pytest.fixture
def office(folder: Path) -> Office:
    return found(folder)


def test_tick_makes_it_by_the_day_of_the_office_and_says_nothing(office: Office) -> None:
    office.ok("set", "S-1", "zone=Asia/Tokyo")
    office.now = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    assert office.run("tick").out == ""
    assert kept(office.folder / "office.json") == ["office-2026-11-24.zip"]


def test_how_many_are_kept_is_a_setting_of_the_office(office: Office) -> None:
    office.ok("set", "S-1", "daily_backups=2")
    for number in range(4):
        office.ok("add", "tickets", f"subject=Lamp {number}")
        office.run("tick")
        office.now += timedelta(days=1)
    assert len(kept(office.folder / "office.json")) == 2
    office.ok("set", "S-1", "daily_backups=0")
    office.run("tick")
    assert len(kept(office.folder / "office.json")) == 2
    office.refused("set", "S-1", "daily_backups=-1")


def test_a_failed_backup_is_said_by_tick_and_does_not_stop_it(office: Office) -> None:
    (office.folder / "backups").write_text("in the way")
    office.ok("add", "tickets", "subject=Lamp")
    result = office.run("tick")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("Today's backup: ")
    assert "no backup was made" in result.out
    for _ in range(2):  # a second try within the hour is not made, but it is not well either
        result = office.run("backup", "--daily")
        assert (result.code, "no backup was made" in result.err) == (3, True)


def test_who_asks_for_todays_backup_is_told_where_it_is_or_why_there_is_none(office: Office) -> None:
    file = office.folder / "backups" / "office-2026-11-23.zip"
    for _ in range(2):
        assert office.ok("backup", "--daily").out == f"Today's backup is {file}\n"
    office.now += timedelta(days=1)
    assert office.ok("backup", "--daily").out == f"Nothing was changed since the last one: {file}\n"
    office.ok("set", "S-1", "daily_backups=0")
    assert '"Daily backups" is 0' in office.ok("backup", "--daily").out


async def test_an_open_desk_makes_it_in_a_process_of_its_own(office: Office) -> None:
    clock = Clock(datetime.now(UTC))
    async with Kiosk.open(office.folder, as_="ML", clock=clock) as kiosk:
        kiosk.app._minute()
        backups = office.folder / "backups"
        await kiosk.until(lambda: bool(list(backups.glob("office-*.zip"))), seconds=30)
        await kiosk.until(lambda: not kiosk.app._backup._busy, seconds=30)
        (made,) = backups.glob("office-*.zip")
        assert read_manifest(made).head == kiosk.desk.store.journal.head
    assert verify(office.folder / "office.json").problems == ()


async def test_a_desk_says_why_it_could_not_be_made_and_waits_an_hour(office: Office) -> None:
    (office.folder / "backups").write_text("in the way")
    clock = Clock(datetime.now(UTC))
    async with Kiosk.open(office.folder, as_="ML", clock=clock) as kiosk:
        kiosk.app._minute()
        await kiosk.until(lambda: "Today's backup" in kiosk.glass(), seconds=30)
        kiosk.app._backup.look(kiosk.desk)
        assert not kiosk.app._backup._busy
        clock.forward(hours=1)
        (office.folder / "backups").unlink()
        kiosk.app._backup.look(kiosk.desk)
        await kiosk.until(lambda: not kiosk.app._backup._busy, seconds=30)
        assert len(list((office.folder / "backups").glob("office-*.zip"))) == 1


async def test_a_desk_does_not_look_before_it_is_due(office: Office) -> None:
    desk = Desk.open(office.folder, None, "x", lambda: MONDAY)
    desk.as_system().add("places", {"name": "Hall"})
    Daily(desk.store.journal.path, desk.store.journal.head, 7, date(2026, 11, 23), MONDAY).make()
    async with Kiosk.open(office.folder, as_="ML", clock=Clock(MONDAY)) as kiosk:
        kiosk.app._backup.look(kiosk.desk)
        await kiosk.until(lambda: not kiosk.app._backup._busy)
    assert kept(office.folder / "office.json") == ["office-2026-11-23.zip"]


def test_a_note_of_a_failure_that_was_spoiled_is_no_failure_of_the_next(path: Path) -> None:
    for text in ("2026-11-23\nfull", "2026-11-23T09:59:59", "\0" * 99, "never\nfull"):
        (path.parent / "backups").mkdir(exist_ok=True)
        (path.parent / "backups" / ".failure").write_text(text)
        wanted(path, 0).due()
    assert wanted(path, 1).make() == ""
    assert kept(path) == ["office-2026-11-24.zip"]
