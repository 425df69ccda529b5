"""What time alone does with leave: allowances come, years are closed, what was carried lapses, leave is taken.

Whether something may be due is found among the values kept at hand. Each account is made up to what it has to be, so
that nothing is granted twice, however often and however late a desk looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from botui.models.base import Between, Change, Refused, plural
from botui.models.hr.leave import Leave, LeaveEntry, LeaveType, Per, State, Why
from botui.models.hr.leave_account import lapses
from botui.models.hr.leave_asking import chain
from botui.models.hr.leave_deciding import kind_of
from botui.models.hr.leave_ledger import Ledger
from botui.models.hr.leave_usual import usual
from botui.models.hr.person_file import HERE, PersonFile
from botui.models.office import Context, Person

AT_ONCE: Final = 200
"""Accounts that one change makes up: others wait for no more than a fraction of a second."""
_DAY: Final = timedelta(days=1)


def due(ctx: Context) -> Iterator[Change]:
    """Yield what is due by now."""
    yield from usual(ctx)
    yield from _taken(ctx)
    yield from _nobody_asked(ctx)
    for kind in ctx.data.find(LeaveType, active=True, counted=True):
        yield from _granted(ctx, kind)
    for kind in ctx.data.find(LeaveType, counted=True):
        yield from _closed(ctx, kind)


def _taken(ctx: Context) -> Iterator[Change]:
    """Yield the leave that is over."""
    for one in ctx.data.find(Leave, state=State.APPROVED.value, until=Between(high=ctx.today.isoformat())):
        yield Change("leave.end", f"{one.ref} is over.").set(one, state=State.TAKEN)


def _nobody_asked(ctx: Context) -> Iterator[Change]:
    """Yield the leave of which who was asked does not work here any more, with who is asked instead."""
    for one in ctx.data.find(Leave, state=State.ASKED.value):
        approver = ctx.data.get(Person, one.approver or 0)
        if approver is not None and approver.active:
            continue
        try:
            instead = chain(ctx, one, kind_of(ctx, one))
        except Refused:
            continue
        if instead["approver"] != one.approver:
            said = f"{ctx.person(instead['approver'])} is asked about {one.ref}."
            yield Change("leave.handover", said).set(one, approver=instead["approver"])


# --- allowances -------------------------------------------------------------------------------------------------------


def _granted(ctx: Context, kind: LeaveType) -> Iterator[Change]:
    """Yield the allowances of a type that are not in the accounts of those who work here."""
    if kind.per is Per.NEVER or not kind.allowance or (kind.since or date.min) > ctx.today:
        return
    key = f"allowance {ctx.today.year}" if kind.per is Per.YEAR else f"allowance {ctx.today:%Y-%m}"
    first = date(ctx.today.year, 1 if kind.per is Per.YEAR else ctx.today.month, 1)
    by_today = Between(high=(ctx.today + _DAY).isoformat())
    missing: list[int] = []
    for file in ctx.data.find(PersonFile, starts=by_today):
        there = file.status in HERE or (file.ends is not None and file.ends >= ctx.today)
        if not there or ctx.data.numbers(LeaveEntry, 1, person=file.person, type=kind.id, key=key):
            continue
        since: dict[str, Any] = {"why": Why.OPENING.value, "on": Between(low=first.isoformat())}
        opened = ctx.data.find(LeaveEntry, person=file.person, type=kind.id, **since)
        if not opened or any(one.reverses for one in opened):
            missing.append(file.person)
    yield from _made_up(ctx, kind, missing)


def _made_up(ctx: Context, kind: LeaveType, people: list[int]) -> Iterator[Change]:
    """Yield one change that makes up the accounts of some people, if anything is to be booked in them."""
    ledger = Ledger(ctx, Change("leavebook.grant"))
    since = (kind.reckoned or date.min).year
    many = 0
    for person in people:
        many += bool(ledger.settle(person, kind.id, since))
        if many == AT_ONCE:
            break
    if many:
        change = ledger.close()
        change.said = f"{plural(many, 'leave account')} made up."
        yield change


# --- years and lapses -------------------------------------------------------------------------------------------------


def _closed(ctx: Context, kind: LeaveType) -> Iterator[Change]:
    """Yield what a year's end, or the day on which what was carried lapses, does to the accounts of a type."""
    if kind.reckoned is not None and kind.reckoned >= _last_event(kind, ctx.today):
        return
    people = sorted({one.person for one in ctx.data.find(LeaveEntry, type=kind.id)})
    made = next(_made_up(ctx, kind, people), None)
    if made is not None:
        yield made
        return
    yield Change("leavetypes.reckon", f"{kind.name} is reckoned up to today.").set(kind, reckoned=ctx.today)


def _last_event(kind: LeaveType, today: date) -> date:
    """Return the last day, up to today, on which something lapses or a year begins."""
    found = [date(today.year, 1, 1)]
    if kind.carry_until and (lapsed := lapses(kind, today.year) + _DAY) <= today:
        found.append(lapsed)
    return max(found)
