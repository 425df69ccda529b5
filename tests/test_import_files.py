"""Files of every kind and shape: encodings, separators, headers, JSON, XLSX; and what is refused as a whole."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.actions.imports.columns import guess, plain
from botui.actions.imports.sheet import Form, Sheet, read_sheet
from botui.actions.imports.subjects import subject_of
from botui.actions.imports.supply_words import ORDER_STATES
from botui.actions.imports.values import STATES, figure, rating, word_of
from botui.models.base import Refused
from tests.command_line import Office, found


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return found(tmp_path / "office")


def known(cells: Any) -> int:
    return len(guess(subject_of("tickets").words, [cell for cell in cells if cell]))


def read(tmp_path: Path, data: bytes | str, **form: Any) -> Sheet:
    path = tmp_path / "file"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_sheet(path, Form(**form), known)


def rows(sheet: Sheet) -> list[dict[str, str]]:
    return [row.cells for row in sheet.rows]


TEXT = "id,subject\n1,Größe € naïve\n"
WANTED = [{"id": "1", "subject": "Größe € naïve"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encoding_is_told_from_the_bytes(tmp_path: Path, encoding: str) -> None:
    sheet = read(tmp_path, TEXT.encode(encoding))
    assert rows(sheet) == WANTED
    assert any("not UTF-8" in note for note in sheet.notes) is (encoding == "cp1252")


def test_the_map_file_may_name_the_encoding(tmp_path: Path) -> None:
    assert rows(read(tmp_path, "id,subject\n1,Ж\n".encode("cp1251"), encoding="cp1251"))[0]["subject"] == "Ж"


@pytest.mark.parametrize("separator", list(",;\t|"))
def test_the_separator_is_told_from_the_rows(tmp_path: Path, separator: str) -> None:
    text = f'id{separator}subject\n1{separator}"One, two; three"\n2{separator}"a\nb ""c"""\n'
    assert [row["subject"] for row in rows(read(tmp_path, text))] == ["One, two; three", 'a\nb "c"']


def test_lines_before_the_header_are_left_out_and_line_numbers_stay_those_of_the_file(tmp_path: Path) -> None:
    sheet = read(
        tmp_path, 'Tickets of 2026,,\n"Printed\non Monday",,\n\nid,subject,state\n1,a,open\n,,\n2,b\n3,c,new\n'
    )
    assert [row.where for row in sheet.rows] == ["line 6", "line 9"]
    assert sheet.bad == [("line 8", "it has 2 cells, the header has 3")]
    assert any("before the header left out" in note for note in sheet.notes)


def test_a_row_of_figures_is_no_header_however_its_words_look(tmp_path: Path) -> None:
    assert read(tmp_path, "host,approved,since\nH-1,Yes,2025-01-02\nH-2,No,2025-01-02\n").columns[0] == "host"


def test_the_map_file_may_say_where_the_header_is(tmp_path: Path) -> None:
    assert rows(read(tmp_path, "id,subject\nnr,what\n1,a\n", header=2)) == [{"nr": "1", "what": "a"}]


def test_headings_that_are_empty_or_come_twice_get_names_and_are_said(tmp_path: Path) -> None:
    sheet = read(tmp_path, "id,,subject,subject,\x1b[2Jx,,\n1,2,3,4,5,,\n")
    assert sheet.columns == ("id", "column 2", "subject", "subject (2)", "[2Jx")
    assert len(sheet.notes) == 2


def test_cells_beyond_the_header_count_only_when_they_are_filled(tmp_path: Path) -> None:
    sheet = read(tmp_path, "id,subject\n1,a,,\n2,b,,c\n")
    assert rows(sheet) == [{"id": "1", "subject": "a"}]
    assert sheet.bad == [("line 3", "it has 4 cells, the header has 2")]


def test_a_row_whose_quotation_marks_do_not_fit_is_left_out_alone(tmp_path: Path) -> None:
    sheet = read(tmp_path, 'id,subject\n1,"a"b\n2,c\n')
    assert [row["id"] for row in rows(sheet)] == ["2"]
    assert sheet.bad[0][0] == "line 2"


