"""What becomes of a candidate: on the short list, passed or not, declined, refused; what is noted of them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from botui.models import calendar
from botui.models.base import Arguments, Change, Line, Prose, Refused, Ui, plural
from botui.models.hr import hr_letter
from botui.models.hr.candidate import Candidate, State
from botui.models.hr.candidate_keeping import end
from botui.models.hr.interview import Interview
from botui.models.hr.interview import State as InterviewState
from botui.models.hr.interview_booking import decided
from botui.models.office import Context, Person
from botui.models.records.form import Sort

_NOTES_MAX: Final = 8000
"""Characters of the notes of a candidate."""


class NoteCandidate(Arguments):
    """What is to be remembered of a candidate; HR alone reads it."""

    text: Annotated[Prose, Field(min_length=1, max_length=2000), Ui(label="Note", rows=3)]


class Reject(Arguments):
    """Why a candidate is refused, and the letter that says so."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Why", help="HR alone reads it.")]
    form: Annotated[
        int | None, Ui(label="Letter template", ref="forms", help="Writes the refusal; empty = no letter now.")
    ] = None


class DeclineOffer(Arguments):
    """Why a candidate does not come."""

    reason: Annotated[Line, Ui(label="Why", help="HR alone reads it.")] = ""


def shortlist(_: Context, candidate: Candidate, __: object) -> Change:
    """Put a candidate on the short list."""
    change = Change("candidates.shortlist", f"{candidate.ref} is on the short list: W books an interview.")
    return change.set(candidate, state=State.SHORTLISTED)


def not_heard(ctx: Context, candidate: Candidate) -> str | None:
    """Guard of passed and not passed: an interview is still to come."""
    planned = ctx.data.find(Interview, candidate=candidate.id, state=InterviewState.PLANNED.value)
    to_come = next((one for one in planned if one.start > ctx.now), None)
    return f"{to_come.ref} is still to come: C there calls it off." if to_come else None


def pass_on(ctx: Context, candidate: Candidate, _: object) -> Change:
    """Say that a candidate has passed; who of the panel has not said what they think is told."""
    change = Change("candidates.pass", f"{candidate.ref} has passed: E makes an offer.{_unheard(ctx, candidate)}")
    return change.set(candidate, state=State.PASSED)


def fail(ctx: Context, candidate: Candidate, _: object) -> Change:
    """Say that a candidate has not passed; a refusal is still to be written."""
    change = Change("candidates.fail", f"{candidate.ref} has not passed: x refuses.{_unheard(ctx, candidate)}")
    return change.set(candidate, state=State.FAILED)


def _unheard(ctx: Context, candidate: Candidate) -> str:
    """Return in words how many of the panel have not given a score."""
    found = ctx.data.find(Interview, candidate=candidate.id)
    missing = sum(len(one.missing) for one in found if one.state is not InterviewState.CANCELLED)
    return f" {plural(missing, 'score')} still missing." if missing else ""


def decline(ctx: Context, candidate: Candidate, args: DeclineOffer) -> Change:
    """Say that a candidate does not come; their file is kept for a while."""
    change = Change("candidates.decline")
    until = end(ctx, change, candidate, state=State.DECLINED, reason=args.reason)
    off = decided(ctx, change, candidate)
    change.said = f"{candidate.ref} does not come. The file is kept {_kept(ctx, until)}.{off}"
    return change


def reject(ctx: Context, candidate: Candidate, args: Reject) -> Change:
    """Refuse a candidate, with a letter if a template is named; interviews to come are called off.

    Raises:
        Refused: the template is for something else, or cannot be filled.
    """
    change = Change("candidates.reject")
    until = end(ctx, change, candidate, state=State.REJECTED, reason=args.reason)
    off = decided(ctx, change, candidate)
    said = f"{candidate.ref} is refused. The file is kept {_kept(ctx, until)}.{off}"
    if args.form is not None:
        said += f" {hr_letter.letter_to(ctx, change, candidate, args.form, Sort.REFUSAL)}"
    change.said = said
    return change


def _kept(ctx: Context, until: date | None) -> str:
    return f"until {calendar.day_words(until, ctx.today)}" if until else "for ever"


def note(ctx: Context, candidate: Candidate, args: NoteCandidate) -> Change:
    """Add a note, with the day and who wrote it.

    Raises:
        Refused: the notes are full.
    """
    person = ctx.data.get(Person, ctx.by) if ctx.by else None
    who = f" {person.initials or person.name}" if person else ""
    text = f"{candidate.note}\n{ctx.today:%Y-%m-%d}{who}: {args.text}".strip()
    if len(text) > _NOTES_MAX:
        words = f"The notes would have {len(text):,} characters; {_NOTES_MAX:,} fit."
        raise Refused(words, {"text": words})
    return Change("candidates.note", f"Your note is at {candidate.ref}.").set(candidate, note=text)
