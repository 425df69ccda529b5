"""Orders at the desk: two people at once, who may do what, taking back, stand-ins, paper, and a supplier's card."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from botui import access, areas
from botui.actions.cards import card
from botui.actions.desk import my_desk
from botui.data import Desk
from botui.models.base import Change, Conflict, NotAllowed, PinNeeded, Refused, cells
from botui.models.office import Context, Party, PartyKind, Role, Settings, StandIn
from botui.models.shape import build
from botui.models.soundness import problems_of
from botui.models.supplies import Item, Order, OrderLine, suppliers
from botui.models.supplies.order import State
from botui.models.supplies.order_text import WIDTH, order_text
from botui.models.supplies.suppliers import delivered, in_words
from botui.screens.office import CardDetails
from tests import command_line
from tests.offices import ADA, ANN, BOB, CLEO, FRED, MAX, MONDAY, OTTO, Clock, beside, office, ticket
from tests.rules import Office

PAPER, TONER = 1, 2
PEN, INK = 1, 2
HOSTILE = ["[/x][b]", "\x1b[2J", "\u202eevil", "漢字" * 20, "=1+1", "a" * 80, "e\u0301" * 40]


def _begin(ctx: Context) -> Change:
    change = Change("office.begin")
    change.add(
        Party(id=PAPER, name="Paper Ltd", kind=PartyKind.SUPPLIER, address="Mill Road 1\nLeith", terms="30 days")
    )
    change.add(Party(id=TONER, name="Toner AG", kind=PartyKind.SUPPLIER, check_on=date(2026, 11, 20)))
    change.add(Item(id=PEN, name="Pen", supplier=PAPER, place=2, price=Decimal("0.25"), pack_unit="box", pack_size=12))
    return change.add(Item(id=INK, name="Ink", supplier=TONER, place=2, price=Decimal(40), supplier_part="TN-1"))


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """Ann's desk; PO-1 has 12 pens and PO-2 two inks, and both are ordered."""
    desk = office(folder, ANN, Clock())
    desk.as_system().apply(_begin)
    for number, (item, many) in enumerate(((PEN, 12), (INK, 2)), 1):
        ordered(desk, supplier=number, item=item, quantity=many)
    yield desk
    desk.store.close()


def drafted(desk: Desk, supplier: int, item: int, quantity: int) -> int:
    number = int(desk.add("orders", {"supplier": supplier}).refs[0].partition("-")[2])
    desk.add("lines", {"order": number, "item": item, "quantity": quantity})
    return number


def ordered(desk: Desk, supplier: int, item: int, quantity: int) -> int:
    number = drafted(desk, supplier, item, quantity)
    desk.do("orders", number, "order")
    return number


def sound(desk: Desk) -> bool:
    return [*problems_of(desk.store.journal)] == []


def undo(desk: Desk) -> str:
    entry = desk.undoable()
    assert entry is not None
    return desk.undo(entry.digest).said


# --- two at once ------------------------------------------------------------------------------------------------------


def test_two_people_who_receive_the_same_order_at_once_book_it_once(desk: Desk) -> None:
    bob = beside(desk, BOB)
    assert bob.get("orders", 1).state is State.ORDERED
    desk.do("orders", 1, "receive")
    with pytest.raises(Refused, match="Everything of it is here already"):
        bob.do("orders", 1, "receive")
    with pytest.raises(Refused, match="more than was ordered"):
        bob.do("orders", 1, "receive", {"here": "1=12"})
    assert bob.get("items", PEN).on_hand == 12
    bob.store.close()


def test_two_people_who_write_the_same_draft_lose_nothing(desk: Desk) -> None:
    bob, number = beside(desk, BOB), drafted(desk, PAPER, PEN, 4)
    bob.add("lines", {"order": number, "item": PEN, "quantity": 3})
    desk.add("lines", {"order": number, "item": INK, "quantity": 1})
    assert [one.quantity for one in desk.find("lines", {"order": (number,)})] == [7, 1]
    assert desk.get("orders", number).amount == Decimal("41.75")
    with pytest.raises(Conflict):
        undo(bob)
    bob.store.close()


# --- taking back ------------------------------------------------------------------------------------------------------


def test_a_receipt_is_taken_back_whole_with_what_was_short_broken_and_not_ordered(desk: Desk) -> None:
    desk.do("orders", 1, "expect", {"tracking": "JJ 1"})
    before = [desk.get("orders", 1), desk.get("lines", 1), desk.get("shipments", 1)]
    desk.do("orders", 1, "receive", {"here": "1=5", "damaged": "1=2", "extra": "I-2=1"})
    assert desk.get("shipments", 1).arrived_at is not None
    assert undo(desk) == "Undone: Receive PO-1."
    assert [desk.get("orders", 1), desk.get("lines", 1), desk.get("shipments", 1)] == before
    assert (desk.get("items", PEN).on_order, desk.get("items", PEN).on_hand, desk.get("items", INK).on_hand) == (
        12,
        0,
        0,
    )
    desk.do("orders", 1, "receive", {"here": "1=0", "damaged": "1=3"})
    undo(desk)
    assert desk.get("lines", 1) == before[1]
    assert sound(desk)


