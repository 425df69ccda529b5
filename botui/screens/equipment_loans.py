"""Lists of what is handed out and what is booked: who has which thing, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from botui.models.calendar import day_words
from botui.screens.equipment_details import due_words, tagged
from botui.screens.equipment_slips import open_hands
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.screens.rows import KindRows
from botui.widgets.columns import Column


class _Rows(KindRows):
    """Rows about an asset."""

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        return tagged(self.desk, record.asset) if key == "asset" else super().cell(key, record, doc)

    def day(self, moment: datetime) -> str:
        """Return on which day something is, in at most 11 cells."""
        local, now = self.desk.settings.local(moment), self.desk.settings.local(self.desk.clock())
        return day_words(local.date(), now.date())


class LoanRows(_Rows):
    """Rows of what is handed out: to whom or where and with which note, since when, and how late it is."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns; how late it is stands last, where the eye runs down."""
        return (
            Column("id", "No.", 7),
            Column("asset", "What", 20, flex=True),
            Column("to", "Who, where", 20, flex=True),
            Column("at", "Since", 11),
            Column("back_at", "Came back", 11, wide=True),
            Column("condition", "Condition", 12, wide=True),
            Column("due", "Due back", 13, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "to":
            aims = (("people", record.person), ("places", record.to_place))
            held = "".join(self.desk.title(*aim) for aim in aims if aim[1]) or tagged(self.desk, record.to_asset)
            return f"{held}: {record.note}" if record.note else held
        if key == "at":
            return self.day(record.at)
        if key == "back_at":
            return self.day(record.back_at) if record.back_at else ""
        if key == "due":
            if record.back_at:
                return "back"
            return due_words(record.due, self.desk.settings.local(self.desk.clock()).date())
        return super().cell(key, record, doc)


class LoanList(ListScreen):
    """A list of what is handed out."""

    ROWS = LoanRows
    HELP = "What is handed out. R takes it back, E gives it another day; Space marks several for one verb. n hands out."

    def new_key(self) -> Keys:
        """Return the key by which another is handed out by scan."""
        return [("n", "Hand out", True)]

    def action_new(self) -> None:
        """Hand out by scan."""
        open_hands(self, back=False)


class BookingRows(_Rows):
    """Rows of bookings: of what, from when until when, for whom."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 7),
            Column("asset", "What", 16, flex=True),
            Column("start", "From", 17),
            Column("end", "Until", 9),
            Column("person", "For", 14),
            Column("note", "What for", 10, flex=True),
            Column("state", "State", 11, wide=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        local = self.desk.settings.local
        if key == "start":
            return f"{self.day(record.start)} {local(record.start):%H:%M}"
        if key == "end":
            same = local(record.start).date() == local(record.end).date()
            return f"{local(record.end):%H:%M}" if same else self.day(record.end)
        return super().cell(key, record, doc)


class BookingList(ListScreen):
    """A list of bookings."""

    ROWS = BookingRows
    HELP = "What is booked. T hands it out, C cancels; W on an asset books it."
