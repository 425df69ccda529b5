"""The short sentence that asks for leave: ``leave mon..fri``, ``leave 24.12 half``, ``leave sick today``.

It reads the words of a sentence and answers what the form of a leave is to hold, or None where it is none of its;
nothing is ever filed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, Protocol

from botui.models.base import fold
from botui.models.hr.absence_days import read_days, usual_type
from botui.models.hr.leave import LeaveType
from botui.models.office import Settings
from botui.models.office.spoken import stem
from botui.models.shape import Typing

_FIRST: Final = frozenset({"leave", "holiday", "vacation", "off"})
"""Words by which it begins, without an s."""
_LITTLE: Final = frozenset({"from", "on", "for", "the", "a", "day", "days", "off", "leave", "of"})
"""Words that stand between and say nothing."""
_TO: Final = frozenset({"to", "until", "till", "-"})


class Look(Protocol):
    """What may be looked up, and what typed days mean here and now."""

    @property
    def typing(self) -> Typing:
        """What typed text means."""
        ...

    @property
    def settings(self) -> Settings:
        """The office's."""
        ...

    def __call__(self, collection: str) -> Iterable[Any]:
        """Return what is in use of a collection, as far as whoever types sees it."""
        ...


def leave(words: Sequence[str], look: Look) -> tuple[str, dict[str, Any]] | None:
    """Read which days and of which type: a type is meant where a word of its name is said, else the usual one."""
    if len(words) < 2 or stem(fold(words[0])) not in _FIRST:
        return None
    types: list[LeaveType] = list(look("leavetypes"))
    rest = [word for word in words[1:] if fold(word) not in _LITTLE]
    said = {stem(fold(word)) for word in rest}
    meant = [one for one in types if said & _named(one)]
    named = set().union(*(_named(one) for one in meant)) if meant else set()
    days = " ".join(".." if fold(word) in _TO else word for word in rest if stem(fold(word)) not in named)
    typing = look.typing
    try:
        found = read_days(days.replace(" .. ", ".."), typing.now.date(), typing.order, look.settings.business_hours())
    except ValueError:
        return None
    chosen = meant[0] if len(meant) == 1 else None if meant else usual_type(types)
    return "leave", ({"type": chosen.id} if chosen else {}) | found.values


def _named(one: LeaveType) -> set[str]:
    return {stem(fold(word)) for word in one.name.split()} - _LITTLE
