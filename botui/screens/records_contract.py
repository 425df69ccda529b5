"""Contracts on the screen: with whom, for how much, until when and by when to cancel; where the signed copy is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from botui.models.base import plural
from botui.models.equipment.licence import RUNNING, Period, State
from botui.models.records.contract import Contract
from botui.models.records.document import Document
from botui.screens.equipment_details import EquipmentDetails, EquipmentRecord, Link, due_words, joined
from botui.screens.equipment_licence import PER
from botui.screens.lists import ListScreen
from botui.screens.rows import KindRows
from botui.widgets.columns import Column
from botui.widgets.detail import Section

_HEAD: Final = (
    *("name", "sort", "party", "cost", "per", "renews_on", "notice_days", "auto_renew", "renews_for", "owner"),
    *("document", "note", "state", "cancel_by", "noticed", "seen_at", "until", "reason", "renewed_at"),
)


class ContractRows(KindRows):
    """Rows of contracts: with whom, what each costs, and when it ends or renews."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns; when it ends or renews stands last, where the eye runs down."""
        return (
            Column("id", "No.", 7),
            Column("name", "Name", 18, flex=True),
            Column("party", "With whom", 20, wide=True),
            Column("cost", "Value", 14, right=True),
            Column("sort", "What it is", 10, wide=True),
            Column("owner", "Who sees to it", 14, wide=True),
            Column("cancel_by", "Cancel by", 11),
            Column("renews_on", "Ends, renews", 13, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        today = self.desk.settings.local(self.desk.clock()).date()
        if key == "cost":
            return f"{record.cost:,.2f}{PER[record.per]}" if record.cost is not None else ""
        if key == "cancel_by":
            return "too late" if record.cancel_by and record.cancel_by < today else due_words(record.cancel_by, today)
        if key == "renews_on":
            return record.state.label if record.state is State.CANCELLED else due_words(record.renews_on, today)
        return super().cell(key, record, doc)


class ContractList(ListScreen):
    """A list of contracts."""

    ROWS = ContractRows
    HELP = "Contracts, leases, insurances and permits. E renews one, C cancels it, g says that you saw the notice."


class ContractDetails(EquipmentDetails):
    """What is shown of a contract."""

    def sections(self, record: Contract) -> Sequence[Section]:
        """Return what is to be done by when first, then the signed copy, and all the rest last."""
        found = [Section("", self._head(record))]
        if record.note:
            found.append(Section("Note", record.note))
        if record.terms:
            terms = [(self.at(one.at), joined(str(one), self.title("people", one.by))) for one in record.terms[::-1]]
            found.append(Section("Renewed so far", terms))
        return [*found, *self.rest(record, _HEAD)]

    def _head(self, one: Contract) -> list[tuple[str, str]]:
        rows = [("State", joined(one.sort.label, one.state.label, self._ends(one), one.reason))]
        if one.cancel_by is not None and one.state in RUNNING:
            late = f"it was {self.day(one.cancel_by)}: too late for this term" if one.cancel_by < self.today else ""
            rows.append(
                ("Cancel by", joined(late or self.day(one.cancel_by), f"{one.notice_days} days before it ends"))
            )
        if one.cost is not None:
            per = "" if one.per is Period.ONCE else f" {one.per.label}"
            rows.append(("Value", f"{self.money(one.cost)}{per}"))
        seen = f"seen {self.at(one.seen_at)}" if one.seen_at else ""
        told = f"told {one.noticed} days ahead" if one.noticed is not None else ""
        who = self.title("people", one.owner) or "nobody: say who (e)"
        return [
            *rows,
            ("With whom", self.title("parties", one.party) or "nobody said"),
            ("Who sees to it", joined(who, told, seen)),
            ("Signed copy", self._copy(one)),
        ]

    def _ends(self, one: Contract) -> str:
        if one.state is State.CANCELLED:
            return f"holds until {self.day(one.until)}" if one.until else ""
        if one.renews_on is None:
            return "never ends"
        if one.renews_on < self.today:
            return f"ended {self.day(one.renews_on)}"
        day = self.day(one.renews_on)
        if not one.auto_renew:
            return f"ends {day}, unless somebody renews it (E)"
        return f"renews by itself {day} for {plural(one.term_months, 'month')}" if one.term_months else f"ends {day}"

    def _copy(self, one: Contract) -> str:
        """Return archive number, place and holder of the signed copy, as far as this person sees it."""
        if one.document is None:
            return "not filed: e names the document"
        if not self.desk.sees("documents", one.document):
            return self.title("documents", one.document)
        copy: Document | None = self.desk.peek("documents", one.document)
        if copy is None:
            return ""
        where = ", ".join(filter(None, (self.title("places", copy.place), copy.shelf)))
        has = f"{self.title('people', copy.holder)} has it" if copy.holder else ""
        return joined(copy.ref, has or where, f"kept until {self.day(copy.keep_until)}" if copy.keep_until else "")

    def followed(self, record: Contract) -> list[Link]:
        """Return the signed copy and the other documents of it, then what it names."""
        others = self.all("documents", {"about": (record.ref,)})
        copy = [self.link("Signed copy", "documents", record.document)] if record.document else []
        return self.named(*copy, *(self.link("Document", "documents", one.id) for one in others), record=record)


class ContractRecord(EquipmentRecord):
    """One contract with where its signed copy is."""

    DETAILS = ContractDetails
    HELP = (
        "One contract. E renews it, C cancels it, g says that you saw the notice, o notes something. "
        "v opens its paper; Enter lists all."
    )
