"""From a draft to the supplier: within a role's limit at once, above it when somebody else has approved it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import Field

from botui.models import calendar
from botui.models.base import Arguments, Change, Line, Refused, Ui
from botui.models.office import Context, Party, Person, Role, manager_of
from botui.models.office.approving import SPENDS, find_approver
from botui.models.supplies.drafting import money, supplier_name
from botui.models.supplies.item import Item
from botui.models.supplies.ledger import Ledger
from botui.models.supplies.order import Order, OrderLine, State

LEAD_DAYS: Final = 7
"""Days from order to delivery where neither the item nor its supplier says how many."""


class PlaceOrder(Arguments):
    """Who approves it, where it is above what one may order alone."""

    to: Annotated[int | None, Ui(label="Who approves", ref="people", help="If need be; empty = your manager.")] = None


class Approve(Arguments):
    """A word with the approval."""

    note: Annotated[Line, Ui(label="Note", help="Whoever ordered it sees it.")] = ""


class Refuse(Arguments):
    """Why it is not approved."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Reason", help="The one who asked sees it.")]


def limit_of(ctx: Context, roles: Collection[str]) -> Decimal | None:
    """Return up to which amount somebody orders alone, by what they work as; None = without limit.

    Whoever works as several things orders up to the largest; the roles that have no line in the settings order without
    limit where the table of permissions lets them order at all.
    """
    limits = {Role.CLERK: ctx.settings.clerk_orders, Role.MANAGER: ctx.settings.manager_orders}
    found = [limits[role] for role in limits if role in roles]
    known = [one for one in found if one is not None]
    return max(known) if known and len(known) == len(found) else None


def why_not_alone(ctx: Context, items: Callable[[int], Item | None], lines: Iterable[OrderLine]) -> str:
    """Return why whoever acts does not place an order of these lines alone; empty = they may.

    Args:
        ctx: what may be known.
        items: gives an item by its number; what has no price on its line is worth its item's last one.
        lines: what is on the order.
    """
    limit, total = limit_of(ctx, ctx.roles), Decimal(0)
    if limit is None:
        return ""
    for line in lines:
        item = items(line.item)
        price = line.price if line.price is not None or item is None else item.price
        if price is None and line.to_come:
            return "a price is not known"
        total += line.model_copy(update={"price": price}).total
    return f"{total:,.2f} is more than you may order alone" if total > limit else ""


def no_lines(ctx: Context, order: Order) -> str | None:
    """Guard of ordering: nothing is on it."""
    return None if order.lines else "Nothing is on it: n adds a line."


def order(ctx: Context, order: Order, args: PlaceOrder) -> Change:
    """Order what is on a draft; above the limit of whoever orders it, or where a price is not known, ask for approval.

    Raises:
        Refused: nobody can be asked who may approve it, or who is to do so is asked already.
    """
    if order.state is State.TO_APPROVE and order.approver == ctx.by:
        raise Refused("You are asked to approve it: V does, B refuses it.")
    priceless = [one for one in ctx.data.find(OrderLine, order=order.id) if one.price is None]
    limit = limit_of(ctx, ctx.roles)
    if limit is None or (order.amount <= limit and not priceless):
        return _ordered(ctx, Change("orders.order"), order, {"ordered_by": ctx.by, **_NOBODY})
    too_much = order.amount > limit
    why = f"above {money(ctx, limit)}" if too_much else f"the price of {_name(ctx, priceless[0])} is not known"
    own = (ctx.by, order.created_by)
    total = f"{money(ctx, order.amount)}: {why}."
    wanted = args.to or manager_of(ctx, ctx.by)
    approver = find_approver(ctx, wanted, "orders", own, one="order", why=total)
    if order.state is State.TO_APPROVE and order.approver == approver.id:
        raise Refused(f"{approver.name} is asked already.", {"to": "Somebody else, please."})
    said = f"{order.ref} waits for the approval of {approver.name}: {money(ctx, order.amount)}, {why}."
    asked = {"approver": approver.id, "ordered_by": ctx.by, "reason": ""}
    return Change("orders.order", said).set(order, state=State.TO_APPROVE, **{**_NOBODY, **asked})


