"""Rows of a list from the shape of its records: which columns, what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from botui import areas
from botui.data import Desk
from botui.models.base import Kind, StoreDamaged
from botui.models.shape import FieldKind, FieldSpec, fields_of, show
from botui.widgets.columns import Column


class KindRows:
    """The rows of a list of one collection; asked only for what is on the screen.

    Areas with columns of their own (time left) subclass it and add to ``columns`` and ``cell``.

    Args:
        desk: the desk of whoever looks.
        kind: what the records are.
        ids: their numbers, in order.
        same: fields that say the same in all rows, which need no column.

    Attributes:
        columns: the columns.
        names: collections of which names or rules stand in the rows or their searched words.
    """

    def __init__(
        self, desk: Desk, kind: Kind[Any], ids: Sequence[int] = (), same: frozenset[str] = frozenset()
    ) -> None:
        self.desk = desk
        self.kind = kind
        self._ids = ids
        self._specs = {spec.name: spec for spec in fields_of(kind.model) if spec.ui.column}
        self.names = frozenset(_named(kind))
        self.columns = tuple(one for one in self.make_columns() if one.key not in same)

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns: the number, then the fields in the order of the model; the widest text is flexible."""
        shown = self.shown()
        texts = [one for one in shown if one.kind in (FieldKind.LINE, FieldKind.PROSE)]
        widest = max(texts, key=lambda one: one.ui.column, default=None)
        fields = (Column(one.name, one.label, one.ui.column, wide=one.ui.wide, flex=one is widest) for one in shown)
        return (Column("id", "No.", 7), *fields)

    def shown(self) -> list[FieldSpec]:
        """Return the fields with a column: those the kind puts first, then those that only wide screens show."""
        first = [self._specs[name] for name in self.kind.columns]
        rest = [one for name, one in self._specs.items() if name not in self.kind.columns]
        return [*first, *(one for one in rest if one.ui.wide)] if first else rest

    def ids(self) -> Sequence[int]:
        """Return the numbers in order."""
        return self._ids

    def cells(self, number: int) -> Sequence[str]:
        """Return the texts of one row."""
        doc = self.desk.doc(self.kind.name, number)
        if doc is None:
            return [""] * len(self.columns)
        try:
            record = self.kind.model.load(number, doc)
        except StoreDamaged as error:
            widest = next((one.key for one in self.columns if one.flex), "")
            said = {"id": areas.ref(self.kind.name, number), widest: str(error)}
            return [said.get(column.key, "") for column in self.columns]
        return [self.cell(column.key, record, doc) for column in self.columns]

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "id":
            return str(record.ref)
        value = getattr(record, key)
        if key == "state":
            return self.kind.states.get(value, str(value))
        return show(self._specs[key], value, self.desk.title, self.desk.settings.local)

    def style(self, number: int) -> str:
        """Return ``late``, ``soon``, ``done`` or nothing."""
        if self.kind.row_style is None:
            return ""
        doc = self.desk.doc(self.kind.name, number)
        return "" if doc is None else self.kind.row_style(doc, f"{self.desk.clock():%Y-%m-%dT%H:%M:%SZ}")


def _named(kind: Kind[Any]) -> Iterator[str]:
    yield "settings"
    for spec in fields_of(kind.model):
        if spec.ui.ref and (spec.ui.column or spec.ui.ref != kind.name):
            yield spec.ui.ref


def kind_of(collection: str) -> Kind[Any]:
    """Return the kind of a collection, typed."""
    kind: Kind[Any] = areas.kind(collection)
    return kind
