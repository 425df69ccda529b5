"""Stand-ins: from when until when and how far somebody acts for another, under whose name, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from botui import areas
from botui.actions.desk import absence, meanwhile, my_desk, new_absence
from botui.actions.past import heading
from botui.data import Desk
from botui.models.base import Between, NotAllowed, Refused, View
from botui.models.office import Presence, StandIn
from botui.models.office.choices import Approvals
from tests import command_line
from tests.offices import ADA, ANN, BOB, CLEO, DAN, HANNA, MAX, OTTO, Clock, lines, office, ticket
from tests.rules import at

PIN = "2580"
MON, TUE, WED, FRI = (date(2026, 11, day) for day in (23, 24, 25, 27))


@pytest.fixture
def desk(folder: Path, clock: Clock) -> Iterator[Desk]:
    """Ann's desk in an office in Berlin, on Monday 23 November at ten; Max manages IT, where Cleo and Hanna work."""
    desk = office(folder, ANN, clock)
    ada = desk.for_person(ADA)
    ada.edit(desk.get("departments", 1), {"manager": MAX})
    for person in (CLEO, HANNA):
        ada.edit(desk.get("people", person), {"department": 1})
    for person in (CLEO, MAX, HANNA):
        desk.secrets.set_pin(person, PIN)
    yield desk
    desk.store.close()


def away(desk: Desk, person: int = MAX, stand_in: int = CLEO, **values: Any) -> Any:
    """File who stands in, from Monday to Friday unless it is said otherwise; return it."""
    given = {"person": person, "stand_in": stand_in, "starts": MON, "ends": FRI, **values}
    done = desk.for_person(person).add("standins", given)
    return desk.get("standins", int(done.refs[-1].partition("-")[2]))


# --- from when until when ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "acts"),
    [
        ("2026-11-23 22:59:59", False),  # Monday, a second to midnight in Berlin
        ("2026-11-23 23:00:00", True),
        ("2026-11-25 22:59:59", True),
        ("2026-11-25 23:00:00", False),
    ],
)
def test_it_is_in_force_from_the_first_to_the_last_second_of_its_days_in_the_office(
    desk: Desk, clock: Clock, now: str, acts: bool
) -> None:
    ticket(desk, "Budget", requester=BOB)
    desk.do("tickets", 1, "ask_approval", {"to": MAX, "amount": "100"})
    away(desk, starts=TUE, ends=WED)
    clock.now = at(now[:-3]) + timedelta(seconds=int(now[-2:]))
    cleo = desk.for_person(CLEO, confirmed=True)
    assert cleo.persons() == ((CLEO, MAX) if acts else (CLEO,))
    assert cleo.sees("tickets", 1) is acts
    assert [one.waiting.ref for one in my_desk(cleo) if one.stood_in_for] == (["T-1"] if acts else [])
    if acts:
        cleo.do("tickets", 1, "approve")
    else:
        with pytest.raises(NotAllowed):
            cleo.do("tickets", 1, "approve")


def test_whoever_comes_back_early_is_stood_in_for_no_longer(desk: Desk) -> None:
    one = away(desk)
    cleo = desk.for_person(CLEO)
    assert cleo.persons() == (CLEO, MAX)
    assert desk.get("people", MAX).presence is Presence.AWAY
    assert desk.for_person(MAX).do("standins", one.id, "cancel").said == "SI-1 has ended: Max Manager is in."
    assert cleo.persons() == (CLEO,)
    assert desk.get("people", MAX).presence is Presence.IN


def test_nobody_acts_for_somebody_who_left_meanwhile(desk: Desk) -> None:
    away(desk)
    ada = desk.for_person(ADA)
    ada.edit(desk.get("people", MAX), {"active": False})
    assert desk.for_person(CLEO).persons() == (CLEO,)


def test_what_begins_later_begins_by_itself_once_and_as_of_its_day(desk: Desk, clock: Clock) -> None:
    ticket(desk, "Lamp")
    desk.do("tickets", 1, "assign", {"to": MAX})
    one = away(desk, starts=WED, hand_over=True)
    assert desk.get("people", MAX).presence is Presence.IN
    clock.now = at("2026-11-25 08:00")
    assert len(desk.tick()) == 1
    assert desk.tick() == []
    assert desk.get("people", MAX).presence is Presence.AWAY
    assert desk.get("people", MAX).back_at == at("2026-11-30 07:00"), "when the office opens after the last day"
    assert desk.get("tickets", 1).owner == CLEO
    assert desk.get("standins", one.id).begun_at == at("2026-11-24 23:00")


