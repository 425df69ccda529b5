"""Who may do what, and who somebody is: the table of roles, PINs and badges, sign-in at one terminal."""

from botui.access.door import MISSED, Door, LockedOut
from botui.access.secrets import LENGTHS, Secrets, bad_pin
from botui.access.table import (
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
    "GUARDED",
    "KEEPERS",
    "MISSED",
    "ROLES",
    "THEIRS",
    "Door",
    "LockedOut",
    "Secrets",
    "bad_pin",
    "belongs",
    "LENGTHS",
    "capabilities",
    "is_theirs",
    "require",
    "require_fields",
    "why_not",
]
