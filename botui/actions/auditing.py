"""The list of an audit as one walks with it: what is left in the place where one is, and what was seen there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from botui.data import Desk
from botui.models.base import fold
from botui.models.equipment.asset import Asset
from botui.models.equipment.audit import Finding, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One line of the list.

    Attributes:
        finding, asset: their numbers.
        place: where it was to be, and ``room`` its name; ``seen_in``: where it was seen.
        holder: the name of whoever has it; empty = nobody.
    """

    finding: int
    asset: int
    tag: str
    name: str
    place: int | None
    room: str
    result: Result
    seen_in: int | None = None
    holder: str = ""

    @property
    def left(self) -> bool:
        """Whether it is still to be seen."""
        return self.result is Result.PENDING

    @property
    def looked_for(self) -> bool:
        """Whether it was on the list from the beginning."""
        return self.result is not Result.UNEXPECTED

    @property
    def order(self) -> tuple[str, int, str, int]:
        """Where it stands on the list."""
        return fold(self.room), self.place or 0, fold(self.name), self.finding


def spots(desk: Desk, audit: int) -> dict[int, Spot]:
    """Return the lines of an audit by the number of their finding, in the order in which one walks."""
    found = (spot_of(desk, one) for one in desk.find("findings", {"audit": (audit,)}))
    return {one.finding: one for one in sorted(found, key=lambda one: one.order)}


def spot_of(desk: Desk, finding: Finding) -> Spot:
    """Return the line of one finding."""
    asset: Asset | None = desk.peek("assets", finding.asset)
    return Spot(
        finding=finding.id,
        asset=finding.asset,
        tag=asset.tag if asset else "",
        name=asset.name if asset else desk.title("assets", finding.asset),
        place=finding.place,
        room=desk.title("places", finding.place),
        result=finding.result,
        seen_in=finding.seen_in,
        holder=desk.title("people", asset.holder) if asset else "",
    )


def looked_at(desk: Desk, findings: Iterable[int]) -> dict[int, Spot | None]:
    """Return the lines of some findings as they are now; None = it was taken back."""
    found = {number: desk.peek("findings", number) for number in findings}
    return {number: None if one is None else spot_of(desk, one) for number, one in found.items()}


def here(known: Mapping[int, Spot], place: int | None, last: int | None) -> dict[int, Spot]:
    """Return what is shown in a place: what was scanned last, what is left there, then what was seen there.

    Args:
        known: all lines of the audit.
        place: where one is; None = nowhere yet: all that is left is shown.
        last: number of the finding of what was scanned last.
    """
    left = [one for one in known.values() if one.left and place in (None, one.place)]
    seen = [one for one in known.values() if place is not None and one.seen_in == place]
    first = [known[last]] if last in known and last is not None else []
    return {one.finding: one for one in (*first, *left, *seen)}


def meant(desk: Desk, code: str) -> list[tuple[str, int]]:
    """Return the assets and places that a code may mean to whoever walks an audit."""
    return [one for one in desk.by_code(code) if one[0] in ("assets", "places")]
