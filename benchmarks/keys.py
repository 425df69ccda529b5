"""Bytes that a key costs at 80x24, on the real desk: they do not vary, so ``tests/test_bytes.py`` asserts them."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from benchmarks.offices import Sizes, sample
from benchmarks.table import Row
from benchmarks.terminal import Terminal, desk

BOUNDS = {
    "move": 250,
    "scrolling move": 500,
    "letter in the filter": 200,
    "letter that leaves other rows": 4_000,
    "dialog": 3_000,
    "area switch": 4_000,
}
"""DESIGN section 7; a letter that leaves other rows draws a list anew, as a switch of area does."""
_BESIDE = "Textual's own driver"
_DOWN = "\x1b[B"
_ESCAPE = "\x1b"
_F3 = "\x1bOR"
_ROWS = 20
"""Rows of a list on 24 lines: title, headings, status and keys take the others."""


def spent(terminal: Terminal, quiet: float = 0.3) -> dict[str, list[int]]:
    """Press keys on a desk that has just opened; return the bytes of each, by kind of key."""
    drawn: dict[str, list[int]] = {name: [] for name in BOUNDS}

    def press(keys: str, name: str = "") -> None:
        sent, _ = terminal.after(keys, quiet)
        if name:
            drawn[name].append(sent)

    terminal.until(b"nobody has")
    terminal.settle(1.0)
    for keys in ("9", "1", _F3, "1", "3"):
        press(keys, "area switch")
    for _ in range(7):
        press(_DOWN, "move")
    press(_DOWN * (_ROWS - 8))
    for _ in range(4):
        press(_DOWN, "scrolling move")
    for keys in ("v", _ESCAPE, ".", _ESCAPE):
        press(keys, "dialog")
    press("/")
    for letter in "t-":  # in every number
        press(letter, "letter in the filter")
    for letter in "12":
        press(letter, "letter that leaves other rows")
    return drawn


def measure(sizes: Sizes, folder: Path) -> list[Row]:
    """Measure with our driver and with Textual's own."""
    office = sample(folder / "keys", min(sizes.records, 600))
    with Terminal(desk(office)) as ours:
        mine = spent(ours, sizes.quiet)
    with Terminal(("-m", "benchmarks.textual_driver", *desk(office)[2:])) as plain:
        theirs = spent(plain, sizes.quiet)
    return [
        Row(f"bytes of a key: {name}", median(mine[name]), "bytes", _BESIDE, median(theirs[name]), limit=limit)
        for name, limit in BOUNDS.items()
    ]
