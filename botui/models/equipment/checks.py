"""What must hold among assets, loans, bookings, faults, the log of work and plans, whoever wrote them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from botui import areas
from botui.models.equipment.access_checks import check_access, check_licences
from botui.models.equipment.asset import Asset, Fate, status_of
from botui.models.equipment.audit_checks import check_audits
from botui.models.equipment.clashes import TAKEN
from botui.models.equipment.fault import SPENT, Fault, State, Work
from botui.models.equipment.fault_checks import check_faults
from botui.models.equipment.loan import Booking, BookingState, Loan
from botui.models.equipment.plan import Plan
from botui.models.equipment.register import stops
from botui.models.soundness import Records, circle_words, twice


@dataclass(slots=True)
class _Counted:
    """What loans, faults and the log of work come to, by asset (and by fault).

    Attributes:
        loans: those that are open.
        open_, stopped, faults: faults that are open, that keep it from being used, and all but those joined.
        cost, minutes: by reference of asset or fault.
    """

    loans: defaultdict[int, list[Loan]] = field(default_factory=lambda: defaultdict(list))
    open_: Counter[int] = field(default_factory=Counter)
    stopped: Counter[int] = field(default_factory=Counter)
    faults: Counter[int] = field(default_factory=Counter)
    cost: defaultdict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    minutes: Counter[str] = field(default_factory=Counter)


def check(records: Records) -> Iterator[str]:
    """Say what does not hold: who has an asset is its open loan, its status follows, and sums are those of the log."""
    counted = _Counted()
    yield from _loans(records, counted)
    _log(records, counted)
    yield from _faults(records, counted)
    yield from check_faults(records)
    yield from _assets(records, counted)
    yield from _bookings(records)
    yield from check_licences(records)
    yield from check_access(records)
    yield from check_audits(records)
    for plan in records.all(Plan):
        if sum(one is not None and one != "" for one in (plan.asset, plan.model, plan.place)) > 1:
            yield f"{plan.ref}: it is for an asset, a model or a place: one of them."


# --- loans, the log, faults -------------------------------------------------------------------------------------------


def _loans(records: Records, counted: _Counted) -> Iterator[str]:
    for loan in records.all(Loan):
        if sum(one is not None for one in (loan.person, loan.to_place, loan.to_asset)) != 1:
            yield f"{loan.ref}: it is to a person, a place or an asset: one of them."
        if loan.is_open:
            counted.loans[loan.asset].append(loan)
            if any((loan.back_by, loan.condition, loan.fault)):
                yield f"{loan.ref}: Came back: it says how, and not when."
        elif loan.back_at is not None and loan.back_at < loan.at:
            yield f"{loan.ref}: Came back: this is before it was handed out."


def _log(records: Records, counted: _Counted) -> None:
    for work in records.all(Work):
        names = (("faults", work.fault), ("assets", work.asset))
        for ref in (areas.ref(name, number) for name, number in names if number):
            counted.minutes[ref] += work.minutes
            counted.cost[ref] += work.amount if work.amount is not None and work.kind in SPENT else Decimal(0)


def _faults(records: Records, counted: _Counted) -> Iterator[str]:
    for fault in records.all(Fault):
        yield from _sums(fault, counted)
        if fault.asset is not None:
            counted.open_[fault.asset] += fault.is_open
            counted.stopped[fault.asset] += stops(fault)
            counted.faults[fault.asset] += fault.state is not State.JOINED


def _sums(record: Asset | Fault, counted: _Counted) -> Iterator[str]:
    if record.cost != counted.cost[record.ref]:
        yield f"{record.ref}: Cost: {record.cost:,.2f}, and its log comes to {counted.cost[record.ref]:,.2f}."
    if record.minutes != counted.minutes[record.ref]:
        yield f"{record.ref}: Minutes: {record.minutes:,}, and its log comes to {counted.minutes[record.ref]:,}."


# --- assets -----------------------------------------------------------------------------------------------------------


def _assets(records: Records, counted: _Counted) -> Iterator[str]:
    codes: list[tuple[str, str]] = []
    inside: dict[int, int] = {}
    for asset in records.all(Asset):
        if asset.fate is not Fate.RETIRED:
            codes += [(asset.ref, one) for one in (asset.tag, asset.serial, *asset.codes)]
        if asset.inside is not None:
            inside[asset.id] = asset.inside
        for words in (*_held(asset, counted.loans[asset.id]), *_broken(asset, counted)):
            yield f"{asset.ref}: {words}"
        yield from _sums(asset, counted)
    yield from twice(codes, lambda ref, other, code: f"{ref}: {other} has {code}, too.")
    yield from circle_words("assets", "Part of", inside)


def _held(asset: Asset, loans: list[Loan]) -> Iterator[str]:
    """Say what an asset tells of who has it that is not what its open loan tells."""
    if len(loans) > 1:
        yield f"it is handed out twice: {', '.join(one.ref for one in loans)}."
    loan = loans[0] if loans else None
    says = (asset.loan, asset.holder, asset.at_place, asset.inside, asset.due)
    comes = (loan.id, loan.person, loan.to_place, loan.to_asset, loan.due) if loan else (None,) * 5
    if says != comes:
        yield f"Who has it: it is not what {loan.ref if loan else 'no open hand-out'} says."
    if loan is not None and asset.fate is Fate.RETIRED:
        yield f"it is retired, and handed out by {loan.ref}."


def _broken(asset: Asset, counted: _Counted) -> Iterator[str]:
    """Say what an asset tells of its faults that is not so, and whether its status is what follows."""
    sums = (
        ("Open faults", asset.open_faults, counted.open_),
        ("Faults that stop it", asset.stopped, counted.stopped),
        ("Faults so far", asset.faults, counted.faults),
    )
    for label, here, found in sums:
        if here != found[asset.id]:
            yield f"{label}: {here:,}, and there are {found[asset.id]:,}."
    if asset.status is not status_of(asset):
        yield f"Status: {asset.status.label}, and it follows that it is {status_of(asset).label}."


# --- bookings --------------------------------------------------------------------------------------------------------


def _bookings(records: Records) -> Iterator[str]:
    by_asset: defaultdict[int, list[Booking]] = defaultdict(list)
    for one in records.all(Booking):
        if one.end <= one.start:
            yield f"{one.ref}: Until: this is not after it begins."
        if one.state in TAKEN:
            by_asset[one.asset].append(one)
        loan = records.get(Loan, one.loan or 0)
        out = loan is not None and loan.is_open and loan.booking == one.id
        if out != (one.state is BookingState.OUT):
            yield f"{one.ref}: State: it is {'' if out else 'not '}handed out."
    for bookings in by_asset.values():
        yield from _overlaps(sorted(bookings, key=lambda one: (one.start, one.id)))


def _overlaps(bookings: Iterable[Booking]) -> Iterator[str]:
    """Say of each booking, the first first, whether it begins before the one that lasts longest until then ends."""
    last: Booking | None = None
    for one in bookings:
        if last is not None and one.start < last.end:
            yield f"{one.ref}: From: {last.ref} is for the same time."
        last = one if last is None or one.end > last.end else last
