"""Erasing for good: after it no byte is left in the folder, and whatever happens on the way, it goes on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from botui import areas
from botui.data import Desk
from botui.models.base import Change, PinNeeded, Record, Refused
from botui.models.errors import NotAllowed
from botui.models.hr.drill import Drill
from botui.models.hr.erasing_certificate import certificate_text
from botui.models.hr.erasing_scope import STAYS, THEIRS
from botui.models.hr.erasure import State
from botui.models.hr.person_file import PersonFile, Status
from botui.models.hr.punch import Punch
from botui.models.hr.task import Step, Task, TaskKind
from botui.models.records.document import Attached, Document, Privacy
from botui.models.records.document import State as Paper
from botui.models.shape import fields_of
from botui.models.soundness import problems_of
from botui.storage import Journal, verify
from botui.storage.backup import backup
from botui.storage.copies import holding, overdue
from botui.storage.files import Paths
from botui.storage.purge import erased
from botui.storage.restore import restore
from tests.faults import in_child
from tests.hidden import SECRET, about, plain
from tests.offices import ADA, ANN, DAN, HANNA, MAX, Clock, beside, office, ticket


def kept(desk: Desk, *records: Record) -> None:
    """Put records into the store as they are."""

    def add(_: Any) -> Change:
        change = Change("office.begin")
        for one in records:
            change.add(one)
        return change

    desk.as_system().store.commit(lambda tx: add(tx), {"by": None})


def records(desk: Desk) -> Iterator[Record]:
    """What HR keeps of Dan, who left long ago."""
    system = desk.as_system()
    paper = system.store.attachments.keep("cv.txt", f"{SECRET} CV".encode())
    system.store.attachments.keep_text(paper.digest, f"{SECRET} text")
    file = Attached(name=f"{SECRET}.txt", digest=paper.digest, size=paper.size, media=paper.media)
    yield PersonFile(
        id=1, person=DAN, address=f"{SECRET} road 1", status=Status.LEFT, ends=date(2019, 6, 30), reason=f"{SECRET} why"
    )
    yield Task(id=1, title=f"{SECRET} goes", kind=TaskKind.OFFBOARDING, person=DAN)
    yield Step(id=1, task=1, text=f"{SECRET} key")
    yield Punch(id=1, person=DAN, at=datetime(2019, 1, 1, 9, tzinfo=UTC), reason=f"{SECRET} reason")
    yield Document(
        id=1, title=f"{SECRET} contract", privacy=Privacy.HR, person=DAN, files=(file,), state=Paper.DESTROYED
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hanna(folder: Path, clock: Clock) -> Iterator[Desk]:
    """HR's desk in an office where Dan, who left, is in three generations of the journal, a cut-off write and a PIN."""
    desk = office(folder, HANNA, clock)
    dan = desk.get("people", DAN)
    values = {"name": f"Dan {SECRET}", "email": f"{SECRET}@home", "mobile": f"{SECRET} 1"}
    desk.as_system().apply(lambda _: Change("people.edit").set(dan, **values))
    desk.store.journal.compact()
    kept(desk, *records(desk))
    desk.secrets.set_pin(DAN, "2580")
    desk.secrets.add_badge(DAN, "DAN-BADGE")
    clerk = beside(desk, ANN)
    ticket(clerk, "A lamp", on_behalf_of=DAN)
    desk.store.refresh()
    desk.store.journal.compact()
    kept(desk, Punch(id=2, person=DAN, at=datetime(2019, 1, 2, 9, tzinfo=UTC), reason=f"{SECRET} more"))
    with (folder / "office.json.journal").open("ab") as torn:
        torn.write(f'["{SECRET}'.encode())
    kept(desk, Drill(id=1))
    (folder / "drafts").mkdir(exist_ok=True)
    (folder / "drafts" / "1.json").write_text(f'{{"texts":{{"note":"about Dan {SECRET}"}}}}')
    (folder / "fault.txt").write_text(SECRET)
    yield desk
    desk.store.close()


def confirmed(desk: Desk, person: int) -> Desk:
    """The desk of somebody who gave their PIN just now."""
    return beside(desk, person).for_person(person, confirmed=True)


def approved(hanna: Desk) -> int:
    """Propose Dan's erasure, and have Max approve it."""
    hanna.add("erasures", {"person": DAN, "approver": MAX})
    number = max(hanna.numbers("erasures"))
    confirmed(hanna, MAX).do("erasures", number, "approve")
    hanna.store.refresh()
    return number


