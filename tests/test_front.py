"""The front page while nobody is signed in: a report, a message, a question, a sentence; and the board."""

from __future__ import annotations

from pathlib import Path

from botui.data import Desk
from tests.kiosk import Kiosk, give_pins
from tests.offices import ANN, BOB, CLEO, beside, office


async def test_a_guest_reports_a_problem_and_asks_where_it_is(tmp_path: Path) -> None:
    desk = office(tmp_path / "office", ANN)
    async with Kiosk.open(tmp_path / "office") as kiosk:
        kiosk.sees("nobody signed in")
        kiosk.sees("r=Report  m=Message  p=Phones  i=Accident  t=In/out  F10=Sign in")
        await kiosk.press("r")
        await kiosk.type("[b]Tap[/b] drips\r")
        await kiosk.type("Eve van Dam\r")
        kiosk.sees("T-1 is filed", " ##", "Keep T-1")
        await kiosk.press("enter", "w")
        await kiosk.type("1\r")
        await kiosk.type("xx\r")
        kiosk.sees("There is no ticket of that number for you")
        await kiosk.press("backspace", "backspace")
        await kiosk.type("evd\r")
        kiosk.says("T-1 is new; next date:")
        await kiosk.press("w")
        kiosk.does_not_see("F4=Choose", "F7=Repeat")
        await kiosk.type("1")
        await kiosk.press("escape")
        kiosk.does_not_see("Where is my ticket", "What you typed is not saved")
    desk.store.refresh()
    assert desk.get("tickets", 1).subject == "[b]Tap[/b] drips"
    assert desk.get("tickets", 1).created_by is None


async def test_a_guest_leaves_a_message_and_what_is_typed_goes_when_nobody_is_there(tmp_path: Path) -> None:
    office(tmp_path / "office", ANN)
    async with Kiosk.open(tmp_path / "office") as kiosk:
        await kiosk.press("p")
        kiosk.sees("Ann Archer", "Cleo Cole").does_not_see("Dan Gone")
        await kiosk.type("bob")
        kiosk.sees("Bob Baker").does_not_see("Cleo Cole")
        await kiosk.press("enter")
        kiosk.sees("Message for Bob Baker")
        await kiosk.type("Please call")
        kiosk.app._lock_idle()
        await kiosk.settle()
        kiosk.does_not_see("Please call", "Bob Baker")
        await kiosk.press("m")
        await kiosk.type("bob\r")
        kiosk.sees("Message for Bob Baker").does_not_see("Please call")
        await kiosk.type("Ring me\r")
        await kiosk.type("Eve\r")
        kiosk.sees("Your message for Bob Baker is left: T-1")
        await kiosk.press("enter")
        await kiosk.until(lambda: "Messages for   BB 1" in kiosk.glass())


async def test_a_sentence_typed_before_signing_in_is_kept_and_fills_the_form(tmp_path: Path) -> None:
    desk = office(tmp_path / "office", ANN)
    give_pins(desk, ANN)
    async with Kiosk.open(tmp_path / "office") as kiosk:
        await kiosk.press("slash")
        await kiosk.type("printer room 1 jam\r")
        kiosk.sees("Who are you")
        await kiosk.type("aa\r")
        await kiosk.type("4711\r")
        kiosk.sees("New ticket", "printer jam", "Printer", "Room 1")
        assert not desk.as_system().numbers("tickets"), "a sentence files nothing"
        await kiosk.press("f5")
        kiosk.says("T-1 is filed")
        await kiosk.press("slash")
        await kiosk.type("call bb from 999 his key\r")
        kiosk.sees("Phone call", "BB", "999", "his key")
        await kiosk.press("f5")
        kiosk.says("T-2: a message for Bob Baker")
        await kiosk.press("slash")
        await kiosk.type("t1\r")
        kiosk.sees("T-1  printer jam")
        await kiosk.press("escape")
        kiosk.sees("n=Ticket  d=Call")
        await kiosk.press("r", "w", "m")
        kiosk.does_not_see("Report a problem", "Where is my ticket")


async def test_the_board_follows_what_others_do_and_a_code_waits_for_sign_in(tmp_path: Path) -> None:
    desk: Desk = office(tmp_path / "office", ANN)
    give_pins(desk, CLEO)
    async with Kiosk.open(tmp_path / "office") as kiosk:
        await kiosk.until(lambda: "In             8 of 8" in kiosk.glass())
        other = beside(desk, BOB)
        other.do("people", CLEO, "in_out", {"presence": "out", "back_at": "14:30"})
        await kiosk.until(lambda: "Out, back at   Cleo Cole (14:30)" in kiosk.glass())
        other.add("tickets", {"subject": "Secret"})
        await kiosk.press("slash")
        await kiosk.type("T-1")
        kiosk.does_not_see("Secret")
        await kiosk.press("enter")
        await kiosk.type("cc\r")
        await kiosk.type("4711\r")
        kiosk.sees("Something private also fits: ask Ann Archer").does_not_see("Secret")
