"""Requests: somebody asks the store room for something, a clerk decides, and it is handed out, at once or by and by."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Annotated, Any, Final

from pydantic import Field

from botui.models import calendar
from botui.models.base import Arguments, Between, Change, Line, Refused, Ui
from botui.models.office import Context, Person
from botui.models.supplies.item import Item, Quantity, Why, many
from botui.models.supplies.ledger import Ledger, Posting
from botui.models.supplies.moving import refuse_absurd
from botui.models.supplies.order import COMING, Order, OrderLine
from botui.models.supplies.request import Request, State
from botui.models.supplies.sentences import items_of

_PROMISED: Final = frozenset({"item", "what", "quantity", "person"})
"""Fields on which a decision stands."""
_NAMED: Final = 3
"""Items that a question names; of the others it says how many."""
_TYPED: Final = ("item", "what", "quantity", "person", "place", "needed_by", "note")


class Accept(Arguments):
    """What of it is approved."""

    quantity: Annotated[Quantity | None, Ui(label="Quantity", help="Empty = as many as asked for.")] = None
    item: Annotated[
        int | None, Ui(label="Item", ref="items", help="Which of ours it is, where only a word was written.")
    ] = None


class Reject(Arguments):
    """Why not."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Why not", help="Whoever asked sees it.")]


class CancelRequest(Arguments):
    """Why it is not wanted any more."""

    reason: Annotated[Line, Ui(label="Why")] = ""


class HandOut(Arguments):
    """What is handed out."""

    quantity: Annotated[Quantity | None, Ui(label="Quantity", help="Empty = all that is left of it and here.")] = None
    place: Annotated[int | None, Ui(label="From", ref="places", help="Empty = where it lies.")] = None


# --- asking -----------------------------------------------------------------------------------------------------------


def create(ctx: Context, request: Request) -> Change:
    """File a request; it is for whoever files it, where nobody else is named.

    Raises:
        Refused: it says neither what nor for whom, or asks for something absurd.
    """
    typed: dict[str, Any] = {name: getattr(request, name) for name in _TYPED}
    new = Request(id=request.id, **typed | {"person": request.person or ctx.by}, created_at=ctx.now, created_by=ctx.by)
    _refuse_unfit(ctx, new, even_so=bool(request.even_so))
    if new.item is None and not request.even_so:
        _refuse_unclear(ctx, new.what)
    return Change("requests.add", f"{new.ref} is asked for: {words(ctx, new)}.").add(new)


def revise(ctx: Context, before: Request, after: Request) -> Change:
    """Change a request that nobody has decided yet.

    Raises:
        Refused: it is decided, somebody else's, or asks for something absurd.
    """
    if before.state is not State.ASKED:
        raise Refused(f"{before.ref} is {before.state.label}: cancel it (C) and ask anew.")
    if ctx.by not in (before.person, before.created_by) and not ctx.roles & {"clerk", "system"}:
        raise Refused(f"Only {ctx.person(before.person)} or a clerk may change it.")
    typed: dict[str, Any] = {name: getattr(after, name) for name in _TYPED}
    new = before.model_copy(update=typed | {"person": after.person or before.person})
    changed = any(getattr(new, name) != getattr(before, name) for name in ("item", "quantity"))
    _refuse_unfit(ctx, new, even_so=bool(after.even_so) or not changed, day=new.needed_by != before.needed_by)
    values = {name: getattr(new, name) for name in _TYPED}
    return Change("requests.edit", f"{before.ref} is changed: {words(ctx, new)}.").set(before, **values)


def refuse_fixed(ctx: Context, request: Request, names: Collection[str]) -> None:
    """Do nothing unless what was promised is changed, or taken back, after somebody decided it.

    Raises:
        Refused: it is.
    """
    if request.state is not State.ASKED and "state" not in names and _PROMISED.intersection(names):
        raise Refused(f"{request.ref} is {request.state.label}: what was decided stays as it is.")


