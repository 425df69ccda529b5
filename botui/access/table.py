"""Who may do what: one table of roles, asked by the Desk before every read and change.

Screens ask it only what to grey out. Whoever can run programs as the store's account can read its files: the table
protects the office from its own haste, the account's password protects it from strangers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from botui.access import hr_rows
from botui.access.capability import (
    ASK,
    AUDIT,
    BILL,
    COMES,
    FILES,
    NONE,
    ORDER,
    OWN,
    READ,
    SEE,
    TAKE,
    USE,
    WORK,
)
from botui.models.base import NotAllowed, Record

Row = Mapping[str, frozenset[str]]
Table = Mapping[str, Row]

_STAFF: Final[Row] = {
    "*": READ | OWN,
    "tickets": ASK,
    "comments": SEE,
    "calls": ASK,
    "recurring": SEE,
    "reminders": ASK | {"edit"},
    "meetings": ASK | {"edit"},
    "standins": READ | OWN | {"add", "edit"},
    "items": READ | OWN | TAKE,
    "requests": ASK | {"edit"},
    "orders": SEE | OWN,
    "lines": SEE,
    "shipments": SEE,
    "stocktakes": SEE | OWN,
    "counts": SEE,
    "assets": READ | OWN | USE,
    "faults": READ | OWN | {"add"},
    "bookings": READ | OWN | {"add"},
    "licences": SEE | OWN,
    "seats": SEE,
    "access": ASK,
    "documents": SEE | OWN,
    "filing": NONE,
    "custody": SEE | OWN,
    "disposals": SEE | OWN,
    "contracts": SEE | OWN,
    "letters": SEE | OWN,
    "parcels": SEE | OWN,
    "forms": NONE,
    "bills": SEE | OWN,
    "charges": SEE,
    "payments": SEE,
    "standing": NONE,
    "accounts": NONE,
    "statements": NONE,
    "bank": NONE,
    "matches": NONE,
    "bankrules": NONE,
    "expenses": ASK | {"edit"},
    "outlays": ASK | {"edit"},
    "boxes": NONE,
    "vouchers": SEE,
    "cheques": NONE,
    "entries": NONE,
    **hr_rows.STAFF,
}
"""What everybody on the staff may do, whatever else they are. A reminder is its owner's alone; meetings that are not
private are open to all of them, and only who called one may move it. What the office orders, and what it pays, is for
those who order, and what is paid for licences. What is broken, who has what and what is booked, all of them see.
Documents are seen one by one; bills and the bank are for those who pay."""
_CLERK: Final[Row] = {
    "*": WORK,
    "settings": READ,
    "reminders": ASK | {"edit"},
    "meetings": ASK | {"edit", "work"},
    "standins": READ | OWN | {"add", "edit"},
    "items": WORK | TAKE | ORDER,
    "movements": READ | {"work"},
    "orders": WORK | BILL,
    "counts": READ | {"add", "work"},
    "assets": WORK | USE,
    "loans": READ | OWN | {"work"},
    "worklog": READ,
    "seats": READ | {"work"},
    "findings": READ | {"work"},
    "documents": FILES,
    "letters": FILES,
    "custody": READ | OWN | {"work"},
    "payments": COMES,
    "statements": READ | {"work"},
    "bank": READ | {"work"},
    "matches": READ | {"work"},
    "vouchers": READ | {"work"},
    "entries": COMES,
    **hr_rows.STAFF,
}
_MONEY: Final = ("bills", "charges", "standing", "accounts", "bankrules", "expenses", "outlays", "boxes", "cheques")
_ORDERS: Final[Row] = {"items": READ | OWN | TAKE | ORDER, "orders": WORK, "lines": WORK, "shipments": READ}
_ADMIN: Final[Row] = {
    **_STAFF,
    "people": WORK | {"grant"},
    "parties": WORK,
    "places": WORK,
    "departments": WORK | {"grant"},
    "topics": WORK,
    "replies": WORK,
    "settings": WORK | AUDIT,
    "standins": WORK,
    "categories": WORK,
    "guides": WORK,
    "access": WORK,
    "retention": WORK,
    "filing": WORK,
    "forms": WORK,
    "chart": WORK,
}
_FINANCE: Final[Row] = {
    **_STAFF,
    **dict.fromkeys((*_MONEY, "chart", "contracts", "parties"), WORK),
    **{
        name: _CLERK[name]
        for name in ("documents", "custody", "payments", "statements", "bank", "matches", "vouchers", "entries")
    },
    "letters": SEE | OWN,
    "forms": READ,
    "orders": READ | OWN | BILL,
    "lines": READ,
    "shipments": READ,
    "licences": READ | OWN,
    "seats": READ,
}

ROLES: Final[Table] = {
    "guest": {
        "*": frozenset(),
        "places": READ,
        "topics": READ,
        "tickets": frozenset({"report", "look_up"}),
        "faults": frozenset({"report"}),
        "incidents": frozenset({"report"}),
        "people": frozenset({"board"}),
    },
    "staff": _STAFF,
    "clerk": _CLERK,
    "manager": {
        **_STAFF,
        **_ORDERS,
        "tickets": ASK | {"team"},
        "requests": ASK | {"edit", "team"},
        "standins": WORK,
        "stocktakes": READ | OWN,
        "counts": READ,
        "licences": READ | OWN,
        "seats": READ,
        "access": ASK | {"team"},
        "bills": READ | OWN,
        "charges": READ,
        "payments": READ,
        "contracts": READ | OWN,
        "disposals": READ | OWN,
        "expenses": ASK | {"edit", "team"},
        "outlays": ASK | {"edit", "team"},
        **hr_rows.MANAGER,
    },
    "hr": {
        **_STAFF,
        "people": WORK,
        "documents": FILES,
        "disposals": ASK | {"edit"},
        "letters": FILES,
        "forms": WORK,
        **hr_rows.HR,
    },
    "finance": _FINANCE,
    "auditor": {
        "*": READ,
        "meetings": SEE,
        "documents": SEE,
        "letters": SEE,
        "settings": READ | AUDIT,
        **hr_rows.AUDITOR,
    },
    "admin": _ADMIN,
    "system": {"*": WORK | TAKE | ORDER | BILL | USE | {"clock", "grant"}},
}
"""Role -> collection (``*`` = every other) -> capabilities. admin does not imply clerk, nor HR;
what is HR's is in ``hr_rows``.

