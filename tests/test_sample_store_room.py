"""The store room of the sample office: a year of it, and something in every list on the day it is looked at."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from botui import areas
from botui.access import Secrets
from botui.actions import sample
from botui.actions.desk import my_desk
from botui.data import Desk
from botui.models.base import NotAllowed, View
from botui.models.supplies import Movement, Why, order, request, stocktake
from tests.samples import Docs, make


def test_the_store_room_shows_every_state_and_every_reason(demo_docs: Docs) -> None:
    assert {doc["why"] for doc in demo_docs["movements"].values()} == set(Why)
    assert {doc["state"] for doc in demo_docs["orders"].values()} == set(order.State)
    assert {doc["billed"] for doc in demo_docs["orders"].values()} == set(order.Billed)
    assert {doc["state"] for doc in demo_docs["requests"].values()} == set(request.State)
    assert {doc["state"] for doc in demo_docs["stocktakes"].values()} == set(stocktake.State)
    assert any(doc.get("settled") for doc in demo_docs["lines"].values())
    assert any(doc.get("damaged") for doc in demo_docs["lines"].values())
    assert any(doc.get("reverses") for doc in demo_docs["movements"].values())
    assert any(doc.get("recount") for doc in demo_docs["counts"].values())
    assert any(doc.get("pair") for doc in demo_docs["movements"].values())


def test_each_list_of_supplies_has_something_in_it(demo: Desk, demo_docs: Docs) -> None:
    approver = next(doc["approver"] for doc in demo_docs["orders"].values() if doc["state"] == "to_approve")
    asker = next(doc["person"] for doc in demo_docs["requests"].values() if doc["state"] == "asked")
    desks = [demo, *(Desk(demo.store, one, "test", demo.clock) for one in (approver, asker))]
    for collection in (one.name for one in areas.COLLECTIONS if one.area == "supplies"):
        for view in areas.kind(collection).views:
            assert any(_seen(desk, collection, view) for desk in desks), f"{collection}:{view.name}"


def _seen(desk: Desk, collection: str, view: View) -> int:
    try:
        return desk.count(collection, view)
    except NotAllowed:
        return 0


def test_the_movements_are_those_of_a_year_in_office_hours(demo: Desk, demo_docs: Docs) -> None:
    hours = demo.settings.business_hours()
    moved = [Movement.load(number, doc) for number, doc in demo_docs["movements"].items()]
    assert 1_500 < len(moved) < 3_000
    assert all(hours.is_open(one.at - timedelta(seconds=1)) for one in moved)
    months = Counter(one.at.strftime("%Y-%m") for one in moved)
    assert len(months) == 13
    assert min(months.values()) > 50
    assert {one.by for one in moved if one.why is Why.TAKE} == {
        number for number, doc in demo_docs["people"].items() if doc["active"]
    }


def test_more_is_taken_on_mondays_and_more_coffee_in_winter(demo_docs: Docs) -> None:
    taken = [Movement.load(number, doc) for number, doc in demo_docs["movements"].items() if doc["why"] == "take"]
    days = Counter(one.at.weekday() for one in taken)
    assert days[0] > 1.2 * max(days[day] for day in range(1, 5))
    coffee = next(number for number, doc in demo_docs["items"].items() if doc["name"].startswith("Coffee"))
    by_month = Counter(one.at.month for one in taken if one.item == coffee)
    assert sum(by_month[month] for month in (12, 1, 2)) > 1.2 * sum(by_month[month] for month in (6, 7, 8))


def test_every_item_has_a_bar_code_of_its_own_that_is_nobody_elses(demo_docs: Docs) -> None:
    codes = [code for doc in demo_docs["items"].values() for code in doc["codes"]]
    assert len(demo_docs["items"]) == 80
    assert len(set(codes)) == len(codes) > 100
    for code in codes:
        assert len(code) == 13
        assert 20 <= int(code[:2]) <= 29, "GS1 gives these numbers to nobody"
        assert sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(code)) % 10 == 0
    packs = [(doc, pack) for doc in demo_docs["items"].values() for pack in doc.get("packs", ())]
    assert all(pack["quantity"] == doc["pack_size"] and pack["code"] in doc["codes"] for doc, pack in packs)
    assert len({doc["category"] for doc in demo_docs["items"].values()}) == 10
    assert any(doc["price"][-2:] != "00" for doc in demo_docs["items"].values()), "prices with fractions of a cent"


def test_on_a_monday_there_is_something_to_order_from_three_suppliers(demo: Desk) -> None:
    low = demo.find("items", {"low": (True,)})
    suppliers = Counter(one.supplier for one in low)
    assert sum(many >= 3 for many in suppliers.values()) >= 3
    assert any(one.on_hand for one in low)
    for number in suppliers:
        firm = demo.get("parties", number)
        assert (firm.terms, firm.lead_days, firm.check_on) != ("", None, None)


def test_supplies_wait_on_the_desk_of_the_administrator_and_of_who_approves_orders(demo: Desk, demo_docs: Docs) -> None:
    approver = next(doc["approver"] for doc in demo_docs["orders"].values() if doc["state"] == "to_approve")
    assert {"requests", "orders", "stocktakes", "items"} <= {one.waiting.collection for one in my_desk(demo)}
    theirs = my_desk(Desk(demo.store, approver, "test", demo.clock))
    assert any(one.waiting.collection == "orders" and one.waiting.verb == "approve" for one in theirs)
    first, second, hr = (demo.store.secrets.badge_owner(code) for code in sample.BADGES)
    assert [first, second] == [1, approver], "as the README says"
    assert hr is not None
    assert "hr" in demo_docs["people"][hr]["roles"]
    assert "hr" not in demo_docs["people"][1]["roles"], "an administrator is not HR"
    assert demo_docs["people"][approver]["initials"].isascii(), "whoever has no scanner types them"


@pytest.mark.parametrize(("code", "name"), [("2000001000014", "Pen, blue"), ("A1-02", "Pen, black")])
def test_what_the_readme_tells_to_scan_is_there_to_be_taken(demo: Desk, code: str, name: str) -> None:
    [(collection, number)] = demo.by_code(code)
    item = demo.get(collection, number)
    assert item.name == name
    assert item.at(item.place) >= 10


def test_the_first_people_have_badges_that_can_be_typed(tmp_path: Path) -> None:
    report = make(tmp_path / "office", 100)
    secrets = Secrets(tmp_path / "office")
    first, second, *hr = (secrets.badge_owner(code) for code in sample.BADGES)
    assert first == report.administrator
    assert second not in (None, first)
    assert first not in hr
    make(tmp_path / "office", 100, seed=2)
    assert [secrets.badge_owner(code) for code in sample.BADGES] == [first, second, *hr]
