"""Every measurement of ``make bench`` runs, at toy size, and the table says what it should; no time is asserted."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.__main__ import MEASUREMENTS
from benchmarks.offices import TOY
from benchmarks.stores import STORES, build
from benchmarks.table import Compared, Row, beside, report

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory and processor time are read from /proc")


@pytest.mark.parametrize("name", MEASUREMENTS)
def test_a_measurement_runs_and_gives_lines_of_the_table(name: str, tmp_path: Path) -> None:
    measured = MEASUREMENTS[name](TOY, tmp_path)
    rows = [one for one in measured if isinstance(one, Row)]
    compared = [one for one in measured if isinstance(one, Compared)]
    assert all(row.value >= 0 and (row.reference is None or row.reference >= 0) for row in rows)
    assert all(line.values.keys() >= STORES.keys() for line in compared)
    tables = [table.split("\n") for table in report(measured).split("\n\n")]
    assert [len(table) - 2 for table in tables] == [len(lines) for lines in (rows, compared) if lines] != []
    assert all(len({len(line) for line in table}) == 1 for table in tables)


def test_the_stores_that_are_compared_do_the_same(tmp_path: Path) -> None:
    build(tmp_path, [b'{"subject":"Lamp","count":1}', b'{"subject":"Door"}'], 5)
    for kind in STORES.values():
        with closing(kind(tmp_path)) as store, closing(kind(tmp_path)) as other:
            store.insert({"subject": "Lift"})
            store.update(2, "Lamp")
            store.update_where("Lamp", "House")
            lamp = {"subject": "Lamp", "count": 1, "group": "House"}
            assert other.search("Lamp") == [lamp, {"subject": "Lamp", "group": "House"}, lamp, lamp]
            assert [other.get(number) for number in (4, 6, 7)] == [{"subject": "Door"}, {"subject": "Lift"}, None]


def test_a_cell_of_the_comparison_has_three_digits_and_is_empty_where_a_store_cannot() -> None:
    lines = [Compared("x", "ms", {"a": 0.00123, "b": 1234.5}), Compared("y", "", {"b": 0, "c": 12.34})]
    assert beside(lines).split("\n")[2:] == [
        "| x    | 0.00123 ms | 1,234 ms |      |",
        "| y    |            |        0 | 12.3 |",
    ]


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
