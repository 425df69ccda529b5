"""Lists of documents: where each paper is and who has it; in the inbox what each scan is proposed to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType

from botui import areas
from botui.models.base import BotuiError, Transition
from botui.models.records.document import Document, Privacy, State
from botui.models.records.filing import File
from botui.screens.equipment_details import due_words
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.screens.record import Details
from botui.screens.records_document import DocumentDetails, is_closed, stands_in
from botui.screens.rows import KindRows
from botui.widgets.columns import Column
from botui.widgets.detail import Section

_OF_INBOX: Final = frozenset({"schedule", "tags", "said"})
"""Columns that say what a scan is proposed to be."""
_FILING: Final = frozenset({"f", "m", "x"})
"""Keys of the verbs that empty the inbox."""
_OF_PAPER: Final = frozenset({"where", "holder", "classed", "dated", "keep_until"})
"""Columns that say where a paper is and how long it is kept."""


class DocumentRows(KindRows):
    """Rows of documents: the number that stands on the paper, where that is, and who has it."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns of all lists; each list leaves out those of the others."""
        return (
            Column("id", "No.", 7),
            Column("title", "Title", 20, flex=True),
            Column("party", "From or to", 12),
            Column("schedule", "Class", 16),
            Column("tags", "Tags", 10, wide=True),
            Column("said", "", 15, telling=True),
            Column("late", "", 13, telling=True),
            Column("where", "Stands in", 17),
            Column("classed", "Class", 14, wide=True),
            Column("dated", "Date on it", 10, wide=True),
            Column("keep_until", "Keep until", 10, wide=True),
            Column("holder", "Who has it", 17, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        match key:
            case "where":
                return stands_in(self.desk, record) or ("scan" if record.files else "")
            case "holder":
                return self._holder(record)
            case "late":
                return due_words(record.due, self.desk.typing().now.date()) if record.due else ""
            case "classed":
                return self.desk.title("retention", record.schedule)
            case "tags":
                return ", ".join(record.tags)
            case "said":
                return self._said(record)
        return super().cell(key, record, doc)

    def _holder(self, one: Document) -> str:
        """Return who has it, and whether that is late; of what is not there to be had, why not."""
        if one.state is State.OUT:
            late = one.due is not None and one.due < self.desk.typing().now.date()
            name = self.desk.title("people", one.holder)
            return f"late: {name}" if late else name
        if one.held:
            return "on hold"
        return "" if one.state is State.FILED else one.state.label

    def _said(self, one: Document) -> str:
        """Return what a person should know before filing a scan."""
        if one.twin is not None:
            return f"same as {areas.ref('documents', one.twin)}"
        if one.privacy is not Privacy.OPEN:
            return one.privacy.label
        return f"rule {self.desk.title('filing', one.proposed)}" if one.proposed else "" if one.schedule else "no class"


class Beside(DocumentDetails):
    """What stands beside a list; what is private is looked at on a screen of its own."""

    def sections(self, record: Document) -> Sequence[Section]:
        """Return what is shown of a document, but of a private one."""
        if is_closed(record):
            said = f"{record.ref} is {record.privacy.label}: Enter opens it, which is written down."
            return [Section("", said)]
        return super().sections(record)


class DocumentList(ListScreen):
    """A list of documents."""

    ROWS = DocumentRows
    HELP = (
        "Documents. The number goes on the paper; a scan of it opens the document. In the inbox f files a scan as it "
        "is proposed, . and 1 let you say otherwise, m joins it with another, x throws it away, b asks the rules anew."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "propose", "Ask the rules", tooltip="Let the filing rules of today say what the scans are."),
    ]

    def __init__(self, collection: str, view: str = "", details: type[Details] = Details) -> None:
        super().__init__(collection, view, Beside)

    @property
    def is_inbox(self) -> bool:
        """Whether it is the list of what is still to be filed."""
        return self.view.name == "inbox"

    def is_private(self) -> bool:
        """Return whether these are documents that not everybody sees."""
        return self.view.name == "private"

    def keys(self) -> Keys:
        """Return the keys of a list; in the inbox those that file come first."""
        if not self.is_inbox:
            return super().keys()
        files = [one for one in self.verb_keys() if one[0] in _FILING]
        others = (("b", "Ask the rules", True), ("n", "New", True), (".", "More", True))
        return [*files, ("Enter", "Open", True), *others]

    def on_mount(self) -> None:
        """Show the first rows, and see whether the scanner has written something."""
        super().on_mount()
        if self.is_inbox:
            self.session.take_in_scans()

    def _same(self) -> frozenset[str]:
        """Return the columns that this list does not need."""
        late = {"party"} if self.view.name == "overdue" else {"late"}
        return super()._same() | late | (_OF_PAPER if self.is_inbox else _OF_INBOX)

    def arguments(self, transition: Transition) -> dict[str, Any]:
        """Return what is proposed of the scan under the cursor, to file it so or otherwise."""
        return proposed(self.current(), transition) if len(self.selected()) == 1 else {}

    @work
    async def action_propose(self) -> None:
        """Let the filing rules of today say what the scans of the inbox are."""
        from botui.actions.scans import propose_anew

        try:
            done = await self.attempt(propose_anew, self.desk)
        except BotuiError as error:
            self.say(str(error), "error")
        else:
            self.say(done.said)


def proposed(scan: Any, transition: Transition) -> dict[str, Any]:
    """Return what a verb on a scan begins with: what it is proposed to be, or which document has its file already."""
    if not isinstance(scan, Document):
        return {}
    if transition.name == "merge":
        return {"into": scan.twin} if scan.twin else {}
    fields = File.model_fields if transition.name == "file" else ()
    return {name: value for name in fields if (value := getattr(scan, name)) not in (None, "", ())}
