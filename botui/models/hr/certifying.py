"""Certificates: written down by hand or earned at a training, renewed, void; of one course only the newest counts."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from botui.models.base import Arguments, Change, Line, Refused, Ui
from botui.models.hr.course import Course
from botui.models.hr.qualification import Certificate, State, last_day
from botui.models.office import Context, Person
from botui.models.records.document import Document

_FOLLOWS = frozenset({"state", "training", "replaced_by", "reason", "created_at"})


class Renew(Arguments):
    """The certificate that comes after one."""

    starts: Annotated[date | None, Ui(label="From", help="Empty = today.")] = None
    ends: Annotated[date | None, Ui(label="Until", help="Its last day; empty = as its course says.")] = None
    number: Annotated[Line, Field(max_length=40), Ui(label="Number")] = ""
    document: Annotated[int | None, Ui(label="Its paper", ref="documents")] = None


class Void(Arguments):
    """Why a certificate does not count."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Why")]


def create(ctx: Context, certificate: Certificate) -> Change:
    """Write a certificate down.

    Raises:
        Refused: its last day is before its first, its paper is somebody else's, or whose it is left.
    """
    typed = {name: getattr(certificate, name) for name in Certificate.model_fields if name not in _FOLLOWS}
    person = ctx.data.get(Person, certificate.person)
    if person is not None and not person.active:
        raise Refused(f"{person.name} does not work here any more.", {"person": "This person left."})
    change = Change("certificates.add", f"{certificate.ref} of {ctx.person(certificate.person)} is written down.")
    earn(ctx, change, Certificate(**typed))
    return change


def earn(ctx: Context, change: Change, new: Certificate) -> Certificate:
    """Add a certificate to a change, with its days; the older ones of its course that the person has count no more.

    Raises:
        Refused: its days or its paper do not fit.
    """
    course = _course(ctx, new.course)
    starts = new.starts or ctx.today
    ends = new.ends or last_day(course, starts)
    new = new.model_copy(update={"starts": starts, "ends": ends, "state": State.HELD, "created_at": ctx.now})
    _refuse_unfit(ctx, new)
    held = ctx.data.find(Certificate, person=new.person, course=new.course, state=State.HELD.value)
    longer = next((one for one in held if _end(one) > _end(new)), None)
    if longer is not None:
        new = new.model_copy(update={"state": State.REPLACED, "replaced_by": longer.id})
    else:
        for one in held:
            change.set(one, state=State.REPLACED, replaced_by=new.id)
    change.add(new)
    return new


def _end(one: Certificate) -> date:
    return one.ends or date.max


def _course(ctx: Context, number: int) -> Course:
    found = ctx.data.get(Course, number)
    if found is None:
        raise Refused("Of which course is it?", {"course": "There is none of this number."})
    return found


def _refuse_unfit(ctx: Context, one: Certificate) -> None:
    if one.starts is not None and one.ends is not None and one.ends < one.starts:
        raise Refused("It ends before it begins.", {"ends": "This is before its first day."})
    document = ctx.data.get(Document, one.document) if one.document else None
    if document is not None and document.person not in (None, one.person):
        raise Refused(f"{document.ref} is about somebody else.", {"document": "This paper is somebody else's."})


def revise(ctx: Context, before: Certificate, after: Certificate) -> Change:
    """Change what was written down wrong; whose it is and of which course stays."""
    if (after.person, after.course) != (before.person, before.course):
        words = "Of whom and of what it is stays: x makes it void, n writes another one down."
        raise Refused(words, {"person": "This stays.", "course": "This stays."})
    _refuse_unfit(ctx, after)
    values = {name: value for name, value in after if value != getattr(before, name)}
    return Change("certificates.edit", f"{before.ref} is changed.").set(before, **values)


def renew(ctx: Context, certificate: Certificate, args: Renew) -> Change:
    """Write down the certificate that comes after this one.

    Raises:
        Refused: it would end before this one, or whose it is left.
    """
    kept: dict[str, Any] = {"person": certificate.person, "course": certificate.course, "by": certificate.by}
    new = Certificate(id=ctx.data.new_id(Certificate), **kept, **dict(args))
    change = Change("certificates.renew", f"{certificate.ref} is renewed: {new.ref} comes after it.")
    if earn(ctx, change, new).state is not State.HELD:
        raise Refused(f"It would end before {certificate.ref} does.", {"ends": "The one there is holds longer."})
    return change


def void(ctx: Context, certificate: Certificate, args: Void) -> Change:
    """Say that a certificate does not count; of those it came after the one that holds longest counts again."""
    change = Change("certificates.void", f"{certificate.ref} does not count any more.")
    change.set(certificate, state=State.VOID, reason=args.reason)
    of_both = {"person": certificate.person, "course": certificate.course, "state": State.REPLACED.value}
    before = [one for one in ctx.data.find(Certificate, **of_both) if one.replaced_by == certificate.id]
    heir = certificate.replaced_by
    if before and heir is None:
        again = max(before, key=lambda one: (_end(one), one.id))
        before.remove(again)
        change.set(again, state=State.HELD, replaced_by=None)
        change.said = f"{certificate.ref} does not count any more; {again.ref} counts again."
        heir = again.id
    for one in before:
        change.set(one, replaced_by=heir)
    return change
