"""What to use while a thing is broken: what was said to be instead of it, else another of its sort nearby."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from botui.models.base import fold
from botui.models.equipment.asset import Asset, Category, Status
from botui.models.equipment.fault import Fault
from botui.models.office import Context, Place
from botui.models.office.spoken import says, stem

_DEEPEST: Final = 20
"""Places one within the other at most."""
_LOOKED_AT: Final = 100
"""Of thousands of a category so many are looked at: a report is made under the lock."""


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
    """Return what can be used instead of an asset: what it says itself, else another of its sort in the same place.

    Else one in the same building; what has no fault at all goes before what has a small one.
    """
    if (said := ctx.data.get(Asset, asset.instead) if asset.instead else None) is not None and usable(said):
        return said
    here = place_of(ctx, asset)
    if asset.category is None or here is None:
        return None
    for places in ((here,), _inwards(ctx, building(ctx, here))):
        for sound in (True, False):
            numbers = {one for place in places for one in _usable_in(ctx, asset.category, place, sound=sound)}
            near = (ctx.data.get(Asset, one) for one in sorted(numbers - {asset.id})[:_LOOKED_AT])
            if found := next((one for one in near if one is not None and _alike(ctx, asset, one)), None):
                return found
    return None


def use_instead(ctx: Context, asset: Asset | None, fault: Fault) -> str:
    """Return in a sentence what to use instead of what cannot be used, if there is something; no name of anybody."""
    if asset is None or not fault.stops or (other := instead(ctx, asset)) is None:
        return ""
    place = ctx.data.get(Place, place_of(ctx, other) or 0)
    there = f" in {place.name}" if place is not None and fold(place.name) not in fold(other.name) else ""
    return f" Use {other.called}{there} instead."


def _alike(ctx: Context, asset: Asset, other: Asset) -> bool:
    """Return whether two things of a category are of one sort, as "Kitchen machines" may be a dishwasher, too.

    They are of one model, or called by a word that is not the one of a place; or the other is called as the category.
    """
    if asset.model and fold(asset.model) == fold(other.model):
        return True
    category = ctx.data.get(Category, asset.category or 0)
    if category is not None and says([stem(word) for word in other.name.split()], category.name):
        return True
    shared = _words(asset.name) & _words(other.name)
    return bool(shared) and bool(shared - _around(ctx, asset) - _around(ctx, other))


def _around(ctx: Context, asset: Asset) -> set[str]:
    """Return the words of the places in which an asset is."""
    places = (ctx.data.get(Place, one) for one in outwards(lambda one: ctx.data.get(Place, one), place_of(ctx, asset)))
    return {word for one in places if one is not None for word in _words(one.name)}


def _words(text: str) -> set[str]:
    """Return the words of a name as they are compared; numbers say nothing."""
    return {one for word in text.split() if (one := stem(word)) and not one.isdigit()}


def _usable_in(ctx: Context, category: int, place: int, *, sound: bool) -> list[int]:
    """Return the numbers of what anybody can use of a category in a place, sound or with a small fault."""
    ready, used = Status.READY.value, Status.IN_USE.value
    wanted: tuple[dict[str, object], ...] = (
        {"status": ready, "place": place},
        {"status": ready, "place": None, "home": place},
        {"status": used, "at_place": place},
    )
    return [
        number
        for one in wanted
        for number in ctx.data.numbers(Asset, _LOOKED_AT, category=category, sound=sound, **one)
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
