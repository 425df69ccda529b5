"""Categories of the books, and what was booked by hand: what stands under each, one key away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from botui import areas
from botui.models.records.entry import Entry
from botui.screens.equipment_details import EquipmentDetails, EquipmentRecord, Link, joined
from botui.screens.record import Details, field_rows
from botui.widgets.detail import Section

_UNDER: Final[Mapping[str, tuple[str, str]]] = {
    "bills": ("category", "Bills"),
    "charges": ("category", "Lines of bills"),
    "bank": ("category", "Lines of the bank"),
    "outlays": ("category", "Lines of claims"),
    "vouchers": ("category", "Vouchers"),
    "entries": ("category", "Booked into it by hand"),
}
"""Lists of what may stand under a category: the field that names it, and what it is headed by."""


class CategoryDetails(EquipmentDetails):
    """What is shown of a category: its fields, and the newest of all that stands under it."""

    def sections(self, record: Any) -> Sequence[Section]:
        """Return the category, then what stands under it."""
        under = [
            Section(heading, [(one.ref, self._said(one)) for one in found])
            for name, (field, heading) in _UNDER.items()
            if (found := self.last(name, {field: (record.id,)}))
        ]
        return [Section("", field_rows(self.desk, record)), *(under or [Section("", "Nothing stands under it yet.")])]

    def followed(self, record: Any) -> list[Link]:
        """Return the newest of what stands under it."""
        found = [
            self.link(areas.kind(name).one.capitalize(), name, one.id, self._said(one))
            for name, (field, _) in _UNDER.items()
            for one in self.last(name, {field: (record.id,)})
        ]
        return self.named(*found, record=record)

    def _said(self, one: Any) -> str:
        """Return in one line when, how much and what for."""
        amount = one.total if one.COLLECTION == "charges" else one.amount
        on = getattr(one, "on", None) or getattr(one, "dated", None)
        words = getattr(one, "text", "") or getattr(one, "what", "") or getattr(one, "note", "")
        bill = areas.ref("bills", one.bill) if one.COLLECTION == "charges" else ""
        party = self.title("parties", one.party) if one.COLLECTION == "bills" else getattr(one, "name", "")
        return joined(self.day(on), self.money(amount), bill, party, str(words).split("\n")[0])


class EntryDetails(EquipmentDetails):
    """What is shown of a transaction booked by hand: whether it was taken back, too."""

    def sections(self, record: Any) -> Sequence[Section]:
        """Return its fields and what took it back."""
        back = self._back(record)
        rows = [*field_rows(self.desk, record), *([("Taken back by", back.ref)] if back else [])]
        return [Section("", rows)]

    def followed(self, record: Any) -> list[Link]:
        """Return its categories and paper, and what took it back."""
        back = self._back(record)
        return self.named(self.link("Taken back by", "entries", back.id) if back else None, record=record)

    def _back(self, record: Entry) -> Entry | None:
        found: list[Entry] = self.all("entries", {"reverses": (record.id,)})
        return found[0] if found else None


class CategoryRecord(EquipmentRecord):
    """An open category of the books."""

    DETAILS: ClassVar[type[Details]] = CategoryDetails


class EntryRecord(EquipmentRecord):
    """An open transaction that was booked by hand."""

    DETAILS: ClassVar[type[Details]] = EntryDetails
