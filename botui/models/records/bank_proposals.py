"""What each line of the bank may be: which payments or bills, which transfer, which category; and how sure that is.

A proposal is sure where only one thing fits and something besides the amount says so. Everything is of its arguments
alone: nothing is looked up here, and nothing is decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from botui.models.records.bank import BankRule
from botui.models.records.bank_signs import Offer, Sign, fits, spoken_for, words_in
from botui.models.records.bank_sums import making

_NOTHING: Final = Decimal(0)
_TRANSFER_DAYS: Final = 5
"""Days between the two lines of a transfer; ``_RETURN_DAYS``: until a debit that was refused comes back."""
_RETURN_DAYS: Final = 60
_RUN_EARLY: Final = 1
"""Days before its day on which the bank may show a payment run; ``_RUN_LATE``: after it."""
_RUN_LATE: Final = 6
_SUMS: Final = 60
"""Sums that are searched for at one look: what is left when all that is plain was found is never many."""
_CONFIRMED: Final = 2
"""Times that a learned rule was confirmed until it is sure."""
_TRANSFER: Final = frozenset({"transfer", "umbuchung", "ubertrag", "uebertrag", "internal", "eigenubertrag"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What some lines may be.

    Attributes:
        lines: numbers of lines of the bank.
        payments: of payments; ``bills``: of bills that they pay, whole or in part.
        category: what the line is posted to, by ``rule``.
        why: in words; ``sure``: nobody need look.
    """

    lines: tuple[int, ...]
    payments: tuple[int, ...] = ()
    bills: tuple[int, ...] = ()
    category: int | None = None
    rule: int | None = None
    why: str = ""
    sure: bool = False


def propose(
    lines: Iterable[Sign], offers: Iterable[Offer], rules: Sequence[BankRule], own: Mapping[int, frozenset[str]]
) -> list[Proposal]:
    """Return a proposal for each line for which there is one; no line and no offer stands in two.

    Args:
        lines: unmatched lines.
        offers: payments that the bank has not shown, and bills that are open.
        rules: what lines mean that have some words.
        own: for each of the office's accounts what names it on other statements, compact.
    """
    search = _Search(lines, offers)
    search.one_to_one(least=2)
    search.by_rules(rules)
    search.transfers(own)
    search.one_to_many()
    search.many_to_one()
    search.one_to_one(least=1)
    search.parts()
    search.returned()
    return sorted(search.found, key=lambda one: one.lines)


