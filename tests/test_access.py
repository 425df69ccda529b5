"""Who may do what: the table of roles, and that the store itself keeps to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from botui import access, areas
from botui.access import GUARDED, ROLES, WORK, capabilities, is_theirs, require, require_fields, why_not
from botui.data import Desk
from botui.models.base import Change, Kind, NotAllowed, Record, Refused, View
from botui.models.office import Department, Person, Role
from botui.models.shape import FieldKind, fields_of
from botui.models.tickets import Comment, Ticket
from botui.models.tickets.calls import Call
from botui.storage.format import Entry
from botui.storage.format import stamp as journal_time
from tests.offices import ADA, ANN, BOB, CLEO, DAN, Clock, beside, lines, needed, office, ticket

LETTERS: Final = {
    "R": {"read"},
    "S": {"see"},
    "T": {"team"},
    "a": {"add"},
    "e": {"edit"},
    "w": {"work"},
    "p": {"presence"},
    "o": {"own", "remind", "approve"},
    "g": {"grant"},
    "c": {"clock"},
    "h": {"audit"},
    "k": {"take"},
    "m": {"bill"},
    "d": {"order"},
    "u": {"use"},
    "f": {"report"},
    "l": {"look_up"},
    "b": {"board"},
    "i": {"punch"},
}
"""R looks at all, S at what is theirs, T at what is their team's; a files, e edits, w works on them, p says who is in,
o acts on what is theirs, g gives roles and heads of departments, c is the clock, h reads refusals, k takes supplies,
d puts them on draft orders, m says what was billed, u reports faults of assets and books them; a guest: f reports, l
looks an own one up, b sees who is in; i comes in and goes out by badge."""

EXPECTED: Final = """
             guest  staff  clerk   manager  hr      finance  auditor  admin    system
