"""Meetings: when and where in one column, what one has answered, who comes, the steps of events, who else is busy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType

from botui import areas
from botui.data import Done
from botui.models import calendar
from botui.models.meetings import Meeting, RoomNow, State, rooms_now
from botui.models.meetings.clashes import clashes
from botui.models.meetings.filing import cannot_edit
from botui.models.meetings.shape import Step
from botui.models.meetings.times import span_words, until_when
from botui.screens.area import AreaMenu
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.screens.record import Details, RecordScreen, field_rows
from botui.screens.rows import KindRows
from botui.screens.session import Session
from botui.screens.verbs import VerbScreen
from botui.text import aligned
from botui.widgets.columns import Column
from botui.widgets.detail import Section

_ELSEWHERE: Final = (
    *("subject", "start", "until", "end", "place", "attendees", "guests", "seen", "helpers"),
    *("state", "reason", "note", "steps", "minutes"),
)
"""Fields that stand above all the rest, or have a section of their own."""

_NOT_SEEN: Final = "not seen yet"

_STEPS_ONLY: Final = frozenset({"place", "answer"})
"""Columns for which the list of one's steps has no use."""


class MeetingRows(KindRows):
    """Rows of meetings: from when to when, and what whoever looks has answered."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns; the next step stands only where steps are listed."""
        return (
            *super().make_columns(),
            Column("answer", "You", 8),
            Column("step", "Next step", 30, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "start":
            return span_words(self.desk.context(), record.start, record.ends)
        if key == "answer":
            return answer(record, self.desk.person)
        if key == "step":
            mine = [one for one in record.open_steps if record.does(one) == self.desk.person]
            return self._due(min(mine, key=_day)) if mine else ""
        return super().cell(key, record, doc)

    def _due(self, step: Step) -> str:
        if step.due is None:
            return step.text
        today = self.desk.context().today
        late = "LATE " if step.due < today else ""
        return f"{late}{calendar.day_words(step.due, today)}: {step.text}"


class MeetingVerbs(VerbScreen):
    """A screen of meetings: who may not change one is told before the form, not after it."""

    def is_private(self) -> bool:
        """Return whether the meeting that stands here is a private one."""
        record = self.current()
        return isinstance(record, Meeting) and record.private

    def action_verb(self, name: str, ask: bool = False) -> None:
        """Do a verb, or say why not."""
        record = self.current()
        if name == "edit" and isinstance(record, Meeting) and (why := cannot_edit(self.desk.context(), record)):
            self.say(why, "warn")
        else:
            super().action_verb(name, ask)


class MeetingList(MeetingVerbs, ListScreen):
    """A list of meetings."""

    ROWS = MeetingRows
    HELP = "Meetings. n files one, g says that you have seen it, D that you do not come; e moves it, C cancels it."

    def _same(self) -> frozenset[str]:
        """Return the columns that this list does not need."""
        return super()._same() | (_STEPS_ONLY if self.view.name == "steps" else {"step"})


class MeetingDetails(Details):
    """What is shown of a meeting."""

    def sections(self, record: Meeting) -> Sequence[Section]:
        """Return when, where and who first, then what is to be done for it and what was decided."""
        ctx = self.desk.context()
        found = [Section("", self._head(record))]
        if record.note:
            found.append(Section("Note", record.note))
        found.append(
            Section("Who comes", [(self.desk.name("people", one), _said(record, one)) for one in record.attendees])
        )
        taken = clashes(ctx, record, record.coming) if record.state is State.PLANNED and record.ends > ctx.now else []
        if taken:
            found.append(Section("Taken at the same time", [("", one.words(ctx)) for one in taken]))
        if record.steps:
            steps = [self._step(record, place, step) for place, step in enumerate(record.steps, 1)]
            found.append(Section("Steps (k ticks off the next)", steps))
        if record.minutes:
            found.append(Section("Minutes", record.minutes))
        found.append(Section("All about it", field_rows(self.desk, record, _ELSEWHERE)))
        return found

    def followed(self, record: Meeting) -> list[tuple[str, tuple[str, int]]]:
        """Return what its note refers to first, such as the interview that it keeps the time for."""
        found = areas.parse_ref(record.note.strip())
        about = [(self.desk.headline(*found), found)] if found and self.desk.sees(*found) else []
        return [*about, *super().followed(record)]

    def _head(self, record: Meeting) -> list[tuple[str, str]]:
        ctx = self.desk.context()
        rows = [("When", f"{span_words(ctx, record.start, record.ends)} ({record.until})")]
        if record.state is State.CANCELLED:
            rows.insert(0, ("Cancelled", record.reason))
        rows.append(("Room", self.desk.title("places", record.place) or "none"))
        if record.guests:
            rows.append(("Guests", record.guests))
        return rows

    def _step(self, record: Meeting, place: int, step: Step) -> tuple[str, str]:
        today = self.desk.context().today
        due = calendar.day_words(step.due, today) if step.due else ""
        if step.done_at is None:
            late = "LATE" if step.due and step.due < today else ""
            return (f"{place} [ ]", _joined(step.text, self.desk.name("people", record.does(step)), due, late))
        return (f"{place} [x]", _joined(step.text, self.desk.name("people", step.done_by)))


class MeetingRecord(MeetingVerbs, RecordScreen):
    """One meeting."""

    DETAILS = MeetingDetails
    HELP = (
        "One meeting. g: seen, D: you do not come, k ticks a step off, o adds to the minutes, e moves it, C cancels it."
    )


class MeetingsScreen(AreaMenu):
    """The menu of meetings."""

    AREA = "meetings"
    LISTS: ClassVar[Mapping[str, str]] = {"meetings": "botui.screens.meetings:MeetingList"}
    RECORDS: ClassVar[Mapping[str, str]] = {"meetings": "botui.screens.meetings:MeetingRecord"}
    MORE_KEYS: ClassVar[Keys] = (("q", "Rooms", True),)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "rooms", "Rooms", tooltip="Which rooms are in use now and until when, and which will be today."),
    ]

    @classmethod
    async def file_new(cls, session: Session, collection: str, values: Mapping[str, Any]) -> Done | None:
        """Begin the form of a meeting with whoever files it among those who come."""
        person = session.desk.person
        if collection == "meetings" and person is not None:
            values = {"attendees": (person,), **values}
        return await super().file_new(session, collection, values)

    @work
    async def action_rooms(self) -> None:
        """Show which rooms are in use."""
        from botui.screens.dialogs import Tell

        found = await self.ask_store(self._rooms)
        if found is None:
            return
        nothing = [("No room has a meeting now or later today.",)]
        await self.app.push_screen_wait(Tell("Rooms today", aligned(found or nothing)))

    def _rooms(self) -> list[tuple[str, ...]]:
        return [self._room(one) for one in rooms_now(self.desk.context())]

    def _room(self, one: RoomNow) -> tuple[str, ...]:
        """Return a room in words; what a private meeting is about is not said to others."""
        name, until = self.desk.title("places", one.place), until_when(self.desk.context(), one.until)
        if one.by is None:
            return (name, f"free until {until}", "")
        closed = self.desk.may("meetings", "read", one.by) is not None
        return (name, f"in use until {until}", "private" if closed else one.by.subject)


def answer(record: Meeting, person: int | None) -> str:
    """Return what somebody has answered to a meeting, in one word; nothing if they were not asked."""
    if person not in record.attendees:
        return ""
    word = _said(record, person).partition(":")[0]
    return "new" if word == _NOT_SEEN else word


def _said(record: Meeting, person: int | None) -> str:
    reason = next((one.text for one in record.declined if one.person == person), None)
    if reason is not None:
        return f"declined: {reason}"
    return "seen" if person in record.seen else _NOT_SEEN


def _day(step: Step) -> str:
    return step.due.isoformat() if step.due else "9999"


def _joined(*words: str) -> str:
    return ", ".join(word for word in words if word)
