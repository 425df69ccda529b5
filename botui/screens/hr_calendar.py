"""The team's calendar: a month at a time, who is away on which day, and on which the office is closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from botui.data import Desk
from botui.models.calendar import add_months, month_end
from botui.models.hr.absence_calendar import CLOSED, LEGEND, OPEN, Month, month
from botui.models.hr.away import between, words
from botui.models.office import Person
from botui.screens.choices import records
from botui.screens.frame import DeskScreen, Keys
from botui.text import content
from botui.widgets.columns import Column
from botui.widgets.record_table import RecordTable

_SHOWN: Final = frozenset({"absences", "standins", "people", "settings", "departments"})
"""Collections that stand in it."""
_LETTERS: Final = "MTWTFSS"
_WEEKDAYS: Final = 0
"""The row of the letters of the days."""
_EVERYBODY: Final = 0
"""What is chosen for no department."""


class MonthRows:
    """The rows of a month: first the letters of the days, then a line for each person."""

    def __init__(self, shown: Month, today: date, *, only_away: bool = False) -> None:
        self._lines = {
            number: (name, "".join(marks))
            for number, name, marks in shown.people
            if not only_away or set(marks) - {OPEN, CLOSED}
        }
        letters = (f"{_LETTERS[day.weekday()]}{'*' if day == today else ' '}" for day in shown.days)
        self._letters = "".join(letters)
        # the first and each Monday by its date: all of them would run into one another
        numbers = "".join(f"{day.day:<2}" if day.day == 1 or not day.weekday() else "  " for day in shown.days)
        self.columns: tuple[Column, ...] = (
            Column("name", "", 15, flex=True),
            Column("days", numbers, 2 * len(shown.days)),
        )

    def ids(self) -> Sequence[int]:
        """Return the rows."""
        return (_WEEKDAYS, *self._lines)

    def cells(self, number: int) -> Sequence[str]:
        """Return one line."""
        return ("", self._letters) if number == _WEEKDAYS else self._lines[number]

    def style(self, number: int) -> str:
        """Return no emphasis: the signs say it."""
        return ""


class CalendarScreen(DeskScreen):
    """Who is away when, a month at a time; of one's own department first."""

    HELP = (
        "Who is away on which day, never why; * is today. [ and ] go a month back and on, d chooses a department, a "
        "leaves only who is away, Enter says in words when."
    )
    DEFAULT_CSS = "CalendarScreen > #legend { height: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket", "month(-1)", "Month before", tooltip="The month before this one."),
        Binding("right_square_bracket", "month(1)", "Next month", tooltip="The month after this one."),
        Binding("t", "today", "This month", tooltip="Back to this month."),
        Binding("d", "department", "Department", tooltip="The people of a department, or all."),
        Binding("a", "away", "Only away", tooltip="Only who is away in this month, or everybody."),
        Binding("n,f6,ctrl+n", "new", "Days off", tooltip="Ask for days off."),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.table = RecordTable((), menu=True, id="month")
        self._day: date | None = None
        self._department: int | None = None
        self._of = ""
        self._only_away = False

    def body(self) -> Iterable[Widget]:
        """Return the month and what its signs mean."""
        yield self.table
        yield Static(content(LEGEND), id="legend")

    def heading(self) -> str:
        """Return month and department."""
        only = ", who is away" if self._only_away else ""
        return f"Away > {self._day:%B %Y}{self._of}{only}" if self._day else "Away"

    def keys(self) -> Keys:
        """Return the keys of the calendar."""
        return (
            ("[ ]", "Month", True),
            ("t", "This month", True),
            ("d", "Department", True),
            ("a", "Everybody" if self._only_away else "Only away", True),
            ("n", "Days off", True),
            ("Enter", "In words", True),
            ("Esc", "Back", True),
        )

    def on_mount(self) -> None:
        """Begin with this month and one's own department."""
        super().on_mount()
        person: Person | None = self.desk.peek("people", self.desk.person or 0)
        self._day = self.desk.context().today
        self._department = person.department if person else None
        self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Bring the month; the cursor stays on its person."""
        if self._day is None:
            return
        found = await self.ask_store(_month, self.desk, self._day, self._department)
        if found is None:
            return
        shown, today, of = found
        self._of = f", {of}" if of else ", all"
        rows = MonthRows(shown, today, only_away=self._only_away)
        self.table.set_columns(rows.columns)
        self.table.show(rows)
        self.draw_frame()

    def store_changed(self, changed: Mapping[str, frozenset[int]] | None) -> None:
        """Bring it anew where somebody goes away or stays."""
        if changed is None or not _SHOWN.isdisjoint(changed):
            self.load()

    def action_month(self, step: int) -> None:
        """Show the next or the previous month."""
        if self._day is not None:
            self._day = add_months(self._day.replace(day=1), step)
            self.load()

    def action_today(self) -> None:
        """Show this month."""
        self._day = self.desk.context().today
        self.load()

    def action_away(self) -> None:
        """Show only who is away in this month, or everybody."""
        self._only_away = not self._only_away
        self.load()

    def action_new(self) -> None:
        """Ask for days off."""
        self.session.new_record("leave", {})

    @work
    async def action_department(self) -> None:
        """Choose whose people are shown."""
        from botui.screens.dialogs import Choose

        found = await self.ask_store(records, self.desk, "departments")
        if found is None:
            return
        entries = [("Everybody", _EVERYBODY), *((name, number) for name, number in found if isinstance(number, int))]
        chosen = await self.app.push_screen_wait(Choose("Whose people?", entries))
        if chosen is not None:
            self._department = chosen or None
            self.load()

    @on(RecordTable.Opened, "#month")
    def _opened(self, event: RecordTable.Opened) -> None:
        if event.id != _WEEKDAYS:
            self._tell(event.id)

    @work
    async def _tell(self, person: int) -> None:
        """Say in words when somebody is away, from this month on."""
        from botui.screens.dialogs import Tell

        if self._day is None:
            return
        found = await self.ask_store(_words, self.desk, person, self._day.replace(day=1))
        if found is not None:
            title = self.desk.title("people", person)
            await self.app.push_screen_wait(Tell(title, "\n".join(found) or "Not away this month nor the next three."))


def _month(desk: Desk, day: date, department: int | None) -> tuple[Month, date, str]:
    desk.require("absences", "read")
    ctx = desk.context()
    return month(ctx, day, department), ctx.today, desk.title("departments", department)


def _words(desk: Desk, person: int, first: date) -> list[str]:
    ctx = desk.context()
    last = month_end(add_months(first, 3))
    return [words(ctx, one) for one in between(ctx, first, last) if one.person == person]
