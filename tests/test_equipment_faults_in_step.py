"""A fault, its tickets and its asset say the same, whichever of them is moved, by whom, and what is taken back."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.actions.sentences import Reader
from botui.data import Desk, Done
from botui.models.base import Change, Conflict, NotAllowed, Refused
from botui.models.equipment.asset import Status
from botui.models.equipment.fault import Fault
from botui.models.soundness import problems_of
from tests.offices import ADA, ANN, BOB, CLEO, Clock, office
from tests.repairs import BEAMER, CELLAR, PRINTER, ROLLER, come, records, stocked


@pytest.fixture
def ann(folder: Path) -> Desk:
    return repairs(folder)


def repairs(folder: Path, clock: Clock | None = None) -> Desk:
    """A clerk's desk in an office with printers and parts; F-1 with T-1 is Cleo's, and T-2 is Bob's who joined."""
    desk = office(folder, ANN, clock or Clock())
    desk.as_system().apply(lambda _: records(Change("office.begin")))
    desk.as_system().apply(stocked)
    desk.as_system().apply(come)
    for person in (CLEO, BOB):
        of(desk, person).add("faults", {"what": "Paper jam", "asset": PRINTER})
    return desk


def of(desk: Desk, person: int) -> Desk:
    """The desk of somebody else on the same store, at a terminal of their own."""
    return Desk(desk.store, person, f"t{person}", desk.clock)


def stands(desk: Desk, number: int = 1) -> tuple[str, int | None, list[str], str]:
    """State and owner of a fault, the states of its tickets, the status of its asset."""
    desk.store.refresh()
    fault: Fault = desk.get("faults", number)
    tickets = desk.as_system().find("tickets", {"fault": (number,)})
    return (
        fault.state.value,
        fault.owner,
        [one.state.value for one in tickets],
        desk.get("assets", PRINTER).status.value,
    )


def agree(desk: Desk) -> bool:
    """Return whether faults, tickets and assets say the same, as ``botui check`` proves it."""
    desk.store.refresh()
    assert [*problems_of(desk.store.journal)] == []
    return True


def everything(desk: Desk) -> dict[str, list[Any]]:
    """All that stands in the store but the ledgers, to which undo adds."""
    desk.store.refresh()
    names = ("faults", "tickets", "assets", "items")
    return {name: [desk.store.journal.get(name, one) for one in desk.store.journal.ids(name)] for name in names}


BY_FAULT: list[tuple[str, dict[str, Any], tuple[str, int | None, list[str], str]]] = [
    ("take", {}, ("looking", ANN, ["open", "open"], "in_repair")),
    ("assign", {"to": CLEO}, ("looking", CLEO, ["open", "open"], "in_repair")),
    ("wait", {"waiting_for": "part", "until": "+3d"}, ("waiting", ANN, ["waiting", "waiting"], "in_repair")),
    ("test", {}, ("testing", ANN, ["open", "open"], "in_repair")),
    ("resolve", {"outcome": "New roller", "minutes": "5"}, ("fixed", ANN, ["resolved", "resolved"], "ready")),
    ("reject", {"outcome": "Tried"}, ("not_reproduced", ANN, ["resolved", "resolved"], "ready")),
    ("retire", {"why": "Burnt"}, ("written_off", ANN, ["resolved", "resolved"], "retired")),
    ("part", {"item": ROLLER, "quantity": "2"}, ("looking", ANN, ["open", "open"], "in_repair")),
    ("note", {"text": "Looked", "minutes": "5"}, ("reported", None, ["new", "new"], "in_repair")),
    ("cost", {"amount": "12.50"}, ("reported", None, ["new", "new"], "in_repair")),
    ("tick", {}, ("looking", ANN, ["open", "open"], "in_repair")),
]
BY_TICKET: list[tuple[str, dict[str, Any], tuple[str, int | None, list[str], str]]] = [
    ("take", {}, ("looking", ANN, ["open", "open"], "in_repair")),
    ("assign", {"to": CLEO}, ("looking", CLEO, ["open", "open"], "in_repair")),
    ("wait", {"waiting_for": "vendor", "until": "+3d"}, ("waiting", ANN, ["waiting", "waiting"], "in_repair")),
    ("wait", {"waiting_for": "requester"}, ("looking", ANN, ["waiting", "open"], "in_repair")),
    ("resolve", {"resolution": "Plug"}, ("reported", None, ["resolved", "new"], "in_repair")),
    ("reject", {"reason": "Nonsense"}, ("reported", None, ["rejected", "new"], "in_repair")),
    ("merge", {"into": 2}, ("reported", None, ["merged", "new"], "in_repair")),
]


