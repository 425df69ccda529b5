"""Who is away and who stands in: one absence with what was done meanwhile, and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import work

from botui import areas
from botui.actions.desk import Meanwhile, meanwhile
from botui.models.office import StandIn
from botui.models.office.standins import in_charge
from botui.screens.record import Details, RecordScreen, field_rows
from botui.widgets.detail import Section


class StandInDetails(Details):
    """What is shown of an absence."""

    def sections(self, record: Any) -> Sequence[Section]:
        """Return who, when and how far; to whom it concerns also what was done meanwhile and what comes back."""
        found = [Section("", field_rows(self.desk, record, ("handed",)))]
        if record.begun_at is not None and in_charge(self.desk.context(), record.person):
            found += self._meanwhile(record, meanwhile(self.desk, record))
        return found

    def _meanwhile(self, record: StandIn, done: Meanwhile) -> list[Section]:
        name = self.desk.title("people", record.person)
        nothing = [("", "nothing")]
        found = [Section(f"Done in the name of {name}", list(done.in_their_name) or nothing)]
        if record.handed:
            found.append(Section("Done with what was handed over", list(done.with_theirs) or nothing))
            left = [(ref, self._line(ref)) for ref in done.still_open]
            came = f"Still open: comes back with C ({len(left)} of {len(record.handed)})"
            found.append(Section(came if record.ended_at is None else f"Still open ({len(left)})", left or nothing))
        if done.more:
            found.append(Section("", f"And {done.more:,} more: botui history tells all of it."))
        return found

    def _line(self, ref: str) -> str:
        return self.desk.title(*(areas.parse_ref(ref) or ("tickets", None)))

    def followed(self, record: Any) -> list[tuple[str, tuple[str, int]]]:
        """Return whom it names, and what was handed over."""
        handed = [(ref, found) for ref in record.handed if (found := areas.parse_ref(ref))]
        lines = [(f"{ref}  {self.desk.title(*found)}", found) for ref, found in handed if self.desk.sees(*found)]
        return super().followed(record) + lines


class StandInScreen(RecordScreen):
    """One absence: before it a plan, after it the way back."""

    DETAILS: ClassVar[type[Details]] = StandInDetails
    HELP = (
        "Who is away, who stands in, and what was done meanwhile. C: back again; what is still open of what was "
        "handed over comes back. v opens it."
    )

    def draw(self, *, keep_place: bool = True) -> None:
        """Write it as it is now; what was done meanwhile is looked for off the screen's thread."""
        self._bring(keep_place)
        self.draw_frame()

    @work(exclusive=True, group="load")
    async def _bring(self, keep_place: bool) -> None:
        found = await self.ask_store(self.details.shown, self.kind.name, self.number)
        if found is not None:
            self.pane.show(found, keep_place=keep_place)
