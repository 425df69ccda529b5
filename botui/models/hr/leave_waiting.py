"""What of leave waits for a person besides approving it: a paper that is wanted."""

from __future__ import annotations

from collections.abc import Iterator

from botui.models.base import Waiting
from botui.models.hr.leave import Leave, State
from botui.models.office import Context


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield the leave of whoever acts for which a paper is wanted and not there."""
    for state in (State.ASKED, State.APPROVED, State.TAKEN):
        for one in ctx.data.find(Leave, person=ctx.by, proof=True, document=None, state=state.value):
            yield Waiting(
                collection="leave",
                number=one.id,
                what=f"Leave from {one.starts:%d.%m.%Y}",
                why="a paper is wanted: hand it in at HR",
                since=one.created_at,
                verb="attach",
                personal=True,
            )
