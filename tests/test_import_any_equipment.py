"""Whatever rows a list of assets, licences, access or papers has: what is in is sound, twice is the same as once."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command_line import found

DATES = st.sampled_from(["", "2026-11-02", "2027-01-31", "02.11.2025", "2/11/2025", "2026-02-30", "Nov 3, 2025", "x"])
NAMES = st.sampled_from(["", "Laptop", "laptop", "A-1", "=1+1", "N/A"]) | st.text(max_size=6)
TAGS = st.sampled_from(["", "T-1", "t-1", "T-2", "A-1", "A-2", "6.3E+15", "SN-1"])
SERIALS = st.sampled_from(["", "SN-1", "sn-1", "SN-2", "n/a", "6.37702E+15", "T-1", "-"])
PLACES = st.sampled_from(["", "Hall", "hall", "Cellar"])
WHO = st.sampled_from(["", "ML", "Mary Lee", "U-1", "Lee, Mary", "Hall", "nobody at all", "Ann"])
COSTS = st.sampled_from(["", "5", "$1,234.50", "1.234,50 EUR", "-1", "Infinity", "9e9", "USD 5", "1/2"])
COLUMNS = {
    "assets": {
        "Asset Tag": TAGS,
        "Name": NAMES,
        "Serial": SERIALS,
        "Category": st.sampled_from(["", "Laptop", "laptop"]),
        "Location": PLACES,
        "Default location": PLACES,
        "Assigned to": WHO,
        "Status": st.sampled_from(["", "In Use", "In Stock", "Repair", "Lost", "Retired", "Pending", "Blue"]),
        "Expected checkin": DATES,
        "Purchase date": DATES,
        "Cost": COSTS,
        "Warranty": st.sampled_from(["", "36", "2 years", "2027-01-31", "long"]),
        "Warranty end": DATES,
        "Barcode": TAGS,
        "Colour": st.text(max_size=6),
    },
    "licences": {
        "License ID": st.sampled_from(["", "L-1", "L-2", "l-1"]),
        "Name": NAMES,
        "Vendor": st.sampled_from(["", "Soft", "soft"]),
        "Seats": st.sampled_from(["", "5", "0", "unlimited", "-1", "x"]),
        "Cost per seat": COSTS,
        "Cost": COSTS,
        "Billing": st.sampled_from(["", "monthly", "yearly", "perpetual", "now and then"]),
        "Renewal date": DATES,
        "Start date": DATES,
        "Notice period": st.sampled_from(["", "30", "3 months", "2 weeks", "soon"]),
        "Auto renew": st.sampled_from(["", "yes", "no", "manual", "?"]),
        "Owner": WHO,
        "Status": st.sampled_from(["", "Active", "Expired", "Cancelled", "Blue"]),
    },
    "access": {
        "Request": st.sampled_from(["R-1", "R-2", "R-3", ""]),
        "User": WHO,
        "System": st.sampled_from(["ERP", "erp", "CRM", ""]),
        "Role": st.sampled_from(["", "admin"]),
        "Type": st.sampled_from(["", "Add", "Remove", "Modify", "Dance"]),
        "Approver": WHO,
        "Submitted": DATES,
        "Completed": DATES,
        "Until": DATES,
        "Last review": DATES,
        "Result": st.sampled_from(["", "Completed", "Rejected", "Pending", "Removed", "Cancelled", "Blue"]),
    },
    "documents": {
        "ASN": st.sampled_from(["", "12", "ASN12", "D-1", "asn12", "ASN13"]),
        "Title": NAMES,
        "Correspondent": st.sampled_from(["", "Soft", "soft", "Nobody"]),
        "Document type": st.sampled_from(["", "Bills", "Blue"]),
        "Created": DATES,
        "Valid until": DATES,
        "Tags": st.sampled_from(["", "a,b", "A", ",,"]) | st.text(max_size=6),
        "Confidential": st.sampled_from(["", "private", "HR", "open", "yes", "Blue"]),
        "Owner": WHO,
        "Location": PLACES,
        "Box": st.text(max_size=6),
        "Colour": st.text(max_size=6),
    },
}
HERE = {
    "assets": (
        "Asset Tag,Name,Serial,Location,Assigned to,Status,Colour\n"
        "T-1,Laptop,SN-1,Hall,ML,In Use,red\nT-2,Lamp,n/a,Cellar,Ann,Repair,\n"
    ),
    "licences": (
        "License ID,Name,Renewal date,Auto renew,Billing,Assigned,Available,Owner\n"
        "L-1,Laptop,2026-01-31,yes,monthly,3,4,Ann\n"
    ),
    "access": "Request,User,System,Type,Result\nR-1,ML,ERP,Add,Completed\n",
    "documents": "ASN,Title,Box\n12,Laptop,Box 1\n",
}


@pytest.mark.parametrize("subject", COLUMNS)
@given(st.data())
@settings(max_examples=10)
def test_any_rows_twice_are_the_same_as_once(
    tmp_path_factory: pytest.TempPathFactory, subject: str, data: st.DataObject
) -> None:
    rows = data.draw(st.lists(st.fixed_dictionaries(COLUMNS[subject]), min_size=1, max_size=5))
    same_twice(Path(tmp_path_factory.mktemp("rows")), subject, rows)


@pytest.mark.parametrize("first", [0, 1])
def test_the_code_of_what_a_file_retires_is_free_the_first_time_too(tmp_path: Path, first: int) -> None:
    nothing = dict.fromkeys(COLUMNS["assets"], "")
    rows = [{**nothing, "Serial": "SN-1", "Status": "Retired"}, {**nothing, "Name": "Laptop", "Barcode": "T-1"}]
    same_twice(tmp_path, "assets", [rows[first], rows[1 - first]])


def test_a_tag_that_is_the_serial_number_of_another_thing_is_its_own_also_the_second_time(tmp_path: Path) -> None:
    nothing = dict.fromkeys(COLUMNS["assets"], "")
    row = {**nothing, "Serial": "SN-1", "Barcode": "SN-1"}
    same_twice(tmp_path, "assets", [{**nothing, "Asset Tag": "SN-1"}, row])


def same_twice(folder: Path, subject: str, rows: list[dict[str, str]]) -> None:
    """Import rows twice and take that back; each time the office is sound, the second time nothing is new."""
    office = found(folder / "office")
    (folder / "here.csv").write_text(HERE[subject])
    office.ok("import", subject, str(folder / "here.csv"))
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
