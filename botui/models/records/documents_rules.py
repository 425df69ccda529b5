"""What may be done with documents and with the rules by which scans are filed."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.office import REMIND
from botui.models.records import disposing, filing, holding, lending, ruling
from botui.models.records.document import GONE, State

_THERE: Final = frozenset(State) - GONE
_INBOX: Final = frozenset({State.INBOX})

DOCUMENTS: Final = Rules(
    transitions=(
        Transition(
            name="file",
            label="File",
            rule=filing.file,
            sources=_INBOX,
            target=State.FILED,
            needs=filing.File,
            ask=False,
        ),
        Transition(
            name="merge",
            label="Part of another",
            rule=filing.merge,
            sources=_INBOX,
            target=State.JOINED,
            needs=filing.Merge,
        ),
        Transition(
            name="reject",
            label="Throw away",
            rule=filing.throw_away,
            sources=_INBOX,
            target=State.DISCARDED,
            needs=filing.ThrowAway,
            final="what was thrown away is gone.",
        ),
        Transition(
            name="give_back",
            label="Take back",
            rule=lending.give_back,
            sources=frozenset({State.OUT}),
            target=State.FILED,
            needs=lending.TakeBack,
            ask=False,
        ),
        Transition(
            name="recall",
            label="Ask back",
            rule=lending.recall,
            needs=lending.Recall,
            guard=lending.not_to_recall,
        ),
        Transition(
            name="dispose",
            label="Put on a disposal list",
            rule=disposing.dispose,
            needs=disposing.PutOn,
            ask=False,
            guard=disposing.not_to_go,
        ),
        Transition(
            name="hand_out",
            label="Hand out",
            rule=lending.hand_out,
            target=State.OUT,
            needs=lending.HandOut,
            guard=lending.not_ready,
        ),
        Transition(
            name="review", label="Keep on", rule=holding.review, needs=holding.KeepOn, guard=holding.not_to_keep
        ),
        Transition(
            name="attach",
            label="Add a scan",
            rule=filing.attach,
            sources=_THERE,
            needs=filing.Attach,
            guard=filing.inbox_empty,
            many=False,
        ),
        Transition(
            name="hold",
            label="Put on hold",
            rule=holding.hold,
            sources=_THERE,
            needs=holding.Hold,
            guard=holding.is_held,
        ),
        Transition(
            name="release",
            label="Take the hold off",
            rule=holding.release,
            sources=_THERE,
            needs=holding.Release,
            guard=holding.not_held,
        ),
        Transition(name="note", label="Note", rule=filing.note, sources=_THERE, needs=filing.Noted, who="own"),
        Transition(
            name="barcode",
            label="Code on it",
            rule=filing.barcode,
            sources=_THERE,
            needs=filing.Barcode,
            many=False,
        ),
        Transition(
            name="reopen",
            label="Back to the inbox",
            rule=filing.reopen,
            sources=frozenset({State.FILED}),
            target=State.INBOX,
            guard=filing.not_to_reopen,
        ),
        REMIND,
    ),
    create=filing.create,
    revise=filing.revise,
    fixed=filing.fixed,
)
FILING: Final = Rules(create=ruling.create, revise=ruling.revise)
