"""Drafts: what somebody typed and has not saved, kept for that person and that form, at whatever terminal.

They lie in the store's folder under ``drafts``, one file each, readable by this account only; never in the journal.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from botui.data import Desk
from botui.models.base import clean
from botui.models.calendar import day_words
from botui.storage import write_atomic


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed.

    Attributes:
        at: when, by the clock of the office.
        texts: the text of each field that was typed in.
        was: what stood there before.
        form: the title of the form.
    """

    at: datetime
    texts: dict[str, str]
    was: dict[str, str]
    form: str = ""


def _path(desk: Desk, key: str) -> Path:
    return _folder(desk) / f"{_whose(desk)}-{_digest(key)}.json"


def _folder(desk: Desk) -> Path:
    return desk.store.journal.path.parent / "drafts"


def _whose(desk: Desk) -> str:
    # Not the terminal's: over SSH that is an address, and who comes back often does so from another.
    return _digest(desk.person)


def _digest(words: object) -> str:
    # A digest, because names of forms may hold any character, and the file's name should tell nothing.
    return sha256(orjson.dumps(words)).hexdigest()[:16]


def keep(desk: Desk, key: str, texts: dict[str, str], was: dict[str, str], form: str = "") -> None:
    """Keep a draft, in place of the one before.

    Raises:
        StoreFull: it cannot be written; the one before is as it was.
    """
    draft = Draft(desk.settings.local(desk.clock()).replace(tzinfo=None), texts, was, form)
    write_atomic(_path(desk, key), orjson.dumps(asdict(draft)))


def find(desk: Desk, key: str) -> Draft | None:
    """Return the draft of a form, or None; one that cannot be read is none."""
    return _read(_path(desk, key))


def kept(desk: Desk) -> list[str]:
    """Return the titles of the forms of which this person's drafts are kept, the newest first."""
    found = filter(None, map(_read, _folder(desk).glob(f"{_whose(desk)}-*.json")))
    return [clean(one.form) for one in sorted(found, key=lambda one: one.at, reverse=True) if one.form]


def _read(path: Path) -> Draft | None:
    try:
        found: Any = orjson.loads(path.read_bytes())
        texts, was = ({str(name): str(text) for name, text in found[part].items()} for part in ("texts", "was"))
        return Draft(datetime.fromisoformat(found["at"]).replace(tzinfo=None), texts, was, str(found.get("form", "")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def left(desk: Desk, draft: Draft) -> str:
    """Return in words when a draft was left: ``yesterday 16:40``."""
    return f"{day_words(draft.at.date(), desk.typing().now.date())} {draft.at:%H:%M}"


def drop(desk: Desk, key: str) -> None:
    """Forget the draft of a form."""
    with suppress(OSError):
        _path(desk, key).unlink()
