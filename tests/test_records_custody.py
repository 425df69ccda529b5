"""Paper handed out, asked back and taken back; disposal lists with approval, holds and certificate."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from botui.data import Desk
from botui.models.base import Change, NotAllowed, PinNeeded, Refused
from botui.models.office import Context, Department, Party, Person, Place, Role
from botui.models.records import contract_card, destroying, lending, retaining
from botui.models.records.certificate import WIDTH, certificate_text
from botui.models.records.custody import Custody
from botui.models.records.disposal import Disposal, Method
from botui.models.records.disposal import State as ListState
from botui.models.records.document import Attached, Document, Privacy, State
from botui.models.records.retention import RetentionClass
from botui.screens.records_disposal import DisposalDetails
from tests.kiosk import PIN, give_pins
from tests.offices import ANN, BOB, CLEO, HANNA, MAX, OTTO, Clock
from tests.offices import office as store_office
from tests.rules import Office
from tests.test_text import HOSTILE

TODAY = date(2026, 11, 23)


@pytest.fixture
def office() -> Office:
    """Bob is the manager of Ann's department; three bills of 2018, whose class lets them go."""
    found = Office()
    found.put(found.get(Person, 2).model_copy(update={"roles": (Role.MANAGER,)}))
    found.put(found.get(Department, 1).model_copy(update={"manager": 2}))
    found.put(found.get(Person, 1).model_copy(update={"department": 1}))
    found.put(Place(id=1, name="Archive"))
    found.put(Party(id=1, name="Tax & Partners"))
    found.add(RetentionClass, name="Bills", years=7)
    for number in (1, 2, 3):
        found.add(Document, title=f"Bill {number}", dated=date(2018, 5, number), schedule=1, place=1, shelf="Box 7")
    return found


def paper(office: Office, number: int = 1) -> Document:
    return office.get(Document, number)


def due(office: Office) -> None:
    for change in retaining.due(office.ctx(None)):
        office.apply(change, None)


# --- custody ----------------------------------------------------------------------------------------------------------


def test_paper_is_handed_out_until_a_day_and_comes_back_to_its_box(office: Office) -> None:
    said = office.said(paper(office), "hand_out", to=3, party=1, note="for the audit")
    assert said == "D-1 is handed out to Cleo Cole for Tax & Partners, due back Mon 7 Dec."
    one, out = paper(office), office.get(Custody, 1)
    assert (one.state, one.holder, one.due) == (State.OUT, 3, date(2026, 12, 7))
    assert (out.person, out.party, out.by, out.note) == (3, 1, 1, "for the audit")
    assert office.why_not(one, "hand_out") == "Cleo Cole has it: take it back first (R), or ask it back (w)."
    office.now += timedelta(days=17)
    assert office.said(one, "give_back") == "D-1 is back, 3 days late: put it in Archive, Box 7."
    one, out = paper(office), office.get(Custody, 1)
    assert (one.state, one.holder, one.due, one.shelf) == (State.FILED, None, None, "Box 7")
    assert (out.back_by, out.back_at) == (1, office.now)
    assert office.why_not(out, "give_back") == "It came back today."
    assert office.problems() == []


def test_missing_pages_and_another_shelf_are_said_when_it_comes_back(office: Office) -> None:
    office.do(paper(office), "hand_out", to=3)
    said = office.said(office.get(Custody, 1), "give_back", note="page 3", place=1, shelf="Box 9")
    assert said == "D-1 is back: put it in Archive, Box 9. Missing: page 3."
    assert (paper(office).shelf, office.get(Custody, 1).back_note) == ("Box 9", "page 3")


