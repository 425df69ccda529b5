"""By what a line of the bank is known: numbers and words in it, and what an open payment or bill would show there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final

from botui.models.base import fold
from botui.models.records.bank import BankLine, BankRule, Side

_FORMS: Final = frozenset(
    {"gmbh", "mbh", "ohg", "ltd", "limited", "inc", "llc", "plc", "corp", "corporation", "company", "sarl", "srl"}
    | {"spa", "the", "and", "und", "van", "von", "der", "die", "das", "for", "group", "services", "service"}
)
"""Words in names of firms that tell none from another."""
_WHOLE: Final = 5
"""Characters from which a number may stand anywhere in a text; a shorter one must be a word of it."""
_SIGNATURE: Final = 4
"""Words of a name that are kept of a line, to know such lines by; with a shorter name ``_TWO`` words in all."""
_TWO: Final = 2


def words_in(text: str) -> frozenset[str]:
    """Return the words of a text, letters and figures, as they are compared; ``B-12`` is ``b12`` as well."""
    folded = fold(text)
    return frozenset(re.findall(r"[^\W_]+", folded)) | frozenset(compact(one) for one in folded.split() if compact(one))


def compact(text: str) -> str:
    """Return letters and figures of a text alone, as numbers of bills are compared."""
    return re.sub(r"[\W_]+", "", fold(text))


def telling(name: str) -> frozenset[str]:
    """Return the words of a name that tell it from others."""
    return frozenset(one for one in words_in(name) if len(one) >= 3 and one not in _FORMS and not one.isdigit())


@dataclass(frozen=True)
class Sign:
    """A line of the bank, as it is compared.

    Attributes:
        parties: whose it is by the rules that have learned so.
    """

    number: int
    account: int
    on: date
    amount: Decimal
    text: str
    parties: frozenset[int] = frozenset()

    @cached_property
    def words(self) -> frozenset[str]:
        """The words in it."""
        return words_in(self.text)

    @cached_property
    def compact(self) -> str:
        """Its letters and figures alone."""
        return compact(self.text)

    def says(self, ref: str) -> bool:
        """Return whether the number of a bill or a payment stands in it."""
        if len(ref) >= _WHOLE:
            return ref in self.compact
        return len(ref) >= 3 and ref in self.words

    def names(self, words: frozenset[str]) -> bool:
        """Return whether somebody's name stands in it: at least half of the words that tell it from others."""
        found = words & self.words
        return bool(found) and len(found) * 2 >= len(words)


def sign(line: BankLine, rules: Iterable[BankRule]) -> Sign:
    """Return a line as it is compared, with whose it is as far as rules say so."""
    one = Sign(line.id, line.account, line.on, line.amount, _text(line))
    parties = frozenset(rule.party for rule in rules if rule.party and fits(rule, one))
    return Sign(one.number, one.account, one.on, one.amount, one.text, parties)


def _text(line: BankLine) -> str:
    return " ".join((line.name, line.text, line.reference, line.iban))


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An open payment or bill: what may stand on the bank.

    Attributes:
        bill: whether it is a bill of which no payment is noted yet.
        amount: as the bank shows it: above zero it comes in, below zero it goes out.
        on: when the money was to move; ``early``, ``late``: how many days before and after that the bank may show it.
        refs: numbers that would stand in the text, compact; ``names``: the words of whose it is; ``iban``: their
            account, compact.
        pays: of a payment, the number of its bill: what is left of that is no other meaning of the same line.
    """

    bill: bool
    number: int
    amount: Decimal
    on: date
    early: int = 3
    late: int = 12
    account: int | None = None
    party: int | None = None
    refs: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    iban: str = ""
    pays: int | None = None

    @property
    def key(self) -> tuple[bool, int]:
        """What tells it from others."""
        return self.bill, self.number

    def may_be(self, line: Sign) -> bool:
        """Return whether a line is of its account and of its days."""
        days = (line.on - self.on).days
        return self.account in (None, line.account) and -self.early <= days <= self.late


def spoken_for(lines: Iterable[Sign], offers: Iterable[Offer]) -> dict[tuple[bool, int], dict[int, int]]:
    """Return for each offer the lines that tell of it: 3 = its number stands there, 2 = whose it is."""
    every = list(lines)
    by_word: defaultdict[str, set[int]] = defaultdict(set)
    by_party: defaultdict[int, set[int]] = defaultdict(set)
    for line in every:
        for word in line.words:
            by_word[word].add(line.number)
        for party in line.parties:
            by_party[party].add(line.number)
    found: dict[tuple[bool, int], dict[int, int]] = {}
    named: dict[tuple[int | None, frozenset[str]], set[int]] = {}
    by_number, text = {line.number: line for line in every}, "\n".join(line.compact for line in every)
    for offer in offers:
        whose = (offer.party, offer.names)
        if whose not in named:
            near = set().union(*(by_word.get(word, ()) for word in offer.names))
            here = {number for number in near if by_number[number].names(offer.names)}
            if offer.iban and offer.iban in text:
                here |= {line.number for line in every if line.says(offer.iban)}
            named[whose] = here | by_party.get(offer.party or 0, set())
        strengths = dict.fromkeys(named[whose], 2)
        # nearly no number stands anywhere: one look at all texts says so
        refs = [one for one in offer.refs if one in text or one in by_word]
        if refs:
            strengths |= {line.number: 3 for line in every if any(line.says(one) for one in refs)}
        found[offer.key] = strengths
    return found


# --- rules ------------------------------------------------------------------------------------------------------------


def fits(rule: BankRule, line: Sign) -> bool:
    """Return whether a line is one that a rule is about."""
    wrong_way = (rule.side is Side.IN and line.amount < 0) or (rule.side is Side.OUT and line.amount > 0)
    too_large = rule.up_to is not None and abs(line.amount) > rule.up_to
    words = words_in(rule.words)
    return bool(words) and not wrong_way and not too_large and words <= line.words


def signature(line: BankLine) -> str:
    """Return the words by which further lines like this one are known: whose it is, and at least two of them.

    Words with figures in them are left out: dates, numbers of bills and of cards differ from line to line.
    """
    found: list[str] = []
    for text in (line.name, line.text):
        words = [one for one in re.findall(r"[^\W_]+", fold(text)) if one.isalpha() and len(one) >= 3]
        fresh = [one for one in dict.fromkeys(words) if one not in _FORMS and one not in found]
        found += fresh[: _SIGNATURE - len(found)] if text is line.name else fresh[: max(_TWO - len(found), 0)]
    return " ".join(found)
