"""Taking back what was done with assets: all is as it was, and what others did since stays and still fits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from botui.data import Desk
from botui.models.base import Conflict, Refused
from botui.models.equipment.asset import Asset, Status
from botui.models.soundness import problems_of
from tests.offices import ANN, BOB, CLEO, MONDAY, Clock, beside, office

BEAMER, LAPTOP = 1, 2
TOMORROW = {"start": MONDAY + timedelta(days=1), "end": MONDAY + timedelta(days=1, hours=2)}


@pytest.fixture
def ann(folder: Path) -> Desk:
    """A clerk's desk in an office with a beamer that is shared, and a laptop that the other clerk has."""
    desk = office(folder, ANN, Clock())
    system = desk.as_system()
    system.add("categories", {"name": "Projector", "bookable": True})
    system.add("assets", {"name": "Beamer", "category": 1, "home": 1})
    system.add("assets", {"name": "Laptop", "home": 1})
    system.do("assets", LAPTOP, "hand_out", {"to": "BB", "due": MONDAY.date()})
    system.add("bookings", {"asset": BEAMER, "person": BOB, **TOMORROW})
    return desk


def records(desk: Desk) -> dict[str, dict[int, Any]]:
    """What is kept of assets, hand-outs and bookings."""
    desk.store.refresh()
    journal = desk.store.journal
    names = ("assets", "loans", "bookings", "faults", "categories")
    return {name: {one: journal.get(name, one) for one in journal.ids(name)} for name in names}


def undone(desk: Desk) -> str:
    entry = desk.undoable()
    assert entry is not None
    return desk.undo(entry.digest).said


def asset(desk: Desk, number: int = BEAMER) -> Asset:
    desk.store.refresh()
    assert [*problems_of(desk.store.journal)] == []
    found: Asset = desk.get("assets", number)
    return found


DONE: list[tuple[str, int, str, dict[str, Any]]] = [
    ("assets", BEAMER, "hand_out", {"to": "CC", "due": MONDAY.date()}),
    ("assets", BEAMER, "hand_out", {"to": "A-2", "due": MONDAY.date()}),
    ("assets", LAPTOP, "give_back", {"condition": "minor", "note": "scratched", "place": 2}),
    ("assets", LAPTOP, "give_back", {"condition": "major", "note": "in two"}),
    ("loans", 1, "give_back", {}),
    ("loans", 1, "extend", {"due": MONDAY.date() + timedelta(days=3)}),
    ("assets", BEAMER, "transfer", {"to_place": 2, "home": True}),
    ("assets", BEAMER, "review", {"place": 2}),
    ("assets", BEAMER, "pause", {"note": "recalled"}),
    ("assets", LAPTOP, "lose", {"note": "stolen"}),
    ("assets", BEAMER, "retire", {"note": "sold", "even_so": True}),
    ("assets", BEAMER, "barcode", {"code": "4711"}),
    ("assets", BEAMER, "report", {"what": "It smells"}),
    ("assets", BEAMER, "book", {"start": MONDAY + timedelta(days=2), "end": MONDAY + timedelta(days=3)}),
    ("bookings", 1, "cancel", {}),
    ("bookings", 1, "hand_out", {}),
]


@pytest.mark.parametrize(("collection", "number", "verb", "values"), DONE)
def test_undone_all_is_as_it_was(ann: Desk, collection: str, number: int, verb: str, values: dict[str, Any]) -> None:
    before = records(ann)
    ann.do(collection, number, verb, values)
    assert records(ann) != before
    undone(ann)
    assert records(ann) == before
    assert asset(ann).status is Status.READY


def test_an_undone_cost_stays_in_the_log_and_is_taken_off_by_a_second_entry(ann: Desk) -> None:
    ann.do("assets", BEAMER, "cost", {"amount": "80", "text": "Lamp", "minutes": 15})
    beside(ann).do("assets", BEAMER, "cost", {"amount": "5.50", "text": "Cable", "minutes": 5})
    undone(ann)
    assert (str(asset(ann).cost), asset(ann).minutes) == ("5.50", 5)
    assert len(ann.numbers("worklog")) == 3


def test_undone_major_damage_leaves_the_fault_that_it_joined(ann: Desk) -> None:
    beside(ann, CLEO, "kiosk").do("assets", LAPTOP, "report", {"what": "Screen is broken"})
    before = records(ann)
    ann.do("assets", LAPTOP, "give_back", {"condition": "major", "note": "Screen is in two"})
    assert (ann.get("faults", 1).reports, asset(ann, LAPTOP).open_faults) == (2, 1)
    undone(ann)
    assert records(ann) == before


