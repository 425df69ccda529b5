"""The verbs that move a fault through its life: taken, waiting, tested, fixed; each writes its tickets in step.

``reported -> looking -> waiting -> testing -> fixed``, besides not reproduced, written off and joined. Time alone ends
a dated wait (``due``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from botui.models.base import Between, Change, Refused, stamp
from botui.models.equipment import in_step
from botui.models.equipment.asset import Asset, Fate
from botui.models.equipment.clashes import TAKEN
from botui.models.equipment.fault import OPEN, Fault, State, WaitFor
from botui.models.equipment.fault_forms import Assign, Note, Reject, Reopen, Resolve, Wait, WriteOff
from botui.models.equipment.keeping import refuse_with_parts
from botui.models.equipment.loan import Booking, BookingState, Condition
from botui.models.equipment.moves import again, given, looked_at, move, over
from botui.models.equipment.register import Register
from botui.models.equipment.repair import Repair, hands, party
from botui.models.office import Context, Person, Presence
from botui.models.tickets.comments import actor, short
from botui.models.tickets.lifecycle import shown

_SECOND: Final = timedelta(seconds=1)


def has_already(ctx: Context, fault: Fault) -> str | None:
    """Guard of take."""
    return "You have it already." if fault.owner == ctx.by and fault.state is State.LOOKING else None


def take(ctx: Context, fault: Fault, _: object) -> Change:
    """Take a fault; somebody else's too, and one that waits or is tested is looked at again."""
    me = actor(ctx)
    was = f" (was {short(ctx, fault.owner)}'s)" if fault.owner not in (None, me) else ""
    step = Repair.of(ctx, "take", fault)
    step.move(**looked_at(ctx, fault, me))
    first = next((one for one in fault.checklist if one.done_at is None), None)
    return step.go_on(f"{fault.ref} is yours{was}.{f' Try first: {first.text}' if first else ''}")


def assign(ctx: Context, fault: Fault, args: Assign) -> Change:
    """Give a fault to somebody.

    Raises:
        Refused: nobody of that number works here.
    """
    person = ctx.data.get(Person, args.to)
    if person is None or not person.active:
        raise Refused("Nobody of that name works here.", {"to": "Somebody who works here, please."})
    away = f" {person.name} is {person.presence.label} now." if person.presence is not Presence.IN else ""
    step = Repair.of(ctx, "assign", fault)
    step.move(**given(ctx, fault, person.id))
    if args.note:
        step.log(text=args.note)
    return step.go_on(f"{person.name} has {fault.ref}.{away}")


def wait(ctx: Context, fault: Fault, args: Wait) -> Change:
    """Let a repair wait for a part, a quote or the vendor; whoever waits for it is told until when.

    Raises:
        Refused: the day has passed, or there is no such vendor.
    """
    if args.until is not None and args.until <= ctx.now:
        raise Refused("That time has passed.", {"until": "This has passed."})
    vendor = party(ctx, args.vendor, "vendor") or fault.vendor
    step = Repair.of(ctx, "wait", fault)
    step.move(
        state=State.WAITING,
        waiting_for=args.waiting_for,
        waiting_until=args.until,
        vendor=vendor,
        owner=hands(ctx, fault),
        looked_at=fault.looked_at or ctx.now,
    )
    if args.note:
        step.log(text=args.note, party=None if args.waiting_for is WaitFor.PART else vendor)
    until = f" until {shown(ctx, args.until)}" if args.until else ""
    return step.go_on(f"{fault.ref} waits for {args.waiting_for.label}{until}.")


def test(ctx: Context, fault: Fault, _: object) -> Change:
    """Say that it is done as far as one sees, and tried now."""
    step = Repair.of(ctx, "test", fault)
    step.move(**{**looked_at(ctx, fault, hands(ctx, fault)), "state": State.TESTING})
    return step.go_on(f"{fault.ref} is being tested: s says that it works.")


def resolve(ctx: Context, fault: Fault, args: Resolve) -> Change:
    """Say that it works again; with how, if somebody wants to say it.

    Raises:
        Refused: there is no guide by which it could have been fixed.
    """
    if args.by_guide and fault.guide is None:
        raise Refused("It goes by no guide: f chooses one.", {"by_guide": "There is no guide."})
    step = _ended(ctx, "resolve", fault, State.FIXED, args.outcome, args.minutes)
    step.move(by_guide=args.by_guide)
    in_step.end(ctx, step.change, step.fault, step.tickets(), args.outcome or "It works again.")
    asset = step.register.get(Asset, fault.asset) if fault.asset else None
    return step.close(f"{fault.ref} is fixed.{_also(asset)}")


def _also(asset: Asset | None) -> str:
    more = asset.open_faults - 1 if asset else 0
    return f" It still has {more} open." if more > 0 and asset else ""


