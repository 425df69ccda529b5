"""One step of a repair: a fault with its asset, its log of work and its tickets, in one change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from botui.models.base import LINE_MAX, Change, Refused
from botui.models.equipment import in_step
from botui.models.equipment.fault import Fault, WorkKind
from botui.models.equipment.moves import move
from botui.models.equipment.register import Register
from botui.models.office import Context, Party
from botui.models.tickets import Ticket


@dataclass(slots=True)
class Repair:
    """One step of a repair in the making: the change with the fault, its asset, its log and its tickets.

    Attributes:
        fault: as it will be after what was done so far.
    """

    ctx: Context
    change: Change
    register: Register
    fault: Fault

    @classmethod
    def of(cls, ctx: Context, verb: str, fault: Fault) -> Repair:
        """Begin a step by the name of its verb."""
        change = Change(f"faults.{verb}")
        return cls(ctx, change, Register(ctx, change), fault)

    def move(self, **values: Any) -> None:
        """Give the fault fields."""
        self.fault = move(self.ctx, self.register, self.fault, **values)

    def log(self, kind: WorkKind = WorkKind.NOTE, text: str = "", **values: Any) -> None:
        """Write an entry into the log of its work."""
        self.register.log(kind=kind, fault=self.fault.id, text=line(text), **values)

    def tickets(self) -> list[Ticket]:
        """Return its tickets as they will be."""
        return in_step.tickets_of(self.ctx, self.fault, self.change)

    def go_on(self, said: str) -> Change:
        """End the step of a fault that stays open; its tickets stand as it does."""
        in_step.keep(self.ctx, self.change, self.fault, self.tickets())
        return self.close(said)

    def close(self, said: str) -> Change:
        """Write all of it and return the change."""
        self.change.said = said
        return self.register.close()


def line(text: str) -> str:
    """Return a text as one line that fits into the log."""
    text = " ".join(text.split())
    return text if len(text) <= LINE_MAX else f"{text[: LINE_MAX - 1]}~"


def desk_only(ctx: Context, fault: Fault) -> str | None:
    """Guard of the verbs that are not for whoever only reported it."""
    theirs = ctx.by in (fault.requester, fault.created_by) and ctx.by != fault.owner
    if theirs and not ctx.roles & {"clerk", "system"}:
        return "This is for whoever sees to it: o adds what you know."
    return None


def party(ctx: Context, number: int | None, field: str) -> int | None:
    """Return the number of a customer or supplier that is in use.

    Raises:
        Refused: there is none of this number, or it is not in use any more.
    """
    found = ctx.data.get(Party, number) if number is not None else None
    if number is not None and (found is None or not found.active):
        raise Refused("There is no such vendor in use.", {field: "One that is in use, please."})
    return number


def hands(ctx: Context, fault: Fault) -> int | None:
    """Return who has a fault that somebody works on: whoever has it, else they."""
    return fault.owner or ctx.by