def test_asked_back_its_holder_is_told_and_another_day_ends_that(office: Office) -> None:
    office.do(paper(office), "hand_out", to=3)
    assert [*lending.waiting_for(office.ctx(3))] == []
    said = office.said(paper(office), "recall", reason="the auditor")
    assert said == "Cleo Cole is asked to bring D-1 back by tomorrow."
    (waits,) = lending.waiting_for(office.ctx(3))
    assert (waits.what, waits.why) == ("Paper D-1", "Ann Archer asks it back by tomorrow for the auditor")
    assert waits.blocking
    assert office.why_not(paper(office), "recall") == "It was asked back already: Cleo Cole is to bring it tomorrow."
    out = office.do(office.get(Custody, 1), "extend", due=TODAY + timedelta(days=3))
    assert (out.recalled_at, paper(office).recalled_at, paper(office).due) == (None, None, date(2026, 11, 26))
    assert [*lending.waiting_for(office.ctx(3))] == []
    office.now += timedelta(days=5)
    assert [one.why for one in lending.waiting_for(office.ctx(3))] == ["you have it: bring it back, due Thu 26 Nov"]
    assert [one.why for one in lending.waiting_for(office.ctx(1))] == ["Cleo Cole has it, 2 days late"]
    assert office.problems() == []


def test_paper_of_who_left_is_for_clerks_to_take_back_and_a_party_s_card_says_what_it_has(office: Office) -> None:
    for number in (1, 2):
        office.do(paper(office, number), "hand_out", to=3, party=1)
    ((ref, words),) = [one for one in contract_card.card(office.ctx(3), office.get(Party, 1)) if one[0] == "CY-1"]
    assert (ref, words) == ("CY-1", "they have D-1; Cleo Cole answers for it, due back Mon 7 Dec")
    office.put(office.get(Person, 3).model_copy(update={"active": False}))
    (waits,) = lending.waiting_for(office.ctx(1))
    assert (waits.what, waits.verb) == ("Paper D-1", "give_back")
    assert waits.why == "Cleo Cole has it and does not work here any more; 1 more"


@pytest.mark.parametrize(
    ("args", "field"),
    [
        ({"to": 4}, "to"),
        ({"to": 99}, "to"),
        ({"to": 3, "due": TODAY - timedelta(days=1)}, "due"),
        ({"to": 3, "party": 2}, "party"),
    ],
)
def test_nobody_gets_paper_who_left_or_for_a_day_that_has_passed(
    office: Office, args: dict[str, Any], field: str
) -> None:
    office.put(Party(id=2, name="Closed", active=False))
    with pytest.raises(Refused) as no:
        office.do(paper(office), "hand_out", **args)
    assert no.value.fields.keys() == {field}
    for verb, more in (("recall", {"by": TODAY - timedelta(days=1)}), ("extend", {"due": date(2026, 12, 7)})):
        if paper(office).state is State.FILED:
            office.do(paper(office), "hand_out", to=3)
        with pytest.raises(Refused, match=r"passed|on that day"):
            office.do(paper(office) if verb == "recall" else office.get(Custody, 1), verb, **more)


def test_what_is_in_the_inbox_or_on_a_list_is_not_handed_out(office: Office) -> None:
    due(office)
    office.do(paper(office), "dispose")
    assert office.why_not(paper(office), "hand_out") == "It is on DS-1, to be destroyed: K keeps it on."
    office.put(paper(office, 2).model_copy(update={"state": State.INBOX}))
    assert office.why_not(paper(office, 2), "hand_out") == "It is in the inbox: file it first (f)."


# --- disposal ---------------------------------------------------------------------------------------------------------


