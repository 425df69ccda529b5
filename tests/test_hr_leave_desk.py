"""Leave at the desk: who sees what of it, what undo does to its ledger, and that time grants once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from botui.actions.imports import Job, run
from botui.data import Desk
from botui.models.base import Change, NotAllowed, PinNeeded
from botui.models.hr.leave import State
from botui.models.hr.leave_ledger import balance
from botui.models.soundness import problems_of
from tests.offices import ADA, ANN, BOB, CLEO, FRED, HANNA, MAX, OTTO, Clock, office


@pytest.fixture
def desk(folder: Path) -> Desk:
    """HR's desk in an office where Max manages Cleo, and annual leave was granted."""
    desk = office(folder, HANNA, Clock())
    system = desk.as_system()
    system.apply(lambda ctx: Change("people.edit").set(desk.get("departments", 1), manager=MAX))
    system.edit(system.get("people", CLEO), {"department": 1})
    for person in (CLEO, ANN):
        system.add("person_files", {"person": person, "starts": "2020-01-01"})
    desk.tick()
    return desk


def of(desk: Desk, person: int, *, confirmed: bool = True) -> Desk:
    return desk.for_person(person, confirmed=confirmed)


def left(desk: Desk, person: int = CLEO) -> float:
    return float(balance(desk.as_system().context(), person, 1, date(2026, 12, 31)))


def asked(desk: Desk) -> int:
    """Return the number of a week of leave that Cleo asks for."""
    values = {"type": 1, "starts": date(2026, 12, 7), "ends": date(2026, 12, 11), "reason": "secretly away"}
    return int(of(desk, CLEO).add("leave", values).refs[0].partition("-")[2])


def test_only_whose_it_is_who_approves_and_hr_see_leave_and_its_book(desk: Desk) -> None:
    number = asked(desk)
    for person in (CLEO, MAX, HANNA):
        assert of(desk, person).get("leave", number).reason == "secretly away"
        assert of(desk, person).get("leavebook", 1).person == CLEO
    for person in (ANN, BOB, ADA, FRED, OTTO):
        other = of(desk, person)
        assert other.numbers("leave") == []
        assert not any(other.get("leavebook", one).person == CLEO for one in other.numbers("leavebook"))
        with pytest.raises(NotAllowed):
            other.get("leave", number)
        assert "secretly" not in other.title("leave", number)


def test_saying_yes_needs_the_pin_and_undo_gives_the_days_back_by_a_line_of_its_own(desk: Desk) -> None:
    number = asked(desk)
    with pytest.raises(PinNeeded):
        of(desk, MAX, confirmed=False).do("leave", number, "approve")
    manager = of(desk, MAX)
    done = manager.do("leave", number, "approve")
    assert (left(desk), desk.get("leave", number).state) == (15, State.APPROVED)
    lines = len(desk.numbers("leavebook"))
    manager.undo(done.digest)
    assert (left(desk), desk.get("leave", number).state) == (20, State.ASKED)
    assert len(desk.numbers("leavebook")) == lines + 1
    assert desk.numbers("absences") == []
    done = manager.do("leave", number, "approve")
    cleo = of(desk, CLEO)
    back = cleo.do("leave", number, "cancel")
    assert left(desk) == 20
    cleo.undo(back.digest)
    assert (left(desk), desk.get("leave", number).state) == (15, State.APPROVED)
    assert [*problems_of(desk.store.journal)] == []


def test_a_stand_in_sees_and_approves_what_the_manager_is_asked_and_nothing_else_and_never_their_own(
    desk: Desk,
) -> None:
    number, today = asked(desk), desk.context().today
    desk.as_system().add("standins", {"person": MAX, "stand_in": BOB, "starts": today, "ends": today})
    bob = of(desk, BOB)
    assert bob.numbers("leave") == [number]
    assert not [one for one in bob.numbers("leavebook") if bob.get("leavebook", one).person == CLEO]
    bob.do("leave", number, "approve")
    done = desk.get("leave", number)
    assert (done.decided_by, done.decided_for) == (BOB, MAX)
    desk.as_system().do("standins", 1, "cancel")
    desk.as_system().add("standins", {"person": MAX, "stand_in": CLEO, "starts": today, "ends": today})
    second = int(of(desk, CLEO).add("leave", {"type": 1, "starts": date(2026, 12, 14)}).refs[0].partition("-")[2])
    with pytest.raises(NotAllowed, match="Nobody approves their own request"):
        of(desk, CLEO).do("leave", second, "approve")


def test_leave_that_nobody_approves_and_that_is_undone_is_cancelled_where_the_ledger_names_it(desk: Desk) -> None:
    desk.as_system().edit(desk.get("leavetypes", 1), {"chain": "none"})
    cleo = of(desk, CLEO)
    done = cleo.add("leave", {"type": 1, "starts": date(2026, 12, 7)})
    assert left(desk) == 19
    cleo.undo(done.digest)
    assert left(desk) == 20
    assert [desk.get("leave", one).state for one in desk.numbers("leave")] == [State.CANCELLED]
    assert desk.numbers("absences") == []
    assert [*problems_of(desk.store.journal)] == []


def test_time_grants_once_and_looking_again_writes_nothing(desk: Desk) -> None:
    assert left(desk) == left(desk, ANN) == 20
    lines = len([*desk.store.journal.history()])
    assert desk.tick() == []
    assert len([*desk.store.journal.history()]) == lines


# --- botui import balances --------------------------------------------------------------------------------------------

BALANCES = """Employee;Leave Type;Remaining;As of
Cleo Cole;annual leave;12,5 days;2026-11-20
E-17;Annual leave;-1;2026-11-20
Bob Baker;Sick leave;3;2026-11-20
Bob Baker;Sabbatical;3;2026-11-20
Nobody Known;Annual leave;3;2026-11-20
Hanna Human;Annual leave;99;2026-11-20
Bob Baker;Annual leave;3;2027-11-20
Bob Baker;Annual leave;[b]x\x1b[2J;2026-11-20
"""


def test_balances_of_another_system_are_taken_in_once_and_what_cannot_be_says_why(desk: Desk, tmp_path: Path) -> None:
    desk.as_system().edit(desk.get("person_files", 2), {"number": "E-17"})
    file = tmp_path / "left.csv"
    file.write_text(BALANCES, encoding="utf-8")
    report = run(desk, Job("balances", file))
    assert (report.added, report.changed, len(report.bad)) == (2, 0, 6)
    assert (left(desk), left(desk, ANN)) == (12.5, -1)
    assert [why.split(":")[0] for _, why in report.bad] == [
        "Sick leave has no balance",
        "there is no 'Sabbatical' among types of leave",
        "there is no 'Nobody Known' among people",
        "nobody writes in their own leave book",
        "its day has not come",
        "Balance",
    ]
    again = run(desk, Job("balances", file))
    assert (again.added, again.same) == (0, 2)
    desk.tick()
    assert (left(desk), left(desk, ANN)) == (12.5, -1), "no allowance comes for what was before"
    with pytest.raises(NotAllowed):
        run(of(desk, ADA), Job("balances", file))
    assert [*problems_of(desk.store.journal)] == []
