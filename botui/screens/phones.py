"""The phone list: who works here, with extension, in or out, and back when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from botui.actions.board import Phone, board, on_phone_list
from botui.data import Desk
from botui.models.base import fold
from botui.screens.search import Hit, HitRows, SearchScreen
from botui.widgets.columns import Column


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
