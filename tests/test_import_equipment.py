"""Assets, licences and access of other systems: what becomes of them, what is left out, and a second time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import Office, found
from tests.exports import write
from tests.test_import_supplies import imported, shown

PEOPLE = """user_id,display_name,employment_status
U-1,Ann Archer,Active
U-2,Bob Brown,Active
U-3,Left Long,Terminated
"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = found(tmp_path / "office")
    office.ok("import", "people", write(office, PEOPLE, "people.csv"))
    return office


def name_of(office: Office, ref: Any) -> Any:
    return shown(office, ref)["name"] if ref else ref


def later(office: Office, what: str, text: str) -> str:
    """Import a newer file; return what was said."""
    said = office.ok("import", what, write(office, text, "later.csv")).out
    assert "all in order" in office.run("check").out
    return said


def loans(office: Office, ref: str) -> list[Any]:
    found_: list[Any] = office.run("list", "loans", f"asset={ref}", "--json").json
    return found_


# --- assets ---------------------------------------------------------------------------------------------------------

INVENTORY = """asset_tag,type,vendor,model,serial,location,assigned_to,status,warranty_end
T-001,Printer,HP,Pro,SN-1,Raleigh,U-1,Repair,2027-05-17
T-002,Laptop,Zebra,Standard,SN-2,Remote,U-2,In Use,2027-05-18
T-003,Dock,Apple,Pro,SN-3,Raleigh,U-2,In Stock,2027-05-19
T-004,Dock,Apple,Pro,SN-4,Raleigh,,In Stock,2027-05-19
"""
ENDPOINTS = """asset_id,asset_type,manufacturer,model,serial_number,assigned_user_id,location,purchase_date,\
lifecycle_status
T-001,Desktop,Apple,Latitude,NS-1,U0185,Remote-US,2024-11-23,In Service
T-002,Laptop,Zebra,Standard,sn-2,U0185,Charlotte,2024-11-23,In Service
T-009,Laptop,Dell,ThinkPad,NS-9,,Charlotte,2024-11-23,Spare
"""


def test_holders_are_handed_to_places_and_categories_are_made_and_what_is_in_repair_has_a_fault(office: Office) -> None:
    said = imported(office, "assets", INVENTORY)
    assert "4 rows of assets.csv: 4 new, 0 changed, 0 as before, 0 left out; made on the way: 2 places, 3" in said
    assert "'In Stock', and somebody has it: it is handed out (1 row)." in said
    printer = shown(office, "T-001")
    wanted = {"name": "Printer HP Pro", "maker": "HP", "model": "Pro", "serial": "SN-1", "status": "in_repair"}
    assert {name: printer[name] for name in wanted} == wanted
    assert (name_of(office, printer["category"]), name_of(office, printer["place"])) == ("Printer", "Raleigh")
    assert (name_of(office, printer["holder"]), printer["warranty_until"]) == ("Ann Archer", "2027-05-17")
    (fault,) = office.run("list", "faults", "--json").json
    assert (fault["what"], fault["state"], fault["asset"]) == ("In repair when it was imported", "reported", "A-1")
    assert office.run("list", "tickets", "--json").json == []
    (loan,) = loans(office, "T-002")
    assert (name_of(office, loan["person"]), loan["note"]) == ("Bob Brown", "As assets.csv says")
    assert [shown(office, f"T-00{one}")["status"] for one in (2, 3, 4)] == ["in_use", "in_use", "ready"]
    assert shown(office, "SN-4")["ref"] == "A-4"


