"""Filing and changing items, and learning their barcodes: a code belongs to one item only, in use or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final

from pydantic import Field

from botui import areas
from botui.models.base import Arguments, Change, Line, Refused, Ui
from botui.models.office import Context
from botui.models.supplies.item import Item, Pack, Quantity, many
from botui.models.supplies.whereto import where

_MOVED_BY_VERBS: Final = frozenset(
    {"stock", "on_hand", "average", "on_order", "reserved", "used", "uses", "used_on", "runs_out", "counted_at"}
)
"""What a new item has none of, whatever was said: it comes with movements, orders and requests."""
_LEVELS: Final = frozenset({"order_below", "fill_to"})


class Barcode(Arguments):
    """A barcode of an item, and what a scan of it stands for."""

    code: Annotated[Line, Field(min_length=1, max_length=60), Ui(label="Barcode", help="Scan it.")]
    quantity: Annotated[Quantity, Ui(label="Units in it", help="A box of 12: write 12.")] = 1
    supplier: Annotated[int | None, Ui(label="Only of", ref="parties", help="Who sells it so; empty = anybody.")] = None
    remove: Annotated[bool, Ui(label="Take it off", help="y: it is no barcode of this item any more.")] = False


def create(ctx: Context, item: Item) -> Change:
    """File an item; nothing of it is there until it comes in or is counted."""
    fresh = {name: Item.model_fields[name].default for name in _MOVED_BY_VERBS}
    new = item.model_copy(update={**fresh, "packs": _packs(item), "even_so": None})
    _refuse_codes(ctx, new, ("code", "codes"))
    _refuse_levels(new, _LEVELS)
    return Change("items.add", f"{new.ref} {new.name} is filed. I says what came in, K what is there.").add(new)


def revise(ctx: Context, before: Item, after: Item) -> Change:
    """Change an item; a barcode that is taken off takes its pack with it.

    Raises:
        Refused: a code is another item's; what is here contradicts it; it goes out of use, or is counted in another
            unit, although some is here or on order, and nobody said that this is meant.
    """
    new = after.model_copy(update={"packs": _packs(after), "even_so": None})
    changed = {name: value for name, value in new if value != getattr(before, name)}
    _refuse_codes(ctx, new, changed)
    _refuse_levels(new, changed)
    _refuse_dates(new, changed)
    doubts = [] if after.even_so else [*_out_of_use(ctx, before, new), *_other_unit(ctx, before, new)]
    for field, words in doubts:
        raise Refused(f"{words} If it is meant: y in Even so saves it.", {field: words, "even_so": "y saves it so."})
    left = "".join(f" {words}" for _, words in _out_of_use(ctx, before, new))
    return Change("items.edit", f"{new.ref} {new.name} is changed.{left}").set(before, **changed)


def fixed(ctx: Context, item: Item, values: Mapping[str, Any]) -> None:
    """Refuse to take back an edit where an item would come to what cannot be: others have gone on since.

    Args:
        ctx: what may be known.
        item: as it is now.
        values: what its fields are to be (JSON; None = nothing).
    """
    merged = {name: value for name, value in {**item.doc(), **values}.items() if value is not None}
    after = Item.load(item.id, merged)
    _refuse_codes(ctx, after, values)
    _refuse_levels(after, values)
    _refuse_dates(after, values)


def barcode(ctx: Context, item: Item, args: Barcode) -> Change:
    """Learn a barcode, or what it stands for; or take it off."""
    if args.remove:
        return _take_off(item, args.code)
    if "," in args.code:
        raise Refused("A barcode has no commas.", {"code": "No commas, please."})
    _refuse_owned(ctx, item, [("code", args.code)])
    known = item.codes if args.code in item.codes else (*item.codes, args.code)
    packs = [one for one in item.packs if one.code != args.code]
    if args.quantity > 1 or args.supplier is not None:
        packs.append(Pack(code=args.code, quantity=args.quantity, supplier=args.supplier))
    said = f"{args.code} is {many(item, args.quantity)} from now on."
    return Change("items.barcode", said).set(item, codes=known, packs=tuple(packs))


def _take_off(item: Item, code: str) -> Change:
    if code not in item.codes:
        raise Refused(f"{code} is no barcode of {item.name}.", {"code": "It is none of its barcodes."})
    codes = tuple(one for one in item.codes if one != code)
    left = item.model_copy(update={"codes": codes})
    said = f"{code} is no barcode of {item.name} any more."
    return Change("items.barcode", said).set(item, codes=codes, packs=_packs(left))


def _packs(item: Item) -> tuple[Pack, ...]:
    return tuple(one for one in item.packs if one.code in item.codes)


# --- what cannot be ---------------------------------------------------------------------------------------------------


def _refuse_codes(ctx: Context, item: Item, names: Iterable[str]) -> None:
    """Refuse codes that are another item's; only those are looked for that were typed."""
    typed = {*names}
    codes = [("code", item.code)] if "code" in typed else []
    codes += [("codes", one) for one in item.codes] if "codes" in typed else []
    _refuse_owned(ctx, item, codes)


