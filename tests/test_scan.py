"""A barcode never acts as keys, a scan arrives whole, and what a person types is never lost."""

from __future__ import annotations

import string
from dataclasses import dataclass, field

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.pilot import Pilot
from textual.widgets import Input

from botui.widgets.scan import (
    GAP,
    LONGEST,
    SHORTEST,
    TYPING,
    WARY,
    ScanBroken,
    ScanBuffer,
    ScanHook,
    Scanned,
    Verdict,
)

PRINTABLE = st.text(st.characters(exclude_categories=("C", "Z"), codec="utf-8") | st.just(" "), max_size=60)
HAND = 0.2
"""Seconds between two keys of somebody typing."""


@dataclass
class Desk:
    """What came of keys fed to a buffer."""

    buffer: ScanBuffer[str]
    in_text: bool = False
    in_pin: bool = False
    now: float = 100.0
    keys: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    dropped: int = 0

    def burst(self, text: str, gap: float = 0.002) -> None:
        for key in text:
            self.press(key, gap)

    def press(self, key: str, gap: float = HAND, character: str | None = "") -> None:
        self.now += gap
        types = key if character == "" else character
        self._note(self.buffer.feed(key, types, self.now, in_text=self.in_text, in_pin=self.in_pin))

    def wait(self, seconds: float = 5.0) -> None:
        self.now += seconds
        self._note(self.buffer.expire(self.now, in_text=self.in_text))

    def _note(self, verdict: Verdict[str]) -> None:
        self.keys += verdict.keys
        self.codes += [] if verdict.code is None else [verdict.code]
        self.dropped += verdict.dropped


def desk(prefix: str = "~", *, timing: bool = False, in_text: bool = False) -> Desk:
    return Desk(ScanBuffer(prefix, timing=timing), in_text)


@given(
    code=PRINTABLE.filter(bool),
    end=st.sampled_from("\r\n\t"),
    gaps=st.lists(st.floats(0, GAP * 0.99), min_size=62, max_size=62),
    in_text=st.booleans(),
    timing=st.booleans(),
)
def test_a_scan_with_prefix_is_one_code_and_no_key(
    code: str, end: str, gaps: list[float], in_text: bool, timing: bool
) -> None:
    it = desk(timing=timing, in_text=in_text)
    for key, gap in zip(f"~{code}{end}", gaps, strict=False):
        it.press(key, gap)
    it.wait()
    assert (it.keys, it.codes, it.dropped) == ([], [code], 0)


@given(
    code=PRINTABLE.filter(lambda code: len(code) >= SHORTEST and code[0] != "~"),
    in_text=st.booleans(),
    gap=st.floats(0, GAP * 0.99),
)
def test_on_a_kiosk_a_scan_without_prefix_is_one_code_and_no_key(code: str, in_text: bool, gap: float) -> None:
    it = desk(timing=True, in_text=in_text)
    it.burst(f"{code}\r", gap)
    it.wait()
    assert (it.keys, it.codes) == ([], [code])


@given(
    code=PRINTABLE.filter(bool),
    stalls=st.dictionaries(st.integers(1, 61), st.floats(GAP, WARY * 0.9), max_size=1),
    timing=st.booleans(),
)
def test_outside_text_no_part_of_a_scan_that_a_line_held_up_acts(
    code: str, stalls: dict[int, float], timing: bool
) -> None:
    it = desk(timing=timing)
    for index, key in enumerate(f"~{code}\r"):
        it.press(key, stalls.get(index, 0.002))
    it.wait()
    assert set(it.keys) <= {"~"}, "the prefix alone is harmless, all else would be a command"
    assert it.codes in ([code], [])


@given(code=PRINTABLE, tail=PRINTABLE.filter(lambda text: len(text) > 2))
def test_outside_text_a_kiosk_scan_without_end_acts_as_no_key(code: str, tail: str) -> None:
    assume(not (code + tail).isspace() and "~" not in code + tail)
    it = desk(timing=True)
    it.burst(code + tail)
    it.wait()
    assert (it.keys, it.codes, it.dropped) == ([], [], 1)


@given(lines=st.lists(PRINTABLE.filter(bool), min_size=1, max_size=5), in_text=st.booleans(), timing=st.booleans())
def test_a_code_of_several_lines_never_acts_as_keys(lines: list[str], in_text: bool, timing: bool) -> None:
    it = desk(timing=timing, in_text=in_text)
    it.burst("~" + "".join(f"{line}\r\n" for line in lines))
    it.wait()
    assert it.keys == []
    assert it.codes[0] == lines[0]


