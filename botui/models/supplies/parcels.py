"""Parcels: who brings what was ordered, under which number, and when it should be here."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from botui.models import calendar
from botui.models.base import Arguments, Change, Line, Refused, Ui
from botui.models.office import Context
from botui.models.supplies.order import OPEN, Order, Shipment


class Expect(Arguments):
    """A parcel that is on its way."""

    carrier: Annotated[Line, Field(max_length=40), Ui(label="Carrier")] = ""
    tracking: Annotated[Line, Field(max_length=60), Ui(label="Tracking number", help="A scan of it finds it.")] = ""
    expected: Annotated[date | None, Ui(label="Expected", help="Empty = as the order.")] = None
    note: Annotated[Line, Ui(label="Note")] = ""


def expect(ctx: Context, order: Order, args: Expect) -> Change:
    """Note a parcel of an order."""
    values = {name: getattr(args, name) for name in ("carrier", "tracking", "expected", "note")}
    change = create(ctx, Shipment(id=ctx.data.new_id(Shipment), order=order.id, **values))
    change.action = "orders.expect"
    return change


def create(ctx: Context, shipment: Shipment) -> Change:
    """File a parcel of an order that is on its way.

    Raises:
        Refused: nothing is on its way of this order, or this parcel is known already.
    """
    order = ctx.data.get(Order, shipment.order)
    if order is None or order.state not in OPEN:
        said = f"{order.ref} is {order.state.label}" if order else "There is no such order"
        raise Refused(f"{said}: nothing is on its way.", {"order": "Nothing is on its way of it."})
    _refuse_twice(ctx, shipment)
    expected = shipment.expected or order.expected
    new = Shipment(**{**dict(shipment), "expected": expected, "arrived_at": None, "arrived_by": None})
    when = f", expected {calendar.day_words(expected, ctx.today)}" if expected else ""
    return Change("shipments.add", f"{new.ref}: {words(new)} with {order.ref}{when}.").add(new)


def revise(ctx: Context, before: Shipment, after: Shipment) -> Change:
    """Change what is known of a parcel; it stays with its order."""
    if after.order != before.order:
        raise Refused("A parcel stays with its order.", {"order": "This stays as it is."})
    if after.tracking != before.tracking:
        _refuse_twice(ctx, after)
    values = {name: value for name, value in after if name != "id" and value != getattr(before, name)}
    return Change("shipments.edit", f"{before.ref} is changed.").set(before, **values)


def words(one: Shipment) -> str:
    """Return what a parcel is called."""
    return f"{one.carrier} {one.tracking}".strip() or "parcel"


def _refuse_twice(ctx: Context, one: Shipment) -> None:
    for other in ctx.data.find(Shipment, order=one.order) if one.tracking else ():
        if other.id != one.id and other.tracking.casefold() == one.tracking.casefold():
            raise Refused(f"{one.tracking} is {other.ref} already.", {"tracking": f"This is {other.ref} already."})


def arrived(ctx: Context, one: Shipment) -> str | None:
    """Guard of receiving a parcel: it is here."""
    return None if one.arrived_at is None else f"It came {calendar.day_words(_day(ctx, one), ctx.today)}."


def _day(ctx: Context, one: Shipment) -> date:
    return ctx.settings.local(one.arrived_at or ctx.now).date()


def receive(ctx: Context, one: Shipment, _: object) -> Change:
    """Say that a parcel is here, unopened; what is in it is received with its order."""
    order = ctx.data.get(Order, one.order)
    ref = order.ref if order else "its order"
    said = f"{words(one)} is here: I on {ref} takes in what is in it."
    return Change("shipments.receive", said).set(one, arrived_at=ctx.now, arrived_by=ctx.by)
