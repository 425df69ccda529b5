"""Meetings and event templates bound together for the screens, the command line and the import."""

from __future__ import annotations

from typing import Final

from botui.models.base import Kind, Transition, View
from botui.models.meetings import answers, filing, steps, views
from botui.models.meetings.shape import EventTemplate, Meeting, State
from botui.models.office import REMIND

_PLANNED: Final = frozenset({State.PLANNED})

MEETINGS: Final = Kind(
    model=Meeting,
    one="meeting",
    many="Meetings",
    title=lambda meeting: meeting.subject,
    transitions=(
        Transition(name="acknowledge", label="Seen", rule=answers.acknowledge, who="own", guard=answers.not_to_see),
        Transition(
            name="decline",
            label="Decline",
            rule=answers.decline,
            sources=_PLANNED,
            needs=answers.Decline,
            who="own",
            guard=answers.cannot_decline,
        ),
        Transition(
            name="accept",
            label="Come after all",
            rule=answers.accept,
            sources=_PLANNED,
            who="own",
            guard=answers.not_declined,
        ),
        Transition(
            name="tick",
            label="Tick off",
            rule=steps.tick,
            sources=_PLANNED,
            needs=steps.Tick,
            ask=False,
            who="own",
            many=False,
        ),
        Transition(name="note", label="Minutes", rule=answers.note, needs=answers.Minutes, who="own", many=False),
        Transition(
            name="cancel",
            label="Cancel",
            rule=answers.cancel,
            sources=_PLANNED,
            target=State.CANCELLED,
            needs=answers.Cancel,
            who="own",
            guard=answers.cannot_cancel,
        ),
        REMIND,
    ),
    views=views.VIEWS,
    columns=("start", "subject", "place"),
    index=("subject", "state", "start", "end", "place", "organiser", "template"),
    derived={
        "coming": views.coming,
        "asked": views.asked,
        "called_off": views.called_off,
        "next_step": views.next_step,
        "doers": views.doers,
        "keeper": views.keeper,
        "open_to": views.open_to,
    },
    aliases=("codes",),
    text=("subject", "note", "guests", "minutes", "codes"),
    create=filing.create,
    revise=filing.revise,
    states={state.value: state.label for state in State},
    public="open_to",
    row_style=views.row_style,
)
TEMPLATES: Final = Kind(
    model=EventTemplate,
    one="event template",
    many="Event templates",
    transitions=(REMIND,),
    views=(
        View(
            name="active",
            label="Event templates",
            where=lambda _: {"active": (True,)},
            sort="name",
            empty="No templates yet: n makes one, with the steps of an event.",
        ),
        View(name="all", label="Event templates, old ones too", where=lambda _: {}, sort="name", menu=False),
    ),
    index=("name", "active", "place"),
    text=("name", "steps"),
    create=filing.create_template,
    revise=filing.revise_template,
)