class _Search:
    """What is left of lines and offers, and what was found.

    Attributes:
        known: the lines of each offer, and ``theirs`` the offers of each line, that a number or a name speaks for, with
            how much.
        sums: the sums that may still be searched for: of a pile of lines without numbers not all are.
    """

    def __init__(self, lines: Iterable[Sign], offers: Iterable[Offer]) -> None:
        self.lines = {one.number: one for one in lines}
        self.offers = {one.key: one for one in offers if one.amount}
        self.found: list[Proposal] = []
        self.sums = _SUMS
        self.theirs: defaultdict[int, dict[tuple[bool, int], int]] = defaultdict(dict)
        self.known = spoken_for(self.lines.values(), self.offers.values())
        for key, strengths in self.known.items():
            for number, strength in strengths.items():
                self.theirs[number][key] = strength

    def making(self, total: Decimal, amounts: Sequence[Decimal]) -> tuple[int, ...]:
        """Return the places of amounts that make a total, as long as searching is not too much."""
        if len(amounts) < 2 or not self.sums:
            return ()
        self.sums -= 1
        return next(iter(making(total, amounts)), ())

    def take(self, lines: Collection[Sign], offers: Collection[Offer], why: str, *, sure: bool) -> None:
        """Note a proposal; what is in it is in no other."""
        self.found.append(
            Proposal(
                lines=tuple(sorted(one.number for one in lines)),
                payments=tuple(one.number for one in offers if not one.bill),
                bills=tuple(one.number for one in offers if one.bill),
                why=why,
                sure=sure,
            )
        )
        for line in lines:
            del self.lines[line.number]
        for offer in offers:
            del self.offers[offer.key]

    # --- one line, one offer ------------------------------------------------------------------------------------

    def one_to_one(self, least: int) -> None:
        """Take lines and offers of one amount, those first that most speaks for."""
        by_amount: defaultdict[Decimal, list[Offer]] = defaultdict(list)
        for offer in self.offers.values():
            by_amount[offer.amount].append(offer)
        edges = [
            (self.theirs[line.number].get(offer.key, 1), line, offer)
            for line in self.lines.values()
            for offer in by_amount[line.amount]
            if offer.may_be(line)
        ]
        best = _Best(edges)
        for strength, line, offer in sorted((one for one in edges if one[0] >= least), key=_rank):
            if line.number in self.lines and offer.key in self.offers:
                self.take([line], [offer], _why(line, offer, strength), sure=best.sure(strength, line, offer))

    # --- several ------------------------------------------------------------------------------------------------

    def one_to_many(self) -> None:
        """Take lines that several payments or bills come to."""
        by_day: defaultdict[tuple[int | None, date], list[Offer]] = defaultdict(list)
        for one in self.offers.values():
            if not one.bill:
                by_day[one.account, one.on].append(one)
        for line in [*self.lines.values()]:
            strengths = self.theirs[line.number]
            open_ = (self.offers[key] for key in strengths if key in self.offers)
            near = sorted((_near(line, one), one.key) for one in open_ if one.may_be(line))
            theirs = [self.offers[key] for _, key in near]
            named = [one for one in theirs if strengths[one.key] == 3]
            if self._whole(line, named, "all their numbers stand in it") or self._whole(line, theirs, "all of theirs"):
                continue
            if self._day(line, by_day):
                continue
            if places := self.making(line.amount, [one.amount for one in theirs]):
                chosen = [theirs[place] for place in places]
                self.take([line], chosen, f"{len(chosen)} of theirs come to it", sure=False)

    def _whole(self, line: Sign, offers: Sequence[Offer], why: str) -> bool:
        for some in ([one for one in offers if not one.bill], offers):
            if len(some) > 1 and sum((one.amount for one in some), _NOTHING) == line.amount:
                one_party = len({one.party for one in some}) == 1 or "numbers" in why
                self.take([line], some, f"{len(some)} come to it: {why}", sure=one_party)
                return True
        return False

    def _day(self, line: Sign, by_day: Mapping[tuple[int | None, date], Sequence[Offer]]) -> bool:
        """Take all payments of one day of the line's account that come to it, such as a payment run."""
        whole = []
        for back in range(-_RUN_EARLY, _RUN_LATE):
            day = by_day.get((line.account, line.on - timedelta(days=back)), ())
            some = [one for one in day if one.key in self.offers and (one.amount < 0) == (line.amount < 0)]
            if len(some) > 1 and sum(one.amount for one in some) == line.amount:
                whole.append(some)
        if len(whole) != 1:
            return False
        self.take([line], whole[0], f"all {len(whole[0])} payments of {whole[0][0].on} come to it", sure=True)
        return True

    def many_to_one(self) -> None:
        """Take payments or bills that several lines come to."""
        for offer in [*self.offers.values()]:
            strengths = self.known.get(offer.key, {})
            here = (self.lines[number] for number in strengths if number in self.lines)
            near = sorted(
                (-strengths[line.number], abs((line.on - offer.on).days), line.number)
                for line in here
                if offer.may_be(line) and (line.amount < 0) == (offer.amount < 0)
            )
            known = [self.lines[number] for _, _, number in near]
            some = [line for line in known if strengths[line.number] == 3]
            if len(some) > 1 and sum(line.amount for line in some) == offer.amount:
                self.take(some, [offer], f"{len(some)} lines with its number come to it", sure=True)
            elif places := self.making(offer.amount, [line.amount for line in known]):
                chosen = [known[place] for place in places]
                self.take(chosen, [offer], f"{len(chosen)} lines come to it", sure=False)

    def parts(self) -> None:
        """Take lines that pay a part of a bill whose number stands in them."""
        for line in [*self.lines.values()]:
            strong = [key for key, strength in self.theirs[line.number].items() if strength == 3]
            named = [
                one
                for one in (self.offers[key] for key in strong if key in self.offers)
                if one.bill
                and one.may_be(line)
                and (one.amount < 0) == (line.amount < 0)
                and abs(line.amount) < abs(one.amount)
            ]
            if len(named) == 1:
                self.take([line], named, "a part of it: its number stands there", sure=False)

    # --- lines with lines ---------------------------------------------------------------------------------------

    def transfers(self, own: Mapping[int, frozenset[str]]) -> None:
        """Take what went from one account of the office to another."""
        for out in [one for one in self.lines.values() if one.amount < 0]:
            into = [
                one
                for one in self.lines.values()
                if one.amount == -out.amount
                and one.account != out.account
                and abs((one.on - out.on).days) <= _TRANSFER_DAYS
            ]
            if not into:
                continue
            other = min(into, key=lambda one: (abs((one.on - out.on).days), one.number))
            told = _told(out, own.get(other.account)) or _told(other, own.get(out.account))
            said = told or bool(_TRANSFER & (out.words | other.words))
            self.take([out, other], [], "a transfer between two accounts", sure=said and len(into) == 1)

    def returned(self) -> None:
        """Take what went out and came back, or the other way, in the same words."""
        for line in sorted(self.lines.values(), key=lambda one: (one.on, one.number)):
            if line.number not in self.lines:
                continue
            back = [
                one
                for one in self.lines.values()
                if one.amount == -line.amount
                and one.account == line.account
                and 0 <= (one.on - line.on).days <= _RETURN_DAYS
                and len(one.words & line.words) >= 2
            ]
            if back:
                other = min(back, key=lambda one: (one.on, one.number))
                self.take([line, other], [], "it came back", sure=False)

    # --- rules --------------------------------------------------------------------------------------------------

    def by_rules(self, rules: Sequence[BankRule]) -> None:
        """Take lines that a rule posts to a category: the rule of most words, unless two say otherwise."""
        for line in [*self.lines.values()]:
            known = [one for one in rules if one.category and fits(one, line)]
            if not known:
                continue
            most = max(len(words_in(one.words)) for one in known)
            said = [one for one in known if len(words_in(one.words)) == most]
            rule = max(said, key=lambda one: (not one.learned, one.times, -one.id))
            agree = len({one.category for one in said}) == 1
            sure = agree and (not rule.learned or rule.times >= _CONFIRMED)
            times = f", confirmed {rule.times} times" if rule.times > 1 else ""
            self.found.append(
                Proposal(
                    lines=(line.number,),
                    category=rule.category,
                    rule=rule.id,
                    why=f"by the rule '{rule.words}'{times}",
                    sure=sure,
                )
            )
            del self.lines[line.number]


