"""The door at one terminal: whoever misses too often waits, and nobody learns who works here."""

from __future__ import annotations

from datetime import timedelta
from hashlib import scrypt
from pathlib import Path
from typing import Any

import pytest

from botui.access import MISSED, Door, LockedOut, Secrets, secrets
from botui.access.door import FIRST_LOCK, FORGOTTEN, LONGEST_LOCK, TERMINAL_TRIES, TOGETHER, TRIES
from botui.models.base import NotAllowed
from tests.offices import ANN, BOB, CLEO, Clock

PIN, WRONG = "4071", "4072"


@pytest.fixture
def kept(tmp_path: Path) -> Secrets:
    made = Secrets(tmp_path)
    made.set_pin(ANN, PIN)
    made.set_pin(BOB, "58213")
    return made


@pytest.fixture
def door(kept: Secrets, clock: Clock) -> Door:
    return Door(kept, "front", clock)


def miss(door: Door, times: int, name: str = "AA", persons: tuple[int, ...] = (ANN,)) -> None:
    for _ in range(times):
        with pytest.raises(NotAllowed, match=MISSED):
            door.check(name, persons, WRONG)


def locked(door: Door, name: str = "AA", persons: tuple[int, ...] = (ANN,)) -> str:
    with pytest.raises(LockedOut) as found:
        door.check(name, persons, PIN)
    return str(found.value)


def test_the_pin_opens_and_says_who_it_is_where_two_share_a_name(door: Door) -> None:
    assert door.check("AA", (ANN,), PIN) == ANN
    assert door.check("A", (ANN, BOB), "58213") == BOB
    with pytest.raises(NotAllowed, match=MISSED):
        door.check("A", (ANN, BOB), WRONG)


def test_a_pin_that_two_of_one_name_have_opens_for_neither(door: Door, kept: Secrets) -> None:
    kept.set_pin(BOB, PIN)
    with pytest.raises(NotAllowed, match=MISSED):
        door.check("A", (ANN, BOB), PIN)


def test_over_ssh_another_address_gives_no_more_tries_at_one_person(kept: Secrets, clock: Clock) -> None:
    for number in range(TRIES):
        miss(Door(kept, f"ssh 2001:db8::{number}", clock), 1)
    assert locked(Door(kept, "ssh 192.0.2.7", clock)).startswith("Too many misses")
    assert Door(kept, "ssh 192.0.2.7", clock).check("BB", (BOB,), "58213") == BOB
    assert Door(kept, "front", clock).check("AA", (ANN,), PIN) == ANN
    assert Door(kept, "ssh 192.0.2.7\ntickets", clock).check("AA", (ANN,), PIN) == ANN, "a door of its own"


@pytest.mark.parametrize(("name", "persons"), [("AA", (ANN,)), ("nobody", ()), ("CC", (CLEO,))])
def test_whoever_it_is_or_is_not_the_answer_and_the_lock_are_the_same(
    door: Door, clock: Clock, name: str, persons: tuple[int, ...]
) -> None:
    miss(door, TRIES, name, persons)
    assert locked(door, name, persons) == "Too many misses: try again in 2 minutes."
    clock.forward(seconds=61)
    assert locked(door, name, persons) == "Too many misses: try again in 1 minute."


@pytest.mark.parametrize("persons", [(ANN,), (CLEO,), ()])
def test_a_try_costs_one_reckoning_whoever_it_is(
    door: Door, persons: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Any] = []

    def watched(pin: bytes, **cost: Any) -> bytes:
        tried.append(cost)
        return scrypt(pin, **cost)

    monkeypatch.setattr(secrets, "scrypt", watched)
    miss(door, 1, "x", persons)
    assert len(tried) == 1
    assert tried[0]["n"] == secrets.COST["n"]


def test_four_misses_lock_for_two_minutes_and_then_for_twice_as_long_each_time(door: Door, clock: Clock) -> None:
    span = FIRST_LOCK
    for _ in range(9):
        miss(door, TRIES - 1)
        assert door.secrets.fits(ANN, PIN)
        miss(door, 1)
        clock.forward(seconds=span.total_seconds() - 1)
        assert "1 minute" in locked(door)
        clock.forward(seconds=1)
        span = min(span * 2, LONGEST_LOCK)
    assert span == LONGEST_LOCK
    assert door.check("AA", (ANN,), PIN) == ANN


def test_a_locked_door_does_not_try_the_pin_nor_count_on(door: Door, clock: Clock) -> None:
    miss(door, TRIES)
    for _ in range(10):
        locked(door)
    clock.forward(minutes=2)
    assert door.check("AA", (ANN,), PIN) == ANN


