"""The shapes of people, parties, places, departments, topics, canned replies and reminders."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Final

from pydantic import AfterValidator, BeforeValidator, Field

from botui.models import calendar
from botui.models.base import Line, Prose, Record, Ui, When, clean
from botui.models.office.choices import PartyKind, Presence, Priority, Role


def _codes(value: object) -> object:
    if isinstance(value, str):
        value = value.split(",")
    if isinstance(value, (list, tuple)):
        return tuple(dict.fromkeys(c for one in value if isinstance(one, str) and (c := clean(one))))
    return value


Codes = Annotated[tuple[Annotated[str, Field(max_length=60)], ...], BeforeValidator(_codes), Field(max_length=20)]
"""Codes as they are scanned or as another system calls the record: exact, capital and small letters as given."""


def _once(value: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(value))


Numbers = Annotated[tuple[int, ...], AfterValidator(_once), Field(max_length=200)]
"""Numbers of records, none twice, in the order given."""
Money = Annotated[Decimal, Field(ge=0, le=Decimal("9999999.99"), decimal_places=2)]
"""An amount in the office's currency."""
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
    on_board: Annotated[
        bool, Ui(label="On the board", help="No = the front page tells nobody that messages or parcels wait for them.")
    ] = True
    active: Annotated[bool, Ui(label="Works here")] = True
    signed_out_at: Annotated[When | None, Ui(label="Signed out", form=False)] = None


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
    iban: Annotated[Line, Field(max_length=40), Ui(label="Bank account", help="Their IBAN or number, to pay to.")] = ""
    terms: Annotated[
        Line, Field(max_length=40), Ui(label="Payment terms", help="Such as 30 days, or 2 % within 10 days.")
    ] = ""
    lead_days: Annotated[
        int | None, Field(ge=0, le=365), Ui(label="Lead time", help="Of a supplier: days from order to delivery.")
    ] = None
    check_on: Annotated[
        date | None, Ui(label="Check again on", help="Of a supplier: when the yearly check is due.")
    ] = None
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
