"""The ledger of leave: whatever is booked when, accounts come to what a calculation by hand comes to."""

from __future__ import annotations

import math
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.models.base import Change, Refused
from botui.models.hr import leave_clock
from botui.models.hr.leave import ALIVE, Leave, LeaveEntry, LeaveType, Part, Per, State, Unit, Why
from botui.models.hr.leave_account import Line, Terms, balance_of, due, rounded
from botui.models.hr.leave_booking import refuse_fixed
from botui.models.hr.leave_days import Workdays, taken
from botui.models.hr.leave_ledger import Ledger, accounts, balance, projected, undo
from botui.models.hr.leave_reports import balances
from botui.models.hr.leave_usual import USUAL
from botui.models.hr.person_file import PersonFile, Status
from botui.models.office import Person, Role, Settings
from tests.rules import Office

DAY = timedelta(days=1)
CLEO, HEIDI = 3, 11
FIRST, LAST = date(2024, 1, 1), date(2026, 6, 30)
EDGES = [(1, 1), (2, 28), (3, 30), (3, 31), (4, 1), (7, 15), (12, 30), (12, 31)]
"""Days on both sides of those on which something lapses, or a year ends."""


# --- against a calculation by hand ------------------------------------------------------------------------------------


def by_hand(terms: Terms, uses: dict[date, Decimal], more: dict[date, Decimal], until: date) -> Decimal:
    """Go through the days one by one with two jars, one of what was carried over and one of this year's."""
    kind, old, new = terms.type, Decimal(0), Decimal(0)
    day = FIRST
    while day <= until:
        if (day.month, day.day) == (1, 1):
            rest = old + new
            old, new = (rest if kind.carry is None else min(rest, kind.carry)), Decimal(0)
        new += granted_by_hand(terms, day) + more.get(day, Decimal(0))
        out = uses.get(day, Decimal(0))
        first = min(max(old, Decimal(0)), out)
        old, new = old - first, new - (out - first)
        if kind.carry_until and kind.carry_until == f"{day:%m-%d}" and old > 0 and day < until:
            old -= min(old, max(old + new, Decimal(0)))
        day += DAY
    return old + new


def granted_by_hand(terms: Terms, day: date) -> Decimal:
    """Say what comes on a day: on the first of each period, or when somebody begins in it."""
    starts = terms.starts or FIRST
    year = terms.type.per is Per.YEAR
    begins = day.day == 1 and (day.month == 1 or not year)
    ends = terms.ends or date.max
    if not starts <= day <= ends or not (begins or day == starts):
        return Decimal(0)
    months = range(1, 13) if year else range(day.month, day.month + 1)
    many = sum(1 for month in months if starts <= date(day.year, month, 15) <= ends)
    share = Fraction(terms.type.allowance) * many / len(months)
    steps = 2 if terms.type.unit is Unit.DAYS else 100
    return Decimal(math.floor(share * steps + Fraction(1, 2))) / steps


def known(lines: list[Line], *whys: Why, sign: int = 1) -> dict[date, Decimal]:
    """Add up what was told of each day."""
    found: dict[date, Decimal] = {}
    for one in (line for line in lines if line.why in whys):
        found[one.on] = found.get(one.on, Decimal(0)) + sign * one.amount
    return found


