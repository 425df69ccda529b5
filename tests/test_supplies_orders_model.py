"""Whatever several people do with orders in whatever order, what came, what is on order and what it costs add up."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from botui.models.base import Change, Conflict, NotAllowed, Refused
from botui.models.office import Context, Party
from botui.models.soundness import problems_of
from botui.models.supplies import Item, Movement, Order, OrderLine
from botui.models.supplies.order import Billed, State
from botui.models.supplies.ordering import order_items
from tests.offices import ANN, BOB, Clock, beside, office

PEN, INK, GLUE = 1, 2, 3
WHO = st.integers(0, 1)
ITEMS = st.sampled_from([PEN, INK, GLUE])
ORDERS = st.sampled_from([1, 1, 2, 2, 3, 4])
LINES = st.integers(1, 6)
MANY = st.integers(1, 15)
SAID = st.lists(st.tuples(st.sampled_from(["1", "2", "I-1", "I-2", "all"]), st.integers(0, 14)), max_size=2)
PLACES = st.sampled_from([None, None, 1, 2])


def _begin(ctx: Context) -> Change:
    change = Change("office.begin").add(Party(id=1, name="Paper Ltd")).add(Party(id=2, name="Toner AG"))
    change.add(Item(id=PEN, name="Pen", supplier=1, place=1, multiple=6, price=Decimal("0.3333"), order_below=9))
    change.add(Item(id=INK, name="Ink", supplier=2, place=2, price=Decimal("40.005"), order_below=2, fill_to=4))
    return change.add(Item(id=GLUE, name="Glue", supplier=1))


def _text(said: list[tuple[str, int]]) -> str:
    return ", ".join(word if word == "all" else f"{word}={many}" for word, many in said)


class Ordering(RuleBasedStateMachine):
    """Two clerks at two terminals, each with their own view of one store."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = Clock()
        ann = office(self.folder, ANN, self.clock)
        self.desks = [ann, beside(ann, BOB)]

    def teardown(self) -> None:
        for desk in self.desks:
            desk.store.close()
        shutil.rmtree(self.folder)

    @contextmanager
    def refused(self) -> Iterator[None]:
        """Let a refusal pass that says something."""
        self.clock.forward(seconds=7)
        try:
            yield
        except (Refused, Conflict, NotAllowed) as error:
            said = str(error)
        else:
            return
        assert said.endswith((".", "?")), said

    def do(self, who: int, collection: str, number: int, verb: str, /, **args: Any) -> None:
        with self.refused():
            self.desks[who].do(collection, number, verb, {name: one for name, one in args.items() if one})

    # --- what people do ---------------------------------------------------------------------------------------------

    @initialize()
    def begin(self) -> None:
        self.desks[0].as_system().apply(_begin)
        self.reorder(0, [PEN, INK], None)
        for order in (1, 2):
            self.do(0, "orders", order, "order")

    @rule(who=WHO, items=st.lists(ITEMS, min_size=1, unique=True), many=st.none() | MANY)
    def reorder(self, who: int, items: list[int], many: int | None) -> None:
        wanted = dict.fromkeys(items, many) if many else None
        with self.refused():
            self.desks[who].do_together("items", items, "order", lambda ctx, found: order_items(ctx, found, wanted))

    @rule(who=WHO, order=ORDERS, item=ITEMS, many=MANY, price=st.none() | st.sampled_from(["0", "1.2345"]))
    def line(self, who: int, order: int, item: int, many: int, price: str | None) -> None:
        with self.refused():
            values = {"order": order, "item": item, "quantity": many, "price": price}
            self.desks[who].add("lines", {name: one for name, one in values.items() if one is not None})

    @rule(who=WHO, line=LINES, many=MANY)
    def edit(self, who: int, line: int, many: int) -> None:
        with self.refused():
            self.desks[who].edit(self.desks[who].get("lines", line), {"quantity": many})

    @rule(who=WHO, order=ORDERS, verb=st.sampled_from(["order", "order", "order", "settle", "wait", "cancel"]))
    def move(self, who: int, order: int, verb: str) -> None:
        self.do(who, "orders", order, verb, reason="Twice" if verb == "cancel" else "")

    @rule(who=WHO, line=LINES, verb=st.sampled_from(["settle", "cancel"]))
    def give_up(self, who: int, line: int, verb: str) -> None:
        self.do(who, "lines", line, verb)

    @rule(who=WHO, order=ORDERS, here=SAID, damaged=SAID, place=PLACES, extra=st.booleans(), sure=st.booleans())
    def receive(
        self,
        who: int,
        order: int,
        here: list[tuple[str, int]],
        damaged: list[tuple[str, int]],
        place: int | None,
        extra: bool,
        sure: bool,
    ) -> None:
        args = {"here": _text(here), "damaged": _text([one for one in damaged if one[0] != "all"]), "place": place}
        self.do(who, "orders", order, "receive", **args, extra="I-3=2" if extra else "", even_so=sure)

    @rule(who=WHO, order=ORDERS, pens=st.integers(0, 7), inks=st.integers(0, 3), broken=st.integers(0, 2))
    def receive_some(self, who: int, order: int, pens: int, inks: int, broken: int) -> None:
        here, damaged = (f"I-1={pens}", f"I-1={broken}") if order == 1 else (f"I-2={inks}", f"I-2={broken}")
        self.do(who, "orders", order, "receive", here=here, damaged=damaged, place=1)

    @rule(who=WHO, order=ORDERS, number=st.sampled_from(["R1", "R2", "R3"]), amount=st.none() | st.integers(1, 90))
    def bill(self, who: int, order: int, number: str, amount: int | None) -> None:
        self.do(who, "orders", order, "bill", number=number, amount=amount and Decimal(amount))

    @rule(who=WHO, order=ORDERS, number=st.sampled_from(["", "JJ1"]))
    def expect(self, who: int, order: int, number: str) -> None:
        self.do(who, "orders", order, "expect", tracking=number)

    @rule(who=WHO)
    def undo(self, who: int) -> None:
        with self.refused():
            desk = self.desks[who]
            desk.store.refresh()
            entry = desk.undoable()
            if entry is not None:
                desk.undo(entry.digest)

    @rule(who=WHO, back=st.integers(0, 3))
    def reverse(self, who: int, back: int) -> None:
        numbers = self.desks[0].numbers("movements")
        if numbers:
            self.do(who, "movements", numbers[-1 - min(back, len(numbers) - 1)], "reverse")

    # --- what always holds ------------------------------------------------------------------------------------------

    @invariant()
    def everything_adds_up(self) -> None:
        desk = self.desks[0]
        desk.store.refresh()
        movements: list[Movement] = desk.find("movements", {})
        lines: list[OrderLine] = desk.find("lines", {})
        orders: dict[int, Order] = {one.id: one for one in desk.find("orders", {})}
        came, on_order, amounts = Counter[int](), Counter[int](), dict.fromkeys(orders, Decimal(0))
        for one in movements:
            assert desk.peek("places", one.place) is not None, "received into nowhere"
            came[one.line or 0] += one.quantity
        for line in lines:
            order = orders[line.order]
            assert line.received == came[line.id]
            assert line.damaged >= 0
            cents = ((line.price or Decimal(0)) * line.quantity).quantize(Decimal("0.01"), ROUND_HALF_UP)
            amounts[order.id] += cents
            missing = 0 if line.settled else max(line.quantity - came[line.id], 0)
            on_order[line.item] += missing if order.state in (State.ORDERED, State.PART) else 0
        for item in desk.find("items", {}):
            assert item.on_order == on_order[item.id]
            assert item.on_hand == sum(one.quantity for one in movements if one.item == item.id)
        for number, order in orders.items():
            assert order.amount == amounts[number]
            assert order.lines == sum(1 for line in lines if line.order == number and line.quantity)
            self.state_fits(order, [line for line in lines if line.order == number])

    def state_fits(self, order: Order, lines: list[OrderLine]) -> None:
        missing, came = any(line.to_come for line in lines), any(line.received for line in lines)
        match order.state:
            case State.ORDERED:
                assert missing
                assert not came
            case State.PART:
                assert missing
                assert came
            case State.HERE:
                assert not missing
                assert order.billed is not Billed.ALL
            case State.DRAFT | State.CANCELLED:
                assert not came
            case State.CLOSED:
                assert not missing

    @invariant()
    def the_store_is_sound(self) -> None:
        assert [*problems_of(self.desks[0].store.journal)] == []


TestOrdering = Ordering.TestCase
TestOrdering.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


TestForLong: Any = pytest.mark.soak(type("TestForLong", (Ordering.TestCase,), {}))
TestForLong.settings = settings(max_examples=400, stateful_step_count=50, deadline=None)
