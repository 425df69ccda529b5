"""Contracts, bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Kind, View
from botui.models.equipment.licence import RUNNING, State
from botui.models.equipment.licences_kind import licence_style
from botui.models.equipment.terms import wakes
from botui.models.records.contract import Contract


def _wakes(doc: Mapping[str, Any]) -> str | None:
    return wakes(doc, "renews_for")


CONTRACTS: Final = Kind(
    model=Contract,
    one="contract",
    many="Contracts",
    rules="botui.models.records.contracts_rules:CONTRACTS",
    views=(
        View(
            name="running",
            label="Contracts, insurances, permits",
            where=lambda _: {"state": tuple(sorted(one.value for one in RUNNING))},
            sort="name",
            empty="No contract is filed yet: n files one.",
        ),
        View(
            name="ending",
            label="Contracts ending",
            where=lambda _: {"state": (State.EXPIRING.value, State.EXPIRED.value)},
            sort="renews_on",
            empty="Nothing ends or renews within 90 days.",
        ),
        View(
            name="mine",
            label="Contracts I see to",
            where=lambda ctx: {"owner": (ctx.by or 0,)},
            sort="renews_on",
            empty="You see to no contract.",
            menu=False,
        ),
        View(name="all", label="Contracts, cancelled ones too", where=lambda _: {}, sort="name", menu=False),
    ),
    columns=("name", "party", "cost", "renews_on", "state"),
    index=("name", "party", "sort", "owner", "state", "renews_on", "cancel_by", "cost", "document"),
    derived={"wakes": _wakes},
    aliases=("codes",),
    text=("name", "codes", "note"),
    states={state.value: state.label for state in State},
    row_style=licence_style,
)
