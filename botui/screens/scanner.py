"""Scans while a desk is open: taken in by a process of its own as soon as the scanner has written them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import time

from botui.screens.processes import in_process


class Scanner:
    """Has what lies in the inbox folder of this machine taken in.

    Args:
        folder: the inbox folder.
        say: told in words what could not be taken in, once, in the App's own thread.

    Attributes:
        busy: whether it is at it.
    """

    def __init__(self, folder: Path, say: Callable[[str], object]) -> None:
        self._folder = folder
        self._say = say
        self.busy = False
        self._left = set[str]()

    def look(self, store: Path) -> None:
        """See whether anything lies there; called in the App's own thread, which it does not hold up.

        Args:
            store: the folder of the store.
        """
        from threading import Thread

        if not self.busy:
            self.busy = True
            # not one that the desk waits for when it is left: the process goes on by itself
            Thread(target=self._take_in, args=(store, asyncio.get_running_loop()), daemon=True).start()

    def _take_in(self, store: Path, loop: asyncio.AbstractEventLoop) -> None:
        from botui.storage.attachments import Inbox

        inbox, failed = Inbox(self._folder), ""
        # what could not be taken in lies there still: it is tried again when something else has come
        if names := set(inbox.names(time())) - self._left:
            failed = in_process(store, ("inbox",), {"BOTUI_INBOX": str(self._folder.absolute())})
        left = names.union(self._left).intersection(inbox.names(time()))
        with suppress(RuntimeError):  # the desk was left meanwhile
            loop.call_soon_threadsafe(self._taken_in, left, failed)

    def _taken_in(self, left: set[str], failed: str) -> None:
        self.busy, self._left = False, left
        if failed:
            self._say(failed)
