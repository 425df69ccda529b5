"""Somebody says on My desk that a thing is broken, and sees to it: the screens of every list do it."""

from __future__ import annotations

from pathlib import Path

import pytest

from botui.models.base import Change
from botui.screens.desk_rows import record_of
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
        kiosk.sees("F-1", "nobody sees to it")
        await kiosk.press("t")
        kiosk.says("F-1 is yours. Try first: Open it").sees("due today 14:00").does_not_see("T-1")
        await kiosk.press("k")
        kiosk.says("Done: Open it. Next: Pull")
        await kiosk.press("s")
        await kiosk.type("Pulled it out")
        await kiosk.press("f5")
        kiosk.says("F-1 is fixed.").sees("Waits for me (0)")
