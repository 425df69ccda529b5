"""Audits at the desk: what an undo takes back, and what it does not when others built on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from botui.data import Desk
from botui.models.base import Change, Conflict, NotAllowed, Refused
from botui.models.equipment.asset import Asset
from tests.offices import ANN, BOB, CLEO, Clock, office

ROOM = 2


@pytest.fixture
def desk(folder: Path, clock: Clock) -> Desk:
    found = office(folder, ANN, clock)
    change = Change("assets.begin")
    for number in (1, 2, 3):
        place = ROOM if number < 3 else 1
        change.add(Asset(id=number, tag=f"EQ{number}", name=f"Thing {number}", home=place, place=place))
    found.as_system().apply(lambda _: change)
    return found


def test_an_audit_begun_by_mistake_is_taken_back_until_somebody_saw_something(desk: Desk) -> None:
    begun = desk.add("audits", {"name": "Yearly", "places": (ROOM,)})
    desk.undo(begun.digest)
    assert desk.as_system().numbers("findings") == []
    begun = desk.add("audits", {"name": "Yearly", "places": (ROOM,)})
    number = desk.as_system().numbers("audits")[0]
    desk.for_person(BOB).do("audits", number, "count", {"asset": 3, "place": ROOM})  # on nobody's list
    with pytest.raises(Conflict, match="is not undone"):
        desk.undo(begun.digest)
    assert desk.get("audits", number).walkers == (BOB,)
    desk.store.refresh()


def test_a_scan_stays_once_the_audit_is_finished_and_the_finish_is_taken_back_as_a_whole(desk: Desk) -> None:
    bob = desk.for_person(BOB)
    desk.add("audits", {"name": "Yearly", "places": (ROOM,)})
    scan = bob.do("audits", 1, "count", {"asset": 1, "place": 1})
    end = desk.do("audits", 1, "settle", {"even_so": True})
    assert desk.get("assets", 1).place == 1
    with pytest.raises(Refused, match="what was seen stays"):
        bob.undo(scan.digest)
    desk.undo(end.digest)
    assert (desk.get("assets", 1).place, desk.get("assets", 2).fate, desk.get("audits", 1).state) == (2, None, "open")
    bob.undo(scan.digest)
    assert desk.get("findings", 1).seen_in is None


def test_only_who_works_with_audits_walks_them(desk: Desk) -> None:
    desk.add("audits", {"name": "Yearly"})
    cleo = desk.for_person(CLEO)
    assert cleo.get("audits", 1).name == "Yearly"
    for verb, values in (("count", {"asset": 1, "place": ROOM}), ("settle", {}), ("cancel", {"reason": "no"})):
        with pytest.raises(NotAllowed):
            cleo.do("audits", 1, verb, values)
