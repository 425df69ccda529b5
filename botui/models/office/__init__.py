"""What all areas share: the directory of people, parties, places, departments, topics, replies, settings and hours.

Everything here is open to all who may use the desk; what is private about a person is in collections of HR's own.

* ``records`` has the shapes, ``choices`` their fixed words, ``settings`` the office itself, ``kinds`` binds them to
  lists and verbs. ``rules``: what may be done with them; ``standins``: who acts for somebody who is away;
  ``approving``: who is asked to say yes.
* What rules of all areas are given and share: ``context``, ``pending`` (records as a change leaves them), ``spoken``
  (words of sentences), ``reports`` (what a report is made of).
* For the desk: ``waiting``, ``checks`` (what ``botui check`` asks).
"""

from botui.models.office.choices import DateOrder, PartyKind, Presence, Priority, Role
from botui.models.office.context import Context, Lookup
from botui.models.office.kinds import (
    DEPARTMENTS,
    PARTIES,
    PEOPLE,
    PLACES,
    REMINDERS,
    REPLIES,
    SETTINGS,
    STANDINS,
    TOPICS,
)
from botui.models.office.pending import Pending
from botui.models.office.records import (
    Codes,
    Department,
    Money,
    Name,
    Numbers,
    Party,
    Person,
    Place,
    Reminder,
    Reply,
    Span,
    Topic,
)
from botui.models.office.rules import REMIND, InOut, RemindOn, make_initials
from botui.models.office.settings import DEFAULT_HOURS, Settings
from botui.models.office.standins import StandIn, manager_of, may_approve_for

__all__ = [
    "DEFAULT_HOURS",
    "DEPARTMENTS",
    "PARTIES",
    "PEOPLE",
    "PLACES",
    "REMIND",
    "REMINDERS",
    "REPLIES",
    "SETTINGS",
    "STANDINS",
    "TOPICS",
    "Codes",
    "Context",
    "DateOrder",
    "Department",
    "InOut",
    "Lookup",
    "Money",
    "Name",
    "Numbers",
    "Party",
    "PartyKind",
    "Pending",
    "Person",
    "Place",
    "Presence",
    "Priority",
    "RemindOn",
    "Reminder",
    "Reply",
    "Role",
    "Settings",
    "Span",
    "StandIn",
    "Topic",
    "make_initials",
    "manager_of",
    "may_approve_for",
]
