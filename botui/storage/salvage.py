"""Reading what is damaged: line by line, saying of each whether it is whole, and where it is not."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import orjson

from .. import areas
from .format import Entry, decode_line, encode_document, hexdigest

WRONG: Final = (ValueError, LookupError, TypeError, AttributeError)
"""What reading something that is not what it should be may raise."""

SEARCHED: Final = 4096
"""Longest line, in bytes, in which a flipped bit is searched for: some hundredths of a second, at worst a second."""

# not compiled yet: every start of the program would pay for it
_STATED: Final = rb'\["([0-9a-f]{32})",'
_PREV: Final = rb'"prev":"([0-9a-f]{32})"'
_GLUED: Final = rb'(?<=\]\]).(?=\["[0-9a-f]{32}",\{)'
_MENTION: Final = rb'\{"t":("(?:[^"\\\x00-\x1f]|\\.)*"),"i":([0-9]{1,18})'
_DOCUMENT: Final = rb'"([0-9]{1,18})":(\{.*\}),?'
_TABLE: Final = rb'("(?:[^"\\]|\\.)*"):\{'


def name_of(table: str, number: int) -> str:
    """Return what people call a record: ``T-12``; of a table that no area knows, its name and the number."""
    try:
        return areas.ref(table, number)
    except KeyError:
        return f"{table} {number}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a journal.

    Attributes:
        number: which line of its file, from 1.
        start: its first byte in the file.
        data: its bytes, without the newline.
        entry: what it says, if that can be read at all.
        fault: what does not fit, in words; empty = nothing.
        whole: a digest vouches for what it says.
        digest: what the chain goes on with; None = cannot be told.
    """

    number: int
    start: int
    data: bytes
    entry: Entry | None
    fault: str
    whole: bool
    digest: str | None

    @property
    def right(self) -> bytes:
        """What it says, if it is whole, in the bytes it should have."""
        assert self.entry is not None
        return b'["%s",%s\n' % (self.entry.digest.encode(), self.data[36:])

    def mentions(self) -> Iterator[tuple[str, int]]:
        """Give table and number of the documents it seems to be about, read or not."""
        for table, number in re.findall(_MENTION, self.data):
            try:
                yield orjson.loads(table), int(number)
            except ValueError:
                continue


def lines_of(data: bytes, *, mend: bool = False) -> Iterator[Line]:
    """Read a journal to its end, whatever is wrong with some of its lines.

    Args:
        data: its bytes.
        mend: put right a single flipped bit of a line, where the digest shows which one it was.
    """
    held: Line | None = None
    for number, start, chunk, ended in _chunks(data):
        before = _own_start(chunk) if held is None else held.digest
        line = _read(number, start, chunk, before)
        if held is not None and held.fault and not held.whole and held.entry is not None and line.fault:
            # where only the digest of the line before is damaged, this one fits what it should have been
            again = _read(number, start, chunk, held.entry.digest)
            if not again.fault:
                held, line = replace(held, whole=True), again
        if not ended:
            # of a damaged newline one byte is left
            again = _read(number, start, chunk[:-1], before) if line.fault else line
            line = replace(line if again.fault else again, fault="it has no end")
        if mend and line.fault and not line.whole and before is not None:
            line = _flipped_back(line, before)
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _chunks(data: bytes) -> Iterator[tuple[int, int, bytes, bool]]:
    """Cut a journal into lines, also where the newline between two is damaged."""
    start = 0
    for number, line in enumerate(data.split(b"\n"), 1):
        parts = [line] if _is_json(line) else re.split(_GLUED, line)
        for part in parts[:-1]:
            yield number, start, part, False
            start += len(part) + 1
        ended = start + len(parts[-1]) < len(data)
        if ended or parts[-1]:
            yield number, start, parts[-1], ended
        start += len(parts[-1]) + 1


def _is_json(line: bytes) -> bool:
    # looked at only where there may be something to cut: a document may hold the same bytes
    if not re.search(_GLUED, line):
        return True
    try:
        orjson.loads(line)
    except ValueError:
        return False
    return True


def _own_start(line: bytes | bytearray) -> str:
    """Return the digest that the first line of a journal says is before it; what it never says fits nothing."""
    found = re.search(_PREV, line)
    return found[1].decode() if found else ""


def _read(number: int, start: int, data: bytes, before: str | None) -> Line:
    try:
        entry = decode_line(data, before)
        _refuse_odd(entry)
    except WRONG as error:
        stated = re.match(_STATED, data)
        seen = _as_it_stands(data, before)
        digest = stated[1].decode() if stated else seen.digest if seen else None
        return Line(number, start, data, seen, _words(error, data, start), False, digest)
    return Line(number, start, data, entry, "", before is not None, entry.digest)


