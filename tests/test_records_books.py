"""The books: derived of all records, balanced whatever these say, and the same for hledger as for us."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from botui.models.base import Record, Refused
from botui.models.office import Party
from botui.models.records.bank import Account, BankLine, Match, Proof, Stand, Statement
from botui.models.records.bill import Bill, Charge, Direction, Method, Payment, State
from botui.models.records.book_reports import forecast
from botui.models.records.books import books, by_month
from botui.models.records.cashbox import Box, Voucher, Why
from botui.models.records.chart import Category, Side
from botui.models.records.charting import USUAL, usual
from botui.models.records.cheque import Cheque
from botui.models.records.entry import Entry
from botui.models.records.expense import Expense, Outlay
from botui.models.records.expense import State as Claim
from botui.models.records.hledger import journal
from botui.models.records.posted import Posted, balances, named
from botui.models.records.posting import spread
from botui.models.records.standing import Standing
from tests.books import check, needs_hledger
from tests.rules import MONDAY, Office

HOSTILE = 'x:y; z | ü\u3000\t\u202e (a)  = @ 12 "q" *'
"""What ends a name, a comment, a note or an amount in plain-text accounting."""
DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 31))
AMOUNTS = st.decimals(-2000, 2000, places=2)
ABOVE = st.decimals("0.01", 2000, places=2)
FEW = st.integers(1, 3)
NONE = st.none()
TEXT = st.sampled_from(["", "Paper", HOSTILE])


def records(model: type[Record], **fields: Any) -> st.SearchStrategy[list[tuple[type[Record], dict[str, Any]]]]:
    return st.lists(st.fixed_dictionaries(fields).map(lambda row: (model, row)), max_size=6)


EVERYTHING = st.tuples(
    records(
        Bill,
        direction=st.sampled_from(Direction),
        party=FEW,
        number=TEXT,
        dated=DAYS | NONE,
        amount=AMOUNTS,
        tax=AMOUNTS,
        discount=ABOVE,
        category=FEW | NONE,
        state=st.sampled_from(State),
        disputed_from=st.sampled_from(State) | NONE,
        voided_on=DAYS | NONE,
    ),
    records(Charge, bill=FEW, text=st.just("x"), quantity=ABOVE, price=AMOUNTS, category=FEW | NONE),
    records(
        Payment,
        bill=FEW | NONE,
        about=st.sampled_from(["", "E-1", "CB-1", "CQ-1", "BA-1", "T-9", "?"]),
        party=FEW | NONE,
        amount=AMOUNTS,
        on=DAYS,
        method=st.sampled_from(Method),
        account=FEW | NONE,
        text=TEXT,
        reversed_at=st.sampled_from([None, MONDAY]),
    ),
    records(
        BankLine,
        account=FEW,
        on=DAYS,
        amount=AMOUNTS,
        text=TEXT,
        name=TEXT,
        state=st.sampled_from(Stand),
        match=FEW | NONE,
        category=FEW | NONE,
    ),
    records(Match, lines=st.just((1,)), payments=st.sampled_from([(), (1,)])),
    records(Account, name=TEXT.filter(bool), opening=AMOUNTS, opened_on=DAYS | NONE),
    records(Voucher, box=FEW, on=DAYS, amount=AMOUNTS, why=st.sampled_from(Why), at=st.just(MONDAY), what=TEXT),
    records(Expense, state=st.sampled_from(Claim), approved_at=st.sampled_from([None, MONDAY])),
    records(Outlay, expense=FEW, amount=ABOVE, what=st.just("x"), category=FEW | NONE, allowed=ABOVE | NONE),
    records(Cheque, number=st.just("1"), category=FEW | NONE),
    records(Entry, on=DAYS | NONE, text=TEXT.filter(bool), amount=ABOVE, category=FEW, against=FEW),
    records(Category, name=st.sampled_from(["Travel", HOSTILE, "*", "(a)", "!"]), side=st.sampled_from(Side)),
)


def kept(everything: Any) -> Office:
    """Return an office that keeps all these records, whatever they say of each other."""
    office = Office()
    for rows in everything:
        for number, (model, row) in enumerate(rows, 1):
            office.put(model(id=number, **row))
    return office


@given(EVERYTHING)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_books_balance_whatever_the_records_say(everything: Any) -> None:
    found = books(kept(everything).ctx())
    for one in found:
        assert sum(leg.amount for leg in one.legs) == 0
        assert all(leg.amount for leg in one.legs)
        assert len({leg.account for leg in one.legs}) == len(one.legs) >= 2
    assert sum(balances(found).values()) == 0
    assert [one.on for one in found] == sorted(one.on for one in found)


@needs_hledger
def test_hledger_accepts_whatever_stands_in_them_and_comes_to_the_same(tmp_path: Path) -> None:
    @given(EVERYTHING)
    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def accepted(everything: Any) -> None:
        found = books(kept(everything).ctx())
        told = check(tmp_path / "books.journal", journal(found, office=HOSTILE, currency="EUR", head=HOSTILE))
        assert {name: one for name, one in told.items() if one} == {
            name: one for name, one in balances(found).items() if one
        }

    accepted()


@given(AMOUNTS, st.lists(AMOUNTS, min_size=1, max_size=5))
def test_an_amount_is_spread_to_the_cent(amount: Decimal, weights: list[Decimal]) -> None:
    parts = spread(amount, weights)
    assert sum(parts) == amount
    assert all(one == one.quantize(Decimal("0.01")) for one in parts)
    assert spread(sum(weights, Decimal(0)), weights) == weights or not sum(weights)


@pytest.mark.parametrize("name", [HOSTILE, "", "  ", ";", "a\nb", "\x1b[31m"])
def test_a_name_of_an_account_is_one_name(name: str) -> None:
    account = named("expenses", name)
    assert account.startswith("expenses:")
    assert account.count(":") == 1
    assert not {";", "|", "\t", "\n", "\x1b"} & {*account}
    assert "  " not in account
    assert account == account.strip() != "expenses:"


# --- what each record comes to ----------------------------------------------------------------------------------------


@pytest.fixture
def office() -> Office:
    """Return an office with a supplier, an account, a box and two categories."""
    office = Office()
    for record in (
        Party(id=1, name="Meyer"),
        Account(id=1, name="Main", opening=Decimal(1000), opened_on=date(2026, 1, 1)),
        Box(id=1, name="Front"),
        Category(id=1, name="Travel", code="6500"),
        Category(id=2, name="Sales", side=Side.INCOME),
        Category(id=3, name="Owners", side=Side.EQUITY),
    ):
        office.put(record)
    return office


def told(office: Office, until: date | None = None) -> dict[str, str]:
    """Return what the accounts come to that come to something."""
    return {name: f"{amount:.2f}" for name, amount in balances(books(office.ctx(), until)).items() if amount}


def bill(**values: Any) -> Bill:
    usually: dict[str, Any] = {"id": 1, "party": 1, "dated": date(2026, 2, 1), "state": State.APPROVED}
    return Bill(**{**usually, **values})


OPENED = {"assets:bank:Main BA-1": "1000.00", "equity:opening balances": "-1000.00"}


def test_a_bill_is_its_lines_by_category_with_the_discount_spread_and_the_tax_apart(office: Office) -> None:
    office.put(bill(amount=Decimal("214.20"), tax=Decimal("34.20"), discount=Decimal(20), category=1))
    office.put(Charge(id=1, bill=1, text="a", price=Decimal(150)))
    office.put(Charge(id=2, bill=1, text="b", price=Decimal(50), category=3))
    assert told(office) == OPENED | {
        "expenses:6500 Travel": "135.00",
        "equity:Owners": "45.00",
        "assets:tax to claim back": "34.20",
        "liabilities:payable:Meyer PA-1": "-214.20",
    }
    office.settings = office.settings.model_copy(update={"tax_back": False})
    assert told(office)["expenses:6500 Travel"] == "160.65"
    assert "assets:tax to claim back" not in told(office)


def test_what_is_owed_to_us_is_income_and_its_tax_is_owed(office: Office) -> None:
    office.put(bill(direction=Direction.OWED, amount=Decimal(119), tax=Decimal(19), category=2, state=State.SENT))
    assert told(office) == OPENED | {
        "income:Sales": "-100.00",
        "liabilities:tax to pay": "-19.00",
        "assets:receivable:Meyer PA-1": "119.00",
    }


@pytest.mark.parametrize(
    ("state", "disputed_from", "stands"),
    [
        (State.RECEIVED, None, False),
        (State.CHECKED, None, False),
        (State.DRAFT, None, False),
        (State.DISPUTED, State.CHECKED, False),
        (State.DISPUTED, State.APPROVED, True),
        (State.PART, None, True),
        (State.PAID, None, True),
        (State.VOID, None, False),
    ],
)
def test_a_bill_stands_in_the_books_from_its_approval_on(
    office: Office, state: State, disputed_from: State | None, stands: bool
) -> None:
    office.put(bill(amount=Decimal(10), state=state, disputed_from=disputed_from))
    assert ("liabilities:payable:Meyer PA-1" in told(office)) is stands


def test_what_is_void_later_leaves_the_books_on_that_day_and_not_before(office: Office) -> None:
    office.put(bill(amount=Decimal(10), state=State.VOID, voided_on=date(2026, 3, 5)))
    assert told(office, date(2026, 3, 4))["expenses:not sorted"] == "10.00"
    assert told(office) == OPENED


def test_money_is_under_way_until_the_bank_shows_it(office: Office) -> None:
    office.put(bill(amount=Decimal(100), category=1))
    office.put(Payment(id=1, bill=1, amount=Decimal(-100), on=date(2026, 2, 10), account=1, match=1))
    office.put(BankLine(id=1, account=1, on=date(2026, 2, 12), amount=Decimal(-100), state=Stand.MATCHED, match=1))
    office.put(Match(id=1, lines=(1,), payments=(1,)))
    before, after = told(office, date(2026, 2, 11)), told(office)
    assert before["assets:under way:Main BA-1"] == "-100.00"
    assert before["assets:bank:Main BA-1"] == "1000.00"
    assert after == {
        "assets:bank:Main BA-1": "900.00",
        "equity:opening balances": "-1000.00",
        "expenses:6500 Travel": "100.00",
    }


def test_a_payment_that_was_taken_back_is_opposed_on_that_day(office: Office) -> None:
    office.put(bill(amount=Decimal(100), category=1))
    back = {"reversed_at": MONDAY, "reversed_on": date(2026, 2, 20)}
    office.put(Payment(id=1, bill=1, amount=Decimal(-100), on=date(2026, 2, 10), account=1, **back))
    assert "liabilities:payable:Meyer PA-1" not in told(office, date(2026, 2, 19))
    assert told(office)["liabilities:payable:Meyer PA-1"] == "-100.00"


def test_cash_from_the_bank_is_booked_once(office: Office) -> None:
    office.put(Payment(id=1, about="CB-1", amount=Decimal(-50), on=date(2026, 2, 1), account=1, method=Method.CASH))
    office.put(Voucher(id=1, box=1, on=date(2026, 2, 1), amount=Decimal(50), why=Why.BANK, payment=1, at=MONDAY))
    office.put(Voucher(id=2, box=1, on=date(2026, 2, 2), amount=Decimal(-20), why=Why.OUT, category=1, at=MONDAY))
    office.put(Voucher(id=3, box=1, on=date(2026, 2, 3), amount=Decimal(-1), why=Why.COUNT, at=MONDAY))
    assert told(office) == OPENED | {
        "assets:cash:Front CB-1": "29.00",
        "assets:under way:Main BA-1": "-50.00",
        "expenses:6500 Travel": "20.00",
        "expenses:cash over or short": "1.00",
    }


def test_a_claim_is_owed_once_it_is_approved_and_settled_by_payment_or_voucher(office: Office) -> None:
    for number, state in ((1, Claim.APPROVED), (2, Claim.PAID), (3, Claim.PAID), (4, Claim.SUBMITTED)):
        office.put(Expense(id=number, person=1, state=state, approved_at=MONDAY))
        allowed = Decimal(8) if number == 1 else None
        office.put(Outlay(id=number, expense=number, amount=Decimal(10), what="x", category=1, allowed=allowed))
    office.put(Payment(id=1, about="E-2", amount=Decimal(-10), on=date(2026, 11, 23), account=1))
    office.put(Voucher(id=1, box=1, on=date(2026, 11, 23), amount=Decimal(-10), why=Why.OUT, about="E-3", at=MONDAY))
    assert told(office) == OPENED | {
        "assets:cash:Front CB-1": "-10.00",
        "assets:under way:Main BA-1": "-10.00",
        "expenses:6500 Travel": "28.00",
        "liabilities:claims": "-8.00",
    }


def test_each_proved_statement_is_a_balance_that_must_hold(office: Office, tmp_path: Path) -> None:
    first, second = date(2026, 1, 31), date(2026, 2, 28)
    proved = {"account": 1, "state": Proof.PROVED}
    office.put(Statement(id=1, until=first, closing=Decimal("990.00"), **proved))
    office.put(Statement(id=2, since=first, until=second, opening=Decimal(990), closing=Decimal("1040.50"), **proved))
    office.put(Statement(id=3, account=1, until=date(2026, 3, 31), closing=Decimal(7)))
    # on the last day of the first two lines, of which the bank puts one on the next statement
    for number, amount, statement in ((1, "-10", 1), (2, "50.50", 2)):
        office.put(BankLine(id=number, account=1, on=first, amount=Decimal(amount), statement=statement))
    found = books(office.ctx())
    proofs = [(one.ref, one.proof.balance) for one in found if one.proof]
    assert proofs == [("BS-1", Decimal("990.00")), ("BS-2", Decimal("1040.50"))]
    assert _holds(found)


@needs_hledger
def test_hledger_holds_the_balances_of_statements_against_the_lines(office: Office, tmp_path: Path) -> None:
    test_each_proved_statement_is_a_balance_that_must_hold(office, tmp_path)
    lines = [*journal(books(office.ctx()), office="x", currency="EUR")]
    check(tmp_path / "good.journal", lines)
    wrong = [line.replace("= EUR 990.00", "= EUR 990.01") for line in lines]
    assert wrong != lines
    with pytest.raises(AssertionError, match="balance assertion"):
        check(tmp_path / "wrong.journal", wrong)


def _holds(found: list[Posted]) -> bool:
    """Return whether each balance that is proved is what was posted before it."""
    here: dict[str, Decimal] = {}
    for one in found:
        for leg in one.legs:
            here[leg.account] = here.get(leg.account, Decimal(0)) + leg.amount
        if one.proof and here[one.proof.account] != one.proof.balance:
            return False
    return True


def test_months_come_to_what_their_categories_come_to(office: Office) -> None:
    office.put(bill(amount=Decimal(40), category=1))
    office.put(bill(id=2, amount=Decimal(60), category=1, dated=date(2026, 3, 1)))
    office.put(bill(id=3, amount=Decimal(500), category=2, direction=Direction.OWED, state=State.SENT))
    assert by_month(books(office.ctx()), date(2026, 2, 1), date(2026, 2, 28)) == {
        ("2026-02", "expenses:6500 Travel"): Decimal(-40),
        ("2026-02", "income:Sales"): Decimal(500),
    }


# --- categories and transactions by hand ------------------------------------------------------------------------------


def test_the_usual_categories_come_with_the_first_bill_and_only_then(office: Office) -> None:
    fresh = Office()
    assert not [*usual(fresh.ctx())]
    fresh.put(bill(amount=Decimal(10)))
    [change] = usual(fresh.ctx())
    fresh.apply(change, None)
    assert len(fresh.data.find(Category)) == len(USUAL)
    assert not [*usual(fresh.ctx())]
    assert not [*usual(office.ctx())]


def test_no_two_categories_have_one_name_or_one_number(office: Office) -> None:
    with pytest.raises(Refused, match="CH-1 is called Travel already"):
        office.add(Category, name="  travel ")
    with pytest.raises(Refused, match="CH-1 Travel has 6500 already"):
        office.add(Category, name="Trips", code="6500")
    trips = office.add(Category, name="Trips")
    with pytest.raises(Refused, match="called Travel"):
        office.edit(trips, name="Travel")
    assert office.edit(trips, name="Trips, far", code="6501").code == "6501"


def test_what_is_booked_by_hand_is_taken_back_by_its_opposite_once(office: Office) -> None:
    entry = office.add(Entry, text="Put in", amount="12.50", category=1, against=3)
    assert (entry.on, entry.by, entry.at) == (date(2026, 11, 23), 1, MONDAY)
    assert told(office)["equity:Owners"] == "-12.50"
    office.now += timedelta(days=3)
    office.do(entry, "reverse")
    assert "equity:Owners" not in told(office)
    assert told(office, date(2026, 11, 25))["equity:Owners"] == "-12.50"
    assert office.why_not(entry, "reverse") == "It is taken back already, by TX-2."
    assert office.why_not(office.get(Entry, 2), "reverse") == "It takes back another one itself."


def test_botui_check_says_what_cannot_be(office: Office) -> None:
    assert office.problems() == []
    office.put(Category(id=4, name="travel"))
    office.put(Category(id=5, name="Trips", code="6500"))
    office.put(Entry(id=1, on=date(2026, 2, 1), text="x", amount=Decimal(5), category=1, against=1))
    for number in (2, 3):
        back = {"text": "x", "amount": Decimal(6), "category": 1, "against": 2, "reverses": 1}
        office.put(Entry(id=number, on=date(2026, 2, 1), **back))
    assert office.problems() == [
        "CH-4: CH-1 is called travel, too.",
        "CH-5: CH-1 has 6500, too.",
        "TX-1: it goes into what it comes out of.",
        "TX-2: it is not the opposite of TX-1, which it takes back.",
        "TX-3: it is not the opposite of TX-1, which it takes back.",
        "TX-3: TX-2 takes the same one back.",
    ]


def test_the_forecast_has_bills_by_due_date_recurring_ones_to_come_and_claims(office: Office) -> None:
    def day(days: int) -> date:
        return MONDAY.date() + timedelta(days=days)

    office.put(bill(amount=Decimal(100), paid=Decimal(40), state=State.PART, due=day(-9)))
    office.put(bill(id=2, amount=Decimal(30), state=State.RECEIVED, due=day(8)))
    office.put(bill(id=3, amount=Decimal(500), direction=Direction.OWED, state=State.SENT, due=day(7)))
    office.put(bill(id=4, amount=Decimal(900), direction=Direction.OWED, state=State.DRAFT, due=day(7)))
    office.put(bill(id=5, amount=Decimal(900), state=State.PAID, due=day(7)))
    office.put(Expense(id=1, state=Claim.APPROVED, amount=Decimal(20), granted=Decimal(15)))
    rent = {"name": "Rent", "party": 1, "rule": "monthly on 1", "amount": Decimal(10), "days": 0, "left": 2}
    office.put(Standing(id=1, next_on=date(2026, 12, 1), **rent))
    report = forecast(office.ctx(), MONDAY.date(), day(90))
    rows = {str(row[0]): row[1:] for row in report.rows}
    start = Decimal(str(rows["At hand"][2]))
    assert rows["2026-11-23"] == (Decimal(0), Decimal(75), start - 75)
    assert rows["2026-11-30"] == (Decimal(500), Decimal(40), start + 385)
    assert rows["2026-12-28"][1] == Decimal(10)
    assert rows["All"] == (Decimal(500), Decimal(125), start + 375)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"against": 1}, "It goes into what it comes out of"),
        ({"on": "2036-11-23"}, "more than a year ahead"),
        ({"against": 4}, "Old is not in use any more"),
        ({"amount": "0"}, "Amount"),
        ({"amount": "1.234"}, "Amount"),
        ({"amount": "NaN"}, "Amount"),
    ],
)
def test_what_cannot_be_booked_is_refused(office: Office, values: dict[str, Any], words: str) -> None:
    office.put(Category(id=4, name="Old", active=False))
    with pytest.raises(Refused, match=words):
        office.add(Entry, **{"text": "x", "amount": "12.50", "category": 1, "against": 3, **values})
