"""Scans in a real store: taken in, found by what stands in them, private ones kept private, files destroyed."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest

from botui import areas
from botui.actions import scans
from botui.actions.cards import card
from botui.actions.everywhere import Finder
from botui.actions.find import matching
from botui.data import Desk
from botui.models.base import NotAllowed, Refused, StoreFull, StoreLocked
from botui.models.query import parse_query
from botui.models.records.document import Privacy, State
from botui.models.records.scanning import waiting_for
from botui.storage.archive import unpack
from botui.storage.backup import backup
from tests.offices import ADA, ANN, BOB, CLEO, FRED, HANNA, MAX, OTTO, office
from tests.scans import LONG_AGO, pdf, put


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return office(tmp_path / "office")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "scans").mkdir()
    return tmp_path / "scans"


def take_in(desk: Desk, inbox: Path) -> list[scans.Taken]:
    return [*scans.take_in(desk, inbox, lambda: LONG_AGO + 60.0)]


def scan(desk: Desk, inbox: Path, name: str = "a.txt", data: bytes = b"Rent for May") -> int:
    put(inbox, name, data)
    (taken,) = take_in(desk, inbox)
    assert taken.number, taken.said
    return taken.number


def found(desk: Desk, text: str) -> list[int]:
    return matching(desk, "documents", desk.numbers("documents"), parse_query(text))


def test_scans_are_taken_in_with_what_rules_say_and_leave_the_folder(desk: Desk, inbox: Path) -> None:
    desk.add("filing", {"name": "Rent", "words": "rent", "title": "Rent bill", "tags": ("flat",)})
    put(inbox, "a.txt", b"Rent for May")
    put(inbox, "b.exe", b"MZ")
    put(inbox, "c\x1b[2J.txt", b"words")
    first, left, odd = take_in(desk, inbox)
    assert (first.name, first.said) == ("a.txt", "D-1 Rent bill is in the inbox.")
    assert left.number == 0
    assert "'.exe' files are not kept" in left.said
    assert odd.name == "c[2J.txt"
    assert [one.name for one in inbox.iterdir()] == ["b.exe"]
    document = desk.get("documents", 1)
    assert (document.state, document.tags, document.proposed) == (State.INBOX, ("flat",), 1)
    assert desk.store.attachments.read(document.files[0].digest) == b"Rent for May"
    last = desk.undoable()
    assert last is not None
    assert last.header["do"] == "filing.add", "that a scan came is nobody's to take back"
    assert scans.missing(desk) == []


def test_what_stands_in_a_scan_is_found_by_the_filter_and_everywhere(desk: Desk, inbox: Path) -> None:
    pytest.importorskip("pypdf", reason="the extra 'pdf' is not installed")
    number = scan(desk, inbox, "bill.pdf", pdf("Stadtwerke", "Kundennummer 998877"))
    other = scan(desk, inbox, "other.txt", "Zähler".encode())
    assert found(desk, "kundennummer") == [number]
    assert found(desk, "zahler") == [other]
    assert found(desk, "-stadtwerke") == [other]
    assert found(desk, "99") == [], "two letters stand in nearly every file"
    finder = Finder(desk)
    finder.newest = "998877"
    hits = [one for _, lists in finder.find("998877") for one in lists]
    assert [(one.collection, one.numbers) for one in hits] == [("documents", [number])]


def test_rules_that_were_made_later_are_asked_anew(desk: Desk, inbox: Path) -> None:
    scan(desk, inbox)
    desk.add("filing", {"name": "Rent", "words": "rent", "title": "Rent bill"})
    assert scans.propose_anew(desk).said == "The filing rules say something else of 1 scan."
    assert desk.get("documents", 1).title == "Rent bill"
    assert scans.propose_anew(desk).said == "The filing rules say nothing else of what is in the inbox."
    with pytest.raises(NotAllowed):
        scans.propose_anew(desk.for_person(CLEO))


def test_what_a_person_said_of_a_scan_no_rule_says_otherwise(desk: Desk, inbox: Path) -> None:
    scan(desk, inbox)
    desk.edit(desk.get("documents", 1), {"title": "Our rent"})
    desk.add("filing", {"name": "Rent", "words": "rent", "title": "Rent bill", "tags": ("flat",)})
    scans.propose_anew(desk)
    found = desk.get("documents", 1)
    assert (found.title, found.tags) == ("Our rent", ("flat",))


def test_what_is_thrown_away_takes_its_file_along_but_not_one_that_another_has(desk: Desk, inbox: Path) -> None:
    first, again = scan(desk, inbox), scan(desk, inbox, "again.txt")
    files, digest = desk.store.attachments, desk.get("documents", first).files[0].digest
    assert desk.get("documents", again).twin == first
    desk.do("documents", again, "reject")
    assert files.has(digest)
    done = desk.do("documents", first, "reject", {"reason": "nobody needs it"})
    assert not files.has(digest)
    assert files.text(digest) == ""
    with pytest.raises(Refused, match="what was thrown away is gone"):
        desk.undo(done.digest)
    with pytest.raises(Refused, match="files are gone"):
        scans.content(desk, desk.get("documents", first))
    assert found(desk, "rent") == [first, again], "their titles stay"
    assert scans.missing(desk) == []


def test_a_file_that_comes_while_the_last_document_with_it_goes_is_not_lost(
    desk: Desk, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = scan(desk, inbox)
    digest = desk.get("documents", first).files[0].digest
    apply, system = Desk.apply, desk.as_system()

    def meanwhile(self: Desk, decide: Any) -> Any:
        monkeypatch.setattr(Desk, "apply", apply)
        system.do("documents", first, "reject")
        return apply(self, decide)

    monkeypatch.setattr(Desk, "apply", meanwhile)
    again = scan(desk, inbox, "again.txt")
    assert desk.store.attachments.read(digest) == b"Rent for May"
    assert found(desk, "rent for") == [first, again]
    assert scans.missing(desk) == []


def test_files_are_part_of_a_backup_and_come_back_with_it(desk: Desk, inbox: Path, tmp_path: Path) -> None:
    digest = desk.get("documents", scan(desk, inbox)).files[0].digest
    path = desk.store.journal.path
    backup(path, tmp_path / "b.zip", clock=desk.clock)
    (tmp_path / "other").mkdir()
    unpack(tmp_path / "b.zip", tmp_path / "other", path.name)
    back = Desk.open(tmp_path / "other", ANN, "front", desk.clock)
    assert back.store.attachments.read(digest) == b"Rent for May"
    assert found(back, "may") == [1]
    assert scans.missing(back) == []
    back.store.close()


def test_a_scan_whose_taking_in_was_cut_off_is_taken_in_once(
    desk: Desk, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, "a.txt", b"Rent")
    with monkeypatch.context() as cut:
        cut.setattr(Desk, "apply", lambda *_: (_ for _ in ()).throw(StoreLocked("cut off")))
        with pytest.raises(StoreLocked):
            take_in(desk, inbox)
    assert desk.numbers("documents") == []
    assert (inbox / "a.txt").exists()
    assert [one.number for one in take_in(desk, inbox)] == [1]
    assert take_in(desk, inbox) == []


def test_where_no_more_can_be_written_nothing_is_kept_and_the_scan_stays(
    desk: Desk, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, "a.txt", b"Rent")
    full = OSError(errno.ENOSPC, "No space left on device")
    with monkeypatch.context() as disk:
        disk.setattr("botui.storage.files.os.fsync", lambda _: (_ for _ in ()).throw(full))
        with pytest.raises(StoreFull, match="The disk is full"):
            take_in(desk, inbox)
    files = desk.store.journal.path.parent / "files"
    assert [one for one in files.rglob("*") if one.is_file()] == []
    assert [one.number for one in take_in(desk, inbox)] == [1]


def test_files_that_a_crash_left_are_destroyed_later(desk: Desk, inbox: Path) -> None:
    number = scan(desk, inbox)
    digest = desk.get("documents", number).files[0].digest
    kept = desk.store.attachments.read(digest)
    desk.do("documents", number, "reject")
    put(desk.store.attachments.path(digest).parent, digest, kept)
    assert scans.sweep(desk) == 1
    assert scans.sweep(desk) == 0


def test_a_file_that_is_missing_or_changed_is_told_of(desk: Desk, inbox: Path) -> None:
    number = scan(desk, inbox)
    desk.store.attachments.path(desk.get("documents", number).files[0].digest).write_bytes(b"x")
    (said,) = scans.missing(desk)
    assert said.startswith("D-1: a.txt: ")


def test_what_is_searched_of_a_document_is_never_the_title_of_another_one(desk: Desk, inbox: Path) -> None:
    first = scan(desk, inbox)
    again = scan(desk, inbox, "again.txt")
    desk.do("documents", first, "file", {"title": "Warning", "privacy": Privacy.HR, "person": CLEO})
    assert desk.get("documents", again).twin == first
    third = scan(desk, inbox, "third.txt")
    assert desk.get("documents", third).twin == again, "of what is private nobody is told"
    desk.do("documents", third, "reject")
    for somebody in (desk.as_system(), desk, desk.for_person(CLEO), desk):
        there = [first] if somebody.sees("documents", first) else []
        assert found(somebody, "warning") == there
        assert found(somebody, "rent") == [*there, again, third]


# --- who sees it ------------------------------------------------------------------------------------------------------

PEOPLE = (ANN, BOB, CLEO, ADA, MAX, HANNA, FRED, OTTO)
SEES = [
    (Privacy.OPEN, {}, {ANN, BOB, CLEO, ADA, MAX, HANNA, FRED, OTTO}),
    (Privacy.PRIVATE, {}, {ANN}),
    (Privacy.PRIVATE, {"owner": CLEO, "readers": (FRED,)}, {ANN, CLEO, FRED}),
    (Privacy.PRIVATE, {"person": CLEO}, {ANN}),
    (Privacy.HR, {}, {HANNA}),
    (Privacy.HR, {"person": CLEO, "owner": BOB, "readers": (MAX,)}, {HANNA, CLEO}),
]


@pytest.mark.parametrize(("privacy", "values", "sees"), SEES)
def test_a_document_is_for_those_it_is_for_in_lists_counts_search_history_and_by_code(
    desk: Desk, privacy: Privacy, values: dict[str, object], sees: set[int]
) -> None:
    desk.add("documents", {"title": "Warning letter", "codes": ("X-77",), "privacy": privacy, **values})
    view = areas.kind("documents").view("all")
    for person in PEOPLE:
        theirs = desk.for_person(person)
        there = person in sees
        assert theirs.sees("documents", 1) is there
        assert theirs.numbers("documents") == [1] * there
        assert theirs.count("documents", view) == there
        assert list(theirs.listing("documents", view).ids()) == [1] * there
        assert found(theirs, "warning") == [1] * there
        assert theirs.by_code("X-77") == [("documents", 1)] * there
        assert theirs.by_code("D-1") == [("documents", 1)] * there
        assert theirs.title("documents", 1) == ("Warning letter" if there else "D-1")
        assert not Finder(theirs).private("warning letter")
        if not there:
            with pytest.raises(NotAllowed):
                theirs.get("documents", 1)
            with pytest.raises(NotAllowed):
                theirs.history("documents", 1)
            with pytest.raises(NotAllowed):
                theirs.do("documents", 1, "note", {"text": "x"})


def test_the_card_of_a_party_names_its_papers_as_far_as_one_sees_them(desk: Desk) -> None:
    desk.add("parties", {"name": "Meyer"})
    desk.add("documents", {"title": "Lease", "party": 1, "shelf": "Box 4"})
    desk.add("documents", {"title": "Secret", "party": 1, "privacy": Privacy.PRIVATE})
    party = desk.get("parties", 1)
    rows = dict(card(desk, party))["Records"]
    assert rows == [("D-2", "Secret"), ("D-1", "Lease; in Box 4")]
    assert dict(card(desk.for_person(BOB), party))["Records"] == rows[1:]


def test_a_stand_in_sees_nothing_private_of_the_one_they_stand_in_for(desk: Desk) -> None:
    today = desk.context().today
    desk.add("documents", {"title": "Private", "privacy": Privacy.PRIVATE})
    desk.add("standins", {"person": ANN, "stand_in": BOB, "starts": today, "ends": today})
    assert desk.for_person(BOB).persons() == (BOB, ANN)
    assert not desk.for_person(BOB).sees("documents", 1)


def test_every_look_at_what_is_private_is_written_down_once_a_minute(desk: Desk) -> None:
    desk.add("documents", {"title": "Open"})
    desk.add("documents", {"title": "Private", "privacy": Privacy.PRIVATE, "readers": (BOB,)})
    bob = desk.for_person(BOB)
    for number in (1, 2, 2):
        bob.get("documents", number)
    looks = [one for one in desk.history("documents", 2) if one.action == "documents.look"]
    assert [(one.by, one.changes) for one in looks] == [(BOB, ())]
    assert [one.by for one in desk.history("documents", 2) if one.action == "documents.look"] == [BOB, ANN]
    assert not [one for one in desk.history("documents", 1) if one.action == "documents.look"]


def test_a_scan_that_a_rule_takes_for_private_waits_for_who_files_it(desk: Desk, inbox: Path) -> None:
    desk.add("filing", {"name": "Sick", "words": "sick", "privacy": Privacy.HR})
    desk.add("filing", {"name": "Offer", "words": "offer", "privacy": Privacy.PRIVATE, "tags": ("offer",)})
    sick, offer = scan(desk, inbox, "a.txt", b"Sick note of Cleo"), scan(desk, inbox, "b.txt", b"An offer")
    hanna, otto = desk.for_person(HANNA), desk.for_person(OTTO)
    assert [one.sees("documents", sick) for one in (desk, hanna, otto)] == [False, True, False]
    assert [one.sees("documents", offer) for one in (desk, hanna, otto)] == [True, False, False]
    assert [one.what for one in waiting_for(desk.context())] == []
    assert [one.what for one in waiting_for(hanna.context())] == ["Sick note of Cleo"]
    desk.do("documents", offer, "file")
    assert desk.sees("documents", offer)
    assert not desk.for_person(BOB).sees("documents", offer), "it is hers from now on"
    hanna.do("documents", sick, "file", {"person": CLEO})
    assert desk.for_person(CLEO).get("documents", sick).state is State.FILED


def test_who_makes_a_document_hr_s_sees_it_no_more(desk: Desk) -> None:
    desk.add("documents", {"title": "File of Cleo"})
    desk.edit(desk.get("documents", 1), {"privacy": Privacy.HR, "person": CLEO})
    assert not desk.sees("documents", 1)
    assert desk.for_person(HANNA).get("documents", 1).title == "File of Cleo"
    assert desk.for_person(CLEO).sees("documents", 1)
