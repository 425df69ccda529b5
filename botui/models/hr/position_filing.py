"""Positions filed and changed: each name once, and one that somebody has is not given up."""

from __future__ import annotations

from botui.models.base import Change, Refused, fold
from botui.models.hr.person_file import HERE, PersonFile
from botui.models.hr.position import Position
from botui.models.office import Context


def create(ctx: Context, position: Position) -> Change:
    """File a position.

    Raises:
        Refused: there is one of this name in that department.
    """
    _refuse_twice(ctx, position)
    return Change("positions.add", f"{position.ref} {position.name} is filed.").add(position)


def revise(ctx: Context, before: Position, after: Position) -> Change:
    """Change a position.

    Raises:
        Refused: there is another of this name, or people still have the one that is given up.
    """
    _refuse_twice(ctx, after)
    if before.active and not after.active:
        have = [one for one in ctx.data.find(PersonFile, position=before.id) if one.status in HERE]
        if have:
            said = f"{len(have)} of those who work here have it: give them another one first."
            raise Refused(said, {"active": "Somebody has it."})
    changed = {name: getattr(after, name) for name in Position.model_fields if name != "id"}
    return Change("positions.edit", f"{after.name} is changed.").set(before, **changed)


def _refuse_twice(ctx: Context, position: Position) -> None:
    for other in ctx.data.find(Position, department=position.department, active=True):
        if position.active and other.id != position.id and fold(other.name) == fold(position.name):
            raise Refused(f"{other.ref} is that position already.", {"name": "There is one of this name."})
