"""Parcels on the screen: what lies here for whom, fetched with a badge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual import work

from botui.actions.parcels import fetched, here_for
from botui.models.base import plural
from botui.models.calendar import day_words
from botui.models.records.parcel import Parcel, State
from botui.screens.lists import ListScreen
from botui.screens.record import RecordScreen
from botui.screens.rows import KindRows
from botui.screens.verbs import VerbScreen
from botui.widgets.columns import Column


class ParcelRows(KindRows):
    """Rows of parcels: for whom, where it lies, and last, where the eye runs down, since when."""

    def make_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return (
            Column("id", "No.", 7),
            Column("person", "For", 18, flex=True),
            Column("sender", "From or to", 18, flex=True),
            Column("carrier", "Carrier", 10),
            Column("tracking", "Tracking number", 20, wide=True),
            Column("shelf", "Shelf", 10),
            Column("at", "Here", 16, telling=True),
        )

    def cell(self, key: str, record: Any, doc: Mapping[str, Any]) -> str:
        """Return the text of one cell."""
        if key == "person":
            name = self.desk.title("people", record.person) if record.person else record.label
            return f"{name} x{record.pieces}" if record.pieces > 1 else name
        if key == "at":
            if record.state is not State.HERE or record.at is None:
                return str(record.state.label)
            local = self.desk.settings.local
            return f"since {day_words(local(record.at).date(), local(self.desk.clock()).date())}"
        return super().cell(key, record, doc)


class BadgeFetches(VerbScreen):
    """A screen of parcels on which the badge of whoever fetches them books that."""

    def fetches(self, person: int) -> Sequence[int]:
        """Return which parcels are meant by somebody's badge."""
        raise NotImplementedError

    def take_badge(self, owner: int, code: str) -> None:
        """Take a badge in its turn: its owner fetches what is meant."""
        self._fetch(owner, code)

    @work
    async def _fetch(self, owner: int, code: str) -> None:
        """Book what lies here for the owner of a badge, ask where it is for somebody else, or change to them."""
        from botui.screens.dialogs import Choose

        numbers = await self.ask_store(self.fetches, owner)
        if numbers is None:
            return
        name = self.desk.as_system().title("people", owner)
        me = owner == self.desk.person
        if not numbers or (self.desk.may("parcels", "work") and not me):
            self._say_none(name, me=me, code=code)
            return
        theirs = await self.ask_store(here_for, self.desk, owner)
        if theirs is None:
            return
        if not set(numbers) <= set(theirs):
            other = f"{name} fetches it for {self._whose(numbers[0])}"
            go_on = "It is my own badge: go on" if me else f"Change to {name}"
            chosen = await self.app.push_screen_wait(Choose(f"{name} was scanned", [(other, "fetch"), (go_on, "")]))
            if chosen == "" and not me:
                self.session.sign_in(code=code)
            if chosen != "fetch":
                return
        await self.tell(fetched, self.desk, numbers, owner)

    def _whose(self, number: int) -> str:
        found: Parcel | None = self.desk.peek("parcels", number)
        if found is None:
            return ""
        return self.desk.title("people", found.person) if found.person else found.label

    def _say_none(self, name: str, *, me: bool, code: str) -> None:
        if me:
            self.say(f"No parcel is here for {name}.")
        else:
            self.session.sign_in(code=code)


class ParcelList(BadgeFetches, ListScreen):
    """A list of parcels."""

    ROWS = ParcelRows
    HELP = (
        "Parcels. n takes one in, T says that it was fetched, R that it goes back. A badge that is scanned here "
        "fetches all that lies here for its owner."
    )

    def fetches(self, person: int) -> Sequence[int]:
        """Return all that lies here for somebody."""
        return here_for(self.desk, person)


class ParcelRecord(BadgeFetches, RecordScreen):
    """One parcel."""

    HELP = (
        "A parcel. Scan the badge of whoever fetches it, or press T; R says that it goes back to its sender. Enter "
        "lists all."
    )

    def fetches(self, person: int) -> Sequence[int]:
        """Return this one, as long as it is here."""
        found: Parcel | None = self.desk.peek("parcels", self.number)
        return (self.number,) if found is not None and found.state is State.HERE and found.came_in else ()

    def opened_by_scan(self, code: str) -> None:
        """Say what is to be scanned next."""
        found: Parcel | None = self.desk.peek("parcels", self.number)
        if found is not None and self.fetches(0):
            many = f" ({plural(found.pieces, 'piece')})" if found.pieces > 1 else ""
            self.say(f"It is for {self._whose(self.number)}{many}: scan the badge of whoever fetches it, or press T.")
