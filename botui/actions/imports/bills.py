"""Rows of another system's list of bills as bills, each with what was paid of it there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from botui import areas
from botui.actions.imports.bank_amounts import Amounts
from botui.actions.imports.directory import NewId
from botui.actions.imports.lists import ListTaker
from botui.actions.imports.money_words import BILL_STATES, DIRECTIONS
from botui.actions.imports.report import Report
from botui.actions.imports.rows import Cells
from botui.actions.imports.values import word_of
from botui.models.base import Change, Record, Refused, clean
from botui.models.office import Context
from botui.models.records.approvers import limit_of
from botui.models.records.bill import DUE, Bill, Direction, Payment, State
from botui.models.records.doubles import plain_number
from botui.models.records.settlement import Settlement
from botui.models.shape import FieldSpec

_SIGNED: Final = frozenset({"amount", "tax", "discount"})
_STANDS: Final = {Direction.OWE: State.APPROVED, Direction.OWED: State.SENT}
"""In which state a bill that is right waits to be paid."""


@dataclass(frozen=True, slots=True)
class BillTaker(ListTaker):
    """Takes rows as bills.

    Attributes:
        amounts: reads their amounts, which may be below zero.
        report: where doubts of the present chunk go.
        new_id: gives out numbers of payments.
        numbers: bills of the present chunk by party, direction and number.
    """

    amounts: Amounts
    report: Callable[[], Report]
    new_id: NewId
    numbers: set[tuple[int, Direction, str]] = field(default_factory=set)

    def begin(self, ctx: Context, change: Change) -> None:
        """Forget the numbers of the chunk before: they are in the store."""
        self.numbers.clear()

    def take(self, ctx: Context, cells: Cells, number: int, key: str, old: Record | None) -> Change | None:
        """Return the change that files or changes the bill of a row; None = there is nothing to change.

        Raises:
            Refused, NotAllowed, ValueError: the row cannot be a bill, in words.
        """
        self.amounts.refuse_other_currency(cells.word("currency"), "It")
        if not cells.word("party"):
            raise Refused("it does not say from or to whom")
        found = ListTaker.take(self, ctx, cells, number, key, old)
        if isinstance(old, Bill):
            return self._paid_since(ctx, cells, old, found)
        assert found is not None
        bill = Bill.load(number, found.puts["bills", number].fields)
        same = (bill.party, bill.direction, plain_number(bill.number))
        if same[2] and same in self.numbers:
            raise Refused(f"its number {bill.number} is in an earlier row too")
        change = self._as_there(ctx, cells, bill)
        self.numbers.add(same)
        return change

    def _as_there(self, ctx: Context, cells: Cells, bill: Bill) -> Change:
        """File a bill as far as it was there: to be checked, to be paid, or paid."""
        word = cells.word("status")
        state = word_of(BILL_STATES, word)
        if word and not state:
            self.report().unknown[f"state '{word[:40]}'"] += 1
        change = Change("bills.import")
        if state == "void":
            return change.add(bill.model_copy(update={"state": State.VOID, "reason": word[:40]}))
        paid = self._paid(cells, bill, state)
        limit = limit_of(ctx)
        alone = limit is None or bill.amount <= limit or bill.direction is Direction.OWED or state == "paid"
        if not bill.amount or (state in ("", "new") and not paid):
            return change.add(bill)
        if not alone and not paid:
            self.report().doubts.append(
                (cells.row.where, f"{bill.amount:,.2f} is above your limit: it is to be checked")
            )
            return change.add(bill)
        settlement = Settlement(ctx, change)
        standing = settlement.add(bill.model_copy(update={"state": _STANDS[bill.direction]}))
        if paid:
            on = self._paid_on(ctx, cells, bill)
            settlement.pay(standing, paid, on, reference=bill.number, number=self.new_id(Payment))
        return settlement.write()

    def _paid_since(self, ctx: Context, cells: Cells, old: Bill, found: Change | None) -> Change | None:
        """Add what was paid there since the file before, where that is more than what is known here."""
        if found is not None and "amount" in found.puts["bills", old.id].fields:
            return found
        more = self._paid(cells, old, word_of(BILL_STATES, cells.word("status"))) - old.paid
        if old.state not in DUE or more * old.balance <= 0:
            return found
        change = found or Change("bills.import")
        settlement = Settlement(ctx, change)
        on = self._paid_on(ctx, cells, old)
        settlement.pay(old, more, on, reference=old.number, number=self.new_id(Payment))
        return settlement.write()

    def _paid(self, cells: Cells, bill: Bill, state: str) -> Decimal:
        """Return what was paid of a bill, with its sign: as the file says, else all where it says that it is paid.

        Raises:
            Refused: it is more than the bill.
        """
        paid, open_ = (self.amounts.read(cells.word(name), name.capitalize()) for name in ("paid", "open"))
        if paid is None and open_ is not None:
            paid = abs(bill.amount) - abs(open_)
        if paid is None:
            paid = abs(bill.amount) if state == "paid" else Decimal(0)
        if abs(paid) > abs(bill.amount):
            raise Refused(f"{abs(paid):,.2f} is paid of {bill.amount:,.2f}")
        return abs(paid) if bill.amount > 0 else -abs(paid)

    def _paid_on(self, ctx: Context, cells: Cells, bill: Bill) -> date:
        found = self.reader.day(cells.word("paid_on"))
        return found or min(bill.due or bill.dated or ctx.today, ctx.today)

    # --- cells as values ----------------------------------------------------------------------------------------------

    def _values(self, cells: Cells, key: str, old: Record | None) -> dict[str, Any]:
        values = ListTaker._values(self, cells, key, old)
        kind = word_of(DIRECTIONS, cells.word("direction"))
        if "amount" not in values or values["amount"] is None:
            net = self.amounts.read(cells.word("net"), "Net")
            if net is None:
                raise Refused("it does not say how much it is")
            values["amount"] = net + (values.get("tax") or Decimal(0))
        if kind.endswith("credit"):
            for name in ("amount", "tax"):
                values[name] = -abs(values.get(name) or Decimal(0))
        return {name: value for name, value in values.items() if value is not None or name in ("due", "category")}

    def _value(self, cells: Cells, spec: FieldSpec, old: Record | None) -> Any:
        """Return what a row says of one field."""
        word = cells.word(spec.name)
        if spec.name in _SIGNED:
            found = self.amounts.read(word, spec.label)
            return abs(found) if found is not None and spec.name == "discount" else found
        match spec.name:
            case "direction":
                side = word_of(DIRECTIONS, word).split(" ")[0] if word else ""
                return Direction(side) if side in tuple(Direction) else getattr(old, "direction", None)
            case "number":
                return clean(word)[:40]
            case "order":
                return self._order(cells, word)
            case "category":
                return self._category(word)
            case "imported" | "about" | "document" | "even_so":
                return None
        return ListTaker._value(self, cells, spec, old)

    def _order(self, cells: Cells, word: str) -> int | None:
        """Return the order of ours that a bill is for; one that is not here is left out, and said."""
        own = areas.parse_ref(word)
        found = self.directory.find("orders", "code", word) if word else []
        if not found and own is not None and own[0] == "orders" and self.desk.peek(*own) is not None:
            found = [own[1]]
        if word and len(found) != 1:
            self.report().unknown[f"order '{word[:40]}'"] += 1
        return found[0] if len(found) == 1 else None

    def _category(self, word: str) -> int | None:
        found = self.directory.find("chart", "code", word) or self.directory.find("chart", "name", word) if word else []
        if word and len(found) != 1:
            self.report().unknown[f"category '{word[:40]}'"] += 1
        return found[0] if len(found) == 1 else None

    def _linked(self, spec: FieldSpec, word: str) -> int | None:
        """Return the number of the record that a cell names."""
        return self.directory.named(spec.ui.ref, word)
