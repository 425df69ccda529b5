"""The one box: where a text leads in all lists, and what it says of what is private: that it is, and whom to ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.actions.everywhere import Finder, Overtaken
from botui.commands import lists
from botui.data import Desk
from botui.screens.find import EACH, Place, Places
from tests.offices import ADA, ANN, BOB, CLEO, HANNA, OTTO, Clock, lines, office, ticket

ASK = "Something private also fits: ask Bob Baker (ext. 12)."


@pytest.fixture(scope="module")
def ann(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Eight tickets of Cleo's about lamps and one of Bob's alone, with a comment that nobody but the desk sees."""
    ann = office(tmp_path_factory.mktemp("box") / "office", ANN, Clock())
    ada = ann.for_person(ADA)
    ada.edit(ada.get("people", BOB), {"extension": "12"})
    ann.do("people", ANN, "in_out", {"presence": "out"})
    for number in range(EACH + 3):
        ticket(ann, f"Lamp {number}", requester=CLEO, place=2)
    ticket(ann, "Salary of Fred Finance", body="overdraft", requester=BOB, codes="OLD-77")
    ann.do("tickets", 1, "note", {"text": "lampblack"})
    return ann


def _find(desk: Desk, text: str, *, say: bool = False) -> tuple[list[Place], str]:
    places = Places(desk, lists, say=say)
    places.finder.newest = text.strip()
    return places.find(text), places.note


def _what(desk: Desk, text: str, *, say: bool = False) -> list[str]:
    return [one.what for one in _find(desk, text, say=say)[0]]


def test_each_area_says_how_many_fit_and_each_list_how_many_more(ann: Desk) -> None:
    found = _find(ann, "lamp")[0]
    assert [one.what for one in found] == [
        "Lamp 7",
        "Lamp 6",
        "Lamp 5",
        "Lamp 4",
        "Lamp 3",
        "... 3 more tickets",
        "lampblack",
    ]
    assert [one.group for one in found] == ["Tickets 9", *[""] * 6]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("T-9", "Salary of Fred Finance"),
        ("old-77", "Salary of Fred Finance"),
        ("bob ba", "Bob Baker"),
        ("requester:bob", "Salary of Fred Finance"),
        ("room 1", "Room 1"),
        ("state:new lamp 3", "Lamp 3"),
        ("nobody has", "Tickets > Nobody has"),
        ("zz top", None),
    ],
)
def test_numbers_codes_words_names_and_fields_lead_somewhere(ann: Desk, text: str, first: str | None) -> None:
    assert next(iter(_what(ann, text)), None) == first


def test_a_colon_that_is_no_field_of_any_list_is_part_of_a_word(ann: Desk) -> None:
    assert _what(ann, "10:30") == []
    assert _what(ann, "odd:lamp") == []


def test_a_sentence_goes_first_where_one_is_asked_for_and_last_where_one_looks_for_things(ann: Desk) -> None:
    said = "subject Lamp, place Room 1"
    assert _what(ann, "Lamp room 1", say=True)[0] == said
    found = _what(ann, "Lamp room 1")
    assert found[0].startswith("Lamp")
    assert found[-1] == said
    assert _what(ann, "no such thing", say=True) == ["subject no such thing"]
    assert _what(ann, "no such thing") == []
    assert _what(ann, "T-9", say=True)[0] == "Salary of Fred Finance", "a code is a code"


def test_one_finds_ones_own_and_no_others(ann: Desk) -> None:
    cleo = ann.for_person(CLEO)
    assert "... 3 more tickets" in _what(cleo, "lamp")
    assert "lampblack" not in _what(cleo, "lamp"), "a note is the desk's"
    for text in ("salary", "T-9", "OLD-77", "overdraft", "requester:bob", "fred"):
        assert "Salary of Fred Finance" not in _what(cleo, text)


@pytest.mark.parametrize("text", ["T-9", "t9", "OLD-77", "salary", "fred FINANCE salary", "Salary of Fred Finance"])
def test_who_knows_of_something_private_is_told_whom_to_ask(ann: Desk, text: str) -> None:
    assert _find(ann.for_person(CLEO), text)[1] == ASK


@pytest.mark.parametrize(
    "text",
    [
        "salar",
        "overdraft",
        "salary x",
        "bob",
        "T-99",
        "OLD-7",
        "requester:bob",
        "of",
        "-lamp",
        "lampblack",
        "T-1",
        "lamp",
        "",
    ],
)
def test_a_search_is_no_way_to_read_what_is_private(ann: Desk, text: str) -> None:
    assert _find(ann.for_person(CLEO), text)[1] == ""


@pytest.mark.parametrize("person", [ANN, BOB, OTTO, None])
def test_nothing_is_private_to_who_may_read_it_and_a_guest_is_told_nothing(ann: Desk, person: int | None) -> None:
    assert _find(ann.for_person(person), "salary")[1] == ""


@pytest.mark.parametrize("text", ["T-9", "T-99", "OLD-77", "Bob Baker", "zz"])
def test_a_guest_learns_nothing_by_typing(ann: Desk, text: str) -> None:
    (found,), note = _find(ann.for_person(None), text, say=True)
    assert (found.what, found.where, found.group, note) == (text, "sign in", "", "")


def test_what_is_overtaken_by_a_newer_text_is_given_up(ann: Desk) -> None:
    finder = Finder(ann)
    finder.newest = "lamps"
    with pytest.raises(Overtaken):
        finder.find("lamp")
    places = Places(ann, lists)
    places.finder.newest = "lamps"
    assert places.find("lamp") == []


HOSTILE = [
    "[/x][@click=app.quit]",
    "\x1b[2J\x07",
    "\u202e",
    '"',
    "-",
    ":",
    "a:b:c",
    "x" * 5_000,
    "*",
    "(?",
    "T-999999999999",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_finds_nothing_and_harms_nothing(ann: Desk, text: str) -> None:
    for person in (ANN, CLEO, None):
        _find(ann.for_person(person), text, say=True)


@settings(max_examples=60)
@given(text=st.text(max_size=40))
def test_no_text_raises_or_files_anything(ann: Desk, text: str) -> None:
    before = lines(ann)
    for person in (ANN, CLEO, None):
        _find(ann.for_person(person), text, say=True)
    assert lines(ann) == before


def test_who_keeps_nothing_for_others_is_not_asked_for(ann: Desk, tmp_path: Path) -> None:
    desk = office(tmp_path / "office", ANN, Clock())
    desk.do("people", ANN, "remind", {"on": "+3d", "note": "surprise party"})
    assert _find(desk.for_person(CLEO), "surprise party")[1] == ""
    assert _find(desk.for_person(CLEO), "RM-1")[1] == ""


@pytest.mark.parametrize("text", ["Mira Sand", "CD-1", "Noise in the kitchen", "CS-1"])
def test_nobody_learns_that_somebody_applied_or_that_there_is_a_case(ann: Desk, text: str) -> None:
    hanna = ann.for_person(HANNA)
    if not hanna.numbers("cases"):
        hanna.add("openings", {"title": "Clerk"})
        hanna.add("candidates", {"name": "Mira Sand", "opening": 1})
        hanna.add("cases", {"subject": "Noise in the kitchen", "sort": "grievance"})
    assert _find(hanna, text)[0]
    assert [_find(ann.for_person(one), text) for one in (ANN, CLEO, OTTO)] == [([], "")] * 3
