"""The post book as rules: letters with their papers, answers and days; parcels; letter templates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.models.base import Refused, cells
from botui.models.office import Party, Person, Place
from botui.models.records.away import hand_over, take_back
from botui.models.records.bill import Bill
from botui.models.records.document import Document, Privacy
from botui.models.records.document import State as Paper
from botui.models.records.filing_rule import FilingRule
from botui.models.records.form import Form
from botui.models.records.form_fields import FIELDS, Filling, fill, refuse_wrong
from botui.models.records.letter import PENDING, Channel, Direction, Letter, State
from botui.models.records.letter_sheet import WIDTH, letter_text
from botui.models.records.letters_kind import LETTERS
from botui.models.records.parcel import Parcel
from botui.models.records.parcel import State as Where
from botui.models.records.post_card import card
from botui.models.records.post_clock import due
from botui.models.records.post_sentences import letter as read_letter
from botui.models.records.post_sentences import parcel as read_parcel
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


# --- templates --------------------------------------------------------------------------------------------------------

REMINDER = """{party.name}
{party.address}
{party.phone}

{letter.date}  {letter.number}

Bill {bill.number}: {bill.open} are open since {bill.due}.

{person.name} {{accounts}}"""


def test_a_template_makes_a_numbered_filed_letter_of_party_person_and_bill(office: Office) -> None:
    office.put(Bill(id=12, party=1, number="R-9", amount="119.00", paid="19.00", due=date(2026, 11, 1)))
    form = office.add(Form, name="Reminder", subject="Bill {bill.number}", body=REMINDER, reply_days=10)
    said = office.said(form, "run", about="B-12")
    assert said == ("LE-1 goes out; its copy is D-1; their answer is due Thu 3 Dec; nothing is known for party.phone.")
    letter = office.get(Letter, 1)
    assert (letter.correspondent, letter.party, letter.form, letter.reply_due) == (
        "Meyer GmbH",
        1,
        1,
        date(2026, 12, 3),
    )
    assert letter.text == (
        "Meyer GmbH\nHafenstr. 1\n20457 Hamburg\n\n2026-11-23  LE-1\n\n"
        "Bill R-9: 100.00 EUR are open since 2026-11-01.\n\nAnn Archer {accounts}"
    )
    with pytest.raises(Refused, match="speaks of a bill"):
        office.do(form, "run", party=1)
    with pytest.raises(Refused, match="To whom"):
        office.do(form, "run")


def test_an_answer_can_be_written_with_a_template(office: Office) -> None:
    office.add(Form, name="Thanks", subject="Your letter: {letter.answers}", body="Thank you for {letter.theirs}.")
    letter = office.add(Letter, correspondent="Eve", subject="Query", theirs="AZ 1")
    office.do(letter, "reply", form=1, channel=Channel.EMAIL)
    answer = office.get(Letter, 2)
    assert (answer.subject, answer.text, answer.document) == ("Your letter: Query", "Thank you for AZ 1.", None)


def test_the_copy_goes_where_its_template_says_else_to_what_it_answers(office: Office) -> None:
    office.put(RetentionClass(id=1, name="Letters"))
    office.put(Place(id=2, name="Cabinet 4"))
    office.add(Form, name="Thanks", subject="Thanks", body="Thanks.", place=2)
    letter = office.add(Letter, correspondent="Eve", subject="Query", place=1, schedule=1)
    office.do(letter, "reply")
    office.do(letter, "reply", form=1)
    papers = [office.get(Document, office.get(Letter, number).document or 0) for number in (2, 3)]
    assert [(one.place, one.schedule, one.state) for one in papers] == [(1, 1, Paper.FILED), (2, 1, Paper.FILED)]


@pytest.mark.parametrize(
    "text", ["{party.pin}", "{party}", "{party.__class__}", "{0}", "{}", "a { b", "a } b", "{a\nb}"]
)
def test_a_field_that_there_is_not_is_refused_when_the_template_is_saved(office: Office, text: str) -> None:
    with pytest.raises(Refused) as refused:
        office.add(Form, name="Odd", subject="Odd", body=text)
    assert "body" in refused.value.fields
    with pytest.raises(Refused):
        refuse_wrong(text, "subject")


@given(st.text(max_size=200), st.text(alphabet="{}. abparty", max_size=60))
def test_what_fills_a_template_is_never_read_as_one(name: str, hostile: str) -> None:
    office = Office()
    party = Party.model_construct(id=1, name=name + hostile, address="{person.name}")
    letter = Letter(id=1, correspondent="Eve", subject="Odd")
    filling = Filling(office.ctx(), letter, office.get(Person, 1), party, None, None)
    assert fill("x{party.name}{{{party.address}}}", filling) == f"x{name + hostile}{{{{person.name}}}}"


def test_every_field_is_filled_or_empty_but_never_breaks(office: Office) -> None:
    office.put(Bill(id=1, party=1, amount=Decimal(0)))
    filling = Filling(
        office.ctx(),
        Letter(id=1, correspondent="Eve", subject="Odd"),
        None,
        office.get(Party, 1),
        office.get(Bill, 1),
        None,
    )
    for name in FIELDS:
        assert "{" not in fill(f"-{{{name}}}-", filling)


def test_a_letter_that_would_be_too_long_is_refused(office: Office) -> None:
    office.put(Party(id=3, name="Long", address="x" * 500))
    form = office.add(Form, name="Bomb", subject="Bomb", body="{party.address}" * 600)
    with pytest.raises(Refused, match="characters"):
        office.do(form, "run", party=3)


def test_a_letter_is_printed_as_it_was_written_and_no_line_is_too_wide(office: Office) -> None:
    form = office.add(Form, name="Table", subject="Table", body="a   b\n  {party.name}   7\n" + "word " * 40)
    office.do(form, "run", party=1)
    sheet = letter_text(office.ctx(), office.get(Letter, 1))
    assert sheet.startswith("a   b\n  Meyer GmbH   7\nword word")
    office.add(
        Letter, correspondent="Meyer GmbH", subject="[b] \u6f22" * 30, direction=Direction.OUT, text="\u6f22" * 90
    )
    sheet = letter_text(office.ctx(), office.get(Letter, 2))
    assert "To: Meyer GmbH\nHafenstr. 1\n20457 Hamburg\n" in sheet
    assert max(map(cells, sheet.splitlines())) <= WIDTH


# --- parcels ----------------------------------------------------------------------------------------------------------


def test_a_parcel_lies_here_until_whom_it_is_for_fetches_it(office: Office) -> None:
    parcel = office.add(Parcel, person=3, sender="DHL", shelf="B2", tracking="JJD 1")
    (mine,) = waiting_for(office.ctx(office.CLEO))
    assert (mine.what, mine.why, mine.verb) == ("Parcel from DHL", "a parcel is here for you, shelf B2", "hand_out")
    with pytest.raises(Refused, match="PC-1 has this number"):
        office.add(Parcel, person=3, tracking="jjd 1")
    parcel = office.do(parcel, "hand_out", 3)
    assert (parcel.state, parcel.collected_by, parcel.handed_by) == (Where.COLLECTED, 3, 3)
    assert not [*waiting_for(office.ctx(office.CLEO))]
    assert office.do(parcel, "reopen").collected_by is None
    assert office.do(parcel, "hand_out", by=2, note="for Cleo").collected_by == 2
    assert not office.problems()


def test_nobody_but_a_clerk_hands_a_parcel_to_somebody_else(office: Office) -> None:
    parcel = office.add(Parcel, person=3)
    with pytest.raises(Refused, match="A clerk"):
        office.do(parcel, "hand_out", 3, by=2)


def test_a_parcel_for_a_visitor_names_them_and_whoever_fetched_it(office: Office) -> None:
    with pytest.raises(Refused, match="For whom"):
        office.add(Parcel, sender="DHL")
    with pytest.raises(Refused, match="put the name on it"):
        office.add(Parcel, person=4)
    parcel = office.add(Parcel, label="Ms Visitor")
    with pytest.raises(Refused, match="say in a note who fetched it"):
        office.do(parcel, "hand_out")
    assert office.do(parcel, "hand_out", note="herself").note == "herself"
    gone = office.do(office.add(Parcel, label="Mr Unknown", sender="DHL"), "give_back", reason="unknown")
    assert (gone.state, gone.reason) == (Where.RETURNED, "unknown")


def test_a_parcel_that_goes_out_waits_for_its_carrier(office: Office) -> None:
    parcel = office.add(Parcel, direction=Direction.OUT, sender="Meyer GmbH", carrier="UPS")
    assert parcel.person == office.ANN
    assert office.why_not(parcel, "give_back") == "It goes out: T says that its carrier has it."
    assert office.said(parcel, "hand_out") == "PC-1 is fetched by UPS."
    with pytest.raises(Refused, match="stays in"):
        office.edit(parcel, direction=Direction.IN)


def test_what_nobody_fetched_in_a_week_is_told_to_the_clerks(office: Office) -> None:
    office.add(Parcel, person=3)
    office.now = at("2026-12-01 09:00")
    (found,) = waiting_for(office.ctx(office.BOB))
    assert found.why == "here since Mon 23 Nov for Cleo Cole"


# --- sentences --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("letter Meyer", {"correspondent": "Meyer GmbH"}),
        ("letter meyer gmbh the offer", {"correspondent": "Meyer GmbH", "subject": "the offer"}),
        ("letter from Eve Unknown about rent", {"correspondent": "Eve Unknown", "subject": "rent"}),
        (
            "letter to Meyer re: rent",
            {"correspondent": "Meyer GmbH", "subject": "rent", "direction": "out"},
        ),
        ("fax from Meyer", {"correspondent": "Meyer GmbH", "channel": "fax"}),
        ("letter box is jammed", None),
        ("letter from", None),
        ("letters Meyer", None),
    ],
)
def test_a_sentence_about_a_letter(office: Office, said: str, values: dict[str, Any] | None) -> None:
    look = {"parties": [office.get(Party, 1)]}
    found = read_letter(said.split(), lambda name: look.get(name, []))
    assert found == (None if values is None else ("letters", values))


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("parcel Ann", {"person": 1}),
        ("parcel cc from Amazon EU", {"person": 3, "sender": "Amazon EU"}),
        ("parcel for Ms Visitor from DHL", {"label": "Ms Visitor", "sender": "DHL"}),
        ("package bob baker", {"person": 2}),
        ("parcel torn open", None),
        ("parcel", None),
    ],
)
def test_a_sentence_about_a_parcel(office: Office, said: str, values: dict[str, Any] | None) -> None:
    people = [office.get(Person, number) for number in (1, 2, 3)]
    found = read_parcel(said.split(), lambda name: people if name == "people" else [])
    assert found == (None if values is None else ("parcels", values))
