"""What tests of imports share: the look-alike of an export, and how it is imported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.command_line import Office

HEADER = (
    "ticket_id,opened_at,resolved_at,requester_id,assigned_group,category,subcategory,priority,channel,"
    "resolution_hours,sla_target_hours,sla_met,reopened,csat_score,fcr"
)
ROWS = [
    "INC-1,2026-02-01T12:00,2026-02-02T16:16,U0033,Security,Server,Service Down,P4,Phone,28.28,72,Yes,No,5,No",
    "INC-2,2026-05-31T01:00,2026-05-31T05:36,U0065,Service Desk,Network,DHCP,P2,Monitoring,4.62,8,Yes,No,5,Yes",
    "INC-3,2026-03-07T02:00,2026-03-08T07:19,U0033,Service Desk,Network,DHCP,P3,Email,29.32,24,No,Yes,4,Yes",
    "INC-4,2026-05-22T20:00,2026-05-23T00:00,U0033,Security,Identity,Lockout,P1,Portal,4.0,4,No,No,3,No",
]


def write(office: Office, text: str, name: str = "file.csv") -> str:
    path = office.folder.parent / name
    path.write_text(text, "utf-8")
    return str(path)


def table(rows: Sequence[str] = ROWS, header: str = HEADER) -> str:
    return "\n".join([header, *rows, ""])


def one(office: Office, header: str, row: str, *words: str) -> dict[str, Any]:
    """Import a ticket from one row and return it."""
    office.ok("import", "tickets", write(office, f"id,created,{header}\nX-1,2026-11-20 09:00,{row}\n"), *words)
    return office.ticket("X-1")
