"""Expense claims on the screen: what is claimed and what of it is paid, line by line with its receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType

from botui import areas
from botui.models.calendar import day_words
from botui.models.records.expense import WRITTEN, Expense, Outlay, State
from botui.models.records.expense_deciding import not_to_cut
from botui.models.records.expense_filing import limit_of
from botui.screens.equipment_details import EquipmentDetails, Link, joined
from botui.screens.frame import Keys
from botui.screens.lists import ListScreen
from botui.screens.record import RecordScreen
from botui.screens.rows import KindRows
from botui.widgets.columns import Column
from botui.widgets.detail import Grid, Section

_HEAD: Final = (
    *("what", "person", "state", "amount", "granted", "lines", "reason", "note", "submitted_at", "submitted_by"),
    *("approver", "approved_by", "approved_for", "approved_at", "paid_on", "payment", "voucher", "created_by"),
    "cancelled_on",
)
"""Fields that stand in the lines above all sections."""
_NEXT: Final[Mapping[State, str]] = {
    State.DRAFT: "n adds what was paid, s submits it",
    State.SUBMITTED: "V approves it, X approves less of a line, B refuses it",
    State.APPROVED: "P pays it",
    State.REFUSED: "change it and submit it again (s), or C",
}
"""What is to be done next with a claim, and with which key."""
_LINES: Final = (
    Column("on", "Paid on", 11),
    Column("what", "What for", 14, flex=True),
    Column("category", "Category", 12, flex=True),
    Column("amount", "Amount", 10, right=True),
    Column("granted", "To be paid", 10, right=True),
    Column("receipt", "Receipt", 8),
)


class ExpenseRows(KindRows):
    """Rows of claims: what for and for whom, and what is claimed; since when it is where it is stands last."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 7),
            Column("what", "What for", 16, flex=True),
            Column("person", "For", 14),
            Column("amount", "Claimed", 10, right=True),
            Column("granted", "To be paid", 10, right=True, wide=True),
            Column("approver", "Who approves", 14, wide=True),
            Column("state", "State", 13),
            Column("since", "Since", 11, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "amount":
            return f"{record.amount:,.2f}"
        if key == "granted":
            return "" if record.granted is None else f"{record.granted:,.2f}"
        if key == "since":
            return self._since(record)
        return super().cell(key, record, doc)

    def _since(self, one: Expense) -> str:
        """Return the day on which a claim came to where it is."""
        local, today = self.desk.settings.local, self.desk.typing().now.date()
        if one.paid_on is not None:
            return day_words(one.paid_on, today)
        moment = one.approved_at or (one.submitted_at if one.state not in WRITTEN else None) or one.created_at
        return day_words(local(moment).date(), today) if moment else ""


class ExpenseDetails(EquipmentDetails):
    """What is shown of a claim."""

    def sections(self, record: Expense) -> Sequence[Section]:
        """Return where it stands first, then its lines, and all the rest."""
        lines = self.lines(record)
        found = [Section("", self._head(record))]
        if lines:
            found.append(Section(f"Lines ({len(lines)})", Grid(_LINES, [self._line(one) for one in lines])))
        words = [one for line in lines for one in self._said(line)]
        if words:
            found.append(Section("Said of them", words))
        if record.note:
            found.append(Section("Note", record.note))
        return [*found, *self.rest(record, _HEAD)]

    def lines(self, record: Expense) -> list[Outlay]:
        """Return its lines, as far as this person sees them."""
        return self.all("outlays", {"expense": (record.id,)})

    def _head(self, one: Expense) -> list[tuple[str, str]]:
        rows = [
            ("State", joined(one.state.label, one.reason, self._next(one))),
            ("For", joined(self.title("people", one.person), one.what)),
            ("Claimed", joined(self.money(one.amount), self._granted(one))),
        ]
        if one.submitted_at is not None:
            by = self._by(one.submitted_by, one.submitted_at) if one.submitted_by != one.person else ""
            rows.append(("Submitted", by or self.at(one.submitted_at)))
        if one.approved_at is not None:
            stood = f" for {self.title('people', one.approved_for)}" if one.approved_for else ""
            rows.append(("Approved", f"{self._by(one.approved_by, one.approved_at)}{stood}"))
        if one.paid_on is not None:
            by_what = self.title("vouchers", one.voucher) or self.title("payments", one.payment)
            rows.append(("Paid", joined(self.day(one.paid_on), by_what)))
        return rows

    def _next(self, one: Expense) -> str:
        if one.state is State.SUBMITTED and one.approver != self.desk.person:
            return f"{self.title('people', one.approver)} is asked"
        if one.state is State.APPROVED and self.desk.may("expenses", "work") is not None:
            return "it is paid soon"
        return _NEXT.get(one.state, "")

    def _granted(self, one: Expense) -> str:
        if one.granted is None or one.granted == one.amount:
            return ""
        return f"{self.money(one.granted)} {'was' if one.state is State.PAID else 'is to be'} paid"

    def _by(self, person: int | None, moment: datetime) -> str:
        return f"by {self.title('people', person)}, {self.at(moment)}"

    def _line(self, one: Outlay) -> tuple[str, ...]:
        receipt = areas.ref("documents", one.receipt) if one.receipt else "none"
        return (
            self.day(one.on),
            one.what,
            self.title("chart", one.category),
            f"{one.amount:,.2f}",
            "" if one.allowed is None else f"{one.allowed:,.2f}",
            receipt,
        )

    def _said(self, one: Outlay) -> list[tuple[str, str]]:
        """Return why a line is above its limit, and why less of it is paid."""
        limit: Decimal | None = limit_of(self.desk.context(), one)
        why = f"above {self.money(limit)}: {one.why}" if limit is not None else one.why
        cut = f"less is approved: {one.cut}" if one.cut else ""
        return [(one.what, words)] if (words := joined(why, cut)) else []

    def followed(self, record: Expense) -> list[Link]:
        """Return its lines and their receipts, who claims and who approves it, and what paid it."""
        found: list[Link | None] = []
        for line in self.lines(record):
            found.append(self.link("Line", "outlays", line.id, f"{line.amount:,.2f} {line.what}"))
            if line.receipt:
                found.append(self.link("Receipt", "documents", line.receipt))
        return self.named(*found, record=record)


class ExpenseList(ListScreen):
    """A list of claims."""

    ROWS = ExpenseRows
    HELP = "Expense claims. n begins one, s submits it, V approves it, P pays those that are marked with Space."

    def action_new(self) -> None:
        """Write what was paid: it goes on the claim that is open, or begins one."""
        self.session.new_record("outlays", {})


class ExpenseRecord(RecordScreen):
    """One claim with its lines."""

    DETAILS = ExpenseDetails
    HELP = "One claim. n adds what was paid, s submits it; V approves it, X less of a line. v opens receipts and lines."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,f6,ctrl+n", "new_line", "New line", tooltip="Add what was paid to this claim."),
        Binding("q", "text", "Text", tooltip="The claim as a text to print and sign."),
    ]

    def keys(self) -> Keys:
        """Return the keys of a record; of one that is not submitted first how it grows."""
        found = list(super().keys())
        record = self.current()
        if isinstance(record, Expense) and record.state in WRITTEN:
            found.insert(1, ("n", "New line", True))
        return [*found, ("q", "Text", True)]

    def verb_keys(self) -> Keys:
        """Return the verbs that can be done now; who approves it may also approve less of a line."""
        found = super().verb_keys()
        return found if self._to_cut() is None else (("X", "Approve less", True), *found)

    def action_new_line(self) -> None:
        """Add lines to this claim, one form after the other."""
        self.session.new_record("outlays", {"expense": self.number})

    def action_verb(self, name: str, ask: bool = False) -> None:
        """Do a verb; less is approved of one of its lines."""
        if name == "correct":
            self._approve_less()
        else:
            super().action_verb(name, ask)

    def _to_cut(self) -> list[Outlay] | None:
        """Return its lines if whoever is here may approve less of them."""
        record = self.current()
        if not isinstance(record, Expense) or record.state is not State.SUBMITTED:
            return None
        lines, ctx = ExpenseDetails(self.desk).lines(record), self.desk.context()
        return lines if lines and not_to_cut(ctx, lines[0]) is None else None

    @work
    async def _approve_less(self) -> None:
        """Choose the line of which less is approved; its form says how much, and why."""
        from botui.screens.dialogs import Choose

        lines = self._to_cut()
        if lines is None:
            self.say("Approve less: this is for who is asked to approve it.", "warn")
            return
        entries = [(f"{one.amount:,.2f}  {one.what} ({one.ref})", one.id) for one in lines]
        if len(lines) == 1:
            chosen: int | None = lines[0].id
        else:
            chosen = await self.app.push_screen_wait(Choose("Of which line?", entries))
        if chosen is not None:
            self.session.open_record("outlays", chosen)

    @work
    async def action_text(self) -> None:
        """Show the claim as a text."""
        from botui.models.records.expense_text import claim_text
        from botui.screens.dialogs import Tell

        text = await self.ask_store(lambda: claim_text(self.desk.context(), self.desk.get("expenses", self.number)))
        if text is not None:
            await self.app.push_screen_wait(Tell(self.heading(), text))
