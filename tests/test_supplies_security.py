"""What somebody tries in the store room who wants what is not theirs, or writes what nobody expects."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from botui.actions.basket import Basket, aimed
from botui.data import Desk
from botui.models.base import Change, NotAllowed, PinNeeded, Refused
from botui.models.office import Context, Party, PartyKind, Place, Role, StandIn
from botui.models.soundness import problems_of
from botui.models.supplies import Item
from botui.models.supplies.item import Level
from tests.command_line import Office
from tests.offices import ADA, ANN, BOB, CLEO, FRED, MAX, Clock, beside, office, ticket

PEN, INK = 1, 2
SHELF, OLD = 3, 4


def _begin(ctx: Context) -> Change:
    change = Change("office.begin")
    change.add(Party(id=1, name="Paper Ltd", kind=PartyKind.SUPPLIER))
    change.add(Place(id=SHELF, name="Shelf", codes=("C1",))).add(Place(id=OLD, name="Cellar", active=False))
    change.add(Item(id=PEN, name="Pen", supplier=1, place=2, price=Decimal("0.25")))
    return change.add(Item(id=INK, name="Ink", supplier=1, place=2, price=Decimal(40)))


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """Ann's desk, a clerk; a hundred pens and twenty inks are in Room 1."""
    desk = office(folder, ANN, Clock())
    desk.as_system().apply(_begin)
    for item, many in ((PEN, 100), (INK, 20)):
        desk.do("items", item, "receive", {"quantity": many})
    yield desk
    desk.store.close()


# --- for whom or what -------------------------------------------------------------------------------------------------


def test_the_code_of_a_place_that_reads_like_a_number_is_the_place_for_everybody(desk: Desk) -> None:
    ticket(desk)
    cleo = desk.for_person(CLEO)
    assert cleo.do("items", PEN, "take", {"to": "C1"}).said.startswith("1 x Pen taken for Shelf;")
    assert aimed(cleo, Basket(to="C1"))[1] == "For Shelf."
    for unseen in ("T-1", "t1"):
        with pytest.raises(Refused, match="There is no T-1"):
            cleo.do("items", PEN, "take", {"to": unseen})
        with pytest.raises(Refused, match="There is no T-1"):
            aimed(cleo, Basket(to=unseen))


# --- who may, and whom to ask -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", [ANN, CLEO, MAX, FRED, ADA])
def test_what_nobody_does_by_hand_sends_nobody_to_a_clerk(desk: Desk, person: int) -> None:
    desk.add("stocktakes", {"name": "Winter"})
    somebody = desk.for_person(person)
    by_hand = "Nobody does this by hand"
    with pytest.raises(NotAllowed, match=by_hand):
        somebody.add("movements", {"item": PEN, "quantity": 5, "why": "receive", "place": 2, "at": desk.clock()})
    with pytest.raises(NotAllowed, match=by_hand):
        somebody.edit(desk.get("movements", 1), {"note": "x"})
    if somebody.sees("counts", 1):
        with pytest.raises(NotAllowed, match=by_hand):
            somebody.edit(desk.get("counts", 1), {"note": "x"})


def test_what_was_typed_is_repeated_only_as_far_as_one_reads_it(desk: Desk) -> None:
    for text in ("9" * 5000, "x" * 10_000):
        with pytest.raises(Refused) as refused:
            desk.do("items", PEN, "take", {"quantity": text})
        assert len(str(refused.value)) < 100


# --- what is received and billed --------------------------------------------------------------------------------------


def _ordered(desk: Desk, many: int) -> int:
    number = int(desk.add("orders", {"supplier": 1}).refs[0].partition("-")[2])
    desk.add("lines", {"order": number, "item": PEN, "quantity": many})
    desk.do("orders", number, "order")
    return number


def test_nothing_of_an_order_is_received_into_a_place_out_of_use(desk: Desk) -> None:
    number = _ordered(desk, 12)
    with pytest.raises(Refused, match="Cellar is not in use any more") as refused:
        desk.do("orders", number, "receive", {"place": "Cellar"})
    assert "place" in refused.value.fields
    assert desk.get("items", PEN).stock == (Level(place=2, quantity=100),)


def test_a_bill_for_what_came_besides_what_was_ordered_says_so(desk: Desk) -> None:
    number = _ordered(desk, 12)
    desk.do("orders", number, "receive", {"here": "1=100", "even_so": "y"})
    said = desk.do("orders", number, "bill", {"number": "R-1"}).said
    assert "22.00 EUR of it came besides what was ordered." in said


# --- a stocktake ------------------------------------------------------------------------------------------------------


def test_who_counted_at_two_desks_and_took_the_first_count_back_still_had_a_hand_in_it(desk: Desk) -> None:
    desk.add("stocktakes", {"name": "Winter"})
    here, there = desk.for_person(BOB, confirmed=True), beside(desk, BOB)
    first = here.do("counts", 1, "count", {"counted": 99})
    there.do("counts", 2, "count", {"counted": 2})
    here.undo(first.digest)
    assert BOB not in desk.get("stocktakes", 1).counters
    desk.do("counts", 1, "count", {"counted": 100})
    with pytest.raises(Refused, match="had a hand in it"):
        desk.do("stocktakes", 1, "ask_approval", {"to": "BB"})
    desk.do("stocktakes", 1, "ask_approval", {"to": "MM"})
    day = desk.context().today
    absence = StandIn(id=1, person=MAX, stand_in=BOB, starts=day, ends=day)
    desk.as_system().apply(lambda _: Change("standins.add").add(absence))
    with pytest.raises(Refused, match="You had a hand in it"):
        here.do("stocktakes", 1, "approve")
    there.store.close()


# --- who has a say, and by what ---------------------------------------------------------------------------------------


