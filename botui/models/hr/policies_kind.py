"""Policies and their acknowledgements bound together for the screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botui.models.base import Kind, View
from botui.models.hr.policy import Acknowledgement, Policy, State

_IN_FORCE: Final = (State.IN_FORCE.value,)


def whose(doc: Mapping[str, Any]) -> list[int]:
    """Return who acknowledged."""
    return [doc["person"]] if "person" in doc else []


POLICIES: Final = Kind(
    model=Policy,
    one="policy",
    many="Policies",
    rules="botui.models.hr.policies_rules:POLICIES",
    views=(
        View(
            name="in_force",
            label="Policies",
            where=lambda _: {"state": _IN_FORCE},
            sort="name",
            empty="No policy is in force: n writes one, b puts it in force.",
        ),
        View(
            name="drafts",
            label="Policies being written",
            where=lambda _: {"state": (State.DRAFT.value,)},
            sort="name",
            empty="No policy is being written.",
            menu=False,
        ),
        View(name="all", label="Policies, withdrawn ones too", where=lambda _: {}, sort="name", menu=False),
    ),
    columns=("name", "department", "version", "starts", "state"),
    index=("name", "department", "version", "starts", "state"),
    text=("name", "text", "news"),
    states={state.value: state.label for state in State},
    row_style=lambda doc, _: "done" if doc.get("state") == State.WITHDRAWN.value else "",
)
"""Rules of the house."""

ACKNOWLEDGEMENTS: Final = Kind(
    model=Acknowledgement,
    one="acknowledgement",
    many="Acknowledgements",
    title=lambda one: f"Version {one.version} of",
    about="policy",
    views=(
        View(
            name="all",
            label="Acknowledgements",
            where=lambda _: {},
            sort="at",
            down=True,
            empty="Nobody has acknowledged a policy yet: g at a policy does.",
            menu=False,
        ),
        View(
            name="mine",
            label="What I have acknowledged",
            where=lambda ctx: {"person": (ctx.by or 0,)},
            sort="at",
            down=True,
            empty="You have acknowledged no policy yet.",
            menu=False,
        ),
    ),
    columns=("policy", "version", "person", "at", "note"),
    index=("policy", "version", "person", "at"),
    derived={"whose": whose},
    several=("whose",),
    text=("note",),
    whose="whose",
)
"""Who has read what."""
