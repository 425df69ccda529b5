"""Lines of the bank: never twice, proved to the cent, explained by what most speaks for, and by what was learned."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.models.base import Change, Refused
from botui.models.office import Party
from botui.models.records import bank_taking
from botui.models.records.bank import Account, BankLine, BankRule, Match, Proof, Stand, Statement
from botui.models.records.bank_accounts import refuse_fixed
from botui.models.records.bank_differences import differences
from botui.models.records.bank_lines import Said, fresh, told
from botui.models.records.bank_matching import accept
from botui.models.records.bank_open import proposals
from botui.models.records.bank_proposals import Proposal
from botui.models.records.bank_sums import making
from botui.models.records.bank_waiting import waiting_for
from botui.models.records.bill import Bill, Direction, Method, Payment, State
from botui.models.records.books import books
from botui.models.records.chart import Category, Side
from botui.models.records.naming import LEFT_OUT, UNMATCHED, Names
from botui.models.records.posted import balances
from botui.models.records.settlement import Settlement
from tests.rules import Office

DAY = date(2026, 11, 2)


def said(amount: object, name: str = "", *, day: int = 0, text: str = "", where: str = "line 2", **more: Any) -> Said:
    return Said(where=where, on=DAY + timedelta(days=day), amount=Decimal(str(amount)), name=name, text=text, **more)


def file(*lines: Said, opening: object = 1000, name: str = "nov.csv", **more: Any) -> bank_taking.File:
    found = told(lines, Decimal(str(opening)))
    return bank_taking.File(told=found, name=name, digest=f"{name}{len(lines)}{opening}", **more)


class Bank(Office):
    """An office with an account, a supplier, a customer and some categories."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.put(Party(id=1, name="Meyer Paper GmbH"))
        self.put(Party(id=2, name="Novak Design"))
        for number, (name, side) in enumerate((("Bank fees", "expense"), ("Rent", "expense"), ("Sales", "income")), 1):
            self.put(Category(id=number, name=name, side=Side(side)))
        self.put(Account(id=1, name="Main", number="DE12 3456 7890"))
        self.put(Account(id=2, name="Savings", number="DE99 8888 7777"))

    def take(self, *lines: Said, account: int = 1, **more: Any) -> Statement:
        taken = bank_taking.take_in(self.ctx(), self.get(Account, account), file(*lines, **more))
        self.apply(taken.change)
        return self.data.find(Statement)[-1]

    def owe(self, amount: object, number: str = "", *, party: int = 1, day: int = 0, **more: Any) -> Bill:
        values = {"direction": Direction.OWE, "state": State.APPROVED, "dated": DAY + timedelta(days=day)} | more
        bill = Bill(id=self.data.new_id(Bill), party=party, number=number, amount=Decimal(str(amount)), **values)
        self.put(bill)
        return bill

    def owed(self, amount: object, number: str = "", *, party: int = 2, day: int = 0) -> Bill:
        return self.owe(amount, number, party=party, day=day, direction=Direction.OWED, state=State.SENT)

    def pay(self, amount: object, *, day: int = 0, account: int | None = 1, **more: Any) -> Payment:
        settlement = Settlement(self.ctx(), Change("payments.add"))
        payment = settlement.move(Decimal(str(amount)), DAY + timedelta(days=day), account=account, **more)
        self.apply(settlement.write())
        return payment

    def proposed(self) -> dict[int, Proposal]:
        return {line: one for one in proposals(self.ctx()) for line in one.lines}

    def line(self, number: int) -> BankLine:
        return self.get(BankLine, number)


@pytest.fixture
def bank() -> Bank:
    return Bank()


# --- taken in ---------------------------------------------------------------------------------------------------------


def test_a_statement_is_taken_in_with_its_balances_and_the_account_begins_with_it(bank: Bank) -> None:
    statement = bank.take(said(-400, "Rent"), said(1250, "Meyer", day=1))
    assert [statement.opening, statement.closing, statement.lines, statement.open] == [1000, 1850, 2, 2]
    account = bank.get(Account, 1)
    assert [account.opening, account.opened_on] == [1000, DAY - timedelta(days=1)]
    assert not bank.problems()


