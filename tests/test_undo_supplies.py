"""Taking back what moved stock: by counter-entries, whatever others did since; and several records at once."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui import areas
from botui.data import Desk, Done
from botui.models.base import Change, Conflict, NotAllowed, PinNeeded, Refused
from botui.models.office import Context
from botui.models.soundness import problems_of
from botui.models.supplies import Item
from botui.models.supplies.item import Why
from botui.models.supplies.ledger import Ledger, Posting
from tests.offices import ADA, ANN, BOB, CLEO, Clock, beside, lines, office


@pytest.fixture
def ann(folder: Path) -> Desk:
    """A clerk's desk in an office with ten pens and five boxes in its house."""
    return stocked(folder)


def stocked(folder: Path) -> Desk:
    desk = office(folder, ANN, Clock())
    desk.add("parties", {"name": "Nordic Paper"})
    for name, quantity in (("Pen", 10), ("Box", 5)):
        desk.add("items", {"name": name, "place": 1, "supplier": 1, "fill_to": 100})
        desk.do("items", len(desk.numbers("items")), "receive", {"quantity": quantity, "price": "2"})
    return desk


def ordered(desk: Desk, quantity: int = 10) -> None:
    """Order so many pens: PO-1."""
    desk.add("orders", {"supplier": 1})
    desk.add("lines", {"order": 1, "item": 1, "quantity": quantity, "price": Decimal(1)})
    desk.do("orders", 1, "order")


def pens(desk: Desk) -> Item:
    desk.store.refresh()
    found: Item = desk.get("items", 1)
    return found


def booked(desk: Desk) -> list[tuple[int, int | None]]:
    """What stands in the ledger: quantities, and what they take back."""
    return [(one.quantity, one.reverses) for one in desk.find("movements", {})]


def is_sound(desk: Desk) -> bool:
    desk.store.refresh()
    return list(problems_of(desk.store.journal)) == []


# --- one item ---------------------------------------------------------------------------------------------------------

MOVES: list[tuple[str, dict[str, Any]]] = [
    ("take", {}),
    ("take_many", {"quantity": 3, "to": "BB"}),
    ("give_back", {"quantity": 2}),
    ("receive", {"quantity": 7, "price": "9.5"}),
    ("count", {"quantity": 4}),
    ("correct", {"quantity": -2, "reason": "lost"}),
    ("transfer", {"quantity": 4, "to_place": 2}),
    ("waste", {"quantity": 1, "note": "broken"}),
]


@pytest.mark.parametrize(("verb", "values"), MOVES)
def test_undo_books_against_it_and_the_item_is_as_before(ann: Desk, verb: str, values: dict[str, Any]) -> None:
    before, ledger = ann.doc("items", 1), {one.id: one for one in ann.find("movements", {})}
    done = ann.do("items", 1, verb, values)
    written = [one for one in ann.find("movements", {}) if one.id not in ledger]
    assert ann.undo(done.digest).said == f"Undone: {areas.kind('items').transition(verb).label} I-1."
    after = {one.id: one for one in ann.find("movements", {})}
    assert ann.doc("items", 1) == before
    assert after.items() >= {**ledger, **{one.id: one for one in written}}.items(), "nothing leaves the ledger"
    assert sorted(one.quantity for one in after.values() if one.reverses) == sorted(-one.quantity for one in written)
    assert is_sound(ann)


def test_what_others_booked_since_stays(ann: Desk) -> None:
    done = ann.do("items", 1, "take", {"quantity": 3})
    beside(ann, BOB).do("items", 1, "take", {"quantity": 2})
    assert pens(ann).on_hand == 5
    ann.undo(done.digest)
    assert (pens(ann).on_hand, pens(ann).used) == (8, 2)
    assert booked(ann)[2:] == [(-3, None), (-2, None), (3, 3)]
    assert is_sound(ann)


def test_a_delivery_of_which_too_much_is_taken_stays_and_the_sentence_says_why(ann: Desk) -> None:
    done = ann.do("items", 1, "receive", {"quantity": 5, "price": "3"})
    beside(ann, BOB).do("items", 1, "take", {"quantity": 12})
    before = lines(ann)
    with pytest.raises(Refused, match="only 3 left"):
        ann.undo(done.digest)
    assert lines(ann) == before
    assert pens(ann).on_hand == 3


