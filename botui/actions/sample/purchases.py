"""What the sample's store room orders in a year, and what comes of it: late, short, broken, held, billed."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, Final, Literal

from botui.actions.sample.trade import use_by
from botui.actions.sample.year import Year
from botui.models.base import Change, Refused
from botui.models.office import Party, Person
from botui.models.supplies import Item, Order, OrderLine, parcels, placing, receiving, settling
from botui.models.supplies.drafting import Draft, new_order
from botui.models.supplies.order import State
from botui.models.supplies.reorder import is_low

QUIET: Final = 12
"""Working days before the present in which nothing is ordered but what ``PLANS`` says: so some of it is due now."""
_EVERY: Final = 10
"""Working days from one look at what a supplier sells to the next."""
_SPARED: Final = 20
"""Working days before the present from which on nothing is ordered of what is to run low."""
_SOON: Final = 2.0
"""What is within so many times of its reorder point is ordered with what is below it."""
_CARRIERS: Final = ("Northline Parcel", "Blue Kite Express", "Hansen & Vogel Freight", "Letterbox Courier")
_CONFIRMED: Final = 0.6
"""How many orders a supplier confirms with a number of its own."""
_TROUBLE_EVERY: Final = 16
"""Deliveries after which the same troubles come again."""
_TROUBLES: Final = {3: "short", 8: "gone", 13: "damaged"}
"""What is wrong with which of so many deliveries: short and the rest follows, short and it never does, broken."""
_WHY_SHORT: Final = ("Sold out.", "Not made any more.", "They send a credit note.")


Then = Literal["draft", "ask", "approved", "on_its_way", "late", "part", "here", "hold", "cancel"]


@dataclass(frozen=True, slots=True)
class Plan:
    """One order of the last days, that is still to be seen.

    Attributes:
        ago: working days from its day to today.
        firm: the place of its supplier among those of the store room.
        then: what becomes of it: it stays a draft, waits for approval (ask), is approved and not sent, on its way (with
            a parcel, late), partly here, here, on hold or cancelled.
        large: it is above what a clerk may order.
        due: days from today on which it is expected; None = as the supplier's card says.
    """

    ago: int
    firm: int
    then: Then
    large: bool = False
    due: int | None = None


PLANS: Final = (
    Plan(1, 3, "ask", large=True),
    Plan(12, 3, "late"),
    Plan(9, 2, "part"),
    Plan(0, 2, "draft"),
    Plan(5, 5, "on_its_way", due=0),
    Plan(7, 4, "here"),
    Plan(6, 5, "hold"),
    Plan(15, 1, "cancel"),
    Plan(3, 6, "approved", large=True),
    Plan(2, 6, "on_its_way"),
    Plan(1, 5, "draft"),
    Plan(4, 1, "on_its_way", due=-1),
)
"""The orders that are open now, those first that a small office has, too."""


class Purchases:
    """The orders of a store room.

    Args:
        year: the days on which they are made.
        many: how many there are to be at most.
        spared: items that are not ordered in the last days: they are to run low.
    """

    def __init__(self, year: Year, many: int, spared: Iterable[int]) -> None:
        self.year, self.room, self.rng = year, year.room, year.rng
        self.stock = year.stock
        self.firms: list[Party] = list({one.id: one for one in self.stock.suppliers.values()}.values())
        self._plans = PLANS[: min(len(PLANS), many)]
        self._expected = 0
        self._left = many - len(self._plans)
        self._spared = frozenset(spared)

    def plan(self) -> None:
        """Plan a look at every supplier's things every other week, and the orders of the last days."""
        for number, firm in enumerate(self.firms):
            for day in range(3 + number % _EVERY, self.year.last - QUIET, _EVERY):
                self.year.on(day, partial(self._look, day, firm))
        for plan in self._plans:
            day = max(self.year.last - plan.ago, 0)
            self.year.on(day, partial(self._planned, plan, day), 0.4)

    # --- an order is made ---------------------------------------------------------------------------------------

    def _look(self, day: int, firm: Party, at: datetime) -> None:
        """Order what is low of what a supplier sells, and what will be soon."""
        spared = self._spared if day > self.year.last - _SPARED else ()
        sold = [one for one in self._sold(firm) if one.id not in spared]
        if self._left < 1 or not any(map(is_low, sold)):
            return
        self._left -= 1
        by = self.year.keeper()
        order = self._write(at, by, firm, [one for one in sold if one.available < (one.order_below or 0) * _SOON])
        order = self._place(at, by, order)
        if order.state is State.ORDERED:
            self._expect(order)
        elif order.state is State.TO_APPROVE:
            self.year.on(day + 1, partial(self._approve, order.id), 0.3)
            self.year.on(day + 1, partial(self._sent, order.id, by), 0.5)

    def _sold(self, firm: Party) -> list[Item]:
        return [one for one in map(partial(self.room.at, Item), self.stock.goods) if one.supplier == firm.id]

    def _write(
        self, at: datetime, by: Person, firm: Party, items: Iterable[Item], least: Decimal | None = None
    ) -> Order:
        """Write a draft that fills items up, or comes to more than an amount; now and then a price has changed."""
        lines: list[tuple[Item, int, Decimal]] = []
        for item in items:
            price = item.price or Decimal(0)
            if self.rng.random() < 0.12:
                price = (price * Decimal(self.rng.choice(("1.02", "1.035", "0.98")))).quantize(Decimal("0.0001"))
            lines.append((item, max((item.fill_to or 0) - item.available, 1), price))
        worth = sum((price * many for _, many, price in lines), Decimal(0))
        times = math.ceil(least / worth) if least and worth else 1
        change = Change("orders.add")
        draft = Draft(ctx := self.room.context(at, by), change, new_order(ctx, firm.id), new=True)
        for item, many, price in lines:
            draft.put(item, many * times, price)
        number = draft.close().id
        self.room.apply(change)
        return self.room.at(Order, number)

    def _place(self, at: datetime, by: Person, order: Order) -> Order:
        """Order it, or ask whoever has to approve it; where nobody can be asked it stays a draft."""
        approver = self.year.manager
        try:
            self.room.do(at, by, placing.order, order, placing.PlaceOrder(to=approver.id if approver else None))
        except Refused:
            return order
        return self.room.at(Order, order.id)

    def _approve(self, number: int, at: datetime) -> None:
        order = self.room.at(Order, number)
        approver = self.room.at(Person, order.approver or 0)
        self.room.do(at, approver, placing.approve, order, placing.Approve())

    def _sent(self, number: int, by: Person, at: datetime) -> None:
        order = self.room.at(Order, number)
        if order.state is State.ORDERED:
            self.room.do(at, by, placing.acknowledge, order, None)
            self._expect(order)

    def _expect(self, order: Order) -> None:
        """Plan the delivery: one in six is late, and now and then there is some trouble with it."""
        rng = self.rng
        if rng.random() < _CONFIRMED:
            order = self.room.put(order.model_copy(update={"their_ref": f"AB-{rng.randrange(10_000, 100_000)}"}))
        due = self.year.day_of(order.expected or self.year.date_of(self.year.last))
        came = due + (rng.randrange(1, 5) if rng.random() < 0.16 else 0)
        if rng.random() < 0.6:
            self.year.on(came - 1, partial(self._parcel, order.id), 0.9)
        self._expected += 1
        trouble = _TROUBLES.get(self._expected % _TROUBLE_EVERY, "")
        self.year.on(came, partial(self._deliver, came, order.id, trouble))

    # --- it comes -----------------------------------------------------------------------------------------------

    def _parcel(self, number: int, at: datetime) -> None:
        """Note a parcel that is on its way."""
        tracking = f"{self.rng.choice(('NL', 'BK', 'HV'))}{self.rng.randrange(10**11, 10**12)}"
        words = parcels.Expect(carrier=self.rng.choice(_CARRIERS), tracking=tracking)
        self.room.do(at, self.year.keeper(), parcels.expect, self.room.at(Order, number), words)

    def _deliver(self, day: int, number: int, trouble: str, at: datetime) -> None:
        """Take in what came; what is missing comes later, or is given up; the bill follows."""
        lines = self._to_come(number)
        wrong = self.rng.choice(lines)
        less = wrong.to_come - wrong.to_come // 2
        words: dict[str, Any] = {}
        if trouble:
            words["here"] = f"all, {wrong.ref}={wrong.to_come - less}"
            words |= {"damaged": f"{wrong.ref}={less}"} if trouble == "damaged" else {}
        if trouble and len(lines) == 1 and not wrong.to_come - less:
            words = {}
        self._take_in(number, at, words)
        if self._to_come(number):
            then = partial(self._give_up, number) if trouble == "gone" else partial(self._deliver, day + 5, number, "")
            self.year.on(day + 5, then)
        self.year.on(day + self.rng.randrange(6, 14), partial(self._bill, number))

    def _to_come(self, number: int) -> list[OrderLine]:
        return [one for one in self.room.find(OrderLine, order=number) if one.to_come]

    def _take_in(self, number: int, at: datetime, words: dict[str, Any]) -> None:
        today = self.year.today(at)
        dates = ((one, use_by(self.year, self.stock.goods[one.item], today)) for one in self._to_come(number))
        words["use_by"] = ", ".join(f"{one.ref}={day}" for one, day in dates if day is not None)
        words["note"] = f"LS {self.rng.randrange(10_000, 100_000)}"
        order = self.room.at(Order, number)
        self.room.do(at, self.year.keeper(), receiving.receive, order, receiving.Receive(**words))

    def _give_up(self, number: int, at: datetime) -> None:
        why = settling.Settle(reason=self.rng.choice(_WHY_SHORT))
        self.room.do(at, self.year.keeper(), settling.settle, self.room.at(Order, number), why)

    def _bill(self, number: int, at: datetime) -> None:
        """Note the supplier's bill of what is here; what is here and billed is closed."""
        order = self.room.at(Order, number)
        more = settling.worth(self.room.find(OrderLine, order=number), here=True) - order.billed_amount
        if more > 0:
            words = settling.Bill(number=f"R{self.rng.randrange(10**6, 10**7)}", amount=more)
            self.room.do(at, self.year.keeper(), settling.bill, order, words)

    # --- the last days ------------------------------------------------------------------------------------------

    def _planned(self, plan: Plan, day: int, at: datetime) -> None:
        """Make one of the orders that are to be seen now, and plan what becomes of it."""
        firm = self.firms[plan.firm % len(self.firms)]
        limit = self.year.office.settings.clerk_orders
        by = self.year.keepers[0] if plan.large or plan.then == "draft" else self.year.keeper()
        least = limit * Decimal("1.1") if plan.large and limit else None
        order = self._write(at, by, firm, self._picked(firm), least)
        if plan.then == "draft":
            return
        if plan.due is not None:
            due = self.year.today(self.year.office.now) + timedelta(days=plan.due)
            order = self.room.put(order.model_copy(update={"expected": due}))
        order = self._place(at, by, order)
        follow = partial(self._follow, plan.then, order.id)
        if order.state is State.ORDERED or plan.then == "approved":
            self.year.on(day + 3 if plan.then in ("part", "here") else day + 1, follow, 0.6)

    def _picked(self, firm: Party) -> list[Item]:
        """Return a few things that a supplier sells, those that will run out first."""
        sold = self._sold(firm)
        free = [one for one in sold if one.id not in self._spared and not one.on_order] or sold
        first = sorted(free, key=lambda one: (one.available / (one.fill_to or 1), one.id))[:4]
        return sorted(first, key=lambda one: one.id)

    def _follow(self, then: Then, number: int, at: datetime) -> None:
        """Let become of an order what is planned of it."""
        order, by = self.room.at(Order, number), self.year.keepers[-1]
        if then == "approved" and order.state is State.TO_APPROVE:
            self._approve(number, at)
        elif then == "hold":
            self.room.do(at, by, settling.pause, order, settling.Hold(reason="They want an old bill to be paid first."))
        elif then == "cancel":
            self.room.do(at, by, settling.cancel, order, settling.Cancel(reason="Ordered twice."))
        elif then == "part":
            first, *others = self._to_come(number)
            here = f"{first.ref}" if others else f"{first.ref}={max(first.to_come // 2, 1)}"
            self._take_in(number, at, {"here": here})
            self._bill(number, at)
        elif then == "here":
            self._take_in(number, at, {})
        else:
            self._parcel(number, at)
