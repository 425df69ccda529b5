"""What tells one row from another, and which record of ours a row is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from botui import areas
from botui.actions.imports.directory import Directory
from botui.actions.imports.goods import barcodes, find_item, is_ours
from botui.actions.imports.lists import name_in
from botui.actions.imports.mapping import Reading
from botui.actions.imports.rows import Cells
from botui.actions.imports.subjects import Subject
from botui.actions.imports.things import asset_key, find_asset
from botui.models.base import Record, Refused, clean
from botui.models.office import Context
from botui.models.shape import fields_of
from botui.reading import name_field

OLD: Final = "old"
"""What stands before another system's number of an order that would be one of ours: a scan must be sure."""
DRY_NUMBERS: Final = 10**8
"""Where the numbers begin that a dry run gives out: none of them is ever stored."""

_TOLD_BY: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "leavebook": (("person", "type"), ("person",)),
    "bills": (("party", "number"), ("party", "dated", "amount")),
    "payments": (("party", "bill", "on", "amount"), ("bill", "on", "amount"), ("party", "on", "amount")),
}
"""Fields that tell records of a collection apart, the surest first."""


class Identity:
    """Tells rows and records apart.

    Args:
        subject: what is imported.
        directory: finds records by what they are called.
        columns: the file's.
        reading: which of them make which field.
        key: columns or fields, with commas, that tell records apart; empty = as usual.

    Raises:
        Refused: nothing tells them apart, or ``key`` names what there is not.
    """

    def __init__(
        self, subject: Subject, directory: Directory, columns: Sequence[str], reading: Reading, key: str
    ) -> None:
        self._subject, self._directory, self._reading = subject, directory, reading
        names = [spec.name for spec in fields_of(subject.kind.model)]
        self._has_codes = "codes" in names
        self._name = name_field(names)
        self._columns, self._fields = self._chosen(columns, key)

    def _chosen(self, columns: Sequence[str], key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the columns, or else the fields, whose text tells one record from another."""
        wanted = [one.strip() for one in key.split(",") if one.strip()]
        if wanted and self._subject.name == "stock":
            raise Refused("Counts are told apart by item, place and use-by date: leave --key out.")
        if wanted and all(one in columns for one in wanted):
            return tuple(wanted), ()
        for one in wanted:
            if one not in self._reading.columns:
                raise Refused(f"There is no column or field '{one}'; there is: {', '.join(columns)}.")
        if wanted:
            return (), tuple(wanted)
        if self._subject.collection == "items":
            if any(one in self._reading.columns for one in ("code", "codes", "name")):
                return (), ()
        elif self._subject.collection == "assets":
            if any(one in self._reading.columns for one in ("tag", "serial", "name")):
                return (), ()
        elif "codes" in self._reading.columns:
            return (), ("codes",)
        elif self._subject.collection == "access" and {"person", "system"} <= self._reading.columns.keys():
            return (), tuple(
                one for one in ("person", "system", "level", "type", "asked_at") if one in self._reading.columns
            )
        elif fields := _told_by(self._subject.collection, self._reading):
            return (), fields
        elif self._subject.collection not in ("tickets", "orders", "documents") and self._name in self._reading.columns:
            return (), (self._name,)
        raise Refused(f"No column tells {self._subject.many} apart: say which with --key COLUMN.")

    def key(self, cells: Cells) -> str:
        """Return what tells this row from others.

        Raises:
            Refused: nothing does, or it could be several.
        """
        if self._subject.name == "stock":
            return self._counted(cells)
        if self._columns or self._fields:
            key = cells.key(self._columns, self._fields)
            return f"{OLD} {key}" if self._subject.name == "orders" and is_ours("orders", key) else key
        if self._subject.collection == "assets":
            return asset_key(cells)
        if code := clean(cells.word("code")):
            return code
        if own := next(filter(None, (*barcodes(cells)[0], clean(cells.text("name")))), ""):
            return own
        raise Refused("it has neither a number nor a name")

    def _counted(self, cells: Cells) -> str:
        """Return which item is counted, where, and of which use-by date."""
        place = cells.word("place")
        places = self._directory.find("places", "code", place) or self._directory.find("places", "name", place)
        where = ",".join(map(str, sorted(places))) or place.casefold()
        return f"{areas.ref('items', find_item(self._directory, cells))} {where} {cells.word('use_by')}".strip()

    def old(self, ctx: Context, key: str, cells: Cells) -> Record | None:
        """Return the record that a row is about and that is here already, or None.

        Raises:
            Refused: it could be several.
        """
        found_by = sorted(set(self._found(ctx, key, cells)))
        numbers = [one for one in found_by if one >= DRY_NUMBERS or self._directory.sees(self._subject.collection, one)]
        if len(numbers) > 1:
            refs = ", ".join(areas.ref(self._subject.collection, one) for one in numbers[:4])
            raise Refused(f"'{key[:60]}' could be {refs}")
        model = self._subject.kind.model
        found: Record | None = ctx.data.get(model, numbers[0]) if numbers and numbers[0] < DRY_NUMBERS else None
        return found

    def _found(self, ctx: Context, key: str, cells: Cells) -> list[int]:
        find, name = self._directory.find, self._subject.collection
        if self._subject.name == "stock":
            return [find_item(self._directory, cells)]
        if self._subject.name == "balances":
            return []
        if name == "items":
            if self._columns or self._fields:
                return find(name, "code", key) or find(name, "name", key)
            return self._item(ctx, cells)
        if name == "assets":
            return find_asset(ctx, self._directory, cells)
        found = find(name, "code", key) if self._has_codes else find(name, "name", key)
        if not found and self._has_codes and name not in ("tickets", "orders", "documents"):
            return self._without_code(ctx, cells)
        return found

    def _item(self, ctx: Context, cells: Cells) -> list[int]:
        """Return the item of a row: by its number; else by a barcode or by its name, if it has no other number."""
        find, code = self._directory.find, clean(cells.word("code"))
        if code and (found := find("items", "code", f"{cells.mapping.prefix}{code}")):
            return found
        for barcode in barcodes(cells)[0]:
            if found := self._free(ctx, find("items", "code", barcode), code):
                return found
        return self._free(ctx, find("items", "name", clean(cells.text("name"))), code)

    def _free(self, ctx: Context, numbers: list[int], code: str) -> list[int]:
        """Return those that the row may mean although its number is not theirs: it has none, or they have none."""
        records = [(one, ctx.data.get(self._subject.kind.model, one)) for one in numbers if one < DRY_NUMBERS]
        return [number for number, one in records if one is not None and not (code and getattr(one, "code", ""))]

    def _without_code(self, ctx: Context, cells: Cells) -> list[int]:
        """Return who or what has this e-mail or name and no code yet: filed by hand, or made because a row named it."""
        find, name = self._directory.find, self._subject.collection
        found = find(name, "email", cells.word("email")) or find(name, "name", clean(name_in(cells)))
        records: list[Any] = [ctx.data.get(self._subject.kind.model, one) for one in found if one < DRY_NUMBERS]
        return [one.id for one in records if one is not None and not getattr(one, "codes", ())]


def _told_by(collection: str, reading: Reading) -> tuple[str, ...]:
    """Return the fields that tell bills or payments apart where the file has no number of its own for them."""
    for fields in _TOLD_BY.get(collection, ()):
        if all(one in reading.columns for one in fields):
            return fields
    return ()
