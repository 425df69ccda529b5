"""Statements are read in the shapes in which banks give them out, and refused where a line would be guessed."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botui.actions.imports.bank_amounts import Amounts, amounts_of
from botui.actions.imports.bank_columns import words_of
from botui.actions.imports.bank_file import Asked, BankFile, DatesUnclear, read_bank_file
from botui.actions.imports.mapping import read_mapping
from botui.models.base import Refused

TODAY = date(2026, 11, 22)
SPARKASSE = """"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";\
"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"Betrag";"Waehrung";"Info"
"DE12345678901234567890";"30.10.26";"30.10.26";"GUTSCHR. UEBERWEISUNG";"RE 2026-117";"Meyer GmbH";"DE99";"1.250,00";\
"EUR";"Umsatz gebucht"
"DE12345678901234567890";"29.10.26";"30.10.26";"LASTSCHRIFT";"Miete Oktober";"Haus AG";"DE98";"-400,00";"EUR";""
"""
DKB = """"Girokonto";"DE12 3456 7890 1234 5678 90"
"Kontostand vom 30.10.2026:";"2.850,00 EUR"
""
"Buchungsdatum";"Wertstellung";"Zahlungspflichtige*r";"Verwendungszweck";"Betrag (€)"
"30.10.26";"30.10.26";"Meyer GmbH";"RE 2026-117";"1.250,00"
"29.10.26";"30.10.26";"Haus AG";"Miete";"-400,00"
"""
CHASE = """Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #
DEBIT,10/30/2026,"RENT, OCTOBER",-400.00,ACH_DEBIT,2850.00,
CREDIT,10/29/2026,MEYER INC 2026-117,1250.00,ACH_CREDIT,3250.00,
"""
BARCLAYS = """Date,Description,Money out,Money in,Balance
30 Oct 2026,Balance brought forward,,,"2,000.00"
30 Oct 2026,Meyer Ltd,,"1,250.00","3,250.00"
31 Oct 2026,Rent,400.00,,"2,850.00"
"""
BRACKETS = """Account: 1234
Opening balance: 2.000,00

