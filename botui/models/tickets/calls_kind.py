"""Calls and recurring tickets, bound together for the screens, the command line and the import."""

from __future__ import annotations

from typing import Final

from botui.models.base import Kind, View
from botui.models.tickets.calls import Call
from botui.models.tickets.recurring import Recurring

CALLS: Final = Kind(
    model=Call,
    one="call",
    many="Calls",
    title=lambda call: call.caller or call.number or call.ref,
    rules="botui.models.tickets.rules:CALLS",
    views=(
        View(name="all", label="Calls", where=lambda _: {}, sort="at", down=True, empty="No calls yet: n takes one."),
        View(name="mine", label="Calls for me", where=lambda ctx: {"for_person": (ctx.by or 0,)}, sort="at", down=True),
    ),
    columns=("at", "caller", "number", "for_person", "became"),
    index=("at", "caller", "number", "person", "party", "for_person", "taken_by", "becomes", "became"),
    text=("caller", "number", "subject", "text"),
)
RECURRING: Final = Kind(
    model=Recurring,
    one="recurring ticket",
    many="Recurring tickets",
    title=lambda recurring: recurring.subject,
    rules="botui.models.tickets.rules:RECURRING",
    views=(
        View(
            name="active",
            label="Recurring",
            where=lambda _: {"active": (True,)},
            sort="next_on",
            empty="Nothing comes back: n files what does, ] shows what was stopped.",
        ),
        View(name="all", label="Recurring, stopped ones too", menu=False, where=lambda _: {}, sort="subject"),
    ),
    index=("subject", "active", "next_on", "owner", "topic", "department"),
    text=("subject", "body", "rule"),
)
