"""``python -m benchmarks [NAME ...]``: measure DESIGN section 7 and the store, or some of it, and print it."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import compared, equipment, hr, keys, lists, past, records, sharing, start, supplies, writes
from benchmarks.offices import FULL, Sizes
from benchmarks.table import Compared, Row, report

MEASUREMENTS: dict[str, Callable[[Sizes, Path], Sequence[Row | Compared]]] = {
    "start": start.measure,
    "idle": start.idle,
    "keys": keys.measure,
    "lists": lists.measure,
    "writes": writes.measure,
    "supplies": supplies.measure,
    "equipment": equipment.measure,
    "records": records.measure,
    "hr": hr.measure,
    "store": compared.measure,
    "history": past.measure,
    "crowd": sharing.crowd,
    "seen": sharing.seen,
}
"""By name, in the order of the tables."""


def main() -> int:
    """Measure what was asked for; print the tables, and on standard error how far it is."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these of: {', '.join(MEASUREMENTS)}")
    names = parser.parse_args().names or list(MEASUREMENTS)
    if unknown := set(names) - MEASUREMENTS.keys():
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    measured: list[Row | Compared] = []
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="botui-bench-") as folder:
        for name in names:
            print(f"{time.monotonic() - began:4.0f} s  {name} ...", file=sys.stderr, flush=True)
            measured += MEASUREMENTS[name](FULL, Path(folder))
    print(report(measured))
    print(f"{time.monotonic() - began:4.0f} s in all", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
