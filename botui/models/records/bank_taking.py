"""Statements are taken in: the new lines of a file become lines of the bank, in statements that connect.

What lies between lines that are here already becomes a statement of its own, so that each one has balances that its
lines come to, whichever files overlap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Final

from botui.models.base import Change, Line, Refused, plural
from botui.models.office import Context
from botui.models.records.bank import Account, BankLine, Proof, Statement
from botui.models.records.bank_lines import Fresh, Said, Told, fresh
from botui.models.records.bank_proof import gap, in_order

_NOTHING: Final = Decimal(0)
_LARGEST: Final = Decimal("9999999.99")
"""The largest amount of the records."""
_SHOWN: Final = 3
"""Lines that are told one by one."""
_ORDERS: Final = ("dmy", "mdy")
"""Orders of dates that are kept; any other shows by itself."""


class LiesWithin(Refused):
    """A new line lies within a statement that is proved: all lines of those days are here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of a bank, as it is taken in.

    Attributes:
        told: what it tells, with both balances.
        name: its name; ``digest``: SHA-256 of it.
        order: the order of day and month in it, kept for the next one of this account.
        own: the numbers of the account that it is of, as far as it says one.
        number: the number of the statement, where somebody typed one.
        document: the number of the document whose file it is.
    """

    told: Told
    name: str
    digest: str
    order: str = ""
    own: frozenset[str] = frozenset()
    number: Line = ""
    document: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What comes of it.

    Attributes:
        change: what is written; ``fresh``: which lines were new.
        lacks: in words, what lies between a new statement and the one before or after it, if anything.
    """

    change: Change
    fresh: Fresh
    lacks: str = ""


def take_in(ctx: Context, account: Account, file: File) -> Taken:
    """Take the new lines of a file in, with the balances between which they lie.

    Raises:
        Refused: it was taken in before, has nothing new, is of another account, says no balance or one beyond
            measure.
        LiesWithin: a new line lies among those of a statement that is proved.
    """
    if before := next(iter(ctx.data.find(Statement, account=account.id, digest=file.digest)), None):
        raise Refused(f"{file.name} was taken in before: it is {before.ref}.")
    _refuse_other_account(account, file)
    told = file.told
    if told.opening is None or told.closing is None:
        said = f"{file.name} says no balance: give the closing balance of the account, as the bank shows it."
        raise Refused(said, {"closing": "The balance after the last line."})
    # day by day: the lines of all other days are not looked at, however many there are
    days = {one.on.isoformat() for one in told.lines}
    here = (line for day in sorted(days) for line in ctx.data.find(BankLine, account=account.id, on=day))
    found = fresh(account.id, told.lines, here)
    if not found.new:
        raise Refused(f"All {plural(len(told.lines), 'line')} of {file.name} are here already.")
    _refuse_within(ctx, account, found)
    change = Change("statements.import", note=file.name)
    runs = list(_runs(told, found))
    if beyond := next((one for run in runs for one in (run.opening, run.closing) if abs(one) > _LARGEST), None):
        raise Refused(f"A balance of {beyond:,.2f} is beyond what is kept here: {_LARGEST:,.2f} at most.")
    made = [_file(ctx, change, account, file, run) for run in runs]
    _keep_of_account(ctx, change, account, file, runs[0])
    change.said = _said(account, file, found)
    return Taken(change, found, _lacks(ctx, account, made))


def _refuse_within(ctx: Context, account: Account, found: Fresh) -> None:
    """Refuse lines of days of which a statement has all.

    Raises:
        LiesWithin: there is one; of its first and its last day more may come.
    """
    proved = ctx.data.find(Statement, account=account.id, state=Proof.PROVED.value)
    for said, _ in found.new:
        for one in proved:
            if one.since is not None and one.since < said.on < one.until:
                line = f"{said.where.capitalize()}, {said.on}, {said.amount:,.2f}, is new"
                days = f"from {one.since} to {one.until}"
                raise LiesWithin(f"{line}, and {one.ref}, {days}, is proved without it: open that again first.")


