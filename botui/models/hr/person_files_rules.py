"""What may be done with people's files."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.hr import amending, person_filing
from botui.models.office import REMIND

PERSON_FILES: Final = Rules(
    transitions=(
        Transition(
            name="amend",
            label="Change from a day on",
            rule=amending.amend,
            needs=amending.Amend,
            guard=amending.not_to_amend,
            many=False,
        ),
        Transition(name="note", label="Note", rule=person_filing.note, needs=person_filing.Note, many=False),
        REMIND,
    ),
    create=person_filing.create,
    revise=person_filing.revise,
    fixed=person_filing.fixed,
)