def test_an_order_that_something_came_of_is_not_taken_back_and_its_lines_are_not_either(desk: Desk) -> None:
    bob = beside(desk, BOB)
    bob.do("orders", 2, "receive", {"here": "1=1"})
    with pytest.raises(Conflict):
        undo(desk)
    number = drafted(desk, PAPER, PEN, 4)
    bob.do("orders", number, "order")
    with pytest.raises(Refused, match="stand"):
        undo(desk)
    assert sound(desk)
    bob.store.close()


def test_what_was_given_up_comes_again_when_that_is_taken_back(desk: Desk) -> None:
    desk.do("orders", 1, "receive", {"here": "1=5"})
    desk.do("orders", 1, "settle")
    assert (desk.get("orders", 1).state, desk.get("items", PEN).on_order) == (State.HERE, 0)
    undo(desk)
    assert (desk.get("orders", 1).state, desk.get("items", PEN).on_order) == (State.PART, 7)
    assert sound(desk)


# --- who may what -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", [CLEO, ADA, FRED, OTTO])
def test_who_does_not_order_neither_makes_nor_receives_an_order(desk: Desk, person: int) -> None:
    other = desk.for_person(person)
    with pytest.raises(NotAllowed):
        other.add("orders", {"supplier": PAPER})
    with pytest.raises(NotAllowed):
        other.do("orders", 1, "receive")


def test_finance_notes_bills_and_nothing_else(desk: Desk) -> None:
    fred = desk.for_person(FRED)
    assert fred.do("orders", 1, "bill", {"number": "R1"}).said == "PO-1: 3.00 EUR billed, 3.00 EUR more than is here."
    with pytest.raises(NotAllowed):
        fred.do("orders", 1, "settle")


def _asked(desk: Desk, inks: int = 50) -> int:
    number = drafted(desk, TONER, INK, inks)
    desk.do("orders", number, "order", {"to": MAX})
    return number


def test_the_manager_approves_with_the_pin_and_nobody_their_own(desk: Desk) -> None:
    number = _asked(desk)
    with pytest.raises(NotAllowed):
        desk.for_person(ANN, confirmed=True).do("orders", number, "approve")
    with pytest.raises(PinNeeded):
        desk.for_person(MAX).do("orders", number, "approve")
    said = desk.for_person(MAX, confirmed=True).do("orders", number, "approve").said
    assert said == "PO-3 is ordered; Ann Archer sends it. Expected Wed 2 Dec, 2,000.00 EUR, Toner AG."
    assert not desk.get("orders", number).told
    assert desk.count("orders", _view("to_send")) == 1
    desk.do("orders", number, "acknowledge")
    assert desk.count("orders", _view("to_send")) == 0


def test_what_was_approved_is_sent_by_who_asked_for_it(desk: Desk) -> None:
    number = drafted(desk, TONER, INK, 50)
    desk.for_person(BOB).do("orders", number, "order", {"to": MAX})
    desk.for_person(MAX, confirmed=True).do("orders", number, "approve")

    def to_send(person: int) -> list[int]:
        things = (thing.waiting for thing in my_desk(desk.for_person(person)))
        return [one.number for one in things if one.collection == "orders" and one.verb == "acknowledge"]

    assert (to_send(BOB), to_send(ANN)) == ([number], [])


@pytest.mark.parametrize(("inks", "may"), [(50, True), (51, False)])
def test_a_stand_in_approves_within_the_amount_that_was_left_to_them(desk: Desk, inks: int, may: bool) -> None:
    number = _asked(desk, inks)
    day = MONDAY.date()
    absence = StandIn(id=1, person=MAX, stand_in=CLEO, starts=day, ends=day + timedelta(days=3), up_to=Decimal(2000))
    desk.as_system().apply(lambda _: Change("standins.add").add(absence))
    cleo = desk.for_person(CLEO, confirmed=True)
    if not may:
        with pytest.raises(NotAllowed, match="no more than 2,000"):
            cleo.do("orders", number, "approve")
        return
    cleo.do("orders", number, "approve")
    order = desk.get("orders", number)
    assert (order.approved_by, order.approved_for) == (CLEO, MAX)


