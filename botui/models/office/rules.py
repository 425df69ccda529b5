"""The verbs and rules of the office lists: in and out, reminders, people, suppliers, places."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final

from botui import areas
from botui.models import calendar
from botui.models.base import PROSE_MAX, Arguments, Change, Line, Record, Refused, Transition, Ui, When
from botui.models.office.choices import PartyKind, Presence, Role
from botui.models.office.context import Context
from botui.models.office.records import Party, Person, Place, Reminder


class InOut(Arguments):
    """Where somebody is."""

    presence: Annotated[Presence, Ui(label="In or out")]
    back_at: Annotated[When | None, Ui(label="Back at", help="Such as 14:30, tomorrow 9, fri.")] = None


class RemindOn(Arguments):
    """When to be reminded, and of what."""

    on: Annotated[date, Ui(label="Remind me on", help="Such as fri, +3d, 1412.")]
    note: Annotated[Line, Ui(label="Note")] = ""


def in_out(ctx: Context, person: Person, args: InOut) -> Change:
    """Say that somebody is in, out or away, and when they are back."""
    back = None if args.presence is Presence.IN else args.back_at
    if back is not None and back <= ctx.now:
        raise Refused("The time to be back has passed already.", {"back_at": "This has passed."})
    until = f", back {ctx.settings.local(back):%a %H:%M}" if back else ""
    said = f"{person.name} is {args.presence.label}{until}."
    return Change("people.in_out", said).set(person, presence=args.presence, back_at=back)


def sign_out(ctx: Context, person: Person, _: object) -> Change:
    """Sign somebody out at every desk: those that were opened before this moment are left at once."""
    return Change("people.sign_out", f"{person.name} is signed out at every desk.").set(person, signed_out_at=ctx.now)


def not_to_sign_out(ctx: Context, person: Person) -> str | None:
    """Say why somebody cannot be signed out by whoever is at the desk."""
    if person.id == ctx.by or ctx.roles & {"admin", "system"}:
        return None
    return "Only they themselves or an administrator sign somebody out."


def remind(ctx: Context, record: Record, args: RemindOn) -> Change:
    """Put a reminder about any record on the actor's own list."""
    if ctx.by is None:
        raise Refused("Say who you are first: a reminder is for somebody.")
    if args.on < ctx.today:
        raise Refused("That day has passed.", {"on": "This day has passed."})
    reminder = Reminder(id=ctx.data.new_id(Reminder), person=ctx.by, about=record.ref, on=args.on, note=args.note or "")
    words = calendar.day_words(args.on, ctx.today)
    return Change(f"{record.COLLECTION}.remind", f"You are reminded of {record.ref}: {words}.").add(reminder)


def seen(ctx: Context, reminder: Reminder, _: object) -> Change:
    """Tick a reminder off."""
    return Change("reminders.acknowledge", f"Done with {reminder.about}.").set(reminder, done_at=ctx.now)


REMIND: Final = Transition(name="remind", label="Remind me", rule=remind, needs=RemindOn, who="remind", many=False)
"""The verb that every kind may wear."""


def revise_reminder(ctx: Context, before: Reminder, after: Reminder) -> Change:
    """Change a reminder of one's own."""
    if before.person != ctx.by:
        raise Refused("This is somebody else's reminder.")
    return Change("reminders.edit", f"You are reminded of {after.about}.").set(before, **_fields(after))


def make_initials(name: str, taken: frozenset[str]) -> str:
    """Return free initials for a name: ``Mary Ann Lee`` is MAL, then MAL2 and so on."""
    letters = "".join(word[0] for word in name.split() if word[:1].isalnum()).upper()[:3] or "X"
    number, wanted = 1, letters
    while wanted in taken:
        number += 1
        wanted = f"{letters}{number}"
    return wanted