Booked\tWhat\tAmount (EUR)
29.10.2026\tMeyer\t1.250,00
30.10.2026\tRent\t(400,00)
Closing balance\t2.850,00
"""
SIDES = """Date;Amount;D/C;Narrative
2026-10-29;1250.00;C;Meyer
2026-10-30;400.00;D;Rent
Total;850.00;;
"""
TRAILING = """Posted|Memo|Debit|Credit|Saldo
29/10/2026|Meyer||1 250.00+|3 250.00
30/10/2026|Rent|400.00-||2 850.00
"""


def read(folder: Path, text: str | bytes, **asked: object) -> BankFile:
    path = folder / "bank.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_bank_file(path, Asked(**asked), currency="EUR", zone="Europe/Berlin", today=TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "balances"),
    [
        (SPARKASSE, (None, None)),
        (DKB, (2000, 2850)),
        (CHASE, (2000, 2850)),
        (BARCLAYS, (2000, 2850)),
        (BRACKETS, (2000, 2850)),
        (SIDES, (None, None)),
        (SIDES.replace("D/C", "DC"), (None, None)),
        (SIDES.replace("D/C", "+ or -"), (None, None)),
        (TRAILING, (2000, 2850)),
        (TRAILING.encode("utf-16"), (2000, 2850)),
        (SPARKASSE.replace("Miete", "Büromiete").encode("cp1252"), (None, None)),
    ],
    ids=["sparkasse", "dkb", "chase", "barclays", "brackets", "sides", "dc", "no-word", "trailing", "utf-16", "cp1252"],
)
def test_the_shapes_of_banks_come_to_the_same_lines(
    tmp_path: Path, text: str | bytes, balances: tuple[int | None, int | None]
) -> None:
    told = read(tmp_path, text).told
    assert sorted(one.amount for one in told.lines) == [Decimal(-400), Decimal(1250)]
    assert (told.opening, told.closing) == balances
    assert [one.on for one in told.lines] == sorted(one.on for one in told.lines)
    assert {one.on.month for one in told.lines} == {10}
    assert any("meyer" in f"{one.name}{one.text}".lower() for one in told.lines)


# --- dates ------------------------------------------------------------------------------------------------------------


def dates(*texts: str, amount: str = "1.00") -> str:
    return "Date,Amount,Text\n" + "".join(f"{one},{amount},t{at}\n" for at, one in enumerate(texts))


def test_the_order_of_dates_is_told_by_a_day_above_twelve_by_their_sequence_or_by_today(tmp_path: Path) -> None:
    assert read(tmp_path, dates("03/04/2026", "03/14/2026")).told.lines[0].on == date(2026, 3, 4)
    # up one way as day first, up and down as month first
    assert read(tmp_path, dates("01/09/2026", "02/03/2026", "02/10/2026")).order == "mdy"
    assert read(tmp_path, dates("11/09/2026", "12/09/2026")).order == "dmy"  # 9 December is still to come


def test_dates_that_nothing_tells_apart_are_asked_for(tmp_path: Path) -> None:
    text = dates("03/04/2026", "05/06/2026")
    with pytest.raises(DatesUnclear, match="'03/04/2026'"):
        read(tmp_path, text)
    assert read(tmp_path, text, order="mdy").told.lines[0].on == date(2026, 3, 4)
    usual = read(tmp_path, text, usual="dmy")
    assert usual.usual
    assert usual.told.lines[0].on == date(2026, 4, 3)
    assert not read(tmp_path, text, order="mdy", usual="dmy").usual
    with pytest.raises(DatesUnclear, match="'03/04/2026'"):
        read(tmp_path, text, usual="ymd")
    assert read(tmp_path, dates("03/03/2026", "05/05/2026")).told.lines[0].on == date(2026, 3, 3)


def test_a_date_that_the_order_cannot_make_refuses_the_file_and_says_where(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Line 3"):
        read(tmp_path, dates("03/04/2026", "31/02/2026"), order="dmy")


def test_a_line_that_lies_ahead_is_no_line_of_a_statement(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Line 2: 2026-12-24 lies ahead"):
        read(tmp_path, dates("2026-12-24"))


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Date,Amount\n2026-10-01,abc\n", "Line 2: The amount: 'abc' is not an amount"),
        ("Date,Amount\n2026-10-01,\n", "Line 2: it has a date, and no amount"),
        ("Date,Amount\n,12.00\n", "Line 2: it has an amount, and no date"),
        ("Date,Amount\n2026-10-01,1.005\n2026-10-02,1.50\n", "fractions of a cent"),
        ('Date,Amount\n2026-10-01,1.50\n2026-10-01,"1,50"\n', "written in two ways"),
        ("Date,Amount\n2026-10-01,99999999.00\n", "not an amount that can be"),
        ("Date,Amount,Currency\n2026-10-01,5.00,USD\n", "in USD"),
        ("Date,Amount\n2026-10-01,$ 5.00 USD\n", "in USD"),
        ("Date,Debit,Credit\n2026-10-01,5.00,6.00\n", "a debit and a credit"),
        ("Date,Amount\n2026-10-01,-5.00-\n", "two signs"),
        ("Name,City\nAnn,Bonn\n", "No column of bank.csv is the date"),
        ("Date,City\n2026-10-01,Bonn\n", "No column of bank.csv is the amount"),
        ("Date,Amount\n2026-10-01,5.00,surplus\n", "Line 2: it has 3 cells"),
        ("Date,Amount\n2026-10-01,0.00\n", "no line with an amount"),
        ('"10/15/2026","-45.00","*","","COFFEE"\n"10/16/2026","-5.00","*","","BUS"\n', "has no line of headings"),
        ("OFXHEADER:100\nDATA:OFXSGML\n", "is OFX"),
        (b"%PDF-1.7 ...", "This is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "This is a picture"),
        (b"", "empty"),
        (b"PK\x03\x04 but no sheet", "cannot be read as XLSX|install openpyxl"),
    ],
)
def test_a_file_that_is_no_statement_is_refused_in_words(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read(tmp_path, text)


def test_a_statement_that_does_not_balance_is_refused_and_says_where(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"at line 4 it is 2,850\.01, and by the lines before it 2,850\.00: 0\.01"):
        read(tmp_path, BARCLAYS.replace("2,850.00", "2,850.01"))
    with pytest.raises(Refused, match=r"make 2,850\.00, the closing balance is 2,800\.00: -50\.00 is missing"):
        read(tmp_path, BRACKETS.replace("2.850", "2.800"))
    with pytest.raises(Refused, match=r"The closing balance is 1\.00, but by its lines it is 2,850\.00"):
        read(tmp_path, CHASE, closing=Decimal(1))


def test_what_markup_and_controls_a_bank_sends_stays_text(tmp_path: Path) -> None:
    hostile = "[/x] [@click=app.quit]\x1b[31m\u202e 'a' \U0001f468"
    (line,) = read(tmp_path, f"Date,Amount,Text\n2026-10-01,5.00,{hostile}\n").told.lines
    assert not {"\x1b", "\u202e"} & {*line.text}
    assert "[/x]" in line.text


# --- map files, sheets, several accounts ------------------------------------------------------------------------------


def test_a_map_file_names_columns_that_no_bank_has(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text('date_order = "mdy"\ndecimal = ","\n[columns]\non = "D"\namount = "A"\ntext = ["X", "Y"]\n')
    mapping = read_mapping(path, tuple(words_of("EUR")))
    (line,) = read(tmp_path, "D;A;X;Y\n03/04/2026;1.234,5;rent;march\n", mapping=mapping).told.lines
    assert (line.on, line.amount, line.text) == (date(2026, 3, 4), Decimal("1234.50"), "rent march")


def test_a_sheet_of_excel_is_read_as_the_same_lines(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["Main"], ["Booking date", "Payee", "Amount", "Balance"], [datetime(2026, 10, 29), "Meyer", 0.1, 0.1]):
        book.active.append(row)
    book.save(tmp_path / "bank.csv")
    path = tmp_path / "bank.csv"
    found = read_bank_file(path, Asked(), currency="EUR", zone="UTC", today=TODAY)
    assert [(one.on, str(one.amount)) for one in found.told.lines] == [(date(2026, 10, 29), "0.10")]


def test_of_a_file_with_several_accounts_only_the_lines_of_one_are_read(tmp_path: Path) -> None:
    text = "Account;Date;Amount\nDE1;2026-10-01;5.00\nDE2;2026-10-01;6.00\n"
    found = read(tmp_path, text, number="DE 2")
    assert [int(one.amount) for one in found.told.lines] == [6]
    assert "Lines of other accounts left out: 1." in found.notes
    with pytest.raises(Refused, match="lines of 2 accounts: give the account its number"):
        read(tmp_path, text)


@settings(max_examples=25, deadline=None)
@given(data=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_end_in_anything_but_lines_or_a_refusal(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.getbasetemp()
    for text in (data, b"Date;Payee;Amount;Balance\n" + data):
        with suppress(Refused):
            assert read(folder, text).told.lines


# --- amounts ----------------------------------------------------------------------------------------------------------


@given(
    cents=st.integers(-999_999_999, 999_999_999),
    mark=st.sampled_from(".,"),
    group=st.sampled_from(["", "'", " ", "other"]),
    shape=st.sampled_from(["-{}", "{}-", "({})", "{} DR", "EUR -{}", "-{} EUR", "\u2212{}"]),
)
def test_an_amount_is_read_as_it_was_meant_in_whatever_shape(cents: int, mark: str, group: str, shape: str) -> None:
    between = {"other": "." if mark == "," else ","}.get(group, group)
    figures = f"{abs(cents) // 100:,}".replace(",", between) + f"{mark}{abs(cents) % 100:02}"
    text = shape.format(figures) if cents < 0 else figures
    amounts = amounts_of([text], "", "EUR")
    assert amounts.read(text, "The amount") == Decimal(cents) / 100


def test_a_single_mark_before_three_digits_parts_thousands() -> None:
    assert Amounts("", "EUR").read("1.234", "x") == Amounts("", "EUR").read("1,234", "x") == 1234
