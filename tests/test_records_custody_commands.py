"""Paper, retention, disposal and contracts on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import Office, Result, found


def run(office: Office, *words: str) -> Result:
    return office.run(*words, "--as", "P-1")


@pytest.fixture
def made(tmp_path: Path) -> Office:
    """An office whose administrator is a clerk, too, with a colleague and two old bills."""
    office = found(tmp_path / "office")
    for words in (
        ("set", "P-1", "roles=staff,clerk,admin"),
        ("add", "people", "name=Max Head", "roles=manager"),
        ("add", "retention", "name=Bills", "years=7"),
        ("add", "documents", "title=Bill of May", "dated=2010-05-04", "schedule=Bills"),
        ("add", "documents", "title=Bill of June", "dated=2010-06-04", "schedule=Bills"),
        ("tick",),
    ):
        assert not (run(office, *words) if words != ("tick",) else office.run(*words)).code
    return office


def test_paper_goes_out_and_comes_back_and_what_is_due_is_listed_and_printed(made: Office) -> None:
    assert "D-1 is handed out to Max Head, due back" in run(made, "do", "D-1", "hand_out", "to=Max Head").out
    assert "CY-1" in run(made, "list", "custody").out
    assert run(made, "do", "D-1", "dispose").err == "botui: Max Head has it: take it back first (R).\n"
    assert "D-1 is back." in run(made, "do", "D-1", "give_back").out
    assert not run(made, "do", "D-1", "hold", "reason=tax audit").code
    said = run(made, "add", "disposals", "approver=Max Head").out
    assert "DS-1: 1 document put on it; Max Head is asked to approve it." in said
    assert run(made, "do", "D-1", "dispose").err == "botui: It is on hold: tax audit. y takes the hold off.\n"
    sheet = run(made, "certificate", "DS-1").out
    assert "DISPOSAL LIST  DS-1" in sheet
    assert "Bill of June" in sheet
    assert "1 document to be destroyed." in sheet
    refused = run(made, "certificate", "D-1").err
    assert refused == "botui: D-1 is no disposal list and no erasure: try botui list disposals.\n"
    assert run(made, "do", "DS-1", "destroy").code == 1


def test_what_cannot_be_is_refused_in_words(made: Office) -> None:
    for words, said in (
        (("add", "retention", "name=Bills"), "RS-1 is called Bills already."),
        (("add", "retention", "name=x", "years=-1"), "Years: "),
        (("add", "contracts", "name=x", "notice_days=30"), "When does it end or renew?"),
        (("add", "contracts", "name=x", "cost=-5"), "Value: "),
        (("add", "disposals", "approver=P-1"), "Nobody approves their own"),
        (("add", "custody", "document=D-1", "person=P-1"), "Nobody does this by hand"),
        (("do", "D-1", "hand_out", "to=nobody"), "nobody"),
        (("do", "D-1", "review", "until=2001-01-01", "reason=x"), "cannot be kept until then"),
        (("set", "D-1", "keep_until=2001-01-01"), "is not typed: it comes by itself"),
        (("set", "S-1", "fiscal_year_end=31-12"), "is not a month and a day"),
    ):
        result = run(made, *words)
        assert result.code == 1, words
        assert said in result.err
