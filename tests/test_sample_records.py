"""The papers and the money of the sample office: a year that adds up, in our books as in hledger's."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from botui import areas
from botui.actions.books import as_journal
from botui.data import Desk
from botui.models.base import NotAllowed, View
from botui.models.records.bank import Proof
from botui.models.records.books import books
from botui.models.records.posted import balances
from tests.books import check, needs_hledger
from tests.samples import FRIDAY, Docs

MAY_BE_EMPTY = {("boxes", "all")}
"""Lists of which nobody has anything every year."""


@needs_hledger
def test_hledger_accepts_the_year_and_its_balances_are_ours(demo: Desk, tmp_path: Path) -> None:
    told = check(tmp_path / "year.journal", as_journal(demo))
    ours = balances(books(demo.context()))
    assert {name: amount for name, amount in told.items() if amount} == {
        name: amount for name, amount in ours.items() if amount
    }
    assert sum(ours.values()) == 0
    assert len(ours) > 25


def test_each_month_was_proved_and_is_what_the_books_say(demo: Desk, demo_docs: Docs) -> None:
    proofs = [one for one in books(demo.context()) if one.proof]
    proved = [doc for doc in demo_docs["statements"].values() if doc["state"] == Proof.PROVED.value]
    assert len(proofs) == len(proved) >= 10
    assert len(proved) < len(demo_docs["statements"]), "the last one is still to be proved"
    for one in proofs:
        assert one.proof is not None
        assert balances(books(demo.context(), one.on))[one.proof.account] == one.proof.balance


def test_little_is_not_sorted_and_cash_is_what_is_in_the_boxes(demo: Desk, demo_docs: Docs) -> None:
    ours = balances(books(demo.context()))
    costs = sum((amount for name, amount in ours.items() if name.startswith("expenses:")), Decimal(0))
    assert abs(ours.get("expenses:not sorted", Decimal(0))) < costs / 10
    boxes = sum((Decimal(doc["balance"]) for doc in demo_docs["boxes"].values()), Decimal(0))
    assert sum((amount for name, amount in ours.items() if name.startswith("assets:cash:")), Decimal(0)) == boxes


def test_all_is_of_the_year_before_now(demo_docs: Docs) -> None:
    year = (FRIDAY - timedelta(days=380)).date().isoformat(), FRIDAY.date().isoformat()
    for name in ("payments", "vouchers"):
        assert all(year[0] <= doc["on"] <= year[1] for doc in demo_docs[name].values()), name


@pytest.mark.parametrize("collection", [one.name for one in areas.COLLECTIONS if one.area == "records"])
def test_each_list_of_the_menu_has_something_in_it(demo: Desk, collection: str) -> None:
    people = [one.id for one in demo.as_system().find("people", {"active": (True,)})]
    for view in areas.kind(collection).views:
        if view.menu and (collection, view.name) not in MAY_BE_EMPTY:
            assert any(seen(demo, person, collection, view) for person in [demo.person, *people]), view.name


def seen(demo: Desk, person: int | None, collection: str, view: View) -> int:
    try:
        return Desk(demo.store, person, "test", demo.clock).count(collection, view)
    except NotAllowed:
        return 0
