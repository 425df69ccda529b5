"""What came of an order, as it is written: lines by number, place or item, quantities, and use-by dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from botui import areas
from botui.models import calendar
from botui.models.base import Refused
from botui.models.office import Context
from botui.models.supplies.item import QUANTITY_MAX, Item
from botui.models.supplies.ledger import Ledger
from botui.models.supplies.order import Order, OrderLine

_ALL: Final = frozenset({"all", "*"})
"""What says that all lines that are not named came as ordered."""
_PARTS: Final = re.compile(r"[,;\n]")
NAMED: Final = 3
"""Names that a sentence has of each sort; of the others only how many."""


@dataclass(frozen=True, slots=True)
class Came:
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


class Lines:
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
    for part in filter(None, (one.strip() for one in _PARTS.split(text))):
        word, _, value = (one.strip() for one in part.partition("="))
        if word.casefold() in found:
            raise Refused(f"'{word}' is named twice.", {field: "Something is named twice."})
        found[word.casefold()] = value
    return found


def _quantities(lines: Lines, text: str, field: str) -> dict[int, int | None]:
    """Return base units by line; None for a line that is only named."""
    found: dict[int, int | None] = {}
    for word, value in _pairs(text, field).items():
        line = lines.find(word, field)
        if line.id in found:
            raise Refused(f"'{word}' is named twice.", {field: "Something is named twice."})
        found[line.id] = _quantity(word, value, field) if value else None
    return found


def _quantity(word: str, value: str, field: str) -> int:
    plain = value.replace(" ", "")
    if not (plain.isascii() and plain.isdecimal()):
        raise Refused(f"'{value}' of {word} is not a whole number.", {field: "Whole numbers, such as 1=8."})
    if len(plain) > len(str(QUANTITY_MAX)) or int(plain) > QUANTITY_MAX:
        raise Refused(f"{word}: {value} are too many.", {field: f"{QUANTITY_MAX:,} at most."})
    return int(plain)


def came_of(lines: Lines, here: str, damaged: str) -> list[Came]:
    """Return what came of the lines of the order, of those of which something did or should have come.

    Args:
        lines: the lines.
        here: what goes into stock; empty = all that is to come. ``all`` among it = also what is not named.
        damaged: what came broken besides.

    Raises:
        Refused: it cannot be read, or names what is not on the order.
    """
    words = [one.strip() for one in _PARTS.split(here)]
    others = not any(words) or any(one.casefold() in _ALL for one in words)
    kept_of = _quantities(lines, ",".join(one for one in words if one.casefold() not in _ALL), "here")
    broken_of = _quantities(lines, damaged, "damaged")
    found = []
    for line in lines.all:
        broken = broken_of.get(line.id, 0)
        broken = line.to_come if broken is None else broken
        as_ordered = max(line.to_come - broken, 0)
        kept = kept_of.get(line.id, as_ordered if others else 0)
        kept = as_ordered if kept is None else kept
        if line.to_come or kept or broken:
            found.append(Came(line, lines.items[line.item], kept, broken))
    return found


def extras(ctx: Context, ledger: Ledger, order: Order, lines: Lines, text: str) -> list[Came]:
    """Return what came and nobody ordered, each on a line of its own with nothing ordered.

    Raises:
        Refused: it is no item, it was ordered, or it is none.
    """
    found = []
    for word, value in _pairs(text, "extra").items():
        parsed = areas.parse_ref(word)
        if parsed is None or parsed[0] != "items":
            raise Refused(f"'{word}' is no item: write it like I-7=3.", {"extra": "Items, such as I-7=3."})
        item = _item(ctx, parsed[1])
        if item.id in lines.items:
            raise Refused(f"{item.name} is on the order: say it at Came.", {"extra": "This is on the order."})
        many = _quantity(word, value or "1", "extra")
        if not many:
            raise Refused(f"{item.name}: how many?", {"extra": "One or more, please."})
        line = OrderLine(id=ctx.data.new_id(OrderLine), order=order.id, item=item.id, quantity=0)
        found.append(Came(ledger.add(line), item, many))
    return found


def refuse_over(came: Iterable[Came]) -> None:
    """Do nothing if no more came than was ordered.

    Raises:
        Refused: more did; the sentence says what, and how all of it is kept.
    """
    over = [f"{one.item.name} {one.over:,}" for one in came if one.over]
    if over:
        said = f"That is more than was ordered: {named(over)}. y at Even so keeps all of it."
        raise Refused(said, {"here": "More than was ordered.", "even_so": "y keeps all of it."})
    broken = [f"{one.item.name} {one.damaged:,}" for one in came if one.damaged > max(one.line.quantity, one.kept)]
    if broken:
        said = f"More came damaged than was ordered: {named(broken)}. y at Even so notes it."
        raise Refused(said, {"damaged": "More than was ordered.", "even_so": "y notes it."})


def dates(ctx: Context, lines: Lines, came: Sequence[Came], text: str, *, even_so: bool) -> dict[int, date]:
    """Return the use-by dates of what is kept, by line.

    Raises:
        Refused: something is kept by date and has none, or it has passed.
    """
    besides = {one.item.ref.casefold(): one.line.id for one in came if not one.line.quantity}
    found: dict[int, date] = {}
    of_all: date | None = None
    for word, value in _pairs(text, "use_by").items():
        if value:
            found[besides.get(word) or lines.find(word, "use_by").id] = _day(ctx, value)
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
            if day < ctx.today and not even_so:
                said = f"{one.item.name} is past its date, {day}. y at Even so keeps it."
                raise Refused(said, {"use_by": "This day has passed.", "even_so": "y keeps it."})
            found[one.line.id] = day
    return found


def _day(ctx: Context, text: str) -> date:
    try:
        return calendar.parse_date(text, ctx.today, ctx.settings.order)
    except ValueError as error:
        raise Refused(str(error), {"use_by": str(error)}) from error


def named(names: Sequence[str]) -> str:
    """Return the first of some names, and how many more there are."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{', '.join(names[:NAMED])}{more}"
