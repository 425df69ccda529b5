"""A store in memory for tests of pure rules: no files, no permissions, the same checks of shape as the real one."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from botui import areas
from botui.changing import follow_up
from botui.models.base import Between, Change, Kind, Record, Refused, Transition, Where
from botui.models.office import Context, Department, Person, Priority, Role, Settings, Topic
from botui.models.shape import build
from botui.models.soundness import problems_of

R = TypeVar("R", bound=Record)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A working day in winter: 10:00 in Berlin."""


def at(text: str) -> datetime:
    """Return a moment of UTC text such as ``2026-11-23 09:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _within(value: Any, wanted: Collection[Any] | Between) -> bool:
    if isinstance(wanted, Between):
        low, high = wanted.low, wanted.high
        return value is not None and (low is None or value >= low) and (high is None or value < high)
    return any(one in wanted for one in value) if isinstance(value, list) else value in wanted


def _carries(record: Record, code: str) -> bool:
    values = [getattr(record, name) for name in areas.kind(record.COLLECTION).aliases]
    codes = [one for value in values for one in (value if isinstance(value, tuple) else (value,))]
    return code.casefold() in [one.casefold() for one in codes]


def _value(bound: Kind[Any], name: str, doc: dict[str, Any]) -> Any:
    return bound.derived[name](doc) if name in bound.derived else doc.get(name)


class Memory:
    """A ``Lookup`` over documents in a dict; it reads only what a kind keeps at hand, as the real one."""

    def __init__(self) -> None:
        self.docs: dict[str, dict[int, dict[str, Any]]] = {}
        self.given: dict[str, int] = {}
        self.searched: list[int] = []

    def get(self, kind: type[R], number: int) -> R | None:
        doc = self.docs.get(kind.COLLECTION, {}).get(number)
        return None if doc is None else kind.load(number, doc)

    def find(self, kind: type[R], /, **equal: object) -> list[R]:
        code = equal.pop("codes", None)
        found = self.listed(kind, {name: one if isinstance(one, Between) else (one,) for name, one in equal.items()})
        return found if code is None else [one for one in found if _carries(one, str(code))]

    def numbers(self, kind: type[R], at_most: int | None = None, /, **equal: object) -> list[int]:
        return [one.id for one in self.find(kind, **equal)][:at_most]

    def listed(self, kind: type[R], where: Where) -> list[R]:
        """Return the records that a view with these conditions lists, by number."""
        bound: Kind[Any] = areas.kind(kind.COLLECTION)
        unknown = {one for name in where for one in name.split("|")} - set(bound.index) - bound.derived.keys()
        assert not unknown, f"{unknown} of {kind.COLLECTION} is not kept at hand"
        found = []
        for number, doc in sorted(self.docs.get(kind.COLLECTION, {}).items()):
            if all(
                any(_within(_value(bound, one, doc), wanted) for one in name.split("|"))
                for name, wanted in where.items()
            ):
                found.append(kind.load(number, doc))
        self.searched.append(len(found))
        return found

    def holds(self, *collections: str) -> bool:
        return any(self.docs.get(one) for one in collections)

    def new_id(self, kind: type[Record]) -> int:
        stored = max(self.docs.get(kind.COLLECTION, {}), default=0)
        self.given[kind.COLLECTION] = max(self.given.get(kind.COLLECTION, 0), stored) + 1
        return self.given[kind.COLLECTION]


class Held:
    """The documents of a ``Memory`` as ``botui check`` reads those of a store."""

    def __init__(self, memory: Memory) -> None:
        self._docs = memory.docs

    def tables(self) -> list[str]:
        return [*self._docs]

    def ids(self, table: str) -> list[int]:
        return sorted(self._docs.get(table, {}))

    def get(self, table: str, id: int) -> dict[str, Any] | None:  # noqa: A002
        return self._docs.get(table, {}).get(id)

    def raw(self, table: str, id: int) -> bytes | None:  # noqa: A002
        doc = self.get(table, id)
        return None if doc is None else json.dumps(doc).encode()


def _roles(*roles: Role) -> tuple[Role, ...]:
    return roles


@dataclass
class Office:
    """An office in Berlin with a few people, departments and topics, and a clock that the test sets."""

    settings: Settings = field(default_factory=lambda: Settings(zone="Europe/Berlin"))
    now: datetime = MONDAY
    data: Memory = field(default_factory=Memory)
    ANN: int = 1
    BOB: int = 2
    CLEO: int = 3

    def __post_init__(self) -> None:
        self.put(Person(id=1, name="Ann Archer", initials="AA", roles=_roles(Role.STAFF, Role.CLERK)))
        self.put(Person(id=2, name="Bob Baker", initials="BB", roles=_roles(Role.STAFF, Role.CLERK)))
        self.put(Person(id=3, name="Cleo Cole", initials="CC"))
        self.put(Person(id=4, name="Dan Gone", initials="DG", active=False))
        self.put(Department(id=1, name="IT"))
        self.put(Department(id=2, name="Facilities"))
        self.put(Topic(id=1, name="Printer", department=1, priority=Priority.P2, checklist="Look\nFix\n\nTest"))
        self.put(Topic(id=2, name="Heating", department=2, first_response="2h", resolution="8h"))

    def put(self, record: Record) -> None:
        self.data.docs.setdefault(record.COLLECTION, {})[record.id] = record.doc()

    def ctx(self, by: int | None = 1) -> Context:
        person = self.data.get(Person, by) if by else None
        return Context(self.now, by, self.settings, self.data, frozenset(person.roles if person else ()))

    def apply(self, change: Change, by: int | None = 1) -> Change:
        """Commit a change: values that moved meanwhile and documents that are not valid fail the test."""
        follow_up(self.ctx(by), change)
        for put in change.puts.values():
            table = self.data.docs.setdefault(put.collection, {})
            if put.gone:
                del table[put.id]
                continue
            doc = table.get(put.id, {})
            assert put.was is None or all(doc.get(name) == old for name, old in put.was.items())
            merged = {name: value for name, value in {**doc, **put.fields}.items() if value is not None}
            record = build(areas.kind(put.collection).model, {**merged, "id": put.id})
            assert record.doc() == merged, "a rule must write values as the model keeps them"
            table[put.id] = merged
        return change

    def problems(self) -> list[str]:
        """Return what ``botui check`` says of all that is kept."""
        return [*problems_of(Held(self.data))]

    def get(self, model: type[R], number: int) -> R:
        found = self.data.get(model, number)
        assert found is not None
        return found

    def add(self, model: type[R], by: int | None = 1, /, **values: Any) -> R:
        """File a record as the desk does; return it as it is kept."""
        kind: Kind[R] = areas.kind(model.COLLECTION)
        new = build(model, {**values, "id": self.data.new_id(model)})
        assert kind.create is not None
        self.apply(kind.create(self.ctx(by), new), by)
        return self.get(model, new.id)

    def edit(self, record: R, by: int | None = 1, /, **values: Any) -> R:
        """Change typed fields as the desk does; return the record as it is kept."""
        kind: Kind[R] = areas.kind(record.COLLECTION)
        now = self.get(type(record), record.id)
        after = build(type(record), {**{n: getattr(now, n) for n in type(record).model_fields}, **values})
        assert kind.revise is not None
        self.apply(kind.revise(self.ctx(by), now, after), by)
        return self.get(type(record), record.id)

    def why_not(self, record: Record, verb: str, by: int | None = 1) -> str | None:
        kind: Kind[Any] = areas.kind(record.COLLECTION)
        one: Transition = kind.transition(verb)
        now = self.get(type(record), record.id)
        state = getattr(now, "state", None)
        if one.sources and state not in one.sources:
            return f"It is {kind.states[str(state)]}."
        return one.guard(self.ctx(by), now) if one.guard else None

    def do(self, record: R, verb: str, by: int | None = 1, /, **args: Any) -> R:
        """Do a verb as the desk does; return the record as it is kept."""
        self.said(record, verb, by, **args)
        return self.get(type(record), record.id)

    def said(self, record: Record, verb: str, by: int | None = 1, /, **args: Any) -> str:
        """Do a verb as the desk does; return what it says."""
        one: Transition = areas.kind(record.COLLECTION).transition(verb)
        arguments = build(one.needs, args) if one.needs else None
        if reason := self.why_not(record, verb, by):
            raise Refused(reason)
        return self.apply(one.rule(self.ctx(by), self.get(type(record), record.id), arguments), by).said
