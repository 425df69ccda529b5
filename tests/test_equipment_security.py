"""Nothing of equipment that somebody may not see stands in what they may see: no cost, seat, access or guest's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from botui import areas
from botui.actions import guests
from botui.actions.everywhere import Finder
from botui.actions.handing import Hands, Piece, book
from botui.data import Desk
from botui.models.base import Change, NotAllowed, PinNeeded
from botui.screens.rows import KindRows
from tests.command_line import Office
from tests.offices import ADA, ANN, BOB, CLEO, HANNA, MAX, Clock, office
from tests.repairs import PRINTER, VENDOR, records, stocked

HIDDEN = ("Vault Suite", "4321.09", "4,321.09", "Cellar server", "superuser", "hush", "Gus", "0171-555")
"""What stands in licences, access and tickets that are not for Cleo."""
EQUIPMENT = tuple(one.name for one in areas.COLLECTIONS if one.area == "equipment")
LISTS = (*EQUIPMENT, "tickets", "comments", "people", "parties", "places")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with a fault that Hanna and a guest reported, a licence of Bob's and access of Hanna's."""
    folder, clock = tmp_path_factory.mktemp("equipment") / "office", Clock()
    ann = office(folder, ANN, clock)
    ann.as_system().apply(lambda _: records(Change("office.begin")))
    ann.as_system().apply(stocked)
    hanna, guest, boss = (Desk(ann.store, one, "back", clock) for one in (HANNA, None, MAX))
    boss.confirmed = clock.now
    hanna.add("faults", {"what": "Paper jam", "asset": PRINTER})
    guests.report(guest, {"what": "It jams", "who": "Gus 0171-555", "thing": "P-77"})
    ann.do("tickets", 1, "note", {"text": "hush"})
    ann.do("tickets", 1, "reply", {"text": "hush"})
    values = {"name": "Vault Suite", "vendor": VENDOR, "seats": 37, "cost": "4321.09", "owner": BOB, "note": "hush"}
    ann.add("licences", {**values, "renews_on": "2027-01-31"})
    ann.do("licences", 1, "hand_out", {"person": HANNA})
    ann.do("licences", 1, "hand_out", {"asset": PRINTER, "note": "hush"})
    hanna.add("access", {"system": "Cellar server", "level": "superuser", "why": "hush", "approver": MAX})
    boss.do("access", 1, "approve")
    ann.do("access", 1, "hand_out")
    ann.do("faults", 1, "resolve", {"outcome": "New roller"})
    hanna.do("tickets", 1, "reopen", {"why": "hush"})
    ann.do("tickets", 2, "resolve", {"resolution": "hush"})
    ann.do("tickets", 1, "resolve", {"resolution": "hush"})
    ann.store.close()
    return folder


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    desk = Desk.open(folder, CLEO, "front", Clock())
    yield desk
    desk.store.close()


def clean(text: object) -> None:
    """Check that nothing hidden stands in what is shown, whatever it is made of."""
    shown = repr(text).casefold()
    assert [words for words in HIDDEN if words.casefold() in shown] == [], shown


def test_it_is_all_there_for_whoever_may_see_it(folder: Path) -> None:
    at = Office(folder)
    refs = ("LI-1", "AC-1", "T-1", "T-2", "SE-2")
    shown = "".join(at.run("show", one, "--as", "AA").out for one in refs)
    assert [words for words in HIDDEN if words not in shown] in (["4321.09"], ["4,321.09"])


@pytest.mark.parametrize("name", LISTS)
def test_no_record_list_count_or_history_says_it(desk: Desk, name: str) -> None:
    try:
        numbers = desk.numbers(name)
    except NotAllowed:
        return
    kind = areas.kind(name)
    rows = KindRows(desk, kind, numbers)
    clean([rows.cells(number) for number in rows.ids()])
    clean([desk.count(name, view) for view in kind.views])
    screen = areas.load(next(one.screen for one in areas.AREAS if one.name == areas.collection(name).area))
    details = screen.record_type(name).DETAILS(desk)
    for number in numbers:
        record = desk.get(name, number)
        clean((record, desk.history(name, number), desk.headline(name, number)))
        clean((details.sections(record), details.followed(record)))


