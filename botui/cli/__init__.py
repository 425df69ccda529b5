"""The command line: the same desk and rules as the screens, one command at a time.

Exit codes: 0 done; 1 the office says no; 2 the command is not understood; 3 the store cannot; 130 stopped with
Ctrl-C; 141 nobody reads the output any more. A failure is one sentence on standard error, and nothing was changed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, TextIO

from botui import areas, config
from botui.cli.parser import Leave, UsageError, parse
from botui.cli.session import Session

STOPPED: Final = 130
"""Exit code after Ctrl-C: 128 and the number of SIGINT, as shells count."""
UNREAD: Final = 141
"""Exit code when the reader of the output has gone: 128 and the number of SIGPIPE."""


def utc_now() -> datetime:
    """Return the moment, UTC."""
    return datetime.now(UTC)


def main(
    argv: Sequence[str] | None = None,
    *,
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
    stderr: TextIO | None = None,
    environ: Mapping[str, str] | None = None,
    clock: Callable[[], datetime] = utc_now,
    account: str | None = None,
) -> int:
    """Run one command and return its exit code.

    Args:
        argv: the words after ``botui``; None = those of this process.
        stdin: where questions are answered.
        stdout: where the outcome goes.
        stderr: where the sentence of a failure goes.
        environ: the environment.
        clock: what time it is, UTC.
        account: name of the operating system's account; None = that of this process.
    """
    out, err = stdout or sys.stdout, stderr or sys.stderr
    if out is None or err is None:
        return UNREAD
    for stream in (out, err):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(sys.argv[1:] if argv is None else argv, stdin or sys.stdin, out, err, environ, clock, account)
        out.flush()
        return code
    except BrokenPipeError:
        _mute(out)
        return UNREAD


def _run(
    argv: Sequence[str],
    stdin: TextIO,
    out: TextIO,
    err: TextIO,
    environ: Mapping[str, str] | None,
    clock: Callable[[], datetime],
    account: str | None,
) -> int:
    try:
        args = parse(argv)
        settings = config.load(os.environ if environ is None else environ, args.data)
        session = Session(args, settings, stdin, out, err, os.environ if environ is None else environ, clock, account)
        return int(areas.load(args.run)(session) or 0)
    except Leave as leave:
        out.write(leave.text)
        return leave.code
    except (UsageError, config.ConfigError) as error:
        return _say(err, str(error), 2)
    except KeyboardInterrupt:
        return _say(err, "Stopped.", STOPPED)
    except BrokenPipeError:
        raise
    except Exception as error:
        from botui.models.errors import BotuiError

        if isinstance(error, BotuiError):
            return _say(err, str(error), error.exit_code)
        if isinstance(error, OSError):
            name = f"{error.filename}: " if error.filename else ""
            return _say(err, f"{name}{error.strerror or error}.", 1)
        raise


def _say(err: TextIO, sentence: str, code: int) -> int:
    from botui.models.base import clean

    try:
        err.write(f"botui: {clean(sentence)}\n")
        err.flush()
    except BrokenPipeError:
        _mute(err)
    return code


def _mute(stream: TextIO) -> None:
    """Let Python's last flush of a stream that nobody reads go nowhere."""
    try:
        number = stream.fileno()
    except (OSError, ValueError, AttributeError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)
