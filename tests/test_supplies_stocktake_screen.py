"""A stocktake at the real screen: counted blind by scan and by table, and its differences approved by somebody else."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from textual import events

from botui.data import Desk
from botui.models.base import Change
from botui.models.office import Context
from botui.models.supplies import Item, Why
from botui.models.supplies.ledger import Ledger, Posting
from tests.kiosk import Clock, Kiosk, give_pins
from tests.test_conformance_screens import check_bindings
from tests.test_text import HOSTILE

pytestmark = pytest.mark.no_cover


def make_office(folder: Path, clock: Clock, items: int = 4) -> Desk:
    """An office with a clerk, his manager and items of which seventy each lie in two rooms by turns."""
    desk = Desk.open(folder, None, "setup", clock)
    system = desk.as_system()
    system.add("settings", {"name": "Harbour & Lane", "zone": "Europe/Berlin"}, number=1)
    system.add("people", {"name": "Mary Lee", "roles": ("clerk",)})
    system.add("people", {"name": "Max Boss", "roles": ("manager", "staff")})
    system.add("people", {"name": "Bob Kay", "roles": ("clerk",)})
    mary = desk.for_person(1)
    mary.add("places", {"name": "Cellar", "codes": ("CELLAR",)})
    mary.add("places", {"name": "Store room", "codes": ("STORE",)})
    desk.as_system().apply(lambda ctx: _items(items))
    desk.as_system().apply(lambda ctx: _came(ctx, items))
    mary.add("stocktakes", {"name": "Year's end"})
    return mary


def _items(many: int) -> Change:
    change = Change("items.add")
    for number in range(1, many + 1):
        item = Item(id=number, name=f"Thing {number:03}", codes=(f"40000{number:03}",), place=1 + number % 2)
        change.add(item)
    return change


def _came(ctx: Context, many: int) -> Change:
    ledger = Ledger(ctx, Change("items.receive"))
    for number in range(1, many + 1):
        place, cost = 1 + number % 2, Decimal("0.02")
        ledger.post(Posting(item=number, place=place, quantity=70, why=Why.RECEIVE, cost=cost))
    return ledger.close()


async def test_a_count_is_blind_saved_at_once_and_goes_by_scan_and_by_table(folder: Path, clock: Clock) -> None:
    desk = make_office(folder, clock)
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.scan("ST-1")
        kiosk.sees("Counted 0 of 4", "Cellar", "K=Count").does_not_see("70")
        await kiosk.press("K")
        kiosk.sees("4 of 4 left", "to count").does_not_see("70")
        await check_bindings(kiosk)
        await kiosk.press("7", "1", "enter")
        kiosk.says("71 counted.").sees("3 of 4 left")
        await kiosk.scan("40000003")
        kiosk.says("Thing 003 in Store room: how many?")
        await kiosk.press("6", "9")
        await kiosk.scan("40000001")  # the next scan saves what was typed
        kiosk.sees("2 of 4 left")
        await kiosk.press("7", "0", "down", "7", "5", "backspace", "0", "enter")
        kiosk.sees("1 of 4 left").does_not_see("Should be")
        desk.store.refresh()
        assert [desk.get("counts", one).counted for one in (1, 2, 3, 4)] == [71, None, 70, 70]


async def test_what_is_counted_is_chosen_by_typing_a_few_letters(folder: Path, clock: Clock) -> None:
    desk = make_office(folder, clock)
    desk.do("stocktakes", 1, "cancel", {"reason": "begun too early"})
    for number, category in enumerate(["Pens", "Paper", "Paper", "[/x]Ink"], 1):
        desk.edit(desk.get("items", number), {"category": category})
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.press("2")
        kiosk.app.open_list("stocktakes", "open")
        await kiosk.settle()
        await kiosk.press("n")
        await kiosk.type("Paper\t")
        await kiosk.press("f4")
        await kiosk.type("stor\r")
        await kiosk.press("tab", "f4")
        kiosk.sees("1 [/x]Ink", "2 Paper", "3 Pens").does_not_see("4 ")
        await kiosk.type("pap\r")
        await kiosk.press("f4", "3")
        kiosk.sees("Paper, Pens")
        await kiosk.press("backspace", "f5")
        kiosk.sees("Nothing is of pen; there is: [/x]Ink, Paper, Pens.")
        await kiosk.type("s")
        await kiosk.press("f5")
        kiosk.says("ST-2 Paper is begun: 2 counts.")
    desk.store.refresh()
    assert sorted(one.item for one in desk.find("counts", {"stocktake": (2,)})) == [1, 3]


async def test_a_place_that_is_scanned_shows_only_what_lies_there(folder: Path, clock: Clock) -> None:
    make_office(folder, clock)
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.scan("ST-1")
        await kiosk.press("K")
        await kiosk.scan("STORE")
        kiosk.sees("> Store room", "2 of 2 left", "Thing 001").does_not_see("Thing 002")
        await kiosk.press("escape")
        kiosk.sees("4 of 4 left")
        await kiosk.press("p", "2")
        kiosk.sees("> Cellar", "Thing 002").does_not_see("Thing 001")


async def test_a_thing_that_is_not_on_the_list_is_put_on_it_where_it_was_found(folder: Path, clock: Clock) -> None:
    desk = make_office(folder, clock)
    desk.add("items", {"name": "[/x]Lost", "codes": ("LOSTONE1",)})
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.scan("ST-1")
        await kiosk.press("K")
        await kiosk.scan("LOSTONE1")
        kiosk.sees("[/x]Lost is not on the list. Where was it found?")
        await kiosk.press("2", "3", "enter")
        kiosk.says("[/x]Lost in Store room: 3 counted.").sees("4 of 5 left")
        await kiosk.scan("NOSUCHCODE")
        kiosk.says("Nothing has the code that was scanned.")


async def test_digits_that_are_not_saved_survive_a_lock(folder: Path, clock: Clock) -> None:
    desk = make_office(folder, clock)
    give_pins(desk, 1)
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.scan("ST-1")
        await kiosk.press("K", "down", "1", "2")
        kiosk.app._lock_idle()
        await kiosk.settle()
        await kiosk.sign_in("ML")
        await kiosk.scan("ST-1")
        await kiosk.press("K")
        kiosk.says("You typed 12 here and did not save it: Enter does.")
        await kiosk.press("enter")
        kiosk.says("Thing 004 in Cellar: 12 counted.")
        await kiosk.press("3", "escape")
    desk.store.refresh()
    assert desk.get("counts", 3).counted == 3  # what is typed is saved when one leaves


async def test_what_another_desk_counts_is_seen_at_once(folder: Path, clock: Clock) -> None:
    desk = make_office(folder, clock)
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.scan("ST-1")
        await kiosk.press("K")
        desk.for_person(3).do("counts", 2, "count", {"counted": 7})
        await kiosk.until(lambda: "3 of 4 left" in kiosk.glass())
        kiosk.sees("7")


async def rush(kiosk: Kiosk, text: str) -> None:
    """Type without waiting for what the desk does with it."""
    for one in text:
        kiosk.app.post_message(events.Key("enter" if one == "\r" else one, one))
    await kiosk.settle()


async def test_200_items_are_counted_and_what_differs_is_approved_by_a_second_person(
    folder: Path, clock: Clock
) -> None:
    desk = make_office(folder, clock, 200)
    give_pins(desk, 1, 2)
    walked = (*range(2, 201, 2), *range(1, 201, 2))  # the cellar, then the store room
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.press("2")
        kiosk.app.open_list("stocktakes", "open")
        await kiosk.settle()
        kiosk.sees("200 of 200")
        await kiosk.press("K")
        # as fast as the keys come: what is typed while a count is saved is of the next line
        there = {100: 68, 120: 73}
        await rush(kiosk, "".join(f"{there.get(number, 70)}\r" for number in walked[:197]))
        await kiosk.press("escape")
        kiosk.sees("3 of 200")
        await kiosk.press("K")
        kiosk.sees("3 of 200 left")
        for _ in range(3):
            await kiosk.press("7", "0", "enter")
        kiosk.says("All is counted")
        await kiosk.press("escape", "enter", "Q")
        await kiosk.type("Max Boss\r")
        kiosk.says("2 differences").sees("Differences: 2, +0.02 EUR", "-2", "-0.04", "+3", "+0.06")
        await kiosk.press("U", "2")
        kiosk.says("is to be counted again").sees("1 to count again").does_not_see("Should be")
        await kiosk.press("K")
        kiosk.sees("count again", "1 of 200 left")
        await kiosk.press("7", "0", "enter", "escape", "Q", "f5")
        kiosk.says("1 difference").sees("Differences: 1, +0.06 EUR")
        await kiosk.sign_in("MB")
        await kiosk.scan("ST-1")
        await kiosk.press("V")
        kiosk.says("ST-1 is booked: 1 difference, +0.06 EUR.")
    desk.store.refresh()
    assert desk.get("stocktakes", 1).state == "booked"
    assert sum(desk.get("items", number).on_hand for number in range(1, 201)) == 14003


async def test_hostile_names_are_counted_as_any_other(folder: Path, clock: Clock) -> None:
    desk = make_office(folder, clock)
    for number, name in enumerate(HOSTILE[:4], 1):
        desk.edit(desk.get("items", number), {"name": f"x{name}"[:80]})
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.scan("ST-1")
        await kiosk.press("K")
        for _ in range(4):
            await kiosk.press("9", "enter")
        await kiosk.press("escape", "Q")
        await kiosk.type("Max Boss\r")
        kiosk.sees("Differences: 4, -4.88 EUR")


async def test_what_is_asked_for_is_picked_place_by_place_and_handed_out_in_one_key(folder: Path, clock: Clock) -> None:
    desk = make_office(folder, clock)
    for number, (item, many) in enumerate([(1, 5), (2, 3), (3, 4)], 1):
        desk.for_person(2).add("requests", {"item": item, "quantity": many})
        desk.do("requests", number, "accept", {})
    desk.for_person(2).add("requests", {"what": "[/x]A red stapler", "quantity": 1})
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        kiosk.app.open_list("requests", "hand_out")
        await kiosk.settle()
        places = [line[10:26].strip() for line in kiosk.glass().splitlines()[2:5]]
        assert places == ["Cellar", "Store room", "Store room"]
        kiosk.sees("Cellar           Thing 002", "Store room       Thing 001", "Max Boss")
        await kiosk.press("space", "space", "space", "T")
        kiosk.says("Hand out: 3 done.")
        kiosk.app.open_list("requests", "open")
        await kiosk.settle()
        kiosk.sees("[/x]A red stapler").does_not_see("Lies in")
    desk.store.refresh()
    assert [desk.get("items", number).on_hand for number in (1, 2, 3)] == [65, 67, 66]
