"""The box of the front page: a short sentence of a fixed grammar fills a form in, and never does anything else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui import areas
from botui.actions import sentences
from botui.data import Desk
from botui.models.base import LINE_MAX, Change
from botui.models.office import Party, Person, Place, Topic
from botui.models.shape import build
from botui.models.supplies import Item
from botui.models.supplies.sentences import wanted
from botui.models.tickets.sentences import call, trouble
from tests.offices import ANN, BOB, Clock, lines, office

PEOPLE = [
    Person(id=1, name="Ann Archer", initials="AA", extension="12"),
    Person(id=2, name="Bob Baker", initials="BB", mobile="+49 170 5551234"),
    Person(id=3, name="Bob Brown", initials="BBR"),
]
PARTIES = [Party(id=1, name="Paper Ltd", phone="030 1234567")]
PLACES = [
    Place(id=1, name="House"),
    Place(id=2, name="2nd floor", within=1),
    Place(id=3, name="Room 1", codes=("R-1", "ROOM1")),
    Place(id=4, name="Meeting room 1"),
    Place(id=5, name="Kitchen", within=1),
    Place(id=6, name="Kitchen", within=2),
]
TOPICS = [
    Topic(id=1, name="Printers"),
    Topic(id=2, name="Heating and windows"),
    Topic(id=3, name="Printer paper"),
]
ITEMS = [
    Item(id=1, name="Pen, blue", code="PB-1", codes=("4006381333627",)),
    Item(id=2, name="Pen, black"),
    Item(id=3, name="Ball point pen, black, fine"),
    Item(id=4, name="Toner"),
    Item(id=5, name="Toner for the big printer"),
    Item(id=6, name="A4 paper"),
    Item(id=7, name="A4 paper"),
]
ALL: dict[str, list[Any]] = {
    "people": PEOPLE,
    "parties": PARTIES,
    "places": PLACES,
    "topics": TOPICS,
    "items": ITEMS,
}


def _look(collection: str) -> Iterable[Any]:
    return ALL[collection]


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("call Ann from 030 1234567", {"for_person": 1, "number": "030 1234567", "party": 1}),
        ("CALL aa FROM 12", {"for_person": 1, "number": "12", "person": 1}),
        ("call AA from 0170 5551234 wants his key", {"for_person": 1, "person": 2, "text": "wants his key"}),
        ("call Bob Brown from 999", {"for_person": 3, "number": "999"}),
        ("call Bob from 999", {"caller": "Bob", "number": "999"}),
        ("call Zoe Zed from 999 again", {"caller": "Zoe Zed", "number": "999", "text": "again"}),
        ("call Ann from home", None),
        ("call from 12", None),
        ("call Ann", None),
        ("recall Ann from 12", None),
    ],
)
def test_a_call_is_for_somebody_and_the_number_says_who_rang(said: str, values: dict[str, Any] | None) -> None:
    found = call(said.split(), _look)
    if values is None:
        assert found is None
    else:
        assert found is not None
        assert values.items() <= found[1].items()


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("blue pens 3", {"item": 1, "quantity": 3}),
        ("3 Blue PENS", {"item": 1, "quantity": 3}),
        ("pb-1 12", {"item": 1, "quantity": 12}),
        ("4 i-4", {"item": 4, "quantity": 4}),
        ("toner 2", {"item": 4, "quantity": 2}),
        ("toner printer 2", {"item": 5, "quantity": 2}),
        ("black ball pens 12", {"item": 3, "quantity": 12}),
        ("pens 3", {"what": "pens", "quantity": 3}),
        ("black pens 3", {"item": 2, "quantity": 3}),
        ("2 a4 paper", {"what": "a4 paper", "quantity": 2}),
        ("3 apples", {"what": "apples", "quantity": 3}),
        ("room 1", None),
        ("floor 2", None),
        ("3 4", None),
        ("pens 0", None),
        ("pens 10000", None),
        ("pens", None),
        ("one two three four five 6", None),
        ("pens 99999999999999999999", None),
        ("pens \u0663", None),
    ],
)
def test_things_and_how_many_of_them_and_nobody_guesses_which(said: str, values: dict[str, Any] | None) -> None:
    found = wanted(said.split(), _look)
    assert (found and found[1]) == values


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("printer 2nd floor jam", {"topic": 1, "place": 2, "subject": "printer jam"}),
        ("Printer jam on the second floor", {"topic": 1, "place": 2, "subject": "Printer jam"}),
        ("printer floor 2, jam", {"topic": 1, "place": 2, "subject": "printer jam"}),
        ("printer paper gone", {"topic": 3, "subject": "printer paper gone"}),
        ("window broken in meeting room 1", {"topic": 2, "place": 4, "subject": "window broken"}),
        ("ROOM1 is cold", {"place": 3, "subject": "is cold"}),
        ("r-1 heating", {"place": 3, "topic": 2, "subject": "heating"}),
        ("printer kitchen", {"topic": 1, "subject": "printer kitchen"}),
        ("2nd floor", {"place": 2}),
        ("printer", None),
        ("the coffee is cold", None),
    ],
)
def test_topic_and_place_are_taken_from_the_words(said: str, values: dict[str, Any] | None) -> None:
    found = trouble(said.split(), _look)
    assert (found and found[1]) == values


@given(st.text(max_size=400), st.sampled_from(["", "call ", "call x from ", "printer ", "3 ", "2nd floor "]))
def test_no_text_raises_and_what_it_fills_in_is_valid(text: str, before: str) -> None:
    words: Sequence[str] = f"{before}{text}".split()
    for understand in (call, wanted, trouble):
        found = understand(words, _look)
        if found is not None:
            model = areas.kind(found[0]).model
            subject = {"subject": "x"} if found[0] == "tickets" else {}
            build(model, {"id": 1, **subject, **found[1]})


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    made = office(tmp_path_factory.mktemp("said") / "office", ANN, Clock())
    made.as_system().apply(lambda _: Change("parties.begin").add(Party(id=1, name="Meyer GmbH")))
    return made


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("call bb from 999", "New call: number 999, for Bob Baker"),
        ("printer room 1 jam", "New ticket: subject printer jam, topic Printer, place Room 1"),
        ("pens 3", "New request: what pens, quantity 3"),
        ("room 1", "New ticket: place Room 1"),
    ],
)
def test_the_areas_are_asked_the_most_specific_first(desk: Desk, said: str, shown: str) -> None:
    found = sentences.Reader(desk).read(said)
    assert found is not None
    assert found.said == shown


HOSTILE = [
    "[/x] printer [@click=app.quit]",
    "\x1b[2Jprinter jam",
    "printer \u202egnp",
    "x" * 10_000,
    "a " * 5_000,
    "\0",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text_and_nothing_is_filed(desk: Desk, text: str) -> None:
    before, reader = lines(desk), sentences.Reader(desk)
    for found in (reader.read(text), reader.plain(text)):
        if found is not None:
            assert "\x1b" not in found.said
            assert len(str(found.values.get("subject", ""))) <= LINE_MAX
    assert lines(desk) == before


def test_what_one_may_not_look_at_is_not_found_in_ones_words(desk: Desk, tmp_path: Path) -> None:
    guest = sentences.Reader(desk.for_person(None))
    found = guest.read("call Bob Baker from 999")
    assert found is not None
    assert found.values == {"caller": "Bob Baker", "number": "999"}, "a guest learns nothing of who works here"
    known = sentences.Reader(desk.for_person(BOB)).read("call Bob Baker from 999")
    assert known is not None
    assert known.values["for_person"] == BOB


@pytest.mark.parametrize(
    ("said", "collection"),
    [
        ("expense taxi 12", "outlays"),
        ("bill to Meyer 50", "bills"),
        ("letter Meyer 3", "requests"),
        ("pens 3", "requests"),
        ("letter from Meyer 3", "letters"),
    ],
)
def test_what_begins_with_a_word_of_its_own_is_no_request_for_so_many(desk: Desk, said: str, collection: str) -> None:
    found = sentences.Reader(desk).read(said)
    assert found is not None
    assert found.collection == collection


def test_every_area_names_functions_that_are_there() -> None:
    for area in areas.AREAS:
        for dotted in (*area.led, *area.sentences):
            assert areas.load(dotted)(("zz", "zz"), lambda _: ()) is None
