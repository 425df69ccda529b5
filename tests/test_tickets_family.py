"""Merging, splitting, linking, and tickets that are part of others: nothing is lost, nothing goes round in circles."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.models.base import Refused
from botui.models.office import Party
from botui.models.shape import build
from botui.models.tickets import Comment, CommentKind, State, Ticket
from botui.models.tickets.comments import thread
from botui.models.tickets.shape import LINKS_MAX
from botui.models.tickets.tree import ancestors, parts, progress
from tests.rules import Office, at


@pytest.fixture
def office() -> Office:
    return Office()


def new(office: Office, subject: str, by: int = 3, /, **values: Any) -> Ticket:
    return office.add(Ticket, by, subject=subject, **values)


def test_a_merged_ticket_ends_and_leaves_all_it_had_to_the_other(office: Office) -> None:
    stays = new(office, "Printer", tags="a,b")
    ends = new(office, "Printer again", office.BOB, tags="b,c", codes="INC-1")
    child = new(office, "Toner", parent=ends.id)
    linked = new(office, "Old one")
    office.do(ends, "link", to=linked.ref)
    office.do(ends, "reply", office.ANN, text="We know.")
    office.now += timedelta(minutes=1)
    office.do(stays, "reply", office.ANN, text="Look into it.")
    after = office.do(ends, "merge", into=stays.id)
    assert (after.state, after.merged_into, after.closed_at) == (State.MERGED, stays.id, office.now)
    stays = office.get(Ticket, stays.id)
    assert (stays.tags, stays.codes, stays.links) == (("a", "b", "c"), ("INC-1",), (linked.ref, ends.ref))
    assert office.get(Ticket, child.id).parent == stays.id
    bodies = [one.body for one in thread(office.data, stays)]
    assert bodies == [
        "We know.",
        "Look into it.",
        "T-2 was merged into this: Printer again, asked by Bob Baker.",
    ]


def test_merged_twice_over_all_that_was_said_is_still_found(office: Office) -> None:
    one, two, three = new(office, "1"), new(office, "2"), new(office, "3")
    office.do(one, "note", office.ANN, text="first")
    office.do(one, "merge", into=two.id)
    office.do(two, "merge", into=three.id)
    kinds = [said.kind for said in thread(office.data, office.get(Ticket, three.id))]
    assert kinds == [CommentKind.INTERNAL, CommentKind.SYSTEM, CommentKind.SYSTEM]


def test_a_store_where_tickets_are_merged_in_a_circle_is_still_read(office: Office) -> None:
    for number, other in ((1, 2), (2, 1)):
        office.put(build(Ticket, {"id": number, "subject": "x", "state": "merged", "merged_into": other}))
    assert thread(office.data, office.get(Ticket, 1)) == []


def test_merging_goes_into_another_ticket_that_lives(office: Office) -> None:
    one, two = new(office, "1"), new(office, "2")
    with pytest.raises(Refused, match="another ticket"):
        office.do(one, "merge", into=one.id)
    office.do(one, "merge", into=two.id)
    with pytest.raises(Refused, match="T-1 is merged"):
        office.do(two, "merge", into=one.id)
    three = new(office, "3")
    office.do(three, "reject", reason="no")
    with pytest.raises(Refused, match="T-3 is rejected"):
        office.do(two, "merge", into=three.id)


def test_a_whole_is_not_merged_into_its_part(office: Office) -> None:
    whole = new(office, "Move")
    part = new(office, "Boxes", parent=new(office, "Packing", parent=whole.id).id)
    with pytest.raises(Refused, match="T-3 is part of T-1"):
        office.do(whole, "merge", into=part.id)


def test_a_part_may_be_merged_into_its_whole(office: Office) -> None:
    whole = new(office, "Move")
    part = new(office, "Boxes", parent=whole.id)
    assert office.do(part, "merge", into=whole.id).state is State.MERGED
    assert office.why_not(whole, "resolve") is None


def test_a_second_matter_becomes_a_ticket_of_its_own(office: Office) -> None:
    ticket = new(office, "Printer", topic=1, channel="phone", requester=3, party=None)
    office.do(ticket, "reply", office.CLEO, text="And the lamp is broken.")
    (said,) = office.data.find(Comment, ticket=1)
    office.do(ticket, "split", subject="Lamp", comment=said.id)
    lamp = office.get(Ticket, 2)
    assert (lamp.subject, lamp.body, lamp.requester, lamp.topic) == ("Lamp", "And the lamp is broken.", 3, 1)
    assert (lamp.links, office.get(Ticket, 1).links) == (("T-1",), ("T-2",))
    assert lamp.resolution_due is not None
    assert [one.body for one in thread(office.data, lamp)] == ["Split off T-1: Printer"]


def test_split_only_from_what_was_said_here(office: Office) -> None:
    one, two = new(office, "1"), new(office, "2")
    office.do(two, "note", office.ANN, text="x")
    for comment in (1, 99):
        with pytest.raises(Refused, match="not said about this ticket"):
            office.do(one, "split", subject="y", comment=comment)


def test_links_go_both_ways_and_away_again(office: Office) -> None:
    one, two = new(office, "1"), new(office, "2")
    assert office.said(one, "link", to="t2") == "T-1 is linked to T-2."
    assert (office.get(Ticket, 1).links, office.get(Ticket, 2).links) == (("T-2",), ("T-1",))
    with pytest.raises(Refused, match="T-1 is linked to T-2 already"):
        office.do(one, "link", to="T-2")
    office.do(two, "link", to="T-1", remove=True)
    assert (office.get(Ticket, 1).links, office.get(Ticket, 2).links) == ((), ())
    with pytest.raises(Refused, match="is not linked to T-2 already"):
        office.do(one, "link", to="T-2", remove=True)


def test_a_record_of_another_list_is_linked_too(office: Office) -> None:
    office.put(Party(id=1, name="Toner Ltd"))
    assert office.do(new(office, "1"), "link", to="PA-1").links == ("PA-1",)


@pytest.mark.parametrize(
    ("to", "words"),
    [("nonsense", "'nonsense' is not a reference"), ("T-99", "There is no T-99."), ("T-1", "not linked to itself")],
)
def test_a_link_to_nothing_is_refused(office: Office, to: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        office.do(new(office, "1"), "link", to=to)


def test_more_links_than_fit_are_refused(office: Office) -> None:
    one, two = new(office, "1"), new(office, "2")
    office.put(office.get(Ticket, 1).model_copy(update={"links": tuple(f"T-{n}" for n in range(100, 100 + LINKS_MAX))}))
    with pytest.raises(Refused, match="T-1 has 50 links"):
        office.do(two, "link", to=one.ref)


def test_a_ticket_is_never_part_of_itself(office: Office) -> None:
    whole = new(office, "Move")
    part = new(office, "Boxes", parent=whole.id)
    for wrong in (whole.id, part.id):
        with pytest.raises(Refused, match="cannot be part of itself"):
            office.edit(whole, parent=wrong)
    office.do(part, "merge", into=new(office, "Other").id)
    with pytest.raises(Refused, match="T-2 was merged"):
        new(office, "Lid", parent=part.id)


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=20))
def test_however_parts_are_moved_every_ticket_has_an_end_above(moves: list[tuple[int, int]]) -> None:
    office = Office()
    for n in range(6):
        new(office, str(n))
    for number, parent in moves:
        try:
            office.edit(office.get(Ticket, number), parent=parent)
        except Refused:
            continue
    for number in range(1, 7):
        above = list(ancestors(office.data, number))
        assert above[-1].parent is None


def test_a_project_says_how_far_it_is_and_what_is_late(office: Office) -> None:
    project = new(office, "Move", kind="project")
    done = new(office, "Boxes", parent=project.id)
    late = new(office, "Van", parent=project.id, kind="task", wanted_by=date(2026, 11, 23))
    later = new(office, "Keys", parent=late.id, kind="task", wanted_by=date(2026, 11, 30))
    stopped = office.do(new(office, "Ask", parent=project.id), "wait", office.ANN)
    gone = office.do(new(office, "Never mind", parent=project.id), "reject", office.ANN, reason="no")
    office.do(done, "resolve", office.ANN)
    children = parts(office.data, project)
    assert [one.id for one in children] == [done.id, late.id, later.id, stopped.id, gone.id]
    far = progress(children, at("2026-11-24 09:00"))
    assert (far.done, far.total) == (1, 4)
    assert ([one.id for one in far.late], [one.id for one in far.ahead]) == ([late.id], [later.id, stopped.id])
    assert str(far) == "1 of 4 done, 1 late"
    assert str(progress([], office.now)) == "0 of 0 done"


def test_a_store_where_parts_go_in_a_circle_is_still_read(office: Office) -> None:
    for number, other in ((1, 2), (2, 1)):
        office.put(build(Ticket, {"id": number, "subject": "x", "parent": other}))
    one = office.get(Ticket, 1)
    assert [part.id for part in parts(office.data, one)] == [2]
    assert [above.id for above in ancestors(office.data, 1)] == [1, 2]
    assert list(ancestors(office.data, 9)) == []
