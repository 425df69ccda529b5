"""Approvals: who may say yes or no, on what it stands, and that nobody says it of their own request."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from botui.access import why_not
from botui.data import Desk
from botui.models.base import Conflict, NotAllowed, PinNeeded, Refused
from botui.models.office import Department, Person
from botui.models.tickets import Approval, State, Ticket
from botui.models.tickets.filing import file_past
from tests import command_line
from tests.offices import ANN, BOB, CLEO, FRED, MAX, OTTO, Clock, beside, office, ticket
from tests.rules import Office

ME, APPROVER, OTHER = 1, 2, 3
PIN = "2580"


@pytest.fixture
def rules() -> Office:
    """Cleo works in IT, whose manager is Bob."""
    found = Office()
    found.put(Department(id=1, name="IT", manager=found.BOB))
    found.put(Person(id=3, name="Cleo Cole", initials="CC", department=1))
    return found


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """Cleo's ticket T-1, which Max is asked to approve; PINs are chosen."""
    desk = office(folder, ANN, Clock())
    for person in (ANN, BOB, CLEO, MAX):
        desk.secrets.set_pin(person, PIN)
    ticket(desk, "New chair", requester=CLEO)
    desk.do("tickets", 1, "ask_approval", {"to": MAX, "amount": "120.00"})
    yield desk
    desk.store.close()


def at_the_desk_of(desk: Desk, person: int) -> Desk:
    """Return the desk of somebody who just gave their PIN."""
    return desk.for_person(person, confirmed=True)


# --- who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("persons", [(ME,), (ME, APPROVER)], ids=["alone", "stands in"])
def test_nobody_approves_what_they_or_whom_they_stand_in_for_asked_for(persons: tuple[int, ...]) -> None:
    anybody = (None, ME, APPROVER, OTHER)
    for approver, requester, behalf, taken in product(anybody, repeat=4):
        named = {"requester": requester, "on_behalf_of": behalf, "created_by": taken, "approver": approver}
        reason = why_not({"staff"}, "tickets", "approve", Ticket(id=1, subject="Chair", **named), *persons)
        asked = {number for number in (requester, behalf) if number} or {number for number in (taken,) if number}
        if approver not in persons:
            assert reason, named
        elif {ME, approver} & asked:
            assert reason == "Nobody approves their own request.", named
        else:
            assert reason is None, named


@pytest.mark.parametrize("role", ["staff", "clerk", "manager", "hr", "finance", "admin"])
def test_everybody_on_the_staff_can_be_asked_and_nobody_else_approves(role: str) -> None:
    one = Ticket(id=1, subject="Chair", requester=OTHER, approver=ME)
    assert why_not({role}, "tickets", "approve", one, ME) is None
    assert why_not({role}, "tickets", "approve", one, OTHER) == "Somebody else is asked to approve this."


@pytest.mark.parametrize("role", ["guest", "auditor", "system"])
def test_a_guest_an_auditor_and_the_clock_approve_nothing(role: str) -> None:
    one = Ticket(id=1, subject="Chair", requester=OTHER, approver=ME)
    persons = (ME,) if role == "auditor" else ()
    assert why_not({role}, "tickets", "approve", one, *persons)


# --- asking and deciding ----------------------------------------------------------------------------------------------


def test_without_a_name_the_manager_of_the_one_who_asked_is_asked(rules: Office) -> None:
    one = rules.do(rules.add(Ticket, rules.CLEO, subject="Chair"), "ask_approval", rules.CLEO, amount="120")
    assert (one.approver, one.approval, one.amount) == (rules.BOB, Approval.ASKED, Decimal(120))


def test_who_has_no_manager_says_who_is_asked(rules: Office) -> None:
    one = rules.add(Ticket, rules.ANN, subject="Chair")
    with pytest.raises(Refused, match="Who is to approve") as refused:
        rules.do(one, "ask_approval", rules.ANN)
    assert "to" in refused.value.fields


@pytest.mark.parametrize("to", [3, 4], ids=["oneself", "who left"])
def test_neither_oneself_nor_who_left_is_asked(rules: Office, to: int) -> None:
    one = rules.add(Ticket, rules.CLEO, subject="Chair")
    with pytest.raises(Refused) as refused:
        rules.do(one, "ask_approval", rules.CLEO, to=to)
    assert "to" in refused.value.fields


