"""The App: one terminal's session. Thin: it opens screens, follows the store and passes on what is scanned."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from rich.console import Console
from textual import events, work
from textual.binding import Binding, BindingType
from textual.worker import Worker

from botui import areas
from botui.config import Config
from botui.driver import driver_class, redraw
from botui.models.errors import BotuiError
from botui.screens.follow import Changed, Follower
from botui.screens.frame import DeskScreen
from botui.screens.front import FrontScreen
from botui.screens.person import ASKING, CHECKING
from botui.screens.scans import ScanApp
from botui.screens.theme import desk_theme
from botui.terminal import Terminal, install_signals
from botui.widgets.ahead import TypeAhead
from botui.widgets.record_table import RecordTable
from botui.widgets.scan import ScanBuffer, ScanHook

if TYPE_CHECKING:
    from botui.data import Desk
    from botui.screens.scanner import Scanner

T = TypeVar("T")

SETTLED = 0.4
"""Seconds after which what start-up made is there for good."""


_TURN = 0.001
"""Seconds after which the screen's thread gets its turn while another takes in what others wrote; Python's own five
times as long are seen at each of the many turns that a drawing takes: beside a thread that reckons one takes 2 ms
instead of 6 to 12."""
_WAYS_OUT = frozenset(
    {"quit", "help_quit", "suspend_process", "screenshot", "deliver_screenshot", "command_palette", "change_theme"}
)
"""What a Textual app can do that no desk offers: it ends or stops the desk, writes a file, or covers it."""


class DeskApp(ScanApp):
    """One person's way to the desk at one terminal.

    Args:
        open_desk: opens the desk of whoever begins, or of nobody; called on the store's thread once the front page
            stands, because models and documents take as long to load as the screen itself. Keys wait for it.
        terminal: what the terminal can show.
        kiosk: there is no way out, and scans are also known by their speed.
        scan_prefix: what the terminal's scanner sends first.
        idle: seconds without a key after which the desk locks; input is kept as the person's draft.
        one_person: the terminal is one person's own, as behind an SSH key: where they are signed out, it ends.
        greeting: a sentence for the front page.
        died: when the desk before this one died, UTC; said on the front page.
        inbox: the folder into which this machine's scanner writes; None = there is none.

    Attributes:
        failure: why the desk could not be opened.
    """

    CSS_PATH = "botui.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "Leave", tooltip="Leave the desk; a kiosk has no way out.", priority=True),
        Binding("f1", "help", "Help", tooltip="All keys of this screen.", priority=True),
    ]

    def __init__(
        self,
        open_desk: Callable[[], Desk],
        terminal: Terminal,
        *,
        kiosk: bool = False,
        scan_prefix: str = "~",
        idle: int = 300,
        one_person: bool = False,
        greeting: str = "",
        died: datetime | None = None,
        inbox: Path | None = None,
    ) -> None:
        shown_by = driver_class(ascii_only=terminal.ascii_only)
        super().__init__(idle=idle, one_person=one_person, driver_class=shown_by, ansi_color=True)
        self.failure: BotuiError | None = None
        self.kiosk = kiosk
        self.greeting = greeting
        self._died = died
        self._inbox = inbox
        self._typed = TypeAhead(self, super().on_event, self._opening)
        self._scans = ScanHook(self, ScanBuffer(scan_prefix, timing=kiosk), self._typed.put)
        self._open_desk = open_desk
        self._opened = asyncio.Event()
        self._follower: Follower | None = None
        self.register_theme(desk_theme(terminal.colours))
        self.theme = "botui"

    # --- start and end ------------------------------------------------------------------------------------------

    def get_default_screen(self) -> FrontScreen:
        """Return the front page: what is under everything."""
        return FrontScreen()

    def on_mount(self) -> None:
        """Draw the front page, then open the desk behind it."""
        self.call_after_refresh(self._begin)
        if not self.is_headless:
            install_signals(asyncio.get_running_loop(), save_drafts=self.keep_drafts, leave=self.end, kiosk=self.kiosk)

    @work(group="load")
    async def _begin(self) -> None:
        """Open the desk, follow the store, and let the keys that were typed ahead go on."""
        from botui.screens.backups import DailyBackup
        from botui.sessions import Presence

        try:
            self.desk = await self.in_store(self._open_desk)
        except BotuiError as error:
            self.failure = error
            self.exit(return_code=error.exit_code)
        else:
            self.ready = True
            self._follower = Follower(self, self.desk.store, self._follow, self._show_changes)
            self._follower.start()
            self._backup = DailyBackup(partial(self._say, kind="warn"))
            self._scanner = self._scans_of(self._inbox)
            self.set_interval(60, self._minute)
            self.set_timer(SETTLED, _settle_memory)
            self._presence = Presence(self.desk.store.journal.path.parent, self.desk.terminal, self.desk.clock)
            self._show_person()
            self.touched()
            if self._one_person:
                self._own = self.desk
                self.open_my_desk()
            if self._died is not None:
                at = self.desk.settings.local(self._died)
                self._say(f"The desk had to start again at {at:%H:%M}. Nothing that was saved is lost.", "warn")
        finally:
            self._opened.set()

    def on_unmount(self) -> None:
        """Stop following the store."""
        if self._presence is not None:
            self._presence.close()
        if self._follower is not None:
            self._follower.stop()
        self._threads.close()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let nothing be done that no key of ours asks for, whatever link or binding of a widget names it."""
        return action not in _WAYS_OUT and super().check_action(action, parameters)

    def _fatal_error(self) -> None:
        """End with the place of a fault, without what was at hand there: that may be a PIN, or stand in a record."""
        from rich.segment import Segments
        from rich.traceback import Traceback

        self.bell()
        shown = Traceback(show_locals=False, width=None)
        self._exit_renderables.append(Segments(self.console.render(shown, self.console.options)))
        self._close_messages_no_wait()

    def action_leave(self) -> None:
        """Leave the program; a kiosk has no way out."""
        if not self.kiosk:
            self.exit(0)

    # --- keys and scans -----------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Let the scan buffer see every key before any widget does."""
        if not isinstance(event, events.Key | events.Paste):
            await super().on_event(event)
            return
        await self._opened.wait()
        if not self.ready:
            return
        self.touched()
        if self._presence is not None:
            self._presence.touch()
        if isinstance(event, events.Key):
            await self._scans.take(event)
        else:
            await self._typed.put(event)

    def _opening(self) -> list[Worker[Any]]:
        """Return the workers that do a verb, are about to ask for something, take in a PIN or bring the first rows.

        While a dialog is in front the first wait for an answer.
        """
        screen = self.screen
        groups = ASKING if isinstance(screen, DeskScreen) else {CHECKING}
        if isinstance(screen, DeskScreen) and not all(table.shown for table in screen.query(RecordTable)):
            # a cursor that is moved before there are rows stays on the first, and what is typed next is done to that
            groups = {*groups, "load"}
        return [one for one in self.workers if not one.is_finished and one.group in groups]

    # --- following the store ------------------------------------------------------------------------------------

    @work(exclusive=True, group="follow")
    async def _follow(self) -> None:
        try:
            await self.in_store(self.desk.store.refresh)
        except BotuiError as error:
            self._say(str(error), "error")

    def _show_changes(self, changed: Changed) -> None:
        self._turn_out(changed)
        for screen in self.screen_stack[::-1]:
            if isinstance(screen, DeskScreen):
                screen.store_changed(changed)
                break

    @work(exclusive=True, group="minute")
    async def _minute(self) -> None:
        try:
            await self.save(lambda _: None, self.desk.tick)
        except BotuiError as error:
            self._say(str(error), "error")
        self._backup.look(self.desk)
        self.take_in_scans()
        if isinstance(self.screen, DeskScreen):
            self.screen.minute()
            await self._call_out()

    def _scans_of(self, inbox: Path | None) -> Scanner | None:
        """Return what takes in scans; no desk without a scanner pays for it."""
        if inbox is None:
            return None
        from botui.screens.scanner import Scanner

        return Scanner(inbox, partial(self._say, kind="warn"))

    def take_in_scans(self) -> None:
        """Have what the scanner of this machine has written taken in, behind the screen."""
        if self._scanner is not None:
            self._scanner.look(self.desk.store.journal.path.parent)

    async def _call_out(self) -> None:
        """Say what has become urgent for whoever is at the desk, a meeting that begins or a message, once a sitting."""
        from botui.actions.desk import urgent

        desk = self.desk
        if desk.person is None:
            return
        try:
            found = await self.in_store(urgent, desk)
        except BotuiError:
            return  # My desk says what it is, as soon as somebody looks
        new = [words for ref, words in found.items() if ref not in self._called]
        if new and desk is self.desk:
            self._called.update(found)
            self._say(f"{new[0]}{f' And {len(new) - 1} more: 0 shows them.' if new[1:] else ''}", "warn")

    # --- going places (screens.session.Session) -----------------------------------------------------------------

    def open_area(self, name: str) -> None:
        """Open an area's menu, over the front page."""
        if self.known(partial(self.open_area, name)):
            screen = areas.load(next(one.screen for one in areas.AREAS if one.name == name))
            self._to_bottom()
            self.push_screen(screen())

    def open_my_desk(self) -> None:
        """Open the list of what waits for this person, over the front page."""
        if self.known(self.open_my_desk):
            from botui.screens.desk import MyDeskScreen

            self._to_bottom()
            self.push_screen(MyDeskScreen())

    def open_list(self, collection: str, view: str, text: str = "") -> None:
        """Open a list, filtered by a text."""
        if self.known(partial(self.open_list, collection, view, text)):
            screen = _area_screen(collection).list_screen(collection, view)
            if text:
                screen.filter_by(text)
            self.push_screen(screen)

    def open_record(self, collection: str, number: int, code: str = "") -> None:
        """Open a record, if it is there and may be seen; ``code`` was scanned for it, and the record takes it in."""
        if self.known(partial(self.open_record, collection, number)):
            self._show_record(collection, number, code)

    @work
    async def _show_record(self, collection: str, number: int, code: str) -> None:
        area = _area_screen(collection)
        try:
            # What belongs to a record may have to be looked up for the first time: not while the screen waits.
            await self.in_store(area.look, self.desk, collection, number)
        except BotuiError as error:
            self._say(str(error), "warn")
        else:
            screen = area.record_screen(collection, number)
            await self.push_screen(screen)
            if code:
                screen.opened_by_scan(code)

    @work(group="form")
    async def new_record(self, collection: str, values: dict[str, Any] | None = None) -> None:
        """Open the form of a new record; say what was filed."""
        if not self.known(partial(self.new_record, collection, values)):
            return
        if reason := self.desk.may(collection, "add"):
            self._say(reason, "warn")
            return
        done = await _area_screen(collection).file_new(self, collection, values or {})
        if done is not None:
            self._say(done.said)
            if isinstance(self.screen, DeskScreen):
                self.screen.filed(done.refs)

    def open_desks(self) -> None:
        """Open the list of desks that are open."""
        if self.known(self.open_desks):
            from botui.screens.sessions import OpenDesksScreen

            self.push_screen(OpenDesksScreen())

    def to_front(self) -> None:
        """Go back to the front page."""
        self._to_bottom()

    def go_to(self, text: str = "", *, say: bool = False, at_once: bool = False) -> None:
        """Open the palette, with a text in it.

        Args:
            text: what stands in it at first.
            say: for a sentence, which may be typed before one says who one is.
            at_once: go to what the text means without another key.
        """
        if (say and not at_once) or self.known(partial(self.go_to, text, say=say, at_once=at_once)):
            from botui.commands import Palette

            self.push_screen(Palette(self.desk, text, say=say, at_once=at_once), self._went)

    def _went(self, destination: Callable[[Any], None] | None) -> None:
        if destination is not None:
            destination(self)

    def action_help(self) -> None:
        """Show the keys of whatever is in front, but not over the help itself."""
        from botui.screens.dialogs import Tell

        if not isinstance(self.screen, Tell):
            self.show_help()

    def show_help(self) -> None:
        """Show the keys of the screen in front."""
        from botui.commands import help_text
        from botui.screens.dialogs import Tell

        self.push_screen(Tell("Help", help_text(self.screen)))

    def redraw(self) -> None:
        """Draw the whole screen anew."""
        redraw(self)


