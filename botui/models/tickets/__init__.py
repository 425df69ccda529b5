"""Tickets: what somebody asked the office to do, from the first word to the last.

``kinds`` has the life of a ticket as one table. The rules: ``filing`` (new, edit, taken over from another system),
``lifecycle`` (who has it, wait, resolve), ``talk`` (reply, note), ``family`` (merge, split, link), ``tree``
(projects), ``approval``, ``away`` and ``waiting`` (a person's desk), ``deadlines``, ``calls``, ``recurring``,
``timed`` (what time alone does), ``reports``.
"""

from botui.models.tickets.calls import Call
from botui.models.tickets.kinds import CALLS, COMMENTS, RECURRING, TICKETS
from botui.models.tickets.recurring import Recurring
from botui.models.tickets.shape import Approval, Channel, Comment, CommentKind, State, Ticket, TicketKind, WaitFor
from botui.models.tickets.timed import clock

__all__ = [
    "CALLS",
    "COMMENTS",
    "RECURRING",
    "TICKETS",
    "Approval",
    "Call",
    "Channel",
    "Comment",
    "CommentKind",
    "Recurring",
    "State",
    "Ticket",
    "TicketKind",
    "WaitFor",
    "clock",
]
