"""Somebody's data is erased for good: proposed when its time is over, approved by a second person, and then gone."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Annotated, Any, Final

from pydantic import Field

from botui.models.base import VERB_KEYS, Arguments, Change, Erases, Line, Refused, Ui
from botui.models.calendar import day_words
from botui.models.hr.candidate import RUNNING, Candidate
from botui.models.hr.erasing_keeping import kept_until
from botui.models.hr.erasing_scope import Scope, scope_of
from botui.models.hr.erasure import PENDING, Erasure, Gone, State, Why
from botui.models.hr.person_file import PersonFile, Status
from botui.models.office import Context, Person, Role
from botui.models.office.approving import find_approver

APPROVERS: Final = frozenset({Role.HR, Role.MANAGER, Role.ADMIN})
"""As what somebody works who may say yes to an erasure; whose own it is may not."""


class Propose(Arguments):
    """Why it goes, and who says yes to it."""

    approver: Annotated[
        int | None, Ui(label="Who approves", ref="people", help="HR, a manager or an administrator; not you.")
    ] = None
    why: Annotated[Why | None, Ui(label="Why", help="Empty = kept long enough.")] = None


class Erase(Arguments):
    """That it is meant: the number of the erasure, once more."""

    sure: Annotated[
        Line, Field(min_length=1), Ui(label="Type its number", help="Nothing brings it back: such as EX-3.")
    ]


# --- yes or no --------------------------------------------------------------------------------------------------------


def create(ctx: Context, new: Erasure) -> Change:
    """Propose to erase what there is of somebody who left.

    Raises:
        Refused: they still work here, it is proposed already, or nobody who may is asked to approve it.
    """
    if new.person is None:
        raise Refused("Whose data?", {"person": "This is needed."})
    _refuse_again(ctx, person=new.person)
    found = ctx.data.get(Person, new.person)
    if found is not None and found.active:
        raise Refused(f"{found.name} works here: who leaves is erased when their time is over.", {"person": "Left?"})
    file = next(iter(ctx.data.find(PersonFile, person=new.person)), None)
    if file is not None and file.status is not Status.LEFT:
        raise Refused(f"{file.ref} is {file.status.label}: who leaves is erased afterwards.", {"person": "Left?"})
    return _filed(ctx, new, kept_until(ctx, file) if file is not None else None)


def _filed(ctx: Context, new: Erasure, until: date | None) -> Change:
    if new.why in (None, Why.KEPT) and (until is None or until >= ctx.today):
        said = f"until {day_words(until, ctx.today)}" if until else "for ever, or nobody knows since when they left"
        raise Refused(f"It must be kept {said}. If they asked for it, say so.", {"why": "kept, asked or wrong"})
    approver = _approver(ctx, new.approver, new.person, ctx.by)
    values: dict[str, Any] = {
        "approver": approver,
        "why": new.why or Why.KEPT,
        "kept_until": until,
        "created_at": ctx.now,
        "created_by": ctx.by,
    }
    change = Change("erasures.add").add(new.model_copy(update=values))
    change.said = f"{new.ref} is filed: {ctx.person(approver)} is asked, and nothing goes before."
    return change


def _refuse_again(ctx: Context, **whose: int) -> None:
    open_ = [one.ref for one in ctx.data.find(Erasure, **whose) if one.state in PENDING]
    if open_:
        raise Refused(f"{open_[0]} is about the same: it waits to be done or cancelled.")


def _approver(ctx: Context, wanted: int | None, person: int | None, by: int | None) -> int:
    own = (by, person)
    found = find_approver(ctx, wanted, Erasure.COLLECTION, own, roles=APPROVERS, one="proposal", field="approver")
    return found.id


def revise(ctx: Context, before: Erasure, after_: Erasure) -> Change:
    """Say who approves it; of what the clock proposed, whoever says so is who proposes it.

    Raises:
        Refused: it is done or approved, or whoever is named may not approve it.
    """
    if before.state is not State.OPEN:
        raise Refused(f"{before.ref} is {before.state.label}: it stays as it is.")
    if (after_.person, after_.why) != (before.person, before.why):
        raise Refused("Whose data and why stay: C takes it back, and another is filed.")
    by = before.created_by or ctx.by
    approver = _approver(ctx, after_.approver, before.person, by)
    change = Change("erasures.edit", f"{before.ref}: {ctx.person(approver)} is asked.")
    return change.set(before, approver=approver, created_by=by)


def not_own(ctx: Context, erasure: Erasure) -> str | None:
    """Guard of approve: who proposed it does not say yes to it, nor whose data it is."""
    if ctx.by in (erasure.created_by, erasure.person):
        return "Nobody approves their own: somebody else says yes."
    return None if erasure.approver else "Nobody is asked yet: e says who approves it."


def approve(ctx: Context, erasure: Erasure, _: object) -> Change:
    """Say yes: HR may erase it then.

    Raises:
        Refused: something of it must be kept.
    """
    _refuse_held(scope_of(ctx, erasure))
    stands_for = erasure.approver if erasure.approver != ctx.by else None
    done = {"approved_at": ctx.now, "approved_by": ctx.by, "approved_for": stands_for}
    change = Change("erasures.approve", f"{erasure.ref} is approved: HR erases it now ({VERB_KEYS['erase']}).")
    return change.set(erasure, state=State.APPROVED, **done)


def cancel(_: Context, erasure: Erasure, __: object) -> Change:
    """Take it back: nothing goes."""
    change = Change("erasures.cancel", f"{erasure.ref} is cancelled: nothing is erased.")
    return change.set(erasure, state=State.CANCELLED)


def _refuse_held(scope: Scope) -> None:
    if scope.holds:
        more = f" And {len(scope.holds) - 1} more." if len(scope.holds) > 1 else ""
        raise Refused(f"It cannot go yet. {scope.holds[0]}{more}")


# --- gone -------------------------------------------------------------------------------------------------------------


def erase(ctx: Context, erasure: Erasure, args: Erase) -> Change:
    """Erase it for good, out of the past too: this record is the certificate from then on.

    Raises:
        Refused: another number is typed, something of it must be kept by now, or they work here again.
    """
    if args.sure.casefold() != erasure.ref.casefold():
        raise Refused(f"Nothing is erased: type {erasure.ref}.", {"sure": f"{erasure.ref}, if it is meant."})
    person = ctx.data.get(Person, erasure.person) if erasure.person else None
    if person is not None and person.active:
        raise Refused(f"{person.name} works here again: C takes it back.")
    scope = scope_of(ctx, erasure)
    _refuse_held(scope)
    until = ctx.today + timedelta(days=ctx.settings.copies_days)
    counts = Counter(name for name, _ in scope.stays)
    gone = tuple(Gone(collection=name, records=counts[name]) for name in sorted(counts))
    done = erasure.model_copy(update={"gone": gone, "files": len(scope.files)})
    change = Change("erasures.erase", f"{done.words} erased for good: {erasure.ref} is the certificate.")
    for record, values in scope.emptied:
        change.set(record, **values)
    stamps = {"erased_at": ctx.now, "erased_by": ctx.by, "copies_until": until}
    change.set(erasure, state=State.ERASED, gone=gone, files=len(scope.files), **stamps)
    persons = (erasure.person,) if erasure.person else ()
    change.erases = Erases(erasure.ref, until, scope.stays, scope.files, persons)
    return change


# --- from other records -----------------------------------------------------------------------------------------------


def propose_person(ctx: Context, file: PersonFile, args: Propose) -> Change:
    """Propose, from the file of somebody who left, to erase what there is of them; errors as ``create``."""
    new = Erasure(id=ctx.data.new_id(Erasure), person=file.person, why=args.why, approver=args.approver)
    return create(ctx, new)


def propose_candidate(ctx: Context, candidate: Candidate, args: Propose) -> Change:
    """Propose to erase what there is of a candidate.

    Raises:
        Refused: something is still to be decided, it is proposed already, or nobody who may is asked to approve it.
    """
    _refuse_again(ctx, candidate=candidate.id)
    if candidate.state in RUNNING:
        raise Refused(f"{candidate.ref} is {candidate.state.label}: decide first.")
    new = Erasure(id=ctx.data.new_id(Erasure), candidate=candidate.id, why=args.why, approver=args.approver)
    return _filed(ctx, new, candidate.keep_until)
