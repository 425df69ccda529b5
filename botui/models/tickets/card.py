"""What tickets say of a party on its card."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from botui.models import calendar
from botui.models.office import Context, Party
from botui.models.tickets.shape import ACTIVE, Ticket

_SHOWN: Final = 5
_LAST: Final = datetime.max.replace(tzinfo=UTC)


def card(ctx: Context, party: Party) -> Iterator[tuple[str, str]]:
    """Yield the open tickets of a party, the one that is due first at the head."""
    found = [one for state in sorted(ACTIVE) for one in ctx.data.find(Ticket, party=party.id, state=state.value)]
    for one in sorted(found, key=lambda ticket: (ticket.resolution_due or _LAST, ticket.id))[:_SHOWN]:
        due = ctx.settings.local(one.resolution_due).date() if one.resolution_due else None
        when = f", due {calendar.day_words(due, ctx.today)}" if due else ""
        yield one.ref, f"{one.subject}: {one.state.label}, {_who(ctx, one)}{when}"
    if len(found) > _SHOWN:
        yield "", f"and {len(found) - _SHOWN:,} more that are open"


def _who(ctx: Context, ticket: Ticket) -> str:
    return f"{ctx.person(ticket.owner)} has it" if ticket.owner else "nobody has it"
