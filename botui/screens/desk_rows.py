"""The rows of My desk: a record of any collection in each, why it waits or where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Final

from botui import areas
from botui.actions.desk import Thing
from botui.data import Desk
from botui.models.base import Asked
from botui.models.calendar import day_words
from botui.models.office import Context
from botui.models.tickets.deadlines import SOON
from botui.models.tickets.lifecycle import shown
from botui.widgets.columns import Column

_PLACES: Final = {one.name: place for place, one in enumerate(areas.COLLECTIONS)}


def row_id(collection: str, number: int) -> int:
    """Return the number of a row for a record of any collection: the same record always has the same."""
    return number * len(_PLACES) + _PLACES[collection]


def record_of(row: int) -> tuple[str, int]:
    """Return collection and number of the record in a row."""
    number, place = divmod(row, len(_PLACES))
    return areas.COLLECTIONS[place].name, number


class WaitingRows:
    """The rows of what waits: the record, what it is, and why it waits."""

    def __init__(self, desk: Desk, things: Sequence[Thing]) -> None:
        self._things = {row_id(one.waiting.collection, one.waiting.number): one for one in things}
        people = {one.stood_in_for: desk.peek("people", one.stood_in_for) for one in things if one.stood_in_for}
        self._names = {number: one.initials or one.name for number, one in people.items() if one is not None}
        self._now = desk.clock()
        self.columns: tuple[Column, ...] = (
            Column("id", "No.", 7),
            Column("what", "What", 30, flex=True),
            *((Column("for", "For", 6),) if self._names else ()),
            Column("why", "Why", 32, telling=True, flex=True),
        )

    def ids(self) -> Sequence[int]:
        """Return the rows, the most pressing first."""
        return list(self._things)

    def cells(self, number: int) -> Sequence[str]:
        """Return one thing."""
        thing = self._things[number]
        one = thing.waiting
        stands = (self._names.get(thing.stood_in_for or 0, ""),) if self._names else ()
        return (one.ref, one.what, *stands, one.why)

    def expected(self, number: int) -> str:
        """Return the verb that is expected with a thing; empty = none in particular."""
        return self._things[number].waiting.verb

    def style(self, number: int) -> str:
        """Return whether it is late or soon due; what one is only told of, or begins by itself, is never late."""
        one = self._things[number].waiting
        if one.due is None:
            return ""
        if one.due < self._now and not one.personal:
            return "late"
        return "soon" if one.due < self._now + SOON else ""


class AskedRows:
    """The rows of what somebody asked for: where it stands, who has it, until when."""

    columns: ClassVar = (
        Column("id", "No.", 7),
        Column("what", "What", 16, flex=True),
        Column("state", "Where it stands", 25, flex=True),
        Column("owner", "Who has it", 12, flex=True),
        Column("until", "Until", 14),
    )

    def __init__(self, desk: Desk, found: Sequence[Asked]) -> None:
        ctx = desk.context()
        self._cells = {
            row_id(one.collection, one.number): (
                areas.ref(one.collection, one.number),
                one.what,
                one.state,
                desk.title("people", one.owner) or "nobody yet",
                _until(ctx, one.until) if one.until else "",
            )
            for one in found
        }

    def ids(self) -> Sequence[int]:
        """Return the rows, the newest first."""
        return list(self._cells)

    def cells(self, number: int) -> Sequence[str]:
        """Return one request."""
        return self._cells[number]

    def expected(self, number: int) -> str:
        """Return that no verb is expected: it is somebody else's turn."""
        return ""

    def style(self, number: int) -> str:
        """Return no emphasis."""
        return ""


def _until(ctx: Context, moment: datetime) -> str:
    """Return until when, as far as it helps who waits: the hour of today, else the day."""
    day = ctx.settings.local(moment).date()
    return shown(ctx, moment) if day == ctx.today else day_words(day, ctx.today)
