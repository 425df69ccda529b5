"""Letter templates as rules: their fields, what fills them, and the letter that comes of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.models.base import Refused, cells
from botui.models.office import Party, Person, Place
from botui.models.records.bill import Bill
from botui.models.records.document import Document
from botui.models.records.document import State as Paper
from botui.models.records.form import Form
from botui.models.records.form_fields import FIELDS, Filling, fill, refuse_wrong
from botui.models.records.letter import Channel, Direction, Letter
from botui.models.records.letter_sheet import WIDTH, letter_text
from botui.models.records.retention import RetentionClass
from tests.rules import Office


@pytest.fixture
def office() -> Office:
    """An office with a party and a cabinet."""
    made = Office()
    made.put(Party(id=1, name="Meyer GmbH", address="Hafenstr. 1\n20457 Hamburg"))
    made.put(Place(id=1, name="Cabinet 3"))
    return made


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
        dict.fromkeys(FIELDS, ""),
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


# --- about a bill -----------------------------------------------------------------------------------------------------


def late(office: Office, **values: object) -> Bill:
    """A bill of ours of 119.00 that Meyer has not paid by 1 November."""
    given = {"party": 1, "number": "R-9", "direction": "owed", "state": "sent", "amount": "119.00"}
    office.put(Bill(**{"id": 12, "due": date(2026, 11, 1), **given, **values}))
    return office.get(Bill, 12)


def test_one_key_on_a_late_bill_of_ours_writes_the_reminder(office: Office) -> None:
    office.add(Form, name="Thanks", subject="Thank you", body="Thank you.")
    office.add(Form, name="Reminder", subject="Bill {bill.number}", body=REMINDER, reply_days=10)
    assert office.said(late(office), "write").startswith(
        "LE-1 goes out; its copy is D-1; their answer is due Thu 3 Dec"
    )
    letter = office.get(Letter, 1)
    assert (letter.subject, letter.party, letter.about, letter.direction) == ("Bill R-9", 1, "B-12", Direction.OUT)
    assert "119.00 EUR are open since 2026-11-01" in letter.text
    with pytest.raises(Refused, match="LE-1 went out already: their answer is due Thu 3 Dec"):
        office.do(office.get(Bill, 12), "write")
    assert office.problems() == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"due": date(2026, 12, 1)}, "They are not late: it is due Tue 1 Dec."),
        ({"state": "disputed", "disputed_from": "sent"}, "With which letter template?"),
        ({"direction": "owe", "state": "disputed", "disputed_from": "approved"}, "With which letter template?"),
    ],
)
def test_nobody_is_reminded_by_a_slip_of_a_finger(office: Office, values: dict[str, object], said: str) -> None:
    office.add(Form, name="Reminder", subject="Bill {bill.number}", body=REMINDER)
    bill = late(office, **values)
    with pytest.raises(Refused) as refused:
        office.do(bill, "write")
    assert refused.value.fields["form"].startswith(said)
    assert office.said(bill, "write", form=1).startswith("LE-1 goes out")


@pytest.mark.parametrize("values", [{"direction": "owe", "state": "approved"}, {"amount": "-119.00"}])
def test_whom_we_owe_is_written_to_about_what_is_wrong(office: Office, values: dict[str, object]) -> None:
    assert office.why_not(late(office, **values), "write") == "It is ours to pay: say what is wrong with it first (D)."


def test_a_private_letter_about_a_bill_is_told_to_nobody(office: Office) -> None:
    office.add(Form, name="Reminder", subject="Bill {bill.number}", body=REMINDER)
    bill = late(office)
    out = {"correspondent": "Meyer GmbH", "subject": "Patience", "direction": "out", "privacy": "private"}
    office.add(Letter, about="B-12", reply_due=date(2026, 12, 3), **out)
    assert office.said(bill, "write").startswith("LE-2 goes out")


def test_which_template_reminds_is_asked_where_none_or_several_speak_of_bills(office: Office) -> None:
    bill = late(office)
    with pytest.raises(Refused, match="No letter template speaks of a bill yet"):
        office.do(bill, "write")
    for name in ("Reminder", "Last reminder"):
        office.add(Form, name=name, subject="Bill", body="{bill.open} are open.")
    with pytest.raises(Refused, match="With which letter template: FO-1 Reminder, FO-2 Last reminder"):
        office.do(bill, "write")
    with pytest.raises(Refused, match="not there any more"):
        office.do(bill, "write", form=9)


def test_what_a_letter_is_about_is_found_however_it_was_typed(office: Office) -> None:
    late(office)
    letter = office.add(Letter, correspondent="Meyer GmbH", subject="Your bill", about="b12")
    assert letter.about == "B-12"
    assert office.edit(letter, about="b-12", subject="Our bill").about == "B-12"
    assert office.edit(office.get(Letter, 1), about="the garden").about == "the garden"
