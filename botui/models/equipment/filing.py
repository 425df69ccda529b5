"""Filing and changing assets and their categories: a tag, serial number or barcode belongs to one asset only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Final

from pydantic import Field

from botui import areas
from botui.models import calendar
from botui.models.base import Arguments, Change, Line, Refused, Ui, fold
from botui.models.equipment.asset import Asset, Category, Fate
from botui.models.equipment.clashes import refuse_booked
from botui.models.equipment.loan import Loan
from botui.models.office import Context

_MOVED_BY_VERBS: Final = frozenset(
    {"status", "fate", "fate_note", "fate_at", "holder", "at_place", "inside", "due", "loan", "stopped", "open_faults"}
    | {"faults", "cost", "minutes", "audited_at", "next_audit"}
)
"""What a new asset has none of, whatever was said: it comes with what happens to it."""
_CODES: Final = ("tag", "serial", "codes")
_NOT_BEFORE: Final = {"warranty_until": "Warranty", "life_until": "End of life", "support_until": "Support"}
"""What ends on the day of purchase or later."""


class Barcode(Arguments):
    """Another code that is on an asset."""

    code: Annotated[Line, Field(min_length=1, max_length=60), Ui(label="Barcode", help="Scan it.")]
    remove: Annotated[bool, Ui(label="Take it off", help="y: it is not on it any more.")] = False


# --- assets -----------------------------------------------------------------------------------------------------------


def create(ctx: Context, asset: Asset) -> Change:
    """File an asset: it is ready, where it belongs; end of life and the day to see it again are as its category says.

    Raises:
        Refused: a code of it is another asset's, or something of it ends before it was bought.
    """
    fresh = {name: Asset.model_fields[name].default for name in _MOVED_BY_VERBS}
    new = asset.model_copy(
        update={
            **fresh,
            "tag": asset.tag or asset.ref,
            "place": asset.place or asset.home,
            "created_at": asset.created_at or ctx.now,
        }
    )
    category = _category(ctx, new)
    new = new.model_copy(
        update={"life_until": new.life_until or _life(category, new), "next_audit": next_audit(category, ctx.today)}
    )
    _refuse_codes(ctx, new, _CODES)
    _refuse_dates(new)
    return Change("assets.add", f"{new.ref} {new.name} is filed. T hands it out, b reports a fault of it.").add(new)


def revise(ctx: Context, before: Asset, after: Asset) -> Change:
    """Change an asset; what its category says of end of life and of seeing it again follows, where nobody said else.

    Raises:
        Refused: a code of it is another asset's, something of it ends before it was bought, or it replaces itself.
    """
    new = after.model_copy(update={"tag": after.tag or after.ref})
    was, now = _category(ctx, before), _category(ctx, new)
    if new.life_until == before.life_until and before.life_until in (None, _life(was, before)):
        new = new.model_copy(update={"life_until": _life(now, new)})
    if new.category != before.category:
        seen = ctx.settings.local(before.audited_at).date() if before.audited_at else ctx.today
        new = new.model_copy(update={"next_audit": next_audit(now, seen)})
    if new.place is None:
        new = new.model_copy(update={"place": new.home})
    changed = {name: value for name, value in new if value != getattr(before, name)}
    _refuse_codes(ctx, new, changed)
    if not changed.keys().isdisjoint({"bought_on", *_NOT_BEFORE}):
        _refuse_dates(new)
    if new.instead == new.id:
        raise Refused("Nothing is used instead of itself.", {"instead": "Another asset, please."})
    return Change("assets.edit", f"{new.ref} {new.name} is changed.").set(before, **changed)


def fixed(ctx: Context, asset: Asset, values: Mapping[str, Any]) -> None:
    """Refuse to take something back where an asset would come to what cannot be: others have gone on since.

    Args:
        ctx: what may be known.
        asset: as it is now.
        values: what its fields are to be (JSON; None = nothing).

    Raises:
        Refused: another asset has its code by now; something ends before it was bought; it would be handed out
            although it is retired or booked meanwhile; it would be part of itself.
    """
    merged = {name: value for name, value in {**asset.doc(), **values}.items() if value is not None}
    after = Asset.load(asset.id, merged)
    back = asset.fate is Fate.RETIRED and after.fate is not Fate.RETIRED
    _refuse_codes(ctx, after, _CODES if back else values)
    if not values.keys().isdisjoint({"bought_on", *_NOT_BEFORE}):
        _refuse_dates(after)
    if after.loan is None or after.loan == asset.loan:
        return
    if after.fate is Fate.RETIRED:
        raise Refused(f"{asset.called} is retired by now.")
    _refuse_circle(ctx, after)
    loan = ctx.data.get(Loan, after.loan)
    until = ctx.end_of(after.due) if after.due else None
    refuse_booked(ctx, asset, until, after.holder, (loan.booking or 0) if loan else 0)


def _refuse_circle(ctx: Context, asset: Asset) -> None:
    seen, above = {asset.id}, asset.inside
    while above is not None:
        if above in seen:
            raise Refused(f"{asset.called} would be part of itself: others were put into it since.")
        seen.add(above)
        whole = ctx.data.get(Asset, above)
        above = whole.inside if whole else None


def barcode(ctx: Context, asset: Asset, args: Barcode) -> Change:
    """Learn another code that is on an asset, or take it off."""
    if args.remove:
        if args.code not in asset.codes:
            raise Refused(f"{args.code} is no barcode of {asset.name}.", {"code": "It is none of its barcodes."})
        codes = tuple(one for one in asset.codes if one != args.code)
        return Change("assets.barcode", f"{args.code} is no barcode of {asset.name} any more.").set(asset, codes=codes)
    if "," in args.code:
        raise Refused("A barcode has no commas.", {"code": "No commas, please."})
    if args.code in asset.codes:
        raise Refused(f"{args.code} is on {asset.name} already.", {"code": "It is on it already."})
    _refuse_owned(ctx, asset, "code", args.code)
    said = f"{args.code} is {asset.called} from now on."
    return Change("assets.barcode", said).set(asset, codes=(*asset.codes, args.code))


def next_audit(category: Category | None, seen: date) -> date | None:
    """Return the day by which an asset of a category is to be seen again; None = it says nothing of it."""
    return _months_on(seen, category.audit_months) if category and category.audit_months else None


def seen_again(ctx: Context, asset: Asset) -> date | None:
    """Return the day by which an asset that is seen today is to be seen again."""
    return next_audit(_category(ctx, asset), ctx.today)


def _category(ctx: Context, asset: Asset) -> Category | None:
    return ctx.data.get(Category, asset.category) if asset.category else None


def _life(category: Category | None, asset: Asset) -> date | None:
    if category is None or category.life_months is None or asset.bought_on is None:
        return None
    return _months_on(asset.bought_on, category.life_months)


def _months_on(day: date, months: int) -> date | None:
    """Return a day some months on; None = the calendar ends before."""
    try:
        return calendar.add_months(day, months)
    except ValueError:
        return None


def refuse_taken(ctx: Context, asset: Asset) -> None:
    """Refuse to have something retired back whose codes are another asset's by now.

    Raises:
        Refused: the sentence names the other asset.
    """
    _refuse_codes(ctx, asset.model_copy(update={"fate": None}), _CODES)


# --- what cannot be ---------------------------------------------------------------------------------------------------


def _refuse_codes(ctx: Context, asset: Asset, names: Iterable[str]) -> None:
    """Refuse codes that are another asset's; only those are looked for that were typed."""
    for field in _CODES if asset.fate is not Fate.RETIRED else ():
        if field in names:
            value = getattr(asset, field)
            for code in value if isinstance(value, tuple) else (value,):
                _refuse_owned(ctx, asset, field, code)


