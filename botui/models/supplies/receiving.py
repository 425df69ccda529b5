"""Receiving an order: what is here goes into stock, what is missing or broken is still to come, all in one change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final

from pydantic import Field

from botui.models.base import Arguments, Change, Line, Prose, Refused, Ui
from botui.models.office import Context
from botui.models.supplies.delivery import NAMED, Came, Lines, came_of, dates, extras, refuse_over
from botui.models.supplies.item import Why
from botui.models.supplies.ledger import Ledger, Posting
from botui.models.supplies.order import Order, OrderLine, Shipment, State
from botui.models.supplies.whereto import refuse_unused

RECEIVING: Final = frozenset({State.ORDERED, State.PART, State.HERE})
"""States in which something may come of an order."""


class Receive(Arguments):
    """What came of an order, as far as it is not all that was ordered.

    A line is named by its number (``OL-3``), its place on the order (``3``) or its item (``I-7``).

    Attributes:
        here: what goes into stock, such as ``OL-3=8, 4=12``; a line without a quantity came as ordered. Lines that
            are not named did not come, but for ``all, 3=8``. Empty = all that is still to come.
        damaged: what came broken besides, in the same form: it is not kept and still to come. Where ``here`` is
            empty, so much less of that line goes into stock.
        place: where all of it is put; None = each item's usual place.
        use_by: ``OL-3=2027-01-31``, or one date for all that is kept by date.
        extra: what nobody ordered and is kept, by item: ``I-7=3``.
        even_so: keep more than was ordered, or what is past its date.
        note: number of the delivery note, or a remark.
    """

    here: Annotated[
        Prose, Field(max_length=10_000), Ui(label="Came", help="Such as 1=8, 4=12; all, 3=8; empty = as ordered.")
    ] = ""
    damaged: Annotated[
        Prose, Field(max_length=10_000), Ui(label="Damaged", help="In the same form: not kept, and still to come.")
    ] = ""
    place: Annotated[int | None, Ui(label="Put where", ref="places", help="Empty = the usual place of each.")] = None
    use_by: Annotated[
        Prose, Field(max_length=10_000), Ui(label="Use by", help="A date for all, or 3=2027-01-31, line by line.")
    ] = ""
    extra: Annotated[
        Prose, Field(max_length=10_000), Ui(label="Not ordered", help="What is kept all the same: I-7=3.")
    ] = ""
    note: Annotated[Line, Ui(label="Delivery note")] = ""
    even_so: Annotated[bool | None, Ui(label="Even so", help="y keeps more than was ordered.")] = None


def receive(ctx: Context, order: Order, args: Receive) -> Change:
    """Take in what came of an order; what is missing or broken is still to come.

    Raises:
        Refused: nothing came, more than was ordered, something nobody ordered, something that has no place or no
            use-by date, or it is not written so that it can be read.
    """
    change = Change("orders.receive", note=args.note)
    ledger = Ledger(ctx, change)
    lines = Lines(ctx, ledger.lines(order.id))
    came = [*came_of(lines, args.here, args.damaged), *extras(ctx, ledger, order, lines, args.extra)]
    if not any(one.kept or one.damaged for one in came):
        what = "Nothing is said to have come" if args.here or args.damaged else "Everything of it is here already"
        raise Refused(f"{order.ref}: {what}.", {"here": "What came, such as 1=8?"})
    if not args.even_so:
        refuse_over(came)
    use_by = dates(ctx, lines, came, args.use_by, even_so=bool(args.even_so))
    for one in came:
        _book(ctx, ledger, order, one, args, use_by.get(one.line.id))
    ledger.set(order, received_at=ctx.now)
    change = ledger.close()
    still = ledger.lines(order.id)
    _arrive(ctx, change, order, whole=not any(line.to_come for line in still))
    left = sum(line.to_come for line in still)
    found = _found(came)
    # the end of a sentence may be cut off, what is missing may not
    change.said = f"{order.ref}: {f'{left:,} still to come' if left else 'all is here'}; {found}."
    change.note = "; ".join(part for part in (args.note, found) if part)
    return change


# --- what is booked ---------------------------------------------------------------------------------------------------


def _book(ctx: Context, ledger: Ledger, order: Order, one: Came, args: Receive, use_by: date | None) -> None:
    """Book what came of a line; what is only broken is counted and moves nothing."""
    if not one.kept:
        if one.damaged:
            line = ledger.get(OrderLine, one.line.id)
            ledger.set(line, damaged=line.damaged + one.damaged)
        return
    place = args.place or one.item.place
    if place is None:
        said = f"{one.item.name} has no usual place: where is it put?"
        raise Refused(said, {"place": f"Where is {one.item.name} put?"})
    refuse_unused(ctx, one.item, place)
    ledger.post(
        Posting(
            item=one.item.id,
            place=place,
            quantity=one.kept,
            why=Why.RECEIVE,
            use_by=use_by,
            about=order.ref,
            note=args.note,
            cost=one.line.price,
            line=one.line.id,
            damaged=one.damaged,
        )
    )


def _arrive(ctx: Context, change: Change, order: Order, *, whole: bool) -> None:
    """Let the parcels be here: all of them with the last of the order, else the one if only one is on its way."""
    waiting = ctx.data.find(Shipment, order=order.id, arrived_at=None)
    for one in waiting if whole or len(waiting) == 1 else ():
        change.set(one, arrived_at=ctx.now, arrived_by=ctx.by)


# --- what is said -----------------------------------------------------------------------------------------------------


def _found(came: Sequence[Came]) -> str:
    """Return in words what came: what is not as ordered, broken things first, then how many lines are."""
    due = [one for one in came if one.line.to_come]
    plain = [one for one in due if one.kept == one.line.to_come]
    parts = []
    for word, names in (
        ("damaged", [f"{one.damaged:,} x {one.item.name}" for one in came if one.damaged]),
        ("over", [f"{one.over:,} x {one.item.name}" for one in came if one.over]),
        ("not ordered", [f"{one.kept:,} x {one.item.name}" for one in came if not one.line.quantity]),
        ("short", [f"{one.short:,} x {one.item.name}" for one in due if one.short]),
    ):
        parts += [f"{name} {word}" for name in names[:NAMED]]
        parts += [f"{len(names) - NAMED} more {word}"] if len(names) > NAMED else []
    if due and len(plain) == len(due):
        parts.append(f"all {len(due)} lines as ordered" if len(due) > 1 else f"{due[0].item.name} as ordered")
    elif plain:
        parts.append(f"{len(plain)} of {len(due)} lines as ordered")
    return ", ".join(parts)
