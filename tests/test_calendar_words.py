"""Moments in words, and lengths of time as people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.models.calendar import (
    BusinessHours,
    add_months,
    clock,
    day_words,
    month_end,
    parse_duration,
    parse_week,
    until,
    until_short,
)

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # a Friday
OFFICE = BusinessHours("UTC", parse_week("mon-fri 08:00-17:00"))


@pytest.mark.parametrize(
    ("ahead", "words", "short"),
    [
        (timedelta(hours=2, minutes=10), "2 h 10 min left", "2h10 left"),
        (timedelta(hours=2, minutes=5, seconds=59), "2 h 5 min left", "2h05 left"),
        (timedelta(hours=3), "3 h left", "3h left"),
        (timedelta(minutes=35), "35 min left", "35m left"),
        (timedelta(minutes=-35), "35 min late", "35m late"),
        (timedelta(seconds=30), "under 1 min left", "<1m left"),
        (timedelta(0), "under 1 min late", "<1m late"),
        (timedelta(hours=47, minutes=59), "47 h 59 min left", "47h59 left"),
        (timedelta(days=2), "2 days left", "2d left"),
        (timedelta(days=-3, hours=-5), "3 days late", "3d late"),
        (timedelta(days=729), "729 days left", "729d left"),
        (timedelta(days=-800), "2 years late", "2y late"),
    ],
)
def test_time_left_is_said_as_people_say_it(ahead: timedelta, words: str, short: str) -> None:
    assert until(NOW + ahead, NOW) == words
    assert until_short(NOW + ahead, NOW) == short


@pytest.mark.parametrize(
    ("moment", "now", "words", "short"),
    [
        # Friday 16:00 to Monday 09:00 is two hours of work.
        ("2026-11-23 09:00", "2026-11-20 16:00", "2 h left", "2h left"),
        ("2026-11-20 16:00", "2026-11-23 09:00", "2 h late", "2h late"),
        ("2026-11-26 09:00", "2026-11-20 09:00", "4 days left", "4d left"),
        ("2026-11-24 08:59", "2026-11-20 09:00", "17 h 59 min left", "17h59 left"),
        # Late is late, although the office has not been open since.
        ("2026-11-20 17:00", "2026-11-21 12:00", "under 1 min late", "<1m late"),
        ("2026-11-23 08:00", "2026-11-21 12:00", "under 1 min left", "<1m left"),
    ],
)
def test_time_left_can_be_counted_in_business_hours(moment: str, now: str, words: str, short: str) -> None:
    moments = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (moment, now))
    at, present = moments
    assert until(at, present, OFFICE) == words
    assert until_short(at, present, OFFICE) == short


def test_an_office_without_hours_has_no_time_left_to_count() -> None:
    assert until(NOW + timedelta(days=9), NOW, BusinessHours("UTC", parse_week("closed"))) == "under 1 min left"


def test_time_left_is_real_time_over_a_change_of_the_clock() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 10, 25, 1, 0, tzinfo=berlin)
    assert until(datetime(2026, 10, 25, 4, 0, tzinfo=berlin), before) == "4 h left"


any_moment = st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC))


@given(any_moment, any_moment)
def test_the_short_form_fits_its_column(moment: datetime, now: datetime) -> None:
    assert len(until_short(moment, now)) <= 12


@given(st.timedeltas(timedelta(days=-900), timedelta(days=900)))
def test_the_short_form_fits_its_column_in_business_hours_too(ahead: timedelta) -> None:
    assert len(until_short(NOW + ahead, NOW, OFFICE)) <= 12


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-20", "today"),
        ("2026-11-19", "yesterday"),
        ("2026-11-21", "tomorrow"),
        ("2026-11-27", "Fri 27 Nov"),
        ("2026-11-02", "Mon 2 Nov"),
        ("2027-03-01", "Mon 1 Mar"),
        ("2027-05-21", "Fri 21 May"),
        ("2027-05-22", "22 May 2027"),
        ("2025-11-27", "27 Nov 2025"),
        ("2027-11-27", "27 Nov 2027"),
    ],
)
def test_a_day_is_named_as_people_name_it(day: str, words: str) -> None:
    assert day_words(date.fromisoformat(day), NOW.date()) == words


@given(st.dates(), st.dates())
def test_no_two_days_have_the_same_name(today: date, day: date) -> None:
    # A year apart is where a name without its year would lie.
    others = [other for years in (-1, 1) if (other := _years_on(day, years))]
    assert day_words(day, today) not in {day_words(other, today) for other in others}


def _years_on(day: date, years: int) -> date | None:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return None


def test_the_clock_shows_the_zone_asked_for() -> None:
    assert clock(datetime(2026, 11, 20, 9, 14, tzinfo=UTC), "Europe/Berlin") == "10:14"
    with pytest.raises(ValueError, match="not known"):
        clock(NOW, "Europe/Atlantis")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90", 90),
        ("0", 0),
        ("1:30", 90),
        ("1h 30m", 90),
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("1.5h", 90),
        ("1,5 hours", 90),
        ("45 minutes", 45),
        ("2d", 2 * 24 * 60),
        ("1 day 2h", 26 * 60),
    ],
)
def test_a_length_of_time_is_read_as_people_write_it(text: str, minutes: int) -> None:
    assert parse_duration(text) == timedelta(minutes=minutes)


def test_a_day_of_work_can_be_the_office_s_own() -> None:
    assert parse_duration("2d 1h", day=OFFICE.day_length) == timedelta(hours=19)


@pytest.mark.parametrize("text", ["", "   ", "h", "-5", "1:75", "1.5", "2w", "ninety", "1h 2h", "٣", "9" * 100, "[/x]"])
def test_what_is_no_length_of_time_is_refused_with_the_forms(text: str) -> None:
    with pytest.raises(ValueError, match=r"as a length of time\. Write minutes \(90\)"):
        parse_duration(text)


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(-500, 500))
def test_months_later_is_the_same_day_or_the_month_s_last(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and moved == month_end(moved))


def test_months_beyond_the_calendar_are_said_in_words() -> None:
    with pytest.raises(ValueError, match="year 2200 is not between"):
        add_months(date(2199, 12, 1), 1)
