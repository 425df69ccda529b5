"""What somebody may do who has not said who they are, and what they can learn by it: no more than they are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from botui.access import LockedOut, table
from botui.actions import guests
from botui.data import Desk
from botui.models.base import LINE_MAX, NotAllowed, Refused
from botui.models.tickets import Ticket
from botui.models.tickets.guests import MISSED, TOO_MANY, UNSEEN_MAX, initials, is_asked_by
from tests.offices import ANN, BOB, CLEO, DAN, Clock, lines, office, ticket

REPORT = {"what": "The tap drips", "place": 2, "who": "Eve van Dam"}
MESSAGE = {"text": "Please call", "who": "Eve", "number": "030 55"}


@pytest.fixture
def guest(tmp_path: Path, clock: Clock) -> Desk:
    return office(tmp_path / "office", None, clock)


def _filed(guest: Desk, refs: tuple[str, ...]) -> Ticket:
    found: Ticket = guest.for_person(ANN).get("tickets", int(refs[0].partition("-")[2]))
    return found


def test_a_report_is_a_ticket_in_nobodys_name(guest: Desk) -> None:
    done = guests.report(guest, {**REPORT, "who": "Ann Archer"})
    filed = _filed(guest, done.refs)
    assert (filed.subject, filed.place, filed.caller) == ("The tap drips", 2, "Ann Archer")
    assert (filed.channel.value, filed.requester, filed.created_by) == ("kiosk", None, None), "who it is was not proved"
    assert done.refs[0] in done.said


def test_a_message_waits_for_whom_it_is_for(guest: Desk) -> None:
    done = guests.leave_message(guest, BOB, MESSAGE)
    filed = _filed(guest, done.refs)
    assert (filed.kind.value, filed.owner, filed.for_person) == ("message", BOB, BOB)
    assert (filed.number, filed.call_back) == ("030 55", True)
    guest.for_person(BOB).do("tickets", filed.id, "acknowledge")


@pytest.mark.parametrize("person", [DAN, 99])
def test_no_message_for_who_does_not_work_here(guest: Desk, person: int) -> None:
    before = lines(guest)
    with pytest.raises(Refused, match="phone list"):
        guests.leave_message(guest, person, MESSAGE)
    assert lines(guest) == before


DOORS: list[tuple[Callable[[Desk], object], str, str]] = [
    (lambda desk: guests.report(desk, REPORT), "tickets", "report"),
    (lambda desk: guests.leave_message(desk, BOB, MESSAGE), "tickets", "report"),
    (lambda desk: guests.leave_message(desk, BOB, MESSAGE), "people", "board"),
    (lambda desk: guests.where_is(desk, {"number": "T-1", "who": "CC"}), "tickets", "look_up"),
]


@pytest.mark.parametrize(("does", "collection", "capability"), DOORS)
def test_each_is_refused_where_the_table_does_not_allow_it(
    guest: Desk, monkeypatch: pytest.MonkeyPatch, does: Callable[[Desk], object], collection: str, capability: str
) -> None:
    ticket(guest.for_person(ANN), requester=CLEO)
    does(guest)
    less = {**table.ROLES["guest"], collection: table.ROLES["guest"][collection] - {capability}}
    monkeypatch.setattr(table, "ROLES", {**table.ROLES, "guest": less})
    tickets = len(guest.as_system().numbers("tickets"))
    with pytest.raises(NotAllowed, match="Say who you are first"):
        does(guest)
    assert len(guest.as_system().numbers("tickets")) == tickets


HOSTILE = [
    "[/x][@click=app.quit]y[/]",
    "\x1b]0;owned\x07\x1b[2J",
    "a\u202eb",
    "=1+1",
    "\ud83d\ude00" * 3,
    "x" * LINE_MAX,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_as_text(guest: Desk, text: str) -> None:
    text = text.encode("utf-16", "surrogatepass").decode("utf-16")
    filed = _filed(guest, guests.report(guest, {**REPORT, "what": text}).refs)
    assert "\x1b" not in filed.subject
    filed = _filed(guest, guests.leave_message(guest, BOB, {**MESSAGE, "text": text}).refs)
    assert len(filed.subject) <= LINE_MAX


@pytest.mark.parametrize(
    "values",
    [{"what": ""}, {"what": "x" * (LINE_MAX + 1)}, {"who": ""}, {"who": "x" * 81}, {"place": "odd"}, {"owner": 1}],
)
def test_what_is_too_long_or_missing_is_refused(guest: Desk, values: Mapping[str, Any]) -> None:
    before = lines(guest)
    with pytest.raises(Refused):
        guests.report(guest, {**REPORT, **values})
    assert lines(guest) == before


def test_a_terminal_files_no_more_than_can_be_looked_at(guest: Desk, clock: Clock) -> None:
    for _ in range(UNSEEN_MAX - 1):
        guests.report(guest, REPORT)
    last = guests.leave_message(guest, BOB, MESSAGE)
    with pytest.raises(Refused, match=TOO_MANY[:20]):
        guests.report(guest, REPORT)
    there = Desk(guest.store, None, "other", clock)
    guests.report(there, REPORT)
    guest.for_person(BOB).do("tickets", _filed(guest, last.refs).id, "acknowledge")
    guests.report(guest, REPORT)
    with pytest.raises(Refused):
        guests.report(guest, REPORT)
    clock.forward(minutes=11)
    guests.report(guest, REPORT)


def _where(desk: Desk, number: str, who: str) -> str:
    return guests.where_is(desk, {"number": number, "who": who}).said


def test_state_and_next_date_are_told_and_nothing_else(guest: Desk) -> None:
    ann = guest.for_person(ANN)
    ticket(ann, "Secret subject", requester=CLEO, body="secret body")
    said = _where(guest, "t1", "cc")
    assert said.startswith("T-1 is new; next date: ")
    assert "ecret" not in said
    assert _where(guest, "1", "Cleo Cole") == said
    ann.do("tickets", 1, "wait", {"waiting_for": "part", "until": "fri 9"})
    assert _where(guest, "T-1", "CC") == "T-1 waits for a part until Fri 27 Nov 09:00."
    ann.do("tickets", 1, "resolve", {"resolution": "secret"})
    assert _where(guest, "T-1", "CC") == "T-1 is resolved."


def test_a_caller_is_known_by_the_name_they_gave(guest: Desk) -> None:
    guests.report(guest, REPORT)
    assert _where(guest, "T-1", "EVD") == _where(guest, "T-1", "eve VAN dam")
    ticket(guest.for_person(ANN), on_behalf_of=CLEO, requester=BOB)
    assert _where(guest, "T-2", "CC") == _where(guest, "T-2", "BB")


def test_a_miss_says_nothing_of_whether_the_number_is_there(guest: Desk) -> None:
    ticket(guest.for_person(ANN), requester=CLEO)
    for number, who in [("T-1", "BB"), ("T-99", "CC"), ("P-3", "CC"), ("odd", "CC")]:
        with pytest.raises(NotAllowed) as told:
            _where(guest, number, who)
        assert str(told.value) == MISSED


def test_misses_are_slowed_per_number_and_then_for_all_and_sign_in_is_not(guest: Desk, clock: Clock) -> None:
    ann = guest.for_person(ANN)
    for _ in range(6):
        ticket(ann, requester=CLEO)
    for _ in range(4):
        with pytest.raises(NotAllowed, match="no ticket"):
            _where(guest, "T-1", "xx")
    with pytest.raises(LockedOut, match="2 minutes"):
        _where(guest, "T-1", "CC")
    assert _where(guest, "T-2", "CC"), "who knows theirs may go on"
    for number in range(2, 6):
        for _ in range(4):
            with pytest.raises(NotAllowed):
                _where(guest, f"T-{number}", "xx")
    with pytest.raises(LockedOut):
        _where(guest, "T-6", "CC")
    guest.door.miss("badge")
    clock.forward(minutes=3)
    assert _where(guest, "T-6", "CC")


def test_a_miss_is_a_line_of_the_journal_without_what_was_typed(guest: Desk) -> None:
    with pytest.raises(NotAllowed):
        _where(guest, "T-4711", "zz")
    line = next(iter(guest.store.journal.recent("2000")))
    assert line.header["do"] == "desk.miss"
    assert "4711" not in str(line.header)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Eve van Dam", "evd"), ("EX", "e"), ("Eve (Paper Ltd)", "e"), ("", ""), ("- -", ""), ("[b] x", "x")],
)
def test_initials_of_a_typed_name(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_one_letter_or_none_is_nobodys(guest: Desk) -> None:
    filed = ticket(guest.for_person(ANN), requester=None)
    ctx = guest.as_system().context()
    nameless = filed.model_copy(update={"requester": None, "caller": ""})
    for who in ("", " ", "-", "."):
        assert not is_asked_by(ctx, nameless, who)
    assert not is_asked_by(ctx, nameless.model_copy(update={"caller": "Eve"}), "e")
