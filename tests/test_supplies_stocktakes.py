"""Stocktakes: a blind count, differences of the moment of counting, a second person, one change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui import areas
from botui.data import Desk
from botui.models.base import Change, NotAllowed, PinNeeded, Refused
from botui.models.office import Department, Person, Place, Role, StandIn
from botui.models.supplies import Count, Item, Movement, Stocktake, Why, counting
from botui.models.supplies.differences import differences, report, total
from botui.models.supplies.ledger import Ledger, Posting
from botui.models.supplies.reversing import reversal
from botui.models.supplies.stocktake import State
from tests import command_line
from tests.offices import ANN, BOB, CLEO, MAX, Clock, lines
from tests.offices import office as store_office
from tests.rules import Office

HOUSE, ROOM, SHELF, CELLAR = 1, 2, 3, 4
PEN, PAPER, TONER = 1, 2, 3
MAY = 5
"""A manager."""
DAYS = (date(2026, 11, 1), date(2026, 11, 30))


def move(office: Office, item: int, place: int, quantity: int, by: int = 1, **more: Any) -> None:
    """Let stock come or go."""
    ledger = Ledger(office.ctx(by), Change("items.test"))
    post = ledger.post if quantity > 0 else ledger.take_out
    post(Posting(item=item, place=place, quantity=quantity, why=Why.RECEIVE if quantity > 0 else Why.TAKE, **more))
    office.apply(ledger.close())


@pytest.fixture
def office() -> Office:
    """A store room with a shelf and a cellar: pens, paper and toner; May manages Ann and Bob."""
    return store_room()


def store_room() -> Office:
    found = Office()
    for number, name, within in ((1, "House", None), (2, "Store room", 1), (3, "Shelf", 2), (4, "Cellar", 1)):
        found.put(Place(id=number, name=name, within=within))
    found.put(Department(id=1, name="IT", manager=MAY))
    found.put(Person(id=MAY, name="May Moore", initials="MM", roles=(Role.MANAGER,)))
    for number in (found.ANN, found.BOB):
        found.put(found.get(Person, number).model_copy(update={"department": 1}))
    found.put(Item(id=PEN, name="Pen, blue", category="Writing", place=SHELF))
    found.put(Item(id=PAPER, name="Paper", category="Paper", place=CELLAR))
    found.put(Item(id=TONER, name="Toner", category="Printers", place=SHELF, active=False))
    move(found, PEN, SHELF, 10, cost=Decimal("0.50"))
    move(found, PEN, CELLAR, 4, cost=Decimal("0.50"))
    move(found, PAPER, CELLAR, 30, cost=Decimal("4"))
    return found


def begin(office: Office, by: int = 1, **values: Any) -> Stocktake:
    return office.add(Stocktake, by, **{"name": "Winter", **values})


def counts(office: Office, stocktake: Stocktake) -> dict[tuple[int, int], Count]:
    return {(one.item, one.place): one for one in office.data.find(Count, stocktake=stocktake.id)}


def counted(office: Office, stocktake: Stocktake, by: int = 1, **found: int) -> None:
    """Count what ``pen_3=9`` says: so many of an item in a place."""
    items = {"pen": PEN, "paper": PAPER, "toner": TONER}
    for name, many in found.items():
        item, _, place = name.partition("_")
        office.do(counts(office, stocktake)[items[item], int(place)], "count", by, counted=many)


# --- what is counted --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scope", "spots"),
    [
        ({}, [(PAPER, CELLAR), (PEN, CELLAR), (PEN, SHELF)]),
        ({"places": (CELLAR,)}, [(PAPER, CELLAR), (PEN, CELLAR)]),
        ({"places": (ROOM,)}, [(PEN, SHELF)]),
        ({"categories": "WRITING, paper", "places": (HOUSE,)}, [(PAPER, CELLAR), (PEN, CELLAR), (PEN, SHELF)]),
        ({"categories": "paper"}, [(PAPER, CELLAR)]),
    ],
)
def test_the_list_has_what_lies_in_the_scope_in_the_order_in_which_one_walks(
    office: Office, scope: dict[str, Any], spots: list[tuple[int, int]]
) -> None:
    assert [*counts(office, begin(office, **scope))] == spots


def test_an_item_is_counted_at_its_usual_place_though_none_should_be_there(office: Office) -> None:
    move(office, PEN, SHELF, -10)
    assert (PEN, SHELF) in counts(office, begin(office))


@pytest.mark.parametrize(
    ("scope", "field"),
    [
        ({"categories": "Food"}, "categories"),
        ({"categories": "Paper, Pencils"}, "categories"),
        ({"places": (9,)}, "places"),
    ],
)
def test_a_stocktake_of_nothing_is_refused(office: Office, scope: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as error:
        begin(office, **scope)
    assert field in error.value.fields


def test_what_is_being_counted_already_is_left_out_and_said(office: Office) -> None:
    first = begin(office, places=(CELLAR,))
    said = office.apply(counting.create(office.ctx(), Stocktake(id=2, name="All"))).said
    assert said == "ST-2 All is begun: 1 count. 2 left out: being counted in ST-1."
    assert [*counts(office, office.get(Stocktake, 2))] == [(PEN, SHELF)]
    with pytest.raises(Refused, match="All of it is being counted in ST-1 already"):
        begin(office, places=(CELLAR,))
    office.do(first, "cancel", reason="Not today")
    assert len(counts(office, begin(office, places=(CELLAR,)))) == 2


def test_what_is_found_elsewhere_is_added_once_and_only_while_counting(office: Office) -> None:
    stocktake = begin(office, places=(CELLAR,))
    new = office.add(Count, stocktake=stocktake.id, item=TONER, place=CELLAR)
    assert (new.item, new.place, new.counted) == (TONER, CELLAR, None)
    for values, field in (
        ({"stocktake": 1, "item": TONER, "place": CELLAR}, "item"),
        ({"stocktake": 1, "item": 99, "place": CELLAR}, "item"),
        ({"stocktake": 1, "item": TONER, "place": 99}, "place"),
        ({"stocktake": 9, "item": TONER, "place": SHELF}, "stocktake"),
    ):
        with pytest.raises(Refused) as error:
            office.add(Count, **values)
        assert field in error.value.fields
    office.do(stocktake, "cancel", reason="No time")
    with pytest.raises(Refused, match="cancelled"):
        office.add(Count, stocktake=stocktake.id, item=PEN, place=SHELF)


def test_what_is_counted_is_settled_when_it_begins(office: Office) -> None:
    stocktake = begin(office, places=(CELLAR,))
    assert office.edit(stocktake, name="Cellar").name == "Cellar"
    for values in ({"places": (SHELF,)}, {"categories": ("paper",)}):
        with pytest.raises(Refused, match="settled"):
            office.edit(stocktake, **values)
    with pytest.raises(Refused, match="stays"):
        office.edit(counts(office, stocktake)[PEN, CELLAR], place=SHELF)


def test_too_much_to_count_asks_for_places_or_categories_and_what_is_over_stays(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    stocktake = office.do(begin(office), "cancel", reason="Not today")
    for verb in ("cancel", "ask_approval"):
        assert office.why_not(stocktake, verb) == "It is cancelled."
    one = counts(office, stocktake)[PEN, SHELF]
    assert {office.why_not(one, verb) for verb in ("count", "recount")} == {"ST-1 is cancelled."}
    with pytest.raises(Refused, match="ST-1 is cancelled"):
        office.edit(stocktake, name="Summer")
    style = areas.kind("stocktakes").row_style
    assert [style(office.get(Stocktake, number).doc(), "") for number in (1, begin(office).id)] == ["done", ""]
    monkeypatch.setattr(counting, "COUNTS_MAX", 1)
    office.do(office.get(Stocktake, 2), "cancel", reason="Too much")
    with pytest.raises(Refused, match="3 counts; 1 at most"):
        begin(office)


# --- counting ---------------------------------------------------------------------------------------------------------


def test_a_count_says_who_counted_and_nothing_of_what_should_be_there(office: Office) -> None:
    stocktake = begin(office, places=(CELLAR,))
    assert (
        office.said(counts(office, stocktake)[PEN, CELLAR], "count", 2, counted=3) == "Pen, blue in Cellar: 3 counted."
    )
    one = counts(office, stocktake)[PEN, CELLAR]
    assert (one.counted, one.counted_by, one.expected, one.difference) == (3, 2, None, 0)
    counted(office, stocktake, 1, pen_4=5)
    assert office.get(Stocktake, stocktake.id).counters == (2, 1)
    with pytest.raises(Refused, match="is being counted"):
        differences(office.ctx(), office.get(Stocktake, stocktake.id))


def test_counting_is_not_done_while_something_is_not_counted_unless_somebody_says_so(office: Office) -> None:
    stocktake = begin(office)
    with pytest.raises(Refused, match="Nothing is counted yet"):
        office.do(stocktake, "ask_approval", even_so=True)
    counted(office, stocktake, pen_3=9)
    with pytest.raises(Refused, match="2 of 3 are not counted yet: Paper in Cellar, Pen, blue in Cellar") as error:
        office.do(stocktake, "ask_approval")
    assert "even_so" in error.value.fields
    said = office.said(stocktake, "ask_approval", even_so=True)
    assert said == "ST-1: 1 difference. 2 not counted. May Moore is asked to approve it."
    office.do(stocktake, "approve", MAY)
    assert (office.get(Item, PEN).at(SHELF), office.get(Item, PEN).at(CELLAR)) == (9, 4)
    assert office.get(Item, PAPER).counted_at is None, "what nobody counted was not counted"


@pytest.mark.parametrize(
    ("to", "why"),
    [
        (1, "had a hand in it"),
        (2, "had a hand in it"),
        (3, "works as none"),
        (4, "Who is to approve it"),
        (99, "Who is to approve it"),
    ],
)
def test_whoever_had_a_hand_in_it_or_has_no_say_is_not_asked(office: Office, to: int, why: str) -> None:
    stocktake = begin(office, places=(CELLAR,))
    counted(office, stocktake, 2, pen_4=4, paper_4=30)
    with pytest.raises(Refused, match=why) as error:
        office.do(stocktake, "ask_approval", to=to)
    assert "to" in error.value.fields


def test_whoever_counted_does_not_book_it_for_somebody_else_either(office: Office) -> None:
    stocktake = begin(office, places=(CELLAR,))
    counted(office, stocktake, 2, pen_4=4, paper_4=30)
    stocktake = office.do(stocktake, "ask_approval")
    for who in (1, 2):
        for verb in ("approve", "refuse"):
            assert "You had a hand in it" in str(office.why_not(stocktake, verb, who))
    assert office.why_not(stocktake, "approve", MAY) is None


# --- differences ------------------------------------------------------------------------------------------------------


def test_differences_are_of_the_moment_of_counting_with_their_worth_the_dearest_first(office: Office) -> None:
    stocktake = begin(office)
    counted(office, stocktake, pen_3=8, pen_4=4)
    move(office, PEN, SHELF, -3)
    move(office, PAPER, CELLAR, -5)
    counted(office, stocktake, paper_4=26)
    stocktake = office.do(stocktake, "ask_approval")
    found = differences(office.ctx(), stocktake)
    assert [(one.name, one.expected, one.counted, one.difference, one.worth) for one in found] == [
        ("Paper", 25, 26, 1, Decimal("4.00")),
        ("Pen, blue", 10, 8, -2, Decimal("-1.00")),
    ]
    assert total(found) == Decimal("3.00")
    move(office, PEN, SHELF, 20)
    assert office.said(stocktake, "approve", MAY) == "ST-1 is booked: 2 differences, +3.00 EUR."
    assert office.get(Item, PEN).at(SHELF) == 10 - 3 + 20 - 2
    booked = [one for one in office.data.find(Movement, stocktake=1)]
    assert [(one.why, one.quantity, one.by) for one in booked] == [(Why.COUNT, 1, MAY), (Why.COUNT, -2, MAY)]
    assert office.problems() == []


def test_the_report_has_what_was_booked_in_some_days_at_the_worth_of_then_and_what_waits(office: Office) -> None:
    stocktake = begin(office, name="Winter")
    counted(office, stocktake, pen_3=8, pen_4=4, paper_4=31)
    assert report(office.ctx(), *DAYS).rows == (), "counting goes on"
    office.do(stocktake, "ask_approval")
    waits = report(office.ctx(), *DAYS).rows
    office.do(stocktake, "approve", MAY)
    office.put(office.get(Item, PAPER).model_copy(update={"average": Decimal(9)}))
    assert report(office.ctx(), *DAYS).rows == (
        ("ST-1 Winter", "booked", "Paper", "Cellar", 30, 31, 1, Decimal("4.00")),
        ("ST-1 Winter", "booked", "Pen, blue", "Shelf", 10, 8, -2, Decimal("-1.00")),
        ("All", "", "", "", "", "", "", Decimal("3.00")),
    )
    assert [row[1] for row in waits] == ["to approve", "to approve", ""]
    assert report(office.ctx(), date(2026, 1, 1), date(2026, 1, 31)).rows == ()


def test_what_is_refused_is_counted_again_blind_and_the_first_count_is_kept(office: Office) -> None:
    stocktake = begin(office)
    counted(office, stocktake, pen_3=8, pen_4=4, paper_4=30)
    office.do(stocktake, "ask_approval")
    said = office.said(stocktake, "refuse", MAY, reason="8 pens?")
    assert said == "ST-1 is not approved: counting goes on. 1 count is marked."
    all_of_it = counts(office, stocktake)
    assert all(one.expected is None for one in all_of_it.values())
    one = all_of_it[PEN, SHELF]
    assert (one.first, one.counted, one.recount) == (8, None, True)
    assert office.why_not(one, "recount") == "It is to be counted again already."
    counted(office, stocktake, 2, pen_3=10)
    assert counts(office, stocktake)[PEN, SHELF].recount is False
    assert office.said(stocktake, "ask_approval") == "ST-1: no differences. May Moore is asked to approve it."


def test_a_count_marked_when_counting_was_over_lets_it_go_on(office: Office) -> None:
    stocktake = begin(office, places=(CELLAR,))
    counted(office, stocktake, pen_4=1, paper_4=30)
    stocktake = office.do(stocktake, "ask_approval")
    assert office.why_not(counts(office, stocktake)[PEN, CELLAR], "count") == "ST-1 is to approve."
    office.do(counts(office, stocktake)[PEN, CELLAR], "recount")
    assert office.get(Stocktake, 1).state is State.COUNTING
    assert {one.expected for one in counts(office, stocktake).values()} == {None}
    assert office.why_not(counts(office, stocktake)[PEN, CELLAR], "count") is None


def test_a_count_that_cannot_be_true_is_not_booked_and_says_which(office: Office) -> None:
    stocktake = begin(office, places=(CELLAR,))
    counted(office, stocktake, pen_4=1, paper_4=30)
    move(office, PEN, CELLAR, -3)
    office.do(stocktake, "ask_approval")
    with pytest.raises(Refused, match=r"Pen, blue: there is only 1 left in Cellar\. Have it counted again: CN-2"):
        office.do(stocktake, "approve", MAY)


SPOTS = ((PEN, SHELF), (PEN, CELLAR), (PAPER, CELLAR))
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["count", "in", "out", "in_by_date", "correct", "slip", "take_back"]),
        st.sampled_from(SPOTS),
        st.integers(0, 12),
    ),
    max_size=14,
)


class Room:
    """A store room in which things lie, whatever the ledger says of it.

    Attributes:
        there: what lies where.
        slips: what was booked and never taken.
    """

    def __init__(self, truth: tuple[int, ...]) -> None:
        self.office = store_room()
        self.there = dict(zip(SPOTS, truth, strict=True))
        self.slips: list[Movement] = []
        self.stocktake = begin(self.office)

    def step(self, what: str, spot: tuple[int, int], many: int) -> None:
        """Let something happen: things move, are counted, or are only put right in the ledger."""
        at = self.office.get(Item, spot[0]).at(spot[1])
        if what == "count":
            self.office.do(counts(self.office, self.stocktake)[spot], "count", counted=self.there[spot])
        elif what in ("in", "in_by_date") and many:
            move(self.office, *spot, many, use_by=date(2027, 1, 1 + many) if what == "in_by_date" else None)
            self.there[spot] += many
        elif what == "out" and (taken := min(many, self.there[spot], at)):
            move(self.office, *spot, -taken)
            self.there[spot] -= taken
        elif what == "correct" and many:
            ledger = Ledger(self.office.ctx(), Change("items.correct"))
            ledger.post(Posting(item=spot[0], place=spot[1], quantity=many, why=Why.CORRECT))
            self.office.apply(ledger.close())
        elif what == "slip" and (slipped := min(many, at)):
            before = {one.id for one in self.office.data.find(Movement)}
            move(self.office, *spot, -slipped)
            self.slips += [one for one in self.office.data.find(Movement) if one.id not in before]
        elif what == "take_back":
            self.take_back()

    def take_back(self) -> None:
        """Take back what was booked and never taken."""
        change = Change("movements.reverse")
        self.office.apply(reversal(self.office.ctx(), self.slips, change))
        self.slips = []


@settings(max_examples=60)
@given(st.tuples(*(st.integers(0, 40) for _ in SPOTS)), STEPS, STEPS)
def test_after_booking_the_ledger_says_what_is_there_whatever_moved_or_was_put_right_meanwhile(
    truth: tuple[int, ...], while_counting: list[Any], before_booking: list[Any]
) -> None:
    room = Room(truth)
    office, stocktake = room.office, room.stocktake
    for one in while_counting:
        room.step(*one)
    for spot, one in counts(office, stocktake).items():
        if one.counted is None:
            room.step("count", spot, 0)
    office.do(stocktake, "ask_approval")
    for one in before_booking:
        if one[0] != "count":
            room.step(*one)
    room.take_back()
    office.do(stocktake, "approve", MAY)
    assert {spot: office.get(Item, spot[0]).at(spot[1]) for spot in SPOTS} == room.there
    assert office.problems() == []
    assert all(office.get(Item, item).counted_at == office.now for item in (PEN, PAPER))


# --- at the desk ------------------------------------------------------------------------------------------------------

PIN = "2580"


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """Ann's stocktake ST-1 of 4321 pens in a room, which Bob counted as 17; Max manages Ann; PINs are chosen."""
    desk = store_office(folder, ANN, Clock())

    def room(ctx: Any) -> Change:
        change = Change("office.begin")
        change.set(ctx.data.get(Department, 1), manager=MAX)
        change.set(ctx.data.get(Person, ANN), department=1)
        return change.add(Item(id=PEN, name="Pen, blue", place=2))

    def stock(ctx: Any) -> Change:
        ledger = Ledger(ctx, Change("items.receive"))
        ledger.post(Posting(item=PEN, place=2, quantity=4321, why=Why.RECEIVE, cost=Decimal("0.50")))
        return ledger.close()

    for person in (ANN, BOB, MAX):
        desk.secrets.set_pin(person, PIN)
    desk.as_system().apply(room)
    desk.as_system().apply(stock)
    desk.add("stocktakes", {"name": "Winter"})
    desk.for_person(BOB).do("counts", 1, "count", {"counted": 17})
    yield desk
    desk.store.close()


