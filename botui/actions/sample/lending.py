"""What is lent in the sample office and brought back, or not yet; and what is booked, behind us and ahead."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Final

from botui.actions.sample.inventory import Inventory
from botui.actions.sample.lists import morning
from botui.actions.sample.walks import ASTRAY
from botui.actions.sample.year import Year
from botui.models.base import Refused
from botui.models.equipment.asset import Asset
from botui.models.equipment.booking import create
from botui.models.equipment.loan import Booking, BookingState, Condition
from botui.models.equipment.whom import To
from botui.models.office import Person

_LENT: Final = ("KEY", "LNB", "TL", "LAD", "LAB", "FLI")
"""What is lent without being booked, by its tag."""
_SHARED: Final = ("BEA", "CAR", "CAM")
"""What is booked."""
_EACH: Final = 2.6
"""How often a year each thing that is lent is lent."""
_BOOKED: Final = 9
"""How often a year each thing that is booked is booked."""
_AHEAD: Final = 2
"""How often each of them is booked in the next two weeks."""
_WHY: Final = ("", "", "trade fair", "home office", "workshop", "customer visit", "move on the 1st floor")
_LATE: Final = 0.15
"""How many bring things back after the day that was said."""
_SCRATCHED: Final = 0.05
"""How many bring things back with minor damage."""
_GONE_OVER: Final = 0.1
"""How many bookings are cancelled; half as many are just not fetched."""
_CHANGES: Final = 6
"""How often a year somebody's own laptop goes to somebody else."""


@dataclass(frozen=True, slots=True)
class Out:
    """Something that is out now: lent so many working days ago, for so many calendar days; None = nobody said."""

    tag: str
    ago: int
    days: int | None


OUT: Final = (
    Out("KEY-01", 12, 7),
    Out("LNB-01", 3, 14),
    Out("TL-01", 8, 7),
    Out("KEY-03", 40, None),
    Out("LAD-01", 0, 2),
    Out("LNB-02", 6, 30),
)
"""What is out now; the first and the third are overdue."""


