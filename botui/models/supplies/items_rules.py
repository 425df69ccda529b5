"""What may be done with items, and with the ledger of their movements."""

from __future__ import annotations

from typing import Final

from botui.models.base import Change, Refused, Rules, Transition
from botui.models.office import REMIND, Context
from botui.models.supplies import asking, filing, moving, ordering, worth
from botui.models.supplies.item import Movement, Why
from botui.models.supplies.reversing import cannot_reverse, reversal
from botui.models.supplies.undoing import take_back

_KEEPERS: Final = frozenset({"clerk", "system"})
"""Who runs the store room."""

# --- verbs ------------------------------------------------------------------------------------------------------------


def _no_movement(ctx: Context, movement: Movement) -> Change:
    raise Refused("Stock moves by what is done with an item: take, receive, count. Open the item.")


def reverse(ctx: Context, movement: Movement, _: object) -> Change:
    """Take a movement back by a counter-entry."""
    change = Change("movements.reverse", f"{movement.ref} is taken back.")
    return reversal(ctx, [movement], change)


def not_to_reverse(ctx: Context, movement: Movement) -> str | None:
    """Return why a movement cannot be taken back by whoever acts.

    Who runs the store room takes back any; others what they took or brought back themselves, on the same day: later on
    nobody would remember, and ``give_back`` says that it is here again.
    """
    if not ctx.roles & _KEEPERS:
        if movement.why not in (Why.TAKE, Why.RETURN):
            return "A clerk takes this back."
        if ctx.settings.local(movement.at).date() != ctx.today:
            return "It is of another day: R at the item brings back what was not used."
    return cannot_reverse(ctx, movement)


_ITEM_VERBS: Final = (
    Transition(
        name="take",
        label="Take",
        rule=moving.take,
        needs=asking.Take,
        ask=False,
        who="take",
        guard=moving.none_to_take,
        light=True,
        worth=worth.taken,
    ),
    Transition(
        name="take_many",
        label="Take for ...",
        rule=moving.take_many,
        needs=asking.Take,
        who="take",
        guard=moving.none_to_take,
        light=True,
        worth=worth.taken,
    ),
    Transition(
        name="give_back",
        label="Return unused",
        rule=moving.give_back,
        needs=asking.GiveBack,
        who="take",
        light=True,
        worth=worth.moved,
    ),
    Transition(
        name="receive",
        label="Receive",
        rule=moving.receive,
        needs=asking.CameIn,
        guard=moving.not_in_use,
        many=False,
        worth=worth.came,
    ),
    Transition(name="count", label="Count", rule=moving.count, needs=asking.CountHere, many=False, worth=worth.counted),
    Transition(
        name="correct", label="Correct", rule=moving.correct, needs=asking.Correct, many=False, worth=worth.moved
    ),
    Transition(
        name="transfer",
        label="Move",
        rule=moving.transfer,
        needs=asking.Transfer,
        guard=moving.nothing_left,
        worth=worth.moved,
    ),
    Transition(
        name="waste",
        label="Throw away",
        rule=moving.waste,
        needs=asking.Waste,
        guard=moving.nothing_left,
        many=False,
        worth=worth.moved,
    ),
    Transition(
        name="order",
        label="Order",
        rule=ordering.order_one,
        needs=ordering.OrderOne,
        who="order",
        guard=moving.not_in_use,
    ),
    Transition(name="barcode", label="Barcode", rule=filing.barcode, needs=filing.Barcode, many=False),
    REMIND,
)


ITEMS: Final = Rules(transitions=_ITEM_VERBS, create=filing.create, revise=filing.revise, fixed=filing.fixed)
MOVEMENTS: Final = Rules(
    transitions=(
        Transition(
            name="reverse",
            label="Take back",
            rule=reverse,
            who="own",
            guard=not_to_reverse,
            many=False,
            worth=worth.reversed_,
            final="book it once more instead.",
        ),
        REMIND,
    ),
    create=_no_movement,
    counter=take_back,
)
