"""Memory of a process; ``python -m benchmarks.memory STORE FOLDER NUMBER``: what a store costs, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

NOWHERE = "No ticket has this subject"


def pss(pid: int) -> int:
    """Return the bytes of memory that are a process's own, plus its share of what it shares."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024


def taken(name: str, folder: Path, number: int) -> tuple[int, int]:
    """Return the bytes that a new process takes to open a store and get this document, and then to look at all."""
    run = (sys.executable, "-m", "benchmarks.memory", name, str(folder), str(number))
    one, every = subprocess.run(run, check=True, capture_output=True, text=True).stdout.split()
    return int(one), int(every)


def main(name: str, folder: Path, number: int) -> None:
    """Open a store, and print by how many bytes the process has grown: with one document read, and with all."""
    from benchmarks.stores import STORES

    before = pss(os.getpid())
    with closing(STORES[name](folder)) as store:
        store.get(number)
        print(pss(os.getpid()) - before)
        store.search(NOWHERE)
        print(pss(os.getpid()) - before)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
