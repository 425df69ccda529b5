"""One short sentence of a small fixed grammar, read as what a form is to hold: it shows the form, it files nothing.

Each area brings its own sentences: functions of the words and of what may be looked up. Those that begin with a word of
their own (``Area.led``) are asked first, so that ``expense taxi 12`` is no request for twelve taxis; of the others
(``Area.sentences``) those of the last area first, so that ``pens 3`` is taken by the one that has a store of pens and
not by the one that takes whatever is wrong. ``docs/sentences.md`` has the grammar.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from botui import areas
from botui.data import Desk
from botui.models.base import LINE_MAX, NotAllowed, clean
from botui.models.office import Settings
from botui.models.shape import Typing, fields_of, show

LONGEST: Final = 300
"""Characters of a sentence that are read; nobody types more on one line."""
PLAIN: Final = ("tickets", "subject")
"""What any text can become: the form of a ticket with the text as its subject."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a sentence comes to: the collection whose form is shown, and what its fields hold.

    Attributes:
        said: the same in words, for one line.
    """

    collection: str
    values: Mapping[str, Any]
    said: str


class Reader:
    """Reads sentences for one person; what it looked up it keeps as long as it lives, which is while somebody types.

    Args:
        desk: the desk of whoever types: what they may not look at is not found in their words.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[str, Sequence[Any]] = {}

    def read(self, text: str) -> Sentence | None:
        """Return what a text comes to, or None where it is no sentence of the grammar."""
        words = clean(text)[:LONGEST].split()
        if len(words) < 2:
            return None
        led = (one for area in areas.AREAS for one in area.led)
        for dotted in chain(led, (one for area in reversed(areas.AREAS) for one in area.sentences)):
            understand: Callable[[Sequence[str], Callable[[str], Sequence[Any]]], Any] = areas.load(dotted)
            found = understand(words, self)
            if found is not None:
                return self._sentence(*found)
        return None

    def plain(self, text: str) -> Sentence | None:
        """Return the form that any text of two words can go into, with the text as it is."""
        words = clean(text)[:LINE_MAX]
        return self._sentence(PLAIN[0], {PLAIN[1]: words}) if len(words.split()) > 1 else None

    def _sentence(self, collection: str, values: Mapping[str, Any]) -> Sentence:
        kind = areas.kind(collection)
        specs = {spec.name: spec for spec in fields_of(kind.model)}
        parts = (
            f"{specs[name].label.lower()} {show(specs[name], value, self._desk.title, self._desk.settings.local)}"
            for name, value in values.items()
        )
        return Sentence(collection, values, f"New {kind.one}: {', '.join(parts)}")

    @property
    def typing(self) -> Typing:
        """What typed days mean here and now."""
        return self._desk.typing()

    @property
    def settings(self) -> Settings:
        """The office's."""
        return self._desk.settings

    def __call__(self, collection: str) -> Sequence[Any]:
        """Return what is in use of a collection, as far as whoever types sees it."""
        found = self._known.get(collection)
        if found is None:
            found = ()
            with suppress(NotAllowed):
                found = self._desk.find(collection, {"active": (True,)})
            self._known[collection] = found
        return found