@pytest.mark.parametrize(
    ("collection", "verb", "values", "then"),
    [*(("faults", *one) for one in BY_FAULT), *(("tickets", *one) for one in BY_TICKET)],
)
def test_what_is_done_with_one_is_done_with_all_and_taken_back_with_all(
    ann: Desk, collection: str, verb: str, values: dict[str, Any], then: tuple[str, int | None, list[str], str]
) -> None:
    before = everything(ann)
    done = ann.do(collection, 1, verb, values)
    assert stands(ann) == then
    assert agree(ann)
    ann.undo(done.digest)
    assert everything(ann) == before
    assert agree(ann)


def test_the_last_ticket_resolved_by_hand_fixes_the_fault_and_opened_again_by_who_asked_it_is_broken_again(
    ann: Desk,
) -> None:
    of(ann, CLEO).do("tickets", 1, "resolve", {})
    ann.clock.forward(hours=1)  # type: ignore[attr-defined]
    done = of(ann, BOB).do("tickets", 2, "resolve", {"resolution": "Plug was out"})
    assert stands(ann) == ("fixed", BOB, ["resolved", "resolved"], "ready")
    assert (ann.get("faults", 1).outcome, ann.get("faults", 1).downtime) == ("Resolved with T-2.", 3600)
    again = of(ann, BOB).do("tickets", 2, "reopen", {"why": "no"})
    assert stands(ann) == ("looking", BOB, ["resolved", "open"], "in_repair"), "Cleo was content before"
    of(ann, BOB).undo(again.digest)
    assert stands(ann)[0] == "fixed"
    of(ann, BOB).undo(done.digest)
    assert stands(ann) == ("reported", None, ["resolved", "new"], "in_repair")
    assert agree(ann)


def test_a_dated_wait_ends_by_the_clock_for_fault_and_tickets_alike(ann: Desk) -> None:
    ann.do("faults", 1, "wait", {"waiting_for": "quote", "until": "today 15:00"})
    ann.clock.forward(hours=6)  # type: ignore[attr-defined]
    ann.tick()
    assert stands(ann) == ("looking", ANN, ["open", "open"], "in_repair")
    assert agree(ann)


def test_a_word_of_who_asked_does_not_end_the_wait_for_a_part(ann: Desk) -> None:
    ann.do("faults", 1, "wait", {"waiting_for": "part"})
    ann.do("tickets", 1, "wait", {"waiting_for": "requester"})
    of(ann, CLEO).do("tickets", 1, "reply", {"text": "the red one"})
    assert stands(ann) == ("waiting", ANN, ["waiting", "waiting"], "in_repair")
    assert agree(ann)


def test_who_is_away_hands_over_faults_with_their_tickets_and_has_them_back(ann: Desk) -> None:
    ann.do("faults", 1, "take")
    ann.do("faults", 1, "wait", {})
    ann.add(
        "standins", {"person": ANN, "stand_in": BOB, "starts": "2026-11-23", "ends": "2026-11-25", "hand_over": True}
    )
    assert stands(ann)[:2] == ("waiting", BOB)
    assert agree(ann)
    ann.do("standins", 1, "cancel", {})
    assert stands(ann)[:2] == ("waiting", ANN)
    assert agree(ann)


def test_what_others_reported_and_spent_since_stays_when_one_takes_back(ann: Desk) -> None:
    done = ann.do("faults", 1, "cost", {"amount": "12.50", "minutes": "10"})
    of(ann, BOB).do("faults", 1, "cost", {"amount": "30", "minutes": "5"})
    of(ann, BOB).add("faults", {"what": "Smells", "asset": PRINTER, "another": True})
    ann.undo(done.digest)
    fault, asset = ann.get("faults", 1), ann.get("assets", PRINTER)
    assert (str(fault.cost), fault.minutes, str(asset.cost), asset.minutes) == ("30.00", 5, "30.00", 5)
    assert (asset.open_faults, asset.stopped, asset.faults) == (2, 2, 2)
    log = [(str(one.amount), one.minutes, one.takes_back) for one in ann.find("worklog", {"kind": ("visit",)})]
    assert log == [("12.50", 10, None), ("30", 5, None), ("-12.50", -10, log_of_first(ann))]
    assert agree(ann)


