"""User text and moments as they are kept: cleaned, limited, UTC."""

from __future__ import annotations

import unicodedata
from collections.abc import Sized
from datetime import UTC, datetime
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer

from botui.models.calendar.basics import to_utc

LINE_MAX: Final = 200
"""Characters in a one-line field, unless the field says less."""
PROSE_MAX: Final = 20_000
"""Characters in a text of many lines: a long mail with its thread fits."""

CUT: Final = "~"
"""What stands for a cut: one ASCII cell, as on the screens."""

_UNSEEN: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # turn the direction of text
    "\u00ad\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\ufff9\ufffa\ufffb"  # are not seen at all
)


def clean(text: str, *, lines: bool = False) -> str:
    r"""Return user text as it may be kept and shown: no control, no bidi mark, no half of a pair, NFC, trimmed.

    Zero-width joiners stay: names and emoji need them. A tab becomes a blank. With ``lines`` line ends stay (as
    ``\n``), else they become blanks.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if text.isascii() and text.isprintable():
        return text.strip()
    text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    seen = (c for c in text if c == "\n" or (unicodedata.category(c) not in ("Cc", "Cs") and c not in _UNSEEN))
    kept = unicodedata.normalize("NFC", "".join(seen))  # only now: what goes may stand between a letter and its accent
    if lines:
        return "\n".join(line.rstrip() for line in kept.split("\n")).strip()
    return kept.replace("\n", " ").strip()


def fold(text: str) -> str:
    """Return text as it is compared when searched: small letters, without accents (``Åkerström`` is ``akerstrom``)."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    for mark in filter(unicodedata.combining, set(split)):
        split = split.replace(mark, "")
    return split


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def fit(text: str, width: int) -> str:
    """Return a text cut to a width, with a mark that it was cut."""
    if cells(text) <= width:
        return text
    kept = ""
    for one in text:
        if cells(kept) + cells(one) > width - 1:
            break
        kept += one
    return kept + CUT


def plural(number: int, word: str) -> str:
    """Return how many of a thing are said: ``1 line``, ``1,200 lines``; for words whose plural takes an s."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def and_more(found: Sized) -> str:
    """Return what is said of the others where one of some stands for all: ``; 3 more``; nothing if it is alone."""
    return f"; {len(found) - 1:,} more" if len(found) > 1 else ""


def _line(value: str) -> str:
    return clean(value)


def _prose(value: str) -> str:
    return clean(value, lines=True)


def _words(value: object) -> object:
    if isinstance(value, str):
        value = value.split(",")
    if isinstance(value, (list, tuple)):
        cleaned = (clean(one).lower() if isinstance(one, str) else one for one in value)
        return tuple(dict.fromkeys(one for one in cleaned if one))
    return value


def _utc_seconds(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("This time needs its zone.")
    # twice, because at the ends of the calendar UTC may be in another year
    return to_utc(to_utc(value)).replace(microsecond=0)


def stamp(moment: datetime) -> str:
    """Return a moment as it is stored and compared: ``2026-11-21T09:12:00Z``."""
    # a sixth of the time of strftime, and dozens of moments are written with a ticket
    return f"{moment.astimezone(UTC).isoformat(timespec='seconds')[:-6]}Z"


Line = Annotated[str, AfterValidator(_line), Field(max_length=LINE_MAX)]
"""One line of clean text."""
Prose = Annotated[str, AfterValidator(_prose), Field(max_length=PROSE_MAX)]
"""Clean text of many lines."""
Words = Annotated[tuple[Annotated[str, Field(max_length=40)], ...], BeforeValidator(_words), Field(max_length=30)]
"""Tags: small words in the order given, none twice; typed with commas between."""
When = Annotated[
    datetime,
    AfterValidator(_utc_seconds),
    PlainSerializer(stamp, return_type=str, when_used="json"),
]
"""A moment: UTC, whole seconds; as text always ``2026-11-21T09:12:00Z``, so that text order is time order."""
