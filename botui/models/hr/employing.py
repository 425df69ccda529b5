"""Somebody is taken on: their place in the directory and their file, in one change."""

from __future__ import annotations

from datetime import date

from botui.models.base import Change
from botui.models.hr.person_file import Employment, PersonFile
from botui.models.hr.person_filing import add
from botui.models.office import Context, Person, make_initials
from botui.models.office.choices import Presence


def hire(
    ctx: Context,
    change: Change,
    *,
    name: str,
    starts: date,
    job: str = "",
    department: int | None = None,
    manager: int | None = None,
    position: int | None = None,
    employment: Employment = Employment.FULL_TIME,
    email: str = "",
    phone: str = "",
    address: str = "",
) -> tuple[Person, PersonFile]:
    """Add a new person and their file to a change; until their first day they are out.

    Args:
        ctx: what may be known.
        change: what it becomes part of.
        name: what they are called.
        starts: their first day, in the office's zone.
        job: what they do, for the directory.
        department: where.
        manager: to whom they report; None = to the head of the department.
        position: which they take.
        employment: in what way.
        email: their private one, for the file.
        phone: the same.
        address: where they live.

    Returns:
        Person and file, as they are in the change.

    Raises:
        Refused: the manager or the position cannot be theirs.
    """
    taken = frozenset(one.initials.upper() for one in ctx.data.find(Person))
    person = Person(
        id=ctx.data.new_id(Person),
        name=name,
        initials=make_initials(name, taken),
        department=department,
        job=job,
        presence=Presence.OUT,
    )
    change.add(person)
    file = PersonFile(
        id=ctx.data.new_id(PersonFile),
        person=person.id,
        position=position,
        manager=manager,
        employment=employment,
        starts=starts,
        address=address,
        phone=phone,
        email=email,
    )
    add(ctx, change, file)
    return person, PersonFile.load(file.id, change.puts[PersonFile.COLLECTION, file.id].fields)
