"""The desk: what a person does at it, what comes of it on disk, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from botui.data import Desk
from botui.models.base import Change, NotAllowed, Refused
from botui.models.office import Department, Person, Reminder, Settings
from botui.models.tickets import State, Ticket
from tests.offices import ADA, ANN, BOB, CLEO, DAN, beside, lines, office, ticket


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


# --- verbs --------------------------------------------------------------------------------------------------------


def test_a_verb_moves_the_record_and_says_so(desk: Desk) -> None:
    one = ticket(desk)
    done = desk.do("tickets", one.id, "take")
    assert done.said == "T-1 is yours."
    assert done.refs == ("T-1",)
    now = desk.get("tickets", one.id)
    assert (now.owner, now.state) == (ANN, State.OPEN)


def test_arguments_of_a_verb_may_be_typed_or_values(desk: Desk) -> None:
    ticket(desk)
    desk.do("tickets", 1, "assign", {"to": "bob b"})
    assert desk.get("tickets", 1).owner == BOB
    desk.do("tickets", 1, "assign", {"to": ANN, "note": "yours"})
    assert desk.get("tickets", 1).owner == ANN
    desk.do("tickets", 1, "wait", {"waiting_for": "vend", "until": "+3d"})
    assert desk.settings.local(desk.get("tickets", 1).waiting_until).date() == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("verb", "texts", "words"),
    [
        ("take", {"to": "AA"}, "Take takes no to."),
        ("assign", {"who": "AA"}, "There is no field 'who'; there is: to, note."),
        ("assign", {"to": "Nobody"}, "There is no 'Nobody' among people."),
        ("assign", {}, "Give to: This is needed."),
        ("assign", {"to": 2, "extra": 1}, "extra: There is no such field."),
        ("fly", {}, "Tickets have no 'fly'; there is: take, assign"),
        ("close", {}, "It is new."),
        ("acknowledge", {}, "Only a message is acknowledged."),
    ],
)
def test_a_verb_that_cannot_be_done_is_refused_in_words_and_leaves_no_line(
    desk: Desk, verb: str, texts: dict[str, Any], words: str
) -> None:
    ticket(desk)
    before = lines(desk)
    with pytest.raises(Refused) as refused:
        desk.do("tickets", 1, verb, texts)
    assert words in str(refused.value)
    assert lines(desk) == before


def test_a_verb_on_a_record_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="There is no T-9"):
        desk.do("tickets", 9, "take")
    with pytest.raises(Refused, match="There is no T-9"):
        desk.get("tickets", 9)


def test_a_verb_is_run_on_the_record_as_it_is_now_not_as_it_was_seen(desk: Desk) -> None:
    other = beside(desk)
    ticket(desk)
    other.store.refresh()
    desk.do("tickets", 1, "resolve")
    assert other.get("tickets", 1).state is State.NEW, "the other session has not looked yet"
    with pytest.raises(Refused, match="It is resolved"):
        other.do("tickets", 1, "take")
    assert other.get("tickets", 1).state is State.RESOLVED


def test_a_reminder_can_be_put_on_any_record_and_ticked_off(desk: Desk) -> None:
    desk.do("people", BOB, "remind", {"on": "fri", "note": "birthday"})
    reminder = desk.get("reminders", 1)
    assert (reminder.person, reminder.about, reminder.on) == (ANN, "P-2", date(2026, 11, 27))
    desk.do("reminders", 1, "acknowledge")
    assert desk.get("reminders", 1).done_at == desk.clock()


# --- who it is ----------------------------------------------------------------------------------------------------


def test_who_left_may_only_look(desk: Desk) -> None:
    gone = desk.for_person(DAN)
    assert gone.roles() == {"guest"}
    assert gone.get("people", DAN).name == "Dan Gone"
    with pytest.raises(NotAllowed):
        gone.add("places", {"name": "x"})


def test_who_leaves_while_at_the_desk_can_do_no_more(desk: Desk) -> None:
    bob = desk.for_person(BOB)
    done = bob.add("places", {"name": "x"})
    desk.for_person(ADA).edit(desk.get("people", BOB), {"active": False})
    with pytest.raises(NotAllowed):
        bob.add("places", {"name": "y"})
    assert bob.undoable() is None
    with pytest.raises(Refused):
        bob.undo(done.digest)


def test_somebody_who_is_not_in_the_directory_is_a_guest(desk: Desk) -> None:
    assert desk.for_person(99).roles() == desk.for_person(None).roles() == {"guest"}


def test_a_person_without_roles_in_the_document_works_as_staff(desk: Desk) -> None:
    with desk.store.journal.transaction() as tx:
        tx.put("people", 50, {"name": "Old record"})
    assert desk.for_person(50).roles() == {"staff"}


def test_the_desk_of_another_person_shares_store_and_terminal_only(desk: Desk) -> None:
    bob = desk.for_person(BOB)
    assert (bob.store, bob.terminal, bob.person, desk.person) == (desk.store, "front", BOB, ANN)


# --- reading ------------------------------------------------------------------------------------------------------


def test_titles_and_names_of_records(desk: Desk) -> None:
    ticket(desk, "Ink")
    desk.do("tickets", 1, "remind", {"on": "fri", "note": "ask"})
    assert desk.title("tickets", 1) == desk.name("tickets", 1) == "Ink"
    assert desk.title("reminders", 1) == desk.name("reminders", 1) == "T-1 ask"
    assert desk.title("people", None) == desk.name("people", None) == desk.name("people", 0) == ""
    assert desk.title("people", 99) == "P-99"
    assert desk.name("people", 99) == ""


def test_find_gives_records_by_number(desk: Desk) -> None:
    assert [one.id for one in desk.find("people", {"active": (False,)})] == [DAN]
    assert [one.name for one in desk.find("places", {"within": (1, None)})] == ["House", "Room 1"]
    with pytest.raises(Refused, match="Places cannot be listed by 'codes'; there is: name, within, active"):
        desk.find("places", {"codes": ("x",)})


def test_count_and_list_of_a_view_agree_and_follow_each_change(desk: Desk) -> None:
    from botui.models.tickets import TICKETS

    mine, listing = TICKETS.view("mine"), desk.listing("tickets", TICKETS.view("mine"))
    assert desk.count("tickets", mine) == 0
    ticket(desk)
    desk.do("tickets", 1, "take")
    assert (desk.count("tickets", mine), listing.ids()) == (1, [1])
    assert desk.for_person(BOB).count("tickets", mine) == 0
    desk.do("tickets", 1, "resolve")
    assert (desk.count("tickets", mine), listing.ids()) == (0, [])


def test_an_empty_store_has_settings_and_no_records(folder: Path) -> None:
    desk = Desk.open(folder, None, "x", lambda: datetime(2026, 1, 1, tzinfo=UTC))
    assert desk.settings == Settings()
    assert desk.numbers("tickets") == []
    assert desk.undoable() is None


def test_the_words_of_a_record_hold_names_and_reference_and_follow_a_new_name(desk: Desk) -> None:
    ticket(desk, "Toner", topic=1, body="Zw\u00f6lf Blatt", requester=CLEO, tags="Urgent")
    text = desk.text("tickets", 1)
    for word in ("toner", "printer", "zwolf", "cleo cole", "urgent", "t-1", "it"):
        assert word in text
    desk.edit(desk.get("departments", 1), {"name": "Computers"})
    assert "computers" in desk.text("tickets", 1)
    desk.edit(desk.get("tickets", 1), {"subject": "Cartridge"})
    assert "cartridge" in desk.text("tickets", 1)
    assert "toner" not in desk.text("tickets", 1)


def test_reading_what_is_not_open_to_somebody_is_refused_everywhere(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from botui import access
    from botui.models.office import PLACES

    table = {**access.ROLES, "guest": {"*": access.READ, "places": frozenset[str]()}}
    monkeypatch.setattr(access, "ROLES", table)
    guest = desk.for_person(None)
    for read in (
        lambda: guest.get("places", 1),
        lambda: guest.peek("places", 1),
        lambda: guest.doc("places", 1),
        lambda: guest.numbers("places"),
        lambda: guest.find("places", {}),
        lambda: guest.listing("places", PLACES.view("all")),
        lambda: guest.history("places", 1),
        lambda: guest.aliases("places", "ROOM1"),
        lambda: guest.look_up("places", "House"),
    ):
        with pytest.raises(NotAllowed, match="You may not look at places"):
            read()
    assert guest.title("places", 1) == guest.name("places", 1) == "PL-1"
    assert guest.by_code("ROOM1") == guest.by_code("PL-1") == []
    assert desk.by_code("ROOM1") == [("places", 2)]


def test_a_new_record_of_a_rule_that_only_looks_has_no_number(desk: Desk) -> None:
    assert desk.context().data.new_id(Ticket) == 0


def test_reminders_of_others_are_not_changed(desk: Desk) -> None:
    desk.do("people", BOB, "remind", {"on": "fri"})
    reminder: Reminder = desk.get("reminders", 1)
    desk.edit(reminder, {"note": "call"})
    reminder = desk.get("reminders", 1)
    with pytest.raises(Refused, match="somebody else's"):
        desk.for_person(CLEO).edit(reminder, {"note": "mine now"})
    with pytest.raises(NotAllowed, match="somebody else's"):
        desk.for_person(CLEO).do("reminders", 1, "acknowledge")
