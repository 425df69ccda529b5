"""What an import did, or would do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Report:
    """What an import did; with ``dry``, what it would do.

    Attributes:
        subject: what was imported.
        rows: rows of the file below its header.
        records: how many records they make, where that is not one each; 0 = one each.
        added: new records.
        changed: records in which the file says something new.
        same: records that are as the file says, or whose rows have not changed.
        made: people, departments and so on that were made because rows name them.
        bad: where a row stands that was left out, and why.
        columns: for each field the columns it comes from.
        kept: columns that no field is for, kept as notes.
        lost: columns that are not kept.
        notes: what was guessed about the file as a whole.
        unknown: words that are none of ours, with how often they came.
        decided: what was decided where rows say two things, in words, with how often.
        doubts: rows that contradict themselves; they are in.
        stopped: somebody stopped it; what is counted is in.
    """

    subject: str
    file: str
    dry: bool
    rows: int = 0
    records: int = 0
    added: int = 0
    changed: int = 0
    same: int = 0
    made: Counter[str] = field(default_factory=Counter)
    bad: list[tuple[str, str]] = field(default_factory=list)
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    decided: Counter[str] = field(default_factory=Counter)
    doubts: list[tuple[str, str]] = field(default_factory=list)
    stopped: bool = False

    @property
    def taken(self) -> int:
        """Rows that are in, or were in already."""
        return self.added + self.changed + self.same

    def add(self, other: Report) -> None:
        """Add what one chunk did."""
        self.added += other.added
        self.changed += other.changed
        self.same += other.same
        self.made += other.made
        self.bad += other.bad
        self.unknown += other.unknown
        self.decided += other.decided
        self.doubts += other.doubts
