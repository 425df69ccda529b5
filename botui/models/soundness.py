"""Whether the records of a store are right, each by itself and all together: what ``botui check`` says of them.

What holds for every collection is here: each record is one of its model, and what it refers to is there (in use or
not). What holds in one area only is a rule beside its models, named in ``botui.areas``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol, TypeVar

from botui import areas
from botui.models.base import Kind, Record, Refused
from botui.models.shape import build, fields_of

R = TypeVar("R", bound=Record)


class Held(Protocol):
    """A store as it is read here."""

    def tables(self) -> list[str]:
        """Return the names of all tables."""
        ...

    def ids(self, table: str) -> list[int]:
        """Return the numbers of a table's documents."""
        ...

    def get(self, table: str, id: int) -> dict[str, Any] | None:  # noqa: A002 - the field's name everywhere
        """Return a document, or None."""
        ...

    def raw(self, table: str, id: int) -> bytes | None:  # noqa: A002
        """Return a document as bytes, or None."""
        ...


class Records:
    """The records of a store for the rules of areas; those that are none of their model are left out."""

    def __init__(self, held: Held) -> None:
        self._held = held

    def all(self, kind: type[R]) -> Iterator[R]:
        """Give the records of a kind, by number."""
        for number in self._held.ids(kind.COLLECTION):
            if (record := self.get(kind, number)) is not None:
                yield record

    def get(self, kind: type[R], number: int) -> R | None:
        """Return a record, or None where there is none of its model."""
        doc = self._held.get(kind.COLLECTION, number)
        try:
            return None if doc is None else build(kind, {**doc, "id": number})
        except Refused:
            return None

    def has(self, ref: str) -> bool:
        """Say whether there is a record of this reference, such as ``T-12``."""
        parsed = areas.parse_ref(ref)
        return parsed is not None and self._held.raw(*parsed) is not None


def problems_of(held: Held) -> Iterator[str]:
    """Say what is wrong with the records of a store: which record, which field, and what."""
    known = {one.name for one in areas.COLLECTIONS}
    for table in held.tables():
        if table not in known:
            yield f"There is a table '{table}' that no area knows ({len(held.ids(table))} records)."
            continue
        for number in held.ids(table):
            yield from _record(held, areas.kind(table), number)
    for area in areas.AREAS:
        if area.check:
            yield from areas.load(area.check)(Records(held))


def _record(held: Held, kind: Kind[Any], number: int) -> Iterator[str]:
    ref, doc = areas.ref(kind.name, number), held.get(kind.name, number) or {}
    try:
        build(kind.model, {**doc, "id": number})
    except Refused as error:
        yield f"{ref}: {error}"
        return
    for spec in fields_of(kind.model):
        value = doc.get(spec.name) if spec.ui.ref else None
        for one in value if isinstance(value, list) else [value]:
            if one is not None and held.raw(spec.ui.ref, one) is None:
                yield f"{ref}: {spec.label}: there is no {areas.ref(spec.ui.ref, one)}."


def circles(above: Mapping[int, int]) -> Iterator[list[int]]:
    """Give the circles among numbers, each once, from its smallest number on.

    Args:
        above: number -> the one that it is part of.
    """
    done: set[int] = set()
    for start in sorted(above):
        way: list[int] = []
        here: int | None = start
        while here is not None and here not in done:
            done.add(here)
            way.append(here)
            here = above.get(here)
        if here is not None and here in way:
            circle = way[way.index(here) :]
            first = circle.index(min(circle))
            yield [*circle[first:], *circle[:first]]


def circle_words(collection: str, label: str, above: Mapping[int, int]) -> Iterator[str]:
    """Say of each circle which records are in it: ``PL-1: Part of: PL-1, PL-2 are part of each other.``."""
    for circle in circles(above):
        refs = [areas.ref(collection, number) for number in circle]
        said = f"{', '.join(refs)} go round in a circle" if len(refs) > 1 else "this is the record itself"
        yield f"{refs[0]}: {label}: {said}."


def twice(values: Iterable[tuple[str, str]], say: Callable[[str, str, str], str]) -> Iterator[str]:
    """Say of each value that two have: the second, the first, and the value; capital or small is the same.

    Args:
        values: reference and value.
        say: makes the sentence of second reference, first reference and value.
    """
    first: dict[str, str] = {}
    for ref, value in values:
        other = first.setdefault(value.casefold(), ref)
        if value and other != ref:
            yield say(ref, other, value)
