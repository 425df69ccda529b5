"""Handing out and taking back by scan: things gathered one after the other, and booked as one change.

A list is data and rules; the screen only shows it. What cannot be handed out or taken back says why in its line, and
is not in the change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from botui import areas
from botui.data import Desk, Done
from botui.models.base import Change, Refused, StoreDamaged, plural
from botui.models.equipment.asset import Asset
from botui.models.equipment.handing import hand_out_many, needs_pin, take_back_many
from botui.models.equipment.loan import Condition, Loan
from botui.models.equipment.whom import To, into, whom
from botui.models.office import Context

OUT: Final = "hand_out"
BACK: Final = "give_back"
"""The verbs of assets that a list is booked by."""
RECEIVERS: Final = ("people", "places", "assets")
"""What something can be handed out to."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing on the list.

    Attributes:
        asset: its number.
        condition, note: how it comes back.
        why: why it cannot be booked; empty = it can.
    """

    asset: int
    condition: Condition = Condition.GOOD
    note: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Hands:
    """What is handed out to somebody, or taken back, each thing once, in the order in which it was scanned.

    Attributes:
        back: it is taken back.
        to: collection and number of who or what gets it; None = not said yet.
        place: where what comes back is put; None = each where it belongs.
        due: the day it is to be back; None = as the category of each lends it.
        note: kept with each hand-out.
        pieces: the things.
    """

    back: bool = False
    to: tuple[str, int] | None = None
    place: int | None = None
    due: date | None = None
    note: str = ""
    pieces: tuple[Piece, ...] = ()

    @property
    def verb(self) -> str:
        """The verb of assets by which it is booked."""
        return BACK if self.back else OUT

    @property
    def ready(self) -> tuple[Piece, ...]:
        """The things that can be booked."""
        return tuple(one for one in self.pieces if not one.why)

    def of(self, asset: int) -> Piece | None:
        """Return the line of an asset."""
        return next((one for one in self.pieces if one.asset == asset), None)

    def put(self, piece: Piece) -> Hands:
        """Return it with a thing, in its line if it is there already."""
        if self.of(piece.asset) is None:
            return replace(self, pieces=(*self.pieces, piece))
        return replace(self, pieces=tuple(piece if one.asset == piece.asset else one for one in self.pieces))

    def without(self, asset: int) -> Hands:
        """Return it without a thing."""
        return replace(self, pieces=tuple(one for one in self.pieces if one.asset != asset))

    def texts(self) -> dict[str, str]:
        """Return it as the texts of a draft."""
        lines = (f"{one.asset} {one.condition.value} {one.note}" for one in self.pieces)
        return {
            "back": "y" if self.back else "",
            "to": "" if self.to is None else f"{self.to[0]} {self.to[1]}",
            "place": str(self.place or ""),
            "due": str(self.due or ""),
            "note": self.note,
            "pieces": "\n".join(lines),
        }

    @classmethod
    def of_texts(cls, texts: Mapping[str, str]) -> Hands:
        """Return what a draft holds; what of it cannot be read is left out."""
        found = cls(back=texts.get("back") == "y", note=texts.get("note", ""))
        name, _, number = texts.get("to", "").partition(" ")
        if name in RECEIVERS and number.isdecimal():
            found = replace(found, to=(name, int(number)))
        if (place := texts.get("place", "")).isdecimal():
            found = replace(found, place=int(place))
        with suppress(ValueError):
            found = replace(found, due=date.fromisoformat(texts.get("due", "")))
        known = {one.value: one for one in Condition}
        for line in texts.get("pieces", "").splitlines():
            asset, _, rest = line.partition(" ")
            condition, _, note = rest.partition(" ")
            if asset.isdecimal() and condition in known:
                found = found.put(Piece(int(asset), known[condition], note))
        return found


# --- what a scan means ------------------------------------------------------------------------------------------------


def meant(desk: Desk, code: str) -> list[tuple[str, int]]:
    """Return the things, people and places that a code may mean to whoever hands out."""
    return [one for one in desk.by_code(code) if one[0] in RECEIVERS]


def scanned(desk: Desk, hands: Hands, collection: str, number: int) -> tuple[Hands, str]:
    """Return a list after a scan of a record, and what to say of it.

    A thing is on it then; a person or place says to whom it goes, or where what comes back is put.

    Raises:
        Refused: it is nothing that says any of that.
    """
    title = desk.title(collection, number)
    if collection == "assets":
        if hands.of(number) is not None:
            return hands, f"{title} is on the list already."
        after = checked(desk, hands.put(Piece(number)), number)
        piece = after.of(number)
        if piece is not None and piece.why:
            return after, f"{title}: {piece.why}"
        return after, f"{title}. {plural(len(after.ready), 'thing')} {words_to(desk, after)}."
    if hands.back and collection == "places":
        return replace(hands, place=number), f"What comes back is put in {title}."
    if hands.back:
        raise Refused("Scan what comes back; Enter takes all of it back.")
    return aimed(desk, replace(hands, to=(collection, number)))


def aimed(desk: Desk, hands: Hands) -> tuple[Hands, str]:
    """Return a list that says who gets what is on it, each line held against that, and what to say of it.

    Raises:
        Refused: they are not there any more.
    """
    if hands.to is not None:
        receiver(desk.context(), hands.to)
    return checked(desk, hands), f"{sentence_to(desk, hands)}: scan what they get, then them once more."


def named(desk: Desk, text: str) -> tuple[str, int]:
    """Return collection and number of who or what a typed line says that something goes to.

    Raises:
        Refused: it says nobody and nothing, or several.
    """
    to = whom(desk.context(), text)
    numbers = zip(RECEIVERS, (to.person, to.to_place, to.to_asset), strict=True)
    return next((collection, number) for collection, number in numbers if number is not None)


def words_to(desk: Desk, hands: Hands) -> str:
    """Return in words to whom a list goes, or where it is put."""
    if hands.back:
        return f"back, to be put in {desk.title('places', hands.place)}" if hands.place else "back"
    return "to hand out: scan who gets it" if hands.to is None else f"for {desk.title(*hands.to)}"


def sentence_to(desk: Desk, hands: Hands) -> str:
    """Return the same as the beginning of a sentence."""
    words = words_to(desk, hands)
    return f"{words[0].upper()}{words[1:]}"


def receiver(ctx: Context, to: tuple[str, int]) -> To:
    """Return who or what gets something.

    Raises:
        Refused: they are not there any more.
    """
    collection, number = to
    record: Any = ctx.data.get(areas.kind(collection).model, number)
    if record is None:
        raise Refused(f"There is no {areas.ref(collection, number)}.")
    if isinstance(record, Asset):
        return into(record)
    if not record.active:
        gone = "does not work here any more" if collection == "people" else "is not in use any more"
        raise Refused(f"{record.name} {gone}.")
    return To(
        person=number if collection == "people" else None,
        to_place=number if collection == "places" else None,
        words=record.name,
    )


def checked(desk: Desk, hands: Hands, only: int | None = None) -> Hands:
    """Return a list whose lines say why they cannot be booked, as things are now.

    Args:
        desk: whose it is.
        hands: the list.
        only: number of the one asset whose line is held against it; None = all.
    """
    lines = (one if only not in (None, one.asset) else replace(one, why=_why(desk, hands, one)) for one in hands.pieces)
    return replace(hands, pieces=tuple(lines))


def _why(desk: Desk, hands: Hands, piece: Piece) -> str:
    try:
        asset: Asset | None = desk.peek("assets", piece.asset)
    except StoreDamaged as error:
        return str(error)
    if asset is None:
        return "It is not there any more."
    if reason := desk.why_not(areas.kind("assets").transition(hands.verb), asset):
        return reason
    if hands.back or hands.to is None:
        return ""
    try:
        _rule(desk.context(), [asset], hands, confirmed=True)  # looked at and thrown away
    except Refused as error:
        return next(iter(error.fields.values()), str(error).removeprefix(f"{asset.called}: "))
    return ""


# --- booking ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Booked:
    """What came of booking a list.

    Attributes:
        left: what could not be booked, each with its reason; to whom it goes stays said.
        loans: the hand-outs that were made, or ended, for their slip.
        done: the change; None = nothing was booked.
    """

    left: Hands
    loans: tuple[int, ...] = ()
    done: Done | None = None


def asks_pin(desk: Desk, hands: Hands) -> int | None:
    """Return the number of the person who is to give their PIN for what they get; None = nobody is."""
    if hands.back or hands.to is None or hands.to[0] != "people":
        return None
    ctx = desk.context()
    assets = (desk.peek("assets", one.asset) for one in hands.ready)
    return hands.to[1] if any(one is not None and needs_pin(ctx, one) for one in assets) else None


def book(desk: Desk, hands: Hands, person: Desk | None = None) -> Booked:
    """Book all that can be, as one change; what cannot stays, with the reason.

    Args:
        desk: of whoever hands out or takes back.
        hands: the list.
        person: the desk of whoever receives it, where they gave their PIN just now.

    Raises:
        Refused: there is nothing to book, it is not said to whom, or something changed meanwhile.
        NotAllowed: this person may not, or not without their PIN.
        StoreError: it could not be written; nothing was booked.
    """
    desk.require("assets", areas.kind("assets").transition(hands.verb).who)
    now = checked(desk, hands)
    if not now.pieces:
        raise Refused("Nothing is on the list: scan something first.")
    if not now.back and now.to is None:
        raise Refused("Who gets it? Scan their badge, a place, or F.")
    if not now.ready:
        return Booked(now)
    confirmed = person is not None and now.to == ("people", person.person) and person.just_confirmed

    def rule(ctx: Context, assets: list[Any]) -> Change:
        return _rule(ctx, assets, now, confirmed=confirmed)

    numbers = [one.asset for one in now.ready]
    assets = (desk.peek("assets", one) for one in numbers)
    worth = sum((one.price for one in assets if one is not None and one.price), Decimal(0))
    done = desk.do_together("assets", numbers, now.verb, rule, None if now.back else worth)
    loans = [found[1] for ref in done.refs if (found := areas.parse_ref(ref)) and found[0] == "loans"]
    left = tuple(one for one in now.pieces if one.why)
    return Booked(replace(now, pieces=left), tuple(loans), done)


def _rule(ctx: Context, assets: Sequence[Asset], hands: Hands, *, confirmed: bool) -> Change:
    if not hands.back:
        assert hands.to is not None
        to = receiver(ctx, hands.to)
        return hand_out_many(ctx, assets, to, due=hands.due, note=hands.note, confirmed=confirmed)
    alike: dict[tuple[Condition, str], list[Asset]] = {}
    for asset in assets:
        piece = hands.of(asset.id) or Piece(asset.id)
        alike.setdefault((piece.condition, piece.note), []).append(asset)
    change = Change(f"assets.{BACK}")
    said = []
    for (condition, note), some in alike.items():
        one = take_back_many(ctx, some, condition=condition, note=note, place=hands.place)
        said.append(one.said)
        change.join(one)
    change.said = " ".join(said)
    return change


def last_loan(desk: Desk, asset: int) -> Loan | None:
    """Return what an asset was handed out by last; None = it never was."""
    numbers = desk.ids("loans", {"asset": (asset,)})
    found: Loan | None = desk.peek("loans", numbers[-1]) if numbers else None
    return found
