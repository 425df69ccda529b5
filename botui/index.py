"""What a session keeps at hand of a collection, so that lists and counts never read the documents again.

An ``Index`` holds for each record the few values that views, sorting and ``field=value`` need, and tells its lists
(``botui.listing``) of each change: the cost is what changed, not what is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from sys import intern
from threading import RLock
from typing import Any, Final
from weakref import WeakSet

import orjson

from botui.access import THEIRS
from botui.listing import WHOLE_ROW, Listing, Row, Tests, met
from botui.models.base import Between, Kind, Refused, StoreDamaged, Where, fold
from botui.models.shape import FieldKind, fields_of

_FEW: Final = 20
"""Old names that are looked for in all texts; after more of them the texts are made anew as they are needed."""
_SHARED: Final = frozenset({FieldKind.CHOICE, FieldKind.DATE})
"""Fields with few values, whose text many records share."""
KEPT: Final = 32
"""Lists of one collection that are kept after their last use: the menu of an area with those of its views that were
opened. In a store of 100,000 a list that was opened holds some 7 MiB, one that was only counted next to nothing."""


def _text_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _text_of(one)


class Index:
    """The values at hand of one collection; safe to use from several threads.

    Attributes:
        names: the fields kept, in the order of a row.
        whose: those that make a record somebody's own.
        changes: how often a record changed since: whoever keeps what they made of the values sees that they are old.
    """

    def __init__(self, kind: Kind[Any], items: Iterable[tuple[int, bytes]]) -> None:
        self.kind = kind
        self._lock = RLock()
        self.changes = 0
        self.whose = tuple(name for name in THEIRS if name in kind.model.model_fields)
        self._fields = tuple(dict.fromkeys((*kind.index, *self.whose)))
        self.names = (*self._fields, *kind.derived)
        self._place = {name: place for place, name in enumerate(self.names)}
        lists = (spec.name for spec in fields_of(kind.model) if spec.kind is FieldKind.REFS)
        self._several = frozenset((*lists, *kind.several))
        with self._guarded():
            self._rows: dict[int, Row] = dict(self._read(items))
        self._buckets: dict[str, dict[Any, set[int]]] = {}
        # All that anybody holds follow the changes; those used last are held here.
        self._listings: WeakSet[Listing] = WeakSet()
        self._recent: dict[Any, Listing] = {}
        self._names: dict[str, dict[int, str]] = {}
        self._named = {spec.ui.ref for spec in fields_of(kind.model) if spec.kind is FieldKind.REF}
        self._texts: dict[int, str] = {}
        self._forgotten = 0

    def __len__(self) -> int:
        return len(self._rows)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Hold the lock, and say in words that a value is of a wrong sort: it cannot be compared or reckoned with."""
        try:
            with self._lock:
                yield
        except (TypeError, ValueError, AttributeError) as error:
            raise StoreDamaged(f"{self.kind.many}: another program changed one of them; run botui check.") from error

    def _read(self, items: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, Row]]:
        """Make the rows of documents; those with the same choice or day share its text: a third of the memory."""
        few = [spec.name for spec in fields_of(self.kind.model) if spec.kind in _SHARED and spec.name in self._place]
        for number, raw in items:
            doc = orjson.loads(raw)
            for name in few:
                if isinstance(value := doc.get(name), str):
                    doc[name] = intern(value)
            yield number, self._row(doc)

    def _row(self, doc: Mapping[str, Any]) -> Row:
        return (*map(doc.get, self._fields), *(derive(doc) for derive in self.kind.derived.values()))

    def put(self, number: int, doc: Mapping[str, Any] | None) -> None:
        """Take in a record as it is now (None = it is gone)."""
        with self._guarded():
            old, new = self._rows.get(number), None if doc is None else self._row(doc)
            self.changes += 1
            if new is None:
                self._rows.pop(number, None)
            else:
                self._rows[number] = new
            self._texts.pop(number, None)
            for name, buckets in self._buckets.items():
                place = self._place[name]
                if old is not None:
                    buckets[old[place]].discard(number)
                if new is not None:
                    buckets.setdefault(new[place], set()).add(number)
            for name, names in self._names.items():
                if new is None:
                    names.pop(number, None)
                else:
                    names[number] = fold(str(new[self._place[name]] or ""))
            for listing in self._listings:
                listing.move(number, old, new)

    def value(self, number: int, name: str) -> Any:
        """Return one value at hand of a record, or None."""
        row = self._rows.get(number)
        return None if row is None else row[self._place[name]]

    def tests(self, where: Where) -> Tests:
        """Return the tests of a row for these conditions: places in the row with what the value there must meet.

        Raises:
            Refused: a field is not kept at hand.
        """
        tests: Tests = []
        for name, wanted in where.items():
            if self._holds_lists(name) and not isinstance(wanted, Between):
                tests.append((WHOLE_ROW, _any_of([self._place[one] for one in name.split("|")], wanted)))
                continue
            if name not in self._place:
                raise Refused(f"{self.kind.many} cannot be listed by '{name}'; there is: {', '.join(self.names)}.")
            tests.append((self._place[name], _matches(wanted)))
        return tests

    def _holds_lists(self, name: str) -> bool:
        """Return whether a condition is on several fields, or on one that holds several values."""
        return "|" in name or name in self._several

    def listing(self, key: Any, where: Where, sort: str = "id", down: bool = False) -> Listing:
        """Return the live list of these conditions; the same ``key`` and conditions give the same list.

        It is live as long as somebody holds it, and kept for a while after.
        """
        full_key = (key, sort, down)
        with self._guarded():
            found = self._recent.pop(full_key, None)
            if found is None or found.where != where:
                if sort != "id" and sort not in self._place:
                    there = ", ".join(self.names)
                    raise Refused(f"{self.kind.many} cannot be sorted by '{sort}'; there is: id, {there}.")
                found = Listing(where, self.tests(where), self._place.get(sort, -1), down, self._guarded)
                found.fill(self._rows)
                self._listings.add(found)
            self._recent[full_key] = found
            if len(self._recent) > KEPT:
                del self._recent[next(iter(self._recent))]
            return found

    def find(self, where: Where, at_most: int | None = None) -> list[int]:
        """Return the numbers that meet the conditions, or so many of them, ascending."""
        tests = self.tests(where)
        with self._guarded():
            return sorted(islice(met(tests, self._rows, self._narrowest(where)), at_most))

    def _narrowest(self, where: Where) -> Collection[int]:
        """Return the fewest records among which all that meet the conditions are.

        Comments of a ticket are found among a hundred thousand without looking at each: the numbers by value of a
        field are kept from the first time it is asked for.
        """
        best: Collection[int] = self._rows
        for name, wanted in where.items():
            if not isinstance(wanted, Between) and not self._holds_lists(name):
                buckets = self._buckets_of(name)
                found = [buckets[value] for value in wanted if value in buckets]
                if sum(map(len, found)) < len(best):
                    best = found[0] if len(found) == 1 else frozenset().union(*found)
        return best

    def _buckets_of(self, name: str) -> dict[Any, set[int]]:
        buckets = self._buckets.get(name)
        if buckets is None:
            buckets, place = {}, self._place[name]
            for number, row in self._rows.items():
                buckets.setdefault(row[place], set()).add(number)
            self._buckets[name] = buckets
        return buckets

    def named(self, field: str, words: str) -> list[int]:
        """Return the records whose field is these folded words, else begins with them, else has them in it; ascending.

        The folded texts of the field are kept from the first time it is asked for.
        """
        with self._guarded():
            names = self._names.get(field)
            if names is None:
                place = self._place[field]
                names = {number: fold(str(row[place] or "")) for number, row in self._rows.items()}
                self._names[field] = names
            found = [number for number, name in names.items() if words in name]
            best = (
                [number for number in found if names[number] == words]
                or [number for number in found if names[number].startswith(words)]
                or found
            )
            return sorted(best)

    def forget_texts(self, renamed: Mapping[str, Collection[str]]) -> None:
        """Forget the searched texts in which an old name stands.

        Args:
            renamed: by collection, the names that its records no longer have.
        """
        old = {fold(name) for collection in self._named & renamed.keys() for name in renamed[collection]}
        if not old:
            return
        with self._guarded():
            self._forgotten += 1
            few = "" not in old and len(old) <= _FEW
            texts = self._texts.items() if few else ()
            self._texts = {number: text for number, text in texts if not any(name in text for name in old)}

    def text(
        self,
        number: int,
        read: Callable[[int], Mapping[str, Any] | None],
        names: Callable[[int, Mapping[str, Any]], str],
        *,
        keep: bool = True,
    ) -> str:
        """Return the words of a record in small letters, for the filter.

        Args:
            number: the record.
            read: returns its document.
            names: returns the names of what it points to.
            keep: whether the names are the same for all who ask so: then the words are kept, and given from what is.
        """
        texts, row, forgotten = self._texts if keep else {}, self._rows.get(number), self._forgotten
        found = texts.get(number)
        if found is None:
            doc = read(number) or {}
            words = [word for name in self.kind.text for word in _text_of(doc.get(name))]
            found = fold(" ".join((*words, names(number, doc))))
            with self._lock:
                # a text made while the record changed, or a name in it, may be the old one: not kept
                if self._rows.get(number) is row and self._forgotten == forgotten:
                    texts[number] = found
        return found


def _any_of(places: Sequence[int], wanted: Collection[Any]) -> Callable[[Row], bool]:
    """Return whether one of several values of a row is wanted, or a list that has one that is."""
    allowed = frozenset(wanted)

    def has(row: Row) -> bool:
        for place in places:
            value = row[place]
            if value is not None and (not allowed.isdisjoint(value) if isinstance(value, list) else value in allowed):
                return True
        return False

    return has


def _matches(wanted: Collection[Any] | Between) -> Callable[[Any], bool]:
    if not isinstance(wanted, Between):
        return frozenset(wanted).__contains__
    low, high = wanted.low, wanted.high

    def within(value: Any) -> bool:
        return value is not None and (low is None or value >= low) and (high is None or value < high)

    return within
