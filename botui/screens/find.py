"""The one box: goes anywhere by name or number, finds in all lists, and shows the form that a short sentence fills in.

Somebody who has not said who they are can type as well: what they typed waits until they have signed in, and nothing
before tells them whether it names anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Final, TypeAlias

from textual.app import ComposeResult
from textual.widgets import Static

from botui import areas
from botui.actions.everywhere import Finder, Found, Overtaken
from botui.actions.sentences import Reader, Sentence
from botui.data import Desk
from botui.screens.search import Hit, HitRows, SearchScreen
from botui.screens.session import Session
from botui.text import content, fit
from botui.widgets.columns import Column

Destination = Callable[[Session], None]
EACH: Final = 5
"""Records of one list that are shown; of the others it is said how many they are."""
GO_TO: Final = "Go to: a name, a number (T-12), a list, words, field:value; Enter goes there"
SAY: Final = "Say it: printer 2nd floor jam; call NAME from NUMBER; pens 3; name; number"


@dataclass(frozen=True, slots=True)
class Place(Hit[Destination]):
    """One place to go to.

    Attributes:
        group: the area and how many fit in it, at the first of each; what a sentence makes, as "New fault".
        sure: it is what was meant: the whole code, or a sentence.
    """

    group: str = ""
    sure: bool = False


Lists: TypeAlias = Callable[[Desk], Sequence[Place]]


class _PlaceRows(HitRows[Destination]):
    columns: ClassVar = (
        Column("group", "", 16),
        Column("what", "", 36, flex=True),
        Column("where", "", 20),
    )

    def cells(self, number: int) -> Sequence[str]:
        hit = self.hits[number]
        return (getattr(hit, "group", ""), hit.what, hit.where)


class FindScreen(SearchScreen[Destination]):
    """Type, look, press Enter.

    Args:
        desk: the desk of whoever types.
        lists: the lists, forms and pages that one may go to.
        text: what stands in it at first.
        say: a sentence is what is most likely meant; else it comes after what is found.
        at_once: go to what ``text`` means without another key, where that is one thing.
    """

    ROWS: ClassVar = _PlaceRows
    HEIGHT: ClassVar = 16
    DEFAULT_CSS = """
    FindScreen > #note { text-style: none; background: $surface; }
    """

    def __init__(self, desk: Desk, lists: Lists, text: str = "", *, say: bool = False, at_once: bool = False) -> None:
        self._places = Places(desk, lists, say=say)
        self._at_once = at_once
        self._note = Static(id="note")
        super().__init__(SAY if say else GO_TO, self._places.find, empty="Nothing of that name.", text=text)

    def compose(self) -> ComposeResult:
        """Lay the line on what is private under the list."""
        yield from super().compose()
        yield self._note

    async def _bring(self) -> None:
        self._places.finder.newest = self._line.value.strip()
        await super()._bring()
        if not self.is_mounted:
            return
        self._note.update(content(fit(f" {self._places.note}", self.size.width)))
        at_once, self._at_once = self._at_once, False
        first = next(iter(self._hits), None)
        if at_once and isinstance(first, Place) and (first.sure or len(self._hits) == 1):
            self.dismiss(first.value)


class Places:
    """Where a typed text leads.

    Args:
        desk: the desk of whoever types.
        lists: the lists, forms and pages that one may go to.
        say: a sentence goes before what is found.

    Attributes:
        finder: finds the records.
        note: what is to be said besides.
    """

    def __init__(self, desk: Desk, lists: Lists, *, say: bool = False) -> None:
        self._desk = desk
        self._lists = lists
        self._say = say
        self._reader = Reader(desk)
        self.finder = Finder(desk)
        self.note = ""

    def find(self, text: str) -> list[Place]:
        """Return where a text leads, the likeliest first; what is overtaken by a newer one leads nowhere."""
        text = text.strip()
        if self._desk.person is None:
            return list(self._of_a_guest(text))
        sentence = self._reader.read(text)
        said = [_form(sentence)] if sentence else []
        found = [_record(self._desk, *one, sure=True) for one in self._desk.by_code(text)] if text else []
        known = {one.value.args for one in found if isinstance(one.value, partial)}
        found += said if self._say else []
        words = text.casefold().split()
        found += [one for one in self._lists(self._desk) if all(word in one.what.casefold() for word in words)]
        try:
            self.note = self.finder.private(text)
            found += (one for one in self._records(text) if getattr(one.value, "args", ()) not in known)
        except Overtaken:
            return []
        if self._say and sentence is None and (plain := self._reader.plain(text)):
            said = [_form(plain)]
        elif self._say:
            said = []
        return [*found, *said]

    def _of_a_guest(self, text: str) -> Iterator[Place]:
        if not text:
            return
        if (sentence := self._reader.read(text)) is not None:
            group, _, what = sentence.said.partition(": ")
            yield Place(what, "sign in", partial(_again, text), group)
        else:
            yield Place(text, "sign in", partial(_again, text))

    def _records(self, text: str) -> Iterator[Place]:
        for area, lists in self.finder.find(text):
            group = f"{area.label} {sum(len(one.numbers) for one in lists):,}"
            for found in lists:
                for number in found.numbers[:EACH]:
                    yield _record(self._desk, found.collection, number, group=group)
                    group = ""
                if len(found.numbers) > EACH:
                    yield _more(found, text)


def _record(desk: Desk, name: str, number: int, *, group: str = "", sure: bool = False) -> Place:
    where = f"{areas.kind(name).one} {areas.ref(name, number)}"
    return Place(desk.title(name, number), where, partial(_open, name, number), group, sure)


def _more(found: Found, text: str) -> Place:
    """Return the way to all that fit in one list."""
    kind = areas.kind(found.collection)
    said = f"... {len(found.numbers) - EACH:,} more {kind.many.lower()}"
    whole = next((view.name for view in kind.views if view.name == "all"), kind.views[0].name)
    return Place(said, "list", partial(_list, found.collection, whole, text))


def _form(sentence: Sentence) -> Place:
    group, _, what = sentence.said.partition(": ")
    return Place(what, "form", partial(_new, sentence.collection, sentence.values), group, sure=True)


def _open(collection: str, number: int, session: Session) -> None:
    session.open_record(collection, number)


def _list(collection: str, view: str, text: str, session: Session) -> None:
    session.open_list(collection, view, text)


def _new(collection: str, values: Mapping[str, Any], session: Session) -> None:
    session.new_record(collection, dict(values))


def _again(text: str, session: Session) -> None:
    session.go_to(text, say=True, at_once=True)