def test_the_same_file_and_one_with_nothing_new_are_refused(bank: Bank) -> None:
    bank.take(said(-400, "Rent"))
    with pytest.raises(Refused, match="was taken in before: it is BS-1"):
        bank.take(said(-400, "Rent"))
    with pytest.raises(Refused, match="are here already"):
        bank.take(said(-400, "RENT"), name="other.csv")


def test_a_file_of_another_account_and_one_without_a_balance_are_refused(bank: Bank) -> None:
    with pytest.raises(Refused, match=r"is of account DE55; Main is DE12 3456 7890"):
        bank.take(said(-400), own=frozenset({"DE55"}))
    bare = bank_taking.File(told=told([said(1)]), name="x", digest="x")
    with pytest.raises(Refused, match="give the closing balance") as refused:
        bank_taking.take_in(bank.ctx(), bank.get(Account, 1), bare)
    assert "closing" in refused.value.fields


def test_a_line_among_those_of_a_statement_that_is_proved_is_refused_and_one_of_its_last_day_is_not(bank: Bank) -> None:
    statement = bank.take(said(-400, "Rent"), said(1250, "Meyer", day=4))
    bank.put(statement.model_copy(update={"state": Proof.PROVED}))
    with pytest.raises(
        bank_taking.LiesWithin, match=r"Line 2, 2026-11-04, -7\.00, is new, and BS-1, from .* is proved"
    ):
        bank.take(said(-7, "Bus", day=2), opening=1850, name="other.csv")
    assert bank.take(said(-7, "Bus", day=4), opening=1850, name="other.csv").closing == 1843


def test_what_came_of_a_wrong_file_is_taken_out_again_and_the_right_one_taken_in(bank: Bank) -> None:
    bank.owe(400, "RE-2026/117")
    wrong = bank.take(said(-400, "re 2026 117"), said(9, "Fee", day=1), opening=5)
    bank.do(bank.line(1), "match")
    assert bank.why_not(wrong, "void") == "1 line of it is explained: y takes that apart."
    bank.do(bank.line(1), "unmatch")
    assert bank.said(wrong, "void", reason="the fee went out") == "BS-1 is taken out again, with 2 lines."
    assert [bank.data.find(BankLine), bank.data.find(Statement)] == [[], []]
    assert bank.get(Account, 1).opened_on is None
    assert bank.problems() == []
    right = bank.take(said(-400, "re 2026 117"), said(-9, "Fee", day=1), opening=1000)
    assert bank.get(Account, 1).opening == right.opening == 1000
    earlier = bank.take(said(7, day=-5), opening=993, name="oct.csv")
    assert bank.get(Account, 1).opening == 993
    bank.said(earlier, "void", reason="of another account")
    assert bank.get(Account, 1).opening == 1000
    assert bank.problems() == []


def test_what_does_not_connect_with_what_is_here_is_said_at_once(bank: Bank) -> None:
    bank.take(said(-400, "Rent"))
    lines = file(said(-7, "Bus", day=4), opening=500, name="other.csv")
    taken = bank_taking.take_in(bank.ctx(), bank.get(Account, 1), lines)
    assert taken.lacks.startswith("BS-1 ends with 600.00, this one begins with 500.00")
    lines = file(said(-7, "Bus", day=4), opening=600, name="other.csv")
    assert not bank_taking.take_in(bank.ctx(), bank.get(Account, 1), lines).lacks


def test_a_balance_beyond_measure_is_refused(bank: Bank) -> None:
    with pytest.raises(Refused, match=r"A balance of 10,000,000\.00 is beyond"):
        bank.take(said(-1), opening=10_000_000)


def test_new_lines_around_those_that_are_here_become_statements_that_connect(bank: Bank) -> None:
    bank.take(said(10, "b", day=3), opening=105)
    bank.take(said(5, "a"), said(10, "b", day=3), said(20, "c", day=5), opening=100, name="all.csv")
    found = sorted(bank.data.find(Statement), key=lambda one: one.until)
    assert [[one.opening, one.closing] for one in found] == [[100, 105], [105, 115], [115, 135]]
    assert [bank.get(Account, 1).opening, bank.get(Account, 1).opened_on] == [100, DAY - timedelta(days=1)]
    assert not bank.problems()