def any_account(rng: Random) -> tuple[Terms, list[tuple[date, Line]], list[date]]:
    """Return rules, what is told on which day, and on which days somebody looks: all close to where it matters."""
    kind = LeaveType(
        name="Any",
        allowance=rng.choice([Decimal(2), Decimal(20), Decimal("25.25")]),
        per=rng.choice([Per.YEAR, Per.YEAR, Per.MONTH]),
        unit=rng.choice([*Unit]),
        carry=rng.choice([None, Decimal(0), Decimal(5), Decimal(20)]),
        carry_until=rng.choice(["03-31", "03-31", "03-31", "02-28", "12-31", ""]),
    )
    begins = date(2024, rng.choice([1, 1, 6, 12]), rng.choice([1, 14, 15, 16]))
    ends = rng.choice([None, None, date(2025, 6, 14), date(2025, 6, 15)])
    days = [date(year, *edge) for year in (2024, 2025) for edge in EDGES]
    lapse = date.fromisoformat(f"2025-{kind.carry_until or '03-31'}")
    told = []
    for why, amounts in ((Why.USED, ["-0.5", "-3", "-7.75", "-12"]), (Why.CORRECTION, ["-12", "-30", "1.5"])):
        for _ in range(rng.randint(1, 4)):
            day = lapse if rng.random() < 0.4 else rng.choice(days)
            what = Why.PAID_OUT if why is Why.USED and rng.random() < 0.3 else why
            told.append((day + rng.choice([0, 0, 5, 300]) * DAY, Line(day, Decimal(rng.choice(amounts)), what)))
    return Terms(kind, begins, ends), told, sorted({*rng.sample(days, rng.randint(0, 5)), lapse})


