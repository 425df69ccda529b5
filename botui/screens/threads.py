"""The threads on which a session asks its store, so that no wait for a disk or another desk holds the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, TypeVar

T = TypeVar("T")

PATIENCE: Final = 0.25
"""Seconds after which a change that is not done says why; most take a hundredth of it."""
SAVING: Final = "Saving ..."
WAITING: Final = "Waiting for another desk that is writing ..."


class StoreThreads:
    """One thread looks, the other changes: what is looked at must not queue behind a change that waits its turn."""

    def __init__(self) -> None:
        self._looks = ThreadPoolExecutor(1, thread_name_prefix="looks")
        self._changes = ThreadPoolExecutor(1, thread_name_prefix="changes")

    async def look(self, call: Callable[..., T], *arguments: object) -> T:
        """Run a call that only looks."""
        return await asyncio.get_running_loop().run_in_executor(self._looks, partial(call, *arguments))

    async def change(
        self, waits: Callable[[], bool], say: Callable[[str], object], call: Callable[..., T], *arguments: object
    ) -> T:
        """Run a call that changes something; it is done also if nobody waits for it any more.

        Args:
            waits: whether a change waits for another desk.
            say: is told what it waits for, if it takes long.
            call: what changes something.
            arguments: its arguments.
        """
        loop = asyncio.get_running_loop()
        late = loop.call_later(PATIENCE, lambda: say(WAITING if waits() else SAVING))
        try:
            # shielded: what was asked for is done, also when its screen is left or the desk is locked meanwhile
            return await asyncio.shield(loop.run_in_executor(self._changes, partial(call, *arguments)))
        finally:
            late.cancel()

    def close(self) -> None:
        """Let the changes that were asked for end, and begin nothing more."""
        self._looks.shutdown(cancel_futures=True)
        self._changes.shutdown()
