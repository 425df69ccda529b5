"""What broke in the sample's year and how it was mended, and what is broken now: each step as the rules write it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from random import Random
from typing import Any, Final

from botui.actions.sample.inventory import Inventory
from botui.actions.sample.troubles import AT_THE_DOOR, GUIDES, TROUBLES, Trouble, troubles_of
from botui.actions.sample.year import Year
from botui.models.base import Change, Refused
from botui.models.equipment.asset import Asset, Category
from botui.models.equipment.fault import Fault, Guide, WaitFor
from botui.models.equipment.register import Register
from botui.models.equipment.reporting import create, report_fault
from botui.models.office import Context, Party, Person
from botui.models.supplies import Item

_RECENT: Final = 12
"""Working days before the present in which nothing breaks but what is broken now."""
_SPARED: Final = 60
"""Working days before the present in which nothing else happens to what is broken now."""
_TODAY: Final = 0.75
"""How much of today is over when something breaks today."""
_DOOR: Final = "Archive"
"""Whose door sticks."""
_COURSES: Final = (*("usual",) * 5, *("guide",) * 4, "nothing", "again", "beyond")
"""How a repair goes; what takes a part or a visit is not done by the guide."""
_BEYOND: Final = frozenset({"Monitors", "Docking stations", "Tools"})
"""What is not worth a large repair."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a repair: the verb with its values, so many days after the one before."""

    days: float
    verb: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Broken:
    """What is broken now.

    Attributes:
        tag: of what; empty = a door.
        which: the how manieth of the troubles of its category, from 0.
        ago: working days since it was reported.
        stands: how far the repair is.
        reports: how many have reported it.
    """

    tag: str
    which: int
    ago: int
    stands: str
    reports: int = 1


BROKEN: Final = (
    Broken("PRN-01", 0, 0, "looking", 3),
    Broken("KIT-01", 0, 0, "reported", 2),
    Broken("NB-04", 0, 3, "vendor"),
    Broken("MON-05", 0, 2, "part"),
    Broken("CAR-02", 0, 4, "quote"),
    Broken("BEA-02", 1, 1, "testing"),
    Broken("", 0, 1, "reported"),
    Broken("WAP-02", 1, 1, "guest"),
)
"""What is broken now; a small office has those first whose things it has."""


