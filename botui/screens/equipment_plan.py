"""Maintenance on the screen: what is due and how late, and that a scan of the thing or the door opens what is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from textual import work

from botui import areas
from botui.models.base import Transition, plural
from botui.models.equipment.asset import Asset
from botui.models.equipment.maintaining import due_here
from botui.models.equipment.plan import Plan
from botui.models.equipment.planning import all_of, steps
from botui.screens.equipment_details import EquipmentDetails, EquipmentRecord, Link, due_words, joined, tagged, where_is
from botui.screens.frame import DeskScreen
from botui.screens.lists import ListScreen
from botui.screens.rows import KindRows
from botui.widgets.columns import Column
from botui.widgets.detail import Section

_HEAD: Final = (
    *("name", "rule", "asset", "model", "place", "steps", "owner", "vendor", "note", "active", "next_on"),
    *("last_on", "last_due", "done", "minutes"),
)
_DUE: Final = ("plans", "assets", "places")
"""What a code that several records carry is read as first, where maintenance is done."""


class PlanRows(KindRows):
    """Rows of maintenance: with what it is done, and how late it is."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns; how late it is stands last, where the eye runs down."""
        return (
            Column("id", "No.", 7),
            Column("name", "What is to be done", 18, flex=True),
            Column("with", "With what", 18),
            Column("rule", "When", 16, wide=True),
            Column("owner", "Who sees to it", 14),
            Column("last_on", "Done last", 10, wide=True),
            Column("next_on", "Due", 13, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "with":
            return tagged(self.desk, record.asset) if record.asset else with_what(self.desk.title, record)
        if key == "next_on":
            today = self.desk.settings.local(self.desk.clock()).date()
            return due_words(record.next_on, today) if record.active else "stands still"
        return super().cell(key, record, doc)


def with_what(title: Any, plan: Plan) -> str:
    """Return in words with what maintenance is done.

    Args:
        title: what people call a record, from its collection and number.
        plan: which.
    """
    if plan.asset is not None:
        return str(title("assets", plan.asset))
    if plan.model:
        return f"all {plan.model}"
    return str(title("places", plan.place)) if plan.place else "the office"


class DueScan(DeskScreen):
    """A screen on which the thing or the door that is scanned opens the maintenance that is due there."""

    def open_due(self, code: str) -> None:
        """Open what is due where this was scanned; where nothing is, say so."""
        self._open_due(code)

    @work(exclusive=True, group="load")
    async def _open_due(self, code: str) -> None:
        found = await self.ask_store(self._due_of, code)
        if found is None:
            return
        there, plans = found
        if there is None:
            self.unknown_code(code)
        elif self.takes(there, plans):
            return
        elif there[0] == "plans":
            self.session.open_record(*there)
        elif not plans:
            self.say(f"No maintenance is due with {self.desk.headline(*there)}.", "warn")
        elif len(plans) == 1:
            self.session.open_record("plans", plans[0].id, code)
        else:
            from botui.screens.dialogs import Choose

            today = self.desk.settings.local(self.desk.clock()).date()
            entries = [(f"{one.ref}  {one.name}; {due_words(one.next_on, today)}", one.id) for one in plans]
            chosen = await self.app.push_screen_wait(Choose("What is done here?", entries))
            if chosen is not None:
                self.session.open_record("plans", chosen, code)

    def takes(self, there: tuple[str, int], due: Sequence[Plan]) -> bool:
        """Take what was scanned into what is done here, and say whether it was.

        Args:
            there: collection and number of what was scanned.
            due: the maintenance that is due with it.
        """
        return False

    def _due_of(self, code: str) -> tuple[tuple[str, int] | None, list[Plan]]:
        """Return what a code is of, and the maintenance that is due there, the latest first."""
        found = self.desk.by_code(code)
        there = next((one for name in _DUE for one in found if one[0] == name), found[0] if found else None)
        if there is None or self.desk.may("plans", "read"):
            return there, []
        here = {"assets": "asset", "places": "place"}.get(there[0])
        return there, due_here(self.desk.context(), **{here: there[1]}) if here else []


class PlanList(DueScan, ListScreen):
    """A list of maintenance: the thing or the door that is scanned opens what is due there."""

    ROWS = PlanRows
    HELP = (
        "Maintenance. Scan the thing or the door: what is due there opens. k ticks a step, s says that it is done, "
        "x leaves one round out, i stops a plan or lets it go on."
    )

    def take_scan(self, code: str) -> bool:
        """Open what is due where this was scanned."""
        self.open_due(code)
        return True


class PlanDetails(EquipmentDetails):
    """What is shown of a maintenance plan."""

    def sections(self, record: Plan) -> Sequence[Section]:
        """Return what is due with what first, then the steps, of a model each thing, and when it was done before."""
        found = [Section("", self._head(record))]
        if listed := list(enumerate(steps(record), 1)):
            rows = [(f"{number} [{'x' if number in record.ticked else ' '}]", step) for number, step in listed]
            found.append(Section("Steps (k ticks off the next)", rows))
        if record.note:
            found.append(Section("Note", record.note))
        if record.model:
            things = self.things(record)
            open_ = [one for one in things if one.id not in record.done]
            left = [(one.ref, joined(one.called, where_is(self.title, one))) for one in open_]
            heading = f"Still to be done: {len(left)} of {len(things)} (scan one, then s)"
            if not record.done and record.next_on and record.next_on > self.today:
                heading = f"All of it ({len(things)})"
            found.append(Section(heading, left or "There is none."))
        if done := self.done(record):
            found.append(Section("Done before", self.work_rows(done)))
        return [*found, *self.rest(record, _HEAD)]

    def _head(self, plan: Plan) -> list[tuple[str, str]]:
        due = joined(*dict.fromkeys((due_words(plan.next_on, self.today), self.day(plan.next_on), plan.rule)))
        takes = f"about {plan.minutes} min" if plan.minutes else ""
        rows = [("Due", due if plan.active else f"it stands still; {plan.rule}")]
        rows.append(("With what", joined(self._with(plan), takes)))
        last = self.day(plan.last_on) or "not yet"
        was_due = plan.last_due if plan.last_due and plan.last_on and plan.last_due < plan.last_on else None
        late = f", {plural((plan.last_on - was_due).days, 'day')} late" if was_due and plan.last_on else ""
        rows.append(("Done last", f"{last}{late}"))
        who = self.title("people", plan.owner) or "nobody yet"
        vendor = f"{self.title('parties', plan.vendor)} comes for it" if plan.vendor else ""
        return [*rows, ("Who sees to it", joined(who, vendor))]

    def _with(self, plan: Plan) -> str:
        if plan.asset is None:
            return with_what(self.title, plan)
        asset: Asset | None = self.desk.peek("assets", plan.asset)
        return areas.ref("assets", plan.asset) if asset is None else joined(asset.called, where_is(self.title, asset))

    def things(self, record: Plan) -> list[Asset]:
        """Return the things of its model that are still there."""
        return all_of(self.desk.context(), record.model) if self.reads("assets") else []

    def done(self, record: Plan) -> list[Any]:
        """Return when it was done the last times."""
        return self.last("worklog", {"plan": (record.id,)})

    def followed(self, record: Plan) -> list[Link]:
        """Return what it is done with, and what its log of work names."""
        things = [self.link("Thing", "assets", one.id) for one in self.things(record)] if record.model else []
        return self.named(*things, *self.work_links(self.done(record)), record=record)


class PlanRecord(DueScan, EquipmentRecord):
    """One maintenance plan; a thing of its model that is scanned is the one that s says is done."""

    DETAILS = PlanDetails
    HELP = (
        "One maintenance plan. k ticks a step, s says that it is done, x leaves this round out; Enter lists all. Scan "
        "the next thing or door, and what is due there opens."
    )

    def __init__(self, collection: str, number: int) -> None:
        super().__init__(collection, number)
        self._thing: int | None = None

    def take_scan(self, code: str) -> bool:
        """Take the thing of this plan's model that was scanned; for anything else open what is due there."""
        self.open_due(code)
        return True

    def opened_by_scan(self, code: str) -> None:
        """Take the thing whose scan opened this, where it is of this plan's model."""
        self._take_opened(code)

    @work(exclusive=True, group="load")
    async def _take_opened(self, code: str) -> None:
        found = await self.ask_store(self._due_of, code)
        if found is not None and found[0] is not None:
            self.takes(found[0], found[1])

    def takes(self, there: tuple[str, int], due: Sequence[Plan]) -> bool:
        """Take a thing of this plan's model that is to be done yet."""
        plan = next((one for one in due if one.id == self.number and one.model), None)
        if plan is None or there[0] != "assets":
            return False
        self._thing = there[1]
        self.say(f"{self.desk.headline(*there)}: s says that it is done.")
        return True

    def arguments(self, transition: Transition) -> dict[str, Any]:
        """Return the thing that was scanned, for a verb that asks which."""
        plan, needs = self.current(), transition.needs
        wanted = isinstance(plan, Plan) and self._thing not in (None, *plan.done)
        return {"asset": self._thing} if wanted and needs is not None and "asset" in needs.model_fields else {}
