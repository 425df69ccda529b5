"""Records as they will be in a change that is being made: what a rule of several steps works on."""

from __future__ import annotations

from typing import Any, TypeVar

from botui import areas
from botui.models.base import Change, Record, Refused
from botui.models.office.context import Context

R = TypeVar("R", bound=Record)


def as_will_be(change: Change, record: R) -> R:
    """Return a record as it will be after what a change does so far."""
    put = change.puts.get((record.COLLECTION, record.id))
    if put is None or not put.fields:
        return record
    merged = {**record.doc(), **put.fields}
    return type(record).load(record.id, {name: value for name, value in merged.items() if value is not None})


def ahead(ctx: Context, change: Change | None, kind: type[R], number: int) -> R | None:
    """Return the record of a number as it will be after what a change does so far; None = there will be none."""
    put = change.puts.get((kind.COLLECTION, number)) if change is not None else None
    if change is None or put is None:
        return ctx.data.get(kind, number)
    if put.was is None:
        return kind.load(number, {name: value for name, value in put.fields.items() if value is not None})
    found = None if put.gone else ctx.data.get(kind, number)
    return None if found is None else as_will_be(change, found)


class Pending:
    """Gathers what is done with records, each as it will be after what was done so far; ``write`` puts it in a change.

    Args:
        ctx: what may be known.
        change: the change that everything becomes part of.
    """

    def __init__(self, ctx: Context, change: Change) -> None:
        self._ctx = ctx
        self._change = change
        self._was: dict[tuple[str, int], Record | None] = {}
        self._now: dict[tuple[str, int], Record] = {}

    def get(self, kind: type[R], number: int) -> R:
        """Return a record as it will be after what was done so far.

        Raises:
            Refused: there is none.
        """
        key = (kind.COLLECTION, number)
        if key not in self._now:
            found = self._ctx.data.get(kind, number)
            if found is None:
                raise Refused(f"There is no {areas.ref(kind.COLLECTION, number)}.")
            self._was[key] = self._now[key] = found
        return self._now[key]  # type: ignore[return-value]

    def add(self, record: R) -> R:
        """Let a new record be part of it, whose number was given out by ``Lookup.new_id``."""
        key = (record.COLLECTION, record.id)
        self._was[key], self._now[key] = None, record
        return record

    def set(self, record: R, **values: Any) -> R:
        """Give a record fields."""
        now = self.get(type(record), record.id).model_copy(update=values)
        self._now[record.COLLECTION, record.id] = now
        return now

    def touched(self, kind: type[R]) -> list[R]:
        """Return the records of a kind that were looked at, as they will be."""
        return [one for one in self._now.values() if isinstance(one, kind)]

    def write(self) -> Change:
        """Put all that is new, and what changed of the rest, into the change and return it."""
        for key, now in self._now.items():
            was = self._was[key]
            if was is None:
                self._change.add(now)
                continue
            names = (name for name in type(now).model_fields if getattr(now, name) != getattr(was, name))
            if values := {name: getattr(now, name) for name in names}:
                self._change.set(was, **values)
        return self._change
