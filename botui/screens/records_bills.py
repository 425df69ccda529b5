"""Bills on the screen: how late, how much is open, what is wrong, and every link of the chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType

from botui import areas
from botui.models.calendar import day_words
from botui.models.records.ageing import late_words
from botui.models.records.agreeing import agreement
from botui.models.records.bill import DUE, OPEN, Bill, Charge, Direction, Payment, State
from botui.models.records.billing import WRITTEN
from botui.models.records.letter import Letter
from botui.models.records.party_statement import account_of, statement_text
from botui.models.records.sheets import bill_text
from botui.screens.equipment_details import EquipmentDetails, Link, joined
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.screens.record import RecordScreen
from botui.screens.rows import KindRows
from botui.widgets.columns import Column
from botui.widgets.detail import Grid, Section

_HEAD: Final = (
    *("direction", "party", "number", "dated", "due", "amount", "tax", "discount", "order", "about", "note", "state"),
    *("paid", "lines", "differences", "approver", "approved_by", "approved_for", "approved_at", "disputed_from"),
    *("reason", "on_order", "cost", "checked_by", "checked_at"),
)
"""Fields that stand in the lines above all sections, or have a section of their own."""
_QUARTER: Final = timedelta(days=90)
"""Days that a statement is of."""
_NEXT: Final[Mapping[State, str]] = {
    State.RECEIVED: "c checks it",
    State.APPROVED: "P when it is paid",
    State.DISPUTED: "A when that is settled",
    State.DRAFT: "n adds a line, S says that it is sent",
    State.SENT: "P when they have paid",
    State.PART: "P for the rest",
}
"""What is to be done next with a bill, and with which key."""
_LINES: Final = (
    Column("text", "What for", 20, flex=True),
    Column("quantity", "Quantity", 8, right=True),
    Column("price", "Price", 11, right=True),
    Column("total", "Total", 12, right=True),
)
_PAYMENTS: Final = (
    Column("ref", "No.", 8),
    Column("on", "On", 12),
    Column("amount", "Amount", 12, right=True),
    Column("method", "How", 11),
    Column("bank", "Bank", 18, flex=True),
)
_LETTERS: Final = (
    Column("ref", "No.", 8),
    Column("direction", "", 3),
    Column("on", "On", 12),
    Column("subject", "Subject", 24, flex=True),
    Column("state", "State", 9),
)


class BillRows(KindRows):
    """Rows of bills: how much is open, and last, where the eye runs down, when it is due or how late it is."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 7),
            Column("party", "From or to", 14, flex=True),
            Column("number", "Number", 9),
            Column("amount", "Amount", 10, right=True),
            Column("open", "Open", 10, right=True),
            Column("state", "State", 10),
            Column("direction", "Who owes", 10, wide=True),
            Column("dated", "Date on it", 10, wide=True),
            Column("order", "Order", 20, wide=True),
            Column("due", "Due", 12, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "amount":
            return f"{record.amount:,.2f}"
        if key == "dated":
            return str(record.dated or "")
        if key == "order":
            return self.desk.title("orders", record.order) if record.order else ""
        if key == "open":
            return f"{record.balance:,.2f}" if record.state in OPEN else ""
        if key == "due":
            return due_words(record, self.desk.typing().now.date())
        return super().cell(key, record, doc)


def due_words(bill: Bill, today: date) -> str:
    """Return when a bill is due, or how late it is, while something is to be done with it."""
    if bill.due is None or bill.state not in OPEN:
        return ""
    late = "" if bill.state is State.DRAFT else late_words((today - bill.due).days)
    return late or day_words(bill.due, today)


class BillDetails(EquipmentDetails):
    """What is shown of a bill."""

    def sections(self, record: Bill) -> Sequence[Section]:
        """Return where it stands first, then what is wrong with it, its lines and payments, and all the rest."""
        found = [Section("", self._head(record))]
        if record.note:
            found.append(Section("Note", record.note))
        if lines := self.all("charges", {"bill": (record.id,)}):
            found.append(Section(f"Lines ({len(lines)})", Grid(_LINES, [_line(one) for one in lines])))
        if payments := self.payments(record):
            found.append(Section("Payments", Grid(_PAYMENTS, [self._payment(one) for one in payments])))
        if letters := self.letters(record):
            found.append(Section("Letters about it", Grid(_LETTERS, [self._letter(one) for one in letters])))
        return [*found, *self.rest(record, _HEAD)]

    def payments(self, record: Bill) -> list[Payment]:
        """Return its payments, as far as this person sees them."""
        return self.all("payments", {"bill": (record.id,)})

    def letters(self, record: Bill) -> list[Letter]:
        """Return the letters that are about it, as far as this person sees them."""
        return self.all("letters", {"about": (record.ref,)})

    def _head(self, one: Bill) -> list[tuple[str, str]]:
        due = due_words(one, self.today)
        dated = f"date on it {self.day(one.dated)}" if one.dated and due else self.day(one.dated) if one.dated else ""
        rows = [
            ("State", joined(one.state.label, one.reason.rstrip("."), self._next(one))),
            ("To" if one.direction is Direction.OWED else "From", joined(self.title("parties", one.party), one.number)),
            ("Amount", joined(self.money(one.amount), f"tax {one.tax:,.2f}" if one.tax else "", self._open(one))),
            ("Due" if due else "Date on it", joined(due, dated)),
        ]
        if one.order:
            rows.append(("Order", joined(self.title("orders", one.order), self._agrees(one))))
        if one.about and (found := areas.parse_ref(one.about)):
            booked = f"in its log ({areas.ref('worklog', one.cost)})" if one.cost else ""
            rows.append(("Cost of", joined(self.desk.headline(*found), booked)))
        if one.checked_by:
            rows.append(("Checked", f"by {self.desk.name('people', one.checked_by)}, {self.at(one.checked_at)}"))
        if one.approved_by and one.approver:
            stood = f" for {self.desk.name('people', one.approved_for)}" if one.approved_for else ""
            who = self.desk.name("people", one.approved_by)
            rows.append(("Approved", f"by {who}{stood}, {self.at(one.approved_at)}"))
        return rows

    def _next(self, one: Bill) -> str:
        if one.state is State.CHECKED:
            return f"{self.title('people', one.approver)} is asked"
        if one.amount < 0 and one.state in DUE:
            return "J sets it against a bill, P when the money came back"
        if one.direction is Direction.OWED and one.state in DUE and one.due is not None and one.due < self.today:
            return f"{_NEXT[one.state]}, r reminds them"
        return _NEXT.get(one.state, "")

    def _open(self, one: Bill) -> str:
        return f"{self.money(one.balance)} open" if one.paid and one.balance else ""

    def _agrees(self, one: Bill) -> str:
        """Return how it goes with its order: as it was found when it was checked, else as it is now."""
        if one.checked_at is not None:
            return one.differences.replace("\n", "; ") or "as ordered and as it came"
        if not self.reads("orders") or not self.reads("lines"):
            return ""
        found = agreement(self.desk.context(), one)
        return "" if found is None else "; ".join(found.differences) or "as ordered and as it came"

    def _payment(self, one: Payment) -> tuple[str, ...]:
        shown = "taken back" if one.reversed_at else "the bank shows it" if one.match else ""
        return one.ref, self.day(one.on), f"{one.amount:,.2f}", one.method.label, joined(shown, one.about)

    def _letter(self, one: Letter) -> tuple[str, ...]:
        return one.ref, one.direction.label, self.day(one.on), one.subject, one.state.label

    def followed(self, record: Bill) -> list[Link]:
        """Return what it names, then its lines with their items, its payments, and the letters about it."""
        lines: list[Charge] = self.all("charges", {"bill": (record.id,)})
        items = [self.link("Item", "items", one.item) for one in lines if one.item]
        worked = self.link("Cost", "worklog", record.cost) if record.cost else None
        paid = [
            self.link("Payment", "payments", one.id, f"{one.amount:,.2f} on {one.on}") for one in self.payments(record)
        ]
        named = self.named(worked, *items, record=record)
        letters = [self.link("Letter", "letters", one.id) for one in self.letters(record)]
        return [*named, *paid, *letters, *(self.link("Line", "charges", one.id) for one in lines)]


def _line(one: Charge) -> tuple[str, ...]:
    return one.text, f"{one.quantity.normalize():,f}", f"{one.price:,.2f}", f"{one.total:,.2f}"


class BillList(ListScreen):
    """A list of bills."""

    ROWS = BillRows
    HELP = (
        "Bills. c checks one that came, V approves, P notes what was paid; S sends one of ours, r reminds them of "
        "it when it is late, J sets a credit note against a bill. Space marks several to be paid together."
    )


class BillRecord(RecordScreen):
    """One bill with its lines and payments."""

    DETAILS = BillDetails
    HELP = (
        "One bill. n adds a line, c checks it against its order, P notes a payment, r writes to them about it (of a "
        "late one, the reminder), q shows it as a text; v opens what it names: order, asset, payments, letters. Enter "
        "lists all."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,f6,ctrl+n", "new_line", "New line", tooltip="Add a line to this bill."),
        Binding("q", "text", "Text", tooltip="The bill, or the statement of whose it is, as a text to print or send."),
    ]

    def keys(self) -> Keys:
        """Return the keys of a record; of one that is being written first how it grows."""
        found = list(super().keys())
        record = self.current()
        if isinstance(record, Bill) and record.state in WRITTEN and self.desk.may("charges", "add") is None:
            found.insert(1, ("n", "New line", True))
        return [*found, ("q", "Text", True)]

    def action_new_line(self) -> None:
        """Add lines to this bill, one form after the other."""
        self.session.new_record("charges", {"bill": self.number})

    @work
    async def action_text(self) -> None:
        """Show the bill as a text, or the statement of whose it is."""
        from botui.screens.dialogs import Choose, Tell

        record = self.current()
        if not isinstance(record, Bill):
            return
        texts = [(areas.ref("bills", self.number), self._bill)]
        if self.desk.reads_all("bills") and self.desk.reads_all("payments"):
            texts.append((f"Statement, last {_QUARTER.days} days", self._statement))
        if (make := await self.app.push_screen_wait(Choose("Show", texts))) is None:
            return
        if (text := await self.ask_store(make, record)) is not None:
            await self.app.push_screen_wait(Tell(self.desk.title("parties", record.party), text))

    def _bill(self, record: Bill) -> str:
        return bill_text(self.desk.context(), record)

    def _statement(self, record: Bill) -> str:
        ctx = self.desk.context()
        party = self.desk.get("parties", record.party)
        return statement_text(ctx, party, account_of(ctx, party.id, ctx.today - _QUARTER, ctx.today))
