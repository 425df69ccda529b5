"""Expense claims and their lines, bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Kind, View
from botui.models.records.expense import Expense, Outlay, State

_OVER: Final = (State.PAID.value, State.CANCELLED.value)
_WRITTEN: Final = (State.DRAFT.value, State.REFUSED.value)


def _style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``done`` for what is paid or given up, ``soon`` for what waits for somebody's word or money."""
    state = doc.get("state", State.DRAFT.value)
    return "done" if state in _OVER else "" if state in _WRITTEN else "soon"


EXPENSES: Final = Kind(
    model=Expense,
    one="expense claim",
    many="Expense claims",
    title=lambda one: f"{one.what or one.ref} of",
    about="person",
    rules="botui.models.records.expenses_rules:EXPENSES",
    views=(
        View(
            name="mine",
            label="My expense claims",
            where=lambda ctx: {"person|created_by": (ctx.by or 0,)},
            sort="created_at",
            down=True,
            empty="You have claimed nothing: press n.",
        ),
        View(
            name="approve",
            label="Expense claims to approve",
            where=lambda ctx: {"state": (State.SUBMITTED.value,), "approver": (ctx.by or 0,)},
            sort="submitted_at",
            empty="No claim waits for your approval.",
            menu=False,
        ),
        View(
            name="asked",
            label="Expense claims with who approves",
            where=lambda _: {"state": (State.SUBMITTED.value,)},
            sort="submitted_at",
            empty="No claim waits for approval.",
            menu=False,
        ),
        View(
            name="pay",
            label="Expense claims to pay",
            where=lambda _: {"state": (State.APPROVED.value,)},
            sort="submitted_at",
            empty="No claim is to be paid.",
        ),
        View(
            name="all",
            label="Expense claims, paid ones too",
            where=lambda _: {},
            sort="created_at",
            down=True,
            menu=False,
        ),
    ),
    columns=("what", "person", "amount", "state"),
    index=(
        "person",
        "state",
        "approver",
        "created_at",
        "created_by",
        "submitted_at",
        "approved_at",
        "paid_on",
        "payment",
        "voucher",
        "amount",
    ),
    text=("what", "note", "reason"),
    states={state.value: state.label for state in State},
    row_style=_style,
)
OUTLAYS: Final = Kind(
    model=Outlay,
    one="expense",
    many="Lines of claims",
    title=lambda one: f"{one.what}, {one.amount:,.2f}",
    rules="botui.models.records.expenses_rules:OUTLAYS",
    views=(
        View(
            name="all",
            label="Lines of claims",
            where=lambda _: {},
            sort="on",
            down=True,
            empty="Nobody has claimed anything: n writes what was paid.",
            menu=False,
        ),
    ),
    columns=("expense", "on", "what", "amount", "category", "allowed"),
    index=("expense", "on", "category", "receipt"),
    text=("what", "why", "cut"),
    parent="expense",
)
