"""The register of another archive is taken in: its numbers stay on the paper and open the documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from botui.actions.imports import Job, Report
from botui.actions.imports import run as run_import
from botui.data import Desk
from botui.models.base import NotAllowed, Refused
from botui.models.records.document import Privacy, State
from tests.offices import CLEO, office

LIST = """id;title;correspondent;document_type;created;tags;archive_serial_number;storage_path;owner
7;Power bill;Stadtwerke;Bills;12.11.2026;power,home;ASN12;Box 3;AA
8;Lease;Somebody;Contract;2026-01-05;;ASN13;Box 4;
9;Same number;;;;;ASN13;;
10;Tomorrow;;;2099-01-01;;ASN14;;
11;[red]x\x1b[2J;;;;;ASN15;;
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = office(tmp_path / "office")
    desk.add("parties", {"name": "Stadtwerke"})
    desk.add("retention", {"name": "Bills", "years": 7})
    return desk


def take(desk: Desk, folder: Path, text: str, *, dry: bool = False, key: str = "") -> Report:
    path = folder / "list.csv"
    path.write_text(text)
    return run_import(desk, Job("documents", path, None, key, dry))


def test_a_register_becomes_documents_once_and_their_old_numbers_open_them(desk: Desk, tmp_path: Path) -> None:
    report = take(desk, tmp_path, LIST)
    assert report.taken == 3
    assert [where for where, _ in report.bad] == ["line 4", "line 5"]
    assert sum(report.unknown.values()) == 2, "a class and a party that are not here"
    ((_, number),) = desk.by_code("ASN12")
    bill = desk.get("documents", number)
    assert (bill.title, bill.state, bill.party, bill.shelf) == ("Power bill", State.FILED, 1, "Box 3")
    assert (bill.tags, bill.owner, f"{bill.dated}") == (("power", "home"), 1, "2026-11-12")
    assert desk.title("retention", bill.schedule) == "Bills"
    assert desk.get("documents", desk.by_code("ASN15")[0][1]).title == "[red]x[2J"
    head = desk.store.journal.head
    assert take(desk, tmp_path, LIST).same == 3
    assert desk.store.journal.head == head


def test_without_a_number_somebody_says_what_tells_documents_apart(desk: Desk, tmp_path: Path) -> None:
    text = "title;created\nLease;2026-01-05\n"
    with pytest.raises(Refused, match="--key"):
        take(desk, tmp_path, text)
    assert take(desk, tmp_path, text, key="title").taken == 1
    with pytest.raises(NotAllowed):
        take(desk.for_person(CLEO), tmp_path, text, key="title")


def test_a_row_never_changes_or_tells_of_a_document_that_is_private(desk: Desk, tmp_path: Path) -> None:
    desk.as_system().add("documents", {"title": "Warning", "privacy": Privacy.HR, "person": CLEO, "codes": ("ASN12",)})
    report = take(desk, tmp_path, LIST.splitlines()[0] + "\n7;Power bill;;;;;ASN12;;\n")
    assert report.bad == []
    assert desk.as_system().get("documents", 1).title == "Warning"
    assert [desk.title(*one) for one in desk.by_code("ASN12")] == ["Power bill"]