def _lacks(ctx: Context, account: Account, made: list[Statement]) -> str:
    """Return in words where a new statement does not connect with its neighbours."""
    new = {one.id for one in made}
    every = in_order([*ctx.data.find(Statement, account=account.id), *made])
    for earlier, one in pairwise(every):
        if new.intersection((earlier.id, one.id)) and gap(account, earlier, one):
            which = "this one" if one.id in new else one.ref
            before = "This one" if earlier.id in new else earlier.ref
            ends = f"{before} ends with {earlier.closing:,.2f}, {which} begins with {one.opening:,.2f}"
            return f"{ends}: something lacks, or is wrong."
    return ""


def _refuse_other_account(account: Account, file: File) -> None:
    ours = "".join(c for c in account.number.upper() if c.isalnum())
    if not ours or not file.own:
        return
    if not any(one.endswith(ours) or (len(one) >= 4 and ours.endswith(one)) for one in file.own):
        theirs = ", ".join(sorted(file.own))[:80]
        raise Refused(f"{file.name} is of account {theirs}; {account.name} is {account.number}.")


@dataclass(frozen=True, slots=True)
class _Run:
    """New lines that follow each other, and the balance before them."""

    opening: Decimal
    lines: tuple[tuple[Said, str], ...]

    @property
    def closing(self) -> Decimal:
        return self.opening + sum((one.amount for one, _ in self.lines), _NOTHING)


def _runs(told: Told, found: Fresh) -> Iterator[_Run]:
    """Yield the new lines in the order of time, parted where lines are here already; of a day those stand first."""
    marks = {id(said): mark for said, mark in found.new}
    in_order = [
        one
        for _, day in groupby(told.lines, key=lambda one: one.on)
        for one in sorted(day, key=lambda one: id(one) in marks)
    ]
    balance = told.opening or _NOTHING
    for is_new, run in groupby(in_order, key=lambda one: id(one) in marks):
        lines = tuple(run)
        if is_new:
            yield _Run(balance, tuple((one, marks[id(one)]) for one in lines))
        balance += sum((one.amount for one in lines), _NOTHING)


def _file(ctx: Context, change: Change, account: Account, file: File, run: _Run) -> Statement:
    statement = Statement(
        id=ctx.data.new_id(Statement),
        account=account.id,
        number=file.number,
        since=run.lines[0][0].on,
        until=run.lines[-1][0].on,
        opening=run.opening,
        closing=run.closing,
        lines=len(run.lines),
        open=len(run.lines),
        digest=file.digest,
        document=file.document,
        created_at=ctx.now,
        created_by=ctx.by,
    )
    change.add(statement)
    for said, mark in run.lines:
        change.add(
            BankLine(
                id=ctx.data.new_id(BankLine),
                statement=statement.id,
                account=account.id,
                on=said.on,
                value_on=said.value_on,
                amount=said.amount,
                name=said.name,
                text=said.text,
                reference=said.reference,
                iban=said.iban,
                fingerprint=mark,
            )
        )
    return statement


def _keep_of_account(ctx: Context, change: Change, account: Account, file: File, earliest: _Run) -> None:
    """Keep with the account how its files are read, its number, and with what it begins.

    It begins with its first statement; with an earlier one as soon as that comes and connects.
    """
    values: dict[str, object] = {}
    if file.order in _ORDERS and account.shape != file.order:
        values["shape"] = file.order
    if not account.number and len(file.own) == 1:
        values["number"] = next(iter(file.own))[:40]
    first = earliest.lines[0][0].on
    begins = not ctx.data.numbers(Statement, 1, account=account.id)
    connects = account.opened_on is not None and first <= account.opened_on and earliest.closing == account.opening
    if connects or (begins and (account.opened_on is None or account.opened_on >= first)):
        values |= {"opening": earliest.opening, "opened_on": first - timedelta(days=1)}
    change.set(account, **values)


def _said(account: Account, file: File, found: Fresh) -> str:
    known = f"; {plural(found.known, 'line')} of it {'was' if found.known == 1 else 'were'} here" if found.known else ""
    closing = file.told.closing or _NOTHING
    return f"{plural(len(found.new), 'line')} of {account.name} taken in, up to {closing:,.2f}{known}."


def doubts(found: Fresh) -> list[str]:
    """Return in words the lines that the bank words otherwise than before, and that are taken to be the same."""
    shown = [
        f"{said.where}: {said.on} {said.amount:,.2f} is {line.ref}, which the bank worded otherwise before"
        for said, line in found.reworded[:_SHOWN]
    ]
    more = len(found.reworded) - _SHOWN
    return [*shown, f"{more:,} more like these"] if more > 0 else shown
