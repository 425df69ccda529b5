"""Who gives first aid: whoever holds a course of it today. That is for everybody to know."""

from __future__ import annotations

from botui.models.base import fold
from botui.models.hr.course import Course
from botui.models.hr.qualification import Certificate
from botui.models.office import Context, Person, Presence


def first_aiders(ctx: Context) -> list[Person]:
    """Return who holds a course of first aid today and works here, who is in first."""
    found: dict[int, Person] = {}
    for course in ctx.data.find(Course, first_aid=True):
        for one in ctx.data.find(Certificate, course=course.id):
            person = ctx.data.get(Person, one.person)
            if person is not None and person.active and one.holds(ctx.today):
                found[person.id] = person
    return sorted(found.values(), key=lambda one: (one.presence is not Presence.IN, fold(one.name)))


def at_hand(ctx: Context) -> str:
    """Return who of them to call now, in a line; nothing if nobody is one."""
    people = [one for one in first_aiders(ctx) if one.presence is Presence.IN] or first_aiders(ctx)
    named = (f"{one.name} {one.extension or one.mobile}".strip() for one in people[:3])
    return f"First aid: {', '.join(named)}" if people else ""