@pytest.mark.parametrize(
    ("verb", "values", "status"),
    [
        ("report", {"what": "It smells"}, Status.IN_REPAIR),
        ("pause", {"note": "recalled"}, Status.OUT),
        ("lose", {}, Status.LOST),
    ],
)
def test_a_hand_out_is_undone_although_something_happened_to_the_thing_since(
    ann: Desk, verb: str, values: dict[str, Any], status: Status
) -> None:
    ann.do("assets", BEAMER, "hand_out", {"to": "CC", "due": MONDAY.date()})
    bob = beside(ann)
    bob.do("assets", BEAMER, verb, values)
    undone(ann)
    assert (asset(ann).status, asset(ann).holder) == (status, None)
    undone(bob)
    assert asset(ann).status is Status.READY


def test_what_happened_first_is_undone_although_the_thing_was_handed_out_since(ann: Desk) -> None:
    ann.do("assets", BEAMER, "report", {"what": "It blinks", "stops": False})
    beside(ann).do("assets", BEAMER, "hand_out", {"to": "CC", "due": MONDAY.date()})
    undone(ann)
    assert (asset(ann).status, asset(ann).open_faults) == (Status.ON_LOAN, 0)


def test_whoever_reports_a_fault_takes_that_back_with_what_came_of_it(ann: Desk) -> None:
    cleo = beside(ann, CLEO, "kiosk")
    before = records(ann)
    cleo.add("faults", {"asset": BEAMER, "what": "It smells"})
    assert asset(ann).status is Status.IN_REPAIR
    undone(cleo)
    assert records(ann) == before
    ann.do("assets", BEAMER, "report", {"what": "It smells"})
    cleo.add("faults", {"asset": BEAMER, "what": "It smells again"})
    undone(cleo)
    assert (asset(ann).open_faults, ann.get("faults", 2).reports) == (1, 1)


NOT_UNDONE: list[tuple[tuple[str, int, str, dict[str, Any]], Callable[[Desk], object], type[Exception], str]] = [
    (
        ("assets", BEAMER, "hand_out", {"to": "CC", "due": MONDAY.date()}),
        lambda bob: bob.do("assets", BEAMER, "give_back"),
        Conflict,
        "Bob Baker",
    ),
    (
        ("assets", LAPTOP, "give_back", {}),
        lambda bob: bob.do("assets", LAPTOP, "hand_out", {"to": "CC"}),
        Conflict,
        "Bob Baker",
    ),
    (
        ("assets", LAPTOP, "give_back", {}),
        lambda bob: bob.do("assets", LAPTOP, "retire", {"note": "sold"}),
        Refused,
        "retired by now",
    ),
    (
        ("bookings", 1, "cancel", {}),
        lambda bob: bob.do("assets", BEAMER, "book", TOMORROW),
        Refused,
        "has booked it tomorrow",
    ),
    (
        ("bookings", 1, "cancel", {}),
        lambda bob: bob.do("assets", BEAMER, "hand_out", {"to": "CC"}),
        Refused,
        "Cleo Cole has it",
    ),
    (
        ("assets", BEAMER, "retire", {"note": "sold", "even_so": True}),
        lambda bob: (
            bob.add("assets", {"name": "New", "tag": "A-1b", "serial": "S-9"})
            and bob.edit(bob.get("assets", 3), {"codes": ["OLD"]})
        ),
        Refused,
        "OLD belongs to A-3",
    ),
]


@pytest.mark.parametrize(("done", "since", "error", "said"), NOT_UNDONE)
def test_what_others_built_on_is_not_undone(
    ann: Desk,
    done: tuple[str, int, str, dict[str, Any]],
    since: Callable[[Desk], object],
    error: type[Exception],
    said: str,
) -> None:
    ann.as_system().edit(ann.get("assets", BEAMER), {"codes": ["OLD"]})
    ann.do(*done)
    bob = beside(ann)
    since(bob)
    before = records(ann)
    with pytest.raises(error, match=said):
        undone(ann)
    assert records(ann) == before
    asset(ann)


def test_a_thing_is_not_brought_back_into_what_is_part_of_it_by_now(ann: Desk) -> None:
    ann.do("assets", BEAMER, "hand_out", {"to": "A-2", "due": MONDAY.date()})
    ann.clock.forward(minutes=1)  # type: ignore[attr-defined]
    ann.do("assets", BEAMER, "give_back")
    bob = beside(ann)
    bob.do("assets", LAPTOP, "give_back")
    bob.do("assets", LAPTOP, "hand_out", {"to": "A-1"})
    with pytest.raises(Refused, match="would be part of itself"):
        undone(ann)
    asset(ann)


def test_a_give_back_is_not_undone_over_what_somebody_booked_since(ann: Desk) -> None:
    ann.do("assets", BEAMER, "hand_out", {"to": "CC", "due": MONDAY.date()})
    ann.do("assets", BEAMER, "give_back")
    evening = {"start": MONDAY + timedelta(hours=1), "end": MONDAY + timedelta(hours=2)}
    beside(ann).do("assets", BEAMER, "book", evening)
    with pytest.raises(Refused, match="Bob Baker has booked it today"):
        undone(ann)
