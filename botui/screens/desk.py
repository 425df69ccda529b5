"""My desk: all that waits for a person, the most pressing first, and what they asked for; opened or done from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from botui import areas
from botui.actions.desk import absence, asked_by_me, my_desk, new_absence, offers
from botui.data import Done
from botui.models.base import VERB_KEYS, Offer, StoreDamaged
from botui.screens.desk_rows import AskedRows, WaitingRows, record_of, row_id
from botui.screens.frame import Keys
from botui.screens.rows import kind_of
from botui.screens.verbs import VerbScreen, do_all, look_ahead
from botui.widgets.record_table import RecordTable

WAITING, ASKED = "Waits for me", "Asked by me"
EMPTY: Final = {
    WAITING: "Nothing waits for you. a asks the office for something; ] shows what you asked for; 1 opens the tickets.",
    ASKED: "You have asked for nothing that is not done: a asks the office for something.",
}


class MyDeskScreen(VerbScreen):
    """What waits for whoever is at the desk."""

    HELP = (
        "What waits for you, the most pressing first. Enter opens it; a verb's letter does it from here, and . lists "
        "the verbs (that of Assign too, whose letter asks for something here)."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "ask", "Ask for", tooltip="Ask the office for something: it asks what."),
        Binding("n,f6,ctrl+n", "new", "New ticket", tooltip="File a ticket."),
        Binding("W", "away", "Going away", tooltip="Say that you go away and who stands in; or that you are back."),
        Binding(
            "slash,ctrl+f", "say", "Say or find", tooltip="A sentence (printer 2nd floor jam), a name or a number."
        ),
        Binding("d", "call", "Phone call", tooltip="Take down a phone call."),
        Binding("left_square_bracket,right_square_bracket", "other", "Other list", tooltip="What you asked for."),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.kind = kind_of("tickets")
        self.table = RecordTable(AskedRows.columns, menu=True, id="desk")
        self._list = WAITING
        self._count = 0
        self._new: tuple[int, ...] = ()
        self._rows: WaitingRows | AskedRows | None = None

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        yield self.table

    def heading(self) -> str:
        """Return which list it is, and how much is in it."""
        return f"My desk > {self._list} ({self._count:,})"

    def keys(self) -> Keys:
        """Return what is expected of whom it waits for, the keys of the desk, then the other verbs."""
        other = ASKED if self._list == WAITING else WAITING
        row = self.table.highlighted
        own = [
            *((("Enter", "Open", True),) if row is not None else ()),
            ("a", "Ask for", True),
            ("]", other, True),
            ("W", "Away", True),
        ]
        expected = VERB_KEYS.get(self._rows.expected(row), "") if self._rows is not None and row is not None else ""
        verbs = [one for one in self.verb_keys() if one[0] != "a"]
        return [*(one for one in verbs if one[0] == expected), *own, *(one for one in verbs if one[0] != expected)]

    def on_mount(self) -> None:
        """Show what there is."""
        super().on_mount()
        self.load()

    # --- rows ---------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Bring the list; the cursor stays on its record, or goes to what was just filed."""
        rows = await self.ask_store(self._find, self._list)
        if rows is None:
            return
        other = type(rows) is not type(self._rows)
        if self._rows is None or rows.columns != self._rows.columns:
            self.table.set_columns(rows.columns)
        self._rows = rows
        self._count = len(rows.ids())
        self.table.set_empty(EMPTY[self._list])
        self.table.show(rows)
        if other:
            self.table.action_go_to(0)
        if any(self.table.highlight(one) for one in self._new):
            self._new = ()
        self._aim()
        self.draw_frame()

    def _find(self, which: str) -> WaitingRows | AskedRows:
        desk = self.desk
        rows = WaitingRows(desk, my_desk(desk)) if which == WAITING else AskedRows(desk, asked_by_me(desk))
        if ids := rows.ids():
            # a record that cannot be read says so when it is opened
            with suppress(StoreDamaged):
                look_ahead(desk, *record_of(ids[0]))
        return rows

    def store_changed(self, changed: Mapping[str, frozenset[int]] | None) -> None:
        """Bring the list anew: anything may have come to wait for them."""
        self.load()

    def minute(self) -> None:
        """Bring the list anew: time makes things due."""
        self.load()

    def filed(self, refs: Sequence[str]) -> None:
        """Put the cursor on what was filed, where it is in this list."""
        self._new = tuple(row_id(*found) for ref in refs if (found := areas.parse_ref(ref)))
        self.load()

    @on(RecordTable.Highlighted, "#desk")
    def _highlighted(self) -> None:
        self._aim()
        self.status.position = self.table.position
        self.draw_keys()

    @on(RecordTable.Opened, "#desk")
    def _opened(self, event: RecordTable.Opened) -> None:
        self.session.open_record(*record_of(event.id))

    # --- verbs --------------------------------------------------------------------------------------------------

    def _aim(self) -> None:
        """Take aim at the record under the cursor: here each row may be of another kind."""
        if self.table.highlighted is not None:
            self.kind = kind_of(record_of(self.table.highlighted)[0])

    def selected(self) -> tuple[int, ...]:
        """Return the record under the cursor."""
        row = self.table.highlighted
        return () if row is None else (record_of(row)[1],)

    def action_verb(self, name: str, ask: bool = False) -> None:
        """Do a verb on what is under the cursor now."""
        self._aim()
        super().action_verb(name, ask)

    # --- keys of the desk ---------------------------------------------------------------------------------------

    def action_other(self) -> None:
        """Show the other list."""
        self._list = ASKED if self._list == WAITING else WAITING
        self.load()

    def action_new(self) -> None:
        """File a ticket."""
        self.session.new_record("tickets")

    def action_say(self) -> None:
        """Take a sentence, a name or a number."""
        self.session.go_to(say=True)

    def action_call(self) -> None:
        """Take down a phone call."""
        self.session.new_record("calls")

    @work(group="form")
    async def action_ask(self) -> None:
        """Choose what to ask for, fill it in, and do at once what belongs to it."""
        from botui.screens.dialogs import Choose

        entries = [(one.label, one) for one in offers(self.desk)]
        offer = await self.app.push_screen_wait(Choose("What do you need?", entries, hint="Press its number"))
        if offer is None:
            return
        area = next(one for one in areas.AREAS if one.name == areas.collection(offer.collection).area)
        done = await areas.load(area.screen).file_new(self.session, offer.collection, dict(offer.values))
        if done is not None:
            self.say(done.said)
            self.filed(done.refs)
            if offer.verb:
                await self._then(offer, done)

    async def _then(self, offer: Offer, filed: Done) -> None:
        """Ask for what a verb needs that belongs to what was filed, and do it."""
        from botui.screens.form import FormScreen
        from botui.screens.sheet import Sheet

        kind, found = kind_of(offer.collection), areas.parse_ref(filed.refs[0])
        transition = kind.transition(offer.verb)
        if found is None or transition.needs is None:
            return
        sheet = await self.ask_store(Sheet, transition.needs, self.desk)
        if sheet is None:
            return
        form = FormScreen(
            sheet,
            title=f"{transition.label} {filed.refs[0]}",
            desk=self.desk,
            save=partial(do_all, self.desk, kind.name, transition, (found[1],)),
            repeats=self.session.repeats,
        )
        done = await self.app.push_screen_wait(form)
        if done is not None:
            self.say(done.said)

    @work(group="form")
    async def action_away(self) -> None:
        """Fill in who stands in; or, where one is away already, open what was done meanwhile."""
        found = await self.ask_store(lambda: (absence(self.desk), new_absence(self.desk)))
        if found is None:
            return
        away, values = found
        if away is not None:
            self.session.open_record("standins", away.id)
        else:
            self.session.new_record("standins", values)
