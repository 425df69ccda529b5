"""Stories of the store room at the desk: a scan and digits take, a badge before and after needs no key, reorder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from botui.data import Desk
from botui.models.supplies import Item
from botui.screens.basket import BasketScreen
from tests.kiosk import PIN, Clock, Kiosk, give_pins
from tests.offices import ANN, BOB, CLEO, office, ticket
from tests.test_supplies_basket import CUP, PAD, PEN, store_room

pytestmark = pytest.mark.no_cover
PEN_CODE = "4006381333931"


@pytest.fixture
def desk(folder: Path, clock: Clock) -> Desk:
    found = office(folder, ANN, clock)
    store_room(found)
    give_pins(found, ANN, BOB, CLEO)
    for person, code in ((ANN, "BADGE-ANN"), (BOB, "BADGE-BOB"), (CLEO, "BADGE-CLEO")):
        found.secrets.add_badge(person, code)
    return found


class Counting(Kiosk):
    """Somebody at the desk whose keys are counted; scans are none."""

    keys_pressed = 0

    async def press(self, *keys: str) -> Kiosk:
        self.keys_pressed += len(keys)
        return await super().press(*keys)

    async def type(self, text: str) -> Kiosk:
        self.keys_pressed += len(text)
        return await super().type(text)


def on_hand(desk: Desk, item: int) -> int:
    desk.store.refresh()
    found: Item = desk.get("items", item)
    return found.on_hand


def movements(desk: Desk) -> list[tuple[int, int, int | None]]:
    desk.store.refresh()
    return [(one.item, one.quantity, one.by) for one in desk.find("movements", {"why": ("take",)})]


# --- signed in: one item ----------------------------------------------------------------------------------------------


async def test_three_pens_are_taken_by_scan_with_two_keys_and_by_three_scans_with_one(desk: Desk, folder: Path) -> None:
    async with Counting.open(folder, as_="CC") as kiosk:
        assert isinstance(kiosk, Counting)
        await kiosk.scan(PEN_CODE)
        kiosk.sees("Pen, blue", "On hand").says("1 x Pen, blue: t takes it")
        await kiosk.press("3")
        kiosk.says("3 x Pen, blue: t takes them")
        await kiosk.press("t")
        kiosk.says("3 x Pen, blue taken; 7 left in House.")
        assert kiosk.keys_pressed == 2
        for _ in range(3):
            await kiosk.scan(PEN_CODE)
        kiosk.says("3 x Pen, blue")
        await kiosk.press("t")
        assert kiosk.keys_pressed == 3
        assert movements(desk) == [(PEN, -3, CLEO), (PEN, -3, CLEO)]
        await kiosk.press("u", "y")
        assert on_hand(desk, PEN) == 7


async def test_a_quantity_goes_into_the_form_of_a_verb_and_is_forgotten_by_any_other_key(
    desk: Desk, folder: Path
) -> None:
    async with Kiosk.open(folder, as_="AA") as kiosk:
        await kiosk.scan(PEN_CODE)
        await kiosk.press("1", "2", "backspace", "backspace", "4")
        kiosk.says("4 x Pen, blue")
        await kiosk.press("F")
        kiosk.sees("How many", "4")
        await kiosk.press("f5")
        kiosk.says("4 x Pen, blue taken")
        await kiosk.press("5", "escape", "t")
        kiosk.says("1 x Pen, blue taken")
        await kiosk.press("5", "H", "escape", "t")
        kiosk.says("1 x Pen, blue taken")
        await kiosk.type("12345678")
        kiosk.says("At most 1,000,000 at once.")
        await kiosk.press("t")
        kiosk.sees("How many", "123456", "There are only 4 left.")
        await kiosk.press("escape")
        await kiosk.scan("PAD-CODE")
        kiosk.sees("Pad").says("2 x Pad")
        assert on_hand(desk, PEN) == 4


async def test_a_code_of_a_pack_is_one_that_is_taken_and_a_whole_pack_that_comes_in(desk: Desk, folder: Path) -> None:
    desk.as_system().do("items", PEN, "barcode", {"code": "PENBOX", "quantity": 50})
    async with Kiosk.open(folder, as_="AA") as kiosk:
        await kiosk.scan("PENBOX")
        await kiosk.scan("PENBOX")
        kiosk.says("2 x Pen, blue").sees("50 x piece")
        await kiosk.press("I")
        kiosk.sees("How many      100")
        await kiosk.press("f5")
        kiosk.says("100 x Pen, blue came in; 110 in House now.")
        await kiosk.scan("PENBOX")
        await kiosk.press("t")
        kiosk.says("1 x Pen, blue taken")


async def test_the_field_for_whom_or_what_takes_a_badge_or_a_ticket_that_is_scanned(desk: Desk, folder: Path) -> None:
    number = ticket(desk).id
    async with Kiosk.open(folder, as_="CC") as kiosk:
        await kiosk.scan(PEN_CODE)
        await kiosk.press("F", "down")
        await kiosk.scan("BADGE-BOB")
        kiosk.sees("P-2").does_not_see("BADGE")
        await kiosk.press("f5")
        kiosk.says("1 x Pen, blue taken for Bob Baker")
        await kiosk.press("F", "down")
        await kiosk.scan("nothing-has-this")
        kiosk.sees("Nothing has the code that was scanned")
        await kiosk.press("escape", "F", "down")
        await kiosk.scan(f"T-{number}")
        kiosk.sees("There is no") if kiosk.desk.may("tickets", "read") else kiosk.sees(f"T-{number}")


async def test_an_open_item_says_what_is_there_who_took_it_and_leads_there(desk: Desk, folder: Path) -> None:
    desk.for_person(BOB).do("items", PEN, "take", {"quantity": "2", "to": "CC"})
    async with Kiosk.open(folder, as_="CC") as kiosk:
        kiosk.app.open_record("items", PEN)
        await kiosk.settle()
        kiosk.sees("8 in House", "Counted in piece", "Who took what", "-2 taken by Bob Baker for Cleo Cole, House")
        kiosk.sees("4006381333931", "10 came in")
        await kiosk.press("v")
        kiosk.sees("-2 taken by Bob Baker")
        await kiosk.press("escape", "escape")


# --- an unknown code --------------------------------------------------------------------------------------------------


async def test_an_unknown_code_is_learned_for_an_item_or_begins_a_new_one(desk: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="AA") as kiosk:
        kiosk.app.open_record("items", PAD)
        await kiosk.settle()
        await kiosk.scan("[/x]-99")
        kiosk.sees("Nothing has the code [/x]-99", "Learn it for Pad", "A new item with this code")
        await kiosk.press("1")
        kiosk.sees("[/x]-99")
        await kiosk.press("f5")
        await kiosk.settle()
        found: Item = desk.get("items", PAD)
        desk.store.refresh()
        found = desk.get("items", PAD)
        assert "[/x]-99" in found.codes
        kiosk.app.open_list("items", "active")
        await kiosk.settle()
        await kiosk.scan("NEW-1234")
        await kiosk.press("1")
        await kiosk.type("pen")
        kiosk.sees("Pen, blue")
        await kiosk.press("escape")
        await kiosk.scan("NEW-1234")
        await kiosk.press("2")
        kiosk.sees("New item", "NEW-1234")
        await kiosk.press("escape")


async def test_who_may_not_edit_items_is_told_whom_to_ask(desk: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="CC") as kiosk:
        kiosk.app.open_list("items", "active")
        await kiosk.settle()
        await kiosk.scan("NEW-1234")
        kiosk.says("Nothing has the code that was scanned. To learn it: This is for a clerk to do.")


# --- the basket -------------------------------------------------------------------------------------------------------


async def test_take_by_scan_books_all_with_one_key_and_keeps_what_it_cannot(desk: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="CC") as kiosk:
        await kiosk.press("2", "t")
        kiosk.sees("Take by scan: Cleo Cole", "Scan what you take.")
        await kiosk.press("3", "enter")
        kiosk.says("Scan something first")
        await kiosk.scan("BADGE-BOB")
        kiosk.sees("This is the badge of Bob Baker")
        await kiosk.press("2")
        kiosk.sees("For: Bob Baker")
        await kiosk.scan(PEN_CODE)
        await kiosk.scan("PAD-CODE")
        await kiosk.press("3")
        await kiosk.scan("CUPCUP")
        kiosk.sees("[/x]").does_not_see("\x1b", "\u202e")
        await kiosk.press("0")
        kiosk.says("is off the list").sees("1 x Pen, blue", "3 x Pad")
        await kiosk.scan("nothing-has-this")
        kiosk.says("Nothing has the code that was scanned")
        await kiosk.press("enter")
        kiosk.says("Cleo Cole took 1 x Pen, blue. Not Pad: There are only 2 left.")
        kiosk.sees("only 2 left").does_not_see("Pen, blue  ")
        await kiosk.press("2", "f5")
        kiosk.says("Taken: 2 x Pad.")
        assert movements(desk) == [(PEN, -1, CLEO), (PAD, -2, CLEO)]
        await kiosk.scan(PEN_CODE)
        await kiosk.press("F")
        await kiosk.type("nobody-1\r")
        kiosk.sees("nobody-1")
        await kiosk.press("escape", "2")
        await kiosk.press("delete", "escape")
        kiosk.sees("Take by scan", "Order now")


async def test_very_much_asks_again(desk: Desk, folder: Path) -> None:
    desk.as_system().edit(desk.as_system().get("settings", 1), {"below_zero": True})
    async with Kiosk.open(folder, as_="CC") as kiosk:
        await kiosk.press("2", "t")
        await kiosk.scan(PEN_CODE)
        await kiosk.press("9", "9", "9", "9", "enter")
        kiosk.says("Not Pen, blue: This is very much. y takes so many.").sees("y=So many")
        await kiosk.press("y")
        kiosk.says("Taken: 9,999 x Pen, blue.")


async def test_a_badge_before_and_after_takes_without_a_key(desk: Desk, folder: Path) -> None:
    async with Counting.open(folder, kiosk=True) as kiosk:
        assert isinstance(kiosk, Counting)
        await kiosk.scan("BADGE-ANN")
        kiosk.sees("PIN:", "Or scan what you take").does_not_see("Ann")
        await kiosk.scan(PEN_CODE)
        kiosk.sees("Take by scan: Ann Archer", "nobody signed in", "1 x Pen, blue")
        await kiosk.scan("PAD-CODE")
        await kiosk.scan(PEN_CODE)
        await kiosk.scan(PEN_CODE)
        kiosk.sees("3 x Pen, blue", "2 x Pad")
        await kiosk.scan("BADGE-ANN")
        kiosk.says("Ann Archer took 3 x Pen, blue and 2 x Pad.").sees("nobody signed in", "F10=Sign in")
        assert kiosk.keys_pressed == 0
        assert kiosk.desk.person is None
        assert movements(desk) == [(PEN, -3, ANN), (PAD, -2, ANN)]


async def test_by_a_badge_alone_nothing_else_opens(desk: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, kiosk=True) as kiosk:
        await kiosk.scan("BADGE-ANN")
        await kiosk.scan(PEN_CODE)
        for key in ("f2", "n", "v", "u", "f9", "H", "full_stop", "f6"):
            await kiosk.press(key)
            if not isinstance(kiosk.screen, BasketScreen):
                kiosk.sees("Who are you:")
                await kiosk.press("escape")
        kiosk.sees("1 x Pen, blue")
        await kiosk.press("f10")
        kiosk.sees("Who are you:").does_not_see("Pen, blue")
        assert on_hand(desk, PEN) == 10


async def test_another_s_badge_books_nothing_under_a_wrong_name(desk: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, kiosk=True) as kiosk:
        await kiosk.scan("BADGE-ANN")
        await kiosk.scan(PEN_CODE)
        await kiosk.scan("BADGE-BOB")
        kiosk.sees("This is the badge of Bob Baker", "Go on as Ann Archer", "Bob Baker goes on")
        await kiosk.press("3")
        kiosk.sees("PIN:").does_not_see("Ann", "Pen, blue")
        assert movements(desk) == []
        await kiosk.scan("PAD-CODE")
        kiosk.sees("Take by scan: Bob Baker", "2 x Pad").does_not_see("Pen, blue")
        await kiosk.scan("BADGE-BOB")
        kiosk.says("Bob Baker took 2 x Pad.")
        await kiosk.scan("BADGE-ANN")
        await kiosk.scan("CUPCUP")
        kiosk.sees("1 x Pen, blue")
        assert movements(desk) == [(PAD, -2, BOB)]


async def test_what_is_left_there_is_kept_and_nothing_of_it_stays_on_the_glass(
    desk: Desk, folder: Path, clock: Clock
) -> None:
    async with Kiosk.open(folder, kiosk=True, clock=clock) as kiosk:
        await kiosk.scan("BADGE-ANN")
        await kiosk.scan(PEN_CODE)
        kiosk.app._lock_idle()
        await kiosk.settle()
        kiosk.does_not_see("Pen, blue", "Ann", "Take by scan")
        clock.forward(minutes=5)
        await kiosk.sign_in("aa")
        kiosk.says("Draft: Take by scan")
        await kiosk.press("2", "t")
        kiosk.sees("1 x Pen, blue").says("From today 10:00, not booked: 1 x Pen, blue.")
        await kiosk.scan("BADGE-ANN")
        kiosk.says("Ann Archer took 1 x Pen, blue.").does_not_see("Take by scan")
        assert kiosk.desk.person is None
        await kiosk.sign_in("aa")
        kiosk.does_not_see("Draft:")
        assert movements(desk) == [(PEN, -1, ANN)]


async def test_what_cannot_be_booked_by_badge_stays_to_be_seen_and_the_badge_once_more_leaves_it(
    desk: Desk, folder: Path
) -> None:
    async with Kiosk.open(folder, kiosk=True) as kiosk:
        await kiosk.scan("BADGE-CLEO")
        await kiosk.scan("PAD-CODE")
        await kiosk.scan("PAD-CODE")
        await kiosk.scan("BADGE-CLEO")
        kiosk.says("Not Pad: There are only 2 left.").sees("4 x Pad")
        await kiosk.scan("BADGE-CLEO")
        kiosk.says("Nothing was taken; the list is kept.").does_not_see("Pad")
        await kiosk.scan("BADGE-CLEO")
        await kiosk.scan(PEN_CODE)
        kiosk.sees("4 x Pad", "1 x Pen, blue").says("not booked: 4 x Pad. 1 x Pen, blue.")


async def test_who_leaves_the_office_meanwhile_takes_nothing_and_the_desk_goes_on(desk: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, kiosk=True) as kiosk:
        await kiosk.scan("BADGE-CLEO")
        await kiosk.scan(PEN_CODE)
        desk.as_system().edit(desk.as_system().get("people", CLEO), {"active": False})
        await kiosk.until(lambda: "Take by scan" not in kiosk.glass())
        await kiosk.settle()
        kiosk.says("your record says that you do not work here").does_not_see("Pen, blue", "Cleo")
        await kiosk.scan("BADGE-CLEO")
        await kiosk.scan(PEN_CODE)
        kiosk.sees("That did not fit.")
        assert movements(desk) == []


async def test_where_a_badge_is_enough_for_all_the_sandwich_needs_no_key_either(desk: Desk, folder: Path) -> None:
    desk.as_system().edit(desk.as_system().get("settings", 1), {"badge_only": 20})
    async with Kiosk.open(folder, kiosk=True) as kiosk:
        await kiosk.scan("BADGE-CLEO")
        kiosk.sees("My desk")
        await kiosk.scan(PEN_CODE)
        await kiosk.scan(PEN_CODE)
        await kiosk.scan("BADGE-CLEO")
        kiosk.says("Cleo Cole took 2 x Pen, blue.").sees("nobody signed in")
        assert movements(desk) == [(PEN, -2, CLEO)]
        desk.as_system().edit(desk.get("items", PEN), {"price": "30"})
        await kiosk.scan("BADGE-CLEO")
        await kiosk.scan(PEN_CODE)
        await kiosk.scan("BADGE-CLEO")
        await kiosk.until(lambda: "needs your PIN" in kiosk.glass())
        await kiosk.type(f"{PIN}\r")
        await kiosk.until(lambda: "took 1 x Pen" in kiosk.glass())


# --- Monday's reorder -------------------------------------------------------------------------------------------------


def low(desk: Desk) -> None:
    """Let nine items be low, of three suppliers."""
    system: Any = desk.as_system()
    for name in ("Paper House", "Office World", "Coffee Shop"):
        system.add("parties", {"name": name})
    for number in range(9):
        level = {"order_below": 5, "fill_to": 20, "multiple": 6, "price": "1.50", "supplier": number % 3 + 1}
        system.add("items", {"name": f"Thing {number}", "place": 1, **level})


async def test_monday_s_reorder_from_the_low_list_to_three_orders_in_fifteen_keys(desk: Desk, folder: Path) -> None:
    low(desk)
    async with Counting.open(folder, as_="AA") as kiosk:
        assert isinstance(kiosk, Counting)
        await kiosk.press("2")
        kiosk.sees(">   1 Order now")
        await kiosk.press("1")
        kiosk.sees("Items > Order now", "none left, order 24")
        await kiosk.press("asterisk", "P")
        kiosk.says("3 orders with 9 lines drafted: PO-1, PO-2, PO-3.").sees("W=Drafts")
        await kiosk.press("W")
        kiosk.sees("Paper House", "Office World", "Coffee Shop")
        await kiosk.press("asterisk", "P")
        await kiosk.settle()
        assert kiosk.keys_pressed <= 15
        desk.store.refresh()
        assert [desk.get("orders", number).state.value for number in (1, 2, 3)] == ["ordered"] * 3
        assert desk.get("items", 4).on_order == 24
        assert CUP not in [line.item for line in desk.find("lines", {})]


async def test_what_a_key_does_at_once_is_asked_for_in_a_form_when_it_cannot_without(desk: Desk, folder: Path) -> None:
    system = desk.as_system()
    for number, price in enumerate(("1.50", "600"), 1):
        system.add("parties", {"name": f"Seller {number}", "kind": "supplier"})
        system.add("items", {"name": f"Thing {number}", "place": 1, "supplier": number, "price": price})
        desk.do("items", 3 + number, "order", {"quantity": 1})
    async with Kiosk.open(folder, as_="AA") as kiosk:
        kiosk.app.open_list("orders", "drafts")
        await kiosk.settle()
        await kiosk.press("asterisk", "P")
        kiosk.says("1 done. Not PO-2: Who approves it? 600.00 EUR: above 500.00 EUR.")
        await kiosk.press("P")
        kiosk.sees("Order it PO-2", "Who approves it? 600.00 EUR", "Who approves", "AD (Ada Admin), MM (Max Manager)")
        await kiosk.type("MM\r")
        await kiosk.settle()
        kiosk.says("PO-2 waits for the approval of Max Manager")


async def test_the_first_supplier_and_order_of_an_office_are_found_from_what_the_screen_says(
    desk: Desk, folder: Path
) -> None:
    async with Kiosk.open(folder, as_="AA") as kiosk:
        kiosk.app.open_list("orders", "drafts")
        await kiosk.settle()
        await kiosk.press("n", "f4")
        kiosk.sees("None is filed yet: F2 in front of a list leads to Customers and suppliers")
        await kiosk.press("escape")
        kiosk.app.open_list("parties", "suppliers")
        await kiosk.settle()
        await kiosk.press("n")
        await kiosk.type("Paper House\r")
        await kiosk.settle()
        kiosk.sees("Suppliers", "PA-1", "Paper House")
        kiosk.app.open_list("orders", "drafts")
        await kiosk.settle()
        await kiosk.press("n")
        await kiosk.type("PA-1\r")
        await kiosk.press("enter", "n")
        await kiosk.type("I-1\r")
        kiosk.sees("New order line", "Ordered*")
        await kiosk.type("7\r")
        await kiosk.settle()
        kiosk.sees("Lines (1)").says("7 x Pen, blue on PO-1")


async def test_what_cannot_be_put_on_a_draft_stays_marked_and_says_why(desk: Desk, folder: Path) -> None:
    low(desk)
    desk.as_system().add("items", {"name": "Glue", "order_below": 5, "place": 1})
    async with Kiosk.open(folder, as_="AA") as kiosk:
        kiosk.app.open_list("items", "low")
        await kiosk.settle()
        await kiosk.press("asterisk", "P")
        kiosk.says("3 orders with 9 lines drafted: PO-1, PO-2, PO-3. 1 not: P says why.")
        kiosk.sees("*I-13")
        await kiosk.press("P")
        kiosk.sees("No supplier: Glue.")
        await kiosk.press("u", "y")
        assert desk.as_system().numbers("orders") == []


async def test_who_may_not_order_is_told_and_somebody_who_may_is_called_in(desk: Desk, folder: Path) -> None:
    low(desk)
    async with Kiosk.open(folder, as_="CC") as kiosk:
        kiosk.app.open_list("items", "low")
        await kiosk.settle()
        await kiosk.press("P")
        kiosk.says("This is for a clerk or a manager to do. ! calls in who may.")
        await kiosk.press("exclamation_mark")
        await kiosk.scan("BADGE-ANN")
        await kiosk.type(f"{PIN}\r")
        kiosk.says("1 order with 1 line drafted").sees("Cleo Cole")