def _refuse_unclear(ctx: Context, what: str) -> None:
    """Do nothing unless words may mean several items: who asks knows which, whoever hands it out does not.

    Raises:
        Refused: they may; the sentence names a few of them.
    """
    kept = {one.id: one for one in ctx.data.find(Item) if one.active}
    found = items_of(what.split(), kept.values())
    if len(found) > 1:
        names = sorted(kept[one].name for one in found)
        more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        said = f"Which one: {'; '.join(names[:_NAMED])}{more}?"
        raise Refused(said, {"item": "F4 chooses one.", "even_so": "y = none of them."})


def _refuse_unfit(ctx: Context, request: Request, *, even_so: bool, day: bool = True) -> None:
    item = ctx.data.get(Item, request.item) if request.item else None
    if request.item and (item is None or not item.active):
        said = f"{item.name} is not in use any more." if item else "There is no such item."
        raise Refused(said, {"item": "Something that is in use, please; or say at What what it is."})
    if item is None and not request.what:
        raise Refused("What is it? Choose an item, or say what it is.", {"item": "This or What is needed."})
    person = ctx.data.get(Person, request.person) if request.person else None
    if person is None or not person.active:
        raise Refused("For whom is it?", {"person": "Somebody who works here, please."})
    if day and request.needed_by is not None and request.needed_by < ctx.today:
        raise Refused("That day has passed.", {"needed_by": "This day has passed."})
    if item is not None:
        refuse_absurd(item, request.quantity, even_so)


def words(ctx: Context, request: Request) -> str:
    """Return how many of what a request asks for: ``3 x Pen, blue``."""
    item = ctx.data.get(Item, request.item) if request.item else None
    return many(item, request.quantity) if item else f"{request.quantity:,} x {request.what}"


# --- deciding ---------------------------------------------------------------------------------------------------------


def own_request(ctx: Context, request: Request) -> str | None:
    """Guard of accept: nobody approves their own request."""
    return "Nobody approves their own request: a colleague does." if request.person == ctx.by else None


def accept(ctx: Context, request: Request, args: Accept) -> Change:
    """Promise it: it counts as gone when it is reckoned what to order. More than is here may be promised.

    Raises:
        Refused: the item that it is taken for is not in use, or more is approved than was asked for.
    """
    quantity = args.quantity or request.quantity
    if quantity > request.quantity:
        raise Refused("That is more than was asked for.", {"quantity": f"{request.quantity:,} at most."})
    number = args.item or request.item
    item = ctx.data.get(Item, number) if number else None
    if item is not None and not item.active:
        raise Refused(f"{item.name} is not in use any more: say which item it is instead.", {"item": "Another one."})
    change = Change("requests.accept")
    ledger = Ledger(ctx, change)
    source = _source(item, quantity) if item else None
    new = ledger.set(
        request,
        item=number,
        quantity=quantity,
        state=State.APPROVED,
        source=source,
        decided_by=ctx.by,
        decided_at=ctx.now,
    )
    change = ledger.close()
    change.said = f"{request.ref} is approved: {words(ctx, new)}{_here(ctx, item, quantity) if item else ''}."
    return change


def _here(ctx: Context, item: Item, quantity: int) -> str:
    """Return how much of what is promised is here, after what others were promised before, and what is to come."""
    here = min(max(item.on_hand - item.reserved, 0), quantity)
    if here == quantity:
        return ""
    return f", {here:,} here, {quantity - here:,} to come: {coming(ctx, item)}"


def coming(ctx: Context, item: Item, *, named: bool = True) -> str:
    """Return in words what is on order of an item, and when the first of it should be here.

    Args:
        ctx: what may be known.
        item: the item.
        named: by which order, which is for those who order.
    """
    lines = ctx.data.find(OrderLine, item=item.id, to_come=Between(low=1))
    orders = (ctx.data.get(Order, line.order) for line in lines)
    found = sorted(
        (one for one in orders if one is not None and one.state in COMING),
        key=lambda one: (one.expected or date.max, one.id),
    )
    if not found:
        return "nothing is on order"
    day = f", expected {calendar.day_words(found[0].expected, ctx.today)}" if found[0].expected else ""
    return f"{item.on_order:,} on order{day}{f' ({found[0].ref})' if named else ''}"


