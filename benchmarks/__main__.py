"""``python -m benchmarks [NAME ...]``: measure DESIGN section 7, or some of it, and print one table."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import keys, lists, sharing, start, writes
from benchmarks.offices import FULL
from benchmarks.table import Row, markdown

MEASUREMENTS = {
    "start": start.measure,
    "idle": start.idle,
    "keys": keys.measure,
    "lists": lists.measure,
    "writes": writes.measure,
    "crowd": sharing.crowd,
    "seen": sharing.seen,
}
"""By name, in the order of the table."""


def main() -> int:
    """Measure what was asked for; print the table, and on standard error how far it is."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these of: {', '.join(MEASUREMENTS)}")
    names = parser.parse_args().names or list(MEASUREMENTS)
    if unknown := set(names) - MEASUREMENTS.keys():
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    rows: list[Row] = []
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="botui-bench-") as folder:
        for name in names:
            print(f"{time.monotonic() - began:4.0f} s  {name} ...", file=sys.stderr, flush=True)
            rows += MEASUREMENTS[name](FULL, Path(folder))
    print(markdown(rows))
    print(f"{time.monotonic() - began:4.0f} s in all", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
