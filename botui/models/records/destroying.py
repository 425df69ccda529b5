"""A disposal list is approved or refused by somebody else, and what is on it destroyed: then it is the certificate.

All that is on it is looked at again, document by document, before anything is destroyed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Final

from pydantic import Field

from botui.models.base import EVERYBODY, Arguments, Change, Line, Refused, Ui, Waiting, and_more, plural
from botui.models.office import Context, Party, Person, Role
from botui.models.records.disposal import LEFT_MAX, Disposal, Gone, Method, State
from botui.models.records.disposing import APPROVERS, documents_of
from botui.models.records.document import Document, Privacy
from botui.models.records.document import State as DocumentState
from botui.models.records.lending import stands_in
from botui.models.records.retaining import line_left, why_kept
from botui.models.records.retention import RetentionClass

_OFF: Final[dict[str, Any]] = {"state": DocumentState.REVIEW, "disposal": None}


class Approve(Arguments):
    """How many documents were looked at, and a word with the approval."""

    count: Annotated[
        int | None, Field(ge=1), Ui(label="Documents", help="How many you looked at; empty = as many as there are.")
    ] = None
    note: Annotated[Line, Ui(label="Note", help="It stands in the history.")] = ""


class Refuse(Arguments):
    """Why it is not to be destroyed."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Reason", help="Whoever made the list sees it.")]


class Destroy(Arguments):
    """How it was destroyed, by whom, and who saw it."""

    method: Annotated[Method, Ui(label="How")] = Method.SHREDDED
    witness: Annotated[int | None, Ui(label="Seen by", ref="people", help="Who was there besides you.")] = None
    firm: Annotated[int | None, Ui(label="Firm", ref="parties", help="Where a firm did it.")] = None
    number: Annotated[Line, Field(max_length=40), Ui(label="Their certificate", help="Its number.")] = ""
    note: Annotated[Line, Ui(label="Note")] = ""


# --- yes or no --------------------------------------------------------------------------------------------------------


def not_own(ctx: Context, disposal: Disposal) -> str | None:
    """Guard of approve and refuse: who made the list says neither, nor who was asked and has no say any more."""
    if ctx.by == disposal.created_by:
        return "Nobody approves their own list."
    approver = ctx.data.get(Person, disposal.approver or 0)
    if approver is not None and APPROVERS.isdisjoint(approver.roles):
        return f"{approver.name} approves no lists any more: C takes it back, and another is asked."
    return _empty(disposal)


def _empty(disposal: Disposal) -> str | None:
    return None if disposal.count else "Nothing is on it any more: C takes it back."


def approve(ctx: Context, disposal: Disposal, args: Approve) -> Change:
    """Say yes: what is on it may be destroyed, but for what must be kept by now.

    Raises:
        Refused: more or fewer documents are on it by now than were looked at, or all of them must be kept.
    """
    if args.count is not None and args.count != disposal.count:
        there = "is one document" if disposal.count == 1 else f"are {disposal.count:,} documents"
        raise Refused(
            f"It was changed meanwhile, there {there} on it now: look again.", {"count": f"{disposal.count:,}."}
        )
    change = Change("disposals.approve", note=args.note)
    stay, count = _looked_at_again(ctx, change, disposal)
    stands_for = disposal.approver if disposal.approver != ctx.by else None
    for one in documents_of(ctx, disposal):
        if one.id not in stay:
            change.set(one, state=DocumentState.APPROVED)
    done = {"approved_at": ctx.now, "approved_by": ctx.by, "approved_for": stands_for}
    change.set(disposal, state=State.APPROVED, **done)
    maker = ctx.person(disposal.created_by)
    change.said = f"{disposal.ref} is approved: {plural(count, 'document')} to destroy. {maker} is told."
    return change


def _looked_at_again(ctx: Context, change: Change, disposal: Disposal) -> tuple[set[int], int]:
    """Let what must be kept leave a list; return what left, and how many stay on it.

    Raises:
        Refused: all of it must be kept.
    """
    documents = documents_of(ctx, disposal)
    why = {one.id: reason for one in documents if (reason := why_kept(ctx, one))}
    if len(why) == len(documents):
        left = [line_left(one, why[one.id]) for one in documents]
        first = f"{documents[0].ref}: {left[0].why}" if left else "Nothing is on it."
        raise Refused(f"Nothing of it may be destroyed. {first}")
    left = [line_left(one, why[one.id]) for one in documents if one.id in why]
    for one in documents:
        if one.id in why:
            back = {} if one.state is DocumentState.OUT else {"state": DocumentState.FILED}
            change.set(one, disposal=None, **back)
    count = len(documents) - len(why)
    change.set(disposal, count=count, left=(*disposal.left, *left)[-LEFT_MAX:])
    return set(why), count


def refuse(ctx: Context, disposal: Disposal, args: Refuse) -> Change:
    """Say no, and why: all that is on it stays, due for review."""
    change = _let_go(ctx, Change("disposals.refuse", note=args.reason), disposal)
    change.said = f"{disposal.ref} is refused: nothing is destroyed. {ctx.person(disposal.created_by)} sees why."
    return change.set(disposal, state=State.REFUSED, reason=args.reason)


