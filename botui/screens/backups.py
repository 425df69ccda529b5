"""Today's backup while a desk is open: made by a process of its own, so that neither screen nor store waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from botui.models.errors import BotuiError
from botui.screens.processes import in_process

if TYPE_CHECKING:
    from botui.data import Desk
    from botui.storage.daily import Daily


class DailyBackup:
    """Has today's backup made when it is due; one desk's part of it, the store knows who does it.

    Args:
        say: told in words why it could not be made, in the App's own thread.
    """

    def __init__(self, say: Callable[[str], object]) -> None:
        self._say = say
        self._busy = False
        self._not_before: datetime | None = None

    def look(self, desk: Desk) -> None:
        """See whether it is due; called once a minute in the App's own thread, which it does not hold up."""
        from threading import Thread

        from botui.actions.backups import daily

        if self._busy or (self._not_before is not None and desk.clock() < self._not_before):
            return
        with suppress(BotuiError):  # settings that cannot be read are told where they are looked at
            wanted = daily(desk)
            self._busy = True
            # not one that the desk waits for when it is left: the process goes on by itself
            Thread(target=self._make, args=(wanted, asyncio.get_running_loop()), daemon=True).start()

    def _make(self, wanted: Daily, loop: asyncio.AbstractEventLoop) -> None:
        said = _in_process(wanted.path.parent) if wanted.due() else ""
        with suppress(RuntimeError):  # the desk was left meanwhile
            loop.call_soon_threadsafe(self._made, wanted.now, said)

    def _made(self, at: datetime, said: str) -> None:
        from botui.storage.daily import AGAIN

        self._busy = False
        if said:
            self._not_before = at + AGAIN
            self._say(said)


def _in_process(folder: Path) -> str:
    """Make the backup by a command of its own; return in words why that failed, else nothing."""
    failed = in_process(folder, ("backup", "--daily"))
    return f"Today's backup: {failed}" if failed.startswith("it could not") else failed
