"""The command line as a whole: what it refuses and with which code, the first run, settings, real processes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from botui import config
from botui.cli import start
from botui.cli.session import Session
from botui.data import Desk
from botui.storage import Journal
from tests.command_line import Office, found


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return found(tmp_path / "office")


USAGE = [
    ["nonsense"],
    ["list"],
    ["list", "tickets", "x"],
    ["list", "tickets", "=x"],
    ["list", "tickets", "state=new", "state=open"],
    ["list", "tickets", "--limit", "-1"],
    ["list", "tickets", "--limit", "٣"],
    ["list", "tickets", "--json", "--csv"],
    ["list", "tickets", "--jso"],
    ["show"],
    ["do", "T-1"],
    ["fill", "--records", "many"],
    ["tick", "state=new"],
    ["--data"],
]


@pytest.mark.parametrize("words", USAGE, ids=" ".join)
def test_a_command_that_is_not_understood_ends_with_2_and_one_sentence(office: Office, words: list[str]) -> None:
    office.refused(*words, code=2)


REFUSED = [
    (["list", "nothing"], "tickets"),
    (["list", "tickets", "nothing=1"], "subject"),
    (["list", "tickets", "state=nothing"], "waiting"),
    (["list", "tickets", "owner=nobody at all"], "nobody at all"),
    (["list", "tickets", "created_at=someday"], "someday"),
    (["list", "tickets", "created_at=2026-02-30"], "30 February"),
    (["list", "tickets", "created_at=2026-03-01..2026-02-01"], "before"),
    (["list", "tickets", f"minutes={'9' * 5000}"], "number"),
    (["list", "tickets", "--view", "nothing"], "mine"),
    (["list", "tickets", "--sort", "nothing"], "subject"),
    (["show", "T-99"], "T-99"),
    (["show", "99"], "99"),
    (["show", "\x1b[2J"], "reference"),
    (["show", "T-" + "9" * 400], "reference"),
    (["history", "Q-1"], "Q-1"),
    (["add", "tickets"], "Subject"),
    (["add", "tickets", "subject="], "Subject"),
    (["add", "tickets", "subject=[/x]", "nothing=1"], "subject"),
    (["add", "tickets", f"subject={'y' * 10_000}"], "10,000"),
    (["add", "tickets", f"subject=x{'z' * 20_001}"], "200"),
    (["add", "tickets", "subject=x", "priority=P9"], "urgent"),
    (["add", "tickets", "subject=x", "requester=P-99"], "P-99"),
    (["add", "tickets", "subject=x", "wanted_by=2026-13-01"], "month 13"),
    (["add", "people", "name=x", "initials=ml"], "taken"),
    (["add", "nothing", "name=x"], "tickets"),
    (["set", "T-1"], "what to change"),
    (["set", "T-1", "subject="], "Subject"),
    (["do", "T-1", "fly"], "take"),
    (["do", "T-1", "reopen"], "new"),
    (["do", "T-1", "assign", "to=P-99"], "P-99"),
    (["do", "T-1", "assign"], "needed"),
    (["do", "T-1", "take", "now=yes"], "now"),
    (["do", "T-1", "wait", "waiting_for=date"], "Until"),
    (["do", "T-1", "rate", "satisfaction=-3"], "1 or more"),
    (["do", "T-1", "rate", "satisfaction=3"], "new"),
    (["do", "T-1", "note", "text=x", "minutes=-5"], "0 or more"),
    (["do", "T-1", "note", "text=x", "minutes=999999999999999"], "too large"),
    (["report", "nothing"], "volume"),
    (["report", "volume", "from=today"], "since"),
    (["report", "volume", "since=today", "until=-1w"], "before"),
    (["import", "nothing", "x.csv"], "tickets"),
    (["import", "settings", "x.csv"], "not imported"),
    (["import", "tickets", "/nowhere/x.csv"], "/nowhere/x.csv"),
]


@pytest.mark.parametrize(
    ("words", "said"), REFUSED, ids=lambda one: " ".join(one)[:60] if isinstance(one, list) else ascii(one)
)
def test_what_the_office_refuses_ends_with_1_and_says_why(office: Office, words: list[str], said: str) -> None:
    office.ok("add", "tickets", "subject=Printer")
    sentence = office.refused(*words)
    assert said in sentence
    assert len(sentence) < 1_100
    assert sentence.isprintable()


@pytest.mark.parametrize(
    "words", [["list", "tickets"], ["add", "tickets", "subject=x"], ["tick"], ["check"], ["compact"]]
)
def test_where_there_is_no_store_none_is_made_but_it_is_said_how(tmp_path: Path, words: list[str]) -> None:
    office = Office(tmp_path / "nothing")
    result = office.run(*words)
    assert result.code == 1
    assert f"botui --data {office.folder}" in result.err
    assert not office.folder.exists()


def test_a_damaged_store_ends_with_3_and_is_left_as_it_is(office: Office) -> None:
    journal = office.folder / "office.json.journal"
    journal.write_bytes(journal.read_bytes().replace(b"Mary", b"Mxry"))
    for words in (["list", "people"], ["add", "tickets", "subject=x"], ["check"]):
        assert "damaged" in office.refused(*words, code=3) or words == ["check"]


def test_a_store_that_another_program_rewrote_is_adopted_on_request(office: Office) -> None:
    office.ok("compact")
    snapshot = office.folder / "office.json"
    snapshot.write_text(snapshot.read_text().replace("Mary Lee", "Mary Leigh"))
    assert "botui adopt" in office.refused("list", "people", code=3)
    assert office.run("adopt").code == 0
    assert "Mary Leigh" in office.run("list", "people").out


def test_a_store_that_is_being_written_for_long_ends_with_3(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    import botui.storage

    monkeypatch.setattr(botui.storage, "Journal", lambda path, **options: Journal(path, timeout=0.05, **options))
    other = Journal(office.folder / "office.json")
    with other.transaction() as _:
        result = office.run("add", "tickets", "subject=x", "--as", "ML")
    assert (result.code, result.err.count("\n")) == (3, 1)


def test_a_folder_that_cannot_be_read_ends_with_3(office: Office) -> None:
    path = office.folder / "office.json.journal"
    path.unlink()
    path.mkdir()
    assert office.run("list", "people").code == 3


# --- the first run --------------------------------------------------------------------------------------------------


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Desks that were opened, instead of a desk."""
    desks: list[dict[str, Any]] = []

    def run(session: Session, open_desk: Callable[[], Desk], terminal: object, greeting: str) -> int:
        desk = open_desk()
        desks.append({"folder": desk.store.journal.path.parent, "person": desk.person, "greeting": greeting})
        desk.store.close()
        return 0

    monkeypatch.setattr(start, "_prepare", lambda session: None)
    monkeypatch.setattr(start, "_open", run)
    return desks


