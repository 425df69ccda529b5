"""Business hours: what counts as open time, over nights, holidays and changes of the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.models.calendar import BusinessHours, Span, Week, parse_week

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def office(text: str = "mon-fri 08:00-17:00", zone: str = "Europe/Berlin", *closed: date) -> BusinessHours:
    return BusinessHours(zone, parse_week(text), frozenset(closed))


def local(text: str, zone: str = "Europe/Berlin") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))
# Both sides of every change of the clock in the zones above fall within these days of 2026.
near_changes = st.sampled_from(
    ["2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01"]
).flatmap(
    lambda day: st.timedeltas(timedelta(days=-3), timedelta(days=3)).map(
        lambda offset: datetime.fromisoformat(day).replace(tzinfo=UTC) + offset
    )
)
any_moment = moments | near_changes
amounts = st.timedeltas(timedelta(0), timedelta(hours=200))


@st.composite
def weeks(draw: st.DrawFn, step: int = 1, least: int = 0) -> Week:
    edges = st.integers(least, 24 * 60 // step).map(lambda minute: minute * step)
    days = st.lists(edges, unique=True, max_size=6).map(sorted)
    week = []
    for _ in range(7):
        found = draw(days)
        week.append(tuple(Span(a, b) for a, b in zip(found[::2], found[1::2], strict=False)))
    if not any(week):
        week[draw(st.integers(0, 6))] = (Span(8 * 60, 17 * 60),)
    return tuple(week)


offices = st.builds(
    BusinessHours,
    st.sampled_from(ZONES),
    weeks(),
    st.frozensets(st.dates(date(2026, 3, 1), date(2026, 11, 30)), max_size=20),
)


@given(offices, any_moment, amounts)
def test_what_was_added_lies_between(hours: BusinessHours, start: datetime, amount: timedelta) -> None:
    end = hours.add(start, amount)
    assert end.utcoffset() == timedelta(0)
    assert hours.between(start, end) == amount


@given(offices, any_moment, amounts.filter(bool))
def test_adding_gives_the_first_moment_at_which_the_time_has_passed(
    hours: BusinessHours, start: datetime, amount: timedelta
) -> None:
    end = hours.add(start, amount)
    assert hours.between(start, end - timedelta(microseconds=1)) < amount


@given(offices, any_moment, amounts, amounts, st.timedeltas(timedelta(0), timedelta(days=9)))
def test_more_time_and_a_later_start_never_end_earlier(
    hours: BusinessHours, start: datetime, amount: timedelta, more: timedelta, later: timedelta
) -> None:
    assert hours.add(start, amount) <= hours.add(start, amount + more)
    if amount:
        assert hours.add(start, amount) <= hours.add(start + later, amount)


@given(offices, any_moment, any_moment, any_moment)
def test_the_parts_of_an_interval_add_up(hours: BusinessHours, a: datetime, b: datetime, c: datetime) -> None:
    assert hours.between(a, b) + hours.between(b, c) == hours.between(a, c)
    assert hours.between(a, b) == -hours.between(b, a)


@given(offices, any_moment)
def test_the_next_opening_is_open_and_nothing_was_open_before_it(hours: BusinessHours, at: datetime) -> None:
    opening = hours.next_opening(at)
    assert opening >= at
    assert hours.is_open(opening)
    assert not hours.between(at, opening)
    assert hours.is_open(at) == (opening == at)


@given(
    st.sampled_from(ZONES),
    weeks(step=15, least=16),
    near_changes.map(lambda at: at.replace(minute=0, second=0, microsecond=0)),
    st.integers(0, 4 * 5 * 24),
)
@settings(max_examples=50)
def test_open_time_is_what_the_wall_clock_says_quarter_by_quarter(
    zone: str, week: Week, start: datetime, quarters: int
) -> None:
    # An independent count: spans begin after 04:00, so that no change of the clock falls inside one.
    hours = BusinessHours(zone, week)
    quarter = timedelta(minutes=15)

    def is_open(at: datetime) -> bool:
        wall = at.astimezone(ZoneInfo(zone))
        minute = wall.hour * 60 + wall.minute
        return any(span.opens <= minute < span.closes for span in week[wall.weekday()])

    counted = sum(is_open(start + n * quarter) for n in range(quarters))
    assert hours.between(start, start + quarters * quarter) == counted * quarter


@given(offices, st.dates(date(2026, 3, 1), date(2026, 11, 30)))
def test_a_holiday_or_a_day_without_hours_counts_nothing(hours: BusinessHours, day: date) -> None:
    closed = BusinessHours(hours.zone, hours.week, hours.holidays | {day})
    midnight = datetime.combine(day, datetime.min.time(), ZoneInfo(hours.zone))
    next_midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), ZoneInfo(hours.zone))
    assert not closed.between(midnight, next_midnight)
    assert not closed.is_working_day(day)
    if not hours.week[day.weekday()]:
        assert not hours.between(midnight, next_midnight)


def test_a_deadline_runs_on_after_the_night_and_the_weekend() -> None:
    assert office().add(local("2026-11-20 16:00"), 2 * HOUR) == local("2026-11-23 09:00")


def test_what_ends_with_the_day_is_due_at_closing_time() -> None:
    assert office().add(local("2026-11-20 16:00"), HOUR) == local("2026-11-20 17:00")


def test_no_time_at_all_is_over_at_once_even_when_closed() -> None:
    at = local("2026-11-21 03:00")
    assert office().add(at, timedelta(0)) == at


def test_the_office_is_closed_at_its_closing_time() -> None:
    assert office().is_open(local("2026-11-20 08:00"))
    assert not office().is_open(local("2026-11-20 17:00"))


def test_holidays_are_left_out() -> None:
    hours = office("mon-fri 08:00-17:00", "Europe/Berlin", date(2026, 12, 25))
    assert hours.add(local("2026-12-24 16:30"), HOUR) == local("2026-12-28 08:30")


@pytest.mark.parametrize(
    ("zone", "day", "real_hours"),
    [
        ("Europe/Berlin", "2026-03-29", 23.0),
        ("Europe/Berlin", "2026-10-25", 25.0),
        ("America/New_York", "2026-03-08", 23.0),
        ("America/New_York", "2026-11-01", 25.0),
        ("Australia/Lord_Howe", "2026-10-04", 23.5),
        ("Australia/Lord_Howe", "2026-04-05", 24.5),
        ("Asia/Kolkata", "2026-03-29", 24.0),
        ("UTC", "2026-03-29", 24.0),
        ("Pacific/Apia", "2011-12-30", 0.0),  # the day that Samoa left out
    ],
)
def test_a_whole_day_counts_its_real_hours(zone: str, day: str, real_hours: float) -> None:
    start = local(day, zone)
    always = office("mon-sun 00:00-24:00", zone, date(1999, 1, 1))
    assert always.between(start - timedelta(days=2), start + timedelta(days=2)) == (
        (start + timedelta(days=2)).astimezone(UTC) - (start - timedelta(days=2)).astimezone(UTC)
    )
    on_that_day = office(f"{start:%A} 00:00-24:00", zone)
    assert on_that_day.between(start - timedelta(days=2), start + timedelta(days=2)) == real_hours * HOUR


def test_a_day_shift_is_nine_hours_whatever_the_clock_did_that_night() -> None:
    sundays = office("sun 08:00-17:00")
    for day in ("2026-03-22", "2026-03-29", "2026-10-25"):
        assert sundays.between(local(day), local(f"{day} 23:00")) == 9 * HOUR


@pytest.mark.parametrize(("evening", "real_hours"), [("2026-03-28", 7), ("2026-10-24", 9), ("2026-11-20", 8)])
def test_a_night_shift_counts_the_hours_really_worked(evening: str, real_hours: int) -> None:
    nights = office("mon-sun 22:00-06:00")
    start = local(f"{evening} 20:00")
    assert nights.between(start, start + timedelta(hours=14)) == real_hours * HOUR


@pytest.mark.parametrize(
    ("text", "day", "opens", "real"),
    [
        # 02:00-03:00 does not exist in Berlin on that day: hours in it shrink to the moment of the change.
        ("sun 02:30-06:00", "2026-03-29", "2026-03-29 03:00", 3 * HOUR),
        ("sun 00:00-02:30 03:00-06:00", "2026-03-29", "2026-03-29 00:00", 5 * HOUR),
        ("sun 02:10-06:00", "2026-03-29", "2026-03-29 03:00", 3 * HOUR),
        ("sun 02:10-02:50 08:00-09:00", "2026-03-29", "2026-03-29 08:00", HOUR),
        # It comes twice on this one: an edge in it is the first time the clock shows it.
        ("sun 00:00-02:30", "2026-10-25", "2026-10-25 00:00", 2.5 * HOUR),
        ("sun 02:30-06:00", "2026-10-25", "2026-10-25 02:30", 4.5 * HOUR),
    ],
)
def test_edges_inside_the_change_of_the_clock(text: str, day: str, opens: str, real: timedelta) -> None:
    hours = office(text)
    assert hours.next_opening(local(day)) == local(opens).astimezone(UTC)
    assert hours.between(local(day), local(f"{day} 23:59")) == real


def test_a_day_that_has_ended_does_not_come_back_when_the_clock_is_set_back_over_midnight() -> None:
    # In Newfoundland the clock went from 00:01 back to 23:01 on 7 November 2010, at 02:31 UTC.
    start = datetime(2010, 11, 7, 2, 0, tzinfo=UTC)
    again_saturday = datetime(2010, 11, 7, 2, 45, tzinfo=UTC)
    saturdays, sundays = office("sat 00:00-24:00", "America/St_Johns"), office("sun 00:00-24:00", "America/St_Johns")
    assert saturdays.between(start, start + 2 * HOUR) == 30 * MINUTE
    assert sundays.between(start, again_saturday) == 15 * MINUTE
    assert sundays.is_open(again_saturday)
    assert not saturdays.is_open(again_saturday)
    assert sundays.next_opening(again_saturday) == again_saturday


def test_round_the_clock_is_plain_time_and_needs_no_walk_over_the_days() -> None:
    always = office("always")
    start = local("2026-11-20 16:00")
    century = timedelta(days=36_500)
    assert always.add(start, century) == start.astimezone(UTC) + century
    assert always.between(start, start.astimezone(UTC) + century) == century
    assert always.is_open(start)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-20 11:00", 5, "2026-11-27 11:00"),
        ("2026-11-20 11:00", 0, "2026-11-20 11:00"),
        ("2026-11-20 20:00", 0, "2026-11-23 08:00"),
        ("2026-11-21 11:00", 1, "2026-11-24 08:00"),  # a Saturday counts as the Monday's opening
        ("2026-11-20 20:00", 1, "2026-11-24 08:00"),
        ("2026-11-26 16:30", 1, "2026-11-27 14:00"),  # Friday closes earlier: still on the Friday
        ("2026-11-27 12:30", 1, "2026-11-30 13:00"),  # into the lunch break: after it
        ("2026-11-27 12:00", 1, "2026-11-30 13:00"),
        ("2026-12-24 09:00", 1, "2026-12-28 09:00"),  # over a holiday and a weekend
        ("2026-10-23 09:00:30.5", 1, "2026-10-26 09:00:30.5"),  # same time by the clock over its change
    ],
)
def test_working_days_later_is_the_same_time_moved_into_the_hours(start: str, days: int, end: str) -> None:
    hours = office("mon-thu 08:00-12:00 13:00-17:00, fri 08:00-14:00", "Europe/Berlin", date(2026, 12, 25))
    assert hours.add_days(local(start), days) == local(end)


def test_a_time_the_clock_skips_on_the_day_arrived_at_is_the_moment_of_the_change() -> None:
    assert office("always").add_days(local("2026-03-28 02:30"), 1) == local("2026-03-29 03:00")
    assert office("always").add_days(local("2026-10-24 02:30"), 1) == local("2026-10-25 02:30").astimezone(UTC)


@given(any_moment, st.timedeltas(timedelta(0), timedelta(days=9)), st.integers(0, 30))
def test_working_days_keep_the_order_of_their_starts(start: datetime, later: timedelta, days: int) -> None:
    hours = office("mon-thu 08:00-12:00 13:00-17:00, fri 08:00-14:00")
    end = hours.add_days(start, days)
    assert end <= hours.add_days(start + later, days)
    assert end < hours.add_days(start, days + 1)
    assert hours.is_open(end - timedelta(microseconds=1)) or hours.is_open(end)


def test_the_length_of_a_working_day_is_the_mean_of_the_week() -> None:
    assert office("mon-thu 08:00-17:00, fri 08:00-12:00").day_length == 8 * HOUR
    assert office("closed").day_length == timedelta(0)


def test_an_office_that_never_opens_is_said_in_words() -> None:
    never = office("closed")
    assert not never.between(local("2026-01-01"), local("2026-12-31"))
    assert not never.is_open(local("2026-11-20 10:00"))
    asks: list[Callable[[], object]] = [
        lambda: never.next_opening(local("2026-11-20 10:00")),
        lambda: never.add(local("2026-11-20 10:00"), HOUR),
        lambda: never.add_days(local("2026-11-20 10:00"), 1),
    ]
    for ask in asks:
        with pytest.raises(ValueError, match=r"does not open between 2026-11-20 and 20\d\d-.*holidays"):
            ask()


def test_an_office_shut_for_more_than_a_year_is_waited_for() -> None:
    shut = frozenset(date(2027, 1, 1) + timedelta(days=n) for n in range(500))
    hours = BusinessHours("UTC", parse_week("mon-sun 08:00-17:00"), shut)
    end = local("2026-12-31 16:00", "UTC")
    assert hours.add(end, 2 * HOUR) == local("2028-05-15 09:00", "UTC")
    assert hours.add_days(end, 1) == local("2028-05-15 16:00", "UTC")


def test_years_of_holidays_after_the_last_open_day_are_said_in_words() -> None:
    shut = frozenset(date(2027, 1, 1) + timedelta(days=n) for n in range(3 * 366))
    hours = BusinessHours("UTC", parse_week("mon-sun 08:00-17:00"), shut)
    asks: list[Callable[[], object]] = [
        lambda: hours.add(local("2026-12-31 16:00", "UTC"), 2 * HOUR),
        lambda: hours.add_days(local("2026-12-31 16:00", "UTC"), 1),
    ]
    for ask in asks:
        with pytest.raises(ValueError, match="does not open between 2026-12-31"):
            ask()


@pytest.mark.parametrize("week", ["always", "mon-fri 08:00-17:00"])
def test_beyond_the_calendar_is_said_in_words(week: str) -> None:
    end = local("2199-12-30 10:00")
    with pytest.raises(ValueError, match="2199"):
        office(week).add(end, timedelta.max)
    with pytest.raises(ValueError, match="2199"):
        office(week).add_days(end, 10**9)
    with pytest.raises(ValueError, match="year 1 is not between 1900 and 2199"):
        office(week).between(datetime.min.replace(tzinfo=UTC), end)


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: office().add(local("2026-11-20"), -MINUTE), "only be counted forward"),
        (lambda: office().add_days(local("2026-11-20"), -1), "only be counted forward"),
        (lambda: office().is_open(datetime(2026, 11, 20)), "without a time zone"),
        (lambda: office(zone="Mars/Olympus"), "'Mars/Olympus' is not known.*Europe/Berlin"),
        (lambda: office(zone="/etc/passwd"), "not known"),
        (lambda: office(zone="Europe"), "not known"),
        (lambda: office(zone="\x1b[2J"), r"'\?\[2J'"),
        (lambda: BusinessHours("UTC", ()), "seven days"),
        (lambda: BusinessHours("UTC", ((Span(60, 60),),) * 7), "hours of mon overlap or close"),
        (lambda: BusinessHours("UTC", ((Span(60, 120), Span(90, 180)),) * 7), "hours of mon overlap or close"),
        (lambda: BusinessHours("UTC", ((Span(60, 1500),),) * 7), "leave the day"),
        (lambda: BusinessHours("UTC", ((Span(-60, 15),),) * 7), "leave the day"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(ask: Callable[[], object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        ask()
