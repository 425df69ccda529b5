"""Where money moves: the one place where payments are made, taken back and matched, and where bills are settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from botui.models.base import Change, Refused
from botui.models.office import Context
from botui.models.office.pending import Pending
from botui.models.records.bank import BankLine, Match, Stand, Statement
from botui.models.records.bill import DUE, Bill, Direction, Method, Payment, State

_NOTHING: Final = Decimal(0)


class Settlement(Pending):
    """Gathers payments and matches as part of a change; ``write`` puts them, and what follows of bills, into it.

    Args:
        ctx: what may be known.
        change: the change that everything becomes part of.
    """

    def __init__(self, ctx: Context, change: Change) -> None:
        super().__init__(ctx, change)
        self._ctx = ctx

    # --- payments -----------------------------------------------------------------------------------------------

    def pay(
        self,
        bill: Bill,
        amount: Decimal,
        on: date,
        *,
        method: Method = Method.BANK,
        account: int | None = None,
        reference: str = "",
        about: str = "",
        number: int = 0,
    ) -> Payment:
        """Settle a bill, or a part of it.

        Args:
            bill: the bill.
            amount: of its balance, with the balance's sign: below zero on a credit note.
            on: the day on which the money moved, or is to move.
            method: how.
            account: the bank account it goes through; None = none.
            reference: what the bank is told.
            about: what else it is for, such as the cheque it was paid by.
            number: the number that the payment was given already; 0 = the next one.

        Raises:
            Refused: there is nothing to pay of it, it may not be paid yet, or the amount is above its balance.
        """
        now = self.get(Bill, bill.id)
        if now.state not in DUE:
            raise Refused(f"{now.ref} is {now.state.label}: there is nothing to pay of it now.")
        if not amount or amount * now.balance <= 0 or abs(amount) > abs(now.balance):
            raise Refused(f"{amount:,.2f} is not what is open of {now.ref}: {now.balance:,.2f}.")
        payment = self.move(
            -amount if now.direction is Direction.OWE else amount,
            on,
            method=method,
            account=account,
            reference=reference,
            about=about,
            bill=now.id,
            party=now.party,
            number=number,
        )
        self._settle(now, now.paid + amount)
        return payment

    def move(
        self,
        amount: Decimal,
        on: date,
        *,
        method: Method = Method.BANK,
        account: int | None = None,
        reference: str = "",
        about: str = "",
        text: str = "",
        bill: int | None = None,
        party: int | None = None,
        person: int | None = None,
        number: int = 0,
    ) -> Payment:
        """Note money that moved, or is on its way, without settling a bill.

        Args:
            amount: above zero it comes in, below zero it goes out.
            on: the day.
            method: how.
            account: the bank account it goes through; None = none.
            reference: what the bank is told.
            about: the reference of what it is for, where that is no bill.
            text: what it is for, in words.
            bill: the bill it settles (``pay`` says so).
            party: from or to whom outside.
            person: to whom inside.
            number: as with ``pay``.
        """
        return self.add(
            Payment(
                id=number or self._ctx.data.new_id(Payment),
                bill=bill,
                about=about,
                party=party,
                person=person,
                amount=amount,
                on=on,
                method=method,
                account=account,
                reference=reference,
                text=text,
                at=self._ctx.now,
                by=self._ctx.by,
            )
        )

    def reverse(self, payment: Payment, on: date, reason: str) -> Payment:
        """Take a payment back: its bill is open again by so much.

        Raises:
            Refused: it was taken back before, or the bank has shown it.
        """
        now = self.get(Payment, payment.id)
        if now.reversed_at:
            raise Refused(f"{now.ref} was taken back before.")
        if now.match:
            raise Refused(f"The bank has shown {now.ref}: take the match apart first.")
        self._unsettle(now)
        return self.set(now, reversed_at=self._ctx.now, reversed_on=on, reversed_by=self._ctx.by, reason=reason)

    def bank_in(self, payment: Payment, account: int, on: date) -> Payment:
        """Pay a cheque in that was in hand: from now on its payment is on its way through an account.

        Raises:
            Refused: it was taken back, or goes through an account already.
        """
        now = self.get(Payment, payment.id)
        if now.reversed_at or now.account:
            raise Refused(f"{now.ref} {'was taken back' if now.reversed_at else 'goes through an account already'}.")
        return self.set(now, account=account, on=on)

    def give_back(self, payment: Payment, on: date, reason: str) -> Payment:
        """Note that money went back which the bank had shown: another payment, as much the other way.

        What it settled is open again by so much.

        Raises:
            Refused: it was taken back before.
        """
        now = self.get(Payment, payment.id)
        if now.reversed_at:
            raise Refused(f"{now.ref} was taken back before.")
        self._unsettle(now)
        return self.move(
            -now.amount,
            on,
            method=now.method,
            account=now.account,
            reference=now.reference,
            about=now.about,
            text=reason,
            bill=now.bill,
            party=now.party,
            person=now.person,
        )

    def _unsettle(self, payment: Payment) -> None:
        """Let the bill of a payment be open again by so much."""
        if payment.bill:
            bill = self.get(Bill, payment.bill)
            gone = -payment.amount if bill.direction is Direction.OWE else payment.amount
            self._settle(bill, bill.paid - gone)

    def _settle(self, bill: Bill, paid: Decimal) -> None:
        if paid == bill.amount:
            self.set(bill, paid=paid, state=State.PAID, paid_at=self._ctx.now)
            return
        unpaid = State.APPROVED if bill.direction is Direction.OWE else State.SENT
        state = State.PART if paid else unpaid
        if bill.state is State.DISPUTED:
            self.set(bill, paid=paid, disputed_from=state)
        else:
            self.set(bill, paid=paid, state=state, paid_at=None)

    # --- the bank -----------------------------------------------------------------------------------------------

    def match(
        self, lines: Sequence[BankLine], payments: Sequence[Payment], how: str, made: Sequence[Payment] = ()
    ) -> Match:
        """Say that these lines of the bank and these payments are the same money.

        A payment that names no account goes through that of the lines.

        Args:
            lines: one or several; without payments at least two, which come to nothing: a transfer, or money returned.
            payments: those that were there.
            how: why they are taken to be the same, in words.
            made: payments that were made of it.

        Raises:
            Refused: one of them is matched, posted or taken back already, is of another account, or they do not come
                to the same sum.
        """
        on_bank = [self._unmatched(line) for line in lines]
        ours = [self.get(Payment, payment.id) for payment in (*payments, *made)]
        accounts = {one.account for one in on_bank}
        if ours and len(accounts) > 1:
            raise Refused("These lines are of several accounts: match the payments of each by themselves.")
        for one in ours:
            if one.match or one.reversed_at:
                raise Refused(f"{one.ref} is {'matched' if one.match else 'taken back'} already.")
            if one.account and one.account not in accounts:
                raise Refused(f"{one.ref} goes through another account.")
        total, paid = sum((one.amount for one in on_bank), _NOTHING), sum((one.amount for one in ours), _NOTHING)
        if not on_bank or len(on_bank) + len(ours) < 2 or total != paid:
            raise Refused(f"The bank says {total:,.2f}, the payments come to {paid:,.2f}.")
        match = self.add(
            Match(
                id=self._ctx.data.new_id(Match),
                lines=tuple(one.id for one in on_bank),
                payments=tuple(one.id for one in ours),
                made=tuple(one.id for one in made),
                amount=total,
                how=how,
                at=self._ctx.now,
                by=self._ctx.by,
            )
        )
        for line in on_bank:
            self._stand(line, Stand.MATCHED, match=match.id)
        for one in ours:
            self.set(one, match=match.id, account=one.account or on_bank[0].account)
        return match

    def unmatch(self, match: Match) -> None:
        """Take a match apart: the lines are unmatched again, the payments stay but for those that were made of it.

        Raises:
            Refused: it was taken apart before.
        """
        now = self.get(Match, match.id)
        if now.undone_at:
            raise Refused(f"{now.ref} was taken apart before.")
        self.set(now, undone_at=self._ctx.now)
        for number in now.lines:
            self._stand(self.get(BankLine, number), Stand.UNMATCHED, match=None)
        for number in now.payments:
            payment = self.set(self.get(Payment, number), match=None)
            if number in now.made:
                self.reverse(payment, payment.on, f"{now.ref} was taken apart")

    def post(self, line: BankLine, category: int, note: str) -> None:
        """Post a line of the bank straight to a category: fees, interest.

        Raises:
            Refused: it is explained already.
        """
        self._stand(self._unmatched(line), Stand.POSTED, category=category, note=note)

    def skip(self, line: BankLine, note: str) -> None:
        """Leave a line of the bank out of the books, and say why.

        Raises:
            Refused: it is explained already.
        """
        self._stand(self._unmatched(line), Stand.SKIPPED, note=note)

    def reopen(self, line: BankLine) -> None:
        """Let nothing explain a line any more that was posted or left out.

        Raises:
            Refused: it is matched with payments, or not explained.
        """
        now = self.get(BankLine, line.id)
        if now.state not in (Stand.POSTED, Stand.SKIPPED):
            raise Refused(f"{now.ref} is {now.state.label}.")
        self._stand(now, Stand.UNMATCHED, category=None, note="")

    def _unmatched(self, line: BankLine) -> BankLine:
        now = self.get(BankLine, line.id)
        if now.state is not Stand.UNMATCHED:
            raise Refused(f"{now.ref} is {now.state.label} already.")
        return now

    def _stand(self, line: BankLine, state: Stand, **values: object) -> None:
        """Give a line its state, and its statement the number of lines that nothing explains yet."""
        if line.statement:
            statement = self.get(Statement, line.statement)
            step = (state is Stand.UNMATCHED) - (line.state is Stand.UNMATCHED)
            self.set(statement, open=statement.open + step)
        self.set(line, state=state, **values)