# --- what cannot be ---------------------------------------------------------------------------------------------------

REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"stand_in": MAX}, "Nobody stands in for themselves"),
    ({"ends": date(2026, 11, 22)}, "passed"),
    ({"starts": FRI, "ends": WED}, "before the first"),
    ({"stand_in": DAN}, "works here"),
    ({"stand_in": 99}, "works here"),
]


@pytest.mark.parametrize(("values", "said"), REFUSED, ids=[" ".join(values) for values, _ in REFUSED])
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_filed(desk: Desk, values: Any, said: str) -> None:
    before = lines(desk)
    with pytest.raises(Refused, match=said) as refused:
        away(desk, **values)
    assert refused.value.fields
    assert lines(desk) == before


def test_two_at_once_are_refused_and_one_after_the_other_are_not(desk: Desk) -> None:
    away(desk, ends=TUE)
    for starts in (MON, TUE):
        with pytest.raises(Refused, match="Cleo Cole stands in then already"):
            away(desk, stand_in=BOB, starts=starts)
    assert away(desk, stand_in=BOB, starts=WED)


def test_whoever_is_away_stands_in_for_nobody_so_no_chain_and_no_circle_is_filed(desk: Desk) -> None:
    away(desk, MAX, CLEO)
    with pytest.raises(Refused, match="Max Manager is away then, too"):
        away(desk, CLEO, MAX)
    with pytest.raises(Refused, match="Max Manager is away then, too"):
        away(desk, HANNA, MAX)


def test_who_goes_away_while_standing_in_is_told_and_passes_nothing_on(desk: Desk) -> None:
    away(desk, MAX, CLEO)
    done = desk.for_person(CLEO).add("standins", {"person": CLEO, "stand_in": HANNA, "starts": MON, "ends": TUE})
    assert "nobody stands in for Max Manager" in done.said
    assert desk.for_person(HANNA).persons() == (HANNA, CLEO)


@pytest.mark.parametrize(("by", "may"), [(CLEO, True), (MAX, True), (ADA, True), (BOB, False), (HANNA, False)])
def test_it_is_said_by_themselves_their_manager_or_an_administrator(desk: Desk, by: int, may: bool) -> None:
    given = {"person": CLEO, "stand_in": HANNA, "starts": MON, "ends": FRI}
    if not may:
        with pytest.raises(Refused, match="Only they themselves"):
            desk.for_person(by).add("standins", given)
        return
    assert desk.for_person(by).add("standins", given)
    assert [one.waiting.ref for one in my_desk(desk.for_person(HANNA))] == ["SI-1"], "the stand-in is told"
    desk.for_person(HANNA).do("standins", 1, "acknowledge")
    assert my_desk(desk.for_person(HANNA)) == []


def test_nobody_makes_himself_somebody_s_manager_to_name_himself_their_stand_in(desk: Desk) -> None:
    bob, facilities = desk.for_person(BOB), desk.get("departments", 2)
    bob.edit(desk.get("people", MAX), {"department": 2})
    with pytest.raises(NotAllowed, match="Only an administrator"):
        bob.edit(facilities, {"manager": BOB})
    with pytest.raises(NotAllowed, match="Only an administrator"):
        bob.add("departments", {"name": "Another", "manager": BOB})
    desk.for_person(ADA).edit(facilities, {"manager": BOB})
    with pytest.raises(Refused, match="Only they themselves"):  # a clerk at the head is no manager by role
        bob.add("standins", {"person": MAX, "stand_in": BOB, "starts": MON, "ends": FRI})
    assert bob.persons() == (BOB,)


@pytest.mark.parametrize("by", [BOB, CLEO, HANNA, OTTO])
def test_others_neither_change_nor_end_it(desk: Desk, by: int) -> None:
    one = away(desk)
    other = desk.for_person(by)
    with pytest.raises((Refused, NotAllowed)):
        other.do("standins", one.id, "cancel")
    with pytest.raises((Refused, NotAllowed)):
        other.edit(one, {"ends": WED})
    assert desk.get("standins", one.id) == one


def test_what_has_begun_can_be_longer_or_shorter_but_not_somebody_else_s(desk: Desk) -> None:
    one, max_ = away(desk), desk.for_person(MAX)
    with pytest.raises(Refused, match="has begun"):
        max_.edit(one, {"stand_in": BOB})
    max_.edit(one, {"ends": WED})
    assert desk.get("people", MAX).back_at == at("2026-11-26 07:00")


