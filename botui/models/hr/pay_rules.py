"""What may be done with pay."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.hr import pay_filing
from botui.models.office import REMIND

PAY: Final = Rules(
    transitions=(
        Transition(name="cancel", label="Cancel", rule=pay_filing.cancel, guard=pay_filing.not_to_cancel, many=False),
        REMIND,
    ),
    create=pay_filing.create,
    revise=pay_filing.revise,
)
