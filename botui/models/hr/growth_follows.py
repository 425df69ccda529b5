"""What follows for trainings and reviews when somebody leaves: seats are free again, open reviews lapse."""

from __future__ import annotations

from botui.models.base import Change
from botui.models.hr.review import OPEN, Review, State
from botui.models.hr.teaching import lapsed
from botui.models.office import Context, Person


def follow(ctx: Context, change: Change) -> None:
    """Add to a change in which somebody leaves what lapses with that."""
    for (name, number), put in [*change.puts.items()]:
        if name != Person.COLLECTION or put.was is None or put.gone or put.fields.get("active") is not False:
            continue
        lapsed(ctx, change, number)
        for one in ctx.data.find(Review, person=number):
            if one.state in OPEN:
                change.set(one, state=State.LAPSED)
        for one in ctx.data.find(Review, manager=number):
            if one.state in OPEN:
                change.set(one, manager=None)
