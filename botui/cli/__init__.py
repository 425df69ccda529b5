"""The command line: the same desk and rules as the screens, one command at a time.

Exit codes: 0 done; 1 the office says no; 2 the command is not understood; 3 the store cannot; 130 stopped with
Ctrl-C; 141 nobody reads the output any more. A failure is one sentence on standard error, and nothing was changed.
"""

from __future__ import annotations

import io
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
LONGEST: Final = 1_000
"""Characters of a failure's sentence: a value of 10,000 characters is not said back whole."""


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
    out, err = stdout or sys.stdout or io.StringIO(), stderr or sys.stderr or io.StringIO()
    for stream in (out, err):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    environ = os.environ if environ is None else environ
    try:
        code = _run(sys.argv[1:] if argv is None else argv, stdin or sys.stdin, out, err, environ, clock, account)
        out.flush()
        return code
    except BrokenPipeError:
        _mute(out)
        return UNREAD
    except OSError as error:
        _mute(out)
        return _say(err, f"The output cannot be written: {error.strerror}.", 1)


def _run(
    argv: Sequence[str],
    stdin: TextIO,
    out: TextIO,
    err: TextIO,
    environ: Mapping[str, str],
    clock: Callable[[], datetime],
    account: str | None,
) -> int:
    try:
        args = parse(argv)
        session = Session(args, config.load(environ, args.data), stdin, out, err, environ, clock, account)
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

    words = clean(sentence)
    if len(words) > LONGEST:
        words = f"{words[: LONGEST // 2]} ... {words[-LONGEST // 2 :]}"
    try:
        err.write(f"botui: {words}\n")
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
