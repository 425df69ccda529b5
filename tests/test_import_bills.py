"""Bills and payments of other systems: what becomes of them, what is left out and why, and a second time."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command_line import Office, found
from tests.exports import write
from tests.test_import_supplies import shown

XERO = """ContactName,InvoiceNumber,InvoiceDate,DueDate,Total,TaxTotal,AmountPaid,Type,Status,Currency,PO Number
Nordic Paper,RE-7,01/11/2026,31/11/2026,119.00,19.00,0,ACCPAY,AUTHORISED,EUR,
Nordic Paper,RE-8,02/11/2026,30/11/2026,"1,190.00",190.00,0,ACCPAY,AUTHORISED,EUR,
Nordic Paper,RE-9,03/11/2026,30/11/2026,50.00,0,50.00,ACCPAY,PAID,EUR,PO-99
Nordic Paper,RE-10,25/10/2026,30/10/2026,80.00,0,30.00,ACCPAY,AUTHORISED,EUR,
Nordic Paper,RE-11,25/10/2026,30/10/2026,20.00,0,0,ACCPAYCREDIT,AUTHORISED,EUR,
Nordic Paper,RE-7,05/11/2026,30/11/2026,5.00,0,0,ACCPAY,DRAFT,EUR,
Unknown Ltd,X1,05/11/2026,30/11/2026,5.00,0,0,ACCPAY,DRAFT,EUR,
Nordic Paper,RE-12,05/11/2026,01/11/2026,5.00,0,0,ACCPAY,DRAFT,EUR,
Nordic Paper,RE-13,05/11/2026,30/11/2026,5.00,0,9.00,ACCPAY,PAID,EUR,
Nordic Paper,RE-14,05/11/2026,30/11/2026,5.00,0,0,ACCPAY,DRAFT,USD,
Shop & Co,2026-1,05/11/2026,30/11/2026,70.00,0,0,ACCREC,SENT,EUR,
Nordic Paper,RE-15,05/11/2026,30/11/2026,7.00,0,0,ACCPAY,VOIDED,EUR,
"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return begun(tmp_path)


def begun(folder: Path) -> Office:
    """An office with a clerk, a supplier and a customer."""
    office = found(folder / "office")
    office.ok("people", "role", "ML", "clerk", "admin")
    for name in ("Nordic Paper", "Shop & Co"):
        office.ok("add", "parties", f"name={name}")
    return office


def imported(office: Office, what: str, text: str, *more: str) -> str:
    said = office.run("import", what, write(office, text, f"{what}.csv"), *more, "--as", "ML").out
    assert "all in order" in office.run("check").out
    return said


def by_number(office: Office) -> dict[str, dict[str, Any]]:
    return {one["number"]: one for one in office.run("list", "bills", "--json").json}


def test_bills_come_as_far_as_they_were_and_what_cannot_be_says_why(office: Office) -> None:
    text = XERO.replace("31/11/2026", "30/11/2026")
    dry = imported(office, "bills", text, "--dry-run")
    assert office.run("list", "bills", "--json").json == []
    said = imported(office, "bills", text)
    assert dry.splitlines()[-1] != said.splitlines()[0]
    found_ = by_number(office)
    assert {number: (one["state"], one["amount"], one["paid"]) for number, one in found_.items()} == {
        "RE-7": ("approved", "119.00", "0"),
        "RE-8": ("received", "1190.00", "0"),
        "RE-9": ("paid", "50.00", "50.00"),
        "RE-10": ("part", "80.00", "30.00"),
        "RE-11": ("approved", "-20.00", "0"),
        "2026-1": ("sent", "70.00", "0"),
        "RE-15": ("void", "7.00", "0"),
    }
    assert found_["2026-1"]["direction"] == "owed"
    for words in (
        "about the same one",
        "there is no 'Unknown Ltd'",
        "due before the date",
        "9.00 is paid of 5.00",
        "in USD",
        "above your limit",
        "order 'PO-99'",
    ):
        assert words in said, words


def test_the_same_file_again_changes_nothing_and_what_was_paid_since_is_noted(office: Office) -> None:
    text = XERO.replace("31/11/2026", "30/11/2026")
    imported(office, "bills", text)
    before = office.bytes()
    imported(office, "bills", text)
    assert office.bytes() == before
    imported(office, "bills", text.replace("80.00,0,30.00,ACCPAY,AUTHORISED", "80.00,0,80.00,ACCPAY,PAID"))
    assert by_number(office)["RE-10"]["state"] == "paid"
    assert [one["amount"] for one in office.run("list", "payments", "--json").json] == ["-50.00", "-30.00", "-50.00"]


def test_invoices_are_owed_to_us_in_decimal_commas_and_without_a_total(office: Office) -> None:
    said = imported(
        office,
        "invoices",
        "Customer;Number;Date;Net;VAT;Balance;Remark\nShop & Co;5;05.11.2026;1.000,00;190,00;200,00;hello\n",
    )
    assert "1" in said
    one = by_number(office)["5"]
    assert (one["direction"], one["amount"], one["tax"], one["paid"], one["state"]) == (
        "owed",
        "1190.00",
        "190.00",
        "990.00",
        "part",
    )


