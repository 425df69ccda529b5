"""Filing documents: by hand, out of the inbox, with a letter; corrected, joined with another, thrown away."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Annotated, Any, Final

from pydantic import Field

from botui import areas
from botui.models.base import Arguments, Change, Line, Record, Refused, Ui, Words
from botui.models.office import Context, Party, Place, Role
from botui.models.records.document import FILES_MAX, GONE, Document, Privacy, State
from botui.models.records.documents_kind import whose
from botui.models.records.retention import RetentionClass

_FOLLOWS: Final = frozenset(
    {"state", "holder", "out_at", "due", "recalled_at", "keep_until", "longer", "held", "disposal", "files"}
    | {"created_at", "created_by", "filed_at", "filed_by", "destroyed_at", "proposed", "twin", "joined"}
)
"""What verbs and time move, and filing and editing leave."""
_IN_USE: Final[Mapping[str, type[Record]]] = {"party": Party, "place": Place, "schedule": RetentionClass}
"""Fields that name what may have gone out of use."""


class File(Arguments):
    """What a scan is, and where its paper goes."""

    title: Annotated[Line | None, Field(max_length=80), Ui(label="Title", help="Empty = as proposed.")] = None
    schedule: Annotated[int | None, Ui(label="Class", ref="retention", help="Says how long it is kept.")] = None
    party: Annotated[int | None, Ui(label="From or to", ref="parties")] = None
    dated: Annotated[date | None, Ui(label="Date on it")] = None
    tags: Annotated[Words | None, Ui(label="Tags", help="Words with commas between.")] = None
    place: Annotated[int | None, Ui(label="Stands in", ref="places", help="Where the paper goes; empty = none.")] = None
    shelf: Annotated[Line | None, Field(max_length=40), Ui(label="Box or shelf")] = None
    privacy: Annotated[Privacy | None, Ui(label="Who sees it", help="open, private or HR.")] = None
    person: Annotated[int | None, Ui(label="About whom", ref="people")] = None


class Attach(Arguments):
    """Which scan belongs to it."""

    scan: Annotated[int, Ui(label="Scan", ref="documents", first="inbox", help="One of the inbox, such as D-12.")]


class Merge(Arguments):
    """To which document a scan belongs."""

    into: Annotated[int, Ui(label="Belongs to", ref="documents", help="Its archive number, such as D-12.")]


class ThrowAway(Arguments):
    """Why a scan is not kept."""

    reason: Annotated[Line, Ui(label="Why", help="Such as blank page; it stands in the history.")] = ""


class Noted(Arguments):
    """A line that is added to the note."""

    text: Annotated[Line, Field(min_length=1), Ui(label="Note")]


class Barcode(Arguments):
    """Another number or bar code that is on the paper."""

    code: Annotated[Line, Field(min_length=1, max_length=60), Ui(label="Code on it", help="Scan or type it.")]
    remove: Annotated[bool, Ui(label="Take it off", help="y: it is not on it any more.")] = False


# --- filed ------------------------------------------------------------------------------------------------------------


def create(ctx: Context, document: Document) -> Change:
    """File a document that somebody describes; its paper bears its archive number.

    Raises:
        Refused: its dates do not go together, or what is named is not in use any more.
    """
    _refuse_unfit(ctx, document, Document.model_fields)
    typed = {name: getattr(document, name) for name in Document.model_fields if name not in _FOLLOWS}
    new = Document(**typed | _filed(ctx) | {"created_at": ctx.now, "created_by": ctx.by})
    return Change("documents.add", f"{_written(ctx, new)}{same_number(ctx, new)}").add(new)


def paper(ctx: Context, change: Change, document: Document) -> Document:
    """Put a paper into a change as a document with an archive number of its own; return it as it is filed.

    It is filed where somebody said where it stands; else it lies in the inbox until somebody does.

    Raises:
        Refused: its place, or whoever it is from, is not in use any more.
    """
    _refuse_unfit(ctx, document, ("party", "place", "schedule"))
    stands = document.place is not None or bool(document.shelf)
    number = document.id or ctx.data.new_id(Document)
    came = {"id": number, "created_at": ctx.now, "created_by": ctx.by}
    new = document.model_copy(update=came | (_filed(ctx) if stands else {}))
    change.add(new)
    return new


def _filed(ctx: Context) -> dict[str, Any]:
    return {"state": State.FILED, "filed_at": ctx.now, "filed_by": ctx.by}


def file(ctx: Context, document: Document, args: File) -> Change:
    """File a scan, as it is proposed but for what is said otherwise.

    Raises:
        Refused: nobody and no rule says of which class it is; or as when it is filed by hand.
    """
    said = _said(args)
    new = document.model_copy(update=said)
    _refuse_unfit(ctx, new, File.model_fields)
    if new.schedule is None and ctx.data.numbers(RetentionClass, 1, active=True):
        words = "Of which class is it? That says how long it is kept."
        raise Refused(words, {"schedule": words})
    change = Change("documents.file", f"{_written(ctx, new)}{same_number(ctx, new)}{_same_file(ctx, new)}")
    return change.set(document, **said | _filed(ctx))


def _said(args: File) -> dict[str, Any]:
    """Return what is said of a scan; what was emptied is empty, but for its title and who sees it."""
    empty: dict[str, Any] = {"tags": (), "shelf": ""} | dict.fromkeys(("party", "dated", "place", "person", "schedule"))
    told = {name: getattr(args, name) or empty.get(name) for name in args.model_fields_set}
    return {name: value for name, value in told.items() if value or name in empty}


def _same_file(ctx: Context, new: Document) -> str:
    """Return in words that an older document has the same file, which both keep now."""
    twin = ctx.data.get(Document, new.twin) if new.twin else None
    open_ = twin and twin.privacy is Privacy.OPEN and twin.state not in GONE
    return f" {twin.ref} has the same file." if twin and open_ else ""


def _written(ctx: Context, new: Document) -> str:
    """Return what is to be done with the paper: its number goes on it, and it goes into its place."""
    place = ctx.data.get(Place, new.place) if new.place else None
    where = ", ".join(filter(None, (place.name if place else "", new.shelf)))
    for_whom = " HR and whoever it is about see it from now on." if new.privacy is Privacy.HR else ""
    return f"{new.title} is filed: write {new.ref} on it{f', it goes to {where}' if where else ''}.{for_whom}"


def same_number(ctx: Context, new: Document) -> str:
    """Return in words that another open document from the same party has one of its numbers."""
    for code in new.codes:
        for other in ctx.data.find(Document, codes=code):
            open_ = other.privacy is Privacy.OPEN and other.state not in GONE
            if open_ and other.id != new.id and other.party == new.party:
                return f" {other.ref} has the number {code}, too."
    return ""


# --- corrected --------------------------------------------------------------------------------------------------------


def revise(ctx: Context, before: Document, after: Document) -> Change:
    """Change what is known of a document.

    Raises:
        Refused: it is gone; or as when it is filed.
    """
    refuse_gone(before)
    changed = {name: value for name, value in after if value != getattr(before, name) and name not in _FOLLOWS}
    _refuse_unfit(ctx, after, changed)
    return Change("documents.edit", f"{after.ref} {after.title} is changed.").set(before, **changed)


def fixed(ctx: Context, document: Document, values: Mapping[str, Any]) -> None:
    """Refuse to take something back of a document that is gone meanwhile, or to open one that one sees no more.

    Raises:
        Refused: it is, or it would show what others wrote in it since.
    """
    if values:
        refuse_gone(document, joined=False)
    closed = [*Privacy]  # from open to everybody to HR alone
    opens = "privacy" in values and closed.index(Privacy(values["privacy"] or closed[0])) < closed.index(
        document.privacy
    )
    hr = document.privacy is Privacy.HR and Role.HR in ctx.roles
    if opens and not hr and ctx.by not in whose(document.doc()):
        raise Refused(f"{document.ref} is {document.privacy.label} now: only who sees it opens it again.")


def reopen(_: Context, document: Document, __: object) -> Change:
    """Put a document back into the inbox, to be filed anew."""
    change = Change("documents.reopen", f"{document.ref} is in the inbox again.")
    return change.set(document, state=State.INBOX, filed_at=None, filed_by=None)


def not_to_reopen(_: Context, document: Document) -> str | None:
    """Guard of reopen."""
    return "It is on a disposal list." if document.disposal else None


def note(ctx: Context, document: Document, args: Noted) -> Change:
    """Add a line to the note."""
    line = f"{ctx.today:%Y-%m-%d} {ctx.person(ctx.by)}: {args.text}"
    text = f"{document.note}\n{line}".strip()
    return Change("documents.note", f"{document.ref}: noted.", note=args.text).set(document, note=text)


def barcode(ctx: Context, document: Document, args: Barcode) -> Change:
    """Learn a number or bar code that is on the paper, so that a scan of it opens the document; or forget it.

    Raises:
        Refused: it is on it already, or on another one.
    """
    if args.remove:
        if args.code not in document.codes:
            raise Refused(f"{args.code} is not on {document.ref}.", {"code": "It is none of its numbers."})
        codes = tuple(one for one in document.codes if one != args.code)
        return Change("documents.barcode", f"{args.code} is not on {document.ref} any more.").set(document, codes=codes)
    parsed = areas.parse_ref(args.code)
    other = next((one for one in ctx.data.find(Document, codes=args.code) if one.state not in GONE), None)
    if other is not None or "," in args.code or (parsed is not None and parsed[0] == Document.COLLECTION):
        open_ = other is not None and other.privacy is Privacy.OPEN
        words = (
            f"This is {other.ref}'s." if other and open_ else "Another code, please: this one means something already."
        )
        raise Refused(f"{args.code}: {words[0].lower()}{words[1:]}", {"code": words})
    change = Change("documents.barcode", f"{args.code} opens {document.ref} {document.title} from now on.")
    return change.set(document, codes=(*document.codes, args.code))


# --- scans that belong to another document, or to nobody --------------------------------------------------------------


def inbox_empty(ctx: Context, document: Document) -> str | None:
    """Guard of attach."""
    found = ctx.data.numbers(Document, 2, state=State.INBOX.value)
    return None if any(one != document.id for one in found) else "No scan is in the inbox."


def attach(ctx: Context, document: Document, args: Attach) -> Change:
    """Let a scan of the inbox be part of a document.

    Raises:
        Refused: it is none, or the two do not go together.
    """
    scan = ctx.data.get(Document, args.scan)
    if scan is None or scan.id == document.id or scan.state is not State.INBOX:
        words = "This is no scan of the inbox."
        raise Refused(f"{areas.ref(Document.COLLECTION, args.scan)}: {words.lower()}", {"scan": words})
    return _join(Change("documents.attach"), scan, document, "scan")


def merge(ctx: Context, scan: Document, args: Merge) -> Change:
    """Let a scan be part of a document: a further page, or the same paper scanned again.

    Raises:
        Refused: there is no such document, or it is gone.
    """
    into = ctx.data.get(Document, args.into)
    if into is None or into.id == scan.id:
        words = f"There is no other {areas.ref(Document.COLLECTION, args.into)}."
        raise Refused(words, {"into": words})
    return _join(Change("documents.merge"), scan, into, "into")


def _join(change: Change, scan: Document, into: Document, field: str) -> Change:
    """Give the files of a scan to a document; the scan stays as a line that says where they are.

    Raises:
        Refused: it is gone, has too many files, or fewer people may see the scan; or that is on hold.
    """
    if into.state in GONE:
        raise Refused(f"{into.ref} is {into.state.label}.", {field: f"It is {into.state.label}."})
    if scan.privacy is not Privacy.OPEN and scan.privacy is not into.privacy:
        words = f"{scan.ref} is {scan.privacy.label}, {into.ref} is {into.privacy.label}."
        raise Refused(f"{words} Make it {scan.privacy.label} first (e).", {field: words})
    if scan.held:
        words = f"{scan.ref} is on hold: {scan.held}"
        raise Refused(words, {field: words})
    known = {one.digest for one in into.files}
    new = tuple(one for one in scan.files if one.digest not in known)
    if len(into.files) + len(new) > FILES_MAX:
        raise Refused(f"{into.ref} has {len(into.files)} files; {FILES_MAX} fit.", {field: "It has too many files."})
    change.said = f"{scan.ref} is part of {into.ref} {into.title}." if new else f"{into.ref} has this file already."
    change.set(into, files=(*into.files, *new))
    return change.set(scan, state=State.JOINED, joined=into.id, files=())


def throw_away(_: Context, scan: Document, args: ThrowAway) -> Change:
    """Let a scan go that nobody needs: its file is destroyed, a line stays.

    Raises:
        Refused: it is on hold.
    """
    if scan.held:
        raise Refused(f"{scan.ref} is on hold: {scan.held}")
    change = Change("documents.reject", f"{scan.ref} is thrown away, with its file.", note=args.reason)
    return change.set(scan, state=State.DISCARDED)


# --- what cannot be ---------------------------------------------------------------------------------------------------


def refuse_gone(document: Document, *, joined: bool = True) -> None:
    """Refuse to change what is destroyed or thrown away, or part of another document.

    Raises:
        Refused: it is.
    """
    if document.state in GONE and (joined or document.state is not State.JOINED):
        raise Refused(f"{document.ref} is {document.state.label}: nothing of it is changed any more.")


def _refuse_unfit(ctx: Context, new: Document, names: Collection[str]) -> None:
    """Refuse dates that do not go together, and what is not in use any more; only what was typed is looked at.

    Raises:
        Refused: the field says so.
    """
    if "dated" in names and new.dated is not None and new.dated > ctx.today:
        raise Refused("The date on it has not come yet.", {"dated": "This day has not come yet."})
    if {"dated", "ends_on"} & {*names} and new.dated and new.ends_on and new.ends_on < new.dated:
        words = "This is before the date on it."
        raise Refused(f"{new.title} would end before the date on it.", {"ends_on": words})
    for name, kind in _IN_USE.items():
        number = getattr(new, name) if name in names else None
        found: Any = ctx.data.get(kind, number) if number else None
        if found is not None and not found.active:
            words = f"{found.name} is not in use any more."
            raise Refused(words, {name: words})