def test_a_line_the_bank_words_otherwise_is_not_taken_in_twice_and_that_is_said(bank: Bank) -> None:
    bank.take(said(-9, "CARD 1234 pending"))
    taken = bank_taking.take_in(
        bank.ctx(), bank.get(Account, 1), file(said(-9, "Cafe Blue"), said(-3, "Bus", day=1), name="later.csv")
    )
    assert [one.name for one, _ in taken.fresh.new] == ["Bus"]
    assert bank_taking.doubts(taken.fresh) == [
        "line 2: 2026-11-02 -9.00 is BK-1, which the bank worded otherwise before"
    ]


LINES = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from([5, -5, 7]), st.sampled_from(["cafe", "bus", "rent"])), max_size=14
)


@given(ledger=LINES, cuts=st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=1, max_size=4))
def test_whatever_files_overlap_each_line_is_taken_in_once(
    ledger: list[tuple[int, int, str]], cuts: list[tuple[int, int]]
) -> None:
    lines = [said(amount, name, day=day) for day, amount, name in sorted(ledger, key=lambda one: one[0])]
    here: list[BankLine] = []
    whole = [(0, len(lines))]
    for first, last in [*cuts, *whole]:
        # a file begins with a day; it may end in the midst of one
        begins = next((at for at, one in enumerate(lines) if at >= first and (not at or lines[at - 1].on < one.on)), 0)
        for one, mark in fresh(1, lines[begins : max(last, begins)], here).new:
            here.append(
                BankLine(id=len(here) + 1, account=1, on=one.on, amount=one.amount, name=one.name, fingerprint=mark)
            )
    assert sorted((one.on, one.amount, one.name) for one in here) == sorted((o.on, o.amount, o.name) for o in lines)
    assert len({one.fingerprint for one in here}) == len(here)


def test_lines_typed_off_paper_are_taken_in_and_a_wrong_one_says_which(bank: Bank) -> None:
    account = bank.get(Account, 1)
    bank.do(account, "receive", closing="1850", lines="2.11. -400,00 Rent\n\n03.11. 1.250,00 Meyer Paper")
    assert [(one.on.day, int(one.amount), one.name) for one in bank.data.find(BankLine)] == [
        (2, -400, "Rent"),
        (3, 1250, "Meyer Paper"),
    ]
    with pytest.raises(Refused, match="Line 2: write day, amount"):
        bank.do(account, "receive", closing="1850", lines="4.11. -400,00 Rent\nwhatever")


# --- proposed ---------------------------------------------------------------------------------------------------------


def test_the_number_or_the_name_makes_a_proposal_sure_the_amount_alone_does_not(bank: Bank) -> None:
    first, second, third = bank.owe(400, "RE-2026/117"), bank.owe(90), bank.owe(55, party=2)
    bank.take(
        said(-400, "Somebody", text="invoice re 2026 117", day=1), said(-90, "MEYER PAPER", day=1), said(-55, day=1)
    )
    found = bank.proposed()
    assert [(found[n].bills, found[n].sure) for n in (1, 2, 3)] == [
        ((first.id,), True),
        ((second.id,), True),
        ((third.id,), False),
    ]


def test_their_account_tells_whose_a_line_is(bank: Bank) -> None:
    bank.put(Party(id=3, name="Umbrella Holding", iban="DE89 3704 0044 0532 0130 00"))
    bill = bank.owe(77, party=3)
    bank.take(said(-77, "Shop 24", day=1, iban="DE89370400440532013000"))
    found = bank.proposed()[1]
    assert (found.bills, found.sure) == ((bill.id,), True)


def test_of_two_that_fit_as_well_none_is_sure_but_equal_ones_of_one_party_are(bank: Bank) -> None:
    bank.owe(90), bank.owe(90, day=1)
    bank.take(said(-90, "Meyer Paper", day=2))
    assert not bank.proposed()[1].sure
    bank.take(said(-90, "Meyer Paper", day=3), opening=910, name="next.csv")
    assert [bank.proposed()[number].sure for number in (1, 2)] == [True, True]
    assert {bank.proposed()[number].bills for number in (1, 2)} == {(1,), (2,)}


def test_what_is_left_of_a_bill_is_no_other_meaning_of_the_payment_that_was_noted(bank: Bank) -> None:
    bill = bank.owed(100, "R-20001")
    settlement = Settlement(bank.ctx(), Change("payments.add"))
    settlement.pay(bill, Decimal(50), DAY, account=1)
    bank.apply(settlement.write())
    bank.take(said(50, "Novak", text="R-20001", day=1))
    assert (bank.proposed()[1].payments, bank.proposed()[1].sure) == ((1,), True)


