"""Supplies on My desk: what waits for whom, where what one asked for stands, and the sentence that asks for things."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from botui.actions.desk import asked_by_me, my_desk, offers
from botui.data import Desk
from botui.models.base import Change
from botui.models.office import Department, Party, Person
from botui.models.supplies import Item, Order, OrderLine, Shipment, Why
from botui.models.supplies.ledger import Ledger, Posting
from botui.models.supplies.order import State as OrderState
from tests.offices import ANN, BOB, CLEO, MAX, MONDAY, OTTO, Clock, office

ROOM = 2
PEN, PAPER, MILK, TONER = 1, 2, 3, 4
MON = MONDAY.date()


def _begin(ctx: Any) -> Change:
    change = Change("office.begin")
    change.set(ctx.data.get(Department, 1), manager=MAX)
    for number in (ANN, CLEO):
        change.set(ctx.data.get(Person, number), department=1)
    change.add(Party(id=1, name="Paper Ltd"))
    change.add(Item(id=PEN, name="Pen, blue", place=ROOM, order_below=10))
    change.add(Item(id=PAPER, name="Paper", place=ROOM, order_below=5))
    change.add(Item(id=MILK, name="Milk", place=ROOM))
    return change.add(Item(id=TONER, name="Toner", place=ROOM))


def stock(item: int, quantity: int, use_by: date | None = None) -> Any:
    def rule(ctx: Any) -> Change:
        ledger = Ledger(ctx, Change("items.receive"))
        ledger.post(Posting(item=item, place=ROOM, quantity=quantity, why=Why.RECEIVE, use_by=use_by))
        return ledger.close()

    return rule


def ordered(number: int, state: OrderState, **values: Any) -> Any:
    """Return a rule that puts an order of 24 toners into a state."""

    def rule(ctx: Any) -> Change:
        change = Change("orders.begin")
        change.add(Order(id=number, supplier=1, state=state, amount=Decimal("620"), **values))
        change.add(OrderLine(id=number, order=number, item=TONER, quantity=24))
        toner = ctx.data.get(Item, TONER)
        more = 24 if state is OrderState.ORDERED else 0
        return change.set(toner, on_order=toner.on_order + more)

    return rule


@pytest.fixture
def desk(folder: Path, clock: Clock) -> Iterator[Desk]:
    """Ann's desk on Monday: a store room with seven pens; Max manages Ann and Cleo."""
    desk = office(folder, ANN, clock)
    desk.as_system().apply(_begin)
    desk.as_system().apply(stock(PEN, 7))
    yield desk
    desk.store.close()


def reasons(desk: Desk, person: int) -> dict[str, str]:
    return {one.waiting.ref: one.waiting.why for one in my_desk(desk.for_person(person))}


def stands(desk: Desk, person: int) -> dict[str, str]:
    return {f"RQ-{one.number}": one.state for one in asked_by_me(desk.for_person(person))}


def test_a_request_waits_for_every_clerk_and_says_its_asker_where_it_stands(desk: Desk) -> None:
    cleo, bob = desk.for_person(CLEO), desk.for_person(BOB)
    cleo.add("requests", {"item": PEN, "quantity": 2, "needed_by": MON})
    cleo.add("requests", {"item": TONER, "quantity": 1})
    cleo.add("requests", {"what": "A plant", "quantity": 1})
    for clerk in (ANN, BOB):
        found = reasons(desk, clerk)
        assert (found["RQ-1"], found["RQ-2"]) == ("to decide by today: Cleo Cole", "to decide: Cleo Cole")
    assert reasons(desk, MAX) == reasons(desk, CLEO) == reasons(desk, OTTO) == {}
    assert set(stands(desk, CLEO).values()) == {"to be decided"}

    for number in (1, 2):
        bob.do("requests", number, "accept")
    bob.do("requests", 3, "reject", {"reason": "No light here"})
    found = reasons(desk, ANN)
    assert found["RQ-1"] == "to hand out by today: Cleo Cole"
    assert found.keys().isdisjoint({"RQ-2", "RQ-3"}), "what is not here yet waits for the supplier"
    desk.as_system().apply(ordered(1, OrderState.ORDERED, expected=MON + timedelta(days=4)))
    assert stands(desk, CLEO) == {
        "RQ-1": "to hand out",
        "RQ-2": "24 on order, expected Fri 27 Nov",
        "RQ-3": "refused: No light here",
    }
    desk.do("requests", 1, "hand_out")
    assert "RQ-1" not in reasons(desk, ANN) | stands(desk, CLEO)


def test_what_was_refused_is_told_for_two_weeks(desk: Desk, clock: Clock) -> None:
    desk.for_person(CLEO).add("requests", {"what": "A plant"})
    desk.do("requests", 1, "reject", {"reason": "No"})
    clock.forward(days=13)
    assert stands(desk, CLEO) == {"RQ-1": "refused: No"}
    clock.forward(days=1)
    assert stands(desk, CLEO) == {}


