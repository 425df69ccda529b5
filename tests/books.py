"""hledger as the judge of exported books, where it is installed."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest

HLEDGER = shutil.which("hledger")
needs_hledger = pytest.mark.skipif(HLEDGER is None, reason="hledger is not installed")


def run(file: Path, *words: str) -> str:
    """Return what hledger says of a journal; that it refuses it fails the test."""
    assert HLEDGER is not None
    done = subprocess.run(
        [HLEDGER, "-f", str(file), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"LANG": "C.UTF-8", "HOME": str(file.parent)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def check(file: Path, lines: Iterable[str]) -> dict[str, Decimal]:
    """Write a journal, let hledger check it as strictly as it can, and return what it says each account comes to."""
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    run(file, "check", "--strict")
    rows = [*csv.reader(run(file, "balance", "--flat", "--no-total", "--empty", "-O", "csv").splitlines())][1:]
    return {account: Decimal(amount.split()[-1].replace(",", "")) for account, amount in rows}
