"""What somebody may not see stands nowhere: on no screen, no card, no list to choose from, in no file and no past."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from botui import access, areas, commands
from botui.actions.everywhere import Finder
from botui.data import Desk
from botui.models.base import NotAllowed, Refused
from botui.models.shape import fields_of
from botui.models.tickets import Ticket
from botui.screens.calls import callers, open_lines
from botui.screens.choices import choices
from botui.screens.history import _sections
from botui.screens.office import CardDetails
from botui.screens.rows import KindRows
from botui.screens.tickets import TicketDetails
from botui.storage import Journal, open_db, verify
from tests.command_line import Office
from tests.kiosk import Kiosk
from tests.offices import ADA, ANN, BOB, CLEO, HANNA, MAX, OTTO, Clock, office, ticket

HIDDEN = ("Secret salary", "hush words", "Hidden part", "Merged secret", "Private call", "Closed talk")
"""What stands in records, or inside them, that are not for Cleo."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office in which Cleo asked for a lamp, and all around that is somebody else's."""
    folder = tmp_path_factory.mktemp("everywhere") / "office"
    ann = office(folder, ANN)
    ticket(ann, "Secret salary", codes="HR-77", body="hush words", place=2)
    ticket(ann, "Lamp", requester=CLEO, place=2)
    ticket(ann, "Hidden part", parent=2)
    ticket(ann, "Merged secret")
    ann.do("tickets", 2, "note", {"text": "hush words"})
    ann.do("tickets", 2, "reply", {"text": "The lamp is ordered."})
    ann.do("tickets", 2, "link", {"to": "T-1"})
    ann.do("tickets", 4, "note", {"text": "hush words"})
    ann.do("tickets", 4, "merge", {"into": 2})
    ann.add("calls", {"caller": "Private call", "becomes": "log", "person": ANN})
    ann.add("meetings", {"subject": "Closed talk", "start": "2026-12-01T09:00:00Z", "private": True})
    ann.do("people", CLEO, "remind", {"on": "fri", "note": "hush words"})
    ann.store.close()
    return folder


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    desk = Desk.open(folder, CLEO, "front", Clock())
    yield desk
    desk.store.close()


def clean_of_secrets(text: object) -> str:
    """Check that nothing hidden stands in what is shown, whatever it is made of."""
    shown = repr(text).casefold()
    for words in HIDDEN:
        assert words.casefold() not in shown, shown
    return shown


def test_the_secrets_are_there_for_who_may_see_them(folder: Path) -> None:
    ann = Desk.open(folder, ANN, "front", Clock())
    details = repr([TicketDetails(ann).sections(ann.get("tickets", number)) for number in (1, 2, 4)])
    assert all(words in details for words in HIDDEN[:4])
    assert "Private call" in repr(ann.find("calls", {}))
    ann.store.close()


# --- screens ----------------------------------------------------------------------------------------------------------


def test_an_open_ticket_shows_its_requester_what_was_said_to_them_and_no_more(desk: Desk) -> None:
    details, lamp = TicketDetails(desk), desk.get("tickets", 2)
    shown = clean_of_secrets(details.sections(lamp))
    assert "the lamp is ordered." in shown
    assert "t-1" in shown, "that it is linked is said, not to what"
    clean_of_secrets(details.followed(lamp))
    for number in (1, 3, 4):
        with pytest.raises(NotAllowed):
            details.shown("tickets", number)


def test_the_history_of_an_own_ticket_tells_nothing_of_what_is_inside_it_for_the_desk(desk: Desk) -> None:
    shown = clean_of_secrets(_sections(desk, "tickets", 2, True))
    assert "reply" in shown
    assert "note" not in shown
    with pytest.raises(NotAllowed):
        _sections(desk, "tickets", 1, True)


