"""What people ask the sample's store room for: decided and handed out in the year, and what waits now."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, Literal

from botui.actions.sample.year import Year
from botui.models.base import Refused
from botui.models.office import Person
from botui.models.supplies import Item, Request, wanting

_NOTES: Final = ("", "", "", "for the training on Thursday", "the old one is broken", "we start with four new people")
_WHY_NOT: Final = ("There are plenty in your cupboard.", "Ask your manager first, please.", "Only for customers.")
_RECENT: Final = 8
"""Working days before the present whose requests are those of ``WISHES``, decided on the day on which they are made."""
_NOT_KEPT: Final = ("Footrest", "Desk lamp", "Whiteboard 90 x 60", "Headset with cable", "Standing mat")
"""What is asked for now and then and not kept in stock."""


Then = Literal["asked", "promised", "short", "handed", "refused", "cancelled"]


@dataclass(frozen=True, slots=True)
class Wish:
    """One request of the last days, that is still to be seen.

    Attributes:
        ago: working days from its day to today.
        then: what becomes of it: it stays asked for, is promised (of what there is, or of what runs short), handed
            out, refused or cancelled.
        kept: the store room keeps it.
    """

    ago: int
    then: Then
    kept: bool = True


WISHES: Final = (
    Wish(0, "asked"),
    Wish(2, "promised"),
    Wish(1, "short"),
    Wish(1, "asked", kept=False),
    Wish(3, "refused"),
    Wish(4, "cancelled"),
    Wish(1, "asked"),
    Wish(1, "promised"),
    Wish(2, "short"),
    Wish(0, "asked"),
    Wish(3, "promised"),
)
"""The requests that are open now, those first that a small office has, too; with those that were just turned down."""


USUALLY: Final[tuple[Then, ...]] = (*("handed",) * 7, "refused", "cancelled")
"""What becomes of the requests of the year."""


class Wishes:
    """The requests of a store room.

    Args:
        year: the days on which they are made.
        many: how many there are.
        scarce: items of which there will be next to nothing.
    """

    def __init__(self, year: Year, many: int, scarce: list[int]) -> None:
        self.year, self.room, self.rng = year, year.room, year.rng
        self._wishes = WISHES[: min(len(WISHES), many)]
        self._others = many - len(self._wishes)
        self._scarce = scarce
        keepers = {one.id for one in year.keepers}
        self._askers = [one for one in year.people if one.id not in keepers] or year.people

    def plan(self) -> None:
        """Plan all of them."""
        last = self.year.last
        for _ in range(self._others):
            day = self.rng.randrange(2, max(last - _RECENT, 3))
            self.year.on(day, partial(self._ask, day, self.rng.choice(USUALLY), True))
        for wish in self._wishes:
            day = max(last - wish.ago, 0)
            self.year.on(day, partial(self._ask, day, wish.then, wish.kept), 0.3)

    def _ask(self, day: int, then: Then, kept: bool, at: datetime) -> None:
        """File a request and plan what becomes of it."""
        rng = self.rng
        person = rng.choice(self._askers)
        values: dict[str, Any] = {"what": rng.choice(_NOT_KEPT)} if not kept else self._of_ours(then)
        values |= {"place": person.place, "note": rng.choice(_NOTES)}
        if rng.random() < 0.4:
            values["needed_by"] = self.year.today(at) + timedelta(days=rng.randrange(1, 9))
        request = Request(id=self.room.new_id(Request), **values)
        self.room.apply(wanting.create(self.room.context(at, person), request))
        if then == "cancelled":
            self.year.on(day + 1, partial(self._cancel, request.id))
        elif then != "asked":
            recent = self.year.last - day < _RECENT
            later = day if recent else day + rng.randrange(1, 4)
            self.year.on(later, partial(self._decide, later, request.id, then), 0.5 if recent else None)

    def _of_ours(self, then: Then) -> dict[str, Any]:
        """Return what is asked for: something there is enough of, or of which there is next to nothing."""
        goods = self.year.stock.goods
        scarce = then == "short" and self._scarce
        free = [number for number in goods if number not in self._scarce] or list(goods)
        number = self.rng.choice(self._scarce if scarce else free)
        item, good = self.room.at(Item, number), goods[number]
        if scarce:
            return {"item": number, "quantity": item.on_hand + good.many * 3}
        return {"item": number, "quantity": min(max(good.many * self.rng.choice((1, 2, 2)), 1), item.on_hand or 1)}

    def _cancel(self, number: int, at: datetime) -> None:
        request = self.room.at(Request, number)
        by = self.room.at(Person, request.person or 0)
        self.room.do(at, by, wanting.cancel, request, wanting.CancelRequest(reason="Found one."))

    def _decide(self, day: int, number: int, then: Then, at: datetime) -> None:
        request = self.room.at(Request, number)
        by = self.year.keeper()
        if by.id == request.person:
            return
        if then == "refused":
            self.room.do(at, by, wanting.reject, request, wanting.Reject(reason=self.rng.choice(_WHY_NOT)))
            return
        self.room.do(at, by, wanting.accept, request, wanting.Accept())
        if then == "handed":
            later = day + self.rng.randrange(1, 3)
            self.year.on(later, partial(self._hand_out, later, number))

    def _hand_out(self, day: int, number: int, at: datetime) -> None:
        """Hand out what is there; the rest when it has come."""
        # it is refused where nothing is left
        with suppress(Refused):
            self.room.do(at, self.year.keeper(), wanting.hand_out, self.room.at(Request, number), wanting.HandOut())
        if self.room.at(Request, number).left:
            self.year.on(day + 6, partial(self._hand_out, day + 6, number))
