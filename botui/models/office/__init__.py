"""What all areas share: the directory of people, parties, places, departments, topics, replies, settings and hours.

Everything here is open to all who may use the desk; what is private about a person is in collections of HR's own.
"""

from botui.models.office.choices import DateOrder, PartyKind, Presence, Priority, Role
from botui.models.office.context import Context, Lookup
from botui.models.office.kinds import DEPARTMENTS, PARTIES, PEOPLE, PLACES, REMINDERS, REPLIES, SETTINGS, TOPICS
from botui.models.office.records import Codes, Department, Name, Party, Person, Place, Reminder, Reply, Span, Topic
from botui.models.office.rules import REMIND, InOut, RemindOn, make_initials
from botui.models.office.settings import DEFAULT_HOURS, Settings

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
    "TOPICS",
    "Codes",
    "Context",
    "DateOrder",
    "Department",
    "InOut",
    "Lookup",
    "Name",
    "Party",
    "PartyKind",
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
    "Topic",
    "make_initials",
]