@pytest.mark.parametrize(("collection", "number"), [("people", ANN), ("places", 2), ("people", CLEO)])
def test_a_card_names_and_counts_what_is_seen_and_nothing_else(desk: Desk, collection: str, number: int) -> None:
    details, record = CardDetails(desk), desk.get(collection, number)
    clean_of_secrets(details.sections(record))
    clean_of_secrets(details.followed(record))
    named = {(name, one) for name, _, numbers in details.naming(record) for one in numbers}
    assert not named & {("tickets", 1), ("tickets", 3), ("tickets", 4), ("calls", 1)}


def test_lists_to_choose_from_have_what_is_seen(desk: Desk) -> None:
    specs = [spec for spec in fields_of(Ticket) if spec.ui.ref]
    for spec in specs:
        clean_of_secrets(choices(desk, spec))
    parents = next(choices(desk, spec) for spec in specs if spec.name == "parent")
    assert [number for _, number in parents] == [2]


def test_who_takes_a_call_learns_of_what_they_see(desk: Desk) -> None:
    assert open_lines(desk, {"person": ANN}) == []
    clean_of_secrets(callers(desk, "ann"))
    assert "open" not in callers(desk, "ann")[0].where
    clean_of_secrets(open_lines(desk, {"person": CLEO}))


def test_rows_and_filter_words_are_made_of_what_is_seen(desk: Desk) -> None:
    from botui.actions.find import matching
    from botui.models.query import parse_query

    for name in ("tickets", "comments", "calls", "meetings", "reminders"):
        kind = areas.kind(name)
        rows = KindRows(desk, kind, desk.numbers(name))
        clean_of_secrets([rows.cells(number) for number in rows.ids()])
        for typed in ("secret", "hush", "hidden", "subject:salary", "requester:ann", "-lamp"):
            assert matching(desk, name, desk.numbers(name), parse_query(typed, {"subject", "requester"})) in ([], [1])


@pytest.mark.parametrize("typed", ["secret", "Secret salary", "HR-77", "T-1", "hush", "hidden part", "closed", "CL-1"])
def test_the_box_that_finds_everything_goes_nowhere_hidden(desk: Desk, typed: str) -> None:
    finder = Finder(desk)
    finder.newest = typed
    clean_of_secrets([(one.collection, one.numbers) for _, found in finder.find(typed) for one in found])
    assert not {
        (one.collection, number)
        for _, found in finder.find(typed)
        for one in found
        for number in one.numbers
        if not desk.sees(one.collection, number)
    }
    assert desk.by_code(typed) == []
    said = finder.private(typed)
    assert "salary" not in said
    assert "T-1" not in said


def test_no_rule_says_what_stands_in_a_record_that_is_not_seen(desk: Desk) -> None:
    tries: list[Callable[[], object]] = [
        *(partial(desk.do, "tickets", number, "reply", {"text": "x"}) for number in (1, 3, 4, 99)),
        *(partial(desk.do, "tickets", number, "remind", {"on": "fri"}) for number in (1, 3)),
        partial(desk.do, "tickets", 2, "merge", {"into": "T-1"}),
        partial(desk.do, "tickets", 2, "link", {"to": "T-3"}),
        partial(desk.do, "tickets", 2, "split", {"subject": "x", "comment": 1}),
        partial(desk.add, "tickets", {"subject": "x", "parent": 1}),
        partial(desk.add, "calls", {"caller": "x", "becomes": "note", "about": 1, "text": "x"}),
        partial(desk.add, "calls", {"person": ANN, "becomes": "note", "text": "x"}),
        partial(desk.look_up, "tickets", "Secret"),
        partial(desk.look_up, "tickets", "HR-77"),
        partial(desk.look_up, "tickets", "T-1"),
        partial(desk.edit, desk.as_system().get("tickets", 1), {"subject": "x"}),
        partial(
            desk.add,
            "meetings",
            {"subject": "Mine", "start": "2026-12-01T09:00:00Z", "attendees": (ANN,)},
        ),
    ]
    for attempt in tries:
        try:
            said = getattr(attempt(), "said", "")
        except (NotAllowed, Refused) as error:
            said = f"{error} {getattr(error, 'fields', '')}"
        clean_of_secrets(said)


