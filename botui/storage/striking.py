"""Taking records out of a journal: each op on one of them gives way to its own digest, and the chain stays whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import orjson

from ..models.errors import StoreDamaged
from .format import decode_line, hexdigest
from .postings import OPS, by_line

Names = Mapping[str, Collection[int]]
"""Table -> numbers of documents."""


def strike(data: bytes, records: Names, line: bytes) -> tuple[bytes, int]:
    """Return a journal in which each op on these records is replaced by its digest, and how many there were.

    Args:
        data: its bytes.
        records: table -> numbers.
        line: what marks the line that takes them away: what stands in their place there stays, and all that is later.

    Raises:
        StoreDamaged: a line is not one of ours.
    """
    last = data.find(line)
    end = len(data) if last < 0 else data.find(b"\n", last) + 1
    names = {orjson.dumps(table): numbers for table, numbers in records.items()}
    hits = dict.fromkeys(start for start, op in by_line(data[:end], OPS) if _may_touch(op[1], op[2], names))
    parts, done, struck = [], 0, 0
    for start in hits:
        stop = data.index(b"\n", start)
        new, count = _without(data[start:stop], records, renewed=start <= last < stop)
        parts += [data[done:start], new]
        done, struck = stop, struck + count
    return b"".join((*parts, data[done:])), struck


def _may_touch(table: bytes, number: bytes, names: Mapping[bytes, Collection[int]]) -> bool:
    return table in names and (number == b"null" or int(number) in names[table])


def _without(line: bytes, records: Names, *, renewed: bool) -> tuple[bytes, int]:
    try:
        digest, header, items = orjson.loads(line)
        kept = [hexdigest(orjson.dumps(op)) if _touches(op, records, renewed) else op for op in items]
        new = b'["%s",%s,%s]' % (digest.encode(), orjson.dumps(header), orjson.dumps(kept))
        decode_line(new, None)
    except (ValueError, TypeError, KeyError) as error:
        raise StoreDamaged(f"The history is damaged: {error}. To see all, run: botui check") from error
    return new, sum(new is not old for new, old in zip(kept, items, strict=True))


def _touches(op: Any, records: Names, renewed: bool) -> bool:
    if isinstance(op, str) or op["t"] not in records:
        return False
    if op["i"] is None:
        return any(str(number) in (op["w"] or {}) for number in records[op["t"]])
    return op["i"] in records[op["t"]] and not (renewed and op["d"] is not None)
