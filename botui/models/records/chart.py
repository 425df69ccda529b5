"""The shape of the chart of accounts: the categories under which money comes in and goes out."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from botui.models.base import Choice, Line, Record, Ui
from botui.models.office import Codes, Money, Name


class Side(Choice):
    """On which side of the books a category stands: the first two make the result of a month, the others do not."""

    EXPENSE = "expense", "money out"
    INCOME = "income", "money in"
    ASSET = "asset", "what we have"
    LIABILITY = "liability", "what we owe"
    EQUITY = "equity", "the owners'"


RESULT = frozenset({Side.EXPENSE, Side.INCOME})
"""Sides that make the result of a month."""


class Category(Record):
    """A category of the books.

    Attributes:
        code: the number of the account in the office's or the accountant's chart.
        limit: the most, in the office's currency, that one line of an expense claim may ask for; None = no limit.
    """

    COLLECTION: ClassVar[str] = "chart"

    name: Annotated[Name, Ui(label="Category", column=28)]
    side: Annotated[Side, Ui(label="Side", column=12, batch=True)] = Side.EXPENSE
    code: Annotated[Line, Field(max_length=20), Ui(label="Account number", column=14)] = ""
    limit: Annotated[Money | None, Ui(label="Claim up to", column=11, help="Of one line of a claim; empty = any.")] = (
        None
    )
    codes: Annotated[Codes, Ui(label="Other codes", help="What other systems call it; commas between.")] = ()
    active: Annotated[bool, Ui(label="In use")] = True
