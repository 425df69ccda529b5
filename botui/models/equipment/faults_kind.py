"""Faults, the log of work and first-line guides, bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from botui.models.base import Kind, Transition, View, stamp
from botui.models.equipment import fault_forms, filing_faults, guiding, joining, parts, repairing, reporting, undoing
from botui.models.equipment.fault import OPEN, Fault, Guide, State, WaitFor, Work
from botui.models.equipment.in_step import REOPENED
from botui.models.equipment.repair import desk_only
from botui.models.office import REMIND

SOON: Final = timedelta(hours=1)
"""What is due within this time shows as running late, as tickets do."""


def fault_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late``, ``soon``, ``done`` or nothing for a stored fault."""
    if doc.get("state", State.REPORTED.value) not in OPEN:
        return "done"
    due = doc.get("due")
    if not due:
        return ""
    return "late" if due < now else "soon" if due < stamp(datetime.fromisoformat(now) + SOON) else ""


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
        many=False,
    ),
    REMIND,
)
"""The likeliest first: the line of keys shows as many as there is room for."""

_OPEN: Final = tuple(sorted(one.value for one in OPEN))

FAULTS: Final = Kind(
    model=Fault,
    one="fault",
    many="Faults",
    title=lambda fault: fault.what,
    transitions=FAULT_VERBS,
    views=(
        View(
            name="open",
            label="Broken now",
            where=lambda _: {"state": _OPEN},
            sort="due",
            empty="Nothing is broken: n reports a fault.",
        ),
        View(
            name="mine",
            label="My faults",
            where=lambda ctx: {"state": _OPEN, "owner": (ctx.by or 0,)},
            sort="due",
            empty="You have no faults: t takes one from Broken now.",
        ),
        View(
            name="unassigned",
            label="Faults nobody has",
            where=lambda _: {"state": _OPEN, "owner": (None,)},
            sort="due",
            empty="Every fault has somebody who sees to it.",
        ),
        View(
            name="vendor",
            label="At the vendor",
            where=lambda _: {
                "state": (State.WAITING.value,),
                "waiting_for": (WaitFor.VENDOR.value, WaitFor.QUOTE.value),
            },
            sort="due",
            empty="Nothing is with a vendor.",
        ),
        View(
            name="part",
            label="Waiting for a part",
            where=lambda _: {"state": (State.WAITING.value,), "waiting_for": (WaitFor.PART.value,)},
            sort="due",
            empty="Nothing waits for a part.",
        ),
        View(name="all", label="Faults, fixed ones too", where=lambda _: {}, sort="created_at", down=True, menu=False),
    ),
    columns=("what", "asset", "state", "owner"),
    index=(
        *("state", "owner", "asset", "place", "severity", "waiting_for", "waiting_until", "due", "requester"),
        *("created_at", "closed_at", "vendor", "joined_into"),
    ),
    text=("what", "body", "outcome"),
    create=reporting.create,
    revise=filing_faults.revise,
    fixed=filing_faults.fixed,
    states={state.value: state.label for state in State},
    row_style=fault_style,
)
WORKLOG: Final = Kind(
    model=Work,
    one="entry of work",
    many="Log of work",
    title=lambda work: work.text or work.kind.label,
    transitions=(REMIND,),
    views=(View(name="all", label="Log of work", where=lambda _: {}, sort="at", down=True, menu=False),),
    columns=("at", "kind", "text", "amount"),
    index=("fault", "plan", "asset", "kind", "at", "by", "party", "movement", "takes_back"),
    text=("text",),
    parent="fault",
    counter=undoing.take_back,
)
GUIDES: Final = Kind(
    model=Guide,
    one="guide",
    many="Guides",
    transitions=(REMIND,),
    views=(
        View(
            name="active",
            label="First-line guides",
            where=lambda _: {"active": (True,)},
            sort="name",
            empty="No guides yet: n writes one.",
        ),
        View(name="all", label="Guides, old ones too", where=lambda _: {}, sort="name", menu=False),
    ),
    columns=("name", "category", "words"),
    index=("name", "category", "active"),
    text=("name", "steps"),
    create=filing_faults.create_guide,
    revise=filing_faults.revise_guide,
)
