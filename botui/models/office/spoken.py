"""Words of a sentence as they are compared, and the places that it names: what every area's sentences share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from botui.models.base import fold

_LONGEST_NAME: Final = 8
"""Words of a name that is looked for at most."""
_ORDINAL: Final = re.compile(r"([0-9]{1,3})(?:st|nd|rd|th|\.)?", re.ASCII)
_WORDS_OF_ORDER: Final[Mapping[str, str]] = {
    word: str(number)
    for number, word in enumerate(
        ("ground", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    )
}
_LITTLE: Final = frozenset({"at", "in", "on", "the"})
"""Words that may stand before a place and go with it."""
_AROUND: Final = ",;:!?\"'()[]"


def plain(word: str) -> str:
    """Return a word as it is compared: folded, without the signs around it, ordinals as numbers."""
    word = fold(word).strip(_AROUND)
    if found := _ORDINAL.fullmatch(word):
        return found[1].lstrip("0") or "0"
    return _WORDS_OF_ORDER.get(word, word)


def stem(word: str) -> str:
    """Return a word as topics and things are compared: ``Printers`` is ``printer``."""
    word = plain(word)
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def says(said: Sequence[str], words: str) -> bool:
    """Return whether words stand in a sentence, one after the other; ``said`` are the stems of that."""
    wanted = [stem(word) for word in words.split()]
    return bool(wanted) and any([*said[at : at + len(wanted)]] == wanted for at in range(len(said)))


def _key(words: Iterable[str]) -> tuple[str, ...]:
    """Return words as they are compared; of two with a number the number goes last: ``2nd floor`` is ``floor 2``."""
    plains = tuple(one for word in words if (one := plain(word)))
    return plains[::-1] if len(plains) == 2 and plains[0].isdigit() and not plains[1].isdigit() else plains


def places_in(words: Sequence[str], places: Iterable[Any]) -> Iterator[tuple[int, int, int]]:
    """Yield the places that a sentence names by name or code, each with where its words begin and end."""
    named: dict[tuple[str, ...], set[int]] = {}
    for one in places:
        for text in (one.name, *one.codes):
            if key := _key(text.split()):
                named.setdefault(key, set()).add(one.id)
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST_NAME, len(words)) + 1):
            # a bare number is how many, or a part of something: never a place
            key = _key(words[start:end])
            numbers = named.get(key, set()) if not (len(key) == 1 and key[0].isdigit()) else set()
            if len(numbers) == 1:
                yield next(iter(numbers)), start, end


def place_in(words: Sequence[str], places: Iterable[Any]) -> tuple[int, list[str]] | None:
    """Return the place that a sentence names, the one with the longest name, and the words without it; None = none."""
    found = max(places_in(words, places), key=lambda one: one[2] - one[1], default=None)
    if found is None:
        return None
    number, start, end = found
    while start and fold(words[start - 1]) in _LITTLE:
        start -= 1
    return number, [*words[:start], *words[end:]]