def erase(hanna: Desk, number: int) -> None:
    confirmed(hanna, HANNA).do("erasures", number, "erase", {"sure": f"ex-{number}"})
    hanna.store.refresh()


def found(folder: Path, words: str = SECRET) -> list[str]:
    """Return the files of a folder in which these words stand, or whose names have them."""
    files = (one for one in folder.rglob("*") if one.is_file())
    return [str(one.relative_to(folder)) for one in files if words.encode() in one.read_bytes() or words in one.name]


def test_after_erasing_no_byte_of_it_is_left_in_the_folder_and_the_chain_is_whole(hanna: Desk, folder: Path) -> None:
    assert len(found(folder)) >= 8, "what is looked for is there before"
    head, number = hanna.store.journal.head, approved(hanna)
    erase(hanna, number)
    assert found(folder) == []
    report = verify(folder / "office.json", seek=head)
    assert report.problems == ()
    assert report.seen, "what was noted of the past is still in it"
    assert any("purged" in note for note in report.notes)
    assert [*problems_of(hanna.store.journal)] == []


def test_what_others_have_still_reads_and_the_certificate_says_what_went(hanna: Desk) -> None:
    number = approved(hanna)
    erase(hanna, number)
    assert beside(hanna, ANN).title("people", hanna.as_system().get("tickets", 1).on_behalf_of) == "Former P-4"
    done = hanna.get("erasures", number)
    assert (done.state, done.files, done.approved_by, done.erased_by) == (State.ERASED, 1, MAX, HANNA)
    assert {one.collection: one.records for one in done.gone} == {
        "people": 1,
        "person_files": 1,
        "punches": 2,
        "tasks": 1,
        "steps": 1,
        "documents": 1,
    }
    assert not hanna.secrets.has_pin(DAN)
    assert hanna.secrets.badge_owner("DAN-BADGE") is None


def test_of_whatever_hr_keeps_of_somebody_nothing_is_left(folder: Path) -> None:
    desk, change = office(folder, HANNA), Change("office.begin")
    for one in areas.COLLECTIONS:
        if one.area == "hr" and one.name != "erasures":
            change.add(plain(areas.kind(one.name)) if one.name in STAYS else about(areas.kind(one.name), DAN))
    file = change.puts["person_files", 1].fields
    file.update(status=Status.LEFT.value, ends="2019-06-30")
    desk.as_system().store.commit(lambda _: change, {"by": HANNA})
    assert found(folder)
    erase(desk, approved(desk))
    assert found(folder) == []
    left = {name for name in desk.store.journal.tables() if desk.store.journal.ids(name)}
    assert left & {one.name for one in areas.COLLECTIONS if one.area == "hr"} == STAYS.keys() & left
    assert [*problems_of(desk.store.journal)] == []
    desk.store.close()


def test_a_candidate_who_did_not_come_goes_with_their_cv_and_interviews(folder: Path) -> None:
    desk, change = office(folder, HANNA), Change("office.begin")
    for name in ("openings", "candidates", "interviews", "scores"):
        change.add(plain(areas.kind(name)) if name == "openings" else about(areas.kind(name), HANNA))
    over = {"state": "rejected", "ended_on": "2019-01-01", "keep_until": "2021-01-01", "person": None}
    change.puts["candidates", 1].fields.update({name: value for name, value in over.items() if value})
    change.puts["candidates", 1].fields.pop("person")
    change.add(Document(id=1, title=f"CV {SECRET}", privacy=Privacy.HR, about="CD-1", state=Paper.INBOX))
    change.puts["documents", 1].fields["state"] = "discarded"
    desk.as_system().store.commit(lambda _: change, {"by": HANNA})
    desk.tick()
    (number,) = desk.numbers("erasures")
    desk.edit(desk.get("erasures", number), {"approver": MAX})
    confirmed(desk, MAX).do("erasures", number, "approve")
    erase(desk, number)
    assert found(folder) == []
    assert desk.numbers("openings") == [1]
    assert desk.title("erasures", number) == "Erasure of CD-1"
    desk.store.close()


