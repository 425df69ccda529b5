"""Every kind of damage that a store can suffer, each with what ``botui check`` must say of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from botui.storage import Journal, open_db
from botui.storage.format import decode_line, encode_line

from .command_line import Office, found

Spoil = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Damage:
    """One way to spoil the folder of a store.

    Attributes:
        spoil: does it.
        says: what ``botui check`` must say: the file and the place, or the record and the field.
        harmless: the records are all as they were, and a repair has nothing uncertain to say.
    """

    name: str
    spoil: Spoil
    says: tuple[str, ...]
    harmless: bool = False


def make(folder: Path) -> Office:
    """Make an office of three generations: people, places, tickets with comments; the first ones changed later."""
    office = found(folder)
    for round_ in range(3):
        for number in range(3):
            office.ok("add", "tickets", f"subject=Matter {round_} {number} @ desk")
        office.ok("add", "people", f"name=Nora Number{round_}")
        office.ok("add", "places", f"name=Room {round_}")
        office.ok("set", "T-1", f"priority=P{round_ + 1}")
        office.ok("do", "T-2", "note", f"text=Said {round_}")
        if round_ < 2:
            office.ok("compact")
    return office


def journal(folder: Path) -> Path:
    return folder / "office.json.journal"


def closed(folder: Path, generation: int) -> Path:
    return folder / "history" / f"office.json.{generation:06d}.journal"


def snapshot(folder: Path) -> Path:
    return folder / "office.json"


def flip(file: Callable[[Path], Path], where: Callable[[bytes], int], bit: int = 0) -> Spoil:
    """Flip one bit of a file."""

    def spoil(folder: Path) -> None:
        data = bytearray(file(folder).read_bytes())
        data[where(bytes(data))] ^= 1 << bit
        file(folder).write_bytes(data)

    return spoil


def rewrite(file: Callable[[Path], Path], change: Callable[[bytes], bytes]) -> Spoil:
    """Change the bytes of a file."""

    def spoil(folder: Path) -> None:
        data = file(folder).read_bytes()
        new = change(data)
        assert new != data
        file(folder).write_bytes(new)

    return spoil


def lines(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[bytes], bytes]:
    return lambda data: b"".join(change(data.splitlines(keepends=True)))


def line(number: int, offset: int = 60) -> Callable[[bytes], int]:
    """A byte of a line, counted from 1."""
    return lambda data: len(b"".join(data.splitlines(keepends=True)[: number - 1])) + offset


def swap(one: Callable[[Path], Path], other: Callable[[Path], Path]) -> Spoil:
    def spoil(folder: Path) -> None:
        kept = one(folder).read_bytes()
        one(folder).write_bytes(other(folder).read_bytes())
        other(folder).write_bytes(kept)

    return spoil


def gone(*files: Callable[[Path], Path]) -> Spoil:
    def spoil(folder: Path) -> None:
        for file in files:
            file(folder).unlink()

    return spoil


def forged(data: bytes) -> bytes:
    """Rewrite who did it in every line, with a right chain within."""
    rows = data.splitlines()
    before, out = decode_line(rows[0], None).header["prev"], []
    for row in rows:
        entry = decode_line(row, None)
        new, made = encode_line(before, entry.header | ({"by": 99} if "by" in entry.header else {}), entry.ops)
        before = new.digest
        out.append(made)
    return b"".join(out)


def put_back(folder: Path) -> None:
    """Put the snapshot and journal of a day ago back by hand, and leave the history."""
    kept = {file: file.read_bytes() for file in (snapshot(folder), journal(folder))}
    Journal(snapshot(folder)).compact()
    for file, data in kept.items():
        file.write_bytes(data)


def by_tinydb(change: Callable[[Any], object], **layout: Any) -> Spoil:
    """Let stock TinyDB write into the snapshot."""

    def spoil(folder: Path) -> None:
        with TinyDB(snapshot(folder), **layout) as db:
            change(db)

    return spoil


def by_hand(change: Callable[[Any], object]) -> Spoil:
    """Let the back door write what no rule would let in."""

    def spoil(folder: Path) -> None:
        with open_db(snapshot(folder)) as db:
            change(db)

    return spoil


def update(table: str, number: int, **values: Any) -> Spoil:
    return by_hand(lambda db: db.table(table).update(values, doc_ids=[number]))


def first(folder: Path) -> Path:
    return closed(folder, 1)


def second(folder: Path) -> Path:
    return closed(folder, 2)


def lock(folder: Path) -> Path:
    return folder / "office.json.lock"


def _block(data: bytes) -> bytes:
    return data[:900] + b"\0" * 512 + data[1412:]


def _cut_in_half(data: bytes) -> bytes:
    return data[: len(data) // 2]


FILES = [
    Damage("a bit in a change", flip(journal, line(3, 90)), ("office.json.journal, line 3", "after byte"), True),
    Damage("a bit in the digest of a change", flip(journal, line(3, 9)), ("office.json.journal, line 3",), True),
    Damage("a bit in the first line", flip(journal, line(1)), ("office.json.journal, line 1", "byte 0"), True),
    Damage("a bit in the last change", flip(journal, lambda d: len(d) - 9), ("office.json.journal, line 8",), True),
    Damage(
        "a bit in the newline between", flip(journal, lambda d: d.index(b"\n")), ("office.json.journal, line 1",), True
    ),
    Damage("a block of NULs", rewrite(journal, _block), ("office.json.journal, line", "after byte")),
    Damage("a change taken out", rewrite(journal, lines(lambda r: r[:4] + r[5:])), ("office.json.journal, line 5",)),
    Damage(
        "two changes swapped", rewrite(journal, lines(lambda r: [*r[:3], r[4], r[3], *r[5:]])), ("line 4", "line 5")
    ),
    Damage("a change twice", rewrite(journal, lines(lambda r: r[:4] + r[3:])), ("office.json.journal, line 5",)),
    Damage(
        "a stranger's line", rewrite(journal, lambda d: d + b"hello\n"), ("office.json.journal, line 9", "JSON"), True
    ),
    Damage("an empty journal", rewrite(journal, lambda d: b""), ("office.json.journal is empty",)),
    Damage("no journal", gone(journal), ("office.json.journal is gone",)),
    Damage("neither journal nor lock", gone(journal, lock), ("office.json.journal is gone", "generation 2")),
    Damage(
        "a journal of a later version",
        rewrite(journal, lambda d: d.replace(b'"format":1', b'"format":2', 1)),
        ("office.json.journal, line 1", "format 2"),
        True,
    ),
    Damage(
        "a bit in the snapshot",
        flip(snapshot, lambda d: d.index(b"Matter 1 1")),
        ("office.json, line", "T-5 is not as the journals make it"),
    ),
    Damage("a bit in a number", flip(snapshot, lambda d: d.index(b'"5":') + 1), ("office.json", "T-5 is missing")),
    Damage("a bit in the name of a table", flip(snapshot, lambda d: d.index(b'"tickets"') + 3), ("office.json",)),
    Damage("a bit in the frame", flip(snapshot, lambda d: d.index(b'"5":') + 3), ("office.json, line", "byte"), True),
    Damage(
        "half a snapshot",
        rewrite(snapshot, _cut_in_half),
        ("office.json, line", "T-2 to T-6 (5 records) are missing"),
        True,
    ),
    Damage("an empty snapshot", rewrite(snapshot, lambda d: b""), ("office.json is empty", "botui repair"), True),
    Damage("no snapshot", gone(snapshot), ("office.json is gone", "botui repair"), True),
    Damage(
        "TinyDB inserted",
        by_tinydb(lambda db: db.table("tickets").insert({"subject": "x"})),
        ("office.json", "T-7 is in no journal"),
    ),
    Damage(
        "TinyDB updated",
        by_tinydb(lambda db: db.table("tickets").update({"subject": "x"}, doc_ids=[4])),
        ("office.json", "T-4 is not as the journals make it"),
    ),
    Damage(
        "TinyDB wrote the same in another layout",
        by_tinydb(lambda db: db.table("tickets").update({}, doc_ids=[4]), indent=1),
        ("office.json says the same in another layout",),
        True,
    ),
    Damage(
        "a bit in the history", flip(first, line(4, 90)), ("office.json.000001.journal, line 4", "after byte"), True
    ),
    Damage("a bit in the first line of the past", flip(second, line(1)), ("office.json.000002.journal, line 1",), True),
    Damage(
        "a bit in the last newline of the past", flip(first, lambda d: len(d) - 1), ("000001.journal", "no end"), True
    ),
    Damage("half a past", rewrite(second, _cut_in_half), ("office.json.000002.journal, line", "no end"), True),
    Damage("an empty past", rewrite(first, lambda d: b""), ("office.json.000001.journal is empty",), True),
    Damage("a gap in the past", gone(second), ("The journal of generation 2 is missing",), True),
    Damage(
        "two pasts swapped",
        swap(first, second),
        ("office.json.000001.journal holds the journal of generation 2",),
        True,
    ),
    Damage("past and present swapped", swap(second, journal), ("office.json.000002.journal", "generation 2"), True),
    Damage("first and present swapped", swap(first, journal), ("office.json.000001.journal", "generation 1"), True),
    Damage("an older state put back by hand", put_back, ("office.json.000003.journal", "older state")),
    Damage(
        "a past with other names in it", rewrite(first, forged), ("office.json.000002.journal does not follow",), True
    ),
    Damage("a bit in the lock", flip(lock, lambda d: 7), ("office.json.lock", "byte 7"), True),
]
"""What can happen to the files."""

RECORDS = [
    Damage("a state that is none", update("tickets", 1, state="nonsense"), ("T-1", "State")),
    Damage("a text that is none", update("people", 2, name=17), ("P-2", "Name")),
    Damage("a person who is not there", update("tickets", 2, owner=77), ("T-2", "Who has it", "P-77")),
    Damage("a ticket that is not there", update("comments", 1, ticket=99), ("C-1", "Ticket", "T-99")),
    Damage("a link to nothing", update("tickets", 2, links=["T-99"]), ("T-2", "Links", "T-99")),
    Damage("part of itself", update("tickets", 3, parent=3), ("T-3", "Part of", "itself")),
    Damage(
        "parts of each other",
        by_hand(
            lambda db: [
                db.table("tickets").update({"parent": above}, doc_ids=[below])
                for below, above in ((4, 5), (5, 6), (6, 4))
            ]
        ),
        ("T-4", "Part of", "T-4, T-5, T-6"),
    ),
    Damage(
        "places within each other",
        by_hand(
            lambda db: [
                db.table("places").update({"within": above}, doc_ids=[below]) for below, above in ((2, 1), (1, 2))
            ]
        ),
        ("PL-1", "Part of", "PL-1, PL-2"),
    ),
    Damage("initials twice", update("people", 3, initials="ml"), ("P-3", "Initials", "P-1")),
    Damage("one's own stand-in", update("people", 3, stand_in=3), ("P-3", "Stand-in")),
    Damage("closed, but not when", update("tickets", 1, state="closed"), ("T-1", "Closed")),
    Damage("open, and closed at some time", update("tickets", 1, closed_at="2026-11-23T10:00:00Z"), ("T-1", "Closed")),
    Damage("resolved, but not when", update("tickets", 1, state="resolved"), ("T-1", "Resolved")),
    Damage("waits for nothing", update("tickets", 1, state="waiting"), ("T-1", "Waiting for")),
    Damage("merged into nothing", update("tickets", 1, merged_into=2), ("T-1", "Merged into")),
    Damage("a message for nobody", update("tickets", 1, kind="message"), ("T-1", "Message for")),
    Damage(
        "a reminder of nothing",
        by_hand(lambda db: db.table("reminders").insert({"person": 1, "about": "T-99", "on": "2026-12-01"})),
        ("RM-1", "About", "T-99"),
    ),
    Damage("a table that no area knows", by_hand(lambda db: db.table("stock").insert({"a": 1})), ("'stock'",)),
]
"""What another program can write into the store."""


def each(damages: list[Damage]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("damage", damages, ids=lambda damage: damage.name)


def copy(office: Office, folder: Path) -> Office:
    """Copy the folder of an office, holes and all."""
    shutil.copytree(office.folder, folder)
    return Office(folder, office.now)


def all_files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, but for what a repair put aside."""
    found_ = (Path(where, name).relative_to(folder) for where, _, names in os.walk(folder) for name in names)
    return {str(file): (folder / file).read_bytes() for file in found_ if not file.parts[0].startswith("damaged-")}
