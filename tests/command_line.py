"""The command line in process: injected streams, environment, clock and account; and as real processes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from botui.cli import main
from botui.config import Config
from botui.data import Desk

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""A Monday within office hours."""


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@dataclass(frozen=True)
class Result:
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


READING = ("list", "show", "report", "history")
"""Commands that look at records, which nobody does without saying who they are."""


@dataclass
class Office:
    """An office with its administrator ML, reached through the command line.

    Attributes:
        reader: who looks at records where a test does not say; empty = nobody.
    """

    folder: Path
    now: datetime = NOW
    account: str = "nobody-mapped"
    reader: str = "P-1"
    environ: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.environ = {"BOTUI_CONFIG": "", "BOTUI_DATA": str(self.folder), "BOTUI_TERMINAL": "front", "TZ": "UTC"}

    def run(self, *words: str, stdin: str = "") -> Result:
        out, err = io.StringIO(), io.StringIO()
        code = main(
            self.words(words),
            stdin=Terminal(stdin),
            stdout=out,
            stderr=err,
            environ=self.environ,
            clock=lambda: self.now,
            account=self.account,
        )
        return Result(code, out.getvalue(), err.getvalue())

    def words(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return a command with who gives it, if it looks at records and does not say so."""
        reads = self.reader and not {"--as", "--help"}.intersection(words) and {*words[:1]} <= {*READING}
        return (*words, "--as", self.reader) if reads and words else tuple(words)

    def ok(self, *words: str) -> Result:
        """Run a command as ML that must succeed."""
        result = self.run(*words, "--as", "ML")
        assert (result.code, result.err) == (0, ""), result
        return result

    def refused(self, *words: str, code: int = 1) -> str:
        """Run a command as ML that must fail with one sentence, and leave the store as it was; return the sentence."""
        before = self.bytes()
        result = self.run(*words, "--as", "ML")
        assert result.code == code, result
        assert result.err.startswith("botui: ")
        assert result.err.endswith("\n")
        assert result.err.count("\n") == 1
        assert self.bytes() == before
        return result.err.removeprefix("botui: ").removesuffix("\n")

    def bytes(self) -> dict[str, bytes]:
        """The store as it is on disk, without the lines that only say what was refused."""
        files = [self.folder / name for name in ("office.json", "office.json.journal")]
        return {
            file.name: b"".join(
                line for line in file.read_bytes().splitlines(True) if b'"do":"desk.refuse"' not in line
            )
            for file in files
            if file.exists()
        }

    def ticket(self, ref: str) -> dict[str, Any]:
        record: dict[str, Any] = self.run("show", ref, "--json").json
        return record

    def desk(self, person: int | None = 1) -> Desk:
        return Desk.open(self.folder, person, "front", lambda: self.now)


def found(folder: Path) -> Office:
    """Make an office as the first run does."""
    from botui.cli.parser import parse
    from botui.cli.session import Session
    from botui.cli.start import found_office

    office = Office(folder)
    session = Session(
        parse([]),
        Config(folder, "front"),
        Terminal(),
        io.StringIO(),
        io.StringIO(),
        office.environ,
        lambda: office.now,
        "",
    )
    found_office(session, folder, "The office", "Mary Lee")
    return office


def process(
    office: Office, words: Sequence[str], *, tail: str = "", **options: Any
) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a process of its own, its output through a shell's pipe if there is a ``tail``."""
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parent.parent), **office.environ}
    command = [sys.executable, "-m", "botui", *office.words(words)]
    if tail:
        quoted = " ".join(f"'{word}'" for word in command)
        command = ["/bin/bash", "-c", f"{quoted} | {tail}; exit ${{PIPESTATUS[0]}}"]
    return subprocess.run(command, env=environ, capture_output=True, timeout=60, check=False, **options)
