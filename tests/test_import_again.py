"""The same file again, a newer one, a dry run, a stop, a full disk: imports lose and change nothing they should not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from botui.actions.imports import Job, run
from botui.models.errors import StoreFull
from tests.command_line import Office, found
from tests.exports import ROWS, one, table, write


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return found(tmp_path / "office")


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


def test_a_key_tells_apart_what_has_no_number(office: Office) -> None:
    path = write(office, "created,subject,caller\n2026-11-20,Chair,Ann\n2026-11-20,Desk,Ann\n")
    assert "--key" in office.refused("import", "tickets", path)
    assert "there is: created, subject" in office.refused("import", "tickets", path, "--key", "nothing")
    for expected in ("2 new", "2 as before"):
        assert expected in office.ok("import", "tickets", path, "--key", "created_at,subject").out


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


def test_a_new_priority_in_the_file_makes_new_deadlines_for_what_is_open(office: Office) -> None:
    text = "id,created,subject,priority,status\nX-1,2026-11-23 09:00,Chair,{},New\n"
    office.ok("import", "tickets", write(office, text.format("Low")))
    before = office.ticket("X-1")
    office.ok("import", "tickets", write(office, text.format("Critical")))
    after = office.ticket("X-1")
    assert (before["priority"], after["priority"]) == ("P4", "P1")
    assert after["resolution_due"] == "2026-11-23T11:00:00Z"
    assert after["first_response_due"] == "2026-11-23T09:30:00Z"


def test_a_ticket_that_was_merged_here_is_left_alone(office: Office) -> None:
    text = "id,created,subject\nX-1,2026-11-23 09:00,Chair\nX-2,2026-11-23 09:00,Chairs\n"
    office.ok("import", "tickets", write(office, text))
    office.ok("do", "X-2", "merge", "into=T-1")
    office.ok("import", "tickets", write(office, text.replace("Chairs", "Desks")))
    assert office.ticket("T-2")["subject"] == "Chairs"


def test_a_row_that_could_not_be_filed_does_not_change_what_another_row_filed(office: Office) -> None:
    rows = ("id,created,subject", "A-1,2027-01-01,Chair", "A-1,2026-11-20 09:00,Chair")
    path = write(office, "\n".join(rows))
    assert "1 new, 0 changed, 0 as before, 1 left out" in office.ok("import", "tickets", path).out
    before = office.bytes()
    said = office.ok("import", "tickets", path).out
    assert "line 2: A time of the past lies ahead" in said
    assert "0 new, 0 changed, 1 as before, 1 left out" in said
    assert office.bytes() == before
