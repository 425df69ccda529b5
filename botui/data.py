"""The one door to the data: the Store follows the journal, the Desk is what a person holds.

The way of a key press to the disk: a screen calls ``Desk.do`` (or ``add``, ``edit``); it checks the permission, takes
the lock, runs the rule on fresh records, validates the documents and writes one journal line. Everybody else's Store
follows that line and updates only what changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, cast

import orjson

from botui import access, areas
from botui.index import Listing
from botui.models.base import Change, Conflict, Kind, Record, Refused, Transition, View, Where, clean, fold
from botui.models.errors import NotAllowed
from botui.models.office import Context, Settings
from botui.models.shape import FieldKind, Typing, build, coerce, fields_of
from botui.past import Event, event, inverse
from botui.storage import Entry, Journal, Transaction
from botui.store import Look, Store, refuse_conflict

__all__ = ["Desk", "Done", "Event", "Store"]

UNDO_WITHIN: Final = timedelta(hours=24)
"""How far back ``undo`` reaches: a day's work."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a change: the sentence for the status line and the records it made or touched."""

    said: str
    refs: tuple[str, ...]
    digest: str


class Desk:
    """What screens and the command line hold: one person at one terminal on one store.

    Attributes:
        person: number of the person who acts; None = nobody.
        terminal: the name of this terminal, kept in every change.
    """

    def __init__(
        self, store: Store, person: int | None, terminal: str, clock: Callable[[], datetime], *, system: bool = False
    ) -> None:
        self.store = store
        self.person = person
        self.terminal = terminal
        self.clock = clock
        self._system = system
        self._known_roles: tuple[bytes | None, frozenset[str]] = (None, frozenset({"guest"}))

    @classmethod
    def open(
        cls, folder: Path, person: int | None, terminal: str, clock: Callable[[], datetime], timeout: float = 5.0
    ) -> Desk:
        """Open the store in a folder (made at the first write)."""
        return cls(Store(Journal(folder / "office.json", timeout=timeout, clock=clock)), person, terminal, clock)

    def for_person(self, person: int | None) -> Desk:
        """Return the desk of another person on the same store and terminal."""
        return Desk(self.store, person, self.terminal, self.clock)

    def as_system(self) -> Desk:
        """Return the desk on which time does its work."""
        return Desk(self.store, None, self.terminal, self.clock, system=True)

    # --- reading ------------------------------------------------------------------------------------------------

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
        """Return why this person may not do this, or None if they may."""
        return access.why_not(self.roles(), collection, what, record, self.person)

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
        access.require(self.roles(), collection, "read", None, self.person)
        doc = self.store.journal.get(collection, number)
        return None if doc is None else areas.kind(collection).model.load(number, doc)

    def doc(self, collection: str, number: int) -> dict[str, Any] | None:
        """Return the stored document, for lists that need no model."""
        access.require(self.roles(), collection, "read", None, self.person)
        return self.store.journal.get(collection, number)

    def title(self, collection: str, number: int | None) -> str:
        """Return what a person calls a record: ``""`` for none, its reference if it cannot be seen."""
        if not number:
            return ""
        with suppress(NotAllowed):
            record = self.peek(collection, number)
            if record is not None:
                return str(areas.kind(collection).title(record))
        return areas.ref(collection, number)

    def name(self, collection: str, number: int | None) -> str:
        """Return the name of a record from the values at hand: what ``title`` says where that is a field."""
        if not number:
            return ""
        if self.may(collection, "read"):
            return areas.ref(collection, number)
        index = self.store.index(collection)
        field = name_field(index.names)
        return str(index.value(number, field) or "") if field else self.title(collection, number)

    def listing(self, collection: str, view: View) -> Listing:
        """Return the live list of a view as this person sees it now.

        Raises:
            NotAllowed: this person may not look at the collection.
        """
        access.require(self.roles(), collection, "read", None, self.person)
        where = view.where(self.context())
        return self.store.index(collection).listing((view.name, self.person), where, view.sort, view.down)

    def numbers(self, collection: str) -> list[int]:
        """Return the numbers of all records of a collection, ascending.

        Raises:
            NotAllowed: this person may not look at the collection.
        """
        access.require(self.roles(), collection, "read", None, self.person)
        return self.store.journal.ids(collection)

    def count(self, collection: str, view: View) -> int:
        """Return how many records a view has."""
        return len(self.listing(collection, view))

    def find(self, collection: str, where: Where) -> list[Any]:
        """Return the records that meet conditions on indexed fields, by number.

        Raises:
            NotAllowed: this person may not look at the collection.
        """
        access.require(self.roles(), collection, "read", None, self.person)
        numbers = self.store.index(collection).find(where)
        return [record for number in numbers if (record := self.peek(collection, number)) is not None]

    def text(self, collection: str, number: int) -> str:
        """Return the words of a record that the filter searches, in small letters, names of people included."""
        refs = [spec for spec in fields_of(areas.kind(collection).model) if spec.kind is FieldKind.REF]

        def names(doc: Mapping[str, Any]) -> str:
            titles = (self.name(spec.ui.ref, doc.get(spec.name)) for spec in refs)
            return " ".join((areas.ref(collection, number), *titles))

        journal = self.store.journal
        return self.store.index(collection).text(number, lambda one: journal.get(collection, one), names)

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
        """Return the numbers of the records that a text may name, the surest reading first."""
        word = clean(text)
        if not word:
            return []
        if exact := self.aliases(collection, word):
            return exact
        parsed = areas.parse_ref(word) or areas.parse_ref(f"{areas.collection(collection).prefix}-{word}")
        if parsed and parsed[0] == collection and self.peek(collection, parsed[1]) is not None:
            return [parsed[1]]
        index = self.store.index(collection)
        field = name_field(index.names)
        if not field:
            return []
        folded = fold(word)
        names = {one: fold(str(index.value(one, field) or "")) for one in index.find({})}
        same = [one for one, name in names.items() if name == folded]
        return (
            same
            or [one for one, name in names.items() if name.startswith(folded)]
            or [one for one, name in names.items() if folded in name]
        )

    def aliases(self, collection: str, code: str) -> list[int]:
        """Return the numbers of the records that carry this very code (initials: in any letters)."""
        kind = areas.kind(collection)
        code = clean(code)
        if not kind.aliases or not code:
            return []
        access.require(self.roles(), collection, "read", None, self.person)
        needle = orjson.dumps(code.lower())[1:-1]
        found = []
        for number, raw in self.store.journal.items(collection):
            # capital letters of other alphabets are beyond the bytes' own lower()
            if needle in raw.lower() or not code.isascii():
                values = map(orjson.loads(raw).get, kind.aliases)
                if any(_is_code(value, code) for value in values):
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
        """Return what happened to a record, oldest first.

        Raises:
            NotAllowed: this person may not look at it.
        """
        access.require(self.roles(), collection, "read", None, self.person)
        events = []
        for entry in self.store.journal.history(collection, number):
            for op in entry.ops:
                if op.table == collection and op.id == number:
                    events.append(event(entry, op))
        return events

    # --- changing -----------------------------------------------------------------------------------------------

    def do(self, collection: str, number: int, verb: str, texts: Mapping[str, Any] | None = None) -> Done:
        """Do a verb on a record; its arguments as typed texts or as values.

        Raises:
            Refused: a rule says no, or an argument is wrong (``fields`` says which).
            NotAllowed: this person may not.
        """
        kind: Kind[Any] = areas.kind(collection)
        transition = kind.transition(verb)
        arguments = self._arguments(transition, texts or {})

        def decide(tx: Transaction) -> Change:
            ctx = self.context(tx)
            record = ctx.data.get(kind.model, number)
            if record is None:
                raise Refused(f"There is no {areas.ref(collection, number)}.")
            if reason := self.why_not(transition, record, ctx):
                raise NotAllowed(reason) if self.may(collection, transition.who, record) else Refused(reason)
            return transition.rule(ctx, record, arguments)

        return self._commit(decide)

    def why_not(self, transition: Transition, record: Record, ctx: Context | None = None) -> str | None:
        """Return why a verb cannot be done on a record now, in words, or None if it can."""
        kind: Kind[Any] = areas.kind(record.COLLECTION)
        if reason := self.may(record.COLLECTION, transition.who, record):
            return reason
        state = getattr(record, "state", None)
        if transition.sources and state not in transition.sources:
            return f"It is {kind.states.get(state, state) if state else 'not in a state for this'}."
        return transition.guard(ctx or self.context(), record) if transition.guard else None

    def _arguments(self, transition: Transition, texts: Mapping[str, Any]) -> Any:
        if transition.needs is None:
            if texts:
                raise Refused(f"{transition.label} takes no {', '.join(texts)}.")
            return None
        typed = {name: text for name, text in texts.items() if isinstance(text, str)}
        values = {**texts, **coerce(transition.needs, typed, self.typing())}
        return build(transition.needs, {name: value for name, value in values.items() if value is not None})

    def add(self, collection: str, values: Mapping[str, Any], number: int = 0) -> Done:
        """File a new record from field values.

        Raises:
            Refused: the values do not make a valid record (``fields`` says which).
            NotAllowed: this person may not.
        """
        kind: Kind[Any] = areas.kind(collection)
        default = {name: info.default for name, info in kind.model.model_fields.items()}
        chosen = {name: value for name, value in values.items() if value != default.get(name)}
        self._require(collection, "add", None, chosen)
        build(kind.model, {**values, "id": 1})

        def decide(tx: Transaction) -> Change:
            self._require(collection, "add", None, chosen)
            new = build(kind.model, {**values, "id": number or tx.next_id(collection)})
            if kind.create is not None:
                return kind.create(self.context(tx), new)
            return Change(f"{collection}.add", f"{new.ref} {kind.title(new)} is filed.").add(new)

        return self._commit(decide)

    def edit(self, before: Record, values: Mapping[str, Any]) -> Done:
        """Change fields of a record as it was when the person began to type.

        Fields that others changed meanwhile stay as they are; the same field raises ``Conflict``.

        Raises:
            Refused: the values do not make a valid record, or a verb moves that field.
            NotAllowed: this person may not.
            Conflict: somebody changed the same field meanwhile; the sentence says who.
        """
        collection = before.COLLECTION
        kind: Kind[Any] = areas.kind(collection)
        typed = build(kind.model, {**_values(before), **values})
        patch = {name: getattr(typed, name) for name in values if getattr(typed, name) != getattr(before, name)}
        self._require(collection, "edit", before, patch)
        _refuse_by_hand(kind, patch)
        if not patch:
            return Done("Nothing was changed.", (before.ref,), "")
        wanted = Change("").set(before, **patch).puts[collection, before.id]

        def decide(tx: Transaction) -> Change:
            ctx = self.context(tx)
            now = ctx.data.get(kind.model, before.id)
            if now is None:
                raise Conflict(f"{before.ref} is not there any more.")
            self._require(collection, "edit", now, patch)
            refuse_conflict(self.store, tx, wanted)
            after = build(kind.model, {**_values(now), **patch})
            if kind.revise is not None:
                return kind.revise(ctx, now, after)
            return Change(f"{collection}.edit", f"{after.ref} {kind.title(after)} is changed.").set(now, **patch)

        return self._commit(decide)

    def _require(self, collection: str, what: str, record: Record | None, fields: Mapping[str, Any]) -> None:
        """Refuse what this person may not do; asked early to say so early, and under the lock because it may change."""
        access.require(self.roles(), collection, what, record, self.person)
        access.require_fields(self.roles(), collection, fields)

    def apply(self, decide: Callable[[Context], Change | None]) -> Done | None:
        """Commit what a rule of several records answers, under the lock (actions use it; the rule checks who may)."""
        done = self.store.commit(lambda tx: decide(self.context(tx)), self._header())
        return None if done is None else _done(*done)

    def _commit(self, decide: Callable[[Transaction], Change]) -> Done:
        said = ""

        def remember(tx: Transaction) -> Change:
            nonlocal said
            change = decide(tx)
            said = change.said
            return change

        done = self.store.commit(remember, self._header())
        return Done(said, (), "") if done is None else _done(*done)

    def _header(self) -> dict[str, Any]:
        return {"by": self.person, "on": self.terminal}

    # --- undo ---------------------------------------------------------------------------------------------------

    def undoable(self) -> Entry | None:
        """Return the last thing this person did at this terminal within a day that can be taken back, or None."""
        if self.person is None or "guest" in self.roles():
            return None
        since = (self.clock() - UNDO_WITHIN).astimezone(UTC).isoformat()
        undone: set[str] = set()
        own: list[Entry] = []
        for entry in self.store.journal.history():
            header = entry.header
            if header.get("by") == self.person and header.get("on") == self.terminal and header["at"] >= since:
                if "undoes" in header:
                    undone.add(header["undoes"])
                else:
                    own.append(entry)
        return next((entry for entry in reversed(own) if entry.digest not in undone and entry.ops), None)

    def describe(self, entry: Entry) -> str:
        """Return in words what an entry did: ``Resolve T-12``."""
        collection, _, verb = str(entry.header.get("do") or "").partition(".")
        try:
            label = areas.kind(collection).transition(verb).label
        except (KeyError, Refused):
            label = {"add": "New", "edit": "Edit"}.get(verb, verb or "Change")
        refs = [areas.ref(op.table, op.id) for op in entry.ops if op.table == collection and op.id is not None]
        return f"{label} {', '.join(refs[:3])}".strip()

    def undo(self, digest: str) -> Done:
        """Take back one change of one's own, where nobody has changed the same fields since.

        Raises:
            Refused: there is nothing to undo any more.
            Conflict: somebody changed it since; the sentence says who.
        """
        entry = self.undoable()
        if entry is None or entry.digest != digest:
            raise Refused("There is nothing to undo.")
        words = self.describe(entry)

        def decide(tx: Transaction) -> Change:
            tx.header["undoes"] = digest
            change = Change("desk.undo", f"Undone: {words}.")
            for op in reversed(entry.ops):
                if op.id is not None:
                    change.puts[op.table, op.id] = inverse(op, op.id)
            return change

        return self._commit(decide)

    # --- time ---------------------------------------------------------------------------------------------------

    def tick(self) -> list[str]:
        """Do what time does in every area, once, as the system; returns what was done, in words.

        Looks without the lock first: when nothing is due it costs next to nothing.
        """
        system = self.as_system()
        said: list[str] = []
        for area in areas.AREAS:
            if not area.clock:
                continue
            due = cast(Callable[[Context], Iterable[Change]], areas.load(area.clock))
            while next(iter(due(system.context())), None) is not None:
                done = system.apply(lambda ctx, due=due: next(iter(due(ctx)), None))  # type: ignore[misc]
                if done is None:
                    break
                said.append(done.said)
        return said


def name_field(names: Sequence[str]) -> str:
    """Return which of a collection's fields is the name of its records, or nothing."""
    return next((name for name in ("name", "title", "subject") if name in names), "")


def _values(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).model_fields}


def _refuse_by_hand(kind: Kind[Any], names: Iterable[str]) -> None:
    specs = {spec.name: spec for spec in fields_of(kind.model)}
    for name in names:
        if name not in specs or not specs[name].ui.form:
            label = specs[name].label if name in specs else name
            raise Refused(f"'{label}' is moved by a verb, not by hand.", {name: "A verb moves this."})


def _is_code(value: Any, code: str) -> bool:
    if isinstance(value, list):
        return code in value
    return isinstance(value, str) and value.casefold() == code.casefold()


def _done(change: Change, entry: Entry) -> Done:
    refs = tuple(areas.ref(op.table, op.id) for op in entry.ops if op.id is not None)
    return Done(change.said, refs, entry.digest)