@pytest.mark.parametrize(
    "typed", ["vault", "LI-1", "AC-1", "SE-1", "cellar server", "Gus", "T-1", "T-2", "hush", "P-77"]
)
def test_the_box_that_finds_everything_goes_nowhere_hidden(desk: Desk, typed: str) -> None:
    finder = Finder(desk)
    finder.newest = typed
    found = finder.find(typed)
    clean(found)
    named = [(one.collection, number) for _, some in found for one in some for number in one.numbers]
    assert [one for one in (*named, *desk.by_code(typed)) if not desk.sees(*one)] == []
    clean(finder.private(typed).replace(typed, ""))


_LOOK = ("show", "history")
COMMANDS = [
    *(("list", name, *shape) for name in LISTS for shape in ((), ("--csv",), ("--json",), ("--view", "all"))),
    *((verb, f"{areas.collection(name).prefix}-{number}") for name in LISTS for number in (1, 2) for verb in _LOOK),
    *(("report", name) for name in ("downtime", "renewals", "replace")),
    ("history",),
    ("desk",),
    ("slip", "A-1"),
    ("labels", "print", "LI-1"),
    ("set", "LI-1", "name=x"),
    ("do", "LI-1", "renew"),
    ("do", "SE-1", "give_back"),
    ("do", "AC-1", "review"),
    ("do", "A-1", "retire"),
    ("list", "licences", "name=Vault*"),
    ("list", "access", "person=HH"),
    ("list", "seats", "--sort", "what"),
    ("import", "licences", "-"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_command_says_anything_hidden(folder: Path, words: tuple[str, ...]) -> None:
    result = Office(folder).run(*words, "--as", "CC")
    clean((result.out, result.err))
    assert result.code in (0, 1)


# --- a found badge ----------------------------------------------------------------------------------------------------


@pytest.fixture
def found(tmp_path: Path) -> Desk:
    """The desk of a clerk whose badge alone is enough below 50: a laptop is worth 900, a licence 70."""
    ann = office(tmp_path / "office", ANN)
    ann.add("categories", {"name": "Laptop", "bookable": True})
    ann.add("assets", {"name": "Laptop", "price": "900", "category": 1})
    ann.add("assets", {"name": "Cable", "price": "9"})
    ann.add("licences", {"name": "Drawing", "cost": "70", "renews_on": "2027-01-31", "per": "year"})
    ann.add("plans", {"name": "Filter", "rule": "daily", "asset": 1})
    ann.add("faults", {"what": "It smells", "asset": 1, "stops": False})
    ann.do("assets", 1, "book", {"start": ann.clock(), "end": "+2h"})
    ann.for_person(ADA, confirmed=True).edit(ann.get("settings", 1), {"badge_only": Decimal(50)})
    return ann.for_person(ANN, by_badge=True)


@pytest.mark.parametrize(("collection", "verb", "texts"), [
    ("assets", "hand_out", {"to": "CC"}),
    ("assets", "lose", {}),
    ("assets", "cost", {"amount": "60", "text": "Case"}),
    ("bookings", "hand_out", {}),
    ("faults", "retire", {"why": "Burnt"}),
    ("faults", "cost", {"amount": "60"}),
    ("licences", "renew", {}),
    ("licences", "renew", {"cost": "50"}),
    ("plans", "resolve", {"cost": "50"}),
])  # fmt: skip
def test_a_found_badge_moves_nothing_that_is_worth_much(
    found: Desk, collection: str, verb: str, texts: dict[str, str]
) -> None:
    with pytest.raises(PinNeeded):
        found.do(collection, 1, verb, texts)
    assert found.do("assets", 2, "hand_out", {"to": "CC"}).refs


def test_a_list_of_things_is_worth_what_they_are_worth_together(found: Desk) -> None:
    for number in range(3, 9):
        found.for_person(ANN).add("assets", {"name": f"Cable {number}", "price": "9"})
    hands = Hands(to=("people", CLEO))
    with pytest.raises(PinNeeded):
        book(found, replace(hands, pieces=tuple(Piece(one) for one in range(2, 9))))
    assert book(found, replace(hands, pieces=(Piece(2), Piece(3)))).done
