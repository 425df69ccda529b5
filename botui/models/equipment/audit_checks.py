"""What must hold among audits and what they found, whoever wrote them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from botui import areas
from botui.models.equipment.audit import Audit, Finding, Result, State
from botui.models.soundness import Records


def check_audits(records: Records) -> Iterator[str]:
    """Say what does not hold: an asset is told of once, and the figures are what was found."""
    results: defaultdict[int, Counter[Result]] = defaultdict(Counter)
    met: set[tuple[int, int]] = set()
    for one in records.all(Finding):
        results[one.audit][one.result] += 1
        if (one.audit, one.asset) in met:
            yield f"{one.ref}: {areas.ref('audits', one.audit)} tells of this asset twice."
        met.add((one.audit, one.asset))
        if one.result in (Result.MOVED, Result.UNEXPECTED) and one.seen_in is None:
            yield f"{one.ref}: Seen in: it is {one.result.label}, and was seen nowhere."
    for audit in records.all(Audit):
        found = results[audit.id]
        expected = found.total() - found[Result.UNEXPECTED]
        if audit.expected != expected:
            yield f"{audit.ref}: Looked for: {audit.expected:,}, but there are findings of {expected:,}."
        if audit.state is not State.FINISHED:
            continue
        told = (audit.found, audit.missing, audit.moved, audit.unexpected, audit.unseen)
        are = tuple(
            found[one] for one in (Result.FOUND, Result.MISSING, Result.MOVED, Result.UNEXPECTED, Result.PENDING)
        )
        if told != are:
            yield f"{audit.ref}: its figures are {told}, but its findings come to {are}."