def reject(ctx: Context, fault: Fault, args: Reject) -> Change:
    """Say that it could not be seen, whatever was tried."""
    step = _ended(ctx, "reject", fault, State.NOT_REPRODUCED, args.outcome, args.minutes)
    in_step.end(ctx, step.change, step.fault, step.tickets(), f"It could not be seen: {args.outcome}")
    return step.close(f"{fault.ref} was not reproduced.")


def _ended(ctx: Context, verb: str, fault: Fault, state: State, outcome: str, minutes: int) -> Repair:
    step = Repair.of(ctx, verb, fault)
    owner = {"owner": hands(ctx, fault), "looked_at": fault.looked_at or ctx.now}
    step.move(**over(ctx, state, outcome), **owner)
    if minutes:
        step.log(text=outcome or state.label.capitalize(), minutes=minutes)
    return step


def write_off(ctx: Context, fault: Fault, args: WriteOff) -> Change:
    """Say that it is beyond repair: the asset is retired, and all that is open of it ends with it.

    It is taken back from whoever has it, and bookings of it are cancelled.

    Raises:
        Refused: other things are part of it.
    """
    step = Repair.of(ctx, "retire", fault)
    asset = step.register.get(Asset, fault.asset) if fault.asset else None
    if asset is None:
        write_off_faults(ctx, step.change, step.register, [fault], args.why)
        return step.close(f"{fault.ref} is written off.")
    refuse_with_parts(ctx, asset)
    others = [one for one in open_faults(ctx, asset.id) if one.id != fault.id]
    write_off_faults(ctx, step.change, step.register, [fault, *others], args.why)
    back = ""
    if asset.is_held:
        step.register.take_back(asset, Condition.MAJOR, back_note=args.why, fault=fault.id)
        back = " and taken back"
    step.register.fate(asset, Fate.RETIRED, args.why)
    for state in TAKEN:
        for booking in ctx.data.find(Booking, asset=asset.id, state=state.value):
            step.register.set(booking, state=BookingState.CANCELLED)
    more = f", with {', '.join(one.ref for one in others)}" if others else ""
    return step.close(f"{fault.ref} is written off{more}; {asset.called} is retired{back}.")


def write_off_faults(ctx: Context, change: Change, register: Register, faults: Iterable[Fault], why: str) -> None:
    """End open faults of what is not repaired any more, with their tickets; the asset's fate is the caller's."""
    for fault in faults:
        values = {"owner": hands(ctx, fault), "looked_at": fault.looked_at or ctx.now}
        now = move(ctx, register, fault, **over(ctx, State.WRITTEN_OFF, why), **values)
        in_step.end(ctx, change, now, in_step.tickets_of(ctx, now, change), f"It is beyond repair: {why}")


def too_late(ctx: Context, fault: Fault) -> str | None:
    """Guard of reopen: it is long over, or the thing is not there any more."""
    asset = ctx.data.get(Asset, fault.asset) if fault.asset else None
    if asset is not None and asset.fate in (Fate.LOST, Fate.RETIRED):
        return f"{asset.called} is {asset.fate.label}."
    days = ctx.settings.reopen_within
    if fault.closed_at is None or ctx.now - fault.closed_at <= timedelta(days=days):
        return None
    return f"It was done more than {days} days ago: report it anew."


def reopen(ctx: Context, fault: Fault, args: Reopen) -> Change:
    """Open a fault again: it stops its asset again, and its age still counts, so its deadline may have passed."""
    step = Repair.of(ctx, "reopen", fault)
    ended = in_step.ended_with(ctx, fault, step.change)
    before = fault.outcome or fault.state.label
    why = args.why.rstrip(".")
    step.log(text=f"Opened again{f': {why}' if why else ''}. It was said: {before}")
    step.move(**again(ctx, fault))
    in_step.begin_again(ctx, step.change, step.fault, ended, args.why)
    return step.go_on(f"{fault.ref} is open again.")


def note(ctx: Context, fault: Fault, args: Note) -> Change:
    """Write down what was found out or done, and the minutes it took."""
    step = Repair.of(ctx, "note", fault)
    step.log(text=args.text, minutes=args.minutes)
    return step.close(f"Your note to {fault.ref} is in its log.")


# --- what time does ---------------------------------------------------------------------------------------------------


def due(ctx: Context) -> Iterator[Change]:
    """Yield what time alone does to faults: a dated wait that has come to its end."""
    by_now = Between(high=stamp(ctx.now + _SECOND))
    for fault in ctx.data.find(Fault, state=State.WAITING.value, waiting_until=by_now):
        step = Repair.of(ctx, "back", fault)
        step.move(**looked_at(ctx, fault, fault.owner))
        yield step.go_on(f"{fault.ref} is back: its time has come.")


def open_faults(ctx: Context, asset: int) -> list[Fault]:
    """Return the open faults of an asset, the first reported first."""
    return [one for one in ctx.data.find(Fault, asset=asset) if one.state in OPEN]
