"""Following the store: told by the system that the journal grew, gathers what changed, and says it once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from textual.app import App

if TYPE_CHECKING:
    from botui.store import Store

Changed = Mapping[str, frozenset[int]] | None
"""Which records of which collections changed; None = any may have."""

SETTLE: Final = 0.06
"""Seconds in which changes are gathered before the screen is drawn: one drawing for a burst (store.md section 5)."""
LOOK: Final = 5.0
"""Seconds between looks at the journal, should the system ever fail to tell."""
LOOK_OFTEN: Final = 1.0
"""The same where the system cannot tell at all."""


class Follower:
    """Follows a store for an App from ``start`` to ``stop``.

    Args:
        app: the App, for its timers.
        store: what is followed.
        refresh: takes in what others wrote; must not hold up the screen.
        show: is told what changed, in the App's own thread.
    """

    def __init__(
        self, app: App[Any], store: Store, refresh: Callable[[], object], show: Callable[[Changed], None]
    ) -> None:
        self._app = app
        self._store = store
        self._refresh = refresh
        self._show = show
        self._changed: dict[str, set[int]] | None = {}
        self._gathering = False

    def start(self) -> None:
        """Begin to follow; the App's loop is running."""
        self._stop_listening = self._store.subscribe(self._heard)
        self._watcher = self._store.journal.watch()
        descriptor = self._watcher.fileno()
        if descriptor is not None:
            asyncio.get_running_loop().add_reader(descriptor, self._woken)
        self._app.set_interval(LOOK_OFTEN if descriptor is None else LOOK, self._refresh)

    def stop(self) -> None:
        """Follow no longer."""
        self._stop_listening()
        descriptor = self._watcher.fileno()
        if descriptor is not None:
            asyncio.get_running_loop().remove_reader(descriptor)
        self._watcher.close()

    def _woken(self) -> None:
        if self._watcher.drain():
            self._refresh()

    def _heard(self, changed: Changed) -> None:
        """Take note of changes; called in whichever thread noticed them."""
        self._app.call_later(self._gather, changed)

    def _gather(self, changed: Changed) -> None:
        if changed is None or self._changed is None:
            self._changed = None
        else:
            for name, numbers in changed.items():
                self._changed.setdefault(name, set()).update(numbers)
        if not self._gathering:
            self._gathering = True
            self._app.set_timer(SETTLE, self._tell)

    def _tell(self) -> None:
        changed, self._changed, self._gathering = self._changed, {}, False
        self._show(None if changed is None else {name: frozenset(numbers) for name, numbers in changed.items()})
