"""What happens to assets besides being handed out: moved, seen, lost, out of service, retired, paid for, broken."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from botui.models.base import Refused
from botui.models.equipment import keeping
from botui.models.equipment.asset import Asset, Category, Fate, Status
from botui.models.equipment.fault import Fault, Work, WorkKind
from botui.models.equipment.licence import Licence, Seat
from botui.models.equipment.loan import Booking, BookingState
from botui.models.equipment.plan import Plan
from botui.models.office import Place
from botui.models.shape import Typing, coerce
from tests.rules import Office, at


@pytest.fixture
def office() -> Office:
    """An office with a store room, a cellar, an attic out of use, and a category that sets all there is to set."""
    made = Office()
    made.put(Place(id=1, name="Store room", codes=("STORE",)))
    made.put(Place(id=2, name="Cellar"))
    made.put(Place(id=3, name="Attic", active=False))
    made.put(Category(id=1, name="Projector", bookable=True, loan_days=7, audit_months=12, life_months=60))
    return made


def laptop(office: Office, **values: Any) -> Asset:
    return office.add(Asset, **{"name": "Laptop", **values})


# --- where it is ------------------------------------------------------------------------------------------------------


def test_it_moves_and_may_belong_there_from_then_on(office: Office) -> None:
    found = laptop(office, home=1)
    moved = office.do(found, "transfer", to_place=2)
    assert (moved.place, moved.home) == (2, 1)
    assert office.do(found, "transfer", to_place=2, home=True).home == 2
    with pytest.raises(Refused, match="there already"):
        office.do(found, "transfer", to_place=2)
    with pytest.raises(Refused, match="not in use any more"):
        office.do(found, "transfer", to_place=3)
    office.do(found, "hand_out", to="BB")
    with pytest.raises(Refused, match="Bob Baker has it: take it back first"):
        office.do(found, "transfer", to_place=1)


def test_what_is_used_in_a_place_is_used_in_the_other_when_it_moves(office: Office) -> None:
    found = laptop(office, home=1)
    office.do(found, "hand_out", to="STORE", due=date(2026, 12, 1))
    moved = office.do(found, "transfer", to_place=2)
    assert (moved.at_place, moved.due, moved.loan, moved.status) == (2, date(2026, 12, 1), 2, Status.ON_LOAN)
    with pytest.raises(Refused, match="there already"):
        office.do(found, "transfer", to_place=2)
    assert office.do(found, "transfer", to_place=2, home=True).home == 2
    assert office.problems() == []


def test_what_is_seen_is_to_be_seen_again_when_its_category_says(office: Office) -> None:
    found = office.do(laptop(office, category=1, home=1), "review", place=2)
    assert (found.place, found.audited_at, found.next_audit) == (2, office.now, date(2027, 11, 23))
    office.do(found, "hand_out", to="BB")
    assert "Bob Baker has it" in office.said(found, "review", place=1)
    assert office.get(Asset, found.id).place == 2, "while somebody has it, it is with them"


def test_what_was_lost_is_found_by_being_seen_or_by_saying_so(office: Office) -> None:
    found = laptop(office, home=1)
    assert office.do(found, "lose", note="not in its box").status is Status.LOST
    assert office.do(found, "find", place=2).place == 2
    with pytest.raises(Refused, match="not lost"):
        office.do(found, "find")
    office.do(found, "lose")
    assert office.do(found, "review").status is Status.READY


def test_what_somebody_lost_is_theirs_again_when_it_is_found(office: Office) -> None:
    found = laptop(office)
    office.do(found, "hand_out", to="BB", due=date(2026, 12, 1))
    assert office.said(found, "lose").endswith("Bob Baker had it.")
    assert office.do(found, "find").status is Status.ON_LOAN
    disk = laptop(office, name="Disk")
    office.do(disk, "hand_out", to=found.tag)
    assert office.said(disk, "lose").endswith("It is part of Laptop (A-1), as far as is known.")
    assert office.problems() == []


# --- whether it is used -----------------------------------------------------------------------------------------------


def test_out_of_service_says_why_and_in_service_again_needs_nothing(office: Office) -> None:
    found = laptop(office)
    with pytest.raises(Refused, match="why is it out of service"):
        office.do(found, "pause")
    out = office.do(found, "pause", note="recalled by its maker")
    assert (out.status, out.fate_note, out.fate_at) == (Status.OUT, "recalled by its maker", office.now)
    with pytest.raises(Refused, match=r"out of service: recalled by its maker\. i puts"):
        office.do(found, "hand_out", to="BB")
    back = office.do(found, "pause")
    assert (back.status, back.fate_note, back.fate_at) == (Status.READY, "", None)


def test_nothing_is_retired_while_somebody_has_it_or_a_fault_of_it_is_open(office: Office) -> None:
    found = laptop(office)
    office.do(found, "hand_out", to="BB")
    with pytest.raises(Refused, match="Bob Baker has it: take it back first"):
        office.do(found, "retire", note="sold")
    office.do(found, "give_back")
    office.do(found, "report", what="Does not start")
    with pytest.raises(Refused, match="1 fault of it is open"):
        office.do(found, "retire", note="sold")
    with pytest.raises(Refused, match="Why"):
        office.do(laptop(office), "retire")


def test_nothing_is_retired_with_other_things_in_it(office: Office) -> None:
    rack, disk = laptop(office, name="Rack"), laptop(office, name="Disk")
    office.do(disk, "hand_out", to=rack.tag)
    with pytest.raises(Refused, match=r"Disk \(A-2\) is part of Rack"):
        office.do(rack, "retire", note="scrap")


def test_who_retires_is_told_what_reckons_with_it_and_may_still_do_so(office: Office) -> None:
    found = laptop(office, category=1)
    office.put(Plan(id=1, name="Filter", rule="daily", asset=found.id))
    office.put(Licence(id=1, name="Drawing", used=1))
    office.put(Seat(id=1, licence=1, what="Drawing", asset=found.id))
    office.do(found, "book", start=at("2026-11-24 09:00"), end=at("2026-11-24 10:00"))
    with pytest.raises(Refused, match=r"PM-1 Filter goes on; it has seat SE-1 .*; Ann Archer has booked it") as refused:
        office.do(found, "retire", note="sold")
    assert set(refused.value.fields) == {"even_so"}
    assert "See to: maintenance PM-1" in office.said(found, "retire", note="sold", even_so=True)
    assert office.get(Booking, 1).state is BookingState.CANCELLED
    assert office.problems() == []


def test_what_is_lost_for_good_is_retired_although_somebody_had_it(office: Office) -> None:
    found = laptop(office)
    office.do(found, "hand_out", to="BB")
    office.do(found, "lose")
    retired = office.do(found, "retire", note="never came back")
    assert (retired.fate, retired.holder, retired.loan) == (Fate.RETIRED, None, None)
    for verb, args in (("lose", {}), ("review", {}), ("transfer", {"to_place": 1}), ("retire", {"note": "x"})):
        with pytest.raises(Refused, match="retired"):
            office.do(found, verb, **args)
    assert office.problems() == []


# --- cost and faults --------------------------------------------------------------------------------------------------


def test_a_cost_that_no_fault_made_stands_in_its_log(office: Office) -> None:
    found = laptop(office)
    office.do(found, "cost", amount="12.50", text="More memory", minutes=20)
    assert "112.50 EUR so far" not in office.said(found, "cost", amount="100", text="Case")
    now = office.get(Asset, found.id)
    assert (now.cost, now.minutes) == (Decimal("112.50"), 20)
    assert [one.kind for one in office.data.find(Work)] == [WorkKind.COST] * 2
    assert office.problems() == []


@pytest.mark.parametrize("amount", ["0", "-1", "1.234", "99999999", "Infinity", "NaN", "1,5", "abc"])
def test_a_cost_is_an_amount_of_money_above_nothing(office: Office, amount: str) -> None:
    found = laptop(office)
    with pytest.raises(Refused):
        office.do(found, "cost", amount=amount, text="Case")
    assert office.get(Asset, found.id).cost == 0


@pytest.mark.parametrize("text", ["1,234", "1.234", "12,50.00,1", "1e3", "12.50 EUR"])
def test_a_cost_is_never_misread_but_refused_with_how_it_is_written(text: str) -> None:
    typing = Typing(at("2026-11-23 09:00"), "dmy", lambda *_: 0)
    with pytest.raises(Refused, match=r"write it like 1234\.50") as refused:
        coerce(keeping.Cost, {"amount": text}, typing)
    assert set(refused.value.fields) == {"amount"}


def test_a_fault_is_reported_at_the_asset_and_its_status_follows(office: Office) -> None:
    found = office.do(laptop(office), "report", 3, what="Does not start")
    assert (found.status, found.open_faults, office.get(Fault, 1).asset) == (Status.IN_REPAIR, 1, found.id)
    with pytest.raises(Refused, match="It is in repair: F-1 Does not start"):
        office.do(found, "hand_out", to="BB")
    office.do(found, "lose")
    with pytest.raises(Refused, match="lost"):
        office.do(found, "report", what="Does not start")
