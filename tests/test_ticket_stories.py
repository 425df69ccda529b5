"""Tickets worked through the real screens, by keys alone, at 80x24."""

from __future__ import annotations

from pathlib import Path

import pytest

from botui.data import Desk
from botui.models.base import View
from botui.models.tickets.kinds import TICKETS
from tests.kiosk import Clock, Kiosk, give_pins

HOSTILE = [
    "[/x]",
    "[@click=app.quit]x[/]",
    "\x1b[31mred\x1b]0;title\x07",
    "left \u202eright",
    "x" * 150,
    "\U0001f469\u200d\U0001f4bb \U0001f44d\U0001f3fd \u674e\u96ea \u0e01\u0e4d",
    "\\[not] 100% [off]",
]


@pytest.fixture
def office(folder: Path, clock: Clock) -> Desk:
    desk = Desk.open(folder, None, "setup", clock)
    system = desk.as_system()
    system.add("settings", {"name": "Harbour & Lane", "zone": "Europe/Berlin"}, number=1)
    system.add("people", {"name": "Mary Lee", "roles": ("clerk", "admin")})
    system.add("people", {"name": "Bob Kay", "roles": ("clerk",)})
    system.add("people", {"name": "Zoë Åkerström", "extension": "417"})
    mary = desk.for_person(1)
    mary.add("departments", {"name": "Facilities"})
    mary.add("topics", {"name": "Printer", "department": 1, "priority": "P2", "checklist": "Look\nMend"})
    mary.add("parties", {"name": "Nordic Paper", "kind": "supplier", "phone": "+46 8 123 456 78"})
    mary.add("replies", {"title": "On our way", "text": "We are on our way."})
    return mary


