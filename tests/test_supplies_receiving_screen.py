"""A delivery unpacked at the real screen: by scanner, by hand, left, locked, and received by two people at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from botui.data import Desk
from tests.kiosk import Clock, Kiosk, give_pins
from tests.test_conformance_screens import check_bindings
from tests.test_text import HOSTILE

pytestmark = pytest.mark.no_cover


def make_office(folder: Path, clock: Clock, lines: int = 3) -> Desk:
    """An office with a clerk and one order of ten of each of some items, in a parcel on its way."""
    desk = Desk.open(folder, None, "setup", clock)
    system = desk.as_system()
    system.add("settings", {"name": "Harbour & Lane", "zone": "Europe/Berlin"}, number=1)
    system.add("people", {"name": "Mary Lee", "roles": ("clerk",)})
    system.add("people", {"name": "Bob Kay", "roles": ("clerk",)})
    system.add("people", {"name": "Zoe Hall"})
    mary = desk.for_person(1)
    mary.add("places", {"name": "Store room", "codes": ("STORE",)})
    mary.add("places", {"name": "Cellar", "codes": ("CELLAR",)})
    mary.add("parties", {"name": "Nordic Paper", "kind": "supplier", "terms": "30 days", "lead_days": 2})
    for number in range(1, lines + 1):
        code = f"40000{number:02}"
        mary.add("items", {"name": f"Thing {number:02}", "codes": (code,), "place": 1, "supplier": 1, "price": "1.50"})
    mary.add("orders", {"supplier": 1})
    for number in range(1, lines + 1):
        mary.add("lines", {"order": 1, "item": number, "quantity": 10, "price": "1.50"})
    mary.do("orders", 1, "order", {})
    mary.add("shipments", {"order": 1, "carrier": "Post", "tracking": "JJD00123"})
    return mary


def stock(desk: Desk, item: int) -> int:
    desk.store.refresh()
    return int(desk.get("items", item).on_hand)


async def test_a_delivery_of_20_lines_by_scanner_with_one_short_and_one_damaged_takes_six_keys(
    folder: Path, clock: Clock
) -> None:
    desk = make_office(folder, clock, 20)
    keys = 0

    async def press(*names: str) -> None:
        nonlocal keys
        keys += len(names)
        await kiosk.press(*names)

    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.scan("JJD00123")
        await press("I")
        for number in range(1, 21):
            await kiosk.scan(f"40000{number:02}")
            if number == 3:
                await press("8")
            if number == 7:
                await press("d", "1")
        await press("enter")
        kiosk.sees("18 lines as ordered.", "Short: 2 of 10 x Thing 03.", "Damaged, not kept: 1 x Thing 07.")
        await press("enter")
        kiosk.says("3 still to come")
    assert keys == 6
    assert [stock(desk, number) for number in range(1, 21)] == [{3: 8, 7: 9}.get(one, 10) for one in range(1, 21)]
    assert [line.item for line in desk.find("lines", {"order": (1,)}) if line.damaged] == [7]
    assert desk.get("orders", 1).state == "part"
    assert desk.get("shipments", 1).arrived_at is not None


async def test_enter_twice_takes_all_of_it_in_as_ordered_from_my_desk_too(folder: Path, clock: Clock) -> None:
    desk = make_office(folder, clock)
    clock.forward(days=7)
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.press("0")
        kiosk.sees("late")
        await kiosk.press("I", "enter")
        kiosk.sees("3 lines as ordered.", "Enter=Book it")
        await kiosk.press("enter")
        kiosk.says("all is here").does_not_see("late")
        await kiosk.scan("PO-1")
        await kiosk.press("I")
        kiosk.sees("Receive PO-1")
        await check_bindings(kiosk)
        await kiosk.press("enter")
        kiosk.says("Nothing more of this order is to come.")
    assert [stock(desk, number) for number in (1, 2, 3)] == [10, 10, 10]


async def test_lines_are_added_one_after_the_other_then_it_is_ordered_and_shown_as_text(
    folder: Path, clock: Clock
) -> None:
    desk = make_office(folder, clock)
    desk.add("orders", {"supplier": 1})
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        kiosk.app.open_record("orders", 2)
        await kiosk.settle()
        kiosk.sees("draft; P orders it, n adds a line")
        await kiosk.press("n")
        await kiosk.type("Thing 01\t5")
        await kiosk.press("f6")
        await kiosk.type("Thing 02\t7\r")
        kiosk.sees("Lines (2)", "Thing 01", "Thing 02")
        await kiosk.press("q")
        kiosk.sees("DRAFT of order PO-2")
        await kiosk.press("escape", "P")
        kiosk.sees("I takes in what comes", "Wed 25 Nov; ordered today", "0 of 2 lines here; not billed")
    desk.store.refresh()
    assert [line.quantity for line in desk.find("lines", {"order": (2,)})] == [5, 7]


async def test_by_hand_the_arrows_digits_and_minus_say_what_is_here(folder: Path, clock: Clock) -> None:
    desk = make_office(folder, clock)
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.scan("PO-1")
        await kiosk.press("I", "1", "0", "down", "4", "5", "backspace", "down", "d", "2")
        kiosk.sees("as ordered", "6 short", "8 kept")
        await kiosk.press("u")
        kiosk.does_not_see("8 kept").sees("6 short")
        await kiosk.press("minus", "up", "up", "minus", "enter")
        kiosk.sees("Short: 6 of 10 x Thing 02.", "Not here, still to come: 10 x Thing 01; 10 x Thing 03.")
        await kiosk.press("enter")
        kiosk.says("26 still to come")
    assert [stock(desk, number) for number in (1, 2, 3)] == [0, 4, 0]


async def test_by_hand_only_what_is_not_as_ordered_is_typed_and_a_says_that_the_rest_came(
    folder: Path, clock: Clock
) -> None:
    desk = make_office(folder, clock, 20)
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.scan("PO-1")
        await kiosk.press("I", "down", "8", "enter")
        kiosk.sees("Not here, still to come: 10 x Thing 01;", "a=The rest came too")
        await kiosk.press("a")
        kiosk.sees("19 lines as ordered.", "Short: 2 of 10 x Thing 02.").does_not_see("Not here", "a=The rest")
        await kiosk.press("escape", "u")
        kiosk.sees("1/20 unpacked", "a=The rest too")
        await kiosk.press("a", "end", "minus", "enter", "enter")
        kiosk.says("12 still to come")
        await kiosk.press("H")
        kiosk.sees("History of PO-1 (partly here", "Mary Lee: Receive  (at T1)  2 x Thing 02 short")
        await kiosk.press("escape", "u")
        kiosk.sees("Undo: Receive PO-1? (partly here, 20 lines) Nordic Paper, done at")
        await kiosk.press("n")
    assert [stock(desk, number) for number in (1, 2, 19, 20)] == [10, 8, 10, 0]


async def test_more_than_was_ordered_is_booked_only_if_it_is_meant(folder: Path, clock: Clock) -> None:
    desk = make_office(folder, clock)
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.scan("PO-1")
        await kiosk.press("I")
        await kiosk.scan("4000001")
        await kiosk.press("1", "2", "enter")
        kiosk.sees("More than ordered: 2 x Thing 01.")
        await kiosk.press("enter")
        assert stock(desk, 1) == 0
        await kiosk.press("enter", "y")
        kiosk.says("2 x Thing 01 over")
    assert stock(desk, 1) == 12


async def test_packs_add_up_and_a_plain_code_only_finds_its_line_again(folder: Path, clock: Clock) -> None:
    desk = make_office(folder, clock)
    desk.do("items", 1, "barcode", {"code": "BOX4", "quantity": 4})
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.scan("PO-1")
        await kiosk.press("I")
        for code in ("BOX4", "BOX4", "4000001", "4000002", "4000002"):
            await kiosk.scan(code)
        await kiosk.press("f5")
        kiosk.sees("1 line as ordered.", "Short: 2 of 10 x Thing 01.", "Not here, still to come: 10 x Thing 03.")


async def test_what_was_not_ordered_is_kept_or_noted_as_wrong(folder: Path, clock: Clock) -> None:
    desk = make_office(folder, clock)
    desk.add("items", {"name": "[red]Stapler", "codes": ("STAPLER",), "place": 1})
    desk.add("items", {"name": "Wrong ink", "codes": ("WRONGINK",), "place": 1})
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.scan("PO-1")
        await kiosk.press("I")
        await kiosk.scan("STAPLER")
        kiosk.sees("[red]Stapler is not on PO-1")
        await kiosk.scan("4000001")  # waits for the answer
        await kiosk.press("1")
        kiosk.sees("[red]Stapler", "not ordered").says("Thing 01: 10 of 10 to come.")
        await kiosk.scan("WRONGINK")
        await kiosk.press("2", "f5")
        kiosk.sees("Not ordered, kept: 1 x [red]Stapler.", "Wrong, not taken: 1 x Wrong ink.")
        await kiosk.press("enter")
        kiosk.says("1 x [red]Stapler not ordered")
    assert [stock(desk, 4), stock(desk, 5)] == [1, 0]
    assert "Wrong ink" in next(iter(desk.find("movements", {"item": (4,)}))).note


async def test_a_place_that_is_scanned_is_where_all_of_it_goes(folder: Path, clock: Clock) -> None:
    desk = make_office(folder, clock)
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.scan("PO-1")
        await kiosk.press("I")
        await kiosk.scan("CELLAR")
        kiosk.sees("> Cellar")
        await kiosk.press("enter", "enter")
        kiosk.says("all is here")
    desk.store.refresh()
    assert desk.get("items", 1).at(2) == 10


async def test_a_date_and_a_place_are_asked_for_where_they_are_wanted_and_missing(folder: Path, clock: Clock) -> None:
    desk = make_office(folder, clock)
    desk.edit(desk.get("items", 1), {"by_date": True})
    desk.edit(desk.get("items", 2), {"place": None})
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.scan("PO-1")
        await kiosk.press("I", "enter")
        kiosk.sees("Until when is Thing 01 to be used?")
        await kiosk.type("2027-01-31\r")
        kiosk.sees("Where is Thing 02 put, now and from now on?", "Cellar")
        await kiosk.press("1")
        kiosk.sees("3 lines as ordered.")
        await kiosk.press("enter")
        kiosk.says("all is here")
    desk.store.refresh()
    assert f"{desk.get('items', 1).stock[0].use_by}" == "2027-01-31"
    assert desk.get("items", 2).at(2) == 10


async def test_an_idle_lock_keeps_the_list_and_it_goes_on_where_it_was(folder: Path, clock: Clock) -> None:
    desk = make_office(folder, clock)
    give_pins(desk, 1, 2)
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.scan("PO-1")
        await kiosk.press("I")
        await kiosk.scan("4000001")
        await kiosk.press("8")
        kiosk.app._lock_idle()
        await kiosk.settle()
        kiosk.does_not_see("Thing 01")
        await kiosk.sign_in("BK")
        await kiosk.scan("PO-1")
        await kiosk.press("I")
        kiosk.sees("0/3 unpacked")  # it is Mary's list, nobody else's
        await kiosk.press("escape")
        desk.for_person(2).do("orders", 1, "receive", {"here": "OL-1=3"})
        await kiosk.sign_in("ML")
        kiosk.says("Receive PO-1")
        await kiosk.scan("PO-1")
        await kiosk.press("I")
        kiosk.says("Thing 01: 3 came meanwhile, 7 to come; your list has 8.").sees("1 over")
        await kiosk.press("7", "escape")
        kiosk.says("Your list of PO-1 is kept")
        await kiosk.press("I", "enter", "enter")
        kiosk.says("20 still to come")
        await kiosk.press("I")
        kiosk.sees("0/3 unpacked")  # what is booked is no draft any more
    assert stock(desk, 1) == 10


async def test_what_another_desk_receives_meanwhile_is_followed_and_said(folder: Path, clock: Clock) -> None:
    desk = make_office(folder, clock)
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.scan("PO-1")
        await kiosk.press("I")
        await kiosk.scan("4000001")
        desk.for_person(2).do("orders", 1, "receive", {"here": "OL-1, OL-2"})
        await kiosk.until(lambda: "came meanwhile" in kiosk.glass())
        kiosk.says("Thing 01: 10 came meanwhile, 0 to come; your list has 10.").sees("here already")
        await kiosk.press("minus", "enter")
        kiosk.sees("1 line as ordered.")
        await kiosk.press("enter")
        kiosk.says("all is here")
    assert [stock(desk, number) for number in (1, 2, 3)] == [10, 10, 10]


async def test_hostile_names_are_shown_as_they_are_and_break_nothing(folder: Path, clock: Clock) -> None:
    desk = make_office(folder, clock, 4)
    for number, name in enumerate(HOSTILE[:4], 1):
        desk.edit(desk.get("items", number), {"name": f"x{name}"[:80]})
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.scan("PO-1")
        kiosk.sees("Nordic Paper; 30 days", "To come")
        await kiosk.press("I")
        for number in range(1, 5):
            await kiosk.scan(f"400000{number}")
            await kiosk.press("2", "d", "1")
        await kiosk.press("enter", "enter")
        kiosk.says("36 still to come")


async def test_a_code_that_nothing_has_is_learned_and_counts_at_once(folder: Path, clock: Clock) -> None:
    desk = make_office(folder, clock)
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.scan("PO-1")
        await kiosk.press("I")
        await kiosk.scan("NEWCODE1")
        kiosk.sees("Learn it for Thing 01")
        await kiosk.press("1", "f5")
        kiosk.sees("1/3 unpacked")
    desk.store.refresh()
    assert "NEWCODE1" in desk.get("items", 1).codes


async def test_whoever_may_only_look_at_orders_is_told_so(folder: Path, clock: Clock) -> None:
    desk = make_office(folder, clock)
    desk.as_system().add("people", {"name": "Otto Aud", "roles": ("auditor",)})
    async with Kiosk.open(folder, as_="OA", clock=clock) as kiosk:
        await kiosk.scan("PO-1")
        await kiosk.press("I")
        kiosk.says("This is for a clerk to do.").sees("Nordic Paper")
