"""Audits on the screen: how much is left to see, and what was found, is missing, was moved or was not expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from textual.screen import Screen

from botui.data import Desk
from botui.models.base import Kind, Record
from botui.models.equipment.asset import Asset
from botui.models.equipment.audit import Audit, Finding, Result, State
from botui.screens.equipment_details import EquipmentDetails, Link, joined
from botui.screens.lists import ListScreen
from botui.screens.record import RecordScreen, field_rows
from botui.screens.rows import KindRows
from botui.widgets.columns import Column
from botui.widgets.detail import Grid, Section

SHOWN: Final = 100
"""Assets of each sort that an open audit shows; of the others it says how many."""
_HEAD: Final = (
    *("name", "state", "reason", "places", "categories", "note", "expected", "found", "missing", "moved"),
    *("unexpected", "unseen", "walkers"),
)
"""Fields that stand in the lines above all sections."""
_NOT_SEEN: Final = (
    Column("tag", "Tag", 11),
    Column("asset", "Asset", 20, flex=True),
    Column("place", "Was to be in", 18),
    Column("note", "", 20, flex=True),
)
_SEEN: Final = (
    Column("tag", "Tag", 11),
    Column("asset", "Asset", 18, flex=True),
    Column("place", "Was to be in", 16),
    Column("seen_in", "Seen in", 16),
    Column("note", "", 12, flex=True),
)
_PARTS: Final = (
    (Result.MISSING, "Missing: lost"),
    (Result.PENDING, "Not seen"),
    (Result.MOVED, "Moved"),
    (Result.UNEXPECTED, "Not expected"),
)
"""What is told asset by asset, and its heading; what was found is only counted."""


class AuditRows(KindRows):
    """Rows of audits: how much is left to see."""

    def __init__(
        self, desk: Desk, kind: Kind[Any], ids: Sequence[int] = (), same: frozenset[str] = frozenset()
    ) -> None:
        super().__init__(desk, kind, ids, same)
        self.names |= {"findings"}

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns; what is left stands last."""
        return (
            Column("id", "No.", 7),
            Column("name", "Name", 20, flex=True),
            Column("state", "State", 12),
            Column("created_at", "Begun", 16, wide=True),
            Column("created_by", "Begun by", 14),
            Column("left", "To see", 18, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key != "left":
            return super().cell(key, record, doc)
        if record.state is State.FINISHED:
            return f"{record.missing:,} missing" if record.missing else "nothing missing"
        if record.state is State.CANCELLED:
            return ""
        left = len(self.desk.ids("findings", {"audit": (record.id,), "result": (Result.PENDING.value,)}))
        return f"{left:,} of {record.expected:,}" if left else "all seen: S"


class AuditDetails(EquipmentDetails):
    """What is shown of an audit."""

    def sections(self, record: Audit) -> Sequence[Section]:
        """Return where it stands, then what is missing, was moved or was not expected."""
        found = self.findings(record)
        parts = [Section("", self._head(record, found))]
        parts += [self._part(title, found[result]) for result, title in _PARTS if found[result]]
        parts.append(Section("All about it", field_rows(self.desk, record, _HEAD)))
        return parts

    def findings(self, record: Audit) -> dict[Result, list[Finding]]:
        """Return what it says of each asset, by result."""
        found: dict[Result, list[Finding]] = {result: [] for result in Result}
        for one in self.all("findings", {"audit": (record.id,)}):
            found[one.result].append(one)
        return found

    def _head(self, record: Audit, found: Mapping[Result, Sequence[Finding]]) -> list[tuple[str, str]]:
        left, missing = len(found[Result.PENDING]), len(found[Result.MISSING])
        comes = ""
        if record.state is State.OPEN:
            comes = "K walks it, S finishes it" if left < record.expected else "K walks it"
        what = [self.title("places", one) for one in record.places]
        what += [self.title("categories", one) for one in record.categories]
        far = f"{record.expected - left - missing:,} of {record.expected:,}"
        seen = [f"{len(found[one]):,} {one.label}" for one in Result if found[one] and one is not Result.PENDING]
        return [
            ("State", joined(record.state.label, record.reason, comes)),
            ("What", joined(", ".join(what) or "everything", record.note)),
            ("Seen", joined(far, ", ".join(seen), self._by(record))),
        ]

    def _by(self, record: Audit) -> str:
        names = ", ".join(self.desk.name("people", one) for one in record.walkers)
        return f"by {names}" if names else ""

    def _part(self, title: str, found: Sequence[Finding]) -> Section:
        rows = [self._row(one) for one in found[:SHOWN]]
        seen = found[0].result in (Result.MOVED, Result.UNEXPECTED)
        more = f", of which the first {SHOWN:,} are shown" if len(found) > SHOWN else ""
        return Section(f"{title}: {len(found):,}{more}", Grid(_SEEN if seen else _NOT_SEEN, rows))

    def _row(self, one: Finding) -> tuple[str, ...]:
        asset: Asset | None = self.desk.peek("assets", one.asset)
        tag, name = (asset.tag, asset.name) if asset else ("", self.title("assets", one.asset))
        holder = asset.holder if asset and one.result is Result.PENDING else None
        note = one.note or (f"{self.title('people', holder)} has it" if holder else "")
        seen = (self.title("places", one.seen_in),) if one.seen_in is not None else ()
        return (tag, name, self.title("places", one.place), *seen, note)

    def followed(self, record: Audit) -> list[Link]:
        """Return the assets that are not as they were to be, then what it names."""
        found = self.findings(record)
        links = [
            self.link(title.partition(":")[0], "assets", one.asset)
            for result, title in _PARTS
            for one in found[result][:SHOWN]
        ]
        return self.named(*links, record=record)


class AuditList(ListScreen):
    """A list of audits."""

    ROWS = AuditRows
    HELP = "Audits. n begins one, K walks it with the scanner, S finishes it."


class AuditRecord(RecordScreen):
    """One audit."""

    DETAILS = AuditDetails
    HELP = "One audit. K walks it with the scanner; S finishes it: what nobody has and nobody saw is lost then."


def walk(desk: Desk, record: Record, name: str) -> Screen[None] | None:
    """Return the page on which an audit is walked, where that is what a verb is for and it can be done now."""
    may = isinstance(record, Audit) and name == "count" and record.state is State.OPEN
    if not may or desk.may("audits", "work"):
        return None
    from botui.screens.equipment_audit import AuditScreen

    return AuditScreen(record.id)
