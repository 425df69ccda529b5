"""Scanners type like keyboards: telling a scan from typing, so that no barcode ever acts as keys.

The buffer is plain logic over keys and their times; `ScanHook` puts it before every widget of an App.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import pairwise
from time import monotonic
from typing import Any, Final, Generic, TypeVar

from textual import events
from textual.app import App
from textual.message import Message
from textual.timer import Timer

GAP: Final = 0.035
"""Seconds between two keys of a scanner at most; a rule of thumb (they send one every few ms)."""

TYPING: Final = 0.1
"""Seconds between two keys from which on it is a person: 120 words a minute, faster than an office types."""

WARY: Final = 2.0
"""Seconds after a scan, or part of one, in which a burst is its late rest: what a lost packet holds up a line for."""

SHORTEST: Final = 6
"""Characters that prove a scanner by speed alone; shorter codes need the prefix."""

LONGEST: Final = 200
"""Characters of a code at most: more than any label of the office, less than a flood."""

TELLTALE: Final = 3
"""Keys at a scanner's speed that nobody types: fewer may be two fingers rolling over the keyboard."""

_AT_ONCE: Final = 1
"""Keys right behind the end of a scan that are taken for its next line."""

_REST: Final = 2
"""Keys at a scanner's speed that are taken for the rest of a scan that broke off a moment ago."""

_ENDS: Final = frozenset("\r\n\t")
_ESCAPE: Final = "\x1b"

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Verdict(Generic[Key]):
    """What to do after a key, or after a pause.

    Attributes:
        keys: keys to handle now, in this order; a key that is not among them is held or was part of a scan.
        code: what was scanned, without prefix and end.
        dropped: part of a scan came that cannot be used, and was kept from acting as keys: say so.
    """

    keys: tuple[Key, ...] = ()
    code: str | None = None
    dropped: bool = False


