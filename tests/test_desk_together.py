"""Several sessions on one store: what each sees of the others, and what becomes of two changes at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.data import Desk
from botui.models.base import Change, Conflict, Refused
from botui.models.tickets import State
from botui.models.tickets.kinds import TICKETS
from tests.offices import ADA, ANN, BOB, Clock, beside, lines, office, ticket

Seen = list[Any]


@pytest.fixture
def bob(ann: Desk) -> Desk:
    return beside(ann, BOB)


# --- conflicts ----------------------------------------------------------------------------------------------------


def test_different_fields_of_one_record_both_land(ann: Desk, bob: Desk) -> None:
    mine, his = ann.get("tickets", 1), bob.get("tickets", 1)
    ann.edit(mine, {"subject": "No toner"})
    bob.edit(his, {"body": "In the hall."})
    now = bob.get("tickets", 1)
    assert (now.subject, now.body) == ("No toner", "In the hall.")


def test_the_same_field_is_refused_and_says_who_changed_it_and_when(ann: Desk, bob: Desk) -> None:
    his, before = bob.get("tickets", 1), lines(ann)
    ann.edit(ann.get("tickets", 1), {"subject": "No toner"})
    with pytest.raises(Conflict) as conflict:
        bob.edit(his, {"subject": "No ink", "body": "In the hall."})
    assert str(conflict.value) == "Subject: changed by Ann Archer at 10:00."
    assert conflict.value.fields == {"subject": "No toner"}
    assert lines(bob) == before + 1, "nothing of the edit was kept"
    assert bob.get("tickets", 1).body == ""


def test_a_field_that_had_no_value_is_told_with_a_name_too(ann: Desk, bob: Desk) -> None:
    his = bob.get("tickets", 1)
    ann.edit(ann.get("tickets", 1), {"body": "In the hall.", "place": 1})
    with pytest.raises(Conflict, match=r"What it is about, Place: changed by Ann Archer at 10:00\."):
        bob.edit(his, {"body": "Upstairs.", "place": 2})


@pytest.mark.parametrize(("days", "when"), [(0, "at 10:00"), (1, "yesterday at 10:00"), (4, "Mon 23 Nov at 10:00")])
def test_a_conflict_with_a_change_of_another_day_says_the_day(
    ann: Desk, bob: Desk, clock: Clock, days: int, when: str
) -> None:
    his = bob.get("tickets", 1)
    ann.edit(ann.get("tickets", 1), {"subject": "No toner"})
    clock.forward(days=days)
    with pytest.raises(Conflict, match=f"changed by Ann Archer {when}\\."):
        bob.edit(his, {"subject": "No ink"})


def test_who_changed_the_field_last_is_named_not_who_changed_others_since(ann: Desk, bob: Desk) -> None:
    his = bob.get("tickets", 1)
    ann.edit(ann.get("tickets", 1), {"subject": "No toner"})
    ann.for_person(ADA).as_system().apply(
        lambda ctx: Change("tickets.edit").set(ann.get("tickets", 1), body="By the clock")
    )
    with pytest.raises(Conflict, match="Subject: changed by Ann Archer"):
        bob.edit(his, {"subject": "No ink"})
    with pytest.raises(Conflict, match="What it is about: changed by somebody at"):
        bob.edit(his, {"body": "x"})


def test_both_writing_the_same_is_no_conflict(ann: Desk, bob: Desk) -> None:
    his = bob.get("tickets", 1)
    ann.edit(ann.get("tickets", 1), {"subject": "No toner"})
    bob.edit(his, {"subject": "No toner ", "body": "In the hall."})
    assert bob.history("tickets", 1)[-1].changes == (("body", None, "In the hall."),)


def test_a_field_that_is_newer_than_its_document_was_changed_by_nobody(ann: Desk) -> None:
    doc = {name: value for name, value in (ann.doc("settings", 1) or {}).items() if name != "take_by_badge"}
    with ann.store.journal.transaction(do="settings.old") as tx:
        tx.put("settings", 1, doc)
    admin = ann.for_person(ADA)
    admin.edit(admin.get("settings", 1), {"take_by_badge": False})
    assert admin.get("settings", 1).take_by_badge is False


def test_editing_what_is_gone_is_refused(ann: Desk, bob: Desk) -> None:
    done = ann.add("places", {"name": "Attic"})
    bob.store.refresh()
    his = bob.get("places", 3)
    ann.undo(done.digest)
    with pytest.raises(Conflict, match="PL-3 is not there any more"):
        bob.edit(his, {"name": "Loft"})


def test_a_rule_on_an_old_record_is_refused_where_the_field_moved(ann: Desk, bob: Desk) -> None:
    old = bob.get("tickets", 1)
    ann.do("tickets", 1, "take")
    with pytest.raises(Conflict, match="Who has it"):
        bob.apply(lambda ctx: Change("tickets.assign").set(old, owner=BOB))
    with pytest.raises(Conflict, match="Who has it, State: changed by Ann Archer"):
        bob.apply(lambda ctx: Change("tickets.remove").remove(old))
    assert bob.numbers("tickets") == [1]


def test_what_is_gone_cannot_be_removed_again(ann: Desk, bob: Desk) -> None:
    room = bob.get("places", 2)
    ann.apply(lambda ctx: Change("places.remove").remove(room))
    with pytest.raises(Conflict, match="PL-2 is not there any more"):
        bob.apply(lambda ctx: Change("places.remove").remove(room))


def test_what_is_refused_leaves_the_store_usable_and_as_it_was(ann: Desk) -> None:
    before, doc = lines(ann), ann.doc("tickets", 1)

    def falls_over(ctx: Any) -> Change:
        ctx.data.new_id(type(ann.get("tickets", 1)))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ann.apply(falls_over)
    assert (lines(ann), ann.doc("tickets", 1)) == (before, doc)
    assert ticket(ann).ref == "T-2"


def test_a_record_that_would_not_be_valid_is_never_written(ann: Desk) -> None:
    before = lines(ann)
    with pytest.raises(Refused, match="Subject: This is needed"):
        ann.apply(lambda ctx: Change("tickets.edit").set(ann.get("tickets", 1), subject="\x1b"))
    assert lines(ann) == before


# --- following ----------------------------------------------------------------------------------------------------


def test_changes_of_another_session_arrive_as_numbers_by_collection(ann: Desk, bob: Desk) -> None:
    seen: Seen = []
    bob.store.subscribe(seen.append)
    assert not bob.store.refresh()
    ann.do("tickets", 1, "take")
    ann.add("places", {"name": "Attic"})
    assert bob.store.refresh()
    assert seen == [{"tickets": {1}, "places": {3}}]
    assert not bob.store.refresh()
    assert len(seen) == 1


def test_one_s_own_change_is_told_once_and_those_of_others_before_it(ann: Desk, bob: Desk) -> None:
    seen: Seen = []
    stop = bob.store.subscribe(seen.append)
    ann.add("places", {"name": "Attic"})
    bob.do("tickets", 1, "take")
    assert seen == [{"places": {3}}, {"tickets": {1}}]
    stop()
    stop()
    bob.add("places", {"name": "Loft"})
    assert len(seen) == 2


def test_what_others_did_is_told_also_where_one_s_own_change_is_refused(ann: Desk, bob: Desk) -> None:
    seen: Seen = []
    bob.store.subscribe(seen.append)
    ann.do("tickets", 1, "take")
    with pytest.raises(Refused):
        bob.do("tickets", 1, "close")
    assert seen == [{"tickets": {1}}]


def test_lists_and_searched_words_of_another_session_follow(ann: Desk, bob: Desk) -> None:
    listing = bob.listing("tickets", TICKETS.view("unassigned"))
    assert listing.ids() == [1]
    assert "ink" in bob.text("tickets", 1)
    ann.edit(ann.get("tickets", 1), {"subject": "No toner"})
    ann.do("tickets", 1, "take")
    bob.store.refresh()
    assert listing.ids() == []
    assert "toner" in bob.text("tickets", 1)
    assert bob.get("tickets", 1).state is State.OPEN


def test_a_compaction_by_another_session_is_followed(ann: Desk, bob: Desk) -> None:
    listing = bob.listing("tickets", TICKETS.view("all"))
    ann.store.journal.compact()
    ticket(ann, "After")
    bob.store.refresh()
    assert listing.ids() == [2, 1]
    assert bob.get("tickets", 2).subject == "After"
    ticket(bob, "Mine")
    ann.store.refresh()
    assert ann.get("tickets", 3).subject == "Mine"


def test_a_store_put_back_from_a_backup_is_read_anew(ann: Desk, bob: Desk, tmp_path: Path) -> None:
    folder = ann.store.journal.path.parent
    names = ("office.json", "office.json.journal")
    kept = {name: (folder / name).read_bytes() for name in names if (folder / name).exists()}
    ticket(ann, "Lost")
    ann.for_person(ADA).edit(ann.settings, {"currency": "CHF"})
    bob.store.refresh()
    seen: Seen = []
    bob.store.subscribe(seen.append)
    assert bob.settings.currency == "CHF"
    assert len(bob.listing("tickets", TICKETS.view("all"))) == 2
    for name, data in kept.items():
        (folder / "new").write_bytes(data)
        (folder / "new").rename(folder / name)
    assert bob.store.refresh()
    assert seen == [None]
    assert bob.listing("tickets", TICKETS.view("all")).ids() == [1]
    assert bob.settings.currency == "EUR"


def test_a_table_emptied_by_the_back_door_is_seen(ann: Desk) -> None:
    seen: Seen = []
    ann.store.subscribe(seen.append)
    assert ann.listing("tickets", TICKETS.view("all")).ids() == [1]
    other = beside(ann)
    with other.store.journal.transaction() as tx:
        tx.clear("tickets")
    ann.store.refresh()
    assert seen == [None]
    assert ann.listing("tickets", TICKETS.view("all")).ids() == []


def test_a_closed_store_is_closed(ann: Desk) -> None:
    ann.store.close()
    with pytest.raises(ValueError, match="closed"):
        ann.get("tickets", 1)


# --- at the same time ---------------------------------------------------------------------------------------------

FIELDS = {
    "subject": st.sampled_from("abc"),
    "body": st.sampled_from(["", "x", "y"]),
    "place": st.sampled_from([None, 1]),
}
EDITS = st.lists(
    st.tuples(st.integers(0, 2), st.booleans(), st.fixed_dictionaries({}, optional=FIELDS)), min_size=1, max_size=8
)


@given(EDITS)
def test_an_edit_of_what_was_seen_lands_whole_or_not_at_all_and_never_over_another_s(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, bool, dict[str, Any]]]
) -> None:
    first = office(tmp_path_factory.mktemp("edits") / "office")
    ticket(first)
    desks = [first, beside(first, BOB), beside(first, ANN, "third")]
    seen = [desk.get("tickets", 1) for desk in desks]
    truth = {name: getattr(seen[0], name) for name in FIELDS}
    for who, looks, values in edits:
        if looks:
            desks[who].store.refresh()
            seen[who] = desks[who].get("tickets", 1)
        patch = {name: value for name, value in values.items() if value != getattr(seen[who], name)}
        clash = {name for name, value in patch.items() if truth[name] not in (getattr(seen[who], name), value)}
        if clash:
            with pytest.raises(Conflict) as conflict:
                desks[who].edit(seen[who], values)
            assert set(conflict.value.fields) == clash
        else:
            desks[who].edit(seen[who], values)
            truth |= patch
        first.store.refresh()
        now = first.get("tickets", 1)
        assert {name: getattr(now, name) for name in FIELDS} == truth


def test_what_is_due_is_done_once_by_sessions_that_look_at_the_same_moment(ann: Desk, clock: Clock) -> None:
    for number in range(2, 6):
        ticket(ann, f"No {number}")
    for number in range(1, 6):
        ann.do("tickets", number, "wait", {"waiting_for": "date", "until": "+1d"})
    clock.forward(days=2)
    desks = [beside(ann, BOB, f"terminal {number}") for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        said = [line for lines_of_one in pool.map(Desk.tick, desks) for line in lines_of_one]
    assert sorted(said) == [f"T-{number} is back: its time has come." for number in range(1, 6)]


def test_no_number_is_given_twice_and_no_change_lost_among_threads_of_one_session(ann: Desk) -> None:
    listing = ann.listing("tickets", TICKETS.view("all"))

    def work(number: int) -> None:
        desk = ann.for_person(BOB if number % 2 else ANN)
        one = ticket(desk, f"By {number}")
        desk.do("tickets", one.id, "take")
        assert one.id in desk.listing("tickets", TICKETS.view("all")).ids()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(12)))
    assert listing.ids() == list(range(13, 0, -1))
    mine = TICKETS.view("mine")
    assert ann.count("tickets", mine) == ann.for_person(BOB).count("tickets", mine) == 6
