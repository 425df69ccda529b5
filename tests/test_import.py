"""Importing tickets of another help desk: what becomes of them, and what is left out."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from botui.models.tickets.deadlines import met
from tests.command_line import Office, found, process
from tests.exports import ROWS, one, table, write


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return found(tmp_path / "office")


def test_a_row_becomes_a_ticket_with_the_times_of_the_past(office: Office) -> None:
    said = office.ok("import", "tickets", write(office, table())).out
    assert "4 rows of file.csv: 4 new, 0 changed, 0 as before, 0 left out" in said
    assert "2 people, 2 departments, 3 topics" in said
    ticket = office.ticket("INC-3")
    wanted = {
        "subject": "Network: DHCP",
        "priority": "P3",
        "channel": "e-mail",
        "created_at": "2026-03-07T02:00:00Z",
        "resolved_at": "2026-03-08T07:19:00Z",
        "resolution_due": "2026-03-08T02:00:00Z",
        "reopened": 1,
        "satisfaction": 4,
        "codes": ["INC-3"],
        "first_response_due": None,
    }
    assert {name: ticket[name] for name in wanted} == wanted
    assert "fcr: Yes" in ticket["notes"]
    assert office.run("show", ticket["requester"], "--json").json["codes"] == ["U0033"]
    assert office.run("show", ticket["topic"], "--json").json["name"] == "Network: DHCP"


def test_met_and_missed_can_be_computed_again_and_a_row_that_contradicts_itself_is_named(office: Office) -> None:
    said = office.ok("import", "tickets", write(office, table())).out
    assert "line 5 (INC-4): the file says the target was missed, its own times say met" in said
    assert said.count("its own times") == 1
    desk = office.desk()
    kept = [met(desk.get("tickets", number), office.now).resolution for number in (1, 2, 3, 4)]
    assert kept == [True, True, False, True]
    header, *rows = csv.reader(
        io.StringIO(office.ok("report", "deadlines", "since=2026-01-01", "--csv").out, newline="")
    )
    assert dict(zip(header, rows[-1], strict=True))["late"] == "1"


def test_without_a_target_the_deadlines_are_those_of_this_office(office: Office) -> None:
    ticket = one(office, "subject,priority,resolved", "Badge,High,2026-11-20 12:30")
    assert ticket["resolution_due"] == "2026-11-20T13:00:00Z"
    assert met(office.desk().get("tickets", ticket["id"]), office.now).resolution is True


def test_a_bad_row_is_left_out_with_line_and_reason_and_the_rest_is_in(office: Office) -> None:
    bad = {
        "B-1,2026-02-30T12:00,,U1,S,Server,x,P4,Phone,1,72,Yes,No,5,No": "no 30 February 2026",
        "B-2,,,U1,S,Server,x,P4,Phone,1,72,Yes,No,5,No": "when it came in",
        "B-3,2026-02-03T12:00,2026-02-02T12:00,U1,S,Server,x,P4,Phone,1,72,Yes,No,5,No": "before it came in",
        "B-4,2027-02-03T12:00,,U1,S,Server,x,P4,Phone,1,72,Yes,No,5,No": "ahead",
        "B-5,2026-02-03T12:00,,U1,S,Server,x,P4,Phone,1,Infinity,Yes,No,5,No": "not a number that can be",
        "B-6,2026-02-03T12:00,,U1,S,Server,x,P4,Phone,1,-4,Yes,No,5,No": "not a number that can be",
        "B-7,2026-02-03T12:00,,U1,S,Server,x,P4,Phone,NaN,many,Yes,No,5,No": "not a number",
        "B-8,2026-02-03T12:00,,U1": "4 cells",
        "B-9,2026-02-03T12:00,,U1,S,Server,x,P4,Phone,1,72,Yes,No,5,No,more": "16 cells",
        ",2026-02-03T12:00,,U1,S,Server,x,P4,Phone,1,72,Yes,No,5,No": "tells records apart",
        "B-11,2026-02-03T12:00,,U1,S,,,P4,Phone,1,72,Yes,No,5,No": "Subject",
        "INC-1,2026-02-03T12:00,,U1,S,Server,x,P4,Phone,1,72,Yes,No,5,No": "line 2 is about the same one",
        f"B-13,2026-02-03T12:00,,{'y' * 10_000},S,Server,x,P4,Phone,1,72,Yes,No,5,No": "10,000 characters",
    }
    said = office.ok("import", "tickets", write(office, table([*ROWS, *bad]))).out
    for line, reason in enumerate(bad.values(), start=6):
        left_out = next(one for one in said.splitlines() if one.startswith(f"Left out, line {line}:"))
        assert reason in left_out
    assert "4 new, 0 changed, 0 as before, 13 left out" in said
    assert len(office.run("list", "tickets", "--json").json) == 4
    assert len(office.run("list", "people", "--json").json) == 3


def test_a_file_of_which_no_row_can_be_used_ends_with_1(office: Office) -> None:
    result = office.run("import", "tickets", write(office, table(["x,2026-02-30"])), "--as", "ML")
    assert result.code == 1
    assert "line 2" in result.err


HOSTILE = [
    "[/x]",
    "[@click=app.quit]x[/]",
    "\x1b]0;owned\x07\x1b[2J",
    "\u202eesrever",
    "=cmd|' /C calc'!A0",
    "日本語 \U0001f468\u200d\U0001f469",
    "y" * 10_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_hostile_text_comes_in_as_text(office: Office, text: str) -> None:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(
        [["id", "created", "subject", "description", text[:60]], ["X-1", "2026-11-20 09:00", text, text, text]]
    )
    office.ok("import", "tickets", write(office, buffer.getvalue()))
    ticket = office.ticket("X-1")
    assert len(ticket["subject"]) <= 200
    assert len(ticket["body"]) >= len(text.strip("\x1b\x07\u202e")) - 3
    assert not {
        c for c in ticket["subject"] + ticket["body"] + ticket["notes"] if c != "\n" and (c < " " or c == "\u202e")
    }


def test_who_may_not_work_on_tickets_imports_none(office: Office) -> None:
    office.ok("add", "people", "name=Ann Bell")
    before = office.bytes()
    for who in (["--as", "AB"], []):
        assert office.run("import", "tickets", write(office, table()), *who).code == 1
    assert office.bytes() == before


def test_the_process_prints_what_the_command_says(office: Office) -> None:
    result = process(office, ["import", "tickets", write(office, table()), "--as", "ML"])
    assert result.returncode == 0
    assert b"4 new" in result.stdout


def test_what_rows_say_besides_is_taken_too(office: Office) -> None:
    office.ok("add", "parties", "name=Paper Ltd", "account_no=K-9")
    header = "tags,company,wanted by,reopen count,solution,resolution hours,status,subject,sla breached,sla hours"
    ticket = one(office, header, "a;B,K-9,2026-12-01,3,New toner,30,Resolved,Printer,yes,4")
    assert ticket["tags"] == ["a", "b"]
    assert ticket["party"] == "PA-1"
    assert ticket["wanted_by"] == "2026-12-01"
    assert ticket["reopened"] == 3
    assert ticket["resolution"] == "New toner"
    assert ticket["resolved_at"] == "2026-11-21T15:00:00Z"
    assert ticket["resolution_due"] == "2026-11-20T13:00:00Z"


def test_a_breach_that_was_none_is_named_and_an_unknown_company_is_a_note(office: Office) -> None:
    header = "id,created,subject,company,resolved,sla breached,sla hours,score"
    row = "X-1,2026-11-20 09:00,x,Nobody Ltd,2026-11-20 10:00,Yes,4,11"
    said = office.ok("import", "tickets", write(office, table([row], header))).out
    assert "line 2 (X-1): the file says the target was missed, its own times say met" in said
    assert "customer or supplier 'Nobody Ltd' (1 row)" in said
    assert "company: Nobody Ltd" in office.ticket("X-1")["notes"]
    assert office.ticket("X-1")["satisfaction"] is None


def test_a_day_stays_the_day_in_the_zone_of_the_other_system(office: Office) -> None:
    map_file = write(office, 'zone = "Asia/Tokyo"\n', "map.toml")
    ticket = one(office, "subject,wanted by", "Chair,2026-12-01", "--map", map_file)
    assert ticket["wanted_by"] == "2026-12-01"
    assert ticket["created_at"] == "2026-11-20T00:00:00Z"


def test_a_date_of_the_end_of_what_is_open_again_is_kept_as_a_note(office: Office) -> None:
    ticket = one(office, "subject,status,resolved", "Chair,Reopened,2026-11-20 10:00")
    assert (ticket["state"], ticket["resolved_at"]) == ("open", None)
    assert "resolved: 2026-11-20 10:00" in ticket["notes"]
