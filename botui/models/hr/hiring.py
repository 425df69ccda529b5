"""An offer to a candidate, and the day on which they become one of the office: never more than are wanted."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from botui import areas
from botui.models import calendar
from botui.models.base import Arguments, Change, Line, Refused, Ui, plural
from botui.models.hr import employing, hr_letter, onboarding, pay_filing
from botui.models.hr.candidate import Candidate, State
from botui.models.hr.candidate_keeping import class_called, papers
from botui.models.hr.interview_booking import decided
from botui.models.hr.opening import Opening
from botui.models.hr.opening import State as OpeningState
from botui.models.hr.opening_filing import filled, still_in
from botui.models.hr.pay import Pay, Per
from botui.models.hr.person_file import Employment
from botui.models.hr.position import Position
from botui.models.office import Context, Money
from botui.models.records.document import Document
from botui.models.records.form import Sort
from botui.models.records.letter import Letter
from botui.models.records.retention_defaults import PERSONNEL

_TO_ANSWER: Final = 7
"""Calendar days within which an offer is to be answered where nobody says: a week."""


class Offer(Arguments):
    """What is offered, and the letter that says so."""

    starts: Annotated[date | None, Ui(label="First day", help="Empty = as before, or as the opening says.")] = None
    pay: Annotated[Money | None, Ui(label="Pay", help="Empty = as before.")] = None
    per: Annotated[Per, Ui(label="Per", help="hour, month or year.")] = Per.MONTH
    answer_by: Annotated[date | None, Ui(label="To answer by", help="Empty = in a week.")] = None
    form: Annotated[
        int | None, Ui(label="Letter template", ref="forms", help="Writes the offer; empty = no letter now.")
    ] = None


class Hire(Arguments):
    """As what somebody begins; what is empty is as offered, and as the opening says."""

    starts: Annotated[date | None, Ui(label="First day", help="Empty = as it was offered.")] = None
    name: Annotated[Line, Field(max_length=80), Ui(label="Name", help="In the directory; empty = as they applied.")] = (
        ""
    )
    job: Annotated[Line, Field(max_length=80), Ui(label="Job", help="Empty = what was wanted.")] = ""
    department: Annotated[int | None, Ui(label="Department", ref="departments")] = None
    manager: Annotated[int | None, Ui(label="Manager", ref="people")] = None
    employment: Annotated[Employment, Ui(label="Employed")] = Employment.FULL_TIME
    checklist: Annotated[int | None, Ui(label="Onboarding", ref="checklists", help="Empty = the usual one.")] = None


# --- offered ----------------------------------------------------------------------------------------------------------


def not_wanted(ctx: Context, candidate: Candidate) -> str | None:
    """Guard of an offer and of taking on: nobody is wanted there any more, or not now."""
    opening = ctx.data.get(Opening, candidate.opening)
    if opening is None:
        return f"There is no {areas.ref(Opening.COLLECTION, candidate.opening)} any more."
    if opening.state is OpeningState.FILLED or not opening.free:
        return f"{opening.ref} asks for {opening.headcount}, and {opening.hired} are hired."
    if opening.state is not OpeningState.OPEN:
        return f"{opening.ref} is {opening.state.label}: p there opens it again."
    return None


def offer(ctx: Context, candidate: Candidate, args: Offer) -> Change:
    """Offer somebody the job, or the same anew by another day, with a letter if a template is named.

    Raises:
        Refused: nobody is wanted there any more, or the days do not go together.
    """
    if reason := not_wanted(ctx, candidate):
        raise Refused(reason)
    opening = _opening(ctx, candidate)
    starts = args.starts or candidate.starts or opening.starts
    answer_by = args.answer_by or date.fromordinal(ctx.today.toordinal() + _TO_ANSWER)
    if answer_by < ctx.today:
        raise Refused("That day has passed.", {"answer_by": "This day has passed."})
    if starts is not None and starts < ctx.today:
        raise Refused("That day has passed.", {"starts": "This day has passed: when do they begin?"})
    pay, per = (candidate.pay, candidate.per) if args.pay is None else (args.pay, args.per)
    values = {"pay": pay, "per": per, "starts": starts, "answer_by": answer_by}
    change = Change("candidates.offer").set(candidate, state=State.OFFERED, **values)
    out = [one for one in still_in(ctx, opening) if one.state is State.OFFERED]
    besides = f" {plural(len(out), 'other offer')} for it out, too." if len(out) >= opening.free else ""
    change.said = f"{candidate.ref} has an offer, to be answered {calendar.day_words(answer_by, ctx.today)}.{besides}"
    if args.form is not None:
        offered = candidate.model_copy(update=values)
        change.said += f" {hr_letter.letter_to(ctx, change, offered, args.form, Sort.OFFER)}"
    return change


def _opening(ctx: Context, candidate: Candidate) -> Opening:
    found = ctx.data.get(Opening, candidate.opening)
    if found is None:
        raise Refused(f"There is no {areas.ref(Opening.COLLECTION, candidate.opening)} any more.")
    return found


# --- taken on ---------------------------------------------------------------------------------------------------------


def hire(ctx: Context, candidate: Candidate, args: Hire) -> Change:
    """Take somebody on: they are in the directory with a file of their own, and their onboarding begins.

    Raises:
        Refused: as many as are wanted are hired, there is no first day, or what belongs to a new person is wrong.
    """
    if reason := not_wanted(ctx, candidate):
        raise Refused(reason)
    opening = _opening(ctx, candidate)
    starts = args.starts or candidate.starts or opening.starts
    if starts is None:
        raise Refused("From which day on?", {"starts": "This is needed."})
    position = ctx.data.get(Position, opening.position) if opening.position else None
    change = Change("candidates.hire")
    person, file = employing.hire(
        ctx,
        change,
        name=args.name or candidate.name,
        job=args.job or (position.name if position else opening.title),
        department=args.department or opening.department,
        starts=starts,
        manager=args.manager or opening.manager,
        position=opening.position,
        email=candidate.email,
        phone=candidate.phone,
        address=candidate.address,
        employment=args.employment,
    )
    if candidate.pay:
        pay = Pay(id=ctx.data.new_id(Pay), person=person.id, starts=starts, amount=candidate.pay, per=candidate.per)
        pay_filing.add(ctx, change, pay)
    task = onboarding.begin(ctx, change, file, args.checklist or opening.checklist)
    change.set(candidate, state=State.HIRED, person=person.id, starts=starts, ended_on=ctx.today)
    hired = opening.model_copy(update={"hired": opening.hired + 1})
    change.set(opening, hired=hired.hired, **filled(ctx, hired))
    _hand_over(ctx, change, candidate, person.id)
    off = decided(ctx, change, candidate)
    begins = calendar.day_words(starts, ctx.today)
    change.said = f"{person.name} ({person.ref}) begins {begins}; {task.ref} has begun.{off}"
    if opening.headcount == hired.hired and (left := len(still_in(ctx, opening)) - 1):
        change.said += f" {opening.ref} is filled; {plural(left, 'candidate')} still to refuse."
    return change


def _hand_over(ctx: Context, change: Change, candidate: Candidate, person: int) -> None:
    """Let the papers and letters of a candidate be about the person they became, who sees them from now on."""
    letters = ctx.data.find(Letter, about=candidate.ref)
    copies = [one for letter in letters for one in ctx.data.find(Document, about=letter.ref)]
    for letter in letters:
        change.set(letter, person=person)
    rule = class_called(ctx, PERSONNEL)
    for paper in papers(ctx, candidate):
        change.set(paper, person=person, panel=(), schedule=paper.schedule or (rule.id if rule else None))
    for copy in copies:
        change.set(copy, person=person)
