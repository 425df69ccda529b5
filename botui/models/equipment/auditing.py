"""Audits while they are walked: what is looked for, what was seen where, what is taken back.

What is looked for is filed with the audit, so that two people can walk one: each scan is a change of one finding, and
nothing that was scanned is ever lost. Nothing of an asset changes before the finish (``audit_end``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import Annotated, Any, Final

from pydantic import Field

from botui.models.base import Arguments, Change, Line, Refused, Ui, Waiting, fold, plural
from botui.models.equipment.asset import Asset, Fate
from botui.models.equipment.audit import Audit, Finding, Result, State
from botui.models.equipment.clashes import who_has
from botui.models.equipment.register import DEEPEST
from botui.models.office import Context, Person, Place
from botui.models.supplies.counting import inside

ASSETS_MAX: Final = 2_000
"""Assets that one audit looks for at most: some days' work for several people, and one line of the journal."""


class Seen(Arguments):
    """What was seen where."""

    asset: Annotated[int, Ui(label="Asset", ref="assets", help="Its tag; scan it.")]
    place: Annotated[int, Ui(label="Seen in", ref="places", help="Where you are.")]


class CancelAudit(Arguments):
    """Why it is given up."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Why")]


# --- what is looked for -----------------------------------------------------------------------------------------------


def create(ctx: Context, audit: Audit) -> Change:
    """Begin an audit with a finding for each asset that it looks for, in the order in which one walks.

    Raises:
        Refused: there is nothing to look for, or too much.
    """
    new = Audit(
        id=audit.id,
        name=audit.name,
        places=audit.places,
        categories=audit.categories,
        note=audit.note,
        created_at=ctx.now,
        created_by=ctx.by,
    )
    found = _looked_for(ctx, new)
    elsewhere = _being_audited(ctx)
    taken = [elsewhere[asset.id] for asset, _ in found if asset.id in elsewhere]
    wanted = [(asset, place) for asset, place in found if asset.id not in elsewhere]
    if not wanted:
        raise Refused(_nothing(new, taken), {"places": "Nothing is to be looked for there."})
    if len(wanted) > ASSETS_MAX:
        said = f"That is {len(wanted):,} assets; {ASSETS_MAX:,} at most: name places or categories."
        raise Refused(said, {"places": "These are too many."})
    left = f" {len(taken):,} left out: {_looked_for_in(taken)}." if taken else ""
    said = f"{new.ref} {new.name} is begun: {plural(len(wanted), 'asset')} to see.{left}"
    change = Change("audits.add", said).add(new.model_copy(update={"expected": len(wanted)}))
    for asset, place in wanted:
        change.add(Finding(id=ctx.data.new_id(Finding), audit=new.id, asset=asset.id, place=place))
    return change


def _looked_for(ctx: Context, audit: Audit) -> list[tuple[Asset, int | None]]:
    """Return the assets in these places and of these categories, each with where it is to be."""
    places = inside(ctx, audit.places) if audit.places else None
    rooms = {one.id: fold(one.name) for one in ctx.data.find(Place)}
    every = (one for one in _near(ctx, audit, places) if not audit.categories or one.category in audit.categories)
    placed = ((one, stands_in(ctx, one)) for one in every)
    found = [(one, place) for one, place in placed if places is None or place in places]
    return sorted(found, key=lambda one: (rooms.get(one[1] or 0, ""), one[1] or 0, fold(one[0].name), one[0].id))


def _near(ctx: Context, audit: Audit, places: Collection[int] | None) -> Iterator[Asset]:
    """Yield what may be looked for, by place with its parts or by category: not all that the office has is read."""
    if places is None:
        by_category = [ctx.data.find(Asset, active=True, category=one) for one in audit.categories]
        yield from chain(*by_category) if audit.categories else ctx.data.find(Asset, active=True)
        return
    named = [(name, place) for place in places for name in ("place", "home", "at_place")]
    near = [one for name, place in named for one in ctx.data.find(Asset, **{name: place})]
    known = {one.id: one for one in near}
    for one in (open_ := [*known.values()]):
        parts = [part for part in ctx.data.find(Asset, inside=one.id) if part.id not in known]
        known |= {part.id: part for part in parts}
        open_ += parts
    yield from (one for one in known.values() if one.fate not in (Fate.LOST, Fate.RETIRED))


def stands_in(ctx: Context, asset: Asset) -> int | None:
    """Return the place in which an asset is to be found: what is part of another is where that is.

    What a place has is there; what a person has belongs in its home; everything else is where it was put last.
    """
    for _ in range(DEEPEST):
        outer = ctx.data.get(Asset, asset.inside) if asset.inside is not None else None
        if outer is None:
            break
        asset = outer
    if asset.at_place is not None:
        return asset.at_place
    return (asset.home or asset.place) if asset.holder is not None else (asset.place or asset.home)


def _being_audited(ctx: Context) -> dict[int, str]:
    """Return the assets that an audit looks for which is not over, each with its reference."""
    return {
        one.asset: audit.ref
        for audit in ctx.data.find(Audit, state=State.OPEN.value)
        for one in ctx.data.find(Finding, audit=audit.id)
        if one.result is not Result.UNEXPECTED
    }


def _nothing(audit: Audit, taken: Collection[str]) -> str:
    if taken:
        return f"All of it is {_looked_for_in(taken)} already."
    where = "in these places" if audit.places else "in the list of assets"
    return f"There is nothing {where}{' of these categories' if audit.categories else ''} to look for."


def _looked_for_in(refs: Iterable[str]) -> str:
    return f"looked for in {', '.join(dict.fromkeys(refs))}"


def revise(ctx: Context, before: Audit, after: Audit) -> Change:
    """Change name or note; what is looked for was settled when it began.

    Raises:
        Refused: places or categories are changed, or it is over.
    """
    if before.state is not State.OPEN:
        raise Refused(f"{before.ref} is {before.state.label}.")
    names = ("places", "categories")
    if wrong := {name for name in names if getattr(after, name) != getattr(before, name)}:
        said = "What is looked for was settled when it began: begin another one."
        raise Refused(said, dict.fromkeys(wrong, "This stays as it is."))
    return Change("audits.edit", f"{before.ref} {after.name} is changed.").set(before, name=after.name, note=after.note)


# --- what was seen ----------------------------------------------------------------------------------------------------


def see(ctx: Context, audit: Audit, args: Seen) -> Change:
    """Say that an asset was seen in a place; said again, the last place counts.

    Raises:
        Refused: there is no such asset or place.
    """
    asset, place = ctx.data.get(Asset, args.asset), ctx.data.get(Place, args.place)
    if asset is None or place is None:
        name = "asset" if asset is None else "place"
        raise Refused(f"There is no such {name}.", {name: "There is none of this number."})
    change = Change("audits.count")
    before = finding_of(ctx, audit, asset)
    if before is not None and before.seen_in == place.id:
        change.said = f"{asset.called} was seen here already."
        return change
    if ctx.by is not None and ctx.by not in audit.walkers:
        change.set(audit, walkers=(*audit.walkers, ctx.by))
    seen = {"seen_in": place.id, "at": ctx.now, "by": ctx.by}
    if before is None:
        new = Finding(
            id=ctx.data.new_id(Finding),
            audit=audit.id,
            asset=asset.id,
            result=Result.UNEXPECTED,
            place=stands_in(ctx, asset),
            **seen,
        )
        change.said = f"{asset.called} is not on the list: {_why_unexpected(ctx, asset, new)}"
        return change.add(new)
    if before.result is Result.UNEXPECTED:
        change.said = f"{asset.called} is not on the list: {_why_unexpected(ctx, asset, before)}"
        return change.set(before, **seen)
    result = Result.FOUND if place.id in _right_places(ctx, asset, before) else Result.MOVED
    where = "is here" if result is Result.FOUND else f"belongs in {room(ctx, before.place)}"
    change.said = f"{asset.called} {where}.{_who(ctx, asset)}"
    return change.set(before, result=result, **seen)


def _right_places(ctx: Context, asset: Asset, finding: Finding) -> set[int | None]:
    """Return where it counts as found: where it was to be, else anywhere; and where its holder sits."""
    holder = ctx.data.get(Person, asset.holder) if asset.holder is not None else None
    if finding.place is None:
        return {one.id for one in ctx.data.find(Place)}
    return {finding.place, holder.place if holder else None}


def _who(ctx: Context, asset: Asset) -> str:
    return f" {who_has(ctx, asset)}." if asset.is_held else ""


def _why_unexpected(ctx: Context, asset: Asset, finding: Finding) -> str:
    if asset.fate in (Fate.LOST, Fate.RETIRED):
        return "it was lost." if asset.fate is Fate.LOST else "it is retired."
    if finding.place is not None:
        return f"it belongs in {room(ctx, finding.place)}.{_who(ctx, asset)}"
    return f"nobody looks for it.{_who(ctx, asset)}"


def finding_of(ctx: Context, audit: Audit, asset: Asset) -> Finding | None:
    """Return what an audit says of an asset; None = nothing yet."""
    return next(iter(ctx.data.find(Finding, audit=audit.id, asset=asset.id)), None)


def not_seen(ctx: Context, finding: Finding) -> str | None:
    """Guard of taking back: it was not seen yet, or its audit is over."""
    audit = ctx.data.get(Audit, finding.audit)
    if audit is None or audit.state is not State.OPEN:
        return f"{audit.ref} is {audit.state.label}." if audit else "Its audit is gone."
    return "It was not seen yet." if finding.result is Result.PENDING else None


def take_back(ctx: Context, finding: Finding, _: object) -> Change:
    """Say that it was not seen after all: scanned by mistake, or somebody else's thing."""
    asset = ctx.data.get(Asset, finding.asset)
    change = Change("findings.reverse", f"{asset.called if asset else finding.ref} is not seen.")
    if finding.result is Result.UNEXPECTED:
        return change.remove(finding)
    return change.set(finding, result=Result.PENDING, seen_in=None, at=None, by=None)