class _Best:
    """Which lines and offers of one amount speak most for each other."""

    def __init__(self, edges: Iterable[tuple[int, Sign, Offer]]) -> None:
        self._of_line: defaultdict[int, list[tuple[int, Offer]]] = defaultdict(list)
        self._of_offer: defaultdict[tuple[bool, int], list[tuple[int, Sign]]] = defaultdict(list)
        for strength, line, offer in edges:
            self._of_line[line.number].append((strength, offer))
            self._of_offer[offer.key].append((strength, line))

    def sure(self, strength: int, line: Sign, offer: Offer) -> bool:
        """Return whether nothing else fits as well; of equal ones of one party it is the same which is which."""
        offers = [one for much, one in self._of_line[line.number] if much >= strength]
        paid = {one.pays for one in offers}
        offers = [one for one in offers if not one.bill or one.number not in paid]
        lines = [one for much, one in self._of_offer[offer.key] if much >= strength]
        if strength == 1 and (offer.bill or offer.names or offer.refs):
            return False
        if len(offers) == len(lines) == 1:
            return True
        alike = len({(one.party, one.bill) for one in offers}) == 1 and offer.party is not None
        return strength > 1 and alike and len(offers) == len(lines)


def _rank(edge: tuple[int, Sign, Offer]) -> tuple[object, ...]:
    strength, line, offer = edge
    return -strength, offer.bill, _near(line, offer), line.on, line.number


def _near(line: Sign, offer: Offer) -> tuple[int, bool, int]:
    return abs((line.on - offer.on).days), offer.bill, offer.number


def _why(line: Sign, offer: Offer, strength: int) -> str:
    if strength == 3:
        return "same amount, and its number stands there"
    if strength == 2:
        return "same amount, and their name or account fits"
    days = abs((line.on - offer.on).days)
    return f"same amount, {days} days apart" if days != 1 else "same amount, a day apart"


def _told(line: Sign, names: frozenset[str] | None) -> bool:
    return any(len(one) >= 4 and one in line.compact for one in names or ())
