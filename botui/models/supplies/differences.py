"""What comes of a stocktake: what should have been there, the differences and their worth, and booking them.

What should be there is what the ledger said at the moment it was counted; the difference of that moment is booked, so
that what moved since stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Final

from pydantic import Field

from botui import areas
from botui.models.base import Arguments, Between, Change, Line, Refused, Ui, plural, stamp
from botui.models.office import Context, Person, Role, manager_of
from botui.models.office.reports import Cell, Report, cents, span
from botui.models.supplies.counting import Spot, back_to_counting, is_left, mark_again, names_of
from botui.models.supplies.item import Item, Movement, Why
from botui.models.supplies.ledger import Ledger, Posting
from botui.models.supplies.levels import place_name, unit_cost
from botui.models.supplies.stocktake import Count, State, Stocktake

_MAY_APPROVE: Final = frozenset({Role.CLERK, Role.MANAGER, Role.FINANCE, Role.ADMIN})
"""As what somebody works who can be asked to approve a stocktake."""
_HAND: Final = "You had a hand in it: somebody approves it who did not begin it and counted nothing."
_PUT_RIGHT: Final = frozenset({Why.COUNT, Why.CORRECT})
"""Movements in the ledger that moved no thing."""
_CLOCKS: Final = timedelta(days=1)
"""How far a clock may have been set back during a stocktake."""


class CountingDone(Arguments):
    """Who is asked to approve it."""

    to: Annotated[
        int | None,
        Ui(label="Who approves", ref="people", help="Somebody who counted nothing; empty = your manager."),
    ] = None
    even_so: Annotated[bool, Ui(label="Even so", help="y leaves what is not counted as it is.")] = False


class CountAgain(Arguments):
    """Why it is not booked."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Why", help="Whoever counts sees it.")]
    all_wrong: Annotated[bool, Ui(label="All that differs", help="n = only what is marked with U afterwards.")] = True


@dataclass(frozen=True, slots=True)
class Difference:
    """One count that does not come to what should be there.

    Attributes:
        count: the count; ``expected``, ``counted`` and ``difference`` are base units in its place.
        name: the item's name.
        place: the place's number.
        worth: of the difference, in the office's currency: at the average price, else at the last, else nothing; as
            it was booked, once it is.
    """

    count: int
    item: int
    name: str
    place: int
    expected: int
    counted: int
    worth: Decimal

    @property
    def difference(self) -> int:
        """Base units that are there more than should be; below zero they are missing."""
        return self.counted - self.expected


def differences(ctx: Context, stocktake: Stocktake) -> list[Difference]:
    """Return what does not come to what should be there, the dearest first.

    Raises:
        Refused: counting goes on, and is blind.
    """
    if stocktake.state is State.COUNTING:
        raise Refused(f"{stocktake.ref} is being counted: the differences are shown when counting is done (Q).")
    booked = {(one.item, one.place): one.cost for one in ctx.data.find(Movement, stocktake=stocktake.id)}
    counts = ctx.data.find(Count, stocktake=stocktake.id)
    found = [each for one in counts if (each := _difference(ctx, one, booked.get((one.item, one.place))))]
    return sorted(found, key=lambda one: (-abs(one.worth), -abs(one.difference), one.count))


def _difference(ctx: Context, one: Count, booked: Decimal | None) -> Difference | None:
    """Return what one count does not come to, at the cost at which it was booked or else what a unit is worth now."""
    if not one.difference or one.counted is None or one.expected is None:
        return None
    item = ctx.data.get(Item, one.item)
    cost = booked or (unit_cost(item) if item else None) or Decimal(0)
    name = item.name if item else areas.ref("items", one.item)
    return Difference(one.id, one.item, name, one.place, one.expected, one.counted, cents(one.difference * cost))


def total(found: Iterable[Difference]) -> Decimal:
    """Return what differences come to, in the office's currency."""
    return sum((one.worth for one in found), Decimal(0))


