"""What time alone does to equipment: once, as of the moment when it was due, whenever a desk looks.

What may be due is found among the values kept at hand, so that looking costs next to nothing when nothing is. Nothing
is taken away from anybody by time: an access whose last day has passed is listed, and somebody takes it away.
"""

from __future__ import annotations

from collections.abc import Iterator

from botui.models.base import Change
from botui.models.equipment import booking, licensing, repairing
from botui.models.office import Context


def clock(ctx: Context) -> Iterator[Change]:
    """Yield what is due by now, one change for each record."""
    for part in (repairing, booking, licensing):
        yield from part.due(ctx)
