"""Asking for leave: what stands beside the form while somebody types: what it takes, what is left, who else is away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from botui.data import Desk
from botui.models import calendar
from botui.models.base import Refused
from botui.models.hr.absence_days import read_days, usual_type
from botui.models.hr.away import others, words
from botui.models.hr.leave import Leave, LeaveType
from botui.models.hr.leave_fit import refuse_unfit, said
from botui.models.hr.leave_ledger import balance, projected
from botui.models.hr.reporting_lines import manager
from botui.models.office import Context

FIELDS: Final = ("starts", "ends", "type", "part", "hours", "stand_in", "reason", "person")
"""The fields of the form, in its order: days first, all else is as usual."""
_FOR_OTHERS: Final = frozenset({"hr", "manager"})
"""Roles in which one asks for others, too."""
NAMED: Final = 2
"""Absences of others that are told by name and days; of the rest how many."""


def fields(desk: Desk) -> tuple[str, ...]:
    """Return the fields of the form; who asks only for themselves is not asked for whom."""
    return FIELDS if desk.roles() & _FOR_OTHERS else FIELDS[:-1]


def begins(desk: Desk, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form holds at first: the usual type, and the usual stand-in."""
    person = desk.peek("people", desk.person or 0)
    usual = usual_type(desk.find("leavetypes", {"active": (True,)}))
    found = {} if usual is None else {"type": usual.id}
    if person is not None and person.stand_in:
        found["stand_in"] = person.stand_in
    return found | dict(values)


def spread(desk: Desk, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of the form with days that were written in one field each in its own: ``mon..fri``, ``fri 2h``.

    What cannot be read stays as it is: its field says what is wrong.
    """
    typed = texts.get("starts", "").strip()
    if not typed or texts.get("ends", "").strip():
        return dict(texts)
    typing = desk.typing()
    try:
        days = read_days(typed, typing.now.date(), typing.order, desk.settings.business_hours())
    except ValueError:
        return dict(texts)
    shown = {name: value.label if name == "part" else str(value) for name, value in days.values.items()}
    return {**texts, **{name: text for name, text in shown.items() if name in ("starts", "ends") or name in texts}}


def beside(desk: Desk, values: Mapping[str, Any]) -> list[str]:
    """Return what stands beside the form, a line each: what the days take and what is left, then who else is away."""
    ctx = desk.context()
    kind: LeaveType | None = desk.peek("leavetypes", values.get("type") or 0)
    person = values.get("person") or desk.person
    if not person or not _is_told(ctx, person):
        return []
    starts = values.get("starts")
    if kind is None or not isinstance(starts, date):
        return [_has(ctx, person, kind)] if kind is not None and kind.counted else []
    leave = Leave(**{**values, "person": person, "ends": values.get("ends") or starts})
    try:
        amount = refuse_unfit(ctx, leave, kind)
    except Refused as error:
        first = str(error)
    else:
        first = f"Takes {said(amount, kind)}"
        if kind.counted:
            left = projected(ctx, person, kind, date(leave.last.year, 12, 31)) - amount
            first += f"; {said(left, kind)} of {kind.name} left for {leave.last.year}"
        first += "."
    away = others(ctx, person, leave.starts, leave.last)
    more = f" and {len(away) - NAMED} more" if len(away) > NAMED else ""
    told = "; ".join(words(ctx, one) for one in away[:NAMED])
    return [f"{_days(ctx, leave)}. {first}", f"Away then: {told or 'nobody else'}{more}."]


def _is_told(ctx: Context, person: int) -> bool:
    """Return whether whoever types may know what somebody has left: their own, HR, or who manages them."""
    return person == ctx.by or "hr" in ctx.roles or manager(ctx, person) == ctx.by


def _has(ctx: Context, person: int, kind: LeaveType) -> str:
    now = balance(ctx, person, kind.id, ctx.today)
    end = projected(ctx, person, kind, date(ctx.today.year, 12, 31))
    more = f", {said(end, kind)} by the end of the year" if end != now else ""
    return f"{kind.name}: {said(now, kind)} now{more}."


def _days(ctx: Context, leave: Leave) -> str:
    first, last = (calendar.day_words(day, ctx.today) for day in (leave.starts, leave.last))
    said_ = first if leave.starts == leave.last else f"{first} to {last}"
    return said_[:1].upper() + said_[1:]
