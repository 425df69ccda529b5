"""Parcels that are fetched by badge: whoever's badge is scanned has said that they got them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from botui.data import Desk, Done
from botui.models.base import Change
from botui.models.office import Context
from botui.models.records.collecting import collected
from botui.models.records.letter import Direction
from botui.models.records.parcel import State


def here_for(desk: Desk, person: int) -> list[int]:
    """Return the parcels that lie here for somebody, as far as whoever sits at the desk sees them."""
    where = {"person": (person,), "direction": (Direction.IN.value,), "state": (State.HERE.value,)}
    return list(desk.ids("parcels", where))


def fetched(desk: Desk, numbers: Sequence[int], person: int) -> Done:
    """Book that somebody fetched parcels, with their own badge, as one change.

    Raises:
        Refused: one of them is not here any more.
        NotAllowed: whoever sits at the desk may not hand it out.
    """
    return desk.do_together("parcels", numbers, "hand_out", lambda ctx, records: _fetched(ctx, records, person))


def _fetched(ctx: Context, parcels: list[Any], person: int) -> Change:
    changes = [collected(ctx, one, person, badge=True) for one in parcels]
    whole = changes[0]
    for other in changes[1:]:
        whole.join(other)
    if len(changes) > 1:
        whole.said = f"{len(changes)} parcels are fetched by {ctx.person(person)}."
    return whole
