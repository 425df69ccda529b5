"""Cases: brought by anybody about what happened to them, or opened by HR; what HR finds stands in their steps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from botui.models.base import Change, Refused
from botui.models.hr.case import Case, Sort
from botui.models.office import Context, Person, Role

_FOLLOWS: Final = frozenset({"state", "outcome", "closed_on", "created_at", "created_by"})
"""What verbs move, and filing and editing leave."""
ANSWER_IN: Final = timedelta(days=28)
"""How long HR has for a case where it says nothing: four weeks, the office's own decision."""


def create(ctx: Context, case: Case) -> Change:
    """Open a case; who does not work as HR brings a grievance of their own, and HR sees to it.

    Raises:
        Refused: somebody else is named, or it is about nobody; or its day has not come.
    """
    typed: dict[str, Any] = {name: getattr(case, name) for name in Case.model_fields if name not in _FOLLOWS}
    if ctx.roles & {Role.HR, "system"}:
        typed |= {"owner": case.owner or ctx.by}
        if case.person is None and case.sort is Sort.DISCIPLINE:
            raise Refused("Whom is it about?", {"person": "This is needed."})
    else:
        _refuse_others(ctx, case)
        typed |= {"person": ctx.by, "sort": Sort.GRIEVANCE, "owner": None, "due": None}
    typed |= {"due": typed["due"] or ctx.today + ANSWER_IN}
    new = Case(**typed, created_at=ctx.now, created_by=ctx.by)
    _refuse_unfit(ctx, new)
    whose = "" if new.owner == ctx.by else " HR and you see it, nobody else."
    return Change("cases.add", f"{new.ref} is filed.{whose}").add(new)


def _refuse_others(ctx: Context, case: Case) -> None:
    """Refuse what only HR opens.

    Raises:
        Refused: it is discipline, or for somebody else.
    """
    if case.sort is Sort.DISCIPLINE:
        raise Refused("HR opens this: file a grievance, or tell HR.", {"sort": "grievance, please."})
    if case.person not in (None, ctx.by):
        raise Refused("Everybody brings their own.", {"person": "Empty = you."})


def revise(ctx: Context, before: Case, after: Case) -> Change:
    """Change what is known of a case.

    Raises:
        Refused: as when it is opened.
    """
    values = {name: value for name, value in after if value != getattr(before, name) and name not in _FOLLOWS}
    if after.person is None and after.sort is Sort.DISCIPLINE:
        raise Refused("Whom is it about?", {"person": "This is needed."})
    _refuse_unfit(ctx, after)
    return Change("cases.edit", f"{before.ref} is changed.").set(before, **values)


def _refuse_unfit(ctx: Context, case: Case) -> None:
    if case.happened_on is not None and case.happened_on > ctx.today:
        raise Refused("That day has not come yet.", {"happened_on": "This day has not come yet."})
    if case.against is not None and case.against == case.person:
        raise Refused("Nobody brings a case against themselves.", {"against": "Somebody else, or empty."})
    refuse_owner(ctx, case, case.owner, "owner")


def refuse_owner(ctx: Context, case: Case, number: int | None, field: str) -> None:
    """Refuse that somebody looks into a case whom it is against, or who does not work as HR.

    Args:
        ctx: what may be known.
        case: which.
        number: who is to look into it; None = nobody yet.
        field: where they were typed.

    Raises:
        Refused: it is against them, or they do not work as HR.
    """
    accused = case.person if case.sort is Sort.DISCIPLINE else case.against
    if number is not None and number == accused:
        raise Refused("Nobody looks into a case against themselves.", {field: "Somebody else, please."})
    owner = ctx.data.get(Person, number) if number else None
    if owner is not None and (not owner.active or Role.HR not in owner.roles):
        raise Refused(f"{owner.name} does not work as HR.", {field: "Somebody of HR, please."})
