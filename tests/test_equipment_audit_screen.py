"""An audit at the real screen: walked with the scanner, by two people at once, and finished as one change."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual import events

from botui.data import Desk
from botui.models.base import Change
from botui.models.equipment.asset import Asset, Status
from botui.models.equipment.audit import State
from botui.models.office import Place
from botui.widgets.scan import GAP
from tests.kiosk import _KEYS, Clock, Kiosk, give_pins
from tests.offices import ANN, BOB, office
from tests.test_conformance_screens import check_bindings
from tests.test_text import HOSTILE

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
    await asyncio.sleep(GAP * 1.2)  # as Kiosk.scan: a hand is not that quick, and whose badge it is takes its time
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


async def test_two_people_walk_one_audit_and_a_lock_loses_nothing(folder: Path, clock: Clock) -> None:
    desk = things(folder, clock, 8)
    desk.add("audits", {"name": "Half year", "places": (ROOM, STORE)})
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        await kiosk.scan("AU-1")
        kiosk.sees("0 of 8", "K=Walk", "Not seen: 8")
        await kiosk.press("K")
        await check_bindings(kiosk)
        await kiosk.scan("EQ0001")
        kiosk.says("Scan the code of the place where you are first")
        await kiosk.press("p", "1")
        kiosk.sees("> Room 1", "4 of 4 left here, 8 in all")
        desk.for_person(BOB).do("audits", 1, "count", {"asset": 2, "place": ROOM})
        await kiosk.until(lambda: "3 of 4 left here, 7 in all" in kiosk.glass())
        desk.for_person(BOB).add("assets", {"name": "New one", "tag": "NEW-1", "home": ROOM})
        desk.for_person(BOB).do("audits", 1, "count", {"asset": 9, "place": ROOM})
        await kiosk.until(lambda: "not on the list" in kiosk.glass())
        await kiosk.press("home", "enter")
        kiosk.says("Thing 001 (EQ0001) is here.")  # its label cannot be read
        await kiosk.scan("EQ0001")
        kiosk.says("was seen here already")
        await kiosk.scan("EQ0077")
        kiosk.says("Nothing has this code: n files it").sees("EQ0077", "unknown: n files it")
        kiosk.app._lock_idle()
        await kiosk.settle()
        kiosk.does_not_see("Thing 001", "EQ0077")
        await kiosk.sign_in("aa")
        kiosk.says("Draft: Audit AU-1")
        await kiosk.scan("AU-1")
        await kiosk.press("K")
        kiosk.sees("> Room 1", "2 of 4 left here", "EQ0077")
        await kiosk.press("n")
        await kiosk.until(lambda: "EQ0077" in kiosk.glass())
        kiosk.sees("New asset", "Room 1")
        await kiosk.type("Beamer\r")
        await kiosk.until(lambda: "Beamer (EQ0077) is not on the list" in kiosk.glass())
        kiosk.does_not_see("unknown: n files it")
        await kiosk.scan("P-2")
        kiosk.says("P-2  Bob Baker is no asset and no place.").does_not_see("unknown: n files it", "(EQ0003)")
        await kiosk.scan("no-thing-has-this")
        kiosk.sees("-=Code away")
        await kiosk.press("minus")
        kiosk.says("no-thing-has-this is off the list.").does_not_see("unknown: n files it")


async def test_hostile_codes_and_names_are_walked_past(folder: Path, clock: Clock) -> None:
    desk = things(folder, clock, 6)
    for number, name in enumerate(HOSTILE[:4], 1):
        desk.edit(desk.get("assets", number), {"name": f"x{name}"[:80]})
    desk.add("audits", {"name": f"x{HOSTILE[0]}"[:80], "places": (ROOM,)})
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        await kiosk.scan("AU-1")
        await kiosk.press("K")
        for code in HOSTILE:
            kiosk.screen.take_scan(code)  # type: ignore[attr-defined]
        await kiosk.settle()
        kiosk.says("Nothing has this code").sees("3 of 3 left here").does_not_see("\x1b", "\u202e")
        await rush(kiosk, "EQ0001", "EQ0002", "EQ0003", "EQ0004")
        kiosk.says("is not on the list")
        await kiosk.press("S")
        kiosk.says("First the codes that nothing has")
        await kiosk.press("home", *["minus"] * 12, "S", "S")
        kiosk.says("AU-1 is finished: 3 found, 1 not expected.")
        assert asset(desk, 4).place == ROOM
