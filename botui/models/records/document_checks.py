"""What must hold of documents and their files."""

from __future__ import annotations

from collections.abc import Iterator

from botui.models.records.document import GONE, Document, State
from botui.models.soundness import Records


def check_documents(records: Records) -> Iterator[str]:
    """Say what does not hold: what is in the inbox is not filed, what is part of another has no files itself."""
    for document in records.all(Document):
        yield from (f"{document.ref}: {words}" for words in _wrong(document))


def _wrong(one: Document) -> Iterator[str]:
    if one.state is State.INBOX and one.filed_at is not None:
        yield "Filed: it is in the inbox."
    if one.state not in GONE and one.state is not State.INBOX and one.filed_at is None:
        yield f"Filed: it is {one.state.label}, and nobody filed it."
    if (one.state is State.JOINED) != (one.joined is not None):
        yield f"Part of: it is {one.state.label}."
    if one.state is State.JOINED and one.files:
        yield "Files: they are those of the document that it is part of."
    if len({file.digest for file in one.files}) < len(one.files):
        yield "Files: one of them is there twice."
