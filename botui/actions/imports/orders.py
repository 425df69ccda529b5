"""Rows of another system's orders: those of one number make one order, taken as a whole or not at all.

What came of an order elsewhere is in the stock that is counted here, and no movement of ours: it stands on a line that
is settled, with a note; what is still to come stands on a line of its own. So nothing is received into nowhere, and
what is on order is what is still to come.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from botui.actions.imports.books import BookingTaker, Books
from botui.actions.imports.directory import Directory
from botui.actions.imports.goods import find_item, is_ours
from botui.actions.imports.identity import Identity
from botui.actions.imports.report import Report
from botui.actions.imports.rows import Cells, Past, changed
from botui.actions.imports.sheet import Row
from botui.actions.imports.supply_words import ORDER_STATES
from botui.actions.imports.taking import Reader
from botui.actions.imports.values import word_of
from botui.models.base import LINE_MAX, Change, Record, Refused, clean
from botui.models.office import Context
from botui.models.shape import build
from botui.models.supplies import Item, Order, OrderLine
from botui.models.supplies.drafting import LINES_MAX, amount
from botui.models.supplies.order import COMING, State
from botui.models.supplies.placing import why_not_alone

_HEAD: Final = ("expected", "their_ref", "note", "codes")
"""Fields of an order that a file may change later on."""
_OVER: Final = frozenset({State.CLOSED, State.CANCELLED})
_PLACED: Final = {State.DRAFT: COMING | {State.HERE}, State.TO_APPROVE: COMING | {State.HERE, State.CLOSED}}
"""States to which a file moves an order on only where whoever imports it could order it alone."""
_CENTS: Final = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many of an item at a price, of which so many have come elsewhere."""

    item: int
    quantity: int
    price: Decimal | None
    came: int = 0


def grouped(rows: Iterable[Row], identity: Identity, cells_of: Callable[[Row], Cells]) -> list[Row]:
    """Return rows with the other rows of the same order in them.

    A row without number, supplier and date that names an item belongs to the order above it.
    """
    found: dict[str, list[Row]] = {}
    last = ""
    for row in rows:
        cells = cells_of(row)
        try:
            key = identity.key(cells)
        except Refused:
            alone = any(cells.word(name) for name in ("supplier", "ordered_at", "state"))
            goes_on = last and not alone and any(cells.word(name) for name in ("code", "barcodes", "name"))
            # a key that no cell can have: it is cleaned
            key = last if goes_on else f"\n{row.where}"
        last = "" if key.startswith("\n") else key
        found.setdefault(key, []).append(row)
    return [Row(first.where, first.cells, tuple(more)) for first, *more in found.values()]


