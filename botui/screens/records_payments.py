"""Payments on the screen: what each is for, what shows it, and its receipt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from botui import areas
from botui.models.calendar import day_words
from botui.models.records.bill import Payment
from botui.models.records.sheets import receipt_text
from botui.screens.equipment_details import EquipmentDetails, Link
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.screens.record import RecordScreen
from botui.screens.rows import KindRows
from botui.widgets.columns import Column


class PaymentRows(KindRows):
    """Rows of payments: from or to whom, how much, when, and for which bill, claim, cheque or cash box."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 8),
            Column("party", "From or to", 18, flex=True),
            Column("amount", "Amount", 11, right=True),
            Column("on", "On", 11),
            Column("method", "How", 11),
            Column("about", "For", 8),
            Column("account", "Account", 16, wide=True),
            Column("reference", "Reference", 16, wide=True),
            Column("stands", "", 10, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "stands":
            return stands(record)
        if key == "about" and record.bill:
            return areas.ref("bills", record.bill)
        if key == "party" and record.party is None:
            return self.desk.title("people", record.person) if record.person else ""
        if key == "amount":
            return f"{record.amount:,.2f}"
        if key == "on":
            return day_words(record.on, self.desk.typing().now.date())
        return super().cell(key, record, doc)


def stands(one: Payment) -> str:
    """Return whether a payment was taken back, or is still under way to or from the bank."""
    if one.reversed_at is not None:
        return "taken back"
    return "under way" if one.account is not None and one.match is None else ""


class PaymentList(ListScreen):
    """A list of payments."""

    ROWS = PaymentRows
    HELP = (
        "Payments. n notes one, Y takes it back; what is under way the bank has not shown yet. Enter and q show the "
        "receipt of one."
    )


class PaymentDetails(EquipmentDetails):
    """What is shown of a payment."""

    def followed(self, record: Payment) -> list[Link]:
        """Return its bill, and the line of the bank and the statement that show it."""
        lines: list[Link | None] = []
        if record.match and self.reads("matches") and self.reads("bank"):
            match = self.desk.peek("matches", record.match)
            for number in match.lines if match is not None else ():
                lines.append(self.link("Bank", "bank", number))
                line = self.desk.peek("bank", number)
                if line is not None and line.statement:
                    lines.append(self.link("Statement", "statements", line.statement))
        bill = self.link("Bill", "bills", record.bill) if record.bill else None
        return self.named(bill, *lines, record=record)


class PaymentRecord(RecordScreen):
    """One payment, with its receipt."""

    DETAILS = PaymentDetails
    HELP = (
        "One payment. q shows its receipt, Y takes it back, v opens its bill and the line of the bank; Enter lists all."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "text", "Receipt", tooltip="The receipt, under its number."),
    ]

    def keys(self) -> Keys:
        """Return the keys of a record, and that of the receipt."""
        return [*super().keys(), ("q", "Receipt", True)]

    @work
    async def action_text(self) -> None:
        """Show the receipt."""
        from botui.screens.dialogs import Tell

        text = await self.ask_store(lambda: receipt_text(self.desk.context(), self.desk.get("payments", self.number)))
        if text is not None:
            await self.app.push_screen_wait(Tell(areas.ref("payments", self.number), text))
