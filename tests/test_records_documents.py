"""Documents: filed by hand and from the inbox, what rules say of a scan, what is corrected, joined and thrown away."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.models.base import Refused
from botui.models.calendar import EntryOrder
from botui.models.office import Party, Place
from botui.models.records.document import Attached, Document, Privacy, State
from botui.models.records.documents_kind import open_to, whose
from botui.models.records.filing_rule import FilingRule, Match
from botui.models.records.proposing import first_date, fits, plain, propose
from botui.models.records.retention import RetentionClass
from botui.models.records.scanning import scanned, waiting_for
from tests.rules import Office

TODAY = date(2026, 11, 23)


@pytest.fixture
def office() -> Office:
    office = Office()
    office.put(RetentionClass(id=1, name="Bills", years=7))
    office.put(RetentionClass(id=2, name="Old", years=7, active=False))
    office.put(Place(id=1, name="Cabinet 2"))
    office.put(Party(id=1, name="Stadtwerke Musterstadt"))
    return office


def scan(office: Office, digest: str = "a", **proposed: Any) -> Document:
    """Take in a scan and return it."""
    attached = Attached(name="scan.pdf", digest=digest * 64, size=9, media="application/pdf")
    said = office.apply(scanned(office.ctx(None), attached, {"title": "Scan", **proposed}), None).said
    assert said.startswith("D-")
    return max(office.data.find(Document), key=lambda one: one.id)


# --- filing -----------------------------------------------------------------------------------------------------------


def test_a_paper_filed_by_hand_gets_its_archive_number_to_be_written_on_it(office: Office) -> None:
    filed = office.add(Document, title="Lease", schedule=1, place=1, shelf="Box 4", state="destroyed", files=())
    assert (filed.ref, filed.state, filed.filed_by, filed.created_by) == ("D-1", State.FILED, 1, 1)
    again = office.add(Document, title="Lease")
    assert again.ref == "D-2"
    assert office.problems() == []


def test_a_scan_is_filed_as_it_is_proposed_and_says_where_its_paper_goes(office: Office) -> None:
    one = scan(office, title="Power", schedule=1, party=1, place=1, shelf="4")
    said = office.said(one, "file")
    assert said == "Power is filed: write D-1 on it, it goes to Cabinet 2, 4."
    filed = office.get(Document, 1)
    assert (filed.state, filed.filed_by, filed.party) == (State.FILED, 1, 1)
    assert office.problems() == []


def test_a_scan_that_no_rule_knows_asks_for_its_class(office: Office) -> None:
    one = scan(office)
    with pytest.raises(Refused) as refused:
        office.do(one, "file")
    assert "schedule" in refused.value.fields
    assert office.do(one, "file", schedule=1, title="Gas").title == "Gas"


def test_what_is_proposed_wrongly_is_emptied_while_a_scan_is_filed(office: Office) -> None:
    proposed: dict[str, Any] = {
        "schedule": 1,
        "party": 1,
        "place": 1,
        "shelf": "4",
        "dated": date(2026, 2, 1),
        "tags": ("flat",),
    }
    one = scan(office, title="Power", privacy=Privacy.PRIVATE, **proposed)
    emptied = dict.fromkeys(("title", "party", "dated", "place", "shelf", "tags", "privacy"))
    filed = office.do(one, "file", **emptied)
    assert (filed.party, filed.dated, filed.place, filed.shelf, filed.tags) == (None, None, None, "", ())
    # what every document has stays as it was proposed
    assert (filed.title, filed.privacy, filed.schedule) == ("Power", Privacy.PRIVATE, 1)


def test_a_scan_that_is_filed_beside_the_same_file_is_told(office: Office) -> None:
    first, second = scan(office, schedule=1), scan(office, schedule=1)
    assert office.said(second, "file").endswith(f" {first.ref} has the same file.")


def test_where_the_office_has_no_classes_a_scan_is_filed_without(office: Office) -> None:
    office.put(RetentionClass(id=1, name="Bills", years=7, active=False))
    assert office.do(scan(office), "file").state is State.FILED


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"dated": date(2027, 1, 1)}, "dated"),
    ({"dated": TODAY, "ends_on": date(2026, 1, 1)}, "ends_on"),
    ({"schedule": 2}, "schedule"),
]


@pytest.mark.parametrize(("values", "field"), REFUSED)
def test_dates_that_do_not_go_together_and_old_classes_are_refused(
    office: Office, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        office.add(Document, title="Lease", **values)
    assert field in refused.value.fields
    filed = office.add(Document, title="Lease")
    with pytest.raises(Refused):
        office.edit(filed, **values)


def test_a_document_is_corrected_noted_and_put_back_into_the_inbox(office: Office) -> None:
    one = office.do(scan(office, schedule=1), "file")
    office.do(one, "note", text="copy sent to Meyer")
    office.do(one, "note", text="and again")
    assert office.get(Document, 1).note == "2026-11-23 Ann Archer: copy sent to Meyer\n2026-11-23 Ann Archer: and again"
    assert office.edit(one, title="Gas bill").title == "Gas bill"
    back = office.do(one, "reopen")
    assert (back.state, back.filed_at, back.title) == (State.INBOX, None, "Gas bill")


def test_a_code_on_the_paper_opens_one_document_only(office: Office) -> None:
    one, other = office.add(Document, title="A"), office.add(Document, title="B")
    assert office.do(one, "barcode", code="ASN00017").codes == ("ASN00017",)
    for code in ("asn00017", "D-2", "a,b"):
        with pytest.raises(Refused):
            office.do(other, "barcode", code=code)
    assert office.do(one, "barcode", code="ASN00017", remove=True).codes == ()
    assert office.do(other, "barcode", code="ASN00017").codes == ("ASN00017",)


def test_a_number_that_another_document_of_the_same_party_has_is_told(office: Office) -> None:
    office.add(Document, title="Bill", party=1, codes=("R-77",))
    one = office.data.new_id(Document)
    from botui.models.records.filing import create

    said = create(office.ctx(), Document(id=one, title="Bill", party=1, codes=("R-77",))).said
    assert said.endswith("D-1 has the number R-77, too.")
    assert "too" not in create(office.ctx(), Document(id=one, title="Bill", codes=("R-77",))).said


# --- scans that belong to another, or to nobody -----------------------------------------------------------------------


def test_the_same_file_is_noticed_when_it_comes_and_joined_with_the_first(office: Office) -> None:
    first = office.do(scan(office, schedule=1), "file")
    again = scan(office)
    assert again.twin == first.id
    assert office.said(again, "merge", into=first.id) == "D-1 has this file already."
    assert office.get(Document, 2).state is State.JOINED
    assert len(office.get(Document, 1).files) == 1
    assert scan(office, "b").twin is None
    assert office.problems() == []


def test_a_further_page_becomes_part_of_a_document_from_either_side(office: Office) -> None:
    first = office.do(scan(office, "a", schedule=1), "file")
    office.do(scan(office, "b"), "merge", into=first.id)
    office.do(first, "attach", scan=scan(office, "c").id)
    assert [one.digest[0] for one in office.get(Document, 1).files] == ["a", "b", "c"]
    assert [office.get(Document, number).joined for number in (2, 3)] == [1, 1]
    scan(office, "d")
    with pytest.raises(Refused, match="no scan of the inbox"):
        office.do(first, "attach", scan=2)
    with pytest.raises(Refused):
        office.do(office.get(Document, 4), "merge", into=4)
    with pytest.raises(Refused, match="part of another"):
        office.do(office.get(Document, 4), "merge", into=2)


def test_a_private_scan_does_not_become_part_of_what_more_people_see(office: Office) -> None:
    first = office.add(Document, title="Open")
    one = scan(office, privacy=Privacy.HR)
    with pytest.raises(Refused, match="Make it HR first"):
        office.do(one, "merge", into=first.id)


def test_what_is_thrown_away_or_joined_is_not_changed_any_more(office: Office) -> None:
    one = office.do(scan(office), "reject", reason="blank page")
    assert one.state is State.DISCARDED
    with pytest.raises(Refused, match="thrown away"):
        office.edit(one, title="x")
    for verb in ("file", "merge", "attach", "note", "barcode", "reopen"):
        assert office.why_not(one, verb) == "It is thrown away."
    filed = office.add(Document, title="Lease")
    assert office.why_not(filed, "reject") == "It is filed.", "what is filed goes by a disposal list only"


def test_scans_wait_for_a_clerk_by_the_oldest(office: Office) -> None:
    assert [*waiting_for(office.ctx())] == []
    scan(office)
    scan(office, "b")
    (waits,) = waiting_for(office.ctx())
    assert (waits.ref, waits.why, waits.verb) == ("D-1", "to be filed; 1 more", "file")
    assert [*waiting_for(office.ctx(office.CLEO))] == []


def test_check_tells_what_no_verb_would_have_left(office: Office) -> None:
    one = Attached(name="a", digest="a" * 64, size=1)
    office.put(Document(id=1, title="A", state=State.JOINED, files=(one, one)))
    office.put(Document(id=2, title="B", state=State.FILED))
    office.put(Document(id=3, title="C", filed_at=office.now))
    found = [one for one in office.problems() if one.startswith("D-")]
    assert [one[:4] for one in found] == ["D-1:", "D-1:", "D-1:", "D-2:", "D-3:"]


# --- rules ------------------------------------------------------------------------------------------------------------


def rule(number: int = 1, words: str = "rent", match: Match = Match.ANY, **says: Any) -> FilingRule:
    return FilingRule(id=number, name=f"R{number}", words=words, match=match, **says)


FITS = [
    ("rent", Match.ANY, "The rent is due", True),
    ("rent", Match.ANY, "Current account", False),
    ("rent, flat", Match.ANY, "a FLAT", True),
    ("rent, flat", Match.ALL, "a flat", False),
    ("rent, flat", Match.ALL, "flat: rent", True),
    ("notice of rent", Match.EXACT, "Notice  of\nrent 2026", True),
    ("notice of rent", Match.EXACT, "rent of notice", False),
    ("stadtwerke münchen", Match.ANY, "STADTWERKE MUENCHEN", False),
    ("stadtwerke münchen", Match.ANY, "Stadtwerke MÜNCHEN GmbH", True),
    ("r.4", Match.EXACT, "see R.4.", True),
    ("((", Match.ANY, "((", True),
    (",,", Match.ANY, "anything", False),
    ("[a-z]+", Match.ANY, "abc", False),
]


@pytest.mark.parametrize(("words", "match", "text", "fitting"), FITS)
def test_a_rule_fits_whole_words_and_phrases_whatever_their_letters(
    words: str, match: Match, text: str, fitting: bool
) -> None:
    assert fits(rule(words=words, match=match), plain(text)) is fitting


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=4), min_size=1, max_size=4), st.text(alphabet="abc ,.\n"))
def test_all_fits_only_where_any_does_and_exactly_one_word_is_both(words: list[str], text: str) -> None:
    joined, looked_at = ",".join(words), plain(text)
    every, some = (fits(rule(words=joined, match=one), looked_at) for one in (Match.ALL, Match.ANY))
    assert some or not every
    assert some == any(fits(rule(words=one, match=Match.EXACT), looked_at) for one in words)


def test_of_each_field_the_first_rule_is_heard_and_tags_come_from_all() -> None:
    rules = [
        rule(1, "rent", schedule=1, tags=("flat",), rank=50),
        rule(2, "rent", schedule=2, party=3, tags=("house", "flat"), rank=10),
        rule(3, "nothing", title="No"),
    ]
    found = propose(rules, [], "Rent for May\n12.11.2026", "scan.pdf", TODAY, "dmy")
    assert found == {
        **{"title": "Rent for May", "schedule": 2, "party": 3, "tags": ("house", "flat"), "proposed": 2},
        "dated": date(2026, 11, 12),
    }


def test_a_party_is_known_by_its_whole_name_alone() -> None:
    parties = [Party(id=1, name="Stadtwerke"), Party(id=2, name="Stadtwerke Nord"), Party(id=3, name="Ott")]
    read = propose([], parties, "Ott: Stadtwerke Nord, Zürich", "x.pdf", TODAY, "dmy")
    assert read["party"] == 2
    assert "party" not in propose([], parties, "Otto", "x.pdf", TODAY, "dmy")
    twins = [Party(id=1, name="Meyer AG"), Party(id=2, name="Mayer AG")]
    assert "party" not in propose([], twins, "Meyer AG and Mayer AG", "x.pdf", TODAY, "dmy")


def test_hr_wins_over_private_and_what_has_no_text_is_called_as_its_file() -> None:
    rules = [rule(1, "sick", privacy=Privacy.PRIVATE), rule(2, "note", privacy=Privacy.HR)]
    assert propose(rules, [], "", "sick_note.pdf", TODAY, "dmy") == {
        **{"title": "sick note", "privacy": Privacy.HR, "proposed": 1}
    }
    assert propose([], [], "", ".", TODAY, "dmy") == {"title": "Scan"}


DATES: list[tuple[str, EntryOrder, date | None]] = [
    ("Zürich, 12.11.2026", "dmy", date(2026, 11, 12)),
    ("on 2026-03-04 we", "dmy", date(2026, 3, 4)),
    ("Minutes of 20 November 2026", "dmy", date(2026, 11, 20)),
    ("London, 3rd of Sept. 2026", "dmy", date(2026, 9, 3)),
    ("Mar 4, 2026", "dmy", date(2026, 3, 4)),
    ("Page 12 Order 2026, room 4 of 2026, 31 June 2026", "dmy", None),
    ("03/04/2026", "dmy", date(2026, 4, 3)),
    ("03/04/2026", "mdy", date(2026, 3, 4)),
    ("31.02.2026 and 1.2.2026", "dmy", date(2026, 2, 1)),
    ("01.01.2030", "dmy", None),
    ("01.01.1999", "dmy", None),
    ("192.168.2026.1", "dmy", None),
]


@pytest.mark.parametrize(("text", "order", "dated"), DATES)
def test_the_first_date_that_can_be_the_one_of_a_letter_is_proposed(
    text: str, order: EntryOrder, dated: date | None
) -> None:
    assert first_date(text, TODAY, order) == dated


@given(st.text(max_size=300), st.text(min_size=1, max_size=40))
def test_whatever_stands_in_a_scan_a_document_comes_of_it(text: str, name: str) -> None:
    found = propose([rule(words="a, b", tags=("x",))], [Party(id=1, name="Somebody")], text, name, TODAY, "dmy")
    assert 1 <= len(Document(id=1, **found).title) <= 80


def test_a_rule_says_something_and_looks_for_a_word(office: Office) -> None:
    office.add(FilingRule, name="Rent", words="rent", title="Rent")
    for values in (
        {"name": "Two", "words": "rent"},
        {"name": "rent", "words": "x", "title": "x"},
        {"name": "Three", "words": "-, ()", "title": "x"},
    ):
        with pytest.raises(Refused):
            office.add(FilingRule, **values)
    assert office.edit(office.get(FilingRule, 1), words="rent, flat").words == "rent, flat"


# --- for whom ---------------------------------------------------------------------------------------------------------


def test_whose_a_document_is() -> None:
    doc = {"owner": 1, "created_by": 2, "filed_by": 3, "readers": [4], "person": 5}
    assert open_to(doc) == "everybody"
    assert whose({**doc, "privacy": "private"}) == [1, 2, 3, 4]
    assert open_to({**doc, "privacy": "private"}) == ""
    assert whose({**doc, "privacy": "hr"}) == [5], "who filed it is not one of those"
    assert open_to({**doc, "privacy": "hr"}) == "hr"
