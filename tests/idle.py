"""Waiting until an App has nothing left to do, by looking at what is queued instead of at the clock.

Textual's own wait sleeps for 20 ms at a time and takes a process that uses little of its processor for idle: a story
of some hundred keys spends most of its time asleep, and a machine that is busy otherwise looks idle too early.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import Any, Final

from textual._context import active_app
from textual.screen import Screen

LIMIT: Final = 10.0
"""Seconds after which it is no longer waited for: something may move for ever, and a busy machine takes its time."""
_PAINT: Final[Any] = Screen._compositor_refresh
_TURNS: Final = 3
"""Turns of the loop with nothing to do after which nothing will come but from a person, a clock or a thread."""


async def wait_for_idle(_shortest: float = 0, longest: float = LIMIT) -> None:
    """Take the place of Textual's wait of the same name."""
    await until_idle(active_app.get(), longest)


async def wait_for_screen(pilot: Any, _timeout: float = 0) -> bool:
    """Take the place of the pilot's wait of the same name, which sends every widget a message at every key."""
    await until_idle(pilot.app)
    return True


async def until_idle(app: Any, longest: float = LIMIT) -> None:
    """Wait until all messages of an App are handled and all that changed is drawn."""
    loop: Any = asyncio.get_running_loop()
    limit = monotonic() + longest
    quiet = 0
    while quiet < _TURNS and monotonic() < limit:
        await asyncio.sleep(0)
        if _ends_by_itself(app):
            await asyncio.sleep(0.001)
            quiet = 0
        else:
            quiet = 0 if loop._ready or _draws(app) or (quiet == _TURNS - 1 and _paints(app)) else quiet + 1


def paint_when_idle(screen: Any) -> None:
    """Take the place of a screen's painting, which takes longest: nobody looks at the glass before all is done."""
    app = screen.app
    if not app.is_headless or app.is_inline or screen is not app.screen:
        _PAINT(screen)
        return
    screen._dirty_widgets.clear()
    app._update_mouse_over(screen)


def _paints(app: Any) -> bool:
    """Paint what changed since it was painted last; say whether anything did."""
    if not app._running or not app._screen_stack or not app.is_headless:
        return False
    changed = bool(app.screen._compositor._dirty_regions)
    if changed:
        with app._context():
            _PAINT(app.screen)
    return changed


def _ends_by_itself(app: Any) -> bool:
    """Say whether something is under way that nobody has to answer."""
    if app._resize_timer is not None:
        return True
    follower = getattr(app, "_follower", None)
    if follower is not None and follower._gathering:
        return True
    return any(one.is_running and one.group == "keys" for one in app.workers)


def _draws(app: Any) -> bool:
    """Draw what waits for the next frame; say whether something did."""
    if not app._running or not app._screen_stack:
        return False  # an App that was left draws no more, whatever still waits for it
    screen = app.screen
    waits = (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )
    if waits:
        with app._context():
            screen._on_timer_update()
    return bool(waits)