@pytest.mark.parametrize(
    "changes", [{"amount": "500"}, {"requester": 2}, {"on_behalf_of": 1}], ids=lambda one: next(iter(one))
)
@pytest.mark.parametrize("approval", list(Approval))
def test_what_an_approval_stands_on_stays_as_it_was(rules: Office, approval: Approval, changes: dict[str, Any]) -> None:
    one = rules.do(rules.add(Ticket, rules.CLEO, subject="Chair"), "ask_approval", rules.CLEO, amount="120")
    rules.put(one.model_copy(update={"approval": approval}))
    if approval is Approval.REFUSED:
        assert rules.edit(one, **changes)
        return
    with pytest.raises(Refused, match="was asked to approve") as refused:
        rules.edit(one, **changes)
    assert refused.value.fields.keys() == changes.keys()
    assert rules.edit(one, priority="P1").priority == "P1", "the rest can be changed"


def test_asking_anew_takes_the_old_answer_away(rules: Office) -> None:
    one = rules.do(rules.add(Ticket, rules.CLEO, subject="Chair"), "ask_approval", rules.CLEO, amount="120")
    one = rules.do(one, "approve", rules.BOB, note="Fine")
    assert (one.approval, one.approved_by, one.approval_note) == (Approval.APPROVED, rules.BOB, "Fine")
    one = rules.do(one, "ask_approval", rules.CLEO, to=rules.ANN, amount="90")
    assert (one.approval, one.approver, one.amount) == (Approval.ASKED, rules.ANN, Decimal(90))
    assert (one.approved_by, one.approved_at, one.approval_note) == (None, None, "")


def test_a_new_ticket_comes_with_no_approval_whatever_was_typed(rules: Office) -> None:
    one = rules.add(Ticket, rules.CLEO, subject="Chair", approval="approved", approved_by=3, approver=3)
    assert (one.approval, one.approved_by, one.approver) == (None, None, None)


def test_what_another_system_says_was_approved_is_not_taken_over(rules: Office) -> None:
    past = Ticket(id=9, subject="Chair", state=State.OPEN, approval=Approval.APPROVED, approver=2, approved_by=2)
    rules.apply(file_past(rules.ctx(), past))
    assert rules.get(Ticket, 9).approval is None


def test_who_resolves_it_too_early_is_told_so(rules: Office) -> None:
    one = rules.do(rules.add(Ticket, rules.CLEO, subject="Chair"), "ask_approval", rules.CLEO)
    assert rules.said(one, "resolve").endswith("Bob Baker had not approved it.")
    assert rules.why_not(one, "approve", rules.BOB) == "It is resolved."


# --- at the desk ------------------------------------------------------------------------------------------------------


def test_an_approval_needs_the_pin_given_just_now(desk: Desk) -> None:
    max_ = desk.for_person(MAX)
    with pytest.raises(PinNeeded):
        max_.do("tickets", 1, "approve")
    with pytest.raises(NotAllowed):
        max_.confirm("0000")
    max_.confirm(PIN)
    assert isinstance(desk.clock, Clock)
    desk.clock.forward(minutes=-10)
    with pytest.raises(PinNeeded):  # the clock was put back: a PIN of a time to come proves nothing now
        max_.do("tickets", 1, "approve")
    desk.clock.forward(minutes=10)
    assert max_.do("tickets", 1, "approve").said == "T-1 is approved: 120.00 EUR."
    one = desk.get("tickets", 1)
    assert (one.approval, one.approved_by, one.approved_for) == (Approval.APPROVED, MAX, None)


@pytest.mark.parametrize("person", [ANN, BOB, CLEO, FRED, OTTO])
def test_only_who_is_asked_decides(desk: Desk, person: int) -> None:
    for verb, texts in (("approve", {}), ("refuse", {"reason": "No."})):
        with pytest.raises(NotAllowed):
            at_the_desk_of(desk, person).do("tickets", 1, verb, texts)
    assert desk.get("tickets", 1).approval is Approval.ASKED


