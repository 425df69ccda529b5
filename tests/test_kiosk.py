"""A terminal in the hall: no way out, and the desk is back when it dies, whatever killed it."""

from __future__ import annotations

import os
import pty
import pwd
import re
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from botui.supervise import AT_ONCE, LONGEST_PAUSE, pause
from tests.command_line import Office
from tests.kiosk import Kiosk
from tests.offices import ANN, office
from tests.pty_session import PATIENCE, PtySession

if not os.path.exists("/dev/ptmx") or sys.platform != "linux":
    pytest.skip("a kiosk needs Linux and a terminal", allow_module_level=True)

CTRL_C, CTRL_P, CTRL_Q, CTRL_Z, CTRL_BACKSLASH, F12 = b"\x03", b"\x10", b"\x11", b"\x1a", b"\x1c", b"\x1b[24~"
NEVER_TO_A_KIOSK = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGUSR1, signal.SIGUSR2)

SUPERVISED = """
import os, signal, sys, time
from datetime import UTC, datetime
from botui import supervise

def desk(died):
    print("desk of", os.getpid(), "after", died and died.year, "under", os.getppid(), flush=True)
    {does}

sys.exit(supervise.supervise(desk, lambda: datetime(2031, 5, 4, tzinfo=UTC), sys.stderr))
"""


def supervised(does: str) -> PtySession:
    """A supervisor in a terminal, with a desk that only does what is said."""
    return PtySession(["-c", SUPERVISED.format(does=does)])


def children(pid: int) -> list[int]:
    """The processes that a process has started and that are not dead."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text().rpartition(") ")
        except (FileNotFoundError, ProcessLookupError):
            continue
        state, parent = rest.split()[:2]
        if int(parent) == pid and state != "Z":
            found.append(int(name.split()[0]))
    return found


def untouched() -> list[object]:
    """The modes of a terminal that nobody has set: asked of one in use, a supervisor may have been faster."""
    ours, theirs = pty.openpty()
    try:
        return termios.tcgetattr(theirs)[:4]
    finally:
        os.close(ours)
        os.close(theirs)


def gone(pid: int) -> bool:
    """Whether a process has ended; one whose new parent does not look counts as ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].startswith("Z")
    except (FileNotFoundError, ProcessLookupError):
        return True


def wait_until_gone(pid: int) -> None:
    limit = time.monotonic() + PATIENCE
    while not gone(pid):
        assert time.monotonic() < limit
        time.sleep(0.01)


def desks(session: PtySession) -> list[int]:
    """The desks that a supervisor has started so far."""
    return [int(one) for one in re.findall(rb"desk of (\d+) after", session.received)]


# --- the whole desk -------------------------------------------------------------------------------------------------


def test_a_kiosk_has_no_way_out_and_is_back_after_it_was_killed(folder: Path) -> None:
    system = office(folder).as_system()
    system.edit(system.get("people", ANN), {"os_user": pwd.getpwuid(os.getuid()).pw_name})
    system.store.close()
    with PtySession(["-m", "botui", "--data", str(folder), "--kiosk"], environ={"TERM": "linux"}) as session:
        session.wait_for("Test office")
        session.wait_for("nobody signed in")
        (desk,) = children(session.pid)

        session.send(CTRL_Q + CTRL_C + CTRL_Z + CTRL_BACKSLASH + CTRL_P)
        for number in NEVER_TO_A_KIOSK:
            os.kill(session.pid, number)
            os.kill(desk, number)
        session.settle()
        session.send(F12)
        session.wait_for("nobody signed in")
        assert children(session.pid) == [desk]

        os.kill(desk, signal.SIGKILL)
        session.wait_for("The desk had to start again at ")
        said = re.search(r"again at \d\d:\d\d\. Nothing that was saved is lost\.", session.text())
        assert said
        assert "nobody signed in" in session.text()
        assert children(session.pid) != [desk]

        os.kill(session.pid, signal.SIGTERM)
        assert session.exit_status() == 0
        session.settle()
        assert session.text().strip() in ("", "This desk was ended from outside; what was typed is kept.")
        assert b"\x1b[?25h" in session.received[-300:]
        assert termios.tcgetattr(session.master)[:4] == untouched()


def test_a_kiosk_where_there_is_no_office_says_who_makes_one(folder: Path) -> None:
    said = Office(folder).run("--kiosk")
    assert said.code == 1
    assert "a kiosk asks nobody for its name" in said.err
    assert not folder.exists()


@pytest.mark.parametrize(
    "words", [["--as", "ML"], ["list", "tickets"], ["demo"], ["kiosk", "install", "--tty", "tty1"]]
)
def test_a_kiosk_opens_the_desk_of_nobody_and_nothing_else(folder: Path, words: list[str]) -> None:
    said = Office(folder).run("--kiosk", *words)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert "or --kiosk." in said.err


def test_a_kiosk_without_a_terminal_is_refused_in_a_sentence(folder: Path) -> None:
    office(folder).store.close()
    command = [sys.executable, "-m", "botui", "--data", str(folder), "--kiosk"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)


async def test_no_binding_or_link_of_a_widget_does_what_no_desk_offers(folder: Path) -> None:
    office(folder).store.close()
    async with Kiosk.open(folder, kiosk=True) as kiosk:
        for action in ("quit", "help_quit", "suspend_process", "screenshot", "deliver_screenshot", "command_palette"):
            assert not await kiosk.app.run_action(f"app.{action}")
        await kiosk.press("ctrl+q", "ctrl+c", "ctrl+z")
        assert kiosk.app.is_running
        assert not kiosk.app._exit
    assert not list(Path(os.environ["HOME"]).rglob("*.svg"))


# --- the supervisor -------------------------------------------------------------------------------------------------


