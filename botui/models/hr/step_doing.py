"""What is done with a step: ticked, left out, done again, given to somebody, noted on."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from botui.models.base import PROSE_MAX, Arguments, Change, Line, Refused, Ui
from botui.models.hr.stepping import done, left, refuse_gone, reopened, resolved
from botui.models.hr.task import PENDING, Step, StepState, Task
from botui.models.office import Context, Person

_HR: Final = frozenset({"hr", "system"})
"""As what somebody works who may do anything with any step."""


class Skip(Arguments):
    """Why it is not needed."""

    reason: Annotated[Line, Field(min_length=1), Ui(label="Why", help="Who sees the step reads it.")]


class AssignStep(Arguments):
    """Who does it from now on."""

    owner: Annotated[int, Ui(label="Who does it", ref="people")]
    due: Annotated[date | None, Ui(label="Due", help="Empty = as it is.")] = None


class NoteStep(Arguments):
    """What is to be kept with it."""

    text: Annotated[Line, Field(min_length=1), Ui(label="Note", help="Who sees the step reads it.")]


def leads(ctx: Context, step: Step) -> bool:
    """Return whether whoever acts may leave a step out, or turn it back: HR, or who sees to the task."""
    return bool(ctx.roles & _HR) or (ctx.by is not None and step.lead == ctx.by)


def not_open(ctx: Context, step: Step) -> str | None:
    """Guard of all that is done with a step: its task is over."""
    task = ctx.data.get(Task, step.task)
    if task is not None and task.state not in PENDING:
        return f"{task.ref} is {task.state.label}."
    return None


def tick(ctx: Context, step: Step, _: object) -> Change:
    """Say that a step is done."""
    change = Change("steps.tick")
    done(ctx, change, step)
    change.said = f"{step.ref} is done; {left(ctx, change, step.task)}."
    return change


def not_to_skip(ctx: Context, step: Step) -> str | None:
    """Guard of skip: what is required is left out by HR, or by who sees to the task."""
    if reason := not_open(ctx, step):
        return reason
    return None if not step.required or leads(ctx, step) else "This step is required: only HR leaves it out."


def skip(ctx: Context, step: Step, args: Skip) -> Change:
    """Leave a step out, with the reason."""
    change = Change("steps.skip")
    change.set(step, state=StepState.SKIPPED, reason=args.reason, done_at=ctx.now, done_by=ctx.by)
    change.said = f"{step.ref} is left out; {left(ctx, change, step.task)}."
    return change


def not_to_reopen(ctx: Context, step: Step) -> str | None:
    """Guard of reopen: it is of who did it, of HR and of who sees to the task, while that is open."""
    if reason := not_open(ctx, step):
        return reason
    return None if step.done_by == ctx.by or leads(ctx, step) else "Only who did it and HR turn this back."


def reopen(ctx: Context, step: Step, _: object) -> Change:
    """Let a step be still to do."""
    change = Change("steps.reopen")
    reopened(change, step)
    change.said = f"{step.ref} is to be done again; {left(ctx, change, step.task)}."
    return change


def assign(ctx: Context, step: Step, args: AssignStep) -> Change:
    """Give a step to somebody, with another day if one is named.

    Raises:
        Refused: they do not work here any more.
    """
    refuse_gone(ctx, args.owner, "owner")
    change = Change("steps.assign", f"{step.ref} is {_possessive(ctx, args.owner)} now.")
    return change.set(step, owner=args.owner, due=args.due or step.due)


def _possessive(ctx: Context, number: int) -> str:
    return "yours" if number == ctx.by else f"{ctx.person(number)}'s"


def note(ctx: Context, step: Step, args: NoteStep) -> Change:
    """Keep a line with a step."""
    return Change("steps.note", f"Noted on {step.ref}.").set(step, note=noted(ctx, step.note, args.text))


def noted(ctx: Context, before: str, text: str) -> str:
    """Return a note with one more line, which says who wrote it and on which day.

    Raises:
        Refused: there is no room for it.
    """
    person = ctx.data.get(Person, ctx.by) if ctx.by else None
    found = f"{before}\n{ctx.today} {person.initials if person else ''}: {text}".strip()
    if len(found) > PROSE_MAX:
        raise Refused("The note is full: shorten it first (e).", {"text": "No room for this."})
    return found


# --- filing and editing -----------------------------------------------------------------------------------------------


def create(ctx: Context, new: Step) -> Change:
    """Add a step to a task, after those it has.

    Raises:
        Refused: the task is over, or who does it does not work here any more.
    """
    task = _task(ctx, new)
    refuse_gone(ctx, new.owner, "owner")
    last = max((one.place for one in ctx.data.find(Step, task=task.id)), default=0)
    step = Step(
        id=new.id,
        task=task.id,
        text=new.text,
        who=new.who,
        owner=new.owner or resolved(ctx, new.who, task.person),
        due=new.due or task.due,
        required=new.required,
        place=last + 1,
        person=task.person,
        lead=task.owner,
    )
    return Change("steps.add", f"{step.ref} is added to {task.ref}.").add(step)


def revise(ctx: Context, before: Step, after: Step) -> Change:
    """Change what a step says; whose it is now does it, where nobody is named.

    Raises:
        Refused: the task is over, the step would go to another task, or who does it does not work here any more.
    """
    task = _task(ctx, before)
    if after.task != before.task:
        raise Refused(f"A step stays in its task, {task.ref}.", {"task": "It stays in its task."})
    owner = after.owner
    if owner != before.owner:
        refuse_gone(ctx, owner, "owner")
    elif after.who is not before.who:
        owner = resolved(ctx, after.who, task.person)
    values = {name: getattr(after, name) for name in ("text", "who", "due", "required")}
    return Change("steps.edit", f"{before.ref} is changed.").set(before, **values, owner=owner)


def _task(ctx: Context, step: Step) -> Task:
    task = ctx.data.get(Task, step.task)
    if task is None:
        raise Refused("There is no such task.", {"task": "There is none of this number."})
    if task.state not in PENDING:
        raise Refused(f"{task.ref} is {task.state.label}.", {"task": f"It is {task.state.label}."})
    return task