def report(ctx: Context, since: date, until: date) -> Report:
    """Return the differences of the stocktakes that were booked in some days, and of those that wait for approval."""
    start, end = span(ctx.settings, since, until)
    rows: list[tuple[Cell, ...]] = []
    for state in (State.BOOKED, State.TO_APPROVE):
        for one in ctx.data.find(Stocktake, state=state.value):
            if one.booked_at is None or start <= one.booked_at < end:
                rows += (_row(ctx, one, each) for each in differences(ctx, one))
    if rows:
        rows.append(("All", "", "", "", "", "", "", sum((Decimal(row[-1]) for row in rows), Decimal(0))))
    header = ("Stocktake", "State", "Item", "Place", "Should be", "Counted", "Difference", "Worth")
    return Report(f"Differences of stocktakes, {since} to {until}", header, tuple(rows))


def _row(ctx: Context, stocktake: Stocktake, one: Difference) -> tuple[Cell, ...]:
    where = place_name(ctx, one.place)
    told = (one.name, where, one.expected, one.counted, one.difference, one.worth)
    return f"{stocktake.ref} {stocktake.name}", stocktake.state.label, *told


# --- counting is over -------------------------------------------------------------------------------------------------


def nothing_counted(_: Context, stocktake: Stocktake) -> str | None:
    """Guard of ask_approval."""
    return None if stocktake.counters else "Nothing is counted yet."


def ask_approval(ctx: Context, stocktake: Stocktake, args: CountingDone) -> Change:
    """Say that counting is done: from now on it is seen what should be there, and a second person is asked.

    Raises:
        Refused: something is not counted yet, or there is nobody to ask.
    """
    counts = ctx.data.find(Count, stocktake=stocktake.id)
    left = [one for one in counts if is_left(one)]
    if len(left) == len(counts):
        raise Refused("Nothing is counted yet.")
    if left and not args.even_so:
        many = f"{len(left):,} of {len(counts):,} {'is' if len(left) == 1 else 'are'}"
        said = f"{many} not counted yet: {names_of(ctx, left)}."
        raise Refused(
            f"{said} Count what is missing, or write y at Even so.", {"even_so": "y leaves them as they are."}
        )
    approver = _approver(ctx, stocktake, counts, args.to)
    change = Change("stocktakes.ask_approval")
    expected = _expected(ctx, stocktake, counts)
    for one in counts:
        if one.counted is not None:
            change.set(one, expected=expected[one.item, one.place])
    wrong = sum(one.counted not in (None, expected[one.item, one.place]) for one in counts)
    words = plural(wrong, "difference") if wrong else "no differences"
    as_is = f" {len(left):,} not counted." if left else ""
    change.said = f"{stocktake.ref}: {words}.{as_is} {approver.name} is asked to approve it."
    return change.set(stocktake, state=State.TO_APPROVE, approver=approver.id, reason="")


def _hands(stocktake: Stocktake, counts: Iterable[Count]) -> set[int | None]:
    """Return who had a hand in it: also who took their first count back, and is no counter any more for that."""
    return {stocktake.created_by, *stocktake.counters, *(one.counted_by for one in counts if one.counted_by)}


def _approver(ctx: Context, stocktake: Stocktake, counts: Iterable[Count], wanted: int | None) -> Person:
    """Return who is asked to approve: the one named, else who was asked before, else the manager of whoever asks."""
    found = ctx.data.get(Person, wanted or stocktake.approver or manager_of(ctx, ctx.by) or 0)
    if found is None or not found.active:
        raise Refused("Who is to approve it?", {"to": "Somebody who works here, please."})
    if found.id in {ctx.by, *_hands(stocktake, counts)}:
        said = f"{found.name} had a hand in it: it takes somebody who did not begin it and counted nothing."
        raise Refused(said, {"to": "Somebody else, please."})
    if not _MAY_APPROVE.intersection(found.roles):
        said = f"{found.name} works as none who can be asked: a clerk, a manager, finance or an administrator."
        raise Refused(said, {"to": "Somebody else, please."})
    return found


