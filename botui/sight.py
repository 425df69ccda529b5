"""Whose eyes look at a store: what somebody works as, whose records count as theirs, and which they may look at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from copy import copy
from datetime import datetime
from typing import Any, Self

import orjson

from botui import access, areas
from botui.models.base import EVERYBODY, Between, Kind, NotAllowed, Record, StoreDamaged, Where, approver_word
from botui.models.office import Context, Settings, StandIn
from botui.past import parents, refers
from botui.storage import Transaction
from botui.store import Look, Store


class Sight:
    """What of a store one person may see; everything that reads asks here first.

    Attributes:
        store: the store.
        person: number of the person who looks; None = nobody.
        terminal: the name of this terminal.
        clock: what time it is, UTC.
        began: when this sitting did: whoever comes after them gets a desk of their own.
        by_badge: a badge alone says who it is: a found one does not work as HR, and what is worth as much as the
            office's limit asks for the PIN.
    """

    by_badge: bool = False

    def __init__(
        self, store: Store, person: int | None, terminal: str, clock: Callable[[], datetime], *, system: bool = False
    ) -> None:
        self.store = store
        self.person = person
        self.terminal = terminal
        self.clock = clock
        self.began = clock()
        self._system = system
        self._known_roles: tuple[str, frozenset[str]] = ("", frozenset({"guest"}))
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
        # asked for ten times a change; the head is looked at first, so that what comes meanwhile is looked at next time
        head = self.store.journal.head
        known, roles = self._known_roles
        if not head or head != known:
            raw = self.store.journal.raw("people", self.person) if self.person else None
            doc: dict[str, Any] = orjson.loads(raw) if raw else {"active": False}
            roles = frozenset(doc.get("roles", ("staff",))) if doc.get("active", True) else frozenset({"guest"})
            self._known_roles = (head, roles)
        return roles - {"hr"} if self.by_badge else roles

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
        for one in (one for one in self.standing_in() if one.person == approver):
            name = self.title("people", approver)
            if not one.approves:
                return f"{name} leaves approvals to nobody."
            if not one.approves_of(record.COLLECTION):
                return f"{name} lets the stand-in approve only {' and '.join(area.label for area in one.approves_in)}."
            if one.up_to is not None and (amount is None or amount > one.up_to):
                return f"{name} lets the stand-in approve no more than {one.up_to:,.2f} {self.settings.currency}."
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
        kind: Kind[Any] = areas.kind(collection)
        whose = self._whose(collection)
        named = kind.derived[kind.whose](doc) if kind.whose else ()
        mine = not self._named_as(whose).isdisjoint(named) if kind.whose else access.belongs(doc, whose)
        if mine or (collection == "people" and number in whose):
            return True
        shown = kind.derived[kind.public](doc) if kind.public else None
        if not {EVERYBODY, *self.roles()}.isdisjoint(shown if isinstance(shown, list) else (shown,)):
            return True
        if not kind.parent:
            return False
        above, inside = parents(kind), doc.get(kind.parent, 0)
        parent = self.store.journal.get(above, inside) or {}
        shared = all(doc.get(name) in wanted for name, wanted in kind.shared.items())
        return (shared or parent.get("owner") in self.persons()) and self.sees(above, inside)

    def _whose(self, collection: str) -> frozenset[int]:
        """Return the people whose records of a collection this person sees: a manager those of the team, too.

        What HR keeps of who left is HR's alone again.
        """
        whose = frozenset(self.persons()[:1] if collection in access.ALONE else self.persons())
        if "team" not in access.capabilities(self.roles(), collection):
            return whose
        index = self.store.index("people")
        departments = self.store.index("departments").find({"manager": tuple(whose), "active": (True,)})
        team = whose.union(index.find({"department": tuple(departments)}))
        if self.store.journal.count("person_files"):
            files = self.store.index("person_files")
            team = team.union(files.value(one, "person") for one in files.find({"manager": tuple(whose)}))
        if collection in access.ALONE:
            team = whose.union(team.difference(index.find({"active": (False,)})))
        return team

    def _named_as(self, whose: frozenset[int]) -> frozenset[int | str]:
        """Return how ``Kind.whose`` names these people, and those for whom this person may approve."""
        return whose.union(approver_word(one) for one in self.persons())

    def _scope(self, collection: str) -> Where:
        """Return the conditions on the values at hand that all records meet that this person sees in a list."""
        if self.reads_all(collection):
            return {}
        kind: Kind[Any] = areas.kind(collection)
        if kind.parent:
            above = parents(kind)
            return {kind.parent: tuple(self.store.index(above).find(self._scope(above))), **kind.shared}
        names = (kind.whose,) if kind.whose else self.store.index(collection).whose
        people = self._whose(collection)
        whose = tuple(sorted(self._named_as(people), key=str)) if kind.whose else tuple(sorted(people))
        if kind.public:
            return {"|".join((*names, kind.public)): (*whose, EVERYBODY, *sorted(self.roles()))}
        return {"|".join(names): whose}

    def _within(self, collection: str, where: Where) -> Where:
        """Return conditions together with those of what this person sees."""
        scope = dict(self._scope(collection))
        for name, wanted in where.items():
            allowed = scope.get(name)
            if allowed is None or isinstance(allowed, Between):
                scope[name] = wanted
            else:
                scope[name] = tuple(one for one in allowed if _fits(one, wanted))
        return scope

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

    def _seen(self, collection: str, numbers: list[int]) -> list[int]:
        return numbers if self.reads_all(collection) else [one for one in numbers if self.sees(collection, one)]

    def _doc_seen(self, collection: str, number: int) -> Mapping[str, Any] | None:
        doc = self.store.journal.get(collection, number)
        return doc if doc is None or self.reads_all(collection) or self._sees(collection, number, doc) else None

    def peek(self, collection: str, number: int) -> Any | None:
        """Return a record or None.

        Raises:
            NotAllowed: this person may not look at it.
        """
        raw = self._raw(collection, number)
        return None if raw is None else self.store.record(areas.kind(collection).model, number, raw)

    def title(self, collection: str, number: int | None) -> str:
        """Return what a person calls a record: ``""`` for none, its reference if it cannot be seen."""
        if not number:
            return ""
        with suppress(NotAllowed, StoreDamaged):
            record = self.peek(collection, number)
            if record is not None:
                kind: Kind[Any] = areas.kind(collection)
                about = self.title(refers(kind, kind.about), getattr(record, kind.about)) if kind.about else ""
                return f"{kind.title(record)} {about}".strip()
        return areas.ref(collection, number)

    def headline(self, collection: str, number: int) -> str:
        """Return the reference and the title of a record, the reference once."""
        ref, title = areas.ref(collection, number), self.title(collection, number)
        return title if f"{title} ".startswith(f"{ref} ") else f"{ref}  {title}"


def _fits(value: Any, wanted: Collection[Any] | Between) -> bool:
    if not isinstance(wanted, Between):
        return value in wanted
    low, high = wanted.low, wanted.high
    return value is not None and (low is None or low <= value) and (high is None or value < high)
