"""The accident book: reported by whoever is there, looked into, told to the authority, closed with what is changed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final

from pydantic import Field

from botui.models.base import Arguments, Change, Line, Prose, Refused, Ui, plural
from botui.models.base.text import PROSE_MAX
from botui.models.hr.incident import Incident, IncidentKind, State
from botui.models.office import Context, Person

ACTION: Final = "incidents.report"
"""What a report of somebody who has not signed in is called in the journal."""
_FOLLOWS: Final = frozenset(
    {"state", "owner", "reporter", "caller", "reported_on", "reported_number", "log", "created_at", "closed_at"}
)
_HR: Final = frozenset({"hr", "system"})


class Report(Arguments):
    """An accident or a near miss, of somebody who has not said who they are."""

    what: Annotated[
        Line,
        Field(min_length=1),
        Ui(label="What happened", help="In a few words, such as: slipped on the wet stairs."),
    ]
    kind: Annotated[IncidentKind, Ui(label="Kind", help="accident or near_miss.")] = IncidentKind.ACCIDENT
    place: Annotated[int | None, Ui(label="Where", ref="places")] = None
    name: Annotated[Line, Field(max_length=80), Ui(label="Who was hurt", help="Empty = nobody.")] = ""
    injury: Annotated[Line, Ui(label="Injury", help="Such as: cut in the left hand.")] = ""
    first_aid: Annotated[Line, Ui(label="First aid", help="What was done.")] = ""
    who: Annotated[Line, Field(min_length=1, max_length=80), Ui(label="Your name")]


class Assign(Arguments):
    """Who looks into it."""

    to: Annotated[int | None, Ui(label="Who looks into it", ref="people", help="Empty = you.")] = None


class Note(Arguments):
    """What was found out."""

    text: Annotated[Prose, Field(min_length=1, max_length=2000), Ui(label="Note", rows=4)]


class Close(Arguments):
    """What is changed."""

    measures: Annotated[
        Prose,
        Field(max_length=2000),
        Ui(label="What is changed", rows=3, help="So that it does not happen again; empty = as it stands."),
    ] = ""


class Told(Arguments):
    """When the authority or the insurance was told."""

    on: Annotated[date | None, Ui(label="On", help="Empty = today.")] = None
    number: Annotated[Line, Field(max_length=40), Ui(label="Their number")] = ""


def create(ctx: Context, incident: Incident) -> Change:
    """Write an accident or a near miss down, in the name of whoever is at the desk.

    Raises:
        Refused: it lies ahead.
    """
    typed = {name: getattr(incident, name) for name in Incident.model_fields if name not in _FOLLOWS}
    new = Incident(**typed | {"at": incident.at or ctx.now, "reporter": ctx.by, "created_at": ctx.now})
    _refuse_unfit(ctx, new)
    return Change("incidents.add", f"{new.ref} is written down: HR looks into it.").add(new)


def report(ctx: Context, said: Report) -> Change:
    """Write down what a guest tells, in nobody's name."""
    new = Incident(
        id=ctx.data.new_id(Incident),
        **said.model_dump(exclude={"who"}),
        caller=said.who,
        at=ctx.now,
        created_at=ctx.now,
    )
    return Change(ACTION, f"Thank you: {new.ref} is written down, HR looks into it.").add(new)


def revise(ctx: Context, before: Incident, after: Incident) -> Change:
    """Change what was written down."""
    _refuse_unfit(ctx, after)
    values = {name: value for name, value in after if value != getattr(before, name)}
    return Change("incidents.edit", f"{before.ref} is changed.").set(before, **values)


def _refuse_unfit(ctx: Context, incident: Incident) -> None:
    if incident.at is not None and incident.at > ctx.now:
        raise Refused("It lies ahead: when did it happen?", {"at": "This is later than now."})
    if incident.person is not None and incident.name:
        raise Refused("Who was hurt, a person of the house or a visitor?", {"name": "Leave one of the two empty."})


# --- looked into --------------------------------------------------------------------------------------------------


def assign(ctx: Context, incident: Incident, args: Assign) -> Change:
    """Say who looks into it; they see it from then on.

    Raises:
        Refused: they left, or are whom it hurt.
    """
    to = args.to or ctx.by
    found = ctx.data.get(Person, to) if to else None
    if found is None or not found.active:
        raise Refused("Who looks into it?", {"to": "Somebody who works here, please."})
    if found.id == incident.person:
        raise Refused(f"{found.name} is whom it is about.", {"to": "Somebody else, please."})
    change = Change("incidents.assign", f"{incident.ref}: {found.name} looks into it.")
    return change.set(incident, owner=found.id, state=State.OPEN)


def not_theirs(ctx: Context, incident: Incident) -> str | None:
    """Guard of what is done while it is looked into: somebody else does that."""
    if ctx.roles & _HR or ctx.by == incident.owner:
        return None
    return f"{ctx.person(incident.owner) if incident.owner else 'HR'} looks into it."


def note(ctx: Context, incident: Incident, args: Note) -> Change:
    """Write down what was found out, with the day and who says so.

    Raises:
        Refused: the book has no room for more of it.
    """
    line = f"{ctx.settings.local(ctx.now):%Y-%m-%d %H:%M} {ctx.person(ctx.by)}: {args.text}"
    log = f"{incident.log}\n{line}".strip()
    if len(log) > PROSE_MAX:
        raise Refused("There is no room for more notes here.", {"text": "File a document instead."})
    return Change("incidents.note", f"{incident.ref} has a note.").set(incident, log=log)


def close(ctx: Context, incident: Incident, args: Close) -> Change:
    """Close it with what is changed.

    Raises:
        Refused: nobody said what is changed, or the authority is still to be told.
    """
    measures = args.measures or incident.measures
    if not measures:
        words = "What is changed, so that it does not happen again?"
        raise Refused(words, {"measures": "This is needed, even if it is: nothing, because ..."})
    if incident.must_be_told:
        raise Refused(f"{plural(incident.days_lost, 'day')} were lost: the authority is to be told first (b).")
    change = Change("incidents.resolve", f"{incident.ref} is closed.")
    return change.set(incident, measures=measures, state=State.CLOSED, closed_at=ctx.now)


def reopen(_: Context, incident: Incident, __: object) -> Change:
    """Look into it again."""
    state = State.OPEN if incident.owner else State.NEW
    return Change("incidents.reopen", f"{incident.ref} is open again.").set(incident, state=state, closed_at=None)


def no_accident(_: Context, incident: Incident) -> str | None:
    """Guard of telling the authority: nobody was hurt."""
    return None if incident.kind is IncidentKind.ACCIDENT else "A near miss is told to no authority."


def told(ctx: Context, incident: Incident, args: Told) -> Change:
    """Write down that the authority or the insurance was told.

    Raises:
        Refused: that lies ahead.
    """
    on = args.on or ctx.today
    if on > ctx.today:
        raise Refused("This day lies ahead.", {"on": "This is later than today."})
    values: dict[str, Any] = {"reported_on": on, "reported_number": args.number}
    return Change("incidents.report", f"{incident.ref}: it is written down that the authority was told.").set(
        incident, **values
    )
