"""The books at the real screen: the sentence of a bill, a category and all under it, a transaction by hand, reports."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from botui.data import Desk
from botui.models.base import Change
from botui.models.office import Context, Party
from botui.models.records import charting
from tests.kiosk import Clock, Kiosk, give_pins
from tests.offices import CLEO, FRED, office

pytestmark = pytest.mark.no_cover


def begun(folder: Path, clock: Clock) -> Desk:
    """An office with a supplier and the usual categories."""
    desk = office(folder, FRED, clock)

    def records(ctx: Context) -> Change:
        return charting.begin(ctx).add(Party(id=1, name="Meyer", terms="14 days"))

    desk.as_system().apply(records)
    give_pins(desk, FRED, CLEO)
    return desk


async def test_money_is_sorted_booked_looked_up_and_told(folder: Path, clock: Clock) -> None:
    desk = begun(folder, clock)
    async with Kiosk.open(folder, as_="FF", clock=clock) as kiosk:
        await kiosk.press("slash")
        await kiosk.type("bill meyer 119.00 R-77")
        await kiosk.press("enter")
        kiosk.sees("New bill", "Meyer", "119.00", "R-77")
        await kiosk.press("f5")
        kiosk.says("B-1 is taken in: Meyer, 119.00 EUR")
        desk.store.refresh()
        desk.edit(desk.get("bills", 1), {"category": 10, "tax": Decimal(19)})
        desk.do("bills", 1, "check", {})

        kiosk.app.open_list("entries", "all")
        await kiosk.settle()
        kiosk.sees("Nothing was booked by hand yet: n books what no bill")
        await kiosk.press("n")
        await kiosk.type("Wear of November\t420\t6850\t1500")
        await kiosk.press("f5")
        kiosk.says("TX-1 is booked: 420.00 on 2026-11-23.")
        kiosk.sees("Wear of November", "420.00", "Depreciation", "Equipment")
        await kiosk.press("Y")
        kiosk.sees("Taken back: Wear")
        await kiosk.press("n")
        await kiosk.type("Wear of November\t430\t6850\t1500")
        await kiosk.press("f5")

        kiosk.app.open_list("chart", "active")
        await kiosk.settle()
        await kiosk.press("slash")
        await kiosk.type("6200")
        await kiosk.press("enter", "enter")
        kiosk.sees("Office supplies", "Bills", "B-1", "119.00 EUR", "Meyer")
        await kiosk.press("v")
        kiosk.sees("R-77")

        kiosk.app.to_front()
        await kiosk.press("4", "q")
        kiosk.sees(
            "Money in and out by category and month", "Result by month", "Cash forecast", "Accounts of the books"
        )
        await kiosk.type("result")
        await kiosk.press("enter")
        await kiosk.settle()
        kiosk.sees("2026-11", "530.00", "-530.00")


async def test_the_books_are_not_there_for_who_does_not_look_after_the_money(folder: Path, clock: Clock) -> None:
    begun(folder, clock)
    async with Kiosk.open(folder, as_="CC", clock=clock) as kiosk:
        await kiosk.press("4")
        assert "Day-to-day" not in kiosk.glass()
        await kiosk.press("q")
        kiosk.sees("A report tells of all")
