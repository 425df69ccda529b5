"""A list that is handed out or taken back: what it keeps as a draft, what cannot be booked, and its slip."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.actions import handing
from botui.actions.handing import Hands, Piece
from botui.data import Desk
from botui.models.base import Change, NotAllowed, Refused, cells, clean
from botui.models.equipment.asset import Asset, Category
from botui.models.equipment.loan import Condition
from botui.models.equipment.slip import WIDTH, slip_text
from tests.command_line import Office as CommandLine
from tests.offices import ANN, BOB, CLEO, Clock, office
from tests.test_text import HOSTILE

DRILL, LAPTOP, KEY = 1, 2, 3


@pytest.fixture
def desk(folder: Path, clock: Clock) -> Desk:
    found = office(folder, ANN, clock)
    change = Change("assets.begin").add(Category(id=1, name="Door keys", confirm=True))
    change.add(Asset(id=DRILL, tag="EQ1", name="Drill", home=2, place=2))
    change.add(Asset(id=LAPTOP, tag="EQ2", name="Laptop", serial="PF-1", home=2, place=2))
    change.add(Asset(id=KEY, tag="EQ3", name="Key", category=1, home=2, place=2))
    found.as_system().apply(lambda _: change)
    return found


def to(person: int, *assets: int, **more: Any) -> Hands:
    return Hands(to=("people", person), pieces=tuple(Piece(one) for one in assets), **more)


_PIECES = st.lists(
    st.builds(Piece, st.integers(1, 99), st.sampled_from(Condition), st.text(max_size=20).map(clean)),
    unique_by=lambda one: one.asset,
    max_size=5,
)
_HANDS = st.builds(
    Hands,
    back=st.booleans(),
    to=st.none() | st.tuples(st.sampled_from(handing.RECEIVERS), st.integers(1, 99)),
    place=st.none() | st.integers(1, 99),
    due=st.none() | st.dates(),
    note=st.text(max_size=20).map(clean),
    pieces=_PIECES.map(tuple),
)


@given(_HANDS)
def test_a_draft_holds_all_of_a_list(hands: Hands) -> None:
    assert Hands.of_texts(hands.texts()) == hands


@given(st.dictionaries(st.sampled_from(["back", "to", "place", "due", "note", "pieces"]), st.text(max_size=30)))
def test_a_draft_that_cannot_be_read_is_left_out_and_never_fails(texts: dict[str, str]) -> None:
    assert isinstance(Hands.of_texts(texts), Hands)


def test_what_cannot_be_handed_out_says_why_and_is_not_in_the_change(desk: Desk) -> None:
    desk.do("assets", LAPTOP, "hand_out", {"to": "CC"})
    booked = handing.book(desk, to(BOB, DRILL, LAPTOP))
    assert booked.done is not None
    assert booked.done.said == "Drill (EQ1) is handed out to Bob Baker."
    assert [one.asset for one in booked.left.pieces] == [LAPTOP]
    assert booked.left.pieces[0].why.startswith("Cleo Cole has it")
    assert [desk.get("assets", one).holder for one in (DRILL, LAPTOP)] == [BOB, CLEO]
    assert handing.book(desk, booked.left).done is None


def test_what_needs_the_receiver_s_pin_is_not_handed_out_without_it(desk: Desk, clock: Clock) -> None:
    assert handing.asks_pin(desk, to(BOB, DRILL)) is None
    assert handing.asks_pin(desk, to(BOB, DRILL, KEY)) == BOB
    for person in (None, desk.for_person(BOB), desk.for_person(CLEO, confirmed=True)):
        with pytest.raises(Refused, match="gives their PIN"):
            handing.book(desk, to(BOB, DRILL, KEY), person)
    proved = desk.for_person(BOB, confirmed=True)
    clock.forward(minutes=2)
    with pytest.raises(Refused, match="gives their PIN"):
        handing.book(desk, to(BOB, KEY), proved)
    booked = handing.book(desk, to(BOB, KEY), desk.for_person(BOB, confirmed=True))
    assert desk.get("loans", booked.loans[0]).confirmed_at == clock.now
    place = Hands(to=("places", 2), pieces=(Piece(DRILL),))
    assert handing.asks_pin(desk, place) is None


def test_nothing_is_part_of_itself(desk: Desk) -> None:
    handing.book(desk, Hands(to=("assets", DRILL), pieces=(Piece(LAPTOP),)))
    found = handing.checked(desk, Hands(to=("assets", LAPTOP), pieces=(Piece(DRILL), Piece(LAPTOP))))
    assert [bool(one.why) for one in found.pieces] == [True, True]


def test_what_comes_back_in_several_conditions_is_one_change(desk: Desk) -> None:
    handing.book(desk, to(BOB, DRILL, LAPTOP, due=date(2026, 11, 30)))
    pieces = (Piece(DRILL), Piece(LAPTOP, Condition.MAJOR, "screen is broken"), Piece(KEY))
    booked = handing.book(desk, Hands(back=True, pieces=pieces, place=1))
    assert [one.asset for one in booked.left.pieces] == [KEY]
    assert [desk.get("assets", one).place for one in (DRILL, LAPTOP)] == [1, 1]
    assert desk.get("loans", 2).fault == 1
    slip = slip_text(desk.context(), [desk.get("loans", one) for one in booked.loans])
    assert "RETURN SLIP  2026-11-23 10:00" in slip
    assert "major damage" in slip
    assert "(screen is broken)" in slip


def test_who_may_not_hand_out_does_not(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        handing.book(desk.for_person(CLEO), to(CLEO, DRILL))


@pytest.mark.parametrize("nothing", [Hands(), Hands(pieces=(Piece(DRILL),)), Hands(back=True)])
def test_a_list_without_things_or_somebody_who_gets_them_is_refused(desk: Desk, nothing: Hands) -> None:
    with pytest.raises(Refused):
        handing.book(desk, nothing)


@pytest.mark.parametrize("gone", ["people", "places", "assets"])
def test_nothing_is_handed_out_to_what_is_gone(desk: Desk, gone: str) -> None:
    with pytest.raises(Refused, match="There is no"):
        handing.scanned(desk, Hands(), gone, 99) if gone != "assets" else handing.aimed(desk, Hands(to=(gone, 99)))


# --- the slip ---------------------------------------------------------------------------------------------------------


def test_a_slip_has_what_is_signed_a_sheet_for_each_who_got_something(desk: Desk) -> None:
    loans = handing.book(desk, to(BOB, DRILL, LAPTOP, due=date(2026, 11, 30), note="for the fair")).loans
    loans += handing.book(desk, Hands(to=("places", 2), pieces=(Piece(KEY),))).loans
    slip = slip_text(desk.context(), [desk.get("loans", one) for one in loans])
    assert slip.count("HAND-OVER SLIP") == 2
    assert "Handed out by   Ann Archer" in slip
    assert "To              Bob Baker" in slip
    assert "To              Room 1" in slip
    assert "2   EQ2          Laptop                 PF-1              2026-11-30" in slip
    assert "(for the fair)" in slip
    assert "2 things. In good condition unless noted." in slip


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_breaks_the_lines_of_a_slip(desk: Desk, name: str) -> None:
    desk.edit(desk.get("assets", DRILL), {"name": f"x{name}"[:80], "serial": f"x{name}"[:60]})
    desk.as_system().edit(desk.as_system().get("people", BOB), {"name": f"x{name}"[:80]})
    loans = handing.book(desk, to(BOB, DRILL, note=f"x{name}"[:200])).loans
    lines = slip_text(desk.context(), [desk.get("loans", one) for one in loans]).splitlines()
    assert max(map(cells, lines)) <= WIDTH
    assert not any(sign in line for line in lines for sign in "\x1b\x07\u202e")


def test_a_slip_is_printed_by_the_references_of_hand_outs_or_assets(desk: Desk, folder: Path) -> None:
    handing.book(desk, to(BOB, DRILL))
    line = CommandLine(folder, reader="")
    for ref in ("LO-1", "A-1", "EQ1"):
        assert "HAND-OVER SLIP" in line.run("slip", ref, "--as", "AA").out
    assert "was never handed out" in line.run("slip", "A-2", "--as", "AA").err
    assert "is no hand-out" in line.run("slip", "PL-1", "--as", "AA").err
