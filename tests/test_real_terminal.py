"""The whole desk in a real terminal, as a process of its own: stories by keys, hostile bytes, signals, scans."""

from __future__ import annotations

import os
import signal
import string
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from botui.data import Desk
from botui.widgets.scan import GAP
from tests.kiosk import PIN, give_pins
from tests.pty_session import HOSTILE, PtySession

if not os.path.exists("/dev/ptmx"):
    pytest.skip("this machine has no pseudo-terminals", allow_module_level=True)

DOWN, ESCAPE, F1, F3, F5, F12 = b"\x1b[B", b"\x1b", b"\x1bOP", b"\x1bOR", b"\x1b[15~", b"\x1b[24~"
CODE = "".join(one for one in string.printable[:95])
"""Every printable ASCII character, as a code that some scanner could read."""


def now() -> datetime:
    return datetime.now(UTC)


def office(folder: Path, tickets: int = 3) -> Desk:
    """An office with two clerks and some tickets; return the desk of Mary."""
    desk = Desk.open(folder, None, "setup", now)
    system = desk.as_system()
    system.add("settings", {"name": "Harbour & Lane", "hours": "mon-sun 00:00-24:00"}, number=1)
    system.add("people", {"name": "Mary Lee", "roles": ("clerk", "admin")})
    system.add("people", {"name": "Bob Kay", "roles": ("clerk",)})
    mary = desk.for_person(1)
    for number in range(1, tickets + 1):
        mary.add("tickets", {"subject": f"Lamp {number} flickers"})
    return mary


def opened(folder: Path, *, person: str = "ML", columns: int = 80, lines: int = 24, **environ: str) -> PtySession:
    """Open the desk as a person does, and wait for its first page."""
    session = PtySession(
        ["-m", "botui", "--data", str(folder), "--as", person], columns=columns, lines=lines, environ=environ
    )
    session.wait_for("Harbour & Lane")
    session.wait_for("F1=Help")
    return session


@pytest.fixture
def mary(folder: Path) -> Desk:
    return office(folder)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PtySession]:
    """One desk of a kiosk, which has no way out, that all hostile tests work on: it must outlive them all."""
    folder = tmp_path_factory.mktemp("hostile") / "office"
    mary = office(folder)
    give_pins(mary, 1)
    mary.store.close()
    with opened(folder, BOTUI_KIOSK="1") as session:
        yield session


def answers(session: PtySession) -> None:
    """See that the desk is there, whole, and does what a key says; junk may have locked it or opened something."""
    for _ in range(12):
        session.settle(0.1)
        # a dialog leaves the page above it in view, but has keys of its own
        if session.screen.display[0].startswith(" Harbour & Lane") and "F1=Help" in session.screen.display[-1]:
            break
        session.send(F12)
    session.send("1")
    session.wait_for(lambda: "Running late" in session.text() or "Who are you" in session.text())
    if "Who are you" in session.text():
        for key in f"ml\r{PIN}\r":
            session.send(key)
            session.settle(GAP * 2)  # as a hand does: what comes right behind junk at a scanner's speed is its rest
    session.wait_for("Running late")
    session.send(F12)
    session.wait_for("Office lists")
    assert session.alive()


def test_a_ticket_is_filed_found_and_resolved_by_keys(folder: Path, mary: Desk) -> None:
    with opened(folder) as session:
        session.send("n")
        session.wait_for("What it is about")
        session.send("Toner is empty\r")
        session.wait_for("T-4 is filed")
        session.send("13/")
        session.send("toner\r")
        session.wait_for("1/1")
        session.send("s")
        session.wait_for("T-4 is resolved.")
        session.send("u")
        session.wait_for("Undo: Resolve T-4?")
        assert session.screen.display[0].startswith(" Tickets > "), "a question leaves the page above it in view"
    mary.store.refresh()
    assert (mary.get("tickets", 4).subject, mary.get("tickets", 4).state) == ("Toner is empty", "resolved")
    assert mary.history("tickets", 4)[-1].by == 1


def test_commands_typed_ahead_on_a_slow_line_are_done_in_order(folder: Path, mary: Desk) -> None:
    with opened(folder) as session:
        session.send(b"13" + DOWN + b"ts")
        session.wait_for("T-2 is resolved.")
    mary.store.refresh()
    assert (mary.get("tickets", 2).state, mary.get("tickets", 2).owner) == ("resolved", 1)