def test_one_line_may_be_several_bills_and_several_lines_one(bank: Bank) -> None:
    bank.owe(100, "A-10001"), bank.owe(150, "A-10002"), bank.owed(500, "R-20001")
    bank.take(
        said(-250, "Meyer", text="A-10001 and A-10002", day=1),
        said(300, "Novak", text="R-20001 first", day=1),
        said(200, "Novak", text="R-20001 rest", day=2),
    )
    found = bank.proposed()
    assert (found[1].bills, found[1].sure) == ((1, 2), True)
    assert (found[2].lines, found[2].bills, found[2].sure) == ((2, 3), (3,), True)
    bank.apply(accept(bank.ctx(), list({one.lines: one for one in found.values()}.values())))
    assert {one.state for one in bank.data.find(Bill)} == {State.PAID}
    assert {one.state for one in bank.data.find(BankLine)} == {Stand.MATCHED}
    assert not bank.problems()


def test_a_payment_run_a_transfer_and_money_that_came_back_are_found(bank: Bank) -> None:
    for amount in (-10, -20, -30):
        bank.pay(amount, party=1)
    bank.take(
        said(-60, "collective order", day=1), said(-500, "transfer to savings"), said(-7, "Novak Shop web"), opening=0
    )
    bank.take(said(500, "from Main", day=1), account=2, name="savings.csv")
    bank.take(said(7, "Novak shop return", day=4), opening=-567, name="more.csv")
    found = bank.proposed()
    by_text = {bank.line(number).name: one for number, one in found.items()}
    assert len(by_text["collective order"].payments) == 3
    assert by_text["transfer to savings"].lines == by_text["from Main"].lines
    assert by_text["transfer to savings"].sure
    assert not by_text["Novak Shop web"].sure
    assert by_text["Novak Shop web"].why == "it came back"
    bank.do(bank.get(Account, 1), "match")
    assert not bank.problems()


def test_a_payment_above_what_is_open_and_one_of_another_account_are_refused(bank: Bank) -> None:
    bill, payment = bank.owe(50), bank.pay(-80, account=2)
    bank.take(said(-80, "Meyer"))
    with pytest.raises(Refused, match=r"-80\.00, what you name comes to -50\.00: -30\.00 is left"):
        bank.do(bank.line(1), "match", bills=(bill.id,))
    with pytest.raises(Refused, match="another account"):
        bank.do(bank.line(1), "match", payments=(payment.id,))
    with pytest.raises(Refused, match="Nothing fits BK-1"):
        bank.do(bank.line(1), "match")


def test_a_part_of_a_bill_is_paid_by_a_line_and_taken_apart_it_is_open_again(bank: Bank) -> None:
    bill = bank.owed(500, "R-20001")
    bank.take(said(300, "R-20001"))
    bank.do(bank.line(1), "match")
    assert [bank.get(Bill, bill.id).state, bank.get(Bill, bill.id).balance] == [State.PART, 200]
    bank.do(bank.line(1), "unmatch")
    assert [bank.get(Bill, bill.id).state, bank.get(Bill, bill.id).balance] == [State.SENT, 500]
    assert bank.get(Payment, 1).reversed_at
    assert not bank.problems()


def test_what_cash_and_credits_settle_is_not_looked_for_at_the_bank(bank: Bank) -> None:
    bank.pay(-50, account=None, method=Method.CASH, party=1)
    bank.take(said(-50, "Meyer Paper"))
    assert not bank.proposed()


# --- learned ----------------------------------------------------------------------------------------------------------


def test_a_category_is_proposed_once_it_was_said_and_sure_once_it_was_confirmed(bank: Bank) -> None:
    bank.take(*(said(-4.5, "Account fee", text=f"for day {day}", day=day) for day in range(4)))
    bank.do(bank.line(1), "post", category=1)
    assert [(bank.proposed()[n].category, bank.proposed()[n].sure) for n in (2, 3)] == [(1, False), (1, False)]
    bank.do(bank.line(2), "match")
    assert bank.proposed()[3].sure
    bank.do(bank.line(3), "post", category=2)  # it says otherwise now: to be confirmed anew
    assert (bank.proposed()[4].category, bank.proposed()[4].sure) == (2, False)


