"""Pay: filed from a day on, put right, cancelled before it begins; the pay before it ends the day before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from botui.models import calendar
from botui.models.base import Change, Refused
from botui.models.hr.pay import Pay
from botui.models.hr.person_file import PersonFile
from botui.models.hr.reporting_lines import file_of
from botui.models.office import Context

_DAY: Final = timedelta(days=1)


def in_force(ctx: Context, person: int, day: date) -> Pay | None:
    """Return what somebody is paid on a day; None = nothing is filed for then."""
    began = [one for one in _of(ctx, person) if one.starts <= day]
    return max(began, key=lambda one: one.starts, default=None)


def create(ctx: Context, pay: Pay) -> Change:
    """File what somebody is paid from a day on.

    Raises:
        Refused: it is one's own, they have no file, or another begins on that day.
    """
    return add(ctx, Change("pay.add"), pay)


def add(ctx: Context, change: Change, pay: Pay) -> Change:
    """Add new pay to a change, which may make its person's file, too.

    Raises:
        Refused: it is one's own, they have no file, or another begins on that day.
    """
    file = file_of(ctx, pay.person, change)
    if file is None:
        raise Refused("There is no file of them: file that first.", {"person": "They have no file yet."})
    _refuse_unfit(ctx, pay, file)
    new = pay.model_copy(update={"ends": None, "cancelled_at": None, "created_at": ctx.now, "created_by": ctx.by})
    ends = _ends([*_of(ctx, pay.person), new])
    change.add(new.model_copy(update={"ends": ends[new.id]}))
    change.said = change.said or f"{new.ref} is filed, from {calendar.day_words(new.starts, ctx.today)}."
    return _chained(ctx, change, pay.person, ends)


def revise(ctx: Context, before: Pay, after: Pay) -> Change:
    """Put right what was filed.

    Raises:
        Refused: it is one's own, it was cancelled, or another begins on that day.
    """
    if before.cancelled_at is not None:
        raise Refused(f"{before.ref} is cancelled: file another.")
    if before.person != after.person:
        raise Refused("It stays the pay of its person.", {"person": "This stays as it is."})
    file = file_of(ctx, before.person)
    _refuse_unfit(ctx, after, file)
    ends = _ends([after if one.id == after.id else one for one in _of(ctx, before.person)])
    changed = {name: getattr(after, name) for name in ("starts", "amount", "per", "grade", "note")}
    change = Change("pay.edit", f"{before.ref} is changed.").set(before, **changed, ends=ends[before.id])
    return _chained(ctx, change, before.person, ends)


def not_to_cancel(ctx: Context, pay: Pay) -> str | None:
    """Guard of cancel: what has begun was paid so."""
    if pay.cancelled_at is not None:
        return "It is cancelled."
    if pay.person == ctx.by:
        return "Nobody changes their own pay: somebody else of HR does."
    return "It has begun: file what is paid from now on." if pay.starts <= ctx.today else None


def cancel(ctx: Context, pay: Pay, _: object) -> Change:
    """Let it not come into force: the pay before it goes on."""
    change = Change("pay.cancel", f"{pay.ref} is cancelled.").set(pay, cancelled_at=ctx.now)
    rest = [one for one in _of(ctx, pay.person) if one.id != pay.id]
    return _chained(ctx, change, pay.person, _ends(rest))


def _of(ctx: Context, person: int) -> list[Pay]:
    """Return all that counts of somebody's pay."""
    return ctx.data.find(Pay, person=person, cancelled_at=None)


def _ends(pays: Iterable[Pay]) -> dict[int, date | None]:
    """Return of each when it ends: the day before the next one begins."""
    order = sorted(pays, key=lambda one: one.starts)
    ends: dict[int, date | None] = {one.id: after.starts - _DAY for one, after in pairwise(order)}
    return ends | {one.id: None for one in order[-1:]}


def _chained(ctx: Context, change: Change, person: int, ends: dict[int, date | None]) -> Change:
    for one in _of(ctx, person):
        if one.id in ends and one.ends != ends[one.id]:
            change.set(one, ends=ends[one.id])
    return change


def _refuse_unfit(ctx: Context, pay: Pay, file: PersonFile | None) -> None:
    if pay.person == ctx.by:
        raise Refused("Nobody changes their own pay: somebody else of HR does.", {"person": "This is you."})
    if file is not None and file.starts is not None and pay.starts < file.starts:
        raise Refused("They begin to work here after that day.", {"starts": "This is before their first day."})
    for other in _of(ctx, pay.person):
        if other.id != pay.id and other.starts == pay.starts:
            said = f"{other.ref} begins on that day already: change that one (e)."
            raise Refused(said, {"starts": "Another begins then."})