def test_the_price_of_a_delivery_goes_with_it_and_one_that_came_since_stays(ann: Desk) -> None:
    wrong = ann.do("items", 1, "receive", {"quantity": 10, "price": "500"})
    assert (pens(ann).price, pens(ann).average) == (Decimal(500), Decimal("251"))
    ann.undo(wrong.digest)
    assert (pens(ann).price, pens(ann).average) == (Decimal(2), Decimal(2))
    done = ann.do("items", 1, "receive", {"quantity": 10, "price": "4"})
    beside(ann, BOB).do("items", 1, "receive", {"quantity": 20, "price": "5"})
    ann.undo(done.digest)
    assert pens(ann).price == Decimal(5)
    assert pens(ann).average == Decimal(4), "10 of 2 and 20 of 5"
    assert is_sound(ann)


def test_the_price_that_was_typed_before_a_delivery_is_back_though_others_took_since(ann: Desk) -> None:
    ann.edit(pens(ann), {"price": Decimal("3.10")})
    mine = ann.do("items", 1, "receive", {"quantity": 5, "price": "9.5"})
    beside(ann, BOB).do("items", 1, "take")
    ann.undo(mine.digest)
    assert (pens(ann).price, is_sound(ann)) == (Decimal("3.10"), True)


def test_nothing_is_taken_back_twice(ann: Desk) -> None:
    done = ann.do("items", 1, "take", {"quantity": 3})
    ann.undo(done.digest)
    with pytest.raises(Refused, match=r"^There is nothing to undo\.$"):
        ann.undo(done.digest)
    again = ann.do("items", 1, "take", {"quantity": 3})
    beside(ann, BOB).do("movements", max(ann.numbers("movements")), "reverse")
    before = lines(ann)
    with pytest.raises(Refused, match="taken back already"):
        ann.undo(again.digest)
    assert lines(ann) == before
    assert pens(ann).on_hand == 10


def test_who_took_something_takes_it_back_without_being_a_clerk(ann: Desk) -> None:
    cleo = ann.for_person(CLEO)
    done = cleo.do("items", 1, "take", {"quantity": 3})
    assert pens(ann).on_hand == 7
    cleo.undo(done.digest)
    assert pens(ann).on_hand == 10


# --- orders -----------------------------------------------------------------------------------------------------------


def test_what_is_on_order_follows_what_came_and_not_what_it_was_before(ann: Desk) -> None:
    ordered(ann)
    mine = ann.do("orders", 1, "receive", {"here": "1=4"})
    beside(ann, BOB).do("orders", 1, "receive", {"here": "1=5"})
    assert (pens(ann).on_order, ann.get("orders", 1).state) == (1, "part")
    ann.undo(mine.digest)
    assert (pens(ann).on_order, pens(ann).on_hand, ann.get("lines", 1).received) == (5, 15, 5)
    assert ann.get("orders", 1).state == "part", "something of it is here still"
    assert is_sound(ann)


def test_more_than_was_ordered_is_no_less_than_nothing_to_come(ann: Desk) -> None:
    ordered(ann)
    mine = ann.do("orders", 1, "receive", {"here": "1=8"})
    beside(ann, BOB).do("orders", 1, "receive", {"here": "1=8", "even_so": True})
    ann.undo(mine.digest)
    assert (pens(ann).on_order, ann.get("lines", 1).received, ann.get("orders", 1).state) == (2, 8, "part")
    assert is_sound(ann)


@pytest.mark.parametrize(
    "values",
    [{}, {"here": "1=4"}, {"here": "1=4", "damaged": "1=3"}, {"damaged": "1=10"}],
)
def test_a_delivery_is_taken_back_whole(ann: Desk, values: dict[str, str]) -> None:
    ordered(ann)
    names = ("items", "orders", "lines", "shipments")
    ann.do("orders", 1, "expect", {"carrier": "Post"})
    before = {(name, one): ann.doc(name, one) for name in names for one in ann.numbers(name)}
    done = ann.do("orders", 1, "receive", values)
    assert {(name, one): ann.doc(name, one) for name in names for one in ann.numbers(name)} != before
    ann.undo(done.digest)
    assert {(name, one): ann.doc(name, one) for name in names for one in ann.numbers(name)} == before
    assert is_sound(ann)


def test_what_came_without_being_ordered_leaves_a_line_of_nothing_for_the_ledger_names_it(ann: Desk) -> None:
    ordered(ann)
    before = ann.doc("items", 2)
    ann.undo(ann.do("orders", 1, "receive", {"extra": "I-2=3"}).digest)
    extra = ann.get("lines", 2)
    assert (extra.quantity, extra.received, extra.to_come) == (0, 0, 0)
    assert ann.doc("items", 2) == before
    assert ann.get("orders", 1).state == "ordered"
    assert is_sound(ann)


