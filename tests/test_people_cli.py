"""botui people: who works here, as what, and with which PIN and badges."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from botui.access import Secrets
from tests.command_line import Office, Result, found

PIN, OTHER = "4071", "58213"


@pytest.fixture
def office(folder: Path) -> Office:
    """ML is administrator and clerk; AB a clerk, HH of HR, CC of the staff."""
    office = found(folder)
    for name, roles in (("Ann Bell", "clerk"), ("Hanna Hall", "hr"), ("Carl Cole", "staff")):
        office.ok("people", "add", name, "--roles", roles)
    return office


def kept(office: Office) -> Secrets:
    return Secrets(office.folder)


def as_(office: Office, who: str, *words: str, stdin: str = "") -> Result:
    return office.run("people", *words, "--as", who, stdin=stdin)


# --- who works here -----------------------------------------------------------------------------------------------


def test_somebody_new_has_initials_roles_and_no_pin(office: Office) -> None:
    said = office.ok("people", "add", "Dora Duck", "--roles", "clerk,finance", "extension=217").out
    assert said == "Dora Duck (DD) is in the directory.\nThe PIN is chosen at the first sign-in.\n"
    person = office.run("show", "DD", "--json").json
    assert (person["roles"], person["extension"]) == (["clerk", "finance"], "217")
    assert not kept(office).has_pin(5)


def test_without_roles_somebody_new_is_of_the_staff(office: Office) -> None:
    office.ok("people", "add", "Dora Duck")
    assert office.run("show", "P-5", "--json").json["roles"] == ["staff"]


def test_the_list_says_who_has_a_pin_to_those_alone_who_may_change_it(office: Office) -> None:
    kept(office).set_pin(2, PIN)
    kept(office).add_badge(2, "BADGE-AB")
    rows = [line.split() for line in office.ok("people").out.splitlines()]
    assert rows[0] == ["No.", "Initials", "Name", "Roles", "PIN", "Badges"]
    assert rows[2][-2:] == ["yes", "1"]
    assert rows[3][-2:] == ["-", "-"]
    assert office.ok("people", "list", "--json").json[1]["badges"] == 1
    plain = as_(office, "CC", "list")
    assert "PIN" not in plain.out
    assert "has_pin" not in as_(office, "CC", "list", "--json").out
    assert as_(office, "AB", "list").out == plain.out


def test_who_left_is_not_listed_unless_asked_for_and_comes_in_no_more(office: Office) -> None:
    kept(office).set_pin(2, PIN)
    kept(office).add_badge(2, "BADGE-AB")
    said = office.ok("people", "set", "AB", "active=no").out
    assert "Their PIN, badges and SSH keys are taken away" in said
    assert not kept(office).has_pin(2)
    assert kept(office).badge_owner("BADGE-AB") is None
    assert [line for line in office.ok("history", "P-2").out.splitlines() if "Badge" in line]
    assert "Ann Bell" not in office.ok("people").out
    assert "Ann Bell" in office.ok("people", "list", "--all").out
    for words in (("badge", "AB", "BADGE-AB"), ("pin", "AB", "--start")):
        assert "does not work here any more" in office.refused("people", *words)
    assert not kept(office).holders()
    office.ok("people", "set", "P-2", "active=yes")
    assert office.run("people", "badge", "P-2", "BADGE-AB", "--as", "ML").code == 0


def test_roles_are_given_by_an_administrator_and_by_nobody_else(office: Office) -> None:
    office.ok("people", "role", "CC", "staff", "manager")
    assert office.run("show", "CC", "--json").json["roles"] == ["staff", "manager"]
    for who in ("HH", "AB", "CC"):
        result = as_(office, who, "role", "CC", "admin")
        assert (result.code, result.err) in (
            (1, "botui: Only an administrator may change this.\n"),
            (1, "botui: This is for an administrator to do.\n"),
        )
    assert as_(office, "HH", "add", "Eve Evil", "--roles", "admin").code == 1
    assert as_(office, "HH", "set", "HH", "roles=admin").code == 1
    assert as_(office, "HH", "add", "Finn Fair").code == 0
    assert as_(office, "HH", "set", "CC", "extension=218").code == 0
    assert office.run("show", "CC", "--json").json["roles"] == ["staff", "manager"]


# --- PINs ---------------------------------------------------------------------------------------------------------


def test_an_administrator_takes_a_pin_away_or_sets_the_first_one(office: Office) -> None:
    said = office.run("people", "pin", "AB", "--start", "--as", "ML", stdin=f"{PIN}\n{PIN}\n")
    assert (said.code, said.out) == (0, "Ann Bell begins with this PIN, and can change it at the desk.\n")
    assert kept(office).fits(2, PIN)
    assert PIN not in said.out + said.err
    assert "no PIN now" in office.ok("people", "pin", "AB").out
    assert not kept(office).has_pin(2)


@pytest.mark.parametrize(
    ("stdin", "words"),
    [
        (f"{PIN}\n{OTHER}\n", "These were two different PINs; nothing was changed."),
        ("1234\n1234\n", "That is one of the first that anybody tries: choose another."),
        ("12\n12\n", "A PIN has 4 to 8 digits."),
        ("", "Nothing was typed; nothing was changed."),
        ("\n", "Nothing was typed; nothing was changed."),
    ],
)
def test_what_will_not_do_changes_nothing_and_is_said(office: Office, stdin: str, words: str) -> None:
    result = office.run("people", "pin", "AB", "--start", "--as", "ML", stdin=stdin)
    assert result.code == 1
    assert result.err.endswith(f"botui: {words}\n")
    assert not kept(office).has_pin(2)


def test_everybody_changes_their_own_pin_with_the_old_one(office: Office) -> None:
    assert as_(office, "CC", "pin", "CC", stdin=f"{PIN}\n{PIN}\n").out == "Your PIN is changed.\n"
    assert as_(office, "CC", "pin", "CC", stdin=f"{OTHER}\n{OTHER}\n{OTHER}\n").code == 1
    assert as_(office, "CC", "pin", "CC", stdin=f"{PIN}\n{OTHER}\n{OTHER}\n").code == 0
    assert kept(office).fits(4, OTHER)


def test_misses_of_the_old_pin_lock_as_at_the_door(office: Office) -> None:
    kept(office).set_pin(4, PIN)
    for _ in range(4):
        assert "did not fit" in as_(office, "CC", "pin", "CC", stdin="9999\n").err
    assert "Too many misses" in as_(office, "CC", "pin", "CC", stdin=f"{PIN}\n").err


@pytest.mark.parametrize("who", ["HH", "AB", "CC"])
@pytest.mark.parametrize(
    "words", [("pin", "ML"), ("pin", "ML", "--start"), ("badge", "ML", "BADGE-X"), ("badge", "ML", "--none")]
)
def test_nobody_but_an_administrator_touches_another_s_pin_or_badge(
    office: Office, who: str, words: tuple[str, ...]
) -> None:
    kept(office).set_pin(1, PIN)
    kept(office).add_badge(1, "BADGE-ML")
    before = kept(office).read()
    result = as_(office, who, *words, stdin=f"{OTHER}\n{OTHER}\n")
    assert (result.code, result.out, result.err) == (1, "", "botui: Only an administrator may change this.\n")
    assert kept(office).read() == before
    refused = office.ok("history", "--since", "today").out.splitlines()[-1]
    assert refused.endswith("Refused: people.grant")


def test_of_a_pin_and_a_badge_the_history_says_that_and_not_what(office: Office) -> None:
    office.run("people", "pin", "AB", "--start", "--as", "ML", stdin="40719258\n40719258\n")
    made = office.run("people", "badge", "AB", "--new", "--as", "ML").out.strip()
    office.ok("people", "pin", "AB")
    office.ok("people", "pin", "AB")
    office.ok("people", "badge", "AB", "--none")
    told = office.ok("history", "P-2").out
    heads = [line.partition("Mary Lee: ")[2] for line in told.splitlines() if "Mary Lee" in line]
    assert heads[1:] == [
        "PIN  (at front)  set",
        "Badge  (at front)  given",
        "PIN  (at front)  taken away",
        "PIN  (at front)  taken away",
        "Badge  (at front)  taken away",
    ]
    journal = (office.folder / "office.json.journal").read_text()
    assert "40719258" not in journal
    assert made not in journal
    assert office.run("check").code == 0


# --- badges -------------------------------------------------------------------------------------------------------


def test_a_new_badge_is_told_once_and_made_of_what_nobody_mistakes(office: Office) -> None:
    codes = {office.run("people", "badge", "AB", "--new", "--as", "ML").out.strip() for _ in range(5)}
    assert len(codes) == 5
    assert all(re.fullmatch("[34679ACDEFGHJKMNPQRTUVWXY]{9}", code) for code in codes)
    assert all(kept(office).badge_owner(code) == 2 for code in codes)
    assert office.ok("people", "badge", "AB", "--none").out == "Ann Bell has no badge now; there were 5.\n"
    assert not any(kept(office).badge_owner(code) for code in codes)


def test_a_badge_that_is_there_is_scanned_or_typed(office: Office) -> None:
    assert office.run("people", "badge", "AB", "--as", "ML", stdin="04A1B2C3\n").code == 0
    assert office.run("people", "badge", "CC", "04A1B2C4", "--as", "ML").code == 0
    assert (kept(office).badge_owner("04A1B2C3"), kept(office).badge_owner("04A1B2C4")) == (2, 4)
    refused = office.run("people", "badge", "CC", "04A1B2C3", "--as", "ML")
    assert (refused.code, refused.err) == (1, "botui: This badge is somebody's already.\n")


def test_the_code_of_a_thing_is_no_badge(office: Office) -> None:
    office.ok("add", "places", "name=Attic", "codes=ROOM-17")
    for code in ("ROOM-17", "PL-1", "P-0001"):
        result = office.run("people", "badge", "AB", code, "--as", "ML")
        assert (result.code, result.err) == (
            1,
            "botui: Something else carries this code: a badge needs one of its own.\n",
        )
    assert kept(office).badges(2) == 0


def test_the_card_has_the_name_and_not_the_code_in_clear(office: Office) -> None:
    text = office.run("people", "badge", "AB", "04A1B2C3", "--card", "text", "--as", "ML").out
    assert "Ann Bell" in text
    assert "04A1B2C3" not in text
    assert "Ann Bell" in office.run("people", "badge", "AB", "--new", "--card", "text", "--as", "ML").out
    zpl = office.run("people", "badge", "AB", "--new", "--card", "zpl", "--as", "ML").out
    assert zpl.startswith("^XA")
    assert kept(office).badges(2) == 3
    assert office.run("people", "badge", "AB", "x" * 30, "--card", "text", "--as", "ML").code == 1
    assert kept(office).badges(2) == 3, "what no card can carry is not given"


@pytest.mark.parametrize("code", ["abc", "x" * 61])
def test_a_code_that_cannot_be_one_is_refused(office: Office, code: str) -> None:
    assert office.run("people", "badge", "AB", code, "--as", "ML").code == 1
    assert kept(office).badges(2) == 0


# --- the terminal -------------------------------------------------------------------------------------------------


def test_a_pin_typed_at_a_terminal_is_not_shown(office: Office) -> None:
    outer, inner = pty.openpty()
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parent.parent), **office.environ}
    command = [sys.executable, "-m", "botui", "people", "pin", "AB", "--start", "--as", "ML"]
    child = subprocess.Popen(command, stdin=inner, stdout=inner, stderr=inner, env=environ)
    os.close(inner)
    try:
        said = _answer(outer, b"digits: ") + _answer(outer, b"more: ")
        while b"begins with this PIN" not in said:
            said += os.read(outer, 1000)
        assert child.wait(timeout=30) == 0
    finally:
        child.kill()
        child.wait()
        os.close(outer)
    assert PIN.encode() not in said
    assert kept(office).fits(2, PIN)


def _answer(terminal: int, question: bytes) -> bytes:
    said = b""
    while question not in said:
        said += os.read(terminal, 1000)
    import termios

    while termios.tcgetattr(terminal)[3] & termios.ECHO:
        pass
    os.write(terminal, PIN.encode() + b"\n")
    return said
