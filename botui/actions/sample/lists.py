"""The lists of the sample office: who works there, with whom it deals, where things are, what tickets are about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final, TypeVar

from pydantic import PrivateAttr

from botui.actions.sample import words
from botui.actions.sample.officetime import OfficeTime
from botui.models import calendar
from botui.models.base import Record
from botui.models.meetings import EventTemplate
from botui.models.office import (
    Department,
    Party,
    Person,
    Place,
    Presence,
    Reply,
    Role,
    Settings,
    Topic,
    make_initials,
)
from botui.models.shape import build
from botui.models.tickets.recurring import Recurring

R = TypeVar("R", bound=Record)

CLERKS: Final = 6
"""One in so many people works tickets."""


class HeldSettings(Settings):
    """Settings that read their hours and holidays once: a hundred thousand deadlines are reckoned with them."""

    _hours: calendar.BusinessHours | None = PrivateAttr(None)

    def business_hours(self) -> calendar.BusinessHours:
        """Return the office's hours with its holidays."""
        if self._hours is None:
            self._hours = super().business_hours()
        return self._hours


@dataclass(slots=True)
class Office:
    """What the tickets of a sample office are about: its records as they are, and those that are made.

    Attributes:
        number: gives out the next number of a collection.
        new: the records made, in the order in which they may be stored.
    """

    rng: Random
    now: datetime
    settings: Settings
    time: OfficeTime
    number: Callable[[str], int]
    departments: list[Department] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    recurring: list[Recurring] = field(default_factory=list)
    templates: list[EventTemplate] = field(default_factory=list)
    new: list[Record] = field(default_factory=list)

    def administrator(self) -> Person | None:
        """Return the first administrator who works here."""
        return next((one for one in self.people if one.active and Role.ADMIN in one.roles), None)

    def make(self, model: type[R], pool: list[R], number: int = 0, **values: Any) -> R:
        """Make a record of a list, checked by its model, and put it into the pool it belongs to."""
        record = build(model, {**values, "id": number or self.number(model.COLLECTION)})
        pool.append(record)
        self.new.append(record)
        return record


def sample_settings(now: datetime) -> Settings:
    """Return the settings of an office where there is none; with the holidays of last year, this one and the next."""
    days = [line for year in range(now.year - 1, now.year + 2) for line in _holidays(year)]
    return Settings(id=1, name="Harbour & Lane", zone="Europe/Berlin", holidays="\n".join(days))


def _holidays(year: int) -> list[str]:
    easter = _easter(year)
    moving = (("Good Friday", -2), ("Easter Monday", 1), ("Ascension Day", 39), ("Whit Monday", 50))
    fixed = (("New Year", 1, 1), ("Labour Day", 5, 1), ("Unity Day", 10, 3), ("Christmas Eve", 12, 24))
    days = [(easter + timedelta(days=after), name) for name, after in moving]
    days += [(date(year, month, day), name) for name, month, day in fixed]
    days += [(date(year, 12, 25), "Christmas Day"), (date(year, 12, 26), "Boxing Day")]
    return [f"{day} {name}" for day, name in sorted(days)]