def test_what_was_given_up_is_to_come_again_as_far_as_nothing_came_meanwhile(ann: Desk) -> None:
    ordered(ann)
    ann.do("orders", 1, "receive", {"here": "1=4"})
    done = ann.do("orders", 1, "settle")
    assert (pens(ann).on_order, ann.get("orders", 1).state) == (0, "here")
    beside(ann, BOB).do("orders", 1, "receive", {"here": "1=5", "even_so": True})
    ann.undo(done.digest)
    assert (pens(ann).on_order, ann.get("orders", 1).state) == (1, "part")
    assert is_sound(ann)


def test_an_order_of_which_something_came_is_no_draft_again(ann: Desk) -> None:
    ann.add("orders", {"supplier": 1})
    ann.add("lines", {"order": 1, "item": 1, "quantity": 10, "price": Decimal(1)})
    done = ann.do("orders", 1, "order")
    assert pens(ann).on_order == 10
    beside(ann, BOB).do("orders", 1, "receive", {"here": "1=5"})
    with pytest.raises(Conflict, match=r"State: changed by Bob Baker"):
        ann.undo(done.digest)
    assert (pens(ann).on_order, ann.get("orders", 1).state) == (5, "part")


def test_an_order_that_was_only_sent_is_a_draft_again(ann: Desk) -> None:
    ann.add("orders", {"supplier": 1})
    ann.add("lines", {"order": 1, "item": 1, "quantity": 10, "price": Decimal(1)})
    before = (ann.doc("orders", 1), ann.doc("lines", 1), ann.doc("items", 1))
    ann.undo(ann.do("orders", 1, "order").digest)
    assert (ann.doc("orders", 1), ann.doc("lines", 1), ann.doc("items", 1)) == before
    assert is_sound(ann)


def test_what_is_promised_and_handed_out_follows(ann: Desk) -> None:
    ann.for_person(CLEO).add("requests", {"item": 1, "quantity": 6})
    accepted = ann.do("requests", 1, "accept")
    assert pens(ann).reserved == 6
    handed = ann.do("requests", 1, "hand_out", {"quantity": 2})
    beside(ann, BOB).do("requests", 1, "hand_out", {"quantity": 3})
    assert (pens(ann).reserved, ann.get("requests", 1).handed) == (1, 5)
    ann.undo(handed.digest)
    assert (pens(ann).reserved, ann.get("requests", 1).handed, ann.get("requests", 1).state) == (3, 3, "approved")
    ann.undo(accepted.digest)
    assert is_sound(ann)


# --- several at once --------------------------------------------------------------------------------------------------


def take_two(ctx: Context, items: list[Any]) -> Change:
    """Take two of each."""
    ledger = Ledger(ctx, Change("items.whatever", f"Two of each of {len(items)}."))
    for item in items:
        ledger.post(Posting(item=item.id, place=1, quantity=-2, why=Why.TAKE))
    return ledger.close()


def together(desk: Desk, *numbers: int, worth: Decimal | None = None) -> Done:
    return desk.do_together("items", numbers, "take", take_two, worth)


def test_a_verb_on_several_is_one_line_and_is_taken_back_as_one(ann: Desk) -> None:
    before = lines(ann)
    done = together(ann, 1, 2, 1)
    assert done.said == "Two of each of 2."
    assert lines(ann) == before + 1
    entry = ann.undoable()
    assert entry is not None
    assert entry.header["do"] == "items.take", "the history tells it by its verb"
    assert [ann.get("items", one).on_hand for one in (1, 2)] == [8, 3]
    assert ann.undo(done.digest).said == "Undone: Take I-1, I-2."
    assert [ann.get("items", one).on_hand for one in (1, 2)] == [10, 5]


def test_one_that_cannot_be_done_leaves_all_as_they_were(ann: Desk) -> None:
    ann.do("items", 2, "waste", {"quantity": 5, "note": "wet"})
    before = lines(ann)
    with pytest.raises(Refused, match=r"^I-2 Box: There is nothing left of it\. Ask for it: F3, 0, a\.$"):
        together(ann, 1, 2)
    with pytest.raises(Refused, match=r"^There is no I-9\.$"):
        together(ann, 1, 9)
    with pytest.raises(Refused, match="nothing left in House"):
        ann.do_together("items", (1, 1), "take", lambda ctx, items: take_two(ctx, items * 6))
    assert lines(ann) == before
    assert pens(ann).on_hand == 10


