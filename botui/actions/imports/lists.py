"""Rows as records of the office lists and of every other collection: fields typed as in a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from botui import access
from botui.actions.imports.directory import Directory
from botui.actions.imports.rows import Cells, Past, changed, join_notes
from botui.actions.imports.values import PRIORITIES, word_of, works
from botui.data import Desk
from botui.models.base import Change, Kind, Record, Refused, clean
from botui.models.office import Context, Person
from botui.models.shape import FieldKind, build, coerce, fields_of


@dataclass(frozen=True, slots=True)
class ListTaker:
    """Takes rows as records of one collection."""

    desk: Desk
    kind: Kind[Any]
    directory: Directory
    past: Past

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
            text = cells.text(name)
            if spec.kind is FieldKind.REF:
                values[name] = self.directory.named(spec.ui.ref, cells.word(name))
            elif name == "active":
                values[name] = works(text) if text.strip() else None
            elif name == "priority":
                texts[name] = word_of(PRIORITIES, text) or text
            else:
                texts[name] = text if spec.kind in (FieldKind.LINE, FieldKind.PROSE) else cells.word(name)
        if "name" in specs and (called := name_in(cells)):
            texts["name"] = called
        values |= coerce(self.kind.model, texts, self.desk.typing())
        if "codes" in specs:
            values["codes"] = tuple(dict.fromkeys((*getattr(old, "codes", ()), *cells.codes_with(key))))
        if "notes" in specs and (left := cells.left()):
            before = str(values.get("notes") or getattr(old, "notes", "") or "")
            values["notes"] = join_notes(before, left)
        return values

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
