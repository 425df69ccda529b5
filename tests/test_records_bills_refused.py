"""What bills and payments refuse, each with a sentence and the field, and what ``botui check`` finds in them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from botui.models.base import Refused
from botui.models.equipment.asset import Asset, Category
from botui.models.office import Party
from botui.models.records.bank import Account
from botui.models.records.bill import Bill, Charge, Payment, State
from botui.models.records.party_statement import account_of, statement_text
from botui.models.records.sheets import bill_text, receipt_text
from botui.models.records.standing import Standing
from botui.models.supplies import Order, OrderLine
from botui.models.supplies.order import State as OrderState
from tests.rules import Office
from tests.test_records_bills import again, delivered, owed, to_pay
from tests.test_supplies_orders import ANN, GLUE, INK, PAPER, TONER, placed, rules

__all__ = ["rules"]


def test_lines_of_two_bills_count_together_and_what_has_no_price_is_said(rules: Office) -> None:
    order = placed(rules, i1=12, i2=3)
    rules.do(order, "receive", here="1=12, 2=1")
    first = owed(rules, "0", order=order.id, number="1")
    rules.add(Charge, ANN, bill=first.id, text="Ink", quantity="1", price="40", item=INK)
    assert rules.do(first, "check", ANN).differences == ""
    second = owed(rules, "0", order=order.id, number="2")
    rules.add(Charge, ANN, bill=second.id, text="Ink", quantity="1", price="40", item=INK)
    with pytest.raises(Refused, match="Ink: 2 billed, 1 came"):
        rules.do(second, "check", ANN)
    line = next(one for one in rules.data.find(OrderLine, order=order.id) if one.item == INK)
    rules.put(line.model_copy(update={"price": None}))
    with pytest.raises(Refused, match="Ink: no price was agreed on"):
        rules.do(second, "check", ANN)
    with pytest.raises(Refused, match="no price was agreed on for Ink"):
        rules.do(owed(rules, "41", order=order.id, number="3"), "check", ANN)


def test_an_order_that_was_cancelled_is_no_reason_to_pay(rules: Office) -> None:
    order = delivered(rules)
    bill = owed(rules, "123", order=order.id)
    rules.put(rules.get(Order, order.id).model_copy(update={"state": OrderState.CANCELLED}))
    with pytest.raises(Refused, match="PO-1 is cancelled"):
        rules.do(bill, "check", ANN)


def test_what_came_into_stock_is_no_cost_yet_and_a_credit_takes_off_no_more_than_there_is(rules: Office) -> None:
    rules.put(Category(id=1, name="Printers"))
    rules.put(Asset(id=1, name="Printer", tag="EQ1", category=1))
    order = delivered(rules)
    said = rules.said(owed(rules, "123", order=order.id, about="A-1"), "check", ANN)
    assert "is taken from stock for Printer" in said
    assert "is not taken off that" in rules.said(owed(rules, "-9", about="A-1", number="c"), "check", ANN)
    bill = rules.edit(owed(rules, "30", number="d"), about="EQ1")
    assert rules.do(bill, "check", ANN).cost
    assert rules.get(Asset, 1).cost == Decimal(30)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"direction": "owed", "order": 1}, "order"),
        ({"party": 3}, "party"),
    ],
)
def test_a_bill_names_what_it_can_be_for(rules: Office, values: dict[str, Any], field: str) -> None:
    delivered(rules)
    rules.put(Party(id=3, name="Gone", active=False))
    with pytest.raises(Refused) as refused:
        owed(rules, **values)
    assert field in refused.value.fields


def test_a_bill_that_becomes_one_that_is_here_or_comes_to_too_much_is_refused(rules: Office) -> None:
    owed(rules, number="7")
    other = owed(rules, "5", number="8")
    with pytest.raises(Refused, match="is that bill already"):
        rules.edit(other, number="07")
    with pytest.raises(Refused) as refused:
        rules.add(Charge, ANN, bill=other.id, text="Gold", quantity="1000", price="99999")
    assert {"price", "quantity"} <= refused.value.fields.keys()
    with pytest.raises(Refused, match="Its bill is gone"):
        rules.add(Charge, ANN, bill=99, text="Glue", price="1", item=GLUE)
    line = rules.add(Charge, ANN, bill=1, text="Glue", price="1", item=GLUE)
    with pytest.raises(Refused, match="stays on its bill"):
        rules.edit(line, ANN, bill=other.id)
    assert "is off" in rules.said(line, "cancel")
    assert again(rules, rules.get(Bill, 1)).amount == 0


def test_dates_that_cannot_be_are_refused_when_a_bill_is_sent_or_a_payment_taken_back(rules: Office) -> None:
    bill = owed(rules, direction="owed", due="2026-12-01")
    with pytest.raises(Refused, match="due before the date"):
        rules.do(bill, "send", on="2026-12-05")
    rules.do(bill, "send")
    rules.do(bill, "pay", amount="9", on="2026-11-20")
    with pytest.raises(Refused, match="before the payment itself"):
        rules.do(rules.get(Payment, 1), "reverse", reason="x", on="2026-11-19")
    with pytest.raises(Refused, match="lies far ahead"):
        rules.do(bill, "pay", amount="9", on="2027-12-01")


def test_an_account_that_is_gone_a_credit_by_hand_and_a_bill_of_others_are_refused(rules: Office) -> None:
    rules.put(Account(id=1, name="Giro"))
    rules.put(Account(id=2, name="Old", active=False))
    bill, note = to_pay(rules), to_pay(rules, "-20", number="c")
    for values, field in (({"account": 2}, "account"), ({"account": 7}, "account"), ({"method": "credit"}, "method")):
        with pytest.raises(Refused) as refused:
            rules.do(bill, "pay", **values)
        assert field in refused.value.fields
    assert rules.do(bill, "pay", account=1, amount="19").state is State.PART
    other = to_pay(rules, "5", party=TONER)
    for values, field in (({"against": other.id}, "against"), ({"amount": "21"}, "amount")):
        with pytest.raises(Refused) as refused:
            rules.do(note, "credit", **values)
        assert field in refused.value.fields
    assert "no credit note" in str(rules.why_not(bill, "credit"))
    rules.do(bill, "pay")
    with pytest.raises(Refused, match="No bill of Paper Ltd is open"):
        rules.do(note, "credit")


def test_what_the_bank_shows_or_what_goes_with_a_cheque_is_not_taken_back_here(rules: Office) -> None:
    for number, values in ((1, {"match": 3}), (2, {"about": "CQ-1"})):
        rules.put(Payment(id=number, amount=Decimal(5), on=date(2026, 11, 20), **values))
    assert "take the match apart" in str(rules.why_not(rules.get(Payment, 1), "reverse"))
    assert "goes with CQ-1" in str(rules.why_not(rules.get(Payment, 2), "reverse"))


def test_a_note_that_does_not_fit_is_refused(rules: Office) -> None:
    bill = owed(rules, note="x" * 19_990)
    with pytest.raises(Refused, match="no room"):
        rules.do(bill, "note", text="one more")


def test_a_recurring_bill_goes_on_when_more_are_to_come(rules: Office) -> None:
    one = rules.add(Standing, ANN, name="Rent", party=PAPER, rule="monthly on 1", amount="900", left=1)
    assert rules.do(one, "run").next_on is None
    assert rules.edit(one, left=3).next_on == date(2027, 1, 1)


def test_what_is_void_or_moved_without_a_bill_stands_on_no_sheet_wrongly(rules: Office) -> None:
    rules.put(Party(id=PAPER, name="Paper Ltd", account_no="K-7"))
    bill = to_pay(rules, "50", dated="2026-11-01")
    rules.do(bill, "void", reason="wrong")
    owed(rules, "9", number="not checked")
    lined = owed(rules, "0", discount="1", direction="owed")
    rules.add(Charge, ANN, bill=lined.id, text="A chair " * 9, price="5")
    rules.add(Payment, party=PAPER, amount="-3", on="2026-11-02", text="Deposit")
    held = account_of(rules.ctx(), PAPER, date(2026, 10, 1), date(2026, 11, 30))
    assert [one.amount for one in held.moved] == [Decimal(-50), Decimal(50)]
    assert "Our account with you: K-7" in statement_text(rules.ctx(), rules.get(Party, PAPER), held)
    assert "Discount" in bill_text(rules.ctx(), again(rules, lined))
    assert "Deposit" in receipt_text(rules.ctx(), rules.get(Payment, 1))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"lines": 2}, "Lines: 2"),
        ({"paid": Decimal(200)}, "Paid so far"),
        ({"state": State.PAID}, "State: paid"),
    ],
)
def test_check_says_what_does_not_hold_of_a_bill(rules: Office, values: dict[str, Any], words: str) -> None:
    bill = to_pay(rules)
    assert rules.problems() == []
    rules.put(bill.model_copy(update=values))
    assert any(words in one for one in rules.problems())


def test_check_says_when_lines_do_not_come_to_their_bill(rules: Office) -> None:
    bill = owed(rules, "0")
    rules.add(Charge, ANN, bill=bill.id, text="Chair", price="5")
    rules.put(again(rules, bill).model_copy(update={"amount": Decimal(6)}))
    assert any("its lines come to 5.00" in one for one in rules.problems())
