"""What a rule knows besides the records it is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol, TypeVar

from botui.models.base import Record
from botui.models.office.records import Person
from botui.models.office.settings import Settings

R = TypeVar("R", bound=Record)


class Lookup(Protocol):
    """What a rule may look up while it decides: the store as it is in this very transaction."""

    def get(self, kind: type[R], number: int) -> R | None:
        """Return a record, or None."""
        ...

    def find(self, kind: type[R], /, **equal: object) -> list[R]:
        """Return the records whose indexed fields have these values (or lie in a ``Between``), by number.

        ``codes`` = what is typed or scanned: those that carry this very code, capital or small, in any of their fields
        with codes.
        """
        ...

    def numbers(self, kind: type[R], at_most: int | None = None, /, **equal: object) -> list[int]:
        """Return the numbers of what ``find`` returns, or of some of it: of thousands a rule reads those it needs."""
        ...

    def holds(self, *collections: str) -> bool:
        """Return whether there is anything in one of these collections; nothing of what they are is loaded for it."""
        ...

    def new_id(self, kind: type[Record]) -> int:
        """Give out the next number of a collection."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule knows besides the records: it never asks a clock or the environment.

    Attributes:
        now: the moment, UTC.
        by: number of the person who acts; None = nobody signed in, or the clock.
        settings: the office's.
        data: what may be looked up.
        roles: what the actor works as; ``system`` for the clock.
    """

    now: datetime
    by: int | None
    settings: Settings
    data: Lookup
    roles: frozenset[str] = frozenset()

    @property
    def today(self) -> date:
        """Today in the office."""
        return self.settings.local(self.now).date()

    def end_of(self, day: date) -> datetime:
        """Return the moment, UTC, in which a day of the office is over."""
        return datetime.combine(day + timedelta(days=1), time(0), self.settings.tz).astimezone(UTC)

    def person(self, number: int | None) -> str:
        """Return a person's name for a sentence."""
        found = self.data.get(Person, number) if number else None
        return found.name if found else "nobody"
