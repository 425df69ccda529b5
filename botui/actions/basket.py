"""Taking by scan: what somebody has in their hands, gathered item by item and booked at once in their name.

A basket is data and rules; the screen only shows it. Who takes is whoever's desk it is: signed in, or known by their
badge alone where the office lets supplies be taken so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from botui import areas
from botui.data import Desk, Done
from botui.models.base import Change, Kind, Refused, StoreDamaged, Transition
from botui.models.office import Context
from botui.models.supplies.asking import AIMED, Take
from botui.models.supplies.item import QUANTITY_MAX, Item, many
from botui.models.supplies.whereto import target

VERB: Final = "take"
"""The verb of items that a basket does on all that is in it."""
SAID: Final = 3
"""Items that a sentence names; of the others only how many."""
NO_BADGE: Final = "Scan your badge first, then what you take; or type the PIN."
PIN_FIRST: Final = "Here a badge alone takes nothing: type your PIN first."


@dataclass(frozen=True, slots=True)
class Pick:
    """So many of one item.

    Attributes:
        item: its number.
        quantity: base units, one or more.
        why: why it could not be booked, in a short sentence; empty = nobody tried, or it can.
        doubt: it could not because it is so many, and is to be asked again; ``sure``: it was, and is meant.
    """

    item: int
    quantity: int
    why: str = ""
    doubt: bool = False
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Basket:
    """What somebody takes, each item once, in the order in which they were scanned.

    Attributes:
        picks: the items.
        place: number of the place it is taken from; None = where each of them usually lies.
        to: for whom or what it is, as the verb takes it; empty = for whoever takes it.
    """

    picks: tuple[Pick, ...] = ()
    place: int | None = None
    to: str = ""

    def of(self, item: int) -> Pick | None:
        """Return what is in it of an item."""
        return next((one for one in self.picks if one.item == item), None)

    def put(self, item: int, quantity: int) -> Basket:
        """Return it with so many of an item; with none of it, the item is out.

        Raises:
            Refused: it is more than anybody can take at once.
        """
        if quantity > QUANTITY_MAX:
            raise Refused(f"At most {QUANTITY_MAX:,} at once.")
        if quantity <= 0:
            return replace(self, picks=tuple(one for one in self.picks if one.item != item))
        new = Pick(item, quantity)
        if self.of(item) is None:
            return replace(self, picks=(*self.picks, new))
        return replace(self, picks=tuple(new if one.item == item else one for one in self.picks))

    def more(self, item: int, quantity: int) -> Basket:
        """Return it with so many more of an item.

        Raises:
            Refused: it is more than anybody can take at once.
        """
        before = self.of(item)
        return self.put(item, quantity + (before.quantity if before else 0))

    def certain(self, item: int) -> Basket:
        """Return it with the quantity of an item confirmed, however much it is."""
        picks = (replace(one, why="", doubt=False, sure=True) if one.item == item else one for one in self.picks)
        return replace(self, picks=tuple(picks))

    def texts(self) -> dict[str, str]:
        """Return it as the texts of a draft."""
        picks = " ".join(f"{one.item}:{one.quantity}" for one in self.picks)
        return {"picks": picks, "place": str(self.place or ""), "to": self.to}

    @classmethod
    def of_texts(cls, texts: Mapping[str, str]) -> Basket:
        """Return what a draft holds; what of it cannot be read is left out."""
        basket = cls(
            place=int(place) if (place := texts.get("place", "")).isdecimal() else None, to=texts.get("to", "")
        )
        for word in texts.get("picks", "").split():
            item, _, quantity = word.partition(":")
            if item.isdecimal() and quantity.isdecimal() and int(quantity) <= QUANTITY_MAX:
                basket = basket.put(int(item), int(quantity))
        return basket


# --- what a scan means ------------------------------------------------------------------------------------------------


def items_of(desk: Desk, code: str) -> list[int]:
    """Return the items that a code is on, or that it is the reference of; in use or not, whoever asks."""
    system = desk.as_system()
    found = system.aliases("items", code)
    parsed = areas.parse_ref(code)
    if not found and parsed is not None and parsed[0] == "items" and system.peek(*parsed) is not None:
        found = [parsed[1]]
    return found


def why_no_badge(desk: Desk) -> str:
    """Return why a person whose badge alone was scanned takes nothing, in words; empty = they may."""
    if desk.settings.badge_only is None and not desk.settings.take_by_badge:
        return PIN_FIRST
    return desk.may("items", VERB) or ""


def scanned(desk: Desk, basket: Basket, collection: str, number: int) -> tuple[Basket, str]:
    """Return a basket after a scan of a record, and what to say of it.

    An item is in it once more, by what is taken of it at once; a place says where from as long as nothing is in it, and
    for which place afterwards; anything else says for whom or what.

    Raises:
        Refused: it is nothing that says any of that.
    """
    title = desk.title(collection, number)
    if collection == "items":
        item: Item = desk.get("items", number)
        after = basket.more(number, item.quick_take)
        pick = after.of(number)
        return after, f"{many(item, pick.quantity if pick else 0)}. Digits are how many; Enter takes all."
    if collection == "places" and not basket.picks:
        return replace(basket, place=number), f"From {title}. Scan what you take."
    if areas.collection(collection).area == "supplies":
        # without its title: a badge alone is not enough to look at it
        raise Refused(f"{areas.ref(collection, number)} is nothing to take, and nobody to take for.")
    return aimed(desk, replace(basket, to=areas.ref(collection, number)))


def aimed(desk: Desk, basket: Basket) -> tuple[Basket, str]:
    """Return a basket that says for whom or what it is, and what to say of that.

    Raises:
        Refused: what it says names nobody and nothing, or several.
    """
    named = desk.named(basket.to, AIMED)
    if named is not None and not desk.sees(*named):
        raise Refused(f"There is no {areas.ref(*named)}.", {"to": f"There is no {areas.ref(*named)}."})
    words = target(desk.context(), basket.to).words
    return (basket, f"For {words}.") if words else (replace(basket, to=""), "For yourself.")


# --- booking ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Booked:
    """What came of booking a basket.

    Attributes:
        left: what could not be booked, each with its reason.
        taken: what was, in words; empty = nothing.
        done: the change; None = nothing was booked.
    """

    left: Basket
    taken: str = ""
    done: Done | None = None


def worth(desk: Desk, picks: Sequence[Pick]) -> Decimal:
    """Return what is taken is worth in the office's currency, as far as prices are known."""
    verb, total = _verb(), Decimal(0)
    for pick in picks:
        item: Item | None = desk.peek("items", pick.item)
        if item is not None and verb.worth is not None:
            total += verb.worth(desk.context(), item, _arguments(Basket(), pick)) or 0
    return total


