"""The palette: anywhere by name or number from anywhere; and the help made of the keys that are bound."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice
from typing import Any, Final, TypeAlias

from textual.screen import Screen

from botui import areas
from botui.actions.find import matches
from botui.data import Desk
from botui.models.base import Kind, NotAllowed
from botui.models.query import parse_query
from botui.screens.search import Hit, SearchScreen
from botui.screens.session import Session

Destination = Callable[[Session], None]

EACH = 8
"""Records of one collection that the palette lists at most; a longer word finds fewer."""


Place: TypeAlias = Hit[Destination]
"""One place the palette goes to."""


def lists(desk: Desk) -> list[Place]:
    """Return areas, lists and pages that this person may see."""
    found: list[Place] = [Hit(one.label, f"area {one.key}", partial(_area, one.name)) for one in areas.AREAS]
    for one in areas.COLLECTIONS:
        if desk.may(one.name, "read") is None:
            kind: Kind[Any] = areas.kind(one.name)
            for view in kind.views:
                found.append(Hit(f"{kind.many} > {view.label}", "list", partial(_list, one.name, view.name)))
            if desk.may(one.name, "add") is None:
                found.append(Hit(f"New {kind.one}", "form", partial(_new, one.name)))
    found.append(Hit("Open desks", "page", _open_desks))
    found.append(Hit("Change my PIN", "question", _change_pin))
    return found


def places(desk: Desk, text: str) -> list[Place]:
    """Return where a typed text leads: what has the code or number, then lists, then records with the words.

    People, parties and the other lists of the office come before the thousands of tickets.
    """
    words = text.casefold().split()
    found = [_record(desk, name, number) for name, number in desk.by_code(text.strip())] if words else []
    found += [one for one in lists(desk) if all(word in one.what.casefold() for word in words)]
    if len(text.strip()) < 2:
        return found
    query = parse_query(text, fields=())
    for one in sorted(areas.COLLECTIONS, key=lambda one: one.area != "office"):
        try:
            hits = matches(desk, one.name, desk.numbers(one.name)[::-1], query) if areas.kind(one.name).text else ()
        except NotAllowed:
            continue
        found += [_record(desk, one.name, number) for number in islice(hits, EACH)]
    return list({(one.what, one.where): one for one in found}.values())


def _record(desk: Desk, name: str, number: int) -> Place:
    return Hit(
        desk.title(name, number), f"{areas.kind(name).one} {areas.ref(name, number)}", partial(_open, name, number)
    )


def _area(name: str, session: Session) -> None:
    session.open_area(name)


def _change_pin(session: Session) -> None:
    session.change_pin()


def _list(collection: str, view: str, session: Session) -> None:
    session.open_list(collection, view)


def _new(collection: str, session: Session) -> None:
    session.new_record(collection)


def _open_desks(session: Session) -> None:
    session.open_desks()


def _open(collection: str, number: int, session: Session) -> None:
    session.open_record(collection, number)


class Palette(SearchScreen[Destination]):
    """Type a name or a number, press Enter.

    Args:
        desk: the desk of whoever wants to go somewhere.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            "Go to: a name, a number (T-12), a list. Enter goes there, Esc leaves.",
            partial(places, desk),
            empty="Nothing of that name.",
        )


def help_text(screen: Screen[Any]) -> str:
    """Return the help of a screen: what it is for, then every key that works there, from the bindings themselves."""
    lines = [getattr(screen, "HELP", ""), ""] if getattr(screen, "HELP", "") else []
    seen: dict[tuple[str, str], list[str]] = {}
    for node, binding, _, tooltip in screen.active_bindings.values():
        if node.check_consume_key("a", "a"):
            continue  # the keys of typing itself: everybody knows the arrows, and nobody reads thirty lines
        words = tooltip or binding.tooltip or binding.description
        if words and words != key_name(binding.key) and not binding.action.startswith(("verb(", "app.", "screen.")):
            seen.setdefault((binding.description, words), []).append(key_name(binding.key))
    lines += [f"{_together(keys):<18} {words}" for (_, words), keys in seen.items()]
    return "\n".join([*lines, *_verbs(screen)])


def _together(keys: list[str]) -> str:
    """Return keys that do the same side by side, digits in their order."""
    return ", ".join(sorted(keys) if "".join(keys).isdigit() else keys)


def _verbs(screen: Screen[Any]) -> Iterable[str]:
    kind: Kind[Any] | None = getattr(screen, "kind", None)
    if kind is None:
        return
    yield ""
    yield f"What can be done with a {kind.one} (. says why something cannot):"
    for one in kind.transitions:
        yield f"{one.key:<18} {one.label}"
    yield f"{'e':<18} Edit"


_NAMES: Final = {
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
    for prefix, word in (("ctrl+", "Ctrl"), ("shift+", "Shift")):
        if key.startswith(prefix):
            rest = key.removeprefix(prefix)
            return f"{word}-{rest.upper() if len(rest) == 1 else key_name(rest)}"
    return _NAMES.get(key) or (
        key.upper() if key[:1] == "f" and key[1:].isdigit() else key if len(key) == 1 else key.capitalize()
    )
