"""What one person may look at: the reading half of the Desk, by number, by list, by name and by code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Self

import orjson

from botui import access, areas
from botui.listing import Listing
from botui.models.base import EVERYBODY, Kind, NotAllowed, Record, Refused, StoreDamaged, View, Where, clean, fold
from botui.models.office import Context, Settings, StandIn
from botui.models.shape import FieldKind, FieldSpec, Typing, fields_of
from botui.past import Event, event, parents
from botui.storage import Entry, Transaction
from botui.store import Look, Store


class Reader:
    """One person's eyes on a store; every read asks ``botui.access`` first.

    Attributes:
        store: the store.
        person: number of the person who looks; None = nobody.
        terminal: the name of this terminal.
        clock: what time it is, UTC.
        began: when this sitting did: whoever comes after them gets a desk of their own.
    """

    def __init__(
        self, store: Store, person: int | None, terminal: str, clock: Callable[[], datetime], *, system: bool = False
    ) -> None:
        self.store = store
        self.person = person
        self.terminal = terminal
        self.clock = clock
        self.began = clock()
        self._system = system
        self._known_roles: tuple[bytes | None, frozenset[str]] = (None, frozenset({"guest"}))
        self._known_absences: tuple[object, int, tuple[StandIn, ...]] = (None, 0, ())
        self._only: tuple[int, ...] | None = None

    @property
    def settings(self) -> Settings:
        """The office's settings."""
        return self.store.settings()

    def roles(self) -> frozenset[str]:
        """Return what the person works as, as it is in the store now."""
        if self._system:
            return frozenset({"system"})
        raw = self.store.journal.raw("people", self.person) if self.person else None
        known, roles = self._known_roles
        if raw != known:
            doc: dict[str, Any] = orjson.loads(raw) if raw else {"active": False}
            roles = frozenset(doc.get("roles", ("staff",))) if doc.get("active", True) else frozenset({"guest"})
            self._known_roles = (raw, roles)
        return roles

    def context(self, tx: Transaction | None = None) -> Context:
        """Return what a rule may know now."""
        return Context(self.clock(), self.person, self.settings, Look(self.store, tx), self.roles())

    def may(self, collection: str, what: str, record: Record | None = None) -> str | None:
        """Return why this person may not do this, or None if they may; ``read`` of a record as ``sees`` says."""
        if what == "read" and record is not None:
            return None if self.sees(collection, record.id) else f"{record.ref} is private."
        if what == "approve" and record is not None and (reason := self._beyond(record)):
            return reason
        return access.why_not(self.roles(), collection, what, record, *self.persons())

    # --- whose records this person sees -------------------------------------------------------------------------

    def persons(self) -> tuple[int, ...]:
        """Return whose own records this person may act on: their own first, then those of whom they stand in for.

        Nobody's, if nobody has signed in.
        """
        if self._only is not None:
            return self._only
        return () if self.person is None else (self.person, *(one.person for one in self.standing_in()))

    def standing_in(self) -> tuple[StandIn, ...]:
        """Return for whom this person acts today, each with its limits; whoever left is acted for by nobody."""
        if self.person is None or not self.store.journal.count("standins"):
            return ()
        # asked for at every look: the records are looked for only when one of them changed
        index = self.store.index("standins")
        known, changes, absences = self._known_absences
        if known is not index or changes != index.changes:
            changes, numbers = index.changes, index.find({"stand_in": (self.person,), "ended_at": (None,)})
            docs = ((number, self.store.journal.get("standins", number)) for number in numbers)
            absences = tuple(StandIn.load(number, doc) for number, doc in docs if doc is not None)
            self._known_absences = (index, changes, absences)
        if not absences:
            return ()
        today, people = self.settings.local(self.clock()).date(), self.store.index("people")
        return tuple(one for one in absences if one.runs(today) and people.value(one.person, "active") is not False)

    def acting_as(self, *persons: int) -> Self:
        """Return the same eyes on what is these people's alone: without whom one stands in for, or as one of them."""
        other = copy(self)
        other._only = persons
        return other

    def _beyond(self, record: Record) -> str | None:
        """Return why a stand-in may not approve this for the one who is asked, or None if they may, or are asked."""
        approver, amount = getattr(record, "approver", None), getattr(record, "amount", None)
        if approver == self.person:
            return None
        for one in self.standing_in():
            if one.person == approver and not one.approves:
                return f"{self.title('people', approver)} leaves approvals to nobody."
            if one.person == approver and one.up_to is not None and (amount is None or amount > one.up_to):
                limit = f"{one.up_to:,.2f} {self.settings.currency}"
                return f"{self.title('people', approver)} lets the stand-in approve no more than {limit}."
        return None

    def reads_all(self, collection: str) -> bool:
        """Return whether this person may look at all records of a collection."""
        return "read" in access.capabilities(self.roles(), collection)

    def sees(self, collection: str, number: int) -> bool:
        """Return whether this person may look at a record."""
        if self.reads_all(collection):
            return True
        doc = self.store.journal.get(collection, number)
        return doc is not None and self._sees(collection, number, doc)

    def _sees(self, collection: str, number: int, doc: Mapping[str, Any]) -> bool:
        """Return whether a record is open to all or theirs, or shown inside one that is and meant for whose that is."""
        if "see" not in access.capabilities(self.roles(), collection):
            return False
        whose = self._whose(collection)
        if access.belongs(doc, whose) or (collection == "people" and number in whose):
            return True
        kind: Kind[Any] = areas.kind(collection)
        if kind.public and kind.derived[kind.public](doc) == EVERYBODY:
            return True
        if not kind.parent:
            return False
        above, inside = parents(kind), doc.get(kind.parent, 0)
        parent = self.store.journal.get(above, inside) or {}
        shared = all(doc.get(name) in wanted for name, wanted in kind.shared.items())
        return (shared or parent.get("owner") in self.persons()) and self.sees(above, inside)

    def _whose(self, collection: str) -> frozenset[int]:
        """Return the people whose records of a collection this person sees: a manager those of the team, too."""
        whose = frozenset(self.persons())
        if "team" not in access.capabilities(self.roles(), collection):
            return whose
        index = self.store.index("people")
        departments = self.store.index("departments").find({"manager": tuple(whose), "active": (True,)})
        return whose.union(index.find({"department": tuple(departments)}))

    def _scope(self, collection: str) -> Where:
        """Return the conditions on the values at hand that all records meet that this person sees in a list."""
        if self.reads_all(collection):
            return {}
        kind: Kind[Any] = areas.kind(collection)
        if kind.parent:
            above = parents(kind)
            return {kind.parent: tuple(self.store.index(above).find(self._scope(above))), **kind.shared}
        names, whose = self.store.index(collection).whose, tuple(sorted(self._whose(collection)))
        if kind.public:
            return {"|".join((*names, kind.public)): (*whose, EVERYBODY)}
        return {"|".join(names): whose}

    def _raw(self, collection: str, number: int) -> bytes | None:
        """Return the bytes of a document that this person may look at, or None if there is none.

        Raises:
            NotAllowed: they may not.
        """
        access.require(self.roles(), collection, "read", None, *self.persons())
        raw = self.store.journal.raw(collection, number)
        if raw is not None and not self.reads_all(collection) and not self._sees(collection, number, orjson.loads(raw)):
            raise NotAllowed(f"{areas.ref(collection, number)} is private.")
        return raw

    # --- reading ------------------------------------------------------------------------------------------------

    def get(self, collection: str, number: int) -> Any:
        """Return a record.

        Raises:
            Refused: there is none of this number.
            NotAllowed: this person may not look at it.
        """
        found = self.peek(collection, number)
        if found is None:
            raise Refused(f"There is no {areas.ref(collection, number)}.")
        return found

    def peek(self, collection: str, number: int) -> Any | None:
        """Return a record or None.

        Raises:
            NotAllowed: this person may not look at it.
        """
        raw = self._raw(collection, number)
        return None if raw is None else self.store.record(areas.kind(collection).model, number, raw)

    def doc(self, collection: str, number: int) -> dict[str, Any] | None:
        """Return the stored document, for lists that need no model.

        Raises:
            NotAllowed: this person may not look at it.
        """
        raw = self._raw(collection, number)
        doc: dict[str, Any] | None = None if raw is None else orjson.loads(raw)
        return doc

    def title(self, collection: str, number: int | None) -> str:
        """Return what a person calls a record: ``""`` for none, its reference if it cannot be seen."""
        if not number:
            return ""
        with suppress(NotAllowed, StoreDamaged):
            record = self.peek(collection, number)
            if record is not None:
                return str(areas.kind(collection).title(record))
        return areas.ref(collection, number)

    def name(self, collection: str, number: int | None) -> str:
        """Return the name of one record (see ``names``)."""
        return self.names(collection)(number)

    def names(self, collection: str) -> Callable[[int | None], str]:
        """Return what gives the names of a collection's records, from the values at hand: as ``title``, for many."""
        if self.may(collection, "read"):
            return lambda number: areas.ref(collection, number) if number else ""
        if not self.reads_all(collection):
            return partial(self.title, collection)
        index = self.store.index(collection)
        field = name_field(index.names)
        if not field:
            return partial(self.title, collection)
        return lambda number: str(index.value(number, field) or "") if number else ""

    def listing(self, collection: str, view: View) -> Listing:
        """Return the live list of a view as this person sees it now.

        Raises:
            NotAllowed: this person may not look at the collection.
        """
        access.require(self.roles(), collection, "read", None, *self.persons())
        where = {**view.where(self.context()), **self._scope(collection)}
        return self.store.index(collection).listing((view.name, self.person), where, view.sort, view.down)

    def numbers(self, collection: str) -> list[int]:
        """Return the numbers of all records of a collection that this person sees, ascending.

        Raises:
            NotAllowed: this person may not look at the collection.
        """
        access.require(self.roles(), collection, "read", None, *self.persons())
        if self.reads_all(collection):
            return self.store.journal.ids(collection)
        return self.store.index(collection).find(self._scope(collection))

    def count(self, collection: str, view: View) -> int:
        """Return how many records a view has; a view without conditions has them all, and costs no look at them.

        Raises:
            NotAllowed: this person may not look at the collection.
        """
        access.require(self.roles(), collection, "read", None, *self.persons())
        if not view.where(self.context()) and self.reads_all(collection):
            return self.store.journal.count(collection)
        return len(self.listing(collection, view))

    def find(self, collection: str, where: Where) -> list[Any]:
        """Return the records that meet conditions on indexed fields, by number.

        Raises:
            NotAllowed: this person may not look at the collection.
        """
        found = (self.peek(collection, number) for number in self.ids(collection, where))
        return [record for record in found if record is not None]

    def ids(self, collection: str, where: Where) -> list[int]:
        """Return the numbers of the records that meet conditions on indexed fields, ascending.

        Raises:
            NotAllowed: this person may not look at the collection.
        """
        access.require(self.roles(), collection, "read", None, *self.persons())
        return self._seen(collection, self.store.index(collection).find(where))

    def _seen(self, collection: str, numbers: list[int]) -> list[int]:
        return numbers if self.reads_all(collection) else [one for one in numbers if self.sees(collection, one)]

    def words(self, collection: str) -> Callable[[int], str]:
        """Return what gives the words of a record that the filter searches, in small letters, names included.

        Raises:
            NotAllowed: this person may not look at the collection.
        """
        access.require(self.roles(), collection, "read", None, *self.persons())
        specs = fields_of(areas.kind(collection).model)
        refs = [(name, self.names(ref)) for name, ref in refs_of(specs)]
        # what is kept has all names in it, and is for those alone who may read them
        sees_all = all(map(self.reads_all, (collection, *(ref for _, ref in refs_of(specs)))))
        index, read = self.store.index(collection), partial(self._doc_seen, collection)

        def names(number: int, doc: Mapping[str, Any]) -> str:
            return " ".join(
                (areas.ref(collection, number), *(name(doc[field]) for field, name in refs if field in doc))
            )

        return lambda number: index.text(number, read, names, keep=sees_all)

    def _doc_seen(self, collection: str, number: int) -> Mapping[str, Any] | None:
        doc = self.store.journal.get(collection, number)
        return doc if doc is None or self.reads_all(collection) or self._sees(collection, number, doc) else None

    def text(self, collection: str, number: int) -> str:
        """Return the words of one record (see ``words``)."""
        return self.words(collection)(number)

    def typing(self) -> Typing:
        """Return what typed text means here and now (see ``coerce``)."""
        return Typing(self.settings.local(self.clock()), self.settings.order, self.look_up)

    def look_up(self, collection: str, text: str) -> int:
        """Return the number of the record a text names: exact alias, reference, number, name or its only beginning.

        Raises:
            Refused: none or several; the sentence says so.
        """
        found = self.candidates(collection, text)
        if len(found) == 1:
            return found[0]
        many = areas.kind(collection).many.lower()
        if not found:
            raise Refused(f"There is no '{text.strip()}' among {many}.")
        names = ", ".join(f"{self.title(collection, one)} ({areas.ref(collection, one)})" for one in found[:4])
        raise Refused(f"'{text.strip()}' could be {names}: say which.")

    def candidates(self, collection: str, text: str) -> list[int]:
        """Return the numbers of the records that a text may name, the surest reading first.

        Raises:
            NotAllowed: this person may not look at the collection.
        """
        access.require(self.roles(), collection, "read", None, *self.persons())
        word = clean(text)
        if not word:
            return []
        if exact := self.aliases(collection, word):
            return exact
        parsed = areas.parse_ref(word) or areas.parse_ref(f"{areas.collection(collection).prefix}-{word}")
        if parsed and parsed[0] == collection and self._doc_seen(collection, parsed[1]) is not None:
            return [parsed[1]]
        index = self.store.index(collection)
        field = name_field(index.names)
        if not field:
            return []
        return self._seen(collection, index.named(field, fold(word)))

    def aliases(self, collection: str, code: str) -> list[int]:
        """Return the numbers of the records that carry this very code (initials: in any letters)."""
        kind = areas.kind(collection)
        code = clean(code)
        if not kind.aliases or not code:
            return []
        access.require(self.roles(), collection, "read", None, *self.persons())
        found = []
        for number in self._seen(collection, self.store.codes(collection).numbers(code)):
            doc = self.store.journal.get(collection, number) or {}
            if any(_is_code(doc.get(name), code) for name in kind.aliases):
                found.append(number)
        return found

    def by_code(self, code: str) -> list[tuple[str, int]]:
        """Return collection and number of what a scanned code names: exact aliases first, else a reference."""
        found = []
        for one in areas.COLLECTIONS:
            with suppress(NotAllowed):
                found += [(one.name, number) for number in self.aliases(one.name, code)]
        if found:
            return found
        parsed = areas.parse_ref(code)
        with suppress(NotAllowed):
            if parsed and self.peek(*parsed) is not None:
                return [parsed]
        return []

    def history(self, collection: str, number: int) -> list[Event]:
        """Return what happened to a record and to what is shown inside it, oldest first.

        Raises:
            NotAllowed: this person may not look at it.
        """
        if "guest" in self.roles():
            raise NotAllowed("Say who you are first.")
        if self._raw(collection, number) is None and not self.reads_all(collection):
            return []
        entries = self.store.journal.history(collection, number)
        return [one for entry in entries if (one := self.told(entry, collection, number)) is not None]

    def told(self, entry: Entry, collection: str, number: int) -> Event | None:
        """Return what an entry did to a record, without what is inside it that this person may not look at.

        None = nothing, or nothing that is for this person.
        """
        found = event(entry, collection, number)
        if found is None or not found.also:
            return found
        also = tuple(one for one in found.also if self.sees(one[0], one[1]))
        return replace(found, also=also) if also or found.changes else None


def refs_of(specs: Sequence[FieldSpec]) -> list[tuple[str, str]]:
    """Return the fields that name one record, each with the collection it is in."""
    return [(spec.name, spec.ui.ref) for spec in specs if spec.kind is FieldKind.REF]


def name_field(names: Sequence[str]) -> str:
    """Return which of a collection's fields is the name of its records, or nothing."""
    return next((name for name in ("name", "title", "subject") if name in names), "")


def _is_code(value: Any, code: str) -> bool:
    if isinstance(value, list):
        return code in value
    return isinstance(value, str) and value.casefold() == code.casefold()