def test_a_record_that_is_not_seen_is_named_by_nobody_as_if_it_were_not_there(desk: Desk) -> None:
    before = desk.store.journal.head
    for collection, values in (
        ("tickets", {"subject": "x", "parent": 1}),
        ("calls", {"caller": "x", "becomes": "note", "about": 1, "text": "x"}),
    ):
        with pytest.raises(Refused, match=r"^There is no T-1\.$"):
            desk.add(collection, values)
    with pytest.raises(Refused, match="There is no 'T-1' among tickets"):
        desk.look_up("tickets", "T-1")
    assert desk.store.journal.head == before


def test_a_clerk_links_to_no_private_meeting_and_no_reminder_of_another_as_if_it_were_not_there(tmp_path: Path) -> None:
    bob = office(tmp_path / "office", BOB)
    ticket(bob, "Chair")
    hanna = bob.for_person(HANNA)
    hanna.add("meetings", {"subject": "x", "private": True, "start": bob.clock() + timedelta(days=1), "until": "14:00"})
    hanna.do("meetings", 1, "remind", {"on": bob.context().today})
    for to in ("ME-1", "ME-2", "R-1", "R-2"):
        with pytest.raises(Refused, match=f"^There is no {to}"):
            bob.do("tickets", 1, "link", {"to": to})
    bob.do("tickets", 1, "link", {"to": "P-1"})


async def test_at_the_terminal_nothing_hidden_ever_stands_on_the_glass(folder: Path) -> None:
    async with Kiosk.open(folder, as_="CC", size=(120, 40)) as kiosk:
        for keys in (("1",), ("1", "2"), ("enter",), ("H",), ("escape", "v"), ("escape", "f3", "9", "1"), ("enter",)):
            await kiosk.press(*keys)
            clean_of_secrets(kiosk.glass())
        for code in ("T-1", "HR-77", "T-3", "CL-1", "RM-1"):
            await kiosk.press("escape", "escape", "f3")
            await kiosk.scan(code)
            clean_of_secrets(kiosk.glass())
        await kiosk.press("f3", "1", "q")
        kiosk.says("A report tells of all tickets: ask a clerk for it.")


# --- the command line ----------------------------------------------------------------------------------------------


