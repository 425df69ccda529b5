"""The register of what the office owns: the one place where who has an asset, and what it is fit for, changes.

A ``Register`` is opened on a change, takes what happens to assets, loans and faults, and lets at its end the status of
every asset follow (``status_of``), with what it cost and which of its faults are open. ``checks`` proves the same of
the store.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

from botui.models.base import Change, Refused
from botui.models.equipment.asset import Asset, Fate, status_of
from botui.models.equipment.fault import SPENT, Fault, State, Work
from botui.models.equipment.loan import Condition, Loan
from botui.models.office import Context, Pending

DEEPEST: Final = 20
"""Assets one inside the other at most: a disk in a machine in a rack in a container are four."""


class Register(Pending):
    """Takes what happens to assets into one change; ``close`` lets everything follow and returns it."""

    def __init__(self, ctx: Context, change: Change) -> None:
        super().__init__(ctx, change)
        self._works: list[Work] = []

    # --- who has it ---------------------------------------------------------------------------------------------

    def hand_out(
        self,
        asset: Asset,
        *,
        person: int | None = None,
        to_place: int | None = None,
        to_asset: int | None = None,
        **values: Any,
    ) -> Loan:
        """Hand an asset out to exactly one of the three; whether that may be is the caller's to ask.

        Args:
            asset: what; it is not handed out now.
            person: to somebody.
            to_place: to be used in a place.
            to_asset: into another asset.
            **values: other fields of the ``Loan``: ``due``, ``note``, ``confirmed_at``, ``booking``.

        Raises:
            Refused: it would be inside itself.
        """
        if to_asset is not None and asset.id in self._within(to_asset):
            raise Refused(f"{asset.called} would be part of itself.", {"to": "It is part of this one."})
        loan = self.add(
            Loan(
                id=self._ctx.data.new_id(Loan),
                asset=asset.id,
                person=person,
                to_place=to_place,
                to_asset=to_asset,
                at=self._ctx.now,
                by=self._ctx.by,
                **values,
            )
        )
        self.set(asset, loan=loan.id, holder=person, at_place=to_place, inside=to_asset, due=loan.due)
        return loan

    def take_back(self, asset: Asset, condition: Condition | None, **values: Any) -> Loan:
        """Take an asset back from whoever has it.

        Args:
            asset: what.
            condition: how it came back; None = it is lost, and did not.
            **values: other fields of the ``Loan``: ``back_note``, ``fault``.

        Raises:
            Refused: it is not handed out.
        """
        out = self.get(Asset, asset.id).loan
        if out is None:
            raise Refused(f"{asset.called} is not handed out: there is nothing to take back.")
        loan = self.set(self.get(Loan, out), back_at=self._ctx.now, back_by=self._ctx.by, condition=condition, **values)
        self.set(asset, loan=None, holder=None, at_place=None, inside=None, due=None)
        return loan

    def _within(self, number: int | None) -> Iterator[int]:
        """Yield an asset and all that it is part of, from inside to outside."""
        for _ in range(DEEPEST):
            if number is None:
                return
            yield number
            number = self.get(Asset, number).inside
        raise Refused("These things are part of each other too many times.")

    # --- whether it is there to be used -------------------------------------------------------------------------

    def fate(self, asset: Asset, fate: Fate | None, note: str = "") -> Asset:
        """Say that an asset is out of service, lost or retired, or (None) there again."""
        return self.set(asset, fate=fate, fate_note=note, fate_at=self._ctx.now if fate else None)

    def move(self, asset: Asset, place: int | None) -> Asset:
        """Say where an asset is while nobody has it."""
        return self.set(asset, place=place)

    def seen(self, asset: Asset, next_audit: date | None) -> Asset:
        """Say that an asset was seen now, and by when it is to be seen again."""
        return self.set(asset, audited_at=self._ctx.now, next_audit=next_audit)

    # --- work on it ---------------------------------------------------------------------------------------------

    def log(self, **values: Any) -> Work:
        """Write an entry into the log of work; fault and asset it names reckon its minutes and amount in.

        The asset is that of the fault, where only the fault is said.
        """
        if values.get("fault") and not values.get("asset"):
            values["asset"] = self.get(Fault, values["fault"]).asset
        work = self.add(Work(id=self._ctx.data.new_id(Work), at=self._ctx.now, by=self._ctx.by, **values))
        self._works.append(work)
        return work

    # --- the end ------------------------------------------------------------------------------------------------

    def close(self) -> Change:
        """Let all that follows follow, write it into the change and return it."""
        for work in self._works:
            spent = work.amount if work.amount is not None and work.kind in SPENT else Decimal(0)
            for holder in (
                self.get(Fault, work.fault) if work.fault else None,
                self.get(Asset, work.asset) if work.asset else None,
            ):
                if holder is not None:
                    self.set(holder, minutes=holder.minutes + work.minutes, cost=holder.cost + spent)
        self._works = []
        for number, (open_, stopped, faults) in self._counted().items():
            asset = self.get(Asset, number)
            self.set(
                asset,
                open_faults=asset.open_faults + open_,
                stopped=asset.stopped + stopped,
                faults=asset.faults + faults,
            )
        for asset in self.touched(Asset):
            self.set(asset, status=status_of(asset))
        return self.write()

    def _counted(self) -> dict[int, tuple[int, int, int]]:
        """Return by how much open faults, those that stop it, and all faults of each asset change."""
        found: dict[int, tuple[int, int, int]] = {}
        for records, sign in ((self._was, -1), (self._now, 1)):
            for fault in records.values():
                if isinstance(fault, Fault) and fault.asset:
                    before = found.get(fault.asset, (0, 0, 0))
                    found[fault.asset] = (
                        before[0] + sign * fault.is_open,
                        before[1] + sign * stops(fault),
                        before[2] + sign * (fault.state is not State.JOINED),
                    )
        return {number: counts for number, counts in found.items() if any(counts)}


def stops(fault: Fault) -> bool:
    """Return whether a fault keeps its asset from being used now."""
    return fault.is_open and fault.stops
