"""What is typed into a filter or scanned: which records it means."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui import areas
from botui.access import capabilities
from botui.actions.find import SHORT, field_named, matching, meeting
from botui.cli.filters import conditions
from botui.data import Desk
from botui.models.base import Refused
from botui.models.office import Person
from botui.models.query import Query, parse_query
from botui.models.shape import fields_of
from botui.models.tickets import Ticket
from tests.offices import ANN, BOB, CLEO, Clock, office


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Five tickets: ink, heating, a message of \u00c5sa's, one with markup in it, one due and rated."""
    clock = Clock()
    desk = office(tmp_path_factory.mktemp("find") / "office", ANN, clock)
    desk.add("parties", {"name": "\u00c5kerstr\u00f6m AB", "account_no": "ACC-7", "codes": "K100,k100x"})
    desk.add("tickets", {"subject": "Printer without ink", "topic": 1, "tags": "vip, late", "requester": CLEO})
    desk.do("tickets", 1, "take")
    clock.forward(days=1)
    desk.add("tickets", {"subject": "Heating is cold", "topic": 2, "place": 2, "priority": "P1", "party": 1})
    desk.add("tickets", {"subject": "R\u00e9sum\u00e9 of \u00c5sa", "body": "two words here", "kind": "task"})
    desk.do("tickets", 3, "assign", {"to": BOB})
    desk.do("tickets", 3, "wait", {"waiting_for": "vendor", "until": "+2d"})
    desk.add("tickets", {"subject": "[bold]markup[/] at 10:30", "wanted_by": "2026-12-01"})
    desk.add("tickets", {"subject": "Done", "codes": "OLD-5"})
    desk.do("tickets", 5, "resolve", {"minutes": 5})
    desk.do("tickets", 5, "rate", {"satisfaction": 4})
    return desk


def _found(desk: Desk, text: str, collection: str = "tickets") -> list[int]:
    return matching(desk, collection, desk.numbers(collection), parse_query(text))


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("PRINTER", [1]),
        ("printer ink", [1]),
        ("printer cold", []),
        ("resume asa", [3]),
        ("R\u00c9SUM\u00c9", [3]),
        ("cleo", [1]),
        ("akerstrom", [2]),
        ("vip", [1]),
        ("t-3", [3]),
        ('"two words"', [3]),
        ('"words two"', []),
        ("-printer -cold", [3, 4, 5]),
        ('-"two words" in', [1, 2]),
        ("[bold]", [4]),
        ("10:30", [4]),
        ("state:new", [2, 4]),
        ("state:open,WAITING", [1, 3]),
        ("-state:new,open", [3, 5]),
        ("state:none", []),
        ("state:odd", []),
        ("-state:odd", [1, 2, 3, 4, 5]),
        ("owner:me", [1, 5]),
        ("owner:AA", [1, 5]),
        ("who:bob", [3]),
        ("who_has_it:bb", [3]),
        ("owner:none", [2, 4]),
        ("owner:nobody,me", [1, 2, 4, 5]),
        ("-owner:me", [2, 3, 4]),
        ("owner:zz", []),
        ("by:cleo", [1]),
        ("priority:urgent", [2]),
        ("prio:P1", [2]),
        ("prio:soon,urgent", [1, 2]),
        ("prio:x", []),
        ("kind:task", [3]),
        ("waiting_for:none", [1, 2, 4, 5]),
        ("waiting_for:supplier", []),
        ('waiting_for:"the supplier"', [3]),
        ("topic:printer", [1]),
        ("dept:IT", [1]),
        ("place:ROOM1", [2]),
        ("place:PL-2", [2]),
        ("place:2", [2]),
        ("party:ACC-7", [2]),
        ("tags:vip", [1]),
        ("tag:VI", [1]),
        ("tags:none", [2, 3, 4, 5]),
        ("subject:RESUME", [3]),
        ("subject:none", []),
        ("body:words", [3]),
        ("codes:old", [5]),
        ("minutes:5", [5]),
        ("minutes:1..10", [5]),
        ("minutes:..4", [1, 2, 3, 4]),
        ("minutes:6..", []),
        ("minutes:x", []),
        ("satisfaction:1..5", [5]),
        ("satisfaction:none", [1, 2, 3, 4]),
        ("subject:a..b", []),
        ("created:today", [2, 3, 4, 5]),
        ("created:yesterday", [1]),
        ("created:2026-11-23", [1]),
        ("created:..yesterday", [1]),
        ("created:today..", [2, 3, 4, 5]),
        ("created:-1d..today", [1, 2, 3, 4, 5]),
        ("created:today..yesterday", []),
        ("created:odd", []),
        ("-created:today", [1]),
        ("wanted_by:1.12.", [4]),
        ("wanted_by:..2026-12-31", [4]),
        ("wanted_by:none", [1, 2, 3, 5]),
        ("waiting_until:+1d..+3d", [3]),
        ("call_back:no", [1, 2, 3, 4, 5]),
        ("call_back:yes", []),
        ("odd:x", []),
        ("-odd:x", []),
        ("w:x", []),
        ("subj:ink", [1]),
        ("resolution_d:none", []),
    ],
)
def test_what_is_typed_means(desk: Desk, typed: str, numbers: list[int]) -> None:
    assert _found(desk, typed) == numbers


