"""Who has an asset when: open loans and bookings of it, and which of them lie over a time."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from botui.models import calendar
from botui.models.base import Refused
from botui.models.equipment.asset import Asset
from botui.models.equipment.loan import Booking, BookingState, Loan
from botui.models.office import Context, Place

TAKEN: Final = (BookingState.BOOKED, BookingState.OUT)
"""States of a booking in which nobody else can have the thing."""


def bookings_between(ctx: Context, asset: int, start: datetime, end: datetime | None, but: int = 0) -> list[Booking]:
    """Return the bookings of an asset that lie over a time, the first first.

    Args:
        ctx: what may be known.
        asset: of what.
        start: from when on, UTC.
        end: until when, UTC; None = without end.
        but: a booking that does not count.
    """
    found = (one for state in TAKEN for one in ctx.data.find(Booking, asset=asset, state=state.value))
    over = (one for one in found if one.id != but and one.end > start and (end is None or one.start < end))
    return sorted(over, key=lambda one: (one.start, one.id))


def lent_until(ctx: Context, loan: Loan) -> datetime | None:
    """Return until when an open loan lasts, UTC; None = nobody said.

    It is the end of its booking, as long as it is to be back on that day, else the end of the day; what is overdue
    lasts until now.
    """
    if loan.due is None:
        return None
    booking = ctx.data.get(Booking, loan.booking) if loan.booking else None
    if booking is not None and ctx.settings.local(booking.end).date() == loan.due:
        return max(booking.end, ctx.now)
    return max(ctx.end_of(loan.due), ctx.now)


def refuse_booked(
    ctx: Context, asset: Asset, until: datetime | None, person: int | None, but: int = 0, field: str = "due"
) -> None:
    """Refuse to hand an asset out from now on over a time for which somebody else has booked it.

    Args:
        ctx: what may be known.
        asset: what.
        until: until when it is to be out, UTC; None = nobody says.
        person: who is to have it; their own bookings do not count.
        but: a booking that does not count.
        field: the field that says so.

    Raises:
        Refused: somebody has; the sentence says who and when.
    """
    for one in bookings_between(ctx, asset.id, ctx.now, until, but):
        if person is None or one.person != person:
            words = f"{ctx.person(one.person)} has booked it {span(ctx, one.start, one.end)}"
            raise Refused(f"{asset.called}: {words}.", {field: f"{words}."})


def refuse_clash(ctx: Context, booking: Booking, asset: Asset) -> None:
    """Refuse a booking of what somebody else has, or has booked, in that time.

    Raises:
        Refused: somebody does; the sentence says who and when.
    """
    for one in bookings_between(ctx, asset.id, booking.start, booking.end, booking.id):
        words = f"{ctx.person(one.person)} has booked it {span(ctx, one.start, one.end)}"
        raise Refused(f"{asset.called}: {words}.", {"start": f"{words}."})
    loan = ctx.data.get(Loan, asset.loan) if asset.loan else None
    if loan is None or loan.booking == booking.id or loan.at >= booking.end:
        return
    until = lent_until(ctx, loan)
    if until is None or until > booking.start:
        words = has_it(ctx, asset)
        raise Refused(f"{asset.called}: {words}.", {"start": f"{words}."})


def has_it(ctx: Context, asset: Asset) -> str:
    """Return who has an asset, and until when, in words: ``Bob Baker has it, due back tomorrow``."""
    if asset.holder is not None:
        words = f"{ctx.person(asset.holder)} has it"
    elif asset.at_place is not None:
        place = ctx.data.get(Place, asset.at_place)
        words = f"it is used in {place.name if place else 'a place'}"
    else:
        whole = ctx.data.get(Asset, asset.inside or 0)
        words = f"it is part of {whole.called if whole else 'another asset'}"
    return f"{words}, due back {calendar.day_words(asset.due, ctx.today)}" if asset.due else words


def who_has(ctx: Context, asset: Asset) -> str:
    """Return the same as the beginning of a sentence, names as they are written."""
    words = has_it(ctx, asset)
    return f"{words[0].upper()}{words[1:]}"


def span(ctx: Context, start: datetime, end: datetime) -> str:
    """Return a time in words: ``Fri 27 Nov 10:00 to 12:00``."""
    first, last = ctx.settings.local(start), ctx.settings.local(end)
    same = first.date() == last.date()
    until = f"{last:%H:%M}" if same else moment(ctx, end)
    return f"{moment(ctx, start)} to {until}"


def moment(ctx: Context, at: datetime) -> str:
    """Return a moment in words: ``today 14:00``."""
    local = ctx.settings.local(at)
    return f"{calendar.day_words(local.date(), ctx.today)} {local:%H:%M}"
