"""Bills, their lines and payments, bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from botui.models.base import Between, Kind, View
from botui.models.office import Context
from botui.models.records.bill import DUE, OPEN, Bill, Charge, Direction, Payment, State
from botui.models.records.doubles import plain_number

_DUE: Final = tuple(sorted(one.value for one in DUE))
_OPEN: Final = tuple(sorted(one.value for one in OPEN))
_WAITED: Final = tuple(sorted(one.value for one in OPEN - {State.DRAFT}))
"""States in which somebody waits for money: nobody does for a bill of ours that was not sent."""
_SOON_DAYS: Final = 7


def bill_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for a bill past its due date, ``soon`` within a week of it, ``done`` for what is settled."""
    state = doc.get("state", State.RECEIVED.value)
    if state not in _OPEN:
        return "done"
    if state == State.DRAFT.value:
        return ""
    due = doc.get("due") or "9999-12-31"
    if due < now[:10]:
        return "late"
    return "soon" if due <= (date.fromisoformat(now[:10]) + timedelta(days=_SOON_DAYS)).isoformat() else ""


def _late(ctx: Context) -> Mapping[str, Any]:
    return {"state": _WAITED, "due": Between(high=ctx.today.isoformat())}


def _this_week(ctx: Context) -> Mapping[str, Any]:
    high = ctx.today + timedelta(days=_SOON_DAYS)
    return {
        "state": _OPEN,
        "direction": (Direction.OWE.value,),
        "due": Between(low=ctx.today.isoformat(), high=high.isoformat()),
    }


BILLS: Final = Kind(
    model=Bill,
    one="bill",
    many="Bills",
    title=lambda bill: f"{'Credit note' if bill.amount < 0 else 'Bill'} {bill.number or bill.ref}",
    about="party",
    rules="botui.models.records.bills_rules:BILLS",
    views=(
        View(
            name="owe",
            label="Bills we owe",
            where=lambda _: {"state": _OPEN, "direction": (Direction.OWE.value,)},
            sort="due",
            empty="We owe nothing: n takes in a bill.",
        ),
        View(
            name="owed",
            label="Bills owed to us",
            where=lambda _: {"state": _OPEN, "direction": (Direction.OWED.value,)},
            sort="due",
            empty="Nobody owes us anything.",
        ),
        View(
            name="check",
            label="Bills to check",
            where=lambda _: {"state": (State.RECEIVED.value,)},
            sort="due",
            empty="Every bill is checked: n takes in one that came.",
        ),
        View(
            name="approve",
            label="Bills to approve",
            where=lambda _: {"state": (State.CHECKED.value,)},
            sort="due",
            empty="No bill waits for approval.",
        ),
        View(
            name="week",
            label="Bills due this week",
            where=_this_week,
            sort="due",
            timed=True,
            empty="No bill is due within seven days.",
        ),
        View(name="late", label="Bills late", where=_late, sort="due", timed=True, empty="No bill is late."),
        View(
            name="drafts",
            label="Bills of ours to send",
            where=lambda _: {"state": (State.DRAFT.value,)},
            sort="id",
            empty="No bill of ours is to be sent: n begins one.",
            menu=False,
        ),
        View(
            name="disputed",
            label="Bills disputed",
            where=lambda _: {"state": (State.DISPUTED.value,)},
            sort="due",
            empty="No bill is disputed.",
            menu=False,
        ),
        View(name="all", label="Bills, paid ones too", where=lambda _: {}, sort="id", down=True, menu=False),
    ),
    columns=("party", "number", "amount", "due", "state"),
    index=(
        "direction",
        "party",
        "number",
        "dated",
        "due",
        "amount",
        "paid",
        "state",
        "order",
        "about",
        "category",
        "document",
        "approver",
        "standing",
        "created_at",
    ),
    derived={"plain": lambda doc: plain_number(doc.get("number", ""))},
    aliases=("codes",),
    text=("number", "codes", "note"),
    states={state.value: state.label for state in State},
    row_style=bill_style,
)
CHARGES: Final = Kind(
    model=Charge,
    one="line of a bill",
    many="Lines of bills",
    title=lambda charge: charge.text,
    rules="botui.models.records.bills_rules:CHARGES",
    views=(
        View(
            name="all", label="Lines of bills", where=lambda _: {}, empty="No bill has lines: n adds one.", menu=False
        ),
    ),
    columns=("text", "quantity", "price", "category"),
    index=("bill", "category", "item", "line"),
    text=("text",),
    parent="bill",
)
PAYMENTS: Final = Kind(
    model=Payment,
    one="payment",
    many="Payments",
    title=lambda payment: f"Payment {payment.ref}",
    about="party",
    rules="botui.models.records.bills_rules:PAYMENTS",
    views=(
        View(
            name="all",
            label="Payments",
            where=lambda _: {},
            sort="id",
            down=True,
            empty="Nothing was paid yet: P on a bill notes it, n what is for no bill.",
        ),
        View(
            name="unmatched",
            label="Payments the bank has not shown",
            where=lambda _: {"match": (None,), "reversed_at": (None,), "method": ("bank", "card", "cheque")},
            sort="on",
            empty="The bank has shown every payment.",
            menu=False,
        ),
    ),
    columns=("party", "amount", "on", "method", "about"),
    index=("bill", "about", "party", "person", "amount", "on", "method", "account", "match", "reversed_at", "at"),
    aliases=("codes",),
    text=("reference", "text", "codes"),
    row_style=lambda doc, _: "done" if doc.get("reversed_at") else "",
)