def cancel(ctx: Context, disposal: Disposal, _: object) -> Change:
    """Take a list back: all that is on it stays, due for review."""
    change = _let_go(ctx, Change("disposals.cancel"), disposal)
    change.said = f"{disposal.ref} is taken back: nothing is destroyed."
    return change.set(disposal, state=State.CANCELLED)


def _let_go(ctx: Context, change: Change, disposal: Disposal) -> Change:
    for one in documents_of(ctx, disposal):
        change.set(one, **_OFF)
    return change


# --- gone -------------------------------------------------------------------------------------------------------------


def destroy(ctx: Context, disposal: Disposal, args: Destroy) -> Change:
    """Say that what is on an approved list is destroyed: its files and notes go, a line of each stays.

    Raises:
        Refused: all of it must be kept by now, or who saw it is who did it.
    """
    _refuse_alone(ctx, args)
    change = Change("disposals.destroy", note=args.note)
    stay, count = _looked_at_again(ctx, change, disposal)
    gone = []
    for one in documents_of(ctx, disposal):
        if one.id not in stay:
            gone.append(line_of(ctx, one))
            change.set(one, **_nothing_left(ctx, one))
    done = args.model_dump() | {"destroyed_at": ctx.now, "destroyed_by": ctx.by, "gone": tuple(gone)}
    change.set(disposal, state=State.DESTROYED, **done)
    kept = f" {plural(len(stay), 'document')} must be kept and stayed." if stay else ""
    change.said = f"{plural(count, 'document')} destroyed: {disposal.ref} is the certificate.{kept}"
    return change


def _refuse_alone(ctx: Context, args: Destroy) -> None:
    if args.witness is not None and args.witness == ctx.by:
        raise Refused("Who saw it is somebody else.", {"witness": "Somebody else, please; or empty."})
    if args.method is Method.FIRM and args.firm is None:
        raise Refused("Which firm destroyed it?", {"firm": "This is needed."})
    firm = ctx.data.get(Party, args.firm) if args.firm else None
    if firm is not None and args.method is not Method.FIRM:
        raise Refused(f"{firm.name} did it, or it was done here?", {"method": "by a firm, then."})


def line_of(ctx: Context, one: Document) -> Gone:
    """Return the line of the certificate of a document."""
    rule = ctx.data.get(RetentionClass, one.schedule) if one.schedule else None
    return Gone(
        document=one.id,
        title=one.title if one.privacy is Privacy.OPEN else "",
        schedule=rule.name if rule else "",
        dated=one.dated,
        kept_until=one.keep_until,
        stood=stands_in(ctx, one),
        files=len(one.files),
    )


def _nothing_left(ctx: Context, document: Document) -> dict[str, Any]:
    """Return the values of a document of which only the line is left.

    The digests of its files stay: they say what is destroyed, also where a crash came between.
    """
    files = tuple(one.model_copy(update={"name": ""}) for one in document.files)
    empty = {"place": None, "shelf": "", "tags": (), "note": "", "files": files, "imported": ""}
    return {"state": DocumentState.DESTROYED, "destroyed_at": ctx.now, **empty}


# --- on a person's desk -----------------------------------------------------------------------------------------------


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield lists to say yes to, lists to carry out, and for clerks what is due for review and on no list."""
    for one in ctx.data.find(Disposal, approver=ctx.by, state=State.OPEN.value):
        if not_own(ctx, one) is None:
            why = f"{plural(one.count, 'document')} to destroy: say yes or no"
            yield _waits(one, why, "approve", blocking=True)
    for one in ctx.data.find(Disposal, created_by=ctx.by, state=State.OPEN.value, approver=None):
        yield _waits(one, "nobody is asked to approve it: say who (e)", "", active=True)
    for one in ctx.data.find(Disposal, created_by=ctx.by, state=State.APPROVED.value):
        yield _waits(one, f"approved: {plural(one.count, 'document')} to destroy now", "destroy", active=True)
    numbers = sorted(_due(ctx))
    if numbers:
        first = ctx.data.get(Document, numbers[0])
        if first is not None:
            yield Waiting(
                collection=Document.COLLECTION,
                number=first.id,
                what=first.title,
                why=f"kept long enough: put it on a disposal list, or keep it on{and_more(numbers)}",
                due=ctx.end_of(first.keep_until) if first.keep_until else None,
                verb="dispose",
            )


def _due(ctx: Context) -> Iterator[int]:
    """Yield the numbers of what is due for review and on no list, of what whoever acts may see."""
    common = {"state": DocumentState.REVIEW.value, "disposal": None}
    for role, open_to in ((Role.CLERK, EVERYBODY), (Role.HR, Role.HR.value)):
        if role in ctx.roles:
            yield from ctx.data.numbers(Document, **common, open_to=open_to)
    if Role.CLERK in ctx.roles:
        yield from ctx.data.numbers(Document, **common, privacy=Privacy.PRIVATE.value, whose=ctx.by)


def _waits(one: Disposal, why: str, verb: str, *, blocking: bool = False, active: bool = False) -> Waiting:
    return Waiting(
        collection=Disposal.COLLECTION,
        number=one.id,
        what=one.name,
        why=why,
        since=one.approved_at or one.created_at,
        verb=verb,
        blocking=blocking,
        active=active,
    )
