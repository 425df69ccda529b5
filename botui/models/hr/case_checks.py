"""What must hold among cases and their steps, whoever wrote them."""

from __future__ import annotations

from collections.abc import Iterator

from botui.models.hr.case import NOTES, PENDING, Case, Proceeding, Sort
from botui.models.soundness import Records


def check_cases(records: Records) -> Iterator[str]:
    """Say what does not hold: what is decided says how and when, a measure is against somebody and ends after it began.

    Nothing is said of what a case is about: whoever checks a store need not be HR.
    """
    for case in records.all(Case):
        if (case.state in PENDING) is not (case.closed_on is None):
            yield f"{case.ref}: Ended on: it is {case.state.label}."
        if case.person is None and case.sort is Sort.DISCIPLINE:
            yield f"{case.ref}: Whose: nobody is named."
    for step in records.all(Proceeding):
        if step.what not in NOTES and step.person is None:
            yield f"{step.ref}: Whom it concerns: nobody is named."
        if step.until is not None and step.on is not None and step.until < step.on:
            yield f"{step.ref}: Counts until: this is before it began."
