"""Whatever is typed after a command: an outcome or one sentence, never a traceback, never half a change."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui import areas
from botui.models.shape import fields_of
from tests.command_line import Office, Result, found

FIELDS = [spec.name for spec in fields_of(areas.kind("tickets").model)]
VERBS = [one.name for one in areas.kind("tickets").transitions]
ARGUMENTS = sorted({name for one in areas.kind("tickets").transitions if one.needs for name in one.needs.model_fields})
VALUES = st.one_of(
    st.text(max_size=30),
    st.integers().map(str),
    st.sampled_from(
        ["none", "me", "P-1", "T-1", "..", "1..", "..2", "today", "+999999d", "9" * 30, "1e999", "nan", "*"]
    ),
    st.dates().map(str),
    st.tuples(st.dates(), st.dates()).map(lambda both: f"{both[0]}..{both[1]}"),
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = found(Path(tmp_path_factory.mktemp("any")) / "office")
    made.ok("add", "tickets", "subject=Printer")
    return made


def well_behaved(office: Office, before: dict[str, bytes], result: Result) -> None:
    assert result.code in (0, 1, 2)
    assert result.err.count("\n") == (result.code != 0)
    assert not {c for c in result.err[:-1] if c < " " or "\x7f" <= c < "\xa0" or c in "\u202e\u2066\u2028"}
    if result.code:
        assert office.bytes() == before
        assert result.out == ""


@given(st.sampled_from(FIELDS), VALUES)
def test_any_condition_lists_or_is_refused(office: Office, field: str, value: str) -> None:
    before = office.bytes()
    well_behaved(office, before, office.run("list", "tickets", f"{field}={value}", "--json", "--as", "ML"))
    assert office.bytes() == before


@given(st.sampled_from(FIELDS), VALUES)
def test_any_value_is_set_or_refused(office: Office, field: str, value: str) -> None:
    before = office.bytes()
    well_behaved(office, before, office.run("set", "T-1", f"{field}={value}", "--as", "ML"))
    assert office.ticket("T-1")["subject"]


@given(st.sampled_from(VERBS), st.sampled_from(ARGUMENTS), VALUES)
def test_any_verb_is_done_or_refused(office: Office, verb: str, argument: str, value: str) -> None:
    before = office.bytes()
    well_behaved(office, before, office.run("do", "T-1", verb, f"{argument}={value}", "--as", "ML"))


@given(st.lists(st.text(max_size=12), max_size=4))
def test_any_words_are_a_command_or_refused(office: Office, words: list[str]) -> None:
    words = ["show", *words] if not words or words[0] not in ("import", "fill", "demo") else words
    before = office.bytes()
    result = office.run(*words)
    assert result.code in (0, 1, 2)
    assert office.bytes() == before


def test_after_all_that_the_store_is_in_order(office: Office) -> None:
    assert office.run("check").code == 0
