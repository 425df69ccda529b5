"""Claims and cash at a desk: from a taxi to the money back, who sees what of it, and what undo leaves in a cash box."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from botui.data import Desk
from botui.models.base import NotAllowed, PinNeeded, Refused
from botui.screens.records_document import DocumentDetails
from botui.screens.records_expenses import ExpenseDetails
from tests.kiosk import Clock as KioskClock
from tests.kiosk import Kiosk, give_pins
from tests.offices import ADA, ANN, BOB, CLEO, FRED, HANNA, MAX, OTTO, Clock, office

pytestmark = pytest.mark.no_cover


@pytest.fixture
def desk(folder: Path) -> Desk:
    """The desk of a clerk in an office with a manager, an account, a full cash box, and a claim of Cleo's."""
    return begin(office(folder, ANN, Clock()))


def begin(desk: Desk) -> Desk:
    desk.for_person(ADA).edit(desk.get("departments", 1), {"manager": MAX})
    desk.for_person(ADA).edit(desk.get("people", CLEO), {"department": 1})
    desk.add("accounts", {"name": "Giro"})
    desk.add("boxes", {"name": "Petty cash", "imprest": "100"})
    desk.do("boxes", 1, "receive", {"account": 1})
    desk.for_person(CLEO).add("outlays", {"amount": "12.50", "what": "Taxi, secret talk"})
    return desk


def balance(desk: Desk) -> Decimal:
    found: Decimal = desk.get("boxes", 1).balance
    return found


def test_a_claim_is_for_whose_it_is_who_decides_and_who_pays_and_cash_for_who_keeps_it(desk: Desk) -> None:
    desk.for_person(CLEO).do("expenses", 1, "submit")
    for person in (CLEO, MAX, ANN, FRED, OTTO):
        other = desk.for_person(person)
        assert other.numbers("expenses") == [1] == other.numbers("outlays"), person
    nobody: int | None = None
    for who in (HANNA, ADA, nobody):
        other = desk.for_person(who)
        if other.may("expenses", "read") is None:
            assert other.numbers("expenses") == [] == other.numbers("outlays"), who
        with pytest.raises(NotAllowed):
            other.get("expenses", 1)
    for collection in ("boxes", "cheques"):
        assert desk.for_person(OTTO).may(collection, "read") is None
        assert desk.for_person(CLEO).may(collection, "read") is not None
    assert desk.for_person(CLEO).numbers("vouchers") == []
    desk.do("boxes", 1, "pay", {"amount": "3", "what": "stamps", "person": CLEO})
    assert desk.for_person(CLEO).numbers("vouchers") == [2], "what they got themselves"


def test_a_claim_is_approved_with_the_pin_by_who_is_asked_and_paid_by_who_pays(desk: Desk) -> None:
    desk.for_person(CLEO).do("expenses", 1, "submit")
    for person in (ANN, CLEO, FRED, OTTO):
        with pytest.raises((NotAllowed, Refused)):
            desk.for_person(person, confirmed=True).do("expenses", 1, "approve")
    with pytest.raises(PinNeeded):
        desk.for_person(MAX).do("expenses", 1, "approve")
    desk.for_person(MAX, confirmed=True).do("expenses", 1, "approve")
    for person in (CLEO, MAX, OTTO):
        with pytest.raises(NotAllowed):
            desk.for_person(person).do("expenses", 1, "pay", {"account": 1})
    assert desk.for_person(FRED).do("expenses", 1, "pay", {}).said.startswith("E-1 is paid: 12.50 EUR to Cleo Cole")


def test_undo_books_against_vouchers_and_removes_none(desk: Desk) -> None:
    paid = desk.do("boxes", 1, "pay", {"amount": "30", "what": "flowers"})
    desk.for_person(BOB).do("boxes", 1, "pay", {"amount": "5", "what": "stamps"})
    desk.undo(paid.digest)
    assert balance(desk) == Decimal(95), "what others booked since stays"
    assert [one.amount for one in desk.find("vouchers", {"box": (1,)})] == [100, -30, -5, 30]
    filled = desk.do("boxes", 1, "receive", {"account": 1})
    desk.undo(filled.digest)
    assert desk.get("payments", 2).reversed_at is not None
    assert balance(desk) == Decimal(95)


