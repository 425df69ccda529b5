"""Lists of a hundred thousand beside lists of a hundred, in running desks."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from benchmarks.offices import Sizes, tickets
from benchmarks.table import Row
from benchmarks.terminal import Terminal, desk

STEPS = (("open a list", "7"), ("switch its view", "]"), ("scroll a page", "\x1b[6~"))
"""From the area's menu; the list is that of the closed tickets, nearly all of them, the next view shows all."""


def measure(sizes: Sizes, folder: Path) -> list[Row]:
    """Measure from the key to the last byte it draws; the two desks take turns."""
    offices = [tickets(folder / f"lists{many}", many) for many in (sizes.few, sizes.many)]
    took: dict[tuple[str, int], list[float]] = {}
    with Terminal(desk(offices[0])) as few, Terminal(desk(offices[1])) as many:
        for terminal in (few, many):
            terminal.until(b"nobody has")
            terminal.settle(1.0)
            terminal.after("1", 5 * sizes.quiet)
        for repeat in range(sizes.repeats + 1):
            for which, terminal in enumerate((few, many)):
                for name, keys in STEPS:
                    _, ms = terminal.after(keys, sizes.quiet)
                    if repeat:
                        took.setdefault((name, which), []).append(ms)
                terminal.after("\x1b", sizes.quiet)
    medians = {key: median(values) for key, values in took.items()}
    beside = f"the same of {sizes.few:,}"
    return [
        Row(f"list of {sizes.many:,}: {name}", medians[name, 1], "ms", beside, medians[name, 0], 1.5)
        for name, _ in STEPS
    ]
