"""The office lists worked through the real screens: people, parties, places, topics, replies, settings, reminders."""

from __future__ import annotations

from pathlib import Path

import pytest

from botui.data import Desk
from tests.kiosk import Clock, Kiosk


@pytest.fixture
def office(folder: Path) -> Desk:
    desk = Desk.open(folder, None, "setup", Clock())
    system = desk.as_system()
    system.add("settings", {"name": "Harbour & Lane", "zone": "Europe/Berlin"}, number=1)
    system.add("people", {"name": "Mary Lee", "roles": ("clerk", "admin")})
    system.add("people", {"name": "Bob Kay", "roles": ("clerk",)})
    return desk.for_person(1)


async def fill(kiosk: Kiosk, **texts: str) -> None:
    """Type into the named fields of the form in front."""
    for name, text in texts.items():
        field = kiosk.screen._fields[name]  # type: ignore[attr-defined]
        field.editor.focus()
        await kiosk.settle()
        await kiosk.type(text)


async def test_a_new_person_gets_initials_and_roles(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("9", "1", "n")
        await fill(kiosk, name="Moritz Lang", roles=", clerk, finance", extension="417", codes="BADGE-9")
        await kiosk.press("f5")
        kiosk.says("Moritz Lang (ML2) is in the directory.").sees("Moritz Lang", "ML2", "417")
        await kiosk.scan("BADGE-9")
        kiosk.sees("P-3  Moritz Lang", "Works as", "clerk")
    office.store.refresh()
    assert set(office.get("people", 3).roles) == {"staff", "clerk", "finance"}


async def test_a_clerk_gives_nobody_a_role(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="BK") as kiosk:
        await kiosk.press("9", "1", "n")
        await fill(kiosk, name="Eve Moe", roles=", admin")
        await kiosk.press("f5")
        kiosk.sees("Only an administrator may change this.", "Eve Moe")
    office.store.refresh()
    assert len(office.numbers("people")) == 2


async def test_out_and_back_again(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("9", "1", "j")
        await fill(kiosk, presence="out", back_at="14:30")
        await kiosk.press("f5")
        kiosk.says("Bob Kay is out, back Mon 14:30.")
        await kiosk.press("right_square_bracket")
        while "Out or away" not in kiosk.screen.heading():  # type: ignore[attr-defined]
            await kiosk.press("right_square_bracket")
        kiosk.sees("Bob Kay").does_not_see("P-1")
        await kiosk.press("j")
        await fill(kiosk, presence="in")
        await kiosk.press("f5")
        kiosk.says("Bob Kay is in.").does_not_see("P-2")


async def test_a_party_s_card_shows_all_that_concerns_it(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        kiosk.app.open_list("parties", "active")
        await kiosk.press("n")
        await fill(kiosk, name="Nordic Paper", kind="supplier", phone="+46 8 123 456 78")
        await kiosk.press("f5")
        kiosk.sees("Nordic Paper", "supplier")
        office.store.refresh()
        office.add("tickets", {"subject": "Late delivery", "party": 1})
        office.add("calls", {"party": 1, "caller": "Nils", "subject": "Where is it", "becomes": "log"})
        await kiosk.press("enter")
        await kiosk.until(lambda: "Late delivery" in kiosk.glass())
        kiosk.sees("PA-1  Nordic Paper", "+46 8 123 456 78", "T-1", "Calls", "CL-1")
        await kiosk.press("v")
        kiosk.sees("T-1", "CL-1")
        await kiosk.type("T-1")
        await kiosk.press("enter")
        kiosk.sees("T-1  Late delivery")


async def test_a_place_is_never_inside_itself(office: Desk, folder: Path) -> None:
    office.add("places", {"name": "House"})
    office.add("places", {"name": "Cellar", "within": 1})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        kiosk.app.open_list("places", "active")
        await kiosk.settle()
        kiosk.table.highlight(1)
        await kiosk.press("e")
        await fill(kiosk, within="Cellar")
        await kiosk.press("f5")
        kiosk.sees("A place cannot be part of itself.", "inside the place itself", "Cellar")
    office.store.refresh()
    assert office.get("places", 1).within is None


async def test_a_topic_sets_how_soon_and_the_steps_of_a_ticket(office: Desk, folder: Path) -> None:
    office.add("departments", {"name": "Facilities"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        kiosk.app.open_list("topics", "active")
        await kiosk.press("n")
        await fill(kiosk, name="Locks", department="Fac", priority="urgent", checklist="Fetch the key\rOil it")
        await kiosk.press("f5")
        kiosk.sees("Locks", "Facilities", "urgent")
        await kiosk.press("f3", "n")
        await fill(kiosk, subject="Door sticks", topic="Locks")
        await kiosk.press("f5")
        kiosk.says("T-1 is filed")
    office.store.refresh()
    ticket = office.get("tickets", 1)
    assert (ticket.level, ticket.department, len(ticket.checklist)) == ("P1", 1, 2)


async def test_a_canned_reply_is_chosen_with_f4_and_sent(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Door sticks", "requester": 2})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        kiosk.app.open_list("replies", "all")
        await kiosk.press("n")
        await fill(kiosk, title="On our way", text="We are on our way.")
        await kiosk.press("f5")
        kiosk.sees("On our way")
        await kiosk.press("1", "3", "r")
        for _ in range(6):
            field = kiosk.screen.focused.parent if kiosk.screen.focused else None
            if getattr(getattr(field, "spec", None), "kind", "") == "ref":
                break
            await kiosk.press("tab")
        await kiosk.press("f4")
        kiosk.sees("On our way")
        await kiosk.press("1", "f5")
        kiosk.says("Your reply to T-1 is kept.")
    office.store.refresh()
    assert office.find("comments", {"ticket": (1,)})[-1].body.startswith("We are on our way.")


async def test_the_office_is_changed_by_its_administrator_and_by_nobody_else(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="BK") as kiosk:
        kiosk.app.open_list("settings", "all")
        await kiosk.press("e")
        kiosk.says("This is for an administrator to do.")
        await kiosk.press("n")
        kiosk.says("This is for an administrator to do.")
    async with Kiosk.open(folder, as_="ML") as kiosk:
        kiosk.app.open_list("settings", "all")
        await kiosk.press("e")
        await kiosk.type("Pier & Street")
        await fill(kiosk, hours="mon-fri 25:00-17:00")
        await kiosk.press("f5")
        kiosk.sees("25:00")
        await fill(kiosk, hours="")
        kiosk.screen._fields["hours"].text = "mon-fri 09:00-16:00"  # type: ignore[attr-defined]
        await kiosk.press("f5", "f3")
        kiosk.sees("Pier & Street")


async def test_z_makes_a_reminder_that_waits_on_its_day_and_is_ticked_off(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Door sticks"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "3", "z")
        await kiosk.type("fri")
        await fill(kiosk, note="Ask the locksmith")
        await kiosk.press("f5")
        kiosk.says("You are reminded of T-1")
        kiosk.app.open_list("reminders", "mine")
        await kiosk.settle()
        kiosk.sees("T-1", "2026-11-27", "Ask the locksmith")
        await kiosk.press("g")
        kiosk.says("Done with T-1.").does_not_see("locksmith")
