"""Candidates: filed with their CV, corrected; who applied before is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from botui import areas
from botui.models.base import Change, Refused, fold
from botui.models.hr.candidate import RUNNING, Candidate
from botui.models.hr.interview_booking import show_cv
from botui.models.hr.opening import Opening, State
from botui.models.office import Context, Person
from botui.models.records.document import GONE, Document, Privacy
from botui.models.records.document import State as PaperState

_FOLLOWS: Final = frozenset(
    {"state", "pay", "per", "starts", "answer_by", "reason", "ended_on", "keep_until", "person"}
    | {"created_at", "created_by"}
)
"""What verbs move, and filing and editing leave."""
_DIGITS: Final = 6
"""Digits that two phone numbers have in common before they are taken for the same."""
_TOLD: Final = 3
"""Others of whom a sentence tells."""


def create(ctx: Context, candidate: Candidate) -> Change:
    """File a candidate; the CV is HR's from now on.

    Raises:
        Refused: nobody is looked for there any more, or the CV is gone.
    """
    typed = {name: getattr(candidate, name) for name in Candidate.model_fields if name not in _FOLLOWS}
    new = Candidate(
        **typed | {"applied_on": candidate.applied_on or ctx.today, "created_at": ctx.now, "created_by": ctx.by}
    )
    opening = _opening(ctx, new)
    _refuse_future(ctx, new)
    change = Change("candidates.add").add(new)
    _keep_cv(ctx, change, new)
    change.said = f"{new.ref} is filed for {opening.ref}.{told_again(ctx, new)}"
    return change


def revise(ctx: Context, before: Candidate, after: Candidate) -> Change:
    """Change what is known of a candidate.

    Raises:
        Refused: as when they are filed; or they are in the directory by now.
    """
    values = {name: value for name, value in after if value != getattr(before, name) and name not in _FOLLOWS}
    if "opening" in values:
        if before.state not in RUNNING:
            words = f"It is {before.state.label}: file them anew for another opening."
            raise Refused(f"{before.ref}: {words}", {"opening": words})
        _opening(ctx, after)
    _refuse_future(ctx, after)
    change = Change("candidates.edit", f"{before.ref} is changed.").set(before, **values)
    if "cv" in values:
        _keep_cv(ctx, change, after)
        old = ctx.data.get(Document, before.cv) if before.cv else None
        if old is not None:
            change.set(old, panel=())
        if before.state in RUNNING:
            show_cv(ctx, change, after)
    return change


def _opening(ctx: Context, candidate: Candidate) -> Opening:
    """Return for what somebody applies.

    Raises:
        Refused: nobody is looked for there any more.
    """
    found = ctx.data.get(Opening, candidate.opening)
    if found is None or found.state in (State.FILLED, State.CLOSED):
        ref = areas.ref(Opening.COLLECTION, candidate.opening)
        words = f"{ref} is {found.state.label}." if found else f"There is no {ref}."
        raise Refused(words, {"opening": words})
    return found


def _refuse_future(ctx: Context, candidate: Candidate) -> None:
    if candidate.applied_on is not None and candidate.applied_on > ctx.today:
        raise Refused("That day has not come yet.", {"applied_on": "This day has not come yet."})


def _keep_cv(ctx: Context, change: Change, candidate: Candidate) -> None:
    """Let the CV be HR's, and about this candidate.

    Raises:
        Refused: it is gone, or it belongs to somebody else.
    """
    if candidate.cv is None:
        return
    paper = ctx.data.get(Document, candidate.cv)
    if paper is None or paper.state in GONE:
        words = f"{areas.ref(Document.COLLECTION, candidate.cv)} is {paper.state.label if paper else 'not there'}."
        raise Refused(words, {"cv": words})
    if paper.about not in ("", candidate.ref):
        words = f"{paper.ref} belongs to {paper.about}."
        raise Refused(words, {"cv": words})
    values: dict[str, Any] = {"privacy": Privacy.HR, "about": candidate.ref, "readers": ()}
    if paper.state is PaperState.INBOX:
        values |= {"state": PaperState.FILED, "filed_at": ctx.now, "filed_by": ctx.by}
    change.set(paper, **values)


# --- the same person again --------------------------------------------------------------------------------------------


def told_again(ctx: Context, candidate: Candidate) -> str:
    """Return in words who seems to be the same person: other candidates, and people of the directory."""
    refs = list(dict.fromkeys(_same(ctx, candidate)))
    more = f" and {len(refs) - _TOLD} more" if len(refs) > _TOLD else ""
    one = "seems" if len(refs) == 1 else "seem"
    return f" {', '.join(refs[:_TOLD])}{more} {one} to be the same person." if refs else ""


def _same(ctx: Context, candidate: Candidate) -> Iterator[str]:
    for other in ctx.data.find(Candidate):
        if other.id != candidate.id and is_same(candidate, other):
            yield other.ref
    for person in ctx.data.find(Person):
        if person.id != candidate.person and is_same(candidate, person):
            yield person.ref


def is_same(one: Candidate, other: Candidate | Person) -> bool:
    """Return whether two seem to be one person: the same e-mail, phone or name."""
    if fold(one.name) == fold(other.name) or (one.email and one.email.casefold() == other.email.casefold()):
        return True
    short, long = sorted((_digits(one.phone), _digits(_phone(other))), key=len)
    return len(short) >= _DIGITS and long.endswith(short)


def _phone(other: Candidate | Person) -> str:
    return other.phone if isinstance(other, Candidate) else other.mobile


def _digits(phone: str) -> str:
    """Return the digits of a phone number without the zeros that go where a country is dialled."""
    return "".join(one for one in phone if one.isdigit()).lstrip("0")
