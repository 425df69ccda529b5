"""Small offices in a real store for tests of the desk: people of every role, and a clock that the test sets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from botui import areas
from botui.access import ROLES, capabilities
from botui.data import Desk
from botui.models.base import Change, Kind
from botui.models.office import Context, Department, Person, Place, Priority, Role, Settings, Topic
from botui.models.shape import FieldKind, fields_of
from botui.models.supplies.item import Why
from botui.models.supplies.ledger import Ledger, Posting
from botui.models.supplies.order import State

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A working day in winter: 10:00 in Berlin."""
ANN, BOB, CLEO, DAN, ADA, MAX, HANNA, FRED, OTTO = range(1, 10)
"""Two clerks, one of the staff, a clerk who left, administrator, manager, HR, finance, auditor."""


@dataclass
class Clock:
    """What time it is in a test."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


def _people() -> list[Person]:
    rows: list[tuple[str, str, tuple[Role, ...]]] = [
        ("Ann Archer", "AA", (Role.STAFF, Role.CLERK)),
        ("Bob Baker", "BB", (Role.STAFF, Role.CLERK)),
        ("Cleo Cole", "CC", (Role.STAFF,)),
        ("Dan Gone", "DG", (Role.CLERK,)),
        ("Ada Admin", "AD", (Role.STAFF, Role.ADMIN)),
        ("Max Manager", "MM", (Role.MANAGER,)),
        ("Hanna Human", "HH", (Role.HR,)),
        ("Fred Finance", "FF", (Role.FINANCE,)),
        ("Otto Auditor", "OA", (Role.AUDITOR,)),
    ]
    return [
        Person(id=number, name=name, initials=initials, roles=roles, active=number != DAN)
        for number, (name, initials, roles) in enumerate(rows, 1)
    ]


def _records(ctx: Context) -> Change:
    change = Change("office.begin")
    change.add(Settings(id=1, name="Test office", zone="Europe/Berlin"))
    for person in _people():
        change.add(person)
    change.add(Department(id=1, name="IT")).add(Department(id=2, name="Facilities"))
    change.add(Place(id=1, name="House")).add(Place(id=2, name="Room 1", within=1, codes=("ROOM1",)))
    change.add(Topic(id=1, name="Printer", department=1, priority=Priority.P2))
    return change.add(Topic(id=2, name="Heating", department=2))


def office(folder: Path, person: int | None = ANN, clock: Callable[[], datetime] | None = None) -> Desk:
    """Make an office in Berlin in a folder and return the desk of a person in it."""
    desk = Desk.open(folder, None, "front", clock or Clock())
    desk.as_system().apply(_records)
    return desk.for_person(person)


def beside(desk: Desk, person: int | None = BOB, terminal: str = "back") -> Desk:
    """Return the desk of another session on the same files, with its own view of them."""
    return Desk.open(desk.store.journal.path.parent, person, terminal, desk.clock)


def ticket(desk: Desk, subject: str = "Printer is out of ink", **values: Any) -> Any:
    """File a ticket and return it."""
    done = desk.add("tickets", {"subject": subject, **values})
    return desk.get("tickets", int(done.refs[0].partition("-")[2]))


def lines(desk: Desk) -> int:
    """Return how many commits touched a record, those of other sessions too."""
    desk.store.refresh()
    return sum(1 for entry in desk.store.journal.history() if entry.ops)


def is_added(collection: str) -> bool:
    """Return whether there is anybody who adds records of a collection; those of the others come of what is done."""
    return any("add" in capabilities((role,), collection) for role in ROLES if role != "system")


def one_of(desk: Desk, collection: str) -> int:
    """Return the number of the newest record of a collection, and make one, with all that it must name, if none is."""
    kind: Kind[Any] = areas.kind(collection)
    if not desk.as_system().numbers(collection):
        named(desk, kind)
        if is_added(collection):
            filer = desk.as_system() if desk.may(collection, "add") else desk  # HR's own is for HR to file
            filer.add(collection, needed(kind.model))
            if collection in TWO:
                filer.add(collection, {**needed(kind.model), **TWO[collection]})
        elif collection == "movements":
            came = Posting(item=1, place=1, quantity=7, why=Why.RECEIVE)
            desk.as_system().apply(lambda ctx: _posted(ctx, came))
        elif collection == "vouchers":
            desk.as_system().do("boxes", 1, "receive", {"amount": "12.50"})
        elif collection == "loans":
            desk.as_system().do("assets", 1, "hand_out", {"to": "P-2", "due": "today"})
        else:
            desk.as_system().apply(
                lambda ctx: Change(f"{collection}.begin").add(
                    kind.model(**needed(kind.model), id=ctx.data.new_id(kind.model))
                )
            )
    return max(desk.as_system().numbers(collection))


def named(desk: Desk, kind: Kind[Any]) -> None:
    """Make what a new record of a kind must name, or must find, where nothing is."""
    names = [spec.ui.ref for spec in fields_of(kind.model) if spec.ui.ref and spec.required]
    for name in (*names, *FOUND.get(kind.name, ())):
        if name != kind.name:
            one_of(desk, name)
    if kind.name == "person_files" and len(desk.as_system().numbers("people")) == 1:
        desk.as_system().add("people", {"name": "Bob Baker"})
    if kind.name == "interviews" and desk.as_system().get("candidates", 1).state == "applied":
        desk.as_system().do("candidates", 1, "shortlist")
    if kind.name == "shipments":
        order = desk.as_system().get("orders", 1)
        desk.as_system().apply(lambda ctx: Change("orders.order").set(order, state=State.ORDERED))


FOUND = {
    "bankrules": ("chart",),
    "bank": ("payments", "chart"),
    "items": ("places", "parties"),
    "stocktakes": ("movements",),
    "requests": ("items",),
    "assets": ("categories",),
    "audits": ("assets",),
    "faults": ("movements", "guides"),
    "cheques": ("parties", "accounts"),
    "payments": ("parties",),
    "candidates": ("forms",),
    "cases": ("forms",),
    "person_files": ("forms",),
    "pay": ("person_files",),
    "leave": ("documents",),
    "benefits": ("person_files",),
    "amendments": ("person_files",),
}
"""What must be there before there can be one, although it names none: nothing is counted in an empty store room."""
TWO: dict[str, dict[str, Any]] = {
    "faults": {"what": "Another"},
    "chart": {"name": "Another", "code": "2"},
}
"""Collections of which there are two, as something is done with both, and how the second differs."""


def _posted(ctx: Context, posting: Posting) -> Change:
    ledger = Ledger(ctx, Change("items.receive", "It came."))
    ledger.post(posting)
    return ledger.close()


def needed(model: type[BaseModel]) -> dict[str, Any]:
    """Return a value for each field that must have one, and where any will not do, those that will."""
    samples: dict[FieldKind, Any] = {
        FieldKind.LINE: "Something",
        FieldKind.PROSE: "Something\nmore",
        FieldKind.NUMBER: 1,
        FieldKind.MONEY: "12.50",
        FieldKind.REF: 1,
        FieldKind.REFS: (1,),
        FieldKind.DATE: "2026-12-01",
        FieldKind.WHEN: "2026-12-01T09:00:00Z",
    }
    found: dict[str, Any] = {}
    for spec in fields_of(model):
        if model.model_fields[spec.name].get_default(call_default_factory=True) is PydanticUndefined:
            found[spec.name] = spec.choices[0] if spec.choices else samples[spec.kind]
    meant = MEANT.get(model.__name__, {})
    return {**found, **{name: value for name, value in meant.items() if name in model.model_fields}}


MEANT: dict[str, dict[str, Any]] = {
    "Erasure": {"person": DAN, "approver": MAX, "why": "asked"},
    "BankRule": {"category": 1},
    "TypedLines": {"lines": "1.11. 12,50 Something", "closing": "12.50"},
    "Recurring": {"rule": "daily"},
    "Plan": {"rule": "daily"},
    "Standing": {"rule": "monthly on 1"},
    "Reminder": {"about": "T-1"},
    "Link": {"to": "P-1"},
    "Call": {"caller": "Eve", "becomes": "log"},
    "Merge": {"into": 2},
    "Answer": {"text": "Hello"},
    "Tick": {"add": "A step"},
    "InOut": {"presence": "out"},
    "StandIn": {"stand_in": 2},
    "PersonFile": {"person": 2},
    "Pay": {"person": 2, "amount": "2500"},
    "Benefit": {"person": 2},
    "Amendment": {"person": 2, "week_hours": "30", "on": "2026-12-01"},
    "Amend": {"week_hours": "30"},
    "Punch": {"person": 2, "at": "2026-11-23T08:00:00Z", "reason": "Something"},
    "LeaveType": {"below_zero": 99},
    "LeaveEntry": {"person": 2},
    "AskInstead": {"to": HANNA},
    "AssignCase": {"to": HANNA},
    "CorrectPunch": {"never": "yes", "reason": "Something"},
    "AskApproval": {"to": 2},
    "Count": {"place": 2},
    "Request": {"item": 1},
    "Item": {"place": 1},
    "CameIn": {"quantity": 3},
    "Transfer": {"to_place": 2},
    "Category": {"bookable": True},
    "Asset": {"category": 1},
    "HandOver": {"to": "P-2"},
    "OutOfService": {"note": "recalled"},
    "Book": {"start": MONDAY + timedelta(days=8), "end": MONDAY + timedelta(days=8, hours=2)},
    "Booking": {"end": "2026-12-01T11:00:00Z"},
    "OrderOne": {"quantity": 3, "supplier": 1},
    "GiveSeat": {"person": 2},
    "Join": {"into": 2},
    "Cost": {"amount": "12.50"},
    "Parcel": {"person": 2},
    "Write": {"to": "Somebody"},
    "Cheque": {"amount": "12.50", "party": 1},
    "TopUp": {"amount": "12.50"},
    "Entry": {"against": 2},
    "Bill": {"amount": "12.50"},
    "FilingRule": {"title": "Rent"},
    "Payment": {"party": 1},
    "Rate": {"scores": "4"},
    "Policy": {"text": "Something"},
    "Close": {"measures": "Something"},
    "Interview": {"start": MONDAY + timedelta(days=1), "attendees": (1,)},
    "BookInterview": {"start": MONDAY + timedelta(days=1), "attendees": (2,)},
    "Warn": {"what": "warning", "person": 2},
    "WriteLetter": {"form": 1},
    "WriteToPerson": {"form": 1},
}
"""Values of models in which any text will not do, or nothing would come of it."""
