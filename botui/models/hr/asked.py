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
PARTS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("botui.models.hr.absence_waiting:asked", ("leave",)),
    ("botui.models.hr.person_waiting:asked", ("amendments",)),
    ("botui.models.hr.case_waiting:asked", ("cases",)),
)
"""What says what whoever acts asked for, dotted names of ``asked(context)``, and the collections it looks at."""


def asked(ctx: Context) -> Iterator[Asked]:
    """Yield what whoever acts asked HR for."""
    if ctx.by is None:
        return
    for part, looks_at in PARTS:
        if ctx.data.holds(*looks_at):
            yield from load(part)(ctx)
