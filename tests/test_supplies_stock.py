"""What moves stock: taking, bringing back, receiving, counting, correcting, moving, throwing away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from botui.models.base import Refused
from botui.models.office import Party, Place
from botui.models.supplies import Item, Movement, Why
from botui.models.supplies.moving import refuse_absurd
from botui.models.supplies.reorder import days_of_cover, per_week, suggested
from tests.rules import Office

STORE, CELLAR, ATTIC = 1, 2, 3
TODAY = date(2026, 11, 23)
HOSTILE = ["[/x] [@click=app.quit]", "\x1b[31mred\x1b[0m", "\u202egnp\u202c", "漢字 👩‍💻", "a\x00b\x9bc", "x" * 80]


@pytest.fixture
def office() -> Iterator[Office]:
    """An office with a store room, of which ``botui check`` says nothing at the end of each test."""
    office = Office()
    office.put(Place(id=STORE, name="Store room", codes=("SR",)))
    office.put(Place(id=CELLAR, name="Cellar"))
    office.put(Place(id=ATTIC, name="Attic", active=False))
    office.put(Party(id=1, name="Paper & Co"))
    yield office
    assert office.problems() == []


def item(office: Office, here: int = 0, **values: Any) -> Item:
    """File an item that usually lies in the store room, and count so many of it there."""
    new = office.add(Item, **{"name": "Pen, blue", "place": STORE, **values})
    return office.do(new, "count", quantity=here) if here else new


def milk(office: Office, **lots: int) -> Item:
    """File milk and take in so many of each use-by date: ``d1202=3``."""
    one = office.add(Item, name="Milk", place=STORE, by_date=True)
    for day, many in lots.items():
        one = office.do(one, "receive", quantity=many, use_by=date(2026, int(day[1:3]), int(day[3:])))
    return one


def moved(office: Office) -> list[tuple[str, int, int]]:
    """Return why, how many and where of all movements."""
    return [(one.why.value, one.quantity, one.place) for one in office.data.find(Movement)]


def last(office: Office) -> Movement:
    return office.data.find(Movement)[-1]


# --- take -------------------------------------------------------------------------------------------------------------


def test_one_key_takes_what_is_taken_at_once_for_whoever_presses_it(office: Office) -> None:
    pen = item(office, 20, quick_take=3)
    assert office.said(pen, "take", office.CLEO) == "3 x Pen, blue taken; 17 left in Store room."
    one = last(office)
    assert (one.why, one.quantity, one.by, one.person, one.at) == (Why.TAKE, -3, office.CLEO, office.CLEO, office.now)
    assert office.get(Item, pen.id).at(STORE) == 17


@pytest.mark.parametrize(
    ("typed", "kept", "said"),
    [
        ("BB", {"person": 2}, "Bob Baker"),
        ("bob baker", {"person": 2}, "Bob Baker"),
        ("p2", {"person": 2}, "Bob Baker"),
        ("SR", {"to_place": STORE}, "Store room"),
        ("cellar", {"to_place": CELLAR}, "Cellar"),
        ("PL-2", {"to_place": CELLAR}, "Cellar"),
        ("TO-1", {"about": "TO-1"}, "TO-1"),
        ("to2", {"about": "TO-2"}, "TO-2"),
        ("Summer party", {"label": "Summer party"}, "'Summer party'"),
        ("R2", {"label": "R2"}, "'R2'"),
        ("ZZ-3", {"label": "ZZ-3"}, "'ZZ-3'"),
    ],
)
def test_one_word_says_for_whom_or_what_it_is(office: Office, typed: str, kept: dict[str, Any], said: str) -> None:
    pen = item(office, 20)
    assert (
        office.said(pen, "take_many", quantity=2, to=typed) == f"2 x Pen, blue taken for {said}; 18 left in Store room."
    )
    one = last(office)
    empty = {"person": None, "to_place": None, "about": "", "label": ""}
    assert {name: getattr(one, name) for name in empty} == {**empty, **kept}
    assert one.by == office.ANN


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Dan Gone", "Dan Gone does not work here any more."),
        ("DG", "Dan Gone does not work here any more."),
        ("Attic", "Attic is not in use any more."),
        ("T-99", "There is no T-99."),
    ],
)
def test_nothing_is_taken_for_who_left_or_what_is_not_there(office: Office, typed: str, why: str) -> None:
    pen = item(office, 20)
    with pytest.raises(Refused) as refused:
        office.do(pen, "take_many", to=typed)
    assert (str(refused.value), refused.value.fields) == (why, {"to": why})
    assert office.get(Item, pen.id).on_hand == 20


def test_two_of_the_same_name_are_asked_which(office: Office) -> None:
    office.put(Place(id=9, name="cellar"))
    with pytest.raises(Refused, match=r"'Cellar' could be Cellar \(PL-2\), cellar \(PL-9\): say which\."):
        office.do(item(office, 20), "take_many", to="Cellar")


def test_it_is_taken_from_its_usual_place_then_from_the_only_one_then_it_is_asked(office: Office) -> None:
    pen = item(office, 5)
    pen = office.do(pen, "transfer", quantity=4, to_place=CELLAR)
    assert office.do(pen, "take").at(STORE) == 0
    assert office.said(pen, "take") == "1 x Pen, blue taken; 3 left in Cellar."
    loose = office.add(Item, name="Glue")
    office.do(loose, "count", quantity=2, place=STORE)
    office.do(loose, "count", quantity=3, place=CELLAR)
    with pytest.raises(Refused, match=r"Glue: from which place\? There is 2 in Store room, 3 in Cellar\.") as refused:
        office.do(loose, "take")
    assert "place" in refused.value.fields
    assert office.said(loose, "take", place=CELLAR) == "1 x Glue taken; 2 left in Cellar."


def test_nothing_goes_below_zero_unless_the_setting_says_so(office: Office) -> None:
    pen = office.do(item(office, 3), "count", quantity=8, place=CELLAR)
    with pytest.raises(Refused, match=r"^Pen, blue: there are only 3 left in Store room\. There is 8 in Cellar\.$"):
        office.do(pen, "take", quantity=4)
    empty = item(office, name="Glue")
    assert office.why_not(empty, "take") == "There is nothing left of it. Ask for it: F3, 0, a."
    assert office.why_not(empty, "waste") == "There is nothing left of it."
    office.settings = office.settings.model_copy(update={"id": 1, "below_zero": True})
    office.put(office.settings)
    assert office.do(pen, "take", quantity=4).at(STORE) == -1
    assert office.said(empty, "take") == "1 x Glue taken; -1 left in Store room."


def test_what_makes_it_low_says_so_once(office: Office) -> None:
    pen = item(office, 11, order_below=10, fill_to=50)
    assert office.said(pen, "take") == "1 x Pen, blue taken; 10 left in Store room."
    assert office.said(pen, "take") == "1 x Pen, blue taken; 9 left in Store room. Order now: it is below 10."
    assert office.said(pen, "take") == "1 x Pen, blue taken; 8 left in Store room."


def test_what_is_to_be_used_first_goes_first_and_what_is_past_its_date_is_said(office: Office) -> None:
    one = milk(office, d1220=2, d1201=2)
    assert office.said(one, "take", quantity=3) == "3 x Milk taken; 1 left in Store room."
    assert [(level.use_by, level.quantity) for level in office.get(Item, one.id).stock] == [(date(2026, 12, 20), 1)]
    with pytest.raises(Refused, match="only 1 left"):
        office.do(one, "take", quantity=2)
    office.now += timedelta(days=40)
    assert "Its use-by date has passed: 2026-12-20." in office.said(one, "take")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_kept_clean_and_change_nothing_else(office: Office, text: str) -> None:
    pen = item(office, 20)
    said = office.said(pen, "take_many", to=text, note=text)
    assert said.isprintable() or "\u200d" in said
    one = last(office)
    assert (one.person, one.to_place, one.about, one.quantity) == (None, None, "", -1)
    assert one.label
    assert "\x1b" not in one.label + one.note
    assert "\u202e" not in one.label + one.note


@pytest.mark.parametrize("verb", ["take", "take_many", "give_back", "receive", "transfer", "waste"])
@pytest.mark.parametrize(
    ("typed", "why"), [(0, "1 or more"), (-3, "1 or more"), (1.5, "not a whole"), (10**7, "or less")]
)
def test_zero_negative_fractional_and_endless_quantities_are_refused_in_words(
    office: Office, verb: str, typed: Any, why: str
) -> None:
    pen = item(office, 20)
    with pytest.raises(Refused, match=why) as refused:
        office.do(pen, verb, quantity=typed, **({"to_place": CELLAR} if verb == "transfer" else {}))
    assert "quantity" in refused.value.fields
    assert office.get(Item, pen.id).on_hand == 20


# --- bring back, receive ----------------------------------------------------------------------------------------------


def test_what_was_not_used_comes_back_and_is_not_reckoned_as_used(office: Office) -> None:
    pen = office.do(item(office, 20), "take", office.CLEO, quantity=5)
    assert pen.used == 5
    assert office.said(pen, "give_back", office.CLEO, quantity=2) == "2 x Pen, blue brought back; 17 in Store room now."
    assert (last(office).person, office.get(Item, pen.id).used) == (office.CLEO, 3)


def test_what_comes_back_comes_back_under_the_date_it_was_taken(office: Office) -> None:
    one = milk(office, d1201=1, d1220=3)
    office.do(one, "take", office.CLEO)
    office.do(one, "take", office.BOB)
    back = office.do(one, "give_back", office.CLEO)
    assert {(level.use_by, level.quantity) for level in back.stock} == {(date(2026, 12, 1), 1), (date(2026, 12, 20), 2)}
    with pytest.raises(Refused, match="until when is it to be used"):
        office.do(one, "give_back", office.ANN)


def test_what_comes_in_comes_by_units_or_by_packs_with_its_price(office: Office) -> None:
    pen = item(office, pack_unit="box", pack_size=12)
    assert (
        office.said(pen, "receive", packs=2, price=Decimal("0.50")) == "24 x Pen, blue came in; 24 in Store room now."
    )
    pen = office.do(pen, "receive", quantity=8, price=Decimal("0.90"))
    assert (pen.price, pen.average, pen.on_hand) == (Decimal("0.90"), Decimal("0.6"), 32)
    for args, why in (({}, "How many?"), ({"quantity": 1, "packs": 1}, "Either units or packs")):
        with pytest.raises(Refused, match=why.replace("?", r"\?")):
            office.do(pen, "receive", **args)
    with pytest.raises(Refused, match="has no packs"):
        office.do(item(office, name="Glue"), "receive", packs=1)


def test_a_place_out_of_use_takes_nothing_in_and_gives_up_what_is_there(office: Office) -> None:
    pen = item(office)
    with pytest.raises(Refused, match="Attic is not in use any more"):
        office.do(pen, "receive", quantity=3, place=ATTIC)
    office.put(Place(id=ATTIC, name="Attic"))
    pen = office.do(pen, "receive", quantity=3, place=ATTIC)
    office.put(Place(id=ATTIC, name="Attic", active=False))
    assert office.do(pen, "take").at(ATTIC) == 2
    assert office.do(pen, "count", quantity=0, place=ATTIC).stock == ()


def test_where_it_goes_is_asked_where_nothing_says_so(office: Office) -> None:
    loose = office.add(Item, name="Glue")
    with pytest.raises(Refused, match=r"Glue: into which place\? It has no usual place\."):
        office.do(loose, "receive", quantity=3)
    loose = office.do(loose, "receive", quantity=3, place=CELLAR)
    assert office.do(loose, "receive", quantity=3).at(CELLAR) == 6


def test_a_use_by_date_is_asked_of_what_has_one_and_of_nothing_else(office: Office) -> None:
    one, pen = milk(office), item(office)
    with pytest.raises(Refused, match="until when"):
        office.do(one, "receive", quantity=3)
    with pytest.raises(Refused, match="not kept by date"):
        office.do(pen, "receive", quantity=3, use_by=TODAY)
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(Refused, match=r"has passed\. .* y in Even so") as refused:
        office.do(one, "receive", quantity=3, use_by=yesterday)
    assert "even_so" in refused.value.fields
    assert office.do(one, "receive", quantity=3, use_by=yesterday, even_so=True).on_hand == 3


def test_absurd_quantities_are_asked_again(office: Office) -> None:
    pen = item(office, 5, fill_to=50)
    with pytest.raises(Refused, match=r"501 x Pen, blue is very much\. If it is meant: y in Even so") as refused:
        office.do(pen, "receive", quantity=501)
    assert set(refused.value.fields) == {"quantity", "even_so"}
    assert office.do(pen, "receive", quantity=501, even_so=True).on_hand == 506
    refuse_absurd(Item(id=1, name="New"), 1000, None)
    refuse_absurd(Item(id=1, name="Toner", order_below=1, fill_to=2), -100, None)
    for quantity, levels in ((1001, {}), (-101, {"order_below": 1, "fill_to": 2})):
        with pytest.raises(Refused):
            refuse_absurd(Item(id=1, name="New", **levels), quantity, None)


# --- count, correct, move, throw away ---------------------------------------------------------------------------------


def test_a_count_books_the_difference_and_when_it_was_counted(office: Office) -> None:
    pen = item(office, 10)
    assert office.said(pen, "count", quantity=7) == "Pen, blue is counted: 7 in Store room, 3 fewer than booked."
    office.now += timedelta(days=1)
    assert office.said(pen, "count", quantity=7) == "Pen, blue is counted: 7 in Store room, as booked."
    pen = office.get(Item, pen.id)
    assert (pen.counted_at, pen.on_hand, pen.used) == (office.now, 7, 0)
    assert moved(office) == [("count", 10, STORE), ("count", -3, STORE)]
    assert office.do(pen, "count", quantity=0).stock == ()


def test_a_count_of_what_has_dates_is_of_all_or_of_one(office: Office) -> None:
    one = milk(office, d1201=2, d1220=3)
    assert office.said(one, "count", quantity=4) == "Milk is counted: 4 in Store room, 1 fewer than booked."
    levels = office.do(one, "count", quantity=2, use_by=date(2026, 12, 20)).stock
    assert [(level.use_by, level.quantity) for level in levels] == [(date(2026, 12, 1), 1), (date(2026, 12, 20), 2)]
    with pytest.raises(Refused, match="until when"):
        office.do(one, "count", quantity=9)
    assert office.do(one, "count", quantity=0).stock == ()
    office.do(one, "receive", quantity=1, use_by=date(2026, 12, 5))
    assert office.do(one, "count", quantity=3).stock[0].quantity == 3, "there is one date only"


def test_a_correction_has_a_sign_and_a_reason(office: Office) -> None:
    pen = item(office, 10)
    assert (
        office.said(pen, "correct", quantity=-3, reason="lost") == "Pen, blue is corrected by -3; 7 in Store room now."
    )
    assert (last(office).note, last(office).why) == ("lost", Why.CORRECT)
    assert office.do(pen, "correct", quantity=2, reason="found").on_hand == 9
    for args, why in (({"quantity": 0, "reason": "x"}, "by how many"), ({"quantity": 2, "reason": " "}, "needed")):
        with pytest.raises(Refused, match=why):
            office.do(pen, "correct", **args)
    with pytest.raises(Refused, match="only 9 left"):
        office.do(pen, "correct", quantity=-10, reason="lost")


def test_a_move_has_two_halves_and_takes_the_dates_along(office: Office) -> None:
    one = milk(office, d1201=2, d1220=3)
    said = office.said(one, "transfer", quantity=3, to_place=CELLAR)
    assert said == "3 x Milk moved to Cellar; 2 left in Store room."
    assert {(level.place, level.use_by, level.quantity) for level in office.get(Item, one.id).stock} == {
        (STORE, date(2026, 12, 20), 2),
        (CELLAR, date(2026, 12, 1), 2),
        (CELLAR, date(2026, 12, 20), 1),
    }
    halves = office.data.find(Movement, why="transfer")
    out, come = halves[:2], halves[2:]
    assert [one.pair for one in come] == [one.id for one in out]
    with pytest.raises(Refused, match="there already"):
        office.do(one, "transfer", quantity=1, place=CELLAR, to_place=CELLAR)
    with pytest.raises(Refused, match="Attic is not in use"):
        office.do(one, "transfer", quantity=1, to_place=ATTIC)


def test_what_is_thrown_away_is_used_up(office: Office) -> None:
    one = milk(office, d1201=2, d1220=3)
    assert office.said(one, "waste", quantity=1, note="sour") == "1 x Milk thrown away; 4 left in Store room."
    one = office.do(one, "waste", quantity=3, use_by=date(2026, 12, 20))
    assert [(level.use_by, level.quantity) for level in one.stock] == [(date(2026, 12, 1), 1)]
    assert one.used == 4
    with pytest.raises(Refused, match="only 1 left"):
        office.do(one, "waste", quantity=2, use_by=date(2026, 12, 1))


# --- take back --------------------------------------------------------------------------------------------------------


def test_a_movement_is_taken_back_once_by_a_counter_entry(office: Office) -> None:
    pen = office.do(item(office, 10), "take", quantity=4, to="BB")
    assert office.said(last(office), "reverse") == "MV-2 is taken back."
    counter = last(office)
    assert (counter.quantity, counter.reverses, counter.person, counter.why) == (4, 2, 2, Why.TAKE)
    assert (office.get(Item, pen.id).on_hand, office.get(Item, pen.id).used) == (10, 0)
    assert office.why_not(office.get(Movement, 2), "reverse") == "It is taken back already, by MV-3."
    assert office.why_not(counter, "reverse") == "It takes back another one itself."


@pytest.mark.parametrize("half", [2, 3])
def test_both_halves_of_a_move_are_taken_back_together(office: Office, half: int) -> None:
    pen = office.do(item(office, 10), "transfer", quantity=4, to_place=CELLAR)
    office.do(office.get(Movement, half), "reverse")
    assert (office.get(Item, pen.id).at(STORE), office.get(Item, pen.id).at(CELLAR)) == (10, 0)


def test_what_came_and_was_used_since_is_not_taken_back(office: Office) -> None:
    pen = office.do(item(office), "receive", quantity=5)
    office.do(pen, "take", quantity=3)
    with pytest.raises(Refused, match="there are only 2 left in Store room"):
        office.do(office.get(Movement, 1), "reverse")


def test_taking_a_delivery_back_takes_its_price_back(office: Office) -> None:
    pen = office.do(item(office), "receive", quantity=10, price=Decimal(1))
    pen = office.do(pen, "receive", quantity=10, price=Decimal(3))
    assert [pen.price, pen.average] == [3, 2]
    office.do(last(office), "reverse")
    pen = office.get(Item, pen.id)
    assert [pen.price, pen.average, pen.on_hand] == [1, 1, 10]


def test_what_is_left_keeps_its_average_where_none_can_be_reckoned(office: Office) -> None:
    pen = office.do(item(office), "receive", quantity=100, price=Decimal(1))
    pen = office.do(pen, "receive", quantity=10, price=Decimal(100))
    dear = last(office)
    pen = office.do(pen, "take", quantity=99)
    office.do(dear, "reverse")
    assert [office.get(Item, pen.id).on_hand, office.get(Item, pen.id).average] == [1, pen.average]


def test_what_came_when_no_price_was_known_is_taken_back_without_one(office: Office) -> None:
    pen = office.do(item(office), "receive", quantity=10)
    office.do(pen, "receive", quantity=10, price=Decimal(3))
    office.do(office.get(Movement, 1), "reverse")
    assert (last(office).quantity, last(office).cost) == (-10, None)


def test_who_took_something_takes_it_back_on_the_same_day_and_a_clerk_at_any_time(office: Office) -> None:
    office.do(item(office, 10), "take", office.CLEO)
    one = last(office)
    assert office.why_not(one, "reverse", office.CLEO) is None
    assert office.why_not(office.get(Movement, 1), "reverse", office.CLEO) == "A clerk takes this back."
    office.now += timedelta(days=1)
    assert "R at the item" in (office.why_not(one, "reverse", office.CLEO) or "")
    assert office.why_not(one, "reverse", office.BOB) is None


# --- use, and what to order -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "many"),
    [
        ({"order_below": 10, "fill_to": 50}, 41),
        ({"order_below": 10, "fill_to": 50, "multiple": 12}, 48),
        ({"order_below": 10}, 1),
        ({"order_below": 10, "multiple": 12}, 12),
        ({"order_below": 9, "fill_to": 50}, 0),
        ({"fill_to": 50}, 0),
        ({"order_below": 10, "fill_to": 50, "on_order": 1}, 0),
        ({"order_below": 10, "fill_to": 50, "on_order": 5, "reserved": 6}, 42),
        ({"order_below": 10, "fill_to": 50, "active": False}, 0),
    ],
)
def test_what_is_suggested_fills_up_to_the_level_in_whole_multiples(
    office: Office, levels: dict[str, Any], many: int
) -> None:
    pen = item(office, 9)
    assert suggested(pen.model_copy(update=levels)) == many


def test_use_is_that_of_the_last_ninety_days_and_says_how_long_it_lasts(office: Office) -> None:
    pen = item(office, 200)
    assert [per_week(pen), days_of_cover(pen), pen.runs_out] == [0, None, None]
    pen = office.do(pen, "take", quantity=90)
    assert [pen.used, per_week(pen), days_of_cover(pen)] == [90, 7, 110]
    assert pen.runs_out == TODAY + timedelta(days=110)
    office.now += timedelta(days=89)
    assert office.do(pen, "take", quantity=9).used == 99
    office.now += timedelta(days=1)
    pen = office.do(pen, "take", quantity=1)
    assert (pen.used, per_week(pen)) == (10, Decimal("0.8"))
    office.now += timedelta(days=400)
    assert office.do(pen, "count", quantity=99).used == 0


def test_what_moved_before_is_reckoned_on_its_own_day(office: Office) -> None:
    pen = office.do(item(office, 200), "take", quantity=5)
    office.now -= timedelta(days=10)
    pen = office.do(pen, "take", quantity=7)
    assert (pen.used, pen.uses[0], pen.uses[10], len(pen.uses)) == (12, 5, 7, 11)
    office.now -= timedelta(days=100)
    assert office.do(pen, "take", quantity=7).used == 12


def test_time_alone_looks_again_at_what_should_be_used_up_and_is_not(office: Office) -> None:
    from botui.models.supplies.reorder import clock

    pen = office.do(item(office, 100), "take", quantity=90)
    assert pen.runs_out == TODAY + timedelta(days=10)
    office.now += timedelta(days=11)
    [change] = clock(office.ctx(None))
    office.apply(change)
    assert office.get(Item, pen.id).runs_out == TODAY + timedelta(days=21)
    assert not [*clock(office.ctx(None))]
    office.now += timedelta(days=80)
    [change] = clock(office.ctx(None))
    office.apply(change)
    pen = office.get(Item, pen.id)
    assert (pen.used, pen.uses, pen.runs_out) == (0, (), None)
