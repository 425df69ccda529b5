"""PINs and badges: kept scrambled in one file, changed by many, and never taken for sound when they are not."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from functools import partial
from hashlib import scrypt, sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botui.access import Secrets, bad_pin, secrets
from botui.models.base import NotAllowed, Refused
from botui.models.errors import StoreDamaged, StoreFull
from botui.storage import Journal
from botui.storage.backup import backup
from botui.storage.restore import restore
from tests.disks import Disk, on_disk
from tests.faults import children
from tests.offices import ADA, ANN, BOB, MONDAY, beside, office, ticket

PIN, OTHER = "4071", "58213"
COST = {**secrets.COST}
"""What a try costs really; as long as tests run it is next to nothing."""


@pytest.fixture
def kept(tmp_path: Path) -> Secrets:
    """Secrets in which Ann has a PIN and a badge."""
    made = Secrets(tmp_path)
    made.set_pin(ANN, PIN)
    made.add_badge(ANN, "BADGE-ANN")
    return made


# --- PINs -------------------------------------------------------------------------------------------------------------


@given(st.from_regex(r"[0-9]{4,8}", fullmatch=True), st.from_regex(r"[0-9]{4,8}", fullmatch=True))
def test_a_pin_fits_whose_it_is_and_no_other_fits(pin: str, other: str) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        made = Secrets(folder)
        if bad_pin(pin):
            with pytest.raises(Refused):
                made.set_pin(ANN, pin)
            assert not made.has_pin(ANN)
            return
        made.set_pin(ANN, pin)
        assert made.fits(ANN, pin)
        assert made.fits(ANN, other) is (pin == other)
        assert not made.fits(BOB, pin)
        assert Secrets(folder).fits(ANN, pin), "another session reads the same file"


@pytest.mark.parametrize(
    "pin",
    [
        "",
        "123",
        "123456789",
        "12a4",
        " 1234",
        "1234 ",
        "\u0661\u0662\u0663\u0664",
        "\uff11\uff12\uff13\uff14",
        "1111",
        "00000000",
        "1234",
        "9876",
        "89012",
    ],
)
def test_what_everybody_tries_first_or_is_no_number_is_no_pin(kept: Secrets, pin: str) -> None:
    assert bad_pin(pin)
    with pytest.raises(Refused):
        kept.set_pin(ANN, pin)
    assert kept.fits(ANN, PIN)


@pytest.mark.parametrize("pin", ["", "x" * 10_000, "\x00", "\udcff", "[b]", "4071\n", "日本"])
def test_whatever_is_typed_is_tried_and_does_not_fit(kept: Secrets, pin: str) -> None:
    assert not kept.fits(ANN, pin)
    assert not kept.fits(BOB, pin)


def test_a_try_costs_the_same_whether_the_person_has_a_pin_or_is_not_there(
    kept: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[dict[str, Any]] = []

    def watched(pin: bytes, **cost: Any) -> bytes:
        tried.append(cost)
        return scrypt(pin, **cost)

    monkeypatch.setattr(secrets, "scrypt", watched)
    for person in (ANN, BOB, 999):
        kept.fits(person, OTHER)
    costs = [{name: one[name] for name in ("n", "r", "p", "dklen")} for one in tried]
    assert costs[0] == costs[1] == costs[2]


def test_a_pin_is_kept_scrambled_at_its_full_cost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(secrets.COST, "n", COST["n"])
    made = Secrets(tmp_path)
    made.set_pin(ANN, PIN)
    kept = json.loads(made.path.read_bytes())["pins"][str(ANN)]
    assert COST == {"n": 2**14, "r": 8, "p": 1} == {name: kept[name] for name in COST}
    assert kept["hash"] == scrypt(PIN.encode(), salt=bytes.fromhex(kept["salt"]), dklen=32, **COST).hex()
    assert made.fits(ANN, PIN)
    assert not made.fits(ANN, OTHER)


def test_the_same_pin_of_two_people_is_not_the_same_in_the_file(kept: Secrets) -> None:
    kept.set_pin(BOB, PIN)
    pins = json.loads(kept.path.read_bytes())["pins"]
    assert pins[str(ANN)]["hash"] != pins[str(BOB)]["hash"]


def test_a_pin_taken_away_fits_no_more(kept: Secrets) -> None:
    kept.forget_pin(ANN)
    assert not kept.has_pin(ANN)
    assert not kept.fits(ANN, PIN)
    kept.forget_pin(ANN)


# --- badges -----------------------------------------------------------------------------------------------------------


def test_a_badge_is_one_person_s_and_its_letters_count(kept: Secrets) -> None:
    assert kept.badge_owner("BADGE-ANN") == ANN
    assert kept.badge_owner(" BADGE-ANN ") == ANN
    assert kept.badge_owner("badge-ann") is None
    assert kept.badge_owner("") is None
    with pytest.raises(Refused, match="somebody's already"):
        kept.add_badge(BOB, "BADGE-ANN")
    kept.add_badge(ANN, "BADGE-ANN")
    kept.add_badge(ANN, "SECOND")
    assert kept.badges(ANN) == 2
    assert kept.forget_badges(ANN) == 2
    assert kept.badge_owner("BADGE-ANN") is None
    assert kept.forget_badges(ANN) == 0


@pytest.mark.parametrize("code", ["", "abc", "   ", "\x1b\x1b\x1b\x1b", "x" * 61])
def test_a_code_too_short_or_too_long_is_no_badge(kept: Secrets, code: str) -> None:
    with pytest.raises(Refused, match="4 to 60"):
        kept.add_badge(BOB, code)


# --- the file ---------------------------------------------------------------------------------------------------------


def test_the_file_is_for_the_account_alone_and_has_neither_pin_nor_badge_in_it(kept: Secrets) -> None:
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    text = kept.path.read_text()
    assert PIN not in text
    assert "BADGE" not in text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{",
        '{"pins":[]}',
        '{"pins":{"x":{}}}',
        '{"pins":{"1":{"salt":"zz","hash":"","n":16,"r":8,"p":1}}}',
        '{"pins":{"1":{"salt":"","hash":"","n":1073741824,"r":8,"p":1}}}',
        '{"pins":{"1":{"salt":"","hash":"","n":15,"r":8,"p":1}}}',
        '{"pins":{"1":{"salt":"","hash":"","n":16,"r":0,"p":1}}}',
        '{"key":1}',
        '{"badges":{"zz":1}}',
        '{"badges":{"aa":"x"}}',
        '{"misses":{"a":{"count":1,"until":"2026-11-23T09:00:00"}}}',
        '{"misses":{"a":{"count":1,"until":"never"}}}',
        '{"misses":{"a":7}}',
    ],
)
def test_a_damaged_file_is_said_to_be_and_is_not_written_over(kept: Secrets, text: str) -> None:
    kept.path.write_text(text)
    acts: list[Callable[[], object]] = [
        partial(kept.fits, ANN, PIN),
        partial(kept.badge_owner, "BADGE-ANN"),
        partial(kept.set_pin, ANN, OTHER),
    ]
    for act in acts:
        with pytest.raises(StoreDamaged, match=r"secrets\.json cannot be read"):
            act()
    assert kept.path.read_text() == text


def test_a_file_that_is_gone_is_missed_and_lets_nobody_choose_a_pin_as_if_it_were_the_first(kept: Secrets) -> None:
    kept.path.unlink()
    for made in (kept, Secrets(kept.path.parent)):
        with pytest.raises(StoreDamaged, match=r"secrets\.json is gone"):
            made.has_pin(ANN)
    kept.set_pin(ANN, OTHER)  # the way out: an administrator gives PINs anew
    assert kept.fits(ANN, OTHER)
    assert not kept.has_pin(BOB)


def test_of_two_who_choose_a_first_pin_at_once_the_first_has_it_and_the_other_is_told(kept: Secrets) -> None:
    kept.first_pin(BOB, OTHER)
    with pytest.raises(Refused, match="chosen for this name just now"):
        Secrets(kept.path.parent).first_pin(BOB, PIN)
    assert kept.fits(BOB, OTHER)
    with pytest.raises(Refused, match="first that anybody tries"):
        kept.first_pin(ADA, "1234")


def test_processes_that_change_it_at_once_lose_nothing(kept: Secrets) -> None:
    folder = kept.path.parent

    def work(first: int) -> Any:
        def run(tell: Any) -> None:
            mine = Secrets(folder)
            for person in range(first, first + 8):
                mine.set_pin(person, f"40{person:03}")
                mine.add_badge(person, f"CODE-{person}")

        return run

    with children(work(100), work(200), work(300)) as started:
        assert [one.end() for one in started] == [0, 0, 0]
    everybody = [ANN, *(first + one for first in (100, 200, 300) for one in range(8))]
    assert all(kept.has_pin(one) and kept.badges(one) == 1 for one in everybody)
    assert kept.fits(307, "40307")


def test_a_disk_that_takes_nothing_leaves_it_as_it_was(tmp_path: Path) -> None:
    def work(disk: Disk) -> None:
        disk.folder.mkdir()
        made = Secrets(disk.folder)
        made.set_pin(ANN, PIN)
        disk.read_only(True)
        for act in (partial(made.set_pin, ANN, OTHER), partial(Secrets(disk.folder).add_badge, BOB, "BADGE-BOB")):
            with pytest.raises(StoreFull):
                act()
        assert made.fits(ANN, PIN)
        disk.read_only(False)
        made.set_pin(ANN, OTHER)
        assert made.fits(ANN, OTHER)

    on_disk(tmp_path, work, real=False)


def test_a_backup_has_it_and_restore_puts_it_back(folder: Path, tmp_path: Path) -> None:
    desk = office(folder)
    older, file = tmp_path / "older.zip", tmp_path / "backup.zip"
    backup(desk.store.journal.path, older, clock=lambda: MONDAY)
    desk.secrets.set_pin(ANN, PIN)
    backup(desk.store.journal.path, file, clock=lambda: MONDAY)
    desk.secrets.set_pin(ANN, OTHER)
    desk.store.close()
    restore(folder / "office.json", file, header={"by": None, "on": "front"}, clock=lambda: MONDAY)
    assert Secrets(folder).fits(ANN, PIN)
    assert not Secrets(folder).fits(ANN, OTHER)
    restore(folder / "office.json", older, header={"by": None, "on": "front"}, clock=lambda: MONDAY)
    with pytest.raises(StoreDamaged, match="is gone"):  # of before the first PIN: nobody is let in by it
        Secrets(folder).has_pin(ANN)


def test_after_a_day_s_work_no_file_of_the_office_has_a_pin_or_a_badge_in_it(folder: Path, tmp_path: Path) -> None:
    pin, badge = "40719258", "WX7-K2M9-QQ4"
    desk = office(folder)
    ada = desk.for_person(ADA)
    ada.secrets.set_pin(ANN, pin)
    ada.secrets.add_badge(ANN, badge)
    desk.confirm(pin)
    with pytest.raises(NotAllowed):
        desk.confirm(pin[::-1])
    with pytest.raises(NotAllowed):
        desk.door.check(pin, (), pin)
    desk.door.miss(badge)
    ticket(desk)
    beside(desk).store.journal.compact()
    backup(desk.store.journal.path, folder / "backup.zip", clock=lambda: MONDAY)
    Journal(folder / "office.json").compact()
    # a digest of what was typed as a name would give away a PIN that was: all of them are tried in no time
    quick = sha256(f"name {pin}\nfront".encode()).hexdigest()[:24]
    files = [one for one in folder.rglob("*") if one.is_file() and one.suffix != ".zip"]
    assert len(files) > 4
    for file in files:
        data = file.read_bytes()
        assert pin.encode() not in data, file
        assert badge.encode() not in data, file
        assert quick.encode() not in data, file
