"""The desk: what a person does at it, what comes of it on disk, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from botui.data import Desk
from botui.models.base import Change, Refused
from botui.models.office import Department, Person
from tests.offices import ADA, ANN, CLEO, beside, lines, office


@pytest.fixture
def desk(folder: Path) -> Desk:
    return office(folder)


# --- filing -------------------------------------------------------------------------------------------------------


def test_a_new_record_gets_the_next_number_and_is_there_for_everybody(desk: Desk) -> None:
    done = desk.add("places", {"name": "Attic", "within": 1})
    assert done.refs == ("PL-3",)
    assert done.said == "PL-3 Attic is filed."
    assert beside(desk).get("places", 3) == desk.get("places", 3)
    assert desk.get("places", 3).name == "Attic"


def test_the_number_is_as_asked_for_where_it_is_free(folder: Path) -> None:
    desk = Desk.open(folder, None, "first", lambda: datetime(2026, 11, 23, tzinfo=UTC)).as_system()
    assert desk.add("settings", {"name": "New office"}, number=1).refs == ("S-1",)
    assert desk.settings.name == "New office"


def test_a_number_that_is_taken_is_never_written_over(desk: Desk) -> None:
    before = desk.doc("settings", 1)
    with pytest.raises(Exception, match="S-1 is there already"):
        desk.as_system().add("settings", {"name": "Another"}, number=1)
    assert desk.doc("settings", 1) == before


def test_a_record_that_is_not_valid_is_refused_with_the_fields_and_leaves_no_line(desk: Desk) -> None:
    before = lines(desk)
    with pytest.raises(Refused) as refused:
        desk.add("places", {"name": "  "})
    assert refused.value.fields == {"name": "This is needed."}
    assert lines(desk) == before
    assert desk.add("places", {"name": "x"}).refs == ("PL-3",), "and no number was used up"


def test_text_is_kept_cleaned_whichever_way_it_comes_in(desk: Desk) -> None:
    desk.add("places", {"name": " At\x1b[31mtic\u202e "})
    assert desk.doc("places", 3) == {"name": "At[31mtic", "active": True}
    desk.edit(desk.get("places", 3), {"name": "\x07Loft\u200b", "codes": "a\x00b , c"})
    assert desk.doc("places", 3) == {"name": "Loft", "active": True, "codes": ["ab", "c"]}
    desk.apply(lambda ctx: Change("places.edit").set(desk.get("places", 3), name="Cel\x9blar"))
    assert desk.get("places", 3).name == "Cellar"


def test_text_of_nothing_but_controls_is_kept_as_nothing(desk: Desk) -> None:
    party = desk.get("parties", int(desk.add("parties", {"name": "Acme", "notes": "n"}).refs[0][3:]))
    desk.apply(lambda ctx: Change("parties.edit").set(party, notes="\x1b\x00"))
    assert "notes" not in (desk.doc("parties", party.id) or {})


@pytest.mark.parametrize(
    ("collection", "values", "words"),
    [
        ("places", {"name": "x", "within": 99}, "There is no PL-99."),
        ("tickets", {"subject": "x", "topic": 99}, "There is no TO-99."),
        ("people", {"name": "x", "stand_in": 99}, "There is no P-99."),
    ],
)
def test_a_record_never_points_to_one_that_is_not_there(
    desk: Desk, collection: str, values: dict[str, Any], words: str
) -> None:
    before = lines(desk)
    with pytest.raises(Refused, match=words) as refused:
        desk.add(collection, values)
    assert list(refused.value.fields.values()) == [words]
    with pytest.raises(Refused, match=words):
        desk.edit(desk.get("places", 2), {"within": 99}) if collection == "places" else desk.add(collection, values)
    assert lines(desk) == before


def test_records_of_one_change_may_point_to_each_other(desk: Desk) -> None:
    def found_a_branch(ctx: Any) -> Change:
        person = Person(id=ctx.data.new_id(Person), name="Eve", initials="EV")
        department = Department(id=ctx.data.new_id(Department), name="Branch", manager=person.id)
        return Change("departments.add").add(department).add(person.model_copy(update={"department": department.id}))

    before = lines(desk)
    done = desk.apply(found_a_branch)
    assert done is not None
    assert done.refs == ("DP-3", "P-10")
    assert lines(desk) == before + 1


def test_what_is_pointed_to_cannot_be_taken_away(desk: Desk) -> None:
    before = lines(desk)
    with pytest.raises(Refused, match="PL-1 is used by PL-2"):
        desk.apply(lambda ctx: Change("places.remove").remove(desk.get("places", 1)))
    assert lines(desk) == before


def test_a_record_and_what_points_to_it_can_be_taken_away_together(desk: Desk) -> None:
    house, room = desk.get("places", 1), desk.get("places", 2)
    desk.apply(lambda ctx: Change("places.remove").remove(house).remove(room))
    assert desk.numbers("places") == []


def test_what_a_rule_of_several_records_leaves_alone_is_no_change(desk: Desk) -> None:
    before = lines(desk)
    assert desk.apply(lambda ctx: None) is None
    assert desk.apply(lambda ctx: Change("places.edit").set(desk.get("places", 1), name="House")) is None
    assert lines(desk) == before


def test_a_change_says_who_did_what_where_and_why(desk: Desk) -> None:
    desk.apply(lambda ctx: Change("places.edit", note="as agreed").set(desk.get("places", 1), name="Home"))
    event = desk.history("places", 1)[-1]
    assert (event.by, event.on, event.action, event.note) == (ANN, "front", "places.edit", "as agreed")
    assert event.at == desk.clock()
    assert event.changes == (("name", "House", "Home"),)


# --- editing ------------------------------------------------------------------------------------------------------


def test_an_edit_changes_what_was_typed_and_nothing_else(desk: Desk) -> None:
    done = desk.edit(desk.get("places", 2), {"name": "Room 2", "within": 1})
    assert done.said == "Room 2 is changed."
    assert desk.history("places", 2)[-1].changes == (("name", "Room 1", "Room 2"),)


@pytest.mark.parametrize("values", [{}, {"name": "Room 1"}, {"name": " Room 1\x00"}, {"codes": "ROOM1"}])
def test_an_edit_to_the_same_values_is_no_change(desk: Desk, values: dict[str, Any]) -> None:
    before = lines(desk)
    done = desk.edit(desk.get("places", 2), values)
    assert (done.said, done.digest) == ("Nothing was changed.", "")
    assert lines(desk) == before


def test_an_edit_that_is_not_valid_is_refused_with_the_fields(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        desk.edit(desk.get("places", 2), {"name": "x" * 81})
    assert refused.value.fields == {"name": "This has 81 characters; 80 fit."}
    assert desk.get("places", 2).name == "Room 1"


@pytest.mark.parametrize(("field", "value"), [("presence", "out"), ("back_at", "2026-12-01T00:00:00Z"), ("id", 7)])
def test_what_verbs_move_is_not_edited_by_hand(desk: Desk, field: str, value: object) -> None:
    with pytest.raises(Refused, match="moved by a verb"):
        desk.edit(desk.get("people", CLEO), {field: value})


def test_fields_of_a_newer_version_survive_an_edit_and_its_undo(desk: Desk) -> None:
    with desk.store.journal.transaction() as tx:
        tx.put("places", 7, {"name": "Hall", "colour": "red", "active": True})
    desk.store.refresh()
    done = desk.edit(desk.get("places", 7), {"name": "Great hall"})
    assert desk.doc("places", 7) == {"name": "Great hall", "colour": "red", "active": True}
    desk.undo(done.digest)
    assert desk.doc("places", 7) == {"name": "Hall", "colour": "red", "active": True}


def test_settings_are_as_they_were_changed_last(desk: Desk) -> None:
    other = beside(desk, ADA)
    assert other.settings.currency == "EUR"
    desk.for_person(ADA).edit(desk.settings, {"currency": "CHF"})
    assert desk.settings.currency == "CHF"
    other.store.refresh()
    assert other.settings.currency == "CHF"
