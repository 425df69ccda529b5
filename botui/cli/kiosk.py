"""The desk on a terminal in the hall: botui --kiosk."""

from __future__ import annotations

import gc
import os
import sys
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from botui import areas
from botui.cli.session import Session, has_store
from botui.models.errors import Refused

if TYPE_CHECKING:
    from botui.terminal import Terminal


def desk(session: Session) -> int:
    """Open the desk with nobody signed in and no way out, and keep it running."""
    from botui.supervise import supervise
    from botui.terminal import prepare

    if sys.platform != "linux":
        raise Refused("A kiosk needs Linux: what keeps its desk running asks the kernel for more than others offer.")
    if not has_store(session.config.data):
        raise Refused(
            f"There is no office in {session.config.data} yet, and a kiosk asks nobody for its name: "
            f"'botui --data {session.config.data}' makes one."
        )
    terminal = prepare(os.environ, kiosk=True)
    return supervise(partial(_open, session, terminal), session.clock, session.err)


def _open(session: Session, terminal: Terminal, died: datetime | None) -> int:
    """Run one desk, in the process that the supervisor made for it."""
    from botui.cli.start import begin  # only here: the supervisor stays small

    gc.disable()  # the App turns it on again once all is loaded
    here = replace(session, config=replace(session.config, kiosk=True))
    run: Any = areas.load("botui.app:run")
    return int(run(partial(begin, here), terminal, here.config, died=died))
