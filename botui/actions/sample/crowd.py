"""All tickets of a sample office as plans: how many of what, with which story, in the order in which they came in."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from itertools import count
from random import Random
from typing import Final

from botui.actions.sample import words
from botui.actions.sample.errands import ERRANDS
from botui.actions.sample.life import Lives, Matter, Promise
from botui.actions.sample.lists import Office, morning
from botui.actions.sample.phrases import PROJECTS
from botui.actions.sample.store_room import ONLY_STOCK
from botui.actions.sample.stories import HOUSE, Story
from botui.models.office import Priority, Topic
from botui.models.tickets import State, Ticket, TicketKind
from botui.models.tickets.calls import Becomes
from botui.models.tickets.deadlines import spans

_STATES: Final = {
    State.CLOSED: 58,
    State.RESOLVED: 9,
    State.REJECTED: 5,
    State.MERGED: 4,
    State.NEW: 7,
    State.OPEN: 11,
    State.WAITING: 6,
}
"""Of a hundred tickets of a year."""
_MESSAGES: Final = {State.NEW: 25, State.OPEN: 11, State.CLOSED: 65}
"""Of a hundred messages."""
_PRIORITIES: Final = {Priority.P1: 5, Priority.P2: 20, Priority.P3: 50, Priority.P4: 25}
"""Of a hundred tickets whose priority a clerk has set."""
_PROJECTS: Final = 80
"""One in so many tickets is a project; each has four or five parts."""
_MESSAGE_CALLS: Final = 0.45
"""How many calls become a message; a quarter become tickets, a tenth notes, the others stay in the log."""
_STORIES: Final = {**HOUSE, **ERRANDS}
_STEP: Final = 8
"""Working days between two milestones."""


def crowd(office: Office, tickets: int, calls: int) -> list[Matter]:
    """Return the plans of so many tickets, in the order in which they came in."""
    return _Crowd(office).all(tickets, calls)


def number_tickets(office: Office, plans: list[Matter], played: list[Ticket], first: int) -> dict[int, int]:
    """Give plans and tickets that are there already their numbers, in the order in which all of them came in.

    Args:
        office: whose they are.
        plans: those that are still to be written, in that order; they are numbered from 1.
        played: those that are there, in that order.
        first: the number that the first of all has.

    Returns:
        The number of each that is there, by the one it has for the time being.
    """
    numbers: dict[int, int] = {}
    for place, ticket in enumerate(played):
        came = ticket.created_at or office.now
        numbers[ticket.id] = bisect_right(plans, came, key=lambda one: office.time.at(one.came)) + place + 1
    taken = set(numbers.values())
    free = (number for number in count(1) if number not in taken)
    for plan in plans:
        plan.number = next(free)
    return {far: first - 1 + number for far, number in numbers.items()}


class _Crowd:
    def __init__(self, office: Office) -> None:
        self.office = office
        self.rng: Random = office.rng
        self.time = office.time
        self.lives = Lives(self.rng, self.time.now, self.time.day, office.settings.close_after)
        empty = {*words.UNSEATED, *ONLY_STOCK}
        rooms = [one for one in office.places if one.within and one.name not in empty]
        self.rooms = rooms or office.places
        self.topics = [one for one in office.topics if one.active and one.name in _STORIES]
        self.promises: dict[tuple[Priority, int], Promise] = {}
        self.today = office.settings.local(office.now).date()

    def all(self, tickets: int, calls: int) -> list[Matter]:
        messages = min(round(calls * _MESSAGE_CALLS), tickets)
        found = [self._message() for _ in range(messages)]
        for _ in range(tickets // _PROJECTS):
            found += self._project()
        plain = [self._plain() for _ in range(tickets - len(found))]
        self._merge(plain)
        self._phone(plain, calls - messages)
        found += plain
        found.sort(key=lambda one: one.came)
        self._link(found)
        return found

    def _plain(self) -> Matter:
        state = self.rng.choices(list(_STATES), list(_STATES.values()))[0]
        topic = self.rng.choice(self.topics) if self.topics else None
        story = self.rng.choice(_STORIES[topic.name if topic else self.rng.choice(list(_STORIES))])
        priority = topic.priority if topic else Priority.P3
        if self.rng.random() < 0.3:
            priority = self.rng.choices(list(_PRIORITIES), list(_PRIORITIES.values()))[0]
        matter = Matter(kind=story.kind, state=state, came=1, priority=priority, topic=topic, story=story)
        if self.rooms and ("{place}" in story.subject or (not story.outside and self.rng.random() < 0.6)):
            matter.place = self.rng.choice(self.rooms)
        if state is not State.MERGED:
            self.lives.live(matter, self._promise(priority, topic))
            self._wanted(matter, story)
        return matter

    def _promise(self, priority: Priority, topic: Topic | None) -> Promise:
        key = priority, topic.id if topic else 0
        if key not in self.promises:
            blank = Ticket(subject="-", priority=priority)
            answer, solution = spans(self.office.settings, blank, topic)
            self.promises[key] = Promise(int(answer.total_seconds()), int(solution.total_seconds()))
        return self.promises[key]

    def _wanted(self, matter: Matter, story: Story) -> None:
        """Promise a day to a few of those who asked for something."""
        if self.rng.random() > 0.05 or story.kind is TicketKind.INCIDENT:
            return
        if matter.alive:
            matter.wanted_by = morning(self.office, self.rng.randrange(1, 12)).date()
        elif matter.solved is not None:
            matter.wanted_by = self._day(matter.solved + self.rng.choice((-1, 0, 0, 1, 2, 3)) * self.time.day)
            matter.wanted_by = max(matter.wanted_by, self._day(matter.came))

    def _day(self, second: int) -> date:
        """Return the date of a moment of office time, whether it lies behind or ahead."""
        if second <= self.time.now:
            return self.office.settings.local(self.time.at(second)).date()
        return morning(self.office, max((second - self.time.now) // self.time.day, 1)).date()

    def _message(self) -> Matter:
        state = self.rng.choices(list(_MESSAGES), list(_MESSAGES.values()))[0]
        matter = Matter(kind=TicketKind.MESSAGE, state=state, came=1, call=Becomes.MESSAGE)
        if self.rng.random() < 0.15:
            matter.priority = Priority.P1
        self.lives.message(matter)
        return matter

    def _project(self) -> list[Matter]:
        """Return a project and its parts: running, or over some time ago."""
        plan = self.rng.choice(PROJECTS)
        length = (len(plan.parts) + 1) * _STEP
        runs = self.rng.random() < 0.6
        back = self.rng.randrange(_STEP, length - _STEP) if runs else length + self.rng.randrange(10, 100)
        came = max(self.time.now - back * self.time.day, 1)
        state = State.OPEN if runs else State.CLOSED
        project = Matter(kind=TicketKind.PROJECT, state=state, came=came, plan=plan)
        parts = [self._part(project, number) for number in range(len(plan.parts))]
        if not runs:
            project.solved = project.answered = max(part.solved or came for part in parts) + self.time.day
        return [project, *parts]

    def _part(self, project: Matter, number: int) -> Matter:
        due = project.came + (number + 1) * _STEP * self.time.day
        part = Matter(kind=TicketKind.TASK, state=State.NEW, came=project.came + 60 * (number + 1), plan=project.plan)
        part.part, part.parent, part.wanted_by = number, project, self._day(due)
        over = project.state is State.CLOSED
        if over or (due < self.time.now and self.rng.random() < 0.8):
            share = self.rng.uniform(-0.7, 0.2) * _STEP * self.time.day
            part.solved = part.answered = min(max(due + int(share), part.came), self.time.now)
            part.state = State.CLOSED
        elif due - self.time.now < _STEP * self.time.day:
            part.state = State.OPEN
        return part

    def _merge(self, plain: list[Matter]) -> None:
        """Let the tickets that are to be merged be about the same as others; without any other they are open."""
        others = [one for one in plain if one.alive or one.solved is not None]
        for matter in plain:
            if matter.state is not State.MERGED:
                continue
            if others:
                self.lives.merged(matter, self.rng.choice(others))
            else:
                matter.state = State.OPEN
                self.lives.live(matter, self._promise(matter.priority, matter.topic))

    def _phone(self, plain: list[Matter], calls: int) -> None:
        """Let some tickets have begun with a call, and calls have been noted on others."""
        able = [one for one in plain if one.state is not State.MERGED]
        self.rng.shuffle(able)
        made, noted = round(calls * 0.45), round(calls * 0.2)
        for matter in able[:made]:
            matter.call = Becomes.TICKET
        for matter in [one for one in able[made:] if one.alive][:noted]:
            matter.call = Becomes.NOTE

    def _link(self, found: list[Matter]) -> None:
        """Link some tickets with the one of the same topic that came before."""
        last: dict[int, Matter] = {}
        for matter in found:
            if matter.topic is None or matter.state is State.MERGED:
                continue
            before = last.get(matter.topic.id)
            if before is not None and self.rng.random() < 0.03:
                matter.links.append(before)
                before.links.append(matter)
            last[matter.topic.id] = matter
