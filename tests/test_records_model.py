"""Whatever three people do with bills, the bank, claims, cash, cheques and papers in whatever order, it all adds up."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from botui import areas
from botui.models.base import Change, Conflict, NotAllowed, Refused
from botui.models.office import Context, Department, Party, Person
from botui.models.records.bill import Bill, Direction, is_booked
from botui.models.records.books import books
from botui.models.records.chart import Side
from botui.models.records.expense import State as ClaimState
from botui.models.soundness import problems_of
from tests.offices import ANN, FRED, MAX, Clock, beside, office

AMOUNTS: Final = ("10", "10", "25", "40", "-10")


VERBS: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    *(("bills", verb, {}) for verb in ("check", "check", "approve", "send", "pay", "credit", "accept")),
    ("bills", "pay", {"amount": "7.5"}),
    ("bills", "pay", {"method": "cash"}),
    ("bills", "dispute", {"reason": "x"}),
    ("bills", "void", {"reason": "x"}),
    ("payments", "reverse", {"reason": "x"}),
    ("accounts", "match", {}),
    ("statements", "close", {}),
    ("statements", "reopen", {"reason": "x"}),
    *(("bank", verb, {}) for verb in ("match", "unmatch")),
    ("bank", "post", {"category": 1}),
    ("bank", "skip", {"reason": "x"}),
    ("matches", "unmatch", {}),
    *(("expenses", verb, {}) for verb in ("submit", "approve", "pay", "cancel")),
    ("expenses", "pay", {"box": 1}),
    ("expenses", "refuse", {"reason": "x"}),
    ("boxes", "pay", {"amount": "10", "what": "Stamps"}),
    ("boxes", "receive", {"amount": "25", "account": 1}),
    ("boxes", "receive", {"amount": "10"}),
    ("boxes", "count", {"amount": "25"}),
    ("vouchers", "reverse", {"reason": "x"}),
    *(("cheques", verb, {}) for verb in ("bank", "clear")),
    *(("cheques", verb, {"reason": "x"}) for verb in ("bounce", "cancel")),
    ("entries", "reverse", {}),
    ("documents", "hand_out", {"to": f"P-{MAX}"}),
    *(("documents", verb, {}) for verb in ("give_back", "dispose", "reopen", "file")),
    *(("documents", verb, {"reason": "x"}) for verb in ("hold", "release")),
    ("documents", "merge", {"into": 1}),
    *(("disposals", verb, {}) for verb in ("approve", "destroy", "cancel")),
)


ENDS: Final = frozenset({"void", "cancel", "dispute", "skip", "reopen", "refuse", "bounce", "hold", "merge"})
"""Verbs after which there is little to do: done less often."""


def _begin(ctx: Context) -> Change:
    change = Change("office.begin").add(Party(id=1, name="Meyer")).add(Party(id=2, name="Paper Ltd"))
    for number, kind, values in ((ANN, Person, {"department": 1}), (1, Department, {"manager": MAX})):
        found = ctx.data.get(kind, number)
        assert found is not None
        change.set(found, **values)
    return change


class Keeping:
    """A clerk, somebody of finance and a manager at three terminals, each with their own view of one store.

    Args:
        folder: where the store is made.
        seed: what is done, and in which order.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance, self.clock = random.Random(seed), Clock()
        self.ann = office(folder, ANN, self.clock)
        self.office = self.ann.as_system()
        self.desks = {ANN: self.ann, FRED: beside(self.ann, FRED, "money"), MAX: beside(self.ann, MAX, "manager")}
        self.done: Counter[str] = Counter()
        self.office.apply(_begin)
        self.ann.add("accounts", {"name": "Main", "opening": "100"})
        self.ann.add("boxes", {"name": "Box", "imprest": "25"})
        self.ann.add("retention", {"name": "Old", "days": 1, "years": 0})
        self.ann.add("bills", {"party": 1, "amount": "40", "number": "R1"})
        self.ann.tick()
        self.spent = next(one.id for one in self.office.find("chart", {}) if one.side is Side.EXPENSE)

    def close(self) -> None:
        for desk in self.desks.values():
            desk.store.close()

    # --- what people do ---------------------------------------------------------------------------------------------

    def step(self) -> None:
        """Let one of them do something, or time pass; what is refused is refused."""
        self.clock.forward(seconds=self.chance.choice((7, 7, 7, 400)))
        who = self.chance.choice((ANN, ANN, ANN, FRED, FRED, MAX))
        what = self.chance.choices(
            (self.move, self.add, self.undo, self.statement, self.time_passes), (16, 4, 2, 0.6, 0.3)
        )
        with suppress(Refused, Conflict, NotAllowed):
            if name := what[0](who):
                self.done[name] += 1

    def add(self, who: int) -> str:
        amount, party = self.chance.choice(AMOUNTS), self.chance.choice((1, 2))
        way = self.chance.choice(("received", "written"))
        pays = {"bill": self.latest("bills")} if self.chance.random() < 0.6 else {"party": party, "amount": amount}
        number = f"C{len(self.office.numbers('cheques'))}"
        some: tuple[tuple[str, dict[str, Any]], ...] = (
            *(("bills", {"party": party, "direction": one, "amount": amount}) for one in Direction),
            ("charges", {"bill": self.latest("bills"), "text": "x", "price": amount}),
            ("outlays", {"what": "Taxi", "amount": amount, "receipt": self.latest("documents")}),
            ("outlays", {"what": "Taxi", "amount": amount, "category": self.spent}),
            ("cheques", {"way": way, "number": number, "account": 1 if way == "written" else None, **pays}),
            ("entries", {"text": "x", "amount": amount, "category": 1, "against": self.spent}),
            ("documents", {"title": "Paper", "schedule": 1, "dated": "2010-01-01"}),
            ("disposals", {"approver": MAX}),
        )
        collection, values = self.chance.choice(some)
        chosen: dict[str, Any] = {name: one for name, one in values.items() if one is not None}
        self.desks[who].add(collection, chosen | ({"even_so": True} if collection == "bills" else {}))
        return f"{collection}.add"

    def statement(self, who: int) -> str:
        """Take in a statement with lines that may be anything."""
        lines = [self.chance.choice((-10, 10, -25, 25, -40, 40)) for _ in range(self.chance.randint(1, 3))]
        closing = 100 + sum(one.amount for one in self.office.find("bank", {})) + sum(lines)
        text = "\n".join(f"{self.clock.now:%d.%m.} {one},00 {self.chance.choice(('R1', 'C1', 'Fee'))}" for one in lines)
        self.desks[who].do("accounts", 1, "receive", {"lines": text, "closing": str(closing)})
        return "accounts.receive"

    def move(self, who: int) -> str:
        """Do a verb that fits the state of one of the newest records, at the desk of whoever is asked."""
        collection = self.chance.choice(sorted({one for one, _, _ in VERBS}))
        if (number := self.latest(collection)) is None:
            return ""
        record, kind = self.office.get(collection, number), areas.kind(collection)
        fitting = [
            (kind.transition(verb), values)
            for one, verb, values in VERBS
            if one == collection and (not (states := kind.transition(verb).sources) or record.state in states)
        ]
        if not fitting:
            return ""
        weights = [1 if one.name in ENDS else 6 for one, _ in fitting]
        ((transition, values),) = self.chance.choices(fitting, weights)
        who = (record.approver or who) if transition.who == "approve" else who
        desk = self.desks.get(who, self.ann)
        desk.confirmed = self.clock()
        more = {"category": self.spent} if transition.name == "post" else {}
        desk.do(collection, number, transition.name, values | more)
        return f"{collection}.{transition.name}"

    def undo(self, _: int) -> str:
        """Let one who did something a moment ago take it back."""
        for desk in self.chance.sample(list(self.desks.values()), 3):
            desk.store.refresh()
            if (entry := desk.undoable()) is not None:
                desk.undo(entry.digest)
                return "undo"
        return ""

    def time_passes(self, _: int) -> str:
        self.clock.forward(days=self.chance.choice((1, 3, 40)))
        self.ann.tick()
        return "tick"

    def latest(self, collection: str) -> int | None:
        """Return one of the three newest records of a collection."""
        numbers = self.office.numbers(collection)[-3:]
        return self.chance.choice(numbers) if numbers else None

    # --- what always holds ------------------------------------------------------------------------------------------

    def the_books_come_to_what_bills_bank_claims_and_boxes_say(self) -> None:
        sums: Counter[str] = Counter()
        found = books(self.office.context(), self.clock.now.date() + timedelta(days=200))
        for one in found:
            assert sum(leg.amount for leg in one.legs) == 0
            sums.update({leg.account: Decimal(0) for leg in one.legs})
            for leg in one.legs:
                sums[leg.account] += leg.amount  # type: ignore[assignment]

        def under(root: str) -> Decimal:
            return sum((Decimal(amount) for name, amount in sums.items() if name.startswith(root)), Decimal(0))

        bills: list[Bill] = [one for one in self.office.find("bills", {}) if is_booked(one)]
        for direction, root, sign in (
            (Direction.OWE, "liabilities:payable", -1),
            (Direction.OWED, "assets:receivable", 1),
        ):
            assert sign * under(root) == sum(one.balance for one in bills if one.direction is direction)
        if lines := self.office.find("bank", {}):
            assert under("assets:bank:") == 100 + sum(one.amount for one in lines)
        assert under("assets:cash:Box") == sum(one.amount for one in self.office.find("vouchers", {}))
        granted = (one.granted or 0 for one in self.office.find("expenses", {}) if one.state is ClaimState.APPROVED)
        assert -under("liabilities:claims") == sum(granted)

    def nothing_goes_that_is_held_or_handed_out(self) -> None:
        for one in self.office.find("documents", {}):
            assert not (one.destroyed_at and (one.held or one.holder))

    def check(self) -> None:
        """Insist on all of it."""
        self.ann.store.refresh()
        assert [*problems_of(self.ann.store.journal)] == []
        self.the_books_come_to_what_bills_bank_claims_and_boxes_say()
        self.nothing_goes_that_is_held_or_handed_out()


