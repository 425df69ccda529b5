"""What must hold of attendance, whoever wrote it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from botui.models.hr.pairing import pairs
from botui.models.hr.punch import Punch
from botui.models.soundness import Records


def check_punches(records: Records) -> Iterator[str]:
    """Say which coming in does not name the going out that ends it."""
    counts: defaultdict[int, list[Punch]] = defaultdict(list)
    for one in records.all(Punch):
        if one.corrected_at is None:
            counts[one.person].append(one)
    for theirs in counts.values():
        found = pairs(theirs)
        for one in theirs:
            if one.pair != found.get(one.id):
                yield f"{one.ref} does not name the other half of it"
