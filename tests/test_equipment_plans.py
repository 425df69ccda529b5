"""Maintenance plans: due, done (thing by thing of a model), left out, stopped; late ones do not come twice."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui import areas
from botui.models import calendar
from botui.models.base import Kind, Refused
from botui.models.equipment.asset import Asset, Fate, Status
from botui.models.equipment.fault import Work, WorkKind
from botui.models.equipment.maintaining import due_here, waiting_for
from botui.models.equipment.plan import Plan
from botui.models.equipment.planning import left, words
from botui.models.office import Party, Person, Place
from tests.offices import MONDAY, Clock
from tests.offices import office as store_office
from tests.rules import Office, at

TODAY = MONDAY.date()
LASER, SECOND, THIRD, KEY = 1, 2, 3, 4
ROOM = 1


@pytest.fixture
def office() -> Office:
    """Three printers of a model, a key, a room and a vendor."""
    return plant()


def plant() -> Office:
    found = Office()
    for number, tag in ((LASER, "P1"), (SECOND, "P2"), (THIRD, "P3")):
        found.put(Asset(id=number, tag=tag, name=f"Printer {number}", model="LaserJet"))
    found.put(Asset(id=KEY, tag="K1", name="Door key"))
    found.put(Place(id=ROOM, name="Kitchen"))
    found.put(Party(id=1, name="Filters Ltd"))
    return found


def plan(office: Office, **values: Any) -> Plan:
    return office.add(Plan, **{"name": "Clean the filter", "rule": "every 2 weeks on mon from 2026-11-23", **values})


def retire(office: Office, number: int) -> None:
    asset = office.get(Asset, number)
    office.put(asset.model_copy(update={"fate": Fate.RETIRED, "status": Status.RETIRED}))


def logged(office: Office) -> list[Work]:
    return [Work.load(number, doc) for number, doc in sorted(office.data.docs.get("worklog", {}).items())]


# --- filing -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "kept", "first"),
    [
        ("first Monday", "monthly on first mon", date(2026, 12, 7)),
        ("every 3 weeks on mon", "every 3 weeks on mon", date(2026, 12, 7)),
        ("every 6 months on 1", "every 6 months on 1", date(2027, 1, 1)),
        ("every 90 days from 2026-11-25", "every 90 days from 2026-11-25", date(2026, 11, 25)),
        ("Weekly on mon", "weekly on mon", TODAY),
        ("yearly on 03-31", "yearly on 03-31", date(2027, 3, 31)),
    ],
)
def test_a_plan_says_when_it_is_due_first_today_if_today_is_one_of_its_days(
    office: Office, rule: str, kept: str, first: date
) -> None:
    one = plan(office, rule=rule)
    assert (one.rule, one.next_on, one.active) == (kept, first, True)


@pytest.mark.parametrize("rule", ["", "every", "now and then", "every 0 days", "on Mondays?", "x" * 500])
def test_a_rule_that_cannot_be_read_is_refused_at_its_field(office: Office, rule: str) -> None:
    with pytest.raises(Refused) as no:
        plan(office, rule=rule)
    assert no.value.fields.keys() == {"rule"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"asset": LASER, "place": ROOM}, "place"),
        ({"asset": LASER, "model": "LaserJet"}, "model"),
        ({"asset": KEY, "owner": 4}, "owner"),
        ({"steps": "\n".join("step" for _ in range(51))}, "steps"),
    ],
)
def test_what_does_not_go_together_or_is_not_there_is_refused(
    office: Office, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as no:
        plan(office, **values)
    assert no.value.fields.keys() == {field}


def test_of_a_model_of_which_there_is_nothing_yet_it_says_so(office: Office) -> None:
    one = plan(office, model="Inkjet")
    kind: Kind[Any] = areas.kind("plans")
    assert kind.revise is not None
    said = kind.revise(office.ctx(), one, one.model_copy(update={"note": "Soon"})).said
    assert said == "PM-1 is changed. There is no asset of the model Inkjet yet."
    with pytest.raises(Refused, match="Nothing of the model Inkjet is there"):
        office.do(one, "resolve")


def test_a_retired_thing_gets_no_plan(office: Office) -> None:
    retire(office, KEY)
    with pytest.raises(Refused, match="Door key is retired") as no:
        plan(office, asset=KEY)
    assert no.value.fields.keys() == {"asset"}


def test_another_rule_makes_it_due_anew_and_nothing_else_does(office: Office) -> None:
    one = plan(office, rule="weekly on mon", steps="Look\nFix\nTest")
    one = office.do(one, "tick", step=2)
    assert office.edit(one, name="Filters").next_on == TODAY
    assert office.edit(one, rule="weekly on mon,thu").next_on == TODAY
    assert office.edit(one, rule="weekly on thu").next_on == date(2026, 11, 26)
    assert office.edit(one, steps="Fix\nLook again").ticked == (1,), "a step that stays, stays ticked"
    one = office.do(one, "resolve", even_so=True)
    assert office.edit(one, rule="weekly on mon").next_on == date(2026, 11, 30), "today it was done"
    assert office.edit(one, owner=2, asset=KEY).ticked == ()


# --- done -------------------------------------------------------------------------------------------------------------


def test_done_stands_in_the_log_and_in_what_the_thing_cost_and_the_next_date_is_set(office: Office) -> None:
    one = plan(office, asset=LASER, vendor=1, minutes=20)
    office.now += timedelta(days=3)
    said = office.said(one, "resolve", 2, cost=Decimal("80.50"), note="Drum changed")
    assert said == "Clean the filter is done. Next Mon 7 Dec."
    one = office.get(Plan, one.id)
    assert (one.last_on, one.last_due, one.next_on) == (date(2026, 11, 26), TODAY, date(2026, 12, 7))
    (work,) = logged(office)
    assert (work.kind, work.text, work.plan, work.asset) == (WorkKind.SERVICE, "Drum changed", one.id, LASER)
    assert (work.minutes, work.amount, work.party, work.due_on) == (20, Decimal("80.50"), 1, "2026-11-23")
    asset = office.get(Asset, LASER)
    assert (asset.minutes, asset.cost) == (20, Decimal("80.50"))


def test_a_late_one_does_not_come_twice_and_an_early_one_not_again(office: Office) -> None:
    one = plan(office, rule="monthly on 1")
    early = office.do(one, "resolve")
    assert early.next_on == date(2027, 1, 1), "the first of December is done"
    office.now += timedelta(days=100)
    assert office.do(early, "resolve").next_on == date(2027, 4, 1)


def test_what_was_done_today_is_done_once_more_only_even_so(office: Office) -> None:
    one = office.do(plan(office, rule="daily"), "resolve")
    with pytest.raises(Refused, match="done today already; it is due again tomorrow") as no:
        office.do(one, "resolve")
    assert no.value.fields.keys() == {"even_so"}
    assert office.do(one, "resolve", even_so=True).next_on == TODAY + timedelta(days=2)


def test_open_steps_are_named_and_it_is_done_even_so(office: Office) -> None:
    one = plan(office, steps="Off\n\nClean\nOn\nTest\nWrite")
    assert office.said(one, "tick") == "Done: Off"
    assert office.said(one, "tick", step=3) == "Done: On"
    with pytest.raises(Refused, match="Not ticked: 2 Clean; 4 Test; 5 Write") as no:
        office.do(one, "resolve")
    assert no.value.fields.keys() == {"even_so"}
    one = office.do(one, "resolve", even_so=True)
    assert one.ticked == ()


def test_steps_are_ticked_in_order_on_again_and_no_others(office: Office) -> None:
    one = plan(office, steps="Off\nOn")
    office.do(one, "tick")
    assert office.said(one, "tick") == "Done: On That was the last step: s says that it is done."
    assert office.said(one, "tick", step=1) == "To do again: Off"
    office.do(one, "tick")
    for step in (None, 3):
        with pytest.raises(Refused) as no:
            office.do(one, "tick", **({"step": step} if step else {}))
        assert no.value.fields.keys() == {"step"}
    assert office.why_not(plan(office), "tick") == "It has no steps."


# --- of a model -------------------------------------------------------------------------------------------------------


def test_of_a_model_each_is_done_by_itself_and_the_round_is_over_when_all_are(office: Office) -> None:
    one = plan(office, model="LaserJet", steps="Blow out")
    with pytest.raises(Refused, match=r"With which one\? 3 left: P1, P2, P3") as no:
        office.do(one, "resolve", even_so=True)
    assert no.value.fields.keys() == {"asset"}
    office.do(one, "tick")
    assert office.said(one, "resolve", asset=SECOND) == "Clean the filter: P2 is done; 2 left: P1, P3."
    one = office.get(Plan, one.id)
    assert (one.done, one.ticked, one.next_on) == ((SECOND,), (), TODAY)
    assert words(office.ctx(), one) == "due today; 2 of 3 left"
    for asset, why in ((SECOND, "This one is done"), (KEY, "not one of LaserJet")):
        with pytest.raises(Refused, match=why) as no:
            office.do(one, "resolve", asset=asset, even_so=True)
        assert no.value.fields.keys() == {"asset"}
    office.do(one, "resolve", asset=LASER, even_so=True)
    said = office.said(one, "resolve", asset=THIRD, even_so=True)
    assert said == "Clean the filter is done. All of them are done; next Mon 7 Dec."
    assert [work.asset for work in logged(office)] == [SECOND, LASER, THIRD]
    assert office.get(Plan, one.id).done == ()


def test_about_something_else_its_round_begins_anew(office: Office) -> None:
    one = plan(office, model="LaserJet", steps="Blow out\nWipe")
    office.do(one, "resolve", asset=SECOND, even_so=True)
    one = office.do(one, "tick")
    assert (one.done, one.ticked) == ((SECOND,), (1,))
    one = office.edit(one, model="", asset=KEY)
    assert (one.done, one.ticked) == ((), ())


def test_a_thing_that_was_retired_holds_no_round_up(office: Office) -> None:
    one = plan(office, model="LaserJet")
    office.do(one, "resolve", asset=LASER)
    retire(office, SECOND)
    assert [asset.id for asset in left(office.ctx(), office.get(Plan, one.id))] == [THIRD]
    retire(office, THIRD)
    assert office.do(one, "resolve").next_on == date(2026, 12, 7), "nothing is left to be done"
    retire(office, LASER)
    office.now += timedelta(days=14)
    with pytest.raises(Refused, match="Nothing of the model LaserJet is there"):
        office.do(one, "resolve")


# --- left out, stopped, given -----------------------------------------------------------------------------------------


def test_left_out_it_says_why_in_the_log_and_comes_again(office: Office) -> None:
    one = plan(office, asset=LASER)
    with pytest.raises(Refused):
        office.do(one, "skip")
    assert office.do(one, "skip", reason="No filters here").next_on == date(2026, 12, 7)
    (work,) = logged(office)
    assert (work.kind, work.text, work.due_on) == (
        WorkKind.NOTE,
        "Maintenance left out: No filters here",
        "2026-11-23",
    )
    assert office.get(Plan, one.id).last_on is None


def test_stopped_nothing_is_due_of_it_and_what_was_missed_is_not_made_up_for(office: Office) -> None:
    one = office.do(plan(office, asset=LASER), "pause")
    assert not one.active
    for verb in ("resolve", "skip", "tick"):
        assert office.why_not(one, verb) == "It stands still: i lets it go on."
    office.now += timedelta(days=40)
    assert not due_here(office.ctx(), asset=LASER)
    assert office.said(one, "pause") == "Clean the filter goes on; next Mon 4 Jan."


def test_the_plan_of_a_retired_thing_says_so_and_can_only_be_stopped(office: Office) -> None:
    one = plan(office, asset=KEY, owner=1)
    retire(office, KEY)
    assert office.why_not(one, "resolve") == "K1 is retired: i stops this plan."
    assert words(office.ctx(), one) == "K1 is retired: stop this plan (i)"
    (waits,) = waiting_for(office.ctx())
    assert (waits.verb, waits.why) == ("pause", "maintenance K1 is retired: stop this plan (i)")
    assert not due_here(office.ctx(), asset=KEY)
    one = office.do(one, "pause")
    assert office.why_not(one, "pause") == "K1 is retired."


def test_it_is_given_to_somebody_who_works_here(office: Office) -> None:
    one = office.do(plan(office), "assign", to=2)
    assert one.owner == 2
    with pytest.raises(Refused):
        office.do(one, "assign", to=4)


# --- what is due ------------------------------------------------------------------------------------------------------


def test_a_scanned_thing_or_door_says_what_is_due_there_and_not_what_is_done(office: Office) -> None:
    mine = plan(office, asset=LASER, rule="weekly on thu")
    model = plan(office, model="LaserJet")
    room = plan(office, place=ROOM, rule="daily")
    plan(office, asset=LASER, rule="monthly on 20")
    plan(office, name="Backups checked", rule="daily")
    ctx = office.ctx()
    assert [one.id for one in due_here(ctx, asset=LASER)] == [model.id, mine.id]
    assert [one.id for one in due_here(ctx, asset=SECOND)] == [model.id]
    assert [one.id for one in due_here(ctx, place=ROOM)] == [room.id]
    assert due_here(ctx, asset=KEY) == due_here(ctx) == []
    office.do(model, "resolve", asset=LASER)
    office.do(room, "resolve")
    assert [one.id for one in due_here(ctx, asset=LASER)] == [mine.id]
    assert due_here(ctx, place=ROOM) == [], "done today"
    office.now += timedelta(days=1)
    assert [one.id for one in due_here(office.ctx(), place=ROOM)] == [room.id]


def test_my_desk_has_what_is_due_for_its_owner_and_what_is_nobody_s_for_clerks(office: Office) -> None:
    plan(office, name="Mine", owner=3)
    plan(office, name="Of who left", owner=2, rule="weekly on mon")
    plan(office, name="Nobody's", rule="weekly on mon")
    plan(office, name="Later", owner=3, rule="weekly on thu")
    office.put(office.get(Person, 2).model_copy(update={"active": False}))
    assert [(one.what, one.why) for one in waiting_for(office.ctx(3))] == [("Mine", "maintenance due today")]
    office.now = at("2026-11-25 09:00")
    assert [(one.what, one.why) for one in waiting_for(office.ctx(1))] == [
        ("Of who left", "maintenance late since Mon 23 Nov; 1 more")
    ]


def test_late_and_stopped_are_seen_in_a_list() -> None:
    kind: Kind[Any] = areas.kind("plans")
    assert kind.row_style is not None
    docs = ({"next_on": "2026-11-22"}, {"next_on": "2026-11-23"}, {"next_on": "2026-11-24"}, {"active": False})
    assert [kind.row_style(doc, "2026-11-23T09:00:00Z") for doc in docs] == ["late", "soon", "", "done"]


RULES = st.sampled_from(
    ["daily", "weekly on mon", "every 2 weeks on fri", "first monday", "monthly on 31", "every 6 months on 1"]
)


ASKED: dict[str, dict[str, Any]] = {"resolve": {"even_so": True}, "skip": {"reason": "No time"}}
"""What verbs ask for."""


@settings(max_examples=60, deadline=None)
@given(RULES, st.lists(st.tuples(st.integers(0, 45), st.sampled_from(["resolve", "skip", "pause"])), max_size=8))
def test_the_next_date_is_always_one_of_the_rule_and_after_today_once_it_is_done(
    rule: str, days: list[tuple[int, str]]
) -> None:
    office = plant()
    one = plan(office, rule=rule)
    for forward, verb in days:
        office.now += timedelta(days=forward)
        today, before = office.ctx().today, one.next_on
        assert before is not None
        if office.why_not(one, verb):
            verb = "pause"
        one = office.do(one, verb, **ASKED.get(verb, {}))
        assert one.next_on is not None
        assert one.next_on > today or verb == "pause"
        assert one.next_on > before or verb == "pause"
        assert one.next_on >= today or not one.active
        assert calendar.Recurrence.parse(one.rule).next(one.next_on - timedelta(days=1)) == one.next_on
    assert office.problems() == []


def test_done_is_taken_back_whole(tmp_path: Path) -> None:
    desk = store_office(tmp_path, clock=Clock())
    desk.add("assets", {"name": "Printer"})
    desk.add("plans", {"name": "Clean", "rule": "weekly on mon", "asset": 1, "minutes": 10})
    desk.do("plans", 1, "resolve", {"cost": "12.50"})
    assert desk.get("assets", 1).cost == Decimal("12.50")
    entry = desk.undoable()
    assert entry is not None
    desk.undo(entry.digest)
    assert desk.get("plans", 1).next_on == TODAY
    assert (desk.get("assets", 1).cost, desk.get("assets", 1).minutes) == (0, 0)
