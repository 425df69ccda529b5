"""What all areas share: people and their initials, places, settings and hours, reminders, in and out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui import areas
from botui.index import Index
from botui.models.base import Refused, clean
from botui.models.office import (
    Department,
    Person,
    Place,
    Presence,
    Priority,
    Reminder,
    Role,
    Settings,
    Topic,
    make_initials,
)
from botui.models.shape import build
from tests.rules import MONDAY, Office


@pytest.fixture
def office() -> Office:
    return Office()


# --- people -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "taken", "initials"),
    [
        ("Mary Ann Lee", (), "MAL"),
        ("Mary Ann Lee Jones", (), "MAL"),
        ("mary lee", (), "ML"),
        ("\u00c5sa \u00d6berg", (), "\u00c5\u00d6"),
        ("Ann Archer", ("AA",), "AA2"),
        ("Ann Archer", ("AA", "AA2", "AA3"), "AA4"),
        ("[b] (x)", (), "X"),
        ("...", (), "X"),
        ("", (), "X"),
        ("4 Seasons", (), "4S"),
        ("\ufb03 \ufb03 \ufb03", (), "FFI"),
    ],
)
def test_initials_are_made_from_the_name_and_free(name: str, taken: tuple[str, ...], initials: str) -> None:
    assert make_initials(name, frozenset(taken)) == initials


@given(st.text(max_size=40), st.integers(0, 50))
def test_made_initials_are_always_free_and_fit(name: str, count: int) -> None:
    taken: set[str] = set()
    for _ in range(count):
        taken.add(make_initials(clean(name), frozenset(taken)))
    assert len(taken) == count
    for initials in taken:
        assert build(Person, {"name": "x", "initials": initials}).initials == clean(initials)


def test_a_new_person_gets_initials_where_none_are_given(office: Office) -> None:
    assert office.add(Person, name="Ann Other").initials == "AO"
    assert office.add(Person, name="Ann Archer").initials == "AA2"
    assert office.add(Person, name="Eve", initials="ev").initials == "ev"


@pytest.mark.parametrize("initials", ["AA", "aa", " aA"])
def test_initials_are_given_once(office: Office, initials: str) -> None:
    with pytest.raises(Refused, match="taken") as refused:
        office.add(Person, name="Another", initials=initials)
    assert refused.value.fields == {"initials": "These are taken."}
    bob = office.get(Person, office.BOB)
    with pytest.raises(Refused, match="cannot be used"):
        office.edit(bob, initials=initials)
    with pytest.raises(Refused, match="cannot be used"):
        office.edit(bob, initials="")


def test_a_person_keeps_or_changes_their_initials(office: Office) -> None:
    ann = office.get(Person, office.ANN)
    assert office.edit(ann, initials="aa", job="Clerk").job == "Clerk"
    assert office.edit(office.get(Person, office.ANN), initials="AR").initials == "AR"


def test_nobody_stands_in_for_themselves(office: Office) -> None:
    ann = office.get(Person, office.ANN)
    with pytest.raises(Refused, match="Nobody stands in for themselves"):
        office.edit(ann, stand_in=office.ANN)
    assert office.edit(ann, stand_in=office.BOB).stand_in == office.BOB


def test_a_person_is_staff_unless_said_otherwise() -> None:
    assert Person(name="x").roles == (Role.STAFF,)


def test_in_and_out_with_the_time_to_be_back(office: Office) -> None:
    bob = office.get(Person, office.BOB)
    later = MONDAY + timedelta(hours=3)
    assert office.said(bob, "in_out", presence="out", back_at=later) == "Bob Baker is out, back Mon 13:00."
    now = office.get(Person, office.BOB)
    assert (now.presence, now.back_at) == (Presence.OUT, later)
    assert office.said(bob, "in_out", presence="in", back_at=later) == "Bob Baker is in."
    assert office.get(Person, office.BOB).back_at is None
    for past in (MONDAY, MONDAY - timedelta(days=1)):
        with pytest.raises(Refused, match="passed already") as refused:
            office.do(bob, "in_out", presence="away", back_at=past)
        assert refused.value.fields == {"back_at": "This has passed."}


# --- places -------------------------------------------------------------------------------------------------------


def test_a_place_is_never_inside_itself_however_far_up(office: Office) -> None:
    for number in range(1, 5):
        office.put(Place(id=number, name=f"Place {number}", within=number - 1 or None))
    top = office.get(Place, 1)
    for inside in (1, 2, 4):
        with pytest.raises(Refused, match="part of itself") as refused:
            office.edit(top, within=inside)
        assert refused.value.fields == {"within": "This is inside the place itself."}
    assert office.edit(office.get(Place, 4), within=1, name="Up").within == 1


def test_a_ring_of_places_that_the_back_door_made_is_no_endless_loop(office: Office) -> None:
    office.put(Place(id=1, name="A", within=2))
    office.put(Place(id=2, name="B", within=1))
    office.put(Place(id=3, name="C"))
    with pytest.raises(Refused, match="part of itself"):
        office.edit(office.get(Place, 3), within=1)


def test_a_place_inside_one_that_is_gone_is_at_the_top(office: Office) -> None:
    office.put(Place(id=2, name="B", within=9))
    office.put(Place(id=3, name="C"))
    assert office.edit(office.get(Place, 3), within=2).within == 2


# --- topics -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["30m", "4h", "2d", ""])
def test_a_topic_has_deadlines_as_people_write_them(text: str) -> None:
    assert build(Topic, {"name": "x", "first_response": text}).first_response == text


@pytest.mark.parametrize("text", ["soon", "-1h", "[/x]"])
def test_a_deadline_that_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        build(Topic, {"name": "x", "resolution": text})
    assert list(refused.value.fields) == ["resolution"]


# --- settings -----------------------------------------------------------------------------------------------------


def test_an_office_has_settings_from_the_first_moment() -> None:
    settings = Settings()
    assert (settings.zone, settings.currency, settings.close_after, settings.reopen_within) == ("UTC", "EUR", 5, 14)
    assert [settings.deadlines(one) for one in Priority] == [
        (timedelta(minutes=30), timedelta(hours=2)),
        (timedelta(hours=1), timedelta(hours=4)),
        (timedelta(hours=8), timedelta(hours=24)),
        (timedelta(hours=24), timedelta(hours=72)),
    ]


def test_settings_come_back_from_their_document() -> None:
    settings = Settings(id=1, zone="Europe/Berlin", holidays="2026-12-25 Christmas")
    assert Settings.load(1, settings.doc()) == settings


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("zone", "Mars/Olympus"),
        ("zone", "../../etc/passwd"),
        ("zone", ""),
        ("zone", "x" * 150),
        ("hours", "whenever"),
        ("holidays", "25 December"),
        ("holidays", "2026-12-25 Christmas\n2026-02-30 Never"),
        ("currency", "euro"),
        ("currency", "EU"),
        ("p1", "1h"),
        ("p2", "1h / soon"),
        ("p3", "/"),
        ("p4", ""),
        ("close_after", 0),
        ("close_after", 61),
        ("reopen_within", -1),
        ("reopen_within", 366),
        ("date_order", "ymd"),
        ("name", " "),
    ],
)
def test_settings_that_make_no_sense_are_refused_at_their_field(field: str, value: object) -> None:
    with pytest.raises(Refused) as refused:
        build(Settings, {field: value})
    assert list(refused.value.fields) == [field]
    assert "Input should" not in refused.value.fields[field]


def test_business_hours_have_zone_hours_and_holidays() -> None:
    settings = Settings(
        zone="Europe/Berlin", hours="mon-fri 09:00-17:00", holidays="\n2026-11-24: Feast\n2026-11-25,\n"
    )
    end = settings.business_hours().add(datetime(2026, 11, 23, 15, 30, tzinfo=UTC), timedelta(hours=1))
    assert end == datetime(2026, 11, 26, 8, 30, tzinfo=UTC), "half an hour on Monday, two holidays, half an hour"


def test_local_time_and_order_of_short_dates() -> None:
    settings = build(Settings, {"zone": "Europe/Berlin", "date_order": "mdy"})
    assert settings.local(MONDAY).hour == 10
    assert settings.tz == ZoneInfo("Europe/Berlin")
    assert (settings.order, Settings().order) == ("mdy", "dmy")


# --- context and reminders ----------------------------------------------------------------------------------------


def test_a_rule_knows_the_office_s_day_and_names(office: Office) -> None:
    ctx = office.ctx()
    assert ctx.today == date(2026, 11, 23)
    assert replace(ctx, now=datetime(2026, 11, 23, 23, 0, tzinfo=UTC)).today == date(2026, 11, 24)
    assert [ctx.person(number) for number in (1, 99, None)] == ["Ann Archer", "nobody", "nobody"]


def test_a_reminder_of_any_record_for_oneself(office: Office) -> None:
    bob = office.get(Person, office.BOB)
    said = office.said(bob, "remind", 1, on=date(2026, 11, 27), note="call")
    assert said == "You are reminded of P-2: Fri 27 Nov."
    reminder = office.get(Reminder, 1)
    assert reminder == Reminder(id=1, person=1, about="P-2", on=date(2026, 11, 27), note="call")
    office.said(bob, "remind", 1, on=date(2026, 11, 23))
    assert office.get(Reminder, 2).note == ""


def test_a_reminder_is_for_somebody_and_for_a_day_to_come(office: Office) -> None:
    bob = office.get(Person, office.BOB)
    with pytest.raises(Refused, match="Say who you are first"):
        office.do(bob, "remind", None, on=date(2026, 11, 27))
    with pytest.raises(Refused, match="passed") as refused:
        office.do(bob, "remind", 1, on=date(2026, 11, 22))
    assert refused.value.fields == {"on": "This day has passed."}


def test_a_reminder_is_ticked_off_and_changed_by_whose_it_is(office: Office) -> None:
    office.put(Reminder(id=1, person=1, about="P-2", on=date(2026, 11, 27)))
    reminder = office.get(Reminder, 1)
    assert office.edit(reminder, note="later").note == "later"
    with pytest.raises(Refused, match="somebody else's"):
        office.edit(reminder, 2, note="mine")
    assert office.do(reminder, "acknowledge").done_at == MONDAY
    assert office.said(reminder, "acknowledge") == "Done with P-2."


VIEWS: list[tuple[str, str, Any, list[int]]] = [
    ("people", "active", 1, [1, 2, 3]),
    ("people", "all", 1, [1, 2, 3, 4]),
    ("people", "out", 1, [2]),
    ("reminders", "mine", 1, [1]),
    ("reminders", "mine", None, []),
    ("reminders", "all", 2, [1, 2, 3]),
    ("departments", "active", 1, [2, 1]),
]


@pytest.mark.parametrize(("collection", "view", "by", "numbers"), VIEWS)
def test_the_lists_of_the_office(
    office: Office, collection: str, view: str, by: int | None, numbers: list[int]
) -> None:
    office.put(office.get(Person, 2).model_copy(update={"presence": Presence.OUT}))
    for number, person in enumerate((1, 2, 1), 1):
        done = {"done_at": MONDAY} if number == 3 else {}
        office.put(Reminder(id=number, person=person, about="P-1", on=date(2026, 12, number), **done))
    assert office.get(Department, 1).active
    kind = areas.kind(collection)
    index = Index(kind, [(number, orjson.dumps(doc)) for number, doc in office.data.docs[collection].items()])
    one = kind.view(view)
    assert index.listing(view, one.where(office.ctx(by)), one.sort, one.down).ids() == numbers
