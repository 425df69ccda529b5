"""What must hold among the records of the office lists, whoever wrote them."""

from __future__ import annotations

from collections.abc import Iterator

from botui.models.office.records import Person, Place, Reminder
from botui.models.office.standins import StandIn
from botui.models.soundness import Records, circle_words, twice


def check(records: Records) -> Iterator[str]:
    """Say what does not hold: initials that two people have, places within each other, reminders of nothing."""
    people = list(records.all(Person))
    yield from twice(
        ((one.ref, one.initials) for one in people),
        lambda ref, other, value: f"{ref}: Initials: {other} has {value}, too.",
    )
    for person in people:
        if person.stand_in == person.id:
            yield f"{person.ref}: Stand-in: nobody stands in for themselves."
    within = {one.id: one.within for one in records.all(Place) if one.within is not None}
    yield from circle_words("places", "Part of", within)
    for absence in records.all(StandIn):
        if absence.stand_in == absence.person:
            yield f"{absence.ref}: Stand-in: nobody stands in for themselves."
        if absence.ends < absence.starts:
            yield f"{absence.ref}: Until: the last day is before the first."
    for reminder in records.all(Reminder):
        if not records.has(reminder.about):
            yield f"{reminder.ref}: About: there is no {reminder.about}."
