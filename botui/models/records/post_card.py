"""What the post book says of a party on its card: letters that are to be answered, and those that came or went last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from botui.models import calendar
from botui.models.base import plural
from botui.models.office import Context, Party
from botui.models.records.letter import Letter

_SHOWN: Final = 3


def card(ctx: Context, party: Party) -> Iterator[tuple[str, str]]:
    """Yield what the post book says of a party: what is pending, the first to be answered first, else the last."""
    found = ctx.data.find(Letter, party=party.id)
    pending = sorted((one for one in found if one.is_pending), key=lambda one: (one.reply_due or date.max, one.id))
    for one in pending[:_SHOWN]:
        yield one.ref, f"{one.subject}, {_pending(ctx, one)}"
    if len(pending) > _SHOWN:
        yield "", f"and {plural(len(pending) - _SHOWN, 'letter')} more to be answered"
    if found and not pending:
        last = found[-1]
        way = "came" if last.came_in else "went out"
        on = f" {calendar.day_words(last.on, ctx.today)}" if last.on else ""
        yield last.ref, f"{last.subject}, {way}{on}; {plural(len(found), 'letter')} in all"


def _pending(ctx: Context, one: Letter) -> str:
    """Return in words who is to answer a letter, and by when."""
    who = "to be answered" if one.came_in else "their answer is due"
    if one.reply_due is None:
        return "open" if one.came_in else "out"
    late = (ctx.today - one.reply_due).days
    return f"{who}: {plural(late, 'day')} late" if late > 0 else f"{who} {calendar.day_words(one.reply_due, ctx.today)}"
