"""Licences and subscriptions: filed, renewed, cancelled; their owner is told in time, and time ends or renews them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Final

from pydantic import Field

from botui.models import calendar
from botui.models.base import Arguments, Between, Change, Line, Refused, Ui, Waiting, and_more
from botui.models.equipment import agreements
from botui.models.equipment.agreements import Cancel, ends, following, pressing, seen_to
from botui.models.equipment.licence import Licence, Seat, State
from botui.models.office import Context, Money, Party

_FOLLOWS: Final = frozenset(
    {"state", "used", "cancel_by", "noticed", "seen_at", "renewed_at", "cancelled_at", "terms", "until", "reason"}
)
"""What verbs and time move, and filing and editing leave."""
_FILED: Final = frozenset({"created_at", "imported"})
_DATES: Final = frozenset({"renews_on", "notice_days", "per"})
"""Fields with which its notices begin anew."""


class Renew(Arguments):
    """Until when, for how much, and for how many."""

    until: Annotated[date | None, Ui(label="Until", help="Its last day; empty = one term more.")] = None
    cost: Annotated[Money | None, Ui(label="Cost", help="From now on; empty = as before.")] = None
    seats: Annotated[
        int | None, Field(ge=1, le=1_000_000), Ui(label="Seats", help="From now on; empty = as before.")
    ] = None
    note: Annotated[Line, Ui(label="Note", help="It stands in the history.")] = ""


# --- filing -----------------------------------------------------------------------------------------------------------


def create(ctx: Context, licence: Licence) -> Change:
    """File a licence; one that renews by itself stands in the term of today.

    Raises:
        Refused: its dates do not go together, or who is named is not there any more.
    """
    _refuse_unfit(ctx, licence, ("owner", "vendor"))
    typed = {name: getattr(licence, name) for name in Licence.model_fields if name not in _FOLLOWS}
    new = Licence(**typed | {"created_at": ctx.now})
    new = new.model_copy(update=following(ctx, new) | {"terms": (), "renewed_at": None})
    return Change("licences.add", f"{new.ref} is filed: {new.name}{ends(ctx, new)}.").add(new)


def revise(ctx: Context, before: Licence, after: Licence) -> Change:
    """Change a licence; by other dates its owner is told anew.

    Raises:
        Refused: as when it is filed, or fewer seats than are given.
    """
    changed = {name for name in Licence.model_fields if getattr(before, name) != getattr(after, name)}
    changed -= _FOLLOWS | _FILED
    _refuse_unfit(ctx, after, changed)
    _refuse_too_few(before, after.seats)
    values = {name: getattr(after, name) for name in changed}
    if changed & _DATES:
        values |= {"noticed": None, "seen_at": None}
    new = before.model_copy(update=values)
    values |= following(ctx, new)
    new = before.model_copy(update=values)
    change = Change("licences.edit", f"{new.name} is changed{ends(ctx, new)}.")
    for seat in ctx.data.find(Seat, licence=before.id, back_at=None) if "name" in changed else ():
        change.set(seat, what=new.name)
    return change.set(before, **values)


def refuse_fixed(_: Context, licence: Licence, values: Mapping[str, Any]) -> None:
    """Do nothing unless fewer seats would be left, by an edit that is taken back, than are given.

    Raises:
        Refused: they would.
    """
    if "seats" in values and "used" not in values:
        _refuse_too_few(licence, values["seats"])


def _refuse_too_few(licence: Licence, seats: int | None) -> None:
    if seats is not None and seats < licence.used:
        said = f"{licence.used:,} seats of {licence.name} are given: take some back first (R)."
        raise Refused(said, {"seats": f"At least {licence.used:,}."})


def _refuse_unfit(ctx: Context, licence: Licence, names: Collection[str]) -> None:
    agreements.refuse_unfit(ctx, licence, names)
    vendor = ctx.data.get(Party, licence.vendor) if licence.vendor and "vendor" in names else None
    if vendor is not None and not vendor.active:
        raise Refused(f"{vendor.name} is not in use any more.", {"vendor": "Somebody else, please."})


# --- verbs ------------------------------------------------------------------------------------------------------------


def renew(ctx: Context, licence: Licence, args: Renew) -> Change:
    """Renew it, for one term or until a day; its owner is told of the new end in time.

    Raises:
        Refused: the day is not after the end it has, or there are fewer seats than are given.
    """
    if args.seats is not None:
        _refuse_too_few(licence, args.seats)
    seats = licence.seats if args.seats is None else args.seats
    change = Change("licences.renew", note=args.note)
    return agreements.renew(ctx, change, licence, args.until, args.cost, seats=seats)


def cancel(ctx: Context, licence: Licence, args: Cancel) -> Change:
    """Cancel it; it can be used until the end of what is paid. Its seats stay given until they are taken back.

    Raises:
        Refused: it is too late for this term, which says until when it is paid.
    """
    change, until = agreements.cancel(ctx, Change("licences.cancel", note=args.reason), licence, args)
    usable = "could be used" if until < ctx.today else "can be used"
    seats = f" {licence.used:,} of its seats are still given." if licence.used else ""
    change.said = f"{licence.name} is cancelled; it {usable} until {calendar.day_words(until, ctx.today)}.{seats}"
    return change


def reopen(ctx: Context, licence: Licence, _: object) -> Change:
    """Take a cancelled one up again; where it renews by itself, it is in the term of today."""
    return agreements.reopen(ctx, Change("licences.reopen"), licence)


# --- time -------------------------------------------------------------------------------------------------------------


def due(ctx: Context) -> Iterator[Change]:
    """Return what time does with licences: notices, terms that begin by themselves, ends."""
    return agreements.due(ctx, Licence)


# --- on a person's desk -----------------------------------------------------------------------------------------------


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield what ends or renews, until its owner has seen it, and what ended with seats that are still given.

    Of what nobody sees to clerks have the most pressing.
    """
    told = agreements.told(ctx, Licence)
    given = ctx.data.find(Licence, state=State.CANCELLED.value, used=Between(low=1))
    told += [one for one in given if one.until is not None and one.until < ctx.today]
    told.sort(key=lambda one: (pressing(one), one.id))
    yield from (_waits(ctx, one) for one in told if one.owner == ctx.by)
    if "clerk" in ctx.roles:
        nobodys = [one for one in told if not seen_to(ctx, one)]
        yield from (_waits(ctx, one, and_more(nobodys)) for one in nobodys[:1])


def _waits(ctx: Context, licence: Licence, others: str = "") -> Waiting:
    over = licence.state is State.CANCELLED
    why = f"is over: take its seats back ({licence.used:,})" if over else ends(ctx, licence).removeprefix(", ")
    return Waiting(
        collection="licences",
        number=licence.id,
        what=licence.name,
        why=f"{why}{others}",
        due=ctx.end_of(pressing(licence)),
        verb="give_back" if over else "acknowledge" if licence.auto_renew else "renew",
    )