def test_the_certificate_counts_and_names_nobody_and_says_until_when_copies_go(hanna: Desk, folder: Path) -> None:
    from tests.command_line import Office

    number = approved(hanna)
    before = certificate_text(hanna.context(), hanna.get("erasures", number))
    assert "Punches" not in before
    assert "Attendance" in before
    erase(hanna, number)
    at = Office(folder, now=hanna.clock())
    said = at.run("certificate", f"EX-{number}", "--as", "HH")
    assert said.code == 0
    assert "CERTIFICATE OF ERASURE  EX-1" in said.out
    assert "Copies go by    2026-12-23" in said.out
    assert "Former P-4" not in said.out
    assert SECRET not in said.out + before
    assert max(map(len, said.out.splitlines())) <= 72
    (folder / "backups").mkdir(exist_ok=True)
    (folder / "damaged-20261101-101500").mkdir()
    assert at.run("check").code == 0
    at.now += timedelta(days=40)
    assert "damaged-20261101-101500 holds what was erased for good" in at.run("check").err
    assert "damaged-20261101-101500" in at.run("tick").out
    assert at.run("check").code == 0


def test_it_needs_two_people_and_a_pin_and_is_never_ones_own(hanna: Desk) -> None:
    with pytest.raises(Refused, match="own"):
        hanna.add("erasures", {"person": DAN, "approver": HANNA})
    with pytest.raises(Refused, match="works here"):
        hanna.add("erasures", {"person": ANN, "approver": MAX})
    hanna.add("erasures", {"person": DAN, "approver": MAX})
    with pytest.raises(Refused, match="EX-1"):
        hanna.add("erasures", {"person": DAN, "approver": MAX})
    with pytest.raises(NotAllowed):
        confirmed(hanna, HANNA).do("erasures", 1, "approve")
    with pytest.raises(PinNeeded):
        beside(hanna, MAX).do("erasures", 1, "approve")
    with pytest.raises(Refused, match="to approve"):
        confirmed(hanna, HANNA).do("erasures", 1, "erase", {"sure": "EX-1"})
    with pytest.raises(NotAllowed):
        confirmed(hanna, ADA).do("erasures", 1, "erase", {"sure": "EX-1"})


def test_it_goes_only_where_its_number_is_typed_once_more(hanna: Desk) -> None:
    number = approved(hanna)
    with pytest.raises(Refused, match="Nothing is erased: type EX-1"):
        confirmed(hanna, HANNA).do("erasures", number, "erase", {"sure": "yes"})
    assert SECRET in hanna.title("people", DAN)


def test_a_hold_wins(hanna: Desk) -> None:
    number = approved(hanna)
    kept(hanna, Document(id=2, title="Claim", privacy=Privacy.HR, person=DAN, state=Paper.FILED, held="Court"))
    hanna.store.refresh()
    with pytest.raises(Refused, match="D-2: It is on hold"):
        erase(hanna, number)


def test_nothing_that_was_erased_comes_back_by_undo_or_is_told_by_the_history(hanna: Desk) -> None:
    approved(hanna)
    erase(hanna, 1)
    desk = confirmed(hanna, HANNA)
    last = desk.undoable(this_sitting=False)
    assert last is not None
    with pytest.raises(Refused, match="stays"):
        desk.undo(last.digest)
    assert SECRET not in str([*desk.history("people", DAN)])


def test_what_is_kept_long_enough_is_proposed_once_by_the_clock(hanna: Desk) -> None:
    hanna.tick()
    hanna.tick()
    (number,) = hanna.numbers("erasures")
    one = hanna.get("erasures", number)
    assert (one.person, one.approver, one.kept_until) == (DAN, None, date(2026, 6, 30))
    hanna.edit(one, {"approver": MAX})
    confirmed(hanna, MAX).do("erasures", number, "approve")


def test_every_collection_of_hr_is_said_to_go_or_to_stay() -> None:
    own = {one.name for one in areas.COLLECTIONS if one.area == "hr"}
    inside = {
        one
        for one in own
        for spec in fields_of(areas.kind(one).model)
        if spec.required and spec.ui.ref in THEIRS.keys() | {"interviews"}
    }
    assert own - THEIRS.keys() - STAYS.keys() - inside == set()
    for name, by in THEIRS.items() & {(one.name, THEIRS.get(one.name)) for one in areas.COLLECTIONS}:
        assert by in areas.kind(name).model.model_fields, (name, by)


# --- killed on the way ------------------------------------------------------------------------------------------------


def crash_at(step: int) -> None:
    """Make this process die before its n-th change of a file or folder."""
    left = step

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal left
            if left == 0:
                os._exit(9)
            left -= 1
            return real(*arguments, **options)

        return call

    for name in ("replace", "unlink", "link", "fdatasync"):
        setattr(os, name, counted(getattr(os, name)))


