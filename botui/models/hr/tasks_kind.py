"""HR tasks, their steps and checklists, bound together for the screens, the command line and the import."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from botui.models.base import Between, Kind, View
from botui.models.hr.task import PENDING, PRIVATE, Checklist, State, Step, StepState, Task, TaskKind, Who
from botui.models.office import Context, Role

_PENDING: Final = frozenset(one.value for one in PENDING)
_PRIVATE: Final = frozenset(one.value for one in PRIVATE)
_ROLES: Final[Mapping[str, str]] = {
    Who.CLERK.value: Role.CLERK.value,
    Who.FINANCE.value: Role.FINANCE.value,
    Who.ADMIN.value: Role.ADMIN.value,
}
"""As what somebody works for whom a step is that is nobody's by name; all others are HR's then."""
_DAY: Final = timedelta(days=1)


# --- tasks ------------------------------------------------------------------------------------------------------------


def pending(doc: Mapping[str, Any]) -> bool:
    """Return whether somebody still has to do something."""
    return doc.get("state", State.OPEN.value) in _PENDING


def until(doc: Mapping[str, Any]) -> str | None:
    """Return the day by which something is to be done next in a task, or all of it; None = no day, or it is over."""
    days = [doc[name] for name in ("next_due", "due") if doc.get(name)]
    return min(days) if days and pending(doc) else None


def sees_to(doc: Mapping[str, Any]) -> int | str:
    """Return who sees to a task: somebody, or HR."""
    return doc.get("owner") or Role.HR.value


def whose_task(doc: Mapping[str, Any]) -> list[int]:
    """Return whose a task is: of who sees to it or has a step in it; of whom it is about, where they may know."""
    about = None if doc.get("kind", TaskKind.OTHER.value) in _PRIVATE else doc.get("person")
    return [one for one in (doc.get("owner"), about, *doc.get("helpers", ())) if one]


def roles_in(doc: Mapping[str, Any]) -> list[str]:
    """Return the roles for which there is a step in a task."""
    return [_ROLES[one] for one in doc.get("roles", ()) if one in _ROLES]


def task_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for what was due before today, ``soon`` for what is due today, ``done`` for what is over."""
    if not pending(doc):
        return "done"
    due = until(doc) or "9999"
    return "late" if due < now[:10] else "soon" if due == now[:10] else ""


def _theirs(ctx: Context) -> tuple[int | str, ...]:
    """Return how lists name whoever looks: themselves, and as what they work."""
    return (ctx.by or 0, *sorted(ctx.roles))


def _late(ctx: Context) -> Mapping[str, Any]:
    return {"until": Between(high=ctx.today.isoformat())}


def _today(ctx: Context) -> Mapping[str, Any]:
    return {"until": Between(low=ctx.today.isoformat(), high=(ctx.today + _DAY).isoformat())}


def _to_see_to(ctx: Context) -> Mapping[str, Any]:
    """Return the tasks of which it is told that they are late or due: HR all, others those that they see to."""
    return {} if ctx.roles & {Role.HR, "system"} else {"sees_to": _theirs(ctx)}


TASKS: Final = Kind(
    model=Task,
    one="HR task",
    many="HR tasks",
    title=lambda one: f"{one.title}:" if one.person else one.title,
    about="person",
    rules="botui.models.hr.tasks_rules:TASKS",
    views=(
        View(
            name="open",
            label="Tasks to do",
            where=lambda _: {"pending": (True,)},
            sort="until",
            empty="Nothing is to be done: n files a task, b on a checklist runs it.",
        ),
        View(
            name="mine",
            label="My tasks",
            where=lambda ctx: {"pending": (True,), "sees_to": _theirs(ctx)},
            sort="until",
            empty="You see to no task.",
        ),
        View(
            name="due",
            label="Tasks due today",
            where=lambda ctx: {**_today(ctx), **_to_see_to(ctx)},
            sort="until",
            timed=True,
            empty="Nothing is due today.",
        ),
        View(
            name="late",
            label="Tasks late",
            where=lambda ctx: {**_late(ctx), **_to_see_to(ctx)},
            sort="until",
            timed=True,
            empty="Nothing is late.",
        ),
        View(
            name="about",
            label="Tasks about me",
            where=lambda ctx: {"pending": (True,), "person": (ctx.by or 0,)},
            sort="until",
            empty="No task is about you.",
            menu=False,
        ),
        View(name="all", label="Tasks, closed ones too", where=lambda _: {}, down=True, menu=False),
    ),
    columns=("title", "kind", "person", "due", "state"),
    index=("title", "kind", "person", "owner", "state", "due", "next_due", "checklist", "about", "day"),
    derived={
        "pending": pending,
        "until": until,
        "sees_to": sees_to,
        "whose": whose_task,
        "roles_in": roles_in,
    },
    several=("whose", "roles_in"),
    whose="whose",
    public="roles_in",
    text=("title", "note", "reason"),
    states={state.value: state.label for state in State},
    row_style=task_style,
)


