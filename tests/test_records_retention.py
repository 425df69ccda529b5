"""How long a document is kept: dates from class and trigger, reckoned anew when one of them changes, holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.models.base import Change, Refused
from botui.models.calendar import month_end
from botui.models.office import Person, Role, Settings
from botui.models.office.rules import revise_person
from botui.models.records import clock, retaining, retention_defaults
from botui.models.records.contract import Contract
from botui.models.records.document import Document, State
from botui.models.records.retaining import after, fiscal_year_end, keep_until, why_kept
from botui.models.records.retention import RetentionClass, Trigger
from tests.rules import MONDAY, Office

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
ENDS = st.sampled_from(["12-31", "03-31", "06-30", "02-28", "02-29", "04-05", "09-30"])
CLASSES = st.builds(
    RetentionClass,
    name=st.just("Any"),
    years=st.none() | st.integers(0, 30),
    months=st.none() | st.integers(0, 11),
    at_least=st.none() | st.integers(1, 30),
    trigger=st.sampled_from(Trigger),
)


@pytest.fixture
def office() -> Office:
    return Office()


def rule(office: Office, name: str = "Bills", **values: Any) -> RetentionClass:
    return office.add(RetentionClass, name=name, **{"years": 7, "trigger": "fiscal-year", **values})


def document(office: Office, by: int = 1, **values: Any) -> Document:
    return office.add(Document, by, **{"title": "Bill of May", "dated": date(2018, 5, 4), **values})


def tick(office: Office) -> list[str]:
    """Let time do its work; return what it did."""
    return [office.apply(change, None).action for change in clock.clock(office.ctx(None))]


# --- dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "ends", "end"),
    [
        (date(2026, 1, 1), "12-31", date(2026, 12, 31)),
        (date(2026, 12, 31), "12-31", date(2026, 12, 31)),
        (date(2026, 3, 31), "03-31", date(2026, 3, 31)),
        (date(2026, 4, 1), "03-31", date(2027, 3, 31)),
        (date(2024, 2, 28), "02-28", date(2024, 2, 29)),
        (date(2024, 3, 1), "02-29", date(2025, 2, 28)),
        (date(2026, 4, 6), "04-05", date(2027, 4, 5)),
    ],
)
def test_a_fiscal_year_ends_on_its_day_and_a_february_with_its_last(day: date, ends: str, end: date) -> None:
    assert fiscal_year_end(day, ends) == end


@pytest.mark.parametrize(
    ("values", "dated", "ended", "until"),
    [
        ({"years": 7, "trigger": "fiscal-year"}, date(2018, 5, 4), None, date(2025, 12, 31)),
        ({"years": 2, "trigger": "created"}, date(2024, 2, 29), None, date(2026, 2, 28)),
        ({"months": 1, "trigger": "created"}, date(2026, 1, 31), None, date(2026, 2, 28)),
        ({"years": 1, "months": 6, "trigger": "created"}, date(2026, 1, 15), None, date(2027, 7, 15)),
        ({"years": 7, "trigger": "contract-end"}, date(2018, 5, 4), None, None),
        ({"years": 7, "trigger": "contract-end"}, date(2018, 5, 4), date(2020, 6, 30), date(2027, 6, 30)),
        ({"trigger": "created"}, date(1950, 1, 1), date(1960, 1, 1), None),
        (
            {"years": 1, "at_least": 3, "trigger": "employment-end"},
            date(2020, 1, 1),
            date(2020, 6, 1),
            date(2023, 1, 1),
        ),
        (
            {"years": 1, "at_least": 3, "trigger": "employment-end"},
            date(2020, 1, 1),
            date(2025, 6, 1),
            date(2026, 6, 1),
        ),
        ({"years": 0, "trigger": "expiry"}, date(2020, 1, 1), date(2025, 6, 1), date(2025, 6, 1)),
        ({"years": 100, "trigger": "created"}, date(2150, 1, 1), None, None),
    ],
)
def test_a_class_says_until_when_a_document_is_kept(
    values: dict[str, Any], dated: date, ended: date | None, until: date | None
) -> None:
    assert keep_until(RetentionClass(name="x", **values), dated, ended, "12-31") == until


@given(CLASSES, DAYS, st.none() | DAYS, ENDS)
def test_nothing_goes_before_its_trigger_and_its_whole_period(
    one: RetentionClass, dated: date, ended: date | None, ends: str
) -> None:
    until = keep_until(one, dated, ended, ends)
    year_end = fiscal_year_end(dated, ends)
    assert dated <= year_end < dated + timedelta(days=367)
    assert fiscal_year_end(year_end, ends) == year_end
    assert fiscal_year_end(year_end + timedelta(days=1), ends) > year_end
    start = {Trigger.CREATED: dated, Trigger.FISCAL_YEAR: year_end}.get(one.trigger, ended)
    if one.for_ever or start is None:
        assert until is None
        return
    assert until is not None
    assert until >= after(start, one.period) >= start
    assert until.toordinal() - start.toordinal() >= 28 * one.period
    if one.at_least:
        assert until >= after(dated, 12 * one.at_least)
    elif start == month_end(start):
        assert until == month_end(until), "what ends with its month goes on doing so"


@given(CLASSES, DAYS, DAYS, st.none() | DAYS, ENDS)
def test_what_is_later_is_never_kept_for_a_shorter_time(
    one: RetentionClass, first: date, second: date, ended: date | None, ends: str
) -> None:
    earlier, later = (keep_until(one, day, ended, ends) for day in sorted((first, second)))
    assert (earlier is None) is (later is None)
    assert earlier is None or later is None or earlier <= later


# --- what follows -----------------------------------------------------------------------------------------------------


def test_it_follows_from_class_and_date_whatever_changes(office: Office) -> None:
    bills, drafts = rule(office), rule(office, "Drafts", years=None, months=1, trigger="created")
    one = document(office, schedule=bills.id)
    assert one.keep_until == date(2025, 12, 31)
    assert office.edit(one, dated=date(2026, 11, 1)).keep_until == date(2033, 12, 31)
    assert office.edit(one, schedule=drafts.id).keep_until == date(2026, 12, 1)
    assert office.edit(one, schedule=None).keep_until is None
    office.edit(one, schedule=bills.id)
    assert office.edit(bills, years=10).years == 10
    assert office.get(Document, 1).keep_until == date(2036, 12, 31), "the class was changed later"
    office.edit(bills, years=None)
    assert office.get(Document, 1).keep_until is None
    assert office.problems() == []


def test_another_end_of_the_fiscal_year_counts_for_all_that_is_there(office: Office) -> None:
    one = document(office, schedule=rule(office).id)
    office.put(Settings(id=1, name="Test", zone="Europe/Berlin"))
    before = office.get(Settings, 1)
    office.settings = before.model_copy(update={"fiscal_year_end": "03-31"})
    office.apply(Change("settings.edit").set(before, fiscal_year_end="03-31"))
    assert office.get(Document, one.id).keep_until == date(2026, 3, 31)


@pytest.mark.parametrize("text", ["13-01", "1-1", "12-32", "", "end of March", "12-31-2026"])
def test_a_fiscal_year_that_ends_on_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="fiscal_year_end"):
        Settings(name="x", fiscal_year_end=text)


def test_paper_of_a_contract_is_kept_from_its_end_which_is_not_the_end_of_its_content(office: Office) -> None:
    leases = rule(office, "Leases", trigger="contract-end")
    one = document(office, schedule=leases.id, ends_on=date(2019, 12, 31))
    assert one.keep_until == date(2026, 12, 31), "no contract: from the day that is on it"
    contract = office.add(Contract, name="Rent", document=one.id, renews_on=date(2027, 6, 30), auto_renew=True)
    assert office.get(Document, 1).keep_until is None, "it goes on by itself"
    contract = office.edit(contract, auto_renew=False)
    assert office.get(Document, 1).keep_until == date(2034, 6, 30)
    office.do(contract, "cancel", until=date(2026, 12, 31))
    assert office.get(Document, 1).keep_until == date(2033, 12, 31)
    office.do(contract, "reopen")
    office.do(contract, "renew")
    assert office.get(Document, 1).keep_until == date(2035, 6, 30)
    named = document(office, schedule=leases.id, about=contract.ref)
    assert named.keep_until == date(2035, 6, 30)
    office.edit(contract, document=named.id)
    assert office.get(Document, 1).keep_until == date(2026, 12, 31), "it is its copy no more"
    assert office.problems() == []


def test_a_personnel_file_is_kept_from_the_day_somebody_leaves(office: Office) -> None:
    files = rule(office, "Personnel", trigger="employment-end")
    office.put(office.get(Person, 1).model_copy(update={"roles": (Role.STAFF, Role.HR)}))
    one = document(office, schedule=files.id, person=3, privacy="hr")
    assert one.keep_until is None
    assert "the end of the employment is not known" in str(why_kept(office.ctx(), one))
    cleo = office.get(Person, 3)
    office.apply(revise_person(office.ctx(), cleo, cleo.model_copy(update={"active": False})))
    one = office.get(Document, 1)
    assert (one.ends_on, one.keep_until) == (TODAY, date(2033, 11, 23))


# --- time and holds ---------------------------------------------------------------------------------------------------


def test_when_its_time_is_over_a_document_is_due_for_review_the_day_after_and_once(office: Office) -> None:
    document(office, schedule=rule(office, years=8).id)
    document(office, title="Held", schedule=1)
    office.do(office.get(Document, 2), "hold", reason="tax audit")
    office.now = MONDAY.replace(month=12, day=31)
    assert tick(office) == []
    office.now += timedelta(days=1)
    assert tick(office) == ["documents.due"]
    assert tick(office) == []
    assert [office.get(Document, number).state for number in (1, 2)] == [State.REVIEW, State.FILED]
    office.do(office.get(Document, 2), "release", reason="audit is over")
    assert tick(office) == ["documents.due"]
    assert office.problems() == []


def test_a_hold_wins_over_everything_until_it_is_taken_off(office: Office) -> None:
    one = document(office, schedule=rule(office).id)
    tick(office)
    assert office.said(one, "hold", reason="lawsuit Meyer.") == "D-1 is on hold: lawsuit Meyer."
    assert office.get(Document, 1).state is State.FILED
    assert office.why_not(one, "dispose") == "It is on hold: lawsuit Meyer. y takes the hold off."
    assert office.why_not(one, "hold") == "It is on hold already: lawsuit Meyer."
    assert office.said(one, "release", reason="settled").startswith("D-1 is on hold no more. It is kept until")
    assert office.why_not(one, "release") == "Nothing holds it."


def test_a_scan_on_hold_is_neither_thrown_away_nor_made_part_of_another(office: Office) -> None:
    into = document(office)
    office.put(Document(id=2, title="Scan", state=State.INBOX))
    scan = office.do(office.get(Document, 2), "hold", reason="tax audit")
    verbs: tuple[tuple[Document, str, dict[str, int]], ...] = (
        (scan, "reject", {}),
        (scan, "merge", {"into": 1}),
        (into, "attach", {"scan": 2}),
    )
    for one, verb, args in verbs:
        with pytest.raises(Refused, match="D-2 is on hold: tax audit"):
            office.do(one, verb, **args)


def test_kept_on_it_goes_only_after_that_day(office: Office) -> None:
    one = document(office, schedule=rule(office).id)
    tick(office)
    with pytest.raises(Refused, match="cannot be kept until then"):
        office.do(one, "review", until=TODAY - timedelta(days=1), reason="x")
    one = office.do(one, "review", until=date(2027, 5, 1), reason="still in use")
    assert (one.state, one.keep_until) == (State.FILED, date(2027, 5, 1))
    with pytest.raises(Refused, match="kept until Sat 1 May anyway"):
        office.do(one, "review", until=date(2027, 5, 1), reason="x")
    assert office.edit(one, dated=date(2020, 1, 1)).keep_until == date(2027, 12, 31), "the later of both"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, "It has no class, which says how long it is kept: e gives it one."),
        ({"schedule": 1, "dated": TODAY}, "It must be kept until 31 Dec 2033 (Bills)."),
        ({"schedule": 2}, "It is kept for ever (Deeds)."),
        ({"schedule": 3}, "It is kept on: the end of the contract is not known (Leases)."),
    ],
)
def test_what_must_be_kept_says_why(office: Office, values: dict[str, Any], why: str) -> None:
    rule(office)
    rule(office, "Deeds", years=None)
    rule(office, "Leases", trigger="contract-end")
    assert office.why_not(document(office, **values), "dispose") == why


# --- the schedule -----------------------------------------------------------------------------------------------------


def test_the_usual_classes_come_with_the_first_document_and_once(office: Office) -> None:
    assert tick(office) == []
    document(office)
    assert "retention.begin" in tick(office)
    names = [one.name for one in office.data.find(RetentionClass)]
    assert names == [one.name for one in retention_defaults.USUAL]
    assert all(one.source for one in retention_defaults.USUAL)
    office.edit(office.get(RetentionClass, 1), years=10)
    assert tick(office) == []
    assert office.problems() == []


def test_a_class_says_how_long_in_words_and_no_two_are_called_the_same(office: Office) -> None:
    one = rule(office, "Right to work", years=1, months=6, at_least=3, trigger="employment-end")
    assert one.words == "1 year and 6 months after the end of the employment, 3 years after its date at least"
    assert rule(office, "Deeds", years=None).words == "for ever"
    assert rule(office, "Permits", years=0, trigger="expiry").words == "until the day it ends on"
    with pytest.raises(Refused, match="already"):
        rule(office, "RIGHT to work")
    with pytest.raises(Refused, match="already") as no:
        office.edit(one, name="deeds")
    assert no.value.fields.keys() == {"name"}


def _moves() -> Iterator[st.SearchStrategy[tuple[str, Any]]]:
    yield st.tuples(st.just("dated"), st.dates(date(2010, 1, 1), TODAY))
    yield st.tuples(st.just("schedule"), st.none() | st.integers(1, 3))
    yield st.tuples(st.just("years"), st.none() | st.integers(0, 12))
    yield st.tuples(st.sampled_from(["hold", "release", "dispose", "tick", "hand_out", "give_back"]), st.none())
    yield st.tuples(st.just("days"), st.integers(1, 900))


GIVEN: dict[str, dict[str, Any]] = {
    "hold": {"reason": "x"},
    "release": {"reason": "x"},
    "dispose": {"to": 2},
    "hand_out": {"to": 3},
}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(*_moves()), max_size=14))
def test_whatever_is_done_the_date_is_what_class_and_day_say_and_what_is_held_is_on_no_list(
    moves: list[tuple[str, Any]],
) -> None:
    office = Office()
    office.put(office.get(Person, 2).model_copy(update={"roles": (Role.MANAGER,)}))
    for name, trigger in (("Bills", "fiscal-year"), ("Drafts", "created"), ("Leases", "contract-end")):
        rule(office, name, years=3, trigger=trigger)
    one = document(office, schedule=1)
    for what, value in moves:
        try:
            if what in ("dated", "schedule"):
                office.edit(one, **{what: value})
            elif what == "years":
                office.edit(office.get(RetentionClass, 1), years=value)
            elif what == "days":
                office.now += timedelta(days=value)
            elif what == "tick":
                tick(office)
            else:
                office.do(one, what, **GIVEN.get(what, {}))
        except Refused:
            pass
        now = office.get(Document, 1)
        assert now.keep_until == retaining.kept_until(office.ctx(), now)
        if now.disposal is not None or now.state in (State.REVIEW, State.APPROVED):
            assert not now.held
            assert now.keep_until is not None
            assert now.keep_until < office.ctx().today
        assert office.problems() == []
