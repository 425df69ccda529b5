"""Who may do what: the table of roles, and that the store itself keeps to it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from botui import access, areas
from botui.access import ASK, GUARDED, READ, ROLES, WORK, capabilities, is_theirs, require, require_fields, why_not
from botui.data import Desk
from botui.models.base import Change, NotAllowed, Refused
from botui.models.office import Person, Role
from botui.models.tickets import Call, Comment, Ticket
from tests.offices import ADA, ANN, BOB, CLEO, beside, lines, office, ticket

EVERY = sorted(WORK | {"grant", "clock"})
NAMES = [one.name for one in areas.COLLECTIONS]


def test_every_role_that_a_person_may_have_is_in_the_table_and_no_other() -> None:
    assert set(ROLES) == {role.value for role in Role} | {"guest", "system"}


def test_every_collection_in_the_table_exists() -> None:
    assert {name for row in ROLES.values() for name in row} - {"*"} <= set(NAMES)


def test_capabilities_of_several_roles_add_up_and_an_unknown_role_has_none() -> None:
    assert capabilities(("auditor", "finance"), "parties") == WORK
    assert capabilities(("made-up",), "parties") == frozenset()
    assert capabilities((), "parties") == frozenset()


def test_a_collection_with_a_row_of_its_own_does_not_get_what_all_others_get() -> None:
    assert capabilities(("clerk",), "tickets") == WORK
    assert capabilities(("clerk",), "settings") == READ


@pytest.mark.parametrize("collection", NAMES)
def test_the_table_promises(collection: str) -> None:
    of = {role: capabilities((role,), collection) for role in ROLES}
    assert of["guest"] == of["auditor"] == READ
    assert not {"edit", "work", "add"} & of["staff"] or collection in ("tickets", "calls", "reminders")
    assert "grant" not in of["clerk"] | of["hr"] | of["finance"] | of["manager"]
    assert "clock" not in frozenset().union(*(of[role] for role in ROLES if role != "system"))
    assert "work" in of["admin"] or collection in ("tickets", "comments", "calls", "recurring", "reminders")


def test_a_record_is_somebody_s_own_by_what_it_says_of_them() -> None:
    assert is_theirs(Person(id=3, name="x"), 3)
    assert not is_theirs(Person(id=3, name="x", stand_in=4), 4)
    for field in ("requester", "on_behalf_of", "created_by", "owner", "for_person"):
        assert is_theirs(Ticket(id=1, subject="x", **{field: 3}), 3)
    assert is_theirs(Comment(id=1, ticket=1, body="x", author=3), 3)
    assert is_theirs(Call(id=1, taken_by=3), 3)
    assert not is_theirs(Ticket(id=1, subject="x", requester=4), 3)
    assert not is_theirs(Ticket(id=1, subject="x"), None), "nobody owns what nobody has"
    assert not is_theirs(None, 3)


MINE, HIS = Ticket(id=1, subject="x", requester=CLEO), Ticket(id=2, subject="x", requester=BOB)


@pytest.mark.parametrize(
    ("roles", "what", "record", "person", "words"),
    [
        (["staff"], "own", MINE, CLEO, None),
        (["staff"], "own", HIS, CLEO, "This is somebody else's."),
        (["clerk"], "own", HIS, CLEO, None),
        (["guest"], "own", HIS, None, "Say who you are first."),
        (["auditor"], "own", MINE, CLEO, "This is somebody else's."),
        (["staff"], "presence", MINE, CLEO, None),
        (["staff"], "presence", HIS, CLEO, "This is somebody else's."),
        (["clerk"], "presence", HIS, CLEO, None),
        (["staff"], "work", MINE, CLEO, "Your role does not allow this."),
        (["guest"], "work", MINE, None, "Say who you are first."),
        (["guest"], "add", None, None, "Say who you are first."),
        (["clerk"], "grant", None, CLEO, "Only an administrator may change this."),
        (["clerk"], "clock", None, CLEO, "This happens by itself when it is time."),
        (["made-up"], "read", None, CLEO, "You may not look at tickets."),
        (["guest"], "read", None, None, None),
    ],
)
def test_whether_and_why_not(roles: list[str], what: str, record: Any, person: int | None, words: str | None) -> None:
    assert why_not(roles, "tickets", what, record, person) == words
    if words is None:
        require(roles, "tickets", what, record, person)
    else:
        with pytest.raises(NotAllowed) as refused:
            require(roles, "tickets", what, record, person)
        assert str(refused.value) == words


@pytest.mark.parametrize(("collection", "field"), GUARDED)
def test_guarded_fields_are_fields_and_need_more(collection: str, field: str) -> None:
    assert field in areas.kind(collection).model.model_fields
    require_fields(["admin"], collection, {field: "x", "name": "y"})
    require_fields(["clerk"], collection, {"name": "y"})
    with pytest.raises(NotAllowed, match="Only an administrator"):
        require_fields(["clerk"], collection, {"name": "y", field: "x"})


# --- the store keeps to it ----------------------------------------------------------------------------------------

VALUES: dict[str, dict[str, Any]] = {
    "tickets": {"subject": "New"},
    "comments": {"ticket": 1, "body": "Said"},
    "calls": {"caller": "Eve", "becomes": "log"},
    "recurring": {"subject": "Bins", "rule": "daily"},
    "people": {"name": "New One"},
    "parties": {"name": "New"},
    "places": {"name": "New"},
    "departments": {"name": "New"},
    "topics": {"name": "New"},
    "replies": {"title": "New", "text": "Hello"},
    "reminders": {"person": ANN, "about": "T-1", "on": "2026-12-01"},
    "settings": {"name": "New"},
}
"""What a new record of each collection is filed with."""
EDITS: dict[str, dict[str, Any]] = {
    "tickets": {"subject": "Changed"},
    "comments": {"body": "Changed"},
    "recurring": {"subject": "Changed"},
    "replies": {"title": "Changed"},
    "reminders": {"note": "Changed"},
    "calls": {"subject": "Changed"},
}
"""What is changed in each; in the others, the name."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """An office in which Ann filed one record of every kind; the last of each is the one that is tried."""
    desk = office(tmp_path_factory.mktemp("access") / "office")
    ticket(desk)
    for name, values in VALUES.items():
        (desk if name == "comments" else desk.as_system()).add(name, values)
    return desk


@pytest.mark.parametrize("collection", NAMES)
@pytest.mark.parametrize("role", [role.value for role in Role])
def test_what_the_table_says_is_what_the_store_does(filled: Desk, role: str, collection: str) -> None:
    name = f"{role} for {collection}"
    done = filled.as_system().add("people", {"name": name, "roles": (role,)})
    desk = filled.for_person(int(done.refs[0].removeprefix("P-")))
    may = capabilities((role,), collection)
    before = lines(desk)
    acts: dict[str, Callable[[], object]] = {
        "add": lambda: desk.add(collection, VALUES[collection]),
        "edit": lambda: desk.edit(desk.get(collection, 1), EDITS.get(collection, {"name": name})),
    }
    for what, act in acts.items():
        if what in may:
            _do_or_refuse_by_rule(act)
            before = lines(desk)
        else:
            with pytest.raises(NotAllowed):
                act()
            assert lines(desk) == before
    for verb in areas.kind(collection).transitions:
        reason = desk.may(collection, verb.who, desk.get(collection, 1))
        assert (reason is None) is (verb.who in may if verb.who not in ("own", "presence") else "work" in may)
        if reason is not None:
            with pytest.raises((NotAllowed, Refused)) as refused:
                desk.do(collection, 1, verb.name, _arguments(verb))
            assert str(refused.value)
            assert lines(desk) == before


def _do_or_refuse_by_rule(act: Callable[[], object]) -> None:
    """Do what the role allows; the rule may still have reasons of its own."""
    with suppress(Refused):
        act()


def _arguments(verb: Any) -> dict[str, Any]:
    """Return arguments that are valid wherever some are needed."""
    values: dict[str, dict[str, Any]] = {
        "assign": {"to": ANN},
        "handover": {"department": 1},
        "reject": {"reason": "no"},
        "merge": {"into": 2},
        "split": {"subject": "x"},
        "link": {"to": "P-1"},
        "note": {"text": "x"},
        "rate": {"satisfaction": 5},
        "remind": {"on": "fri"},
        "in_out": {"presence": "out"},
    }
    return values.get(verb.name, {})


def test_a_guest_changes_nothing(filled: Desk) -> None:
    guest = filled.for_person(None)
    before = lines(guest)
    for name in NAMES:
        assert guest.peek(name, 1) is not None
        with pytest.raises(NotAllowed, match="Say who you are first"):
            guest.add(name, VALUES[name])
        with pytest.raises(NotAllowed, match="Say who you are first"):
            guest.edit(guest.get(name, 1), EDITS.get(name, {"name": "x"}))
        for verb in areas.kind(name).transitions:
            with pytest.raises(NotAllowed, match="Say who you are first"):
                guest.do(name, 1, verb.name, _arguments(verb))
    assert lines(guest) == before


def test_staff_act_on_what_is_theirs_and_on_nothing_else(folder: Path) -> None:
    cleo = office(folder, CLEO)
    mine = ticket(cleo)
    his = ticket(cleo.for_person(BOB))
    cleo.do("tickets", mine.id, "reply", {"text": "Any news?"})
    with pytest.raises(NotAllowed, match="somebody else's"):
        cleo.do("tickets", his.id, "reply", {"text": "Me too"})
    with pytest.raises(NotAllowed):
        cleo.add("comments", {"ticket": his.id, "body": "Me too", "kind": "public"})
    with pytest.raises(NotAllowed):
        cleo.do("tickets", mine.id, "take")
    cleo.do("people", CLEO, "in_out", {"presence": "out"})
    with pytest.raises(NotAllowed, match="somebody else's"):
        cleo.do("people", BOB, "in_out", {"presence": "out"})


def test_nobody_gives_himself_a_role(folder: Path) -> None:
    ann = office(folder, ANN)
    for values in ({"roles": (Role.ADMIN,)}, {"roles": "admin"}, {"os_user": "root"}):
        with pytest.raises((NotAllowed, Refused)):
            ann.edit(ann.get("people", ANN), values)
        with pytest.raises((NotAllowed, Refused)):
            ann.add("people", {"name": "Me again", **values})
    assert ann.get("people", ANN).roles == (Role.STAFF, Role.CLERK)
    ann.add("people", {"name": "Plain", "roles": (Role.STAFF,), "os_user": ""})
    ada = ann.for_person(ADA)
    ada.edit(ada.get("people", ANN), {"roles": (Role.ADMIN,), "os_user": "ann"})
    assert ann.roles() == {"admin"}


def test_the_clock_may_do_what_no_person_may(folder: Path) -> None:
    desk = office(folder)
    assert desk.as_system().roles() == {"system"}
    for name in NAMES:
        assert all(desk.as_system().may(name, what) is None for what in EVERY)


def test_a_role_taken_away_counts_at_once(folder: Path) -> None:
    desk = office(folder)
    bob = desk.for_person(BOB)
    bob.add("places", {"name": "x"})
    desk.as_system().apply(lambda ctx: Change("people.edit").set(desk.get("people", BOB), roles=(Role.AUDITOR,)))
    assert bob.roles() == {"auditor"}
    with pytest.raises(NotAllowed, match="Your role does not allow this"):
        bob.add("places", {"name": "y"})
    assert access.why_not(bob.roles(), "places", "read", None, BOB) is None


def test_a_role_taken_away_in_another_session_counts_before_it_was_heard_of(folder: Path) -> None:
    desk = office(folder)
    bob = beside(desk, BOB)
    place = bob.get("places", 1)
    desk.for_person(ADA).edit(desk.get("people", BOB), {"roles": (Role.AUDITOR,)})
    before = lines(desk)
    assert "clerk" in bob.roles(), "bob's session has not looked yet"
    with pytest.raises(NotAllowed):
        bob.add("places", {"name": "y"})
    second = beside(desk, ANN)
    desk.for_person(ADA).edit(desk.get("people", ANN), {"roles": (Role.AUDITOR,)})
    with pytest.raises(NotAllowed):
        second.edit(place, {"name": "y"})
    assert lines(desk) == before + 1


def test_everybody_on_the_staff_may_ask() -> None:
    assert {"read", "add", "own", "remind"} == ASK
