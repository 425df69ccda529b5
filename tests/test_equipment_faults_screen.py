"""Somebody says on My desk that a thing is broken, and sees to it: the screens of every list do it."""

from __future__ import annotations

from pathlib import Path

import pytest

from botui import areas
from botui.models.base import Change
from botui.screens.desk_rows import record_of
from botui.screens.equipment_fault import FaultDetails, FaultList
from botui.screens.tickets import TicketDetails
from botui.widgets.detail import lay_out
from tests.kiosk import Clock, Kiosk, give_pins
from tests.offices import ANN, CLEO, office
from tests.repairs import records

pytestmark = pytest.mark.no_cover


async def test_what_is_broken_is_said_on_my_desk_joined_and_seen_to(folder: Path, clock: Clock) -> None:
    desk = office(folder, ANN, clock)
    desk.as_system().apply(lambda _: records(Change("office.begin")))
    give_pins(desk, ANN, CLEO)
    desk.store.close()
    async with Kiosk.open(folder, clock=clock) as kiosk:
        await kiosk.sign_in("CC")
        await kiosk.press("right_square_bracket", "a")
        kiosk.sees("4 Something is broken")
        await kiosk.press("4")
        await kiosk.type("Paper jam\tP-77")
        await kiosk.press("f5")
        kiosk.says("F-1 is reported: T-1, by today 14:00.").sees("Use Old printer (P-78) in Cellar")
        kiosk.sees("Asked by me (1)", "T-1", "Paper jam: Big")
        assert record_of(kiosk.under_cursor or 0) == ("tickets", 1)
        await kiosk.press("a", "4")
        await kiosk.type("still jams\tp-77")
        await kiosk.press("f5")
        kiosk.says("Already reported, to be looked at: T-1.")
        await kiosk.sign_in("AA")
        kiosk.sees("F-1", "nobody's, due today 14:00")
        await kiosk.press("t")
        kiosk.says("F-1 is yours. Try first: Open it").sees("due today 14:00").does_not_see("T-1")
        await kiosk.press("k")
        kiosk.says("Step 1 is done. Next: Pull")
        await kiosk.press("s")
        await kiosk.type("Pulled it out")
        await kiosk.press("f5")
        kiosk.says("F-1 is fixed.").sees("Waits for me (0)")


def test_a_list_says_how_soon_and_what_each_waits_for_and_the_log_goes_up_when_no_step_is_open(
    folder: Path, clock: Clock
) -> None:
    desk = office(folder, ANN, clock)
    desk.as_system().apply(lambda _: records(Change("office.begin")))
    for what, bad in (("paper jam", "S1"), ("stripes", "S2"), ("squeaks", "S4"), ("smells", "")):
        desk.add("faults", {"what": what, "asset": 1, "severity": bad or None, "another": True})
    for number, waits in enumerate(("part", "quote", "vendor"), 1):
        desk.do("faults", number, "wait", {"waiting_for": waits})
    kind = areas.kind("faults")
    rows = FaultList("faults", "open").ROWS(desk, kind, [1, 2, 3, 4])
    keys = [one.key for one in rows.columns]
    cells = [dict(zip(keys, rows.cells(number), strict=True)) for number in (1, 2, 3, 4)]
    assert [one["severity"] for one in cells] == ["urgent", "soon", "whenever", "soon"]
    assert [one["state"] for one in cells] == ["waits: part", "waits: quote", "at vendor", "reported"]
    assert [one["owner"] for one in cells] == ["AA", "AA", "AA", ""]

    def shown() -> str:
        return "\n".join(
            f"{one.label} {one.text}" for one in lay_out(FaultDetails(desk).sections(desk.get("faults", 1)), 80)
        )

    desk.do("faults", 1, "note", {"text": "Looked into it"})
    assert shown().index("(k ticks off the next)") < shown().index("Log of work")
    ticket = desk.find("tickets", {"fault": (1,)})[0]
    details = TicketDetails(desk)
    lines = lay_out(details.sections(ticket), 80)
    assert "F-1 paper jam Big printer (P-77); waiting" in [one.text for one in lines if one.label.strip() == "Fault"]
    assert details.followed(ticket)[0][1] == ("faults", 1)
    desk.do("faults", 1, "tick")
    desk.do("faults", 1, "tick")
    assert shown().index("Log of work") < shown().index("First steps")
    desk.do("faults", 1, "resolve")
    assert "fixed today 10:00 by Ann Archer" in shown()
    assert "(k ticks" not in shown()
