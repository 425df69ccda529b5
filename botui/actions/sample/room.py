"""The sample's store room and equipment while a year is played: what was done is there at once, and every rule sees it.

Tickets have numbers in the order in which they came in, and how many the others are is known only at the end. So the
tickets of faults have numbers for the time being (from ``FAR`` on) until ``number_tickets`` gives them theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from itertools import chain, count
from operator import attrgetter
from random import Random
from types import NoneType
from typing import Any, Final, TypeVar, cast

from botui import areas
from botui.actions.sample.lists import Office
from botui.changing import follow_up
from botui.models.base import Between, Change, Record, Refused, Transition, stamp
from botui.models.equipment.access import Access
from botui.models.equipment.asset import Asset, Category
from botui.models.equipment.audit import Audit, Finding
from botui.models.equipment.fault import Fault, Guide, Work
from botui.models.equipment.licence import Licence, Seat
from botui.models.equipment.loan import Booking, Loan
from botui.models.equipment.plan import Plan
from botui.models.meetings import Meeting
from botui.models.office import Context, Person
from botui.models.supplies import Count, Item, Movement, Order, OrderLine, Request, Shipment, Stocktake
from botui.models.supplies.ledger import Ledger
from botui.models.tickets import Comment, Ticket

R = TypeVar("R", bound=Record)

_SUPPLIES: Final = (Item, Order, OrderLine, Shipment, Request, Stocktake, Count, Movement)
_EQUIPMENT: Final = (Category, Asset, Guide, Fault, Loan, Booking, Plan, Work, Licence, Seat, Access, Audit, Finding)
_RECORDS: Final = tuple(areas.kind(one.name).model for one in areas.COLLECTIONS if one.area in ("records", "hr"))
_PLAYED: Final = (*_SUPPLIES, *_EQUIPMENT, Ticket, Comment, Meeting, *_RECORDS)
FAR: Final = 900_000_001
"""The first number that a ticket has for the time being."""


class Room:
    """All records of supplies, equipment and papers that are being made, as rules look them up.

    Args:
        office: whose store room it is; its lists are there already.
        rng: what is drawn from; the tickets of the office draw from another.
    """

    def __init__(self, office: Office, rng: Random) -> None:
        self.office = office
        self.rng = rng
        lists: tuple[list[Any], ...] = (
            *(office.places, office.people, office.departments, office.parties),
            *(office.topics, office.replies),
        )
        self._tables: dict[type[Record], dict[int, Record]] = {type(one): {} for pool in lists for one in pool[:1]}
        for one in chain(*lists):
            self._tables[type(one)][one.id] = one
        self._lines: dict[int, list[int]] = {}
        self._codes: dict[tuple[type[Record], str], list[int]] = {}
        self._far = count(FAR)

    # --- what rules look up -------------------------------------------------------------------------------------

    def get(self, kind: type[R], number: int) -> R | None:
        """Return a record, or None."""
        return cast("R | None", self._tables.get(kind, {}).get(number))

    def find(self, kind: type[R], /, **equal: object) -> list[R]:
        """Return the records whose fields have these values (or lie in a ``Between``), by number."""
        if kind is OrderLine and "order" in equal:
            lines = self._lines.get(cast("int", equal.pop("order")), ())
            rows = cast("list[R]", [self.at(OrderLine, one) for one in lines])
        elif "codes" in equal:
            rows = [self.at(kind, one) for one in self._codes.get((kind, str(equal.pop("codes")).casefold()), ())]
        else:
            rows = self.all(kind)
        for name, wanted in equal.items():
            value: Callable[[Any], Any] = _reader(kind, name)
            plain = isinstance(wanted, (int, str, NoneType))
            if name in areas.kind(kind.COLLECTION).several:
                rows = [one for one in rows if wanted in value(one)]
            else:
                rows = [one for one in rows if (value(one) == wanted if plain else _fits(value(one), wanted))]
        return rows

    def numbers(self, kind: type[R], at_most: int | None = None, /, **equal: object) -> list[int]:
        """Return the numbers of what ``find`` returns, or of some of it."""
        return [one.id for one in self.find(kind, **equal)][:at_most]

    def holds(self, *collections: str) -> bool:
        """Return whether there is anything in one of these collections."""
        return any(table and kind.COLLECTION in collections for kind, table in self._tables.items())

    def new_id(self, kind: type[Record]) -> int:
        """Give out the next number of a collection; of a ticket, one for the time being."""
        return next(self._far) if kind is Ticket else self.office.number(kind.COLLECTION)

    # --- what is there ------------------------------------------------------------------------------------------

    def at(self, kind: type[R], number: int) -> R:
        """Return a record that is there."""
        return cast("R", self._tables[kind][number])

    def all(self, kind: type[R]) -> list[R]:
        """Return all records of a kind, by number."""
        return cast("list[R]", list(self._tables.get(kind, {}).values()))

    def records(self, tickets: Mapping[int, int]) -> Iterator[Record]:
        """Yield all records; what refers to another comes after it.

        Args:
            tickets: the number of each ticket, by the one it has for the time being.
        """
        for kind in _PLAYED:
            for record in self._tables.get(kind, {}).values():
                if isinstance(record, Ticket):
                    yield record.model_copy(update={"id": tickets[record.id]})
                elif isinstance(record, Comment):
                    yield record.model_copy(update={"ticket": tickets[record.ticket]})
                else:
                    yield record

    def counts(self) -> Counter[str]:
        """Return how many records there are, by collection."""
        return Counter({kind.COLLECTION: len(self._tables.get(kind, ())) for kind in _PLAYED})

    def put(self, record: R) -> R:
        """Put a record in, or in place of what it was."""
        table = self._tables.setdefault(type(record), {})
        new = record.id not in table
        table[record.id] = record
        if new and isinstance(record, OrderLine):
            self._lines.setdefault(record.order, []).append(record.id)
        if new:
            for code in _codes_of(record):
                self._codes.setdefault((type(record), code.casefold()), []).append(record.id)
        return record

    def make(self, kind: type[R], **values: Any) -> R:
        """Put a new record in."""
        return self.put(kind.model_validate({**values, "id": self.new_id(kind)}))

    def book(self, now: datetime, by: Person, how: Callable[[Ledger], object]) -> None:
        """Book something as the rules write it, at this moment and by this person."""
        ledger = Ledger(self.context(now, by), _AtOnce(self))
        how(ledger)
        ledger.close()

    def do(self, now: datetime, by: Person, rule: Callable[[Context, R, Any], Change], record: R, args: object) -> None:
        """Let somebody do a verb with a record at this moment.

        Raises:
            Refused: the rule refuses.
        """
        self.let(now, by, lambda ctx: rule(ctx, record, args))

    def let(self, now: datetime, by: Person | None, how: Callable[[Context], Change]) -> None:
        """Let somebody do something at this moment, with all that follows from it; None = nobody has signed in.

        Raises:
            Refused: the rule refuses.
        """
        ctx = self.context(now, by)
        self.apply(follow_up(ctx, how(ctx)))

    def apply(self, change: Change) -> None:
        """Let what a rule answered with be there."""
        for (name, number), put in change.puts.items():
            model: type[Record] = areas.kind(name).model
            was = self.get(model, number)
            doc = {**(was.doc() if was else {}), **put.fields}
            self.put(model.load(number, {key: value for key, value in doc.items() if value is not None}))

    def verb(self, now: datetime, by: Person, record: Record, name: str, **values: Any) -> None:
        """Let somebody do a verb of the table with a record, which is taken as it is now.

        Raises:
            Refused: it cannot be done in this state, or a guard or the rule refuses.
        """
        found = self.at(type(record), record.id)
        one: Transition = areas.kind(record.COLLECTION).transition(name)
        state = getattr(found, "state", None)
        if one.sources and state not in one.sources:
            raise Refused(f"{found.ref} is {state}.")
        if one.guard and (reason := one.guard(self.context(now, by), found)):
            raise Refused(reason)
        self.do(now, by, one.rule, found, one.needs(**values) if one.needs else None)

    def context(self, now: datetime, by: Person | None) -> Context:
        """Return what a rule knows when somebody does something at this moment; None = nobody has signed in."""
        if by is None:
            return Context(now, None, self.office.settings, self, frozenset({"guest"}))
        return Context(now, by.id, self.office.settings, self, frozenset(by.roles))


class _AtOnce(Change):
    """A change that is there as soon as it is written: nothing else happens in the room meanwhile."""

    __slots__ = ("_room",)

    def __init__(self, room: Room) -> None:
        super().__init__("desk.fill")
        self._room = room

    def add(self, record: Record) -> _AtOnce:
        self._room.put(record)
        return self

    def set(self, record: Record, **values: object) -> _AtOnce:
        self._room.put(record.model_copy(update=values))
        return self


def _codes_of(record: Record) -> Iterator[str]:
    for name in areas.kind(record.COLLECTION).aliases:
        value = getattr(record, name)
        yield from (value if isinstance(value, tuple) else (value,))


def _reader(kind: type[Record], name: str) -> Callable[[Any], object]:
    """Return what reads a field, or what is derived from a record."""
    derived = areas.kind(kind.COLLECTION).derived
    return (lambda one: derived[name](one.doc())) if name in derived else attrgetter(name)


def _fits(value: object, wanted: object) -> bool:
    kept = stamp(value) if isinstance(value, datetime) else value.isoformat() if isinstance(value, date) else value
    if not isinstance(wanted, Between):
        return kept == wanted
    low, high = wanted.low, wanted.high
    return kept is not None and (low is None or kept >= low) and (high is None or kept < high)
