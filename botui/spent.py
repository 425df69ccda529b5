"""Files of records that are done with them: destroyed at once, unless another record has the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any

from botui import areas
from botui.models.base import Kind
from botui.models.errors import StoreError
from botui.storage import Entry, Transaction
from botui.store import Store


def destroy_spent(store: Store, entry: Entry) -> None:
    """Destroy the files with which the records are done that a change touched; ``botui tick`` tries again."""
    for op in entry.ops:
        kind: Kind[Any] = areas.kind(op.table)
        if op.doc is not None and kind.spent is not None and kind.spent(op.doc):
            digests = kind.derived[kind.contents]
            found = {*digests(op.doc), *digests({**op.doc, **(op.was or {})})}
            with suppress(StoreError):
                destroy(store, kind, found)


def destroy(store: Store, kind: Kind[Any], digests: Collection[str]) -> int:
    """Destroy contents that no record of a kind needs any more; return how many there were.

    Nobody writes meanwhile: who names one of them is before this, and keeps it, or after it, and sees that it is gone.

    Raises:
        StoreError: it is not known who needs them, or the disk does not let them go.
    """
    gone = 0
    index = store.index(kind.name)

    def needed(digest: str) -> bool:
        others: Iterable[Mapping[str, Any] | None]
        others = (store.journal.get(kind.name, one) for one in index.find({kind.contents: (digest,)}))
        return any(kind.spent is None or not kind.spent(one) for one in others if one is not None)

    def decide(_: Transaction) -> None:
        nonlocal gone
        gone = store.attachments.destroy([one for one in digests if not needed(one)])

    if digests:
        store.commit(decide, {})
    return gone
