"""What is done with letters: answered, given to somebody, put off, closed and opened again; written from a template."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from botui.models import calendar
from botui.models.base import Arguments, Change, Line, Prose, Refused, Ui, fold
from botui.models.office import Context, Party, Person
from botui.models.records.corresponding import answered_values, bill_about, enter, late_words
from botui.models.records.form import Form
from botui.models.records.letter import Channel, Direction, Letter, State

_NOTES_MAX: Final = 4000
"""Characters of the notes of a letter."""


class Answer(Arguments):
    """The letter that answers another one."""

    subject: Annotated[Line, Ui(label="Subject", help="Empty = Re: and the subject, or as its template says.")] = ""
    form: Annotated[int | None, Ui(label="Letter template", ref="forms", help="Writes what goes out.")] = None
    text: Annotated[Prose, Ui(label="Text", rows=4)] = ""
    channel: Annotated[Channel | None, Ui(label="How", help="Empty = as the one that is answered.")] = None
    on: Annotated[date | None, Ui(label="Came or went on", help="Empty = today.")] = None
    reply_due: Annotated[date | None, Ui(label="Reply due", help="Empty = no answer to it is needed.")] = None


class Resolve(Arguments):
    """How it was answered without a letter."""

    how: Annotated[Line, Ui(label="How", help="Such as: by phone; nothing had to be done.")] = ""
    on: Annotated[date | None, Ui(label="On", help="Empty = today.")] = None


class Close(Arguments):
    """Why nothing more is done."""

    why: Annotated[Line, Ui(label="Why", help="Needed where an answer is due.")] = ""


class AssignLetter(Arguments):
    """Who sees to it, and by when it is to be answered."""

    to: Annotated[int, Ui(label="Give to", ref="people")]
    reply_due: Annotated[date | None, Ui(label="Reply due", help="Empty = as it is.")] = None


class WaitFor(Arguments):
    """What it waits for, and until when."""

    until: Annotated[date, Ui(label="Until", help="Such as fri, +7d; then it comes back.")]
    what: Annotated[Line, Ui(label="Waits for")] = ""


class NoteLetter(Arguments):
    """What is to be remembered."""

    text: Annotated[Prose, Field(min_length=1, max_length=1000), Ui(label="Note", rows=3)]


class Write(Arguments):
    """To whom a template is written, and about what."""

    party: Annotated[int | None, Ui(label="Customer, supplier", ref="parties", help="Whose card fills it in.")] = None
    to: Annotated[Line, Field(max_length=80), Ui(label="To", help="Empty = the name on the card.")] = ""
    about: Annotated[Line, Field(max_length=40), Ui(label="About", names=True, help="Such as the bill B-12.")] = ""
    subject: Annotated[Line, Ui(label="Subject", help="Empty = as the template says.")] = ""
    reply_due: Annotated[date | None, Ui(label="Reply due", help="Empty = as the template says.")] = None


# --- answers ----------------------------------------------------------------------------------------------------------


def reply(ctx: Context, letter: Letter, args: Answer) -> Change:
    """Answer a letter by another one, that goes out, or enter the one that came as their answer."""
    change = Change("letters.reply")
    template = args.form is not None
    again = letter.subject if fold(letter.subject).startswith("re:") else f"Re: {letter.subject}"
    new, said = enter(
        ctx,
        change,
        Letter(
            id=ctx.data.new_id(Letter),
            correspondent=letter.correspondent,
            party=letter.party,
            subject=args.subject or again[:200],
            direction=Direction.OUT if letter.came_in else Direction.IN,
            channel=args.channel or letter.channel,
            owner=letter.owner,
            on=args.on,
            reply_due=args.reply_due,
            about=letter.about,
            answers=letter.id,
            form=args.form,
            text=args.text,
            privacy=letter.privacy,
        ),
        titled=bool(args.subject) or not template,
    )
    change.said = f"{new.ref} {'came' if new.came_in else 'goes out'}{said}."
    return change


def resolve(ctx: Context, letter: Letter, args: Resolve) -> Change:
    """Say that it was answered without a letter."""
    on = args.on or ctx.today
    if letter.on is not None and on < letter.on:
        raise Refused("It was not there yet on that day.", {"on": "This is before the day it came or went."})
    if on > ctx.today:
        raise Refused("That day has not come yet.", {"on": "This day has not come yet."})
    said = f"{letter.ref} is answered{late_words(letter, on)}."
    return Change("letters.resolve", said).set(letter, **answered_values(on), reason=args.how)


def close(ctx: Context, letter: Letter, args: Close) -> Change:
    """Close an entry; where an answer was due and none was given it says why."""
    if letter.is_pending and letter.reply_due is not None and not args.why:
        words = "An answer is due: say why there is none."
        raise Refused(words, {"why": words})
    values = {"waiting_for": "", "waiting_until": None, "reason": args.why or letter.reason}
    change = Change("letters.close", f"{letter.ref} is closed.")
    return change.set(letter, state=State.CLOSED, closed_at=ctx.now, **values)


def reopen(ctx: Context, letter: Letter, _: object) -> Change:
    """Open an entry again."""
    change = Change("letters.reopen", f"{letter.ref} is open again.")
    values = {"waiting_for": "", "waiting_until": None, "answered_on": None, "closed_at": None, "reason": ""}
    return change.set(letter, state=State.OPEN, **values)


# --- whose it is, and until when --------------------------------------------------------------------------------------


def assign(ctx: Context, letter: Letter, args: AssignLetter) -> Change:
    """Give it to somebody to see to."""
    person = ctx.data.get(Person, args.to)
    if person is None or not person.active:
        raise Refused("This person does not work here any more.", {"to": "Somebody who works here, please."})
    due = args.reply_due or letter.reply_due
    if args.reply_due is not None and letter.on is not None and args.reply_due < letter.on:
        words = "This is before the day it came or went."
        raise Refused("The reply would be due before that.", {"reply_due": words})
    until = f", to be answered {calendar.day_words(due, ctx.today)}" if due and letter.came_in else ""
    change = Change("letters.assign", f"{person.name} sees to {letter.ref}{until}.")
    return change.set(letter, owner=person.id, reply_due=due)


def wait(ctx: Context, letter: Letter, args: WaitFor) -> Change:
    """Put it off until a day; when its reply is due stays."""
    if args.until <= ctx.today:
        raise Refused("That day has come already.", {"until": "A day after today, please."})
    day = calendar.day_words(args.until, ctx.today)
    change = Change("letters.wait", f"{letter.ref} waits until {day}.")
    return change.set(letter, state=State.WAITING, waiting_until=args.until, waiting_for=args.what)


def note(ctx: Context, letter: Letter, args: NoteLetter) -> Change:
    """Add a note, with the day and who wrote it."""
    person = ctx.data.get(Person, ctx.by) if ctx.by else None
    who = f" {person.initials or person.name}" if person else ""
    text = f"{letter.note}\n{ctx.today:%Y-%m-%d}{who}: {args.text}".strip()
    if len(text) > _NOTES_MAX:
        words = f"The notes would have {len(text):,} characters; {_NOTES_MAX:,} fit."
        raise Refused(words, {"text": words})
    return Change("letters.note", f"Your note is at {letter.ref}.").set(letter, note=text)


# --- from a template --------------------------------------------------------------------------------------------------


def write(ctx: Context, form: Form, args: Write) -> Change:
    """Write a letter from a template: it is numbered, filed, and goes out."""
    bill = bill_about(ctx, args.about)
    number = args.party or (bill.party if bill else None)
    party = ctx.data.get(Party, number) if number else None
    to = args.to or (party.name if party else "")
    if not to:
        raise Refused("To whom?", {"party": "A card, or a name at To, please."})
    change = Change("forms.run")
    letter = Letter(
        id=ctx.data.new_id(Letter),
        correspondent=to,
        party=number,
        subject=args.subject or form.name,
        direction=Direction.OUT,
        channel=form.channel,
        about=args.about,
        reply_due=args.reply_due,
        form=form.id,
    )
    new, said = enter(ctx, change, letter, titled=bool(args.subject))
    change.said = f"{new.ref} goes out{said}."
    return change
