"""What all areas share: the directory of people, parties, places, departments, topics, replies, settings and hours.

Everything here is open to all who may use the desk; what is private about a person is in collections of HR's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Final, Protocol, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, field_validator

from botui.models import calendar
from botui.models.base import (
    Arguments,
    Between,
    Change,
    Choice,
    Kind,
    Line,
    Prose,
    Record,
    Refused,
    Transition,
    Ui,
    View,
    When,
    clean,
)

R = TypeVar("R", bound=Record)

DEFAULT_HOURS: Final = "mon-fri 08:00-17:00"
"""Office hours until somebody sets others (osTicket's default schedule)."""


class Priority(Choice):
    """How soon: sets the deadlines. Stored as P1..P4, said in words."""

    P1 = "P1", "urgent"
    P2 = "P2", "soon"
    P3 = "P3", "normal"
    P4 = "P4", "whenever"


class Role(Choice):
    """What a person may do at the desk; ``botui.access`` has the table."""

    STAFF = "staff", "staff"
    CLERK = "clerk", "clerk"
    MANAGER = "manager", "manager"
    HR = "hr", "HR"
    FINANCE = "finance", "finance"
    AUDITOR = "auditor", "auditor"
    ADMIN = "admin", "administrator"


class Presence(Choice):
    """Whether somebody can be found."""

    IN = "in", "in"
    OUT = "out", "out"
    AWAY = "away", "away"


class PartyKind(Choice):
    """What a party is to the office."""

    CUSTOMER = "customer", "customer"
    SUPPLIER = "supplier", "supplier"
    BOTH = "both", "customer and supplier"
    OTHER = "other", "other"


class DateOrder(Choice):
    """How short dates are read."""

    DMY = "dmy", "day month year"
    MDY = "mdy", "month day year"


def _codes(value: object) -> object:
    if isinstance(value, str):
        value = value.split(",")
    if isinstance(value, (list, tuple)):
        return tuple(dict.fromkeys(c for one in value if isinstance(one, str) and (c := clean(one))))
    return value


Codes = Annotated[tuple[Annotated[str, Field(max_length=60)], ...], BeforeValidator(_codes), Field(max_length=20)]
"""Codes as they are scanned or as another system calls the record: exact, capital and small letters as given."""
Name = Annotated[Line, Field(min_length=1, max_length=80)]
_OTHER_CODES: Final = "What other systems call this one; commas between."


class Person(Record):
    """Somebody in the directory: all are people, what they may do is in ``roles``."""

    COLLECTION: ClassVar[str] = "people"

    name: Annotated[Name, Ui(label="Name", column=24)]
    initials: Annotated[
        Line, Field(max_length=6), Ui(label="Initials", column=8, help="Left empty, they are made from the name.")
    ] = ""
    department: Annotated[int | None, Ui(label="Department", column=16, wide=True, ref="departments", batch=True)] = (
        None
    )
    job: Annotated[Line, Field(max_length=80), Ui(label="Job", column=18, wide=True)] = ""
    place: Annotated[int | None, Ui(label="Place", ref="places", batch=True)] = None
    extension: Annotated[Line, Field(max_length=20), Ui(label="Ext.", column=6)] = ""
    mobile: Annotated[Line, Field(max_length=40), Ui(label="Mobile", column=16, wide=True)] = ""
    email: Annotated[Line, Field(max_length=120), Ui(label="E-mail")] = ""
    presence: Annotated[Presence, Ui(label="In or out", column=9, form=False)] = Presence.IN
    back_at: Annotated[When | None, Ui(label="Back at", column=16, form=False)] = None
    stand_in: Annotated[int | None, Ui(label="Stand-in", ref="people", help="Who takes over while away.")] = None
    roles: Annotated[tuple[Role, ...], Ui(label="Works as", help="staff, clerk, manager, HR, finance ...")] = (
        Role.STAFF,
    )
    codes: Annotated[Codes, Ui(label="Other codes", help=_OTHER_CODES)] = ()
    os_user: Annotated[Line, Field(max_length=40), Ui(label="System user", help="Account name on this computer.")] = ""
    active: Annotated[bool, Ui(label="Works here")] = True


class Party(Record):
    """A customer or supplier: one card shows all that concerns it, in every area."""

    COLLECTION: ClassVar[str] = "parties"

    name: Annotated[Name, Ui(label="Name", column=28)]
    kind: Annotated[PartyKind, Ui(label="Kind", column=12, batch=True)] = PartyKind.OTHER
    contacts: Annotated[Prose, Field(max_length=2000), Ui(label="Contacts", rows=3, help="One person a line.")] = ""
    phone: Annotated[Line, Field(max_length=40), Ui(label="Phone", column=18)] = ""
    email: Annotated[Line, Field(max_length=120), Ui(label="E-mail", column=24, wide=True)] = ""
    address: Annotated[Prose, Field(max_length=500), Ui(label="Address", rows=3)] = ""
    account_no: Annotated[Line, Field(max_length=40), Ui(label="Account no.", column=14)] = ""
    notes: Annotated[Prose, Ui(label="Notes", rows=3)] = ""
    codes: Annotated[Codes, Ui(label="Other codes", help=_OTHER_CODES)] = ()
    active: Annotated[bool, Ui(label="In use")] = True


class Place(Record):
    """A room, floor or building."""

    COLLECTION: ClassVar[str] = "places"

    name: Annotated[Name, Ui(label="Name", column=30)]
    within: Annotated[int | None, Ui(label="Part of", column=24, ref="places", batch=True)] = None
    codes: Annotated[Codes, Ui(label="Other codes", column=16, help=_OTHER_CODES)] = ()
    active: Annotated[bool, Ui(label="In use")] = True


class Department(Record):
    """A department: tickets are handed over to it, people belong to it."""

    COLLECTION: ClassVar[str] = "departments"

    name: Annotated[Name, Ui(label="Name", column=30)]
    manager: Annotated[int | None, Ui(label="Manager", column=24, ref="people")] = None
    codes: Annotated[Codes, Ui(label="Other codes", column=16, help=_OTHER_CODES)] = ()
    active: Annotated[bool, Ui(label="In use")] = True


def _deadline(value: object) -> object:
    if isinstance(value, str) and clean(value):
        calendar.parse_duration(clean(value))
    return value


Span = Annotated[Line, BeforeValidator(_deadline), Field(max_length=20)]
"""A length of time as a person writes it (``30m``, ``4h``); in deadlines it is office time."""


class Topic(Record):
    """What a ticket is about: sets its department, priority, deadlines and checklist."""

    COLLECTION: ClassVar[str] = "topics"

    name: Annotated[Name, Ui(label="Name", column=28)]
    department: Annotated[int | None, Ui(label="Department", column=20, ref="departments", batch=True)] = None
    priority: Annotated[Priority, Ui(label="How soon", column=10)] = Priority.P3
    first_response: Annotated[
        Span, Ui(label="Answer in", column=10, help="Office time, such as 4h; empty = as usual.")
    ] = ""
    resolution: Annotated[Span, Ui(label="Done in", column=10, help="Office time, such as 24h; empty = as usual.")] = ""
    checklist: Annotated[Prose, Field(max_length=2000), Ui(label="Checklist", rows=4, help="One step a line.")] = ""
    active: Annotated[bool, Ui(label="In use")] = True


class Reply(Record):
    """A canned reply."""

    COLLECTION: ClassVar[str] = "replies"

    title: Annotated[Name, Ui(label="Title", column=28)]
    text: Annotated[Prose, Field(min_length=1), Ui(label="Text", column=40, rows=6)]
    topic: Annotated[int | None, Ui(label="Topic", column=20, wide=True, ref="topics")] = None


class Reminder(Record):
    """A day on which somebody wants to be reminded of a record."""

    COLLECTION: ClassVar[str] = "reminders"

    person: Annotated[int, Ui(label="Who", column=18, ref="people", form=False)]
    about: Annotated[Line, Ui(label="About", column=10, form=False)]
    on: Annotated[date, Ui(label="On", column=10)]
    note: Annotated[Line, Ui(label="Note", column=36)] = ""
    done_at: Annotated[When | None, Ui(label="Seen", form=False)] = None


class Settings(Record):
    """The office itself: one record, number 1."""

    COLLECTION: ClassVar[str] = "settings"

    name: Annotated[Name, Ui(label="Office", column=30)] = "The office"
    zone: Annotated[Line, Ui(label="Time zone", column=20, help="Such as Europe/Berlin.")] = "UTC"
    hours: Annotated[
        Line, Ui(label="Office hours", column=30, help="Such as mon-thu 08:00-17:00, fri 08:00-14:00.")
    ] = DEFAULT_HOURS
    holidays: Annotated[
        Prose,
        Field(max_length=8000),
        Ui(label="Holidays", rows=4, help="One date a line, such as 2026-12-25 Christmas."),
    ] = ""
    currency: Annotated[
        Line, Field(pattern=r"^[A-Z]{3}$"), Ui(label="Currency", help="Three letters, such as EUR.")
    ] = "EUR"
    date_order: Annotated[DateOrder, Ui(label="Short dates", help="14 12 is 14 December, or 12 14 is.")] = DateOrder.DMY
    p1: Annotated[Line, Ui(label="Urgent", help="Answer in / done in, office time.")] = "30m / 2h"
    p2: Annotated[Line, Ui(label="Soon")] = "1h / 4h"
    p3: Annotated[Line, Ui(label="Normal")] = "8h / 24h"
    p4: Annotated[Line, Ui(label="Whenever")] = "24h / 72h"
    close_after: Annotated[
        int, Field(ge=1, le=60), Ui(label="Closes after", help="Working days after it is resolved.")
    ] = 5
    reopen_within: Annotated[int, Field(ge=0, le=365), Ui(label="Reopen within", help="Days.")] = 14

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        calendar.find_zone(value)
        return value

    @field_validator("hours")
    @classmethod
    def _readable_hours(cls, value: str) -> str:
        calendar.parse_week(value)
        return value

    @field_validator("holidays")
    @classmethod
    def _readable_holidays(cls, value: str) -> str:
        _holidays(value)
        return value

    @field_validator("p1", "p2", "p3", "p4")
    @classmethod
    def _two_spans(cls, value: str) -> str:
        _spans(value)
        return value

    @property
    def tz(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.zone)

    @property
    def order(self) -> calendar.EntryOrder:
        """How short dates are read."""
        return "mdy" if self.date_order is DateOrder.MDY else "dmy"

    def business_hours(self) -> calendar.BusinessHours:
        """Return the office's hours with its holidays."""
        return _business_hours(self.zone, self.hours, self.holidays)

    def deadlines(self, priority: Priority) -> tuple[timedelta, timedelta]:
        """Return first response and resolution time of a priority, in office time."""
        return _spans(str(getattr(self, priority.value.lower())))

    def local(self, moment: datetime) -> datetime:
        """Return the office's local time of a moment."""
        return moment.astimezone(self.tz)


@lru_cache(maxsize=8)
def _business_hours(zone: str, hours: str, holidays: str) -> calendar.BusinessHours:
    """Read once what every row of a list asks for."""
    return calendar.BusinessHours(zone, calendar.parse_week(hours), _holidays(holidays))


def _holidays(text: str) -> frozenset[date]:
    days = set()
    for line in text.splitlines():
        if word := line.split(maxsplit=1)[:1]:
            try:
                days.add(date.fromisoformat(word[0].rstrip(",;:")))
            except ValueError:
                raise ValueError(f"'{word[0]}' is not a date like 2026-12-25.") from None
    return frozenset(days)


def _spans(text: str) -> tuple[timedelta, timedelta]:
    first, slash, second = text.partition("/")
    if not slash:
        raise ValueError("Write two times, such as 1h / 4h.")
    return calendar.parse_duration(first.strip()), calendar.parse_duration(second.strip())


class Lookup(Protocol):
    """What a rule may look up while it decides: the store as it is in this very transaction."""

    def get(self, kind: type[R], number: int) -> R | None:
        """Return a record, or None."""
        ...

    def find(self, kind: type[R], **equal: object) -> list[R]:
        """Return the records whose indexed fields have these values (or lie in a ``Between``), by number."""
        ...

    def new_id(self, kind: type[Record]) -> int:
        """Give out the next number of a collection."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule knows besides the records: it never asks a clock or the environment.

    Attributes:
        now: the moment, UTC.
        by: number of the person who acts; None = nobody signed in, or the clock.
        settings: the office's.
        data: what may be looked up.
        roles: what the actor works as; ``system`` for the clock.
    """

    now: datetime
    by: int | None
    settings: Settings
    data: Lookup
    roles: frozenset[str] = frozenset()

    @property
    def today(self) -> date:
        """Today in the office."""
        return self.settings.local(self.now).date()

    def person(self, number: int | None) -> str:
        """Return a person's name for a sentence."""
        found = self.data.get(Person, number) if number else None
        return found.name if found else "nobody"


# --- verbs of the office lists ------------------------------------------------------------------------------------


class InOut(Arguments):
    """Where somebody is."""

    presence: Annotated[Presence, Ui(label="In or out")]
    back_at: Annotated[When | None, Ui(label="Back at", help="Such as 14:30, tomorrow 9, fri.")] = None


class RemindOn(Arguments):
    """When to be reminded, and of what."""

    on: Annotated[date, Ui(label="Remind me on", help="Such as fri, +3d, 1412.")]
    note: Annotated[Line, Ui(label="Note")] = ""


def in_out(ctx: Context, person: Person, args: InOut) -> Change:
    """Say that somebody is in, out or away, and when they are back."""
    back = None if args.presence is Presence.IN else args.back_at
    if back is not None and back <= ctx.now:
        raise Refused("The time to be back has passed already.", {"back_at": "This has passed."})
    until = f", back {ctx.settings.local(back):%a %H:%M}" if back else ""
    said = f"{person.name} is {args.presence.label}{until}."
    return Change("people.in_out", said).set(person, presence=args.presence, back_at=back)


def remind(ctx: Context, record: Record, args: RemindOn) -> Change:
    """Put a reminder about any record on the actor's own list."""
    if ctx.by is None:
        raise Refused("Say who you are first: a reminder is for somebody.")
    if args.on < ctx.today:
        raise Refused("That day has passed.", {"on": "This day has passed."})
    reminder = Reminder(id=ctx.data.new_id(Reminder), person=ctx.by, about=record.ref, on=args.on, note=args.note or "")
    words = calendar.day_words(args.on, ctx.today)
    return Change(f"{record.COLLECTION}.remind", f"You are reminded of {record.ref}: {words}.").add(reminder)


def seen(ctx: Context, reminder: Reminder, _: object) -> Change:
    """Tick a reminder off."""
    return Change("reminders.acknowledge", f"Done with {reminder.about}.").set(reminder, done_at=ctx.now)


REMIND: Final = Transition(name="remind", label="Remind me", rule=remind, needs=RemindOn, who="remind", many=False)
"""The verb that every kind may wear."""


def revise_reminder(ctx: Context, before: Reminder, after: Reminder) -> Change:
    """Change a reminder of one's own."""
    if before.person != ctx.by:
        raise Refused("This is somebody else's reminder.")
    return Change("reminders.edit", f"You are reminded of {after.about}.").set(before, **_fields(after))


def make_initials(name: str, taken: frozenset[str]) -> str:
    """Return free initials for a name: ``Mary Ann Lee`` is MAL, then MAL2 and so on."""
    letters = "".join(word[0] for word in name.split() if word[:1].isalnum()).upper()[:3] or "X"
    number, wanted = 1, letters
    while wanted in taken:
        number += 1
        wanted = f"{letters}{number}"
    return wanted


def create_person(ctx: Context, person: Person) -> Change:
    """File a person; initials are unique and made where none are given."""
    taken = frozenset(one.initials.upper() for one in ctx.data.find(Person))
    if person.initials and person.initials.upper() in taken:
        raise Refused(f"The initials {person.initials} are taken.", {"initials": "These are taken."})
    initials = person.initials or make_initials(person.name, taken)
    return Change("people.add", f"{person.name} ({initials}) is in the directory.").add(
        person.model_copy(update={"initials": initials})
    )


def revise_person(ctx: Context, before: Person, after: Person) -> Change:
    """Change a person; initials stay unique."""
    if after.initials.upper() != before.initials.upper():
        same = [one for one in ctx.data.find(Person) if one.initials.upper() == after.initials.upper()]
        if not after.initials or any(one.id != before.id for one in same):
            raise Refused(f"The initials '{after.initials}' cannot be used.", {"initials": "These are taken."})
    if after.stand_in == before.id:
        raise Refused("Nobody stands in for themselves.", {"stand_in": "Somebody else, please."})
    return Change("people.edit", f"{after.name} is changed.").set(before, **_fields(after))


def _fields(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).model_fields if name != "id"}


