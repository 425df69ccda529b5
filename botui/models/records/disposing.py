"""What is due is put on a disposal list, all of it or document by document, and somebody else is asked to say yes.

What must be kept leaves its list by itself (``retaining``): a hold, a class changed later, a day until which it is kept
on. What becomes of a list is in ``destroying``.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from typing import Annotated, Any, Final

from botui import areas
from botui.models.base import Arguments, Change, Refused, Ui, plural
from botui.models.office import Context, Role, manager_of
from botui.models.office.approving import SPENDS, find_approver
from botui.models.records.disposal import LIST_MAX, Disposal, State
from botui.models.records.document import GONE, Document, Privacy
from botui.models.records.document import State as DocumentState
from botui.models.records.retaining import why_kept

APPROVERS: Final = SPENDS | {Role.HR}
"""As what somebody works who may say that papers are destroyed."""


class PutOn(Arguments):
    """Who says yes to it, where a new list is begun."""

    to: Annotated[int | None, Ui(label="Who approves", ref="people", help="Of a new list; empty = your manager.")] = (
        None
    )


# --- what is on a list ------------------------------------------------------------------------------------------------


def documents_of(ctx: Context, disposal: Disposal) -> list[Document]:
    """Return the documents on a list, by archive number."""
    return ctx.data.find(Document, disposal=disposal.id) if disposal.id else []


def may_list(ctx: Context, document: Document) -> bool:
    """Return whether whoever acts may see a document, and so may put it on a list."""
    if document.privacy is Privacy.HR:
        return "hr" in ctx.roles
    if document.privacy is Privacy.PRIVATE:
        return ctx.by in (document.owner, document.created_by, document.filed_by, *document.readers)
    return True


def _gathers(ctx: Context, document: Document) -> bool:
    """Return whether a new list of whoever acts takes a document up: of HR, which is no clerk, only what is closed."""
    keeps_archive = "hr" not in ctx.roles or "clerk" in ctx.roles
    return may_list(ctx, document) and (keeps_archive or document.privacy is not Privacy.OPEN)


def create(ctx: Context, disposal: Disposal) -> Change:
    """Begin a list with all that is due, or what of it is of one class; somebody else is asked to say yes.

    Raises:
        Refused: whoever is said to approve it may not.
    """
    where = {"schedule": disposal.schedule} if disposal.schedule else {}
    numbers = ctx.data.numbers(Document, state=DocumentState.REVIEW.value, disposal=None, **where)
    found = (ctx.data.get(Document, number) for number in numbers)
    due = [*islice((one for one in found if one and not why_kept(ctx, one) and _gathers(ctx, one)), LIST_MAX)]
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
    wanted = to or manager_of(ctx, ctx.by)
    return find_approver(ctx, wanted, Disposal.COLLECTION, (ctx.by,), roles=APPROVERS, why=why, field=field).id


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
