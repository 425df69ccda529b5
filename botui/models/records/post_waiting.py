"""What of the post waits for a person: letters to see to, answers that do not come, parcels to fetch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from botui.models import calendar
from botui.models.base import Between, Waiting, and_more, plural, stamp
from botui.models.office import Context, Role
from botui.models.records.collecting import since_words, whose
from botui.models.records.document import Privacy
from botui.models.records.letter import Direction, Letter
from botui.models.records.letter import State as LetterState
from botui.models.records.parcel import Parcel
from botui.models.records.parcel import State as ParcelState
from botui.models.records.parcels_kind import UNCOLLECTED

_AFTER_ALL: Final = date.max


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield what of the post waits for whoever acts."""
    for letter in ctx.data.find(Letter, owner=ctx.by, state=LetterState.OPEN.value):
        if letter.came_in or (letter.reply_due is not None and letter.reply_due < ctx.today):
            yield _letter(ctx, letter, _why(ctx, letter) or "yours", active=letter.came_in)
    # what waits itself is somebody else's turn, unless its reply is late
    late = Between(high=ctx.today.isoformat())
    for letter in ctx.data.find(Letter, owner=ctx.by, state=LetterState.WAITING.value, reply_due=late):
        yield _letter(ctx, letter, _why(ctx, letter), waiting=True)
    yield from _parcels(ctx)
    yield from _nobodys(ctx)
    if "clerk" in ctx.roles:
        yield from _left_lying(ctx)


def _parcels(ctx: Context) -> Iterator[Waiting]:
    for one in ctx.data.find(Parcel, person=ctx.by, direction=Direction.IN.value, state=ParcelState.HERE.value):
        shelf = f", shelf {one.shelf}" if one.shelf else ""
        yield _parcel(one, f"a parcel is here for you{shelf}", "hand_out")


def _nobodys(ctx: Context) -> Iterator[Waiting]:
    """Yield, of the letters that nobody sees to and this person may see, the one that is to be answered first."""
    common = {"owner": None, "direction": Direction.IN.value, "state": LetterState.OPEN.value}
    found = ctx.data.find(Letter, **common, privacy=Privacy.PRIVATE.value, created_by=ctx.by)
    for role, privacy in ((Role.CLERK, Privacy.OPEN), (Role.HR, Privacy.HR)):
        if role in ctx.roles:
            found += ctx.data.find(Letter, **common, privacy=privacy.value)
    first = min(found, key=lambda one: (one.reply_due or _AFTER_ALL, one.id), default=None)
    if first is not None:
        words = _why(ctx, first)
        yield _letter(ctx, first, f"nobody's{f', {words}' if words else ''}{and_more(found)}", verb="assign")


def _left_lying(ctx: Context) -> Iterator[Waiting]:
    """Yield the parcel that has lain here longest, where nobody fetched it in a week."""
    since = Between(high=stamp(ctx.now - UNCOLLECTED))
    found = ctx.data.find(Parcel, direction=Direction.IN.value, state=ParcelState.HERE.value, at=since)
    first = min((one for one in found if one.person != ctx.by), key=lambda one: (one.at, one.id), default=None)
    if first is not None:
        yield _parcel(first, f"here since {since_words(ctx, first)} for {whose(ctx, first)}{and_more(found)}", "")


def _why(ctx: Context, letter: Letter) -> str:
    """Return in words by when it is to be answered, or for how long their answer has not come."""
    due = letter.reply_due
    if due is None:
        return ""
    late = plural((ctx.today - due).days, "day")
    if not letter.came_in:
        return f"their answer is {late} late"
    return f"reply {late} late" if due < ctx.today else f"reply due {calendar.day_words(due, ctx.today)}"


def _letter(
    ctx: Context, letter: Letter, why: str, *, verb: str = "", active: bool = False, waiting: bool = False
) -> Waiting:
    return Waiting(
        collection=Letter.COLLECTION,
        number=letter.id,
        what=f"{letter.correspondent}: {letter.subject}",
        why=why,
        due=ctx.end_of(letter.reply_due) if letter.reply_due else None,
        since=letter.created_at,
        verb=verb or ("reply" if letter.reply_due and letter.came_in else ""),
        active=active,
        waiting=waiting,
    )


def _parcel(one: Parcel, why: str, verb: str) -> Waiting:
    words = f"Parcel from {one.sender}" if one.sender else "Parcel"
    return Waiting(collection=Parcel.COLLECTION, number=one.id, what=words, why=why, since=one.at, verb=verb)
