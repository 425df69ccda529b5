"""Who says yes to what the office pays or destroys: up to a limit whoever works on it, above it somebody else."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Final

from botui.models.base import Refused
from botui.models.office import Context, Person, Role, manager_of, may_approve_for

APPROVERS: Final = frozenset({Role.MANAGER, Role.FINANCE, Role.ADMIN})
"""As what somebody works who may approve money that goes out, as with orders."""
_NAMED: Final = 3
"""People that a sentence names."""


def limit_of(ctx: Context) -> Decimal | None:
    """Return up to which amount whoever acts needs nobody else; None = without limit.

    It is the office's limit for orders: to pay a bill is to have ordered.
    """
    limits = [ctx.settings.clerk_orders]
    if Role.MANAGER in ctx.roles:
        limits.append(ctx.settings.manager_orders)
    known = [one for one in limits if one is not None]
    return max(known) if len(known) == len(limits) else None


def find_approver(
    ctx: Context,
    to: int | None,
    own: Collection[int | None],
    collection: str,
    why: str,
    *,
    roles: Collection[Role] = APPROVERS,
    field: str = "to",
) -> Person:
    """Return who is to approve something.

    Args:
        ctx: what may be known.
        to: who was said; None = the manager of whoever acts.
        own: whose it is: none of them approves it.
        collection: what it is, by its word.
        why: why somebody has to, for the sentence that asks who.
        roles: as what somebody works who may.
        field: the field that says who.

    Raises:
        Refused: nobody is said and there is no manager, or it is somebody who may not.
    """
    found = ctx.data.get(Person, to or manager_of(ctx, ctx.by) or 0)
    if found is None or not found.active:
        raise Refused(f"Who approves it? {why}", {field: _who_may(ctx, own, roles)})
    if found.id in {ctx.by, *own} or may_approve_for(ctx, found.id, collection):
        raise Refused("Nobody approves their own.", {field: _who_may(ctx, own, roles)})
    if not set(roles) & set(found.roles):
        said = f"{found.name} does not work as a manager and approves nothing of this."
        raise Refused(said, {field: _who_may(ctx, own, roles)})
    return found


def _who_may(ctx: Context, own: Collection[int | None], roles: Collection[Role]) -> str:
    """Return a few of those who may be asked, by what one types for them."""
    not_them = {ctx.by, *own}
    people = ctx.data.find(Person, active=True)
    found = [one for one in people if one.id not in not_them and set(roles) & set(one.roles)]
    if not found:
        return "Nobody works as a manager yet: Office lists, people."
    return f"For example {', '.join(f'{one.initials} ({one.name})' for one in found[:_NAMED])}."
