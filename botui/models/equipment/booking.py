"""Bookings of what is shared: nobody else books it for that time, or has it then; when it is fetched, a loan begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final

from botui import areas
from botui.models.base import Arguments, Between, Change, Line, Refused, Ui, When, stamp
from botui.models.equipment.asset import Asset, Category, Fate
from botui.models.equipment.clashes import TAKEN, refuse_clash, span
from botui.models.equipment.handing import HandOutBooked, hand_out_many, not_ready
from botui.models.equipment.loan import Booking, BookingState
from botui.models.equipment.whom import To
from botui.models.office import Context, Person

LATE: Final = timedelta(minutes=15)
"""So long ago a booking may begin: who stands at the desk at five past nine books from nine."""
LONGEST: Final = timedelta(days=92)
"""What takes longer is handed out for as long as it is needed, or it is a slip in a date."""
_FORM: Final = ("asset", "start", "end", "person", "note")


class Book(Arguments):
    """From when until when somebody wants something."""

    start: Annotated[When, Ui(label="From", help="Such as tomorrow 9, fri 14:00.")]
    end: Annotated[When, Ui(label="Until", help="Such as 11:30 of that day, fri 16:00.")]
    person: Annotated[int | None, Ui(label="For", ref="people", help="Empty = for you.")] = None
    note: Annotated[Line, Ui(label="What for")] = ""


# --- why not ----------------------------------------------------------------------------------------------------------


def not_bookable(ctx: Context, asset: Asset) -> str | None:
    """Guard of booking: only what is shared, and there."""
    if asset.fate in (Fate.LOST, Fate.RETIRED):
        return f"It is {asset.fate.label}."
    category = ctx.data.get(Category, asset.category) if asset.category else None
    if category is None or not category.bookable:
        return "It is not shared: only what its category says can be booked is."
    return None


def not_to_hand_out(ctx: Context, booking: Booking) -> str | None:
    """Guard of handing out what was booked."""
    if booking.end <= ctx.now:
        return "Its time is over."
    asset = ctx.data.get(Asset, booking.asset)
    return not_ready(ctx, asset) if asset else "There is no such asset any more."


# --- booked and changed -----------------------------------------------------------------------------------------------


def book(ctx: Context, asset: Asset, args: Book) -> Change:
    """Book an asset for somebody."""
    typed = {name: getattr(args, name) for name in Book.model_fields}
    change = create(ctx, Booking(id=ctx.data.new_id(Booking), asset=asset.id, **typed))
    change.action = "assets.book"
    return change


def create(ctx: Context, booking: Booking) -> Change:
    """File a booking, for whoever files it where nobody is named.

    Raises:
        Refused: it cannot be booked, the time cannot be, or somebody else has or has booked it then.
    """
    new = Booking(
        id=booking.id,
        **{name: getattr(booking, name) for name in _FORM} | {"person": booking.person or ctx.by},
        created_at=ctx.now,
        created_by=ctx.by,
    )
    new = new.model_copy(update={"end": _end(ctx, new)})
    asset = _checked(ctx, new)
    if new.start < ctx.now - LATE:
        raise Refused("That time has passed.", {"start": "This has passed."})
    note = f" It is {asset.status.label} now." if asset.fate or asset.stopped else ""
    whose = f" for {ctx.person(new.person)}" if new.person != ctx.by else ""
    said = f"{asset.called} is booked{whose} {span(ctx, new.start, new.end)}.{note}"
    return Change("bookings.add", said).add(new)


def _end(ctx: Context, booking: Booking) -> datetime:
    """Return the end of a booking; where only an hour was typed, which is today, it is of the day of the beginning."""
    first, last = ctx.settings.local(booking.start), ctx.settings.local(booking.end)
    if booking.end > booking.start or last.date() != ctx.today:
        return booking.end
    return datetime.combine(first.date(), last.time(), ctx.settings.tz).astimezone(UTC)


def revise(ctx: Context, before: Booking, after: Booking) -> Change:
    """Change a booking that was not fetched yet; of others only what is noted.

    Raises:
        Refused: it is handed out or over, or what ``create`` refuses.
    """
    after = after.model_copy(update={"end": _end(ctx, after)})
    changed: dict[str, Any] = {name: value for name, value in after if value != getattr(before, name)}
    if "person" in changed and after.person is None:
        changed["person"] = ctx.by
    if changed.keys() - {"note"}:
        if before.state is not BookingState.BOOKED:
            extend = ": E at the hand-out gives it another day" if before.state is BookingState.OUT else ""
            raise Refused(f"It is {before.state.label}{extend}.")
        _checked(ctx, after)
        if "start" in changed and after.start < ctx.now - LATE:
            raise Refused("That time has passed.", {"start": "This has passed."})
    said = f"{after.ref} is changed: {span(ctx, after.start, after.end)}."
    return Change("bookings.edit", said).set(before, **changed)


def fixed(ctx: Context, booking: Booking, values: Mapping[str, Any]) -> None:
    """Refuse to take something back where a booking would lie over another by now.

    Raises:
        Refused: it would; the sentence says who has booked it.
    """
    merged = {name: value for name, value in {**booking.doc(), **values}.items() if value is not None}
    after = Booking.load(booking.id, merged)
    if after.state in TAKEN and (asset := ctx.data.get(Asset, after.asset)) is not None:
        refuse_clash(ctx, after, asset)


def _checked(ctx: Context, booking: Booking) -> Asset:
    """Return what a booking is of.

    Raises:
        Refused: it cannot be booked, or not for that time.
    """
    asset = ctx.data.get(Asset, booking.asset)
    if asset is None:
        words = f"There is no {areas.ref(Asset.COLLECTION, booking.asset)}."
        raise Refused(words, {"asset": words})
    if reason := not_bookable(ctx, asset):
        raise Refused(f"{asset.called}: {reason}", {"asset": reason})
    person = ctx.data.get(Person, booking.person) if booking.person else None
    if person is not None and not person.active:
        raise Refused(f"{person.name} does not work here any more.", {"person": "This person has left."})
    if booking.end <= booking.start:
        raise Refused("It ends before it begins.", {"end": "This must be after it begins."})
    if booking.end <= ctx.now:
        raise Refused("That time has passed.", {"end": "This has passed."})
    if booking.end - booking.start > LONGEST:
        raise Refused(f"That is longer than {LONGEST.days} days.", {"end": f"{LONGEST.days} days at most."})
    refuse_clash(ctx, booking, asset)
    return asset


# --- fetched, cancelled, over -----------------------------------------------------------------------------------------


def hand_out(ctx: Context, booking: Booking, args: HandOutBooked) -> Change:
    """Hand out what was booked, until the end of its time."""
    asset = ctx.data.get(Asset, booking.asset)
    if asset is None or booking.person is None:
        raise Refused("It is booked for nobody." if asset else "There is no such asset any more.")
    to = To(person=booking.person, words=ctx.person(booking.person))
    change = hand_out_many(ctx, [asset], to, note=args.note or booking.note, booking=booking)
    change.action = "bookings.hand_out"
    return change


def cancel(ctx: Context, booking: Booking, _: object) -> Change:
    """Say that a booking is not needed any more."""
    return Change("bookings.cancel", f"{booking.ref} is cancelled.").set(booking, state=BookingState.CANCELLED)


def due(ctx: Context) -> Iterator[Change]:
    """Yield what time does: a booking that nobody came for is over."""
    passed = Between(high=stamp(ctx.now + timedelta(seconds=1)))
    for one in ctx.data.find(Booking, state=BookingState.BOOKED.value, end=passed):
        said = f"{one.ref} is over: nobody came for it."
        yield Change("bookings.over", said).set(one, state=BookingState.OVER)
