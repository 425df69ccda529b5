"""Rows as records of the office lists and of every other collection: fields typed as in a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from botui import access
from botui.actions.imports.directory import Directory
from botui.actions.imports.rows import Cells, Past, changed, join_notes
from botui.actions.imports.taking import Reader, Taker
from botui.actions.imports.values import PARTY_KINDS, PRIORITIES, word_of, works
from botui.data import Desk
from botui.models.base import Change, Kind, Record, Refused, clean
from botui.models.office import Context, Party, PartyKind, Person
from botui.models.shape import FieldKind, FieldSpec, build, coerce, fields_of

_TYPED: Final = object()
"""Stands for a value that is read as typed text is."""


@dataclass(frozen=True, slots=True)
class ListTaker(Taker):
    """Takes rows as records of one collection."""

    desk: Desk
    kind: Kind[Any]
    directory: Directory
    past: Past
    reader: Reader

    def take(self, ctx: Context, cells: Cells, number: int, key: str, old: Record | None) -> Change | None:
        """Return the change that files or changes the record of a row; None = there is nothing to change.

        Raises:
            Refused: the row cannot be a record, in words.
        """
        values = self._values(cells, key, old)
        if old is not None:
            return self._revise(ctx, old, values)
        filled = {name: value for name, value in values.items() if value is not None}
        access.require_fields(self.desk.roles(), self.kind.name, {name: one for name, one in filled.items() if one})
        if self.kind.model is Person:
            # the rule that makes initials cannot see the people of this same change
            if not filled.get("initials"):
                filled["initials"] = self.directory.free_initials(str(filled.get("name", "")))
            elif self.directory.find("people", "initials", filled["initials"]):
                raise Refused(f"the initials {filled['initials']} are taken")
            record = build(self.kind.model, {**filled, "id": number})
            return Change("people.import").add(record)
        record = build(self.kind.model, {**filled, "id": number})
        return self.kind.create(ctx, record) if self.kind.create else Change(f"{self.kind.name}.import").add(record)

    def _values(self, cells: Cells, key: str, old: Record | None) -> dict[str, Any]:
        specs = {spec.name: spec for spec in fields_of(self.kind.model)}
        texts: dict[str, str] = {}
        values: dict[str, Any] = {}
        for name, spec in specs.items():
            if not cells.has(name) or name == "codes":
                continue
            if (value := self._value(cells, spec, old)) is not _TYPED:
                values[name] = value
            else:
                texts[name] = cells.text(name) if spec.kind in (FieldKind.LINE, FieldKind.PROSE) else cells.word(name)
        if "name" in specs and (called := name_in(cells)):
            texts["name"] = called
        values |= coerce(self.kind.model, texts, self.desk.typing())
        if "codes" in specs:
            values["codes"] = self._codes(cells, key, old)
        if (kept := notes_field(self.kind)) and (left := cells.left()):
            before = str(values.get(kept) or getattr(old, kept, "") or "")
            values[kept] = join_notes(before, left)
        return values

    def _value(self, cells: Cells, spec: FieldSpec, old: Record | None) -> Any:
        """Return what a row says of one field, or ``_TYPED`` where its text is read as in a form."""
        match spec.kind:
            case FieldKind.REF:
                return self._linked(spec, cells.word(spec.name))
            case FieldKind.NUMBER if spec.name == "lead_days":
                return self.reader.figures.days(cells.word(spec.name), spec.label)
            case FieldKind.NUMBER:
                return self.reader.figures.whole(cells.word(spec.name), spec.label)
            case FieldKind.MONEY:
                return self.reader.figures.price(cells.word(spec.name), spec.label)
            case FieldKind.DATE:
                return self.reader.day(cells.word(spec.name))
        if spec.name == "active":
            text = cells.text(spec.name)
            return works(text) if text.strip() else None
        if spec.name == "priority" and (priority := word_of(PRIORITIES, cells.text(spec.name))):
            return priority
        if self.kind.model is Party and spec.name == "kind" and (kind := word_of(PARTY_KINDS, cells.text(spec.name))):
            return _both(PartyKind(kind), old) if cells.only_default("kind") else kind
        return _TYPED

    def _linked(self, spec: FieldSpec, word: str) -> int | None:
        """Return the number of the record that a cell names."""
        return self.directory.named(spec.ui.ref, word)

    def _codes(self, cells: Cells, key: str, old: Record | None) -> tuple[str, ...]:
        """Return what other systems call the record."""
        return tuple(dict.fromkeys((*getattr(old, "codes", ()), *cells.codes_with(key))))

    def _revise(self, ctx: Context, old: Record, values: dict[str, Any]) -> Change | None:
        known = {name: getattr(old, name) for name in self.kind.model.model_fields}
        wanted = build(self.kind.model, known | {name: value for name, value in values.items() if value is not None})
        patch = changed(self.past, old, wanted, values)
        if not patch:
            return None
        access.require_fields(self.desk.roles(), self.kind.name, patch)
        if self.kind.revise is None:
            change = Change(f"{self.kind.name}.import").set(old, **patch)
        else:
            change = self.kind.revise(ctx, old, old.model_copy(update=patch))
        return change if change.puts else None


def name_in(cells: Cells) -> str:
    """Return the name that a row says, in one column or in two."""
    return cells.text("name") or clean(f"{cells.text('first_name')} {cells.text('last_name')}")


def notes_field(kind: Kind[Any]) -> str:
    """Return the field that keeps the columns for which there is no other, or nothing."""
    names = [spec.name for spec in fields_of(kind.model)]
    return next((name for name in ("imported", "notes") if name in names), "")


def _both(kind: PartyKind, old: Record | None) -> PartyKind:
    """Return what a party is that a file takes for a supplier, say, and that is here as something already."""
    here = getattr(old, "kind", PartyKind.OTHER)
    return kind if here in (PartyKind.OTHER, kind) else PartyKind.BOTH