def kept(folder: Path, seed: int, steps: int) -> Counter[str]:
    """Let people do so many things, look at everything after each, and return what was done how often."""
    keeping = Keeping(folder, seed)
    try:
        for _ in range(steps):
            keeping.step()
            keeping.check()
    finally:
        keeping.close()
    return keeping.done


def test_whatever_is_done_the_store_is_sound_and_the_books_come_to_what_there_is(tmp_path: Path) -> None:
    done = kept(tmp_path / "0", 0, 240) + kept(tmp_path / "1", 1, 240)
    assert {"undo", "bills.pay", "bank.match", "expenses.pay"} <= done.keys(), "it comes to what matters"


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 200))
def test_whatever_is_done_for_long(tmp_path: Path, seed: int) -> None:
    assert kept(tmp_path, seed, 500)["undo"]


def test_a_sum_that_others_brought_there_by_other_ways_is_not_taken_for_as_before(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path, 0)
    ann, fred = keeping.ann, keeping.desks[FRED]
    ann.do("bills", 1, "check")
    for number in (1, 2):
        ann.do("bills", 1, "pay", {"amount": "10", "even_so": number == 2})
    taken_back = ann.do("payments", 1, "reverse", {"reason": "Twice"})
    fred.do("bills", 1, "pay", {"amount": "10", "even_so": True})
    with pytest.raises(Conflict, match="Paid so far: changed by Fred"):
        ann.undo(taken_back.digest)
    keeping.check()
    keeping.close()


def test_a_statement_that_was_taken_apart_meanwhile_is_not_proved_by_undo(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path, 0)
    ann, fred = keeping.ann, keeping.desks[FRED]
    ann.do("accounts", 1, "receive", {"lines": "20.11. -10,00 Fee", "closing": "90"})
    ann.do("bank", 1, "post", {"category": keeping.spent})
    ann.do("statements", 1, "close")
    opened = ann.do("statements", 1, "reopen", {"reason": "wrong"})
    fred.do("bank", 1, "unmatch")
    with pytest.raises(Refused, match="BS-1 stays open: 1 line of it is not explained yet"):
        ann.undo(opened.digest)
    keeping.check()
    keeping.close()
