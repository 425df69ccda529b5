"""Who may do what: one table of roles, asked by the Desk before every read and change.

Screens ask it only what to grey out. Whoever can run programs as the store's account can read its files: the table
protects the office from its own haste, the account's password protects it from strangers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from botui.models.base import NotAllowed, Record

READ: Final = frozenset({"read"})
ASK: Final = READ | {"add", "own", "remind"}
"""What everybody on the staff may do: look, file, act on what is theirs."""
WORK: Final = ASK | {"edit", "work", "presence"}
"""What a back-office executive does all day."""

Table = Mapping[str, Mapping[str, frozenset[str]]]

ROLES: Final[Table] = {
    "guest": {"*": READ},
    "staff": {
        "*": READ | {"own", "remind"},
        "tickets": ASK,
        "calls": ASK,
        "reminders": ASK | {"edit"},
    },
    "clerk": {"*": WORK, "settings": READ},
    "manager": {"*": READ | {"own", "remind"}, "tickets": ASK},
    "hr": {"*": READ | {"own", "remind"}, "tickets": ASK, "people": WORK},
    "finance": {"*": READ | {"own", "remind"}, "tickets": ASK, "parties": WORK},
    "auditor": {"*": READ},
    "admin": {
        "*": READ | {"own", "remind"},
        "people": WORK | {"grant"},
        "parties": WORK,
        "places": WORK,
        "departments": WORK,
        "topics": WORK,
        "replies": WORK,
        "settings": WORK,
    },
    "system": {"*": WORK | {"clock", "grant"}},
}
"""Role -> collection (``*`` = every other) -> capabilities. admin does not imply clerk, nor HR."""

GUARDED: Final = {("people", "roles"): "grant", ("people", "os_user"): "grant"}
"""Fields that need a capability of their own: nobody gives himself a role."""

THEIRS: Final = ("requester", "on_behalf_of", "created_by", "owner", "for_person", "author", "person", "taken_by")
"""Fields that make a record somebody's own."""


def capabilities(roles: Iterable[str], collection: str) -> frozenset[str]:
    """Return all that these roles may do on a collection."""
    found: set[str] = set()
    for role in roles:
        row = ROLES.get(role, {})
        found |= row.get(collection, row.get("*", frozenset()))
    return frozenset(found)


def is_theirs(record: Record | None, person: int | None) -> bool:
    """Return whether a record is this person's own."""
    if record is None or person is None:
        return False
    if record.COLLECTION == "people":
        return record.id == person
    return any(getattr(record, name, None) == person for name in THEIRS)


def why_not(roles: Iterable[str], collection: str, what: str, record: Record | None, person: int | None) -> str | None:
    """Return why somebody may not do this, in words, or None if they may.

    ``own`` is met by whoever works on the collection, and by everybody on the staff for what is theirs.
    """
    may = capabilities(roles, collection)
    if what in may and what != "own":
        return None
    if what in ("own", "presence"):
        if "work" in may or ("own" in may and is_theirs(record, person)):
            return None
        return "Say who you are first." if person is None else "This is somebody else's."
    if what == "read":
        return f"You may not look at {collection}."
    if person is None:
        return "Say who you are first."
    if what == "clock":
        return "This happens by itself when it is time."
    if what == "grant":
        return "Only an administrator may change this."
    return "Your role does not allow this."


def require(roles: Iterable[str], collection: str, what: str, record: Record | None, person: int | None) -> None:
    """Do nothing if this is allowed.

    Raises:
        NotAllowed: it is not; the sentence says why.
    """
    if reason := why_not(roles, collection, what, record, person):
        raise NotAllowed(reason)


def require_fields(roles: Iterable[str], collection: str, values: Mapping[str, Any]) -> None:
    """Do nothing if all these fields may be set.

    Raises:
        NotAllowed: one of them needs more.
    """
    for name in values:
        needed = GUARDED.get((collection, name))
        if needed and needed not in capabilities(roles, collection):
            raise NotAllowed("Only an administrator may change this.")
