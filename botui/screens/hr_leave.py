"""Leave on the screen: asked for in a few keys, with what it takes beside the form; who is away, list by list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from botui.actions.asking_leave import begins, beside, fields, spread
from botui.data import Desk, Done
from botui.models.base import BotuiError, Refused
from botui.models.calendar import day_words
from botui.models.hr.absence_waiting import days_words
from botui.models.hr.away import others, words
from botui.models.hr.leave import Absence, Leave, LeaveType, State
from botui.models.hr.leave_fit import said
from botui.models.hr.leave_ledger import balance
from botui.models.shape import coerce
from botui.screens.equipment_details import joined
from botui.screens.form import FormScreen
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.screens.record import Details, RecordScreen, field_rows
from botui.screens.rows import KindRows
from botui.screens.session import Session
from botui.screens.sheet import Sheet
from botui.text import content
from botui.widgets.columns import Column
from botui.widgets.detail import Section
from botui.widgets.fields import Field

_LINES: Final = 3
"""Lines beside the form: what it takes (one or two), and who else is away."""
_HEAD: Final = (
    *("person", "type", "starts", "ends", "part", "hours", "state", "amount", "reason", "approver", "hr_too"),
    *("answer", "cut", "created_at", "created_by"),
)
"""Fields that stand in the lines above all others."""


class LeaveForm(FormScreen):
    """The form of days off: the first field takes all days at once, and what they take stands below as one types."""

    HELP = (
        "Days off. The first field takes mon, 1412, mon..fri, mon 5 (five working days), 24.12 half, fri 2h. Below "
        "stands what it takes, what is left then, and who else is away. Enter asks for it."
    )

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._comes_to = Static(id="beside", markup=False)
        self._comes_to.styles.height = _LINES

    def on_mount(self) -> None:
        """Put below the fields what they come to."""
        super().on_mount()
        panel = self._body.parent
        if isinstance(panel, Widget):
            panel.mount(self._comes_to, after=self._body)
        self._look()

    def _arrange(self, size: Any) -> None:
        super()._arrange(size)
        self._body.styles.max_height = max(size.height - 3 - _LINES, 1)

    def _texts(self) -> dict[str, str]:
        """Return the texts, days that stand in one field spread over all of them."""
        return spread(self._desk, super()._texts())

    def on_input_changed(self) -> None:
        """Look what is typed comes to."""
        super().on_input_changed()
        self._look()

    @work(exclusive=True, group="beside")
    async def _look(self) -> None:
        found = await self._ask(_beside, self._desk, self._texts())
        if found is not None:
            self._comes_to.update(content("\n".join(found)))

    @work
    async def _check(self, field: Field) -> None:
        """Say beside the days how they are read, be they one or several."""
        text = field.text
        read = spread(self._desk, {"starts": text}) if field.spec.name == "starts" and text.strip() else {}
        if read.get("starts", text) == text:
            super()._check(field)
        elif field.text == text:
            field.say(f"= {' to '.join(filter(None, (read['starts'], read.get('ends'))))}")


def _beside(desk: Desk, texts: Mapping[str, str]) -> list[str]:
    """Return what stands beside the form; what cannot be read yet counts as not typed."""
    values: dict[str, Any] = {}
    for name, text in texts.items():
        if text.strip():
            with suppress(Refused):
                values |= coerce(Leave, {name: text}, desk.typing())
    return beside(desk, values)


async def ask_leave(session: Session, values: Mapping[str, Any]) -> Done | None:
    """Ask for days off in its form; called in a worker."""
    desk = session.desk
    first = await session.in_store(begins, desk, values)
    form = LeaveForm(
        await session.in_store(Sheet, Leave, desk, None, first, fields(desk)),
        title="Days off",
        desk=desk,
        save=partial(desk.add, "leave"),
        draft_key="new leave",
        repeats=session.repeats,
    )
    return await session.push_screen_wait(form)


# --- lists and records ------------------------------------------------------------------------------------------------


class LeaveRows(KindRows):
    """Rows of leave: whose, when, how much, and where it stands."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 7),
            Column("person", "For", 16, flex=True),
            Column("days", "Days", 26, flex=True),
            Column("amount", "Takes", 10),
            Column("type", "Type", 12, wide=True),
            Column("approver", "Who approves", 16, wide=True),
            Column("state", "State", 11, telling=True),
        )

    def cell(self, key: str, record: Leave, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "days":
            return days_words(self.desk.context(), record)
        if key == "amount":
            kind: LeaveType | None = self.desk.peek("leavetypes", record.type)
            return said(record.amount, kind) if kind is not None else str(record.amount)
        return super().cell(key, record, doc)


class LeaveDetails(Details):
    """What is shown of a leave."""

    def sections(self, record: Leave) -> Sequence[Section]:
        """Return when and where it stands, what is left, who else is away, and all the rest."""
        ctx = self.desk.context()
        away = [("", words(ctx, one)) for one in others(ctx, record.person or 0, record.starts, record.until)]
        found = [Section("", self._head(record)), Section("Who else is away", away or [("", "nobody")])]
        rest = field_rows(self.desk, record, _HEAD)
        return [*found, Section("All about it", rest)] if rest else found

    def _head(self, one: Leave) -> list[tuple[str, str]]:
        ctx, title = self.desk.context(), self.desk.title
        kind: LeaveType | None = self.desk.peek("leavetypes", one.type)
        waits = f"{title('people', one.approver)} is asked" if one.state is State.ASKED and one.approver else ""
        then = "then HR" if waits and one.hr_too else ""
        rows = [
            ("State", joined(one.state.label, waits, then, one.answer)),
            ("For", title("people", one.person)),
            ("Days", days_words(ctx, one)),
        ]
        if kind is not None:
            rows.append(("Takes", joined(said(one.amount, kind), kind.name)))
            if kind.counted and self._is_theirs(one):
                rows.append(("Left today", said(balance(ctx, one.person or 0, kind.id, ctx.today), kind)))
        if one.reason:
            rows.append(("Why", one.reason))
        if one.created_at is not None:
            day = day_words(self.desk.settings.local(one.created_at).date(), ctx.today)
            rows.append(("Asked", joined(title("people", one.created_by), day)))
        return rows

    def _is_theirs(self, one: Leave) -> bool:
        """Return whether whoever looks may know what is left: it is theirs, HR's, or theirs to decide."""
        return self.desk.reads_all("leavebook") or self.desk.person in (one.person, one.approver)


class LeaveList(ListScreen):
    """A list of leave."""

    ROWS: ClassVar[type[KindRows]] = LeaveRows
    HELP = "Days off. n asks for some, V approves what waits for you, B refuses, C cancels. q: the team's calendar."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "calendar", "Calendar", tooltip="Who is away on which day, month by month."),
    ]

    def keys(self) -> Keys:
        """Return the keys of a list, and the calendar."""
        return [*super().keys(), ("q", "Calendar", True)]

    def action_calendar(self) -> None:
        """Show the team's calendar."""
        from botui.screens.hr_calendar import CalendarScreen

        self.app.push_screen(CalendarScreen())


class LeaveRecord(RecordScreen):
    """One leave."""

    DETAILS: ClassVar[type[Details]] = LeaveDetails
    HELP = "Days off. V approves, B refuses, C cancels, also while they run: the rest comes back. Enter lists all."


class AbsenceRows(KindRows):
    """Rows of who is away: who, from when to when, and whether all day."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 7),
            Column("person", "Who is away", 22, flex=True),
            Column("department", "Department", 16),
            Column("starts", "From", 11),
            Column("ends", "Until", 11),
            Column("part", "", 12),
        )

    def cell(self, key: str, record: Absence, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        today = self.desk.typing().now.date()
        if key in ("starts", "ends"):
            return day_words(getattr(record, key), today)
        if key == "part":
            return "" if record.all_day else "some hours" if record.hours is not None else record.part.label
        if key == "department":
            with suppress(BotuiError):
                person = self.desk.peek("people", record.person)
                return self.desk.title("departments", person.department if person else None)
            return ""
        return super().cell(key, record, doc)


class AbsenceList(LeaveList):
    """A list of who is away."""

    ROWS = AbsenceRows
    HELP = "Who is away when, never why. q: the team's calendar; l on the front page asks for days off."