def _meant(desk: Desk, text: str, collection: str = "tickets") -> list[int]:
    pairs = [pair.partition("=") for pair in text.split("&")]
    kind = areas.kind(collection)
    return meeting(desk, collection, desk.numbers(collection), conditions(kind, {name: to for name, _, to in pairs}))


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("subject=done", [5]),
        ("subject=printer", []),
        ("subject=*PRINTER*", [1]),
        ("subject=*resume*", [3]),
        ("subject=none", []),
        ("body=none", [1, 2, 4, 5]),
        ("body=", [1, 2, 4, 5]),
        ("tags=vip,x", [1]),
        ("tags=vi", []),
        ("tags=none", [2, 3, 4, 5]),
        ("state=open,new", [1, 2, 4]),
        ("state=none", []),
        ("owner=me", [1, 5]),
        ("owner=none,BB", [2, 3, 4]),
        ("requester=Cleo Cole", [1]),
        ("minutes=5", [5]),
        ("minutes=1..5&satisfaction=4..", [5]),
        ("created_at=yesterday", [1]),
        ("created_at=yesterday..today", [1, 2, 3, 4, 5]),
        ("created_at=today,yesterday", [1, 2, 3, 4, 5]),
        ("wanted_by=..2026-12-01", [4]),
        ("call_back=no&priority=P1", [2]),
    ],
)
def test_what_a_command_says_is_meant_as_a_whole(desk: Desk, said: str, numbers: list[int]) -> None:
    assert _meant(desk, said) == numbers


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("odd=x", "have no field 'odd'; there is: subject"),
        ("prio=P1", "have no field 'prio'"),
        ("state=odd", "'odd' is not one of: new"),
        ("owner=zz", "There is no 'zz' among people"),
        ("owner=A", "could be Ann Archer"),
        ("minutes=x", "Minutes|not a whole number"),
        ("minutes=1..x", "not a whole number"),
        ("created_at=odd", "Came in|odd"),
        ("created_at=today..yesterday", "is before"),
        ("call_back=perhaps", "neither yes nor no"),
    ],
)
def test_what_names_nothing_is_refused_to_a_command_and_means_no_record_in_a_filter(
    desk: Desk, said: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        _meant(desk, said)
    if said not in ("prio=P1", "owner=A"):
        assert _found(desk, said.replace("=", ":")) == []


def test_nobody_is_me_to_a_command_as_to_a_filter(desk: Desk) -> None:
    nobody = desk.as_system()
    assert _meant(nobody, "owner=me") == _found(nobody, "owner:me") == []


def test_the_order_of_the_list_stays(desk: Desk) -> None:
    assert matching(desk, "tickets", [5, 3, 1, 2], parse_query("-markup")) == [5, 3, 1, 2]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [("roles:administrator", [5]), ("roles:clerk", [1, 2, 4]), ("active:no", [4]), ("roles:x", [])],
)
def test_choices_and_yes_or_no_of_people(desk: Desk, typed: str, numbers: list[int]) -> None:
    assert _found(desk, typed, "people") == numbers


