"""What must hold of people who left, whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator

from botui.models.hr.person_file import PersonFile
from botui.models.office import Person
from botui.models.soundness import Records


def check_leavers(records: Records) -> Iterator[str]:
    """Say what does not hold: who has left is not let in, and nobody leaves before they begin."""
    for file in records.all(PersonFile):
        person = records.get(Person, file.person)
        if file.left_at is not None and person is not None and person.active:
            yield f"{file.ref}: Left: {person.ref} still works here, says the directory."
        if file.starts is not None and file.ends is not None and file.ends < file.starts:
            yield f"{file.ref}: Last day: it is before the first."
