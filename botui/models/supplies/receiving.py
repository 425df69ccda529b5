"""Receiving an order: what is here goes into stock, what is missing or broken is still to come, all in one change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from pydantic import Field

from botui import areas
from botui.models import calendar
from botui.models.base import Arguments, Change, Line, Prose, Refused, Ui
from botui.models.office import Context
from botui.models.supplies.item import QUANTITY_MAX, Item, Why
from botui.models.supplies.ledger import Ledger, Posting
from botui.models.supplies.order import Order, OrderLine, Shipment, State

RECEIVING: Final = frozenset({State.ORDERED, State.PART, State.HERE})
"""States in which something may come of an order."""
_ALL: Final = frozenset({"all", "*"})
"""What says that all lines that are not named came as ordered."""
_NAMED: Final = 3
"""Names that a sentence has of each sort; of the others only how many."""


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


@dataclass(frozen=True, slots=True)
class _Came:
    """What came of a line.

    Attributes:
        kept: base units that go into stock.
        damaged: base units that came broken besides.
    """

    line: OrderLine
    item: Item
    kept: int = 0
    damaged: int = 0

    @property
    def short(self) -> int:
        """Base units that did not come, broken or not."""
        return max(self.line.to_come - self.kept - self.damaged, 0)

    @property
    def over(self) -> int:
        """Base units more than were to come."""
        return max(self.kept - self.line.to_come, 0) if self.line.quantity else 0


def receive(ctx: Context, order: Order, args: Receive) -> Change:
    """Take in what came of an order; what is missing or broken is still to come.

    Raises:
        Refused: nothing came, more than was ordered, something nobody ordered, something that has no place or no
            use-by date, or it is not written so that it can be read.
    """
    change = Change("orders.receive", note=args.note)
    ledger = Ledger(ctx, change)
    lines = _Lines(ctx, ledger.lines(order.id))
    came = [*_came(lines, args), *_extras(ctx, ledger, order, lines, args.extra)]
    if not any(one.kept or one.damaged for one in came):
        what = "Nothing is said to have come" if args.here or args.damaged else "Everything of it is here already"
        raise Refused(f"{order.ref}: {what}.", {"here": "What came, such as 1=8?"})
    if not args.even_so:
        _refuse_over(came)
    dates = _dates(ctx, lines, came, args)
    for one in came:
        _book(ctx, ledger, order, one, args, dates.get(one.line.id))
    ledger.set(order, received_at=ctx.now)
    change = ledger.close()
    still = ledger.lines(order.id)
    _arrive(ctx, change, order, whole=not any(line.to_come for line in still))
    change.said = _said(order, came, still)
    return change


# --- what is meant ----------------------------------------------------------------------------------------------------


class _Lines:
    """The lines of an order, to be found as they are named."""

    def __init__(self, ctx: Context, lines: Sequence[OrderLine]) -> None:
        self.all = sorted(lines, key=lambda one: one.id)
        self.items = {one.item: _item(ctx, one.item) for one in self.all}
        self._by_id = {one.id: one for one in self.all}
        self._by_item = {one.item: one for one in reversed(self.all)}

    def find(self, word: str, field: str) -> OrderLine:
        """Return the line that a word names.

        Raises:
            Refused: none; the sentence says what to do with what nobody ordered.
        """
        found = None
        if word.isascii() and word.isdecimal() and len(word) <= len(str(QUANTITY_MAX)):
            if 0 < int(word) <= len(self.all):
                found = self.all[int(word) - 1]
        elif parsed := areas.parse_ref(word):
            known = {"lines": self._by_id, "items": self._by_item}.get(parsed[0], {})
            found = known.get(parsed[1])
        if found is None:
            words = f"'{word}' is not on this order: send it back, or keep it as not ordered (I-7=3)."
            raise Refused(words, {field: "This is not on the order."})
        return found


def _item(ctx: Context, number: int) -> Item:
    found = ctx.data.get(Item, number)
    if found is None:
        raise Refused(f"There is no {areas.ref('items', number)}.")
    return found


def _pairs(text: str, field: str) -> dict[str, str]:
    """Return what is named and what is said of it, of a text such as ``OL-3=8, 4``.

    Raises:
        Refused: something is named twice.
    """
    found: dict[str, str] = {}
    for part in filter(None, (one.strip() for one in re.split(r"[,;\n]", text))):
        word, _, value = (one.strip() for one in part.partition("="))
        if word.casefold() in found:
            raise Refused(f"'{word}' is named twice.", {field: "Something is named twice."})
        found[word.casefold()] = value
    return found


def _quantities(lines: _Lines, text: str, field: str) -> dict[int, int]:
    """Return base units by line; -1 for a line that is only named."""
    found: dict[int, int] = {}
    for word, value in _pairs(text, field).items():
        line = lines.find(word, field)
        if line.id in found:
            raise Refused(f"'{word}' is named twice.", {field: "Something is named twice."})
        found[line.id] = _quantity(word, value, field) if value else -1
    return found


def _quantity(word: str, value: str, field: str) -> int:
    plain = value.replace(" ", "")
    if not (plain.isascii() and plain.isdecimal()):
        raise Refused(f"'{value}' of {word} is not a whole number.", {field: "Whole numbers, such as 1=8."})
    if len(plain) > len(str(QUANTITY_MAX)) or int(plain) > QUANTITY_MAX:
        raise Refused(f"{word}: {value} are too many.", {field: f"{QUANTITY_MAX:,} at most."})
    return int(plain)


def _came(lines: _Lines, args: Receive) -> list[_Came]:
    """Return what came of the lines of the order, of those of which something did or should have come."""
    words = [one.strip() for one in re.split(r"[,;\n]", args.here)]
    others = all(not one or one.casefold() in _ALL for one in words)
    others = others or any(one.casefold() in _ALL for one in words)
    here = _quantities(lines, ",".join(one for one in words if one.casefold() not in _ALL), "here")
    damaged = _quantities(lines, args.damaged, "damaged")
    found = []
    for line in lines.all:
        broken = damaged.get(line.id, 0)
        broken = line.to_come if broken < 0 else broken
        as_ordered = max(line.to_come - broken, 0)
        kept = here.get(line.id, as_ordered if others else 0)
        kept = as_ordered if kept < 0 else kept
        if line.to_come or kept or broken:
            found.append(_Came(line, lines.items[line.item], kept, broken))
    return found


def _extras(ctx: Context, ledger: Ledger, order: Order, lines: _Lines, text: str) -> list[_Came]:
    """Return what came and nobody ordered, each on a line of its own with nothing ordered."""
    found = []
    for word, value in _pairs(text, "extra").items():
        parsed = areas.parse_ref(word)
        if parsed is None or parsed[0] != "items":
            raise Refused(f"'{word}' is no item: write it like I-7=3.", {"extra": "Items, such as I-7=3."})
        item = _item(ctx, parsed[1])
        if item.id in lines.items:
            raise Refused(f"{item.name} is on the order: say it at Came.", {"extra": "This is on the order."})
        line = OrderLine(id=ctx.data.new_id(OrderLine), order=order.id, item=item.id, quantity=0)
        found.append(_Came(ledger.add(line), item, _quantity(word, value or "1", "extra")))
    return found


def _refuse_over(came: Iterable[_Came]) -> None:
    over = [f"{one.item.name} {one.over:,}" for one in came if one.over]
    if over:
        said = f"That is more than was ordered: {_named(over)}. y at Even so keeps all of it."
        raise Refused(said, {"here": "More than was ordered.", "even_so": "y keeps all of it."})


def _dates(ctx: Context, lines: _Lines, came: Sequence[_Came], args: Receive) -> dict[int, date]:
    """Return the use-by dates of what is kept, by line.

    Raises:
        Refused: something is kept by date and has none, or it has passed.
    """
    extras = {one.item.ref.casefold(): one.line.id for one in came if not one.line.quantity}
    found: dict[int, date] = {}
    of_all: date | None = None
    for word, value in _pairs(args.use_by, "use_by").items():
        if value:
            found[extras.get(word) or lines.find(word, "use_by").id] = _day(ctx, value)
        else:
            of_all = _day(ctx, word)
    for one in came:
        if not one.kept:
            continue
        day = found.get(one.line.id) or (of_all if one.item.by_date else None)
        if one.item.by_date and day is None:
            said = f"{one.item.name}: until when is it to be used?"
            raise Refused(said, {"use_by": f"The date on the pack, such as {one.line.ref}=2027-01-31."})
        if day is not None:
            if day < ctx.today and not args.even_so:
                said = f"{one.item.name} is past its date, {day}. y at Even so keeps it."
                raise Refused(said, {"use_by": "This day has passed.", "even_so": "y keeps it."})
            found[one.line.id] = day
    return found


def _day(ctx: Context, text: str) -> date:
    try:
        return calendar.parse_date(text, ctx.today, ctx.settings.order)
    except ValueError as error:
        raise Refused(str(error), {"use_by": str(error)}) from error


# --- what is booked ---------------------------------------------------------------------------------------------------


def _book(ctx: Context, ledger: Ledger, order: Order, one: _Came, args: Receive, use_by: date | None) -> None:
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


def _said(order: Order, came: Sequence[_Came], still: Iterable[OrderLine]) -> str:
    """Return in words what came: how much of it as ordered, what not, and how much is still to come."""
    due = [one for one in came if one.line.to_come]
    plain = [one for one in due if one.kept == one.line.to_come]
    parts = []
    if due and len(plain) == len(due):
        parts.append(f"all {len(due)} lines as ordered" if len(due) > 1 else f"{due[0].item.name} as ordered")
    elif len(due) > 1:
        parts.append(f"{len(plain)} of {len(due)} lines as ordered")
    for word, names in (
        ("short", [f"{one.item.name} {one.short:,}" for one in due if one.short]),
        ("damaged", [f"{one.item.name} {one.damaged:,}" for one in came if one.damaged]),
        ("over", [f"{one.item.name} {one.over:,}" for one in came if one.over]),
        ("not ordered", [f"{one.item.name} {one.kept:,}" for one in came if not one.line.quantity]),
    ):
        parts += [f"{name} {word}" for name in names[:_NAMED]]
        parts += [f"{len(names) - _NAMED} more {word}"] if len(names) > _NAMED else []
    left = sum(line.to_come for line in still)
    return f"{order.ref}: {', '.join(parts)}; {f'{left:,} still to come' if left else 'all is here'}."


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"
