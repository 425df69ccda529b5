"""The papers of the sample office: filed in the year behind us, and this morning's scans, which wait in the inbox."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any, Final

from botui.actions.sample.year import Year
from botui.models.base import Refused
from botui.models.office import Party, Person, Place
from botui.models.records.document import Attached, Document, Privacy
from botui.models.records.filing import create
from botui.models.records.filing_rule import FilingRule, Match
from botui.models.records.proposing import propose
from botui.models.records.retention import RetentionClass
from botui.models.records.retention_defaults import USUAL
from botui.models.records.ruling import create as make_rule
from botui.models.records.scanning import scanned
from botui.storage.attachments import Attachments


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that was filed.

    Attributes:
        title: what it is.
        sort: the beginning of the name of its class; empty = nobody has said it yet.
        day: on which day of the year behind us, as a share of it; ``old``: days before that is the date on it.
        shelf: the box or folder it stands in.
        tags: its tags, with blanks between.
        privacy: who sees it.
    """

    title: str
    sort: str
    day: float
    old: int = 3
    shelf: str = ""
    tags: str = ""
    privacy: Privacy = Privacy.OPEN


PAPERS: Final = (
    Paper("Lease of the first floor", "Contracts", 0.02, 900, "Folder 1", "house"),
    Paper("Articles of association", "Tax returns", 0.02, 3000, "Safe"),
    Paper("Fire insurance policy", "Contracts", 0.03, 300, "Folder 1", "insurance"),
    Paper("Minutes of the annual meeting", "Tax returns", 0.06, 20, "Folder 2", "minutes"),
    Paper("Tax return of last year", "Tax returns", 0.18, 30, "Box 7", "tax"),
    Paper("Safety inspection, lift", "Permits", 0.22, 5, "Folder 3", "house"),
    Paper("Offer for window cleaning", "Letters", 0.27, 4, "Folder 4"),
    Paper("Bank statements, first quarter", "Bank", 0.3, 8, "Box 8", "bank"),
    Paper("Leaflet of a furniture shop", "Not to be kept", 0.33, 2, "Folder 4"),
    Paper("Letter of the neighbours about parking", "Letters", 0.4, 3, "Folder 4", "house"),
    Paper("Permit for the sign at the door", "Permits", 0.44, 12, "Folder 3", "house"),
    Paper("Budget of this year", "Internal", 0.47, 6, "Folder 2", "budget"),
    Paper("Bank statements, second quarter", "Bank", 0.55, 8, "Box 8", "bank"),
    Paper("Audit report", "Tax returns", 0.58, 9, "Box 7", "tax"),
    Paper("Offer for the new phone system", "Letters", 0.63, 5, "Folder 4", "", Privacy.PRIVATE),
    Paper("Applications for the post in the back office", "Applications", 0.66, 14, "Box 9", "", Privacy.HR),
    Paper("Guarantee of the coffee machine", "Permits", 0.7, 1, "Folder 3"),
    Paper("Bank statements, third quarter", "Bank", 0.8, 8, "Box 8", "bank"),
    Paper("Travel receipts of the trade fair", "Expense", 0.84, 10, "Box 6", "travel"),
    Paper("Reference of a former employee", "Personnel", 0.88, 7, "Box 9", "", Privacy.HR),
    Paper("Reminder of the city library", "Letters", 0.93, 3, "Folder 4"),
    Paper("Price list of the printers", "Letters", 0.96, 3, "Folder 4"),
    Paper("Photographs of the summer party", "", 0.98, 120, "Folder 5"),
)
"""What was filed, in the order of time."""

RULES: Final[tuple[dict[str, Any], ...]] = (
    {"name": "Bank", "words": "statement of account, account statement", "sort": "Bank", "tags": ("bank",)},
    {"name": "Bills", "words": "invoice, bill, amount due", "sort": "Bills", "tags": ("bill",)},
    {"name": "Insurance", "words": "policy, premium", "match": Match.ALL, "sort": "Contracts", "tags": ("insurance",)},
    {"name": "Sick notes", "words": "certificate of incapacity for work", "match": Match.EXACT, "sort": "Leave"},
)
"""Rules by which scans are filed."""