@given(typed=PRINTABLE, in_text=st.booleans(), timing=st.booleans(), gap=st.floats(TYPING * 1.01, 1.0))
def test_what_a_person_types_arrives_as_typed(typed: str, in_text: bool, timing: bool, gap: float) -> None:
    assume("~" not in typed)
    it = desk(timing=timing, in_text=in_text)
    it.burst(f"{typed}\r", gap)
    it.wait()
    assert "".join(it.keys) == f"{typed}\r"
    assert it.codes == []


@given(typed=PRINTABLE, timing=st.booleans(), gap=st.floats(TYPING * 1.01, 1.0))
def test_in_a_text_a_person_may_type_the_prefix(typed: str, timing: bool, gap: float) -> None:
    it = desk(timing=timing, in_text=True)
    it.burst(f"~{typed}\r", gap)
    it.wait()
    assert "".join(it.keys) == f"~{typed}\r"


@given(typed=PRINTABLE, gaps=st.lists(st.floats(0, 1), min_size=62, max_size=62))
def test_without_prefix_over_a_network_every_key_passes_at_once(typed: str, gaps: list[float]) -> None:
    it = desk(prefix="", in_text=False)
    for count, (key, gap) in enumerate(zip(f"{typed}\r", gaps, strict=False), 1):
        it.press(key, gap)
        assert len(it.keys) == count
    assert "".join(it.keys) == f"{typed}\r"


@given(text=st.text(string.ascii_letters, max_size=80), gaps=st.lists(st.floats(0, 0.1), min_size=80, max_size=80))
def test_in_a_text_on_a_kiosk_a_burst_that_is_no_scan_is_given_back_in_order(text: str, gaps: list[float]) -> None:
    it = desk(timing=True, in_text=True)
    for key, gap in zip(text, gaps, strict=False):
        it.press(key, gap)
    it.wait()
    assert "".join(it.keys) == text


@pytest.mark.parametrize("typed", ["4711\r", "4711", "12345\r"])
@pytest.mark.parametrize("after", [GAP * 1.01, WARY * 0.9])
@pytest.mark.parametrize("timing", [True, False])
def test_a_pin_typed_right_after_the_badge_arrives_also_where_its_keys_come_at_once(
    typed: str, after: float, timing: bool
) -> None:
    it = desk(timing=timing, in_text=True)
    it.burst("~BADGE-ANN\r")
    it.in_pin = True
    it.press(typed[0], after)
    it.burst(typed[1:], 0)
    it.wait(0.1)
    it.press("\r")
    assert ("".join(it.keys), it.dropped) == (f"{typed}\r", 0)


def test_where_a_pin_is_typed_the_next_line_and_the_late_rest_of_a_scan_are_no_digits_of_it() -> None:
    it = desk(in_text=True)
    it.in_pin = True
    it.burst("~AB\r4711\r")
    it.wait(WARY)
    it.burst("~A" + "x" * 5)
    it.wait(0.6)
    it.burst("4711\r")
    it.wait()
    assert it.keys == []


def test_a_person_can_type_a_code_by_hand_outside_text() -> None:
    it = desk()
    it.burst("~T-42\r", HAND)
    assert (it.keys, it.codes) == ([], ["T-42"])


def test_the_prefix_alone_comes_back_after_a_pause() -> None:
    it = desk()
    it.press("~")
    assert it.keys == []
    it.wait()
    it.press("n")
    it.wait()
    assert it.keys == ["~", "n"]


def test_another_key_gives_back_what_is_held_before_it() -> None:
    it = desk(in_text=True)
    it.press("~")
    it.press("left", 0.1, character=None)
    assert it.keys == ["~", "left"]


def test_escape_inside_a_scan_is_a_key_and_ends_it() -> None:
    it = desk()
    it.burst("~AB")
    it.press("escape", 0.1, character="\x1b")
    assert (it.keys, it.codes, it.dropped) == (["escape"], [], 1)


@pytest.mark.parametrize("control", ["\x1d", "\x1e", "\x04", "\x05", "\x13", "\x7f"])
def test_control_characters_inside_a_barcode_press_no_control_key(control: str) -> None:
    it = desk()
    it.burst(f"~01{control}10\r")
    assert (it.keys, it.codes) == ([], [f"01{control}10"])


def test_digits_after_a_scan_are_keys() -> None:
    it = desk()
    it.burst("~I-7\r")
    it.press("1", 0.4)
    it.press("2")
    it.press("\r")
    assert (it.codes, it.keys) == (["I-7"], ["1", "2", "\r"])


