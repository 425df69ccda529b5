"""Expense claims as they are written: whose they are, what was paid, and what that comes to.

A claim changes only while nobody decides on it: before it is submitted, and after it was refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from botui.models.base import Change, Refused, plural
from botui.models.office import Context, Person
from botui.models.records.chart import Category, Side
from botui.models.records.expense import WRITTEN, Expense, Outlay, State

LINES_MAX: Final = 200
"""Lines of one claim at most."""
CLAIM_MAX: Final = Decimal("9999999.99")
"""What a claim comes to at most."""
_FAR_DAYS: Final = 731
"""Days from today, two years, beyond which a day of money is taken for a slip."""
CLERKS: Final = frozenset({"clerk", "finance", "system"})
"""As what somebody works who writes claims for others."""
_TYPED: Final = ("what", "person", "note")
_TYPED_LINE: Final = ("amount", "what", "on", "category", "receipt", "why")
_SORTED: Final = frozenset({"category", "receipt"})
"""What those who pay may say of a line at any time: it changes nothing of what is claimed."""


# --- claims -----------------------------------------------------------------------------------------------------------


def create(ctx: Context, expense: Expense) -> Change:
    """Begin a claim; it is for whoever begins it, where nobody else is named.

    Raises:
        Refused: it is for nobody who works here, or for somebody else and no clerk writes it.
    """
    typed: dict[str, Any] = {name: getattr(expense, name) for name in _TYPED}
    new = Expense(id=expense.id, **typed | {"person": expense.person or ctx.by}, created_at=ctx.now, created_by=ctx.by)
    _refuse_person(ctx, new)
    return Change("expenses.add", f"{new.ref} is begun: n adds what was paid, s submits it.").add(new)


def revise(ctx: Context, before: Expense, after: Expense) -> Change:
    """Change what a claim is for, or whose it is.

    Raises:
        Refused: it is submitted, somebody else's, or for nobody who works here.
    """
    require_written(ctx, before)
    new = before.model_copy(update={name: getattr(after, name) for name in _TYPED})
    new = new.model_copy(update={"person": new.person or before.person})
    change = Change("expenses.edit", f"{before.ref} is changed.")
    if new.person != before.person:
        _refuse_person(ctx, new)
        for line in ctx.data.find(Outlay, expense=before.id):
            change.set(line, person=new.person)
    return change.set(before, **{name: getattr(new, name) for name in _TYPED})


def refuse_fixed(_: Context, expense: Expense, names: Collection[str]) -> None:
    """Do nothing unless what is claimed is changed, or taken back, while somebody decides on it or after that.

    Raises:
        Refused: it is.
    """
    wrong = {"what", "person", "amount", "lines"}.intersection(names)
    if wrong and expense.state not in WRITTEN and "state" not in names:
        raise Refused(_stands(expense), dict.fromkeys(wrong, "This stands."))


def cannot_write(ctx: Context, expense: Expense) -> str | None:
    """Return why whoever acts cannot change a claim, or None if they can."""
    if expense.state not in WRITTEN:
        return _stands(expense)
    if ctx.by not in (expense.person, expense.created_by) and CLERKS.isdisjoint(ctx.roles):
        return f"Only {ctx.person(expense.person)} or a clerk may change it."
    return None


def require_written(ctx: Context, expense: Expense) -> None:
    """Do nothing if whoever acts can change a claim.

    Raises:
        Refused: they cannot.
    """
    if reason := cannot_write(ctx, expense):
        raise Refused(reason)


def _stands(expense: Expense) -> str:
    again = "" if expense.state is not State.SUBMITTED else ": who approves it can refuse it (B), or you cancel it (C)"
    return (
        f"{expense.ref} is {'with who approves it' if again else expense.state.label}: what is claimed stands{again}."
    )


def _refuse_person(ctx: Context, expense: Expense) -> None:
    person = ctx.data.get(Person, expense.person) if expense.person else None
    if person is None or not person.active:
        raise Refused("For whom is it?", {"person": "Somebody who works here, please."})
    if person.id != ctx.by and CLERKS.isdisjoint(ctx.roles):
        raise Refused("You claim for yourself; a clerk writes claims for others.", {"person": "Empty, please."})


# --- lines ------------------------------------------------------------------------------------------------------------


def create_line(ctx: Context, outlay: Outlay) -> Change:
    """Put what was paid on a claim: on the one named, else on one's own that is open, else on a new one.

    Raises:
        Refused: the claim is submitted or somebody else's, or the line cannot be as it is.
    """
    change = Change("outlays.add")
    claim = _claim(ctx, change, outlay)
    typed: dict[str, Any] = {name: getattr(outlay, name) for name in _TYPED_LINE}
    typed["on"] = outlay.on or ctx.today
    whose = {"person": claim.person, "created_by": ctx.by}
    new = Outlay(id=outlay.id, expense=claim.id, **typed, **whose)
    refuse_unfit(ctx, new)
    lines = [*lines_of(ctx, claim), new]
    if len(lines) > LINES_MAX:
        raise Refused(f"{claim.ref} has {LINES_MAX} lines: begin another claim.")
    change.add(new)
    return _counted(ctx, change, claim, lines, f"{new.what}, {money(ctx, new.amount)}, is")


def revise_line(ctx: Context, before: Outlay, after: Outlay) -> Change:
    """Change what is typed of a line; it stays on its claim. Those who pay sort it, or name its receipt, at any time.

    Raises:
        Refused: its claim is submitted or somebody else's, or the line cannot be as it is.
    """
    if after.expense != before.expense:
        said = "A line stays on its claim: take it off (C) and write another one."
        raise Refused(said, {"expense": "This stays as it is."})
    values: dict[str, Any] = {name: getattr(after, name) for name in _TYPED_LINE}
    values["on"] = after.on or before.on
    new = before.model_copy(update=values)
    changed = {name for name in _TYPED_LINE if getattr(new, name) != getattr(before, name)}
    if changed and changed <= _SORTED and not CLERKS.isdisjoint(ctx.roles):
        _refuse_category(ctx, new)
        said = f"{new.what} is sorted." if "category" in changed else f"{new.what} has its receipt."
        return Change("outlays.edit", said).set(before, **values)
    claim = _written(ctx, before)
    refuse_unfit(ctx, new)
    change = Change("outlays.edit").set(before, **values)
    lines = [new if one.id == new.id else one for one in lines_of(ctx, claim)]
    return _counted(ctx, change, claim, lines, f"{new.what} is changed")


def cannot_take_off(ctx: Context, outlay: Outlay) -> str | None:
    """Guard of taking a line off: its claim is submitted, or somebody else's."""
    claim = ctx.data.get(Expense, outlay.expense or 0)
    return cannot_write(ctx, claim) if claim else "Its claim is gone."


