"""What somebody tries in the store room who wants what is not theirs, or writes what nobody expects."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from botui.actions.basket import Basket, aimed
from botui.data import Desk
from botui.models.base import Change, Refused
from botui.models.office import Context, Party, PartyKind, Place
from botui.models.supplies import Item
from tests.offices import ANN, CLEO, Clock, office, ticket

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