def create_person(ctx: Context, person: Person) -> Change:
    """File a person; initials are unique and made where none are given."""
    taken = frozenset(one.initials.upper() for one in ctx.data.find(Person))
    if person.initials and person.initials.upper() in taken:
        raise Refused(f"The initials {person.initials} are taken.", {"initials": "These are taken."})
    _refuse_numbers(person)
    initials = person.initials or make_initials(person.name, taken)
    return Change("people.add", f"{person.name} ({initials}) is in the directory.").add(
        person.model_copy(update={"initials": initials})
    )


def _refuse_numbers(person: Person) -> None:
    """Refuse initials and codes that are the number of somebody else: who is meant by ``P-5`` must be sure.

    Raises:
        Refused: the field says so.
    """
    for field, codes in (("initials", (person.initials,)), ("codes", person.codes)):
        for code in codes:
            found = areas.parse_ref(code)
            if found and found[0] == person.COLLECTION and found[1] != person.id:
                raise Refused(f"{code} is the number of somebody else.", {field: "This is somebody else's number."})


def _more_than_staff(person: Person) -> bool:
    return any(role is not Role.STAFF for role in person.roles)


def revise_person(ctx: Context, before: Person, after: Person) -> Change:
    """Change a person; initials stay unique. Whoever comes back with roles is brought back by who may give them."""
    if after.initials.upper() != before.initials.upper():
        same = [one for one in ctx.data.find(Person) if one.initials.upper() == after.initials.upper()]
        if not after.initials or any(one.id != before.id for one in same):
            raise Refused(f"The initials '{after.initials}' cannot be used.", {"initials": "These are taken."})
    _refuse_numbers(after)
    if after.active and not before.active and _more_than_staff(after) and not ctx.roles & {"admin", "system"}:
        said = f"{before.name} worked as more than staff: only an administrator brings them back."
        raise Refused(said, {"active": "An administrator, please."})
    if after.stand_in == before.id:
        raise Refused("Nobody stands in for themselves.", {"stand_in": "Somebody else, please."})
    return Change("people.edit", f"{after.name} is changed.").set(before, **_fields(after))


class Checked(Arguments):
    """What came of the yearly check of a supplier."""

    note: Annotated[Line, Ui(label="Note", help="Such as: prices compared, terms agreed anew.")] = ""
    on: Annotated[date | None, Ui(label="Check again on", help="Empty = in a year.")] = None


def no_supplier(ctx: Context, party: Party) -> str | None:
    """Guard of the yearly check: it is for suppliers, and for who has a day for it."""
    if party.kind in (PartyKind.SUPPLIER, PartyKind.BOTH) or party.check_on:
        return None
    return "Only suppliers are checked: e says that this is one."


def checked(ctx: Context, party: Party, args: Checked) -> Change:
    """Say that a supplier was checked; the next check is due in a year."""
    if args.on is not None and args.on <= ctx.today:
        raise Refused("The next check is after today.", {"on": "A day after today, please."})
    due = args.on or _in_a_year(ctx.today)
    done = f"{ctx.today:%Y-%m-%d} checked by {ctx.person(ctx.by)}{f': {args.note}' if args.note else ''}"
    notes = f"{party.notes}\n{done}".strip()
    if len(notes) > PROSE_MAX:
        raise Refused(f"The notes of {party.name} are full: shorten them first (e).", {"note": "No room for this."})
    said = f"{party.name} is checked; again {calendar.day_words(due, ctx.today)}."
    return Change("parties.acknowledge", said, note=args.note).set(party, check_on=due, notes=notes)


def _in_a_year(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return date(day.year + 1, 3, 1)


def _fields(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).model_fields if name != "id"}


def revise_place(ctx: Context, before: Place, after: Place) -> Change:
    """Change a place; a place is never part of itself, however far up."""
    seen_places, above = {before.id}, after.within
    while above is not None:
        if above in seen_places:
            raise Refused("A place cannot be part of itself.", {"within": "This is inside the place itself."})
        seen_places.add(above)
        found = ctx.data.get(Place, above)
        above = found.within if found else None
    return Change("places.edit", f"{after.name} is changed.").set(before, **_fields(after))
