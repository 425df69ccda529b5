"""What HR keeps stands nowhere for anybody else: on no screen, in no list, file, report, message, draft or past."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from botui import areas
from botui.access import CLOSED
from botui.actions.board import board
from botui.actions.everywhere import Finder
from botui.actions.find import matching
from botui.actions.past import one_line
from botui.actions.reports import report, reports
from botui.data import Desk
from botui.models.base import Change, Kind, NotAllowed, Refused
from botui.models.errors import BotuiError
from botui.models.office import Department, Person, StandIn
from botui.models.office.waiting import waiting
from botui.models.query import parse_query
from botui.models.records.document import Document, Privacy, State
from botui.models.shape import fields_of
from botui.screens.choices import choices
from botui.screens.office import CardDetails
from botui.screens.rows import KindRows
from tests.command_line import Office
from tests.hidden import SECRET, about, plain
from tests.kiosk import Kiosk
from tests.offices import ADA, ANN, BOB, CLEO, FRED, HANNA, MAX, OTTO, Clock, needed, office

TYPED = SECRET[:6]
"""What somebody types who looks for it: a refusal may repeat that, and no more."""
EVE = 10
"""Somebody of the staff who has nothing to do with any of it."""
OTHERS = (None, ANN, BOB, ADA, MAX, FRED, OTTO, EVE)
"""Nobody, two clerks of whom one stands in for Cleo, administrator, manager of others, finance, auditor, staff."""
INITIALS = {ANN: "AA", BOB: "BB", ADA: "AD", MAX: "MM", FRED: "FF", OTTO: "OA", EVE: "EV"}
HIDDEN = tuple(sorted(CLOSED & {one.name for one in areas.COLLECTIONS}))
"""HR's collections that are closed as a whole."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office in which HR has a record of every kind about Cleo, and a paper; Ann stands in for her."""
    folder = tmp_path_factory.mktemp("private") / "office"
    hanna, change = office(folder, HANNA), Change("office.begin")
    today = hanna.context().today
    change.add(Person(id=EVE, name="Eve East", initials="EV", department=3))
    change.add(Department(id=3, name="Stores", manager=MAX))
    away = StandIn(id=1, person=CLEO, stand_in=ANN, starts=today, ends=today + timedelta(days=9), approves=True)
    change.add(away)
    change.add(Document(id=1, title=f"{SECRET} paper", privacy=Privacy.HR, person=CLEO, note=f"{SECRET} note"))
    for one in areas.COLLECTIONS:
        if one.area == "hr":
            kind = areas.kind(one.name)
            change.add(about(kind, CLEO) if one.name in HIDDEN else plain(kind))
    hanna.as_system().store.commit(lambda _: change, {"by": HANNA})
    cleo = hanna.for_person(CLEO)
    file = cleo.get("person_files", 1)
    assert SECRET in repr(file), "whose it is sees it"
    hanna.edit(hanna.get("person_files", 1), {"address": f"{SECRET} lane"})
    hanna.store.close()
    return folder


