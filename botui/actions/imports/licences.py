"""Rows of another system's list of licences, subscriptions or certificates as licences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from botui.actions.imports.equipment_words import LICENCE_STATES, PERIODS, RENEWS
from botui.actions.imports.lists import ListTaker
from botui.actions.imports.report import Report
from botui.actions.imports.rows import Cells, notes_again
from botui.actions.imports.values import word_of
from botui.models.base import Change, Record, clean
from botui.models.equipment.licence import Licence, Period, State
from botui.models.equipment.terms import renewed_until
from botui.models.office import Context
from botui.models.office.reports import cents
from botui.models.shape import FieldSpec, build

_COSTS: Final = {
    "seat_month": (True, Period.MONTH),
    "seat_cost": (True, None),
    "cost_month": (False, Period.MONTH),
    "cost_year": (False, Period.YEAR),
    "cost": (False, None),
}
"""What a column of costs says: whether it is for one seat, and for which period; the surest first."""
_MONTHS: Final = re.compile(r"([0-9]{1,2})\s*(?:m|months?)\.?", re.IGNORECASE)
_DAYS_A_MONTH: Final = 31
"""Days of a month of notice: rather told too early than too late."""
_NOTED: Final = ("assigned", "available", "owner", "status", "per")
"""Fields of which the cells may be kept in the notes, too."""


@dataclass(frozen=True, slots=True)
class LicenceTaker(ListTaker):
    """Takes rows as licences.

    Attributes:
        report: where doubts and unknown words of the present chunk go.
    """

    report: Callable[[], Report]

    def take(self, ctx: Context, cells: Cells, number: int, key: str, old: Record | None) -> Change | None:
        """Return the change that files or changes the licence of a row; None = there is nothing to change.

        Raises:
            Refused, NotAllowed, ValueError: the row cannot be a licence, in words.
        """
        if cells.has("currency") and any(cells.word(one) for one in _COSTS):
            self.reader.figures.refuse_other_currency(cells.word("currency"), "The cost")
        # not by super(): a dataclass with slots is another class than the one that is written here
        found = ListTaker.take(self, ctx, cells, number, key, old)
        word = cells.word("status")
        status = word_of(LICENCE_STATES, word)
        if word and not status:
            self.report().unknown[f"state '{word[:40]}'"] += 1
        if owner := self._unknown_owner(cells):
            self.report().unknown[f"who sees to it: '{owner[:40]}'"] += 1
        return self._cancelled(ctx, number, old, found, status)

    def _cancelled(
        self, ctx: Context, number: int, old: Record | None, found: Change | None, status: str
    ) -> Change | None:
        """Let a licence be cancelled that the file says is, if it was not so before."""
        if status != "cancelled" or (isinstance(old, Licence) and self._was_cancelled(old)):
            return found
        found = found or Change("licences.import")
        put = found.puts.get(("licences", number))
        fields = put.fields if put else {}
        merged = {name: value for name, value in {**(old.doc() if old else {}), **fields}.items() if value is not None}
        now = Licence.load(number, merged)
        values = {"state": State.CANCELLED, "cancelled_at": ctx.now, "until": now.renews_on or ctx.today}
        if old is None:
            return Change(found.action).add(now.model_copy(update=values))
        return found.set(now, **values)

    def _was_cancelled(self, old: Licence) -> bool:
        cancelled = State.CANCELLED.value
        return cancelled in (self.past.said(old.id, "state", old.state.value), old.state.value)

    def _revise(self, ctx: Context, old: Record, values: dict[str, Any]) -> Change | None:
        """Change what the file says otherwise; what renewed by itself since the day that it says is in its term."""
        known = {name: value for name, value in values.items() if value is not None and name != "codes"}
        ends = renewed_until(build(Licence, {**{n: getattr(old, n) for n in Licence.model_fields}, **known}), ctx.today)
        return ListTaker._revise(self, ctx, old, {**values, "renews_on": ends[-1]} if ends else values)

    # --- cells as values ----------------------------------------------------------------------------------------------

    def _values(self, cells: Cells, key: str, old: Record | None) -> dict[str, Any]:
        values = ListTaker._values(self, cells, key, old)
        name = clean(values.get("name") or cells.word("codes") or cells.word("plan") or key)
        values["name"] = name[:80].rstrip()
        values["seats"] = self._seats(cells)
        values |= self._cost(cells)
        before = str(values.get("imported") or getattr(old, "imported", ""))
        values["imported"] = notes_again(before, cells, _NOTED, self._noted(cells))
        return values

    def _value(self, cells: Cells, spec: FieldSpec, old: Record | None) -> Any:
        """Return what a row says of one field."""
        word = cells.word(spec.name)
        match spec.name:
            case "seats" | "cost" | "per":
                return None
            case "name" | "plan":
                return clean(cells.text(spec.name))[: 80 if spec.name == "name" else 60].rstrip() or None
            case "owner":
                return self.directory.known_person(word)
            case "vendor":
                return self.directory.supplier(word)
            case "notice_days":
                if found := _MONTHS.fullmatch(word):
                    return int(found[1]) * _DAYS_A_MONTH
                return self.reader.figures.days(word, spec.label)
            case "auto_renew" if word:
                return word_of(RENEWS, word) == "yes" and bool(cells.word("renews_on") or getattr(old, "renews_on", 0))
        return ListTaker._value(self, cells, spec, old)

    def _seats(self, cells: Cells) -> int | None:
        """Return how many may use it: as the file says, else those that are given and those that are free."""
        whole = self.reader.figures.whole
        if cells.has("seats"):
            word = cells.word("seats")
            return None if word.casefold() in ("unlimited", "site", "no limit", "all") else whole(word, "Seats") or None
        if not cells.word("assigned") or not cells.has("available"):
            return None
        return (whole(cells.word("assigned"), "Assigned") or 0) + (
            whole(cells.word("available"), "Available") or 0
        ) or None

    def _cost(self, cells: Cells) -> dict[str, Any]:
        """Return cost, period and whether it is for one seat, as the heading of the column says.

        Raises:
            Refused: an amount that is none, or a period that is none of ours.
        """
        word = cells.word("per")
        per = word_of(PERIODS, word)
        if word and not per:
            self.report().unknown[f"paid '{word[:40]}'"] += 1
        found: dict[str, Any] = {"per": Period(per) if per else None}
        for field, (per_seat, period) in _COSTS.items():
            amount: Decimal | None = self.reader.figures.price(cells.word(field), "Cost")
            if amount is None:
                continue
            found["cost"] = cents(amount)
            found["per"] = period or found["per"]
            if per_seat:
                found["per_seat"] = True
            break
        return found

    def _unknown_owner(self, cells: Cells) -> str:
        called = cells.word("owner")
        return called if called and self.directory.known_person(called) is None else ""

    def _noted(self, cells: Cells) -> Iterator[str]:
        """Yield the fields of which the cells are kept in the notes, too: nothing here says the same."""
        yield from ("assigned", "available")
        if self._unknown_owner(cells):
            yield "owner"
        for field, table in (("status", LICENCE_STATES), ("per", PERIODS)):
            if cells.word(field) and not word_of(table, cells.word(field)):
                yield field

    def _linked(self, spec: FieldSpec, word: str) -> int | None:
        """Return the number of the record that a cell names."""
        return self.directory.named(spec.ui.ref, word)


def cost_note(columns: dict[str, tuple[str, ...]]) -> str:
    """Return what is to be said of a column of costs that does not say whether it is for one seat; mostly nothing."""
    column = next((names[0] for field, names in columns.items() if field in ("cost_month", "cost_year")), "")
    if not column or ("seats" not in columns and "assigned" not in columns):
        return ""
    return (
        f"{column} is read as the cost of all seats together; if it is for one seat, say so in the map file: "
        '[constants], per_seat = "y".'
    )
