"""What comes in from the scanner: taken in as it is proposed, waiting to be filed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botui.models.base import EVERYBODY, Change, Waiting, and_more
from botui.models.office import Context, Role
from botui.models.records.document import Attached, Document, Privacy, State


def scanned(ctx: Context, attached: Attached, proposed: Mapping[str, Any]) -> Change:
    """Take in a scan: it waits in the inbox, with what is proposed of it, and the open document that has its file, too.

    Args:
        ctx: what may be known.
        attached: its file, which is kept already.
        proposed: fields of the document (``proposing.propose``).
    """
    twin = next((one for one in same_file(ctx, attached.digest) if one.privacy is Privacy.OPEN), None)
    new = Document(
        id=ctx.data.new_id(Document),
        files=(attached,),
        twin=twin.id if twin else None,
        created_at=ctx.now,
        **proposed,
    )
    again = f" It is the same file as {twin.ref}." if twin else ""
    # said at whichever desk is open, and by the command that cron runs
    called = f"{new.ref} {new.title}" if new.privacy is Privacy.OPEN else new.ref
    return Change("documents.scan", f"{called} is in the inbox.{again}").add(new)


def same_file(ctx: Context, digest: str) -> list[Document]:
    """Return the documents that have a file with this content already, the first first."""
    return ctx.data.find(Document, prints=digest)


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield for a clerk that scans wait to be filed, and for HR those that are theirs, by the oldest of them."""
    for role, open_to in ((Role.CLERK, EVERYBODY), (Role.HR, Role.HR.value)):
        numbers = ctx.data.numbers(Document, state=State.INBOX.value, open_to=open_to) if role in ctx.roles else []
        first = ctx.data.get(Document, numbers[0]) if numbers else None
        if first is not None:
            yield Waiting(
                collection=Document.COLLECTION,
                number=first.id,
                what=first.title,
                why=f"to be filed{and_more(numbers)}",
                since=first.created_at,
                verb="file",
            )
