"""What must hold among categories and what was booked by hand, whoever wrote them."""

from __future__ import annotations

from collections.abc import Iterator

from botui.models.records.chart import Category
from botui.models.records.entry import Entry
from botui.models.soundness import Records, twice


def check_books(records: Records) -> Iterator[str]:
    """Say which categories would be one in the books, and which entry is not what it takes back."""
    categories = [*records.all(Category)]
    yield from twice(
        ((one.ref, one.name) for one in categories), lambda ref, other, name: f"{ref}: {other} is called {name}, too."
    )
    yield from twice(
        ((one.ref, one.code) for one in categories), lambda ref, other, code: f"{ref}: {other} has {code}, too."
    )
    entries = {one.id: one for one in records.all(Entry)}
    taken: dict[int, str] = {}
    for entry in entries.values():
        if entry.category == entry.against:
            yield f"{entry.ref}: it goes into what it comes out of."
        if entry.reverses is None:
            continue
        was = entries.get(entry.reverses)
        if was is not None and _sides(entry) != _sides(was)[::-1]:
            yield f"{entry.ref}: it is not the opposite of {was.ref}, which it takes back."
        if (other := taken.setdefault(entry.reverses, entry.ref)) != entry.ref:
            yield f"{entry.ref}: {other} takes the same one back."


def _sides(entry: Entry) -> tuple[object, ...]:
    return entry.category, entry.amount, entry.against
