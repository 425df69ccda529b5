"""Tickets and what goes with them, bound together for the screens, the command line and the import.

``TRANSITIONS`` is the life of a ticket as one table. What is not in it does not happen, but for two moves that time
makes alone: ``waiting -> open`` when the time set has come, and ``resolved -> closed`` some working days later.
"""

from __future__ import annotations

from typing import Final

from botui.models.base import Kind, Transition, View
from botui.models.office import REMIND
from botui.models.tickets import approval, calls, deadlines, family, filing, lifecycle, recurring, talk
from botui.models.tickets.calls import Call
from botui.models.tickets.comments import desk_only
from botui.models.tickets.recurring import Recurring
from botui.models.tickets.shape import ACTIVE, Comment, CommentKind, State, Ticket
from botui.models.tickets.views import VIEWS

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

TICKETS: Final = Kind(
    model=Ticket,
    one="ticket",
    many="Tickets",
    title=lambda ticket: ticket.subject,
    transitions=TRANSITIONS,
    views=VIEWS,
    columns=("priority", "subject", "owner", "state"),
    index=(
        "subject",
        "state",
        "owner",
        "requester",
        "on_behalf_of",
        "party",
        "for_person",
        "kind",
        "topic",
        "department",
        "place",
        "fault",
        "priority",
        "channel",
        "parent",
        "merged_into",
        "waiting_for",
        "waiting_until",
        "acknowledged_at",
        "approval",
        "approver",
        "created_at",
        "resolved_at",
        "closed_at",
    ),
    derived={"next_due": deadlines.next_due},
    aliases=("codes",),
    text=("subject", "body", "tags", "codes", "resolution", "caller", "number"),
    create=filing.create,
    revise=filing.revise,
    fixed=approval.refuse_fixed,
    states={state.value: state.label for state in State},
    row_style=deadlines.row_style,
)
COMMENTS: Final = Kind(
    model=Comment,
    one="comment",
    many="Comments",
    title=lambda comment: comment.body.partition("\n")[0][:80],
    views=(
        View(
            name="all",
            label="Comments",
            where=lambda _: {},
            sort="at",
            down=True,
            empty="Nothing was said yet: r on a ticket replies.",
        ),
    ),
    index=("ticket", "kind", "author", "at"),
    text=("body",),
    create=talk.create_comment,
    revise=talk.revise_comment,
    parent="ticket",
    shared={"kind": (CommentKind.PUBLIC.value,)},
)
CALLS: Final = Kind(
    model=Call,
    one="call",
    many="Calls",
    title=lambda call: call.caller or call.number or call.ref,
    transitions=(REMIND,),
    views=(
        View(name="all", label="Calls", where=lambda _: {}, sort="at", down=True, empty="No calls yet: n takes one."),
        View(name="mine", label="Calls for me", where=lambda ctx: {"for_person": (ctx.by or 0,)}, sort="at", down=True),
    ),
    columns=("at", "caller", "number", "for_person", "became"),
    index=("at", "caller", "number", "person", "party", "for_person", "taken_by", "becomes", "became"),
    text=("caller", "number", "subject", "text"),
    create=calls.take_call,
)
RECURRING: Final = Kind(
    model=Recurring,
    one="recurring ticket",
    many="Recurring tickets",
    title=lambda recurring: recurring.subject,
    transitions=(
        Transition(name="run", label="Make one now", rule=recurring.run),
        Transition(name="pause", label="Stop / go on", rule=recurring.pause),
        REMIND,
    ),
    views=(
        View(
            name="active",
            label="Recurring",
            where=lambda _: {"active": (True,)},
            sort="next_on",
            empty="Nothing comes back: n files what does, ] shows what was stopped.",
        ),
        View(name="all", label="Recurring, stopped ones too", menu=False, where=lambda _: {}, sort="subject"),
    ),
    index=("subject", "active", "next_on", "owner", "topic", "department"),
    text=("subject", "body", "rule"),
    create=recurring.create_recurring,
    revise=recurring.revise_recurring,
)
