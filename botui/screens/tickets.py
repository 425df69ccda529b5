"""Tickets: what is particular to them: time left, what was said, steps and parts, phone calls, following a reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Final

from textual.binding import Binding, BindingType

from botui import areas
from botui.data import Done
from botui.models.tickets import Comment, Ticket
from botui.models.tickets.approval import words
from botui.models.tickets.comments import thread
from botui.models.tickets.deadlines import age, time_left
from botui.models.tickets.lifecycle import shown
from botui.models.tickets.shape import CommentKind
from botui.models.tickets.tree import parts, progress
from botui.screens.area import AreaMenu
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.screens.record import Details, RecordScreen, field_rows
from botui.screens.rows import KindRows
from botui.screens.session import Session
from botui.widgets.columns import Column
from botui.widgets.detail import Section

_HEAD: Final = (
    ("state", "owner", "waiting_for", "waiting_until", "paused_at"),
    ("fault",),
    ("requester", "party", "caller", "number", "on_behalf_of", "for_person", "created_at"),
    ("priority", "resolution_due"),
    ("approval", "approver", "approved_by", "approved_for"),
    ("kind", "topic", "department", "place", "tags"),
)
"""Fields that stand in the four to six lines above all sections, line by line."""

_SECTIONS: Final = ("subject", "body", "resolution", "checklist", "links", "notes")
"""Fields that have a section of their own, or stand in the title."""

_ELSEWHERE: Final = (*_SECTIONS, *(name for line in _HEAD for name in line))


class TicketRows(KindRows):
    """Rows of tickets: with how much time is left, and how old they are."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns; what is left of the time stands last, where the eye runs down."""
        return (
            *super().make_columns(),
            Column("age", "Age", 5, wide=True, right=True),
            Column("next_due", "Time left", 11, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "next_due":
            return time_left(doc, self.desk.settings, self.desk.clock())
        if key == "age":
            return age(doc, self.desk.clock())
        return super().cell(key, record, doc)


class TicketList(ListScreen):
    """A list of tickets."""

    ROWS = TicketRows
    HELP = "Tickets. t takes one, r replies, w lets it wait, s resolves it; Space marks several for one verb."


class TicketDetails(Details):
    """What is shown of a ticket."""

    def sections(self, record: Ticket) -> Sequence[Section]:
        """Return what one needs to act on it first: where it stands, the text, what was said; all the rest last."""
        found = [Section("", self._head(record))]
        if record.body:
            found.append(Section("What it is about", record.body))
        if record.checklist:
            steps = [self._step(place, step) for place, step in enumerate(record.checklist, 1)]
            found.append(Section("Steps (k ticks off the next)", steps))
        if below := self.parts(record):
            far = progress(below, self.desk.clock())
            late = {part.id for part in far.late}
            rows = [(one.ref, f"{'LATE ' if one.id in late else ''}{one.state.label}: {one.subject}") for one in below]
            found.append(Section(f"Parts: {far}", rows))
        if record.links:
            found.append(Section("Links", [(ref, self._linked(ref)) for ref in record.links]))
        if record.resolution:
            found.append(Section("Solution", record.resolution))
        found += [Section(self._said(one), one.body) for one in self.said(record)]
        found.append(Section("All about it", field_rows(self.desk, record, _ELSEWHERE)))
        if record.notes:
            found.append(Section("Notes of the import", record.notes))
        return found

    def _head(self, record: Ticket) -> list[tuple[str, str]]:
        """Return four lines: where it stands, for whom, until when, what about; more with a fault or an approval."""
        desk, name = self.desk, self.desk.title
        left = time_left(record.doc(), desk.settings, desk.clock())
        stands = [record.state.label, f"{name('people', record.owner)} has it" if record.owner else "nobody has it"]
        if record.waiting_for:
            stands.insert(1, f"for {record.waiting_for.label}{self._at(', until', record.waiting_until)}")
        asked = [name("people", record.requester), name("parties", record.party), record.caller, record.number]
        behalf = f"for {name('people', record.on_behalf_of or record.for_person)}"
        asked += [behalf if record.on_behalf_of or record.for_person else "", self._at("", record.created_at).strip()]
        answer = "" if record.first_response_at else self._at("answer by", record.first_response_due)
        about = [record.kind.label, name("topics", record.topic), name("departments", record.department)]
        approval = words(desk.context(), record)
        return [
            ("State", _joined(*stands, left)),
            *self._fault(record),
            *([("Approval", approval)] if approval else []),
            ("Asked by", _joined(*asked)),
            ("How soon", _joined(record.level.label, answer, self._at("done by", record.resolution_due))),
            ("About", _joined(*about, name("places", record.place), ", ".join(record.tags))),
        ]

    def _fault(self, record: Ticket) -> list[tuple[str, str]]:
        """Return the fault that this is the report of, and where that stands."""
        fault = (
            self.desk.peek("faults", record.fault) if record.fault and self.desk.sees("faults", record.fault) else None
        )
        return [("Fault", _joined(self.desk.headline("faults", fault.id), fault.state.label))] if fault else []

    def _at(self, word: str, moment: datetime | None) -> str:
        return f"{word} {shown(self.desk.context(), moment)}" if moment else ""

    def said(self, record: Ticket) -> list[Comment]:
        """Return what was said and is for this person, on tickets merged into this one too, newest first."""
        said = thread(self.desk.context().data, record)[::-1]
        return [one for one in said if self.desk.sees("comments", one.id)]

    def parts(self, record: Ticket) -> list[Ticket]:
        """Return the parts of a ticket that this person sees."""
        return [one for one in parts(self.desk.context().data, record) if self.desk.sees("tickets", one.id)]

    def _step(self, place: int, step: Any) -> tuple[str, str]:
        if step.done_at is None:
            return (f"{place} [ ]", step.text)
        done = f"{self.desk.title('people', step.done_by)}{self._at(',', step.done_at)}"
        return (f"{place} [x]", f"{step.text}  ({done})")

    def _linked(self, ref: str) -> str:
        found = areas.parse_ref(ref)
        return self.desk.title(*found) if found else ""

    def _said(self, comment: Comment) -> str:
        who = self.desk.title("people", comment.author) or "botui"
        kind = {CommentKind.PUBLIC: ": reply", CommentKind.INTERNAL: ": note, for the desk only"}.get(comment.kind, "")
        minutes = f", {comment.minutes} min" if comment.minutes else ""
        return f"{self._at('', comment.at).strip()}  {who}{kind}{minutes}"

    def followed(self, record: Any) -> list[tuple[str, tuple[str, int]]]:
        """Return what it names, first what is broken, its parts and its links."""
        entries = sorted(super().followed(record), key=lambda one: one[1][0] != "faults")
        for part in self.parts(record):
            entries.append((f"Part: {part.ref}  {part.subject}", ("tickets", part.id)))
        for ref in record.links:
            if found := areas.parse_ref(ref):
                entries.append((f"Link: {ref}  {self.desk.title(*found)}", found))
        return entries


class TicketRecord(RecordScreen):
    """One ticket with what was said, its steps and its parts."""

    DETAILS = TicketDetails
    HELP = "One ticket. r replies, o notes something for the desk only, w waits, s resolves; Enter lists all."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,f6,ctrl+n", "new_part", "New part", tooltip="File a ticket that is part of this one."),
    ]

    def action_new_part(self) -> None:
        """File a ticket that is part of this one."""
        record = self.current()
        if record is not None:
            self.session.new_record("tickets", {"parent": record.id, "requester": getattr(record, "requester", None)})


def _joined(*words: str) -> str:
    return "; ".join(word for word in words if word)


class TicketsScreen(AreaMenu):
    """The menu of tickets."""

    AREA = "tickets"
    LISTS: ClassVar[Mapping[str, str]] = {"tickets": "botui.screens.tickets:TicketList"}
    RECORDS: ClassVar[Mapping[str, str]] = {"tickets": "botui.screens.tickets:TicketRecord"}
    MORE_KEYS: ClassVar[Keys] = (("d", "Call", True), ("q", "Reports", True))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "call", "Phone call", tooltip="Take down a phone call."),
        Binding("q", "report", "Reports", tooltip="How many came in and were done; which deadlines were met."),
    ]

    @classmethod
    async def file_new(cls, session: Session, collection: str, values: Mapping[str, Any]) -> Done | None:
        """Ask who rings before the form of a call, unless that is known."""
        from botui.screens.calls import WhoRings, call_form

        if collection != "calls":
            return await super().file_new(session, collection, values)
        if not {"caller", "number"} & values.keys():
            caller = await session.push_screen_wait(WhoRings(session.desk))
            if caller is None:
                return None
            values = {**values, **caller}
        return await session.push_screen_wait(await call_form(session, dict(values)))

    def action_call(self) -> None:
        """Take down a phone call."""
        self.session.new_record("calls")
