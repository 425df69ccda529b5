"""Commands of botui that an open desk has done by a process of their own, so that neither screen nor store waits."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def in_process(folder: Path, words: tuple[str, ...], settings: Mapping[str, str] | None = None) -> str:
    """Do a command on a store by a process of its own; return in words why that failed, else nothing.

    Args:
        folder: the folder of the store.
        words: the command.
        settings: what of the machine's settings the process is told besides, as in the environment.
    """
    import os
    import sys
    from subprocess import DEVNULL, PIPE, STDOUT, Popen

    # The code of this very desk, and nothing that lies in the folder it was started in.
    command = [sys.executable, "-P", "-m", "botui", "--data", str(folder.absolute()), *words]
    environ = {**os.environ, **(settings or {}), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        with Popen(command, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, env=environ, start_new_session=True) as child:
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, child.pid, 10)
            out = child.communicate()[0].decode(errors="replace").strip()
    except OSError as error:
        return f"it could not be begun ({error.strerror})."
    return out.rpartition("\n")[2].removeprefix("botui: ") if child.returncode else ""
