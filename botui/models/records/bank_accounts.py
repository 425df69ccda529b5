"""Bank accounts are filed and changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Change, Refused
from botui.models.office import Context
from botui.models.records.bank import Account, Statement
from botui.models.records.bank_signs import compact

_BEGINNING: Final = ("opening", "opened_on")


def create(ctx: Context, account: Account) -> Change:
    """File an account.

    Raises:
        Refused: another one has its number.
    """
    _refuse_twice(ctx, account)
    return Change("accounts.add", f"{account.ref} {account.name} is filed.").add(account)


def revise(ctx: Context, before: Account, after: Account) -> Change:
    """Change an account.

    Raises:
        Refused: another one has its number.
    """
    _refuse_twice(ctx, after)
    names = [name for name, field in Account.model_fields.items() if name not in ("id", "shape") and field]
    change = Change("accounts.edit", f"{before.ref} {after.name} is changed.")
    return change.set(before, **{name: getattr(after, name) for name in names})


def _refuse_twice(ctx: Context, account: Account) -> None:
    mine = compact(account.number)
    for one in ctx.data.find(Account, active=True) if mine else ():
        if one.id != account.id and compact(one.number) == mine:
            raise Refused(f"{one.ref} {one.name} has this number.", {"number": f"{one.ref} has it."})


def refuse_fixed(ctx: Context, account: Account, values: Mapping[str, Any]) -> None:
    """Refuse to move the beginning of an account under its statements.

    Raises:
        Refused: it has statements that are proved.
    """
    moved = [name for name in _BEGINNING if name in values and values[name] != getattr(account, name)]
    if moved and any(one.proved_at for one in ctx.data.find(Statement, account=account.id)):
        said = "Its statements are proved from this balance on: open the first one again before."
        raise Refused(said, dict.fromkeys(moved, "Statements are proved from it on."))
