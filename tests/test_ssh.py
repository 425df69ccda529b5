"""The desk through a real sshd with the settings of docs/ssh.md: who gets in, as whom, and that nothing else does."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from botui.cli import main
from botui.data import Desk
from botui.sessions import OpenDesk, open_desks
from tests.pty_session import PATIENCE, PtySession
from tests.sshd import MISSING, Sshd, answers, free_port, program, run, settings

if MISSING:
    pytest.skip(f"this machine lacks {', '.join(MISSING)}", allow_module_level=True)
if not sys.platform.startswith("linux"):
    pytest.skip("processes are looked at in /proc", allow_module_level=True)

CROWD = 20
"""People who are there at once in the long form; five in the short one."""
KEPT = {"TERM", "SSH_CONNECTION", "LANG", "PATH", "BOTUI_CONFIG"}
"""All that a desk over SSH is given of an environment; the last because the tests name it."""


class Site:
    """A machine with an office and an sshd, and a key for everybody in the office."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "store"
        self.sshd = Sshd(folder)
        self.desk = Desk.open(self.store, None, "setup", lambda: datetime.now(UTC))
        system = self.desk.as_system()
        system.add("settings", {"name": "Harbour & Lane", "hours": "mon-sun 00:00-24:00"}, number=1)
        system.add("people", {"name": "Mary Lee", "roles": ("clerk", "admin")})
        system.add("people", {"name": "Bob Kay", "roles": ("clerk",)})
        system.add("people", {"name": "Gone Girl", "roles": ("clerk",)})
        for key, who in (("mary", "ML"), ("bob", "BK"), ("gone", "GG")):
            self.sshd.new_key(key)
            self.botui("ssh", "add", who, str(folder / f"{key}.pub"), "--file", str(self.sshd.keys))
        self.sshd.new_key("nobody")
        self.botui("set", "P-3", "active=no")

    def botui(self, *words: str) -> None:
        """Run a command as the administrator."""
        environ = {"BOTUI_CONFIG": "", "BOTUI_TERMINAL": "setup", "PATH": os.environ["PATH"]}
        with (self.folder / "said").open("w") as said:
            command = [*words, "--data", str(self.store), "--as", "ML"]
            assert main(command, environ=environ, stdout=said, stderr=said) == 0

    def comes(self, key: str, name: str, *asked: str, before: Sequence[str] = (), term: str = "xterm") -> PtySession:
        """Let somebody come in and wait for their desk."""
        session = self.sshd.person(key, *asked, before=before, environ={"TERM": term})
        session.wait_for(lambda: name in session.screen.display[0])
        return session

    def at_desk(self, person: int) -> list[OpenDesk]:
        """The desks at which somebody is."""
        return [one for one in open_desks(self.store) if one.person == person]

    def processes(self) -> list[int]:
        """The processes that have this store open."""
        return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit() and self._is_ours(one)]

    def _is_ours(self, process: Path) -> bool:
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return words[0] == sys.executable.encode() and str(self.store).encode() in words


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    found = Site(tmp_path_factory.mktemp("ssh"))
    with found.sshd.running():
        yield found
    found.desk.store.close()


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Path]:
    """A file that is there if something was done that may not be."""
    path = tmp_path / "made"
    yield path
    assert not path.exists()


def within_patience(holds: Callable[[], bool], times: int = 1) -> bool:
    """Wait for what must come to pass, and say whether it did."""
    limit = time.monotonic() + times * PATIENCE
    while not holds() and time.monotonic() < limit:
        time.sleep(0.02)
    return holds()


# --- coming in ------------------------------------------------------------------------------------------------------


