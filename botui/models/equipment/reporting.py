"""Reporting that something does not work: the fault, its deadline and first steps, and a ticket of whoever said so.

Who reports what is known already joins: they get a ticket of their own, and the fault counts it.
"""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from botui.models.base import LINE_MAX, Arguments, Change, Line, Prose, Refused, Ui, clean, fold, plural
from botui.models.equipment import in_step
from botui.models.equipment.asset import Asset, Category, Fate
from botui.models.equipment.downtime import clock
from botui.models.equipment.fault import OPEN, Fault, State, Work, WorkKind
from botui.models.equipment.guiding import brought, guide_for
from botui.models.equipment.instead import place_of, use_instead
from botui.models.equipment.register import Register
from botui.models.equipment.severity import Severity
from botui.models.office import Context, Place
from botui.models.office.spoken import stem
from botui.models.tickets import Comment, CommentKind, Ticket
from botui.models.tickets.deadlines import due_after
from botui.models.tickets.filing import opened
from botui.models.tickets.lifecycle import shown
from botui.models.tickets.shape import State as TicketState
from botui.models.tickets.shape import TicketKind

_TYPED: Final = ("what", "asset", "place", "body", "severity", "stops", "requester", "vendor")
_NO_TICKET: Final = frozenset({TicketState.REJECTED, TicketState.MERGED})
"""States of a ticket with which whoever asked has none any more."""


class Report(Arguments):
    """What is wrong with an asset."""

    what: Annotated[Line, Field(min_length=1), Ui(label="What is wrong")]
    severity: Annotated[Severity | None, Ui(label="How bad", help="Empty = as the category says.")] = None
    stops: Annotated[bool, Ui(label="Cannot be used", help="n: it still works, more or less.")] = True
    body: Annotated[Prose, Ui(label="More about it", rows=3)] = ""
    another: Annotated[bool | None, Ui(label="Another fault", help="y: it is not what was reported of it already.")] = (
        None
    )


# --- one fault, one ticket --------------------------------------------------------------------------------------------


def report_fault(
    ctx: Context,
    register: Register,
    *,
    what: str,
    asset: int | None = None,
    place: int | None = None,
    severity: Severity | None = None,
    stops: bool = True,
    requester: int | None = None,
    caller: str = "",
    body: str = "",
) -> Fault:
    """File a fault and the ticket of whoever reports it, in the change of a register; ``close`` stays the caller's.

    Args:
        ctx: what may be known.
        register: in which it is filed.
        what: what is wrong, in a line.
        asset: of which asset; None = of none that is known.
        place: where; None = where the asset is.
        severity: how bad; None = as the category says.
        stops: it cannot be used meanwhile.
        requester: who reported it; None and no ``caller`` = whoever acts.
        caller: a guest's name, as typed; it is kept with the ticket alone, as all may read faults.
        body: more about it.

    Raises:
        Refused: there is no such asset, or it is lost or retired.
    """
    return _file(
        ctx,
        register,
        Fault(
            id=ctx.data.new_id(Fault),
            what=what,
            asset=asset,
            place=place,
            severity=severity,
            stops=stops,
            requester=requester,
            body=body,
        ),
        caller,
    )


def _file(ctx: Context, register: Register, typed: Fault, caller: str = "") -> Fault:
    """File a fault as it was typed, with all that follows from that, and the ticket of whoever reports it."""
    asset = register.get(Asset, typed.asset) if typed.asset else None
    refuse_gone(asset)
    category = ctx.data.get(Category, asset.category) if asset and asset.category else None
    warranty = under_warranty(ctx, asset)
    severity = typed.severity or (category.severity if category else Severity.S3)
    fault = Fault(
        **{name: getattr(typed, name) for name in ("id", *_TYPED)}
        | {
            "place": typed.place or (place_of(ctx, asset) if asset else None),
            "severity": severity,
            "requester": typed.requester or (None if caller else ctx.by),
            "vendor": typed.vendor or (asset.supplier if asset is not None and warranty else None),
        },
        **brought(guide_for(ctx, asset.category if asset else None, f"{typed.what} {typed.body}")),
        due=due_after(ctx.settings, ctx.now, ctx.settings.deadlines(severity.priority)[1]),
        under_warranty=warranty,
        created_at=ctx.now,
        created_by=ctx.by,
    )
    register.add(fault.model_copy(update=clock(ctx, fault)))
    _ticket(ctx, register, fault, fault.what, fault.requester, caller, fault.body)
    return register.get(Fault, fault.id)


