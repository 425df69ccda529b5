"""What every record, verb and change is made of.

A *record* is a pydantic model: its fields carry ``Ui`` metadata that feeds table columns, forms, limits, labels,
filters, CSV headings and command-line arguments. A *verb* is a ``Transition`` in its area's table. A *rule* is a pure
function that returns a ``Change`` or raises ``Refused``. A ``Kind`` binds the three for one collection.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Final, Generic, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
)

from botui import areas
from botui.models.calendar.basics import to_utc
from botui.models.errors import (
    BotuiError,
    Conflict,
    NotAllowed,
    Refused,
    StoreDamaged,
    StoreFull,
    StoreLocked,
)

__all__ = [
    "Arguments",
    "BotuiError",
    "Change",
    "Choice",
    "Conflict",
    "Kind",
    "Line",
    "NotAllowed",
    "Prose",
    "Put",
    "Record",
    "Refused",
    "StoreDamaged",
    "StoreFull",
    "StoreLocked",
    "Transition",
    "Ui",
    "View",
    "When",
    "Words",
    "clean",
    "stamp",
]

LINE_MAX: Final = 200
"""Characters in a one-line field, unless the field says less."""
PROSE_MAX: Final = 20_000
"""Characters in a text of many lines: a long mail with its thread fits."""

_UNSEEN: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # turn the direction of text
    "\u00ad\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\ufff9\ufffa\ufffb"  # are not seen at all
)


def clean(text: str, *, lines: bool = False) -> str:
    r"""Return user text as it may be kept and shown: no control, no bidi mark, no half of a pair, NFC, trimmed.

    Zero-width joiners stay: names and emoji need them. A tab becomes a blank. With ``lines`` line ends stay (as
    ``\n``), else they become blanks.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if text.isascii() and text.isprintable():
        return text.strip()
    text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    seen = (c for c in text if c == "\n" or (unicodedata.category(c) not in ("Cc", "Cs") and c not in _UNSEEN))
    kept = unicodedata.normalize("NFC", "".join(seen))  # only now: what goes may stand between a letter and its accent
    if lines:
        return "\n".join(line.rstrip() for line in kept.split("\n")).strip()
    return kept.replace("\n", " ").strip()


def fold(text: str) -> str:
    """Return text as it is compared when searched: small letters, without accents (``Åkerström`` is ``akerstrom``)."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(c for c in split if not unicodedata.combining(c))


def _line(value: str) -> str:
    return clean(value)


def _prose(value: str) -> str:
    return clean(value, lines=True)


def _words(value: object) -> object:
    if isinstance(value, str):
        value = value.split(",")
    if isinstance(value, (list, tuple)):
        cleaned = (clean(one).lower() if isinstance(one, str) else one for one in value)
        return tuple(dict.fromkeys(one for one in cleaned if one))
    return value


def _utc_seconds(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("This time needs its zone.")
    # twice, because at the ends of the calendar UTC may be in another year
    return to_utc(to_utc(value)).replace(microsecond=0)


def stamp(moment: datetime) -> str:
    """Return a moment as it is stored and compared: ``2026-11-21T09:12:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


Line = Annotated[str, AfterValidator(_line), Field(max_length=LINE_MAX)]
"""One line of clean text."""
Prose = Annotated[str, AfterValidator(_prose), Field(max_length=PROSE_MAX)]
"""Clean text of many lines."""
Words = Annotated[tuple[Annotated[str, Field(max_length=40)], ...], BeforeValidator(_words), Field(max_length=30)]
"""Tags: small words in the order given, none twice; typed with commas between."""
When = Annotated[
    datetime,
    AfterValidator(_utc_seconds),
    PlainSerializer(stamp, return_type=str, when_used="json"),
]
"""A moment: UTC, whole seconds; as text always ``2026-11-21T09:12:00Z``, so that text order is time order."""


