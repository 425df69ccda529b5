"""Purchase orders: drafts, limits and approval, what came, what is billed, and that it all adds up."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from botui.models.base import Change, Refused
from botui.models.office import Department, Party, Person, Place, Role, Settings
from botui.models.supplies import Item, Order, OrderLine
from botui.models.supplies.drafting import create_line, take_off
from botui.models.supplies.order import State
from botui.models.supplies.ordering import OrderOne, order_items, order_one
from tests.rules import Office

ANN, BOB, CLEO = 1, 2, 3
PAPER, TONER = 1, 2
SHELF, CELLAR = 1, 2
PEN, INK, GLUE, MILK = 1, 2, 3, 4


@pytest.fixture
def rules() -> Office:
    """Ann is a clerk in IT, whose manager is Cleo; two suppliers, a shelf, and four items."""
    found = Office()
    found.put(Person(id=CLEO, name="Cleo Cole", initials="CC", roles=(Role.STAFF, Role.MANAGER)))
    found.put(Person(id=ANN, name="Ann Archer", initials="AA", roles=(Role.STAFF, Role.CLERK), department=1))
    found.put(Department(id=1, name="IT", manager=CLEO))
    found.put(Party(id=PAPER, name="Paper Ltd"))
    found.put(Party(id=TONER, name="Toner AG", lead_days=3))
    found.put(Place(id=SHELF, name="Shelf"))
    found.put(Place(id=CELLAR, name="Cellar"))
    price = Decimal("0.25")
    found.put(Item(id=PEN, name="Pen, blue", supplier=PAPER, place=SHELF, price=price, multiple=12, order_below=10))
    found.put(Item(id=INK, name="Ink", supplier=TONER, place=SHELF, price=Decimal(40), order_below=2, fill_to=5))
    found.put(Item(id=GLUE, name="Glue", price=Decimal("1.10")))
    found.put(Item(id=MILK, name="Milk", supplier=PAPER, by_date=True, place=CELLAR, price=Decimal("0.99")))
    return found


def items(rules: Office, *numbers: int) -> list[Item]:
    return [rules.get(Item, one) for one in numbers]


def reorder(rules: Office, *numbers: int, **quantities: int) -> Change:
    wanted = {int(name[1:]): many for name, many in quantities.items()}
    return rules.apply(order_items(rules.ctx(ANN), items(rules, *numbers), wanted or None))


def draft(rules: Office, supplier: int = PAPER, **lines: int) -> Order:
    """Return a draft of Ann's: ``i1=12`` puts twelve of item 1 on it."""
    order = rules.add(Order, ANN, supplier=supplier)
    for name, many in lines.items():
        rules.add(OrderLine, ANN, order=order.id, item=int(name[1:]), quantity=many, even_so=True)
    return rules.get(Order, order.id)


def placed(rules: Office, supplier: int = PAPER, **lines: int) -> Order:
    return rules.do(draft(rules, supplier, **lines), "order", ANN)


def lines_of(rules: Office, order: Order) -> list[OrderLine]:
    return rules.data.find(OrderLine, order=order.id)


# --- drafts -----------------------------------------------------------------------------------------------------------


def test_reordering_makes_a_draft_for_each_supplier_in_one_change_and_names_who_has_none(rules: Office) -> None:
    change = reorder(rules, PEN, INK, GLUE)
    orders = rules.data.find(Order)
    assert [(one.supplier, one.amount, one.lines) for one in orders] == [
        (PAPER, Decimal("3.00"), 1),
        (TONER, Decimal("200.00"), 1),
    ]
    assert change.said == (
        "Drafts: PO-1 Paper Ltd (1 line, 3.00 EUR); PO-2 Toner AG (1 line, 200.00 EUR). No supplier: Glue."
    )


def test_an_item_is_rounded_up_to_its_multiple_and_what_is_on_the_draft_becomes_more(rules: Office) -> None:
    order = draft(rules, i1=5)
    line = OrderLine(id=9, order=order.id, item=PEN, quantity=10)
    change = rules.apply(create_line(rules.ctx(ANN), line))
    assert (
        change.said == "24 x Pen, blue, with the 12 that were, rounded up to 12 each on PO-1, which comes to 6.00 EUR."
    )
    assert [(one.item, one.quantity) for one in lines_of(rules, order)] == [(PEN, 24)]


def test_reordering_twice_orders_nothing_twice_and_says_where_it_is(rules: Office) -> None:
    reorder(rules, PEN, INK)
    with pytest.raises(Refused, match=r"On a draft already: Pen, blue \(PO-1\), Ink \(PO-2\)"):
        reorder(rules, PEN, INK)
    rules.put(rules.get(Item, INK).model_copy(update={"reserved": 3}))
    reorder(rules, PEN, INK)
    assert [line.quantity for line in rules.data.find(OrderLine)] == [12, 8]