def test_who_made_or_asked_for_an_order_does_not_approve_it_as_a_stand_in(desk: Desk) -> None:
    number = drafted(desk, TONER, INK, 50)
    bob = desk.for_person(BOB, confirmed=True)
    bob.do("orders", number, "order", {"to": MAX})
    day = MONDAY.date()
    absence = StandIn(id=1, person=MAX, stand_in=BOB, starts=day, ends=day + timedelta(days=3))
    desk.as_system().apply(lambda _: Change("standins.add").add(absence))
    with pytest.raises(Refused, match="Nobody approves their own order"):
        bob.do("orders", number, "approve")


def _view(name: str) -> Any:
    return areas.kind("orders").view(name)


def test_the_lists_of_orders_and_parcels_have_what_they_say(desk: Desk) -> None:
    clock = desk.clock
    assert isinstance(clock, Clock)
    number, later = _asked(desk), drafted(desk, PAPER, PEN, 1)
    desk.do("orders", 1, "receive", {"here": "1=5"})
    desk.do("orders", 2, "receive")
    desk.do("orders", 1, "expect", {"tracking": "JJ 1", "expected": "tomorrow"})
    assert desk.by_code("jj 1") == [("shipments", 1)]
    clock.forward(days=30)
    found = {view: desk.listing("orders", _view(view)).ids() for view in ("open", "drafts", "late", "part", "unbilled")}
    assert found == {"open": [1], "drafts": [later], "late": [1], "part": [1], "unbilled": [2]}
    assert desk.for_person(MAX).listing("orders", _view("to_approve")).ids() == [number]
    assert desk.listing("orders", _view("to_approve")).ids() == []
    parcels = areas.kind("shipments")
    assert desk.listing("shipments", parcels.view("late")).ids() == [1]
    desk.do("shipments", 1, "receive")
    assert desk.listing("shipments", parcels.view("on_way")).ids() == []
    assert desk.listing("lines", areas.kind("lines").view("open")).ids() == [1, 3, 4]


def test_an_order_is_called_by_its_number_once_and_with_its_supplier(desk: Desk) -> None:
    assert desk.headline("orders", 1) == "PO-1 (ordered, 1 line) Paper Ltd"
    assert desk.headline("lines", 1) == "OL-1  12 x Pen"
    number = ticket(desk, "T-10 is back").id
    assert desk.headline("tickets", number) == f"T-{number}  T-10 is back"


# --- on paper ---------------------------------------------------------------------------------------------------------


def printed(folder: Path, *words: str) -> command_line.Result:
    return command_line.Office(folder).run("order", *words)


def test_an_order_goes_on_paper_with_all_that_the_supplier_needs(desk: Desk, folder: Path) -> None:
    found = printed(folder, "PO-1", "--as", "AA")
    assert (found.code, found.err) == (0, "")
    for words in (
        "Test office",
        "Order PO-1",
        "Paper Ltd",
        "Mill Road 1",
        "30 days",
        "12 piece",
        "= 1 box of 12",
        "3.00",
    ):
        assert words in found.out
    number = drafted(desk, TONER, INK, 1)
    assert "DRAFT of order PO-3" in printed(folder, f"PO-{number}", "--as", "AA").out
    assert "is no order" in printed(folder, "I-1", "--as", "AA").err
    assert printed(folder, "PO-1", "--as", "CC").code == 1, "what the office pays is for those who order"


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_stands_in_an_order_its_paper_is_eighty_columns_of_plain_text(text: str) -> None:
    rules = Office(Settings(zone="Europe/Berlin", name=f"{text[:78]} x"))
    rules.put(build(Party, {"id": 1, "name": text, "address": f"{text}\n{text}", "terms": text[:40]}))
    values = {"name": text, "unit": text[:20], "pack_unit": text[:20], "pack_size": 3, "supplier_part": text[:40]}
    rules.put(build(Item, {"id": 1, **values, "price": "999999.9999"}))
    order = rules.add(Order, rules.ANN, supplier=1, note=text * 3, their_ref=text[:40])
    rules.add(OrderLine, rules.ANN, order=order.id, item=1, quantity=9, note=text)
    found = order_text(rules.ctx(), rules.get(Order, order.id))
    assert all(cells(line) <= WIDTH for line in found.splitlines())
    assert all(one.isprintable() or one == "\n" for one in found)
    assert "999999.9999" in found
    assert found.count("9,000,000.00") == 2, "an amount is never cut"


# --- suppliers --------------------------------------------------------------------------------------------------------


def _at(day: int) -> datetime:
    return datetime(2026, 10, day, 9, 0, tzinfo=UTC)


