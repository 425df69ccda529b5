"""The books as plain-text accounting reads them: a journal that ``hledger check --strict`` accepts.

Format: the hledger manual, sections "Journal format" and "Account types"; commodity and accounts are declared, and the
balance of each proved statement stands as a balance assertion. hledger, ledger and other tools of the family read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from botui.models.base import clean
from botui.models.records.posted import ROOTS, Posted, is_under

_TEXT: Final = re.compile(r"[;|]+")
"""What a description has none of: a comment begins with the one, a note with the other."""
CASH: Final = "assets:bank", "assets:cash"
"""Accounts whose money is at hand: reports of cash flow are of these."""


def journal(books: Iterable[Posted], *, office: str, currency: str, head: str = "") -> Iterator[str]:
    """Give the lines of a journal.

    Args:
        books: all that was posted, in order.
        office: whose books they are.
        currency: its currency, three letters.
        head: what else is said at the top, such as until when and the head of the chain of changes.
    """
    found = list(books)
    yield f"; Books of {_said(office)}"
    for line in head.splitlines():
        yield f"; {_said(line)}"
    yield ""
    yield "decimal-mark ."
    yield f"commodity {currency} 1,000.00"
    yield ""
    named = {leg.account for one in found for leg in one.legs} | {one.proof.account for one in found if one.proof}
    for account in sorted(named):
        yield f"account {account}  ; type:{_type(account)}"
    for one in found:
        yield ""
        yield from _transaction(one, currency)


def _type(account: str) -> str:
    return "C" if any(is_under(account, one) for one in CASH) else ROOTS[account.partition(":")[0]]


def _transaction(one: Posted, currency: str) -> Iterator[str]:
    words = " | ".join(text for text in (_said(one.who), _said(one.text)) if text)
    yield f"{one.on.isoformat()} ({one.ref}) {words}".rstrip()
    width = max((len(leg.account) for leg in one.legs), default=0)
    for leg in one.legs:
        yield f"    {leg.account:<{width}}  {_amount(leg.amount, currency)}"
    if one.proof is not None:
        yield f"    {one.proof.account}  {_amount(Decimal(0), currency)} = {_amount(one.proof.balance, currency)}"


def _amount(amount: Decimal, currency: str) -> str:
    return f"{currency} {amount:.2f}"


def _said(text: str) -> str:
    """Return text as it may stand in a description: one line, without what ends it."""
    return re.sub(r"\s+", " ", _TEXT.sub(",", clean(text))).strip()
