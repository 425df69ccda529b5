"""Times in the exports of other systems."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.models.calendar import Order, guess_order, parse_import_time

NEW_YORK = "America/New_York"
moments = st.datetimes(datetime(2001, 9, 10), datetime(2199, 12, 30), timezones=st.just(UTC))
orders = st.sampled_from(get_args(Order))


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-02-01T15:04", "2026-02-01 20:04"),  # no zone: the other system's own
        ("2026-02-01 15:04:05", "2026-02-01 20:04:05"),
        ("2026-02-01T15:04:05.123456789", "2026-02-01 20:04:05.123456"),
        ("2026-02-01T15:04:05,5", "2026-02-01 20:04:05.5"),
        ("2026-02-01T15:04Z", "2026-02-01 15:04"),
        ("2026-02-01 15:04:05 UTC", "2026-02-01 15:04:05"),
        ("2026-02-01T15:04:05+01:00", "2026-02-01 14:04:05"),
        ("2026-02-01T15:04:05-0530", "2026-02-01 20:34:05"),
        ("2026-02-01 15:04:05 +0000 UTC", "2026-02-01 15:04:05"),
        ("2026-02-01 15:04 GMT+02", "2026-02-01 13:04"),
        ("2026-02-01T15", "2026-02-01 20:00"),
        ("2026-02-01", "2026-02-01 05:00"),
        ("2026/02/01", "2026-02-01 05:00"),
        ("2026.2.1 9:05", "2026-02-01 14:05"),
        ("20260201", "2026-02-01 05:00"),
        ("20260201T150405Z", "2026-02-01 15:04:05"),
        ("202602011504", "2026-02-01 20:04"),
        ("20260201150405", "2026-02-01 20:04:05"),
        ("01.02.2026 15:04", "2026-02-01 20:04"),  # dots: day first
        ("13/02/2026 3:04 PM", "2026-02-13 20:04"),  # only one order makes it a date
        ("02/13/2026, 12:00:00 AM", "2026-02-13 05:00"),
        ("02/02/2026", "2026-02-02 05:00"),  # alike either way
        ("1-Feb-2026 15:04", "2026-02-01 20:04"),
        ("1-Feb-26", "2026-02-01 05:00"),
        ("1st February, 2026", "2026-02-01 05:00"),
        ("Feb 1, 2026", "2026-02-01 05:00"),
        ("Feb. 1, 2026, 3:04:05 PM", "2026-02-01 20:04:05"),
        ("February 1 2026 at 3:04 pm", "2026-02-01 20:04"),
        ("Sun, 01 Feb 2026 15:04:05 +0100 (CET)", "2026-02-01 14:04:05"),
        ("Sunday 2026-02-01 15:04", "2026-02-01 20:04"),
        ("Sep 1, 2026", "2026-09-01 04:00"),
        ("1769958245", "2026-02-01 15:04:05"),
        ("1769958245.25", "2026-02-01 15:04:05.25"),
        ("1769958245250", "2026-02-01 15:04:05.25"),
        ("1769958245250001", "2026-02-01 15:04:05.250001"),
        ("  2026-02-01   15:04 ", "2026-02-01 20:04"),
    ],
)
def test_a_moment_is_read_in_the_usual_forms(text: str, utc: str) -> None:
    moment = parse_import_time(text, NEW_YORK)
    assert moment == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert moment.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("text", "order", "utc"),
    [
        ("01/02/2026 3:04 PM", "dmy", "2026-02-01 15:04"),
        ("01/02/2026 3:04 PM", "mdy", "2026-01-02 15:04"),
        ("01-02-26", "dmy", "2026-02-01"),
        ("01-02-26", "mdy", "2026-01-02"),
        ("01-02-26", "ymd", "2001-02-26"),
        ("2026-02-01", "mdy", "2026-02-01"),
        ("01.02.2026", "mdy", "2026-02-01"),
    ],
)
def test_the_column_s_order_decides_where_the_text_does_not(text: str, order: Order, utc: str) -> None:
    assert parse_import_time(text, "UTC", order) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@given(moments.map(lambda at: at.replace(microsecond=0)), orders)
def test_every_usual_way_of_writing_a_moment_gives_that_moment(at: datetime, order: Order) -> None:
    forms = ["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S+00:00", "%d.%m.%Y %H:%M:%S", "%Y%m%dT%H%M%S"]
    forms += ["%d %b %Y %I:%M:%S %p", "%B %d, %Y %H:%M:%S", "%a, %d %b %Y %H:%M:%S +0000"]
    forms += {"dmy": ["%d/%m/%Y %H:%M:%S"], "mdy": ["%m-%d-%Y %I:%M:%S %p"], "ymd": ["%Y/%m/%d %H:%M:%S"]}[order]
    for form in forms:
        assert parse_import_time(at.strftime(form), "UTC", order) == at
    assert parse_import_time(str(int(at.timestamp())), NEW_YORK, order) == at


@given(moments, st.timedeltas(timedelta(hours=-12), timedelta(hours=14)))
def test_iso_with_an_offset_is_read_whatever_the_zone_of_the_file(at: datetime, offset: timedelta) -> None:
    whole = timezone(timedelta(minutes=offset // timedelta(minutes=1)))
    assert parse_import_time(at.astimezone(whole).isoformat(), NEW_YORK) == at


def test_a_time_of_the_other_system_s_clock_over_its_change() -> None:
    # Skipped: as if the clock had not been changed yet. Twice: the first.
    assert parse_import_time("2026-03-29 02:30", "Europe/Berlin") == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert parse_import_time("2026-10-25 02:30", "Europe/Berlin") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "order", "words"),
    [
        ("01/02/2026", None, "01/02/2026 can be 1 Feb 2026 or 2 Jan 2026; say whether day or month"),
        ("01-02-26", None, "can be 1 Feb 2026 or 2 Jan 2026 or 26 Feb 2001; say"),
        ("13/02/2026", "mdy", "13/02/2026 is no date with the month first"),
        ("02/13/2026", "dmy", "is no date with the day first"),
        ("01/02/2026", "ymd", "is no date with the year first"),
        ("13/13/2026", None, "13/13/2026 is no date, whichever part comes first"),
        ("31.02.2026", None, "There is no 31 February 2026"),
        ("2026-02-30", None, "There is no 30 February 2026"),
        ("2026-13-01", None, "There is no month 13"),
        ("30-Feb-2026", None, "There is no 30 February 2026"),
        ("20260230", None, "There is no 30 February 2026"),
        ("0001-01-01T00:00:00", None, "The year 1 is not between 1900 and 2199"),
        ("9999999999", None, "The year 2286 is not between"),
        ("2026-02-01 25:00", None, "There is no time 25:00"),
        ("20260201T2500", None, "There is no time 25:00"),
        ("2026-02-01 13:00 PM", None, "There is no time 13:00 PM"),
        ("2026-02-01 15:04 CET", None, "I cannot read '2026-02-01 15:04 CET'"),
        ("2026-02-01T15:04+19:00", None, r"No clock is \+19:00 from UTC"),
        ("2026-02-01 soon", None, "I cannot read"),
        ("1 Foo 2026", None, "I cannot read '1 Foo 2026' as a date and time. Understood are 2026-02-01"),
        ("12345", None, "I cannot read"),
        ("Infinity", None, "I cannot read 'Infinity'"),
        ("", None, "I cannot read ''"),
        ("\x1b[2J", None, r"I cannot read '\?\[2J'"),
        ("2026-02-01 " * 1000, None, "I cannot read"),
        ("\u0662\u0660\u0662\u0666-02-01", None, "I cannot read"),
    ],
)
def test_what_is_no_moment_or_not_one_only_is_refused_in_words(text: str, order: Order | None, words: str) -> None:
    with pytest.raises(ValueError, match=words) as refusal:
        parse_import_time(text, "UTC", order)
    assert str(refusal.value).endswith(".")


def test_an_unknown_zone_is_said_in_words() -> None:
    with pytest.raises(ValueError, match="time zone 'CEST' is not known"):
        parse_import_time("2026-02-01 15:04", "CEST")


@given(
    st.text(max_size=20)
    | st.lists(
        st.sampled_from([*"0123456789", "2026", "-", "/", ".", ":", " ", "T", "Z", "+", "PM", "Feb", ","]), max_size=14
    ).map("".join),
    st.none() | orders,
)
def test_no_cell_is_anything_but_read_or_refused(text: str, order: Order | None) -> None:
    guess_order([text])
    try:
        moment = parse_import_time(text, "Europe/Berlin", order)
    except ValueError as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017 - either outcome is right, the sentence must be
    else:
        assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    ("samples", "order"),
    [
        (["01/02/2026", "13/02/2026 10:00"], "dmy"),
        (["01/02/2026", "02/13/2026"], "mdy"),
        (["2026-02-01", "2026-02-13T10:00"], "ymd"),
        (["26-02-13", "25-12-31"], None),  # year first, or day first of 2013 and 2031
        (["99-12-31"], "ymd"),
        (["2026-02-01", "02/13/2026"], "mdy"),  # the year in front needs no order
        (["01.02.2026"], "dmy"),
        (["01/02/2026", "02/03/2026"], None),
        (["2026-02-01", "02/03/2026"], None),
        (["13/02/2026", "02/13/2026"], None),
        (["13/13/2026", "", "n/a", "x" * 9999, "02/13/2026"], "mdy"),
        (["Feb 1, 2026", "1769958245"], None),
        ([], None),
    ],
)
def test_a_whole_column_tells_its_order(samples: list[str], order: Order | None) -> None:
    assert guess_order(samples) == order


@given(st.lists(moments, min_size=1, max_size=30), st.sampled_from(["dmy", "mdy"]))
def test_a_guessed_order_is_the_one_the_column_was_written_in(column: list[datetime], order: Order) -> None:
    form = "%d/%m/%Y" if order == "dmy" else "%m/%d/%Y"
    guessed = guess_order(at.strftime(form) for at in column)
    assert guessed in (order, None)
    assert (guessed is None) == all(at.day <= 12 for at in column)


def test_the_moment_s_zone_is_the_file_s_and_not_the_machine_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    expected = datetime(2026, 2, 1, 15, 4, tzinfo=ZoneInfo(NEW_YORK))
    assert parse_import_time("2026-02-01 15:04", NEW_YORK) == expected