def test_each_of_several_must_be_one_s_to_do(ann: Desk) -> None:
    cleo = ann.for_person(CLEO)
    assert together(cleo, 1, 2).refs
    before = lines(ann)
    with pytest.raises(NotAllowed):
        cleo.do_together("items", (1, 2), "order", take_two)
    with pytest.raises(NotAllowed):
        together(ann.for_person(None), 1)
    for person, subject in ((CLEO, "Mine"), (BOB, "His")):
        ann.add("tickets", {"subject": subject, "requester": person})
    with pytest.raises(NotAllowed, match="T-2 is private"):
        cleo.do_together("tickets", (1, 2), "remind", lambda ctx, found: Change("tickets.remind"))
    assert lines(ann) == before + 2


# --- by a badge alone -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "takes", "quantity", "may"),
    [
        (None, True, 9, True),
        (None, False, 1, False),
        (10, True, 4, True),
        (10, True, 5, False),
        (10, False, 4, True),
        (0, True, 1, False),
    ],
)
def test_a_badge_alone_takes_what_the_office_lets_it_take(
    ann: Desk, limit: int | None, takes: bool, quantity: int, may: bool
) -> None:
    """A pen is worth 2: four of them are worth less than 10, five are not."""
    office_now = ann.get("settings", 1)
    ann.for_person(ADA).edit(office_now, {"badge_only": limit, "take_by_badge": takes})
    cleo = ann.for_person(CLEO, by_badge=True)
    before = lines(ann)
    for _ in range(2):
        if may:
            done = cleo.do("items", 1, "take", {"quantity": quantity})
            cleo.undo(done.digest)
        else:
            with pytest.raises(PinNeeded):
                cleo.do("items", 1, "take", {"quantity": quantity})
    assert lines(ann) == before + (4 if may else 0)
    with pytest.raises(PinNeeded):
        together(cleo, 1, worth=Decimal(limit)) if limit is not None else cleo.do("items", 1, "remind", {"on": "fri"})


# --- any sequence -----------------------------------------------------------------------------------------------------

_FEW = st.integers(1, 9)
_ORDER = ("order", "cancel", "settle", "wait", "bill")
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["take", "give_back", "receive", "deliver", "hand_out"]), st.booleans(), _FEW),
        st.tuples(st.sampled_from(["undo", "accept", "drop", *_ORDER]), st.booleans(), st.just(1)),
        st.tuples(st.just("undo"), st.booleans(), st.just(1)),
    ),
    min_size=4,
    max_size=16,
)


@settings(max_examples=15, deadline=None)
@given(steps=_STEPS)
def test_whatever_two_people_book_and_take_back_stock_is_the_sum_of_the_ledger(
    steps: list[tuple[str, bool, int]],
) -> None:
    with TemporaryDirectory() as place:
        ann = stocked(Path(place) / "office")
        ordered(ann, 12)
        ann.for_person(CLEO).add("requests", {"item": 1, "quantity": 8})
        bob = Desk(ann.store, BOB, "back", ann.clock)
        for what, by_ann, quantity in steps:
            with suppress(Refused, Conflict):
                _step(ann if by_ann else bob, what, quantity)
            item = pens(ann)
            assert item.on_hand == sum(one.quantity for one in ann.find("movements", {"item": (1,)})) >= 0
        assert list(problems_of(ann.store.journal)) == []
        ann.store.close()


def _step(desk: Desk, what: str, quantity: int) -> None:
    match what:
        case "undo":
            if (entry := desk.undoable()) is not None:
                desk.undo(entry.digest)
        case "accept":
            desk.do("requests", 1, "accept")
        case "hand_out":
            desk.do("requests", 1, "hand_out", {"quantity": quantity})
        case "drop":
            desk.do("requests", 1, "cancel")
        case "deliver":
            desk.do("orders", 1, "receive", {"here": f"1={quantity}", "even_so": True})
        case "cancel":
            desk.do("orders", 1, "cancel", {"reason": "Too dear."})
        case "bill":
            desk.do("orders", 1, "bill", {"number": "4711", "amount": Decimal(12)})
        case verb if verb in _ORDER:
            desk.do("orders", 1, verb)
        case verb:
            desk.do("items", 1, verb, {"quantity": quantity})
