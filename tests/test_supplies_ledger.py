"""The ledger of stock in a real store: several desks, undo, what follows from a movement; and what is kept of items."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from botui.data import Desk
from botui.models.base import Change, NotAllowed, PinNeeded, Refused
from botui.models.office import Context, Party
from botui.models.soundness import problems_of
from botui.models.supplies import Item, Movement, Order, OrderLine, Request, Why
from botui.models.supplies.ledger import Ledger, Posting
from botui.models.supplies.order import State as OrderState
from botui.models.supplies.request import State as RequestState
from tests.offices import BOB, CLEO, MAX, OTTO, Clock, beside, office

PEN, GLUE = 1, 2
HOSTILE = ["[/x] [@click=app.quit]", "\x1b[31m4006", "\u202e123", "漢字", "  4006  "]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ann(tmp_path: Path, clock: Clock) -> Desk:
    desk = office(tmp_path, clock=clock)
    desk.as_system().apply(lambda ctx: Change("parties.add").add(Party(id=1, name="Paper & Co")))
    desk.add("items", {"name": "Pen, blue", "code": "PEN", "codes": ("4006", "4007"), "place": 1, "fill_to": 50})
    desk.add("items", {"name": "Glue", "place": 2})
    desk.do("items", PEN, "receive", {"quantity": 20, "price": "0.50"})
    return desk


@pytest.fixture
def cleo(ann: Desk) -> Desk:
    """Somebody of the staff at another terminal."""
    return beside(ann, CLEO)


def pen(desk: Desk) -> Item:
    desk.store.refresh()
    return desk.peek("items", PEN) or Item(name="gone")


def sound(desk: Desk) -> bool:
    desk.store.refresh()
    return not [*problems_of(desk.store.journal)]


# --- who may, and several at once -------------------------------------------------------------------------------------


def test_staff_take_and_bring_back_for_themselves_and_for_others_and_do_no_more(ann: Desk, cleo: Desk) -> None:
    cleo.do("items", PEN, "take")
    cleo.do("items", PEN, "take_many", {"quantity": 5, "to": "Bob Baker"})
    assert cleo.do("items", PEN, "give_back", {"quantity": 2, "to": "BB"}).said.startswith("2 x Pen, blue brought back")
    for verb in ("receive", "count", "correct", "transfer", "waste", "order", "barcode"):
        with pytest.raises(NotAllowed, match=r"for a clerk (or a manager )?to do"):
            cleo.do("items", PEN, verb, _some(verb))
    assert pen(ann).on_hand == 16


def _some(verb: str) -> dict[str, Any]:
    more = {"correct": ("reason", "lost"), "transfer": ("to_place", 2), "barcode": ("code", "1")}
    return dict([("quantity", 1), *([more[verb]] if verb in more else [])])


def test_guests_and_auditors_take_nothing(ann: Desk) -> None:
    for person in (None, OTTO):
        with pytest.raises(NotAllowed):
            beside(ann, person).do("items", PEN, "take")


def test_a_badge_alone_takes_where_the_office_lets_it(ann: Desk) -> None:
    light = ann.for_person(CLEO, by_badge=True)
    light.do("items", PEN, "take")
    light.do("items", PEN, "give_back")
    ann.as_system().apply(lambda ctx: Change("settings.edit").set(ctx.settings, take_by_badge=False))
    with pytest.raises(PinNeeded):
        light.do("items", PEN, "take")


def test_of_two_who_take_the_last_one_at_once_one_is_told_that_nothing_is_left(ann: Desk, cleo: Desk) -> None:
    ann.do("items", PEN, "take", {"quantity": 19})
    desks = [beside(ann, BOB, "left"), beside(ann, MAX, "right")]
    assert [desk.get("items", PEN).on_hand for desk in desks] == [1, 1], "both see it"

    def take(desk: Desk) -> str:
        try:
            return desk.do("items", PEN, "take").said
        except Refused as error:
            return str(error)

    with ThreadPoolExecutor() as both:
        said = sorted(both.map(take, desks))
    assert said == ["1 x Pen, blue taken; 0 left in House.", "There is nothing left of it. Ask for it: F3, 0, a."]
    assert (pen(cleo).on_hand, sound(cleo)) == (0, True)


def test_who_took_something_takes_it_back_and_nobody_elses(ann: Desk, cleo: Desk) -> None:
    ann.do("items", PEN, "take")
    cleo.do("items", PEN, "take")
    with pytest.raises(NotAllowed, match="somebody else's"):
        cleo.do("movements", 2, "reverse")
    assert cleo.do("movements", 3, "reverse").said == "MV-3 is taken back."
    with pytest.raises(Refused, match="taken back already"):
        ann.do("movements", 3, "reverse")


def test_nobody_edits_or_files_a_movement(ann: Desk) -> None:
    with pytest.raises(NotAllowed):
        ann.edit(ann.get("movements", 1), {"note": "x"})
    with pytest.raises(NotAllowed):
        ann.add("movements", {"item": PEN, "quantity": 5, "why": "receive", "place": 1, "at": ann.clock()})


# --- undo -------------------------------------------------------------------------------------------------------------


def undo(desk: Desk) -> str:
    entry = desk.undoable()
    assert entry is not None
    return desk.undo(entry.digest).said


def test_undo_books_against_it_whatever_others_booked_since(ann: Desk, cleo: Desk) -> None:
    cleo.do("items", PEN, "take", {"quantity": 3})
    ann.do("items", PEN, "take", {"quantity": 4})
    assert undo(cleo) == "Undone: Take I-1."
    assert (pen(ann).on_hand, pen(ann).used, sound(ann)) == (16, 4, True)
    assert [ann.get("movements", one).quantity for one in ann.numbers("movements")] == [20, -3, -4, 3]


def test_undo_of_a_delivery_that_is_used_says_why_it_cannot_be(ann: Desk, cleo: Desk) -> None:
    ann.do("items", GLUE, "receive", {"quantity": 2})
    cleo.do("items", GLUE, "take", {"quantity": 2})
    with pytest.raises(Refused, match="Glue: there is nothing left in Room 1"):
        undo(ann)
    assert sound(ann)


def test_what_came_and_went_in_one_change_is_taken_back_in_one(ann: Desk) -> None:
    def through(ctx: Context) -> Change:
        ledger = Ledger(ctx, Change("items.receive", "It came and went."))
        ledger.post(Posting(item=GLUE, place=2, quantity=5, why=Why.RECEIVE, cost=Decimal(2)))
        ledger.take_out(Posting(item=GLUE, place=2, quantity=-5, why=Why.TAKE))
        return ledger.close()

    ann.apply(through)
    undo(ann)
    assert (ann.get("items", GLUE).stock, ann.get("items", GLUE).used, sound(ann)) == ((), 0, True)


def test_undo_of_an_edit_never_gives_a_code_to_two(ann: Desk, cleo: Desk) -> None:
    bob = beside(ann, BOB, "third")
    ann.edit(ann.get("items", PEN), {"codes": ("4006",)})
    bob.edit(bob.get("items", GLUE), {"codes": ("4007",)})
    with pytest.raises(Refused, match="4007 belongs to I-2 Glue"):
        undo(ann)
    assert sound(ann)


def test_undo_of_an_edit_never_leaves_dates_to_what_has_none(ann: Desk) -> None:
    bob = beside(ann, BOB, "third")
    ann.edit(ann.get("items", GLUE), {"by_date": True})
    bob.do("items", GLUE, "receive", {"quantity": 2, "use_by": date(2026, 12, 1)})
    with pytest.raises(Refused, match="2 have a use-by date"):
        undo(ann)


# --- filing -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["code", "codes"])
@pytest.mark.parametrize("code", ["PEN", "pen", "4006", "I-1"])
@pytest.mark.parametrize("active", [True, False])
def test_a_code_belongs_to_one_item_in_use_or_not(ann: Desk, field: str, code: str, active: bool) -> None:
    ann.edit(ann.get("items", PEN), {"active": active, "even_so": True})
    value = code if field == "code" else (code,)
    why = "number of another item" if code == "I-1" else "belongs to I-1 Pen, blue"
    attempts: tuple[Callable[[], object], ...] = (
        lambda: ann.add("items", {"name": "Other", field: value}),
        lambda: ann.edit(ann.get("items", GLUE), {field: value}),
        lambda: ann.do("items", GLUE, "barcode", {"code": code}),
    )
    for attempt in attempts:
        with pytest.raises(Refused, match=why) as refused:
            attempt()
        assert refused.value.fields.keys() & {"code", "codes"}
    assert ann.edit(ann.get("items", PEN), {"note": "its own codes stay"}).refs == ("I-1",)


def test_a_code_is_learned_with_its_pack_and_taken_off_with_it(ann: Desk) -> None:
    said = ann.do("items", PEN, "barcode", {"code": "4008", "quantity": 12, "supplier": 1}).said
    assert said == "4008 is 12 x Pen, blue from now on."
    assert ann.aliases("items", "4008") == [PEN]
    assert [(one.code, one.quantity, one.supplier) for one in pen(ann).packs] == [("4008", 12, 1)]
    ann.do("items", PEN, "barcode", {"code": "4006", "quantity": 50})
    ann.edit(pen(ann), {"codes": ("4006", "4007")})
    assert [one.code for one in pen(ann).packs] == ["4006"]
    ann.do("items", PEN, "barcode", {"code": "4006", "remove": True})
    assert (pen(ann).codes, pen(ann).packs) == (("4007",), ())
    for args, why in (({"code": "1", "remove": True}, "no barcode of Pen"), ({"code": "1,2"}, "no commas")):
        with pytest.raises(Refused, match=why):
            ann.do("items", PEN, "barcode", args)
    assert sound(ann)


def test_a_code_that_was_taken_off_is_free_for_another(ann: Desk) -> None:
    look = ann.context().data
    assert [one.id for one in look.find(Item, codes="4006")] == [PEN]
    ann.do("items", PEN, "barcode", {"code": "4006", "remove": True})
    assert look.find(Item, codes="4006") == []
    ann.do("items", GLUE, "barcode", {"code": "4006"})
    assert [one.id for one in look.find(Item, codes="4006", active=True)] == [GLUE]
    ann.edit(ann.get("items", GLUE), {"active": False})
    assert look.find(Item, codes="4006", active=True) == []


@pytest.mark.parametrize("code", HOSTILE)
def test_hostile_codes_are_kept_clean_and_found_again(ann: Desk, code: str) -> None:
    if code.strip() == "4006":
        with pytest.raises(Refused, match="belongs to I-1"):
            ann.add("items", {"name": code, "code": code})
        return
    number = int(ann.add("items", {"name": code, "code": code}).refs[0].partition("-")[2])
    assert ann.aliases("items", code) == [number]
    assert sound(ann)


def test_fill_up_to_is_no_less_than_order_when_below(ann: Desk) -> None:
    for values in ({"order_below": 51}, {"order_below": 9, "fill_to": 8}):
        with pytest.raises(Refused, match="Fill up to") as refused:
            ann.edit(ann.get("items", PEN), values)
        assert "fill_to" in refused.value.fields
    ann.edit(ann.get("items", PEN), {"order_below": 50})


def test_an_item_with_stock_or_orders_goes_out_of_use_only_if_it_is_meant(ann: Desk) -> None:
    with pytest.raises(
        Refused, match=r"There is still some of it: 20 in House\. If it is meant: y in Even so"
    ) as refused:
        ann.edit(ann.get("items", PEN), {"active": False})
    assert set(refused.value.fields) == {"active", "even_so"}
    done = ann.edit(ann.get("items", PEN), {"active": False, "even_so": True})
    assert done.said.endswith("There is still some of it: 20 in House.")
    assert pen(ann).even_so is None
    with pytest.raises(Refused, match="not in use any more"):
        ann.do("items", PEN, "receive", {"quantity": 1})
    ann.do("items", PEN, "take")
    ann.edit(ann.get("items", GLUE), {"active": False})


def test_another_unit_while_some_is_here_is_asked_again(ann: Desk) -> None:
    with pytest.raises(Refused, match="Its numbers stay, whatever the unit is: 20 in House"):
        ann.edit(ann.get("items", PEN), {"unit": "box"})
    ann.edit(ann.get("items", PEN), {"unit": "box", "even_so": True})
    ann.edit(ann.get("items", GLUE), {"unit": "bottle"})


def test_use_by_dates_begin_and_end_while_nothing_is_here(ann: Desk) -> None:
    with pytest.raises(Refused, match=r"20 have no use-by date: count them to 0 \(K\)"):
        ann.edit(ann.get("items", PEN), {"by_date": True})
    ann.do("items", PEN, "count", {"quantity": 0})
    ann.edit(ann.get("items", PEN), {"by_date": True})
    ann.do("items", PEN, "count", {"quantity": 20, "use_by": date(2026, 12, 1)})
    with pytest.raises(Refused, match="20 have a use-by date"):
        ann.edit(ann.get("items", PEN), {"by_date": False})


def test_a_new_item_has_nothing_of_itself_whatever_is_said(ann: Desk) -> None:
    said = {
        "on_hand": 7,
        "on_order": 5,
        "reserved": 3,
        "used": 9,
        "average": "2",
        "stock": [{"place": 1, "quantity": 7}],
    }
    ann.add("items", {"name": "Odd", **said})
    odd = ann.get("items", 3)
    assert (odd.on_hand, odd.on_order, odd.reserved, odd.used, odd.average) == (0, 0, 0, 0, None)
    assert sound(ann)


# --- what follows -----------------------------------------------------------------------------------------------------


def book(desk: Desk, **posting: Any) -> None:
    """Post one movement of the pens by the ledger alone."""

    def rule(ctx: Context) -> Change:
        ledger = Ledger(ctx, Change("items.receive", "Booked."))
        ledger.post(Posting(**{"item": PEN, "place": 1, "why": Why.RECEIVE, **posting}))
        return ledger.close()

    desk.apply(rule)


@pytest.mark.parametrize(
    ("deliveries", "average"),
    [
        ([(20, "0.50")], "0.5"),
        ([(20, "1.50")], "1"),
        ([(20, None), (40, "1")], "0.75"),
        ([(-20, None), (10, "3")], "3"),
        ([(10, "0")], "0.3333"),
    ],
)
def test_the_average_price_is_that_of_what_is_here(
    ann: Desk, deliveries: list[tuple[int, str | None]], average: str
) -> None:
    for many, price in deliveries:
        book(ann, quantity=many, why=Why.RECEIVE if many > 0 else Why.TAKE, cost=Decimal(price) if price else None)
    assert pen(ann).average == Decimal(average)
    movement: Movement = ann.get("movements", max(ann.numbers("movements")))
    assert movement.cost == (Decimal(deliveries[-1][1]) if deliveries[-1][1] else Decimal("0.5"))


def test_what_has_no_average_yet_is_worth_its_last_price(ann: Desk) -> None:
    ann.edit(ann.get("items", GLUE), {"price": Decimal(4)})
    ann.do("items", GLUE, "count", {"quantity": 3})
    assert ann.get("movements", 2).cost == 4
    ann.do("items", GLUE, "receive", {"quantity": 1, "price": "8"})
    assert (ann.get("items", GLUE).average, ann.get("items", GLUE).price) == (5, 8)


def test_an_order_and_what_is_on_order_follow_what_comes_and_what_is_taken_back(ann: Desk) -> None:
    def ordered(ctx: Context) -> Change:
        change = Change("orders.order").add(Order(id=1, supplier=1, lines=1))
        ledger = Ledger(ctx, change.add(OrderLine(id=1, order=1, item=PEN, quantity=10)))
        return ledger.close()

    def moved_on(ctx: Context) -> Change:
        ledger = Ledger(ctx, Change("orders.order"))
        ledger.lines(1)
        ledger.set(ledger.get(Order, 1), state=OrderState.ORDERED)
        return ledger.close()

    def state() -> tuple[str, int, int]:
        return ann.get("orders", 1).state.value, ann.get("lines", 1).received, pen(ann).on_order

    ann.as_system().apply(ordered)
    assert state() == ("draft", 0, 0)
    ann.as_system().apply(moved_on)
    assert state() == ("ordered", 0, 10)
    book(ann, quantity=4, line=1)
    assert state() == ("part", 4, 6)
    book(ann, quantity=9, line=1, damaged=1)
    assert (*state(), ann.get("lines", 1).damaged) == ("here", 13, 0, 1)
    ann.do("movements", 3, "reverse")
    assert (*state(), ann.get("lines", 1).damaged) == ("part", 4, 6, 0)
    assert sound(ann)


def test_a_new_line_comes_with_what_came_of_it(ann: Desk) -> None:
    def came(ctx: Context) -> Change:
        ledger = Ledger(ctx, Change("orders.receive", "It came."))
        ledger.add(Order(id=1, supplier=1, state=OrderState.ORDERED))
        ledger.add(OrderLine(id=1, order=1, item=PEN, quantity=0))
        ledger.post(Posting(item=PEN, place=1, quantity=3, why=Why.RECEIVE, line=1))
        return ledger.close()

    ann.as_system().apply(came)
    assert (ann.get("lines", 1).received, ann.get("orders", 1).state, pen(ann).on_order) == (3, OrderState.HERE, 0)
    assert sound(ann)


def test_a_request_and_what_is_promised_follow_what_is_handed_out(ann: Desk) -> None:
    def promised(ctx: Context) -> Change:
        request = Request(id=1, item=PEN, quantity=5, person=CLEO, state=RequestState.APPROVED)
        ledger = Ledger(ctx, Change("requests.approve"))
        ledger.add(request)
        return ledger.close()

    def state() -> tuple[str, int, int]:
        return ann.get("requests", 1).state.value, ann.get("requests", 1).handed, pen(ann).reserved

    ann.as_system().apply(promised)
    assert state() == ("approved", 0, 5)
    book(ann, quantity=-2, why=Why.TAKE, request=1)
    assert state() == ("approved", 2, 3)
    book(ann, quantity=-3, why=Why.TAKE, request=1)
    assert state() == ("handed", 5, 0)
    ann.do("movements", 2, "reverse")
    assert state() == ("approved", 3, 2)
    assert sound(ann)


@pytest.mark.parametrize(
    ("posting", "why"),
    [
        ({"quantity": 0}, "how many"),
        ({"quantity": 1, "place": 99}, "which place"),
        ({"quantity": 1, "line": 99}, "There is no OL-99"),
        ({"quantity": 1, "item": 99}, "There is no I-99"),
        ({"quantity": -21}, "only 20 left in House"),
        ({"quantity": -1, "place": 2}, "nothing left in Room 1"),
    ],
)
def test_what_cannot_be_booked_is_refused_and_nothing_is_written(ann: Desk, posting: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        book(ann, **posting)
    assert (pen(ann).on_hand, ann.numbers("movements")) == (20, [1])


# --- lists and the check ----------------------------------------------------------------------------------------------


def test_lists_say_what_to_order_what_runs_out_and_what_expires(ann: Desk, cleo: Desk, clock: Clock) -> None:
    from botui.models.supplies.items_kind import ITEMS, MOVEMENTS

    def items(view: str) -> list[int]:
        return ann.listing("items", ITEMS.view(view)).ids()

    assert (items("low"), items("none"), items("runs_out"), items("expiring")) == ([], [GLUE], [], [])
    ann.edit(ann.get("items", PEN), {"order_below": 18})
    cleo.do("items", PEN, "take", {"quantity": 12})
    ann.add("items", {"name": "Milk", "place": 1, "by_date": True})
    ann.do("items", 3, "receive", {"quantity": 1, "use_by": date(2026, 12, 23)})
    ann.do("items", 3, "receive", {"quantity": 1, "use_by": date(2027, 1, 31)})
    assert (items("low"), items("expiring")) == ([PEN], [3])
    cleo.do("items", PEN, "take", {"quantity": 7})
    ann.store.refresh()
    assert items("runs_out") == [PEN]
    ann.do("items", 3, "waste", {"quantity": 1})
    assert items("expiring") == []
    mine = cleo.listing("movements", MOVEMENTS.view("mine")).ids()
    assert [cleo.get("movements", one).quantity for one in mine] == [-7, -12]
    assert [ann.get("movements", one).why for one in ann.listing("movements", MOVEMENTS.view("losses")).ids()] == [
        Why.WASTE
    ]
    clock.forward(days=1)
    assert ann.listing("movements", MOVEMENTS.view("today")).ids() == []
    now = f"{clock():%Y-%m-%dT%H:%M:%SZ}"
    assert ITEMS.row_style is not None
    styles = [ITEMS.row_style(ann.doc("items", one) or {}, now) for one in (PEN, GLUE, 3)]
    assert styles == ["late", "late", ""]


BROKEN: list[tuple[str, int, dict[str, Any], str]] = [
    ("items", PEN, {"stock": []}, "I-1: Stock: 0 in PL-1, and its movements come to 17."),
    ("items", PEN, {"stock": [{"place": 1, "quantity": 9}, {"place": 1, "quantity": 10}]}, "a place is in it twice"),
    ("items", PEN, {"on_hand": 3}, "I-1: On hand: 3, and its places come to 19."),
    ("items", PEN, {"on_order": 3}, "I-1: On order: 3, and it comes to 0."),
    ("items", PEN, {"reserved": 3}, "I-1: Promised: 3, and it comes to 0."),
    ("items", PEN, {"used": 3}, "I-1: Used in 90 days: 3, and its days come to 1."),
    ("items", PEN, {"uses": [7], "used": 7}, "I-1: Use by day: it is not what its movements come to."),
    ("items", GLUE, {"codes": ["4006"]}, "I-2: Code: I-1 has 4006, too."),
    ("items", GLUE, {"code": "I-1"}, "I-2: Code: I-1 is the number of another item."),
    ("items", PEN, {"packs": [{"code": "1", "supplier": 9}]}, "I-1: Packs: 1 is none of its barcodes."),
    ("items", PEN, {"packs": [{"code": "4006", "supplier": 9}]}, "I-1: Packs: there is no PA-9."),
    ("movements", 3, {"quantity": -3}, "MV-4: Other half: MV-3 is not that of it."),
    ("movements", 4, {"pair": None}, "MV-3: Other half: there is none."),
    ("movements", 4, {"quantity": 3}, "MV-4: Other half: MV-3 is not that of it."),
    ("movements", 6, {"reverses": 1}, "MV-6: Takes back: it is not what MV-1 was, with the other sign."),
    ("movements", 2, {"quantity": 0}, "MV-2: Quantity: nothing moved."),
    ("movements", 2, {"about": "T-9"}, "MV-2: For record: there is no T-9."),
]


@pytest.mark.parametrize(("collection", "number", "values", "said"), BROKEN)
def test_check_says_what_another_program_broke(
    ann: Desk, collection: str, number: int, values: dict[str, Any], said: str
) -> None:
    ann.do("items", PEN, "take")
    ann.do("items", PEN, "transfer", {"quantity": 2, "to_place": 2})
    ann.do("items", PEN, "transfer", {"quantity": 2, "place": 2, "to_place": 1})
    ann.do("movements", 5, "reverse")
    assert sound(ann)
    doc = {**(ann.doc(collection, number) or {}), **values}
    with ann.store.journal.transaction(by=None, do="odd") as tx:
        tx.put(collection, number, doc)
    assert said in "\n".join(problems_of(ann.store.journal))


def test_stock_below_zero_is_a_fault_where_it_is_not_allowed(ann: Desk) -> None:
    ann.as_system().apply(lambda ctx: Change("settings.edit").set(ctx.settings, below_zero=True))
    ann.do("items", PEN, "take", {"quantity": 22})
    assert sound(ann)
    ann.as_system().apply(lambda ctx: Change("settings.edit").set(ctx.settings, below_zero=False))
    assert [*problems_of(ann.store.journal)] == ["I-1: Stock: -2 in PL-1, and nothing goes below zero: count it (K)."]
    ann.do("items", PEN, "count", {"quantity": 0})
    assert sound(ann)


def test_time_refreshes_what_should_be_used_up_and_is_written_once(ann: Desk, clock: Clock) -> None:
    ann.do("items", PEN, "take", {"quantity": 18})
    assert pen(ann).runs_out == date(2026, 11, 23) + timedelta(days=10)
    clock.forward(days=11)
    assert any("last longer than was thought" in said for said in ann.tick())
    assert not any("last longer" in said for said in ann.tick())
    assert (pen(ann).runs_out, sound(ann)) == (date(2026, 12, 4) + timedelta(days=10), True)
