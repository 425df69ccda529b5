"""Whatever rows a file has: what is in is valid, a second run changes nothing, a dry run says the same."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command_line import found

CELLS = {
    "id": st.one_of(st.integers(0, 6).map(str), st.text(max_size=4), st.just("A-1, B-2")),
    "created": st.sampled_from(["2026-11-20 09:00", "01/02/2026", "20.11.2026", "2026-02-30", "", "2027-01-01", "x"]),
    "subject": st.text(max_size=12),
    "status": st.sampled_from(
        ["New", "Open", "Pending", "On hold - vendor", "Resolved", "Closed", "Cancelled", "", "?"]
    ),
    "priority": st.sampled_from(["High", "4 - Low", "", "purple"]),
    "resolved": st.sampled_from(["", "2026-11-20 10:00", "2026-11-19", "Infinity"]),
    "pending until": st.sampled_from(["", "2026-11-20", "2026-12-24 10:00"]),
    "requester": st.sampled_from(["", "Ann Bell", "Bell, Ann", "ann@example.org", "U-7", "ML", "P-1"]),
    "assignee": st.text(max_size=6),
    "queue": st.sampled_from(["", "Sales", "sales", "IT"]),
    "sla hours": st.sampled_from(["", "4", "-1", "NaN", "1e9", "2,5"]),
    "score": st.sampled_from(["", "5", "6", "good"]),
    "colour": st.text(max_size=8),
}
ROWS = st.lists(st.fixed_dictionaries(CELLS), min_size=1, max_size=6)


@given(ROWS)
@settings(max_examples=50)
def test_any_rows_twice_are_the_same_as_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]
) -> None:
    folder = Path(tmp_path_factory.mktemp("rows"))
    office = found(folder / "office")
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(CELLS))
    writer.writeheader()
    writer.writerows(rows)
    path = folder / "rows.csv"
    path.write_bytes(text.getvalue().encode("utf-8", "replace"))
    words = ("import", "tickets", str(path), "--as", "ML")

    dry = office.run(*words, "--dry-run")
    first = office.run(*words)
    assert dry.code == first.code
    assert dry.out.replace("It would be:", "Done:") == first.out
    before = office.bytes()
    assert office.run(*words).code == first.code
    assert office.run("tick").out == ""
    assert office.bytes() == before
    if first.code == 0:
        assert "all in order" in office.run("check").out
