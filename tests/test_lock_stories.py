"""Walking away from the desk: nothing of the person stays on the glass or in memory, and nothing typed is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

import pytest
from textual.app import App

from botui.data import Desk
from botui.screens.idle import marks, step
from botui.screens.threads import StoreThreads
from botui.store import Store
from tests.kiosk import Clock, Kiosk, give_pins

SECRET = "Somebody's private matter"


@pytest.fixture
def office(folder: Path) -> Desk:
    desk = Desk.open(folder, None, "setup", Clock())
    system = desk.as_system()
    system.add("people", {"name": "Mary Lee", "roles": ("clerk",)})
    system.add("people", {"name": "Bob Kay", "roles": ("clerk",)})
    give_pins(desk, 1, 2)
    mary = desk.for_person(1)
    mary.add("tickets", {"subject": SECRET})
    return mary


async def test_a_desk_left_alone_counts_down_locks_and_keeps_what_was_typed(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML", idle=300) as kiosk:
        await kiosk.press("1", "3")
        await kiosk.left_alone(281)
        kiosk.says("The desk locks in 20 seconds; any key keeps it open")
        await kiosk.press("down")
        kiosk.sees(SECRET, "Mary Lee").does_not_see("Nobody there?")
        await kiosk.press("n")
        await kiosk.type("half a sent")
        await kiosk.left_alone(301)
        kiosk.sees("nobody signed in")
        kiosk.says("Locked: no key was pressed for a while").does_not_see(SECRET, "half a sent", "Mary Lee")
        await kiosk.sign_in("mary")
        kiosk.says("Draft: New ticket")
        await kiosk.press("1", "n")
        kiosk.sees("You left this unfinished")
        await kiosk.press("1")
        kiosk.sees("half a sent")


async def test_what_a_guest_leaves_is_cleared_away_and_no_draft_of_it_is_kept(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder) as kiosk:
        await kiosk.press("f10")
        await kiosk.type("secr")
        kiosk.sees("secr")
        await kiosk.left_alone(61)
        kiosk.does_not_see("Who are you")
        assert not list(folder.glob("drafts/*"))


def test_a_countdown_speaks_at_20_10_and_5_seconds_and_halfway_where_there_is_less_time() -> None:
    assert (marks(300), marks(30), marks(8), marks(1)) == ((20, 10, 5), (10, 5), (4,), (1,))
    left, said = 300.0, []
    while left > 0:
        mark, quiet = step(left, 300)
        said += [] if mark is None else [(round(left), mark)]
        assert 0 < quiet <= 20
        left -= quiet
    assert said == [(20, 20), (10, 10), (5, 5)]


async def test_locking_in_the_middle_of_a_form_keeps_it_as_that_person_s_draft(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("n")
        await kiosk.type("Order chairs")
        await kiosk.press("ctrl+p")
        kiosk.sees("Who are you").does_not_see("Order chairs", "Mary Lee")
        await kiosk.type("bk\r4711\r1n")
        kiosk.sees("New ticket").does_not_see("Order chairs")
        await kiosk.press("escape")
        await kiosk.sign_in("ml")
        await kiosk.press("1", "n", "enter")
        kiosk.sees("Order chairs")


async def test_escape_from_the_question_who_it_is_leaves_the_desk_locked(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "3", "f10", "escape")
        kiosk.sees("nobody signed in").does_not_see(SECRET)
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
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("n")
        await kiosk.type("Chairs")
        await kiosk.press("f5", "u")
        kiosk.sees("Undo: New T-2?")
        await kiosk.sign_in("bob")
        kiosk.sees("Bob Kay")
        assert not [one for one in kiosk.app.workers if not one.is_finished]


async def test_a_switch_leaves_nothing_of_the_last_person_on_the_glass_or_in_memory(office: Desk, folder: Path) -> None:
    """All that a person can leave behind at once: a filter, marks, a word looked for, a cut, a repeat, a draft."""
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "3", "slash")
        await kiosk.type("private\r")
        await kiosk.press("space", "n")
        await kiosk.type(f"{SECRET} again")
        await kiosk.press("f5", "r")
        await kiosk.type(f"{SECRET}, answered")
        await kiosk.press("shift+home", "ctrl+x", "ctrl+v")
        held = list(strings(kiosk.app))
        assert sum(SECRET in one for one in held) > 3, "there is something to be forgotten"
        await kiosk.sign_in("bk")
        await kiosk.settle()
        kiosk.does_not_see("private", "Mary Lee", "T-1").sees("Bob Kay")
        assert [one for one in strings(kiosk.app) if SECRET in one] == []
        assert kiosk.app.repeats == {}
        await kiosk.press("1", "n", "f7", "ctrl+v")
        kiosk.sees("New ticket", "There is nothing to repeat here yet").does_not_see(SECRET)
        await kiosk.press("escape", "u")
        kiosk.says("There is nothing of yours to undo.")


def strings(app: App[Any]) -> Iterator[str]:
    """Every text that an App can still reach, but for the office itself and what Textual knows of its own source."""
    seen: set[int] = set()
    waiting: list[Any] = [vars(app)]
    passed = (
        type,
        ModuleType,
        FunctionType,
        BuiltinFunctionType,
        Store,
        StoreThreads,
        asyncio.AbstractEventLoop,
    )
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, passed):
            continue
        seen.add(id(one))
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, (list, tuple, set, frozenset)):
            waiting += one
        elif isinstance(one, MethodType):
            waiting.append(one.__self__)
        elif hasattr(one, "__dict__"):
            waiting.append(vars(one))
        for name in getattr(type(one), "__slots__", ()):
            waiting.append(getattr(one, name, None))
