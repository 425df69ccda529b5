"""Reports on equipment, and what it says on a supplier's card: figures that add up, for whom they are, as CSV."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.command_line import Office, found
from tests.exports import write
from tests.kiosk import Kiosk

ASSETS = """Tag,Name,Type,Serial,Location,Purchase date,Purchase cost,Supplier,End of life
P-1,Printer one,Printer,S1,Hall,2022-11-22,400,Print Ltd,2029-01-01
P-2,=Printer two,Printer,S2,Hall,2022-11-22,500,Print Ltd,2029-01-01
L-1,Laptop,Laptop,S3,Hall,2020-11-22,900,Lap Ltd,2025-01-01
L-2,Laptop fine,Laptop,S4,Hall,2025-11-22,900,Lap Ltd,2030-01-01
"""
LICENCES = """Name,Vendor,Seats,Cost per seat,Billing,Renewal date,Auto renew,Notice days,Status
Editor,Soft Ltd,10,5.00,monthly,2026-12-05,yes,10,Active
Firewall,Print Ltd,,,yearly,2026-12-31,no,,Active
Support,Print Ltd,,1200,yearly,2027-03-01,no,30,Active
Old,Print Ltd,,99,yearly,2027-03-01,no,,Cancelled
Ever,Print Ltd,,99,once,,no,,Active
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office on a Monday at ten; on the Thursday before, two things broke, of which one was mended on the Friday."""
    office = found(tmp_path_factory.mktemp("reports") / "office")
    office.now = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
    office.ok("import", "assets", write(office, ASSETS, "assets.csv"))
    office.ok("import", "licences", write(office, LICENCES, "licences.csv"))
    office.ok("add", "faults", "what=jams", "asset=P-1")
    office.ok("add", "faults", "what=does not start", "asset=L-1")
    office.ok("add", "faults", "what=rattles", "asset=L-2", "stops=n")
    office.ok("do", "F-1", "take")
    office.now = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    office.ok("do", "F-1", "cost", "amount=250", "minutes=30", "party=Print Ltd")
    office.ok("do", "F-1", "resolve", "outcome=roller changed", "minutes=15")
    office.now = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    return office


def rows(office: Office, *words: str) -> list[dict[str, Any]]:
    found_: list[dict[str, Any]] = office.run("report", *words, "--json").json
    return found_


def test_downtime_is_office_time_and_sums_are_those_of_the_rows(office: Office) -> None:
    laptop, printer, whole = rows(office, "downtime")
    day = rows(office, "downtime", "since=2026-11-20", "until=2026-11-20")[0]["Hours down"]
    assert printer == {
        "Category": "Printer",
        "Faults": 1,
        "Hours down": day,
        "Minutes worked": 45,
        "Cost": "250.00",
        "Longest down": "Printer one (P-1)",
    }
    assert (laptop["Faults"], laptop["Cost"], laptop["Longest down"]) == (2, "0.00", "Laptop (L-1)")
    assert day < laptop["Hours down"] < 3 * day
    for name in ("Faults", "Hours down", "Minutes worked"):
        assert whole[name] == laptop[name] + printer[name]
    assert (whole["Category"], whole["Cost"]) == ("All", "250.00")


def test_only_the_part_of_a_downtime_that_lies_in_the_days_counts(office: Office) -> None:
    before = rows(office, "downtime", "since=2026-11-01", "until=2026-11-18")
    assert before == []
    friday = {one["Category"]: one for one in rows(office, "downtime", "since=2026-11-20", "until=2026-11-22")}
    assert (friday["Printer"]["Faults"], friday["Laptop"]["Faults"]) == (0, 0)
    assert friday["Printer"]["Hours down"] < friday["Laptop"]["Hours down"]
    assert friday["Printer"]["Cost"] == "250.00"


def test_renewals_of_the_next_twelve_months_come_month_by_month_with_their_sums(office: Office) -> None:
    told = rows(office, "renewals")
    december = [one for one in told if one["On"].startswith("2026-12")]
    assert [(one["Licence"], one["Vendor"], one["On"], one["Cancel by"], one["Cost"]) for one in december] == [
        ("Editor", "Soft Ltd", "2026-12-05", "2026-11-25", "50.00"),
        ("Firewall", "Print Ltd", "2026-12-31", "", "0.00"),
    ]
    sums = {one["Licence"]: one["Cost"] for one in told if one["Licence"].startswith("All")}
    assert len(sums) == 13
    assert (sums["All of 2026-12"], sums["All of 2027-03"], sums["All"]) == ("50.00", "1250.00", "1800.00")
    assert sum(1 for one in told if one["Licence"] == "Editor") == 12
    assert {one["Licence"] for one in told}.isdisjoint({"Old", "Ever"})
    assert len(rows(office, "renewals", "until=2026-12-31")) == 4


def test_what_cost_more_than_half_or_is_past_its_life_stands_first_with_the_reason(office: Office) -> None:
    first, second, third, whole = rows(office, "replace")
    assert (first["Asset"], first["%"], first["Years"], first["Faults"]) == ("Printer one (P-1)", 62, "4.0", 1)
    assert [one["Replace it for"] for one in (first, second, third)] == ["cost", "age", ""]
    assert (second["Asset"], third["Asset"]) == ("Laptop (L-1)", "Laptop fine (L-2)")
    assert (whole["Price"], whole["Cost so far"], whole["Faults"]) == ("2200.00", "250.00", 3)


def test_as_text_amounts_stand_below_one_another_and_as_csv_nothing_is_a_formula(office: Office) -> None:
    said = office.run("report", "renewals").out
    assert "Renewals, 2026-11-23 to 2027-11-22" in said
    assert "1,800.00" in said
    office.ok("add", "faults", "what=jams", "asset=P-2", "stops=n")
    told = list(csv.reader(io.StringIO(office.run("report", "replace", "--csv").out)))
    assert ["'=Printer two (P-2)"] in [one[:1] for one in told]
    assert all(len(one) == len(told[0]) for one in told)


def test_what_is_paid_for_licences_is_not_for_everybody(office: Office) -> None:
    office.desk().as_system().add("people", {"name": "Sam Staff"})
    office.ok("add", "people", "name=Fin Ance", "initials=FA", "roles=staff, finance")
    assert office.run("report", "renewals", "--as", "SS").code == 1
    assert office.run("report", "renewals", "--as", "FA").code == 0


def test_the_card_of_a_supplier_tells_what_was_bought_there_what_it_mends_and_its_licences(office: Office) -> None:
    (party,) = office.run("list", "parties", "name=Print Ltd", "--json").json
    said = office.run("show", party["ref"]).out
    lines = [" ".join(line.split()) for line in said.partition("\nEquipment\n")[2].splitlines()]
    assert "Bought there 2 assets, 900.00 EUR" in lines
    assert any(line.startswith("Of these") and "repairs 250.00 EUR" in line for line in lines)
    assert "Paid for work 250.00 EUR" in lines
    assert any(line.startswith("LI-3 Support: expiring") for line in lines)
    assert "Licences a year 1,200.00 EUR" in lines
    assert all("Old" not in line for line in lines)


@pytest.mark.no_cover
async def test_the_menu_of_equipment_asks_for_no_days_where_a_report_has_its_own(office: Office) -> None:
    async with Kiosk.open(office.folder, as_="ML") as kiosk:
        await kiosk.press("3")
        kiosk.sees("q=Reports")
        await kiosk.press("q", "2")
        kiosk.sees("Renewals, 2026-11", "Editor", "All of 2026-12")
        await kiosk.press("escape", "q", "3")
        kiosk.sees("Repair or replace", "Printer one (P-1)", "Replace it for")
