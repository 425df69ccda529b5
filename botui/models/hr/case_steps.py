"""What is done in a case: noted, heard, found, warned; how it ended."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final

from pydantic import Field

from botui.models import calendar
from botui.models.base import Arguments, Change, Prose, Refused, Ui
from botui.models.hr import hr_letter
from botui.models.hr.case import NOTES, Case, Measure, Proceeding, Sort, State
from botui.models.hr.case_filing import refuse_owner
from botui.models.office import Context, Person

WARNED_FOR: Final = 12
"""Calendar months that a warning counts where nobody says: a year, as guides for small firms have it."""
_COUNTS: Final = frozenset({Measure.VERBAL, Measure.WARNING, Measure.FINAL})
"""Measures that count for a while."""


class AssignCase(Arguments):
    """Who looks into it."""

    to: Annotated[int | None, Ui(label="Who looks into it", ref="people", help="Of HR; empty = you.")] = None


class NoteCase(Arguments):
    """What was heard or found, and whether whom it concerns may read it."""

    text: Annotated[Prose, Field(min_length=1, max_length=8000), Ui(label="In words", rows=4)]
    what: Annotated[Measure, Ui(label="What", help="note, hearing or finding.")] = Measure.NOTE
    on: Annotated[date | None, Ui(label="On", help="Empty = today.")] = None
    shown: Annotated[bool, Ui(label="Show them", help="y: whoever's case it is reads it.")] = False


class Warn(Arguments):
    """What is done about somebody, and until when it counts; they see it."""

    text: Annotated[Prose, Field(min_length=1, max_length=8000), Ui(label="In words", rows=4, help="They read it.")]
    what: Annotated[Measure, Ui(label="What", help="talk, spoken or written warning ...")] = Measure.WARNING
    on: Annotated[date | None, Ui(label="On", help="Empty = today.")] = None
    until: Annotated[date | None, Ui(label="Counts until", help="Empty = a year, of a warning.")] = None
    person: Annotated[int | None, Ui(label="Against whom", ref="people", help="Empty = whom it is about.")] = None
    form: Annotated[
        int | None, Ui(label="Letter template", ref="forms", help="Writes the warning; empty = no letter now.")
    ] = None


class Investigated(Arguments):
    """What was found."""

    text: Annotated[Prose, Field(min_length=1, max_length=8000), Ui(label="Found", rows=4, help="HR alone reads it.")]


class HowItEnds(Arguments):
    """How it ended."""

    outcome: Annotated[
        Prose, Field(min_length=1, max_length=2000), Ui(label="How it ended", rows=3, help="Who brought it reads it.")
    ]


def assign(ctx: Context, case: Case, args: AssignCase) -> Change:
    """Say who of HR looks into a case.

    Raises:
        Refused: they do so already, do not work as HR, or it is against them.
    """
    owner = args.to or ctx.by
    if owner == case.owner:
        words = f"{ctx.person(owner)} looks into it already."
        raise Refused(words, {"to": words})
    refuse_owner(ctx, case, owner, "to")
    return Change("cases.assign", f"{ctx.person(owner)} looks into {case.ref}.").set(case, owner=owner)


# --- written down -----------------------------------------------------------------------------------------------------


def note(ctx: Context, case: Case, args: NoteCase) -> Change:
    """Write down what was heard or found.

    Raises:
        Refused: it is a measure, its day has not come, or there is nobody to show it to.
    """
    if args.what not in NOTES:
        words = "This is a measure: W takes it, so that it has a day on which it ends."
        raise Refused(words, {"what": words})
    if args.shown and case.person is None:
        words = "Nobody is named as whose case it is: e says so."
        raise Refused(words, {"shown": words})
    reads = " Whoever's case it is reads it, too." if args.shown else ""
    change = Change("cases.note", f"Your note is at {case.ref}.{reads}")
    return change.add(_step(ctx, case, args.what, args.text, args.on, person=case.person, shown=args.shown))


def _step(
    ctx: Context, case: Case, what: Measure, text: str, on: date | None, *, person: int | None, shown: bool
) -> Proceeding:
    """Return a new step of a case.

    Raises:
        Refused: its day has not come.
    """
    if on is not None and on > ctx.today:
        raise Refused("That day has not come yet.", {"on": "This day has not come yet."})
    return Proceeding(
        id=ctx.data.new_id(Proceeding),
        case=case.id,
        what=what,
        text=text,
        on=on or ctx.today,
        person=person,
        shown=shown,
        at=ctx.now,
        by=ctx.by,
    )


def warn(ctx: Context, case: Case, args: Warn) -> Change:
    """Take a measure against somebody, with a letter if a template is named; they see it.

    Raises:
        Refused: it is a note, against nobody, or it would end before it begins.
    """
    if args.what in NOTES:
        words = "This is no measure: o writes it down."
        raise Refused(words, {"what": words})
    accused = args.person or (case.person if case.sort is Sort.DISCIPLINE else case.against)
    person = ctx.data.get(Person, accused) if accused else None
    if person is None:
        raise Refused("Against whom?", {"person": "This is needed."})
    if person.id == ctx.by:
        raise Refused("Nobody warns themselves.", {"person": "Somebody else, please."})
    step = _step(ctx, case, args.what, args.text, args.on, person=person.id, shown=True)
    step = step.model_copy(update={"until": _until(step, args.until)})
    change = Change("cases.warn")
    said = f"Written down at {case.ref}; whom it is against finds it under HR tasks."
    if args.form is not None:
        letter, words = hr_letter.warning(ctx, change, case, step, args.form)
        step = step.model_copy(update={"letter": letter.id})
        said += f" {words}"
    change.said = said
    return change.add(step)


def _until(step: Proceeding, until: date | None) -> date | None:
    """Return the last day on which a measure counts.

    Raises:
        Refused: it would end before it begins.
    """
    on = step.on or date.min
    if until is not None and until < on:
        raise Refused("It would end before it begins.", {"until": "This is before it begins."})
    return until or (calendar.add_months(on, WARNED_FOR) if step.what in _COUNTS else None)


# --- how far it is ----------------------------------------------------------------------------------------------------


def not_mine_to_judge(ctx: Context, case: Case) -> str | None:
    """Guard of what decides a case: nobody decides about themselves."""
    accused = case.person if case.sort is Sort.DISCIPLINE else case.against
    return "Nobody decides a case against themselves." if accused is not None and accused == ctx.by else None


def investigated(ctx: Context, case: Case, args: Investigated) -> Change:
    """Say what was found; how it ends is still to be decided."""
    change = Change("cases.review", f"{case.ref} is investigated: s says how it ends.")
    change.add(_step(ctx, case, Measure.FINDING, args.text, None, person=case.person, shown=False))
    return change.set(case, state=State.INVESTIGATED)


def resolve(ctx: Context, case: Case, args: HowItEnds) -> Change:
    """Say how a case ended; whoever brought it reads that."""
    return _end(ctx, case, State.RESOLVED, "cases.resolve", args)


def invalid(ctx: Context, case: Case, args: HowItEnds) -> Change:
    """Say that there was nothing to it; whoever brought it reads why."""
    return _end(ctx, case, State.INVALID, "cases.reject", args)


def _end(ctx: Context, case: Case, state: State, action: str, args: HowItEnds) -> Change:
    values: dict[str, Any] = {"state": state, "outcome": args.outcome, "closed_on": ctx.today}
    brought = case.sort is Sort.GRIEVANCE and case.person not in (None, ctx.by)
    reads = " Whoever brought it reads how." if brought else ""
    return Change(action, f"{case.ref} is {state.label}.{reads}").set(case, **values)


def reopen(_: Context, case: Case, __: object) -> Change:
    """Look into a case again; how it ended before stays in its history."""
    change = Change("cases.reopen", f"{case.ref} is open again.")
    return change.set(case, state=State.OPEN, outcome="", closed_on=None)
