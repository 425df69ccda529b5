"""Nobody there: counts down aloud, then says that it is over."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any, Final

from textual.app import App
from textual.timer import Timer

MARKS: Final = (20, 10, 5)
"""Seconds left at which it is said how many: three short writes on a slow line (DESIGN section 4: a countdown)."""
LOOK: Final = 20.0
"""Seconds between looks at how long there is, as a page may come in front that is left sooner."""
_SOON: Final = 0.05
"""Seconds that a timer may be early."""


def marks(limit: float) -> tuple[int, ...]:
    """Return the seconds left at which a countdown speaks; where there is little time, halfway."""
    return tuple(one for one in MARKS if one <= limit / 2) or (max(int(limit / 2), 1),)


def step(left: float, limit: float) -> tuple[int | None, float]:
    """Return what a countdown says with so many seconds left (None = nothing yet), and how long it is quiet then."""
    said = min((one for one in marks(limit) if left <= one + _SOON), default=None)
    after = max((one for one in marks(limit) if one < left - _SOON), default=0)
    return said, min(left - after, LOOK)


class Idle:
    """Waits until nobody has pressed a key for a while.

    Args:
        app: for its timers.
        limit: seconds without a key after which it is over, as things stand now.
        warn: is told the seconds left.
        over: is called at the end; after that nothing happens before the next key.
        clock: seconds on a clock that never goes back.
    """

    def __init__(
        self,
        app: App[Any],
        limit: Callable[[], float],
        warn: Callable[[int], None],
        over: Callable[[], None],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._app = app
        self._limit = limit
        self._warn = warn
        self._over = over
        self._clock = clock
        self._touched = clock()
        self._said: int | None = None
        self._timer: Timer | None = None

    def touch(self) -> bool:
        """Begin to wait anew: a key was pressed; returns whether a countdown was running."""
        self._touched = self._clock()
        warned, self._said = self._said is not None, None
        if warned and self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._timer is None:
            self._look()
        return warned

    def _look(self) -> None:
        self._timer = None
        limit = self._limit()
        left = self._touched + limit - self._clock()
        if left <= _SOON:
            self._said = None
            self._over()
            return
        said, quiet = step(left, limit)
        if said is not None and said != self._said:
            self._said = said
            self._warn(said)
        self._timer = self._app.set_timer(quiet, self._look)
