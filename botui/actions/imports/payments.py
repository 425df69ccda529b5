"""Rows of another system's list of payments: what was paid of bills that are here, or between a party and us."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from botui import areas
from botui.actions.imports.bank_amounts import Amounts
from botui.actions.imports.directory import Directory
from botui.actions.imports.money_words import METHODS
from botui.actions.imports.rows import Cells
from botui.actions.imports.taking import Reader, Taker
from botui.actions.imports.values import word_of
from botui.models.base import Change, Record, Refused, clean
from botui.models.office import Context
from botui.models.records.bill import Bill, Method, Payment, State
from botui.models.records.doubles import plain_number
from botui.models.records.paying import account_of
from botui.models.records.settlement import Settlement


class Till:
    """The settlement of the rows that become one change: several rows may pay one bill."""

    settlement: Settlement


@dataclass(frozen=True, slots=True)
class PaymentTaker(Taker):
    """Takes rows as payments.

    Attributes:
        amounts: reads their amounts, which may be below zero.
        till: where the present rows are settled.
    """

    directory: Directory
    reader: Reader
    amounts: Amounts
    till: Till

    def begin(self, ctx: Context, change: Change) -> None:
        """Open the settlement of some rows."""
        self.till.settlement = Settlement(ctx, change)

    def finish(self) -> None:
        """Write what was paid."""
        self.till.settlement.write()

    def take(self, ctx: Context, cells: Cells, number: int, key: str, old: Record | None) -> Change | None:
        """Note the payment of a row; None = it is here already, and payments never change.

        Raises:
            Refused, NotAllowed, ValueError: the row cannot be a payment, in words; nothing was booked.
        """
        if old is not None:
            return None
        self.amounts.refuse_other_currency(cells.word("currency"), "It")
        amount = self.amounts.read(cells.word("amount"), "Amount")
        on = self.reader.day(cells.word("on"))
        if not amount:
            raise Refused("it does not say how much")
        if on is None:
            raise Refused("it does not say when")
        if on > ctx.today:
            raise Refused("it lies ahead")
        method = Method(word_of(METHODS, cells.word("method")) or Method.BANK)
        account = account_of(ctx, self.directory.named("accounts", cells.word("account")), method)
        made = self._made(ctx, cells, number, amount, method, account)
        text = clean(cells.text("text"))[:200]
        self.till.settlement.set(made, codes=(*cells.codes_with(key),)[:20], on=on, text=text)
        return Change("payments.import")

    def _made(
        self, ctx: Context, cells: Cells, number: int, amount: Decimal, method: Method, account: int | None
    ) -> Payment:
        party = self.directory.named("parties", cells.word("party"))
        bill = self._bill(ctx, cells.word("bill"), party)
        reference = clean(cells.text("reference"))[:80]
        settlement = self.till.settlement
        if bill is None:
            if party is None:
                raise Refused("it says neither a bill nor from or to whom")
            return settlement.move(
                amount, ctx.today, method=method, account=account, reference=reference, party=party, number=number
            )
        signed = abs(amount) if bill.balance > 0 else -abs(amount)
        return settlement.pay(
            bill, signed, ctx.today, method=method, account=account, reference=reference or bill.number, number=number
        )

    def _bill(self, ctx: Context, word: str, party: int | None) -> Bill | None:
        """Return the bill that a row pays, as it will be after the rows before.

        Raises:
            Refused: there is none of this number, or several parties have one.
        """
        if not word:
            return None
        narrowed = {"party": party} if party is not None else {}
        own = areas.parse_ref(word)
        ours = ctx.data.get(Bill, own[1]) if own is not None and own[0] == Bill.COLLECTION else None
        numbered = ctx.data.find(Bill, plain=plain_number(word), **narrowed)
        found = [one for one in ([ours] if ours is not None else numbered) if one.state is not State.VOID]
        if len(found) != 1:
            several = f": {', '.join(one.ref for one in found[:3])}" if found else ""
            raise Refused(
                f"{'several bills have' if found else 'there is no bill of'} the number '{word[:40]}'{several}"
            )
        return self.till.settlement.get(Bill, found[0].id)