def _flipped_back(line: Line, before: str) -> Line:
    """Return a line as it was before one of its bits was flipped; as it is, where it was another damage."""
    data = bytearray(line.data)
    for place in range(len(data) if len(data) <= SEARCHED else 0):
        for bit in range(8):
            data[place] ^= 1 << bit
            try:
                entry = decode_line(bytes(data), _own_start(data) if line.start == 0 else before)
            except WRONG:
                data[place] ^= 1 << bit
            else:
                return replace(line, data=bytes(data), entry=entry, whole=True, digest=entry.digest)
    return line


def _refuse_odd(entry: Entry) -> None:
    """Do nothing if header and ops are of the right sorts.

    Raises:
        TypeError: they are not.
    """
    if not isinstance(entry.header, dict):
        raise TypeError("its header is none")
    for op in entry.ops:
        number = isinstance(op.id, int) and not isinstance(op.id, bool)
        if not isinstance(op.table, str) or not (number or op.id is None) or not isinstance(op.doc, dict | None):
            raise TypeError("it is not a line of a journal")


def _as_it_stands(data: bytes, before: str | None) -> Entry | None:
    """Return what a line that does not fit says, with the digest it should then have."""
    try:
        header, items = orjson.loads(b"[" + data[36:])
        sums = [item if isinstance(item, str) else hexdigest(orjson.dumps(item)) for item in items]
        digest = hexdigest((before or "").encode(), orjson.dumps(header), "".join(sums).encode())
        entry = decode_line(b'["%s",' % digest.encode() + data[36:], None)
        _refuse_odd(entry)
    except WRONG:
        return None
    return entry


def _words(error: Exception, data: bytes, start: int) -> str:
    if not isinstance(error, json.JSONDecodeError):
        return str(error)
    try:
        text = data.decode()
    except UnicodeDecodeError as wrong:
        return f"byte {start + wrong.start} is no text"
    return f"byte {start + len(text[: error.pos].encode())} is not JSON"


@dataclass(frozen=True, slots=True)
class Held:
    """One line of a snapshot, or one document of a snapshot in a layout that is not botui's.

    Attributes:
        place: where it stands, in words.
        table: its table; None = cannot be told.
        number: of the document; None = the line cannot be read.
        doc: the document in canonical form.
    """

    place: str
    table: str | None
    number: int | None = None
    doc: bytes = b""


def documents_of(data: bytes, name: str, tables: set[str]) -> list[Held]:
    """Read a snapshot as far as it can be read; nothing vouches for what is found.

    Args:
        data: its bytes.
        name: what its file is called.
        tables: names that tables may have; where a name is damaged, the nearest that is left is taken.
    """
    found = list(_by_lines(data, name, tables))
    if all(one.number is not None for one in found):
        return found
    try:
        return list(_parsed(json.loads(data), name))
    except (ValueError, TypeError, AttributeError):
        return found


def _parsed(whole: Any, name: str) -> Iterator[Held]:
    for table, docs in whole.items():
        for number, doc in docs.items():
            if not isinstance(doc, dict):
                raise TypeError("not a document")
            yield Held(name, table, int(number), encode_document(doc))


def _by_lines(data: bytes, name: str, tables: set[str]) -> Iterator[Held]:
    left = set(tables)
    table: str | None = None
    last = start = 0
    for row, line in enumerate(data.split(b"\n"), 1):
        place = f"{name}, line {row} (byte {start})"
        start += len(line) + 1
        found, begins = re.fullmatch(_DOCUMENT, line), re.fullmatch(_TABLE, line)
        if begins:
            table, last = _nearest(begins[1], left), 0
        elif found and table is not None and _canonical(found[2]) and int(found[1]) > last:
            last = int(found[1])
            yield Held(place, table, last, found[2])
        elif line not in (b"{", b"}", b"},", b""):
            if line.endswith(b":{"):
                table, last = _nearest(line[:-2], left), 0
            yield Held(place, table)


def _canonical(doc: bytes) -> bool:
    try:
        return orjson.dumps(orjson.loads(doc)) == doc
    except ValueError:
        return False


def _nearest(name: bytes, left: set[str]) -> str | None:
    """Return the table that a line names; each is there once."""
    try:
        table = str(orjson.loads(name))
    except ValueError:
        table = name.decode("latin-1")
    table = likely(table, left)
    left.discard(table)
    return table


def likely(table: str, known: Collection[str]) -> str:
    """Return the name of a table, or where it is not known, the known one that is nearest to it."""
    from difflib import get_close_matches

    near = [] if table in known else get_close_matches(table, known, n=1)
    return near[0] if near else table
