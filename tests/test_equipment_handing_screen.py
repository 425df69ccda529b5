"""Hand out and take back by scan at the real screen: badge, things, badge; what cannot be is said and stays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from botui.data import Desk
from botui.models.base import Change
from botui.models.equipment.asset import Asset, Category, Status
from botui.models.equipment.loan import Condition
from tests.kiosk import PIN, Clock, Kiosk, give_pins
from tests.offices import ANN, BOB, CLEO, office
from tests.test_conformance_screens import check_bindings
from tests.test_equipment_audit_screen import rush
from tests.test_supplies_basket_screen import Counting
from tests.test_text import HOSTILE

pytestmark = pytest.mark.no_cover
ROOM = 2
KEYS = 1
"""The category whose receipt is confirmed with a PIN."""


def things(folder: Path, clock: Clock, many: int = 4) -> Desk:
    """An office with assets in a room, and badges of three people."""
    desk = office(folder, ANN, clock)
    desk.as_system().apply(lambda _: _assets(many))
    give_pins(desk, ANN, BOB, CLEO)
    for person, code in ((ANN, "BADGE-ANN"), (BOB, "BADGE-BOB"), (CLEO, "BADGE-CLEO")):
        desk.secrets.add_badge(person, code)
    return desk


def _assets(many: int) -> Change:
    change = Change("assets.begin").add(Category(id=KEYS, name="Door keys", confirm=True))
    for number in range(1, many + 1):
        change.add(
            Asset(
                id=number,
                tag=f"EQ{number:04}",
                name=f"Thing {number:02}",
                serial=f"SN-{number}",
                home=ROOM,
                place=ROOM,
            )
        )
    return change


def holders(desk: Desk, numbers: Sequence[int]) -> list[int | None]:
    desk.store.refresh()
    return [desk.get("assets", number).holder for number in numbers]


def asset(desk: Desk, number: int) -> Any:
    desk.store.refresh()
    return desk.get("assets", number)


async def test_30_things_are_handed_out_by_scanner_without_another_key(folder: Path, clock: Clock) -> None:
    desk = things(folder, clock, 32)
    desk.edit(desk.get("assets", 31), {"note": "spare"})
    desk.do("assets", 31, "hand_out", {"to": "CC"})
    async with Counting.open(folder, as_="AA", clock=clock) as kiosk:
        assert isinstance(kiosk, Counting)
        await kiosk.press("3", "T")
        kiosk.sees("Hand out by scan", "Scan who gets it")
        await check_bindings(kiosk)
        before = kiosk.keys_pressed
        await rush(kiosk, "BADGE-BOB", *(f"EQ{number:04}" for number in range(1, 31)))
        kiosk.says("Thing 30 (EQ0030). 30 things for Bob Baker.").sees("To: Bob Baker", "EQ0030")
        await rush(kiosk, "EQ0030", "EQ0031", "no-such-code")
        kiosk.says("Nothing has the code that was scanned").sees("Cleo Cole has it")
        assert not any(holders(desk, range(1, 31)))
        await kiosk.scan("BADGE-BOB")
        kiosk.says("30 things are handed out to Bob Baker. Not Thing 31 (EQ0031): Cleo Cole has it").sees("Thing 31")
        assert kiosk.keys_pressed == before
        assert holders(desk, range(1, 33)) == [BOB] * 30 + [CLEO, None]
        await kiosk.press("minus", "q")
        kiosk.sees("HAND-OVER SLIP", "Test office", "Bob Baker", "EQ0001", "SN-1")
        await kiosk.press("escape", "u", "y")  # all of it is one change
        assert not any(holders(desk, range(1, 31)))


async def test_whoever_gets_a_key_of_a_door_gives_one_pin_for_the_whole_list(folder: Path, clock: Clock) -> None:
    desk = things(folder, clock)
    for number in (1, 2):
        desk.as_system().edit(desk.as_system().get("assets", number), {"category": KEYS})
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        await kiosk.scan("EQ0001")
        await kiosk.press("T")
        kiosk.sees("Hand out by scan", "EQ0001")
        await rush(kiosk, "BADGE-CLEO", "EQ0002", "EQ0003", "BADGE-CLEO")
        await kiosk.until(lambda: "your PIN says that you get 3 things" in kiosk.glass())
        kiosk.sees("Cleo Cole", "PIN:")
        await kiosk.type("9999\r")
        await kiosk.until(lambda: "did not fit" in kiosk.glass())
        await kiosk.press("escape")
        kiosk.says("Nothing is handed out: who gets it gives their PIN.")
        assert holders(desk, (1, 2, 3)) == [None] * 3
        await kiosk.press("enter")
        kiosk.app._lock_idle()  # while the PIN is asked for
        await kiosk.settle()
        kiosk.does_not_see("Cleo", "Thing 01")
        await kiosk.sign_in("aa")
        await kiosk.press("3", "T")
        kiosk.says("not booked: 3 things")
        await kiosk.scan("BADGE-CLEO")
        await kiosk.until(lambda: "your PIN says" in kiosk.glass())
        await kiosk.type(f"{PIN}\r")
        await kiosk.until(lambda: "are handed out" in kiosk.glass())
        assert holders(desk, (1, 2, 3)) == [CLEO] * 3
        assert desk.get("loans", asset(desk, 1).loan).confirmed_at == clock.now
        assert kiosk.desk.person == ANN


async def test_what_was_booked_and_asks_for_a_pin_is_handed_out_by_that_pin(folder: Path, clock: Clock) -> None:
    desk = things(folder, clock)
    system = desk.as_system()
    system.edit(system.get("categories", KEYS), {"bookable": True})
    system.edit(system.get("assets", 1), {"category": KEYS})
    desk.do("assets", 1, "book", {"start": "tomorrow 9", "end": "tomorrow 11", "person": CLEO, "note": "fair"})
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        await kiosk.scan("BO-1")
        await kiosk.press("T")
        kiosk.sees("To: Cleo Cole   Due back: tomorrow", "PIN on receipt")
        await kiosk.press("enter")
        await kiosk.until(lambda: "your PIN says" in kiosk.glass())
        await kiosk.type(f"{PIN}\r")
        await kiosk.until(lambda: "is handed out to Cleo Cole, due back tomorrow" in kiosk.glass())
        loan = desk.get("loans", asset(desk, 1).loan)
        assert (loan.booking, loan.note, loan.confirmed_at) == (1, "fair", clock.now)
        assert desk.get("bookings", 1).state == "out"


async def test_what_comes_back_is_good_unless_c_says_otherwise(folder: Path, clock: Clock) -> None:
    desk = things(folder, clock)
    for number in (1, 2, 3):
        desk.do("assets", number, "hand_out", {"to": "BB"})
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        await kiosk.press("3", "R")
        kiosk.sees("Take back by scan", "Put in: where each belongs")
        await rush(kiosk, "EQ0001", "EQ0004", "EQ0002", "EQ0003")
        kiosk.sees("Bob Baker had it", "It is not handed out")
        await kiosk.press("c")
        await kiosk.type("major\t")
        await kiosk.press("f5")
        kiosk.sees("What is wrong with it?")
        await kiosk.type("the lid is off")
        await kiosk.press("f5")
        kiosk.says("Thing 03 (EQ0003): major damage.").sees("major damage: the lid is off")
        await kiosk.press("enter")
        kiosk.says("2 things are back.").sees("Thing 04")
        one, three = asset(desk, 1), asset(desk, 3)
        assert (one.status, one.holder, three.status) == (Status.READY, None, Status.IN_REPAIR)
        assert desk.get("loans", 3).condition is Condition.MAJOR
        assert desk.get("faults", 1).what == "the lid is off"
        await kiosk.press("q")
        kiosk.sees("RETURN SLIP", "major damage")
        await kiosk.press("escape", "delete")
        await kiosk.scan("EQ0001")
        kiosk.says("It is not handed out")


async def test_what_was_not_booked_is_kept_and_nothing_of_it_is_lost_at_a_lock(folder: Path, clock: Clock) -> None:
    desk = things(folder, clock)
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        await kiosk.press("3", "T")
        await rush(kiosk, "BADGE-BOB", "EQ0001", "EQ0002")
        kiosk.app._lock_idle()
        await kiosk.settle()
        kiosk.does_not_see("Thing 01", "Bob")
        clock.forward(minutes=5)
        await kiosk.sign_in("aa")
        kiosk.says("Draft: Hand out by scan")
        desk.do("assets", 1, "lose", {"note": "nobody has it"})
        await kiosk.press("3", "T")
        kiosk.says("From today 10:00, not booked: 2 things.").sees("To: Bob Baker", "Thing 02", "It is lost")
        await kiosk.press("escape")
        kiosk.says("it is kept for the next time")
        await kiosk.scan("EQ0003")  # another list meanwhile
        await kiosk.scan("ROOM1")
        await kiosk.press("1", "enter", "escape", "escape", "T")
        kiosk.says("not booked: 2 things").sees("Thing 01").does_not_see("Thing 03")
        await kiosk.scan("BADGE-BOB")
        kiosk.says("Thing 02 (EQ0002) is handed out to Bob Baker. Not Thing 01 (EQ0001): It is lost")
        await kiosk.press("escape")
        kiosk.says("What cannot be handed out is off the list.")
        await kiosk.press("T")
        kiosk.sees("To: nobody yet").does_not_see("Thing 01")
        await kiosk.press("escape")
        await kiosk.sign_in("aa")
        kiosk.does_not_see("Draft:")


async def test_what_cannot_be_handed_out_says_why_in_full_and_holds_up_nobody(folder: Path, clock: Clock) -> None:
    desk = things(folder, clock)
    for number in (1, 2):
        desk.do("assets", number, "hand_out", {"to": "CC", "due": "2026-11-24", "note": "visitor"})
    clock.forward(days=3)
    async with Kiosk.open(folder, as_="AA", clock=clock, size=(80, 24)) as kiosk:
        await kiosk.press("3")
        kiosk.app.open_list("assets", "active")
        await kiosk.settle()
        kiosk.sees("2 days late").does_not_see("Due back")
        kiosk.app.open_list("loans", "out")
        await kiosk.settle()
        kiosk.sees("n=Hand out", "EQ0002 Thing 02", "Cleo Cole: visitor")
        await kiosk.press("n")
        await rush(kiosk, "BADGE-BOB", "EQ0001", "EQ0002", "BADGE-BOB")
        kiosk.says("Nothing of it can be booked: each line says why.")
        kiosk.sees("Cleo Cole has it, due back Tue 24 Nov: take it back first (R).")
        await kiosk.press("home", "R")  # it goes from one to the other
        kiosk.says("Thing 01 (EQ0001) is back, 2 days late.").sees("To: Bob Baker").does_not_see("R=")
        desk.do("assets", 1, "hand_out", {"to": "CC", "due": "2026-11-26"})
        await kiosk.until(lambda: "due back today" in kiosk.glass())
        await kiosk.scan("ROOM1")
        kiosk.sees("Begin anew for Room 1", "Go on for Bob Baker").does_not_see("Hand all of it out")
        await kiosk.press("1")
        kiosk.sees("To: Room 1").does_not_see("Thing 01")
        await rush(kiosk, "EQ0001", "EQ0002", "EQ0003", "ROOM1")
        kiosk.says("Thing 03 (EQ0003) is handed out to Room 1. 2 are not: each line says why.")
        kiosk.sees("R=Take it back")
        await kiosk.press("minus", "minus", "R")
        await rush(kiosk, "EQ0002", "EQ0004")
        kiosk.sees("Put in: where each belongs", "good, 2 days late, Cleo Cole had it")


async def test_another_badge_asks_for_whom_and_a_place_or_a_thing_can_get_it_too(folder: Path, clock: Clock) -> None:
    desk = things(folder, clock)
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        await kiosk.press("3", "T")
        await kiosk.scan("EQ0001")
        kiosk.says("1 thing to hand out: scan who gets it")
        await kiosk.press("enter")
        kiosk.says("Who gets it?")
        await kiosk.scan("BADGE-BOB")
        await kiosk.scan("BADGE-CLEO")
        kiosk.sees("Cleo Cole was scanned", "Go on for Bob Baker", "then begin for Cleo Cole")
        await kiosk.press("3")
        kiosk.sees("To: Cleo Cole")
        await kiosk.scan("ROOM1")
        await kiosk.press("2")
        kiosk.sees("To: Room 1").does_not_see("Thing 01")
        assert holders(desk, (1,)) == [CLEO]
        await rush(kiosk, "EQ0002", "ROOM1", "EQ0003")
        assert asset(desk, 2).at_place == ROOM
        await kiosk.press("i")
        kiosk.sees("To: Thing 03")
        await kiosk.scan("EQ0004")
        await kiosk.press("d")
        await kiosk.type("+7d\r")
        await kiosk.settle()
        kiosk.sees("Due back: Mon 30 Nov")
        await kiosk.scan("EQ0003")
        assert (asset(desk, 4).inside, str(asset(desk, 4).due)) == (3, "2026-11-30")
        await kiosk.press("F")
        await kiosk.type("nobody-known\r")
        kiosk.sees("is no person, place or asset that is known", "What a visitor")
        await kiosk.press("escape")


async def test_what_others_do_meanwhile_is_seen_in_its_line(folder: Path, clock: Clock) -> None:
    desk = things(folder, clock)
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        await kiosk.press("3", "T")
        await rush(kiosk, "BADGE-BOB", "EQ0001")
        desk.for_person(BOB).do("assets", 1, "hand_out", {"to": "CC"})
        await kiosk.until(lambda: "Cleo Cole has it" in kiosk.glass())
        await kiosk.press("enter")
        kiosk.says("Not Thing 01 (EQ0001): Cleo Cole has it")


async def test_hostile_codes_are_no_things_and_nothing_breaks(folder: Path, clock: Clock) -> None:
    desk = things(folder, clock)
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        await kiosk.press("3", "T")
        for code in HOSTILE:
            kiosk.screen.take_scan(code)  # type: ignore[attr-defined]
        await kiosk.settle()
        kiosk.says("Nothing has the code that was scanned").sees("To: nobody yet")
        for number, name in enumerate(HOSTILE[:4], 1):
            desk.edit(desk.get("assets", number), {"name": f"x{name}"[:80], "serial": f"y{number}{name}"[:60]})
            await kiosk.scan(f"EQ{number:04}")
        await rush(kiosk, "BADGE-BOB", "BADGE-BOB")
        kiosk.says("4 things are handed out to Bob Baker.")
        await kiosk.press("q")
        kiosk.sees("HAND-OVER SLIP").does_not_see("\x1b", "\u202e")


async def test_who_may_not_hand_out_is_told(folder: Path, clock: Clock) -> None:
    things(folder, clock)
    async with Kiosk.open(folder, as_="CC", clock=clock) as kiosk:
        await kiosk.press("3", "T")
        kiosk.says("This is for a clerk to do.")
        await kiosk.press("R")
        kiosk.says("This is for a clerk to do.")


async def test_a_badge_or_a_place_that_is_scanned_after_a_thing_hands_it_out(folder: Path, clock: Clock) -> None:
    desk = things(folder, clock)
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        await kiosk.scan("EQ0001")
        await kiosk.scan("BADGE-BOB")
        kiosk.sees("Bob Baker was scanned", "Hand it out to Bob Baker", "Change to Bob Baker")
        await kiosk.press("1")
        kiosk.sees("Hand out by scan", "To: Bob Baker", "Thing 01")
        await kiosk.scan("BADGE-BOB")
        await kiosk.press("escape", "q")
        kiosk.sees("HAND-OVER SLIP", "Thing 01")
        await kiosk.press("escape", "escape")
        await kiosk.scan("EQ0002")
        await kiosk.press("q")
        kiosk.says("It was never handed out")
        await kiosk.scan("ROOM1")
        await kiosk.press("1", "enter")
        assert (holders(desk, (1,)), asset(desk, 2).at_place) == ([BOB], ROOM)
        await kiosk.press("escape")
        await kiosk.scan("PL-2")
        await kiosk.press("2")
        kiosk.sees("PL-2  Room 1")
        await kiosk.press("escape")
        await kiosk.scan("BADGE-BOB")
        await kiosk.press("2")
        kiosk.sees("PIN:")
        await kiosk.press("escape", "escape")
        await kiosk.scan("LO-1")
        await kiosk.press("q")
        kiosk.sees("HAND-OVER SLIP", "Thing 01")
