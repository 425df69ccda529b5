"""Requests: somebody asks, a clerk decides, and it is handed out, at once or by and by."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui import areas
from botui.data import Desk
from botui.models.base import Change, Conflict, NotAllowed, Refused
from botui.models.office import Department, Party, Person, Place
from botui.models.soundness import problems_of
from botui.models.supplies import Item, Movement, Order, OrderLine, Request, Why
from botui.models.supplies.ledger import Ledger, Posting
from botui.models.supplies.order import State as OrderState
from botui.models.supplies.request import State
from botui.models.supplies.reversing import reversal
from tests.offices import ANN, BOB, CLEO, HANNA, MAX, MONDAY, OTTO, Clock
from tests.offices import office as store_office
from tests.rules import Office

SHELF, CELLAR, DESK = 1, 2, 3
PEN = 1
TODAY = MONDAY.date()
HOSTILE = ["[/x] [@click=app.quit]\x1b[31m", "\u202e\x00 \u6f22 'a' \\", "x" * 200]


def receive(office: Office, place: int, quantity: int) -> None:
    """Let pens come in."""
    ledger = Ledger(office.ctx(), Change("items.receive"))
    ledger.post(Posting(item=PEN, place=place, quantity=quantity, why=Why.RECEIVE, cost=Decimal("0.50")))
    office.apply(ledger.close())


@pytest.fixture
def office() -> Office:
    """Two pens on the shelf, which is their usual place, and five in the cellar."""
    return store_room()


def store_room() -> Office:
    found = Office()
    for number, name in ((SHELF, "Shelf"), (CELLAR, "Cellar"), (DESK, "Front desk")):
        found.put(Place(id=number, name=name))
    found.put(Item(id=PEN, name="Pen, blue", place=SHELF))
    receive(found, SHELF, 2)
    receive(found, CELLAR, 5)
    return found


def ask(office: Office, by: int = 3, **values: Any) -> Request:
    return office.add(Request, by, **{"item": PEN, "quantity": 3, **values})


def ordered(office: Office, quantity: int, expected: date | None) -> None:
    """Let so many pens be on order."""
    office.put(Party(id=1, name="Paper Ltd"))
    office.put(Order(id=7, supplier=1, expected=expected))
    office.put(OrderLine(id=1, order=7, item=PEN, quantity=quantity))
    ledger = Ledger(office.ctx(), Change("orders.order"))
    ledger.lines(7)
    ledger.set(ledger.get(Order, 7), state=OrderState.ORDERED)
    office.apply(ledger.close())


# --- asking -----------------------------------------------------------------------------------------------------------


def test_a_request_is_for_whoever_files_it_or_for_whom_they_name(office: Office) -> None:
    mine, theirs = ask(office), ask(office, person=2)
    assert (mine.person, mine.created_by, mine.state) == (3, 3, State.ASKED)
    assert (theirs.person, theirs.created_by) == (2, 3)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"item": None}, "item"),
        ({"item": 99}, "item"),
        ({"person": 4}, "person"),
        ({"needed_by": TODAY - timedelta(days=1)}, "needed_by"),
        ({"quantity": 0}, "quantity"),
        ({"quantity": -3}, "quantity"),
        ({"quantity": 2_000_000}, "quantity"),
    ],
)
def test_what_cannot_be_asked_for_is_said_at_its_field(office: Office, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as error:
        ask(office, **values)
    assert field in error.value.fields


def test_nothing_is_asked_of_an_item_that_is_not_in_use(office: Office) -> None:
    office.put(office.get(Item, PEN).model_copy(update={"active": False}))
    with pytest.raises(Refused, match="not in use any more"):
        ask(office)


def test_a_word_for_several_things_asks_which_one_unless_none_is_meant(office: Office) -> None:
    assert ask(office, item=None, what="pens").what == "pens"  # there is only one: whoever approves it says so
    for number, name in enumerate(["Pen, black", "Pen, red", "Pen, green", "Paper"], 2):
        office.put(Item(id=number, name=name, active=name != "Pen, green"))
    with pytest.raises(Refused, match=r"^Which one: Pen, black; Pen, blue; Pen, red\?$") as error:
        ask(office, item=None, what="Pens")
    assert {"item", "even_so"} <= error.value.fields.keys()
    assert ask(office, item=None, what="pens", even_so=True).item is None
    assert ask(office, item=None, what="a pen holder").what == "a pen holder"


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_says_what_is_wanted_and_stays_text(office: Office, text: str) -> None:
    one = ask(office, item=None, what=text)
    assert areas.kind("requests").title(one) == f"3 x {one.what}"
    assert not set("\x1b\u202e\x00") & set(one.what)
    office.do(one, "accept")
    assert office.do(one, "hand_out").state is State.HANDED


def test_what_is_decided_is_not_edited(office: Office) -> None:
    one = ask(office)
    assert office.edit(one, 3, quantity=1).quantity == 1
    with pytest.raises(Refused, match="Only Cleo Cole or a clerk"):
        office.edit(ask(office), 4, quantity=1)
    office.do(one, "accept")
    with pytest.raises(Refused, match="cancel it"):
        office.edit(one, 3, quantity=2)


# --- deciding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quantity", "on_order", "said"),
    [
        (3, None, "RQ-1 is approved: 3 x Pen, blue."),
        (9, None, "RQ-1 is approved: 9 x Pen, blue, 7 here, 2 to come: nothing is on order."),
        (
            8,
            TODAY + timedelta(days=4),
            "RQ-1 is approved: 8 x Pen, blue, 7 here, 1 to come: 24 on order, expected Fri 27 Nov (PO-7).",
        ),
    ],
)
def test_approval_promises_and_says_what_is_here_and_what_is_to_come(
    office: Office, quantity: int, on_order: date | None, said: str
) -> None:
    if on_order:
        ordered(office, 24, on_order)
    one = ask(office, quantity=quantity)
    assert office.said(one, "accept") == said
    assert office.get(Item, PEN).reserved == quantity
    assert office.problems() == []


def test_what_others_were_promised_is_not_here_for_the_next_one(office: Office) -> None:
    office.do(ask(office, quantity=6), "accept")
    assert "1 here, 2 to come" in office.said(ask(office), "accept")


def test_fewer_may_be_approved_and_a_word_becomes_an_item(office: Office) -> None:
    with pytest.raises(Refused, match="more than was asked for"):
        office.do(ask(office), "accept", quantity=4)
    office.put(Item(id=2, name="Quill", active=False))
    with pytest.raises(Refused, match="not in use any more"):
        office.do(ask(office), "accept", item=2)
    one = office.do(ask(office, item=None, what="a blue one"), "accept", item=PEN, quantity=2)
    assert (one.item, one.quantity, one.source, office.get(Item, PEN).reserved) == (PEN, 2, SHELF, 2)


def test_nobody_approves_their_own_request(office: Office) -> None:
    assert "their own" in str(office.why_not(ask(office, 1), "accept", 1))
    assert office.why_not(ask(office, 1, person=3), "accept", 1) is None


@pytest.mark.parametrize(("verb", "by", "values"), [("reject", 1, {"reason": "Too dear"}), ("cancel", 3, {})])
def test_what_was_promised_is_free_again_when_it_is_refused_or_cancelled(
    office: Office, verb: str, by: int, values: dict[str, Any]
) -> None:
    one = ask(office)
    office.do(one, "accept")
    after = office.do(one, verb, by, **values)
    assert (after.state.value, after.reason) == (
        {"reject": "refused", "cancel": "cancelled"}[verb],
        values.get("reason", ""),
    )
    assert office.get(Item, PEN).reserved == 0
    assert office.problems() == []


# --- handing out ------------------------------------------------------------------------------------------------------


def test_a_hand_over_books_what_was_taken_by_whom_and_for_which_request(office: Office) -> None:
    one = ask(office, quantity=2, place=DESK)
    office.do(one, "accept")
    assert office.said(one, "hand_out", 2) == "RQ-1: 2 x Pen, blue for Cleo Cole handed out."
    after, (moved,) = office.get(Request, 1), office.data.find(Movement, request=1)
    assert (after.state, after.handed) == (State.HANDED, 2)
    assert (moved.quantity, moved.place, moved.person, moved.to_place, moved.by) == (-2, SHELF, 3, DESK, 2)
    assert (office.get(Item, PEN).reserved, office.get(Item, PEN).used) == (0, 2)
    assert office.problems() == []


def test_what_is_not_here_stays_open_and_the_rest_is_picked_where_it_lies(office: Office) -> None:
    one = ask(office, quantity=9)
    assert office.do(one, "accept").source == CELLAR
    said = office.said(one, "hand_out")
    assert said == "RQ-1: 5 x Pen, blue for Cleo Cole handed out, 4 left to hand out."
    assert (office.get(Request, 1).state, office.get(Request, 1).source) == (State.APPROVED, SHELF)
    office.do(one, "hand_out", quantity=1)
    with pytest.raises(Refused, match="Only 3 of RQ-1 are left"):
        office.do(one, "hand_out", quantity=4)
    assert office.said(one, "hand_out").endswith(", 2 still to come: nothing is on order.")
    ordered(office, 24, None)
    with pytest.raises(Refused, match=r"Pen, blue: nothing is left; 24 on order \(PO-7\)\."):
        office.do(one, "hand_out")
    assert office.get(Item, PEN).reserved == office.get(Request, 1).left == 2
    assert "Part of it is handed out" in str(office.why_not(one, "reject"))
    office.do(one, "cancel")
    assert office.get(Item, PEN).reserved == 0
    assert office.problems() == []


def test_a_hand_over_that_is_taken_back_is_open_again_but_a_cancelled_one_stays_so(office: Office) -> None:
    for verb in ("hand_out", "cancel"):
        one = ask(office, quantity=3)
        office.do(one, "accept")
        office.do(one, "hand_out", quantity=1)
        office.do(one, verb)
        office.apply(reversal(office.ctx(), office.data.find(Movement, request=one.id), Change("movements.reverse")))
        after = office.get(Request, one.id)
        assert (after.handed, after.state) == (0, State.APPROVED if verb == "hand_out" else State.CANCELLED)
        assert office.problems() == []


def test_of_what_is_not_kept_nothing_is_counted(office: Office) -> None:
    one = ask(office, item=None, what="a plant", quantity=2)
    office.do(one, "accept")
    with pytest.raises(Refused, match="nothing that we keep"):
        office.do(one, "hand_out", quantity=1)
    assert office.said(one, "hand_out") == "RQ-1: 2 x a plant handed out."
    assert office.problems() == []


def test_the_pick_list_goes_by_the_place_where_things_lie(office: Office) -> None:
    numbers = [ask(office, quantity=quantity).id for quantity in (5, 2, 3)]
    for number in numbers:
        office.do(office.get(Request, number), "accept")
    kind = areas.kind("requests")
    view = kind.view("hand_out")
    found = office.data.listed(Request, view.where(office.ctx()))
    assert view.sort == "source"
    assert [one.id for one in sorted(found, key=lambda one: one.source or 0)] == [2, 1, 3]


VERBS = ("ask", "accept", "hand_out", "reject", "cancel", "reverse", "receive")


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(VERBS), st.integers(1, 9), st.integers(0, 20)), max_size=25))
def test_whatever_is_asked_promised_handed_out_and_taken_back_the_sums_hold(steps: list[tuple[str, int, int]]) -> None:
    office = store_room()
    for verb, many, which in steps:
        asked, moved = office.data.find(Request), [*office.data.find(Movement)]
        with suppress(Refused):
            if verb == "ask":
                ask(office, quantity=many)
            elif verb == "receive":
                receive(office, CELLAR, many)
            elif verb == "reverse":
                office.apply(reversal(office.ctx(), [moved[which % len(moved)]], Change("movements.reverse")))
            elif asked:
                needs: dict[str, dict[str, Any]] = {
                    "reject": {"reason": "No"},
                    "hand_out": {"quantity": many % 4 or None},
                }
                office.do(asked[which % len(asked)], verb, **needs.get(verb, {}))
    assert office.problems() == []
    still = [one for one in office.data.find(Request) if one.state is State.APPROVED]
    assert office.get(Item, PEN).reserved == sum(one.quantity - one.handed for one in still)
    assert all(one.handed < one.quantity for one in still), "what is handed out is not to be handed out any more"


def test_a_list_shows_what_is_needed_today_what_is_late_and_what_is_over(office: Office) -> None:
    style = areas.kind("requests").row_style
    days = (TODAY, TODAY + timedelta(days=1), None)
    styles = [style(ask(office, needed_by=day).doc(), "2026-11-23T09:00:00Z") for day in days]
    late = style(ask(office, needed_by=TODAY).doc(), "2026-11-24T09:00:00Z")
    over = style(office.do(ask(office), "cancel").doc(), "2026-11-23T09:00:00Z")
    assert ([*styles], late, over) == (["soon", "", ""], "late", "done")


# --- at the desk ------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """Cleo asked for two pens, Hanna for paper; Max manages Cleo."""
    desk = store_office(folder, ANN, Clock())

    def begin(ctx: Any) -> Change:
        change = Change("office.begin")
        change.set(ctx.data.get(Department, 1), manager=MAX)
        change.set(ctx.data.get(Person, CLEO), department=1)
        return change.add(Item(id=PEN, name="Pen, blue", place=2))

    desk.as_system().apply(begin)
    desk.for_person(CLEO).add("requests", {"item": PEN, "quantity": 2})
    desk.for_person(HANNA).add("requests", {"what": "Paper", "quantity": 1})
    yield desk
    desk.store.close()


def seen(desk: Desk, person: int) -> list[int]:
    return desk.for_person(person).numbers("requests")


def test_everybody_sees_their_own_requests_and_a_manager_those_of_the_team(desk: Desk) -> None:
    assert {person: seen(desk, person) for person in (CLEO, HANNA, MAX, ANN, OTTO)} == {
        CLEO: [1],
        HANNA: [2],
        MAX: [1],
        ANN: [1, 2],
        OTTO: [1, 2],
    }
    with pytest.raises(NotAllowed):
        desk.for_person(HANNA).get("requests", 1)
    with pytest.raises(Refused, match="Only Cleo Cole or a clerk"):
        desk.for_person(MAX).edit(desk.get("requests", 1), {"quantity": 1})


def test_only_the_store_room_decides_and_only_whose_it_is_cancels(desk: Desk) -> None:
    for person in (CLEO, MAX, OTTO):
        with pytest.raises(NotAllowed):
            desk.for_person(person).do("requests", 1, "accept")
    with pytest.raises(NotAllowed):
        desk.for_person(MAX).do("requests", 1, "cancel")
    assert desk.for_person(CLEO).do("requests", 1, "cancel").said == "RQ-1 is cancelled."
    assert desk.do("requests", 2, "reject", {"reason": "No"}).said == "RQ-2 is refused: No"


def test_a_title_names_the_item_as_it_is_called_now(desk: Desk) -> None:
    assert [desk.title("requests", number) for number in (1, 2)] == ["2 x Pen, blue", "1 x Paper"]
    desk.edit(desk.get("items", PEN), {"name": "Pen, black"})
    assert desk.title("requests", 1) == "2 x Pen, black"


def test_a_hand_over_that_is_undone_brings_stock_and_promise_back(desk: Desk) -> None:
    def stock(ctx: Any) -> Change:
        ledger = Ledger(ctx, Change("items.receive"))
        ledger.post(Posting(item=PEN, place=2, quantity=5, why=Why.RECEIVE))
        return ledger.close()

    desk.as_system().apply(stock)
    bob = desk.for_person(BOB)
    bob.do("requests", 1, "accept")
    done = bob.do("requests", 1, "hand_out")
    item = bob.get("items", PEN)
    assert (item.on_hand, item.reserved) == (3, 0)
    bob.undo(done.digest)
    item, request = bob.get("items", PEN), bob.get("requests", 1)
    assert (item.on_hand, item.reserved, request.state, request.handed) == (5, 2, State.APPROVED, 0)


def test_an_approval_that_is_undone_promises_nothing(desk: Desk) -> None:
    done = desk.do("requests", 1, "accept")
    assert desk.get("items", PEN).reserved == 2
    desk.undo(done.digest)
    assert (desk.get("items", PEN).reserved, desk.get("requests", 1).state) == (0, State.ASKED)


def test_what_was_approved_is_not_changed_by_taking_back_an_edit_of_before(desk: Desk) -> None:
    cleo = desk.for_person(CLEO)
    done = cleo.edit(cleo.get("requests", 1), {"quantity": 5})
    accepted = desk.do("requests", 1, "accept", {"quantity": "4"})
    with pytest.raises((Refused, Conflict)):
        cleo.undo(done.digest)
    desk.undo(accepted.digest)
    assert (desk.get("requests", 1).quantity, desk.get("items", PEN).reserved) == (5, 0)
    desk.do("requests", 1, "accept")
    with pytest.raises(Refused, match="RQ-1 is to hand out"):
        cleo.undo(done.digest)
    assert desk.get("items", PEN).reserved == desk.get("requests", 1).quantity == 5
    assert [*problems_of(desk.store.journal)] == []


def test_a_quantity_that_is_very_much_asks_again(desk: Desk) -> None:
    cleo = desk.for_person(CLEO)
    with pytest.raises(Refused, match="Even so") as error:
        cleo.add("requests", {"item": PEN, "quantity": 5000})
    assert {"quantity", "even_so"} <= error.value.fields.keys()
    cleo.add("requests", {"item": PEN, "quantity": 5000, "even_so": True})
    assert desk.get("requests", 3).even_so is None
    cleo.edit(desk.get("requests", 3), {"note": "For the fair"})
    with pytest.raises(Refused, match="Even so"):
        cleo.edit(desk.get("requests", 3), {"quantity": 6000})