def test_the_same_tag_in_another_list_is_the_same_thing_only_where_the_serial_number_fits(office: Office) -> None:
    imported(office, "assets", INVENTORY)
    said = later(office, "assets", ENDPOINTS)
    assert "Left out, line 2: same tag, another serial number: T-001 has SN-1 here and NS-1 in the file" in said
    assert "Not known, kept as notes: who has it: 'U0185' (1 row)." in said
    assert "1 new, 1 changed, 0 as before, 1 left out" in said
    assert "who has it is not known here: import the people, then this file again (1 row)." in said
    laptop = shown(office, "T-002")
    assert (laptop["holder"], name_of(office, laptop["at_place"])) == (None, "Charlotte")
    assert (laptop["bought_on"], laptop["serial"]) == ("2024-11-23", "sn-2")
    assert "U0185 has it" in loans(office, "T-002")[-1]["note"]
    assert "assigned_user_id: U0185" in laptop["imported"]
    path = write(office, 'prefix = "EP-"\n', "map.toml")
    said = office.ok("import", "assets", write(office, ENDPOINTS.replace("sn-2", "NS-2")), "--map", path).out
    assert "2 new, 0 changed, 0 as before, 1 left out" in said
    assert "its serial number NS-9 is that of T-009" in said
    assert shown(office, "EP-T-001")["serial"] == "NS-1"


def test_who_comes_with_the_people_later_gets_what_they_have(office: Office) -> None:
    imported(office, "assets", "Tag,Name,Assigned to,Location\nX-1,One,U0185,Hall\nX-2,Two,Unassigned,Hall\n")
    assert [shown(office, one)["status"] for one in ("X-1", "X-2")] == ["in_use", "ready"]
    office.ok("import", "people", write(office, "user_id,display_name\nU0185,Eve Dam\n", "people.csv"))
    assert "1 changed, 1 as before" in later(
        office, "assets", "Tag,Name,Assigned to,Location\nX-1,One,U0185,Hall\nX-2,Two,-,Hall\n"
    )
    assert name_of(office, shown(office, "X-1")["holder"]) == "Eve Dam"


def test_what_changed_in_the_file_changes_here_and_what_people_did_stays(office: Office) -> None:
    imported(office, "assets", INVENTORY)
    office.ok("do", "T-003", "give_back")
    newer = INVENTORY.replace("U-1,Repair", "U-2,In Use").replace("SN-4,Raleigh,,In Stock", "SN-4,Attic,,Disposed")
    said = later(office, "assets", newer)
    assert "0 new, 2 changed, 2 as before" in said
    printer = shown(office, "T-001")
    assert (printer["status"], name_of(office, printer["holder"])) == ("in_use", "Bob Brown")
    assert [one["back_note"] or "" for one in loans(office, "T-001")] == ["As later.csv says", ""]
    assert shown(office, "F-1")["state"] == "fixed"
    gone = shown(office, "T-004")
    assert (gone["status"], gone["fate_note"], name_of(office, gone["place"])) == (
        "retired",
        "Disposed, as later.csv says",
        "Attic",
    )
    assert shown(office, "T-003")["status"] == "ready"
    assert " 0 changed, 4 as before" in later(office, "assets", newer)
    office.ok("do", "T-002", "report", "what=screen is dark")
    assert " 0 changed" in later(office, "assets", newer)
    assert shown(office, "T-002")["status"] == "in_repair"


def test_a_fault_that_somebody_sees_to_is_not_closed_by_a_file(office: Office) -> None:
    imported(office, "assets", INVENTORY)
    office.ok("do", "F-1", "take")
    said = later(office, "assets", INVENTORY.replace("Repair", "In Use"))
    assert "the file says In Use, and F-1 is open here and stays so" in said
    assert shown(office, "T-001")["status"] == "in_repair"


