"""Taking by scan, as rules: what a scan means, what is booked as one change, what stays and why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.actions.basket import Basket, Pick, book, items_of, listed, scanned, why_no_badge, worth
from botui.actions.signin import PIN, PIN_OR_SCAN, SignIn
from botui.data import Desk
from botui.models.base import Change, NotAllowed, PinNeeded, Refused
from botui.models.supplies import Item, Level, Movement, Why
from botui.models.supplies.item import QUANTITY_MAX
from botui.models.supplies.ledger import Ledger, Posting
from botui.screens.supplies_items import lasts, tells
from tests.kiosk import give_pins
from tests.offices import ANN, BOB, CLEO, DAN, OTTO, Clock, lines, office, ticket

PEN, PAD, CUP = 1, 2, 3
STORE = 1
HOSTILE = "[/x]\x1b[2J pen \u202e\U0001f58a"


def store_room(desk: Desk) -> None:
    """Put three items into an office, with 10, 2 and none of them in its store room."""
    system = desk.as_system()
    for values in (
        {"name": "Pen, blue", "codes": ("4006381333931", "PENBOX"), "place": STORE, "price": Decimal("0.25")},
        {"name": "Pad", "codes": ("PAD-CODE",), "place": STORE, "quick_take": 2},
        {"name": HOSTILE, "codes": ("CUPCUP",), "place": STORE},
    ):
        system.add("items", values)
    put(desk, PEN, 10)
    put(desk, PAD, 2)


def put(desk: Desk, item: int, quantity: int, place: int = STORE) -> None:
    """Let so many of an item come in."""

    def rule(ctx: Any) -> Change:
        ledger = Ledger(ctx, Change("items.receive"))
        ledger.post(Posting(item=item, place=place, quantity=quantity, why=Why.RECEIVE))
        return ledger.close()

    desk.as_system().apply(rule)


@pytest.fixture
def desk(folder: Path, clock: Clock) -> Desk:
    found = office(folder, CLEO, clock)
    store_room(found)
    return found


def on_hand(desk: Desk, item: int) -> int:
    found: Item = desk.get("items", item)
    return found.on_hand


# --- what a scan means ------------------------------------------------------------------------------------------------


def test_each_scan_is_one_more_by_what_is_taken_at_once_whatever_pack_the_code_is_of(desk: Desk) -> None:
    desk.as_system().do("items", PEN, "barcode", {"code": "PENBOX", "quantity": 50})
    basket = Basket()
    for item in (PEN, PEN, PAD, PEN, PAD):
        basket, said = scanned(desk, basket, "items", item)
    assert [(one.item, one.quantity) for one in basket.picks] == [(PEN, 3), (PAD, 4)]
    assert said.startswith("4 x Pad.")
    assert items_of(desk, "PENBOX") == items_of(desk, "I-1") == [PEN]
    assert items_of(desk, "nothing") == []


def test_a_place_first_says_where_from_and_then_what_for(desk: Desk) -> None:
    basket, said = scanned(desk, Basket(), "places", 2)
    assert (basket.place, said) == (2, "From Room 1. Scan what you take.")
    basket, _ = scanned(desk, basket, "items", PEN)
    basket, said = scanned(desk, basket, "places", 1)
    assert (basket.place, basket.to, said) == (2, "PL-1", "For House.")


def test_a_person_or_a_ticket_says_what_for_and_oneself_nothing(desk: Desk) -> None:
    number = ticket(desk).id
    basket, said = scanned(desk, Basket(), "tickets", number)
    assert (basket.to, said) == (f"T-{number}", f"For T-{number}.")
    basket, said = scanned(desk, basket, "people", BOB)
    assert (basket.to, said) == ("P-2", "For Bob Baker.")
    basket, said = scanned(desk, basket, "people", CLEO)
    assert (basket.to, said) == ("", "For yourself.")
    with pytest.raises(Refused, match="does not work here"):
        scanned(desk, basket, "people", DAN)
    with pytest.raises(Refused, match="nothing to take"):
        scanned(desk, basket, "movements", 1)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, QUANTITY_MAX + 1))), st.text(max_size=30))
def test_a_draft_holds_a_basket_as_it_was_and_nothing_that_cannot_be(steps: list[tuple[int, int]], to: str) -> None:
    basket = Basket(place=3, to=to)
    for item, quantity in steps:
        try:
            basket = basket.put(item, quantity)
        except Refused:
            assert quantity > QUANTITY_MAX
    assert Basket.of_texts(basket.texts()) == basket
    assert all(1 <= one.quantity <= QUANTITY_MAX for one in basket.picks)
    assert len({one.item for one in basket.picks}) == len(basket.picks)


@pytest.mark.parametrize("picks", ["", "x", "1:-2 2:x :3 4", "1:99999999999 5:2", HOSTILE])
def test_a_draft_that_is_damaged_loses_only_what_cannot_be_read(picks: str) -> None:
    found = Basket.of_texts({"picks": picks, "place": "x"})
    assert found.picks in ((), (Pick(5, 2),))


def test_things_are_said_in_a_row() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"


TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("words", "here", "more"),
    [
        ("", 9, {}),
        ("none left", 0, {}),
        ("none left, 12 come", 0, {"on_order": 12}),
        ("none left, order 24", 0, {"order_below": 5, "fill_to": 20, "multiple": 12}),
        ("order 12", 4, {"order_below": 5, "fill_to": 10, "multiple": 12}),
        ("lasts 1 day", 4, {"runs_out": date(2026, 11, 24)}),
        ("runs out today", 4, {"runs_out": TODAY}),
        ("lasts 2 weeks", 4, {"runs_out": date(2026, 12, 10)}),
        ("", 4, {"runs_out": date(2027, 3, 1)}),
        ("use by tomorrow", 4, {"runs_out": date(2026, 12, 10), "use_by": date(2026, 11, 24)}),
        ("not in use", 0, {"active": False, "order_below": 5}),
    ],
)
def test_a_row_says_what_is_to_be_done_about_an_item(words: str, here: int, more: dict[str, Any]) -> None:
    stock = (Level(place=1, quantity=here, use_by=more.pop("use_by", None)),) if here else ()
    assert tells(Item(id=1, name="Pen", stock=stock, **more), TODAY) == words


def test_a_row_says_on_which_draft_an_item_is_already() -> None:
    low = Item(id=1, name="Pen", order_below=5, fill_to=20)
    assert tells(low, TODAY, ["PO-7"]) == "none left, on PO-7"
    assert tells(Item(id=2, name="Pad", stock=(Level(place=1, quantity=9),)), TODAY, ["PO-7"]) == ""


def test_how_long_something_lasts_is_said_in_days_weeks_and_months() -> None:
    assert [lasts(days) for days in (0, 1, 13, 14, 62, 63, 700)] == [
        *("less than a day", "1 day", "13 days", "2 weeks", "8 weeks", "2 months", "23 months")
    ]


# --- booking ----------------------------------------------------------------------------------------------------------


def test_a_basket_is_one_change_and_one_undo_takes_all_of_it_back(desk: Desk, clock: Clock) -> None:
    before = lines(desk)
    basket = Basket(to="P-2").put(PEN, 3).put(PAD, 1)
    booked = book(desk, basket)
    assert (booked.taken, booked.left.picks, lines(desk) - before) == ("3 x Pen, blue and 1 x Pad", (), 1)
    assert (on_hand(desk, PEN), on_hand(desk, PAD)) == (7, 1)
    moved: list[Movement] = desk.find("movements", {"why": ("take",)})
    assert {(one.item, one.quantity, one.by, one.person) for one in moved} == {
        (PEN, -3, CLEO, BOB),
        (PAD, -1, CLEO, BOB),
    }
    entry = desk.undoable()
    assert entry is not None
    desk.undo(entry.digest)
    assert (on_hand(desk, PEN), on_hand(desk, PAD)) == (10, 2)


def test_what_cannot_be_booked_stays_with_its_reason_and_the_rest_is_booked(desk: Desk) -> None:
    desk.as_system().edit(desk.get("items", CUP), {"active": False})
    booked = book(desk, Basket().put(PAD, 3).put(PEN, 2).put(CUP, 1).put(99, 1))
    assert booked.taken == "2 x Pen, blue"
    assert [(one.item, one.quantity) for one in booked.left.picks] == [(PAD, 3), (CUP, 1), (99, 1)]
    assert all(one.why for one in booked.left.picks)
    assert "2 left" in booked.left.picks[0].why
    assert on_hand(desk, PAD) == 2


def test_where_nothing_can_be_booked_nothing_is_written(desk: Desk) -> None:
    before = lines(desk)
    booked = book(desk, Basket().put(PAD, 3))
    assert (booked.done, booked.taken, len(booked.left.picks), lines(desk)) == (None, "", 1, before)
    with pytest.raises(Refused, match="Nothing is here to take"):
        book(desk, Basket())


def test_two_people_who_take_the_last_one_at_once_do_not_both_get_it(desk: Desk) -> None:
    bob = desk.for_person(BOB)
    mine, theirs = Basket().put(PAD, 2), Basket().put(PAD, 2).put(PEN, 1)
    assert book(desk, mine).taken == "2 x Pad"
    booked = book(bob, theirs)
    assert (booked.taken, [one.item for one in booked.left.picks]) == ("1 x Pen, blue", [PAD])
    assert on_hand(desk, PAD) == 0


def test_very_much_is_asked_about_and_booked_when_it_is_meant(desk: Desk) -> None:
    settings(desk, below_zero=True)
    booked = book(desk, Basket().put(PEN, 500_000))
    assert booked.done is None
    assert booked.left.picks[0].doubt
    booked = book(desk, booked.left.certain(PEN))
    assert booked.taken == "500,000 x Pen, blue"


def test_names_of_any_kind_are_taken_as_they_are(desk: Desk) -> None:
    put(desk, CUP, 1)
    assert "pen" in book(desk, Basket(to="[/]\x1b[31m").put(CUP, 1)).taken


def test_who_may_not_take_is_told_and_nothing_is_booked(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        book(desk.for_person(OTTO), Basket().put(PEN, 1))
    with pytest.raises(NotAllowed):
        book(desk.for_person(None), Basket().put(PEN, 1))


# --- by a badge alone -------------------------------------------------------------------------------------------------


def settings(desk: Desk, **values: Any) -> None:
    desk.as_system().edit(desk.as_system().get("settings", 1), values)


def test_a_badge_alone_takes_and_above_the_office_s_limit_needs_the_pin(desk: Desk) -> None:
    cleo = desk.for_person(CLEO, by_badge=True)
    assert book(cleo, Basket().put(PEN, 1)).taken
    settings(desk, badge_only=Decimal(2))
    assert worth(cleo, Basket().put(PEN, 9).picks) == Decimal("2.25")
    assert book(cleo, Basket().put(PEN, 1)).taken
    with pytest.raises(PinNeeded):
        book(cleo, Basket().put(PEN, 8))
    settings(desk, badge_only=None, take_by_badge=False)
    assert "type your PIN first" in why_no_badge(cleo)
    with pytest.raises(PinNeeded):
        book(cleo, Basket().put(PEN, 1))
    assert on_hand(desk, PEN) == 8


@pytest.fixture
def badges(desk: Desk) -> Desk:
    for person, code in ((ANN, "BADGE-ANN"), (CLEO, "BADGE-CLEO"), (DAN, "BADGE-DAN"), (OTTO, "BADGE-OTTO")):
        desk.secrets.add_badge(person, code)
    give_pins(desk, ANN, CLEO)
    return desk.for_person(None)


def test_a_thing_that_is_scanned_behind_a_badge_is_taken_without_a_pin_and_opens_nothing(badges: Desk) -> None:
    asking = SignIn(badges, takes=True)
    assert asking.scan("BADGE-CLEO") is None
    assert asking.question is PIN_OR_SCAN
    found = asking.scan("4006381333931")
    assert found is not None
    assert (found.person, found.by_badge, found.confirmed, asking.took) == (CLEO, True, None, "4006381333931")
    with pytest.raises(PinNeeded):
        found.add("tickets", {"subject": "A badge alone files nothing"})


def test_where_somebody_is_signed_in_or_called_in_a_thing_is_no_pin(badges: Desk) -> None:
    asking = SignIn(badges)
    asking.scan("BADGE-CLEO")
    assert asking.question is PIN
    assert asking.scan("4006381333931") is None
    assert not asking.took


@pytest.mark.parametrize("badge", ["BADGE-DAN", "UNKNOWN-77", "BADGE-GONE"])
def test_a_badge_of_nobody_who_works_here_takes_nothing_and_is_a_miss(badges: Desk, badge: str) -> None:
    badges.secrets.add_badge(BOB, "BADGE-GONE")
    badges.secrets.forget_badges(BOB)
    asking = SignIn(badges, takes=True)
    asking.scan(badge)
    with pytest.raises(NotAllowed, match="did not fit"):
        asking.scan("PAD-CODE")
    assert badges.secrets.read()["misses"]


def test_a_thing_before_any_badge_is_no_miss(badges: Desk) -> None:
    asking = SignIn(badges, takes=True)
    asking.scan("PAD-CODE")
    with pytest.raises(NotAllowed, match="Scan your badge first"):
        asking.scan("PAD-CODE")
    assert "misses" not in badges.secrets.read()
    asking.scan("BADGE-CLEO")
    assert asking.scan("PAD-CODE") is not None


def test_who_is_locked_out_or_may_not_take_or_should_type_the_pin_is_told_so(badges: Desk) -> None:
    asking = SignIn(badges, takes=True)
    asking.scan("BADGE-OTTO")
    with pytest.raises(NotAllowed, match="to do"):
        asking.scan("PAD-CODE")
    asking.scan("BADGE-CLEO")
    settings(badges, take_by_badge=False)
    assert asking.question is PIN
    with pytest.raises(NotAllowed, match="type your PIN first"):
        asking.scan("PAD-CODE")
    settings(badges, take_by_badge=True)
    for _ in range(4):
        with pytest.raises(NotAllowed):
            asking.answer("8642")
    asking.scan("BADGE-CLEO")
    with pytest.raises(NotAllowed, match="try again in"):
        asking.scan("PAD-CODE")
