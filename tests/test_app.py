"""What the App does for all screens: the palette, scans that name several things, the way out and none on a kiosk."""

from __future__ import annotations

from pathlib import Path

import pytest

from botui.data import Desk
from botui.screens.front import FrontScreen
from tests.kiosk import Clock, Kiosk


@pytest.fixture
def office(folder: Path) -> Desk:
    desk = Desk.open(folder, None, "setup", Clock())
    system = desk.as_system()
    system.add("settings", {"name": "Harbour & Lane", "zone": "Europe/Berlin"}, number=1)
    system.add("people", {"name": "Mary Lee", "roles": ("clerk", "admin")})
    system.add("people", {"name": "Bob Kay", "roles": ("staff",)})
    mary = desk.for_person(1)
    mary.add("tickets", {"subject": "Lamp", "codes": ("X-77",)})
    mary.add("parties", {"name": "Nordic Paper", "codes": ("X-77",)})
    return mary


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("t1", "T-1  Lamp"),
        ("PA-1", "PA-1  Nordic Paper"),
        ("nordic", "PA-1  Nordic Paper"),
        ("bob", "P-2  Bob Kay"),
        ("running late", "Tickets > Running late"),
        ("office lists", "Office lists"),
        ("new topic", "New topic"),
    ],
)
async def test_the_palette_goes_anywhere_by_name_or_number(office: Desk, folder: Path, words: str, seen: str) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("f2")
        await kiosk.type(words)
        await kiosk.press("enter")
        kiosk.sees(seen)


async def test_a_code_that_two_things_carry_asks_which(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.scan("X-77")
        kiosk.sees("T-1  Lamp", "PA-1  Nordic Paper")
        await kiosk.press("2")
        kiosk.sees("PA-1  Nordic Paper", "Name")


async def test_a_code_that_nothing_carries_is_said_and_not_shown(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.scan("4006381333931")
        kiosk.says("Nothing has the code").does_not_see("4006381333931")


async def test_text_typed_at_once_after_the_key_that_opens_its_field_arrives_whole(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Toner is empty"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.type("nDoor sticks")
        await kiosk.press("enter")
        kiosk.says("T-3 is filed")
        await kiosk.type("13/toner")
        kiosk.sees("Tickets > Open / toner", "1/1")
        await kiosk.press("enter")
        await kiosk.type("trOn it.")
        await kiosk.press("ctrl+s")
        kiosk.says("Your reply to T-2 is kept.")
    office.store.refresh()
    assert [office.get("tickets", one).owner for one in (1, 2, 3)] == [None, 1, None]


async def test_ctrl_q_leaves_but_not_on_a_kiosk(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML", kiosk=True) as kiosk:
        await kiosk.press("ctrl+q", "ctrl+c", "ctrl+z", "escape")
        assert kiosk.app.is_running
        assert isinstance(kiosk.screen, FrontScreen)
    async with Kiosk.open(folder, as_="ML") as desk:
        await desk.pilot.press("ctrl+q")
        await desk.pilot.pause()
        assert desk.app.return_code == 0


async def test_there_is_nothing_to_undo_at_first_and_staff_may_not_file_people(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="BK") as kiosk:
        await kiosk.press("u")
        kiosk.says("There is nothing of yours to undo.")
        await kiosk.press("9", "1", "n")
        kiosk.says("This is for an administrator to do.")
