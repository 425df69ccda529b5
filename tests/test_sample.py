"""The sample office: always the same one, of sound records, whatever the seed, the day and the number."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui import areas
from botui.actions import sample
from botui.actions.desk import asked_by_me, my_desk
from botui.actions.sample.officetime import OfficeTime
from botui.cli import start
from botui.data import Desk
from botui.models.base import Record, Refused, stamp
from botui.models.office import Person, Presence, Priority, Role, Settings
from botui.models.shape import fields_of
from botui.models.soundness import problems_of
from botui.models.tickets import Channel, Comment, CommentKind, State, Ticket, TicketKind, WaitFor
from botui.models.tickets.deadlines import dues, met
from botui.models.tickets.timed import closes_at
from tests.samples import FRIDAY, Docs, desk_of, docs_of, make


def tickets_of(docs: Docs) -> dict[int, Ticket]:
    return {number: Ticket.load(number, doc) for number, doc in docs["tickets"].items()}


def comments_of(docs: Docs) -> dict[int, list[Comment]]:
    found: dict[int, list[Comment]] = {}
    for number, doc in docs["comments"].items():
        found.setdefault(doc["ticket"], []).append(Comment.load(number, doc))
    return found


# --- what holds for every office --------------------------------------------------------------------------------------


def broken_refs(docs: Docs) -> list[str]:
    broken = []
    for name, table in docs.items():
        specs = [spec for spec in fields_of(areas.kind(name).model) if spec.ui.ref]
        for number, doc in table.items():
            for spec in specs:
                value = doc.get(spec.name)
                named = value if isinstance(value, list) else [value]
                if any(one is not None and one not in docs[spec.ui.ref] for one in named):
                    broken.append(f"{areas.ref(name, number)}.{spec.name}")
            for ref in (*doc.get("links", ()), *(doc[one] for one in ("became",) if one in doc)):
                parsed = areas.parse_ref(ref)
                if parsed is None or parsed[1] not in docs[parsed[0]]:
                    broken.append(f"{areas.ref(name, number)}: {ref}")
    return broken


def moments(ticket: Ticket) -> list[datetime]:
    """Return the moments of a ticket in the order in which they have to be."""
    told = (ticket.created_at, ticket.first_response_at, ticket.paused_at or ticket.resolved_at, ticket.closed_at)
    return [one for one in told if one is not None]


def check_life(ticket: Ticket, now: datetime) -> None:
    """Fail where a ticket is in a state that no verbs could have brought it to."""
    order = moments(ticket)
    assert ticket.created_at is not None
    assert order == sorted(order)
    assert order[-1] <= now
    assert (ticket.resolved_at is not None) is (ticket.state in (State.RESOLVED, State.CLOSED))
    assert (ticket.closed_at is not None) is (ticket.state in (State.CLOSED, State.REJECTED, State.MERGED))
    assert (ticket.merged_into is not None) is (ticket.state is State.MERGED)
    assert (ticket.waiting_for is not None) is (ticket.state is State.WAITING)
    assert (ticket.paused_at is not None) is (ticket.waiting_for is WaitFor.REQUESTER)
    assert ticket.waiting_until is None or ticket.waiting_until > now
    assert ticket.waiting_until is not None or ticket.waiting_for is not WaitFor.DATE
    assert ticket.satisfaction is None or ticket.resolved_at is not None
    assert ticket.resolution == "" or not ticket.is_active
    assert ticket.state is not State.REJECTED or ticket.resolution
    assert ticket.first_response_at is None or ticket.state is not State.NEW
    assert ticket.requester or ticket.party or ticket.caller
    if ticket.resolved_at is not None:
        assert not ticket.open_steps
        assert ticket.owner is not None
    if ticket.kind is TicketKind.MESSAGE:
        assert ticket.owner == ticket.for_person
        assert (ticket.acknowledged_at is None) is (ticket.state is State.NEW)
    else:
        assert ticket.state is not State.NEW or ticket.owner is None
        assert ticket.state is not State.WAITING or ticket.owner is not None


def check_promises(desk: Desk, ticket: Ticket) -> None:
    """Fail where deadlines are not those that the rules reckon, or what is resolved should have closed by itself."""
    ctx = desk.context()
    first = dues(ctx, ticket.model_copy(update={"first_response_at": None, "paused_for": 0}))["first_response_due"]
    assert ticket.first_response_due == first
    assert ticket.resolution_due == dues(ctx, ticket)["resolution_due"]
    if ticket.resolved_at is not None and ticket.kind is not TicketKind.MESSAGE:
        due = closes_at(ctx, ticket.resolved_at)
        assert ticket.state is State.CLOSED or due > ctx.now
        assert ticket.closed_at is None or ticket.closed_at <= due


def check_family(tickets: dict[int, Ticket]) -> None:
    for ticket in tickets.values():
        for ref in ticket.links:
            other = tickets[int(ref.partition("-")[2])]
            assert ticket.ref in other.links or other.merged_into == ticket.id
        if ticket.merged_into is not None:
            into = tickets[ticket.merged_into]
            assert ticket.ref in into.links
            assert into.state is not State.MERGED
            assert into.resolved_at is None or (ticket.closed_at or FRIDAY) <= into.resolved_at
        if ticket.parent is not None:
            parent = tickets[ticket.parent]
            assert parent.kind is TicketKind.PROJECT
            assert parent.resolved_at is None or not ticket.is_active


def check_all(desk: Desk, docs: Docs) -> None:
    for name, table in docs.items():
        model: type[Record] = areas.kind(name).model
        for number, doc in table.items():
            assert model.load(number, doc).doc() == doc
    assert broken_refs(docs) == []
    tickets, comments = tickets_of(docs), comments_of(docs)
    for ticket in tickets.values():
        check_life(ticket, desk.clock())
        check_promises(desk, ticket)
        said = comments.get(ticket.id, [])
        assert ticket.minutes == sum(one.minutes for one in said)
        assert all(one.at and ticket.created_at and ticket.created_at <= one.at <= desk.clock() for one in said)
    check_family(tickets)
    check_ledger(docs, desk.clock())
    assert list(problems_of(desk.store.journal)) == []
    assert desk.tick() == []


def check_ledger(docs: Docs, now: datetime) -> None:
    """Fail where movements are not in the order of time, or less than nothing was anywhere at any time."""
    stock: Counter[tuple[int, int, str | None]] = Counter()
    before = ""
    for _, doc in sorted(docs["movements"].items()):
        place = doc["item"], doc["place"], doc.get("use_by")
        stock[place] += doc["quantity"]
        assert stock[place] >= 0
        assert before <= doc["at"] <= stamp(now)
        before = doc["at"]


@settings(max_examples=12)
@given(
    seed=st.integers(0, 2**32),
    now=st.datetimes(datetime(2024, 1, 1), datetime(2031, 12, 31), timezones=st.just(UTC)),
    records=st.integers(1, 160),
)
def test_whatever_the_seed_the_day_and_the_number_every_record_is_sound(seed: int, now: datetime, records: int) -> None:
    with TemporaryDirectory() as folder:
        report = make(Path(folder) / "office", records, seed, now)
        assert sum(report.counts.values()) == records
        desk = desk_of(Path(folder) / "office", report.administrator, now)
        check_all(desk, docs_of(desk))
        desk.store.close()


# --- the office of the demo -------------------------------------------------------------------------------------------


def test_the_office_of_the_demo_is_sound(demo: Desk, demo_docs: Docs) -> None:
    assert start.SAMPLE == sample.USUAL
    check_all(demo, demo_docs)


def test_the_same_seed_and_day_make_the_same_office(tmp_path: Path) -> None:
    made = []
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        make(tmp_path / name, 200, seed)
        made.append(docs_of(desk_of(tmp_path / name)))
    one, again, other = made
    assert again == one
    assert other["tickets"] != one["tickets"]


def test_the_office_of_the_demo_shows_every_state_kind_priority_and_way_in(demo_docs: Docs) -> None:
    tickets = tickets_of(demo_docs).values()
    assert {one.state for one in tickets} == set(State)
    assert {one.kind for one in tickets} == set(TicketKind)
    assert {one.priority for one in tickets} == set(Priority)
    assert {one.channel for one in tickets} == set(Channel)
    assert {one.waiting_for for one in tickets if one.waiting_for} == set(WaitFor)
    assert {doc["kind"] for doc in demo_docs["comments"].values()} == set(CommentKind)
    assert {doc["becomes"] for doc in demo_docs["calls"].values()} == {"message", "ticket", "note", "log"}
    assert any(one.satisfaction for one in tickets)
    assert any(one.reopened for one in tickets)
    assert any(one.paused_for for one in tickets)


def test_the_office_of_the_demo_has_the_proportions_of_a_real_one(demo_docs: Docs) -> None:
    many = {name: len(table) for name, table in demo_docs.items()}
    assert 350 <= many["tickets"] <= 450
    assert 300 <= many["comments"] <= 700
    assert many["people"] == 60
    assert many["departments"] == 8
    assert all(many[one.name] for one in areas.COLLECTIONS)


def test_some_tickets_run_late_but_not_most(demo: Desk) -> None:
    kind = areas.kind("tickets")
    many = {view.name: demo.count("tickets", view) for view in kind.views}
    active = many["open"] + many["waiting"]
    assert 0.05 * active < many["late"] < 0.45 * active
    assert all(
        many[name]
        for name in ("mine", "messages", "unassigned", "unseen", "asked", "projects", "milestones", "resolved")
    )
    assert many["unassigned"] < active / 2
    assert many["closed"] > many["all"] / 2


def test_most_promises_were_kept(demo_docs: Docs) -> None:
    kept = [met(ticket, FRIDAY) for ticket in tickets_of(demo_docs).values()]
    for decided in ([one.first_response for one in kept], [one.resolution for one in kept]):
        told = [one for one in decided if one is not None]
        assert 0.7 < sum(told) / len(told) < 0.95


def test_the_administrator_is_a_clerk_who_has_tickets(demo_docs: Docs) -> None:
    admins = [Person.load(number, doc) for number, doc in demo_docs["people"].items() if "admin" in doc["roles"]]
    assert [(one.id, one.name, one.initials) for one in admins] == [(1, "Nora Lindqvist", "NL")]
    assert Role.CLERK in admins[0].roles
    owners = Counter(doc.get("owner") for doc in demo_docs["tickets"].values())
    assert owners[1] >= 10
    assert len(owners) > 5


def test_people_can_be_told_apart_and_found(demo_docs: Docs) -> None:
    people = [Person.load(number, doc) for number, doc in demo_docs["people"].items()]
    assert len({one.initials for one in people}) == len({one.name for one in people}) == len(people)
    here = [one for one in people if one.active]
    assert len({one.extension for one in here}) == len(here)
    assert {"Zoë Åkerström", "李雪", "Siobhán O'Brien"} <= {one.name for one in people}
    assert all(one.back_at and one.back_at > FRIDAY for one in people if one.presence is not Presence.IN)
    assert {one.presence for one in people} == set(Presence)


def test_tickets_came_in_during_office_hours_of_the_last_year(demo: Desk, demo_docs: Docs) -> None:
    hours = demo.settings.business_hours()
    came = [ticket.created_at for ticket in tickets_of(demo_docs).values() if ticket.created_at]
    assert all(hours.is_open(one - timedelta(seconds=1)) for one in came)
    assert min(came) > FRIDAY - timedelta(days=367)
    assert sorted(came) == came


def test_the_work_goes_on_where_the_sample_ends(demo: Desk, folder: Path) -> None:
    desk = desk_of(copytree(demo.store.journal.path.parent, folder), demo.person)
    first = {
        state: next(desk.find("tickets", {"state": (state.value,), "kind": ("incident",)}).__iter__())
        for state in State
    }
    assert desk.do("tickets", first[State.NEW].id, "take").said
    assert desk.do("tickets", first[State.OPEN].id, "reply", {"text": "One moment."}).said
    assert desk.do("tickets", first[State.WAITING].id, "resolve", {"resolution": "Done."}).said
    assert desk.do("tickets", first[State.RESOLVED].id, "reopen", {"why": "Again."}).said
    assert desk.history("tickets", first[State.NEW].id)[0].action == "desk.fill"
    assert desk.store.journal.get("tickets", first[State.NEW].id)["owner"] == 1  # type: ignore[index]


# --- adding to an office ----------------------------------------------------------------------------------------------


def test_an_office_that_exists_is_kept_and_its_people_get_work(folder: Path) -> None:
    desk = desk_of(folder).as_system()
    values = {"name": "Ada Old", "initials": "AO", "roles": (Role.CLERK, Role.ADMIN)}
    desk.add("settings", {"name": "Old office", "zone": "America/New_York"}, number=1)
    desk.add("people", values)
    desk.add("departments", {"name": "IT"})
    before = docs_of(desk)
    desk.store.close()
    report = make(folder, 200)
    after = docs_of(desk := desk_of(folder, report.administrator))
    assert report.administrator == 1
    assert sum(report.counts.values()) == 200
    assert {name: {n: after[name][n] for n in table} for name, table in before.items()} == before
    assert [doc["name"] for doc in after["departments"].values()].count("IT") == 1
    assert any(doc.get("owner") == 1 for doc in after["tickets"].values())
    check_all(desk, after)


@pytest.mark.parametrize("hours", ["closed", "always", "sun 22:00-06:00", "mon-fri 08:00-12:00 13:00-17:00"])
def test_any_hours_of_an_office_make_sound_records(folder: Path, hours: str) -> None:
    desk = desk_of(folder).as_system()
    desk.add("settings", {"name": "Odd office", "hours": hours, "close_after": 1}, number=1)
    desk.store.close()
    report = make(folder, 150)
    desk = desk_of(folder, report.administrator)
    check_all(desk, docs_of(desk))


def test_filling_twice_adds_and_repeats_no_list(folder: Path) -> None:
    first, second = make(folder, 300), make(folder, 300, seed=2)
    docs = docs_of(desk := desk_of(folder, first.administrator))
    assert "departments" not in second.counts or second.counts["departments"] < 8
    for name in ("departments", "topics", "people", "places", "parties"):
        names = [doc["name"] for doc in docs[name].values()]
        assert len(names) == len(set(names))
    assert sum(len(table) for name, table in docs.items() if name not in (*sample.ALONG, "settings")) == 600
    assert "items" not in second.counts, "a store room that is there is left alone"
    check_all(desk, docs)


def test_how_many_are_written_at_a_time_does_not_matter(
    folder: Path, demo_docs: Docs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "CHUNK", 50)
    make(folder)
    desk = desk_of(folder)
    assert docs_of(desk) == demo_docs
    headers = [entry.header for entry in desk.store.journal.history() if entry.ops]
    assert len(headers) > 8
    assert {(one["by"], one["on"], one["do"]) for one in headers} == {(None, "test", "desk.fill")}


def test_no_records_are_refused_and_make_no_office(folder: Path) -> None:
    with pytest.raises(Refused):
        make(folder, 0)
    assert not folder.exists()


def test_the_report_says_what_was_made(folder: Path) -> None:
    report = make(folder, 100)
    assert str(report).startswith("100 records: ")
    assert f"{report.counts['tickets']} tickets" in str(report)
    assert f"; and {report.along['comments']} comments on the tickets, {report.along['movements']} movements" in str(
        report
    )
    assert str(make(folder.parent / "least", 1)) == "1 record: 1 person; and 0 comments on the tickets."


# --- office time ------------------------------------------------------------------------------------------------------


@given(first=st.integers(1, 3_000_000), span=st.integers(0, 500_000))
@settings(max_examples=60)
def test_a_step_on_the_line_is_the_office_time_between(first: int, span: int) -> None:
    time = OfficeTime(SETTINGS, FRIDAY)
    last = min(first + span, time.now)
    hours = SETTINGS.business_hours()
    assert hours.between(time.at(first), time.at(last)) == timedelta(seconds=last - first)


SETTINGS = Settings(zone="Europe/Berlin", hours="mon-thu 08:00-12:00 13:00-17:00, fri 08:00-14:00")


def test_the_line_of_office_time_ends_now() -> None:
    hours = Settings(zone="Europe/Berlin")
    time = OfficeTime(hours, FRIDAY)
    assert time.at(time.now) == FRIDAY
    assert time.at(time.now + 5) == FRIDAY


def test_the_administrator_has_something_of_each_on_her_desk(demo: Desk) -> None:
    things = my_desk(demo)
    whys = " ".join(one.waiting.why for one in things)
    for word in ("to approve", "message from", "late since", "due ", "not seen yet"):
        assert word in whys
    assert any(one.stood_in_for for one in things), "she stands in for a head of a department"
    assert asked_by_me(demo)