def _order(number: int, state: State, expected: int, came: int | None, **values: Any) -> Order:
    received = _at(came) if came else None
    due = date(2026, 10, expected)
    return Order(id=number, supplier=1, state=state, ordered_at=_at(1), expected=due, received_at=received, **values)


def test_the_delivery_record_is_that_of_the_last_365_days() -> None:
    orders = [
        _order(1, State.CLOSED, 5, 5),
        _order(2, State.HERE, 5, 8),
        _order(3, State.PART, 6, 6),
        _order(4, State.CANCELLED, 5, None),
        Order(id=5, supplier=1),
        _order(6, State.HERE, 5, 9).model_copy(update={"ordered_at": datetime(2025, 10, 1, tzinfo=UTC)}),
    ]
    lines = {
        1: [OrderLine(id=1, order=1, item=1, quantity=10, received=10)],
        2: [OrderLine(id=2, order=2, item=1, quantity=10, received=8, damaged=2, settled=True)],
        3: [OrderLine(id=3, order=3, item=1, quantity=4, received=4), OrderLine(id=4, order=3, item=2, quantity=2)],
    }
    found = delivered(orders, lines, date(2026, 10, 10), lambda moment: moment)
    assert (found.orders, found.due, found.on_time, found.late_days, found.lead_days) == (3, 3, 1, 3.5, 5.5)
    assert (found.lines, found.short, found.units, found.damaged) == (4, 2, 22, 2)
    assert in_words(found) == (
        "3 orders in a year, 33 % on time, late by 3.5 days, 50 % of lines short, 2 of 24 damaged"
    )
    assert in_words(delivered([], {}, date(2026, 10, 10), lambda moment: moment)) == "0 orders in a year"


def test_the_card_of_a_supplier_says_what_each_area_knows_to_whoever_may_read_it(desk: Desk, folder: Path) -> None:
    desk.do("orders", 1, "receive")
    ordered(desk, PAPER, INK, 3)
    ticket(desk, "Wrong bill", party=PAPER, requester=CLEO)
    ticket(desk, "Secret", party=PAPER, requester=BOB)
    party = desk.get("parties", PAPER)
    rows = dict(card(desk, party))
    assert dict(rows["Supplies"])["Delivery record"].startswith("2 orders in a year, 100 % on time")
    assert dict(rows["Supplies"])["PO-3"] == "ordered, 120.00 EUR, expected Wed 2 Dec"
    assert [ref for ref, _ in rows["Tickets"]] == ["T-1", "T-2"]
    titles = [section.title for section in CardDetails(desk).sections(party)]
    assert titles[1:3] == ["Tickets", "Supplies"]
    cleo = dict(card(desk.for_person(CLEO), party))
    assert [ref for ref, _ in cleo["Tickets"]] == ["T-1"]
    assert "Supplies" not in cleo
    assert "Delivery record" in command_line.Office(folder).run("show", "PA-1", "--as", "AA").out
    assert "Delivery record" not in command_line.Office(folder).run("show", "PA-1", "--as", "CC").out


def test_a_supplier_is_checked_and_the_next_check_is_due_in_a_year(desk: Desk) -> None:
    due = areas.kind("parties").view("check_due")
    assert desk.listing("parties", due).ids() == [TONER]
    said = desk.do("parties", TONER, "acknowledge", {"note": "Prices compared."}).said
    assert said == "Toner AG is checked; again 23 Nov 2027."
    party = desk.get("parties", TONER)
    assert (party.check_on, party.notes) == (date(2027, 11, 23), "2026-11-23 checked by Ann Archer: Prices compared.")
    assert desk.listing("parties", due).ids() == []
    assert desk.listing("parties", areas.kind("parties").view("suppliers")).ids() == [PAPER, TONER]
    with pytest.raises(Refused, match="after today"):
        desk.do("parties", TONER, "acknowledge", {"on": "today"})
    number = int(desk.add("parties", {"name": "Customer"}).refs[0].partition("-")[2])
    with pytest.raises(Refused, match="Only suppliers are checked"):
        desk.do("parties", number, "acknowledge")


def _first(ctx: Context) -> Order:
    found = ctx.data.get(Order, 1)
    assert found is not None
    return found


def test_botui_check_says_that_an_order_is_not_the_sum_of_its_lines(desk: Desk) -> None:
    assert sound(desk)
    desk.as_system().apply(lambda ctx: Change("x.y").set(_first(ctx), amount=Decimal(4)))
    assert [*map(str, problems_of(desk.store.journal))] == ["PO-1: Amount: 4.00, and its lines come to 3.00."]


def test_the_delivery_record_is_told_to_whoever_may_read_all_orders() -> None:
    every = {*Role, "guest", "system"}
    assert {one for one in every if "read" in access.capabilities({one}, "orders")} == suppliers.READERS