def test_what_a_file_retires_is_booked_by_nobody_and_has_no_parts(office: Office) -> None:
    imported(office, "assets", INVENTORY)
    office.ok("set", "CA-3", "bookable=y")
    office.ok("add", "bookings", "asset=T-004", "start=tomorrow 9", "end=tomorrow 11", "person=U-1")
    office.ok("add", "assets", "name=Disk", "tag=D-1")
    office.ok("do", "D-1", "hand_out", "to=T-002")
    held = INVENTORY.replace("SN-4,Raleigh,,In Stock", "SN-4,Raleigh,U-2,In Use")
    assert "line 5: Ann Archer has booked it: BO-1; it is in." in later(office, "assets", held)
    retired = INVENTORY.replace("U-2,In Use", "U-2,Retired").replace(",,In Stock", ",,Scrapped")
    said = later(office, "assets", retired)
    assert "Left out, line 3: Disk (D-1) is part of Laptop Zebra Standard: take back first (R)." in said
    assert (shown(office, "T-004")["status"], shown(office, "BO-1")["state"]) == ("retired", "cancelled")


def test_an_import_of_assets_can_be_taken_back(office: Office) -> None:
    imported(office, "assets", INVENTORY)
    office.ok("undo")
    assert office.run("list", "assets", "--json").json == []
    assert "all in order" in office.run("check").out


SNIPE_IT = """Asset Name,Asset Tag,Serial,Model,Model No.,Category,Manufacturer,Status,Checked Out To,Location,\
Default Location,Purchase Date,Purchase Cost,Supplier,Order Number,Warranty,EOL,Expected Checkin Date,Notes,,Notes
Beamer,S-1,N/A,EB-2,E2,Projector,Epson,Ready to Deploy,"Archer, Ann",Hall,Store,23/11/2024,"$1,234.50",Lap Ltd,PO-7,\
36 months,,2026-12-01,bulky,,more
,S-2,6.37702E+15,EB-2,E2,Projector,Epson,Archived,U-1,Hall,Store,2024-11-24,"1.234,50 EUR",,,2 years,2030-01-01,,,,
Van,S-3,TBD,Crafter,,Car,VW,Out for Repair,Hall,Hall,,"Nov 25, 2024",EUR 20000,,,,,,,,
Key 7,S-4,-,,,Door key,,Lost/Stolen,Bob Brown,Hall,,,,,,,,,,,
Drill,S-5,0000000,,,Tool,,Deployed,Kitchen crew,,,,,,,,,,,,
Saw,S-6,unknown,,,Tool,,Sharpening,Left Long,Hall,,,,,,,,,,,
"""


def test_a_list_of_snipe_it_with_all_that_real_exports_contain(office: Office) -> None:
    said = imported(office, "assets", SNIPE_IT)
    assert "6 new" in said
    for words in (
        "The 20. column has no heading",
        "The heading 'Notes' comes twice",
        "line 3: a spreadsheet cut the serial number 6.37702E+15, which is not taken; it is in.",
        "Kitchen crew is not known here, and no place is said: it is not handed out",
        "Left Long, who has it, does not work here any more",
        "it is Archived, so that U-1 does not have it here",
        "Not known, kept as notes: status 'Sharpening' (1 row).",
    ):
        assert words in said
    beamer = shown(office, "S-1")
    assert (name_of(office, beamer["holder"]), beamer["due"], beamer["status"]) == (
        "Ann Archer",
        "2026-12-01",
        "on_loan",
    )
    assert (name_of(office, beamer["home"]), name_of(office, beamer["place"])) == ("Store", "Hall")
    assert (beamer["price"], beamer["bought_on"], beamer["warranty_until"]) == ("1234.50", "2024-11-23", "2027-11-23")
    assert shown(office, beamer["supplier"])["kind"] == "supplier"
    assert {"Order Number: PO-7", "Warranty: 36 months", "Model No.: E2"} <= {*beamer["imported"].splitlines()}
    assert (beamer["note"], beamer["serial"]) == ("bulky", None)
    old = shown(office, "S-2")
    assert (old["name"], old["serial"], old["price"]) == ("Projector Epson EB-2", None, "1234.50")
    assert (old["status"], old["life_until"]) == ("retired", "2030-01-01")
    assert "Serial: 6.37702E+15" in old["imported"]
    van = shown(office, "S-3")
    assert (name_of(office, van["at_place"]), van["status"], van["bought_on"]) == ("Hall", "in_repair", "2024-11-25")
    assert [shown(office, one)["status"] for one in ("S-4", "S-5", "S-6")] == ["lost", "ready", "in_use"]
    assert "Checked Out To: U-1" in old["imported"]
    assert [name_of(office, shown(office, one)["holder"]) for one in ("S-2", "S-4")] == [None, "Bob Brown"]


