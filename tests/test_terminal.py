"""Before the desk opens: which terminals are refused, what the others can show, what the environment becomes."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from botui.terminal import HANG_UP, NoTerminal, Terminal, install_signals, prepare


class Stream(io.TextIOWrapper):
    """A stream that says it is a terminal, or not."""

    def __init__(self, *, tty: bool = True, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding)
        self.tty = tty

    def isatty(self) -> bool:
        return super().isatty() or self.tty


def look(environ: dict[str, str], *, kiosk: bool = False, encoding: str = "utf-8") -> Terminal:
    return prepare(environ, kiosk=kiosk, stdin=Stream(), stderr=Stream(encoding=encoding))


@pytest.mark.parametrize("kind", [None, "", "dumb", "unknown", "x;id", "$(id)", "../..", "a\x1b]0;x\x07"])
def test_a_terminal_that_cannot_show_a_screen_is_refused_in_words(kind: str | None) -> None:
    environ = {} if kind is None else {"TERM": kind}
    with pytest.raises(NoTerminal, match="cannot show the desk") as refusal:
        look(environ)
    assert refusal.value.exit_code == 2
    assert str(refusal.value).isprintable()


@pytest.mark.parametrize(("stdin", "stderr"), [(False, True), (True, False), (False, False)])
def test_without_a_terminal_on_both_sides_nothing_starts(stdin: bool, stderr: bool) -> None:
    with pytest.raises(NoTerminal, match="needs a terminal"):
        prepare({"TERM": "xterm"}, kiosk=False, stdin=Stream(tty=stdin), stderr=Stream(tty=stderr))


@pytest.mark.parametrize("closed", ["stdin", "stderr"])
def test_a_closed_stream_is_no_terminal(closed: str) -> None:
    streams = {"stdin": Stream(), "stderr": Stream()}
    streams[closed].close()
    with pytest.raises(NoTerminal):
        prepare({"TERM": "xterm"}, kiosk=False, **streams)
    with pytest.raises(NoTerminal):
        prepare({"TERM": "xterm"}, kiosk=False, **{**streams, closed: None})


@pytest.mark.parametrize(
    ("environ", "encoding", "ascii_only"),
    [
        ({"TERM": "xterm-256color", "LANG": "de_DE.UTF-8"}, "utf-8", False),
        ({"TERM": "xterm-256color"}, "utf-8", False),
        ({"TERM": "xterm-256color", "LANG": "C"}, "utf-8", False),
        ({"TERM": "xterm-256color", "LANG": "de_DE.ISO-8859-1"}, "utf-8", True),
        ({"TERM": "xterm-256color", "LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.ISO-8859-1"}, "utf-8", True),
        ({"TERM": "xterm-256color", "LANG": "de_DE.UTF-8"}, "iso8859-1", True),
        ({"TERM": "xterm-256color", "LANG": "de_DE.UTF-8"}, "ascii", True),
        ({"TERM": "linux", "LANG": "en_US.utf8"}, "utf-8", False),
        ({"TERM": "linux", "LC_CTYPE": "en_US.UTF-8"}, "utf-8", False),
        ({"TERM": "linux"}, "utf-8", True),
        ({"TERM": "linux", "LANG": "C", "LC_CTYPE": "C.UTF-8"}, "utf-8", True),
        ({"TERM": "vt220", "LANG": "POSIX"}, "utf-8", True),
        ({"TERM": "screen.xterm", "LANG": "de_DE"}, "utf-8", True),
        ({"TERM": "screen-256color", "LANG": "C.UTF-8"}, "utf-8", False),
    ],
)
def test_glyphs_beyond_ascii_only_where_they_can_be_shown(
    environ: dict[str, str], encoding: str, ascii_only: bool
) -> None:
    assert look(environ, encoding=encoding).ascii_only is ascii_only


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        ({"TERM": "xterm-256color"}, 256),
        ({"TERM": "tmux-256color"}, 256),
        ({"TERM": "xterm-kitty"}, 256),
        ({"TERM": "alacritty"}, 256),
        ({"TERM": "linux"}, 16),
        ({"TERM": "vt100"}, 16),
        ({"TERM": "putty"}, 16),
        ({"TERM": "linux", "COLORTERM": "truecolor"}, 16),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, 0),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, 256),
    ],
)
def test_colours_are_those_the_terminal_has(environ: dict[str, str], colours: int) -> None:
    assert look(environ).colours == colours
    assert environ["TEXTUAL_COLOR_SYSTEM"] == ("256" if colours == 256 else "standard")


def test_no_switch_of_textual_gets_in_from_outside() -> None:
    environ = {"TERM": "xterm", "PATH": "/bin", "COLUMNS": "30000", "TEXTUAL": "debug,devtools"}
    environ |= dict.fromkeys(("TEXTUAL_DRIVER", "TEXTUAL_PRESS", "TEXTUAL_LOG", "TEXTUAL_ALLOW_SIGNALS"), "x")
    look(environ)
    assert environ == {
        "TERM": "xterm",
        "PATH": "/bin",
        "TEXTUAL_ANIMATIONS": "none",
        "TEXTUAL_COLOR_SYSTEM": "standard",
        "TEXTUAL_DISABLE_KITTY_KEY": "1",
        "TEXTUAL_SMOOTH_SCROLL": "0",
        "ESCDELAY": "100",
    }


def test_a_kiosk_keeps_only_what_the_desk_needs() -> None:
    kept = {"TERM": "linux", "LANG": "C.UTF-8", "PATH": "/bin", "HOME": "/h", "TZ": "UTC", "BOTUI_DATA": "/d"}
    environ = {**kept, "PYTHONPATH": "/x", "LD_PRELOAD": "x", "SSH_AUTH_SOCK": "/s", "EDITOR": "vi", "PAGER": "less"}
    look(environ, kiosk=True)
    assert {name for name in environ if not name.startswith("TEXTUAL")} == {*kept, "ESCDELAY"}


def test_messages_stay_readable_where_the_terminal_shows_ascii_only() -> None:
    stderr = Stream(encoding="iso8859-1")
    prepare({"TERM": "xterm"}, kiosk=False, stdin=Stream(), stderr=stderr)
    stderr.write("größer\n")
    stderr.flush()
    assert isinstance(stderr.buffer, io.BytesIO)
    assert stderr.buffer.getvalue() == b"gr??er\n"


def test_textual_understands_the_switches() -> None:
    environ = {"TERM": "linux", "PATH": os.environ.get("PATH", "")}
    look(environ)
    names = "c.TEXTUAL_ANIMATIONS, c.COLOR_SYSTEM, c.DISABLE_KITTY_KEY, c.SMOOTH_SCROLL, c.ESCAPE_DELAY"
    program = f"from textual import constants as c; print({names})"
    seen = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, text=True, check=True)
    assert seen.stdout.split() == ["none", "standard", "True", "False", "0.1"]


def test_the_module_costs_no_start_up_time() -> None:
    program = "import sys, botui.terminal; print(*{'textual', 'rich', 'asyncio', 'pydantic'} & {*sys.modules})"
    seen = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert seen.stdout.split() == []


SIGNALS = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGQUIT, signal.SIGTSTP, signal.SIGUSR1, signal.SIGUSR2)


@pytest.fixture
def handlers() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (*SIGNALS, signal.SIGALRM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


async def leaves_after(number: signal.Signals, *, kiosk: bool) -> bool:
    left = asyncio.Event()
    loop = asyncio.get_running_loop()
    install_signals(loop, save_drafts=lambda: None, leave=left.set, kiosk=kiosk)
    try:
        os.kill(os.getpid(), number)
        # A second signal that is known to be handled tells that the first one was, too.
        seen = asyncio.Event()
        loop.add_signal_handler(signal.SIGWINCH, seen.set)
        os.kill(os.getpid(), signal.SIGWINCH)
        await seen.wait()
        return left.is_set()
    finally:
        for handled in (signal.SIGTERM, signal.SIGINT, signal.SIGWINCH):
            loop.remove_signal_handler(handled)


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGUSR1, signal.SIGUSR2])
async def test_a_kiosk_is_not_disturbed_by(number: signal.Signals) -> None:
    assert not await leaves_after(number, kiosk=True)


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize("kiosk", [False, True])
async def test_a_request_to_end_ends_the_app_in_good_order(kiosk: bool) -> None:
    assert await leaves_after(signal.SIGTERM, kiosk=kiosk)


@pytest.mark.parametrize("saving", ["print('saved', flush=True)", "1 / 0"])
def test_a_lost_terminal_saves_drafts_and_ends_at_once_even_when_the_loop_is_busy(saving: str) -> None:
    program = f"""
import asyncio, os, signal
from botui.terminal import install_signals
async def main():
    loop = asyncio.get_running_loop()
    install_signals(loop, save_drafts=lambda: {saving}, leave=lambda: None, kiosk=True)
    os.kill(os.getpid(), signal.SIGHUP)
    while True:
        pass
asyncio.run(main())
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30)
    assert ended.returncode == HANG_UP
    assert ended.stdout == ("saved\n" if "saved" in saving else "")


def test_saving_that_never_ends_is_cut_short() -> None:
    program = """
import asyncio, os, signal, time
from botui import terminal
terminal.SECONDS_TO_SAVE = 1
async def main():
    terminal.install_signals(
        asyncio.get_running_loop(), save_drafts=lambda: time.sleep(3600), leave=lambda: None, kiosk=False
    )
    os.kill(os.getpid(), signal.SIGHUP)
asyncio.run(main())
"""
    ended = subprocess.run([sys.executable, "-c", program], timeout=30)
    assert ended.returncode == -signal.SIGALRM
