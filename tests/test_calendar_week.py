"""Opening hours as text that a person edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.models.calendar import Span, Week, format_week, parse_week

days = (
    st.lists(st.integers(0, 24 * 60), unique=True, max_size=6)
    .map(sorted)
    .map(lambda edges: tuple(Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=False)))
)
weeks = st.tuples(*[days] * 7)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("mon-fri 08:00-17:00", "mon-fri 08:00-17:00"),
        (
            "mon-thu 08:00-12:00 13:00-17:00, fri 08:00-14:00",
            "mon-thu 08:00-12:00 13:00-17:00, fri 08:00-14:00",
        ),
        ("Monday - Friday 8-17", "mon-fri 08:00-17:00"),
        ("mon–fri 0800–1700", "mon-fri 08:00-17:00"),  # noqa: RUF001
        ("mon, wed 8-12; sat 9-11", "mon 08:00-12:00, wed 08:00-12:00, sat 09:00-11:00"),
        ("mon 13:00-17:00 08:00-12:00", "mon 08:00-12:00 13:00-17:00"),
        ("mon 8-12\nmon 12-17", "mon 08:00-17:00"),
        ("sat-mon 10-16", "mon 10:00-16:00, sat-sun 10:00-16:00"),
        ("mon-fri 22:00-06:00", "mon 22:00-24:00, tue-fri 00:00-06:00 22:00-24:00, sat 00:00-06:00"),
        ("sun 18:00-00:00", "sun 18:00-24:00"),
        ("mon-fri 8-17, sat sun closed", "mon-fri 08:00-17:00"),
        ("24/7", "mon-sun 00:00-24:00"),
        ("always", "mon-sun 00:00-24:00"),
        ("closed", "closed"),
    ],
)
def test_a_week_is_read_as_people_write_it(text: str, canonical: str) -> None:
    assert format_week(parse_week(text)) == canonical


@given(weeks)
def test_a_week_written_is_read_as_the_same_week(week: Week) -> None:
    assert parse_week(format_week(week)) == week


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Hours are missing"),
        ("mon-fri", "missing at the end"),
        ("8-17", "on which days '8-17'"),
        ("closed mon", "on which days 'closed'"),
        ("mon 8-17, xyz 9-10", "'xyz' is no weekday"),
        ("mon-xyz 9-10", "'mon-xyz' is no weekday"),
        ("mon 8-25", "no hours 8-25"),
        ("mon 24-25", "no hours 24-25"),
        ("mon 08:61-09:00", "no hours 08:61-09:00"),
        ("mon 8-8", "whole day is 00:00-24:00"),
        ("mon 8-12 11-17", "hours of mon overlap"),
        ("mon 20-06, tue 05-09", "hours of tue overlap"),
        ("mon eight", "'eight' is no weekday"),
        ("mon 8", "cannot read '8' as hours"),
        ("mon 8-12 [/x]", r"cannot read '\[/x\]' as hours"),
        ("mon 8-12 " * 1000, "too long"),
    ],
)
def test_a_week_that_cannot_be_read_says_why_and_how(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_week(text)
