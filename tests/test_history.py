"""The past in words: of one record, and of one person or some days; on the screen and on the command line."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from botui import access, areas
from botui.actions.past import heading, rows
from botui.data import Desk
from botui.models.base import Change, NotAllowed
from botui.storage import Entry, Journal
from botui.storage.format import decode_line
from tests.command_line import Office
from tests.kiosk import Kiosk
from tests.offices import ANN, BOB, CLEO, Clock, lines, office

HOSTILE = ["[b]x[/b]", "\x1b]0;owned\x07\x1b[2J", "\u202eesrever\u2066", "a\nb\tc", "y" * 80, "日本", "=1+1"]


def told(
    desk: Desk, collection: str = "tickets", number: int = 1, **how: bool
) -> list[tuple[str, list[tuple[str, str]]]]:
    kind = areas.kind(collection)
    return [(heading(desk, one), rows(desk, kind, one, **how)) for one in desk.history(collection, number)]


@pytest.fixture
def past(ann: Desk, folder: Path) -> Office:
    """The command line on an office with a past over three days, two of them in a closed journal."""
    clock = ann.clock
    assert isinstance(clock, Clock)
    ann.do("tickets", 1, "take")
    clock.forward(days=1)
    ann.for_person(BOB).do("tickets", 1, "note", {"text": "secret words"})
    ann.store.journal.compact()
    clock.forward(days=1)
    ann.for_person(BOB).add("places", {"name": "Attic"})
    ann.as_system().apply(lambda ctx: Change("places.edit").set(ann.get("places", 1), name="Home"))
    return Office(folder, now=clock.now)


# --- one record -------------------------------------------------------------------------------------------------------


def test_values_are_told_in_the_words_of_the_office(ann: Desk) -> None:
    ann.do("tickets", 1, "wait", {"waiting_for": "requester", "until": "fri"})
    head, changed = told(ann)[-1]
    assert head == "2026-11-23 10:00  Ann Archer: Wait  (at front)"
    assert ("State", "new -> waiting") in changed
    assert ("Who has it", "Ann Archer") in changed
    assert dict(changed)["Until"].startswith("2026-11-27 ")
    assert not [label for label, _ in changed if "_" in label], "nothing of the program's own"


def test_what_was_emptied_and_what_came_to_a_list_is_told(ann: Desk) -> None:
    ann.edit(ann.get("tickets", 1), {"tags": ("a", "b"), "place": 2})
    ann.edit(ann.get("tickets", 1), {"tags": ("b", "c"), "place": None})
    assert told(ann)[-1][1] == [("Place", "Room 1 -> nothing"), ("Tags", "without a; with c")]


def test_of_a_long_text_what_changed_is_shown_and_on_request_all_of_it(ann: Desk) -> None:
    before = "It began well. " * 20
    ann.edit(ann.get("tickets", 1), {"body": f"{before}The lamp is dark. {before}"})
    (_, ((_, first),)) = told(ann)[-1]
    assert len(first) < 80
    assert " ... " in first
    ann.edit(ann.get("tickets", 1), {"body": f"{before}The lamp is bright. {before}"})
    assert told(ann)[-1][1] == [
        ("What it is about", "...The lamp is dark. It began w... -> ...The lamp is bright. It began w...")
    ]
    (_, ((_, whole),)) = told(ann, whole=True)[-1]
    assert len(whole) > 1000


def test_a_note_is_in_the_history_of_its_ticket_but_not_its_words(ann: Desk) -> None:
    ann.do("tickets", 1, "note", {"text": "secret words"})
    head, changed = told(ann)[-1]
    assert head.endswith("Ann Archer: Note  (at front)")
    assert changed == [("C-1", "comment added")]
    entry = ann.undoable()
    assert entry is not None
    ann.undo(entry.digest)
    assert told(ann)[-1] == ("2026-11-23 10:00  Ann Archer: Undo  (at front)", [("C-1", "comment removed")])
    assert told(ann, "comments", 1)[-1][1][0] == ("Ticket", "Printer is out of ink -> nothing")


def test_what_went_with_a_record_is_told_as_what_came_with_it_was(ann: Desk) -> None:
    ann.add("tickets", {"subject": "Old lamp"})
    came = [label for label, _ in told(ann, "tickets", 2)[-1][1]]
    entry = ann.undoable()
    assert entry is not None
    ann.undo(entry.digest)
    went = told(ann, "tickets", 2)[-1][1]
    assert [label for label, _ in went] == came, "no field that was never filled in"
    assert ("Subject", "Old lamp -> nothing") in went


def test_who_may_not_look_at_a_note_does_not_learn_of_it(ann: Desk) -> None:
    ann.add("tickets", {"subject": "Lamp", "requester": CLEO})
    ann.do("tickets", 2, "note", {"text": "secret words"})
    ann.do("tickets", 2, "reply", {"text": "It is ordered."})
    assert [deed.partition(": ")[2] for deed, _ in told(ann, number=2)] == [
        "New  (at front)",
        "Note  (at front)",
        "Reply  (at front)",
    ]
    told_cleo = told(ann.for_person(CLEO), number=2)
    assert [deed.partition(": ")[2] for deed, _ in told_cleo] == ["New  (at front)", "Reply  (at front)"]
    with pytest.raises(NotAllowed):
        told(ann.for_person(CLEO))
    with pytest.raises(NotAllowed, match="Say who you are first"):
        told(ann.for_person(None), "places")


def test_a_record_that_was_cleared_away_by_another_program_has_that_in_its_past(ann: Desk) -> None:
    from botui.storage import open_db

    ann.add("parties", {"name": "Nordic Paper", "kind": "supplier"})
    with open_db(ann.store.journal.path) as db:
        db.table("parties").truncate()
    ann.store.refresh()
    head, changed = told(ann, "parties")[-1]
    assert "botui: Change" in head
    assert ("Name", "Nordic Paper -> nothing") in changed


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_of_the_past_are_words(folder: Path, clock: Clock, text: str) -> None:
    desk = Desk(office(folder, ANN, clock).store, ANN, text, clock)

    def change(ctx: Any) -> Change:
        return Change("places.edit", note=text).set(desk.get("places", 1), name=text.replace("\n", " "))

    desk.apply(change)
    desk.edit(desk.get("places", 1), {"name": "Home"})
    for head, changed in told(desk, "places", 1):
        assert head.isprintable()
        assert all(part.isprintable() for row in changed for part in row)
        assert "\u202e" not in head


# --- the screen -------------------------------------------------------------------------------------------------------


async def test_the_page_of_a_history_is_newest_first_goes_on_and_shows_long_texts_whole(
    ann: Desk, folder: Path
) -> None:
    long = "Begin " + "middle " * 40 + "end"
    ann.edit(ann.get("tickets", 1), {"body": long})
    async with Kiosk.open(folder, as_="AA") as kiosk:
        kiosk.app.open_record("tickets", 1)
        await kiosk.press("H")
        kiosk.sees("History of T-1  Printer is out of ink", "Ann Archer: Edit", "Begin middle", "... middle end")
        glass = kiosk.glass()
        assert glass.index(": Edit") < glass.index(": New")
        await kiosk.press("enter")
        kiosk.does_not_see(" ... ").sees("Enter=Only what changed")
        await kiosk.press("enter")
        kiosk.sees(" ... ")
        kiosk.desk.do("tickets", 1, "take")
        await kiosk.press("f5")
        await kiosk.until(lambda: "Ann Archer: Take" in kiosk.glass())
        await kiosk.press("escape")
        kiosk.does_not_see("History of")


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_words_of_the_past_do_no_harm_on_the_glass(folder: Path, clock: Clock, text: str) -> None:
    desk = Desk(office(folder, ANN, clock).store, ANN, text, clock)
    desk.apply(lambda ctx: Change("places.edit", note=text).set(desk.get("places", 1), name="Home"))
    async with Kiosk.open(folder, as_="AA") as kiosk:
        kiosk.app.open_record("places", 1)
        await kiosk.press("H", "enter")
        kiosk.sees("History of PL-1", "House -> Home")


# --- the command line -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (("--by", "BB"), ["T-1  Note: C-1 comment added", "PL-3  New"]),
        (("--by", "ann", "--since", "mon"), ["T-1  New", "T-1  Take"]),
        (("--by", "system", "--since", "today"), ["PL-1  Edit: Name House -> Home"]),
        (("--by", "botui", "--since", "today"), ["PL-1  Edit: Name House -> Home"]),
        (("--since", "-1w", "--until", "2026-11-24", "--by", "P-2"), ["T-1  Note: C-1 comment added"]),
        (("--since=yesterday", "--limit", "1"), ["PL-1  Edit"]),
        (("--until", "2026-11-22"), []),
        (("T-1", "--by", "BB"), ["Bob Baker: Note"]),
        (("T-1", "--since", "today"), []),
    ],
)
def test_the_past_of_a_person_and_of_days_over_all_journals(
    past: Office, words: tuple[str, ...], seen: list[str]
) -> None:
    result = past.run("history", *words)
    assert (result.code, result.err) == (0, "")
    found = [line for line in result.out.splitlines() if not line.startswith(" ")]
    assert len(found) == len(seen), result.out
    assert all(part in line for part, line in zip(seen, found, strict=True)), result.out
    assert "secret words" not in result.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--by", "nobody there"), "There is no 'nobody there' among people."),
        (("--since", "2026-13-01"), "There is no month 13."),
        (("--since", "0001-01-01"), "The year 1 is not between 1900 and 2199."),
        (("--since", "today", "--until", "yesterday"), "The last day is before the first."),
        (("T-99",), "There is no T-99."),
        (("Z-1",), "neither a code of a record nor a reference"),
    ],
)
def test_what_cannot_be_looked_up_is_said(past: Office, words: tuple[str, ...], said: str) -> None:
    result = past.run("history", *words)
    assert said in result.err
    assert (result.code, result.out) == (1, "")


def test_json_and_csv_say_the_same_as_each_other(past: Office) -> None:
    events = past.run("history", "--since", "-1m", "--json").json
    table = list(csv.DictReader(io.StringIO(past.run("history", "--since", "-1m", "--csv").out, newline="")))
    assert [(one["ref"], one["digest"]) for one in events] == [(row["ref"], row["digest"]) for row in table]
    names = {"at", "by", "for", "terminal", "action", "note", "changes", "digest", "id", "ref"}
    assert all(set(one) == names for one in events)
    of_one = past.run("history", "T-1", "--json").json
    assert of_one == [one for one in events if one["ref"] == "T-1"]
    assert past.run("history", "--until", "2020-01-01", "--json").json == []


def test_what_may_not_be_seen_is_counted_and_no_more(past: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    half = {"*": access.READ, "places": access.SEE}
    monkeypatch.setattr(access.table, "ROLES", {**access.ROLES, "clerk": half, "staff": half})
    result = past.run("history", "--since", "today")
    assert (result.out, result.err) == ("", "2 changes you may not see.\n")
    assert json.loads(past.run("history", "--since", "today", "--json").out) == []
    assert past.run("history", "PL-1").code == 1


def test_what_is_in_a_list_that_is_closed_to_somebody_is_not_even_counted(
    past: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = {"*": access.READ, "places": frozenset[str]()}
    monkeypatch.setattr(access.table, "ROLES", {**access.ROLES, "clerk": closed, "staff": closed})
    for shape in ((), ("--csv",), ("--json",)):
        result = past.run("history", "--since", "today", *shape)
        assert "PL-" not in result.out
        assert "Attic" not in result.out
        assert result.err == ""


def test_what_was_refused_is_told_in_words_to_who_looks_after_the_office_and_to_nobody_else(
    past: Office, ann: Desk
) -> None:
    ann.store.refresh()
    cleo = ann.for_person(CLEO)
    with pytest.raises(NotAllowed):
        cleo.do("tickets", 1, "merge", {"into": 1})
    for who in ("AA", "CC", "HH"):
        assert "efused" not in past.run("history", "--since", "today", "--as", who).out
    for who in ("AD", "OA"):
        said = past.run("history", "--since", "today", "--as", who).out
        assert "Cleo Cole  front  Refused: tickets.merge\n" in said
    table = past.run("history", "--since", "today", "--as", "OA", "--csv").out.splitlines()
    assert table[-1].split(",")[1:-1] == [
        "Cleo Cole",
        "",
        "front",
        "",
        "desk.refuse",
        "tickets.merge",
        "Refused: tickets.merge",
    ]
    line = past.run("history", "--since", "today", "--as", "OA", "--json").json[-1]
    assert (line["action"], line["note"], line["ref"], line["changes"]) == ("desk.refuse", "tickets.merge", None, [])


def test_of_what_is_gone_only_those_learn_who_may_look_at_all(past: Office, ann: Desk) -> None:
    ann.store.refresh()
    ann.add("tickets", {"subject": "Short secret", "requester": CLEO})
    ann.undo(ann.undoable().digest)  # type: ignore[union-attr]
    assert "Short secret" in past.run("history", "T-2", "--as", "AA").out
    result = past.run("history", "T-2", "--as", "CC")
    assert (result.code, result.out, result.err) == (1, "", "botui: There is no T-2.\n")
    result = past.run("history", "--as", "CC")
    assert "secret" not in result.out.lower()
    assert "T-1" not in result.out
    assert "changes you may not see" in result.err


def test_the_history_of_what_is_gone_is_there(past: Office, ann: Desk) -> None:
    ann.store.refresh()
    ann.apply(lambda ctx: Change("places.remove").remove(ann.get("places", 3)))
    said = past.run("history", "PL-3").out
    assert "Bob Baker: New" in said
    assert "Name: Attic -> nothing" in said


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("shape", ["", "--csv", "--json"])
def test_hostile_words_of_the_past_are_words_on_the_command_line(
    folder: Path, clock: Clock, text: str, shape: str
) -> None:
    desk = Desk(office(folder, ANN, clock).store, ANN, text, clock)
    desk.apply(lambda ctx: Change("places.edit", note=text).set(desk.get("places", 1), name="Home"))
    result = Office(folder, now=clock.now).run("history", "--since", "today", "--by", "AA", *filter(None, [shape]))
    assert result.code == 0
    assert all(line.isprintable() for line in result.out.splitlines()) or shape == "--json"
    assert "\x1b" not in result.out
    assert not result.out.startswith("=")
    if shape == "--json":
        (told,) = result.json
        assert told["note"] == text


def test_a_stretch_of_the_past_is_read_from_where_it_begins(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of four hundred lines before, few are looked at: the rest of the file is not the command's business."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    journal = Journal(folder / "office.json", clock=lambda: now)
    for number in range(1, 401):
        now += timedelta(minutes=1)
        with journal.transaction(by=1) as tx:
            tx.put("places", number, {"name": "x"})
    looked: list[int] = []

    def decode(line: bytes, before: str | None) -> Entry:
        looked.append(1)
        return decode_line(line, before)

    monkeypatch.setattr("botui.storage.history.decode_line", decode)
    since = (now - timedelta(minutes=4)).isoformat().replace("+00:00", "")
    assert len(list(journal.between(since))) == 5
    assert len(looked) < 30


def test_a_past_of_many_is_one_line(ann: Desk, folder: Path) -> None:
    def all_places(ctx: Any) -> Change:
        change = Change("places.import", note="places.csv")
        for number in (1, 2):
            change.set(ann.get("places", number), name=f"Place {number}")
        return change

    ann.apply(all_places)
    said = Office(folder, now=ann.clock()).run("history", "--since", "today", "--limit", "1").out
    assert said == "2026-11-23 10:00  Ann Archer  front  PL-1 and 1 more  Import: Name House -> Place 1\n"
    assert lines(ann) == 3
