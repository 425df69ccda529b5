"""Drafts: what somebody typed and has not saved, kept for that person at that terminal and that form.

They lie in the store's folder under ``drafts``, one file each, readable by this account only; never in the journal.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from botui.data import Desk
from botui.storage import write_atomic


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed.

    Attributes:
        at: when, in words of the office (``2026-11-21 10:14``).
        texts: the text of each field that was typed in.
        was: what stood there before.
    """

    at: str
    texts: dict[str, str]
    was: dict[str, str]


def _path(desk: Desk, key: str) -> Path:
    # A digest, because names of terminals and forms may hold any character, and the file's name should tell nothing.
    name = sha256(orjson.dumps([desk.person, desk.terminal, key])).hexdigest()[:32]
    return desk.store.journal.path.parent / "drafts" / f"{name}.json"


def keep(desk: Desk, key: str, texts: dict[str, str], was: dict[str, str]) -> None:
    """Keep a draft, in place of the one before.

    Raises:
        StoreFull: it cannot be written; the one before is as it was.
    """
    draft = Draft(f"{desk.settings.local(desk.clock()):%Y-%m-%d %H:%M}", texts, was)
    write_atomic(_path(desk, key), orjson.dumps(asdict(draft)))


def find(desk: Desk, key: str) -> Draft | None:
    """Return the draft of a form, or None; one that cannot be read is none."""
    try:
        found: Any = orjson.loads(_path(desk, key).read_bytes())
        parts = [{str(name): str(text) for name, text in found[part].items()} for part in ("texts", "was")]
        return Draft(str(found["at"]), *parts)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def drop(desk: Desk, key: str) -> None:
    """Forget the draft of a form."""
    with suppress(OSError):
        _path(desk, key).unlink()
