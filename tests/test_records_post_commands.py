"""The post on the command line: entered, answered, printed; fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import Office, Result, found


def run(office: Office, *words: str) -> Result:
    return office.run(*words, "--as", "P-1")


@pytest.fixture
def made(tmp_path: Path) -> Office:
    """An office whose administrator is a clerk, too, with a supplier."""
    office = found(tmp_path / "office")
    assert not run(office, "set", "P-1", "roles=staff,clerk,admin").code
    assert not run(office, "add", "parties", "name=Meyer GmbH", "address=Hafenstr. 1").code
    return office


def test_a_letter_is_entered_answered_with_a_template_and_printed(made: Office) -> None:
    said = run(made, "add", "letters", "correspondent=Meyer GmbH", "subject=Offer", "reply_due=+10d").out
    assert "LE-1 is entered; write D-1 on it; to be answered Thu 3 Dec, and nobody sees to it yet." in said
    body = "body={letter.to}\n{party.address}\nThank you for: {letter.answers} ({letter.number})"
    assert not run(made, "add", "forms", "name=Thanks", "subject=Thank you", body).code
    said = run(made, "do", "LE-1", "reply", "form=FO-1").out
    assert "LE-2 goes out; its copy is D-2; LE-1 is answered." in said
    assert run(made, "letter", "LE-2").out == "Meyer GmbH\nHafenstr. 1\nThank you for: Offer (LE-2)\n"
    assert run(made, "letter", "D-1").err == "botui: D-1 is no letter: try botui list letters.\n"
    assert "LE-2" in run(made, "list", "letters", "--view", "outgoing").out


def test_what_cannot_be_is_refused_in_words_and_nothing_is_left(made: Office) -> None:
    for words, said in (
        (("letters", "correspondent=Eve"), "Subject: This is needed."),
        (("letters", "correspondent=Eve", "subject=x", "reply_due=-1d"), "before the day it came"),
        (("letters", "correspondent=Eve", "subject=x", "party=nobody"), "nobody"),
        (("forms", "name=x", "subject=x", "body={party.secret}"), "There is no field {party.secret}; there is {party."),
        (("parcels", "sender=DHL"), "For whom is it?"),
        (("parcels", "label=Eve", "pieces=0"), "Pieces: This must be 1 or more."),
    ):
        result = run(made, "add", *words)
        assert result.code == 1
        assert said in result.err
    for name in ("letters", "forms", "parcels", "documents"):
        assert "-1" not in run(made, "list", name, "--view", "all").out
