"""How a ticket has gone so far: when it came in, was answered, waited, was solved, in seconds of office time.

Plans only: ``papers`` makes documents of them. Whatever state is wanted, the moments of a plan are in order and none
lies ahead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Final

from botui.actions.sample.phrases import Plan
from botui.actions.sample.stories import Story
from botui.models.office import Place, Priority, Topic
from botui.models.tickets import State, TicketKind, WaitFor
from botui.models.tickets.calls import Becomes

_MINUTE: Final = 60
_HOUR: Final = 3600
LATE: Final = 0.14
"""How many of a hundred promises are broken, as a fraction: most offices that measure it keep about six of seven."""


@dataclass(slots=True, kw_only=True)
class Matter:
    """One ticket, as it is to be.

    Attributes:
        came, answered, paused, solved, ended: seconds on the line of office time; None = it has not happened.
        paused: when it began to wait for the one who asked, and until when (None = it still does).
        by_hand: somebody closed it; else its time had come.
        failed: when a first solution was said, if it was opened again after that.
        wait_days: working days until it comes back by itself; 0 = no day was set.
        wanted_by: the day that was promised.
        links: those it is linked to, those that were merged into it too.
        call: what a phone call made of it, if it began with one or one was noted on it.
    """

    kind: TicketKind
    state: State
    came: int
    priority: Priority = Priority.P3
    topic: Topic | None = None
    story: Story | None = None
    plan: Plan | None = None
    part: int = 0
    answered: int | None = None
    paused: tuple[int, int | None] | None = None
    solved: int | None = None
    ended: int | None = None
    by_hand: bool = False
    failed: int | None = None
    waiting_for: WaitFor | None = None
    wait_days: int = 0
    wanted_by: date | None = None
    handed_over: bool = False
    call_back: bool = False
    parent: Matter | None = None
    into: Matter | None = None
    links: list[Matter] = field(default_factory=list)
    call: Becomes | None = None
    number: int = 0
    place: Place | None = None

    @property
    def alive(self) -> bool:
        """Whether there is still something to do."""
        return self.state in (State.NEW, State.OPEN, State.WAITING)


@dataclass(frozen=True, slots=True)
class Promise:
    """The two deadlines of a ticket as spans of office time, in seconds."""

    answer: int
    solution: int


@dataclass(slots=True)
class Lives:
    """Draws what has become of tickets by now.

    Attributes:
        now: the present on the line of office time.
        day: seconds of a working day.
        closes_after: working days after which what is resolved closes.
    """

    rng: Random
    now: int
    day: int
    closes_after: int

    def live(self, matter: Matter, promise: Promise) -> None:
        """Give a ticket the moments of a life that has led to its state."""
        lives: dict[State, Callable[[Matter, Promise], None]] = {
            State.NEW: self._new,
            State.OPEN: self._open,
            State.WAITING: self._waiting,
            State.RESOLVED: self._resolved,
            State.CLOSED: self._closed,
            State.REJECTED: self._rejected,
        }
        lives[matter.state](matter, promise)

    def _share(self, low: float = 0.05, high: float = 0.9) -> float:
        """Return how much of a promised span it took: mostly less than all of it."""
        return self.rng.uniform(1.05, 2.4) if self.rng.random() < LATE else self.rng.uniform(low, high)

    def _past(self, needs: int) -> int:
        """Return a moment of the year that has at least so many seconds after it."""
        return self.rng.randrange(1, max(self.now - needs, 2))

    def _new(self, matter: Matter, promise: Promise) -> None:
        matter.came = self.now - int(self._share() * promise.answer)

    def _open(self, matter: Matter, promise: Promise) -> None:
        elapsed = int(self._share(0.15, 0.92) * promise.solution)
        if self.rng.random() < 0.12 and elapsed > _HOUR:
            elapsed = int(self.rng.uniform(0.1, 0.8) * promise.answer)
        else:
            matter.answered = min(int(self._share() * promise.answer), int(elapsed * 0.8))
        matter.came = self.now - elapsed
        if matter.answered is not None:
            matter.answered += matter.came
            if self.rng.random() < 0.06 and elapsed > 2 * self.day:
                matter.failed = matter.came + int(elapsed * 0.9)
        matter.handed_over = self.rng.random() < 0.07

    def _waiting(self, matter: Matter, promise: Promise) -> None:
        matter.waiting_for = self.rng.choices(list(WaitFor), (45, 25, 15, 15))[0]
        worked = int(self._share(0.1, 0.6) * promise.solution)
        waited = int(self.rng.uniform(0.1, 5) * self.day)
        if matter.waiting_for is not WaitFor.REQUESTER:
            waited = min(waited, max(int(self._share(0.1, 0.3) * promise.solution), _HOUR))
        matter.came = self.now - worked - waited
        matter.answered = matter.came + min(int(self._share() * promise.answer), worked)
        if matter.waiting_for is WaitFor.REQUESTER:
            matter.paused = (self.now - waited, None)
        dated = matter.waiting_for is WaitFor.DATE or self.rng.random() < 0.6
        matter.wait_days = self.rng.randrange(1, 15) if dated else 0

    def _work(self, matter: Matter, promise: Promise) -> int:
        """Draw answer, pause and solution as seconds since it came in; return how long all of it took."""
        took = max(int(self._share() * promise.solution), 5 * _MINUTE)
        answer = min(int(self._share() * promise.answer), took)
        matter.answered = answer
        if self.rng.random() < 0.12 and took - answer > _HOUR:
            begins = self.rng.randrange(answer, took - _MINUTE)
            pause = int(self.rng.uniform(0.2, 4) * self.day)
            matter.paused = (begins, begins + pause)
            took += pause
        matter.solved = took
        if self.rng.random() < 0.04:
            matter.failed = took
            took += int(self.rng.uniform(0.3, 2) * self.day)
            matter.solved = took
        return took

    def _begin(self, matter: Matter, came: int) -> None:
        """Set all moments that are counted from when it came in."""
        matter.came = came
        for name in ("answered", "solved", "failed", "ended"):
            if (value := getattr(matter, name)) is not None:
                setattr(matter, name, came + value)
        if matter.paused:
            begins, ends = matter.paused
            matter.paused = (came + begins, came + ends if ends is not None else None)

    def _resolved(self, matter: Matter, promise: Promise) -> None:
        took = self._work(matter, promise)
        since = int(self.rng.uniform(0.05, self.closes_after - 0.6) * self.day)
        self._begin(matter, max(self.now - since - took, 1))

    def _closed(self, matter: Matter, promise: Promise) -> None:
        took = self._work(matter, promise)
        matter.by_hand = self.rng.random() < 0.3
        if matter.by_hand:
            matter.ended = took + int(self.rng.uniform(0.02, 2) * self.day)
        rest = 2 if matter.by_hand else self.closes_after + 2
        self._begin(matter, self._past(took + rest * self.day))

    def _rejected(self, matter: Matter, promise: Promise) -> None:
        matter.ended = matter.answered = max(int(self._share() * promise.answer), 5 * _MINUTE)
        self._begin(matter, self._past(matter.ended))

    def message(self, matter: Matter) -> None:
        """Give a message its moments: seen at once or after a day, and done when it was seen or rung back."""
        matter.call_back = matter.state is State.OPEN or self.rng.random() < 0.4
        seen = int(self.rng.uniform(0.02, 1) * self.day)
        if matter.state is State.NEW:
            matter.came = self.now - int(self.rng.uniform(0.02, 1.5) * self.day)
        elif matter.state is State.OPEN:
            matter.came = self.now - seen - int(self.rng.uniform(0.02, 1) * self.day)
            matter.answered = matter.came + seen
        else:
            later = seen + int(self.rng.uniform(0.02, 1) * self.day) if matter.call_back else seen
            matter.answered, matter.solved = seen, later
            self._begin(matter, self._past(later + (self.closes_after + 2) * self.day))

    def merged(self, matter: Matter, into: Matter) -> None:
        """Let a ticket come in some time after the one it is merged into, and end while that one was alive."""
        end = into.solved if into.solved is not None else self.now
        matter.into, matter.story, matter.topic, matter.place = into, into.story, into.topic, into.place
        matter.came = self.rng.randrange(into.came, max(end, into.came + 1))
        matter.ended = self.rng.randrange(matter.came, max(end, matter.came + 1))
        into.links.append(matter)
