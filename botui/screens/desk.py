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
from botui.actions.desk import Thing, absence, asked_by_me, my_desk, new_absence, offers
from botui.data import Desk, Done
from botui.models.base import VERB_KEYS, Asked, Offer, StoreDamaged
from botui.models.tickets.deadlines import SOON
from botui.models.tickets.lifecycle import shown
from botui.screens.frame import Keys
from botui.screens.rows import kind_of
from botui.screens.verbs import VerbScreen, do_all, look_ahead
from botui.widgets.columns import Column
from botui.widgets.record_table import RecordTable

_PLACES: Final = {one.name: place for place, one in enumerate(areas.COLLECTIONS)}
WAITING, ASKED = "Waits for me", "Asked by me"
EMPTY: Final = {
    WAITING: "Nothing waits for you. a asks the office for something; ] shows what you asked for; 1 opens the tickets.",
    ASKED: "You have asked for nothing that is not done: a asks the office for something.",
}


def row_id(collection: str, number: int) -> int:
    """Return the number of a row for a record of any collection: the same record always has the same."""
    return number * len(_PLACES) + _PLACES[collection]


def record_of(row: int) -> tuple[str, int]:
    """Return collection and number of the record in a row."""
    number, place = divmod(row, len(_PLACES))
    return areas.COLLECTIONS[place].name, number


class WaitingRows:
    """The rows of what waits: the record, what it is, and why it waits."""

    def __init__(self, desk: Desk, things: Sequence[Thing]) -> None:
        self._things = {row_id(one.waiting.collection, one.waiting.number): one for one in things}
        people = {one.stood_in_for: desk.peek("people", one.stood_in_for) for one in things if one.stood_in_for}
        self._names = {number: one.initials or one.name for number, one in people.items() if one is not None}
        self._now = desk.clock()
        self.columns: tuple[Column, ...] = (
            Column("id", "No.", 7),
            Column("what", "What", 24, flex=True),
            *((Column("for", "For", 6),) if self._names else ()),
            Column("why", "Why", 32, telling=True),
        )

    def ids(self) -> Sequence[int]:
        """Return the rows, the most pressing first."""
        return list(self._things)

    def cells(self, number: int) -> Sequence[str]:
        """Return one thing."""
        thing = self._things[number]
        one = thing.waiting
        stands = (self._names.get(thing.stood_in_for or 0, ""),) if self._names else ()
        return (one.ref, one.what, *stands, one.why)

    def expected(self, number: int) -> str:
        """Return the verb that is expected with a thing; empty = none in particular."""
        return self._things[number].waiting.verb

    def style(self, number: int) -> str:
        """Return whether it is late or soon due."""
        due = self._things[number].waiting.due
        if due is None:
            return ""
        return "late" if due < self._now else "soon" if due < self._now + SOON else ""


class AskedRows:
    """The rows of what somebody asked for: where it stands, who has it, until when."""

    columns: ClassVar = (
        Column("id", "No.", 7),
        Column("what", "What", 16, flex=True),
        Column("state", "Where it stands", 27, flex=True),
        Column("owner", "Who has it", 12),
        Column("until", "Until", 12),
    )

    def __init__(self, desk: Desk, found: Sequence[Asked]) -> None:
        ctx = desk.context()
        self._cells = {
            row_id(one.collection, one.number): (
                areas.ref(one.collection, one.number),
                one.what,
                one.state,
                desk.title("people", one.owner) or "nobody yet",
                shown(ctx, one.until) if one.until else "",
            )
            for one in found
        }

    def ids(self) -> Sequence[int]:
        """Return the rows, the newest first."""
        return list(self._cells)

    def cells(self, number: int) -> Sequence[str]:
        """Return one request."""
        return self._cells[number]

    def expected(self, number: int) -> str:
        """Return that no verb is expected: it is somebody else's turn."""
        return ""

    def style(self, number: int) -> str:
        """Return no emphasis."""
        return ""


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
        Binding("d", "call", "Phone call", tooltip="Take down a phone call."),
        Binding("left_square_bracket,right_square_bracket", "other", "Other list", tooltip="What you asked for."),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.kind = kind_of("tickets")
        self.table = RecordTable(AskedRows.columns, menu=True, id="desk")
        self._list = WAITING
        self._count = 0
        self._new: int | None = None
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
        own = [("Enter", "Open", True), ("a", "Ask for", True), ("]", other, True), ("W", "Away", True)]
        row = self.table.highlighted
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
        if self._rows is None or rows.columns != self._rows.columns:
            self.table.set_columns(rows.columns)
        self._rows = rows
        self._count = len(rows.ids())
        self.table.set_empty(EMPTY[self._list])
        self.table.show(rows)
        if self._new is not None and self.table.highlight(self._new):
            self._new = None
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
        found = areas.parse_ref(refs[0]) if refs else None
        self._new = row_id(*found) if found else None
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