@dataclass(frozen=True, slots=True)
class OrderTaker(BookingTaker):
    """Takes rows as orders with their lines.

    Attributes:
        report: where doubts of the present chunk go.
    """

    directory: Directory
    past: Past
    reader: Reader
    books: Books
    report: Callable[[], Report]
    new_id: Callable[[type[Record]], int]

    def take(self, ctx: Context, cells: Cells, number: int, key: str, old: Record | None) -> Change | None:
        """Return the change that files or changes an order; one that is still to come goes through the ledger.

        Raises:
            Refused, NotAllowed, ValueError: the rows cannot be an order, in words.
        """
        rows = [cells, *(Cells(one, cells.mapping, cells.reading) for one in cells.row.more)]
        wanted = self._wanted(rows)
        values = self._head(ctx, rows, key)
        values["state"] = self._state(rows, wanted, values)
        if isinstance(old, Order):
            return self._revise(ctx, cells, old, values, wanted)
        if not values["supplier"]:
            raise Refused("it does not say from whom")
        if len(wanted) > LINES_MAX:
            raise Refused(f"it has more than {LINES_MAX} lines")
        lines = [line for one in wanted for line in self._lines(number, one, values["state"])]
        total = amount(lines)
        beyond = why_not_alone(ctx, self._item, lines) if values["state"] in COMING | {State.HELD} else ""
        if beyond:
            self._doubt(cells, f"{beyond}: it is a draft")
            values["state"] = State.DRAFT
        order = build(Order, {**values, **_since(ctx, values), "id": number, "amount": total, "lines": len(lines)})
        change = Change("orders.import")
        if order.state not in COMING:
            change.add(order)
            for line in lines:
                change.add(line)
            return change
        self.books.ledger.add(order)
        for line in lines:
            self.books.ledger.add(line)
        return change

    # --- rows as values -----------------------------------------------------------------------------------------------

    def _head(self, ctx: Context, rows: Sequence[Cells], key: str) -> dict[str, Any]:
        """Return what the rows say of the order, the first that says it."""
        codes = (code for one in rows for code in one.codes()[1:] if not is_ours(Order.COLLECTION, code))
        notes = (clean(one.text("note"), lines=True) for one in rows)
        values: dict[str, Any] = {
            "supplier": self.directory.supplier(_first(rows, "supplier")),
            "their_ref": _first(rows, "their_ref"),
            "note": "\n".join(dict.fromkeys(filter(None, notes))),
            "codes": tuple(dict.fromkeys((key, *codes))),
            "expected": self.reader.day(_first(rows, "expected")),
            "ordered_at": self.reader.moment(_first(rows, "ordered_at")),
            "received_at": self.reader.moment(_first(rows, "received_at")),
        }
        for name, word in (("ordered_at", "ordered"), ("received_at", "here")):
            if values[name] and values[name] > ctx.now:
                raise Refused(f"it was {word} on a day that lies ahead")
        return values

    def _wanted(self, rows: Sequence[Cells]) -> list[Wanted]:
        """Return what is ordered; of one item at one price there is one line.

        Raises:
            Refused: a row is no line of an order; the sentence says which row.
        """
        found: dict[tuple[int, Decimal | None], Wanted] = {}
        for cells in rows:
            try:
                one = self._one(cells)
            except (Refused, ValueError) as error:
                where = "" if cells is rows[0] else f"{cells.row.where}: "
                raise Refused(f"{where}{error}") from None
            before = found.get((one.item, one.price))
            if before is not None:
                one = Wanted(one.item, before.quantity + one.quantity, one.price, before.came + one.came)
            found[one.item, one.price] = one
        return list(found.values())

    def _one(self, cells: Cells) -> Wanted:
        figures = self.reader.figures
        number = find_item(self.directory, cells, "barcodes")
        item = self._item(number)

        def packs() -> dict[str, int]:
            return {**({item.pack_unit: item.pack_size} if item.pack_unit else {}), item.unit: 1}

        quantity = figures.whole(cells.word("quantity"), "Quantity", packs)
        came = figures.whole(cells.word("received"), "Received", packs) or 0
        if not (quantity or came):
            raise Refused("it does not say how many")
        quantity = quantity or came
        figures.refuse_other_currency(cells.word("currency"), "It")
        price = figures.price(cells.word("price"), "Price")
        if price is None and (total := figures.price(cells.word("line_total"), "Line total")) is not None:
            price = (total / quantity).quantize(_CENTS)
        return Wanted(number, quantity, price, came)

    def _item(self, number: int) -> Item:
        return self.books.ledger.get(Item, number)

    def _state(self, rows: Sequence[Cells], wanted: Sequence[Wanted], values: dict[str, Any]) -> State:
        """Return how far an order is: by its word, else by what came and by its dates."""
        word = _first(rows, "state")
        ours = word_of(ORDER_STATES, word)
        all_came = all(one.came >= one.quantity for one in wanted)
        if ours:
            state = State(ours)
        elif all_came or values["received_at"]:
            state = State.CLOSED
        else:
            state = State.ORDERED if values["ordered_at"] else State.DRAFT
        if word and not ours:
            self._doubt(rows[0], f"the state '{word[:40]}' is none of ours: it is {state.label}")
        return State.HERE if state is State.ORDERED and all_came else state

    def _lines(self, order: int, one: Wanted, state: State) -> list[OrderLine]:
        """Return the lines of one thing: what came elsewhere is settled, what is still to come stands for itself."""
        done = one.quantity if state in (State.CLOSED, State.HERE) else min(one.came, one.quantity)
        came = f"{one.came:,} came before the import" if one.came else "came before the import"
        parts = [(done, True, came), (one.quantity - done, False, "")]
        return [
            build(
                OrderLine,
                {
                    "id": self.new_id(OrderLine),
                    "order": order,
                    "item": one.item,
                    "quantity": quantity,
                    "price": one.price,
                    "note": note,
                    "settled": settled,
                },
            )
            for quantity, settled, note in parts
            if quantity
        ]

    # --- a second time ------------------------------------------------------------------------------------------------

    def _revise(
        self, ctx: Context, cells: Cells, old: Order, values: dict[str, Any], wanted: Sequence[Wanted]
    ) -> Change | None:
        """Change what the file says otherwise than before: dates and notes, and that an order is over.

        What is on it stands, and what came of it here does.
        """
        values["codes"] = tuple(dict.fromkeys((*old.codes, *values["codes"])))
        said = {name: values[name] for name in _HEAD if values[name] or cells.has(name)}
        new = build(Order, {**{name: getattr(old, name) for name in Order.model_fields}, **said})
        patch = changed(self.past, old, new, said)
        change = Change("orders.import").set(old, **patch)
        lines = ctx.data.find(OrderLine, order=old.id)
        if _sums((one.item, one.quantity) for one in lines) != _sums((one.item, one.quantity) for one in wanted):
            self._doubt(cells, f"{old.ref} has other lines here, which stay as they are")
        state = values["state"]
        if state in (self.past.said(old.id, "state", old.state.value), old.state):
            return change if change.puts else None
        if (reason := _stays(ctx, old, state, lines)) is not None:
            self._doubt(cells, f"the file says {state.label}, {old.ref} is {old.state.label} here and stays so{reason}")
            return change if change.puts else None
        self._move(ctx, old, values)
        return change

    def _move(self, ctx: Context, old: Order, values: dict[str, Any]) -> None:
        """Move an order on as the file says: it was ordered there, or is over; what came there is settled here."""
        state, ledger = values["state"], self.books.ledger
        for line in ledger.lines(old.id):
            if state in (State.CLOSED, State.HERE) and not line.settled:
                ledger.set(line, settled=True, note="came before the import")
        since = _since(ctx, values)
        over = (
            {"closed_at": since["closed_at"]}
            if state in _OVER
            else {"ordered_at": old.ordered_at or since["ordered_at"]}
        )
        ledger.set(old, state=state, **over)

    def _doubt(self, cells: Cells, words: str) -> None:
        self.report().doubts.append((cells.row.where, words))


