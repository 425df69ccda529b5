"""An order as a sheet of paper: plain text of eighty columns, drawn with signs that every printer has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from botui.models.base import cells, fit
from botui.models.office import Context, Party
from botui.models.supplies.item import Item
from botui.models.supplies.order import Order, OrderLine, State

WIDTH: Final = 80
"""Columns of a sheet: what line printers and ``lp`` print on A4 unless they are told otherwise."""
_HALF: Final = 46
_COLUMNS: Final = (3, -13, -23, 12, 11, 12)
"""Widths of position, their number, article, quantity, price and total; below zero: the text is on the left."""
_HEADS: Final = ("No.", "Your number", "Article", "Quantity", "Price", "Total")
_NOT_YET: Final = {
    State.DRAFT: "DRAFT of order",
    State.TO_APPROVE: "NOT YET APPROVED: order",
    State.CANCELLED: "CANCELLED: order",
}


def order_text(ctx: Context, order: Order) -> str:
    """Return an order as text to be printed or sent: who orders what from whom, at what price and until when."""
    lines = [one for one in ctx.data.find(OrderLine, order=order.id) if one.quantity]
    found = [*_head(ctx, order), "", _row(_HEADS), "-" * WIDTH]
    for position, line in enumerate(lines, 1):
        found += _position(ctx, position, line)
    found += ["-" * WIDTH, _row(("", "", "", "", ctx.settings.currency, f"{order.amount:,.2f}"))]
    if any(line.price is None for line in lines):
        found += ["", "Please tell us the prices that are missing."]
    if order.note:
        found += ["", *(one for text in order.note.splitlines() for one in wrapped(text, WIDTH))]
    return "\n".join(one.rstrip() for one in found) + "\n"


def _head(ctx: Context, order: Order) -> Iterator[str]:
    """Yield who orders, from whom, under which number, and when it is expected."""
    yield "=" * WIDTH
    what = f"{_NOT_YET.get(order.state, 'Order')} {order.ref}"
    for place, name in enumerate(wrapped(ctx.settings.name, WIDTH - cells(what) - 2)):
        yield _padded(name, WIDTH - cells(what)) + what if place == 0 else name
    yield "=" * WIDTH
    yield ""
    party = ctx.data.get(Party, order.supplier)
    texts = [party.name, *party.address.splitlines()] if party else []
    left = [line for text in texts for line in wrapped(text, _HALF - 2)]
    made = order.ordered_at or order.created_at
    facts = (
        ("Date", str(_day(ctx, order)) if made else ""),
        ("Expected", str(order.expected or "")),
        ("Your reference", order.their_ref),
        ("Our account", party.account_no if party else ""),
        ("Payment", party.terms if party else ""),
    )
    room = WIDTH - _HALF - 16
    right = [
        f"{label if place == 0 else '':<16}{text}"
        for label, value in facts
        for place, text in enumerate(wrapped(value, room))
    ]
    for place in range(max(len(left), len(right))):
        yield _padded(_at(left, place), _HALF) + _at(right, place)


def _day(ctx: Context, order: Order) -> date:
    return ctx.settings.local(order.ordered_at or order.created_at or ctx.now).date()


def _position(ctx: Context, position: int, line: OrderLine) -> Iterator[str]:
    """Yield a line of the order: on as many lines of the sheet as its words need."""
    item = ctx.data.get(Item, line.item)
    names = wrapped(item.name if item else line.ref, -_COLUMNS[2])
    numbers = wrapped(item.supplier_part if item else "", -_COLUMNS[1])
    many = wrapped(f"{line.quantity:,} {item.unit}" if item else f"{line.quantity:,}", _COLUMNS[3])
    if item is not None and (packs := _packs(item, line.quantity)):
        names += wrapped(packs, -_COLUMNS[2])
    if line.note:
        names += wrapped(line.note, -_COLUMNS[2])
    price = "" if line.price is None else price_of_one(line.price)
    total = "" if line.price is None else f"{line.total:,.2f}"
    for place in range(max(len(names), len(numbers), len(many))):
        first = place == 0
        yield _row(
            (
                str(position) if first else "",
                _at(numbers, place),
                _at(names, place),
                _at(many, place),
                price if first else "",
                total if first else "",
            )
        )


def _packs(item: Item, quantity: int) -> str:
    """Return how many packs a quantity is, where it comes in packs."""
    if not item.pack_unit or item.pack_size < 2:
        return ""
    whole, rest = divmod(quantity, item.pack_size)
    if not whole:
        return ""
    more = f" and {rest:,} {item.unit}" if rest else ""
    return f"= {whole:,} {item.pack_unit} of {item.pack_size:,}{more}"


def price_of_one(value: Decimal) -> str:
    """Return the price of one: cents, and what there is of a cent."""
    text = f"{value:.4f}"
    return text[:-2] if text.endswith("00") else text


def _row(texts: Sequence[str]) -> str:
    parts = []
    for text, width in zip(texts, _COLUMNS, strict=True):
        blank = " " * (abs(width) - cells(fit(text, abs(width))))
        parts.append(fit(text, abs(width)) + blank if width < 0 else blank + fit(text, abs(width)))
    gaps = (" " * 2, " ", " ", " ", " ", "")
    return "".join(part + gap for part, gap in zip(parts, gaps, strict=True))


def _padded(text: str, width: int) -> str:
    return text + " " * max(width - cells(text), 0)


def _at(texts: Sequence[str], place: int) -> str:
    return texts[place] if place < len(texts) else ""


def wrapped(text: str, width: int) -> list[str]:
    """Return a text on lines that are no wider than so many cells; nothing for no text."""
    lines: list[str] = []
    for word in _words(text.split(), width):
        if lines and cells(lines[-1]) + 1 + cells(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _words(words: Iterable[str], width: int) -> Iterator[str]:
    """Yield words, those that are too wide in parts."""
    for word in words:
        part = ""
        for letter in word:
            if part and cells(part) + cells(letter) > width:
                yield part
                part = ""
            part += letter
        yield part
