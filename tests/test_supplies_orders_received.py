"""What comes of an order and what is billed of it: whole, short, over, broken, wrong, in parts and in parcels."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from botui.models.base import Refused
from botui.models.supplies import Item, Level, Movement, Order, OrderLine, Shipment
from botui.models.supplies.order import Billed, State
from botui.models.supplies.orders_views import line_style, parcel_style, row_style
from tests.rules import Office
from tests.test_supplies_orders import (
    ANN,
    CELLAR,
    GLUE,
    INK,
    MILK,
    PAPER,
    PEN,
    SHELF,
    draft,
    lines_of,
    placed,
    rules,
)

__all__ = ["rules"]


def of(rules: Office, order: Order, item: int) -> OrderLine:
    return next(line for line in lines_of(rules, order) if line.item == item)


def on_hand(rules: Office, item: int) -> int:
    return rules.get(Item, item).on_hand


# --- receiving --------------------------------------------------------------------------------------------------------


def test_all_as_ordered_needs_not_a_word(rules: Office) -> None:
    order = placed(rules, i1=12, i2=3)
    assert rules.said(order, "receive") == "PO-1: all is here; all 2 lines as ordered."
    assert rules.get(Order, order.id).state is State.HERE
    moved = rules.data.find(Movement)
    assert [(one.item, one.quantity, one.place, one.cost, one.about) for one in moved] == [
        (PEN, 12, SHELF, Decimal("0.25"), "PO-1"),
        (INK, 3, SHELF, Decimal(40), "PO-1"),
    ]
    assert rules.get(Item, PEN).on_order == 0
    with pytest.raises(Refused, match="Everything of it is here already"):
        rules.do(order, "receive")


def test_what_is_short_or_broken_is_still_to_come_and_said(rules: Office) -> None:
    order = placed(rules, i1=12, i2=3, i3=4)
    said = rules.said(order, "receive", here="all, OL-1=10", damaged="2=1", place=SHELF, note="LS 77")
    assert said == "PO-1: 3 still to come; 1 x Ink damaged, 2 x Pen, blue short, 1 of 3 lines as ordered."
    assert rules.get(Order, order.id).state is State.PART
    assert [(one.received, one.damaged, one.to_come) for one in lines_of(rules, order)] == [
        (10, 0, 2),
        (2, 1, 1),
        (4, 0, 0),
    ]
    assert rules.get(Item, INK).on_order == 1
    assert rules.data.find(Movement)[0].note == "LS 77"
    assert rules.said(order, "receive") == "PO-1: all is here; all 2 lines as ordered."
    assert rules.said(placed(rules, i1=12), "receive", here="1=0", damaged="1=12") == (
        "PO-2: 12 still to come; 12 x Pen, blue damaged."
    )


@pytest.mark.parametrize(
    ("here", "came"),
    [
        ("OL-1=5", (5, 0)),
        ("1=5", (5, 0)),
        ("i1 = 5; ol2", (5, 3)),
        ("I-2", (0, 3)),
        ("all", (12, 3)),
        ("all, 2=1", (12, 1)),
        ("*\n1=0", (0, 3)),
    ],
)
def test_a_line_is_named_by_number_place_or_item(rules: Office, here: str, came: tuple[int, int]) -> None:
    order = placed(rules, i1=12, i2=3)
    rules.do(order, "receive", here=here)
    assert tuple(line.received for line in lines_of(rules, order)) == came


@pytest.mark.parametrize(
    ("args", "field"),
    [
        ({"here": "OL-9=1"}, "here"),
        ({"here": "3=1"}, "here"),
        ({"here": "I-3=1"}, "here"),
        ({"here": "Pen"}, "here"),
        ({"here": "1=-1"}, "here"),
        ({"here": "1=2.5"}, "here"),
        ({"here": "1=\u0663"}, "here"),
        ({"here": "1=99999999"}, "here"),
        ({"here": "1=1, OL-1=1"}, "here"),
        ({"here": "1=1, 1=1"}, "here"),
        ({"here": "1=0"}, "here"),
        ({"here": "[/x]=\x1b[2J"}, "here"),
        ({"damaged": "1=x"}, "damaged"),
        ({"damaged": "1=13"}, "damaged"),
        ({"extra": "I-1=3"}, "extra"),
        ({"extra": "I-99=3"}, ""),
        ({"extra": "OL-1=3"}, "extra"),
        ({"extra": "I-3=0"}, "extra"),
        ({"use_by": "1=never"}, "use_by"),
        ({"use_by": "I-3=2027-01-01"}, "use_by"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field_and_changes_nothing(
    rules: Office, args: dict[str, Any], field: str
) -> None:
    order = placed(rules, i1=12, i2=3)
    with pytest.raises(Refused) as refused:
        rules.do(order, "receive", **args)
    assert field in refused.value.fields or not field
    assert not rules.data.find(Movement)


def test_more_than_was_ordered_is_asked_and_then_kept(rules: Office) -> None:
    order = placed(rules, i1=12)
    with pytest.raises(Refused, match=r"more than was ordered: Pen, blue 3\.") as refused:
        rules.do(order, "receive", here="1=15")
    assert "even_so" in refused.value.fields
    assert rules.said(order, "receive", here="1=15", even_so=True) == "PO-1: all is here; 3 x Pen, blue over."
    assert (on_hand(rules, PEN), rules.get(Item, PEN).on_order) == (15, 0)


def test_the_wrong_item_is_kept_only_as_what_nobody_ordered(rules: Office) -> None:
    order = placed(rules, i1=12)
    with pytest.raises(Refused, match="send it back, or keep it as not ordered"):
        rules.do(order, "receive", here="I-3=2")
    said = rules.said(order, "receive", here="1=0", extra="I-3=2", place=SHELF)
    assert said == "PO-1: 12 still to come; 2 x Glue not ordered, 12 x Pen, blue short."
    line = of(rules, order, GLUE)
    assert (line.quantity, line.received, line.to_come, on_hand(rules, GLUE)) == (0, 2, 0, 2)
    assert rules.get(Order, order.id).amount == Decimal("3.00")
    assert rules.get(Order, order.id).lines == 1


def test_nothing_is_received_into_nowhere(rules: Office) -> None:
    order = placed(rules, i3=4)
    with pytest.raises(Refused, match="Glue has no usual place: where is it put") as refused:
        rules.do(order, "receive")
    assert "place" in refused.value.fields
    assert not rules.data.find(Movement)
    with pytest.raises(Refused, match="which place"):
        rules.do(order, "receive", place=77)
    rules.do(order, "receive", place=CELLAR)
    assert rules.get(Item, GLUE).stock == (Level(place=CELLAR, quantity=4),)


def test_what_is_kept_by_date_asks_for_the_date_and_again_if_it_has_passed(rules: Office) -> None:
    order = placed(rules, i1=12, i4=6)
    with pytest.raises(Refused, match="Milk: until when"):
        rules.do(order, "receive")
    with pytest.raises(Refused, match="past its date"):
        rules.do(order, "receive", use_by="OL-2=2026-11-01")
    rules.do(order, "receive", here="2=2", use_by="I-4=2027-01-31")
    rules.do(order, "receive", use_by="2027-02-28")
    assert [(one.use_by, one.quantity) for one in rules.get(Item, MILK).stock] == [
        (date(2027, 1, 31), 2),
        (date(2027, 2, 28), 4),
    ]
    assert rules.get(Item, PEN).stock == (Level(place=SHELF, quantity=12),)


def test_a_delivery_of_a_hundred_lines_is_one_change_that_looks_at_each_line_once(rules: Office) -> None:
    order = rules.add(Order, ANN, supplier=PAPER)
    for number in range(10, 110):
        rules.put(Item(id=number, name=f"Item {number}", place=SHELF, price=Decimal(1)))
        rules.put(OrderLine(id=number, order=order.id, item=number, quantity=3, price=Decimal(1)))
    rules.put(rules.get(Order, order.id).model_copy(update={"lines": 100, "amount": Decimal(300)}))
    order = rules.do(order, "order")
    rules.data.searched.clear()
    assert (
        rules.said(order, "receive", here="all, 7=2")
        == "PO-1: 1 still to come; 1 x Item 16 short, 99 of 100 lines as ordered."
    )
    assert sum(rules.data.searched) < 300


# --- what becomes of it -----------------------------------------------------------------------------------------------


def test_an_order_is_closed_by_itself_when_it_is_here_and_billed_in_whichever_order(rules: Office) -> None:
    first, second = placed(rules, i1=12), placed(rules, i1=24)
    rules.do(first, "receive")
    assert rules.said(first, "bill", number="R 1") == "PO-1: 3.00 EUR billed, as ordered and as it came. It is closed."
    assert rules.do(second, "bill", number="R 2").state is State.ORDERED
    assert rules.do(second, "receive").state is State.CLOSED


@pytest.mark.parametrize(
    ("here", "bills", "said", "billed"),
    [
        ("1=12", ["2.00"], "2.00 EUR billed of 3.00 EUR.", Billed.PART),
        ("1=12", ["1.00", "2.00"], "3.00 EUR billed, as ordered and as it came. It is closed.", Billed.ALL),
        ("1=8", ["3.00"], "3.00 EUR billed, 1.00 EUR more than is here.", Billed.ALL),
        ("1=12", ["3.50"], "3.50 EUR billed, 0.50 EUR more than is here. It is closed.", Billed.ALL),
        ("1=12", ["2.80 last"], "2.80 EUR billed, 0.20 EUR less than is here. It is closed.", Billed.ALL),
        ("1=8", [""], "3.00 EUR billed, 1.00 EUR more than is here.", Billed.ALL),
    ],
)
def test_order_delivery_and_bills_are_held_against_each_other_in_words(
    rules: Office, here: str, bills: list[str], said: str, billed: Billed
) -> None:
    order = placed(rules, i1=12)
    rules.do(order, "receive", here=here)
    words = ""
    for number, bill in enumerate(bills):
        amount, *last = bill.split()[:2] or [""]
        args = {"amount": amount} if amount else {}
        words = rules.said(order, "bill", number=f"R{number}", **args, **({"last": True} if last else {}))
    assert words == f"PO-1: {said}"
    assert rules.get(Order, order.id).billed is billed


def test_a_bill_is_noted_once_and_said_where_it_stands_besides(rules: Office) -> None:
    first, second = placed(rules, i1=12), placed(rules, i1=12)
    rules.do(first, "bill", number="R-77", amount="1")
    with pytest.raises(Refused, match="r-77 of PO-1 was noted already") as refused:
        rules.do(first, "bill", number="r-77", amount="1")
    assert "number" in refused.value.fields
    assert rules.said(second, "bill", number="R-77").endswith("The same bill is on PO-1.")
    with pytest.raises(Refused, match="how much is it"):
        rules.do(second, "bill", number="R-78")
    with pytest.raises(Refused, match="in all"):
        rules.do(second, "bill", number="R-78", amount="9999999.00")


def test_what_is_missing_is_given_up_and_the_order_waits_for_its_bill_if_something_came(rules: Office) -> None:
    order = placed(rules, i1=12, i2=3)
    rules.do(order, "receive", here="1=5")
    assert rules.said(order, "settle", reason="Sold out.") == "PO-1: 10 given up; it waits for its bill (J)."
    assert (rules.get(Order, order.id).state, rules.get(Item, PEN).on_order) == (State.HERE, 0)
    assert rules.do(order, "bill", number="R1", amount="1.25").state is State.CLOSED
    nothing = placed(rules, i1=12)
    assert rules.said(nothing, "settle") == "PO-2: 12 given up; it is closed."
    unbilled = placed(rules, i1=12)
    rules.do(unbilled, "receive")
    assert rules.said(unbilled, "settle") == "PO-3: nothing was missing; it is closed."


def test_an_order_of_which_all_that_came_is_billed_is_closed_when_the_rest_is_given_up(rules: Office) -> None:
    order = placed(rules, i1=12, i2=3)
    rules.do(order, "receive", here="1")
    rules.do(order, "bill", number="R1", amount="3.00")
    assert rules.get(Order, order.id).billed is Billed.PART
    assert rules.said(order, "settle") == "PO-1: 3 given up; it is closed."
    assert rules.get(Order, order.id).billed is Billed.ALL
    other = placed(rules, i1=12, i2=3)
    rules.do(other, "receive", here="1")
    rules.do(other, "bill", number="R2", amount="3.00")
    assert rules.said(of(rules, other, INK), "settle") == "Ink: 3 given up; PO-2 is closed."


def test_one_line_is_given_up_alone(rules: Office) -> None:
    order = placed(rules, i1=12, i2=3)
    rules.do(order, "receive", here="1")
    line = of(rules, order, INK)
    assert rules.said(line, "settle") == "Ink: 3 given up; PO-1 is here."
    assert rules.why_not(line, "settle") == "Nothing is to come of it."
    assert rules.get(Item, INK).on_order == 0
    assert rules.why_not(lines_of(rules, draft(rules, i1=12))[0], "settle") == "PO-2 is draft."
    nothing = placed(rules, i1=12)
    assert rules.said(lines_of(rules, nothing)[0], "settle") == "Pen, blue: 12 given up; PO-3 is closed."


def test_on_hold_nothing_is_expected_until_it_goes_on_as_far_as_it_had_come(rules: Office) -> None:
    order = placed(rules, i1=12)
    rules.do(order, "receive", here="1=5")
    held = rules.do(order, "wait", reason="A strike.")
    assert (held.state, rules.get(Item, PEN).on_order) == (State.HELD, 0)
    assert rules.why_not(order, "receive") == "It is on hold."
    assert rules.do(order, "wait").state is State.PART
    assert rules.get(Item, PEN).on_order == 7


def test_an_order_is_cancelled_as_long_as_nothing_has_come(rules: Office) -> None:
    order, other = placed(rules, i1=12), placed(rules, i1=12)
    rules.do(other, "bill", number="R1")
    assert rules.said(order, "cancel", reason="Twice") == "PO-1 is cancelled. Tell the supplier."
    assert rules.said(other, "cancel", reason="Twice").endswith("3.00 EUR are billed: ask for them back.")
    assert rules.get(Item, PEN).on_order == 0
    assert not rules.data.listed(OrderLine, {"to_come": (12,)})
    third = placed(rules, i1=12)
    rules.do(third, "receive", here="1=0", damaged="1=1")
    assert rules.why_not(third, "cancel") is None
    rules.do(third, "wait")
    assert rules.do(third, "cancel", reason="Broken").state is State.CANCELLED


# --- parcels ----------------------------------------------------------------------------------------------------------


def test_a_parcel_is_expected_with_its_order_and_is_here_with_it(rules: Office) -> None:
    order = placed(rules, i1=12, i2=3)
    said = rules.said(order, "expect", carrier="DHL", tracking="JJ 1")
    assert said == "SH-1: DHL JJ 1 with PO-1, expected Wed 2 Dec."
    rules.do(order, "expect", expected=date(2026, 12, 4))
    with pytest.raises(Refused, match="jj 1 is SH-1 already"):
        rules.do(order, "expect", tracking="jj 1")
    first = rules.get(Shipment, 1)
    assert rules.said(first, "receive", ANN) == "DHL JJ 1 is here: I on PO-1 takes in what is in it."
    assert rules.why_not(first, "receive") == "It came today."
    rules.do(order, "receive", here="1")
    assert rules.get(Shipment, 2).arrived_by == ANN
    assert rules.do(order, "receive").state is State.HERE


def test_of_several_parcels_none_is_taken_to_be_here_before_all_is(rules: Office) -> None:
    order = placed(rules, i1=12, i2=3)
    for number in ("A", "B"):
        rules.do(order, "expect", tracking=number)
    rules.do(order, "receive", here="1")
    assert not any(one.arrived_at for one in rules.data.find(Shipment))
    rules.do(order, "receive")
    assert all(one.arrived_at for one in rules.data.find(Shipment))


def test_nothing_is_on_its_way_of_an_order_that_is_over_and_a_parcel_stays_with_its_order(rules: Office) -> None:
    order = rules.do(placed(rules, i1=12), "settle")
    with pytest.raises(Refused, match="PO-1 is closed: nothing is on its way"):
        rules.add(Shipment, ANN, order=order.id, tracking="A")
    parcel = rules.add(Shipment, ANN, order=placed(rules, i1=12).id, tracking="A")
    with pytest.raises(Refused, match="stays with its order"):
        rules.edit(parcel, order=order.id)
    assert rules.edit(parcel, tracking="B").tracking == "B"


@pytest.mark.parametrize(
    ("style", "doc", "looks"),
    [
        (row_style, {"state": "ordered", "expected": "2026-11-22"}, "late"),
        (row_style, {"state": "part", "expected": "2026-11-23"}, "soon"),
        (row_style, {"state": "ordered", "expected": "2026-11-24"}, ""),
        (row_style, {"state": "held", "expected": "2026-11-22"}, ""),
        (row_style, {"state": "to_approve"}, "soon"),
        (row_style, {"state": "ordered", "told": False}, "soon"),
        (row_style, {"state": "closed", "expected": "2026-11-22"}, "done"),
        (line_style, {"quantity": 5, "received": 3, "damaged": 1}, "late"),
        (line_style, {"quantity": 5, "received": 3}, "soon"),
        (line_style, {"quantity": 5}, ""),
        (line_style, {"quantity": 5, "received": 3, "settled": True}, "done"),
        (parcel_style, {"expected": "2026-11-22"}, "late"),
        (parcel_style, {"expected": "2026-11-23"}, ""),
        (parcel_style, {}, ""),
        (parcel_style, {"expected": "2026-11-22", "arrived_at": "2026-11-23T09:00:00Z"}, "done"),
    ],
)
def test_what_is_late_looks_late_and_what_is_over_looks_done(style: Any, doc: dict[str, Any], looks: str) -> None:
    assert style(doc, "2026-11-23T09:00:00Z") == looks
