"""Reports on supplies: what is there and used is worth, what was spent, to the cent."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui import areas
from botui.actions.reports import reports
from botui.models.base import Change
from botui.models.office import Party, Place, Settings
from botui.models.shape import build
from botui.models.supplies import Item, Movement, Order, OrderLine
from botui.models.supplies.item import Why
from botui.models.supplies.ledger import Ledger, Posting
from botui.models.supplies.reports import REPORTS, spend, stock
from tests.command_line import Office as CommandLine
from tests.command_line import found
from tests.kiosk import Kiosk
from tests.rules import Office, at

BERLIN = Settings(zone="Europe/Berlin")
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
D = Decimal


def item(number: int, category: str, here: int, average: str | None = None, price: str | None = None) -> Item:
    levels = ({"place": 1, "quantity": here},) if here else ()
    values = {"id": number, "name": f"Item {number}", "category": category, "average": average, "price": price}
    return build(Item, {**values, "stock": levels})


def moved(number: int, quantity: int, why: str, when: str, cost: str | None = None, **more: Any) -> Movement:
    values = {"item": number, "quantity": quantity, "why": why, "at": at(when), "place": 1, "cost": cost}
    return build(Movement, {**values, **more, "id": 1})


def test_stock_and_use_by_category_to_the_cent() -> None:
    items = [
        item(1, "Paper", 10, average="2.345"),
        item(2, "Paper", 3, price="0.3333"),
        item(3, "Pens", 5),
        item(4, "", 1, average="1"),
        item(5, "Nothing of it", 0),
    ]
    movements = [
        moved(1, -4, "take", "2026-11-05 09:00", "2.3451"),
        moved(1, 1, "return", "2026-11-06 09:00", "2.3451"),
        moved(2, -1, "waste", "2026-11-06 09:00", "0.3333"),
        moved(3, -2, "take", "2026-11-06 09:00"),
        moved(1, 50, "receive", "2026-11-07 09:00", "2"),
        moved(1, -7, "transfer", "2026-11-07 09:00", "2"),
        moved(1, -7, "take", "2026-10-31 22:59", "2"),
        moved(1, -2, "take", "2026-11-30 23:00", "2"),
    ]
    report = stock(items, movements, BERLIN, *NOVEMBER)
    assert report.title == "Stock and use by category, 2026-11-01 to 2026-11-30"
    assert report.rows == (
        ("(no category)", 1, 1, D("1.00"), 0, D("0.00"), 0),
        ("Paper", 2, 15, D("29.14"), 4, D("7.37"), 100),
        ("Pens", 1, 5, D("0.00"), 2, D("0.00"), 0),
        ("All", 4, 21, D("30.14"), 6, D("7.37"), 100),
    )
    assert {len(row) for row in report.rows} == {len(report.header)}


def test_spend_by_supplier_and_month_to_the_cent() -> None:
    def order(
        number: int, supplier: int, when: str | None, amount: str, state: str = "ordered", billed: str = "0"
    ) -> Any:
        values = {"supplier": supplier, "ordered_at": at(when) if when else None, "amount": amount, "state": state}
        return build(Order, {**values, "billed_amount": billed, "id": number})

    orders = [
        order(1, 1, "2026-11-02 09:00", "100.10", billed="40"),
        order(2, 1, "2026-11-03 09:00", "0.05", state="closed"),
        order(3, 1, "2026-11-03 09:00", "999", state="cancelled"),
        order(4, 2, "2026-10-31 23:00", "7"),
        order(5, 2, "2026-10-31 22:59", "8"),
        order(6, 2, None, "9", state="draft"),
    ]
    came: list[tuple[Movement, int | None]] = [
        (moved(1, 10, "receive", "2026-11-05 09:00", "1.005"), 1),
        (moved(1, -1, "receive", "2026-11-06 09:00", "1.005"), 1),
        (moved(2, 3, "receive", "2026-11-07 09:00", "0.3333"), None),
        (moved(2, 3, "count", "2026-11-07 09:00", "5"), 1),
        (moved(2, 3, "receive", "2026-12-01 09:00", "5"), 1),
    ]
    report = spend(came, orders, {1: "Paper Ltd", 2: "Ink & Co"}, BERLIN, *NOVEMBER)
    assert report.rows == (
        ("(no supplier)", "2026-11", 0, D("0.00"), D("0.00"), D("1.00")),
        ("Ink & Co", "2026-11", 1, D("7.00"), D("0.00"), D("0.00")),
        ("Paper Ltd", "2026-11", 2, D("100.15"), D("40.00"), D("9.05")),
        ("All", "", 3, D("107.15"), D("40.00"), D("10.05")),
    )


def test_a_year_is_told_month_by_month_in_the_office_time() -> None:
    came: list[tuple[Movement, int | None]] = [
        (moved(1, 1, "receive", "2025-12-31 23:30", "1"), 1),
        (moved(1, 1, "receive", "2026-01-31 22:30", "2"), 1),
        (moved(1, 1, "receive", "2026-01-31 23:30", "3"), 1),
    ]
    rows = spend(came, [], {1: "Paper Ltd"}, BERLIN, date(2026, 1, 1), date(2026, 12, 31)).rows
    assert [(row[1], row[5]) for row in rows] == [("2026-01", D(3)), ("2026-02", D(3)), ("", D(6))]


def test_nothing_makes_empty_reports() -> None:
    assert stock([], [], BERLIN, *NOVEMBER).rows == ()
    assert spend([], [], {}, BERLIN, *NOVEMBER).rows == ()


PRICES = st.decimals(0, 1000, places=4)
MOVES = st.lists(st.tuples(st.integers(1, 3), st.integers(-50, 50).filter(bool), st.sampled_from(list(Why)), PRICES))


@given(MOVES, st.lists(PRICES, min_size=3, max_size=3))
def test_the_last_row_is_the_sum_of_the_others_to_the_cent(moves: Any, averages: list[Decimal]) -> None:
    movements = [moved(n, q, why.value, "2026-11-05 09:00", str(cost)) for n, q, why, cost in moves]
    items = [item(n, "AB"[n % 2], 7 * n, average=str(averages[n - 1])) for n in (1, 2, 3)]
    *rows, whole = stock(items, movements, BERLIN, *NOVEMBER).rows
    for place in range(1, 6):
        assert sum(row[place] for row in rows) == whole[place]  # type: ignore[misc]
    bought = spend([(one, one.item) for one in movements], [], {1: "A", 2: "B"}, BERLIN, *NOVEMBER).rows
    if bought:
        assert sum(row[5] for row in bought[:-1]) == bought[-1][5]  # type: ignore[misc]


@pytest.fixture
def busy() -> Office:
    office = Office()
    office.put(Place(id=1, name="Store room"))
    office.put(Party(id=1, name="Paper Ltd"))
    office.put(build(Item, {"id": 1, "name": "A4", "category": "Paper", "supplier": 1}))
    office.put(build(Order, {"id": 1, "supplier": 1, "state": "ordered", "ordered_at": office.now, "amount": "50"}))
    office.put(build(OrderLine, {"id": 1, "order": 1, "item": 1, "quantity": 10, "price": "5"}))
    ledger = Ledger(office.ctx(), Change("test"))
    ledger.post(Posting(item=1, place=1, quantity=10, why=Why.RECEIVE, cost=D(5), line=1))
    ledger.post(Posting(item=1, place=1, quantity=2, why=Why.RECEIVE, cost=D(2)))
    ledger.post(Posting(item=1, place=1, quantity=-3, why=Why.TAKE))
    office.apply(ledger.close())
    return office


def test_both_reports_come_from_the_store(busy: Office) -> None:
    made = {name: REPORTS[name].make(busy.ctx(), *NOVEMBER).rows[-1] for name in ("stock", "spend")}
    assert made == {
        "stock": ("All", 1, 9, D("40.50"), 3, D("13.50"), 100),
        "spend": ("All", "", 1, D("50.00"), D("0.00"), D("54.00")),
    }


def store_room(office: CommandLine) -> None:
    office.ok("add", "places", "name=Store room")
    office.ok("add", "items", "name=Pen", "category==Pens", "price=1.25")
    desk = office.desk()

    def begin(ctx: Any) -> Change:
        ledger = Ledger(ctx, Change("test.begin"))
        ledger.post(Posting(item=1, place=1, quantity=4, why=Why.RECEIVE, cost=D("1.25")))
        return ledger.close()

    desk.apply(begin)
    desk.store.close()


def test_the_command_line_prints_them_and_neutralises_formulas(tmp_path: Any) -> None:
    office = found(tmp_path / "office")
    assert office.ok("report", "stock").out.splitlines()[-1].startswith("Category")
    store_room(office)
    assert "=Pens" in office.ok("report", "stock").out
    last = office.ok("report", "spend").out.splitlines()[-1]
    assert last.split() == ["All", "0", "0.00", "0.00", "5.00"]
    header, *rows = csv.reader(io.StringIO(office.ok("report", "stock", "--csv").out, newline=""))
    assert dict(zip(header, rows[0], strict=True))["Worth"] == "5.00"
    assert rows[0][0] == "'=Pens"
    assert office.ok("report", "spend", "--json").out.count('"5.00"') == 2
    assert "stock, spend" in office.refused("report", "nothing")
    assert "before the first" in office.refused("report", "stock", "since=today", "until=-1d")


def test_what_was_spent_is_for_those_who_order_and_pay(tmp_path: Any) -> None:
    office = found(tmp_path / "office")
    store_room(office)
    for role in ("staff", "finance", "auditor"):
        office.desk().as_system().add("people", {"name": f"{role} One", "roles": (role,)})
    told = {
        who: [office.run("report", name, "--as", who).code for name in ("stock", "spend", "volume")]
        for who in ("SO", "FO", "AO")
    }
    assert told == {"SO": [0, 1, 1], "FO": [0, 0, 1], "AO": [0, 0, 0]}


@pytest.mark.no_cover
async def test_the_menu_shows_them_to_whoever_may_read_them(tmp_path: Path) -> None:
    office = found(tmp_path / "office")
    store_room(office)
    office.ok("add", "people", "name=Sam Staff")
    async with Kiosk.open(tmp_path / "office", as_="ML") as kiosk:
        await kiosk.press("2")
        kiosk.sees("q=Reports")
        await kiosk.press("q", "2", "5")
        kiosk.sees("Spend by supplier and month", "(no supplier)", "5.00")
    async with Kiosk.open(tmp_path / "office", as_="SS") as kiosk:
        await kiosk.press("2", "q")
        kiosk.sees("Stock and use").does_not_see("Spend")


def test_the_registry_knows_all_reports_each_by_a_word_of_its_own() -> None:
    by_area = [set(reports(one.name)) for one in areas.AREAS]
    assert {"volume", "deadlines", "stock", "spend"} <= reports().keys()
    assert sum(map(len, by_area)) == len(reports())
