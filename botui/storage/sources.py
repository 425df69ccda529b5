"""The journals of a damaged store, as far as each can be read, in the order of time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from ..models.errors import StoreDamaged
from .files import Paths
from .format import FORMAT, decode_line, whole_lines
from .salvage import WRONG, lines_of


@dataclass(slots=True)
class Source:
    """A journal that was found.

    Attributes:
        generation: by its own word, else by its name.
        present: whether it is the one in place.
        good: the lines at its start that are whole, as they should be.
        entire: whether these are all.
        prev: the digest it goes on from.
        head: the digest of the last of these lines.
        announced: digest and size of the snapshots that fit it.
        marks: the next free numbers at its beginning.
        later: the last generation it speaks of.
    """

    generation: int
    name: str
    data: bytes
    present: bool
    good: bytes = b""
    entire: bool = False
    prev: str = ""
    head: str = ""
    announced: set[tuple[str, int]] = field(default_factory=set)
    marks: dict[str, Any] = field(default_factory=dict)
    later: int = 0

    def __post_init__(self) -> None:
        """Read it once: what it says of itself and of snapshots, and how far it is whole."""
        good: list[bytes] = []
        number = 0
        for number, line in enumerate(lines_of(self.data, mend=True), 1):
            if line.whole and len(good) == number - 1:
                good.append(line.right)
                self.head = line.digest or ""
            with suppress(*WRONG):
                header = line.entry.header if line.entry is not None else {}
                if "seal" in header:
                    self.announced.add((header["seal"]["snapshot"], header["seal"]["size"]))
                    self.later = header["seal"]["gen"] if line.whole else self.later
                elif line.start == 0:
                    self.prev = header["prev"]
                    self.announced.add((header["snapshot"], header["size"]))
                    self.marks = {table: int(mark) for table, mark in header["next"].items()}
                    self.generation = int(header["gen"]) if line.whole else self.generation
        self.good, self.entire = b"".join(good), 0 < number == len(good)


def sources_of(paths: Paths) -> list[Source]:
    """Return all journals in the order of time; of two that say the same only the longer."""
    closed = paths.generations()
    found = [Source(one, paths.closed(one).name, paths.closed(one).read_bytes(), False) for one in closed]
    with suppress(FileNotFoundError):
        data = paths.journal.read_bytes()
        data = data[: whole_lines(data)]
        found.append(Source(max(closed, default=0) + 1, paths.journal.name, data, True))
    found.sort(key=lambda one: (one.generation, one.present))
    return [
        one
        for one in found
        if one.present
        or not any(
            other.generation == one.generation and other is not one and other.data.startswith(one.data)
            for other in found
        )
    ]


def refuse_other_versions(sources: Iterable[Source]) -> None:
    """Do nothing if all journals are of this format, or were before they were damaged.

    Raises:
        StoreDamaged: one is of another.
    """
    for source in sources:
        first = source.data.partition(b"\n")[0]
        found = re.search(rb'"format":([0-9]+)', first)
        if found is None or int(found[1]) == FORMAT:
            continue
        try:
            as_ours = first.replace(found[0], b'"format":%d' % FORMAT, 1)
            decode_line(as_ours, decode_line(first, None).header["prev"])
        except WRONG:
            raise StoreDamaged(
                f"{source.name} is of format {int(found[1])}, and this botui knows format {FORMAT} only: "
                "it cannot repair this store. Nothing was changed."
            ) from None
