"""The sheet of a month for payroll: who is new, who left, what pay changed, what is unpaid, and what it comes to.

What it comes to is reckoned from agreed pay by calendar days, before tax, so that a month can be held against the one
before: it is no payslip.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from botui.models import calendar
from botui.models.base import plural
from botui.models.hr.attendance import as_hours, stretches
from botui.models.hr.leave import Leave, LeaveType
from botui.models.hr.leave import State as LeaveState
from botui.models.hr.leave_days import Workdays, of_a_day, workdays
from botui.models.hr.pay import Pay, Per
from botui.models.hr.person_file import PersonFile
from botui.models.office import Context
from botui.models.office.reports import cents

_DAY: Final = timedelta(days=1)
_MONTHS: Final = 12
_WHOLE: Final = Decimal("0.01")
AGREED: Final = (LeaveState.APPROVED, LeaveState.TAKEN)
"""States of a leave in which nobody works on its days."""


@dataclass(frozen=True, slots=True)
class Month:
    """What one person comes to in a month.

    Attributes:
        pay: what is agreed at its end, or at the end of the employment in it; None = nothing is filed.
        unpaid: working days of leave without pay.
        worked: hours that were punched.
        gross: what it comes to, in the office's currency, before tax.
    """

    pay: Pay | None = None
    unpaid: Decimal = Decimal(0)
    worked: Decimal = Decimal(0)
    gross: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Line:
    """One person in the sheet.

    Attributes:
        file: number of their file; ``number``: the employee's.
        what: what is not as in the month before, in words; empty = nothing.
        now, before: this month and the one before.
    """

    person: int
    file: int
    number: str
    what: str
    now: Month
    before: Month

    @property
    def difference(self) -> Decimal:
        """What it comes to more than in the month before."""
        return self.now.gross - self.before.gross


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of a month, by number of employee.

    Attributes:
        first, last: the days of the month.
    """

    first: date
    last: date
    lines: tuple[Line, ...] = field(default=())

    @property
    def changed(self) -> tuple[Line, ...]:
        """Who is not as in the month before."""
        return tuple(one for one in self.lines if one.what)


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the month of a day."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - _DAY


@dataclass(slots=True)
class _Known:
    """What payroll knows of two months, by person: looked up once for all."""

    pays: defaultdict[int, list[Pay]] = field(default_factory=lambda: defaultdict(list))
    unpaid: defaultdict[int, list[Leave]] = field(default_factory=lambda: defaultdict(list))
    worked: defaultdict[int, list[tuple[date, timedelta]]] = field(default_factory=lambda: defaultdict(list))

    def hours(self, person: int, first: date, last: date) -> Decimal:
        """Return how many hours somebody punched on some days."""
        return as_hours(sum((span for day, span in self.worked[person] if first <= day <= last), timedelta()))


def _known(ctx: Context, first: date, last: date) -> _Known:
    found = _Known()
    for pay in sorted(ctx.data.find(Pay), key=lambda one: (one.starts, one.id)):
        if pay.cancelled_at is None:
            found.pays[pay.person].append(pay)
    for kind in ctx.data.find(LeaveType, paid=False):
        for leave in ctx.data.find(Leave, type=kind.id):
            if leave.state in AGREED and leave.person is not None:
                found.unpaid[leave.person].append(leave)
    for stretch in stretches(ctx, first, last):
        day = ctx.settings.local(stretch.begin).date()
        found.worked[stretch.person].append((day, stretch.length))
    return found


def sheet(ctx: Context, day: date) -> Sheet:
    """Return the sheet of the month of a day: all who are employed in it, or were in the month before."""
    first, last = month_of(day)
    earlier = month_of(first - _DAY)
    known = _known(ctx, earlier[0], last)
    lines = []
    for file in ctx.data.find(PersonFile):
        if employed(file, first, last) is None and employed(file, *earlier) is None:
            continue
        now, before = (_month(ctx, file, known, *days) for days in ((first, last), earlier))
        what = "; ".join(_changes(ctx, file, first, last, now, before))
        lines.append(Line(file.person, file.id, file.number, what, now, before))
    return Sheet(first, last, tuple(sorted(lines, key=lambda one: (one.number == "", one.number, one.person))))


def employed(file: PersonFile, first: date, last: date) -> tuple[date, date] | None:
    """Return the first and the last of some days on which somebody is employed; None = on none."""
    begin, end = max(file.starts or first, first), min(file.ends or last, last)
    return (begin, end) if begin <= end else None


def _month(ctx: Context, file: PersonFile, known: _Known, first: date, last: date) -> Month:
    days = employed(file, first, last)
    if days is None:
        return Month()
    own = workdays(ctx, file.person, file)
    off = _unpaid(own, known.unpaid[file.person], *days)
    every = Decimal(len(own.between(first, last)) or 1)
    pays, gross = _in_force(known.pays[file.person], *days), Decimal(0)
    for pay, begin, end in pays:
        if pay.per is Per.HOUR:
            gross += pay.amount * known.hours(file.person, begin, end)
            continue
        whole = pay.amount / _MONTHS if pay.per is Per.YEAR else pay.amount
        part = Decimal((end - begin).days + 1) / Decimal((last - first).days + 1)
        gross += whole * part - whole * sum((off[day] for day in off if begin <= day <= end), Decimal(0)) / every
    return Month(
        pay=pays[-1][0] if pays else None,
        unpaid=sum(off.values(), Decimal(0)).quantize(_WHOLE),
        worked=known.hours(file.person, *days),
        gross=max(cents(gross), Decimal("0.00")),
    )


def _in_force(pays: Sequence[Pay], first: date, last: date) -> list[tuple[Pay, date, date]]:
    """Return what somebody is paid on some days, each with the days on which it is in force, in their order."""
    spans = ((one, max(one.starts, first), min(one.ends or last, last)) for one in pays)
    return [(one, begin, end) for one, begin, end in spans if begin <= end]


def _unpaid(own: Workdays, leaves: Sequence[Leave], first: date, last: date) -> dict[date, Decimal]:
    """Return the working days, of some days, that somebody has off without pay, and how much of each."""
    found: dict[date, Decimal] = {}
    for leave in leaves:
        for day in own.between(max(leave.starts, first), min(leave.until, last)):
            found[day] = min(found.get(day, Decimal(0)) + of_a_day(own, leave, day), Decimal(1))
    return found


def _changes(ctx: Context, file: PersonFile, first: date, last: date, now: Month, before: Month) -> Iterator[str]:
    """Yield in words what is not as in the month before."""
    if file.starts and first <= file.starts <= last:
        yield f"new from {calendar.day_words(file.starts, ctx.today)}"
    if file.ends and first - _DAY <= file.ends <= last:
        yield f"left {calendar.day_words(file.ends, ctx.today)}"
    days = employed(file, first, last)
    if days is not None and now.pay is None:
        yield "no pay is filed"
    elif now.pay is not None and before.pay is not None and now.pay.id != before.pay.id:
        yield f"pay {before.pay.amount:,.2f} to {now.pay.amount:,.2f} from {now.pay.starts:%d.%m.}"
    if now.unpaid:
        yield f"{_days(now.unpaid)} unpaid"
    if before.unpaid:
        yield f"{_days(before.unpaid)} unpaid the month before"
    if now.pay is not None and now.pay.per is Per.HOUR:
        yield f"{now.worked:,.2f} hours" if now.worked else "no hours are punched"


def _days(days: Decimal) -> str:
    return plural(int(days), "day") if days == int(days) else f"{days.normalize()} days"
