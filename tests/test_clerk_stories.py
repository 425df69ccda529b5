"""A clerk's day at the real screens, by keys alone: calls, verbs, marks, families of tickets, lists and their order."""

from __future__ import annotations

from pathlib import Path

import pytest

from botui.data import Desk
from botui.models.tickets.shape import State, Ticket
from tests.kiosk import Clock, Kiosk


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(folder: Path, clock: Clock) -> Desk:
    system = Desk.open(folder, None, "setup", clock).as_system()
    system.add("settings", {"name": "Harbour & Lane", "zone": "Europe/Berlin"}, number=1)
    system.add("people", {"name": "Mary Lee", "roles": ("clerk", "admin")})
    system.add("people", {"name": "Bob Kay", "roles": ("clerk",)})
    system.add("people", {"name": "Zoë Åkerström", "extension": "417"})
    mary = system.for_person(1)
    mary.add("departments", {"name": "Facilities"})
    mary.add("parties", {"name": "Nordic Paper", "kind": "supplier", "phone": "+46 8 123 456 78"})
    mary.add("replies", {"title": "On our way", "text": "We are on our way."})
    return mary


def ticket(office: Desk, number: int) -> Ticket:
    """Return a ticket as it is on disk now."""
    office.store.refresh()
    found: Ticket = office.get("tickets", number)
    return found


# --- calls ----------------------------------------------------------------------------------------------------------


async def test_a_call_becomes_a_ticket_that_somebody_has(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("d")
        await kiosk.type("nordic")
        await kiosk.press("enter")
        await kiosk.type("BK\tInvoice is missing\tticket")
        await kiosk.press("f5")
        kiosk.says("T-1 is filed for Nordic Paper; Bob Kay has it.")
        filed = kiosk.desk.get("tickets", 1)
        assert (filed.subject, filed.owner, filed.party) == ("Invoice is missing", 2, 1)


async def test_a_call_is_noted_on_the_only_open_matter_of_the_caller(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Late delivery", "party": 1})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("d")
        await kiosk.type("nordic")
        await kiosk.press("enter", "tab")
        await kiosk.type("It comes on Friday\tnote")
        await kiosk.press("f5")
        kiosk.says("The call of Nordic Paper is noted on T-1.")


async def test_of_two_open_matters_the_one_called_about_is_asked(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Late delivery", "party": 1})
    office.add("tickets", {"subject": "Wrong paper", "party": 1})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("d")
        await kiosk.type("nordic")
        await kiosk.press("enter", "tab")
        await kiosk.type("It comes on Friday\tnote")
        await kiosk.press("f5")
        kiosk.sees("Which open ticket is it about?")
        await kiosk.type("T-1")
        await kiosk.press("f5")
        kiosk.says("noted on T-1.")


async def test_a_call_is_a_line_in_the_log(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("d")
        await kiosk.type("0170 555 1234")
        await kiosk.press("enter", "tab")
        await kiosk.type("Wrong number\tlog")
        await kiosk.press("f5")
        kiosk.says("The call of 0170 555 1234 is in the log.")
        assert kiosk.desk.get("calls", 1).became == ""


# --- verbs ----------------------------------------------------------------------------------------------------------


async def test_a_canned_reply_is_found_by_its_beginning_and_shown_by_its_title(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Chair is broken", "requester": 3})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "2", "enter", "r", "tab", "f4", "1")
        kiosk.sees("On our way").does_not_see("CR-1")
        await kiosk.press("f5")
        kiosk.says("Your reply to T-1 is kept.").sees("We are on our way.")
        await kiosk.press("r", "tab")
        await kiosk.type("on o")
        await kiosk.press("f5")
        assert len(kiosk.desk.find("comments", {"ticket": (1,)})) == 2


async def test_the_list_of_verbs_takes_letters_too_and_enter_shows_only_what_can_be_done(
    office: Desk, folder: Path
) -> None:
    office.add("tickets", {"subject": "Lamp"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "2", "enter", "enter")
        kiosk.sees("What to do with T-1  Lamp", "t  Take").does_not_see("not now", "Open again")
        await kiosk.press("t")
        kiosk.says("T-1 is yours.")
        await kiosk.press("full_stop")
        kiosk.sees("Take  - not now: You have it already.", "Open again  - not now: It is open.")
        await kiosk.press("s")
        kiosk.sees("Resolve T-1  Lamp", "Solution")
        await kiosk.type("New bulb")
        await kiosk.press("f5")
        assert kiosk.desk.get("tickets", 1).resolution == "New bulb"


async def test_a_wait_until_a_day_names_the_day_and_none_of_its_hours(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Lamp"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "2", "enter", "w")
        await kiosk.type("vendor\t+2d")
        await kiosk.press("f5")
        kiosk.says("T-1 waits for the supplier until").does_not_see("00:00")
        await kiosk.press("w")
        await kiosk.type("vendor\tfri 14:00")
        await kiosk.press("f5")
        kiosk.says("14:00.")


async def test_reopen_and_reject_keep_the_reason(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Lamp"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "2", "enter", "s", "c")
        kiosk.says("T-1 is closed.")
        await kiosk.press("p")
        await kiosk.type("It is dark again")
        await kiosk.press("f5")
        kiosk.says("T-1 is open again.").sees("It is dark again")
        await kiosk.press("x", "f5")
        kiosk.sees("This is needed.")
        await kiosk.type("It is daylight")
        await kiosk.press("f5")
        kiosk.says("T-1 is rejected.").sees("It is daylight", "State    rejected")


async def test_a_reminder_comes_back_on_its_day(office: Desk, folder: Path, clock: Clock) -> None:
    office.add("tickets", {"subject": "Lamp"})
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.press("1", "2", "z")
        await kiosk.type("+3d\tAsk the caretaker")
        await kiosk.press("enter")
        kiosk.says("You are reminded of T-1")
        await kiosk.press("f3")
        kiosk.sees("0 reminders due")
        clock.forward(days=3)
        await kiosk.press("9", "9")
        kiosk.sees("Ask the caretaker")


async def test_hand_over_and_assign_by_initials(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Lamp"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "3", "a")
        await kiosk.type("bk")
        await kiosk.press("enter")
        kiosk.says("Bob Kay has T-1.")
        await kiosk.press("h")
        await kiosk.type("fac")
        await kiosk.press("enter")
        kiosk.says("Facilities has T-1; nobody in particular yet.")


async def test_a_marked_ticket_that_refuses_does_not_stop_the_others_and_is_named(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Move", "kind": "project"})
    office.add("tickets", {"subject": "Boxes", "parent": 1})
    office.add("tickets", {"subject": "Lamp"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "3", "home", "space", "space", "space")
        kiosk.sees("3 marked")
        await kiosk.press("t", "s")
        kiosk.says("1 not: T-1: Not done yet: T-2.")
    states = [ticket(office, number).state for number in (1, 2, 3)]
    assert states == [State.OPEN, State.RESOLVED, State.RESOLVED]
