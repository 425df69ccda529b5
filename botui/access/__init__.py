"""Who may do what, and who somebody is: the table of roles, PINs and badges, sign-in at one terminal."""

from botui.access.capability import ASK, AUDIT, OWN, READ, SEE, WORK
from botui.access.door import MISSED, Door, LockedOut
from botui.access.hr_rows import CLOSED, QUIET
from botui.access.secrets import LENGTHS, Secrets, bad_pin
from botui.access.table import (
    ALONE,
    GUARDED,
    KEEPERS,
    ROLES,
    THEIRS,
    belongs,
    capabilities,
    is_theirs,
    require,
    require_fields,
    why_not,
)

__all__ = [
    "ALONE",
    "ASK",
    "AUDIT",
    "CLOSED",
    "GUARDED",
    "KEEPERS",
    "LENGTHS",
    "MISSED",
    "OWN",
    "QUIET",
    "READ",
    "ROLES",
    "SEE",
    "THEIRS",
    "WORK",
    "Door",
    "LockedOut",
    "Secrets",
    "bad_pin",
    "belongs",
    "capabilities",
    "is_theirs",
    "require",
    "require_fields",
    "why_not",
]
