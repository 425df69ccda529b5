"""Who says yes to what somebody asks for: whoever has a say and whose own it is not, not even as a stand-in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from botui.models.base import Refused
from botui.models.office.choices import Role
from botui.models.office.context import Context
from botui.models.office.records import Person
from botui.models.office.standins import manager_of, may_approve_for

SPENDS: Final = frozenset({Role.MANAGER, Role.FINANCE, Role.ADMIN})
"""As what somebody works who may approve what costs money: to stand at the head of a department is not enough."""
_NAMED: Final = 3
"""People that a sentence names."""


def find_approver(
    ctx: Context,
    wanted: int | None,
    collection: str,
    own: Collection[int | None],
    *,
    roles: Collection[Role] = SPENDS,
    one: str = "",
    why: str = "",
    field: str = "to",
) -> Person:
    """Return who is to approve something.

    Args:
        ctx: what may be known.
        wanted: who was said, or is asked as a rule; None = nobody.
        collection: what it is, by its word in ``botui.areas``.
        own: whose it is: none of them approves it.
        roles: as what somebody works who may.
        one: what it is called, for the sentence (``order``).
        why: why somebody has to, for the sentence that asks who.
        field: the field that says who.

    Raises:
        Refused: nobody is said, or it is somebody who may not; the field's words name a few who may.
    """
    found = ctx.data.get(Person, wanted) if wanted else None
    if found is None or not found.active:
        said = f"Who approves it? {why}".rstrip()
    elif found.id in own or may_approve_for(ctx, found.id, collection):
        said = f"Nobody approves their own {one}".rstrip() + "."
    elif set(roles).isdisjoint(found.roles):
        said = f"{found.name} does not work as a manager and may not approve it."
    else:
        return found
    may = ", ".join(f"{one.initials} ({one.name})" for one in may_be_asked(ctx, collection, own, roles)[:_NAMED])
    raise Refused(said, {field: f"For example {may}." if may else "Nobody who may works here: Office lists, people."})


def may_be_asked(
    ctx: Context, collection: str, own: Collection[int | None], roles: Collection[Role] = SPENDS
) -> list[Person]:
    """Return who may be asked to approve something; the arguments are those of ``find_approver``."""
    found = {one.id: one for role in roles for one in ctx.data.find(Person, active=True, roles=role.value)}
    free = (found[number] for number in sorted(found.keys() - set(own)))
    return [one for one in free if not may_approve_for(ctx, one.id, collection)]


def usual_approver(
    ctx: Context, person: int | None, collection: str, own: Collection[int | None], roles: Collection[Role] = SPENDS
) -> int | None:
    """Return who approves what is for somebody as a rule: their manager, else the only one who works as one."""
    if (manager := manager_of(ctx, person)) is not None:
        return manager
    managers = [one.id for one in may_be_asked(ctx, collection, own, roles) if Role.MANAGER in one.roles]
    return managers[0] if len(managers) == 1 else None