def test_who_works_as_a_manager_no_more_approves_nothing_and_nobody_does_for_them(desk: Desk) -> None:
    number = int(desk.add("orders", {"supplier": 1}).refs[0].partition("-")[2])
    desk.add("lines", {"order": number, "item": INK, "quantity": 50})
    desk.do("orders", number, "order", {"to": "MM"})
    ada = desk.for_person(ADA, confirmed=True)
    ada.edit(desk.get("people", MAX), {"roles": (Role.STAFF,)})
    day = desk.context().today
    absence = StandIn(id=1, person=MAX, stand_in=CLEO, starts=day, ends=day)
    desk.as_system().apply(lambda _: Change("standins.add").add(absence))
    for person in (MAX, CLEO):
        with pytest.raises(Refused, match="Max Manager approves no orders any more: whoever ordered it asks somebody"):
            desk.for_person(person, confirmed=True).do("orders", number, "approve")
    desk.do("orders", number, "order", {"to": "FF"})
    assert desk.get("orders", number).approver == FRED


@pytest.mark.parametrize(
    ("collection", "verb", "texts"),
    [
        ("items", "receive", {"quantity": "2"}),
        ("items", "receive", {"quantity": "1", "price": "80"}),
        ("items", "correct", {"quantity": "-2", "reason": "lost"}),
        ("items", "waste", {"quantity": "2"}),
        ("items", "transfer", {"quantity": "2", "to_place": "House"}),
        ("items", "give_back", {"quantity": "2"}),
        ("items", "count", {"quantity": "18"}),
        ("movements", "reverse", {}),
        ("requests", "hand_out", {}),
        ("orders", "receive", {}),
        ("orders", "bill", {"number": "R-1"}),
        ("orders", "settle", {}),
    ],
)
def test_a_found_badge_moves_nothing_that_is_worth_much(
    desk: Desk, collection: str, verb: str, texts: dict[str, str]
) -> None:
    """An ink is worth 40, the office trusts a badge alone with less than 50."""
    desk.add("requests", {"item": INK, "quantity": 2, "person": CLEO})
    desk.do("requests", 1, "accept")
    number = int(desk.add("orders", {"supplier": 1}).refs[0].partition("-")[2])
    desk.add("lines", {"order": number, "item": INK, "quantity": 2})
    desk.do("orders", number, "order")
    desk.for_person(ADA, confirmed=True).edit(desk.get("settings", 1), {"badge_only": Decimal(50)})
    found, which = desk.for_person(ANN, by_badge=True), INK if collection in ("items", "movements") else 1
    with pytest.raises(PinNeeded):
        found.do(collection, which, verb, texts)
    assert found.do("items", PEN, "waste", {"quantity": "2"}).refs


# --- what the history of a thing says of what is not seen -------------------------------------------------------------


def test_why_somebody_s_request_or_an_order_was_refused_stands_in_no_history_of_a_thing(
    desk: Desk, folder: Path
) -> None:
    desk.add("requests", {"item": PEN, "quantity": 2, "person": BOB})
    desk.do("requests", 1, "accept")
    desk.do("requests", 1, "reject", {"reason": "Hushed: Bob loses them"})
    other = int(desk.add("orders", {"supplier": 1}).refs[0].partition("-")[2])
    desk.add("lines", {"order": other, "item": PEN, "quantity": 9000, "even_so": "y"})
    desk.do("orders", other, "order", {"to": "MM"})
    desk.for_person(MAX, confirmed=True).do("orders", other, "approve", {"note": "Hushed: the last time"})
    told = [event.note for event in desk.history("items", PEN) if event.note]
    assert told == ["Hushed: Bob loses them", "Hushed: the last time"]
    assert not any("Hushed" in event.note for event in desk.for_person(CLEO).history("items", PEN))
    assert any("Hushed" in event.note for event in desk.for_person(BOB).history("items", PEN)), "his own"


def test_who_took_for_something_else_takes_that_back_and_others_are_told_whom_to_ask(desk: Desk) -> None:
    cleo = desk.for_person(CLEO)
    cleo.do("items", PEN, "take", {"to": "C1"})
    with pytest.raises(NotAllowed, match="This is somebody else's: ask them, or a clerk"):
        desk.for_person(FRED).do("movements", 3, "reverse")
    cleo.do("movements", 3, "reverse")
    assert desk.get("items", PEN).on_hand == 100
    with pytest.raises(NotAllowed, match="This is for finance or a clerk to do"):
        desk.for_person(MAX).do("orders", _ordered(desk, 12), "bill", {"number": "R-1"})


def test_a_code_that_two_people_or_a_file_give_at_once_is_one_item_s(desk: Desk, tmp_path: Path) -> None:
    bob = beside(desk, BOB)
    ink = bob.get("items", INK)
    desk.edit(desk.get("items", PEN), {"codes": ("4006",)})
    for code in ("4006", "i-1"):
        with pytest.raises(Refused, match=r"belongs to|number of another item"):
            bob.edit(ink, {"codes": (code,)})
    with pytest.raises(Refused, match="belongs to I-1 Pen"):
        bob.do("items", INK, "barcode", {"code": "4006"})
    bob.store.close()
    file = tmp_path / "items.csv"
    file.write_text("Name,Barcode,Qty\nGlue,4006,\nChalk,I-1,\nTape,7777,\nWax,7777,\n", encoding="utf-8")
    Office(desk.store.journal.path.parent, reader="").run("import", "items", str(file), "--as", "AA")
    desk.store.refresh()
    codes = [code for number in desk.numbers("items") for code in desk.get("items", number).codes]
    assert codes.count("4006") == codes.count("7777") == 1
    assert "I-1" not in codes
    assert [*problems_of(desk.store.journal)] == []
