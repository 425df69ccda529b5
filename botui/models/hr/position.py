"""The shape of positions: what somebody works as, in which department."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from botui.models.base import Line, Prose, Record, Ui, Words
from botui.models.office import Name, Numbers


class Position(Record):
    """What people work as; what is to be known and done in it is the same for all of them.

    Attributes:
        department: where it is, unless whoever has it works elsewhere.
        grade: the pay grade it is meant for.
        courses: what whoever has it must have learned and may not let lapse; ``papers``: tags of the papers of theirs
            that must be there.
    """

    COLLECTION: ClassVar[str] = "positions"

    name: Annotated[Name, Ui(label="Position", column=28)]
    department: Annotated[int | None, Ui(label="Department", column=20, ref="departments", batch=True)] = None
    grade: Annotated[Line, Field(max_length=20), Ui(label="Grade", column=8, used="positions.grade")] = ""
    duties: Annotated[Prose, Field(max_length=4000), Ui(label="Duties", rows=4)] = ""
    courses: Annotated[Numbers, Ui(label="Must have learned", ref="courses", help="Such as CO-1, CO-4.")] = ()
    papers: Annotated[Words, Ui(label="Papers wanted", help="Tags of documents, such as work permit.")] = ()
    active: Annotated[bool, Ui(label="In use")] = True