@pytest.fixture(params=OTHERS, ids=lambda one: "guest" if one is None else INITIALS[one])
def desk(folder: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """The desk of everybody whose it is not, one after the other."""
    desk = Desk.open(folder, request.param, "front", Clock())
    yield desk
    desk.store.close()


def clean(text: object) -> None:
    """Check that nothing of it stands in what is shown, whatever it is made of."""
    assert SECRET.casefold() not in repr(text).casefold()


def said_by(attempt: Callable[[], object]) -> str:
    """Return what comes of something, or the words it is refused with."""
    try:
        return repr(attempt())
    except BotuiError as error:
        return f"{error} {getattr(error, 'fields', '')}"


def test_every_kind_that_is_closed_holds_a_secret_that_hr_sees(folder: Path) -> None:
    hanna = Desk.open(folder, HANNA, "front", Clock())
    without = [name for name in HIDDEN if SECRET not in repr(hanna.get(name, 1))]
    assert len(HIDDEN) >= 15
    assert {*without} <= {"erasures", "leavebook", "acknowledgements", "interviews"}, "nearly all have texts"
    hanna.store.close()


def test_no_list_count_search_history_or_title_tells_of_it(desk: Desk) -> None:
    for name in (*HIDDEN, "documents"):
        kind: Kind[Any] = areas.kind(name)
        for view in kind.views:
            with suppress(NotAllowed):
                assert desk.count(name, view) == 0, (name, view.name)
        for path in (
            partial(desk.get, name, 1),
            partial(desk.doc, name, 1),
            partial(desk.history, name, 1),
            partial(desk.look_up, name, TYPED),
            partial(desk.candidates, name, TYPED),
            partial(desk.title, name, 1),
            partial(desk.headline, name, 1),
            partial(desk.text, name, 1),
            partial(desk.find, name, {}),
            partial(desk.numbers, name),
        ):
            clean(said_by(path))
        with pytest.raises(NotAllowed):
            desk.get(name, 1)
        with suppress(NotAllowed):
            assert desk.numbers(name) == []
            assert matching(desk, name, [1], parse_query(TYPED, set())) in ([], [1])
            rows = KindRows(desk, kind, desk.numbers(name))
            clean([rows.cells(number) for number in rows.ids()])


@pytest.mark.parametrize("desk", [ANN, MAX], indirect=True)
def test_nothing_can_be_done_with_it_filed_against_it_or_learned_from_a_refusal(desk: Desk) -> None:
    for name in HIDDEN:
        kind: Kind[Any] = areas.kind(name)
        for verb in kind.transitions:
            with pytest.raises((NotAllowed, Refused)) as refused:
                desk.do(name, 1, verb.name)
            clean((str(refused.value), getattr(refused.value, "fields", "")))
        for spec in fields_of(kind.model):
            if spec.ui.ref in HIDDEN:
                clean(said_by(partial(desk.add, name, {**needed(kind.model), spec.name: 1})))
        clean(said_by(partial(desk.edit, desk.as_system().get(name, 1), {})))
    assert desk.undoable(this_sitting=False) is None


def test_no_box_choice_card_board_or_desk_of_somebody_else_tells_of_it(desk: Desk) -> None:
    finder = Finder(desk)
    for typed in (TYPED, "PF-1", "CS-1", f"note:{TYPED}"):
        finder.newest = typed
        for _, found in finder.find(typed):
            for one in found:
                assert all(desk.sees(one.collection, number) for number in one.numbers)
        clean(finder.private(typed))
        clean(said_by(partial(desk.by_code, typed)))
    for kept in areas.COLLECTIONS:
        for spec in fields_of(areas.kind(kept.name).model):
            if spec.ui.ref in HIDDEN:
                clean(said_by(partial(choices, desk, spec)))
    clean(board(desk))
    clean([*waiting(desk.context())])
    if desk.person is not None:
        details = CardDetails(desk)
        clean(details.sections(desk.get("people", CLEO)))
        clean(details.followed(desk.get("people", CLEO)))


def test_no_report_and_no_line_of_the_past_tells_of_it(desk: Desk) -> None:
    for name in reports():
        clean(said_by(partial(report, desk, name)))
    for entry in desk.store.journal.history():
        seen = [(op.table, op.id) for op in entry.ops if op.id is not None and desk.sees(op.table, op.id)]
        if seen:
            clean(one_line(desk, entry, seen))
        clean({name: value for name, value in entry.header.items()})


COMMANDS = [
    *(("list", name, shape) for name in HIDDEN for shape in ("--json",)),
    *(("show", areas.ref(name, 1)) for name in HIDDEN),
    ("show", "P-3", "--json"),
    ("show", "D-1"),
    ("history",),
    ("history", "--json", "--by", "HH"),
    ("history", "PF-1"),
    ("history", "P-3"),
    ("desk", "--json"),
    ("list", "documents", "--csv"),
    ("people", "list"),
    ("labels", "print", "PF-1"),
    ("certificate", "EX-1"),
    ("set", "PF-1", "address=x"),
    ("do", "PF-1", "note", "text=x"),
    ("undo",),
    ("sessions",),
]
"""What somebody else may try on the command line."""


@pytest.mark.parametrize("who", ["AA", "AD"])
def test_no_command_tells_of_it(folder: Path, who: str) -> None:
    at = Office(folder)
    for words in COMMANDS:
        result = at.run(*words, "--as", who)
        clean((words, result.out, result.err))
        assert result.code in (0, 1), (words, result)


def test_no_export_gives_any_of_it_and_no_import_of_anybody_else_reads_or_writes_it(
    folder: Path, tmp_path: Path
) -> None:
    at, people, balances = Office(folder), tmp_path / "people.csv", tmp_path / "left.csv"
    people.write_text("name,initials,address,iban\nCleo Cole,CC,Elsewhere 1,DE89370400440532013000\n")
    balances.write_text("who,type,left,day\nCC,Something,10,2026-01-01\n")
    for who in ("AA", "OA"):
        bundle = tmp_path / f"{who}.zip"
        assert at.run("export", "bundle", str(bundle), "--as", who).code == 0
        with ZipFile(bundle) as packed:
            clean({name: packed.read(name) for name in packed.namelist()})
        clean(at.run("list", "people", "--csv", "--as", who).out)
    said = at.run("import", "people", str(people), "--as", "AA")
    assert "Not kept, there is no field for them: address, iban" in said.out
    refused = at.run("import", "balances", str(balances), "--as", "AA")
    assert refused.code == 1
    clean((said, refused))
    hanna = Desk.open(folder, HANNA, "front", Clock())
    assert SECRET in hanna.get("person_files", 1).address
    hanna.store.close()


def test_the_past_of_who_is_away_does_not_tell_which_sort_of_leave_it_is(tmp_path: Path) -> None:
    hanna = office(tmp_path / "office", HANNA)
    hanna.as_system().add("person_files", {"person": CLEO, "starts": "2020-01-01", "manager": MAX})
    hanna.tick()
    cleo, ill = hanna.for_person(CLEO), next(one.id for one in hanna.find("leavetypes", {}) if one.chain == "none")
    cleo.add("leave", {"type": 1, "starts": "2026-12-07", "stand_in": ANN})
    hanna.for_person(MAX, confirmed=True).do("leave", 1, "approve")
    cleo.add("leave", {"type": ill, "starts": "2026-12-14", "stand_in": ANN})
    at = Office(tmp_path / "office")
    for name in ("absences", "standins"):
        for number in (1, 2):
            assert hanna.for_person(BOB).get(name, number).person == CLEO, "that they are away, all may know"
            for who in (ANN, BOB, ADA, OTTO):
                assert hanna.for_person(who).history(name, number) == []
            assert all(hanna.for_person(who).history(name, number) for who in (CLEO, HANNA, MAX)[: 4 - number])
    past = at.run("history", "--json", "--as", "BB").out
    assert "Begin" in at.run("history", "--as", "BB").out
    assert '"leave.' not in past
    assert '"leave.approve"' in at.run("history", "--json", "--as", "HH").out


def test_whose_it_is_sees_their_own_and_nothing_that_is_kept_from_them(folder: Path) -> None:
    cleo = Desk.open(folder, CLEO, "front", Clock())
    for name in ("person_files", "pay", "leave", "certificates"):
        assert cleo.numbers(name) == [1]
        assert SECRET in repr(cleo.get(name, 1)) or name == "certificates"
    for name in ("candidates", "openings", "checklists"):
        with suppress(NotAllowed):
            assert cleo.numbers(name) == []
    cleo.store.close()


def test_that_hr_looks_at_it_is_written_down_without_a_word_of_it(folder: Path) -> None:
    hanna = Desk.open(folder, HANNA, "front", Clock())
    before = hanna.store.journal.head
    hanna.get("person_files", 1)
    looks = [one.header for one in hanna.store.journal.history("person_files", 1) if one.header["do"].endswith(".look")]
    assert looks[-1]["by"] == HANNA
    assert hanna.store.journal.head == before or looks[-1]["of"] == [["person_files", 1]]
    clean(looks)
    hanna.store.close()


def test_no_word_about_what_hr_keeps_goes_into_the_header_of_a_line_which_stays_for_ever(tmp_path: Path) -> None:
    hanna = office(tmp_path / "office", HANNA)
    papers = [Document(id=1, title="Contract", privacy=Privacy.HR, person=CLEO, state=State.FILED)]
    papers.append(Document(id=2, title="Lease", state=State.FILED))
    hanna.as_system().store.commit(lambda _: Change("x").add(papers[0]).add(papers[1]), {"by": HANNA})
    for number in (1, 2):
        hanna.do("documents", number, "hold", {"reason": f"{SECRET} {number}"})
    notes = [
        one.header.get("note", "") for one in hanna.store.journal.history() if one.header["do"] == "documents.hold"
    ]
    assert notes == ["", f"{SECRET} 2"]
    assert hanna.get("documents", 1).held == f"{SECRET} 1"


def test_a_draft_of_hr_is_for_that_person_alone(folder: Path) -> None:
    from botui.screens import drafts

    hanna = Desk.open(folder, HANNA, "front", Clock())
    drafts.keep(hanna, "edit PF-1", {"address": SECRET}, {}, "Edit PF-1")
    for other in OTHERS:
        desk = Desk.open(folder, other, "front", Clock())
        assert drafts.find(desk, "edit PF-1") is None
        assert drafts.kept(desk) == []
        desk.store.close()
    drafts.drop(hanna, "edit PF-1")
    hanna.store.close()


@pytest.mark.no_cover
async def test_at_the_terminal_nothing_of_it_ever_stands_on_the_glass(folder: Path) -> None:
    async with Kiosk.open(folder, as_="AA", size=(120, 40)) as kiosk:
        for keys in (("5",), ("slash",), ("escape", "f3", "0"), ("f3", "9", "1"), ("enter",)):
            await kiosk.press(*keys)
            clean(kiosk.glass())
        for code in ("PF-1", "PG-1", "CS-1", "CD-1", "IN-1", TYPED):
            await kiosk.press("escape", "escape", "f3")
            await kiosk.scan(code)
            clean(kiosk.glass())
        await kiosk.press("escape", "f10", "escape")  # and nobody is signed in any more
        for key in ("i", "p", "t", "e", "5", "slash"):
            await kiosk.press("escape", "escape", key)
            await kiosk.type(TYPED)
            clean(kiosk.glass().replace(TYPED, ""))