def test_whose_a_line_is_is_learned_from_a_match_by_hand(bank: Bank) -> None:
    bank.owe(41), bank.owe(43, day=1)
    bank.take(said(-41, "XYZ Holding", day=1), said(-43, "XYZ Holding", day=2))
    assert not bank.proposed()[2].sure
    bank.do(bank.line(1), "match", bills=(1,))
    assert bank.get(BankRule, 1).party == 1
    assert bank.proposed()[2].sure


def test_a_typed_rule_is_sure_at_once_and_needs_one_meaning(bank: Bank) -> None:
    bank.add(BankRule, words="fee", category=1, up_to="10")
    bank.take(said(-4, "Fee"), said(-400, "Fee"))
    assert {number: one.sure for number, one in bank.proposed().items()} == {1: True}
    for wrong in ({}, {"category": 1, "party": 1}):
        with pytest.raises(Refused, match="one of the two"):
            bank.add(BankRule, words="x y", **wrong)
    with pytest.raises(Refused, match="BR-1 has these words"):
        bank.add(BankRule, words="fee", category=2)


# --- proved -----------------------------------------------------------------------------------------------------------


def test_a_statement_is_proved_when_all_is_explained_and_holds_its_lines_then(bank: Bank) -> None:
    statement = bank.take(said(-4, "Fee"))
    with pytest.raises(Refused, match="1 line of it is not explained yet"):
        bank.do(statement, "close")
    bank.do(bank.line(1), "skip", reason="not ours")
    assert bank.do(statement, "close").state is Proof.PROVED
    with pytest.raises(Refused, match="BS-1, which is proved"):
        bank.do(bank.line(1), "unmatch")
    with pytest.raises(Refused, match="Its statements are proved"):
        refuse_fixed(bank.ctx(), bank.get(Account, 1), {"opening": Decimal(5)})
    bank.do(statement, "reopen", reason="wrong")
    assert bank.do(bank.line(1), "unmatch").state is Stand.UNMATCHED


def test_the_first_statement_that_is_open_waits_for_who_sees_to_the_bank(bank: Bank) -> None:
    bank.take(said(-4, "Fee"))
    bank.take(said(-5, "Fee", day=40), opening=996, name="dec.csv")
    (one,) = waiting_for(bank.ctx())
    assert (one.ref, one.why, one.verb) == ("BS-1", "1 line to explain", "match")
    bank.do(bank.line(1), "skip", reason="x")
    (one,) = waiting_for(bank.ctx())
    assert (one.ref, one.verb) == ("BS-1", "close")
    assert not [*waiting_for(bank.ctx(bank.CLEO))]


def test_a_statement_that_does_not_connect_with_the_one_before_is_not_proved(bank: Bank) -> None:
    bank.take(said(-4, "Fee"))
    later = bank.take(said(-5, "Fee", day=40), opening=900, name="dec.csv")
    for number in (1, 2):
        bank.do(bank.line(number), "skip", reason="x")
    with pytest.raises(Refused, match=r"It begins with 900\.00, and BS-1 before it ends with 996\.00"):
        bank.do(later, "close")
    found = differences(bank.ctx(), bank.get(Account, 1))
    assert [found.bank, found.books, found.total] == [895, 1000, -105]
    assert sum(one.amount for one in found.found) == found.total


