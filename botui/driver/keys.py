"""What comes from the keyboard: characters in, Textual's events out, whatever the bytes.

Only what a keyboard, a scanner or a mouse sends becomes an event. Everything else a terminal, or somebody who can
type, may send is recognised as a whole and dropped: answers to questions nobody asked, window sizes, key codes beyond
Unicode, sequences with dozens of parameters, sequences and pastes without an end.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import Final

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message

ESCAPE_WAIT: Final = 0.1
"""Seconds after which a lone ESC is the Escape key; Textual waits as long."""
SEQUENCE_WAIT: Final = 0.5
"""Seconds after which a sequence without an end is dropped; a slow line may split one."""
PASTE_PAUSE: Final = 1.0
"""Seconds of silence that end a paste without an end."""
PASTE_WAIT: Final = 10.0
"""Seconds after which a paste ends even when keys go on."""
MAX_PASTE: Final = 20_000
"""Characters kept of one paste; the longest field takes half of them."""
MAX_SEQUENCE: Final = 40
"""Characters of the longest sequence a keyboard or a mouse sends, with room to spare."""

_PASTE_START: Final = "\x1b[200~"
_PASTE_END: Final = "\x1b[201~"
_COMPLETE: Final = re.compile(
    r"\x1b(?:\[\[[A-E]|\[\d+\$(?![@-~])|\[[0-?]*[ -/]*[@-~]|O[0-9;]*[@-~]|[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\))"
)
"""Function keys of the Linux console, of rxvt, CSI, SS3; strings (OSC, DCS, APC, PM, SOS) with their end."""
_BEGUN: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O[0-9;]*|(?P<string>[\]P_^X])[^\x07\x1b]*)")
_REST_OF_SEQUENCE: Final = re.compile(r"[0-?]*[ -/]*(?P<end>[@-~])?")
_REST_OF_STRING: Final = re.compile(r"[^\x07\x1b]*(?P<end>\x07|\x1b\\)?")
_NEVER_PASTED: Final = dict.fromkeys([*(code for code in range(0x20) if chr(code) not in "\t\n\r"), *range(0x7F, 0xA0)])
_FUNCTION_KEYS: Final = {"0": "f10", **{str(number): f"f{number}" for number in range(1, 10)}}


class KeyReader:
    """Turns characters into events; holds back what is not complete yet.

    Attributes:
        mouse: mouse reports become events; without, they are dropped.
        deadline: when `expire` must be called, on the clock of the ``now`` arguments; None = nothing is held back.
    """

    def __init__(self, *, mouse: bool = False) -> None:
        self.mouse = mouse
        self.reset()

    def reset(self) -> None:
        """Forget all that is held back."""
        self.deadline: float | None = None
        self._translator = XTermParser()
        self._held = ""
        self._skipped: re.Pattern[str] | None = None
        self._paste: str | None = None
        self._paste_limit = 0.0

    def feed(self, data: str, now: float) -> Iterator[Message]:
        """Events for what was read.

        Args:
            data: characters of one read.
            now: seconds on a clock that never goes back.
        """
        yield from self.expire(now)
        if self._held == "\x1b" and data and data[0] not in "[O":
            self._held = ""
            yield events.Key("escape", "\x1b")
        data, self._held = self._held + data, ""
        at = 0
        while at < len(data):
            if self._paste is not None:
                end = yield from self._pasted(data, at, now)
            elif self._skipped is not None:
                end = self._skip(data, at)
            elif data[at] == "\x1b":
                end = yield from self._sequence(data, at, now)
            else:
                end = at + 1
                yield from self._character(data[at])
            at = end

    def expire(self, now: float) -> Iterator[Message]:
        """Events for what was held back too long; to be called when the deadline has come."""
        if self.deadline is None or now < self.deadline:
            return
        paste, held = self._paste, self._held
        self.reset()
        if paste:
            yield _paste(paste)
        elif held == "\x1b":
            yield events.Key("escape", "\x1b")

    def _character(self, character: str) -> Iterator[Message]:
        if not "\x80" <= character <= "\x9f":
            yield from self._translator._sequence_to_key_events(character)

    def _sequence(self, data: str, at: int, now: float) -> Generator[Message, None, int]:
        """Read what begins with ESC; returns where the next unit begins."""
        if match := _COMPLETE.match(data, at):
            if match[0] == _PASTE_START:
                self._paste, self._paste_limit = "", now + PASTE_WAIT
                self.deadline = now + PASTE_PAUSE
            elif len(match[0]) <= MAX_SEQUENCE:
                yield from self._known(match[0])
            return match.end()
        if begun := _BEGUN.match(data, at):
            if begun.end() == len(data):
                self._wait_for_end(begun, now)
            return begun.end()
        after = data[at + 1 : at + 2]
        if not after:
            self._held, self.deadline = "\x1b", now + ESCAPE_WAIT
            return at + 1
        if after == "\x1b":
            yield events.Key("escape", "\x1b")
            return at + 1
        yield from self._with_alt(after)
        return at + 2

    def _wait_for_end(self, begun: re.Match[str], now: float) -> None:
        self.deadline = now + SEQUENCE_WAIT
        if begun["string"]:
            self._skipped = _REST_OF_STRING
        elif len(begun[0]) > MAX_SEQUENCE:
            self._skipped = _REST_OF_SEQUENCE
        else:
            self._held = begun[0]

    def _known(self, sequence: str) -> Iterator[Message]:
        """The event of a complete sequence, if a keyboard or a mouse sends it."""
        keys = ANSI_SEQUENCES_KEYS.get(sequence)
        if isinstance(keys, tuple):
            yield from (events.Key(key.value, None) for key in keys)
        elif self.mouse and (event := self._translator.parse_mouse_code(sequence)):
            yield event

    def _with_alt(self, character: str) -> Iterator[Message]:
        """ESC and a character in one read: a function key, a key of the table, else a chord that types nothing."""
        if key := _FUNCTION_KEYS.get(character):
            yield events.Key(key, None)
        elif isinstance(ANSI_SEQUENCES_KEYS.get("\x1b" + character), tuple):
            yield from self._known("\x1b" + character)
        else:
            for event in self._character(character):
                if isinstance(event, events.Key):
                    yield events.Key(f"alt+{event.key}", None)

    def _skip(self, data: str, at: int) -> int:
        assert self._skipped is not None
        match = self._skipped.match(data, at)
        assert match is not None
        if match["end"] or match.end() < len(data):
            self._skipped = self.deadline = None
        return match.end()

    def _pasted(self, data: str, at: int, now: float) -> Generator[Message, None, int]:
        """Collect a paste; its end may be split between two reads, and the surplus is thrown away."""
        assert self._paste is not None
        self._paste += data[at:]
        end = self._paste.find(_PASTE_END)
        if end < 0:
            kept = self._paste[:MAX_PASTE]
            self._paste = kept + self._paste[MAX_PASTE:][-len(_PASTE_END) :]
            self.deadline = min(now + PASTE_PAUSE, self._paste_limit)
            return len(data)
        rest = len(self._paste) - end - len(_PASTE_END)
        yield _paste(self._paste[:end])
        self._paste = self.deadline = None
        return len(data) - rest


def _paste(text: str) -> events.Paste:
    return events.Paste(text[:MAX_PASTE].translate(_NEVER_PASTED))


class FloodGate:
    """Lets through all that people and scanners send, and the beginning of what is more.

    What comes after the bucket is empty is dropped until the line has been quiet: pieces of a flood, each as long as
    the bucket allows, would look like scans of things that do not exist.

    Attributes:
        capacity: events in one burst; forty scans of twenty characters are 840, a fast typist's second 20.
        rate: events a second that may go on for ever.
        quiet: seconds without input after which a flood is over.
    """

    def __init__(self, *, capacity: int = 2000, rate: float = 500, quiet: float = 0.25) -> None:
        self.capacity = capacity
        self.rate = rate
        self.quiet = quiet
        self._level: float = capacity
        self._last = 0.0
        self._closed = False

    def arrived(self, now: float) -> bool:
        """Something was read; whether it is worth looking at."""
        pause, self._last = now - self._last, now
        if self._closed and pause < self.quiet:
            return False
        self._closed = False
        self._level = min(self.capacity, self._level + pause * self.rate)
        return True

    def admit(self, cost: float = 1) -> bool:
        """Whether one more event may pass; once the answer is no, `arrived` says no until the line was quiet."""
        self._closed = self._level < cost
        self._level = max(0, self._level - cost)
        return not self._closed
