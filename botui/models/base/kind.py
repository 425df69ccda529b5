"""Verbs, lists and all else that is particular to one collection, as data."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Generic, TypeVar

from botui.areas import load
from botui.models.base.change import Change
from botui.models.base.record import Arguments, Record
from botui.models.errors import Refused

R = TypeVar("R", bound=Record)


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
        many: it makes sense on several marked records at once.
        final: why it cannot be taken back, as the end of ``Reply T-12 stays: ...``; empty = it can.
        pin: it needs the person's PIN, given within the last minute (``Desk.confirmed``).
        light: a badge alone is enough for it, where the office's settings let supplies be taken so.
        worth: what it is worth in the office's currency, ``worth(context, record, arguments)``; None = the ``amount``
            of either.
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
    many: bool = True
    final: str = ""
    pin: bool = False
    light: bool = False
    worth: Callable[[Any, Any, Any], Decimal | None] | None = None

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
    "accept": "A",
    "cancel": "C",
    "decline": "D",
    "sign_out": "O",
    "ask_approval": "Q",
    "approve": "V",
    "refuse": "B",
    "take_many": "F",
    "give_back": "R",
    "receive": "I",
    "count": "K",
    "correct": "X",
    "transfer": "M",
    "waste": "G",
    "order": "P",
    "barcode": "L",
    "hand_out": "T",
    "expect": "E",
    "bill": "J",
    "settle": "S",
    "recount": "U",
    "reverse": "Y",
    "report": "b",
    "book": "W",
    "lose": "x",
    "find": "f",
    "retire": "G",
    "test": "y",
    "part": "i",
    "quote": "Q",
    "guide": "f",
    "renew": "E",
    "skip": "x",
    "review": "K",
    "cost": "J",
    "extend": "E",
    "file": "f",
    "attach": "a",
    "recall": "w",
    "hold": "h",
    "release": "y",
    "dispose": "G",
    "destroy": "X",
    "check": "c",
    "dispute": "D",
    "pay": "P",
    "send": "S",
    "credit": "J",
    "void": "x",
    "submit": "s",
    "bank": "b",
    "clear": "s",
    "bounce": "x",
    "match": "m",
    "unmatch": "y",
    "post": "P",
    "write": "r",
    "resign": "G",
    "amend": "M",
    "shortlist": "s",
    "pass": "A",
    "fail": "F",
    "offer": "E",
    "hire": "T",
    "warn": "W",
    "erase": "Y",
}
"""One table of verb letters for all areas: same verb, same letter; ``n v u`` and the signs are the desk's own.

The small letters are all given; a verb that other people reckon with has a capital one, which no slip presses. Two
verbs that no collection has both of may share a letter.
"""

EVERYBODY: Final = "everybody"
"""What ``Kind.public`` says of a record that is open to all."""


def approver_word(person: int) -> str:
    """Return the word by which ``Kind.whose`` shows a record to who is asked to approve it, or stands in for them.

    A number there is that person alone, where nobody stands in for what is theirs (``botui.access.ALONE``).
    """
    return f"approver:{person}"


@dataclass(frozen=True, slots=True)
class Between:
    """A range of values: ``low <= value < high``; an open end is None. No value at all never fits."""

    low: Any = None
    high: Any = None


Where = Mapping[str, Collection[Any] | Between]
"""Conditions on indexed fields, all of which must hold: allowed values (JSON; None = empty) or a range.