class Choice(StrEnum):
    """A fixed set of values, each with the office's word for it: ``P1 = "P1", "urgent"``."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make one member of a value and its word (the value itself if none is given)."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member


@dataclass(frozen=True, slots=True, kw_only=True)
class Ui:
    """How one field is shown and typed.

    Attributes:
        label: the office's word for it.
        help: one sentence under the field in a form.
        column: width in cells as a list column; 0 = no column.
        wide: a column only where the list is wider than 80 cells.
        form: whether a person types it; what verbs move (state, owner, quantities) says False.
        ref: the collection that the number in this field points to.
        rows: height of a text box in a form.
        batch: kept by "save and next" for the next record.
    """

    label: str
    help: str = ""
    column: int = 0
    wide: bool = False
    form: bool = True
    ref: str = ""
    rows: int = 1
    batch: bool = False


class Record(BaseModel):
    """One record of one collection; frozen: a rule answers with a ``Change`` instead of touching it.

    ``id`` is its number in the collection (0 = not stored yet); it is the key of the document, not a field in it.
    Fields that a newer botui added are kept in the store, because a change carries only the fields it changes.
    """

    model_config = ConfigDict(defer_build=True, extra="ignore", frozen=True)

    COLLECTION: ClassVar[str]
    """Its collection's word in ``botui.areas``."""

    id: int = Field(default=0, exclude=True, ge=0)

    @property
    def ref(self) -> str:
        """Its reference, such as ``T-1042``."""
        return areas.ref(self.COLLECTION, self.id)

    def doc(self) -> dict[str, Any]:
        """Return the document as stored: JSON values, without what is empty (None, no text, no entries)."""
        dump = self.model_dump(mode="json", exclude_none=True)
        return {name: value for name, value in dump.items() if value != "" and value != []}

    @classmethod
    def load(cls, number: int, doc: Mapping[str, Any]) -> Self:
        """Return the record of a stored document."""
        return cls.model_validate({**doc, "id": number})


class Arguments(BaseModel):
    """What a verb asks for: a small model, so that one form builder and one command line serve all verbs."""

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True)


R = TypeVar("R", bound=Record)


@dataclass(slots=True)
class Put:
    """What a change does to one record.

    Attributes:
        fields: new values (JSON; None = the field goes), only those that change.
        was: the values they had when the rule looked; None = the record is new.
        gone: the record is removed.
    """

    collection: str
    id: int
    fields: dict[str, Any]
    was: dict[str, Any] | None
    gone: bool = False


@dataclass(slots=True)
class Change:
    """Field patches of any number of records in any collections, committed as one or not at all.

    Attributes:
        action: what was done, ``collection.verb``: kept in the journal, shown in the history.
        said: the sentence for the status line.
        note: one line kept with the change.
    """

    action: str
    said: str = ""
    note: str = ""
    puts: dict[tuple[str, int], Put] = field(default_factory=dict)

    def add(self, record: Record) -> Self:
        """Add a new record whose number was given out by ``Lookup.new_id`` (0 in a look ahead that is thrown away)."""
        self.puts[record.COLLECTION, record.id] = Put(record.COLLECTION, record.id, record.doc(), None)
        return self

    def set(self, record: Record, **values: object) -> Self:
        """Give fields of a record new values; values that are the same already are left out."""
        before, after = record.doc(), record.model_copy(update=values).doc()
        put = self.puts.get((record.COLLECTION, record.id)) or Put(record.COLLECTION, record.id, {}, {})
        for name in values:
            old, new = before.get(name), after.get(name)
            if put.was is None or name in put.fields:
                put.fields[name] = new
            elif old != new:
                put.fields[name], put.was[name] = new, old
        if put.fields:
            self.puts[record.COLLECTION, record.id] = put
        return self

    def remove(self, record: Record) -> Self:
        """Remove a record."""
        self.puts[record.COLLECTION, record.id] = Put(record.COLLECTION, record.id, {}, record.doc(), gone=True)
        return self

    def join(self, other: Change) -> Self:
        """Take over the puts of another change; it must not touch the same records."""
        if twice := self.puts.keys() & other.puts.keys():
            raise ValueError(f"two changes of the same record: {sorted(twice)}")
        self.puts.update(other.puts)
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One verb: a row of its area's lifecycle table.

    Attributes:
        name: its word on the command line and in the journal; its key is ``VERB_KEYS[name]``.
        label: its word on the screen.
        sources: the states it can start from; empty = any.
        target: the state it leads to; None = the state stays or the rule decides.
        rule: ``rule(context, record, arguments) -> Change``.
        needs: what it asks for; None = nothing, one key does it.
        ask: whether its key asks for ``needs`` first; False = the key does it at once with nothing filled in, and
            only the numbered list of verbs asks.
        who: the capability that a role must have (``botui.access``).
        guard: further reason why it cannot be done now, in words, or None.
        private: a sign-in over a minute old must be renewed (money, HR, disposal).
        many: it makes sense on several marked records at once.
    """

    name: str
    label: str
    rule: Callable[..., Change]
    sources: frozenset[str] = frozenset()
    target: str | None = None
    needs: type[Arguments] | None = None
    ask: bool = True
    who: str = "work"
    guard: Callable[..., str | None] | None = None
    private: bool = False
    many: bool = True

    @property
    def key(self) -> str:
        """The letter that does it, the same in every area."""
        return VERB_KEYS[self.name]


VERB_KEYS: Final[Mapping[str, str]] = {
    "take": "t",
    "assign": "a",
    "handover": "h",
    "reply": "r",
    "note": "o",
    "wait": "w",
    "resolve": "s",
    "close": "c",
    "reopen": "p",
    "reject": "x",
    "merge": "m",
    "split": "y",
    "link": "l",
    "tick": "k",
    "rate": "f",
    "acknowledge": "g",
    "remind": "z",
    "edit": "e",
    "pause": "i",
    "in_out": "j",
    "run": "b",
}
"""One table of verb letters for all areas: same verb, same letter; ``n v u`` and the signs are the desk's own."""