# --- how far ----------------------------------------------------------------------------------------------------------

LIMITS: list[tuple[dict[str, Any], str | None, bool]] = [
    ({}, "9000", True),
    ({"up_to": "500"}, "500.00", True),
    ({"up_to": "500"}, "500.01", False),
    ({"up_to": "500"}, None, False),
    ({"up_to": "0"}, "1", False),
    ({"approves": False}, "1", False),
    ({"approves_in": ("tickets",)}, "1", True),
    ({"approves_in": ("supplies", "tickets")}, "1", True),
    ({"approves_in": ("supplies",)}, "1", False),
    ({"approves": False, "approves_in": ("tickets",)}, "1", False),
    ({"approves_in": ("tickets",), "up_to": "5"}, "6", False),
]


@pytest.mark.parametrize(("values", "amount", "may"), LIMITS)
def test_an_approval_is_given_only_within_the_limit(desk: Desk, values: Any, amount: str | None, may: bool) -> None:
    ticket(desk, "Chair", requester=BOB)
    desk.do("tickets", 1, "ask_approval", {"to": MAX} | ({"amount": amount} if amount else {}))
    away(desk, **values)
    cleo = desk.for_person(CLEO, confirmed=True)
    assert [one.waiting.verb for one in my_desk(cleo) if one.stood_in_for] == (["approve"] if may else [])
    if not may:
        with pytest.raises(NotAllowed, match="Max Manager l"):
            cleo.do("tickets", 1, "approve")
        return
    assert " for Max Manager" in cleo.do("tickets", 1, "approve").said
    one = desk.get("tickets", 1)
    assert (one.approved_by, one.approved_for) == (CLEO, MAX)


def test_each_area_in_which_something_is_approved_can_be_left_out_and_an_old_stand_in_has_them_all() -> None:
    approving = [one for one in areas.COLLECTIONS if any(v.who == "approve" for v in areas.kind(one.name).transitions)]
    assert {one.area for one in approving} == {one.value for one in Approvals}
    old = {"person": MAX, "starts": "2026-11-23", "ends": "2026-11-27", "stand_in": CLEO}
    for one in approving:
        assert StandIn.load(1, {**old, "approves": True}).approves_of(one.name)
        assert not StandIn.load(1, {**old, "approves": False}).approves_of(one.name)
        for area in Approvals:
            there = StandIn.load(1, {**old, "approves_in": [area.value]}).approves_of(one.name)
            assert there is (one.area == area.value)


@pytest.mark.parametrize("requester", [CLEO, MAX])
def test_a_stand_in_approves_neither_their_own_nor_that_of_whom_they_stand_in_for(desk: Desk, requester: int) -> None:
    ticket(desk, "Chair", requester=BOB)
    desk.do("tickets", 1, "ask_approval", {"to": MAX})
    away(desk)
    desk.as_system().apply(lambda ctx: _requested_by(ctx, requester))
    cleo = desk.for_person(CLEO, confirmed=True)
    with pytest.raises(NotAllowed, match="Nobody approves their own request"):
        cleo.do("tickets", 1, "approve")


def _requested_by(ctx: Any, person: int) -> Any:
    from botui.models.base import Change
    from botui.models.tickets import Ticket

    return Change("tickets.import").set(ctx.data.get(Ticket, 1), requester=person)


def test_a_stand_in_sees_private_meetings_but_no_reminders_and_nothing_afterwards(desk: Desk, clock: Clock) -> None:
    max_, cleo = desk.for_person(MAX), desk.for_person(CLEO)
    meeting = {"subject": "Money", "private": True, "start": clock() + timedelta(days=1), "until": "14:00"}
    max_.add("meetings", meeting)
    max_.do("meetings", 1, "remind", {"on": TUE, "note": "alone"})
    away(desk, ends=TUE)
    assert cleo.get("meetings", 1).subject == "Money"
    assert (cleo.find("reminders", {}), cleo.numbers("reminders")) == ([], [])
    for where in ({"person": (MAX,)}, {"person": Between(low=0)}):
        view = View(name="some", label="Some", where=lambda _, where=where: where)  # type: ignore[misc]
        assert list(cleo.listing("reminders", view).ids()) == []
        assert list(max_.listing("reminders", view).ids()) == [1]
    with pytest.raises(NotAllowed):
        cleo.do("reminders", 1, "acknowledge")
    clock.forward(days=2)
    with pytest.raises(NotAllowed, match="ME-1 is private"):
        cleo.get("meetings", 1)


