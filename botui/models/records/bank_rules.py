"""What may be done with bank accounts, statements, their lines, matches and rules."""

from __future__ import annotations

from typing import Final

from botui.models.base import Rules, Transition
from botui.models.office import REMIND
from botui.models.records import bank_accounts, bank_learning, bank_matching, bank_proof, bank_typed
from botui.models.records.bank import Proof, Stand

_UNMATCHED: Final = frozenset({Stand.UNMATCHED})

ACCOUNTS: Final = Rules(
    transitions=(
        Transition(
            name="match",
            label="Reconcile",
            rule=bank_matching.match_sure,
            guard=bank_matching.all_explained,
            many=False,
        ),
        Transition(
            name="receive",
            label="Take in a statement",
            rule=bank_typed.receive,
            needs=bank_typed.TypedLines,
            many=False,
        ),
        REMIND,
    ),
    create=bank_accounts.create,
    revise=bank_accounts.revise,
    fixed=bank_accounts.refuse_fixed,
)
STATEMENTS: Final = Rules(
    transitions=(
        Transition(
            name="match",
            label="Reconcile",
            rule=bank_matching.match_sure,
            guard=bank_matching.all_explained,
            sources=frozenset({Proof.OPEN}),
            many=False,
        ),
        Transition(
            name="close",
            label="Prove",
            rule=bank_proof.close,
            sources=frozenset({Proof.OPEN}),
            target=Proof.PROVED,
            guard=bank_proof.why_not_proved,
        ),
        Transition(
            name="reopen",
            label="Open again",
            rule=bank_proof.reopen,
            sources=frozenset({Proof.PROVED}),
            target=Proof.OPEN,
            needs=bank_proof.ReopenStatement,
        ),
        Transition(
            name="void",
            label="Take out again",
            rule=bank_proof.void,
            sources=frozenset({Proof.OPEN}),
            needs=bank_proof.TakeOut,
            guard=bank_proof.why_not_taken_out,
            many=False,
            final="take its file in again instead, which leaves out what is here by then.",
        ),
        REMIND,
    ),
    fixed=bank_proof.refuse_unproved,
)
BANK: Final = Rules(
    transitions=(
        Transition(
            name="match",
            label="Match",
            rule=bank_matching.match,
            sources=_UNMATCHED,
            target=Stand.MATCHED,
            needs=bank_matching.MatchWith,
        ),
        Transition(
            name="post",
            label="Post to a category",
            rule=bank_matching.post,
            sources=_UNMATCHED,
            target=Stand.POSTED,
            needs=bank_matching.Post,
        ),
        Transition(
            name="skip",
            label="Leave out",
            rule=bank_matching.skip,
            sources=_UNMATCHED,
            target=Stand.SKIPPED,
            needs=bank_matching.LeaveOut,
        ),
        Transition(
            name="unmatch",
            label="Take apart",
            rule=bank_matching.unmatch,
            sources=frozenset(Stand) - _UNMATCHED,
            target=Stand.UNMATCHED,
            guard=bank_matching.stays,
        ),
        REMIND,
    ),
    fixed=bank_proof.refuse_fixed,
)
MATCHES: Final = Rules(
    transitions=(
        Transition(
            name="unmatch",
            label="Take apart",
            rule=bank_matching.take_apart,
            guard=bank_matching.is_apart,
        ),
        REMIND,
    ),
)
BANKRULES: Final = Rules(transitions=(REMIND,), create=bank_learning.create, revise=bank_learning.revise)
