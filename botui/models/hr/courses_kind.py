"""Courses bound together for the screens and the command line."""

from __future__ import annotations

from typing import Final

from botui.models.base import Kind, View
from botui.models.hr.course import Course

COURSES: Final = Kind(
    model=Course,
    one="course",
    many="Courses",
    rules="botui.models.hr.courses_rules:COURSES",
    views=(
        View(
            name="active",
            label="Courses",
            where=lambda _: {"active": (True,)},
            sort="name",
            empty="No course yet: n writes one down.",
        ),
        View(
            name="needed",
            label="Courses that all must hold",
            where=lambda _: {"active": (True,), "everyone": (True,)},
            sort="name",
            empty="There is no course that everybody must hold.",
            menu=False,
        ),
        View(name="all", label="Courses, old ones too", where=lambda _: {}, sort="name", menu=False),
    ),
    columns=("name", "kind", "months", "everyone"),
    index=("name", "kind", "everyone", "first_aid", "active"),
    text=("name", "text"),
)
"""What people learn."""
