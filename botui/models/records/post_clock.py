"""What time alone does to letters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from botui.models.base import Between, Change
from botui.models.office import Context
from botui.models.records.letter import Letter, State


def due(ctx: Context) -> Iterator[Change]:
    """Yield what is due by now: what waited until a day is open again."""
    by_today = Between(high=(ctx.today + timedelta(days=1)).isoformat())
    for one in ctx.data.find(Letter, state=State.WAITING.value, waiting_until=by_today):
        change = Change("letters.back", f"{one.ref} is back: its day has come.")
        yield change.set(one, state=State.OPEN, waiting_until=None)
