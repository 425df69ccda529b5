"""Paper by scan: who gets it, then paper after paper, each booked at once; or paper after paper that comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from botui import areas
from botui.data import Desk, Done
from botui.models.base import BotuiError, Refused
from botui.models.calendar import day_words
from botui.models.records.document import Document, Privacy, State
from botui.models.records.lending import HandOut
from botui.screens.frame import DeskScreen, Keys
from botui.screens.record import RecordScreen
from botui.screens.scanning import ScanListScreen
from botui.text import content
from botui.widgets.columns import Column
from botui.widgets.record_table import RecordTable

_TITLES: Final = {False: "Hand out paper by scan", True: "Take paper back by scan"}
_BADGE: Final = "\0"
"""What stands before the number of whose badge was scanned, in line with the codes: no scanner sends it."""


@dataclass(frozen=True, slots=True)
class _Line:
    """What came of one scan: the document, what was said, and whether its paper is out since; None = refused."""

    document: int
    said: str
    out: bool | None


class _PaperRows:
    """What was scanned here, the last first: which paper, and what came of it."""

    columns: ClassVar = (
        Column("id", "No.", 8),
        Column("title", "Paper", 18, flex=True),
        Column("said", "", 48, telling=True),
    )

    def __init__(self, desk: Desk, lines: Sequence[_Line]) -> None:
        self._desk = desk
        self._lines = lines

    def ids(self) -> Sequence[int]:
        """Return the places of the scans."""
        return range(len(self._lines), 0, -1)

    def cells(self, number: int) -> Sequence[str]:
        """Return one line."""
        line = self._lines[number - 1]
        ref = areas.ref("documents", line.document)
        title = self._desk.title("documents", line.document)
        said = "no more: it was taken back, or undone" if self._is_over(number) else line.said
        said = said.removeprefix(ref).removeprefix(":").strip().removeprefix("is ")
        return (ref, "" if title == ref else title, said)

    def _is_over(self, number: int) -> bool:
        """Return whether a paper is not where the last scan of it here has put it."""
        line = self._lines[number - 1]
        if line.out is None or any(one.document == line.document for one in self._lines[number:]):
            return False
        doc = self._desk.doc("documents", line.document) or {}
        return (doc.get("state") == State.OUT.value) is not line.out

    def style(self, number: int) -> str:
        """Return the emphasis of what was refused, and of what does not hold any more."""
        if self._lines[number - 1].out is None:
            return "late"
        return "done" if self._is_over(number) else ""


class PaperScreen(ScanListScreen):
    """Paper that is handed out to somebody, or comes back: each scan is booked at once.

    Args:
        back: it comes back.
        to: who gets it; None = whoever is scanned first.
        first: the paper that is handed out first.
    """

    HELP = (
        "Scan who gets it, then paper after paper: each is handed out at once, and the badge of somebody else goes on "
        "with them. R takes back: each paper that is scanned comes back. F9 takes the last one back."
    )
    DEFAULT_CSS = "PaperScreen > #for { height: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("F", "aim", "To", tooltip="Who gets it, by initials or name, and until when."),
        Binding("d", "due", "Due back", tooltip="The day the paper is to be back."),
        Binding("R", "mode(True)", "Take back", tooltip="What is scanned comes back."),
        Binding("T", "mode(False)", "Hand out", tooltip="What is scanned is handed out."),
    ]

    def __init__(self, *, back: bool = False, to: int | None = None, first: int | None = None) -> None:
        super().__init__()
        self._back, self._to, self._waits = back, to, first
        self._until: date | None = None
        self._lines: list[_Line] = []
        self.table = RecordTable(_PaperRows.columns, menu=True, id="papers")
        self._for = Static(id="for")

    def body(self) -> Iterable[Widget]:
        """Return who gets it, and what was scanned."""
        yield self._for
        yield self.table

    def heading(self) -> str:
        """Return what is done."""
        return _TITLES[self._back]

    def is_private(self) -> bool:
        """Return whether a paper that was scanned here is not open to all."""
        docs = (self.desk.doc("documents", one.document) or {} for one in self._lines)
        return any(doc.get("privacy", Privacy.OPEN.value) != Privacy.OPEN.value for doc in docs)

    def keys(self) -> Keys:
        """Return the keys of the page."""
        mine = () if self._back else (("F", "To", True), ("d", "Due back", True))
        other = ("T", "Hand out", True) if self._back else ("R", "Take back", True)
        return (*mine, other, ("F9", "Undo", bool(self._lines)), ("Esc", "Back", True))

    def on_mount(self) -> None:
        """Say what to do; hand out at once what was scanned before."""
        super().on_mount()
        self._draw()
        self.filled.set()
        if self._to is not None and self._waits is not None:
            self._begin()

    @work
    async def _begin(self) -> None:
        await self._hand_waiting()

    def store_changed(self, changed: Mapping[str, frozenset[int]] | None) -> None:
        """Draw what others, or an undo, did with these papers meanwhile."""
        if self.filled.is_set() and (changed is None or "documents" in changed):
            self._draw()

    # --- what is scanned ----------------------------------------------------------------------------------------

    def take_badge(self, owner: int, code: str) -> None:
        """Take a badge in its turn, as who gets it."""
        self.take_scan(f"{_BADGE}{owner}")

    async def take_code(self, code: str) -> None:
        """Take a paper back, hand it out, or let a badge say to whom."""
        if code.startswith(_BADGE):
            await self._aimed(int(code[1:]))
            return
        found = await self.ask_store(self.desk.by_code, code)
        meant = [one for one in found or () if one[0] in ("documents", "people")]
        if not meant:
            if found is not None:
                self.say("This is no paper and nobody's badge: scan the label of a document.", "warn")
            return
        if (chosen := await self.which(meant)) is None:
            return
        if chosen[0] == "people":
            await self._aimed(chosen[1])
        else:
            await self._paper(chosen[1])

    async def _aimed(self, person: int) -> None:
        if self._back:
            self.say("Scan what comes back: no badge is needed. T hands out.", "warn")
            return
        self._to = person
        self._draw()
        if self._waits is not None:
            await self._hand_waiting()
        else:
            self.say(f"For {self.desk.title('people', person)}: scan paper after paper.")

    async def _hand_waiting(self) -> None:
        number, self._waits = self._waits, None
        if number is not None:
            await self._paper(number)

    async def _paper(self, number: int) -> None:
        if not self._back and self._to is None:
            self._waits = number
            self._draw()
            self.say(f"{areas.ref('documents', number)}: scan who gets it; F types it.")
            return
        verb, values = ("give_back", {}) if self._back else ("hand_out", {"to": self._to, "due": self._until})
        try:
            done = await self.attempt(self.desk.do, "documents", number, verb, values)
        except BotuiError as error:
            self._lines.append(_Line(number, str(error), None))
            self.say(str(error), "warn")
        else:
            self._lines.append(_Line(number, done.said, not self._back))
            self.say(done.said)
        self._draw()

    # --- to whom, until when ------------------------------------------------------------------------------------

    def action_mode(self, back: bool) -> None:
        """Hand out what is scanned from now on, or take it back."""
        self._back, self._waits = back, None
        self._draw()
        self.say("Scan what comes back." if back else "Scan who gets it, then paper after paper.")

    @work
    async def action_aim(self) -> None:
        """Ask who gets it, and until when."""
        await self._ask("to", "due")

    @work
    async def action_due(self) -> None:
        """Ask until when it is out."""
        await self._ask("due")

    async def _ask(self, *names: str) -> None:
        if self._back:
            self.say("What comes back needs no day: T hands out.", "warn")
            return
        from botui.screens.form import FormScreen
        from botui.screens.sheet import Sheet

        sheet = await self.ask_store(Sheet, HandOut, self.desk, None, {"to": self._to, "due": self._until}, names)
        if sheet is None:
            return
        form = FormScreen(sheet, title=_TITLES[False], desk=self.desk, save=self._said)
        if await self.app.push_screen_wait(form) is not None:
            self._draw()
            await self._hand_waiting()

    def _said(self, values: Mapping[str, Any]) -> Done:
        due = values.get("due")
        if due is not None and due < self.desk.context().today:
            raise Refused("That day has passed.", {"due": "This day has passed."})
        self._to, self._until = values.get("to") or self._to, due
        return Done("", (), "")

    def _draw(self) -> None:
        self.table.set_empty("Scan what comes back." if self._back else "Scan who gets it: a badge; F types it.")
        if not self._back and self._to is not None:
            self.table.set_empty("Scan paper after paper: each is handed out at once.")
        self.table.show(_PaperRows(self.desk, self._lines))
        self.table.highlight(len(self._lines))
        self._for.update(content(f" {self._aim()}"))
        self.draw_frame()

    def _aim(self) -> str:
        if self._back:
            return "Each paper that is scanned comes back."
        to = self.desk.title("people", self._to) or "nobody yet"
        waits = f"   Waiting: {areas.ref('documents', self._waits)}" if self._waits and self._to is None else ""
        due = day_words(self._until, self.desk.context().today) if self._until else "in two weeks"
        return f"To: {to}   Due back: {due}{waits}"


def open_papers(screen: DeskScreen, *, back: bool) -> None:
    """Open the page on which paper is handed out, or taken back, by scan."""
    if reason := screen.desk.may("documents", "work"):
        screen.say(reason, "warn")
        return
    screen.app.push_screen(PaperScreen(back=back))


class PaperByBadge(RecordScreen):
    """An open document: a badge that is scanned hands its paper out."""

    def take_badge(self, owner: int, code: str) -> None:
        """Hand the paper out to whose badge was scanned, or change to them."""
        self._hand_to(owner, code)

    @work
    async def _hand_to(self, person: int, code: str) -> None:
        from botui.screens.dialogs import Choose

        record = self.current()
        may = isinstance(record, Document) and not self.desk.why_not(self.kind.transition("hand_out"), record)
        name, me = self.desk.as_system().title("people", person), person == self.desk.person
        hand = (f"Hand the paper out to {name}, and what is scanned next", True)
        entries = [*((hand,) if may else ()), ("It is my own badge: go on" if me else f"Change to {name}", False)]
        chosen = await self.app.push_screen_wait(Choose(f"{name} was scanned", entries))
        if chosen:
            self.app.push_screen(PaperScreen(to=person, first=self.number))
        elif chosen is not None and not me:
            self.session.sign_in(code=code)
