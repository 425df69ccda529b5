"""What leave cannot be: backwards, on days that are free anyway or taken, too soon, too long, more than there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from botui.models.base import Between, Refused, plural
from botui.models.hr.leave import ALIVE, Chain, Leave, LeaveEntry, LeaveType, Part, State, Unit, Why
from botui.models.hr.leave_account import Line
from botui.models.hr.leave_days import Workdays, of_a_day, taken, workdays
from botui.models.hr.leave_ledger import projected
from botui.models.hr.reporting_lines import file_of
from botui.models.office import Context, Person

_YEARS_AHEAD: Final = 1
"""Leave is asked for until the end of next year: nobody knows what will be granted after that."""
_TOLD_WITHIN: Final = timedelta(days=31)
"""How long ago that may have begun which nobody approves: as long as the month is paid by it."""


def refuse_unfit(ctx: Context, leave: Leave, kind: LeaveType) -> Decimal:
    """Do nothing if somebody can have this leave; return what it takes, in the unit of its type.

    Raises:
        Refused: they cannot; the sentence says why, and ``fields`` where.
    """
    if not kind.active:
        raise Refused("This type is not in use any more.", {"type": "Another one, please."})
    _refuse_person(ctx, leave)
    _refuse_form(ctx, leave, kind)
    days = workdays(ctx, leave.person)
    parts = taken(days, leave, kind.unit)
    if not parts:
        raise Refused("No working day is in it.", {"starts": "These days are free anyway."})
    if leave.hours is not None and leave.hours > days.hours[leave.starts.weekday()]:
        most = days.hours[leave.starts.weekday()]
        raise Refused(f"That day has {said(most, kind)}.", {"hours": f"{number(most)} at most."})
    _refuse_taken(ctx, leave, days)
    _refuse_too_soon(ctx, leave, kind)
    _refuse_too_long(ctx, leave, kind, days)
    refuse_too_much(ctx, leave, kind, parts)
    return sum(parts.values(), Decimal(0))


def number(amount: Decimal) -> str:
    """Return an amount without noughts at its end: ``2.5``, ``20``."""
    return f"{amount:,.2f}".rstrip("0").rstrip(".")


def said(amount: Decimal, kind: LeaveType) -> str:
    """Return an amount in words: ``1 day``, ``2.5 hours``."""
    unit = kind.unit.value.removesuffix("s")
    return f"{number(amount)} {unit}{'' if abs(amount) == 1 else 's'}"


def is_free(ctx: Context, leave: Leave) -> bool:
    """Return whether whoever acts files leave for somebody else as HR, and so is not bound to notice and length."""
    return not ctx.roles.isdisjoint({"hr", "system"}) and ctx.by != leave.person


def _refuse_person(ctx: Context, leave: Leave) -> None:
    person = ctx.data.get(Person, leave.person or 0)
    if person is None or not person.active:
        raise Refused("Nobody of that name works here.", {"person": "Somebody who works here, please."})
    stand_in = ctx.data.get(Person, leave.stand_in) if leave.stand_in else None
    if leave.stand_in == person.id:
        raise Refused("Nobody stands in for themselves.", {"stand_in": "Somebody else, please."})
    if leave.stand_in and (stand_in is None or not stand_in.active):
        raise Refused("The stand-in does not work here.", {"stand_in": "Somebody who works here, please."})


def _refuse_form(ctx: Context, leave: Leave, kind: LeaveType) -> None:
    """Refuse days that are none."""
    if leave.last < leave.starts:
        raise Refused("The last day is before the first.", {"ends": "This is before the first day."})
    if leave.last.year > ctx.today.year + _YEARS_AHEAD:
        raise Refused("That is too far ahead: ask for it later.", {"ends": "Next year at the latest."})
    file = file_of(ctx, leave.person)
    if file is not None and file.starts is not None and leave.starts < file.starts:
        raise Refused("That is before their first day here.", {"starts": "Before the first day here."})
    if file is not None and file.ends is not None and leave.last > file.ends:
        raise Refused("That is after their last day here.", {"ends": "After the last day here."})
    several = leave.last != leave.starts
    if leave.part is not Part.WHOLE and several:
        raise Refused("Half a day is of one day: ask for the whole days apart.", {"part": "Only of a single day."})
    if leave.hours is not None and several:
        raise Refused("Hours are of one day: ask for the whole days apart.", {"hours": "Only of a single day."})
    if leave.hours is not None and leave.part is not Part.WHOLE:
        raise Refused("Hours, or half a day? Not both.", {"hours": "Empty, or no half day."})
    if leave.hours is not None and kind.unit is Unit.DAYS:
        raise Refused("This type is counted in days: half a day is the least.", {"hours": "Only whole or half days."})


def others(ctx: Context, leave: Leave, first: date, last: date) -> list[Leave]:
    """Return what else somebody asked for, has or had of leave between two days, both counted in."""
    found = ctx.data.find(Leave, person=leave.person, until=Between(low=first.isoformat()))
    return [one for one in found if one.id != leave.id and one.state in ALIVE and one.starts <= last]


def _refuse_taken(ctx: Context, leave: Leave, days: Workdays) -> None:
    """Refuse days on which there is leave already: two halves of a day, or hours of it, may go together."""
    found = others(ctx, leave, leave.starts, leave.last)
    for day in days.between(leave.starts, leave.last):
        there = [one for one in found if one.starts <= day <= one.until]
        halves = [one.part for one in (leave, *there) if one.part is not Part.WHOLE]
        much = sum((of_a_day(days, one, day) for one in (leave, *there)), Decimal(0))
        if there and (much > 1 or len(halves) != len(set(halves))):
            raise Refused(f"There is leave on these days already: {there[0].ref}.", {"starts": "These days are taken."})


def _refuse_too_soon(ctx: Context, leave: Leave, kind: LeaveType) -> None:
    """Refuse what is asked for too late; of what nobody approves, such as being ill, it may be told soon afterwards."""
    if is_free(ctx, leave):
        return
    if leave.starts < ctx.today - _TOLD_WITHIN:
        raise Refused("That is long over: HR can enter it.", {"starts": "This day has passed."})
    first = ctx.today + timedelta(days=kind.notice)
    if leave.starts < first and (kind.notice or kind.chain is not Chain.NONE):
        if leave.starts < ctx.today:
            raise Refused("That day has passed: HR can enter it.", {"starts": "This day has passed."})
        ahead = f"It is to be asked for {plural(kind.notice, 'day')} ahead: from {first:%d.%m.%Y}, or by HR."
        raise Refused(ahead, {"starts": f"{first:%d.%m.%Y} or later."})


def _refuse_too_long(ctx: Context, leave: Leave, kind: LeaveType, days: Workdays) -> None:
    """Refuse more working days in a row than the type lets be; other leave of it that meets these days counts, too."""
    if kind.longest is None or is_free(ctx, leave):
        return
    month = timedelta(days=31 + kind.longest)
    same = [one for one in others(ctx, leave, leave.starts - month, leave.last + month) if one.type == leave.type]
    away = {day for one in (leave, *same) for day in days.between(one.starts, one.until)}
    around = days.between(leave.starts - month, leave.last + month)
    row = longest = 0
    for day in around:
        row = row + 1 if day in away else 0
        longest = max(longest, row)
    if longest > kind.longest:
        said_ = f"It may be {plural(kind.longest, 'working day')} in a row at most, and this makes {longest}."
        raise Refused(said_, {"ends": f"{plural(kind.longest, 'day')} in a row at most."})


# --- the balance ------------------------------------------------------------------------------------------------------


def refuse_too_much(ctx: Context, leave: Leave, kind: LeaveType, parts: dict[date, Decimal]) -> None:
    """Do nothing if there is enough, with what is granted until the end of the year and what else is asked for.

    Raises:
        Refused: there is not.
    """
    if not kind.counted:
        return
    person = leave.person or 0
    entries = ctx.data.find(LeaveEntry, person=person, type=kind.id)
    asked = [*_asked(ctx, leave, kind)]
    takes = [Line(day, -amount, Why.USED) for day, amount in parts.items()]
    years = {one.year for one in entries} | {one.on.year for one in (*asked, *takes)}
    for year in range(max(leave.starts.year, ctx.today.year), max(years) + 1):
        end = date(year, 12, 31)
        if projected(ctx, person, kind, end, (*asked, *takes), entries) < -kind.below_zero:
            if kind.allowance and not entries and file_of(ctx, person) is None:
                why = f"Nothing of {kind.name} is granted yet: HR files when they began"
                raise Refused(f"{why}, or writes an opening balance.", {"type": "Nothing is granted yet."})
            if year > leave.last.year:
                why = f"It takes what would go over into {year}, where leave is asked for or approved that needs it"
                raise Refused(f"{why}: take less, or cancel that first.", {"ends": "Fewer days, please."})
            left = projected(ctx, person, kind, end, asked, entries) + kind.below_zero
            here = f"only {said(left, kind)} can be taken" if left > 0 else "nothing is left"
            much = said(sum(parts.values(), Decimal(0)), kind)
            raise Refused(f"By the end of {year} {here}, and this takes {much}.", {"ends": f"{here.capitalize()}."})


def _asked(ctx: Context, leave: Leave, kind: LeaveType) -> Iterator[Line]:
    """Yield what else is asked for of the same type and not approved yet."""
    same: dict[str, Any] = {"person": leave.person, "type": kind.id, "state": State.ASKED.value}
    days = workdays(ctx, leave.person)
    for one in ctx.data.find(Leave, **same):
        if one.id != leave.id:
            yield from (Line(day, -amount, Why.USED) for day, amount in taken(days, one, kind.unit).items())
