"""Figures as people and other systems write them, with whatever parts thousands and decimals."""

from __future__ import annotations

import re
from typing import Final

_OTHER: Final = {".": ",", ",": "."}
_GROUPS: Final = {mark: re.compile(rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}})+") for mark in ".,' "}


def with_point(text: str, mark: str) -> str | None:
    """Return digits with a point at most, of digits with marks: ``1.234,50`` and ``1'234.50`` are ``1234.50``.

    Of two sorts of marks the last parts the decimals, and one that comes twice parts thousands. Only a single one
    before three digits can be either (``1,234``): whoever is not sure asks for both and compares.

    Args:
        text: digits, points, commas, apostrophes and spaces; it ends with a digit.
        mark: what a single mark before three digits is taken to part decimals by, ``.`` or ``,``.

    Returns:
        None if its marks do not fit.
    """
    for between in "' ":
        if between in text:
            head = re.match(r"[0-9' ]*", text)
            if head is None or not _GROUPS[between].fullmatch(head[0]):
                return None
            text = text.replace(between, "")
    marks = [one for one in text if one in _OTHER]
    if not marks:
        return text
    last = marks[-1]
    if len(marks) > 1 and (last in marks[:-1] or len({*marks[:-1]}) > 1):
        return text.replace(last, "") if _GROUPS[last].fullmatch(text) else None
    before, _, after = text.rpartition(last)
    if len(marks) > 1:
        whole = before.replace(_OTHER[last], "")
        return f"{whole}.{after}" if _GROUPS[_OTHER[last]].fullmatch(before) else None
    if _GROUPS[last].fullmatch(text) and not text.startswith("0") and last != mark:
        return before + after
    return f"{before or 0}.{after}"
