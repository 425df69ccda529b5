"""One run of one command: its arguments, streams and clock, and the desk it works at."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

from botui.config import Config

if TYPE_CHECKING:
    from pathlib import Path

    from botui.data import Desk


@dataclass(frozen=True, slots=True)
class Session:
    """What a command works with.

    Attributes:
        args: the parsed command line.
        config: this machine's settings.
        account: name of the operating system's account; None = that of this process.
    """

    args: Namespace
    config: Config
    stdin: TextIO
    out: TextIO
    err: TextIO
    environ: Mapping[str, str]
    clock: Callable[[], datetime]
    account: str | None

    def desk(self, *, write: bool = False) -> Desk:
        """Open the store that is there and return the desk of the person who acts.

        Raises:
            Refused: there is no store, or no such person.
            StoreError: the store cannot be opened.
        """
        from botui.data import Desk, Store
        from botui.models.errors import Refused, StoreDamaged
        from botui.storage import Journal

        folder = self.config.data
        if not has_store(folder):
            raise Refused(
                f"There is no office in {folder} yet: 'botui --data {folder}' makes one, "
                f"'botui fill --data {folder} --records 600' makes one with sample records."
            )
        try:
            journal = Journal(folder / "office.json", read_only=not write, clock=self.clock)
        except OSError as error:
            raise StoreDamaged(f"The store in {folder} cannot be opened: {error.strerror}.") from None
        desk = Desk(Store(journal), None, self.config.terminal, self.clock)
        return desk.for_person(self._person(desk))

    def _person(self, desk: Desk) -> int | None:
        from botui.models.errors import Refused

        who = self.args.person
        if who is None:
            found = desk.store.index("people").find({"os_user": (self._account(),), "active": (True,)})
            return found[0] if len(found) == 1 else None
        number = find_person(desk, who)
        if number is None:
            raise Refused(f"There is nobody with the initials or number '{who}': try botui list people.")
        return number

    def _account(self) -> str:
        if self.account is not None:
            return self.account
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:
            return f"uid {os.getuid()}"


@contextmanager
def unseen(stream: TextIO) -> Iterator[None]:
    """Let a terminal show nothing of what is typed."""
    import termios

    try:
        number = stream.fileno()
        before = termios.tcgetattr(number)
    except (OSError, ValueError, AttributeError, termios.error):
        yield
        return
    hidden = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
    termios.tcsetattr(number, termios.TCSADRAIN, hidden)
    try:
        yield
    finally:
        termios.tcsetattr(number, termios.TCSADRAIN, before)


def has_store(folder: Path) -> bool:
    """Return whether there is a store in a folder, be it one that a restore left halfway."""
    names = ("office.json", "office.json.journal")
    return any((folder / name).exists() for name in names) or any(folder.glob("restoring-*"))


def find_person(desk: Desk, who: str) -> int | None:
    """Return the number of the one working here who has this P-number or these very initials, or None."""
    from botui import areas

    index = desk.store.index("people")
    word = who.strip().casefold()
    parsed = areas.parse_ref(word)
    active = index.find({"active": (True,)})
    if parsed is not None and parsed[0] == "people":
        # first: no initials ever make the number of one the name of another
        return parsed[1] if parsed[1] in active else None
    found = [one for one in active if word and str(index.value(one, "initials") or "").casefold() == word]
    return found[0] if len(found) == 1 else None