def test_what_is_said_goes_on_top_of_the_open_draft_and_to_another_supplier_if_that_is_said(rules: Office) -> None:
    reorder(rules, INK, i2=3)
    reorder(rules, INK, i2=2)
    assert [(one.quantity, one.price) for one in rules.data.find(OrderLine)] == [(5, Decimal(40))]
    said = rules.apply(order_one(rules.ctx(ANN), rules.get(Item, GLUE), OrderOne(quantity=4, supplier=TONER))).said
    assert said == "Draft: PO-1 Toner AG (2 lines, 204.40 EUR)."


def test_what_nobody_sells_is_said_with_what_to_do(rules: Office) -> None:
    with pytest.raises(Refused, match=r"No supplier: Glue\. Say who sells it"):
        reorder(rules, GLUE)
    rules.put(rules.get(Party, PAPER).model_copy(update={"active": False}))
    with pytest.raises(Refused, match="No supplier: Pen, blue"):
        reorder(rules, PEN)


def test_a_quantity_with_a_digit_too_many_is_asked_again(rules: Office) -> None:
    with pytest.raises(Refused, match="very much") as refused:
        order_one(rules.ctx(ANN), rules.get(Item, INK), OrderOne(quantity=50_000))
    assert "even_so" in refused.value.fields
    order = draft(rules)
    with pytest.raises(Refused, match="very much"):
        rules.add(OrderLine, ANN, order=order.id, item=GLUE, quantity=50_000)
    line = rules.add(OrderLine, ANN, order=order.id, item=GLUE, quantity=50_000, even_so=True)
    assert line.even_so is None
    with pytest.raises(Refused, match=r"9,999,999\.99 at most"):
        rules.add(OrderLine, ANN, order=order.id, item=INK, quantity=900_000, even_so=True)


@pytest.mark.parametrize(
    ("quantity", "price", "total"),
    [(3, "0.3333", "1.00"), (1, "0.005", "0.01"), (7, "0.1449", "1.01"), (1, "0", "0.00")],
)
def test_a_line_counts_to_the_cent_and_the_order_is_the_sum_of_its_lines(
    rules: Office, quantity: int, price: str, total: str
) -> None:
    order = draft(rules, i2=1)
    line = rules.add(OrderLine, ANN, order=order.id, item=GLUE, quantity=quantity, price=price)
    assert rules.get(Order, order.id).amount == Decimal(40) + Decimal(total)
    rules.edit(line, price=Decimal("2.50"), quantity=2)
    assert rules.get(Order, order.id).amount == Decimal("45.00")
    rules.apply(take_off(rules.ctx(ANN), rules.get(OrderLine, line.id), None))
    assert (rules.get(Order, order.id).amount, rules.get(Order, order.id).lines) == (Decimal("40.00"), 1)


def test_lines_stand_once_their_order_is_a_draft_no_more(rules: Office) -> None:
    order = placed(rules, i1=12)
    line = lines_of(rules, order)[0]
    for wrong in ({"quantity": 24}, {"price": Decimal(1)}):
        with pytest.raises(Refused, match="PO-1 is ordered: its lines stand"):
            rules.edit(line, **wrong)
    with pytest.raises(Refused, match="its lines stand"):
        rules.add(OrderLine, ANN, order=order.id, item=GLUE, quantity=1)
    assert rules.why_not(line, "cancel") == "PO-1 is ordered: its lines stand."
    assert rules.edit(line, note="blue ones").note == "blue ones"
    with pytest.raises(Refused, match="what was ordered stands"):
        rules.edit(order, supplier=TONER)
    assert rules.edit(order, their_ref="A 77").their_ref == "A 77"


@pytest.mark.parametrize(("field", "value"), [("item", INK), ("order", 2), ("quantity", 0)])
def test_a_line_stays_of_its_item_and_on_its_order_and_is_never_of_none(rules: Office, field: str, value: int) -> None:
    draft(rules, i1=12)
    draft(rules, TONER)
    with pytest.raises(Refused) as refused:
        rules.edit(rules.get(OrderLine, 1), **{field: value})
    assert field in refused.value.fields


def test_neither_who_is_not_in_use_nor_a_day_that_has_passed_comes_on_an_order(rules: Office) -> None:
    rules.put(Party(id=3, name="Gone Ltd", active=False))
    rules.put(rules.get(Item, GLUE).model_copy(update={"active": False}))
    with pytest.raises(Refused, match="Gone Ltd is not in use"):
        rules.add(Order, ANN, supplier=3)
    with pytest.raises(Refused, match="has passed"):
        rules.add(Order, ANN, supplier=PAPER, expected=date(2026, 11, 22))
    with pytest.raises(Refused, match="Glue is not in use"):
        draft(rules, i3=1)


