"""When a meeting begins and ends: as people type it, over midnight, over days and over the change of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.models.meetings.times import (
    LONGEST,
    end_of,
    is_all_day,
    length_words,
    midnight,
    overlap,
    read_length,
    span_words,
    until_when,
    until_words,
)
from botui.models.office import Settings
from tests.rules import Office, at

BERLIN = Settings(zone="Europe/Berlin")
FRI_14 = "2026-11-27 14:00"


def local(text: str) -> datetime:
    """Return a moment of the clock in Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN.tz).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "typed", "end"),
    [
        (FRI_14, "", "2026-11-27 15:00"),
        (FRI_14, "15:30", "2026-11-27 15:30"),
        (FRI_14, "1530", "2026-11-27 15:30"),
        (FRI_14, "16", "2026-11-27 16:00"),
        (FRI_14, "4pm", "2026-11-27 16:00"),
        (FRI_14, "45", "2026-11-27 14:45"),
        (FRI_14, "90", "2026-11-27 15:30"),
        (FRI_14, "45m", "2026-11-27 14:45"),
        (FRI_14, "1h30", "2026-11-27 15:30"),
        (FRI_14, "1.5h", "2026-11-27 15:30"),
        (FRI_14, "2d", "2026-11-29 14:00"),
        (FRI_14, "1w", "2026-12-04 14:00"),
        (FRI_14, "24:00", "2026-11-28 00:00"),
        (FRI_14, "0:00", "2026-11-28 00:00"),
        (FRI_14, "sat", "2026-11-29 00:00"),
        (FRI_14, "sat 12", "2026-11-28 12:00"),
        (FRI_14, "28 nov", "2026-11-29 00:00"),
        (FRI_14, "3 dec", "2026-12-04 00:00"),
        (FRI_14, "2026-11-30 09:15", "2026-11-30 09:15"),
        ("2026-11-27 22:00", "2:00", "2026-11-28 02:00"),
        ("2026-11-27 00:00", "", "2026-11-28 00:00"),
        ("2026-11-27 00:00", "1h", "2026-11-27 01:00"),
        ("2026-11-27 00:00", "sun", "2026-11-30 00:00"),
        ("2026-11-27 00:00", "3d", "2026-11-30 00:00"),
        # the night of the 25th of October 2026 has the hour from two to three twice
        ("2026-10-24 00:00", "2d", "2026-10-26 00:00"),
        ("2026-10-24 12:00", "1d", "2026-10-25 12:00"),
        ("2026-10-24 23:00", "3h", "2026-10-25 02:00"),
        ("2026-10-24 23:00", "5h", "2026-10-25 03:00"),
        # in the night of the 29th of March there is no hour from two to three
        ("2026-03-28 00:00", "2d", "2026-03-30 00:00"),
        ("2026-03-29 01:00", "1h", "2026-03-29 03:00"),
        ("2026-03-29 01:00", "2:30", "2026-03-29 03:30"),
    ],
)
def test_the_end_is_read_from_the_beginning_on(start: str, typed: str, end: str) -> None:
    assert end_of(BERLIN, local(start), typed) == local(end)


def test_the_hour_that_comes_twice_can_be_met_in() -> None:
    start = local("2026-10-25 02:45")
    assert end_of(BERLIN, start, "02:15") - start == timedelta(minutes=30)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("13:00", "before it begins"),
        ("15", None),
        ("14:00", "before it begins"),
        ("thu 9:00", None),
        ("2026-11-26", "before it begins"),
        ("0m", "I cannot read"),
        ("61d", "longer than 60 days"),
        ("99999h", "longer than 60 days"),
        ("999w", "longer than 60 days"),
        ("2027-11-27", "longer than 60 days"),
        ("soonish", "I cannot read 'soonish' as the end of a meeting"),
        ("x" * 40, "I cannot read"),
        ("25:00", "I cannot read"),
    ],
)
def test_an_end_that_cannot_be_is_said_in_words(typed: str, words: str | None) -> None:
    if words is None:
        assert end_of(BERLIN, local(FRI_14), typed) > local(FRI_14)
        return
    with pytest.raises(ValueError, match=words):
        end_of(BERLIN, local(FRI_14), typed)


@given(
    day=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    clock=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    minutes=st.integers(1, LONGEST // timedelta(minutes=1)),
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]),
)
def test_how_long_it_takes_is_kept_so_that_it_ends_at_the_same_moment(
    day: date, clock: time, minutes: int, zone: str
) -> None:
    settings = Settings(zone=zone)
    start = datetime.combine(day, clock, settings.tz).astimezone(UTC)
    end = start + timedelta(minutes=minutes)
    assert end_of(settings, start, until_words(settings, start, end)) == end


@given(first=st.integers(0, 60), length=st.integers(1, 60), gap=st.integers(-120, 120), other=st.integers(1, 60))
def test_two_spans_overlap_each_other_or_not_and_never_where_they_touch(
    first: int, length: int, gap: int, other: int
) -> None:
    start = at("2026-10-25 00:00") + timedelta(minutes=first)
    end = start + timedelta(minutes=length)
    begin = start + timedelta(minutes=gap)
    spans = (start, end), (begin, begin + timedelta(minutes=other))
    both = set(range(first, first + length)) & set(range(first + gap, first + gap + other))
    assert overlap(*spans[0], *spans[1]) is overlap(*spans[1], *spans[0]) is bool(both)
    assert not overlap(start, end, end, end + timedelta(minutes=other))


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-11-23 14:00", "2026-11-23 15:00", "today 14:00-15:00"),
        ("2026-11-27 14:00", "2026-11-27 15:30", "Fri 27 Nov 14:00-15:30"),
        ("2026-11-24 22:00", "2026-11-25 00:00", "tomorrow 22:00-24:00"),
        ("2026-11-24 22:00", "2026-11-25 02:00", "tomorrow 22:00-02:00"),
        ("2026-11-24 00:00", "2026-11-25 00:00", "tomorrow, all day"),
        ("2026-11-27 00:00", "2026-11-30 00:00", "Fri 27 Nov - Sun 29 Nov"),
        ("2026-11-27 14:00", "2026-11-29 12:00", "Fri 27 Nov 14:00 - Sun 29 Nov 12:00"),
    ],
)
def test_a_span_is_said_in_the_office_s_words(start: str, end: str, words: str) -> None:
    assert span_words(Office().ctx(), local(start), local(end)) == words


def test_until_when_is_a_time_and_a_day_where_that_is_not_today() -> None:
    ctx = Office().ctx()
    ends = ("2026-11-23 15:00", "2026-11-24 00:00", "2026-11-25 09:00")
    assert [until_when(ctx, local(one)) for one in ends] == ["15:00", "24:00", "Wed 25 Nov 09:00"]


def test_lengths_are_read_as_they_are_said() -> None:
    for text in ("45m", "1h", "1h 30m", "2d", "14d"):
        assert length_words(read_length(text)) == text
    assert is_all_day(BERLIN, midnight(BERLIN, date(2026, 10, 25)), midnight(BERLIN, date(2026, 10, 26)))
    with pytest.raises(ValueError, match="some time"):
        read_length("0d")
