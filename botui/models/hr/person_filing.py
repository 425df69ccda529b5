"""People's files: filed, corrected, noted in. What was agreed from a day on is changed by ``amending``."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Annotated, Any, Final

from pydantic import Field

from botui.models.base import PROSE_MAX, Arguments, Change, Line, Refused, Ui
from botui.models.hr.person_file import PersonFile, Status
from botui.models.hr.position import Position
from botui.models.hr.reporting_lines import refuse_unfit
from botui.models.office import Context, Person

TERMS: Final = frozenset(
    {"position", "manager", "employment", "starts", "probation_ends", "fixed_until", "week_hours", "week_days"}
)
"""What was agreed with the person: nobody changes it in their own file."""
_FOLLOWS: Final = frozenset({"status", "ends", "reason", "left_at", "created_at", "created_by"})
"""What verbs and time move, and filing and editing leave."""


class Note(Arguments):
    """What is to be remembered."""

    text: Annotated[Line, Field(min_length=1), Ui(label="Note", help="The person sees it, too.")]


def create(ctx: Context, file: PersonFile) -> Change:
    """File what HR keeps of somebody; where they are on the way here, they are onboarding.

    Raises:
        Refused: there is a file of them, or something in it does not fit.
    """
    person = ctx.data.get(Person, file.person)
    if person is None or not person.active:
        raise Refused("Nobody of that name works here.", {"person": "Somebody of the directory, please."})
    change = Change("person_files.add", f"{file.ref} is the file of {person.name}.")
    return add(ctx, change, file)


def add(ctx: Context, change: Change, file: PersonFile) -> Change:
    """Add a new file to a change, which may make its person, too.

    Raises:
        Refused: there is a file of them, or something in it does not fit.
    """
    if other := ctx.data.numbers(PersonFile, 1, person=file.person):
        said = f"PF-{other[0]} is the file of {ctx.person(file.person)} already."
        raise Refused(said, {"person": "They have one."})
    refuse_unfit_file(ctx, file, PersonFile.model_fields.keys(), change)
    typed = {name: getattr(file, name) for name in PersonFile.model_fields if name not in _FOLLOWS}
    begins = file.starts is not None and file.starts > ctx.today
    status = Status.ONBOARDING if begins else Status.ACTIVE
    return change.add(PersonFile(**typed | {"status": status, "created_at": ctx.now, "created_by": ctx.by}))


def revise(ctx: Context, before: PersonFile, after: PersonFile) -> Change:
    """Correct a file.

    Raises:
        Refused: it is whose terms it changes, or something does not fit.
    """
    changed = {name for name in PersonFile.model_fields if getattr(before, name) != getattr(after, name)} - _FOLLOWS
    if "person" in changed:
        raise Refused("A file stays the file of its person.", {"person": "This stays as it is."})
    if before.person == ctx.by and (own := changed & TERMS):
        raise Refused(NOT_ONES_OWN, dict.fromkeys(own, "Somebody else of HR, please."))
    refuse_unfit_file(ctx, after, changed)
    change = Change("person_files.edit", f"The file of {ctx.person(before.person)} is changed.")
    return change.set(before, **{name: getattr(after, name) for name in changed})


NOT_ONES_OWN: Final = "Nobody changes what was agreed with themselves: somebody else of HR does."


def refuse_unfit_file(ctx: Context, file: PersonFile, names: Set[str], change: Change | None = None) -> None:
    """Do nothing if what stands in some fields of a file goes together and names what is there.

    Raises:
        Refused: it does not; the field says so.
    """
    if "number" in names and file.number:
        for number in ctx.data.numbers(PersonFile, 2, number=file.number):
            if number != file.id:
                said = f"The employee number {file.number} is somebody else's (PF-{number})."
                raise Refused(said, {"number": "Somebody else has it."})
    if "manager" in names:
        refuse_unfit(ctx, file.person, file.manager, change)
    if "position" in names and file.position:
        position = ctx.data.get(Position, file.position)
        if position is not None and not position.active:
            raise Refused(f"{position.name} is not in use any more.", {"position": "Another one, please."})
    if file.born is not None and "born" in names and file.born >= (file.starts or ctx.today):
        raise Refused("They were born before their first day.", {"born": "This is no birthday."})
    for name, words in (("probation_ends", "The probation"), ("fixed_until", "The contract")):
        day = getattr(file, name)
        if day is not None and file.starts is not None and day < file.starts and names & {name, "starts"}:
            raise Refused(f"{words} would end before the first day.", {name: "This is before the first day."})


def fixed(ctx: Context, file: PersonFile, values: Mapping[str, Any]) -> None:
    """Let no edit and no undo bring back what would not fit now: a manager who left, a number that is taken.

    Raises:
        Refused: it would.
    """
    then = file.model_copy(update={name: value for name, value in values.items() if name in ("number", "manager")})
    refuse_unfit_file(ctx, then, {"number", "manager"} & values.keys())


def still_here(_: Context, file: PersonFile) -> str | None:
    """Guard of erasing: whoever works here is not erased."""
    return None if file.status is Status.LEFT else "They work here: who left is erased when their time is over."


def note(ctx: Context, file: PersonFile, args: Note) -> Change:
    """Add a line to the notes of a file, with the day and who says so.

    Raises:
        Refused: the notes are full.
    """
    notes = f"{file.notes}\n{ctx.today:%Y-%m-%d} {ctx.person(ctx.by)}: {args.text}".strip()
    if len(notes) > PROSE_MAX:
        raise Refused(f"The notes of {file.ref} are full: shorten them first (e).", {"text": "No room for this."})
    return Change("person_files.note", f"Noted at {file.ref}.").set(file, notes=notes)
