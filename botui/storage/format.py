"""What a line of the journal is, in bytes: docs/format.md in code. Knows nothing of files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

import orjson

FORMAT: Final = 1
"""Version of the format written by this program, and the only one it reads."""

NO_DIGEST: Final = "0" * 32
"""What stands for "the digest before" where nothing was before."""

RESERVED: Final = frozenset({"adopted", "at", "format", "gen", "next", "prev", "seal", "size", "snapshot"})
"""Header keys with a meaning of their own; callers may not give them."""

PURGE: Final = "purge"
"""Key of the header by which a purge is called in all that tells of it."""

PURGES: Final = "purges"
"""Key of the header that says which documents, by table, a commit erased for good."""

SECTOR: Final = 512
"""Bytes of the smallest block of a disk: NULs in their place within a line are that many at least."""

_STRICT = json.JSONEncoder(allow_nan=False)


@dataclass(frozen=True, slots=True)
class Op:
    """One document of one commit.

    Attributes:
        table: the collection.
        id: the document's number; None = the whole table was created, cleared (``doc`` is ``{}``) or dropped
            (``doc`` is None), which only TinyDB's own calls do.
        doc: the document after the commit; None = removed.
        was: the old values of the fields that changed; None if the document (or table) is new; of a removed
            document all fields; of a cleared or dropped table its documents by number (as text).
        salt: random hex, so that the digest of a purged op cannot be guessed back into its content.
        added: fields that did not exist before; to undo, they are taken away again.
    """

    table: str
    id: int | None
    doc: dict[str, Any] | None
    was: dict[str, Any] | None
    salt: str
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One acknowledged commit: one line of the journal.

    Attributes:
        digest: the chain up to and with this line, 32 hex digits.
        header: ``at`` (UTC, ISO 8601 with milliseconds, never before the last), ``by`` (a person's number or
            None), and where given ``on`` (terminal), ``do`` (action), ``note`` and the caller's own keys.
        ops: what changed, in order.
        purged: how many ops of this commit were since taken out and left only their digest.
    """

    digest: str
    header: dict[str, Any]
    ops: tuple[Op, ...]
    purged: int = 0


def hexdigest(*parts: bytes) -> str:
    """Return the first 32 hex digits of the SHA-256 of all parts together."""
    return sha256(b"".join(parts)).hexdigest()[:32]


def utc_now() -> datetime:
    """Return what time it is by this machine."""
    return datetime.now(UTC)


