"""Undo where quantities moved, or orders and requests went on: the ledger books against it, and what follows follows.

What stands in records because of what was booked (the stock of an item, what came of a line, how far an order is) is
reckoned anew: others may have booked since. All else goes back to what it was, unless somebody changed it since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from botui.models.base import Change, Put, Record
from botui.models.office import Context
from botui.models.supplies.item import Item, Movement
from botui.models.supplies.ledger import FOLLOWS, Ledger
from botui.models.supplies.order import Order, OrderLine
from botui.models.supplies.request import Request
from botui.models.supplies.request import State as RequestState
from botui.models.supplies.reversing import book_against

_SUMS: Final = frozenset({"stock", "on_hand", "on_order", "reserved"})
_REST: Final = frozenset({"used", "uses", "used_on", "runs_out", "price", "average"})
"""What else an item says because of what was booked."""
_COUNTED: Final = frozenset({"received", "damaged", "handed"})
"""What came of a line, and what of a request was handed out."""
_HANDING: Final = frozenset({RequestState.APPROVED, RequestState.HANDED})
"""States of a request that follow from what was handed out."""
_MODELS: Final[Mapping[str, type[Record]]] = {one.COLLECTION: one for one in (Item, Order, OrderLine, Request)}


def take_back(ctx: Context, movements: Iterable[Movement], change: Change) -> Change:
    """Book against what one change booked.

    Args:
        ctx: what may be known.
        movements: what it wrote in the ledger.
        change: puts every other record that it touched back as it was before.

    Raises:
        Refused: a movement is taken back already, or less would be left than nothing.
    """
    ledger, written = Ledger(ctx, change), list(movements)
    damaged = Counter[int | None]()
    for one in written:
        damaged[one.line] += one.damaged
    quiet: list[tuple[Item, Item]] = []
    priced: list[tuple[Item, Item]] = []
    for put in [put for put in change.puts.values() if put.collection in _MODELS]:
        model = _MODELS[put.collection]
        now = ctx.data.get(model, put.id)
        if put.was is None:
            ledger.add(model.load(put.id, put.fields))
        elif put.gone and now is not None:
            _nothing_comes(ledger, now)
        elif now is not None:
            merged = {**now.doc(), **put.fields}
            before = model.load(put.id, {name: value for name, value in merged.items() if value is not None})
            if isinstance(now, Item) and isinstance(before, Item):
                left = _leave(change, put, now, _SUMS | _REST)
                quiet += [(now, before)] if all(left.values()) else []
                priced += [(now, before)] if left.get("price") else []
            else:
                _adopt(ledger, change, put, now, before, damaged[put.id])
    book_against(ctx, ledger, written)
    for item, before in priced:
        ledger.set(item, price=before.price)
    ledger.close()
    for now, before in quiet:
        change.set(now, **{name: getattr(before, name) for name in _REST})
    return change


def _leave(change: Change, put: Put, now: Record, names: Collection[str]) -> dict[str, bool]:
    """Leave fields to the ledger; return which they are, and whether each still is as the change left it."""
    assert put.was is not None
    found = {name for name in names if name in put.fields}
    here = now.doc(found)
    left = {name: here.get(name) == put.was.pop(name) for name in found}
    for name in found:
        del put.fields[name]
    if not put.fields:
        del change.puts[put.collection, put.id]
    return left


def _adopt(ledger: Ledger, change: Change, put: Put, now: Record, before: Record, damaged: int) -> None:
    """Let the ledger know what an order, a line or a request goes back to, as far as that follows from nothing.

    Args:
        ledger: the ledger.
        change: the change that puts it back.
        put: what that does to it.
        now: the record as it is.
        before: the same as it was before the change that is taken back.
        damaged: base units of a line that the movements say came broken with what was kept.
    """
    broken = _number(put.was, "damaged") - _number(put.fields, "damaged") - damaged
    left = _leave(change, put, now, _following(now, before))
    values: dict[str, Any] = {name: getattr(before, name) for name in put.fields}
    values |= {name: getattr(before, name) for name, same in left.items() if same and name not in _COUNTED}
    if isinstance(now, OrderLine) and "damaged" in left:
        values["damaged"] = max(now.damaged - broken, 0)
    ledger.set(now, **values)
    if isinstance(now, Order | OrderLine):
        ledger.lines(now.id if isinstance(now, Order) else now.order)


def _number(doc: Mapping[str, Any] | None, name: str) -> int:
    return int((doc or {}).get(name) or 0)


def _following(now: Record, before: Record) -> frozenset[str]:
    """Return the fields of a record that follow from what is booked, where a change led from ``before`` to ``now``."""
    if isinstance(now, Order) and isinstance(before, Order):
        moved_on = before.state in FOLLOWS and now.state in FOLLOWS
        return frozenset({"state", "closed_at", "received_at"}) if moved_on else frozenset()
    if isinstance(now, Request) and isinstance(before, Request):
        return _COUNTED | ({"state"} if before.state in _HANDING and now.state in _HANDING else frozenset())
    return _COUNTED


def _nothing_comes(ledger: Ledger, gone: Record) -> None:
    """Let nothing come of a line, or be promised to a request, that goes."""
    if isinstance(gone, OrderLine):
        ledger.lines(gone.order)
        ledger.set(gone, settled=True)
    elif isinstance(gone, Request):
        ledger.set(gone, state=RequestState.CANCELLED)
