"""What somebody may do who has not said who they are: report something, leave a message, ask for the state of a ticket.

A guest's name is what they typed: it is kept as the caller's and never taken for a person of the directory, so that
nobody gets a ticket into somebody else's name, or reads it as theirs.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Final

from pydantic import Field

from botui.models.base import LINE_MAX, Arguments, Change, Line, Refused, Ui, clean, fold
from botui.models.office import Context, Person
from botui.models.tickets.deadlines import next_due
from botui.models.tickets.filing import opened
from botui.models.tickets.lifecycle import shown, wait_words
from botui.models.tickets.shape import Channel, State, Ticket, TicketKind

ACTION: Final = "tickets.report"
"""What guests file is called in the journal, be it a ticket alone or a fault with one."""
UNSEEN_MAX: Final = 10
"""Reports and messages of guests at one terminal that nobody has looked at yet, within the time below, at most."""
UNSEEN_WITHIN: Final = timedelta(minutes=10)
TOO_MANY: Final = "Many things were reported here just now: please tell somebody at the desk, or try again later."
MISSED: Final = "There is no ticket of that number for you. Look at the number again, or ask at the desk."
"""What is said whether the number is nobody's or somebody else's."""

_Text = Annotated[Line, Field(min_length=1, max_length=LINE_MAX)]
_Who = Annotated[Line, Field(min_length=1, max_length=80)]


class Report(Arguments):
    """Something is wrong or broken."""

    what: Annotated[_Text, Ui(label="What is wrong", help="In a few words, such as: the tap drips.")]
    place: Annotated[int | None, Ui(label="Where", ref="places")] = None
    who: Annotated[_Who, Ui(label="Your name", help="Or your initials. With it you can ask later where this stands.")]


class Message(Arguments):
    """A message for somebody of the phone list."""

    text: Annotated[_Text, Ui(label="Message")]
    who: Annotated[_Who, Ui(label="Your name", help="Or your initials.")]
    number: Annotated[Line, Field(max_length=40), Ui(label="Your number", help="Where they can call you back.")] = ""


class Question(Arguments):
    """Where does a ticket stand?"""

    number: Annotated[
        Line, Field(min_length=1, max_length=20), Ui(label="Number", help="Of the ticket, such as T-1042.")
    ]
    who: Annotated[_Who, Ui(label="Your initials", help="Or your name, as you gave it.")]


def report(ctx: Context, said: Report) -> Change:
    """File what a guest reports."""
    new = Ticket(
        id=ctx.data.new_id(Ticket),
        subject=said.what,
        kind=TicketKind.INCIDENT,
        channel=Channel.KIOSK,
        place=said.place,
        caller=said.who,
        created_at=ctx.now,
    )
    new = opened(ctx, new)
    return Change(ACTION, f"Thank you: {new.ref} is filed.").add(new)


def leave_message(ctx: Context, person: int, said: Message) -> Change:
    """File a guest's message for somebody who works here.

    Raises:
        Refused: nobody of that number works here.
    """
    found = ctx.data.get(Person, person)
    if found is None or not found.active:
        raise Refused("For whom is the message? Choose somebody of the phone list.")
    head = f"{said.who}: {said.text}"
    new = Ticket(
        id=ctx.data.new_id(Ticket),
        subject=head if len(head) <= LINE_MAX else f"{head[: LINE_MAX - 1]}~",
        body=said.text,
        kind=TicketKind.MESSAGE,
        channel=Channel.KIOSK,
        for_person=person,
        caller=said.who,
        number=said.number,
        call_back=bool(said.number),
        created_at=ctx.now,
    )
    new = opened(ctx, new)
    return Change(ACTION, f"Your message for {found.name} is left: {new.ref}.").add(new)


def unseen(ticket: Ticket) -> bool:
    """Return whether nobody has looked at what a guest filed."""
    return ticket.state is State.NEW and ticket.acknowledged_at is None


def initials(name: str) -> str:
    """Return the initials of a typed name, folded: ``Eve van Dam (Paper Ltd)`` is ``evd``."""
    return "".join(word[0] for word in fold(name.partition("(")[0]).split() if word[0].isalnum())


def is_asked_by(ctx: Context, ticket: Ticket, who: str) -> bool:
    """Return whether initials or a name are those of somebody for whom a ticket is."""
    wanted = fold(clean(who))
    if not any(one.isalnum() for one in wanted):
        return False
    # one letter is soon guessed
    known = {fold(ticket.caller), *(one for one in (initials(ticket.caller),) if len(one) > 1)}
    for number in (ticket.requester, ticket.on_behalf_of):
        person = ctx.data.get(Person, number) if number else None
        if person is not None:
            known |= {fold(person.initials), fold(person.name)}
    return wanted in known


def standing(ctx: Context, ticket: Ticket) -> str:
    """Return where a ticket stands: its state, what it waits for, the next date, and nothing else that is in it."""
    if ticket.state is State.WAITING and ticket.waiting_for is not None:
        return f"{ticket.ref} {wait_words(ctx, ticket.waiting_for, ticket.waiting_until)}."
    until = _due(ticket)
    if until is None or not ticket.is_active:
        return f"{ticket.ref} is {ticket.state.label}."
    words = "late since" if until < ctx.now else "next date:"
    return f"{ticket.ref} is {ticket.state.label}; {words} {shown(ctx, until)}."


def _due(ticket: Ticket) -> datetime | None:
    names = {"state", "paused_at", "resolution_due", "first_response_at", "first_response_due"}
    due = next_due(ticket.doc(names))
    return datetime.fromisoformat(due) if due else None
