"""Cash boxes: nothing leaves one without a voucher, two count what is in it, each is the sum of its vouchers."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.models.base import Change, Refused
from botui.models.records.bank import Account
from botui.models.records.bill import Payment
from botui.models.records.cash import undo
from botui.models.records.cashbox import Box, Voucher, Why
from botui.models.records.expense_desk import waiting
from botui.models.records.expense_reports import cash_book
from botui.models.records.expense_text import voucher_text
from botui.models.records.settlement import Settlement
from tests.rules import Office

ANN, BOB, CLEO = 1, 2, 3


@pytest.fixture
def office() -> Office:
    """A cash box with a float of 100, full."""
    return with_box()


def with_box() -> Office:
    found = Office()
    found.put(Account(id=1, name="Giro"))
    box = found.add(Box, name="Petty cash", imprest="100", most="50", keeper=ANN)
    found.do(box, "receive", account=1)
    return found


def box(office: Office) -> Box:
    return office.get(Box, 1)


def pay(office: Office, amount: str, by: int = ANN) -> Voucher:
    office.do(box(office), "pay", by, amount=amount, what="stamps")
    return office.data.find(Voucher, box=1)[-1]


def test_it_is_topped_up_to_its_float_by_a_payment_the_bank_will_show(office: Office) -> None:
    voucher, payment = office.get(Voucher, 1), office.get(Payment, 1)
    assert (voucher.amount, voucher.why, voucher.payment) == (Decimal(100), Why.BANK, payment.id)
    assert (payment.amount, payment.account, payment.about) == (Decimal(-100), 1, "CB-1")
    with pytest.raises(Refused, match=r"Petty cash is full: 100.00 EUR"):
        office.said(box(office), "receive")
    pay(office, "30")
    office.do(box(office), "receive")
    assert box(office).balance == Decimal(100)
    assert not office.problems()


def test_a_voucher_pays_no_more_than_it_may_and_no_more_than_is_there(office: Office) -> None:
    with pytest.raises(Refused, match=r"One voucher of Petty cash pays 50.00 EUR at most"):
        pay(office, "50.01")
    pay(office, "50")
    assert "12.00 EUR are left" in office.said(box(office), "pay", amount="38", what="flowers")
    with pytest.raises(Refused, match=r"Only 12.00 EUR are in Petty cash") as error:
        pay(office, "12.01")
    assert error.value.fields == {"amount": "12.00 at most."}
    with pytest.raises(Refused, match="still to come"):
        office.said(box(office), "pay", amount="1", what="stamps", on="2026-11-24")


def test_what_is_not_in_use_or_empty_pays_nothing(office: Office) -> None:
    with pytest.raises(Refused, match="pay them out first"):
        office.edit(box(office), active=False)
    pay(office, "50")
    pay(office, "50")
    assert office.why_not(box(office), "pay") == "Nothing is in Petty cash: I puts cash in."
    office.edit(box(office), active=False)
    assert office.why_not(box(office), "receive") == "Petty cash is not in use any more."


def test_cash_that_is_carried_to_the_bank_is_a_payment_too(office: Office) -> None:
    office.said(box(office), "pay", amount="80", what="to the bank", account=1)
    payment = office.get(Payment, 2)
    assert (payment.amount, payment.account, office.get(Voucher, 2).why) == (Decimal(80), 1, Why.BANK)


def test_a_voucher_is_taken_back_once_by_another_one(office: Office) -> None:
    first = pay(office, "30")
    assert "VO-2 is taken back by VO-3: 100.00 EUR" in office.said(first, "reverse", reason="twice")
    assert office.why_not(first, "reverse") == "It is taken back already, by VO-3."
    assert office.why_not(office.get(Voucher, 3), "reverse") == "It takes back another one itself."
    assert not office.problems()


def test_a_voucher_whose_cash_is_spent_is_not_taken_back(office: Office) -> None:
    pay(office, "30")
    with pytest.raises(Refused, match=r"Only 70.00 EUR are in"):
        office.said(office.get(Voucher, 1), "reverse", reason="never drawn")
    assert office.get(Payment, 1).reversed_at is None


def test_a_payment_that_is_taken_back_takes_its_cash_out_of_the_box_where_it_is_still_there(office: Office) -> None:
    def reverse() -> None:
        settlement = Settlement(office.ctx(), Change("payments.reverse"))
        settlement.reverse(office.get(Payment, 1), office.ctx().today, "never drawn")
        office.apply(settlement.write())

    spent = pay(office, "30")
    with pytest.raises(Refused, match="So PY-1 cannot be taken back"):
        reverse()
    office.said(spent, "reverse", reason="wrong")
    reverse()
    assert box(office).balance == 0
    assert office.data.find(Voucher, reverses=1)
    assert not office.problems()


def test_two_count_each_alone_and_what_they_agree_on_is_in_the_box(office: Office) -> None:
    pay(office, "4.50")
    assert "now somebody else counts it" in office.said(box(office), "count", ANN, amount="95")
    assert "you counted" in office.said(box(office), "count", ANN, amount="95.20"), "nobody is their own second"
    said = office.said(box(office), "count", BOB, amount="95")
    assert said == "Petty cash: Ann Archer did not come to the same, and counts it again (K)."
    said = office.said(box(office), "count", ANN, amount="95")
    assert said == "Petty cash: Bob Baker and Ann Archer counted 95.00 EUR; -0.50, which is booked."
    counted = office.data.find(Voucher, box=1)[-1]
    assert (counted.amount, counted.why, counted.counted) == (Decimal("-0.50"), Why.COUNT, Decimal(95))
    assert {counted.by, counted.second} == {ANN, BOB} == {*box(office).counted_by}
    assert office.why_not(counted, "reverse") == "It is what two counted: count again (K)."
    assert not office.problems()


def test_what_is_paid_between_two_counts_changes_nothing_of_what_they_agree_on(office: Office) -> None:
    office.do(box(office), "count", ANN, amount="99")
    pay(office, "10")
    said = office.said(box(office), "count", BOB, amount="89")
    assert "-1.00, which is booked" in said
    assert box(office).balance == Decimal(89)


def test_a_box_waits_for_its_keeper_and_a_half_count_for_somebody_else(office: Office) -> None:
    def waits(by: int) -> list[tuple[str, str]]:
        return [(one.verb, one.why) for one in waiting(office.ctx(by))]

    assert (waits(ANN), waits(BOB), waits(CLEO)) == ([("count", "never counted yet")], [], [])
    office.do(box(office), "count", ANN, amount="100")
    assert (waits(ANN), [verb for verb, _ in waits(BOB)]) == ([], ["count"])
    office.do(box(office), "count", BOB, amount="100")
    pay(office, "40")
    pay(office, "40")
    assert waits(ANN) == [("receive", "only 20.00 EUR left: put some in")]


def test_nothing_is_written_into_a_voucher_by_hand(office: Office) -> None:
    with pytest.raises(Refused, match="comes of what is done with its cash box"):
        office.add(Voucher, ANN, box=1, on="2026-11-23", amount="5", why="out", at="2026-11-23T09:00:00Z")


def test_the_cash_book_begins_with_what_was_in_it_and_ends_with_what_is(office: Office) -> None:
    office.now += timedelta(days=1)
    pay(office, "4.50")
    office.said(pay(office, "10"), "reverse", reason="twice")
    day = office.ctx().today
    report = cash_book(office.ctx(), day, day)
    assert [row[5] for row in report.rows] == ["", Decimal("-4.50"), Decimal(-10), Decimal(10), Decimal("-4.50")]
    assert [row[6] for row in report.rows][0::4] == [Decimal(100), Decimal("95.50")]
    assert not cash_book(office.ctx(), day - timedelta(days=9), day - timedelta(days=2)).rows


@pytest.mark.parametrize("text", ["[/x] [@click=app.quit]\x1b[31m", "\u202e\x00 \u6f22 'a' \\", "x" * 80])
def test_any_text_on_a_voucher_stays_text_on_paper_too(office: Office, text: str) -> None:
    office.do(box(office), "pay", amount="1", what=text)
    paper = voucher_text(office.ctx(), office.get(Voucher, 2))
    assert not set("\x1b\u202e\x00") & set(paper)
    assert max(map(len, paper.splitlines())) <= 72


STEPS = st.lists(
    st.tuples(st.sampled_from(["in", "out", "bank", "back", "count", "undo"]), st.integers(1, 9000)), max_size=25
)


@given(STEPS)
@settings(max_examples=40, deadline=None)
def test_whatever_is_done_a_box_is_the_sum_of_its_vouchers_and_never_less_than_nothing(
    steps: list[tuple[str, int]],
) -> None:
    office = with_box()
    for what, cents in steps:
        amount, vouchers = Decimal(cents) / 100, office.data.find(Voucher, box=1)
        with suppress(Refused):
            if what == "in":
                office.do(box(office), "receive", amount=amount)
            elif what == "out":
                office.do(box(office), "pay", amount=amount, what="stamps")
            elif what == "bank":
                office.do(box(office), "pay", amount=amount, what="to the bank", account=1)
            elif what == "count":
                for by in (ANN, BOB):
                    office.do(box(office), "count", by, amount=box(office).balance + (cents % 3 - 1))
            elif what == "back":
                office.said(vouchers[cents % len(vouchers)], "reverse", reason="wrong")
            else:
                office.apply(undo(office.ctx(), [vouchers[cents % len(vouchers)]], Change("desk.undo")))
        assert box(office).balance == sum(one.amount for one in office.data.find(Voucher, box=1)) >= 0
    assert not office.problems()


def test_botui_check_finds_what_no_rule_would_write(office: Office) -> None:
    voucher = pay(office, "5")
    office.put(box(office).model_copy(update={"balance": Decimal(7), "off": Decimal(1)}))
    office.put(office.get(Payment, 1).model_copy(update={"amount": Decimal(-99)}))
    office.put(voucher.model_copy(update={"id": 9, "reverses": voucher.id}))
    found = "\n".join(office.problems())
    for words in (
        "CB-1: In it: 7.00, and its vouchers come to 90.00.",
        "CB-1: First count: it says who counted, or what, and not both.",
        "VO-1: Payment: PY-1 is not of -100.00 for its box.",
        "VO-9: Takes back: it is not what VO-2 was, the other way.",
    ):
        assert words in found, found
