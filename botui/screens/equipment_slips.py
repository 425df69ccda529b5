"""A hand-out on the screen, and the slip of what is handed over or came back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from botui.data import Desk
from botui.models.equipment.slip import slip_text
from botui.screens.frame import DeskScreen, Keys
from botui.screens.record import RecordScreen


class LoanRecord(RecordScreen):
    """What was handed out, with its slip."""

    HELP = "What was handed out. R takes it back, E gives another day, q shows the slip; Enter lists all."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "slip", "Slip", tooltip="The slip of it, to be signed."),
    ]

    def keys(self) -> Keys:
        """Return the keys of a record, and that of the slip."""
        return [*super().keys(), ("q", "Slip", True)]

    @work
    async def action_slip(self) -> None:
        """Show the slip."""
        await tell_slip(self, (self.number,))


async def tell_slip(screen: DeskScreen, loans: Sequence[int]) -> None:
    """Show the slip of some hand-outs."""
    from botui.screens.dialogs import Tell

    text = await screen.ask_store(_slip, screen.desk, loans)
    if text is not None:
        await screen.app.push_screen_wait(Tell("Slip", text))


def _slip(desk: Desk, loans: Sequence[int]) -> str:
    return slip_text(desk.context(), [desk.get("loans", number) for number in loans])