def test_what_should_be_there_is_behind_no_door_while_counting_goes_on(desk: Desk, folder: Path) -> None:
    office = command_line.Office(folder)
    told = [
        office.run(*words, "--as", "AA").out
        for words in (
            ["show", "CN-1"],
            ["show", "CN-1", "--json"],
            ["show", "ST-1"],
            ["list", "counts", "--csv"],
            ["history", "CN-1"],
            ["history", "ST-1"],
        )
    ]
    assert all("17" in one for one in told if "CN-1" in one and "Winter" not in one)
    counting = [entry for entry in desk.store.journal.history() if "counts" in {op.table for op in entry.ops}]
    told += [str(op.doc) for entry in counting for op in entry.ops]
    assert told
    assert not [one for one in told if "4321" in one.replace(",", "") or "4304" in one.replace(",", "")]
    desk.do("stocktakes", 1, "ask_approval")
    assert "4,321" in office.run("show", "CN-1", "--as", "AA").out.replace("4321", "4,321"), "now it is there"


def test_a_count_of_none_is_told_in_the_history(desk: Desk, folder: Path) -> None:
    desk.do("counts", 1, "count", {"counted": 0})
    told = command_line.Office(folder).run("history", "CN-1", "--as", "AA").out
    assert "Counted: 17 -> 0" in told
    desk.do("counts", 1, "recount")
    desk.do("counts", 1, "count", {"counted": 0})
    told = command_line.Office(folder).run("history", "CN-1", "--as", "AA").out
    assert [line.strip() for line in told.splitlines() if "Counted:" in line][-1] == "Counted: 0"


