"""Handing assets out and taking them back, one or many in one change.

An asset goes to a person, to a place or into another asset. Where its category asks for it, a person confirms with
their own PIN: ``hand_out_many`` is told so by the action that has asked for it; the plain verb cannot.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

from botui import areas
from botui.models import calendar
from botui.models.base import Arguments, Change, Line, Refused, Ui, plural
from botui.models.equipment.asset import Asset, Category, Fate
from botui.models.equipment.clashes import bookings_between, refuse_booked, who_has
from botui.models.equipment.fault import Fault
from botui.models.equipment.loan import Booking, BookingState, Condition, Loan
from botui.models.equipment.register import DEEPEST, Register, stops
from botui.models.equipment.reporting import already, join_report, report_fault
from botui.models.equipment.whom import To, ToWhom, whom
from botui.models.office import Context, Place


class HandOver(Arguments):
    """To whom something goes, and until when."""

    to: ToWhom
    due: Annotated[date | None, Ui(label="Due back", help="Such as fri, +7d; empty = as its category lends it.")] = None
    note: Annotated[Line, Ui(label="Note")] = ""


class HandOutBooked(Arguments):
    """What is to be said when somebody fetches what they booked."""

    note: Annotated[Line, Ui(label="Note")] = ""


class TakeBack(Arguments):
    """How something comes back, and where it is put."""

    condition: Annotated[Condition, Ui(label="Condition")] = Condition.GOOD
    note: Annotated[Line, Ui(label="What is wrong", help="With major damage this is reported as a fault.")] = ""
    place: Annotated[int | None, Ui(label="Put in", ref="places", help="Empty = where it belongs.")] = None


class Extend(Arguments):
    """Until when somebody keeps something."""

    due: Annotated[date, Ui(label="Due back", help="Such as fri, +7d.")]


# --- why not ----------------------------------------------------------------------------------------------------------


def not_ready(ctx: Context, asset: Asset) -> str | None:
    """Guard of handing out: it says what is with it, and what to do first."""
    if asset.fate is not None:
        why = f": {asset.fate_note.rstrip('.')}" if asset.fate_note else ""
        first = {Fate.OUT: " i puts it in service again.", Fate.LOST: " f says that it was found."}.get(asset.fate, "")
        return f"It is {asset.fate.label}{why}.{first}"
    if asset.is_held:
        return f"{who_has(ctx, asset)}: take it back first (R)."
    if asset.stopped:
        broken = next((one for one in ctx.data.find(Fault, asset=asset.id) if stops(one)), None)
        return f"It is in repair{f': {broken.ref} {broken.what}' if broken else ''}."
    return None


def not_out(_: Context, asset: Asset) -> str | None:
    """Guard of taking back."""
    return None if asset.is_held else "It is not handed out: there is nothing to take back."


def not_open(ctx: Context, loan: Loan) -> str | None:
    """Guard of what is done with something that is still out."""
    if loan.back_at is None:
        return None
    return f"It came back {calendar.day_words(ctx.settings.local(loan.back_at).date(), ctx.today)}."


def needs_pin(ctx: Context, asset: Asset) -> bool:
    """Return whether a person who gets it, with all that is part of it, confirms that with their own PIN."""
    inside = {asset.id: asset}
    for one in (open_ := [asset]):
        category = ctx.data.get(Category, one.category) if one.category else None
        if category is not None and category.confirm:
            return True
        more = [part for part in ctx.data.find(Asset, inside=one.id) if part.id not in inside]
        inside |= {part.id: part for part in more}
        open_ += more
    return False


def _refuse_unconfirmed(ctx: Context, asset: Asset, to: To, *, confirmed: bool) -> None:
    """Refuse to let somebody have what asks for their PIN without it, also by putting it into what they have.

    Raises:
        Refused: they would.
    """
    whole, deep = (ctx.data.get(Asset, to.to_asset) if to.to_asset else None), 0
    while whole is not None and whole.inside is not None and (deep := deep + 1) < DEEPEST:
        whole = ctx.data.get(Asset, whole.inside)
    if whole is not None and whole.holder is not None and needs_pin(ctx, asset):
        words = f"{who_has(ctx, whole)}, and whoever gets this gives their PIN: take {whole.called} back first (R)."
        raise Refused(f"{asset.called}: {words}", {"to": words})
    if to.person is not None and not confirmed and needs_pin(ctx, asset):
        raise Refused(f"{asset.called}: whoever gets it gives their PIN: T in the menu (F3) asks for it.")


# --- out --------------------------------------------------------------------------------------------------------------


def hand_out(ctx: Context, asset: Asset, args: HandOver) -> Change:
    """Hand one asset out."""
    return hand_out_many(ctx, [asset], whom(ctx, args.to), due=args.due, note=args.note)


def hand_out_many(
    ctx: Context,
    assets: Sequence[Asset],
    to: To,
    *,
    due: date | None = None,
    note: str = "",
    confirmed: bool = False,
    booking: Booking | None = None,
) -> Change:
    """Hand assets out to one person or place, or into one asset, all of it or nothing.

    Args:
        ctx: what may be known.
        assets: what.
        to: to whom (``whom``).
        due: the day it is to be back; None = as the category of each lends to people, else for as long as it is needed.
        note: kept with it.
        confirmed: who receives it has said so with their own PIN, just now.
        booking: what it was booked by; None = the first of the same person that begins in that time, or today.

    Raises:
        Refused: one of them cannot be handed out now; the sentence says which and why.
    """
    if due is not None and due < ctx.today:
        raise Refused("The day it is due back has passed.", {"due": "This day has passed."})
    change = Change("assets.hand_out")
    register = Register(ctx, change)
    loans = [
        _hand_out(ctx, register, asset, to, due=due, note=note, confirmed=confirmed, booking=booking)
        for asset in {one.id: one for one in assets}.values()
    ]
    if len(loans) == 1:
        until = f", due back {calendar.day_words(loans[0].due, ctx.today)}" if loans[0].due else ""
        change.said = f"{assets[0].called} is handed out to {to.words}{until}."
    else:
        change.said = f"{plural(len(loans), 'thing')} are handed out to {to.words}."
    return register.close()


def _hand_out(
    ctx: Context,
    register: Register,
    asset: Asset,
    to: To,
    *,
    due: date | None,
    note: str,
    confirmed: bool,
    booking: Booking | None,
) -> Loan:
    if reason := not_ready(ctx, register.get(Asset, asset.id)):
        raise Refused(f"{asset.called}: {reason}")
    _refuse_unconfirmed(ctx, asset, to, confirmed=confirmed)
    theirs = booking or _booked_by(ctx, asset, to, max(due or ctx.today, ctx.today))
    day = due or (ctx.settings.local(theirs.end).date() if theirs else _lent_until(ctx, asset, to))
    until = ctx.end_of(day) if day else None
    if theirs is not None and day == ctx.settings.local(theirs.end).date():
        until = theirs.end
    refuse_booked(ctx, asset, until, to.person, theirs.id if theirs else 0)
    loan = register.hand_out(
        asset,
        person=to.person,
        to_place=to.to_place,
        to_asset=to.to_asset,
        due=day,
        note=note,
        confirmed_at=ctx.now if confirmed and to.person is not None else None,
        booking=theirs.id if theirs else None,
    )
    if theirs is not None:
        register.set(theirs, state=BookingState.OUT, loan=loan.id)
    return loan


def _booked_by(ctx: Context, asset: Asset, to: To, last: date) -> Booking | None:
    """Return what somebody booked until a day and comes for now."""
    found = bookings_between(ctx, asset.id, ctx.now, ctx.end_of(last)) if to.person else []
    return next((one for one in found if one.person == to.person and one.state is BookingState.BOOKED), None)


def _lent_until(ctx: Context, asset: Asset, to: To) -> date | None:
    """Return the day until which its category lends it to people."""
    category = ctx.data.get(Category, asset.category) if asset.category and to.person else None
    return ctx.today + timedelta(days=category.loan_days) if category and category.loan_days else None


# --- back -------------------------------------------------------------------------------------------------------------


def give_back(ctx: Context, asset: Asset, args: TakeBack) -> Change:
    """Take one asset back."""
    return take_back_many(ctx, [asset], condition=args.condition, note=args.note, place=args.place)


def give_back_loan(ctx: Context, loan: Loan, args: TakeBack) -> Change:
    """Take back what was handed out."""
    change = give_back(ctx, _asset_of(ctx, loan), args)
    change.action = "loans.give_back"
    return change


def take_back_many(
    ctx: Context,
    assets: Sequence[Asset],
    *,
    condition: Condition = Condition.GOOD,
    note: str = "",
    place: int | None = None,
) -> Change:
    """Take assets back from whoever has them, all or none; with major damage each gets a fault.

    Args:
        ctx: what may be known.
        assets: what.
        condition: how they came back.
        note: what is wrong.
        place: where they are put; None = each where it belongs.

    Raises:
        Refused: one of them is not handed out, or is broken and nobody said what is wrong.
    """
    if condition is Condition.MAJOR and not note:
        raise Refused("What is wrong with it?", {"note": "This is needed: it is reported as a fault."})
    _refuse_old_place(ctx, place)
    change = Change("assets.give_back")
    register = Register(ctx, change)
    said = [
        _take_back(ctx, register, asset, condition, note, place) for asset in {one.id: one for one in assets}.values()
    ]
    change.said = said[0] if len(said) == 1 else f"{plural(len(said), 'thing')} are back."
    return register.close()


def _take_back(
    ctx: Context, register: Register, asset: Asset, condition: Condition, note: str, place: int | None
) -> str:
    """Take one back; return that in words."""
    now = register.get(Asset, asset.id)
    loan = register.take_back(asset, condition, back_note=note)
    register.move(asset, place or now.home or now.place)
    if now.fate is Fate.LOST:
        register.fate(asset, None)
    late = (ctx.today - loan.due).days if loan.due else 0
    filed = _came_back_broken(ctx, register, loan, note) if condition is Condition.MAJOR else ""
    if loan.booking is not None:
        booking = register.get(Booking, loan.booking)
        register.set(booking, state=BookingState.OVER)
    overdue = f", {plural(late, 'day')} late" if late > 0 else ""
    return f"{asset.called} is back{overdue}.{filed}"


def _came_back_broken(ctx: Context, register: Register, loan: Loan, what: str) -> str:
    """Report what came back broken, or join the fault because of which it could not be used already; say which."""
    known = next((one for one in already(ctx, asset=loan.asset, what=what) if one.stops), None)
    if known is not None:
        join_report(ctx, register, known, what=what)
    fault = known or report_fault(ctx, register, what=what, asset=loan.asset)
    register.set(loan, fault=fault.id)
    return f" {fault.ref} was reported already." if known else f" {fault.ref} is filed."


def extend(ctx: Context, loan: Loan, args: Extend) -> Change:
    """Let whoever has it keep it until another day."""
    asset = _asset_of(ctx, loan)
    if args.due < ctx.today:
        raise Refused("That day has passed.", {"due": "This day has passed."})
    if args.due == loan.due:
        raise Refused("It is due back on that day.", {"due": "Another day, please."})
    refuse_booked(ctx, asset, ctx.end_of(args.due), loan.person, loan.booking or 0)
    register = Register(ctx, Change("loans.extend"))
    register.set(loan, due=args.due)
    register.set(asset, due=args.due)
    change = register.close()
    change.said = f"{asset.called} is due back {calendar.day_words(args.due, ctx.today)}."
    return change


def _asset_of(ctx: Context, loan: Loan) -> Asset:
    asset = ctx.data.get(Asset, loan.asset)
    if asset is None:
        raise Refused(f"There is no {areas.ref(Asset.COLLECTION, loan.asset)}.")
    return asset


def _refuse_old_place(ctx: Context, number: int | None) -> None:
    place = ctx.data.get(Place, number) if number else None
    if place is not None and not place.active:
        raise Refused(f"{place.name} is not in use any more.", {"place": "This is not in use any more."})
