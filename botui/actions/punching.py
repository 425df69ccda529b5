"""Coming in and going out at a shared desk: a badge is enough, whoever sits there, and nobody is signed in by it."""

from __future__ import annotations

from botui.access import MISSED
from botui.actions.claims import scanned
from botui.data import Desk, Done
from botui.models.base import NotAllowed
from botui.models.hr.punching import punch


def by_badge(desk: Desk, code: str) -> Done:
    """Let whoever's badge was scanned come in or go out, in their own name; the desk stays whose it is.

    Raises:
        NotAllowed: it is nobody's badge, which is counted as a miss like any other at this door.
        LockedOut: there were too many misses.
        Refused: it was scanned just now already.
    """
    claim = scanned(desk, code)
    try:
        if not claim.by_badge or not claim.persons:
            desk.door.miss(code)
            raise NotAllowed(MISSED)
        desk.door.refuse_locked(code, claim.persons)
    except NotAllowed:
        desk.log("desk.miss", "punch")
        raise
    return myself(desk.for_person(claim.persons[0], by_badge=True))


def myself(desk: Desk) -> Done:
    """Let whoever's desk this is come in or go out.

    Raises:
        NotAllowed: they may not, or nobody is signed in.
        Refused: they did just now.
    """
    desk.require("punches", "punch")
    done = desk.apply(lambda ctx: punch(ctx, desk.person or 0))
    assert done is not None
    return done
