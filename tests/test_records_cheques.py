"""Cheques: what they pay is paid as long as they are good, and open again when they are not."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.models.base import Change, Refused
from botui.models.office import Party
from botui.models.records import cheque_clock
from botui.models.records.bank import Account, BankLine, Match
from botui.models.records.bill import Bill, Direction, Method, Payment
from botui.models.records.bill import State as BillState
from botui.models.records.cheque import Cheque, State, Way
from botui.models.records.cheque_card import card
from botui.models.records.settlement import Settlement
from tests.rules import Office

TODAY = date(2026, 11, 23)
OURS, THEIRS = 1, 2
HOSTILE = ["[/x] [@click=app.quit]\x1b[31m", "\u202e\x00 \u6f22 'a' \\", "x" * 40]


@pytest.fixture
def office() -> Office:
    """A bill of 120 that is owed to us, one of 80 that we owe, and a bank account."""
    return with_bills()


def with_bills() -> Office:
    found = Office()
    found.put(Account(id=1, name="Giro"))
    found.put(Party(id=1, name="Nordic Paper"))
    found.put(Party(id=2, name="South Ltd"))
    values: dict[str, Any] = {"party": 1, "dated": TODAY, "due": TODAY}
    owed, owe = Direction.OWED, Direction.OWE
    found.put(Bill(id=OURS, direction=owed, number="R-1", amount=Decimal(120), state=BillState.SENT, **values))
    found.put(Bill(id=THEIRS, direction=owe, number="77", amount=Decimal(80), state=BillState.APPROVED, **values))
    return found


def received(office: Office, **values: Any) -> Cheque:
    return office.add(Cheque, **{"number": "4711", "bill": OURS, **values})


def written(office: Office, **values: Any) -> Cheque:
    return office.add(Cheque, **{"way": "written", "number": "1001", "bill": THEIRS, **values})


def shown(office: Office, payment: int, number: int = 1) -> None:
    """Let the bank show a payment."""
    moved = office.get(Payment, payment)
    office.put(BankLine(id=number, account=1, on=TODAY - timedelta(days=1), amount=moved.amount))
    settlement = Settlement(office.ctx(), Change("bank.match"))
    settlement.match([office.get(BankLine, number)], [moved], "amount")
    office.apply(settlement.write())


def test_a_cheque_we_get_pays_its_bill_is_banked_and_cleared_by_the_bank(office: Office) -> None:
    cheque = received(office)
    assert (cheque.party, cheque.amount, cheque.state, cheque.dated) == (1, Decimal(120), State.HELD, TODAY)
    assert office.get(Bill, OURS).state is BillState.PAID
    payment = office.get(Payment, cheque.payment or 0)
    found = (payment.amount, payment.method, payment.account, payment.about)
    assert found == (Decimal(120), Method.CHEQUE, None, cheque.ref)
    assert "is banked: Giro" in office.said(cheque, "bank")
    assert office.get(Payment, payment.id).account == 1
    shown(office, payment.id)
    cheque = office.get(Cheque, cheque.id)
    assert (cheque.state, cheque.cleared_on) == (State.CLEARED, TODAY - timedelta(days=1))
    assert not office.problems()


def test_a_match_that_is_taken_apart_lets_it_be_not_cleared_again(office: Office) -> None:
    cheque = office.do(received(office), "bank")
    shown(office, cheque.payment or 0)
    settlement = Settlement(office.ctx(), Change("bank.unmatch"))
    settlement.unmatch(office.get(Match, 1))
    office.apply(settlement.write())
    cheque = office.get(Cheque, cheque.id)
    assert (cheque.state, cheque.cleared_on) == (State.BANKED, None)
    assert not office.problems()


def test_a_cheque_that_comes_back_before_the_bank_showed_it_takes_its_payment_back(office: Office) -> None:
    cheque = office.do(received(office), "bank")
    assert "B-1 is open again" in office.said(cheque, "bounce", reason="not covered")
    assert office.get(Bill, OURS).balance == Decimal(120)
    assert office.get(Payment, cheque.payment or 0).reversed_at
    assert not office.problems()


def test_a_cheque_that_comes_back_after_that_is_a_payment_the_other_way(office: Office) -> None:
    cheque = office.do(received(office), "bank")
    shown(office, cheque.payment or 0)
    cheque = office.do(cheque, "bounce", reason="not covered")
    back = office.get(Payment, 2)
    assert (back.amount, back.account, back.bill, back.about) == (Decimal(-120), 1, OURS, cheque.ref)
    assert office.get(Bill, OURS).state is BillState.SENT
    shown(office, back.id, 2)
    assert office.get(Cheque, cheque.id).state is State.BOUNCED
    assert not office.problems()
    assert received(office, number="4712").state is State.HELD, "they send another one"


def test_what_went_back_with_a_cheque_stays_back(office: Office) -> None:
    cheque = office.do(received(office), "bank")
    shown(office, 1)
    office.do(cheque, "bounce", reason="not covered")
    settlement = Settlement(office.ctx(), Change("bank.unmatch"))
    settlement.unmatch(office.get(Match, 1))
    office.apply(settlement.write())
    for number in (1, 2):
        settlement = Settlement(office.ctx(), Change("payments.reverse"))
        settlement.reverse(office.get(Payment, number), TODAY, "no")
        with pytest.raises(Refused, match="CQ-1 was returned"):
            office.apply(settlement.write())


def test_a_cheque_we_write_pays_in_part_and_is_stopped(office: Office) -> None:
    cheque = written(office, amount="30")
    assert (cheque.state, cheque.account, office.get(Bill, THEIRS).balance) == (State.OUT, 1, Decimal(50))
    assert office.why_not(cheque, "bank") == "It is with them."
    assert "B-2 is open again" in office.said(cheque, "cancel", reason="lost in the post")
    assert office.get(Bill, THEIRS).state is BillState.APPROVED
    assert not office.problems()


def test_what_the_bank_has_paid_is_not_cancelled(office: Office) -> None:
    cheque = written(office)
    shown(office, cheque.payment or 0)
    assert office.why_not(cheque, "cancel") == "It is cleared."


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"amount": "120.01"}, "amount"),
        ({"bill": THEIRS}, "bill"),
        ({"bill": None, "party": 1}, "amount"),
        ({"bill": None, "amount": "5"}, "party"),
        ({"party": 2}, "party"),
        ({"account": 1}, "account"),
        ({"dated": "2026-05-22"}, "dated"),
        ({"dated": "9999-12-31"}, "dated"),
        ({"amount": "-5"}, "amount"),
    ],
)
def test_what_is_no_cheque_for_this_is_said_at_its_field(office: Office, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as error:
        received(office, **values)
    assert field in error.value.fields
    assert office.get(Bill, OURS).paid == 0


def test_the_same_cheque_is_not_written_down_twice(office: Office) -> None:
    received(office, amount="20")
    with pytest.raises(Refused, match=r"Cheque 4711 of Nordic Paper is written down already: CQ-1"):
        received(office, amount="20")
    assert received(office, bill=None, party=2, amount="20").party == 2, "another's may have the same number"


def test_what_it_paid_is_not_edited_and_its_note_is(office: Office) -> None:
    cheque = received(office)
    assert office.edit(cheque, note="in the safe").note == "in the safe"
    for values in ({"amount": "5"}, {"bill": None}, {"number": "9"}, {"way": "written"}):
        with pytest.raises(Refused, match="write it down anew"):
            office.edit(cheque, **values)


def test_a_cheque_of_a_day_to_come_is_not_banked_before(office: Office) -> None:
    cheque = received(office, dated="2026-11-27")
    assert "no bank takes it before" in (office.why_not(cheque, "bank") or "")
    office.now += timedelta(days=4)
    assert office.do(cheque, "bank").state is State.BANKED


def test_six_months_after_its_date_it_is_stale_once_and_its_bill_stays_paid_until_it_is_given_up(
    office: Office,
) -> None:
    cheque = received(office, dated="2026-08-31")
    office.now = office.now.replace(year=2027, month=2, day=28)
    assert not [*cheque_clock.due(office.ctx())]
    office.now += timedelta(days=1)
    for change in cheque_clock.due(office.ctx()):
        office.apply(change)
    assert not [*cheque_clock.due(office.ctx())]
    cheque = office.get(Cheque, cheque.id)
    assert (cheque.state, office.get(Bill, OURS).state) == (State.STALE, BillState.PAID)
    office.do(cheque, "cancel", reason="too old")
    assert office.get(Bill, OURS).balance == Decimal(120)
    assert not office.problems()


@pytest.mark.parametrize("steps", [(), ("bank",), ("bank", "clear")])
def test_a_payment_that_is_taken_back_elsewhere_gives_its_cheque_up(office: Office, steps: tuple[str, ...]) -> None:
    cheque = received(office)
    for step in steps:
        office.said(cheque, step)
    settlement = Settlement(office.ctx(), Change("payments.reverse"))
    settlement.reverse(office.get(Payment, 1), TODAY, "not ours")
    office.apply(settlement.write())
    assert office.get(Cheque, cheque.id).state is State.CANCELLED
    assert not office.problems()


def test_the_card_of_a_party_tells_of_cheques_that_are_out_and_of_the_last_that_came_back(office: Office) -> None:
    office.do(office.do(received(office), "bank"), "bounce", reason="not covered")
    received(office, number="4712")
    party = office.get(Party, 1)
    assert [*card(office.ctx(), party)] == [
        ("CQ-2", "cheque 4712, theirs, in hand, 120.00 EUR"),
        ("Returned", "cheque 4711 today: not covered"),
    ]
    assert not [*card(office.ctx(3), party)], "not for everybody on the staff"


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_a_number_and_stays_text(office: Office, text: str) -> None:
    cheque = received(office, number=text, note=text, bank=text)
    assert not set("\x1b\u202e\x00") & set(cheque.number + cheque.note + cheque.bank)
    assert cheque.way is Way.RECEIVED


def test_botui_check_finds_what_no_rule_would_write(office: Office) -> None:
    cheque = received(office)
    office.put(cheque.model_copy(update={"amount": Decimal(5)}))
    assert "CQ-1: Amount: 5.00, and PY-1 moved 120.00." in office.problems()
    office.put(cheque.model_copy(update={"payment": None}))
    assert "CQ-1: Payment: none moved its money." in office.problems()


@given(st.lists(st.sampled_from(["new", "bank", "clear", "bounce", "cancel", "match", "unmatch", "back"]), max_size=14))
@settings(max_examples=60, deadline=None)
def test_whatever_becomes_of_cheques_a_bill_is_paid_by_those_that_are_good(steps: list[str]) -> None:
    office = with_bills()
    received(office, number="0", amount="50")
    written(office, amount="30")
    for at, what in enumerate(steps, 1):
        every = office.data.find(Cheque)
        for cheque in every:
            with suppress(Refused):
                _step(office, cheque, what, at)
        good = [one for one in office.data.find(Cheque) if one.state not in (State.BOUNCED, State.CANCELLED)]
        for bill in (OURS, THEIRS):
            assert office.get(Bill, bill).paid == sum(one.worth for one in good if one.bill == bill)
    assert not office.problems()


def _step(office: Office, cheque: Cheque, what: str, at: int) -> None:
    """Do one thing with a cheque, or with the payment that is its money."""
    payment = office.get(Payment, cheque.payment or 0)
    if what == "new":
        received(office, number=f"{at}", amount="20")
    elif what in ("bounce", "cancel"):
        office.said(cheque, what, reason="no")
    elif what == "match" and not payment.match:
        shown(office, payment.id, office.data.new_id(BankLine))
    elif what == "unmatch" and payment.match:
        settlement = Settlement(office.ctx(), Change("bank.unmatch"))
        settlement.unmatch(office.get(Match, payment.match))
        office.apply(settlement.write())
    elif what == "back":
        settlement = Settlement(office.ctx(), Change("payments.reverse"))
        settlement.reverse(payment, TODAY, "no")
        office.apply(settlement.write())
    elif what in ("bank", "clear"):
        office.said(cheque, what)
