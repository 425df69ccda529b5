"""Looking through a table for what meets a condition of TinyDB's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from tinydb.queries import QueryInstance, QueryLike


def matching(items: Iterable[tuple[int, bytes]], cond: QueryLike) -> Iterator[tuple[int, Any]]:
    """Return those documents, parsed, that meet a condition."""
    needle = _needle(cond)
    for number, data in items:
        # where nothing is escaped, a text that is in a document is in its bytes; if not, it need not be parsed
        if needle in data or b"\\" in data:
            doc = orjson.loads(data)
            if cond(doc):
                yield number, doc


def _needle(cond: QueryLike) -> bytes:
    """Return what the bytes of a document must hold to meet the condition; empty = nobody knows.

    Known of ``where(field) == text``, and only of that: of a comparison within an "and" another one may come first,
    and may have to raise an error.
    """
    known = cond._hash if type(cond) is QueryInstance else None
    if (
        known is None
        or known[0] != "=="
        or type(known[2]) is not str
        or not all(type(part) is str for part in known[1])
    ):
        return b""
    try:
        needle = orjson.dumps(known[2])
    except TypeError:  # half a surrogate: it is in no document
        return b""
    return b"" if b"\\" in needle else needle
