"""Undo where quantities moved, or orders and requests went on: the ledger books against it, and what follows follows.

What stands in records because of what was booked (the stock of an item, what came of a line, how far an order is) is
reckoned anew: others may have booked since. All else goes back to what it was, unless somebody changed it since.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from botui.models.base import Change, Put, Record
from botui.models.office import Context
from botui.models.supplies.item import Item, Movement
from botui.models.supplies.ledger import FOLLOWS, Ledger
from botui.models.supplies.order import Order, OrderLine
from botui.models.supplies.request import Request
from botui.models.supplies.request import State as RequestState
from botui.models.supplies.reversing import book_against

_SUMS: Final = frozenset({"stock", "on_order", "reserved"})
_RECKONED: Final = _SUMS | {"used", "uses", "used_on", "runs_out", "price", "average"}
"""What an item says because of what was booked."""
_HANDING: Final = frozenset({RequestState.APPROVED, RequestState.HANDED})
"""States of a request that follow from what was handed out."""
_MODELS: Final[dict[str, type[Record]]] = {one.COLLECTION: one for one in (Item, Order, OrderLine, Request)}


def take_back(ctx: Context, movements: Iterable[Movement], change: Change) -> Change:
    """Book against what one change booked.

    Args:
        ctx: what may be known.
        movements: what it wrote in the ledger.
        change: puts every other record that it touched back as it was before.

    Raises:
        Refused: a movement is taken back already, or less would be left than nothing.
    """
    ledger = Ledger(ctx, change)
    quiet = [item for put in list(change.puts.values()) if (item := _let_follow(ctx, ledger, change, put)) is not None]
    book_against(ctx, ledger, movements)
    ledger.close()
    for now, before in quiet:
        change.set(now, **{name: getattr(before, name) for name in _RECKONED - _SUMS})
    return change


def _let_follow(ctx: Context, ledger: Ledger, change: Change, put: Put) -> tuple[Item, Item] | None:
    """Leave to the ledger what follows from it, and let it know the rest; return an item that nobody moved since.

    The item comes with what it was before.
    """
    model = _MODELS.get(put.collection)
    now = ctx.data.get(model, put.id) if model is not None else None
    if model is not None and put.was is None:
        ledger.add(model.load(put.id, put.fields))
    if model is None or now is None or put.was is None:
        return None
    if put.gone:
        _nothing_comes(ledger, now)
        return None
    merged = {**now.doc(), **put.fields}
    before = model.load(put.id, {name: value for name, value in merged.items() if value is not None})
    here = now.doc(put.fields.keys())
    as_left = {name for name, value in put.was.items() if here.get(name) == value}
    follows = _following(now, before) & put.fields.keys()
    plain = {name: getattr(before, name) for name in put.fields if name not in follows}
    for name in follows:
        del put.fields[name], put.was[name]
    if not put.fields:
        del change.puts[put.collection, put.id]
    if isinstance(now, Item) and isinstance(before, Item):
        return (now, before) if follows <= as_left else None
    ledger.set(now, **plain, **{name: getattr(before, name) for name in follows & as_left if name not in _COUNTED})
    _look_at_lines(ledger, now)
    return None


_COUNTED: Final = frozenset({"received", "damaged", "handed"})
"""What came of a line and what of a request was handed out: the sum of movements."""


def _following(now: Record, before: Record) -> frozenset[str]:
    """Return the fields of a record that follow from what is booked, where a change led from ``before`` to ``now``."""
    if isinstance(now, Item):
        return _RECKONED
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


def _look_at_lines(ledger: Ledger, one: Record) -> None:
    """Let an order follow its lines at the end."""
    if isinstance(one, Order | OrderLine):
        ledger.lines(one.id if isinstance(one, Order) else one.order)
