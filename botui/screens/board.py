"""The office board in lines."""

from __future__ import annotations

from typing import Final

from botui.actions.board import IN_USE, Board
from botui.models.office import Presence
from botui.text import fit, one_line, wrap

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
        ("Parcels for", ", ".join(f"{initials} {count}" for initials, count in found.parcels)),
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