@dataclass(frozen=True, slots=True)
class Between:
    """A range of values: ``low <= value < high``; an open end is None. No value at all never fits."""

    low: Any = None
    high: Any = None


Where = Mapping[str, Collection[Any] | Between]
"""Conditions on indexed fields, all of which must hold: allowed values (JSON; None = empty) or a range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A named list.

    Attributes:
        name: its word on the command line.
        label: its word on the screen.
        where: the conditions, given the context (who is looking, what time it is).
        sort: the indexed field to sort by.
        down: largest first.
        timed: it changes with time alone, so that it is looked at again every minute.
        empty: what an empty list says.
        menu: whether it stands in the area's menu; the others are reached from the list.
    """

    name: str
    label: str
    where: Callable[[Any], Where]
    sort: str = "id"
    down: bool = False
    timed: bool = False
    empty: str = "Nothing here."
    menu: bool = True


def _plain_title(record: Any) -> str:
    return str(getattr(record, "name", "") or getattr(record, "title", "") or record.ref)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[R]):
    """All that is particular to one collection.

    Attributes:
        model: the shape.
        one: the office's word for one record (``ticket``).
        many: the word for the list (``Tickets``).
        title: what a person calls a record, in one line.
        transitions: its verbs.
        views: its named lists; the first is the usual one.
        columns: the fields a list shows, in order; empty = all that have a column, as declared.
        index: fields kept at hand for views, sorting and ``field=value``.
        derived: further index values, each computed from the stored document.
        aliases: fields whose exact value finds the record when scanned or typed.
        text: fields whose words the filter searches.
        create: makes the change that files a new record; None = it is added as it is.
        revise: makes the change of an edit from (before, after); None = the changed fields.
        states: the office's words for states.
        parent: for records that are shown inside another (comments of a ticket): the field with its number.
        row_style: ``late``, ``soon``, ``done`` or nothing, for a stored document and the time now (text).
    """

    model: type[R]
    one: str
    many: str
    title: Callable[[R], str] = _plain_title
    transitions: tuple[Transition, ...] = ()
    views: tuple[View, ...] = ()
    columns: tuple[str, ...] = ()
    index: tuple[str, ...] = ()
    derived: Mapping[str, Callable[[Mapping[str, Any]], Any]] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    create: Callable[[Any, R], Change] | None = None
    revise: Callable[[Any, R, R], Change] | None = None
    states: Mapping[str, str] = field(default_factory=dict)
    parent: str = ""
    row_style: Callable[[Mapping[str, Any], str], str] | None = None

    @property
    def name(self) -> str:
        """The collection's word."""
        return self.model.COLLECTION

    def transition(self, name: str) -> Transition:
        """Return the verb of this name.

        Raises:
            Refused: there is none; the sentence lists those there are.
        """
        for one in self.transitions:
            if one.name == name:
                return one
        raise Refused(f"{self.many} have no '{name}'; there is: {_list(one.name for one in self.transitions)}.")

    def view(self, name: str) -> View:
        """Return the named list.

        Raises:
            Refused: there is none; the sentence lists those there are.
        """
        for one in self.views:
            if one.name == name:
                return one
        raise Refused(f"{self.many} have no view '{name}'; there is: {_list(one.name for one in self.views)}.")


def _list(words: Iterable[str]) -> str:
    return ", ".join(words) or "none"
