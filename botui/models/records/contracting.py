"""Contracts: filed, renewed, cancelled; their owner is told in time, and time ends or renews them.

How long the paper of a contract is kept after its end follows in ``retaining``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Annotated, Final

from pydantic import Field

from botui.models import calendar
from botui.models.base import PROSE_MAX, Arguments, Change, Line, Refused, Ui, Waiting, and_more
from botui.models.equipment import agreements
from botui.models.office import Context, Money, Party
from botui.models.records.contract import Contract
from botui.models.records.document import Document
from botui.models.records.document import State as DocumentState

_FOLLOWS: Final = frozenset(
    {"state", "cancel_by", "noticed", "seen_at", "renewed_at", "cancelled_at", "terms", "until", "reason"}
)
"""What verbs and time move, and filing and editing leave."""
_DATES: Final = frozenset({"renews_on", "notice_days", "renews_for"})
"""Fields with which its notices begin anew."""


class Renew(Arguments):
    """Until when, and for how much."""

    until: Annotated[date | None, Ui(label="Until", help="Its last day; empty = one term more.")] = None
    cost: Annotated[Money | None, Ui(label="Value", help="From now on; empty = as before.")] = None
    note: Annotated[Line, Ui(label="Note", help="It stands in the history.")] = ""


class Cancel(agreements.Cancel):
    """Why, and until when it still holds."""

    until: Annotated[date | None, Ui(label="Holds until", help="Empty = until the end of its term.")] = None


class Note(Arguments):
    """What is to be remembered of it."""

    text: Annotated[Line, Field(min_length=1), Ui(label="Note")]


# --- filing -----------------------------------------------------------------------------------------------------------


def create(ctx: Context, contract: Contract) -> Change:
    """File a contract; one that renews by itself stands in the term of today.

    Raises:
        Refused: its dates do not go together, or what is named is not there any more.
    """
    _refuse_unfit(ctx, contract, Contract.model_fields.keys())
    typed = {name: getattr(contract, name) for name in Contract.model_fields if name not in _FOLLOWS}
    new = Contract(**typed | {"created_at": ctx.now})
    new = new.model_copy(update=agreements.following(ctx, new) | {"terms": (), "renewed_at": None})
    return Change("contracts.add", f"{new.ref} is filed: {new.name}{agreements.ends(ctx, new)}.").add(new)


def revise(ctx: Context, before: Contract, after: Contract) -> Change:
    """Change a contract; by other dates its owner is told anew.

    Raises:
        Refused: as when it is filed.
    """
    changed = {name for name in Contract.model_fields if getattr(before, name) != getattr(after, name)}
    changed -= _FOLLOWS | {"created_at"}
    _refuse_unfit(ctx, after, changed)
    values = {name: getattr(after, name) for name in changed}
    if changed & _DATES:
        values |= {"noticed": None, "seen_at": None}
    values |= agreements.following(ctx, before.model_copy(update=values))
    new = before.model_copy(update=values)
    return Change("contracts.edit", f"{new.name} is changed{agreements.ends(ctx, new)}.").set(before, **values)


def _refuse_unfit(ctx: Context, contract: Contract, names: Collection[str]) -> None:
    agreements.refuse_unfit(ctx, contract, names)
    party = ctx.data.get(Party, contract.party) if contract.party and "party" in names else None
    if party is not None and not party.active:
        raise Refused(f"{party.name} is not in use any more.", {"party": "Somebody else, please."})
    copy = ctx.data.get(Document, contract.document) if contract.document and "document" in names else None
    if copy is not None and copy.state is DocumentState.DESTROYED:
        raise Refused(f"{copy.ref} is destroyed.", {"document": "Another document, please."})


# --- verbs ------------------------------------------------------------------------------------------------------------


def renew(ctx: Context, contract: Contract, args: Renew) -> Change:
    """Renew it, for one term or until a day; its owner is told of the new end in time.

    Raises:
        Refused: the day is not after the end it has.
    """
    return agreements.renew(ctx, Change("contracts.renew", note=args.note), contract, args.until, args.cost)


def cancel(ctx: Context, contract: Contract, args: Cancel) -> Change:
    """Cancel it; it holds until the end of its term.

    Raises:
        Refused: it is too late for this term, which says until when it holds.
    """
    change, until = agreements.cancel(ctx, Change("contracts.cancel", note=args.reason), contract, args)
    held = "held" if until < ctx.today else "holds"
    change.said = f"{contract.name} is cancelled; it {held} until {calendar.day_words(until, ctx.today)}."
    return change


def reopen(ctx: Context, contract: Contract, _: object) -> Change:
    """Take a cancelled one up again; where it renews by itself, it is in the term of today."""
    return agreements.reopen(ctx, Change("contracts.reopen"), contract)


def note(ctx: Context, contract: Contract, args: Note) -> Change:
    """Add a line to its note, with the day and who says so.

    Raises:
        Refused: the note is full.
    """
    text = f"{contract.note}\n{ctx.today:%Y-%m-%d} {ctx.person(ctx.by)}: {args.text}".strip()
    if len(text) > PROSE_MAX:
        raise Refused(f"The note of {contract.name} is full: shorten it first (e).", {"text": "No room for this."})
    return Change("contracts.note", f"Noted at {contract.name}.").set(contract, note=text)


# --- time -------------------------------------------------------------------------------------------------------------


def due(ctx: Context) -> Iterator[Change]:
    """Return what time does with contracts: notices, terms that begin by themselves, ends."""
    return agreements.due(ctx, Contract)


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield what ends or renews, until its owner has seen it; of what nobody sees to clerks have the most pressing."""
    told = sorted(agreements.told(ctx, Contract), key=lambda one: (agreements.pressing(one), one.id))
    yield from (_waits(ctx, one) for one in told if one.owner == ctx.by)
    if "clerk" in ctx.roles:
        nobodys = [one for one in told if not agreements.seen_to(ctx, one)]
        yield from (_waits(ctx, one, and_more(nobodys)) for one in nobodys[:1])


def _waits(ctx: Context, contract: Contract, others: str = "") -> Waiting:
    return Waiting(
        collection=Contract.COLLECTION,
        number=contract.id,
        what=contract.name,
        why=f"{agreements.ends(ctx, contract).removeprefix(', ')}{others}",
        due=ctx.end_of(agreements.pressing(contract)),
        verb="acknowledge" if contract.auto_renew else "renew",
    )
