"""What must hold of absences, whoever wrote them: they are those of the leave that is approved."""

from __future__ import annotations

from collections.abc import Iterator

from botui.models.hr.absence_follows import days_of
from botui.models.hr.leave import Absence, Leave
from botui.models.soundness import Records


def check_absences(records: Records) -> Iterator[str]:
    """Say which leave has no absence, or another one, and which absence comes of none."""
    there = {one.leave: one for one in records.all(Absence)}
    for leave in records.all(Leave):
        days, found = days_of(leave), there.pop(leave.id, None)
        if days is None and found is not None:
            yield f"{found.ref} is of {leave.ref}, by which nobody is away"
        elif days is not None and (found is None or (found.person, found.starts, found.ends) != (leave.person, *days)):
            yield f"{leave.ref} has no absence that fits it"
    for one in there.values():
        yield f"{one.ref} comes of no leave"