``team`` widens ``see`` to what is that of the people one manages.
"""

GUARDED: Final = {
    ("people", "roles"): "grant",
    ("people", "os_user"): "grant",
    ("departments", "manager"): "grant",
}
"""Fields that need a capability of their own: nobody gives himself a role, nor people whose stand-in he may name."""

THEIRS: Final = (
    "requester",
    "on_behalf_of",
    "created_by",
    "owner",
    "for_person",
    "author",
    "person",
    "by",
    "taken_by",
    "approver",
    "organiser",
    "attendees",
    "helpers",
    "stand_in",
)
"""Fields that make a record somebody's own: each the number of a person, or several."""

ALONE: Final = frozenset({"documents", "letters", "reminders"}) | hr_rows.CLOSED
"""Collections in which what is somebody's is for nobody else, not even for their stand-in."""

ASKERS: Final = ("requester", "on_behalf_of", "person")
"""Fields that say whose request it is; where none of them does, it is ``created_by``'s."""

KEEPERS: Final[Mapping[str, str]] = {
    "*": "clerk",
    "settings": "admin",
    "people": "admin",
    **dict.fromkeys(hr_rows.HR, "hr"),
}
"""Whom to ask for what one may not see or do oneself: a role by collection (``*`` = every other)."""
_FOR: Final = {
    "bill": "This is for finance or a clerk to do.",
    "order": "This is for a clerk or a manager to do.",
}
"""Whom else to ask for what more than one role does."""
_WHO: Final = {"clerk": "a clerk", "admin": "an administrator", "hr": "HR"}


def capabilities(roles: Iterable[str], collection: str) -> frozenset[str]:
    """Return all that these roles may do on a collection."""
    found: set[str] = set()
    for role in roles:
        row = ROLES.get(role, {})
        found |= row.get(collection, row.get("*", frozenset()))
    return frozenset(found)


def is_theirs(record: Record | None, *persons: int | None) -> bool:
    """Return whether a record is the own one of one of these people."""
    if record is None:
        return False
    names = ("id",) if record.COLLECTION == "people" else THEIRS
    return belongs({name: getattr(record, name, None) for name in names}, persons, names)


def belongs(doc: Mapping[str, Any], persons: Collection[int | None], names: Iterable[str] = THEIRS) -> bool:
    """Return whether a stored document names one of these people as one whose it is."""
    for name in names:
        value = doc.get(name)
        if value is not None and any(
            one in persons for one in (value if isinstance(value, (list, tuple)) else (value,))
        ):
            return True
    return False


def why_not(
    roles: Iterable[str], collection: str, what: str, record: Record | None, *persons: int | None
) -> str | None:
    """Return why somebody may not do this, in words, or None if they may.

    ``own`` is met by whoever works on the collection, and by everybody on the staff for what is theirs. ``read`` of no
    particular record is met by whoever may see some. ``approve`` is met by the one who is asked, or by whoever stands
    in for them, where neither of the two asked for it.

    Args:
        roles: what they work as.
        collection: the collection.
        what: the capability.
        record: the record, if it is about one.
        persons: whose own records count: the person first, then those they stand in for; None or nobody = a guest.
    """
    may = capabilities(roles, collection)
    keeper = KEEPERS.get(collection, KEEPERS["*"])
    known = any(one is not None for one in persons)
    if what == "approve" and what in may and record is not None:
        return _why_not_approve(record, persons)
    if what in may and what != "own":
        return None
    if what in ("own", "presence"):
        if "work" in may or ("own" in may and is_theirs(record, *persons)):
            return None
        if not known:
            return "Say who you are first."
        may_too = "work" in capabilities((keeper,), collection)
        return f"This is somebody else's{f': ask them, or {_WHO[keeper]}' if may_too else ''}."
    if what == "read":
        if "see" in may and (record is None or is_theirs(record, *persons)):
            return None
        return f"You may not look at {'this' if 'see' in may else collection}." if known else "Say who you are first."
    if not known:
        return "Say who you are first."
    if what == "clock":
        return "This happens by itself when it is time."
    if what == "grant":
        return "Only an administrator may change this."
    if what in _FOR:
        return _FOR[what]
    if what not in capabilities((keeper,), collection):
        return "Nobody does this by hand: it comes of what is done."
    return f"This is for {_WHO[keeper]} to do."


def _why_not_approve(record: Record, persons: Collection[int | None]) -> str | None:
    approver, me = getattr(record, "approver", None), next(iter(persons), None)
    if approver is None:
        return "Nobody is asked to approve this."
    if approver not in persons:
        return "Somebody else is asked to approve this."
    asked = {getattr(record, name, None) for name in ASKERS} - {None} or {getattr(record, "created_by", None)}
    return "Nobody approves their own request." if asked & {me, approver} else None


def require(roles: Iterable[str], collection: str, what: str, record: Record | None, *persons: int | None) -> None:
    """Do nothing if this is allowed.

    Raises:
        NotAllowed: it is not; the sentence says why.
    """
    if reason := why_not(roles, collection, what, record, *persons):
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
