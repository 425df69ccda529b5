"""The short sentence about supplies: ``pens 3``, ``3 pens``.

It reads the words of a sentence and answers what the form of a request is to hold, or None where it is none of its;
nothing is ever filed here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Final

from botui.models.base import LINE_MAX, clean, fold
from botui.models.office.spoken import places_in, stem

MOST: Final = 9_999
"""Of how many things one sentence can ask."""
_WORDS: Final = 4
"""Words of a thing that is wanted at most: ``black ball point pens 3``."""


def wanted(words: Sequence[str], look: Callable[[str], Iterable[Any]]) -> tuple[str, dict[str, Any]] | None:
    """Read things and how many of them; not where the number belongs to a place.

    What no item has, or several have, stays a word: nobody guesses.
    """
    if not 2 <= len(words) <= _WORDS + 1:
        return None
    numbers = [at for at, word in enumerate(words) if word.isascii() and word.isdigit()]
    if numbers not in ([0], [len(words) - 1]):
        return None
    many = int(words[numbers[0]][:9])
    things = [word for at, word in enumerate(words) if at != numbers[0]]
    if not 1 <= many <= MOST or not any(one.isalpha() for word in things for one in word):
        return None
    if any(start <= numbers[0] < end for _, start, end in places_in(words, look("places"))):
        return None
    item = item_of(things, look("items"))
    what = {"what": clean(" ".join(things))[:LINE_MAX]} if item is None else {"item": item}
    return "requests", {**what, "quantity": many}


def item_of(things: Sequence[str], items: Iterable[Any]) -> int | None:
    """Return the one item that words name, or None."""
    found = items_of(things, items)
    return next(iter(found)) if len(found) == 1 else None


def items_of(things: Sequence[str], items: Iterable[Any]) -> set[int]:
    """Return the items that words name: by a code, else by the whole name, else those that have all of them."""
    text = fold(" ".join(things))
    wanted_stems = frozenset(stems(things))
    best: tuple[set[int], set[int], set[int]] = (set(), set(), set())
    for one in items:
        name = frozenset(stems(one.name.split()))
        if text in {fold(code) for code in (one.ref, one.code, *one.codes) if code}:
            best[0].add(one.id)
        elif name == wanted_stems:
            best[1].add(one.id)
        elif wanted_stems <= name:
            best[2].add(one.id)
    return next((one for one in best if one), set()) if wanted_stems else set()


def stems(words: Collection[str]) -> list[str]:
    """Return words as they are compared, without those that are signs alone."""
    return [one for word in words if (one := stem(word))]