def _easter(year: int) -> date:
    """Return Easter Sunday, by the rule of Gauss with Lichtenberg's correction."""
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun = 2 - (3 * century + 3) // 4
    cycle = year % 19
    seed = (19 * cycle + moon) % 30
    limit = 21 + seed - (seed + cycle // 11) // 29
    sunday = 7 - (year + year // 4 + sun) % 7
    return date(year, 3, 1) + timedelta(days=limit + 7 - (limit - sunday) % 7 - 1)


def make_lists(office: Office, amounts: dict[str, int]) -> None:
    """Add to the lists of an office as many records as are wanted; what it has by name is not made again."""
    for name, within in _missing(words.PLACES, office.places)[: amounts["places"]]:
        office.make(Place, office.places, name=name, within=_named(office.places, within))
    for number in range(amounts["places"] - sum(one.COLLECTION == "places" for one in office.new)):
        _room(office, number)
    departments = _missing(words.DEPARTMENTS, office.departments)[: amounts["departments"]]
    numbers = {name: office.number("departments") for name, _ in departments}
    _people(office, amounts["people"], numbers | {one.name: one.id for one in office.departments})
    for name, number in numbers.items():
        heads = [one for one in office.people if one.department == number and one.active]
        office.make(Department, office.departments, number, name=name, manager=heads[0].id if heads else None)
    for _ in range(amounts["parties"]):
        make_party(office, office.rng)
    for name, department, priority, first, last, steps in _missing(words.TOPICS, office.topics)[: amounts["topics"]]:
        values = {"name": name, "department": _named(office.departments, department), "priority": priority}
        values |= {"first_response": first, "resolution": last, "checklist": steps}
        office.make(Topic, office.topics, **values)
    for title, text, topic in _missing(words.REPLIES, office.replies, "title")[: amounts["replies"]]:
        office.make(Reply, office.replies, title=title, text=text, topic=_named(office.topics, topic))
    for duty in _missing(words.DUTIES, office.recurring, "subject")[: amounts["recurring"]]:
        _recurring(office, *duty)
    for name, length, room, steps in _missing(words.EVENTS, office.templates)[: amounts["templates"]]:
        values = {"name": name, "length": length, "place": _named(office.places, room), "steps": steps}
        office.make(EventTemplate, office.templates, **values)


def clerks(office: Office, department: int | None = None) -> list[Person]:
    """Return who works tickets: those of a department, or all where it has none."""
    found = [one for one in office.people if one.active and Role.CLERK in one.roles]
    return [one for one in found if department and one.department == department] or found


def managers_here(people: Sequence[Person]) -> list[Person]:
    """Return the managers who are in and are no clerks, those first whose initials are on every keyboard."""
    found = [one for one in people if one.active and Role.MANAGER in one.roles and Role.CLERK not in one.roles]
    here = [one for one in found if one.presence is Presence.IN]
    return sorted(here, key=lambda one: not one.initials.isascii())


def hr_here(people: Sequence[Person]) -> list[Person]:
    """Return who works as HR and is here, those first who are no clerks: they have nothing else to do."""
    found = [one for one in people if one.active and Role.HR in one.roles and Role.ADMIN not in one.roles]
    here = [one for one in found if one.presence is Presence.IN] or found
    return sorted(here, key=lambda one: Role.CLERK in one.roles)


def _missing(wanted: Sequence[tuple[Any, ...]], have: Sequence[Any], field_name: str = "name") -> list[tuple[Any, ...]]:
    names = {getattr(one, field_name) for one in have}
    return [one for one in wanted if one[0] not in names]


def _named(pool: Sequence[Any], name: str) -> int | None:
    return next((one.id for one in pool if one.name == name), None)


def _room(office: Office, number: int) -> None:
    floors = [one for one in office.places if one.name.endswith("floor") or one.name in ("Annex", "Warehouse")]
    floor = office.rng.choice(floors or office.places)
    place = office.places[0].id if not floors else floor.id
    code = f"R-{len(office.places) + 100}"
    office.make(Place, office.places, name=f"Room {len(office.places) + 100}", within=place, codes=(code,))


def _people(office: Office, many: int, departments: dict[str, int]) -> None:
    taken = {one.name for one in office.people}
    initials = {one.initials.upper() for one in office.people}
    jobs = {name: job for name, job in words.DEPARTMENTS}
    for place in range(many):
        founds = office.administrator() is None
        name = words.ADMINISTRATOR if founds else words.person_name(office.rng, taken)
        clerk = place % CLERKS == 1
        names = list(departments) or [""]
        department = names[(place // CLERKS + 1) % len(names)] if clerk else office.rng.choice(names)
        department = names[0] if founds else department
        roles = _roles(office, departments.get(department), department, founds, clerk)
        short = make_initials(name, frozenset(initials))
        taken.add(name)
        initials.add(short)
        job = "Office manager" if founds else office.rng.choice(jobs.get(department, ("",)))
        _person(office, name, short, departments.get(department), job, roles)


def _roles(office: Office, number: int | None, department: str, founds: bool, clerk: bool) -> tuple[Role, ...]:
    """Return what somebody works as; the first of a department is its manager."""
    if founds:
        return Role.STAFF, Role.CLERK, Role.ADMIN
    roles = [Role.STAFF, *([Role.CLERK] if clerk else [])]
    if number is not None and not any(one.department == number for one in office.people):
        roles.append(Role.MANAGER)
    roles += {"Finance": [Role.FINANCE], "Human resources": [Role.HR]}.get(department, [])
    return tuple(roles)


def _person(
    office: Office, name: str, initials: str, department: int | None, job: str, roles: tuple[Role, ...]
) -> None:
    rng = office.rng
    works_here = len(roles) > 1 or rng.random() < 0.95
    away = works_here and Role.ADMIN not in roles and rng.random() < 0.15
    days = rng.choice((0, 0, 1, 3, 8)) if away else 0
    mail = words.mail_name(name) or words.mail_name(initials)
    values: dict[str, Any] = {
        "name": name,
        "initials": initials,
        "department": department,
        "job": job,
        "place": rng.choice(office.places).id if office.places else None,
        "extension": str(201 + len(office.people)) if works_here else "",
        "mobile": words.mobile(rng) if rng.random() < 0.6 else "",
        "email": f"{mail}@harbour-lane.example" if mail else "",
        "roles": roles,
        "codes": (f"BADGE{10_001 + len(office.people)}",) if works_here else (),
        "active": works_here,
    }
    if away:
        values["presence"] = Presence.AWAY if days > 1 else Presence.OUT
        values["back_at"] = morning(office, max(days, 1))
        stand_ins = [one.id for one in office.people if one.active and one.department == department]
        values["stand_in"] = rng.choice(stand_ins) if stand_ins and days > 1 else None
    office.make(Person, office.people, **values)


def morning(office: Office, days: int) -> datetime:
    """Return nine o'clock of the working day that is so many working days ahead."""
    hours = office.settings.business_hours()
    day = office.settings.local(office.now).date()
    for _ in range(days):
        day += timedelta(days=1)
        while hours.day_length and not hours.is_working_day(day):
            day += timedelta(days=1)
    return datetime.combine(day, datetime.min.time(), office.settings.tz) + timedelta(hours=9)


def make_party(office: Office, rng: Random, trade: str = "", **values: Any) -> Party:
    """Make a firm, one of a trade if one is named, with these values besides."""
    name, kind = words.firm_name(rng, {one.name for one in office.parties}, trade)
    mail = words.mail_name(name.rsplit(maxsplit=1)[0]).replace(".", "-") or "firm"
    contacts = [
        f"{words.person_name(rng, set(), ())}, {rng.choice(('Sales', 'Accounts', 'Service', 'Front desk'))}, "
        f"{words.landline(rng)}"
        for _ in range(rng.randrange(1, 4))
    ]
    made = {
        "name": name,
        "kind": kind,
        "contacts": "\n".join(contacts),
        "phone": words.landline(rng),
        "email": f"office@{mail}.example",
        "address": f"{rng.choice(words.STREETS)} {rng.randrange(1, 120)}\n{rng.choice(words.TOWNS)}",
        "account_no": f"K-{10_001 + len(office.parties)}",
        "iban": f"DE00 5000 0000 00{10_001 + len(office.parties)}",  # no IBAN begins so
        "notes": rng.choice(("", "", "", "Ask for a purchase order number first.", "Delivers before nine only.")),
        "active": rng.random() < 0.96,
    }
    return office.make(Party, office.parties, **made | values)


def _recurring(office: Office, subject: str, rule: str, department: str, steps: str) -> None:
    number = _named(office.departments, department)
    owners = clerks(office, number)
    today = office.settings.local(office.now).date()
    office.make(
        Recurring,
        office.recurring,
        subject=subject,
        rule=rule,
        department=number,
        checklist=steps,
        owner=office.rng.choice(owners).id if owners and office.rng.random() < 0.6 else None,
        next_on=calendar.Recurrence.parse(rule).next(today),
    )
