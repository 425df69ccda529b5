"""Equipment at the real screens, by keys and scans alone: from a report at the kiosk to the bill in the asset's history."""

from __future__ import annotations

from pathlib import Path

import pytest

from botui.data import Desk
from tests.kiosk import Clock, Kiosk, give_pins

pytestmark = pytest.mark.no_cover


@pytest.fixture
def office(folder: Path, clock: Clock) -> Desk:
    system = Desk.open(folder, None, "setup", clock).as_system()
    system.add("settings", {"name": "Harbour & Lane", "zone": "Europe/Berlin"}, number=1)
    system.add("people", {"name": "Mary Lee", "roles": ("staff", "clerk", "admin")})
    system.add("people", {"name": "Zoë Åkerström", "roles": ("staff",)})
    mary = system.for_person(1)
    mary.add("places", {"name": "2nd floor", "codes": ("DOOR-2",)})
    mary.add("places", {"name": "Store room"})
    mary.add("parties", {"name": "Nordic Repairs", "kind": "supplier"})
    mary.add("categories", {"name": "Printer"})
    mary.add(
        "guides", {"name": "Paper jam", "category": 1, "words": ("jam",), "steps": "Open the back\nPull the paper out"}
    )
    mary.add("items", {"name": "Fuser", "unit": "pc", "price": "80", "place": 2})
    mary.do("items", 1, "receive", {"quantity": 3, "price": "80", "place": 2})
    printer = {"category": 1, "model": "LJ 40", "home": 1, "price": "400", "bought_on": "2025-01-10"}
    mary.add("assets", {"name": "Printer by the stairs", "tag": "PR-1", "serial": "XK77", **printer})
    mary.add("assets", {"name": "Printer at the back", "tag": "PR-2", **printer})
    return mary


async def test_a_broken_printer_from_the_kiosk_to_its_bill_by_following_links(office: Desk, folder: Path) -> None:
    give_pins(office, 1)
    async with Kiosk.open(folder) as kiosk:
        # somebody says so, without saying who they are: five keys besides the text
        await kiosk.press("r")
        await kiosk.type("paper jam")
        await kiosk.press("tab")
        await kiosk.type("pr-1")
        await kiosk.press("enter")
        kiosk.sees("Printer by the stairs (PR-1)")
        await kiosk.type("Eve van Dam")
        await kiosk.press("enter")
        kiosk.sees(
            "Printer by the stairs (PR-1) is reported, T-1.", "back (PR-2) in 2nd floor instead.", " ##", "Keep T-1"
        )
        await kiosk.press("enter")
        # the next one scans its label, and is told that it is known: by nobody's name
        office.do("faults", 1, "take", {})
        await kiosk.scan("PR-1")
        kiosk.sees("It is reported already: being looked at.", "instead").does_not_see("Mary")
        await kiosk.type("jams too\r")
        await kiosk.type("Bob\r")
        kiosk.sees("Already reported, being looked at: you are added with T-2.").does_not_see("Mary")
        await kiosk.press("enter")
        # a clerk sees it through
        await kiosk.sign_in("ML")
        await kiosk.press("3", "2", "enter")
        kiosk.sees("F-1  paper jam", "1 [ ] Open the back", "by Eve van Dam, who did not sign in; 2 times")
        await kiosk.press("k", "P")
        await kiosk.type("fuser")
        await kiosk.press("f5")
        kiosk.says("1 x Fuser for F-1, 80.00 EUR; 2 left in Store room.")
        await kiosk.press("J", "tab")
        await kiosk.type("55,50\tnordic\tRoller changed")
        await kiosk.press("f5")
        kiosk.sees("'55,50' is not an amount; write it like 1234.50.")
        await kiosk.press(*["backspace"] * 5)
        await kiosk.type("55.50")
        await kiosk.press("f5", "s")
        await kiosk.type("New fuser")
        await kiosk.press("f5")
        kiosk.says("F-1 is fixed.").sees(
            "Log of work: 135.50 EUR", "vendor visit 55.50 EUR; Roller changed", "T-1, T-2"
        )
        # all of it is seen from the asset, the ticket and the stock, each a key away
        await follow(kiosk, "thing")
        kiosk.sees(
            "A-1  Printer by the stairs", "Status", "ready", "135.50 EUR; 1 fault", "repairs cost 34% of its price"
        )
        await follow(kiosk, "stock")
        kiosk.sees("MV-2", "Fuser", "-1", "F-1")
        await kiosk.press("escape")
        await follow(kiosk, "fault")
        await follow(kiosk, "ticket: t-1")
        kiosk.sees("T-1  paper jam: Printer by the stairs (PR-1)", "resolved", "New fuser")
        await kiosk.press("f10", "escape", "w")
        await kiosk.type("1\r")
        await kiosk.type("evd\r")
        kiosk.says("T-1 is resolved.")


async def follow(kiosk: Kiosk, words: str) -> None:
    """Open what the record in front names."""
    await kiosk.press("v")
    await kiosk.type(f"{words}\r")