def test_payments_settle_bills_of_any_chunk_and_never_above_the_balance(office: Office) -> None:
    imported(office, "bills", XERO.replace("31/11/2026", "30/11/2026"))
    said = imported(
        office,
        "payments",
        "Payment ID,Invoice Number,Vendor,Amount,Payment Date,Mode\n"
        "P1,RE-7,Nordic Paper,19.00,2026-11-10,Bank Transfer\n"
        "P2,re 7,Nordic Paper,100.00,2026-11-11,Check\n"
        "P3,RE-7,Nordic Paper,1.00,2026-11-12,Cash\n"
        "P4,NO-1,Nordic Paper,1.00,2026-11-12,Cash\n"
        "P5,,Shop & Co,30.00,2026-11-12,Cash\n"
        "P6,,,30.00,2026-11-12,Cash\n"
        "P7,RE-10,Nordic Paper,5.00,2027-11-12,Cash\n"
        "P1,RE-10,Nordic Paper,5.00,2026-11-12,Cash\n",
    )
    assert by_number(office)["RE-7"]["state"] == "paid"
    for words in (
        "nothing to pay of it now",
        "no bill of the number 'NO-1'",
        "neither a bill",
        "lies ahead",
        "same one",
    ):
        assert words in said, words
    rows = office.run("list", "payments", "--json").json
    assert [(one["amount"], one["method"]) for one in rows[2:]] == [
        ("-19.00", "bank"),
        ("-100.00", "cheque"),
        ("30.00", "cash"),
    ]
    assert shown(office, rows[2]["ref"])["reference"] == "RE-7"
    before = office.bytes()
    imported(office, "payments", "Payment ID,Invoice Number,Amount,Payment Date\nP1,RE-7,19.00,2026-11-10\n")
    assert office.bytes() == before


# --- any rows ---------------------------------------------------------------------------------------------------------

DATES = st.sampled_from(["", "2026-11-02", "2027-01-31", "02.11.2025", "2/11/2025", "2026-02-30", "Nov 3, 2025", "x"])
AMOUNTS = st.sampled_from(
    ["", "0", "5", "119.00", "1,190.00", "1.190,00 EUR", "(20)", "-7", "Infinity", "9e9", "USD 5"]
)
WHO = st.sampled_from(["", "Nordic Paper", "nordic paper", "Shop & Co", "PA-1", "nobody", "=1+1"])
NUMBERS = st.sampled_from(["", "RE-1", "re 1", "2", "02", "B-1", "\u202eRE-3"]) | st.text(max_size=5)
ROWS = {
    "bills": {
        "Vendor": WHO,
        "Invoice Number": NUMBERS,
        "Invoice Date": DATES,
        "Due Date": DATES,
        "Total": AMOUNTS,
        "Tax": AMOUNTS,
        "Amount Paid": AMOUNTS,
        "Balance": AMOUNTS,
        "Type": st.sampled_from(["", "ACCPAY", "ACCREC", "credit note", "Blue"]),
        "Status": st.sampled_from(["", "Paid", "Draft", "Approved", "Void", "Blue"]),
        "PO Number": st.sampled_from(["", "PO-1", "x"]),
        "Category": st.sampled_from(["", "Rent"]),
        "Notes": st.text(max_size=6),
    },
    "payments": {
        "Payment ID": st.sampled_from(["P1", "P2", "P3", ""]),
        "Invoice": NUMBERS,
        "Payee": WHO,
        "Amount": AMOUNTS,
        "Payment Date": DATES,
        "Mode": st.sampled_from(["", "Cash", "Check", "Wire", "Blue"]),
    },
}


@settings(max_examples=5, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("what", ["bills", "payments"])
def test_whatever_the_rows_what_is_in_is_sound_and_a_second_time_changes_nothing(
    what: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    office = begun(tmp_path_factory.mktemp("any"))
    office.ok("add", "bills", "party=PA-1", "number=RE-1", "amount=119", "tax=19", "dated=2026-11-01")
    office.ok("do", "B-1", "check")
    rows = data.draw(st.lists(st.fixed_dictionaries(ROWS[what]), min_size=1, max_size=6))
    out = io.StringIO()
    table = csv.DictWriter(out, list(ROWS[what]))
    table.writeheader()
    table.writerows(rows)
    file = write(office, out.getvalue(), "any.csv")
    words = ("import", what, file, "--as", "ML")
    dry, first = office.run(*words, "--dry-run"), office.run(*words)
    assert dry.code == first.code
    assert dry.out.replace("It would be:", "Done:") == first.out
    assert "all in order" in office.run("check").out
    before = office.bytes()
    office.run(*words)
    assert office.bytes() == before
    office.run("undo", "--as", "ML")
    assert "all in order" in office.run("check").out
