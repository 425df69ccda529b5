"""Day-to-day transactions: booked once, taken back by a counter-entry, for nothing leaves the books."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from botui.models.base import LINE_MAX, Change, Refused
from botui.models.office import Context
from botui.models.records.chart import Category
from botui.models.records.entry import Entry

_AHEAD: Final = timedelta(days=366)
"""How far ahead something may be booked: a later day is a slip of the year."""


def create(ctx: Context, new: Entry) -> Change:
    """Book an amount into one category out of another.

    Raises:
        Refused: both are the same, one is out of use, or the day is more than a year ahead.
    """
    on = new.on or ctx.today
    if new.category == new.against:
        raise Refused("It goes into what it comes out of.", {"against": "This is the same category."})
    if on > ctx.today + _AHEAD:
        raise Refused(f"{on:%Y-%m-%d} is more than a year ahead.", {"on": "This is more than a year ahead."})
    for name in ("category", "against"):
        found = ctx.data.get(Category, getattr(new, name))
        if found is not None and not found.active:
            raise Refused(f"{found.name} is not in use any more.", {name: "This is not in use any more."})
    entry = new.model_copy(update={"on": on, "at": ctx.now, "by": ctx.by, "reverses": None})
    return Change("entries.add", f"{entry.ref} is booked: {entry.amount:,.2f} on {on:%Y-%m-%d}.").add(entry)


def cannot_reverse(ctx: Context, entry: Entry) -> str | None:
    """Return why an entry cannot be taken back, or None if it can."""
    if entry.reverses is not None:
        return "It takes back another one itself."
    by = next(iter(ctx.data.find(Entry, reverses=entry.id)), None)
    return f"It is taken back already, by {by.ref}." if by else None


def reverse(ctx: Context, entry: Entry, _: object) -> Change:
    """Take an entry back by a counter-entry of today."""
    change = Change("entries.reverse", f"{entry.ref} is taken back.")
    return change.add(_against(ctx, entry))


def take_back(ctx: Context, written: Iterable[Entry], change: Change) -> Change:
    """Book against what one change booked (undo).

    Raises:
        Refused: it is taken back already.
    """
    for entry in written:
        if reason := cannot_reverse(ctx, entry):
            raise Refused(f"{entry.ref}: {reason}")
        change.add(_against(ctx, entry))
    return change


def _against(ctx: Context, entry: Entry) -> Entry:
    """Return the entry that takes another one back: on its day if that is to come, else today."""
    return Entry(
        id=ctx.data.new_id(Entry),
        on=max(entry.on or ctx.today, ctx.today),
        text=f"Taken back: {entry.text}"[:LINE_MAX],
        amount=entry.amount,
        category=entry.against,
        against=entry.category,
        document=entry.document,
        at=ctx.now,
        by=ctx.by,
        reverses=entry.id,
    )
