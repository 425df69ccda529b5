"""HR's year in the sample office: something in every list, and the directory and the calendar say the same."""

from __future__ import annotations

from botui import areas
from botui.data import Desk
from tests.samples import FRIDAY, Docs
from tests.test_sample_records import seen

TODAY = FRIDAY.date().isoformat()


def test_each_list_of_the_menu_has_something_in_it_for_somebody(demo: Desk, demo_docs: Docs) -> None:
    people = sorted(demo_docs["people"], key=lambda one: "hr" not in demo_docs["people"][one]["roles"])
    empty = [
        (one.name, view.name)
        for one in areas.COLLECTIONS
        if one.area == "hr"
        for view in areas.kind(one.name).views
        if view.menu and not any(seen(demo, person, one.name, view) for person in people)
    ]
    assert not empty


def test_who_is_shown_as_away_is_away_in_the_team_calendar_too(demo_docs: Docs) -> None:
    away = {number for number, doc in demo_docs["people"].items() if doc["active"] and doc["presence"] == "away"}
    planned = {one["person"] for one in demo_docs["absences"].values() if one["starts"] <= TODAY <= one["ends"]}
    assert away
    assert away <= planned


def test_of_the_tasks_under_way_some_are_late_one_is_due_today_and_some_are_in_time(demo_docs: Docs) -> None:
    open_ = [one for one in demo_docs["tasks"].values() if one["state"] not in ("closed", "void")]
    due = [min(filter(None, (one.get("next_due"), one.get("due")))) for one in open_]
    assert any(one < TODAY for one in due)
    assert TODAY in due
    assert any(one > TODAY for one in due)
