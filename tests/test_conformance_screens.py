"""What every area and every collection of the registry does on the screen; a new one is tested for free."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from botui import areas
from botui.commands import help_text, key_name
from botui.data import Desk
from botui.models.base import VERB_KEYS, Kind
from botui.models.shape import FieldKind, FieldSpec, fields_of
from botui.screens.calls import WhoRings
from botui.screens.dialogs import Choose
from botui.screens.form import FormScreen
from botui.screens.frame import DeskScreen
from botui.screens.front import FrontScreen
from botui.screens.history import HistoryScreen
from botui.screens.lists import ListScreen
from botui.screens.record import RecordScreen
from botui.widgets.fields import Field
from tests import keys as key_page
from tests.kiosk import Clock, Kiosk
from tests.offices import is_added, named, one_of

AREAS = [one.name for one in areas.AREAS]
COLLECTIONS = [one.name for one in areas.COLLECTIONS]
BACK = 8
"""Presses of Esc that lead from anywhere to the front page, at most."""
TYPED = {
    ("punches", "person"): "Max Head",
    ("entries", "against"): "2",
    ("recurring", "rule"): "weekly on mon",
    ("comments", "ticket"): "T-1",
    ("standins", "starts"): "today",
    ("standins", "ends"): "+1d",
    ("standins", "stand_in"): "2",
    ("counts", "place"): "2",
    ("requests", "item"): "1",
    ("plans", "rule"): "first monday",
    ("standing", "rule"): "monthly on 1",
    ("payments", "on"): "today",
    ("trainings", "start"): "+1d 9:00",
    ("leave", "starts"): "+1w",
    ("leavebook", "person"): "2",
    ("erasures", "person"): "2",
    ("erasures", "approver"): "3",
    ("erasures", "why"): "asked",
    ("bookings", "start"): "+1d 9:00",
    ("bookings", "end"): "+1d 11:00",
    ("person_files", "person"): "2",
    ("pay", "person"): "2",
    ("pay", "starts"): "today",
    ("amendments", "person"): "2",
    ("benefits", "person"): "2",
    ("benefits", "starts"): "today",
}
"""What is typed into needed fields that take no free text."""
NOT_BY_FORM = {"reminders", "settings", *(one for one in COLLECTIONS if not is_added(one))}
"""Collections whose records no form files: z makes a reminder, there is one office, and what nobody adds."""


def kind_of(collection: str) -> Kind[Any]:
    found: Kind[Any] = areas.kind(collection)
    return found


def begin(folder: Path) -> Desk:
    """An office with a clerk who is its administrator, and nothing else."""
    desk = Desk.open(folder, None, "setup", Clock())
    system = desk.as_system()
    system.add("settings", {"name": "Harbour & Lane", "zone": "Europe/Berlin"}, number=1)
    system.add("people", {"name": "Mary Lee", "roles": ("clerk", "admin", "hr")})
    return desk.for_person(1)


def fill(desk: Desk) -> Desk:
    """Add one record or two to every collection."""
    desk.add("departments", {"name": "Facilities", "manager": 1})
    desk.add("places", {"name": "House"})
    desk.add("parties", {"name": "Nordic Paper"})
    desk.add("topics", {"name": "Lamps", "department": 1})
    desk.add("replies", {"title": "On our way", "text": "We come."})
    desk.add("tickets", {"subject": "Lamp", "requester": 1, "topic": 1, "party": 1, "place": 1})
    desk.add("tickets", {"subject": "Chair"})
    desk.do("tickets", 1, "note", {"text": "Looked at it."})
    desk.do("tickets", 1, "remind", {"on": "fri"})
    desk.add("calls", {"caller": "Zed", "subject": "About the lamp", "becomes": "log"})
    desk.add("recurring", {"subject": "Water the plants", "rule": "weekly on mon"})
    desk.add("people", {"name": "Bob Kay"})
    desk.add("people", {"name": "Max Head", "roles": ("staff", "manager")})
    desk.add("people", {"name": "Lea Left", "active": False})
    desk.add("erasures", {"person": 4, "approver": 3, "why": "asked"})
    day = desk.clock().date() + timedelta(days=30)
    desk.add("standins", {"person": 2, "stand_in": 1, "starts": day, "ends": day})
    desk.add("templates", {"name": "Open day", "steps": "-7d Invite the guests"})
    desk.add("meetings", {"subject": "Budget", "start": desk.clock() + timedelta(days=30), "place": 1, "template": 1})
    for name in COLLECTIONS:
        one_of(desk, name)
    return desk


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with records in every collection, for tests that change nothing."""
    folder = tmp_path_factory.mktemp("filled") / "office"
    desk = fill(begin(folder))
    assert all(desk.numbers(one) for one in COLLECTIONS)
    desk.store.close()
    return folder