SCANS: Final = (
    ("scan-0001.txt", "City power and water\nInvoice 2207 for the last month\nAmount due 412.60 within 14 days"),
    ("scan-0002.txt", "Statement of account\nAccount 4711 0815, page 1 of 3"),
    ("scan-0003.txt", "Fire insurance: a new premium for your policy\nfrom the first of January on"),
    ("scan-0004.txt", "To whom it may concern\nWe would like to show you our new chairs."),
)
"""What the scanner wrote this morning: what each file is called, and what stands in it."""
_CONTENTS: Final = {sha256(text.encode()).hexdigest(): (name, text) for name, text in SCANS}


def play(year: Year, rng: Random, share: float) -> None:
    """Plan what is filed, the rules by which scans are, and the scans of this morning.

    Args:
        year: the days.
        rng: what is drawn from.
        share: how large the sample is, of the usual one.
    """
    keeper = year.keeper() if year.keepers else None
    if keeper is None or not year.room.all(Place):
        return
    year.on(0, partial(_begin, year), 0.0)
    year.on(1, partial(_rules, year, keeper), 0.1)
    for paper in PAPERS[: max(4, round(len(PAPERS) * share))]:
        number, party = rng.randrange(1000), rng.random() < 0.5
        year.on(round(paper.day * year.last), partial(_file, year, keeper, paper, number, party), 0.3)
    year.on(year.last, partial(_scan, year), 0.05)


def _begin(year: Year, _: datetime) -> None:
    """Begin with the usual classes, which else come with the first document."""
    room = year.room
    for one in () if room.all(RetentionClass) else USUAL:
        room.put(one.model_copy(update={"id": room.new_id(RetentionClass)}))


def _class(year: Year, begins: str) -> int | None:
    found = (one.id for one in year.room.all(RetentionClass) if one.name.startswith(begins))
    return next(found, None)


def _rules(year: Year, keeper: Person, at: datetime) -> None:
    for values in RULES:
        fields = {name: value for name, value in values.items() if name != "sort"}
        rule = FilingRule(id=year.room.new_id(FilingRule), schedule=_class(year, values["sort"]), **fields)
        year.room.let(at, keeper, partial(make_rule, rule=rule))


def _file(year: Year, keeper: Person, paper: Paper, number: int, party: bool, at: datetime) -> None:
    parties = [one for one in year.room.all(Party) if one.active]
    places = [one for one in year.room.all(Place) if one.active]
    dated = year.today(at) - timedelta(days=paper.old)
    ends = dated + timedelta(days=365) if paper.sort == "Permits" else None
    new = Document(
        id=year.room.new_id(Document),
        title=paper.title,
        party=parties[number % len(parties)].id if party and parties else None,
        schedule=_class(year, paper.sort) if paper.sort else None,
        dated=dated,
        ends_on=ends,
        place=places[number % min(len(places), 3)].id,
        shelf=paper.shelf,
        tags=tuple(paper.tags.split()),
        privacy=paper.privacy,
        owner=keeper.id if paper.privacy is Privacy.PRIVATE else None,
    )
    _try(lambda: year.room.let(at, keeper, partial(create, document=new)))


def _try(how: Callable[[], None]) -> None:
    """Do something, unless a rule refuses: in another's office a name or place may have gone out of use."""
    with suppress(Refused):
        how()


def _scan(year: Year, at: datetime) -> None:
    room = year.room
    for name, text in SCANS:
        data = text.encode()
        attached = Attached(name=name, digest=sha256(data).hexdigest(), size=len(data), media="text/plain")
        rules, parties = room.all(FilingRule), [one for one in room.all(Party) if one.active]
        proposed = propose(rules, parties, text, name, year.today(at), room.office.settings.order)
        room.let(at, None, partial(scanned, attached=attached, proposed=proposed))


def keep_files(folder: Path, documents: list[Document]) -> None:
    """Keep the files of the sample's scans in the store.

    Raises:
        StoreFull: they cannot be written.
    """
    files = Attachments(folder)
    for document in documents:
        for one in document.files:
            if one.digest in _CONTENTS:
                name, text = _CONTENTS[one.digest]
                files.keep(name, text.encode())
                files.keep_text(one.digest, text)