def test_whatever_ends_a_desk_the_next_one_is_told_when(folder: Path) -> None:
    with supervised("died or os._exit(7); time.sleep(60)") as session:
        session.wait_for("after 2031")
        first, second = desks(session)
        assert first != second
        for number, told in ((signal.SIGTERM, 3), (signal.SIGHUP, 4), (signal.SIGKILL, 5)):
            os.kill(desks(session)[-1], number)
            session.wait_for(lambda told=told: len(desks(session)) == told)  # type: ignore[misc]


def test_a_desk_that_was_killed_leaves_a_terminal_for_the_next_one() -> None:
    raw = "died or (__import__('tty').setraw(0), print(end='\\x1b[?1049h\\x1b[?25lAnn\\'s pay', flush=True), "
    with supervised(raw + "os.kill(os.getpid(), signal.SIGKILL)); time.sleep(60)") as session:
        session.wait_for("after 2031")
        assert "pay" not in session.text()
        assert session.received.rpartition(b"\x1b[?1049h")[2].count(b"\x1b[?1049l") == 1
        assert not session.screen.cursor.hidden
        local = termios.tcgetattr(session.master)[3]
        assert not local & (termios.ECHO | termios.ICANON | termios.ISIG)
        assert termios.tcgetattr(session.master)[1] & termios.OPOST


def test_what_was_typed_to_a_desk_that_died_is_not_typed_to_the_next() -> None:
    does = "died or sys.exit(os.read(0, 1) and 1); print('read', os.read(0, 9), flush=True); time.sleep(60)"
    with supervised(does) as session:
        session.wait_for(lambda: bool(desks(session)))
        session.send("1234\r")
        session.wait_for("after 2031")
        session.send("next")
        session.wait_for("read b'")
        assert "read b'n" in session.text()


def test_a_desk_that_cannot_stay_open_is_not_started_without_a_pause() -> None:
    with supervised("sys.exit('There is no room.')") as session:
        session.wait_for(
            lambda: b"could not stay open 5 times in a row. It tries again in 1 second." in session.received
        )
        assert len(desks(session)) == AT_ONCE
        assert "There is no room." in session.text()
        os.kill(session.pid, signal.SIGTERM)
        assert session.exit_status() == 0


def test_the_pause_grows_to_some_seconds_and_no_further() -> None:
    pauses = [pause(short) for short in range(20)]
    assert pauses[:AT_ONCE] == [0] * AT_ONCE
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE


@pytest.mark.parametrize(
    ("on_sigterm", "patience", "code"),
    [
        ("lambda *_: sys.exit(0)", 8, 0),
        ("signal.SIG_DFL", 8, 0),
        ("lambda *_: sys.exit(3)", 8, 3),
        ("signal.SIG_IGN", 0, 137),
    ],
    ids=["a desk that leaves", "one that is still loading", "one with a fault", "one that does not hear"],
)
def test_told_to_end_it_ends_the_desk_and_then_itself(on_sigterm: str, patience: int, code: int) -> None:
    does = f"signal.signal(signal.SIGTERM, {on_sigterm}); print('ready', flush=True); time.sleep(60)"
    waiting = SUPERVISED.format(does=does).replace(
        "def desk", f"supervise.SECONDS_TO_END[15] = {patience}\ndef desk", 1
    )
    with PtySession(["-c", waiting]) as session:
        session.wait_for("ready")
        (desk,) = desks(session)
        os.kill(session.pid, signal.SIGTERM)
        assert session.exit_status() == code
        assert gone(desk)
        assert termios.tcgetattr(session.master)[:4] == untouched()


@pytest.mark.parametrize("terminal", ["stays", "is closed"])
def test_a_hang_up_ends_both(terminal: str) -> None:
    session = supervised("time.sleep(60)")
    session.wait_for(lambda: bool(desks(session)))
    (desk,) = desks(session)
    if terminal == "stays":
        os.kill(session.pid, signal.SIGHUP)
        assert session.exit_status() == 128 + signal.SIGHUP
    os.close(session.master)
    if terminal != "stays":
        _, status = os.waitpid(session.pid, 0)
        assert os.waitstatus_to_exitcode(status) == 128 + signal.SIGHUP
    wait_until_gone(desk)


def test_a_terminal_that_is_gone_gets_no_new_desk_even_where_hang_ups_are_not_heard() -> None:
    does = "print('ready', flush=True); sys.stdin.read(1); os._exit(129)"
    deaf = SUPERVISED.format(does=does).replace(
        "def desk", "supervise._WATCHED = frozenset({signal.SIGCHLD, signal.SIGTERM})\ndef desk", 1
    )
    session = PtySession(["-c", "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n" + deaf])
    session.wait_for("ready")
    (desk,) = desks(session)
    os.close(session.master)
    _, status = os.waitpid(session.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 128 + signal.SIGHUP
    assert gone(desk)


def test_a_desk_whose_supervisor_is_killed_does_not_stay_and_read_the_terminal() -> None:
    # Started by a shell, as it were: where the supervisor leads the session, the kernel hangs up on the desk anyway.
    shell = "import os, sys, time\nif os.fork(): time.sleep(60)\n" + SUPERVISED.format(does="time.sleep(60)")
    with PtySession(["-c", shell]) as session:
        session.wait_for(lambda: bool(desks(session)))
        (desk,) = desks(session)
        (supervisor,) = children(session.pid)
        os.kill(supervisor, signal.SIGKILL)
        wait_until_gone(desk)
        assert session.alive()


def test_the_supervisor_knows_no_model_and_no_screen() -> None:
    program = "import sys, botui.cli.kiosk, botui.supervise; print(*sys.modules)"
    seen = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in seen.stdout.split()}
    assert not loaded & {"textual", "rich", "pydantic", "tinydb", "asyncio", "ctypes"}
