"""Erasures on the screen: who says yes, what would go, and the certificate."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from botui import areas
from botui.data import Desk
from botui.models.hr.erasing_certificate import certificate_text
from botui.screens.frame import Keys
from botui.screens.record import RecordScreen


class ErasureRecord(RecordScreen):
    """One erasure, or the certificate that it became."""

    HELP = (
        "Somebody's data that is to go for good. q shows what goes and what must be kept; e says who approves it, V "
        "approves it, Y erases it, C cancels it. Once it is done, q shows the certificate."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "text", "Certificate", tooltip="What would go; once it is erased, the certificate."),
    ]

    def keys(self) -> Keys:
        """Return the keys of a record, and that of its text."""
        first, *rest = super().keys()
        return [first, ("q", "What goes", True), *rest]

    @work
    async def action_text(self) -> None:
        """Show what would go, or the certificate."""
        from botui.screens.dialogs import Tell

        text = await self.ask_store(_text, self.desk, self.number)
        if text is not None:
            await self.app.push_screen_wait(Tell(areas.ref("erasures", self.number), text))


def _text(desk: Desk, number: int) -> str:
    return certificate_text(desk.context(), desk.get("erasures", number))
