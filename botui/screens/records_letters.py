"""The post book on the screen: what is to be answered by when, where the paper is, and what answers what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType

from botui import areas
from botui.data import Desk
from botui.models.base import NotAllowed, plural
from botui.models.calendar import day_words
from botui.models.records.document import Privacy
from botui.models.records.letter import Letter, State
from botui.models.records.letter_sheet import letter_text
from botui.screens.equipment_details import EquipmentDetails, Link, due_words, joined
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.screens.record import RecordScreen
from botui.screens.rows import KindRows
from botui.widgets.columns import Column
from botui.widgets.detail import Section

_HEAD: Final = (
    *("correspondent", "subject", "owner", "reply_due", "direction", "channel", "party", "on", "dated", "theirs"),
    *("about", "answers", "document", "text", "note", "state", "waiting_for", "waiting_until", "answered_on", "reason"),
    "closed_at",
)
"""Fields that stand in the lines above all sections, or have a section of their own."""


class LetterRows(KindRows):
    """Rows of letters: which way they went, who sees to them, and last, where the eye runs down, by when."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 7),
            Column("direction", "", 3),
            Column("on", "On", 10),
            Column("correspondent", "From or to", 13, flex=True),
            Column("subject", "Subject", 16, flex=True),
            Column("channel", "How", 8, wide=True),
            Column("owner", "Who", 6),
            Column("reply_due", "Reply due", 13, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "reply_due":
            return stands(self.desk, record)
        if key == "owner":
            owner = self.desk.peek("people", record.owner) if record.owner else None
            return owner.initials if owner is not None else ""
        if key == "on":
            return day_words(record.on, self.desk.typing().now.date()) if record.on else ""
        return super().cell(key, record, doc)


def stands(desk: Desk, letter: Letter) -> str:
    """Return in words by when a letter is to be answered, until when it waits, or how it ended."""
    today = desk.typing().now.date()
    if not letter.is_pending:
        # most of what goes out asks for no answer, and nothing is to be said of that
        return "" if letter.state is State.CLOSED and not (letter.came_in or letter.reply_due) else letter.state.label
    if letter.state is State.WAITING and not (letter.reply_due and letter.reply_due < today):
        return f"wait {day_words(letter.waiting_until, today)}" if letter.waiting_until else letter.state.label
    return due_words(letter.reply_due, today) or letter.state.label


class LetterList(ListScreen):
    """A list of letters."""

    ROWS = LetterRows
    HELP = (
        "The post book. n enters what came or went, with its paper; r answers it by a letter, s says that it was "
        "answered without one, a gives it to somebody, w puts it off, c closes it."
    )

    def is_private(self) -> bool:
        """Return that most of the post is for all who work on it; one letter says for itself whom it is for."""
        return False


class LetterDetails(EquipmentDetails):
    """What is shown of a letter."""

    def sections(self, record: Letter) -> Sequence[Section]:
        """Return where it stands and where its paper is, what it says, and all the rest."""
        found = [Section("", self._head(record))]
        if record.text:
            found.append(Section("Text", record.text))
        if record.note:
            found.append(Section("Notes", record.note))
        return [*found, *self.rest(record, _HEAD)]

    def _head(self, one: Letter) -> list[tuple[str, str]]:
        came = "Came from" if one.came_in else "Went to"
        card = self.title("parties", one.party) if one.party else ""
        owner = self.title("people", one.owner) or ("nobody: a gives it to somebody" if one.is_pending else "nobody")
        rows = [
            ("State", joined(one.state.label, self._ended(one), one.reason)),
            ("Reply due", self._due(one)),
            (came, joined(one.correspondent, "" if card == one.correspondent else card, f"as {one.channel.label}")),
            ("On", joined(self.day(one.on), f"date on it {self.day(one.dated)}" if one.dated else "")),
            ("Who sees to it", owner),
            ("Paper", self._paper(one)),
            ("Their reference", one.theirs),
            ("About", self._about(one)),
            ("In answer to", self.desk.headline("letters", one.answers) if one.answers else ""),
        ]
        rows += [("Answered by", self.desk.headline("letters", number)) for number in self._answers(one)]
        return [(label, text) for label, text in rows if text]

    def _ended(self, one: Letter) -> str:
        if one.state is State.WAITING:
            return joined(f"until {self.day(one.waiting_until)}" if one.waiting_until else "", one.waiting_for)
        if one.answered_on is None:
            return ""
        late = (one.answered_on - one.reply_due).days if one.reply_due else 0
        return joined(f"on {self.day(one.answered_on)}", f"{plural(late, 'day')} late" if late > 0 else "")

    def _due(self, one: Letter) -> str:
        if one.reply_due is None:
            return "no answer is needed" if one.came_in else ""
        left = due_words(one.reply_due, self.today) if one.is_pending else ""
        return joined(self.day(one.reply_due), left if left.endswith("late") else "")

    def _paper(self, one: Letter) -> str:
        """Return the archive number, and where the paper stands or who has it, as far as this person sees it."""
        if one.document is None:
            return "none is filed"
        ref = areas.ref("documents", one.document)
        try:
            paper = self.desk.peek("documents", one.document)
        except NotAllowed:
            return ref
        if paper is None:
            return ref
        place = ", ".join(filter(None, (self.title("places", paper.place), paper.shelf)))
        has = f"{self.title('people', paper.holder)} has it" if paper.holder else ""
        return joined(ref, f"in {place}" if place else "", has, "" if place else paper.state.label)

    def _about(self, one: Letter) -> str:
        found = areas.parse_ref(one.about)
        return self.desk.headline(*found) if found else one.about

    def _answers(self, one: Letter) -> list[int]:
        """Return the letters that answer this one, as far as this person sees them."""
        return [other.id for other in self.all("letters", {"answers": (one.id,)})]

    def followed(self, record: Letter) -> list[Link]:
        """Return its paper first, then all that it names, and what answers it."""
        paper = self.link("Paper", "documents", record.document) if record.document else None
        answers = [self.link("Answered by", "letters", number) for number in self._answers(record)]
        return self.named(paper, *answers, record=record)


class LetterRecord(RecordScreen):
    """One letter, with its paper and what answers it."""

    DETAILS = LetterDetails
    HELP = (
        "One letter. r answers it by a letter, s says that it was answered without one, a gives it to somebody, w puts "
        "it off, c closes it; q shows it as a sheet, v opens its paper and what it names. Enter lists all."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "sheet", "Sheet", tooltip="The letter as a sheet to print, sign and send."),
    ]

    def is_private(self) -> bool:
        """Return whether not everybody who works on the post may see it."""
        record = self.current()
        return isinstance(record, Letter) and record.privacy is not Privacy.OPEN

    def keys(self) -> Keys:
        """Return the keys of a record, with the one that opens its paper before the verbs."""
        first, *rest = super().keys()
        return [first, ("v", "Paper", True), *(one for one in rest if one[0] != "v"), ("q", "Sheet", True)]

    @work
    async def action_sheet(self) -> None:
        """Show the letter as a sheet."""
        from botui.screens.dialogs import Tell

        text = await self.ask_store(lambda: letter_text(self.desk.context(), self.desk.get("letters", self.number)))
        if text is not None:
            await self.app.push_screen_wait(Tell("Letter", text))