# --- limits and approval ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "many", "limits", "state"),
    [
        (ANN, 12, {}, State.ORDERED),
        (ANN, 13, {}, State.TO_APPROVE),
        (ANN, 13, {"clerk_orders": None}, State.ORDERED),
        (CLEO, 100, {}, State.ORDERED),
        (CLEO, 126, {}, State.TO_APPROVE),
        (CLEO, 126, {"manager_orders": None}, State.ORDERED),
    ],
)
def test_above_the_limit_of_a_role_somebody_else_is_asked(
    rules: Office, by: int, many: int, limits: dict[str, Any], state: State
) -> None:
    rules.settings = Settings(zone="Europe/Berlin", **limits)
    rules.put(Person(id=BOB, name="Bob Baker", initials="BB", roles=(Role.MANAGER,)))
    order = rules.do(draft(rules, TONER, i2=many), "order", by, to=BOB)
    assert order.state is state
    assert rules.get(Item, INK).on_order == (many if state is State.ORDERED else 0)
    assert order.approver == (BOB if state is State.TO_APPROVE else None)


def test_the_larger_limit_of_two_roles_counts(rules: Office) -> None:
    rules.put(Person(id=BOB, name="Bob Baker", initials="BB", roles=(Role.CLERK, Role.MANAGER)))
    assert rules.do(draft(rules, TONER, i2=100), "order", BOB).state is State.ORDERED


def test_without_a_name_ones_manager_is_asked_and_an_unknown_price_is_above_every_limit(rules: Office) -> None:
    rules.put(rules.get(Item, GLUE).model_copy(update={"price": None}))
    order = draft(rules, i3=1)
    said = rules.said(order, "order", ANN)
    assert said == "PO-1 waits for the approval of Cleo Cole: 0.00 EUR, the price of Glue is not known."
    with pytest.raises(Refused, match="Cleo Cole is asked already"):
        rules.do(order, "order", ANN)
    with pytest.raises(Refused, match="You are asked to approve it"):
        rules.do(order, "order", CLEO)
    rules.put(Person(id=BOB, name="Bob Baker", initials="BB", roles=(Role.MANAGER,)))
    assert rules.do(order, "order", ANN, to=BOB).approver == BOB


@pytest.mark.parametrize(
    ("to", "words"), [(ANN, "their own order"), (4, "Who approves it"), (BOB, "does not work as a manager")]
)
def test_neither_oneself_nor_who_left_nor_who_is_no_manager_is_asked(rules: Office, to: int, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        rules.do(draft(rules, TONER, i2=50), "order", ANN, to=to)
    assert "to" in refused.value.fields


def test_an_approved_order_is_to_be_sent_by_who_made_it_and_a_refused_one_is_a_draft_with_the_reason(
    rules: Office,
) -> None:
    order = rules.do(draft(rules, TONER, i2=50), "order", ANN)
    assert rules.why_not(order, "approve", ANN) == "Nobody approves their own order."
    back = rules.do(order, "refuse", CLEO, reason="Too many.\nTake 20.")
    assert (back.state, back.reason, back.approver) == (State.DRAFT, "Too many. Take 20.", None)
    order = rules.do(rules.do(order, "order", ANN), "approve", CLEO)
    assert (order.state, order.approved_by, order.told) == (State.ORDERED, CLEO, False)
    assert rules.get(Item, INK).on_order == 50
    assert [one.id for one in rules.data.listed(Order, {"told": (False,)})] == [order.id]
    assert rules.do(order, "acknowledge", ANN).told
    assert rules.why_not(order, "acknowledge") == "It was sent."


def test_whoever_asked_for_somebody_elses_draft_does_not_approve_it_for_the_one_who_was_asked(rules: Office) -> None:
    rules.put(Person(id=BOB, name="Bob Baker", initials="BB", roles=(Role.CLERK,)))
    order = rules.do(draft(rules, TONER, i2=50), "order", BOB, to=CLEO)
    assert rules.why_not(order, "approve", BOB) == rules.why_not(order, "refuse", ANN) != None  # noqa: E711


def test_an_order_without_lines_is_not_ordered(rules: Office) -> None:
    assert rules.why_not(draft(rules), "order") == "Nothing is on it: n adds a line."


@pytest.mark.parametrize(
    ("supplier", "lines", "day"),
    [
        (PAPER, {"i1": 12}, "2026-12-02"),  # nobody says how long: seven working days from Monday
        (TONER, {"i2": 1}, "2026-11-26"),  # the supplier's card says three
        (TONER, {"i2": 1, "i4": 1}, "2026-12-07"),  # the item that takes longest says ten
    ],
)
def test_it_is_expected_after_the_longest_lead_time_in_working_days(
    rules: Office, supplier: int, lines: dict[str, int], day: str
) -> None:
    rules.put(rules.get(Item, MILK).model_copy(update={"lead_days": 10}))
    assert placed(rules, supplier, **lines).expected == date.fromisoformat(day)


def test_a_day_that_was_said_stays_and_an_office_that_never_opens_counts_days(rules: Office) -> None:
    order = rules.edit(draft(rules, i1=12), expected=date(2026, 11, 30))
    assert rules.do(order, "order").expected == date(2026, 11, 30)
    tuesdays = (date(2026, 11, 24) + timedelta(weeks=week) for week in range(150))
    holidays = "\n".join(map(str, tuesdays))
    rules.settings = Settings(zone="Europe/Berlin", hours="tue 10:00-10:01", holidays=holidays)
    assert placed(rules, TONER, i2=1).expected == date(2026, 11, 26)
