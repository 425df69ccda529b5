"""One fault on the screen, and lists of them: where it stands and until when, how long it is down, what it took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from botui.models.equipment.asset import Asset
from botui.models.equipment.downtime import so_far
from botui.models.equipment.fault import Fault, State, WaitFor, Work
from botui.models.equipment.instead import place_of
from botui.models.equipment.worklog import log_of
from botui.models.office import Person
from botui.models.tickets.shape import Step, Ticket
from botui.screens.equipment_details import (
    EquipmentDetails,
    EquipmentRecord,
    Link,
    hours,
    joined,
    tagged,
    time_left,
    where_is,
)
from botui.screens.lists import ListScreen
from botui.screens.rows import KindRows
from botui.widgets.columns import Column
from botui.widgets.detail import Section

LOGGED: Final = 20
"""Entries of its log of work that an open fault shows; the list of the log has all."""

_HEAD: Final = (
    *("what", "asset", "place", "body", "severity", "stops", "requester", "vendor", "state", "owner", "waiting_for"),
    *("waiting_until", "due", "guide", "checklist", "outcome", "reports", "under_warranty", "created_at"),
    *("down_since", "minutes", "cost", "joined_into"),
)
"""Fields that stand above all the rest, or have a section of their own."""
_SHORT: Final = {State.LOOKING: "looked at", State.NOT_REPRODUCED: "not seen"}
"""States whose word is too long for a column."""
_WAITS: Final = {WaitFor.PART: "waits: part", WaitFor.QUOTE: "waits: quote", WaitFor.VENDOR: "at vendor"}
"""What it waits for, as a column has room for it."""


class FaultRows(KindRows):
    """Rows of faults: what is wrong with what, and how long there is to mend it."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns; what is left of the time stands last, where the eye runs down."""
        return (
            Column("id", "No.", 7),
            Column("severity", "How soon", 8),
            Column("what", "What is wrong", 14, flex=True),
            Column("asset", "Thing", 14, flex=True),
            Column("state", "State", 12),
            Column("owner", "Who", 5),
            Column("place", "Where", 14, wide=True),
            Column("waiting_until", "Until", 12, wide=True),
            Column("due", "Time left", 10, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "due":
            return time_left(record, self.desk)
        if key == "asset":
            return tagged(self.desk, record.asset) or self.desk.title("places", record.place)
        if key == "severity":
            return str(record.severity.priority.label) if record.severity else ""
        if key == "owner":
            owner: Person | None = self.desk.peek("people", record.owner) if record.owner else None
            return owner.initials if owner is not None else ""
        if key == "state":
            return _WAITS.get(record.waiting_for) or _SHORT.get(record.state) or str(record.state.label)
        if key == "waiting_until":
            return (
                "" if record.waiting_until is None else f"{self.desk.settings.local(record.waiting_until):%d %b %H:%M}"
            )
        return super().cell(key, record, doc)


class FaultList(ListScreen):
    """A list of faults."""

    ROWS = FaultRows
    HELP = "Faults. t takes one, w lets it wait, s says that it is fixed; Space marks several for one verb."


class FaultDetails(EquipmentDetails):
    """What is shown of a fault."""

    def sections(self, record: Fault) -> Sequence[Section]:
        """Return what one needs to act on it first: where it stands, the steps still to be done; all the rest last."""
        found = [Section("", self._head(record))]
        if record.outcome:
            found.append(Section("Outcome", record.outcome))
        if record.body:
            found.append(Section("More about it", record.body))
        to_tick = record.is_open and any(one.done_at is None for one in record.checklist)
        parts = [self._steps(record, to_tick), self._log(record)]
        found += [one for one in (parts if to_tick else reversed(parts)) if one is not None]
        if tickets := self.tickets(record):
            found.append(Section("Tickets of who reported it", [(one.ref, self._ticket(one)) for one in tickets]))
        return [*found, *self.rest(record, _HEAD)]

    def _steps(self, fault: Fault, to_tick: bool) -> Section | None:
        named = f": {self.title('guides', fault.guide)}" if fault.guide else ""
        steps = [self._step(place, step) for place, step in enumerate(fault.checklist, 1)]
        return Section(f"First steps{named}{' (k ticks off the next)' if to_tick else ''}", steps) if steps else None

    def _log(self, fault: Fault) -> Section | None:
        work = self.work(fault)
        joined_too = any(one.fault != fault.id for one in work)
        return Section(self._sum(fault), self.work_rows(work, names_fault=joined_too)) if work else None

    def _head(self, fault: Fault) -> list[tuple[str, str]]:
        by_whom = fault.owner is not None and not fault.is_open and fault.state is not State.JOINED
        who = f" by {self.title('people', fault.owner)}" if by_whom else ""
        rows = [("State", f"{self.stands(fault)}{who}")]
        if fault.joined_into:
            rows.append(("Joined with", self.desk.headline("faults", fault.joined_into)))
        asset: Asset | None = self.desk.peek("assets", fault.asset) if fault.asset else None
        if asset is not None:
            rows.append(("Thing", joined(asset.called, asset.model, where_is(self.title, asset))))
            rows.append(("Warranty", self._warranty(fault, asset)))
        if fault.place and (asset is None or fault.place != place_of(self.desk.context(), asset)):
            rows.append(("Where", self.title("places", fault.place)))
        if fault.is_open and fault.stops and asset is not None and (other := self.instead(asset)):
            rows.append(("Use instead", other))
        if fault.vendor and (asset is None or not fault.under_warranty or fault.vendor != asset.supplier):
            rows.append(("Vendor", self.title("parties", fault.vendor)))
        bad = fault.severity.label if fault.severity else ""
        by = f"to be fixed by {self.at(fault.due)}" if fault.due and fault.is_open else ""
        return [*rows, ("How bad", joined(bad, by)), *self._down(fault), ("Reported", self._reported(fault))]

    def _warranty(self, fault: Fault, asset: Asset) -> str:
        seller = f" ({self.title('parties', asset.supplier)})" if asset.supplier else ""
        until = asset.warranty_until
        if until is not None and until < self.today:
            reported = "; not when this was reported" if fault.under_warranty else ""
            return f"over since {until}{reported}{seller if reported else ''}"
        return f"until {until}{seller}" if until is not None else "not known"

    def _down(self, fault: Fault) -> list[tuple[str, str]]:
        """Return since when the thing cannot be used, and for how much of the office's time it could not be."""
        seconds = so_far(self.desk.context(), fault)
        time = f"{hours(seconds // 60)} in office hours" if seconds else ""
        if fault.down_since is not None:
            return [("Cannot be used", joined(f"since {self.at(fault.down_since)}", time))]
        if fault.is_open:
            return [("Can be used", joined("more or less", time and f"it could not for {time}"))]
        return [("Was not usable", f"for {time}")] if time else []

    def _reported(self, fault: Fault) -> str:
        who = self.title("people", fault.requester)
        if not who and (caller := next((one.caller for one in self.tickets(fault) if one.caller), "")):
            who = f"{caller}, who did not sign in"
        often = f"{fault.reports} times" if fault.reports > 1 else ""
        refs = ", ".join(one.ref for one in self.tickets(fault))
        return joined(self.at(fault.created_at), f"by {who}" if who else "", often, refs)

    def _step(self, place: int, step: Step) -> tuple[str, str]:
        if step.done_at is None:
            return (f"{place} [ ]", step.text)
        who = self.title("people", step.done_by)
        return (f"{place} [x]", f"{step.text}  ({', '.join(filter(None, (who, self.at(step.done_at))))})")

    def _sum(self, fault: Fault) -> str:
        minutes = hours(fault.minutes) if fault.minutes else ""
        spent = joined(minutes, self.money(fault.cost) if fault.cost else "")
        return f"Log of work{f': {spent}' if spent else ''}"

    def _ticket(self, one: Ticket) -> str:
        return joined(one.state.label, one.subject)

    def work(self, record: Fault) -> list[Work]:
        """Return the last entries of its log of work, also those of faults joined with it, the newest first."""
        return log_of(self.desk.context().data, record)[: -LOGGED - 1 : -1] if self.reads("worklog") else []

    def tickets(self, record: Fault) -> list[Ticket]:
        """Return the tickets of it that are for this person."""
        return self.all("tickets", {"fault": (record.id,)})

    def followed(self, record: Fault) -> list[Link]:
        """Return the thing, the tickets, and what the log of work names: movements of stock, parts, vendors."""
        thing = self.link("Thing", "assets", record.asset) if record.asset else None
        tickets = [self.link("Ticket", "tickets", one.id, self._ticket(one)) for one in self.tickets(record)]
        twins = self.all("faults", {"joined_into": (record.id,)})
        links = [thing, *tickets, *self.work_links(self.work(record)), *self.billed(record.ref)]
        return self.named(*links, *(self.link("Joined", "faults", one.id) for one in twins), record=record)


class FaultRecord(EquipmentRecord):
    """One fault with its steps, the log of work and the tickets of who reported it."""

    DETAILS = FaultDetails
    HELP = (
        "One fault. t takes it, k ticks a step, w lets it wait, i takes a part from stock, J notes a vendor's visit or "
        "a cost, s says that it is fixed; Enter lists all. v opens the thing, the tickets, the movements of stock."
    )
