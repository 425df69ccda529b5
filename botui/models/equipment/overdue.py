"""What is handed out and to come back, and what is booked and to be fetched, as it waits on My desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from botui import areas
from botui.models import calendar
from botui.models.base import Between, Waiting, and_more, stamp
from botui.models.equipment.asset import Asset
from botui.models.equipment.clashes import span
from botui.models.equipment.loan import Booking, BookingState, Loan
from botui.models.office import Context, Place

SOON: Final = timedelta(hours=1)
"""So long before it begins a booking is told to those who hand out."""


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield what whoever acts is to bring back; for those who hand out, what is overdue most, and what is fetched soon.

    What is overdue in the office is told once, with how many more there are: a list says which.
    """
    if ctx.by is None:
        return
    overdue = ctx.data.find(Loan, back_at=None, due=Between(high=ctx.today.isoformat()))
    for loan in overdue:
        if loan.person == ctx.by:
            yield _overdue(ctx, loan, "bring it back")
    if "clerk" not in ctx.roles:
        return
    others = sorted((one for one in overdue if one.person != ctx.by), key=lambda one: (one.due or date.max, one.id))
    for loan in others[:1]:
        yield _overdue(ctx, loan, f"with {_who(ctx, loan)}{and_more(others)}")
    soon = Between(high=stamp(ctx.now + SOON))
    for one in ctx.data.find(Booking, state=BookingState.BOOKED.value, start=soon):
        yield Waiting(
            collection="bookings",
            number=one.id,
            what=_name(ctx, one.asset),
            why=f"{ctx.person(one.person)} fetches it {span(ctx, one.start, one.end)}",
            due=one.start,
            verb="hand_out",
        )


def _overdue(ctx: Context, loan: Loan, what: str) -> Waiting:
    due = loan.due or ctx.today
    return Waiting(
        collection="loans",
        number=loan.id,
        what=_name(ctx, loan.asset),
        why=f"due back {calendar.day_words(due, ctx.today)}: {what}",
        due=ctx.end_of(due),
        since=loan.at,
        verb="give_back",
    )


def _name(ctx: Context, number: int) -> str:
    asset = ctx.data.get(Asset, number)
    return asset.called if asset else areas.ref(Asset.COLLECTION, number)


def _who(ctx: Context, loan: Loan) -> str:
    if loan.person is not None:
        return ctx.person(loan.person)
    place = ctx.data.get(Place, loan.to_place) if loan.to_place else None
    return place.name if place else _name(ctx, loan.to_asset or 0)
