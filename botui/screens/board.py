"""The office board in lines, and the phone list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from botui.actions.board import IN_USE, Board, Phone, board, on_phone_list
from botui.data import Desk
from botui.models.base import fold
from botui.models.office import Presence
from botui.screens.search import Hit, HitRows, SearchScreen
from botui.text import fit, one_line, wrap
from botui.widgets.columns import Column

_LABEL: Final = 15
"""Cells of the words at the left, as wide as the first columns of the areas above."""
_MARGIN: Final = "  "


def board_lines(found: Board, width: int, height: int) -> list[str]:
    """Return the board in lines; what there is no room for is said to be more.

    Args:
        found: what the board says.
        width: cells there are.
        height: lines there are.
    """
    inn = sum(1 for one in found.people if one.presence is Presence.IN)
    parts = [
        ("In", f"{inn:,} of {len(found.people):,}; p lists all with their numbers"),
        ("Out, back at", _absent(found, Presence.OUT)),
        ("Away, back at", _absent(found, Presence.AWAY)),
        ("Messages for", ", ".join(f"{initials} {count}" for initials, count in found.messages)),
        ("Meetings now", "; ".join(f"{_place(one.room, one.what)}, until {one.until}" for one in found.meetings)),
    ]
    room = max(width - len(_MARGIN) - _LABEL, 1)
    said = [(label, wrap(one_line(text), room)) for label, text in parts if text and found.people]
    spare = height - sum(map(len, (lines for _, lines in said)))
    while spare < 0 and any(len(lines) > 1 for _, lines in said):
        longest = max((lines for _, lines in said), key=len)
        longest[-2:] = [fit(" ".join(longest[-2:]), room)]
        spare += 1
    return [
        f"{_MARGIN}{fit(label if not at else '', _LABEL)}{line}"
        for label, lines in said
        for at, line in enumerate(lines)
    ][:height]


def _absent(found: Board, presence: Presence) -> str:
    absent = (one for one in found.people if one.presence is presence)
    return ", ".join(f"{one.name} ({one.back})" if one.back else one.name for one in absent)


def _place(room: str, what: str) -> str:
    if not room:
        return what
    return f"{room} {what}" if what == IN_USE else f"{room}: {what}"


def presence(one: Phone) -> str:
    """Return in words whether somebody is in, and when they are back."""
    return f"{one.presence.label}, back {one.back}" if one.back else one.presence.label


class _PhoneRows(HitRows[Phone]):
    columns: ClassVar = (
        Column("what", "Name", 24, flex=True),
        Column("initials", "", 8),
        Column("extension", "Ext.", 8),
        Column("where", "In or out", 28),
    )

    def cells(self, number: int) -> Sequence[str]:
        hit = self.hits[number]
        return (hit.what, hit.value.initials, hit.value.extension, hit.where)


class PhoneList(SearchScreen[Phone]):
    """Who works here, with extension, in or out, and back when; the answer is whom a message is for.

    Args:
        desk: the desk of whoever looks.
        title: what Enter does.
    """

    ROWS: ClassVar = _PhoneRows
    HEIGHT: ClassVar = 20

    def __init__(self, desk: Desk, title: str = "Phone list. Type a name or a number; Enter leaves a message.") -> None:
        self._people: tuple[Phone, ...] | None = None
        self._desk = desk
        super().__init__(title, self._found, empty="Nobody of that name.")

    def _found(self, text: str) -> list[Hit[Phone]]:
        if self._people is None:
            self._people = board(self._desk).people
        words = fold(text).split()
        return [Hit(one.name, presence(one), one) for one in self._people if on_phone_list(one, words)]
