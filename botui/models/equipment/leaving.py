"""What is still with people who do not work here any more: things, seats of licences, access to systems and doors."""

from __future__ import annotations

from collections.abc import Iterator

from botui.models.base import Waiting, and_more
from botui.models.equipment.access import HAS, Access
from botui.models.equipment.asset import Asset
from botui.models.equipment.licence import Seat
from botui.models.equipment.loan import Loan
from botui.models.office import Context, Person


def of_leaver(ctx: Context, person: int) -> list[Loan | Seat | Access]:
    """Return what is handed out to somebody, their open seats, and the access they have."""
    things = ctx.data.find(Loan, person=person, back_at=None)
    seats = ctx.data.find(Seat, person=person, back_at=None)
    return [
        *things,
        *seats,
        *(one for state in sorted(HAS) for one in ctx.data.find(Access, person=person, state=state.value)),
    ]


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield for clerks, of each who left, the first thing to take back, and how many more there are."""
    if "clerk" not in ctx.roles:
        return
    for person in ctx.data.find(Person, active=False):
        found = of_leaver(ctx, person.id)
        for one in found[:1]:
            yield Waiting(
                collection=one.COLLECTION,
                number=one.id,
                what=f"{person.name} does not work here any more",
                why=f"take back: {_what(ctx, one)}{and_more(found)}",
                verb="give_back",
                active=True,
            )


def _what(ctx: Context, one: Loan | Seat | Access) -> str:
    if isinstance(one, Loan):
        asset = ctx.data.get(Asset, one.asset)
        return asset.called if asset else one.ref
    return f"access to {one.system}" if isinstance(one, Access) else f"seat of {one.what}"