def run(
    open_desk: Callable[[], Desk],
    terminal: Terminal,
    config: Config,
    *,
    greeting: str = "",
    died: datetime | None = None,
    one_person: bool = False,
) -> int:
    """Open the desk on this terminal until it is left; return what the process ends with.

    A fault of the program is written to a file beside the store, for whoever mends it: on the glass it would show
    what stood in the records.

    Args:
        open_desk: opens the desk of whoever begins, or of nobody; it is closed in the end.
        terminal: what ``botui.terminal.prepare`` found.
        config: this machine's settings.
        greeting: a sentence for the front page.
        died: when the desk before this one died, UTC.
        one_person: the terminal is one person's own: where they are signed out, it ends.

    Raises:
        BotuiError: the desk could not be opened.
    """
    if config.ascii_only:
        terminal = replace(terminal, ascii_only=True)
    fault = StringIO()
    app = DeskApp(
        open_desk,
        terminal,
        kiosk=config.kiosk,
        scan_prefix=config.scan_prefix,
        idle=config.idle,
        greeting=greeting,
        died=died,
        one_person=one_person,
        inbox=config.inbox,
    )
    app.error_console = Console(file=fault, width=120)
    sys.setswitchinterval(_TURN)
    try:
        app.run(mouse=False)
    finally:
        if app.ready:
            app.desk.store.close()
    return _left(app, config, fault.getvalue())


def _left(app: DeskApp, config: Config, fault: str) -> int:
    """Say how the desk was left, if not as usual; return what the process ends with."""
    if app.failure is not None:
        raise app.failure
    if app.ended:
        print("This desk was ended from outside; what was typed is kept.", file=sys.stderr)
    if fault:
        _keep_fault(app.desk.store.journal.path.parent if app.ready else config.data, fault)
    return app.return_code or 0


def _keep_fault(folder: Path, text: str) -> None:
    from botui.storage import write_atomic

    path = folder / "fault.txt"
    write_atomic(path, text.encode())
    print("The desk had a fault and had to stop; nothing that was saved is lost.", file=sys.stderr)
    print(f"What happened is in {path}.", file=sys.stderr)


def _area_screen(collection: str) -> Any:
    """Return the area's screen class: it knows the screens of its lists, records and forms."""
    area = areas.collection(collection).area
    return areas.load(next(one.screen for one in areas.AREAS if one.name == area))


def _settle_memory() -> None:
    """Leave what stays for good out of later collections, and give back what start-up no longer needs."""
    gc.enable()
    gc.collect()
    gc.freeze()
    # glibc keeps freed memory for itself; on a small machine with many sessions every MiB counts.
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)