def test_two_desks_on_one_store_see_each_other_and_the_cursor_stays(folder: Path, mary: Desk) -> None:
    with opened(folder) as one, opened(folder, person="BK") as other:
        for session in (one, other):
            session.send("12")
            session.wait_for("Lamp 3 flickers")
        one.send(DOWN)
        one.wait_for("2/3")
        other.send("t")
        one.wait_for(lambda: "Lamp 1" not in one.text())
        one.wait_for("1/2")
        assert any(line.startswith("> T-2") for line in one.screen.display)
    mary.store.refresh()
    assert mary.get("tickets", 1).owner == 2


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_the_desk_outlives_hostile_bytes_and_answers(desk: PtySession, data: bytes) -> None:
    desk.send(data)
    # An unclosed paste ends by itself, and after a flood the driver hears nothing until the line is quiet.
    desk.settle(1.5 if data.startswith(b"\x1b[200~") or len(data) > 5_000 else 0.3)
    answers(desk)


def test_a_window_of_one_cell_and_back_draws_the_same_again(desk: PtySession) -> None:
    answers(desk)
    before = desk.text()
    for columns, lines in ((1, 1), (20, 5), (200, 60), (1, 1), (80, 24)):
        desk.resize(columns, lines)
        desk.settle(0.15)
    desk.wait_for(lambda: desk.text() == before)
    answers(desk)


def test_sigterm_gives_the_terminal_back_and_ends_well(folder: Path, mary: Desk) -> None:
    with opened(folder) as session:
        session.send("13")
        session.wait_for("Lamp 3 flickers")
        os.kill(session.pid, signal.SIGTERM)
        assert session.exit_status() == 0
        session.settle()
        assert "Lamp" not in session.text()
        after = session.received.rpartition(b"\x1b[?1049l")
        assert after[1]
        assert b"\x1b[?25h" in session.received[-200:]


def test_a_hang_up_keeps_what_was_typed_and_offers_it_again(folder: Path, mary: Desk) -> None:
    with opened(folder) as session:
        session.send("n")
        session.wait_for("What it is about")
        session.send("Half a sentence")
        session.wait_for("Half a sentence")
        os.kill(session.pid, signal.SIGHUP)
        assert session.exit_status() == 128 + signal.SIGHUP
    mary.store.refresh()
    assert len(mary.numbers("tickets")) == 3
    with opened(folder) as session:
        session.send("n")
        session.wait_for("You left this unfinished")
        session.send("1")
        session.wait_for("Half a sentence")
        session.send("\r")
        session.wait_for("T-4 is filed")


def test_a_terminal_that_is_gone_ends_the_process(folder: Path, mary: Desk) -> None:
    ignoring = "import signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); from botui.cli import main; "
    arguments = ["-c", ignoring + f"sys.exit(main(['--data', {str(folder)!r}, '--as', 'ML']))"]
    session = PtySession(arguments)
    session.wait_for("Harbour & Lane")
    os.close(session.master)
    _, status = os.waitpid(session.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 128 + signal.SIGHUP


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_a_terminal_that_cannot_show_the_desk_is_refused_in_a_sentence(folder: Path, mary: Desk, term: str) -> None:
    with PtySession(["-m", "botui", "--data", str(folder), "--as", "ML"], environ={"TERM": term}) as session:
        assert session.exit_status() == 2
        session.settle()
        assert b"\x1b" not in session.received
        assert "cannot show the desk" in session.text()


def test_without_a_terminal_the_desk_is_refused_in_a_sentence(folder: Path, mary: Desk) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "botui", "--data", str(folder), "--as", "ML"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.count(b"\n") == 1
    assert b"needs a terminal" in done.stderr


# --- skins ----------------------------------------------------------------------------------------------------------


def tour(session: PtySession) -> None:
    """Look at a list, a record, its verbs, a form, a choice, the palette and the help."""
    for keys, seen in (
        ("1", "Running late"),
        ("3", "Lamp 3 flickers"),
        ("\r", "State"),
        (".", "What to do with"),
        (F12, "All about it"),
        ("e", "Edit T-"),
        (F12, "All about it"),
        (":", "Go to:"),
        (F12, "All about it"),
        ("?", "Help"),
        (F12, "All about it"),
    ):
        session.send(keys)
        session.settle(0.15)
        session.wait_for(seen)


def test_a_terminal_of_ascii_gets_not_one_other_byte(folder: Path, mary: Desk) -> None:
    mary.add("tickets", {"subject": "Ström för Zoë 李 👍"})
    with opened(folder, TERM="linux", LANG="C") as session:
        tour(session)
        assert session.received.isascii()


def test_where_no_colour_is_wanted_none_is_sent(folder: Path, mary: Desk) -> None:
    import re

    with opened(folder, NO_COLOR="1") as session:
        tour(session)
        orders = {
            int(one or 0) for found in re.findall(rb"\x1b\[([0-9;]*)m", session.received) for one in found.split(b";")
        }
        assert not {one for one in orders if 30 <= one <= 38 or 40 <= one <= 48 or one >= 90}


# --- scans ----------------------------------------------------------------------------------------------------------


def scans_arrive(mary: Desk, session: PtySession, numbers: range = range(1, 41)) -> None:
    """Scan the codes of tickets back to back: each must open its ticket, and none may do anything else."""
    before = [entry.digest for entry in mary.store.journal.history()]
    session.send("".join(f"~{codes()[number - 1]}\r" for number in numbers))
    session.wait_for(lambda: f"T-{numbers[-1]} " in session.screen.display[0])
    session.settle(0.3)
    assert session.alive()
    for number in reversed(numbers):
        session.wait_for(lambda number=number: f"T-{number} " in session.screen.display[0])  # type: ignore[misc]
        session.send(F12)
    session.wait_for("Office lists")
    mary.store.refresh()
    assert [entry.digest for entry in mary.store.journal.history()] == before


def codes() -> list[str]:
    """Forty codes that together hold every printable ASCII character, the scanner's own prefix within them too."""
    characters = CODE.replace(" ", "")
    return [f"{number:02}{characters[number * 3 % 90 :][:12]}" for number in range(40)]


@pytest.fixture
def scanned(folder: Path) -> Desk:
    mary = office(folder, 0)
    for number, code in enumerate(codes(), 1):
        mary.add("tickets", {"subject": f"Thing {number}", "codes": (code,)})
    return mary


def test_forty_scans_back_to_back_open_forty_things_and_fire_no_verb(folder: Path, scanned: Desk) -> None:
    with opened(folder) as session:
        scans_arrive(scanned, session)


def test_forty_scans_arrive_whole_on_a_machine_that_has_other_things_to_do(folder: Path, scanned: Desk) -> None:
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1)]
    try:
        with opened(folder) as session:
            os.setpriority(os.PRIO_PROCESS, session.pid, 19)
            scans_arrive(scanned, session)
    finally:
        for one in busy:
            one.kill()
            one.wait()


