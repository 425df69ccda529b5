"""Faults: said in seconds, joined where they are known, moved by verbs until the thing works again or is no more."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from botui import areas
from botui.models.base import LINE_MAX, Change, Refused
from botui.models.equipment import downtime, repairing, waiting
from botui.models.equipment.asset import Asset, Category, Fate, Status
from botui.models.equipment.fault import Fault, Guide, State, WaitFor, Work
from botui.models.equipment.loan import Booking, BookingState, Loan
from botui.models.equipment.register import Register
from botui.models.equipment.reporting import already, report_fault
from botui.models.equipment.sentences import broken
from botui.models.equipment.severity import Severity
from botui.models.equipment.worklog import log_of
from botui.models.office import Place, Settings
from botui.models.shape import build
from botui.models.tickets import Comment, Ticket
from botui.models.tickets.shape import State as TicketState
from botui.models.tickets.shape import TicketKind
from botui.models.tickets.waiting import waiting as tickets_waiting
from tests.repairs import BEAMER, FLOOR, JAM, KEY, NETWORK, PRINTER, SPARE, VENDOR, workshop
from tests.rules import MONDAY, Office, at

HOSTILE = [
    "[bold red]x[/] [@click=app.quit]y[/]",
    "\x1b[2J\x1b]0;own\x07 gone",
    "\u202egnp.exe",
    "a\x00b\nc\td",
    "=cmd|' /C calc'!A0",
    "e\u0301" * 150,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 " * 30,
    "\ud800",
    "Zo\u0308e " + "w" * 10_000,
]


@pytest.fixture
def office() -> Office:
    return workshop()


def reported(office: Office, by: int | None = 3, **values: Any) -> Fault:
    """Report something; return the fault."""
    said(office, by, **values)
    return office.get(Fault, max(office.data.docs["faults"]))


def said(office: Office, by: int | None = 3, **values: Any) -> str:
    """Report something; return what is said."""
    typed = {"what": "Paper jam", "asset": PRINTER, **values}
    new = build(Fault, {**typed, "id": office.data.new_id(Fault)})
    kind = areas.kind("faults")
    return str(office.apply(kind.create(office.ctx(by), new), by).said)


def tickets(office: Office, fault: Fault) -> list[Ticket]:
    return office.data.find(Ticket, fault=fault.id)


def states(office: Office, fault: Fault) -> list[str]:
    return [one.state.value for one in tickets(office, fault)]


def asset(office: Office, number: int = PRINTER) -> Asset:
    return office.get(Asset, number)


def agree(office: Office) -> bool:
    """Return whether faults, tickets and assets say the same, as ``botui check`` proves it."""
    assert office.problems() == []
    return True


# --- reporting --------------------------------------------------------------------------------------------------------


def test_a_report_is_a_fault_with_a_deadline_a_guide_and_a_ticket_of_whoever_said_it(office: Office) -> None:
    words = said(office, what="paper  JAM again")
    fault = office.get(Fault, 1)
    assert (fault.severity, fault.place, fault.guide, fault.requester) == (Severity.S2, FLOOR, JAM, 3)
    assert [step.text for step in fault.checklist] == ["Open it", "Pull"]
    assert fault.due == at("2026-11-23 13:00"), "severity 2 of the category: four hours of office time"
    assert (fault.under_warranty, fault.vendor) == (True, VENDOR)
    ticket = tickets(office, fault)[0]
    assert (ticket.kind, ticket.requester, ticket.priority, ticket.place) == (TicketKind.INCIDENT, 3, "P2", FLOOR)
    assert (ticket.subject, ticket.resolution_due) == ("paper  JAM again: Big printer (P-77)", fault.due)
    assert words == (
        "F-1 is reported: T-1, by today 14:00. Use Old printer (P-78) in Cellar instead."
        " It is under warranty until 2026-12-24. Try first (1 of 2 steps): Open it"
    )
    assert asset(office).status is Status.IN_REPAIR
    assert agree(office)


def test_what_still_works_more_or_less_stays_in_use_and_nothing_else_is_named(office: Office) -> None:
    words = said(office, what="Squeaks", stops=False, severity=Severity.S4)
    fault = office.get(Fault, 1)
    assert (fault.guide, fault.checklist, fault.down_since) == (None, (), None)
    assert "instead" not in words
    assert (asset(office).status, asset(office).open_faults) == (Status.READY, 1)
    assert agree(office)


def test_what_is_of_no_asset_has_a_place_or_words_alone(office: Office) -> None:
    door = reported(office, what="Door squeaks", asset=None, place=FLOOR)
    assert (door.asset, door.severity, tickets(office, door)[0].subject) == (None, Severity.S3, "Door squeaks")
    assert reported(office, what="It smells", asset=None).place is None
    with pytest.raises(Refused, match="no such place"):
        said(office, what="x", asset=None, place=99)
    with pytest.raises(Refused, match="no such asset"):
        said(office, asset=99)


@pytest.mark.parametrize(("words", "guide"), [
    ("paper stuck in it", JAM),
    ("Jams!", JAM),
    ("offline", NETWORK),
    ("jam, and offline, and no network", NETWORK),
    ("burns", None),
])  # fmt: skip
def test_the_guide_is_found_by_the_category_and_by_words(office: Office, words: str, guide: int | None) -> None:
    assert reported(office, what=words).guide == guide


def test_a_guide_of_a_category_is_not_for_others_and_one_without_words_is_for_all_of_it(office: Office) -> None:
    office.put(Guide(id=3, name="Printers", category=1, steps="Off and on"))
    assert reported(office, what="jam", asset=BEAMER).guide is None
    assert reported(office, what="strange noise").guide == 3
    assert reported(office, what="the printer has a jam", asset=None).guide == JAM, "its category is named"
    assert reported(office, what="traffic jam", asset=None).guide is None


def test_what_to_use_instead_is_what_the_asset_says_else_what_is_ready_nearby(office: Office) -> None:
    office.put(Place(id=110, name="Elsewhere"))
    office.put(asset(office).model_copy(update={"instead": BEAMER}))
    assert "Use Beamer (B-1) in 2nd floor instead" in said(office)
    office.put(asset(office, BEAMER).model_copy(update={"status": Status.LOST, "fate": Fate.LOST}))
    assert "Use Old printer" in said(office, by=1)
    office.put(asset(office, SPARE).model_copy(update={"place": 110}))
    assert "instead" not in said(office, by=2), "the other house is too far"


@pytest.mark.parametrize(("values", "used"), [
    ({"name": "Dishwasher 2nd floor"}, ""),
    ({"name": "Dishwasher", "model": "KM 5"}, "Use Dishwasher (A-21) in 2nd floor instead."),
    ({"name": "Coffee machine"}, "Use Coffee machine (A-21) in 2nd floor instead."),
    ({"name": "Coffee maker 2ND floor"}, "Use Coffee maker 2ND floor (A-21) instead."),
    ({"name": "A kitchen machine"}, "Use A kitchen machine (A-21) in 2nd floor instead."),
])  # fmt: skip
def test_in_a_wide_category_only_what_is_of_the_same_sort_is_used_instead(
    office: Office, values: dict[str, str], used: str
) -> None:
    office.put(Category(id=9, name="Kitchen machines"))
    usual: dict[str, Any] = {"name": "Espresso coffee 2nd floor", "model": "km 5", "category": 9, "place": FLOOR}
    office.put(build(Asset, {**usual, "id": 20}))
    office.put(build(Asset, {**usual, "model": "", **values, "id": 21}))
    words = said(office, asset=20)
    assert used in words
    assert ("instead" in words) == bool(used)


@pytest.mark.parametrize("fate", [Fate.LOST, Fate.RETIRED])
def test_nothing_is_reported_of_what_is_not_there_any_more(office: Office, fate: Fate) -> None:
    office.put(asset(office).model_copy(update={"fate": fate, "status": Status(fate.value)}))
    with pytest.raises(Refused, match=f"is {fate.label}: there is nothing to repair"):
        said(office)
    assert "faults" not in office.data.docs


# --- what is known already --------------------------------------------------------------------------------------------


def test_who_reports_what_is_known_joins_with_a_ticket_of_their_own_and_nobody_has_two(office: Office) -> None:
    fault = reported(office)
    office.do(fault, "take", 2)
    words = said(office, 1, what="still jams", body="since nine", severity=Severity.S1)
    assert words == (
        "Already reported, being looked at: T-2. Use Old printer (P-78) in Cellar instead."
        " You are added to F-1. Bob Baker has it."
    )
    again = said(office, 1, what="hello?")
    assert again.startswith("Already reported, being looked at: T-2.")
    assert "added" not in again
    assert said(office, 3).startswith("Already reported, being looked at: T-1.")
    mine = office.get(Ticket, 2)
    assert (mine.state, mine.owner, mine.body) == (TicketState.OPEN, 2, "since nine")
    assert (office.get(Fault, 1).reports, [one.text for one in log_of(office.data, fault)]) == (
        2,
        ["Reported again: still jams (nobody can work)", "Reported again: hello?"],
    )
    said(office, 1, what="Hello?", body="It smokes now")
    assert [(one.ticket, one.body) for one in office.data.find(Comment)] == [(2, "It smokes now")]
    assert len(log_of(office.data, fault)) == 2, "the same is heard once, and what one's own report said already"
    assert len(office.data.docs["faults"]) == 1
    assert agree(office)


def test_who_is_content_and_says_it_again_has_their_own_ticket_opened_again(office: Office) -> None:
    fault = reported(office)
    said(office, 1)
    office.do(office.get(Ticket, 1), "resolve", 3)
    assert office.get(Fault, 1).is_open
    assert ": T-1." in said(office, 3)
    assert states(office, fault) == ["new", "new"] or states(office, fault) == ["open", "new"]
    assert agree(office)


def test_another_fault_is_filed_where_that_is_said_and_a_report_finds_the_likeliest(office: Office) -> None:
    reported(office, what="Paper jam")
    words = said(office, 1, what="Smells of fire", another=True)
    assert "F-2 is reported" in words
    assert "Open already: F-1." in words
    assert "another" not in office.data.docs["faults"][2]
    found = already(office.ctx(), asset=PRINTER, what="the fire is out")
    assert [one.ref for one in found] == ["F-2", "F-1"]
    assert "F-2" in said(office, 2, what="fire!")
    assert asset(office).open_faults == 2
    assert agree(office)


def test_without_an_asset_the_same_words_in_the_same_place_are_the_same_fault(office: Office) -> None:
    reported(office, what="Door squeaks", asset=None, place=FLOOR)
    assert "You are added to F-1." in said(office, 1, what="door squeaks!", asset=None, place=FLOOR)
    assert "is reported" in said(office, 1, what="Door is locked", asset=None, place=FLOOR)


def test_a_rule_files_a_fault_in_its_own_change_also_for_nobody(office: Office) -> None:
    change = Change("plans.resolve")
    register = Register(office.ctx(None), change)
    fault = report_fault(office.ctx(None), register, what="Leaks", asset=BEAMER, caller="Eve")
    office.apply(register.close())
    kept = tickets(office, fault)[0]
    assert (kept.caller, kept.requester) == ("Eve", None)
    assert "Eve" not in str(office.data.docs["faults"]), "all may read faults"
    assert agree(office)


# --- verbs ------------------------------------------------------------------------------------------------------------


def test_from_report_to_fixed_ticket_asset_and_clock_go_along(office: Office) -> None:
    fault = reported(office)
    assert office.said(fault, "take", 1) == "F-1 is yours. Try first: Open it"
    assert office.why_not(fault, "take", 1) == "You have it already."
    assert office.said(fault, "tick", 1) == "Step 1 is done. Next: Pull"
    assert office.said(fault, "tick", 1, step=1) == "Step 1 is open again. Next: Open it"
    office.now += timedelta(hours=2)
    assert office.said(fault, "wait", 1, waiting_for=WaitFor.QUOTE, vendor=VENDOR, until=at("2026-11-24 09:00")) == (
        "F-1 waits for a quote until tomorrow 10:00."
    )
    ticket = tickets(office, fault)[0]
    assert (ticket.state, ticket.waiting_for, ticket.waiting_until) == ("waiting", "vendor", at("2026-11-24 09:00"))
    office.do(fault, "test", 1)
    assert states(office, fault) == ["open"]
    office.do(fault, "resolve", 1, outcome="New roller", minutes=20, by_guide=True)
    kept, ticket = office.get(Fault, 1), tickets(office, fault)[0]
    assert (kept.state, kept.by_guide, kept.minutes, kept.closed_at) == (State.FIXED, True, 20, office.now)
    assert (kept.downtime, kept.down_since) == (7_200, None)
    assert (ticket.state, ticket.resolution, ticket.owner) == ("resolved", "New roller", 1)
    assert (asset(office).status, asset(office).minutes) == (Status.READY, 20)
    assert agree(office)


def test_opened_again_it_stops_its_asset_again_and_counts_what_was_before(office: Office) -> None:
    fault = reported(office)
    office.now += timedelta(hours=1)
    office.do(fault, "resolve", 1, outcome="Shaken")
    office.now += timedelta(days=2)
    office.do(fault, "reopen", 3, why="jams again.")
    kept = office.get(Fault, 1)
    assert (kept.state, kept.owner, kept.reopened, kept.outcome) == (State.LOOKING, 1, 1, "")
    assert (asset(office).status, states(office, fault)) == (Status.IN_REPAIR, ["open"])
    office.now += timedelta(hours=1)
    assert downtime.so_far(office.ctx(), kept) == 7_200, "the days between do not count"
    assert log_of(office.data, fault)[-1].text == "Opened again: jams again. It was said: Shaken"
    office.do(fault, "resolve", 1)
    office.now += timedelta(days=15)
    assert office.why_not(fault, "reopen", 3) == "It was done more than 14 days ago: report it anew."
    assert agree(office)


def test_downtime_is_office_time_and_follows_whether_it_can_be_used(office: Office) -> None:
    fault = reported(office)
    office.now = at("2026-11-24 09:00")
    assert downtime.so_far(office.ctx(), fault) == 9 * 3_600, "Monday 10:00 to Tuesday 10:00, open from 8 to 17"
    fault = office.edit(fault, stops=False)
    assert (fault.downtime, fault.down_since, asset(office).status) == (32_400, None, Status.READY)
    office.now += timedelta(hours=3)
    fault = office.edit(fault, stops=True)
    office.now += timedelta(hours=1)
    assert downtime.so_far(office.ctx(), fault) == 10 * 3_600
    assert agree(office)


def test_an_office_that_never_opens_promises_nothing_and_counts_nothing() -> None:
    office = workshop()
    office.settings = Settings(zone="UTC", hours="mon 08:00-17:00", holidays="\n".join(
        f"{MONDAY.date() + timedelta(weeks=week)}" for week in range(700)
    ))  # fmt: skip
    fault = reported(office)
    assert fault.due is None
    office.do(fault, "resolve", 1)
    assert office.get(Fault, 1).downtime == 0


def test_what_could_not_be_seen_needs_what_was_tried_and_tells_whoever_reported_it(office: Office) -> None:
    fault = reported(office)
    with pytest.raises(Refused):
        office.do(fault, "reject", 1)
    office.do(fault, "reject", 1, outcome="100 pages printed")
    assert tickets(office, fault)[0].resolution == "It could not be seen: 100 pages printed"
    assert (office.get(Fault, 1).state, asset(office).status) == (State.NOT_REPRODUCED, Status.READY)
    assert agree(office)


def test_written_off_the_asset_is_retired_taken_back_and_all_that_is_open_of_it_ends(office: Office) -> None:
    fault, other = reported(office), reported(office, 1, what="Smells", another=True)
    change = Change("assets.hand_out")
    register = Register(office.ctx(), change)
    loan = register.hand_out(asset(office), person=3)
    office.apply(register.close())
    office.put(Booking(id=1, asset=PRINTER, start=at("2026-12-01 09:00"), end=at("2026-12-01 10:00"), person=2))
    assert office.said(fault, "retire", 1, why="Burnt out") == (
        "F-1 is written off, with F-2; Big printer (P-77) is retired and taken back."
    )
    assert [office.get(Fault, one.id).state for one in (fault, other)] == [State.WRITTEN_OFF] * 2
    assert (asset(office).status, asset(office).loan, office.get(Loan, loan.id).back_note) == (
        Status.RETIRED,
        None,
        "Burnt out",
    )
    assert office.get(Booking, 1).state is BookingState.CANCELLED
    assert tickets(office, other)[0].resolution == "It is beyond repair: Burnt out"
    assert office.why_not(fault, "reopen", 1) == "It is written off."
    with pytest.raises(Refused, match="is retired: there is nothing to repair"):
        office.do(tickets(office, fault)[0], "reopen", 3)
    assert agree(office)


def test_what_is_lost_meanwhile_is_not_broken_again_by_a_ticket(office: Office) -> None:
    fault = office.do(reported(office), "resolve", 1)
    office.do(asset(office), "lose", 1)
    assert office.why_not(fault, "reopen", 3) == "Big printer (P-77) is lost."
    with pytest.raises(Refused, match="is lost: there is nothing to repair"):
        office.do(tickets(office, fault)[0], "reopen", 3)
    assert agree(office)


def test_what_holds_other_things_is_not_written_off(office: Office) -> None:
    register = Register(office.ctx(), Change("assets.hand_out"))
    register.hand_out(asset(office, KEY), to_asset=PRINTER)
    office.apply(register.close())
    with pytest.raises(Refused, match="is part of Big printer"):
        office.do(reported(office), "retire", 1, why="x")


def test_two_faults_of_an_asset_are_joined_with_tickets_and_log(office: Office) -> None:
    first, second = reported(office), reported(office, 2, what="Smoke", another=True, severity=Severity.S1)
    said(office, 3, what="smoke")
    office.do(first, "note", 1, text="Looked", minutes=5)
    assert states(office, second) == ["new", "new"]
    assert office.said(first, "merge", 1, into=2) == "F-1 is joined with F-2."
    first, second = office.get(Fault, 1), office.get(Fault, 2)
    assert (first.state, first.joined_into, second.reports, second.severity) == (State.JOINED, 2, 3, Severity.S1)
    assert tickets(office, first) == []
    assert sorted(states(office, second)) == ["merged", "new", "new"], "nobody has two tickets for one fault"
    assert [one.text for one in log_of(office.data, second)] == ["Reported again: smoke", "Looked"]
    assert (asset(office).open_faults, asset(office).faults) == (1, 1)
    assert agree(office)


@pytest.mark.parametrize("into", [1, 3, 4, 99])
def test_only_another_open_fault_of_the_same_asset_is_joined_with(office: Office, into: int) -> None:
    first = reported(office)
    office.do(reported(office, what="Over", another=True), "resolve", 1)
    reported(office, asset=BEAMER)
    number = {3: 2, 4: 3}.get(into, into)
    with pytest.raises(Refused) as error:
        office.do(first, "merge", 1, into=number)
    assert "into" in error.value.fields


def test_another_guide_brings_its_steps_and_what_was_tried_is_in_the_log(office: Office) -> None:
    fault = reported(office)
    office.do(fault, "tick", 1)
    office.do(fault, "guide", 1, guide=NETWORK)
    assert [one.text for one in office.get(Fault, 1).checklist] == ["Look at the plug"]
    assert log_of(office.data, fault)[-1].text == "Tried before: Open it"
    with pytest.raises(Refused, match="goes by No network already"):
        office.do(fault, "guide", 1, guide=NETWORK)
    with pytest.raises(Refused, match="no such guide"):
        office.do(fault, "guide", 1, guide=99)
    office.do(fault, "tick", 1)
    with pytest.raises(Refused, match="All its steps are done"):
        office.do(fault, "tick", 1)
    with pytest.raises(Refused, match="There are 1 step"):
        office.do(fault, "tick", 1, step=2)


def test_a_wait_that_falls_due_comes_back_by_the_clock_once(office: Office) -> None:
    fault = reported(office)
    office.do(fault, "wait", 1, waiting_for=WaitFor.PART, until=at("2026-11-23 12:00"))
    assert [*repairing.due(office.ctx(None))] == []
    office.now = at("2026-11-23 12:00")
    [change] = repairing.due(office.ctx(None))
    assert office.apply(change, None).said == "F-1 is back: its time has come."
    assert (office.get(Fault, 1).state, states(office, fault)) == (State.LOOKING, ["open"])
    assert [*repairing.due(office.ctx(None))] == []
    with pytest.raises(Refused, match="has passed"):
        office.do(fault, "wait", 1, until=office.now)
    assert agree(office)


def test_whoever_only_reported_it_adds_what_they_know_and_repairs_nothing(office: Office) -> None:
    fault = reported(office, 3)
    for verb in ("resolve", "wait", "test", "part", "reject"):
        assert office.why_not(fault, verb, 3) == "This is for whoever sees to it: o adds what you know."
    assert office.why_not(fault, "note", 3) is None
    office.do(fault, "assign", 1, to=3)
    assert office.why_not(fault, "resolve", 3) is None
    with pytest.raises(Refused, match="Nobody of that name"):
        office.do(fault, "assign", 1, to=4)


# --- edits ------------------------------------------------------------------------------------------------------------


def test_how_bad_it_is_says_anew_by_when_also_on_its_tickets(office: Office) -> None:
    fault = office.edit(reported(office), severity=Severity.S1)
    assert fault.due == at("2026-11-23 11:00")
    assert (tickets(office, fault)[0].priority, tickets(office, fault)[0].resolution_due) == ("P1", fault.due)
    assert office.edit(fault, severity=None).severity is Severity.S2, "as the category says"


def test_a_fault_of_the_wrong_asset_is_moved_while_nothing_was_done(office: Office) -> None:
    fault = office.edit(reported(office), asset=BEAMER)
    assert (asset(office).status, asset(office, BEAMER).status) == (Status.READY, Status.IN_REPAIR)
    assert (asset(office).faults, asset(office, BEAMER).faults, fault.under_warranty) == (0, 1, False)
    office.do(fault, "note", 1, text="Lamp", minutes=3)
    with pytest.raises(Refused, match="has a log of work"):
        office.edit(fault, asset=PRINTER)
    assert agree(office)


def test_whoever_reported_it_is_corrected_on_the_ticket_too(office: Office) -> None:
    fault = office.edit(reported(office, 1), requester=3)
    assert tickets(office, fault)[0].requester == 3


# --- botui check ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("wrong", "words"), [
    ({"state": State.FIXED}, "F-1: it is fixed, and T-1 is new."),
    ({"owner": 2}, "F-1: Who has it: T-1 says something else."),
    ({"state": State.TESTING}, "F-1: it is testing, and T-1 is new."),
    ({"down_since": None}, "F-1: Cannot be used since: it is reported, and its clock says something else."),
    ({"joined_into": 1}, "F-1: Joined with: this is the record itself."),
])  # fmt: skip
def test_check_says_where_a_fault_and_its_tickets_do_not_say_the_same(
    office: Office, wrong: dict[str, Any], words: str
) -> None:
    fault = reported(office)
    office.put(fault.model_copy(update=wrong))
    assert words in office.problems()


def test_check_says_where_a_fault_is_open_and_all_its_tickets_are_dealt_with(office: Office) -> None:
    ticket = tickets(office, reported(office))[0]
    office.put(ticket.model_copy(update={"state": TicketState.RESOLVED}))
    assert "F-1: it is reported, and all its tickets are dealt with." in office.problems()


# --- bad input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_clean_and_never_breaks_a_rule(office: Office, text: str) -> None:
    fault = reported(office, what=f"x{text}"[:LINE_MAX], body=text)
    said(office, 1, what=f"y{text}"[:LINE_MAX])
    office.do(fault, "note", 1, text=f"z{text}"[:LINE_MAX])
    office.do(fault, "resolve", 1, outcome=text[:1000], minutes=1)
    office.do(fault, "reopen", 1, why=f"z{text}"[:LINE_MAX])
    found = broken(["P-77", *text.split()], lambda name: office.data.find(areas.kind(name).model))
    assert found is None or build(Fault, found[1]).asset == PRINTER
    for one in office.data.find(Work):
        assert "\x1b" not in one.text
        assert len(one.text) <= LINE_MAX
    assert agree(office)


@pytest.mark.parametrize("amount", ["-1", "1.234", "99999999", "NaN", "Infinity"])
def test_absurd_amounts_are_refused_at_the_field(office: Office, amount: str) -> None:
    fault = reported(office)
    with pytest.raises(Refused) as error:
        office.do(fault, "cost", 1, amount=amount)
    assert "amount" in error.value.fields
    assert office.data.find(Work) == []


# --- the box, My desk -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "asset", "what"), [
    ("P-77 paper jam", PRINTER, "paper jam"),
    ("p-77: jam!", PRINTER, "jam"),
    ("jam in the p-77 again", PRINTER, "jam again"),
    ("will not switch on p-77", PRINTER, "will not switch on"),
    ("big printer: jam", PRINTER, "jam"),
    ("jam of old printers again", SPARE, "jam again"),
    ("printer 2nd floor jam", PRINTER, "printer jam"),
    ("jam of the printer in the main house", None, ""),
    ("old printer cellar dust", SPARE, "old printer dust"),
    ("printer jam", None, ""),
    ("P-77 P-78 swapped", None, ""),
    ("P-77 3", None, ""),
    ("X-99 jam", None, ""),
])  # fmt: skip
def test_a_sentence_that_names_one_thing_is_a_fault_of_it(
    office: Office, text: str, asset: int | None, what: str
) -> None:
    found = broken(text.split(), lambda name: office.data.find(areas.kind(name).model))
    assert found == (None if asset is None else ("faults", {"asset": asset, "what": what}))


def test_my_desk_shows_the_fault_and_not_its_ticket_as_well(office: Office) -> None:
    office.do(reported(office), "take", 1)
    reported(office, what="Dark", asset=BEAMER, severity=Severity.S1)
    reported(office, what="Lost its label", asset=KEY)
    assert [*tickets_waiting(office.ctx(1))] == []
    found = [(one.ref, one.what, one.why, one.verb) for one in waiting.faults(office.ctx(1))]
    assert found == [
        ("F-1", "Paper jam: Big printer (P-77)", "due today 14:00", ""),
        ("F-2", "Dark: Beamer (B-1)", "nobody's, due today 12:00; 1 more", "take"),
    ]
    office.do(office.get(Fault, 1), "wait", 1, waiting_for=WaitFor.PART)
    assert [one.ref for one in waiting.faults(office.ctx(1))] == ["F-2"]
    office.now += timedelta(days=1)
    [late] = [one for one in waiting.faults(office.ctx(1)) if one.ref == "F-1"]
    assert (late.waiting, late.why) == (True, "late since yesterday 14:00, waiting for a part")
    assert [*waiting.faults(office.ctx(3))] == []


def test_amounts_are_exact(office: Office) -> None:
    fault = reported(office)
    for amount in ("0.10", "0.20", "19.99"):
        office.do(fault, "cost", 1, amount=amount, party=VENDOR)
    assert (office.get(Fault, 1).cost, asset(office).cost) == (Decimal("20.29"), Decimal("20.29"))
    office.do(fault, "quote", 1, amount="500")
    assert office.get(Fault, 1).cost == Decimal("20.29"), "a quote is not spent"