def _expected(ctx: Context, stocktake: Stocktake, counts: Iterable[Count]) -> dict[Spot, int]:
    """Return what should have been at each spot when it was counted: what is booked now, without what moved since.

    What was only put right since (counted, corrected, or taken back although it was booked before the count) moved
    nothing: it is as if it had been right from the beginning, and is not booked a second time.
    """
    since = Between(low=stamp((stocktake.created_at or ctx.now) - _CLOCKS))
    moved: dict[Spot, list[Movement]] = {}
    for movement in ctx.data.find(Movement, at=since):
        if movement.why not in _PUT_RIGHT:
            moved.setdefault((movement.item, movement.place), []).append(movement)
    found = {}
    for one in counts:
        item, spot, upto = ctx.data.get(Item, one.item), (one.item, one.place), one.upto or 0
        later = (each for each in moved.get(spot, ()) if each.id > upto)
        taken = sum(each.quantity for each in later if each.reverses is None or each.reverses > upto)
        found[spot] = (item.at(one.place) if item else 0) - taken
    return found


def cannot_approve(ctx: Context, stocktake: Stocktake) -> str | None:
    """Guard of approve: whoever counted says nothing to it, not even for somebody else."""
    return _HAND if ctx.by in _hands(stocktake, ()) else None


def approve(ctx: Context, stocktake: Stocktake, _: object) -> Change:
    """Book all differences as one change.

    Raises:
        Refused: whoever books it counted something, or less would be left than nothing, which only a wrong count
            can do.
    """
    change = Change("stocktakes.approve")
    ledger = Ledger(ctx, change)
    counts = [one for one in ctx.data.find(Count, stocktake=stocktake.id) if one.counted is not None]
    if ctx.by in _hands(stocktake, counts):
        raise Refused(_HAND)
    expected = _expected(ctx, stocktake, counts)
    now = [one.model_copy(update={"expected": expected[one.item, one.place]}) for one in counts]
    for one, after in zip(counts, now, strict=True):
        change.set(one, expected=after.expected)
        try:
            _book(ledger, stocktake, after)
        except Refused as error:
            raise Refused(f"{error} Have it counted again: {one.ref} (U).") from error
    found = [each for one in now if (each := _difference(ctx, one, None))]
    for number, when in _last_counted(counts).items():
        ledger.set(ledger.get(Item, number), counted_at=when)
    change = ledger.close()
    stands_for = stocktake.approver if stocktake.approver != ctx.by else None
    worth = f", {total(found):+,.2f} {ctx.settings.currency}" if found else ""
    many = plural(len(found), "difference") if found else "no differences"
    change.said = f"{stocktake.ref} is booked: {many}{worth}."
    done = {"approved_by": ctx.by, "approved_for": stands_for, "booked_at": ctx.now}
    return change.set(stocktake, state=State.BOOKED, **done)


def _book(ledger: Ledger, stocktake: Stocktake, one: Count) -> None:
    if not one.difference:
        return
    more = one.difference > 0
    posting = Posting(
        item=one.item,
        place=one.place,
        quantity=one.difference,
        why=Why.COUNT,
        stocktake=stocktake.id,
        note=one.note,
        cost=unit_cost(ledger.get(Item, one.item)),
        use_by=_only_date(ledger.get(Item, one.item), one.place) if more else None,
    )
    if more:
        ledger.post(posting)
    else:
        ledger.take_out(posting)


def _only_date(item: Item, place: int) -> date | None:
    """Return the use-by date of what lies in a place, where all of it has the same: what was found is of that."""
    dates = {level.use_by for level in item.stock if level.place == place}
    return dates.pop() if len(dates) == 1 else None


def _last_counted(counts: Iterable[Count]) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    for one in counts:
        if one.counted_at is not None:
            found[one.item] = max(one.counted_at, found.get(one.item, one.counted_at))
    return found


def refuse(ctx: Context, stocktake: Stocktake, args: CountAgain) -> Change:
    """Say no and why: counting goes on, of what differs first of all."""
    change = Change("stocktakes.refuse", note=args.reason)
    again = {one.count for one in differences(ctx, stocktake)} if args.all_wrong else set()
    for number in again:
        if (one := ctx.data.get(Count, number)) is not None:
            mark_again(change, one)
    many = "" if not again else " 1 count is marked." if len(again) == 1 else f" {len(again):,} counts are marked."
    change.said = f"{stocktake.ref} is not approved: counting goes on.{many}"
    return back_to_counting(ctx, change, stocktake).set(stocktake, reason=args.reason)
