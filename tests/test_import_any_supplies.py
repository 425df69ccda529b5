"""Whatever rows a stock or order list has: what is in is valid, a second run changes nothing, a dry run agrees."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command_line import found

FIGURES = st.sampled_from(["", "0", "5", "12 pcs", "2 boxes", "1,200", "1.5", "-3", "NaN", "9e9", "x", "7"])
CODES = st.sampled_from(["", "A-1", "A-2", "a-1", "4006381333931", "6.3E+15", "I-1", "Pen"])
NAMES = st.sampled_from(["", "Pen", "pen", "Lamp", "A-1", "=1+1"]) | st.text(max_size=6)
PLACES = st.sampled_from(["", "Cellar", "cellar", "Desk", "PL-1"])
DATES = st.sampled_from(["", "2026-11-02", "2027-01-31", "02.11.2026", "2026-02-30", "x"])
SUPPLIERS = st.sampled_from(["", "Ink", "ink", "Paper Ltd"])
COLUMNS = {
    "items": {
        "SKU": CODES,
        "Name": NAMES,
        "Qty": FIGURES,
        "Location": PLACES,
        "Reorder level": FIGURES,
        "Max": FIGURES,
        "Pack size": FIGURES,
        "Pack unit": st.sampled_from(["", "box"]),
        "Supplier": SUPPLIERS,
        "Barcode": CODES,
        "Price": st.sampled_from(["", "3.20", "€ 3,20", "USD 5", "-1", "1/2"]),
        "Colour": st.text(max_size=6),
    },
    "stock": {"Item": CODES | NAMES, "Place": PLACES, "Counted": FIGURES, "Use by": DATES, "Counted on": DATES},
    "orders": {
        "Order": st.sampled_from(["", "N-1", "N-2", "3"]),
        "Supplier": SUPPLIERS,
        "Order date": DATES,
        "Expected": DATES,
        "Status": st.sampled_from(["", "Placed", "Complete", "Pending", "On Hold", "Cancelled", "To Bill", "?"]),
        "SKU": CODES,
        "Quantity": FIGURES,
        "Unit price": st.sampled_from(["", "3.20", "100"]),
        "Received": FIGURES,
    },
}
HERE = "SKU,Name,Qty,Location,Barcode,Pack unit,Pack size\nA-1,Pen,10,Cellar,4006381333931,box,12\nA-2,Lamp,,,,,\n"


def table(subject: str) -> st.SearchStrategy[list[dict[str, str]]]:
    return st.lists(st.fixed_dictionaries(COLUMNS[subject]), min_size=1, max_size=5)


@pytest.mark.parametrize("subject", COLUMNS)
@given(st.data())
@settings(max_examples=8)
def test_any_rows_twice_are_the_same_as_once(
    tmp_path_factory: pytest.TempPathFactory, subject: str, data: st.DataObject
) -> None:
    folder = Path(tmp_path_factory.mktemp("rows"))
    same_twice(folder, subject, data.draw(table(subject)))


def test_an_order_that_one_may_not_place_alone_is_a_draft_also_the_second_time(tmp_path: Path) -> None:
    nothing = dict.fromkeys(COLUMNS["orders"], "")
    row = {
        "Order": "N-1",
        "Supplier": "Ink",
        "Status": "On Hold",
        "SKU": "A-1",
        "Unit price": "3.20",
        "Received": "1,200",
    }
    same_twice(tmp_path, "orders", [nothing, {**nothing, **row}])


def same_twice(folder: Path, subject: str, rows: list[dict[str, str]]) -> None:
    """Import rows twice and take that back; each time the office is sound, the second time nothing is new."""
    office = found(folder / "office")
    if subject != "items":
        (folder / "here.csv").write_text(HERE)
        office.ok("import", "items", str(folder / "here.csv"))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(COLUMNS[subject]))
    writer.writeheader()
    writer.writerows(rows)
    path = folder / "rows.csv"
    path.write_bytes(text.getvalue().encode("utf-8", "replace"))
    words = ("import", subject, str(path), "--as", "ML")

    dry = office.run(*words, "--dry-run")
    first = office.run(*words)
    assert dry.code == first.code
    assert dry.out.replace("It would be:", "Done:") == first.out
    before = office.bytes()
    assert office.run(*words).code == first.code
    assert office.bytes() == before
    assert "all in order" in office.run("check").out
    office.run("undo", "--as", "ML")
    assert "all in order" in office.run("check").out
