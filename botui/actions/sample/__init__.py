"""A sample office: plausible records of every collection, the same ones for the same seed and day.

The life of its tickets is not played step by step: each is planned as the moments of a life that led to its state
(``life``), then written down with the deadlines that the rules reckon for it (``papers``). So a hundred thousand take
seconds. The year of its store room is played (``supplies``), since a stock is the sum of all that was done before; and
so is that of its equipment (``equipment``), with the tickets of its faults, and of its papers and its money
(``records``).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from random import Random
from typing import Any, Final, TypeVar

from botui import areas
from botui.access import Secrets
from botui.actions.sample.absences import make_absences
from botui.actions.sample.cast import Cast
from botui.actions.sample.crowd import crowd, number_tickets
from botui.actions.sample.life import Matter
from botui.actions.sample.lists import HeldSettings, Office, clerks, hr_here, make_lists, managers_here, sample_settings
from botui.actions.sample.meetings import make_meetings
from botui.actions.sample.officetime import OfficeTime
from botui.actions.sample.papers import Papers
from botui.actions.sample.records_documents import keep_files
from botui.actions.sample.room import Room
from botui.actions.sample.supplies import make_supplies
from botui.actions.sample.talk import logged
from botui.models.base import Kind, Record, Refused, plural
from botui.models.meetings import EventTemplate
from botui.models.office import Department, Party, Person, Place, Presence, Reminder, Reply, Topic
from botui.models.records.document import Document
from botui.models.tickets import Ticket
from botui.models.tickets.recurring import Recurring
from botui.storage import Journal, Transaction

__all__ = ["FillReport", "fill"]

R = TypeVar("R", bound=Record)

PIN: Final = "4711"
"""What everybody in the sample signs in with."""
BADGES: Final = ("9001", "9002", "9003")
"""The badges of the administrator, of a manager and of HR: short, since they are typed where there is no scanner."""
CHUNK: Final = 2_000
"""Tickets, with what was said about them, written as one line of the journal: some megabytes."""
USUAL: Final = 1_100
"""Records of the sample that is shown: an office of sixty people."""
_FIXED: Final = {
    "departments": 8,
    "topics": 15,
    "replies": 10,
    "recurring": 8,
    "templates": 3,
    "standins": 2,
    "items": 80,
    "shelves": 12,
    "suppliers": 7,
    "stocktakes": 4,
    "categories": 14,
    "guides": 6,
    "plans": 12,
    "licences": 15,
    "audits": 2,
}
_GROWING: Final = {
    "people": 60,
    "parties": 40,
    "places": 20,
    "reminders": 10,
    "meetings": 15,
    "orders": 90,
    "requests": 30,
    "assets": 165,
    "faults": 42,
}
_CALLS: Final = 0.055
"""Of so many records as is usual these are of other collections, at most, the rest are tickets. The first do not grow
with the office; the second grow slower than its years of tickets; calls are a fixed part."""
_PACE: Final = 0.4
"""How the movements of stock grow with the office: to this power, since in a large one more is taken at a time."""
ALONG: Final = (
    *("comments", "movements", "lines", "shipments", "counts"),
    *("loans", "bookings", "worklog", "seats", "access", "findings"),
    *(one.name for one in areas.COLLECTIONS if one.area in ("records", "hr")),
)
"""What comes with the records that are asked for: what was said on tickets, what moved, was ordered and counted, handed
out, booked, done, given and seen; and the papers and the money of one year."""


@dataclass(frozen=True, slots=True)
class FillReport:
    """What was made.

    Attributes:
        counts: new records by collection.
        along: what comes with them and is not counted as records asked for, by collection: see ``ALONG``.
        administrator: number of the first administrator.
    """

    counts: dict[str, int]
    along: dict[str, int]
    administrator: int

    def __str__(self) -> str:
        parts = ", ".join(_counted(areas.kind(name), many) for name, many in self.counts.items())
        total = sum(self.counts.values())
        comments = _counted(areas.kind("comments"), self.along.get("comments", 0))
        others = (_counted(areas.kind(name), many) for name, many in self.along.items() if name != "comments")
        with_them = ", ".join((f"{comments} on the tickets", *others))
        return f"{plural(total, 'record')}: {parts}; and {with_them}."


def _counted(kind: Kind[Any], many: int) -> str:
    return f"{many:,} {kind.one if many == 1 else kind.many.lower()}"


def fill(folder: Path, *, records: int, seed: int, now: datetime, terminal: str) -> FillReport:
    """Add records to the office in a folder, or make one; what is there stays, and its people are used.

    Args:
        folder: where the store is, or is to be.
        records: how many, over all collections but those of ``ALONG``, which come to two or three times as many in a
            small office, and about as many again in a large one.
        seed: the same seed, day and office give the same records.
        now: the present of the sample; everything lies in the year before it.
        terminal: kept in the journal.

    Raises:
        Refused: no records are wanted.
        StoreError: the store cannot; what was written until then is whole.
    """
    if records < 1:
        raise Refused("At least one record, please.")
    # Chunks would make the journal compact itself again and again; it is done once at the end.
    journal = Journal(folder / "office.json", clock=lambda: now, compact_at=sys.maxsize)
    header: dict[str, Any] = {"on": terminal, "do": "desk.fill"}
    try:
        with journal.transaction(**header) as tx:
            office, room, amounts = _lists(tx, records, Random(seed), now)
            plans = crowd(office, amounts["tickets"], amounts["calls"])
            first = _reserve(tx, "tickets", len(plans) + len(room.all(Ticket)))
            numbers = number_tickets(office, plans, room.all(Ticket), first)
        counts = Counter(one.COLLECTION for one in office.new)
        groups = chain(([one] for one in room.records(numbers)), _papers(office, plans, first, amounts))
        for chunk in _chunks(groups):
            with journal.transaction(**header) as tx:
                _put(tx, chunk)
            counts.update(one.COLLECTION for one in chunk)
        journal.compact()
        keep_files(folder, room.all(Document))
        _let_in(Secrets(folder), [one for one in office.new if isinstance(one, Person)])
    finally:
        journal.close()
    administrator = office.administrator()
    along = {name: many for name in ALONG if (many := counts.pop(name, 0))}
    by_name = {one.name: counts[one.name] for one in areas.COLLECTIONS if counts[one.name]}
    return FillReport(by_name, along, administrator.id if administrator else 0)


def _lists(tx: Transaction, records: int, rng: Random, now: datetime) -> tuple[Office, Room, dict[str, int]]:
    """Make and write the office's lists; return it, its store room, and how many of each are to be made in all."""
    doc = tx.get("settings", 1)
    settings = HeldSettings.load(1, doc if doc else sample_settings(now).doc())
    if doc is None:
        tx.put("settings", 1, settings.doc())
    office = Office(
        rng=rng,
        now=now,
        settings=settings,
        time=OfficeTime(settings, now),
        number=tx.next_id,
        departments=_there(tx, Department),
        places=_there(tx, Place),
        people=_there(tx, Person),
        parties=_there(tx, Party),
        topics=_there(tx, Topic),
        replies=_there(tx, Reply),
        recurring=_there(tx, Recurring),
        templates=_there(tx, EventTemplate),
    )
    amounts = _amounts(records, office, stocked=bool(tx.ids("items")))
    make_lists(office, amounts)
    make_absences(office, amounts["standins"])
    part = records / USUAL
    room = make_supplies(office, amounts, part if part < 1 else part**_PACE, part)
    for record in office.new:
        tx.put(record.COLLECTION, record.id, record.doc())
    stored = sum(many for name, many in room.counts().items() if name not in ALONG)
    besides = len(office.new) + stored + amounts["calls"] + amounts["reminders"] + amounts["meetings"]
    amounts["tickets"] = max(records - besides, 0)
    return office, room, amounts


