"""What one person may change: the writing half of the Desk, by filing, by editing and by verbs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from botui import access, areas, leaving
from botui.models.base import EVERYBODY, Change, Conflict, Kind, PinNeeded, Record, Refused, Transition
from botui.models.errors import NotAllowed, StoreError
from botui.models.office import Context
from botui.models.shape import FieldSpec, build, coerce, fields_of
from botui.past import Event, about
from botui.reading import Reader
from botui.spent import destroy_spent, finish_erasing
from botui.storage import Entry, Transaction
from botui.storage.format import stamp as journal_time
from botui.writing import refuse_conflict

C = TypeVar("C", bound=Change | None)

CONFIRMED_FOR: Final = timedelta(minutes=1)
"""How long a PIN proves that it is still the same person who presses the keys (DESIGN section 4)."""
BY_PIN: Final = frozenset({"people", "departments", "settings", "standins", "person_files", "pay", "benefits"})
"""Collections that decide who may do what, and what people are paid: a badge alone, found on the floor, changes nothing
in them."""
ONE_LINE_WITHIN: Final = timedelta(minutes=1)
"""A refusal that is said again within this time leaves no second line in the journal."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a change: the sentence for the status line and the records it made or touched."""

    said: str
    refs: tuple[str, ...]
    digest: str


