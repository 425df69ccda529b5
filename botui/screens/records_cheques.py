"""Cheques on the screen: whose, from or to whom, and on which day something happened or is to happen with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from botui.models.calendar import day_words
from botui.models.records.cheque import Cheque, State, Way, stale_on
from botui.screens.equipment_details import EquipmentDetails, Link, joined
from botui.screens.lists import ListScreen
from botui.screens.record import RecordScreen
from botui.screens.rows import KindRows
from botui.widgets.columns import Column
from botui.widgets.detail import Section

_HEAD: Final = (
    *("way", "number", "amount", "bill", "party", "dated", "account", "bank", "state", "reason", "category"),
    *("banked_on", "cleared_on", "bounced_on"),
)
"""Fields that stand in the lines above all sections."""
_NEXT: Final[Mapping[State, str]] = {
    State.HELD: "b banks it",
    State.BANKED: "s when the bank has paid it, x when it returns it",
    State.OUT: "s when the bank has paid it",
    State.STALE: "no bank needs to pay it: C gives it up",
}
"""What is to be done next with a cheque, and with which key."""


class ChequeRows(KindRows):
    """Rows of cheques; the day that tells most of one stands last."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 8),
            Column("number", "Cheque number", 13),
            Column("way", "Whose", 13, wide=True),
            Column("party", "From or to", 14, flex=True),
            Column("amount", "Amount", 11, right=True),
            Column("state", "State", 9),
            Column("bill", "Pays the bill", 14, wide=True),
            Column("day", "When", 19, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "amount":
            return f"{record.worth:,.2f}"
        if key == "bill":
            return self.desk.title("bills", record.bill)
        if key == "day":
            return tells(record, self.desk.typing().now.date())
        return super().cell(key, record, doc)


def tells(cheque: Cheque, today: date) -> str:
    """Return what is to be known of a cheque and when, in at most 19 cells: ``dated Fri 27 Nov``."""
    days = {
        State.BANKED: ("banked", cheque.banked_on),
        State.CLEARED: ("cleared", cheque.cleared_on),
        State.BOUNCED: ("back", cheque.bounced_on),
    }
    word, day = days.get(cheque.state, ("dated", cheque.dated))
    return f"{word} {day_words(day, today)}" if day else ""


class ChequeDetails(EquipmentDetails):
    """What is shown of a cheque."""

    def sections(self, record: Cheque) -> Sequence[Section]:
        """Return where it stands and what it pays, then all the rest."""
        return [Section("", self._head(record)), *self.rest(record, _HEAD)]

    def _head(self, one: Cheque) -> list[tuple[str, str]]:
        received = one.way is Way.RECEIVED
        from_or_to = joined(self.title("parties", one.party), one.bank)
        account = f"{'into' if received else 'drawn on'} {self.title('accounts', one.account)}" if one.account else ""
        pays = self.title("bills", one.bill) or self.title("chart", one.category)
        rows = [
            ("State", joined(one.state.label, one.reason, _NEXT.get(one.state, ""))),
            ("From" if received else "To", from_or_to),
            ("Cheque", joined(one.number, self.money(one.worth), account)),
            ("Date on it", joined(self.day(one.dated), self._good_until(one))),
            ("Pays", pays or "no bill"),
        ]
        days = (("banked", one.banked_on), ("cleared", one.cleared_on), ("returned", one.bounced_on))
        done = joined(*(f"{word} {self.day(day)}" for word, day in days if day))
        return [*rows, ("Done", done)] if done else rows

    def _good_until(self, one: Cheque) -> str:
        if one.dated is None or one.state not in (State.HELD, State.OUT):
            return ""
        return f"too old for the bank from {self.day(stale_on(one.dated))}"

    def followed(self, record: Cheque) -> list[Link]:
        """Return the bill it pays, its payment, and whom it is from or to."""
        bill = self.link("Bill", "bills", record.bill) if record.bill else None
        payment = self.link("Payment", "payments", record.payment) if record.payment else None
        return self.named(bill, payment, record=record)


class ChequeList(ListScreen):
    """A list of cheques."""

    ROWS = ChequeRows
    HELP = "Cheques. n writes one down, b banks what is marked with Space, s when it is cleared, x when it comes back."


class ChequeRecord(RecordScreen):
    """One cheque."""

    DETAILS = ChequeDetails
    HELP = "One cheque. b banks it, s when the bank has paid it, x when the bank returns it. v opens its bill."
