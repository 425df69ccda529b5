"""A party's card: what every area says of it, as far as the one who reads may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TypeVar, cast

from botui import areas
from botui.data import Desk
from botui.models.base import Between, NotAllowed, Record
from botui.models.office import Context, Party

R = TypeVar("R", bound=Record)
Rows = list[tuple[str, str]]
"""A label and a text each."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A ``Lookup`` that finds only what one person may see."""

    desk: Desk

    def get(self, kind: type[R], number: int) -> R | None:
        with suppress(NotAllowed):
            return cast("R | None", self.desk.peek(kind.COLLECTION, number))
        return None

    def find(self, kind: type[R], /, **equal: object) -> list[R]:
        found = (self.get(kind, number) for number in self.numbers(kind, **equal))
        return [record for record in found if record is not None]

    def numbers(self, kind: type[R], at_most: int | None = None, /, **equal: object) -> list[int]:
        where = {name: value if isinstance(value, Between) else (value,) for name, value in equal.items()}
        with suppress(NotAllowed):
            return self.desk.ids(kind.COLLECTION, where)[:at_most]
        return []

    def holds(self, *collections: str) -> bool:
        for one in collections:
            with suppress(NotAllowed):
                if self.desk.numbers(one):
                    return True
        return False

    def new_id(self, kind: type[Record]) -> int:
        return 0


def card(desk: Desk, party: Party) -> list[tuple[str, Rows]]:
    """Return what areas say of a party: the area's word and its rows, of those that say anything."""
    ctx = replace(desk.context(), data=_Seen(desk))
    found = []
    for area in areas.AREAS:
        if area.card:
            rule: Callable[[Context, Party], Iterable[tuple[str, str]]] = areas.load(area.card)
            if rows := list(rule(ctx, party)):
                found.append((area.label, rows))
    return found