def test_two_people_at_once_each_have_their_own_desk_and_name(site: Site) -> None:
    with site.comes("mary", "Mary Lee") as mary, site.comes("bob", "Bob Kay") as bob:
        for session, subject in ((mary, "Lamp of Mary"), (bob, "Lamp of Bob")):
            session.send("n")
            session.wait_for("What it is about")
            session.send(f"{subject}\r")
            session.wait_for("is filed")
        assert [one.terminal for one in open_desks(site.store)] == ["ssh 127.0.0.1"] * 2
        for session in (mary, bob):
            session.send(b"\x11")
            assert session.exit_status() == 0
    site.desk.store.refresh()
    entries = [entry.header for entry in site.desk.store.journal.history()][-2:]
    assert [(header["by"], header["on"]) for header in entries] == [(1, "ssh 127.0.0.1"), (2, "ssh 127.0.0.1")]
    assert open_desks(site.store) == []


def test_the_key_of_somebody_who_left_opens_nothing_and_says_so(site: Site) -> None:
    with site.sshd.person("gone") as session:
        assert session.exit_status() == 1
        session.settle(0.05)
        assert b"This key opens nothing any more: ask your administrator." in session.received
    site.desk.store.refresh()
    header = list(site.desk.store.journal.history())[-1].header
    assert (header["do"], header["by"], header["on"]) == ("desk.refuse", None, "ssh 127.0.0.1")
    assert header["note"] == "key of P-3"


def test_a_key_that_stands_nowhere_is_not_let_in(site: Site) -> None:
    assert site.sshd.ask("nobody").returncode == 255


def test_the_block_for_a_shared_sshd_is_understood_too(site: Site, tmp_path: Path) -> None:
    config = tmp_path / "sshd_config"
    config.write_text(f"HostKey {site.folder / 'host'}\n{settings('sshd_config_match')}", "utf-8")
    done = run([program("sshd"), "-t", "-f", str(config)])
    assert (done.returncode, done.stderr) == (0, b"")


# --- ways out -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["touch {}", "; touch {} ;", "'; touch {}; '", '"$(touch {})"', "\ntouch {}\n"])
def test_a_command_is_not_run_and_without_a_terminal_nothing_opens(site: Site, made: Path, asked: str) -> None:
    done = site.sshd.ask("mary", asked.format(made))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1
    assert b"needs a terminal" in done.stderr


def test_everything_asked_for_at_once_opens_the_desk_with_a_clean_environment(site: Site, made: Path) -> None:
    hostile = {
        "PYTHONPATH": "/tmp",
        "PYTHONSTARTUP": "/etc/passwd",
        "LD_PRELOAD": "/tmp/x.so",
        "TEXTUAL_DEVTOOLS": "1",
        "BOTUI_DATA": "/tmp",
        "BOTUI_KIOSK": "1",
        "BASH_ENV": "/tmp/x",
        "LC_ALL": "de_DE.ISO-8859-1",
        "SSH_CONNECTION": "6.6.6.6 1 6.6.6.6 2",
    }
    before = ["-A", "-X", "-o", "SendEnv=*", "-o", "ForwardX11Trusted=yes"]
    sent = ["-o", "SetEnv " + " ".join(f'"{name}={value}"' for name, value in hostile.items())]
    with site.comes("mary", "Mary Lee", f"touch {made}", before=[*before, *sent]):
        (one,) = site.at_desk(1)
        environ = dict(
            word.partition("=")[::2] for word in Path(f"/proc/{one.pid}/environ").read_text("utf-8").split("\0") if word
        )
        assert set(environ) == KEPT
        assert environ["SSH_CONNECTION"].startswith("127.0.0.1 ")
        assert environ["LANG"] == "C.UTF-8"


@pytest.mark.parametrize("term", ["x;touch {}", "../../$(touch {})"])
def test_a_terminal_of_an_odd_name_counts_as_the_simplest(site: Site, made: Path, term: str) -> None:
    with site.comes("bob", "Bob Kay", term=term.format(made)) as session:
        assert session.alive()


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_terminal_that_can_show_nothing_is_told_so(site: Site, term: str) -> None:
    with site.sshd.person("mary", environ={"TERM": term}) as session:
        assert session.exit_status() == 2
        session.settle(0.05)
        assert b"cannot show the desk" in session.received


