"""What is taken and what comes in, by the desk with all its rules, beside the very same rows written by SQLite."""

from __future__ import annotations

import sys
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from benchmarks.beside import Beside, compared
from benchmarks.offices import Sizes, sample, utc_now
from benchmarks.stores import add_copies
from benchmarks.table import Row
from botui.data import Desk
from botui.models.base import Change
from botui.models.office import Context, Person, Place, Role
from botui.storage import Journal

_LINES = 100
"""Lines of the order that comes in, each of an item of its own."""
_AT_HAND = ("items", "movements", "orders", "lines")
_TAKE, _RECEIPT, _UNDO = "take, one key", f"receipt of {_LINES} lines", f"undo of a receipt of {_LINES} lines"


class StoreRoom:
    """A store room with so many movements behind it.

    Attributes:
        beside: what was done, and how long it took.
    """

    def __init__(self, folder: Path, movements: int) -> None:
        desk, self._items, self._order = _begin(folder, movements)
        self.beside = Beside(desk, folder, _AT_HAND)

    def take(self, turn: int) -> None:
        """Take one of an item."""
        item = self._items[turn % _LINES]
        self.beside.timed(_TAKE, lambda: self.beside.desk.do("items", item, "take"))

    def receive(self) -> None:
        """Receive the order, and take that back."""
        desk = self.beside.desk
        done = self.beside.timed(_RECEIPT, lambda: desk.do("orders", self._order, "receive"))
        self.beside.timed(_UNDO, lambda: desk.undo(done.digest))


def _begin(folder: Path, movements: int) -> tuple[Desk, list[int], int]:
    """Return the desk of a clerk, the items of an order of theirs, and that order."""
    system = Desk.open(sample(folder, min(movements, 600)), None, "bench", utc_now).as_system()
    system.apply(_clerk_and_shelf)
    clerk, shelf = max(system.numbers("people")), max(system.numbers("places"))
    desk = system.for_person(clerk)
    supplier = system.numbers("parties")[0]
    desk.add("orders", {"supplier": supplier})
    order = max(desk.numbers("orders"))
    for one in range(_LINES):
        desk.add("items", {"name": f"Thing {one}", "place": shelf, "supplier": supplier})
        item = max(desk.numbers("items"))
        desk.do("items", item, "receive", {"quantity": 100_000, "price": Decimal("0.20"), "even_so": True})
        desk.add("lines", {"order": order, "item": item, "quantity": 10, "price": Decimal("0.25")})
    desk.do("orders", order, "order")
    items = desk.numbers("items")[-_LINES:]
    desk.store.close()
    with closing(Journal(folder / "office.json", compact_at=sys.maxsize)) as journal:
        docs = [data for _, data in journal.items("movements")][-_LINES:]
        add_copies(journal, "movements", docs, max(movements - journal.count("movements"), 0))
        journal.compact()
    return Desk.open(folder, clerk, "bench", utc_now), items, order


def _clerk_and_shelf(ctx: Context) -> Change:
    clerk = Person(id=ctx.data.new_id(Person), name="Clerk of the store room", roles=(Role.STAFF, Role.CLERK))
    return Change("office.begin").add(clerk).add(Place(id=ctx.data.new_id(Place), name="Shelf of the store room"))


def measure(sizes: Sizes, folder: Path) -> list[Row]:
    """Measure what is done most in a store room, with few movements behind it and with many."""
    rooms = [StoreRoom(folder / f"supplies{many}", many) for many in (sizes.few_written, sizes.many)]
    for turn in range(sizes.writes):
        for room in rooms:
            room.take(turn)
    for _ in range(sizes.repeats):
        for room in rooms:
            room.receive()
    few, many = (room.beside for room in rooms)
    for beside in (few, many):
        beside.close()
    return compared(few, many, (sizes.few_written, sizes.many), "movements")
