"""What may be done with day-to-day transactions."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.office import REMIND
from botui.models.records import entering

ENTRIES: Final = Rules(
    transitions=(
        Transition(
            name="reverse",
            label="Take back",
            rule=entering.reverse,
            guard=entering.cannot_reverse,
            many=False,
            final="book it once more instead.",
        ),
        REMIND,
    ),
    create=entering.create,
    counter=entering.take_back,
)