def log_of_first(desk: Desk) -> int:
    return min(int(one.id) for one in desk.find("worklog", {"kind": ("visit",)}))


def number_of(done: Done) -> int:
    return next(int(ref[2:]) for ref in done.refs if ref.startswith("F-"))


def test_a_fault_taken_back_leaves_another_one_of_the_same_asset_in_repair(ann: Desk) -> None:
    done = ann.add("faults", {"what": "Smells", "asset": PRINTER, "another": True})
    of(ann, BOB).do("faults", 1, "resolve", {})
    assert ann.get("assets", PRINTER).status is Status.IN_REPAIR
    ann.undo(done.digest)
    assert ann.get("assets", PRINTER).status is Status.READY
    assert (ann.get("assets", PRINTER).faults, ann.numbers("faults")) == (1, [1])
    assert agree(ann)


def test_a_report_on_which_somebody_worked_since_is_not_taken_back(ann: Desk) -> None:
    done = ann.add("faults", {"what": "Dark", "asset": BEAMER})
    of(ann, BOB).do("faults", number_of(done), "note", {"text": "Lamp"})
    with pytest.raises((Conflict, Refused), match="worked on it since"):
        ann.undo(done.digest)
    assert agree(ann)


# --- parts from stock -------------------------------------------------------------------------------------------------


def test_a_part_leaves_the_stock_for_the_fault_and_what_it_was_worth_is_its_cost(ann: Desk) -> None:
    ann.do("faults", 1, "wait", {"waiting_for": "part"})
    done = ann.do("faults", 1, "part", {"item": ROLLER, "quantity": "2", "note": "left one"})
    assert done.said == "2 x Roller for F-1, 24.69 EUR; 3 left in Cellar."
    assert stands(ann)[0] == "looking", "the wait for it is over"
    movement = ann.find("movements", {})[-1]
    work = ann.find("worklog", {"kind": ("part",)})[-1]
    assert (movement.about, movement.quantity, movement.place) == ("F-1", -2, CELLAR)
    assert (work.movement, work.item, work.quantity, str(work.amount)) == (movement.id, ROLLER, 2, "24.69")
    assert str(ann.get("faults", 1).cost) == str(ann.get("assets", PRINTER).cost) == "24.69"
    ann.undo(done.digest)
    assert (ann.get("items", ROLLER).on_hand, str(ann.get("assets", PRINTER).cost)) == (5, "0")
    assert agree(ann)


def test_too_few_parts_are_refused_with_what_comes_and_how_to_wait_for_it(ann: Desk) -> None:
    with pytest.raises(Refused, match=r"only 5 left in Cellar. Nothing is on order. w lets the repair wait for it."):
        ann.do("faults", 1, "part", {"item": ROLLER, "quantity": "6"})
    ann.add("orders", {"supplier": 1})
    ann.add("lines", {"order": 1, "item": ROLLER, "quantity": 10, "price": "1"})
    ann.do("orders", 1, "order")
    with pytest.raises(Refused, match=r"10 on order.*\(PO-1\)\. w lets the repair wait for it"):
        ann.do("faults", 1, "part", {"item": ROLLER, "quantity": "6"})
    assert (ann.get("items", ROLLER).on_hand, stands(ann)[0]) == (5, "reported")


# --- nothing private, nobody else -------------------------------------------------------------------------------------


def test_what_is_said_in_a_ticket_is_not_in_the_fault_that_all_may_read(ann: Desk) -> None:
    ann.do("tickets", 1, "note", {"text": "Cleo is on sick leave", "minutes": "5"})
    ann.do("tickets", 1, "reply", {"text": "get well"})
    cleo = of(ann, ADA)
    kept = [cleo.doc("faults", 1), *(one.doc() for one in cleo.find("worklog", {}))]
    assert "sick" not in str(kept)
    assert "get well" not in str(kept)
    with pytest.raises(NotAllowed):
        cleo.get("tickets", 1)


