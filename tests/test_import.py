"""Importing tickets of another help desk: what becomes of them, a second time, a changed file, a stop in between."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from botui.actions.imports import Job, run
from botui.models.errors import StoreFull
from botui.models.tickets.deadlines import met
from tests.command_line import Office, found, process

HEADER = (
    "ticket_id,opened_at,resolved_at,requester_id,assigned_group,category,subcategory,priority,channel,"
    "resolution_hours,sla_target_hours,sla_met,reopened,csat_score,fcr"
)
ROWS = [
    "INC-1,2026-02-01T12:00,2026-02-02T16:16,U0033,Security,Server,Service Down,P4,Phone,28.28,72,Yes,No,5,No",
    "INC-2,2026-05-31T01:00,2026-05-31T05:36,U0065,Service Desk,Network,DHCP,P2,Monitoring,4.62,8,Yes,No,5,Yes",
    "INC-3,2026-03-07T02:00,2026-03-08T07:19,U0033,Service Desk,Network,DHCP,P3,Email,29.32,24,No,Yes,4,Yes",
    "INC-4,2026-05-22T20:00,2026-05-23T00:00,U0033,Security,Identity,Lockout,P1,Portal,4.0,4,No,No,3,No",
]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return found(tmp_path / "office")


def write(office: Office, text: str, name: str = "file.csv") -> str:
    path = office.folder.parent / name
    path.write_text(text, "utf-8")
    return str(path)


def table(rows: Sequence[str] = ROWS, header: str = HEADER) -> str:
    return "\n".join([header, *rows, ""])


def one(office: Office, header: str, row: str, *words: str) -> dict[str, Any]:
    """Import a ticket from one row and return it."""
    office.ok("import", "tickets", write(office, f"id,created,{header}\nX-1,2026-11-20 09:00,{row}\n"), *words)
    return office.ticket("X-1")


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


def test_a_second_run_changes_nothing_at_all(office: Office) -> None:
    path = write(office, table())
    office.ok("import", "tickets", path)
    before = office.bytes()
    said = office.ok("import", "tickets", path).out
    assert "0 new, 0 changed, 4 as before" in said
    assert office.bytes() == before


def test_the_clock_has_nothing_to_do_right_after_an_import_and_dates_nothing_anew(office: Office) -> None:
    recent = "INC-9,2026-11-19T10:00,2026-11-20T10:00,U0033,Security,Server,x,P4,Phone,24,72,Yes,No,5,No"
    office.ok("import", "tickets", write(office, table([*ROWS, recent])))
    before = office.bytes()
    assert office.run("tick").out == ""
    assert office.bytes() == before
    assert office.ticket("INC-1")["state"] == "closed"
    assert office.ticket("INC-1")["closed_at"] == "2026-02-09T16:16:00Z"
    assert office.ticket("INC-9")["state"] == "resolved"
    office.now += timedelta(days=10)
    assert "T-5" in office.run("tick").out
    assert office.ticket("INC-9")["closed_at"] == "2026-11-27T10:00:00Z"


def test_a_wait_that_ended_in_the_past_is_over_when_it_comes_in(office: Office) -> None:
    ticket = one(office, "subject,status,pending until", "Chair,Pending,2026-11-21 09:00")
    assert (ticket["state"], ticket["waiting_until"]) == ("open", None)
    assert office.run("tick").out == ""


def test_a_changed_file_changes_only_what_it_says_otherwise(office: Office) -> None:
    header = "Number,Opened,Short description,State,Priority,Assigned to,Opened by"
    rows = [
        "INC7,2026-11-20 09:00,Laptop is slow,In Progress,3 - Moderate,Bo Stone,Ann Bell",
        "INC8,2026-11-20 10:00,Chair,New,4 - Low,,Ann Bell",
    ]
    office.ok("import", "tickets", write(office, table(rows, header)))
    office.ok("set", "INC7", "subject=Laptop of Ann is slow")
    office.ok("do", "INC8", "take")
    rows[0] = rows[0].replace("In Progress", "On Hold - Awaiting Vendor").replace("Moderate", "Moderate")
    assert "0 new, 1 changed, 1 as before" in office.ok("import", "tickets", write(office, table(rows, header))).out
    ticket = office.ticket("INC7")
    assert (ticket["state"], ticket["waiting_for"]) == ("waiting", "vendor")
    assert ticket["subject"] == "Laptop of Ann is slow"
    assert office.ticket("INC8")["owner"] == "P-1"
    last = office.run("history", "INC7", "--json").json[-1]
    assert {change["field"] for change in last["changes"]} <= {"state", "waiting_for", "notes"}


def test_what_people_did_since_is_not_taken_back_by_the_same_file(office: Office) -> None:
    path = write(office, table(["INC-9,2026-11-20T10:00,2026-11-20T12:00,U1,S,Server,x,P4,Phone,2,72,Yes,No,5,No"]))
    office.ok("import", "tickets", path)
    office.ok("do", "INC-9", "reopen")
    assert "1 as before" in office.ok("import", "tickets", path).out
    assert office.ticket("INC-9")["state"] == "open"
    office.now += timedelta(days=30)
    assert "1 as before" in office.ok("import", "tickets", path).out
    assert office.ticket("INC-9")["state"] == "open"


def test_a_dry_run_says_the_same_and_changes_nothing(office: Office) -> None:
    path = write(office, table([*ROWS, "bad,row", ROWS[0]]))
    before = office.bytes()
    dry = office.ok("import", "tickets", path, "--dry-run").out
    assert office.bytes() == before
    wet = office.ok("import", "tickets", path).out
    assert dry.replace("It would be:", "Done:") == wet


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


@pytest.mark.parametrize(
    ("word", "state", "waiting_for"),
    [
        ("new", "new", None),
        ("pending reminder", "waiting", "requester"),
        ("Open", "open", None),
        ("In Progress", "open", None),
        ("Processing (assigned)", "open", None),
        ("On Hold", "waiting", "requester"),
        ("Awaiting Vendor", "waiting", "vendor"),
        ("Pending - Vendor", "waiting", "vendor"),
        ("Waiting for parts", "waiting", "part"),
        ("Replied", "open", None),
        ("Solved", "resolved", None),
        ("pending close", "resolved", None),
        ("6 - Resolved", "resolved", None),
        ("Closed", "closed", None),
        ("Closed Complete", "closed", None),
        ("Canceled", "rejected", None),
        ("merged", "closed", None),
        ("Gone fishing", "open", None),
    ],
)
def test_states_of_other_systems_are_known(office: Office, word: str, state: str, waiting_for: str | None) -> None:
    ticket = one(office, "subject,status,last updated", f"Chair,{word},2026-11-20 15:00")
    assert (ticket["state"], ticket["waiting_for"]) == (state, waiting_for)
    if word in ("merged", "Gone fishing"):
        assert f"status: {word}" in ticket["notes"]


PRIORITIES = {
    "High": "P2",
    "1 - Critical": "P1",
    "P2": "P2",
    "3 normal": "P3",
    "4 - Low": "P4",
    "URGENT": "P1",
    "Sev1": "P1",
    "2": "P2",
    "Very high": "P1",
    "": "P3",
    "purple": "P3",
}


@pytest.mark.parametrize(("word", "priority"), PRIORITIES.items())
def test_priorities_of_other_systems_are_known(office: Office, word: str, priority: str) -> None:
    assert one(office, "subject,priority", f"Chair,{word}")["priority"] == priority


CHANNELS = {
    "Email": "e-mail",
    "Phone": "phone",
    "walk-in": "walk-in",
    "Self-service": "kiosk",
    "Web": "kiosk",
    "Letter": "mail",
    "Pigeon": "kiosk",
}


@pytest.mark.parametrize(("word", "channel"), CHANNELS.items())
def test_channels_of_other_systems_are_known(office: Office, word: str, channel: str) -> None:
    assert one(office, "subject,source", f"Chair,{word}")["channel"] == channel


@pytest.mark.parametrize(
    ("dates", "moments"),
    [
        (["01.02.2026 15:04", "02.02.2026"], ["2026-02-01T15:04:00Z", "2026-02-02T00:00:00Z"]),
        (["25/02/2026 3:04 PM", "01/02/2026 09:00"], ["2026-02-25T15:04:00Z", "2026-02-01T09:00:00Z"]),
        (["02/25/2026 3:04 PM", "01/02/2026 09:00"], ["2026-02-25T15:04:00Z", "2026-01-02T09:00:00Z"]),
        (["01/02/2026", "03/02/2026"], ["2026-02-01T00:00:00Z", "2026-02-03T00:00:00Z"]),
        (["2026-02-01T15:04:05.123+02:00", "Feb 1, 2026"], ["2026-02-01T13:04:05Z", "2026-02-01T00:00:00Z"]),
        (["1770000000", "1770000000000"], ["2026-02-02T02:40:00Z", "2026-02-02T02:40:00Z"]),
    ],
)
def test_dates_are_read_by_the_order_that_the_whole_column_shows(
    office: Office, dates: list[str], moments: list[str]
) -> None:
    rows = [f"X-{place};{date};Chair" for place, date in enumerate(dates)]
    office.ok("import", "tickets", write(office, "\n".join(["key;created;summary", *rows])))
    assert [one["created_at"] for one in office.run("list", "tickets", "--json").json] == moments


def test_people_are_found_by_code_mail_initials_and_name_before_one_is_made(office: Office) -> None:
    office.ok("add", "people", "name=Ann Bell", "email=ann@example.org", "codes=U-7")
    called = [
        "U-7",
        "ann@example.org",
        "AB",
        "ann bell",
        '"Bell, Ann"',
        "Ann Bell <ann@example.org>",
        "ANN@example.org",
    ]
    rows = [f"X-{place},2026-11-20,Chair,{name}" for place, name in enumerate(called)]
    office.ok("import", "tickets", write(office, "\n".join(["id,created,subject,caller", *rows])))
    assert {one["requester"] for one in office.run("list", "tickets", "--json").json} == {"P-2"}


def test_a_name_that_two_people_have_is_not_guessed(office: Office) -> None:
    office.ok("add", "people", "name=Ann Bell")
    office.ok("add", "people", "name=Ann Bell")
    result = office.run(
        "import", "tickets", write(office, "id,created,subject,caller\n1,2026-11-20,x,Ann Bell\n"), "--as", "ML"
    )
    assert "P-2, P-3" in result.out


def test_a_map_file_says_what_the_guess_cannot_know(office: Office) -> None:
    map_file = write(
        office,
        """
        zone = "Europe/Berlin"
        date_order = "dmy"
        delimiter = ";"
        prefix = "OTRS-"
        ignore = ["Geheim"]
        [columns]
        codes = "Nr"
        created_at = ["Tag", "Uhrzeit"]
        subject = "Kurztext"
        priority = "Dringlichkeit"
        [values.priority]
        "sehr hoch" = "P1"
        [constants]
        department = "Technik"
        tags = "alt"
        [defaults]
        channel = "phone"
        """,
        "map.toml",
    )
    text = "Nr;Tag;Uhrzeit;Kurztext;Dringlichkeit;Geheim;Farbe\n17;01.07.2026;15:04;Stuhl;Sehr hoch;x;rot\n"
    office.ok("import", "tickets", write(office, text), "--map", map_file)
    ticket = office.ticket("OTRS-17")
    assert ticket["created_at"] == "2026-07-01T13:04:00Z"
    assert (ticket["priority"], ticket["channel"], ticket["tags"]) == ("P1", "phone", ["alt"])
    assert ticket["notes"] == "Farbe: rot"
    assert office.run("show", ticket["department"], "--json").json["name"] == "Technik"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense", "not TOML"),
        ("colour = 'x'", "there is: encoding"),
        ("zone = 'Mars/Base'", "Mars"),
        ("date_order = 'ymdh'", "dmy"),
        ("delimiter = '::'", "one character"),
        ("header = -1", "number of a line"),
        ("header = 99", "no row 99"),
        ("encoding = 'klingon'", "klingon"),
        ("[columns]\nsubjekt = 'x'", "subject"),
        ("[columns]\nsubject = 'nowhere'", "nowhere"),
        ("[columns]\nsubject = 3", "column"),
        ("[values]\nstate = 'x'", "line for each word"),
        ("columns = 'x'", "table"),
        ("constants = {department = [1]}", "text"),
        ("ignore = ['nowhere']", "nowhere"),
    ],
)
def test_a_wrong_map_file_is_said_in_words_and_nothing_is_imported(office: Office, text: str, said: str) -> None:
    assert said in office.refused("import", "tickets", write(office, table()), "--map", write(office, text, "map.toml"))


def test_a_key_tells_apart_what_has_no_number(office: Office) -> None:
    path = write(office, "created,subject,caller\n2026-11-20,Chair,Ann\n2026-11-20,Desk,Ann\n")
    assert "--key" in office.refused("import", "tickets", path)
    assert "there is: created, subject" in office.refused("import", "tickets", path, "--key", "nothing")
    for expected in ("2 new", "2 as before"):
        assert expected in office.ok("import", "tickets", path, "--key", "created_at,subject").out


def test_who_may_not_work_on_tickets_imports_none(office: Office) -> None:
    office.ok("add", "people", "name=Ann Bell")
    before = office.bytes()
    for who in (["--as", "AB"], []):
        assert office.run("import", "tickets", write(office, table()), *who).code == 1
    assert office.bytes() == before


def test_an_import_can_be_taken_back(office: Office) -> None:
    office.ok("import", "tickets", write(office, table()))
    office.ok("undo")
    assert office.run("list", "tickets", "--json").json == []
    assert len(office.run("list", "people", "--json").json) == 1


def many(count: int) -> str:
    return table([f"N-{number},2026-11-20 09:00,Chair {number}" for number in range(count)], "id,created,subject")


def test_a_stop_keeps_what_is_in_and_the_same_command_goes_on(office: Office) -> None:
    path = Path(write(office, many(450)))
    seen: list[int] = []
    job = Job("tickets", path, progress=lambda done, _: seen.append(done), stop=lambda: len(seen) == 1)
    report = run(office.desk(), job)
    assert (report.stopped, report.added, seen) == (True, 200, [200])
    assert "250 new, 0 changed, 200 as before" in office.ok("import", "tickets", str(path)).out


def test_a_full_disk_keeps_whole_chunks(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from botui.store import Store

    commit, calls = Store.commit, []

    def full(self: Store, *arguments: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise StoreFull("The disk is full: nothing was changed.")
        return commit(self, *arguments)

    path = write(office, many(450))
    monkeypatch.setattr(Store, "commit", full)
    result = office.run("import", "tickets", path, "--as", "ML")
    monkeypatch.undo()
    assert result.code == 3
    assert "The first 200 rows of the file are in." in result.err
    assert len(office.run("list", "tickets", "--json").json) == 200


def test_ctrl_c_ends_an_import_after_the_chunk_at_hand(office: Office) -> None:
    import os
    import signal
    import subprocess
    import sys

    path = write(office, many(8000))
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parent.parent), **office.environ}
    command = [sys.executable, "-m", "botui", "import", "tickets", path, "--as", "ML"]
    child = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    journal = office.folder / "office.json.journal"
    size = journal.stat().st_size
    while journal.stat().st_size == size and child.poll() is None:
        pass
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert (child.returncode, err) == (130, b"botui: Stopped.\n")
    assert b"What is counted here is in" in out
    count = len(office.run("list", "tickets", "--json").json)
    assert count % 200 == 0
    assert 0 < count < 8000
    assert "all in order" in office.run("check").out


def test_an_import_beside_another_desk_loses_nothing(office: Office) -> None:
    other = office.desk()
    seen: list[str] = []

    def between(done: int, _: int) -> None:
        seen.append(other.add("people", {"name": f"Person {done}"}).said)

    rows = [f"N-{number},2026-11-20 09:00,Chair,Person {number}" for number in range(450)]
    path = Path(write(office, table(rows, "id,created,subject,caller")))
    report = run(office.desk(), Job("tickets", path, progress=between))
    assert (report.added, len(seen)) == (450, 3)
    people = office.run("list", "people", "--json").json
    initials = [one["initials"] for one in people]
    assert len(initials) == len(set(initials)) == 1 + 450 + 1
    assert "all in order" in office.run("check").out


def test_scores_that_come_later_are_added_to_tickets_that_are_there(office: Office) -> None:
    office.ok("import", "tickets", write(office, "id,created,subject,colour\nX-1,2026-11-20,Chair,red\n"))
    path = write(office, "survey_id,ticket_id,score,theme\nS-1,X-1,4,Fast\nS-2,X-2,5,Kind\n", "scores.csv")
    said = office.ok("import", "tickets", path).out
    assert "0 new, 1 changed, 0 as before, 1 left out" in said
    ticket = office.ticket("X-1")
    assert (ticket["satisfaction"], ticket["subject"]) == (4, "Chair")
    assert ticket["notes"].splitlines() == ["colour: red", "survey_id: S-1", "theme: Fast"]
    assert "0 changed" in office.ok("import", "tickets", path).out


def test_the_process_prints_what_the_command_says(office: Office) -> None:
    result = process(office, ["import", "tickets", write(office, table()), "--as", "ML"])
    assert result.returncode == 0
    assert b"4 new" in result.stdout
