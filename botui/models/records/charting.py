"""Categories of the books: none twice, and the usual ones, which come when something is first to be sorted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from botui.models.base import Change, Record, Refused, fold
from botui.models.office import Context
from botui.models.records.bank import BankLine
from botui.models.records.bill import Bill
from botui.models.records.chart import Category, Side

USUAL: Final = (
    ("4000", "Sales", Side.INCOME),
    ("4100", "Rent received", Side.INCOME),
    ("4800", "Interest received", Side.INCOME),
    ("4900", "Other income", Side.INCOME),
    ("5000", "Goods and materials", Side.EXPENSE),
    ("6000", "Wages and salaries", Side.EXPENSE),
    ("6100", "Rent", Side.EXPENSE),
    ("6110", "Electricity, heating, water", Side.EXPENSE),
    ("6120", "Cleaning", Side.EXPENSE),
    ("6200", "Office supplies", Side.EXPENSE),
    ("6210", "Small equipment", Side.EXPENSE),
    ("6220", "Postage", Side.EXPENSE),
    ("6230", "Telephone and internet", Side.EXPENSE),
    ("6240", "Software and licences", Side.EXPENSE),
    ("6300", "Repairs and maintenance", Side.EXPENSE),
    ("6400", "Insurance", Side.EXPENSE),
    ("6500", "Travel", Side.EXPENSE),
    ("6510", "Meals and guests", Side.EXPENSE),
    ("6520", "Training", Side.EXPENSE),
    ("6600", "Advertising", Side.EXPENSE),
    ("6700", "Advice, tax and legal", Side.EXPENSE),
    ("6800", "Bank charges", Side.EXPENSE),
    ("6810", "Interest paid", Side.EXPENSE),
    ("6850", "Depreciation", Side.EXPENSE),
    ("6900", "Other costs", Side.EXPENSE),
    ("1500", "Equipment", Side.ASSET),
    ("2500", "Loans", Side.LIABILITY),
    ("2600", "Taxes and contributions to pay", Side.LIABILITY),
    ("3000", "Owners' money", Side.EQUITY),
)
"""What an office begins with: number, name and side. The hundreds are those of common charts for small firms (1 what is
had, 2 what is owed, 3 owners, 4 income, 5 goods, 6 costs); each office gives them its own."""
_NEEDED_BY: Final[tuple[type[Record], ...]] = (Bill, BankLine)
"""What is first to be sorted."""


def usual(ctx: Context) -> Iterator[Change]:
    """Yield the usual categories once something is to be sorted and there is none."""
    if ctx.data.numbers(Category, 1) or not any(ctx.data.numbers(kind, 1) for kind in _NEEDED_BY):
        return
    yield begin(ctx)


def begin(ctx: Context) -> Change:
    """File the usual categories."""
    change = Change("chart.begin", f"{len(USUAL)} usual categories of the books are there: change what does not fit.")
    for code, name, side in USUAL:
        change.add(Category(id=ctx.data.new_id(Category), name=name, side=side, code=code))
    return change


def create(ctx: Context, new: Category) -> Change:
    """File a category.

    Raises:
        Refused: another one has its name or number.
    """
    _refuse_twice(ctx, new)
    return Change("chart.add", f"{new.name} is filed as {new.ref}.").add(new)


def revise(ctx: Context, before: Category, after: Category) -> Change:
    """Change what a category says.

    Raises:
        Refused: another one has its name or number.
    """
    _refuse_twice(ctx, after)
    values = {name: getattr(after, name) for name in type(after).model_fields if name != "id"}
    return Change("chart.edit", f"{after.name} is changed.").set(before, **values)


def _refuse_twice(ctx: Context, category: Category) -> None:
    """Refuse a name or a number that another one has: in the books they would be one."""
    for one in ctx.data.find(Category):
        if one.id == category.id:
            continue
        if fold(one.name) == fold(category.name):
            raise Refused(f"{one.ref} is called {one.name} already.", {"name": f"{one.ref} is called so already."})
        if category.code and fold(one.code) == fold(category.code):
            raise Refused(f"{one.ref} {one.name} has {one.code} already.", {"code": f"{one.ref} has it already."})
