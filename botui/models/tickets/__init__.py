"""Tickets: what somebody asked the office to do, from the first word to the last.

``kinds`` and ``calls_kind`` have shapes and lists, ``rules`` the life of a ticket as one table. It is made of
``filing`` (new, edit, taken over from another system), ``lifecycle`` (who has it, wait, resolve), ``talk`` (reply,
note), ``family`` (merge, split, link), ``tree`` (projects), ``approval``, ``away`` and ``waiting`` (a person's desk),
``deadlines``, ``calls``, ``recurring``, ``timed`` (what time alone does), ``reports``.
"""

from botui.models.tickets.shape import Approval, Channel, Comment, CommentKind, State, Ticket, TicketKind, WaitFor

__all__ = [
    "Approval",
    "Channel",
    "Comment",
    "CommentKind",
    "State",
    "Ticket",
    "TicketKind",
    "WaitFor",
]