def test_undo_of_a_claim_paid_out_of_a_box_lets_it_be_paid_again(desk: Desk) -> None:
    desk.for_person(CLEO).do("expenses", 1, "submit")
    desk.for_person(MAX, confirmed=True).do("expenses", 1, "approve")
    done = desk.do("expenses", 1, "pay", {"box": 1})
    assert balance(desk) == Decimal("87.50")
    desk.undo(done.digest)
    claim = desk.get("expenses", 1)
    assert (claim.state, claim.voucher, balance(desk)) == ("approved", None, Decimal(100))
    by_bank = desk.do("expenses", 1, "pay", {"account": 1})
    desk.undo(by_bank.digest)
    assert desk.get("expenses", 1).payment is None


def test_undo_of_two_counts_takes_back_what_was_missing(desk: Desk) -> None:
    desk.do("boxes", 1, "count", {"amount": "99"})
    done = desk.for_person(BOB).do("boxes", 1, "count", {"amount": "99"})
    assert balance(desk) == Decimal(99)
    desk.for_person(BOB).undo(done.digest)
    box = desk.get("boxes", 1)
    assert (box.balance, box.first_by, box.counted_at) == (Decimal(100), ANN, None)


async def walk(kiosk: Kiosk, *keys: Any) -> None:
    for key in keys:
        await (kiosk.type(key[1:]) if key.startswith("=") else kiosk.press(key))


async def test_from_a_taxi_in_one_sentence_to_the_money_out_of_the_box(folder: Path) -> None:
    desk = begin(office(folder, ANN, KioskClock()))
    give_pins(desk, ANN, BOB, CLEO, MAX)
    async with Kiosk.open(folder) as kiosk:
        await kiosk.sign_in("CC")
        await walk(kiosk, "slash", "=expense 8.30 tram\r")
        kiosk.sees("New expense", "8.30", "tram")
        await kiosk.press("f5")
        kiosk.says("tram, 8.30 EUR, is on E-1: 2 lines, 20.80 EUR; s submits it.")
        await kiosk.press("0")
        kiosk.sees("Taxi, secret talk", "not submitted: 2 lines, 20.80 EUR")
        await walk(kiosk, "s")
        kiosk.says("Max Manager is asked. 2 lines without a receipt.")
        await kiosk.sign_in("MM")
        kiosk.sees("Waits for me (1)", "to approve: 20.80 EUR, Cleo Cole")
        await kiosk.press("enter")
        kiosk.sees("X=Approve less", "Taxi, secret talk", "tram")
        await walk(kiosk, "X", "1")
        kiosk.sees("EL-1")
        await walk(kiosk, "X", "=10\rbus\r")
        kiosk.says("10.00 EUR of 12.50")
        await walk(kiosk, "escape", "V")
        kiosk.says("E-1 is approved: 18.30 EUR of 20.80 EUR for Cleo Cole is to be paid.")
        await kiosk.sign_in("AA")
        await kiosk.scan("E-1")
        await walk(kiosk, "P", "tab", "=1\r")
        kiosk.says("E-1 is paid: 18.30 EUR to Cleo Cole out of Petty cash (VO-2).")
        kiosk.sees("18.30 EUR was paid", "less is approved: bus")
        await kiosk.scan("CB-1")
        kiosk.sees("81.70 EUR", "VO-2")
        await walk(kiosk, "K", "=81.50\r")
        kiosk.says("now somebody else counts it (K)")
        await kiosk.sign_in("BB")
        await kiosk.scan("CB-1")
        await walk(kiosk, "K", "=81.50\r")
        kiosk.says("Ann Archer and Bob Baker counted 81.50 EUR; -0.20, which is booked.")


def test_a_receipt_and_what_it_shows_lead_to_each_other(desk: Desk) -> None:
    desk.add("documents", {"title": "Taxi receipt", "privacy": "open"})
    desk.edit(desk.get("outlays", 1), {"receipt": 1})
    desk.do("boxes", 1, "pay", {"amount": "3", "what": "stamps", "receipt": 1})
    paper = DocumentDetails(desk).followed(desk.get("documents", 1))
    assert [there for words, there in paper if words.startswith("Receipt of")] == [("outlays", 1), ("vouchers", 2)]
    claim = ExpenseDetails(desk).followed(desk.get("expenses", 1))
    assert ("Receipt: D-1  Taxi receipt", ("documents", 1)) in claim
    assert "none" not in repr(ExpenseDetails(desk).sections(desk.get("expenses", 1)))
