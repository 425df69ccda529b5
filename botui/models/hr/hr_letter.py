"""Letters of HR, written from a template: to a candidate, to somebody who works here, about a case.

They and their papers are HR's from the first moment; whom they are about in the directory sees them, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Final

from pydantic import Field

from botui import areas
from botui.models.base import Arguments, Change, Line, Refused, Ui
from botui.models.hr.candidate import Candidate, State
from botui.models.hr.candidate_keeping import class_called, class_of
from botui.models.hr.case import Case, Proceeding
from botui.models.hr.opening import Opening
from botui.models.hr.person_file import PersonFile
from botui.models.office import Context, Department, Person
from botui.models.office.pending import ahead
from botui.models.records.corresponding import enter
from botui.models.records.document import Document, Privacy
from botui.models.records.document import State as PaperState
from botui.models.records.form import Form, Sort
from botui.models.records.letter import Direction, Letter
from botui.models.records.retention import RetentionClass
from botui.models.records.retention_defaults import PERSONNEL

_FITS: Final[Mapping[str, frozenset[Sort]]] = {
    Candidate.COLLECTION: frozenset({Sort.OFFER, Sort.REFUSAL}),
    PersonFile.COLLECTION: frozenset({Sort.EMPLOYMENT}),
    Case.COLLECTION: frozenset({Sort.WARNING}),
}
"""What sorts of templates are written from what; from all of them also those that fit anything."""
_SUITS: Final[Mapping[State, Sort]] = {
    State.OFFERED: Sort.OFFER,
    State.HIRED: Sort.OFFER,
    State.FAILED: Sort.REFUSAL,
    State.REJECTED: Sort.REFUSAL,
}
"""What is written to a candidate where nobody names a template."""


class WriteLetter(Arguments):
    """Which template is written."""

    form: Annotated[int | None, Ui(label="Letter template", ref="forms", help="Empty = the one there is for this.")] = (
        None
    )
    subject: Annotated[Line, Ui(label="Subject", help="Empty = as the template says.")] = ""
    reply_due: Annotated[date | None, Ui(label="Answer due", help="Empty = as the template says.")] = None


class WriteToPerson(WriteLetter):
    """Which template is written to somebody who works here."""

    to: Annotated[Line, Field(max_length=80), Ui(label="To", help="Empty = to themselves.")] = ""


def template(ctx: Context, number: int | None, sort: Sort, collection: str) -> Form:
    """Return the template that is named, else the one that there is for this.

    Raises:
        Refused: there is none or there are several, or it is for something else.
    """
    if number is None:
        found = ctx.data.find(Form, sort=sort.value, active=True)
        if len(found) == 1:
            return found[0]
        said = "There are several" if found else "There is no letter template"
        words = f"{said} for this ({sort.label}): which one?"
        raise Refused(words, {"form": words})
    form = ctx.data.get(Form, number)
    if form is None or not form.active:
        words = "This template is not in use." if form else f"There is no {areas.ref(Form.COLLECTION, number)}."
        raise Refused(words, {"form": words})
    if form.sort not in _FITS[collection] | {Sort.LETTER}:
        words = f"{form.name} is for something else ({form.sort.label})."
        raise Refused(words, {"form": words})
    return form


def _file(
    ctx: Context,
    change: Change,
    form: Form,
    given: Mapping[str, str],
    *,
    to: str,
    about: str,
    rule: RetentionClass | None,
    person: int | None = None,
    args: WriteLetter | None = None,
) -> tuple[Letter, str]:
    """Put a letter of HR's into a change, with its copy in a class; return it and what is to be said of it."""
    titled = bool(args and args.subject)
    letter = Letter(
        id=ctx.data.new_id(Letter),
        correspondent=to,
        subject=args.subject if args and args.subject else form.name,
        direction=Direction.OUT,
        channel=form.channel,
        about=about,
        person=person,
        privacy=Privacy.HR,
        reply_due=args.reply_due if args else None,
        form=form.id,
    )
    new, said = enter(ctx, change, letter, titled=titled, given=given)
    copy = ahead(ctx, change, Document, new.document) if new.document else None
    if copy is not None:
        kept = copy.schedule or (rule.id if rule is not None else 0) or None
        filed = {"state": PaperState.FILED, "filed_at": ctx.now, "filed_by": ctx.by}
        change.set(copy, schedule=kept, **filed if copy.state is PaperState.INBOX else {})
    return new, f"{new.ref} goes out{said}."


# --- to a candidate ---------------------------------------------------------------------------------------------------


def letter_to(
    ctx: Context, change: Change, candidate: Candidate, number: int | None, sort: Sort, args: WriteLetter | None = None
) -> str:
    """Put a letter to a candidate into a change; return what is to be said of it, nothing of what is in it.

    Args:
        ctx: what may be known.
        change: what it becomes part of.
        candidate: as they are after it.
        number: the template; None = the one there is for this.
        sort: for what.
        args: what else was said of the letter.

    Raises:
        Refused: there is no such template, or it cannot be filled.
    """
    form = template(ctx, number, sort, Candidate.COLLECTION)
    given = _of_candidate(candidate) | _of_job(ctx, candidate)
    rule = class_of(ctx, ctx.data.get(Opening, candidate.opening))
    return _file(ctx, change, form, given, to=candidate.name, about=candidate.ref, rule=rule, args=args)[1]