def test_a_day_is_the_office_s_day(folder: Path) -> None:
    clock = Clock()
    desk = office(folder, ANN, clock)
    clock.forward(hours=13, minutes=59)
    desk.add("tickets", {"subject": "Before midnight in Berlin"})
    clock.forward(minutes=1)
    desk.add("tickets", {"subject": "After midnight in Berlin"})
    assert _found(desk, "created:today") == [2]
    assert _found(desk, "created:2026-11-23") == [1]


def test_a_guest_has_nothing_of_his_own(desk: Desk) -> None:
    guest = desk.for_person(None)
    assert matching(guest, "tickets", [1, 2, 3], parse_query("owner:me")) == []


FIELDS = [spec.name for one in areas.COLLECTIONS for spec in fields_of(areas.kind(one.name).model)]
LOOKED_AT = [one.name for one in areas.COLLECTIONS if capabilities(("staff", "clerk"), one.name) & {"read", "see"}]
"""Collections of which a clerk sees any record."""
PIECES = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=12),
    st.sampled_from(["none", "me", "today", "..", "+1d", "2026-12-31", "9999-12-31", "0001-01-01", "9" * 5000]),
    st.sampled_from(['"', "nan", "inf..", "1..2", "-", ":", "P1", "AA", "1e999", "\ud800", "\x1b[m"]),
)


@given(st.sampled_from(LOOKED_AT), st.sampled_from([*FIELDS, *SHORT, ""]), PIECES, PIECES)
def test_no_text_at_all_makes_a_filter_fail(desk: Desk, collection: str, field: str, one: str, other: str) -> None:
    ids = desk.numbers(collection)
    for text in (f"{field}:{one}", f"-{field}:{one}..{other}", f"{one} {other}", f'{field}:"{one}",{other}'):
        found = _found(desk, text, collection)
        assert set(found) <= set(ids)


@given(PIECES)
def test_a_condition_and_its_opposite_part_the_records(desk: Desk, value: str) -> None:
    for field in ("owner", "state", "created_at", "minutes", "subject", "tags"):
        query = parse_query(f'{field}:"{value}"')
        if len(query.fields) == 1 and query == Query(fields=query.fields):
            there, not_there = _found(desk, f'{field}:"{value}"'), _found(desk, f'-{field}:"{value}"')
            assert sorted(there + not_there) == desk.numbers("tickets")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("subject", "subject"),
        ("prio", "priority"),
        ("asked_by", "requester"),
        ("how_soon", "priority"),
        ("satis", "satisfaction"),
        ("re", None),
        ("zzz", None),
    ],
)
def test_a_field_is_named_by_name_short_name_label_or_beginning(typed: str, name: str | None) -> None:
    specs = {spec.name: spec for spec in fields_of(Ticket)}
    found = field_named(specs, typed)
    assert (found.name if found else None) == name


def test_every_short_name_names_a_field() -> None:
    assert set(SHORT.values()) <= set(FIELDS)


# --- one record by what is typed or scanned -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("collection", "typed", "number"),
    [
        ("people", "AA", 1),
        ("people", " bb ", 2),
        ("people", "P-3", 3),
        ("people", "p3", 3),
        ("people", "3", 3),
        ("people", "003", 3),
        ("people", "ann archer", 1),
        ("people", "Cle", 3),
        ("people", "Cole", 3),
        ("people", "aa\u202e", 1),
        ("parties", "akerstrom", 1),
        ("parties", "acc-7", 1),
        ("parties", "K100", 1),
        ("places", "ROOM1", 2),
        ("tickets", "OLD-5", 5),
        ("tickets", "T-5", 5),
        ("tickets", "printer", 1),
    ],
)
def test_a_text_names_a_record(desk: Desk, collection: str, typed: str, number: int) -> None:
    assert desk.look_up(collection, typed) == number


