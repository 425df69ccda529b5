"""Who may do what, and who somebody is: the table of roles, PINs and badges, sign-in at one terminal."""

from botui.access.door import MISSED, Door, LockedOut
from botui.access.secrets import LENGTHS, Secrets, bad_pin
from botui.access.table import (
    ALONE,
    ASK,
    AUDIT,
    GUARDED,
    KEEPERS,
    OWN,
    READ,
    ROLES,
    SEE,
    THEIRS,
    WORK,
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
    "GUARDED",
    "KEEPERS",
    "LENGTHS",
    "MISSED",
    "OWN",
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
