"""One asset on the screen, and lists of them: what it is fit for and why, who has it, and whether it still pays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from botui.models.base import plural
from botui.models.calendar import day_words
from botui.models.equipment.asset import Asset, Fate, Status
from botui.models.equipment.clashes import span
from botui.models.equipment.fault import OPEN, Fault, State
from botui.models.equipment.loan import Booking, Loan
from botui.models.equipment.plan import Plan
from botui.models.equipment.replacing import WITHIN, advice, share
from botui.screens.equipment_details import EquipmentDetails, EquipmentRecord, Link, due_words, hours, joined, where_is
from botui.screens.equipment_plan import DueScan
from botui.screens.equipment_slips import HandedByScan
from botui.screens.lists import ListScreen
from botui.screens.rows import KindRows
from botui.widgets.columns import Column
from botui.widgets.detail import Section

INSIDE: Final = 20
"""Things that are part of one and are shown with it."""
WORN: Final = "worn"
"""The list that says what is rather replaced."""

_HEAD: Final = (
    *("name", "status", "fate", "fate_note", "fate_at", "place", "holder", "at_place", "inside", "due", "loan"),
    *("open_faults", "faults", "cost", "minutes", "price", "bought_on", "warranty_until", "life_until"),
    *("support_until", "note", "instead"),
)
"""Fields that stand above all the rest, or have a section of their own."""
_OF_WORN: Final = frozenset({"price", "cost", "share", "faults", "bought_on"})
_OF_OTHERS: Final = frozenset({"tag", "status", "where", "due"})
_OF_ONE: Final = {
    WORN: _OF_WORN,
    "unseen": frozenset({"next_audit"}),
    "warranty": frozenset({"warranty_until"}),
}
"""Columns that only one list has."""


# --- the list ---------------------------------------------------------------------------------------------------------


class AssetRows(KindRows):
    """Rows of assets: what each is fit for, and who has it or where it is."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns: for repair or replace what it cost beside its price, else who has it or where it is."""
        return (
            Column("id", "No.", 7),
            Column("tag", "Tag", 9),
            Column("name", "Name", 16, flex=True),
            Column("status", "Status", 14),
            Column("where", "Who, where", 12, flex=True),
            Column("due", "Due back", 13, wide=True),
            Column("category", "Category", 12, wide=True),
            Column("model", "Model", 16, wide=True),
            Column("serial", "Serial number", 16, wide=True),
            Column("next_audit", "To be seen by", 13),
            Column("warranty_until", "Warranty", 13),
            Column("bought_on", "Bought", 7),
            Column("price", "Price", 10, right=True),
            Column("cost", "Cost so far", 11, right=True),
            Column("share", "Of price", 8, right=True),
            Column("faults", "Faults", 6, right=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "tag":
            return "" if record.tag == record.ref else str(record.tag)
        if key == "where":
            return self._with(record)
        if key == "name" and any(one.key == "share" for one in self.columns):
            return self.desk.title("assets", record.id)  # there is no column of tags beside it
        if key in ("next_audit", "warranty_until"):
            return due_words(getattr(record, key), self._today())
        if key in ("due", "status") and record.due is not None:
            today = self._today()
            # that it is late is seen also where there is no room for the day
            if key == "due" or (record.status is Status.ON_LOAN and record.due < today):
                return due_words(record.due, today)
        if key in ("price", "cost"):
            amount: Decimal | None = getattr(record, key)
            return f"{amount:,.2f}" if amount else ""
        if key == "share":
            part = share(record)
            return f"{part:.0%}" if part else ""
        if key == "faults":
            return f"{record.faults:,}"
        if key == "bought_on":
            return "" if record.bought_on is None else f"{record.bought_on:%Y-%m}"
        return super().cell(key, record, doc)

    def _today(self) -> date:
        return self.desk.settings.local(self.desk.clock()).date()

    def _with(self, asset: Asset) -> str:
        """Return the name of who has it, or of where or in what it is."""
        title = self.desk.title
        held = title("people", asset.holder) or title("assets", asset.inside)
        return held or title("places", asset.at_place or asset.place or asset.home)


class AssetList(ListScreen):
    """A list of assets."""

    ROWS = AssetRows
    HELP = (
        "Assets. T hands one out, R takes it back, b reports a fault; Space marks several for one verb. v has the "
        "list of what to repair or to replace."
    )

    def _same(self) -> frozenset[str]:
        """Return the columns that this list does not need."""
        others = frozenset().union(*(keys for name, keys in _OF_ONE.items() if name != self.view.name))
        return super()._same() | others | (_OF_OTHERS if self.view.name == WORN else frozenset())


# --- the record -------------------------------------------------------------------------------------------------------


class AssetDetails(EquipmentDetails):
    """What is shown of an asset."""

    def sections(self, record: Asset) -> Sequence[Section]:
        """Return what one needs to act on it first; then what happened to it, what it cost, and all the rest last."""
        faults = self.faults(record)
        found = [Section("", self._head(record, faults))]
        if record.note:
            found.append(Section("Note", record.note))
        if below := self.inside(record):
            found.append(Section("Part of it", [(one.ref, f"{one.name}; {one.status.label}") for one in below]))
        if over := [one for one in faults if not one.is_open]:
            found.append(Section("Faults before", [(one.ref, joined(one.what, self.stands(one))) for one in over]))
        if loans := self.loans(record):
            found.append(Section("Handed out", [(self.at(one.at), self._lent(one)) for one in loans]))
        if work := self.work(record):
            found.append(Section("Work on it, and what it cost", self.work_rows(work, names_fault=True)))
        found.append(Section("Repair or replace", self._worth(record)))
        return [*found, *self.rest(record, _HEAD)]

    # --- what one acts on -----------------------------------------------------------------------------------------

    def _head(self, asset: Asset, faults: Sequence[Fault]) -> list[tuple[str, str]]:
        rows = [("Status", self._status(asset)), ("Who has it", self._holder(asset))]
        for one in faults:
            if one.is_open:
                rows.append((f"Fault {one.ref}", joined(one.what, self.stands(one))))
        if asset.stopped and (other := self.instead(asset)):
            rows.append(("Use instead", other))
        rows += [("Booked", self._booked(one)) for one in self.bookings(asset)]
        rows += [("Maintenance", f"{plan.name}; due {self._due(plan)}") for plan in self.plans(asset)]
        if asset.next_audit is not None and asset.next_audit < self.today:
            rows.append(("To be seen", f"by {asset.next_audit}; K says that it was seen"))
        return rows

    def _status(self, asset: Asset) -> str:
        """Return what it is fit for, with why."""
        since = f" since {self.at(asset.fate_at)}" if asset.fate_at else ""
        if asset.fate is not None:
            return joined(f"{asset.status.label}{since}", asset.fate_note)
        if asset.status is not Status.IN_REPAIR:
            return joined(asset.status.label, self._still_used(asset))
        stops = [one for one in self.open(asset) if one.stops]
        first = min((one.down_since for one in stops if one.down_since), default=None)
        refs = " and ".join(one.ref for one in stops)
        return (
            f"{asset.status.label}{f' since {self.at(first)}' if first else ''}{f', because of {refs}' if refs else ''}"
        )

    def _still_used(self, asset: Asset) -> str:
        return f"{plural(asset.open_faults, 'open fault')}, but it can be used" if asset.open_faults else ""

    def _holder(self, asset: Asset) -> str:
        elsewhere = asset.home not in (None, asset.at_place or asset.place)
        home = f"belongs in {self.title('places', asset.home)}" if elsewhere else ""
        if not asset.is_held:
            here = where_is(self.title, asset)
            if asset.fate is Fate.RETIRED:
                return "nobody"
            if asset.fate is Fate.LOST:
                return joined("nobody", f"it was {here} last" if here else "", home)
            return joined(f"nobody: it is {here}" if here else "nobody", home)
        loan: Loan | None = self.desk.peek("loans", asset.loan) if asset.loan and self.reads("loans") else None
        since = f" since {self.at(loan.at)}" if loan else ""
        late = due_words(asset.due, self.today) if asset.due and asset.due < self.today else ""
        return joined(
            f"{where_is(self.title, asset)}{since}", f"due back {self.day(asset.due)}" if asset.due else "", late, home
        )

    def _booked(self, one: Booking) -> str:
        when = span(self.desk.context(), one.start, one.end)
        return joined(f"{when} for {self.title('people', one.person) or 'nobody'}", one.note)

    def _due(self, plan: Plan) -> str:
        return due_words(plan.next_on, self.today) if plan.next_on else "never"

    # --- what happened to it --------------------------------------------------------------------------------------

    def _lent(self, one: Loan) -> str:
        aims = (("people", one.person), ("places", one.to_place), ("assets", one.to_asset))
        whom = ", ".join(self.title(*aim) for aim in aims if aim[1])
        if one.is_open:
            return joined(f"to {whom}", f"due back {self.day(one.due)}" if one.due else "", one.note)
        came = one.condition.label if one.condition else "no word on its condition"
        return joined(f"to {whom}", f"back {self.at(one.back_at)}: {came}", one.note, one.back_note)

    def _worth(self, asset: Asset) -> list[tuple[str, str]]:
        """Return what its next repair is weighed against, then in one sentence what follows."""
        rows = [("Next time", advice(asset, self.lately(asset), self.today)), ("Price", self._price(asset))]
        spent = self.money(asset.cost) if asset.cost else "nothing"
        faults = plural(asset.faults, "fault") if asset.faults else "no fault yet"
        rows.append(("Cost so far", joined(spent, faults, f"{hours(asset.minutes)} worked" if asset.minutes else "")))
        for label, day in (
            ("Warranty until", asset.warranty_until),
            ("End of life", asset.life_until),
            ("Support ends", asset.support_until),
        ):
            if day is not None:
                rows.append((label, f"{day}{' (over)' if day < self.today else ''}"))
        return rows

    def _price(self, asset: Asset) -> str:
        price = self.money(asset.price) if asset.price is not None else "not known"
        if asset.bought_on is None:
            return price
        days = (self.today - asset.bought_on).days
        old = f"{days // 365} years" if days >= 730 else f"{days // 30} months"
        return f"{price}; bought {day_words(asset.bought_on, self.today)}, {old} ago"

    # --- what belongs to it ---------------------------------------------------------------------------------------

    def faults(self, asset: Asset) -> list[Fault]:
        """Return its faults, the open ones first, the last of the others then; none that was joined with another."""
        found = [one for one in self.last("faults", {"asset": (asset.id,)}) if one.state is not State.JOINED]
        opened = self.open(asset)
        return [*opened, *(one for one in found if not one.is_open)]

    def open(self, asset: Asset) -> list[Fault]:
        """Return its faults that are not fixed."""
        return self.all("faults", {"asset": (asset.id,), "state": tuple(one.value for one in OPEN)})

    def lately(self, asset: Asset) -> int:
        """Return how many faults of it were reported within the last year."""
        since: datetime = self.desk.clock() - WITHIN
        found: list[Fault] = self.all("faults", {"asset": (asset.id,)})
        return sum(1 for one in found if one.state is not State.JOINED and (one.created_at or since) >= since)

    def loans(self, asset: Asset) -> list[Loan]:
        """Return to whom it was handed out last."""
        return self.last("loans", {"asset": (asset.id,)})

    def work(self, asset: Asset) -> list[Any]:
        """Return the last entries of its log of work."""
        return self.last("worklog", {"asset": (asset.id,)})

    def inside(self, asset: Asset) -> list[Asset]:
        """Return what is part of it."""
        return self.all("assets", {"inside": (asset.id,)})[:INSIDE]

    def bookings(self, asset: Asset) -> list[Booking]:
        """Return its bookings to come, the first first."""
        found: list[Booking] = self.all("bookings", {"asset": (asset.id,), "state": ("booked",)})
        return sorted(found, key=lambda one: (one.start, one.id))

    def plans(self, asset: Asset) -> list[Plan]:
        """Return what is to be done with it again and again: with it alone, or with all of its model."""
        found: list[Plan] = self.all("plans", {"asset": (asset.id,), "active": (True,)})
        if asset.model:
            found += self.all("plans", {"model": (asset.model,), "active": (True,)})
        return found

    def followed(self, record: Asset) -> list[Link]:
        """Return its faults, who has it and where, what is planned, and what the log of its work names."""
        links: list[Link] = [
            self.link("Fault", "faults", one.id, f"{one.what}; {one.state.label}") for one in self.faults(record)
        ]
        links += [self.link("Maintenance", "plans", one.id) for one in self.plans(record)]
        links += [self.link("Booked", "bookings", one.id, self._booked(one)) for one in self.bookings(record)]
        links += [self.link("Part of it", "assets", one.id) for one in self.inside(record)]
        if self.reads("seats"):
            seats = self.desk.find("seats", {"asset": (record.id,), "back_at": (None,)})
            links += [self.link("Licence", "licences", one.licence) for one in seats]
        after = [self.link("Handed out", "loans", one.id, self._lent(one)) for one in self.loans(record)]
        links += self.billed(record.ref)
        return self.named(*links, *self.work_links(self.work(record)), *after, record=record)


class AssetRecord(DueScan, HandedByScan, EquipmentRecord):
    """One asset with what happened to it; scanned once more it opens the maintenance that is due."""

    DETAILS = AssetDetails
    HELP = (
        "One asset. T hands it out, R takes it back, b reports a fault of it, J notes a cost; Enter lists all. v opens "
        "what it names: its faults, who has it, the stock that its repairs took. Scan it again for maintenance due."
    )

    def take_scan(self, code: str) -> bool:
        """Open what is due with this asset where it is scanned; another code is looked up."""
        asset = self.current()
        if not isinstance(asset, Asset):
            return False
        mine = {one.casefold() for one in (asset.tag, asset.serial, asset.ref, *asset.codes) if one}
        if code.casefold() not in mine:
            return self.hand_by_scan(code)
        self.open_due(code)
        return True