def test_a_refusal_has_a_reason_that_the_one_who_asked_sees(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        at_the_desk_of(desk, MAX).do("tickets", 1, "refuse")
    assert "reason" in refused.value.fields
    at_the_desk_of(desk, MAX).do("tickets", 1, "refuse", {"reason": "Too dear."})
    said = desk.for_person(CLEO).find("comments", {"ticket": (1,)})
    assert [one.body for one in said] == ["Too dear."]
    assert desk.get("tickets", 1).state is State.NEW, "it is not over: another can be asked"


def test_a_decision_is_not_taken_back_by_undo(desk: Desk) -> None:
    max_ = at_the_desk_of(desk, MAX)
    max_.do("tickets", 1, "approve")
    entry = max_.undoable()
    assert entry is not None
    with pytest.raises(Refused, match="stays"):
        max_.undo(entry.digest)


def test_what_was_approved_is_not_changed_by_taking_back_an_edit_of_before(desk: Desk) -> None:
    one = ticket(desk, "New desk", requester=CLEO, amount="900.00")
    edited = desk.edit(one, {"amount": "10.00"})
    beside(desk, ANN).do("tickets", one.id, "ask_approval", {"to": MAX})
    at_the_desk_of(desk, MAX).do("tickets", one.id, "approve")
    with pytest.raises(Refused, match="Max Manager was asked to approve"):
        desk.undo(edited.digest)
    assert desk.get("tickets", one.id).amount == Decimal("10.00")


def test_asking_is_taken_back_with_the_amount_that_came_with_it(desk: Desk) -> None:
    one = ticket(desk, "New desk", requester=CLEO, amount="900.00")
    first = desk.do("tickets", one.id, "ask_approval", {"to": MAX, "amount": "800.00"})
    desk.undo(first.digest)
    assert desk.get("tickets", one.id).doc({"amount", "approval"}) == one.doc({"amount", "approval"})
    anew = desk.do("tickets", 1, "ask_approval", {"to": MAX, "amount": "99.00"})
    with pytest.raises(Refused, match="ask anew"):  # what is looked at by who is asked changes by asking alone
        desk.undo(anew.digest)


def test_nobody_asks_for_an_approval_in_another_s_name_and_gives_it(desk: Desk) -> None:
    one = ticket(desk, "New desk", requester=CLEO, amount="900.00")
    with pytest.raises(Refused, match="that they would give"):
        desk.do("tickets", one.id, "ask_approval", {"to": ANN})
    days = {"starts": desk.context().today, "ends": desk.context().today}
    desk.for_person(MAX).add("standins", {"person": MAX, "stand_in": ANN, **days})
    with pytest.raises(Refused, match="that they would give"):
        desk.do("tickets", one.id, "ask_approval", {"to": MAX})
    desk.for_person(BOB).do("tickets", one.id, "ask_approval", {"to": MAX})
    assert at_the_desk_of(desk, ANN).do("tickets", one.id, "approve")


def test_an_amount_that_changed_meanwhile_is_not_approved_by_who_saw_the_old_one(desk: Desk) -> None:
    before = desk.get("tickets", 1)
    desk.do("tickets", 1, "ask_approval", {"to": MAX, "amount": "90"})
    with pytest.raises((Refused, Conflict)):
        desk.edit(before, {"amount": Decimal(1)})


def test_the_list_of_what_is_for_me_to_approve(desk: Desk) -> None:
    from botui.models.tickets.kinds import TICKETS

    view = TICKETS.view("to_approve")
    assert list(desk.for_person(MAX).listing("tickets", view).ids()) == [1]
    assert list(desk.for_person(ANN).listing("tickets", view).ids()) == []
    at_the_desk_of(desk, MAX).do("tickets", 1, "approve")
    assert list(desk.for_person(MAX).listing("tickets", view).ids()) == []


# --- on the command line ----------------------------------------------------------------------------------------------


def test_the_command_line_asks_for_the_pin_unseen(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cli = command_line.Office(folder, reader="")
    answers = iter(["0000", PIN])
    monkeypatch.setattr("botui.cli.change.getpass", lambda prompt, stream: next(answers))
    words = ("do", "T-1", "approve", "--as", "MM")
    assert cli.run(*words).code == 1
    done = cli.run(*words)
    assert (done.code, done.out) == (0, "T-1 is approved: 120.00 EUR.\n")
    assert PIN not in done.out + done.err


def test_a_script_is_not_asked_for_a_pin(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command_line.Terminal, "isatty", lambda _: False)
    done = command_line.Office(folder, reader="").run("do", "T-1", "approve", "--as", "MM")
    assert done.code == 1
    assert "at a terminal" in done.err
