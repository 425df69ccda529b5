"""Disposal lists on the screen: what is to go, who says yes, what left the list and why, and the certificate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType

from botui import areas
from botui.data import Desk
from botui.models.base import Transition, plural
from botui.models.records.certificate import certificate_text
from botui.models.records.disposal import Disposal, Gone, State
from botui.models.records.document import Privacy
from botui.screens.equipment_details import EquipmentDetails, Link, joined
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.screens.record import RecordScreen
from botui.widgets.columns import Column
from botui.widgets.detail import Grid, Section

SHOWN: Final = 100
"""Documents that an open list shows; of the others it says how many."""
_HEAD: Final = (
    *("name", "schedule", "approver", "state", "count", "created_at", "created_by", "approved_at", "approved_by"),
    *("approved_for", "reason", "destroyed_at", "destroyed_by", "method", "witness", "firm", "number", "note"),
)
_COLUMNS: Final = (
    Column("no", "No.", 8),
    Column("title", "Title", 24, flex=True),
    Column("class", "Class", 18),
    Column("until", "Kept until", 11),
)
_NEXT: Final = {
    State.OPEN: "V approves it, B refuses it",
    State.APPROVED: "X says that it is destroyed",
    State.DESTROYED: "q shows the certificate",
}


class DisposalDetails(EquipmentDetails):
    """What is shown of a disposal list."""

    def sections(self, record: Disposal) -> Sequence[Section]:
        """Return where it stands, then what is on it, and what left it."""
        found = [Section("", self._head(record)), self._what(record)]
        if record.left:
            rows = [(areas.ref("documents", one.document), one.why) for one in record.left]
            found.append(Section(f"Left the list: {len(record.left):,}", rows))
        return [*found, *self.rest(record, _HEAD)]

    def _head(self, one: Disposal) -> list[tuple[str, str]]:
        approver = self.title("people", one.approver) or "nobody is asked: e says who"
        by = f"{self.title('people', one.approved_by)} {self.at(one.approved_at)}" if one.approved_at else ""
        of = f"for {self.title('people', one.approved_for)}" if one.approved_for else ""
        gone = f"{self.title('people', one.destroyed_by)} {self.at(one.destroyed_at)}" if one.destroyed_at else ""
        witness = f"seen by {self.title('people', one.witness)}" if one.witness else ""
        how = joined(
            one.method.label if one.method else "", self.title("parties", one.firm), one.number, witness, one.note
        )
        rows = [
            ("State", joined(one.state.label, one.reason, _NEXT.get(one.state, ""))),
            ("What for", joined(one.name, self.title("retention", one.schedule))),
            ("Listed by", f"{self.title('people', one.created_by)} {self.at(one.created_at)}".strip()),
            ("To approve", approver if one.state is State.OPEN else ""),
            ("Approved by", joined(by, of)),
            ("Destroyed by", gone),
            ("How", how),
        ]
        return [(label, text) for label, text in rows if text]

    def _what(self, one: Disposal) -> Section:
        rows = [self._gone(line) for line in one.gone] or [self._row(document) for document in self._documents(one)]
        hidden = max(one.count - len(rows), 0)
        more = f", of which {hidden:,} are not open to you" if hidden else ""
        more += f", of which the first {SHOWN:,} are shown" if len(rows) > SHOWN else ""
        what = "Destroyed" if one.state is State.DESTROYED else "To be destroyed"
        return Section(f"{what}: {plural(one.count, 'document')}{more}", Grid(_COLUMNS, rows[:SHOWN]))

    def _documents(self, one: Disposal) -> list[Any]:
        return self.all("documents", {"disposal": (one.id,)})

    def _gone(self, line: Gone) -> tuple[str, ...]:
        title = line.title or self.title("documents", line.document)
        return (areas.ref("documents", line.document), title, line.schedule, str(line.kept_until or ""))

    def _row(self, one: Any) -> tuple[str, ...]:
        return (one.ref, one.title, self.title("retention", one.schedule), str(one.keep_until or ""))

    def followed(self, record: Disposal) -> list[Link]:
        """Return the documents on it, then what left it, then what it names."""
        numbers = [one.document for one in record.gone] or [one.id for one in self._documents(record)]
        links = [self.link("Document", "documents", number) for number in numbers[:SHOWN] if self.sees(number)]
        stayed = [self.link("Left", "documents", one.document) for one in record.left if self.sees(one.document)]
        return self.named(*links, *stayed, record=record)

    def sees(self, number: int) -> bool:
        """Return whether this person may look at a document."""
        return self.desk.sees("documents", number)


class DisposalList(ListScreen):
    """A list of disposal lists."""

    HELP = "Disposal lists. n lists all that is due; somebody else approves it (V), then X says that it is destroyed."


class DisposalRecord(RecordScreen):
    """One disposal list, or the certificate that it became."""

    DETAILS = DisposalDetails
    HELP = (
        "One disposal list. V approves it, B refuses it, X says that it is destroyed, C takes it back; q shows the "
        "list, or the certificate, as text."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "text", "Certificate", tooltip="The list as text; once it is destroyed, its certificate."),
    ]

    def arguments(self, transition: Transition) -> dict[str, Any]:
        """Return how many documents are looked at, so that no more than these are approved."""
        record = self.current()
        return {"count": record.count} if transition.name == "approve" and isinstance(record, Disposal) else {}

    def is_private(self) -> bool:
        """Return whether something is on it that this person sees, and not everybody."""
        closed = (Privacy.PRIVATE.value, Privacy.HR.value)
        return bool(self.desk.ids("documents", {"disposal": (self.number,), "privacy": closed}))

    def keys(self) -> Keys:
        """Return the keys of a record, and that of its text."""
        first, *rest = super().keys()
        return [first, ("q", "As text", True), ("v", "Named", True), *(one for one in rest if one[0] != "v")]

    @work
    async def action_text(self) -> None:
        """Show the list as text."""
        from botui.screens.dialogs import Tell

        text = await self.ask_store(_text, self.desk, self.number)
        if text is not None:
            await self.app.push_screen_wait(Tell(areas.ref("disposals", self.number), text))


def _text(desk: Desk, number: int) -> str:
    return certificate_text(desk.context(), desk.get("disposals", number))
