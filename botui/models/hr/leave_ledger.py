"""The ledger of leave: the one place that writes in it, and all that follows in an account from what is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from botui.models.base import Change, Refused
from botui.models.hr.leave import Leave, LeaveEntry, LeaveType, State, Why
from botui.models.hr.leave_account import FOLLOWS, Line, Terms, balance_of, due, lapses
from botui.models.hr.leave_days import share_of_week
from botui.models.hr.reporting_lines import file_of
from botui.models.office import Context, Pending

Account = tuple[int, int]
"""A person and a type of leave."""


def terms_of(ctx: Context, person: int, kind: LeaveType, change: Change | None = None) -> Terms:
    """Return what the account of somebody follows: the rules of the type, and since when and how much they work."""
    file = file_of(ctx, person, change)
    if file is None:
        return Terms(kind)
    scale = share_of_week(ctx, file) if kind.part_time else Decimal(1)
    return Terms(kind, file.starts, file.ends, scale)


def lines_of(entries: Iterable[LeaveEntry]) -> list[Line]:
    """Return the lines of an account; an opening balance that was taken back is none."""
    written = [*entries]
    gone = {one.reverses for one in written if one.reverses}
    return [
        Line(one.on or date.min, one.amount, one.why, one.key)
        for one in written
        if one.why is not Why.OPENING or not (one.reverses or one.id in gone)
    ]


def balance(ctx: Context, person: int, type: int, on: date) -> Decimal:  # noqa: A002 - the field's name
    """Return what somebody has of a type by a day: all that was granted and carried by then, less what was used."""
    return balance_of(lines_of(ctx.data.find(LeaveEntry, person=person, type=type)), on)


def projected(
    ctx: Context,
    person: int,
    kind: LeaveType,
    until: date,
    more: Iterable[Line] = (),
    entries: Iterable[LeaveEntry] | None = None,
) -> Decimal:
    """Return what somebody will have at the end of a day, with what is granted and lapses until then.

    Args:
        ctx: what may be known.
        person: who.
        kind: of which type.
        until: the day.
        more: what is booked besides.
        entries: their account, where it is at hand.
    """
    found = ctx.data.find(LeaveEntry, person=person, type=kind.id) if entries is None else entries
    besides = [*more]
    lines = [*lines_of(found), *besides]
    since = min((ctx.today.year, *(one.on.year for one in besides)))
    lines += due(terms_of(ctx, person, kind), lines, until, since)
    return balance_of(lines, until)


def accounts(ctx: Context, person: int) -> list[tuple[LeaveType, Decimal]]:
    """Return the types of which somebody has something left, or owes something, today."""
    types = (kind for kind in ctx.data.find(LeaveType) if kind.counted)
    found = ((kind, balance(ctx, person, kind.id, ctx.today)) for kind in types)
    return [one for one in found if one[1]]


class Ledger(Pending):
    """Gathers what is booked as part of a change; ``close`` adds what follows, and puts it all in.

    Args:
        ctx: what may be known.
        change: the change that everything becomes part of.
    """

    def __init__(self, ctx: Context, change: Change) -> None:
        super().__init__(ctx, change)
        self._entries: dict[Account, list[LeaveEntry]] = {}
        self._since: dict[Account, int] = {}

    def account(self, person: int, type: int) -> list[LeaveEntry]:  # noqa: A002 - the field's name
        """Return the lines of an account as they will be."""
        key = (person, type)
        if key not in self._entries:
            self._entries[key] = self._ctx.data.find(LeaveEntry, person=person, type=type)
        return self._entries[key]

    def book(
        self,
        person: int,
        type: int,  # noqa: A002 - the field's name
        amount: Decimal,
        why: Why,
        on: date | None = None,
        *,
        number: int = 0,
        leave: int | None = None,
        note: str = "",
        key: str = "",
        reverses: int | None = None,
    ) -> LeaveEntry:
        """Book one line.

        Args:
            person: whose.
            type: of which type of leave.
            amount: days or hours, as the type counts; below zero takes.
            why: what for.
            on: the day from which it counts; None = today.
            number: the number that the line was given already; 0 = a new one.
            leave: the number of the leave it is of.
            note: what HR remembers of it.
            key: under which the rules of the type reckon it.
            reverses: the number of the line that it takes back.

        Raises:
            Refused: it is nothing; only an opening balance may be.
        """
        if not amount and why is not Why.OPENING:
            raise Refused("How much?", {"amount": "More or less than nothing, please."})
        day = on or self._ctx.today
        entries = self.account(person, type)
        entry = LeaveEntry(
            id=number or self._ctx.data.new_id(LeaveEntry),
            person=person,
            type=type,
            amount=amount,
            on=day,
            why=why,
            note=note,
            year=day.year,
            leave=leave,
            reverses=reverses,
            key=key,
            at=self._ctx.now,
            by=self._ctx.by,
        )
        entries.append(entry)
        self._since[person, type] = min(day.year, self._since.get((person, type), day.year))
        return self.add(entry)

    def use(self, leave: Leave, days: dict[date, Decimal]) -> None:
        """Book what a leave takes, a line for each year and each side of a lapse.

        What was carried into a year lapses on a day of it: what is taken before that day counts against it.
        """
        for day, amount in _stretches(self.get(LeaveType, leave.type), days).items():
            self.book(leave.person or 0, leave.type, -amount, Why.USED, day, leave=leave.id)

    def give_back(self, leave: Leave, days: dict[date, Decimal], back: date | None = None) -> Decimal:
        """Book what comes back of a leave, never more than it took; return how much that is.

        Args:
            leave: the leave.
            days: what its days take now: more or less than when it was approved, where holidays or weeks changed.
            back: the first day that is not taken; None = all that it took comes back.
        """
        kind, booked = self.get(LeaveType, leave.type), dict[date, Decimal]()
        for one in self.account(leave.person or 0, leave.type):
            if one.leave == leave.id and one.on is not None:
                key = _first_of_stretch(kind, one.on, booked)
                booked[key] = booked.get(key, Decimal(0)) - one.amount
        gone = booked
        if back is not None:
            for day, amount in days.items():
                if day < back and (key := _first_of_stretch(kind, day, booked)) in booked:
                    booked[key] -= amount
            there = {day: booked.get(_first_of_stretch(kind, day, booked), Decimal(0)) for day in days}
            wanted = _stretches(kind, {day: amount for day, amount in days.items() if day >= back})
            gone = {day: min(amount, there[day]) for day, amount in wanted.items()}
        for day, amount in gone.items():
            if amount > 0:
                self.book(leave.person or 0, leave.type, amount, Why.BACK, day, leave=leave.id)
        return sum((max(amount, Decimal(0)) for amount in gone.values()), Decimal(0))

    def settle(self, person: int, type: int, since: int) -> int:  # noqa: A002 - the field's name
        """Book what is due in an account by today; return how many lines that took."""
        kind = self.get(LeaveType, type)
        lines = lines_of(self.account(person, type))
        found = due(terms_of(self._ctx, person, kind, self._change), lines, self._ctx.today, since)
        for one in found:
            self.book(person, type, one.amount, one.why, one.on, key=one.key)
        return len(found)

    def close(self) -> Change:
        """Add what follows in the accounts that were written in, and write all of it into the change."""
        for (person, type_), since in [*self._since.items()]:
            self.settle(person, type_, since)
        return self.write()


def _stretches(kind: LeaveType, days: dict[date, Decimal]) -> dict[date, Decimal]:
    """Return what days come to for each year and each side of a lapse, by the first of them."""
    parts: dict[date, Decimal] = {}
    for day, amount in sorted(days.items()):
        key = _first_of_stretch(kind, day, parts)
        parts[key] = parts.get(key, Decimal(0)) + amount
    return parts


def _first_of_stretch(kind: LeaveType, day: date, parts: dict[date, Decimal]) -> date:
    """Return the first day of the line that a day goes on: one line for each side of the day of a lapse in a year."""
    for first in parts:
        if first.year == day.year and (first <= lapses(kind, first.year)) == (day <= lapses(kind, day.year)):
            return first
    return day


# --- taking back ------------------------------------------------------------------------------------------------------


def cannot_reverse(ctx: Context, entry: LeaveEntry) -> str | None:
    """Return why a line cannot be taken back, or None if it can."""
    if entry.reverses is not None:
        return "It takes back another one itself."
    if found := ctx.data.find(LeaveEntry, reverses=entry.id):
        return f"It is taken back already, by {found[0].ref}."
    return None


def take_back(ctx: Context, entries: Iterable[LeaveEntry], change: Change) -> Change:
    """Book against lines; what follows from the others is reckoned anew.

    Raises:
        Refused: one is taken back already, or takes one back itself.
    """
    ledger = Ledger(ctx, change)
    for one in entries:
        if one.why in FOLLOWS:
            continue
        if why := cannot_reverse(ctx, one):
            raise Refused(f"{one.ref}: {why}")
        kept = {"leave": one.leave, "key": one.key, "reverses": one.id}
        ledger.book(one.person, one.type, -one.amount, one.why, one.on, **kept)  # type: ignore[arg-type]
    return ledger.close()


def undo(ctx: Context, entries: Iterable[LeaveEntry], change: Change) -> Change:
    """Take back what one change booked, by lines against it; leave that was filed with it stays, and is cancelled.

    Args:
        ctx: what may be known.
        entries: what it booked.
        change: puts every other record that it touched back as it was before.

    Raises:
        Refused: one was taken back already.
    """
    written = [*entries]
    for number in {one.leave for one in written if one.leave and (Leave.COLLECTION, one.leave) not in change.puts}:
        if (leave := ctx.data.get(Leave, number)) is not None:
            change.set(leave, state=State.CANCELLED, amount=Decimal(0), cut=leave.starts)
    return take_back(ctx, written, change)
