"""Asking for access: for whom, to what, as what, and who is to approve it.

What was approved stays as it was approved: for somebody else, at another level or for longer it is asked for anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models import calendar
from botui.models.base import Change, Refused, fold
from botui.models.equipment.access import HAS, Access, State
from botui.models.office import Context, Person, Role
from botui.models.office.approving import find_approver, usual_approver

APPROVERS: Final = frozenset({Role.MANAGER, Role.ADMIN})
"""As what somebody works who may be asked: whoever stands at the head of a department is no manager yet."""
OPEN: Final = (State.ASKED, State.APPROVED)
"""States in which somebody still waits for it."""
_TYPED: Final = ("person", "system", "level", "why", "until", "approver")
_APPROVED: Final = frozenset({"person", "system", "level", "until", "approver"})
"""Fields on which an approval stands."""


def create(ctx: Context, access: Access) -> Change:
    """Ask for access; it is for whoever asks, where nobody else is named.

    Raises:
        Refused: it is not said who approves it, that is somebody who may not, or it is asked for or there already.
    """
    typed: dict[str, Any] = {name: getattr(access, name) for name in _TYPED}
    typed["person"] = access.person or ctx.by
    new = Access(id=access.id, **typed, created_at=ctx.now, created_by=ctx.by, imported=access.imported)
    _refuse_unfit(ctx, new)
    approver = _approver(ctx, new)
    said = f"{new.ref} is asked for: {title(new)} for {ctx.person(new.person)}; {approver.name} approves it."
    return Change("access.add", said).add(new.model_copy(update={"approver": approver.id}))


def revise(ctx: Context, before: Access, after: Access) -> Change:
    """Change what is asked for; after somebody approved it only why.

    Raises:
        Refused: an approval stands on it, or what is asked for then cannot be asked for.
    """
    changed = {name for name in _TYPED if getattr(before, name) != getattr(after, name)}
    refuse_fixed(ctx, before, dict.fromkeys(changed))
    new = before.model_copy(update={name: getattr(after, name) for name in changed})
    if changed & _APPROVED:
        new = new.model_copy(update={"person": new.person or before.created_by})
        _refuse_unfit(ctx, new)
        new = new.model_copy(update={"approver": _approver(ctx, new).id})
    values = {name: getattr(new, name) for name in _TYPED}
    return Change("access.edit", f"{before.ref} is changed: {title(new)}.").set(before, **values)


def refuse_fixed(_: Context, access: Access, values: Mapping[str, Any]) -> None:
    """Do nothing unless what was approved is changed, or taken back, after that.

    Raises:
        Refused: it is.
    """
    if access.state is not State.ASKED and "state" not in values and _APPROVED.intersection(values):
        said = f"{access.ref} is {access.state.label}: what was approved stays as it is. Ask for it anew."
        raise Refused(said, dict.fromkeys(_APPROVED.intersection(values), "An approval stands on this."))


def title(access: Access) -> str:
    """Return what it is access to, and as what."""
    return f"{access.system} as {access.level}" if access.level else access.system


def _refuse_unfit(ctx: Context, access: Access) -> None:
    person = ctx.data.get(Person, access.person) if access.person else None
    if person is None or not person.active:
        raise Refused("For whom is it?", {"person": "Somebody who works here, please."})
    if access.until is not None and access.until < ctx.today:
        raise Refused("That day has passed.", {"until": "This day has passed."})
    for one in same(ctx, access):
        longer = one.until is not None and (access.until is None or access.until > one.until)
        if one.state in HAS and not longer:
            until = f" until {calendar.day_words(one.until, ctx.today)}" if one.until else ""
            raise Refused(f"{person.name} has this already{until}: {one.ref}.", {"system": "They have it already."})
        if one.state in OPEN:
            said = f"{person.name} is to get this already: {one.ref}."
            raise Refused(said, {"system": "It is asked for already."})


def same(ctx: Context, access: Access) -> list[Access]:
    """Return what else somebody has, or is to get, of the same."""
    found = (
        one for state in (*OPEN, *sorted(HAS)) for one in ctx.data.find(Access, person=access.person, state=state.value)
    )
    return [one for one in found if one.id != access.id and fold(title(one)) == fold(title(access))]


def _approver(ctx: Context, access: Access) -> Person:
    """Return who is to approve it: who is named, else the manager, else the only one who works as one.

    Raises:
        Refused: nobody is, or it is somebody who may not approve it.
    """
    own = (access.person, access.created_by, ctx.by)
    wanted = access.approver or usual_approver(ctx, access.person, "access", own, APPROVERS)
    return find_approver(ctx, wanted, "access", own, roles=APPROVERS, one="request", field="approver")