@contextmanager
def a_tenth_of_a_core(pid: int) -> Iterator[None]:
    """Give a process a tenth of one core where the system lets us (cgroup v1 or v2), else the lowest priority."""
    os.setpriority(os.PRIO_PROCESS, pid, 19)
    root = Path("/sys/fs/cgroup")
    first = (root / "cpu" / "cpu.cfs_quota_us").exists()
    group = (root / "cpu" if first else root) / f"botui-test-{pid}"
    try:
        group.mkdir()
        if first:
            (group / "cpu.cfs_period_us").write_text("10000")
            (group / "cpu.cfs_quota_us").write_text("1000")
        else:
            (group / "cpu.max").write_text("1000 10000")
        (group / "cgroup.procs").write_text(str(pid))
    except OSError:
        yield
        return
    yield
    (group.parent / "cgroup.procs").write_text(str(pid))
    group.rmdir()


@pytest.mark.parametrize("numbers", [range(1, 41, 4), pytest.param(range(1, 41), marks=pytest.mark.soak)], ids=len)
def test_scans_with_every_character_arrive_whole_at_a_tenth_of_a_core(
    folder: Path, scanned: Desk, numbers: range
) -> None:
    assert {one for number in numbers for one in codes()[number - 1]} == set("".join(codes()))
    with opened(folder) as session, a_tenth_of_a_core(session.pid):
        scans_arrive(scanned, session, numbers)


# --- faults of the program ------------------------------------------------------------------------------------------

FAULTY = """
import sys
from pathlib import Path
import botui.app
from botui.config import Config
from botui.terminal import prepare
import os
from botui.data import Desk
from datetime import UTC, datetime

class Faulty(botui.app.DeskApp):
    CSS_PATH = str(Path(botui.app.__file__).with_name("botui.tcss"))

    def action_leave(self):
        subject = self.desk.get("tickets", 1).subject
        raise RuntimeError("a mistake of ours")

botui.app.DeskApp = Faulty
folder = Path(sys.argv[1])
terminal = prepare(os.environ, kiosk=False)
sys.exit(botui.app.run(lambda: Desk.open(folder, 1, "T1", lambda: datetime.now(UTC)), terminal, Config(folder, "T1")))
"""


def test_a_fault_of_the_program_shows_no_record_is_kept_for_the_mender_and_ends_badly(folder: Path) -> None:
    office(folder)
    with PtySession(["-c", FAULTY, str(folder)]) as session:
        session.wait_for("Harbour & Lane")
        session.send("13")
        session.wait_for("Lamp 3 flickers")
        session.send(b"\x11")
        assert session.exit_status() not in (0, 2)
        session.settle()
        assert "Lamp" not in session.text()
        assert "RuntimeError" not in session.text()
        assert "The desk had a fault" in session.text()
    fault = folder / "fault.txt"
    assert "a mistake of ours" in fault.read_text()
    assert fault.stat().st_mode & 0o777 == 0o600
