"""Purchase orders: drafts, limits and approval, what came, what is billed, and that it all adds up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from botui.models.base import Change, Refused
from botui.models.office import Department, Party, Person, Place, Role, Settings
from botui.models.supplies import Item, Movement, Order, OrderLine, Shipment
from botui.models.supplies.order import Billed, State
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
        rules.add(OrderLine, ANN, order=order.id, item=int(name[1:]), quantity=many)
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
