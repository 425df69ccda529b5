"""Reading at the desk: records, titles, lists and searched words, and what is not open to somebody."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from botui import access, areas
from botui.data import Desk
from botui.models.base import NotAllowed, Refused
from botui.models.office import Settings
from botui.models.tickets import Ticket
from tests.offices import BOB, CLEO, DAN, OTTO, office, ticket


@pytest.fixture
def desk(folder: Path) -> Desk:
    return office(folder)


def test_titles_and_names_of_records(desk: Desk) -> None:
    ticket(desk, "Ink")
    desk.do("tickets", 1, "remind", {"on": "fri", "note": "ask"})
    assert desk.title("tickets", 1) == desk.names("tickets")(1) == "Ink"
    assert desk.title("reminders", 1) == desk.names("reminders")(1) == "T-1 ask"
    assert desk.title("people", None) == desk.names("people")(None) == desk.names("people")(0) == ""
    assert desk.title("people", 99) == "P-99"
    assert desk.names("people")(99) == ""


def test_of_two_assets_that_are_called_the_same_the_tag_tells_which_also_where_they_are_looked_for(desk: Desk) -> None:
    desk.add("assets", {"name": "Laptop", "tag": "NB-1"})
    desk.add("assets", {"name": "Laptop"})
    assert [desk.title("assets", one) for one in (1, 2)] == ["Laptop (NB-1)", "Laptop"]
    assert [desk.names("assets")(one) for one in (1, 2, 99, None)] == ["Laptop (NB-1)", "Laptop", "", ""]
    desk.do("assets", 1, "hand_out", {"to": "BB"})
    assert "nb-1" in desk.text("loans", 1)


def test_find_gives_records_by_number(desk: Desk) -> None:
    assert [one.id for one in desk.find("people", {"active": (False,)})] == [DAN]
    assert [one.name for one in desk.find("places", {"within": (1, None)})] == ["House", "Room 1"]
    with pytest.raises(Refused, match="Places cannot be listed by 'codes'; there is: name, within, active"):
        desk.find("places", {"codes": ("x",)})


def test_count_and_list_of_a_view_agree_and_follow_each_change(desk: Desk) -> None:
    from botui.models.tickets.kinds import TICKETS

    mine, listing = TICKETS.view("mine"), desk.listing("tickets", TICKETS.view("mine"))
    assert desk.count("tickets", mine) == 0
    ticket(desk)
    desk.do("tickets", 1, "take")
    assert (desk.count("tickets", mine), listing.ids()) == (1, [1])
    assert desk.for_person(BOB).count("tickets", mine) == 0
    desk.do("tickets", 1, "resolve")
    assert (desk.count("tickets", mine), listing.ids()) == (0, [])


def test_an_empty_store_has_settings_and_no_records(folder: Path) -> None:
    desk = Desk.open(folder, None, "x", lambda: datetime(2026, 1, 1, tzinfo=UTC)).as_system()
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


def _close(monkeypatch: pytest.MonkeyPatch, collection: str) -> None:
    """Let the auditor look at everything but one collection."""
    row = {"*": access.READ, collection: frozenset[str]()}
    monkeypatch.setattr(access.table, "ROLES", {**access.ROLES, "auditor": row})


def test_reading_what_is_not_open_to_somebody_is_refused_everywhere(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from botui.models.office import PLACES

    _close(monkeypatch, "places")
    otto = desk.for_person(OTTO)
    for read in (
        lambda: otto.get("places", 1),
        lambda: otto.peek("places", 1),
        lambda: otto.doc("places", 1),
        lambda: otto.numbers("places"),
        lambda: otto.find("places", {}),
        lambda: otto.listing("places", PLACES.view("all")),
        lambda: otto.history("places", 1),
        lambda: otto.aliases("places", "ROOM1"),
        lambda: otto.look_up("places", "House"),
    ):
        with pytest.raises(NotAllowed, match="You may not look at places"):
            read()
    assert otto.title("places", 1) == otto.names("places")(1) == "PL-1"
    assert otto.by_code("ROOM1") == otto.by_code("PL-1") == []
    assert desk.by_code("ROOM1") == [("places", 2)]


def test_a_name_that_somebody_may_not_see_is_not_found_by_them_and_still_by_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket(desk, "Toner", requester=CLEO)
    _close(monkeypatch, "people")
    otto = desk.for_person(OTTO)
    for _ in range(2):
        assert "toner" in otto.text("tickets", 1)
        assert "cleo" not in otto.text("tickets", 1)
        assert "cleo" in desk.text("tickets", 1)


@pytest.mark.parametrize("collection", [one.name for one in areas.COLLECTIONS])
def test_no_text_names_a_record_to_somebody_who_may_not_look_at_its_collection(
    desk: Desk, collection: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _close(monkeypatch, collection)
    with pytest.raises(NotAllowed, match=f"You may not look at {collection}"):
        desk.for_person(OTTO).look_up(collection, "IT")


def test_a_new_record_of_a_rule_that_only_looks_has_no_number(desk: Desk) -> None:
    assert desk.context().data.new_id(Ticket) == 0
