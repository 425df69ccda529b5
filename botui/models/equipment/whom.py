"""To whom something goes: a person, a place or another asset, as one typed or scanned line names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import Field

from botui import areas
from botui.models.base import Line, Refused, Ui, clean
from botui.models.equipment.asset import Asset, Fate
from botui.models.office import Context, Person, Place
from botui.models.supplies.whereto import one_named

AIMED: Final = ("people", "places", "assets")
"""Whose codes say to whom something goes, before a text is read as a reference."""
ToWhom = Annotated[
    Line,
    Field(min_length=1, max_length=80),
    Ui(
        label="To",
        names=True,
        codes_of=AIMED,
        help="Initials or badge, a place, the tag of a whole; a visitor's host, and a note.",
    ),
]
"""To whom something goes, as a verb asks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class To:
    """To whom something goes: exactly one of the three numbers is set.

    Attributes:
        words: how it is said.
    """

    person: int | None = None
    to_place: int | None = None
    to_asset: int | None = None
    words: str = ""


def whom(ctx: Context, text: str) -> To:
    """Return what one typed or scanned line names: a person, a place or another asset.

    A person is named by initials, badge or exact name, a place by code or exact name, an asset by its tag, serial
    number, another code on it or its reference.

    Raises:
        Refused: it is none of them, could be several, or is not there any more; the field is ``to``.
    """
    word = clean(text)
    if not word:
        raise Refused("To whom?", {"to": "This is needed."})
    person, place = one_named(ctx, Person, word), one_named(ctx, Place, word)
    things = [one for one in ctx.data.find(Asset, codes=word) if one.fate is not Fate.RETIRED]
    if not (things or person or place) and (parsed := areas.parse_ref(word)) and parsed[0] == Asset.COLLECTION:
        things = [one for one in [ctx.data.get(Asset, parsed[1])] if one is not None]
    named: list[Person | Place | Asset] = [*([person] if person else []), *([place] if place else []), *things]
    if len(named) > 1:
        names = ", ".join(f"{one.name} ({one.ref})" for one in named)
        raise Refused(f"'{word}' could be {names}: say which.", {"to": "This could be several."})
    if person is not None:
        return To(person=person.id, words=person.name)
    if place is not None:
        return To(to_place=place.id, words=place.name)
    if not things:
        words = f"'{word}' is no person, place or asset that is known. What a visitor gets goes to who receives them."
        raise Refused(words, {"to": "Initials, a place or a tag, please."})
    return into(things[0])


def into(whole: Asset) -> To:
    """Return another asset as that into which something goes.

    Raises:
        Refused: it is not there any more.
    """
    if whole.fate in (Fate.LOST, Fate.RETIRED):
        words = f"{whole.called} is {whole.fate.label}: nothing is built into it."
        raise Refused(words, {"to": f"It is {whole.fate.label}."})
    return To(to_asset=whole.id, words=whole.called)
