"""The palette: anywhere by name or number from anywhere; and the help made of the keys that are bound."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from textual.binding import BindingsMap
from textual.screen import Screen

from botui import areas
from botui.data import Desk
from botui.models.base import Kind
from botui.screens.find import FindScreen, Place
from botui.screens.frame import DeskScreen
from botui.screens.session import Session


def lists(desk: Desk) -> list[Place]:
    """Return areas, lists and pages that this person may see."""
    found = [Place(one.label, f"area {one.key}", partial(_area, one.name)) for one in areas.AREAS]
    for one in areas.COLLECTIONS:
        if desk.may(one.name, "read") is None:
            kind: Kind[Any] = areas.kind(one.name)
            for view in kind.views:
                found.append(Place(kind.heading(view), "list", partial(_list, one.name, view.name)))
            if desk.may(one.name, "add") is None:
                found.append(Place(f"New {kind.one}", "form", partial(_new, one.name)))
    found.append(Place("My desk", "key 0", _my_desk))
    found.append(Place("Open desks", "page", _open_desks))
    found.append(Place("Change my PIN", "question", _change_pin))
    return found


def _area(name: str, session: Session) -> None:
    session.open_area(name)


def _change_pin(session: Session) -> None:
    session.change_pin()


def _list(collection: str, view: str, session: Session) -> None:
    session.open_list(collection, view)


def _new(collection: str, session: Session) -> None:
    session.new_record(collection)


def _my_desk(session: Session) -> None:
    session.open_my_desk()


def _open_desks(session: Session) -> None:
    session.open_desks()


class Palette(FindScreen):
    """Type a name, a number, words or a sentence, press Enter.

    Args:
        desk: the desk of whoever wants to go somewhere.
        text: what stands in it at first.
        say: a sentence is what is most likely meant.
        at_once: go to what ``text`` means without another key, where that is one thing.
    """

    def __init__(self, desk: Desk, text: str = "", *, say: bool = False, at_once: bool = False) -> None:
        super().__init__(desk, lists, text, say=say, at_once=at_once)


def help_text(screen: Screen[Any]) -> str:
    """Return the help of a screen: what it is for, its verbs, its own keys, then those that work everywhere."""
    lines = [getattr(screen, "HELP", ""), ""] if getattr(screen, "HELP", "") else []
    lines += _verbs(screen)
    seen: dict[tuple[str, str], list[str]] = {}
    for node, binding, _, tooltip in sorted(
        screen.active_bindings.values(), key=lambda one: one.node is not screen or one.binding.action in _EVERYWHERE
    ):
        if node.check_consume_key("a", "a"):
            continue  # the keys of typing itself: everybody knows the arrows, and nobody reads thirty lines
        words = tooltip or binding.tooltip or binding.description
        if words and words != key_name(binding.key) and not binding.action.startswith(("letter(", "app.", "screen.")):
            seen.setdefault((binding.description, words), []).append(key_name(binding.key))
    lines += [f"{', '.join(together(keys)):<18} {words}" for (_, words), keys in seen.items()]
    return "\n".join(lines)


_EVERYWHERE: Final = frozenset(binding.action for _, binding in BindingsMap(DeskScreen.BINDINGS))


def together(keys: Iterable[str]) -> list[str]:
    """Return keys that do the same, each once, and digits in a row as one: ``0-9``."""
    each = list(dict.fromkeys(keys))
    digits = "".join(sorted(one for one in each if one.isdigit()))
    if len(digits) < 3 or digits not in "0123456789":
        return each
    return [f"{digits[0]}-{digits[-1]}", *(one for one in each if not one.isdigit())]


def _verbs(screen: Screen[Any]) -> Iterable[str]:
    kind: Kind[Any] | None = getattr(screen, "kind", None)
    if kind is None:
        return
    yield f"{kind.one[:1].upper()}{kind.one[1:]}: what can be done (. says why something cannot):"
    for one in kind.transitions:
        yield f"{one.key:<18} {one.label}"
    yield f"{'e':<18} Edit"
    yield ""


_NAMES: Final = {
    "question_mark": "?",
    "exclamation_mark": "!",
    "colon": ":",
    "slash": "/",
    "full_stop": ".",
    "escape": "Esc",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "minus": "-",
    "asterisk": "*",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


def key_name(key: str) -> str:
    """Return a key as it is printed on the keyboard."""
    for prefix, word in (("ctrl+", "Ctrl"), ("shift+", "Shift")):
        if key.startswith(prefix):
            rest = key.removeprefix(prefix)
            return f"{word}-{rest.upper() if len(rest) == 1 else key_name(rest)}"
    return _NAMES.get(key) or (
        key.upper() if key[:1] == "f" and key[1:].isdigit() else key if len(key) == 1 else key.capitalize()
    )
