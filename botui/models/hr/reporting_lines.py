"""Who reports to whom: the manager of the file, else the head of the department; never round in a circle."""

from __future__ import annotations

from botui.models.base import Change, Refused
from botui.models.hr.person_file import HERE, PersonFile
from botui.models.office import Context, Department, Person
from botui.models.office.pending import ahead


def file_of(ctx: Context, person: int | None, change: Change | None = None) -> PersonFile | None:
    """Return the file of a person of the directory, as it is after what a change does so far; None = there is none."""
    if not person:
        return None
    for put in change.puts.values() if change is not None else ():
        if put.collection == PersonFile.COLLECTION and put.was is None and put.fields.get("person") == person:
            return ahead(ctx, change, PersonFile, put.id)
    numbers = ctx.data.numbers(PersonFile, 1, person=person)
    return ahead(ctx, change, PersonFile, numbers[0]) if numbers else None


def manager(ctx: Context, person: int | None, change: Change | None = None) -> int | None:
    """Return who manages somebody: whom their file names, else the head of their department; nobody who left.

    Args:
        ctx: what may be known.
        person: whose manager.
        change: what is being done; its records count as they will be.
    """
    found = ahead(ctx, change, Person, person) if person else None
    if found is None:
        return None
    file = file_of(ctx, person, change)
    department = ahead(ctx, change, Department, found.department) if found.department else None
    for one in (file.manager if file else None, department.manager if department else None):
        named = ahead(ctx, change, Person, one) if one and one != person else None
        if named is not None and named.active:
            return one
    return None


def managed_by(ctx: Context, person: int) -> list[int]:
    """Return the people who are here and whose file names somebody as their manager, by number."""
    return sorted(one.person for one in ctx.data.find(PersonFile, manager=person) if one.status in HERE)


def refuse_unfit(ctx: Context, person: int, to: int | None, change: Change | None = None) -> None:
    """Do nothing if somebody can report to somebody else.

    Args:
        ctx: what may be known.
        person: who is to report.
        to: to whom; None = to whoever is the head of their department, which always can be.
        change: what is being done; its records count as they will be.

    Raises:
        Refused: it would be they themselves, somebody who left, or somebody who reports to them already.
    """
    if to is None:
        return
    if to == person:
        raise Refused("Nobody is their own manager.", {"manager": "Somebody else, please."})
    named = ahead(ctx, change, Person, to)
    if named is None or not named.active:
        said = f"{named.name if named else 'Nobody of that name'} does not work here: choose another manager."
        raise Refused(said, {"manager": "Somebody who works here, please."})
    seen, above = set[int](), [to]
    while above:
        one = above.pop()
        if one == person:
            said = f"{named.name} reports to {ctx.person(person)} already: that would go round in a circle."
            raise Refused(said, {"manager": "Somebody who does not report to them."})
        if one not in seen:
            seen.add(one)
            # also by way of who left: their file still names somebody, and they may be brought back
            file = file_of(ctx, one, change)
            above += [each for each in (file.manager if file else None, manager(ctx, one, change)) if each]
