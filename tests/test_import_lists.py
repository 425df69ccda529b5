"""People, parties, places and other lists of another system."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.command_line import Office, found


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return found(tmp_path / "office")


PEOPLE = """user_id,display_name,department,title,manager_id,employment_status,e-mail
U-1,Ann Bell,Sales,Analyst,U-1,Active,ann@example.org
U-2,Bo Stone,Sales,Manager,U-1,Terminated,
U-3,Bo Stone,IT,Clerk,U-1,Active,
"""


def test_people_come_in_with_departments_and_free_initials(office: Office) -> None:
    path = office.folder.parent / "people.csv"
    path.write_text(PEOPLE)
    said = office.ok("import", "people", str(path)).out
    assert "3 new" in said
    assert "2 departments" in said
    assert "Not kept, there is no field for them: manager_id" in said
    people = {one["initials"]: one for one in office.run("list", "people", "--json").json}
    assert people.keys() == {"ML", "AB", "BS", "BS2"}
    assert (people["AB"]["job"], people["AB"]["email"], people["AB"]["codes"]) == (
        "Analyst",
        "ann@example.org",
        ["U-1"],
    )
    assert people["BS"]["active"] is False
    before = office.bytes()
    assert "3 as before" in office.ok("import", "people", str(path)).out
    assert office.bytes() == before
    path.write_text(PEOPLE.replace("Analyst", "Chief"))
    assert "1 changed, 2 as before" in office.ok("import", "people", str(path)).out
    assert office.run("show", "AB", "--json").json["job"] == "Chief"


def test_a_name_in_two_columns_is_one_name(office: Office) -> None:
    path = office.folder.parent / "people.csv"
    path.write_text("Employee ID,First Name,Last Name\n7,Ann,Bell\n")
    office.ok("import", "people", str(path))
    assert office.run("show", "AB", "--json").json["name"] == "Ann Bell"


def test_an_import_gives_nobody_what_its_maker_may_not_give(office: Office) -> None:
    desk = office.desk().as_system()
    desk.add("people", {"name": "Cleo Clerk", "roles": ("clerk",)})
    path = office.folder.parent / "people.csv"
    path.write_text("id,name,system user\n1,Eve,root\n2,Ann,\n")
    said = office.run("import", "people", str(path), "--as", "CC").out
    assert "Left out, line 2: Only an administrator" in said
    assert "1 new" in said


@pytest.mark.parametrize(
    ("collection", "text", "field", "value"),
    [
        ("parties", "Supplier Name,Phone,Street,Colour\nPaper Ltd,123,Main St 1,red\n", "phone", "123"),
        ("places", "Room\nRoom 1\n", "name", "Room 1"),
        ("departments", "Name,Code\nSales,S1\n", "codes", ["S1"]),
        ("topics", "Category,Default priority,Team\nPrinting,High,IT\n", "priority", "P2"),
        ("replies", "Title;Body\nThanks;Thank you, and goodbye.\n", "text", "Thank you, and goodbye."),
    ],
)
def test_every_office_list_is_imported_and_a_second_run_changes_nothing(
    office: Office, collection: str, text: str, field: str, value: Any
) -> None:
    path = office.folder.parent / "list.csv"
    path.write_text(text)
    key = [] if collection != "parties" else ["--key", "name"]
    assert "1 new" in office.ok("import", collection, str(path), *key).out
    assert office.run("list", collection, "--json").json[0][field] == value
    before = office.bytes()
    assert "1 as before" in office.ok("import", collection, str(path), *key).out
    assert office.bytes() == before


def test_what_the_desk_exports_another_desk_takes_in(office: Office, tmp_path: Path) -> None:
    office.ok("add", "people", "name=Ann Bell", "job==1+1")
    office.ok("add", "parties", "name=Paper Ltd", "phone=123", "kind=supplier")
    other = found(tmp_path / "other")
    for collection in ("people", "parties"):
        path = tmp_path / f"{collection}.csv"
        path.write_text(office.ok("list", collection, "--csv").out, "utf-8", newline="")
        other.ok("import", collection, str(path), "--key", "name")
    assert other.run("show", "AB", "--json").json["job"] == "=1+1"
    assert other.run("list", "parties", "--json").json[0]["kind"] == "supplier"


def test_a_ticket_of_this_desk_that_comes_back_from_a_spreadsheet_is_the_same_one(office: Office) -> None:
    path = office.folder.parent / "tickets.csv"
    path.write_text('number,created,subject\n"N-1, X-2",2026-11-20,Chair\n')
    office.ok("import", "tickets", str(path))
    assert office.run("show", "X-2", "--json").json["codes"] == ["N-1", "X-2"]
    assert "1 as before" in office.ok("import", "tickets", str(path)).out


def test_who_is_here_without_a_code_is_not_made_twice(office: Office) -> None:
    office.ok("add", "people", "name=Ann Bell")
    office.ok("add", "people", "name=Annabel Bell", "email=ANN@example.org", "codes=BADGE1")
    path = office.folder.parent / "people.csv"
    path.write_text("id,name,e-mail,job\nU-1,ann bell,,Analyst\nU-2,Bo Stone,,Clerk\nU-3,Bo Stone,,Clerk\n")
    assert "2 new, 1 changed" in office.ok("import", "people", str(path)).out
    assert office.run("show", "U-1", "--json").json["ref"] == "P-2"
    assert office.run("show", "U-2", "--json").json["ref"] != office.run("show", "U-3", "--json").json["ref"]
    before = office.bytes()
    assert "3 as before" in office.ok("import", "people", str(path)).out
    assert office.bytes() == before


def test_the_key_of_a_list_may_be_its_name(office: Office) -> None:
    path = office.folder.parent / "rooms.csv"
    path.write_text("room,part of\nRoom 1,Main building\nRoom 2,Main building\n")
    said = office.ok("import", "places", str(path)).out
    assert "2 new" in said
    assert "made on the way: 1 place." in said
    places = {one["name"]: one for one in office.run("list", "places", "--json").json}
    assert places["Room 1"]["within"] == places["Room 2"]["within"] == places["Main building"]["ref"]


STAFF = """id,name,department,first day,manager,weekly hours,employment type,date of birth,iban,active
1,Mia Boss,Sales,2019-03-01,1,40,Full-time,1970-05-06,DE01,yes
2,Ann Bell,Sales,2021-09-15,1,"38,5",Part time,1990-01-31,DE02,yes
3,Bo Left,IT,2018-01-01,1,40,Full-time,1980-01-01,DE03,no
4,Cy Odd,IT,2022-01-01,Nobody,40,Sometimes,1981-01-01,DE04,yes
"""


def test_what_is_hr_s_of_people_goes_into_their_files_where_hr_imports_them_and_nowhere_else(office: Office) -> None:
    desk = office.desk().as_system()
    desk.add("people", {"name": "Hanna Human", "roles": ("staff", "hr")})
    for name in ("Sales", "IT"):
        desk.add("departments", {"name": name})
    path = office.folder.parent / "staff.csv"
    path.write_text(STAFF)
    said = office.ok("import", "people", str(path), "--dry-run").out
    assert "date of birth" in said.partition("Not kept")[2], "who is not of HR takes nothing in that is HR's"
    said = office.run("import", "people", str(path), "--as", "HH").out
    assert "4 new" in said
    assert "manager 'Nobody'" in said
    assert "employed 'Sometimes'" in said
    files = {one["person"]: one for one in office.run("list", "person_files", "--json", "--as", "HH").json}
    people = {one["name"]: one["ref"] for one in office.run("list", "people", "--json", "--as", "HH").json}
    assert set(files) == {people[name] for name in ("Mia Boss", "Ann Bell", "Cy Odd")}, "who left gets no file"
    ann, boss = files[people["Ann Bell"]], files[people["Mia Boss"]]
    assert (ann["manager"], ann["week_hours"], ann["employment"]) == (people["Mia Boss"], "38.50", "part-time")
    assert (ann["born"], ann["iban"], boss.get("manager")) == ("1990-01-31", "DE02", None)
    before = office.bytes()
    assert "4 as before" in office.run("import", "people", str(path), "--as", "HH").out
    assert office.bytes() == before
    path.write_text(STAFF.replace("DE02", "DE22"))
    assert "1 changed, 3 as before" in office.run("import", "people", str(path), "--as", "HH").out
