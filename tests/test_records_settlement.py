"""Where money moves: payments, matches with lines of the bank, and that nothing is paid or explained twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.models.base import Change, Refused
from botui.models.office import Party
from botui.models.records.bank import Account, BankLine, Match, Stand, Statement
from botui.models.records.bill import Bill, Direction, Method, Payment, State
from botui.models.records.settlement import Settlement
from tests.rules import Office

DAY = date(2026, 11, 20)
OWE, OWED = 1, 2
LINES = {1: "-60", 2: "-40", 3: "100", 4: "-100", 5: "30", 6: "-60"}


def office() -> Office:
    """Two bills of 100, one either way, and a statement of six lines that nothing explains yet."""
    found = Office()
    found.put(Party(id=1, name="Nordic Paper"))
    found.put(Account(id=1, name="Giro"))
    closing = sum(map(Decimal, LINES.values()))
    found.put(Statement(id=1, account=1, until=DAY, closing=closing, lines=len(LINES), open=len(LINES)))
    amount, day = Decimal(100), date(2026, 11, 1)
    found.put(Bill(id=OWE, party=1, amount=amount, dated=day, state=State.APPROVED))
    found.put(Bill(id=OWED, party=1, direction=Direction.OWED, amount=amount, dated=day, state=State.SENT))
    for number, text in LINES.items():
        found.put(BankLine(id=number, statement=1, account=1, on=DAY, amount=Decimal(text), fingerprint=str(number)))
    return found


def settled(rules: Office, how: Any) -> Change:
    """Let something be settled in one change."""
    change = Change("bills.pay")
    settlement = Settlement(rules.ctx(), change)
    how(settlement)
    return rules.apply(settlement.write())


def paid(rules: Office, bill: int, amount: object) -> Payment:
    settled(rules, lambda one: one.pay(rules.get(Bill, bill), Decimal(str(amount)), DAY))
    return rules.get(Payment, max(rules.data.docs["payments"]))


def lines(rules: Office, *numbers: int) -> list[BankLine]:
    return [rules.get(BankLine, one) for one in numbers]


def test_two_lines_and_one_payment_are_the_same_money_once(rules: Office) -> None:
    payment = paid(rules, OWE, 100)
    settled(rules, lambda one: one.match(lines(rules, 1, 2), [payment], "by amount"))
    assert [one.state for one in lines(rules, 1, 2, 4)] == [Stand.MATCHED, Stand.MATCHED, Stand.UNMATCHED]
    assert rules.get(Statement, 1).open == 4
    for line in (1, 4):
        with pytest.raises(Refused, match="already"):
            settled(rules, lambda one, line=line: one.match(lines(rules, line), [payment], "again"))
    with pytest.raises(Refused, match="take the match apart first"):
        settled(rules, lambda one: one.reverse(payment, DAY, "returned"))
    settled(rules, lambda one: one.unmatch(rules.get(Match, 1)))
    assert rules.get(Statement, 1).open == 6
    with pytest.raises(Refused, match="taken apart before"):
        settled(rules, lambda one: one.unmatch(rules.get(Match, 1)))
    settled(rules, lambda one: one.reverse(payment, DAY, "returned"))
    with pytest.raises(Refused, match="taken back already"):
        settled(rules, lambda one: one.match(lines(rules, 4), [payment], "too late"))
    assert rules.get(Bill, OWE).state is State.APPROVED
    assert rules.problems() == []


def test_what_does_not_come_to_the_same_is_no_match(rules: Office) -> None:
    payment = paid(rules, OWE, 60)
    for numbers in ((2,), (1, 2), ()):
        with pytest.raises(Refused, match="the payments come to"):
            settled(rules, lambda one, numbers=numbers: one.match(lines(rules, *numbers), [payment], "no"))
    assert rules.get(Payment, payment.id).match is None


def test_a_line_is_posted_or_left_out_once_and_can_be_open_again(rules: Office) -> None:
    settled(rules, lambda one: one.skip(lines(rules, 5)[0], "not ours"))
    with pytest.raises(Refused, match="left out already"):
        settled(rules, lambda one: one.post(lines(rules, 5)[0], 1, "fee"))
    settled(rules, lambda one: one.reopen(lines(rules, 5)[0]))
    with pytest.raises(Refused, match="BK-5 is unmatched"):
        settled(rules, lambda one: one.reopen(lines(rules, 5)[0]))
    assert rules.get(Statement, 1).open == 6


@pytest.mark.parametrize(("bill", "amount"), [(OWE, "100.01"), (OWE, "0"), (OWE, "-1"), (OWED, "101")])
def test_nothing_above_the_balance_is_paid(rules: Office, bill: int, amount: str) -> None:
    with pytest.raises(Refused):
        paid(rules, bill, amount)
    assert not rules.data.docs.get("payments")


def test_money_without_a_bill_moves_by_itself(rules: Office) -> None:
    settled(rules, lambda one: one.move(Decimal(-30), DAY, method=Method.CASH, about="CB-1", text="Stamps"))
    assert rules.get(Payment, 1).bill is None
    assert rules.problems() == []


@pytest.fixture
def rules() -> Office:
    return office()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("pay", "reverse", "match", "unmatch", "skip", "reopen")),
        st.integers(0, 5),
        st.integers(0, 5),
        st.sampled_from(("30", "40", "60", "100")),
    ),
    max_size=16,
)


@settings(max_examples=30, deadline=None)
@given(steps=STEPS)
def test_whatever_is_matched_and_taken_apart_no_bill_is_paid_twice(steps: list[tuple[str, int, int, str]]) -> None:
    rules = office()
    for verb, which, other, amount in steps:
        payments, matches = rules.data.find(Payment), rules.data.find(Match)
        line = rules.get(BankLine, 1 + which)
        try:
            if verb == "pay":
                paid(rules, OWE if which % 2 else OWED, amount)
            elif verb == "skip":
                settled(rules, lambda one, line=line: one.skip(line, "not ours"))
            elif verb == "reopen":
                settled(rules, lambda one, line=line: one.reopen(line))
            elif verb == "unmatch" and matches:
                match = matches[other % len(matches)]
                settled(rules, lambda one, match=match: one.unmatch(match))
            elif payments:
                payment = payments[other % len(payments)]
                if verb == "reverse":
                    settled(rules, lambda one, payment=payment: one.reverse(payment, DAY, "returned"))
                elif verb == "match":
                    settled(rules, lambda one, line=line, payment=payment: one.match([line], [payment], "by amount"))
        except Refused:
            continue
    standing = [one for one in rules.data.find(Match) if one.undone_at is None]
    named = [number for one in standing for number in one.payments]
    assert len(named) == len(set(named)), "a payment is the money of one match"
    for bill in rules.data.find(Bill):
        assert 0 <= bill.paid <= bill.amount
    assert rules.problems() == []
