"""At the real screens: nothing waits for another desk but the change itself, and it says so; no look holds a key."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from botui.codes import Codes
from botui.data import Desk
from botui.index import Index
from botui.screens.backups import _in_process
from botui.screens.frame import DeskScreen
from botui.screens.front import FrontScreen
from botui.screens.threads import WAITING
from botui.screens.tickets import TicketsScreen
from botui.storage import Journal
from botui.widgets.status import StatusLine
from tests.kiosk import Clock, Kiosk
from tests.offices import ANN, office, ticket


@pytest.fixture
def ann(folder: Path) -> Desk:
    desk = office(folder, ANN)
    for subject in ("Lamp", "Chair", "Door"):
        ticket(desk, subject, requester=ANN)
    desk.do("tickets", 1, "note", {"text": "Ordered"})
    desk.add("parties", {"name": "Nordic Paper", "phone": "0170 555"})
    return desk


@contextmanager
def held(folder: Path) -> Iterator[threading.Event]:
    """Hold the turn as another process does; yields what lets go of it."""
    let_go, held = threading.Event(), threading.Event()

    def hold() -> None:
        with Journal(folder / "office.json").transaction():
            held.set()
            let_go.wait(20)

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(20)
    yield let_go
    let_go.set()
    thread.join()


def said(kiosk: Kiosk) -> str:
    return kiosk.screen.query_one(StatusLine).text


async def test_a_verb_that_waits_says_so_and_lists_go_on_meanwhile(ann: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="AA") as kiosk:
        await kiosk.press("1", "2", "home")
        with held(folder) as let_go:
            await kiosk.pilot.press("t")
            await kiosk.until(lambda: WAITING in said(kiosk))
            await kiosk.pilot.press("down")
            await kiosk.until(lambda: kiosk.under_cursor == 2)
            await kiosk.pilot.press("right_square_bracket")
            await kiosk.until(lambda: "Tickets > Open" in kiosk.glass() and "Door" in kiosk.glass())
            await kiosk.pilot.press("slash", *"chair")
            await kiosk.until(lambda: "Lamp" not in kiosk.glass())
            assert kiosk.desk.get("tickets", 1).owner is None
            let_go.set()
            await kiosk.until(lambda: "T-1 is yours." in said(kiosk))
        await kiosk.settle()


async def test_a_save_that_waits_says_so_and_is_done_when_its_turn_comes(ann: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="AA") as kiosk:
        await kiosk.press("1", "2", "home", "e")
        await kiosk.type(" of the hall")
        with held(folder) as let_go:
            await kiosk.pilot.press("f5")
            await kiosk.until(lambda: WAITING in said(kiosk))
            let_go.set()
            await kiosk.until(lambda: kiosk.desk.get("tickets", 1).subject != "Lamp")
        await kiosk.settle()
        kiosk.says("is changed.")


async def test_a_save_that_waits_in_vain_says_what_to_do_and_keeps_what_was_typed(
    ann: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Kiosk.open(folder, as_="AA") as kiosk:
        await kiosk.press("n")
        await kiosk.type("Window")
        monkeypatch.setattr(kiosk.desk.store.journal, "_timeout", 0.5)
        with held(folder):
            await kiosk.pilot.press("f5")
            await kiosk.until(lambda: WAITING in said(kiosk))
            await kiosk.until(lambda: "please try again" in said(kiosk))
            kiosk.sees("Window")
        await kiosk.press("f5")
        kiosk.says("T-4 is filed")


async def test_a_save_that_waits_while_the_desk_is_locked_is_done_and_leaves_no_draft(ann: Desk, folder: Path) -> None:
    async with Kiosk.open(folder, as_="AA") as kiosk:
        await kiosk.press("n")
        await kiosk.type("Window")
        with held(folder) as let_go:
            await kiosk.pilot.press("f5")
            await kiosk.until(lambda: WAITING in said(kiosk))
            kiosk.app.lock()
            assert list((folder / "drafts").iterdir())
            let_go.set()
            await kiosk.until(lambda: not list((folder / "drafts").iterdir()))
        assert kiosk.desk.as_system().get("tickets", 4).subject == "Window"


async def test_a_verb_that_waits_behind_another_is_done_though_the_desk_is_locked_meanwhile(
    ann: Desk, folder: Path
) -> None:
    async with Kiosk.open(folder, as_="AA") as kiosk:
        await kiosk.press("1", "2", "home")
        with held(folder) as let_go:
            await kiosk.pilot.press("t")
            await kiosk.until(lambda: kiosk.desk.store.waits)
            await kiosk.pilot.press("down")
            await kiosk.until(lambda: kiosk.under_cursor == 2)
            await kiosk.pilot.press("t")
            await kiosk.until(lambda: kiosk.app._threads._changes._work_queue.qsize() == 1)
            kiosk.app.lock()
            let_go.set()
            system = kiosk.desk.as_system()
            await kiosk.until(lambda: [system.get("tickets", number).owner for number in (1, 2)] == [ANN, ANN])
        await kiosk.settle()


async def test_the_clock_waits_for_its_turn_behind_the_screen(ann: Desk, folder: Path) -> None:
    clock = Clock()
    ann.do("tickets", 1, "wait", {"waiting_for": "date", "until": "+1d"})
    async with Kiosk.open(folder, as_="AA", clock=clock) as kiosk:
        await kiosk.press("1", "3")
        clock.forward(days=2)
        with held(folder) as let_go:
            kiosk.app._minute()
            await kiosk.until(lambda: kiosk.desk.store.waits)
            await kiosk.pilot.press("escape", "2")
            await kiosk.until(lambda: "Tickets > Nobody has" in kiosk.glass())
            let_go.set()
            await kiosk.until(lambda: kiosk.desk.get("tickets", 1).state == "open")
        await kiosk.settle()


@pytest.mark.parametrize("name", ["-office", "~", "a b;'\"$HOME"])
def test_the_process_of_a_backup_is_of_this_desk_s_code_wherever_it_was_begun_and_whatever_the_folder_is_called(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for planted in ("orjson.py", "botui.py"):
        Path(planted).write_text("raise SystemExit('planted')")
    office(Path(name))
    assert _in_process(Path(name)) == ""
    assert list((tmp_path / name / "backups").glob("*.zip"))


async def test_no_collection_is_looked_through_on_the_screen_s_own_thread(
    ann: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = threading.current_thread()
    on_screen: list[Any] = []
    elsewhere: set[Any] = set()

    def watch(kind: type[Any], name: str) -> None:
        inner = getattr(kind, name)

        def watched(self: Any, *arguments: Any, **more: Any) -> Any:
            if threading.current_thread() is here:
                on_screen.append((kind, name, arguments))
            elsewhere.add((kind, name))
            return inner(self, *arguments, **more)

        monkeypatch.setattr(kind, name, watched)

    async with Kiosk.open(folder, as_="AA", size=(140, 40)) as kiosk:
        looks = {(Index, "__init__"), (Codes, "__init__"), (Index, "named"), (Index, "text")}
        for kind, name in looks:
            watch(kind, name)
        for keys in (
            ("1", "2", "down", "enter", "v", "escape", "f3"),
            ("1", "3", "t", "greater_than_sign", "slash", "l", "f3"),
            ("1", "3", "e", "f4", "escape", "escape", "f3"),
            ("1", "3", "a", "b", "tab", "escape", "escape", "f3"),
            ("d", "n", "o", "enter", "escape", "f3"),
            ("f2", "l", "a", "m", "enter", "f3"),
            ("9", "1", "enter", "f3"),
        ):
            for kept in (kiosk.desk.store._indexes, kiosk.desk.store._codes):
                kept.clear()  # every look is a first one
            await kiosk.press(*keys)
    assert elsewhere == looks
    assert not on_screen


async def test_a_list_with_a_filter_follows_what_others_change(ann: Desk, folder: Path) -> None:
    def shown(kiosk: Kiosk) -> list[int]:
        return list(kiosk.table.visible_ids())

    async with Kiosk.open(folder, as_="AA") as kiosk:
        await kiosk.press("1", "3", "slash")
        await kiosk.type("chair")
        assert shown(kiosk) == [2]
        ann.edit(ann.get("tickets", 3), {"subject": "Chair by the door"})
        await kiosk.until(lambda: sorted(shown(kiosk)) == [2, 3])
        ann.edit(ann.get("tickets", 2), {"subject": "Stool"})
        await kiosk.until(lambda: shown(kiosk) == [3])
        await kiosk.press("escape")
        assert sorted(shown(kiosk)) == [1, 2, 3]
        ann.edit(ann.get("tickets", 1), {"subject": "Lamp on a chair"})
        await kiosk.until(lambda: "Lamp on a chair" in kiosk.glass())
        await kiosk.type("chair")
        assert sorted(shown(kiosk)) == [1, 3]
        ann.as_system().edit(ann.get("people", ANN), {"name": "Ann Chair"})
        await kiosk.until(lambda: sorted(shown(kiosk)) == [1, 2, 3])
        ticket(ann, "One more chair")
        await kiosk.until(lambda: sorted(shown(kiosk)) == [1, 2, 3, 4])


@pytest.mark.parametrize(
    ("page", "name", "keys"),
    [
        (FrontScreen, "_summaries", ()),
        (TicketsScreen, "_counts", ("1",)),
        (Desk, "history", ("1", "2", "home", "enter", "H")),
    ],
    ids=["front page", "menu", "history"],
)
async def test_a_page_looks_again_only_where_something_on_it_may_have_changed(
    ann: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch, page: type[Any], name: str, keys: tuple[str, ...]
) -> None:
    looked: list[int] = []
    told: list[Any] = []
    inner = getattr(page, name)

    def look(self: Any, *arguments: Any) -> Any:
        looked.append(1)
        return inner(self, *arguments)

    async with Kiosk.open(folder, as_="AA") as kiosk:
        await kiosk.press(*keys)
        screen = kiosk.screen
        assert isinstance(screen, DeskScreen)
        show = screen.store_changed

        def heard(changed: Any) -> None:
            show(changed)
            told.append(changed)

        monkeypatch.setattr(page, name, look)
        monkeypatch.setattr(screen, "store_changed", heard)
        ann.as_system().add("replies", {"title": "Thanks", "text": "Thank you."})
        await kiosk.until(lambda: told == [{"replies": {1}}])
        await kiosk.settle()
        assert not looked
        ann.do("tickets", 1, "take")
        await kiosk.until(lambda: bool(looked))
        await kiosk.settle()
