"""Tables as TinyDB reads and changes them, on the engine; TinyDB itself is not needed here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

import orjson

from .format import encode_document
from .journal import Journal
from .transaction import Transaction


class Held(Mapping[str, Any]):
    """A table as TinyDB wants to read one, number as text -> document; every look parses anew."""

    def __init__(self, journal: Journal, name: str) -> None:
        self._journal = journal
        self._name = name

    def __getitem__(self, number: str) -> Any:
        try:
            data = self._journal.raw(self._name, int(number))
        except ValueError:
            data = None
        if data is None:
            raise KeyError(number)
        return orjson.loads(data)

    def __iter__(self) -> Iterator[str]:
        return map(str, self._journal.ids(self._name))

    def __len__(self) -> int:
        return self._journal.count(self._name)

    def items(self) -> Any:
        """Give number and document of a table that stays still meanwhile."""
        return ((str(number), orjson.loads(data)) for number, data in self._journal.items(self._name))


def write_table(tx: Transaction, journal: Journal, name: str, docs: Mapping[str, Any]) -> None:
    """Put into a transaction whatever of a table differs from what is held."""
    held = dict(journal.items(name))
    if not docs and (held or name not in journal.tables()):
        tx.clear(name)
        return
    wanted = {int(number): doc for number, doc in docs.items()}
    for number in held.keys() - wanted.keys():
        tx.remove(name, number)
    for number, doc in wanted.items():
        if held.get(number) != encode_document(doc):
            tx.put(name, number, dict(doc))


class Overlay(MutableMapping[int, Any]):
    """What an updater of TinyDB gets to change: a table in which only what is touched is copied."""

    def __init__(self, tx: Transaction, name: str) -> None:
        self._tx = tx
        self._name = name
        self._copies: dict[int, Any] = {}

    def __getitem__(self, number: int) -> Any:
        if number not in self._copies:
            doc = self._tx.get(self._name, number)
            if doc is None:
                raise KeyError(number)
            self._copies[number] = doc
        return self._copies[number]

    def __setitem__(self, number: int, doc: Any) -> None:
        self._copies[number] = doc

    def __delitem__(self, number: int) -> None:
        copied = self._copies.pop(number, None)
        if self._tx.exists(self._name, number):
            self._tx.remove(self._name, number)
        elif copied is None:
            raise KeyError(number)

    def __contains__(self, number: object) -> bool:
        return number in self._copies or (isinstance(number, int) and self._tx.exists(self._name, number))

    def __iter__(self) -> Iterator[int]:
        return iter(sorted({*self._tx.ids(self._name), *self._copies}))

    def __len__(self) -> int:
        return len({*self._tx.ids(self._name), *self._copies})

    def clear(self) -> None:
        """Empty the table, or make it."""
        self._tx.clear(self._name)
        self._copies.clear()

    def finish(self) -> None:
        """Hand over what was changed."""
        for number, doc in self._copies.items():
            self._tx.put(self._name, number, dict(doc))
