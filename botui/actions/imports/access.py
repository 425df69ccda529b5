"""Rows of another system's access register, or of its requests, as entries of the access register.

A request to give is an entry; one to take away ends the entry that there is, one to change is noted on it. So a list of
requests is taken in the order of time, and what is in the register in the end is what somebody has.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from botui.actions.imports.directory import Directory, NewId
from botui.actions.imports.equipment_words import ACCESS_RESULTS, ACCESS_TYPES
from botui.actions.imports.report import Report
from botui.actions.imports.rows import Cells, Past, changed
from botui.actions.imports.sheet import Row
from botui.actions.imports.taking import Reader, Seen, Taker
from botui.actions.imports.values import word_of
from botui.models import calendar
from botui.models.base import LINE_MAX, Change, Record, Refused, clean
from botui.models.equipment.access import HAS, REVIEW_MONTHS, Access, State
from botui.models.office import Context, Pending, Person
from botui.models.shape import build

_ASKED: Final = frozenset({State.ASKED, State.APPROVED})
_CODES_MAX: Final = 20
_TEXTS: Final = {"system": 60, "level": 40, "why": LINE_MAX}
"""Characters of what a row says; what is longer is cut."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row says.

    Attributes:
        kind: add, remove or modify.
        state: how far it is.
        asked, done: when it was asked for, and when it was done.
    """

    kind: str
    state: State
    person: int
    system: str
    level: str
    approver: int | None
    asked: datetime | None
    done: datetime | None


class Granted:
    """The entries of the rows that become one change.

    Args:
        directory: knows what the rows have made on the way.
        new_id: gives out numbers.
    """

    entries: Pending

    def __init__(self, directory: Directory, new_id: NewId) -> None:
        self.directory, self._new_id = directory, new_id

    def begin(self, ctx: Context, change: Change) -> None:
        """Open the register of some rows."""
        self.entries = Pending(replace(ctx, data=Seen(ctx.data, self.directory, self._new_id)), change)

    def add(self, entry: Access) -> None:
        """File an entry."""
        self.directory.add(self.entries.add(entry))
        self.directory.made["access", entry.id] = entry

    def set(self, entry: Access, **values: Any) -> None:
        """Give an entry fields."""
        self.directory.add(self.entries.set(entry, **values))

    def found(self, what: str, text: str) -> list[Access]:
        """Return the entries that are found by this, as they will be, the newest first."""
        numbers = sorted(set(self.directory.find("access", what, text)), reverse=True)
        return [self.entries.get(Access, one) for one in numbers]


@dataclass(frozen=True, slots=True)
class AccessTaker(Taker):
    """Takes rows as entries of the access register.

    Attributes:
        report: where doubts and unknown words of the present chunk go.
        note: the name of the file.
    """

    directory: Directory
    past: Past
    reader: Reader
    granted: Granted
    report: Callable[[], Report]
    note: str

    def begin(self, ctx: Context, change: Change) -> None:
        """Open the register."""
        self.granted.begin(ctx, change)

    def finish(self) -> None:
        """Write the entries."""
        self.granted.entries.write()

    def entry(self, cells: Cells, key: str) -> Access | None:
        """Return the entry that a row is about: the one of its number, else what the person has or is to get there."""
        if found := self.granted.found("code", key):
            return found[0]
        person, system, level = self._who(cells)
        there = [
            one
            for one in self.granted.found("who", f"{person} {system.casefold()}")
            if one.state in HAS | _ASKED and (not level or one.level.casefold() == level.casefold())
        ]
        return next((one for one in there if one.state in HAS), there[0] if there else None)

    def in_time(self, rows: Sequence[Row], cells_of: Callable[[Row], Cells]) -> list[Row]:
        """Return rows in the order in which they were done, if all say when."""
        when: list[datetime] = []
        for row in rows:
            cells = cells_of(row)
            try:
                moment = self.reader.moment(cells.text("done_at")) or self.reader.moment(cells.text("asked_at"))
            except ValueError:
                moment = None
            if moment is None:
                return list(rows)
            when.append(moment)
        return [row for _, _, row in sorted(zip(when, range(len(rows)), rows, strict=True), key=lambda one: one[:2])]

    def take(self, ctx: Context, cells: Cells, number: int, key: str, old: Record | None) -> Change | None:
        """Do what a row says; return a change without records, or None where nothing is to be done.

        Raises:
            Refused, NotAllowed, ValueError: the row says nothing that can be in the register, in words.
        """
        wanted = self._wanted(ctx, cells)
        if wanted.kind != "add" and wanted.state not in (State.GIVEN, State.REMOVED):
            done = "taken away" if wanted.kind == "remove" else "changed"
            raise Refused(f"nothing was {done}, it is {wanted.state.label}: nothing changes here")
        if not isinstance(old, Access):
            self.granted.add(self._filed(ctx, cells, number, key, wanted))
            self._doubt(ctx, cells, wanted)
            return Change("access.import")
        values = self._revised(ctx, cells, key, old, wanted)
        self._doubt(ctx, cells, wanted)
        if not values:
            return None
        self.granted.set(old, **values)
        return Change("access.import")

    # --- a row as values ----------------------------------------------------------------------------------------------

    def _who(self, cells: Cells) -> tuple[int, str, str]:
        """Return for whom, to what, and as what.

        Raises:
            Refused: it does not say.
        """
        person = self.directory.person(cells.word("person"))
        system, level = (clean(cells.word(one))[: _TEXTS[one]].rstrip() for one in ("system", "level"))
        if person is None:
            raise Refused("it does not say for whom")
        if not system:
            raise Refused("it does not say to which system or door")
        return person, system, level

    def _wanted(self, ctx: Context, cells: Cells) -> Wanted:
        person, system, level = self._who(cells)
        asked, done = self.reader.moment(cells.text("asked_at")), self.reader.moment(cells.text("done_at"))
        for moment, word in ((asked, "asked for"), (done, "done")):
            if moment is not None and moment > ctx.now:
                raise Refused(f"it was {word} on a day that lies ahead")
        if asked and done and done < asked:
            raise Refused("it was done before it was asked for")
        kind = self._word(cells, "type", ACCESS_TYPES) or "add"
        state = State(self._word(cells, "result", ACCESS_RESULTS) or self._by_dates(cells, done))
        approver = self.directory.person(cells.word("approver"))
        return Wanted(kind, state, person, system, level, approver, asked, done)

    def _word(self, cells: Cells, field: str, table: dict[str, str]) -> str:
        word = cells.word(field)
        ours = word_of(table, word)
        if word and not ours:
            self.report().unknown[f"{field} '{word[:40]}'"] += 1
        return ours

    def _by_dates(self, cells: Cells, done: datetime | None) -> str:
        """Return how far it is where no word says it: a list without any such column is of what people have."""
        return "asked" if done is None and (cells.has("done_at") or cells.has("result")) else "given"

    def _filed(self, ctx: Context, cells: Cells, number: int, key: str, wanted: Wanted) -> Access:
        """Return the entry of a row that is about none that is here."""
        state = State.REMOVED if wanted.kind == "remove" else wanted.state
        notes = "; ".join(f"{column}: {text}" for column, text in cells.left().items())
        return build(
            Access,
            {
                "id": number,
                "person": wanted.person,
                "system": wanted.system,
                "level": wanted.level,
                **self._texts(cells),
                "approver": wanted.approver,
                "codes": (key,),
                "created_at": wanted.asked or wanted.done or ctx.now,
                "created_by": wanted.person,
                "imported": f"{self.note}{f'; {notes}' if notes else ''}"[:LINE_MAX],
                **self._stands(ctx, cells, wanted, state),
            },
        )

    def _texts(self, cells: Cells) -> dict[str, Any]:
        """Return what a row says besides for whom, to what and how far it is."""
        found: dict[str, Any] = {}
        if why := clean(cells.text("why")):
            found["why"] = why[: _TEXTS["why"]]
        if until := self.reader.day(cells.text("until")):
            found["until"] = until
        return found

    def _stands(self, ctx: Context, cells: Cells, wanted: Wanted, state: State) -> dict[str, Any]:
        """Return what follows from how far it is."""
        at = wanted.done or wanted.asked or ctx.now
        values: dict[str, Any] = {"state": state}
        if state is not State.ASKED and wanted.approver:
            values |= {"approved_by": wanted.approver, "approved_at": at}
        match state:
            case State.GIVEN:
                seen = self.reader.moment(cells.text("reviewed_at"))
                values |= {"given_at": at, "review_on": self._review_on(ctx, cells, at)}
                if seen is not None and at <= seen <= ctx.now:
                    again = self._review_on(ctx, cells, seen)
                    values |= {"state": State.REVIEWED, "reviewed_at": seen, "review_on": again}
            case State.REMOVED:
                values |= {"removed_at": at, "review_on": None, "reason": f"As {self.note} says"[:LINE_MAX]}
            case State.REFUSED | State.CANCELLED:
                values["reason"] = f"As {self.note} says"[:LINE_MAX]
        return values

    def _review_on(self, ctx: Context, cells: Cells, since: datetime) -> date:
        again = calendar.add_months(ctx.settings.local(since).date(), REVIEW_MONTHS)
        until = self.reader.day(cells.text("until"))
        return min(again, until) if until else again

    # --- what is here already -----------------------------------------------------------------------------------------

    def _revised(self, ctx: Context, cells: Cells, key: str, old: Access, wanted: Wanted) -> dict[str, Any]:
        """Return the fields of an entry that change."""
        known = key in old.codes
        full = len(old.codes) >= _CODES_MAX
        values: dict[str, Any] = {} if known or full else {"codes": (*old.codes, key)}
        if wanted.kind == "remove" or wanted.state is State.REMOVED:
            over = old.state not in HAS or (known and self._said(old) is State.REMOVED)
            return values if over else values | self._stands(ctx, cells, wanted, State.REMOVED)
        if not old.imported:  # it was asked for here: an approval of ours stands on it, or is to
            if old.state in _ASKED and wanted.state is not old.state:
                self._told(cells, f"{old.ref} is {old.state.label} here and stays so: no file approves it")
            return values
        if wanted.kind == "modify":
            return values if known or full or not wanted.level else values | {"level": wanted.level}
        if old.state in _ASKED and self._said(old) in _ASKED and wanted.state not in (self._said(old), old.state):
            values |= self._stands(ctx, cells, wanted, wanted.state)
        # of several requests about one entry the last has the say
        said = self._texts(cells) if "codes" in values or key == old.codes[-1] else {}
        fields = {name: getattr(old, name) for name in Access.model_fields}
        return values | changed(self.past, old, build(Access, fields | said), said)

    def _said(self, old: Access) -> State:
        """Return how far the last import said it is; of one that was filed here, how far it is."""
        return State(self.past.said(old.id, "state", old.state.value) or State.ASKED.value)

    def _doubt(self, ctx: Context, cells: Cells, wanted: Wanted) -> None:
        """Report what an auditor would ask about."""
        person = ctx.data.get(Person, wanted.person)
        if wanted.approver == wanted.person and wanted.state not in (State.ASKED, State.CANCELLED):
            self._told(cells, "it was approved by whom it is for")
        if person is not None and not person.active and wanted.kind != "remove" and wanted.state in HAS:
            self._told(cells, f"{person.name}, who has it, does not work here any more")

    def _told(self, cells: Cells, words: str) -> None:
        self.report().doubts.append((cells.row.where, words))