tickets      fl     Soa    Roaewp   STao     Soa     Soa      R        Soa      Roaewpgckdmu
comments     -      S      Roaewp   S        S       S        R        S        Roaewpgckdmu
calls        -      Soa    Roaewp   Soa      Soa     Soa      R        Soa      Roaewpgckdmu
recurring    -      S      Roaewp   S        S       S        R        S        Roaewpgckdmu
items        -      Rok    Roaewpkd Rokd     Rok     Rok      R        Rok      Roaewpgckdmu
movements    -      Ro     Rw       Ro       Ro      Ro       R        Ro       Roaewpgckdmu
orders       -      So     Roaewpm  Roaewp   So      Rom      R        So       Roaewpgckdmu
lines        -      S      Roaewp   Roaewp   S       R        R        S        Roaewpgckdmu
shipments    -      S      Roaewp   R        S       R        R        S        Roaewpgckdmu
requests     -      Soae   Roaewp   STaeo    Soae    Soae     R        Soae     Roaewpgckdmu
stocktakes   -      So     Roaewp   Ro       So      So       R        So       Roaewpgckdmu
counts       -      S      Raw      R        S       S        R        S        Roaewpgckdmu
faults       f      Roa    Roaewp   Roa      Roa     Roa      R        Roa      Roaewpgckdmu
assets       -      Rou    Roaewpu  Rou      Rou     Rou      R        Rou      Roaewpgckdmu
loans        -      Ro     Row      Ro       Ro      Ro       R        Ro       Roaewpgckdmu
bookings     -      Roa    Roaewp   Roa      Roa     Roa      R        Roa      Roaewpgckdmu
plans        -      Ro     Roaewp   Ro       Ro      Ro       R        Ro       Roaewpgckdmu
licences     -      So     Roaewp   Ro       So      Ro       R        So       Roaewpgckdmu
seats        -      S      Rw       R        S       R        R        S        Roaewpgckdmu
access       -      Soa    Roaewp   STao     Soa     Soa      R        Roaewp   Roaewpgckdmu
audits       -      Ro     Roaewp   Ro       Ro      Ro       R        Ro       Roaewpgckdmu
findings     -      Ro     Rw       Ro       Ro      Ro       R        Ro       Roaewpgckdmu
worklog      -      Ro     R        Ro       Ro      Ro       R        Ro       Roaewpgckdmu
categories   -      Ro     Roaewp   Ro       Ro      Ro       R        Roaewp   Roaewpgckdmu
guides       -      Ro     Roaewp   Ro       Ro      Ro       R        Roaewp   Roaewpgckdmu
documents    -      So     Soaew    So       Soaew   Soaew     S        So       Roaewpgckdmu
filing       -      -      Roaewp   -        -       -         R        Roaewp   Roaewpgckdmu
custody      -      So     Row      So       So      Row       R        So       Roaewpgckdmu
disposals    -      So     Roaewp   Ro       Soae    So        R        So       Roaewpgckdmu
retention    -      Ro     Roaewp   Ro       Ro      Ro        R        Roaewp   Roaewpgckdmu
contracts    -      So     Roaewp   Ro       So      Roaewp    R        So       Roaewpgckdmu
letters      -      So     Soaew    So       Soaew   So        S        So       Roaewpgckdmu
parcels      -      So     Roaewp   So       So      So        R        So       Roaewpgckdmu
forms        -      -      Roaewp   -        Roaewp  R         R        Roaewp   Roaewpgckdmu
bills        -      So     Roaewp   Ro       So      Roaewp    R        So       Roaewpgckdmu
charges      -      S      Roaewp   R        S       Roaewp    R        S        Roaewpgckdmu
payments     -      S      Roaw     R        S       Roaw      R        S        Roaewpgckdmu
standing     -      -      Roaewp   -        -       Roaewp    R        -        Roaewpgckdmu
accounts     -      -      Roaewp   -        -       Roaewp    R        -        Roaewpgckdmu
statements   -      -      Rw       -        -       Rw        R        -        Roaewpgckdmu
bank         -      -      Rw       -        -       Rw        R        -        Roaewpgckdmu
matches      -      -      Rw       -        -       Rw        R        -        Roaewpgckdmu
bankrules    -      -      Roaewp   -        -       Roaewp    R        -        Roaewpgckdmu
expenses     -      Soae   Roaewp   STaeo    Soae    Roaewp    R        Soae     Roaewpgckdmu
outlays      -      Soae   Roaewp   STaeo    Soae    Roaewp    R        Soae     Roaewpgckdmu
boxes        -      -      Roaewp   -        -       Roaewp    R        -        Roaewpgckdmu
vouchers     -      S      Rw       S        S       Rw        R        S        Roaewpgckdmu
cheques      -      -      Roaewp   -        -       Roaewp    R        -        Roaewpgckdmu
chart        -      Ro     Roaewp   Ro       Ro      Roaewp    R        Roaewp   Roaewpgckdmu
entries      -      -      Roaw     -        -       Roaw      R        -        Roaewpgckdmu
person_files -     S      S        S        Roaewp  S        S        S        Roaewpgckdmu
pay          -     S      S        S        Roaewp  S        S        S        Roaewpgckdmu
benefits     -     S      S        S        Roaewp  S        S        S        Roaewpgckdmu
amendments   -     Soa    Soa      Soa      Roaewp  Soa      S        Soa      Roaewpgckdmu
checklists   -      -      -        -        Roaewp  -        -        -        Roaewpgckdmu
tasks        -      So     So       So       Roaewp  So       S        So       Roaewpgckdmu
steps        -      Sow    Sow      Sow      Roaewp  Sow      S        Sow      Roaewpgckdmu
positions    -     R      R        R        Roaewp  R        R        R        Roaewpgckdmu
leavetypes   -      R      R        R        Roaewp  R        R        R        Roaewpgckdmu
leave        -      Soae   Soae     STaeo    Roaewp  Soae     S        Soae     Roaewpgckdmu
leavebook    -      S      S        STao     Roaw    S        S        S        Roaewpgckdmu
absences     -      R      R        R        R       R        R        R        Roaewpgckdmu
punches      -      Soi    Soi      STaowi   Raowi   Soi      S        Soi      Roaewpgckdmu
courses      -      R      R        R        Raoewp  R        R        R        Roaewpgckdmu
trainings    -      Ro     Ro       Ro       Raoewp  Ro       R        Ro       Roaewpgckdmu
certificates -      S      S        ST       Raoewp  S        S        S        Roaewpgckdmu
cycles       -      R      R        R        Raoewp  R        R        R        Roaewpgckdmu
reviews      -      Sow    Sow      STow     Raoewp  Sow      S        Sow      Roaewpgckdmu
policies     -      Ro     Ro       Ro       Raoewp  Ro       R        Ro       Roaewpgckdmu
acknowledgements -      S      S        S        R       S        S        S        Roaewpgckdmu
incidents    f      Saof   Saof     Saof     Raoewp  Saof     S        Saof     Roaewpgckdmu
drills       -      R      R        R        Raoewp  R        R        R        Roaewpgckdmu
meetings     -      Soae   Soaew   Soae     Soae    Soae     S        Soae     Roaewpgckdmu
templates    -      Ro     Roaewp   Ro       Ro      Ro       R        Ro       Roaewpgckdmu
people       b      Ro     Roaewp   Ro       Roaewp   Ro       R        Roaewpg   Roaewpgckdmu
parties      -      Ro     Roaewp   Ro       Ro      Roaewp    R        Roaewp    Roaewpgckdmu
places       R      Ro     Roaewp   Ro       Ro      Ro       R        Roaewp    Roaewpgckdmu
departments  -      Ro     Roaewp   Ro       Ro      Ro       R        Roaewpg   Roaewpgckdmu
topics       R      Ro     Roaewp   Ro       Ro      Ro       R        Roaewp    Roaewpgckdmu
replies      -      Ro     Roaewp   Ro       Ro      Ro       R        Roaewp    Roaewpgckdmu
reminders    -      Soae   Soae    Soae     Soae    Soae     R        Soae     Roaewpgckdmu
standins     -      Roae   Roae    Roaewp    Roae    Roae     R        Roaewp    Roaewpgckdmu
settings     -      Ro     R       Ro       Ro      Ro       Rh       Roaewph   Roaewpgckdmu
openings     -      -      -        So       Roaewp  -        -        -        Roaewpgckdmu
candidates   -      -      -        -        Roaewp  -        -        -        Roaewpgckdmu
interviews   -      So     So       So       Roaewp  So       S        So       Roaewpgckdmu
scores       -      S      S        S        R       S        S        S        Roaewpgckdmu
cases        -      Soa    Soa      Soa      Roaewp  Soa      S        Soa      Roaewpgckdmu
erasures     -      So     So       So       Raoew   So       S        So       Roaewpgckdmu
proceedings  -      S      S        S        Ro      S        S        S        Roaewpgckdmu
"""


def _expected() -> dict[str, dict[str, str]]:
    first, *rows = EXPECTED.strip().splitlines()
    found = [row.split() for row in rows]
    return {role: {row[0]: row[place].strip("-") for row in found} for place, role in enumerate(first.split(), 1)}


TABLE: Final = _expected()
EVERY = sorted(WORK | {"grant", "clock", "take", "order", "bill", "use"})
NAMES = [one.name for one in areas.COLLECTIONS]


def test_every_role_that_a_person_may_have_is_in_the_table_and_no_other() -> None:
    assert set(ROLES) == set(TABLE) == {role.value for role in Role} | {"guest", "system"}


def test_every_collection_in_the_table_exists_and_no_other() -> None:
    assert {name for row in ROLES.values() for name in row} - {"*"} <= set(NAMES)
    assert all(set(row) == set(NAMES) for row in TABLE.values())


@pytest.mark.parametrize("role", TABLE)
def test_the_table_promises_this_and_no_more(role: str) -> None:
    for collection, letters in TABLE[role].items():
        promised = set[str]().union(*(LETTERS[letter] for letter in letters))
        assert capabilities((role,), collection) == promised, collection


def test_capabilities_of_several_roles_add_up_and_an_unknown_role_has_none() -> None:
    assert capabilities(("auditor", "finance"), "parties") == WORK
    assert capabilities(("made-up",), "parties") == frozenset()
    assert capabilities((), "parties") == frozenset()


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
        (["staff"], "own", HIS, CLEO, "This is somebody else's: ask them, or a clerk."),
        (["clerk"], "own", HIS, CLEO, None),
        (["guest"], "own", HIS, None, "Say who you are first."),
        (["auditor"], "own", MINE, CLEO, "This is somebody else's: ask them, or a clerk."),
        (["staff"], "presence", MINE, CLEO, None),
        (["staff"], "presence", HIS, CLEO, "This is somebody else's: ask them, or a clerk."),
        (["clerk"], "presence", HIS, CLEO, None),
        (["staff"], "work", MINE, CLEO, "This is for a clerk to do."),
        (["guest"], "work", MINE, None, "Say who you are first."),
        (["guest"], "add", None, None, "Say who you are first."),
        (["clerk"], "grant", None, CLEO, "Only an administrator may change this."),
        (["clerk"], "clock", None, CLEO, "This happens by itself when it is time."),
        (["made-up"], "read", None, CLEO, "You may not look at tickets."),
        (["guest"], "read", None, None, "Say who you are first."),
        (["staff"], "read", None, CLEO, None),
        (["staff"], "read", MINE, CLEO, None),
        (["staff"], "read", HIS, CLEO, "You may not look at this."),
        (["clerk"], "read", HIS, CLEO, None),
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

WHOSE: Final = {
    "tickets": "requester",
    "calls": "taken_by",
    "recurring": "requester",
    "meetings": "organiser",
    "reminders": "person",
    "standins": "person",
    "movements": "person",
    "orders": "created_by",
    "requests": "person",
    "stocktakes": "created_by",
    "faults": "requester",
    "loans": "person",
    "bookings": "person",
    "plans": "owner",
    "licences": "owner",
    "seats": "person",
    "documents": "owner",
    "bills": "created_by",
    "payments": "person",
    "custody": "person",
    "disposals": "created_by",
    "contracts": "owner",
    "letters": "owner",
    "parcels": "person",
    "expenses": "person",
    "outlays": "person",
    "vouchers": "person",
    "access": "person",
    "audits": "created_by",
    "findings": "by",
    "worklog": "by",
    **dict.fromkeys(("person_files", "pay", "benefits", "amendments", "leave", "leavebook", "punches"), "person"),
    **dict.fromkeys(("certificates", "reviews", "acknowledgements", "incidents", "cases", "proceedings"), "person"),
    "tasks": "owner",
    "steps": "owner",
    "openings": "manager",
    "interviews": "attendees",
    "scores": "author",
    "erasures": "approver",
}
"""The field that makes a record of each collection somebody's own; what is in none of them is nobody's own."""
ALL: Final = View(name="every", label="Every", where=lambda _: {})
TEAM_MATE: Final = 40


@dataclass
class Tried:
    """An office with one person of each role, who each have a record of their own in every collection.

    Attributes:
        desk: the desk of the system.
        clock: its clock.
        persons: who has only this role.
        mine: by role and collection, the record that is theirs.
        his: by collection, a record that is Ann's.
        seen: by collection, what is open to all who may see any.
    """

    desk: Desk
    clock: Clock
    persons: dict[str, int | None]
    mine: dict[tuple[str, str], int]
    his: dict[str, int]
    seen: dict[str, set[int]]
    team: int


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    """Make that office."""
    clock = Clock()
    desk = office(tmp_path_factory.mktemp("access") / "office", None, clock).as_system()
    persons: dict[str, int | None] = {role: 20 + place for place, role in enumerate(TABLE) if role != "guest"}
    office_ = Tried(desk, clock, {**persons, "guest": None}, {}, {}, {"meetings": set()}, 0)
    change = Change("office.begin")
    change.add(Department(id=9, name="Team", manager=persons["manager"]))
    change.add(Person(id=TEAM_MATE, name="Tim Mate", department=9))
    for role, person in persons.items():
        if person is not None:
            roles = (Role(role),) if role != "system" else (Role.STAFF,)
            change.add(Person(id=person, name=f"The {role}", initials=role[:3].upper(), roles=roles))
    for name in NAMES:
        for place, (role, person) in enumerate({**persons, "": ANN}.items()):
            number = _fill(change, name, 100 + place, person)
            if role:
                office_.mine[role, name] = person if name == "people" and person else number
            else:
                office_.his[name] = number
    change.add(Ticket(id=200, subject="Secret of Tim", codes=("CODE-tickets-200",), requester=TEAM_MATE))
    change.add(_made("requests", 200, {"person": TEAM_MATE, "item": 100}))
    change.add(_made("access", 200, {"person": TEAM_MATE}))
    change.add(_made("expenses", 200, {"person": TEAM_MATE}))
    change.add(_made("outlays", 200, {"person": TEAM_MATE, "expense": 200}))
    for name in ("leave", "leavebook", "punches", "reviews", "certificates"):
        _fill(change, name, 200, TEAM_MATE, names=100)
    change.add(Comment(id=200, ticket=office_.mine["staff", "tickets"], body="Secret note", author=ANN))
    change.add(_made("meetings", 200, {"organiser": ANN}))
    office_.team, office_.seen["meetings"] = 200, {200}
    desk.apply(lambda _: change)
    return office_


def _fill(change: Change, name: str, number: int, person: int | None, *, names: int = 0) -> int:
    """Add a record of a collection that is this person's, if it can be somebody's; return its number.

    What it must name has the same number, or that of ``names``.
    """
    if name == "settings":
        return 1
    model = areas.kind(name).model
    named = {one.name for one in fields_of(model) if one.ui.ref and (one.required or one.name in needed(model))}
    named |= {areas.kind(name).parent} - {""}
    several = {one.name for one in fields_of(model) if one.kind is FieldKind.REFS}
    there = names or number
    more: dict[str, Any] = {one: (there,) if one in several else there for one in named}
    if name in WHOSE:
        more[WHOSE[name]] = ((person,) if person else ()) if WHOSE[name] in several else person
    if name == "amendments":  # what HR prepares is not the person's to see before it is so
        more["created_by"] = person
    if name == "proceedings":
        more["shown"] = True
    if name == "comments":
        more |= {"kind": "public", "author": BOB}
    if name == "meetings":
        more["private"] = True
    if name in ("documents", "letters"):
        more["privacy"] = "private"
    if name == "reminders":
        more["about"] = "PL-1"
    change.add(_made(name, number, more))
    return number


def _made(name: str, number: int, more: dict[str, Any]) -> Record:
    kind: Kind[Any] = areas.kind(name)
    fields = kind.model.model_fields
    texts = {one: f"Secret {name} {number}" for one in ("subject", "name", "title", "body", "note") if one in fields}
    codes = {"codes": (f"CODE-{name}-{number}",)} if "codes" in fields else {}
    record: Record = kind.model(**{**needed(kind.model), **texts, **codes, "id": number, **more})
    return record


def _desk(tried: Tried, role: str) -> Desk:
    tried.clock.forward(minutes=2)  # what was refused to the last one is not looked through again
    return tried.desk if role == "system" else tried.desk.for_person(tried.persons[role])


def _open_to(tried: Tried, role: str, name: str) -> set[int]:
    """Return the numbers that the expected table opens to a role."""
    letters = TABLE[role][name]
    if "R" in letters:
        return set(tried.desk.numbers(name))
    if "S" not in letters:
        return set()
    return {tried.mine[role, name], *tried.seen.get(name, ()), *({tried.team} if "T" in letters else ())}


@pytest.mark.parametrize("role", TABLE)
def test_a_role_lists_counts_finds_and_reads_what_the_table_says_and_nothing_more(tried: Tried, role: str) -> None:
    desk = _desk(tried, role)
    for name in NAMES:
        may = _open_to(tried, role, name)
        if not may:
            for read in _lists(desk, name):
                with pytest.raises(NotAllowed):
                    read()
        else:
            assert [set(read()) for read in _lists(desk, name)] == [may] * 4, name
            assert desk.count(name, ALL) == len(may)
        for number in {tried.mine.get((role, name), 1), tried.his[name], tried.team} & set(tried.desk.numbers(name)):
            _one_record(tried, desk, name, number, seen=number in may)


def _lists(desk: Desk, name: str) -> list[Callable[[], Any]]:
    return [
        lambda: desk.numbers(name),
        lambda: desk.listing(name, ALL).ids(),
        lambda: desk.ids(name, {}),
        lambda: [record.id for record in desk.find(name, {})],
    ]


def _one_record(tried: Tried, desk: Desk, name: str, number: int, *, seen: bool) -> None:
    """Look at a record in every way there is."""
    ref = areas.ref(name, number)
    reads: list[Callable[[], Any]] = [
        lambda: desk.get(name, number),
        lambda: desk.peek(name, number),
        lambda: desk.doc(name, number),
    ]
    for read in reads:
        if seen:
            assert read() is not None
        else:
            with pytest.raises(NotAllowed):
                read()
    for title in (desk.title(name, number), desk.name(name, number)):
        assert title == (_title(tried, desk, name, number) if seen else ref)
    assert desk.by_code(ref) == ([(name, number)] if seen else [])
    code = next(iter((tried.desk.doc(name, number) or {}).get("codes", ())), "")
    assert not code or desk.by_code(code) == ([(name, number)] if seen else [])
    secret = "secret" in tried.desk.text(name, number)
    assert _said(lambda: desk.text(name, number)).count("secret") == 0 or (seen and secret)
    assert _said(lambda: str(desk.look_up(name, ref))) == (str(number) if seen else "no")
    told = _said(lambda: str(desk.history(name, number)))
    assert (told != "no") is (seen and "guest" not in desk.roles())


def _title(tried: Tried, desk: Desk, name: str, number: int) -> str:
    """Return what a record is called, of what it is about only the reference where that may not be seen."""
    kind: Kind[Any] = areas.kind(name)
    record = tried.desk.get(name, number)
    about = getattr(record, kind.about) if kind.about else None
    above = next((one.ui.ref for one in fields_of(kind.model) if one.name == kind.about), "")
    if about is None or desk.sees(above, about):
        return tried.desk.title(name, number)
    return f"{kind.title(record)} {areas.ref(above, about)}"


def _said(read: Callable[[], str]) -> str:
    try:
        return read()
    except (NotAllowed, Refused):
        return "no"


@pytest.mark.parametrize("role", TABLE)
def test_a_role_files_edits_and_does_what_the_table_says_and_nothing_more(tried: Tried, role: str) -> None:
    desk = _desk(tried, role)
    for name in NAMES:
        filed = _allowed(desk.add, name, {**needed(areas.kind(name).model), **_valid(name)})
        assert filed is ("a" in TABLE[role][name]), name
        for number in {tried.mine.get((role, name), tried.his[name]), tried.his[name]}:
            tried.clock.forward(seconds=61)
            _acts(tried, desk, role, name, number)
            assert not [entry for entry in _lately(desk) if entry.ops], (name, number)


def _lately(desk: Desk) -> list[Entry]:
    """Return what was written down since the clock was set, refusals too."""
    desk.store.refresh()
    return list(desk.store.journal.recent(journal_time(desk.clock())))


def _acts(tried: Tried, desk: Desk, role: str, name: str, number: int) -> None:
    """Try all that this role may not do to a record, and ask about the rest."""
    letters, seen = TABLE[role][name], number in _open_to(tried, role, name)
    own = "w" in letters or ("o" in letters and _is_own(tried, role, name, number))
    expected = {"work": "w" in letters, "own": own, "presence": own or "p" in letters, "remind": "o" in letters}
    more = {"take": "k", "order": "d", "bill": "m", "add": "a", "edit": "e", "use": "u"}
    expected |= {what: letter in letters for what, letter in more.items()} | {"read": seen}
    record = tried.desk.get(name, number)
    if not (seen and "e" in letters):
        assert not _allowed(desk.edit, record, _edited(name)), (name, number)
    for verb in areas.kind(name).transitions:
        if seen and verb.who != "approve":
            assert (desk.may(name, verb.who, record) is None) is expected[verb.who], (name, verb.name)
        if not (seen and expected.get(verb.who, False)):
            arguments = needed(verb.needs) if verb.needs else {}
            assert not _allowed(desk.do, name, number, verb.name, arguments), (name, verb.name)


def _is_own(tried: Tried, role: str, name: str, number: int) -> bool:
    return number == tried.mine.get((role, name)) and (name in WHOSE or name == "people")


def _valid(name: str) -> dict[str, Any]:
    return {"about": "PL-1", "person": ANN} if name == "reminders" else {}


def _edited(name: str) -> dict[str, Any]:
    """Return another text for the first field of a collection that takes any, or another person where none does."""
    texts = (one for one in fields_of(areas.kind(name).model) if one.kind in (FieldKind.LINE, FieldKind.PROSE))
    return next(({one.name: "Changed"} for one in texts), {"person": BOB})


def _allowed(act: Callable[..., object], *arguments: Any) -> bool:
    """Do it; a rule may still have reasons of its own."""
    try:
        act(*arguments)
    except NotAllowed:
        return False
    except Refused:
        return True
    return True


def test_staff_act_on_what_is_theirs_and_on_nothing_else(folder: Path) -> None:
    cleo = office(folder, CLEO)
    mine = ticket(cleo)
    his = ticket(cleo.for_person(BOB))
    cleo.do("tickets", mine.id, "reply", {"text": "Any news?"})
    with pytest.raises(NotAllowed, match="T-2 is private"):
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


def test_who_comes_back_with_roles_is_brought_back_by_an_administrator(folder: Path) -> None:
    ann = office(folder, ANN)
    with pytest.raises(Refused, match="only an administrator brings them back"):  # Dan has no PIN: anybody's to choose
        ann.edit(ann.get("people", DAN), {"active": True})
    assert not ann.get("people", DAN).active
    ada = ann.for_person(ADA)
    ada.edit(ada.get("people", DAN), {"active": True})
    ann.edit(ann.get("people", CLEO), {"active": False})
    ann.edit(ann.get("people", CLEO), {"active": True})
    assert ann.for_person(CLEO).roles() == {"staff"}


@pytest.mark.parametrize("values", [{"initials": "P-5"}, {"codes": ("x", "p-005")}])
def test_nobody_is_called_by_the_number_of_somebody_else(folder: Path, values: dict[str, Any]) -> None:
    ann = office(folder, ANN)
    with pytest.raises(Refused, match="number of somebody else"):
        ann.edit(ann.get("people", ANN), values)
    with pytest.raises(Refused, match="number of somebody else"):
        ann.add("people", {"name": "Me again", **values})
    assert ann.look_up("people", "P-5") == ADA
    ann.edit(ann.get("people", ANN), {"codes": ("P-1", "P1-2")})


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
    with pytest.raises(NotAllowed, match="This is for a clerk to do"):
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
