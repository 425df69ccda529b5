"""The verbs that move stock: take, bring back, receive, count, correct, move, throw away; each books in the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from botui.models.base import Change, Refused
from botui.models.office import Context
from botui.models.supplies.asking import CameIn, Correct, CountHere, GiveBack, Take, Transfer, Waste
from botui.models.supplies.item import Item, Movement, Why, many
from botui.models.supplies.ledger import Ledger, Posting
from botui.models.supplies.levels import place_name
from botui.models.supplies.reorder import is_low
from botui.models.supplies.whereto import Target, from_place, into_place, target, where

TIMES: Final = 10
"""A quantity of more than ten times what an item's levels are about has a digit too many."""
NO_MATTER: Final = 100
"""Base units that nobody is asked about again: two digits are no slip of the scanner."""


# --- what is asked again, and why not ---------------------------------------------------------------------------------


def refuse_absurd(item: Item, quantity: int, even_so: bool | None) -> None:
    """Do nothing if a quantity is one that such an item comes in, or whoever typed it says that it is meant.

    Raises:
        Refused: it is more than ten times what is known of the item: its levels, its pack, what is here and what is
            used (of a new one, a hundred). It says that ``y`` in "Even so" books it.
    """
    known = max(item.fill_to or 0, item.order_below or 0, item.on_hand, item.used) or NO_MATTER
    pack = max(item.pack_size, item.multiple, item.quick_take)
    if even_so or abs(quantity) <= max(NO_MATTER, TIMES * max(known, pack)):
        return
    said = f"{many(item, quantity)} is very much. If it is meant: y in Even so books it."
    raise Refused(said, {"quantity": "This is very much.", "even_so": "y books it all the same."})


def nothing_left(ctx: Context, item: Item) -> str | None:
    """Guard of what takes something away."""
    if ctx.settings.below_zero or any(one.quantity > 0 for one in item.stock):
        return None
    return "There is nothing left of it."


def none_to_take(ctx: Context, item: Item) -> str | None:
    """Guard of taking: where there is nothing it says what comes, and how one asks for it."""
    reason = nothing_left(ctx, item)
    if reason is None or not item.active:
        return reason
    comes = f", {item.on_order:,} come" if item.on_order else ""
    return f"There is nothing left of it{comes}. Ask for it: F3, 0, a."


def not_in_use(_: Context, item: Item) -> str | None:
    """Guard of what brings more of it."""
    return None if item.active else "It is not in use any more: e puts it in use again."


# --- out --------------------------------------------------------------------------------------------------------------


def take(ctx: Context, item: Item, args: Take) -> Change:
    """Take some for oneself, or for somebody or something else; by default as many as are taken at once."""
    return _take(ctx, Change("items.take"), item, args)


def take_many(ctx: Context, item: Item, args: Take) -> Change:
    """Take some and be asked how many, and for whom or what."""
    return _take(ctx, Change("items.take_many"), item, args)


def _take(ctx: Context, change: Change, item: Item, args: Take) -> Change:
    to = target(ctx, args.to)
    place = from_place(ctx, item, args.place)
    posting = replace(_posting(item, Why.TAKE, place, -(args.quantity or item.quick_take), to), note=args.note)
    return _out(ctx, change, item, posting, args.even_so, f"taken for {to.words}" if to.words else "taken")


def waste(ctx: Context, item: Item, args: Waste) -> Change:
    """Throw some away: what is to be used first, or what has this use-by date."""
    place = from_place(ctx, item, args.place)
    posting = _posting(item, Why.WASTE, place, -args.quantity)
    posting = replace(posting, note=args.note, use_by=args.use_by)
    return _out(ctx, Change("items.waste"), item, posting, args.even_so, "thrown away")


def transfer(ctx: Context, item: Item, args: Transfer) -> Change:
    """Move some from one place to another; use-by dates go along."""
    place, to_place = from_place(ctx, item, args.place), into_place(ctx, item, args.to_place)
    if place == to_place:
        raise Refused(f"{item.name}: it is there already.", {"to_place": "It is there already."})
    posting = replace(_posting(item, Why.TRANSFER, place, -args.quantity), note=args.note)
    words = f"moved to {place_name(ctx, to_place)}"
    return _out(ctx, Change("items.transfer"), item, posting, args.even_so, words, to_place)