def test_what_is_due_is_listed_approved_by_somebody_else_and_destroyed_but_for_what_is_held(office: Office) -> None:
    digest = "ab" * 32
    office.put(
        paper(office, 2).model_copy(
            update={"files": (Attached(name="a.pdf", digest=digest, size=9),), "note": "secret"}
        )
    )
    due(office)
    one = office.add(Disposal)
    assert (one.count, one.approver, one.state) == (3, 2, ListState.OPEN)
    assert office.why_not(one, "approve", 1) == "Nobody approves their own list."
    office.do(paper(office, 1), "hold", reason="lawsuit")
    one = office.do(one, "approve", 2)
    assert (one.count, [left.document for left in one.left]) == (2, [1])
    assert paper(office, 2).state is State.APPROVED
    assert office.why_not(paper(office, 1), "dispose") == "It is on hold: lawsuit. y takes the hold off."
    said = office.said(one, "destroy", witness=2, note="in the yard")
    assert said == "2 documents destroyed: DS-1 is the certificate."
    gone = paper(office, 2)
    assert (gone.state, tuple(one.name for one in gone.files), gone.note, gone.place, gone.title) == (
        State.DESTROYED,
        ("",),
        "",
        None,
        "Bill 2",
    )
    assert paper(office, 1).state is State.FILED
    text = certificate_text(office.ctx(), office.get(Disposal, 1))
    for words in (
        "CERTIFICATE OF DISPOSAL  DS-1",
        "Bill 2",
        "in Archive, Box 7",
        "2025-12-31",
        "Bob Baker",
        "1 file destroyed",
    ):
        assert words in text
    assert "D-1: on hold: lawsuit" in text
    assert all(len(line) <= WIDTH for line in text.splitlines())
    with pytest.raises(Refused, match="nothing of it is changed any more"):
        office.edit(gone, title="Other")
    assert office.problems() == []


def test_an_approved_list_loses_what_must_be_kept_by_now_before_anything_is_destroyed(office: Office) -> None:
    due(office)
    one = office.do(office.add(Disposal), "approve", 2)
    office.do(paper(office, 1), "review", until=date(2027, 1, 1), reason="in use")
    office.edit(paper(office, 2), dated=date(2026, 1, 1))
    one = office.get(Disposal, 1)
    assert (one.count, [left.document for left in one.left]) == (1, [1, 2])
    assert [paper(office, number).state for number in (1, 2)] == [State.FILED] * 2
    office.edit(office.get(RetentionClass, 1), years=20)
    assert office.get(Disposal, 1).count == 0
    with pytest.raises(Refused, match="Nothing of it may be destroyed"):
        office.do(one, "destroy")
    office.do(one, "cancel")
    assert office.problems() == []


def test_what_another_program_handed_out_is_not_destroyed_with_the_list_it_is_on(office: Office) -> None:
    due(office)
    one = office.do(office.add(Disposal), "approve", 2)
    office.put(paper(office, 1).model_copy(update={"held": "court"}))
    office.put(paper(office, 2).model_copy(update={"state": State.OUT, "holder": 3}))
    office.put(Custody(id=1, document=2, person=3, at=office.now))
    said = office.said(one, "destroy")
    assert said == "1 document destroyed: DS-1 is the certificate. 2 documents must be kept and stayed."
    assert [paper(office, number).state for number in (1, 2, 3)] == [State.FILED, State.OUT, State.DESTROYED]
    assert str(office.get(Disposal, 1).left[0]).startswith("D-1: ")
    assert [left.why for left in office.get(Disposal, 1).left] == [
        "It is on hold: court. y takes the hold off.",
        "Cleo Cole has it: take it back first (R).",
    ]
    assert office.problems() == []


def test_one_by_one_they_go_on_the_list_that_is_begun_and_none_goes_on_two(office: Office) -> None:
    due(office)
    assert office.said(paper(office, 1), "dispose").startswith("DS-1: 1 document put on it; Bob Baker is asked")
    assert office.said(paper(office, 3), "dispose").startswith("DS-1: 1 document put on it, 2 in all")
    assert office.why_not(paper(office, 1), "dispose") == "It is on DS-1."
    assert office.add(Disposal, name="Rest", schedule=1).count == 1
    office.add(RetentionClass, name="Others", years=1)
    assert office.add(Disposal, name="None", schedule=2).count == 0
    office.do(office.get(Disposal, 1), "refuse", 2, reason="too early")
    assert [paper(office, number).state for number in (1, 3)] == [State.REVIEW] * 2
    assert office.get(Disposal, 1).reason == "too early"
    office.do(office.get(Disposal, 2), "cancel")
    assert {paper(office, number).disposal for number in (1, 2, 3)} == {None}
    assert office.problems() == []


