"""The ledger of stock: the one place where quantities move, and all that follows from it in the same change.

A ``Ledger`` is opened on a change, takes postings, and writes at its end what they come to: the movements, the stock,
price and use of their items, what came of order lines and how far their orders are, what of requests was handed out.
Whoever moves an order or a request on does it here too, because items say what is on order and what is promised.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar

from botui.models.base import Change, Record, Refused
from botui.models.office import Context, Pending, Place
from botui.models.supplies.item import USE, Item, Level, Movement, Why
from botui.models.supplies.levels import lots, place_name, priced, unit_cost
from botui.models.supplies.order import COMING, Billed, Order, OrderLine
from botui.models.supplies.order import State as OrderState
from botui.models.supplies.reorder import runs_out, used_until
from botui.models.supplies.request import Request
from botui.models.supplies.request import State as RequestState

R = TypeVar("R", bound=Record)

FOLLOWS: Final = frozenset({OrderState.ORDERED, OrderState.PART, OrderState.HERE, OrderState.CLOSED})
"""States of an order that follow from what has come of its lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """What is to be booked: so many of an item to a place (with sign), why and for whom; see ``Movement``."""

    item: int
    place: int
    quantity: int
    why: Why
    use_by: date | None = None
    person: int | None = None
    to_place: int | None = None
    about: str = ""
    label: str = ""
    note: str = ""
    cost: Decimal | None = None
    line: int | None = None
    damaged: int = 0
    request: int | None = None
    stocktake: int | None = None
    pair: int | None = None
    reverses: int | None = None