ITEMS = [{"id": 1, "subject": "a", "owner": {"name": "Ann"}, "tags": ["x", "y"], "done": True, "score": None}]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ITEMS),
        json.dumps({"total": 1, "tickets": ITEMS, "fields": ["id"]}),
        "\n".join(json.dumps(item) for item in ITEMS * 1) + "\n",
        "\ufeff" + json.dumps(ITEMS, indent=2),
    ],
)
def test_json_comes_as_an_array_in_an_object_or_a_record_a_line(tmp_path: Path, text: str) -> None:
    if not text.lstrip("\ufeff").startswith(("[", '{"total')):
        text = text + text.replace('"id": 1', '"id": 2')
    first = rows(read(tmp_path, text))[0]
    assert first == {"id": "1", "subject": "a", "owner.name": "Ann", "tags": "x, y", "done": "yes", "score": ""}


def test_a_json_line_that_is_broken_is_left_out_alone(tmp_path: Path) -> None:
    sheet = read(tmp_path, '{"id": 1}\n{"id": \n{"id": Infinity}\n[1]\n')
    assert [row.cells["id"] for row in sheet.rows] == ["1", "Infinity"]
    assert [where for where, _ in sheet.bad] == ["line 2", "line 4"]


REFUSED: dict[str, bytes] = {
    "empty": b"",
    "blank": b"  \n\n ",
    "header only": b"id,subject\n",
    "open quotation mark": b'id,subject\n1,"never closed\n2,b\n',
    "json": b'{"id": ',
    "json that is no list": b'{"a": 1}',
    "json of numbers": b'{"a": [1, 2]}',
    "json with two lists": b'{"a": [{"x": 1}], "b": [{"y": 1}]}',
    "deep json": b"[" * 100_000,
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10,
    "pdf": b"%PDF-1.7 ...",
    "old excel": b"\xd0\xcf\x11\xe0" + b"\0" * 100,
    "gzip": b"\x1f\x8b\x08" + b"x" * 100,
    "noise": bytes(range(256)) * 40,
    "zip that is no xlsx": b"PK\x03\x04" + b"\0" * 100,
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_holds_no_table_is_refused_in_one_sentence(office: Office, data: bytes) -> None:
    path = office.folder.parent / "file"
    path.write_bytes(data)
    office.refused("import", "tickets", str(path))


def test_what_is_no_readable_file_is_refused(office: Office) -> None:
    office.refused("import", "tickets", str(office.folder))
    office.refused("import", "tickets", str(office.folder / "nothing.csv"))
    office.refused("import", "tickets", "x\udcffy")


def test_columns_of_which_none_is_known_are_refused_with_what_to_do(office: Office) -> None:
    path = office.folder.parent / "file"
    path.write_text("farbe,form\nrot,rund\n")
    assert "map file" in office.refused("import", "tickets", str(path))


@given(st.binary(max_size=400))
def test_no_bytes_end_in_anything_but_a_table_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.getbasetemp()
    try:
        sheet = read(folder, data)
    except Refused:
        return
    assert all(set(row.cells) <= set(sheet.columns) for row in sheet.rows)


@given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=2), min_size=1, max_size=6))
def test_every_csv_that_python_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, cells: list[list[str]]
) -> None:
    import csv

    cells = [[cell.replace("\0", "").replace("\r", "") for cell in row] for row in cells]
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["id", "subject"], *cells])
    data = out.getvalue().encode("utf-8", "replace")
    wanted = [row for row in csv.reader(io.StringIO(data.decode(), newline="")) if any(cell.strip() for cell in row)][
        1:
    ]
    try:
        sheet = read(tmp_path_factory.getbasetemp(), data, delimiter=",", encoding="utf-8")
    except Refused:
        assert not wanted or any(c < " " for row in wanted for cell in row for c in cell)
        return
    assert [list(row.cells.values()) for row in sheet.rows] == wanted


# --- XLSX -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., bytes]:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl (the extra xlsx) is not installed")

    def make(*sheets: list[list[Any]]) -> bytes:
        book = openpyxl.Workbook()
        for place, lines in enumerate(sheets):
            sheet = book.active if place == 0 else book.create_sheet(f"Sheet {place + 1}")
            for line in lines:
                sheet.append(line)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return make


