"""Licences on the screen: when each renews and by when it is to be cancelled, its seats, and what all of them cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from botui.models.base import plural
from botui.models.equipment.licence import RUNNING, Licence, Period, Seat, State
from botui.models.equipment.spending import for_period, per_month, per_year
from botui.screens.equipment_details import EquipmentDetails, EquipmentRecord, Link, due_words, joined
from botui.screens.lists import ListScreen
from botui.screens.rows import KindRows
from botui.widgets.columns import Column
from botui.widgets.detail import Section

_HEAD: Final = (
    *("name", "vendor", "plan", "seats", "used", "cost", "per", "per_seat", "renews_on", "notice_days", "auto_renew"),
    *("owner", "note", "state", "cancel_by", "noticed", "seen_at", "until", "reason"),
    "renewed_at",
)
PER: Final = {
    Period.MONTH: "/month",
    Period.QUARTER: "/quarter",
    Period.YEAR: "/year",
    Period.TWO_YEARS: "/2 years",
    Period.THREE_YEARS: "/3 years",
    Period.ONCE: " once",
}
"""For what time a cost is paid, in short."""


class LicenceRows(KindRows):
    """Rows of licences: seats that are free, what each costs, and when it ends or renews."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns; when it ends or renews stands last, where the eye runs down."""
        return (
            Column("id", "No.", 7),
            Column("name", "Name", 18, flex=True),
            Column("seats", "Seats", 9),
            Column("cost", "Cost", 14, right=True),
            Column("owner", "Who sees to it", 14, wide=True),
            Column("vendor", "Vendor", 16, wide=True),
            Column("cancel_by", "Cancel by", 13),
            Column("renews_on", "Ends, renews", 13, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        today = self.desk.settings.local(self.desk.clock()).date()
        if key == "seats":
            return f"{record.used:,} of {record.seats:,}" if record.seats else f"{record.used:,}" if record.used else ""
        if key == "cost":
            return f"{for_period(record):,.2f}{PER[record.per]}" if record.cost is not None else ""
        if key == "cancel_by":
            return "too late" if record.cancel_by and record.cancel_by < today else due_words(record.cancel_by, today)
        if key == "renews_on":
            return record.state.label if record.state is State.CANCELLED else due_words(record.renews_on, today)
        return super().cell(key, record, doc)


class LicenceList(ListScreen):
    """A list of licences; what all that run cost stands in its heading."""

    ROWS = LicenceRows
    HELP = "Licences and subscriptions. T gives a seat, R takes one back, E renews one, C cancels it."
    _cost = ""

    def heading(self) -> str:
        """Return the list, and what all licences that run cost in a month and in a year."""
        return super().heading() + self._cost

    def _find(self, text: str, stale: frozenset[int] | None) -> Sequence[int]:
        """Return the records of view and filter; what they cost is added up here, not while the rows are drawn."""
        desk = self.desk
        if desk.reads_all("licences"):
            running = desk.find("licences", {"state": tuple(sorted(one.value for one in RUNNING))})
            month, year = per_month(running), per_year(running)
            self._cost = f"  {month:,.2f} a month, {year:,.2f} {desk.settings.currency} a year" if year else ""
        return super()._find(text, stale)


class LicenceDetails(EquipmentDetails):
    """What is shown of a licence."""

    def sections(self, record: Licence) -> Sequence[Section]:
        """Return what is to be done by when first, then seats and cost, who has them, and all the rest last."""
        found = [Section("", self._head(record))]
        if record.note:
            found.append(Section("Note", record.note))
        if seats := self.seats(record):
            rows = [(self.at(one.at), joined(self._has(one), one.note)) for one in seats]
            found.append(Section(f"Who has a seat ({len(seats):,})", rows))
        if record.terms:
            terms = [(self.at(one.at), joined(str(one), self.title("people", one.by))) for one in record.terms[::-1]]
            found.append(Section("Renewed so far", terms))
        return [*found, *self.rest(record, _HEAD)]

    def _head(self, one: Licence) -> list[tuple[str, str]]:
        rows = [("State", joined(one.state.label, self._ends(one), one.reason))]
        if one.cancel_by is not None and one.state in RUNNING:
            notice = f"{one.notice_days} days before it renews" if one.notice_days else ""
            late = f"it was {self.day(one.cancel_by)}: too late for this term" if one.cancel_by < self.today else ""
            rows.append(("Cancel by", joined(late or self.day(one.cancel_by), notice)))
        rows.append(("Seats", self._seats(one)))
        rows += self._cost(one)
        who = self.title("people", one.owner) or "nobody: say who (e)"
        seen = f"seen {self.at(one.seen_at)}" if one.seen_at else ""
        told = f"told {one.noticed} days ahead" if one.noticed is not None else ""
        rows.append(("Who sees to it", joined(who, told, seen)))
        return [*rows, ("Bought from", joined(self.title("parties", one.vendor), one.plan) or "nobody said")]

    def _ends(self, one: Licence) -> str:
        if one.state is State.CANCELLED:
            return f"usable until {self.day(one.until)}" if one.until else ""
        if one.renews_on is None:
            return "never ends"
        if one.renews_on < self.today:
            return f"ended {self.day(one.renews_on)}"
        day = self.day(one.renews_on)
        return f"renews by itself {day}" if one.auto_renew else f"ends {day}, unless somebody renews it (E)"

    def _seats(self, one: Licence) -> str:
        if one.seats is None:
            return f"{one.used:,} in use; as many as like"
        free = one.seats - one.used
        return f"{one.used:,} of {one.seats:,} in use, {f'{free:,} free' if free > 0 else 'none free'}"

    def _cost(self, one: Licence) -> list[tuple[str, str]]:
        if one.cost is None:
            return [("Cost", "nobody said")]
        each = f"{plural(one.seats or 1, 'seat')} at {self.money(one.cost)}" if one.per_seat else ""
        rows = [("Cost", joined(f"{self.money(for_period(one))} {one.per.label}", each))]
        if one.per is not Period.ONCE and one.state in RUNNING:
            rows.append(("That is", f"{self.money(per_month([one]))} a month, {self.money(per_year([one]))} a year"))
        return rows

    def _has(self, one: Seat) -> str:
        return self.title("people", one.person) or self.title("assets", one.asset)

    def seats(self, record: Licence) -> list[Seat]:
        """Return the seats that are given, as far as this person sees them."""
        return self.all("seats", {"licence": (record.id,), "back_at": (None,)})

    def followed(self, record: Licence) -> list[Link]:
        """Return what it names, then who has its seats, and the seats."""
        seats = self.seats(record)
        people = [self.link("Has a seat", "people", one.person) for one in seats if one.person]
        machines = [self.link("Has a seat", "assets", one.asset) for one in seats if one.asset]
        return [*self.named(*people, *machines, record=record), *(self.link("Seat", "seats", one.id) for one in seats)]


class LicenceRecord(EquipmentRecord):
    """One licence with who has its seats."""

    DETAILS = LicenceDetails
    HELP = (
        "One licence. E renews it, C cancels it, g says that you saw the notice; T gives a seat, R takes one back. "
        "Enter lists all."
    )


# --- the access register ----------------------------------------------------------------------------------------------


class AccessRows(KindRows):
    """Rows of the access register: the same system one below the other, and by when each is to be looked at again."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns; by when it is to be looked at again stands last, where the eye runs down."""
        return (
            Column("id", "No.", 7),
            Column("system", "System or door", 15, flex=True),
            Column("person", "Who", 16),
            Column("level", "As", 13),
            Column("state", "State", 10),
            Column("why", "Why", 20, wide=True),
            Column("reviewed_at", "Looked at", 16, wide=True),
            Column("due", "Look again", 13, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "due":
            today = self.desk.settings.local(self.desk.clock()).date()
            if record.until is not None and record.until < today:
                return "time is over"
            return due_words(record.review_on, today)
        return super().cell(key, record, doc)


class AccessList(ListScreen):
    """A list of the access register."""

    ROWS = AccessRows
    HELP = (
        "Who may do what where. In the list to look at again K says that one stays and R that it was taken away: the "
        "next one is under the cursor then. V and B answer what is asked."
    )
