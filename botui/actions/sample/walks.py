"""The audits of the sample office: one that was finished some months ago, and one that is being walked."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import partial
from random import Random
from typing import Final

from botui.actions.sample.inventory import Inventory
from botui.models.base import Refused
from botui.models.equipment.asset import Asset
from botui.models.equipment.audit import Audit, Finding
from botui.models.equipment.auditing import create
from botui.models.office import Person, Place

_FINISHED: Final = 140
"""Working days since the first audit."""
_PER_DAY: Final = 60
"""Things that are seen on a day."""
ASTRAY: Final = ("FLI-04", "LAB-02")
"""What the first audit does not find; it is not lent."""
_FLOOR: Final = "2nd floor"
"""Where the second one is walked."""


class Walks:
    """The audits of a year.

    Args:
        inventory: what is looked for.
        rng: what is drawn from.
    """

    def __init__(self, inventory: Inventory, rng: Random) -> None:
        self.inventory, self.rng = inventory, rng
        self.year, self.room = inventory.year, inventory.room
        self._by: Person = self.year.keepers[0]

    def plan(self, many: int) -> None:
        """Plan so many of the two."""
        last = self.year.last
        if many:
            self.year.on(max(last - _FINISHED, 2), partial(self._begin_all, max(last - _FINISHED, 2)), 0.1)
        if many > 1:
            self.year.on(last - 1, self._begin_floor, 0.1)

    def _begin_all(self, day: int, at: datetime) -> None:
        """Begin the audit of everything, and plan its walk."""
        audit = self._begin(f"Inventory {self.year.today(at):%Y}", (), at)
        findings = [one.id for one in self.room.find(Finding, audit=audit)]
        skipped = {one for one in findings if self.room.at(Asset, self.room.at(Finding, one).asset).tag in ASTRAY}
        seen = [one for one in findings if one not in skipped]
        for place, number in enumerate(seen):
            self.year.on(day + place // _PER_DAY, partial(self._see, number), 0.15 + place % _PER_DAY / 90)
        self.year.on(day + len(seen) // _PER_DAY, partial(self._finish, audit), 0.95)

    def _begin_floor(self, at: datetime) -> None:
        """Begin the audit of a floor, and walk half of it."""
        place = next((one for one in self.room.all(Place) if one.name == _FLOOR), self.room.all(Place)[0])
        # nothing may be there in a small office
        with suppress(Refused):
            audit = self._begin(f"Check of the {place.name}", (place.id,), at)
            findings = self.room.find(Finding, audit=audit)
            for number, one in enumerate(findings[: max(len(findings) // 2, 1)]):
                self.year.on(self.year.last, partial(self._see, one.id), 0.05 + number / 500)

    def _begin(self, name: str, places: tuple[int, ...], at: datetime) -> int:
        audit = Audit(id=self.room.new_id(Audit), name=name, places=places)
        self.room.let(at, self._by, lambda ctx: create(ctx, audit))
        return audit.id

    def _see(self, number: int, at: datetime) -> None:
        """See one thing where it was to be, now and then elsewhere."""
        finding = self.room.at(Finding, number)
        places = self.room.all(Place)
        elsewhere = self.rng.random() < 0.04 or finding.place is None
        place = self.rng.choice(places).id if elsewhere else finding.place
        audit = self.room.at(Audit, finding.audit)
        self.room.verb(at, self._by, audit, "count", asset=finding.asset, place=place)

    def _finish(self, number: int, at: datetime) -> None:
        self.room.verb(at, self._by, self.room.at(Audit, number), "settle", even_so=True)
