"""What contracts say of a party on its card: what runs with it, and until when; paper that was given on to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from botui import areas
from botui.models import calendar
from botui.models.equipment.agreements import ends
from botui.models.equipment.licence import RUNNING
from botui.models.office import Context, Party
from botui.models.records.contract import Contract
from botui.models.records.custody import Custody
from botui.models.records.document import Document

_READERS: Final = frozenset({"clerk", "finance", "manager", "auditor", "system"})
"""Who may see all contracts (``botui.access``)."""
_SHOWN: Final = 5


def card(ctx: Context, party: Party) -> Iterator[tuple[str, str]]:
    """Yield the contracts that run with a party, and the paper of ours that it has, as far as whoever reads sees it."""
    if _READERS & ctx.roles:
        found = [one for one in ctx.data.find(Contract, party=party.id) if one.state in RUNNING]
        for one in found[:_SHOWN]:
            yield one.ref, f"{one.name}{ends(ctx, one) or ', never ends'}"
        if len(found) > _SHOWN:
            yield "", f"and {len(found) - _SHOWN:,} more contracts"
    for out in ctx.data.find(Custody, party=party.id, back_at=None)[:_SHOWN]:
        due = f", due back {calendar.day_words(out.due, ctx.today)}" if out.due else ""
        paper = areas.ref(Document.COLLECTION, out.document)
        yield out.ref, f"they have {paper}; {ctx.person(out.person)} answers for it{due}"
