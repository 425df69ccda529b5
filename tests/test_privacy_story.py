"""Somebody's data is erased for good at the real screens: proposed from the file, approved from My desk, and gone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from botui import areas
from botui.models.base import Change
from botui.models.hr.person_file import PersonFile, Status
from tests.hidden import SECRET, about
from tests.kiosk import Kiosk, give_pins
from tests.offices import DAN, HANNA, MAX, office

pytestmark = pytest.mark.no_cover


async def test_hr_proposes_the_manager_says_yes_and_after_that_nothing_is_left(folder: Path) -> None:
    desk = office(folder, HANNA)
    give_pins(desk, HANNA, MAX)
    file = PersonFile(id=1, person=DAN, address=SECRET, status=Status.LEFT, ends=date(2019, 6, 30))
    change = Change("office.begin").add(file).add(about(areas.kind("pay"), DAN))
    desk.as_system().store.commit(lambda _: change, {"by": HANNA})
    desk.store.close()
    async with Kiosk.open(folder, size=(80, 24)) as kiosk:
        await kiosk.sign_in("HH")
        kiosk.app.open_list("person_files", "left")
        await kiosk.settle()
        await kiosk.press("Y")
        await kiosk.type("MM")
        await kiosk.press("f5")
        kiosk.says("OK: EX-1 is filed: Max Manager is asked, and nothing goes before.")

        await kiosk.press("f10")
        await kiosk.sign_in("MM")
        await kiosk.press("0")
        kiosk.sees("EX-1", "to be erased for good")
        await kiosk.press("enter", "q")
        kiosk.sees("ERASURE  EX-1", "People's files", "Pay")
        await kiosk.press("escape", "V")
        kiosk.says("OK: EX-1 is approved: HR erases it now (Y).")

        await kiosk.press("f10")
        await kiosk.sign_in("HH")
        await kiosk.press("0", "enter", "Y")
        await kiosk.type("EX-1")
        await kiosk.press("f5")
        kiosk.says("OK: 3 records erased for good: EX-1 is the certificate.")
        await kiosk.press("q")
        kiosk.sees("CERTIFICATE OF ERASURE  EX-1", "Records in all")
        kiosk.does_not_see("Dan Gone", SECRET)
    left = [one.name for one in folder.rglob("*") if one.is_file() and SECRET.encode() in one.read_bytes()]
    assert left == []
