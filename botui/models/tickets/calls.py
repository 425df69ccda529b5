"""Phone calls: one form that finds who rings, and what becomes of the call.

Every call is a line in the log. It becomes a message for somebody, a ticket, a note on an open matter, or nothing
more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, Final

from pydantic import Field

from botui.models.base import LINE_MAX, Change, Choice, Line, Prose, Record, Refused, Ui, When
from botui.models.office import Context, Lookup, Party, Person, Presence, Priority
from botui.models.tickets.comments import say
from botui.models.tickets.filing import opened
from botui.models.tickets.lifecycle import shown
from botui.models.tickets.shape import Channel, CommentKind, Ticket, TicketKind

_ENOUGH: Final = 7
"""Digits at the end of two numbers that make them the same number, however country and area are written."""
_PARTIAL: Final = 3
"""Digits from which on a search by number begins."""
_NUMBER: Final = re.compile(r"[+(]?\d[\d\s()/.\-]*\d", re.ASCII)
_TRUNK: Final = re.compile(r"\(0\)", re.ASCII)


class Becomes(Choice):
    """What becomes of a call."""

    MESSAGE = "message", "a message"
    TICKET = "ticket", "a ticket"
    NOTE = "note", "a note on an open ticket"
    LOG = "log", "a line in the log"


class Call(Record):
    """A phone call: the form it is taken down in, and its line in the log.

    Attributes:
        became: the reference of the message or ticket it became, or of the one that it added to.
    """

    COLLECTION: ClassVar[str] = "calls"

    for_person: Annotated[
        int | None, Ui(label="For", column=14, ref="people", help="Who gets the message, or has the ticket then.")
    ] = None
    text: Annotated[Prose, Ui(label="What it is about", rows=4)] = ""
    becomes: Annotated[Becomes, Ui(label="It becomes")] = Becomes.MESSAGE
    urgent: Annotated[bool, Ui(label="Urgent")] = False
    call_back: Annotated[bool, Ui(label="Call back")] = False
    number: Annotated[Line, Field(max_length=40), Ui(label="Number", column=16)] = ""
    caller: Annotated[Line, Field(max_length=80), Ui(label="Caller", column=18)] = ""
    person: Annotated[int | None, Ui(label="Colleague", ref="people")] = None
    party: Annotated[int | None, Ui(label="Customer or supplier", column=20, wide=True, ref="parties")] = None
    about: Annotated[
        int | None, Ui(label="About ticket", ref="tickets", help="For a note; empty = the caller's only open one.")
    ] = None
    subject: Annotated[Line, Ui(label="Subject", help="Of a ticket; empty = the first line of the text.")] = ""
    topic: Annotated[int | None, Ui(label="Topic", ref="topics", help="Of a ticket.")] = None
    at: Annotated[When | None, Ui(label="When", column=16, form=False)] = None
    taken_by: Annotated[int | None, Ui(label="Taken by", column=12, wide=True, ref="people", form=False)] = None
    became: Annotated[Line, Field(max_length=20), Ui(label="Became", column=8, form=False)] = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody who may be ringing.

    Attributes:
        collection: ``people`` or ``parties``.
        number: the number of the record there.
        detail: what fitted: the phone number, or the line of the contact.
        sure: the whole phone number is the same.
    """

    collection: str
    number: int
    name: str
    detail: str
    sure: bool


def take_call(ctx: Context, call: Call) -> Change:
    """Take a call down, and make of it what was chosen.

    Raises:
        Refused: it is not said who rang, or what the choice needs.
    """
    who = _who(ctx, call)
    if not who:
        raise Refused("Who is ringing?", {"caller": "A name or a number is needed."})
    log = call.model_copy(update={"at": ctx.now, "taken_by": ctx.by, "became": ""})
    change = Change("calls.add", f"The call of {who} is in the log.")
    match call.becomes:
        case Becomes.MESSAGE:
            log = log.model_copy(update={"became": _message(ctx, change, call, who)})
        case Becomes.TICKET:
            log = log.model_copy(update={"became": _ticket(ctx, change, call, who)})
        case Becomes.NOTE:
            log = log.model_copy(update={"became": _note(ctx, change, call, who)})
        case Becomes.LOG:
            pass
    return change.add(log)


def _who(ctx: Context, call: Call) -> str:
    party = ctx.data.get(Party, call.party) if call.party else None
    person = ctx.data.get(Person, call.person) if call.person else None
    name = call.caller or (person.name if person else "")
    if party and name:
        return f"{name} ({party.name})"
    return name or (party.name if party else "") or call.number


def _subject(text: str) -> str:
    return text[: LINE_MAX - 1] + "~" if len(text) > LINE_MAX else text


def _first_line(text: str) -> str:
    return text.partition("\n")[0].strip()


def _new(ctx: Context, call: Call, who: str, kind: TicketKind, subject: str) -> Ticket:
    """Return the ticket that a call becomes, before its topic and deadlines are looked at."""
    return Ticket(
        id=ctx.data.new_id(Ticket),
        subject=_subject(subject),
        body=call.text,
        kind=kind,
        channel=Channel.PHONE,
        priority=Priority.P1 if call.urgent else None,
        requester=call.person,
        party=call.party,
        created_at=ctx.now,
        created_by=ctx.by,
        caller=who[:80],
        number=call.number,
        call_back=call.call_back,
        urgent=call.urgent,
    )


