"""What goes when somebody's data is erased for good: which records are theirs, and what hangs on these.

Records of other people that name them by number stay, and read ``Former P-12`` from then on: who asked for a ticket,
who signed a bill, who sat in a meeting. What hangs on an erased record goes with it, where it is shown inside it or
cannot be without it; a field that may be empty is emptied.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from botui import areas
from botui.models.base import Kind, Record
from botui.models.hr.erasure import Erasure
from botui.models.office import Context, Person
from botui.models.records.document import GONE, Document, Privacy
from botui.models.records.document import State as DocumentState
from botui.models.records.retaining import why_kept
from botui.models.shape import FieldSpec, fields_of

THEIRS: Final[Mapping[str, str]] = {
    "person_files": "person",
    "pay": "person",
    "benefits": "person",
    "amendments": "person",
    "tasks": "person",
    "leave": "person",
    "leavebook": "person",
    "absences": "person",
    "punches": "person",
    "candidates": "person",
    "cases": "person",
    "proceedings": "person",
    "certificates": "person",
    "reviews": "person",
    "acknowledgements": "person",
    "incidents": "person",
    "documents": "person",
    "letters": "person",
    "reminders": "person",
    "standins": "person",
}
"""Collections with records that are somebody's own, and the field that says whose."""
STAYS: Final[Mapping[str, str]] = {
    "positions": "they are the office's, and of nobody",
    "checklists": "they are the office's, and of nobody",
    "leavetypes": "they are the office's, and of nobody",
    "openings": "they are the office's; candidates go one by one",
    "courses": "they are the office's, and of nobody",
    "trainings": "who was there stays, as a number",
    "cycles": "they are the office's, and of nobody",
    "policies": "they are the office's, and of nobody",
    "drills": "who was missing stays, as a number",
    "erasures": "they are the certificates",
}
"""HR's collections of which nothing goes by itself, and why."""
_HANGING: Final = frozenset({"hr", "records", "office"})
"""Areas in which something may hang on what goes."""

Key = tuple[str, int]


@dataclass(slots=True)
class Scope:
    """What goes with somebody's data.

    Attributes:
        stays: collection and number of all that goes -> the document that stays in its place, None = nothing does.
        emptied: records of which fields are emptied, with these fields.
        files: digests of the files that go.
        holds: why it cannot go now, in sentences; empty = it can.
    """

    stays: dict[Key, dict[str, Any] | None] = field(default_factory=dict)
    emptied: list[tuple[Record, dict[str, Any]]] = field(default_factory=list)
    files: tuple[str, ...] = ()
    holds: list[str] = field(default_factory=list)


def scope_of(ctx: Context, erasure: Erasure) -> Scope:
    """Return what goes with an erasure as things stand, and what holds it."""
    scope = Scope()
    if erasure.candidate is not None:
        scope.stays["candidates", erasure.candidate] = None
    else:
        scope.stays[Person.COLLECTION, erasure.person or 0] = former(erasure.person or 0)
        for name, by in THEIRS.items():
            for record in _all(ctx, name, by, {erasure.person}):
                scope.stays[name, record.id] = None
    _hanging(ctx, scope)
    papers = [one for one in (ctx.data.get(Document, number) for number in _of(scope, "documents")) if one is not None]
    for paper in papers:
        if paper.state not in GONE and (why := why_kept(ctx, paper)):
            scope.holds.append(f"{paper.ref}: {why}")
        scope.stays["documents", paper.id] = _paper(paper)
    scope.files = tuple(sorted({one.digest for paper in papers for one in paper.files}))
    return scope


def former(person: int) -> dict[str, Any]:
    """Return what stays of somebody in the directory, so that what names them still reads."""
    ref = areas.ref(Person.COLLECTION, person)
    return Person(id=person, name=f"Former {ref}", active=False, on_board=False).doc()


def _paper(paper: Document) -> dict[str, Any]:
    """Return what stays of a document: its number, which stands on lists and certificates of others."""
    return Document(id=paper.id, title="Erased", privacy=Privacy.HR, state=DocumentState.DISCARDED).doc()


def _hanging(ctx: Context, scope: Scope) -> None:
    """Gather what hangs on what goes, until nothing more does."""
    links = [*_links()]
    found = dict.fromkeys(scope.stays)
    looked: set[Key] = set()
    while new := found.keys() - looked:
        looked |= new
        for kind, spec, above in links:
            gone = {number for name, number in new if name == above}
            for record in _all(ctx, kind.name, spec.name, gone) if gone else ():
                if spec.name == kind.parent or spec.required:
                    found[kind.name, record.id] = None
        for record in _named(ctx, {areas.ref(*key) for key in new}):
            found[record.COLLECTION, record.id] = None
    scope.stays.update(dict.fromkeys(found.keys() - scope.stays))
    _empty(ctx, scope, links)


def _empty(ctx: Context, scope: Scope, links: Iterable[tuple[Kind[Any], FieldSpec, str]]) -> None:
    """Note the fields of what stays that name something that goes and leaves nothing."""
    values: dict[Key, tuple[Record, dict[str, Any]]] = {}
    for kind, spec, above in links:
        gone = {number for name, number in scope.stays if name == above and name != Document.COLLECTION}
        for record in _all(ctx, kind.name, spec.name, gone) if gone else ():
            if (kind.name, record.id) not in scope.stays:
                old = getattr(record, spec.name)
                new = tuple(one for one in old if one not in gone) if isinstance(old, tuple) else None
                values.setdefault((kind.name, record.id), (record, {}))[1][spec.name] = new
    scope.emptied = [*values.values()]


def _links() -> Iterator[tuple[Kind[Any], FieldSpec, str]]:
    """Give the fields that name records which may go: of which kind, which, and of which collection."""
    may_go = {*THEIRS, *(one.name for one in areas.COLLECTIONS if one.area == "hr")}
    for one in areas.COLLECTIONS:
        if one.area in _HANGING:
            kind: Kind[Any] = areas.kind(one.name)
            for spec in fields_of(kind.model):
                if spec.ui.ref in may_go:
                    yield kind, spec, spec.ui.ref


def _named(ctx: Context, refs: Collection[str]) -> Iterator[Record]:
    """Give what is about one of these records and names it by its reference."""
    for name in ("documents", "letters", "tasks", "reminders"):
        yield from _all(ctx, name, "about", refs)


def _all(ctx: Context, name: str, field_: str, wanted: Collection[Any]) -> Iterator[Any]:
    """Give the records of a collection of which a field is one of these values, or has one of them."""
    try:
        kind: Kind[Any] = areas.kind(name)
    except KeyError:
        return
    if field_ in kind.index and field_ not in kind.several:
        found = (one for value in wanted for one in ctx.data.find(kind.model, **{field_: value}))
        yield from found
        return
    for record in ctx.data.find(kind.model):
        value = getattr(record, field_)
        if not set(value if isinstance(value, tuple) else (value,)).isdisjoint(wanted):
            yield record


def _of(scope: Scope, name: str) -> list[int]:
    return sorted(number for collection, number in scope.stays if collection == name)
