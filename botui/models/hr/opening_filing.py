"""Openings: filed, changed, put on hold, closed, opened again; filled by whom is hired."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

from botui.models.base import Arguments, Change, Line, Refused, Ui, plural
from botui.models.hr.candidate import RUNNING, Candidate
from botui.models.hr.opening import Opening, State
from botui.models.office import Context, Person

_FOLLOWS: Final = ("state", "hired", "reason", "closed_on", "created_at", "created_by")
"""What verbs and hires move, and filing and editing leave."""


class WhyNot(Arguments):
    """Why nobody is looked for, now or any more."""

    reason: Annotated[Line, Ui(label="Why")] = ""


def create(ctx: Context, opening: Opening) -> Change:
    """File an opening; whoever files it sees to it.

    Raises:
        Refused: its days do not go together, or who is named left.
    """
    _refuse_unfit(ctx, opening)
    typed = {name: getattr(opening, name) for name in Opening.model_fields if name not in _FOLLOWS}
    known = {"owner": opening.owner or ctx.by, "created_at": ctx.now, "created_by": ctx.by}
    new = Opening(**typed | known)
    return Change("openings.add", f"{new.ref} is open for {plural(new.headcount, 'person')}.").add(new)


def revise(ctx: Context, before: Opening, after: Opening) -> Change:
    """Change an opening; with more wanted than are hired it is open again, with as many it is filled.

    Raises:
        Refused: fewer are wanted than were hired; or as when it is filed.
    """
    if after.headcount < before.hired:
        words = f"{before.hired} are hired already."
        raise Refused(f"{before.ref}: {words}", {"headcount": words})
    _refuse_unfit(ctx, after)
    values = {name: value for name, value in after if value != getattr(before, name) and name not in _FOLLOWS}
    if "headcount" in values:
        values |= filled(ctx, after)
    return Change("openings.edit", f"{before.ref} is changed.").set(before, **values)


def filled(ctx: Context, opening: Opening) -> dict[str, Any]:
    """Return the state of an opening that follows from how many are wanted and hired; nothing where it stays."""
    if opening.free == 0 and opening.state in (State.OPEN, State.HOLD):
        return {"state": State.FILLED, "closed_on": ctx.today}
    if opening.free and opening.state is State.FILLED:
        return {"state": State.OPEN, "closed_on": None}
    return {}


def fixed(_: Context, opening: Opening, values: Mapping[str, Any]) -> None:
    """Refuse to take back how many are wanted, where more were hired since.

    Raises:
        Refused: fewer would be wanted than are hired.
    """
    wanted = values.get("headcount")
    if wanted is not None and wanted < opening.hired and "hired" not in values:
        raise Refused(f"{opening.ref}: {opening.hired} are hired already.")


def _refuse_unfit(ctx: Context, opening: Opening) -> None:
    for field in ("manager", "owner"):
        person = ctx.data.get(Person, getattr(opening, field) or 0)
        if person is not None and not person.active:
            raise Refused(f"{person.name} does not work here any more.", {field: "This person left."})
    if opening.closes and opening.starts and opening.closes > opening.starts:
        words = "This is after the day on which they begin."
        raise Refused("People could apply after the first day.", {"closes": words})


def still_in(ctx: Context, opening: Opening) -> list[Candidate]:
    """Return the candidates of an opening of whom something is still to be decided, by number."""
    return [one for one in ctx.data.find(Candidate, opening=opening.id) if one.state in RUNNING]


def close(ctx: Context, opening: Opening, args: WhyNot) -> Change:
    """Look for nobody any more; who applied and has no answer is said."""
    left = len(still_in(ctx, opening))
    waiting = f" {plural(left, 'candidate')} wait{'s' if left == 1 else ''} for an answer: x refuses." if left else ""
    change = Change("openings.close", f"{opening.ref} is closed.{waiting}")
    return change.set(opening, state=State.CLOSED, reason=args.reason, closed_on=ctx.today)


def hold(_: Context, opening: Opening, args: WhyNot) -> Change:
    """Look for nobody for the time being: nothing is offered, nobody is taken on."""
    change = Change("openings.hold", f"{opening.ref} is on hold: nothing is offered.")
    return change.set(opening, state=State.HOLD, reason=args.reason)


def cannot_reopen(_: Context, opening: Opening) -> str | None:
    """Guard of reopen."""
    return None if opening.free else f"All {opening.headcount} are hired: e says how many more are wanted."


def reopen(_: Context, opening: Opening, __: object) -> Change:
    """Look for somebody again."""
    change = Change("openings.reopen", f"{opening.ref} is open again.")
    return change.set(opening, state=State.OPEN, reason="", closed_on=None)
