"""Steps of HR's that are done by what is in no record: somebody has a badge, somebody has chosen a PIN."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from botui import areas
from botui.data import Desk
from botui.models.base import BotuiError, Change

if TYPE_CHECKING:
    from botui.models.office import Context

HAS_BADGE, HAS_PIN = "badge", "pin"


def tick(desk: Desk, person: int, want: str) -> None:
    """Tick the step that waits for it, if somebody begins and has one; that nothing can be ticked stops nobody.

    Args:
        desk: at which it was done.
        person: who has it now.
        want: ``HAS_BADGE`` or ``HAS_PIN``.
    """
    if not desk.store.journal.count("steps"):
        return  # an office without HR's tasks does not load them

    def decide(ctx: Context) -> Change | None:
        from botui.models.hr.self_ticking import Event, heed
        from botui.models.hr.wants import Want

        change = Change("steps.tick")
        heed(ctx, change, Event(person, Want(want), areas.ref("people", person)))
        return change if change.puts else None

    with suppress(BotuiError):
        desk.as_system().apply(decide)
