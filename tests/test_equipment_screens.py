"""Equipment at the real screens, by keys and scans alone: from a report at the kiosk to the bill of the repair."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from botui import areas
from botui.actions import guests
from botui.data import Desk
from botui.screens.equipment_asset import AssetList
from botui.screens.equipment_fault import FaultDetails
from botui.widgets.detail import lay_out
from tests.kiosk import Clock, Kiosk, give_pins

pytestmark = pytest.mark.no_cover


@pytest.fixture
def office(folder: Path, clock: Clock) -> Desk:
    system = Desk.open(folder, None, "setup", clock).as_system()
    system.add("settings", {"name": "Harbour & Lane", "zone": "Europe/Berlin"}, number=1)
    system.add("people", {"name": "Mary Lee", "roles": ("staff", "clerk", "admin")})
    system.add("people", {"name": "Zoë Åkerström", "roles": ("staff", "manager")})
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
        # somebody says so, without saying who they are: ten keys at most besides the text
        pressed: list[str] = []

        async def press(key: str) -> None:
            pressed.append(key)
            await kiosk.press(key)

        await press("r")
        await kiosk.type("jam")
        await press("tab")
        await kiosk.type("pr-1")
        await press("enter")
        kiosk.sees("Printer by the stairs (PR-1)")
        await kiosk.type("Eve Dam")
        await press("enter")
        kiosk.sees(
            "Printer by the stairs (PR-1) is reported, T-1.", "back (PR-2) in 2nd floor instead.", " ##", "Keep T-1"
        )
        await press("enter")
        kiosk.sees("r=Report")
        assert len(pressed) <= 10
        # the next one scans its label, and is told that it is known: by nobody's name
        office.do("faults", 1, "take", {})
        await kiosk.scan("PR-1")
        kiosk.sees("It is reported already: being looked at.", "instead").does_not_see("Mary")
        await kiosk.type("jam\r")
        await kiosk.type("Bob\r")
        kiosk.sees("Already reported, being looked at: you are added with T-2.").does_not_see("Mary")
        await kiosk.press("enter")
        # and one begins with r and scans then: what is wrong is still asked first
        await kiosk.press("r")
        await kiosk.scan("PR-1")
        kiosk.sees(">What is wrong*", "Printer by the stairs (PR-1). It is reported already: being")
        await kiosk.type("jam\r")
        await kiosk.type("Cem\r")
        kiosk.sees("you are added with T-3.")
        await kiosk.press("enter")
        # a clerk sees it through
        await kiosk.sign_in("ML")
        await kiosk.press("3", "2", "enter")
        kiosk.sees("F-1  jam", "1 [ ] Open the back", "by Eve Dam, who did not sign in; 3 times")
        await kiosk.press("k", "i")
        await kiosk.type("fuser")
        await kiosk.press("f5")
        kiosk.says("1 x Fuser for F-1, 80.00 EUR; 2 left in Store room.")
        await kiosk.press("J", "tab")
        await kiosk.type("55,50\tnordic\tRoller")
        await kiosk.press("f5", "s")
        await kiosk.type("Fuser")
        await kiosk.press("f5")
        kiosk.says("F-1 is fixed.").sees("Log of work: 135.50 EUR", "vendor visit 55.50 EUR; Roller", "T-1, T-2, T-3")
        # all of it is seen from the asset, the ticket and the stock, each a key away
        await follow(kiosk, "thing")
        kiosk.sees(
            "A-1  Printer by the stairs", "Status", "ready", "135.50 EUR; 1 fault", "repairs cost 34% of its price"
        )
        await follow(kiosk, "stock")
        kiosk.sees("MV-2", "Fuser", "-1", "F-1")
        await follow(kiosk, "for record")
        kiosk.sees("F-1  jam", "fixed today")
        await follow(kiosk, "ticket: t-1")
        kiosk.sees("T-1  jam: Printer by the stairs (PR-1)", "resolved", "Fuser")
        await kiosk.press("f10", "escape", "w")
        await kiosk.type("1\r")
        await kiosk.type("ed\r")
        kiosk.says("T-1 is resolved.")


async def test_a_licence_is_renewed_after_its_notice_was_seen(office: Desk, folder: Path, clock: Clock) -> None:
    licence = {"name": "Office suite", "seats": 5, "cost": "12", "per": "year", "per_seat": True, "owner": 1}
    office.add("licences", {**licence, "renews_on": "2026-12-10"})
    office.do("licences", 1, "hand_out", {"person": 2})
    office.as_system().tick()
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.press("3", "7")
        kiosk.sees("5.00 a month, 60.00 EUR a year", "Office suite", "1 of 5", "60.00/year", "Thu 10 Dec")
        await kiosk.press("enter", "g")
        kiosk.sees("expiring; ends Thu 10 Dec", "told 30 days ahead; seen today 10:00", "1 of 5 in use, 4 free")
        await kiosk.press("E", "f5")
        kiosk.says("Office suite is renewed until 10 Dec 2027.")
        kiosk.sees("active; ends 10 Dec 2027", "until 2027-12-10, 12.00, 5 seats; Mary Lee")
        await follow(kiosk, "has a seat")
        kiosk.sees("P-2  Zoë Åkerström")
        await kiosk.press("escape", "escape")
        kiosk.sees("Nothing ends or renews within 90 days.")


async def test_bookings_of_a_thing_are_shown_in_their_order_and_a_day_is_said_once(office: Desk, folder: Path) -> None:
    give_pins(office, 1)
    office.edit(office.get("categories", 1), {"bookable": True})
    for day in ("2026-11-27", "2026-11-25"):  # from midnight in Berlin on: another day in UTC
        office.do("assets", 1, "book", {"start": f"{day} 00:00", "end": f"{day} 17:00"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.scan("PR-1")
        text = kiosk.glass()
        first, second = "Wed 25 Nov 00:00 to 17:00 for Mary", "Fri 27 Nov 00:00 to 17:00 for Mary"
        assert 0 < text.find(first) < text.find(second), text
        office.edit(office.get("assets", 1), {"warranty_until": "2026-12-20"})
        kiosk.app.open_list("assets", "warranty")
        await kiosk.settle()
        kiosk.sees("Warranty", "Sun 20 Dec").does_not_see("To be seen by", "Cost so far")
        await kiosk.press("escape")
        office.do("assets", 1, "lose", {})
        await kiosk.until(lambda: "nobody; it was in 2nd floor last" in kiosk.glass())


async def test_maintenance_is_done_by_the_scan_of_a_door_or_a_thing(office: Desk, folder: Path, clock: Clock) -> None:
    office.add("plans", {"name": "Check the extinguisher", "rule": "weekly on mon", "place": 1, "steps": "Seal\nDate"})
    office.add("plans", {"name": "Clean the rollers", "rule": "weekly on mon", "model": "LJ 40"})
    clock.forward(days=1)
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.press("3", "6")
        kiosk.sees("1 day late")
        await kiosk.scan("DOOR-2")
        kiosk.sees("PM-1  Check the extinguisher", "1 [ ] Seal")
        await kiosk.press("k", "k", "s")
        kiosk.says("Check the extinguisher is done. Next Mon 30 Nov.").sees("today, 1 day late")
        await kiosk.scan("DOOR-2")
        kiosk.says("No maintenance is due with PL-1  2nd floor.")
        # with all of a model: a scan and s for each; from the record of a thing by its own scan, too
        await kiosk.press("f3")
        await kiosk.scan("PR-1")
        kiosk.sees("A-1  Printer by the stairs", "Clean the rollers; due 1 day late")
        await kiosk.scan("PR-1")
        kiosk.says("A-1  Printer by the stairs (PR-1): s says that it is done.").sees("Still to be done: 2 of 2")
        await kiosk.press("s")
        kiosk.says("PR-1 is done; 1 left: PR-2.")
        await kiosk.scan("PR-1")
        kiosk.says("No maintenance is due with A-1")
        await kiosk.scan("PR-2")
        await kiosk.press("s")
        kiosk.says("All of them are done; next Mon 30 Nov.")


async def test_access_is_looked_at_again_with_one_key_for_each(office: Desk, folder: Path, clock: Clock) -> None:
    office.add("people", {"name": "Bob Baker"})
    manager = office.for_person(2)
    manager.confirmed = clock()
    for number, system in enumerate(("Archive", "Mail", "Vault"), 1):
        office.add("access", {"system": system, "person": 3, "approver": 2})
        manager.do("access", number, "approve")
        office.do("access", number, "hand_out")
    clock.forward(days=365)
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.press("f2")
        await kiosk.type("access to look at again\r")
        kiosk.sees("> AC-1    Archive")
        await kiosk.press("K")
        kiosk.says("Bob Baker keeps Archive; again by 23 Nov 2028.").sees("> AC-2    Mail")
        await kiosk.press("R")
        kiosk.says("Bob Baker does not have Mail any more.").sees("> AC-3    Vault")
        # who wants to say why takes it from the list of all that can be done
        await kiosk.press("full_stop")
        await kiosk.type("taken\r")
        kiosk.sees("Such as: left, other work, not used.")
        await kiosk.type("Other work")
        await kiosk.press("f5")
        kiosk.sees("All access was looked at within the year.")
        assert kiosk.desk.get("access", 3).reason == "Other work"


HOSTILE = "[/x][@click=app.quit]y[/] \x1b]0;owned\x07 a\u202eb \U0001f5a8"


async def test_hostile_text_is_text_on_every_record_of_equipment(office: Desk, folder: Path) -> None:
    records: dict[str, dict[str, Any]] = {
        "assets": {"name": HOSTILE, "tag": HOSTILE[:40], "note": HOSTILE, "model": HOSTILE[:60], "home": 1},
        "faults": {"what": HOSTILE, "asset": 3, "body": HOSTILE},
        "plans": {"name": HOSTILE, "rule": "daily", "asset": 3, "steps": HOSTILE, "note": HOSTILE},
        "licences": {"name": HOSTILE, "plan": HOSTILE[:60], "note": HOSTILE, "renews_on": "2026-12-01"},
        "access": {"system": HOSTILE[:60], "level": HOSTILE[:40], "why": HOSTILE, "approver": 2, "person": 1},
    }
    for collection, values in records.items():
        office.add(collection, values)
    async with Kiosk.open(folder, as_="ML") as kiosk:
        for name, number in (("assets", 3), ("faults", 1), ("plans", 1), ("licences", 1), ("access", 1)):
            kiosk.app.open_record(name, number)
            await kiosk.settle()
            await kiosk.press("v")
            kiosk.sees("[/x][@click=app.quit]y[/]").does_not_see("\x1b", "\u202e")
            await kiosk.press("escape")


async def follow(kiosk: Kiosk, words: str) -> None:
    """Open what the record in front names."""
    await kiosk.press("v")
    await kiosk.type(f"{words}\r")


def test_who_may_not_see_a_ticket_is_shown_and_led_to_nothing_of_it(office: Desk, folder: Path, clock: Clock) -> None:
    guests.report(office.for_person(None), {"what": "jam", "thing": "PR-1", "who": "Secret Caller"})
    office.for_person(2).add("faults", {"what": "jam", "asset": 1})
    fault = office.get("faults", 1)
    for desk, refs, caller in ((office, ["T-1", "T-2"], True), (office.for_person(2), ["T-2"], False)):
        details = FaultDetails(desk)
        shown = "\n".join(line.label + line.text for line in lay_out(details.sections(fault), 80))
        assert [ref for ref in ("T-1", "T-2") if ref in shown] == refs
        assert [ref for ref in ("T-1", "T-2") if any(ref in words for words, _ in details.followed(fault))] == refs
        assert ("Secret Caller" in shown) == caller


def test_what_was_done_on_a_fault_is_shown_with_the_one_it_is_joined_with(office: Desk) -> None:
    office.add("faults", {"what": "stripes", "asset": 1})
    office.do("faults", 1, "note", {"text": "Cleaned the glass"})
    office.add("faults", {"what": "paper jam", "asset": 1, "another": True})
    office.do("faults", 1, "merge", {"into": "2"})
    details = FaultDetails(office)
    shown = "\n".join(line.label + line.text for line in lay_out(details.sections(office.get("faults", 2)), 80))
    assert "Cleaned the glass; F-1" in shown


def test_what_to_repair_or_replace_is_listed_dearest_first_with_its_price_beside(office: Desk) -> None:
    for asset, amount in ((1, "20"), (2, "100")):
        office.add("faults", {"what": "stripes", "asset": asset})
        office.do("faults", asset, "cost", {"amount": amount})
    kind = areas.kind("assets")
    numbers = office.listing("assets", kind.view("worn")).ids()
    assert numbers == [2, 1]
    rows = AssetList("assets", "worn").ROWS(office, kind, numbers)
    cells = dict(zip((one.key for one in rows.columns), rows.cells(2), strict=True))
    assert cells["name"] == "Printer at the back (PR-2)"
    assert [cells[name] for name in ("price", "cost", "share", "faults")] == ["400.00", "100.00", "25%", "1"]
