"""What the accounts of the books are called: those of categories, banks, boxes, parties, and those that always are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, TypeVar

from botui import areas
from botui.models.base import Record
from botui.models.office import Context, Party, Person
from botui.models.records.bank import Account
from botui.models.records.bill import Direction, Method
from botui.models.records.chart import Category, Side
from botui.models.records.posted import named

R = TypeVar("R", bound=Record)

ROOT: Final[Mapping[Side, str]] = {
    Side.EXPENSE: "expenses",
    Side.INCOME: "income",
    Side.ASSET: "assets",
    Side.LIABILITY: "liabilities",
    Side.EQUITY: "equity",
}
OPENING: Final = "equity:opening balances"
"""What bank accounts began with."""
BANK: Final = "assets:bank"
CASH: Final = "assets:cash"
UNDER_WAY: Final = "assets:under way"
"""Money on its way to or from a bank account."""
PAYABLE: Final = "liabilities:payable"
RECEIVABLE: Final = "assets:receivable"
CLAIMS: Final = "liabilities:claims"
"""What is owed to people for what they laid out."""
TAX_BACK: Final = "assets:tax to claim back"
TAX_DUE: Final = "liabilities:tax to pay"
CHEQUES: Final = "assets:cheques in hand"
TRANSFERS: Final = "assets:under way:between accounts"
UNMATCHED: Final = "assets:bank lines not matched"
LEFT_OUT: Final = "assets:bank lines left out"
DIFFERENCES: Final = "expenses:cash over or short"
NOT_SORTED: Final = "not sorted"
"""What is under a root where nobody gave a category."""
BY_METHOD: Final[Mapping[Method, str]] = {
    Method.BANK: "assets:under way:bank",
    Method.CARD: "assets:under way:card",
    Method.CASH: "assets:cash:in no box",
    Method.CHEQUE: CHEQUES,
    Method.CREDIT: "assets:credit notes set off",
}
"""Where money is that goes through no account that is kept here."""


class Names:
    """The names of accounts and people, each looked up once.

    Args:
        ctx: what may be known.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._known: dict[tuple[str, int], str] = {}
        self._categories = {one.id: _of_category(one) for one in ctx.data.find(Category)}

    def category(self, number: int | None, root: str) -> str:
        """Return the account of a category, or what is not sorted yet under a root."""
        return self._categories.get(number or 0) or f"{root}:{NOT_SORTED}"

    def bank(self, number: int) -> str:
        """Return the account of a bank account."""
        return named(BANK, self._name(Account, number))

    def under_way(self, number: int) -> str:
        """Return the account of what is on its way to or from a bank account."""
        return named(UNDER_WAY, self._name(Account, number))

    def owing(self, direction: Direction, party: int) -> str:
        """Return the account of what we owe a party, or it owes us."""
        return named(PAYABLE if direction is Direction.OWE else RECEIVABLE, self._name(Party, party))

    def party(self, number: int | None) -> str:
        """Return a party's name, or nothing."""
        return self._word(Party, number)

    def person(self, number: int | None) -> str:
        """Return somebody's name, or nothing."""
        return self._word(Person, number)

    def day(self, moment: datetime | None) -> date:
        """Return the office's day of a moment; today of none."""
        return self._ctx.settings.local(moment or self._ctx.now).date()

    def under(self, root: str, kind: type[Record], number: int) -> str:
        """Return the account of a record that has a name, under a root."""
        return named(root, self._name(kind, number))

    def _name(self, kind: type[Record], number: int) -> str:
        """Return a name that no other record has: with its reference."""
        return f"{self._word(kind, number)} {areas.ref(kind.COLLECTION, number)}".strip()

    def _word(self, kind: type[Record], number: int | None) -> str:
        if number is None:
            return ""
        key = (kind.COLLECTION, number)
        if key not in self._known:
            found = self._ctx.data.get(kind, number)
            self._known[key] = str(getattr(found, "name", "")) if found is not None else ""
        return self._known[key]


def _of_category(category: Category) -> str:
    return named(ROOT[category.side], f"{category.code} {category.name}")