_NOBODY: dict[str, Any] = {"approver": None, "approved_by": None, "approved_for": None, "approved_at": None}


def _name(ctx: Context, line: OrderLine) -> str:
    item = ctx.data.get(Item, line.item)
    return item.name if item else line.ref


# --- saying yes or no -------------------------------------------------------------------------------------------------


def not_own(ctx: Context, order: Order) -> str | None:
    """Guard of approve and refuse: who asked, or made it, says neither; nor who was asked and has no say any more."""
    if ctx.by in (order.ordered_by, order.created_by):
        return "Nobody approves their own order."
    approver = ctx.data.get(Person, order.approver or 0)
    if approver is not None and SPENDS.isdisjoint(approver.roles):
        return f"{approver.name} approves no orders any more: whoever ordered it asks somebody else (P)."
    return None


def approve(ctx: Context, order: Order, args: Approve) -> Change:
    """Say yes: it is ordered, and whoever asked is to send it."""
    stands_for = order.approver if order.approver != ctx.by else None
    done = {"approved_by": ctx.by, "approved_for": stands_for, "approved_at": ctx.now, "told": False}
    return _ordered(ctx, Change("orders.approve", note=args.note), order, done)


def refuse(ctx: Context, order: Order, args: Refuse) -> Change:
    """Say no, and why: it is a draft again."""
    said = f"{order.ref} is a draft again; {ctx.person(order.ordered_by)} sees why."
    return Change("orders.refuse", said).set(order, state=State.DRAFT, reason=args.reason, **_NOBODY)


def is_told(ctx: Context, order: Order) -> str | None:
    """Guard of acknowledge: it was sent."""
    return "It was sent." if order.told else None


def acknowledge(ctx: Context, order: Order, _: object) -> Change:
    """Say that an order that was approved is with the supplier."""
    return Change("orders.acknowledge", f"{order.ref} is with {supplier_name(ctx, order)}.").set(order, told=True)


# --- ordered ----------------------------------------------------------------------------------------------------------


def _ordered(ctx: Context, change: Change, order: Order, values: dict[str, Any]) -> Change:
    """Let an order be with the supplier: items say what is on order, and it is known when it should be here."""
    ledger = Ledger(ctx, change)
    expected = order.expected
    if expected is None or expected < ctx.today:
        expected = expected_on(ctx, order, ledger.lines(order.id))
    ledger.lines(order.id)
    ledger.set(
        order,
        **{"state": State.ORDERED, "ordered_at": ctx.now, "expected": expected, "reason": "", "told": True} | values,
    )
    send = "" if values.get("told", True) else f"; {ctx.person(order.ordered_by)} sends it"
    when = calendar.day_words(expected, ctx.today)
    # what is to be done next comes first: the name of a supplier may be long, and the line is cut at its end
    of = f"{money(ctx, order.amount)}, {supplier_name(ctx, order)}"
    change.said = f"{order.ref} is ordered{send}. Expected {when}, {of}."
    return ledger.close()


def expected_on(ctx: Context, order: Order, lines: Iterable[OrderLine]) -> date:
    """Return when an order that is placed now should be here: after the longest lead time, in working days."""
    party = ctx.data.get(Party, order.supplier)
    usual = party.lead_days if party is not None and party.lead_days is not None else LEAD_DAYS
    items = (ctx.data.get(Item, line.item) for line in lines)
    days = max((usual if item is None or item.lead_days is None else item.lead_days for item in items), default=usual)
    try:
        return ctx.settings.local(ctx.settings.business_hours().add_days(ctx.now, days)).date()
    except ValueError:
        return ctx.today + timedelta(days=days)
