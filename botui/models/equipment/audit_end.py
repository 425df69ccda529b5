"""The finish of an audit: one change puts every asset where it was seen, and says which are lost.

Missing is only what was to be there: what a person has, or what is built into another thing, stays with them and is
listed as not seen, and so is what is with a vendor; what is used in a place and was not seen there is missing. What was
seen elsewhere since the audit began (handed out, taken back, looked at) is not missing either; and what was moved on
purpose since it was seen stays where it was moved, and what was lost since it was seen stays lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated, Final

from botui.models.base import Arguments, Between, Change, Refused, Ui, plural, stamp
from botui.models.equipment.asset import Asset, Fate
from botui.models.equipment.audit import Audit, Finding, Result, State
from botui.models.equipment.auditing import stands_in
from botui.models.equipment.clashes import who_has
from botui.models.equipment.fault import Fault, WaitFor
from botui.models.equipment.fault import State as FaultState
from botui.models.equipment.filing import seen_again
from botui.models.equipment.loan import Condition, Loan
from botui.models.equipment.register import Register
from botui.models.office import Context

_NAMED: Final = 4
"""Things that a sentence names; of the others it says how many."""


class Finish(Arguments):
    """Whether what was not seen is lost."""

    even_so: Annotated[bool, Ui(label="Even so", help="y: what was not seen is lost.")] = False


def nothing_seen(ctx: Context, audit: Audit) -> str | None:
    """Guard of the finish: a walk that was not walked says nothing."""
    every = ctx.data.numbers(Finding, audit=audit.id)
    walked = len(every) > len(ctx.data.numbers(Finding, audit=audit.id, result=Result.PENDING.value))
    return None if walked else "Nothing was seen yet: walk it first (K)."


def settle(ctx: Context, audit: Audit, args: Finish) -> Change:
    """Finish it, as one change.

    Raises:
        Refused: nothing was seen, or something is missing and nobody said "even so".
    """
    if reason := nothing_seen(ctx, audit):
        raise Refused(reason)
    findings = ctx.data.find(Finding, audit=audit.id)
    register = Register(ctx, Change("audits.settle"))
    since = _seen_since(ctx, audit, register, findings)
    lost = [
        one
        for one in findings
        if one.result is Result.PENDING and not _excuse(ctx, register.get(Asset, one.asset), since)
    ]
    if lost and not args.even_so:
        is_lost = "it is lost" if len(lost) == 1 else "they are lost"
        said = f"{plural(len(lost), 'asset')} not seen: {_names(ctx, lost)}. Write y at Even so: {is_lost}."
        raise Refused(said, {"even_so": "y says that what was not seen is lost."})
    counts: Counter[Result] = Counter()
    for finding in findings:
        if finding.result is Result.PENDING:
            finding = _unseen(ctx, register, audit, finding, since)
        else:
            _seen(ctx, register, audit, finding)
        counts[finding.result] += 1
    change = register.close()
    found = {one.value: counts[one] for one in (Result.FOUND, Result.MISSING, Result.MOVED, Result.UNEXPECTED)}
    change.said = f"{audit.ref} is finished: {summary(counts)}."
    done = {"state": State.FINISHED, "finished_at": ctx.now, "finished_by": ctx.by, "unseen": counts[Result.PENDING]}
    return change.set(audit, **done, **found)


def summary(counts: Counter[Result]) -> str:
    """Return in words what came of an audit: ``97 found, 3 missing``."""
    words = (
        (Result.FOUND, "found"),
        (Result.MISSING, "missing"),
        (Result.MOVED, "moved"),
        (Result.UNEXPECTED, "not expected"),
        (Result.PENDING, "not seen, but with somebody"),
    )
    return ", ".join(f"{counts[one]:,} {word}" for one, word in words if counts[one] or one is Result.FOUND)


def _unseen(ctx: Context, register: Register, audit: Audit, finding: Finding, since: set[int]) -> Finding:
    """Say what becomes of an asset that nobody scanned; return its finding."""
    asset = register.get(Asset, finding.asset)
    if excuse := _excuse(ctx, asset, since):
        away = _is_away(asset) or excuse == _AT_VENDOR
        return register.set(finding, result=Result.PENDING if away else Result.FOUND, note=excuse)
    if asset.fate is not Fate.LOST:
        register.fate(asset, Fate.LOST, f"missing in audit {audit.ref}")
    return register.set(finding, result=Result.MISSING)


_AT_VENDOR: Final = "It is with the vendor"


def _is_away(asset: Asset) -> bool:
    """Return whether it need not be seen where it belongs: somebody carries it about, or it is inside another thing."""
    return asset.holder is not None or asset.inside is not None


def _excuse(ctx: Context, asset: Asset, since: set[int]) -> str:
    """Return why an asset that was not scanned is not missing; empty = it is."""
    if _is_away(asset):
        return who_has(ctx, asset)
    if asset.fate is Fate.RETIRED:
        return "It was retired meanwhile"
    if asset.id in since:
        return "It was seen meanwhile"
    waits = ctx.data.find(Fault, asset=asset.id, state=FaultState.WAITING.value) if asset.open_faults else []
    return _AT_VENDOR if any(one.waiting_for is WaitFor.VENDOR for one in waits) else ""


def _seen_since(ctx: Context, audit: Audit, register: Register, findings: Sequence[Finding]) -> set[int]:
    """Return the assets that were in somebody's hands or looked at since an audit began."""
    begun = audit.created_at or ctx.now
    later = Between(low=stamp(begun))
    back = {one.asset for name in ("at", "back_at") for one in ctx.data.find(Loan, **{name: later})}
    looked_for = (register.get(Asset, one.asset) for one in findings)
    return back | {one.id for one in looked_for if one.audited_at and one.audited_at >= begun}


def _seen(ctx: Context, register: Register, audit: Audit, finding: Finding) -> None:
    """Put an asset where it was seen, let what was lost be there again, and say by when it is to be seen again."""
    asset = register.get(Asset, finding.asset)
    if asset.fate is Fate.RETIRED:
        register.set(finding, note="It is retired, but it is there")
        return
    was_lost = asset.fate is Fate.LOST
    if was_lost and asset.fate_at and finding.at and asset.fate_at > finding.at:
        register.set(finding, note="It was lost after it was seen")
        return
    if was_lost:
        asset = register.fate(asset, None)
    with_holder = finding.result is Result.FOUND and asset.holder is not None
    if finding.place != finding.seen_in and not with_holder and stands_in(ctx, asset) == finding.place:
        asset = _put(ctx, register, audit, asset, finding.seen_in)
    register.seen(asset, seen_again(ctx, asset))
    if finding.result is Result.UNEXPECTED:
        register.set(finding, note="It was lost" if was_lost else "Nobody looked for it")


def _put(ctx: Context, register: Register, audit: Audit, asset: Asset, place: int | None) -> Asset:
    """Let an asset be where it was seen; what was handed out to a place is in use in another one now.

    What a person has, or another asset, stays with them: it only is where it was seen last.
    """
    if asset.at_place is not None and place is not None:
        before = register.take_back(asset, Condition.GOOD, back_note=f"moved, seen in audit {audit.ref}")
        register.hand_out(asset, to_place=place, due=before.due, note=before.note)
    return register.move(asset, place)


def _names(ctx: Context, findings: Sequence[Finding]) -> str:
    found: Iterable[Asset | None] = (ctx.data.get(Asset, one.asset) for one in findings[:_NAMED])
    named = ", ".join(one.called for one in found if one is not None)
    return f"{named} and {len(findings) - _NAMED:,} more" if len(findings) > _NAMED else named
