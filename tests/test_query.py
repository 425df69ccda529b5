"""A filter is taken apart as the office types it, and nothing typed is an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.models.query import Condition, Query, Span, parse_query


def test_words_conditions_exclusions_and_phrases_are_told_apart() -> None:
    assert parse_query('Printer owner:ML state:open,new prio:P1 -vpn created:today..+1w "two Words"') == Query(
        words=("printer",),
        phrases=("two words",),
        excluded=("vpn",),
        fields=(
            Condition("owner", ("ML",)),
            Condition("state", ("open", "new")),
            Condition("prio", ("P1",)),
            Condition("created", (Span("today", "+1w"),)),
        ),
    )


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("", Query()),
        ("  -  ", Query()),
        ("owner:", Query()),
        ("owner:,", Query()),
        ('owner:"Mary Lee",ML', Query(fields=(Condition("owner", ("Mary Lee", "ML")),))),
        ('owner:"Mary Le', Query(fields=(Condition("owner", ("Mary Le",)),))),
        ("-state:closed", Query(fields=(Condition("state", ("closed",), excluded=True),))),
        ('-"no paper"', Query(excluded=("no paper",))),
        ('"still typing', Query(phrases=("still typing",))),
        ("due:..fri", Query(fields=(Condition("due", (Span("", "fri"),)),))),
        ("amount:100..", Query(fields=(Condition("amount", (Span("100", ""),)),))),
        ("at 10:30", Query(words=("at", "10:30"))),
        ("T-12", Query(words=("t-12",))),
        ("OWNER:ml", Query(fields=(Condition("owner", ("ml",)),))),
    ],
)
def test_half_typed_and_special_filters_mean_what_they_look_like(typed: str, query: Query) -> None:
    assert parse_query(typed) == query


def test_a_colon_after_something_that_is_no_field_is_part_of_a_word() -> None:
    query = parse_query("http://intranet owner:ML re:fault", {"owner"})
    assert query == Query(words=("http://intranet", "re:fault"), fields=(Condition("owner", ("ML",)),))


@given(st.text())
def test_nothing_typed_is_an_error(typed: str) -> None:
    query = parse_query(typed)
    assert bool(query) == (query != Query())


@given(st.lists(st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True), max_size=6))
def test_every_plain_word_must_occur(words: list[str]) -> None:
    query = parse_query(" ".join(words))
    assert query.words == tuple(words)
    assert query.matches(" ".join(reversed(words)).upper())
    assert not words or not query.matches("-")


def test_an_excluded_word_must_not_occur() -> None:
    query = parse_query('printer -vpn "second floor"')
    assert query.matches("Printer on the Second Floor")
    assert not query.matches("Printer on the Second Floor, VPN")
    assert not query.matches("Printer, floor, second")
