"""The running list of a delivery: what is scanned and typed is what is booked, and a draft of it is the same list."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui import areas
from botui.actions.delivery import Row, pack_of, unpacked
from botui.actions.receiving import Run
from botui.data import Desk
from botui.models.office import Party, Person, Place, Role
from botui.models.shape import build
from botui.models.supplies import Item, Order, OrderLine, Pack
from botui.models.supplies.receiving import Receive, receive
from tests.rules import Office

CLERK, SUPPLIER, OTHER, SHELF = 1, 1, 2, 1
TODAY = date(2026, 11, 23)
CODES = ("PLAIN", "BOX")


class Looks:
    """As much of a desk as the list asks for, over the store in memory."""

    def __init__(self, rules: Office) -> None:
        self._rules = rules

    def find(self, collection: str, where: Any) -> list[Any]:
        return self._rules.data.listed(areas.kind(collection).model, where)

    def peek(self, collection: str, number: int) -> Any:
        return self._rules.data.get(areas.kind(collection).model, number)


def ordered() -> tuple[Office, Desk, Run]:
    """An order of ten of each of three items, and two items that are not on it."""
    rules = Office()
    rules.put(Person(id=CLERK, name="Ann", initials="AA", roles=(Role.CLERK,)))
    rules.put(Party(id=SUPPLIER, name="Paper Ltd"))
    rules.put(Place(id=SHELF, name="Shelf"))
    for number in range(1, 6):
        box = Pack(code="BOX", quantity=4)
        rules.put(Item(id=number, name=f"Thing {number}", place=SHELF, price=Decimal(1), packs=(box,)))
    order = rules.add(Order, CLERK, supplier=SUPPLIER)
    for number in range(1, 4):
        rules.add(OrderLine, CLERK, order=order.id, item=number, quantity=10)
    rules.do(rules.get(Order, order.id), "order", CLERK)
    looks: Any = Looks(rules)
    return rules, looks, Run(order.id, unpacked(looks, order.id))


def step(rules: Office, run: Run, what: str, item: int, many: int) -> Run:
    """Do what a key or a scan does on the screen."""
    row = next((row for row in run.rows if row.item == item), None)
    if what in CODES:
        thing = rules.get(Item, item)
        found = run.scanned(thing, what, SUPPLIER)
        return found[0] if found else run.besides(thing, what, SUPPLIER, kept=many % 3 > 0)[0]
    if row is None or row.refused or (what == "damaged" and row.key < 0):
        return run
    if what == "back":
        return run.taken_back(row.key)
    if what == "date":
        return run.dated(row.key, date(2027, 1, 1 + many)) if row.touched else run
    return run.typed(row.key, many, damaged=what == "damaged")


STEPS = st.lists(
    st.tuples(st.sampled_from([*CODES, "typed", "damaged", "back", "date"]), st.integers(1, 5), st.integers(0, 30)),
    max_size=12,
)


@settings(max_examples=60)
@given(STEPS)
def test_what_the_list_says_is_what_is_booked_and_a_draft_of_it_goes_on_as_it_was(
    steps: list[tuple[str, int, int]],
) -> None:
    rules, looks, empty = ordered()
    run = empty
    for what, item, many in steps:
        run = step(rules, run, what, item, many)
    texts, was = run.texts()
    again, since = empty.taken_up(looks, texts, was)
    assert {(one.key, one.kept, one.damaged, one.use_by, one.refused) for one in again.rows} == {
        (one.key, one.kept, one.damaged, one.use_by, one.refused) for one in run.rows
    }
    assert since == []
    whole = run.whole()
    wanted = {row.item: row for row in whole.rows}
    if not any(row.kept or row.damaged for row in whole.rows):
        return
    args = build(Receive, whole.arguments(even_so=whole.asks(TODAY)))
    rules.apply(receive(rules.ctx(CLERK), rules.get(Order, run.order), args))
    lines = {line.item: line for line in rules.data.find(OrderLine, order=run.order)}
    for item, row in wanted.items():
        assert rules.get(Item, item).at(SHELF) == row.kept
        if item in lines:
            assert (lines[item].received, lines[item].damaged) == (row.kept, row.damaged)


def test_nothing_scanned_is_all_as_ordered_and_one_wrong_thing_alone_is_not() -> None:
    rules, _, run = ordered()
    assert run.whole().summary(TODAY) == ["3 lines as ordered."]
    wrong, _ = run.besides(rules.get(Item, 5), "PLAIN", SUPPLIER, kept=False)
    assert wrong.summary(TODAY)[-1].startswith("Not here, still to come: 10 x Thing 1;")
    assert wrong.arguments(even_so=False)["here"] == "OL-1=0"
    assert wrong.arguments(even_so=False)["note"] == "wrong, not taken: 1 x Thing 5"


def test_a_summary_names_a_few_things_and_says_how_many_more() -> None:
    rows = tuple(Row(key=number, item=number, name=f"T{number}", ordered=1, to_come=1) for number in range(1, 9))
    run = Run(1, rows).typed(8, 3, damaged=False)
    assert run.summary(TODAY) == [
        "More than ordered: 2 x T8.",
        "Not here, still to come: 1 x T1; 1 x T2; 1 x T3; 1 x T4; 1 x T5 and 2 more.",
    ]
    assert run.asks(TODAY)
    assert not run.typed(8, 1, damaged=False).asks(TODAY)
    assert run.typed(8, 1, damaged=False).dated(8, date(2026, 1, 1)).asks(TODAY)


def test_what_came_meanwhile_is_taken_over_and_said() -> None:
    rules, looks, run = ordered()
    run = run.typed(1, 8, damaged=False)
    rules.do(rules.get(Order, 1), "receive", CLERK, here="1=3, 2")
    after, said = run.follow(unpacked(looks, 1))
    assert said == [
        "Thing 1: 3 came meanwhile, 7 to come; your list has 8.",
        "Thing 2: 10 came meanwhile, 0 to come.",
    ]
    assert (after.row(1).over, after.row(2).said) == (1, "here already")


@pytest.mark.parametrize("texts", [{"OL-1": "x"}, {"OL-99": "3 0"}, {"I-77": "1 0"}, {"?": ""}, {"place": "Berlin"}])
def test_a_draft_that_makes_no_sense_is_an_empty_list(texts: dict[str, str]) -> None:
    _, looks, run = ordered()
    assert not run.taken_up(looks, texts, {})[0].begun


def test_a_pack_is_the_one_of_this_supplier_before_the_one_of_anybody() -> None:
    packs = (Pack(code="B", quantity=6), Pack(code="B", quantity=10, supplier=SUPPLIER))
    item = Item(id=1, name="Pens", packs=packs)
    assert [pack_of(item, "B", one) for one in (SUPPLIER, OTHER)] == [10, 6]
    assert pack_of(item, "A", SUPPLIER) == 1
