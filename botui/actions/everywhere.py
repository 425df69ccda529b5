"""Find: one text held against all lists that a person may see, the newest key first; and whom to ask for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from botui import access, areas
from botui.actions.find import field_named, matches
from botui.data import Desk
from botui.models.base import Kind, NotAllowed, Refused, StoreDamaged, fold
from botui.models.office import Presence, Role
from botui.models.query import Query, parse_query
from botui.models.shape import FieldSpec, fields_of
from botui.reading import name_field

SHORTEST: Final = 2
"""Characters from which on records are looked for."""
_BREATH: Final = 500
"""Records after which it is asked whether a newer text is wanted."""
_TELLING: Final = 3
"""Letters that one word at least must have to be held against what is private."""
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Found:
    """The records of one collection that fit, the newest first."""

    collection: str
    numbers: Sequence[int]


class Overtaken(Refused):
    """A newer text is wanted: what this one finds, nobody looks at any more."""


class Finder:
    """Finds for one person, for as long as they type.

    Args:
        desk: theirs.

    Attributes:
        newest: the text that is wanted now; set it before each look, from any thread.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._titles: dict[str, list[tuple[int, str]]] = {}
        self._keepers: dict[str, str] = {}
        self.newest = ""

    def find(self, text: str) -> list[tuple[areas.Area, list[Found]]]:
        """Return what fits a text, area by area; people, places and the like before the thousands of tickets.

        Raises:
            Overtaken: another text is wanted meanwhile.
        """
        if len(text.strip()) < SHORTEST:
            return []
        query, found = _query(text), []
        for area in sorted(areas.AREAS, key=lambda one: one.name != "office"):
            lists = [one for one in self._lists(area.name, query, text) if one.numbers]
            if lists:
                found.append((area, lists))
        return found

    def _lists(self, area: str, query: Query, text: str) -> Iterator[Found]:
        for one in areas.COLLECTIONS:
            if one.area == area and areas.kind(one.name).text:
                with suppress(NotAllowed):
                    numbers = self._breathing(self._desk.numbers(one.name)[::-1], text)
                    yield Found(one.name, list(matches(self._desk, one.name, numbers, query)))

    def _breathing(self, numbers: Iterable[int], text: str) -> Iterator[int]:
        for at, number in enumerate(numbers):
            if at % _BREATH == 0 and self.newest != text:
                raise Overtaken("Something else is looked for.")
            yield number

    # --- what is private ----------------------------------------------------------------------------------------

    def private(self, text: str) -> str:
        """Return that something fits which this person may not look at, and whom to ask; empty = nothing does.

        A search must not become a way to read what is private: who could try word after word and see which one fits
        would have read a record by and by. So a text fits only where somebody must have known the thing to type it:
        a whole reference or code, or words of which each is a whole word of its title. Beginnings of words do not,
        nor do words of its text, names in it or conditions on its fields; how many there are is not said, nor which,
        nor in which list; and it is the same sentence for all that one person keeps. Nobody signed in is told
        nothing. What nobody keeps for others (a colleague's reminders) is not told of at all, nor is what HR keeps:
        that there is a candidate of this name, or a case, is private itself.
        """
        if self._desk.person is None:
            return ""
        for one in areas.COLLECTIONS:
            if not self._desk.reads_all(one.name) and _keeps(one.name) and self._fits_private(one.name, text):
                return self._ask(one.name)
        return ""

    def _fits_private(self, collection: str, text: str) -> bool:
        desk, kind = self._desk, areas.kind(collection)
        parsed = areas.parse_ref(text)
        numbers = [parsed[1]] if parsed and parsed[0] == collection else []
        if kind.aliases and text.strip():
            numbers += desk.store.codes(collection).numbers(text.strip())
        words = _WORD.findall(fold(text)) if not _query(text).fields else []
        if any(len(word) >= _TELLING for word in words):
            numbers += self._titled(collection, set(words))
        journal = desk.store.journal
        return any(journal.get(collection, one) is not None and not desk.sees(collection, one) for one in numbers)

    def _titled(self, collection: str, words: set[str]) -> list[int]:
        """Return the records in whose title all these are whole words."""
        titles = self._titles.get(collection)
        if titles is None:
            index = self._desk.store.index(collection)
            field = name_field(index.names)
            numbers = self._desk.store.journal.ids(collection) if field else []
            titles = [(number, fold(str(index.value(number, field) or ""))) for number in numbers]
            self._titles[collection] = titles
        near = (one for one in titles if all(word in one[1] for word in words))
        return [number for number, title in near if words <= set(_WORD.findall(title))]

    def _ask(self, collection: str) -> str:
        role = _keeper(collection)
        if role not in self._keepers:
            self._keepers[role] = _somebody(self._desk, role)
        return f"Something private also fits: ask {self._keepers[role]}."


def _keeper(collection: str) -> str:
    return access.KEEPERS.get(collection, access.KEEPERS["*"])


def _keeps(collection: str) -> bool:
    keeper = _keeper(collection)
    return keeper != Role.HR and "read" in access.capabilities((keeper,), collection)


def _somebody(desk: Desk, role: str) -> str:
    """Return who works as this, with the extension; somebody who is in before somebody who is out."""
    system, found = desk.as_system(), []
    for number in system.ids("people", {"active": (True,)}):
        with suppress(StoreDamaged):
            person = system.peek("people", number)
            if person is not None and role in person.roles:
                found.append((person.presence is not Presence.IN, not person.extension, person.id, person))
    if not found:
        return "your administrator"
    person = min(found)[-1]
    return f"{person.name} (ext. {person.extension})" if person.extension else str(person.name)


def _query(text: str) -> Query:
    """Take a text apart; a word before a colon is a field where some list has it, else part of a word, as in 10:30."""
    names = {one.field for one in parse_query(text).fields}
    return parse_query(text, {name for name in names if any(field_named(specs, name) for specs in _all_fields())})


def _all_fields() -> Iterator[Mapping[str, FieldSpec]]:
    for one in areas.COLLECTIONS:
        kind: Kind[Any] = areas.kind(one.name)
        if kind.text:
            yield {spec.name: spec for spec in fields_of(kind.model)}