BAD = {
    "X-1,A,SN-1,,,": "",
    "X-1,A,SN-9,,,": "line 2 is about the same one",
    "X-2,A,SN-1,,,": "its serial number SN-1 is that of X-1",
    "6.37702E+15,A,,,,": "its tag was cut by a spreadsheet",
    ",,,,,": "",
    ",,n/a,,,5": "it has neither a tag nor a serial number nor a name",
    "A-77,A,,,,": "another asset has the tag A-77 already, or has it for a number",
    "X-4,A,,2026-01-01,2025-01-01,": "this is before it was bought, 2026-01-01",
    "X-5,A,,2026-02-30,,": "no 30 February 2026",
    "X-6,A,,,,Infinity": "'Infinity' is not a number",
    "X-7,A,,,,-5": "not an amount that can be",
    "X-8,A,,,,GBP 5": "is in GBP; prices here are in EUR",
    "X-9,A,,1e400,,": "1e400",
}


def test_rows_that_cannot_be_are_left_out_with_line_and_reason(office: Office) -> None:
    rows = ["Tag,Name,Serial,Purchase date,Warranty until,Cost", *BAD, ""]
    said = office.ok("import", "assets", write(office, "\n".join(rows))).out
    for reason in BAD.values():
        assert reason in said
    assert "1 new, 0 changed, 0 as before, 11 left out" in said
    assert [one["tag"] for one in office.run("list", "assets", "--json").json] == ["X-1"]


@pytest.mark.parametrize("serial", ["", "N/A", "-", "none", "Unknown", "TBD", "0", "XXXXXXX", "To be filled by O.E.M."])
def test_what_stands_where_there_is_no_serial_number_is_none(office: Office, serial: str) -> None:
    imported(office, "assets", f"Tag,Name,Serial\nX-1,One,{serial}\nX-2,Two,{serial}\n")
    assert [shown(office, one)["serial"] for one in ("X-1", "X-2")] == [None, None]


def test_things_without_a_tag_are_known_again_by_serial_number_or_name(office: Office) -> None:
    imported(office, "assets", "Name,Serial\nBeamer,SN-1\nStool,\n")
    said = later(office, "assets", "Tag,Name,Serial,Room\nX-1,Beamer,SN-1,Hall\n,Stool,,Hall\n")
    assert "0 new, 2 changed" in said
    assert (shown(office, "X-1")["ref"], shown(office, "A-2")["name"]) == ("A-1", "Stool")


def test_a_file_without_names_leaves_those_that_are_here(office: Office) -> None:
    imported(office, "assets", "Tag,Name,Serial\nX-1,Beamer,SN-1\n")
    later(office, "assets", "Serial,Category,Status\nSN-1,Projector,In stock\nSN-2,Projector,In stock\n")
    assert [shown(office, one)["name"] for one in ("X-1", "A-2")] == ["Beamer", "Projector"]


def test_a_fifth_time_and_the_tag_of_something_retired_are_for_somebody_else(office: Office) -> None:
    imported(office, "assets", "Tag,Name,Serial,Status\nX-1,Old,SN-1,Retired\n")
    imported(office, "assets", "Tag,Name,Serial,Status\nX-1,New,SN-2,In stock\n")
    assert [(one["tag"], one["status"]) for one in office.run("list", "assets", "--json").json] == [
        ("X-1", "retired"),
        ("X-1", "ready"),
    ]


def test_what_an_import_does_not_take_says_where_to_go(office: Office) -> None:
    path = write(office, "a,b\n1,2\n")
    assert "botui import assets" in office.refused("import", "loans", path)
    assert "botui import assets" in office.refused("import", "faults", path)


