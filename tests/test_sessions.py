"""Which desks are open: told truly whatever becomes of them, and ended only where they are still there."""

from __future__ import annotations

import fcntl
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from botui import sessions
from botui.actions.sessions import end as end_desk
from botui.actions.sessions import open_desks as desks_of
from botui.actions.sessions import texts
from botui.data import Desk
from botui.models.errors import NotAllowed, Refused
from botui.sessions import Presence, open_desks
from tests.kiosk import Kiosk
from tests.offices import ADA, ANN, BOB, CLEO, MONDAY, Clock, office

HOLDS = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from botui.sessions import Presence
presence = Presence(Path(sys.argv[1]), sys.argv[2], lambda: datetime.now(UTC))
presence.show(int(sys.argv[3]))
print(presence.id, flush=True)
time.sleep(60)
"""
"""A program with a desk open, and nothing else."""


@contextmanager
def elsewhere(folder: Path, person: int, terminal: str = "back") -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A desk of another process; its name and the process."""
    command = [sys.executable, "-c", HOLDS, str(folder), terminal, str(person)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip(), process
        finally:
            process.kill()


def test_a_desk_is_told_while_it_is_open_with_who_is_at_it_now(folder: Path, clock: Clock) -> None:
    one = Presence(folder, "front", clock)
    assert open_desks(folder) == []
    one.show(None)
    clock.forward(minutes=5)
    one.show(ANN)
    (found,) = open_desks(folder)
    assert (found.id, found.pid, found.person, found.terminal) == (one.id, os.getpid(), ANN, "front")
    assert (found.since, found.active) == (MONDAY, MONDAY)
    one.close()
    assert open_desks(folder) == []
    assert list((folder / "sessions").iterdir()) == []


def test_the_file_of_a_desk_is_this_accounts_alone(folder: Path, clock: Clock) -> None:
    one = Presence(folder, "front", clock)
    one.show(ANN)
    (path,) = (folder / "sessions").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    one.close()


def test_keys_are_noted_once_a_minute_and_nothing_when_nobody_presses_one(folder: Path, clock: Clock) -> None:
    one = Presence(folder, "front", clock)
    one.show(ANN)
    (path,) = (folder / "sessions").iterdir()
    before = path.stat()
    clock.forward(seconds=59)
    one.touch()
    one.show(ANN)
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_ctime_ns) == (
        before.st_ino,
        before.st_mtime_ns,
        before.st_ctime_ns,
    )
    clock.forward(seconds=1)
    one.touch()
    assert open_desks(folder)[0].active == MONDAY + timedelta(minutes=1)
    clock.now = MONDAY - timedelta(days=1)  # a clock that was set back counts too
    one.touch()
    assert open_desks(folder)[0].active == clock.now
    one.close()


def test_a_desk_whose_process_was_killed_is_gone_and_its_file_taken_away(folder: Path) -> None:
    with elsewhere(folder, BOB) as (name, process):
        assert [(one.id, one.pid, one.person) for one in open_desks(folder)] == [(name, process.pid, BOB)]
        process.kill()
        process.wait()
        assert open_desks(folder) == []
        assert list((folder / "sessions").iterdir()) == []


