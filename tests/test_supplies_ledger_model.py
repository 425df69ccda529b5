"""Whatever several people do in whatever order, what an item says of its stock is the sum of its movements."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from botui.models.base import Change, Conflict, NotAllowed, Refused
from botui.models.office import Context, Place
from botui.models.soundness import problems_of
from botui.models.supplies import Item, Movement
from tests.offices import ANN, BOB, CLEO, Clock, beside, office

PEN, MILK = 1, 2
ITEMS = st.sampled_from([PEN, MILK])
PLACES = st.sampled_from([None, 1, 1, 2, 3])
SURE = st.sampled_from([1, 2, 3])
DATES = st.sampled_from([None, date(2026, 12, 1), date(2026, 12, 20)])
MANY = st.integers(1, 9)
WHO = st.sampled_from([0, 0, 1, 1, 2])
"""At whose terminal: mostly a clerk's."""
FOR = st.sampled_from(["", "BB", "Cellar", "TO-1", "a party"])


class StoreRoom(RuleBasedStateMachine):
    """Two clerks and one of the staff at three terminals, each with their own view of one store.

    What cannot be done is refused in words and changes nothing; whatever is done, nothing is lost and nothing appears.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = Clock()
        ann = office(self.folder, ANN, self.clock)
        self.desks = [ann, beside(ann, BOB), beside(ann, CLEO, "kiosk")]
        ann.as_system().apply(_places)
        system = ann.as_system()
        system.add("items", {"name": "Pen, blue", "place": 1, "order_below": 5, "fill_to": 20})
        system.add("items", {"name": "Milk", "place": 1, "by_date": True})
        self.below_zero = False

    def teardown(self) -> None:
        for desk in self.desks:
            desk.store.close()
        shutil.rmtree(self.folder)

    def do(self, who: int, item: int, verb: str, **args: Any) -> None:
        given = {name: value for name, value in args.items() if value is not None}
        if item == PEN:
            given.pop("use_by", None)
        with self.refused():
            self.desks[who].do("items", item, verb, given)

    @contextmanager
    def refused(self) -> Iterator[None]:
        """Let a refusal pass that says something; it changes nothing."""
        self.clock.forward(seconds=7)
        before = self._docs()
        try:
            yield
        except (Refused, Conflict, NotAllowed) as error:
            said = str(error)
        else:
            return
        assert said.endswith((".", "?")), said
        assert self._docs() == before

    def _docs(self) -> dict[str, dict[int, Any]]:
        journal = self.desks[0].store.journal
        self.desks[0].store.refresh()
        return {name: {one: journal.get(name, one) for one in journal.ids(name)} for name in ("items", "movements")}

    # --- what people do ---------------------------------------------------------------------------------------------

    @initialize(below_zero=st.sampled_from([False, False, True]), price=st.none() | st.sampled_from(["0.50", "2.25"]))
    def begin(self, below_zero: bool, price: str | None) -> None:
        self.below_zero = below_zero
        self.desks[0].as_system().apply(lambda ctx: Change("settings.edit").set(ctx.settings, below_zero=below_zero))
        self.do(0, PEN, "receive", quantity=8, price=price)
        self.do(1, MILK, "receive", quantity=5, place=2, use_by=date(2026, 12, 1), price=price)
        self.do(1, MILK, "receive", quantity=5, place=3, use_by=date(2026, 12, 20))

    @rule(who=WHO, item=ITEMS, many=st.none() | MANY, place=PLACES, to=FOR)
    def take(self, who: int, item: int, many: int | None, place: int | None, to: str) -> None:
        self.do(who, item, "take", quantity=many, place=place, to=to)

    @rule(who=WHO, item=ITEMS, many=MANY, place=PLACES, use_by=DATES)
    def give_back(self, who: int, item: int, many: int, place: int | None, use_by: date | None) -> None:
        self.do(who, item, "give_back", quantity=many, place=place, use_by=use_by)

    @rule(who=WHO, item=ITEMS, many=MANY, place=PLACES, use_by=DATES, price=st.none() | st.sampled_from(["0.10", "3"]))
    def receive(
        self, who: int, item: int, many: int, place: int | None, use_by: date | None, price: str | None
    ) -> None:
        self.do(who, item, "receive", quantity=many, place=place, use_by=use_by, price=price)

    @rule(who=WHO, item=ITEMS, many=st.integers(0, 12), place=PLACES, use_by=DATES)
    def count(self, who: int, item: int, many: int, place: int | None, use_by: date | None) -> None:
        self.do(who, item, "count", quantity=many, place=place, use_by=use_by)

    @rule(who=WHO, item=ITEMS, many=st.integers(-9, 9), place=PLACES, use_by=DATES)
    def correct(self, who: int, item: int, many: int, place: int | None, use_by: date | None) -> None:
        self.do(who, item, "correct", quantity=many, place=place, use_by=use_by, reason="found it so")

    @rule(who=WHO, item=ITEMS, many=MANY, place=PLACES, to=SURE)
    def transfer(self, who: int, item: int, many: int, place: int | None, to: int) -> None:
        self.do(who, item, "transfer", quantity=many, place=place, to_place=to)

    @rule(who=WHO, item=ITEMS, many=MANY, place=PLACES, use_by=DATES)
    def waste(self, who: int, item: int, many: int, place: int | None, use_by: date | None) -> None:
        self.do(who, item, "waste", quantity=many, place=place, use_by=use_by)

    @rule(who=WHO, back=st.integers(0, 9))
    def take_back(self, who: int, back: int) -> None:
        with self.refused():
            last = max(self._docs()["movements"])
            self.desks[who].do("movements", max(last - back, 1), "reverse")

    @rule(who=WHO)
    def undo(self, who: int) -> None:
        desk = self.desks[who]
        if (entry := desk.undoable()) is not None:
            with self.refused():
                desk.undo(entry.digest)

    @rule(days=st.sampled_from([1, 30, 91]))
    def time_passes(self, days: int) -> None:
        self.clock.forward(days=days)
        self.desks[0].tick()

    # --- what holds -------------------------------------------------------------------------------------------------

    @invariant()
    def stock_is_the_sum_of_movements_on_every_desk(self) -> None:
        for desk in self.desks:
            desk.store.refresh()
            movements = [desk.get("movements", number) for number in desk.numbers("movements")]
            for item in (desk.get("items", PEN), desk.get("items", MILK)):
                assert _levels(item) == _sums(movements, item.id)
                assert desk.store.index("items").value(item.id, "on_hand") == item.on_hand
                assert self.below_zero or all(one.quantity > 0 for one in item.stock)

    @invariant()
    def check_says_nothing(self) -> None:
        assert [*problems_of(self.desks[0].store.journal)] == []


def _places(ctx: Context) -> Change:
    change = Change("places.add")
    for name in ("Store room", "Cellar", "Kitchen"):
        number = ctx.data.new_id(Place)
        change.add(Place(id=number, name=name))
    return change


def _levels(item: Item) -> Counter[Any]:
    return Counter({(one.place, one.use_by): one.quantity for one in item.stock})


def _sums(movements: list[Movement], item: int) -> Counter[Any]:
    sums: Counter[Any] = Counter()
    for one in movements:
        if one.item == item:
            sums[one.place, one.use_by] += one.quantity
    return Counter({key: many for key, many in sums.items() if many})


TestStoreRoom = StoreRoom.TestCase
TestStoreRoom.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


TestForLong: Any = pytest.mark.soak(type("TestForLong", (StoreRoom.TestCase,), {}))
TestForLong.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)
