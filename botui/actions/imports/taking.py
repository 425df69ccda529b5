"""What takes rows as records: one change for each row, or a booking in the ledger of the rows at hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from botui.actions.imports.directory import Directory, NewId
from botui.actions.imports.figures import Figures
from botui.actions.imports.rows import Cells
from botui.actions.imports.values import moment
from botui.models import calendar
from botui.models.base import Change, Record
from botui.models.office import Context
from botui.models.office.context import Lookup

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads dates and figures of one file.

    Attributes:
        zone: what the clock of the other system showed.
        order: order of day, month and year.
        figures: reads its figures.
    """

    zone: str
    order: calendar.Order | None
    figures: Figures

    def moment(self, text: str) -> datetime | None:
        """Return the moment that a cell says, or None for an empty one.

        Raises:
            ValueError: it is none, in words.
        """
        return moment(text, self.zone, self.order)

    def day(self, text: str) -> date | None:
        """Return the day that a cell says, or None for an empty one.

        Raises:
            ValueError: it is none, in words.
        """
        found = self.moment(text)
        return None if found is None else found.astimezone(calendar.find_zone(self.zone)).date()


class Taker:
    """Takes the rows of a file, some hundred at a time."""

    __slots__ = ()

    def begin(self, ctx: Context, change: Change) -> None:
        """Begin with the rows that become one change."""

    def take(self, ctx: Context, cells: Cells, number: int, key: str, old: Record | None) -> Change | None:
        """Return the change that files or changes the record of a row; None = there is nothing to change.

        Raises:
            Refused, NotAllowed, ValueError: the row cannot be taken, in words; nothing was booked.
        """
        raise NotImplementedError

    def finish(self) -> None:
        """Write what was booked for these rows into their change."""


class Seen:
    """What is in the store, and what the rows at hand have made on the way: a ``Lookup`` for their ledger."""

    def __init__(self, store: Lookup, directory: Directory, new_id: NewId) -> None:
        self._store, self._directory, self.new_id = store, directory, new_id

    def get(self, kind: type[R], number: int) -> R | None:
        """Return a record, or None."""
        found = self._store.get(kind, number)
        made = self._directory.made.get((kind.COLLECTION, number)) if found is None else None
        return made if isinstance(made, kind) else found

    def find(self, kind: type[R], /, **equal: object) -> list[R]:
        """Return the records of the store whose values at hand are these."""
        return self._store.find(kind, **equal)

    def numbers(self, kind: type[R], at_most: int | None = None, /, **equal: object) -> list[int]:
        """Return the numbers of those."""
        return self._store.numbers(kind, at_most, **equal)

    def holds(self, *collections: str) -> bool:
        """Return whether there is anything in one of these collections."""
        return self._store.holds(*collections)
