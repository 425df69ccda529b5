"""What happens to an asset besides handing it out: it moves, is lost or found, out of service, retired, seen."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from botui.models.base import Arguments, Change, Line, Refused, Ui, and_more, plural
from botui.models.equipment.asset import Asset, Fate
from botui.models.equipment.clashes import TAKEN, has_it, span, who_has
from botui.models.equipment.fault import WorkKind
from botui.models.equipment.filing import refuse_taken, seen_again
from botui.models.equipment.licence import Seat
from botui.models.equipment.loan import Booking, BookingState, Condition
from botui.models.equipment.plan import Plan
from botui.models.equipment.register import Register
from botui.models.office import Context, Place
from botui.models.tickets.shape import MINUTES_MAX


class Move(Arguments):
    """Where something is from now on."""

    to_place: Annotated[int, Ui(label="To", ref="places")]
    home: Annotated[bool, Ui(label="Belongs there", help="y: it belongs there from now on.")] = False


class Lose(Arguments):
    """How something was lost."""

    note: Annotated[Line, Ui(label="How", help="Such as: stolen, not seen since the move.")] = ""


class Find(Arguments):
    """Where something was found."""

    place: Annotated[int | None, Ui(label="Found in", ref="places", help="Empty = where it was last.")] = None


class OutOfService(Arguments):
    """Why something is out of service; nothing is needed to put it in service again."""

    note: Annotated[Line, Ui(label="Why", help="Needed to put it out of service.")] = ""


class Retire(Arguments):
    """Why the office has something no more."""

    note: Annotated[Line, Field(min_length=1), Ui(label="Why", help="Such as: sold, scrapped, given away.")]
    even_so: Annotated[bool | None, Ui(label="Even so", help="y retires it although others reckon with it.")] = None


class Seen(Arguments):
    """Where something was seen."""

    place: Annotated[int | None, Ui(label="Seen in", ref="places", help="Empty = where it is said to be.")] = None


class Cost(Arguments):
    """What something cost that no fault and no plan of maintenance says."""

    amount: Annotated[
        Decimal,
        Field(gt=0, le=Decimal("9999999.99"), decimal_places=2),
        Ui(label="Amount", help="In the office's currency."),
    ]
    text: Annotated[Line, Field(min_length=1), Ui(label="What for", help="Such as: upgrade, inspection.")]
    party: Annotated[int | None, Ui(label="Vendor", ref="parties")] = None
    minutes: Annotated[int, Field(ge=0, le=MINUTES_MAX), Ui(label="Minutes worked")] = 0


# --- why not ----------------------------------------------------------------------------------------------------------


def not_there(_: Context, asset: Asset) -> str | None:
    """Guard of what is done with something that is there."""
    if asset.fate is Fate.LOST:
        return "It is lost. f says that it was found."
    return "It is retired." if asset.fate is Fate.RETIRED else None


def is_retired(_: Context, asset: Asset) -> str | None:
    """Guard of what can be done with all that the office still has."""
    return "It is retired." if asset.fate is Fate.RETIRED else None


def not_lost(_: Context, asset: Asset) -> str | None:
    """Guard of finding."""
    return None if asset.fate is Fate.LOST else "It is not lost."


def not_to_pause(_: Context, asset: Asset) -> str | None:
    """Guard of putting out of service and in again."""
    return "It is lost. f says that it was found." if asset.fate is Fate.LOST else None


def not_to_move(ctx: Context, asset: Asset) -> str | None:
    """Guard of moving: what somebody has, or another asset, is taken back first."""
    if asset.is_held and asset.at_place is None:
        return f"{who_has(ctx, asset)}: take it back first (R)."
    return not_there(ctx, asset)


def not_to_retire(ctx: Context, asset: Asset) -> str | None:
    """Guard of retiring."""
    if asset.fate is Fate.RETIRED:
        return "It is retired already."
    if asset.is_held and asset.fate is not Fate.LOST:
        return f"{who_has(ctx, asset)}: take it back first (R)."
    if asset.open_faults:
        be = "is" if asset.open_faults == 1 else "are"
        return f"{plural(asset.open_faults, 'fault')} of it {be} open: finish them first, or write them off (G there)."
    return None


# --- where it is ------------------------------------------------------------------------------------------------------


def transfer(ctx: Context, asset: Asset, args: Move) -> Change:
    """Put something elsewhere; what is used in a place is used in the other one then."""
    place = _place(ctx, args.to_place, "to_place")
    here = asset.at_place or asset.place
    if here == place.id and not (args.home and asset.home != place.id):
        raise Refused(f"{asset.name}: it is there already.", {"to_place": "It is there already."})
    register = Register(ctx, Change("assets.transfer"))
    if asset.at_place is None:
        register.move(asset, place.id)
    elif here != place.id:
        register.take_back(asset, Condition.GOOD)
        register.hand_out(asset, to_place=place.id, due=asset.due)
    if args.home:
        register.set(asset, home=place.id)
    change = register.close()
    change.said = f"{asset.called} is in {place.name} now{' and belongs there' if args.home else ''}."
    return change


def review(ctx: Context, asset: Asset, args: Seen) -> Change:
    """Say that something is here; what was lost is found."""
    register = Register(ctx, Change("assets.review"))
    register.seen(asset, seen_again(ctx, asset))
    where = _put(ctx, register, asset, args.place)
    if asset.fate is Fate.LOST:
        register.fate(asset, None)
    change = register.close()
    change.said = f"{asset.called} is seen{where}."
    return change


def _put(ctx: Context, register: Register, asset: Asset, number: int | None) -> str:
    """Let something be where it was seen, where nobody has it; return that in words."""
    if number is None:
        return ""
    place = _place(ctx, number, "place")
    if asset.is_held:
        return f" in {place.name}; {has_it(ctx, asset)}"
    register.move(asset, place.id)
    return f" in {place.name}"


def lose(ctx: Context, asset: Asset, args: Lose) -> Change:
    """Say that something is lost; whoever had it has it still in the books."""
    register = Register(ctx, Change("assets.lose", note=args.note))
    register.fate(asset, Fate.LOST, args.note)
    change = register.close()
    had = f" {who_has(ctx, asset)}, as far as is known." if asset.at_place or asset.inside else ""
    had = f" {ctx.person(asset.holder)} had it." if asset.holder else had
    change.said = f"{asset.called} is lost.{had}{_first_booked(ctx, asset)}"
    return change


def find(ctx: Context, asset: Asset, args: Find) -> Change:
    """Say that something lost was found."""
    register = Register(ctx, Change("assets.find"))
    register.fate(asset, None)
    where = _put(ctx, register, asset, args.place)
    change = register.close()
    change.said = f"{asset.called} is found{where}."
    return change


# --- whether it is used -----------------------------------------------------------------------------------------------


def pause(ctx: Context, asset: Asset, args: OutOfService) -> Change:
    """Put something out of service, or in service again, also what was retired."""
    register = Register(ctx, Change("assets.pause", note=args.note))
    if asset.fate is None:
        if not args.note:
            raise Refused(f"{asset.name}: why is it out of service?", {"note": "This is needed."})
        register.fate(asset, Fate.OUT, args.note)
        words = f"out of service.{_first_booked(ctx, asset)}"
    else:
        if asset.fate is Fate.RETIRED:
            refuse_taken(ctx, asset)
        register.fate(asset, None)
        words = "in service again."
    change = register.close()
    change.said = f"{asset.called} is {words}"
    return change


def retire(ctx: Context, asset: Asset, args: Retire) -> Change:
    """Say that the office has something no more; bookings of it are cancelled, codes of it are free again.

    What is lost is not taken back from whoever had it: that ends with it.

    Raises:
        Refused: other things are part of it; or maintenance, seats or bookings reckon with it, and nobody said that
            this is meant.
    """
    refuse_with_parts(ctx, asset)
    bookings = [one for state in TAKEN for one in ctx.data.find(Booking, asset=asset.id, state=state.value)]
    reckon = [*_reckoning(ctx, asset), *(_booked(ctx, one) for one in bookings)]
    if reckon and not args.even_so:
        words = f"{asset.called}: {'; '.join(reckon)}. If it is meant: y in Even so retires it."
        raise Refused(words, {"even_so": "y retires it so."})
    register = Register(ctx, Change("assets.retire", note=args.note))
    if asset.is_held:
        register.take_back(asset, None, back_note=args.note)
    register.fate(asset, Fate.RETIRED, args.note)
    for one in bookings:
        register.set(one, state=BookingState.CANCELLED)
    change = register.close()
    change.said = f"{asset.called} is retired.{' See to: ' + '; '.join(reckon) + '.' if reckon else ''}"
    return change


def refuse_with_parts(ctx: Context, asset: Asset) -> None:
    """Do nothing unless other things are part of an asset that the office will have no more.

    Raises:
        Refused: they are.
    """
    within = ctx.data.find(Asset, inside=asset.id)
    if within:
        more = f" and {len(within) - 1} more" if len(within) > 1 else ""
        raise Refused(f"{within[0].called}{more} {'are' if more else 'is'} part of {asset.name}: take back first (R).")


def _reckoning(ctx: Context, asset: Asset) -> Iterator[str]:
    """Yield in words what goes on for an asset: its maintenance, its seats of licences."""
    for plan in ctx.data.find(Plan, asset=asset.id, active=True):
        yield f"maintenance {plan.ref} {plan.name} goes on"
    for seat in ctx.data.find(Seat, asset=asset.id, back_at=None):
        yield f"it has seat {seat.ref} of a licence"


def _booked(ctx: Context, booking: Booking) -> str:
    return f"{ctx.person(booking.person)} has booked it {span(ctx, booking.start, booking.end)}"


def _first_booked(ctx: Context, asset: Asset) -> str:
    """Return who is the first that comes for something in vain, as a sentence; nothing if nobody has booked it."""
    found = sorted(ctx.data.find(Booking, asset=asset.id, state=BookingState.BOOKED.value), key=lambda one: one.start)
    return f" {_booked(ctx, found[0])}{and_more(found)}." if found else ""


def cost(ctx: Context, asset: Asset, args: Cost) -> Change:
    """Write down what something cost that no fault of it did."""
    register = Register(ctx, Change("assets.cost"))
    register.log(
        kind=WorkKind.COST, asset=asset.id, text=args.text, amount=args.amount, party=args.party, minutes=args.minutes
    )
    change = register.close()
    so_far = register.get(Asset, asset.id).cost
    change.said = f"{args.amount:,.2f} {ctx.settings.currency} for {asset.called}; {so_far:,.2f} so far."
    return change


def _place(ctx: Context, number: int, field: str) -> Place:
    place = ctx.data.get(Place, number)
    if place is None or not place.active:
        words = "This is not in use any more." if place else "There is no such place."
        raise Refused(f"{place.name if place else 'Place'}: {words}", {field: words})
    return place
