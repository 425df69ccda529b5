"""What may be done with tickets, comments, calls and recurring tickets.

``TRANSITIONS`` is the life of a ticket as one table. What is not in it does not happen, but for two moves that time
makes alone: ``waiting -> open`` when the time set has come, and ``resolved -> closed`` some working days later.
"""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.office import REMIND
from botui.models.tickets import approval, calls, family, filing, lifecycle, recurring, talk
from botui.models.tickets.comments import desk_only
from botui.models.tickets.shape import ACTIVE, State

_DONE: Final = frozenset({State.RESOLVED, State.CLOSED})
_ALIVE: Final = ACTIVE | {State.RESOLVED}
_NOT_MERGED: Final = frozenset(State) - {State.MERGED}

TRANSITIONS: Final = (
    Transition(
        name="acknowledge",
        label="Seen",
        rule=lifecycle.acknowledge,
        sources=ACTIVE,
        who="own",
        guard=lifecycle.no_message,
    ),
    Transition(
        name="take",
        label="Take",
        rule=lifecycle.take,
        sources=ACTIVE,
        target=State.OPEN,
        guard=lifecycle.has_already,
    ),
    Transition(
        name="reply",
        label="Reply",
        rule=talk.reply,
        sources=_NOT_MERGED,
        needs=talk.Answer,
        who="own",
        final="it may have been read; correct its words instead.",
    ),
    Transition(
        name="resolve",
        label="Resolve",
        rule=lifecycle.resolve,
        sources=ACTIVE,
        target=State.RESOLVED,
        needs=lifecycle.Resolve,
        ask=False,
        who="own",
        guard=lifecycle.unfinished,
    ),
    Transition(
        name="wait",
        label="Wait",
        rule=lifecycle.wait,
        sources=ACTIVE,
        target=State.WAITING,
        needs=lifecycle.Wait,
        who="own",
        guard=desk_only,
    ),
    Transition(
        name="note",
        label="Note",
        rule=talk.note,
        sources=_NOT_MERGED,
        needs=talk.Note,
        who="own",
        guard=desk_only,
    ),
    Transition(
        name="approve",
        label="Approve",
        rule=approval.approve,
        sources=ACTIVE,
        needs=approval.Approve,
        ask=False,
        who="approve",
        guard=approval.nothing_asked,
        final="others may have begun already; whoever has it can ask anew.",
        pin=True,
    ),
    Transition(
        name="refuse",
        label="Refuse",
        rule=approval.refuse,
        sources=ACTIVE,
        needs=approval.Refuse,
        who="approve",
        guard=approval.nothing_asked,
        final="it may have been read; whoever has it can ask anew.",
        pin=True,
    ),
    Transition(name="assign", label="Assign", rule=lifecycle.assign, sources=ACTIVE, needs=lifecycle.Assign),
    Transition(name="handover", label="Hand over", rule=lifecycle.handover, sources=ACTIVE, needs=lifecycle.Handover),
    Transition(
        name="tick",
        label="Tick off",
        rule=lifecycle.tick,
        sources=ACTIVE,
        needs=lifecycle.Tick,
        ask=False,
        who="own",
        guard=desk_only,
        many=False,
    ),
    Transition(
        name="close",
        label="Close",
        rule=lifecycle.close,
        sources=frozenset({State.RESOLVED}),
        target=State.CLOSED,
        who="own",
    ),
    Transition(
        name="reopen",
        label="Open again",
        rule=lifecycle.reopen,
        sources=_DONE,
        target=State.OPEN,
        needs=lifecycle.Reopen,
        who="own",
        guard=lifecycle.too_late,
    ),
    Transition(
        name="rate",
        label="Rate",
        rule=lifecycle.rate,
        sources=_DONE,
        needs=lifecycle.Rate,
        who="own",
        many=False,
    ),
    Transition(
        name="ask_approval",
        label="Ask approval",
        rule=approval.ask_approval,
        sources=ACTIVE,
        needs=approval.AskApproval,
        who="own",
        many=False,
    ),
    Transition(
        name="reject",
        label="Reject",
        rule=lifecycle.reject,
        sources=ACTIVE,
        target=State.REJECTED,
        needs=lifecycle.Reject,
    ),
    Transition(name="merge", label="Merge", rule=family.merge, sources=_ALIVE, target=State.MERGED, needs=family.Merge),
    Transition(name="split", label="Split", rule=family.split, sources=_NOT_MERGED, needs=family.Split, many=False),
    Transition(name="link", label="Link", rule=family.link, needs=family.Link),
    REMIND,
)
"""The likeliest first: the line of keys shows as many as there is room for."""


TICKETS: Final = Rules(transitions=TRANSITIONS, create=filing.create, revise=filing.revise, fixed=approval.refuse_fixed)
COMMENTS: Final = Rules(create=talk.create_comment, revise=talk.revise_comment)
CALLS: Final = Rules(transitions=(REMIND,), create=calls.take_call)
RECURRING: Final = Rules(
    transitions=(
        Transition(name="run", label="Make one now", rule=recurring.run),
        Transition(name="pause", label="Stop / go on", rule=recurring.pause),
        REMIND,
    ),
    create=recurring.create_recurring,
    revise=recurring.revise_recurring,
)
