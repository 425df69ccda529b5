"""An audit at the real screen: walked with the scanner, by two people at once, and finished as one change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual import events

from botui.data import Desk
from botui.models.base import Change
from botui.models.equipment.asset import Asset, Status
from botui.models.equipment.audit import State
from botui.models.office import Place
from tests.kiosk import _KEYS, Kiosk, give_pins
from tests.offices import ANN, BOB, Clock, office

pytestmark = pytest.mark.no_cover
ROOM, STORE = 2, 3


def things(folder: Path, clock: Clock, many: int) -> Desk:
    """An office with two rooms in each of which lies half of the assets."""
    desk = office(folder, ANN, clock)
    desk.as_system().apply(lambda _: _assets(many))
    give_pins(desk, ANN, BOB)
    return desk


def _assets(many: int) -> Change:
    change = Change("assets.begin").add(Place(id=STORE, name="Store room", codes=("STORE1",)))
    for number in range(1, many + 1):
        place = ROOM if number <= many / 2 else STORE
        change.add(Asset(id=number, tag=f"EQ{number:04}", name=f"Thing {number:03}", home=place, place=place))
    return change


def asset(desk: Desk, number: int) -> Any:
    desk.store.refresh()
    return desk.get("assets", number)


async def rush(kiosk: Kiosk, *codes: str) -> None:
    """Scan codes one behind the other, without waiting for what the desk does with them."""
    for code in codes:
        for character in f"~{code}\r":
            kiosk.app.post_message(events.Key(_KEYS.get(character, character), character))
    await kiosk.settle()


async def test_an_audit_of_100_assets_with_3_missing_is_walked_by_scanner_and_finished(
    folder: Path, clock: Clock
) -> None:
    desk = things(folder, clock, 100)
    desk.add("assets", {"name": "Old lamp", "tag": "LAMP-1", "home": 1})
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        await kiosk.press("3")
        kiosk.app.open_list("audits", "open")
        await kiosk.settle()
        kiosk.sees("n begins one")
        await kiosk.press("n")
        await kiosk.type("Yearly\t")
        await kiosk.type("ROOM1, STORE1")
        await kiosk.press("f5")
        kiosk.says("AU-1 Yearly is begun: 100 assets to see.").sees("100 of 100")
        await kiosk.press("K")
        kiosk.says("Scan the code of the place where you are")
        # one place and the things in it, thing after thing and no other key; the desk may fall behind the hand
        await rush(kiosk, "EQ0001", "ROOM1", *(f"EQ{number:04}" for number in range(1, 51) if number not in (7, 20)))
        kiosk.sees("> Room 1", "2 of 50 left here, 52 in all", "Thing 007", "Thing 020")
        kiosk.does_not_see("EQ0051")
        await rush(kiosk, "STORE1", *(f"EQ{number:04}" for number in range(51, 100)))
        kiosk.sees("1 of 50 left here, 3 in all").says("Thing 099 (EQ0099) is here.")
        await kiosk.scan("EQ0020")
        kiosk.says("Thing 020 (EQ0020) belongs in Room 1.")
        await kiosk.scan("LAMP-1")
        kiosk.says("Old lamp (LAMP-1) is not on the list: it belongs in House.")
        await kiosk.scan("ROOM1")
        kiosk.says("You are in Room 1: 1 to see here.")
        await kiosk.scan("EQ0020")
        kiosk.says("Thing 020 (EQ0020) is here.")  # the last place counts
        await kiosk.press("minus")
        kiosk.says("Thing 020 (EQ0020) is not seen.").sees("2 of 50 left here")
        await kiosk.press("S")
        kiosk.sees("97 of 100", "Not seen: 3", "Thing 007", "Not expected: 1", "Old lamp", "S=Finish")
        await kiosk.press("S")
        kiosk.sees("3 assets not seen", "Even so")
        await kiosk.type("y")
        await kiosk.press("f5")
        kiosk.says("AU-1 is finished: 97 found, 3 missing, 1 not expected.").sees("Missing: lost: 3")
        lost = [one.id for one in (asset(desk, number) for number in range(1, 102)) if one.status is Status.LOST]
        assert lost == [7, 20, 100]
        assert asset(desk, 101).place == STORE
        assert asset(desk, 7).fate_note == "missing in audit AU-1"
        await kiosk.press("u", "y")
        assert asset(desk, 7).fate is None
        assert asset(desk, 101).place == 1
        assert desk.get("audits", 1).state is State.OPEN
