"""What of records waits for a person, and what people can ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from botui.models.base import Waiting
from botui.models.office import Context
from botui.models.records import (
    bank_waiting,
    bill_waiting,
    contracting,
    destroying,
    expense_desk,
    lending,
    post_waiting,
    scanning,
)

PARTS: Final[tuple[Callable[[Context], Iterator[Waiting]], ...]] = (
    bill_waiting.waiting,
    expense_desk.waiting,
    post_waiting.waiting_for,
    lending.waiting_for,
    destroying.waiting_for,
    contracting.waiting_for,
    scanning.waiting_for,
    bank_waiting.waiting_for,
)
"""What each part of the area says waits for whoever acts."""


def waiting(ctx: Context) -> Iterator[Waiting]:
    """Yield what of records waits for whoever acts."""
    if ctx.by is None:
        return
    for waits_for in PARTS:
        yield from waits_for(ctx)
