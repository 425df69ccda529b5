"""Bills as they are taken in or written: what they come to, when they are due, and what of them may still change."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from botui import areas
from botui.models import calendar
from botui.models.base import Change, Refused
from botui.models.equipment.asset import Asset
from botui.models.equipment.fault import Fault
from botui.models.office import Context, Party
from botui.models.records.ageing import USUAL_DAYS
from botui.models.records.bill import Bill, Charge, Direction, State
from botui.models.records.doubles import refuse_double
from botui.models.supplies.order import Billed, Order, OrderLine
from botui.models.supplies.order import State as OrderState
from botui.models.supplies.settling import worth

AMOUNT_MAX: Final = Decimal("9999999.99")
"""What a bill comes to at most, either way."""
AHEAD_DAYS: Final = 92
"""Days that the date on a bill may lie ahead: next quarter's rent comes early, a wrong year is a slip."""
WRITTEN: Final = frozenset({State.RECEIVED, State.DRAFT})
"""States in which all of a bill may change: nobody has checked or sent it."""
_LATER: Final = frozenset({"due", "category", "document", "codes", "note", "even_so"})
"""What may change later on: the paper turns up, a day is agreed on, it belongs under another category."""
_DAYS: Final = re.compile(r"(\d{1,3})\s*(?:days?|d\b|tage?)", re.IGNORECASE)
_UNORDERED: Final = frozenset({OrderState.DRAFT, OrderState.TO_APPROVE})
_BILLABLE: Final = frozenset({OrderState.ORDERED, OrderState.PART, OrderState.HERE})
_TOO_MUCH: Final = "That is too much money."


def create(ctx: Context, bill: Bill) -> Change:
    """Take in a bill that we owe, or begin one that is owed to us.

    Raises:
        Refused: it is here already, its dates or amounts do not go together, or it names what it cannot be for.
    """
    typed = {name: getattr(bill, name) for name in Bill.model_fields if name not in _MOVED}
    new = Bill(
        **typed,
        id=bill.id,
        standing=bill.standing,
        state=first_state(bill.direction),
        created_at=ctx.now,
        created_by=ctx.by,
    )
    new = with_dates(ctx, new.model_copy(update={"about": whose(ctx, new.about)}))
    refuse_unfit(ctx, new, Bill.model_fields)
    refuse_double(ctx, new)
    new = _of_its_order(ctx, new)
    new = new.model_copy(update={"even_so": None})
    what = "is taken in" if new.direction is Direction.OWE else "is a draft"
    order = f" It is for {areas.ref(Order.COLLECTION, new.order)}." if new.order and not bill.order else ""
    worth = f"{money(ctx, new.amount)}{due_words(ctx, new)}"
    said = f"{new.ref} {what}: {party_name(ctx, new.party)}, {worth}.{order} {_next(new)}"
    return Change("bills.add", said).add(new)


_MOVED: Final = frozenset(Bill.model_fields) - {
    *("direction", "party", "number", "dated", "due", "amount", "tax", "discount", "category", "order", "about"),
    *("document", "even_so", "codes", "note", "imported"),
}
"""Fields that verbs and time move."""


def _of_its_order(ctx: Context, bill: Bill) -> Bill:
    """Return a bill with the order that it is for, where nobody said: the only one of which just so much is to come."""
    if bill.direction is Direction.OWED or bill.order is not None or bill.amount <= 0 or bill.standing is not None:
        return bill
    fits = [
        order.id
        for order in ctx.data.find(Order, supplier=bill.party)
        if order.state in _BILLABLE and order.billed is not Billed.ALL and _open(ctx, order) == bill.amount - bill.tax
    ]
    return bill.model_copy(update={"order": fits[0]}) if len(fits) == 1 else bill


def _open(ctx: Context, order: Order) -> Decimal:
    """Return what of an order is not billed yet."""
    return worth(ctx.data.find(OrderLine, order=order.id), here=False) - order.billed_amount


def _next(bill: Bill) -> str:
    if bill.direction is Direction.OWE:
        return "c checks it."
    return "S says that it is sent." if bill.amount else "n adds what is billed."


def first_state(direction: Direction) -> State:
    """Return the state in which a bill begins."""
    return State.RECEIVED if direction is Direction.OWE else State.DRAFT


def with_dates(ctx: Context, bill: Bill) -> Bill:
    """Return a bill with its dates: today, and due by the payment terms of the party, where nobody said."""
    dated = bill.dated or ctx.today
    if bill.amount < 0:
        return bill.model_copy(update={"dated": dated})  # a credit note waits for a bill, and for no day
    due = bill.due or dated + timedelta(days=days_to_pay(ctx.data.get(Party, bill.party)))
    return bill.model_copy(update={"dated": dated, "due": due})


def days_to_pay(party: Party | None) -> int:
    """Return how many days a party's terms give to pay without a discount: the most that they name."""
    named = [int(one) for one in _DAYS.findall(party.terms)] if party is not None else []
    return max(named, default=USUAL_DAYS)