def test_one_s_own_is_kept_apart_and_so_is_what_is_personal(desk: Desk) -> None:
    desk.for_person(MAX).do("people", BOB, "remind", {"on": "today", "note": "Ring"})
    away(desk)
    cleo, max_ = desk.for_person(CLEO), desk.for_person(MAX)
    assert {(one.waiting.ref, one.stood_in_for) for one in my_desk(cleo)} == {("SI-1", None), ("RM-1", MAX)}
    assert {one.waiting.ref for one in my_desk(max_)} == {"SI-1", "RM-1"}
    assert "work" not in str(cleo.may("tickets", "assign")), "a role is not passed on"
    assert cleo.roles() == {"staff"}


# --- under whose name -------------------------------------------------------------------------------------------------


def test_what_was_allowed_only_so_says_for_whom_everywhere(desk: Desk, folder: Path) -> None:
    ticket(desk, "Lamp", requester=BOB)
    desk.do("tickets", 1, "assign", {"to": MAX})
    away(desk)
    cleo = desk.for_person(CLEO)
    cleo.do("tickets", 1, "note", {"text": "Looked at it."})
    event = desk.history("tickets", 1)[-1]
    assert (event.by, event.stood_in_for) == (CLEO, MAX)
    assert "Cleo Cole for Max Manager: Note" in heading(desk, event)
    cli = command_line.Office(folder, reader="AA", now=at("2026-11-23 09:30"))
    assert "Cleo Cole for Max Manager" in cli.run("history", "T-1").out
    assert "Cleo Cole for Max Manager" in cli.run("history", "--since", "today").out
    assert [one["for"] for one in cli.run("history", "T-1", "--json").json][-1] == f"P-{MAX}"
    assert ",Cleo Cole,Max Manager,front,T-1," in cli.run("history", "T-1", "--csv").out


def test_what_one_may_do_anyway_is_done_in_one_s_own_name_alone(desk: Desk) -> None:
    ticket(desk, "Lamp", requester=CLEO)
    desk.do("tickets", 1, "assign", {"to": MAX})
    ticket(desk, "Door")
    away(desk, MAX, CLEO)
    away(desk, HANNA, ANN)
    desk.for_person(CLEO).do("tickets", 1, "reply", {"text": "It is the hall."})
    desk.do("tickets", 2, "take")
    assert desk.history("tickets", 1)[-1].stood_in_for is None, "it is Cleo's own request"
    assert desk.history("tickets", 2)[-1].stood_in_for is None, "Ann is a clerk"


def test_an_undo_says_for_whom_too(desk: Desk) -> None:
    ticket(desk, "Lamp", requester=BOB)
    desk.do("tickets", 1, "assign", {"to": MAX})
    away(desk)
    cleo = desk.for_person(CLEO)
    cleo.do("tickets", 1, "note", {"text": "Looked at it."})
    entry = cleo.undoable()
    assert entry is not None
    cleo.undo(entry.digest)
    assert desk.history("tickets", 1)[-1].stood_in_for == MAX


# --- going away and coming back ---------------------------------------------------------------------------------------


def test_the_form_of_going_away_begins_with_today_and_the_usual_stand_in(desk: Desk) -> None:
    desk.for_person(ADA).edit(desk.get("people", CLEO), {"stand_in": HANNA})
    assert new_absence(desk.for_person(CLEO)) == {
        "person": CLEO,
        "starts": MON,
        "stand_in": HANNA,
        "hand_over": True,
    }


