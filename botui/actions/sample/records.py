"""The papers and the money of the sample office: a year of post, bills, claims, cash and the bank, as it is now."""

from __future__ import annotations

from typing import ClassVar

from botui.actions.sample.played import Played
from botui.actions.sample.year import Year
from botui.models.records import charting
from botui.models.records.chart import Category


class Records(Played):
    """What an office files, owes and pays in a year."""

    AREA = "records"
    PARTS: ClassVar[tuple[str, ...]] = (
        "botui.actions.sample.records_bank:begin",
        "botui.actions.sample.records_documents:play",
        "botui.actions.sample.records_custody:play",
        "botui.actions.sample.records_bills:play",
        "botui.actions.sample.records_expenses:play",
        "botui.actions.sample.records_letters:play",
        "botui.actions.sample.records_bank:play",
        "botui.actions.sample.records_entries:play",
    )

    def begin(self) -> None:
        """Let the usual categories of the books be there from the first moment on."""
        room, keeper = self._year.room, self._year.keepers[0]
        self._year.on(0, lambda at: room.let(at, keeper, charting.begin), 0.0)


def category(year: Year, name: str) -> int:
    """Return the number of a category of the books; it is there from the first moment of the year on."""
    return next(one.id for one in year.room.all(Category) if one.name == name)