COPIES: dict[str, tuple[str, ...]] = {
    "sftp": ("sftp", "-b", "{batch}", "{host}"),
    "scp, new form, to them": ("scp", "-s", "{secret}", "{host}:{made}"),
    "scp, old form, to them": ("scp", "-O", "{secret}", "{host}:{made}"),
    "scp, new form, from them": ("scp", "-s", "{host}:{secret}", "{made}"),
    "scp, old form, from them": ("scp", "-O", "{host}:{secret}", "{made}"),
}
if shutil.which("rsync"):
    COPIES["rsync"] = ("rsync", "-e", "{ssh}", "{host}:{secret}", "{made}")


@pytest.mark.parametrize("words", COPIES.values(), ids=COPIES)
def test_no_file_goes_either_way(site: Site, made: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    name, *rest = words
    secret, batch = tmp_path / "secret", tmp_path / "batch"
    secret.write_text("secret", "utf-8")
    batch.write_text(f"get {secret} {made}\nput {secret} {made}\n", "utf-8")
    *ssh, host = site.sshd.command("mary")
    known = {"made": made, "secret": secret, "batch": batch, "host": host, "ssh": " ".join(ssh)}
    port = [] if name == "rsync" else [*site.sshd.options("mary"), "-P", str(site.sshd.port)]
    done = run([program(name), *port, *(word.format(**known) for word in rest)])
    assert done.returncode != 0


@pytest.mark.parametrize("name", ["sftp", "shell", "../../bin/sh"])
def test_no_subsystem_is_there(site: Site, name: str) -> None:
    done = site.sshd.ask("mary", name, before=["-s"])
    assert done.returncode != 0
    assert done.stdout == b""


def test_nothing_is_forwarded_outwards(site: Site, tmp_path: Path) -> None:
    ports = [free_port() for _ in range(3)]
    inner = tmp_path / "inner"
    with socket.create_server(("127.0.0.1", 0)) as target, socket.socket(socket.AF_UNIX) as other:
        number = target.getsockname()[1]
        other.bind(str(inner))
        other.listen()
        forwards = ["-L", f"{ports[0]}:127.0.0.1:{number}", "-L", f"{ports[1]}:{inner}", "-D", str(ports[2])]
        client = subprocess.Popen(site.sshd.command("mary", "-N", *forwards), stdin=subprocess.DEVNULL)
        try:
            assert within_patience(lambda: all(map(answers, ports)))
            for port in ports:
                with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as one:
                    one.settimeout(PATIENCE)
                    # to a proxy: a connection to the target, please; for the others it is anything
                    one.sendall(b"\x04\x01" + number.to_bytes(2, "big") + bytes((127, 0, 0, 1)) + b"\0")
                    with suppress(ConnectionResetError):
                        while one.recv(64):
                            pass
        finally:
            client.kill()
            client.wait()
        for listening in (target, other):
            listening.setblocking(False)
            with pytest.raises(BlockingIOError):
                listening.accept()


BACKWARDS = {
    "a port of theirs": ("-N", "-R", "{port}:127.0.0.1:{own}"),
    "a proxy at theirs": ("-N", "-R", "{port}"),
    "a tunnel": ("-N", "-w", "any:any"),
    "through standard input": ("-W", "127.0.0.1:{own}"),
}


@pytest.mark.parametrize("words", BACKWARDS.values(), ids=BACKWARDS)
def test_nothing_is_forwarded_backwards(site: Site, words: tuple[str, ...]) -> None:
    port = free_port()
    wanted = [word.format(port=port, own=site.sshd.port) for word in words]
    done = site.sshd.ask("mary", before=["-o", "ExitOnForwardFailure=yes", *wanted])
    assert done.returncode == 255
    assert done.stdout == b""
    assert not answers(port)


def test_a_password_is_not_asked_for(site: Site) -> None:
    before = ["-o", "PubkeyAuthentication=no", "-o", "BatchMode=no", "-o", "NumberOfPasswordPrompts=1"]
    done = site.sshd.ask("nobody", before=before)
    assert done.returncode == 255
    assert b"(publickey)" in done.stderr


# --- the line drops -------------------------------------------------------------------------------------------------


def test_a_client_that_is_killed_leaves_no_process_and_its_draft_is_offered_again(site: Site) -> None:
    with site.comes("bob", "Bob Kay") as session:
        session.send("n")
        session.wait_for("What it is about")
        session.send("Half a sentence")
        session.wait_for("Half a sentence")
        (one,) = site.at_desk(2)
        os.kill(session.pid, signal.SIGKILL)
        assert within_patience(lambda: not os.path.exists(f"/proc/{one.pid}"))
    assert site.processes() == []
    assert site.at_desk(2) == []
    with site.comes("bob", "Bob Kay") as session:
        session.send("n")
        session.wait_for("You left this unfinished")


def test_an_administrator_ends_a_desk_from_outside_and_what_was_typed_is_kept(site: Site) -> None:
    with site.comes("mary", "Mary Lee") as session:
        session.send("n")
        session.wait_for("What it is about")
        session.send("Not done yet")
        session.wait_for("Not done yet")
        (one,) = site.at_desk(1)
        site.botui("sessions", "end", one.id)
        assert session.exit_status() == 0
        session.settle(0.05)
        assert b"This desk was ended from outside; what was typed is kept." in session.received
    assert site.at_desk(1) == []
    with site.comes("mary", "Mary Lee") as session:
        session.send("n")
        session.wait_for("You left this unfinished")


# --- many -----------------------------------------------------------------------------------------------------------


def crowd(site: Site, number: int) -> None:
    """Let many in, all there at once, each of whom files a ticket: each must be there, under the right name."""
    site.desk.store.refresh()
    first = max(site.desk.as_system().numbers("people")) + 1
    before = len(site.desk.as_system().numbers("tickets"))
    with ExitStack() as leaving:
        sessions = []
        for person in range(first, first + number):
            name = f"Clerk {person}"
            site.desk.as_system().add("people", {"name": name, "initials": f"C{person}", "roles": ("clerk",)})
            key = site.sshd.new_key(f"key{person}").with_suffix(".pub")
            site.botui("ssh", "add", f"C{person}", str(key), "--file", str(site.sshd.keys))
            session = leaving.enter_context(site.sshd.person(f"key{person}"))
            # sshd turns away who comes while ten others have not yet shown their key
            session.wait_for(lambda session=session: session.received != b"")  # type: ignore[misc]
            sessions.append((person, name, session))
        for _, name, session in sessions:
            session.wait_for(lambda name=name, session=session: name in session.screen.display[0])  # type: ignore[misc]
            session.send("n")
        for person, _, session in sessions:
            session.wait_for("What it is about")
            session.send(f"Lamp of {person}\r")
        for _, _, session in sessions:
            session.wait_for("is filed")
        assert {one.person for one in open_desks(site.store)} == set(range(first, first + number))
    site.desk.store.refresh()
    filed = site.desk.as_system().numbers("tickets")[before:]
    tickets = [site.desk.as_system().get("tickets", one) for one in filed]
    assert sorted((one.subject, one.created_by) for one in tickets) == sorted(
        (f"Lamp of {person}", person) for person in range(first, first + number)
    )
    assert within_patience(lambda: site.processes() == [])


def test_five_people_at_once_work_one_store(site: Site) -> None:
    crowd(site, 5)


@pytest.mark.soak
def test_twenty_people_at_once_work_one_store(site: Site) -> None:
    crowd(site, CROWD)


@pytest.mark.soak
def test_a_line_that_is_cut_without_a_word_is_noticed(site: Site) -> None:
    with site.comes("bob", "Bob Kay") as session:
        (one,) = site.at_desk(2)
        os.kill(session.pid, signal.SIGSTOP)
        assert within_patience(lambda: not os.path.exists(f"/proc/{one.pid}"), times=3)
