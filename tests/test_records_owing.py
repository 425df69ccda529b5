"""Who owes whom: age, statements of parties, theirs held against ours, recurring bills, what waits, receipts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from botui import areas
from botui.models.base import Refused
from botui.models.office import Party
from botui.models.records import bill_card, bill_reports, bill_waiting, recurring_bills
from botui.models.records.ageing import BANDS, aged, band_of, late_words
from botui.models.records.bill import DUE, Bill, Payment, State
from botui.models.records.party_statement import account_of, statement_text
from botui.models.records.sheets import bill_text, receipt_text
from botui.models.records.standing import Standing
from botui.models.records.their_statement import Theirs, compare
from tests.command_line import found
from tests.rules import Office, at
from tests.test_records_bills import again, owed, to_pay
from tests.test_supplies_orders import ANN, CLEO, PAPER, TONER, rules
from tests.test_text import HOSTILE

__all__ = ["rules"]


def sent(office: Office, amount: object = "119.00", **values: Any) -> Bill:
    """Return a bill of ours that was sent: what Toner AG owes us, unless a test says otherwise."""
    return office.do(owed(office, amount, **{"party": TONER, "direction": "owed", **values}), "send", ANN)


# --- age --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "band"), [(-5, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (4_000, 4)]
)
def test_bands_of_age_end_after_30_60_and_90_days(days: int, band: int) -> None:
    assert band_of(days) == band < len(BANDS)


def test_how_late_is_said_in_words() -> None:
    assert [late_words(one) for one in (0, 1, 2, 1_000)] == ["", "1 day late", "2 days late", "1,000 days late"]


def test_what_was_open_on_a_day_counts_what_was_paid_and_taken_back_by_then(rules: Office) -> None:
    bill = to_pay(rules, "100", dated="2026-09-01", due="2026-10-01")
    rules.do(bill, "pay", amount="40", on="2026-10-10")
    rules.do(rules.get(Payment, 1), "reverse", reason="returned", on="2026-10-20")
    rules.do(bill, "pay", amount="30", on="2026-11-01")

    def open_on(day: date) -> list[tuple[Decimal, int]]:
        return [(one.balance, one.days) for one in aged(rules.data.find(Bill), rules.data.find(Payment), day)]

    assert open_on(date(2026, 8, 31)) == []
    assert open_on(date(2026, 10, 1)) == [(Decimal(100), 0)]
    assert open_on(date(2026, 10, 15)) == [(Decimal(60), 14)]
    assert open_on(date(2026, 10, 25)) == [(Decimal(100), 24)]
    assert open_on(date(2026, 11, 23)) == [(Decimal(70), 53)]
    rules.do(rules.get(Payment, 2), "reverse", reason="returned")
    rules.do(bill, "void", reason="wrong")
    assert open_on(date(2026, 11, 22)) == [(Decimal(70), 52)], "it stood in the books until then"
    assert open_on(date(2026, 11, 23)) == []


def test_who_owes_whom_adds_up_by_party_and_age(rules: Office) -> None:
    to_pay(rules, "100", dated="2026-07-01", due="2026-08-01")
    to_pay(rules, "-30", number="C")
    sent(rules, "50", due="2026-12-20")
    owed(rules, "999", number="not checked yet")
    told = bill_reports.owing(rules.ctx(), date(1900, 1, 1), date(2026, 11, 23))
    assert told.rows == (
        ("Paper Ltd", "we", Decimal(-30), 0, 0, 0, Decimal(100), Decimal(70)),
        ("All", "we", Decimal(-30), 0, 0, 0, Decimal(100), Decimal(70)),
        ("Toner AG", "they", Decimal(50), 0, 0, 0, 0, Decimal(50)),
        ("All", "they", Decimal(50), 0, 0, 0, 0, Decimal(50)),
    )


def test_who_owed_whom_on_a_day_has_what_was_paid_later_or_taken_back_since(rules: Office) -> None:
    later, ahead, back, done = (to_pay(rules, str(100 + one), number=f"N{one}", dated="2026-10-01") for one in range(4))
    rules.do(later, "pay", on="2026-11-20")
    rules.do(ahead, "pay", on="2026-12-01")
    rules.do(back, "pay", on="2026-11-02")
    rules.do(rules.get(Payment, 3), "reverse", reason="returned", on="2026-11-12")
    rules.do(back, "pay", on="2026-11-18")
    rules.do(done, "pay", on="2026-11-02")

    def open_on(day: date) -> Decimal:
        every = aged(rules.data.find(Bill), rules.data.find(Payment), day)
        rows = bill_reports.owing(rules.ctx(), date(1900, 1, 1), day).rows
        assert sum(one.balance for one in every) == (rows[-1][-1] if rows else 0)
        return sum((one.balance for one in aged([back], rules.data.find(Payment), day)), Decimal(0))

    days = [date(2026, 11, day) for day in (1, 10, 15, 19, 23)]
    assert [open_on(day) for day in (*days, date(2026, 12, 2))] == [102, 0, 102, 0, 0, 0]


def test_the_payment_list_has_what_is_due_and_credit_notes(rules: Office) -> None:
    rules.put(Party(id=PAPER, name="Paper Ltd", account_no="K-7", iban="DE11"))
    to_pay(rules, "100", number="7", due="2026-11-29")
    to_pay(rules, "200", number="8", due="2026-12-29")
    to_pay(rules, "-30", number="C")
    rows = bill_reports.to_pay(rules.ctx(), *bill_reports.next_days(date(2026, 11, 23))).rows
    assert [(row[0], row[2], row[3], row[-1]) for row in rows] == [
        ("B-1", "DE11", "7", Decimal(100)),
        ("B-3", "DE11", "C", Decimal(-30)),
        ("All", "", "", Decimal(70)),
    ]


# --- statements -------------------------------------------------------------------------------------------------------


def test_the_statement_of_a_party_goes_from_one_balance_to_the_next(rules: Office) -> None:
    bill = to_pay(rules, "100", number="7", dated="2026-10-01", due="2026-10-31")
    rules.do(bill, "pay", amount="40", on="2026-11-05")
    other = sent(rules, "25", party=PAPER, dated="2026-11-10", due="2026-12-10")
    held = account_of(rules.ctx(), PAPER, date(2026, 11, 1), date(2026, 11, 30))
    assert (held.before, held.after) == (Decimal(-100), Decimal(-35))
    assert [one.amount for one in held.moved] == [Decimal(40), Decimal(25)]
    text = statement_text(rules.ctx(), rules.get(Party, PAPER), held)
    for words in ("We owe you", "-35.00", f"B-{other.id}", "30 days late", "You owe us, by age: not due 25.00 EUR."):
        assert words in text
    assert max(map(len, text.splitlines())) <= 80
    to_pay(rules, "-30", number="C", dated="2026-11-12")
    held = account_of(rules.ctx(), PAPER, date(2026, 11, 1), date(2026, 11, 30))
    text = statement_text(rules.ctx(), rules.get(Party, PAPER), held)
    assert "C of 2026-11-12, we owe, not used yet" in text
    assert "None" not in text


def test_their_statement_is_held_against_ours(rules: Office) -> None:
    to_pay(rules, "100", number="RE-7", dated="2026-11-01")
    part = to_pay(rules, "80", number="RE-8", dated="2026-11-02")
    rules.do(part, "pay", amount="30", on="2026-11-10")
    to_pay(rules, "60", number="RE-9", dated="2026-11-03")
    to_pay(rules, "11", number="RE-10", dated="2026-11-04")
    lines = [
        Theirs("re 7", date(2026, 11, 1), Decimal(100), "line 2"),
        Theirs("RE-8", date(2026, 11, 2), Decimal(50), "line 3"),
        Theirs("RE-9", date(2026, 11, 3), Decimal(66), "line 4"),
        Theirs("RE-55", date(2026, 11, 6), Decimal(5), "line 5"),
        Theirs("Payment", date(2026, 11, 12), Decimal(-30), "line 6"),
    ]
    said = compare(lines, rules.data.find(Bill), rules.data.find(Payment))
    assert [one.number for one in said.agreed] == ["RE-7", "RE-8"], "by the whole amount, or by what is open"
    assert said.differ == ("RE-9 of 2026-11-03: 66.00, B-3 says 60.00",)
    assert said.theirs == ("RE-55 of 2026-11-06: 5.00 (line 5)",)
    assert said.ours == ("RE-10 of 2026-11-04: 11.00 open (B-4)",)


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_of_bills_are_drawn_whatever_stands_in_them(rules: Office, text: str) -> None:
    rules.put(Party(id=PAPER, name=f"x{text}"[:80], address=text[:400]))
    bill = to_pay(rules, "100", number=text[:40], note=text[:900])
    rules.do(bill, "pay", amount="1", reference=text[:80])
    ctx = rules.ctx()
    held = account_of(ctx, PAPER, date(2026, 1, 1), date(2026, 12, 31))
    for sheet in (
        bill_text(ctx, again(rules, bill)),
        receipt_text(ctx, rules.get(Payment, 1)),
        statement_text(ctx, rules.get(Party, PAPER), held),
    ):
        assert "\x1b" not in sheet
        assert sheet.endswith("\n")


def test_a_receipt_has_its_number_who_paid_and_what_is_left(rules: Office) -> None:
    bill = sent(rules, "119", tax="19")
    rules.do(bill, "pay", amount="100", method="cash")
    text = receipt_text(rules.ctx(), rules.get(Payment, 1))
    for words in ("Receipt PY-1", "Received from   Toner AG", "100.00 EUR", "Still open      19.00 EUR", "Signature"):
        assert words in text
    assert "Without tax" in bill_text(rules.ctx(), bill)


# --- recurring --------------------------------------------------------------------------------------------------------


def ticked(office: Office) -> list[str]:
    """Let time do what is due; return what it says."""
    said = []
    while (change := next(recurring_bills.due(office.ctx(None)), None)) is not None:
        said.append(office.apply(change, None).said)
    return said


def test_a_recurring_bill_is_filed_on_each_of_its_dates_until_its_last(rules: Office) -> None:
    one = rules.add(Standing, ANN, name="Rent", party=PAPER, rule="monthly on 1", amount="900", days=10, left=2)
    assert ticked(rules) == []
    rules.now = at("2027-01-02 09:00")
    assert len(ticked(rules)) == 2
    bills = rules.data.find(Bill)
    assert [(bill.dated, bill.due, bill.state) for bill in bills] == [
        (date(2026, 12, 1), date(2026, 12, 11), State.RECEIVED),
        (date(2027, 1, 1), date(2027, 1, 11), State.RECEIVED),
    ]
    kept = rules.get(Standing, one.id)
    assert (kept.left, kept.next_on, kept.last) == (0, None, 2)
    assert rules.why_not(kept, "run")
    rules.now = at("2027-03-02 09:00")
    assert ticked(rules) == []
    assert rules.problems() == []


def test_a_recurring_bill_is_run_early_stopped_and_goes_on_without_what_was_missed(rules: Office) -> None:
    one = rules.add(Standing, ANN, name="Rent", party=PAPER, rule="monthly on 1", amount="900", direction="owed")
    assert rules.do(one, "run").next_on == date(2027, 1, 1)
    assert rules.get(Bill, 1).state is State.DRAFT
    with pytest.raises(Refused, match="The last one is of 2026-12-01"):
        rules.do(one, "run", on="2026-12-01")
    assert not rules.do(one, "pause").active
    rules.now = at("2027-05-20 09:00")
    assert ticked(rules) == []
    assert rules.do(one, "pause").next_on == date(2027, 6, 1)
    assert rules.edit(one, rule="monthly on 15").next_on == date(2027, 6, 15)


@pytest.mark.parametrize(
    ("values", "field"), [({"party": 99}, "party"), ({"about": "T-1"}, "about"), ({"left": 0}, "left")]
)
def test_a_recurring_bill_names_what_its_bills_can_be_for(rules: Office, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.add(Standing, **{"name": "Rent", "party": PAPER, "rule": "monthly on 1", "amount": "9", **values})
    assert field in refused.value.fields


# --- what waits, what a card says -------------------------------------------------------------------------------------


def test_what_waits_is_the_most_pressing_of_each_sort_and_what_is_theirs_to_approve(rules: Office) -> None:
    owed(rules, "10", number="1")
    owed(rules, "20", number="2")
    rules.do(owed(rules, "900", number="3"), "check", ANN)
    to_pay(rules, "30", number="4", dated="2026-10-01", due="2026-11-20")
    sent(rules, "40", dated="2026-10-01", due="2026-11-22")
    found_ = {one.why: one.ref for one in bill_waiting.waiting(rules.ctx(ANN))}
    assert found_ == {
        "to check; 1 more": "B-1",
        "to pay, 3 days late": "B-4",
        "they have not paid, 1 day late": "B-5",
    }
    assert [one.why for one in bill_waiting.waiting(rules.ctx(CLEO))] == ["to approve: 900.00 EUR"]
    rules.do(rules.get(Bill, 3), "refuse", CLEO, reason="what for?")
    assert "not approved: what for?" in {one.why for one in bill_waiting.waiting(rules.ctx(ANN))}


def test_the_card_of_a_party_says_what_is_open_either_way_to_whom_may_know(rules: Office) -> None:
    to_pay(rules, "30", number="4")
    sent(rules, "40", party=PAPER)
    party = rules.get(Party, PAPER)
    said = list(bill_card.card(rules.ctx(ANN), party))
    assert said[:2] == [("We owe them", "30.00 EUR"), ("They owe us", "40.00 EUR")]
    assert list(bill_card.card(replace(rules.ctx(ANN), roles=frozenset({"staff"})), party)) == []


# --- nothing is paid twice --------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(("pay", "credit", "reverse", "dispute", "accept")), st.integers(0, 5), st.integers(1, 99)
        ),
        max_size=14,
    )
)
def test_whatever_is_paid_credited_and_taken_back_no_bill_is_paid_above_its_amount(
    rules: Office, steps: list[tuple[str, int, int]]
) -> None:
    office = Office(data=type(rules.data)(), settings=rules.settings)
    office.data.docs = {name: dict(docs) for name, docs in rules.data.docs.items()}
    for place, worth in enumerate(("60", "40", "-50", "-20")):
        to_pay(office, worth, number=f"N{place}")
    sent(office, "70", number="N9")
    for verb, which, amount in steps:
        kind = Payment if verb == "reverse" else Bill
        records: list[Any] = office.data.find(kind)
        arguments: dict[str, dict[str, Any]] = {
            "pay": {"amount": str(amount)},
            "credit": {"amount": str(amount)},
            "reverse": {"reason": "x"},
            "dispute": {"reason": "x"},
            "accept": {},
        }
        try:
            office.do(records[which % len(records)], verb, ANN, **arguments[verb]) if records else None
        except Refused:
            continue
    for bill in office.data.find(Bill):
        assert abs(bill.paid) <= abs(bill.amount)
        assert bill.paid * bill.amount >= 0
        assert (bill.state is State.PAID) == (bill.balance == 0)
        if bill.state in DUE:
            assert bill.balance
    credited = [one.amount for one in office.data.find(Payment) if one.method == "credit" and not one.reversed_at]
    assert sum(credited, Decimal(0)) == 0
    assert office.problems() == []


# --- the command line -------------------------------------------------------------------------------------------------


def test_statement_receipt_and_bill_are_printed_and_theirs_is_ticked(tmp_path: Path) -> None:
    office = found(tmp_path / "office")
    office.ok("people", "role", "ML", "clerk", "admin")
    office.ok("add", "parties", "name=Paper Ltd")
    office.ok("add", "bills", "party=PA-1", "number=RE 7", "amount=119", "tax=19", "dated=2026-11-01")
    office.ok("add", "bills", "party=PA-1", "number=RE 8", "amount=50", "dated=2026-11-02")
    office.ok("do", "B-1", "check")
    office.ok("do", "B-1", "pay", "amount=19", "on=2026-11-20")
    assert "Paid so far" in office.ok("bill", "B-1").out
    assert "19.00 EUR" in office.ok("receipt", "PY-1").out
    assert "-100.00" in office.ok("statement", "PA-1").out
    theirs = tmp_path / "theirs.csv"
    theirs.write_text("Invoice;Date;Amount\nRE-7;01.11.2026;119,00\nRE-8;02.11.2026;(5,00)\n", "utf-8")
    out = office.ok("statement", "PA-1", "--theirs", str(theirs), "--tick").out
    assert "1 of their lines agree with ours" in out
    assert "RE-8 of 2026-11-02: -5.00, B-2 says 50.00" in out
    assert office.ticket("B-1")["ticked_on"] == "2026-11-23"
    assert "needs" not in office.ok("report", "owing").out
    assert "is no payment" in office.refused("receipt", "B-1")
    theirs.write_text("Name;Town\nx;y\n", "utf-8")
    assert "has amounts" in office.refused("statement", "PA-1", "--theirs", str(theirs))
    assert "--theirs" in office.refused("statement", "PA-1", "--tick")
    assert "no 'party'" in office.refused("statement", "PA-1", "party=7")
    assert "before the first" in office.refused("statement", "PA-1", "since=today", "until=-3d")


def test_what_was_not_sent_is_not_late_and_what_is_open_past_its_day_is(rules: Office) -> None:
    kind = areas.kind("bills")
    old = {"dated": "2026-10-01", "due": "2026-11-01"}
    draft = owed(rules, "1", direction="owed", **old)
    late = owed(rules, "2", **old)
    soon = owed(rules, "3", due="2026-11-25")
    later = owed(rules, "4", due="2026-12-25")
    void = rules.do(owed(rules, "5", **old), "void", reason="x")
    styles = [
        kind.row_style(again(rules, one).doc(), "2026-11-23T09:00:00Z") for one in (draft, late, soon, later, void)
    ]
    assert styles == ["", "late", "soon", "", "done"]
    assert [one.id for one in rules.data.listed(Bill, kind.view("late").where(rules.ctx()))] == [late.id]
    assert [one.id for one in rules.data.listed(Bill, kind.view("week").where(rules.ctx()))] == [soon.id]