def take_off(ctx: Context, outlay: Outlay, _: object) -> Change:
    """Take a line off a claim."""
    claim = _written(ctx, outlay)
    change = Change("outlays.cancel").remove(outlay)
    lines = [one for one in lines_of(ctx, claim) if one.id != outlay.id]
    return _counted(ctx, change, claim, lines, f"{outlay.what} is off", joint="")


def refuse_fixed_line(ctx: Context, outlay: Outlay, names: Collection[str]) -> None:
    """Do nothing unless a line is changed, or taken back, whose claim is submitted.

    Raises:
        Refused: it is.
    """
    claim = ctx.data.get(Expense, outlay.expense or 0)
    if claim is not None and claim.state not in WRITTEN and (set(_TYPED_LINE) - _SORTED).intersection(names):
        raise Refused(_stands(claim))


def lines_of(ctx: Context, claim: Expense) -> list[Outlay]:
    """Return the lines of a claim."""
    return ctx.data.find(Outlay, expense=claim.id)


def limit_of(ctx: Context, outlay: Outlay) -> Decimal | None:
    """Return the limit of a line's category that the line is above; None = it is not."""
    category = ctx.data.get(Category, outlay.category) if outlay.category else None
    limit = category.limit if category else None
    return limit if limit is not None and outlay.amount > limit else None


