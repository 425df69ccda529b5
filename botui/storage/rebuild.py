"""The documents of a damaged store, put together again from all that can still be read; of each, how sure that is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

import orjson

from .. import areas
from .docs import Docs
from .format import NO_DIGEST, PURGES, Entry, hexdigest
from .log import EMPTY
from .salvage import Held, Line, documents_of, likely, lines_of
from .tables import Tables

Key = tuple[str, int]
Size = tuple[str, int]

_OP: Final = 64
"""Bytes of the shortest op: an unreadable line of this length may have given out a number for each."""

NUMBERED: Final = 100_000
"""Numbers of one table that are gone through one by one to see which are missing; a mark beyond is itself damage."""


class Rebuild:
    """Takes in journals and the snapshot in the order of time; what comes later wins.

    Attributes:
        docs: the documents by table and number.
        doubts: of documents that were saved: why they may not be right.
        foreign: of documents that the snapshot has otherwise than the journals, which are right.
        lost: of documents that were not saved: why.
        unread: lines that cannot be read, on which documents may depend.
        past: such lines of which it is known that no document depends on them.
        marks: table -> a number that was never given out.
        at: time of the last change that was read.
        head: digest of the last line of the last journal.
    """

    def __init__(self) -> None:
        self.docs: dict[str, dict[int, bytes]] = {}
        self.doubts: dict[Key, str] = {}
        self.foreign: dict[Key, str] = {}
        self.lost: dict[Key, str] = {}
        self.unread: list[str] = []
        self.past: list[str] = []
        self.marks: dict[str, int] = {}
        self.at = ""
        self.head = NO_DIGEST
        # whether the journals alone, from the very first on, say all
        self._clean = True
        # whether ops are missing that were purged, and no snapshot that was announced tells yet that all is right
        self._partial = False
        self._generation = 0
        self._gone: set[Key] = set()
        self._spare = 0
        # whether a snapshot that fits was the last thing read
        self._sure = False

    def tables(self) -> Tables:
        """Return the documents as a store holds them."""
        tables = Tables()
        for table, docs in self.docs.items():
            tables.docs[table] = Docs()
            for number, doc in docs.items():
                tables.put(table, number, doc)
        for table, mark in self.marks.items():
            tables.raise_mark(table, mark + self._spare)
        return tables

    def journal(self, generation: int, data: bytes, name: str) -> None:
        """Take in a journal."""
        missing = range(self._generation + 1, generation)
        if missing and (self._generation or self.docs):
            self._doubt_all(f"the journal of generation {missing[-1]} is missing")
        self._clean &= not missing
        self._generation = max(self._generation, generation)
        self._clean &= bool(data)
        for line in lines_of(data, mend=True):
            if line.start == 0:
                self._begin(line, generation)
            if line.entry is None:
                self._miss(line, name)
            else:
                self._take(line, line.entry, name)
            self.head = line.digest or self.head
        self._sure = False

    def _begin(self, line: Line, generation: int) -> None:
        header = line.entry.header if line.entry is not None else {}
        follows = header.get("prev") == self.head
        empty = generation > 1 or (header.get("snapshot"), header.get("size")) == EMPTY
        self._clean &= follows and empty
        if line.whole and not follows and not self._sure:
            self._doubt_all(f"changes before the journal of generation {generation} are missing")

    def _miss(self, line: Line, name: str) -> None:
        self._clean = False
        self.unread.append(f"{name}, line {line.number} (byte {line.start}), cannot be read: {line.fault}.")
        # numbers that were given out there and cannot be read are not given again
        self._spare += max(1, len(line.data) // _OP)
        for key in ((self._likely(table), number) for table, number in line.mentions()):
            self._raise(*key)
            if key[1] in self.docs.get(key[0], ()):
                where = f"the damage at byte {line.start} of {name}"
                self.doubts[key] = f"taken from before {where}; later changes may be missing"
            else:
                self.lost[key] = f"byte {line.start} of {name} is damaged, and it stands nowhere else"

    def _take(self, line: Line, entry: Entry, name: str) -> None:
        doubt = ""
        if not line.whole:
            self._clean = False
            fits = f"{name}, line {line.number} (byte {line.start}), does not fit what is before it"
            self._spare += 1
            self.unread.append(f"{fits}: it is damaged, or changes are missing there.")
            doubt = f"taken from line {line.number} of {name}, which is damaged (byte {line.start}): look at it"
        self._partial |= bool(entry.purged)
        header = entry.header
        self.at = max(self.at, str(header.get("at", "")) if line.whole else "")
        self._raise_all(header.get("next"))
        if "adopted" in header or (isinstance(header.get("seal"), dict) and "adopted" in header["seal"]):
            self._doubt_all("another program's snapshot was adopted later")
            self._clean = False
        for op in entry.ops:
            table = self._likely(op.table) if doubt else op.table
            if op.id is None:
                self._clear(table, dropped=op.doc is None)
            else:
                self._put((table, op.id), None if op.doc is None else orjson.dumps(op.doc), doubt)
        for table, numbers in header.get(PURGES, {}).items():
            self.docs.setdefault(table, {})
            self._gone |= {(table, number) for number in numbers}
        if self._partial and "seal" in header and not doubt:
            self._partial = hexdigest(self.tables().encode()) != header["seal"]["snapshot"]

    def _likely(self, table: str) -> str:
        return likely(table, {*self.docs, *self.marks, *(one.name for one in areas.COLLECTIONS)})

    def _clear(self, table: str, *, dropped: bool) -> None:
        for number in self.docs.pop(table, {}):
            self._gone.add((table, number))
            self.doubts.pop((table, number), None)
        if not dropped:
            self.docs[table] = {}

    def _put(self, key: Key, doc: bytes | None, doubt: str) -> None:
        table, number = key
        self._raise(table, number)
        self.lost.pop(key, None)
        self.doubts.pop(key, None)
        if doubt:
            self.doubts[key] = doubt if doc is not None else doubt.replace("taken from", "removed by", 1)
        docs = self.docs.setdefault(table, {})
        if doc is None:
            docs.pop(number, None)
            self._gone.add(key)
        else:
            docs[number] = doc
            self._gone.discard(key)

    def snapshot(
        self, data: bytes, name: str, generation: int, announced: Collection[Size], marks: Mapping[str, Any]
    ) -> None:
        """Take in the snapshot.

        Args:
            data: its bytes.
            name: what its file is called.
            generation: of the journal that goes on from it; 0 = there is none.
            announced: digest and size of what it should be.
            marks: the next free numbers of that time.
        """
        fits = (hexdigest(data), len(data)) in announced
        found = documents_of(data, name, {*self.docs, *self.marks, *marks})
        if fits:
            self._trust(found)
        elif (
            self._clean
            and not self._partial
            and generation == self._generation + 1
            and (generation > 1 or EMPTY in announced)
        ):
            self._compare(found)
        else:
            if not data:
                self.unread.append(f"{name} is empty or gone.")
            self._merge(found, name)
            self._count(marks)
        self._raise_all(marks)

    def _trust(self, found: list[Held]) -> None:
        for words in (self.doubts, self.lost, self.docs):
            words.clear()
        self.past += self.unread
        self.unread, self._clean, self._partial, self._sure = [], True, False, True
        for one in found:
            if one.table is not None and one.number is not None:
                self._put((one.table, one.number), one.doc, "")

    def _compare(self, found: list[Held]) -> None:
        """Leave the documents as the journals make them; say where somebody else wrote something else."""
        for one in found:
            if one.table is None or one.number is None:
                continue
            mine = self.docs.get(one.table, {}).get(one.number)
            if mine is not None and mine != one.doc:
                self.foreign[one.table, one.number] = f"{one.place} has something else; taken from the history"
            elif mine is None:
                self.lost[one.table, one.number] = f"{one.place} has it, but no journal; it was not taken over"

    def _merge(self, found: list[Held], name: str) -> None:
        """Take from a damaged snapshot what the journals do not know for sure."""
        seen: set[Key] = set()
        for one in found:
            if one.table is None or one.number is None:
                self.unread.append(f"{one.place} cannot be read.")
                continue
            key = one.table, one.number
            seen.add(key)
            mine = self.docs.get(one.table, {}).get(one.number)
            if mine == one.doc:
                self.doubts.pop(key, None)
            elif (mine is not None or key in self._gone) and key not in self.doubts:
                self.doubts[key] = f"{one.place} has something else; taken from the history"
            else:
                self._put(key, one.doc, f"taken from {one.place} as it stands there; nothing vouches for it")
        for table, docs in self.docs.items():
            for number in docs:
                if (table, number) not in seen:
                    self.doubts.setdefault((table, number), f"not found in {name}; taken from the history")

    def _count(self, marks: Mapping[str, Any]) -> None:
        for table, mark in marks.items():
            docs = self.docs.get(table, {})
            for number in range(1, min(mark, NUMBERED)):
                if number not in docs and (table, number) not in self._gone:
                    self.lost.setdefault((table, number), "found nowhere; unless it was removed, it is lost")

    def _doubt_all(self, why: str) -> None:
        for table, docs in self.docs.items():
            for number in docs:
                self.doubts[table, number] = f"taken from before a gap ({why}); later changes may be missing"

    def _raise_all(self, marks: Any) -> None:
        for table, mark in marks.items() if isinstance(marks, dict) else ():
            if isinstance(mark, int):
                self._raise(table, mark - 1)

    def _raise(self, table: str, number: int) -> None:
        if number >= self.marks.get(table, 1):
            self.marks[table] = number + 1
