"""Items, stock, suppliers and orders of other systems: what becomes of them, what is left out, and a second time."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.actions.imports.figures import Figures, figures_of
from botui.models.base import Refused
from tests.command_line import Office, found, process
from tests.exports import write


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return found(tmp_path / "office")


def imported(office: Office, what: str, text: str, *words: str) -> str:
    """Import a file twice; the second time changes nothing at all. Return what was said the first time."""
    path = write(office, text, f"{what}.csv")
    said = office.ok("import", what, path, *words).out
    before = office.bytes()
    again = office.ok("import", what, path, *words).out
    assert office.bytes() == before
    assert ": 0 new, 0 changed," in again
    assert "all in order" in office.run("check").out
    return said


def shown(office: Office, ref: str) -> Any:
    return office.run("show", ref, "--json").json


def stock(office: Office, ref: str) -> dict[str, int]:
    """Return what is where: the name of a place, with the use-by date where there is one."""
    found_: dict[str, int] = {}
    for level in shown(office, ref)["stock"]:
        place = shown(office, f"PL-{level['place']}")["name"]
        found_[f"{place} {level['use_by'] or ''}".strip()] = level["quantity"]
    return found_


# --- items ----------------------------------------------------------------------------------------------------------

SNIPE_IT = """Company,Name,Category,Supplier,Manufacturer,QTY,Location,Order Number,Min Amount,Model Number,\
Item Number,Notes,Purchase Date,Purchase Cost
Main,Copy paper A4,Paper,Paper Ltd,Nordic,40,Store room,PO-77,10,NP-80,PAP-A4,Keep dry,2026-01-04,4.10
Main,"Toner, black",Toner,Ink & Co,Brand,6,Printer room,,2,TN-1,TON-BK,,2026-02-04,"€1.079,90"
Main,Batteries AA,,,,1200,Store room,,,,,,,
"""
INVENTREE = """id,name,IPN,description,category,category_name,minimum_stock,units,default_location,in_stock,active
7,Stapler,ST-7,A red one,3,Desk,2.0,pcs,Cupboard,5.00000,True
8,Old stapler,ST-8,,3,Desk,0.0,pcs,Cupboard,0.00000,False
"""
GROCY = """name;description;location;min_stock_amount;quantity_unit;product_group;amount;barcode
Coffee;Whole beans;Kitchen;2;kg;Drinks;3;5012345678900,5012345678917
"""
PLAIN = """Stock list of the cellar
Article,Description,Unit of measure,On hand,Location,Reorder level,Max,Supplier,Part number,EAN,UPC,Unit price,\
Pack size,Pack unit,Lead time,Colour
100-1,"Pens, blue",piece,"1,250 pcs",Cellar,100,500,Paper Ltd,P-1,4006381333931,036000291452,0.0523,50 per box,box,\
2 weeks,blue
100-2,"Pens, red",piece,2 boxes,Cellar,1 box,,Paper Ltd,P-2,6.37702E+15,,0.06,50,box,5,
"""


def test_consumables_of_snipe_it_come_in_with_stock_places_and_suppliers(office: Office) -> None:
    said = imported(office, "items", SNIPE_IT)
    assert "3 rows of items.csv: 3 new, 0 changed, 0 as before, 0 left out" in said
    assert "made on the way: 2 places, 2 parties" in said
    assert "Kept as notes: Company, Manufacturer, Order Number, Purchase Date." in said
    paper = shown(office, "PAP-A4")
    wanted = {"name": "Copy paper A4", "code": "PAP-A4", "category": "Paper", "order_below": 10, "price": "4.10"}
    assert {name: paper[name] for name in wanted} == wanted
    assert (paper["supplier_part"], paper["note"]) == ("NP-80", "Keep dry")
    assert "Manufacturer: Nordic" in paper["imported"]
    assert shown(office, paper["supplier"])["kind"] == "supplier"
    assert stock(office, "PAP-A4") == {"Store room": 40}
    assert shown(office, "TON-BK")["price"] == "1079.90"
    (movement,) = office.run("list", "movements", "item=PAP-A4", "--json").json
    assert (movement["why"], movement["quantity"], movement["cost"]) == ("count", 40, "4.10")
    assert (movement["by"], movement["note"]) == ("P-1", "items.csv")


def test_parts_of_inventree_and_products_of_grocy_are_known_by_their_headings(office: Office) -> None:
    imported(office, "items", INVENTREE)
    stapler = shown(office, "ST-7")
    assert (stapler["name"], stapler["category"], stapler["order_below"]) == ("Stapler", "Desk", 2)
    assert stock(office, "ST-7") == {"Cupboard": 5}
    assert shown(office, "ST-8")["active"] is False
    imported(office, "items", GROCY)
    coffee = shown(office, "5012345678917")
    assert (coffee["name"], coffee["category"], coffee["unit"], coffee["order_below"]) == ("Coffee", "Drinks", "kg", 2)


def test_a_spreadsheet_of_the_office_with_units_packs_and_figures_as_people_write_them(office: Office) -> None:
    said = imported(office, "items", PLAIN)
    assert "1 line before the header left out" in said
    assert "line 4: a spreadsheet cut the barcode 6.37702E+15, which is not taken; it is in." in said
    pens = shown(office, "100-1")
    wanted = {"name": "Pens, blue", "pack_unit": "box", "pack_size": 50, "lead_days": 14, "price": "0.0523"}
    assert {name: pens[name] for name in wanted} == wanted
    assert (pens["order_below"], pens["fill_to"], pens["supplier_part"]) == (100, 500, "P-1")
    assert pens["codes"] == ["4006381333931", "036000291452"]
    assert stock(office, "100-1") == {"Cellar": 1250}
    red = shown(office, "100-2")
    assert (red["codes"], red["order_below"], stock(office, "100-2")) == ([], 50, {"Cellar": 100})


def test_the_same_as_a_sheet_and_as_json(office: Office) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl (the extra xlsx) is not installed")
    book = openpyxl.Workbook()
    for row in (["SKU", "Name", "Qty", "Location", "Barcode"], ["A-1", "Pen", 5, "Cellar", 4006381333931]):
        book.active.append(row)
    path = office.folder.parent / "items.xlsx"
    book.save(path)
    assert "1 new" in office.ok("import", "items", str(path)).out
    assert shown(office, "4006381333931")["code"] == "A-1"
    again = write(office, '[{"SKU": "A-1", "Name": "Pen", "Qty": 7.0, "Location": {"name": "Cellar"}}]', "items.json")
    assert "1 changed" in office.ok("import", "items", again, "--map", write(office, MAP_JSON, "map.toml")).out
    assert stock(office, "A-1") == {"Cellar": 7}


MAP_JSON = '[columns]\nplace = "Location.name"\n'


def test_another_figure_books_the_difference_and_what_was_taken_here_stays_taken(office: Office) -> None:
    text = "SKU,Name,Qty,Location\nA-1,Pen,{},Cellar\n"
    imported(office, "items", text.format(10))
    office.ok("do", "A-1", "take", "quantity=3")
    assert "1 as before" in imported(office, "items", text.format(10))
    assert stock(office, "A-1") == {"Cellar": 7}
    assert "1 changed" in imported(office, "items", text.format(12))
    assert stock(office, "A-1") == {"Cellar": 12}
    moves = [one["quantity"] for one in office.run("list", "movements", "--json").json]
    assert moves == [10, -3, 5]


def test_what_people_changed_here_stays_and_the_file_changes_what_it_says_otherwise(office: Office) -> None:
    text = "SKU,Name,Reorder level,Category\nA-1,Pen,{},Pens\n"
    imported(office, "items", text.format(10))
    office.ok("set", "A-1", "category=Desk")
    assert "1 changed" in imported(office, "items", text.format(20))
    pen = shown(office, "A-1")
    assert (pen["category"], pen["order_below"]) == ("Desk", 20)


def test_what_an_import_counted_can_be_taken_back_and_counted_again(office: Office) -> None:
    path = write(office, "SKU,Name,Qty,Location\nA-1,Pen,10,Cellar\nA-2,Lamp,,Cellar\n")
    office.ok("import", "items", path)
    office.ok("undo")
    assert stock(office, "A-1") == {}
    assert [one["code"] for one in office.run("list", "items", "--json").json] == ["A-1"]
    assert "all in order" in office.run("check").out
    assert "1 new, 1 changed" in office.ok("import", "items", path).out
    assert stock(office, "A-1") == {"Cellar": 10}
    movement = office.run("list", "movements", "--json").json[-1]["ref"]
    office.ok("do", movement, "reverse")
    assert "1 changed, 1 as before" in office.ok("import", "items", path).out
    assert stock(office, "A-1") == {"Cellar": 10}


def test_bad_items_are_left_out_with_line_and_reason(office: Office) -> None:
    header = "SKU,Name,Qty,Location,Min,Unit cost,Pack size,Barcode,Currency\n"
    bad = {
        ",,1,Cellar,,,,,": "neither a number nor a name",
        "B-1,,1,Cellar,,,,,": "Name: This is needed",
        "B-2,Pen,-3,Cellar,,,,,": "not a number that can be",
        "B-3,Pen,1.5,Cellar,,,,,": "not a whole number",
        "B-4,Pen,many,Cellar,,,,,": "Quantity: 'many' is not a number",
        "B-5,Pen,Infinity,Cellar,,,,,": "not a number",
        "B-6,Pen,9999999999,Cellar,,,,,": "not a number that can be",
        "B-7,Pen,3 boxes,Cellar,,,,,": "does not say how many single ones",
        "B-8,Pen,5,,,,,,": "not where",
        "B-9,Pen,,Cellar,,-1,,,": "not an amount that can be",
        "B-10,Pen,,Cellar,,1/2,,,": "not a number",
        "B-11,Pen,,Cellar,,5,,,USD": "The price is in USD; prices here are in EUR",
        "B-12,Pen,,Cellar,,GBP 5,,,": "is in GBP",
        "1.5E+12,Pen,,Cellar,,,,,": "cut by a spreadsheet",
        "OK-1,Pen again,,Cellar,,,,,": "line 2 is about the same one: OK-1",
        f"B-14,{'y' * 81},,Cellar,,,,,": "81 characters",
        "B-15,Pen,5": "3 cells",
        "I-9,Pen,,Cellar,,,,,": "looks like one that is given here",
    }
    rows = ["OK-1,Pen,5,Cellar,,,,4006381333931,EUR", *bad, "OK-2,Lamp,,Cellar,,,,4006381333931,"]
    said = imported(office, "items", header + "\n".join(rows) + "\n")
    for line, reason in enumerate(bad.values(), start=3):
        left_out = next(one for one in said.splitlines() if one.startswith(f"Left out, line {line}:"))
        assert reason in left_out
    assert "the barcode 4006381333931 is that of another item already and is not taken" in said
    assert f"2 new, 0 changed, 0 as before, {len(bad)} left out" in said


def test_what_is_kept_by_date_comes_in_and_is_counted_when_the_dates_are_said(office: Office) -> None:
    said = imported(office, "items", "SKU,Name,Qty,Location,Use-by date\nC-1,Coffee,8,Cellar,yes\n")
    assert "line 2: the 8 that are there are not booked, it does not say until when Coffee is to be used; it is" in said
    assert (stock(office, "C-1"), shown(office, "C-1")["by_date"]) == ({}, True)
    imported(office, "stock", "SKU,Qty,Use by\nC-1,8,2027-01-31\n")
    assert stock(office, "C-1") == {"Cellar 2027-01-31": 8}


def test_what_the_desk_exports_another_desk_takes_in(office: Office, tmp_path: Path) -> None:
    imported(office, "items", PLAIN)
    imported(office, "stock", "SKU,Place,Qty\n100-1,Cellar,1200\n")
    other = found(tmp_path / "other")
    path = tmp_path / "exported.csv"
    path.write_text(office.ok("list", "items", "--csv").out, "utf-8", newline="")
    assert "2 new" in other.ok("import", "items", str(path)).out
    names = ("name", "code", "pack_size", "price", "order_below", "fill_to", "lead_days", "codes", "supplier_part")
    for code in ("100-1", "100-2"):
        assert [shown(other, code)[name] for name in names] == [shown(office, code)[name] for name in names]
        assert stock(other, code) == stock(office, code)


def test_headings_that_are_empty_or_come_twice_and_cells_with_nothing(office: Office) -> None:
    said = imported(office, "items", "SKU,Name,,Name,Qty\nA-1,Pen,x,Biro,n/a\nA-2,Lamp,,,-\n")
    assert "has no heading" in said
    assert "comes twice" in said
    assert stock(office, "A-1") == {}


def test_a_dry_run_of_items_says_the_same_and_changes_nothing(office: Office) -> None:
    path = write(office, SNIPE_IT + "Main,Bad,,,,x,,,,,B-1,,,\n")
    before = office.bytes()
    dry = office.ok("import", "items", path, "--dry-run").out
    assert office.bytes() == before
    assert dry.replace("It would be:", "Done:") == office.ok("import", "items", path).out


def test_a_map_file_says_where_and_with_which_mark(office: Office) -> None:
    map_file = write(office, 'decimal = ","\nprefix = "OLD-"\n[constants]\nplace = "Cellar"\n', "map.toml")
    imported(office, "items", "SKU;Name;Qty;Price\nA-1;Pen;1.200;0,500\n", "--map", map_file)
    assert (stock(office, "OLD-A-1"), shown(office, "OLD-A-1")["price"]) == ({"Cellar": 1200}, "0.50")
    wrong = write(office, 'decimal = ";"\n', "map.toml")
    assert "a point or a comma" in office.refused("import", "items", write(office, "SKU\nx\n"), "--map", wrong)


# --- stock ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def store_room(office: Office) -> Office:
    text = "SKU,Name,Qty,Location,Barcode,Unit cost,Pack unit,Pack size\n"
    rows = "A-1,Pen,10,Cellar,4006381333931,1.25,box,12\nA-2,Lamp,4,Cellar,,20,,\nA-3,Glue,,Cellar,,3,,\n"
    office.ok("import", "items", write(office, text + rows))
    return office


def test_stock_is_counted_by_number_barcode_or_name_in_each_place(store_room: Office) -> None:
    text = "Item,Place,Quantity\nA-1,Cellar,8\n4006381333931,Desk,2 boxes\nlamp,,4\nGlue,,0\n"
    said = imported(store_room, "stock", text)
    assert "4 rows of stock.csv: 0 new, 4 changed, 0 as before, 0 left out; made on the way: 1 place." in said
    assert stock(store_room, "A-1") == {"Cellar": 8, "Desk": 24}
    moves = [(one["quantity"], one["why"]) for one in store_room.run("list", "movements", "item=A-1", "--json").json]
    assert moves == [(10, "count"), (-2, "count"), (24, "count")]
    assert len(store_room.run("list", "movements", "item=A-2", "--json").json) == 1
    assert shown(store_room, "A-2")["counted_at"]


def test_use_by_dates_are_counted_apart_and_what_is_used_first_is_missing_first(store_room: Office) -> None:
    text = "SKU,Location,Quantity,Expiry date\nA-3,Cellar,5,2027-01-31\nA-3,Cellar,3,28.02.2027\n"
    imported(store_room, "stock", text)
    assert stock(store_room, "A-3") == {"Cellar 2027-01-31": 5, "Cellar 2027-02-28": 3}
    imported(store_room, "stock", "SKU,Location,Quantity\nA-3,Cellar,2\n")
    assert stock(store_room, "A-3") == {"Cellar 2027-02-28": 2}
    said = store_room.run("import", "stock", write(store_room, "SKU,Qty,Use by\nA-1,3,2027-01-31\n"), "--as", "ML").err
    assert "kept without use-by dates" in said


def test_a_later_count_of_the_same_figure_counts(store_room: Office) -> None:
    store_room.ok("do", "A-1", "take", "quantity=1")
    imported(store_room, "stock", "SKU,Qty\nA-1,10\n")
    assert stock(store_room, "A-1") == {"Cellar": 10}
    imported(store_room, "stock", "SKU,Qty,Counted on\nA-1,10,2026-11-20\n")
    store_room.ok("do", "A-1", "take", "quantity=4")
    imported(store_room, "stock", "SKU,Qty,Counted on\nA-1,10,2026-11-21\n")
    assert stock(store_room, "A-1") == {"Cellar": 10}
    assert shown(store_room, "A-1")["counted_at"] == "2026-11-21T00:00:00Z"


def test_bad_counts_are_left_out_with_line_and_reason(store_room: Office) -> None:
    store_room.ok("add", "items", "name=Homeless", "code=H-1")
    bad = {
        "X-9,Cellar,3,": "there is no 'X-9' among items",
        ",Cellar,3,": "does not say which item",
        "A-1,Cellar,,": "does not say how many",
        "A-1,Cellar,-1,": "not a number that can be",
        "H-1,,3,": "Homeless has no usual place",
        "A-2,Cellar,3,2027-01-01": "lies ahead",
        "A-2,Cellar,3,2026-02-30": "no 30 February 2026",
        "pen,Cellar,4,": "line 9 is about the same one",
    }
    rows = ["SKU,Place,Qty,As of", *list(bad)[:-1], "A-1,Cellar,9,", list(bad)[-1], ""]
    said = store_room.ok("import", "stock", write(store_room, "\n".join(rows))).out
    for reason in bad.values():
        assert reason in said
    assert "0 new, 1 changed, 0 as before, 8 left out" in said


def test_a_column_may_tell_items_apart_but_not_counts(store_room: Office) -> None:
    path = write(store_room, "Old number,Name,Qty\nX-1,Pen,3\nX-2,Chair,\n")
    assert "1 new, 1 changed" in store_room.ok("import", "items", path, "--key", "Name").out
    assert stock(store_room, "A-1") == {"Cellar": 3}
    assert "leave --key out" in store_room.refused("import", "stock", path, "--key", "Name")


def test_stock_and_orders_are_for_clerks(store_room: Office) -> None:
    store_room.desk().as_system().add("people", {"name": "Sam Staff"})
    before = store_room.bytes()
    for what in ("items", "stock", "orders", "suppliers"):
        path = write(store_room, "SKU,Qty,Order,Supplier,Name\nA-1,3,PO-1,Ink,Pen\n")
        assert store_room.run("import", what, path, "--as", "SS").code == 1
    assert store_room.bytes() == before
    assert "botui import stock" in store_room.refused("import", "movements", path)
    assert "stock, suppliers" in store_room.refused("import", "nothing", path)


# --- suppliers ------------------------------------------------------------------------------------------------------


def test_suppliers_come_with_terms_and_lead_times_and_a_customer_becomes_both(office: Office) -> None:
    office.ok("add", "parties", "name=Both Ltd", "kind=customer")
    text = (
        "Supplier Name,Vendor Code,Payment terms,Lead time (days),Account number,Next review,Phone\n"
        "Paper Ltd,V-1,30 days,5,K-77,2027-01-31,123\nBoth Ltd,V-2,14 days,1 week,,31.01.2027 00:00,\n"
    )
    said = imported(office, "suppliers", text)
    assert "1 new, 1 changed" in said
    paper = shown(office, "V-1")
    wanted = {"kind": "supplier", "terms": "30 days", "lead_days": 5, "account_no": "K-77", "check_on": "2027-01-31"}
    assert {name: paper[name] for name in wanted} == wanted
    both = shown(office, "V-2")
    assert (both["kind"], both["lead_days"], both["check_on"]) == ("both", 7, "2027-01-31")


# --- orders ---------------------------------------------------------------------------------------------------------

ORDERS = """Order Number,Supplier,Order Date,Target Date,Status,SKU,Quantity,Unit Price,Received,Supplier Reference
PO-1,Paper Ltd,2026-11-02,2026-11-30,Placed,A-1,20,1.10,5,AB-9
PO-1,Paper Ltd,2026-11-02,2026-11-30,Placed,A-2,2,20.00,,
PO-2,Ink & Co,2026-10-02,2026-10-20,Complete,A-2,4,19.90,4,
PO-3,Ink & Co,2026-10-02,,Cancelled,A-2,4,19.90,,
PO-4,Ink & Co,2026-11-02,,On Hold,A-2,4,19.90,1,
PO-5,Ink & Co,,,Pending,A-2,4,19.90,,
PO-6,Ink & Co,2026-11-02,,To Bill,A-2,4,19.90,4,
PO-7,Ink & Co,2026-11-02,,Placed,A-2,400,19.90,,
"""


def orders(office: Office) -> dict[str, Any]:
    return {one["codes"][0].removeprefix("old "): one for one in office.run("list", "orders", "--json").json}


def test_orders_come_with_their_lines_and_what_is_still_to_come_is_on_order(store_room: Office) -> None:
    said = imported(store_room, "orders", ORDERS)
    assert "8 rows of orders.csv make 7 orders: 7 new, 0 changed, 0 as before, 0 left out" in said
    found_ = orders(store_room)
    states = {code: one["state"] for code, one in found_.items()}
    assert states == {
        "PO-1": "ordered",
        "PO-2": "closed",
        "PO-3": "cancelled",
        "PO-4": "held",
        "PO-5": "draft",
        "PO-6": "here",
        "PO-7": "draft",
    }
    assert "line 9: 7,960.00 is more than you may order alone: it is a draft; it is in." in said
    assert "Numbers such as PO-1 are given here, too: kept as 'old PO-1'." in said
    assert shown(store_room, "old PO-2")["ref"] == shown(store_room, "PO-2")["ref"] == "PO-2"
    one = found_["PO-1"]
    assert (one["amount"], one["expected"], one["their_ref"]) == ("62.00", "2026-11-30", "AB-9")
    assert one["ordered_at"] == "2026-11-02T00:00:00Z"
    lines = store_room.run("list", "lines", "order=PO-1", "--json").json
    told = [(line["item"], line["quantity"], line["received"], line["settled"], line["note"]) for line in lines]
    assert told == [
        ("I-1", 5, 0, True, "5 came before the import"),
        ("I-1", 15, 0, False, None),
        ("I-2", 2, 0, False, None),
    ]
    assert [shown(store_room, ref)["on_order"] for ref in ("A-1", "A-2")] == [15, 2]
    assert len(store_room.run("list", "movements", "--json").json) == 2


def test_lines_below_their_order_and_a_total_for_a_price(store_room: Office) -> None:
    text = (
        "ID,Supplier,Date,Status,Item Code (Items),Quantity (Items),Amount (Items)\n"
        "PUR-1,Paper Ltd,2026-11-02,To Receive and Bill,A-1,4,5.00\n,,,,A-2,1,20\n,,,,A-1,4,5\n"
    )
    said = imported(store_room, "orders", text)
    assert "3 rows of orders.csv make 1 order: 1 new" in said
    lines = store_room.run("list", "lines", "--json").json
    assert [(one["item"], one["quantity"], one["price"]) for one in lines] == [
        ("I-1", 8, "1.2500"),
        ("I-2", 1, "20.0000"),
    ]


def test_an_order_of_which_one_line_is_wrong_is_left_out_as_a_whole(store_room: Office) -> None:
    rows = {
        "PO-1,Ink,2026-11-02,A-1,5,": "",
        "PO-1,Ink,2026-11-02,X-9,5,": "line 3: there is no 'X-9' among items: import the items first",
        "PO-2,,2026-11-02,A-1,5,": "does not say from whom",
        "PO-3,Ink,2027-11-02,A-1,5,": "ordered on a day that lies ahead",
        "PO-4,Ink,2026-11-02,A-1,,": "does not say how many",
        "PO-5,Ink,2026-11-02,A-1,x,": "not a number",
        ",Ink,2026-11-02,A-1,5,": "tells records apart",
        "PO-6,Ink,2026-11-02,A-1,5,USD": "It is in USD",
    }
    text = "Order,Supplier,Date,SKU,Qty,Currency\n" + "\n".join(rows) + "\n"
    result = store_room.run("import", "orders", write(store_room, text), "--as", "ML")
    for reason in rows.values():
        assert reason in result.out
    assert "Left out, line 3: it goes with line 2." in result.out
    assert "0 new, 0 changed, 0 as before, 8 left out" in result.out
    assert result.code == 1
    assert store_room.run("list", "orders", "--json").json == []


def test_what_the_other_system_closed_since_is_closed_and_what_came_here_stays(store_room: Office) -> None:
    imported(store_room, "orders", ORDERS)
    later = ORDERS.replace("2026-11-30,Placed", "2026-12-15,Complete").replace("On Hold", "Cancelled")
    said = imported_changes(store_room, later.replace("Pending", "Placed"))
    assert "0 new, 3 changed" in said
    assert "the file says ordered, PO-7 is draft here and stays so: 7,960.00 is more than you may order alone" in said
    assert imported_changes(store_room, later.replace("Pending", "Placed")).count(" 0 changed") == 1
    found_ = orders(store_room)
    assert (found_["PO-1"]["state"], found_["PO-1"]["expected"], found_["PO-4"]["state"]) == (
        "closed",
        "2026-12-15",
        "cancelled",
    )
    assert (found_["PO-5"]["state"], found_["PO-5"]["ordered_at"]) == ("ordered", "2026-11-23T10:00:00Z")
    assert [shown(store_room, ref)["on_order"] for ref in ("A-1", "A-2")] == [0, 4]
    other = ORDERS.replace("A-2,2,20.00", "A-2,3,20.00").replace("Complete", "Placed")
    said = store_room.ok("import", "orders", write(store_room, other)).out
    assert "PO-1 has other lines here, which stay as they are" in said


def imported_changes(office: Office, text: str) -> str:
    said = office.ok("import", "orders", write(office, text, "later.csv")).out
    assert "all in order" in office.run("check").out
    return said


def test_what_nobody_orders_alone_at_the_desk_is_not_placed_by_an_import_either(store_room: Office) -> None:
    store_room.ok("add", "items", "name=Mystery", "code=M-1")
    head = "Order,Supplier,Order Date,Status,SKU,Quantity\n"
    said = imported(store_room, "orders", f"{head}X-1,Ink,2026-11-02,Placed,M-1,9\nX-2,Ink,2026-11-02,Placed,A-2,400\n")
    assert "a price is not known: it is a draft" in said
    assert "8,000.00 is more than you may order alone: it is a draft" in said
    store_room.ok("add", "people", "name=Mia Manager", "initials=MG", "roles=staff, manager")
    store_room.ok("do", "X-2", "order", "to=MG")
    assert shown(store_room, "X-2")["state"] == "to_approve"
    said = imported_changes(store_room, f"{head}X-2,Ink,2026-11-02,Received,A-2,400\n")
    assert "PO-2 is to approve here and stays so: 8,000.00" in said


@pytest.mark.parametrize(
    ("first", "then", "stays"), [("On Hold", "On Hold", "draft"), ("Complete", "Placed", "closed")]
)
def test_what_is_a_draft_or_over_here_stays_so_although_the_file_says_otherwise(
    store_room: Office, first: str, then: str, stays: str
) -> None:
    text = "Order,Supplier,Status,SKU,Quantity,Unit price,Received\nN-1,Ink,{},A-1,1200,3.20,1200\n"
    path = write(store_room, text.format(first))
    store_room.ok("import", "orders", path)
    said = store_room.ok("import", "orders", write(store_room, text.format(then))).out
    assert " 0 changed, 1 as before" in said
    assert shown(store_room, "N-1")["state"] == stays


def test_an_import_of_orders_can_be_taken_back(store_room: Office) -> None:
    store_room.ok("import", "orders", write(store_room, ORDERS))
    store_room.ok("undo")
    assert store_room.run("list", "orders", "--json").json == []
    assert shown(store_room, "A-1")["on_order"] == 0
    assert "all in order" in store_room.run("check").out


def test_the_number_of_another_system_finds_the_order(store_room: Office) -> None:
    imported(store_room, "orders", "Order,Supplier,Item,Qty\nINV-0042,Ink,A-1,5\n")
    assert shown(store_room, "INV-0042")["ref"] == "PO-1"


def test_without_a_state_the_dates_and_what_came_say_it(store_room: Office) -> None:
    text = (
        "PO number,Vendor,Ordered,Item,Qty,Qty received,Status\nN-1,Ink,2026-11-02,A-1,5,5,\n"
        "N-2,Ink,2026-11-02,A-1,5,,\nN-3,Ink,,A-1,5,,\nN-4,Ink,2026-11-02,A-1,5,,Blue\n"
    )
    said = imported(store_room, "orders", text)
    assert {code: one["state"] for code, one in orders(store_room).items()} == {
        "N-1": "closed",
        "N-2": "ordered",
        "N-3": "draft",
        "N-4": "ordered",
    }
    assert "line 5: the state 'Blue' is none of ours: it is ordered" in said


def test_the_process_prints_what_the_command_says(store_room: Office) -> None:
    result = process(store_room, ["import", "orders", write(store_room, ORDERS), "--dry-run", "--as", "ML"])
    assert (result.returncode, b"7 new" in result.stdout) == (0, True)


def test_the_examples_of_the_page_on_imports_do_what_it_says(office: Office) -> None:
    page = (Path(__file__).parent.parent / "docs" / "import.md").read_text("utf-8")
    for title, new in (("Items", 3), ("Stock", 0), ("Orders", 2), ("Suppliers", 0)):
        example = page.partition(f"\n## {title}\n")[2].split("```")[3].strip()
        said = imported(office, title.lower(), f"{example}\n")
        assert f" {new} new, " in said
        assert " 0 left out" in said
    assert stock(office, "PAP-A4") == {"Store room": 38, "Cellar": 10}
    assert shown(office, "PAP-A4")["on_order"] == 15


# --- figures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "text", "value"),
    [
        ("", "12 pcs", 12),
        ("", "1,200", 1200),
        ("", "1.234.567", None),
        (",", "12.000", 12000),
        (".", "12.000", 12),
        ("", "1 200 Stück", 1200),
        ("", "1'200", 1200),
        ("", "0", 0),
        ("", "n/a", 0),
    ],
)
def test_quantities_are_read_as_people_write_them(mark: str, text: str, value: int | None) -> None:
    figures = Figures(mark)
    if value is None:
        with pytest.raises(Refused):
            figures.whole(text, "x")
    else:
        assert (figures.whole(text, "x") or 0) == value


@pytest.mark.parametrize(
    ("samples", "text", "value"),
    [
        (["3,20", "1.200"], "1.200", "1200.00"),
        (["3.20", "1,200"], "1,200", "1200.00"),
        (["1.234,50"], "€ 1.234,50", "1234.50"),
        ([], "$1,234.50", "1234.50"),
        ([], "0.05234", "0.0523"),
        ([], "CHF 1'200.-", None),
        ([], "EUR 3,20", "3.20"),
        ([], "5-", None),
        ([], "12%", None),
        ([], "1e9", None),
        ([], "-4", None),
        ([], f"1{24 * '0'}", None),
    ],
)
def test_prices_are_read_with_currency_signs_and_either_mark(samples: list[str], text: str, value: str | None) -> None:
    figures = figures_of(samples, "", "EUR", [])
    if value is None:
        with pytest.raises(Refused):
            figures.price(text, "x")
    else:
        assert figures.price(text, "x") == Decimal(value)


def test_where_nothing_shows_the_mark_it_is_said_how_it_is_read() -> None:
    notes: list[str] = []
    assert figures_of(["1,200", "7"], "", "EUR", notes).mark == ""
    assert notes == ["No figure shows what parts the decimals: '1,200' is read with a thousand."]


@given(st.text(max_size=30))
def test_any_text_is_a_figure_or_refused(text: str) -> None:
    for read in (Figures(".").whole, Figures(",").price, Figures("").days):
        try:
            value = read(text, "x")
        except Refused:
            continue
        assert value is None or 0 <= value <= 1_000_000
