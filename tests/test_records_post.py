"""The post book as rules: letters with their papers, answers and days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.models.base import Refused
from botui.models.office import Party, Place
from botui.models.records.away import hand_over, take_back
from botui.models.records.document import Document, Privacy
from botui.models.records.document import State as Paper
from botui.models.records.documents_kind import whose
from botui.models.records.filing_rule import FilingRule
from botui.models.records.form import Form
from botui.models.records.letter import PENDING, Channel, Direction, Letter, State
from botui.models.records.letters_kind import LETTERS
from botui.models.records.parcel import Parcel
from botui.models.records.parcel import State as Where
from botui.models.records.post_card import card
from botui.models.records.post_clock import due
from botui.models.records.post_waiting import waiting_for
from botui.models.records.retention import RetentionClass
from tests.rules import Office, at


@pytest.fixture
def office() -> Office:
    """An office with two parties and a shelf."""
    made = Office()
    made.put(Party(id=1, name="Meyer GmbH", account_no="M-77", address="Hafenstr. 1\n20457 Hamburg"))
    made.put(Party(id=2, name="Old Ltd", active=False))
    made.put(Place(id=1, name="Cabinet 3", codes=("CAB3",)))
    return made


def view(office: Office, name: str, by: int = 1) -> list[str]:
    """Return the letters of a list."""
    return [one.ref for one in office.data.listed(Letter, LETTERS.view(name).where(office.ctx(by)))]


# --- letters in -------------------------------------------------------------------------------------------------------


def test_a_letter_in_files_its_paper_with_the_entry_and_says_which_number_goes_on_it(office: Office) -> None:
    new = Letter(
        id=office.data.new_id(Letter), correspondent="meyer gmbh", subject="Offer 12", reply_due=date(2026, 12, 4)
    )
    said = office.apply(LETTERS.create(office.ctx(), new)).said  # type: ignore[misc]
    assert said == "LE-1 is entered; write D-1 on it; to be answered Fri 4 Dec, and nobody sees to it yet."
    letter, paper = office.get(Letter, 1), office.get(Document, 1)
    assert (letter.party, letter.on, letter.document, letter.state) == (1, date(2026, 11, 23), 1, State.OPEN)
    assert (paper.title, paper.party, paper.about, paper.state) == ("Offer 12", 1, "LE-1", Paper.INBOX)
    assert not office.problems()


@pytest.mark.parametrize("typed", ["PA-1", "m-77", "MEYER GMBH", "Meyer GmbH"])
def test_whoever_is_named_by_a_code_is_called_by_their_name(office: Office, typed: str) -> None:
    letter = office.add(Letter, correspondent=typed, subject="Offer")
    assert (letter.correspondent, letter.party) == ("Meyer GmbH", 1)


def test_a_paper_is_filed_where_somebody_says_that_it_stands(office: Office) -> None:
    letter = office.add(Letter, correspondent="Meyer GmbH", subject="Contract", place=1, privacy=Privacy.PRIVATE)
    paper = office.get(Document, letter.document or 0)
    assert (paper.place, paper.state, paper.privacy) == (1, Paper.FILED, Privacy.PRIVATE)
    assert letter.place is None, "the paper's own record says so"


@pytest.mark.parametrize(
    ("values", "filed"),
    [
        ({"channel": Channel.PHONE}, False),
        ({"channel": Channel.EMAIL}, False),
        ({"channel": Channel.EMAIL, "paper": True}, True),
        ({"channel": Channel.FAX}, True),
        ({"channel": Channel.COURIER, "paper": False}, False),
        ({"channel": Channel.PHONE, "place": 1}, True),
    ],
)
def test_what_leaves_a_paper_is_filed_unless_somebody_says_otherwise(
    office: Office, values: dict[str, Any], filed: bool
) -> None:
    letter = office.add(Letter, correspondent="Eve", subject="Rang", **values)
    assert (letter.document is not None) is filed
    assert letter.paper is None


def test_filing_rules_say_of_which_class_the_paper_is_and_where_it_goes(office: Office) -> None:
    office.put(RetentionClass(id=1, name="Applications"))
    office.put(RetentionClass(id=2, name="Contracts"))
    office.put(
        FilingRule(id=1, name="Jobs", words="application, vacancy", schedule=1, place=1, tags=("job",), privacy="hr")
    )
    letter = office.add(Letter, correspondent="Eve", subject="Application as a clerk")
    paper = office.get(Document, letter.document or 0)
    assert (paper.schedule, paper.place, paper.tags, paper.state) == (1, 1, ("job",), Paper.FILED)
    assert letter.privacy is paper.privacy is Privacy.HR
    letter = office.add(Letter, correspondent="Eve", subject="Vacancy?", schedule=2, privacy="private")
    paper = office.get(Document, letter.document or 0)
    assert (paper.schedule, paper.privacy, letter.schedule) == (2, Privacy.PRIVATE, None), (
        "what somebody says goes first"
    )


def test_a_scan_that_is_there_already_becomes_the_paper_of_the_letter(office: Office) -> None:
    office.put(Document(id=7, title="scan0007"))
    letter = office.add(Letter, correspondent="Meyer GmbH", subject="Offer", document=7)
    paper = office.get(Document, 7)
    assert (letter.document, paper.about, paper.party, paper.state) == (7, "LE-1", 1, Paper.INBOX)
    office.put(paper.model_copy(update={"state": Paper.DESTROYED}))
    with pytest.raises(Refused, match="D-7: It is destroyed"):
        office.add(Letter, correspondent="Meyer GmbH", subject="Offer", document=7)


@pytest.mark.parametrize(
    ("before", "letter", "after"),
    [("open", "private", "private"), ("open", "hr", "hr"), ("private", "hr", "hr"), ("hr", "open", "hr")],
)
def test_a_scan_that_becomes_the_paper_of_a_letter_is_for_as_few_people(
    office: Office, before: str, letter: str, after: str
) -> None:
    office.put(Document(id=7, title="scan0007", privacy=Privacy(before)))
    office.add(Letter, correspondent="Court", subject="Secret", document=7, privacy=letter, owner=2)
    paper = office.get(Document, 7)
    assert paper.privacy is Privacy(after)
    assert letter != "private" or set(whose(paper.doc())) == {1, 2}, "who entered it and who sees to it"


def test_a_paper_that_was_made_hr_s_is_opened_by_no_change_of_its_letter(office: Office) -> None:
    letter = office.add(Letter, correspondent="Eve", subject="Complaint")
    office.put(office.get(Document, 1).model_copy(update={"privacy": Privacy.HR}))
    for privacy in (Privacy.PRIVATE, Privacy.OPEN):
        letter = office.edit(letter, privacy=privacy)
        assert office.get(Document, 1).privacy is Privacy.HR


def test_a_paper_can_be_filed_later_and_then_says_itself_where_it_stands(office: Office) -> None:
    letter = office.add(Letter, correspondent="Eve", subject="Rang", channel=Channel.PHONE)
    letter = office.edit(letter, place=1)
    assert office.get(Document, letter.document or 0).place == 1
    with pytest.raises(Refused, match="D-1 says where it stands"):
        office.edit(letter, place=1)
    letter = office.edit(letter, privacy=Privacy.PRIVATE, correspondent="Meyer GmbH")
    assert (letter.party, office.get(Document, 1).privacy) == (1, Privacy.PRIVATE)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"on": date(2026, 11, 24)}, "on"),
        ({"dated": date(2026, 11, 24)}, "dated"),
        ({"on": date(2026, 11, 20), "dated": date(2026, 11, 21)}, "dated"),
        ({"reply_due": date(2026, 11, 22)}, "reply_due"),
        ({"owner": 4}, "owner"),
        ({"party": 2}, "party"),
        ({"answers": 9}, "answers"),
        ({"form": 1}, "form"),
        ({"direction": Direction.OUT, "form": 2}, "form"),
        ({"direction": Direction.OUT, "form": 9}, "form"),
    ],
)
def test_what_does_not_go_together_is_refused_beside_its_field(
    office: Office, values: dict[str, Any], field: str
) -> None:
    office.add(Form, name="Thanks", subject="Thanks", body="Thank you.")
    office.edit(office.add(Form, name="Old", subject="Old", body="Old."), active=False)
    with pytest.raises(Refused) as refused:
        office.add(Letter, correspondent="Eve", subject="Odd", **values)
    assert field in refused.value.fields
    assert not office.data.docs.get("letters")


def test_the_same_reference_of_the_same_sender_is_told(office: Office) -> None:
    office.add(Letter, correspondent="Meyer GmbH", subject="By fax", theirs="AZ 12", channel=Channel.FAX)
    new = Letter(id=2, correspondent="Meyer GmbH", subject="By post", theirs="AZ 12")
    assert LETTERS.create(office.ctx(), new).said.endswith("; LE-1 has the same reference.")  # type: ignore[misc]


# --- answered, late, put off ------------------------------------------------------------------------------------------


def test_an_answer_goes_out_as_a_letter_of_its_own_and_says_how_late_it_is(office: Office) -> None:
    letter = office.add(Letter, correspondent="Meyer GmbH", subject="Offer", owner=2, reply_due=date(2026, 11, 24))
    office.now = at("2026-11-26 09:00")
    assert view(office, "late") == view(office, "due") == ["LE-1"]
    said = office.said(letter, "reply", 2, text="Yes, please.")
    assert said == "LE-2 goes out; its copy is D-2; LE-1 is answered, 2 days late."
    answered, answer = office.get(Letter, 1), office.get(Letter, 2)
    assert (answered.state, answered.answered_on) == (State.ANSWERED, date(2026, 11, 26))
    assert (answer.direction, answer.answers, answer.party, answer.state) == (Direction.OUT, 1, 1, State.CLOSED)
    assert view(office, "late") == []
    assert view(office, "answered_late") == ["LE-1"]
    assert office.do(answered, "reopen").answered_on is None
    assert not office.problems()


def test_an_answer_that_is_awaited_is_open_until_it_comes(office: Office) -> None:
    out = office.add(
        Letter, correspondent="Meyer GmbH", subject="Query", direction=Direction.OUT, reply_due=date(2026, 11, 30)
    )
    assert (out.state, out.owner) == (State.OPEN, 1)
    assert view(office, "awaited") == ["LE-1"]
    assert [one.why for one in waiting_for(office.ctx())] == []
    office.now = at("2026-12-02 09:00")
    assert [one.why for one in waiting_for(office.ctx())] == ["their answer is 2 days late"]
    came = office.add(Letter, correspondent="Meyer GmbH", subject="Re: Query", answers=1)
    assert office.get(Letter, 1).state is State.ANSWERED
    with pytest.raises(Refused, match="LE-2 came in, too"):
        office.add(Letter, correspondent="Meyer GmbH", subject="Odd", answers=came.id)


def test_a_letter_waits_until_its_day_and_comes_back_by_itself(office: Office) -> None:
    letter = office.add(Letter, correspondent="Eve", subject="Query", owner=1, reply_due=date(2026, 12, 20))
    letter = office.do(letter, "wait", until=date(2026, 11, 30), what="the figures")
    assert not [*waiting_for(office.ctx())]
    assert not [*due(office.ctx())]
    office.now = at("2026-11-30 07:00")
    for change in due(office.ctx(None)):
        office.apply(change, None)
    assert office.get(Letter, 1).state is State.OPEN
    assert [one.why for one in waiting_for(office.ctx())] == ["reply due Sun 20 Dec"]
    with pytest.raises(Refused, match="has come already"):
        office.do(letter, "wait", until=date(2026, 11, 30))


def test_where_an_answer_is_due_closing_asks_why_and_notes_are_kept(office: Office) -> None:
    letter = office.add(Letter, correspondent="Eve", subject="Query", reply_due=date(2026, 12, 20))
    with pytest.raises(Refused, match="say why"):
        office.do(letter, "close")
    letter = office.do(letter, "assign", to=2, reply_due=date(2026, 12, 1))
    assert (letter.owner, letter.reply_due) == (2, date(2026, 12, 1))
    letter = office.do(letter, "note", 2, text="Rang twice.")
    assert office.do(letter, "note", 1, text="So did I.").note == "2026-11-23 BB: Rang twice.\n2026-11-23 AA: So did I."
    letter = office.do(letter, "resolve", how="by phone", on=date(2026, 11, 23))
    assert (letter.state, letter.reason) == (State.ANSWERED, "by phone")
    letter = office.do(letter, "close")
    assert (letter.state, letter.reason) == (State.CLOSED, "by phone")
    letter = office.do(letter, "reopen")
    for verb, args in (("assign", {"to": 4}), ("resolve", {"on": date(2026, 11, 22)})):
        with pytest.raises(Refused):
            office.do(letter, verb, **args)


STEPS = st.sampled_from(
    [
        ("reply", {}),
        ("resolve", {"how": "by phone"}),
        ("close", {"why": "nothing to do"}),
        ("assign", {"to": 2}),
        ("wait", {"until": date(2026, 12, 1)}),
        ("note", {"text": "seen"}),
        ("reopen", {}),
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 3), STEPS), max_size=12), st.booleans())
def test_whatever_is_done_with_letters_they_stay_sound(steps: list[tuple[int, Any]], out: bool) -> None:
    office = Office()
    way = Direction.OUT if out else Direction.IN
    for day in (None, date(2026, 11, 30)):
        office.add(Letter, correspondent="Eve", subject="Query", direction=way, reply_due=day)
    for number, (verb, args) in steps:
        letter = office.data.get(Letter, number)
        if letter is not None and office.why_not(letter, verb) is None:
            office.do(letter, verb, **args)
    assert not office.problems()
    letters = office.data.find(Letter)
    pending = {one.ref for one in letters if one.state in PENDING}
    assert pending == {*view(office, "awaited")} | {one.ref for one in letters if one.came_in and one.is_pending}
    for one in letters:
        assert (one.document is None) or office.get(Document, one.document).about == one.ref


def test_nobody_s_letters_stand_on_a_clerk_s_desk_the_most_pressing_first(office: Office) -> None:
    office.add(Letter, correspondent="Eve", subject="Later")
    office.add(Letter, correspondent="Eve", subject="Sooner", reply_due=date(2026, 11, 24))
    (found,) = waiting_for(office.ctx(office.BOB))
    assert (found.ref, found.why) == ("LE-2", "nobody's, reply due tomorrow; 1 more")
    assert not [*waiting_for(office.ctx(office.CLEO))]


def test_letters_go_to_the_stand_in_and_come_back_while_they_are_to_be_seen_to(office: Office) -> None:
    for number in range(3):
        office.add(Letter, correspondent="Eve", subject=f"Letter {number}", owner=2)
    office.do(office.get(Letter, 3), "close")
    office.add(Letter, correspondent="Eve", subject="Private", owner=2, privacy=Privacy.PRIVATE)
    office.apply(hand_over(office.ctx(), 2, 1, ""))
    assert [office.get(Letter, number).owner for number in (1, 2, 3, 4)] == [1, 1, 2, 2]
    office.do(office.get(Letter, 1), "resolve")
    office.apply(take_back(office.ctx(), ("LE-1", "LE-2", "LE-9", "T-1"), 2, 1))
    assert [office.get(Letter, number).owner for number in (1, 2, 3)] == [1, 2, 2]


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (Letter(id=1, correspondent="E", subject="x", state=State.ANSWERED), "LE-1: Answered on: it is answered"),
        (Letter(id=1, correspondent="E", subject="x", answered_on=date(2026, 1, 1)), "LE-1: Answered on: it is open."),
        (Letter(id=1, correspondent="E", subject="x", state=State.WAITING), "LE-1: Waits until: it is waiting."),
        (Letter(id=1, correspondent="E", subject="x", answers=2), "LE-1: In answer to: LE-2 went the same way."),
        (Letter(id=1, correspondent="E", subject="x", place=1), "LE-1: Paper stands in: its document says so"),
        (
            Letter(id=1, correspondent="E", subject="x", on=date(2026, 1, 2), reply_due=date(2026, 1, 1)),
            "LE-1: Reply due: this is before the day",
        ),
        (Parcel(id=1, person=1, state=Where.COLLECTED), "PC-1: Collected: it is collected."),
        (Parcel(id=1), "PC-1: For: nobody says for whom it is."),
        (Form(id=1, name="Odd", subject="{odd}", body="x"), "FO-1: There is no field {odd}"),
    ],
)
def test_what_another_program_left_is_told(office: Office, record: Any, said: str) -> None:
    office.put(Letter(id=2, correspondent="E", subject="y"))
    office.put(record)
    assert [one for one in office.problems() if one.startswith(said)]


def test_a_party_s_card_tells_what_is_to_be_answered(office: Office) -> None:
    party = office.get(Party, 1)
    office.add(Letter, correspondent="Meyer GmbH", subject="Offer", reply_due=date(2026, 11, 24))
    assert [*card(office.ctx(), party)] == [("LE-1", "Offer, to be answered tomorrow")]
    office.now = at("2026-11-26 09:00")
    assert [*card(office.ctx(), party)] == [("LE-1", "Offer, to be answered: 2 days late")]
    office.do(office.get(Letter, 1), "reply")
    assert [*card(office.ctx(), party)] == [("LE-2", "Re: Offer, went out today; 2 letters in all")]