def handed_in_part(ctx: Context, request: Request) -> str | None:
    """Guard of reject: what is handed out in part is not refused any more."""
    return "Part of it is handed out: cancel the rest (C)." if request.handed else None


def reject(ctx: Context, request: Request, args: Reject) -> Change:
    """Say no, and why; what was promised is free again."""
    change = Change("requests.reject", f"{request.ref} is refused: {args.reason}", note=args.reason)
    return _end(ctx, change, request, state=State.REFUSED, reason=args.reason, decided_by=ctx.by, decided_at=ctx.now)


def cancel(ctx: Context, request: Request, args: CancelRequest) -> Change:
    """Take a request off; what was promised is free again, and what was handed out stays so."""
    rest = f" {request.handed:,} of {request.quantity:,} were handed out." if request.handed else ""
    change = Change("requests.cancel", f"{request.ref} is cancelled.{rest}", note=args.reason)
    return _end(ctx, change, request, state=State.CANCELLED, reason=args.reason)


def _end(ctx: Context, change: Change, request: Request, **values: Any) -> Change:
    ledger = Ledger(ctx, change)
    ledger.set(request, **values)
    return ledger.close()


# --- handing out ------------------------------------------------------------------------------------------------------


def hand_out(ctx: Context, request: Request, args: HandOut) -> Change:
    """Hand out what was promised; what is not here yet stays open.

    Raises:
        Refused: there is nothing to hand out, which says what is on order; or it is more than is left of it.
    """
    item = ctx.data.get(Item, request.item) if request.item else None
    if item is None:
        return _not_kept(request, args)
    if args.quantity and args.quantity > request.left:
        raise Refused(f"Only {request.left:,} of {request.ref} are left.", {"quantity": f"{request.left:,} at most."})
    if item.on_hand <= 0 and not ctx.settings.below_zero:
        raise Refused(f"{item.name}: nothing is left; {coming(ctx, item)}.")
    place = args.place or _source(item, request.left) or 0
    there = request.left if ctx.settings.below_zero else item.at(place)
    quantity = args.quantity or max(min(request.left, there), 1)
    change = Change("requests.hand_out")
    ledger = Ledger(ctx, change)
    ledger.take_out(
        Posting(
            item=item.id,
            place=place,
            quantity=-quantity,
            why=Why.TAKE,
            person=request.person,
            to_place=request.place,
            request=request.id,
        )
    )
    now = ledger.get(Request, request.id)
    if now.left:
        ledger.set(now, source=_source(ledger.get(Item, item.id), now.left))
    change = ledger.close()
    after = ledger.get(Item, item.id)
    more = "left to hand out" if after.on_hand > 0 else f"still to come: {coming(ctx, after)}"
    rest = f", {now.left:,} {more}" if now.left else ""
    change.said = f"{request.ref}: {many(item, quantity)} for {ctx.person(request.person)} handed out{rest}."
    return change


def _not_kept(request: Request, args: HandOut) -> Change:
    """Hand out what is no item of ours: nothing of it is counted, so that it is all or nothing."""
    if args.quantity not in (None, request.quantity):
        said = "It is nothing that we keep, so that no part of it is counted: hand out all of it."
        raise Refused(said, {"quantity": "Empty, please."})
    change = Change("requests.hand_out", f"{request.ref}: {request.quantity:,} x {request.what} handed out.")
    return change.set(request, state=State.HANDED)


def _source(item: Item, quantity: int) -> int | None:
    """Return the place to take so many from: the usual one if enough is there, else where most is."""
    if item.place is not None and item.at(item.place) >= quantity:
        return item.place
    places = {level.place for level in item.stock}
    return max(places, key=lambda place: (item.at(place), place == item.place, -place), default=item.place)
