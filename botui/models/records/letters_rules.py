"""What may be done with letters."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.office import REMIND
from botui.models.records import answering, corresponding, letter_paper
from botui.models.records.letter import PENDING, State

LETTERS: Final = Rules(
    transitions=(
        Transition(
            name="reply",
            label="Answer",
            rule=answering.reply,
            sources=frozenset(State) - {State.CLOSED},
            needs=answering.Answer,
            who="own",
            many=False,
        ),
        Transition(
            name="resolve",
            label="Answered",
            rule=answering.resolve,
            sources=PENDING,
            target=State.ANSWERED,
            needs=answering.Resolve,
            who="own",
        ),
        Transition(
            name="close",
            label="Close",
            rule=answering.close,
            sources=PENDING | {State.ANSWERED},
            target=State.CLOSED,
            needs=answering.Close,
            ask=False,
            who="own",
        ),
        Transition(
            name="assign",
            label="Give to",
            rule=answering.assign,
            sources=PENDING,
            needs=answering.AssignLetter,
            who="own",
        ),
        Transition(
            name="wait",
            label="Wait",
            rule=answering.wait,
            sources=PENDING,
            target=State.WAITING,
            needs=answering.WaitFor,
            who="own",
        ),
        Transition(name="note", label="Note", rule=answering.note, needs=answering.NoteLetter, who="own"),
        Transition(
            name="reopen",
            label="Open again",
            rule=answering.reopen,
            sources=frozenset(State) - {State.OPEN},
            target=State.OPEN,
            who="own",
        ),
        REMIND,
    ),
    create=corresponding.create,
    revise=corresponding.revise,
    fixed=letter_paper.fixed,
)