def test_the_first_run_asks_for_the_office_and_its_first_administrator(
    tmp_path: Path, opened: list[dict[str, Any]]
) -> None:
    office = Office(tmp_path / "new" / "office")
    result = office.run(stdin="Back \x1b]0;x\x07office\nMary Ann Lee\n1234\n4711\n4712\n4711\n4711\n")
    assert result.code == 0
    assert "one of the first that anybody tries" in result.out
    assert "two different PINs" in result.out
    assert office.desk().secrets.fits(1, "4711")
    assert opened[0]["folder"] == office.folder
    assert opened[0]["person"] == 1
    assert "MAL" in opened[0]["greeting"]
    assert office.run("show", "S-1", "--json").json["name"] == "Back ]0;xoffice"
    person = office.run("show", "MAL", "--json").json
    assert person["name"] == "Mary Ann Lee"
    assert person["roles"] == ["clerk", "admin"]
    assert office.folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "answers",
    [
        "",
        "Office\n",
        "\n\n\n",
        "Office\n \n \n \n",
        "Office\nMary\n",
        "Office\nMary\n" + "4711\n4712\n" * 3,
        "Office\n" + "y" * 10_000 + "\n4711\n4711\n",
    ],
)
def test_a_first_run_without_good_answers_makes_nothing(
    tmp_path: Path, opened: list[dict[str, Any]], answers: str
) -> None:
    office = Office(tmp_path / "office")
    result = office.run(stdin=answers)
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert not office.folder.exists()
    assert not opened


def test_the_desk_opens_for_the_person_named(office: Office, opened: list[dict[str, Any]]) -> None:
    assert office.run("--as", "ml").code == 0
    assert opened[0]["person"] == 1
    assert office.run("--as", "system").code == 1
    assert len(opened) == 1


def test_in_the_hall_nobody_is_taken_at_their_word(office: Office, opened: list[dict[str, Any]]) -> None:
    office.environ["BOTUI_KIOSK"] = "yes"
    assert office.run("--as", "ml").code == 0
    assert opened[0]["person"] is None


# --- settings of the machine ----------------------------------------------------------------------------------------


def test_the_command_line_wins_over_the_environment_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "botui.toml"
    file.write_text('data = "/from/file"\nterminal = "hall"\nkiosk = true\nidle = 90\n')
    settings = config.load({"BOTUI_CONFIG": str(file), "BOTUI_DATA": "/from/environment", "BOTUI_IDLE": "30"}, "/told")
    assert settings == config.Config(data=Path("/told"), terminal="hall", kiosk=True, idle=30)
    assert config.load({"BOTUI_CONFIG": str(file)}).data == Path("/from/file")
    assert config.load({"BOTUI_CONFIG": ""}).data.name == "botui"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense", "not TOML"),
        ("colour = 3", "there is: data"),
        ("idle = 'soon'", "seconds"),
        ("idle = -1", "seconds"),
        ("idle = true", "seconds"),
        ("kiosk = 'perhaps'", "yes nor no"),
        ("data = 3", "folder"),
        ("data = ''", "folder"),
        ('terminal = "a\\u001bb"', "shown"),
        (f"terminal = '{'y' * 61}'", "60"),
        ("\udcff", "not TOML"),
    ],
)
def test_a_wrong_setting_is_said_in_words_with_where_it_stands(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "botui.toml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(config.ConfigError, match=said) as error:
        config.load({"BOTUI_CONFIG": str(file)})
    assert str(file) in str(error.value)


def test_a_wrong_setting_ends_a_command_with_2(office: Office) -> None:
    office.environ["BOTUI_IDLE"] = "soon"
    assert "BOTUI_IDLE" in office.refused("list", "people", code=2)
    office.environ["BOTUI_CONFIG"] = "/nowhere/botui.toml"
    assert "/nowhere/botui.toml" in office.refused("list", "people", code=2)


def test_the_zone_of_the_machine_is_a_known_one_or_utc(tmp_path: Path) -> None:
    link = tmp_path / "localtime"
    assert config.machine_zone({}, link) == "UTC"
    link.symlink_to("/usr/share/zoneinfo/Europe/Berlin")
    assert config.machine_zone({}, link) == "Europe/Berlin"
    assert config.machine_zone({"TZ": ":America/New_York"}, link) == "America/New_York"
    assert config.machine_zone({"TZ": "../../etc/passwd"}, link) == "Europe/Berlin"