def revise_place(ctx: Context, before: Place, after: Place) -> Change:
    """Change a place; a place is never part of itself, however far up."""
    seen_places, above = {before.id}, after.within
    while above is not None:
        if above in seen_places:
            raise Refused("A place cannot be part of itself.", {"within": "This is inside the place itself."})
        seen_places.add(above)
        found = ctx.data.get(Place, above)
        above = found.within if found else None
    return Change("places.edit", f"{after.name} is changed.").set(before, **_fields(after))


def _active(_: Context) -> Mapping[str, Any]:
    return {"active": (True,)}


def _everything(_: Context) -> Mapping[str, Any]:
    return {}


def _lists(many: str, sort: str = "name") -> tuple[View, ...]:
    return (
        View(name="active", label=many, where=_active, sort=sort, empty="Nothing here yet: press n."),
        View(name="all", label=f"{many}, old ones too", where=_everything, sort=sort, menu=False),
    )


_OUT_VIEW: Final = View(
    name="out", label="Out or away", where=lambda _: {"presence": ("out", "away"), "active": (True,)}, sort="name"
)

PEOPLE: Final = Kind(
    model=Person,
    one="person",
    many="People",
    transitions=(
        Transition(name="in_out", label="In or out", rule=in_out, needs=InOut, who="presence"),
        REMIND,
    ),
    views=(*_lists("People"), _OUT_VIEW),
    index=("name", "initials", "department", "active", "presence", "os_user"),
    aliases=("initials", "codes"),
    text=("name", "initials", "job", "extension", "mobile", "email", "codes"),
    create=create_person,
    revise=revise_person,
)
PARTIES: Final = Kind(
    model=Party,
    one="party",
    many="Customers and suppliers",
    transitions=(REMIND,),
    views=_lists("Customers and suppliers"),
    index=("name", "kind", "active", "phone"),
    aliases=("account_no", "codes"),
    text=("name", "contacts", "phone", "email", "address", "account_no", "notes", "codes"),
)
PLACES: Final = Kind(
    model=Place,
    one="place",
    many="Places",
    transitions=(REMIND,),
    views=_lists("Places"),
    index=("name", "within", "active"),
    aliases=("codes",),
    text=("name", "codes"),
    revise=revise_place,
)
DEPARTMENTS: Final = Kind(
    model=Department,
    one="department",
    many="Departments",
    transitions=(REMIND,),
    views=_lists("Departments"),
    index=("name", "manager", "active"),
    aliases=("codes",),
    text=("name", "codes"),
)
TOPICS: Final = Kind(
    model=Topic,
    one="topic",
    many="Topics",
    transitions=(REMIND,),
    views=_lists("Topics"),
    index=("name", "department", "active", "priority"),
    text=("name",),
)
REPLIES: Final = Kind(
    model=Reply,
    one="canned reply",
    many="Canned replies",
    transitions=(REMIND,),
    views=(View(name="all", label="Canned replies", where=_everything, sort="title", empty="None yet: press n."),),
    index=("title", "topic"),
    text=("title", "text"),
)
REMINDERS: Final = Kind(
    model=Reminder,
    one="reminder",
    many="Reminders",
    title=lambda record: f"{record.about} {record.note}".strip(),
    transitions=(Transition(name="acknowledge", label="Done", rule=seen, who="own"),),
    views=(
        View(
            name="mine",
            label="My reminders",
            where=lambda ctx: {"person": (ctx.by or 0,), "done_at": (None,)},
            sort="on",
            empty="No reminders: press z on any record.",
        ),
        View(
            name="due",
            label="Reminders due",
            where=lambda ctx: {
                "person": (ctx.by or 0,),
                "done_at": (None,),
                "on": Between(high=(ctx.today + timedelta(days=1)).isoformat()),
            },
            sort="on",
            timed=True,
            empty="Nothing to be reminded of today.",
        ),
        View(name="all", label="Reminders of all", where=_everything, sort="on", menu=False),
    ),
    index=("person", "on", "about", "done_at"),
    text=("about", "note"),
    revise=revise_reminder,
)
SETTINGS: Final = Kind(
    model=Settings,
    one="office",
    many="Settings",
    views=(View(name="all", label="Settings", where=_everything),),
    index=("name",),
)
