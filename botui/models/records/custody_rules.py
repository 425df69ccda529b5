"""What may be done with paper that is handed out."""

from __future__ import annotations

from typing import Final

from botui.models.base import Change, Refused, Rules, Transition
from botui.models.office import REMIND, Context
from botui.models.records import lending
from botui.models.records.custody import Custody


def _no_custody(ctx: Context, custody: Custody) -> Change:
    raise Refused("Hand it out at the document: T there.")


CUSTODY: Final = Rules(
    transitions=(
        Transition(
            name="give_back",
            label="Take back",
            rule=lending.give_back_custody,
            needs=lending.TakeBack,
            ask=False,
            guard=lending.is_back,
        ),
        Transition(
            name="extend", label="Another day", rule=lending.extend, needs=lending.Extend, guard=lending.is_back
        ),
        Transition(
            name="recall",
            label="Ask back",
            rule=lending.recall_custody,
            needs=lending.Recall,
            guard=lending.not_to_ask,
        ),
        REMIND,
    ),
    create=_no_custody,
)
