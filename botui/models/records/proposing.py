"""What a scan is, as filing rules, names and dates in its text propose; a person decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from botui.models.base import clean, fold
from botui.models.calendar import EntryOrder
from botui.models.office import Party
from botui.models.records.document import Privacy
from botui.models.records.filing_rule import FilingRule, Match

_TITLE: Final = 80
"""Characters of a title (``botui.models.office.Name``)."""
_SURE: Final = 6
"""Letters of a party's name from which on it is known in a text; shorter ones stand in other words."""
_LOOKED_AT: Final = 20_000
"""Characters of a text that are looked at: what a letter is about stands on its first pages."""
_OLD: Final = timedelta(days=3660)
"""Dates older than ten years are the number of a law rather than that of a letter."""
_DATE: Final = re.compile(
    r"(?<![\d.])(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})([./])(\d{1,2})\5(\d{4})"
    r"|(?P<d>\d{1,2})(?:st|nd|rd|th|\.)? (?:of )?(?P<m>[a-z]{3,9})\.?,? (?P<y>\d{4})"
    r"|\b(?P<month>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4}))(?!\d)",
    re.IGNORECASE,
)
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SPACE: Final = re.compile(r"\s+")


def plain(text: str) -> str:
    """Return a text as rules look at it: folded, one blank between words."""
    return _SPACE.sub(" ", fold(text[:_LOOKED_AT])).strip()


def fits(rule: FilingRule, text: str) -> bool:
    """Return whether the words of a rule stand in a text (``plain``), each as a whole word or phrase."""
    if rule.match is Match.EXACT:
        return _stands(plain(rule.words), text)
    words = [word for one in rule.words.split(",") if (word := plain(one))]
    found = (_stands(word, text) for word in words)
    return bool(words) and (any(found) if rule.match is Match.ANY else all(found))


def _stands(words: str, text: str) -> bool:
    at = text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        if not (at and text[at - 1].isalnum() and words[0].isalnum()) and not (
            end < len(text) and text[end].isalnum() and words[-1].isalnum()
        ):
            return True
        at = text.find(words, at + 1)
    return False


def propose(
    rules: Iterable[FilingRule], parties: Iterable[Party], text: str, name: str, today: date, order: EntryOrder
) -> dict[str, Any]:
    """Return what is proposed of a scan, as fields of its document.

    Of each field the first rule that fits and says something of it is heard; tags come from all of them. A party that
    no rule names is known by its whole name, where one alone is.

    Args:
        rules: those in use.
        parties: those in use.
        text: what stands in it.
        name: what the file is called.
        today: the day in the office.
        order: of day and month, where a date could be read in two ways.
    """
    looked_at = plain(f"{name.rpartition('.')[0] or name} {text}")
    found: dict[str, Any] = {"title": _first_line(text) or _of_name(name)}
    heard = [one for one in sorted(rules, key=lambda one: (one.rank, one.id)) if fits(one, looked_at)]
    for field in ("title", "schedule", "party", "place", "shelf"):
        said = next((value for one in heard if (value := getattr(one, field))), None)
        if said:
            found[field] = said
    if tags := tuple(dict.fromkeys(tag for one in heard for tag in one.tags)):
        found["tags"] = tags[:30]
    closed = [one.privacy for one in heard if one.privacy is not Privacy.OPEN]
    if closed:
        found["privacy"] = Privacy.HR if Privacy.HR in closed else Privacy.PRIVATE
    if heard:
        found["proposed"] = heard[0].id
    if "party" not in found and (party := _party(parties, looked_at)) is not None:
        found["party"] = party
    if (dated := first_date(text, today, order)) is not None:
        found["dated"] = dated
    return found


def _first_line(text: str) -> str:
    lines = (clean(line) for line in text[:_LOOKED_AT].splitlines())
    return next((line[:_TITLE].rstrip() for line in lines if sum(map(str.isalpha, line)) >= 3), "")


def _of_name(name: str) -> str:
    called = clean(name.rpartition(".")[0] or name).replace("_", " ")[:_TITLE].strip()
    return called if any(map(str.isalnum, called)) else "Scan"


def _party(parties: Iterable[Party], text: str) -> int | None:
    """Return the party whose name stands in a text, the one with the longest name; None = none, or two as long."""
    named: Sequence[tuple[int, int]] = sorted(
        (len(one.name), one.id) for one in parties if len(one.name) >= _SURE and _stands(plain(one.name), text)
    )
    if not named or (len(named) > 1 and named[-2][0] == named[-1][0]):
        return None
    return named[-1][1]


def first_date(text: str, today: date, order: EntryOrder) -> date | None:
    """Return the first date in a text that can be the one of a letter: not to come, and not ten years old."""
    for found in _DATE.finditer(text[:_LOOKED_AT]):
        try:
            dated = date(*_numbers(found, order))
        except ValueError:
            continue
        if today - _OLD <= dated <= today:
            return dated
    return None


def _numbers(found: re.Match[str], order: EntryOrder) -> tuple[int, int, int]:
    """Return year, month and day of what looks like a date; a word that is no month is month 0."""
    if found[1]:
        return int(found[1]), int(found[2]), int(found[3])
    if found[4]:
        year, first, second = int(found[7]), int(found[4]), int(found[6])
        return (year, first, second) if found[5] == "/" and order == "mdy" else (year, second, first)
    word = found["m"] or found["month"]
    month = next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(word.casefold())), 0)
    return int(found["y"] or found["year"]), month, int(found["d"] or found["day"])
