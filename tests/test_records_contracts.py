"""Contracts, insurances and permits: filed, told of in time, renewed, cancelled; who may see what they cost."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from botui.models.base import NotAllowed, Refused
from botui.models.equipment.licence import Period, State
from botui.models.office import Party
from botui.models.records import contracting
from botui.models.records.contract import Contract, Sort
from botui.models.records.contract_card import card
from botui.models.records.document import Document
from botui.models.records.document import State as DocumentState
from tests.offices import ANN, BOB, CLEO, FRED, MAX, OTTO
from tests.offices import office as store_office
from tests.rules import MONDAY, Office

TODAY = date(2026, 11, 23)
END = date(2027, 6, 30)


@pytest.fixture
def office() -> Office:
    return Office()


def contract(office: Office, **values: Any) -> Contract:
    return office.add(
        Contract, **{"name": "Rent", "sort": Sort.LEASE, "cost": "900", "renews_on": END, "owner": 2, **values}
    )


def go(office: Office, day: date) -> list[str]:
    """Let it be noon of a day, and time do its work."""
    office.now = MONDAY.replace(year=day.year, month=day.month, day=day.day, hour=11)
    return [
        f"{one.action} {one.note}".strip()
        for one in (office.apply(it, None) for it in contracting.due(office.ctx(None)))
    ]


def test_its_owner_is_told_in_time_for_the_last_day_to_cancel(office: Office) -> None:
    one = contract(office, notice_days=90, auto_renew=True)
    assert one.cancel_by == date(2027, 4, 1)
    assert go(office, date(2027, 1, 1)) == ["contracts.told 90 days ahead"]
    (waits,) = contracting.waiting_for(office.ctx(2))
    assert (waits.what, waits.verb) == ("Rent", "acknowledge")
    assert waits.why == "renews by itself Wed 30 Jun, to be cancelled by Thu 1 Apr"
    assert [*contracting.waiting_for(office.ctx(1))] == []
    office.do(one, "acknowledge", 2)
    assert [*contracting.waiting_for(office.ctx(2))] == []
    assert go(office, date(2027, 3, 30)) == ["contracts.told 7 days ahead"]
    assert go(office, END + timedelta(days=1)) == ["contracts.renewed"]
    assert office.get(Contract, 1).renews_on == date(2028, 6, 30)
    assert office.problems() == []


def test_a_lease_that_is_paid_every_month_renews_for_the_term_that_is_agreed(office: Office) -> None:
    one = contract(office, per=Period.MONTH, renews_for=Period.THREE_YEARS, auto_renew=True)
    go(office, END + timedelta(days=1))
    one = office.get(Contract, one.id)
    assert (one.renews_on, [str(term) for term in one.terms]) == (
        date(2030, 6, 30),
        ["until 2030-06-30, 900.00, by itself"],
    )
    once = contract(office, renews_for=Period.ONCE)
    with pytest.raises(Refused) as no:
        office.do(once, "renew")
    assert no.value.fields.keys() == {"until"}


def test_it_ends_is_renewed_cancelled_and_taken_up_again(office: Office) -> None:
    one = contract(office)
    assert go(office, END + timedelta(days=1)) == ["contracts.ended"]
    assert office.get(Contract, 1).state is State.EXPIRED
    assert [waits.verb for waits in contracting.waiting_for(office.ctx(2))] == ["renew"]
    assert office.said(one, "renew", cost="950") == "Rent is renewed until 30 Jun 2028."
    assert office.get(Contract, 1).cost == Decimal(950)
    assert office.said(one, "cancel", reason="we move") == "Rent is cancelled; it holds until 30 Jun 2028."
    assert office.why_not(one, "renew") == "It is cancelled."
    assert office.said(one, "reopen") == "Rent runs again, ends 30 Jun 2028."
    assert office.said(one, "note", text="Asked for a lower rent") == "Noted at Rent."
    assert office.get(Contract, 1).note.endswith("Ann Archer: Asked for a lower rent")
    assert office.problems() == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"started_on": date(2028, 1, 1)}, "renews_on"),
        ({"renews_on": None, "notice_days": 30}, "renews_on"),
        ({"renews_on": None, "auto_renew": True}, "auto_renew"),
        ({"renews_on": date(2500, 1, 1)}, "renews_on"),
        ({"owner": 4}, "owner"),
        ({"party": 1}, "party"),
        ({"document": 1}, "document"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(office: Office, values: dict[str, Any], field: str) -> None:
    office.put(Party(id=1, name="Closed", active=False))
    office.put(Document(id=1, title="Gone", state=DocumentState.DESTROYED))
    with pytest.raises(Refused) as no:
        contract(office, **values)
    assert field in no.value.fields
    one = contract(office)
    with pytest.raises(Refused):
        office.edit(one, **values)


def test_a_party_s_card_says_what_runs_with_it_to_those_who_may_see_what_it_costs(office: Office) -> None:
    office.put(Party(id=1, name="Harbour Estates"))
    contract(office, party=1)
    office.do(contract(office, party=1, name="Parking"), "cancel")
    assert [*card(office.ctx(1), office.get(Party, 1))] == [("CT-1", "Rent, ends 30 Jun 2027")]
    assert [*card(office.ctx(3), office.get(Party, 1))] == []


def test_by_another_day_it_is_told_anew(office: Office) -> None:
    one = contract(office)
    go(office, END - timedelta(days=5))
    office.do(one, "acknowledge")
    one = office.edit(one, renews_on=END + timedelta(days=20))
    assert (one.noticed, one.seen_at) == (None, None)
    assert [str(one) for one in contracting.waiting_for(office.ctx(2))] == []
    assert go(office, END - timedelta(days=4)) == ["contracts.told 30 days ahead"]


def test_what_contracts_cost_is_for_clerks_finance_managers_and_auditors_and_who_sees_to_one(tmp_path: Path) -> None:
    desk = store_office(tmp_path)
    for name, owner in (("Rent", CLEO), ("Cleaning", BOB)):
        desk.add("contracts", {"name": name, "owner": owner, "renews_on": "2027-06-30"})
    for person in (ANN, FRED, MAX, OTTO):
        assert desk.for_person(person).numbers("contracts") == [1, 2]
    cleo = desk.for_person(CLEO)
    assert cleo.numbers("contracts") == [1]
    cleo.do("contracts", 1, "renew")
    for person, verb in ((CLEO, "note"), (MAX, "cancel"), (OTTO, "renew")):
        with pytest.raises(NotAllowed):
            desk.for_person(person).do("contracts", 2, verb, {"text": "x"} if verb == "note" else {})
