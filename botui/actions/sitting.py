"""One sitting at a desk: what this person did last, that it was not them, and why they must leave now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from botui.data import Desk
from botui.models.base import clean
from botui.models.calendar import day_words
from botui.past import describe
from botui.storage.format import stamp as journal_time

REMEMBERED: Final = timedelta(days=30)
"""How far back "last here" looks."""
LOOKED_AT: Final = 2_000
"""Changes, of whomever, that it looks at at most: some 50 ms."""


@dataclass(frozen=True, slots=True)
class Last:
    """What somebody did last, so that they see whether it was them: a sentence, and the change's digest."""

    said: str
    digest: str


def last_here(desk: Desk) -> Last | None:
    """Return what this person did last, where and when; None = nothing of late.

    Raises:
        StoreDamaged: the journal cannot be read.
    """
    since = journal_time(desk.clock() - REMEMBERED)
    for entry in islice(desk.store.journal.recent(since), LOOKED_AT):
        header = entry.header
        if header.get("by") == desk.person and entry.ops:
            local, today = desk.settings.local(datetime.fromisoformat(header["at"])), desk.typing().now.date()
            where = "here" if header.get("on") == desk.terminal else f"at {clean(str(header.get('on') or 'a command'))}"
            said = f"Last {where} {day_words(local.date(), today)} {local:%H:%M}: {describe(entry)}."
            return Last(said, entry.digest)
    return None


def not_me(desk: Desk, last: Last) -> None:
    """Write down that somebody else did this in this person's name."""
    desk.log("desk.not_me", last.digest, ("people", desk.person or 0))


def turned_out(desk: Desk) -> str:
    """Return why a desk must be left now by who is at it, in a sentence; empty = it need not.

    They left the office meanwhile, or signed out everywhere.
    """
    if desk.person is None:
        return ""
    doc = desk.store.journal.get("people", desk.person)
    if doc is None or not doc.get("active", True):
        return "You are signed out: your record says that you do not work here."
    left = doc.get("signed_out_at")
    # moments are kept to the second
    if left and datetime.fromisoformat(left) >= desk.began.replace(microsecond=0):
        return "You are signed out at every desk."
    return ""
