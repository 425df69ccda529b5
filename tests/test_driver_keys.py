"""What the driver makes of bytes: keys become events, all else is dropped, and nothing stops the next key."""

from __future__ import annotations

import random
from codecs import getincrementaldecoder

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.message import Message

from botui.driver.keys import (
    ESCAPE_WAIT,
    MAX_PASTE,
    PASTE_PAUSE,
    PASTE_WAIT,
    SEQUENCE_WAIT,
    FloodGate,
    KeyReader,
)

pytestmark = pytest.mark.no_cover  # the driver is above what coverage is asked of

LATER = PASTE_WAIT + 1


def told(messages: list[Message]) -> list[str]:
    """Events as words: a key's name, ``name=character`` where it types something else, a paste's text."""
    words = []
    for message in messages:
        if isinstance(message, events.Key):
            typed = message.character if message.is_printable else None
            words.append(message.key if typed in (None, message.key) else f"{message.key}={typed}")
        elif isinstance(message, events.Paste):
            words.append(f"paste:{message.text}")
        else:
            words.append(type(message).__name__)
    return words


def read(*reads: str, mouse: bool = False) -> list[str]:
    """What comes of some reads in quick succession, and of waiting afterwards."""
    reader = KeyReader(mouse=mouse)
    messages: list[Message] = []
    for number, data in enumerate(reads):
        messages += reader.feed(data, number * 0.001)
    messages += reader.expire(LATER)
    return told(messages)


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        ("aB3", ["a", "B", "3"]),
        ("é漢", ["é", "漢"]),
        ("/ ", ["slash=/", "space= "]),
        ("\r\t\x7f", ["enter", "tab", "backspace"]),
        ("\x01\x13", ["ctrl+a", "ctrl+s"]),
        ("\x1b[A\x1bOB\x1b[5~", ["up", "down", "pageup"]),
        ("\x1bOP\x1b[[A\x1b[11~\x1b[24~", ["f1", "f1", "f1", "f12"]),
        ("\x1b[Z\x1b[1;5C\x1b[3$", ["shift+tab", "ctrl+right", "shift+delete"]),
        ("\x1b", ["escape"]),
        ("\x1b" * 20, ["escape"] * 20),
        ("\x1b\x1b[A", ["escape", "up"]),
        ("\x1bx", ["alt+x"]),
        ("\x1b-\x1b=", ["alt+minus", "alt+equals_sign"]),
    ],
)
def test_keys_are_understood(data: str, keys: list[str]) -> None:
    assert read(data) == keys


@pytest.mark.parametrize("digit", "1234567890")
def test_escape_and_a_digit_at_once_are_a_function_key(digit: str) -> None:
    assert read(f"\x1b{digit}") == [f"f{int(digit) or 10}"]
    assert read("\x1b", digit) == ["escape", digit]


TABLE = {
    sequence: [key.value for key in keys]
    for sequence, keys in ANSI_SEQUENCES_KEYS.items()
    if isinstance(keys, tuple) and len(sequence) > 2
}


def test_every_sequence_textual_knows_is_understood_whole_or_split_after_its_start() -> None:
    for sequence, keys in TABLE.items():
        assert read(sequence) == keys, sequence
        if not sequence.startswith("\x1b[["):
            assert read(sequence[:2], sequence[2:]) == keys, sequence
            assert read(sequence[:1], sequence[1:]) == keys, sequence


DROPPED = {
    "a window size": "\x1b[48;1;1;1;1t",
    "support for window sizes": "\x1b[?2048;1$y",
    "an enormous window": "\x1b[48;30000;30000;0;0t",
    "synchronised output": "\x1b[?2026;2$y",
    "a kitty key beyond Unicode": "\x1b[1114112u",
    "a kitty key": "\x1b[97;5u",
    "terminal attributes": "\x1b[?64;1;2c",
    "dozens of parameters": "\x1b[" + ";".join("1" * 60) + "m",
    "a window title": "\x1b]0;rm -rf\x07",
    "a clipboard": "\x1b]52;c;cXE=\x1b\\",
    "a status string": "\x1bP1$r0m\x1b\\",
    "an application string": "\x1b_Gqq\x1b\\",
    "a cut sequence": "\x1b[1;",
    "8-bit controls": "\x9b\x9d\x85",
    "a mouse nobody asked for": "\x1b[<0;5;5M",
    "focus": "\x1b[I\x1b[O",
    "the end of a paste that never began": "\x1b[201~",
}


@pytest.mark.parametrize("data", DROPPED.values(), ids=DROPPED)
def test_what_no_keyboard_sends_is_dropped_and_the_next_key_counts(data: str) -> None:
    reader = KeyReader()
    assert told(list(reader.feed(data, 0.0))) == []
    assert told(list(reader.feed("k", LATER))) == ["k"]


@given(st.sampled_from(list(DROPPED.values())), st.integers(1, 30))
def test_what_is_dropped_is_dropped_in_pieces_too(data: str, size: int) -> None:
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    if size > 1 and pieces[-1] != "\\":
        assert read(*pieces) == []


