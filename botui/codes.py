"""Where the codes of a collection stand: initials, bar codes, numbers in other systems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from botui.models.base import Kind


class Codes:
    """Which records may carry a code; a scan then looks at one or two documents instead of all.

    It only grows: a record that lost a code is still named, and whoever asks looks at the record anyway.

    Args:
        kind: what the records are.
        items: number and bytes of all their documents; only those with a code are parsed.
    """

    def __init__(self, kind: Kind[Any], items: Iterable[tuple[int, bytes]]) -> None:
        self._fields = kind.aliases
        self._numbers: dict[str, tuple[int, ...]] = {}
        has_code = re.compile(
            b"|".join(re.escape(orjson.dumps(name)) + b":" for name in self._fields) or b"(?!)"
        ).search
        for number, raw in items:
            if has_code(raw):
                self.put(number, orjson.loads(raw))

    def put(self, number: int, doc: Mapping[str, Any] | None) -> None:
        """Take in a record as it is now (None = it is gone)."""
        for name in self._fields if doc is not None else ():
            value = (doc or {}).get(name)
            for code in value if isinstance(value, list) else (value,):
                if isinstance(code, str) and number not in (known := self._numbers.get(code.casefold(), ())):
                    self._numbers[code.casefold()] = (*known, number)

    def carries(self, doc: Mapping[str, Any], code: str) -> bool:
        """Return whether a document has a code, capital or small, in any of its fields with codes."""
        values = (doc.get(name) for name in self._fields)
        several = (value if isinstance(value, list) else (value,) for value in values)
        return any(isinstance(one, str) and one.casefold() == code.casefold() for codes in several for one in codes)

    def numbers(self, code: str) -> list[int]:
        """Return the records that may carry this code, capital or small, ascending."""
        return sorted(self._numbers.get(code.casefold(), ()))