def _stays(ctx: Context, old: Order, state: State, lines: Collection[OrderLine]) -> str | None:
    """Return why an order that is here is not moved on as a file says, as the end of a sentence; None = it is moved."""
    if old.state in _OVER or any(one.received for one in lines):
        return ""
    if state in _PLACED.get(old.state, ()):
        beyond = why_not_alone(ctx, lambda number: ctx.data.get(Item, number), lines)
        if beyond or old.state is State.DRAFT:
            return f": {beyond}" if beyond else None
    return None if state in _OVER | {State.HERE} else ""


def _since(ctx: Context, values: dict[str, Any]) -> dict[str, Any]:
    """Return what follows from the state of an order that comes in: since when, and from where it goes on."""
    state, ordered = values["state"], values["ordered_at"]
    over: datetime | None = (values["received_at"] or ordered or ctx.now) if state in _OVER else None
    return {
        "created_at": ordered or ctx.now,
        "created_by": ctx.by,
        "ordered_at": None if state is State.DRAFT else ordered or ctx.now,
        "closed_at": over,
        "held_from": State.ORDERED if state is State.HELD else None,
    }


def _first(rows: Sequence[Cells], field: str) -> str:
    """Return what the first row that says a field says of it."""
    return next(filter(None, (one.word(field)[:LINE_MAX] for one in rows)), "")


def _sums(parts: Iterable[tuple[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for item, quantity in parts:
        found[item] = found.get(item, 0) + quantity
    return found