def _refuse_owned(ctx: Context, asset: Asset, field: str, code: str) -> None:
    """Refuse a code that is a code, or the reference, of another asset: what a scan means must be sure.

    Codes of what is retired are free again. A label that only looks like a reference ("A0012") is none.

    Raises:
        Refused: the sentence names the other asset.
    """
    found = areas.parse_ref(code)
    if found and found[0] == asset.COLLECTION and found[1] != asset.id and code.upper() == areas.ref(*found):
        raise Refused(f"{code} is the number of another asset.", {field: "This is another asset's number."})
    for other in ctx.data.find(Asset, codes=code) if code else ():
        if other.id != asset.id and other.fate is not Fate.RETIRED:
            words = f"{code} belongs to {other.ref} {other.name}."
            raise Refused(words, {field: words})


def _refuse_dates(asset: Asset) -> None:
    """Refuse what ends before it was bought.

    Raises:
        Refused: the field says so.
    """
    for field, what in _NOT_BEFORE.items() if asset.bought_on else ():
        day = getattr(asset, field)
        if day is not None and day < asset.bought_on:
            words = f"This is before it was bought, {asset.bought_on:%Y-%m-%d}."
            raise Refused(f"{asset.name}: {what}: {words[0].lower()}{words[1:]}", {field: words})


# --- categories -------------------------------------------------------------------------------------------------------


def create_category(ctx: Context, category: Category) -> Change:
    """File a category.

    Raises:
        Refused: there is one of this name, or with one of its codes.
    """
    _refuse_same(ctx, category)
    return Change("categories.add", f"{category.ref} {category.name} is filed.").add(category)


def revise_category(ctx: Context, before: Category, after: Category) -> Change:
    """Change a category; what its assets were told when they were filed stays.

    Raises:
        Refused: there is another one of this name, or with one of its codes.
    """
    _refuse_same(ctx, after)
    changed = {name: value for name, value in after if value != getattr(before, name)}
    return Change("categories.edit", f"{after.ref} {after.name} is changed.").set(before, **changed)


def fixed_category(ctx: Context, category: Category, values: Mapping[str, Any]) -> None:
    """Refuse to take an edit back where another category has this name or code by now."""
    merged = {name: value for name, value in {**category.doc(), **values}.items() if value is not None}
    _refuse_same(ctx, Category.load(category.id, merged))


def _refuse_same(ctx: Context, category: Category) -> None:
    for other in ctx.data.find(Category, active=True) if category.active else ():
        if other.id == category.id:
            continue
        if fold(other.name) == fold(category.name):
            words = f"{other.ref} has this name already."
            raise Refused(f"{category.name}: {words}", {"name": words})
        for code in category.codes:
            if code.casefold() in (one.casefold() for one in other.codes):
                words = f"{code} is {other.ref} {other.name}."
                raise Refused(words, {"codes": words})
