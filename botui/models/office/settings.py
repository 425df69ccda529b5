"""The office itself: its name, zone, hours, holidays, currency and deadlines."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, ClassVar, Final
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from botui.models import calendar
from botui.models.base import Line, Prose, Record, Ui
from botui.models.office.choices import DateOrder, Priority
from botui.models.office.records import Money, Name

DEFAULT_HOURS: Final = "mon-fri 08:00-17:00"
"""Office hours until somebody sets others (osTicket's default schedule)."""

_LEAP_YEAR: Final = 2000
"""A year that has every day there is."""


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
    badge_only: Annotated[
        Decimal | None,
        Field(ge=0, le=1_000_000, decimal_places=2),
        Ui(label="Badge alone below", help="A badge without a PIN is enough below this value; empty = never."),
    ] = None
    take_by_badge: Annotated[
        bool,
        Ui(
            label="Badge takes supplies", help="y lets a badge alone take supplies, also where the line above is empty."
        ),
    ] = True
    below_zero: Annotated[
        bool, Ui(label="Stock below zero", help="y books what is taken although none should be there.")
    ] = False
    clerk_orders: Annotated[
        Money | None, Ui(label="Clerks order up to", help="Above it somebody else approves; empty = without limit.")
    ] = Decimal(500)
    manager_orders: Annotated[
        Money | None, Ui(label="Managers order up to", help="The same for managers; empty = without limit.")
    ] = Decimal(5000)
    fiscal_year_end: Annotated[
        Line, Field(max_length=5), Ui(label="Fiscal year ends", help="Month and day, such as 12-31 or 03-31.")
    ] = "12-31"
    tax_back: Annotated[
        bool, Ui(label="Tax comes back", help="y = the tax in bills that we pay is claimed back; n = it is a cost.")
    ] = True
    daily_backups: Annotated[
        int, Field(ge=0, le=366), Ui(label="Daily backups", help="How many are kept; 0 = none are made.")
    ] = 7

    copies_days: Annotated[
        int,
        Field(ge=1, le=366),
        Ui(label="Old copies go", help="Days after which backups go that hold what was erased for good."),
    ] = 30

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

    @field_validator("fiscal_year_end")
    @classmethod
    def _day_of_a_year(cls, value: str) -> str:
        try:
            return f"{date.fromisoformat(f'{_LEAP_YEAR}-{value}'):%m-%d}"
        except ValueError:
            raise ValueError(f"'{value}' is not a month and a day like 12-31.") from None

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