@pytest.mark.parametrize("in_text", [False, True])
def test_a_code_longer_than_any_label_is_no_scan(in_text: bool) -> None:
    it = desk(in_text=in_text)
    it.burst("~" + "x" * (LONGEST + 50) + "\r")
    it.wait()
    assert (it.keys, it.codes) == ([], [])
    assert it.dropped >= 1


def test_a_held_space_bar_still_marks_on_a_kiosk() -> None:
    it = desk(timing=True)
    it.burst(" " * 30, 0.033)
    it.wait()
    assert it.keys == [" "] * 30


@pytest.mark.parametrize("prefix", ["~~", "\x1b", "\n"])
def test_a_prefix_that_a_keyboard_cannot_type_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="one visible character"):
        ScanBuffer[str](prefix)


class ScanApp(App[None]):
    """A field, a verb key, and a list of what was scanned."""

    BINDINGS = [Binding("x", "verb", priority=False), Binding("enter", "verb")]  # noqa: RUF012

    def __init__(self, buffer: ScanBuffer[events.Key]) -> None:
        super().__init__()
        self.scans = ScanHook(self, buffer, super().on_event)
        self.seen: list[str] = []
        self.broken = 0
        self.verbs = 0
        self.unused: list[str] = []

    def compose(self) -> ComposeResult:
        yield Input()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key):
            await self.scans.take(event)
        else:
            await super().on_event(event)

    def action_verb(self) -> None:
        self.verbs += 1

    def on_key(self, event: events.Key) -> None:
        self.unused.append(event.key)

    def on_scanned(self, message: Scanned) -> None:
        self.seen.append(message.code)

    def on_scan_broken(self, message: ScanBroken) -> None:
        self.broken += 1


def type_fast(app: App[None], text: str, start: float, gap: float = 0.002) -> float:
    """Post keys as a terminal does, stamped as a scanner sends them; return the time after the last."""
    for index, character in enumerate(text):
        key = events.Key({"\r": "enter", "~": "tilde", " ": "space"}.get(character, character), character)
        key.time = start + index * gap
        app.post_message(key)
    return start + len(text) * gap


async def settle(pilot: Pilot[None]) -> None:
    for _ in range(3):
        await pilot.pause()


@pytest.mark.parametrize(("prefix", "timing"), [("~", False), ("~", True), ("", True)])
async def test_forty_scans_back_to_back_arrive_whole_and_never_in_the_field(prefix: str, timing: bool) -> None:
    app = ScanApp(ScanBuffer("~", timing=timing))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        app.query_one(Input).focus()
        codes = [f"{number:04d}-ABCDxyz[/x]-{number:03d}" for number in range(40)]
        now = 1000.0
        for code in codes:
            now = type_fast(app, f"{prefix}{code}\r", now) + 0.008
        await settle(pilot)
        assert app.seen == codes
        assert app.query_one(Input).value == ""
        assert app.verbs == 0


async def test_what_is_typed_reaches_the_field_in_order() -> None:
    app = ScanApp(ScanBuffer("~"))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        app.query_one(Input).focus()
        type_fast(app, "about ~5 x", 1000.0, gap=0.15)
        await settle(pilot)
        assert app.query_one(Input).value == "about ~5 x"
        assert app.seen == []


async def test_keys_held_too_long_come_back_by_themselves() -> None:
    app = ScanApp(ScanBuffer("~", timing=True, pause=0.05))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        field_ = app.query_one(Input)
        field_.focus()
        await pilot.press("a", "~")
        while field_.value != "a~":
            await pilot.pause(0.01)
        assert app.seen == []


async def test_a_broken_scan_is_said_and_fires_no_verb() -> None:
    app = ScanApp(ScanBuffer("~"))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        app.set_focus(None)
        now = type_fast(app, "~Ax", 1000.0)
        type_fast(app, "xxx\r", now + 1.0)
        await settle(pilot)
        assert (app.verbs, app.seen, app.broken) == (0, [], 2)


async def test_a_key_that_nobody_uses_is_looked_at_once() -> None:
    app = ScanApp(ScanBuffer("~", timing=True))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        app.set_focus(None)
        type_fast(app, "jk", 1000.0, gap=0.2)
        while app.unused != ["j", "k"]:
            await pilot.pause(0.01)
        await pilot.press("f7")
        assert app.unused == ["j", "k", "f7"]


async def test_pasted_text_is_text() -> None:
    app = ScanApp(ScanBuffer("~"))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        app.query_one(Input).focus()
        app.post_message(events.Paste("~T-42 is broken"))
        await settle(pilot)
        assert app.query_one(Input).value == "~T-42 is broken"
        assert app.seen == []
