"""A real sshd on loopback with keys of its own and the settings of docs/ssh.md, and people who come in through it."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.pty_session import PATIENCE, PtySession

DOCS = Path(__file__).parent.parent / "docs"
PLACES = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
"""Where programs are; sshd is where only root's shell looks."""
NEEDED = ("sshd", "ssh", "ssh-keygen")
MISSING = [name for name in NEEDED if shutil.which(name, path=PLACES) is None]
"""Programs that this machine lacks."""


def program(name: str) -> str:
    """Where a program is: sshd wants to be started by its whole name."""
    return shutil.which(name, path=PLACES) or name


def settings(block: str = "sshd_config") -> str:
    """A block of docs/ssh.md, for this account in place of the one it is written for."""
    found = re.search(rf"^```{block}\n(.*?)^```$", (DOCS / "ssh.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found is not None
    return re.sub(r"\bbotui$", account(), found[1], flags=re.MULTILINE)


def account() -> str:
    """Who runs the tests, and the sshd: it can let nobody else in."""
    return pwd.getpwuid(os.getuid()).pw_name


class Sshd:
    """An sshd that lets this account in by the lines of ``keys``.

    Attributes:
        folder: where its files are.
        keys: its file of key lines.
        port: where it listens.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keys = folder / "authorized_keys"
        self.port = free_port()
        self.known = folder / "known_hosts"
        self.config = folder / "sshd_config"
        host = self.new_key("host")
        self.known.write_text(f"[127.0.0.1]:{self.port} {host.with_suffix('.pub').read_text('utf-8')}", "utf-8")
        # The first value of a setting counts: what a test on a machine of any kind must have stands first.
        ours = [
            f"Port {self.port}",
            "ListenAddress 127.0.0.1",
            f"HostKey {host}",
            f"AuthorizedKeysFile {self.keys}",
            f"PidFile {folder / 'sshd.pid'}",
            "StrictModes no",  # the folder of the tests lies in one that everybody may write
            "UsePAM no",
            f"PermitRootLogin {'forced-commands-only' if os.getuid() == 0 else 'no'}",
        ]
        # Later versions keep an address out after failures, and here all come from one.
        extra = "PerSourcePenalties no"
        self.config.write_text("\n".join([*ours, extra, settings()]), "utf-8")
        if self.test() != "":
            self.config.write_text("\n".join([*ours, settings()]), "utf-8")

    def new_key(self, name: str) -> Path:
        """Make a key, and return where its private half is."""
        path = self.folder / name
        command = [program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-C", f"{name}@test", "-f", str(path)]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
        return path

    def test(self) -> str:
        """What sshd says against its settings."""
        done = subprocess.run(
            [program("sshd"), "-t", "-f", str(self.config)], capture_output=True, check=False, stdin=subprocess.DEVNULL
        )
        return done.stderr.decode() if done.returncode else ""

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let it listen for as long as this lasts."""
        if os.getuid() == 0:
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
        assert self.test() == ""
        log = self.folder / "sshd.log"
        server = subprocess.Popen(
            [program("sshd"), "-D", "-f", str(self.config), "-E", str(log)], stdin=subprocess.DEVNULL
        )
        try:
            limit = time.monotonic() + PATIENCE
            while not answers(self.port):
                assert server.poll() is None, log.read_text("utf-8")
                assert time.monotonic() < limit, log.read_text("utf-8")
                time.sleep(0.02)
            yield
        finally:
            server.terminate()
            server.wait()

    def options(self, key: str) -> list[str]:
        """What every client is given, so that nothing of this machine's own settings counts."""
        pairs = {
            "IdentityFile": self.folder / key,
            "IdentitiesOnly": "yes",
            "IdentityAgent": "none",
            "UserKnownHostsFile": self.known,
            "GlobalKnownHostsFile": "/dev/null",
            "StrictHostKeyChecking": "yes",
            "BatchMode": "yes",
            "ConnectTimeout": "20",
        }
        return ["-F", "/dev/null", *(word for name, value in pairs.items() for word in ("-o", f"{name}={value}"))]

    def command(self, key: str, *before: str) -> list[str]:
        """The words of ``ssh`` up to the host; what comes behind is asked for."""
        return [program("ssh"), *self.options(key), "-p", str(self.port), *before, f"{account()}@127.0.0.1"]

    def ask(self, key: str, *asked: str, before: Sequence[str] = ()) -> subprocess.CompletedProcess[bytes]:
        """Ask for something without a terminal."""
        return run([*self.command(key, *before), *asked])

    def person(
        self, key: str, *asked: str, before: Sequence[str] = (), environ: Mapping[str, str] | None = None
    ) -> PtySession:
        """Come in with a key as a person at a terminal does."""
        ssh, *words = self.command(key, "-tt", *before)
        return PtySession([*words, *asked], program=ssh, environ=environ)


def run(words: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    """Run a client of SSH to its end."""
    return subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        number: int = one.getsockname()[1]
        return number


def answers(port: int) -> bool:
    """Whether somebody takes a connection on a port."""
    with socket.socket() as one:
        one.settimeout(1)
        return one.connect_ex(("127.0.0.1", port)) == 0
