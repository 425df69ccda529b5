"""Files of records that are done with them: destroyed at once, unless another record has the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import orjson

from botui import areas
from botui.models.base import Kind
from botui.models.errors import StoreError
from botui.storage import Entry, Transaction
from botui.storage.files import Paths
from botui.store import Store

if TYPE_CHECKING:
    from botui.storage.purge import Purge

_NAMES: Final = ("name", "email", "mobile", "phone", "address")
"""Fields of an erased record by which a draft names whom it was about."""
_SHORTEST: Final = 4
"""Letters of such a value, at least: fewer stand in any text."""


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


def finish_erasing(store: Store) -> None:
    """Do what is left of an erasure for good that was begun, also by a process that was killed over it.

    Costs one look at the folder where nothing is to be done.

    Raises:
        StoreError: it cannot be done now; whoever opens the store next goes on.
    """
    note = Paths(store.journal.path).erasing
    if store.journal.read_only or not note.exists():
        return
    from botui.storage.purge import finish, pending, written

    paths = Paths(store.journal.path)
    begun = pending(paths)
    if begun is not None and written(paths, begun):
        _destroy_beside(store, begun)
    finish(store.journal)


def _destroy_beside(store: Store, begun: Purge) -> None:
    """Destroy what lies beside the journals of what is being erased, as long as these still tell of whom it was."""
    for person in begun.persons:
        if store.secrets.has_pin(person):
            store.secrets.forget_pin(person)
        if store.secrets.badges(person):
            store.secrets.forget_badges(person)
        _drop(store, partial(_begins, _digest(person)))
    _drop_drafts(store, begun.records)
    for one in areas.COLLECTIONS if begun.files else ():
        kind: Kind[Any] = areas.kind(one.name)
        if kind.contents:
            destroy(store, kind, begun.files)


def _drop_drafts(store: Store, erased: Mapping[str, Collection[int]]) -> None:
    """Drop what anybody typed and did not save about records that are erased, or that names one of them."""
    every = [(table, number) for table, numbers in erased.items() for number in numbers]
    keys = {_digest(key) for one in every for key in _keys(*one)}
    named = (one for one in every if not {*_NAMES}.isdisjoint(areas.kind(one[0]).model.model_fields))
    words = tuple(orjson.dumps(word)[1:-1] for word in {word for one in named for word in _called(store, *one)})
    _drop(store, lambda name, text: name[17:33] in keys or any(word in text for word in words))


def _called(store: Store, table: str, number: int) -> Iterator[str]:
    """Give what a record was ever called by, as its past has it."""
    for entry in store.journal.history(table, number):
        docs = (doc for op in entry.ops if (op.table, op.id) == (table, number) for doc in (op.was, op.doc) if doc)
        yield from (value for doc in docs for name in _NAMES if len(value := str(doc.get(name) or "")) >= _SHORTEST)


def _keys(table: str, number: int) -> Iterator[str]:
    """Give the names of the forms about a record (``botui.screens.drafts``)."""
    kind: Kind[Any] = areas.kind(table)
    yield f"edit {areas.ref(table, number)}"
    yield from (f"{verb.name} {table} {(number,)}" for verb in kind.transitions)


def _drop(store: Store, about: Callable[[str, bytes], bool]) -> None:
    for file in (store.journal.path.parent / "drafts").glob("*.json"):
        with suppress(OSError):
            if about(file.name, file.read_bytes()):
                file.unlink()


def _begins(whose: str, name: str, _: bytes) -> bool:
    return name.startswith(whose)


def _digest(words: object) -> str:
    return sha256(orjson.dumps(words)).hexdigest()[:16]
