"""Dates and times as typed into a field."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.models.calendar import EntryOrder, add_months, parse_date, parse_range, parse_when

TODAY = date(2026, 11, 21)  # a Saturday
NOW = datetime(2026, 11, 21, 10, 14)
BERLIN = ZoneInfo("Europe/Berlin")

HOSTILE = [
    "",
    "   ",
    "[/x]",
    "[@click=app.quit]x[/]",
    "\x1b[2J",
    "\x1b]0;x\x07",
    "today\u202e",
    "x" * 10_000,
    "9" * 10_000,
    "🦄🦄",
    "日本",
    "١٢٣٤",  # digits, but not those of the forms
    "NaN",
    "1e3",
    "000000",
    "00.00.0000",
    "..",
    "+d",
    "+99999d",
    "-9999y",
]
orders = st.sampled_from(["dmy", "mdy"])
days = st.dates(date(1970, 1, 1), date(2069, 12, 31))
# Made of the pieces that dates are made of, so that it comes close to the forms.
nearly_dates = st.lists(
    st.sampled_from([*"0123456789", ".", "/", "-", "+", " ", ":", "..", "m", "d", "am", "dec", "fri", "in ", "at "]),
    max_size=10,
).map("".join)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2026-11-21"),
        (" TODAY ", "2026-11-21"),
        ("tomorrow", "2026-11-22"),
        ("yesterday", "2026-11-20"),
        ("sat", "2026-11-21"),  # today is that day
        ("sun", "2026-11-22"),
        ("Friday", "2026-11-27"),
        ("thurs", "2026-11-26"),
        ("+3d", "2026-11-24"),
        ("+3", "2026-11-24"),
        ("-1w", "2026-11-14"),
        ("+1m", "2026-12-21"),
        ("+ 2 weeks", "2026-12-05"),
        ("+1y", "2027-11-21"),
        ("in 3 days", "2026-11-24"),
        ("in 1 month", "2026-12-21"),
        ("eom", "2026-11-30"),
        ("month end", "2026-11-30"),
        ("1412", "2026-12-14"),
        ("0106", "2026-06-01"),  # not yet half a year ago
        ("0105", "2027-05-01"),
        ("2105", "2026-05-21"),  # half a year ago to the day
        ("2005", "2027-05-20"),
        ("141226", "2026-12-14"),
        ("140299", "1999-02-14"),
        ("14122026", "2026-12-14"),
        ("20261214", "2026-12-14"),
        ("20102026", "2026-10-20"),
        ("14.12.", "2026-12-14"),
        ("14.12", "2026-12-14"),
        ("1.2.", "2027-02-01"),
        ("14.12.26", "2026-12-14"),
        ("14.12.2026", "2026-12-14"),
        ("14/12/2026", "2026-12-14"),
        ("14-12-2026", "2026-12-14"),
        ("14/12", "2026-12-14"),
        ("2026-12-14", "2026-12-14"),
        ("2026/1/2", "2026-01-02"),
        ("14 dec", "2026-12-14"),
        ("14. December 2026", "2026-12-14"),
        ("14-dec-26", "2026-12-14"),
        ("14dec", "2026-12-14"),
        ("Dec 14, 2026", "2026-12-14"),
        ("sept 1", "2026-09-01"),
        ("2902", "2028-02-29"),
    ],
)
def test_a_date_is_read_as_people_type_it(text: str, day: str) -> None:
    today = date(2028, 1, 10) if text == "2902" else TODAY
    assert parse_date(text, today) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1214", "2026-12-14"),
        ("121426", "2026-12-14"),
        ("12142026", "2026-12-14"),
        ("20261214", "2026-12-14"),
        ("12/14", "2026-12-14"),
        ("12/14/2026", "2026-12-14"),
        ("14.12.2026", "2026-12-14"),  # with dots the day is first everywhere
        ("2026-12-14", "2026-12-14"),
    ],
)
def test_an_office_may_write_the_month_first(text: str, day: str) -> None:
    assert parse_date(text, TODAY, "mdy") == date.fromisoformat(day)


def test_a_month_from_the_31st_ends_with_the_shorter_month() -> None:
    assert parse_date("+1m", date(2027, 1, 31)) == date(2027, 2, 28)
    assert parse_date("+1y", date(2028, 2, 29)) == date(2029, 2, 28)


@given(days, days, orders)
def test_every_way_of_writing_a_date_gives_that_date(day: date, today: date, order: EntryOrder) -> None:
    first, second = ("%d", "%m") if order == "dmy" else ("%m", "%d")
    for form in ("%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%d.%m.%y", f"{first}/{second}/%Y", f"{first}{second}%Y"):
        assert parse_date(day.strftime(form), today, order) == day
    assert parse_date(day.strftime(f"{first}{second}%y"), today, order) == day
    assert parse_date(f"{day.day} {day:%B} {day.year}", today, order) == day


@given(days, days.filter(lambda day: (day.month, day.day) != (2, 29)), orders)
def test_a_date_without_a_year_is_the_nearest_not_half_a_year_past(today: date, day: date, order: EntryOrder) -> None:
    found = parse_date(day.strftime("%d%m" if order == "dmy" else "%m%d"), today, order)
    assert (found.month, found.day) == (day.month, day.day)
    assert add_months(today, -6) <= found < add_months(today, 6) + timedelta(days=4)


@given(days, st.integers(0, 6))
def test_a_weekday_is_within_the_week_that_begins_today(today: date, weekday: int) -> None:
    name = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][weekday]
    found = parse_date(name, today)
    assert found.weekday() == weekday
    assert today <= found < today + timedelta(days=7)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("31.02.", "There is no 31 February 2027"),
        ("31.02.2026", "There is no 31 February 2026"),
        ("2902", "There is no 29 February 2027"),
        ("12/14/2026", "There is no month 14"),
        ("3204", "There is no 32 April"),
        ("01.01.1066", "The year 1066 is not between 1900 and 2199"),
        ("+9999y", "The year 12025 is not between"),
        ("+9999w", "The year 2218 is not between"),
        ("14 foo", "I cannot read '14 foo' as a date"),
        ("soon", "I cannot read 'soon' as a date"),
        ("fr", "I cannot read 'fr' as a date"),
        ("in 1m", "I cannot read 'in 1m' as a date"),
    ],
)
def test_a_date_that_does_not_exist_is_refused_with_the_forms(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=rf"{words}.*\. Write for example today, fri, \+3d.*14\.12\.2026"):
        parse_date(text, TODAY)
    with pytest.raises(ValueError, match=r"12/14/2026 or 2026-12-14\.$"):
        parse_date("soon", TODAY, "mdy")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_refused_in_a_short_printable_sentence(text: str) -> None:
    for read in (parse_date, parse_range):
        with pytest.raises(ValueError, match="Write") as refusal:
            read(text, TODAY)
        assert str(refusal.value).isprintable()
        assert len(str(refusal.value)) < 200
    with pytest.raises(ValueError, match="A time is written 14:30"):
        parse_when(text, NOW)


@given(st.text(max_size=12) | nearly_dates, orders)
def test_no_text_is_anything_but_read_or_refused(text: str, order: EntryOrder) -> None:
    for read in (
        lambda: parse_date(text, TODAY, order),
        lambda: parse_range(text, TODAY, order),
        lambda: parse_when(text, NOW, order),
        lambda: parse_when(text, NOW.replace(tzinfo=BERLIN), order),
    ):
        try:
            read()
        except ValueError as refusal:
            assert str(refusal).endswith(".")  # noqa: PT017 - either outcome is right, the sentence must be


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("mon..fri", "2026-11-23", "2026-11-27"),
        ("fri..mon", "2026-11-27", "2026-11-30"),
        ("today..+1w", "2026-11-21", "2026-11-28"),
        ("-1w..+1w", "2026-11-14", "2026-11-28"),
        ("-2w..-1w", "2026-11-07", "2026-11-14"),
        ("-1w..today", "2026-11-14", "2026-11-21"),
        ("mon..+4d", "2026-11-23", "2026-11-27"),
        ("1412..+2w", "2026-12-14", "2026-12-28"),
        ("14.12...20.12.", "2026-12-14", "2026-12-20"),
        ("14.12. .. 20.12.", "2026-12-14", "2026-12-20"),
        ("2012..0501", "2026-12-20", "2027-01-05"),
        ("2026-03-01..1503", "2026-03-01", "2026-03-15"),  # no year: the first from the start on
        ("1412..eom", "2026-12-14", "2026-12-31"),
        ("today..tomorrow", "2026-11-21", "2026-11-22"),
        ("fri", "2026-11-27", "2026-11-27"),
    ],
)
def test_a_range_is_read_as_people_type_it(text: str, first: str, last: str) -> None:
    assert parse_range(text, TODAY) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-12-14..2026-12-13", "2026-12-13 is before 2026-12-14. Write the earlier date first, like mon..fri"),
        ("fri..yesterday", "is before"),
        ("mon..", "cannot read ''"),
        ("..fri", "cannot read ''"),
        ("mon..fri..sun", "cannot read 'mon..fri'"),
        ("1..5", "cannot read '1'"),
    ],
)
def test_a_range_that_cannot_be_read_says_why(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_range(text, TODAY)


@given(days, nearly_dates)
def test_a_range_never_ends_before_it_begins(today: date, text: str) -> None:
    try:
        first, last = parse_range(text, today)
    except ValueError:
        return
    assert first <= last


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("now", "2026-11-21 10:14"),
        ("14:30", "2026-11-21 14:30"),
        ("1430", "2026-11-21 14:30"),  # there is no month 30
        ("1412", "2026-12-14 08:00"),  # but there is a 14 December
        ("9", "2026-11-21 09:00"),  # today's, although it has passed
        ("0:00", "2026-11-21 00:00"),
        ("9am", "2026-11-21 09:00"),
        ("12am", "2026-11-21 00:00"),
        ("12 PM", "2026-11-21 12:00"),
        ("3:04 p.m.", "2026-11-21 15:04"),
        ("in 2h", "2026-11-21 12:14"),
        ("+2h", "2026-11-21 12:14"),
        ("+90min", "2026-11-21 11:44"),
        ("in 30m", "2026-11-21 10:44"),
        ("in 1h 30m", "2026-11-21 11:44"),
        ("+1m", "2026-12-21 08:00"),
        ("fri", "2026-11-27 08:00"),
        ("fri 14:30", "2026-11-27 14:30"),
        ("fri 1430", "2026-11-27 14:30"),
        ("1412 1412", "2026-12-14 14:12"),
        ("14.12. 9", "2026-12-14 09:00"),
        ("tomorrow at 9 am", "2026-11-22 09:00"),
        ("2026-12-14T09:05", "2026-12-14 09:05"),
        ("14 dec 10", "2026-12-14 10:00"),
        ("14 dec 2030", "2030-12-14 08:00"),
        ("+3d 16:00", "2026-11-24 16:00"),
    ],
)
def test_a_moment_is_a_date_a_time_or_both(text: str, moment: str) -> None:
    assert parse_when(text, NOW, default=time(8)) == datetime.fromisoformat(moment)


def test_a_date_alone_begins_at_midnight_if_nothing_else_is_said() -> None:
    assert parse_when("fri", NOW) == datetime(2026, 11, 27)


@pytest.mark.parametrize("text", ["25:00", "13pm", "0am", "fri 25:00", "9:60", "in 1h 90", "fri 2599", "9 9", "1h 1h"])
def test_a_time_that_no_clock_shows_is_refused_with_the_forms(text: str) -> None:
    with pytest.raises(ValueError, match="A time is written 14:30, 1430, 9, 9am, in 2h"):
        parse_when(text, NOW)


def test_lengths_of_time_are_real_time_and_skipped_times_move_past_the_change() -> None:
    before = datetime(2026, 10, 25, 1, 30, tzinfo=BERLIN)
    assert parse_when("in 2h", before).astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    skipped = parse_when("29.03.2026 2:30", NOW.replace(tzinfo=BERLIN))
    assert (skipped.hour, skipped.minute, skipped.tzinfo) == (3, 30, BERLIN)
