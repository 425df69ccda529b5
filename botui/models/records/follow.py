"""What follows in records from a change, whoever makes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from botui.models.base import Change
from botui.models.office import Context
from botui.models.records import payment_follows

PARTS: Final[tuple[Callable[[Context, Change], None], ...]] = (payment_follows.follow,)
"""What each part of the area adds to a change."""


def follow(ctx: Context, change: Change) -> None:
    """Add to a change what follows in records.

    Raises:
        Refused: it cannot be done, as what follows cannot.
    """
    for part in PARTS:
        part(ctx, change)
