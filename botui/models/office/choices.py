"""The fixed words of the office lists."""

from __future__ import annotations

from botui.models.base import Choice


class Priority(Choice):
    """How soon: sets the deadlines. Stored as P1..P4, said in words."""

    P1 = "P1", "urgent"
    P2 = "P2", "soon"
    P3 = "P3", "normal"
    P4 = "P4", "whenever"


class Role(Choice):
    """What a person may do at the desk; ``botui.access`` has the table."""

    STAFF = "staff", "staff"
    CLERK = "clerk", "clerk"
    MANAGER = "manager", "manager"
    HR = "hr", "HR"
    FINANCE = "finance", "finance"
    AUDITOR = "auditor", "auditor"
    ADMIN = "admin", "administrator"


class Approvals(Choice):
    """Areas in which something is approved, by their words in ``botui.areas``."""

    TICKETS = "tickets", "tickets"
    SUPPLIES = "supplies", "supplies"
    EQUIPMENT = "equipment", "equipment"
    RECORDS = "records", "records"
    HR = "hr", "HR tasks"


class Presence(Choice):
    """Whether somebody can be found."""

    IN = "in", "in"
    OUT = "out", "out"
    AWAY = "away", "away"


class PartyKind(Choice):
    """What a party is to the office."""

    CUSTOMER = "customer", "customer"
    SUPPLIER = "supplier", "supplier"
    BOTH = "both", "customer and supplier"
    OTHER = "other", "other"


class DateOrder(Choice):
    """How short dates are read."""

    DMY = "dmy", "day month year"
    MDY = "mdy", "month day year"
