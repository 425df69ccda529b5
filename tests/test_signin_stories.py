"""Signing in at the screen: badge and PIN, changing in place, calling somebody in, "not me", out everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from botui.data import Desk
from botui.screens.signin import Ask
from botui.widgets.pin import LONGEST
from tests.kiosk import PIN, Clock, Kiosk, give_pins

MARY, NORA, STAN = 1, 2, 3


@pytest.fixture
def office(folder: Path, clock: Clock) -> Desk:
    desk = Desk.open(folder, None, "setup", clock)
    system = desk.as_system()
    for name, roles in (("Mary Lee", ("clerk",)), ("Nora Lind", ("clerk", "admin")), ("Stan Roe", ("staff",))):
        system.add("people", {"name": name, "roles": roles})
    give_pins(desk, MARY, NORA, STAN)
    desk.secrets.add_badge(NORA, "BADGE-77")
    desk.for_person(STAN).add("tickets", {"subject": "Lamp flickers"})
    return desk


def lines(desk: Desk, action: str) -> list[dict[str, object]]:
    desk.store.refresh()
    return [dict(entry.header) for entry in desk.store.journal.recent("2026") if entry.header["do"] == action]


async def test_a_badge_and_digits_and_enter_sign_in_and_the_pin_is_nowhere(office: Desk, folder: Path) -> None:
    pin = "71840263"  # four digits turn up in a digest now and then
    give_pins(office, NORA, pin=pin)
    async with Kiosk.open(folder, kiosk=True) as kiosk:
        await kiosk.scan("BADGE-77")
        kiosk.sees("Sign in", "PIN:").does_not_see("BADGE-77", "Nora")
        for dots, key in enumerate(f"{pin}\r"):
            kiosk.sees(f"PIN: {'•' * dots}_")
            await kiosk.type(key)
        kiosk.sees("Nora Lind", "My desk").says("Good to see you, Nora Lind.")
    kept = b"".join(one.read_bytes() for one in folder.rglob("*") if one.is_file())
    assert pin.encode() not in kept
    assert b"BADGE-77" not in kept


async def test_the_pin_line_takes_digits_only_and_the_answer_waits_for_nobody(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder) as kiosk:
        await kiosk.press("1")
        kiosk.sees("Who are you:")
        await kiosk.type("nora\r")
        await kiosk.type("x4 7?99")
        await kiosk.press("backspace", "backspace", "left", "ctrl+c", "ctrl+v")
        kiosk.sees("PIN: ••_")
        await kiosk.type("9" * LONGEST)
        kiosk.sees(f"PIN: {'•' * LONGEST}_")
        await kiosk.press("delete")
        await kiosk.type("12\r")
        kiosk.sees("A PIN has 4 to 8 digits.")
        await kiosk.type("9999\r")
        kiosk.sees("That did not fit. Try again, or ask your administrator.")
        await kiosk.press("escape")
        kiosk.sees("Who are you:")
        await kiosk.type(f"nl\r{PIN}\r3/lamp\r")  # all at once: what comes behind the PIN is for the next page
        kiosk.sees("Nora Lind", "Tickets > Open / lamp")
        assert [one.get("note") for one in lines(office, "desk.miss")] == [None]


async def test_who_has_no_pin_chooses_one_at_the_desk(office: Desk, folder: Path) -> None:
    office.secrets.forget_pin(STAN)
    async with Kiosk.open(folder) as kiosk:
        await kiosk.press("f10")
        await kiosk.type("sr\r1234\r")
        kiosk.sees("one of the first that anybody tries")
        await kiosk.type("8642\r")
        kiosk.sees("PIN once more: ")
        await kiosk.type("8642\r")
        kiosk.sees("Stan Roe")
    assert office.secrets.fits(STAN, "8642")


async def test_a_badge_in_the_middle_of_another_s_work(office: Desk, folder: Path) -> None:
    """It fills the field that waits for a person; elsewhere it offers to change, and no text box ever gets it."""
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "2", "a")
        await kiosk.scan("BADGE-77")
        kiosk.sees("NL").does_not_see("BADGE-77", "change to")
        await kiosk.press("escape", "2", "f3", "1", "n")
        await kiosk.type("Chairs")
        await kiosk.scan("BADGE-77")
        kiosk.sees("This is Nora Lind's badge: change to Nora Lind?", "PIN:").does_not_see("BADGE-77")
        await kiosk.press("escape", "escape")
        kiosk.sees("Chairs", "New ticket").does_not_see("BADGE")
        await kiosk.scan("BADGE-77")
        await kiosk.type(f"{PIN}\r")
        kiosk.sees("Nora Lind").does_not_see("Chairs", "Mary Lee")
        assert kiosk.desk.person == NORA
        await kiosk.scan("BADGE-77")
        kiosk.says("This is your own badge")
        await kiosk.sign_in("ml")
        kiosk.says("Draft: ").says(" and 1 more")


async def test_a_code_that_is_a_badge_and_a_place_asks_which(office: Desk, folder: Path) -> None:
    office.as_system().add("places", {"name": "Cellar", "codes": ("BADGE-77",)})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.scan("BADGE-77")
        kiosk.sees("Which one was scanned?", "The badge of Nora Lind", "Cellar")
        await kiosk.press("2")
        kiosk.sees("Cellar", "Mary Lee")
        await kiosk.press("f10")
        await kiosk.scan("BADGE-77")
        await kiosk.type(f"{PIN}\r")
        kiosk.sees("Nora Lind")


async def test_where_a_badge_is_enough_a_slip_of_the_scanner_is_asked_about(office: Desk, folder: Path) -> None:
    office.as_system().add("settings", {"badge_only": 20}, number=1)
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.scan("BADGE-77")
        kiosk.sees("change to Nora Lind?", "Change")
        await kiosk.press("enter")
        kiosk.sees("Mary Lee")
        await kiosk.scan("BADGE-77")
        await kiosk.press("y")
        kiosk.sees("Nora Lind")
        assert kiosk.desk.by_badge


async def test_somebody_who_may_does_one_thing_at_another_s_desk(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="SR") as kiosk:
        kiosk.app.open_record("tickets", 1)
        await kiosk.settle()
        await kiosk.press("exclamation_mark")
        kiosk.says("Nothing was refused here")
        await kiosk.press("a")
        kiosk.says("Assign: This is for a clerk to do. ! calls in who may.")
        await kiosk.press("exclamation_mark")
        kiosk.sees("Assign T-1", ": who may do this?")
        await kiosk.scan("BADGE-77")
        await kiosk.type(f"{PIN}\r")
        kiosk.sees("Assign T-1")
        await kiosk.type("nl\r")
        await kiosk.settle()
        kiosk.sees("Stan Roe")
        assert kiosk.desk.person == STAN
        await kiosk.press("a")
        kiosk.says("This is for a clerk to do")
        await kiosk.press("H")
        kiosk.sees("Nora Lind: Assign", "at the desk of Stan Roe")


async def test_not_me_is_one_key_while_it_is_offered_and_asks_for_another_pin(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder) as kiosk:
        await kiosk.sign_in("stan")
        kiosk.says("Last at setup today 09:00: New T-1. Not you? N")
        await kiosk.press("N")
        kiosk.sees("Then somebody knows your PIN", "New PIN")
        await kiosk.type("8642\r8642\r")
        kiosk.says("It is written down. Your PIN is changed.")
        assert lines(office, "desk.not_me")[0]["by"] == STAN
        await kiosk.press("N")
        assert not isinstance(kiosk.screen, Ask)
        await kiosk.press("f2")
        await kiosk.type("change my pin\r")
        await kiosk.type(f"8642\r{PIN}\r{PIN}\r" if "until now" in kiosk.glass() else f"{PIN}\r{PIN}\r")
        kiosk.says("Your PIN is changed.")
    assert office.secrets.fits(STAN, PIN)


async def test_signed_out_everywhere_leaves_every_desk_at_once_and_keeps_what_was_typed(
    office: Desk, folder: Path, clock: Clock
) -> None:
    async with Kiosk.open(folder, as_="NL", clock=clock) as kiosk:
        await kiosk.press("1", "n")
        await kiosk.type("half a ticket")
        clock.forward(minutes=1)
        office.for_person(NORA).do("people", NORA, "sign_out")
        await kiosk.until(lambda: "nobody signed in" in kiosk.glass())
        await kiosk.settle()
        kiosk.says("You are signed out at every desk.").does_not_see("half a ticket", "Nora")
        clock.forward(minutes=1)
        await kiosk.sign_in("nl")
        kiosk.says("Draft: New ticket")
        office.as_system().edit(office.as_system().get("people", NORA), {"active": False})
        await kiosk.until(lambda: "nobody signed in" in kiosk.glass())
        await kiosk.settle()
        await kiosk.sign_in("nl")
        kiosk.sees("That did not fit.")
        await kiosk.press("escape", "escape")
        await kiosk.sign_in("ml")
        kiosk.app._one_person, kiosk.app._own = True, kiosk.desk  # as behind an SSH key
        await kiosk.press("f10", "escape")
        kiosk.sees("nobody signed in")
        clock.forward(minutes=1)
        office.for_person(MARY).do("people", MARY, "sign_out")
        await kiosk.until(lambda: kiosk.app.ended)


async def test_what_needs_the_pin_asks_for_it_and_nothing_typed_is_lost(office: Desk, folder: Path) -> None:
    office.for_person(STAN).do("tickets", 1, "ask_approval", {"to": MARY, "amount": "20"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        assert kiosk.desk.confirmed is None
        kiosk.app.open_record("tickets", 1)
        await kiosk.settle()
        await kiosk.press("V")
        await kiosk.until(lambda: isinstance(kiosk.screen, Ask))
        await kiosk.press("escape")
        kiosk.says("Approve needs your PIN.")
        await kiosk.press("full_stop", "V")
        await kiosk.type("Fine")
        await kiosk.press("f5")
        await kiosk.until(lambda: isinstance(kiosk.screen, Ask))
        kiosk.sees("Mary Lee: Approve needs your PIN.", "PIN:")
        await kiosk.press("escape")
        await kiosk.until(lambda: "Error: Approve needs your PIN." in kiosk.glass())
        kiosk.sees("Fine")
        await kiosk.press("f5")
        await kiosk.until(lambda: isinstance(kiosk.screen, Ask))
        await kiosk.type("9999\r")
        kiosk.sees("That did not fit.")
        await kiosk.type(f"{PIN}\r")
        await kiosk.until(lambda: "approved" in kiosk.glass())
    office.store.refresh()
    event = office.for_person(STAN).history("tickets", 1)[-1]
    assert (event.by, event.action) == (MARY, "tickets.approve")


async def test_a_guest_and_a_private_page_are_left_sooner(office: Desk, folder: Path) -> None:
    office.for_person(MARY).add("meetings", {"subject": "Pay", "start": "2026-11-24T09:00:00Z", "private": True})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        assert kiosk.app._patience() == 300
        kiosk.app.open_list("reminders", "mine")
        await kiosk.settle()
        assert kiosk.app._patience() == 60
        kiosk.app.open_record("meetings", 1)
        await kiosk.settle()
        kiosk.sees("Pay")
        assert kiosk.app._patience() == 60
        kiosk.app.open_record("people", MARY)
        await kiosk.settle()
        assert kiosk.app._patience() == 300
        await kiosk.press("f10")
        assert kiosk.app._patience() == 60
