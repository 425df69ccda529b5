"""What follows from leave: who is away, who stands in, what is undone with it; the report of absence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from botui.actions.reports import report
from botui.data import Desk
from botui.models.base import Change, NotAllowed, Record
from botui.models.hr.absence_checks import check_absences
from botui.models.hr.absence_days import read_days
from botui.models.hr.leave import Absence, Chain, LeaveType, Part
from botui.models.office import Context, Settings, StandIn
from tests.offices import ANN, BOB, CLEO, HANNA, MAX, Clock, office

TODAY = date(2026, 11, 23)
REASON = "[bold]a cold[/] \x1b[31m"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = office(tmp_path / "data", ANN, Clock())

    def types(_: Context) -> Change:
        change = Change("leavetypes.begin").add(LeaveType(id=1, name="Unpaid", counted=False, chain=Chain.NONE))
        return change.add(LeaveType(id=2, name="Sick", counted=False))

    system = desk.as_system()
    system.apply(types)
    system.edit(system.get("departments", 1), {"manager": MAX})
    system.edit(system.get("people", ANN), {"department": 1})
    return desk


def away(desk: Desk) -> list[Absence]:
    return list(desk.for_person(CLEO).find("absences", {}))


def check(desk: Desk) -> list[str]:
    """Return what botui check says of absences."""

    class _Records:
        def all(self, model: type[Record]) -> list[Record]:
            found: list[Record] = desk.as_system().find(model.COLLECTION, {})
            return found

    records: Any = _Records()
    return list(check_absences(records))


def standing(desk: Desk) -> list[StandIn]:
    return [one for one in desk.as_system().find("standins", {}) if one.ended_at is None]


def test_leave_that_is_approved_makes_an_absence_and_a_stand_in_and_undo_takes_both_away(desk: Desk) -> None:
    desk.add("leave", {"type": 2, "starts": "2026-12-01", "ends": "2026-12-04", "stand_in": BOB, "reason": REASON})
    assert (away(desk), standing(desk)) == ([], [])
    manager = desk.for_person(MAX, confirmed=True)
    done = manager.do("leave", 1, "approve")
    [one] = away(desk)
    assert (one.person, one.starts, one.ends, one.leave) == (ANN, date(2026, 12, 1), date(2026, 12, 4), 1)
    assert "cold" not in str(one.doc())
    assert "Sick" not in done.said
    headers = [str(entry.header) for entry in desk.store.journal.history()]
    assert not [line for line in headers if "cold" in line or "Sick" in line], "no header can be erased"
    assert check(desk) == []
    assert [(one.person, one.stand_in, one.ends) for one in standing(desk)] == [(ANN, BOB, date(2026, 12, 4))]
    manager.undo(done.digest)
    assert (away(desk), standing(desk)) == ([], [])
    manager.do("leave", 1, "approve")
    undone = desk.do("leave", 1, "cancel")
    assert (away(desk), standing(desk)) == ([], [])
    assert check(desk) == []
    desk.undo(undone.digest)
    assert (len(away(desk)), len(standing(desk))) == (1, 1)


def test_who_comes_back_early_is_away_until_the_day_before(desk: Desk) -> None:
    clock = desk.clock
    assert isinstance(clock, Clock)
    desk.add("leave", {"type": 1, "starts": "2026-11-24", "ends": "2026-11-27", "stand_in": BOB})
    desk.tick()
    clock.forward(days=2)
    desk.tick()
    assert desk.get("people", ANN).presence == "away"
    desk.do("leave", 1, "cancel", {"back": "2026-11-26"})
    [one] = away(desk)
    assert one.ends == date(2026, 11, 25)
    assert standing(desk)[0].ends == date(2026, 11, 25)
    assert desk.settings.local(desk.get("people", ANN).back_at).date() == date(2026, 11, 26)
    clock.forward(days=1)
    desk.tick()
    assert (desk.get("people", ANN).presence, desk.get("people", ANN).back_at) == ("in", None)


def test_who_does_not_go_away_after_all_is_in_on_the_same_day_and_nobody_stands_in(desk: Desk) -> None:
    clock = desk.clock
    assert isinstance(clock, Clock)
    desk.add("leave", {"type": 1, "starts": "2026-11-24", "ends": "2026-11-27", "stand_in": BOB})
    clock.forward(days=1)
    desk.tick()
    assert (desk.get("people", ANN).presence, standing(desk)[0].begun_at is None) == ("away", False)
    done = desk.do("leave", 1, "cancel")
    assert (desk.get("people", ANN).presence, away(desk), standing(desk)) == ("in", [], [])
    desk.undo(done.digest)
    assert (desk.get("people", ANN).presence, len(away(desk)), len(standing(desk))) == ("away", 1, 1)
    clock.forward(days=1)
    desk.tick()
    desk.do("leave", 1, "cancel")
    assert (desk.get("people", ANN).presence, away(desk)[0].ends) == ("in", date(2026, 11, 24))


def test_a_stand_in_who_is_away_then_does_not_stop_the_leave(desk: Desk) -> None:
    desk.for_person(BOB).add(
        "standins", {"person": BOB, "starts": "2026-12-01", "ends": "2026-12-09", "stand_in": CLEO}
    )
    done = desk.add("leave", {"type": 1, "starts": "2026-12-01", "stand_in": BOB})
    assert "Nobody stands in: Bob Baker is away then, too" in done.said
    assert len(away(desk)) == 1
    desk.for_person(CLEO).add("leave", {"type": 1, "starts": "2026-12-10", "ends": "2026-12-11"})
    done = desk.add("leave", {"type": 1, "starts": "2026-12-11", "ends": "2026-12-14", "stand_in": CLEO})
    assert "Nobody stands in: Cleo Cole is away then, too" in done.said


def test_absence_is_told_by_department_and_month_to_hr_alone(desk: Desk) -> None:
    desk.add("leave", {"type": 1, "starts": "2026-11-26", "ends": "2026-12-01"})
    desk.add("leave", {"type": 1, "starts": "2026-12-03", "part": "morning"})
    desk.for_person(CLEO).add("leave", {"type": 1, "starts": "2026-12-03"})
    found = report(desk.for_person(HANNA), "absence", date(2026, 11, 23), date(2026, 12, 4))
    assert [row[:4] for row in found.rows] == [
        ("2026-11", "IT", 1, Decimal("3.00")),
        ("2026-11", "(no department)", 7, Decimal("0.00")),
        ("2026-12", "IT", 1, Decimal("1.50")),
        ("2026-12", "(no department)", 7, Decimal("1.00")),
        ("All", "", "", Decimal("5.50")),
    ]
    assert found.rows[0][4] == Decimal("50.0")
    desk.as_system().add("person_files", {"person": ANN, "starts": "2026-11-26"})
    file = desk.as_system().get("person_files", 1)
    desk.as_system().apply(lambda _: Change("person_files.resign").set(file, ends=date(2026, 11, 30)))
    found = report(desk.for_person(HANNA), "absence", date(2026, 11, 23), date(2026, 11, 30))
    assert found.rows[0] == ("2026-11", "IT", 1, Decimal("3.00"), Decimal("100.0")), "of the days employed"
    assert "IT" not in [
        row[1] for row in report(desk.for_person(HANNA), "absence", date(2026, 12, 1), date(2026, 12, 1)).rows
    ]
    for person in (ANN, MAX):
        with pytest.raises(NotAllowed):
            report(desk.for_person(person), "absence")


@pytest.mark.parametrize(
    ("text", "first", "last", "part", "hours"),
    [
        ("mon", "2026-11-23", "2026-11-23", Part.WHOLE, None),
        ("mon 5", "2026-11-23", "2026-11-27", Part.WHOLE, None),
        ("fri 2 days", "2026-11-27", "2026-11-30", Part.WHOLE, None),
        ("24 dec 3", "2026-12-24", "2026-12-29", Part.WHOLE, None),
        ("24.12. half", "2026-12-24", "2026-12-24", Part.MORNING, None),
        ("tue pm", "2026-11-24", "2026-11-24", Part.AFTERNOON, None),
        ("1.12. 2,5h", "2026-12-01", "2026-12-01", Part.WHOLE, Decimal("2.5")),
        ("mon..fri", "2026-11-23", "2026-11-27", Part.WHOLE, None),
    ],
)
def test_days_are_written_as_people_write_them(
    text: str, first: str, last: str, part: Part, hours: Decimal | None
) -> None:
    hours_of_office = Settings(zone="Europe/Berlin", holidays="2026-12-25 Christmas").business_hours()
    found = read_days(text, TODAY, "dmy", hours_of_office)
    assert found == (date.fromisoformat(first), date.fromisoformat(last), part, hours)


@pytest.mark.parametrize("text", ["fri..mon..tue", "mon 0", "mon 999", "soon", "\x1b[2J", "mon -3", "9" * 5000])
def test_what_are_no_days_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"[A-Z].*\."):
        read_days(text, TODAY, "dmy", Settings().business_hours())
