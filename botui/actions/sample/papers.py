"""Tickets, what was said about them, and calls: the documents of a plan, with deadlines as the rules reckon them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, TypeVar

from botui import areas
from botui.actions.sample import errands, words
from botui.actions.sample.life import Matter
from botui.actions.sample.lists import Office, clerks, morning
from botui.models.base import Record
from botui.models.office import Context, Party, Person, Topic
from botui.models.tickets import Call, Channel, Comment, CommentKind, State, Ticket, TicketKind, WaitFor
from botui.models.tickets.calls import Becomes
from botui.models.tickets.deadlines import dues
from botui.models.tickets.shape import Step
from botui.models.tickets.timed import closes_at

R = TypeVar("R", bound=Record)

_INSIDE: Final = {Channel.KIOSK: 30, Channel.EMAIL: 30, Channel.PHONE: 20, Channel.WALK_IN: 16, Channel.MAIL: 4}
_OUTSIDE: Final = {Channel.EMAIL: 50, Channel.PHONE: 35, Channel.MAIL: 15}
"""How tickets come in, of a hundred: from the house, and from outside."""
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_BARE: Final = Ticket(subject="-")
"""What deadlines are reckoned on, before all of a ticket is known."""


class _Topics:
    """What the rules of deadlines look up: topics, and nothing else."""

    def __init__(self, topics: list[Topic]) -> None:
        self._topics = {one.id: one for one in topics}

    def get(self, kind: type[R], number: int) -> R | None:
        found = self._topics.get(number)
        return found if isinstance(found, kind) else None

    def find(self, kind: type[R], **equal: object) -> list[R]:
        return []

    def new_id(self, kind: type[Record]) -> int:
        return 0


class Papers:
    """Writes the documents of one ticket after another.

    Args:
        office: whom and what they are about.
        first: the number of the first ticket; the plans are numbered from 1.
    """

    def __init__(self, office: Office, first: int) -> None:
        self.office = office
        self.rng = office.rng
        self.at = office.time.at
        self.before = first - 1
        self.people = [one for one in office.people if one.active]
        self.parties = [one for one in office.parties if one.active]
        self.admin = office.administrator()
        self.desks: dict[int | None, list[Person]] = {}
        self.ctx = Context(office.now, None, office.settings, _Topics(office.topics))

    def ref(self, matter: Matter) -> str:
        """Return the reference that the ticket of a plan has."""
        return areas.ref("tickets", self.before + matter.number)

    def clerk(self, department: int | None) -> Person:
        """Return who works on something: often somebody of the department, now and then the administrator."""
        if department not in self.desks:
            self.desks[department] = clerks(self.office, department)
        desk = self.desks[department]
        if self.admin is not None and (not desk or self.rng.random() < 0.2):
            return self.admin
        return self.rng.choice(desk)

    def write(self, matter: Matter) -> Iterator[Record]:
        """Yield the ticket of a plan, then what was said about it, then the call it began with or that is noted on it.

        Records other than the ticket have no number yet.
        """
        sheet = _Sheet(self, matter)
        yield sheet.ticket()
        yield from sheet.comments
        if sheet.call is not None:
            yield sheet.call

    def logged(self) -> Call:
        """Return a call of which nothing became but a line in the log."""
        party = self.rng.choice(self.parties) if self.parties and self.rng.random() < 0.4 else None
        return Call(
            number=party.phone if party else words.landline(self.rng),
            caller="" if party else words.person_name(self.rng, set(), ()),
            party=party.id if party else None,
            becomes=Becomes.LOG,
            text=self.rng.choice(errands.LOGGED),
            at=self.at(self.rng.randrange(1, self.office.time.now + 1)),
            taken_by=self.clerk(None).id,
        )


class _Sheet:
    """One ticket while it is written."""

    def __init__(self, papers: Papers, matter: Matter) -> None:
        self.papers, self.matter = papers, matter
        self.rng, self.at = papers.rng, papers.at
        self.comments: list[Comment] = []
        self.call: Call | None = None
        self.minutes = 0
        self.came = self.at(matter.came)
        self.party: Party | None = None
        self.requester: Person | None = None
        self.department = matter.topic.department if matter.topic else None
        self.owner = papers.clerk(self.department)
        self._who()
        self.filler = self._filler()

    # --- the ticket ---------------------------------------------------------------------------------------------

    def ticket(self) -> Ticket:
        """Return the ticket; what was said about it, and its call, are there afterwards."""
        matter = self.matter
        values: dict[str, Any] = {
            "id": self.papers.before + matter.number,
            "kind": matter.kind,
            "topic": matter.topic.id if matter.topic else None,
            "priority": matter.priority,
            "department": self.department,
            "place": matter.place.id if matter.place else None,
            "requester": self.requester.id if self.requester else None,
            "party": self.party.id if self.party else None,
            "created_at": self.came,
            "wanted_by": matter.wanted_by,
            "parent": self.papers.before + matter.parent.number if matter.parent else None,
            "links": tuple(self.papers.ref(one) for one in matter.links),
            "state": matter.state,
            "owner": self._owner(),
            "first_response_at": self.at(matter.answered) if matter.answered is not None else None,
        }
        values |= self._words() | self._channel() | self._wait() | self._deadlines(values) | self._end()
        self._talk(str(values.get("resolution", "")))
        return Ticket.model_validate({**values, "minutes": self.minutes})

    def _who(self) -> None:
        papers, matter = self.papers, self.matter
        outside = matter.kind is TicketKind.MESSAGE or (matter.story is not None and matter.story.outside)
        if outside and papers.parties and (matter.kind is not TicketKind.MESSAGE or self.rng.random() < 0.7):
            self.party = self.rng.choice(papers.parties)
        else:
            self.requester = self.rng.choice(papers.people)
        if matter.parent or matter.kind is TicketKind.PROJECT:
            self.requester = papers.admin or self.requester

    def _filler(self) -> dict[str, str]:
        papers, rng = self.papers, self.rng
        return {
            "place": self.matter.place.name if self.matter.place else "the office",
            "colleague": rng.choice(papers.people).name,
            "party": rng.choice(papers.parties).name if papers.parties else "the supplier",
            "number": str(rng.randrange(1000, 10_000)),
            "few": str(rng.randrange(3, 13)),
            "day": rng.choice(_DAYS),
        }

    def _owner(self) -> int | None:
        matter = self.matter
        if matter.kind is TicketKind.MESSAGE:
            return self.owner.id
        nobody = matter.state is State.NEW or (matter.state is State.OPEN and matter.handed_over)
        return None if nobody else self.owner.id

    def _words(self) -> dict[str, Any]:
        matter, rng = self.matter, self.rng
        if matter.kind is TicketKind.MESSAGE:
            return self._message()
        if matter.plan is not None:
            done = f"{matter.plan.parts[matter.part]}: done." if matter.parent else "All of it is done."
            subject = matter.plan.parts[matter.part] if matter.parent else matter.plan.subject
            body = f"Part of: {matter.plan.subject}" if matter.parent else matter.plan.body
            return {"subject": subject, "body": body} | ({"resolution": done} if matter.solved is not None else {})
        assert matter.story is not None
        values: dict[str, Any] = {
            "subject": matter.story.subject.format_map(self.filler),
            "body": matter.story.body.format_map(self.filler),
            "checklist": self._checklist(),
            "tags": (rng.choice(words.TAGS),) if rng.random() < 0.15 else (),
            "reopened": int(matter.failed is not None),
        }
        if matter.state is State.REJECTED:
            values["resolution"] = rng.choice(errands.REJECTIONS)
        elif matter.solved is not None and rng.random() < 0.9:
            values["resolution"] = matter.story.solution.format_map(self.filler)
        return values

    def _message(self) -> dict[str, Any]:
        matter, rng = self.matter, self.rng
        about, text = (one.format_map(self.filler) for one in rng.choice(errands.MESSAGES))
        seen = self.at(matter.answered) if matter.answered is not None else None
        caller, number = self._caller()
        who = f"{caller} ({self.party.name})"[:80] if self.party else caller
        self.call = self._called(Becomes.MESSAGE, caller, number, about, text)
        return {
            "subject": f"{who} rang: {about}",
            "body": text,
            "for_person": self.owner.id,
            "caller": who,
            "number": number,
            "urgent": matter.priority == "P1",
            "call_back": matter.call_back,
            "acknowledged_at": seen,
            "first_response_at": self.at(matter.solved) if matter.solved and matter.call_back else None,
        }

    def _checklist(self) -> tuple[Step, ...]:
        matter = self.matter
        lines = matter.topic.checklist.splitlines() if matter.topic else []
        until = matter.solved if matter.solved is not None else self.papers.office.time.now
        if matter.state in (State.NEW, State.MERGED, State.REJECTED):
            done = 0
        else:
            done = len(lines) if matter.solved is not None else self.rng.randrange(len(lines) + 1)
        ticked = sorted(self.rng.randrange(matter.came, max(until, matter.came) + 1) for _ in range(done))
        steps = [
            Step(text=line, done_at=self.at(at), done_by=self.owner.id)
            for line, at in zip(lines[:done], ticked, strict=True)
        ]
        return (*steps, *(Step(text=line) for line in lines[done:]))

    def _channel(self) -> dict[str, Any]:
        matter, rng = self.matter, self.rng
        weights = _OUTSIDE if self.party else _INSIDE
        channel = rng.choices(list(weights), list(weights.values()))[0]
        values: dict[str, Any] = {}
        if matter.call in (Becomes.MESSAGE, Becomes.TICKET):
            channel = Channel.PHONE
        if matter.parent or matter.kind is TicketKind.PROJECT:
            channel = Channel.KIOSK
        if matter.call is Becomes.TICKET:
            caller, number = self._caller()
            self.call = self._called(Becomes.TICKET, caller, number, "", "")
            values = {"caller": f"{caller} ({self.party.name})"[:80] if self.party else caller, "number": number}
        if self.requester and matter.plan is None and rng.random() < 0.04:
            values["on_behalf_of"] = rng.choice(self.papers.people).id
        clerk = self.papers.clerk(None).id
        own = channel is Channel.KIOSK and self.requester is not None
        return {"channel": channel, "created_by": self.requester.id if own and self.requester else clerk, **values}

    def _wait(self) -> dict[str, Any]:
        matter = self.matter
        if matter.state is not State.WAITING:
            return {}
        until = morning(self.papers.office, matter.wait_days) if matter.wait_days else None
        paused = self.at(matter.paused[0]) if matter.paused else None
        return {"waiting_for": matter.waiting_for, "waiting_until": until, "paused_at": paused}

    def _deadlines(self, values: dict[str, Any]) -> dict[str, Any]:
        names = ("kind", "topic", "priority", "created_at", "wanted_by")
        bare = _BARE.model_copy(update={name: values[name] for name in names})
        due = dues(self.papers.ctx, bare)
        if self.matter.paused is None or self.matter.paused[1] is None:
            return due
        hours = self.papers.ctx.settings.business_hours()
        stood = hours.between(*(self.at(second) for second in self.matter.paused if second is not None))
        seconds = int(stood.total_seconds())
        later = dues(self.papers.ctx, bare.model_copy(update={"paused_for": seconds}))
        return {**due, "resolution_due": later["resolution_due"], "paused_for": seconds}

    def _end(self) -> dict[str, Any]:
        """Return how it ended; what was resolved long enough ago has closed by itself."""
        matter = self.matter
        if matter.state in (State.REJECTED, State.MERGED):
            into = self.papers.before + matter.into.number if matter.into else None
            return {"closed_at": self.at(matter.ended or matter.came), "merged_into": into}
        if matter.solved is None:
            return {}
        solved = self.at(matter.solved)
        if matter.kind is TicketKind.MESSAGE and not matter.call_back:
            return {"resolved_at": solved, "closed_at": solved}
        due = closes_at(self.papers.ctx, solved)
        if matter.ended is not None:
            due = min(due, self.at(matter.ended))
        closed = due <= self.papers.office.now
        values: dict[str, Any] = {"resolved_at": solved, "state": State.CLOSED if closed else State.RESOLVED}
        if matter.story is not None and self.rng.random() < 0.3:
            values["satisfaction"] = self.rng.choices((1, 2, 3, 4, 5), (3, 5, 15, 37, 40))[0]
        return {**values, "closed_at": due} if closed else values

    # --- what was said ------------------------------------------------------------------------------------------

    def _talk(self, resolution: str) -> None:
        matter, rng = self.matter, self.rng
        if matter.story is None:
            if resolution:
                self._say(matter.solved, CommentKind.PUBLIC, resolution, self.owner, rng.randrange(5, 120))
            return
        if matter.state is State.MERGED:
            return
        note, reply = (one.format_map(self.filler) for one in (matter.story.note, matter.story.reply))
        worked = matter.answered is not None and matter.state is not State.REJECTED
        until = matter.solved if matter.solved is not None else self.papers.office.time.now
        if worked and rng.random() < 0.55:
            self._say(matter.answered, CommentKind.PUBLIC, reply, self.owner, rng.choice((0, 2, 5, 5, 10)))
        if worked and rng.random() < 0.3:
            noted = rng.randrange(matter.answered or matter.came, max(until, matter.came + 1) + 1)
            self._say(noted, CommentKind.INTERNAL, note, self.owner, rng.choice((0, 5, 10, 15, 30, 45)))
        self._pauses()
        self._merged_into_this()
        if matter.failed is not None:
            self._again(matter.failed, until)
        if resolution:
            end = matter.solved if matter.solved is not None else matter.ended
            minutes = rng.choice((5, 10, 15, 20, 30, 60, 90)) if matter.solved is not None else 0
            self._say(end, CommentKind.PUBLIC, resolution, self.owner, minutes)
        if matter.solved is not None and self.requester and rng.random() < 0.1:
            self._say(matter.solved + 900, CommentKind.PUBLIC, rng.choice(errands.THANKS), self.requester)
        if matter.call is Becomes.NOTE:
            self._noted_call()

    def _say(self, second: int | None, kind: CommentKind, body: str, author: Person | None, minutes: int = 0) -> None:
        values = {"ticket": self.papers.before + self.matter.number, "author": author.id if author else None}
        at = self.at(second if second is not None else self.matter.came)
        self.comments.append(
            Comment.model_validate({**values, "at": at, "kind": kind, "body": body, "minutes": minutes})
        )
        self.minutes += minutes

    def _pauses(self) -> None:
        matter = self.matter
        began = matter.paused[0] if matter.paused else matter.answered
        party = self.filler["party"]
        why = {
            WaitFor.VENDOR: f"{party} will ring us back about it.",
            WaitFor.PART: f"The part is ordered with {party}.",
            WaitFor.DATE: "Put off until then, as agreed.",
        }
        if matter.waiting_for in why:
            self._say(began, CommentKind.INTERNAL, why[matter.waiting_for], self.owner)
        elif matter.paused and self.requester:
            question = f"One question before we go on, {self.requester.name}: which day suits you?"
            self._say(began, CommentKind.PUBLIC, question, self.owner, 5)
            if matter.paused[1] is not None:
                self._say(matter.paused[1], CommentKind.PUBLIC, f"{self.filler['day']} suits me.", self.requester)
        if matter.state is State.OPEN and matter.handed_over:
            self._say(matter.came + 600, CommentKind.INTERNAL, "This one is for you, please take it over.", self.owner)

    def _again(self, failed: int, until: int) -> None:
        first = "This should be all right again; please tell us if it is not."
        again = (failed + until) // 2
        self._say(failed, CommentKind.PUBLIC, first, self.owner, 15)
        self._say(again, CommentKind.SYSTEM, f"Opened again. The solution was: {first}", self.requester or self.owner)
        self._say(again, CommentKind.PUBLIC, self.rng.choice(errands.REOPENINGS), self.requester or self.owner)

    def _merged_into_this(self) -> None:
        for other in self.matter.links:
            if other.into is self.matter and other.story is not None:
                subject = other.story.subject.format_map(self.filler)
                words_ = f"{self.papers.ref(other)} was merged into this: {subject}."
                self._say(other.ended, CommentKind.SYSTEM, words_, self.owner)

    # --- calls --------------------------------------------------------------------------------------------------

    def _caller(self) -> tuple[str, str]:
        """Return name and number of who rang."""
        if self.party is not None:
            contact = self.party.contacts.partition("\n")[0].split(", ")
            return contact[0] or self.party.name, contact[-1] if len(contact) > 1 else self.party.phone
        assert self.requester is not None
        return self.requester.name, self.requester.extension or self.requester.mobile

    def _called(self, becomes: Becomes, caller: str, number: str, subject: str, text: str) -> Call:
        story, message = self.matter.story, becomes is Becomes.MESSAGE
        return Call.model_validate(
            {
                "number": number,
                "caller": caller,
                "person": self.requester.id if self.requester else None,
                "party": self.party.id if self.party else None,
                "becomes": becomes,
                "for_person": self.owner.id if message else None,
                "subject": subject or (story.subject.format_map(self.filler) if story else ""),
                "topic": self.matter.topic.id if self.matter.topic and not message else None,
                "text": text or (story.body.format_map(self.filler) if story else ""),
                "urgent": message and self.matter.priority == "P1",
                "call_back": self.matter.call_back,
                "at": self.came,
                "taken_by": self.papers.clerk(None).id,
                "became": self.papers.ref(self.matter),
            }
        )

    def _noted_call(self) -> None:
        caller, number = self._caller()
        text = "Asks how far it is."
        at: datetime = self.at(self.rng.randrange(self.matter.came, self.papers.office.time.now + 1))
        taken_by = self.papers.clerk(None)
        self.call = self._called(Becomes.NOTE, caller, number, "", text).model_copy(
            update={"about": self.papers.before + self.matter.number, "at": at, "taken_by": taken_by.id}
        )
        self._say(None, CommentKind.INTERNAL, f"{caller} rang: {text}", taken_by)
        self.comments[-1] = self.comments[-1].model_copy(update={"at": at})
