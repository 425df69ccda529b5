"""Seats of licences: given to people and machines, never more than there are, and taken back."""

from __future__ import annotations

from typing import Annotated

from botui.models.base import Arguments, Change, Line, Refused, Ui
from botui.models.equipment.asset import Asset, Status
from botui.models.equipment.licence import Licence, Seat
from botui.models.office import Context, Person

_GONE = (Status.LOST, Status.RETIRED)


class GiveSeat(Arguments):
    """Who gets it: somebody, or a machine."""

    person: Annotated[int | None, Ui(label="To", ref="people", help="Or on a machine, below.")] = None
    asset: Annotated[int | None, Ui(label="On the machine", ref="assets", help="Its tag; scan it.")] = None
    note: Annotated[Line, Ui(label="Note")] = ""


class TakeSeat(Arguments):
    """Whose it is."""

    person: Annotated[int | None, Ui(label="From", ref="people", help="Empty = the only one who has one.")] = None
    asset: Annotated[int | None, Ui(label="From the machine", ref="assets")] = None


def free(licence: Licence) -> int | None:
    """Return how many seats are free; None = as many as like."""
    return None if licence.seats is None else max(licence.seats - licence.used, 0)


def none_free(_: Context, licence: Licence) -> str | None:
    """Guard of giving a seat."""
    if free(licence) != 0:
        return None
    return f"All {licence.seats:,} seats are given: take one back (R), or renew it with more (E)."


def give(ctx: Context, licence: Licence, args: GiveSeat) -> Change:
    """Give a seat to somebody, or to a machine.

    Raises:
        Refused: nobody or both are said, they are not there any more, or have one.
    """
    who = _who(ctx, args.person, args.asset)
    if _open(ctx, licence, args.person, args.asset):
        raise Refused(f"{who} has a seat of {licence.name} already.", _named(args, "Somebody else, please."))
    seat = Seat(
        id=ctx.data.new_id(Seat),
        licence=licence.id,
        what=licence.name,
        person=args.person,
        asset=args.asset,
        at=ctx.now,
        by=ctx.by,
        note=args.note,
    )
    left = free(licence)
    rest = "" if left is None else f"; {left - 1:,} of {licence.seats:,} left"
    change = Change("licences.hand_out", f"{who} has a seat of {licence.name}{rest}.")
    return change.add(seat).set(licence, used=licence.used + 1)


def _who(ctx: Context, person: int | None, asset: int | None) -> str:
    """Return the name of who is to have a seat.

    Raises:
        Refused: nobody or both are said, or they are not there any more.
    """
    if bool(person) == bool(asset):
        said = "Who gets it: somebody, or a machine?" if person is None else "Either somebody or a machine has a seat."
        raise Refused(said, {"person": "One of the two, please.", "asset": "One of the two, please."})
    found = ctx.data.get(Person, person) if person else None
    if person and (found is None or not found.active):
        raise Refused("Nobody of that name works here.", {"person": "Somebody who works here, please."})
    machine = ctx.data.get(Asset, asset) if asset else None
    if asset and (machine is None or machine.status in _GONE):
        raise Refused("There is no such machine any more.", {"asset": "One that is there, please."})
    return found.name if found else machine.name if machine else ""


def _named(args: GiveSeat | TakeSeat, words: str) -> dict[str, str]:
    return {"person" if args.person else "asset": words}


def _open(ctx: Context, licence: Licence, person: int | None, asset: int | None) -> list[Seat]:
    """Return the seats of a licence that are given, those of somebody or of a machine if one is said."""
    found = ctx.data.find(Seat, licence=licence.id, back_at=None)
    return [one for one in found if person in (None, one.person) and asset in (None, one.asset)]


def none_given(_: Context, licence: Licence) -> str | None:
    """Guard of taking a seat back."""
    return None if licence.used else "No seat of it is given."


def take(ctx: Context, licence: Licence, args: TakeSeat) -> Change:
    """Take a seat back from whoever is said, or from the only one who has one.

    Raises:
        Refused: several have one and nobody is said, or whoever is said has none.
    """
    found = _open(ctx, licence, args.person, args.asset)
    if not found:
        raise Refused(f"They have no seat of {licence.name}.", _named(args, "Somebody who has one, please."))
    if len(found) > 1:
        raise Refused(f"Whose seat? {len(found):,} are given.", {"person": "Who has it.", "asset": "Or its machine."})
    return _back(ctx, licence, found[0], "licences.give_back")


def is_back(_: Context, seat: Seat) -> str | None:
    """Guard of taking this very seat back."""
    return "It was taken back." if seat.back_at else None


def take_this(ctx: Context, seat: Seat, _: object) -> Change:
    """Take this very seat back.

    Raises:
        Refused: its licence is not there.
    """
    licence = ctx.data.get(Licence, seat.licence)
    if licence is None:
        raise Refused("Its licence is not there any more.")
    return _back(ctx, licence, seat, "seats.give_back")


def _back(ctx: Context, licence: Licence, seat: Seat, action: str) -> Change:
    machine = ctx.data.get(Asset, seat.asset) if seat.asset else None
    who = machine.name if machine else ctx.person(seat.person)
    rest = "" if licence.seats is None else f"; {licence.seats - licence.used + 1:,} of {licence.seats:,} left"
    change = Change(action, f"The seat of {who} in {licence.name} is taken back{rest}.")
    change.set(seat, back_at=ctx.now, back_by=ctx.by)
    return change.set(licence, used=max(licence.used - 1, 0))