class Ledger(Pending):
    """Takes postings into one change.

    Args:
        ctx: what may be known.
        change: the change that everything becomes part of; ``close`` returns it.
    """

    def __init__(self, ctx: Context, change: Change) -> None:
        super().__init__(ctx, change)
        self._lines: dict[int, tuple[int, ...]] = {}
        self._posted: dict[int, list[Movement]] = {}

    # --- records as they will be --------------------------------------------------------------------------------

    def add(self, record: R) -> R:
        """Let a new record be part of it, such as a line of what came without being ordered; it is written at the end.

        Its number was given out by ``Lookup.new_id``.
        """
        super().add(record)
        if isinstance(record, OrderLine):
            known = [one.id for one in self.lines(record.order)]
            self._lines[record.order] = (*known, record.id)
        return record

    def lines(self, order: int) -> list[OrderLine]:
        """Return the lines of an order as they will be."""
        if order not in self._lines:
            self._lines[order] = tuple(one.id for one in self._ctx.data.find(OrderLine, order=order))
        return [self.get(OrderLine, one) for one in self._lines[order]]

    # --- booking ------------------------------------------------------------------------------------------------

    def post(self, one: Posting) -> Movement:
        """Book one movement.

        Raises:
            Refused: it is nothing, there is no such place or line, or less would be left than nothing.
        """
        item = self.get(Item, one.item)
        if not one.quantity:
            raise Refused(f"{item.name}: how many?", {"quantity": "One or more, please."})
        place = self._ctx.data.get(Place, one.place)
        if place is None:
            raise Refused(f"{item.name}: to or from which place?", {"place": "There is no such place."})
        known = one.cost is not None or one.reverses is not None  # what is taken back cost what it cost, if anything
        cost = one.cost if known else unit_cost(item)
        movement = Movement(
            id=self._ctx.data.new_id(Movement),
            item=one.item,
            quantity=one.quantity,
            why=one.why,
            place=one.place,
            at=self._ctx.now,
            by=self._ctx.by,
            person=one.person,
            to_place=one.to_place,
            about=one.about,
            label=one.label,
            note=one.note,
            use_by=one.use_by,
            cost=cost,
            line=one.line,
            damaged=one.damaged,
            request=one.request,
            stocktake=one.stocktake,
            pair=one.pair,
            reverses=one.reverses,
        )
        self._change.add(movement)
        self._posted.setdefault(one.item, []).append(movement)
        stock = self._moved(item, one)
        prices = priced(item, one.quantity, one.cost) if one.why is Why.RECEIVE and one.cost is not None else {}
        self.set(item, stock=stock, on_hand=item.on_hand + one.quantity, **prices)
        self._follow(one)
        return movement

    def take_out(self, one: Posting) -> list[Movement]:
        """Book what leaves a place (``quantity`` below zero), of what is to be used first, a movement for each date.

        Raises:
            Refused: less would be left there than nothing.
        """
        item = self.get(Item, one.item)
        there = item.at(one.place)
        if there + one.quantity < 0 and not self._ctx.settings.below_zero:
            raise self._too_few(item, one.place, there)
        found = lots(item, one.place, -one.quantity)
        return [self.post(replace(one, use_by=use_by, quantity=-part)) for use_by, part in found]

    def transfer(self, one: Posting, to_place: int) -> list[Movement]:
        """Book what goes from its place (``quantity`` below zero) to another, in halves that know of each other.

        Use-by dates go along.

        Raises:
            Refused: less would be left there than nothing.
        """
        gone = self.take_out(replace(one, why=Why.TRANSFER, to_place=to_place))
        come = (replace(one, why=Why.TRANSFER, place=to_place, quantity=-half.quantity) for half in gone)
        pairs = [
            self.post(replace(new, use_by=half.use_by, pair=half.id)) for new, half in zip(come, gone, strict=True)
        ]
        return [*gone, *pairs]

    def _moved(self, item: Item, one: Posting) -> tuple[Level, ...]:
        levels = {(level.place, level.use_by): level.quantity for level in item.stock}
        key = (one.place, one.use_by)
        levels[key] = levels.get(key, 0) + one.quantity
        if one.quantity < 0 and levels[key] < 0 and not self._ctx.settings.below_zero:
            raise self._too_few(item, one.place, levels[key] - one.quantity)
        kept = sorted(levels.items(), key=lambda entry: (entry[0][0], entry[0][1] or date.max))
        return tuple(Level(place=key[0], use_by=key[1], quantity=many) for key, many in kept if many)

    def _too_few(self, item: Item, place: int, there: int) -> Refused:
        """Return the refusal of what is more than is there."""
        left = f"there {'are' if there > 1 else 'is'} {f'only {there:,}' if there > 0 else 'nothing'} left"
        said = f"{item.name}: {left} in {place_name(self._ctx, place)}."
        return Refused(said, {"quantity": f"T{left[1:]}."})

    def _follow(self, one: Posting) -> None:
        """Let the line or the request that a movement is of know what came of it."""
        if one.line is not None and one.why is Why.RECEIVE:
            line = self.get(OrderLine, one.line)
            self.lines(line.order)
            damaged = max(line.damaged + one.damaged, 0)
            self.set(line, received=max(line.received + one.quantity, 0), damaged=damaged)
        if one.request is not None:
            request = self.get(Request, one.request)
            handed = max(request.handed - one.quantity, 0)
            done = handed >= request.quantity
            moved = request.state in (RequestState.APPROVED, RequestState.HANDED)
            state = (RequestState.HANDED if done else RequestState.APPROVED) if moved else request.state
            self.set(request, handed=handed, state=state)

    # --- the end ------------------------------------------------------------------------------------------------

    def close(self) -> Change:
        """Write what was booked into the change and return it."""
        for number in [*self._lines]:
            self._order_follows(self.get(Order, number))
        on_order, reserved = self._on_order(), self._reserved()
        for number in {*on_order, *reserved, *self._posted}:
            item = self.get(Item, number)
            self.set(
                item,
                on_order=max(item.on_order + on_order.get(number, 0), 0),
                reserved=max(item.reserved + reserved.get(number, 0), 0),
                **_used(self._ctx, item, self._posted.get(number, ())),
            )
        return self.write()

    def _order_follows(self, order: Order) -> None:
        """Let an order be partly here, here, or still to come, as its lines are; one that is billed too is closed."""
        lines = self.lines(order.id)
        if order.state not in FOLLOWS or not lines:
            return
        came = any(line.received for line in lines)
        state = (
            OrderState.HERE
            if not any(line.to_come for line in lines)
            else OrderState.PART
            if came
            else OrderState.ORDERED
        )
        if state is OrderState.HERE and (order.billed is Billed.ALL or order.state is OrderState.CLOSED):
            state = OrderState.CLOSED
        closed_at = (order.closed_at or self._ctx.now) if state is OrderState.CLOSED else None
        self.set(order, state=state, closed_at=closed_at, received_at=order.received_at if came else None)

    def _on_order(self) -> dict[int, int]:
        """Return by how much what is on order changes, by item."""
        found: dict[int, int] = {}
        for number, lines in self._lines.items():
            for records, sign in ((self._was, -1), (self._now, 1)):
                order = records["orders", number]
                for line in (records["lines", one] for one in lines):
                    if isinstance(order, Order) and isinstance(line, OrderLine) and order.state in COMING:
                        found[line.item] = found.get(line.item, 0) + sign * line.to_come
        return {item: many for item, many in found.items() if many}

    def _reserved(self) -> dict[int, int]:
        """Return by how much what is promised changes, by item."""
        found: dict[int, int] = {}
        for records, sign in ((self._was, -1), (self._now, 1)):
            for record in records.values():
                if isinstance(record, Request) and record.item:
                    found[record.item] = found.get(record.item, 0) + sign * record.promised
        return {item: many for item, many in found.items() if many}


def _used(ctx: Context, item: Item, posted: Iterable[Movement]) -> dict[str, Any]:
    """Return how much of an item was used lately, and when it runs out at that rate."""
    use: dict[str, Any] = {}
    for one in posted:
        more = -one.quantity if one.why in USE else 0
        use = used_until(item.model_copy(update=use), one.at.date(), more)
    return {**use, "runs_out": runs_out(item.on_hand, use["used"], ctx.today)} if use else {}
