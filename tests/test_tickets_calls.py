"""Phone calls: who rings is found by number or name, and a call becomes what was chosen."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.models.base import Refused
from botui.models.office import Party, Person, Presence, Priority
from botui.models.tickets import Channel, Comment, CommentKind, State, Ticket, TicketKind
from botui.models.tickets.calls import Call, Match, digits, matches, open_matters, same_number, take_call
from tests.rules import Office, at

PEOPLE = [
    Person(id=1, name="Ann Archer", extension="214", mobile="+49 171 5550123"),
    Person(id=2, name="Bob Baker", extension="215"),
    Person(id=3, name="Zoe Gone", extension="216", active=False),
]
PARTIES = [
    Party(id=1, name="Toner Ltd", phone="+49 (0)30 123 45 67", contacts="Jane Doe, 030/123 45 99\nMax Roe"),
    Party(id=2, name="Paper & Sons", phone="0044 20 7946 0958"),
    Party(id=3, name="Annual Fairs"),
    Party(id=4, name="Old Toner", phone="030 1234567", active=False),
]


@pytest.fixture
def office() -> Office:
    office = Office()
    for party in PARTIES:
        office.put(party)
    return office


def found(text: str) -> list[tuple[str, int]]:
    return [(one.collection, one.number) for one in matches(text, PEOPLE, PARTIES)]


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("030 1234567", [("parties", 1)]),
        ("+49301234567", [("parties", 1)]),
        ("0049-30-123-45-67", [("parties", 1)]),
        ("1234567", [("parties", 1)]),
        ("030 123 45 99", [("parties", 1)]),
        ("020 7946 0958", [("parties", 2)]),
        ("+49 40 1234567", []),
        ("214", [("people", 1)]),
        ("0171 555", [("people", 1)]),
        ("21", []),
        ("", []),
        ("???", []),
        ("ann", [("people", 1), ("parties", 3)]),
        ("archer ann", [("people", 1)]),
        ("jane", [("parties", 1)]),
        ("roe", [("parties", 1)]),
        ("toner", [("parties", 1)]),
        ("zoe", []),
        ("nn", []),
    ],
)
def test_who_rings_is_found_by_number_or_name(typed: str, who: list[tuple[str, int]]) -> None:
    assert found(typed) == who


def test_a_whole_number_is_sure_a_part_of_it_is_not() -> None:
    assert matches("030 1234567", PEOPLE, PARTIES)[0].sure
    assert not matches("123", PEOPLE, PARTIES)[0].sure
    assert matches("0301234599", PEOPLE, PARTIES)[0].detail == "Jane Doe, 030/123 45 99"


def test_the_sure_one_comes_first() -> None:
    several = [Party(id=7, name="A", phone="0301234567 88"), Party(id=8, name="B", phone="030 1234567")]
    assert [one.number for one in matches("0301234567", [], several)] == [8, 7]


number = st.from_regex(r"[1-9][0-9]{6,9}", fullmatch=True)


@given(national=number, country=st.sampled_from(["1", "44", "49", "352"]), other=number)
def test_a_number_is_the_same_however_country_and_area_are_written(national: str, country: str, other: str) -> None:
    forms = [f"+{country} {national}", f"00{country}{national}", f"0{national}", f"+{country} (0){national}", national]
    for form in forms:
        assert same_number(form, national)
    assert same_number(other, national) is (digits(other).endswith(national) or national.endswith(digits(other)))


@pytest.mark.parametrize(("one", "two"), [("214", "5550214"), ("", ""), ("0", "0"), ("123456", "9123456")])
def test_extensions_and_nothing_are_not_the_same_number(one: str, two: str) -> None:
    assert not same_number(one, two)


def test_their_open_matters_are_shown_newest_first(office: Office) -> None:
    first = office.add(Ticket, subject="1", channel="phone", party=1)
    second = office.add(Ticket, subject="2", channel="phone", party=1, requester=2)
    office.do(office.add(Ticket, subject="3", party=1), "resolve")
    third = office.add(Ticket, subject="4", requester=1, on_behalf_of=2)
    assert [one.id for one in open_matters(office.data, Match("parties", 1, "", "", True))] == [second.id, first.id]
    assert [one.id for one in open_matters(office.data, Match("people", 2, "", "", True))] == [third.id, second.id]


def test_a_call_becomes_a_message_that_waits_for_somebody(office: Office) -> None:
    call = office.add(
        Call,
        caller="Jane Doe",
        number="030 1",
        party=1,
        for_person=2,
        text="Offer\nplease",
        urgent=True,
        call_back=True,
    )
    ticket = office.get(Ticket, 1)
    assert (call.became, call.at, call.taken_by) == ("T-1", office.now, office.ANN)
    assert (ticket.kind, ticket.state, ticket.owner, ticket.for_person) == (TicketKind.MESSAGE, State.NEW, 2, 2)
    assert (ticket.subject, ticket.body) == ("Jane Doe (Toner Ltd) rang: Offer", "Offer\nplease")
    assert (ticket.caller, ticket.number, ticket.urgent, ticket.call_back) == (
        "Jane Doe (Toner Ltd)",
        "030 1",
        True,
        True,
    )
    assert (ticket.priority, ticket.channel, ticket.resolution_due) == (Priority.P1, Channel.PHONE, None)


def said(office: Office, **values: Any) -> str:
    return take_call(office.ctx(), Call(id=1, **values)).said


def test_a_message_for_somebody_who_is_out_says_so(office: Office) -> None:
    away = office.get(Person, 2).model_copy(update={"presence": Presence.OUT, "back_at": at("2026-11-23 13:00")})
    office.put(away)
    assert said(office, caller="X", for_person=2) == "T-1: a message for Bob Baker. Bob Baker is out, back today 14:00."
    assert said(office, caller="X", for_person=1) == "T-2: a message for Ann Archer."


def test_a_call_becomes_a_ticket(office: Office) -> None:
    office.add(Call, person=2, becomes="ticket", text="The printer is broken.\nAgain.", topic=1)
    ticket = office.get(Ticket, 1)
    assert (ticket.subject, ticket.requester, ticket.channel) == ("The printer is broken.", 2, Channel.PHONE)
    assert (ticket.priority, ticket.department, ticket.owner) == (Priority.P2, 1, None)
    assert ticket.first_response_due is not None
    office.add(Call, party=2, becomes="ticket", subject="Bill", text="x", urgent=True)
    assert (office.get(Ticket, 2).subject, office.get(Ticket, 2).priority) == ("Bill", Priority.P1)


def test_a_call_is_noted_on_an_open_ticket(office: Office) -> None:
    ticket = office.add(Ticket, subject="x", party=1)
    call = office.add(Call, caller="Max", becomes="note", about=ticket.id, text="Any news", urgent=True, call_back=True)
    (note,) = office.data.find(Comment, ticket=ticket.id)
    assert (call.became, note.kind) == (ticket.ref, CommentKind.INTERNAL)
    assert note.body == "Max rang (urgent): Any news. Please call back."
    office.add(Call, caller="Max", becomes="note", about=ticket.id)
    assert office.data.find(Comment, ticket=ticket.id)[1].body == "Max rang: no more was said."


def test_a_call_may_be_a_line_in_the_log_and_nothing_more(office: Office) -> None:
    call = office.add(Call, number="030 1", becomes="log")
    assert (call.became, office.data.find(Ticket)) == ("", [])
    assert said(office, number="030 1", becomes="log") == "The call of 030 1 is in the log."
    assert said(office, party=1, becomes="log") == "The call of Toner Ltd is in the log."


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "caller"),
        ({"caller": "X"}, "for_person"),
        ({"caller": "X", "for_person": 4}, "for_person"),
        ({"caller": "X", "becomes": "ticket"}, "subject"),
        ({"caller": "X", "becomes": "note"}, "about"),
        ({"caller": "X", "becomes": "note", "about": 9}, "about"),
    ],
)
def test_what_is_missing_is_asked_for(office: Office, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        office.add(Call, **values)
    assert list(refused.value.fields) == [field]


def test_a_call_is_not_noted_on_what_is_done(office: Office) -> None:
    ticket = office.do(office.add(Ticket, subject="x"), "resolve")
    with pytest.raises(Refused, match="Which open ticket"):
        office.add(Call, caller="X", becomes="note", about=ticket.id)


def test_a_long_name_and_a_long_line_still_make_a_subject(office: Office) -> None:
    office.add(Call, caller="N" * 80, party=1, for_person=2, text="t" * 300)
    assert len(office.get(Ticket, 1).subject) == 200
    assert len(office.get(Ticket, 1).caller) == 80
