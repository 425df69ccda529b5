"""What comes back: which dates a rule gives, and that its text is the rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.models.calendar import Recurrence
from botui.models.calendar.recurrence import Daily, MonthlyDay, MonthlyWeekday, Weekly, Yearly

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
patterns = st.one_of(
    st.just(Daily()),
    st.sets(st.integers(0, 6), min_size=1).map(lambda found: Weekly(tuple(sorted(found)))),
    st.builds(MonthlyDay, st.integers(1, 31)),
    st.builds(MonthlyWeekday, st.sampled_from([1, 2, 3, 4, -1]), st.integers(0, 6)),
    st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: Yearly(day.month, day.day)),
)
rules = st.builds(Recurrence, patterns, st.integers(1, 999), st.none() | days)
TODAY = date(2026, 11, 21)  # a Saturday


@given(rules, days)
def test_the_next_date_is_after_and_none_lies_between(rule: Recurrence, after: date) -> None:
    found = rule.next(after)
    assert found > after
    assert rule.start is None or found >= rule.start
    for gap in (1, (found - after).days // 2, (found - after).days - 1):
        if 0 <= gap < (found - after).days:
            assert rule.next(after + timedelta(days=gap)) == found


@given(rules)
def test_the_text_of_a_rule_is_the_rule(rule: Recurrence) -> None:
    assert Recurrence.parse(str(rule)) == rule
    assert str(Recurrence.parse(str(rule))) == str(rule)


@given(rules, days, st.integers(0, 4000), st.integers(0, 4000))
def test_due_dates_of_two_stretches_are_those_of_both_together(
    rule: Recurrence, since: date, first: int, second: int
) -> None:
    middle = since + timedelta(days=first)
    until = middle + timedelta(days=second)
    due = rule.due(since, until)
    assert due == (rule.due(since, middle) + rule.due(middle, until))[-1000:]
    assert due == sorted(set(due))
    assert all(since < day <= until for day in due)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("daily", ["2026-11-22", "2026-11-23"]),
        ("every 3 days from 2026-11-21", ["2026-11-24", "2026-11-27"]),
        ("weekly on mon,thu", ["2026-11-23", "2026-11-26", "2026-11-30"]),
        ("every 2 weeks on fri from 2026-11-21", ["2026-12-04", "2026-12-18"]),
        ("every 2 weeks on fri from 2026-11-27", ["2026-11-27", "2026-12-11"]),
        ("every 2 weeks on fri from 2026-12-01", ["2026-12-04", "2026-12-18"]),
        ("monthly on 15", ["2026-12-15", "2027-01-15"]),
        ("monthly on 30", ["2026-11-30", "2026-12-30", "2027-01-30", "2027-02-28", "2027-03-30"]),
        ("monthly on last day", ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28"]),
        ("monthly on first mon", ["2026-12-07", "2027-01-04", "2027-02-01"]),
        ("monthly on fourth sat", ["2026-11-28", "2026-12-26"]),
        ("monthly on last fri", ["2026-11-27", "2026-12-25", "2027-01-29"]),
        ("every 3 months on 1", ["2027-01-01", "2027-04-01", "2027-07-01"]),
        ("every 3 months on 1 from 2026-11-21", ["2027-02-01", "2027-05-01"]),
        ("yearly on 03-31", ["2027-03-31", "2028-03-31"]),
        ("yearly on 02-29", ["2027-02-28", "2028-02-29"]),
        ("every 2 years on 03-31 from 2027-01-01", ["2027-03-31", "2029-03-31"]),
    ],
)
def test_a_rule_gives_these_dates(text: str, dates: list[str]) -> None:
    rule = Recurrence.parse(text)
    assert str(rule) == text
    wanted = [date.fromisoformat(day) for day in dates]
    assert rule.due(TODAY, wanted[-1]) == wanted


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("  Daily ", "daily"),
        ("every day", "daily"),
        ("every 1 weeks on thursday, Monday", "weekly on mon,thu"),
        ("every week on fri fri", "weekly on fri"),
        ("monthly on the 15th", "monthly on 15"),
        ("monthly on 31", "monthly on last day"),
        ("every month on the 1st monday", "monthly on first mon"),
        ("every 12 months on 1", "every 12 months on 1"),
        ("every year on 3-1", "yearly on 03-01"),
    ],
)
def test_other_ways_of_writing_a_rule_mean_the_same(typed: str, canonical: str) -> None:
    assert str(Recurrence.parse(typed)) == canonical


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "cannot read ''"),
        ("sometimes", "cannot read 'sometimes'"),
        ("daily on mon", "Daily has no days"),
        ("weekly", "Say on which weekdays"),
        ("weekly on mon,xyz", "Say on which weekdays"),
        ("monthly", "Say on which day of the month"),
        ("monthly on 32", "No month has a day 32"),
        ("monthly on 0", "No month has a day 0"),
        ("monthly on fifth mon", "Say on which day of the month"),
        ("monthly on first xyz", "Not every month has such a weekday"),
        ("yearly on 02-30", "There is no 30 February"),
        ("yearly on 13-01", "There is no month 13"),
        ("yearly on easter", "Say on which day of the year"),
        ("every 0 days", "every 1 to 999 days"),
        ("every 123456789 weeks on mon", "every 1 to 999 weeks"),
        ("daily from 2026-02-30", "There is no 30 February 2026"),
        ("daily from 9999-12-31", "year 9999 is not between"),
        ("\x1b]0;x\x07", r"'\?\]0;x\?'"),
        ("daily " * 5000, "cannot read 'daily daily"),
    ],
)
def test_a_rule_that_cannot_be_read_says_why_in_words(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Recurrence.parse(text)


@pytest.mark.parametrize("make", [lambda: Weekly(()), lambda: Weekly((3, 1)), lambda: Weekly((7,))])
def test_a_week_needs_real_weekdays_in_order(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="Say on which weekdays"):
        make()


def test_since_ever_begins_in_1900_and_the_end_of_the_calendar_is_said_in_words() -> None:
    assert Recurrence.parse("daily").next(date.min) == date(1900, 1, 1)
    for text in ("daily", "weekly on mon", "every 999 weeks on sun", "monthly on 1", "yearly on 01-01"):
        with pytest.raises(ValueError, match="no date after 9999-12-31 for: "):
            Recurrence.parse(text).next(date.max)


def test_of_very_many_missed_dates_the_latest_thousand_are_given() -> None:
    due = Recurrence.parse("daily").due(date.min, TODAY)
    assert (len(due), due[-1]) == (1000, TODAY)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("every monday", "weekly on mon"),
        ("every mon, thu", "weekly on mon,thu"),
        ("first Monday", "monthly on first mon"),
        ("every last friday", "monthly on last fri"),
        ("every monday from 2026-11-23", "weekly on mon from 2026-11-23"),
    ],
)
def test_what_people_say_for_short_is_read_too(said: str, meant: str) -> None:
    assert str(Recurrence.parse(said)) == meant