def book(desk: Desk, basket: Basket) -> Booked:
    """Book all that can be, as one change; what cannot stays, with the reason.

    Raises:
        Refused: there is nothing in it.
        NotAllowed: this person may not take anything, or not without their PIN.
        StoreError: it could not be written; nothing was booked.
    """
    if not basket.picks:
        raise Refused("Nothing is here to take: scan something first.")
    desk.require("items", VERB)
    verb = _verb()
    picks = {one.item: one for one in basket.picks}
    cannot = {item: Refused(why) for item, pick in picks.items() if (why := _why_not(desk, verb, pick))}
    left = [pick for item, pick in picks.items() if item not in cannot]
    taken: list[str] = []

    def rule(ctx: Context, items: list[Item]) -> Change:
        change = Change(f"items.{VERB}")
        taken.clear()
        for item in items:
            try:
                change.join(verb.rule(ctx, item, _arguments(basket, picks[item.id])))
            except Refused as error:
                cannot[item.id] = error
            else:
                cannot.pop(item.id, None)
                taken.append(many(item, picks[item.id].quantity))
        if not taken:
            raise Refused("Nothing was taken.")
        change.said = f"Taken: {listed(taken)}."
        return change

    done = None
    if left:
        try:
            done = desk.do_together("items", [one.item for one in left], VERB, rule, worth(desk, left))
        except Refused:
            if not all(one.item in cannot for one in left):
                raise
            taken.clear()
    return Booked(_left(basket, cannot), listed(taken), done)


def _why_not(desk: Desk, verb: Transition, pick: Pick) -> str | None:
    try:
        record = desk.peek("items", pick.item)
    except StoreDamaged as error:
        return str(error)
    return "It is not there any more." if record is None else desk.why_not(verb, record)


def _left(basket: Basket, cannot: Mapping[int, Refused]) -> Basket:
    return replace(basket, picks=tuple(_refused(one, cannot[one.item]) for one in basket.picks if one.item in cannot))


def _refused(pick: Pick, error: Refused) -> Pick:
    why = next(iter(error.fields.values()), str(error))
    return replace(pick, why=why, doubt="even_so" in error.fields, sure=False)


def _verb() -> Transition:
    kind: Kind[Any] = areas.kind("items")
    return kind.transition(VERB)


def _arguments(basket: Basket, pick: Pick) -> Take:
    return Take(quantity=pick.quantity, place=basket.place, to=basket.to, even_so=pick.sure or None)


def listed(words: Sequence[str]) -> str:
    """Return things in a row as one says them: ``3 x Pen, blue and 1 x Pad``; of many only how many more."""
    named, more = list(words[:SAID]), len(words) - SAID
    if more > 0:
        named.append(f"{more} more")
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}" if named else ""