def _ticket(
    ctx: Context, register: Register, fault: Fault, what: str, requester: int | None, caller: str, body: str
) -> Ticket:
    """File the ticket of somebody who reports a fault; it stands as that does."""
    asset = register.get(Asset, fault.asset) if fault.asset else None
    new = Ticket(
        id=ctx.data.new_id(Ticket),
        subject=_line(f"{what}: {asset.called}" if asset else what),
        body=body,
        kind=TicketKind.INCIDENT,
        priority=fault.severity.priority if fault.severity else None,
        place=fault.place,
        requester=requester,
        caller=caller,
        fault=fault.id,
        created_at=ctx.now,
        created_by=ctx.by,
    )
    new = opened(ctx, new)
    return register.add(new.model_copy(update=in_step.standing(ctx, fault, new)))


def _line(text: str) -> str:
    text = clean(text)
    return text if len(text) <= LINE_MAX else f"{text[: LINE_MAX - 1]}~"


def under_warranty(ctx: Context, asset: Asset | None) -> bool:
    """Return whether an asset is under warranty today."""
    return asset is not None and asset.warranty_until is not None and asset.warranty_until >= ctx.today


def refuse_gone(asset: Asset | None) -> None:
    """Do nothing unless an asset is lost or retired.

    Raises:
        Refused: it is: there is nothing to repair.
    """
    if asset is None or asset.fate not in (Fate.LOST, Fate.RETIRED):
        return
    found = " If it turned up, f on it says so." if asset.fate is Fate.LOST else ""
    said = f"{asset.called} is {asset.fate.label}: there is nothing to repair.{found}"
    raise Refused(said, {"asset": f"This is {asset.fate.label}."})


# --- what is known already --------------------------------------------------------------------------------------------


def already(ctx: Context, *, asset: int | None = None, place: int | None = None, what: str = "") -> list[Fault]:
    """Return the open faults that a report can be about, the likeliest first.

    Those of the same asset; without one, those without one that are in the same place and said with the same words.
    """
    said = _stems(what)
    if asset is not None:
        found = [one for one in ctx.data.find(Fault, asset=asset) if one.is_open]
    else:
        there = (one for state in sorted(OPEN) for one in ctx.data.find(Fault, state=state.value, place=place))
        found = [one for one in there if one.asset is None and _stems(one.what) == said]
    return sorted(found, key=lambda one: (-len(_stems(one.what) & said), not one.stops, one.id))


def _stems(text: str) -> frozenset[str]:
    return frozenset(one for word in text.split() if (one := stem(word)))


def join_report(
    ctx: Context,
    register: Register,
    fault: Fault,
    *,
    what: str,
    requester: int | None = None,
    caller: str = "",
    body: str = "",
) -> tuple[Ticket, bool]:
    """Let somebody join a fault that is open: with a ticket of their own, and what they said in the log of work.

    Args:
        ctx: what may be known.
        register: in which it is filed.
        fault: the open fault.
        what: what they said is wrong.
        requester: who says it; None and no ``caller`` = whoever acts.
        caller: a guest's name, as typed: it is nobody's, so that each report of a guest has a ticket of its own.
        body: more about it; it is kept with the ticket.

    Returns:
        Their ticket, and whether it was filed, or opened again, now: nobody has two that are not over for one fault.
    """
    requester = requester or (None if caller else ctx.by)
    mine = [one for one in in_step.tickets_of(ctx, fault) if requester and one.requester == requester]
    mine = [one for one in mine if one.state not in _NO_TICKET]
    active = next((one for one in mine if one.is_active), None)
    _note_again(ctx, register, fault, what, known=active is not None)
    if active is not None:
        if body and requester == ctx.by:
            said = {"ticket": active.id, "author": ctx.by, "at": ctx.now, "kind": CommentKind.PUBLIC, "body": body}
            register.add(Comment(id=ctx.data.new_id(Comment), **said))
        return active, False
    fault = register.set(fault, reports=register.get(Fault, fault.id).reports + 1)
    # what somebody said is done stays so, whoever says the same in their name
    if mine and (requester == ctx.by or "clerk" in ctx.roles):
        return register.set(mine[0], **in_step.opened_again(ctx, fault, mine[0])), True
    return _ticket(ctx, register, fault, what, requester, caller, body), True


