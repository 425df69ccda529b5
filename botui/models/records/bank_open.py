"""What is open at the bank: lines that nothing explains, payments it has not shown, bills of which none is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from botui.models.office import Context, Party, Person
from botui.models.records.bank import Account, BankLine, BankRule, Stand
from botui.models.records.bank_proposals import Proposal, propose
from botui.models.records.bank_signs import Offer, compact, sign, telling
from botui.models.records.bill import DUE, Bill, Direction, Method, Payment

_SHOWN_BY_BANK: Final = frozenset({Method.BANK, Method.CARD, Method.CHEQUE})
_CHEQUE_DAYS: Final = 200
"""Days after which a cheque still comes: banks pay them for six months, and some longer."""
_BILL_DAYS: Final = 400
"""Days after it is due in which a bill may be paid without anybody having noted it."""


class _Theirs(NamedTuple):
    """By what a line of somebody's is known: the words of their name, and their account."""

    names: frozenset[str] = frozenset()
    iban: str = ""


_NOBODY: Final = _Theirs()


def proposals(ctx: Context) -> list[Proposal]:
    """Return what the unmatched lines of all accounts may be."""
    rules = ctx.data.find(BankRule, active=True)
    lines = [sign(one, rules) for one in ctx.data.find(BankLine, state=Stand.UNMATCHED.value)]
    own = {one.id: _names(one) for one in ctx.data.find(Account)}
    return propose(lines, offers(ctx), rules, own) if lines else []


def _names(account: Account) -> frozenset[str]:
    number = compact(account.number)
    return frozenset(filter(None, (number, number[-10:], compact(account.name))))


def offers(ctx: Context) -> Iterator[Offer]:
    """Yield the payments that the bank has not shown, and the bills of which money is to move."""
    known: dict[int, _Theirs] = {}

    def of(party: int | None) -> _Theirs:
        if party is None:
            return _NOBODY
        if party not in known:
            found = ctx.data.get(Party, party)
            known[party] = _Theirs(telling(found.name), compact(found.iban)) if found else _NOBODY
        return known[party]

    for payment in ctx.data.find(Payment, match=None, reversed_at=None):
        if payment.account is not None or payment.method in _SHOWN_BY_BANK:
            yield _payment(ctx, payment, of)
    for state in sorted(DUE):
        for bill in ctx.data.find(Bill, state=state.value):
            if bill.balance:
                yield _bill(ctx, bill, of)


def _payment(ctx: Context, payment: Payment, of: Callable[[int | None], _Theirs]) -> Offer:
    bill = ctx.data.get(Bill, payment.bill) if payment.bill else None
    party = payment.party or (bill.party if bill else None)
    person = ctx.data.get(Person, payment.person) if payment.person else None
    refs = [payment.reference, payment.ref, bill.number or bill.ref if bill else ""]
    return Offer(
        bill=False,
        number=payment.id,
        amount=payment.amount,
        on=payment.on,
        late=_CHEQUE_DAYS if payment.method is Method.CHEQUE else 12,
        account=payment.account,
        party=party,
        refs=_refs(refs),
        pays=payment.bill,
        names=of(party).names or (telling(person.name) if person else frozenset()),
        iban=of(party).iban,
    )


def _bill(ctx: Context, bill: Bill, of: Callable[[int | None], _Theirs]) -> Offer:
    on = bill.due or bill.dated or ctx.today
    return Offer(
        bill=True,
        number=bill.id,
        amount=-bill.balance if bill.direction is Direction.OWE else bill.balance,
        on=on,
        early=max((on - (bill.dated or on)).days, 0) + 3,
        late=_BILL_DAYS,
        party=bill.party,
        refs=_refs([bill.number, "" if bill.direction is Direction.OWE and bill.number else bill.ref]),
        names=of(bill.party).names,
        iban=of(bill.party).iban,
    )


def _refs(texts: list[str]) -> tuple[str, ...]:
    """Return numbers as they are compared; what has no figure in it is no number."""
    found = (compact(one) for one in texts)
    return tuple(dict.fromkeys(one for one in found if any(c.isdigit() for c in one)))
