"""What ``botui check`` says of equipment that another program wrote wrongly."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from botui.models.base import Record
from botui.models.equipment.access import Access, State
from botui.models.equipment.asset import Asset, Category
from botui.models.equipment.fault import Fault
from botui.models.equipment.licence import Licence, Seat
from botui.models.equipment.loan import Booking, Loan
from botui.models.equipment.plan import Plan
from botui.models.office import Place
from tests.rules import Office, at

WRONG: list[tuple[type[Record], int, dict[str, Any], str]] = [
    (Asset, 1, {"status": "lost"}, "A-1: Status: lost, and it follows that it is on loan."),
    (Asset, 1, {"holder": 3}, "A-1: Who has it: it is not what LO-1 says."),
    (Asset, 1, {"due": None, "status": "in_use"}, "A-1: Who has it: it is not what LO-1 says."),
    (Asset, 1, {"fate": "retired", "status": "retired"}, "A-1: it is retired, and handed out by LO-1."),
    (Asset, 1, {"cost": "3.00"}, "A-1: Cost: 3.00, and its log comes to 12.50."),
    (Asset, 1, {"minutes": 9}, "A-1: Minutes: 9, and its log comes to 20."),
    (Asset, 2, {"open_faults": 2}, "A-2: Open faults: 2, and there are 1."),
    (Asset, 2, {"stopped": 0, "status": "ready"}, "A-2: Faults that stop it: 0, and there are 1."),
    (Asset, 2, {"faults": 0}, "A-2: Faults so far: 0, and there are 1."),
    (Asset, 2, {"serial": "a-3"}, "A-3: A-2 has A-3, too."),
    (Asset, 4, {"inside": 3}, "A-3: Part of: A-3, A-4 go round in a circle."),
    (Fault, 1, {"cost": "1.00"}, "F-1: Cost: 1.00, and its log comes to 0.00."),
    (Loan, 1, {"back_at": at("2026-11-20 09:00")}, "LO-1: Came back: this is before it was handed out."),
    (Loan, 1, {"to_place": 1}, "LO-1: it is to a person, a place or an asset: one of them."),
    (Loan, 2, {"asset": 1}, "A-1: it is handed out twice: LO-1, LO-2."),
    (Booking, 1, {"end": at("2026-12-01 08:00")}, "BO-1: Until: this is not after it begins."),
    (Booking, 1, {"state": "out"}, "BO-1: State: it is not handed out."),
    (Booking, 2, {"start": at("2026-12-01 10:59")}, "BO-2: From: BO-1 is for the same time."),
    (Licence, 1, {"used": 3}, "LI-1: Seats taken: 3, and there are 1."),
    (Seat, 1, {"asset": 1}, "SE-1: it is somebody's or a machine's: one of them."),
    (Fault, 1, {"waiting_for": "part"}, "F-1: Waiting for: it is reported."),
    (Fault, 1, {"closed_at": at("2026-11-23 09:00")}, "F-1: Done: it is reported."),
    (Fault, 1, {"state": "joined"}, "F-1: Joined with: it is joined."),
    (Loan, 1, {"condition": "good"}, "LO-1: Came back: it says how, and not when."),
    (Licence, 1, {"seats": 1, "used": 2}, "LI-1: Seats: 1, and 2 are given."),
    (Licence, 1, {"state": "cancelled"}, "LI-1: Cancelled: it is cancelled."),
    (Licence, 1, {"name": "Writing"}, "LI-1: its seats are of Drawing."),
    (Access, 1, {"given_at": None}, "AC-1: Given: it is given, and nobody says when."),
    (Access, 1, {"removed_at": at("2026-11-23 09:00")}, "AC-1: Taken away: it is given."),
    (Access, 1, {"state": "asked"}, "AC-1: Decided by: it is to approve."),
    (Access, 1, {"approved_by": None}, "AC-1: it is given, and nobody approved it."),
    (Access, 1, {"approved_by": 3}, "AC-1: Decided by: nobody approves their own request."),
    (Access, 1, {"person": 2}, "AC-1: Decided by: nobody approves their own request."),
    (Plan, 1, {"place": 1}, "PM-1: it is for an asset, a model or a place: one of them."),
]


@pytest.fixture
def office() -> Office:
    """An office with some of everything, all of it right."""
    made = Office()
    made.put(Place(id=1, name="Store room"))
    made.put(Category(id=1, name="Projector", bookable=True))
    for name in ("Beamer", "Printer", "Disk", "Rack"):
        made.add(Asset, name=name, category=1)
    made.do(made.get(Asset, 1), "hand_out", to="BB", due=date(2026, 11, 25))
    made.do(made.get(Asset, 1), "cost", amount="12.50", text="Lamp", minutes=20)
    made.do(made.get(Asset, 2), "report", what="It smells")
    made.do(made.get(Asset, 3), "hand_out", to="A-4", due=date(2026, 11, 25))
    made.do(made.get(Asset, 4), "hand_out", to="CC", due=date(2026, 11, 25))
    for start, end in (("2026-12-01 09:00", "2026-12-01 11:00"), ("2026-12-01 11:00", "2026-12-01 12:00")):
        made.add(Booking, 2, asset=1, start=at(start), end=at(end))
    made.put(Licence(id=1, name="Drawing", used=1, seats=5))
    made.put(Seat(id=1, licence=1, what="Drawing", person=2, at=made.now))
    yes = {"approved_by": 2, "approved_at": made.now, "given_at": made.now}
    made.put(Access(id=1, system="Mail", person=3, created_by=3, state=State.GIVEN, **yes))
    made.put(Plan(id=1, name="Filter", rule="daily", asset=1))
    assert made.problems() == []
    return made


@pytest.mark.parametrize(("kind", "number", "values", "said"), WRONG)
def test_check_says_what_does_not_hold(
    office: Office, kind: type[Record], number: int, values: dict[str, Any], said: str
) -> None:
    doc = office.get(kind, number).doc()
    written = kind.load(number, {**doc, **values}).doc()
    office.data.docs[kind.COLLECTION][number] = written
    assert said in "\n".join(office.problems())
