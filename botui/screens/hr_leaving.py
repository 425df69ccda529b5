"""What the page of an offboarding shows besides its steps: all that somebody still holds, each one key away."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from botui.data import Desk
from botui.leaving import doors_of
from botui.models.base import BotuiError
from botui.models.hr.holdings import Held, held_by
from botui.models.hr.reporting_lines import file_of
from botui.models.hr.task import PENDING, Task
from botui.screens.equipment_details import Link
from botui.widgets.columns import Column
from botui.widgets.detail import Grid, Section

_LINES: Final = (
    Column("id", "No.", 8),
    Column("what", "Still open", 22, flex=True),
    Column("how", "What to do", 30),
)
_OWN: Final = frozenset({"person_files", "expenses"})
"""Where a line tells something that is for HR and for whom it is about alone."""


def sections(desk: Desk, task: Task) -> list[Section]:
    """Return what whoever the task is about still holds, as far as it is for whoever looks."""
    if task.person is None or task.state not in PENDING:
        return []
    held = _shown(desk, task)
    keeps = [_line(desk, one) for one in held if not one.with_it]
    ends = [_line(desk, one) for one in held if one.with_it]
    found = [Section(f"Still held ({len(keeps)})", Grid(_LINES, keeps))] if keeps else []
    if not keeps and _is_hr(desk):
        found = [Section("Still held", "Nothing keeps them: c closes this when the last day has come.")]
    if ends:
        found.append(Section(f"Ends with it ({len(ends)})", Grid(_LINES, ends)))
    if words := _doors(desk, task.person):
        found.append(Section("The desk", f"{words}: taken away when the last day is over, or with c."))
    return found


def links(desk: Desk, task: Task) -> Sequence[Link]:
    """Return what is still held, to be opened and settled, as far as whoever looks sees it."""
    if task.state not in PENDING or task.person is None:
        return []
    file = file_of(desk.context(), task.person)
    found: list[Link] = [("Their file: h hands over, S pays out leave", ("person_files", file.id))] if file else []
    found += [(f"{one.ref} {one.what}: {one.how}", (one.collection, one.number)) for one in _shown(desk, task)]
    return [(words, there) for words, there in found if desk.sees(*there)]


def _is_hr(desk: Desk) -> bool:
    return desk.reads_all("person_files")


def _shown(desk: Desk, task: Task) -> list[Held]:
    """Return what is held: all of it to HR and to themselves, to others what they see of it anyway."""
    if task.person is None:
        return []
    held = held_by(desk.context(), task.person)
    if _is_hr(desk) or desk.person == task.person:
        return held
    return [one for one in held if one.collection not in _OWN and desk.sees(one.collection, one.number)]


def _line(desk: Desk, one: Held) -> tuple[str, str, str]:
    unseen = "h on their file gives it away" if one.handed else "whoever works on it settles it"
    how = one.how if desk.sees(one.collection, one.number) else unseen
    return one.ref, one.what, how


def _doors(desk: Desk, person: int) -> str:
    """Return what opens the desk for somebody, for HR; nothing where it cannot be told."""
    with suppress(BotuiError):
        return doors_of(desk.store, person).words if _is_hr(desk) else ""
    return ""