class Changer(Reader):
    """One person's hands on a store; every change asks ``botui.access`` first, and again under the lock.

    Attributes:
        confirmed: when this person last gave their PIN here; None = not yet, as behind a key or a badge alone.
        beside: at whose desk this person does one thing without signing in there; it is kept in the change.
    """

    confirmed: datetime | None = None
    beside: int | None = None

    @property
    def just_confirmed(self) -> bool:
        """Whether this person gave their PIN within the last minute; one given later than now was not."""
        return self.confirmed is not None and timedelta() <= self.clock() - self.confirmed <= CONFIRMED_FOR

    def do(self, collection: str, number: int, verb: str, texts: Mapping[str, Any] | None = None) -> Done:
        """Do a verb on a record; its arguments as typed texts or as values.

        Raises:
            Refused: a rule says no, or an argument is wrong (``fields`` says which).
            NotAllowed: this person may not.
        """
        transition: Transition = areas.kind(collection).transition(verb)
        arguments = self._arguments(transition, texts or {})

        def rule(ctx: Context, records: list[Any]) -> Change:
            if arguments is not None:
                self._refuse_unseen(arguments, type(arguments).model_fields)
            return transition.rule(ctx, records[0], arguments)

        return self._act(
            collection, (number,), transition, rule, lambda ctx, records: _worth(ctx, transition, records, arguments)
        )

    def do_together(
        self,
        collection: str,
        numbers: Sequence[int],
        verb: str,
        rule: Callable[[Context, list[Any]], Change],
        worth: Decimal | None = None,
    ) -> Done:
        """Do a verb on several records as one change, by a rule for all of them: all of it is done, or nothing.

        Args:
            collection: what they are.
            numbers: which.
            verb: whose permission, state and guard each of them must meet, and by which it is told in the history.
            rule: makes the change of all.
            worth: what it is worth, in the office's currency, as far as that is known.

        Raises:
            Refused: a rule says no, or one of them cannot be done now.
            NotAllowed: this person may not.
        """
        transition: Transition = areas.kind(collection).transition(verb)

        def together(ctx: Context, records: list[Any]) -> Change:
            change = rule(ctx, records)
            change.action = f"{collection}.{verb}"
            return change

        return self._act(collection, dict.fromkeys(numbers), transition, together, lambda _ctx, _records: worth)

    def _act(
        self,
        collection: str,
        numbers: Collection[int],
        transition: Transition,
        rule: Callable[[Context, list[Any]], Change],
        worth: Callable[[Context, list[Any]], Decimal | None],
    ) -> Done:
        """Do a verb on records as they are under the lock, where each of them allows it."""

        def decide(tx: Transaction) -> Change:
            ctx = self.context(tx)
            records = [self._ready(ctx, transition, collection, number, alone=len(numbers) == 1) for number in numbers]
            self._require_pin(transition.label, worth(ctx, records), always=transition.pin, light=transition.light)
            for record in records:
                self._say_for(tx, record, transition.who)
            return rule(ctx, records)

        with self._told(f"{collection}.{transition.name}"):
            return self._commit(decide)

    def _ready(self, ctx: Context, transition: Transition, collection: str, number: int, *, alone: bool) -> Any:
        """Return a record on which this person may do a verb now.

        Raises:
            Refused: it is not there, or cannot be done now; of several the sentence says which.
            NotAllowed: this person may not.
        """
        kind: Kind[Any] = areas.kind(collection)
        record = ctx.data.get(kind.model, number)
        if record is None:
            raise Refused(f"There is no {areas.ref(collection, number)}.")
        access.require(self.roles(), collection, "read", None, *self.persons())
        if reason := self.may(collection, "read", record) or self.may(collection, transition.who, record):
            raise NotAllowed(reason)
        if reason := self.why_not(transition, record, ctx):
            raise Refused(reason if alone else f"{record.ref} {kind.title(record)}: {reason}")
        return record

    def _say_for(self, tx: Transaction, record: Record, what: str) -> None:
        """Let the line say for whom this is done, where this person may do it only because they stand in for them."""
        me, *others = self.persons() or (0,)
        if others and not self.acting_as(me)._reaches(record, what):
            reaching = (one for one in others if self.acting_as(me, one)._reaches(record, what))
            tx.header["for"] = next(reaching, others[0])

    def _reaches(self, record: Record, what: str) -> bool:
        return not (self.may(record.COLLECTION, "read", record) or self.may(record.COLLECTION, what, record))

    def _require_pin(
        self, what: str, worth: Decimal | None, *, always: bool = False, alone: bool = True, light: bool = False
    ) -> None:
        """Ask for the PIN again where it is needed, or where a badge alone is not enough.

        Args:
            what: what is to be done, in a word.
            worth: what it is worth, in the office's currency, as far as that is known.
            always: it needs the PIN, given within the last minute.
            alone: a badge alone is enough for it below the office's limit.
            light: and where there is no limit, if the office lets supplies be taken so.

        Raises:
            PinNeeded: it is to be given now (``confirm``).
        """
        if self._system:
            return
        if always and not self.just_confirmed:
            raise PinNeeded(f"{what} needs your PIN.")
        limit = self.settings.badge_only
        if light and limit is None and self.settings.take_by_badge:
            return
        if self.by_badge and (not alone or limit is None or (worth or 0) >= limit):
            raise PinNeeded("A badge alone is not enough for this: it needs your PIN.")

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
        # what is said to be empty stays said where that is what a field holds by itself: a rule may propose another
        own = {name for name, field in transition.needs.model_fields.items() if field.default is None}
        return build(transition.needs, {name: one for name, one in values.items() if one is not None or name in own})

    def add(self, collection: str, values: Mapping[str, Any], number: int = 0) -> Done:
        """File a new record from field values.

        Raises:
            Refused: the values do not make a valid record (``fields`` says which).
            NotAllowed: this person may not.
        """
        kind: Kind[Any] = areas.kind(collection)
        default = {name: info.default for name, info in kind.model.model_fields.items()}
        chosen = {name: value for name, value in values.items() if value != default.get(name)}
        with self._told(f"{collection}.add"):
            self._require(collection, "add", None, chosen)
        typed = build(kind.model, {**values, "id": 1})
        self._refuse_unseen(typed, chosen)
        self._require_pin("This", getattr(typed, "amount", None), alone=collection not in BY_PIN)

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
        with self._told(f"{collection}.edit"):
            self._require(collection, "edit", before, patch)
        _refuse_by_hand(kind, patch)
        self._refuse_unseen(typed, patch)
        if not patch:
            return Done("Nothing was changed.", (before.ref,), "")
        self._require_pin("This", getattr(typed, "amount", None), alone=collection not in BY_PIN)
        wanted = Change("").set(before, **patch).puts[collection, before.id]

        def decide(tx: Transaction) -> Change:
            ctx = self.context(tx)
            now = ctx.data.get(kind.model, before.id)
            if now is None:
                raise Conflict(f"{before.ref} is not there any more.")
            self._require(collection, "edit", now, patch)
            self._say_for(tx, now, "edit")
            refuse_conflict(tx, wanted, self.store.journal, self.settings)
            # Where nobody changed it since, what was typed was held against all of it already.
            after = typed if now == before else build(kind.model, {**_values(now), **patch})
            if kind.revise is not None:
                return kind.revise(ctx, now, after)
            return Change(f"{collection}.edit", f"{after.ref} {kind.title(after)} is changed.").set(now, **patch)

        return self._commit(decide)

    def _require(self, collection: str, what: str, record: Record | None, fields: Mapping[str, Any]) -> None:
        """Refuse what this person may not do; asked early to say so early, and under the lock because it may change."""
        if record is not None and (reason := self.may(collection, "read", record)):
            raise NotAllowed(reason)
        access.require(self.roles(), collection, what, record, *self.persons())
        access.require_fields(self.roles(), collection, fields)

    def _refuse_unseen(self, typed: BaseModel, names: Iterable[str]) -> None:
        """Refuse to name a record that this person may not look at, as one that is not there.

        Raises:
            Refused: one of these fields names one.
        """
        asked = set(names)
        for spec in fields_of(type(typed)):
            for one in self._named_in(spec, getattr(typed, spec.name)) if spec.name in asked else ():
                if not self.sees(*one):
                    words = f"There is no {areas.ref(*one)}."
                    raise Refused(words, {spec.name: words})

    def _named_in(self, spec: FieldSpec, value: Any) -> list[tuple[str, int]]:
        """Return the records that the value of a field names."""
        if spec.ui.names:
            found = self.named(value, spec.ui.codes_of)
            return [found] if found else []
        numbers = value if isinstance(value, tuple) else (value,) if value else ()
        return [(spec.ui.ref, number) for number in numbers] if spec.ui.ref else []

    def apply(self, decide: Callable[[Context], Change | None]) -> Done | None:
        """Commit what a rule of several records answers, under the lock (actions use it; the rule checks who may)."""

        def followed(tx: Transaction) -> Change | None:
            ctx = self.context(tx)
            change = decide(ctx)
            return None if change is None else _named(tx, follow_up(ctx, change))

        done = self.store.commit(followed, self._header())
        return None if done is None else self._done(*done)

    def _commit(self, decide: Callable[[Transaction], Change]) -> Done:
        said = ""

        def remember(tx: Transaction) -> Change:
            nonlocal said
            change = follow_up(self.context(tx), decide(tx))
            said = change.said
            return _named(tx, change)

        done = self.store.commit(remember, self._header())
        return Done(said, (), "") if done is None else self._done(*done)

    def _done(self, change: Change, entry: Entry) -> Done:
        destroy_spent(self.store, entry)
        if change.erases is not None:
            with suppress(StoreError):  # what is left of it in the past goes when the store is opened next
                finish_erasing(self.store)
        for person in leaving.who_left(entry):
            self._shut_out(person)
        refs = tuple(areas.ref(op.table, op.id) for op in entry.ops if op.id is not None)
        return Done(change.said, refs, entry.digest)

    def shut_out_left(self) -> None:
        """Take away what still opens the desk for who left, where the machine stopped before that was done.

        Raises:
            StoreDamaged: who that is cannot be told.
        """
        for person in leaving.left_open(self.store):
            self._shut_out(person)

    def _shut_out(self, person: int) -> None:
        """Take away what opens the desk for somebody who left, and have the history tell it."""
        doors = leaving.shut(self.store, person)
        for what, gone in (("pin", doors.pin), ("badge", doors.badges), ("ssh_key", doors.keys)):
            if gone:
                self.log(f"people.{what}", "taken away", ("people", person), once=False)

    def _header(self) -> dict[str, Any]:
        beside = {} if self.beside is None else {"beside": self.beside}
        return {"by": self.person, "on": self.terminal, **beside}

    # --- what is said no to -------------------------------------------------------------------------------------

    def get(self, collection: str, number: int) -> Any:
        """Return a record; that it is not for this person is written down, and of what is private every look.

        Raises:
            Refused: there is none of this number.
            NotAllowed: this person may not look at it.
        """
        with self._told(f"{collection}.read"):
            found = super().get(collection, number)
        self.note_look(collection, number)
        return found

    def history(self, collection: str, number: int) -> list[Event]:
        """Return what happened to a record, oldest first; of what is private that it was looked at is written down.

        Raises:
            NotAllowed: this person may not look at it.
        """
        found = super().history(collection, number)
        self.note_look(collection, number)
        return found

    def note_look(self, collection: str, number: int) -> None:
        """Write down that this person looks at a record of which every look is kept, but for what is everybody's."""
        kind: Kind[Any] = areas.kind(collection)
        if kind.watched and not self._system:
            doc = self.store.journal.get(collection, number)
            open_to = kind.derived[kind.public](doc) if doc is not None and kind.public else None
            if doc is not None and open_to != EVERYBODY:
                self.log(f"{collection}.look", of=(collection, number))

    def require(self, collection: str, what: str) -> None:
        """Do nothing if this person may do this to a collection; that they may not is written down.

        Raises:
            NotAllowed: they may not.
        """
        with self._told(f"{collection}.{what}"):
            if reason := self.may(collection, what):
                raise NotAllowed(reason)

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except PinNeeded:
            raise
        except NotAllowed:
            self.log("desk.refuse", what)
            raise

    def log(self, action: str, note: str = "", of: tuple[str, int] | None = None, *, once: bool = True) -> None:
        """Write down what touched no record: a refusal, a miss at the door, a session that was ended.

        Where nothing can be written, nothing is.

        Args:
            action: what it was, ``desk.refuse``.
            note: what for, without anything that stands in a record.
            of: the record in whose history it is told, collection and number.
            once: the same is written once a minute at most.
        """
        named = {"of": [list(of)]} if of else {}
        line = {**self._header(), "do": action, **({"note": note} if note else {}), **named}
        since = journal_time(self.clock() - ONE_LINE_WITHIN)

        def decide(tx: Transaction) -> Change | None:
            if once and any(line.items() <= entry.header.items() for entry in store.journal.recent(since)):
                return None
            tx.header.update(named)
            return Change(action, note=note, bare=True)

        with suppress(StoreError, ValueError), self.store.writable(self.clock) as store:
            store.commit(decide, self._header())