def _note_again(ctx: Context, register: Register, fault: Fault, what: str, *, known: bool) -> None:
    """Write into the log what somebody says of a fault; who is ``known`` to have reported it is heard if it is new."""
    again = _line(f"Reported again: {what}")
    told = {fold(f"Reported again: {fault.what}"), *(fold(one.text) for one in ctx.data.find(Work, fault=fault.id))}
    if not known or fold(again) not in told:
        register.log(kind=WorkKind.NOTE, fault=fault.id, text=again)


# --- through the form, by a key, in the box ---------------------------------------------------------------------------


def create(ctx: Context, fault: Fault) -> Change:
    """File a fault with a ticket, or join the one that is open already, unless it is said to be another.

    Raises:
        Refused: there is no such asset or place, or it is lost or retired.
    """
    refuse_gone(_asset(ctx, fault.asset))
    if fault.place is not None and ctx.data.get(Place, fault.place) is None:
        raise Refused("There is no such place.", {"place": "There is no such place."})
    change = Change("faults.add")
    register = Register(ctx, change)
    open_ = [] if fault.another else already(ctx, asset=fault.asset, place=fault.place, what=fault.what)
    if open_:
        change.action = "faults.report"
        change.said = _joined(ctx, register, open_[0], fault)
        return register.close()
    typed = {name: getattr(fault, name) for name in _TYPED}
    new = _file(ctx, register, Fault(id=fault.id, **typed))
    change.said = _filed(ctx, register, new)
    return register.close()


def report(ctx: Context, asset: Asset, args: Report) -> Change:
    """Report a fault of an asset, or join the one that is open already."""
    typed = {name: getattr(args, name) for name in Report.model_fields}
    change = create(ctx, Fault(id=ctx.data.new_id(Fault), asset=asset.id, **typed))
    change.action = "assets.report"
    return change


def _asset(ctx: Context, number: int | None) -> Asset | None:
    found = ctx.data.get(Asset, number) if number is not None else None
    if number is not None and found is None:
        raise Refused("There is no such asset.", {"asset": "There is no such asset."})
    return found


def _filed(ctx: Context, register: Register, fault: Fault) -> str:
    """Return what is said of a fault that was filed now: first what a narrow line has room for."""
    ticket = register.touched(Ticket)[-1]
    due = f", by {shown(ctx, fault.due)}" if fault.due else ""
    asset = register.get(Asset, fault.asset) if fault.asset else None
    warranty = f" It is under warranty until {asset.warranty_until}." if asset and fault.under_warranty else ""
    steps = len(fault.checklist)
    first = f" Try first (1 of {plural(steps, 'step')}): {fault.checklist[0].text}" if steps else ""
    other = [one for one in already(ctx, asset=fault.asset) if one.id != fault.id] if asset else []
    known = f" Open already: {', '.join(one.ref for one in other[:3])}." if other else ""
    return f"{fault.ref} is reported: {ticket.ref}{due}.{use_instead(ctx, asset, fault)}{known}{warranty}{first}"


def _joined(ctx: Context, register: Register, fault: Fault, typed: Fault) -> str:
    """Let whoever reports what is known already join it; return what is said of that."""
    asset = register.get(Asset, fault.asset) if fault.asset else None
    worse = typed.severity if typed.severity and fault.severity and typed.severity < fault.severity else None
    what = f"{typed.what} ({worse.label})" if worse else typed.what
    ticket, new = join_report(ctx, register, fault, what=what, requester=typed.requester, body=typed.body)
    known = f"Already reported, {stands(ctx, fault, named=False)}: {ticket.ref}.{use_instead(ctx, asset, fault)}"
    added = f" You are added to {fault.ref}." if new else ""
    return f"{known}{added}{f' {ctx.person(fault.owner)} has it.' if fault.owner else ''}"


def stands(ctx: Context, fault: Fault, *, named: bool = True) -> str:
    """Return in words where a fault stands: ``being looked at by Ann Archer``, ``waiting for a part until Fri``.

    Args:
        ctx: what may be known.
        fault: an open one.
        named: whether it is said who sees to it, which is not for guests.
    """
    words = "to be looked at" if fault.state is State.REPORTED else fault.state.label
    if fault.waiting_for is not None:
        words += f" for {fault.waiting_for.label}"
    if fault.waiting_until is not None:
        words += f" until {shown(ctx, fault.waiting_until)}"
    who = f" by {ctx.person(fault.owner)}" if fault.owner and named and fault.waiting_for is None else ""
    return f"{words}{who}"