def test_50_000_parameters_leave_nothing_behind() -> None:
    data = "\x1b[" + "1;" * 50_000 + "m"
    assert read(*(data[at : at + 4096] for at in range(0, len(data), 4096)), "k") == ["k"]


def test_a_control_inside_a_sequence_ends_it() -> None:
    assert read("\x1b[12\r") == ["enter"]
    assert read("\x1b[12\x1b[A") == ["up"]
    assert read("\x1b]0;x\x1b[A") == ["up"]


def test_a_mouse_that_was_asked_for_is_heard() -> None:
    assert read("\x1b[<0;5;5M\x1b[<0;5;5m", mouse=True) == ["MouseDown", "MouseUp"]


def test_waiting_is_as_short_as_it_may_be() -> None:
    reader = KeyReader()
    assert reader.deadline is None
    for data, wait in (("\x1b", ESCAPE_WAIT), ("\x1b[1", SEQUENCE_WAIT), ("\x1b[200~x", PASTE_PAUSE)):
        list(reader.feed(data, 100.0))
        assert reader.deadline == 100.0 + wait
        assert list(reader.expire(100.0 + wait / 2)) == []
        list(reader.expire(100.0 + wait))
        assert reader.deadline is None


def test_a_paste_is_one_event_without_controls() -> None:
    assert read("\x1b[200~line 1\r\nline\t2\x00\x07\x1b[31m\x9b\x1b[201~k") == ["paste:line 1\r\nline\t2[31m", "k"]


@given(st.text("ab\x1b[201~", max_size=40), st.integers(1, 8))
def test_a_paste_arrives_whole_however_it_is_cut(text: str, size: int) -> None:
    text = text.replace("\x1b[201~", "")
    data = f"\x1b[200~{text}\x1b[201~k"
    pieces = ["\x1b[200~", *(data[6:][at : at + size] for at in range(0, len(data) - 6, size))]
    if "\x1b[201~" not in text and data.count("\x1b[201~") == 1 and data.index("\x1b[201~") == 6 + len(text):
        assert read(*pieces) == [f"paste:{text.replace(chr(27), '')}", "k"]


def test_a_paste_without_an_end_ends_in_silence() -> None:
    reader = KeyReader()
    assert told(list(reader.feed("\x1b[200~abc", 0.0))) == []
    assert told(list(reader.feed("k", PASTE_PAUSE + 1))) == ["paste:abc", "k"]


def test_a_paste_without_an_end_ends_even_while_keys_go_on() -> None:
    reader = KeyReader()
    told_at_last: list[str] = told(list(reader.feed("\x1b[200~", 0.0)))
    for tenth in range(int(PASTE_WAIT * 10) + 2):
        told_at_last += told(list(reader.feed("x", tenth / 10)))
    assert told_at_last[0].startswith("paste:xxx")
    assert told_at_last[-1] == "x"


def test_an_endless_paste_is_cut_and_its_end_still_found() -> None:
    words = read("\x1b[200~", *["x" * 4096] * 50, "\x1b[20", "1~", "k")
    assert words == ["paste:" + "x" * MAX_PASTE, "k"]


@given(
    st.lists(st.binary(max_size=40) | st.sampled_from([s.encode() for s in [*DROPPED.values(), *TABLE]]), max_size=8)
)
def test_after_any_bytes_and_a_moment_a_key_is_a_key(reads: list[bytes]) -> None:
    decode = getincrementaldecoder("utf-8")("replace").decode
    reader = KeyReader(mouse=True)
    for data in reads:
        list(reader.feed(decode(data), 0.0))
    list(reader.feed(decode(b"", final=True), 0.0))
    list(reader.expire(LATER))
    assert reader.deadline is None
    assert told(list(reader.feed("k", LATER))) == ["k"]


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_text_is_typed_as_it_is(text: str) -> None:
    assert "".join(m.character or "" for m in KeyReader().feed(text, 0.0) if isinstance(m, events.Key)) == text


def test_back_to_back_scans_pass_the_gate_whole() -> None:
    gate = FloodGate()
    for number in range(40):
        assert gate.arrived(number * 0.001)
        assert all(gate.admit() for _ in range(21))


def test_a_flood_is_cut_once_and_over_when_the_line_is_quiet() -> None:
    gate = FloodGate(capacity=100, rate=10, quiet=0.25)
    passed = [gate.arrived(10 + read / 100) and all([gate.admit() for _ in range(40)]) for read in range(100)]
    assert passed == [True, True] + [False] * 98
    assert gate.arrived(12.0)
    assert gate.admit()


def test_somebody_who_keeps_a_key_down_is_never_cut() -> None:
    gate = FloodGate()
    clock = random.Random(1)
    now = 0.0
    for _ in range(20_000):
        now += clock.uniform(0.01, 0.05)
        assert gate.arrived(now)
        assert gate.admit()
