"""What may be done with courses."""

from __future__ import annotations

from typing import Final

from botui.models.base import Change, Refused, Rules, fold
from botui.models.hr.course import Course
from botui.models.office import REMIND, Context


def create(ctx: Context, course: Course) -> Change:
    """Write a course down.

    Raises:
        Refused: there is one of this name.
    """
    _refuse_twice(ctx, course)
    return Change("courses.add", f"{course.ref} {course.name} is filed.").add(course)


def revise(ctx: Context, before: Course, after: Course) -> Change:
    """Change a course; certificates that were given stay as they are."""
    if after.name != before.name:
        _refuse_twice(ctx, after)
    values = {name: value for name, value in after if value != getattr(before, name)}
    return Change("courses.edit", f"{before.ref} is changed.").set(before, **values)


def _refuse_twice(ctx: Context, course: Course) -> None:
    for one in ctx.data.find(Course):
        if one.id != course.id and fold(one.name) == fold(course.name):
            raise Refused(f"{one.ref} is called {one.name}, too.", {"name": f"{one.ref} has this name."})


COURSES: Final = Rules(transitions=(REMIND,), create=create, revise=revise)
