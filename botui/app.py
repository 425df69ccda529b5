"""The App: one terminal's session. Thin: it opens screens, follows the store and passes on what is scanned."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import sys
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from rich.console import Console
from textual import events, on, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.worker import Worker

from botui import areas
from botui.config import Config
from botui.driver import driver_class, redraw
from botui.models.errors import BotuiError
from botui.screens.follow import Changed, Follower
from botui.screens.frame import DeskScreen
from botui.screens.front import FrontScreen
from botui.screens.theme import desk_theme
from botui.screens.threads import StoreThreads
from botui.terminal import Terminal, install_signals
from botui.widgets.ahead import TypeAhead
from botui.widgets.scan import ScanBroken, ScanBuffer, ScanHook, Scanned
from botui.widgets.status import Kind as Outcome

if TYPE_CHECKING:
    from botui.data import Desk
    from botui.sessions import Presence

T = TypeVar("T")

COUNTDOWN = 20
"""Seconds between the warning and the lock (DESIGN section 4)."""
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
_ASKING = frozenset({"default", "form", "person"})
"""Groups of workers that may ask for something on a screen of its own."""


class DeskApp(App[int], inherit_bindings=False):
    """One person's way to the desk at one terminal.

    Args:
        open_desk: opens the desk of whoever begins, or of nobody; called on the store's thread once the front page
            stands, because models and documents take as long to load as the screen itself. Keys wait for it.
        terminal: what the terminal can show.
        kiosk: there is no way out, and scans are also known by their speed.
        scan_prefix: what the terminal's scanner sends first.
        idle: seconds without a key after which the desk locks; input is kept as the person's draft.
        greeting: a sentence for the front page.
        died: when the desk before this one died, UTC; said on the front page.

    Attributes:
        desk: the desk of whoever is in front of it, from when ``ready`` is true.
        failure: why the desk could not be opened.
        ended: whether somebody ended it from outside.
    """

    desk: Desk
    CSS_PATH = "botui.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "Leave", tooltip="Leave the desk; a kiosk has no way out.", priority=True),
        Binding("f1", "help", "Help", tooltip="All keys of this screen.", priority=True),
        Binding("f10,ctrl+p", "lock", "Lock", tooltip="Lock, so that somebody else can go on.", priority=True),
    ]

    def __init__(
        self,
        open_desk: Callable[[], Desk],
        terminal: Terminal,
        *,
        kiosk: bool = False,
        scan_prefix: str = "~",
        idle: int = 300,
        greeting: str = "",
        died: datetime | None = None,
    ) -> None:
        super().__init__(driver_class=driver_class(ascii_only=terminal.ascii_only), ansi_color=True)
        self.ready = False
        self.failure: BotuiError | None = None
        self.ended = False
        self.kiosk = kiosk
        self.greeting = greeting
        self._died = died
        self.repeats: MutableMapping[str, dict[str, str]] = {}
        self.bottom = 1
        self._threads = StoreThreads()
        self._typed = TypeAhead(self, super().on_event, self._opening)
        self._scans = ScanHook(self, ScanBuffer(scan_prefix, timing=kiosk), self._typed.put)
        self._idle = idle
        self._idle_timer: Timer | None = None
        self._open_desk = open_desk
        self._opened = asyncio.Event()
        self._follower: Follower | None = None
        self._presence: Presence | None = None
        self.register_theme(desk_theme(terminal.colours))
        self.theme = "botui"

    # --- start and end ------------------------------------------------------------------------------------------

    def get_default_screen(self) -> FrontScreen:
        """Return the front page: what is under everything."""
        return FrontScreen()

    def on_mount(self) -> None:
        """Draw the front page, then open the desk behind it."""
        self.call_after_refresh(self._begin)
        self._wait_for_idle()
        if not self.is_headless:
            install_signals(asyncio.get_running_loop(), save_drafts=self.keep_drafts, leave=self._end, kiosk=self.kiosk)

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
            self.set_interval(60, self._minute)
            self.set_timer(SETTLED, _settle_memory)
            self._presence = Presence(self.desk.store.journal.path.parent, self.desk.terminal, self.desk.clock)
            self._show_person()
            if self._died is not None:
                at = self.desk.settings.local(self._died)
                self._say(f"The desk had to start again at {at:%H:%M}. Nothing that was saved is lost.", "warn")
        finally:
            self._opened.set()

    def _show_person(self) -> None:
        """Draw the screen in front for whoever is at the desk now, and let others know who that is."""
        if self._presence is not None:
            self._presence.show(self.desk.person)
        if isinstance(self.screen, DeskScreen):
            self.screen.draw_frame()
            self.screen.store_changed(None)

    def keep_drafts(self) -> None:
        """Keep what stands in open forms: the terminal is gone."""
        for screen in self.screen_stack:
            keep = getattr(screen, "keep_draft", None)
            if keep is not None:
                with suppress(BotuiError):
                    keep()

    def _end(self) -> None:
        """Leave because somebody outside says so: what stands in open forms is kept."""
        self.keep_drafts()
        self.ended = True
        self.exit(0)

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

    def action_leave(self) -> None:
        """Leave the program; a kiosk has no way out."""
        if not self.kiosk:
            self.exit(0)

    # --- locking ------------------------------------------------------------------------------------------------

    def _wait_for_idle(self) -> None:
        """Begin to wait anew: a key was pressed."""
        if self._idle_timer is not None:
            self._idle_timer.stop()
        self._idle_timer = self.set_timer(max(self._idle - COUNTDOWN, self._idle / 2), self._warn_of_lock)

    def _warn_of_lock(self) -> None:
        if self.ready and self.desk.person is not None:
            left = min(COUNTDOWN, self._idle // 2)
            self._say(f"Nobody there? The desk locks in {left} seconds; any key keeps it open.", "warn")
            self._idle_timer = self.set_timer(left, self._lock_idle)

    def _lock_idle(self) -> None:
        self.lock()
        self._say("Locked: no key was pressed for a while. What was typed is kept.", "warn")

    def lock(self) -> None:
        """Leave nothing of the person on the glass: drafts are kept, nobody is signed in, the front page stands."""
        self.keep_drafts()
        self._to_bottom()
        # A question of the screen at the bottom went with its dialog: nobody will answer it any more.
        for asking in [one for one in self.workers if one.group in _ASKING]:
            asking.cancel()
        self.repeats.clear()
        self._clipboard = ""
        self.desk = self.desk.for_person(None)
        if isinstance(self.screen, DeskScreen):
            self.screen.status.clear()
        self._show_person()

    def action_lock(self) -> None:
        """Lock, and ask who goes on."""
        self.lock()
        self._pick_person(lambda: None)

    # --- keys and scans -----------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Let the scan buffer see every key before any widget does."""
        if not isinstance(event, events.Key | events.Paste):
            await super().on_event(event)
            return
        await self._opened.wait()
        if not self.ready:
            return
        self._wait_for_idle()
        if self._presence is not None:
            self._presence.touch()
        if isinstance(event, events.Key):
            await self._scans.take(event)
        else:
            await self._typed.put(event)

    def _opening(self) -> list[Worker[Any]]:
        """Return the workers that do a verb or are about to ask for something; none while a dialog is in front."""
        if not isinstance(self.screen, DeskScreen):
            return []
        return [one for one in self.workers if not one.is_finished and one.group in _ASKING]

    @on(Scanned)
    async def _scanned(self, event: Scanned) -> None:
        screen = self.screen
        take = getattr(screen, "take_scan", None)
        if take is not None and take(event.code):
            return
        if isinstance(screen, DeskScreen):
            await self.open_code(event.code, screen)

    @on(ScanBroken)
    def _scan_broken(self) -> None:
        if isinstance(self.screen, DeskScreen):
            self.screen.say("Only part of that scan came: please scan it again.", "warn")

    async def open_code(self, code: str, screen: DeskScreen) -> None:
        """Open what a code names: an exact alias first, then a reference; several ask."""
        from botui.screens.dialogs import Choose

        found = await screen.ask_store(self.desk.by_code, code)
        if found is None:
            return
        if not found:
            screen.say("Nothing has the code that was scanned.", "warn")
        elif len(found) == 1:
            self.open_record(*found[0])
        else:
            entries = [
                (f"{areas.ref(name, number)}  {self.desk.title(name, number)}", (name, number))
                for name, number in found
            ]

            def chosen(one: tuple[str, int] | None) -> None:
                if one is not None:
                    self.open_record(*one)

            self.push_screen(Choose(f"Which '{code}'?", entries), chosen)

    # --- following the store ------------------------------------------------------------------------------------

    async def in_store(self, call: Callable[..., T], *arguments: Any) -> T:
        """Run a call that only looks, off the screen's thread."""
        return await self._threads.look(call, *arguments)

    async def save(self, say: Callable[[str], object], call: Callable[..., T], *arguments: Any) -> T:
        """Run a call that changes something, where a wait for another desk holds up neither screen nor looks."""
        return await self._threads.change(lambda: self.desk.store.waits, say, call, *arguments)

    @work(exclusive=True, group="follow")
    async def _follow(self) -> None:
        try:
            await self.in_store(self.desk.store.refresh)
        except BotuiError as error:
            self._say(str(error), "error")

    def _show_changes(self, changed: Changed) -> None:
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
        if isinstance(self.screen, DeskScreen):
            self.screen.minute()

    def _say(self, text: str, kind: Outcome = "ok") -> None:
        for screen in self.screen_stack[::-1]:
            say = getattr(screen, "say", None)
            if say is not None:
                say(text, kind)
                return

    # --- going places (screens.session.Session) -----------------------------------------------------------------

    def who(self) -> str:
        """Return who is at the desk."""
        return self.desk.title("people", self.desk.person) or "nobody signed in"

    def open_area(self, name: str) -> None:
        """Open an area's menu, over the front page."""
        if self._known(partial(self.open_area, name)):
            screen = areas.load(next(one.screen for one in areas.AREAS if one.name == name))
            self._to_bottom()
            self.push_screen(screen())

    def open_list(self, collection: str, view: str) -> None:
        """Open a list."""
        if self._known(partial(self.open_list, collection, view)):
            self.push_screen(_area_screen(collection).list_screen(collection, view))

    def open_record(self, collection: str, number: int) -> None:
        """Open a record, if it is there and may be seen."""
        if self._known(partial(self.open_record, collection, number)):
            self._show_record(collection, number)

    @work
    async def _show_record(self, collection: str, number: int) -> None:
        area = _area_screen(collection)
        try:
            # What belongs to a record may have to be looked up for the first time: not while the screen waits.
            await self.in_store(area.look, self.desk, collection, number)
        except BotuiError as error:
            self._say(str(error), "warn")
        else:
            self.push_screen(area.record_screen(collection, number))

    @work(group="form")
    async def new_record(self, collection: str, values: dict[str, Any] | None = None) -> None:
        """Open the form of a new record; say what was filed."""
        if not self._known(partial(self.new_record, collection, values)):
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
        if self._known(self.open_desks):
            from botui.screens.sessions import OpenDesksScreen

            self.push_screen(OpenDesksScreen())

    def to_front(self) -> None:
        """Go back to the front page."""
        self._to_bottom()

    def _to_bottom(self) -> None:
        while len(self.screen_stack) > self.bottom:
            self.pop_screen()

    def go_to(self) -> None:
        """Open the palette."""
        if self._known(self.go_to):
            from botui.commands import Palette

            self.push_screen(Palette(self.desk), self._went)

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

    def _known(self, then: Callable[[], object]) -> bool:
        """Return whether somebody is at the desk; else ask who it is, then go on."""
        if self.desk.person is not None:
            return True
        self._pick_person(then)
        return False

    @work(exclusive=True, group="person")
    async def _pick_person(self, then: Callable[[], object]) -> None:
        from botui.screens.dialogs import Choose

        try:
            people = await self.in_store(self.desk.find, "people", {"active": (True,)})
        except BotuiError as error:
            self._say(str(error), "error")
            return
        entries = [
            (f"{one.name} ({one.initials})", one.id) for one in sorted(people, key=lambda one: one.name.casefold())
        ]
        if not entries:
            self._say("There is nobody in the directory yet: botui people are added with 'botui add people'.", "warn")
            return
        number = await self.push_screen_wait(Choose("Who are you?", entries))
        if number is None:
            return
        self.desk = self.desk.for_person(number)
        self._say(f"Good to see you, {self.desk.title('people', number)}.")
        self._show_person()
        then()


def run(
    open_desk: Callable[[], Desk],
    terminal: Terminal,
    config: Config,
    *,
    greeting: str = "",
    died: datetime | None = None,
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
    )
    app.error_console = Console(file=fault, width=120)
    sys.setswitchinterval(_TURN)
    try:
        app.run(mouse=False)
    finally:
        if app.ready:
            app.desk.store.close()
    if app.failure is not None:
        raise app.failure
    if app.ended:
        print("This desk was ended from outside; what was typed is kept.", file=sys.stderr)
    if fault.getvalue():
        _keep_fault(app.desk.store.journal.path.parent if app.ready else config.data, fault.getvalue())
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
