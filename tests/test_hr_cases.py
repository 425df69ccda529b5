"""Discipline and grievance as pure rules: who sees what, until when a warning counts, who decides."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from botui import areas
from botui.models.base import Refused
from botui.models.hr import case_steps, hr_forms
from botui.models.hr.case import Case, Measure, Proceeding, Sort, State
from botui.models.hr.case_steps import Warn
from botui.models.hr.case_waiting import asked, waiting_for
from botui.models.hr.cases_kind import brought_by, case_style, for_whom, step_style
from botui.models.office import Person, Role
from botui.models.records.form import Form
from botui.models.records.letter import Letter
from botui.models.records.letters_kind import concerns
from tests.rules import Office
from tests.test_text import HOSTILE

ANN, BOB, CLEO, HANNA = 1, 2, 3, 5


@pytest.fixture
def office() -> Office:
    found = Office()
    found.put(Person(id=HANNA, name="Hanna Human", initials="HH", roles=(Role.HR,)))
    return found


def case(office: Office, by: int = HANNA, **values: Any) -> Case:
    return office.add(Case, by, **{"subject": "Shouting", "sort": "discipline", "person": CLEO, **values})


def test_a_grievance_is_seen_by_who_brought_it_and_discipline_by_hr_alone(office: Office) -> None:
    mine = office.add(Case, CLEO, subject="Noise", against=BOB)
    assert (mine.person, mine.owner, mine.sort) == (CLEO, None, Sort.GRIEVANCE)
    assert brought_by(mine.doc()) == [CLEO]
    assert brought_by(case(office).doc()) == []
    assert [one.state for one in asked(office.ctx(CLEO))] == ["open"]
    assert [*asked(office.ctx(BOB))] == []


def test_somebody_of_hr_whom_it_is_not_against_looks_into_it(office: Office) -> None:
    one = office.add(Case, CLEO, subject="Noise", against=HANNA)
    assert [each.verb for each in waiting_for(office.ctx(HANNA))] == ["assign"]
    with pytest.raises(Refused, match="against themselves"):
        office.do(one, "assign", HANNA)
    with pytest.raises(Refused, match="Bob Baker does not work as HR"):
        office.do(one, "assign", HANNA, to=BOB)
    office.put(Person(id=6, name="Ines Iyer", initials="II", roles=(Role.HR,)))
    assert office.do(one, "assign", HANNA, to=6).owner == 6
    with pytest.raises(Refused, match="Ines Iyer looks into it already"):
        office.do(one, "assign", HANNA, to=6)


@pytest.mark.parametrize("values", [{"person": BOB}, {"sort": "discipline"}, {"against": CLEO}])
def test_who_is_not_hr_brings_nothing_but_a_grievance_of_their_own(office: Office, values: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        office.add(Case, CLEO, subject="Noise", **values)


def test_what_waits_for_hr_does_not_say_what_it_is_about(office: Office) -> None:
    office.add(Case, CLEO, subject="Noise", against=BOB)
    case(office)
    words = [f"{one.what} {one.why}" for one in waiting_for(office.ctx(HANNA))]
    assert words == ["Grievance nobody looks into it, due Mon 21 Dec", "Discipline open, due Mon 21 Dec"]
    assert [*waiting_for(office.ctx(ANN))] == []


def test_of_the_steps_whom_it_concerns_sees_what_is_shown_to_them(office: Office) -> None:
    one = case(office)
    office.do(one, "note", HANNA, text="Bob has seen it")
    office.do(one, "note", HANNA, text="You were heard", what="hearing", shown=True)
    office.do(one, "review", HANNA, text="It was so")
    office.do(one, "warn", HANNA, text="Do not shout")
    steps = office.data.find(Proceeding)
    assert [(step.what, for_whom(step.doc())) for step in steps] == [
        (Measure.NOTE, []),
        (Measure.HEARING, [CLEO]),
        (Measure.FINDING, []),
        (Measure.WARNING, [CLEO]),
    ]
    assert office.problems() == []


def test_a_warning_counts_for_a_year_and_then_no_more(office: Office) -> None:
    one = case(office)
    office.do(one, "warn", HANNA, text="Do not shout", on=date(2026, 11, 20))
    doc = office.data.find(Proceeding)[0].doc()
    assert doc["until"] == "2027-11-20"
    assert (step_style(doc, "2027-11-20T09:00:00Z"), step_style(doc, "2027-11-21T09:00:00Z")) == ("soon", "done")
    office.do(one, "warn", HANNA, text="We talked", what="talk")
    assert office.data.find(Proceeding)[1].until is None
    with pytest.raises(Refused, match="end before it begins"):
        office.do(one, "warn", HANNA, text="X", until=date(2026, 1, 1))
    with pytest.raises(Refused, match="no measure"):
        office.do(one, "warn", HANNA, text="X", what="note")
    with pytest.raises(Refused, match="is a measure"):
        office.do(one, "note", HANNA, text="X", what="final")


def test_of_a_grievance_the_measure_is_against_whom_it_is_about(office: Office) -> None:
    office.add(Case, CLEO, subject="Noise", against=BOB)
    office.do(office.get(Case, 1), "warn", HANNA, text="Be quiet", what="verbal")
    assert for_whom(office.data.find(Proceeding)[0].doc()) == [BOB]


def test_nobody_decides_a_case_against_themselves(office: Office) -> None:
    office.put(Person(id=6, name="Hugo Human", initials="HU", roles=(Role.HR,)))
    one = case(office, person=HANNA, owner=6)
    for verb in ("review", "warn", "resolve", "reject"):
        assert office.why_not(one, verb, HANNA) == "Nobody decides a case against themselves."
    with pytest.raises(Refused, match="against themselves"):
        office.edit(one, 6, owner=HANNA)
    with pytest.raises(Refused, match="does not work as HR"):
        office.edit(one, 6, owner=BOB)


def test_a_case_ends_and_is_opened_again(office: Office) -> None:
    one = office.do(case(office), "resolve", HANNA, outcome="They made it up")
    assert (one.state, one.closed_on, case_style(one.doc(), "2027")) == (State.RESOLVED, date(2026, 11, 23), "done")
    one = office.do(one, "reopen", HANNA)
    assert (one.state, one.outcome, one.closed_on) == (State.OPEN, "", None)
    assert office.do(one, "reject", HANNA, outcome="Nothing to it").state is State.INVALID
    assert office.problems() == []


def test_nothing_of_a_case_is_said_or_noted(office: Office) -> None:
    one = case(office, text="He drank")
    change = case_steps.warn(office.ctx(HANNA), one, Warn(text="He drank"))
    assert (change.note, change.said) == ("", "Written down at CS-1; whom it is against finds it under HR tasks.")
    mine = office.add(Case, CLEO, subject="Noise", against=BOB)
    said = [office.said(mine, "note", HANNA, text="You were heard", shown=True)]
    said.append(office.said(mine, "resolve", HANNA, outcome="Bob says sorry"))
    assert said == [
        "Your note is at CS-2. Whoever's case it is reads it, too.",
        "CS-2 is resolved. Whoever brought it reads how.",
    ]
    nameless = case(office, sort="grievance", person=None)
    with pytest.raises(Refused, match="Nobody is named"):
        office.do(nameless, "note", HANNA, text="Heard", shown=True)


def test_a_warning_is_a_letter_that_its_person_sees(office: Office) -> None:
    for change in hr_forms.usual(office.ctx(None)):
        office.apply(change)
    one = case(office)
    for change in hr_forms.usual(office.ctx(None)):
        office.apply(change)
    form = office.data.find(Form, sort="warning")[0]
    office.do(one, "warn", HANNA, text="Do not shout", form=form.id)
    letter, step = office.get(Letter, 1), office.data.find(Proceeding)[0]
    assert step.letter == letter.id
    assert "Do not shout" in letter.text
    assert (letter.subject, concerns(letter.doc())) == ("written warning CS-1", [HANNA, CLEO])
    office.do(one, "write", HANNA)
    assert office.get(Letter, 2).person == CLEO


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_kept_clean(office: Office, text: str) -> None:
    one = case(office, subject=f"X{text}"[:200], text=text)
    office.do(one, "note", HANNA, text=f"X{text}"[:8000])
    assert areas.kind("cases").title(one).startswith("X")
