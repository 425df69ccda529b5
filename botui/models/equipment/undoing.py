"""Undo where the log of work was written, or assets and faults changed: by counter-entries, and sums by difference.

Nothing leaves the log. What an asset or a fault adds up (its cost, its open faults) others may have added to since, so
that it goes back by as much as it had gone forth, and the status of the asset follows. All else goes back to what it
was, unless somebody changed it since.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from botui.models.base import LINE_MAX, Change, Put, Record, Refused
from botui.models.equipment import in_step
from botui.models.equipment.asset import Asset, status_of
from botui.models.equipment.fault import Fault, Work
from botui.models.office import Context

_SUMS: Final[Mapping[str, frozenset[str]]] = {
    Asset.COLLECTION: frozenset({"open_faults", "stopped", "faults", "cost", "minutes"}),
    Fault.COLLECTION: frozenset({"reports", "cost", "minutes"}),
}
"""What adds up, by collection."""


def take_back(ctx: Context, written: Iterable[Work], change: Change) -> Change:
    """Take back what one change wrote in the log, and let the sums follow.

    Args:
        ctx: what may be known.
        written: what it wrote in the log.
        change: puts every other record that it touched back as it was before.

    Raises:
        Refused: somebody worked since on a fault that would be gone.
    """
    for one in written:
        change.add(_against(ctx, one))
    for put in [put for put in change.puts.values() if put.collection in _SUMS and put.was is not None]:
        if put.gone:
            _refuse_worked_on(ctx, put)
        elif put.collection == Asset.COLLECTION:
            _asset(ctx, put)
        elif (fault := ctx.data.get(Fault, put.id)) is not None:
            _by_difference(put, fault.doc())
            _keep_tickets(ctx, change, fault, put)
    return change


def _keep_tickets(ctx: Context, change: Change, fault: Fault, put: Put) -> None:
    """Let tickets that came to a fault since stand as it does when it is as it was.

    Raises:
        Refused: it would be over, and somebody reported it since; or open, and its other tickets are dealt with since.
    """
    merged = {**fault.doc(), **put.fields}
    now = Fault.load(fault.id, {name: value for name, value in merged.items() if value is not None})
    since = [one for one in in_step.tickets_of(ctx, fault) if (one.COLLECTION, one.id) not in change.puts]
    if not now.is_open and (active := next((one for one in since if one.is_active), None)):
        raise Refused(f"{fault.ref} was reported again since ({active.ref}).")
    in_step.keep(ctx, change, now, since)
    stay = [one for one in in_step.tickets_of(ctx, fault, change) if not _goes(change, one)]
    if now.is_open and stay and all(one.state in in_step.DONE for one in stay):
        raise Refused(f"{stay[0].ref} is {stay[0].state.label} since: resolve yours, too, and {fault.ref} is fixed.")


def _goes(change: Change, record: Record) -> bool:
    put = change.puts.get((record.COLLECTION, record.id))
    return put is not None and put.gone


def _against(ctx: Context, work: Work) -> Work:
    """Return the entry that takes another one back."""
    return Work(
        id=ctx.data.new_id(Work),
        kind=work.kind,
        text=f"Taken back: {work.text}"[:LINE_MAX],
        fault=work.fault,
        plan=work.plan,
        asset=work.asset,
        minutes=-work.minutes,
        amount=None if work.amount is None else -work.amount,
        party=work.party,
        item=work.item,
        quantity=work.quantity,
        due_on=work.due_on,
        takes_back=work.id,
        at=ctx.now,
        by=ctx.by,
    )


def _refuse_worked_on(ctx: Context, put: Put) -> None:
    if put.collection == Fault.COLLECTION and (found := ctx.data.find(Work, fault=put.id)):
        raise Refused(f"Somebody worked on it since ({found[-1].ref}).")


def _asset(ctx: Context, put: Put) -> None:
    """Let the sums of an asset go back by as much as they had gone forth, and its status follow."""
    asset = ctx.data.get(Asset, put.id)
    if asset is None or put.was is None:
        return
    now = asset.doc()
    _by_difference(put, now)
    merged = {**now, **put.fields}
    will_be = Asset.load(put.id, {name: value for name, value in merged.items() if value is not None})
    put.fields["status"], put.was["status"] = status_of(will_be).value, now["status"]
    if put.fields["status"] == now["status"]:
        del put.fields["status"], put.was["status"]


def _by_difference(put: Put, now: Mapping[str, Any]) -> None:
    assert put.was is not None
    for name in _SUMS[put.collection] & put.fields.keys():
        here = now.get(name)
        if here != put.was.get(name):
            sum_ = max(_number(here) + _number(put.fields[name]) - _number(put.was.get(name)), Decimal(0))
            put.fields[name], put.was[name] = str(sum_) if isinstance(here, str) else int(sum_), here


def _number(value: Any) -> Decimal:
    return Decimal(value or 0)
