"""Orders as they are written: who files one, its lines, and what they come to.

Lines change only while their order is a draft: what was ordered stands, and is given up (settle) or cancelled.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Final

from botui.models.base import Change, Refused
from botui.models.office import Context, Party
from botui.models.supplies.item import QUANTITY_MAX, Item
from botui.models.supplies.moving import refuse_absurd
from botui.models.supplies.order import Order, OrderLine, State

AMOUNT_MAX: Final = Decimal("9999999.99")
"""What an order comes to at most."""
LINES_MAX: Final = 500
"""Lines on one order at most."""
_DONE: Final = frozenset({State.CLOSED, State.CANCELLED})


class Draft:
    """A draft that is being written: takes lines, and says at its end what they come to.

    Args:
        ctx: what may be known.
        change: the change that everything becomes part of.
        order: the draft as it is kept, or a new one.
        new: it is filed with this change.
    """

    def __init__(self, ctx: Context, change: Change, order: Order, *, new: bool = False) -> None:
        self._ctx = ctx
        self._change = change
        self.order = order
        self._new = new
        kept = [] if new else ctx.data.find(OrderLine, order=order.id)
        self._was = {one.id: one for one in kept}
        self.lines = dict(self._was)

    def of(self, item: int) -> OrderLine | None:
        """Return the line of an item."""
        return next((one for one in self.lines.values() if one.item == item and one.quantity), None)

    def put(
        self, item: Item, quantity: int, price: Decimal | None = None, note: str = "", number: int = 0
    ) -> OrderLine:
        """Put so many of an item on the order; what is on it already becomes more.

        Args:
            item: what.
            quantity: base units; rounded up to the item's multiple.
            price: of one; None = as on its line, else the last one.
            note: said with it.
            number: the number that a new line was given already.

        Raises:
            Refused: it is too much, or there are too many lines.
        """
        line = self.of(item.id)
        whole = rounded_up(item, quantity + (line.quantity if line else 0))
        if whole > QUANTITY_MAX:
            said = f"{item.name}: {whole:,} are too many; {QUANTITY_MAX:,} can be ordered at once."
            raise Refused(said, {"quantity": "These are too many."})
        if line is not None:
            found = line.price if price is None else price
            line = line.model_copy(update={"quantity": whole, "price": found, "note": note or line.note})
        else:
            if len(self.lines) >= LINES_MAX:
                raise Refused(f"{self.order.ref} has {LINES_MAX} lines: make another order.")
            line = OrderLine(
                id=number or self._ctx.data.new_id(OrderLine),
                order=self.order.id,
                item=item.id,
                quantity=whole,
                price=item.price if price is None else price,
                note=note,
            )
        self.lines[line.id] = line
        return line

    def close(self) -> Order:
        """Write what was put on the order into the change; return the order as it will be.

        Raises:
            Refused: it comes to more than an order may.
        """
        for number, line in self.lines.items():
            was = self._was.get(number)
            if was is None:
                self._change.add(line)
            elif line != was:
                values = {"quantity": line.quantity, "price": line.price, "note": line.note}
                self._change.set(was, **values)
        for number in self._was.keys() - self.lines.keys():
            self._change.remove(self._was[number])
        sums = {
            "amount": amount(self.lines.values()),
            "lines": len([one for one in self.lines.values() if one.quantity]),
        }
        order = self.order.model_copy(update=sums)
        if self._new:
            self._change.add(order)
        else:
            self._change.set(self.order, **sums)
        return order


def rounded_up(item: Item, quantity: int) -> int:
    """Return a quantity as it can be ordered: the next multiple of the item's."""
    return -(-quantity // item.multiple) * item.multiple


def amount(lines: Collection[OrderLine]) -> Decimal:
    """Return what lines come to, each to the cent.

    Raises:
        Refused: it is more than an order may come to.
    """
    found = sum((one.total for one in lines), Decimal("0.00"))
    if found > AMOUNT_MAX:
        said = f"That comes to {found:,.2f}: an order is of {AMOUNT_MAX:,.2f} at most."
        raise Refused(said, {"quantity": "That is too much money.", "price": "That is too much money."})
    return found


def money(ctx: Context, value: Decimal) -> str:
    """Return an amount for a sentence."""
    return f"{value:,.2f} {ctx.settings.currency}"


def supplier_name(ctx: Context, order: Order) -> str:
    """Return who is to deliver an order."""
    found = ctx.data.get(Party, order.supplier)
    return found.name if found else "nobody"


def new_order(ctx: Context, supplier: int, number: int = 0) -> Order:
    """Return an empty draft to a supplier, made by whoever acts."""
    return Order(id=number or ctx.data.new_id(Order), supplier=supplier, created_at=ctx.now, created_by=ctx.by, lines=0)


# --- orders -----------------------------------------------------------------------------------------------------------


def create(ctx: Context, order: Order) -> Change:
    """File an order as a draft of whoever files it."""
    _refuse_supplier(ctx, order.supplier)
    _refuse_past(ctx, order)
    typed = {name: getattr(order, name) for name in ("expected", "their_ref", "note", "codes")}
    new = new_order(ctx, order.supplier, order.id).model_copy(update=typed)
    said = f"{new.ref} to {supplier_name(ctx, new)} is a draft: put lines on it, then order it (P)."
    return Change("orders.add", said).add(new)


def revise(ctx: Context, before: Order, after: Order) -> Change:
    """Change what is typed of an order.

    Raises:
        Refused: it is over, or it is at the supplier's already and another one is named.
    """
    values = {name: value for name, value in after if name != "id" and value != getattr(before, name)}
    refuse_fixed(ctx, before, values)
    if "supplier" in values:
        _refuse_supplier(ctx, after.supplier)
    if "expected" in values:
        _refuse_past(ctx, after)
    return Change("orders.edit", f"{before.ref} is changed.").set(before, **values)


def refuse_fixed(ctx: Context, order: Order, names: Collection[str]) -> None:
    """Do nothing unless one of these fields is what an order stands on that is a draft no more.

    Raises:
        Refused: it is.
    """
    fixed = {"supplier", "amount", "lines"} if order.state is not State.DRAFT else set()
    if order.state in _DONE:
        fixed.add("expected")
    # what a verb did to an order is taken back with its state
    if (wrong := fixed.intersection(names)) and "state" not in names:
        said = f"{order.ref} is {order.state.label}: what was ordered stands."
        raise Refused(said, dict.fromkeys(wrong, "This stands."))


def _refuse_supplier(ctx: Context, number: int) -> None:
    party = ctx.data.get(Party, number)
    if party is not None and not party.active:
        raise Refused(f"{party.name} is not in use any more.", {"supplier": "Somebody else, please."})


def _refuse_past(ctx: Context, order: Order) -> None:
    if order.expected is not None and order.expected < ctx.today:
        raise Refused("The day it is expected has passed.", {"expected": "This day has passed."})


# --- lines ------------------------------------------------------------------------------------------------------------


def cannot_write(ctx: Context, line: OrderLine) -> str | None:
    """Guard of what changes a line: its order is a draft no more."""
    order = ctx.data.get(Order, line.order)
    if order is None:
        return "Its order is gone."
    return None if order.state is State.DRAFT else f"{order.ref} is {order.state.label}: its lines stand."


def _draft(ctx: Context, line: OrderLine) -> Order:
    if reason := cannot_write(ctx, line):
        raise Refused(reason, {"order": "A draft, please."})
    order = ctx.data.get(Order, line.order)
    assert order is not None
    return order


def create_line(ctx: Context, line: OrderLine) -> Change:
    """Put an item on a draft; one that is on it already becomes more."""
    order, item = _draft(ctx, line), _item(ctx, line.item)
    _refuse_quantity(ctx, item, line)
    change = Change("lines.add")
    draft = Draft(ctx, change, order)
    known = draft.of(item.id)
    put = draft.put(item, line.quantity, line.price, line.note, line.id)
    change.said = f"{_said(item, known, put, line.quantity)} on {_sum(ctx, draft.close())}"
    return change


def revise_line(ctx: Context, before: OrderLine, after: OrderLine) -> Change:
    """Change quantity or price of a line of a draft; its note may be changed at any time."""
    changed = {name for name, value in after if value != getattr(before, name)} - {"even_so"}
    change = Change("lines.edit", f"{before.ref} is changed.")
    if changed <= {"note"}:
        return change.set(before, note=after.note)
    order, item = _draft(ctx, before), _item(ctx, before.item)
    if wrong := changed & {"order", "item"}:
        said = "A line stays on its order and of its item: take it off (C) and make another one."
        raise Refused(said, dict.fromkeys(wrong, "This stays as it is."))
    _refuse_quantity(ctx, item, after)
    draft = Draft(ctx, change, order)
    whole = rounded_up(item, after.quantity)
    draft.lines[before.id] = before.model_copy(update={"quantity": whole, "price": after.price, "note": after.note})
    change.said = f"{_said(item, None, draft.lines[before.id], after.quantity)} on {_sum(ctx, draft.close())}"
    return change


def refuse_fixed_line(ctx: Context, line: OrderLine, names: Collection[str]) -> None:
    """Do nothing unless a line of an order that is a draft no more is to be changed.

    Raises:
        Refused: it is.
    """
    if {"item", "order", "quantity", "price"}.intersection(names) and (reason := cannot_write(ctx, line)):
        raise Refused(reason)


def take_off(ctx: Context, line: OrderLine, _: object) -> Change:
    """Take a line off a draft."""
    order = _draft(ctx, line)
    item = ctx.data.get(Item, line.item)
    change = Change("lines.cancel")
    draft = Draft(ctx, change, order)
    del draft.lines[line.id]
    change.said = f"{item.name if item else line.ref} is off {_sum(ctx, draft.close())}"
    return change


def _item(ctx: Context, number: int) -> Item:
    item = ctx.data.get(Item, number)
    if item is None or not item.active:
        said = f"{item.name} is not in use any more." if item else "There is no such item."
        raise Refused(said, {"item": "Another item, please."})
    return item


def _refuse_quantity(ctx: Context, item: Item, line: OrderLine) -> None:
    if not line.quantity:
        raise Refused(f"{item.name}: how many?", {"quantity": "One or more; C takes a line off."})
    refuse_absurd(item, line.quantity, line.even_so)


def _said(item: Item, known: OrderLine | None, put: OrderLine, wanted: int) -> str:
    more = f", with the {known.quantity:,} that were" if known else ""
    by = "" if (known.quantity if known else 0) + wanted == put.quantity else f", rounded up to {item.multiple:,} each"
    return f"{put.quantity:,} x {item.name}{more}{by}"


def _sum(ctx: Context, order: Order) -> str:
    return f"{order.ref}, which comes to {money(ctx, order.amount)}."
