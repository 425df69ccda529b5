"""The contracts of the sample office, its paper that is handed out, and a year of disposal with one hold."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any, Final

from botui.actions.sample.lists import make_party
from botui.actions.sample.year import Year
from botui.models.base import Refused
from botui.models.equipment.licence import Period
from botui.models.office import PartyKind, Person, Place
from botui.models.records import contracting, disposing, filing, retaining
from botui.models.records.contract import Contract, Sort
from botui.models.records.disposal import Disposal, Method
from botui.models.records.disposal import State as ListState
from botui.models.records.document import Document, Privacy, State
from botui.models.records.retention import RetentionClass


@dataclass(frozen=True, slots=True)
class Agreed:
    """A contract of the office.

    Attributes:
        name: what it is called; its signed copy is the document of the same title, where there is one.
        sort: what it is.
        cost: for one period, as text; empty = nothing is paid.
        ends: days from today to its end, or to the day on which it renews; None = it never ends.
        notice: days before that by which it must be cancelled; ``by_itself``: it renews by itself.
    """

    name: str
    sort: Sort
    cost: str
    per: Period
    ends: int | None
    notice: int = 0
    by_itself: bool = False


AGREED: Final = (
    Agreed("Lease of the first floor", Sort.LEASE, "4200.00", Period.MONTH, 402, 180, True),
    Agreed("Fire insurance policy", Sort.INSURANCE, "1380.00", Period.YEAR, 38, 90, True),
    Agreed("Window cleaning", Sort.CONTRACT, "210.00", Period.MONTH, 61, 30, True),
    Agreed("Permit for the sign at the door", Sort.PERMIT, "", Period.ONCE, 19),
    Agreed("Liability insurance", Sort.INSURANCE, "940.00", Period.YEAR, 121, 90, True),
    Agreed("Guarantee of the roof", Sort.CONTRACT, "", Period.ONCE, -9),
    Agreed("Archive room in the cellar", Sort.LEASE, "160.00", Period.QUARTER, None),
)
"""What binds the office."""
OLD_YEARS: Final = 9
"""Years ago that the papers are of whose time is over."""
_OLD: Final = ("Bills A to K", "Bills L to Z", "Cash book", "Delivery notes", "Bank statements", "Travel receipts")
_LENT: Final = (
    ("Lease of the first floor", 12, 20, False),
    ("Tax return of last year", 9, 3, True),
    ("Audit report", 24, 14, False),
    ("Safety inspection, lift", 40, 14, False),
    ("Minutes of the annual meeting", 90, 14, False),
)
"""Papers that were handed out: title, days ago, for how many days; whether it was asked back."""
_BACK: Final = 5
"""Days after which those came back that were handed out more than a month ago."""


def play(year: Year, rng: Random, share: float) -> None:
    """Plan the contracts, what is handed out, and what is destroyed.

    Args:
        year: the days.
        rng: what is drawn from.
        share: how large the sample is, of the usual one.
    """
    if not year.keepers or not year.room.all(Place):
        return
    keeper, last = year.keepers[-1], year.last
    sellers = [
        year.room.put(make_party(year.office, rng, trade, kind=PartyKind.SUPPLIER, active=True)).id
        for trade in ("Estates", "Insurance", "Cleaning")
    ]
    for place, agreed in enumerate(AGREED[: max(3, round(len(AGREED) * share))]):
        year.on(round(last * 0.1), partial(_agree, year, keeper, agreed, sellers[place % len(sellers)]), 0.5)
    for title, ago, days, recalled in _LENT:
        person = rng.choice(year.people)
        day = year.day_of(year.date_of(last) - timedelta(days=ago))
        year.on(day, partial(_lend, year, keeper, title, person, days, recalled), 0.4)
    for number, title in enumerate(_OLD):
        year.on(round(last * 0.05), partial(_file_old, year, keeper, title, number), 0.2)
    if year.manager is not None:
        year.on(round(last * 0.4), partial(_run, year, keeper, year.manager), 0.5)
        year.on(max(last - 2, 0), partial(_list, year, keeper, year.manager), 0.6)


def _titled(year: Year, title: str) -> Document | None:
    return next((one for one in year.room.all(Document) if one.title == title), None)


def _agree(year: Year, keeper: Person, agreed: Agreed, party: int, at: datetime) -> None:
    """File a contract, with the document of its name as the signed copy."""
    ends = None if agreed.ends is None else year.date_of(year.last) + timedelta(days=agreed.ends)
    copy = _titled(year, agreed.name)
    contract = Contract.model_validate(
        {
            "id": year.room.new_id(Contract),
            "name": agreed.name,
            "sort": agreed.sort,
            "party": party,
            "cost": agreed.cost or None,
            "per": agreed.per,
            "started_on": year.date_of(0) - timedelta(days=800),
            "renews_on": ends,
            "notice_days": agreed.notice,
            "auto_renew": agreed.by_itself,
            "owner": keeper.id,
            "document": copy.id if copy else None,
        }
    )
    year.room.let(at, keeper, partial(contracting.create, contract=contract))


# --- paper ------------------------------------------------------------------------------------------------------------


def _lend(year: Year, keeper: Person, title: str, person: Person, days: int, recalled: bool, at: datetime) -> None:
    """Hand a paper out; plan that it is asked back, or comes back."""
    document, today = _titled(year, title), year.today(at)
    if document is None:
        return
    due = today + timedelta(days=days)
    with suppress(Refused):
        year.room.verb(at, keeper, document, "hand_out", to=person.id, due=due)
    number, ago = document.id, (year.date_of(year.last) - today).days
    if recalled:
        year.on(
            year.last, partial(_verb, year, keeper, number, "recall", {"reason": "the tax adviser asks for it"}), 0.1
        )
    elif ago > 2 * days:
        back = year.day_of(today + timedelta(days=days + _BACK))
        year.on(back, partial(_verb, year, keeper, number, "give_back", {}), 0.7)


def _verb(year: Year, by: Person, number: int, verb: str, values: dict[str, Any], at: datetime) -> None:
    with suppress(Refused):
        year.room.verb(at, by, year.room.at(Document, number), verb, **values)


# --- disposal ---------------------------------------------------------------------------------------------------------


def _file_old(year: Year, keeper: Person, title: str, number: int, at: datetime) -> None:
    """File a box of papers whose time is over."""
    rule = next((one for one in year.room.all(RetentionClass) if one.name.startswith("Bills")), None)
    dated = date(year.today(at).year - OLD_YEARS, 12, 1 + number)
    document = Document(
        id=year.room.new_id(Document),
        title=f"{title} {dated.year}",
        schedule=rule.id if rule else None,
        dated=dated,
        place=min(one.id for one in year.room.all(Place)),
        shelf=f"Old box {number + 1}",
        privacy=Privacy.OPEN,
    )
    year.room.let(at, keeper, partial(filing.create, document=document))


def _due(year: Year, at: datetime) -> None:
    """Let time say whose time is over."""
    for change in retaining.due(year.room.context(at, None)):
        year.room.apply(change)


def _run(year: Year, keeper: Person, boss: Person, at: datetime) -> None:
    """List what is due, put one of it on hold, and plan that the rest is approved and destroyed; two stay for later."""
    _due(year, at)
    due = [one for one in year.room.all(Document) if one.state is State.REVIEW]
    for one in due[-2:]:
        _verb(year, keeper, one.id, "review", {"until": year.date_of(year.last - 5), "reason": "still asked for"}, at)
    listed = Disposal(id=year.room.new_id(Disposal), name="Old papers", approver=boss.id)
    with suppress(Refused):
        year.room.let(at, keeper, partial(disposing.create, disposal=listed))
        _verb(year, keeper, due[0].id, "hold", {"reason": "question of the tax office"}, at)
        day = year.day_of(year.today(at))
        year.on(day + 1, partial(_decide, year, boss, listed.id, "approve", {}), 0.4)
        gone = {"method": Method.SHREDDED, "note": "in the yard"}
        year.on(day + 3, partial(_decide, year, keeper, listed.id, "destroy", gone), 0.4)


def _list(year: Year, keeper: Person, boss: Person, at: datetime) -> None:
    """List what is due by now: it waits for somebody to say yes."""
    _due(year, at)
    listed = Disposal(id=year.room.new_id(Disposal), name="What is due", approver=boss.id)
    with suppress(Refused):
        year.room.let(at, keeper, partial(disposing.create, disposal=listed))


def _decide(year: Year, by: Person, number: int, verb: str, values: dict[str, Any], at: datetime) -> None:
    disposal = year.room.get(Disposal, number)
    if disposal is not None and disposal.state in (ListState.OPEN, ListState.APPROVED):
        with suppress(Refused):
            year.room.verb(at, by, disposal, verb, **values)