def test_what_came_onto_a_list_after_it_was_looked_at_is_not_approved_with_it(office: Office) -> None:
    due(office)
    one = office.do(paper(office, 1), "dispose")
    office.do(paper(office, 2), "dispose")
    listed = office.get(Disposal, one.disposal or 0)
    with pytest.raises(Refused, match="there are 2 documents on it now: look again") as no:
        office.do(listed, "approve", 2, count=1)
    assert no.value.fields.keys() == {"count"}
    assert office.do(listed, "approve", 2, count=2).state is ListState.APPROVED


def test_two_people_are_needed_and_the_second_is_one_who_may(office: Office) -> None:
    due(office)
    for to, why in ((1, "Nobody approves their own"), (3, "does not work as a manager"), (4, "Who approves it")):
        with pytest.raises(Refused, match=why) as no:
            office.add(Disposal, approver=to)
        assert no.value.fields.keys() == {"approver"}
    office.put(office.get(Person, 1).model_copy(update={"department": None}))
    one = office.add(Disposal)
    assert one.approver is None
    assert [waits.why for waits in destroying.waiting_for(office.ctx(1))][:1] == [
        "nobody is asked to approve it: say who (e)"
    ]
    one = office.edit(one, approver=2)
    assert [(waits.verb, waits.blocking) for waits in destroying.waiting_for(office.ctx(2))] == [("approve", True)]
    office.do(one, "approve", 2)
    with pytest.raises(Refused, match="is approved: it stays as it is"):
        office.edit(one, approver=None)
    assert [waits.verb for waits in destroying.waiting_for(office.ctx(1))] == ["destroy"]


@pytest.mark.parametrize(
    ("args", "field"),
    [({"witness": 1}, "witness"), ({"method": Method.FIRM}, "firm"), ({"firm": 1}, "method")],
)
def test_how_it_was_destroyed_must_fit_together(office: Office, args: dict[str, Any], field: str) -> None:
    due(office)
    one = office.do(office.add(Disposal), "approve", 2)
    with pytest.raises(Refused) as no:
        office.do(one, "destroy", **args)
    assert no.value.fields.keys() == {field}


def test_an_empty_list_is_begun_and_not_approved(office: Office) -> None:
    one = office.add(Disposal)
    assert one.count == 0
    assert office.why_not(one, "approve", 2) == "Nothing is on it any more: C takes it back."


def test_papers_of_hr_go_on_lists_of_hr_alone_and_no_certificate_tells_their_title(office: Office) -> None:
    office.put(paper(office, 1).model_copy(update={"privacy": Privacy.HR, "title": "Warning Cleo"}))
    office.put(paper(office, 2).model_copy(update={"privacy": Privacy.PRIVATE, "created_by": 3, "filed_by": 3}))
    due(office)
    assert office.add(Disposal).count == 1
    assert [one.number for one in destroying.waiting_for(office.ctx(1)) if one.collection == "documents"] == []
    office.put(office.get(Person, 3).model_copy(update={"roles": (Role.HR,)}))
    office.put(Document(id=9, title="Another", state=State.REVIEW, keep_until=TODAY))
    for who, number in ((1, 9), (3, 1)):
        (waits,) = (one for one in destroying.waiting_for(office.ctx(who)) if one.collection == "documents")
        assert (waits.number, "more" in waits.why) == (number, False), "of the others not even how many"
    one = office.do(office.add(Disposal, 3, approver=2), "approve", 2)
    assert one.count == 2, "what is open is for clerks to list"
    text = certificate_text(office.ctx(3), office.do(one, "destroy", 3))
    assert "Warning" not in text
    assert "(not open to all)" in text


