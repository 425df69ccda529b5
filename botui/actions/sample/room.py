"""The sample's store room while its year is played: what was booked is there at once, and every rule sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import chain
from random import Random
from typing import Any, Final, TypeVar, cast

from botui import areas
from botui.actions.sample.lists import Office
from botui.models.base import Between, Change, Record, stamp
from botui.models.office import Context, Person
from botui.models.supplies import Count, Item, Movement, Order, OrderLine, Request, Shipment, Stocktake
from botui.models.supplies.ledger import Ledger

R = TypeVar("R", bound=Record)

_SUPPLIES: Final = (Item, Order, OrderLine, Shipment, Request, Stocktake, Count, Movement)


class Room:
    """All records of supplies that are being made, as rules look them up.

    Args:
        office: whose store room it is; its lists are there already.
        rng: what is drawn from; the tickets of the office draw from another.
    """

    def __init__(self, office: Office, rng: Random) -> None:
        self.office = office
        self.rng = rng
        lists: tuple[list[Any], ...] = (office.places, office.people, office.departments, office.parties)
        self._tables: dict[type[Record], dict[int, Record]] = {type(one): {} for pool in lists for one in pool[:1]}
        for one in chain(*lists):
            self._tables[type(one)][one.id] = one
        self._lines: dict[int, list[int]] = {}

    # --- what rules look up -------------------------------------------------------------------------------------

    def get(self, kind: type[R], number: int) -> R | None:
        """Return a record, or None."""
        return cast("R | None", self._tables.get(kind, {}).get(number))

    def find(self, kind: type[R], **equal: object) -> list[R]:
        """Return the records whose fields have these values (or lie in a ``Between``), by number."""
        if kind is OrderLine and "order" in equal:
            lines = self._lines.get(cast("int", equal.pop("order")), ())
            rows = cast("list[R]", [self.at(OrderLine, one) for one in lines])
        else:
            rows = self.all(kind)
        return [one for one in rows if all(_fits(getattr(one, name), wanted) for name, wanted in equal.items())]

    def new_id(self, kind: type[Record]) -> int:
        """Give out the next number of a collection."""
        return self.office.number(kind.COLLECTION)

    # --- what is there ------------------------------------------------------------------------------------------

    def at(self, kind: type[R], number: int) -> R:
        """Return a record that is there."""
        return cast("R", self._tables[kind][number])

    def all(self, kind: type[R]) -> list[R]:
        """Return all records of a kind, by number."""
        return cast("list[R]", list(self._tables.get(kind, {}).values()))

    def records(self) -> Iterator[Record]:
        """Yield all records of supplies; what refers to another comes after it."""
        for kind in _SUPPLIES:
            yield from self._tables.get(kind, {}).values()

    def counts(self) -> Counter[str]:
        """Return how many records there are, by collection."""
        return Counter({kind.COLLECTION: len(self._tables.get(kind, ())) for kind in _SUPPLIES})

    def put(self, record: R) -> R:
        """Put a record in, or in place of what it was."""
        table = self._tables.setdefault(type(record), {})
        new = record.id not in table
        table[record.id] = record
        if new and isinstance(record, OrderLine):
            self._lines.setdefault(record.order, []).append(record.id)
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
        self.apply(rule(self.context(now, by), record, args))

    def apply(self, change: Change) -> None:
        """Let what a rule answered with be there."""
        for (name, number), put in change.puts.items():
            model: type[Record] = areas.kind(name).model
            was = self.get(model, number)
            doc = {**(was.doc() if was else {}), **put.fields}
            self.put(model.load(number, {key: value for key, value in doc.items() if value is not None}))

    def context(self, now: datetime, by: Person) -> Context:
        """Return what a rule knows when somebody does something at this moment."""
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


def _fits(value: object, wanted: object) -> bool:
    kept = stamp(value) if isinstance(value, datetime) else value.isoformat() if isinstance(value, date) else value
    if not isinstance(wanted, Between):
        return kept == wanted
    low, high = wanted.low, wanted.high
    return kept is not None and (low is None or kept >= low) and (high is None or kept < high)