class ScanBuffer(Generic[Key]):
    """Holds keys until it is clear whether they are a scan.

    A scan is the prefix, characters, and Enter or Tab; with ``timing`` also six characters or more at a scanner's
    speed and Enter or Tab. What turns out not to be one is given back as keys in order, with one exception: part of
    a scan that nobody can have typed is dropped, as letters are commands and codes of badges are nobody's text.

    Args:
        prefix: the character the scanner is set to send first; empty if it sends none.
        timing: take speed as proof; only for a scanner at this machine, never over a network.
        pause: seconds within a scan after which its rest is no longer waited for.

    Raises:
        ValueError: The prefix is longer than one character or cannot be seen.
    """

    def __init__(self, prefix: str = "~", *, timing: bool = False, pause: float = 0.5) -> None:
        if len(prefix) > 1 or not prefix.isprintable():
            raise ValueError("The prefix of a scanner is one visible character.")
        self.prefix: Final = prefix
        self.timing: Final = timing
        self.pause: Final = pause
        self._keys: list[Key] = []
        self._times: list[float] = []
        self._code = ""
        self._prefixed = False
        self._proof: int | None = None
        self._ended = float("-inf")
        self._wary_until = float("-inf")
        self._broken = False

    @property
    def deadline(self) -> float | None:
        """When `expire` is to be called if no key comes; nothing while no key is held."""
        if not self._keys:
            return None
        return self._times[-1] + (self.pause if self._prefixed else GAP)

    def feed(self, key: Key, character: str | None, now: float, *, in_text: bool, in_pin: bool = False) -> Verdict[Key]:
        """Take a key.

        Args:
            key: the key, given back if it is one.
            character: what it types; nothing for keys such as arrows.
            now: seconds at which it was pressed, on any clock that never goes back.
            in_text: a text field has the focus.
            in_pin: it is one that takes digits and shows none. Whoever scanned a badge types a PIN at once, and a
                machine that stalls hands over several keys together: there they are no rest of a scan.
        """
        before = self.expire(now, in_text=in_text)
        if not before.keys and self._is_typed(now, in_text):
            before = self._give_up(now, in_text)
        verdict = self._take(key, character, now, in_text, in_pin)
        return Verdict(before.keys + verdict.keys, verdict.code, before.dropped or verdict.dropped)

    def expire(self, now: float, *, in_text: bool) -> Verdict[Key]:
        """Give back what is held if its rest did not come in time."""
        deadline = self.deadline
        return Verdict() if deadline is None or now <= deadline else self._give_up(now, in_text)

    def _take(self, key: Key, character: str | None, now: float, in_text: bool, in_pin: bool) -> Verdict[Key]:
        if character is not None and character in _ENDS:
            return self._end(key, now, in_text)
        if character is not None and (character.isprintable() or self._is_inside(character, now)):
            return self._character(key, character, now, in_text, in_pin)
        given = self._give_up(now, in_text)
        return Verdict((*given.keys, key), dropped=given.dropped)

    def _character(self, key: Key, character: str, now: float, in_text: bool, in_pin: bool) -> Verdict[Key]:
        if self._keys:
            self._code += character
        elif character == self.prefix:
            self._prefixed, self._proof = True, self._proof_of_rest(now)
        elif self.timing or now <= self._wary_until:
            self._code, self._proof = character, self._proof_of_rest(now, in_pin)
        else:
            return Verdict((key,))
        self._keys.append(key)
        self._times.append(now)
        return self._give_up(now, in_text) if len(self._code) > LONGEST else Verdict()

    def _end(self, key: Key, now: float, in_text: bool) -> Verdict[Key]:
        if not self._keys:
            # The line feed that some scanners send after Enter, or the end of a scan that came in parts.
            stray = now - self._ended <= GAP or (self._broken and now <= self._wary_until)
            self._broken = False
            return Verdict() if stray else Verdict((key,))
        # The rest of a broken scan is not a code, however long: it would be another thing's.
        by_speed = self.timing and self._proof != _REST and len(self._code) >= SHORTEST
        if self._code and (self._prefixed or by_speed):
            code = self._code
            self._close(now, broken=False)
            return Verdict(code=code)
        given = self._give_up(now, in_text, ended=True)
        return given if given.dropped else Verdict((*given.keys, key))

    def _proof_of_rest(self, now: float, in_pin: bool = False) -> int | None:
        """Return how many keys at a scanner's speed are the late rest of the scan before, wherever the focus is."""
        if now - self._ended <= GAP:
            return _AT_ONCE
        if now <= self._wary_until and (self._broken or not in_pin):
            return _REST if self._broken else TELLTALE
        return None

    def _give_up(self, now: float, in_text: bool, *, ended: bool = False) -> Verdict[Key]:
        """Give back what is held, or drop what only a scanner can have sent and would act as commands."""
        keys, count = tuple(self._keys), len(self._keys) + ended
        if self._prefixed and self._proof != _AT_ONCE:
            drop = bool(self._code) and not (in_text and (count < TELLTALE or self._rhythm(now) > GAP))
        elif self._proof is not None:
            drop = count >= self._proof
        else:
            # A held space bar marks row after row; no code is made of spaces.
            drop = not in_text and count >= TELLTALE and not self._code.isspace()
        if drop:
            self._close(now, broken=not ended)
            return Verdict(dropped=True)
        if self._prefixed and not in_text:
            self._close(now, broken=True)
        self._clear()
        return Verdict(keys)

    def _close(self, now: float, *, broken: bool) -> None:
        """Be wary for a while of what comes after a scan, the more if the scan had no end."""
        self._wary_until, self._broken = now + WARY, broken
        self._ended = float("-inf") if broken else now
        self._clear()

    def _is_inside(self, character: str, now: float) -> bool:
        """Say whether a control character is part of a code: separators, or one made to press control keys."""
        return bool(self._keys) and character != _ESCAPE and now - self._times[-1] <= GAP

    def _is_typed(self, now: float, in_text: bool) -> bool:
        """Say whether a person is typing text that happens to begin with the prefix."""
        return in_text and self._prefixed and len(self._times) >= 2 and self._rhythm(now) > TYPING

    def _rhythm(self, now: float) -> float:
        """Return the usual time between two keys, which one that a line held up does not change."""
        between = sorted(after - before for before, after in pairwise([*self._times, now]))
        return between[(len(between) - 1) // 2]

    def _clear(self) -> None:
        self._keys, self._times, self._code = [], [], ""
        self._prefixed, self._proof = False, None


@dataclass
class Scanned(Message):
    """Something was scanned; goes the way of a key, to the focused widget first and up from there."""

    code: str
    """What was scanned, without prefix and end."""


@dataclass
class ScanBroken(Message):
    """Part of a scan came and was ignored: it is to be scanned again."""


class ScanHook:
    """Puts a scan buffer before all widgets of an App, which calls `take` from its ``on_event``.

    A field that waits for a scan handles `Scanned` and stops it; else it comes up to the screen and the App. Keys
    pressed after a scan reach the same widget after it.

    Args:
        app: the App.
        buffer: what tells scans from typing.
        forward: what handles a key as if there were no hook: the App's inherited ``on_event``.
        clock: seconds on the clock that stamps keys.
    """

    def __init__(
        self,
        app: App[Any],
        buffer: ScanBuffer[events.Key],
        forward: Callable[[events.Key], Awaitable[None]],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._app = app
        self._buffer = buffer
        self._forward = forward
        self._clock = clock
        self._timer: Timer | None = None

    async def take(self, key: events.Key) -> None:
        """Take a key that no widget has seen; one that comes back unused by all of them is only passed on."""
        if key.is_forwarded:
            await self._forward(key)
            return
        # Textual notes the time as the terminal is read, so that it is true however late the App comes to it.
        in_pin = getattr(self._app.focused, "TAKES_PIN", False)
        await self._act(self._buffer.feed(key, key.character, key.time, in_text=self._in_text, in_pin=in_pin))

    @property
    def _in_text(self) -> bool:
        # Asked of the widget itself: importing Input and TextArea would cost the start what only forms need.
        focused = self._app.focused
        return focused is not None and focused.check_consume_key("a", "a")

    async def _act(self, verdict: Verdict[events.Key]) -> None:
        for key in verdict.keys:
            await self._forward(key)
        target = self._app.focused or self._app.screen
        if verdict.dropped:
            target.post_message(ScanBroken())
        if verdict.code is not None:
            target.post_message(Scanned(verdict.code))
        self._wait()

    def _wait(self) -> None:
        deadline = self._buffer.deadline
        if deadline is not None and self._timer is None:
            self._timer = self._app.set_timer(max(deadline - self._clock(), 0.001), self._settle)

    def _settle(self) -> None:
        # By way of the queue, so that keys that came while the App was busy go first.
        self._app.call_later(self._expire)

    async def _expire(self) -> None:
        self._timer = None
        await self._act(self._buffer.expire(self._clock(), in_text=self._in_text))
