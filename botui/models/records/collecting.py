"""Parcels: taken in, fetched by whom they are for, handed to a carrier, sent back."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import Field

from botui.models import calendar
from botui.models.base import Arguments, Change, Line, Refused, Ui, fold
from botui.models.office import Context, Person
from botui.models.records.parcel import Parcel, State

_FOLLOWS: Final = frozenset(
    {"state", "at", "created_by", "collected_at", "collected_by", "handed_by", "badge", "reason"}
)


class Collect(Arguments):
    """Who fetches it."""

    by: Annotated[int | None, Ui(label="Who fetches it", ref="people", help="Empty = whom it is for.")] = None
    note: Annotated[Line, Ui(label="Note", help="Such as the name of the driver or the visitor.")] = ""


class SendBack(Arguments):
    """Why it goes back to the sender."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Why")]


def create(ctx: Context, parcel: Parcel) -> Change:
    """Take a parcel in, or put one out for its carrier.

    Raises:
        Refused: nobody says for whom it is, or it lies here already.
    """
    typed = {name: getattr(parcel, name) for name in Parcel.model_fields if name not in _FOLLOWS}
    new = Parcel(**typed | {"at": ctx.now, "created_by": ctx.by})
    if not new.came_in and new.person is None and not new.label:
        new = new.model_copy(update={"person": ctx.by})
    _refuse_unfit(ctx, new)
    where = f", on shelf {new.shelf}" if new.shelf else ""
    what = f"is here for {whose(ctx, new)}" if new.came_in else f"waits for {new.carrier or 'its carrier'}"
    return Change("parcels.add", f"{new.ref} {what}{where}.").add(new)


def revise(ctx: Context, before: Parcel, after: Parcel) -> Change:
    """Change what is known of a parcel."""
    if after.direction is not before.direction:
        raise Refused(
            f"{before.ref}: what came in stays in, and what goes out stays out.", {"direction": "This stays."}
        )
    _refuse_unfit(ctx, after, moved=after.person != before.person)
    values = {name: value for name, value in after if value != getattr(before, name)}
    return Change("parcels.edit", f"{before.ref} is changed.").set(before, **values)


def whose(ctx: Context, parcel: Parcel) -> str:
    """Return for whom a parcel is, in words."""
    return ctx.person(parcel.person) if parcel.person else parcel.label


def _refuse_unfit(ctx: Context, parcel: Parcel, *, moved: bool = True) -> None:
    """Refuse a parcel for nobody or for somebody who left, and one that lies here already.

    Raises:
        Refused: the field says so.
    """
    if parcel.person is None and not parcel.label:
        raise Refused("For whom is it?", {"person": "This is needed, or the name on it."})
    person = ctx.data.get(Person, parcel.person) if parcel.person and moved else None
    if person is not None and not person.active:
        words = f"{person.name} does not work here any more: put the name on it at Name, and send it back (R)."
        raise Refused(words, {"person": "This person left."})
    if not parcel.tracking:
        return
    for one in ctx.data.find(Parcel, codes=parcel.tracking):
        if one.id != parcel.id and one.state is State.HERE:
            words = f"{one.ref} has this number, and is here."
            raise Refused(words, {"tracking": words})


# --- fetched, sent back -----------------------------------------------------------------------------------------------


def collect(ctx: Context, parcel: Parcel, args: Collect) -> Change:
    """Say that it was fetched; whoever is no clerk fetches for themselves."""
    return collected(ctx, parcel, args.by, note=args.note)


def collected(ctx: Context, parcel: Parcel, by: int | None, *, note: str = "", badge: bool = False) -> Change:
    """Say that a parcel was fetched.

    Args:
        ctx: what may be known.
        parcel: which.
        by: by whom of the house; None = by whom it is for, or by its carrier.
        note: kept with it.
        badge: they said so with their own badge.

    Raises:
        Refused: somebody says that for another person who may not, or nobody knows who fetched it.
    """
    desk = bool(ctx.roles & {"clerk", "system"})
    who = by or ((parcel.person if desk else ctx.by) if parcel.came_in else None)
    if parcel.came_in and who is None and not note:
        words = f"It is for {parcel.label}: say in a note who fetched it."
        raise Refused(words, {"note": "Who fetched it?"})
    if who is not None and who != ctx.by and not desk:
        raise Refused("A clerk hands it out to somebody else.", {"by": "This is for a clerk to do."})
    fetched = {"collected_at": ctx.now, "collected_by": who, "handed_by": ctx.by, "badge": badge}
    words = f" by {ctx.person(who)}" if who else "" if parcel.came_in else f" by {parcel.carrier or 'its carrier'}"
    change = Change("parcels.hand_out", f"{parcel.ref} is fetched{words}.")
    return change.set(parcel, state=State.COLLECTED, **fetched, note=_with(parcel.note, note))


def send_back(ctx: Context, parcel: Parcel, args: SendBack) -> Change:
    """Send it back to whom it came from."""
    change = Change("parcels.give_back", f"{parcel.ref} goes back{f' to {parcel.sender}' if parcel.sender else ''}.")
    return change.set(parcel, state=State.RETURNED, reason=args.reason, collected_at=ctx.now, handed_by=ctx.by)


def not_in(_: Context, parcel: Parcel) -> str | None:
    """Guard of sending back: what goes out has come from nobody."""
    return None if parcel.came_in else "It goes out: T says that its carrier has it."


def reopen(ctx: Context, parcel: Parcel, _: object) -> Change:
    """Say that it is here again."""
    gone: dict[str, Any] = {"collected_at": None, "collected_by": None, "handed_by": None, "badge": False, "reason": ""}
    return Change("parcels.reopen", f"{parcel.ref} is here again.").set(parcel, state=State.HERE, **gone)


def _with(note: str, more: str) -> str:
    """Return a note with more of it, said once."""
    return note if not more or fold(more) in fold(note) else f"{note}; {more}"[:200] if note else more


def since_words(ctx: Context, parcel: Parcel) -> str:
    """Return since when it lies here, in words."""
    return calendar.day_words(ctx.settings.local(parcel.at).date(), ctx.today) if parcel.at else ""