# --- licences -------------------------------------------------------------------------------------------------------


def test_seats_are_those_given_and_those_free_and_the_heading_says_what_the_cost_is_for(office: Office) -> None:
    said = imported(
        office, "licences", "sku,assigned,available,monthly_cost,utilization_pct\nSku 1,478,377,8.84,64.01\n"
    )
    assert "monthly_cost is read as the cost of all seats together" in said
    one = shown(office, "Sku 1")
    wanted = {"name": "Sku 1", "seats": 855, "used": 0, "cost": "8.84", "per": "month", "per_seat": False}
    assert {name: one[name] for name in wanted} == wanted
    assert one["imported"].splitlines() == ["utilization_pct: 64.01", "assigned: 478", "available: 377"]
    path = write(office, '[constants]\nper_seat = "y"\n', "map.toml")
    assert "1 changed" in office.ok("import", "licences", str(office.folder.parent / "licences.csv"), "--map", path).out
    assert shown(office, "Sku 1")["per_seat"] is True


LICENCES = """License ID,Product,Publisher,Edition,Seats,Price per user per month,Billing,Renewal date,Auto-renew,\
Notice period,Owner,Status
L-1,Office suite,Soft Ltd,Pro,unlimited,"€ 12,50",annual,31.12.2026,automatic,3 months,Ann Archer,Active
L-2,Chat,Soft Ltd,,20,,Perpetual,,,,Nobody Known,Active
L-3,Old thing,Soft Ltd,,5,,every 2 years,31.12.2025,manual,,,Cancelled
L-4,Lapsed,Soft Ltd,,5,,yearly,31.12.2025,no,,,Active
L-5,Rolling,Soft Ltd,,5,,monthly,30.06.2026,yes,,,Active
"""


def test_licences_come_with_vendor_term_notice_and_owner_and_stand_where_their_dates_say(office: Office) -> None:
    said = imported(office, "licences", LICENCES)
    assert "5 new" in said
    assert "Not known, kept as notes: who sees to it: 'Nobody Known' (1 row)." in said
    suite = shown(office, "L-1")
    wanted = {"plan": "Pro", "seats": None, "cost": "12.50", "per": "month", "per_seat": True, "notice_days": 93}
    assert {name: suite[name] for name in wanted} == wanted
    assert (suite["renews_on"], suite["auto_renew"], name_of(office, suite["owner"])) == (
        "2026-12-31",
        True,
        "Ann Archer",
    )
    assert shown(office, suite["vendor"])["kind"] == "supplier"
    states = {one["name"]: (one["state"], one["per"]) for one in office.run("list", "licences", "--json").json}
    assert states["Chat"] == ("active", "once")
    assert states["Old thing"] == ("cancelled", "two-years")
    assert states["Lapsed"] == ("expired", "year")
    assert shown(office, "L-5")["renews_on"] == "2026-11-30"
    office.now = datetime(2027, 2, 1, 10, tzinfo=UTC)
    office.ok("tick")
    before = shown(office, "L-5")
    assert " 0 changed" in later(office, "licences", LICENCES)
    assert shown(office, "L-5") == before


def test_certificates_are_licences_of_a_year(office: Office) -> None:
    text = (
        "certificate_id,cloud,service,common_name,issuer,expires_on,days_remaining,renewal_status\n"
        "CRT-1,AWS,VPN,service1.example,DigiCert,2027-09-26,268,Scheduled\n"
    )
    imported(office, "licences", text)
    one = shown(office, "CRT-1")
    assert (one["name"], one["plan"], one["renews_on"], one["per"]) == ("service1.example", "VPN", "2027-09-26", "year")
    assert (name_of(office, one["vendor"]), one["state"]) == ("DigiCert", "active")