COMMANDS = [
    *(("list", name, *shape) for name in ("tickets", "comments", "calls") for shape in ((), ("--csv",), ("--json",))),
    ("list", "meetings", "--json"),
    ("list", "tickets", "subject=*"),
    ("list", "tickets", "--view", "all"),
    ("list", "tickets", "--sort", "subject"),
    ("show", "T-1"),
    ("show", "HR-77"),
    ("show", "T-2"),
    ("show", "T-2", "--json"),
    ("show", "P-1", "--json"),
    ("show", "C-1"),
    ("history",),
    ("history", "--json"),
    ("history", "--csv", "--by", "AA"),
    ("history", "T-1"),
    ("history", "T-2", "--json"),
    ("history", "P-1"),
    ("report", "volume"),
    ("desk",),
    ("desk", "--json"),
    ("do", "T-1", "take"),
    ("do", "T-2", "link", "to=T-1"),
    ("set", "T-1", "subject=x"),
    ("labels", "print", "T-1"),
    ("sessions",),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_command_says_anything_hidden(folder: Path, words: tuple[str, ...]) -> None:
    result = Office(folder).run(*words, "--as", "CC")
    clean_of_secrets((result.out, result.err))
    assert result.code in (0, 1)


@pytest.mark.parametrize(
    ("who", "tickets", "report"),
    [("AA", {1, 2, 3, 4}, 0), ("OA", {1, 2, 3, 4}, 0), ("CC", {2}, 1), ("HH", set(), 1), ("AD", set(), 1)],
)
def test_lists_and_reports_hold_what_each_may_see(folder: Path, who: str, tickets: set[int], report: int) -> None:
    at = Office(folder)
    assert {one["id"] for one in at.run("list", "tickets", "--json", "--as", who).json} == tickets
    assert at.run("report", "volume", "--as", who).code == report


# --- refusals -----------------------------------------------------------------------------------------------------


def refusals(folder: Path) -> list[dict[str, Any]]:
    journal = Journal(folder / "office.json", read_only=True)
    found = [entry.header for entry in journal.history() if entry.header.get("do") == "desk.refuse"]
    journal.close()
    return found


def test_a_refusal_is_a_line_without_content_once_a_minute_also_of_a_command_that_only_looks(tmp_path: Path) -> None:
    folder, clock = tmp_path / "office", Clock()
    ann = office(folder, ANN, clock)
    ticket(ann, "Secret salary")
    at = Office(folder, now=clock.now)
    for _ in range(3):
        assert at.run("show", "T-1", "--as", "CC").code == 1
    assert [{**line, "at": ""} for line in refusals(folder)] == [
        {"at": "", "by": CLEO, "on": "front", "do": "desk.refuse", "note": "tickets.read"}
    ]
    at.run("show", "T-1", "--as", "HH")
    clock.forward(seconds=61)
    at.now = clock.now
    at.run("show", "T-1", "--as", "CC")
    at.run("list", "tickets")
    assert [line["by"] for line in refusals(folder)] == [CLEO, HANNA, CLEO]
    assert at.run("list", "people", "--as", "CC").code == 0
    at.reader = ""
    at.run("list", "people")
    assert (refusals(folder)[-1]["by"], refusals(folder)[-1]["note"]) == (None, "people.read")
    assert not verify(folder / "office.json").problems
    assert at.run("check").code == 0


def test_lines_without_content_outlive_compaction_and_hold_up_no_undo(tmp_path: Path) -> None:
    clock = Clock()
    ann = office(tmp_path / "office", ANN, clock)
    ticket(ann, "Lamp")
    with pytest.raises(NotAllowed):
        ann.for_person(CLEO).get("tickets", 1)
    ann.log("desk.miss")
    entry = ann.undoable()
    assert entry is not None
    assert entry.header["do"] == "tickets.add"
    ann.store.journal.compact()
    assert [one["note"] for one in refusals(tmp_path / "office")] == ["tickets.read"]
    assert ann.undo(entry.digest).said.startswith("Undone")
    assert not verify(tmp_path / "office" / "office.json").problems


# --- what no one else knows of ----------------------------------------------------------------------------------------


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> str:
    """A list that is HR's alone, as pay will be: here the canned replies, of which there is one."""
    closed = {
        role: {**row, "replies": access.WORK if role in ("hr", "system") else frozenset[str]()}
        for role, row in access.ROLES.items()
    }
    monkeypatch.setattr(access.table, "ROLES", closed)
    return "replies"


@pytest.mark.parametrize("person", [None, ANN, BOB, CLEO, ADA, MAX, OTTO])
def test_a_list_that_is_somebody_else_s_altogether_is_not_there(
    tmp_path: Path, closed: str, person: int | None
) -> None:
    desk = office(tmp_path / "office", HANNA)
    desk.add(closed, {"title": "Secret salary", "text": "hush words", "topic": 1})
    other = desk.for_person(person)
    for read in (other.numbers, partial(other.find, where={}), other.words, partial(other.history, number=1)):
        with pytest.raises(NotAllowed):
            read(closed)
    for view in areas.kind(closed).views:
        with pytest.raises(NotAllowed):
            other.count(closed, view)
    assert other.title(closed, 1) == other.names(closed)(1) == "CR-1"
    assert other.by_code("CR-1") == []
    finder = Finder(other)
    for typed in ("secret salary", "CR-1", "salary"):
        finder.newest = typed
        assert finder.find(typed) == []
        assert finder.private(typed) == ""
    if person is not None:
        places = clean_of_secrets([one.what for one in commands.lists(other)])
        assert "canned" not in places
        clean_of_secrets(CardDetails(other).sections(other.get("topics", 1)))
        assert "replies" not in repr(CardDetails(other).naming(other.get("topics", 1)))
    at = Office(tmp_path / "office", reader=f"P-{person}" if person else "")
    for words in (("list", closed), ("show", "CR-1"), ("history", "CR-1"), ("history",), ("list", closed, "--csv")):
        result = at.run(*words)
        clean_of_secrets((result.out, result.err))
        assert "CR-1" not in result.out + result.err.replace("There is no CR-1", "")
        assert "changes you may not see" not in result.err or person == CLEO
        assert result.code == (0 if words == ("history",) and person else 1)


async def test_the_menu_of_an_area_leaves_out_what_is_closed(tmp_path: Path, closed: str) -> None:
    desk = office(tmp_path / "office", HANNA)
    desk.add(closed, {"title": "Secret salary", "text": "hush words"})
    async with Kiosk.open(tmp_path / "office", as_="CC") as kiosk:
        await kiosk.press("9")
        kiosk.sees("People", "Places").does_not_see("replies", "Replies")
        rows = [line for line in kiosk.glass().splitlines() if "Settings" in line or "Office" in line]
        assert rows
        await kiosk.press("end", "enter")
        kiosk.does_not_see("private", "may not")
    async with Kiosk.open(tmp_path / "office", as_="HH") as kiosk:
        await kiosk.press("9")
        kiosk.sees("eplies")


# --- lines without records, and the store ---------------------------------------------------------------------------


@pytest.fixture
def lined(tmp_path: Path) -> Desk:
    """An office whose journal has lines without records among the others, one of them the last."""
    ann = office(tmp_path / "office", ANN)
    for number in range(3):
        ticket(ann, f"Lamp {number}")
        ann.log("desk.miss", f"{number}")
    return ann


def test_tinydb_s_own_calls_go_on_after_lines_without_records(lined: Desk) -> None:
    path = lined.store.journal.path
    with open_db(path) as db:
        db.table("places").insert({"name": "Attic"})
    lined.log("desk.miss", "after")
    lined.store.refresh()
    assert [one.name for one in lined.find("places", {})][-1] == "Attic"
    assert not verify(path).problems


def test_a_snapshot_of_another_program_is_adopted_after_lines_without_records(lined: Desk) -> None:
    path = lined.store.journal.path
    lined.store.journal.compact()
    lined.log("desk.miss", "again")
    lined.store.close()
    path.write_bytes(path.read_bytes().replace(b"Lamp 1", b"Door 1"))
    at = Office(path.parent)
    assert at.run("list", "tickets").code == 3
    assert at.run("adopt").code == 0
    assert "Door 1" in at.run("list", "tickets").out
    assert at.run("check").code == 0


@pytest.mark.parametrize("line", [3, 5, 6])
def test_a_damaged_line_without_records_costs_nothing_but_itself(lined: Desk, line: int) -> None:
    path = lined.store.journal.path.with_name("office.json.journal")
    lined.store.close()
    lines = path.read_bytes().splitlines(True)
    place = next(at for at, one in enumerate(lines) if at >= line and b"desk.miss" in one)
    lines[place] = lines[place].replace(b"desk.miss", b"desk.hits")
    path.write_bytes(b"".join(lines))
    at = Office(path.parent)
    assert at.run("check").code == 3
    assert at.run("repair").code == 0
    assert at.run("check").code == 0
    assert [one["subject"] for one in at.run("list", "tickets", "--json").json] == ["Lamp 0", "Lamp 1", "Lamp 2"]
