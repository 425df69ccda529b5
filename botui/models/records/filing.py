"""Filing papers as documents."""

from __future__ import annotations

from botui.models.base import Change
from botui.models.office import Context
from botui.models.records.document import Document, State


def paper(ctx: Context, change: Change, document: Document) -> Document:
    """Put a paper into a change as a document with an archive number of its own; return it as it is filed.

    It is filed where somebody said where it stands; else it lies in the inbox until somebody does.
    """
    stands = document.place is not None or bool(document.shelf)
    filed = {"filed_at": ctx.now, "filed_by": ctx.by} if stands else {}
    new = document.model_copy(
        update={
            "id": document.id or ctx.data.new_id(Document),
            "state": State.FILED if stands else State.INBOX,
            "created_at": ctx.now,
            "created_by": ctx.by,
            **filed,
        }
    )
    change.add(new)
    return new