def money(ctx: Context, amount: Decimal) -> str:
    """Return an amount for a sentence."""
    return f"{amount:,.2f} {ctx.settings.currency}"


def refuse_day(ctx: Context, day: date | None, *, ahead: bool = False) -> None:
    """Do nothing if money can have moved on a day.

    Args:
        ctx: what may be known.
        day: the day; None = today.
        ahead: it may be a day to come, as when a bank is told ahead.

    Raises:
        Refused: it is still to come, or so far from today that it is a slip.
    """
    if day is None:
        return
    if day > ctx.today and not ahead:
        raise Refused("That day is still to come.", {"on": "This day is still to come."})
    if abs((day - ctx.today).days) > _FAR_DAYS:
        raise Refused(f"{day:%Y-%m-%d} is far from today: is this the year?", {"on": "Is this the year?"})


def refuse_unfit(ctx: Context, outlay: Outlay) -> None:
    """Do nothing if a line can be claimed as it is.

    Raises:
        Refused: it was paid on a day to come, its category is none for money out, or it is above the limit and does
            not say why.
    """
    refuse_day(ctx, outlay.on)
    category = _refuse_category(ctx, outlay)
    limit = limit_of(ctx, outlay)
    if limit is not None and category is not None and not outlay.why:
        said = f"{category.name}: {money(ctx, limit)} at most; say why it is {money(ctx, outlay.amount)}."
        raise Refused(said, {"why": f"Needed above {limit:,.2f}."})


def _refuse_category(ctx: Context, outlay: Outlay) -> Category | None:
    """Return the category of a line, which must be in use and for money that goes out."""
    category = ctx.data.get(Category, outlay.category) if outlay.category else None
    if category is not None and (not category.active or category.side is not Side.EXPENSE):
        why = f"is for {category.side.label}" if category.active else "is not in use any more"
        raise Refused(f"{category.name} {why}.", {"category": "Another one, please."})
    return category


def _claim(ctx: Context, change: Change, outlay: Outlay) -> Expense:
    """Return the claim of a new line; where a new one begins, it is part of the change."""
    if outlay.expense is not None:
        return _written(ctx, outlay)
    if ctx.by is None:
        raise Refused("Whose claim is it?", {"expense": "Which claim?"})
    open_ = [one for one in ctx.data.find(Expense, person=ctx.by, state=State.DRAFT.value) if one.created_by == ctx.by]
    if open_:
        return open_[-1]
    new = Expense(id=ctx.data.new_id(Expense), what=outlay.what, person=ctx.by, created_at=ctx.now, created_by=ctx.by)
    change.add(new)
    return new


def _written(ctx: Context, outlay: Outlay) -> Expense:
    claim = ctx.data.get(Expense, outlay.expense or 0)
    if claim is None:
        raise Refused("There is no such claim.", {"expense": "There is none of this number."})
    require_written(ctx, claim)
    return claim


def _counted(
    ctx: Context, change: Change, claim: Expense, lines: Iterable[Outlay], done: str, *, joint: str = " on"
) -> Change:
    """Let a claim say what its lines come to, and the change what was done.

    Raises:
        Refused: they come to more than a claim may.
    """
    every = [*lines]
    amount = sum((one.amount for one in every), Decimal("0.00"))
    if amount > CLAIM_MAX:
        said = f"That comes to {money(ctx, amount)}: a claim is of {CLAIM_MAX:,.2f} at most."
        raise Refused(said, {"amount": "That is too much money."})
    change.said = f"{done}{joint} {claim.ref}: {plural(len(every), 'line')}, {money(ctx, amount)}; s submits it."
    return change.set(claim, amount=amount, lines=len(every))
