"""What time alone does to records: once, as of the moment when it was due, whenever a desk looks.

What may be due is found among the values kept at hand, so that looking costs next to nothing when nothing is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from botui.models.base import Change
from botui.models.office import Context
from botui.models.records import (
    charting,
    cheque_clock,
    contracting,
    post_clock,
    recurring_bills,
    retaining,
    retention_defaults,
)

PARTS: Final[tuple[Callable[[Context], Iterator[Change]], ...]] = (
    charting.usual,
    cheque_clock.due,
    post_clock.due,
    recurring_bills.due,
    retention_defaults.usual,
    retaining.due,
    contracting.due,
)
"""What each part of the area says is due by now."""


def clock(ctx: Context) -> Iterator[Change]:
    """Yield what is due by now, one change for each record."""
    for due in PARTS:
        yield from due(ctx)