class Lending:
    """What is handed out for a time, and booked.

    Args:
        inventory: what there is.
        rng: what is drawn from.
    """

    def __init__(self, inventory: Inventory, rng: Random) -> None:
        self.inventory, self.rng = inventory, rng
        self.year: Year = inventory.year
        self.room = inventory.room

    def plan(self) -> None:
        """Plan the whole year."""
        last = self.year.last
        lent = [one.tag for one in self.inventory.planned if one.thing.tag in _LENT and one.tag not in ASTRAY]
        shared = [one.tag for one in self.inventory.planned if one.thing.tag in _SHARED]
        held = {one.tag for one in OUT}
        for _ in range(round(len(lent) * _EACH)):
            tag, day = self.rng.choice(lent), self.rng.randrange(3, max(last, 4))
            days = self.rng.choice((1, 3, 7, 7, 14))
            if tag not in held or day < last - 80:
                self.year.on(day, partial(self._lend, tag, day, days))
        for one in OUT:
            self.year.on(last - one.ago, partial(self._lend, one.tag, last, one.days), 0.4)
        for tag in shared:
            for _ in range(_BOOKED):
                self.year.on(day := self.rng.randrange(1, max(last - 2, 2)), partial(self._book, tag, day))
            for _ in range(_AHEAD):
                self.year.on(last, partial(self._book_ahead, tag, self.rng.randrange(1, 11)))
        for _ in range(_CHANGES if any(one.thing.tag == "NB" for one in self.inventory.planned) else 0):
            self.year.on(self.rng.randrange(10, max(last - 5, 11)), self._pass_on)

    # --- lent ---------------------------------------------------------------------------------------------------

    def _lend(self, tag: str, day: int, days: int | None, at: datetime) -> None:
        """Lend something, and plan that it comes back; what is lent on the last day stays out."""
        asset = self.inventory.there(tag)
        if asset is None:
            return
        due = self.year.today(at) + timedelta(days=days) if days is not None else None
        # it may be out, lost or broken
        with suppress(Refused):
            self.inventory.hand_out(asset.id, To(person=self._somebody().id), at, due=due, note=self.rng.choice(_WHY))
            if due is not None and day < self.year.last:
                late = self.rng.randrange(1, 9) if self.rng.random() < _LATE else -self.rng.randrange(0, 2)
                self.year.on(max(self.year.day_of(due) + late, day + 1), partial(self._bring_back, tag))

    def _bring_back(self, tag: str, at: datetime) -> None:
        asset = self.inventory.there(tag)
        scratched = self.rng.random() < _SCRATCHED
        condition, note = (Condition.MINOR, "scratched") if scratched else (Condition.GOOD, "")
        # it may be lost meanwhile, or brought back and lent again
        with suppress(Refused):
            if asset is not None:
                self.room.verb(at, self.inventory.keeper(), asset, "give_back", condition=condition, note=note)

    def _pass_on(self, at: datetime) -> None:
        """Take somebody's own laptop back and give it to somebody who has none."""
        laptops = [one for one in self.room.all(Asset) if one.tag.startswith("NB-") and one.holder and not one.fate]
        having = {one.holder for one in self.room.all(Asset) if one.tag.startswith("NB-")}
        without = [one for one in self.year.people if one.id not in having]
        if laptops and without:
            asset, to = self.rng.choice(laptops), self.rng.choice(without)
            # a broken one is not handed out
            with suppress(Refused):
                self.room.verb(at, self.inventory.keeper(), asset, "give_back")
                self.inventory.hand_out(asset.id, To(person=to.id), at)

    def _somebody(self) -> Person:
        return self.rng.choice(self.year.people)

    # --- booked -------------------------------------------------------------------------------------------------

    def _book(self, tag: str, day: int, at: datetime) -> None:
        """Book something for a later day, and plan what becomes of that."""
        asset, later = self.inventory.there(tag), day + self.rng.randrange(1, 9)
        begin = self.rng.choice((0.1, 0.2, 0.45))
        end = begin + self.rng.choice((0.2, 0.4))
        if asset is None or later > self.year.last:
            return
        start, over = (_half_hour(self.year.moment(later, part)) for part in (begin, end))
        number = self._booked(at, asset, self._somebody(), start, over)
        if not number:
            return
        drawn = self.rng.random()
        if drawn < _GONE_OVER:
            self.year.on(day, partial(self._cancel, number))
        elif drawn > _GONE_OVER * 1.5:
            self.year.on(later, partial(self._fetch, number), begin)
            self.year.on(later, partial(self._bring_back, tag), end)

    def _book_ahead(self, tag: str, days: int, at: datetime) -> None:
        """Book something for a working day that is still to come; every other one is the administrator's."""
        if (asset := self.inventory.there(tag)) is not None:
            start = morning(self.year.office, days) + timedelta(hours=self.rng.randrange(4))
            boss = days % 2 and self.year.office.administrator()
            self._booked(at, asset, boss or self._somebody(), start, start + timedelta(hours=self.rng.randrange(1, 4)))

    def _booked(self, at: datetime, asset: Asset, person: Person, start: datetime, end: datetime) -> int:
        """Return the number of a booking; 0 = somebody else has it then, or it is not there."""
        values = {"asset": asset.id, "start": start, "end": end, "note": self.rng.choice(_WHY)}
        booking = Booking.model_validate({**values, "id": self.room.new_id(Booking)})
        with suppress(Refused):
            self.room.let(at, person, lambda ctx: create(ctx, booking))
            return booking.id
        return 0

    def _cancel(self, number: int, at: datetime) -> None:
        booking = self.room.at(Booking, number)
        self.room.verb(at, self.room.at(Person, booking.person or 0), booking, "cancel")

    def _fetch(self, number: int, at: datetime) -> None:
        booking = self.room.at(Booking, number)
        # whoever has it may be late
        with suppress(Refused):
            if booking.state is BookingState.BOOKED:
                to = To(person=booking.person)
                self.inventory.hand_out(booking.asset, to, at, booking=booking)


def _half_hour(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute // 30 * 30, second=0, microsecond=0)