@pytest.mark.parametrize("verb", ["take", "resolve", "retire", "part", "cost", "assign"])
def test_staff_repair_only_what_was_given_to_them(ann: Desk, verb: str) -> None:
    with pytest.raises((NotAllowed, Refused)):
        of(ann, ADA).do("faults", 1, verb, {})
    assert stands(ann)[0] == "reported"


# --- whatever is done -------------------------------------------------------------------------------------------------

_ARGUMENTS: dict[tuple[str, str], dict[str, Any]] = {
    ("faults", "assign"): {"to": BOB},
    ("faults", "reject"): {"outcome": "tried"},
    ("faults", "retire"): {"why": "burnt"},
    ("faults", "note"): {"text": "x", "minutes": "3"},
    ("faults", "merge"): {"into": 3},
    ("faults", "part"): {"item": ROLLER},
    ("faults", "cost"): {"amount": "1.10"},
    ("tickets", "assign"): {"to": BOB},
    ("tickets", "handover"): {"department": 1},
    ("tickets", "reject"): {"reason": "no"},
    ("tickets", "merge"): {"into": 2},
    ("tickets", "reply"): {"text": "x"},
}
_VERBS = [
    *(
        ("faults", verb, _ARGUMENTS.get(("faults", verb), {}))
        for verb in ("take", "assign", "test", "resolve", "reject")
    ),
    *(("faults", verb, _ARGUMENTS.get(("faults", verb), {})) for verb in ("retire", "reopen", "note", "tick", "merge")),
    *(("faults", verb, _ARGUMENTS.get(("faults", verb), {})) for verb in ("part", "cost", "wait")),
    ("faults", "wait", {"waiting_for": "quote", "until": "+1d"}),
    *(("tickets", verb, _ARGUMENTS.get(("tickets", verb), {})) for verb in ("take", "assign", "handover", "resolve")),
    *(
        ("tickets", verb, _ARGUMENTS.get(("tickets", verb), {}))
        for verb in ("reopen", "reject", "merge", "reply", "close")
    ),
    *(("tickets", "wait", {"waiting_for": one, "until": "+1d"}) for one in ("requester", "vendor", "part", "date")),
    ("tickets", "reply", {"text": "x", "then": "resolve"}),
]
STEPS = st.one_of(
    st.tuples(st.just("do"), st.sampled_from(_VERBS), st.sampled_from([ANN, BOB, CLEO]), st.integers(1, 4)),
    st.tuples(st.just("report"), st.booleans(), st.sampled_from([ANN, BOB, CLEO]), st.just(0)),
    st.tuples(st.just("undo"), st.none(), st.sampled_from([ANN, BOB, CLEO]), st.just(0)),
    st.tuples(st.just("later"), st.none(), st.just(ANN), st.integers(1, 30)),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(STEPS, min_size=4, max_size=14))
def test_whatever_three_people_do_and_take_back_all_three_agree(steps: list[tuple[str, Any, int, int]]) -> None:
    with TemporaryDirectory() as name:
        clock = Clock()
        desk = repairs(Path(name) / "office", clock)
        done: dict[int, Done] = {}
        for what, how, person, number in steps:
            with suppress(Refused, Conflict, NotAllowed):
                done |= _step(of(desk, person), clock, what, how, number, done)
            assert agree(desk), (what, how, person, number)


def _step(desk: Desk, clock: Clock, what: str, how: Any, number: int, done: dict[int, Done]) -> dict[int, Done]:
    """Do one thing; return what can be taken back now, by whom."""
    person = desk.person or 0
    if what == "later":
        clock.forward(hours=number)
        desk.tick()
        return {}
    if what == "undo":
        desk.undo(done.pop(person).digest) if person in done else None
        return {}
    if what == "report":
        return {person: desk.add("faults", {"what": "Smoke", "asset": PRINTER, "another": how or None})}
    collection, verb, values = how
    return {person: desk.do(collection, number, verb, values)}


# --- the box ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "collection"), [
    ("P-77 paper jam", "faults"),
    ("beamer 2nd floor dark", "faults"),
    ("Printer is dark", "tickets"),
])  # fmt: skip
def test_in_the_box_a_thing_that_is_named_goes_before_a_ticket(ann: Desk, text: str, collection: str) -> None:
    found = Reader(of(ann, CLEO)).read(text)
    assert found is not None
    assert found.collection == collection
