"""Before the desk opens: is there a terminal, what can it show, and what must the environment say.

Imported by the command line before Textual, which reads its switches from the environment once, at import; so this
module knows nothing of Textual, and nothing here is slow.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from io import TextIOWrapper
from typing import TYPE_CHECKING, ClassVar, Final, Literal, TextIO

from botui.models.errors import BotuiError

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

HANG_UP: Final = 128 + signal.SIGHUP
"""What a session ends with whose terminal is gone, as shells number it."""
SECONDS_TO_SAVE: Final = 2
"""How long saving drafts may take once the terminal is gone."""

_NO_TERMINAL: Final = ("", "dumb", "unknown", "network", "dialup")
_FEW_GLYPHS: Final = re.compile(r"linux|vt\d|screen|ansi|cons25")
_FEW_COLOURS: Final = re.compile(r"(linux|vt\d|ansi|cons25|screen|xterm|putty|rxvt)(?!.*(256|kitty|direct|ghostty))")
_ODD: Final = re.compile(r"[^A-Za-z0-9.+_-]")
_READ_BY_LIBRARIES: Final = ("COLUMNS", "LINES", "FORCE_COLOR", "UNICODE_VERSION", "TTY_COMPATIBLE", "TTY_INTERACTIVE")
_KIOSK_KEEPS: Final = re.compile(r"TERM|COLORTERM|LANG|LC_\w+|PATH|HOME|USER|LOGNAME|TZ|NO_COLOR|XDG_\w+|BOTUI_\w+")


class NoTerminal(BotuiError):
    """There is no terminal the desk could open on."""

    exit_code: ClassVar[int] = 2


@dataclass(frozen=True)
class Terminal:
    """What the terminal can do.

    Attributes:
        ascii_only: it shows ASCII only, or we cannot know better.
        colours: how many colours it has: 0 (none are wanted), 16 or 256.
    """

    ascii_only: bool
    colours: Literal[0, 16, 256]


def prepare(
    environ: MutableMapping[str, str],
    *,
    kiosk: bool,
    stdin: TextIO | None = sys.__stdin__,
    stderr: TextIO | None = sys.__stderr__,
) -> Terminal:
    """Look at the terminal and make the environment fit; to be called before Textual is imported.

    Args:
        environ: the process's environment; Textual's switches in it are set, those of others removed.
        kiosk: keep only what the desk needs in the environment.
        stdin: where keys come from.
        stderr: where Textual paints.

    Raises:
        NoTerminal: there is no terminal, or none that can move its cursor.
    """
    if stdin is None or stderr is None or not (_is_terminal(stdin) and _is_terminal(stderr)):
        raise NoTerminal(
            "The desk needs a terminal for its keys and its screen; use the commands instead (botui --help)."
        )
    kind = environ.get("TERM", "")
    if kind in _NO_TERMINAL or _ODD.search(kind):
        shown = _ODD.sub("?", kind) or "not set"
        raise NoTerminal(
            f"This terminal cannot show the desk (TERM is {shown}); use the commands instead (botui --help)."
        )
    terminal = Terminal(_shows_ascii_only(environ, stderr), _colours(environ))
    _scrub(environ, kiosk=kiosk)
    environ.update(_switches(terminal))
    if terminal.ascii_only and isinstance(stderr, TextIOWrapper):
        stderr.reconfigure(encoding="ascii", errors="replace")
    return terminal


def install_signals(
    loop: AbstractEventLoop, *, save_drafts: Callable[[], None], leave: Callable[[], None], kiosk: bool
) -> None:
    """Decide what signals do; to be called on mount, after Textual's driver has installed its own.

    A hang-up saves drafts and ends the process at once, even while the event loop is busy: there is no terminal any
    more to restore, and whatever is written to it fails.

    Args:
        loop: the app's event loop.
        save_drafts: called when the terminal is gone; has `SECONDS_TO_SAVE`.
        leave: ends the app and restores the terminal; called in the loop, for SIGTERM and, but on a kiosk, SIGINT.
        kiosk: nothing from outside but SIGTERM and a hang-up ends, stops or disturbs the desk.
    """

    def hang_up(_number: int, _frame: object) -> None:
        signal.alarm(SECONDS_TO_SAVE)
        try:
            save_drafts()
        finally:
            os._exit(HANG_UP)

    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, hang_up)
    loop.add_signal_handler(signal.SIGTERM, leave)
    if kiosk:
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGUSR1, signal.SIGUSR2):
            signal.signal(number, signal.SIG_IGN)
    else:
        loop.add_signal_handler(signal.SIGINT, leave)


def _is_terminal(stream: TextIO) -> bool:
    with suppress(ValueError, OSError):
        return stream.isatty()
    return False


def _shows_ascii_only(environ: MutableMapping[str, str], stderr: TextIO) -> bool:
    """Whether glyphs beyond ASCII would come out wrong.

    A locale that names another character set counts for every terminal. One that names none says nothing about a
    terminal of today, but on a console, a vt or a screen it counts as ASCII.
    """
    if not _is_utf8(stderr.encoding or ""):
        return True
    # Python makes LC_CTYPE=C.UTF-8 out of a plain C locale (PEP 538); that says nothing about the terminal.
    coerced = environ.get("LC_CTYPE") == "C.UTF-8" and not _is_utf8(environ.get("LANG", ""))
    names = ("LC_ALL", "LANG") if coerced else ("LC_ALL", "LC_CTYPE", "LANG")
    locale = next((value for name in names if (value := environ.get(name))), "")
    if _is_utf8(locale):
        return False
    return "." in locale or _FEW_GLYPHS.match(environ["TERM"]) is not None


def _is_utf8(name: str) -> bool:
    return "utf8" in name.lower().replace("-", "")


def _colours(environ: MutableMapping[str, str]) -> Literal[0, 16, 256]:
    """NO_COLOR (no-color.org) wins; else what the terminal's name promises."""
    if environ.get("NO_COLOR"):
        return 0
    return 16 if _FEW_COLOURS.match(environ["TERM"]) else 256


def _scrub(environ: MutableMapping[str, str], *, kiosk: bool) -> None:
    for name in list(environ):
        if name.startswith("TEXTUAL") or name in _READ_BY_LIBRARIES or (kiosk and not _KIOSK_KEEPS.fullmatch(name)):
            del environ[name]
    if not environ.get("NO_COLOR"):
        environ.pop("NO_COLOR", None)


def _switches(terminal: Terminal) -> dict[str, str]:
    """Textual's own switches, and ESCDELAY, which it shares with ncurses."""
    return {
        "TEXTUAL_ANIMATIONS": "none",
        "TEXTUAL_COLOR_SYSTEM": "256" if terminal.colours == 256 else "standard",
        "TEXTUAL_DISABLE_KITTY_KEY": "1",
        "TEXTUAL_SMOOTH_SCROLL": "0",
        "ESCDELAY": "100",
    }