def test_nothing_that_is_said_of_a_closed_paper_stands_where_every_clerk_reads_it(office: Office) -> None:
    office.put(paper(office, 1).model_copy(update={"privacy": Privacy.PRIVATE, "created_by": 1}))
    for verb, args in (
        ("hand_out", {"to": 3, "note": "hush"}),
        ("recall", {"reason": "hush"}),
        ("give_back", {"note": "hush"}),
    ):
        with pytest.raises(Refused, match="Not everybody may see this document"):
            office.do(paper(office), verb, **args)
        office.do(paper(office), verb, **{name: value for name, value in args.items() if value != "hush"})
    due(office)
    one = office.add(Disposal)
    office.do(paper(office), "hold", reason="hush")
    assert [left.why for left in office.get(Disposal, one.id).left] == ["It must be kept."]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words_on_a_certificate(office: Office, text: str) -> None:
    office.edit(paper(office), title=f"x{text}"[:80], shelf=f"y{text}"[:40])
    due(office)
    one = office.do(office.add(Disposal), "approve", 2)
    sheet = certificate_text(office.ctx(), office.do(one, "destroy"))
    assert not {"\x1b", "\u202e", "\x07"} & {*sheet}


@pytest.mark.parametrize(
    ("number", "wrong", "said"),
    [
        (1, {"keep_until": date(2020, 1, 1)}, "D-1: Keep until: 2020-01-01, and by its class it is 2025-12-31."),
        (1, {"state": State.OUT}, "D-1: State: it is handed out, and no hand-out is open."),
        (1, {"holder": 3}, "D-1: Who has it: it is not what no open hand-out says."),
        (1, {"state": State.DESTROYED}, "D-1: it is destroyed, and no certificate says so."),
        (2, {"held": "court"}, "D-2: On hold: it is on DS-1, to be destroyed."),
        (2, {"state": State.APPROVED}, "D-2: State: it is disposal approved, and on DS-1, which is to approve."),
        (2, {"disposal": None}, "DS-1: Documents: 1, and there are 0."),
    ],
)
def test_what_another_program_left_wrong_is_said(office: Office, number: int, wrong: dict[str, Any], said: str) -> None:
    due(office)
    office.do(paper(office, 2), "dispose")
    assert office.problems() == []
    office.put(paper(office, number).model_copy(update=wrong))
    assert said in office.problems()


# --- who may ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Ann, a clerk; a bill that may go, one that Cleo has, and one of HR."""
    found = store_office(tmp_path, clock=Clock())
    found.add("retention", {"name": "Bills", "years": 1, "trigger": "created"})
    for title in ("Old bill", "Lent"):
        found.add("documents", {"title": title, "schedule": 1, "dated": "2020-01-01"})
    found.do("documents", 2, "hand_out", {"to": CLEO})
    found.for_person(HANNA).add(
        "documents", {"title": "Warning", "schedule": 1, "dated": "2020-01-01", "privacy": "hr"}
    )
    found.tick()
    give_pins(found, ANN, MAX)
    return found


def test_a_list_needs_the_pin_of_two_and_what_is_destroyed_is_not_undone(desk: Desk) -> None:
    desk.add("disposals", {"approver": MAX})
    boss = desk.for_person(MAX)
    for other in (desk, desk.for_person(BOB), desk.for_person(HANNA)):
        with pytest.raises(NotAllowed):
            other.do("disposals", 1, "approve")
    with pytest.raises(PinNeeded):
        boss.do("disposals", 1, "approve")
    boss.confirm(PIN)
    boss.do("disposals", 1, "approve")
    with pytest.raises(PinNeeded):
        desk.do("disposals", 1, "destroy")
    desk.confirm(PIN)
    desk.do("disposals", 1, "destroy")
    entry = desk.undoable()
    assert entry is not None
    with pytest.raises(Refused, match="what is destroyed cannot be brought back"):
        desk.undo(entry.digest)


