"""The meetings of the sample office: of this week and the next; one cancelled, two at once, an event with steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from botui.actions.sample.lists import Office
from botui.models.meetings import EventTemplate, Meeting, State
from botui.models.meetings.shape import Declined, Step
from botui.models.meetings.steps import planned, with_steps
from botui.models.meetings.times import end_of, until_words
from botui.models.office import Person
from botui.models.shape import build

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A meeting of the sample: so many working days from today, at this time of day."""

    subject: str
    day: int
    hour: int
    until: str
    room: str = ""
    many: int = 3
    guests: str = ""
    note: str = ""
    minutes: str = ""
    template: str = ""
    cancelled: str = ""
    declined: str = ""
    private: bool = False


_PLANS: Final = (
    _Plan("Weekly round of the front office", 0, 9, "1h", "Meeting room Elbe", 5),
    _Plan("Open day for customers", 6, 0, "1d", "Canteen", 6, template="Open day for customers"),
    _Plan("New copiers: offers", 1, 10, "1h 30m", "Meeting room Rhône", 3, "Grauvogel Copiers, two people"),
    _Plan("Budget for next year", 1, 10, "2h", "Meeting room Elbe", 4, note="Bring the figures of your department."),
    _Plan("Safety walk through the house", -2, 14, "1h", "", 3, minutes="The stairs of the annex need a second lamp."),
    _Plan("Interview: caretaker", 2, 11, "45m", "Meeting room Rhône", 2, "The applicant", private=True),
    _Plan("Archive: what may go", 0, 13, "2h", "Archive", 2),
    _Plan("Lunch with the new ones", 3, 12, "1h", "Canteen", 6),
    _Plan("Heating in the annex", 2, 15, "1h", "Workshop", 3, cancelled="The firm cannot come this week."),
    _Plan("Board meeting", 4, 9, "3h", "Meeting room Elbe", 4, template="Board meeting"),
    _Plan("Training: first aid", 5, 9, "6h", "Training room", 8, "An instructor", declined="I did it in spring."),
    _Plan("Holiday plan", 0, 16, "30m", "", 4),
    _Plan("Fire drill", -1, 11, "30m", "Main building", 8, minutes="The house was empty after four minutes."),
    _Plan("Talk about the year", 3, 16, "1h", "", 2, private=True),
    _Plan(
        "Cleaning contract", 1, 11, "1h", "Meeting room Elbe", 3, "The cleaning firm", note="Same room as the budget."
    ),
)
"""The last is in the room of the budget while that goes on: both knew, and filed it even so."""


def make_meetings(office: Office, many: int) -> list[Meeting]:
    """Return so many meetings, the first of them around today, those after them week by week."""
    return [_meeting(office, _PLANS[place % len(_PLANS)], place // len(_PLANS)) for place in range(many)]


def _meeting(office: Office, plan: _Plan, week: int) -> Meeting:
    day = _working_day(office, plan.day + 5 * week)
    start = datetime.combine(day, time(plan.hour), office.settings.tz).astimezone(UTC)
    end = end_of(office.settings, start, plan.until)
    people = _people(office, plan.many)
    asked = [one.id for one in people]
    over = end <= office.now
    template = next((one for one in office.templates if one.name == plan.template), None)
    gone = (Declined(person=asked[-1], text=plan.declined),) if plan.declined and len(asked) > 1 else ()
    values: dict[str, Any] = {
        "subject": plan.subject,
        "start": start,
        "end": end,
        "until": until_words(office.settings, start, end),
        "place": next((one.id for one in office.places if one.name == plan.room), None),
        "attendees": asked,
        "guests": plan.guests,
        "note": plan.note,
        "template": template.id if template else None,
        "private": plan.private,
        "state": State.CANCELLED if plan.cancelled else State.PLANNED,
        "reason": plan.cancelled,
        "organiser": asked[0],
        "seen": [one for one in asked if over or one == asked[0] or _has_seen(office, one, day)],
        "declined": gone,
        "minutes": plan.minutes if over else "",
        **with_steps(_steps(office, template, day, people)),
    }
    return build(Meeting, values)


def _has_seen(office: Office, person: int, day: date) -> bool:
    """Return whether somebody has seen that they are asked: every other one; the administrator, only what is today."""
    administrator = office.administrator()
    if administrator is not None and person == administrator.id:
        return day <= office.settings.local(office.now).date()
    return office.rng.random() < 0.5


def _people(office: Office, many: int) -> list[Person]:
    """Return who comes, the one who calls it first; the administrator is in every second meeting."""
    here = [one for one in office.people if one.active]
    people = office.rng.sample(here, min(many, len(here)))
    administrator = office.administrator()
    if administrator is not None and administrator not in people and office.rng.random() < 0.5:
        people[office.rng.randrange(len(people))] = administrator
    return people


def _steps(office: Office, template: EventTemplate | None, day: date, people: list[Person]) -> list[Step]:
    """Return the steps of an event; most of what was due is done, the last of it is late."""
    if template is None:
        return []
    found = []
    today = office.settings.local(office.now).date()
    for place, one in enumerate(planned(template.steps)):
        due, owner = day + timedelta(days=one.days), people[place % len(people)]
        done = office.now if due < today - 2 * _DAY else None
        by = owner.id if done else None
        found.append(Step(text=one.text, due=due, owner=owner.id, done_at=done, done_by=by))
    return found


def _working_day(office: Office, days: int) -> date:
    """Return the day that is so many working days from today, today where it is none itself."""
    hours = office.settings.business_hours()
    day = office.settings.local(office.now).date()
    step = _DAY if days > 0 else -_DAY
    for _ in range(abs(days)):
        day += step
        while hours.day_length and not hours.is_working_day(day):
            day += step
    return day
