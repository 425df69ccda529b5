"""The palette: anywhere by name or number from anywhere; and the help made of the keys that are bound."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from botui import areas
from botui.actions.find import matching
from botui.data import Desk
from botui.models.base import Kind, NotAllowed
from botui.models.query import parse_query
from botui.screens.session import Session
from botui.widgets.columns import Column
from botui.widgets.record_table import RecordTable

Destination = Callable[[Session], None]

SHOWN = 40
"""Records found that the palette lists at most: more than anybody looks through; a longer word finds fewer."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place the palette goes to."""

    what: str
    where: str
    go: Destination


class PlaceRows:
    """The places as rows."""

    columns: ClassVar = (Column("what", "Go to", 40, flex=True), Column("where", "", 22))

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = places

    def ids(self) -> Sequence[int]:
        """Return the places in order."""
        return range(len(self._places))

    def cells(self, number: int) -> Sequence[str]:
        """Return one place."""
        return (self._places[number].what, self._places[number].where)

    def style(self, number: int) -> str:
        """Return no emphasis."""
        return ""


def lists(desk: Desk) -> list[Place]:
    """Return areas and lists that this person may see."""
    found = [Place(one.label, f"area {one.key}", partial(_area, one.name)) for one in areas.AREAS]
    for one in areas.COLLECTIONS:
        if desk.may(one.name, "read") is None:
            kind: Kind[Any] = areas.kind(one.name)
            found += [
                Place(f"{kind.many} > {view.label}", "list", partial(_list, one.name, view.name)) for view in kind.views
            ]
            if desk.may(one.name, "add") is None:
                found.append(Place(f"New {kind.one}", "form", partial(_new, one.name)))
    return found


def places(desk: Desk, text: str) -> list[Place]:
    """Return where a typed text leads: what has the code or number, then lists, then records with the words."""
    words = text.casefold().split()
    found = [_record(desk, name, number) for name, number in desk.by_code(text.strip())] if words else []
    found += [one for one in lists(desk) if all(word in one.what.casefold() for word in words)]
    if len(text.strip()) < 2:
        return found
    query = parse_query(text, fields=())
    for one in areas.COLLECTIONS:
        try:
            index = desk.store.index(one.name)
            hits = matching(desk, one.name, index.find({})[::-1], query) if areas.kind(one.name).text else []
        except NotAllowed:
            continue
        found += [_record(desk, one.name, number) for number in hits[: SHOWN - len(found)]]
        if len(found) >= SHOWN:
            break
    return list({(one.what, one.where): one for one in found}.values())


def _record(desk: Desk, name: str, number: int) -> Place:
    return Place(
        desk.title(name, number), f"{areas.kind(name).one} {areas.ref(name, number)}", partial(_open, name, number)
    )


def _area(name: str, session: Session) -> None:
    session.open_area(name)


def _list(collection: str, view: str, session: Session) -> None:
    session.open_list(collection, view)


def _new(collection: str, session: Session) -> None:
    session.new_record(collection)


def _open(collection: str, number: int, session: Session) -> None:
    session.open_record(collection, number)


class Palette(ModalScreen[Destination | None]):
    """Type a name or a number, press Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f12,f2", "dismiss(None)", "Back"),
        Binding("down", "step(1)", "Next", show=False),
        Binding("up", "step(-1)", "Previous", show=False),
    ]
    DEFAULT_CSS = """
    Palette { align: left top; background: transparent; }
    Palette > Input { width: 100%; background: $surface; }
    Palette > Static { height: 1; width: 100%; text-style: reverse; }
    Palette > RecordTable { height: 12; background: $surface; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._places: list[Place] = []

    def compose(self) -> ComposeResult:
        """Lay the field over the list."""
        yield Static(" Go to: a name, a number (T-12), a list. Enter goes there, Esc leaves.", markup=False)
        field = Input(compact=True, max_length=100)
        field.cursor_blink = False
        yield field
        yield RecordTable(PlaceRows.columns, empty="Nothing of that name.")

    def on_mount(self) -> None:
        """Begin with the areas and lists."""
        self.query_one(Input).focus()
        self._find("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._find(event.value)

    @work(exclusive=True)
    async def _find(self, text: str) -> None:
        session: Any = self.app
        found = await session.in_store(places, self._desk, text)
        if self.is_mounted:
            self._places = found
            table = self.query_one(RecordTable)
            table.show(PlaceRows(found))
            table.action_go_to(0)

    def action_step(self, step: int) -> None:
        """Move in the list while the field keeps the focus."""
        self.query_one(RecordTable).action_move(step)

    @on(Input.Submitted)
    def _chosen(self) -> None:
        number = self.query_one(RecordTable).highlighted
        self.dismiss(self._places[number].go if number is not None and number < len(self._places) else None)

    def take_scan(self, code: str) -> bool:
        """Use a scan as the text."""
        self.query_one(Input).value = code
        return True


def help_text(screen: Screen[Any]) -> str:
    """Return the help of a screen: what it is for, then every key that works there, from the bindings themselves."""
    lines = [getattr(screen, "HELP", ""), ""] if getattr(screen, "HELP", "") else []
    seen: dict[tuple[str, str], list[str]] = {}
    for _, binding, _, tooltip in screen.active_bindings.values():
        words = tooltip or binding.tooltip or binding.description
        if words and not binding.action.startswith(("verb(", "screen.", "app.focus")):
            seen.setdefault((binding.description, words), []).append(key_name(binding.key))
    lines += [f"{', '.join(keys):<18} {words}" for (_, words), keys in seen.items()]
    return "\n".join([*lines, *_verbs(screen)])


def _verbs(screen: Screen[Any]) -> Iterable[str]:
    kind: Kind[Any] | None = getattr(screen, "kind", None)
    if kind is None:
        return
    yield ""
    yield f"What can be done with a {kind.one} (. says why something cannot):"
    for one in kind.transitions:
        yield f"{one.key:<18} {one.label}"
    yield f"{'e':<18} Edit"


_NAMES = {
    "question_mark": "?",
    "colon": ":",
    "slash": "/",
    "full_stop": ".",
    "escape": "Esc",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "minus": "-",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


def key_name(key: str) -> str:
    """Return a key as it is printed on the keyboard."""
    if key.startswith("ctrl+"):
        return f"Ctrl-{key[5:].upper()}"
    return _NAMES.get(key) or (
        key.upper() if key[:1] == "f" and key[1:].isdigit() else key if len(key) == 1 else key.capitalize()
    )
