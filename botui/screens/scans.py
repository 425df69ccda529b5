"""What a scan means wherever it comes: a badge, a field that waits for a record, or something to open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work

from botui import areas
from botui.models.errors import BotuiError
from botui.screens.frame import DeskScreen
from botui.screens.front import FrontScreen
from botui.screens.person import PersonApp
from botui.widgets.scan import ScanBroken, Scanned

if TYPE_CHECKING:
    from botui.actions.guests import Thing
    from botui.data import Desk


class ScanApp(PersonApp):
    """A terminal with a scanner."""

    def open_record(self, collection: str, number: int, code: str = "") -> None:
        """Open a record, if it is there and may be seen; ``code`` was scanned for it."""
        raise NotImplementedError

    @on(Scanned)
    async def _scanned(self, event: Scanned) -> None:
        from botui.screens.signin import Ask

        screen, code = self.screen, event.code
        if isinstance(screen, Ask):
            screen.take_scan(code)
            return
        try:
            owner = await self.in_store(self.desk.secrets.badge_owner, code)
        except BotuiError as error:
            self._say(str(error), "error")
            return
        if owner is not None and getattr(screen, "awaits", "") != "people":
            take_badge = getattr(screen, "take_badge", None)
            if take_badge is None:
                self._take_badge(owner, code)
            else:
                take_badge(owner, code)
            return
        take = getattr(screen, "take_scan", None)
        if take is not None and take(code):
            return
        if isinstance(screen, DeskScreen):
            await self.open_code(code, screen)

    @on(ScanBroken)
    def _scan_broken(self) -> None:
        self._say("Only part of that scan came: please scan it again.", "warn")

    @work(exclusive=True, group="person")
    async def _take_badge(self, owner: int, code: str) -> None:
        """Take a badge that no field waits for: it signs in, or offers to change; what else has its code is offered."""
        from botui.screens.dialogs import Choose, Confirm

        if self.desk.person is None:
            await self.ask_who("Sign in", code)
            return
        name = self.desk.as_system().title("people", owner)
        if isinstance(self.screen, DeskScreen) and (found := await self.screen.ask_store(self.desk.by_code, code)):
            badge = ("", owner)
            entries = [(f"The badge of {name}", badge), *self._entries(found)]
            chosen = await self.push_screen_wait(Choose("Which one was scanned?", entries))
            if chosen is not None and chosen != badge:
                self.open_record(*chosen)
            if chosen != badge:
                return
        if owner == self.desk.person:
            self._say("This is your own badge: you are signed in.")
            return
        question = f"This is {name}'s badge: change to {name}?"
        # A badge that is enough alone would change at once, by a slip: then it is asked first, else the PIN is the yes.
        if self.desk.settings.badge_only is None or await self.push_screen_wait(
            Confirm(question, yes="Change", no="Go on")
        ):
            await self.ask_who(question, code)

    async def open_code(self, code: str, screen: DeskScreen) -> None:
        """Open what a code names: an exact alias first, then a reference; several ask."""
        from botui.screens.dialogs import Choose

        found = await screen.ask_store(self.desk.by_code, code)
        if found is None:
            return
        if not found and self.desk.person is None:
            if isinstance(screen, FrontScreen) and (thing := await screen.ask_store(_thing, self.desk, code)):
                screen.report(thing)
            else:
                # As if it were a badge: nothing tells a guest which codes are.
                self.sign_in(code=code)
        elif not found:
            screen.unknown_code(code)
        elif len(found) == 1 and found[0][0] == "items" and self._takes_at_once(screen):
            await self.take_by_scan(self.desk, code)
        elif len(found) == 1:
            self.open_record(*found[0], code)
        else:

            def chosen(one: tuple[str, int] | None) -> None:
                if one is not None:
                    self.open_record(*one)

            self.push_screen(Choose(f"Which '{code}'?", self._entries(found)), chosen)

    def _takes_at_once(self, screen: DeskScreen) -> bool:
        """Return whether an item that is scanned is one to take: right after a badge that alone was enough."""
        from botui.screens.desk import MyDeskScreen

        return self.desk.by_badge and isinstance(screen, MyDeskScreen)

    def _entries(self, found: list[tuple[str, int]]) -> list[tuple[str, tuple[str, int]]]:
        return [
            (f"{areas.ref(name, number)}  {self.desk.title(name, number)}", (name, number)) for name, number in found
        ]


def _thing(desk: Desk, code: str) -> Thing | None:
    from botui.actions.guests import thing

    return thing(desk, code)
