"""Who may do what with HR's collections: closed to all but HR, except for what is somebody's own.

Nobody else reads them by their role: neither clerks nor auditors, and being an administrator does not imply HR
(DESIGN section 4).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from botui.access.capability import ASK, COMES, NONE, OWN, READ, SEE, WORK

PUNCH: Final = frozenset({"punch"})
"""Say by one's badge that one comes in or goes out."""
_PART: Final = SEE | OWN | {"work"}
"""Do what is one's own part of it."""

STAFF: Final[Mapping[str, frozenset[str]]] = {
    "person_files": SEE,
    "pay": SEE,
    "benefits": SEE,
    "amendments": ASK,
    "positions": READ,
    "tasks": SEE | OWN,
    "steps": _PART,
    "checklists": NONE,
    "leavetypes": READ,
    "leave": ASK | {"edit"},
    "leavebook": SEE,
    "absences": READ,
    "punches": SEE | OWN | PUNCH,
    "openings": NONE,
    "candidates": NONE,
    "interviews": SEE | OWN,
    "scores": SEE,
    "cases": ASK,
    "proceedings": SEE,
    "courses": READ,
    "trainings": READ | OWN,
    "certificates": SEE,
    "cycles": READ,
    "reviews": _PART,
    "policies": READ | OWN,
    "acknowledgements": SEE,
    "incidents": ASK | {"report"},
    "drills": READ,
    "erasures": SEE | OWN,
}
"""What everybody on the staff may do: what is about themselves, what they are asked for, what is for all."""

MANAGER: Final[Mapping[str, frozenset[str]]] = {
    **STAFF,
    "leave": ASK | {"edit", "team"},
    "leavebook": SEE | OWN | {"add", "team"},
    "punches": SEE | OWN | PUNCH | {"team", "add", "work"},
    "openings": SEE | OWN,
    "reviews": _PART | {"team"},
    "certificates": SEE | {"team"},
}
"""The same of managers, who also see when their people are away, what they learned and how they were reviewed."""

HR: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(STAFF, WORK),
    "leavebook": COMES,
    "absences": READ,
    "punches": COMES | PUNCH,
    "scores": READ,
    "proceedings": READ | OWN,
    "acknowledgements": READ,
    "erasures": COMES | {"edit"},
}
"""What HR does all day."""

AUDITOR: Final[Mapping[str, frozenset[str]]] = {name: what & (READ | SEE) for name, what in STAFF.items()}
"""What auditors read: what everybody does, and what is about themselves."""

CLOSED: Final = frozenset(STAFF) - {name for name, what in STAFF.items() if "read" in what}
"""Collections that are for HR alone, and record by record for whose it is: never for a stand-in, but to approve."""

QUIET: Final = frozenset({"absences", "standins"})
"""Open collections in which something follows from leave. What was done there is told to those alone who see the leave
itself: who entered or approved it, and when, would tell others which sort of leave it is."""