def test_licences_that_cannot_be_are_left_out_with_the_reason(office: Office) -> None:
    bad = {
        "L-1,x,,,": "'x' is not a number",
        "L-2,-5,,,": "not a number that can be",
        "L-3,5,Infinity,,": "'Infinity' is not a number",
        "L-4,5,,2026-02-30,": "no 30 February 2026",
        "L-5,5,1,2025-01-01,2026-01-01": "It would end before it began",
        "L-6,5,USD 5,,": "is in USD",
    }
    text = "\n".join(["License ID,Seats,Cost,Expires,Start date", *bad, ""])
    said = office.run("import", "licences", write(office, text), "--as", "ML").out
    for reason in bad.values():
        assert reason in said
    assert "0 new, 0 changed, 0 as before, 6 left out" in said


# --- access ---------------------------------------------------------------------------------------------------------

REQUESTS = """request_id,user_id,access_type,system,approver,submitted,completed,result
R-4,U-1,Remove,ERP,U-2,2026-02-01T10:00,2026-02-02T04:00,Completed
R-1,U-1,Add,ERP,U-2,2026-01-01T10:00,2026-01-02T04:00,Completed
R-2,U-1,Modify,ERP,U-2,2026-01-05T10:00,2026-01-06T04:00,Completed
R-3,U-2,Add,CRM,U-2,2026-01-05T10:00,2026-01-06T04:00,Completed
R-5,U-2,Remove,CRM,U-1,2026-03-05T10:00,2026-03-06T04:00,Rejected
R-6,U-2,Remove,VPN,U-1,2026-03-05T10:00,2026-03-06T04:00,Completed
R-7,U-1,Add,VPN,U-2,2026-04-05T10:00,2026-04-06T04:00,Rejected
R-8,U-9,Add,VPN,U-2,2026-05-05T10:00,,Pending
R-9,U-3,Add,VPN,U-2,2026-05-05T10:00,2026-05-06T10:00,Completed
"""


def test_requests_in_any_order_become_what_somebody_has_had_or_wants(office: Office) -> None:
    said = imported(office, "access", REQUESTS)
    assert "9 rows of access.csv: 6 new, 2 changed, 0 as before, 1 left out; made on the way: 1 people" in said.replace(
        "1 person", "1 people"
    )
    assert "Left out, line 6: nothing was taken away, it is refused: nothing changes here." in said
    assert "line 5: it was approved by whom it is for; it is in." in said
    assert "line 10: Left Long, who has it, does not work here any more; it is in." in said
    erp = shown(office, "R-1")
    assert erp["ref"] == shown(office, "R-2")["ref"] == shown(office, "R-4")["ref"]
    assert (erp["state"], erp["created_at"], erp["given_at"]) == (
        "removed",
        "2026-01-01T10:00:00Z",
        "2026-01-02T04:00:00Z",
    )
    assert (erp["removed_at"], erp["review_on"]) == ("2026-02-02T04:00:00Z", None)
    crm = shown(office, "R-3")
    assert (crm["state"], crm["review_on"], name_of(office, crm["approved_by"])) == ("given", "2027-01-06", "Bob Brown")
    assert [shown(office, one)["state"] for one in ("R-6", "R-7", "R-8")] == ["removed", "refused", "asked"]


def test_what_was_asked_for_moves_on_with_the_file_and_what_was_done_here_stays(office: Office) -> None:
    imported(office, "access", REQUESTS)
    office.ok("do", "R-3", "give_back")
    newer = REQUESTS.replace("2026-05-05T10:00,,Pending", "2026-05-05T10:00,2026-06-01T10:00,Completed")
    assert "0 new, 1 changed" in later(office, "access", newer)
    one = shown(office, "R-8")
    assert (one["state"], one["given_at"]) == ("given", "2026-06-01T10:00:00Z")
    assert shown(office, "R-3")["state"] == "removed"
    assert " 0 new, 0 changed" in later(office, "access", newer)


