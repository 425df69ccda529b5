"""botui export: the books as hledger reads them, the bundle for the auditor, and who may have either."""

from __future__ import annotations

import csv
import io
import os
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest

from botui.actions.scans import take_in
from botui.data import Desk
from botui.models.records.document import Privacy
from tests.books import check, needs_hledger
from tests.command_line import Office, Result, found
from tests.scans import LONG_AGO, put

HOSTILE = "=cmd; Meyer | Söhne: [/x]"


def done(office: Office, who: str, *words: str) -> Result:
    """Let somebody run a command that must succeed."""
    result = office.run(*words, "--as", who)
    assert (result.code, result.err) == (0, ""), result
    return result


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with an account, a bill of each side, of which one is paid, and a transaction by hand."""
    office = found(tmp_path_factory.mktemp("export") / "office")
    for name, role in (("Fred Fin", "finance"), ("Otto Aud", "auditor"), ("Cleo Cole", "staff"), ("Ann Ark", "clerk")):
        office.ok("people", "add", name, "--roles", role)
    done(office, "FF", "add", "accounts", "name=Main", "opening=1000", "opened_on=2026-10-31")
    done(office, "FF", "add", "parties", f"name={HOSTILE}")
    done(office, "FF", "add", "bills", "party=PA-1", "number=R1", "amount=119", "tax=19")
    office.ok("tick")
    done(office, "FF", "set", "B-1", "category=CH-10")
    done(office, "FF", "do", "B-1", "check")
    done(office, "FF", "do", "B-1", "pay", "account=BA-1")
    done(office, "FF", "add", "bills", "direction=owed", "party=PA-1", "number=A1", "amount=50", "category=CH-1")
    done(office, "FF", "do", "B-2", "send")
    done(office, "FF", "add", "entries", "text=Wear", "amount=10", "category=CH-24", "against=CH-26")
    return office


BALANCES = {
    "assets:1500 Equipment": "-10.00",
    "assets:bank:Main BA-1": "1000.00",
    "assets:receivable:=cmd Meyer Söhne [/x] PA-1": "50.00",
    "assets:tax to claim back": "19.00",
    "assets:under way:Main BA-1": "-119.00",
    "equity:opening balances": "-1000.00",
    "expenses:6200 Office supplies": "100.00",
    "expenses:6850 Depreciation": "10.00",
    "income:4000 Sales": "-50.00",
}


@needs_hledger
def test_hledger_checks_the_books_and_comes_to_the_same_as_the_report(office: Office, tmp_path: Path) -> None:
    lines = done(office, "FF", "export", "books").out.splitlines()
    told = check(tmp_path / "books.journal", lines)
    assert {name: f"{amount:.2f}" for name, amount in told.items() if amount} == BALANCES
    rows = {row["Account"]: row["After"] for row in done(office, "FF", "report", "books", "--json").json}
    assert rows == {**rows, **BALANCES, "All": "0.00"}


def test_the_books_are_written_to_a_new_file_and_until_a_day(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "books.journal"
    done(office, "FF", "export", "books", str(file), "--until", "2026-11-01")
    text = file.read_text("utf-8")
    assert "Opening balance" in text
    assert "(B-1)" not in text
    assert file.stat().st_mode & 0o077 == 0
    again = office.run("export", "books", str(file), "--as", "FF")
    assert (again.code, "is there already" in again.err) == (1, True)
    assert office.run("export", "books", str(tmp_path / "no" / "x"), "--as", "FF").code == 1
    odd = office.run("export", "books", "--until", "odd", "--as", "FF")
    assert (odd.code, odd.out) == (1, "")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["books.journal"]


@pytest.mark.parametrize("who", ["CC", "OA"])
@pytest.mark.parametrize("words", [("export", "books"), ("export", "bundle", "x.zip"), ("report", "money")])
def test_books_are_for_who_reads_all_they_follow_from(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, who: str, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    said = office.run(*words, "--as", who)
    assert said.code == (1 if who == "CC" else 0), said.err
    assert "R1" not in said.out + said.err if who == "CC" else not said.err
    assert [*tmp_path.iterdir()] == [] or who == "OA"


def test_an_auditor_reads_all_of_the_money_and_changes_nothing(office: Office) -> None:
    for name in ("bills", "payments", "bank", "statements", "expenses", "vouchers", "cheques", "entries", "chart"):
        done(office, "OA", "list", name)
    assert "R1" in done(office, "OA", "history", "B-1").out
    before = done(office, "OA", "history", "--csv").out.count("\n")
    for words in (
        ("add", "bills", "party=PA-1", "amount=5"),
        ("set", "B-2", "amount=5"),
        ("do", "B-2", "void", "reason=x"),
        ("do", "PY-1", "reverse", "reason=x"),
        ("do", "TX-1", "reverse"),
        ("add", "entries", "text=x", "amount=1", "category=CH-1", "against=CH-2"),
    ):
        said = office.run(*words, "--as", "OA")
        assert said.code == 1, words
        assert "Traceback" not in said.err
    rows = [*csv.DictReader(io.StringIO(done(office, "OA", "history", "--csv").out))]
    assert {row["action"] for row in rows[before - 1 :]} <= {"desk.refuse"}


def test_the_bundle_has_books_reports_lists_and_who_changed_what(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "audit.zip"
    said = done(office, "OA", "export", "bundle", str(file)).out
    assert said.endswith("the books of 2026-01-01 to 2026-11-23 with 0 papers.\n")
    assert file.stat().st_mode & 0o077 == 0
    with ZipFile(file) as archive:
        assert archive.testzip() is None
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert parts["books.journal"].splitlines() == done(office, "OA", "export", "books").out.splitlines()
    assert "hledger -f books.journal check --strict" in parts["README.txt"]
    head = parts["README.txt"].split("Head of the chain when this was made:\n")[1].split("\n")[0]
    office.ok("check", "--head", head)
    bills = [*csv.DictReader(io.StringIO(parts["lists/bills.csv"]))]
    assert [(one["ref"], Decimal(one["amount"]), one["party"]) for one in bills] == [
        ("B-1", Decimal(119), f"'{HOSTILE}"),
        ("B-2", Decimal(50), f"'{HOSTILE}"),
    ]
    changes = [*csv.DictReader(io.StringIO(parts["changes.csv"]))]
    assert {"bills.add", "bills.check", "bills.pay", "entries.add"} <= {one["action"] for one in changes}
    assert {one["by"] for one in changes if one["action"] == "bills.pay"} == {"Fred Fin"}
    assert {"reports/money.csv", "reports/result.csv", "lists/payments.csv", "lists/chart.csv"} <= {*parts}


def test_reports_add_up_as_text_and_as_csv(office: Office) -> None:
    rows = done(office, "FF", "report", "money", "--json").json
    assert rows == [
        {"Month": "2026-11", "Category": "6200 Office supplies", "In": "0.00", "Out": "100.00"},
        {"Month": "2026-11", "Category": "6850 Depreciation", "In": "0.00", "Out": "10.00"},
        {"Month": "2026-11", "Category": "4000 Sales", "In": "50.00", "Out": "0.00"},
        {"Month": "All", "Category": "", "In": "50.00", "Out": "110.00"},
    ]
    assert done(office, "FF", "report", "result", "--json").json == [
        {"Month": "2026-11", "Income": "50.00", "Costs": "110.00", "Result": "-60.00"},
        {"Month": "All", "Income": "50.00", "Costs": "110.00", "Result": "-60.00"},
    ]
    text = done(office, "FF", "report", "forecast").out
    assert "881.00" in text, "what is at hand, what was paid taken off"
    weeks = done(office, "FF", "report", "forecast", "--json").json
    assert len(weeks) == 1 + 13 + 1
    assert weeks[-1]["At hand then"] == "931.00"
    assert sum(Decimal(one["In"]) for one in weeks[1:-1]) == Decimal(50)


def test_papers_that_bills_name_are_in_the_bundle_and_private_ones_only_for_who_sees_them(
    office: Office, tmp_path: Path
) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    for name in ("open bill.txt", "private bill.txt"):
        put(scans, name, f"{name}, 5.00".encode())
    desk = Desk.open(office.folder, 1, "front", lambda: office.now)
    assert len([*take_in(desk, scans, lambda: LONG_AGO + 60.0)]) == 2
    for number in (1, 2):
        private = Privacy.PRIVATE if number == 2 else Privacy.OPEN
        desk.do("documents", number, "file", {"title": f"Bill {number}", "privacy": private})
        desk.add("bills", {"party": 1, "number": f"P{number}", "amount": f"{number}.00", "document": number})
    desk.store.close()
    for who, papers in (("ML", ["D-1", "D-2"]), ("OA", ["D-1"])):
        file = tmp_path / f"{who}.zip"
        done(office, who, "export", "bundle", str(file))
        with ZipFile(file) as archive:
            named = sorted(name for name in archive.namelist() if name.startswith("papers/"))
            assert [name.split("/")[1] for name in named] == papers
            assert b"bill.txt, 5.00" in archive.read(named[0])
            everything = b"".join(archive.read(name) for name in archive.namelist())
        assert (b"private bill.txt, 5.00" in everything) is (who == "ML")
        assert (b"Bill 2" in everything) is (who == "ML")


def test_the_bundle_has_the_papers_that_are_there_wherever_their_files_are_now(office: Office, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    office.environ["BOTUI_INBOX"] = str(inbox)
    for number, text in enumerate(("thrown away", "further page", "the bill itself"), 1):
        (inbox / f"{number}.txt").write_text(text)
        os.utime(inbox / f"{number}.txt", (0, 0))
    taken = office.ok("inbox").out
    thrown, further, whole = (line.split(": ")[1].split()[0] for line in taken.splitlines()[:3])
    for amount, ref in (("71", thrown), ("72", further)):
        done(office, "AA", "add", "bills", "party=PA-1", f"number=of {ref}", f"amount={amount}", f"document={ref}")
    done(office, "AA", "do", thrown, "reject")
    done(office, "AA", "do", further, "merge", f"into={whole}")
    done(office, "OA", "export", "bundle", str(tmp_path / "audit.zip"))
    with ZipFile(tmp_path / "audit.zip") as archive:
        papers = {name for name in archive.namelist() if name.startswith("papers/")}
    assert {f"papers/{whole}/1-3.txt", f"papers/{whole}/2-2.txt"} <= papers
    assert not [name for name in papers if thrown in name or further in name]
