"""The short sentence about equipment: ``A-12 paper jam``, ``printer 2nd floor jam``.

It reads the words of a sentence and answers what the form of a fault is to hold, or None where it names no thing for
sure; nothing is ever filed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from botui.models.base import LINE_MAX, clean, fold
from botui.models.equipment.instead import outwards, where_is
from botui.models.office.spoken import place_in, says, stem

Look = Callable[[str], Iterable[Any]]
"""Gives the records in use of a collection that whoever types may look at."""
_AROUND: Final = ",;:!?.\"'()[]"
_LOOSE: Final = frozenset({"at", "in", "of", "the", "with"})
"""Words that lead to the thing, and go with it when it is left out."""


def broken(words: Sequence[str], look: Look) -> tuple[str, dict[str, Any]] | None:
    """Read the thing that a sentence names, and what is wrong with it.

    A thing is named by a code on it that has a digit, as the only one of its sort in a place that is named, or by its
    whole name, place and all: where several fit, nobody guesses.
    """
    if len(words) < 2:
        return None
    found = _by_code(words, look) or _by_sort(words, look) or _by_name(words, look)
    if found is None:
        return None
    asset, rest = found
    what = clean(" ".join(rest).strip(f"{_AROUND}- "))[:LINE_MAX]
    return ("faults", {"what": what, "asset": asset}) if any(one.isalpha() for one in what) else None


def _by_code(words: Sequence[str], look: Look) -> tuple[int, list[str]] | None:
    """Return the one thing whose tag, serial number, barcode or reference is a word, and the other words."""
    codes = {at: fold(word.strip(_AROUND)) for at, word in enumerate(words)}
    codes = {at: code for at, code in codes.items() if any(one.isdigit() for one in code)}
    if not codes:
        return None
    named = {at: set[int]() for at in codes}
    for asset in look("assets"):
        known = {fold(code) for code in (asset.tag, asset.serial, *asset.codes) if code}
        for at, code in codes.items():
            if code in known or (code == fold(asset.ref) and not asset.tag):
                named[at].add(asset.id)
    sure = [(at, next(iter(numbers))) for at, numbers in named.items() if len(numbers) == 1]
    if len({number for _, number in sure}) != 1:
        return None
    rest = [*words]
    for at, _ in reversed(sure):
        rest = _but(rest, at, 1)
    return sure[0][1], rest


def _but(words: Sequence[str], start: int, count: int) -> list[str]:
    """Return words without some that name a thing, and without what leads to them."""
    before = [*words[:start]]
    while before and fold(before[-1]) in _LOOSE:
        before.pop()
    return [*before, *words[start + count :]]


def _by_sort(words: Sequence[str], look: Look) -> tuple[int, list[str]] | None:
    """Return the only thing in a place that is named whose category or name is named, and the words but the place's."""
    places = {one.id: one for one in look("places")}
    found = place_in(words, places.values())
    if found is None:
        return None
    number, rest = found
    said = [stem(word) for word in rest]
    sorts = {one.id for one in look("categories") if says(said, one.name)}
    fits = [
        one.id
        for one in look("assets")
        if (one.category in sorts or says(said, one.name)) and number in outwards(places.get, where_is(one))
    ]
    return (fits[0], rest) if len(fits) == 1 else None


def _by_name(words: Sequence[str], look: Look) -> tuple[int, list[str]] | None:
    """Return the one thing whose name of several words is said, and the other words; all if nothing else is said."""
    said = [stem(word) for word in words]
    fits = [one for one in look("assets") if len(one.name.split()) > 1 and says(said, one.name)]
    if len(fits) != 1:
        return None
    long = len(fits[0].name.split())
    start = next(at for at in range(len(words)) if says(said[at : at + long], fits[0].name))
    rest = _but(words, start, long)
    return fits[0].id, rest if any(one.isalpha() for word in rest for one in word) else [*words]
