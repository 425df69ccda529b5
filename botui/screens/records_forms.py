"""Letter templates on the screen: the text, and which fields there are to write into it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from botui.models.records.form import Form
from botui.models.records.form_fields import FIELDS
from botui.screens.equipment_details import EquipmentDetails, EquipmentRecord, Link
from botui.widgets.detail import Section

_HEAD: Final = ("name", "subject", "body", "channel", "reply_days")
_OF: Final = {
    "office": "The office",
    "today": "Today",
    "letter": "The letter",
    "party": "To whom",
    "person": "Who writes",
    "bill": "A bill it is about",
    "candidate": "A candidate",
    "job": "The job offered",
    "employee": "An employee",
    "case": "A case",
}
"""What the fields of one record are called."""


class FormDetails(EquipmentDetails):
    """What is shown of a letter template."""

    def sections(self, record: Form) -> Sequence[Section]:
        """Return the text, then the fields that a text can have."""
        days = "" if record.reply_days is None else f"{record.reply_days} days after it went"
        rows = [("Subject", record.subject), ("How", record.channel.label), ("Answer due", days or "none is awaited")]
        return [
            Section("", rows if record.active else [("In use", "no: e takes it up again"), *rows]),
            Section("Text", record.body),
            Section("Fields", [(_OF[group], _braces(names)) for group, names in groupby(FIELDS, _group)]),
            *self.rest(record, (*_HEAD, "active")),
        ]

    def followed(self, record: Form) -> list[Link]:
        """Return the letters that were written with it last, the newest first, and what it names."""
        letters = self.last("letters", {"form": (record.id,)})
        return self.named(*(self.link("Letter", "letters", one.id) for one in letters), record=record)


def _group(name: str) -> str:
    return name.partition(".")[0]


def _braces(names: Iterable[str]) -> str:
    return " ".join(f"{{{name}}}" for name in names)


class FormRecord(EquipmentRecord):
    """One letter template."""

    DETAILS = FormDetails
    HELP = (
        "A letter template. b writes a letter with it: to a customer or supplier, about a bill if its text speaks of "
        "one; v opens the last that were written. e changes its text; the fields it can have are listed below."
    )