def _out(
    ctx: Context,
    change: Change,
    item: Item,
    posting: Posting,
    even_so: bool | None,
    words: str,
    into: int | None = None,
) -> Change:
    """Book what leaves a place; of too few it says where else some is."""
    ledger = Ledger(ctx, change)
    try:
        if into is not None:
            booked = ledger.transfer(posting, into)
        else:
            booked = [ledger.post(posting)] if posting.use_by else ledger.take_out(posting)
    except Refused as error:
        elsewhere = where(ctx, item, posting.place)
        raise Refused(f"{error} There is {elsewhere}." if elsewhere else str(error), error.fields) from None
    refuse_absurd(item, posting.quantity, even_so)
    passed = sorted({one.use_by for one in booked if one.use_by and one.use_by < ctx.today and one.quantity < 0})
    old = f" Its use-by date has passed: {passed[0]:%Y-%m-%d}." if passed and posting.why is Why.TAKE else ""
    ledger.close()
    after = ledger.get(Item, item.id)
    left = f"{after.at(posting.place):,} left in {place_name(ctx, posting.place)}"
    change.said = f"{many(item, posting.quantity)} {words}; {left}.{old}{_low(item, after)}"
    return change


# --- in ---------------------------------------------------------------------------------------------------------------


def give_back(ctx: Context, item: Item, args: GiveBack) -> Change:
    """Bring back what was not used."""
    to, place = target(ctx, args.to), into_place(ctx, item, args.place)
    use_by = args.use_by or (_taken_under(ctx, item, to) if item.by_date else None)
    posting = _posting(item, Why.RETURN, place, args.quantity, to)
    return _in(ctx, "give_back", item, replace(posting, note=args.note, use_by=use_by), args.even_so, "brought back")


def receive(ctx: Context, item: Item, args: CameIn) -> Change:
    """Take in what came without an order, by units or by packs."""
    quantity = _received(item, args)
    if args.use_by is not None and args.use_by < ctx.today and not args.even_so:
        passed = {"use_by": "This has passed.", "even_so": "y books it all the same."}
        raise Refused(f"{item.name}: this use-by date has passed. If it is so: y in Even so books it.", passed)
    posting = _posting(item, Why.RECEIVE, into_place(ctx, item, args.place), quantity)
    posting = replace(posting, note=args.note, use_by=args.use_by, cost=args.price)
    return _in(ctx, "receive", item, posting, args.even_so, "came in")


def _received(item: Item, args: CameIn) -> int:
    """Return how many base units came.

    Raises:
        Refused: it is not said how many, or twice.
    """
    if (args.quantity is None) == (args.packs is None):
        words = "Either units or packs, please." if args.packs else "How many?"
        raise Refused(f"{item.name}: {words}", {"quantity": words})
    if args.packs is None:
        return args.quantity or 0
    if item.pack_size == 1 and not item.pack_unit:
        raise Refused(f"{item.name} has no packs: say how many units.", {"packs": "It has no packs."})
    return args.packs * item.pack_size


def _in(ctx: Context, verb: str, item: Item, posting: Posting, even_so: bool | None, words: str) -> Change:
    """Book what comes into a place."""
    refuse_absurd(item, posting.quantity, even_so)
    _refuse_undated(item, posting)
    change = Change(f"items.{verb}")
    ledger = Ledger(ctx, change)
    ledger.post(posting)
    ledger.close()
    here = f"{ledger.get(Item, item.id).at(posting.place):,} in {place_name(ctx, posting.place)}"
    change.said = f"{many(item, posting.quantity)} {words}; {here} now."
    return change


def _refuse_undated(item: Item, posting: Posting) -> None:
    """Refuse a date of what is not kept by date, and none of what is."""
    if item.by_date and posting.use_by is None:
        raise Refused(f"{item.name}: until when is it to be used?", {"use_by": "This is needed."})
    if posting.use_by is not None and not item.by_date:
        words = "It is not kept by date: e and Use-by date change that."
        raise Refused(f"{item.name}: {words}", {"use_by": words})


