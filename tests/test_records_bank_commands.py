"""The bank on the command line: statements taken in once, lines explained to zero, differences told to the cent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import Office, found

OCTOBER = """Date;Payee;Purpose;Amount;Balance
01.10.2026;Novak Design;R-10001;500,00;1.500,00
05.10.2026;Bank;Account fee;-4,50;1.495,50
06.10.2026;Somebody;;-100,00;1.395,50
"""
UNCLEAR = "Date,Text,Amount\n01/02/2026,a,1.00\n01/02/2026,b,2.00\n"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = found(tmp_path / "office")
    office.ok("add", "parties", "name=Novak Design")
    office.ok("add", "accounts", "name=Main", "number=DE12 3456")
    return office


def statement(office: Office, text: str, name: str = "bank.csv") -> str:
    path = office.folder.parent / name
    path.write_text(text)
    return str(path)


def test_a_file_is_taken_in_once_and_its_lines_are_explained_to_zero(office: Office) -> None:
    office.ok("add", "bills", "direction=owed", "party=Novak", "number=R-10001", "amount=500", "dated=2026-09-20")
    office.ok("do", "B-1", "send")
    file = statement(office, OCTOBER)
    dry = office.ok("import", "bank", file, "--account", "BA-1", "--dry-run")
    assert "It would be: 3 lines of Main taken in, up to 1,395.50." in dry.out
    done = office.ok("import", "bank", file, "--account", "BA-1")
    assert "Done, BS-1: 3 lines of Main taken in" in done.out
    assert "was taken in before: it is BS-1" in office.refused("import", "bank", file, "--account", "BA-1")
    assert "= B-1 Novak Design: same amount, and its number stands there" in office.ok("bank", "BA-1").out
    assert "BK-1 is explained" in office.ok("bank", "BA-1", "--accept").out
    assert "Nothing is sure" in office.refused("bank", "BA-1", "--accept")
    office.ok("add", "chart", "name=Charges of banks", "side=expense")
    office.ok("do", "BK-2", "post", "category=Charges of banks")
    assert "1 line of it is not explained yet" in office.refused("do", "BS-1", "close")
    told = office.ok("report", "bank", "since=2026-10-31", "until=2026-10-31", "--csv").out
    assert '"at the bank, not explained",BK-3,2026-10-06,100.00' in told
    assert "our books say,,2026-10-31,1495.50" in told
    office.ok("do", "BK-3", "skip", "reason=somebody else's")
    assert "BS-1 is proved: 1,395.50" in office.ok("do", "BS-1", "close").out
    assert office.ok("show", "B-1", "--json").json["state"] == "paid"
    assert "all in order" in office.run("check").out


def test_a_statement_that_was_taken_out_comes_back_by_its_file_and_no_line_stands_twice(office: Office) -> None:
    file = statement(office, OCTOBER)
    office.ok("import", "bank", file, "--account", "BA-1")
    office.ok("do", "BS-1", "void", "reason=of another account")
    assert "stays: take its file in again" in office.refused("undo")
    office.ok("import", "bank", file, "--account", "BA-1")
    assert "all in order" in office.run("check").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--account", "BA-1"], "Nothing shows whether day or month comes first: '01/02/2026'. Say which. Add --dates"),
        (["--account", "BA-1", "--dates", "dmy"], "give the closing balance of the account, as the bank shows it. Add"),
        (["--account", "BA-1", "--dates", "ddm"], "--dates is one of dmy, mdy, ymd."),
        (["--account", "BA-7", "--dates", "dmy"], "BA-7"),
        ([], "Say of which account it is: --account BA-1."),
        (["--account", "BA-1", "--key", "Text"], "--key is not for the files of banks"),
        (["--account", "BA-1", "--closing", "lots"], "--closing: 'lots' is not an amount"),
    ],
)
def test_what_a_file_does_not_say_is_asked_for_in_words(office: Office, words: list[str], said: str) -> None:
    assert said in office.refused("import", "bank", statement(office, UNCLEAR), *words)


def test_the_usual_order_of_dates_is_taken_where_it_fits_what_is_here_else_it_is_asked(office: Office) -> None:
    main = ("--account", "BA-1")
    office.ok("import", "bank", statement(office, OCTOBER), *main)
    header = "Date,Text,Amount,Balance\n"
    usual = statement(office, header + "08/10/2026,a,5.00,1400.50\n", "usual.csv")
    assert "Dates are read with the day first, as before." in office.ok("import", "bank", usual, *main).out
    other = statement(office, header + "11/02/2026,b,-1.00,1399.50\n", "other.csv")
    refused = office.refused("import", "bank", other, *main)
    assert "With the day first, as before: This one ends with 1,399.50, BS-1 begins with 1,000.00" in refused
    assert "Add --dates dmy" in refused
    assert "BS-3: 1 line of Main taken in" in office.ok("import", "bank", other, *main, "--dates", "mdy").out


def test_what_is_for_banks_is_refused_elsewhere(office: Office) -> None:
    file = statement(office, "name\nAnn\n")
    assert "--closing is for the files of banks" in office.refused("import", "parties", file, "--closing", "5")
    assert "Matches are not imported" in office.refused("import", "matches", file)


def test_what_was_accepted_is_taken_back_whole_and_the_bank_is_for_those_who_pay(office: Office) -> None:
    office.ok("add", "bills", "direction=owed", "party=Novak", "number=R-10001", "amount=500", "dated=2026-09-20")
    office.ok("do", "B-1", "send")
    file = statement(office, OCTOBER)
    office.ok("import", "bank", file, "--account", "BA-1")
    office.ok("add", "people", "name=Ann Archer", "initials=AA", "roles=finance")
    office.ok("bank", "BA-1", "--accept")
    for line in ("BK-2", "BK-3"):
        assert office.run("do", line, "skip", "reason=x", "--as", "AA").code == 0
    assert office.run("do", "BS-1", "close", "--as", "AA").code == 0
    assert "BK-1 is on BS-1, which is proved: open that again first" in office.refused("undo")
    office.ok("do", "BS-1", "reopen", "reason=one is wrong")
    office.ok("undo")  # that it was opened
    assert office.run("undo", "--as", "AA").code == 0  # that it was proved
    for _ in range(2):
        assert office.run("undo", "--as", "AA").code == 0
    office.ok("undo")
    assert office.ok("show", "B-1", "--json").json["state"] == "sent"
    assert office.ok("show", "BK-1", "--json").json["state"] == "unmatched"
    assert office.ok("list", "payments", "--json").json == []
    office.ok("add", "people", "name=Cleo Cole", "initials=CC")
    office.ok("add", "people", "name=Rae Reed", "initials=RR", "roles=auditor")
    for words in (
        ["bank", "BA-1"],
        ["import", "bank", file, "--account", "BA-1"],
        ["report", "bank"],
        ["show", "BK-1"],
    ):
        result = office.run(*words, "--as", "CC")
        assert result.code == 1, result
        assert "Novak" not in result.out + result.err
    assert "B-1 Novak Design" in office.run("bank", "BA-1", "--as", "RR").out
    assert office.run("bank", "BA-1", "--accept", "--as", "RR").code == 1
    assert office.run("do", "BK-1", "match", "--as", "RR").code == 1
    assert "all in order" in office.run("check").out
