"""What to use while a thing is broken: what was said to be instead of it, else another of its sort nearby."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from botui.models.equipment.asset import Asset, Status
from botui.models.office import Context, Place

_DEEPEST: Final = 20
"""Places one within the other at most."""


def where_is(asset: Asset) -> int | None:
    """Return the place in which an asset is, as far as that is known: where it is used, lies, or belongs."""
    return asset.at_place or asset.place or asset.home


def place_of(ctx: Context, asset: Asset) -> int | None:
    """Return the place in which an asset is; of a part of another one, where that is."""
    for _ in range(_DEEPEST):
        outer = ctx.data.get(Asset, asset.inside) if asset.inside is not None else None
        if outer is None:
            break
        asset = outer
    return where_is(asset)


def instead(ctx: Context, asset: Asset) -> Asset | None:
    """Return what can be used instead of an asset: what it says itself, else one of its category in the same place.

    Else one in the same building; what has no fault at all goes before what has a small one.
    """
    if (said := ctx.data.get(Asset, asset.instead) if asset.instead else None) is not None and usable(said):
        return said
    here = place_of(ctx, asset)
    if asset.category is None or here is None:
        return None
    for places in ((here,), _inwards(ctx, building(ctx, here))):
        found = [one for place in places for one in _usable_in(ctx, asset.category, place) if one.id != asset.id]
        if found:
            return min(found, key=lambda one: (one.open_faults, one.id))
    return None


def _usable_in(ctx: Context, category: int, place: int) -> list[Asset]:
    """Return what anybody can use of a category in a place; asked by place, as there may be thousands of a category."""
    ready = {"category": category, "status": Status.READY.value}
    return [
        *ctx.data.find(Asset, **ready, place=place),
        *ctx.data.find(Asset, **ready, place=None, home=place),
        *ctx.data.find(Asset, category=category, status=Status.IN_USE.value, at_place=place),
    ]


def usable(asset: Asset) -> bool:
    """Return whether anybody can use an asset now: it is ready, or used in a place and by nobody in particular."""
    return asset.status is Status.READY or (asset.status is Status.IN_USE and asset.at_place is not None)


def building(ctx: Context, place: int | None) -> int | None:
    """Return the outermost place that a place is part of."""
    last = None
    for last in outwards(lambda number: ctx.data.get(Place, number), place):  # noqa: B007
        pass
    return last


def _inwards(ctx: Context, place: int | None) -> list[int]:
    """Return a place and all that are part of it."""
    found = [] if place is None else [place]
    for one in found:
        found += [inner.id for inner in ctx.data.find(Place, within=one) if inner.id not in found]
    return found


def outwards(find: Callable[[int], Place | None], place: int | None) -> Iterator[int]:
    """Yield a place and those that it is part of, from inside to outside; ``find`` gives a place by its number."""
    for _ in range(_DEEPEST):
        found = find(place) if place is not None else None
        if found is None:
            return
        yield found.id
        place = found.within