def _taken_under(ctx: Context, item: Item, to: Target) -> date | None:
    """Return the use-by date under which somebody took of an item last."""
    whose = {"person": to.person} if to.person else {"by": ctx.by}
    taken = ctx.data.find(Movement, item=item.id, why=Why.TAKE.value, **whose)
    return max(taken, key=lambda one: one.id).use_by if taken else None


# --- as it is ---------------------------------------------------------------------------------------------------------


def count(ctx: Context, item: Item, args: CountHere) -> Change:
    """Say what is there; the difference to what is booked is booked, and when it was counted is known."""
    place = into_place(ctx, item, args.place)
    of_date = [one for one in item.stock if one.place == place and (args.use_by is None or one.use_by == args.use_by)]
    more = args.quantity - sum(one.quantity for one in of_date)
    if args.quantity:
        refuse_absurd(item, more, args.even_so)
    change = Change("items.count")
    ledger = Ledger(ctx, change)
    posting = replace(_posting(item, Why.COUNT, place, more), note=args.note, use_by=args.use_by)
    if not args.quantity:
        for level in sorted(of_date, key=lambda one: one.quantity):
            ledger.post(replace(posting, quantity=-level.quantity, use_by=level.use_by))
    elif more < 0:
        ledger.take_out(posting) if args.use_by is None else ledger.post(posting)
    elif more > 0:
        ledger.post(_dated(item, posting, [one.use_by for one in of_date if one.use_by]))
    ledger.set(ledger.get(Item, item.id), counted_at=ctx.now)
    ledger.close()
    words = f"{abs(more):,} {'more' if more > 0 else 'fewer'} than booked" if more else "as booked"
    low = _low(item, ledger.get(Item, item.id))
    change.said = f"{item.name} is counted: {args.quantity:,} in {place_name(ctx, place)}, {words}.{low}"
    return change


def _dated(item: Item, posting: Posting, dates: list[date]) -> Posting:
    """Return a posting of what was found with its use-by date: the only one there is in its place, if it has none."""
    if item.by_date and posting.use_by is None and len(dates) == 1:
        posting = replace(posting, use_by=dates[0])
    _refuse_undated(item, posting)
    return posting


def correct(ctx: Context, item: Item, args: Correct) -> Change:
    """Book that there are more or fewer than is booked, and why."""
    if not args.quantity:
        raise Refused(f"{item.name}: by how many?", {"quantity": "Such as 3, or -3 if they are missing."})
    refuse_absurd(item, args.quantity, args.even_so)
    find = into_place if args.quantity > 0 else from_place
    place = find(ctx, item, args.place)
    change = Change("items.correct")
    ledger = Ledger(ctx, change)
    posting = replace(_posting(item, Why.CORRECT, place, args.quantity), note=args.reason, use_by=args.use_by)
    if args.quantity > 0:
        ledger.post(_dated(item, posting, [one.use_by for one in item.stock if one.place == place and one.use_by]))
    else:
        ledger.take_out(posting) if args.use_by is None else ledger.post(posting)
    ledger.close()
    after = ledger.get(Item, item.id)
    here = f"{after.at(place):,} in {place_name(ctx, place)}"
    change.said = f"{item.name} is corrected by {args.quantity:+,}; {here} now.{_low(item, after)}"
    return change


# --- in common --------------------------------------------------------------------------------------------------------


def _posting(item: Item, why: Why, place: int, quantity: int, to: Target | None = None) -> Posting:
    to = to or Target()
    return Posting(
        item=item.id,
        place=place,
        quantity=quantity,
        why=why,
        person=to.person,
        to_place=to.to_place,
        about=to.about,
        label=to.label,
    )


def _low(before: Item, after: Item) -> str:
    """Return the hint that something is to be ordered now, where this is what made it so."""
    return f" Order now: it is below {after.order_below:,}." if is_low(after) and not is_low(before) else ""