async def walk(kiosk: Kiosk, *steps: str) -> None:
    """Press keys and wait for texts in turn: a step that begins with ``>`` is a text that must come."""
    for step in steps:
        if len(step) > 1 and step[0] == ">":
            await kiosk.until(lambda text=step[1:]: text in kiosk.glass())  # type: ignore[misc]
        else:
            await kiosk.press(step)


async def to_front(kiosk: Kiosk, key: str = "escape") -> None:
    """Go back until the front page is reached; it must be within a few presses."""
    for _ in range(BACK):
        if isinstance(kiosk.screen, FrontScreen):
            return
        await walk(kiosk, key)
    assert isinstance(kiosk.screen, FrontScreen), f"{key} does not lead back from here:\n{kiosk.glass()}"


# --- bindings -------------------------------------------------------------------------------------------------------


def chain(kiosk: Kiosk) -> Iterator[tuple[DOMNode, Binding]]:
    """What is bound on the screen in front, from the focused widget up; not the keys of typing text."""
    for node, bindings in kiosk.screen._binding_chain:
        if not node.check_consume_key("a", "a"):
            for _, binding in bindings:
                if node.check_action(binding.action.partition("(")[0], ()) is not False:
                    yield node, binding


def ours(binding: Binding) -> bool:
    return not binding.action.startswith(("app.", "screen."))


