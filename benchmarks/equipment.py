"""What is handed out, taken back and reported broken, by the desk with all its rules, beside SQLite."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

from benchmarks.beside import Beside, compared
from benchmarks.offices import Sizes, sample, utc_now
from benchmarks.stores import add_copies
from benchmarks.table import Row
from botui.data import Desk
from botui.models.base import Change
from botui.models.equipment.asset import Category
from botui.models.office import Context, Person, Place, Role
from botui.storage import Journal

_AT_HAND = ("assets", "loans", "faults", "worklog", "tickets")
_OUT, _BACK = "hand out one thing", "take one thing back"
_REPORT, _FIXED = "report of a fault", "the fault fixed"


class Office:
    """An office with so many assets of one category in one place, each of which was handed out once.

    Attributes:
        beside: what was done, and how long it took.
    """

    def __init__(self, folder: Path, many: int) -> None:
        desk = _begin(folder, many)
        self.beside = Beside(desk, folder, _AT_HAND)
        self._assets = desk.numbers("assets")[-many:]

    def hand_out(self, turn: int) -> None:
        """Hand something out, and take it back."""
        desk, asset = self.beside.desk, self._assets[turn * 7 % len(self._assets)]
        self.beside.timed(_OUT, lambda: desk.do("assets", asset, "hand_out", {"to": "CLK"}))
        self.beside.timed(_BACK, lambda: desk.do("assets", asset, "give_back"))

    def report(self, turn: int) -> None:
        """Report something broken, and mend it."""
        desk, asset = self.beside.desk, self._assets[turn * 11 % len(self._assets)]
        self.beside.timed(_REPORT, lambda: desk.do("assets", asset, "report", {"what": "Does not start"}))
        fault = max(desk.numbers("faults"))
        self.beside.timed(_FIXED, lambda: desk.do("faults", fault, "resolve", {"outcome": "A new battery"}))


def _begin(folder: Path, many: int) -> Desk:
    """Return the desk of a clerk of such an office."""
    system = Desk.open(sample(folder, min(many, 600)), None, "bench", utc_now).as_system()
    system.apply(_clerk_and_shelf)
    clerk, shelf, sort = (max(system.numbers(name)) for name in ("people", "places", "categories"))
    desk = system.for_person(clerk)
    desk.add("assets", {"tag": "BENCH", "name": "Torch", "category": sort, "place": shelf})
    asset = max(desk.numbers("assets"))
    desk.do("assets", asset, "hand_out", {"to": "CLK"})
    desk.do("assets", asset, "give_back")
    desk.store.close()
    with closing(Journal(folder / "office.json", compact_at=sys.maxsize)) as journal:
        for name in ("assets", "loans"):
            docs = [data for _, data in journal.items(name)][-1:]
            add_copies(journal, name, docs, many - 1)
        journal.compact()
    return Desk.open(folder, clerk, "bench", utc_now)


def _clerk_and_shelf(ctx: Context) -> Change:
    clerk = Person(id=ctx.data.new_id(Person), name="Clerk of it all", initials="CLK", roles=(Role.STAFF, Role.CLERK))
    shelf = Place(id=ctx.data.new_id(Place), name="Shelf of it all")
    return Change("office.begin").add(clerk).add(shelf).add(Category(id=ctx.data.new_id(Category), name="Torches"))


def measure(sizes: Sizes, folder: Path) -> list[Row]:
    """Measure what is done most with things, where there are few and where there are many."""
    few, many = (Office(folder / f"equipment{many}", many) for many in (sizes.few_written, sizes.many))
    for turn in range(sizes.writes):
        for office in (few, many):
            office.hand_out(turn)
            office.report(turn)
    for office in (few, many):
        office.beside.close()
    return compared(few.beside, many.beside, (sizes.few_written, sizes.many), "assets")
