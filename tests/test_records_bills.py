"""Bills: taken in, held against order and delivery, checked, approved, paid, credited, disputed, void."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from botui.models.base import Refused
from botui.models.equipment.asset import Asset, Category
from botui.models.equipment.fault import Work
from botui.models.office import Party, Person, Role
from botui.models.records.bank import Account
from botui.models.records.bill import Bill, Charge, Direction, Method, Payment, State
from botui.models.records.billing import days_to_pay
from botui.models.records.doubles import plain_number
from botui.models.supplies import Order
from botui.models.supplies.order import Billed
from botui.models.supplies.order import State as OrderState
from tests.rules import Office
from tests.test_supplies_orders import ANN, BOB, CLEO, INK, PAPER, TONER, lines_of, placed, rules

__all__ = ["rules"]


def owed(office: Office, amount: object = "119.00", **values: Any) -> Bill:
    """Return a bill that Ann took in: what we owe Paper Ltd, unless a test says otherwise."""
    return office.add(Bill, ANN, **{"party": PAPER, "amount": amount, **values})


def to_pay(office: Office, amount: object = "119.00", **values: Any) -> Bill:
    return office.do(owed(office, amount, **values), "check", ANN)


def again(office: Office, bill: Bill) -> Bill:
    return office.get(Bill, bill.id)


def delivered(office: Office) -> Order:
    """Return an order of 12 pens and 3 inks, 123.00 in all, that came whole."""
    return office.do(placed(office, i1=12, i2=3), "receive")


# --- taken in ---------------------------------------------------------------------------------------------------------


def test_a_bill_is_of_today_and_due_by_the_terms_of_who_sent_it(rules: Office) -> None:
    rules.put(Party(id=PAPER, name="Paper Ltd", terms="2 % within 10 days, 14 days net"))
    bill = owed(rules)
    assert (bill.state, bill.dated, bill.due) == (State.RECEIVED, date(2026, 11, 23), date(2026, 12, 7))
    assert owed(rules, direction="owed", number="7").state is State.DRAFT
    assert rules.problems() == []


@pytest.mark.parametrize(
    ("terms", "days"), [("", 30), ("30 days", 30), ("10d", 10), ("at once", 30), ("3 % 8 Tage, 45 Tage", 45)]
)
def test_payment_terms_are_read_as_offices_write_them(terms: str, days: int) -> None:
    assert days_to_pay(Party(name="x", terms=terms)) == days
    assert days_to_pay(None) == 30


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"dated": "2026-11-20", "due": "2026-11-19"}, "due"),
        ({"dated": "2027-11-20"}, "dated"),
        ({"tax": "120"}, "tax"),
        ({"tax": "-1"}, "tax"),
        ({"party": 99}, "party"),
        ({"about": "T-1"}, "about"),
        ({"about": "nonsense"}, "about"),
    ],
)
def test_what_does_not_go_together_is_refused_at_its_field(rules: Office, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        owed(rules, **values)
    assert field in refused.value.fields


def test_a_number_comes_once_from_one_party_however_it_is_typed(rules: Office) -> None:
    owed(rules, number="RE 0042/26")
    with pytest.raises(Refused, match="B-1 is that bill already") as refused:
        owed(rules, number="re-42-26", amount="55", even_so=True)
    assert "number" in refused.value.fields
    assert owed(rules, number="RE 0042/26", party=TONER).id
    rules.do(again(rules, rules.get(Bill, 1)), "void", reason="sent twice")
    assert owed(rules, number="RE42/26").id, "the number of a void one is free"
    old = owed(rules, number="5", dated="2025-01-10", due="2025-02-10", amount="9")
    assert owed(rules, number="5", amount="8", even_so=True).even_so is None, "numbers begin anew each year"
    assert old.number == "5"


def test_the_same_amount_on_the_same_day_is_asked_once(rules: Office) -> None:
    owed(rules, number="1")
    with pytest.raises(Refused, match="is it the same bill") as refused:
        owed(rules, number="2")
    assert "even_so" in refused.value.fields
    assert owed(rules, number="2", even_so=True).number == "2"


@pytest.mark.parametrize(("one", "other"), [("A-001", "a1"), ("2026/07", "20267"), ("", ""), ("0", "000")])
def test_numbers_are_compared_by_their_letters_and_figures(one: str, other: str) -> None:
    assert plain_number(one) == plain_number(other)


def test_lines_make_the_amount_and_stand_once_it_is_checked(rules: Office) -> None:
    bill = owed(rules, "0", tax="19", discount="10", direction="owed")
    assert rules.why_not(bill, "send")
    line = rules.add(Charge, ANN, bill=bill.id, text="Chairs", quantity="2.5", price="40")
    rules.add(Charge, ANN, bill=bill.id, text="Freight", price="10")
    assert (again(rules, bill).amount, again(rules, bill).lines) == (Decimal("119.00"), 2)
    with pytest.raises(Refused, match="comes to their sum"):
        rules.edit(bill, ANN, amount="5")
    rules.edit(line, ANN, price="44")
    rules.edit(bill, ANN, discount="20")
    assert again(rules, bill).amount == Decimal("119.00")
    rules.do(bill, "send", ANN)
    assert again(rules, bill).number == "B-1"
    for change in (lambda: rules.edit(line, ANN, price="1"), lambda: rules.said(line, "cancel")):
        with pytest.raises(Refused, match="its lines stand"):
            change()
    assert rules.edit(line, ANN, category=None).text == "Chairs"


# --- order, delivery and bill -----------------------------------------------------------------------------------------


def test_a_bill_as_ordered_and_as_it_came_needs_no_second_yes_and_closes_its_order(rules: Office) -> None:
    order = delivered(rules)
    bill = owed(rules, "146.37", tax="23.37", order=order.id, number="77", direction="owe")
    said = rules.said(bill, "check", ANN)
    assert said == "B-1 is checked and to be paid: it is as ordered (PO-1) and as it came."
    now = rules.get(Order, order.id)
    assert (now.billed, now.billed_amount, now.bills, now.state) == (
        Billed.ALL,
        Decimal("123.00"),
        ("77",),
        OrderState.CLOSED,
    )
    assert again(rules, bill).state is State.APPROVED
    assert rules.problems() == []


def test_a_bill_of_just_what_an_order_comes_to_finds_it(rules: Office) -> None:
    order = delivered(rules)
    assert owed(rules, "50").order is None
    assert owed(rules, "146.37", tax="23.37", number="1").order == order.id
    delivered(rules)
    assert owed(rules, "123", number="2").order is None, "of two nobody guesses"


def test_more_than_ordered_is_said_and_wants_a_reason(rules: Office) -> None:
    order = delivered(rules)
    bill = owed(rules, "130", order=order.id)
    with pytest.raises(Refused, match=r"7\.00 EUR more than was ordered") as refused:
        rules.said(bill, "check", ANN)
    assert "reason" in refused.value.fields
    found = rules.do(bill, "check", ANN, reason="price was raised")
    assert found.state is State.APPROVED
    assert found.differences.startswith("7.00 EUR more")


def test_what_did_not_come_is_not_paid_without_a_word_and_two_bills_count_together(rules: Office) -> None:
    order = placed(rules, i1=12, i2=3)
    rules.do(order, "receive", here="1=12, 2=1")
    first = rules.do(owed(rules, "43", order=order.id, number="1"), "check", ANN)
    assert first.on_order == Decimal(43)
    with pytest.raises(Refused, match=r"80\.00 EUR more than came"):
        rules.said(owed(rules, "80", order=order.id, number="2"), "check", ANN)
    rules.do(order, "receive")
    assert rules.do(rules.get(Bill, 2), "check", ANN).state is State.APPROVED
    assert rules.get(Order, order.id).bills == ("1", "2")


def test_lines_are_held_against_the_lines_of_the_order(rules: Office) -> None:
    order = delivered(rules)
    bill = owed(rules, "0", order=order.id)
    rules.add(Charge, ANN, bill=bill.id, text="Ink", quantity="4", price="41", item=INK)
    rules.add(Charge, ANN, bill=bill.id, text="Freight", price="9")
    with pytest.raises(Refused) as refused:
        rules.said(again(rules, bill), "check", ANN)
    for words in (
        "Ink: 41.00 each, ordered at 40.00",
        "Ink: 4 billed, 3 ordered, 3 came",
        "Freight: 9.00 EUR was not ordered",
    ):
        assert words in str(refused.value)
    part = owed(rules, "0", order=order.id, number="x")
    line = next(one for one in lines_of(rules, order) if one.item == INK)
    rules.add(Charge, ANN, bill=part.id, text="Ink", quantity="2", price="40", line=line.id)
    assert rules.do(part, "check", ANN).differences == ""


def test_a_bill_that_was_noted_on_its_order_before_is_not_counted_twice(rules: Office) -> None:
    order = delivered(rules)
    rules.do(order, "bill", number="R-7", amount="123")
    bill = rules.do(owed(rules, "123", order=order.id, number="r 7"), "check", ANN)
    assert (bill.on_order, bill.differences) == (None, "")
    assert rules.get(Order, order.id).billed_amount == Decimal(123)
    rules.do(bill, "void", ANN, reason="wrong")
    assert rules.get(Order, order.id).billed_amount == Decimal(123)


def test_void_and_refused_take_a_bill_off_its_order(rules: Office) -> None:
    order = delivered(rules)
    bill = to_pay(rules, "123", order=order.id, number="7")
    rules.do(bill, "void", ANN, reason="sent twice")
    now = rules.get(Order, order.id)
    assert (now.billed, now.billed_amount, now.bills) == (Billed.NO, Decimal(0), ())
    assert now.state is OrderState.HERE


@pytest.mark.parametrize(("supplier", "state"), [(TONER, "ordered"), (PAPER, "draft")])
def test_an_order_with_somebody_else_or_that_is_a_draft_is_none_of_the_bill(
    rules: Office, supplier: int, state: str
) -> None:
    order = placed(rules, supplier, i1=12)
    if state == "draft":
        rules.put(rules.get(Order, order.id).model_copy(update={"state": OrderState.DRAFT}))
    with pytest.raises(Refused) as refused:
        owed(rules, order=order.id)
    assert "order" in refused.value.fields


# --- approved ---------------------------------------------------------------------------------------------------------


def test_above_the_limit_somebody_else_approves_or_refuses(rules: Office) -> None:
    bill = rules.do(owed(rules, "800"), "check", ANN)
    assert (bill.state, bill.approver) == (State.CHECKED, CLEO)
    assert rules.why_not(bill, "approve", ANN) == "Nobody approves what they took in or checked."
    assert rules.do(bill, "refuse", CLEO, reason="what for?").state is State.RECEIVED
    bill = rules.do(rules.do(bill, "check", ANN), "approve", CLEO)
    assert (bill.state, bill.approved_by) == (State.APPROVED, CLEO)
    assert rules.problems() == []


@pytest.mark.parametrize("to", [ANN, BOB, 4])
def test_nobody_is_asked_whose_it_is_or_who_approves_nothing(rules: Office, to: int) -> None:
    with pytest.raises(Refused):
        rules.do(owed(rules, "800"), "check", ANN, to=to)


# --- whose cost it is -------------------------------------------------------------------------------------------------


def test_an_approved_bill_is_the_cost_of_its_asset_once_and_void_takes_it_back(rules: Office) -> None:
    rules.put(Category(id=1, name="Printers"))
    rules.put(Asset(id=1, name="Printer", tag="EQ1", category=1, supplier=PAPER, price=Decimal(99)))
    bill = to_pay(rules, "50", about="eq1")
    assert bill.about == "A-1", "by the tag that is scanned"
    assert rules.get(Asset, 1).cost == Decimal(50)
    assert rules.get(Work, bill.cost or 0).text == "Bill B-1"
    rules.do(bill, "void", ANN, reason="sent twice")
    assert rules.get(Asset, 1).cost == 0
    assert to_pay(rules, "99", about="A-1", number="p").cost is None, "its price is no cost besides"
    assert rules.said(rules.get(Asset, 1), "cost", amount="20", text="New roller")
    assert to_pay(rules, "20", about="A-1", number="q").cost is None, "it is in the log already"
    assert rules.get(Asset, 1).cost == Decimal(20)
    assert rules.problems() == []


# --- paid -------------------------------------------------------------------------------------------------------------


def test_a_bill_is_paid_in_parts_never_above_its_balance_and_a_payment_can_be_taken_back(rules: Office) -> None:
    rules.put(Account(id=1, name="Giro"))
    bill = to_pay(rules)
    assert rules.said(bill, "pay", amount="19") == "PY-1: 19.00 EUR to Paper Ltd. 100.00 EUR of B-1 is still open."
    assert again(rules, bill).state is State.PART
    with pytest.raises(Refused, match="PY-1 is the same") as refused:
        rules.do(bill, "pay", amount="19")
    assert "even_so" in refused.value.fields
    for amount in ("100.01", "0"):
        with pytest.raises(Refused) as refused:
            rules.do(bill, "pay", amount=amount)
        assert "amount" in refused.value.fields
    assert rules.do(bill, "pay").state is State.PAID
    one = rules.get(Payment, 2)
    assert (one.amount, one.account, one.on) == (Decimal(-100), 1, date(2026, 11, 23))
    with pytest.raises(Refused, match="paid"):
        rules.do(bill, "pay")
    rules.do(one, "reverse", reason="returned")
    assert (again(rules, bill).state, again(rules, bill).paid) == (State.PART, Decimal(19))
    with pytest.raises(Refused, match="taken back before"):
        rules.do(one, "reverse", reason="again")
    assert rules.why_not(bill, "void"), "money has moved"
    assert rules.problems() == []


def test_which_account_is_asked_where_there_are_several(rules: Office) -> None:
    for number in (1, 2):
        rules.put(Account(id=number, name=f"Bank {number}"))
    bill = to_pay(rules)
    with pytest.raises(Refused, match="Through which account"):
        rules.do(bill, "pay")
    assert rules.do(bill, "pay", method="cash").state is State.PAID
    assert rules.get(Payment, 1).account is None


def test_a_credit_note_is_set_against_a_bill_and_both_halves_go_together(rules: Office) -> None:
    bill, credit = to_pay(rules), to_pay(rules, "-50", number="C1")
    assert credit.state is State.APPROVED
    said = rules.said(credit, "credit")
    assert said == "50.00 EUR of B-2 is set against B-1. 69.00 EUR of B-1 is still open."
    assert (again(rules, credit).state, again(rules, bill).paid) == (State.PAID, Decimal(50))
    assert [(one.amount, one.method) for one in rules.data.find(Payment)] == [
        (Decimal(50), Method.CREDIT),
        (Decimal(-50), Method.CREDIT),
    ]
    assert rules.problems() == []
    rules.do(rules.get(Payment, 2), "reverse", reason="wrong bill")
    assert (again(rules, credit).paid, again(rules, bill).paid) == (Decimal(0), Decimal(0))
    assert rules.do(credit, "pay").state is State.PAID, "the money came back"
    assert rules.get(Payment, 3).amount == Decimal(50)
    assert rules.problems() == []


def test_a_disputed_bill_is_not_paid_and_goes_on_where_it_stood(rules: Office) -> None:
    bill = rules.do(to_pay(rules), "pay", amount="19")
    rules.do(bill, "dispute", reason="two were broken")
    assert rules.why_not(bill, "pay") == "It is disputed."
    rules.do(rules.get(Payment, 1), "reverse", reason="returned")
    assert again(rules, bill).state is State.DISPUTED
    assert rules.do(bill, "accept").state is State.APPROVED


def test_a_payment_is_noted_by_itself_of_a_bill_or_of_what_has_none(rules: Office) -> None:
    bill = owed(rules, direction=Direction.OWED, number="1")
    rules.do(bill, "send")
    assert rules.add(Payment, bill=bill.id, amount="-19", on="2026-11-20").amount == Decimal(19), "it came in"
    assert again(rules, bill).state is State.PART
    assert rules.add(Payment, party=TONER, amount="-30", on="2026-11-20", text="Deposit").bill is None
    for values, field in (
        ({"amount": "0", "party": PAPER}, "amount"),
        ({"amount": "5"}, "party"),
        ({"amount": "5", "bill": 77}, "bill"),
        ({"amount": "101", "bill": bill.id}, "amount"),
        ({"amount": "5", "bill": bill.id, "party": TONER}, "party"),
        ({"amount": "5", "party": PAPER, "on": "2028-01-01"}, "on"),
        ({"amount": "5", "party": PAPER, "account": 9}, "account"),
        ({"amount": "5", "party": PAPER, "method": "credit"}, "method"),
        ({"amount": "5", "about": "E-1"}, "about"),
    ):
        with pytest.raises(Refused) as refused:
            rules.add(Payment, **{"on": "2026-11-20", **values})
        assert field in refused.value.fields, values
    with pytest.raises(Refused, match="Y takes it back"):
        rules.edit(rules.get(Payment, 1), text="other")


# --- what else --------------------------------------------------------------------------------------------------------


def test_a_bill_that_stands_changes_no_money_any_more(rules: Office) -> None:
    bill = to_pay(rules)
    assert rules.edit(bill, due="2026-12-31").due == date(2026, 12, 31)
    for name, value in (("amount", "1"), ("party", TONER), ("number", "9"), ("dated", "2026-11-01")):
        with pytest.raises(Refused, match="x makes it void"):
            rules.edit(bill, **{name: value})


def test_a_bill_is_ticked_on_their_statement_and_not_any_more(rules: Office) -> None:
    bill = rules.do(owed(rules), "tick", on="2026-11-30")
    assert bill.ticked_on == date(2026, 11, 30)
    assert rules.do(bill, "tick").ticked_on is None
    assert rules.do(bill, "note", text="asked them").note == "2026-11-23 AA: asked them"


def test_who_works_as_nothing_else_approves_for_nobody(rules: Office) -> None:
    bill = rules.do(owed(rules, "800"), "check", ANN)
    rules.put(rules.get(Person, CLEO).model_copy(update={"roles": (Role.STAFF,)}))
    assert "approves no bills any more" in str(rules.why_not(bill, "approve", CLEO))
    rules.put(rules.get(Person, BOB).model_copy(update={"roles": (Role.STAFF, Role.FINANCE)}))
    bill = rules.do(bill, "check", ANN, to=BOB)
    assert rules.do(bill, "approve", BOB).state is State.APPROVED
