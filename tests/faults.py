"""Processes that write together, and are killed, stopped and starved: what the tests of faults share.

Processes are forked and die without a word, as a session does when its terminal is cut; they tell through a pipe
what was confirmed to them. Each test has its sizes: small in ``make test``, long in ``make soak``.
"""

from __future__ import annotations

import gc
import os
import random
import secrets
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from botui.data import Desk, Store
from botui.models.base import Conflict, Refused
from botui.storage import Journal
from tests.offices import ANN, BOB, Clock

PATIENCE: Final = 600
"""Seconds after which a process is given up as hanging; nothing is measured by it."""

WAIT: Final = 60.0
"""Seconds after which a desk gives up, which fails the test."""

SMALL: Final = 100_000
"""A journal of so many bytes is compacted: every few dozen changes."""

Say = Callable[..., object]
Work = Callable[[Say], object]


@dataclass(frozen=True, slots=True)
class Size:
    """How much of a fault there is.

    Attributes:
        processes: how many write at once.
        each: what each of them does.
        rounds: how often the fault is made.
        stores: on how many stores, one after the other.
    """

    processes: int = 4
    each: int = 100
    rounds: int = 1
    stores: int = 1

    def __str__(self) -> str:
        return f"{self.processes}x{self.each}x{self.rounds}x{self.stores}"


def sizes(*tested: Size, soak: Size) -> pytest.MarkDecorator:
    """Parametrise a test with what ``make test`` runs and what ``make soak`` adds."""
    return pytest.mark.parametrize("size", [*tested, pytest.param(soak, marks=pytest.mark.soak)], ids=str)


class Child:
    """A forked process, with all it says.

    Args:
        work: what it does; it is given a way to say numbers.
        gate: it begins when this pipe has no writer any more.
    """

    def __init__(self, work: Work, gate: tuple[int, int] | None = None) -> None:
        out, into = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(out)
            _live(work, into, gate)
        os.close(into)
        self._said = os.fdopen(out)
        self._code: int | None = None

    def hear(self) -> tuple[int, ...]:
        """Wait for the next thing it says."""
        line = self._said.readline()
        assert line, f"it ended with {self.end()} and said no more"
        return tuple(map(int, line.split()))

    def rest(self) -> list[tuple[int, ...]]:
        """Wait for its end and return all that was not heard yet."""
        return [tuple(map(int, line.split())) for line in self._said]

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send it a signal, if it has not ended."""
        if self._code is None:
            os.kill(self.pid, number)

    def end(self) -> int:
        """Wait for its end and return how it came: an exit code, or minus a signal."""
        if self._code is None:
            self._code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self._code

    def close(self) -> None:
        """See to it that nothing of it is left."""
        self.kill()
        self.end()
        self._said.close()


@contextmanager
def children(*works: Work) -> Iterator[list[Child]]:
    """Let processes begin at the same moment; none of them outlives the block."""
    family: list[Child] = []
    gate = os.pipe()
    try:
        family.extend(Child(work, gate) for work in works)
        os.close(gate[1])
        yield family
    finally:
        for child in family:
            child.close()
        os.close(gate[0])


def opened(folder: Path, me: int, compact_at: int = 1 << 20, person: int | None = None) -> Desk:
    """Return a desk of a process of its own: of Ann or Bob by turns, or of this person."""
    clock = Clock()
    journal = Journal(folder / "office.json", clock=clock, compact_at=compact_at, timeout=WAIT)
    return Desk(Store(journal), person or (ANN, BOB)[me % 2], f"desk {me}", clock)


def at_work(
    folder: Path,
    me: int,
    size: Size,
    seed: int,
    one_thing: Callable[[Desk, random.Random], Any],
    prefix: str,
) -> Work:
    """Do so many things at a desk, and say what was confirmed of one collection: the numbers after its prefix."""

    def work(say: Say) -> None:
        desk, chance = opened(folder, me, SMALL), random.Random(seed + me)
        say(0)
        for _ in range(size.each):
            with suppress(Refused, Conflict):
                done = one_thing(desk, chance)
                refs = done.refs if done else ()
                say(*(int(ref.removeprefix(prefix)) for ref in refs if ref.startswith(prefix)), 0)

    return work


def in_child(work: Callable[[], object]) -> int:
    """Run ``work`` in a process of its own and return how it ended: an exit code, or minus a signal."""
    child = Child(lambda _: work())
    child.rest()
    code = child.end()
    child.close()
    return code


def finished(family: list[Child]) -> list[list[tuple[int, ...]]]:
    """Wait for all, insist that none had an error, and return what each said."""
    said = [child.rest() for child in family]
    assert [child.end() for child in family] == [0] * len(family)
    return said


def dice() -> random.Random:
    """Return a source of chance; a test that fails shows its seed, to be given as ``FAULT_SEED``."""
    seed = int(os.environ.get("FAULT_SEED") or secrets.randbits(32))
    print(f"FAULT_SEED={seed}")
    return random.Random(seed)


def add_one(journal: Journal, number: int = 1) -> int:
    """Read, add one, write; return what was written."""
    with journal.transaction() as tx:
        doc = tx.get("tickets", number) or {"n": 0}
        tx.put("tickets", number, {"n": doc["n"] + 1})
    return int(doc["n"]) + 1


def lines_ever(path: Path) -> list[bytes]:
    """Return every line of every journal there ever was."""
    kept = sorted((path.parent / "history").glob("*.journal"))
    return b"".join(file.read_bytes() for file in (*kept, path.with_name("office.json.journal"))).splitlines()


def table(journal: Journal, name: str) -> dict[int, dict[str, Any]]:
    """Return a whole collection."""
    return {number: journal.get(name, number) or {} for number in journal.ids(name)}


def _live(work: Work, into: int, gate: tuple[int, int] | None) -> None:
    code = 1
    try:
        signal.alarm(PATIENCE)
        # coverage is counted in the parent only, and the parent's objects are no business of the collector here
        sys.settrace(None)
        threading.settrace(None)
        gc.freeze()
        if gate is not None:
            os.close(gate[1])
            os.read(gate[0], 1)
        work(lambda *numbers: os.write(into, (" ".join(map(str, numbers)) + "\n").encode()))
        code = 0
    except BaseException:
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)