class Breakdowns:
    """The faults of a year.

    Args:
        inventory: what can break.
        many: how many faults there are.
        rng: what is drawn from.
    """

    def __init__(self, inventory: Inventory, many: int, rng: Random) -> None:
        self.inventory, self.rng, self._many = inventory, rng, many
        self.year: Year = inventory.year
        self.room = inventory.room
        keepers = {one.id for one in self.year.keepers}
        self._askers = [one for one in self.year.people if one.id not in keepers] or self.year.people

    def plan(self, guides: int) -> None:
        """Write so many guides, and plan all that breaks."""
        categories = {one.name: one.id for one in self.room.all(Category)}
        for guide in GUIDES[:guides]:
            category = categories.get(guide.category)
            self.room.make(Guide, name=guide.name, category=category, words=guide.words, steps=guide.steps)
        last = self.year.last
        for broken in BROKEN[: self._many]:
            self.year.on(last - broken.ago, partial(self._breaks_now, broken), _TODAY if not broken.ago else 0.15)
        for _ in range(self._many - len(BROKEN)):
            day = self.rng.randrange(3, max(last - _RECENT, 4))
            self.year.on(day, partial(self._breaks, day))

    # --- it is reported -----------------------------------------------------------------------------------------

    def _breaks(self, day: int, at: datetime) -> None:
        """Let anything break that is in use, and plan its repair."""
        spared = {one.tag for one in BROKEN} if day > self.year.last - _SPARED else ()
        whole = [
            one for one in self.room.all(Asset) if one.fate is None and not one.open_faults and one.tag not in spared
        ]
        able = [(one, troubles) for one in whole if (troubles := troubles_of(self.inventory.sort_of(one), one.tag))]
        if not able:
            return
        asset, troubles = self.rng.choice(able)
        trouble = self.rng.choice(troubles)
        number = self._report(asset, trouble, at, 2 if self.rng.random() < 0.15 else 1)
        if number:
            self._go(number, self.inventory.keeper(), self._course(asset, trouble), day, self.rng.random() * 0.5, at)

    def _breaks_now(self, broken: Broken, at: datetime) -> None:
        asset = self.inventory.there(broken.tag)
        if broken.tag and (asset is None or asset.fate is not None or asset.open_faults):
            return
        trouble = TROUBLES[self.inventory.sort_of(asset)][broken.which] if asset else AT_THE_DOOR
        number = self._report(asset, trouble, at, broken.reports, guest=broken.stands == "guest")
        steps = self._until_now(broken.stands, asset, trouble)
        if number:
            part = 0.2 if broken.ago else _TODAY
            self._go(number, self.year.keepers[0], steps, self.year.last - broken.ago, part, at)

    def _report(self, asset: Asset | None, trouble: Trouble, at: datetime, reports: int, *, guest: bool = False) -> int:
        """Let so many people report it, whoever has it first; return the number of the fault."""
        values: dict[str, Any] = {"what": trouble.what, "body": trouble.body, "stops": trouble.stops}
        values |= {"severity": trouble.severity, "asset": asset.id if asset else None}
        if asset is None:
            places = {one.name: one.id for one in self.year.office.places}
            values["place"] = places.get(_DOOR, next(iter(places.values()), None))
        if guest:
            self.room.let(at, None, lambda ctx: _as_guest(Register(ctx, Change("faults.report")), ctx, values))
        else:
            holder = self.room.get(Person, asset.holder) if asset and asset.holder else None
            others = self.rng.sample(self._askers, min(reports, len(self._askers)))
            people = dict.fromkeys(one.id for one in [*([holder] if holder in self._askers else []), *others] if one)
            for number in list(people)[:reports]:
                fault = Fault(id=self.room.new_id(Fault), **values)
                self.room.let(at, self.room.at(Person, number), partial(_filed, fault))
        return max((one.id for one in self.room.all(Fault)), default=0)

    # --- it is mended -------------------------------------------------------------------------------------------

    def _go(self, number: int, by: Person, steps: Sequence[Step], day: int, part: float, at: datetime) -> None:
        """Plan the first of some steps; the others follow it."""
        if steps:
            moment = part + steps[0].days
            day, part = day + int(moment), moment % 1
            self.year.on(day, partial(self._do, number, by, steps, day, part), part)

    def _do(self, number: int, by: Person, steps: Sequence[Step], day: int, part: float, at: datetime) -> None:
        first = steps[0]
        # a part may have run out, or a broken thing may be lost
        with suppress(Refused):
            self.room.verb(at, by, self.room.at(Fault, number), first.verb, **first.values)
        self._go(number, by, steps[1:], day, part, at)

    def _course(self, asset: Asset, trouble: Trouble) -> list[Step]:
        """Return the steps of a repair that is over."""
        steps = [Step(self.rng.uniform(0.05, 0.6), "take", {})]
        drawn = self.rng.choice(_COURSES)
        end = Step(0.2, "resolve", {"outcome": trouble.outcome, "minutes": trouble.minutes // 2})
        if drawn == "nothing":
            tried = {"outcome": "Tried for half an hour, all was well.", "minutes": 30}
            return [*steps, Step(0.3, "reject", tried)]
        if drawn == "guide" and not (trouble.part or trouble.visit):
            ticks = [Step(0.02, "tick", {}) for _ in range(3)]
            by_guide = {**end.values, "by_guide": True}
            return [*steps, *ticks, Step(0.05, "resolve", by_guide), Step(0, "resolve", end.values)]
        steps += [Step(0.1, "note", {"text": trouble.found, "minutes": trouble.minutes // 2})]
        if drawn == "beyond" and self.inventory.sort_of(asset) in _BEYOND:
            price = {"amount": self._price(asset, 0.6), "text": "Repair by the vendor"}
            return [*steps, Step(1, "quote", price), Step(0.5, "retire", {"why": "A new one costs little more."})]
        steps += [*self._supplied(asset, trouble), Step(0.2, "test", {}), end]
        if drawn == "again":
            steps += [Step(1.5, "reopen", {"why": "It is the same again."}), Step(0.4, "test", {}), end]
        return steps

    def _supplied(self, asset: Asset | None, trouble: Trouble) -> list[Step]:
        """Return the steps by which a part comes in, or the vendor."""
        if part := next((one for one in self.room.all(Item) if one.name == trouble.part), None):
            return [*self._wait(WaitFor.PART, None), Step(self.rng.uniform(0.5, 2), "part", {"item": part.id})]
        if not trouble.visit:
            return []
        vendor = self._vendor(asset)
        visit = {"amount": trouble.visit, "party": vendor.id, "text": "Visit and work", "minutes": 15}
        return [*self._wait(WaitFor.VENDOR, vendor), Step(self.rng.uniform(1, 4), "cost", visit)]

    def _wait(self, for_: WaitFor, vendor: Party | None) -> list[Step]:
        return [Step(0.1, "wait", {"waiting_for": for_, "vendor": vendor.id if vendor else None})]

    def _until_now(self, stands: str, asset: Asset | None, trouble: Trouble) -> list[Step]:
        """Return the steps of a repair that is as far as this."""
        if stands in ("reported", "guest"):
            return []
        steps = [Step(0.1, "take", {})]
        if stands == "looking":
            return [*steps, Step(0.02, "tick", {}), Step(0.02, "tick", {})]
        steps.append(Step(0.1, "note", {"text": trouble.found, "minutes": 10}))
        if stands == "testing":
            return [*steps, Step(0.3, "test", {})]
        if stands == "quote":
            return [*steps, *self._wait(WaitFor.QUOTE, self._vendor(asset))]
        if stands == "part":
            return [*steps, *self._wait(WaitFor.PART, None)]
        quote = Step(0.1, "quote", {"amount": trouble.visit, "text": "Visit and work"})
        return [*steps, quote, *self._wait(WaitFor.VENDOR, self._vendor(asset))]

    def _vendor(self, asset: Asset | None) -> Party:
        return self.inventory.supplier(self.inventory.sort_of(asset) if asset else "")

    def _price(self, asset: Asset, part: float) -> str:
        return f"{float(asset.price or 100) * part:.2f}"


def _filed(fault: Fault, ctx: Context) -> Change:
    return create(ctx, fault)


def _as_guest(register: Register, ctx: Context, values: dict[str, Any]) -> Change:
    """File what a visitor says at the kiosk."""
    report_fault(ctx, register, caller="A visitor", **values)
    return register.close()
