"""Stores and their backups for tests: an old state, what came after it, and what lies in a folder."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from botui.storage import Journal
from botui.storage.backup import backup

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
HEADER = {"by": 3, "on": "front"}
THEN = {number: {"n": number} for number in range(1, 5)}
"""What ``old_store`` has of tickets."""


def put(journal: Journal, number: int, doc: dict[str, Any]) -> None:
    with journal.transaction() as tx:
        tx.put("tickets", number, doc)


def rewrite_format(journal: Path, version: int) -> None:
    """Let a journal be of another version, its chain right."""
    from botui.storage.format import decode_line, encode_line

    out: list[bytes] = []
    before = ""
    for line in journal.read_bytes().splitlines():
        entry = decode_line(line, None)
        if "format" in entry.header:
            entry.header["format"], before = version, entry.header["prev"]
        new, data = encode_line(before, entry.header, entry.ops)
        before = new.digest
        out.append(data)
    journal.write_bytes(b"".join(out))


def old_store(folder: Path) -> Path:
    """Make a store of two generations with four records."""
    path = folder / "office.json"
    journal = Journal(path)
    for number in range(1, 5):
        put(journal, number, {"n": number})
        if number == 2:
            journal.compact()
    journal.close()
    return path


def backup_of(path: Path, folder: Path) -> Path:
    """Make a backup of a store into a folder, then let the store go on."""
    (path.parent / "secrets.json").write_text("then")
    file = folder / "b.zip"
    backup(path, file, clock=lambda: NOW)
    journal = Journal(path)
    put(journal, 5, {"n": "since"})
    with journal.transaction() as tx:
        tx.remove("tickets", 5)
        tx.remove("tickets", 1)
    journal.compact()
    journal.close()
    (path.parent / "secrets.json").write_text("since")
    (path.parent / "files").mkdir()
    (path.parent / "files" / "scan").write_text("since")
    return file


def tree(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def content(path: Path) -> dict[int, Any]:
    return {number: json.loads(data) for number, data in Journal(path).items("tickets")}
