"""Reading everything a store ever wrote, and saying what does not fit, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..models.errors import StoreDamaged
from .docs import Docs
from .files import Paths, disk_errors
from .format import FORMAT, NO_DIGEST, PURGES, Entry, hexdigest, whole_lines
from .lock import MARK
from .log import ADOPT, BACKUP, EMPTY, Log, load, read_snapshot, refuse_exchanged
from .salvage import WRONG, documents_of, lines_of, name_of
from .tables import Tables


@dataclass(frozen=True, slots=True)
class Report:
    """What ``verify`` found.

    Attributes:
        problems: what does not fit, in words; empty = everything does.
        notes: what is worth knowing and no problem.
        head: digest of the last line; noted elsewhere, it shows whether the past was rewritten.
        generation: number of the present journal.
        commits: how many were read.
        documents: how many each table has.
        seen: where the digest that was looked for stands, in words; empty = nowhere.
        complete: whether the history was read from its very beginning.
        remedy: what to do about the problems, in words.
    """

    problems: tuple[str, ...]
    notes: tuple[str, ...]
    head: str
    generation: int
    commits: int
    documents: dict[str, int]
    seen: str = ""
    complete: bool = True
    remedy: str = "'botui repair' saves what can be read."


@disk_errors()
def verify(path: Path, *, seek: str = "") -> Report:
    """Read history, snapshot and journal of a store and check the whole chain; change nothing.

    Args:
        path: the snapshot, ``office.json``.
        seek: a digest to look for in the chain.

    Raises:
        StoreFull: the disk does not give it.
    """
    paths = Paths(Path(path).absolute())
    try:
        refuse_exchanged(paths)
    except StoreDamaged as error:
        return Report((str(error),), (), NO_DIGEST, 0, 0, {})
    listed = paths.generations()
    log: Log | None = None
    refused = ""
    try:
        log = load(paths, read_only=True)
    except StoreDamaged as error:
        refused = str(error)
    present = _present(paths, log)
    check = _Check(paths, seek)
    generation = _generation(present, listed)
    # listed once more: somebody may have compacted meanwhile; what was listed first is older than the journal in place
    for past in paths.generations():
        if past < generation:
            check.journal(past, paths.closed(past).read_bytes(), paths.closed(past).name)
    base = check.known.encode() if check.known is not None and log is None else None
    if present is not None:
        whole = whole_lines(present)
        check.journal(generation, present[: whole if log is None else log.offset], paths.journal.name)
        if whole < len(present):
            check.notes.append("The last write was cut off; the next one puts it aside.")
    elif refused:
        check.problems.append(refused)
    check.problems += _later(paths, listed, generation, present or b"")
    _snapshot(check, paths, log, base)
    _lock(check, paths)
    if refused and not check.problems:
        check.problems.append(refused)
    if refused.endswith(ADOPT) and all(
        one.startswith((f"{paths.snapshot.name}:", f"{paths.snapshot.name},")) for one in check.problems
    ):
        return replace(check.report(log), remedy=ADOPT)
    return check.report(log)


def _present(paths: Paths, log: Log | None) -> bytes | None:
    """Return the journal that was read, or the one in place where the store could not be read; None = there is none."""
    if log is not None:
        return None if log.handle is None else log.handle.read(0)
    with suppress(FileNotFoundError):
        return paths.journal.read_bytes()
    return None


def _generation(present: bytes | None, closed: list[int]) -> int:
    """Return which generation the journal in place is: by its own word, or else the one after those closed."""
    first = next(lines_of(b"" if present is None else present), None)
    with suppress(*WRONG):
        if first is not None and first.entry is not None and not first.fault:
            return int(first.entry.header["gen"])
    return max(closed, default=0) + 1


def _later(paths: Paths, closed: list[int], generation: int, present: bytes) -> Iterator[str]:
    for later in (one for one in closed if one >= generation):
        file = paths.closed(later)
        # a compaction that was cut short leaves the journal in place under its second name as well
        data = file.read_bytes()
        if later > generation or not data or not present.startswith(data):
            yield (
                f"{file.name} is not older than {paths.journal.name}, which is of generation {generation}: "
                "somebody put back an older state of the store."
            )


def _snapshot(check: _Check, paths: Paths, log: Log | None, base: bytes | None) -> None:
    """Compare the snapshot with what the journals say; ``base`` is what they make of it, None = they cannot tell."""
    name = paths.snapshot.name
    if log is not None:
        if log.handle is None and check.generation:
            check.problems.append(f"{paths.journal.name} is gone; the history ends with generation {check.generation}.")
        elif log.handle is not None and check.known is not None and check.known.encode() != log.tables.encode():
            check.problems.append(f"{name} does not say what the journals say.")
        return
    data = read_snapshot(paths)
    if not check.snapshots or (hexdigest(data), len(data)) in check.snapshots:
        return
    if not data:
        check.problems.append(f"{name} is {'empty' if paths.snapshot.exists() else 'gone'}. {BACKUP}")
        return
    found = documents_of(data, name, set())
    if base is None or (hexdigest(base), len(base)) not in check.snapshots:
        unread = [f"{one.place} cannot be read." for one in found if one.number is None]
        said = f"{paths.snapshot} does not fit its journal: another program changed it, or it is damaged."
        check.problems += [f"{said} {ADOPT}", *unread]
        return
    differs = list(differences(base, data, name))
    check.problems += differs or [f"{name} says the same in another layout: another program wrote it. {ADOPT}"]


def differences(base: bytes, data: bytes, name: str) -> list[str]:
    """Return in words where a snapshot differs from how it should be."""
    right = {(one.table, one.number): one.doc for one in documents_of(base, name, set())}
    all_of = list(right)
    tables = {str(table) for table, _ in right}
    said = []
    for one in documents_of(data, name, tables):
        if one.table is None or one.number is None:
            said.append(f"{one.place} cannot be read.")
            continue
        doc, record = right.pop((one.table, one.number), None), name_of(one.table, one.number)
        if doc is None:
            said.append(f"{one.place}: {record} is in no journal.")
        elif doc != one.doc:
            said.append(f"{one.place}: {record} is not as the journals make it.")
    return [*said, *(f"{name}: {names} missing or cannot be read." for names in _runs(all_of, right.keys()))]


def _runs(every: Iterable[tuple[str | None, int | None]], gone: Collection[tuple[str | None, int | None]]) -> list[str]:
    """Return in words which of all documents, in their order, are gone: those that stood together are said together."""
    runs: list[list[str]] = []
    before = False
    last: str | None = None
    for table, number in every:
        if (table, number) in gone and table is not None and number is not None:
            if not before or table != last:
                runs.append([])
            runs[-1].append(name_of(table, number))
        before, last = (table, number) in gone, table
    return [f"{run[0]} is" if len(run) == 1 else f"{run[0]} to {run[-1]} ({len(run):,} records) are" for run in runs]


def _lock(check: _Check, paths: Paths) -> None:
    with suppress(FileNotFoundError):
        found = paths.lock.read_bytes()
        # the first commit may have been cut off while writing it; the next one does it again
        if not MARK.startswith(found):
            same = next((at for at, pair in enumerate(zip(found, MARK, strict=False)) if pair[0] != pair[1]), 0)
            check.problems.append(f"{paths.lock.name} is not as botui wrote it, from byte {same} on.")


class _Check:
    """Goes through journals in order.

    Attributes:
        state: the documents as the journals alone make them; None when they cannot tell.
        snapshots: digest and size of the snapshots that fit the journal read last.
        generation: of the journal read last.
    """

    def __init__(self, paths: Paths, seek: str) -> None:
        self.problems: list[str] = []
        self.notes: list[str] = []
        self.state: Tables | None = Tables()
        self.snapshots: set[tuple[str, int]] = set()
        self.generation = 0
        self._repaired = paths.repaired()
        self._seek = seek
        self._seen = ""
        self._complete = True
        self._head = NO_DIGEST
        self._sealed: tuple[str, int] | None = EMPTY
        self._commits = 0
        self._purged: Counter[str] = Counter()
        # whether ops are missing that were purged, and the records they made not seen to be gone yet
        self._partial = False

    @property
    def known(self) -> Tables | None:
        """The documents as the journals make them; None where purged ops left open what they were."""
        return None if self._partial else self.state

    def report(self, log: Log | None) -> Report:
        """Put together what was found."""
        documents = {} if log is None else {name: len(docs) for name, docs in log.tables.docs.items()}
        generation = 0 if log is None else log.generation
        purged = (f"{name}: {many:,} changes of records were purged." for name, many in self._purged.items() if many)
        found = tuple(self.problems), (*self.notes, *purged)
        return Report(*found, self._head, generation, self._commits, documents, self._seen, self._complete)

    def journal(self, generation: int, data: bytes, name: str) -> None:
        """Check one journal against itself and the one before."""
        if not data:
            self.problems.append(f"{name} is empty.")
            self._lose()
        if generation in self._repaired:
            self.notes.append(f"{name} was damaged; all there was of it is in {self._repaired[generation]}.")
            self._lose()
        for line in lines_of(data):
            try:
                if line.start == 0 and line.entry is not None and line.entry.header["format"] != FORMAT:
                    found = line.entry.header["format"]
                    raise ValueError(f"it is of format {found}, and this botui reads format {FORMAT} only")
                if line.fault or line.entry is None:
                    raise ValueError(line.fault)
                if line.start == 0:
                    self._first(line.entry, generation, name)
                self._line(line.entry, name)
                if self._seek and line.digest == self._seek:
                    self._seen = f"{name}, line {line.number}, of {line.entry.header['at']}"
            except WRONG as error:
                words = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
                self.problems.append(f"{name}, line {line.number}, is damaged after byte {line.start}: {words}.")
                self._lose()
            self._head = line.digest or ""
        self.generation = generation

    def _lose(self) -> None:
        self.state = self._sealed = None

    def _first(self, entry: Entry, generation: int, name: str) -> None:
        header = entry.header
        snapshot = (header["snapshot"], header["size"])
        if header["gen"] != generation:
            self.problems.append(f"{name} holds the journal of generation {header['gen']}.")
        self._follow(header, generation, name)
        if generation != self.generation + 1 or self._sealed != snapshot:
            self.state = None
        self._sealed, self.snapshots = None, {snapshot}

    def _follow(self, header: dict[str, Any], generation: int, name: str) -> None:
        missing = range(self.generation + 1, generation)
        snapshot = (header["snapshot"], header["size"])
        if missing and self.generation == 0:
            self.notes.append(f"The history before generation {generation} is not kept.")
            self._complete = False
        elif missing and not self._repaired.keys() >= set(missing):
            said = str(missing[0]) if len(missing) == 1 else f"{missing[0]} to {missing[-1]}"
            self.problems.append(f"The journal of generation {said} is missing from the history.")
        elif self._head and header["prev"] != self._head and generation - 1 not in self._repaired:
            self.problems.append(f"{name} does not follow the journal before it.")
        elif "adopted" in header:
            self.notes.append(f"The journal before {name} was lost or damaged; it begins from the snapshot made then.")
        elif generation > 1 and self._sealed not in (None, snapshot) and generation - 1 not in self._repaired:
            self.problems.append(f"{name} begins with another snapshot than was announced.")
        if self._seek and header["prev"] == self._seek and not self._seen:
            self._seen = f"just before {name}"

    def _line(self, entry: Entry, name: str) -> None:
        self._purged[name] += entry.purged
        self._partial |= bool(entry.purged)
        if "seal" in entry.header:
            self._seal(entry.header["seal"], name)
        elif "format" not in entry.header:
            self._commits += 1
        if self.state is not None:
            for op in entry.ops:
                self.state.apply(op)
            for table in entry.header.get(PURGES, ()):
                self.state.docs.setdefault(table, Docs())

    def _seal(self, seal: dict[str, Any], name: str) -> None:
        self._sealed = (seal["snapshot"], seal["size"])
        self.snapshots.add(self._sealed)
        if "adopted" in seal:
            self.notes.append(f"{name}: a snapshot written by another program was adopted.")
            self.state = None
        elif self.state is not None and hexdigest(self.state.encode()) == seal["snapshot"]:
            self._partial = False
        elif self.state is not None and not self._partial:
            self.problems.append(f"{name} announces another snapshot than its changes make.")
            self.state = None
