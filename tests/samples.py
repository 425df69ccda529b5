"""Sample offices for tests, on a Friday at noon unless a test says otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from botui import areas
from botui.actions.sample import USUAL, FillReport, fill
from botui.data import Desk

FRIDAY = datetime(2026, 11, 20, 13, 7, tzinfo=UTC)
Docs = dict[str, dict[int, dict[str, Any]]]


def make(folder: Path, records: int = USUAL, seed: int = 1, now: datetime = FRIDAY) -> FillReport:
    return fill(folder, records=records, seed=seed, now=now, terminal="test")


def desk_of(folder: Path, person: int | None = None, now: datetime = FRIDAY) -> Desk:
    return Desk.open(folder, person, "test", lambda: now)


def docs_of(desk: Desk) -> Docs:
    journal = desk.store.journal
    return {
        one.name: {number: orjson.loads(raw) for number, raw in journal.items(one.name)} for one in areas.COLLECTIONS
    }
