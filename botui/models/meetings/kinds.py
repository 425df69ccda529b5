"""Meetings and event templates bound together for the screens, the command line and the import."""

from __future__ import annotations

from typing import Final

from botui.models.base import Kind, View
from botui.models.meetings import views
from botui.models.meetings.shape import EventTemplate, Meeting, State

MEETINGS: Final = Kind(
    model=Meeting,
    one="meeting",
    many="Meetings",
    title=lambda meeting: meeting.subject,
    rules="botui.models.meetings.rules:MEETINGS",
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
    states={state.value: state.label for state in State},
    public="open_to",
    row_style=views.row_style,
)
TEMPLATES: Final = Kind(
    model=EventTemplate,
    one="event template",
    many="Event templates",
    rules="botui.models.meetings.rules:TEMPLATES",
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
)
