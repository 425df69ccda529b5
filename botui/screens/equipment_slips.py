"""A hand-out on the screen, an asset that is handed out by a scan, and the slip of what is handed over or came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from botui import areas
from botui.actions.handing import Hands, Piece, last_loan
from botui.data import Desk
from botui.models.base import Record
from botui.models.equipment.asset import Asset
from botui.models.equipment.handing import needs_pin
from botui.models.equipment.loan import Booking
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


class HandedByScan(RecordScreen):
    """An open asset: a badge or a place that is scanned hands it out, q shows its slip."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "slip", "Slip", tooltip="The slip of what it was handed out by last, to be signed."),
    ]

    def keys(self) -> Keys:
        """Return the keys of a record, and that of the slip while somebody has it."""
        asset = self.current()
        held = isinstance(asset, Asset) and asset.is_held
        return [*super().keys(), *((("q", "Slip", True),) if held else ())]

    def hand_by_scan(self, code: str) -> bool:
        """Hand it out to a place that was scanned, if that is what is meant; False = it is no place."""
        named = areas.parse_ref(code)
        by_ref = [named[1]] if named and named[0] == "places" and self.desk.peek(*named) is not None else []
        places = self.desk.aliases("places", code) or by_ref
        if len(places) != 1 or self.desk.may("assets", "work"):
            return False
        self._hand_to(("places", places[0]), code)
        return True

    def take_badge(self, owner: int, code: str) -> None:
        """Hand it out to whose badge was scanned, or change to them."""
        self._hand_to(("people", owner), code)

    @work
    async def _hand_to(self, to: tuple[str, int], code: str) -> None:
        """Ask what the scan means: to hand this out, and whatever is scanned next, or what it means elsewhere."""
        from botui.screens.dialogs import Choose

        name = self.desk.as_system().title(*to)
        me = to == ("people", self.desk.person)
        open_ = f"Open {name}" if to[0] == "places" else "It is my own badge: go on" if me else f"Change to {name}"
        hand = (f"Hand it out to {name}, and what is scanned next", "hand")
        entries = [*(() if self.desk.may("assets", "work") else (hand,)), (open_, "")]
        chosen = await self.app.push_screen_wait(Choose(f"{name} was scanned", entries))
        if chosen == "hand":
            from botui.screens.equipment_handing import HandScreen

            self.app.push_screen(HandScreen(Hands(to=to, pieces=(Piece(self.number),))))
        elif chosen is not None and to[0] == "places":
            self.session.open_record(*to)
        elif chosen is not None and not me:
            self.session.sign_in(code=code)

    @work
    async def action_slip(self) -> None:
        """Show the slip of what it was handed out by last."""
        loan = await self.ask_store(lambda: (last_loan(self.desk, self.number),))
        if loan is not None and loan[0] is None:
            self.say("It was never handed out: there is no slip of it.", "warn")
        elif loan is not None and loan[0] is not None:
            await tell_slip(self, (loan[0].id,))


def open_hands(screen: DeskScreen, *, back: bool) -> None:
    """Open the page on which things are handed out, or taken back, by scan."""
    if reason := screen.desk.may("assets", "work"):
        screen.say(reason, "warn")
        return
    from botui.screens.equipment_handing import HandScreen

    screen.app.push_screen(HandScreen(Hands(back=back)))


def hand_with_pin(desk: Desk, record: Record, name: str) -> Screen[None] | None:
    """Return the page on which an asset, or what was booked, is handed out if it can be and who gets it gives a PIN."""
    if name != "hand_out" or not isinstance(record, (Asset, Booking)):
        return None
    asset: Asset | None = record if isinstance(record, Asset) else desk.peek("assets", record.asset)
    if asset is None or not needs_pin(desk.context(), asset):
        return None
    if desk.why_not(areas.kind(record.COLLECTION).transition(name), record):
        return None
    from botui.screens.equipment_handing import HandScreen

    hands = Hands(pieces=(Piece(asset.id),))
    if isinstance(record, Booking) and record.person is not None:
        day = desk.settings.local(record.end).date()
        hands = replace(hands, to=("people", record.person), due=day, note=record.note)
    return HandScreen(hands)


async def tell_slip(screen: DeskScreen, loans: Sequence[int]) -> None:
    """Show the slip of some hand-outs."""
    from botui.screens.dialogs import Tell

    text = await screen.ask_store(_slip, screen.desk, loans)
    if text is not None:
        await screen.app.push_screen_wait(Tell("Slip", text))


def _slip(desk: Desk, loans: Sequence[int]) -> str:
    return slip_text(desk.context(), [desk.get("loans", number) for number in loans])
