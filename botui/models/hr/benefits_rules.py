"""What may be done with enrolments in benefits."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.hr import benefit_filing
from botui.models.office import REMIND

BENEFITS: Final = Rules(
    transitions=(
        Transition(
            name="close",
            label="End",
            rule=benefit_filing.close,
            needs=benefit_filing.Close,
            guard=benefit_filing.has_ended,
        ),
        REMIND,
    ),
    create=benefit_filing.create,
    revise=benefit_filing.revise,
)