def test_of_what_is_to_be_ordered_the_most_pressing_waits_and_says_how_many_more(desk: Desk) -> None:
    assert reasons(desk, ANN) == {"I-2": "order now, none left; 1 more"}
    desk.as_system().apply(stock(PAPER, 9))
    assert reasons(desk, BOB) == {"I-1": "order now, 7 left"}
    assert reasons(desk, CLEO) == {}


def test_what_passes_its_date_waits_before_it_has_passed(desk: Desk, clock: Clock) -> None:
    desk.as_system().apply(stock(MILK, 2, MON + timedelta(days=6)))
    assert "I-3" not in reasons(desk, ANN)
    clock.forward(days=1)
    assert reasons(desk, ANN)["I-3"] == "to be used by Sun 29 Nov"
    clock.forward(days=6)
    assert reasons(desk, ANN)["I-3"] == "past its date since yesterday"


def test_an_order_waits_for_whoever_approves_it_then_for_whoever_made_it_and_when_late_for_the_clerks(
    desk: Desk, clock: Clock
) -> None:
    system = desk.as_system()
    system.apply(ordered(1, OrderState.TO_APPROVE, approver=MAX, created_by=BOB, told=True))
    system.apply(ordered(2, OrderState.ORDERED, approved_by=MAX, created_by=BOB, told=False, expected=MON))
    system.apply(ordered(3, OrderState.DRAFT, created_by=BOB))
    assert reasons(desk, MAX) == {"PO-1": "to approve: 620.00 EUR"}
    found = reasons(desk, BOB)
    assert (found["PO-2"], found["PO-3"]) == ("approved by Max Manager: send it", "draft: order it")
    assert not {"PO-1", "PO-2", "PO-3"} & reasons(desk, ANN).keys()
    clock.forward(days=1)
    assert reasons(desk, ANN)["PO-2"] == "late since yesterday"


def test_a_parcel_waits_on_its_day_and_until_it_is_here(desk: Desk, clock: Clock) -> None:
    desk.as_system().apply(ordered(1, OrderState.ORDERED, expected=MON + timedelta(days=1)))
    one = Shipment(id=1, order=1, carrier="UPS", expected=MON + timedelta(days=1))
    desk.as_system().apply(lambda _: Change("shipments.begin").add(one))
    assert "SH-1" not in reasons(desk, ANN)
    clock.forward(days=1)
    thing = next(thing for thing in my_desk(desk) if thing.waiting.ref == "SH-1")
    assert (thing.waiting.what, thing.waiting.why) == ("Paper Ltd by UPS", "parcel expected today")
    clock.forward(days=1)
    found = reasons(desk, ANN)
    assert found["SH-1"] == "parcel late since yesterday"
    assert "PO-1" not in found, "the parcel says it for its order"
    desk.as_system().apply(lambda ctx: Change("shipments.here").set(one, arrived_at=ctx.now))
    assert "SH-1" not in reasons(desk, ANN)


def test_a_stocktake_waits_for_whoever_began_it_and_then_for_the_second_person(desk: Desk) -> None:
    desk.add("stocktakes", {"name": "Winter"})
    assert reasons(desk, ANN)["ST-1"] == "being counted"
    for number in desk.numbers("counts"):
        desk.for_person(BOB).do("counts", number, "count", {"counted": 6})
    desk.do("stocktakes", 1, "ask_approval")
    assert reasons(desk, MAX) == {"ST-1": "stocktake to approve"}
    assert "ST-1" not in reasons(desk, ANN)
    desk.for_person(MAX).do("stocktakes", 1, "refuse", {"reason": "6 of all?"})
    assert reasons(desk, ANN)["ST-1"] == "not approved: 6 of all?"


def test_whoever_stands_in_has_what_waits_for_the_other(desk: Desk) -> None:
    desk.as_system().apply(ordered(1, OrderState.TO_APPROVE, approver=MAX, created_by=BOB))
    desk.for_person(MAX).add(
        "standins", {"person": MAX, "starts": MON, "ends": MON + timedelta(days=4), "stand_in": CLEO, "up_to": "500"}
    )
    assert "PO-1" not in reasons(desk, CLEO), "above the limit of who stands in"
    desk.for_person(MAX).edit(desk.get("standins", 1), {"up_to": None})
    assert reasons(desk, CLEO)["PO-1"] == "to approve: 620.00 EUR"


def test_everybody_on_the_staff_may_ask_for_supplies(desk: Desk) -> None:
    for person, may in ((CLEO, True), (ANN, True), (MAX, True), (OTTO, False)):
        found = [one for one in offers(desk.for_person(person)) if one.collection == "requests"]
        assert bool(found) is may
