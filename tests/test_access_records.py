"""What is private or HR's among papers, letters and scans stands nowhere for anybody else: list, file, desk, past."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from botui import areas
from botui.actions import scans
from botui.actions.desk import my_desk
from botui.actions.everywhere import Finder
from botui.data import Desk
from botui.models.base import NotAllowed, Refused
from botui.models.shape import fields_of
from botui.screens.choices import choices
from botui.screens.office import CardDetails
from botui.screens.rows import KindRows
from tests.command_line import Office
from tests.offices import ADA, ANN, BOB, CLEO, DAN, FRED, HANNA, MAX, OTTO, Clock, office

HIDDEN = ("Secret dismissal", "hush words", "hushnote", "hidfile", "Secret settlement", "hushtag", "Secret letter")
"""What stands in papers and letters of Ann's and of HR's."""
OTHERS = {BOB: "BB", CLEO: "CC", ADA: "AD", MAX: "MM", FRED: "FF", OTTO: "OA"}
RECORDS = [one.name for one in areas.COLLECTIONS if one.area == "records"]


def taken_in(desk: Desk, folder: Path, name: str, text: str) -> scans.Taken:
    """Let the scanner write a text, and take it in."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    os.utime(folder / name, (0, 0))
    (taken,) = scans.take_in(desk, folder)
    return taken


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with a scan that is HR's, a private paper that much names, both handed out, and closed letters."""
    base = tmp_path_factory.mktemp("closed")
    ann = office(base / "office", ANN)
    hanna = ann.for_person(HANNA)
    ann.add("parties", {"name": "Meyer GmbH"})
    ann.add("filing", {"name": "Personnel", "words": "dismissal", "privacy": "hr"})
    said = taken_in(ann, base / "inbox", "hidfile.txt", "Secret dismissal\nhush words of it\n").said
    assert said == "D-1 is in the inbox."
    ann.tick()
    hanna.do("documents", 1, "file", {"schedule": 1, "person": DAN, "tags": "hushtag"})
    hanna.do("documents", 1, "note", {"text": "hushnote"})
    hanna.do("documents", 1, "barcode", {"code": "hushtag-1"})
    hanna.do("documents", 1, "hand_out", {"to": f"P-{MAX}", "due": "today"})
    closed = {"title": "Secret settlement", "privacy": "private", "note": "hushnote", "tags": "hushtag", "party": 1}
    ann.add("documents", {**closed, "schedule": 2})
    ann.do("documents", 2, "hand_out", {"to": f"P-{FRED}", "due": "today"})
    letter = {"correspondent": "Court", "subject": "Secret letter", "text": "hush words"}
    ann.add("letters", {**letter, "privacy": "private"})
    hanna.add("letters", {**letter, "privacy": "hr", "paper": False})
    ann.add("bills", {"party": 1, "amount": "40", "number": "R1", "document": 2})
    ann.add("outlays", {"what": "Taxi", "amount": "5", "receipt": 2})
    ann.add("contracts", {"name": "Lease", "party": 1, "document": 2})
    ann.store.close()
    return base / "office"


