"""The power fails at any moment: what was confirmed is there, as far as the disk honours a flush.

A disk keeps what was flushed, and of the rest whatever it likes: of a file any beginning, or blocks of NULs; of a
folder the names as they were or as they are. Before each step on the disk such a remainder is made and opened.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from botui.storage import Journal, verify

from .faults import Size, add_one, dice, sizes


class Disk:
    """What of a store is sure to survive: contents and names as they were when they were last flushed.

    Args:
        folder: the store.
        chance: what decides about all the rest.
    """

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self._folder = folder
        self._chance = chance
        self._contents: dict[int, bytes] = {}
        self._names: dict[str, dict[str, int]] = {}
        # held open, so that no other file gets the number of one that was removed
        self._held: dict[int, int] = {}

    def flushed(self, fd: int) -> None:
        """Note what a flush of a file or folder made safe."""
        node = os.fstat(fd).st_ino
        if node not in self._held:
            self._held[node] = os.dup(fd)
        where = os.readlink(f"/proc/self/fd/{fd}")
        if os.path.isdir(where):
            self._names[where] = self._present(Path(where))
        else:
            self._contents[node] = Path(f"/proc/self/fd/{fd}").read_bytes()

    def remainder(self, into: Path) -> None:
        """Make what a power cut in this moment might leave."""
        for folder in (self._folder, self._folder / "history"):
            present = self._present(folder) if folder.is_dir() else {}
            names = self._chance.choice([present, self._names.get(str(folder), {})])
            target = into / folder.relative_to(self._folder)
            if folder.is_dir() and (names or folder == self._folder):
                target.mkdir(parents=True)
            for name, node in names.items():
                (target / name).write_bytes(self._left_of(node, folder / name))

    def close(self) -> None:
        """Let go of all files."""
        for fd in self._held.values():
            os.close(fd)

    def _present(self, folder: Path) -> dict[str, int]:
        # the names alone cost a stat each; a folder in it is looked at by itself
        return {entry.name: entry.inode() for entry in os.scandir(folder) if entry.is_file()}

    def _left_of(self, node: int, path: Path) -> bytes:
        safe = self._contents.get(node, b"")
        source = Path(f"/proc/self/fd/{self._held[node]}") if node in self._held else path
        rest = source.read_bytes()[len(safe) :]
        return safe + self._chance.choice([b"", rest, rest[: self._chance.randint(0, len(rest))], b"\0" * len(rest)])


STEPS = ("write", "pwrite", "ftruncate", "fsync", "fdatasync", "replace", "link", "mkdir")


@sizes(Size(each=25), soak=Size(each=25, stores=200))
def test_what_was_confirmed_survives_a_power_cut_between_any_two_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: Size
) -> None:
    chance = dice()
    for store in range(size.stores):
        with monkeypatch.context() as patched:
            assert cut_at_every_step(tmp_path / str(store), size.each, chance, patched) > 2 * size.each


def cut_at_every_step(folder: Path, commits: int, chance: random.Random, patched: pytest.MonkeyPatch) -> int:
    """Commit and compact; return how often the power was cut."""
    office = folder / "office"
    office.mkdir(parents=True)
    disk, confirmed, cuts = Disk(office, chance), 0, 0
    watching = False

    def cut() -> None:
        nonlocal cuts, watching
        watching = False
        image = folder / str(cuts) / "office.json"
        disk.remainder(image.parent)
        found = (Journal(image).get("tickets", 1) or {"n": 0})["n"]
        assert confirmed <= found <= confirmed + 1, image
        assert add_one(Journal(image)) == found + 1
        assert verify(image).problems == ()
        cuts += 1
        watching = True

    def stepping(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            if not watching:
                return real(*arguments, **options)
            cut()
            result = real(*arguments, **options)
            if name in ("fsync", "fdatasync"):
                disk.flushed(arguments[0])
            return result

        return step

    for name in STEPS:
        patched.setattr(os, name, stepping(name, getattr(os, name)))
    handles = [Journal(office / "office.json", compact_at=1000) for _ in range(2)]
    watching = True
    for _ in range(commits):
        confirmed = add_one(chance.choice(handles))
        cut()
    watching = False
    disk.close()
    assert Journal(office / "office.json").generation > 2
    return cuts
