"""The door at one terminal: tries PINs, counts misses, and locks for a while whoever misses too often.

Four misses lock a person *on that terminal* for two minutes, then twice as long each time (DESIGN section 4; osTicket's
default is 4 tries and 2 minutes); all of SSH is one terminal there, as an address is easily changed. A name that nobody
has is counted and locked like one that somebody has, so that nothing tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from botui.access.secrets import Secrets
from botui.models.base import NotAllowed, fold

TRIES: Final = 4
"""Misses in a row until somebody is locked out."""
FIRST_LOCK: Final = timedelta(minutes=2)
LONGEST_LOCK: Final = timedelta(hours=4)
TERMINAL_TRIES: Final = 20
"""Misses at one terminal, whoever was tried, until it locks for everybody: one PIN tried on all the staff."""
TOGETHER: Final = timedelta(minutes=10)
"""Quiet after which the misses of a terminal begin anew; a PIN that fits does not clear them, or one's own would."""
FORGOTTEN: Final = timedelta(days=1)
"""How long misses are remembered."""
MISSED: Final = "That did not fit. Try again, or ask your administrator."
"""What is said of an unknown name or badge, a wrong PIN and somebody who left, all alike."""


_DIGIT: Final = re.compile(r"\d")
_ADDRESS: Final = re.compile(r"^ssh \S+")


class LockedOut(NotAllowed):
    """Too many misses; the sentence says for how long."""


class Door:
    """Who comes in at one terminal.

    Args:
        secrets: the office's PINs.
        terminal: where somebody stands.
        clock: what time it is, UTC.
    """

    def __init__(self, secrets: Secrets, terminal: str, clock: Callable[[], datetime]) -> None:
        self.secrets = secrets
        self._terminal = terminal
        self._clock = clock

    def check(self, name: str, persons: Collection[int], pin: str) -> int:
        """Return which of these people the PIN proves; misses are counted.

        Args:
            name: what was typed or scanned: what is locked when it misses too often.
            persons: those it may be; none = a name that nobody has.
            pin: what was typed.

        Raises:
            NotAllowed: it proves none, or more than one.
            LockedOut: there were too many misses.
            StoreError: ``secrets.json`` cannot be read or changed.
        """
        keys = self._keys(name, persons)
        self._refuse_locked(keys)
        # tried once also for nobody, so that both take as long
        fits: list[int] = [one for one in (persons or (0,)) if self.secrets.fits(one, pin)]
        if len(fits) == 1:
            # of the others of that name nothing is proved: one's own PIN does not buy guesses at theirs
            self._forget(self._keys(name, fits)[:-1])
            return fits[0]
        self._miss(keys)
        raise NotAllowed(MISSED)

    def refuse_locked(self, name: str, persons: Collection[int] = ()) -> None:
        """Do nothing unless this is locked, whether it would fit or not.

        Raises:
            LockedOut: there were too many misses.
        """
        self._refuse_locked(self._keys(name, persons))

    def miss(self, name: str, persons: Collection[int] = ()) -> None:
        """Count a miss that needed no PIN: a badge that nobody has.

        Raises:
            LockedOut: there were too many before.
        """
        keys = self._keys(name, persons)
        self._refuse_locked(keys)
        self._miss(keys)

    def _keys(self, name: str, persons: Collection[int]) -> list[str]:
        # what was typed may have been a PIN in the wrong field: all digits are tried out in no time
        whose = [f"P{one}" for one in sorted(persons)] or [f"name {_DIGIT.sub('', fold(name))}"]
        everywhere = _ADDRESS.sub("ssh", self._terminal)
        named = (*(f"{one}\n{everywhere}" for one in whose), f"\n{self._terminal}")
        return [sha256(one.encode()).hexdigest()[:24] for one in named]

    def _refuse_locked(self, keys: list[str]) -> None:
        misses, now = self.secrets.read().get("misses", {}), self._clock()
        until = max((datetime.fromisoformat(misses[key]["until"]) for key in keys if key in misses), default=now)
        # longer than any lock = the clock ran ahead then, and was put right
        if now < until <= now + LONGEST_LOCK:
            minutes = -((now - until) // timedelta(minutes=1))
            raise LockedOut(f"Too many misses: try again in {minutes} minute{'s' if minutes > 1 else ''}.")

    def _miss(self, keys: list[str]) -> None:
        now = self._clock()

        def count(kept: dict[str, Any]) -> None:
            misses = {
                key: one
                for key, one in kept.get("misses", {}).items()
                if datetime.fromisoformat(one["until"]) + FORGOTTEN > now
            }
            terminal = keys[-1]
            if terminal in misses and datetime.fromisoformat(misses[terminal]["until"]) + TOGETHER < now:
                del misses[terminal]
            for key in keys:
                allowed = TERMINAL_TRIES if key == terminal else TRIES
                number = misses.get(key, {}).get("count", 0) + 1
                locks = number // allowed if number % allowed == 0 else 0
                span = min(FIRST_LOCK * 2 ** min(locks - 1, 12), LONGEST_LOCK) if locks else timedelta()
                misses[key] = {"count": number, "until": (now + span).isoformat()}
            kept["misses"] = misses

        self.secrets.change(count)

    def _forget(self, keys: list[str]) -> None:
        if not self.secrets.read().get("misses", {}).keys().isdisjoint(keys):
            self.secrets.change(lambda kept: [kept.get("misses", {}).pop(key, None) for key in keys])
