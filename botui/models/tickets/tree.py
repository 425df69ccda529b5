"""Tickets that are part of others: a project with its milestones, and what of it is late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from botui.models.base import Refused, stamp
from botui.models.office import Context, Lookup
from botui.models.tickets.deadlines import next_due
from botui.models.tickets.shape import State, Ticket


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a project is.

    Attributes:
        late: its parts whose deadline has passed, the most pressing first.
        ahead: its other parts that are not done, what is due first before the others.
    """

    done: int
    total: int
    late: tuple[Ticket, ...]
    ahead: tuple[Ticket, ...]

    def __str__(self) -> str:
        words = f"{self.done} of {self.total} done"
        return f"{words}, {len(self.late)} late" if self.late else words


def ancestors(data: Lookup, number: int | None) -> Iterator[Ticket]:
    """Yield the ticket of this number and all that it is part of, however far up."""
    seen: set[int] = set()
    while number is not None and number not in seen:
        seen.add(number)
        found = data.get(Ticket, number)
        if found is None:
            return
        yield found
        number = found.parent


def check_parent(ctx: Context, ticket: Ticket, parent: int | None) -> None:
    """Do nothing if a ticket may be part of another.

    Raises:
        Refused: that one is part of the ticket itself, or has been merged.
    """
    if parent is None:
        return
    above = list(ancestors(ctx.data, parent))
    if parent == ticket.id or any(one.id == ticket.id for one in above):
        raise Refused("A ticket cannot be part of itself.", {"parent": "This is inside the ticket itself."})
    if above and above[0].state is State.MERGED:
        raise Refused(f"{above[0].ref} was merged.", {"parent": "This was merged into another."})


def parts(data: Lookup, ticket: Ticket) -> list[Ticket]:
    """Return what is part of a ticket, parts of parts too."""
    found: dict[int, Ticket] = {}
    todo = [ticket.id]
    while todo:
        for child in data.find(Ticket, parent=todo.pop()):
            if child.id not in found and child.id != ticket.id:
                found[child.id] = child
                todo.append(child.id)
    return [found[number] for number in sorted(found)]


def progress(children: Iterable[Ticket], now: datetime) -> Progress:
    """Return how far a project is, from its parts."""
    counted = [one for one in children if one.state not in (State.MERGED, State.REJECTED)]
    left = sorted((next_due(one.doc()) or "9999", one.id, one) for one in counted if one.is_active)
    late = tuple(one for due, _, one in left if due < stamp(now))
    return Progress(len(counted) - len(left), len(counted), late, tuple(one for *_, one in left if one not in late))
