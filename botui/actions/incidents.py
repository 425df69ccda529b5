"""What everybody may do in an emergency: report an accident, and see who gives first aid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.data import Desk, Done
from botui.models.base import Change, Refused
from botui.models.hr import incident_book
from botui.models.hr.first_aid import at_hand
from botui.models.hr.incident import Incident
from botui.models.office import Context
from botui.models.shape import build
from botui.models.tickets.guests import ACTION as TICKET_ACTION
from botui.models.tickets.guests import TOO_MANY, UNSEEN_MAX, UNSEEN_WITHIN
from botui.storage.format import stamp as journal_time

_FILED: Final = frozenset({incident_book.ACTION, TICKET_ACTION})
"""What guests write: so many of these come from one terminal within a time, and no more."""


def report(desk: Desk, values: Mapping[str, Any]) -> Done:
    """Write down an accident or a near miss that somebody reports who has not said who they are.

    Raises:
        Refused: the values are none of a ``Report``, or too many were reported here just now.
        NotAllowed: this desk may not.
    """
    said = build(incident_book.Report, values)
    desk.require(Incident.COLLECTION, "report")

    def decide(ctx: Context) -> Change:
        since = journal_time(ctx.now - UNSEEN_WITHIN)
        lines = (entry.header for entry in desk.store.journal.recent(since))
        mine = [line for line in lines if line.get("on") == desk.terminal and line.get("do") in _FILED]
        if len(mine) >= UNSEEN_MAX:
            raise Refused(TOO_MANY)
        return incident_book.report(ctx, said)

    done = desk.apply(decide)
    assert done is not None
    return done


def first_aid(desk: Desk) -> str:
    """Return whom to call for first aid, in a line: for everybody, whoever is at the desk."""
    # whose certificates these are is nobody's business, who helps is everybody's
    return at_hand(desk.as_system().context())
