"""The list of a stocktake as one walks with it: by place, then by name, and nothing of what should be there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from botui.data import Desk
from botui.models.base import fold
from botui.models.supplies import Count, Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One line of the list.

    Attributes:
        count: number of the count.
        place, item: their numbers; ``room`` and ``name``: their names.
        counted: base units that were counted; None = not yet.
        again: it is to be counted once more.
    """

    count: int
    place: int
    item: int
    room: str
    name: str
    unit: str = ""
    counted: int | None = None
    again: bool = False
    note: str = ""

    @property
    def order(self) -> tuple[str, int, str, int]:
        """Where it stands on the list."""
        return fold(self.room), self.place, fold(self.name), self.count


def spots(desk: Desk, stocktake: int) -> dict[int, Spot]:
    """Return the lines of a stocktake by the number of their count, in the order in which one walks."""
    found = (spot_of(desk, one) for one in desk.find("counts", {"stocktake": (stocktake,)}))
    return {one.count: one for one in sorted(found, key=lambda one: one.order)}


def spot_of(desk: Desk, count: Count) -> Spot:
    """Return the line of one count."""
    item: Item | None = desk.peek("items", count.item)
    return Spot(
        count=count.id,
        place=count.place,
        item=count.item,
        room=desk.title("places", count.place),
        name=desk.title("items", count.item),
        unit=item.unit if item is not None else "",
        counted=count.counted,
        again=count.recount,
        note=count.note,
    )


def looked_at(desk: Desk, counts: Iterable[int]) -> dict[int, Spot]:
    """Return the lines of some counts as they are now."""
    found = (desk.peek("counts", number) for number in counts)
    return {one.id: spot_of(desk, one) for one in found if one is not None}


def meant(desk: Desk, code: str) -> list[tuple[str, int]]:
    """Return the items and places that a code may mean to whoever counts."""
    return [one for one in desk.by_code(code) if one[0] in ("items", "places")]
