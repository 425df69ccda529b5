"""The office board: what it tells to whoever walks past, and what it keeps to itself."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

from botui.access import table
from botui.actions import guests
from botui.actions.board import Board, Phone, Running, board, on_phone_list
from botui.data import Desk
from botui.models.base import NotAllowed
from botui.models.office import Presence
from botui.screens.board import board_lines
from tests.offices import ADA, ANN, BOB, CLEO, FRED, MONDAY, OTTO, Clock, office


@pytest.fixture
def ann(tmp_path: Path, clock: Clock) -> Desk:
    return office(tmp_path / "office", ANN, clock)


def _message(desk: Desk, person: int, text: str = "x") -> None:
    guests.leave_message(desk.for_person(None), person, {"text": text, "who": "Eve"})


def test_who_is_out_and_when_they_are_back(ann: Desk) -> None:
    ann.do("people", CLEO, "in_out", {"presence": "out", "back_at": "14:30"})
    found = {one.number: one for one in board(ann.for_person(None)).people}
    assert (found[CLEO].presence, found[CLEO].back) == (Presence.OUT, "14:30")
    assert (found[BOB].presence, found[BOB].back) == (Presence.IN, "")
    assert 4 not in found, "who left is not on it"


def test_messages_are_counted_until_seen_and_not_told_of_who_is_against_it(ann: Desk) -> None:
    for person in (ANN, ANN, BOB, CLEO):
        _message(ann, person)
    assert board(ann).messages == (("AA", 2), ("BB", 1), ("CC", 1))
    ann.do("tickets", 1, "acknowledge")
    ada = ann.for_person(ADA)
    ada.edit(ada.get("people", CLEO), {"on_board": False})
    assert board(ann).messages == (("AA", 1), ("BB", 1))


def test_parcels_are_counted_for_whom_they_are_until_they_are_fetched(ann: Desk) -> None:
    for person in (ANN, CLEO, CLEO):
        ann.add("parcels", {"person": person, "sender": "Secret shop", "shelf": "B2"})
    ann.add("parcels", {"person": BOB, "direction": "out"})
    found = board(ann.for_person(None))
    assert found.parcels == (("AA", 1), ("CC", 2))
    assert "Secret shop" not in repr(found)
    assert "  Parcels for    AA 1, CC 2" in board_lines(found, 80, 9)
    ann.do("parcels", 1, "hand_out")
    ada = ann.for_person(ADA)
    ada.edit(ada.get("people", CLEO), {"on_board": False})
    assert board(ann).parcels == ()


def test_of_a_private_meeting_only_the_room_and_the_time(ann: Desk, clock: Clock) -> None:
    hour = {"start": MONDAY - timedelta(minutes=30), "end": MONDAY + timedelta(minutes=30)}
    ann.add("meetings", {"subject": "Pay cuts", "private": True, "place": 2, "attendees": (BOB,), **hour})
    ann.add("meetings", {"subject": "Stand-up", "attendees": (CLEO,), **hour})
    ann.add("meetings", {"subject": "Very private", "private": True, "attendees": (FRED,), **hour})
    for person in (None, BOB, OTTO):
        shown = board(ann.for_person(person)).meetings
        assert shown == (Running("in use", "Room 1", "10:30"), Running("Stand-up", "", "10:30"))
    clock.forward(hours=1)
    assert board(ann).meetings == ()


def test_nothing_else_of_a_person_is_on_it(ann: Desk) -> None:
    ada = ann.for_person(ADA)
    ada.edit(ada.get("people", CLEO), {"mobile": "0170 1", "email": "c@x", "codes": "BADGE", "job": "spy"})
    shown = repr(board(ann.for_person(None)))
    assert not [word for word in ("0170 1", "c@x", "BADGE", "spy", "staff") if word in shown]
    assert {one.name for one in fields(Phone)} == {"number", "name", "initials", "extension", "presence", "back"}


def test_it_is_refused_where_the_table_does_not_allow_it(ann: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    less = {**table.ROLES["guest"], "people": frozenset[str]()}
    monkeypatch.setattr(table, "ROLES", {**table.ROLES, "guest": less})
    with pytest.raises(NotAllowed, match="Say who you are first"):
        board(ann.for_person(None))
    assert board(ann).people


ZOE = Phone(1, "Zo\u00eb [b]Bold[/b]", "ZB", "201", Presence.AWAY, "Fri 27 Nov 09:00")


@pytest.mark.parametrize(
    ("typed", "fits"),
    [("", True), ("zoe", True), ("zb", True), ("20", True), ("zo 201", True), ("oe", False), ("x", False)],
)
def test_the_phone_list_is_searched_by_name_initials_and_number(typed: str, fits: bool) -> None:
    assert on_phone_list(ZOE, typed.split()) is fits


def test_the_lines_of_the_board() -> None:
    inn = Phone(2, "Bob", "BB", "", Presence.IN, "")
    found = Board((ZOE, inn), (("ZB", 2),), (Running("in use", "Room 1", "15:00"), Running("Talk", "", "16:00")))
    assert board_lines(found, 80, 9) == [
        "  In             1 of 2; p lists all with their numbers",
        "  Away, back at  Zo\u00eb [b]Bold[/b] (Fri 27 Nov 09:00)",
        "  Messages for   ZB 2",
        "  Meetings now   Room 1 in use, until 15:00; Talk, until 16:00",
    ]


@pytest.mark.parametrize("width", [0, 1, 20, 80])
@pytest.mark.parametrize("height", [0, 1, 3, 6])
def test_the_board_takes_no_more_room_than_there_is(width: int, height: int) -> None:
    found = Board((ZOE,) * 50, (("ZB", 2),) * 60, (Running("\x1b[2J", "R\u202e", "15:00"),) * 20)
    lines = board_lines(found, width, height)
    assert len(lines) <= height
    assert not any("\x1b" in line or "\u202e" in line for line in lines)
