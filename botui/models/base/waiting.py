"""What waits for a person, from whatever area, and how pressing it is: one formula for all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from botui import areas

_NEXT: Final = 15.0
_DUE: Final = 12.0
_BLOCKING: Final = 8.0
_ACTIVE: Final = 4.0
_AGE: Final = 2.0
_WAITING: Final = -3.0
"""Coefficients of Taskwarrior's urgency (domain.md 6.1)."""
_AGE_MAX: Final = timedelta(days=365)
_AHEAD: Final = timedelta(days=14)
_BEHIND: Final = timedelta(days=7)
_LEAST: Final = 0.2
"""What a deadline weighs that is two weeks ahead or more; it grows to 1 a week after it (Taskwarrior's scale)."""
_NEVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits for a person.

    Attributes:
        collection, number: the record.
        what: its title.
        why: why it waits, in words: ``late since 14:30``, ``message from Eve``.
        due: until when, UTC; None = no day is set.
        since: since when it has been there, UTC.
        verb: the verb that is expected; empty = it depends.
        next: it goes before all else: somebody called it urgent.
        active: it is theirs and can be worked on now.
        blocking: somebody else cannot go on before it is done.
        waiting: it waits for something else itself.
        personal: it is for this person alone, not for whoever stands in.
    """

    collection: str
    number: int
    what: str
    why: str
    due: datetime | None = None
    since: datetime | None = None
    verb: str = ""
    next: bool = False
    active: bool = False
    blocking: bool = False
    waiting: bool = False
    personal: bool = False

    @property
    def ref(self) -> str:
        """The record's reference."""
        return areas.ref(self.collection, self.number)

    def urgency(self, now: datetime) -> float:
        """Return how pressing it is: Taskwarrior's sum of weighted parts (domain.md 6.1).

        next 15, due 12, blocking 8, active 4, age 2 (full after 365 days), waiting -3. What is due weighs from a
        fifth, two weeks before, to all of it, a week after.
        """
        score = _NEXT * self.next + _BLOCKING * self.blocking + _ACTIVE * self.active + _WAITING * self.waiting
        if self.due is not None:
            score += _DUE * _nearness(self.due, now)
        if self.since is not None:
            score += _AGE * min(max((now - self.since) / _AGE_MAX, 0.0), 1.0)
        return score

    def order(self, now: datetime) -> tuple[float, datetime, str, int]:
        """Return what a list is sorted by: the most pressing first, of those as pressing what is due first."""
        return (-self.urgency(now), self.due or _NEVER, self.collection, self.number)


def _nearness(due: datetime, now: datetime) -> float:
    past = (now - due + _AHEAD) / (_AHEAD + _BEHIND)
    return _LEAST + (1 - _LEAST) * min(max(past, 0.0), 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Something that a person asked for, and where it stands.

    Attributes:
        collection, number: the record.
        what: its title.
        state: where it stands, in words.
        owner: number of who has it; None = nobody yet.
        until: until when, UTC.
        since: when it was asked, UTC.
    """

    collection: str
    number: int
    what: str
    state: str
    owner: int | None = None
    until: datetime | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something that people can ask for.

    Attributes:
        label: what it is called.
        collection: what is filed.
        values: what the form holds already.
        verb: what is done with it at once after that, in a second form; empty = nothing.
    """

    label: str
    collection: str
    values: Mapping[str, Any] = field(default_factory=dict)
    verb: str = ""
