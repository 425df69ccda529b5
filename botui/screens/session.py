"""What a screen may ask of the App, so that no screen imports it."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from textual.screen import Screen

if TYPE_CHECKING:
    from botui.data import Desk

T = TypeVar("T")


class Session(Protocol):
    """One terminal's session.

    Attributes:
        desk: the desk of the person in front of it.
        ready: whether the desk is open; the front page stands before it is.
        repeats: last values of fields, by collection and field, for F7.
        kiosk: whether there is no way out.
        bottom: screens that stay when one goes back: the front page.
    """

    desk: Desk
    ready: bool
    repeats: MutableMapping[str, dict[str, str]]
    kiosk: bool
    bottom: int

    def who(self) -> str:
        """Return who is at the desk, for the title."""
        ...

    async def in_store(self, call: Callable[..., T], *arguments: Any) -> T:
        """Run a call that only looks, on a thread of the store's own."""
        ...

    async def save(self, say: Callable[[str], object], call: Callable[..., T], *arguments: Any) -> T:
        """Run a call that changes something, on another; ``say`` is told what it waits for if it takes long."""
        ...

    async def confirm_pin(self, desk: Desk, why: str) -> bool:
        """Ask whoever's desk this is for their PIN again; from a worker."""
        ...

    async def helper(self, what: str) -> Desk | None:
        """Ask somebody who may for badge or name and PIN, for one thing done in their name; from a worker."""
        ...

    async def push_screen_wait(self, screen: Screen[T]) -> T:
        """Show a screen and wait for its answer; from a worker."""
        ...

    def sign_in(self, then: Callable[[], object] | None = None, code: str = "") -> object:
        """Ask who it is, by a badge that was scanned if there is one, and go on as they."""
        ...

    async def take_by_scan(self, desk: Desk, code: str = "") -> None:
        """Open the list of what somebody takes, with what was scanned already in it."""
        ...

    def lock(self) -> None:
        """Leave nothing of the person on the glass, and show the front page."""
        ...

    def open_my_desk(self) -> None:
        """Open the list of what waits for this person."""
        ...

    def open_area(self, name: str) -> None:
        """Open an area's menu."""
        ...

    def open_list(self, collection: str, view: str, text: str = "") -> None:
        """Open a list, filtered by a text."""
        ...

    def open_record(self, collection: str, number: int, code: str = "") -> None:
        """Open a record; ``code`` was scanned for it, and the record takes it in."""
        ...

    def new_record(self, collection: str, values: dict[str, Any] | None = None) -> None:
        """Open the form of a new record."""
        ...

    def take_in_scans(self) -> None:
        """Have what the scanner of this machine has written taken in, behind the screen."""
        ...

    def open_desks(self) -> None:
        """Open the list of desks that are open."""
        ...

    def change_pin(self) -> object:
        """Let this person choose another PIN."""
        ...

    def to_front(self) -> None:
        """Go back to the front page."""
        ...

    def go_to(self, text: str = "", *, say: bool = False, at_once: bool = False) -> None:
        """Open the palette, with a text in it; ``say`` for a sentence, ``at_once`` to go where it leads."""
        ...

    def show_help(self) -> None:
        """Show the keys of the screen in front."""
        ...

    def redraw(self) -> None:
        """Draw the whole screen anew."""
        ...
