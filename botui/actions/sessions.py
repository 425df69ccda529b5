"""Who is at which desk now, and ending a desk that was left open: the same for the screens and the command line."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from botui import areas, sessions
from botui.data import Desk
from botui.models.errors import NotAllowed, Refused
from botui.sessions import OpenDesk

HEADS: Final = ("Desk", "Who", "Where", "Since", "Idle")
"""Headings of a list of open desks."""
_SEE_ALL: Final = frozenset({"admin", "clerk"})
"""Roles that see every open desk; others see where they are signed in themselves."""
_SHORT: Final = timedelta(minutes=2)
"""Keys are noted to the minute: somebody who pressed one this lately is at work."""


def open_desks(desk: Desk) -> list[OpenDesk]:
    """Return the desks that are open and that this person may know of.

    Raises:
        NotAllowed: nobody is signed in.
    """
    if desk.person is None:
        raise NotAllowed("Say who you are first.")
    found = sessions.open_desks(desk.store.journal.path.parent)
    return [one for one in found if _SEE_ALL & set(desk.roles()) or one.person == desk.person]


def end(desk: Desk, name: str) -> str:
    """End an open desk, one's own or as an administrator any, and return what was done, in words.

    Raises:
        NotAllowed: it is somebody else's.
        Refused: it is not open any more.
    """
    one = next((one for one in open_desks(desk) if one.id == name), None)
    if one is None:
        raise Refused(sessions.CLOSED)
    if one.person != desk.person and "admin" not in desk.roles():
        raise NotAllowed("Only an administrator may end somebody else's desk.")
    left = sessions.end(desk.store.journal.path.parent, name)
    desk.log("desk.end_session", f"{areas.ref('people', one.person) if one.person else 'nobody'} at {one.terminal}")
    if not left:
        return f"The desk of {_who(desk, one)} is asked to end, and has not yet: look again."
    return f"The desk of {_who(desk, one)} is ended; what was typed there is kept."


def texts(desk: Desk, one: OpenDesk) -> tuple[str, ...]:
    """Return an open desk as a line under ``HEADS``."""
    return (one.id, _who(desk, one), one.terminal, _moment(desk, one.since), _idle(desk.clock() - one.active))


def _who(desk: Desk, one: OpenDesk) -> str:
    if one.person is None:
        return "nobody signed in"
    return desk.title("people", one.person) or areas.ref("people", one.person)


def _moment(desk: Desk, at: datetime) -> str:
    local, today = desk.settings.local(at), desk.settings.local(desk.clock())
    return f"{local:%H:%M}" if local.date() == today.date() else f"{local:%Y-%m-%d %H:%M}"


def _idle(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if span < _SHORT:
        return ""
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"