@given(seed=st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_whatever_is_booked_when_and_however_often_one_looks_it_comes_to_what_it_does_by_hand(seed: int) -> None:
    terms, told, looks = any_account(Random(seed))
    lines: list[Line] = []
    reckoned = date.min
    for look in [*looks, LAST]:
        new = [line for when, line in told if reckoned < when <= look or (look == LAST and when > LAST)]
        lines += new
        since = min((reckoned.year, *(line.on.year for line in new)))
        lines += due(terms, lines, look, since)
        assert due(terms, lines, look, since) == [], "nothing is booked twice"
        uses = known(lines, Why.USED, Why.PAID_OUT, sign=-1)
        assert balance_of(lines, look) == by_hand(terms, uses, known(lines, Why.CORRECTION), look)
        reckoned = look
    for year in range(FIRST.year, LAST.year):
        assert sum(line.amount for line in lines if line.on.year == year) == 0, "a year that is over is closed"


@given(
    first=st.dates(date(2026, 11, 1), date(2027, 1, 31)),
    many=st.integers(0, 40),
    week=st.sets(st.integers(0, 6), min_size=1),
    holidays=st.sets(st.dates(date(2026, 12, 20), date(2027, 1, 6)), max_size=4),
    unit=st.sampled_from(Unit),
)
@settings(max_examples=40, deadline=None)
def test_leave_takes_the_days_on_which_one_works_and_no_holiday(
    first: date, many: int, week: set[int], holidays: set[date], unit: Unit
) -> None:
    hours = {day: Decimal("7.7") + day for day in week}
    leave = Leave(type=1, starts=first, ends=first + many * DAY)
    found = taken(Workdays(hours, holidays), leave, unit)
    expected = {
        day: (hours[day.weekday()] if unit is Unit.HOURS else 1)
        for day in (first + n * DAY for n in range(many + 1))
        if day.weekday() in week and day not in holidays
    }
    assert found == expected
    back = first + (many // 2) * DAY
    cut = leave.model_copy(update={"cut": back})
    assert taken(Workdays(hours, holidays), cut, unit) == {day: one for day, one in found.items() if day < back}


# --- in the store -----------------------------------------------------------------------------------------------------


@pytest.fixture
def office() -> Office:
    """An office with somebody of HR, and Cleo who began on 1 March 2026."""
    office = Office()
    office.put(Person(id=HEIDI, name="Heidi Human", initials="HH", roles=(Role.STAFF, Role.HR)))
    office.put(PersonFile(id=1, person=CLEO, starts=date(2026, 3, 1), status=Status.ACTIVE))
    return office


def tick(office: Office, day: date | None = None) -> int:
    """Let the clock do what is due on a day; return how many changes that took."""
    if day is not None:
        office.now = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    many = 0
    while (change := next(leave_clock.due(office.ctx(None)), None)) is not None:
        office.apply(change, None)
        many += 1
        assert many < 50, "the clock comes to an end"
    return many


def typed(office: Office, **values: Any) -> LeaveType:
    return office.add(
        LeaveType, HEIDI, **{"name": "Annual", "allowance": 24, "carry": 5, "carry_until": "03-31"} | values
    )


def entries(office: Office, **equal: Any) -> list[tuple[str, Decimal, date | None]]:
    return [(one.why.value, one.amount, one.on) for one in office.data.find(LeaveEntry, **equal)]


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_asked_approved_cut_short_and_cancelled_the_book_has_the_days_that_were_really_taken(
    office: Office, seed: int
) -> None:
    rng = Random(seed)
    office.settings = Settings(zone="Europe/Berlin", holidays="2026-12-25\n2027-01-01\n2027-04-05")
    office.put(Person(id=12, name="Mia", initials="MM", roles=(Role.MANAGER,)))
    unit = rng.choice(["days", "hours"])
    kind = typed(office, unit=unit, allowance=rng.choice([24, 30]), carry=rng.choice([None, 5]))
    day = date(2026, 11, 23)
    while day < date(2027, 5, 31):
        tick(office, day)
        first = day + rng.randint(-9, 40) * DAY
        many = rng.choice([0, 0, 3, 12, 20])
        part: dict[str, Any] = {"part": "morning"} if not many and rng.random() < 0.4 else {}
        with suppress(Refused):
            one = office.add(Leave, HEIDI, person=CLEO, type=kind.id, starts=first, ends=first + many * DAY, **part)
            if rng.random() < 0.9:
                office.do(one, "approve", 12)
        alive = [one for one in office.data.find(Leave) if one.state in ALIVE]
        if alive and rng.random() < 0.4:
            with suppress(Refused):
                office.do(rng.choice(alive), "cancel", HEIDI, back=day + rng.randint(-20, 20) * DAY)
        day += rng.randint(3, 16) * DAY
    tick(office, date(2027, 6, 30))
    used: dict[date, Decimal] = {}
    for one in office.data.find(Leave):
        if one.state in (State.APPROVED, State.TAKEN):
            for at in (one.starts + n * DAY for n in range((one.last - one.starts).days + 1)):
                if (
                    at.weekday() < 5
                    and at.isoformat()[:10] not in office.settings.holidays
                    and (not one.cut or at < one.cut)
                ):
                    whole = Decimal(9 if unit == "hours" else 1)
                    used[at] = used.get(at, Decimal(0)) + (whole / 2 if one.part is Part.MORNING else whole)
    assert used
    expected = by_hand(Terms(office.get(LeaveType, kind.id), date(2026, 3, 1)), used, {}, date(2027, 6, 30))
    assert balance(office.ctx(), CLEO, kind.id, date(2027, 6, 30)) == expected
    assert office.problems() == []


def test_allowances_come_once_in_proportion_and_a_year_that_ends_carries_over_what_it_may(office: Office) -> None:
    kind = typed(office)
    assert tick(office)
    assert not tick(office)
    assert entries(office) == [("allowance", Decimal(20), date(2026, 3, 1))], "ten months of twelve"
    assert tick(office, date(2027, 1, 4))
    assert not tick(office)
    assert balance(office.ctx(), CLEO, kind.id, date(2026, 12, 31)) == 0
    assert entries(office, year=2027) == [
        ("allowance", Decimal(24), date(2027, 1, 1)),
        ("carried", Decimal(5), date(2027, 1, 1)),
    ]
    assert tick(office, date(2027, 4, 1))
    assert not tick(office)
    assert entries(office, year=2027)[-1] == ("expired", Decimal(-5), date(2027, 4, 1))
    assert accounts(office.ctx(), CLEO) == [(office.get(LeaveType, kind.id), Decimal(24))]
    assert office.problems() == []


def test_months_that_nobody_looked_come_later_and_a_person_who_works_half_the_week_gets_half(office: Office) -> None:
    office.put(office.get(PersonFile, 1).model_copy(update={"week_days": "mon, tue"}))
    kind = typed(office, allowance=2, per="month", since=date(2026, 9, 1))
    tick(office)
    assert [one[1:] for one in entries(office)] == [
        (Decimal(1), date(2026, 9, 1)),
        (Decimal(1), date(2026, 10, 1)),
        (Decimal(1), date(2026, 11, 1)),
    ], "0.8 of a day is a whole one, to half days"
    office.edit(kind, HEIDI, allowance=5)
    tick(office, date(2026, 12, 31))
    assert entries(office)[-1][1:] == (Decimal(2), date(2026, 12, 1))
    assert len(entries(office)) == 4, "what was granted stays"


def test_who_leaves_gets_nothing_after_it_and_what_was_left_out_of_an_account_is_paid_out(office: Office) -> None:
    kind = typed(office)
    tick(office)
    office.put(office.get(PersonFile, 1).model_copy(update={"ends": date(2026, 12, 31), "status": Status.LEAVING}))
    with pytest.raises(Refused, match="20 days are left"):
        office.add(LeaveEntry, HEIDI, person=CLEO, type=kind.id, amount=21, why="paid_out")
    office.add(LeaveEntry, HEIDI, person=CLEO, type=kind.id, amount=20, why="paid_out")
    assert accounts(office.ctx(), CLEO) == []
    tick(office, date(2027, 1, 2))
    assert entries(office, year=2027) == []


def test_the_report_tells_what_there_was_came_was_used_and_lost_and_what_is_left(office: Office) -> None:
    typed(office)
    tick(office)
    office.add(LeaveEntry, HEIDI, person=CLEO, type=1, amount=-3, why="paid_out")
    tick(office, date(2027, 1, 4))
    table = balances(office.ctx(HEIDI), date(2026, 1, 1), date(2026, 12, 31))
    assert [str(one) for one in table.rows[0]] == ["Cleo Cole", "Annual", "days", "0", "15", "3", "12", "0"]
    table = balances(office.ctx(HEIDI), date(2027, 1, 1), date(2027, 1, 4))
    assert [str(one) for one in table.rows[0]] == ["Cleo Cole", "Annual", "days", "0", "29", "0", "0", "29"]


def test_an_opening_balance_says_what_there_is_and_no_allowance_comes_for_what_was_before(office: Office) -> None:
    kind = typed(office)
    wrong = office.add(LeaveEntry, HEIDI, person=CLEO, type=kind.id, amount=99, why="opening")
    office.do(wrong, "reverse", HEIDI)
    assert balance(office.ctx(), CLEO, kind.id, date(2026, 11, 23)) == 20, "one that is taken back is none"
    office.data.docs[LeaveEntry.COLLECTION].clear()
    office.add(LeaveEntry, HEIDI, person=CLEO, type=kind.id, amount="7.5", why="opening")
    tick(office)
    assert entries(office) == [("opening", Decimal("7.5"), date(2026, 11, 23))]
    with pytest.raises(Refused, match="what there is already"):
        office.add(LeaveEntry, HEIDI, person=CLEO, type=kind.id, amount="7.5", why="opening")
    tick(office, date(2027, 1, 4))
    assert balance(office.ctx(), CLEO, kind.id, date(2027, 1, 4)) == 5 + 24
    month = typed(office, name="Monthly", allowance=2, per="month", since=date(2027, 1, 1))
    office.add(LeaveEntry, HEIDI, person=CLEO, type=month.id, amount=7, why="opening", on=date(2027, 1, 1))
    tick(office)
    assert balance(office.ctx(), CLEO, month.id, date(2027, 1, 4)) == 7, "that of its own day is in it"


def test_what_comes_late_into_a_year_that_is_closed_is_carried_over_anew(office: Office) -> None:
    kind = typed(office)
    tick(office)
    office.add(LeaveEntry, HEIDI, person=CLEO, type=kind.id, amount=-18)
    tick(office, date(2027, 1, 4))
    assert balance(office.ctx(), CLEO, kind.id, date(2027, 1, 4)) == 2 + 24
    office.edit(office.get(LeaveType, kind.id), HEIDI, carry=1)
    late = office.add(LeaveEntry, HEIDI, person=CLEO, type=kind.id, amount=-1)
    assert late.year == 2027
    assert balance(office.ctx(), CLEO, kind.id, date(2027, 1, 4)) == 2 + 24 - 1, "what was closed stays closed"
    change = Ledger(office.ctx(HEIDI), Change("leavebook.add"))
    change.book(CLEO, kind.id, Decimal(-2), Why.CORRECTION, date(2026, 12, 1))
    booked = office.apply(change.close())
    assert balance(office.ctx(), CLEO, kind.id, date(2026, 12, 31)) == 0
    assert balance(office.ctx(), CLEO, kind.id, date(2027, 1, 4)) == 24 - 1
    written = [office.get(LeaveEntry, number) for _, number in booked.puts]
    office.apply(undo(office.ctx(HEIDI), written, Change("leavebook.undo")))
    assert balance(office.ctx(), CLEO, kind.id, date(2026, 12, 31)) == 0
    assert balance(office.ctx(), CLEO, kind.id, date(2027, 1, 4)) == 1 + 24 - 1, "one goes over by the rules of now"
    assert office.problems() == []


def test_leave_over_the_day_of_a_lapse_takes_of_what_was_carried_only_what_lies_before_it(office: Office) -> None:
    kind = typed(office)
    tick(office)
    office.put(Person(id=12, name="Mia", initials="MM", roles=(Role.MANAGER,)))
    one = office.add(Leave, CLEO, type=kind.id, starts=date(2027, 3, 29), ends=date(2027, 4, 2))
    office.do(one, "approve", 12)
    tick(office, date(2027, 4, 3))
    assert balance(office.ctx(), CLEO, kind.id, date(2027, 4, 3)) == 24 - 2, "three of the five that were carried"


def test_what_was_closed_stays_closed_when_the_clock_reckons_on(office: Office) -> None:
    kind = typed(office)
    tick(office, date(2027, 1, 4))
    office.edit(office.get(LeaveType, kind.id), HEIDI, carry=1)
    closed = entries(office, year=2026)
    tick(office, date(2027, 4, 1))
    assert (entries(office, year=2026), entries(office)[-1]) == (closed, ("expired", Decimal(-5), date(2027, 4, 1)))


def test_lines_are_taken_back_by_others_and_never_twice(office: Office) -> None:
    kind = typed(office)
    tick(office)
    one = office.add(LeaveEntry, HEIDI, person=CLEO, type=kind.id, amount=3, note="moved house")
    office.do(one, "reverse", HEIDI)
    assert office.why_not(one, "reverse", HEIDI) == "It is taken back already, by LG-3."
    assert office.why_not(office.get(LeaveEntry, 3), "reverse", HEIDI) == "It takes back another one itself."
    office.do(one, "correct", HEIDI, amount="-0.5", reason="half a day too much")
    assert balance(office.ctx(), CLEO, kind.id, date(2026, 11, 23)) == Decimal("19.5")
    assert projected(office.ctx(), CLEO, kind, date(2027, 4, 1)) == 24, "five go over, and lapse on 31 March"
    with pytest.raises(Refused, match="LG-1 stands"):
        refuse_fixed(office.ctx(HEIDI), office.get(LeaveEntry, 1), {"amount": 1})
    assert office.problems() == []


def test_the_usual_types_come_with_the_first_file_and_their_figures_say_where_they_are_from(office: Office) -> None:
    tick(office)
    names = {one.name for one in office.data.find(LeaveType)}
    assert names == {one.name for one in USUAL}
    assert all(one.note for one in USUAL)
    assert balance(office.ctx(), CLEO, 1, date(2026, 11, 23)) == rounded(Decimal(20) * 10 / 12, Unit.DAYS)
    assert office.problems() == []


def test_half_days_and_hours_are_parts_of_one_s_own_day() -> None:
    days = Workdays({0: Decimal("7.7"), 1: Decimal(4)}, ())
    monday = date(2026, 11, 23)
    half = Leave(type=1, starts=monday, part=Part.AFTERNOON)
    assert [*taken(days, half, Unit.DAYS).values()] == [Decimal("0.5")]
    assert [*taken(days, half, Unit.HOURS).values()] == [Decimal("3.85")]
    assert [*taken(days, Leave(type=1, starts=monday, hours=Decimal("2.25")), Unit.HOURS).values()] == [Decimal("2.25")]
    assert State.ASKED is half.state
