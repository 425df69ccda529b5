"""Leave that is asked for and approved, and a step that is ticked, by the desk with all its rules, beside SQLite."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import orjson

from benchmarks.beside import Beside, compared
from benchmarks.offices import Sizes, sample, utc_now
from benchmarks.stores import add_copies
from benchmarks.table import Row
from botui.data import Desk
from botui.models.base import Change
from botui.models.office import Context, Person, Role
from botui.storage import Journal

_AT_HAND = ("people", "person_files", "leave", "leavebook", "absences", "tasks", "steps")
_ASKED, _APPROVED, _TICKED = "leave asked for", "leave approved", "a step ticked"
_EACH = 100
"""Leaves, and lines of the leave book, of each person."""
_STEPS = 10
"""Steps of each task."""


class Office:
    """An office with so many leaves, lines of the leave book and steps behind it.

    Attributes:
        beside: what was done, and how long it took.
    """

    def __init__(self, folder: Path, many: int) -> None:
        desk, self._step = _begin(folder, many)
        self.beside = Beside(desk, folder, _AT_HAND)
        self._manager, self._asker = desk.numbers("people")[-2:]

    def leave(self) -> None:
        """Ask for a week, approve it, and take it back."""
        desk = self.beside.desk
        asker, manager = (desk.for_person(one, confirmed=True) for one in (self._asker, self._manager))
        starts = _monday(desk)
        values = {"type": min(desk.numbers("leavetypes")), "starts": starts, "ends": starts + timedelta(days=4)}
        self.beside.timed(_ASKED, lambda: asker.add("leave", values))
        number = max(desk.numbers("leave"))
        self.beside.timed(_APPROVED, lambda: manager.do("leave", number, "approve"))
        asker.do("leave", number, "cancel")

    def step(self) -> None:
        """Tick a step, and open it again."""
        desk = self.beside.desk
        self.beside.timed(_TICKED, lambda: desk.do("steps", self._step, "tick"))
        desk.do("steps", self._step, "reopen")


def _monday(desk: Desk) -> date:
    """Return the Monday that is at least five weeks ahead: no notice is too short for it."""
    today = desk.context().today
    return today + timedelta(days=42 - today.weekday())


def _begin(folder: Path, many: int) -> tuple[Desk, int]:
    """Return the desk of HR in such an office, and a step to be ticked; the last two people are manager and staff."""
    system = Desk.open(sample(folder, min(many, 600)), None, "bench", utc_now).as_system()
    system.apply(lambda ctx: _people(ctx, many // _EACH + 1))
    manager, asker = system.numbers("people")[-2:]
    hr = system.for_person(manager - 1, confirmed=True)
    hr.add("person_files", {"person": asker, "manager": manager, "starts": "2020-01-01"})
    system.tick()
    starts = _monday(system)
    system.for_person(asker).add("leave", {"type": min(hr.numbers("leavetypes")), "starts": starts})
    leave = max(hr.numbers("leave"))
    system.for_person(manager, confirmed=True).do("leave", leave, "approve")
    system.for_person(asker).do("leave", leave, "cancel")
    hr.add("checklists", {"name": "Bench", "kind": "other", "steps": "\n".join(["0 HR: Look at it"] * _STEPS)})
    hr.do("checklists", max(hr.numbers("checklists")), "run", {})
    task, open_step = max(hr.numbers("tasks")), max(hr.numbers("steps"))
    done = orjson.dumps({**(hr.store.journal.get("tasks", task) or {}), "state": "closed", "over": True})
    people = hr.numbers("people")[:-3]
    hr.store.close()
    with closing(Journal(folder / "office.json", compact_at=sys.maxsize)) as journal:
        for name in ("leave", "leavebook"):
            last = [*journal.items(name)][-1][1]
            add_copies(journal, name, [orjson.dumps({**orjson.loads(last), "person": one}) for one in people], many)
        add_copies(journal, "tasks", [done], many // _STEPS)
        step = {**orjson.loads([*journal.items("steps")][-1][1]), "state": "done", "over": True}
        of = journal.ids("tasks")[-(many // _STEPS) :]
        add_copies(journal, "steps", [orjson.dumps({**step, "task": one}) for one in of], many - 1)
        journal.compact()
    return Desk.open(folder, hr.person, "bench", utc_now), open_step


def _people(ctx: Context, many: int) -> Change:
    """Return so many people of the staff, HR, a manager and one of theirs."""
    change = Change("office.begin")
    roles = [*[(Role.STAFF,)] * many, (Role.STAFF, Role.HR), (Role.STAFF, Role.MANAGER), (Role.STAFF,)]
    for turn, each in enumerate(roles):
        change.add(Person(id=ctx.data.new_id(Person), name=f"Bench {turn}", roles=each))
    return change


def measure(sizes: Sizes, folder: Path) -> list[Row]:
    """Measure what is done most in HR, where there is little of it and where there is much."""
    few, many = (Office(folder / f"hr{much}", much) for much in (sizes.few_written, sizes.many))
    for _ in range(sizes.writes):
        for office in (few, many):
            office.leave()
            office.step()
    for office in (few, many):
        office.beside.close()
    return compared(few.beside, many.beside, (sizes.few_written, sizes.many), "leaves and steps")
