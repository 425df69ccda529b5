"""The short sentence about a bill: what the form is to hold, and what is none of its."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest

from botui.models.office import Party
from botui.models.records.bill import Direction
from botui.models.records.bill_sentences import billed

PARTIES = [Party(id=1, name="Meyer"), Party(id=2, name="Nordic Paper"), Party(id=3, name="Nordic Wood")]
BIDI = "\u202e[/x] 12 ="


def look(collection: str) -> Iterable[Any]:
    assert collection == "parties"
    return PARTIES


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("bill Meyer", {"party": 1}),
        ("bill meyer 119.00 R-77", {"party": 1, "amount": Decimal("119.00"), "number": "R-77"}),
        ("Bill from Nordic Paper 1.119,50 EUR no. 4711", {"party": 2, "amount": Decimal("1119.50"), "number": "4711"}),
        ("invoice wood R-77", {"party": 3, "number": "R-77"}),
        ("bill to Meyer 50", {"party": 1, "direction": Direction.OWED, "amount": Decimal(50)}),
        (f"bill Meyer {'9' * 90}", {"party": 1, "number": "9" * 40}),
    ],
)
def test_a_bill_is_read(typed: str, values: dict[str, Any]) -> None:
    assert billed(typed.split(), look) == ("bills", values)


@pytest.mark.parametrize(
    "typed", ["bill", "bill 12", "bill nordic 12", "billing Meyer 12", "bill to", "Meyer 12", BIDI]
)
def test_what_names_no_party_or_several_is_no_bill(typed: str) -> None:
    assert billed(typed.split(), look) is None
