"""Stocktakes while things are counted: what is to be counted, what was counted, what is counted again.

A count is blind: what should be there is written into it only when counting is over (``differences``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Annotated, Final

from pydantic import Field

from botui.models.base import Arguments, Change, Line, Refused, Ui, fold, plural
from botui.models.office import Context, Place
from botui.models.supplies.item import Amount, Item, Movement
from botui.models.supplies.stocktake import OPEN, Count, State, Stocktake

COUNTS_MAX: Final = 2_000
"""Counts in one stocktake at most: a day's work for several people, and one line of the journal."""
_OFFERED: Final = 12
"""Categories that a refusal names as those that there are."""
_NAMED: Final = 3
"""Things that a sentence names; of the others it says how many."""

Spot = tuple[int, int]
"""Number of an item, and of a place where it lies."""


class HowMany(Arguments):
    """What is there."""

    counted: Annotated[Amount, Ui(label="Counted", help="How many units are there; 0 = none.")]
    note: Annotated[Line, Ui(label="Note", help="Such as: 2 broken.")] = ""


class CancelStocktake(Arguments):
    """Why it is given up."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Why")]


# --- the list of what is counted --------------------------------------------------------------------------------------


def create(ctx: Context, stocktake: Stocktake) -> Change:
    """Begin a stocktake with a count for each item and place in it, in the order in which one walks.

    Raises:
        Refused: nothing is to be counted, or too much.
    """
    new = Stocktake(
        id=stocktake.id,
        name=stocktake.name,
        places=stocktake.places,
        categories=stocktake.categories,
        note=stocktake.note,
        created_at=ctx.now,
        created_by=ctx.by,
    )
    found = _spots(ctx, new)
    taken = {spot: ref for spot, ref in _being_counted(ctx).items() if spot in found}
    wanted = [spot for spot in found if spot not in taken]
    if not wanted:
        raise Refused(_nothing(new, taken.values()), {"places": "Nothing is to be counted there."})
    if len(wanted) > COUNTS_MAX:
        said = f"That is {len(wanted):,} counts; {COUNTS_MAX:,} at most: name places or categories."
        raise Refused(said, {"places": "These are too many counts."})
    left = f" {len(taken):,} left out: {_elsewhere(taken.values())}." if taken else ""
    many = plural(len(wanted), "count")
    change = Change("stocktakes.add", f"{new.ref} {new.name} is begun: {many}.{left}").add(new)
    for item, place in wanted:
        change.add(Count(id=ctx.data.new_id(Count), stocktake=new.id, item=item, place=place))
    return change


def _spots(ctx: Context, stocktake: Stocktake) -> list[Spot]:
    """Return what is to be counted where: what lies somewhere, and what should lie at its usual place."""
    places = inside(ctx, stocktake.places) if stocktake.places else None
    categories = {fold(one) for one in stocktake.categories}
    every = ctx.data.find(Item)
    known = {fold(one.category): one.category for one in every if one.category}
    if unknown := [one for one in stocktake.categories if fold(one) not in known]:
        there = f"; there is: {', '.join(sorted(known.values(), key=fold)[:_OFFERED])}" if known else ""
        raise Refused(f"Nothing is of {', '.join(unknown)}{there}.", {"categories": "No item is of these."})
    items = [one for one in every if not categories or fold(one.category) in categories]
    found = {(item.id, place) for item in items for place in _lies(item) if places is None or place in places}
    names = {item.id: fold(item.name) for item in items}
    rooms = {one.id: fold(one.name) for one in ctx.data.find(Place)}
    return sorted(found, key=lambda spot: (rooms.get(spot[1], ""), spot[1], names[spot[0]], spot[0]))


def _lies(item: Item) -> set[int]:
    usual = {item.place} if item.active and item.place else set()
    return usual | {level.place for level in item.stock}


def inside(ctx: Context, places: Iterable[int]) -> set[int]:
    """Return these places and all that are part of them."""
    found: set[int] = set()
    look = [*places]
    while look:
        if (place := look.pop()) not in found:
            found.add(place)
            look += (one.id for one in ctx.data.find(Place, within=place))
    return found


def _being_counted(ctx: Context) -> dict[Spot, str]:
    """Return what is in a stocktake that is not over, each with its reference."""
    found: dict[Spot, str] = {}
    for state in OPEN:
        for one in ctx.data.find(Stocktake, state=state.value):
            found |= {(count.item, count.place): one.ref for count in ctx.data.find(Count, stocktake=one.id)}
    return found


def _nothing(stocktake: Stocktake, taken: Collection[str]) -> str:
    if taken:
        return f"All of it is {_elsewhere(taken)} already."
    where = "in these places" if stocktake.places else "in stock"
    return f"There is nothing {where}{' of these categories' if stocktake.categories else ''} to count."


def _elsewhere(taken: Iterable[str]) -> str:
    return f"being counted in {', '.join(dict.fromkeys(taken))}"


def revise(ctx: Context, before: Stocktake, after: Stocktake) -> Change:
    """Change name or note; what is counted was settled when it began.

    Raises:
        Refused: places or categories are changed, or it is over.
    """
    if before.state not in OPEN:
        raise Refused(f"{before.ref} is {before.state.label}.")
    names = ("places", "categories")
    if wrong := {name for name in names if getattr(after, name) != getattr(before, name)}:
        said = "What is counted was settled when it began: begin another one, or add single items (n)."
        raise Refused(said, dict.fromkeys(wrong, "This stays as it is."))
    return Change("stocktakes.edit", f"{before.ref} {after.name} is changed.").set(
        before, name=after.name, note=after.note
    )


def add_found(ctx: Context, count: Count) -> Change:
    """Put an item on the list that was found where it was not expected.

    Raises:
        Refused: counting is over, or it is on this list or another one already.
    """
    stocktake = ctx.data.get(Stocktake, count.stocktake)
    item, place = ctx.data.get(Item, count.item), ctx.data.get(Place, count.place)
    if stocktake is None or stocktake.state is not State.COUNTING:
        state = f"{stocktake.ref} is {stocktake.state.label}" if stocktake else "There is no such stocktake"
        raise Refused(f"{state}: nothing can be added.", {"stocktake": "Nothing is counted in it now."})
    if item is None or place is None:
        missing = "item" if item is None else "place"
        raise Refused(f"There is no such {missing}.", {missing: "There is none of this number."})
    if ref := _being_counted(ctx).get((item.id, place.id)):
        raise Refused(f"{item.name} in {place.name} is on the list of {ref} already.", {"item": "It is on a list."})
    new = Count(id=count.id, stocktake=stocktake.id, item=item.id, place=place.id, note=count.note)
    return Change("counts.add", f"{item.name} in {place.name} is to be counted, too.").add(new)


def revise_count(ctx: Context, before: Count, after: Count) -> Change:
    """Change the note of a count: what is counted where stays as it is."""
    for name in ("stocktake", "item", "place"):
        if getattr(after, name) != getattr(before, name):
            raise Refused("What is counted where stays as it is: add another (n).", {name: "This stays as it is."})
    return Change("counts.edit", f"{before.ref} is changed.").set(before, note=after.note)


# --- counting ---------------------------------------------------------------------------------------------------------


def not_counting(ctx: Context, one: Count) -> str | None:
    """Guard of count: its stocktake is not being counted."""
    stocktake = ctx.data.get(Stocktake, one.stocktake)
    if stocktake is None:
        return "Its stocktake is gone."
    return None if stocktake.state is State.COUNTING else f"{stocktake.ref} is {stocktake.state.label}."


def refuse_fixed(ctx: Context, one: Count, names: Collection[str]) -> None:
    """Do nothing unless a count is changed, or taken back, after counting is over.

    Raises:
        Refused: it is.
    """
    if "counted" in names and (reason := not_counting(ctx, one)):
        raise Refused(f"{reason} Count it again (U).")


def count(ctx: Context, one: Count, args: HowMany) -> Change:
    """Say how many are there; said again, it counts anew."""
    change = Change("counts.count", f"{_name(ctx, one)}: {args.counted:,} counted.")
    # every number below this one was given out before, and none above it: no clock can say that of one second
    upto = max(ctx.data.new_id(Movement) - 1, 0)
    change.set(
        one,
        counted=args.counted,
        recount=False,
        upto=upto,
        note=args.note or one.note,
        counted_by=ctx.by,
        counted_at=ctx.now,
    )
    stocktake = ctx.data.get(Stocktake, one.stocktake)
    if stocktake is not None and ctx.by is not None and ctx.by not in stocktake.counters:
        change.set(stocktake, counters=(*stocktake.counters, ctx.by))
    return change


def cannot_recount(ctx: Context, one: Count) -> str | None:
    """Guard of recount: it was not counted yet, or its stocktake is over."""
    stocktake = ctx.data.get(Stocktake, one.stocktake)
    if stocktake is None or stocktake.state not in OPEN:
        return f"{stocktake.ref} is {stocktake.state.label}." if stocktake else "Its stocktake is gone."
    return "It is to be counted again already." if one.recount else "It is not counted yet." if is_left(one) else None


def recount(ctx: Context, one: Count, _: object) -> Change:
    """Have it counted again; where counting was over, it goes on."""
    change = Change("counts.recount", f"{_name(ctx, one)} is to be counted again.")
    stocktake = ctx.data.get(Stocktake, one.stocktake)
    if stocktake is not None and stocktake.state is State.TO_APPROVE:
        back_to_counting(ctx, change, stocktake)
    return mark_again(change, one)


def mark_again(change: Change, one: Count) -> Change:
    """Let a count be to be counted again; what was counted stays as its first count."""
    return change.set(one, first=one.counted, recount=True, counted=None, upto=None, counted_by=None, counted_at=None)


def back_to_counting(ctx: Context, change: Change, stocktake: Stocktake) -> Change:
    """Let counting go on: what should be there is hidden again."""
    for one in ctx.data.find(Count, stocktake=stocktake.id):
        change.set(one, expected=None)
    return change.set(stocktake, state=State.COUNTING)


def cancel(ctx: Context, stocktake: Stocktake, args: CancelStocktake) -> Change:
    """Give it up: nothing is booked, and what was counted stays to be read."""
    change = Change("stocktakes.cancel", f"{stocktake.ref} is cancelled: nothing is booked.", note=args.reason)
    return change.set(stocktake, state=State.CANCELLED, reason=args.reason)


def is_left(one: Count) -> bool:
    """Return whether it is still to be counted."""
    return one.counted is None


def names_of(ctx: Context, counts: Collection[Count]) -> str:
    """Return what counts are of, for a sentence: a few by name, of the others how many."""
    named = ", ".join(_name(ctx, one) for one in [*counts][:_NAMED])
    return f"{named} and {len(counts) - _NAMED:,} more" if len(counts) > _NAMED else named


def _name(ctx: Context, one: Count) -> str:
    item, place = ctx.data.get(Item, one.item), ctx.data.get(Place, one.place)
    return f"{item.name if item else one.item} in {place.name if place else one.place}"
