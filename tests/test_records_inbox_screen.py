"""The story of ten scans: filed with rules at the real screen; a number that is scanned later opens its document."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from botui import areas
from botui.actions import scans
from botui.data import Desk
from botui.models.base import Change
from botui.models.office import Context, Person, Place, Role, Settings
from botui.models.records.document import Privacy, State
from botui.models.records.filing import Attach, File
from botui.models.records.retention import RetentionClass
from botui.models.shape import fields_of
from botui.screens.choices import choices
from botui.screens.records_documents import proposed
from botui.screens.scanner import Scanner
from botui.screens.sheet import Sheet
from tests.kiosk import Clock, Kiosk
from tests.scans import LONG_AGO, put

pytestmark = pytest.mark.no_cover

RENT, POWER, BANK = b"Rent for May\nflat 12", b"Stadtwerke\nPower bill 2026", b"Statement of account\nBank"


def _begin(ctx: Context) -> Change:
    change = Change("office.begin").add(Settings(id=1, name="Test", zone="Europe/Berlin"))
    change.add(Person(id=1, name="Mary Lee", initials="ML", roles=(Role.STAFF, Role.CLERK)))
    change.add(Person(id=2, name="Hanna Human", initials="HH", roles=(Role.HR,)))
    change.add(Place(id=1, name="Cabinet 2"))
    for number, name in enumerate(("Bills", "Statements", "Leases"), 1):
        change.add(RetentionClass(id=number, name=name, years=7))
    return change


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An office with three rules, and ten scans of which seven are known to them."""
    desk = Desk.open(tmp_path / "office", None, "front", Clock())
    desk.as_system().apply(_begin)
    mary = desk.for_person(1)
    mary.add("filing", {"name": "Rent", "words": "rent", "schedule": 3, "place": 1, "shelf": "4", "tags": ("flat",)})
    mary.add("filing", {"name": "Power", "words": "power bill", "match": "exact", "schedule": 1, "title": "Power"})
    mary.add("filing", {"name": "Bank", "words": "statement, account", "match": "all", "schedule": 2})
    inbox = tmp_path / "scans"
    texts = [RENT, POWER, BANK, RENT + b" 2", POWER + b" 2", BANK + b" 2", RENT + b" 3"]
    texts += [b"Somebody writes", b"An offer for pens", RENT]
    for number, text in enumerate(texts):
        put(inbox, f"scan {number}.txt", text)
    assert len([*scans.take_in(desk, inbox, lambda: LONG_AGO + 60.0)]) == 10
    desk.store.close()
    return tmp_path / "office"


def counted(kiosk: Kiosk) -> Callable[[], int]:
    """Count the keys that are pressed from now on."""
    keys = 0
    press = kiosk.press

    async def count(*names: str) -> Kiosk:
        nonlocal keys
        keys += len(names)
        return await press(*names)

    kiosk.press = count  # type: ignore[method-assign]
    return lambda: keys


async def test_ten_scans_are_filed_with_rules_in_forty_keys(folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML") as kiosk:
        keys = counted(kiosk)
        await kiosk.press("4", "1")
        kiosk.sees("Inbox")
        kiosk.sees("rule Power")
        kiosk.sees("same as D-1")
        await kiosk.press("f")
        kiosk.says("OK: Rent for May is filed: write D-1 on it, it goes to Cabinet 2, 4.")
        await kiosk.press("f", "f", "f", "f", "f", "f")
        # no rule knows the next two: f asks for their class, F4 shows the classes
        for title in ("Somebody writes", "An offer for pens"):
            await kiosk.press("f")
            kiosk.sees("Of which class is it?")
            kiosk.sees(title)
            await kiosk.press("f4", "1", "f5")
        # the last one is the first scan once more
        await kiosk.press("m", "f5")
        kiosk.says("OK: D-1 has this file already.")
        kiosk.sees("The inbox is empty")
        assert keys() <= 40
        found = kiosk.desk.as_system().find("documents", {})
        assert [one.state for one in found] == [State.FILED] * 9 + [State.JOINED]
        assert all(one.schedule for one in found[:9])

        # the number that was written on the paper is scanned later
        await kiosk.scan("D-1")
        glass = kiosk.glass()
        assert "D-   |" in glass
        kiosk.sees("Stands in: Cabinet 2, 4")
        kiosk.sees("Who has it: nobody")
        kiosk.sees("Leases")
        await kiosk.press("q")
        kiosk.sees("flat 12")


async def test_what_is_private_is_on_nobody_else_s_glass(folder: Path) -> None:
    async with Kiosk.open(folder, as_="ML", size=(130, 30)) as kiosk:
        desk = kiosk.desk
        desk.do("documents", 1, "file", {"privacy": Privacy.PRIVATE, "title": "Secret offer"})
        desk.do("documents", 2, "file", {"privacy": Privacy.HR, "title": "File of somebody"})
        await kiosk.press("4")
        kiosk.app.open_list("documents", "filed")
        await kiosk.settle()
        kiosk.sees("Secret offer")
        kiosk.sees("D-1 is private: Enter opens it")
        assert "File of somebody" not in kiosk.glass()
        await kiosk.press("enter")
        kiosk.sees("private: Mary Lee")
        assert kiosk.app.screen.is_private()  # type: ignore[attr-defined]
        looks = [one for one in desk.history("documents", 1) if one.action == "documents.look"]
        assert len(looks) == 1
        await kiosk.scan("D-2")
        kiosk.says("Nothing has the code that was scanned.")


async def test_what_the_scanner_writes_is_taken_in_behind_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    said: list[str] = []

    def command(store: Path, words: tuple[str, ...], settings: Mapping[str, str]) -> str:
        asked.append(f"{store.name} {words[0]} {Path(settings['BOTUI_INBOX']).name}")
        return "bad.pdf is no PDF." if (tmp_path / "scans" / "bad.pdf").exists() else ""

    async def look() -> None:
        scanner.look(tmp_path)
        while scanner.busy:
            await asyncio.sleep(0.001)

    monkeypatch.setattr("botui.screens.scanner.in_process", command)
    scanner = Scanner(tmp_path / "scans", said.append)
    await look()
    assert asked == [], "there is nothing"
    put(tmp_path / "scans", "bad.pdf", b"x")
    await look()
    await look()
    assert asked == [f"{tmp_path.name} inbox scans"], "what cannot be taken in is not tried again and again"
    assert said == ["bad.pdf is no PDF."]
    put(tmp_path / "scans", "good.pdf", b"x")
    await look()
    assert len(asked) == 2


def test_a_field_that_is_emptied_in_the_form_is_empty_and_not_as_proposed(folder: Path) -> None:
    desk = Desk.open(folder, 1, "front", Clock())
    scan = desk.get("documents", 4)
    sheet = Sheet(File, desk, None, proposed(scan, areas.kind("documents").transition("file")))
    assert (scan.shelf, scan.tags) == ("4", ("flat",))
    desk.do("documents", 4, "file", sheet.values_of({**sheet.was, "shelf": " ", "place": ""}))
    filed = desk.get("documents", 4)
    assert (filed.place, filed.shelf, filed.tags, filed.schedule) == (None, "", ("flat",), 3)
    # F4 where a scan is asked for: those of the inbox stand first
    offered = [number for _, number in choices(desk, next(iter(fields_of(Attach))))]
    assert (offered[:2], offered[-1]) == ([1, 2], 4)
    desk.store.close()
