"""What is looked after again and again in the sample office: plans, done through the year, and what is due or late."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any, Final, NamedTuple

from botui.actions.sample.inventory import Inventory
from botui.actions.sample.lists import clerks
from botui.models.base import Refused
from botui.models.equipment.asset import Status
from botui.models.equipment.plan import Plan
from botui.models.equipment.planning import all_of, create, steps

_LEFT_OUT: Final = 0.05
"""How often something is left out."""
_MONTHS_AGO: Final = timedelta(days=150)


class Duty(NamedTuple):
    """Something that comes back.

    Attributes:
        rule: when; ``{early}``, ``{soon}`` and ``{late}`` are a day of the year some months ago, one that comes in
            days, and one that has just passed.
        of: the tag of a thing, the model of several, or the name of a place; empty = of the office as a whole.
        department: who sees to it.
        vendor: whoever sells what is of this category comes for it; empty = nobody.
        cost: what one time costs, as text.
        late: it was not done when it was due last.
    """

    name: str
    rule: str
    of: str
    department: str
    minutes: int
    steps: str = ""
    vendor: str = ""
    cost: str = ""
    late: bool = False


DUTIES: Final = (
    Duty(
        *("Extinguishers tested", "yearly on {late}", "Feuerstein 6L", "Facilities", 10),
        vendor="Fire safety",
        cost="14.50",
        late=True,
    ),
    Duty(
        *("Backups checked", "weekly on fri", "SRV-01", "IT", 15),
        "Last night's run without a fault\nOne file put back and opened\nDrive changed and locked away",
    ),
    Duty("Software updates", "first monday", "", "IT", 90, "Notice on the board\nServers\nLaptops\nRestart at noon"),
    Duty("Filters of the projectors", "every 3 months on 1", "Lumera 3200", "IT", 15),
    Duty("Coffee machine descaled", "every 2 weeks on mon", "KIT-01", "Facilities", 30, "Descale\nRinse twice\nTaste"),
    Duty(
        *("Meeting room cleaned thoroughly", "every 2 weeks on fri", "Meeting room Elbe", "Facilities", 45),
        "Table and chairs\nScreen, with a dry cloth\nPlants watered",
    ),
    Duty(
        "Inspection of the pool car", "yearly on {soon}", "CAR-01", "Facilities", 60, vendor="Vehicles", cost="189.00"
    ),
    Duty("Battery of the server tested", "every 6 months on 15", "UPS-01", "IT", 20),
    Duty("Doors and locks oiled", "every 3 months on 15", "Archive", "Facilities", 40),
    Duty("Ladders looked at", "yearly on {early}", "Hartmut L6", "Facilities", 15, "Feet\nRungs\nSticker"),
    Duty("Printers cleaned inside", "every 2 months on 10", "Kolmar P430", "IT", 15, vendor="Printers"),
    Duty("Emergency lights tried", "monthly on last fri", "Server room", "Facilities", 20),
)
"""What is looked after."""


class Upkeep:
    """The maintenance of a year.

    Args:
        inventory: what is looked after.
        rng: what is drawn from.
    """

    def __init__(self, inventory: Inventory, rng: Random) -> None:
        self.inventory, self.rng = inventory, rng
        self.year, self.room = inventory.year, inventory.room

    def plan(self, many: int) -> None:
        """File so many plans on the second day, and plan that they are kept to."""
        for duty in DUTIES[:many]:
            self.year.on(1, partial(self._file, duty), 0.5)

    def _file(self, duty: Duty, at: datetime) -> None:
        today = self.year.date_of(self.year.last)
        days = {"late": today - timedelta(days=9), "soon": today + timedelta(days=5), "early": today - _MONTHS_AGO}
        rule = duty.rule.format_map({name: f"{day:%m-%d}" for name, day in days.items()})
        values = {"name": duty.name, "rule": rule, "minutes": duty.minutes, "steps": duty.steps}
        seers = [one for one in self.year.office.departments if one.name == duty.department]
        owners = clerks(self.year.office, seers[0].id if seers else None) or self.year.keepers
        values |= {"owner": self.rng.choice(owners).id, **self._of(duty.of)}
        if duty.vendor:
            values["vendor"] = self.inventory.supplier(duty.vendor).id
        plan = Plan.model_validate({**values, "id": self.room.new_id(Plan)})
        # its things may not be there in a small office
        with suppress(Refused):
            self.room.let(at, self.year.keepers[0], lambda ctx: create(ctx, plan))
            self._next(plan.id, duty)

    def _of(self, name: str) -> dict[str, Any]:
        """Return what a plan is about."""
        if asset := self.inventory.there(name):
            return {"asset": asset.id}
        place = next((one for one in self.year.office.places if one.name == name), None)
        return {"place": place.id} if place else {"model": name if any(c.isdigit() for c in name) else ""}

    def _next(self, number: int, duty: Duty) -> None:
        """Plan when it is done next: on its day or a little later; what is late now is not, and some is left."""
        due = self.room.at(Plan, number).next_on
        today = self.year.date_of(self.year.last)
        recent = due is not None and due > today - timedelta(days=12)
        if due is None or (duty.late and recent) or due > today:
            return
        day = self.year.day_of(due) + self.rng.choice((0, 0, 0, 1, 2))
        self.year.on(day, partial(self._keep_to, number, duty), self.rng.uniform(0.1, 0.7))

    def _keep_to(self, number: int, duty: Duty, at: datetime) -> None:
        """Do it, thing by thing where it is about several, or leave it out."""
        plan = self.room.at(Plan, number)
        by = next((one for one in self.year.people if one.id == plan.owner), self.year.keepers[0])
        verb, values = "resolve", {"cost": duty.cost or None, "note": self.rng.choice(("", "", "", "all well"))}
        if self.rng.random() < _LEFT_OUT:
            verb, values = "skip", {"reason": "Nobody was there to open."}
        for asset in self._things(plan, at) if verb == "resolve" else [None]:
            # what is to be done may be lost, or retired
            with suppress(Refused):
                for _ in steps(plan) if verb == "resolve" else ():
                    self.room.verb(at, by, plan, "tick")
                self.room.verb(at, by, plan, verb, **values | ({"asset": asset} if asset else {}))
        if self.room.at(Plan, number).next_on != plan.next_on:
            self._next(number, duty)

    def _things(self, plan: Plan, at: datetime) -> list[int | None]:
        if not plan.model:
            return [None]
        everything = all_of(self.room.context(at, None), plan.model)
        return [one.id for one in everything if one.status is not Status.IN_REPAIR] or [None]