def test_killed_at_any_step_it_goes_on_at_the_next_opening(hanna: Desk, folder: Path, tmp_path: Path) -> None:
    number = approved(hanna)
    hanna.store.close()
    template = tmp_path / "template"
    shutil.copytree(folder, template)
    ended = 0
    for step in range(400):
        shutil.rmtree(folder)
        shutil.copytree(template, folder)

        def work(step: int = step) -> None:
            desk = Desk.open(folder, HANNA, "front", Clock()).for_person(HANNA, confirmed=True)
            crash_at(step)
            desk.do("erasures", number, "erase", {"sure": f"ex-{number}"})

        ended = in_child(work)
        desk = Desk.open(folder, HANNA, "front", Clock())
        done = desk.get("erasures", number).state is State.ERASED
        if not done:
            assert found(folder), "nothing is erased by half"
            desk.for_person(HANNA, confirmed=True).do("erasures", number, "erase", {"sure": f"ex-{number}"})
        desk.store.close()
        assert found(folder) == [], step
        assert verify(folder / "office.json").problems == (), step
        if ended == 0:
            break
    assert ended == 0


# --- copies -----------------------------------------------------------------------------------------------------------


def test_backups_with_it_go_on_their_last_day_and_a_restore_erases_anew(
    hanna: Desk, folder: Path, clock: Clock, tmp_path: Path
) -> None:
    hanna.store.journal.compact()
    (folder / "backups").mkdir()
    for old in (folder / "backups" / "before.zip", tmp_path / "elsewhere.zip"):
        backup(folder / "office.json", old, clock=clock)
    (folder / "replaced-20261101-101500").mkdir()
    (folder / "replaced-20261101-101500" / "office.json").write_text(SECRET)
    clock.forward(minutes=5)
    erase(hanna, approved(hanna))
    paths, last = Paths(folder / "office.json"), date(2026, 12, 23)
    assert [(one.path.name, one.until) for one in holding(paths)] == [
        ("before.zip", last),
        ("replaced-20261101-101500", last),
    ]
    assert [*overdue(paths, last)] == []
    assert len([*overdue(paths, last + timedelta(days=1))]) == 2
    hanna.store.close()

    restore(paths.snapshot, tmp_path / "elsewhere.zip", header={"by": HANNA, "on": "x"}, clock=clock, even_if_open=True)
    assert found(folder) == ["replaced-20261101-101500/office.json"]
    assert verify(paths.snapshot).problems == ()
    again = Desk.open(folder, HANNA, "front", clock)
    assert again.title("people", DAN) == "Former P-4"
    assert [*problems_of(again.store.journal)] == []
    assert len(erased(paths)) == 1

    from botui.actions.backups import daily

    clock.forward(days=31)
    said = daily(again).make()
    assert "before.zip" in said
    assert "replaced-20261101-101500" in said
    assert holding(paths) == []
    again.store.close()


def test_a_reader_of_the_old_journals_goes_on_while_they_are_purged(hanna: Desk, folder: Path) -> None:
    reader = Journal(folder / "office.json", read_only=True)
    number = approved(hanna)
    reader.refresh()
    erase(hanna, number)
    reader.refresh()
    assert reader.get("person_files", 1) is None
    assert (reader.get("people", DAN) or {})["name"] == "Former P-4"
    assert reader.head == hanna.store.journal.head
    assert datetime.fromisoformat(next(reader.history()).header["at"]).tzinfo == UTC


def test_an_old_office_json_that_is_taken_over_is_erased_anew_also_where_that_was_cut_off(
    hanna: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.command_line import Office

    hanna.store.journal.compact()
    old = (folder / "office.json").read_bytes()
    erase(hanna, approved(hanna))
    hanna.store.close()
    (folder / "office.json").write_bytes(old)
    at = Office(folder)
    with monkeypatch.context() as cut_off:
        cut_off.setattr("botui.storage.adoption.again", lambda *_: 0)
        assert at.run("adopt").code != 0
    assert "P-4 was erased for good and is there again: botui adopt erases it anew." in at.run("check").out
    assert at.run("adopt").code == 0
    assert found(folder) == []
    assert at.run("check").code == 0
    assert at.run("show", "P-4", "--as", "HH").out.count("Former P-4")
