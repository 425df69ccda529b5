"""Checklists: filed and changed only where every line can be read; stopped, and let go on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from botui.models import calendar
from botui.models.base import Change, Refused, fold, plural
from botui.models.hr.checklist_text import items
from botui.models.hr.running import named, next_day
from botui.models.hr.stepping import refuse_gone
from botui.models.hr.task import Checklist
from botui.models.office import Context

_DAY: Final = timedelta(days=1)


def create(ctx: Context, new: Checklist) -> Change:
    """File a checklist; where today is one of its days, it runs today.

    Raises:
        Refused: a line cannot be read, another is called so, or who sees to it does not work here any more.
    """
    many = _read(ctx, new)
    filed = new.model_copy(update={"next_on": next_day(new, ctx.today - _DAY), "ran_on": None, "active": True})
    return Change("checklists.add", f"{filed.ref} is filed: {plural(many, 'step')}{_when(ctx, filed)}.").add(filed)


def revise(ctx: Context, before: Checklist, after: Checklist) -> Change:
    """Change a checklist; tasks that were made of it stay as they are.

    Raises:
        Refused: as when it is filed.
    """
    many = _read(ctx, after)
    values: dict[str, Any] = {name: getattr(after, name) for name in Checklist.model_fields if name != "id"}
    if before.every != after.every and before.active:
        # for a day for which it ran it does not run twice
        values["next_on"] = next_day(after, max(ctx.today - _DAY, before.ran_on or ctx.today - _DAY))
    now = after.model_copy(update=values)
    said = f"{after.ref} is changed: {plural(many, 'step')}{_when(ctx, now)}. Tasks made of it stay as they are."
    return Change("checklists.edit", said).set(before, **values)


def _read(ctx: Context, checklist: Checklist) -> int:
    """Return how many steps a checklist has, each of which can be read.

    Raises:
        Refused: one cannot, another is called so, or who sees to it does not work here any more.
    """
    refuse_gone(ctx, checklist.owner, "owner")
    for other in ctx.data.find(Checklist, active=True):
        if other.id != checklist.id and fold(other.name) == fold(checklist.name):
            raise Refused(f"{other.ref} is called so already.", {"name": f"{other.ref} is called so."})
    found = items(checklist.steps)
    for item in found:
        if item.name:
            named(ctx, item)
    return len(found)


def _when(ctx: Context, checklist: Checklist) -> str:
    if checklist.next_on is None:
        return "; b runs it"
    ahead = f", {plural(checklist.ahead, 'day')} ahead" if checklist.ahead else ""
    return f"; it runs by itself for {calendar.day_words(checklist.next_on, ctx.today)}{ahead}"


def pause(ctx: Context, checklist: Checklist, _: object) -> Change:
    """Take a checklist out of use, or into use again from today on: what was missed meanwhile does not come."""
    change = Change("checklists.pause")
    if checklist.active:
        change.said = f"{checklist.ref} is out of use: it does not run by itself either."
        return change.set(checklist, active=False, next_on=None)
    now = checklist.model_copy(
        update={"next_on": next_day(checklist, max(ctx.today - _DAY, checklist.ran_on or ctx.today - _DAY))}
    )
    _read(ctx, now)
    change.said = f"{checklist.ref} is in use again{_when(ctx, now)}."
    return change.set(checklist, active=True, next_on=now.next_on)
