"""Who is at this terminal: signing in, changing, locking."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import NoActiveWorker, get_current_worker

from botui.models.errors import BotuiError
from botui.screens.follow import Changed
from botui.screens.frame import DeskScreen
from botui.screens.idle import Idle
from botui.screens.threads import StoreThreads
from botui.widgets.status import Kind as Outcome

if TYPE_CHECKING:
    from botui.actions.sitting import Last
    from botui.data import Desk
    from botui.sessions import Presence

T = TypeVar("T")

GUEST_IDLE: Final = 60
"""Seconds after which what a guest left is cleared away (DESIGN section 4)."""
PRIVATE_IDLE: Final = 60
"""Seconds after which a page with private matters is left."""
NOT_YOU: Final = "Not you? N"
ASKING: Final = frozenset({"default", "form", "person"})
"""Groups of workers that may ask for something on a screen of its own."""
CHECKING: Final = "check"
"""The group of the workers that take a PIN in: keys that are typed meanwhile wait, whatever is in front."""
_WARNING: Final = "Nobody there?"


class PersonApp(App[int], inherit_bindings=False):
    """One terminal and whoever is in front of it.

    Args:
        idle: seconds without a key after which the desk locks; input is kept as the person's draft.
        one_person: the terminal is one person's own, as behind an SSH key: where they are signed out, it ends.
        more: arguments of the App.

    Attributes:
        desk: the desk of whoever is in front of it, from when ``ready`` is true.
        ready: whether the desk is open.
        repeats: last values of fields, by collection and field, for F7.
        bottom: screens that stay when one goes back: the front page.
        ended: whether somebody ended it from outside.
    """

    desk: Desk
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+p", "lock", "Lock", tooltip="Lock, so that somebody else can go on.", priority=True),
        Binding("N", "not_me", "Not you?", tooltip="Say that what was done last was not you.", priority=True),
    ]

    def __init__(self, *, idle: int, one_person: bool = False, **more: Any) -> None:
        super().__init__(**more)
        self.ready = False
        self.ended = False
        self.repeats: MutableMapping[str, dict[str, str]] = {}
        self.bottom = 1
        self._one_person = one_person
        self._own: Desk | None = None
        self._last: Last | None = None
        self._called: set[str] = set()
        self._limit = idle
        self._idle = Idle(self, self._patience, self._warn_of_lock, self._lock_idle)
        self._presence: Presence | None = None
        self._threads = StoreThreads()

    # --- what it is done with -----------------------------------------------------------------------------------

    async def in_store(self, call: Callable[..., T], *arguments: Any) -> T:
        """Run a call that only looks, off the screen's thread."""
        return await self._threads.look(call, *arguments)

    async def save(self, say: Callable[[str], object], call: Callable[..., T], *arguments: Any) -> T:
        """Run a call that changes something, where a wait for another desk holds up neither screen nor looks."""
        return await self._threads.change(lambda: self.desk.store.waits, say, call, *arguments)

    def _say(self, text: str, kind: Outcome = "ok") -> None:
        for screen in self.screen_stack[::-1]:
            say = getattr(screen, "say", None)
            if say is not None:
                say(text, kind)
                return

    def _in_front(self) -> DeskScreen | None:
        """Return the page in front, be there a dialog over it or not."""
        return next((one for one in self.screen_stack[::-1] if isinstance(one, DeskScreen)), None)

    def _to_bottom(self) -> None:
        while len(self.screen_stack) > self.bottom:
            self.pop_screen()

    def open_my_desk(self) -> None:
        """Open the list of what waits for this person."""
        raise NotImplementedError

    # --- leaving ------------------------------------------------------------------------------------------------

    def who(self) -> str:
        """Return who is at the desk."""
        return self.desk.title("people", self.desk.person) or "nobody signed in"

    def keep_drafts(self) -> None:
        """Keep what stands in open forms: the terminal is gone."""
        for screen in self.screen_stack:
            keep = getattr(screen, "keep_draft", None)
            if keep is not None:
                with suppress(BotuiError):
                    keep()

    def lock(self) -> None:
        """Leave nothing of the person on the glass: drafts are kept, nobody is signed in, the front page stands."""
        self._change_to(self.desk.for_person(None))

    def _change_to(self, desk: Desk) -> None:
        """Let nothing of the person before be left, here or in memory, and show the front page to the next."""
        self.keep_drafts()
        with self.batch_update():
            self._to_bottom()
            # A question of the screen at the bottom went with its dialog: nobody will answer it any more.
            for asking in [one for one in self.workers if one.group in ASKING and one is not _this_worker()]:
                asking.cancel()
            self.repeats.clear()
            self._clipboard = ""
            self._last = None
            self._called.clear()
            self.desk = desk
            if isinstance(self.screen, DeskScreen):
                self.screen.forget()
            self._show_person()

    def _show_person(self) -> None:
        """Draw the screen in front for whoever is at the desk now, and let others know who that is."""
        if self._presence is not None:
            self._presence.show(self.desk.person)
        if isinstance(self.screen, DeskScreen):
            self.screen.draw_frame()
            self.screen.store_changed(None)

    def end(self) -> None:
        """Leave because somebody outside says so: what stands in open forms is kept."""
        self.keep_drafts()
        self.ended = True
        self.exit(0)

    def _turn_out(self, changed: Changed) -> None:
        """Leave the desk of somebody who signed out everywhere, or works here no longer.

        Behind a key that is whose key it is, too, be the desk locked or somebody else's by now.
        """
        from botui.actions.sitting import turned_out

        desks = [self.desk] if self._own is None else [self._own, self.desk]
        if changed is not None and changed.get("people", frozenset()).isdisjoint(one.person or 0 for one in desks):
            return
        if reason := next(filter(None, map(turned_out, desks)), ""):
            if self._one_person:
                self.end()
            else:
                self.lock()
                self._say(reason, "warn")

    # --- nobody there -------------------------------------------------------------------------------------------

    def _patience(self) -> float:
        """Return how many seconds the desk waits for a key: less for a guest, or where something private is shown."""
        if self.desk.person is None:
            return min(self._limit, GUEST_IDLE)
        return min(self._limit, PRIVATE_IDLE) if any(map(_is_private, self._shown())) else self._limit

    def _shown(self) -> Iterator[Screen[Any]]:
        """Yield what is on the glass: the page in front, and the forms and questions over it."""
        for screen in self.screen_stack[::-1]:
            yield screen
            if isinstance(screen, DeskScreen):
                return

    def _warn_of_lock(self, left: int) -> None:
        if self.desk.person is not None or len(self.screen_stack) > self.bottom:
            then = "locks" if self.desk.person is not None else "begins anew"
            self._say(f"{_WARNING} The desk {then} in {left} second{'s'[: left > 1]}; any key keeps it open.", "warn")

    def _lock_idle(self) -> None:
        known = self.desk.person is not None
        self.lock()
        if known:
            self._say("Locked: no key was pressed for a while. What was typed is kept.", "warn")

    def touched(self) -> None:
        """Take in that somebody is there: a key was pressed."""
        front = self.screen
        if self._idle.touch() and isinstance(front, DeskScreen) and _WARNING in front.status.text:
            front.status.clear()

    # --- signing in ---------------------------------------------------------------------------------------------

    def action_lock(self) -> None:
        """Lock, and ask who goes on."""
        self.lock()
        self.sign_in()

    def known(self, then: Callable[[], object]) -> bool:
        """Return whether somebody is at the desk; else ask who it is, then go on."""
        if self.desk.person is None:
            self.sign_in(then)
        return self.desk.person is not None

    @work(exclusive=True, group="person")
    async def sign_in(self, then: Callable[[], object] | None = None, code: str = "") -> None:
        """Ask who it is, and go on as they.

        Args:
            then: what they wanted.
            code: the badge that was scanned.
        """
        await self.ask_who("Sign in", code, then)

    async def ask_who(self, title: str, code: str, then: Callable[[], object] | None = None) -> None:
        """Ask who it is and change to them, whoever was there before; from a worker.

        Args:
            title: what is asked.
            code: the badge that was scanned; empty = none.
            then: what they wanted; their desk if nothing.
        """
        from botui.actions.signin import SignIn
        from botui.screens.signin import Ask

        asking = SignIn(self.desk, takes=self.desk.person is None)
        desk = await self.push_screen_wait(Ask(title, asking, scanned=code))
        if desk is not None and asking.took:
            self._change_to(self.desk)
            await self.take_by_scan(desk, asking.took)
        elif desk is not None:
            self._change_to(desk)
            (then or self.open_my_desk)()
            await self._greet()

    async def take_by_scan(self, desk: Desk, code: str = "") -> None:
        """Open the list of what somebody takes, over whatever is in front.

        Args:
            desk: whose; at a desk where nobody is signed in, that of whose badge was scanned.
            code: what was scanned already; empty = nothing yet.
        """
        from botui.screens.basket import BasketScreen

        screen = BasketScreen(desk)
        await self.push_screen(screen)
        if code:
            screen.take_scan(code)

    async def _greet(self) -> None:
        """Say what this person did last, so that they see whether it was them, and what is kept of what they typed."""
        from botui.actions.sitting import last_here
        from botui.screens import drafts

        desk, front = self.desk, self._in_front()
        try:
            last, kept = await self.in_store(lambda: (last_here(desk), drafts.kept(desk)))
        except BotuiError as error:
            self._say(str(error), "warn")
            return
        if front is not None and desk is self.desk:
            self._last = last
            said = f"{last.said} {NOT_YOU}" if last else f"Good to see you, {self.who()}."
            more = f" and {len(kept) - 1} more" if kept[1:] else ""
            front.say(said + (f"  Draft: {kept[0]}{more}" if kept else ""))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let N mean something only while it is offered, and nothing is typed."""
        if action == "not_me":
            front, field = self.screen, self.focused
            types = field is not None and field.check_consume_key("N", "N")
            return isinstance(front, DeskScreen) and NOT_YOU in front.status.text and not types
        return super().check_action(action, parameters)

    @work(exclusive=True, group="person")
    async def action_not_me(self) -> None:
        """Write down that somebody else used this person's name, and let them choose another PIN at once."""
        from botui.actions.signin import Confirm
        from botui.actions.sitting import not_me
        from botui.screens.signin import Ask

        last, self._last = self._last, None
        if last is None:
            return
        await self.save(lambda _: None, not_me, self.desk, last)
        changing = Confirm(self.desk, change=True)
        done = await self.push_screen_wait(Ask("Then somebody knows your PIN: change it", changing))
        self._say(f"It is written down. {done or 'Your PIN is still the old one: F2, Change my PIN.'}", "warn")

    @work(exclusive=True, group="person")
    async def change_pin(self) -> None:
        """Let this person choose another PIN."""
        from botui.actions.signin import Confirm
        from botui.screens.signin import Ask

        done = await self.push_screen_wait(Ask("Change my PIN", Confirm(self.desk, change=True)))
        if done is not None:
            self._say(done)

    async def confirm_pin(self, desk: Desk, why: str) -> bool:
        """Ask whoever's desk this is for their PIN again; from a worker.

        Args:
            desk: whose.
            why: what needs it, in a sentence.
        """
        from botui.actions.signin import Confirm
        from botui.screens.signin import Ask

        name = desk.title("people", desk.person)
        return await self.push_screen_wait(Ask(f"{name}: {why}", Confirm(desk))) is not None

    async def helper(self, what: str) -> Desk | None:
        """Ask somebody who may for their badge or name and PIN, for one thing done in their name; from a worker.

        The desk stays whose it is.

        Args:
            what: what is to be done.
        """
        from botui.actions.signin import SignIn
        from botui.screens.signin import Ask

        asking = SignIn(self.desk, badge_alone=False)
        desk = await self.push_screen_wait(Ask(f"{what}: who may do this?", asking))
        if desk is not None:
            desk.beside = self.desk.person
        return desk


def _is_private(screen: Screen[Any]) -> bool:
    """Return whether what stands on a page or in a form is for one pair of eyes."""
    asked: Callable[[], bool] | None = getattr(screen, "is_private", None)
    return asked is not None and asked()


def _this_worker() -> object:
    try:
        return get_current_worker()
    except NoActiveWorker:
        return None
