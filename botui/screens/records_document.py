"""One document on the screen: its archive number large, to be written on the paper; where that is and who has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType

from botui import areas
from botui.data import Desk
from botui.models.base import Transition
from botui.models.records.document import GONE, Document, Privacy, State
from botui.screens.equipment_details import EquipmentDetails, Link, due_words, joined
from botui.screens.frame import Keys
from botui.screens.records_papers import PaperByBadge
from botui.widgets.columns import Column
from botui.widgets.detail import Grid, Section

_TOP: Final = dict(
    zip("0123456789", (" _ ", "   ", " _ ", " _ ", "   ", " _ ", " _ ", " _ ", " _ ", " _ "), strict=True)
)
_MIDDLE: Final = dict(
    zip("0123456789", ("| |", "  |", " _|", " _|", "|_|", "|_ ", "|_ ", "  |", "|_|", "|_|"), strict=True)
)
_BOTTOM: Final = dict(
    zip("0123456789", ("|_|", "  |", "|_ ", " _|", "  |", " _|", "|_|", "  |", "|_|", " _|"), strict=True)
)
"""Digits of seven segments, three lines high: they can be read from where the paper lies."""
_NAMING: Final = ("letters", "bills", "contracts")
"""Collections whose records name the document that is their paper."""
_HEAD: Final = (
    *("title", "party", "schedule", "dated", "tags", "privacy", "person", "readers", "place", "shelf", "ends_on"),
    *("about", "note", "state", "holder", "out_at", "due", "recalled_at", "keep_until", "longer", "held", "twin"),
    *("joined", "proposed", "files"),
)
"""Fields that stand above all the rest, or have a section of their own."""


def large(number: int) -> tuple[str, str, str]:
    """Return an archive number in three lines of large digits."""
    digits = str(number)
    top, middle, bottom = (" ".join(row[digit] for digit in digits) for row in (_TOP, _MIDDLE, _BOTTOM))
    return f"   {top}", f"D- {middle}", f"   {bottom}"


def stands_in(desk: Desk, document: Document) -> str:
    """Return where a paper stands: ``Cabinet 2, Box 4``."""
    return ", ".join(filter(None, (desk.title("places", document.place), document.shelf)))


def is_closed(document: Document) -> bool:
    """Return whether not everybody sees it, so that every look at it is written down."""
    return document.privacy is not Privacy.OPEN


class DocumentDetails(EquipmentDetails):
    """What is shown of a document."""

    def sections(self, record: Document) -> Sequence[Section]:
        """Return its number, where the paper is and who has it; then what it is, its files, and all the rest."""
        found = [self._number(record), Section("", self._head(record))]
        if record.files and record.state not in GONE:
            rows = [(one.name, f"{one.size:,} bytes, {one.media}") for one in record.files]
            found.append(Section("Files (q reads what stands in them)", rows))
        if record.note:
            found.append(Section("Note", record.note))
        if out := self._out(record):
            found.append(Section("Paper handed out", out))
        return [*found, *self.rest(record, _HEAD)]

    def _number(self, one: Document) -> Section:
        lines = large(one.id)
        beside = (self._state(one), self._stands(one), self._holder(one))
        columns = (Column("number", "", max(map(len, lines)) + 2), Column("said", "", 20, flex=True))
        return Section("", Grid(columns, [*zip(lines, beside, strict=True)]))

    def _state(self, one: Document) -> str:
        part = areas.ref("documents", one.joined) if one.joined else ""
        held = f"on hold: {one.held}" if one.held else ""
        to_file = "f files it" if one.state is State.INBOX else ""
        return joined(f"{one.state.label} {part}".strip(), held, to_file)

    def _stands(self, one: Document) -> str:
        if one.state in GONE:
            return ""
        where = stands_in(self.desk, one)
        return f"Stands in: {where}" if where else "Stands in: no place is said (e)"

    def _holder(self, one: Document) -> str:
        if one.state is not State.OUT:
            there = "Who has it: nobody, it is in its place" if one.place else "Who has it: nobody"
            return "" if one.state in GONE or one.state is State.INBOX else there
        late = due_words(one.due, self.today) if one.due else ""
        back = late if late.endswith("late") else f"due back {late}" if late else ""
        asked = "asked back" if one.recalled_at else ""
        return joined(f"Who has it: {self.title('people', one.holder)}", back, asked)

    def _head(self, one: Document) -> list[tuple[str, str]]:
        rows = [
            ("From or to", self.title("parties", one.party)),
            ("Date on it", self.day(one.dated)),
            ("Class", self._class(one)),
            ("Who sees it", self._seen_by(one)),
            ("About whom", self.title("people", one.person)),
            ("Ends on", self.day(one.ends_on)),
            ("Tags", ", ".join(one.tags)),
            ("Belongs to", self._about(one)),
        ]
        if one.twin:
            twin = self.desk.headline("documents", one.twin)
            rows.append(("Same file as", joined(twin, "m joins them" if one.state is State.INBOX else "")))
        if one.state is State.INBOX and one.proposed:
            rows.append(("Proposed by", f"the rule {self.title('filing', one.proposed)}"))
        return [(label, text) for label, text in rows if text]

    def _class(self, one: Document) -> str:
        if one.schedule is None:
            return "" if one.state in GONE else "not said yet: it says how long it is kept"
        rule = self.desk.peek("retention", one.schedule) if self.reads("retention") else None
        until = f"kept until {self.day(one.keep_until)}" if one.keep_until else ""
        return joined(self.title("retention", one.schedule), until or (rule.words if rule else ""))

    def _seen_by(self, one: Document) -> str:
        if not is_closed(one):
            return ""
        if one.privacy is Privacy.HR:
            return "HR and the person it is about; every look is written down"
        people = dict.fromkeys(filter(None, (one.owner, one.filed_by, one.created_by, *one.readers)))
        names = ", ".join(self.title("people", number) for number in people)
        return f"private: {names or 'nobody'}; every look is written down"

    def _about(self, one: Document) -> str:
        found = areas.parse_ref(one.about)
        return self.desk.headline(*found) if found else one.about

    def _out(self, one: Document) -> list[tuple[str, str]]:
        """Return to whom its paper was handed out last."""
        return [(self.at(out.at), self._lent(out)) for out in self.last("custody", {"document": (one.id,)})]

    def _lent(self, out: Any) -> str:
        back = f"back {self.at(out.back_at)}" if out.back_at else f"due back {self.day(out.due)}" if out.due else ""
        return joined(f"to {self.title('people', out.person)}", back, out.note)

    def followed(self, record: Document) -> list[Link]:
        """Return of which letters, bills and contracts it is the paper, of what the receipt, and what it names."""
        links: list[Link] = []
        for name in _NAMING:
            kind = areas.kind(name)
            if "document" in kind.index:
                found = self.all(name, {"document": (record.id,)})
                links += [self.link(kind.one.capitalize(), name, one.id) for one in found]
        for name in ("outlays", "vouchers"):
            links += [self.link("Receipt of", name, one.id) for one in self.all(name, {"receipt": (record.id,)})]
        links += [
            self.link("Handed out", "custody", out.id) for out in self.last("custody", {"document": (record.id,)})
        ]
        return self.named(*links, record=record)


class DocumentRecord(PaperByBadge):
    """One document, with what stands in its files."""

    DETAILS = DocumentDetails
    HELP = (
        "One document. Its number stands large, to be written on the paper; scanned later it opens this page. q reads "
        "what stands in its files; Enter lists what can be done."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "text", "Text", tooltip="Read what stands in its files, as far as it could be read."),
    ]

    def is_private(self) -> bool:
        """Return whether not everybody may see it."""
        record = self.current()
        return isinstance(record, Document) and is_closed(record)

    def keys(self) -> Keys:
        """Return the keys of a record, and the one that reads its files."""
        first, *rest = super().keys()
        record = self.current()
        there = isinstance(record, Document) and record.files and record.state not in GONE
        read = [("q", "Text", True)] if there else []
        return [first, *read, ("v", "Named", True), *(one for one in rest if one[0] != "v")]

    def arguments(self, transition: Transition) -> dict[str, Any]:
        """Return what is proposed of a scan, to file it so or otherwise."""
        from botui.screens.records_documents import proposed

        return proposed(self.current(), transition)

    @work
    async def action_text(self) -> None:
        """Show what stands in its files."""
        from botui.actions.scans import text_in, unread
        from botui.screens.dialogs import Tell

        record = self.current()
        if not isinstance(record, Document) or not record.files:
            self.say("It has no files.", "warn")
            return
        text = await self.ask_store(text_in, self.desk, record)
        if text is not None:
            title = f"{record.ref} {record.title}"
            self.app.push_screen(Tell(title, text or unread(record)))