def refuse_fixed(ctx: Context, finding: Finding, values: Mapping[str, Any]) -> None:
    """Do nothing unless an undo would change what was seen after the audit is over.

    Raises:
        Refused: it would.
    """
    audit = ctx.data.get(Audit, finding.audit)
    if "seen_in" in values and audit is not None and audit.state is not State.OPEN:
        raise Refused(f"{audit.ref} is {audit.state.label}: what was seen stays.")


def cancel(ctx: Context, audit: Audit, args: CancelAudit) -> Change:
    """Give it up: no asset changes, and what was seen stays to be read."""
    change = Change("audits.cancel", f"{audit.ref} is cancelled: no asset is changed.", note=args.reason)
    return change.set(audit, state=State.CANCELLED, reason=args.reason)


# --- words ------------------------------------------------------------------------------------------------------------


def room(ctx: Context, number: int | None) -> str:
    """Return a place's name for a sentence."""
    found = ctx.data.get(Place, number) if number else None
    return found.name if found else "no place"


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield the audits that whoever acts began and did not finish."""
    for one in ctx.data.find(Audit, state=State.OPEN.value):
        if ctx.by is not None and one.created_by == ctx.by:
            left = len(ctx.data.numbers(Finding, audit=one.id, result=Result.PENDING.value))
            why = f"{left:,} of {one.expected:,} to see" if left else "all were seen: finish it"
            verb = "count" if left else "settle"
            yield Waiting(
                collection="audits",
                number=one.id,
                what=one.name,
                why=why,
                since=one.created_at,
                verb=verb,
                active=True,
            )
