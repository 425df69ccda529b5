"""An office with printers, a store of rollers and two guides."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from botui.models.base import Change
from botui.models.equipment.asset import Asset, Category
from botui.models.equipment.fault import Guide
from botui.models.equipment.severity import Severity
from botui.models.office import Context, Party, Place
from botui.models.supplies import Item
from botui.models.supplies.item import Why
from botui.models.supplies.ledger import Ledger, Posting
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