def stamp(now: datetime, last: str = "") -> str:
    """Return ``now`` as headers spell it, but never before ``last``, whatever became of the clock."""
    return max(now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"), last)


def encode_document(doc: Mapping[str, Any]) -> bytes:
    """Return the canonical JSON of a document or header.

    Raises:
        ValueError: NaN or an infinity, a circle, or nesting beyond all measure.
        TypeError: anything else JSON or 64 bits cannot hold.
    """
    data = orjson.dumps(doc)
    # orjson writes NaN as null and dates as text, without a word: what does not come back the same is looked
    # at by the strict encoder (five times slower), which has nothing against a tuple
    if orjson.loads(data) != doc:
        _STRICT.encode(doc)
    return data


def encode_op(op: Op) -> bytes:
    """Return the canonical JSON of an op."""
    wire: dict[str, Any] = {"t": op.table, "i": op.id, "d": op.doc, "w": op.was}
    if op.added:
        wire["n"] = op.added
    wire["s"] = op.salt
    return orjson.dumps(wire)


def encode_line(before: str, header: Mapping[str, Any], ops: Sequence[Op] = ()) -> tuple[Entry, bytes]:
    """Return the commit and the bytes, newline included, of the line that follows ``before``.

    Raises:
        ValueError, TypeError: the header or a document is not JSON; see ``encode_document``.
    """
    head = encode_document(header)
    bodies = [encode_op(op) for op in ops]
    digest = _chained(before, head, ops, bodies)
    return Entry(digest, orjson.loads(head), tuple(ops)), _join(digest, head, bodies) + b"\n"


def decode_line(line: bytes, before: str | None) -> Entry:
    """Read one line, given without its newline.

    Args:
        line: its bytes.
        before: the digest of the line before; None takes the word of the line itself, which is right for the
            first line of a journal (it names the digest before) and for lines checked once already.

    Raises:
        ValueError: the line is not what this program wrote, or does not follow ``before``.
    """
    try:
        digest, header, items = orjson.loads(line)
        _check_spelling(line, digest, header, items, before)
        return _entry(digest, header, items)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("it is not a line of a journal") from error


def parse_line(line: bytes) -> Entry:
    """Read one line that was checked once already."""
    return _entry(*orjson.loads(line))


def _entry(digest: str, header: dict[str, Any], items: Sequence[Any]) -> Entry:
    ops = [
        Op(item["t"], item["i"], item["d"], item["w"], item["s"], tuple(item.get("n", ())))
        for item in items
        if not isinstance(item, str)
    ]
    return Entry(digest, header, tuple(ops), len(items) - len(ops))


def glance(line: bytes, before: bytes) -> tuple[bytes, bytes, str, int, bytes | None] | None:
    """Check a line, given without its newline, against the digest before, and take it apart as it stands.

    Nearly all lines hold one op on one document and no key of the format's own in their header; whoever only follows
    needs no more of them than this, at a third of the time of parsing: with fifty writers on a store everybody does
    it for the lines of all.

    Returns:
        The line's digest, its time, the table, the document's number and the document's bytes (None = removed). None
        in place of all = look at it whole: it is another kind of line, cannot be cut for sure (a document with a field
        ``w`` within), or does not fit.
    """
    cut = line.find(b',[{"t":', 36)
    op = line[cut + 2 : -2]
    inner = sha256(op).hexdigest()[:32].encode()
    digest = sha256(before + line[36:cut] + inner).hexdigest()[:32].encode()
    if line[2:34] != digest or line[:2] != b'["' or line[34:43] != b'",{"at":"' or line[-2:] != b"]]":
        return None
    # quotes in texts are escaped, so these bytes are keys: those of the op, unless a document has one of the same name
    number = op.find(b',"i":')
    doc = op.find(b',"d":', number)
    was = op.find(b',"w":', doc)
    if was < 0 or op.find(b',"w":', was + 1) > 0 or line.find(b'"next":', 67, cut) > 0:
        return None
    which, after = op[number + 5 : doc], op[doc + 5 : was]
    if which == b"null":
        return None
    return digest, line[43:67], orjson.loads(op[5:number]), int(which), None if after == b"null" else after


def _check_spelling(line: bytes, digest: str, header: object, items: list[object], before: str | None) -> None:
    head = orjson.dumps(header)
    bodies = [orjson.dumps(item) for item in items]
    # a canonical line has one spelling only: what does not come out the same was not written by us
    if _join(digest, head, bodies) != line:
        raise ValueError("it is not in canonical form")
    if before is not None and digest != _chained(before, head, items, bodies):
        raise ValueError("its digest does not fit")


def _chained(before: str, head: bytes, items: Sequence[object], bodies: Sequence[bytes]) -> str:
    sums = [item if isinstance(item, str) else hexdigest(body) for item, body in zip(items, bodies, strict=True)]
    return hexdigest(before.encode(), head, "".join(sums).encode())


def _join(digest: str, head: bytes, bodies: Sequence[bytes]) -> bytes:
    return b'["%s",%s,[%s]]' % (digest.encode(), head, b",".join(bodies))


def whole_lines(data: bytes) -> int:
    """Return how many bytes at the start of ``data`` are whole lines; the rest is a torn tail.

    A tail is torn if its newline is missing, or if blocks of it never reached the disk and no whole line comes after
    them: NUL bytes before good lines are damage, and the digests will show it. So are NULs that are no blocks: a
    flipped bit makes one of a space, and the line was confirmed.
    """
    end = data.rfind(b"\n") + 1
    hole = data.find(b"\0", 0, end)
    if hole < 0:
        return end
    start = data.rfind(b"\n", 0, hole) + 1
    return start if all(map(_has_hole, data[start : end - 1].split(b"\n"))) else end


def _has_hole(line: bytes) -> bool:
    return line.startswith(b"\0") or b"\0" * SECTOR in line