def test_hr_makes_its_own_lists_and_who_reads_them_sees_no_title_of_theirs(desk: Desk) -> None:
    hanna = desk.for_person(HANNA)
    hanna.add("disposals", {"approver": MAX})
    desk.add("disposals", {"approver": MAX})
    assert [desk.get("documents", number).disposal for number in (1,)] == [2]
    told = {who: str(DisposalDetails(desk.for_person(who)).sections(desk.get("disposals", 1))) for who in (ANN, HANNA)}
    assert "Warning" in told[HANNA]
    assert "Warning" not in told[ANN]
    assert "1 document, of which 1 are not open to you" in told[ANN]
    with pytest.raises(NotAllowed):
        desk.for_person(CLEO).add("disposals", {"approver": MAX})


def test_nothing_comes_by_undo_onto_a_list_that_is_approved_meanwhile(desk: Desk) -> None:
    desk.add("documents", {"title": "Older bill", "schedule": 1, "dated": "2019-01-01"})
    desk.tick()
    desk.add("disposals", {"approver": MAX})
    desk.do("documents", 4, "hold", {"reason": "court"})
    entry = desk.undoable()
    desk.for_person(MAX, confirmed=True).do("disposals", 1, "approve")
    assert entry is not None
    with pytest.raises(Refused, match="DS-1 is approved meanwhile"):
        desk.undo(entry.digest)
    assert (desk.get("documents", 4).disposal, desk.get("disposals", 1).count) == (None, 1)


def test_the_files_of_what_is_destroyed_go_with_their_text_unless_another_document_has_them(desk: Desk) -> None:
    files = desk.store.attachments
    kept = [files.keep(name, name.encode() * 9) for name in ("one.txt", "two.txt")]
    for one in kept:
        files.keep_text(one.digest, "hush")
    attached = tuple(Attached(name="x", digest=one.digest, size=one.size, media=one.media) for one in kept)

    def give(ctx: Context) -> Change:
        old, lent = (ctx.data.get(Document, number) for number in (1, 2))
        assert old is not None
        assert lent is not None
        return Change("office.begin").set(old, files=attached).set(lent, files=attached[1:])

    desk.as_system().apply(give)
    desk.add("disposals", {"approver": MAX})
    for who, verb in (
        (desk.for_person(MAX, confirmed=True), "approve"),
        (desk.for_person(ANN, confirmed=True), "destroy"),
    ):
        who.do("disposals", 1, verb)
    assert [files.has(one.digest) for one in kept] == [False, True]
    assert [files.text(one.digest) for one in kept] == ["", "hush"]


def test_who_has_a_paper_sees_that_and_nobody_else_of_the_staff(desk: Desk) -> None:
    cleo = desk.for_person(CLEO)
    assert cleo.numbers("custody") == [1]
    for verb in ("give_back", "extend"):
        with pytest.raises(NotAllowed):
            cleo.do("custody", 1, verb, {"due": "2027-01-01"} if verb == "extend" else {})
    desk.for_person(HANNA).do("documents", 3, "hand_out", {"to": MAX})
    assert desk.title("custody", 2) == "Paper of D-3", "a clerk sees that it is out, not what it is"
    assert cleo.numbers("custody") == [1]
    assert desk.for_person(OTTO).numbers("disposals") == []
    for verb, args in (("hold", {"reason": "x"}), ("give_back", {}), ("dispose", {})):
        with pytest.raises((NotAllowed, Refused)):
            desk.do("documents", 3, verb, args)


def test_handing_out_is_undone_whole(desk: Desk) -> None:
    desk.do("documents", 1, "hand_out", {"to": "CC"})
    entry = desk.undoable()
    assert entry is not None
    desk.undo(entry.digest)
    assert (desk.get("documents", 1).holder, desk.numbers("custody")) == (None, [1])
    assert desk.get("documents", 1).keep_until == date(2021, 1, 1)


def test_a_change_by_somebody_else_is_followed_too(desk: Desk) -> None:
    assert desk.get("documents", 1).state is State.REVIEW
    desk.as_system().apply(lambda ctx: Change("office.begin").set(ctx.data.get(Document, 1), dated=TODAY))  # type: ignore[arg-type]
    assert (desk.get("documents", 1).state, desk.get("documents", 1).keep_until) == (State.FILED, date(2027, 11, 23))