def test_whoever_comes_in_begins_anew(door: Door) -> None:
    miss(door, TRIES - 1)
    assert door.check("AA", (ANN,), PIN) == ANN
    miss(door, TRIES - 1)
    assert door.check("AA", (ANN,), PIN) == ANN


def test_one_s_own_pin_buys_no_more_guesses_at_somebody_of_the_same_name(door: Door) -> None:
    miss(door, TRIES - 1, "A", (ANN, BOB))
    assert door.check("A", (ANN, BOB), "58213") == BOB
    miss(door, 1, "A", (ANN, BOB))
    locked(door)
    assert door.check("BB", (BOB,), "58213") == BOB


def test_a_clock_that_ran_ahead_and_was_put_right_locks_nobody_for_years(door: Door, clock: Clock) -> None:
    clock.forward(days=3_650)
    miss(door, TRIES)
    clock.forward(days=-3_650)
    assert door.check("AA", (ANN,), PIN) == ANN
    miss(door, TRIES)
    assert locked(door) == "Too many misses: try again in 2 minutes."


def test_the_lock_is_for_one_person_at_one_terminal(door: Door, kept: Secrets, clock: Clock) -> None:
    miss(door, TRIES)
    locked(door)
    assert door.check("BB", (BOB,), "58213") == BOB
    assert Door(kept, "back", clock).check("AA", (ANN,), PIN) == ANN
    locked(door)


def test_the_lock_holds_under_whatever_name_somebody_is_called_and_in_another_session(
    door: Door, kept: Secrets, clock: Clock
) -> None:
    for name in ("AA", "Ann", "P-1", "ann archer"):
        miss(door, 1, name)
    locked(door, "anything")
    locked(Door(Secrets(kept.path.parent), "front", clock))


def test_one_pin_tried_on_everybody_locks_the_terminal(door: Door, clock: Clock) -> None:
    for number in range(TERMINAL_TRIES):
        miss(door, 1, f"name {'x' * number}", (1000 + number,))
    for name, persons in (("AA", (ANN,)), ("nobody else", ())):
        assert "2 minutes" in locked(door, name, persons)
    with pytest.raises(LockedOut):
        door.miss("BADGE")
    clock.forward(minutes=2)
    assert door.check("AA", (ANN,), PIN) == ANN


def test_badges_that_nobody_has_count_too(door: Door) -> None:
    for _ in range(TRIES):
        door.miss("BADGE-X")
    with pytest.raises(LockedOut):
        door.miss("BADGE-X")
    assert door.check("AA", (ANN,), PIN) == ANN


def test_names_that_differ_in_digits_alone_are_one_so_that_no_pin_is_kept(door: Door, kept: Secrets) -> None:
    for pin in ("4071", "58213", "999", "0"):
        miss(door, 1, pin, ())
    locked(door, "1234567", ())
    miss(door, 1, "AA4071", ())
    known = dict(kept.read()["misses"])
    assert len(known) == 3, "all digits, the letters, the terminal"


def test_misses_are_forgotten_after_a_day(door: Door, kept: Secrets, clock: Clock) -> None:
    miss(door, TRIES - 1)
    clock.forward(seconds=FORGOTTEN.total_seconds())
    miss(door, 1)
    assert {one["count"] for one in kept.read()["misses"].values()} == {1}
    assert door.check("AA", (ANN,), PIN) == ANN
    assert len(kept.read()["misses"]) == 1, "hers are gone; the terminal's go by being quiet"


def test_a_pin_of_one_s_own_does_not_clear_the_misses_of_the_terminal(door: Door, clock: Clock) -> None:
    for number in range(TERMINAL_TRIES - 1):
        miss(door, 1, f"name {'x' * number}", (1000 + number,))
    assert door.check("AA", (ANN,), PIN) == ANN
    miss(door, 1, "somebody", (2000,))
    assert "2 minutes" in locked(door, "AA", (ANN,))


def test_a_quiet_while_clears_the_misses_of_the_terminal(door: Door, clock: Clock) -> None:
    for number in range(TERMINAL_TRIES - 1):
        miss(door, 1, f"name {'x' * number}", (1000 + number,))
    clock.forward(seconds=TOGETHER.total_seconds() + 1)
    miss(door, 1, "somebody", (2000,))
    assert door.check("AA", (ANN,), PIN) == ANN


def test_a_clock_set_back_does_not_open_it(door: Door, clock: Clock) -> None:
    miss(door, TRIES)
    clock.now -= timedelta(minutes=30)
    assert "32 minutes" in locked(door)
