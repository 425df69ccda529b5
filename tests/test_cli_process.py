"""The command line as real processes: pipes, signals, locales, several at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.command_line import Office, found, process


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return found(tmp_path / "office")


def test_an_output_without_room_is_said_in_words() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    command = f"'{sys.executable}' -m botui --version >/dev/full"
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parent.parent), "BOTUI_CONFIG": ""}
    result = subprocess.run(["/bin/sh", "-c", command], env=environ, capture_output=True, check=False)
    assert (result.returncode, result.stderr.count(b"\n")) == (1, 1)


def test_no_command_but_the_desk_loads_textual(office: Office) -> None:
    script = "import sys; from botui.cli import main; main(['list', 'tickets']); print('textual' in sys.modules)"
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parent.parent), **office.environ}
    found_ = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, check=True)
    assert found_.stdout.split()[-1] == b"False"


def test_a_reader_that_goes_away_is_no_error(office: Office) -> None:
    for number in range(2):
        office.ok("add", "tickets", f"subject=Ticket {number}", f"body={'long ' * 3000}")
    result = process(office, ["list", "tickets", "--json"], tail="true")
    assert result.returncode in (0, 141)
    assert result.stderr == b""


def test_the_output_survives_a_locale_that_cannot_show_it(office: Office) -> None:
    office.ok("add", "tickets", "subject=日本語")
    office.environ |= {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    assert b"\\u65e5" in process(office, ["list", "tickets"]).stdout
    assert "日本語".encode() in process(office, ["list", "tickets", "--csv"]).stdout
    assert process(office, ["show", "日本語"]).returncode == 1


def test_ctrl_c_ends_a_question_with_130_and_makes_nothing(tmp_path: Path) -> None:
    import pty

    office = Office(tmp_path / "office")
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parent.parent), **office.environ}
    outer, inner = pty.openpty()
    command = [sys.executable, "-m", "botui"]
    child = subprocess.Popen(
        command,
        stdin=inner,
        stdout=inner,
        stderr=inner,
        env=environ | {"TERM": "xterm"},
        # tests that run in the background are born deaf to Ctrl-C, and so would be what they start
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    os.close(inner)  # so that reading fails, and does not wait, should the child end too soon
    try:
        said = b""
        while b"Name of the office" not in said:
            said += os.read(outer, 1000)
        child.send_signal(signal.SIGINT)
        assert child.wait(timeout=30) == 130
        assert b"botui: Stopped.\r\n" in os.read(outer, 1000)
    finally:
        child.kill()
        child.wait()
        os.close(outer)
    assert not office.folder.exists()


def test_two_processes_that_add_at_once_lose_nothing(office: Office) -> None:
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parent.parent), **office.environ}
    command = [sys.executable, "-m", "botui", "add", "tickets", "--as", "ML"]
    started = [
        subprocess.Popen([*command, f"subject={number}"], env=environ, stdout=subprocess.PIPE) for number in "abc"
    ]
    assert [one.communicate(timeout=60) and one.returncode for one in started] == [0, 0, 0]
    assert sorted(one["subject"] for one in office.run("list", "tickets", "--json").json) == ["a", "b", "c"]
