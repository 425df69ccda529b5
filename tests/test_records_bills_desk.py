"""A bill from the post to the bank at the real screen, and what undo, the roles and the store make of bills."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from botui import areas
from botui.data import Desk
from botui.models.base import Change, Conflict, NotAllowed, PinNeeded, Refused
from botui.models.equipment.asset import Asset, Category
from botui.models.office import Context, Party
from botui.models.records.bank import Account
from botui.models.soundness import problems_of
from botui.models.supplies import Item
from botui.screens.records_bills import BillDetails
from botui.screens.records_payments import PaymentRows
from tests.kiosk import Clock, Kiosk, give_pins
from tests.offices import ADA, ANN, BOB, CLEO, FRED, MAX, OTTO, beside, office
from tests.test_conformance_screens import check_bindings

pytestmark = pytest.mark.no_cover
ROOM = 2


def begun(folder: Path, clock: Clock) -> Desk:
    """An office with a supplier, an item, a printer, a bank account, and an order of 12 inks that came whole."""
    desk = office(folder, ANN, clock)

    def records(ctx: Context) -> Change:
        change = Change("parties.begin").add(Party(id=1, name="Nordic Paper", terms="14 days", account_no="DE11 22"))
        change.add(Item(id=1, name="Ink", supplier=1, place=ROOM, price=Decimal(10)))
        change.add(Category(id=1, name="Printers")).add(Account(id=1, name="Giro"))
        return change.add(Asset(id=1, name="Printer", tag="EQ1", category=1, home=ROOM, place=ROOM))

    desk.as_system().apply(records)
    give_pins(desk, ANN, MAX, FRED)
    desk.add("orders", {"supplier": 1})
    desk.add("lines", {"order": 1, "item": 1, "quantity": 12})
    desk.do("orders", 1, "order", {})
    desk.do("orders", 1, "receive", {})
    return desk


def bill(desk: Desk, amount: object = "119", **values: Any) -> Any:
    done = desk.add("bills", {"party": 1, "amount": amount, **values})
    return desk.get("bills", int(done.refs[0].partition("-")[2]))


def sound(desk: Desk) -> list[str]:
    return [*problems_of(desk.store.journal)]


async def test_a_bill_from_the_post_to_paid_with_order_and_delivery_agreed(folder: Path, clock: Clock) -> None:
    desk = begun(folder, clock)
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        await kiosk.press("4")
        kiosk.app.open_list("bills", "check")
        await kiosk.settle()
        await kiosk.press("n")
        await kiosk.type("Nordic\tRE-77\t\t\t142,80\t22.80\t\t\tPO-1")
        await kiosk.press("f5")
        kiosk.says("B-1 is taken in: Nordic Paper, 142.80 EUR, due Mon 7 Dec. c checks it.")
        kiosk.sees("RE-77", "142.80", "Bills to check")
        await kiosk.press("enter")
        kiosk.sees("as ordered and as it came", "Mon 7 Dec", "c checks it")
        await check_bindings(kiosk)
        await kiosk.press("c")
        kiosk.says("B-1 is checked and to be paid: it is as ordered (PO-1) and as it came.")
        await kiosk.press("P")
        kiosk.sees("Paid B-1")
        await kiosk.press("f5")
        kiosk.says("PY-1: 142.80 EUR to Nordic Paper. B-1 is paid.").sees("paid", "PY-1", "Date on it")
        await kiosk.press("v")
        kiosk.sees("Order: PO-1", "Payment: PY-1")
        await kiosk.press("escape", "q", "1")
        kiosk.sees("Bill RE-77", "Paid so far")
        await kiosk.press("escape", "q", "2")
        kiosk.sees("Statement 2026-08-25 to 2026-11-23")
        await kiosk.press("escape")
        kiosk.app.open_record("orders", 1)
        await kiosk.settle()
        await kiosk.press("v")
        kiosk.sees("Bill: Bill RE-77")
    desk.store.refresh()
    order, payment = desk.get("orders", 1), desk.get("payments", 1)
    assert (order.state, order.billed_amount, order.bills) == ("closed", Decimal("120.00"), ("RE-77",))
    assert (payment.amount, payment.account, payment.reference) == (Decimal("-142.80"), 1, "RE-77")
    assert sound(desk) == []


async def test_the_bill_of_an_order_is_taken_in_where_the_order_is_open(folder: Path, clock: Clock) -> None:
    begun(folder, clock)
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        kiosk.app.open_record("orders", 1)
        await kiosk.settle()
        await kiosk.press("n")
        kiosk.sees("New bill", "Nordic Paper", "PO-1")
        await kiosk.type("120\r")
        kiosk.says("B-1 is taken in: Nordic Paper, 120.00 EUR, due Mon 7 Dec. c checks it.")
        kiosk.sees("B-1 to check")
        await kiosk.press("v")
        kiosk.sees("4 Bill: Bill B-1 Nordic Paper (B-1)")


async def test_lines_are_typed_one_after_the_other_and_a_difference_wants_a_reason(folder: Path, clock: Clock) -> None:
    desk = begun(folder, clock)
    bill(desk, "0", order=1, number="9")
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        kiosk.app.open_record("bills", 1)
        await kiosk.settle()
        await kiosk.press("c")
        kiosk.says("Check: It comes to nothing yet")
        await kiosk.press("n")
        await kiosk.type("Ink\t13\t10\t\tInk\r")
        await kiosk.press("f5")
        await kiosk.press("c")
        kiosk.sees("Ink: 13 billed, 12 ordered, 12 came")
        await kiosk.type("agreed by phone")
        await kiosk.press("f5")
        kiosk.says("B-1 is checked and to be paid: it is within 500.00 EUR.").sees("agreed by phone", "13 billed")
    assert sound(desk) == []


def test_what_was_checked_paid_or_void_is_taken_back_whole(folder: Path, clock: Clock) -> None:
    desk = begun(folder, clock)

    def all_of() -> list[Any]:
        names = ("bills", "orders", "assets", "payments", "charges", "lines", "items")
        return [(name, number, desk.doc(name, number)) for name in names for number in desk.numbers(name)]

    bill(desk, "120", order=1, number="1")
    bill(desk, "50", about="A-1", number="2")
    bill(desk, "-20", number="3")
    steps: list[tuple[int, str, dict[str, Any]]] = [
        (1, "check", {}),
        (2, "check", {}),
        (3, "check", {}),
        (3, "credit", {"against": 2}),
        (1, "pay", {"amount": "100"}),
        (1, "dispute", {"reason": "broken"}),
        (2, "tick", {}),
    ]
    for number, verb, arguments in steps:
        before = all_of()
        desk.undo(desk.do("bills", number, verb, arguments).digest)
        assert all_of() == before, verb
        assert sound(desk) == []
        desk.do("bills", number, verb, arguments)
    assert desk.get("assets", 1).cost == Decimal(50)
    with pytest.raises(Refused, match="is paid: take the payments back first"):
        desk.do("bills", 2, "void", {"reason": "wrong"})
    assert list(desk.numbers("payments")) == [3, 4, 6], "a number of a receipt is never given twice"
    for payment in (3, 6):
        desk.do("payments", payment, "reverse", {"reason": "wrong"})
    for number in (1, 2):
        if desk.get("bills", number).state == "disputed":
            desk.do("bills", number, "accept", {})
        before = all_of()
        desk.undo(desk.do("bills", number, "void", {"reason": "wrong"}).digest)
        assert all_of() == before
    assert sound(desk) == []


def test_two_desks_that_pay_one_bill_at_once_pay_it_once(folder: Path, clock: Clock) -> None:
    desk = begun(folder, clock)
    one = bill(desk)
    desk.do("bills", one.id, "check", {})
    other = beside(desk)
    assert other.get("bills", one.id).state == "approved"
    desk.do("bills", one.id, "pay", {})
    with pytest.raises(Refused, match="It is paid"):
        other.do("bills", one.id, "pay", {})
    assert len(desk.numbers("payments")) == 1
    stale = desk.get("bills", one.id)
    other.do("bills", one.id, "tick", {})
    other.edit(other.get("bills", one.id), {"note": "paid by transfer"})
    with pytest.raises(Conflict):
        desk.edit(stale, {"note": "paid in cash"})
    other.store.close()


def test_money_approved_asks_the_pin_and_is_for_the_one_who_is_asked(folder: Path, clock: Clock) -> None:
    desk = begun(folder, clock)
    one = bill(desk, "9000")
    desk.do("bills", one.id, "check", {"to": "MM"})
    with pytest.raises(NotAllowed, match="Somebody else is asked"):
        desk.for_person(FRED).do("bills", one.id, "approve", {})
    manager = desk.for_person(MAX)
    with pytest.raises(PinNeeded):
        manager.do("bills", one.id, "approve", {})
    manager.confirm("4711")
    assert "is approved" in manager.do("bills", one.id, "approve", {}).said
    with pytest.raises(NotAllowed):
        manager.do("bills", one.id, "pay", {})
    assert desk.for_person(FRED).do("bills", one.id, "pay", {}).said


def test_bills_are_for_those_who_pay_and_those_who_look_after_them(folder: Path, clock: Clock) -> None:
    desk = begun(folder, clock)
    one = bill(desk)
    desk.do("bills", one.id, "check", {})
    desk.do("bills", one.id, "pay", {})
    for person in (CLEO, ADA):
        other = desk.for_person(person)
        assert other.numbers("bills") == other.numbers("payments") == []
        for collection in ("bills", "payments"):
            with pytest.raises(NotAllowed):
                other.get(collection, 1)
    for person in (MAX, OTTO):
        other = desk.for_person(person)
        assert list(other.numbers("bills")) == [1]
        with pytest.raises(NotAllowed):
            other.add("bills", {"party": 1, "amount": "1"})
        with pytest.raises(NotAllowed):
            other.do("bills", 1, "tick", {})
    assert desk.for_person(BOB).do("bills", 1, "tick", {}).said


def test_a_bill_shows_the_letters_about_it_to_those_who_see_them(folder: Path, clock: Clock) -> None:
    desk = begun(folder, clock)
    desk.add("forms", {"name": "Reminder", "subject": "Bill {bill.number}", "body": "{bill.open} are open."})
    one = bill(desk, direction="owed", due="2026-11-01", dated="2026-10-01")
    desk.do("bills", one.id, "send", {})
    desk.add("letters", {"correspondent": "Nordic Paper", "subject": "Patience", "about": "b1", "privacy": "private"})
    done = desk.do("bills", one.id, "write", {})

    def told(who: int) -> tuple[bool, bool]:
        other = desk.for_person(who)
        shown = str(BillDetails(other).sections(other.get("bills", 1)))
        opens = {target for _, target in BillDetails(other).followed(other.get("bills", 1))}
        assert ("LE-1" in shown, "LE-2" in shown) == (("letters", 1) in opens, ("letters", 2) in opens)
        return "LE-1" in shown, "LE-2" in shown

    assert told(ANN) == (True, True)
    assert told(BOB) == (False, True), "the private one is not there for another clerk"
    assert told(OTTO) == (False, True)
    assert told(MAX) == (False, False), "a manager sees bills, and no letters but their own"
    assert sound(desk) == []
    desk.undo(done.digest)
    assert told(ANN) == (True, False)
    assert sound(desk) == []


def test_the_list_of_payments_says_what_each_is_for_and_what_the_bank_has_not_shown(folder: Path, clock: Clock) -> None:
    desk = begun(folder, clock)
    one = bill(desk, "1500", direction="owed", dated="2026-10-01")
    desk.do("bills", one.id, "send", {})
    desk.do("bills", one.id, "pay", {"amount": "1200"})
    desk.do("bills", one.id, "pay", {"amount": "100", "method": "cash"})
    desk.do("payments", 2, "reverse", {"reason": "false note"})
    rows = PaymentRows(desk, areas.kind("payments"))
    assert rows.cells(1)[1:] == ["Nordic Paper", "1,200.00", "today", "bank", "B-1", "Giro", "B-1", "under way"]
    assert rows.cells(2)[2:6] == ["100.00", "today", "cash", "B-1"]
    assert rows.cells(2)[-1] == "taken back"
