"""The shape of filing rules: which words in a scan say what it is, from whom, and where its paper goes."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from botui.models.base import Choice, Line, Record, Ui, Words
from botui.models.office import Name
from botui.models.records.document import Privacy


class Match(Choice):
    """How the words of a rule are looked for: the matching of Paperless, as far as it is sure (domain.md R3)."""

    ANY = "any", "any of the words"
    ALL = "all", "all of the words"
    EXACT = "exact", "exactly these words, in this order"


class FilingRule(Record):
    """A rule that proposes what a scan is; a person files it.

    Attributes:
        words: what is looked for in the text and the name of a scan; but of ``exact`` ones commas part the words, which
            may be phrases themselves.
        title, schedule, party, tags, privacy, place, shelf: what it proposes; empty = nothing of that sort.
        rank: of several that fit, the one with the smaller number is heard first.
    """

    COLLECTION: ClassVar[str] = "filing"

    name: Annotated[Name, Ui(label="Rule", column=20)]
    words: Annotated[Line, Field(min_length=1), Ui(label="Words", column=26, help="Commas between, as in: rent, flat.")]
    match: Annotated[Match, Ui(label="Fits with", column=17, batch=True)] = Match.ANY
    title: Annotated[Line, Field(max_length=80), Ui(label="Title", help="Empty = the first line of the scan.")] = ""
    schedule: Annotated[int | None, Ui(label="Class", column=18, ref="retention", batch=True)] = None
    party: Annotated[int | None, Ui(label="From or to", column=16, ref="parties")] = None
    tags: Annotated[Words, Ui(label="Tags", help="Words with commas between.")] = ()
    privacy: Annotated[Privacy, Ui(label="Who sees it", help="open, private or HR.")] = Privacy.OPEN
    place: Annotated[int | None, Ui(label="Stands in", column=14, wide=True, ref="places", batch=True)] = None
    shelf: Annotated[Line, Field(max_length=40), Ui(label="Box or shelf", batch=True)] = ""
    rank: Annotated[int, Field(ge=0, le=999), Ui(label="Heard as no.", help="Of several that fit, the smaller.")] = 100
    active: Annotated[bool, Ui(label="In use")] = True
