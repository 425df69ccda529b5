"""What was said about a ticket, and the calls around it."""

from __future__ import annotations

from random import Random
from typing import Any

from botui.actions.sample import phrases, words
from botui.actions.sample.cast import Cast, Scene
from botui.models.office import Person, Priority
from botui.models.tickets import Comment, CommentKind, State, TicketKind, WaitFor
from botui.models.tickets.calls import Becomes, Call


class Talk:
    """Writes down what was said about one ticket.

    Attributes:
        comments: so far; they have no numbers yet.
        rang: the note of a call about it.
        minutes: worked, over all of them.
    """

    def __init__(self, cast: Cast, scene: Scene) -> None:
        self.cast, self.scene, self.matter = cast, scene, scene.matter
        self.rng: Random = cast.rng
        self.comments: list[Comment] = []
        self.rang: Comment | None = None
        self.minutes = 0

    def about(self, resolution: str) -> None:
        """Write down all that was said, with a solution or the reason why nothing is done."""
        if self.matter.story is not None and self.matter.state is not State.MERGED:
            self._work()
            self._pauses()
            self._merged_into_this()
            self._again()
        if resolution:
            self._solution(resolution)
        if self.matter.call is Becomes.NOTE:
            self._rang()
        self.comments.sort(key=lambda one: one.at or self.cast.office.now)

    @property
    def _until(self) -> int:
        """When nothing more was to be done, or the present."""
        return self.matter.solved if self.matter.solved is not None else self.cast.office.time.now

    def _say(self, second: int, kind: CommentKind, body: str, author: Person | None = None, minutes: int = 0) -> None:
        values = {
            "ticket": self.scene.number,
            "author": (author or self.scene.owner).id,
            "at": self.cast.at(second),
            "kind": kind,
            "body": body,
            "minutes": minutes,
        }
        self.comments.append(Comment.model_validate(values))
        self.minutes += minutes

    def _work(self) -> None:
        story, answered = self.matter.story, self.matter.answered
        if story is None or answered is None or self.matter.state is State.REJECTED:
            return
        if self.rng.random() < 0.42:
            reply = story.reply.format_map(self.scene.filler)
            self._say(answered, CommentKind.PUBLIC, reply, minutes=self.rng.choice((0, 2, 5, 5, 10)))
        if self.rng.random() < 0.3:
            noted = self.rng.randrange(answered, max(self._until, answered) + 1)
            note = story.note.format_map(self.scene.filler)
            self._say(noted, CommentKind.INTERNAL, note, minutes=self.rng.choice((0, 5, 10, 15, 30, 45)))

    def _pauses(self) -> None:
        matter, requester = self.matter, self.scene.requester
        party = self.scene.filler["party"]
        why = {
            WaitFor.VENDOR: f"{party} will ring us back about it.",
            WaitFor.PART: f"The part is ordered with {party}.",
            WaitFor.DATE: "Put off until then, as agreed.",
        }
        if matter.waiting_for in why:
            self._say(matter.answered or matter.came, CommentKind.INTERNAL, why[matter.waiting_for])
        elif matter.paused and requester:
            question, answer = self.rng.choice(phrases.ASKED_BACK)
            self._say(matter.paused[0], CommentKind.PUBLIC, question, minutes=5)
            if matter.paused[1] is not None:
                words_back = answer.format_map(self.scene.filler)
                self._say(matter.paused[1], CommentKind.PUBLIC, words_back, requester)
        if matter.handed_over:
            since = matter.answered or matter.came
            second = (since + self.cast.office.time.now) // 2
            self._say(second, CommentKind.INTERNAL, "This one is for you; please take it over.")

    def _merged_into_this(self) -> None:
        for other in self.matter.links:
            if other.into is self.matter and other.story is not None and other.ended is not None:
                subject = other.story.subject.format_map(self.scene.filler)
                self._say(other.ended, CommentKind.SYSTEM, f"{self.cast.ref(other)} was merged into this: {subject}.")

    def _again(self) -> None:
        failed = self.matter.failed
        if failed is None:
            return
        first = "This should be all right again; please tell us if it is not."
        again = (failed + self._until) // 2
        self._say(failed, CommentKind.PUBLIC, first, minutes=15)
        self._say(again, CommentKind.SYSTEM, f"Opened again. The solution was: {first}", self.scene.requester)
        self._say(again, CommentKind.PUBLIC, self.rng.choice(phrases.REOPENINGS), self.scene.requester)

    def _solution(self, resolution: str) -> None:
        solved, ended = self.matter.solved, self.matter.ended
        if solved is None:
            self._say(ended or self.matter.came, CommentKind.PUBLIC, resolution)
            return
        self._say(solved, CommentKind.PUBLIC, resolution, minutes=self.rng.choice((5, 10, 15, 20, 30, 60, 90)))
        if self.matter.story is not None and self.scene.requester and self.rng.random() < 0.1:
            self._say(solved + 900, CommentKind.PUBLIC, self.rng.choice(phrases.THANKS), self.scene.requester)

    def _rang(self) -> None:
        second = self.rng.randrange(self.matter.came, max(self._until, self.matter.came) + 1)
        self._say(second, CommentKind.INTERNAL, f"{self.scene.who()} rang: {self.scene.text}")
        self.rang = self.comments[-1]


def call(cast: Cast, scene: Scene, talk: Talk) -> Call | None:
    """Return the call that a ticket began with, or that is noted on it; None if nobody rang."""
    matter = scene.matter
    if matter.call is None:
        return None
    name, number = scene.caller()
    values: dict[str, Any] = {
        "number": number,
        "caller": name,
        "person": scene.requester.id if scene.requester else None,
        "party": scene.party.id if scene.party else None,
        "becomes": matter.call,
        "subject": scene.about,
        "text": scene.text,
        "call_back": matter.call_back,
        "at": cast.at(matter.came),
        "taken_by": cast.clerk().id,
        "became": scene.ref,
    }
    if matter.kind is TicketKind.MESSAGE:
        values |= {"for_person": scene.owner.id, "urgent": matter.priority is Priority.P1}
    elif talk.rang is not None:
        values |= {"about": scene.number, "at": talk.rang.at, "taken_by": talk.rang.author}
    elif matter.story is not None:
        values["subject"] = matter.story.subject.format_map(scene.filler)
        values["text"] = matter.story.body.format_map(scene.filler)
        values["topic"] = matter.topic.id if matter.topic else None
    return Call.model_validate(values)


def logged(cast: Cast) -> Call:
    """Return a call of which nothing became but a line in the log."""
    rng = cast.rng
    party = rng.choice(cast.parties) if cast.parties and rng.random() < 0.4 else None
    return Call(
        number=party.phone if party else words.landline(rng),
        caller="" if party else words.person_name(rng, set(), ()),
        party=party.id if party else None,
        becomes=Becomes.LOG,
        text=rng.choice(phrases.LOGGED),
        at=cast.at(rng.randrange(1, cast.office.time.now + 1)),
        taken_by=cast.clerk().id,
    )
