"""What one person may look at: the reading half of the Desk, by number, by list, by name and by code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import orjson

from botui import access, areas
from botui.listing import Listing
from botui.models.base import Kind, NotAllowed, Refused, View, Where, clean, fold
from botui.models.shape import FieldKind, FieldSpec, Typing, fields_of
from botui.past import Event, event, touched
from botui.sight import Sight
from botui.storage import Entry


class Reader(Sight):
    """One person's eyes on a store; every read asks ``botui.access`` first."""

    def get(self, collection: str, number: int) -> Any:
        """Return a record.

        Raises:
            Refused: there is none of this number.
            NotAllowed: this person may not look at it.
        """
        found = self.peek(collection, number)
        if found is None:
            raise Refused(f"There is no {areas.ref(collection, number)}.")
        return found

    def doc(self, collection: str, number: int) -> dict[str, Any] | None:
        """Return the stored document, for lists that need no model.

        Raises:
            NotAllowed: this person may not look at it.
        """
        raw = self._raw(collection, number)
        doc: dict[str, Any] | None = None if raw is None else orjson.loads(raw)
        return doc

    def name(self, collection: str, number: int | None) -> str:
        """Return the name of one record (see ``names``)."""
        return self.names(collection)(number)

    def names(self, collection: str) -> Callable[[int | None], str]:
        """Return what gives the names of a collection's records, from the values at hand: as ``title``, for many."""
        if self.may(collection, "read"):
            return lambda number: areas.ref(collection, number) if number else ""
        if not self.reads_all(collection):
            return partial(self.title, collection)
        index = self.store.index(collection)
        field = name_field(index.names)
        if not field or areas.kind(collection).about:
            return partial(self.title, collection)
        if "tag" not in index.names:
            return lambda number: str(index.value(number, field) or "") if number else ""

        def tagged(number: int | None) -> str:
            name, tag = (str(index.value(number, one) or "") if number else "" for one in (field, "tag"))
            return f"{name} ({tag})" if tag and tag != areas.ref(collection, number or 0) else name

        return tagged

    def listing(self, collection: str, view: View) -> Listing:
        """Return the live list of a view as this person sees it now.

        Raises:
            NotAllowed: this person may not look at the collection.
        """
        access.require(self.roles(), collection, "read", None, *self.persons())
        where = self._within(collection, view.where(self.context()))
        return self.store.index(collection).listing((view.name, self.person), where, view.sort, view.down)

    def numbers(self, collection: str) -> list[int]:
        """Return the numbers of all records of a collection that this person sees, ascending.

        Raises:
            NotAllowed: this person may not look at the collection.
        """
        access.require(self.roles(), collection, "read", None, *self.persons())
        if self.reads_all(collection):
            return self.store.journal.ids(collection)
        return self.store.index(collection).find(self._scope(collection))

    def count(self, collection: str, view: View) -> int:
        """Return how many records a view has; a view without conditions has them all, and costs no look at them.

        Raises:
            NotAllowed: this person may not look at the collection.
        """
        access.require(self.roles(), collection, "read", None, *self.persons())
        if not view.where(self.context()) and self.reads_all(collection):
            return self.store.journal.count(collection)
        return len(self.listing(collection, view))

    def find(self, collection: str, where: Where) -> list[Any]:
        """Return the records that meet conditions on indexed fields, by number.

        Raises:
            NotAllowed: this person may not look at the collection.
        """
        found = (self.peek(collection, number) for number in self.ids(collection, where))
        return [record for record in found if record is not None]

    def ids(self, collection: str, where: Where) -> list[int]:
        """Return the numbers of the records that meet conditions on indexed fields, ascending.

        Raises:
            NotAllowed: this person may not look at the collection.
        """
        access.require(self.roles(), collection, "read", None, *self.persons())
        return self._seen(collection, self.store.index(collection).find(where))

    def words(self, collection: str) -> Callable[[int], str]:
        """Return what gives the words of a record that the filter searches, in small letters, names included.

        Raises:
            NotAllowed: this person may not look at the collection.
        """
        access.require(self.roles(), collection, "read", None, *self.persons())
        kind: Kind[Any] = areas.kind(collection)
        # of records that are open one by one, none has words for a search that are those of another
        named = [one for one in refs_of(fields_of(kind.model)) if not (kind.public and one[1] == collection)]
        refs = [(name, self.names(ref)) for name, ref in named]
        # what is kept has all names in it, and is for those alone who may read them
        sees_all = all(map(self.reads_all, (*(() if kind.public else (collection,)), *(ref for _, ref in named))))
        index, read = self.store.index(collection), partial(self._doc_seen, collection)
        some = kind.public and not self.reads_all(collection)
        seen = frozenset(self.numbers(collection)) if some else None

        def names(number: int, doc: Mapping[str, Any]) -> str:
            return " ".join(
                (areas.ref(collection, number), *(name(doc[field]) for field, name in refs if field in doc))
            )

        def text(number: int) -> str:
            return index.text(number, read, names, keep=sees_all) if seen is None or number in seen else ""

        return text

    def contents(self, collection: str) -> Callable[[int], str] | None:
        """Return what gives the text that stands in the files of a record, in small letters; None = it has no files.

        Raises:
            NotAllowed: this person may not look at the collection.
        """
        kind: Kind[Any] = areas.kind(collection)
        if not kind.contents:
            return None
        access.require(self.roles(), collection, "read", None, *self.persons())
        files, index = self.store.attachments, self.store.index(collection)
        seen = None if self.reads_all(collection) else frozenset(self.numbers(collection))

        def words(number: int) -> str:
            digests = index.value(number, kind.contents) if seen is None or number in seen else ()
            return fold(" ".join(filter(None, map(files.text, digests)))) if digests else ""

        return words

    def text(self, collection: str, number: int) -> str:
        """Return the words of one record (see ``words``)."""
        return self.words(collection)(number)

    def typing(self) -> Typing:
        """Return what typed text means here and now (see ``coerce``)."""
        return Typing(self.settings.local(self.clock()), self.settings.order, self.look_up)

    def look_up(self, collection: str, text: str) -> int:
        """Return the number of the record a text names: exact alias, reference, number, name or its only beginning.

        Raises:
            Refused: none or several; the sentence says so.
        """
        found = self.candidates(collection, text)
        if len(found) == 1:
            return found[0]
        many = areas.kind(collection).many.lower()
        if not found:
            raise Refused(f"There is no '{text.strip()}' among {many}.")
        names = ", ".join(f"{self.title(collection, one)} ({areas.ref(collection, one)})" for one in found[:4])
        raise Refused(f"'{text.strip()}' could be {names}: say which.")

    def candidates(self, collection: str, text: str) -> list[int]:
        """Return the numbers of the records that a text may name, the surest reading first.

        Raises:
            NotAllowed: this person may not look at the collection.
        """
        access.require(self.roles(), collection, "read", None, *self.persons())
        word = clean(text)
        if not word:
            return []
        if exact := self.aliases(collection, word):
            return exact
        parsed = areas.parse_ref(word) or areas.parse_ref(f"{areas.collection(collection).prefix}-{word}")
        if parsed and parsed[0] == collection and self._doc_seen(collection, parsed[1]) is not None:
            return [parsed[1]]
        index = self.store.index(collection)
        field = name_field(index.names)
        if not field:
            return []
        return self._seen(collection, index.named(field, fold(word)))

    def aliases(self, collection: str, code: str) -> list[int]:
        """Return the numbers of the records that carry this very code (initials: in any letters)."""
        kind = areas.kind(collection)
        code = clean(code)
        if not kind.aliases or not code:
            return []
        access.require(self.roles(), collection, "read", None, *self.persons())
        found = []
        for number in self._seen(collection, self.store.codes(collection).numbers(code)):
            doc = self.store.journal.get(collection, number) or {}
            if any(_is_code(doc.get(name), code) for name in kind.aliases):
                found.append(number)
        return found

    def by_code(self, code: str) -> list[tuple[str, int]]:
        """Return collection and number of what a scanned code names: exact aliases first, else a reference."""
        found = []
        for one in areas.COLLECTIONS:
            with suppress(NotAllowed):
                found += [(one.name, number) for number in self.aliases(one.name, code)]
        if found:
            return found
        parsed = areas.parse_ref(code)
        with suppress(NotAllowed):
            if parsed and self.peek(*parsed) is not None:
                return [parsed]
        return []

    def named(self, text: str, codes_of: Sequence[str] = ()) -> tuple[str, int] | None:
        """Return collection and number of the reference that a text is, seen or not; None = it is none.

        Args:
            text: what was typed or scanned.
            codes_of: collections whose codes it may be instead, and then it is no reference.
        """
        return None if any(self.aliases(one, text) for one in codes_of) else areas.parse_ref(text)

    def history(self, collection: str, number: int) -> list[Event]:
        """Return what happened to a record and to what is shown inside it, oldest first.

        Raises:
            NotAllowed: this person may not look at it.
        """
        if "guest" in self.roles():
            raise NotAllowed("Say who you are first.")
        if self._raw(collection, number) is None and not self.reads_all(collection):
            return []
        entries = self.store.journal.history(collection, number)
        return [one for entry in entries if (one := self.told(entry, collection, number)) is not None]

    def told(self, entry: Entry, collection: str, number: int) -> Event | None:
        """Return what an entry did to a record, without what is inside it that this person may not look at.

        None = nothing, or nothing that is for this person.
        """
        found = event(entry, collection, number)
        if collection in access.QUIET and self._comes_of_unseen(entry):
            return None
        if found is not None and found.note and not self._hears(entry, found.action):
            found = replace(found, note="")
        if found is None or not found.also:
            return found
        also = tuple(one for one in found.also if self.sees(one[0], one[1]))
        return replace(found, also=also) if also or found.changes else None

    def _comes_of_unseen(self, entry: Entry) -> bool:
        """Return whether an entry touched what HR keeps and this person may not look at."""
        return any(table in access.CLOSED and not self.sees(table, number) for table, number in touched(entry))

    def _hears(self, entry: Entry, action: str) -> bool:
        """Return whether the note of an entry is for this person: it belongs to what the verb was done on."""
        done_on = action.partition(".")[0]
        numbers = [number for table, number in touched(entry) if table == done_on]
        return not numbers or any(self.sees(done_on, number) for number in numbers)


def refs_of(specs: Sequence[FieldSpec]) -> list[tuple[str, str]]:
    """Return the fields that name one record, each with the collection it is in."""
    return [(spec.name, spec.ui.ref) for spec in specs if spec.kind is FieldKind.REF]


def name_field(names: Sequence[str]) -> str:
    """Return which of a collection's fields is the name of its records, or nothing."""
    return next((name for name in ("name", "title", "subject") if name in names), "")


def _is_code(value: Any, code: str) -> bool:
    if isinstance(value, list):
        return code in value
    return isinstance(value, str) and value.casefold() == code.casefold()
