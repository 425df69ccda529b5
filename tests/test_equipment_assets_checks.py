"""What ``botui check`` says of assets, hand-outs, bookings, seats and plans that another program wrote wrongly."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from botui.models.base import Record
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
    made.put(Seat(id=1, licence=1, person=2, at=made.now))
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
