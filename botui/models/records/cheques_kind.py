"""Cheques, bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Kind, View
from botui.models.records.cheque import OPEN, Cheque, State

_OPEN: Final = tuple(one.value for one in OPEN)


def _style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for what is stale, ``soon`` for what can be banked, ``done`` for what is over."""
    state = doc.get("state", State.HELD.value)
    if state == State.STALE.value:
        return "late"
    if state not in _OPEN:
        return "done"
    return "soon" if state == State.HELD.value and (doc.get("dated") or now) <= now[:10] else ""


CHEQUES: Final = Kind(
    model=Cheque,
    one="cheque",
    many="Cheques",
    title=lambda one: f"Cheque {one.number} of {one.worth:,.2f},",
    about="party",
    rules="botui.models.records.cheques_rules:CHEQUES",
    views=(
        View(
            name="held",
            label="Cheques to bank",
            where=lambda _: {"state": (State.HELD.value,)},
            sort="dated",
            empty="No cheque is in hand: n writes one down.",
        ),
        View(
            name="open",
            label="Cheques not cleared",
            where=lambda _: {"state": _OPEN},
            sort="dated",
            empty="Every cheque is cleared.",
        ),
        View(
            name="stale",
            label="Cheques too old for the bank",
            where=lambda _: {"state": (State.STALE.value,)},
            sort="dated",
            empty="No cheque is older than six months.",
            menu=False,
        ),
        View(name="all", label="Cheques, old ones too", where=lambda _: {}, sort="dated", down=True, menu=False),
    ),
    columns=("number", "party", "amount", "dated", "state"),
    index=("number", "party", "way", "account", "bill", "dated", "state", "payment", "banked_on"),
    text=("number", "bank", "note", "reason"),
    states={state.value: state.label for state in State},
    row_style=_style,
)
