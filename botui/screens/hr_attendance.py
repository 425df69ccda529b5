"""Attendance at the desk: badge after badge comes in and goes out; hours by week; who is in the house."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from botui.actions.punching import by_badge, myself
from botui.data import Desk, Done
from botui.models.base import BotuiError, Transition
from botui.models.calendar import day_words
from botui.models.hr.attendance import as_hours, weeks
from botui.models.hr.punch import Punch, Way
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.screens.record import RecordScreen
from botui.screens.rows import KindRows
from botui.screens.scanning import ScanListScreen
from botui.screens.verbs import VerbScreen
from botui.text import aligned, content
from botui.widgets.columns import Column

SHOWN_FOR: Final = 10.0
"""Seconds for which it stands on the glass who came or went; then the next one sees nothing of it."""
WEEKS: Final = 8
"""Weeks of which somebody reads their hours."""
SCAN: Final = "Hold your badge to the scanner: first to come in, then to go out."


class PunchScreen(ScanListScreen):
    """One badge after the other: who it is, in or out, and the time; nothing else, and not for long."""

    AUTO_FOCUS = None
    HELP = (
        "In and out by badge, one after the other; nobody is signed in by it. Who is signed in may press Enter "
        "instead. What was punched wrong is put right by HR, or by your manager."
    )
    DEFAULT_CSS = "PunchScreen > #said { height: 1fr; content-align: center middle; text-align: center; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "myself", "In or out", show=False, tooltip="Come in or go out without a badge, signed in."),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._said = Static(content(SCAN), id="said")
        self._shown_for: Timer | None = None
        self.filled.set()

    def body(self) -> Iterable[Widget]:
        """Return what is said, in the middle of the page."""
        yield self._said

    def heading(self) -> str:
        """Return what is done here."""
        return "In and out"

    def keys(self) -> Keys:
        """Return the keys: of who is signed in also Enter."""
        mine = [("Enter", "In or out", True)] if self.desk.person is not None else []
        return [("Badge", "In or out", True), *mine, ("Esc", "Back", True)]

    def take_badge(self, owner: int, code: str) -> None:
        """Take a badge in its turn."""
        self.take_scan(code)

    async def take_code(self, code: str) -> None:
        """Let whoever's badge it is come in or go out."""
        await self._punch(by_badge, self.desk, code)

    @work
    async def action_myself(self) -> None:
        """Let whoever is signed in come in or go out."""
        if self.desk.person is None:
            self.say("Hold your badge to the scanner, or sign in with F10.", "warn")
        else:
            await self._punch(myself, self.desk)

    async def _punch(self, rule: Any, *arguments: Any) -> None:
        try:
            done: Done = await self.attempt(rule, *arguments)
        except BotuiError as error:
            self._show(str(error))
            self.say("Nothing was booked.", "warn")
        else:
            self._show(done.said)
            self.status.clear()

    def _show(self, text: str) -> None:
        self._said.update(content(text))
        if self._shown_for is not None:
            self._shown_for.stop()
        self._shown_for = self.set_timer(SHOWN_FOR, self.forget)

    def forget(self) -> None:
        """Say again what is to be done."""
        super().forget()
        self._said.update(content(SCAN))


class PunchRows(KindRows):
    """Rows of attendance: who, which way and when, and what belongs to it."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 8),
            Column("person", "Who", 18, flex=True),
            Column("day", "Day", 12),
            Column("way", "In or out", 9),
            Column("at", "At", 6),
            Column("reason", "Why by hand", 16, flex=True),
            Column("pair", "Hours", 12, telling=True),
        )

    def cell(self, key: str, record: Punch, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        local = self.desk.settings.local(record.at)
        if key == "day":
            return day_words(local.date(), self.desk.typing().now.date())
        if key == "at":
            return f"{local:%H:%M}"
        if key == "pair":
            return self._hours(record)
        return super().cell(key, record, doc)

    def _hours(self, one: Punch) -> str:
        """Return how long they were there, where this is the end of it."""
        if one.corrected_at is not None:
            return "put right"
        other: Punch | None = self.desk.peek("punches", one.pair) if one.pair else None
        if other is None:
            return ""
        return f"{as_hours(one.at - other.at)}" if other.at < one.at else ""


class PunchVerbs(VerbScreen):
    """What lists and records of attendance have in common: both halves are put right in one form; hours by week."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "hours", "Hours", tooltip="How many hours it comes to, week by week."),
    ]

    def arguments(self, transition: Transition) -> dict[str, Any]:
        """Return both halves as they were punched: what is put right is changed or added."""
        record = self.current()
        if not isinstance(record, Punch) or transition.name != "correct":
            return super().arguments(transition)
        other: Punch | None = self.desk.peek("punches", record.pair) if record.pair else None
        halves = {one.way: one.at for one in (record, other) if one is not None}
        return {name: halves[way] for name, way in (("came", Way.IN), ("went", Way.OUT)) if way in halves}

    @work
    async def action_hours(self) -> None:
        """Show the hours of whom the record is about, week by week."""
        from botui.screens.dialogs import Tell

        record = self.current()
        person = record.person if isinstance(record, Punch) else self.desk.person
        found = await self.ask_store(_weeks, self.desk, person)
        if found is not None:
            title = f"Hours of {self.desk.title('people', person)}"
            await self.app.push_screen_wait(Tell(title, aligned(found or [("Nothing was punched in these weeks.",)])))


def _weeks(desk: Desk, person: int | None) -> list[tuple[str, ...]]:
    """Return somebody's last weeks, the newest first."""
    ctx = desk.context()
    first = ctx.today - timedelta(days=ctx.today.weekday() + 7 * (WEEKS - 1))
    found = weeks(ctx, first, ctx.today, person or 0)
    return [
        (f"week of {monday}", f"{len(week.days)} days", f"{as_hours(week.worked)} h", _missing(week.missing))
        for (_, monday), week in sorted(found.items(), reverse=True)
    ]


def _missing(number: int) -> str:
    return f"{number} not punched" if number else ""


class PunchList(PunchVerbs, ListScreen):
    """A list of attendance."""

    ROWS = PunchRows
    HELP = (
        "When people came and went. X puts one right, with the reason; n writes what was not punched at all. q: hours "
        "by week."
    )

    def keys(self) -> Keys:
        """Return the keys of a list, and the hours."""
        return [*super().keys(), ("q", "Hours", True)]


class PunchRecord(PunchVerbs, RecordScreen):
    """One coming or going."""

    HELP = "A coming or going. X puts it right, with the reason; what was is kept. q: hours by week."
