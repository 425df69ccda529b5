"""list, show, add, set, do, history and undo: one desk, the same rules as on the screens."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest

from botui import areas
from botui.access import CLOSED
from botui.models.base import cells
from botui.models.shape import fields_of
from tests.command_line import Office, found

TICKET_FIELDS = {
    "subject",
    "body",
    "requester",
    "on_behalf_of",
    "channel",
    "kind",
    "topic",
    "department",
    "place",
    "priority",
    "state",
    "owner",
    "waiting_for",
    "waiting_until",
    "parent",
    "tags",
    "created_at",
    "first_response_due",
    "first_response_at",
    "resolution_due",
    "resolved_at",
    "closed_at",
    "resolution",
    "satisfaction",
}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return found(tmp_path / "office")


@pytest.fixture
def busy(office: Office) -> Office:
    office.ok("add", "people", "name=Ann Bell")
    for subject, priority in [("Printer is out of toner", "P2"), ("New badge", "P3"), ("Lamp", "P4")]:
        office.ok("add", "tickets", f"subject={subject}", f"priority={priority}", "requester=AB")
    office.ok("do", "T-1", "take")
    return office


def test_every_field_of_a_ticket_has_its_stable_name_also_when_it_is_empty(busy: Office) -> None:
    ticket = busy.ticket("T-3")
    assert ticket["id"] == 3
    assert ticket["ref"] == "T-3"
    assert ticket.keys() >= TICKET_FIELDS
    assert ticket["owner"] is None
    assert ticket["body"] is None
    assert ticket["tags"] == []
    assert ticket["requester"] == "P-2"
    assert ticket["created_at"] == "2026-11-23T10:00:00Z"


@pytest.mark.parametrize("name", [one.name for one in areas.COLLECTIONS])
def test_every_collection_is_listed_as_text_json_and_csv(office: Office, name: str) -> None:
    if name in CLOSED:
        office.ok("people", "role", "P-1", "staff", "clerk", "admin", "hr")
    assert isinstance(office.run("list", name, "--json").json, list)
    header = office.run("list", name, "--csv").out.split("\r\n")[0].split(",")
    assert header == ["id", "ref", *(spec.name for spec in fields_of(areas.kind(name).model))]
    assert office.run("list", name).code == 0


def test_list_do_and_history_agree(busy: Office) -> None:
    busy.ok("do", "T-1", "wait", "waiting_for=vendor", "until=+3d")
    busy.ok("do", "t2", "resolve", "resolution=It is in the drawer")
    states = {one["ref"]: one["state"] for one in busy.run("list", "tickets", "--json").json}
    assert states == {"T-1": "waiting", "T-2": "resolved", "T-3": "new"}
    for ref, state in states.items():
        events = busy.run("history", ref, "--json").json
        moves = [change["now"] for event in events for change in event["changes"] if change["field"] == "state"]
        assert moves[-1] == state
        assert {event["by"] for event in events} == {"P-1"}
        assert {(event["id"], event["ref"]) for event in events} == {(int(ref[2:]), ref)}


def test_the_history_says_in_words_what_was_done_by_whom_and_where(busy: Office) -> None:
    said = busy.run("history", "T-1").out
    assert "2026-11-23 10:00  Mary Lee: Take  (at front)" in said
    assert "State: new -> open" in said


@pytest.mark.parametrize(
    ("conditions", "refs"),
    [
        (["state=open"], ["T-1"]),
        (["state=open,new"], ["T-1", "T-2", "T-3"]),
        (["owner=ML"], ["T-1"]),
        (["owner=none"], ["T-2", "T-3"]),
        (["owner="], ["T-2", "T-3"]),
        (["requester=Ann Bell", "priority=soon"], ["T-1"]),
        (["created_at=2026-11-01..2026-11-30"], ["T-1", "T-2", "T-3"]),
        (["created_at=today"], ["T-1", "T-2", "T-3"]),
        (["created_at=..2026-11-22"], []),
        (["created_at=2026-11-24.."], []),
        (["resolution_due=2026-11-23"], ["T-1"]),
        (["subject=lamp"], ["T-3"]),
        (["subject=*toner"], ["T-1"]),
        (["subject=toner"], []),
        (["created_by=me"], ["T-1", "T-2", "T-3"]),
        (["minutes=0"], ["T-1", "T-2", "T-3"]),
        (["minutes=1.."], []),
        (["--limit", "2"], ["T-1", "T-2"]),
        (["--sort=-subject"], ["T-1", "T-2", "T-3"]),
        (["--sort", "subject"], ["T-3", "T-2", "T-1"]),
        (["--view", "mine"], ["T-1"]),
        (["--view", "unassigned", "priority=P4"], ["T-3"]),
        (["--limit", "1", "state=new"], ["T-2"]),
    ],
)
def test_a_list_has_only_what_meets_every_condition(busy: Office, conditions: list[str], refs: list[str]) -> None:
    assert [one["ref"] for one in busy.ok("list", "tickets", "--json", *conditions).json] == refs


def test_a_view_has_the_order_of_the_screen(busy: Office) -> None:
    desk = busy.desk()
    for view in areas.kind("tickets").views:
        listed = [one["id"] for one in busy.ok("list", "tickets", "--view", view.name, "--json").json]
        assert listed == desk.listing("tickets", view).ids()


def test_set_changes_what_is_typed_and_verbs_move_the_rest(busy: Office) -> None:
    busy.ok("set", "T-2", "subject=New badge for Ann", "tags=badge, urgent", "priority=urgent")
    ticket = busy.ticket("T-2")
    assert (ticket["subject"], ticket["tags"], ticket["priority"]) == ("New badge for Ann", ["badge", "urgent"], "P1")
    busy.ok("set", "T-2", "tags=")
    assert busy.ticket("T-2")["tags"] == []


@pytest.mark.parametrize(
    ("field", "verb"), [("state=closed", "close"), ("owner=ML", "assign"), ("resolution=x", "resolve")]
)
def test_what_verbs_move_is_not_set_by_hand_and_the_sentence_names_the_verb(
    busy: Office, field: str, verb: str
) -> None:
    assert verb in busy.refused("set", "T-2", field)
    assert verb in busy.refused("add", "tickets", "subject=x", field)


def test_undo_takes_back_the_last_thing_and_says_what(busy: Office) -> None:
    assert "Take T-1" in busy.ok("undo").out
    ticket = busy.ticket("T-1")
    assert (ticket["state"], ticket["owner"]) == ("new", None)


def test_undo_is_for_what_one_did_oneself(busy: Office) -> None:
    assert "nothing to undo" in busy.run("undo", "--as", "AB").err
    assert busy.run("undo").code == 1


def test_a_record_is_found_by_its_code_in_another_system(busy: Office) -> None:
    busy.ok("set", "T-2", "codes=INC-77")
    assert busy.ticket("INC-77")["ref"] == "T-2"
    busy.ok("set", "T-3", "codes=INC-77")
    assert "T-2" in busy.refused("show", "INC-77")


def test_show_says_what_can_be_done_and_what_belongs_to_it(busy: Office) -> None:
    busy.ok("do", "T-1", "note", "text=Ordered by phone")
    result = busy.ok("show", "T-1")
    assert re.search("Can be done: .*assign", result.out)
    assert "Ordered by phone" in result.out
    assert busy.ticket("T-1")["comments"][0]["body"] == "Ordered by phone"


@pytest.mark.parametrize(
    "words",
    [
        ("list", "tickets"),
        ("list", "people", "--csv"),
        ("show", "T-1", "--json"),
        ("report", "volume"),
        ("do", "T-1", "take"),
        ("set", "T-1", "priority=P1"),
        ("add", "tickets", "subject=x"),
        ("undo",),
        ("history",),
        ("history", "PL-1"),
    ],
)
def test_whoever_does_not_say_who_they_are_sees_and_changes_nothing(busy: Office, words: tuple[str, ...]) -> None:
    busy.reader, before = "", busy.bytes()
    result = busy.run(*words)
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("botui: Say who you are first")
    assert busy.bytes() == before


def test_places_and_topics_are_open_to_all(busy: Office) -> None:
    busy.reader = ""
    assert busy.run("list", "places").code == busy.run("list", "topics", "--json").code == 0


def test_who_acts_is_a_person_by_initials_number_or_account_never_the_clock(busy: Office) -> None:
    assert busy.run("do", "T-2", "take", "--as", "p1").code == 0
    for nobody in ("system", "clock", "Mary Lee", "", "P-99", "T-1", "*"):
        assert busy.run("list", "tickets", "--as", nobody).code == 1
    busy.ok("set", "P-2", "active=no")
    assert busy.run("list", "tickets", "--as", "AB").code == 1


def test_the_account_of_the_computer_says_who_acts(busy: Office) -> None:
    desk = busy.desk().as_system()
    desk.edit(desk.get("people", 1), {"os_user": "mlee"})
    busy.account = "mlee"
    assert busy.run("do", "T-3", "take").code == 0
    assert busy.ticket("T-3")["owner"] == "P-1"


HOSTILE = [
    "[/x] [@click=app.quit]x[/]",
    "\x1b]0;owned\x07\x1b[2Jgone\x9b31m",
    "\u202eesrever\u2066",
    "y" * 180,
    "日本語 \U0001f468\u200d\U0001f469\u200d\U0001f467 é",
    "a\nb\r\nc\td",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_goes_in_and_comes_out_without_a_control_character(office: Office, text: str) -> None:
    office.ok("add", "tickets", f"subject={text}", f"body={text}")
    for words in (["list", "tickets"], ["show", "T-1"], ["history", "T-1"], ["list", "tickets", "subject=*"]):
        said = office.ok(*words).out
        assert not {c for c in said if c != "\n" and (c < " " or "\x7f" <= c < "\xa0")}
        assert not set(said) & set("\u202e\u2066")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_csv_leaves_no_formula_to_a_spreadsheet(office: Office, text: str) -> None:
    office.ok("add", "tickets", f"subject={text}")
    rows = list(csv.DictReader(io.StringIO(office.ok("list", "tickets", "--csv").out, newline="")))
    assert rows[0]["subject"] == f"'{text.strip()}"


def test_a_table_on_a_terminal_is_no_wider_than_the_terminal(monkeypatch: pytest.MonkeyPatch, busy: Office) -> None:
    import botui.cli.output as output
    import botui.cli.read as read

    busy.ok("set", "T-1", f"subject={'日本' * 60}")
    for width in (20, 40, 80, 200):
        monkeypatch.setattr(output, "terminal_width", lambda _, width=width: width)
        monkeypatch.setattr(read, "terminal_width", lambda _, width=width: width)
        lines = busy.ok("list", "tickets").out.splitlines()
        assert max(map(cells, lines)) <= width


def test_time_does_its_work_once(busy: Office) -> None:
    busy.ok("do", "T-1", "wait", "waiting_for=date", "until=+1d")
    busy.now += timedelta(days=2)
    assert "T-1" in busy.run("tick").out
    assert busy.run("tick").out == ""
    assert busy.ticket("T-1")["state"] == "open"


def test_reports_come_as_text_csv_and_json(busy: Office) -> None:
    busy.ok("do", "T-1", "resolve")
    for name in ("volume", "deadlines"):
        assert busy.ok("report", name).out.count("\n") > 3
        header, *rows = csv.reader(io.StringIO(busy.ok("report", name, "since=2026-11-01", "--csv").out, newline=""))
        assert len(rows) == len(busy.ok("report", name, "--json").json)
        assert all(len(row) == len(header) for row in rows)
    assert "volume" in busy.refused("report", "nothing")


def test_check_finds_what_the_back_door_left(busy: Office) -> None:
    assert "all in order" in busy.run("check").out
    from botui.storage import open_db

    with open_db(busy.folder / "office.json") as db:
        table = db.table("tickets")
        table.insert({"subject": "", "priority": "P9"})
        table.insert({"subject": "x", "requester": 999})
    result = busy.run("check")
    assert result.code == 3
    assert "T-4" in result.out
    assert "there is no P-999" in result.out


def test_the_head_of_the_chain_changes_with_every_change(busy: Office) -> None:
    before = busy.run("check").out.splitlines()[-1]
    busy.ok("set", "T-1", "subject=Other")
    assert busy.run("check").out.splitlines()[-1] != before


def test_compact_changes_nothing_that_can_be_seen(busy: Office) -> None:
    before = busy.run("list", "tickets", "--json").out, busy.run("history", "T-1", "--json").out
    busy.ok("compact")
    assert (busy.run("list", "tickets", "--json").out, busy.run("history", "T-1", "--json").out) == before


def test_roles_are_set_and_listed_by_their_words(busy: Office) -> None:
    busy.ok("set", "AB", "roles=clerk, finance")
    assert busy.run("show", "AB", "--json").json["roles"] == ["clerk", "finance"]
    assert [one["ref"] for one in busy.run("list", "people", "roles=finance,HR", "--json").json] == ["P-2"]
    busy.refused("set", "AB", "roles=emperor")