async def check_bindings(kiosk: Kiosk) -> None:
    """Every key has words, an action that exists and one meaning; function keys have a twin; F1 names them all."""
    told = re.sub(
        r"\b(\d)-(\d)\b", lambda found: "0123456789"[int(found[1]) : int(found[2]) + 1], help_text(kiosk.screen)
    )
    assert not re.search(rf"^. +({'|'.join(VERB_KEYS)})$", told, re.MULTILINE), "F1 says verbs in words"
    meaning: dict[str, str] = {}
    twins: dict[str, set[str]] = {}
    for node, binding in chain(kiosk):
        assert binding.description or binding.tooltip or not isinstance(kiosk.screen, DeskScreen), binding
        name = re.match(r"\w+", binding.action.rpartition(".")[2])
        assert name
        targets = (node, kiosk.screen, kiosk.app)
        assert any(hasattr(one, f"action_{name[0]}") for one in targets), f"{binding} does nothing"
        assert binding.key not in {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m"}, f"{binding} is another key on terminals"
        if not ours(binding) or isinstance(kiosk.screen, FormScreen | Choose):
            continue
        assert meaning.setdefault(binding.key, binding.action) == binding.action, f"{binding.key} means two things"
        twins.setdefault(binding.action, set()).add(binding.key)
        if not binding.action.startswith("letter(") and key_name(binding.key) != binding.description:
            assert key_name(binding.key) in told, f"F1 does not tell of {binding.key}"
    for action, bound in twins.items():
        function = {key for key in bound if re.fullmatch(r"f\d+", key)}
        assert not function or any(key.startswith("ctrl+") or key == "escape" for key in bound), (action, bound)


@pytest.mark.parametrize("area", AREAS)
async def test_every_area_opens_on_a_numbered_menu_with_counts(filled: Path, area: str) -> None:
    one = next(one for one in areas.AREAS if one.name == area)
    async with Kiosk.open(filled, as_="ML") as kiosk:
        await check_bindings(kiosk)
        await walk(kiosk, one.key, f"> {one.label}", ">Count")
        await kiosk.settle()
        entries = [
            (each, view)
            for each in COLLECTIONS
            if areas.collection(each).area == area
            for view in kind_of(each).views
            if view.menu
        ]
        menu = areas.load(one.screen)
        entries += [(each, kind_of(each).view(name)) for each, name in menu.ALSO]
        first = [(each, kind_of(each).view(name)) for each, name in menu.FIRST]
        assert all(entry in entries for entry in first), "what takes a number is in the menu"
        entries = first + [entry for entry in entries if entry not in first]
        groups = {
            label: [entry for entry in entries if entry[0] in names and entry not in first]
            for label, names in menu.GROUPS.items()
        }
        alone = [entry for entry in entries if not any(entry in lists for lists in groups.values())]
        lines = [(view.label, f"{kiosk.desk.count(each, view):,}") for each, view in alone]
        lines += [(label, f"{len(lists)} lists") for label, lists in groups.items()]
        shown = kiosk.glass()
        await kiosk.press("end")  # a menu may be longer than the screen
        shown += kiosk.glass()
        await kiosk.press("home")
        for number, (label, count) in enumerate(lines, 1):
            line = rf"{number if number < 10 else ''} +{re.escape(label)} +{count}\b"
            assert re.search(line, shown), f"no line '{number} {label} {count}' in\n{shown}"
        await check_bindings(kiosk)
        for number, (collection, view) in enumerate(alone[:9], 1):
            await walk(kiosk, str(number), f"> {kind_of(collection).heading(view)}", "escape", f"> {one.label}")
        for number, (label, lists) in enumerate(groups.items(), len(alone)):
            collection, view = lists[-1]
            await walk(kiosk, "home", *["down"] * number, "enter", f">{label}")
            kiosk.sees(*(f"{listed.label} ({kiosk.desk.count(each, listed):,})" for each, listed in lists))
            await walk(kiosk, str(len(lists)), f"> {kind_of(collection).heading(view)}", "escape", f"> {one.label}")
        await to_front(kiosk)


@pytest.mark.parametrize("collection", COLLECTIONS)
async def test_every_list_says_what_to_press_when_empty_and_files_by_form(folder: Path, collection: str) -> None:
    desk, kind = begin(folder), kind_of(collection)
    named(desk, kind)
    if collection == "standins":
        desk.add("people", {"name": "Bob Kay"})
    if collection == "counts":
        desk.add("places", {"name": "Attic"})
    if collection == "erasures":
        desk.add("people", {"name": "Lea Left", "active": False})
    if collection in ("erasures", "access", "leave", "leavebook", "punches"):
        desk.add("people", {"name": "Max Head", "roles": ("staff", "manager")})
    area = areas.load(next(one.screen for one in areas.AREAS if one.name == areas.collection(collection).area))
    for view in kind.views:
        columns = area.list_screen(collection, view.name).ROWS(desk, kind).columns
        assert not [one.label for one in columns if len(one.label) > one.width], "a heading is cut off"
        assert view.empty
    first = kind.views[0]
    by_key = is_added(collection)
    assert not by_key or desk.count(collection, first) or re.search(r"\b[nrtzE] |\b[nz]\.", first.empty), "which key"
    async with Kiosk.open(folder, as_="ML") as kiosk:
        shown = next((view for view in kind.views if not desk.count(collection, view)), first)
        kiosk.app.open_list(collection, shown.name)
        await kiosk.settle()
        kiosk.sees(f" {kind.heading(shown)}")
        assert isinstance(kiosk.screen, ListScreen)
        if not desk.count(collection, shown):
            kiosk.sees(shown.empty[:70])
        await kiosk.press("n")
        if collection in NOT_BY_FORM:
            assert isinstance(kiosk.screen, DeskScreen)
            return
        before = set(desk.numbers(collection))
        if isinstance(kiosk.screen, WhoRings):
            await kiosk.type("Zed")
            await kiosk.press("enter")
        assert isinstance(kiosk.screen, FormScreen)
        await check_bindings(kiosk)
        await fill_in(kiosk, collection)
        desk.store.refresh()
        assert len(set(desk.numbers(collection)) - before) == 1
        await to_front(kiosk, "f12")


async def fill_in(kiosk: Kiosk, collection: str) -> None:
    """Type what is needed into the form in front, and save it."""
    for _ in fields_of(kind_of(collection).model):
        if not isinstance(kiosk.screen, FormScreen):
            return
        field = kiosk.screen.focused.parent if kiosk.screen.focused else None
        assert isinstance(field, Field)
        if field.blank and (field.spec.required or field.wrong):
            await kiosk.type(typed(collection, field.spec))
        await kiosk.press("f5")
    raise AssertionError(f"the form is not saved:\n{kiosk.glass()}")


def typed(collection: str, spec: FieldSpec) -> str:
    free = spec.kind in (FieldKind.LINE, FieldKind.PROSE)
    return TYPED.get((collection, spec.name), "Something new" if free else "1")


@contextmanager
def about(collection: str) -> Iterator[None]:
    """Let a failure in a walk through many collections say in which one it was."""
    try:
        yield
    except Exception as error:
        error.add_note(f"in {collection}")
        raise


def of_area(area: str) -> list[str]:
    return [one.name for one in areas.COLLECTIONS if one.area == area]


@pytest.mark.parametrize("area", AREAS)
async def test_every_record_opens_and_tells_what_can_be_done_and_why_not(filled: Path, area: str) -> None:
    async with Kiosk.open(filled, as_="ML") as kiosk:
        for collection in of_area(area):
            with about(collection):
                await open_and_ask(kiosk, collection)


async def open_and_ask(kiosk: Kiosk, collection: str) -> None:
    """Open the first record of a collection, ask what can be done with it, and look at its history."""
    kind = kind_of(collection)
    number = kiosk.desk.numbers(collection)[0]
    ref, headline = areas.ref(collection, number), kiosk.desk.headline(collection, number)
    kiosk.app.open_list(collection, "all")
    await walk(kiosk, f">{ref}")
    await kiosk.settle()
    await check_bindings(kiosk)
    assert kiosk.table.highlight(number)
    await walk(kiosk, "enter", f"> {headline[:30]}")
    await kiosk.settle()
    await check_bindings(kiosk)
    await walk(kiosk, "full_stop", f">What to do with {ref}")
    await kiosk.settle()
    assert isinstance(kiosk.screen, Choose)
    lines = "\n".join(kiosk.screen._texts)
    record, ctx = kiosk.desk.get(collection, number), kiosk.desk.context()
    for one in kind.transitions:
        assert f"{one.key}  {one.label}" in lines
        reason = kiosk.desk.why_not(one, record, ctx)
        assert reason is None or reason in lines
    await walk(kiosk, "escape", "H", ">History of")
    assert isinstance(kiosk.screen, HistoryScreen)
    await kiosk.settle()
    await check_bindings(kiosk)
    await to_front(kiosk)


LARGE, TINY = (132, 40), (20, 5)
LISTS = {one.name: next(each for each in COLLECTIONS if areas.collection(each).area == one.name) for one in areas.AREAS}
"""A list of each area: what lies over a list or a record is the same for all."""


@pytest.mark.parametrize("collection", LISTS.values())
@pytest.mark.parametrize("size", [LARGE, TINY], ids=["132x40", "20x5"])
async def test_all_that_comes_over_a_list_and_a_record_works_in_large_and_tiny_windows(
    filled: Path, collection: str, size: tuple[int, int]
) -> None:
    async with Kiosk.open(filled, as_="ML", size=size) as kiosk:
        kiosk.app.open_list(collection, "all")
        await kiosk.settle()
        await walk(kiosk, "slash", "x", "escape", "escape", "f1", "escape", "f2", "escape", "f8", "escape")
        assert isinstance(kiosk.screen, ListScreen)
        await walk(kiosk, "enter", "f1", "escape", "full_stop", "escape")
        assert isinstance(kiosk.screen, RecordScreen)
        await walk(kiosk, "H", "enter", "end")
        assert isinstance(kiosk.screen, HistoryScreen)
        await walk(kiosk, "escape", "escape", "n", "escape")
        await back_at_80x24(kiosk)


@pytest.mark.parametrize("area", AREAS)
async def test_every_list_record_and_form_works_in_a_tiny_window_that_grows_large(filled: Path, area: str) -> None:
    async with Kiosk.open(filled, as_="ML") as kiosk:
        for collection in of_area(area):
            with about(collection):
                await resize(kiosk, TINY)
                kiosk.app.open_list(collection, "all")
                await kiosk.settle()
                await walk(kiosk, "down", "up", "end", "home", "slash", "x", "escape", "escape", "enter")
                assert isinstance(kiosk.screen, RecordScreen)
                await walk(kiosk, "pagedown", "e")
                await resize(kiosk, LARGE)
                await walk(kiosk, "tab", "escape", "pagedown", "escape", "down")
                await back_at_80x24(kiosk)


async def resize(kiosk: Kiosk, size: tuple[int, int]) -> None:
    await kiosk.pilot.resize_terminal(*size)
    await kiosk.settle()


async def back_at_80x24(kiosk: Kiosk) -> None:
    """Give the window its usual size and go back: the front page is whole."""
    await resize(kiosk, (80, 24))
    await to_front(kiosk)
    await kiosk.settle()
    kiosk.sees("Harbour & Lane", "Tickets", "Office lists")


# --- ways out -------------------------------------------------------------------------------------------------------

DEEP = {
    "a filter being typed": ("1", "3", "slash", "l", "a"),
    "a filter that was set": ("1", "3", "slash", "l", "enter"),
    "marks": ("1", "3", "space", "space"),
    "the verbs of a record": ("1", "3", "enter", "enter"),
    "a verb's form, typed in": ("1", "3", "r", "x"),
    "choosing in a form": ("1", "3", "n", "tab", "f4"),
    "a question": ("1", "3", "t", "u"),
    "the palette over a record": ("1", "3", "enter", "f2", "x"),
    "help over a record": ("1", "3", "enter", "f1"),
    "who rings": ("d", "1"),
    "a report": ("1", "q", "1"),
    "a record of a record": ("9", "1", "enter", "v"),
}


@pytest.mark.parametrize("steps", DEEP.values(), ids=DEEP)
async def test_from_everywhere_escape_and_f12_lead_back_to_the_front_page(
    filled: Path, tmp_path: Path, steps: tuple[str, ...]
) -> None:
    folder = copy_of(filled, tmp_path)
    async with Kiosk.open(folder, as_="ML") as kiosk:
        for one in steps:
            await walk(kiosk, one)
        for press in range(BACK):
            if isinstance(kiosk.screen, FrontScreen):
                break
            await walk(kiosk, ("escape", "f12")[press % 2])
            if isinstance(kiosk.screen, Choose) and "not saved" in kiosk.screen._title:
                await walk(kiosk, "3")
        assert isinstance(kiosk.screen, FrontScreen), kiosk.glass()
        await walk(kiosk, "escape", "f12", "escape")
        assert isinstance(kiosk.screen, FrontScreen)
        assert kiosk.app.is_running
        await walk(kiosk, "1", "> Tickets")


def copy_of(folder: Path, place: Path) -> Path:
    import shutil

    return Path(shutil.copytree(folder, place / "office"))


TWINS = {
    "help": ("f1", "question_mark", "ctrl+t", ">Help"),
    "go to": ("f2", "colon", "ctrl+g", ">Go to:"),
    "front page": ("f3", "ctrl+b", ">Harbour & Lane"),
    "new": ("f6", "n", "ctrl+n", ">New ticket"),
    "views": ("f8", "v", "ctrl+o", ">Lists"),
    "undo": ("f9", "u", "ctrl+z", ">Undo:"),
    "back": ("f12", "escape", "> Tickets  "),
}


@pytest.mark.parametrize("case", TWINS.values(), ids=TWINS)
async def test_function_keys_do_what_their_twins_do(filled: Path, tmp_path: Path, case: tuple[str, ...]) -> None:
    *keys, seen = case
    folder = copy_of(filled, tmp_path)
    desk = Desk.open(folder, 1, "T1", Clock())
    desk.do("tickets", 2, "take")
    desk.store.close()
    async with Kiosk.open(folder, as_="ML") as kiosk:
        for key in keys:
            kiosk.app.to_front()
            await walk(kiosk, "1", "> Tickets", "3", ">Tickets > Open", key, seen)
            while not isinstance(kiosk.screen, DeskScreen):
                await walk(kiosk, "escape")


async def test_function_keys_and_their_twins_work_while_a_filter_is_typed(filled: Path) -> None:
    async with Kiosk.open(filled, as_="ML") as kiosk:
        for key, seen in (
            ("f1", ">Help"),
            ("ctrl+t", ">Help"),
            ("f2", ">Go to:"),
            ("ctrl+g", ">Go to:"),
            ("f6", ">New ticket"),
            ("ctrl+n", ">New ticket"),
            ("f8", ">Lists"),
            ("ctrl+o", ">Lists"),
        ):
            kiosk.app.to_front()
            await walk(kiosk, "1", "> Tickets", "3", ">Tickets > Open", "slash", "l", key, seen, "escape")


# --- many records ---------------------------------------------------------------------------------------------------


async def test_a_list_of_ten_thousand_moves_and_filters(folder: Path) -> None:
    desk = begin(folder)

    def many(ctx: Any) -> Any:
        from botui.models.base import Change
        from botui.models.office import Place

        change = Change("places.add")
        for number in range(1, 10_001):
            change.add(Place(id=number, name=f"Room {number:05}"))
        return change

    desk.as_system().apply(many)
    async with Kiosk.open(folder, as_="ML") as kiosk:
        kiosk.app.open_list("places", "active")
        await walk(kiosk, ">1/10,000")
        await walk(kiosk, "down", "down", "pagedown", "up", ">21/10,000", "end", ">10,000/10,000", ">Room 10000")
        await walk(kiosk, "home", ">1/10,000", "slash")
        await kiosk.type("room 0999")
        await walk(kiosk, ">1/11", "enter", "down", ">2/11")
        assert kiosk.under_cursor == 9990


def test_verbs_have_letters_that_no_screen_uses_for_itself() -> None:
    for collection in COLLECTIONS:
        area: Any = areas.load(next(one.screen for one in areas.AREAS if one.name == areas.collection(collection).area))
        for screen in (area.list_screen(collection, "all"), area.record_screen(collection, 1)):
            assert isinstance(screen, ListScreen | RecordScreen)
            letters = {one.key for one in kind_of(collection).transitions}
            for key, bindings in screen._bindings.key_to_bindings.items():
                if key in letters:
                    assert all(one.action.startswith("letter(") for one in bindings), (collection, key, bindings)


def test_the_page_of_keys_is_that_of_the_program() -> None:
    assert key_page.PAGE.read_text() == key_page.page(), "run python -m tests.keys"