def test_a_desk_that_changes_hands_is_never_lost_from_sight(
    folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Presence(folder, "front", clock)
    one.show(ANN)
    take = fcntl.flock

    def late(fd: int, how: int) -> None:
        if how & fcntl.LOCK_SH and one._person == ANN:
            one.show(BOB)  # whoever looks has the old file open, and takes its lock when it is let go of
        take(fd, how)

    monkeypatch.setattr(fcntl, "flock", late)
    assert [desk.person for desk in open_desks(folder)] == [BOB]
    assert [desk.person for desk in open_desks(folder)] == [BOB]
    one.close()


def test_where_nothing_can_be_written_a_desk_goes_on_and_is_shown_as_soon_as_it_can(
    folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    one = Presence(folder, "front", clock)
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", full)
        one.show(ANN)
        one.touch()
    assert open_desks(folder) == []
    assert list((folder / "sessions").iterdir()) == []
    one.show(ANN)
    assert len(open_desks(folder)) == 1
    one.close()


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"pid": null}', b'{"pid": 1, "person": 1}', b"\xff" * 100])
def test_a_file_that_is_none_of_ours_is_no_desk(folder: Path, data: bytes) -> None:
    (folder / "sessions").mkdir(parents=True)
    (folder / "sessions" / "odd.json").write_bytes(data)
    (folder / "sessions" / "link.json").symlink_to(folder)
    assert open_desks(folder) == []


def test_a_desk_is_ended_and_it_is_said_when_it_has_left(folder: Path) -> None:
    with elsewhere(folder, BOB) as (name, process):
        assert sessions.end(folder, name)
        assert process.wait() == -signal.SIGTERM
        with pytest.raises(Refused, match="not open any more"):
            sessions.end(folder, name)


def test_a_process_that_only_has_the_number_of_a_dead_desk_is_left_alone(folder: Path, clock: Clock) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as innocent:
        note = {"pid": innocent.pid, "person": BOB, "terminal": "back", "since": MONDAY.isoformat()}
        (folder / "sessions").mkdir(parents=True)
        (folder / "sessions" / "abcdef.json").write_bytes(orjson.dumps(note))
        with pytest.raises(Refused, match="not open any more"):
            sessions.end(folder, "abcdef")
        assert innocent.poll() is None
        innocent.kill()


def test_whoever_gets_the_number_of_a_desk_that_dies_meanwhile_is_left_alone(
    folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Presence(folder, "front", clock)
    one.show(BOB)
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as innocent:
        held = os.pidfd_open

        def late(_: int) -> int:
            one.close()
            return held(innocent.pid)

        monkeypatch.setattr(os, "pidfd_open", late)
        with pytest.raises(Refused, match="not open any more"):
            sessions.end(folder, one.id)
        assert innocent.poll() is None
        innocent.kill()


@pytest.mark.parametrize("name", ["", "../office", "*", "office.json"])
def test_only_what_is_on_the_list_can_be_ended(folder: Path, name: str) -> None:
    with pytest.raises(Refused, match="not open any more"):
        sessions.end(folder, name)


# --- who may --------------------------------------------------------------------------------------------------------


@pytest.fixture
def three(folder: Path, clock: Clock) -> Iterator[Desk]:
    """An office where Bob, Cleo and nobody are at a desk each."""
    desk = office(folder, None, clock)
    kept = []
    for number, person in enumerate((BOB, CLEO, None)):
        kept.append(Presence(folder, f"desk {number}", clock))
        kept[-1].show(person)
        clock.forward(minutes=30)
    yield desk
    for one in kept:
        one.close()


@pytest.mark.parametrize(
    ("who", "seen"), [(ADA, [BOB, CLEO, None]), (ANN, [BOB, CLEO, None]), (CLEO, [CLEO]), (ADA + 1, [])]
)
def test_administrators_and_clerks_see_all_others_their_own(three: Desk, who: int, seen: list[int | None]) -> None:
    assert [one.person for one in desks_of(three.for_person(who))] == seen


def test_nobody_signed_in_sees_none(three: Desk) -> None:
    with pytest.raises(NotAllowed, match="Say who you are first"):
        desks_of(three)


@pytest.mark.parametrize(
    ("who", "whose", "outcome"),
    [
        (ADA, BOB, None),
        (ADA, None, None),
        (CLEO, CLEO, None),
        (ANN, BOB, NotAllowed),
        (ANN, None, NotAllowed),
        (CLEO, BOB, Refused),
    ],
)
def test_one_ends_ones_own_desk_and_an_administrator_any(
    three: Desk, monkeypatch: pytest.MonkeyPatch, who: int, whose: int | None, outcome: type[Exception] | None
) -> None:
    ended: list[str] = []

    def note(_: Path, name: str) -> bool:
        ended.append(name)
        return True

    monkeypatch.setattr(sessions, "end", note)
    name, where = next(
        (one.id, one.terminal) for one in open_desks(three.store.journal.path.parent) if one.person == whose
    )
    if outcome is not None:
        with pytest.raises(outcome):
            end_desk(three.for_person(who), name)
        assert ended == []
        return
    assert "is ended" in end_desk(three.for_person(who), name)
    assert ended == [name]
    header = list(three.store.journal.history())[-1].header
    person = "nobody" if whose is None else f"P-{whose}"
    assert (header["by"], header["do"], header["note"]) == (who, "desk.end_session", f"{person} at {where}")


def test_a_line_tells_who_where_since_and_idle(three: Desk, clock: Clock) -> None:
    ada = three.for_person(ADA)
    rows = [texts(ada, one)[1:] for one in desks_of(ada)]
    assert rows == [
        ("Bob Baker", "desk 0", "10:00", "90 min"),
        ("Cleo Cole", "desk 1", "10:30", "60 min"),
        ("nobody signed in", "desk 2", "11:00", "30 min"),
    ]
    clock.forward(days=1)
    assert texts(ada, desks_of(ada)[0])[3:] == ("2026-11-23 10:00", "25 h")


# --- on the screen --------------------------------------------------------------------------------------------------


async def test_an_administrator_ends_a_desk_that_was_left_open_but_not_the_one_they_are_at(folder: Path) -> None:
    office(folder).store.close()
    with elsewhere(folder, BOB) as (_, process):
        async with Kiosk.open(folder, as_="AD") as kiosk:
            await kiosk.press("9", "o")
            kiosk.sees("Open desks", "Ada Admin", "T1", "Bob Baker", "back")
            numbers = {one.person: int(one.id, 16) for one in open_desks(folder)}
            kiosk.table.highlight(numbers[ADA])
            await kiosk.press("enter")
            kiosk.says("This is the desk you are at")
            kiosk.table.highlight(numbers[BOB])
            await kiosk.press("enter")
            kiosk.sees("End the desk of Bob Baker at back?")
            await kiosk.press("n")
            assert process.poll() is None
            await kiosk.press("enter", "y")
            kiosk.says("The desk of Bob Baker is ended; what was typed there is kept.").does_not_see("back")
            assert process.wait() == -signal.SIGTERM
            assert [one.person for one in open_desks(folder)] == [ADA]
            await kiosk.press("escape")
            kiosk.sees("Who stands in now").does_not_see("T1")
            await kiosk.press("f2")
            await kiosk.type("open desks\r")
            kiosk.sees("Open desks", "T1")
            kiosk.app.lock()
            assert [one.person for one in open_desks(folder)] == [None]
    assert open_desks(folder) == []
