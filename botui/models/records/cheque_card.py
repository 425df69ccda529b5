"""What cheques say of a party on its card: those that are not cleared, and the last one that the bank returned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from botui.models.calendar import day_words
from botui.models.office import Context, Party
from botui.models.records.cheque import OPEN, Cheque, State, Way

_READERS: Final = frozenset({"clerk", "finance", "auditor", "system"})
"""Who may see cheques (``botui.access``)."""
_SHOWN: Final = 3


def card(ctx: Context, party: Party) -> Iterator[tuple[str, str]]:
    """Yield the cheques of a party of which it is not known yet what becomes of them, and what was returned last."""
    if not _READERS & ctx.roles:
        return
    found = [one for state in OPEN for one in ctx.data.find(Cheque, party=party.id, state=state.value)]
    for one in found[:_SHOWN]:
        whose = "theirs" if one.way is Way.RECEIVED else "ours"
        yield one.ref, f"cheque {one.number}, {whose}, {one.state.label}, {one.worth:,.2f} {ctx.settings.currency}"
    if len(found) > _SHOWN:
        yield "", f"and {len(found) - _SHOWN:,} more cheques"
    if back := ctx.data.find(Cheque, party=party.id, state=State.BOUNCED.value):
        last = max(back, key=lambda one: (one.bounced_on is not None, one.bounced_on, one.id))
        day = f" {day_words(last.bounced_on, ctx.today)}" if last.bounced_on else ""
        yield "Returned", f"cheque {last.number}{day}: {last.reason}"
