"""What the verbs of faults ask for."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from botui.models.base import Arguments, Choice, Line, Prose, Ui, When
from botui.models.equipment.fault import AmountSpent, WaitFor, WorkKind
from botui.models.office import Money
from botui.models.supplies.asking import EvenSo, Place
from botui.models.supplies.item import Quantity
from botui.models.tickets.lifecycle import Minutes


class Assign(Arguments):
    """Who gets it."""

    to: Annotated[int, Ui(label="Give to", ref="people")]
    note: Annotated[Line, Ui(label="Note")] = ""


class Wait(Arguments):
    """What the repair waits for and until when."""

    waiting_for: Annotated[WaitFor, Ui(label="Waiting for")] = WaitFor.PART
    until: Annotated[When | None, Ui(label="Until", help="Such as fri, +3d, tomorrow 9; then it comes back.")] = None
    vendor: Annotated[int | None, Ui(label="Vendor", ref="parties", help="Empty = as it is.")] = None
    note: Annotated[Line, Ui(label="Note")] = ""


class Resolve(Arguments):
    """How it was fixed; nothing of it is needed."""

    outcome: Annotated[Prose, Ui(label="What was done", rows=3, help="Whoever reported it reads this.")] = ""
    minutes: Minutes = 0
    by_guide: Annotated[bool, Ui(label="By the guide", help="y: its first steps were enough.")] = False


class Reject(Arguments):
    """What was tried, without seeing the fault."""

    outcome: Annotated[
        Prose, Field(min_length=1), Ui(label="What was tried", rows=3, help="Whoever reported it reads this.")
    ]
    minutes: Minutes = 0


class WriteOff(Arguments):
    """Why it is beyond repair."""

    why: Annotated[
        Line, Field(min_length=1), Ui(label="Why", help="The thing is retired with it. Whoever reported it reads this.")
    ]


class Reopen(Arguments):
    """Why it is not fixed."""

    why: Annotated[Line, Ui(label="Why")] = ""


class Note(Arguments):
    """What was found out or done."""

    text: Annotated[Line, Field(min_length=1), Ui(label="Note")]
    minutes: Minutes = 0


class Tick(Arguments):
    """Which first step was done, or is to be done again."""

    step: Annotated[int | None, Field(ge=1), Ui(label="Step", help="Its number; empty = the next open one.")] = None


class GoBy(Arguments):
    """Which first-line guide it goes by."""

    guide: Annotated[int, Ui(label="Guide", ref="guides", help="Its steps are those to try first.")]


class Join(Arguments):
    """Which fault goes on for both."""

    into: Annotated[int, Ui(label="Join with", ref="faults", help="Of the same asset; that one stays, this one ends.")]


class TakePart(Arguments):
    """Which part was built in."""

    item: Annotated[int, Ui(label="Part", ref="items", help="Scan it, or its name.")]
    quantity: Annotated[Quantity, Ui(label="How many")] = 1
    place: Place = None
    note: Annotated[Line, Ui(label="Note")] = ""
    even_so: EvenSo = None


class Spent(Choice):
    """What was paid for."""

    VISIT = WorkKind.VISIT.value, WorkKind.VISIT.label
    COST = WorkKind.COST.value, WorkKind.COST.label


class Cost(Arguments):
    """What somebody came for, or what was paid."""

    kind: Annotated[Spent, Ui(label="Kind")] = Spent.VISIT
    amount: AmountSpent = None
    party: Annotated[int | None, Ui(label="Vendor", ref="parties", help="Empty = as it is.")] = None
    text: Annotated[Line, Ui(label="What for")] = ""
    minutes: Minutes = 0


class Quote(Arguments):
    """What it would cost."""

    amount: Annotated[Money, Ui(label="Amount", help="In the office's currency; it is not spent yet.")]
    party: Annotated[int | None, Ui(label="Vendor", ref="parties", help="Empty = as it is.")] = None
    text: Annotated[Line, Ui(label="What for")] = ""
