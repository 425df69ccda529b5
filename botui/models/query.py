"""What is typed into a filter, taken apart: words, phrases, exclusions and ``field:value``.

``printer owner:ML state:open,new -vpn created:today..+1w "two words"`` means: the words printer and not vpn, the
phrase, and three conditions. What is typed is never an error, as it is read at every key.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Values from one to another, both as typed; an empty end is open."""

    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Condition:
    """``field:value``.

    Attributes:
        field: the field's name, in lower case.
        values: what it may be, as typed: any one of them.
        excluded: it was typed with a minus, so none of them.
    """

    field: str
    values: tuple[str | Span, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A filter.

    Attributes:
        words: must all occur; case folded.
        phrases: must all occur as they stand; case folded.
        excluded: words and phrases that must not occur; case folded.
        fields: conditions on fields, in the order typed.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    fields: tuple[Condition, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases or self.excluded or self.fields)

    def matches(self, text: str) -> bool:
        """Say whether words, phrases and exclusions fit a text; conditions are for whoever knows the fields."""
        folded = text.casefold()
        wanted = all(part in folded for part in (*self.words, *self.phrases))
        return wanted and not any(part in folded for part in self.excluded)


_TOKEN = re.compile(
    r"""
    (?P<minus>-?)
    (?:
        (?P<field>[^\W\d]\w*) : (?P<values>(?:"[^"]*"?|[^\s"])*)
      | "(?P<phrase>[^"]*)"?
      | (?P<word>\S+)
    )
    """,
    re.VERBOSE,
)
_VALUE = re.compile(r'(?:"[^"]*"?|[^,"])+')


def parse_query(text: str, fields: Collection[str] | None = None) -> Query:
    """Take a typed filter apart.

    Args:
        text: what was typed, however unfinished: a quotation mark may be open, a value may be still to come.
        fields: names that may stand before a colon, in lower case; anything else with a colon is a word, as a time
            or an address is. Nothing takes any name.
    """
    words: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    conditions: list[Condition] = []
    for token in _TOKEN.finditer(text):
        minus, name = bool(token["minus"]), token["field"]
        if name and (fields is None or name.lower() in fields):
            values = _values(token["values"])
            if values:
                conditions.append(Condition(name.lower(), values, minus))
            continue
        phrase = token["phrase"]
        if phrase is not None:
            part, home = phrase.strip(), phrases
        else:
            part, home = f"{name}:{token['values']}" if name else token["word"], words
        if part and part != "-":
            (excluded if minus else home).append(part.casefold())
    return Query(tuple(words), tuple(phrases), tuple(excluded), tuple(conditions))


def _values(typed: str) -> tuple[str | Span, ...]:
    values: list[str | Span] = []
    for match in _VALUE.finditer(typed):
        low, dots, high = (part.replace('"', "").strip() for part in match[0].partition(".."))
        if dots and (low or high):
            values.append(Span(low, high))
        elif low:
            values.append(low)
    return tuple(values)
