"""What may be done with drills."""

from __future__ import annotations

from datetime import date
from typing import Final

from botui.models.base import Change, Refused, Rules
from botui.models.hr.drill import Drill
from botui.models.office import REMIND, Context


def create(ctx: Context, drill: Drill) -> Change:
    """Write a drill down.

    Raises:
        Refused: it lies ahead, more are missing than were there, or the next one lies before it.
    """
    new = drill.model_copy(update={"at": drill.at or ctx.now})
    _refuse_unfit(ctx, new)
    return Change("drills.add", f"{new.ref} is written down.").add(new)


def revise(ctx: Context, before: Drill, after: Drill) -> Change:
    """Change what was written down."""
    _refuse_unfit(ctx, after)
    values = {name: value for name, value in after if value != getattr(before, name)}
    return Change("drills.edit", f"{before.ref} is changed.").set(before, **values)


def _refuse_unfit(ctx: Context, drill: Drill) -> None:
    if drill.at is not None and drill.at > ctx.now:
        raise Refused("It lies ahead: write it down when it was held.", {"at": "This is later than now."})
    if drill.present is not None and len(drill.missing) > drill.present:
        raise Refused("More were missing than were in the house.", {"missing": "More than were in the house."})
    if drill.next_on is not None and drill.at is not None and drill.next_on <= ctx.settings.local(drill.at).date():
        raise Refused("The next one is to come after it.", {"next_on": "This is not after this drill."})


def next_due(ctx: Context, by: date) -> list[Drill]:
    """Return the last drills of each kind and place after which another is due by a day."""
    last: dict[tuple[str, int | None], Drill] = {}
    for one in ctx.data.find(Drill):
        key = (one.kind.value, one.place)
        if key not in last or (one.at is not None and (last[key].at or one.at) <= one.at):
            last[key] = one
    return [one for one in last.values() if one.next_on is not None and one.next_on <= by]


DRILLS: Final = Rules(transitions=(REMIND,), create=create, revise=revise)