``a|b`` means that one of several fields is an allowed value, or a list with one in it.
"""


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
class Rules:
    """What can be done with the records of one collection.

    Attributes:
        transitions: its verbs.
        create: makes the change that files a new record; None = it is added as it is.
        revise: makes the change of an edit from (before, after); None = the changed fields.
        fixed: refuses, from (context, record, new values by field), to change by an edit or an undo what must stay now.
        counter: of a ledger, whose records are never changed or removed: ``counter(context, records, change)`` takes
            back by new entries what one change wrote in it, in the change that puts all else back that was touched
            (in its area), and lets what follows from the ledger follow.
    """

    transitions: tuple[Transition, ...] = ()
    create: Callable[[Any, Any], Change] | None = None
    revise: Callable[[Any, Any, Any], Change] | None = None
    fixed: Callable[[Any, Any, Mapping[str, Any]], None] | None = None
    counter: Callable[[Any, Sequence[Any], Change], Change] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[R]):
    """All that is particular to one collection.

    Attributes:
        model: the shape.
        one: the office's word for one record (``ticket``).
        many: the word for the list (``Tickets``).
        title: what a person calls a record, in one line.
        about: the field with the number of what a record is about: its name ends the title, as it is now.
        rules: its verbs, and what a new record or an edit becomes; or their dotted name: lists, counts and names show
            without them, so that they are loaded when something is done.
        views: its named lists; the first is the usual one.
        columns: the fields a list shows, in order; empty = all that have a column, as declared.
        index: fields kept at hand for views, sorting and ``field=value``.
        derived: further index values, each computed from the stored document.
        aliases: fields whose exact value finds the record when scanned or typed.
        text: fields whose words the filter searches.
        states: the office's words for states.
        parent: for records that are shown inside another (comments of a ticket): the field with its number.
        shared: which of those are for whoever sees the other only because it is theirs, on fields kept at hand.
        public: one of ``derived`` that is ``EVERYBODY`` for a record that all see who see any of the collection, or the
            word of a role (or a list of such words) for one that all see who work as that.
        whose: one of ``derived`` that lists the people whose a record is, and who is asked to approve it
            (``approver_word``); empty = those of ``access.THEIRS``.
        several: those of ``index`` and ``derived`` that hold several values each, of which one that fits is enough.
        watched: every look at a record that is not ``EVERYBODY``'s is written down.
        contents: one of ``several`` that lists the digests of the files a record names; they are searched, too.
        spent: whether a stored document has done with its files: they are destroyed, unless another record has them.
        row_style: ``late``, ``soon``, ``done`` or nothing, for a stored document and the time now (text).
    """

    model: type[R]
    one: str
    many: str
    title: Callable[[R], str] = _plain_title
    about: str = ""
    rules: Rules | str = Rules()
    views: tuple[View, ...] = ()
    columns: tuple[str, ...] = ()
    index: tuple[str, ...] = ()
    derived: Mapping[str, Callable[[Mapping[str, Any]], Any]] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    states: Mapping[str, str] = field(default_factory=dict)
    parent: str = ""
    shared: Mapping[str, Collection[Any]] = field(default_factory=dict)
    public: str = ""
    whose: str = ""
    several: tuple[str, ...] = ()
    watched: bool = False
    contents: str = ""
    spent: Callable[[Mapping[str, Any]], bool] | None = None
    row_style: Callable[[Mapping[str, Any], str], str] | None = None

    @property
    def name(self) -> str:
        """The collection's word."""
        return self.model.COLLECTION

    @property
    def loaded(self) -> Rules:
        """Its rules, imported at first use."""
        rules: Rules = load(self.rules) if isinstance(self.rules, str) else self.rules
        return rules

    @property
    def transitions(self) -> tuple[Transition, ...]:
        """Its verbs."""
        return self.loaded.transitions

    @property
    def create(self) -> Callable[[Any, R], Change] | None:
        """Makes the change that files a new record."""
        return self.loaded.create

    @property
    def revise(self) -> Callable[[Any, R, R], Change] | None:
        """Makes the change of an edit."""
        return self.loaded.revise

    @property
    def fixed(self) -> Callable[[Any, R, Mapping[str, Any]], None] | None:
        """Refuses to change what must stay."""
        return self.loaded.fixed

    @property
    def counter(self) -> Callable[[Any, Sequence[R], Change], Change] | None:
        """Takes back what was written in a ledger."""
        return self.loaded.counter

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

    def heading(self, view: View) -> str:
        """Return what a list is called where its area is not said: ``Tickets > Open``, ``Orders late``."""
        named = self.many.casefold() in view.label.casefold()
        return view.label if named else f"{self.many} > {view.label}"


def _list(words: Iterable[str]) -> str:
    return ", ".join(words) or "none"
