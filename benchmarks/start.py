"""Starting a session, and what it costs the machine while it is open."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

from benchmarks.bare import LAST_LINE
from benchmarks.offices import Sizes, sample
from benchmarks.table import Row
from benchmarks.terminal import BARE, Terminal, desk

_BESIDE = "bare Textual, list of 100"
_SHOWN = b"Office lists"
"""On the front page from its first frame."""
_COUNTED = b"nobody has"
"""On the front page once its areas are counted."""
_LISTED = b"T-"
"""In the rows of a list of tickets, which come all in one piece."""


def measure(sizes: Sizes, folder: Path) -> list[Row]:
    """Measure the front page and the first list, from the fork to the read that shows it whole, and the memory then."""
    office = desk(sample(folder / "start", sizes.records))
    programs = {
        "bare": (BARE, "", LAST_LINE),
        "page": (office, "", _SHOWN),
        "front": (office, "", _COUNTED),
        "list": (office, "13", _LISTED),
    }
    times: dict[str, list[float]] = {name: [] for name in programs}
    memory: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(sizes.repeats + (sizes.repeats > 1)):
        for name, (program, ahead, marker) in programs.items():
            with Terminal(program) as terminal:
                terminal.send(ahead)
                times[name].append(terminal.until(marker))
                terminal.settle(sizes.quiet + 0.2)
                memory[name].append(terminal.memory())
    # the first of several fills the system's own caches
    took = {name: median(values[-sizes.repeats :]) for name, values in times.items()}
    held = {name: median(values[-sizes.repeats :]) for name, values in memory.items()}
    records = f"{sizes.records:,} records"
    return [
        Row(f"start to the front page, its list in view, {records}", took["page"], "ms", _BESIDE, took["bare"], 1.5),
        Row(f"start to the front page, areas counted, {records}", took["front"], "ms", _BESIDE, took["bare"], 1.5),
        Row(
            f"start to the list of open tickets, 1 3 typed ahead, {records}",
            took["list"],
            "ms",
            _BESIDE,
            took["bare"],
            1.5,
        ),
        Row("memory (PSS), front page", held["front"], "MiB", _BESIDE, held["bare"], 1.6),
        Row("memory (PSS), list of open tickets", held["list"], "MiB", _BESIDE, held["bare"], 1.6),
    ]


def idle(sizes: Sizes, folder: Path) -> list[Row]:
    """Measure doing nothing, less than the minute after which deadlines are drawn anew; both at the same time."""
    with Terminal(desk(sample(folder / "idle", sizes.records))) as ours, Terminal(BARE) as bare:
        ours.send("13")
        ours.until(_LISTED)
        bare.until(LAST_LINE)
        ours.settle(2.0)
        bare.settle(0.5)
        before = [(len(one.received), one.busy()) for one in (ours, bare)]
        time.sleep(sizes.idle)
        busy = [one.busy() - was for one, (_, was) in zip((ours, bare), before, strict=True)]
        for one in (ours, bare):
            one.settle(0.0)
        drawn = [len(one.received) - was for one, (was, _) in zip((ours, bare), before, strict=True)]
    share = [ms / sizes.idle / 10 for ms in busy]
    return [
        Row(f"idle on a list, {sizes.idle:g} s: bytes", drawn[0], "bytes", _BESIDE, drawn[1], limit=0),
        Row(f"idle on a list, {sizes.idle:g} s: processor", share[0], "%", _BESIDE, share[1], 1.0),
    ]