@pytest.mark.parametrize(
    ("collection", "typed", "words"),
    [
        ("people", "nobody at all", "There is no 'nobody at all' among people."),
        ("people", "", "There is no '' among people."),
        ("people", "T-1", "There is no 'T-1' among people."),
        ("people", "99", "There is no '99' among people."),
        ("people", "9" * 5000, "There is no "),
        ("people", "\ud800", "There is no "),
        ("places", "room1", "'room1' could be"),
        ("parties", "k100", "There is no 'k100' among customers and suppliers."),
        ("people", "a", "'a' could be Ann Archer (P-1), Ada Admin (P-5): say which."),
        ("reminders", "x", "There is no 'x' among reminders."),
    ],
)
def test_a_text_that_names_none_or_several_is_refused_in_words(
    desk: Desk, collection: str, typed: str, words: str
) -> None:
    if typed == "room1":
        desk.add("places", {"name": "ROOM1 annex"})
        desk.add("places", {"name": "ROOM1 cellar"})
    with pytest.raises(Refused) as refused:
        desk.look_up(collection, typed)
    assert str(refused.value).startswith(words)


def test_an_exact_code_goes_before_a_reference_and_a_name(folder: Path) -> None:
    desk = office(folder)
    desk.add("places", {"name": "Box", "codes": "PL-1"})
    desk.add("places", {"name": "Box two", "codes": "1"})
    assert desk.look_up("places", "PL-1") == 3
    assert desk.look_up("places", "1") == 4
    assert desk.look_up("places", "pl-1") == 1, "codes are as they are written; references are in any letters"
    assert desk.by_code("PL-1") == [("places", 3)]


def test_a_code_on_several_records_asks_which(folder: Path) -> None:
    desk = office(folder)
    desk.add("places", {"name": "Box", "codes": "X1,X2"})
    desk.add("parties", {"name": "Acme", "codes": "X1"})
    assert desk.by_code("X1") == [("parties", 1), ("places", 3)]
    assert desk.by_code("X2") == [("places", 3)]


def test_initials_are_found_in_any_letters_of_any_alphabet(folder: Path) -> None:
    desk = office(folder)
    desk.add("people", {"name": "\u00c5sa \u00d6berg"})
    assert desk.get("people", 10).initials == "\u00c5\u00d6"
    for typed in ("\u00c5\u00d6", "\u00e5\u00f6", "A\u030a\u00f6"):
        assert desk.aliases("people", typed) == [10]
        assert desk.look_up("people", typed) == 10


@pytest.mark.parametrize("code", ["", " ", "\x00", "\ud800", "nothing", '"', "\\", "T-0", "T-99", "T-1-", "Q-1", "-1"])
def test_a_code_of_nothing_names_nothing(desk: Desk, code: str) -> None:
    assert desk.by_code(code) == []
    assert desk.aliases("people", code) == []


@pytest.mark.parametrize(("code", "number"), [("T-1", 1), ("t1", 1), (" T-0001 ", 1)])
def test_a_reference_is_found_by_its_code(desk: Desk, code: str, number: int) -> None:
    assert desk.by_code(code) == [("tickets", number)]


@given(st.text(st.characters(exclude_categories=()), max_size=20))
def test_no_code_at_all_makes_a_look_fail(desk: Desk, code: str) -> None:
    for collection, number in desk.by_code(code):
        assert desk.peek(collection, number) is not None


@given(st.sampled_from(areas.COLLECTIONS), st.integers(0, 999_999_999))
def test_every_reference_is_read_back(one: Any, number: int) -> None:
    ref = areas.ref(one.name, number)
    assert areas.parse_ref(ref) == areas.parse_ref(f" {ref.lower().replace('-', '')} ") == (one.name, number)


@pytest.mark.parametrize(
    "text", ["", "T", "T-", "12", "T--1", "T-1-2", "T-1x", "X-1", "T-\u0661", "\u0422-1", "T-1234567890", "T 1"]
)
def test_what_is_no_reference_is_none(text: str) -> None:
    assert areas.parse_ref(text) is None


def test_a_name_of_a_person_who_left_is_still_found(desk: Desk) -> None:
    assert desk.look_up("people", "Dan Gone") == 4
    assert isinstance(desk.get("people", 4), Person)
