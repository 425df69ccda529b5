"""Short sentences about the post: ``letter Meyer``, ``letter to Meyer about the offer``, ``parcel Ann from DHL``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from botui import areas
from botui.models.base import fold
from botui.models.records.letter import Channel, Direction
from botui.models.records.words import Look, Said, party_in

_CHANNELS: Final = {"letter": Channel.LETTER, "fax": Channel.FAX, "courier": Channel.COURIER}
_ABOUT: Final = frozenset({"about", "re", "re:", "because"})
_LINE: Final = 200
_NAME: Final = 80


def letter(words: Sequence[str], look: Look) -> Said | None:
    """Read ``letter [from|to] NAME [[about] SUBJECT]``: NAME is a customer or supplier; after from and to, anybody."""
    plain = [fold(word) for word in words]
    channel = _CHANNELS.get(plain[0]) if plain else None
    if channel is None or len(words) < 2:
        return None
    led = plain[1] in ("from", "to")
    values: dict[str, Any] = {"channel": channel} if channel is not Channel.LETTER else {}
    if plain[1] == "to":
        values["direction"] = Direction.OUT
    rest, folded = words[1 + led :], plain[1 + led :]
    party, count = party_in(folded, look)
    if party is None:
        if not led or not rest:
            return None
        count = next((at for at, word in enumerate(folded) if word in _ABOUT), len(rest))
        values = {"correspondent": " ".join(rest[:count])[:_NAME], **values}
    else:
        values = {"correspondent": party.name, **values}
    subject = list(rest[count:])
    if subject and fold(subject[0]) in _ABOUT:
        subject = subject[1:]
    if not led and len(subject) == 1 and subject[0].isdigit():
        return None  # letter paper 3: as many of a thing
    named = areas.parse_ref(subject[0]) if len(subject) == 1 else None
    if named is not None:
        values["about"] = areas.ref(*named)
    elif subject:
        values["subject"] = " ".join(subject)[:_LINE]
    return ("letters", values) if values["correspondent"] else None


def parcel(words: Sequence[str], look: Look) -> Said | None:
    """Read ``parcel [for] NAME [from SENDER]``: NAME is somebody of the house, or after for anybody."""
    plain = [fold(word) for word in words]
    if plain[:1] not in (["parcel"], ["package"]) or len(words) < 2:
        return None
    led = plain[1] == "for"
    rest, folded = words[1 + led :], plain[1 + led :]
    at = folded.index("from") if "from" in folded else len(rest)
    name, sender = " ".join(rest[:at]), " ".join(rest[at + 1 :])
    person = _person(fold(name), look)
    if not name or (person is None and not led):
        return None
    values: dict[str, Any] = {"label": name[:_NAME]} if person is None else {"person": person}
    return "parcels", {**values, "sender": sender[:_NAME]} if sender else values


def _person(name: str, look: Look) -> int | None:
    """Return the one person that a name means: by initials, by the whole name, by a word of it, by its beginning."""
    people = [(fold(one.initials), fold(one.name), one.id) for one in look("people")]
    tests: tuple[Callable[[str, str], bool], ...] = (
        lambda initials, _: bool(name) and initials == name,
        lambda _, whole: whole == name,
        lambda _, whole: name in whole.split(),
        lambda _, whole: bool(name) and any(one.startswith(name) for one in whole.split()),
    )
    for fits in tests:
        found = [number for initials, whole, number in people if fits(initials, whole)]
        if found:
            return found[0] if len(found) == 1 else None
    return None
