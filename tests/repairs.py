"""An office with printers, a store of rollers and two guides, and what must agree of faults, tickets and assets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from botui.models.base import Change
from botui.models.equipment.asset import Asset, Category, status_of
from botui.models.equipment.fault import Fault, Guide, State, Work
from botui.models.equipment.in_step import WAITS, tickets_of, waits_alone
from botui.models.equipment.register import stops
from botui.models.equipment.severity import Severity
from botui.models.office import Context, Lookup, Party, Place
from botui.models.supplies import Item
from botui.models.supplies.item import Why
from botui.models.supplies.ledger import Ledger, Posting
from botui.models.tickets import Ticket
from botui.models.tickets.shape import State as TicketState
from tests.rules import Office

HOUSE, FLOOR, CELLAR = 101, 102, 103
PRINTER, SPARE, BEAMER, KEY = 1, 2, 3, 4
ROLLER, FUSE = 1, 2
JAM, NETWORK = 1, 2
VENDOR = 1


def records(change: Change) -> Change:
    """Put into a change what the office has."""
    change.add(Place(id=HOUSE, name="Main house"))
    change.add(Place(id=FLOOR, name="2nd floor", within=HOUSE)).add(Place(id=CELLAR, name="Cellar", within=HOUSE))
    change.add(Party(id=VENDOR, name="Fix Ltd"))
    change.add(Category(id=1, name="Printer", severity=Severity.S2)).add(Category(id=2, name="Beamer"))
    change.add(
        Asset(
            id=PRINTER,
            tag="P-77",
            name="Big printer",
            category=1,
            place=FLOOR,
            warranty_until=date(2026, 12, 24),
            supplier=VENDOR,
        )
    )
    change.add(Asset(id=SPARE, tag="P-78", name="Old printer", category=1, place=CELLAR))
    change.add(Asset(id=BEAMER, tag="B-1", name="Beamer", category=2, place=FLOOR))
    change.add(Asset(id=KEY, tag="K-1", name="Key"))
    change.add(Guide(id=JAM, name="Paper jam", category=1, words=("jam", "paper stuck"), steps="Open it\nPull"))
    return change.add(Guide(id=NETWORK, name="No network", words=("network", "offline"), steps="Look at the plug"))


def stocked(ctx: Context) -> Change:
    """Return the change by which two parts come into the cellar: five rollers, and no fuse."""
    change = Change("items.receive")
    change.add(Item(id=ROLLER, name="Roller", place=CELLAR)).add(Item(id=FUSE, name="Fuse", place=CELLAR))
    return change


def come(ctx: Context) -> Change:
    """Return the change by which five rollers come."""
    ledger = Ledger(ctx, Change("items.receive"))
    ledger.post(Posting(item=ROLLER, place=CELLAR, quantity=5, why=Why.RECEIVE, cost=Decimal("12.345")))
    return ledger.close()


def workshop() -> Office:
    """Return that office, in memory."""
    office = Office()
    office.apply(records(Change("office.begin")))
    office.apply(stocked(office.ctx()))
    office.apply(come(office.ctx()))
    return office


def disagreements(data: Lookup, ctx: Context) -> Iterator[str]:
    """Yield where faults, their tickets and their assets do not say the same."""
    for fault in data.find(Fault):
        tickets = tickets_of(ctx, fault)
        active = [one for one in tickets if one.is_active]
        if (fault.down_since is not None) != stops(fault):
            yield f"{fault.ref} {fault.state}: its clock runs since {fault.down_since}"
        if not fault.is_open and active:
            yield f"{fault.ref} is {fault.state}, and open: {active}"
        gone = [one for one in tickets if one.state in (TicketState.REJECTED, TicketState.MERGED)]
        if fault.is_open and not active and not gone:
            yield f"{fault.ref} is {fault.state}, and all its tickets are resolved"
        for one in active:
            if fault.is_open and not _as(fault, one):
                yield f"{fault.ref} {fault.state} {fault.owner}: {one.ref} {one.state} {one.owner} {one.waiting_for}"
    yield from _assets(data)


def _as(fault: Fault, ticket: Ticket) -> bool:
    """Return whether a ticket that is not over stands as its open fault does."""
    if fault.owner != ticket.owner:
        return False
    if waits_alone(ticket):
        return True
    if fault.state is State.WAITING and fault.waiting_for is not None:
        same = ticket.state is TicketState.WAITING and ticket.waiting_until == fault.waiting_until
        return same and ticket.waiting_for is WAITS[fault.waiting_for]
    return ticket.state is TicketState.OPEN or (
        ticket.state is TicketState.NEW and fault.state is State.REPORTED and fault.owner is None
    )


def _assets(data: Lookup) -> Iterator[str]:
    for asset in data.find(Asset):
        faults = [one for one in data.find(Fault) if one.asset == asset.id]
        counted = (
            sum(one.is_open for one in faults),
            sum(stops(one) for one in faults),
            sum(one.state is not State.JOINED for one in faults),
        )
        if (asset.open_faults, asset.stopped, asset.faults) != counted or asset.status is not status_of(asset):
            yield f"{asset.ref} {asset.status}: {asset.open_faults, asset.stopped, asset.faults}, not {counted}"
        works = [one for one in data.find(Work) if one.asset == asset.id]
        if asset.minutes != sum(one.minutes for one in works):
            yield f"{asset.ref} has {asset.minutes} minutes"
