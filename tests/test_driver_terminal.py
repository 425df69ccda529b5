"""The driver in a real terminal: same screens, few bytes, no byte that hurts it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from botui.driver.keys import MAX_PASTE
from tests.pty_session import HOSTILE, PtySession
from tests.test_driver_canvas import picture

APP = ["-m", "tests.driver_app"]
QUIET = {"TEXTUAL_ANIMATIONS": "none", "TEXTUAL_DISABLE_KITTY_KEY": "1", "TEXTUAL_SMOOTH_SCROLL": "0"}
DOWN, UP, PAGE_DOWN, ESCAPE, F5 = b"\x1b[B", b"\x1b[A", b"\x1b[6~", b"\x1b", b"\x1b[15~"
PROBE = b"\x14"
ESCAPE_WAIT = 0.2


def opened(*arguments: str, columns: int = 80, lines: int = 24, **environ: str) -> PtySession:
    session = PtySession([*APP, *arguments], columns=columns, lines=lines, environ={**QUIET, **environ})
    session.wait_for("T-1000")
    session.sync(PROBE)
    return session


def after(session: PtySession, keys: bytes | str) -> bytes:
    """What the app draws for some keys."""
    before = len(session.received)
    session.send(keys)
    if keys == ESCAPE:
        session.settle(ESCAPE_WAIT)
    session.sync(PROBE)
    return session.received[before:].replace(b"\x07", b"")


@pytest.fixture(scope="module")
def desk() -> Iterator[PtySession]:
    """One app that all the hostile tests work on, one after the other: it must outlive them all."""
    with opened("deaf") as session:
        yield session


def keys_since_last_time(session: PtySession) -> str:
    """Ask the app which keys it got; it answers on its bottom line."""
    after(session, "k")
    return session.screen.display[23].strip()


STEPS = [DOWN, *[DOWN] * 3, PAGE_DOWN, DOWN, DOWN, UP, b"d", ESCAPE, b"o", ESCAPE, b"/", b"caf", "é".encode()]


def test_the_screen_is_the_same_with_and_without_the_driver_at_every_step() -> None:
    with opened() as ours, opened("plain") as plain:
        for keys in [b"", *STEPS]:
            for session in (ours, plain):
                after(session, keys)
            assert picture(ours.screen) == picture(plain.screen), keys
        assert len(ours.received) < len(plain.received) / 4


def test_bytes_per_key_stay_within_the_budget() -> None:
    with opened() as session:

        def sent_for(keys: bytes) -> int:
            return len(after(session, keys))

        assert sent_for(DOWN) <= 250
        for _ in range(19):
            sent_for(DOWN)
        assert sent_for(DOWN) <= 500
        assert sent_for(DOWN) <= 500
        assert "T-1002" in session.screen.display[1]
        assert sent_for(b"d") <= 3000
        assert "Close this ticket?" in session.text()
        sent_for(ESCAPE)
        assert sent_for(PAGE_DOWN) <= 4000
        sent_for(b"o")
        assert sent_for(ESCAPE) <= 4000
        assert "T-1022" in session.screen.display[1]
        sent_for(b"/")
        assert sent_for(b"x") <= 200


def test_an_idle_desk_sends_nothing() -> None:
    with opened() as session:
        assert session.settle(1.0) == b""


def test_f5_draws_everything_anew(desk: PtySession) -> None:
    before = picture(desk.screen)
    desk.screen.reset()
    assert picture(desk.screen) != before
    after(desk, F5)
    assert picture(desk.screen) == before


def test_after_a_resize_the_screen_is_that_of_an_app_started_so() -> None:
    with opened() as session, opened(columns=60, lines=15) as small:
        for columns, lines in ((100, 30), (1, 1), (60, 15)):
            session.resize(columns, lines)
            session.settle(0.1)
            session.sync(PROBE)
        assert picture(session.screen) == picture(small.screen)


def test_a_signal_without_a_new_size_draws_everything_anew(desk: PtySession) -> None:
    before = picture(desk.screen)
    desk.screen.reset()
    os.kill(desk.pid, signal.SIGWINCH)
    desk.sync(PROBE)
    assert picture(desk.screen) == before


def test_stopped_and_continued_from_outside_the_desk_is_whole_and_answers() -> None:
    with opened() as session:
        before = picture(session.screen)
        os.kill(session.pid, signal.SIGSTOP)
        session.screen.reset()
        os.kill(session.pid, signal.SIGCONT)
        # what is typed while the terminal is made ready again may be dropped
        session.wait_for(lambda: picture(session.screen) == before)
        session.sync(PROBE)
        assert picture(session.screen) == before
        assert keys_since_last_time(session) == "1 keys ['k']"


def test_text_with_controls_shows_no_effect(desk: PtySession) -> None:
    sent = after(desk, "h")
    for control in (b"\x1b]", b"\x07", b"\x1b[2J", b"\x1b[?", b"\xc2\x9b", "\u202e".encode(), b"\xed\xa0\x80"):
        assert control not in sent
    assert desk.screen.display[23].rstrip() == "a]0;ownedb[2Jcd31me\ufffdf[?1049lg"


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_after_hostile_input_the_desk_is_whole_and_answers(desk: PtySession, data: bytes) -> None:
    desk.send(data)
    desk.settle(1.2 if data.startswith(b"\x1b[200~") else 0.6)
    keys_since_last_time(desk)
    desk.send("abc")
    assert keys_since_last_time(desk) == "4 keys ['c', 'k']"
    assert desk.screen.display[0].startswith("Tickets  1 Open")


def test_escape_and_a_digit_come_as_a_function_key(desk: PtySession) -> None:
    keys_since_last_time(desk)
    desk.send(b"\x1b7")
    assert keys_since_last_time(desk) == "2 keys ['f7', 'k']"


def test_a_paste_comes_as_one_event(desk: PtySession) -> None:
    desk.send(b"\x1b[200~ab\x1b]0;x\x07c\x1b[201~")
    desk.wait_for("pasted 7 'ab]0;xc'")


def test_a_long_paste_comes_as_far_as_a_field_could_take_it(desk: PtySession) -> None:
    desk.send(b"\x1b[200~" + b"y" * 25_000 + b"\x1b[201~")
    desk.wait_for(f"pasted {MAX_PASTE} 'yyy")


def test_a_terminal_that_takes_nothing_for_a_while_shows_the_latest_afterwards() -> None:
    with opened() as session:
        os.write(session.master, (PAGE_DOWN + UP) * 100)
        time.sleep(1)
        session.sync(PROBE)
        latest = picture(session.screen)
        assert "T-1499" in session.text()
        session.screen.reset()
        after(session, F5)
        assert picture(session.screen) == latest


def test_forty_scans_back_to_back_arrive_whole() -> None:
    with opened() as session:
        scans = [f"{number:020}" for number in range(40)]
        session.send("/" + "".join(f"{scan}\r" for scan in scans))
        session.wait_for("841 keys ['9', 'enter']")


def test_a_closed_terminal_ends_the_process_even_when_hang_ups_are_ignored() -> None:
    ignoring = "import signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); from tests.driver_app import main; "
    session = PtySession(["-c", ignoring + "sys.exit(main([]))"], environ=QUIET)
    session.wait_for("T-1000")
    os.close(session.master)
    _, status = os.waitpid(session.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 128 + signal.SIGHUP


def test_a_kiosk_outlives_signals_and_ends_in_good_order_when_told_to() -> None:
    with opened("deaf", "kiosk") as session:
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGUSR1, signal.SIGUSR2):
            os.kill(session.pid, number)
        assert keys_since_last_time(session) == "1 keys ['k']"
        os.kill(session.pid, signal.SIGTERM)
        assert session.exit_status() == 0
        session.settle()
        assert b"\x1b[?1049l" in session.received


def test_a_mistake_of_ours_gives_the_terminal_back_and_says_so() -> None:
    with opened() as session:
        session.send("e")
        assert session.exit_status() == 1
        session.settle()
        assert b"\x1b[?25h" in session.received.split(b"\x1b[?1049l")[1]
        assert "a mistake of ours" in session.text()


def test_on_leaving_nothing_of_the_desk_is_left_on_the_terminal() -> None:
    with opened() as session:
        before = len(session.received)
        session.send("q")
        assert session.exit_status() == 0
        session.settle()
        sent = session.received[before:]
        assert "T-1000" not in session.text()
        for mode in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?7h", b"\x1b[?2004l"):
            assert mode in sent


def test_the_terminal_is_asked_nothing() -> None:
    with opened() as session:
        for question in (b"$p", b"\x1b[c", b"\x1b[6n", b"u\x1b", b"?1003", b"?1004"):
            assert question not in session.received


def test_an_ascii_terminal_gets_not_one_other_byte_from_any_widget() -> None:
    with opened("ascii", TERM="linux") as session:
        for keys in (DOWN, PAGE_DOWN, b"d", ESCAPE, b"o", *[b"\t"] * 5, b"\r", ESCAPE, ESCAPE, b"/", "é".encode()):
            after(session, keys)
        assert session.received.isascii()
        assert "Emile Roy" in session.text()
