"""Walking away from the desk: nothing of the person stays on the glass, and nothing typed is lost."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from botui.data import Desk
from tests.kiosk import Clock, Kiosk


@pytest.fixture
def office(folder: Path) -> Desk:
    desk = Desk.open(folder, None, "setup", Clock())
    system = desk.as_system()
    system.add("people", {"name": "Mary Lee", "roles": ("clerk",)})
    system.add("people", {"name": "Bob Kay", "roles": ("clerk",)})
    mary = desk.for_person(1)
    mary.add("tickets", {"subject": "Somebody's private matter"})
    return mary


async def test_a_desk_left_alone_warns_then_locks_and_keeps_what_was_typed(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML", idle=2) as kiosk:
        await kiosk.press("1", "3", "enter", "n")
        await kiosk.type("half a sent")
        await kiosk.until(lambda: "nobody signed in" in kiosk.glass())
        await kiosk.settle()
        kiosk.sees("nobody signed in").says("Locked: no key was pressed for a while")
        kiosk.does_not_see("private matter", "half a sent", "Mary Lee")
        await kiosk.press("n")
        await kiosk.type("mary")
        await kiosk.press("enter")
        kiosk.sees("You left this unfinished")
        await kiosk.press("1")
        kiosk.sees("half a sent")


async def test_the_warning_comes_before_the_lock_and_a_key_keeps_the_desk_open(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML", idle=4) as kiosk:
        await kiosk.press("1", "3")
        await kiosk.until(lambda: "The desk locks in 2 seconds" in kiosk.glass())
        await kiosk.press("down")
        await asyncio.sleep(2.2)
        kiosk.sees("private matter", "Mary Lee")


async def test_locking_in_the_middle_of_a_form_keeps_it_as_the_persons_draft(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("n")
        await kiosk.type("Order chairs")
        await kiosk.press("f10")
        kiosk.sees("Who are you?").does_not_see("Order chairs", "Mary Lee  ")
        await kiosk.type("bob")
        await kiosk.press("enter", "n")
        kiosk.sees("New ticket").does_not_see("Order chairs")
        await kiosk.press("escape", "f10")
        await kiosk.type("mary")
        await kiosk.press("enter", "n", "enter")
        kiosk.sees("Order chairs")


async def test_escape_from_the_question_who_it_is_leaves_the_desk_locked(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "3", "f10", "escape")
        kiosk.sees("nobody signed in").does_not_see("private matter")
        await kiosk.press("u")
        kiosk.says("There is nothing of yours to undo.")


async def test_a_kiosk_has_no_way_out(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML", kiosk=True) as kiosk:
        await kiosk.press("ctrl+q", "ctrl+c", "ctrl+z", "ctrl+d", "escape", "escape", "f3", "f12")
        assert kiosk.app.is_running
        kiosk.sees("Mary Lee", "Tickets")


async def test_help_lists_the_keys_of_a_form_too(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("n", "f1")
        kiosk.sees("Help", "F5", "F4")
        await kiosk.press("f1", "escape")
        kiosk.sees("New ticket")


async def test_a_question_that_was_open_at_the_lock_holds_up_nobody(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder) as kiosk:
        await kiosk.press("f10")
        await kiosk.type("mary")
        await kiosk.press("enter", "n")
        await kiosk.type("Chairs")
        await kiosk.press("f5", "u")
        kiosk.sees("Undo: New T-2?")
        await kiosk.press("f10")
        await kiosk.type("bob")
        await kiosk.press("enter")
        kiosk.sees("Bob Kay")
        assert not [one for one in kiosk.app.workers if not one.is_finished]


async def test_what_one_person_cut_the_next_cannot_paste(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("n")
        await kiosk.type("a secret")
        await kiosk.press("shift+home", "ctrl+x", "ctrl+v")
        kiosk.sees("a secret")
        await kiosk.press("f10")
        await kiosk.type("bob")
        await kiosk.press("enter", "n", "ctrl+v")
        kiosk.sees("New ticket").does_not_see("a secret")
