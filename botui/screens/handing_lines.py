"""What the page of a list that is handed out or taken back shows of it, and keeps of it as a draft."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar, Final

from botui.actions.handing import Hands, Piece
from botui.data import Desk
from botui.models.base import BotuiError, plural
from botui.models.equipment.asset import Asset
from botui.models.equipment.handing import needs_pin
from botui.models.equipment.loan import Condition
from botui.screens import drafts
from botui.screens.equipment_details import due_words
from botui.widgets.columns import Column

DRAFT: Final = "hand out by scan"
"""The name of a list among the drafts of a person."""
TITLES: Final = {False: "Hand out by scan", True: "Take back by scan"}


class HandRows:
    """The lines of a list: what, and why it cannot be booked, or what is to be known of it."""

    columns: ClassVar = (
        Column("tag", "Tag", 10),
        Column("name", "What", 22, flex=True),
        Column("why", "", 41, telling=True),
    )

    def __init__(self, desk: Desk, hands: Hands) -> None:
        self._desk = desk
        self._hands = hands

    def ids(self) -> Sequence[int]:
        """Return the assets, the last scanned below all others."""
        return [one.asset for one in self._hands.pieces]

    def cells(self, number: int) -> Sequence[str]:
        """Return one line."""
        piece, asset = self._hands.of(number), asset_at(self._desk, number)
        if piece is None or asset is None:
            return ("", self._desk.title("assets", number), "It is not there any more.")
        return (asset.tag, asset.name, piece.why or self._said(piece, asset))

    def _said(self, piece: Piece, asset: Asset) -> str:
        if not self._hands.back:
            asked = self._hands.to is not None and self._hands.to[0] == "people"
            return "PIN on receipt" if asked and needs_pin(self._desk.context(), asset) else ""
        today = self._desk.context().today
        late = f", {due_words(asset.due, today)}" if asset.due and asset.due < today else ""
        holder = f", {self._desk.title('people', asset.holder)} had it" if asset.holder else ""
        note = f": {piece.note}" if piece.note else ""
        return f"{piece.condition.label}{note}{late}{holder}"

    def style(self, number: int) -> str:
        """Return the emphasis of what cannot be booked, or is broken."""
        piece = self._hands.of(number)
        if piece is None or piece.why:
            return "late"
        return "" if piece.condition is Condition.GOOD else "soon"


def asset_at(desk: Desk, number: int) -> Asset | None:
    """Return an asset; None where it is not there or cannot be read."""
    with suppress(BotuiError):
        found: Asset | None = desk.peek("assets", number)
        return found
    return None


def keep(desk: Desk, hands: Hands) -> None:
    """Keep a list as the draft of who hands out; none where nothing on it can be booked.

    Raises:
        StoreFull: it cannot be written.
    """
    if hands.ready:
        drafts.keep(desk, DRAFT, hands.texts(), {}, TITLES[hands.back])
    else:
        drafts.drop(desk, DRAFT)


def kept(desk: Desk) -> tuple[Hands, str]:
    """Return the list that was kept, and what to say of it; an empty one and nothing if none was."""
    draft = drafts.find(desk, DRAFT)
    hands = Hands() if draft is None else Hands.of_texts(draft.texts)
    if draft is None or not hands.pieces:
        return Hands(), ""
    return hands, f"From {drafts.left(desk, draft)}, not booked: {plural(len(hands.pieces), 'thing')}."