# --- steps ------------------------------------------------------------------------------------------------------------


def alive(doc: Mapping[str, Any]) -> bool:
    """Return whether a step waits for somebody."""
    return doc.get("state", StepState.OPEN.value) == StepState.OPEN.value and not doc.get("over", False)


def step_until(doc: Mapping[str, Any]) -> str | None:
    """Return the day by which a step is to be done; None = no day, or it waits for nobody."""
    return doc.get("due") if alive(doc) else None


def waits_for(doc: Mapping[str, Any]) -> int | str:
    """Return for whom a step is: somebody, or all who work as that."""
    return doc.get("owner") or _ROLES.get(doc.get("who", ""), Role.HR.value)


def whose_step(doc: Mapping[str, Any]) -> list[int]:
    """Return whose a step is: of who does it, of who did it, and of who sees to its task."""
    return [one for one in (doc.get("owner"), doc.get("lead"), doc.get("done_by")) if one]


def open_to(doc: Mapping[str, Any]) -> str:
    """Return the role for whom a step is that is nobody's by name; nothing for one that is somebody's."""
    return "" if doc.get("owner") else _ROLES.get(doc.get("who", ""), Role.HR.value)


def step_style(doc: Mapping[str, Any], now: str) -> str:
    """Return ``late`` for what was due before today, ``soon`` for what is due today, ``done`` for what is over."""
    if not alive(doc):
        return "done"
    due = doc.get("due") or "9999"
    return "late" if due < now[:10] else "soon" if due == now[:10] else ""


STEPS: Final = Kind(
    model=Step,
    one="step",
    many="Steps",
    title=lambda one: f"{one.text}:" if one.person else one.text,
    about="person",
    rules="botui.models.hr.tasks_rules:STEPS",
    views=(
        View(
            name="mine",
            label="Steps that wait for me",
            where=lambda ctx: {"alive": (True,), "waits_for": _theirs(ctx)},
            sort="until",
            empty="No step waits for you: n adds one to a task, where you may.",
        ),
        View(
            name="open",
            label="Steps to do",
            where=lambda _: {"alive": (True,)},
            sort="until",
            empty="No step is open.",
            menu=False,
        ),
        View(
            name="late",
            label="Steps late",
            where=_late,
            sort="until",
            timed=True,
            empty="No step is late.",
            menu=False,
        ),
        View(name="all", label="Steps, done ones too", where=lambda _: {}, down=True, menu=False),
    ),
    columns=("text", "person", "who", "due", "state"),
    index=("text", "task", "who", "owner", "lead", "person", "state", "due", "wants", "place"),
    derived={
        "alive": alive,
        "until": step_until,
        "waits_for": waits_for,
        "whose": whose_step,
        "open_to": open_to,
    },
    several=("whose",),
    whose="whose",
    public="open_to",
    text=("text", "note", "reason"),
    states={state.value: state.label for state in StepState},
    row_style=step_style,
)


# --- checklists -------------------------------------------------------------------------------------------------------


def runs_on(doc: Mapping[str, Any]) -> str | None:
    """Return the day on which a checklist runs by itself next; None = never."""
    if not doc.get("next_on") or not doc.get("active", True):
        return None
    return (date.fromisoformat(doc["next_on"]) - timedelta(days=doc.get("ahead", 0))).isoformat()


CHECKLISTS: Final = Kind(
    model=Checklist,
    one="checklist",
    many="Checklists",
    rules="botui.models.hr.tasks_rules:CHECKLISTS",
    views=(
        View(
            name="active",
            label="Checklists",
            where=lambda _: {"active": (True,)},
            sort="name",
            empty="No checklists yet: n makes one.",
        ),
        View(name="all", label="Checklists, those out of use too", where=lambda _: {}, sort="name", menu=False),
    ),
    columns=("name", "kind", "every", "next_on"),
    index=("name", "kind", "owner", "active", "next_on"),
    derived={"runs_on": runs_on},
    text=("name", "steps"),
    row_style=lambda doc, _: "" if doc.get("active", True) else "done",
)
