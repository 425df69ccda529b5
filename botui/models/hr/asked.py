"""What people can ask HR for, and what they asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from botui.areas import load
from botui.models.base import Asked, Offer
from botui.models.office import Context

OFFERS: Final[tuple[Offer, ...]] = (
    Offer(label="Days off", collection="leave"),
    Offer(label="A change of my file", collection="amendments"),
    Offer(label="Tell HR of a grievance", collection="cases"),
    Offer(label="Report an accident or near miss", collection="incidents"),
)
PARTS: Final[tuple[str, ...]] = (
    "botui.models.hr.absence_waiting:asked",
    "botui.models.hr.person_waiting:asked",
    "botui.models.hr.case_waiting:asked",
)
"""What each part of the area says whoever acts asked for: dotted names of ``asked(context)``."""


def asked(ctx: Context) -> Iterator[Asked]:
    """Yield what whoever acts asked HR for."""
    if ctx.by is None:
        return
    for part in PARTS:
        yield from load(part)(ctx)