# --- whatever is done -------------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_whatever_is_done_no_bill_is_paid_twice_and_the_differences_come_to_the_cent(data: st.DataObject) -> None:
    bank = Bank()
    amounts = st.sampled_from([10, 20, 30, 50])
    for _ in range(data.draw(st.integers(1, 5))):
        bank.owe(data.draw(amounts), data.draw(st.sampled_from(["", "N-10001"])), day=data.draw(st.integers(0, 9)))
    for _ in range(data.draw(st.integers(0, 4))):
        bank.pay(-data.draw(amounts), day=data.draw(st.integers(0, 9)), party=1)
    lines = [
        said(
            data.draw(amounts) * data.draw(st.sampled_from([-1, -1, 1])),
            data.draw(st.sampled_from(["Meyer Paper", "x", "N-10001"])),
            day=data.draw(st.integers(0, 9)),
        )
        for _ in range(data.draw(st.integers(1, 8)))
    ]
    bank.take(*sorted(lines, key=lambda one: one.on))
    for _ in range(data.draw(st.integers(1, 8))):
        found = proposals(bank.ctx())
        step = data.draw(st.sampled_from(["sure", "one", "post", "apart", "reverse"]))
        open_ = [one for one in bank.data.find(BankLine) if one.state is Stand.UNMATCHED]
        try:
            if step == "sure":
                bank.do(bank.get(Account, 1), "match")
            elif step == "one" and found:
                bank.apply(accept(bank.ctx(), [data.draw(st.sampled_from(found))]))
            elif step == "post" and open_:
                bank.do(data.draw(st.sampled_from(open_)), "post", category=1)
            elif step == "apart" and (matches := bank.data.find(Match, undone_at=None)):
                bank.do(data.draw(st.sampled_from(matches)), "unmatch")
            elif step == "reverse" and (paid := bank.data.find(Payment)):
                settlement = Settlement(bank.ctx(), Change("payments.reverse"))
                settlement.reverse(data.draw(st.sampled_from(paid)), DAY + timedelta(days=11), "wrong")
                bank.apply(settlement.write())
        except Refused:
            pass
        assert not bank.problems()
        for bill in bank.data.find(Bill):
            assert abs(bill.paid) <= abs(bill.amount)
        on = DAY + timedelta(days=data.draw(st.integers(-1, 14)))
        told_ = differences(bank.ctx(), bank.get(Account, 1), on)
        assert sum((one.amount for one in told_.found), Decimal(0)) == told_.total
        if on >= (bank.get(Account, 1).opened_on or on):
            names, in_books = Names(bank.ctx()), balances(books(bank.ctx(), on))
            kept = (names.bank(1), names.under_way(1), UNMATCHED, LEFT_OUT)
            assert sum((in_books.get(one, Decimal(0)) for one in kept), Decimal(0)) == told_.books
            assert in_books.get(names.bank(1), Decimal(0)) == told_.bank


@given(
    total=st.integers(-40, 40),
    amounts=st.lists(st.integers(-15, 15).filter(bool), max_size=8).map(lambda a: [Decimal(x) for x in a]),
)
def test_a_sum_that_is_found_is_one_and_one_that_is_there_is_found(total: int, amounts: list[Decimal]) -> None:
    found = making(Decimal(total), amounts)
    for places in found:
        assert sum(amounts[place] for place in places) == total
        assert len({*places}) == len(places) >= 2
    there = any(
        sum(one for at, one in enumerate(amounts) if mask >> at & 1) == total and mask.bit_count() >= 2
        for mask in range(1 << len(amounts))
    )
    assert bool(found) == there


@pytest.mark.parametrize(
    ("collection", "number", "wrong", "words"),
    [
        ("bank", 1, {"amount": "-5.00"}, "BS-1: its lines do not come to its closing balance"),
        ("bank", 1, {"state": "unmatched"}, "BK-1: State: it is unmatched, and in a match."),
        ("bank", 2, {"category": 1}, "BK-2: State: it is unmatched, with a category."),
        ("bank", 2, {"fingerprint": "same"}, "BK-3: BK-2 is the same line of the bank."),
        ("bank", 2, {"account": 2}, "BS-1: a line of it is of another account."),
        ("statements", 1, {"state": "proved"}, "BS-1: State: it is proved, and 2 of its lines are not explained."),
        ("statements", 1, {"lines": 7}, "BS-1: Lines: 7, but 3 are kept."),
        ("matches", 1, {"undone_at": "2026-11-02T09:00:00Z"}, "BK-1: Match: it does not name this line."),
    ],
)
def test_botui_check_tells_what_another_program_wrote(
    bank: Bank, collection: str, number: int, wrong: dict[str, Any], words: str
) -> None:
    bank.owe(4, "RE-10001")
    bank.take(said(-4, "RE-10001"), said(-5), said(-6))
    bank.do(bank.line(1), "match")
    assert not bank.problems()
    bank.data.docs[collection][number].update(wrong)
    if "fingerprint" in wrong:
        bank.data.docs[collection][3].update(wrong)
    assert any(words in one for one in bank.problems()), bank.problems()
