"""What may be done with the accident book."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.hr import incident_book
from botui.models.hr.incident import State
from botui.models.office import REMIND

_OPEN: Final = frozenset({State.NEW, State.OPEN})

INCIDENTS: Final = Rules(
    transitions=(
        Transition(
            name="assign",
            label="Who looks into it",
            rule=incident_book.assign,
            sources=_OPEN,
            target=State.OPEN,
            needs=incident_book.Assign,
        ),
        Transition(
            name="note",
            label="Note",
            rule=incident_book.note,
            needs=incident_book.Note,
            who="own",
            guard=incident_book.not_theirs,
            many=False,
        ),
        Transition(
            name="resolve",
            label="Close",
            rule=incident_book.close,
            sources=_OPEN,
            target=State.CLOSED,
            needs=incident_book.Close,
            who="own",
            guard=incident_book.not_theirs,
            many=False,
        ),
        Transition(
            name="report",
            label="Authority told",
            rule=incident_book.told,
            needs=incident_book.Told,
            guard=incident_book.no_accident,
            many=False,
        ),
        Transition(
            name="reopen",
            label="Open again",
            rule=incident_book.reopen,
            sources=frozenset({State.CLOSED}),
        ),
        REMIND,
    ),
    create=incident_book.create,
    revise=incident_book.revise,
)
