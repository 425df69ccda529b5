"""What may be done with faults, the log of work and first-line guides."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.equipment import (
    fault_forms,
    filing_faults,
    guiding,
    joining,
    parts,
    repairing,
    reporting,
    undoing,
    worth,
)
from botui.models.equipment.fault import OPEN, State
from botui.models.equipment.in_step import REOPENED
from botui.models.equipment.repair import desk_only
from botui.models.office import REMIND

FAULT_VERBS: Final = (
    Transition(
        name="take",
        label="Take",
        rule=repairing.take,
        sources=OPEN,
        target=State.LOOKING,
        guard=repairing.has_already,
    ),
    Transition(
        name="tick",
        label="Tick off",
        rule=guiding.tick,
        sources=OPEN,
        needs=fault_forms.Tick,
        ask=False,
        who="own",
        guard=guiding.cannot_tick,
        many=False,
    ),
    Transition(
        name="resolve",
        label="Fixed",
        rule=repairing.resolve,
        sources=OPEN,
        target=State.FIXED,
        needs=fault_forms.Resolve,
        who="own",
        guard=desk_only,
    ),
    Transition(
        name="wait",
        label="Wait",
        rule=repairing.wait,
        sources=OPEN,
        target=State.WAITING,
        needs=fault_forms.Wait,
        who="own",
        guard=desk_only,
    ),
    Transition(
        name="part",
        label="Take a part",
        rule=parts.take_part,
        sources=OPEN,
        needs=fault_forms.TakePart,
        who="own",
        guard=desk_only,
        many=False,
        worth=parts.part_worth,
    ),
    Transition(
        name="note",
        label="Note",
        rule=repairing.note,
        needs=fault_forms.Note,
        who="own",
    ),
    Transition(
        name="cost",
        label="Visit or cost",
        rule=parts.cost,
        needs=fault_forms.Cost,
        who="own",
        guard=desk_only,
        many=False,
    ),
    Transition(
        name="quote",
        label="Quote",
        rule=parts.quote,
        sources=OPEN,
        needs=fault_forms.Quote,
        who="own",
        guard=desk_only,
        many=False,
        worth=lambda *_: None,
    ),
    Transition(
        name="test",
        label="Test",
        rule=repairing.test,
        sources=OPEN - {State.TESTING},
        target=State.TESTING,
        who="own",
        guard=desk_only,
    ),
    Transition(name="assign", label="Assign", rule=repairing.assign, sources=OPEN, needs=fault_forms.Assign),
    Transition(
        name="guide",
        label="Guide",
        rule=guiding.go_by,
        sources=OPEN,
        needs=fault_forms.GoBy,
        who="own",
        guard=desk_only,
        many=False,
    ),
    Transition(
        name="reject",
        label="Not reproduced",
        rule=repairing.reject,
        sources=OPEN,
        target=State.NOT_REPRODUCED,
        needs=fault_forms.Reject,
        who="own",
        guard=desk_only,
    ),
    Transition(
        name="reopen",
        label="Open again",
        rule=repairing.reopen,
        sources=REOPENED,
        needs=fault_forms.Reopen,
        who="own",
        guard=repairing.too_late,
    ),
    Transition(
        name="merge",
        label="Join",
        rule=joining.join,
        sources=OPEN,
        target=State.JOINED,
        needs=fault_forms.Join,
        many=False,
    ),
    Transition(
        name="retire",
        label="Write off",
        rule=repairing.write_off,
        sources=OPEN,
        target=State.WRITTEN_OFF,
        needs=fault_forms.WriteOff,
        worth=worth.of_what,
        many=False,
    ),
    REMIND,
)
"""The likeliest first: the line of keys shows as many as there is room for."""


FAULTS: Final = Rules(
    transitions=FAULT_VERBS, create=reporting.create, revise=filing_faults.revise, fixed=filing_faults.fixed
)
WORKLOG: Final = Rules(transitions=(REMIND,), counter=undoing.take_back)
GUIDES: Final = Rules(transitions=(REMIND,), create=filing_faults.create_guide, revise=filing_faults.revise_guide)
