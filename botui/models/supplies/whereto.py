"""For whom or what something is, and which place it comes from or goes to, where not all of that is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeVar

from botui import areas
from botui.models.base import Refused, clean, fold
from botui.models.office import Context, Person, Place
from botui.models.supplies.item import Item
from botui.models.supplies.levels import place_name, places_of

N = TypeVar("N", Person, Place)
_NAMED: Final = 4
"""Places or people that a refusal names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """For whom or what something is; the fields are those of a ``Movement``.

    Attributes:
        words: how it is said; empty = for whoever acts.
    """

    person: int | None = None
    to_place: int | None = None
    about: str = ""
    label: str = ""
    words: str = ""


def target(ctx: Context, text: str) -> Target:
    """Return what one typed or scanned line names: a person, a place, a record, or else what it says.

    A person is named by initials, badge code or exact name, a place by code or exact name, anything else by its
    reference; nothing = whoever acts.

    Raises:
        Refused: it could be several, somebody who left, a place out of use, or a record that is not there.
    """
    word = clean(text)
    if not word:
        return Target(person=ctx.by)
    if (person := one_named(ctx, Person, word)) is not None:
        return Target(person=person.id, words="" if person.id == ctx.by else person.name)
    if (place := one_named(ctx, Place, word)) is not None:
        return Target(to_place=place.id, words=place.name)
    if (parsed := areas.parse_ref(word)) is not None:
        ref = areas.ref(*parsed)
        if ctx.data.get(areas.kind(parsed[0]).model, parsed[1]) is not None:
            return Target(about=ref, words=ref)
        if "-" in word:
            raise Refused(f"There is no {ref}.", {"to": f"There is no {ref}."})
    return Target(label=word, words=f"'{word}'")


def one_named(ctx: Context, kind: type[N], word: str) -> N | None:
    """Return the person or place that a word names by code, reference or exact name, if it names one.

    Raises:
        Refused: it could be several, somebody who left, or a place out of use; the field is ``to``.
    """
    parsed = areas.parse_ref(word)
    number = parsed[1] if parsed is not None and parsed[0] == kind.COLLECTION else 0
    by_number = [one for one in [ctx.data.get(kind, number)] if one is not None]
    found = ctx.data.find(kind, codes=word) or by_number or ctx.data.find(kind, called=fold(word))
    active = [one for one in found if one.active]
    if len(active) > 1:
        names = ", ".join(f"{one.name} ({one.ref})" for one in active[:_NAMED])
        raise Refused(f"'{word}' could be {names}: say which.", {"to": "This could be several."})
    if found and not active:
        gone = "does not work here any more" if kind is Person else "is not in use any more"
        raise Refused(f"{found[0].name} {gone}.", {"to": f"{found[0].name} {gone}."})
    return active[0] if active else None


def from_place(ctx: Context, item: Item, given: int | None) -> int:
    """Return where something is taken from: where it is said, else its usual place, else the only one with some.

    Raises:
        Refused: there is some in several places, or nowhere.
    """
    there = [one for one in places_of(item) if item.at(one) > 0]
    if given is not None:
        return given
    if item.place is not None and (item.place in there or not there):
        return item.place
    if len(there) == 1:
        return there[0]
    if there:
        raise Refused(f"{item.name}: from which place? There is {where(ctx, item)}.", {"place": "From which place?"})
    raise Refused(f"{item.name}: there is nothing left.", {"quantity": "There is nothing left."})


def into_place(ctx: Context, item: Item, given: int | None) -> int:
    """Return where something is put: where it is said, else its usual place, else the only one with some.

    Raises:
        Refused: it is not said, or that place is not in use any more.
    """
    there = places_of(item)
    place = given or item.place or (there[0] if len(there) == 1 else None)
    if place is None:
        words = f"There is {where(ctx, item)}." if there else "It has no usual place."
        raise Refused(f"{item.name}: into which place? {words}", {"place": "Into which place?"})
    refuse_unused(ctx, item, place)
    return place


def refuse_unused(ctx: Context, item: Item, number: int) -> None:
    """Refuse to put something into a place that is not in use any more, unless some of it lies there.

    Raises:
        Refused: it is not in use.
    """
    place = ctx.data.get(Place, number)
    if place is not None and not place.active and number not in places_of(item):
        raise Refused(f"{place.name} is not in use any more.", {"place": "This is not in use any more."})


def where(ctx: Context, item: Item, but: int | None = None) -> str:
    """Return how much of an item is where, in words: ``3 in Store room, 12 in Cellar``; empty = nowhere."""
    there = [one for one in places_of(item) if one != but and item.at(one) > 0]
    more = f" and in {len(there) - _NAMED} more" if len(there) > _NAMED else ""
    return ", ".join(f"{item.at(one):,} in {place_name(ctx, one)}" for one in there[:_NAMED]) + more
