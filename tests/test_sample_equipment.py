"""The equipment of the sample office: a year of it, and something in every list on the day it is looked at."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from botui import areas
from botui.actions.desk import my_desk
from botui.actions.sample.room import FAR
from botui.data import Desk
from botui.models.base import NotAllowed, View
from botui.models.equipment import access, asset, audit, fault, licence, loan
from botui.models.equipment.asset import Asset
from botui.models.equipment.fault import Fault, WorkKind
from botui.models.equipment.loan import Loan
from botui.models.tickets import Ticket
from tests.samples import FRIDAY, Docs


def test_the_equipment_shows_every_state_and_every_reason(demo_docs: Docs) -> None:
    assert {doc["status"] for doc in demo_docs["assets"].values()} == set(asset.Status)
    assert {doc["state"] for doc in demo_docs["faults"].values()} >= {*fault.OPEN, fault.State.FIXED}
    assert {doc.get("waiting_for") for doc in demo_docs["faults"].values()} == {None, *fault.WaitFor}
    assert {doc["kind"] for doc in demo_docs["worklog"].values()} == set(WorkKind)
    assert {doc["state"] for doc in demo_docs["bookings"].values()} >= {
        loan.BookingState.BOOKED,
        loan.BookingState.OVER,
    }
    assert {doc["state"] for doc in demo_docs["licences"].values()} >= {*licence.RUNNING, licence.State.EXPIRED}
    assert {doc["state"] for doc in demo_docs["access"].values()} == set(access.State) - {access.State.CANCELLED}
    assert {doc["state"] for doc in demo_docs["audits"].values()} == {audit.State.OPEN, audit.State.FINISHED}
    assert {doc["result"] for doc in demo_docs["findings"].values()} == set(audit.Result) - {audit.Result.UNEXPECTED}


def test_each_list_of_equipment_has_something_in_it(demo: Desk, demo_docs: Docs) -> None:
    approver = next(doc["approver"] for doc in demo_docs["access"].values() if doc["state"] == "asked")
    holder = next(doc["person"] for doc in demo_docs["access"].values() if doc["state"] == "given")
    desks = [demo, *(Desk(demo.store, one, "test", demo.clock) for one in (approver, holder))]
    for collection in (one.name for one in areas.COLLECTIONS if one.area == "equipment"):
        for view in areas.kind(collection).views:
            assert any(_seen(desk, collection, view) for desk in desks) or view.name == "mine", (
                f"{collection}:{view.name}"
            )


def _seen(desk: Desk, collection: str, view: View) -> int:
    try:
        return desk.count(collection, view)
    except NotAllowed:
        return 0


def test_there_are_some_hundred_assets_of_five_years_with_codes_of_their_own(demo_docs: Docs) -> None:
    assets = [Asset.load(number, doc) for number, doc in demo_docs["assets"].items()]
    assert 150 < len(assets) < 200
    for codes in ([one.tag for one in assets], [one.serial for one in assets if one.serial]):
        assert len(set(codes)) == len(codes) > 100
    bought = [one.bought_on for one in assets if one.bought_on]
    assert max(bought) - min(bought) > timedelta(days=4 * 365)
    assert max(bought) <= FRIDAY.date()
    assert all(one.next_audit is None or one.next_audit.year >= 2026 for one in assets)


def test_hand_outs_are_of_a_year_and_few_of_them_overdue(demo: Desk, demo_docs: Docs) -> None:
    loans = [Loan.load(number, doc) for number, doc in demo_docs["loans"].items()]
    hours = demo.settings.business_hours()
    assert all(hours.is_open(one.at - timedelta(seconds=1)) for one in loans)
    assert sum(one.back_at is not None for one in loans) > 60
    overdue = demo.find("loans", {"back_at": (None,)})
    late = [one for one in overdue if one.due and one.due < FRIDAY.date()]
    assert 1 <= len(late) <= 6
    assert any(demo.get("assets", one.asset).tag == "KEY-01" for one in late), "a key is overdue"


def test_faults_came_with_tickets_parts_visits_and_costs(demo: Desk, demo_docs: Docs) -> None:
    faults = {number: Fault.load(number, doc) for number, doc in demo_docs["faults"].items()}
    tickets = [Ticket.load(number, doc) for number, doc in demo_docs["tickets"].items() if doc.get("fault")]
    assert 35 <= len(faults) <= 45
    assert {one.fault for one in tickets} == set(faults)
    assert len(tickets) > len(faults), "some were reported twice"
    assert sum(one.cost > 0 for one in faults.values()) >= 8
    assert any(one.by_guide for one in faults.values())
    assert any(one.under_warranty for one in faults.values())
    parts = [doc for doc in demo_docs["worklog"].values() if doc.get("movement")]
    assert parts
    for doc in parts:
        movement = demo_docs["movements"][doc["movement"]]
        assert (movement["about"], movement["item"]) == (f"F-{doc['fault']}", doc["item"])


def test_no_number_for_the_time_being_is_left(demo_docs: Docs) -> None:
    assert all(number < FAR for number in demo_docs["tickets"])
    assert str(FAR)[:7] not in str([demo_docs[name] for name in ("comments", "faults", "worklog", "tickets")])


@pytest.mark.parametrize("tag", ["PRN-01", "KEY-01", "NB-04"])
def test_what_the_readme_tells_to_scan_is_there(demo: Desk, tag: str) -> None:
    [(collection, number)] = demo.by_code(tag)
    assert (collection, demo.get(collection, number).tag) == ("assets", tag)


def test_the_printer_of_the_second_floor_is_broken_and_known(demo: Desk) -> None:
    [(_, number)] = demo.by_code("PRN-01")
    [broken] = demo.find("faults", {"asset": (number,), "state": tuple(one.value for one in fault.OPEN)})
    assert (broken.reports, broken.state) == (3, fault.State.LOOKING)
    assert sum(one.done_at is not None for one in broken.checklist) == 2
    assert demo.get("assets", number).status is asset.Status.IN_REPAIR


def test_equipment_waits_on_the_desk_of_the_administrator(demo: Desk) -> None:
    things = Counter(one.waiting.collection for one in my_desk(demo))
    assert {"faults", "loans", "licences", "access", "audits"} <= set(things)
    whys = " ".join(one.waiting.why for one in my_desk(demo))
    for words in ("to be cancelled by Fri 27 Nov", "ends Tue 15 Dec", "ended", "access to give", "waiting for a quote"):
        assert words in whys


def test_maintenance_is_kept_to_and_one_is_late(demo: Desk, demo_docs: Docs) -> None:
    plans = demo_docs["plans"].values()
    assert len(plans) == 12
    late = [doc["name"] for doc in plans if doc["next_on"] < FRIDAY.date().isoformat()]
    assert late == ["Extinguishers tested"]
    assert sum(bool(doc.get("last_on")) for doc in plans) >= 9
    assert sum(doc["kind"] == "service" for doc in demo_docs["worklog"].values()) > 60
