"""Short sentences about tickets: ``call NAME from NUMBER``, ``printer 2nd floor jam``.

Each of these reads the words of a sentence and answers what a form is to hold, or None where it is none of its; nothing
is ever filed here. The grammar is small and fixed: what stands in no place of it is the subject, and never lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from botui.models.base import LINE_MAX, clean, fold
from botui.models.office.spoken import place_in, stem
from botui.models.tickets.calls import digits, matches, same_number

Look = Callable[[str], Iterable[Any]]
"""Gives the records in use of a collection that whoever types may look at; none where they may look at none."""
Said = tuple[str, dict[str, Any]]
"""A collection, and what the fields of its form are to hold."""


def call(words: Sequence[str], look: Look) -> Said | None:
    """Read ``call NAME from NUMBER [text]``: for whom, and who rang, as far as the number says.

    A name that nobody of the house has is the caller's.
    """
    plain = [fold(word) for word in words]
    if plain[:1] != ["call"] or "from" not in plain[2:]:
        return None
    at = plain.index("from", 2)
    name = " ".join(words[1:at])
    number, text = _number(words[at + 1 :])
    if not number:
        return None
    values: dict[str, Any] = {"number": number[:40]}
    people = list(look("people"))
    wanted = fold(name)
    called = [one for one in people if fold(one.initials) == wanted and one.initials] or [
        one for one in people if fold(one.name) == wanted
    ]
    if not called:
        numbers = {one.number for one in matches(name, people, ())}
        called = [one for one in people if one.id in numbers]
    if len(called) == 1:
        values["for_person"] = called[0].id
    else:
        values["caller"] = name[:80]
    sure = [(one.collection, one.number) for one in matches(number, people, look("parties")) if one.sure]
    # extensions may have fewer digits than a search begins with
    sure = sure or [("people", one.id) for one in people if same_number(number, one.extension)]
    if len(sure) == 1:
        values["person" if sure[0][0] == "people" else "party"] = sure[0][1]
    return "calls", {**values, "text": text} if text else values


def _number(words: Sequence[str]) -> tuple[str, str]:
    """Return the phone number that a text begins with, and the rest."""
    count = 0
    for word in words:
        if not digits(word) or any(one.isalpha() for one in word):
            break
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def trouble(words: Sequence[str], look: Look) -> Said | None:
    """Read ``printer 2nd floor jam``: the topic and the place that are named in it; what is left is the subject.

    The words of the topic stay in the subject: a narrow list shows no topic. Where two places have a name, it stays
    in the subject, too, and nobody guesses.
    """
    place, rest = place_in(words, look("places")) or (None, list(words))
    topic = _topic(rest, list(look("topics")))
    if len(words) < 2 or (place is None and topic is None):
        return None
    subject = _line(" ".join(rest))
    values: dict[str, Any] = {"subject": subject} if subject else {}
    if topic is not None:
        values["topic"] = topic
    if place is not None:
        values["place"] = place
    return "tickets", values


def _line(text: str) -> str:
    return clean(text)[:LINE_MAX]


def _topic(words: Sequence[str], topics: Sequence[Any]) -> int | None:
    """Return the topic whose name stands in a sentence, the longest; else the only one that shares a word with it."""
    plain = [stem(word) for word in words]
    best: dict[int, set[int]] = {}
    shared: set[int] = set()
    for one in topics:
        name = [stem(word) for word in one.name.split()]
        if name and any(plain[at : at + len(name)] == name for at in range(len(plain))):
            best.setdefault(len(name), set()).add(one.id)
        shared |= {one.id} if {word for word in name if len(word) > 3} & set(plain) else set()
    found = best[max(best)] if best else shared
    return next(iter(found)) if len(found) == 1 else None