@pytest.fixture(params=OTHERS, ids=OTHERS.get)
def desk(folder: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    desk = Desk.open(folder, request.param, "front", Clock())
    yield desk
    desk.store.close()


def clean_of_secrets(text: object) -> None:
    """Check that nothing hidden stands in what is shown."""
    shown = repr(text).casefold()
    assert [words for words in HIDDEN if words.casefold() in shown] == [], shown


def test_the_secrets_are_there_for_whose_they_are(folder: Path) -> None:
    at = Office(folder)
    for who, refs in (("AA", ("D-2", "LE-1")), ("HH", ("D-1", "LE-2"))):
        shown = "".join(at.run("show", ref, "--as", who).out for ref in refs)
        assert "hush words" in shown
        assert "hushnote" in shown
        assert "Secret letter" in at.run("desk", "--as", who).out


def test_rows_words_files_cards_and_choices_tell_nothing_closed(desk: Desk) -> None:
    for name in RECORDS:
        kind = areas.kind(name)
        for spec in fields_of(kind.model):
            if spec.ui.ref in ("documents", "letters"):
                clean_of_secrets(choices(desk, spec))
        try:
            rows, words, files = KindRows(desk, kind, desk.numbers(name)), desk.words(name), desk.contents(name)
        except NotAllowed:
            continue
        clean_of_secrets([rows.cells(number) for number in rows.ids()])
        every = desk.store.journal.ids(name)
        clean_of_secrets([(words(number), files(number) if files else "") for number in every])
    details = CardDetails(desk)
    for name, number in (("parties", 1), ("people", DAN), ("people", ANN), ("retention", 1), ("retention", 2)):
        record = desk.get(name, number)
        clean_of_secrets((details.sections(record), details.followed(record)))
        assert all(desk.sees(other, one) for other, _, found in details.naming(record) for one in found)


@pytest.mark.parametrize("typed", ["secret", "Secret dismissal", "hush words", "hushtag-1", "D-1", "LE-2", "hidfile"])
def test_the_box_that_finds_everything_goes_to_nothing_closed(desk: Desk, typed: str) -> None:
    finder = Finder(desk)
    finder.newest = typed
    found = [(one.collection, number) for _, list_ in finder.find(typed) for one in list_ for number in one.numbers]
    assert [one for one in found if not desk.sees(*one)] == []
    assert desk.by_code(typed) == []
    clean_of_secrets(finder.private(typed) if typed not in HIDDEN else "")


def test_no_desk_has_a_letter_or_paper_on_it_that_is_closed_to_whose_it_is(desk: Desk) -> None:
    waiting = [thing.waiting for thing in my_desk(desk)]
    assert all(desk.sees(one.collection, one.number) for one in waiting)
    clean_of_secrets(waiting)


def test_what_waits_of_a_private_letter_waits_for_no_stand_in(tmp_path: Path) -> None:
    ann = office(tmp_path, ANN)
    for privacy in ("open", "private"):
        letter = {"correspondent": "Court", "subject": f"An {privacy} one", "privacy": privacy, "owner": ANN}
        ann.add("letters", {**letter, "paper": False})
    ann.add("standins", {"person": ANN, "stand_in": BOB, "starts": "2026-11-23", "ends": "2026-11-27"})
    ann.tick()
    for who, subjects in ((ANN, {1, 2}), (BOB, {1})):
        waiting = [thing.waiting for thing in my_desk(ann.for_person(who))]
        assert {one.number for one in waiting if one.collection == "letters"} == subjects


REFS = ("D-1", "D-2", "CY-1", "CY-2", "LE-1", "LE-2", "B-1", "EL-1", "CT-1", "PA-1", f"P-{DAN}")
COMMANDS = [
    *(("list", name, "--view", "all", "--json") for name in ("documents", "letters", "disposals", "contracts")),
    *(("list", name, "--csv") for name in ("custody", "bills", "outlays", "retention")),
    *(("list", "documents", words) for words in ("title=Secret*", "tags=hushtag", "note=hushnote")),
    *((verb, ref) for verb in ("show", "history") for ref in REFS),
    *(("history", shape) for shape in ("--json", "--csv")),
    ("desk", "--json"),
    ("letter", "LE-1"),
    ("file", "D-1"),
    ("file", "D-1", "--to", "nowhere"),
    ("labels", "print", "D-1"),
    ("slip", "CY-1"),
    ("statement", "PA-1"),
    ("do", "D-1", "note", "text=x"),
    ("set", "D-2", "title=x"),
    ("add", "contracts", "name=x", "party=PA-1", "document=D-1"),
    ("add", "letters", "correspondent=x", "subject=x", "document=D-2"),
    ("do", "CY-1", "recall"),
]


@pytest.mark.parametrize("who", OTHERS.values())
def test_no_command_says_anything_closed(folder: Path, who: str) -> None:
    at = Office(folder)
    for words in COMMANDS:
        result = at.run(*words, "--as", who)
        clean_of_secrets((result.out, result.err))
        assert result.code in (0, 1)


@pytest.mark.parametrize("who", ["BB", "FF", "OA"])
def test_the_bundle_has_nothing_closed_in_it(folder: Path, tmp_path: Path, who: str) -> None:
    assert Office(folder).run("export", "bundle", str(tmp_path / "audit.zip"), "--as", who).code == 0
    with ZipFile(tmp_path / "audit.zip") as archive:
        clean_of_secrets([(name, archive.read(name).decode()) for name in archive.namelist()])


@pytest.mark.parametrize(("who", "code"), [("CC", 1), ("HH", 1), ("AD", 1), ("MM", 0), ("FF", 0), ("OA", 0)])
def test_a_statement_of_somebody_is_for_who_reads_all_bills(folder: Path, tmp_path: Path, who: str, code: int) -> None:
    (tmp_path / "theirs.csv").write_text("Invoice;Amount\nR1;40.00\n")
    for more in ((), ("--theirs", str(tmp_path / "theirs.csv"))):
        result = Office(folder).run("statement", "PA-1", *more, "--as", who)
        assert result.code == code
        assert code == 0 or "40.00" not in result.out + result.err


def test_undo_opens_no_paper_or_letter_to_who_made_it_hr_s(tmp_path: Path) -> None:
    ann = office(tmp_path, ANN)
    ann.add("documents", {"title": "Complaint"})
    closed = ann.edit(ann.get("documents", 1), {"privacy": "hr"})
    hanna = ann.for_person(HANNA)
    hanna.do("documents", 1, "note", {"text": "hush words"})
    with pytest.raises(Refused, match="D-1 is HR now: only who sees it opens it again"):
        ann.undo(closed.digest)
    letter = {"correspondent": "Eve", "subject": "Complaint", "paper": False}
    ann.add("letters", {**letter, "owner": BOB})
    closed = ann.edit(ann.get("letters", 1), {"privacy": "hr"})
    with pytest.raises(Refused, match="LE-1 is HR now"):
        ann.undo(closed.digest)
    opened = hanna.edit(hanna.get("documents", 1), {"privacy": "private"})
    hanna.undo(opened.digest)
    assert hanna.get("documents", 1).privacy == "hr"