def _refuse_owned(ctx: Context, item: Item, codes: Iterable[tuple[str, str]]) -> None:
    """Refuse codes that are those, or the number, of another item: what a scan means must be sure.

    Args:
        ctx: what may be known.
        item: whose they are to be.
        codes: each with the field that it stands in.

    Raises:
        Refused: the sentence names the other item.
    """
    for field, code in codes:
        if not code:
            continue
        found = areas.parse_ref(code)
        if found is not None and found[0] == item.COLLECTION and found[1] != item.id:
            raise Refused(f"{code} is the number of another item.", {field: "This is another item's number."})
        for other in ctx.data.find(Item, codes=code):
            if other.id != item.id:
                old = "" if other.active else ", which is not in use any more"
                words = f"{code} belongs to {other.ref} {other.name}{old}."
                raise Refused(words, {field: words})


def _refuse_levels(item: Item, names: Iterable[str]) -> None:
    if _LEVELS.isdisjoint(names) or item.order_below is None or item.fill_to is None:
        return
    if item.fill_to < item.order_below:
        words = f"Fill up to: this must be {item.order_below:,} or more, or it is ordered again at once."
        raise Refused(words, {"fill_to": f"This must be {item.order_below:,} or more."})


def _refuse_dates(item: Item, names: Iterable[str]) -> None:
    """Refuse to begin or to end with use-by dates while what is here has none, or has some."""
    wrong = sum(abs(one.quantity) for one in item.stock if (one.use_by is not None) is not item.by_date)
    if wrong and "by_date" in names:
        have = "have no use-by date" if item.by_date else "have a use-by date"
        words = f"{wrong:,} {have}: count them to 0 (K), change this, then count them in again."
        raise Refused(f"{item.name}: {words}", {"by_date": words})


def _out_of_use(ctx: Context, before: Item, after: Item) -> list[tuple[str, str]]:
    """Return what is to be said of an item that goes out of use while there is some of it, or some to come."""
    if after.active or not before.active:
        return []
    here = where(ctx, before)
    come = f"{before.on_order:,} on order" if before.on_order else ""
    promised = f"{before.reserved:,} promised" if before.reserved else ""
    there = "; ".join(one for one in (here, come, promised) if one)
    return [("active", f"There is still some of it: {there}.")] if there else []


def _other_unit(ctx: Context, before: Item, after: Item) -> list[tuple[str, str]]:
    """Return what is to be said of another unit while there is some, whose number stays."""
    here = where(ctx, before)
    if after.unit == before.unit or not (here or before.on_order):
        return []
    return [("unit", f"Its numbers stay, whatever the unit is: {here or f'{before.on_order:,} on order'}.")]
