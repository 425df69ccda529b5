"""Every measurement of ``make bench`` runs, at toy size, and the table says what it should; no time is asserted."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import MEASUREMENTS
from benchmarks.offices import TOY
from benchmarks.table import Row, markdown

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory and processor time are read from /proc")


@pytest.mark.parametrize("name", MEASUREMENTS)
def test_a_measurement_runs_and_gives_lines_of_the_table(name: str, tmp_path: Path) -> None:
    rows = MEASUREMENTS[name](TOY, tmp_path)
    assert rows
    assert all(row.value >= 0 and (row.reference is None or row.reference >= 0) for row in rows)
    lines = markdown(rows).split("\n")
    assert len(lines) == len(rows) + 2
    assert len({len(line) for line in lines}) == 1


@pytest.mark.parametrize(
    ("row", "met"),
    [
        (Row("x", 3, "ms", "y", 2, ratio=1.5), True),
        (Row("x", 3.1, "ms", "y", 2, ratio=1.5), False),
        (Row("x", 3, "/s", "y", 2, ratio=1, at_least=True), True),
        (Row("x", 1.9, "/s", "y", 2, ratio=1, at_least=True), False),
        (Row("x", 0, "bytes", "y", 0, limit=0), True),
        (Row("x", 1, "bytes", "y", 0, limit=0), False),
        (Row("x", 1, "ms", "y", 2), None),
    ],
)
def test_a_bound_is_met_missed_or_not_there(row: Row, met: bool | None) -> None:
    assert row.met is met
    assert row.cells()[-1] == {True: "ok", False: "MISS", None: ""}[met]