def test_a_plain_list_of_who_may_do_what_is_what_they_have(office: Office) -> None:
    text = "Employee,Application,Role,Granted on,Expires,Last reviewed\nAnn Archer,ERP,admin,2026-01-05,{},2026-06-01\n"
    imported(office, "access", text.format("2027-01-31") + "Ann Archer,ERP,reader,2026-01-05,,\n")
    admin, reader = office.run("list", "access", "--json").json
    assert (admin["state"], admin["level"], admin["until"], admin["review_on"]) == (
        "reviewed",
        "admin",
        "2027-01-31",
        "2027-01-31",
    )
    assert (reader["state"], reader["review_on"]) == ("given", "2027-01-05")
    assert "0 new, 1 changed" in later(office, "access", text.format("2026-12-31"))
    assert shown(office, admin["ref"])["until"] == "2026-12-31"


def test_of_several_requests_about_one_access_the_last_has_the_say(office: Office) -> None:
    rows = "R-1,U-1,ERP,2026-12-31,2026-02-01\nR-2,U-1,ERP,2027-01-31,2026-03-01\n"
    said = imported(office, "access", f"Request ID,User,System,Until,Completed\n{rows}")
    assert "1 new, 1 changed" in said
    assert (shown(office, "R-1")["ref"], shown(office, "R-1")["until"]) == (shown(office, "R-2")["ref"], "2027-01-31")


def test_no_file_approves_what_waits_for_approval_here(office: Office) -> None:
    office.ok("add", "people", "name=Mia Manager", "initials=MM", "roles=staff, manager")
    office.ok("add", "access", "system=ERP", "approver=MM", "person=U-1")
    said = imported(
        office, "access", "Request ID,User,System,Approver,Completed,Result\nR-1,U-1,ERP,U-2,2026-11-01,Completed\n"
    )
    assert "AC-1 is to approve here and stays so: no file approves it; it is in." in said
    (one,) = office.run("list", "access", "--json").json
    assert (one["state"], name_of(office, one["approver"]), one["approved_by"]) == ("asked", "Mia Manager", None)


def test_access_that_cannot_be_is_left_out_with_the_reason(office: Office) -> None:
    bad = {
        "U-1,,2026-01-01,": "to which system or door",
        ",ERP,2026-01-01,": "it does not say for whom",
        "U-1,ERP,2027-01-01,": "asked for on a day that lies ahead",
        "U-1,CRM,2026-01-05,2026-01-01": "done before it was asked for",
    }
    said = office.run(
        "import", "access", write(office, "\n".join(["User,System,Submitted,Completed", *bad, ""])), "--as", "ML"
    )
    for reason in bad.values():
        assert reason in said.out
    assert said.code == 1
    assert office.run("list", "access", "--json").json == []


def test_assets_licences_and_access_are_for_those_who_work_on_them(office: Office) -> None:
    office.desk().as_system().add("people", {"name": "Sam Staff"})
    before = office.bytes()
    for what in ("assets", "licences", "access"):
        path = write(office, "Tag,Name,User,System,id\nX-1,A,U-1,ERP,1\n")
        assert office.run("import", what, path, "--as", "SS").code == 1
    assert office.bytes() == before


def test_the_examples_of_the_page_on_imports_do_what_it_says(office: Office) -> None:
    page = (Path(__file__).parent.parent / "docs" / "import.md").read_text("utf-8")
    for title, new in (("Assets", 3), ("Licences", 2), ("Access", 2)):
        example = page.partition(f"\n## {title}\n")[2].split("```")[3].strip()
        said = imported(office, title.lower(), f"{example}\n")
        assert f" {new} new, " in said
        assert " 0 left out" in said
    states = {one["tag"]: one["status"] for one in office.run("list", "assets", "--json").json}
    assert states == {"AST-1": "in_use", "AST-2": "in_repair", "AST-3": "ready"}
    assert [one["state"] for one in office.run("list", "access", "--json").json] == ["removed", "asked"]
