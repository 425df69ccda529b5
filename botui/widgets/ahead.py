"""Keys typed ahead: each is handed on only when what the ones before it do is done.

Textual hands keys to the focused widget at once and runs their bindings later, when they come back unused; a filter or
a form that a key opens would miss the letters typed right after it, and these would be taken for commands.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final
from weakref import WeakSet

from textual import events
from textual.app import App
from textual.dom import NoScreen
from textual.worker import Worker

PATIENCE: Final = 2.0
"""Seconds for which a key waits at most for what the keys before it open."""

Typed = events.Key | events.Paste


class TypeAhead:
    """Hands keys and pasted text on, one after the other.

    Args:
        app: the App.
        forward: what handles a key as if it were the only one: the App's inherited ``on_event``.
        opening: the workers that may be about to open something, as long as what they open is not in front.
    """

    def __init__(
        self,
        app: App[Any],
        forward: Callable[[events.Event], Awaitable[None]],
        opening: Callable[[], list[Worker[Any]]],
    ) -> None:
        self._app = app
        self._forward = forward
        self._opening = opening
        self._waiting: deque[Typed] = deque()
        self._given_up: WeakSet[Worker[Any]] = WeakSet()
        self._handing_on = False

    async def put(self, event: Typed) -> None:
        """Take a key; one that comes back unused by all widgets is only passed on."""
        if event.is_forwarded:
            await self._forward(event)
            return
        self._waiting.append(event)
        if not self._handing_on:
            self._handing_on = True
            self._app.run_worker(self._hand_on(), group="keys")

    async def _hand_on(self) -> None:
        try:
            while self._waiting:
                await self._until_open()
                event = self._waiting.popleft()
                # A widget that has the focus may go while it handles the key.
                path = list((self._app.focused or self._app.screen).ancestors_with_self)
                await self._forward(event)
                for node in (*path, self._app):
                    await _taken_in(node)
        finally:
            self._handing_on = False

    async def _until_open(self) -> None:
        def opens() -> bool:
            return not self._app.screen.is_mounted or any(one not in self._given_up for one in self._opening())

        try:
            async with asyncio.timeout(PATIENCE):
                while opens():
                    await asyncio.sleep(0.002)
        except TimeoutError:
            self._given_up.update(self._opening())


async def _taken_in(node: Any) -> None:
    """Wait until a part of the screen has handled all messages it has got, or its screen is left."""
    if not node.is_running:
        return
    done = asyncio.Event()
    node.call_later(done.set)
    with suppress(TimeoutError):
        async with asyncio.timeout(1):
            while not done.is_set() and not _is_left(node):
                with suppress(TimeoutError):
                    await asyncio.wait_for(done.wait(), 0.01)


def _is_left(node: Any) -> bool:
    """Say whether the screen of a node is no longer there: it may never get to its messages then."""
    with suppress(NoScreen):
        return node.screen not in node.app.screen_stack
    return True
