"""The front page: the areas with what waits in them, the office board, and the box that takes a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from botui import areas
from botui.models.errors import NotAllowed
from botui.screens.frame import ALWAYS_COUNTED, DeskScreen, Keys
from botui.text import content
from botui.widgets.columns import Column
from botui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from botui.actions.board import Board
    from botui.actions.guests import Thing
    from botui.data import Desk

PERSONAL: Final = ("mine", "messages", "due")
"""Lists of whoever is at the desk: not counted while nobody is."""

ON_BOARD: Final = frozenset({"people", "tickets", "parcels", "meetings", "places", "settings"})
"""Collections of which the board tells."""

SOON: Final = 0.4
"""Seconds until the board is looked at: keys go first, and many changes at once are one look."""
_COUNTED: Final = ALWAYS_COUNTED.union(view.partition(":")[0] for area in areas.AREAS for view in area.summary)


class AreaRows:
    """The rows of the front page: key, area, what waits there."""

    columns: ClassVar = (
        Column("key", "", 3, right=True),
        Column("label", "Area", 12),
        Column("waits", "", 40, flex=True),
    )

    def __init__(self, summaries: Mapping[str, str]) -> None:
        self._summaries = summaries

    def ids(self) -> Sequence[int]:
        """Return the places of the areas."""
        return range(len(areas.AREAS))

    def cells(self, number: int) -> Sequence[str]:
        """Return one area."""
        area = areas.AREAS[number]
        return (area.key, area.label, self._summaries.get(area.name, ""))

    def style(self, number: int) -> str:
        """Return no emphasis."""
        return ""


class FrontScreen(DeskScreen):
    """The page everybody begins at and F3 comes back to."""

    HELP = (
        "Press the number of an area. / takes a sentence (printer 2nd floor jam; call NAME from NUMBER; pens 3), a "
        "name or a number, and shows the form or the thing. F10 says who you are. Who has not said so can report a "
        "problem or an accident, leave a message, and ask where a ticket stands."
    )
    DEFAULT_CSS = """
    FrontScreen > #board { height: 1fr; padding-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash,ctrl+f", "say", "Say or find", tooltip="A sentence (printer 2nd floor jam), a name or a number."
        ),
        Binding("d", "call", "Phone call", tooltip="Take down a phone call."),
        Binding("n,f6,ctrl+n", "new", "New ticket", tooltip="File a ticket."),
        Binding("p", "phones", "Phones", tooltip="The phone list: who is in or out, and their numbers."),
        Binding("r", "report", "Report", tooltip="Report what is broken or wrong; without signing in, too."),
        Binding("m", "message", "Message", tooltip="Leave a message for somebody, without signing in."),
        Binding("w", "where", "My ticket", tooltip="Where a ticket stands, by its number and your initials."),
        Binding("l", "leave", "Days off", tooltip="Ask for days off: the days, and Enter."),
        Binding("t", "punch", "In/out", tooltip="Come in and go out by badge, one after the other."),
        Binding("e", "evacuation", "Who is in", tooltip="Who is in the house, for the meeting point."),
        Binding("i", "incident", "Accident", tooltip="An accident or a near miss: whom to call, and what happened."),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.table = RecordTable(AreaRows.columns, menu=True, id="areas")
        self.table.styles.height = len(areas.AREAS) + 1
        self._board = Static(id="board")
        self._on_board: Board | None = None
        self._soon: Timer | None = None

    def body(self) -> Iterable[Widget]:
        """Return the list of areas and the board."""
        yield self.table
        yield self._board

    def heading(self) -> str:
        """Return the office's name."""
        return self.desk.settings.name

    @property
    def _known(self) -> bool:
        """Whether somebody is at the desk, or will be for all that is known before it is open."""
        return self.desk.person is not None if self.session.ready else not self.session.kiosk

    def keys(self) -> Keys:
        """Return the keys of the front page: those of a guest, or of somebody."""
        leave = () if self.session.kiosk else (("Ctrl-Q", "Leave", True),)
        if not self._known:
            return (
                ("r", "Report", True),
                ("m", "Message", True),
                ("p", "Phones", True),
                ("i", "Accident", True),
                ("t", "In/out", True),
                ("F10", "Sign in", True),
                ("F1", "Help", True),
                ("w", "My ticket", True),
                ("/", "Say it", True),
                *leave,
            )
        return (
            ("1-9", "Open", True),
            ("n", "Ticket", True),
            ("d", "Call", True),
            ("l", "Days off", True),
            ("r", "Broken", True),
            ("/", "Say it", True),
            ("F10", "Person", True),
            ("F1", "Help", True),
            ("p", "Phones", True),
            ("t", "In/out", True),
            ("e", "Who is in", True),
            *leave,
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to who is known what they do in their own name."""
        return not (action in ("message", "where") and self._known)

    def on_mount(self) -> None:
        """Draw the areas, then count what waits."""
        super().on_mount()
        self.table.show(AreaRows({}))
        greeting = getattr(self.app, "greeting", "")
        if greeting:
            self.say(greeting)
        if self.session.ready:
            self._count()

    def on_resize(self) -> None:
        """Write the board to the new width."""
        super().on_resize()
        self._draw_board()

    def store_changed(self, changed: Mapping[str, frozenset[int]] | None) -> None:
        """Count again, where something changed that is counted here."""
        if changed is None or not _COUNTED.isdisjoint(changed):
            self._count()
        if changed is not None and not ON_BOARD.isdisjoint(changed):
            self._see_board()
        if changed is None or "settings" in changed or "people" in changed:
            self.draw_frame()

    def minute(self) -> None:
        """Count again, and look who came back and which meeting ended."""
        self._count()

    @work(exclusive=True, group="load")
    async def _count(self) -> None:
        summaries = await self.ask_store(self._summaries)
        if summaries is not None:
            self.table.show(AreaRows(summaries))
        self._see_board()

    def _summaries(self) -> dict[str, str]:
        from botui.screens.rows import kind_of

        found = {}
        for area in areas.AREAS:
            parts = []
            for dotted in area.summary:
                collection, _, name = dotted.partition(":")
                view = kind_of(collection).view(name)
                if name in PERSONAL and self.desk.person is None:
                    continue
                try:
                    parts.append(f"{self.desk.count(collection, view):,} {view.label.lower()}")
                except NotAllowed:
                    continue
            found[area.name] = "  ".join(parts)
        return found

    def _see_board(self) -> None:
        if self._soon is None:
            self._soon = self.set_timer(SOON, self._look_at_board)

    @work(exclusive=True, group="board")
    async def _look_at_board(self) -> None:
        self._soon = None
        if not self.is_current:
            return  # it is looked at when this page is in front again
        # with the models that it needs, which the page itself does not wait for
        found = await self.ask_store(_board_now, self.desk)
        if found is not None and found != self._on_board:
            self._on_board = found
            self._draw_board()

    def _draw_board(self) -> None:
        if self._on_board is not None and self._board.size.width:
            from botui.screens.board import board_lines

            size = self._board.size
            self._board.update(content("\n".join(board_lines(self._on_board, size.width, size.height))))

    @on(RecordTable.Opened)
    def _opened(self, event: RecordTable.Opened) -> None:
        self.session.open_area(areas.AREAS[event.id].name)

    def action_new(self) -> None:
        """File a ticket."""
        self.session.new_record("tickets")

    def action_say(self) -> None:
        """Take a sentence, a name or a number."""
        self.session.go_to(say=True)

    @work(group="form")
    async def action_phones(self) -> None:
        """Show the phone list; whom one chooses gets a message, or shows their card to who may see it."""
        from botui.screens.guest import leave_message_for
        from botui.screens.phones import PhoneList

        if not self._known:
            found = await self.app.push_screen_wait(PhoneList(self.desk))
            if found is not None:
                await leave_message_for(self.session, found)
            return
        found = await self.app.push_screen_wait(PhoneList(self.desk, "Phone list. Type a name or a number."))
        if found is not None:
            self.session.open_record("people", found.number)

    def action_report(self) -> None:
        """Take down what is wrong or broken: of somebody who is known in their own name."""
        if self._known:
            self.session.new_record("faults")
        else:
            self.report()

    @work(group="form")
    async def report(self, thing: Thing | None = None) -> None:
        """Take down what is wrong, without asking who says so.

        Args:
            thing: the one whose label was scanned.
        """
        from botui.screens.guest import report

        await report(self.session, thing)

    @work(group="form")
    async def action_incident(self) -> None:
        """Take down an accident or a near miss: of somebody who is known in their own name."""
        if self._known:
            self.session.new_record("incidents")
            return
        from botui.screens.hr_safety import report

        done = await report(self.session)
        if done is not None:
            self.say(done.said)

    @work(group="form")
    async def action_message(self) -> None:
        """Take down a message for somebody."""
        from botui.screens.guest import leave_message

        await leave_message(self.session)

    @work(group="form")
    async def action_where(self) -> None:
        """Say where a ticket stands."""
        from botui.screens.guest import where_is

        done = await where_is(self.session)
        if done is not None:
            self.say(done.said)

    def action_leave(self) -> None:
        """Ask for days off."""
        self.session.new_record("leave")

    def action_punch(self) -> None:
        """Take badge after badge: who comes in and who goes out."""
        from botui.screens.hr_attendance import PunchScreen

        self.app.push_screen(PunchScreen())

    def action_evacuation(self) -> None:
        """Show who is in the house, to whoever is known: a guest has the phone list."""
        if self._known:
            self._who_is_in()
        else:
            self.session.sign_in(self._who_is_in)

    @work(group="form")
    async def _who_is_in(self) -> None:
        from botui.screens.reports import show_report

        await show_report(self, "evacuation")

    def action_call(self) -> None:
        """Take down a phone call."""
        self.session.new_record("calls")


def _board_now(desk: Desk) -> Board:
    from botui.actions.board import board

    return board(desk)
