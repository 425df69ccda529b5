"""The reference for start, memory and idling: as little Textual as shows a list of 100 rows."""

from __future__ import annotations

from typing import Any

from textual.app import App, ComposeResult
from textual.widgets import DataTable

LAST_LINE = b"Subject 22"
"""The last row of a screen of 24 lines: once it has come, the list is there."""


class Bare(App[None]):
    """A list of 100 rows."""

    def compose(self) -> ComposeResult:
        """Return the list."""
        yield DataTable()

    def on_mount(self) -> None:
        """Fill the list."""
        table: DataTable[Any] = self.query_one(DataTable)
        table.add_columns("No.", "Subject", "Who has it", "State")
        for number in range(100):
            table.add_row(f"T-{number}", f"Subject {number}", "Ann Archer", "open")


if __name__ == "__main__":
    Bare().run()
