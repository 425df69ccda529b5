"""What is to be ordered becomes drafts: one for each supplier, in one change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from botui.models.base import Arguments, Change, Refused, Ui, plural
from botui.models.office import Context, Party
from botui.models.supplies.delivery import named
from botui.models.supplies.drafting import Draft, money, new_order, supplier_name
from botui.models.supplies.item import Item, Quantity
from botui.models.supplies.moving import refuse_absurd
from botui.models.supplies.order import Order, OrderLine, State
from botui.models.supplies.reorder import suggested


class OrderOne(Arguments):
    """How much of one item is ordered, and where."""

    quantity: Annotated[Quantity | None, Ui(label="Quantity", help="Units; empty = what fills it up.")] = None
    supplier: Annotated[int | None, Ui(label="Supplier", ref="parties", help="Empty = the item's own.")] = None
    even_so: Annotated[bool | None, Ui(label="Even so", help="y orders it although it is very much.")] = None


def order_one(ctx: Context, item: Item, args: OrderOne) -> Change:
    """Put one item on the open draft of its supplier, or of another one.

    Raises:
        Refused: nobody is said to sell it, it is on a draft already, or it is very much.
    """
    quantities = None
    if args.quantity is not None:
        refuse_absurd(item, args.quantity, args.even_so)
        quantities = {item.id: args.quantity}
    return order_items(ctx, [item], quantities, supplier=args.supplier)


def order_items(
    ctx: Context, items: Iterable[Item], quantities: Mapping[int, int] | None = None, *, supplier: int | None = None
) -> Change:
    """Put items on drafts, one for each supplier: on the one that is open, else on a new one.

    Where nobody says how many, it is what fills an item up, without what is on a draft or to be approved already; so
    doing it twice orders nothing twice. What is said is put on top of what is on the draft.

    Args:
        ctx: what may be known.
        items: what is to be ordered.
        quantities: base units by number of the item, for those of which it is said.
        supplier: whom all is ordered from; None = the preferred supplier of each.

    Raises:
        Refused: there is nothing to put on a draft; the sentence says why.
    """
    change = Change("items.order")
    wanted, said = quantities or {}, _Said()
    there = planned(ctx)
    drafts: dict[int, Draft] = {}
    for item in items:
        seller = _seller(ctx, item.supplier if supplier is None else supplier)
        if not item.active:
            said.idle.append(item.name)
        elif seller is None:
            said.unsold.append(item.name)
        elif many := wanted.get(item.id) or _more(item, there.get(item.id, {})):
            if seller not in drafts:
                drafts[seller] = _draft(ctx, change, seller)
            drafts[seller].put(item, many)
        else:
            on = ", ".join(dict.fromkeys(there[item.id]))
            said.planned.append(f"{item.name} ({on})")
    if not drafts:
        raise Refused(said.why())
    change.said = " ".join([_drafts(ctx, drafts.values()), *said.words()])
    return change


class _Said:
    """Items that did not come on a draft, by why."""

    def __init__(self) -> None:
        self.unsold: list[str] = []
        self.planned: list[str] = []
        self.idle: list[str] = []

    def words(self) -> list[str]:
        """Return a sentence for each reason."""
        told = (
            ("No supplier: ", self.unsold),
            ("On a draft already: ", self.planned),
            ("Not in use any more: ", self.idle),
        )
        return [f"{words}{named(names)}." for words, names in told if names]

    def why(self) -> str:
        """Return all of it, and what to do where nobody sells it."""
        more = ["Say who sells it: in the item, or when it is ordered."] if self.unsold else []
        return " ".join([*self.words(), *more]) or "Nothing is to be ordered."


def _drafts(ctx: Context, drafts: Iterable[Draft]) -> str:
    """Return in words what is on which draft now; writes the drafts into their change."""
    found = []
    for draft in drafts:
        order = draft.close()
        found.append(
            f"{order.ref} {supplier_name(ctx, order)} ({plural(order.lines, 'line')}, {money(ctx, order.amount)})"
        )
    return f"Draft{'' if len(found) == 1 else 's'}: {'; '.join(found)}."


def _seller(ctx: Context, number: int | None) -> int | None:
    party = ctx.data.get(Party, number) if number else None
    return party.id if party is not None and party.active else None


def planned(ctx: Context) -> dict[int, dict[str, int]]:
    """Return what is on drafts and waits for approval: base units by item and order."""
    found: dict[int, dict[str, int]] = {}
    for state in (State.DRAFT, State.TO_APPROVE):
        for order in ctx.data.find(Order, state=state.value):
            for line in ctx.data.find(OrderLine, order=order.id):
                by_order = found.setdefault(line.item, {})
                by_order[order.ref] = by_order.get(order.ref, 0) + line.quantity
    return found


def _more(item: Item, planned: Mapping[str, int]) -> int:
    """Return how much fills an item up beside what is planned; once its multiple where it is full and nothing is."""
    here = sum(planned.values())
    return max((suggested(item) or (0 if here else item.multiple)) - here, 0)


def _draft(ctx: Context, change: Change, supplier: int) -> Draft:
    """Return the draft to a supplier that is open, the newest of several, else a new one."""
    found = ctx.data.find(Order, supplier=supplier, state=State.DRAFT.value)
    if found:
        return Draft(ctx, change, found[-1])
    return Draft(ctx, change, new_order(ctx, supplier), new=True)
