"""What others did meanwhile, taking back and coming back leave faults, tickets and assets without a contradiction."""

from __future__ import annotations

from pathlib import Path

import pytest

from botui.actions import guests
from botui.data import Desk
from botui.models.base import Change, Refused
from botui.models.soundness import problems_of
from tests.offices import ANN, BOB, CLEO, HANNA, Clock, office
from tests.repairs import PRINTER, records, stocked


@pytest.fixture
def ann(folder: Path, clock: Clock) -> Desk:
    desk = office(folder, ANN, clock)
    desk.as_system().apply(lambda _: records(Change("office.begin")))
    desk.as_system().apply(stocked)
    return desk


def of(desk: Desk, person: int) -> Desk:
    """The desk of somebody else, at a terminal of their own."""
    return Desk(desk.store, person, f"t{person}", desk.clock)


def problems(desk: Desk) -> list[str]:
    desk.store.refresh()
    return [*problems_of(desk.store.journal)]


def test_who_reported_it_while_it_waited_waits_no_more_when_that_is_taken_back(ann: Desk) -> None:
    of(ann, CLEO).add("faults", {"what": "Paper jam", "asset": PRINTER})
    waits = ann.do("faults", 1, "wait", {"waiting_for": "part"})
    of(ann, BOB).do("assets", PRINTER, "report", {"what": "Paper jam"})
    assert ann.get("tickets", 2).state == "waiting"
    ann.undo(waits.digest)
    assert ann.get("tickets", 2).state == "open"
    assert problems(ann) == []


def test_what_was_reported_again_since_is_not_over_by_taking_back_that_it_was_opened_again(ann: Desk) -> None:
    of(ann, CLEO).add("faults", {"what": "Paper jam", "asset": PRINTER})
    ann.do("faults", 1, "resolve")
    opened = ann.do("faults", 1, "reopen")
    of(ann, BOB).do("assets", PRINTER, "report", {"what": "Paper jam"})
    with pytest.raises(Refused, match=r"F-1 was reported again since \(T-2\)"):
        ann.undo(opened.digest)
    assert problems(ann) == []


def test_a_report_that_joined_is_not_taken_back_when_the_other_was_dealt_with_since(ann: Desk) -> None:
    bob = of(ann, BOB)
    of(ann, CLEO).add("faults", {"what": "Paper jam", "asset": PRINTER})
    joined = bob.do("assets", PRINTER, "report", {"what": "Paper jam"})
    ann.do("tickets", 1, "resolve")
    with pytest.raises(Refused, match="T-1 is resolved since: resolve yours, too, and F-1 is fixed"):
        bob.undo(joined.digest)
    bob.do("tickets", 2, "resolve")
    assert ann.get("faults", 1).state == "fixed"
    assert problems(ann) == []


def test_who_comes_back_has_their_faults_with_what_was_reported_of_them_meanwhile(ann: Desk, clock: Clock) -> None:
    of(ann, CLEO).add("faults", {"what": "Paper jam", "asset": PRINTER})
    ann.do("faults", 1, "take")
    ann.add(
        "standins",
        {"person": ANN, "starts": clock.now.date(), "ends": clock.now.date(), "stand_in": BOB, "hand_over": True},
    )
    of(ann, BOB).do("assets", PRINTER, "report", {"what": "Paper jam"})
    assert [ann.get("tickets", one).owner for one in (1, 2)] == [BOB, BOB]
    ann.do("standins", 1, "cancel")
    assert [ann.get("faults", 1).owner, *(ann.get("tickets", one).owner for one in (1, 2))] == [ANN, ANN, ANN]
    assert problems(ann) == []


def test_what_somebody_said_is_done_is_not_opened_again_by_who_reports_it_in_their_name(ann: Desk) -> None:
    hanna, cleo = of(ann, HANNA), of(ann, CLEO)
    hanna.add("faults", {"what": "Paper jam", "asset": PRINTER})
    ann.do("assets", PRINTER, "report", {"what": "Paper jam"})
    hanna.do("tickets", 1, "resolve")
    hanna.do("tickets", 1, "rate", {"satisfaction": 5})
    cleo.add("faults", {"what": "Paper jam", "asset": PRINTER, "requester": HANNA})
    assert (ann.get("tickets", 1).state, ann.get("tickets", 1).satisfaction) == ("resolved", 5)
    assert (ann.get("tickets", 3).requester, ann.get("tickets", 3).created_by) == (HANNA, CLEO)
    hanna.add("faults", {"what": "Paper jam", "asset": PRINTER})
    assert len(hanna.numbers("tickets")) == 2, "she has one that is open"
    assert problems(ann) == []


def test_whose_report_it_was_makes_no_other_guest_s_ticket_theirs(ann: Desk) -> None:
    guest = of(ann, 0).for_person(None)
    for who in ("Cleo", "Gus Guest"):
        guests.report(guest, {"what": "jam", "thing": "P-77", "who": who})
    ann.edit(ann.get("faults", 1), {"requester": CLEO})
    assert [ann.get("tickets", one).requester for one in (1, 2)] == [CLEO, None]
    assert of(ann, CLEO).numbers("tickets") == [1]


def test_a_ticket_is_not_filed_as_a_part_of_itself(ann: Desk) -> None:
    with pytest.raises(Refused, match="cannot be part of itself"):
        ann.as_system().add("tickets", {"subject": "Loop", "parent": 1})
    assert problems(ann) == []