def _message(ctx: Context, change: Change, call: Call, who: str) -> str:
    person = ctx.data.get(Person, call.for_person) if call.for_person else None
    if person is None or not person.active:
        raise Refused("For whom is the message?", {"for_person": "Somebody who works here, please."})
    line = call.subject or _first_line(call.text)
    new = _new(ctx, call, who, TicketKind.MESSAGE, f"{who} rang: {line}" if line else f"{who} rang")
    new = opened(ctx, new.model_copy(update={"for_person": person.id}))
    back = f", back {shown(ctx, person.back_at)}" if person.back_at else ""
    away = f" {person.name} is {person.presence.label}{back}." if person.presence is not Presence.IN else ""
    change.said = f"{new.ref}: a message for {person.name}.{away}"
    change.add(new)
    return new.ref


def _ticket(ctx: Context, change: Change, call: Call, who: str) -> str:
    subject = call.subject or _first_line(call.text)
    if not subject:
        raise Refused("What is it about?", {"subject": "This is needed."})
    new = opened(ctx, _new(ctx, call, who, TicketKind.REQUEST, subject).model_copy(update={"topic": call.topic}))
    change.said = f"{new.ref} is filed for {who}."
    person = ctx.data.get(Person, call.for_person) if call.for_person else None
    if person is not None:
        if not person.active:
            raise Refused("Who gets the ticket?", {"for_person": "Somebody who works here, please."})
        new = new.model_copy(update={"owner": person.id})
        change.said = f"{new.ref} is filed for {who}; {person.name} has it."
    change.add(new)
    return new.ref


def _note(ctx: Context, change: Change, call: Call, who: str) -> str:
    ticket = ctx.data.get(Ticket, call.about) if call.about else _only_matter(ctx, call)
    if ticket is None or not ticket.is_active:
        raise Refused("Which open ticket is it about?", {"about": "An open ticket, please."})
    if "clerk" not in ctx.roles and ctx.by != ticket.owner:
        reason = "This is somebody else's ticket: leave them a message."
        raise Refused(reason, {"about": reason})
    asks = " Please call back." if call.call_back else ""
    words = f"{who} rang{' (urgent)' if call.urgent else ''}: {call.text or call.subject or 'no more was said'}"
    say(ctx, change, ticket, CommentKind.INTERNAL, (words if words.endswith((".", "!", "?")) else f"{words}.") + asks)
    change.said = f"The call of {who} is noted on {ticket.ref}."
    return ticket.ref


def _only_matter(ctx: Context, call: Call) -> Ticket | None:
    """Return what is open for the caller, if that is one matter."""
    kind, number = (Person, call.person) if call.person else (Party, call.party)
    if not number:
        return None
    found = open_matters(ctx.data, Match(kind.COLLECTION, number, "", "", True))
    return found[0] if len(found) == 1 else None


def digits(text: str) -> str:
    """Return the digits of a phone number that tell it from others: without ``+``, ``00``, ``(0)`` or a leading 0."""
    return "".join(c for c in _TRUNK.sub("", text) if c.isascii() and c.isdigit()).lstrip("0")


def same_number(one: str, other: str) -> bool:
    """Return whether two phone numbers are the same, with country and area or without.

    The shorter must be the end of the longer; below seven digits (extensions) they must be equal.
    """
    short, long = sorted((digits(one), digits(other)), key=len)
    return bool(short) and (short == long or (len(short) >= _ENOUGH and long.endswith(short)))


def matches(text: str, people: Iterable[Person], parties: Iterable[Party]) -> list[Match]:
    """Return who may be ringing, for a number or the beginning of a name: the surest first.

    Who left and parties no longer in use are not looked for.
    """
    wanted = " ".join(text.casefold().split())
    by_number = not any(c.isalpha() for c in wanted) and len(digits(wanted)) >= _PARTIAL
    if not wanted or not (by_number or any(c.isalpha() for c in wanted)):
        return []
    found = []
    for collection, number, name, lines in _cards(people, parties):
        detail = _fits_number(wanted, lines) if by_number else _fits_words(wanted, name, lines)
        if detail is not None:
            sure = by_number and any(same_number(wanted, one) for one in _numbers(detail))
            found.append(Match(collection, number, name, detail, sure))
    return sorted(
        found, key=lambda one: (not one.sure, not one.name.casefold().startswith(wanted), one.name.casefold())
    )


def _cards(people: Iterable[Person], parties: Iterable[Party]) -> Iterator[tuple[str, int, str, list[str]]]:
    for person in people:
        if person.active:
            yield "people", person.id, person.name, [person.extension, person.mobile]
    for party in parties:
        if party.active:
            yield "parties", party.id, party.name, [party.phone, *party.contacts.splitlines()]


def _numbers(line: str) -> list[str]:
    return _NUMBER.findall(line)


def _fits_number(wanted: str, lines: list[str]) -> str | None:
    sure = (line for line in lines if any(same_number(wanted, one) for one in _numbers(line)))
    near = (line for line in lines if any(digits(wanted) in digits(one) for one in _numbers(line)))
    return next(sure, None) or next(near, None)


def _fits_words(wanted: str, name: str, lines: list[str]) -> str | None:
    """Return the first number of a card whose name fits, or the contact's line that fits; None if neither."""
    if _begins(wanted, name):
        return next((line for line in lines if line), "")
    return next((line for line in lines if _begins(wanted, line)), None)


def _begins(wanted: str, text: str) -> bool:
    words = text.casefold().split()
    return all(any(word.startswith(part) for word in words) for part in wanted.split())


def open_matters(data: Lookup, found: Match) -> list[Ticket]:
    """Return what is still to do for somebody who rings, the newest first."""
    if found.collection == "people":
        tickets = [*data.find(Ticket, requester=found.number), *data.find(Ticket, on_behalf_of=found.number)]
    else:
        tickets = data.find(Ticket, party=found.number)
    active = {one.id: one for one in tickets if one.is_active}
    return [active[number] for number in sorted(active, reverse=True)]
