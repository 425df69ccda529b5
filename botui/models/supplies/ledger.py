"""The ledger of stock: the one place where quantities move, and all that follows from it in the same change.

A ``Ledger`` is opened on a change, takes postings, and writes at its end what they come to: the movements, the stock,
price and use of their items, what came of order lines and how far their orders are, what of requests was handed out.
Whoever moves an order or a request on does it here too, because items say what is on order and what is promised.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, TypeVar

from botui import areas
from botui.models.base import Between, Change, Record, Refused, stamp
from botui.models.office import Context, Place
from botui.models.supplies.item import USE, Item, Level, Movement, Why
from botui.models.supplies.order import COMING, Billed, Order, OrderLine
from botui.models.supplies.order import State as OrderState
from botui.models.supplies.request import Request
from botui.models.supplies.request import State as RequestState

R = TypeVar("R", bound=Record)

USED_DAYS: Final = 90
"""Days whose movements say how much of a thing is used (issue 5)."""
_FAR: Final = 3650
"""Days ahead after which it is not said when a thing runs out."""
_CENTS: Final = Decimal("0.0001")
_FOLLOWS: Final = frozenset({OrderState.ORDERED, OrderState.PART, OrderState.HERE, OrderState.CLOSED})
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


def lots(item: Item, place: int, quantity: int) -> list[tuple[date | None, int]]:
    """Return of which use-by dates so many leave a place: what is to be used first goes first (FEFO).

    What is more than there is goes without a date.
    """
    found: list[tuple[date | None, int]] = []
    dated = sorted(
        (one for one in item.stock if one.place == place and one.use_by), key=lambda one: one.use_by or date.max
    )
    for level in dated:
        part = min(level.quantity, quantity)
        if part > 0:
            found.append((level.use_by, part))
            quantity -= part
    return [*found, (None, quantity)] if quantity else found


class Ledger:
    """Takes postings into one change.

    Args:
        ctx: what may be known.
        change: the change that everything becomes part of; ``close`` returns it.
    """

    def __init__(self, ctx: Context, change: Change) -> None:
        self._ctx = ctx
        self._change = change
        self._was: dict[tuple[str, int], Record] = {}
        self._now: dict[tuple[str, int], Record] = {}
        self._lines: dict[int, tuple[int, ...]] = {}
        self._posted: dict[int, list[Movement]] = {}

    # --- records as they will be --------------------------------------------------------------------------------

    def get(self, kind: type[R], number: int) -> R:
        """Return a record as it will be after what was booked so far.

        Raises:
            Refused: there is none.
        """
        key = (kind.COLLECTION, number)
        if key not in self._now:
            found = self._ctx.data.get(kind, number)
            if found is None:
                raise Refused(f"There is no {areas.ref(kind.COLLECTION, number)}.")
            self._was[key] = self._now[key] = found
        return self._now[key]  # type: ignore[return-value]

    def set(self, record: R, **values: Any) -> R:
        """Give a record fields; what items say of it follows at the end."""
        now = self.get(type(record), record.id).model_copy(update=values)
        self._now[record.COLLECTION, record.id] = now
        return now

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
        cost = item.average if one.cost is None else one.cost
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
        stock = self._moved(item, one, place.name)
        priced = _priced(item, one) if one.why is Why.RECEIVE and one.cost is not None else {}
        self.set(item, stock=stock, **priced)
        self._follow(one)
        return movement

    def take_out(self, one: Posting) -> list[Movement]:
        """Book what leaves a place (``quantity`` below zero), of what is to be used first, a movement for each date."""
        found = lots(self.get(Item, one.item), one.place, -one.quantity)
        return [self.post(replace(one, use_by=use_by, quantity=-part)) for use_by, part in found]

    def _moved(self, item: Item, one: Posting, place: str) -> tuple[Level, ...]:
        levels = {(level.place, level.use_by): level.quantity for level in item.stock}
        key = (one.place, one.use_by)
        before = levels.get(key, 0)
        levels[key] = before + one.quantity
        if one.quantity < 0 and levels[key] < 0 and not self._ctx.settings.below_zero:
            left = f"only {max(before, 0):,} left" if before > 0 else "nothing left"
            raise Refused(f"{item.name}: there is {left} in {place}.", {"quantity": f"There is {left}."})
        kept = sorted(levels.items(), key=lambda entry: (entry[0][0], entry[0][1] or date.max))
        return tuple(Level(place=key[0], use_by=key[1], quantity=many) for key, many in kept if many)

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
            state = RequestState.HANDED if done else RequestState.APPROVED
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
                **self._use(item, self._posted.get(number, ())),
            )
        for key, now in self._now.items():
            was = self._was[key]
            names = (name for name in type(now).model_fields if getattr(now, name) != getattr(was, name))
            if values := {name: getattr(now, name) for name in names}:
                self._change.set(was, **values)
        return self._change

    def _order_follows(self, order: Order) -> None:
        """Let an order be partly here, here, or still to come, as its lines are; one that is billed too is closed."""
        if order.state not in _FOLLOWS:
            return
        lines = self.lines(order.id)
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
                for one in lines:
                    line = records["lines", one]
                    assert isinstance(order, Order) and isinstance(line, OrderLine)  # noqa: PT018
                    coming = line.to_come if order.state in COMING else 0
                    found[line.item] = found.get(line.item, 0) + sign * coming
        return {item: many for item, many in found.items() if many}

    def _reserved(self) -> dict[int, int]:
        """Return by how much what is promised changes, by item."""
        found: dict[int, int] = {}
        for records, sign in ((self._was, -1), (self._now, 1)):
            for record in records.values():
                if isinstance(record, Request) and record.item:
                    found[record.item] = found.get(record.item, 0) + sign * record.promised
        return {item: many for item, many in found.items() if many}

    def _use(self, item: Item, posted: Iterable[Movement]) -> dict[str, Any]:
        """Return how much of an item was used lately, and when it runs out at that rate."""
        used = item.used
        new = [one for one in posted if one.why in USE]
        if new:
            since = Between(low=stamp(self._ctx.now - timedelta(days=USED_DAYS)))
            lately = [*self._ctx.data.find(Movement, item=item.id, at=since), *new]
            used = max(-sum(one.quantity for one in lately if one.why in USE), 0)
        return {"used": used, "runs_out": runs_out(item.on_hand, used, self._ctx.today)}


def runs_out(on_hand: int, used: int, today: date) -> date | None:
    """Return the day on which so many are used up at the rate of the last 90 days; None = not within ten years."""
    if not used:
        return None
    days = max(on_hand, 0) * USED_DAYS // used
    return today + timedelta(days=days) if days <= _FAR else None


def _priced(item: Item, one: Posting) -> dict[str, Any]:
    """Return the prices of an item after so many came at a price: the last, and the moving average of what is here."""
    cost = one.cost or Decimal(0)
    last = {"price": cost} if one.quantity > 0 else {}
    here = max(item.on_hand, 0)
    left = here + one.quantity
    if left <= 0:
        return last
    worth = here * (item.average if item.average is not None else cost) + one.quantity * cost
    return {**last, "average": max(worth / left, Decimal(0)).quantize(_CENTS)}


# --- taking back ------------------------------------------------------------------------------------------------------


def reversed_by(ctx: Context, movement: Movement) -> Movement | None:
    """Return the movement that took this one back, if one did."""
    return next(iter(ctx.data.find(Movement, reverses=movement.id)), None)


def cannot_reverse(ctx: Context, movement: Movement) -> str | None:
    """Return why a movement cannot be taken back, or None if it can."""
    if movement.reverses is not None:
        return "It takes back another one itself."
    if (by := reversed_by(ctx, movement)) is not None:
        return f"It is taken back already, by {by.ref}."
    return None


def reversal(ctx: Context, movements: Iterable[Movement], change: Change) -> Change:
    """Take movements back by counter-entries, with the other halves of transfers: nothing leaves the ledger.

    Raises:
        Refused: one is taken back already, or less would be left than nothing.
    """
    whole: dict[int, Movement] = {}
    for one in movements:
        halves = [one, *ctx.data.find(Movement, pair=one.id)]
        if one.pair is not None and (other := ctx.data.get(Movement, one.pair)) is not None:
            halves.append(other)
        whole |= {half.id: half for half in halves}
    ledger = Ledger(ctx, change)
    # what goes out again comes first, so that nothing is counted that is not there
    for one in sorted(whole.values(), key=lambda half: (-half.quantity, -half.id)):
        if reason := cannot_reverse(ctx, one):
            raise Refused(f"{one.ref}: {reason}")
        names = ("person", "to_place", "about", "label", "use_by", "cost", "line", "request", "stocktake")
        more = {name: getattr(one, name) for name in names}
        more |= {"quantity": -one.quantity, "damaged": -one.damaged}
        ledger.post(Posting(item=one.item, place=one.place, why=one.why, reverses=one.id, **more))
    return ledger.close()