def test_the_staff_see_no_stocktake_and_a_manager_looks_but_does_not_count(desk: Desk) -> None:
    for collection in ("stocktakes", "counts"):
        assert desk.for_person(CLEO).numbers(collection) == []
        assert desk.for_person(MAX).numbers(collection) == [1]
        with pytest.raises(NotAllowed):
            desk.for_person(CLEO).get(collection, 1)
    for person in (CLEO, MAX):
        with pytest.raises(NotAllowed):
            desk.for_person(person).do("counts", 1, "count", {"counted": 1})
        with pytest.raises(NotAllowed):
            desk.for_person(person).add("counts", {"stocktake": 1, "item": PEN, "place": 1})


def test_a_second_person_books_with_their_pin_and_undo_takes_all_of_it_back(desk: Desk) -> None:
    desk.for_person(CLEO).do("items", PEN, "take", {"quantity": 3})
    desk.do("stocktakes", 1, "ask_approval")
    for person in (ANN, BOB):
        with pytest.raises((NotAllowed, Refused)):
            desk.for_person(person, confirmed=True).do("stocktakes", 1, "approve")
    with pytest.raises(PinNeeded):
        desk.for_person(MAX).do("stocktakes", 1, "approve")
    boss = desk.for_person(MAX, confirmed=True)
    done = boss.do("stocktakes", 1, "approve")
    assert done.said == "ST-1 is booked: 1 difference, -2,152.00 EUR."
    item, stocktake = desk.get("items", PEN), desk.get("stocktakes", 1)
    assert (item.on_hand, item.counted_at, stocktake.approved_by) == (14, desk.clock(), MAX)
    boss.undo(done.digest)
    assert (desk.get("items", PEN).on_hand, desk.get("stocktakes", 1).state) == (4318, State.TO_APPROVE)


