"""Meetings: who meets where and when, whether all are free, and what has to be done for it.

``shape`` has the fields, ``views`` the lists, ``rules`` the verbs; ``kinds`` binds them together. ``filing`` (new,
moved), ``clashes`` (who and what is taken), ``answers`` (seen, declined, cancelled, minutes), ``steps`` (of events,
from a template), ``times`` (when it begins and ends, as typed), ``waiting`` (what waits for a person), ``desk`` (how
that stands on their desk), ``checks`` (what ``botui check`` asks).
"""

from botui.models.meetings.clashes import RoomNow, busy, is_in, now_on, rooms_now
from botui.models.meetings.shape import EventTemplate, Meeting, State
from botui.models.meetings.waiting import Notice, Why, waiting_for

__all__ = [
    "EventTemplate",
    "Meeting",
    "Notice",
    "RoomNow",
    "State",
    "Why",
    "busy",
    "is_in",
    "now_on",
    "rooms_now",
    "waiting_for",
]
