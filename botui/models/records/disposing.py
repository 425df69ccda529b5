"""Disposal: what is due is listed, somebody else says yes, it is destroyed, and the list is the certificate of it.

What must be kept leaves its list by itself (``retaining``): a hold, a class changed later, a day until which it is kept
on. So what is on a list may go; that is looked at again, document by document, before anything is destroyed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Annotated, Any, Final

from pydantic import Field

from botui import areas
from botui.models.base import Arguments, Change, Line, Refused, Ui, Waiting, and_more, plural
from botui.models.office import Context, Party, Person, Role
from botui.models.records.approvers import APPROVERS as PAYS
from botui.models.records.approvers import find_approver
from botui.models.records.disposal import LEFT_MAX, LIST_MAX, Disposal, Gone, Method, State
from botui.models.records.document import GONE, Document, Privacy
from botui.models.records.document import State as DocumentState
from botui.models.records.lending import stands_in
from botui.models.records.retaining import line_left, why_kept
from botui.models.records.retention import RetentionClass

APPROVERS: Final = PAYS | {Role.HR}
"""As what somebody works who may say that papers are destroyed."""
_OFF: Final[dict[str, Any]] = {"state": DocumentState.REVIEW, "disposal": None}


class PutOn(Arguments):
    """Who says yes to it, where a new list is begun."""

    to: Annotated[int | None, Ui(label="Who approves", ref="people", help="Of a new list; empty = your manager.")] = (
        None
    )


class Approve(Arguments):
    """A word with the approval."""

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


# --- what is on a list ------------------------------------------------------------------------------------------------


def documents_of(ctx: Context, disposal: Disposal) -> list[Document]:
    """Return the documents on a list, by archive number."""
    return ctx.data.find(Document, disposal=disposal.id) if disposal.id else []


def may_list(ctx: Context, document: Document) -> bool:
    """Return whether whoever acts may see a document, and so may put it on a list."""
    if document.privacy is Privacy.HR:
        return "hr" in ctx.roles
    if document.privacy is Privacy.PRIVATE:
        return ctx.by in (document.owner, document.created_by, *document.readers)
    return True


def create(ctx: Context, disposal: Disposal) -> Change:
    """Begin a list with all that is due, or what of it is of one class; somebody else is asked to say yes.

    Raises:
        Refused: whoever is said to approve it may not.
    """
    where = {"schedule": disposal.schedule} if disposal.schedule else {}
    found = ctx.data.find(Document, state=DocumentState.REVIEW.value, disposal=None, **where)
    due = [one for one in found if why_kept(ctx, one) is None and may_list(ctx, one)][:LIST_MAX]
    change = Change("disposals.add")
    new = _begin(ctx, change, disposal, disposal.approver, "approver")
    return _put_on(ctx, change, new, due)


def dispose(ctx: Context, document: Document, args: PutOn) -> Change:
    """Put a document on the list that whoever acts has begun and nobody has said yes to; without one, begin one.

    Raises:
        Refused: it must be kept, or whoever is said to approve it may not.
    """
    if reason := not_to_go(ctx, document):
        raise Refused(f"{document.ref}: {reason}")
    change = Change("documents.dispose")
    mine = ctx.data.find(Disposal, state=State.OPEN.value, created_by=ctx.by)
    open_ = [one for one in mine if one.count < LIST_MAX and (args.to is None or args.to == one.approver)]
    new = Disposal(id=ctx.data.new_id(Disposal)) if not open_ else None
    disposal = _begin(ctx, change, new, args.to, "to") if new else open_[-1]
    return _put_on(ctx, change, disposal, [document])


def not_to_go(ctx: Context, document: Document) -> str | None:
    """Guard of putting a document on a list."""
    if document.disposal is not None and document.state not in GONE:
        return f"It is on {areas.ref(Disposal.COLLECTION, document.disposal)}."
    return why_kept(ctx, document)


def _begin(ctx: Context, change: Change, new: Disposal, to: int | None, field: str) -> Disposal:
    approver = _approver(ctx, to, field) if to else _manager(ctx)
    filed = Disposal(id=new.id, name=new.name, schedule=new.schedule, approver=approver)
    filed = filed.model_copy(update={"created_at": ctx.now, "created_by": ctx.by})
    change.add(filed)
    return filed


def _put_on(ctx: Context, change: Change, disposal: Disposal, documents: Sequence[Document]) -> Change:
    for one in documents:
        change.set(one, state=DocumentState.REVIEW, disposal=disposal.id)
    count = disposal.count + len(documents)
    change.set(disposal, count=count)
    in_all = f", {count:,} in all" if count > len(documents) else ""
    put = f"{plural(len(documents), 'document')} put on it{in_all}" if documents else "nothing is due yet"
    change.said = f"{disposal.ref}: {put}; {_asked(ctx, disposal)}."
    return change


def _asked(ctx: Context, disposal: Disposal) -> str:
    if disposal.approver is None:
        return "e says who approves it"
    return f"{ctx.person(disposal.approver)} is asked to approve it"


def _manager(ctx: Context) -> int | None:
    """Return the manager of whoever acts, where they may approve a list."""
    with suppress(Refused):
        return _approver(ctx, None, "to")
    return None


def _approver(ctx: Context, to: int | None, field: str) -> int:
    why = "Two people are needed to destroy anything."
    return find_approver(ctx, to, (), Disposal.COLLECTION, why, roles=APPROVERS, field=field).id


def revise(ctx: Context, before: Disposal, after: Disposal) -> Change:
    """Change what a list is for, or who is asked to say yes to it.

    Raises:
        Refused: it is decided, or whoever is said may not approve it.
    """
    if before.state is not State.OPEN:
        raise Refused(f"{before.ref} is {before.state.label}: it stays as it is.")
    if after.schedule != before.schedule:
        words = "Begin another list for another class (n)."
        raise Refused(words, {"schedule": words})
    values: dict[str, Any] = {"name": after.name}
    if after.approver != before.approver:
        values["approver"] = _approver(ctx, after.approver, "approver") if after.approver else None
    new = before.model_copy(update=values)
    return Change("disposals.edit", f"{new.ref}: {_asked(ctx, new)}.").set(before, **values)


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
    """Say yes: what is on it may be destroyed, but for what must be kept by now."""
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
            change.set(one, **_nothing_left(ctx))
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


def _nothing_left(ctx: Context) -> dict[str, Any]:
    """Return the values of a document of which only the line is left."""
    empty = {"place": None, "shelf": "", "tags": (), "note": "", "files": (), "imported": ""}
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
    if "clerk" in ctx.roles:
        numbers = ctx.data.numbers(Document, state=DocumentState.REVIEW.value, disposal=None)
        found = (ctx.data.get(Document, number) for number in numbers)
        first = next((document for document in found if document and may_list(ctx, document)), None)
        if first is not None:
            yield Waiting(
                collection=Document.COLLECTION,
                number=first.id,
                what=first.title,
                why=f"kept long enough: put it on a disposal list, or keep it on{and_more(numbers)}",
                due=ctx.end_of(first.keep_until) if first.keep_until else None,
                verb="dispose",
            )


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