def _there(tx: Transaction, model: type[R]) -> list[R]:
    return [model.load(number, tx.get(model.COLLECTION, number) or {}) for number in tx.ids(model.COLLECTION)]


def _amounts(records: int, office: Office, *, stocked: bool) -> dict[str, int]:
    """Return how many records of each collection are wanted, tickets aside."""
    part = records / USUAL
    found = {name: round(many * min(part, 1)) for name, many in _FIXED.items()}
    found |= {name: round(many * (part if part < 1 else part**0.6)) for name, many in _GROWING.items()}
    found["calls"] = round(records * _CALLS)
    if stocked:  # a store room that is there has a year of its own, and so has the equipment
        found["items"] = 0
    if office.administrator() is None:
        found["people"] = max(found["people"], 1)
    return found


def _reserve(tx: Transaction, collection: str, many: int) -> int:
    """Reserve numbers in a row, so that tickets can refer to later ones; return the first."""
    numbers = [tx.next_id(collection) for _ in range(many)]
    return numbers[0] if numbers else 0


def _papers(office: Office, plans: list[Matter], first: int, amounts: dict[str, int]) -> Iterator[list[Record]]:
    """Yield what belongs together: a ticket with its comments and call; at last calls, reminders and meetings."""
    cast = Cast(office, first)
    papers = Papers(cast)
    calls = sum(plan.call is not None for plan in plans)
    for plan in plans:
        yield list(papers.write(plan))
    yield [logged(cast) for _ in range(amounts["calls"] - calls)]
    alive = [plan for plan in plans if plan.alive]
    yield [_reminder(office, alive, first) for _ in range(amounts["reminders"])]
    yield [*make_meetings(office, amounts["meetings"])]


def _reminder(office: Office, alive: list[Matter], first: int) -> Reminder:
    rng = office.rng
    administrator = office.administrator()
    people = clerks(office) or office.people
    person = administrator if administrator and rng.random() < 0.5 else rng.choice(people)
    about = areas.ref("tickets", first - 1 + rng.choice(alive).number) if alive else person.ref
    days = rng.randrange(-3, 21)
    day = office.settings.local(office.now).date() + timedelta(days=days)
    note = rng.choice(("Ask how far it is", "Ring back", "Offer runs out", "Invoice should be here", ""))
    done = office.now if days < 0 else None
    return Reminder(person=person.id, about=about, on=day, note=note, done_at=done)


def _chunks(groups: Iterable[list[Record]]) -> Iterator[list[Record]]:
    """Yield the records of so many groups at a time."""
    rest = iter(groups)
    while chunk := list(islice(rest, CHUNK)):
        if records := [record for group in chunk for record in group]:
            yield records


def _let_in(secrets: Secrets, people: list[Person]) -> None:
    """Give people their PIN, and the first who is in, a manager and somebody of HR the badges nobody has."""
    secrets.share_pin([one.id for one in people], PIN)
    here = [one for one in people if one.active and one.presence is Presence.IN]
    hr = hr_here(here[1:])[:1]
    others = [one for one in (managers_here(here[1:]) or here[1:]) if one not in hr]
    for person, code in zip((*here[:1], *others[:1], *hr), BADGES, strict=False):
        if secrets.badge_owner(code) is None:
            secrets.add_badge(person.id, code)


def _put(tx: Transaction, records: Iterable[Record]) -> None:
    for record in records:
        tx.put(record.COLLECTION, record.id or tx.next_id(record.COLLECTION), record.doc())
