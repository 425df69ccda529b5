"""Tickets as documents: the plan of each, with deadlines and ends as the rules reckon them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeVar

from botui.actions.sample import phrases, words
from botui.actions.sample.absences import approval
from botui.actions.sample.cast import Cast, Scene
from botui.actions.sample.life import Matter
from botui.actions.sample.lists import morning
from botui.actions.sample.talk import Talk, call
from botui.models.base import Record
from botui.models.office import Context, Priority, Topic
from botui.models.tickets import Channel, State, Ticket, TicketKind
from botui.models.tickets.calls import Becomes
from botui.models.tickets.deadlines import dues
from botui.models.tickets.shape import Step
from botui.models.tickets.timed import closes_at

R = TypeVar("R", bound=Record)

_INSIDE: Final = {Channel.KIOSK: 30, Channel.EMAIL: 30, Channel.PHONE: 20, Channel.WALK_IN: 16, Channel.MAIL: 4}
_OUTSIDE: Final = {Channel.EMAIL: 50, Channel.PHONE: 35, Channel.MAIL: 15}
"""How tickets come in, of a hundred: from the house, and from outside."""
_STARS: Final = {1: 3, 2: 5, 3: 15, 4: 37, 5: 40}
"""How satisfied people are, of a hundred."""
_BARE: Final = Ticket(subject="-")
"""What deadlines are reckoned on, before all of a ticket is known."""


class _Topics:
    """What the rules of deadlines look up: topics, and nothing else."""

    def __init__(self, topics: list[Topic]) -> None:
        self._topics = {one.id: one for one in topics}

    def get(self, kind: type[R], number: int) -> R | None:
        found = self._topics.get(number)
        return found if isinstance(found, kind) else None

    def find(self, kind: type[R], /, **equal: object) -> list[R]:
        return []

    def numbers(self, kind: type[R], at_most: int | None = None, /, **equal: object) -> list[int]:
        return []

    def holds(self, *collections: str) -> bool:
        return Topic.COLLECTION in collections and bool(self._topics)

    def new_id(self, kind: type[Record]) -> int:
        return 0


class Papers:
    """Writes the documents of one ticket after another."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.rng = cast.rng
        self.at = cast.at
        office = cast.office
        self.ctx = Context(office.now, None, office.settings, _Topics(office.topics))

    def write(self, matter: Matter) -> Iterator[Record]:
        """Yield the ticket of a plan, then what was said about it, then the call that goes with it.

        Only the ticket has a number.
        """
        scene = self.cast.scene(matter)
        talk = Talk(self.cast, scene)
        values = self._ticket(scene)
        talk.about(str(values.get("resolution", "")))
        yield Ticket.model_validate({**values, "minutes": talk.minutes})
        yield from talk.comments
        if (rang := call(self.cast, scene, talk)) is not None:
            yield rang

    def _ticket(self, scene: Scene) -> dict[str, Any]:
        matter = scene.matter
        values: dict[str, Any] = {
            "id": scene.number,
            "kind": matter.kind,
            "topic": matter.topic.id if matter.topic else None,
            "priority": matter.priority,
            "department": matter.topic.department if matter.topic else None,
            "place": matter.place.id if matter.place else None,
            "requester": scene.requester.id if scene.requester else None,
            "party": scene.party.id if scene.party else None,
            "created_at": self.at(matter.came),
            "wanted_by": matter.wanted_by,
            "parent": self.cast.number(matter.parent) if matter.parent else None,
            "links": tuple(self.cast.ref(one) for one in matter.links),
            "state": matter.state,
            "owner": _owner(scene),
            "first_response_at": self.at(matter.answered) if matter.answered is not None else None,
        }
        values |= self._words(scene) | self._channel(scene)
        values |= self._wait(matter) | self._deadlines(matter, values) | self._end(matter)
        return values | approval(self.cast, scene, values)

    def _words(self, scene: Scene) -> dict[str, Any]:
        matter, rng = scene.matter, self.rng
        if matter.kind is TicketKind.MESSAGE:
            return self._message(scene)
        if matter.story is None:
            return _project(matter)
        values: dict[str, Any] = {
            "subject": matter.story.subject.format_map(scene.filler),
            "body": matter.story.body.format_map(scene.filler),
            "checklist": self._checklist(scene),
            "tags": (rng.choice(words.TAGS),) if rng.random() < 0.15 else (),
            "reopened": int(matter.failed is not None),
        }
        if matter.state is State.REJECTED:
            values["resolution"] = rng.choice(phrases.REJECTIONS)
        elif matter.solved is not None and rng.random() < 0.9:
            values["resolution"] = matter.story.solution.format_map(scene.filler)
        return values

    def _message(self, scene: Scene) -> dict[str, Any]:
        matter = scene.matter
        return {
            "subject": f"{scene.who()} rang: {scene.about}",
            "body": scene.text,
            "for_person": scene.owner.id,
            "caller": scene.who(),
            "number": scene.caller()[1],
            "urgent": matter.priority is Priority.P1,
            "call_back": matter.call_back,
            "acknowledged_at": self.at(matter.answered) if matter.answered is not None else None,
            "first_response_at": self.at(matter.solved) if matter.solved and matter.call_back else None,
        }

    def _checklist(self, scene: Scene) -> tuple[Step, ...]:
        matter = scene.matter
        lines = matter.topic.checklist.splitlines() if matter.topic else []
        until = matter.solved if matter.solved is not None else self.cast.office.time.now
        if matter.state in (State.NEW, State.MERGED, State.REJECTED):
            done = 0
        else:
            done = len(lines) if matter.solved is not None else self.rng.randrange(len(lines) + 1)
        ticked = sorted(self.rng.randrange(matter.came, max(until, matter.came) + 1) for _ in range(done))
        steps = [
            Step(text=line, done_at=self.at(second), done_by=scene.owner.id)
            for line, second in zip(lines[:done], ticked, strict=True)
        ]
        return (*steps, *(Step(text=line) for line in lines[done:]))

    def _channel(self, scene: Scene) -> dict[str, Any]:
        matter, rng = scene.matter, self.rng
        weights = _OUTSIDE if scene.party else _INSIDE
        channel = rng.choices(list(weights), list(weights.values()))[0]
        values: dict[str, Any] = {}
        if matter.plan is not None:
            channel = Channel.KIOSK
        elif matter.call in (Becomes.MESSAGE, Becomes.TICKET):
            channel = Channel.PHONE
            values = {"caller": scene.who(), "number": scene.caller()[1]}
        elif scene.requester and rng.random() < 0.04:
            values["on_behalf_of"] = rng.choice(self.cast.people).id
        own = channel is Channel.KIOSK and scene.requester is not None
        filed_by = scene.requester if own and scene.requester else self.cast.clerk()
        return {"channel": channel, "created_by": filed_by.id, **values}

    def _wait(self, matter: Matter) -> dict[str, Any]:
        if matter.state is not State.WAITING:
            return {}
        until = morning(self.cast.office, matter.wait_days) if matter.wait_days else None
        paused = self.at(matter.paused[0]) if matter.paused else None
        return {"waiting_for": matter.waiting_for, "waiting_until": until, "paused_at": paused}

    def _deadlines(self, matter: Matter, values: dict[str, Any]) -> dict[str, Any]:
        names = ("kind", "topic", "priority", "created_at", "wanted_by")
        bare = _BARE.model_copy(update={name: values[name] for name in names})
        due = dues(self.ctx, bare)
        if matter.paused is None or matter.paused[1] is None:
            return due
        hours = self.ctx.settings.business_hours()
        stood = hours.between(self.at(matter.paused[0]), self.at(matter.paused[1]))
        seconds = int(stood.total_seconds())
        later = dues(self.ctx, bare.model_copy(update={"paused_for": seconds}))
        return {**due, "resolution_due": later["resolution_due"], "paused_for": seconds}

    def _end(self, matter: Matter) -> dict[str, Any]:
        """Return how it ended; what was resolved long enough ago has closed by itself."""
        if matter.state in (State.REJECTED, State.MERGED):
            into = self.cast.number(matter.into) if matter.into else None
            return {"closed_at": self.at(matter.ended or matter.came), "merged_into": into}
        if matter.solved is None:
            return {}
        solved = self.at(matter.solved)
        if matter.kind is TicketKind.MESSAGE and not matter.call_back:
            return {"resolved_at": solved, "closed_at": solved}
        due = closes_at(self.ctx, solved)
        if matter.ended is not None:
            due = min(due, self.at(matter.ended))
        closed = due <= self.cast.office.now
        values: dict[str, Any] = {"resolved_at": solved, "state": State.CLOSED if closed else State.RESOLVED}
        if matter.story is not None and self.rng.random() < 0.3:
            values["satisfaction"] = self.rng.choices(list(_STARS), list(_STARS.values()))[0]
        return {**values, "closed_at": due} if closed else values


def _owner(scene: Scene) -> int | None:
    matter = scene.matter
    nobody = matter.state is State.NEW or matter.handed_over
    return scene.owner.id if matter.kind is TicketKind.MESSAGE or not nobody else None


def _project(matter: Matter) -> dict[str, Any]:
    """Return the words of a project or of one of its parts."""
    if matter.plan is None:
        return {}
    subject, body, solution = matter.plan.subject, matter.plan.body, "All of it is done."
    if matter.parent:
        subject, body, solution = matter.plan.parts[matter.part], f"Part of: {subject}", "Done as planned."
    return {"subject": subject, "body": body, "resolution": solution if matter.solved is not None else ""}