async def test_a_ticket_is_filed_with_two_keys_besides_its_text(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("n")
        await kiosk.type("Toner is empty")
        await kiosk.press("enter")
        kiosk.says("T-1 is filed")
    office.store.refresh()
    assert office.get("tickets", 1).subject == "Toner is empty"
    assert office.history("tickets", 1)[0].by == 1


async def test_take_reply_wait_resolve_by_keys_alone(office: Desk, folder: Path, clock: Clock) -> None:
    office.add("tickets", {"subject": "Chair is broken", "requester": 3})
    async with Kiosk.open(folder, as_="ML", clock=clock) as kiosk:
        await kiosk.press("1", "2")
        kiosk.sees("Chair is broken", "8h left")
        await kiosk.press("enter", "t")
        kiosk.says("T-1 is yours.")
        await kiosk.press("r")
        await kiosk.type("Which chair?")
        await kiosk.press("f5")
        kiosk.says("Your reply to T-1 is kept.").sees("Which chair?")
        clock.forward(hours=1)
        await kiosk.press("w", "f5")
        kiosk.sees("waiting; for the one who asked", "stopped")
        await kiosk.press("s")
        kiosk.says("T-1 is resolved.").sees("State    resolved")
        await kiosk.press("escape")
        kiosk.sees("Somebody has every ticket.")


async def test_what_cannot_be_done_says_why(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Paper jam", "topic": 1})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "2", "s")
        kiosk.says("2 steps are open: Look; Mend.")
        await kiosk.press("c")
        kiosk.says("Close: It is new.")
        await kiosk.press("full_stop")
        kiosk.sees("Close  - not now: It is new.", "Resolve  - not now: 2 steps are open")
        await kiosk.press("escape", "k", "k", "s")
        kiosk.says("T-1 is resolved.")


async def test_a_verb_is_done_on_all_that_are_marked(office: Desk, folder: Path) -> None:
    for number in range(4):
        office.add("tickets", {"subject": f"Lamp {number}"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "2", "space", "space", "space", "t")
        kiosk.says("Take: 3 done.")
    office.store.refresh()
    assert [office.get("tickets", number).owner for number in (1, 2, 3, 4)] == [1, 1, 1, None]


async def test_undo_says_first_what_it_takes_back(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Lamp"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "2", "t", "u")
        kiosk.sees("Undo: Take T-1?")
        await kiosk.press("y")
        kiosk.says("Undone: Take T-1.").sees("Lamp")
        assert kiosk.desk.get("tickets", 1).owner is None


async def test_two_desks_see_each_other_and_the_cursor_stays(office: Desk, folder: Path) -> None:
    for number in range(5):
        office.add("tickets", {"subject": f"Lamp {number}"})
    async with (
        Kiosk.open(folder, as_="ML", terminal="T1") as mary,
        Kiosk.open(folder, as_="BK", terminal="T2") as bob,
    ):
        await mary.press("1", "2", "down", "down")
        await bob.press("1", "2")
        assert mary.under_cursor == 3
        await bob.press("t")
        await mary.until(lambda: "Lamp 0" not in mary.glass())
        assert mary.under_cursor == 3
        mary.sees("2/4")


async def test_different_fields_both_land_and_the_same_field_tells_who_changed_it(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Lamp"})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "2", "enter", "e")
        bob = office.for_person(2)
        bob.edit(bob.get("tickets", 1), {"place": None, "tags": ("light",)})
        await kiosk.type(" in the hall")
        await kiosk.press("f5")
        kiosk.says("T-1")
        assert kiosk.desk.get("tickets", 1).subject == "Lamp in the hall"
        assert kiosk.desk.get("tickets", 1).tags == ("light",)
        await kiosk.press("e")
        bob.store.refresh()
        bob.edit(bob.get("tickets", 1), {"subject": "Lamp in the cellar"})
        await kiosk.type(", please")
        await kiosk.press("f5")
        kiosk.sees("changed by Bob Kay at 10:00", "Lamp in the hall, please", "Lamp in the cellar")
        await kiosk.press("f5")
        assert kiosk.desk.get("tickets", 1).subject == "Lamp in the hall, please"


async def test_a_phone_call_becomes_a_message_that_is_seen(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Late delivery", "party": 1})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("d")
        await kiosk.type("08 12345678")
        kiosk.sees("Nordic Paper", "1 open")
        await kiosk.press("enter")
        kiosk.sees("Nordic Paper: 1 open ticket", "Late delivery", "Phone call")
        await kiosk.type("BK")
        await kiosk.press("down")
        await kiosk.type("Asks about the bill")
        await kiosk.press("f5")
        kiosk.says("T-2: a message for Bob Kay.")
    async with Kiosk.open(folder, as_="BK") as kiosk:
        await kiosk.press("1", "6")
        kiosk.sees("Nordic Paper rang: Asks")
        await kiosk.press("g")
        assert kiosk.desk.get("tickets", 2).acknowledged_at is not None


async def test_the_filter_takes_words_and_fields(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Lamp in the hall", "requester": 3})
    office.add("tickets", {"subject": "Lamp in the cellar"})
    office.add("tickets", {"subject": "Door", "topic": 1})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "3", "slash")
        await kiosk.type("lamp akerstrom")
        kiosk.sees("hall").does_not_see("cellar", "Door")
        await kiosk.press("enter", "escape")
        kiosk.sees("hall", "cellar", "Door")
        await kiosk.press("slash")
        await kiosk.type("topic:printer prio:soon")
        kiosk.sees("Door").does_not_see("cellar")
        await kiosk.press("escape", "escape")
        kiosk.sees("cellar")


async def test_hostile_text_shows_literally_everywhere(office: Desk, folder: Path) -> None:
    numbers = []
    for person, text in enumerate(HOSTILE, 4):
        office.add("people", {"name": text[:70]})
        done = office.add("tickets", {"subject": text, "body": text * 3, "requester": person, "tags": (text[:30],)})
        office.do("tickets", number := int(done.refs[0].partition("-")[2]), "reply", {"text": text})
        numbers.append(number)
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await harmless(kiosk, "1", "3", "full_stop", "escape", "f2", "x", "escape", "f1", "escape")
        for number in numbers:
            kiosk.app.open_record("tickets", number)
            await kiosk.settle()
            await harmless(kiosk, "H", "escape", "v", "escape", "e", "escape", "escape")
        await harmless(kiosk, "f3", "f10", "escape")


async def harmless(kiosk: Kiosk, *keys: str) -> None:
    """Press keys; what comes on the glass does nothing to a terminal."""
    for key in keys:
        glass = (await kiosk.press(key)).glass()
        assert not any(letter in glass for letter in "\x1b\x07\u202e"), key


async def test_ten_thousand_characters_are_kept_and_too_long_a_line_is_refused_in_words(
    office: Desk, folder: Path
) -> None:
    office.add("tickets", {"subject": "Long", "body": "y" * 10_000})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.press("1", "3", "enter")
        kiosk.sees("yyyy")
        await kiosk.press("escape", "n")
        await kiosk.type("z" * 201)
        await kiosk.press("f5")
        kiosk.sees("201", "200")
    assert office.count("tickets", _view("all")) == 1


def _view(name: str) -> View:
    return TICKETS.view(name)


async def test_a_scan_opens_what_it_names_and_never_lands_in_a_field(office: Desk, folder: Path) -> None:
    office.add("tickets", {"subject": "Lamp", "codes": ("INC-777",)})
    async with Kiosk.open(folder, as_="ML") as kiosk:
        await kiosk.scan("INC-777")
        kiosk.sees("T-1  Lamp")
        await kiosk.press("f3", "n")
        await kiosk.scan("INC-777")
        kiosk.does_not_see("INC-777").sees("New ticket")


@pytest.mark.parametrize("size", [(1, 1), (40, 12), (200, 50)])
async def test_every_size_of_window_works(office: Desk, folder: Path, size: tuple[int, int]) -> None:
    office.add("tickets", {"subject": "Lamp"})
    async with Kiosk.open(folder, as_="ML", size=size) as kiosk:
        await kiosk.press("1", "3", "enter", "escape", "slash", "escape", "f2", "escape", "n", "escape", "f1", "escape")
        await kiosk.pilot.resize_terminal(80, 24)
        await kiosk.settle()
        kiosk.sees("Lamp")


async def test_nobody_signed_in_is_asked_who_it_is_before_anything_opens(office: Desk, folder: Path) -> None:
    async with Kiosk.open(folder) as kiosk:
        kiosk.sees("nobody signed in")
        give_pins(office, 2)
        await kiosk.press("1")
        kiosk.sees("Who are you").does_not_see("Mary Lee", "Bob Kay")
        await kiosk.type("bob\r4711\r")
        kiosk.sees("Bob Kay", "Nobody has")