def write_to_candidate(ctx: Context, candidate: Candidate, args: WriteLetter) -> Change:
    """Write a letter to a candidate: what fits how far they are, or the template that is named.

    Raises:
        Refused: none is named, and they have neither an offer nor a refusal.
    """
    sort = _SUITS.get(candidate.state, Sort.LETTER)
    if sort is Sort.LETTER and args.form is None:
        words = f"{candidate.ref} is {candidate.state.label}: which letter?"
        raise Refused(words, {"form": words})
    change = Change("candidates.write")
    change.said = letter_to(ctx, change, candidate, args.form, sort, args)
    return change


def _of_candidate(candidate: Candidate) -> dict[str, str]:
    names = ("name", "address", "email", "phone")
    return {"candidate.number": candidate.ref} | {f"candidate.{name}": getattr(candidate, name) for name in names}


def _of_job(ctx: Context, candidate: Candidate) -> dict[str, str]:
    opening = ctx.data.get(Opening, candidate.opening)
    starts = candidate.starts or (opening.starts if opening else None)
    pay = f"{_money(candidate.pay)} {ctx.settings.currency} {candidate.per.label}" if candidate.pay is not None else ""
    department = ctx.data.get(Department, opening.department) if opening and opening.department else None
    return {
        "job.title": opening.title if opening else "",
        "job.department": department.name if department else "",
        "job.manager": ctx.person(opening.manager) if opening and opening.manager else "",
        "job.starts": _day(starts),
        "job.pay": pay,
        "job.answer_by": _day(candidate.answer_by),
    }


def _money(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


# --- to somebody who works here ---------------------------------------------------------------------------------------


def write_to_person(ctx: Context, file: PersonFile, args: WriteToPerson) -> Change:
    """Write a letter about somebody who works here, such as a certificate of employment."""
    form = template(ctx, args.form, Sort.EMPLOYMENT, PersonFile.COLLECTION)
    change = Change("person_files.write")
    to = args.to or ctx.person(file.person)
    given = _of_employee(ctx, file.person)
    rule = class_called(ctx, PERSONNEL)
    _, change.said = _file(ctx, change, form, given, to=to, about=file.ref, rule=rule, person=file.person, args=args)
    return change


def _of_employee(ctx: Context, number: int | None) -> dict[str, str]:
    person = ctx.data.get(Person, number) if number else None
    files = ctx.data.find(PersonFile, person=number) if number else []
    file = files[0] if files else None
    department = ctx.data.get(Department, person.department) if person and person.department else None
    return {
        "employee.number": file.number if file else "",
        "employee.name": person.name if person else "",
        "employee.address": file.address if file else "",
        "employee.job": person.job if person else "",
        "employee.department": department.name if department else "",
        "employee.since": _day(file.starts if file else None),
        "employee.until": _day(file.ends if file else None) or "further notice",
    }


# --- about a case -----------------------------------------------------------------------------------------------------


def warning(ctx: Context, change: Change, case: Case, step: Proceeding, number: int | None) -> tuple[Letter, str]:
    """Put the letter that tells somebody of a measure into a change; return it and what is to be said of it.

    Raises:
        Refused: there is no such template, or it cannot be filled.
    """
    form = template(ctx, number, Sort.WARNING, Case.COLLECTION)
    given = _of_employee(ctx, step.person) | _of_case(case, step)
    rule = class_called(ctx, PERSONNEL)
    return _file(ctx, change, form, given, to=ctx.person(step.person), about=case.ref, rule=rule, person=step.person)


def nobody_named(_: Context, case: Case) -> str | None:
    """Guard of writing in a case: there is nobody to write to."""
    return None if case.person else "Nobody is named as whose case it is: e says so."


def write_in_case(ctx: Context, case: Case, args: WriteLetter) -> Change:
    """Write a letter in a case: to whoever brought it, or whom it is about."""
    form = template(ctx, args.form, Sort.WARNING, Case.COLLECTION)
    change = Change("cases.write")
    given = _of_employee(ctx, case.person) | _of_case(case, None)
    to, rule = ctx.person(case.person), class_called(ctx, PERSONNEL)
    _, change.said = _file(ctx, change, form, given, to=to, about=case.ref, rule=rule, person=case.person, args=args)
    return change


def _of_case(case: Case, step: Proceeding | None) -> dict[str, str]:
    return {
        "case.number": case.ref,
        "case.happened": _day(case.happened_on),
        "case.measure": step.what.label if step else "",
        "case.text": step.text if step else "",
        "case.until": _day(step.until if step else None),
    }
