"""The named lists of tickets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from botui.models.base import Between, View, Where, stamp
from botui.models.office import Context
from botui.models.tickets.deadlines import SOON
from botui.models.tickets.shape import ACTIVE, OVER, Approval, State, TicketKind

_ACTIVE: Final = tuple(sorted(state.value for state in ACTIVE))
_OVER: Final = tuple(sorted(state.value for state in OVER))


def _where(**conditions: Any) -> Callable[[Context], Where]:
    return lambda _: conditions


def _of_mine(field: str, **conditions: Any) -> Callable[[Context], Where]:
    # Nobody has the number 0: for somebody who has not signed in these lists are empty.
    return lambda ctx: {field: (ctx.by or 0,), **conditions}


def _running_late(ctx: Context) -> Where:
    return {"next_due": Between(high=stamp(ctx.now + SOON))}


VIEWS: Final = (
    View(
        name="mine",
        label="Mine",
        where=_of_mine("owner", state=_ACTIVE),
        sort="next_due",
        empty="You have no tickets: ] shows the next list, n files one.",
    ),
    View(
        name="unassigned",
        label="Nobody has",
        where=_where(owner=(None,), state=_ACTIVE),
        sort="next_due",
        empty="Somebody has every ticket.",
    ),
    View(
        name="open",
        label="Open",
        where=_where(state=(State.NEW.value, State.OPEN.value)),
        sort="next_due",
        empty="Nothing is open: n files a ticket.",
    ),
    View(
        name="waiting",
        label="Waiting",
        where=_where(state=(State.WAITING.value,)),
        sort="waiting_until",
        empty="Nothing waits.",
    ),
    View(
        name="late",
        label="Running late",
        where=_running_late,
        sort="next_due",
        timed=True,
        empty="Nothing is late, nothing due within the hour.",
    ),
    View(
        name="messages",
        label="Messages for me",
        where=_of_mine("for_person", kind=(TicketKind.MESSAGE.value,), state=_ACTIVE),
        sort="created_at",
        empty="No messages for you.",
    ),
    View(
        name="resolved",
        label="Resolved",
        where=_where(state=(State.RESOLVED.value,)),
        sort="resolved_at",
        down=True,
        empty="Nothing is resolved and not closed yet.",
    ),
    View(
        name="closed",
        label="Closed",
        where=_where(state=_OVER),
        sort="closed_at",
        down=True,
        empty="Nothing is closed yet.",
    ),
    View(name="all", label="All", where=_where(), down=True, empty="No tickets yet: n files one."),
    View(
        name="projects",
        label="Projects",
        where=_where(kind=(TicketKind.PROJECT.value,), state=_ACTIVE),
        sort="next_due",
        empty="No projects: file a ticket of that kind, and tickets that are part of it.",
    ),
    View(
        name="milestones",
        label="Parts of projects, late first",
        where=_where(parent=Between(low=1), state=_ACTIVE),
        sort="next_due",
        empty="No part of a project is open.",
    ),
    View(
        name="unseen",
        label="Messages not seen",
        where=_where(kind=(TicketKind.MESSAGE.value,), acknowledged_at=(None,), state=_ACTIVE),
        sort="created_at",
        empty="Every message was seen.",
    ),
    View(
        name="to_approve",
        label="For me to approve",
        where=_of_mine("approver", approval=(Approval.ASKED.value,), state=_ACTIVE),
        sort="created_at",
        empty="Nothing waits for your approval.",
    ),
    View(
        name="asked",
        label="Asked by me",
        where=_of_mine("requester"),
        down=True,
        empty="You have asked for nothing yet: n files a ticket.",
    ),
)
"""What a digit of the menu opens first: open work, messages, what is done, all."""
