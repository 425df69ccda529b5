"""What all screens of the desk share: a title line, a status line, a line of keys, and the way back.

A screen lives on one ``Desk``; everything it asks of the store that may wait runs in the store's own thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar, cast

from rich.cells import cell_len
from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static

from botui import areas
from botui.models.errors import BotuiError, PinNeeded
from botui.text import content, fit
from botui.widgets.status import KeyLine, StatusLine
from botui.widgets.status import Kind as Outcome

if TYPE_CHECKING:
    from botui.data import Desk, Done
    from botui.screens.session import Session

T = TypeVar("T")

Keys = Sequence[tuple[str, str, bool]]
"""Key, word and whether it works now: what the bottom line shows."""


ALWAYS_COUNTED: Final = frozenset({"people", "settings"})
"""Collections on which every count may depend: what the person may see, and what the office calls late."""


class DeskScreen(Screen[None]):
    """A screen of the desk.

    Subclasses say what stands in the title (``heading``), in the middle (``body``) and on the line of keys (``keys``),
    and what to draw anew when records change (``store_changed``).
    """

    HELP: ClassVar[str] = ""
    """What this screen is for, in a sentence or two: the beginning of F1."""
    AUTO_FOCUS: ClassVar[str | None] = "RecordTable"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark,ctrl+t", "help", "Help", tooltip="All keys of this screen."),
        Binding("f2,colon,ctrl+g", "go_to", "Go to", tooltip="Any list, person or number from anywhere."),
        Binding("f3,ctrl+b", "front", "Front page", tooltip="Back to the menu."),
        Binding("f5,ctrl+l", "redraw", "Draw anew", tooltip="Draw the whole screen again."),
        Binding("f9,u,ctrl+z", "undo", "Undo", tooltip="Take back the last thing you did; says first what."),
        Binding("escape,f12", "back", "Back", tooltip="One step back."),
        Binding("0", "my_desk", "My desk", tooltip="What waits for you, in every area."),
        *(Binding(one.key, f"area('{one.name}')", one.label, tooltip=f"Open {one.label}.") for one in areas.AREAS),
    ]

    DEFAULT_CSS = """
    DeskScreen { layout: vertical; }
    DeskScreen > .title { height: 1; width: 100%; text-style: reverse; text-wrap: nowrap; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._title = Static(classes="title")
        self.status = StatusLine()
        self._key_line = KeyLine()
        self._shown = False

    @property
    def session(self) -> Session:
        """What this terminal knows: the person's desk and how to open things."""
        return cast("Session", self.app)

    @property
    def desk(self) -> Desk:
        """The person's desk."""
        return self.session.desk

    def compose(self) -> ComposeResult:
        """Lay the frame around the body."""
        yield self._title
        yield from self.body()
        yield self.status
        yield self._key_line

    def body(self) -> Iterable[Widget]:
        """Return the widgets between title and status line."""
        return ()

    def heading(self) -> str:
        """Return what the title says on the left."""
        return ""

    def keys(self) -> Keys:
        """Return the keys of this screen that work now, the most useful first."""
        return ()

    def on_mount(self) -> None:
        """Write the lines of the frame."""
        self.draw_frame()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Show what changed while another screen was in front."""
        event.refresh_styles &= self._shown  # what was mounted just now has its styles
        if self.app.screen is not self:
            return  # left with all others at once: whoever is at the desk now may not look at it
        if self._shown:
            self.store_changed(None)
            self.draw_frame()
        self._shown = True

    def on_screen_suspend(self) -> None:
        """Forget what was said when another page comes in front: on the way back it would be taken for news."""
        if not isinstance(self.app.screen, ModalScreen):
            self.status.clear()

    def on_resize(self) -> None:
        """Write the title to the new width."""
        self.draw_frame()

    def draw_frame(self) -> None:
        """Write title and keys."""
        width = self.size.width
        ready = self.session.ready
        who = self.session.who() if ready else ""
        room = max(width - cell_len(who) - 2, 0)
        self._title.update(content(f"{fit(f' {self.heading()}' if ready else '', room)} {who} "))
        self.draw_keys()

    def draw_keys(self) -> None:
        """Write the line of keys."""
        self._key_line.show(self.keys())

    def store_changed(self, changed: Mapping[str, frozenset[int]] | None) -> None:
        """Take in that records changed (None = any); draw only what is different."""

    def is_private(self) -> bool:
        """Return whether what stands here is for one pair of eyes: nobody there for a minute locks the desk."""
        return False

    def minute(self) -> None:
        """Take in that a minute has passed: deadlines moved."""

    def filed(self, refs: Sequence[str]) -> None:
        """Take in that records were filed from here, so that they can be acted on at once."""

    def forget(self) -> None:
        """Forget what the person before said, typed or chose here: somebody else comes."""
        self.status.clear()

    def take_scan(self, code: str) -> bool:
        """Use a scanned code here; False = the desk looks it up."""
        return False

    def unknown_code(self, code: str) -> None:
        """Take in that nothing has a code that was scanned here."""
        self.say("Nothing has the code that was scanned.", "warn")

    # --- saying and doing ---------------------------------------------------------------------------------------

    def say(self, text: str, kind: Outcome = "ok") -> None:
        """Say an outcome on the status line."""
        self.status.say(text, kind)

    async def ask_store(self, call: Callable[..., T], *arguments: Any) -> T | None:
        """Run a call that only looks; what it refuses is said on the status line."""
        try:
            return await self.session.in_store(call, *arguments)
        except BotuiError as error:
            self.say(str(error), "error")
            return None

    async def tell(self, call: Callable[..., Done], *arguments: Any) -> Done | None:
        """Run a call that changes something, and say what was done, what was refused, or what it waits for."""
        try:
            done = await self.attempt(call, *arguments)
        except BotuiError as error:
            self.say(str(error), "error")
            return None
        self.say(done.said)
        return done

    async def attempt(self, call: Callable[..., Done], *arguments: Any) -> Done:
        """Run a call that changes something; where it needs the PIN, that is asked, and it is done again.

        Raises:
            BotuiError: it was refused, or is not to be done without the PIN.
        """
        try:
            return await self.session.save(self._say_waiting, call, *arguments)
        except PinNeeded as error:
            if not await self.session.confirm_pin(self.desk, str(error)):
                raise
            return await self.session.save(self._say_waiting, call, *arguments)

    def _say_waiting(self, text: str) -> None:
        self.say(text, "warn")

    # --- keys of every screen -----------------------------------------------------------------------------------

    def action_help(self) -> None:
        """Show all keys of this screen."""
        self.session.show_help()

    def action_go_to(self) -> None:
        """Open the palette."""
        self.session.go_to()

    def action_front(self) -> None:
        """Go back to the front page."""
        self.session.to_front()

    def action_redraw(self) -> None:
        """Draw everything again, as after noise on the line."""
        self.session.redraw()

    def action_my_desk(self) -> None:
        """Open the list of what waits for this person."""
        self.session.open_my_desk()

    def action_area(self, name: str) -> None:
        """Open an area."""
        self.session.open_area(name)

    def action_back(self) -> None:
        """Go one step back; the front page stays."""
        if len(self.app.screen_stack) > self.session.bottom:
            self.app.pop_screen()

    @work
    async def action_undo(self) -> None:
        """Say what would be undone, on what and when, then undo it."""
        from botui.actions.past import undo_question
        from botui.past import why_final
        from botui.screens.dialogs import Confirm

        found = await self.ask_store(lambda: (self.desk.undoable(),))
        if found is None:
            return
        (entry,) = found
        if entry is None:
            self.say("There is nothing of yours to undo.", "warn")
        elif reason := why_final(entry):
            self.say(reason, "warn")
        elif await self.app.push_screen_wait(Confirm(undo_question(self.desk, entry))):
            await self.tell(self.desk.undo, entry.digest)
