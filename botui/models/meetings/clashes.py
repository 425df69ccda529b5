"""Whether people and rooms are free: who is busy when, and what of it somebody else may be told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from botui.models.base import Between, Refused, stamp
from botui.models.meetings.shape import Meeting, State
from botui.models.meetings.times import WHOLE_DAY, midnight, overlap, span_words
from botui.models.office import Context, Person, Place

_SECOND: Final = timedelta(seconds=1)
_NAMED: Final = 3
"""Clashes that a sentence names; of the others only how many."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody or a room that is taken.

    Attributes:
        field: the field of the meeting that it is about: ``attendees`` or ``place``.
        name: who or what is taken.
        by: the meeting that takes it.
    """

    field: str
    name: str
    by: Meeting

    def words(self, ctx: Context) -> str:
        """Say it; what the other meeting is about is said only to those who are in it."""
        verb = "is busy" if self.field == "attendees" else "is taken"
        about = f" ({self.by.ref} {self.by.subject})" if is_in(self.by, ctx.by) else ""
        return f"{self.name} {verb} {span_words(ctx, self.by.start, self.by.ends)}{about}."


def is_in(meeting: Meeting, person: int | None) -> bool:
    """Return whether somebody called a meeting, was asked to it, or does a step of it."""
    return person is not None and person in (meeting.organiser, *meeting.attendees, *meeting.helpers)


def between(ctx: Context, start: datetime, end: datetime) -> Iterator[Meeting]:
    """Give the meetings that take place at some moment of this span, by number."""
    low, high = Between(low=stamp(start + _SECOND)), Between(high=stamp(end))
    for one in ctx.data.find(Meeting, state=State.PLANNED.value, start=high, end=low):
        if overlap(start, end, one.start, one.ends):
            yield one


def busy(ctx: Context, person: int, start: datetime, end: datetime) -> list[Meeting]:
    """Return the meetings that somebody comes to at some moment of this span, by their beginning."""
    found = (one for one in between(ctx, start, end) if person in one.coming)
    return sorted(found, key=lambda one: (one.start, one.id))


def now_on(ctx: Context) -> list[Meeting]:
    """Return the meetings that are going on now, the one that ends first first.

    Whoever shows them asks ``is_in`` or the Desk before it says what a private one is about.
    """
    found = between(ctx, ctx.now, ctx.now + _SECOND)
    return sorted(found, key=lambda one: (one.ends, one.id))


@dataclass(frozen=True, slots=True)
class RoomNow:
    """How it stands with a room that has a meeting today.

    Attributes:
        by: the meeting that is in it; None = it is free.
        until: when that ends, or until when it is free.
    """

    place: int
    by: Meeting | None
    until: datetime


def rooms_now(ctx: Context) -> list[RoomNow]:
    """Return the rooms that are in use now and then those that will be before midnight; all others are free."""
    today = list(between(ctx, ctx.now, midnight(ctx.settings, ctx.today + WHOLE_DAY)))
    found: dict[int, RoomNow] = {}
    for one in sorted(today, key=lambda one: (one.start, one.id)):
        if one.place is not None and one.place not in found:
            begun = one.start <= ctx.now
            found[one.place] = RoomNow(one.place, one if begun else None, one.ends if begun else one.start)
    return sorted(found.values(), key=lambda one: (one.by is None, one.until, one.place))


def clashes(ctx: Context, meeting: Meeting, people: Collection[int], *, room: bool = True) -> list[Clash]:
    """Return what of a meeting is taken by others at its time, rooms first.

    Args:
        ctx: the context.
        meeting: with its start and end.
        people: of those who come, whose time is asked for.
        room: whether the room is asked for.
    """
    found: list[Clash] = []
    for other in between(ctx, meeting.start, meeting.ends):
        if other.id == meeting.id:
            continue
        if room and meeting.place is not None and other.place == meeting.place:
            place = ctx.data.get(Place, meeting.place)
            found.append(Clash("place", place.name if place else "The room", other))
        found += [Clash("attendees", _name(ctx, one), other) for one in people if one in other.coming]
    return sorted(found, key=lambda one: (one.field != "place", one.by.start, one.name))


def _name(ctx: Context, number: int) -> str:
    person = ctx.data.get(Person, number)
    return person.name if person else "Somebody"


def refuse_clashes(ctx: Context, found: Iterable[Clash]) -> None:
    """Do nothing if nothing is taken.

    Raises:
        Refused: it is; says who and what, until when, and how to file it all the same.
    """
    words: dict[str, list[str]] = {}
    for one in found:
        words.setdefault(one.field, []).append(one.words(ctx))
    if not words:
        return
    fields = {name: _first(several) for name, several in words.items()}
    fields["even_so"] = "y files it all the same."
    said = _first([one for several in words.values() for one in several])
    raise Refused(f"{said} y at Even so files it all the same.", fields)


def _first(words: Sequence[str]) -> str:
    more = [f"And {len(words) - _NAMED} more."] if len(words) > _NAMED else []
    return " ".join((*words[:_NAMED], *more))
