"""Expense claims: written line by line, submitted, approved by somebody else, paid once and from one place."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.models.base import Change, Refused
from botui.models.office import Department, Person, Role
from botui.models.records.bank import Account, BankLine
from botui.models.records.bill import Payment
from botui.models.records.cashbox import Box, Voucher
from botui.models.records.chart import Category, Side
from botui.models.records.expense import Expense, Outlay, State
from botui.models.records.expense_desk import asked, waiting
from botui.models.records.expense_reports import claims
from botui.models.records.expense_sentences import spent
from botui.models.records.expense_text import claim_text
from botui.models.records.naming import Names
from botui.models.records.posting_cash import of_expense
from botui.models.records.settlement import Settlement
from tests.rules import Office

ANN, BOB, CLEO, MAX = 1, 2, 3, 5
FOOD, FEES = 1, 2
HOSTILE = ["[/x] [@click=app.quit]\x1b[31m", "\u202e\x00 \u6f22 'a' \\", "x" * 80]


@pytest.fixture
def office() -> Office:
    """An office with a manager, a bank account, and a limit on food."""
    return with_manager()


def with_manager() -> Office:
    found = Office()
    found.put(Person(id=MAX, name="Max Manager", initials="MM", roles=(Role.MANAGER,)))
    found.put(Person(id=6, name="Mia Boss", initials="MB", roles=(Role.MANAGER,)))
    found.put(Department(id=1, name="IT", manager=MAX))
    found.put(found.get(Person, CLEO).model_copy(update={"department": 1}))
    found.put(Category(id=FOOD, name="Food", limit=Decimal(25)))
    found.put(Category(id=FEES, name="Fees we take", side=Side.INCOME))
    found.put(Account(id=1, name="Giro"))
    return found


def claimed(office: Office, *amounts: str, by: int = CLEO) -> Expense:
    """A claim of somebody, with a line for each amount."""
    for place, amount in enumerate(amounts, 1):
        line = office.add(Outlay, by, amount=amount, what=f"Taxi {place}")
    return office.get(Expense, line.expense or 0)


def approved(office: Office, *amounts: str) -> Expense:
    claim = office.do(claimed(office, *amounts), "submit", CLEO)
    return office.do(claim, "approve", MAX)


# --- written ----------------------------------------------------------------------------------------------------------


def test_what_was_paid_begins_a_claim_and_goes_on_the_one_that_is_open(office: Office) -> None:
    claim = claimed(office, "12.50", "8.30")
    assert (claim.what, claim.person, claim.amount, claim.lines) == ("Taxi 1", CLEO, Decimal("20.80"), 2)
    office.do(claim, "submit", CLEO)
    other = claimed(office, "5")
    assert other.id != claim.id
    assert claimed(office, "4", by=ANN).id not in (claim.id, other.id)


def test_a_line_is_changed_and_taken_off_as_long_as_nobody_decides(office: Office) -> None:
    claim = claimed(office, "12.50", "8.30")
    line = office.data.find(Outlay, expense=claim.id)[0]
    line = office.edit(line, CLEO, amount="10")
    assert office.get(Expense, claim.id).amount == Decimal("18.30")
    office.said(line, "cancel", CLEO)
    assert office.get(Expense, claim.id).lines == 1
    left = office.data.find(Outlay, expense=claim.id)[0]
    office.do(claim, "submit", CLEO)
    for change in (lambda: office.edit(left, CLEO, amount="1"), lambda: office.said(left, "cancel", CLEO)):
        with pytest.raises(Refused, match="who approves it"):
            change()
    with pytest.raises(Refused, match="what is claimed stands"):
        office.add(Outlay, CLEO, expense=claim.id, amount="5", what="Bus")
    assert not office.problems()


def test_those_who_pay_sort_a_line_and_name_its_receipt_at_any_time(office: Office) -> None:
    line = office.add(Outlay, CLEO, amount="40", what="Lunch")
    office.do(office.get(Expense, line.expense or 0), "submit", CLEO)
    assert office.edit(line, ANN, category=FOOD).category == FOOD
    with pytest.raises(Refused, match="is for money in"):
        office.edit(line, ANN, category=FEES)
    with pytest.raises(Refused, match="what is claimed stands"):
        office.edit(line, ANN, category=None, amount="4")
    with pytest.raises(Refused, match="what is claimed stands"):
        office.edit(line, CLEO, category=None)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"on": "2026-11-24"}, "on"),
        ({"on": "0206-11-20"}, "on"),
        ({"category": FEES}, "category"),
        ({"category": FOOD, "amount": "25.01"}, "why"),
        ({"amount": "0"}, "amount"),
        ({"amount": "-3"}, "amount"),
        ({"amount": "1e9"}, "amount"),
        ({"amount": "Infinity"}, "amount"),
        ({"expense": 99}, "expense"),
    ],
)
def test_what_cannot_be_claimed_is_said_at_its_field(office: Office, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as error:
        office.add(Outlay, CLEO, **{"amount": "12", "what": "Lunch", **values})
    assert field in error.value.fields
    assert not office.data.find(Expense)


def test_a_line_above_its_limit_says_why_and_is_claimed(office: Office) -> None:
    line = office.add(Outlay, CLEO, amount="40", what="Lunch for four", category=FOOD, why="with the auditors")
    assert "above" not in office.said(office.get(Expense, line.expense or 0), "submit", CLEO)
    assert not office.problems()


def test_a_limit_that_came_later_is_asked_for_when_it_is_submitted(office: Office) -> None:
    line = office.add(Outlay, CLEO, amount="20", what="Lunch", category=FOOD)
    office.put(office.get(Category, FOOD).model_copy(update={"limit": Decimal(15)}))
    with pytest.raises(Refused, match=r"^Lunch: Food: 15.00 EUR at most"):
        office.said(office.get(Expense, line.expense or 0), "submit", CLEO)


def test_a_claim_for_somebody_else_is_written_by_a_clerk_alone(office: Office) -> None:
    assert office.add(Expense, ANN, what="Fair", person=CLEO).person == CLEO
    with pytest.raises(Refused, match="a clerk writes claims for others"):
        office.add(Expense, CLEO, what="Fair", person=BOB)
    mine = claimed(office, "5")
    with pytest.raises(Refused, match="Only Cleo Cole or a clerk"):
        office.edit(mine, MAX, what="Holiday")


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_what_it_was_for_and_stays_text(office: Office, text: str) -> None:
    line = office.add(Outlay, CLEO, amount="5", what=text)
    claim = office.get(Expense, line.expense or 0)
    assert not set("\x1b\u202e\x00") & set(claim.what + line.what + claim_text(office.ctx(), claim))


# --- decided ----------------------------------------------------------------------------------------------------------


def test_the_manager_is_asked_and_nobody_approves_their_own_claim(office: Office) -> None:
    claim = claimed(office, "12.50")
    assert "Max Manager is asked. 1 line without a receipt." in office.said(claim, "submit", CLEO)
    assert office.get(Expense, claim.id).approver == MAX
    assert office.why_not(claim, "approve", CLEO) == "Nobody approves their own claim."
    boss = claimed(office, "3", by=MAX)
    with pytest.raises(Refused, match="Nobody approves their own claim") as error:
        office.said(boss, "submit", MAX, to=MAX)
    assert "MB (Mia Boss)" in error.value.fields["to"]
    with pytest.raises(Refused, match="does not work as a manager"):
        office.said(boss, "submit", MAX, to=BOB)
    assert office.do(boss, "submit", MAX, to=6).approver == 6


def test_an_empty_claim_is_not_submitted(office: Office) -> None:
    assert office.why_not(office.add(Expense, CLEO), "submit", CLEO) == "Nothing is on it: n adds what was paid."


def test_less_of_a_line_is_approved_and_only_that_is_paid(office: Office) -> None:
    claim = office.do(claimed(office, "30", "8"), "submit", CLEO)
    line = office.data.find(Outlay, expense=claim.id)[0]
    assert office.why_not(line, "correct", CLEO) == "Max Manager is asked to approve it."
    with pytest.raises(Refused, match=r"30.00 EUR is claimed"):
        office.said(line, "correct", MAX, amount="30", reason="too dear")
    office.said(line, "correct", MAX, amount="20", reason="the bus is cheaper")
    assert "28.00 EUR of 38.00 EUR" in office.said(claim, "approve", MAX)
    assert office.get(Expense, claim.id).granted == Decimal(28)
    assert "approved: 20.00, the bus is cheaper" in claim_text(office.ctx(), office.get(Expense, claim.id))
    assert not office.problems()


def test_a_claim_of_which_nothing_is_approved_is_refused_instead(office: Office) -> None:
    claim = office.do(claimed(office, "30"), "submit", CLEO)
    office.said(office.data.find(Outlay, expense=claim.id)[0], "correct", MAX, amount="0", reason="private")
    with pytest.raises(Refused, match="refuse it"):
        office.said(claim, "approve", MAX)


def test_what_was_refused_is_changed_and_submitted_anew_as_if_nothing_was_cut(office: Office) -> None:
    claim = office.do(claimed(office, "30"), "submit", CLEO)
    line = office.data.find(Outlay, expense=claim.id)[0]
    office.said(line, "correct", MAX, amount="20", reason="much")
    claim = office.do(claim, "refuse", MAX, reason="no receipt")
    assert (claim.state, claim.reason) == (State.REFUSED, "no receipt")
    office.edit(line, CLEO, amount="28")
    assert office.do(claim, "submit", CLEO).reason == ""
    assert office.do(claim, "approve", MAX).granted == Decimal(28)


def test_whoever_claims_it_cancels_it_and_who_approves_it_does_not(office: Office) -> None:
    claim = office.do(claimed(office, "30"), "submit", CLEO)
    assert "B refuses it" in (office.why_not(claim, "cancel", MAX) or "")
    assert office.do(claim, "cancel", CLEO).state is State.CANCELLED


def test_what_was_approved_and_is_not_paid_is_cancelled_and_leaves_the_books_that_day(office: Office) -> None:
    claim = approved(office, "12.50")
    office.now += timedelta(days=3)
    claim = office.do(claim, "cancel", ANN, reason="paid with the wages")
    assert claim.cancelled_on == office.ctx().today
    lines = office.data.find(Outlay, expense=claim.id)
    legs = [
        (one.on, amount)
        for one in of_expense(Names(office.ctx()), claim, lines)
        for leg in one.legs
        for amount in (leg.amount,)
    ]
    assert len({on for on, _ in legs}) == 2
    assert sum(amount for _, amount in legs) == 0
    assert sorted(amount for _, amount in legs) == [Decimal("-12.50")] * 2 + [Decimal("12.50")] * 2


# --- paid -------------------------------------------------------------------------------------------------------------


def test_a_claim_is_paid_by_one_payment_the_bank_will_show(office: Office) -> None:
    claim = approved(office, "12.50")
    assert office.why_not(office.get(Expense, claim.id), "pay", ANN) is None
    claim = office.do(claim, "pay", ANN)
    payment = office.get(Payment, claim.payment or 0)
    found = (payment.amount, payment.account, payment.about, payment.person)
    assert found == (Decimal("-12.50"), 1, claim.ref, CLEO)
    assert office.why_not(claim, "pay", ANN) == "It is paid."
    assert not office.problems()


def test_a_payment_that_is_taken_back_lets_the_claim_be_paid_again(office: Office) -> None:
    claim = office.do(approved(office, "12.50"), "pay", ANN)
    change = Change("payments.reverse")
    settlement = Settlement(office.ctx(), change)
    settlement.reverse(office.get(Payment, claim.payment or 0), office.ctx().today, "wrong account")
    office.apply(settlement.write())
    claim = office.get(Expense, claim.id)
    assert (claim.state, claim.payment, claim.paid_on) == (State.APPROVED, None, None)
    assert office.do(claim, "pay", ANN).payment == 2
    assert not office.problems()


def test_what_the_bank_has_shown_of_a_claim_is_not_taken_back(office: Office) -> None:
    claim = office.do(approved(office, "12.50"), "pay", ANN)
    office.put(BankLine(id=1, account=1, on=office.ctx().today, amount=Decimal("-12.50")))
    change = Change("bank.match")
    settlement = Settlement(office.ctx(), change)
    settlement.match([office.get(BankLine, 1)], [office.get(Payment, claim.payment or 0)], "amount")
    office.apply(settlement.write())
    assert office.get(Expense, claim.id).state is State.PAID
    with pytest.raises(Refused, match="The bank has shown"):
        Settlement(office.ctx(), Change("x")).reverse(office.get(Payment, claim.payment or 0), office.ctx().today, "")


def test_a_claim_is_paid_out_of_a_cash_box_as_far_as_there_is_so_much_in_it(office: Office) -> None:
    box = office.add(Box, name="Petty cash", imprest="20")
    office.do(box, "receive", account=1)
    much, little = approved(office, "20.01"), approved(office, "12.50")
    with pytest.raises(Refused, match=r"Only 20.00 EUR are in Petty cash"):
        office.said(much, "pay", ANN, box=1)
    with pytest.raises(Refused, match="From an account, or out of a box"):
        office.said(much, "pay", ANN, box=1, account=1)
    little = office.do(little, "pay", ANN, box=1)
    voucher = office.get(Voucher, little.voucher or 0)
    assert (voucher.amount, voucher.about, office.get(Box, 1).balance) == (
        Decimal("-12.50"),
        little.ref,
        Decimal("7.50"),
    )
    office.said(voucher, "reverse", ANN, reason="not for her")
    little = office.get(Expense, little.id)
    assert (little.state, little.voucher, office.get(Box, 1).balance) == (State.APPROVED, None, Decimal(20))
    assert not office.problems()


def test_from_which_of_several_accounts_is_asked(office: Office) -> None:
    office.put(Account(id=2, name="Savings"))
    claim = approved(office, "5")
    with pytest.raises(Refused, match="From which account") as error:
        office.said(claim, "pay", ANN)
    assert "account" in error.value.fields
    assert "from Savings" in office.said(claim, "pay", ANN, account=2)


def test_the_report_tells_what_was_claimed_approved_and_paid_by_category_and_person(office: Office) -> None:
    claim = claimed(office, "10")
    office.add(Outlay, CLEO, amount="20", what="Lunch", category=FOOD)
    office.do(claim, "submit", CLEO)
    office.said(office.data.find(Outlay, category=FOOD)[0], "correct", MAX, amount="15", reason="one beer")
    office.do(claim, "approve", MAX)
    day = office.ctx().today
    assert claims(office.ctx(), day, day).rows == (
        ("(no category)", "Cleo Cole", Decimal(10), Decimal(10), 0),
        ("Food", "Cleo Cole", Decimal(20), Decimal(15), 0),
        ("All", "", Decimal(30), Decimal(25), 0),
    )
    office.do(claim, "pay", ANN)
    assert claims(office.ctx(), day, day).rows[-1][-1] == Decimal(25)
    assert not claims(office.ctx(), day - timedelta(days=5), day - timedelta(days=1)).rows


# --- on the desk ------------------------------------------------------------------------------------------------------


def test_a_claim_waits_for_whose_turn_it_is_and_stands_among_what_was_asked_for(office: Office) -> None:
    def waits(by: int) -> list[tuple[str, str]]:
        return [(one.ref, one.verb) for one in waiting(office.ctx(by))]

    claim = claimed(office, "12.50")
    assert waits(CLEO) == [(claim.ref, "submit")]
    office.do(claim, "submit", CLEO)
    assert waits(MAX) == [(claim.ref, "approve")]
    assert [one.state for one in asked(office.ctx(CLEO))] == ["to approve: 12.50 EUR"]
    office.do(claim, "approve", MAX)
    assert waits(ANN) == [(claim.ref, "pay")]
    office.do(claim, "pay", ANN)
    assert not waits(ANN)
    assert [one.state for one in asked(office.ctx(CLEO))] == ["paid: 12.50 EUR"]


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("expense 12.50 taxi", {"amount": Decimal("12.50"), "what": "taxi"}),
        ("Expenses taxi to the station 12,50 EUR", {"amount": Decimal("12.50"), "what": "taxi to the station"}),
        ("claim 8 food", {"amount": Decimal(8), "what": "food", "category": FOOD}),
        ("expense 1,234 taxi", None),
        ("expense 2 taxis 12.50", {"amount": Decimal("12.50"), "what": "2 taxis"}),
        ("expense 2 taxis 3 trams", None),
        ("expense", None),
        ("expense taxi", None),
        ("expense ,", None),
        ("pens 3", None),
    ],
)
def test_a_sentence_says_what_was_paid_and_what_for(
    office: Office, sentence: str, values: dict[str, Any] | None
) -> None:
    found = spent(sentence.split(), lambda name: office.data.find(Category) if name == "chart" else [])
    assert found == (None if values is None else ("outlays", values))


def test_botui_check_finds_what_no_rule_would_write(office: Office) -> None:
    claim = office.do(approved(office, "12.50"), "pay", ANN)
    line = office.data.find(Outlay, expense=claim.id)[0]
    office.put(line.model_copy(update={"amount": Decimal(12), "allowed": Decimal(13)}))
    office.put(office.get(Payment, 1).model_copy(update={"about": "E-9"}))
    office.put(Expense(id=7, state=State.PAID))
    found = "\n".join(office.problems())
    for words in (
        "E-1: Claimed: 12.50, and its lines come to 12.00.",
        "E-1: To be paid: 12.50, and of its lines it is 13.00.",
        "EL-1: Approved: more than was claimed.",
        "E-1: Payment: PY-1 is not of 12.50 for it.",
        "E-7: State: paid, and 0 payments or vouchers paid it.",
    ):
        assert words in found, found


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["line", "less", "submit", "approve", "refuse", "cancel", "pay", "cash", "reverse", "match"]),
        st.sampled_from([ANN, CLEO, MAX]),
    ),
    min_size=4,
    max_size=25,
)


@given(STEPS)
@settings(max_examples=60, deadline=None)
def test_whatever_is_done_a_claim_is_paid_once_at_most_and_never_more_than_was_granted(
    steps: list[tuple[str, int]],
) -> None:
    office = with_manager()
    office.do(office.add(Box, name="Petty cash", imprest="40"), "receive", account=1)
    claimed(office, "12.50", "8")
    for what, by in [*steps, *[("submit", CLEO), ("approve", MAX), ("pay", ANN), ("pay", ANN), ("cash", ANN)]]:
        with suppress(Refused):
            _step(office, what, by)
        claim = office.get(Expense, 1)
        out = [one for one in office.data.find(Payment, about="E-1") if not one.reversed_at]
        cash = office.data.find(Voucher, about="E-1")
        paid = -sum((one.amount for one in out), Decimal(0)) - sum((one.amount for one in cash), Decimal(0))
        assert paid == (claim.granted if claim.state is State.PAID else 0)
        assert paid <= claim.amount
    assert not office.problems()


def _step(office: Office, what: str, by: int) -> None:
    """Do one thing with the first claim, or with what paid it."""
    claim = office.get(Expense, 1)
    lines = office.data.find(Outlay, expense=1)
    if what == "line":
        office.add(Outlay, by, expense=1, amount="3", what="Bus")
    elif what == "less":
        office.said(lines[0], "correct", by, amount="1", reason="much")
    elif what in ("refuse", "cancel"):
        office.said(claim, what, by, reason="no")
    elif what == "cash":
        office.said(claim, "pay", by, box=1)
    elif what == "match":
        _shown(office, claim)
    elif what == "reverse" and claim.voucher:
        office.said(office.get(Voucher, claim.voucher), "reverse", by, reason="wrong")
    elif what == "reverse":
        settlement = Settlement(office.ctx(), Change("payments.reverse"))
        settlement.reverse(office.get(Payment, claim.payment or 1), office.ctx().today, "wrong")
        office.apply(settlement.write())
    else:
        office.said(claim, what, by)


def _shown(office: Office, claim: Expense) -> None:
    """Let the bank show the payment of a claim."""
    if claim.payment:
        payment, number = office.get(Payment, claim.payment), office.data.new_id(BankLine)
        settlement = Settlement(office.ctx(), Change("bank.match"))
        office.put(BankLine(id=number, account=1, on=payment.on, amount=payment.amount))
        settlement.match([office.get(BankLine, number)], [payment], "amount")
        office.apply(settlement.write())