def test_a_sheet_of_xlsx_is_read_with_its_dates_and_whole_numbers(
    tmp_path: Path, workbook: Callable[..., bytes]
) -> None:
    from datetime import datetime

    lines = [
        ["Export", None, None],
        ["id", "subject", "created"],
        [1.0, "a\nb", datetime(2026, 2, 1, 15, 4)],
        [2, True, None],
    ]
    sheet = read(tmp_path, workbook(lines, [["other"]]))
    assert rows(sheet) == [
        {"id": "1", "subject": "a\nb", "created": "2026-02-01 15:04:00"},
        {"id": "2", "subject": "yes", "created": ""},
    ]
    assert any("first of 2 sheets" in note for note in sheet.notes)
    assert rows(read(tmp_path, workbook([["id"], [1]], [["id"], [7]]), sheet="Sheet 2")) == [{"id": "7"}]
    with pytest.raises(Refused, match="Sheet 2"):
        read(tmp_path, workbook([["id"], [1]], [["id"], [7]]), sheet="Nothing")


def test_a_damaged_xlsx_is_refused(tmp_path: Path, workbook: Callable[..., bytes]) -> None:
    whole = workbook([["id"], [1]])
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            target.writestr(name, b"<broken" if "sheet1" in name else source.read(name))
    for data in (whole[:-100], broken.getvalue()):
        with pytest.raises(Refused, match="XLSX"):
            read(tmp_path, data)


def test_without_openpyxl_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr("botui.actions.imports.xlsx.areas.load", absent)
    with pytest.raises(Refused, match=r"botui\[xlsx\]"):
        read(tmp_path, b"PK\x03\x04" + b"\0" * 100)


# --- headings and words ---------------------------------------------------------------------------------------------

HEADINGS = {
    "zammad": ("number,title,state,priority,group,owner,customer,created_at,first_response_at,close_at", 8),
    "osticket": ("Ticket Number,Date Created,Subject,From,From Email,Priority,Department,Help Topic,Source,Status", 10),
    "servicenow": ("Number,Opened,Short description,Caller,Priority,State,Category,Assignment group,Assigned to", 9),
    "glpi": ("ID,Title,Status,Last update,Opening date,Priority,Requester,Technician,Category", 9),
    "zendesk": (
        "Id,Subject,Requester,Requester email,Assignee,Group,Created at,Updated at,Solved at,Satisfaction Score",
        10,
    ),
    "jira": ("Issue key,Summary,Status,Priority,Assignee,Reporter,Created,Resolved,Issue Type", 8),
    "frappe": ("name,subject,status,priority,opening_date,raised_by,resolution_date,via,agent_group", 6),
    "camel": ("ticketId,openedAt,resolvedAt,shortDescription", 4),
}


@pytest.mark.parametrize(("headings", "least"), HEADINGS.values(), ids=HEADINGS.keys())
def test_headings_of_other_help_desks_are_known(headings: str, least: int) -> None:
    found_ = guess(subject_of("tickets").words, headings.split(","))
    assert len(found_) >= least, found_
    assert len(set(found_.values())) == len(found_)
    assert "created_at" in found_ or "name" in headings
    assert plain("Opened_At") == plain("openedAt") == plain("OPENED-AT") == "opened at"


def test_no_word_means_two_things() -> None:
    assert all(word == plain(word) for word in STATES)
    assert all(word == plain(word) for word in ORDER_STATES)
    for name in ("tickets", "items", "stock", "suppliers", "orders", "people", "places", "meetings", "replies"):
        for words in subject_of(name).words.values():
            assert all(word == plain(word) for word in words), words


@given(st.text(max_size=60))
def test_any_text_is_a_known_word_or_none(text: str) -> None:
    assert word_of(STATES, text) in {"", *STATES.values()}
    assert rating(text) in {None, 1, 2, 3, 4, 5}
    try:
        value = figure(text, "x")
    except Refused:
        return
    assert value is None or 0 <= value < 1_000_000
