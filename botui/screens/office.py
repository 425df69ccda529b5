"""The office lists: people, parties with their card, places, departments, topics, replies, reminders, settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from botui import areas
from botui.actions.cards import card
from botui.data import Done
from botui.models.base import Kind, Record, View
from botui.models.office import Party
from botui.models.shape import fields_of
from botui.screens.area import AreaMenu
from botui.screens.frame import Keys
from botui.screens.record import Details, RecordScreen, field_rows
from botui.screens.session import Session
from botui.widgets.detail import Section

SHOWN = 12
"""Records of one list that a card names; the newest first."""


class CardDetails(Details):
    """A person's, party's or place's card: all that names it, in every area there is."""

    def sections(self, record: Any) -> Sequence[Section]:
        """Return the fields, what the areas say of a party, then what names it, list by list."""
        found = [Section("", field_rows(self.desk, record))]
        if isinstance(record, Party):
            found += [Section(title, rows) for title, rows in card(self.desk, record)]
        for name, field, numbers in self.naming(record):
            kind: Kind[Any] = areas.kind(name)
            rows = [(areas.ref(name, one), self.line(kind, one)) for one in numbers[:SHOWN]]
            if len(numbers) > SHOWN:
                rows.append(("", f"and {len(numbers) - SHOWN:,} more"))
            found.append(Section(f"{kind.many}: {field} ({len(numbers):,})", rows))
        return found

    def line(self, kind: Kind[Any], number: int) -> str:
        """Return one record in a line: state and title."""
        index = self.desk.store.index(kind.name)
        state = index.value(number, "state") if "state" in index.names else None
        word = f"{kind.states.get(state, state)}: " if state else ""
        return f"{word}{self.desk.title(kind.name, number)}"

    def naming(self, record: Record) -> list[tuple[str, str, list[int]]]:
        """Return the lists in which records name this one: collection, the field's word, numbers, newest first."""
        found = []
        for one in areas.COLLECTIONS:
            if self.desk.may(one.name, "read") is not None:
                continue
            kind: Kind[Any] = areas.kind(one.name)
            kept = self.desk.store.index(one.name).names
            for spec in fields_of(kind.model):
                if spec.ui.ref == record.COLLECTION and spec.name in kept:
                    numbers = self.desk.ids(one.name, {spec.name: (record.id,)})[::-1]
                    if numbers:
                        found.append((one.name, spec.label.lower(), numbers))
        return found

    def followed(self, record: Any) -> list[tuple[str, tuple[str, int]]]:
        """Return what it names and what names it."""
        entries = super().followed(record)
        for name, _, numbers in self.naming(record):
            kind: Kind[Any] = areas.kind(name)
            entries += [(f"{areas.ref(name, one)}  {self.line(kind, one)}", (name, one)) for one in numbers[:SHOWN]]
        return entries


class CardScreen(RecordScreen):
    """A card on a screen of its own."""

    DETAILS = CardDetails
    HELP = "A card shows all that concerns this person, party or place. v opens what it names."


class OfficeScreen(AreaMenu):
    """The menu of the office lists."""

    AREA = "office"
    RECORDS: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("people", "parties", "places", "departments", "topics"), "botui.screens.office:CardScreen"),
        "standins": "botui.screens.away:StandInScreen",
    }
    MORE_KEYS: ClassVar[Keys] = (("o", "Open desks", True),)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "open_desks", "Open desks", tooltip="Which desks are open now, who is at them, and end one."),
    ]

    def action_open_desks(self) -> None:
        """Open the list of desks that are open."""
        self.session.open_desks()

    def show_list(self, collection: str, view: View) -> None:
        """Open a list; the office itself, of which there is one, at once."""
        if collection == "settings":
            self.session.open_record("settings", 1)
        else:
            super().show_list(collection, view)

    @classmethod
    def new_title(cls, collection: str, values: Mapping[str, Any]) -> str:
        """Return what stands above a form; that of who goes away (W on My desk) begins with them."""
        return (
            "Going away" if collection == "standins" and values.get("person") else super().new_title(collection, values)
        )

    @classmethod
    async def file_new(cls, session: Session, collection: str, values: Mapping[str, Any]) -> Done | None:
        """Open a form, but for what no form files: there is one office, and a reminder is about a record."""
        match collection:
            case "settings":
                session.open_record("settings", 1)
                return None
            case "reminders":
                return Done("Open the record you want to be reminded of and press z.", (), "")
            case _:
                return await super().file_new(session, collection, values)
