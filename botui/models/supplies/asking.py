"""What the verbs that move stock ask for."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from botui.models.base import Arguments, Line, Ui
from botui.models.supplies.item import QUANTITY_MAX, Amount, Quantity, UnitPrice

Place = Annotated[int | None, Ui(label="From", ref="places", help="Empty = its usual place.")]
Into = Annotated[int | None, Ui(label="Into", ref="places", help="Empty = its usual place.")]
EvenSo = Annotated[bool | None, Ui(label="Even so", help="y books it although it is very much.")]
Note = Annotated[Line, Ui(label="Note")]
_TO_HELP: Final = "Initials, a place, a ticket such as T-12, or a word; empty = you."


AIMED: Final = ("people", "places")
"""Whose codes say for whom or what something is, before a text is read as a reference (``whereto``)."""


class Take(Arguments):
    """How many are taken, for whom or what, and where from."""

    quantity: Annotated[Quantity | None, Ui(label="How many", help="Empty = as many as are taken at once.")] = None
    to: Annotated[Line, Field(max_length=80), Ui(label="For", names=True, codes_of=AIMED, help=_TO_HELP)] = ""
    place: Place = None
    note: Note = ""
    even_so: EvenSo = None


class GiveBack(Arguments):
    """How many come back unused, and for whom or what they had been taken."""

    quantity: Annotated[Quantity, Ui(label="How many")] = 1
    to: Annotated[Line, Field(max_length=80), Ui(label="Taken for", names=True, codes_of=AIMED, help=_TO_HELP)] = ""
    place: Into = None
    use_by: Annotated[date | None, Ui(label="Use by", help="Empty = as it was taken.")] = None
    note: Note = ""
    even_so: EvenSo = None


class CameIn(Arguments):
    """How many came in without an order."""

    quantity: Annotated[Quantity | None, Ui(label="How many", help="Units; or packs below.")] = None
    packs: Annotated[Quantity | None, Ui(label="Packs", help="Whole packs, such as boxes.")] = None
    place: Into = None
    use_by: Annotated[date | None, Ui(label="Use by", help="Only of what is kept by date.")] = None
    price: Annotated[UnitPrice | None, Ui(label="Price of one", help="Of one unit; empty = as the last.")] = None
    note: Note = ""
    even_so: EvenSo = None


class CountHere(Arguments):
    """How many are there."""

    quantity: Annotated[Amount, Ui(label="There are", help="All in this place; 0 = none.")]
    place: Annotated[int | None, Ui(label="In", ref="places", help="Empty = its usual place.")] = None
    use_by: Annotated[date | None, Ui(label="Use by", help="Only if those of one date were counted.")] = None
    note: Note = ""
    even_so: EvenSo = None


class Correct(Arguments):
    """By how many what is booked is wrong, and why."""

    quantity: Annotated[
        int, Field(ge=-QUANTITY_MAX, le=QUANTITY_MAX), Ui(label="More or less by", help="-3 = three are missing.")
    ]
    reason: Annotated[Line, Field(min_length=1), Ui(label="Why", help="Such as: lost, found, booked twice.")]
    place: Annotated[int | None, Ui(label="In", ref="places", help="Empty = its usual place.")] = None
    use_by: Annotated[date | None, Ui(label="Use by", help="Only of what is kept by date.")] = None
    even_so: EvenSo = None


class Transfer(Arguments):
    """How many go from one place to another."""

    quantity: Annotated[Quantity, Ui(label="How many")]
    to_place: Annotated[int, Ui(label="To", ref="places")]
    place: Place = None
    note: Note = ""
    even_so: EvenSo = None


class Waste(Arguments):
    """How many are thrown away, and why."""

    quantity: Annotated[Quantity, Ui(label="How many")]
    note: Annotated[Line, Ui(label="Why", help="Such as: broken, past its date.")] = ""
    place: Place = None
    use_by: Annotated[date | None, Ui(label="Use by", help="Empty = what is to be used first.")] = None
    even_so: EvenSo = None
