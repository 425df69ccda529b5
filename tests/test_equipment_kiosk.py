"""What somebody who has not said who they are may say of a thing and learns of it; repair or replace; spending."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from botui.access import table
from botui.actions import guests as doors
from botui.data import Desk
from botui.models.base import NotAllowed, Refused
from botui.models.equipment.asset import Asset, Fate, Status
from botui.models.equipment.fault import Fault
from botui.models.equipment.guests import UNKNOWN, Report, report, thing_of, told
from botui.models.equipment.licence import Licence, Period, State
from botui.models.equipment.replacing import advice
from botui.models.equipment.spending import per_month, per_year
from botui.models.tickets import Ticket
from botui.models.tickets.guests import TOO_MANY, UNSEEN_MAX
from tests.offices import ANN, Clock
from tests.offices import office as usual_office
from tests.repairs import CELLAR, FLOOR, PRINTER, SPARE, workshop
from tests.rules import Office


@pytest.fixture
def office() -> Office:
    return workshop()


def said(office: Office, what: str = "paper jam", **more: object) -> str:
    """Report as a guest; return what they are told."""
    return office.apply(report(office.ctx(None), Report(**{"what": what, "who": "Eve", **more}))).said


# --- which thing, and what is told ------------------------------------------------------------------------------------


def test_a_thing_becomes_a_fault_with_a_ticket_in_nobodys_name(office: Office) -> None:
    assert said(office, thing="p-77") == (
        "Thank you: Big printer (P-77) is reported, T-1. Use Old printer (P-78) in Cellar instead."
    )
    fault, ticket = office.get(Fault, 1), office.get(Ticket, 1)
    assert (fault.asset, fault.requester, fault.created_by) == (PRINTER, None, None)
    assert (ticket.fault, ticket.caller, ticket.requester, ticket.created_by) == (1, "Eve", None, None)
    assert office.get(Asset, PRINTER).status is Status.IN_REPAIR


def test_what_is_known_is_joined_each_with_a_number_of_their_own_and_nobody_named(office: Office) -> None:
    said(office, thing="P-77")
    office.do(office.get(Fault, 1), "take", office.ANN)
    assert said(office, thing="P-77") == (
        "Already reported, being looked at: you are added with T-2. Use Old printer (P-78) in Cellar instead."
    )
    assert [one.id for one in office.data.find(Fault)] == [1]
    assert office.get(Fault, 1).reports == 2
    lines = " ".join(told(office.ctx(None), office.get(Asset, PRINTER)))
    assert lines.startswith("Big printer (P-77) It is reported already: being looked at.")
    assert "Ann" not in lines


@pytest.mark.parametrize(("what", "place", "asset"), [
    ("printer 2nd floor jam", None, PRINTER),
    ("P-77 smells", None, PRINTER),
    ("the printer jams", FLOOR, PRINTER),
    ("the printer jams", None, None),
    ("the tap drips", FLOOR, None),
    ("beamer flickers", CELLAR, None),
])  # fmt: skip
def test_words_that_name_one_thing_for_sure_are_a_fault_of_it_and_all_else_a_ticket(
    office: Office, what: str, place: int | None, asset: int | None
) -> None:
    said(office, what, place=place)
    assert [one.asset for one in office.data.find(Fault)] == ([asset] if asset else [])
    ticket = office.get(Ticket, 1)
    assert (ticket.fault, ticket.caller) == (1 if asset else None, "Eve")


def test_of_two_of_a_sort_in_a_place_the_one_is_meant_whose_whole_name_is_said(office: Office) -> None:
    for number, name in ((11, "Printer 2nd floor"), (12, "Printer of the 2nd floor's kitchen")):
        office.put(Asset(id=number, name=name, category=1, place=FLOOR))
    said(office, "printer 2nd floor jam")
    assert [(one.asset, one.what) for one in office.data.find(Fault)] == [(11, "printer 2nd floor jam")]


@pytest.mark.parametrize("code", ["X-99", "A-99", "P-1", "T-1", "[b]", "9" * 60])
def test_an_unknown_number_says_nothing_more_than_that(office: Office, code: str) -> None:
    with pytest.raises(Refused, match=f"^{UNKNOWN}$") as refused:
        said(office, thing=code)
    assert set(refused.value.fields) == {"thing"}
    assert thing_of(office.ctx(None), code) is None


def test_what_is_lost_or_retired_is_a_ticket_for_the_desk(office: Office) -> None:
    asset = office.get(Asset, SPARE)
    office.put(asset.model_copy(update={"fate": Fate.LOST, "status": Status.LOST}))
    assert "leave it at the desk" in told(office.ctx(None), office.get(Asset, SPARE))[1]
    said(office, "found it", thing="P-78")
    assert not office.data.find(Fault)
    assert office.get(Ticket, 1).subject == "found it (Old printer (P-78))"


def test_a_label_that_is_used_again_is_of_the_thing_that_is_there(office: Office) -> None:
    office.put(office.get(Asset, SPARE).model_copy(update={"fate": Fate.RETIRED, "tag": "P-77"}))
    found = thing_of(office.ctx(None), "P-77")
    assert found is not None
    assert found.id == PRINTER


# --- the door ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def guest(folder: Path, clock: Clock) -> Desk:
    desk = usual_office(folder, None, clock)
    ann = desk.for_person(ANN)
    ann.add("assets", {"name": "Printer", "tag": "PR-1", "serial": "S-1"})
    return desk


def test_a_guest_is_told_the_name_of_what_they_hold_and_sees_no_asset(guest: Desk) -> None:
    thing = doors.thing(guest, "s-1")
    assert thing == doors.Thing("PR-1", ("Printer (PR-1)",))
    assert doors.thing(guest, "S-2") is None
    for collection in ("assets", "faults", "loans", "worklog"):
        with pytest.raises(NotAllowed):
            guest.numbers(collection)


def test_whoever_tries_one_number_after_the_other_is_soon_told_no_more_names(guest: Desk, clock: Clock) -> None:
    ann = guest.for_person(ANN)
    for number in range(doors.TOLD_MAX):
        ann.add("assets", {"name": f"Laptop of person {number}"})
    for _ in range(3):
        assert doors.thing(guest, "PR-1") == doors.Thing("PR-1", ("Printer (PR-1)",)), "each thing counts once"
    said = [doors.thing(guest, f"A-{number + 2}") for number in range(doors.TOLD_MAX)]
    assert [one.lines == (doors.NOT_TOLD,) for one in said if one] == [False] * (doors.TOLD_MAX - 1) + [True]
    assert doors.thing(guest, "PR-1") == doors.Thing("PR-1", ("Printer (PR-1)",))
    assert doors.thing(Desk(guest.store, None, "hall", clock), "A-13") is not None
    doors.report(guest, {"what": "jam", "thing": "A-13", "who": "Eve"})
    clock.forward(minutes=11)
    assert doors.thing(guest, "A-13") != said[-1]


def test_reports_that_join_count_as_unseen_although_the_fault_is_looked_at(guest: Desk, clock: Clock) -> None:
    broken = {"what": "jam", "thing": "PR-1", "who": "Eve"}
    doors.report(guest, broken)
    guest.for_person(ANN).do("faults", 1, "take")
    clock.forward(seconds=1)
    for _ in range(UNSEEN_MAX):
        doors.report(guest, broken)
    with pytest.raises(Refused, match=TOO_MANY[:20]):
        doors.report(guest, broken)
    clock.forward(minutes=11)
    doors.report(guest, broken)


def test_where_guests_may_report_no_fault_they_learn_of_none(guest: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "ROLES", {**table.ROLES, "guest": {**table.ROLES["guest"], "faults": frozenset()}})
    for does in (lambda: doors.thing(guest, "PR-1"), lambda: doors.report(guest, {"what": "x", "who": "Eve"})):
        with pytest.raises(NotAllowed, match="Say who you are first"):
            does()


# --- repair or replace, spending --------------------------------------------------------------------------------------

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(("values", "lately", "words"), [
    ({}, 0, "Repair it: it was never broken so far."),
    ({"faults": 1}, 1, "Repair it: repairs cost nothing so far; 1 fault within a year."),
    ({"faults": 1, "cost": "50"}, 1, "Repair it: nobody said what it cost to buy; 1 fault within a year."),
    ({"faults": 1, "cost": "5", "price": "10"}, 0, "Repair it: repairs cost 50% of its price; 0 faults within a year."),
    ({"faults": 2, "cost": "5.10", "price": "10"}, 2, "Replace it: repairs cost 51% of its price."),
    ({"faults": 3, "price": "100"}, 3, "Replace it: 3 faults within a year."),
    ({"faults": 4, "cost": "9", "price": "9"}, 4,
     "Replace it: repairs cost 100% of its price and 4 faults within a year."),
    ({"faults": 9, "warranty_until": TODAY}, 9, "Under warranty until 2026-11-23: let the seller repair it."),
    ({"faults": 1, "life_until": "2026-11-22"}, 1, "Replace it when it breaks: its end of life was 2026-11-22."),
])  # fmt: skip
def test_whether_a_repair_still_pays_is_said_in_one_sentence(
    values: dict[str, object], lately: int, words: str
) -> None:
    asset = Asset.model_validate({"id": 1, "name": "Printer", **values})
    assert advice(asset, lately, TODAY) == words


def test_spending_counts_what_runs_by_its_period_and_seats() -> None:
    licences = [
        Licence(id=1, name="A", cost=Decimal("12"), per=Period.MONTH, per_seat=True, seats=10),
        Licence(id=2, name="B", cost=Decimal("100"), per=Period.THREE_YEARS),
        Licence(id=3, name="C", cost=Decimal("999"), per=Period.ONCE),
        Licence(id=4, name="D", cost=Decimal("999"), state=State.CANCELLED),
        Licence(id=5, name="E"),
    ]
    assert (per_month(licences), per_year(licences)) == (Decimal("122.78"), Decimal("1473.33"))
