"""When a statement is proved: its lines come to its balances, it connects with the one before, and all is explained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import Field

from botui.models.base import Arguments, Between, Change, Line, Refused, Ui, plural
from botui.models.office import Context
from botui.models.records.bank import Account, BankLine, Match, Proof, Stand, Statement

_NOTHING: Final = Decimal(0)


class ReopenStatement(Arguments):
    """Why it is opened again."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Why")]


class TakeOut(Arguments):
    """Why a statement is taken out again."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Why", help="Such as: the file of another account.")]


def in_order(statements: Iterable[Statement]) -> list[Statement]:
    """Return statements of an account in the order of time."""
    return sorted(statements, key=lambda one: (one.until, one.since or one.until, one.id))


def before(statements: Iterable[Statement], statement: Statement) -> Statement | None:
    """Return the statement of the same account right before one."""
    earlier: Statement | None = None
    for one in in_order(statements):
        if one.id == statement.id:
            break
        earlier = one
    return earlier


def gap(account: Account, earlier: Statement | None, statement: Statement) -> Decimal:
    """Return by how much a statement begins above where the one before it ends, or the account itself."""
    return statement.opening - (earlier.closing if earlier else account.opening)


def misfit(statement: Statement, lines: Iterable[BankLine]) -> Decimal:
    """Return by how much the closing balance of a statement is above what its lines make of the opening one."""
    return statement.closing - statement.opening - sum((one.amount for one in lines), _NOTHING)


def why_not_proved(ctx: Context, statement: Statement) -> str | None:
    """Return what a statement lacks to be proved, in words, or None."""
    if statement.open:
        return f"{plural(statement.open, 'line')} of it {'is' if statement.open == 1 else 'are'} not explained yet."
    if off := misfit(statement, ctx.data.find(BankLine, statement=statement.id)):
        return f"Its lines do not come to its balances: {off:,.2f} is missing."
    account = ctx.data.get(Account, statement.account)
    if account is None:
        return "Its account is not there."
    earlier = before(ctx.data.find(Statement, account=account.id), statement)
    if off := gap(account, earlier, statement):
        ends = f"{earlier.ref} before it ends" if earlier else "the account begins"
        at = earlier.closing if earlier else account.opening
        return f"It begins with {statement.opening:,.2f}, and {ends} with {at:,.2f}: take in what lies between."
    return None


def close(ctx: Context, statement: Statement, _: None) -> Change:
    """Say that a statement is proved.

    Raises:
        Refused: it is not, in words.
    """
    if reason := why_not_proved(ctx, statement):
        raise Refused(reason)
    said = f"{statement.ref} is proved: {statement.closing:,.2f} on {statement.until}."
    change = Change("statements.close", said)
    return change.set(statement, state=Proof.PROVED, proved_at=ctx.now, proved_by=ctx.by)


def reopen(ctx: Context, statement: Statement, args: ReopenStatement) -> Change:
    """Open a statement again that was proved, so that what explains its lines can be changed."""
    change = Change("statements.reopen", f"{statement.ref} is open again.", note=args.reason)
    return change.set(statement, state=Proof.OPEN, proved_at=None, proved_by=None)


def why_not_taken_out(ctx: Context, statement: Statement) -> str | None:
    """Guard of void: something explains a line of it."""
    told = statement.lines - len(ctx.data.numbers(BankLine, statement=statement.id, state=Stand.UNMATCHED.value))
    return (
        f"{plural(told, 'line')} of it {'is' if told == 1 else 'are'} explained: y takes that apart." if told else None
    )


def void(ctx: Context, statement: Statement, args: TakeOut) -> Change:
    """Take a statement out with its lines, as if its file had never come: the right one can be taken in then."""
    said = f"{statement.ref} is taken out again, with {plural(statement.lines, 'line')}."
    change = Change("statements.void", said, note=args.reason)
    lines = ctx.data.find(BankLine, statement=statement.id)
    numbers = {line.id for line in lines}
    apart = [one for one in ctx.data.find(Match, undone_at=Between(low="")) if numbers.intersection(one.lines)]
    for record in (*apart, *lines, statement):
        change.remove(record)
    account = ctx.data.get(Account, statement.account)
    if account is not None and (account.opening, account.opened_on) == (statement.opening, _day_before(statement)):
        others = [one for one in ctx.data.find(Statement, account=account.id) if one.id != statement.id]
        first = next(iter(in_order(others)), None)
        opening, opened_on = (first.opening, _day_before(first)) if first else (_NOTHING, None)
        change.set(account, opening=opening, opened_on=opened_on)
    return change


def _day_before(statement: Statement) -> date:
    return (statement.since or statement.until) - timedelta(days=1)


def stands_proved(ctx: Context, lines: Iterable[BankLine]) -> str | None:
    """Return why what explains lines cannot be changed: one of them is on a statement that is proved."""
    for one in lines:
        statement = ctx.data.get(Statement, one.statement) if one.statement else None
        if statement is not None and statement.state is Proof.PROVED:
            return f"{one.ref} is on {statement.ref}, which is proved: open that again first."
    return None


def refuse_fixed(ctx: Context, line: BankLine, values: Mapping[str, Any]) -> None:
    """Refuse to undo what explains a line of a statement that was proved meanwhile.

    Raises:
        Refused: it was.
    """
    if "state" in values and (reason := stands_proved(ctx, [line])):
        raise Refused(reason)


def refuse_unproved(ctx: Context, statement: Statement, values: Mapping[str, Any]) -> None:
    """Refuse to let a statement be proved again by undo where something was taken apart of it meanwhile.

    Raises:
        Refused: it was.
    """
    if values.get("state") == Proof.PROVED.value and (reason := why_not_proved(ctx, statement)):
        raise Refused(f"{statement.ref} stays open: {reason[0].lower()}{reason[1:]}")