def test_what_one_has_goes_to_the_stand_in_in_one_line_and_what_is_open_comes_back(desk: Desk, clock: Clock) -> None:
    for subject in ("Lamp", "Door", "Gate"):
        one = ticket(desk, subject, requester=HANNA)
        desk.do("tickets", one.id, "assign", {"to": BOB})
    desk.do("tickets", 3, "resolve")
    before = lines(desk)
    bob = desk.for_person(BOB)
    one = away(desk, BOB, ANN, hand_over=True, note="Ring me if it burns")
    assert lines(desk) == before + 1
    assert [desk.get("tickets", number).owner for number in (1, 2, 3)] == [ANN, ANN, BOB]
    assert one.handed == ("T-1", "T-2")
    said = desk.find("comments", {"ticket": (1,)})
    assert [one.body for one in said] == ["Handed over by BB until 2026-11-27: Ring me if it burns"]

    clock.forward(hours=1)
    desk.do("tickets", 1, "resolve", {"resolution": "New bulb."})
    clock.forward(hours=1)
    found = meanwhile(bob, desk.get("standins", one.id))
    assert [line for _, line in found.with_theirs] == [
        "T-1  Resolve: State open -> resolved; Solution New bulb.; Answered 2026-11-23 11:00; "
        "Resolved 2026-11-23 11:00; C-3 comment added"
    ]
    assert found.still_open == ("T-2",)
    assert absence(bob) == desk.get("standins", one.id)
    assert bob.do("standins", one.id, "cancel").said == "SI-1 has ended: Bob Baker is in. 1 thing came back."
    assert [desk.get("tickets", number).owner for number in (1, 2, 3)] == [ANN, BOB, BOB]
    assert absence(bob) is None


def test_who_comes_back_may_leave_things_where_they_are(desk: Desk) -> None:
    one = ticket(desk, "Lamp")
    desk.do("tickets", one.id, "assign", {"to": BOB})
    away(desk, BOB, ANN, hand_over=True)
    desk.for_person(BOB).do("standins", 1, "cancel", {"take_back": "no"})
    assert desk.get("tickets", 1).owner == ANN


def test_what_was_done_in_one_s_name_is_told_on_return_and_to_nobody_else(desk: Desk, clock: Clock) -> None:
    ticket(desk, "Lamp", requester=BOB)
    desk.do("tickets", 1, "ask_approval", {"to": MAX, "amount": "12"})
    one = away(desk)
    clock.forward(minutes=5)
    desk.for_person(CLEO, confirmed=True).do("tickets", 1, "approve")
    found = meanwhile(desk.for_person(MAX), one)
    assert [line.partition(":")[0] for _, line in found.in_their_name] == ["T-1  Approve"]
    from botui.screens.away import StandInDetails

    titles = {who: [part.title for part in StandInDetails(desk.for_person(who)).sections(one)] for who in (MAX, BOB)}
    assert titles == {MAX: ["", "Done in the name of Max Manager"], BOB: [""]}


def test_a_stand_in_is_asked_for_at_every_look_and_made_anew_only_when_it_changed(desk: Desk) -> None:
    away(desk)
    cleo = desk.for_person(CLEO)
    first = cleo.standing_in()
    assert first[0] is cleo.standing_in()[0]
    desk.for_person(MAX).edit(desk.get("standins", 1), {"up_to": "5"})
    assert cleo.standing_in()[0].up_to == 5
    assert isinstance(first[0], StandIn)


# --- what another program left ----------------------------------------------------------------------------------------


def test_a_check_names_what_no_verb_would_have_left() -> None:
    from botui.models.base import Record
    from botui.models.office.checks import check as office_check
    from botui.models.soundness import Records
    from botui.models.tickets import Approval, Ticket
    from botui.models.tickets.checks import check as tickets_check

    class Held:
        def __init__(self, *records: Record) -> None:
            self.docs = {(one.COLLECTION, one.id): one.doc() for one in records}

        def tables(self) -> list[str]:
            return []

        def ids(self, table: str) -> list[int]:
            return [number for name, number in self.docs if name == table]

        def get(self, table: str, id: int) -> dict[str, Any] | None:  # noqa: A002
            return self.docs.get((table, id))

        def raw(self, table: str, id: int) -> bytes | None:  # noqa: A002
            return b"" if (table, id) in self.docs else None

    absences = Held(StandIn(id=1, person=1, stand_in=1, starts=TUE, ends=MON))
    assert list(office_check(Records(absences))) == [
        "SI-1: Stand-in: nobody stands in for themselves.",
        "SI-1: Until: the last day is before the first.",
    ]
    own = {"requester": 1, "approver": 1, "approved_by": 1}
    tickets = Held(
        Ticket(id=1, subject="a", approval=Approval.APPROVED, **own),
        Ticket(id=2, subject="b", approval=Approval.ASKED),
        Ticket(id=3, subject="c", approval=Approval.REFUSED, approver=2),
        Ticket(id=4, subject="d", approval=Approval.APPROVED, requester=1, approver=2, approved_by=2),
    )
    assert list(tickets_check(Records(tickets))) == [
        "T-1: Decided by: nobody approves their own request.",
        "T-2: Who approves: an approval is somebody's who was asked.",
        "T-3: Decided by: this is needed.",
    ]