def test_a_count_is_not_taken_back_once_counting_is_over(desk: Desk) -> None:
    bob = desk.for_person(BOB)
    done = bob.do("counts", 1, "count", {"counted": 18})
    desk.do("stocktakes", 1, "ask_approval")
    with pytest.raises(Refused, match=r"ST-1 is to approve. Count it again"):
        bob.undo(done.digest)
    assert desk.get("counts", 1).counted == 18


def test_who_stands_in_for_the_approver_books_it_only_without_a_hand_in_it(desk: Desk) -> None:
    desk.do("stocktakes", 1, "ask_approval")
    today = desk.context().today
    for person in (BOB, CLEO):
        desk.as_system().apply(
            lambda ctx, person=person: Change("standins.begin").add(  # type: ignore[misc]
                StandIn(id=person, person=MAX, stand_in=person, starts=today, ends=today)
            )
        )
    with pytest.raises(Refused, match="You had a hand in it"):
        desk.for_person(BOB, confirmed=True).do("stocktakes", 1, "approve")
    desk.for_person(CLEO, confirmed=True).do("stocktakes", 1, "approve")
    assert (desk.get("stocktakes", 1).approved_by, desk.get("stocktakes", 1).approved_for) == (CLEO, MAX)


def test_a_stocktake_of_two_hundred_items_is_begun_and_booked_in_one_change_each(folder: Path) -> None:
    desk = store_office(folder, ANN, Clock())

    def many(ctx: Any) -> Change:
        change = Change("office.begin")
        for number in range(1, 201):
            change.add(Item(id=number, name=f"Thing {number}", place=2))
        return change

    desk.as_system().apply(many)
    before = lines(desk)
    assert desk.add("stocktakes", {"name": "All"}).said == "ST-1 All is begun: 200 counts."
    for number in range(1, 201):
        desk.do("counts", number, "count", {"counted": number % 3})
    desk.do("stocktakes", 1, "ask_approval", {"to": BOB})
    desk.for_person(BOB, confirmed=True).do("stocktakes", 1, "approve")
    assert lines(desk) == before + 1 + 200 + 2
    there = {one.item: one.counted for one in desk.find("counts", {})}
    assert there == {one.id: one.on_hand for one in desk.find("items", {})}
    assert set(there.values()) == {0, 1, 2}
    desk.store.close()
