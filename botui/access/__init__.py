"""Who may do what, and who somebody is: the table of roles, PINs and badges, sign-in at one terminal."""

from botui.access.table import (
    GUARDED,
    ROLES,
    THEIRS,
    capabilities,
    is_theirs,
    require,
    require_fields,
    why_not,
)

__all__ = [
    "GUARDED",
    "ROLES",
    "THEIRS",
    "capabilities",
    "is_theirs",
    "require",
    "require_fields",
    "why_not",
]
