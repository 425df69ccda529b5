"""``botui check`` finds every kind of damage, and says where; ``botui repair`` mends it and says what it changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from botui.storage import Journal

from .command_line import Office, process
from .damages import (
    FILES,
    RECORDS,
    Damage,
    all_files,
    by_tinydb,
    closed,
    copy,
    each,
    first,
    forged,
    gone,
    journal,
    make,
    rewrite,
    second,
    snapshot,
    swap,
)

State = dict[tuple[str, int], dict[str, Any]]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return make(tmp_path_factory.mktemp("sound") / "office")


@pytest.fixture
def office(sound: Office, tmp_path: Path) -> Office:
    return copy(sound, tmp_path / "office")


def state(office: Office) -> State:
    held = Journal(snapshot(office.folder), read_only=True)
    return {(table, number): held.get(table, number) or {} for table in held.tables() for number in held.ids(table)}


def next_numbers(office: Office) -> dict[str, int]:
    held = Journal(snapshot(office.folder), read_only=True)
    return {table: held.next_id(table) for table in held.tables()}


def test_of_a_sound_store_check_says_so_and_how_its_past_can_be_known_again(office: Office) -> None:
    before = all_files(office.folder)
    result = office.run("check")
    assert (result.code, result.err) == (0, "")
    assert "all in order" in result.out
    assert Journal(snapshot(office.folder)).head in result.out
    assert all_files(office.folder) == before


@each(FILES + RECORDS)
def test_check_finds_the_damage_and_says_where_it_is(office: Office, damage: Damage) -> None:
    damage.spoil(office.folder)
    before = all_files(office.folder)
    result = office.run("check")
    assert result.code == 3
    for words in damage.says:
        assert words in result.out
    assert (result.err.count("\n"), "1 problem" in result.err or " problems" in result.err) == (1, True)
    assert all_files(office.folder) == before


@each(FILES)
def test_repair_mends_it_and_changes_no_record_without_saying_so(sound: Office, office: Office, damage: Damage) -> None:
    damage.spoil(office.folder)
    before = all_files(office.folder)
    if damage.name == "a journal of a later version":
        # one flipped bit cannot make it, and its digest fits no more: it may as well be what it says
        return
    told = office.run("repair", "--dry-run")
    assert (told.code, told.err) == (0, "")
    assert all_files(office.folder) == before
    done = office.run("repair")
    assert (done.code, done.err) == (0, "")
    (aside,) = office.folder.glob("damaged-*")
    kept = all_files(aside)
    assert kept.pop("REPORT.txt").decode() in done.out + "\n"
    assert kept == before
    checked = office.run("check")
    assert checked.code == 0, checked
    assert office.run("repair").out.startswith("The store is in order")
    _nothing_unsaid(sound, office, done.out, damage)


def _nothing_unsaid(sound: Office, office: Office, said: str, damage: Damage) -> None:
    from botui import areas

    was, now = state(sound), state(office)
    changed = {areas.ref(*key) for key in was.keys() | now.keys() if was.get(key) != now.get(key)}
    unknown = any(
        words in said for words in ("empty or gone", "cannot be read", "changes are missing", "was not taken")
    )
    assert not changed or unknown or all(f"{ref}:" in said for ref in changed), (changed, said)
    if "empty or gone" not in said:
        numbers = next_numbers(office)
        assert all(numbers[table] >= number for table, number in next_numbers(sound).items())
    if damage.harmless:
        assert (changed, " 0 of them uncertain" in said) == (set(), True), said
        assert len(office.run("history", "T-1", "--json").json) <= len(sound.run("history", "T-1", "--json").json)


@each([damage for damage in FILES if damage.name.startswith("a bit in") and "lock" not in damage.name])
def test_after_a_flipped_bit_repair_has_the_whole_past_again(sound: Office, office: Office, damage: Damage) -> None:
    damage.spoil(office.folder)
    office.run("repair")
    assert office.run("history", "T-1", "--json").json == sound.run("history", "T-1", "--json").json
    noted = Journal(snapshot(sound.folder)).head
    assert office.run("check", "--head", noted).code == 0


def test_a_store_of_a_later_version_is_not_repaired(office: Office) -> None:
    data = journal(office.folder).read_bytes()
    journal(office.folder).write_bytes(data.replace(b'"format":1', b'"format":2', 1).replace(data[2:34], b"0" * 32, 1))
    before = all_files(office.folder)
    result = office.run("repair")
    assert (result.code, "format 2" in result.err) == (3, True)
    assert all_files(office.folder) == before


def test_a_store_that_waits_for_its_backup_is_not_repaired(office: Office) -> None:
    journal(office.folder).unlink()
    (office.folder / "restoring-20261123-100000").mkdir()
    before = all_files(office.folder)
    for words in (["repair"], ["repair", "--dry-run"], ["adopt"]):
        result = office.run(*words)
        assert (result.code, "botui restore" in result.err) == (3, True), words
    assert all_files(office.folder) == before


def test_files_that_were_exchanged_are_told_apart_and_left_as_they_are(office: Office) -> None:
    before = all_files(office.folder)
    swap(snapshot, journal)(office.folder)
    exchanged = all_files(office.folder)
    for words in (["list", "tickets"], ["check"], ["adopt"], ["repair"], ["repair", "--dry-run"]):
        result = office.run(*words)
        assert (result.code, "somebody exchanged them" in result.err) == (3, True), words
        assert "botui repair" not in result.err
    assert all_files(office.folder) == exchanged
    swap(snapshot, journal)(office.folder)
    assert office.ok("check")
    assert all_files(office.folder) == before


@pytest.mark.parametrize(
    "spoil", [lambda file: file.unlink(), lambda file: file.write_bytes(b"")], ids=["gone", "empty"]
)
def test_a_snapshot_that_is_gone_is_never_adopted_as_an_office_without_records(
    sound: Office, office: Office, spoil: Callable[[Path], object]
) -> None:
    spoil(snapshot(office.folder))
    before = all_files(office.folder)
    for words in (["list", "tickets"], ["adopt"], ["check"]):
        result = office.run(*words)
        assert (result.code, "botui repair" in result.err, "botui adopt" in result.err) == (3, True, False), words
    assert all_files(office.folder) == before
    office.ok("repair")
    assert state(office) == state(sound)


def test_check_says_once_what_to_do_of_every_damage_but_a_later_version(office: Office) -> None:
    (office.folder / "office.json.lock").write_bytes(b"x")
    assert office.refused("check", code=3).count("botui repair") == 1
    journal(office.folder).unlink()
    assert office.refused("check", code=3).count("botui repair") == 1


def test_check_says_how_to_take_over_what_another_program_wrote_on_purpose(office: Office) -> None:
    by_tinydb(lambda db: db.table("tickets").update({"subject": "By script"}, doc_ids=[4]))(office.folder)
    assert "botui adopt" in office.refused("check", code=3)
    office.ok("adopt")
    assert "nothing to take over" in office.ok("adopt").out


def test_a_torn_tail_and_a_past_that_is_not_kept_are_no_damage_but_said(office: Office) -> None:
    with journal(office.folder).open("ab") as file:
        file.write(b'["half a li')
    closed(office.folder, 1).unlink()
    result = office.run("check")
    assert result.code == 0
    assert "The last write was cut off" in result.out
    assert "before generation 2 is not kept" in result.out


def test_a_head_noted_earlier_is_found_in_the_chain_for_ever(office: Office) -> None:
    noted = [Journal(snapshot(office.folder)).head]
    office.ok("add", "tickets", "subject=Later")
    office.ok("compact")
    noted.append(Journal(snapshot(office.folder)).head)
    assert "office.json.000003.journal, line 8" in office.run("check", "--head", noted[0]).out
    assert "office.json.journal, line 1" in office.run("check", "--head", f" {noted[1].upper()}").out
    lost = office.run("check", "--head", "f" * 32)
    assert (lost.code, "is not in the chain" in lost.err) == (3, True)
    assert office.run("check", "--head", "hello").code == 2


def test_a_past_that_was_rewritten_shows_by_the_head_that_was_noted(office: Office) -> None:
    noted = Journal(snapshot(office.folder)).head
    for spoil in (rewrite(journal, forged), gone(first, second)):
        spoil(office.folder)
    assert office.run("check").code == 0
    result = office.run("check", "--head", noted)
    assert (result.code, "is not in the chain" in result.out) == (3, True)


def test_check_and_repair_as_processes_end_with_3_and_0(office: Office) -> None:
    FILES[0].spoil(office.folder)
    checked = process(office, ["check"])
    assert (checked.returncode, checked.stderr.count(b"\n")) == (3, 1)
    assert process(office, ["repair"]).returncode == 0
    assert process(office, ["check"]).returncode == 0