def follow_up(ctx: Context, change: Change) -> Change:
    """Let every area add to a change what follows in it (``Area.follow``), and return it."""
    touched = {collection for collection, _ in change.puts}
    for area in areas.AREAS:
        if area.follow and not touched.isdisjoint(area.heeds):
            follow: Callable[[Context, Change], None] = areas.load(area.follow)
            follow(ctx, change)
    return change


def _worth(
    ctx: Context, transition: Transition, records: Sequence[Record], arguments: BaseModel | None
) -> Decimal | None:
    """Return what doing a verb on a record is worth, in the office's currency, as far as that is known."""
    record = records[0]
    if transition.worth is not None:
        return transition.worth(ctx, record, arguments)
    return getattr(arguments, "amount", None) or getattr(record, "amount", None)


def _values(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).model_fields}


def _refuse_by_hand(kind: Kind[Any], names: Iterable[str]) -> None:
    specs = {spec.name: spec for spec in fields_of(kind.model)}
    for name in names:
        if name not in specs or not specs[name].ui.form:
            label = specs[name].label if name in specs else name
            raise Refused(f"'{label}' is moved by a verb, not by hand.", {name: "A verb moves this."})


def _named(tx: Transaction, change: C) -> C:
    """Let the line say what a change is about, where that is not among what it touches."""
    if change is not None and (named := about(change, tx.get)):
        tx.header["of"] = named
    return change
