"""Readers beside writers and compactions: always a whole state, never an error, never a wait."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from botui.storage import Delta, Journal, Op, verify

from .faults import Say, Size, Work, children, dice, finished, sizes

PURSES = ("left", "right", "third")
ALL = 3 * 10 * 100


@pytest.fixture
def path(folder: Path) -> Path:
    """A store whose three collections hold ``ALL`` together, for ever."""
    path = folder / "office.json"
    with Journal(path).transaction() as tx:
        for name in PURSES:
            for number in range(1, 11):
                tx.put(name, number, {"amount": 100})
    return path


def moving(path: Path, seed: int, times: int, compact_at: int) -> Work:
    """Move amounts from one collection to another; an emptied purse is removed, and comes back when it is filled."""

    def move(say: Say) -> None:
        chance, journal = random.Random(seed), Journal(path, compact_at=compact_at)
        for _ in range(times):
            giver, taker = chance.sample(PURSES, 2)
            with journal.transaction() as tx:
                full = tx.ids(giver)
                if not full:
                    continue
                number, into = chance.choice(full), chance.randint(1, 10)
                held = (tx.get(giver, number) or {})["amount"]
                amount = chance.randint(1, held)
                if amount == held:
                    tx.remove(giver, number)
                else:
                    tx.put(giver, number, {"amount": held - amount, "why": "x" * chance.randint(0, 60)})
                tx.put(taker, into, {"amount": (tx.get(taker, into) or {"amount": 0})["amount"] + amount})

    return move


def total(journal: Journal) -> int:
    return sum(orjson.loads(data)["amount"] for name in PURSES for _, data in journal.items(name))


def following(path: Path) -> Callable[[], int]:
    journal = Journal(path, read_only=True)

    def look() -> int:
        journal.refresh()
        return total(journal)

    return look


def told(path: Path) -> Callable[[], int]:
    """Keep a sum of one's own, from what following tells; read anew only where it says so."""
    journal = Journal(path)
    held: dict[tuple[str, int], int] = {}

    def take(op: Op) -> None:
        assert op.id is not None
        held[op.table, op.id] = 0 if op.doc is None else op.doc["amount"]

    def look(first: bool = False) -> int:
        delta = Delta(reloaded=True) if first else journal.refresh()
        if delta.reloaded:
            held.clear()
            held.update({(name, n): orjson.loads(data)["amount"] for name in PURSES for n, data in journal.items(name)})
        for entry in delta.entries:
            for op in entry.ops:
                take(op)
        return sum(held.values())

    look(first=True)
    return look


def opening(path: Path) -> Callable[[], int]:
    return lambda: total(Journal(path))


def reading(path: Path, way: Callable[[Path], Callable[[], int]], stop: Path) -> Work:
    """Add up until ``stop`` is there, and once more; say when it began, and in the end how often."""

    def read(say: Say) -> None:
        look = way(path)
        times, last = 0, False
        while not last:
            last = stop.exists()
            assert look() == ALL
            times += 1
            if times == 1:
                say(0)
        say(times)

    return read


@sizes(Size(processes=3, each=150), soak=Size(processes=3, each=3000))
@pytest.mark.parametrize("compact_at", [3000, 1 << 20])
def test_readers_see_whole_commits_over_all_collections_while_writers_and_compaction_run(
    path: Path, tmp_path: Path, size: Size, compact_at: int
) -> None:
    chance, stop = dice(), tmp_path / "stop"
    seeds = [chance.randrange(1 << 32) for _ in range(size.processes)]
    with children(*(reading(path, way, stop) for way in (following, following, told, opening))) as readers:
        assert [reader.hear() for reader in readers] == [(0,)] * 4
        with children(*(moving(path, seed, size.each, compact_at) for seed in seeds)) as writers:
            finished(writers)
        stop.touch()
        assert all(times > 1 for said in finished(readers) for (times,) in said)
    assert total(Journal(path)) == ALL
    assert verify(path).problems == ()
