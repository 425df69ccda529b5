"""What the records of equipment say alike: moments, money, faults, entries of the log of work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from botui import areas
from botui.data import Desk
from botui.models.base import Where, plural
from botui.models.calendar import day_words, until_short
from botui.models.equipment.asset import Asset
from botui.models.equipment.fault import Fault, State, Work
from botui.models.equipment.instead import instead
from botui.screens.frame import Keys
from botui.screens.record import Details, RecordScreen, field_rows
from botui.widgets.detail import Section

LATELY: Final = 8
"""Entries of each sort that an open record shows: the last ones."""

Link = tuple[str, tuple[str, int]]
"""What to show of a record that is named, and its collection and number."""


class EquipmentDetails(Details):
    """What is shown of a record of equipment."""

    def at(self, moment: datetime | None) -> str:
        """Return a moment in words: ``today 10:14``; a day alone for the beginning of one."""
        if moment is None:
            return ""
        local = self.desk.settings.local(moment)
        day = day_words(local.date(), self.today)
        return f"{day} {local:%H:%M}" if local.time() != time.min else day

    def day(self, day: date | None) -> str:
        """Return a day in words."""
        return day_words(day, self.today) if day else ""

    @property
    def today(self) -> date:
        """Today in the office."""
        return self.desk.settings.local(self.desk.clock()).date()

    def money(self, amount: Decimal) -> str:
        """Return an amount with its currency."""
        return f"{amount:,.2f} {self.desk.settings.currency}"

    def title(self, collection: str, number: int | None) -> str:
        """Return what a person calls a record."""
        return self.desk.title(collection, number)

    def reads(self, collection: str) -> bool:
        """Return whether this person sees any of a collection."""
        return self.desk.may(collection, "read") is None

    def last(self, collection: str, where: Where, count: int = LATELY) -> list[Any]:
        """Return the newest records that meet conditions and are for this person, the newest first."""
        if not self.reads(collection):
            return []
        numbers = self.desk.ids(collection, where)[: -count - 1 : -1]
        return [one for one in (self.desk.peek(collection, number) for number in numbers) if one is not None]

    def all(self, collection: str, where: Where) -> list[Any]:
        """Return the records that meet conditions and are for this person."""
        return self.desk.find(collection, where) if self.reads(collection) else []

    def rest(self, record: Any, said: Sequence[str]) -> list[Section]:
        """Return the section of all fields that are not said elsewhere; none if none has a value."""
        rows = field_rows(self.desk, record, said)
        return [Section("All about it", rows)] if rows else []

    # --- faults and the work on them ------------------------------------------------------------------------------

    def stands(self, fault: Fault) -> str:
        """Return where a fault stands and who has it: ``waiting for a part until Fri 27 Nov; Bob Baker has it``."""
        state = fault.state.label
        if fault.state is State.WAITING and fault.waiting_for is not None:
            until = f" until {self.at(fault.waiting_until)}" if fault.waiting_until else ""
            state = f"waiting for {fault.waiting_for.label}{until}"
        if not fault.is_open:
            return f"{state} {self.at(fault.closed_at)}".strip()
        owner = f"{self.title('people', fault.owner)} has it" if fault.owner else "nobody has it"
        return joined(state, owner, self.left(fault))

    def left(self, fault: Fault) -> str:
        """Return how long there is until a fault is to be fixed."""
        return time_left(fault, self.desk)

    def work_rows(self, entries: list[Work], *, names_fault: bool = False) -> list[tuple[str, str]]:
        """Return a line for each entry of the log of work: when, and what it was and cost."""
        return [(self.at(one.at), self.worked(one, names_fault=names_fault)) for one in entries]

    def worked(self, one: Work, *, names_fault: bool = False) -> str:
        """Return an entry of the log of work in one line."""
        part = f"{one.quantity:,} x {self.title('items', one.item)}" if one.item else ""
        part = "" if part in one.text else part
        kind = one.kind.label if one.amount is None else f"{one.kind.label} {self.money(one.amount)}"
        minutes = f"{one.minutes} min" if one.minutes else ""
        moved = areas.ref("movements", one.movement) if one.movement else ""
        fault = areas.ref("faults", one.fault) if names_fault and one.fault else ""
        back = f"takes back {areas.ref('worklog', one.takes_back)}" if one.takes_back else ""
        who = f"by {self.title('people', one.by)}" if one.by else ""
        return joined(kind, part, one.text, minutes, self.title("parties", one.party), moved, fault, back, who)

    def instead(self, asset: Asset) -> str:
        """Return in words what can be used instead of an asset, and where it is; nothing if there is nothing."""
        other = instead(self.desk.context(), asset) if self.reads("assets") else None
        return joined(other.called, where_is(self.title, other)) if other is not None else ""

    # --- links ----------------------------------------------------------------------------------------------------

    def link(self, word: str, collection: str, number: int, said: str = "") -> Link:
        """Return a record to open: what it is here, its reference, and what people call it or how it stands."""
        return (
            f"{word}: {areas.ref(collection, number)}  {said or self.title(collection, number)}",
            (collection, number),
        )

    def work_links(self, entries: list[Work]) -> list[Link]:
        """Return what entries of the log of work name: the movement of stock, the part and the vendor, then they."""
        found = []
        for one in entries:
            if one.movement:
                found.append(self.link("Stock", "movements", one.movement))
            if one.item:
                found.append(self.link("Part", "items", one.item))
            if one.party:
                found.append(self.link("Vendor", "parties", one.party))
        return [*found, *(self.link("Work", "worklog", one.id, self.worked(one)) for one in entries)]

    def billed(self, ref: str) -> list[Link]:
        """Return the bills that are the cost of an asset or a fault, as far as this person sees them."""
        found = self.all("bills", {"about": (ref,)})
        return [self.link("Bill", "bills", one.id, f"{one.amount:,.2f}; {one.state.label}") for one in found]

    def named(self, *links: Link | None, record: Any) -> list[Link]:
        """Return links, then all that the fields of a record name, each record once and none that may not be seen."""
        found: dict[tuple[str, int], str] = {}
        for link in (*links, *super().followed(record)):
            if link is not None and link[1] != (record.COLLECTION, record.id) and self.desk.sees(*link[1]):
                found.setdefault(link[1], link[0])
        return [(words, there) for there, words in found.items()]


class EquipmentRecord(RecordScreen):
    """An open record of equipment: what it names is never left out of the line of keys."""

    def keys(self) -> Keys:
        """Return the keys of a record, with the one that opens what it names before the verbs."""
        first, *rest = super().keys()
        return [first, ("v", "Named", True), *(one for one in rest if one[0] != "v")]


def time_left(fault: Fault, desk: Desk) -> str:
    """Return how long there is until an open fault is to be fixed, in at most 12 cells: ``2h10 left``, ``35m late``."""
    if not fault.is_open or fault.due is None:
        return ""
    return until_short(fault.due, desk.clock(), desk.settings.business_hours())


def due_words(due: date | None, today: date) -> str:
    """Return a day on which something is due, in at most 13 cells: ``3 days late``, ``today``, ``Fri 27 Nov``."""
    if due is None:
        return ""
    return f"{plural((today - due).days, 'day')} late" if due < today else day_words(due, today)


def hours(minutes: int) -> str:
    """Return a time in words: ``4 h 20 min``, ``35 min``."""
    whole, rest = divmod(minutes, 60)
    return " ".join(filter(None, (f"{whole:,} h" if whole else "", f"{rest} min" if rest or not whole else "")))


def joined(*words: str) -> str:
    """Return what is said of the words, with signs between."""
    return "; ".join(word for word in words if word)


def tagged(desk: Desk, number: int | None) -> str:
    """Return tag and name of an asset for a list: of two that are called the same the tag tells which."""
    asset: Asset | None = desk.peek("assets", number) if number and desk.sees("assets", number) else None
    if asset is None:
        return areas.ref("assets", number) if number else ""
    return f"{asset.tag or asset.ref} {asset.name}"


def where_is(title: Callable[[str, int | None], str], asset: Asset) -> str:
    """Return in words who has an asset, or where it is.

    Args:
        title: what people call a record, from its collection and number.
        asset: which.
    """
    if asset.holder is not None:
        return title("people", asset.holder)
    if asset.at_place is not None:
        return f"used in {title('places', asset.at_place)}"
    if asset.inside is not None:
        return f"part of {title('assets', asset.inside)}"
    place = asset.place or asset.home
    return f"in {title('places', place)}" if place is not None else ""
