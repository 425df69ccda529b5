"""Paper handed out and taken back: by hand or by scan; asked back before its time, or given another day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Final

from pydantic import Field

from botui import areas
from botui.models import calendar
from botui.models.base import Arguments, Between, Change, Line, Refused, Ui, Waiting, and_more, plural
from botui.models.office import Context, Party, Person, Place
from botui.models.office.pending import Pending
from botui.models.records.custody import Custody
from botui.models.records.document import GONE, Document, Privacy, State

LENT_DAYS: Final = 10
"""Working days for which paper is handed out where nobody says another day: two weeks."""
RECALL_DAYS: Final = 1
"""Working days within which paper is to be back that was asked back."""


class HandOut(Arguments):
    """Who answers for the paper, and until when."""

    to: Annotated[int, Ui(label="To", ref="people", help="Initials, badge or name.")]
    due: Annotated[date | None, Ui(label="Due back", help="Such as fri, +7d; empty = in two weeks.")] = None
    party: Annotated[int | None, Ui(label="Given on to", ref="parties", help="Outside, such as a tax adviser.")] = None
    note: Annotated[Line, Ui(label="Note")] = ""


class TakeBack(Arguments):
    """Where the paper is put, and what is to be said of it."""

    note: Annotated[Line, Ui(label="What is missing", help="Pages that are not there; empty = it is whole.")] = ""
    place: Annotated[int | None, Ui(label="Put in", ref="places", help="Empty = where it stood.")] = None
    shelf: Annotated[Line, Field(max_length=40), Ui(label="Box or shelf", help="Empty = where it stood.")] = ""


class Recall(Arguments):
    """By when the paper is to be back, and what for."""

    by: Annotated[date | None, Ui(label="Back by", help="Empty = the next working day.")] = None
    reason: Annotated[Line, Ui(label="What for", help="Whoever has it reads it.")] = ""


class Extend(Arguments):
    """Until when somebody keeps the paper."""

    due: Annotated[date, Ui(label="Due back", help="Such as fri, +7d.")]


# --- why not ----------------------------------------------------------------------------------------------------------


def not_ready(ctx: Context, document: Document) -> str | None:
    """Guard of handing out: it says what is with the paper, and what to do first."""
    if document.state is State.OUT:
        return f"{ctx.person(document.holder)} has it: take it back first (R), or ask it back (w)."
    if document.state is State.INBOX:
        return "It is in the inbox: file it first (f)."
    if document.state in GONE:
        return f"It is {document.state.label}."
    if document.disposal is not None:
        return f"It is on {areas.ref('disposals', document.disposal)}, to be destroyed: K keeps it on."
    return None


def not_to_recall(ctx: Context, document: Document) -> str | None:
    """Guard of asking back."""
    if document.state is not State.OUT:
        return "It is not handed out: it stands where it belongs."
    if document.recalled_at is not None:
        day = calendar.day_words(document.due, ctx.today) if document.due else "now"
        return f"It was asked back already: {ctx.person(document.holder)} is to bring it {day}."
    return None


def is_back(ctx: Context, custody: Custody) -> str | None:
    """Guard of what is done with paper that is still out."""
    if custody.back_at is None:
        return None
    return f"It came back {calendar.day_words(ctx.settings.local(custody.back_at).date(), ctx.today)}."


# --- out --------------------------------------------------------------------------------------------------------------


def hand_out(ctx: Context, document: Document, args: HandOut) -> Change:
    """Hand the paper of a document out.

    Raises:
        Refused: it cannot be now, the day has passed, or who is to get it does not work here.
    """
    if reason := not_ready(ctx, document):
        raise Refused(f"{document.ref}: {reason}")
    _refuse_words(document, args.note, "note")
    due = args.due or _working_days(ctx, LENT_DAYS)
    _refuse_passed(ctx, due, "due")
    person = ctx.data.get(Person, args.to)
    if person is None or not person.active:
        name = person.name if person else areas.ref(Person.COLLECTION, args.to)
        raise Refused(f"{name} does not work here any more.", {"to": "Somebody who works here, please."})
    party = ctx.data.get(Party, args.party) if args.party else None
    if party is not None and not party.active:
        raise Refused(f"{party.name} is not in use any more.", {"party": "This is not in use any more."})
    pending = Pending(ctx, Change("documents.hand_out"))
    custody = Custody(
        id=ctx.data.new_id(Custody),
        document=document.id,
        person=person.id,
        party=args.party,
        at=ctx.now,
        by=ctx.by,
        due=due,
        note=args.note,
    )
    pending.add(custody)
    pending.set(document, state=State.OUT, holder=person.id, out_at=ctx.now, due=due, recalled_at=None)
    change = pending.write()
    on = f" for {party.name}" if party else ""
    when = calendar.day_words(due, ctx.today)
    change.said = f"{document.ref} is handed out to {person.name}{on}, due back {when}."
    return change


def _refuse_words(document: Document, text: str, field: str) -> None:
    """Refuse words at the hand-out of what is not open to all: who has what is for every clerk to see.

    Raises:
        Refused: there are some.
    """
    if text and document.privacy is not Privacy.OPEN:
        words = "Not everybody may see this document: leave it empty, and note it at the document (o)."
        raise Refused(words, {field: words})


def _refuse_passed(ctx: Context, day: date, field: str) -> None:
    if day < ctx.today:
        raise Refused("The day it is due back has passed.", {field: "This day has passed."})


# --- back -------------------------------------------------------------------------------------------------------------


def open_custody(ctx: Context, document: Document) -> Custody:
    """Return what the paper of a document was handed out by.

    Raises:
        Refused: it is not handed out.
    """
    found = ctx.data.find(Custody, document=document.id, back_at=None)
    if not found:
        raise Refused(f"{document.ref}: It is not handed out: there is nothing to take back.")
    return found[-1]


def give_back(ctx: Context, document: Document, args: TakeBack) -> Change:
    """Take the paper of a document back; it stands where it stood unless another place is said."""
    _refuse_words(document, args.note, "note")
    custody = open_custody(ctx, document)
    pending = Pending(ctx, Change("documents.give_back", note=args.note))
    pending.set(custody, back_at=ctx.now, back_by=ctx.by, back_note=args.note)
    place, shelf = args.place or document.place, args.shelf or ("" if args.place else document.shelf)
    stands = {"place": place, "shelf": shelf}
    nobody = {"holder": None, "out_at": None, "due": None, "recalled_at": None}
    pending.set(document, state=State.FILED, **nobody, **stands)
    change = pending.write()
    late = (ctx.today - custody.due).days if custody.due else 0
    overdue = f", {plural(late, 'day')} late" if late > 0 else ""
    missing = f" Missing: {args.note}." if args.note else ""
    where = stands_in(ctx, document.model_copy(update=stands))
    change.said = f"{document.ref} is back{overdue}{f': put it in {where}' if where else ''}.{missing}"
    return change


def give_back_custody(ctx: Context, custody: Custody, args: TakeBack) -> Change:
    """Take back what was handed out."""
    change = give_back(ctx, _document_of(ctx, custody), args)
    change.action = "custody.give_back"
    return change


def stands_in(ctx: Context, document: Document) -> str:
    """Return in words where the paper of a document belongs: its place, then the box or shelf there."""
    place = ctx.data.get(Place, document.place) if document.place else None
    return ", ".join(word for word in (place.name if place else "", document.shelf) if word)


# --- meanwhile --------------------------------------------------------------------------------------------------------


def recall(ctx: Context, document: Document, args: Recall) -> Change:
    """Ask paper back before its time; whoever has it is told on their desk.

    Raises:
        Refused: that day has passed.
    """
    by = args.by or _working_days(ctx, RECALL_DAYS)
    _refuse_passed(ctx, by, "by")
    _refuse_words(document, args.reason, "reason")
    custody = open_custody(ctx, document)
    due = min(by, custody.due) if custody.due and custody.due >= ctx.today else by
    pending = Pending(ctx, Change("documents.recall", note=args.reason))
    pending.set(custody, recalled_at=ctx.now, recalled_by=ctx.by, recalled_for=args.reason, due=due)
    pending.set(document, recalled_at=ctx.now, due=due)
    change = pending.write()
    day = calendar.day_words(due, ctx.today)
    change.said = f"{ctx.person(custody.person)} is asked to bring {document.ref} back by {day}."
    return change


def _working_days(ctx: Context, days: int) -> date:
    """Return the day so many working days ahead."""
    try:
        return ctx.settings.local(ctx.settings.business_hours().add_days(ctx.now, days)).date()
    except ValueError:  # the office is never open
        return ctx.today + timedelta(days=days)


def recall_custody(ctx: Context, custody: Custody, args: Recall) -> Change:
    """Ask back what was handed out."""
    change = recall(ctx, _document_of(ctx, custody), args)
    change.action = "custody.recall"
    return change


def not_to_ask(ctx: Context, custody: Custody) -> str | None:
    """Guard of asking back what was handed out."""
    return is_back(ctx, custody) or not_to_recall(ctx, _document_of(ctx, custody))


def extend(ctx: Context, custody: Custody, args: Extend) -> Change:
    """Let whoever has it keep it until another day; what was asked back is not any more.

    Raises:
        Refused: that day has passed, or it is the one that it is due on.
    """
    _refuse_passed(ctx, args.due, "due")
    if args.due == custody.due:
        raise Refused("It is due back on that day.", {"due": "Another day, please."})
    document = _document_of(ctx, custody)
    pending = Pending(ctx, Change("custody.extend"))
    pending.set(custody, due=args.due, recalled_at=None, recalled_by=None, recalled_for="")
    pending.set(document, due=args.due, recalled_at=None)
    change = pending.write()
    change.said = f"{document.ref} is due back {calendar.day_words(args.due, ctx.today)}."
    return change


def _document_of(ctx: Context, custody: Custody) -> Document:
    document = ctx.data.get(Document, custody.document)
    if document is None:
        raise Refused(f"There is no {areas.ref(Document.COLLECTION, custody.document)}.")
    return document


# --- on a person's desk -----------------------------------------------------------------------------------------------


def waiting_for(ctx: Context) -> Iterator[Waiting]:
    """Yield the paper somebody has that is due or was asked back; and for clerks the first that is overdue."""
    for custody in ctx.data.find(Custody, person=ctx.by, back_at=None):
        if custody.recalled_at is not None or (custody.due is not None and custody.due <= ctx.today):
            yield _waits(ctx, custody, _mine(ctx, custody), personal=True)
    if "clerk" in ctx.roles:
        yield from _with_leavers(ctx)
        late = ctx.data.find(Custody, back_at=None, due=Between(high=ctx.today.isoformat()))
        late = sorted((one for one in late if one.person != ctx.by), key=lambda one: (one.due or ctx.today, one.id))
        for custody in late[:1]:
            days = plural((ctx.today - (custody.due or ctx.today)).days, "day")
            why = f"{ctx.person(custody.person)} has it, {days} late{and_more(late)}"
            yield _waits(ctx, custody, why)


def _with_leavers(ctx: Context) -> Iterator[Waiting]:
    """Yield for clerks, of each who left, the first paper to take back, and how many more there are."""
    for person in ctx.data.find(Person, active=False):
        found = ctx.data.find(Custody, person=person.id, back_at=None)
        for custody in found[:1]:
            yield _waits(ctx, custody, f"{person.name} has it and does not work here any more{and_more(found)}")


def _mine(ctx: Context, custody: Custody) -> str:
    day = calendar.day_words(custody.due, ctx.today) if custody.due else "now"
    if custody.recalled_at is None:
        return f"you have it: bring it back, due {day}"
    reason = f" for {custody.recalled_for}" if custody.recalled_for else ""
    return f"{ctx.person(custody.recalled_by)} asks it back by {day}{reason}"


def _waits(ctx: Context, custody: Custody, why: str, *, personal: bool = False) -> Waiting:
    return Waiting(
        collection=Custody.COLLECTION,
        number=custody.id,
        what=f"Paper {areas.ref(Document.COLLECTION, custody.document)}",
        why=why,
        due=ctx.end_of(custody.due) if custody.due else None,
        since=custody.at,
        verb="" if personal else "give_back",
        blocking=custody.recalled_at is not None,
        personal=personal,
    )
