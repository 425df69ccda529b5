"""A person's desk: what waits for them, what they asked for and can ask for, what was done while they were away.

Each area says its part through the registry (``botui.areas``), so that a later one is here by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final

from botui import areas
from botui.actions.past import one_line, when, who
from botui.data import Desk
from botui.models.base import Asked, Offer, Waiting
from botui.models.office import Context, Reminder, StandIn
from botui.past import touched
from botui.storage import Entry
from botui.storage.format import stamp as journal_time

LOOKED_AT: Final = 20_000
"""Changes of an absence, of whomever, that are looked at at most: half a second on a small machine."""
TOLD: Final = 100
"""Changes that are told of an absence; of the others how many there were."""
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing on a person's desk.

    Attributes:
        waiting: what it is and why.
        urgency: how pressing it is.
        stood_in_for: for whom it is, if not for the person themselves.
    """

    waiting: Waiting
    urgency: float
    stood_in_for: int | None = None


def my_desk(desk: Desk) -> list[Thing]:
    """Return what waits for this person and for those they stand in for, the most pressing first, each record once."""
    ctx = desk.context()
    found: dict[str, tuple[tuple[Any, ...], Thing]] = {}
    for person in desk.persons():
        principal = None if person == desk.person else person
        for one in _waiting(replace(ctx, by=person)):
            if not _may_know(desk, one) or (principal and not _stands_in_for(desk, one)):
                continue
            order = one.order(ctx.now)
            if one.ref not in found or order < found[one.ref][0]:
                found[one.ref] = (order, Thing(one, one.urgency(ctx.now), principal))
    return [thing for _, thing in sorted(found.values(), key=lambda one: one[0])]


def urgent(desk: Desk) -> dict[str, str]:
    """Return what goes before all else on this person's desk, by its reference: a sentence each, to be said aloud."""
    ctx = desk.context()
    return {one.ref: f"{one.ref} {one.what}: {one.why}." for one in _waiting(ctx) if one.next}


def _waiting(ctx: Context) -> Iterator[Waiting]:
    for area in areas.AREAS:
        if area.waiting:
            part: Callable[[Context], Iterable[Waiting]] = areas.load(area.waiting)
            yield from part(ctx)


def _may_know(desk: Desk, one: Waiting) -> bool:
    """Return whether this person may know of it; reminders that are not personal are told to a stand-in here alone."""
    return one.collection == Reminder.COLLECTION or desk.sees(one.collection, one.number)


def _stands_in_for(desk: Desk, one: Waiting) -> bool:
    """Return whether something of somebody else's is for this person to do: an approval only within its limits."""
    if one.personal:
        return False
    if one.verb != "approve":
        return True
    record = desk.peek(one.collection, one.number)
    return record is not None and desk.may(one.collection, "approve", record) is None


def asked_by_me(desk: Desk) -> list[Asked]:
    """Return what this person asked for and where it stands, the newest first."""
    ctx = desk.context()
    found = [
        one
        for area in areas.AREAS
        if area.asked
        for one in areas.load(area.asked)(ctx)
        if desk.may(one.collection, "read") is None
    ]
    return sorted(found, key=lambda one: (one.since or _LONG_AGO, one.number), reverse=True)


def offers(desk: Desk) -> list[Offer]:
    """Return what this person can ask for, area by area."""
    every: Iterable[Offer] = (one for area in areas.AREAS if area.offers for one in areas.load(area.offers))
    return [one for one in every if desk.may(one.collection, "add") is None]


def absence(desk: Desk) -> StandIn | None:
    """Return the absence of this person that has begun and that they have not come back from, or None."""
    if desk.person is None:
        return None
    found = desk.context().data.find(StandIn, person=desk.person, ended_at=None)
    return next((one for one in found if one.begun_at is not None), None)


def new_absence(desk: Desk) -> dict[str, Any]:
    """Return what the form of going away holds at first: from today on, with the usual stand-in."""
    person = desk.peek("people", desk.person or 0)
    values = {"person": desk.person, "starts": desk.context().today, "hand_over": True}
    return values | ({"stand_in": person.stand_in} if person is not None and person.stand_in else {})


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What was done while somebody was away.

    Attributes:
        in_their_name: what others did for them, a line each, newest first.
        with_theirs: what others did with what was handed over.
        still_open: references of what was handed over, is still to be done, and comes back with them.
        more: changes that are not told, because there are so many.
    """

    in_their_name: tuple[tuple[str, str], ...]
    with_theirs: tuple[tuple[str, str], ...]
    still_open: tuple[str, ...]
    more: int


def meanwhile(desk: Desk, one: StandIn) -> Meanwhile:
    """Return what was done in somebody's name and with what they handed over, since they went away."""
    handed = {found for ref in one.handed if (found := areas.parse_ref(ref))}
    name: list[tuple[str, str]] = []
    theirs: list[tuple[str, str]] = []
    more = 0
    for entry in _since(desk, one):
        records = [record for record in dict.fromkeys(touched(entry)) if _readable(desk, *record)]
        kept = name if entry.header.get("for") == one.person else theirs if not handed.isdisjoint(records) else None
        if kept is None or not records:
            continue
        if len(kept) >= TOLD:
            more += 1
            continue
        # first what was handed over, not the comment that came with it
        records.sort(key=lambda record: record not in handed)
        at, by = datetime.fromisoformat(entry.header["at"]), entry.header.get("by")
        kept.append((f"{when(desk, at)} {who(desk, by)}", one_line(desk, entry, records)))
    still_open = tuple(ref for ref in one.handed if _still_open(desk, ref, one.stand_in))
    return Meanwhile(tuple(name), tuple(theirs), still_open, more)


def _since(desk: Desk, one: StandIn) -> Iterator[Entry]:
    """Yield what others did from the beginning of an absence to its end, newest first."""
    if one.begun_at is None:
        return
    until = "9" if one.ended_at is None else journal_time(one.ended_at)
    for entry in islice(desk.store.journal.recent(journal_time(one.begun_at)), LOOKED_AT):
        header = entry.header
        if header.get("do") in ("standins.add", "standins.begin") and (one.COLLECTION, one.id) in touched(entry):
            return
        if header.get("by") not in (None, one.person) and header["at"] <= until:
            yield entry


def _readable(desk: Desk, collection: str, number: int) -> bool:
    known = any(one.name == collection for one in areas.COLLECTIONS)
    return known and desk.may(collection, "read") is None and desk.sees(collection, number)


def _still_open(desk: Desk, ref: str, stand_in: int) -> bool:
    collection, number = areas.parse_ref(ref) or ("", 0)
    if not collection or not desk.sees(collection, number):
        return False
    record = desk.peek(collection, number)
    return getattr(record, "owner", None) == stand_in and bool(getattr(record, "is_active", True))
