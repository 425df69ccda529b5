"""Tickets: what somebody asked the office to do, from the first word to the last.

* ``shape`` has the fields, ``views`` the lists, ``rules`` the life of a ticket as one table; ``kinds`` and the
  ``*_kind`` files bind them together.
* Their life: ``filing`` (new, edit, taken over from another system), ``lifecycle`` (who has it, wait, resolve),
  ``talk`` (reply, note; by ``comments``), ``family`` (merge, split, link), ``tree`` (projects), ``approval``,
  ``deadlines``, ``timed`` (what time alone does).
* From whom they come: ``calls``, ``guests`` (who did not sign in), ``recurring``, ``sentences`` (what is typed in the
  box).
* For the desk: ``waiting``, ``away`` (stand-ins), ``card`` (of a party), ``reports``, ``checks`` (what ``botui check``
  asks).
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
