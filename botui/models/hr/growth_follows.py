"""What follows for trainings and reviews: who leaves frees a seat; a new manager gives what the old one was to give."""

from __future__ import annotations

from botui.models.base import Change
from botui.models.hr.person_file import PersonFile
from botui.models.hr.reporting_lines import manager
from botui.models.hr.review import OPEN, Review, State
from botui.models.hr.teaching import lapsed
from botui.models.office import Context, Person
from botui.models.office.pending import ahead


def follow(ctx: Context, change: Change) -> None:
    """Add to a change in which somebody leaves or gets another manager what follows from that."""
    for (name, number), put in [*change.puts.items()]:
        if put.was is None or put.gone:
            continue
        if name == Person.COLLECTION and put.fields.get("active") is False:
            _left(ctx, change, number)
        elif name == PersonFile.COLLECTION and "manager" in put.fields:
            file = ahead(ctx, change, PersonFile, number)
            if file is not None:
                _reviewed_by(ctx, change, file.person, put.was["manager"])


def _left(ctx: Context, change: Change, person: int) -> None:
    """Let the seats of somebody be free, their reviews lapse, and others give those that they were to give."""
    lapsed(ctx, change, person)
    for one in ctx.data.find(Review, person=person):
        if one.state in OPEN:
            change.set(one, state=State.LAPSED)
    for one in ctx.data.find(Review, manager=person):
        if one.state in OPEN:
            change.set(one, manager=manager(ctx, one.person, change))


def _reviewed_by(ctx: Context, change: Change, person: int, before: int | None) -> None:
    """Let the new manager of somebody give the reviews that the one before was to give."""
    to = manager(ctx, person, change)
    for one in ctx.data.find(Review, person=person):
        if one.state in OPEN and one.manager in (before, None) and to != one.manager:
            change.set(one, manager=to)
