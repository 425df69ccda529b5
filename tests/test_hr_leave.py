"""Leave: asked for, what it cannot be, approved by one or two, cancelled, cut short, taken."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from botui.models.base import Refused
from botui.models.hr import leave_clock
from botui.models.hr.leave import Absence, Leave, LeaveEntry, LeaveType, State, Why
from botui.models.hr.leave_checks import check_leave
from botui.models.hr.leave_ledger import balance
from botui.models.hr.leave_waiting import waiting_for
from botui.models.hr.person_file import PersonFile, Status
from botui.models.office import Department, Person, Role, Settings
from botui.models.soundness import Records
from tests.rules import Held, Office

ANN, BOB, CLEO, HEIDI, MIA, HUGO = 1, 2, 3, 11, 12, 13
TODAY = date(2026, 11, 23)
"""A Monday."""


@pytest.fixture
def office() -> Office:
    """An office with two of HR, and a manager in whose department Cleo and Bob work; all began long ago."""
    office = Office(settings=Settings(zone="Europe/Berlin", holidays="2026-12-25 Christmas\n2027-01-01 New Year"))
    office.put(Person(id=HEIDI, name="Heidi Human", initials="HH", roles=(Role.STAFF, Role.HR)))
    office.put(Person(id=HUGO, name="Hugo Human", initials="HU", roles=(Role.STAFF, Role.HR)))
    office.put(Person(id=MIA, name="Mia Manager", initials="MM", roles=(Role.STAFF, Role.MANAGER)))
    office.put(Department(id=5, name="Sales", manager=MIA))
    for number in (BOB, CLEO, HEIDI):
        if number != HEIDI:
            office.put(office.get(Person, number).model_copy(update={"department": 5}))
        office.put(PersonFile(id=number, person=number, starts=date(2020, 1, 1), status=Status.ACTIVE))
    return office


def tick(office: Office, day: date | None = None) -> None:
    if day is not None:
        office.now = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    while (change := next(leave_clock.due(office.ctx(None)), None)) is not None:
        office.apply(change, None)


def annual(office: Office, **values: Any) -> int:
    """Return the number of a type of which everybody has 20 days this year."""
    kind = office.add(
        LeaveType, HEIDI, **{"name": f"Annual {len(office.data.find(LeaveType))}", "allowance": 20, "carry": 5} | values
    )
    tick(office)
    return kind.id


def ask(office: Office, kind: int, starts: str, ends: str = "", by: int = CLEO, **values: Any) -> Leave:
    return office.add(Leave, by, type=kind, starts=starts, **({"ends": ends} if ends else {}), **values)


def left(office: Office, kind: int) -> float:
    """Return what Cleo has until the end of the year."""
    return float(balance(office.ctx(), CLEO, kind, date(2026, 12, 31)))


# --- asking -----------------------------------------------------------------------------------------------------------


def test_leave_takes_working_days_is_approved_by_the_manager_and_taken_when_it_is_over(office: Office) -> None:
    kind = annual(office)
    one = ask(office, kind, "2026-12-21", "2026-12-28")
    assert (float(one.amount), one.approver, one.state) == (5, MIA, State.ASKED), (
        "a weekend and Christmas are free anyway"
    )
    assert left(office, kind) == 20
    assert office.why_not(one, "approve", CLEO) == "Nobody approves their own leave."
    one = office.do(one, "approve", MIA)
    assert (one.state, one.decided_by, left(office, kind)) == (State.APPROVED, MIA, 15)
    assert [(a.person, a.starts, a.ends) for a in office.data.find(Absence)] == [(CLEO, one.starts, one.ends)]
    tick(office, date(2026, 12, 28))
    assert office.get(Leave, one.id).state is State.APPROVED
    tick(office, date(2026, 12, 29))
    assert office.get(Leave, one.id).state is State.TAKEN
    assert office.problems() == []


@pytest.mark.parametrize(
    ("starts", "ends", "values", "why", "field"),
    [
        ("2026-12-04", "2026-12-03", {}, "before the first", "ends"),
        ("2026-12-01", "2026-12-02", {"part": "morning"}, "Half a day is of one day", "part"),
        ("2026-12-01", "", {"hours": "2"}, "counted in days", "hours"),
        ("2026-12-01", "", {"hours": "2", "part": "morning"}, "Not both", "hours"),
        ("2026-12-05", "2026-12-06", {}, "No working day", "starts"),
        ("2026-12-25", "", {}, "No working day", "starts"),
        ("2026-12-10", "", {}, "on these days already: LV-1", "starts"),
        ("2026-12-08", "2026-12-09", {}, "on these days already: LV-1", "starts"),
        ("2026-11-20", "", {}, "That day has passed", "starts"),
        ("2026-11-30", "", {}, "14 days ahead", "starts"),
        ("2026-12-14", "2027-01-22", {}, "15 working days in a row at most", "ends"),
        ("2026-12-11", "2026-12-31", {}, "15 working days in a row at most, and this makes 16", "ends"),
        ("2028-01-10", "", {}, "too far ahead", "ends"),
        ("2026-12-15", "", {"stand_in": CLEO}, "for themselves", "stand_in"),
        ("2026-12-15", "", {"stand_in": 4}, "does not work here", "stand_in"),
        ("2026-12-15", "", {"person": ANN}, "Only they themselves", "person"),
        ("2026-12-15", "", {"kind": 99}, "no such type", "type"),
    ],
)
def test_what_leave_cannot_be_is_said_at_its_field(
    office: Office, starts: str, ends: str, values: dict[str, Any], why: str, field: str
) -> None:
    kind = annual(office, notice=14, longest=15)
    ask(office, kind, "2026-12-09", "2026-12-10")
    typed: dict[str, Any] = {"kind": kind, "starts": starts, "ends": ends} | values
    with pytest.raises(Refused, match=why) as no:
        ask(office, **typed)
    assert field in no.value.fields
    assert [one.id for one in office.data.find(Leave)] == [1]


def test_hr_enters_what_is_too_late_for_others_and_a_manager_asks_for_the_team(office: Office) -> None:
    kind = annual(office, notice=14)
    assert ask(office, kind, "2026-11-18", by=HEIDI, person=BOB).approver == MIA
    asked = ask(office, kind, "2026-12-15", by=MIA, person=CLEO)
    assert office.do(asked, "approve", MIA).state is State.APPROVED
    with pytest.raises(Refused, match="Only they themselves"):
        ask(office, kind, "2026-12-16", by=BOB, person=CLEO)


def test_more_than_there_is_is_refused_and_what_is_granted_until_the_end_of_the_year_counts(office: Office) -> None:
    kind = annual(office)
    ask(office, kind, "2026-11-30", "2026-12-18")  # 15 days, not approved yet
    with pytest.raises(Refused, match="only 5 days can be taken, and this takes 6 days"):
        ask(office, kind, "2026-12-21", "2026-12-29")
    ask(office, kind, "2027-02-01", "2027-02-12")
    with pytest.raises(Refused, match="Nothing of Annual 0 is granted yet: HR files when they began"):
        ask(office, kind, "2026-12-01", by=ANN)
    month = annual(office, allowance=2, per="month", since=date(2026, 11, 1))
    assert left(office, month) == 2
    ask(office, month, "2026-12-21", "2026-12-24")
    with pytest.raises(Refused, match="nothing is left"):
        ask(office, month, "2026-12-28")
    assert ask(office, annual(office, below_zero=3, allowance=0, per="never"), "2026-12-28", "2026-12-30").amount == 3


def test_leave_of_this_year_leaves_what_that_of_the_next_one_needs_and_approving_looks_again(office: Office) -> None:
    kind = annual(office)
    one = ask(office, kind, "2027-03-01", "2027-04-02")  # 25 days: all of next year's, and what goes over
    with pytest.raises(Refused, match="takes what would go over into 2027"):
        ask(office, kind, "2026-12-01", "2026-12-24")
    ask(office, kind, "2026-12-01", "2026-12-21")
    office.add(LeaveEntry, HEIDI, person=CLEO, type=kind, amount=-1)
    with pytest.raises(Refused, match="By the end of 2027 only 24 days can be taken"):
        office.do(one, "approve", MIA)


def test_leave_over_the_end_of_a_year_takes_of_both_and_cancelling_gives_both_back(office: Office) -> None:
    kind = annual(office)
    one = office.do(ask(office, kind, "2026-12-28", "2027-01-06"), "approve", MIA)
    used = [(line.year, line.amount) for line in office.data.find(LeaveEntry, leave=one.id)]
    assert (float(one.amount), used) == (7, [(2026, Decimal(-4)), (2027, Decimal(-3))])
    office.do(one, "cancel", CLEO)
    assert sum(line.amount for line in office.data.find(LeaveEntry, leave=one.id)) == 0
    assert office.get(Leave, one.id).state is State.CANCELLED
    assert office.data.find(Absence) == []
    assert office.problems() == []


def test_halves_and_hours_of_one_day_go_together_as_far_as_the_day_goes(office: Office) -> None:
    kind = annual(office)
    lieu = office.add(LeaveType, HEIDI, name="In lieu", per="never", unit="hours", in_lieu=True).id
    office.add(LeaveEntry, MIA, person=CLEO, type=lieu, amount=6)
    assert left(office, lieu) == 6
    assert ask(office, kind, "2026-12-01", part="morning").amount == Decimal("0.5")
    with pytest.raises(Refused, match="already"):
        ask(office, kind, "2026-12-01", part="morning")
    assert ask(office, kind, "2026-12-01", part="afternoon").amount == Decimal("0.5")
    assert ask(office, lieu, "2026-12-02", hours="4").amount == 4
    with pytest.raises(Refused, match="only 2 hours can be taken"):
        ask(office, lieu, "2026-12-03", hours="2.5")
    with pytest.raises(Refused, match="That day has 9 hours"):
        ask(office, lieu, "2026-12-03", hours="9.5")
    with pytest.raises(Refused, match="already"):
        ask(office, kind, "2026-12-02")


# --- time in lieu, by hand --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "values", "why"),
    [
        (MIA, {"person": ANN}, "Only their manager or HR"),
        (MIA, {"amount": -3}, "Only HR writes this"),
        (MIA, {"why": "correction", "type": 1}, "Only HR writes this"),
        (HEIDI, {"person": HEIDI}, "their own leave book"),
        (HEIDI, {"why": "used"}, "comes by itself"),
        (HEIDI, {"type": 1}, "not credited for time worked"),
        (HEIDI, {"on": "2026-12-24"}, "has not come"),
        (HEIDI, {"amount": 0}, "How much"),
        (HEIDI, {"type": 3}, "no balance"),
    ],
)
def test_the_leave_book_is_written_by_those_who_may_and_in_no_one_s_own(
    office: Office, by: int, values: dict[str, Any], why: str
) -> None:
    annual(office)
    office.add(LeaveType, HEIDI, name="In lieu", per="never", unit="hours", in_lieu=True)
    office.add(LeaveType, HEIDI, name="Ill", per="never", counted=False, chain="none")
    with pytest.raises(Refused, match=why):
        office.add(LeaveEntry, by, **{"person": CLEO, "type": 2, "amount": 3, "why": "lieu"} | values)


# --- approving --------------------------------------------------------------------------------------------------------


def test_the_manager_agrees_and_then_another_of_hr_approves(office: Office) -> None:
    kind = annual(office, chain="both")
    one = office.do(ask(office, kind, "2026-12-01"), "approve", MIA)
    assert (one.state, one.agreed_by, one.approver) == (State.ASKED, MIA, HEIDI), one
    assert office.why_not(one, "approve", MIA) == "You agreed; Heidi Human of HR decides.", "not as a stand-in, either"
    assert office.do(one, "approve", HEIDI).state is State.APPROVED
    own = ask(office, kind, "2026-12-01", by=HEIDI)
    assert own.approver != HEIDI
    assert office.said(own, "handover", HEIDI, to=HUGO) == "Hugo Human is asked about LV-2."
    assert office.do(own, "approve", HUGO).state is State.APPROVED, "HR's yes is the last"


def test_who_left_is_asked_nothing_more_and_what_nobody_can_approve_is_not_asked_for(office: Office) -> None:
    kind = annual(office)
    one = ask(office, kind, "2026-12-01")
    office.put(office.get(Person, MIA).model_copy(update={"active": False}))
    tick(office)
    assert office.get(Leave, one.id).approver == HEIDI
    for number in (HEIDI, HUGO):
        office.put(office.get(Person, number).model_copy(update={"roles": (Role.STAFF,)}))
    with pytest.raises(Refused, match="Nobody can approve it"):
        ask(office, kind, "2026-12-02")


def test_what_is_refused_says_why_to_whose_it_is_and_its_days_are_free_again(office: Office) -> None:
    kind = annual(office)
    one = ask(office, kind, "2026-12-01", reason="[b]wedding[/b]\x1b[2J")
    assert "wedding" not in office.said(one, "refuse", MIA, reason="Stocktake")
    assert office.get(Leave, one.id).answer == "Stocktake"
    again = ask(office, kind, "2026-12-01")
    assert again.id == 2
    with pytest.raises(Refused, match="LV-1 is refused"):
        office.edit(office.get(Leave, one.id), HEIDI, starts=date(2026, 12, 2))
    changed = office.edit(again, CLEO, ends=date(2026, 12, 2))
    assert (float(changed.amount), changed.approver) == (2, MIA)


def test_nothing_that_is_said_or_written_down_of_leave_tells_why_or_which(office: Office) -> None:
    kind = annual(office, name="Rehab")
    one = ask(office, kind, "2026-12-01", "2026-12-02", reason="secret")
    said = [office.said(one, "approve", MIA), office.said(one, "cancel", CLEO)]
    assert not [words for words in said if "Rehab" in words or "secret" in words or "2 days" in words]


# --- given up, cut short ----------------------------------------------------------------------------------------------


def test_who_comes_back_early_gets_the_rest_back_and_is_away_no_longer(office: Office) -> None:
    kind = annual(office)
    one = office.do(ask(office, kind, "2026-11-30", "2026-12-11"), "approve", MIA)
    assert left(office, kind) == 10
    assert office.why_not(one, "cancel", MIA) == "Only Cleo Cole or HR cancels it."
    tick(office, date(2026, 12, 3))
    with pytest.raises(Refused, match="It ends before that day"):
        office.do(one, "cancel", CLEO, back=date(2026, 12, 14))
    with pytest.raises(Refused, match="That day has passed"):
        office.do(one, "cancel", CLEO, back=date(2026, 12, 2))
    with pytest.raises(Refused, match="That day has passed"):
        office.do(one, "cancel", CLEO, back=one.starts)
    one = office.do(one, "cancel", CLEO)
    assert (one.cut, float(one.amount), one.state, left(office, kind)) == (date(2026, 12, 3), 3, State.APPROVED, 17)
    assert office.data.find(Absence)[0].ends == date(2026, 12, 2)
    tick(office, date(2026, 12, 3))
    assert office.get(Leave, one.id).state is State.TAKEN
    assert office.why_not(one, "cancel", CLEO) == "It is over: HR can correct it."
    one = office.do(one, "cancel", HEIDI, back=date(2026, 12, 2))
    assert (float(one.amount), left(office, kind)) == (2, 18)
    assert ask(office, kind, "2026-12-10").amount == 1
    assert office.problems() == []


def test_what_comes_back_is_what_it_took_though_holidays_and_weeks_changed_since(office: Office) -> None:
    kind = annual(office)
    one = office.do(ask(office, kind, "2026-12-07", "2026-12-18"), "approve", MIA)
    office.put(office.get(PersonFile, CLEO).model_copy(update={"week_days": "mon, tue, wed"}))
    assert (float(one.amount), left(office, kind)) == (10, 10)
    one = office.do(one, "cancel", CLEO, back=date(2026, 12, 14))
    assert (float(one.amount), left(office, kind)) == (7, 13), "three of the second week's days are theirs now"
    office.put(office.get(PersonFile, CLEO).model_copy(update={"week_days": "mon, tue, wed, thu, fri, sat, sun"}))
    one = office.do(one, "cancel", HEIDI)
    assert (float(one.amount), left(office, kind), one.state) == (0, 20, State.CANCELLED)
    office.put(office.get(PersonFile, CLEO).model_copy(update={"week_days": ""}))
    other = office.do(ask(office, kind, "2026-12-11", "2026-12-14"), "approve", MIA)
    office.put(office.get(PersonFile, CLEO).model_copy(update={"week_days": "mon, tue, wed, thu, fri, sat, sun"}))
    other = office.do(other, "cancel", CLEO, back=date(2026, 12, 12))
    assert (float(other.amount), left(office, kind)) == (1, 19), "not three days of two, and the Friday was taken"
    office.do(other, "cancel", HEIDI)
    other = office.do(ask(office, kind, "2026-12-21", "2026-12-23"), "approve", MIA)
    office.settings = Settings(zone="Europe/Berlin", holidays="2026-12-22 Closed")
    assert (float(office.do(other, "cancel", CLEO).amount), left(office, kind)) == (0, 20)
    assert office.problems() == []


def test_illness_is_entered_at_once_takes_no_balance_and_waits_for_its_paper(office: Office) -> None:
    kind = annual(office, counted=False, allowance=0, per="never", chain="none", proof_from=3)
    with pytest.raises(Refused, match="long over: HR can enter it"):
        ask(office, kind, "2026-10-22", "2026-10-23")
    short = ask(office, kind, "2026-11-19", "2026-11-20")
    assert (short.state, short.proof) == (State.APPROVED, False)
    long = ask(office, kind, "2026-11-23", "2026-11-25")
    assert (long.state, long.proof, left(office, kind)) == (State.APPROVED, True, 0)
    (waits,) = waiting_for(office.ctx(CLEO))
    assert (waits.number, waits.verb) == (long.id, "attach")
    office.do(long, "attach", HEIDI, document=7)
    assert [*waiting_for(office.ctx(CLEO))] == []


# --- types ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"name": "ANNUAL 0"}, "There is Annual 0 already"),
        ({"counted": False, "allowance": 5}, "no allowance"),
        ({"in_lieu": True, "allowance": 5}, "not granted"),
        ({"in_lieu": True, "counted": False, "per": "never"}, "has a balance"),
    ],
)
def test_a_type_whose_rules_do_not_go_together_is_refused(office: Office, values: dict[str, Any], why: str) -> None:
    annual(office)
    with pytest.raises(Refused, match=why):
        office.add(LeaveType, HEIDI, **{"name": "Other"} | values)


def test_what_is_granted_otherwise_is_granted_once_and_not_for_years_that_are_over(office: Office) -> None:
    kind = office.get(LeaveType, annual(office, since=date(2025, 1, 1), allowance=12))
    assert office.edit(kind, HEIDI, per="month", allowance=1).since == date(2027, 1, 1)
    tick(office)
    assert left(office, kind.id) == 5 + 12, "what was carried over, this year's, and nothing by the month"
    later = office.get(LeaveType, annual(office, since=date(2025, 1, 1), per="month", allowance=1, active=False))
    assert office.edit(later, HEIDI, active=True).since == date(2026, 1, 1)
    tick(office)
    assert left(office, later.id) == 11
    tick(office, date(2027, 1, 4))
    assert [one.amount for one in office.data.find(LeaveEntry, person=CLEO, type=kind.id, key="allowance 2027-01")] == [
        1
    ]


def test_the_unit_of_a_type_stays_once_there_is_leave_of_it(office: Office) -> None:
    kind = office.get(LeaveType, annual(office))
    with pytest.raises(Refused, match="make another type"):
        office.edit(kind, HEIDI, unit="hours")
    assert office.edit(kind, HEIDI, notice=7).notice == 7


# --- botui check ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (LeaveEntry(id=50, person=CLEO, type=1, amount=1, on=TODAY, year=2025), "LG-50: Year"),
        (LeaveEntry(id=50, person=CLEO, type=1, amount=1, on=TODAY, year=2026, leave=1, why=Why.USED), "LV-1: Takes"),
        (LeaveEntry(id=50, person=CLEO, type=1, amount=1, on=TODAY, year=2026, reverses=1), "LG-50: Takes back"),
        (
            LeaveEntry(
                id=50, person=CLEO, type=1, amount=20, on=TODAY, year=2026, why="allowance", key="allowance 2026"
            ),
            "LG-50: Granted for",
        ),
        (Leave(id=50, type=1, person=CLEO, starts=TODAY, ends=TODAY - timedelta(days=1)), "LV-50: Until"),
        (Leave(id=50, type=1, person=CLEO, starts=TODAY, state=State.REFUSED, decided_by=CLEO), "LV-50: Decided by"),
    ],
)
def test_check_says_what_does_not_hold(office: Office, record: Any, why: str) -> None:
    office.do(ask(office, annual(office), "2026-12-01"), "approve", MIA)
    assert [*check_leave(Records(Held(office.data)))] == []
    office.put(record)
    assert [one for one in check_leave(Records(Held(office.data))) if one.startswith(why)]
