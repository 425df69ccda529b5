"""HR's year in the sample office: people who come and go, their leave, training, reviews, and what is due."""

from __future__ import annotations

from typing import ClassVar

from botui.actions.sample.played import Played


class Hr(Played):
    """What HR does in a year."""

    AREA = "hr"
    PARTS: ClassVar[tuple[str, ...]] = (
        "botui.actions.sample.hr_people:play",
        "botui.actions.sample.hr_leave:play",
        "botui.actions.sample.hr_attendance:play",
        "botui.actions.sample.hr_tasks:play",
        "botui.actions.sample.hr_growth:play",
        "botui.actions.sample.hr_joining:play",
        "botui.actions.sample.hr_recruiting:play",
        "botui.actions.sample.hr_erasing:play",
    )
