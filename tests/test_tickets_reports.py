"""Reports and views: what they count, and that counts and lists agree."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from botui.models.office import Settings
from botui.models.shape import build, fields_of
from botui.models.tickets import State, Ticket
from botui.models.tickets.calls_kind import CALLS, RECURRING
from botui.models.tickets.kinds import COMMENTS, TICKETS
from botui.models.tickets.reports import REPORTS, deadlines_met, volume
from tests.rules import Office, at

BERLIN = Settings(zone="Europe/Berlin")
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


def ticket(number: int, created: str, done: str | None = None, **values: Any) -> Ticket:
    over = {"state": "resolved", "resolved_at": at(done)} if done else {}
    return build(Ticket, {"id": number, "subject": "x", "created_at": at(created), **over, **values})


def test_volume_and_backlog_by_topic() -> None:
    tickets = [
        ticket(1, "2026-10-10 09:00", topic=1),
        ticket(2, "2026-10-10 09:00", "2026-11-05 09:00", topic=1),
        ticket(3, "2026-11-02 09:00", "2026-11-03 09:00", topic=1),
        ticket(4, "2026-11-29 09:00", topic=2),
        ticket(5, "2026-11-29 09:00", state="rejected", closed_at=at("2026-11-29 10:00")),
        ticket(6, "2026-12-01 09:00", topic=2),
        ticket(7, "2026-09-01 09:00", "2026-09-02 09:00", topic=3),
    ]
    report = volume(tickets, {1: "Printer", 2: "Heating", 3: "Telex"}, BERLIN, *NOVEMBER)
    assert report.title == "Tickets by topic, 2026-11-01 to 2026-11-30"
    assert report.rows == (
        ("(no topic)", 0, 1, 1, 0, 0),
        ("Heating", 0, 1, 0, 1, 1),
        ("Printer", 2, 1, 2, 1, 51),
        ("All", 2, 3, 3, 2, 51),
    )
    assert {len(row) for row in report.rows} == {len(report.header)}


def test_before_and_after_always_add_up() -> None:
    office = Office()
    for number in range(12):
        one = office.add(Ticket, subject=str(number), topic=1 + number % 2)
        office.now += timedelta(hours=30)
        if number % 3:
            office.do(one, "resolve") if not one.checklist else office.do(one, "reject", reason="no")
    report = REPORTS["volume"].make
    for name, before, came, done, after, _ in report(office.ctx(), date(2026, 11, 25), date(2026, 11, 30)).rows:
        assert before + came - done == after, name  # type: ignore[operator]


def test_a_day_belongs_to_the_office_not_to_utc() -> None:
    late = ticket(1, "2026-11-30 22:59")
    early = ticket(2, "2026-11-30 23:00")
    assert volume([late, early], {}, BERLIN, *NOVEMBER).rows[-1][2] == 1


def test_what_was_done_at_an_unknown_time_is_no_backlog() -> None:
    unknown = ticket(1, "2026-11-02 09:00", state="closed")
    assert volume([unknown], {}, BERLIN, *NOVEMBER).rows[-1] == ("All", 0, 1, 0, 0, 0)


def test_no_tickets_make_an_empty_report() -> None:
    assert volume([], {}, BERLIN, *NOVEMBER).rows == ()
    rows = deadlines_met([], BERLIN, *NOVEMBER).rows
    assert rows[-1] == ("All", 0, 0, 0, "", 0, 0, "")


def test_deadlines_met_by_priority() -> None:
    kept = {"first_response_due": at("2026-11-02 10:00"), "first_response_at": at("2026-11-02 09:30")}
    late = {"first_response_due": at("2026-11-02 10:00"), "first_response_at": at("2026-11-02 10:30")}
    due = at("2026-11-03 09:00")
    tickets = [
        ticket(1, "2026-11-02 09:00", "2026-11-03 09:00", priority="P1", resolution_due=due, **kept),
        ticket(2, "2026-11-02 09:00", "2026-11-03 09:01", priority="P1", resolution_due=due, **kept),
        ticket(3, "2026-11-02 09:00", "2026-11-02 12:00", priority="P1", resolution_due=due, **late),
        ticket(4, "2026-11-02 09:00", "2026-11-02 12:00", priority="P4"),
        ticket(5, "2026-11-02 09:00", priority="P2", resolution_due=due),
        ticket(6, "2026-11-02 09:00", state="rejected", closed_at=at("2026-11-02 10:00"), resolution_due=due),
        ticket(7, "2026-10-02 09:00", "2026-10-03 09:00", priority="P1", resolution_due=due),
    ]
    report = deadlines_met(tickets, BERLIN, *NOVEMBER)
    assert report.rows == (
        ("urgent", 3, 2, 1, 67, 2, 1, 67),
        ("soon", 0, 0, 0, "", 0, 0, ""),
        ("normal", 0, 0, 0, "", 0, 0, ""),
        ("whenever", 1, 0, 0, "", 0, 0, ""),
        ("All", 4, 2, 1, 67, 2, 1, 67),
    )
    assert {len(row) for row in report.rows} == {len(report.header)}


def test_both_reports_come_from_the_store() -> None:
    office = Office()
    office.do(office.add(Ticket, subject="x", topic=2), "resolve")
    titles = {word: one.make(office.ctx(), *NOVEMBER).rows[-1][1:3] for word, one in REPORTS.items()}
    assert titles == {"volume": (0, 1), "deadlines": (1, 1)}


def listed(office: Office, name: str, by: int | None = 1) -> list[int]:
    return [one.id for one in office.data.listed(Ticket, TICKETS.view(name).where(office.ctx(by)))]


@pytest.fixture
def busy() -> Office:
    office = Office()
    mine = office.do(office.add(Ticket, office.CLEO, subject="mine"), "take", office.ANN)
    office.add(Ticket, office.CLEO, subject="nobody's")
    office.do(office.do(office.add(Ticket, office.CLEO, subject="waits"), "take", office.BOB), "wait", office.BOB)
    office.do(office.add(Ticket, office.CLEO, subject="resolved"), "resolve", office.BOB)
    office.do(office.do(office.add(Ticket, office.CLEO, subject="closed"), "resolve", office.BOB), "close")
    office.do(office.add(Ticket, office.CLEO, subject="rejected"), "reject", reason="no")
    office.do(office.add(Ticket, office.CLEO, subject="again"), "merge", into=mine.id)
    office.add(Ticket, office.CLEO, subject="for Bob", kind="message", for_person=2)
    office.add(Ticket, office.ANN, subject="Move", kind="project")
    office.add(Ticket, office.ANN, subject="Boxes", kind="task", parent=9, priority="P1")
    return office


@pytest.mark.parametrize(
    ("view", "by", "numbers"),
    [
        ("mine", 1, [1]),
        ("mine", 2, [3, 8]),
        ("mine", None, []),
        ("unassigned", 1, [2, 9, 10]),
        ("open", 1, [1, 2, 8, 9, 10]),
        ("waiting", 1, [3]),
        ("late", 1, []),
        ("messages", 2, [8]),
        ("messages", 1, []),
        ("messages", None, []),
        ("unseen", 1, [8]),
        ("asked", 3, [1, 2, 3, 4, 5, 6, 7]),
        ("projects", 1, [9]),
        ("milestones", 1, [10]),
        ("resolved", 1, [4]),
        ("closed", 1, [5, 6, 7]),
        ("all", 1, list(range(1, 11))),
    ],
)
def test_each_view_lists_what_it_says(busy: Office, view: str, by: int | None, numbers: list[int]) -> None:
    assert listed(busy, view, by) == numbers


def test_running_late_shows_what_breaks_within_the_hour(busy: Office) -> None:
    for now, numbers in (("10:00", []), ("10:01", [10]), ("16:00", [10])):
        busy.now = at(f"2026-11-23 {now}")
        assert listed(busy, "late") == numbers
    busy.now = at("2026-11-25 10:00")
    assert listed(busy, "late") == [1, 2, 10]


@pytest.mark.parametrize("kind", [TICKETS, COMMENTS, CALLS, RECURRING], ids=lambda kind: kind.name)
def test_views_columns_and_texts_name_what_there_is(kind: Any) -> None:
    office = Office()
    fields = {spec.name for spec in fields_of(kind.model)}
    at_hand = set(kind.index) | kind.derived.keys()
    for view in kind.views:
        assert set(view.where(office.ctx())) <= at_hand
        assert view.sort == "id" or view.sort in at_hand
    assert set(kind.index) | set(kind.text) | set(kind.columns) | set(kind.aliases) <= fields


def test_the_list_of_tickets_fits_eighty_cells() -> None:
    widths = {spec.name: spec.ui.column for spec in fields_of(Ticket)}
    number, left = 7, 12
    columns = [number, *(widths[name] for name in TICKETS.columns), left]
    assert sum(columns) + len(columns) - 1 <= 80
    assert all(len(state.label) <= widths["state"] for state in State)
