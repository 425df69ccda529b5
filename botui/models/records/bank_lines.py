"""Lines of a bank's file before they are ours: in the order of time, with the balances they say, and which are new.

A file that tells of a day tells of all lines of it up to when it was made. So of as many lines of one day and amount as
there are here already none is new, even where the bank words them otherwise this time: no line is ever taken in twice.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from itertools import pairwise
from typing import Final

from botui.models.base import Refused, fold
from botui.models.records.bank import BankLine

_NOTHING: Final = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a file says of one line.

    Attributes:
        where: where it stands in the file, for sentences.
        amount: above zero it came in, below zero it went out.
        balance: of the account right after it; None = the file does not say.
        name: from or to whom; ``iban``: their account.
    """

    where: str
    on: date
    amount: Decimal
    value_on: date | None = None
    balance: Decimal | None = None
    name: str = ""
    text: str = ""
    reference: str = ""
    iban: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a file tells of an account.

    Attributes:
        lines: the first first.
        opening, closing: the balances before the first and after the last of them; None = the file does not say.
    """

    lines: tuple[Said, ...]
    opening: Decimal | None = None
    closing: Decimal | None = None


def told(lines: Sequence[Said], opening: Decimal | None = None, closing: Decimal | None = None) -> Told:
    """Return the lines in the order of time, with the balances before and after them.

    Args:
        lines: as the file has them, the first or the last first.
        opening: the balance that stands above the lines, or that somebody read off the paper.
        closing: the same below them.

    Raises:
        Refused: the lines do not come to the balances that the file says; the sentence says where and by how much.
    """
    back = tuple(reversed(lines))
    ways = [lines, back, sorted(lines, key=_day), sorted(back, key=_day)]
    ordered = [way for way in ways if all(one.on <= other.on for one, other in pairwise(way))]
    breaks = [(way, _break(way)) for way in ordered]
    way, wrong = next(((way, wrong) for way, wrong in breaks if not wrong), breaks[0])
    if wrong:
        raise Refused(wrong)
    first, last = _ends(way)
    total = sum((one.amount for one in way), _NOTHING)
    for name, here, found in (("opening", opening, first), ("closing", closing, last)):
        if here is not None and found is not None and here != found:
            raise Refused(f"The {name} balance is {here:,.2f}, but by its lines it is {found:,.2f}.")
    opening, closing = (first if opening is None else opening), (last if closing is None else closing)
    if opening is not None and closing is not None and opening + total != closing:
        off = closing - opening - total
        raise Refused(
            f"The lines do not come to the balances: {opening:,.2f} and lines of {total:,.2f} make "
            f"{opening + total:,.2f}, the closing balance is {closing:,.2f}: {off:,.2f} is missing."
        )
    if opening is None and closing is not None:
        opening = closing - total
    elif closing is None and opening is not None:
        closing = opening + total
    return Told(tuple(way), opening, closing)


def _day(one: Said) -> date:
    return one.on


def _break(lines: Sequence[Said]) -> str:
    """Return in words at which line the balances do not follow from the amounts; nothing if they do."""
    balance: Decimal | None = None
    for one in lines:
        if balance is not None:
            balance += one.amount
            if one.balance is not None and one.balance != balance:
                off = one.balance - balance
                return (
                    f"The balances do not fit the amounts: at {one.where} it is {one.balance:,.2f}, and by the lines "
                    f"before it {balance:,.2f}: {off:,.2f} is missing, or the file lacks a line there."
                )
        elif one.balance is not None:
            balance = one.balance
    return ""


def _ends(lines: Sequence[Said]) -> tuple[Decimal | None, Decimal | None]:
    """Return the balances before the first and after the last line, as those in the lines say."""
    moved = _NOTHING
    first: Decimal | None = None
    for one in lines:
        moved += one.amount
        if one.balance is not None and first is None:
            first = one.balance - moved
    return first, None if first is None else first + moved


# --- what is new ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fresh:
    """Which lines of a file are not here yet.

    Attributes:
        new: those, each with its fingerprint.
        known: how many are here already.
        reworded: of those the ones that the bank words otherwise than before, each with ours.
    """

    new: tuple[tuple[Said, str], ...]
    known: int
    reworded: tuple[tuple[Said, BankLine], ...]


def fresh(account: int, lines: Iterable[Said], here: Iterable[BankLine]) -> Fresh:
    """Return which lines of a file are new.

    Args:
        account: the number of the account.
        lines: of the file, the first first.
        here: the lines of this account that are kept, of its days at least.
    """
    ours: defaultdict[tuple[date, Decimal], list[BankLine]] = defaultdict(list)
    for line in here:
        ours[line.on, line.amount].append(line)
    theirs: defaultdict[tuple[date, Decimal], list[Said]] = defaultdict(list)
    every = list(lines)
    for said in every:
        theirs[said.on, said.amount].append(said)
    new: dict[int, str] = {}
    known, reworded = 0, []
    for key, group in theirs.items():
        left, others = _unworded(ours[key], group)
        # what is left over here is in the file too, in other words: a bank takes no line away
        same = min(len(left), len(others))
        reworded += list(zip(others[:same], left[:same], strict=True))
        known += len(group) - len(others) + same
        counted = Counter(_key(account, one) for one in ours[key])
        for said in others[same:]:
            mark = _key(account, said)
            counted[mark] += 1
            new[id(said)] = _fingerprint(mark, counted[mark])
    return Fresh(tuple((one, new[id(one)]) for one in every if id(one) in new), known, tuple(reworded))


def _unworded(ours: Iterable[BankLine], theirs: Iterable[Said]) -> tuple[list[BankLine], list[Said]]:
    """Return what is left of lines of one day and amount when those in the same words are taken off."""
    by_words: defaultdict[str, list[BankLine]] = defaultdict(list)
    for line in ours:
        by_words[_worded(line)].append(line)
    others = []
    for said in theirs:
        if same := by_words[_worded(said)]:
            same.pop()
        else:
            others.append(said)
    return [line for lines in by_words.values() for line in lines], others


def _worded(line: BankLine | Said) -> str:
    """Return what a line says, as it is compared: words and figures alone."""
    return re.sub(r"[\W_]+", "", fold(f"{line.name}{line.text}{line.reference}"))


def _key(account: int, line: BankLine | Said) -> str:
    return f"{account} {line.on.isoformat()} {line.amount:.2f} {_worded(line)}"


def _fingerprint(key: str, times: int) -> str:
    return blake2b(f"{key} {times}".encode(), digest_size=20).hexdigest()


def fingerprints(lines: Iterable[BankLine]) -> Iterator[str]:
    """Yield the fingerprints that lines of one account have by what they say, the first first."""
    counted: Counter[str] = Counter()
    for line in lines:
        key = _key(line.account, line)
        counted[key] += 1
        yield _fingerprint(key, counted[key])