def refuse_unfit(ctx: Context, bill: Bill, names: Iterable[str]) -> None:
    """Refuse what does not go together in a bill, as far as some of its fields are new.

    Raises:
        Refused: the sentence says what.
    """
    new = set(names)
    if bill.due is not None and bill.dated is not None and bill.due < bill.dated and new & {"due", "dated"}:
        raise Refused("It is due before the date on it.", {"due": "This is before the date on it."})
    if bill.dated is not None and bill.dated > ctx.today + timedelta(days=AHEAD_DAYS) and "dated" in new:
        raise Refused("The date on it lies far ahead.", {"dated": "This lies far ahead."})
    if bill.amount and (abs(bill.tax) > abs(bill.amount) or bill.tax * bill.amount < 0):
        raise Refused("The tax is more than the amount.", {"tax": "This is more than the amount."})
    party = ctx.data.get(Party, bill.party)
    if party is None:
        raise Refused("From or to whom is it?", {"party": "There is nobody of this number."})
    if "party" in new and not party.active:
        raise Refused(f"{party.name} is not in use any more.", {"party": "Not in use any more."})
    _refuse_order(ctx, bill, new)
    if "about" in new and bill.about and not isinstance(about(ctx, bill), Asset | Fault):
        raise Refused("The cost is that of an asset or a fault.", {"about": "Such as A-12 or F-3."})


def _refuse_order(ctx: Context, bill: Bill, new: Collection[str]) -> None:
    order = ctx.data.get(Order, bill.order) if bill.order and {"order", "party", "direction"} & {*new} else None
    if order is None:
        return
    if bill.direction is Direction.OWED:
        raise Refused("What is owed to us is for no order of ours.", {"order": "Leave this empty."})
    if order.supplier != bill.party:
        said = f"{order.ref} is with {party_name(ctx, order.supplier)}, the bill is from {party_name(ctx, bill.party)}."
        raise Refused(said, {"order": f"It is with {party_name(ctx, order.supplier)}."})
    if order.state in _UNORDERED:
        raise Refused(f"{order.ref} is not ordered yet.", {"order": "It is not ordered yet."})


def revise(ctx: Context, before: Bill, after: Bill) -> Change:
    """Change a bill: all of it until it is checked or sent, then only what changes no money.

    Raises:
        Refused: as when it is taken in, or it stands by now.
    """
    changed = {name for name in Bill.model_fields if getattr(before, name) != getattr(after, name)} - _MOVED
    refuse_fixed(ctx, before, {name: getattr(after, name) for name in changed})
    if before.lines and "amount" in changed:
        raise Refused("It has lines: it comes to their sum.", {"amount": "The sum of its lines."})
    if changed & {"dated", "due", "party"}:
        after = with_dates(ctx, after)
    if "about" in changed:
        after = after.model_copy(update={"about": whose(ctx, after.about)})
    if {"direction"} & changed:
        after = after.model_copy(update={"state": first_state(after.direction)})
        changed.add("state")
    if before.lines and changed & {"tax", "discount"}:
        after = after.model_copy(update={"amount": total(after, ctx.data.find(Charge, bill=before.id))})
    refuse_unfit(ctx, after, changed)
    if changed & {"number", "amount", "dated", "party", "direction"}:
        refuse_double(ctx, after)
    values = {name: getattr(after, name) for name in (changed - {"even_so"}) | {"dated", "due", "amount"}}
    said = f"{before.ref} is changed: {money(ctx, after.amount)}{due_words(ctx, after)}."
    return Change("bills.edit", said).set(before, **values)


def refuse_fixed(ctx: Context, bill: Bill, values: Mapping[str, Any]) -> None:
    """Refuse to change by hand, or by an undo, what was checked or sent with it.

    Raises:
        Refused: it stands.
    """
    if bill.state in WRITTEN or "state" in values:
        return
    fixed = values.keys() - _LATER - _MOVED
    if fixed:
        said = f"{bill.ref} is {bill.state.label}: x makes it void, and the right one is taken in."
        raise Refused(said, dict.fromkeys(fixed, "This stands."))


def total(bill: Bill, lines: Collection[Charge]) -> Decimal:
    """Return what a bill with these lines comes to: their sum, less the discount, with the tax.

    Raises:
        Refused: it is more than a bill may come to.
    """
    found = sum((one.total for one in lines), Decimal(0)) - bill.discount + bill.tax
    if abs(found) > AMOUNT_MAX:
        raise Refused(f"That comes to {found:,.2f}.", {"price": _TOO_MUCH, "quantity": _TOO_MUCH})
    return found if lines else Decimal(0)


# --- words ------------------------------------------------------------------------------------------------------------


def money(ctx: Context, value: Decimal) -> str:
    """Return an amount for a sentence."""
    return f"{value:,.2f} {ctx.settings.currency}"


def due_words(ctx: Context, bill: Bill) -> str:
    """Return until when a bill is to be paid, to be put behind a sentence: ``, due Mon 7 Dec``; nothing for no day."""
    return f", due {calendar.day_words(bill.due, ctx.today)}" if bill.due else ""


def party_name(ctx: Context, number: int | None) -> str:
    """Return what a party is called."""
    found = ctx.data.get(Party, number) if number else None
    return found.name if found else "nobody"


def whose(ctx: Context, text: str) -> str:
    """Return the reference of what a typed or scanned text names: the tag of an asset, or any reference."""
    tagged = ctx.data.find(Asset, codes=text) if text else []
    found = (Asset.COLLECTION, tagged[0].id) if len(tagged) == 1 else areas.parse_ref(text)
    return areas.ref(*found) if found else text


def about(ctx: Context, bill: Bill) -> Asset | Fault | None:
    """Return whose cost a bill is: an asset, a fault, or nothing."""
    found = areas.parse_ref(bill.about)
    if found is None:
        return None
    kinds: Mapping[str, type[Asset] | type[Fault]] = {Asset.COLLECTION: Asset, Fault.COLLECTION: Fault}
    return ctx.data.get(kinds[found[0]], found[1]) if found[0] in kinds else None
