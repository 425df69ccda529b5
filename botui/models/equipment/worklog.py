"""The log of work of a fault, with that of the faults that were joined with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from botui.models.equipment.fault import Fault, Work
from botui.models.office import Lookup

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


def log_of(data: Lookup, fault: Fault) -> list[Work]:
    """Return the log of work of a fault and of those joined with it, oldest first."""
    found = [one for number in _joined(data, fault.id, set()) for one in data.find(Work, fault=number)]
    return sorted(found, key=lambda one: (one.at or _LONG_AGO, one.id))


def _joined(data: Lookup, number: int, seen: set[int]) -> Iterator[int]:
    if number in seen:
        return
    seen.add(number)
    yield number
    for other in data.find(Fault, joined_into=number):
        yield from _joined(data, other.id, seen)
