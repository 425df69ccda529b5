"""What a row says of an asset besides its fields: who has it, where it is, whether it can be used.

It is done through the register, as at the desk: a holder is a hand-out, another one is taken back and handed out, what
is in repair has an open fault. What people did here since the last import stays theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, TypeVar

from botui import areas
from botui.actions.imports.directory import Directory, NewId
from botui.actions.imports.rows import Past
from botui.actions.imports.taking import Seen
from botui.models.base import LINE_MAX, Change, Record
from botui.models.equipment.asset import Asset, Category, Fate
from botui.models.equipment.clashes import TAKEN, bookings_between
from botui.models.equipment.fault import Fault, State
from botui.models.equipment.keeping import refuse_with_parts
from botui.models.equipment.loan import Booking, BookingState, Condition
from botui.models.equipment.register import Register
from botui.models.equipment.severity import Severity
from botui.models.office import Context, Lookup

R = TypeVar("R", bound=Record)

IN_REPAIR: Final = "In repair when it was imported"
"""What is wrong with a thing of which a file says no more than that it is in repair."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a row says.

    Attributes:
        status: ready, in_use, repair, out, lost, retired; empty = it does not say.
        word: the same in its own word.
        person: who has it; ``names``: the row speaks of holders at all.
        unknown: who has it and is nobody that is known here; ``used_in``: the place that has it.
        place: where it is.
        due: the day it is to be back; ``since``: when it was handed out.
    """

    status: str = ""
    word: str = ""
    person: int | None = None
    names: bool = False
    unknown: str = ""
    used_in: int | None = None
    place: int | None = None
    due: date | None = None
    since: datetime | None = None

    @property
    def fate(self) -> Fate | None:
        """Why it is not there to be used."""
        return Fate(self.status) if self.status in ("out", "lost", "retired") else None

    @property
    def in_place(self) -> int | None:
        """The place in which it is used, where nobody who is known has it."""
        if self.person is not None or self.used_in is not None:
            return self.used_in
        return self.place if self.unknown or self.status == "in_use" else None


@dataclass(frozen=True, slots=True)
class _AsWritten:
    """A ``Lookup`` in which assets are as they will be: what a row before retires has no codes any more."""

    store: Lookup
    register: Register

    def get(self, kind: type[R], number: int) -> R | None:
        found = self.store.get(kind, number)
        return self.register.get(kind, number) if found is not None and kind is Asset else found

    def find(self, kind: type[R], /, **equal: object) -> list[R]:
        found = self.store.find(kind, **equal)
        return [self.register.get(kind, one.id) for one in found] if kind is Asset else found

    def numbers(self, kind: type[R], at_most: int | None = None, /, **equal: object) -> list[int]:
        return self.store.numbers(kind, at_most, **equal)

    def holds(self, *collections: str) -> bool:
        return self.store.holds(*collections)

    def new_id(self, kind: type[Record]) -> int:
        return self.store.new_id(kind)


class Holding:
    """The register of the rows that become one change.

    Args:
        directory: knows what the rows have made on the way.
        past: what earlier imports said.
        new_id: gives out numbers.
        note: kept with what is handed out: the name of the file.
    """

    register: Register

    def __init__(self, directory: Directory, past: Past, new_id: NewId, note: str) -> None:
        self._directory, self._past, self._new_id, self._note = directory, past, new_id, note

    def begin(self, ctx: Context, change: Change) -> None:
        """Open the register of some rows."""
        self.ctx = replace(ctx, data=Seen(ctx.data, self._directory, self._new_id))
        self.register = Register(self.ctx, change)

    def seen(self, ctx: Context) -> Context:
        """Return what a rule may know: assets are as the rows before have made them."""
        return replace(ctx, data=_AsWritten(ctx.data, self.register))

    def close(self) -> None:
        """Write what was done, and what follows from it."""
        self.register.close()

    def add(self, asset: Asset) -> None:
        """File an asset."""
        self._directory.add(self.register.add(asset))
        self._directory.made["assets", asset.id] = asset

    def revise(self, asset: Asset, fields: dict[str, Any]) -> None:
        """Give an asset fields."""
        now = self.register.set(asset, **fields)
        if fields.keys() & {"tag", "serial", "codes"}:
            self._directory.add(now)

    def is_anothers(self, code: str, mine: int) -> bool:
        """Return whether a code is on another asset, or the number of one; codes of what is retired are free again."""
        ours = areas.parse_ref(code)
        if ours and ours[0] == "assets" and ours[1] != mine and code.upper() == areas.ref(*ours):
            return True
        others = {one for one in self._directory.find("assets", "label", code) if one != mine}
        return any(self.register.get(Asset, one).fate is not Fate.RETIRED for one in others)

    def refuse(self, asset: Asset, held: Held) -> None:
        """Do nothing unless a row says that the office has something no more, of which other things are part.

        Raises:
            Refused: they are; nothing was done.
        """
        if held.fate is Fate.RETIRED and self._changes(asset, "fate", held.fate):
            refuse_with_parts(self.ctx, asset)

    def _changes(self, asset: Asset, field: str, value: Any) -> bool:
        """Return whether a value is another one than the last import said, and than it is."""
        return value not in (_Said(self._past, asset, new=False)(field), getattr(asset, field))

    def follow(self, asset: Asset, held: Held, new: bool, doubt: Callable[[str], None]) -> bool:
        """Let what a row says of an asset be so; return whether that changes anything.

        Args:
            asset: of the register, as it will be.
            held: what the row says.
            new: it was not here before.
            doubt: told what the row says and what is not so here.
        """
        said = _Said(self._past, asset, new)
        done = [
            self._place(asset, held, said),
            self._hands(asset, held, said, doubt),
            self._fate(asset, held, said),
            self._repair(asset, held, said, doubt),
        ]
        return any(done)

    def _place(self, asset: Asset, held: Held, said: _Said) -> bool:
        if held.place is None or held.place in (said("place"), asset.place):
            return False
        self.register.move(self._now(asset), held.place)
        return True

    def _hands(self, asset: Asset, held: Held, said: _Said, doubt: Callable[[str], None]) -> bool:
        """Take it back from whom the file does not say any more, and hand it out to whom it says."""
        gone = held.fate is Fate.RETIRED
        if not (held.names or gone or (said.new and held.in_place)):
            return False
        wanted = (None, None) if gone else (held.person, held.in_place)
        if wanted in ((said("holder"), said("at_place")), (asset.holder, asset.at_place)):
            return False
        if asset.is_held:
            self._take_back(asset)
        if any(wanted):
            for one in () if said.new else bookings_between(self.ctx, asset.id, self.ctx.now, None):
                if one.person != held.person:
                    doubt(f"{self.ctx.person(one.person)} has booked it: {one.ref}")
            self._hand_out(asset, held, *wanted)
        return True

    def _take_back(self, asset: Asset) -> None:
        loan = self.register.take_back(self._now(asset), Condition.GOOD, back_note=f"As {self._note} says")
        if loan.booking is not None:
            self.register.set(self.register.get(Booking, loan.booking), state=BookingState.OVER)

    def _hand_out(self, asset: Asset, held: Held, person: int | None, place: int | None) -> None:
        note = f"{held.unknown} has it, as {self._note} says" if held.unknown else f"As {self._note} says"
        now = self._now(asset)
        loan = self.register.hand_out(now, person=person, to_place=place, due=held.due, note=note[:LINE_MAX])
        if held.since is not None and held.since <= self.ctx.now:
            self.register.set(loan, at=held.since)

    def _fate(self, asset: Asset, held: Held, said: _Said) -> bool:
        wanted = held.fate
        if not held.status or wanted in (said("fate"), asset.fate):
            return False
        self.register.fate(self._now(asset), wanted, f"{held.word}, as {self._note} says"[:LINE_MAX] if wanted else "")
        for state in TAKEN if wanted is Fate.RETIRED and not said.new else ():
            for booking in self.ctx.data.find(Booking, asset=asset.id, state=state.value):
                self.register.set(booking, state=BookingState.CANCELLED)
        return True

    def _repair(self, asset: Asset, held: Held, said: _Said, doubt: Callable[[str], None]) -> bool:
        if not held.status:
            return False
        if held.status == "repair":
            if said("stopped") or asset.stopped:
                return False
            self.register.add(self._fault(self._now(asset)))
            return True
        if not said("stopped") or not asset.stopped:
            return False
        ours = [one for one in self.ctx.data.find(Fault, asset=asset.id) if one.what == IN_REPAIR and one.is_open]
        for fault in ours:
            if fault.state is not State.REPORTED or fault.owner is not None:
                doubt(f"the file says {held.word or 'that it can be used'}, and {fault.ref} is open here and stays so")
                return False
            self.register.set(
                self.register.get(Fault, fault.id),
                state=State.FIXED,
                outcome=f"{held.word or 'In use'}, as {self._note} says",
                closed_at=self.ctx.now,
                down_since=None,
                downtime=fault.downtime + self._down(fault),
            )
        return bool(ours)

    def _down(self, fault: Fault) -> int:
        """Return the seconds of office time since it cannot be used."""
        if fault.down_since is None:
            return 0
        return int(self.ctx.settings.business_hours().between(fault.down_since, self.ctx.now).total_seconds())

    def _fault(self, asset: Asset) -> Fault:
        """Return the fault of a thing that is in repair; nobody reported it here, so that it has no ticket."""
        category = self.ctx.data.get(Category, asset.category) if asset.category else None
        return Fault(
            id=self._new_id(Fault),
            what=IN_REPAIR,
            asset=asset.id,
            place=asset.at_place or asset.place or asset.home,
            severity=category.severity if category else Severity.S3,
            created_at=self.ctx.now,
            created_by=self.ctx.by,
            down_since=self.ctx.now,
            under_warranty=asset.warranty_until is not None and asset.warranty_until >= self.ctx.today,
        )

    def _now(self, asset: Asset) -> Asset:
        return self.register.get(Asset, asset.id)


class _Said:
    """What the last import said of an asset, by field, as values."""

    def __init__(self, past: Past, asset: Asset, new: bool) -> None:
        self._past, self._asset, self.new = past, asset, new

    def __call__(self, field: str) -> Any:
        now = getattr(self._asset, field)
        return now if self.new else self._past.said(self._asset.id, field, self._asset.doc().get(field))
