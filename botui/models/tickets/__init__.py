"""Tickets: what somebody asked the office to do, from the first word to the last.

``kinds`` has the life of a ticket as one table; the rules are in ``lifecycle`` (who has it, wait, resolve),
``talk`` (reply, note), ``family`` (merge, split, link), ``filing`` (new, edit, taken over), ``deadlines``, ``tree``
(projects).
"""

from botui.models.tickets.kinds import COMMENTS, TICKETS
from botui.models.tickets.shape import Comment, State, Ticket

__all__ = ["COMMENTS", "TICKETS", "Comment", "State", "Ticket"]
